//! Calls.

use super::Builder;
use super::tables::fixed_tables;
use crate::compile::ir::ops::Op;
use crate::compile::ir::{IndirectCall, List, Terminator, Type, Value};
use crate::error::Error;
use crate::module::facts::effect;
use crate::module::fixed_tables::FixedTable;
use crate::wasm::opcodes::Opcode;

impl Builder<'_> {
    pub(super) fn call(&mut self) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        if !self.inline(index)? {
            self.add_call_of(index);
        }
        Ok(())
    }

    pub(super) fn add_call_of(&mut self, index: u32) {
        let type_index = self.module.functions[index as usize];
        let count = self.module.func_type(type_index).params().len();
        let arguments = self.pop_list(count);
        self.add_call(Op::Call, index, type_index, arguments);
    }

    pub(super) fn call_indirect(&mut self) -> Result<(), Error> {
        let ty = self.reader.read_u32()?;
        let table = self.reader.read_u32()?;
        let callee = self.pop();
        let mut call = IndirectCall {
            table: Some(table),
            ..IndirectCall::by_reference(callee, ty)
        };
        let scratch = &mut self.work.scratch;
        let tables = self
            .module
            .fixed_tables
            .get_or_init(|| fixed_tables(self.module, scratch));
        if let Some(fixed) = tables.get(table) {
            let id = self.module.types[ty as usize].id.0;
            let index = self.function.constant(callee);
            let element = index.and_then(|index| fixed.functions.get(usize::try_from(index).ok()?));
            let known = element.filter(|&&function| {
                function != FixedTable::NULL && self.module.function_type_id(function).0 == id
            });
            if let Some(&function) = known {
                if !self.inline(function)? {
                    self.add_call_of(function);
                }
                return Ok(());
            }
            call.is_typed = fixed.type_id == Some(id);
            call.can_be_null = fixed.has_null;
            call.elements = Some(fixed.functions.len() as u32);
            let is_final = self.module.types[ty as usize].sub_type().is_final;
            call.is_direct = fixed.is_defined && is_final;
            if self.call_likely(call, callee, &fixed.functions)? {
                return Ok(());
            }
        }
        self.call_by_reference(call);
        Ok(())
    }

    /// Calls through a table that never changes: with the body of the function that is called most often in place, if
    /// that is known and worth it.
    fn call_likely(
        &mut self,
        call: IndirectCall,
        callee: Value,
        functions: &[u32],
    ) -> Result<bool, Error> {
        let offset = self.function.raw_position(self.position);
        let Some(likely) = self.profile.target(offset) else {
            return Ok(false);
        };
        let id = self.module.function_type_id(likely);
        let at = functions.iter().position(|&function| function == likely);
        let Some(at) = at.filter(|_| self.module.types[call.ty as usize].id == id) else {
            return Ok(false);
        };
        let expected = self.constant(self.function.ty(callee), at as u64);
        self.inline_likely(likely, [callee, expected], call)
    }

    pub(super) fn call_ref(&mut self) -> Result<(), Error> {
        let ty = self.reader.read_u32()?;
        let callee = self.pop();
        self.call_by_reference(IndirectCall::by_reference(callee, ty));
        Ok(())
    }

    /// Calls what is known only when it is called, with operands as arguments.
    fn call_by_reference(&mut self, call: IndirectCall) {
        let count = self.module.func_type(call.ty).params().len();
        let arguments = self.pop_list(count);
        self.add_indirect_call(call, arguments);
    }

    pub(super) fn add_indirect_call(&mut self, call: IndirectCall, arguments: List) {
        self.function.indirect_calls.push(call);
        let number = self.function.indirect_calls.len() as u32 - 1;
        self.add_call(Op::CallIndirect, number, call.ty, arguments);
    }

    /// Adds a call of a function of a type, and pushes its results.
    fn add_call(&mut self, op: Op, callee: u32, type_index: u32, arguments: List) {
        let ty = self.module.func_type(type_index);
        let List { start, count } = arguments;
        let first = ty.results().first().map_or(Type::None, |&ty| Type::of(ty));
        let call = self.add(op, first, [callee, start, count]);
        for (number, &ty) in (0..).zip(ty.results()) {
            let value = match number {
                0 => call,
                _ => self.add(Op::Result, Type::of(ty), [call.0, number, 0]),
            };
            self.push(value);
        }
        self.forget(effect::CALL);
    }

    pub(super) fn return_call(&mut self) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        if index < self.module.imported_functions {
            return Err(self.unsupported(Opcode::ReturnCall));
        }
        if !self.callers.is_empty() {
            self.inlined_return_call(index);
            return Ok(());
        }
        let count = self.module.function_type(index).params().len();
        let arguments = self.pop_list(count);
        self.terminate(Terminator::TailCall(index, arguments), 0);
        Ok(())
    }

    /// The value that decides a branch on `value`, and whether the branch is taken if it is zero.
    pub(super) fn condition(&self, mut value: Value) -> (Value, bool) {
        let mut is_negated = false;
        loop {
            let node = self.function.node(value);
            match node.op {
                Op::I32Eqz => is_negated = !is_negated,
                Op::I32Ne if self.function.constant(Value(node.b)) == Some(0) => {}
                _ => return (value, is_negated),
            }
            value = Value(node.a);
        }
    }
}
