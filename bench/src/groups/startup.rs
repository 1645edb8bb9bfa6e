//! Cold starts.
//!
//! Input: modules of many sizes, each with a short run. Output: a case for each, with one processor and with all.
//! Holds: each run is a new process, which has read the module before the time begins.

use crate::cases::startup_programs;
use crate::cold::run_in_processes;
use crate::measure::{Case, Row};
use crate::work::Work;

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (processors, parallel) in [("one processor", false), ("all processors", true)] {
        for program in startup_programs() {
            let wasm = program.wasm;
            let work = Work::Start {
                wasm: wasm.clone(),
                export: program.export,
                argument: program.argument,
            };
            cases.push(Case {
                name: program.name,
                rows: vec![
                    Row::new(format!("to an instance, {processors}"), "ms", 1e6),
                    Row::new(format!("to a result, {processors}"), "ms", 1e6),
                    Row::new(format!("peak memory, {processors}"), "KiB", 1.0),
                ],
                expected: program.checksum,
                prepare: Box::new(move |column| {
                    let peer = column.peer_with(column.mode, parallel);
                    run_in_processes(peer.as_ref(), wasm.clone(), &work, !parallel)
                }),
            });
        }
    }
    cases
}
