//! Time of `Module::new`, in each mode.
//!
//! Input: the guests of the tests. Output: a case for each and each mode.
//! Holds: an engine is measured in the modes that it has; a module's end is not measured.

use crate::cases::guest_modules;
use crate::engines::Mode;
use crate::measure::{Case, Row};
use crate::work::Work;

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for mode in Mode::ALL {
        for (name, wasm) in guest_modules() {
            let work = Work::Translate { wasm };
            cases.push(Case {
                name,
                rows: vec![Row::new(mode.name(), "ms", 1e6)],
                expected: None,
                prepare: Box::new(move |column| match column.entry.modes.contains(&mode) {
                    true => column.peer_with(mode, false).prepare(&work),
                    false => Err("has no such mode".into()),
                }),
            });
        }
    }
    cases
}
