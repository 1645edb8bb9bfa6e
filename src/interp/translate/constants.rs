//! Vector constants that loops use: slots of their own, which the code fills before its first operator.
//!
//! Input: the constants in the order of the operators. Output: slots, and the instructions that fill them.
//! Holds: such a constant is like a local that nothing assigns: it has the number of one, an operand names it,
//! and it needs no code where it stands. There are few slots, which also bounds what a look for one costs: a
//! constant that finds none left is made where it stands, as outside of loops.

use alloc::vec::Vec;

use super::Body;
use super::code::fields;
use crate::interp::execute::select;
use crate::runtime::layout::CodeWord;

/// How many constants of a function have slots.
const MAX_CONSTANTS: usize = 16;

/// Words of an instruction that fills the slots of a constant.
const FILL_WORDS: usize = 4;

/// A constant with slots.
struct Constant {
    /// Its halves, the lower one first.
    bits: [u64; 2],
    slot: u16,
    /// The number that it has among the locals.
    number: u32,
}

/// The constants of a body that have slots.
#[derive(Default)]
pub(super) struct Constants {
    constants: Vec<Constant>,
    first_slot: u16,
    capacity: usize,
}

impl Constants {
    /// Starts over, with room from `first_slot` on if there `are_wanted` any: not more than the frame's
    /// `spare_slots`.
    pub(super) fn reset(&mut self, first_slot: usize, are_wanted: bool, spare_slots: usize) {
        self.constants.clear();
        self.first_slot = first_slot as u16;
        self.capacity = if are_wanted {
            MAX_CONSTANTS.min(spare_slots / 2)
        } else {
            0
        };
    }

    /// How many slots are set aside.
    pub(super) fn slots(&self) -> usize {
        2 * self.capacity
    }

    /// How many words the instructions take that fill all slots.
    pub(super) fn room(&self) -> usize {
        FILL_WORDS * self.capacity
    }

    /// The instructions that fill the slots that are used.
    pub(super) fn fill(&self) -> impl Iterator<Item = [CodeWord; FILL_WORDS]> + '_ {
        self.constants.iter().map(|constant| {
            let [low, high] = constant.bits;
            [
                select::constant_vector(),
                fields([constant.slot, 0, 0, 0]),
                low,
                high,
            ]
        })
    }

    /// The slot that the next constant gets.
    fn next_slot(&self) -> Option<u16> {
        let index = self.constants.len();
        (index < self.capacity).then(|| self.first_slot + 2 * index as u16)
    }
}

impl Body<'_> {
    /// The number of the constant with these halves among the locals, if it has one or gets one here.
    pub(super) fn constant_number(&mut self, bits: [u64; 2]) -> Option<u32> {
        let mut constants = self.constants.constants.iter();
        if let Some(constant) = constants.find(|constant| constant.bits == bits) {
            return Some(constant.number);
        }
        if !self.is_in_loop() {
            return None;
        }
        let slot = self.constants.next_slot()?;
        self.stack.add_local();
        let number = self.locals.add_constant(slot);
        self.constants
            .constants
            .push(Constant { bits, slot, number });
        Some(number)
    }
}
