//! Calls.
//!
//! Holds: the arguments are in their slots, where the callee's frame begins, and the results replace
//! them. Nothing is known of the accumulators after a call, except that the integer one has the
//! result if that is one `i32` or `i64`.

use alloc::sync::Arc;

use super::code::{fields, halves, immediate};
use super::stack::Value;
use super::{Body, SAVED_SLOTS};
use crate::error::Error;
use crate::interp::execute::select;
use crate::wasm::opcodes::Opcode;
use crate::wasm::types::{CompositeType, FuncType, ValType};

impl Body<'_> {
    pub(super) fn call(&mut self, opcode: Opcode) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        match opcode {
            Opcode::Call => {
                let ty = Arc::clone(self.module.function_type(index));
                let frame = self.arguments(&ty);
                match index.checked_sub(self.module.imported_functions) {
                    Some(defined) => {
                        self.code
                            .emit(&[select::call_internal(), immediate(frame, 0, defined)]);
                    }
                    None => {
                        let context = self.context_slot();
                        self.code
                            .emit(&[select::call_imported(), immediate(frame, context, index)]);
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
                let (slot, context) = (operand.slot().unwrap_or_default(), self.context_slot());
                let id = self.module.types[index as usize].id;
                let words = [
                    select::call_indirect(kind),
                    fields([frame, slot, context, 0]),
                    halves(id.0, table),
                ];
                self.code.emit(&words);
                self.restore_context();
                self.results(&ty);
            }
            Opcode::CallRef => {
                let ty = self.callee_type(index);
                let callee = self.pop_slot();
                let frame = self.arguments(&ty);
                let context = self.context_slot();
                self.code
                    .emit(&[select::call_ref(), fields([frame, callee, context, 0])]);
                self.restore_context();
                self.results(&ty);
            }
            _ => self.return_call(index)?,
        }
        Ok(())
    }

    /// `return_call` of a function of this instance.
    fn return_call(&mut self, index: u32) -> Result<(), Error> {
        let Some(defined) = index.checked_sub(self.module.imported_functions) else {
            return self.not_executable(Opcode::ReturnCall);
        };
        let ty = Arc::clone(self.module.function_type(index));
        let frame = self.arguments(&ty);
        let (slots, _) = ty.slots();
        let words = [
            select::return_call_internal(),
            immediate(frame, self.save_slot, defined),
            slots as u64,
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

    /// The slot in which a call that leaves the instance keeps the context.
    fn context_slot(&self) -> u16 {
        self.save_slot + SAVED_SLOTS as u16
    }

    fn restore_context(&mut self) {
        let context = self.context_slot();
        self.code
            .emit(&[select::restore_context(), fields([context, 0, 0, 0])]);
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
