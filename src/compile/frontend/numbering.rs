//! Finds values that were computed before.
//!
//! Input: nodes, and what becomes of them. Output: earlier values. Holds: an entry is there only as long as it was
//! made on every way to the present place: whoever leaves a construct takes back what was entered since a moment.

use alloc::vec::Vec;

use super::super::ir::Value;

/// A moment: how many entries had ever been made.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(u32);

impl Moment {
    /// After every other one.
    pub(super) const NEVER: Moment = Moment(u32::MAX);
    /// Before every other one.
    pub(super) const BEGINNING: Moment = Moment(0);
}

/// Values by what computes them: a hash table with linear probing. Entries are removed in the opposite order in
/// which they were made, so that a removed place is simply empty.
#[derive(Default)]
pub(super) struct Numbering {
    /// One more than a value, by hash; 0 where there is none. As many as a power of two.
    slots: Vec<u32>,
    /// The entries that are there, with the moments when they were made: the slot and the moment.
    log: Vec<(u32, u32)>,
    /// How many entries were ever made.
    made: u32,
}

impl Numbering {
    /// Forgets everything, and makes room for a function with so many operators.
    pub(super) fn reset(&mut self, operators: usize) {
        let slots = (2 * operators).next_power_of_two().clamp(64, 1 << 26);
        self.slots.clear();
        self.slots.resize(slots, 0);
        self.log.clear();
        self.made = 0;
    }

    /// Now.
    pub(super) fn moment(&self) -> Moment {
        Moment(self.made)
    }

    /// Takes back what was entered since `moment`.
    pub(super) fn undo(&mut self, moment: Moment) {
        while let Some(&(slot, made)) = self.log.last() {
            if made < moment.0 {
                break;
            }
            self.slots[slot as usize] = 0;
            self.log.pop();
        }
    }

    /// The value with a hash that `is_same` knows, or else the slot for a new one.
    #[inline]
    pub(super) fn find(&self, hash: u32, is_same: impl Fn(Value) -> bool) -> Result<Value, u32> {
        let mask = self.slots.len() as u32 - 1;
        let mut slot = (hash.wrapping_mul(0x9E37_79B1) >> 5) & mask;
        loop {
            match self.slots[slot as usize].checked_sub(1) {
                None => return Err(slot),
                Some(value) if is_same(Value(value)) => return Ok(Value(value)),
                Some(_) => slot = (slot + 1) & mask,
            }
        }
    }

    /// Enters a value at the slot that [`Numbering::find`] gave for it. A table that is nearly full takes nothing
    /// more.
    #[inline]
    pub(super) fn enter(&mut self, slot: u32, value: Value) {
        if self.log.len() < self.slots.len() / 4 * 3 {
            self.slots[slot as usize] = value.0 + 1;
            self.log.push((slot, self.made));
            self.made += 1;
        }
    }
}
