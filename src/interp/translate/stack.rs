//! The operand stack while a body is translated: what each operand is, without code for it.
//!
//! Input: pushes and pops. Output: where operands come from.
//! Holds: every operand has a canonical slot, the one that it would have if all operands below it were
//! in slots; constants and locals go there only when something needs them there.

use alloc::vec::Vec;

use crate::interp::execute::select::Class;
use crate::wasm::types::ValType;

/// What an operand is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// In its canonical slot.
    Slot,
    /// The value of the local with a number, which has not changed since.
    Local(u32),
    /// A constant of one slot.
    Constant(u64),
}

/// An operand. It is small, because there are many, and they come and go.
#[derive(Copy, Clone, Debug)]
pub(super) struct Entry {
    bits: u64,
    /// For a local: the next operand below with the same local.
    next_of_local: u32,
    /// Its canonical slot.
    pub(super) slot: u16,
    kind: EntryKind,
    /// The class of its type.
    pub(super) class: Class,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum EntryKind {
    Slot,
    /// The bits are the local's number.
    Local,
    /// The bits are the constant's.
    Constant,
}

impl Entry {
    /// What it is.
    #[inline]
    pub(super) fn value(self) -> Value {
        match self.kind {
            EntryKind::Slot => Value::Slot,
            EntryKind::Local => Value::Local(self.bits as u32),
            EntryKind::Constant => Value::Constant(self.bits),
        }
    }
}

const NONE: u32 = u32::MAX;

/// The operand stack.
#[derive(Default)]
pub(super) struct Stack {
    entries: Vec<Entry>,
    /// The topmost operand for each local.
    top_of_local: Vec<u32>,
    /// Below this, every operand is in its slot.
    settled: usize,
    /// The canonical slot of the next operand.
    next_slot: u16,
}

impl Stack {
    /// Starts over with an empty stack above slot `base`.
    pub(super) fn reset(&mut self, base: u16, locals: usize) {
        self.entries.clear();
        self.top_of_local.clear();
        self.top_of_local.resize(locals, NONE);
        self.settled = 0;
        self.next_slot = base;
    }

    /// There is one more local.
    pub(super) fn add_local(&mut self) {
        self.top_of_local.push(NONE);
    }

    /// How many operands there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The operand at `index` from the bottom.
    pub(super) fn get(&self, index: usize) -> Entry {
        self.entries[index]
    }

    /// The canonical slot of the next operand.
    pub(super) fn next_slot(&self) -> u16 {
        self.next_slot
    }

    /// Pushes an operand; returns its canonical slot.
    #[inline]
    pub(super) fn push(&mut self, value: Value, class: impl Into<Class>) -> u16 {
        let class = class.into();
        let slot = self.next_slot;
        self.next_slot += class.slots() as u16;
        let (kind, bits) = match value {
            Value::Slot => (EntryKind::Slot, 0),
            Value::Local(local) => (EntryKind::Local, local.into()),
            Value::Constant(bits) => (EntryKind::Constant, bits),
        };
        let mut next_of_local = NONE;
        if let Value::Local(local) = value {
            let index = self.entries.len() as u32;
            next_of_local = core::mem::replace(&mut self.top_of_local[local as usize], index);
        }
        self.entries.push(Entry {
            bits,
            next_of_local,
            slot,
            kind,
            class,
        });
        slot
    }

    /// Pops an operand.
    #[inline]
    pub(super) fn pop(&mut self) -> Entry {
        let entry = self.entries.pop().expect("validated: there is an operand");
        if entry.kind == EntryKind::Local {
            self.top_of_local[entry.bits as usize] = entry.next_of_local;
        }
        self.next_slot = entry.slot;
        self.settled = self.settled.min(self.entries.len());
        entry
    }

    /// Pops operands until `len` are left.
    pub(super) fn truncate(&mut self, len: usize) {
        while self.entries.len() > len {
            self.pop();
        }
    }

    /// Changes the type of the topmost operand to one of the same number of slots.
    pub(super) fn retype_top(&mut self, ty: ValType) {
        if let Some(entry) = self.entries.last_mut() {
            entry.class = ty.into();
        }
    }

    /// The topmost operand that is the value of `local`, which from now on is in its slot.
    #[inline]
    pub(super) fn settle_local(&mut self, local: u32) -> Option<Entry> {
        let index = self.top_of_local[local as usize];
        if index == NONE {
            return None;
        }
        let entry = &mut self.entries[index as usize];
        self.top_of_local[local as usize] = entry.next_of_local;
        entry.kind = EntryKind::Slot;
        Some(*entry)
    }

    /// The first operand that may not be in its slot.
    pub(super) fn first_unsettled(&self) -> usize {
        self.settled
    }

    /// All operands below `len` are in their slots from now on.
    pub(super) fn set_settled(&mut self, len: usize) {
        self.settled = len;
    }

    /// The operand at `index` is in its slot from now on. Operands above it with the same local have
    /// been settled or popped before.
    pub(super) fn settle(&mut self, index: usize) {
        let entry = &mut self.entries[index];
        if entry.kind == EntryKind::Local {
            let local = entry.bits as usize;
            debug_assert_eq!(self.top_of_local[local], index as u32);
            self.top_of_local[local] = entry.next_of_local;
        }
        entry.kind = EntryKind::Slot;
    }
}
