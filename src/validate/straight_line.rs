//! Validates runs of the most frequent instructions, with the position and the height of the operand stack in
//! registers.
//!
//! Input: the state of the validation of a body. Output: the same, further on.
//! Holds: only instructions that fit exactly are passed over. One that may not be valid, or that needs more than a
//! comparison of types, is left to `func.rs`, which starts with it as if nothing had been tried: so there is nothing
//! to report here, and no rule that does not also stand there.

use alloc::vec::Vec;

use super::memory::address;
use super::signature::{Kind, Row};
use super::stack::{Frame, FrameKind, Validator};
use crate::decode::reader::Reader;
use crate::module::Module;
use crate::module::facts::effect;
use crate::module::operand::Operand;

/// The part of a [`Validator`] that such instructions change, and what they look at.
struct Run<'v, 'm> {
    module: &'m Module,
    reader: Reader<'m>,
    operands: &'v mut [Operand],
    height: usize,
    /// The greatest height before an operand was popped.
    greatest_height: usize,
    locals: &'v [Operand],
    assigned_locals: &'v mut Vec<u32>,
    frame: &'v Frame,
    frames: &'v [Frame],
    /// The type of the addresses of the first memory, if there is one.
    address: Option<Operand>,
    has_store: bool,
}

impl Validator<'_, '_> {
    /// Validates instructions up to the first that needs `Validator::operator`.
    pub(super) fn straight_line(&mut self) {
        let memory = self.module.memories.first();
        let mut run = Run {
            module: self.module,
            reader: self.reader.clone(),
            operands: &mut self.operands,
            height: self.height,
            greatest_height: 0,
            locals: &self.locals,
            assigned_locals: &mut self.scratch.assigned_locals,
            frame: &self.frame,
            frames: &self.scratch.frames,
            address: memory.map(|memory| address(memory.is_64)),
            has_store: false,
        };
        let mut count = 0;
        loop {
            let (position, height) = (run.reader.position(), run.height);
            if run.instruction().is_none() {
                run.reader.skip_back_to(position);
                run.height = height;
                break;
            }
            count += 1;
        }
        self.height = run.height;
        let greatest_height = run.greatest_height as u32;
        if run.has_store {
            self.effects |= effect::STORE;
        }
        self.reader = run.reader;
        self.max_slots = self.max_slots.max(greatest_height + self.wide_operands);
        self.operator_count += count;
    }
}

impl Run<'_, '_> {
    /// Passes over an instruction. If there is none to pass over, the position and the height do not matter afterwards,
    /// and all else is as it was.
    #[inline(always)]
    fn instruction(&mut self) -> Option<()> {
        let row = Row::of_byte(self.reader.peek()?);
        if !self.module.features.contains_bit(row.feature_bit) {
            return None;
        }
        self.reader.skip_peeked();
        match row.kind {
            Kind::LocalGet => {
                let local = *self.locals.get(self.reader.read_short_u32()? as usize)?;
                if local.is_unset() {
                    return None;
                }
                self.push(local)
            }
            Kind::LocalSet => {
                let index = self.reader.read_short_u32()?;
                self.pop(*self.locals.get(index as usize)?)?;
                self.assigned_locals.push(index);
                Some(())
            }
            Kind::LocalTee => {
                let index = self.reader.read_short_u32()?;
                let local = *self.locals.get(index as usize)?;
                self.replace(local, local)?;
                self.assigned_locals.push(index);
                Some(())
            }
            Kind::I32Const => {
                self.reader.read_short_i32()?;
                self.push(Operand::I32)
            }
            Kind::I64Const => {
                self.reader.read_short_i64()?;
                self.push(Operand::I64)
            }
            Kind::Unary => self.replace(row.param(0), row.value()),
            Kind::Binary => {
                self.pop(row.param(1))?;
                self.replace(row.param(0), row.value())
            }
            Kind::Load => {
                self.memarg(row)?;
                self.replace(self.address?, row.value())
            }
            Kind::Store => {
                self.memarg(row)?;
                self.pop(row.value())?;
                self.pop(self.address?)?;
                self.has_store = true;
                Some(())
            }
            Kind::BrIf => {
                let label = self.reader.read_short_u32()? as usize;
                let frame = match label {
                    0 => self.frame,
                    _ => &self.frames[self.frames.len().checked_sub(label)?],
                };
                let carried = match frame.kind {
                    FrameKind::Loop => frame.signature.param_count(),
                    _ => frame.signature.result_count(),
                };
                if carried != 0 {
                    return None;
                }
                self.pop(Operand::I32)
            }
            _ => None,
        }
    }

    /// Pushes an operand of a type that takes one slot, if there is room.
    #[inline(always)]
    fn push(&mut self, operand: Operand) -> Option<()> {
        if operand == Operand::V128 {
            return None;
        }
        *self.operands.get_mut(self.height)? = operand;
        self.height += 1;
        Some(())
    }

    /// The operand on top, if it has exactly the type `expected`, and that takes one slot.
    #[inline(always)]
    fn top(&mut self, expected: Operand) -> Option<&mut Operand> {
        let top = self.operands[self.frame.height as usize..self.height].last_mut()?;
        (*top == expected && expected != Operand::V128).then_some(top)
    }

    #[inline(always)]
    fn pop(&mut self, expected: Operand) -> Option<()> {
        self.top(expected)?;
        self.greatest_height = self.greatest_height.max(self.height);
        self.height -= 1;
        Some(())
    }

    #[inline(always)]
    fn replace(&mut self, expected: Operand, result: Operand) -> Option<()> {
        if result == Operand::V128 {
            return None;
        }
        *self.top(expected)? = result;
        Some(())
    }

    /// Passes over the memory argument of an access to the first memory.
    #[inline(always)]
    fn memarg(&mut self, row: &Row) -> Option<()> {
        // An alignment that is not greater than the natural one has no bit that says that a memory index follows.
        if self.reader.peek()? > row.align_log2 {
            return None;
        }
        self.reader.skip_peeked();
        self.reader.read_short_u32().map(|_| ())
    }
}
