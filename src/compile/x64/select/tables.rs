//! Tables: what the runtime is not called for.

use core::mem::offset_of;

use super::control::Condition;
use super::{Rm, Selector};
use crate::compile::ir::{Node, Value};
use crate::compile::machine::VirtualRegister;
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
        match elements.and_then(|elements| i32::try_from(elements).ok()) {
            Some(elements) => self.emit(X64::Cmp64Imm, Rm::Operand, &[index], elements),
            None => {
                let size = Rm::Base(table, offset_of!(VmTable, size) as i32);
                self.emit(X64::Cmp64, size, &[index], 0);
            }
        }
        self.trap_if(Condition::AboveOrEqual, Trap::TableOutOfBounds);
        let elements = self.new_integer();
        let at = offset_of!(VmTable, elements) as i32;
        self.emit(X64::Mov64, Rm::Base(table, at), &[elements], 0);
        Rm::Element(elements, index)
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
