//! Calls.
//!
//! Holds: the arguments are in their slots, where the callee's frame begins, and the results replace
//! them. Nothing is known of the accumulators after a call, except that the integer one has the
//! result if that is one `i32` or `i64`.

use alloc::sync::Arc;
use core::sync::atomic::Ordering;

use super::Body;
use super::code::{Pattern, fields, halves, immediate};
use super::stack::Value;
use crate::error::Error;
use crate::interp::dispatch::FRAME_BIAS;
use crate::interp::execute::call::{CALLEE_WORDS, SAVED_SLOTS, value_slots};
use crate::interp::execute::select::{self, Kind, LastArgument};
use crate::runtime::layout::CodeWord;
use crate::wasm::opcodes::Opcode;
use crate::wasm::types::{CompositeType, FuncType, ValType};

/// The slot in which a call that leaves the instance keeps the context.
const CONTEXT_SLOT: u16 = (FRAME_BIAS + SAVED_SLOTS) as u16;

/// How far the frame pointer of a function of the type is from the caller's, if its first argument is in `frame`.
fn frame_distance(frame: u16, ty: &FuncType) -> u16 {
    (frame + value_slots(ty.slots()) as u16).wrapping_sub(FRAME_BIAS as u16)
}

impl Body<'_> {
    pub(super) fn call(&mut self, opcode: Opcode) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        match opcode {
            Opcode::Call => {
                let ty = Arc::clone(self.module.function_type(index));
                let frame = self.arguments(&ty);
                match index.checked_sub(self.module.imported_functions) {
                    Some(defined) => self.call_internal(frame, &ty, defined),
                    None => {
                        let distance = frame_distance(frame, &ty);
                        self.code.emit(&[
                            select::call_imported(),
                            immediate(distance, CONTEXT_SLOT, index),
                        ]);
                        self.restore_context();
                    }
                }
                self.results(&ty);
            }
            Opcode::CallIndirect => {
                let table = self.reader.read_u32()?;
                let ty = self.callee_type(index);
                let callee = self.stack.pop();
                let operand = self.operand(callee);
                let operand = self.in_slot(operand, callee.slot);
                let frame = self.arguments(&ty);
                let kind = self.code.kind(operand);
                let slot = operand.slot().unwrap_or_default();
                let id = self.module.types[index as usize].id;
                let rest = [
                    fields([frame_distance(frame, &ty), slot, CONTEXT_SLOT, 0]),
                    halves(id.0, table),
                ];
                self.call_indirect((kind, table == 0), rest);
                self.restore_context();
                self.results(&ty);
            }
            Opcode::CallRef => {
                let ty = self.callee_type(index);
                let callee = self.pop_slot();
                let frame = self.arguments(&ty);
                let distance = frame_distance(frame, &ty);
                self.code.emit(&[
                    select::call_ref(),
                    fields([distance, callee, CONTEXT_SLOT, 0]),
                ]);
                self.restore_context();
                self.results(&ty);
            }
            _ => self.return_call(index)?,
        }
        Ok(())
    }

    /// Calls through a table, and notes where that leads, if that is wanted.
    fn call_indirect(&mut self, index: (Kind, bool), [fields, callee]: [CodeWord; 2]) {
        #[cfg(feature = "compiler")]
        if let Some(tiers) = self.tiers {
            let target = tiers.call_target(self.offset as u32).as_ptr();
            let target = target.expose_provenance() as CodeWord;
            let word = select::noted_call_indirect(index);
            self.code.emit(&[word, fields, callee, target]);
            return;
        }
        self.code
            .emit(&[select::call_indirect(index), fields, callee]);
    }

    /// Calls a function of this instance. The call does what the last instruction does, if that only leaves an
    /// argument where it belongs.
    fn call_internal(&mut self, frame: u16, ty: &FuncType, defined: u32) {
        let distance = u32::from(frame_distance(frame, ty)) * size_of::<u64>() as u32;
        let [code, cell] = self.callee(defined);
        let argument = self.code.last().and_then(|last| {
            let slot = last.result.filter(|&slot| slot >= frame)?;
            Some((slot, self.argument(last.pattern)?))
        });
        let Some((slot, (argument, source, bits))) = argument else {
            let word = select::call_internal(LastArgument::Passed);
            self.code
                .emit(&[word, immediate(0, 0, distance), code, cell]);
            return;
        };
        self.code.remove_last();
        let word = select::call_internal(argument);
        let fields = immediate(slot, source, distance);
        match bits {
            None => self.code.emit(&[word, fields, code, cell]),
            Some(bits) => self.code.emit(&[word, fields, bits, code, cell]),
        };
    }

    /// How a call passes what an instruction computes, if it can: with the slot and the constant that it takes.
    fn argument(&self, pattern: Pattern) -> Option<(LastArgument, u16, Option<u64>)> {
        Some(match pattern {
            Pattern::Copy(source) => (LastArgument::Copy, source, None),
            Pattern::Constant(bits) => (LastArgument::Constant, 0, Some(bits)),
            Pattern::Binary(Opcode::I32Add, left, right) => {
                (LastArgument::Sum32, left.slot()?, Some(right.constant()?))
            }
            Pattern::Binary(Opcode::I64Add, left, right) => {
                (LastArgument::Sum64, left.slot()?, Some(right.constant()?))
            }
            _ => return None,
        })
    }

    /// The words of a call that say where the code of a function is now, and where its entry cell is.
    fn callee(&self, defined: u32) -> [CodeWord; CALLEE_WORDS] {
        let cell = &self.entries[defined as usize];
        let code = cell.load(Ordering::Acquire).expose_provenance();
        [
            code as CodeWord,
            (&raw const *cell).expose_provenance() as CodeWord,
        ]
    }

    /// `return_call` of a function of this instance.
    fn return_call(&mut self, index: u32) -> Result<(), Error> {
        let Some(defined) = index.checked_sub(self.module.imported_functions) else {
            return self.not_executable(Opcode::ReturnCall);
        };
        let ty = Arc::clone(self.module.function_type(index));
        let frame = self.arguments(&ty);
        let (slots, _) = ty.slots();
        let distance = frame_distance(self.first_slot, &ty);
        let [_, cell] = self.callee(defined);
        let words = [
            select::return_call_internal(),
            fields([frame, self.first_slot, slots as u16, distance]),
            cell,
        ];
        self.end_segment();
        self.code.emit(&words);
        self.set_unreachable();
        Ok(())
    }

    /// The function type with a type index.
    fn callee_type(&self, type_index: u32) -> Arc<FuncType> {
        match &self.module.types[type_index as usize].sub_type().composite {
            CompositeType::Func(ty) => Arc::clone(ty),
            other => unreachable!("validated: a function type, not {other:?}"),
        }
    }

    fn restore_context(&mut self) {
        self.code
            .emit(&[select::restore_context(), fields([CONTEXT_SLOT, 0, 0, 0])]);
    }

    /// Puts the arguments into their slots and pops them; returns the slot of the first one.
    fn arguments(&mut self, ty: &FuncType) -> u16 {
        let first = self.stack.len() - ty.params().len();
        self.settle_from(first);
        self.stack.truncate(first);
        self.stack.next_slot()
    }

    /// Pushes the results.
    fn results(&mut self, ty: &FuncType) {
        self.code.forget();
        for &result in ty.results() {
            let slot = self.stack.push(Value::Slot, result);
            if ty.results().len() == 1 && matches!(result, ValType::I32 | ValType::I64) {
                self.code.integer_accumulator_has(slot);
            }
        }
    }
}
