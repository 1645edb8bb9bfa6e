//! How long each pass takes, and what the code is like.
//!
//! Input: the ends of passes, and functions that were compiled. Output: [`Meter`]. Holds: who does not ask for it pays
//! a comparison per pass and function.

use core::time::Duration;

use super::machine::{Allocation, InstructionFlags, Location, MachineFunction, Transfer};
use crate::sys::clock;

/// A step from bytes to code.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pass {
    /// Validation, which leaves facts.
    Validate,
    /// Building the intermediate representation.
    Build,
    /// Finding what is needed of it, and its order.
    Order,
    /// Selecting instructions.
    Select,
    /// Giving them registers.
    Allocate,
    /// Making bytes of them.
    Emit,
    /// Putting the functions together.
    Link,
}

impl Pass {
    /// All of them in their order, with their names.
    pub(crate) const ALL: [(Pass, &'static str); 7] = [
        (Pass::Validate, "validate"),
        (Pass::Build, "build"),
        (Pass::Order, "order"),
        (Pass::Select, "select"),
        (Pass::Allocate, "allocate"),
        (Pass::Emit, "emit"),
        (Pass::Link, "link"),
    ];
}

/// What code consists of.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Instructions that were selected, but for copies that nothing is to be done for.
    pub(crate) instructions: u64,
    /// Copies from register to register.
    pub(crate) moves: u64,
    /// Values that are read from the frame again.
    pub(crate) reloads: u64,
    /// Values that are kept in the frame.
    pub(crate) stores: u64,
    /// Instructions that are executed again rather than to keep what they define.
    pub(crate) repeats: u64,
}

/// What was measured so far.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    /// When the present pass began.
    start: Duration,
    /// By the number of the pass.
    pub(crate) times: [Duration; Pass::ALL.len()],
    pub(crate) counts: Counts,
}

impl Meter {
    /// What follows is measured.
    pub(crate) fn begin(&mut self) {
        self.start = clock::monotonic().unwrap_or_default();
    }

    /// A pass has ended, and the next one begins.
    pub(crate) fn end(&mut self, pass: Pass) {
        let now = clock::monotonic().unwrap_or_default();
        self.times[pass as usize] += now.saturating_sub(self.start);
        self.start = now;
    }

    /// Counts what a function consists of. The time that this takes belongs to no pass.
    pub(crate) fn count(&mut self, function: &MachineFunction, allocation: &Allocation) {
        for instruction in &function.instructions {
            if !instruction.flags.has(InstructionFlags::COPY) {
                self.counts.instructions += 1;
                continue;
            }
            if let [to, from] = allocation.locations[instruction.operands()] {
                if to != from {
                    self.counts.instructions += 1;
                    self.transfer(from, to);
                }
            }
        }
        let edits = allocation.edits.iter().map(|edit| edit.what);
        for transfer in edits.chain(allocation.split_transfers.iter().copied()) {
            match transfer {
                Transfer::Move { from, to, .. } => self.transfer(from, to),
                Transfer::Repeat { .. } => self.counts.repeats += 1,
            }
        }
        self.begin();
    }

    fn transfer(&mut self, from: Location, to: Location) {
        let counts = &mut self.counts;
        match (from.as_word(), to.as_word()) {
            (None, None) => counts.moves += 1,
            (from, to) => {
                counts.reloads += u64::from(from.is_some());
                counts.stores += u64::from(to.is_some());
            }
        }
    }
}

/// Ends a pass, if somebody measures.
#[inline]
pub(super) fn end(meter: &mut Option<Meter>, pass: Pass) {
    if let Some(meter) = meter {
        meter.end(pass);
    }
}
