//! Bytes of the heap.
//!
//! Input: the guests of the tests, and a small module. Output: a case for each module in each mode, and one for an
//! instance. Holds: what an engine maps from the system itself is not in the count; an engine that does so for what is
//! measured has no number.

use super::instantiate::SMALL;
use crate::cases::{assemble, guest_modules};
use crate::engines::Mode;
use crate::measure::{Case, Row};
use crate::work::{Held, Work};

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for mode in Mode::ALL {
        for (name, wasm) in guest_modules() {
            let row = Row::new(format!("module, {}", mode.name()), "B/B", wasm.len() as f64);
            cases.push(case(
                name,
                row,
                mode,
                Work::Heap {
                    wasm,
                    held: Held::Module,
                },
            ));
        }
    }
    let work = Work::Heap {
        wasm: assemble(SMALL),
        held: Held::Instance,
    };
    let row = Row::new("a store with an instance", "KiB", 1024.0);
    cases.push(case("a small module".into(), row, Mode::Eager, work));
    cases
}

fn case(name: String, row: Row, mode: Mode, work: Work) -> Case {
    Case {
        name,
        rows: vec![row],
        expected: None,
        prepare: Box::new(move |column| match column.entry.modes.contains(&mode) {
            true => column.peer_with(mode, false).prepare(&work),
            false => Err("has no such mode".into()),
        }),
    }
}
