//! What an instance costs that does nothing.
//!
//! Input: a small module. Output: resident memory and mappings for each instance.
//! Holds: each run is a new process; an instance has a store of its own, and its export was called once.

use super::instantiate::SMALL;
use crate::cases::assemble;
use crate::cold::run_in_processes;
use crate::engines::Argument;
use crate::measure::{Case, Row};
use crate::work::Work;

/// How many instances there are at once. Engines that reserve gigabytes for each would run out of addresses with more.
const COUNT: u32 = 200;

pub fn cases() -> Vec<Case> {
    let wasm = assemble(SMALL);
    let work = Work::Idle {
        wasm: wasm.clone(),
        export: "run".into(),
        argument: Argument::I32(1),
        count: COUNT,
    };
    vec![Case {
        name: "a small instance".into(),
        rows: vec![
            Row::new("resident", "KiB", 1.0),
            Row::new("mappings", "", 1.0),
        ],
        expected: None,
        prepare: Box::new(move |column| {
            run_in_processes(column.peer().as_ref(), wasm.clone(), &work, false)
        }),
    }]
}
