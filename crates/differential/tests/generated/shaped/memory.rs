//! Loads, stores and operations on ranges.
//!
//! Holds: most addresses are such that the access is within the first page.

use wasm_encoder::{Instruction, ValType};

use super::body::{Body, Role, encoded, menu};
use super::{
    DATA, DATA_LENGTH, DROPPED_DATA, DROPPED_ELEMENTS, ELEMENTS, ELEMENTS_LENGTH, HOST_VALUES,
    SCRATCH,
};

/// The bits of an address: with the largest usual offset and index it is within the first page.
pub(super) const ADDRESS: i32 = 0x7FF8;

impl Body<'_> {
    /// An address, and the offset to go with it.
    pub(super) fn address(&mut self, depth: u32) -> u64 {
        match self.random().below(10) {
            0 => {
                let address = self.random().next() as i32 & ADDRESS;
                self.emit(Instruction::I32Const(address));
            }
            1..=3 => self.pointer(),
            4..=6 => self.indexed(),
            _ if self.random().is_one_in(30) => self.expression(ValType::I32, depth),
            _ => {
                self.expression(ValType::I32, depth);
                self.emit(Instruction::I32Const(ADDRESS));
                self.emit(Instruction::I32And);
            }
        }
        match self.random().below(60) {
            0 => 0xFFFF,
            1..=25 => 0,
            _ => self.random().below(1024),
        }
    }

    fn with_role(&self, role: Role) -> Vec<u32> {
        let locals = (0..).zip(&self.locals);
        let locals = locals.filter(|(_, local)| **local == (ValType::I32, role));
        locals.map(|(index, _)| index).collect()
    }

    fn pointer(&mut self) {
        let pointers = self.with_role(Role::Pointer);
        let pointer = *self.random().pick(&pointers);
        self.emit(Instruction::LocalGet(pointer));
    }

    /// An element of an array: a pointer and a scaled counter, in either order.
    fn indexed(&mut self) {
        if self.random().is_one_in(2) {
            self.pointer();
            self.scaled_counter();
        } else {
            self.scaled_counter();
            self.pointer();
        }
        self.emit(Instruction::I32Add);
    }

    fn scaled_counter(&mut self) {
        let counters = self.with_role(Role::Counter);
        if counters.is_empty() {
            self.bounded(15);
        } else {
            let counter = *self.random().pick(&counters);
            self.emit(Instruction::LocalGet(counter));
        }
        let scale = self.random().below(5) as i32;
        match scale {
            0 => {}
            4 => {
                self.emit(Instruction::I32Const(12));
                self.emit(Instruction::I32Mul);
            }
            _ => {
                self.emit(Instruction::I32Const(scale));
                self.emit(Instruction::I32Shl);
            }
        }
    }

    /// Gives a pointer a new value, or moves it on.
    pub(super) fn assign_pointer(&mut self) {
        let pointers = self.with_role(Role::Pointer);
        let pointer = *self.random().pick(&pointers);
        if self.random().is_one_in(2) {
            let step = *self.random().pick(&[1, 4, 8, 16]);
            self.emit(Instruction::LocalGet(pointer));
            self.emit(Instruction::I32Const(step));
            self.emit(Instruction::I32Add);
        } else {
            self.bounded(ADDRESS);
        }
        self.emit(Instruction::LocalSet(pointer));
    }

    pub(super) fn load(&mut self, ty: ValType, depth: u32) {
        let loads = menu().loads.iter().find(|(other, _)| *other == ty);
        let load = *self.random().pick(&loads.expect("each type has loads").1);
        let offset = self.address(depth - 1);
        if load.params.len() > 1 {
            self.expression(ValType::V128, depth - 1);
        }
        self.emit_plain(load, offset);
    }

    pub(super) fn store(&mut self, depth: u32) {
        let vectors = self.plan.has_vectors && self.random().is_one_in(3);
        let stores = if vectors {
            &menu().vector_stores
        } else {
            &menu().stores
        };
        let store = *self.random().pick(stores);
        let offset = self.address(depth - 1);
        let ty = encoded(store.params[1]);
        if matches!(ty, ValType::F32 | ValType::F64) && self.random().is_one_in(2) {
            self.small_float(ty);
        } else {
            self.expression(ty, depth - 1);
            self.canonicalize(ty);
        }
        self.emit_plain(store, offset);
    }

    /// An operation on a range of the memory.
    pub(super) fn bulk_memory(&mut self) {
        self.cost += self.weight * 20;
        match self.random().below(8) {
            0..=2 => {
                self.bounded(ADDRESS);
                self.bounded(ADDRESS);
                self.bounded(0x1FF);
                self.emit(Instruction::MemoryCopy {
                    src_mem: 0,
                    dst_mem: 0,
                });
            }
            3 | 4 => {
                self.bounded(ADDRESS);
                self.expression(ValType::I32, 1);
                self.bounded(0x1FF);
                self.emit(Instruction::MemoryFill(0));
            }
            5 | 6 => {
                self.bounded(ADDRESS);
                self.range(DATA_LENGTH as i32);
                self.emit(Instruction::MemoryInit {
                    mem: 0,
                    data_index: DATA,
                });
            }
            _ => {
                self.bounded(ADDRESS);
                self.emit(Instruction::I32Const(0));
                self.emit(Instruction::I32Const(0));
                self.emit(Instruction::MemoryInit {
                    mem: 0,
                    data_index: DROPPED_DATA,
                });
                self.emit(Instruction::DataDrop(DROPPED_DATA));
            }
        }
    }

    /// A start and a length within something of this length, a power of two.
    fn range(&mut self, length: i32) {
        self.bounded(length / 2 - 1);
        self.bounded(length / 2 - 1);
    }

    /// An operation on a table.
    pub(super) fn bulk_table(&mut self) {
        self.cost += self.weight * 10;
        let table = *self.random().pick(&[HOST_VALUES, SCRATCH]);
        let ty = if table == SCRATCH {
            ValType::FUNCREF
        } else {
            ValType::EXTERNREF
        };
        match self.random().below(6) {
            0 | 1 => {
                self.bounded(15);
                self.expression(ty, 1);
                self.emit(Instruction::TableSet(table));
            }
            2 => {
                self.bounded(7);
                self.expression(ty, 1);
                self.bounded(7);
                self.emit(Instruction::TableFill(table));
            }
            3 => {
                self.bounded(7);
                self.range(16);
                self.emit(Instruction::TableCopy {
                    src_table: table,
                    dst_table: table,
                });
            }
            4 => {
                self.bounded(7);
                self.range(ELEMENTS_LENGTH as i32);
                self.emit(Instruction::TableInit {
                    elem_index: ELEMENTS,
                    table: SCRATCH,
                });
            }
            _ => {
                self.bounded(7);
                self.emit(Instruction::I32Const(0));
                self.emit(Instruction::I32Const(0));
                self.emit(Instruction::TableInit {
                    elem_index: DROPPED_ELEMENTS,
                    table: SCRATCH,
                });
                self.emit(Instruction::ElemDrop(DROPPED_ELEMENTS));
            }
        }
    }
}
