//! Loads, stores, and what the runtime does with memories and tables.
//!
//! Holds: the address that is checked is the address that is accessed: both are the zero-extended operand plus the
//! offset of the instruction, in 64 bits.

use super::{Builder, hash};
use crate::compile::ir::ops::Op;
use crate::compile::ir::{Access, Node, RuntimeFunction, Type, Value};
use crate::decode::operators::{MemArg, read_memarg};
use crate::error::Error;
use crate::module::facts::effect;
use crate::wasm::opcodes::Opcode;

impl Builder<'_> {
    fn memarg(&mut self) -> Result<MemArg, Error> {
        read_memarg(&mut self.reader, self.module.features)
    }

    /// The topmost operand, which is the address of an access. An offset that accesses have no room for, which only
    /// memories with 64-bit addresses have, is added to it: where that overflows, the address is the highest one, which
    /// is out of bounds.
    fn pop_address(&mut self, memarg: &mut MemArg, width_bytes: u8) -> Value {
        let address = self.pop();
        let end = memarg.offset.checked_add(width_bytes.into());
        let is_short = end.is_some_and(|end| end <= u32::MAX.into());
        if is_short || !self.module.memories[memarg.memory as usize].is_64 {
            return address;
        }
        let offset = self.constant(Type::I64, core::mem::take(&mut memarg.offset));
        let sum = self.simplified(Op::I64Add, [address.0, offset.0, 0]);
        let overflows = self.simplified(Op::I64LtU, [sum.0, address.0, 0]);
        let highest = self.constant(Type::I64, u64::MAX);
        let fields = [highest.0, sum.0, overflows.0];
        self.pure(Op::Select, Type::I64, 0, fields)
    }

    /// Where an access of `width_bytes` at `address` goes, after its bounds are checked.
    pub(super) fn access(&mut self, memarg: MemArg, address: Value, width_bytes: u8) -> Access {
        let ty = &self.module.memories[memarg.memory as usize];
        let guards = self.options.guards;
        let is_guarded = guards.cover(ty, memarg.offset, width_bytes.into());
        if !is_guarded {
            let size = self.pure(
                Op::MemoryBytes,
                Type::I64,
                0,
                [memarg.memory, self.state.sizes, 0],
            );
            // A memory with 32-bit addresses is so much smaller than 4 GiB that the greatest number is behind its end.
            let end = memarg.offset + u64::from(width_bytes);
            let end = u32::try_from(end).unwrap_or(u32::MAX);
            self.pure(Op::CheckBounds, Type::None, 0, [address.0, size.0, end]);
        }
        let moves = if guards.cover(ty, 0, 1) {
            0
        } else {
            self.state.sizes
        };
        let base = self.pure(Op::MemoryBase, Type::I64, 0, [memarg.memory, moves, 0]);
        Access {
            base,
            offset: memarg.offset as u32,
            memory: memarg.memory,
            state: self.state.memory,
        }
    }

    fn add_access(&mut self, access: Access) -> u32 {
        self.function.accesses.push(access);
        self.function.accesses.len() as u32 - 1
    }

    pub(super) fn load(&mut self, opcode: Opcode, width_bytes: u8) -> Result<(), Error> {
        let Some(op) = Op::from_opcode(opcode) else {
            return Err(self.unsupported(opcode));
        };
        let mut memarg = self.memarg()?;
        let address = self.pop_address(&mut memarg, width_bytes);
        let access = self.access(memarg, address, width_bytes);
        let value = self.loaded(op, address, access);
        self.push(value);
        Ok(())
    }

    /// What a load gives: an earlier value, if it is known.
    pub(super) fn loaded(&mut self, op: Op, address: Value, access: Access) -> Value {
        let key = load_key(op, address, &access);
        let function = &*self.function;
        let found = self.work.numbering.find(hash(&key), |value| {
            let node = function.node(value);
            let Some(known) = function.access(node) else {
                return false;
            };
            node.a == address.0
                && (known.offset, known.memory) == (access.offset, access.memory)
                && known.state == access.state
                && (node.op == op || stores_what_loads(node.op, op))
        });
        match found {
            Ok(value) if function.node(value).op == op => value,
            Ok(store) => Value(function.node(store).b),
            Err(slot) => {
                let number = self.add_access(access);
                let ty = key.ty;
                let value = self.add(op, ty, [address.0, number, 0]);
                self.work.numbering.enter(slot, value);
                value
            }
        }
    }

    pub(super) fn store(&mut self, opcode: Opcode, width_bytes: u8) -> Result<(), Error> {
        let Some(op) = Op::from_opcode(opcode) else {
            return Err(self.unsupported(opcode));
        };
        let mut memarg = self.memarg()?;
        let value = self.pop();
        let address = self.pop_address(&mut memarg, width_bytes);
        let access = self.access(memarg, address, width_bytes);
        self.store_to(op, address, value, access);
        Ok(())
    }

    /// Adds a store, behind which the memory has another state.
    pub(super) fn store_to(&mut self, op: Op, address: Value, value: Value, mut access: Access) {
        self.states += 1;
        self.state.memory = self.states;
        access.state = self.states;
        let number = self.add_access(access);
        let store = self.add(op, Type::None, [address.0, value.0, number]);
        if let Some(load) = load_of_store(op) {
            let key = load_key(load, address, &access);
            if let Err(slot) = self.work.numbering.find(hash(&key), |_| false) {
                self.work.numbering.enter(slot, store);
            }
        }
    }

    pub(super) fn access_lane(&mut self, opcode: Opcode, width_bytes: u8) -> Result<(), Error> {
        let Some(op) = Op::from_opcode(opcode) else {
            return Err(self.unsupported(opcode));
        };
        let mut memarg = self.memarg()?;
        let lane = self.reader.read_u8()?;
        let vector = self.pop();
        let address = self.pop_address(&mut memarg, width_bytes);
        let access = self.access(memarg, address, width_bytes);
        let number = self.add_access(access);
        let result = op.row().result;
        let value = self.add_node(Node {
            op,
            ty: result.unwrap_or(Type::None),
            lane,
            a: address.0,
            b: vector.0,
            c: number,
        });
        if result.is_some() {
            self.push(value);
        } else {
            self.states += 1;
            self.state.memory = self.states;
        }
        Ok(())
    }

    /// The instructions on memories and tables besides loads and stores.
    pub(super) fn memory_or_table(&mut self, opcode: Opcode) -> Result<(), Error> {
        use RuntimeFunction as Runtime;
        let (function, indices, operands, effects) = match opcode {
            Opcode::MemorySize => return self.memory_size(),
            Opcode::MemoryGrow => (Runtime::MemoryGrow, 1, 1, effect::GROW),
            Opcode::MemoryCopy => (Runtime::MemoryCopy, 2, 3, effect::STORE),
            Opcode::MemoryFill => (Runtime::MemoryFill, 1, 3, effect::STORE),
            Opcode::MemoryInit => (Runtime::MemoryInit, 2, 3, effect::STORE),
            Opcode::DataDrop => (Runtime::DataDrop, 1, 0, 0),
            Opcode::TableGet => {
                let index = self.reader.read_u32()?;
                let at = self.pop();
                let value = self.add(Op::TableGet, Type::I64, [at.0, index, 0]);
                self.push(value);
                return Ok(());
            }
            Opcode::TableSize => {
                let index = self.reader.read_u32()?;
                let ty = address_type(self.module.tables[index as usize].ty.is_64);
                let value = self.add(Op::TableSize, ty, [index, 0, 0]);
                self.push(value);
                return Ok(());
            }
            Opcode::TableSet => {
                let index = self.reader.read_u32()?;
                let (value, at) = (self.pop(), self.pop());
                self.add(Op::TableSet, Type::None, [at.0, value.0, index]);
                return Ok(());
            }
            Opcode::TableGrow => (Runtime::TableGrow, 1, 2, effect::STORE),
            Opcode::TableCopy => (Runtime::TableCopy, 2, 3, effect::STORE),
            Opcode::TableFill => (Runtime::TableFill, 1, 3, effect::STORE),
            Opcode::TableInit => (Runtime::TableInit, 2, 3, effect::STORE),
            Opcode::ElemDrop => (Runtime::ElementDrop, 1, 0, 0),
            _ => return Err(self.unsupported(opcode)),
        };
        self.charge_length(opcode);
        if self.bulk_of_few(opcode)? || self.bulk_in_first_memory(opcode)? {
            return Ok(());
        }
        self.call_runtime(function, (indices, operands))?;
        self.forget(effects);
        Ok(())
    }

    fn memory_size(&mut self) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        let fields = [index, self.state.sizes, 0];
        let bytes = self.pure(Op::MemoryBytes, Type::I64, 0, fields);
        let shift = self.constant(Type::I64, 16);
        let mut pages = self.simplified(Op::I64ShrU, [bytes.0, shift.0, 0]);
        if !self.module.memories[index as usize].is_64 {
            pages = self.simplified(Op::I32WrapI64, [pages.0, 0, 0]);
        }
        self.push(pages);
        Ok(())
    }

    /// Calls the runtime with the instruction's indices, then its operands.
    fn call_runtime(
        &mut self,
        function: RuntimeFunction,
        (indices, operands): (usize, usize),
    ) -> Result<(), Error> {
        let mut values = [Value::NONE; 5];
        let mut first = 0;
        for (number, value) in values[..indices].iter_mut().enumerate() {
            let index = self.reader.read_u32()?;
            *value = self.constant(Type::I32, index.into());
            if number == 0 {
                first = index as usize;
            }
        }
        for value in values[indices..indices + operands].iter_mut().rev() {
            *value = self.pop();
        }
        let result = match function {
            RuntimeFunction::MemoryGrow => address_type(self.module.memories[first].is_64),
            RuntimeFunction::TableGrow => address_type(self.module.tables[first].ty.is_64),
            _ => Type::None,
        };
        let list = self.function.add_list(&values[..indices + operands]);
        let fields = [function as u32, list.start, list.count];
        let value = self.add(Op::CallRuntime, result, fields);
        if result != Type::None {
            self.push(value);
        }
        Ok(())
    }
}

/// The type of addresses and sizes.
fn address_type(is_64: bool) -> Type {
    if is_64 { Type::I64 } else { Type::I32 }
}

/// What loads of the same place in the same state have in common.
fn load_key(op: Op, address: Value, access: &Access) -> Node {
    Node {
        op,
        ty: op.row().result.unwrap_or(Type::None),
        lane: access.memory as u8,
        a: address.0,
        b: access.offset,
        c: access.state,
    }
}

/// The load that gives back what a store has written.
fn load_of_store(store: Op) -> Option<Op> {
    Some(match store {
        Op::I32Store => Op::I32Load,
        Op::I64Store => Op::I64Load,
        Op::F32Store => Op::F32Load,
        Op::F64Store => Op::F64Load,
        Op::V128Store => Op::V128Load,
        _ => return None,
    })
}

fn stores_what_loads(store: Op, load: Op) -> bool {
    load_of_store(store) == Some(load)
}
