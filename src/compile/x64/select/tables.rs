//! Tables: what the runtime is not called for.

use core::mem::offset_of;

use super::control::Condition;
use super::{Rm, Selector};
use crate::compile::ir::{IndirectCall, Node, Value};
use crate::compile::machine::{Place, Role, VirtualRegister};
use crate::compile::object::TableEntry;
use crate::compile::x64::instructions::X64;
use crate::runtime::layout::{VmContext, VmTable};
use crate::wasm::trap::Trap;

impl Selector<'_> {
    /// The address of a table's record.
    fn table(&mut self, index: u32) -> VirtualRegister {
        let tables = self.new_integer();
        let at = offset_of!(VmContext, tables) as i32;
        self.emit(X64::Mov64, Rm::Context(at), &[tables], 0);
        let table = self.new_integer();
        // There are at most 100,000 tables.
        let at = index as i32 * size_of::<usize>() as i32;
        self.emit(X64::Mov64, Rm::Base(tables, at), &[table], 0);
        table
    }

    /// Where the element of a table at an index is; traps if there is none. `elements` is how many there are, if that
    /// is known.
    pub(super) fn element(&mut self, table: u32, index: Value, elements: Option<u32>) -> Rm {
        let index = self.register(index);
        let table = self.table(table);
        match elements {
            Some(elements) => self.check_index(index, elements),
            None => {
                let size = Rm::Base(table, offset_of!(VmTable, size) as i32);
                self.emit(X64::Cmp64, size, &[index], 0);
                self.trap_if(Condition::AboveOrEqual, Trap::TableOutOfBounds);
            }
        }
        let elements = self.new_integer();
        let at = offset_of!(VmTable, elements) as i32;
        self.emit(X64::Mov64, Rm::Base(table, at), &[elements], 0);
        Rm::Element(elements, index, 0)
    }
    /// Traps unless an index is one of so many elements.
    fn check_index(&mut self, index: VirtualRegister, elements: u32) {
        // Tables that are known are not so big that this has no encoding.
        self.emit(X64::Cmp64Imm, Rm::Operand, &[index], elements as i32);
        self.trap_if(Condition::AboveOrEqual, Trap::TableOutOfBounds);
    }

    /// The address of the code that a call through a table leads to which never changes; traps if there is none of the
    /// type.
    pub(super) fn code_of_element(&mut self, call: &IndirectCall, table: u32) -> VirtualRegister {
        let known = self.target.module.fixed_tables.get();
        let ty = known.map_or(call.ty, |known| known.equal_types[call.ty as usize]);
        let index = self.register(call.callee);
        self.check_index(index, call.elements.unwrap_or(0));
        let entries = self.new_integer();
        let operand = (entries, Role::Definition, Place::Register);
        self.emit_with(X64::TableAddress, &[operand], (table, 0));
        let type_at = Rm::Element(entries, index, TableEntry::TYPE);
        match (call.is_typed, call.can_be_null) {
            (true, false) => {}
            (true, true) => {
                self.emit(X64::Cmp32Imm, type_at, &[], TableEntry::NULL as i32);
                self.trap_if(Condition::Equal, Trap::IndirectCallToNull);
            }
            (false, false) => {
                self.emit(X64::Cmp32Imm, type_at, &[], ty as i32);
                self.trap_if(Condition::NotEqual, Trap::BadSignature);
            }
            (false, true) => {
                let found = self.new_integer();
                self.emit(X64::Mov32, type_at, &[found], 0);
                self.emit(X64::Cmp32Imm, Rm::Operand, &[found], ty as i32);
                let operand = (found, Role::Use, Place::Register);
                let condition = Condition::NotEqual as u32;
                self.emit_with(X64::TrapType, &[operand], (0, condition));
            }
        }
        let distance = self.new_integer();
        let place = Rm::Element(entries, index, 0);
        self.emit(X64::Movsx32To64, place, &[distance], 0);
        let code = self.new_integer();
        self.emit(X64::Lea64, Rm::Index(entries, distance, 0), &[code], 0);
        code
    }

    pub(super) fn table_get(&mut self, value: Value, node: &Node) {
        let place = self.element(node.b, Value(node.a), None);
        let to = self.register_of(value);
        self.emit(X64::Mov64, place, &[to], 0);
    }

    pub(super) fn table_set(&mut self, node: &Node) {
        let value = self.register(Value(node.b));
        let place = self.element(node.c, Value(node.a), None);
        self.emit(X64::Mov64Store, place, &[value], 0);
    }

    pub(super) fn table_size(&mut self, value: Value, node: &Node) {
        let table = self.table(node.a);
        let to = self.register_of(value);
        let at = offset_of!(VmTable, size) as i32;
        self.emit(X64::Mov64, Rm::Base(table, at), &[to], 0);
    }
}
