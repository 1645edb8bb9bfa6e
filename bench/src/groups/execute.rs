//! Speed of the code: a call of an export that runs for some ten milliseconds or more.
//!
//! Input: the programs. Output: a case for each. Holds: the module was translated and instantiated before.

use crate::cases::programs;
use crate::measure::{Case, Row};
use crate::work::Work;

pub fn cases() -> Vec<Case> {
    let case = |program: crate::cases::Program| {
        let work = Work::Call {
            wasm: program.wasm,
            export: program.export,
            argument: program.argument,
        };
        Case {
            name: program.name,
            rows: vec![Row::new("", "ms", 1e6)],
            expected: program.checksum,
            prepare: Box::new(move |column| match column.entry.no_long_runs() {
                Some(reason) => Err(reason.into()),
                None => column.peer().prepare(&work),
            }),
        }
    };
    programs().into_iter().map(case).collect()
}
