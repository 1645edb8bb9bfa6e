//! Locals, globals and references.

use super::Body;
use super::code::{Operand, Pattern, Source, fields, immediate};
use super::stack::Value;
use crate::decode::operators::skip_immediates;
use crate::error::Error;
use crate::interp::execute::select::{self, Class, Kind};
use crate::interp::execute::variable::own_global_offset;
use crate::wasm::opcodes::Opcode;
use crate::wasm::types::{HeapType, RefType, ValType};

impl Body<'_> {
    pub(super) fn variable(&mut self, opcode: Opcode) -> Result<(), Error> {
        match opcode {
            Opcode::GlobalGet => {
                let global = self.reader.read_u32()?;
                self.global_get(global);
            }
            Opcode::GlobalSet => {
                let global = self.reader.read_u32()?;
                self.global_set(global);
            }
            Opcode::RefNull => {
                skip_immediates(&mut self.reader, opcode, self.module)?;
                self.push_constant(0, ValType::Ref(RefType::EXTERNREF));
            }
            Opcode::RefIsNull => {
                let entry = self.stack.pop();
                let operand = self.operand(entry);
                let operand = self.in_slot(operand, entry.slot);
                let forms = select::test(Opcode::I64Eqz, self.code.kind(operand));
                let forms = forms.unwrap_or_else(|| unreachable!("the operand is not a constant"));
                let slot = self.stack.push(Value::Slot, ValType::I32);
                let rest = [fields([slot, operand.slot().unwrap_or_default(), 0, 0])];
                let pattern = Pattern::Test(Opcode::I64Eqz, operand);
                self.code
                    .emit_scalar(forms, &rest, slot, Class::from(ValType::I32), pattern);
            }
            _ => {
                let function = self.reader.read_u32()?;
                let id = self.module.function_type_id(function);
                let ty = ValType::Ref(RefType {
                    nullable: false,
                    heap: HeapType::Concrete(id),
                });
                let slot = self.stack.push(Value::Slot, ty);
                self.code
                    .emit_result(&[select::ref_func(), immediate(slot, 0, function)], slot, 1);
            }
        }
        Ok(())
    }

    /// Reads the index of a local; returns its number.
    #[inline]
    pub(super) fn read_local(&mut self) -> Result<u32, Error> {
        let index = self.reader.read_u32()?;
        Ok(match self.locals.number(index) {
            Some(number) => number,
            None => {
                self.stack.add_local();
                self.locals.add(index)
            }
        })
    }

    #[inline]
    pub(super) fn local_get(&mut self, local: u32) {
        let state = self.locals[local];
        if !state.is_set {
            let end = state.slot + state.class.slots() as u16;
            let (first, last) = self.zeroed.unwrap_or((state.slot, end));
            self.zeroed = Some((first.min(state.slot), last.max(end)));
        }
        self.stack.push(Value::Local(local), state.class);
    }

    /// Moves the topmost operand to the local with a number.
    pub(super) fn local_set(&mut self, local: u32) {
        let entry = self.stack.pop();
        let state = self.locals[local];
        let slots = state.class.slots();
        if !state.is_set {
            self.locals[local].is_set = true;
            self.newly_set.push(local);
        }
        let constant = match entry.value() {
            Value::Constant(bits) => Some(bits),
            Value::Slot | Value::Local(_) => None,
        };
        match entry.value() {
            Value::Local(source) if source == local => {}
            _ if self.code.sets_local(state.slot, constant) => {}
            _ => {
                self.preserve_local(local);
                if entry.value() == Value::Slot
                    && self.code.redirect_last(entry.slot, state.slot, slots)
                {
                    self.code.pair_sums(select::sum_pair());
                    self.code.copy_and_sum(select::copy_sum);
                    return;
                }
                match entry.value() {
                    Value::Constant(bits) => self.emit_constant(state.slot, bits),
                    Value::Slot | Value::Local(_) => self.copy_to_local(entry, state.slot),
                }
            }
        }
    }

    fn copy_to_local(&mut self, entry: super::Entry, slot: u16) {
        let Source::Slot(source) = self.operand(entry).source() else {
            return;
        };
        if entry.class == Class::Vector {
            self.copy_vector(slot, source);
        } else {
            self.copy_slots(&[(slot, source)]);
        }
    }

    fn global_get(&mut self, global: u32) {
        let ty = self.module.globals[global as usize].ty.content;
        let slot = self.stack.push(Value::Slot, ty);
        if ty == ValType::V128 {
            self.code.emit_result(
                &[select::global_get_vector(), immediate(slot, 0, global)],
                slot,
                2,
            );
        } else if let Some(distance) = self.own_global(global) {
            let word = select::own_global_get(Class::from(ty));
            let word = word.unwrap_or_else(|| unreachable!("{ty:?} takes one slot"));
            let rest = [immediate(slot, 0, distance)];
            self.emit_fused(word, &rest, slot, ty, Pattern::Global(distance));
        } else {
            self.code
                .emit_result(&[select::global_get(), immediate(slot, 0, global)], slot, 1);
        }
    }

    fn global_set(&mut self, global: u32) {
        let ty = self.module.globals[global as usize].ty.content;
        let entry = self.stack.pop();
        let operand = self.operand(entry);
        if ty == ValType::V128 {
            let source = self.slot_of(entry);
            self.code
                .emit(&[select::global_set_vector(), immediate(source, 0, global)]);
            return;
        }
        let operand = self.in_slot(operand, entry.slot);
        let source = operand.slot().unwrap_or_default();
        let Some(distance) = self.own_global(global) else {
            self.code
                .emit(&[select::global_set(), immediate(source, 0, global)]);
            return;
        };
        if ty == ValType::I32 && self.global_set_sum(distance, operand) {
            return;
        }
        let is_integer = operand.class == select::Class::Integer;
        let kind = if is_integer {
            self.code.kind(operand)
        } else {
            Kind::Slot
        };
        if kind == Kind::Accumulator {
            self.code.take_accumulator(operand);
        }
        self.code
            .emit(&[select::own_global_set(kind), immediate(source, 0, distance)]);
    }

    /// Fuses the write of an own global with the sum of a slot and a constant that has just been computed.
    fn global_set_sum(&mut self, distance: u32, operand: Operand) -> bool {
        let Some(last) = self.code.last() else {
            return false;
        };
        let Pattern::Binary(Opcode::I32Add, summand, constant) = last.pattern else {
            return false;
        };
        let (Some(result), Some(source), Some(bits)) =
            (last.result, summand.slot(), constant.constant())
        else {
            return false;
        };
        if operand.slot() != Some(result) {
            return false;
        }
        let is_own_value = self.code.before_last().is_some_and(|before| {
            matches!(before.pattern, Pattern::Global(other) if other == distance)
                && before.result == Some(source)
        });
        if is_own_value && summand.is_last_use {
            self.code.remove_last();
            self.code.remove_last();
            let rest = [immediate(result, 0, distance), bits];
            let word = select::own_global_add();
            self.emit_fused(word, &rest, result, ValType::I32, Pattern::Other);
            return true;
        }
        if !operand.is_last_use {
            return false;
        }
        self.code.remove_last();
        let word = select::own_global_set_sum();
        self.code
            .emit(&[word, immediate(source, 0, distance), bits]);
        true
    }

    /// The distance of a global that the instance owns from its context.
    fn own_global(&self, global: u32) -> Option<u32> {
        let own = global.checked_sub(self.module.imported_globals)?;
        u32::try_from(own_global_offset(own as usize)).ok()
    }
}
