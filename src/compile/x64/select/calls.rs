//! Calls: of functions of the instance, of others, and of the runtime.
//!
//! Holds: what a call passes or gives back beyond registers is in the frame's lowest part: the arguments, which the
//! callee takes away, and behind them the results. Nothing else is stored there between the first argument and the
//! last result.

use alloc::vec::Vec;
use core::mem::offset_of;

use super::{Places, Rm, Selector, kind_of};
use crate::compile::ir::ops::Op;
use crate::compile::ir::{IndirectCall, List, Node, RuntimeFunction, Type, Value};
use crate::compile::machine::{Bank, PhysicalRegister, Place, Role, ValueKind, VirtualRegister};
use crate::compile::x64::convention::{BULK_ARGUMENTS, MEMORY_BASE, RAX, RDX, RUNTIME_ARGUMENTS};
use crate::compile::x64::instructions::X64;
use crate::compile::x64::select::control::Condition;
use crate::runtime::layout::{VmContext, VmFunction};
use crate::wasm::trap::Trap;

/// The operands of a call.
type Operands = Vec<(VirtualRegister, Role, Place)>;

/// In place of a trap's number: the store has the error already.
const PENDING: u32 = u32::MAX;

impl Selector<'_> {
    /// A call of a function by its index.
    pub(super) fn call(&mut self, value: Value, node: &Node) {
        let module = self.target.module;
        let ty = module.functions[node.a as usize];
        if node.a < module.imported_functions {
            let function = self.function_reference(node.a);
            self.call_reference(value, node, function, ty);
        } else {
            self.call_of_type(value, node, ty, X64::Call, node.a, Operands::new());
        }
    }

    /// A call of a function by its index in a table, or by reference.
    pub(super) fn call_indirect(&mut self, value: Value, node: &Node) {
        let call = self.function.indirect_calls[node.a as usize];
        if let (Some(table), true) = (call.table, call.is_direct) {
            let code = self.code_of_element(&call, table);
            let operand = (code, Role::Use, Place::Any);
            let operands = alloc::vec![operand];
            return self.call_of_type(value, node, call.ty, X64::CallAddress, 0, operands);
        }
        let function = match call.table {
            Some(table) => {
                let place = self.element(table, call.callee, call.elements);
                let function = self.new_integer();
                self.emit(X64::Mov64, place, &[function], 0);
                function
            }
            None => self.register(call.callee),
        };
        if call.can_be_null {
            self.emit(X64::Test64, Rm::Operand, &[function, function], 0);
            let null = match call.table {
                Some(_) => Trap::IndirectCallToNull,
                None => Trap::NullReference,
            };
            self.trap_if(Condition::Equal, null);
        }
        if call.table.is_some() && !call.is_typed {
            self.check_signature(function, &call);
        }
        self.call_reference(value, node, function, call.ty);
    }

    /// Traps unless a function has the type that a call expects.
    fn check_signature(&mut self, function: VirtualRegister, call: &IndirectCall) {
        let ids = self.new_integer();
        let at = offset_of!(VmContext, machine.type_ids) as i32;
        self.emit(X64::Mov64, Rm::Context(at), &[ids], 0);
        let expected = self.new_integer();
        let at = call.ty as i32 * size_of::<u32>() as i32;
        self.emit(X64::Mov32, Rm::Base(ids, at), &[expected], 0);
        let actual = Rm::Base(function, offset_of!(VmFunction, type_id) as i32);
        let ty = self.target.module.types[call.ty as usize].sub_type();
        if ty.is_final {
            self.emit(X64::Cmp32, actual, &[expected], 0);
            self.trap_if(Condition::NotEqual, Trap::BadSignature);
        } else {
            let id = self.new_integer();
            self.emit(X64::Mov32, actual, &[id], 0);
            let answer = self.call_runtime_with(RuntimeFunction::IsSubtype as u32, &[id, expected]);
            self.emit(X64::Test32, Rm::Operand, &[answer, answer], 0);
            self.trap_if(Condition::Equal, Trap::BadSignature);
        }
    }

    /// The address of the record of a function.
    pub(super) fn function_reference(&mut self, index: u32) -> VirtualRegister {
        let function = self.new_integer();
        self.move_function_reference(function, index);
        function
    }

    pub(super) fn move_function_reference(&mut self, to: VirtualRegister, index: u32) {
        let functions = self.new_integer();
        let at = offset_of!(VmContext, functions) as i32;
        self.emit(X64::Mov64, Rm::Context(at), &[functions], 0);
        // There are at most a million functions.
        let at = index as i32 * size_of::<usize>() as i32;
        self.emit(X64::Mov64, Rm::Base(functions, at), &[to], 0);
    }

    /// A call of a function that can be another instance's, by the address of its record.
    fn call_reference(&mut self, value: Value, node: &Node, function: VirtualRegister, ty: u32) {
        let mut operands = Operands::new();
        if self.memory_base_register().is_none() {
            // The callee has its own base of a memory there.
            let lost = self.new_integer();
            operands.push((lost, Role::Definition, Place::Fixed(MEMORY_BASE)));
        }
        operands.push((function, Role::Use, Place::Any));
        self.call_of_type(value, node, ty, X64::CallReference, 0, operands);
    }

    /// Adds what brings arguments to their places, the call with these operands and those of its arguments and
    /// results, and what loads results that are not in registers.
    fn call_of_type(
        &mut self,
        value: Value,
        node: &Node,
        ty: u32,
        x64: X64,
        function: u32,
        mut operands: Operands,
    ) {
        let argument_bytes =
            self.arguments_of(self.function.call_arguments(node), 0, &mut operands);
        let module = self.target.module;
        let mut places = Places::of_results();
        let mut stacked = Vec::new();
        for (number, &ty) in (0..).zip(module.func_type(ty).results()) {
            let ty = Type::of(ty);
            let place = places.next(kind_of(ty));
            let result = if number == 0 {
                Some(value).filter(|value| self.order.uses[value.index()] > 0)
            } else {
                self.further_result(value, number)
            };
            match (place, result) {
                (Ok(place), result) => {
                    let register = match result {
                        Some(value) => self.register_of(value),
                        // It is left where it is.
                        None => self.new_register(kind_of(ty)),
                    };
                    operands.push((register, Role::Definition, Place::Fixed(place)));
                }
                (Err(at), Some(value)) => stacked.push((self.register_of(value), ty, at)),
                (Err(_), None) => {}
            }
        }
        let bytes = argument_bytes + places.stack_bytes();
        self.out.outgoing_bytes = self.out.outgoing_bytes.max(bytes);
        self.emit_with(x64, &operands, (function, argument_bytes));
        for (register, ty, at) in stacked {
            let place = Rm::Outgoing(argument_bytes as i32 + at);
            self.emit(load_of(ty), place, &[register], 0);
        }
    }

    /// The node of result `number` of a call: those of a call stand behind it, if they are needed.
    fn further_result(&self, call: Value, number: u32) -> Option<Value> {
        (1..=number)
            .map(|distance| Value(call.0 + distance))
            .find(|&value| {
                let node = self.function.node(value);
                node.op == Op::Result && node.a == call.0 && node.b == number
            })
            .filter(|value| self.order.uses[value.index()] > 0)
    }

    /// Brings arguments to their places: those on the stack, of which it tells how many bytes they are, by
    /// instructions, behind `spare_bytes`; the others as operands.
    fn arguments_of(
        &mut self,
        arguments: &[Value],
        spare_bytes: i32,
        operands: &mut Operands,
    ) -> u32 {
        let mut places = Places::of_arguments();
        for &argument in arguments {
            let ty = self.function.ty(argument);
            let register = self.register(argument);
            match places.next(kind_of(ty)) {
                Ok(place) => operands.push((register, Role::Use, Place::Fixed(place))),
                Err(at) => {
                    let place = Rm::Outgoing(spare_bytes + at);
                    self.emit(store_of(ty), place, &[register], 0);
                }
            }
        }
        self.base_operand(operands);
        places.stack_bytes()
    }

    /// The base of the memory is in its register where other code begins.
    pub(super) fn base_operand(&mut self, operands: &mut Operands) {
        if let Some(base) = self.memory_base_register() {
            operands.push((base, Role::Use, Place::Fixed(MEMORY_BASE)));
        }
    }

    /// A call of the runtime for an instruction.
    pub(super) fn call_runtime(&mut self, value: Value, node: &Node) {
        let arguments: Vec<_> = self
            .function
            .call_arguments(node)
            .iter()
            .map(|&argument| self.register(argument))
            .collect();
        let result = self.call_runtime_with(node.a, &arguments);
        if node.ty != Type::None && self.order.uses[value.index()] > 0 {
            let to = self.register_of(value);
            self.copy(to, result);
        }
    }

    /// Calls a function of the runtime, and traps if it has failed. It gives the result.
    fn call_runtime_with(&mut self, number: u32, arguments: &[VirtualRegister]) -> VirtualRegister {
        let context = self.new_integer();
        self.emit(X64::Lea64, Rm::Context(0), &[context], 0);
        let (result, failed) = (self.new_integer(), self.new_integer());
        let fixed = |register: VirtualRegister, role: Role, place: PhysicalRegister| {
            (register, role, Place::Fixed(place))
        };
        let mut operands = alloc::vec![
            fixed(result, Role::Definition, RAX),
            fixed(failed, Role::Definition, RDX),
        ];
        let [first, others @ ..] = RUNTIME_ARGUMENTS;
        operands.push(fixed(context, Role::Use, first));
        for (&argument, place) in arguments.iter().zip(others) {
            operands.push(fixed(argument, Role::Use, place));
        }
        self.emit_with(X64::CallRuntime, &operands, (number, 0));
        self.emit(X64::Test32, Rm::Operand, &[failed, failed], 0);
        let condition = Condition::NotEqual as u32;
        self.emit_with(X64::TrapIf, &[], (PENDING, condition));
        result
    }

    /// A call of a stub that keeps its arguments and all registers but those that it loses.
    pub(super) fn bulk(&mut self, x64: X64, node: &Node, lost: &[PhysicalRegister]) {
        let mut operands = Operands::new();
        for &place in lost {
            let register = self.new_register(match place.bank() {
                Bank::Integer => ValueKind::Integer,
                Bank::Vector => ValueKind::Vector,
            });
            operands.push((register, Role::Definition, Place::Fixed(place)));
        }
        for (argument, place) in [node.a, node.b, node.c].into_iter().zip(BULK_ARGUMENTS) {
            let register = self.register(Value(argument));
            operands.push((register, Role::Use, Place::Fixed(place)));
        }
        self.emit_with(x64, &operands, (0, 0));
    }

    /// A call in place of the function: the stack arguments are behind two words that emission needs.
    pub(super) fn tail_call(&mut self, function: u32, arguments: List) {
        const SPARE_BYTES: u32 = 16;
        let ir = self.function;
        let mut operands = Operands::new();
        let bytes = self.arguments_of(ir.list(arguments), SPARE_BYTES as i32, &mut operands);
        if bytes > 0 || self.out.incoming_bytes > 0 {
            self.out.outgoing_bytes = self.out.outgoing_bytes.max(SPARE_BYTES + bytes);
        }
        self.emit_with(X64::TailCall, &operands, (function, bytes));
    }
}

/// The instruction that loads a value from the stack.
pub(super) fn load_of(ty: Type) -> X64 {
    match ty {
        Type::I32 | Type::I64 | Type::None => X64::Mov64,
        Type::F32 => X64::MovssLoad,
        Type::F64 => X64::MovsdLoad,
        Type::V128 => X64::Movups,
    }
}

/// The instruction that stores a value on the stack.
pub(super) fn store_of(ty: Type) -> X64 {
    match ty {
        Type::I32 | Type::I64 | Type::None => X64::Mov64Store,
        Type::F32 => X64::MovssStore,
        Type::F64 => X64::MovsdStore,
        Type::V128 => X64::MovupsStore,
    }
}
