//! Long runs of big programs, with all that it takes to start them.
//!
//! Input: modules of 5 MB and more, each with a run of seconds. Output: a case for each, with all processors.
//! Holds: as for cold starts, each run is a new process, which has read the module before the time begins.

use crate::cases::long_programs;
use crate::cold::run_in_processes;
use crate::measure::{Case, Row};
use crate::work::Work;

pub fn cases() -> Vec<Case> {
    long_programs()
        .into_iter()
        .map(|program| {
            let wasm = program.wasm;
            let work = Work::Start {
                wasm: wasm.clone(),
                export: program.export,
                argument: program.argument,
            };
            Case {
                name: program.name,
                rows: vec![
                    Row::new("to an instance", "ms", 1e6),
                    Row::new("to a result", "ms", 1e6),
                    Row::new("peak memory", "KiB", 1.0),
                ],
                expected: program.checksum,
                prepare: Box::new(move |column| {
                    let peer = column.peer_with(column.mode, true);
                    run_in_processes(peer.as_ref(), wasm.clone(), &work, false)
                }),
            }
        })
        .collect()
}
