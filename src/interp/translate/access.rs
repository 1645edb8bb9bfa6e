//! Memory accesses, lanes, and operations on ranges of memories and tables.

use super::Body;
use super::code::{Operand, Pattern, Source, fields, halves, immediate};
use super::stack::Value;
use crate::decode::operators::{MemArg, read_memarg};
use crate::error::Error;
use crate::interp::execute::select::{self, Class, Kind};
use crate::runtime::layout::CodeWord;
use crate::wasm::opcodes::{Opcode, Shape};
use crate::wasm::types::ValType;

impl Body<'_> {
    fn memarg(&mut self) -> Result<MemArg, Error> {
        read_memarg(&mut self.reader, self.module.features)
    }

    /// The offset, if the access is to memory 0 by 32-bit addresses.
    fn near_offset(&self, memarg: MemArg) -> Option<u32> {
        let is_near = memarg.memory == 0 && !self.module.memories[0].is_64;
        u32::try_from(memarg.offset).ok().filter(|_| is_near)
    }

    pub(super) fn load(&mut self, opcode: Opcode, result: ValType) -> Result<(), Error> {
        let memarg = self.memarg()?;
        let entry = self.stack.pop();
        let Some(offset) = self.near_offset(memarg) else {
            let address = self.slot_of(entry);
            let word =
                select::far_load(opcode).unwrap_or_else(|| unreachable!("{opcode:?} is a load"));
            let slot = self.stack.push(Value::Slot, result);
            let words = [
                word,
                fields([slot, address, 0, 0]),
                memarg.offset,
                memarg.memory.into(),
            ];
            self.code.emit_result(&words, slot, result.slots());
            return Ok(());
        };
        let address = self.operand(entry);
        if result == ValType::V128 {
            let address = self.slot_of(entry);
            let word =
                select::vector_load(opcode).unwrap_or_else(|| unreachable!("{opcode:?} is a load"));
            let slot = self.stack.push(Value::Slot, result);
            self.code
                .emit_result(&[word, immediate(slot, address, offset)], slot, 2);
            return Ok(());
        }
        if self.load_at_sum(opcode, address, offset, result) {
            return Ok(());
        }
        let address = self.unwrapped(address);
        let (kind, address, offset) = self.near_address(address, entry.slot, offset);
        let forms =
            select::load(opcode, kind).unwrap_or_else(|| unreachable!("{opcode:?} is a load"));
        if kind == Some(Kind::Accumulator) {
            self.code.take_accumulator(address);
        }
        let pattern = if kind.is_some() {
            Pattern::Load(opcode, address, offset)
        } else {
            Pattern::Other
        };
        let slot = self.stack.push(Value::Slot, result);
        let rest = [immediate(slot, address.slot().unwrap_or_default(), offset)];
        self.code
            .emit_scalar(forms, &rest, slot, Class::from(result), pattern);
        Ok(())
    }

    /// The kind of an address (none if it is the offset alone), the address and the offset.
    fn near_address(
        &mut self,
        address: Operand,
        canonical: u16,
        offset: u32,
    ) -> (Option<Kind>, Operand, u32) {
        if let Some(sum) = address
            .constant()
            .and_then(|bits| (bits as u32).checked_add(offset))
        {
            return (None, address, sum);
        }
        let address = self.in_slot(address, canonical);
        (Some(self.code.kind(address)), address, offset)
    }

    /// Whether `address` has just been made as the sum of a base and a scaled index: removes the sum and
    /// returns base, index and the number of bits that the index is shifted by.
    fn take_index(&mut self, address: Operand) -> Option<(u16, u16, u16)> {
        let parts = match self.code.producer(address)?.pattern {
            Pattern::Scaled(base, index, bits) => (base, index, bits),
            Pattern::Binary(Opcode::I32Add, left, right) => (left.slot()?, right.slot()?, 0),
            _ => return None,
        };
        self.code.remove_last();
        Some(parts)
    }

    /// A load at an address that has just been made as a sum, if there is an instruction for both.
    fn load_at_sum(
        &mut self,
        opcode: Opcode,
        address: Operand,
        offset: u32,
        result: ValType,
    ) -> bool {
        let displaced = match self.code.producer(address).map(|sum| sum.pattern) {
            Some(Pattern::Scaled(..)) => None,
            Some(Pattern::Binary(Opcode::I32Add, base, summand)) => {
                base.slot().zip(summand.constant())
            }
            _ => return false,
        };
        let Some((base, constant)) = displaced else {
            return self.load_indexed(opcode, address, offset, result);
        };
        let Some(word) = select::load_displaced(opcode) else {
            return false;
        };
        self.code.remove_last();
        let slot = self.stack.push(Value::Slot, result);
        let rest = [immediate(slot, base, constant as u32), offset.into()];
        self.emit_fused(word, &rest, slot, result, Pattern::Other);
        true
    }

    fn load_indexed(
        &mut self,
        opcode: Opcode,
        address: Operand,
        offset: u32,
        result: ValType,
    ) -> bool {
        let Some(forms) = select::load_indexed(opcode) else {
            return false;
        };
        let Some((base, index, bits)) = self.take_index(address) else {
            return false;
        };
        let slot = self.stack.push(Value::Slot, result);
        let rest = [fields([slot, base, index, bits]), offset.into()];
        self.code
            .emit_scalar(forms, &rest, slot, Class::from(result), Pattern::Other);
        true
    }

    pub(super) fn store(&mut self, opcode: Opcode) -> Result<(), Error> {
        let memarg = self.memarg()?;
        let value_entry = self.stack.pop();
        let address_entry = self.stack.pop();
        let Some(offset) = self.near_offset(memarg) else {
            let (value, address) = (self.slot_of(value_entry), self.slot_of(address_entry));
            let word =
                select::far_store(opcode).unwrap_or_else(|| unreachable!("{opcode:?} is a store"));
            self.code.emit(&[
                word,
                fields([address, value, 0, 0]),
                memarg.offset,
                memarg.memory.into(),
            ]);
            return Ok(());
        };
        if value_entry.class == Class::Vector {
            let (value, address) = (self.slot_of(value_entry), self.slot_of(address_entry));
            let word = select::vector_store(opcode)
                .unwrap_or_else(|| unreachable!("{opcode:?} is a store"));
            self.code.emit(&[word, immediate(address, value, offset)]);
            return Ok(());
        }
        let (value, address) = (self.operand(value_entry), self.operand(address_entry));
        if let (Some(value), Some(word)) = (value.slot(), select::store_indexed(opcode)) {
            if let Some((base, index, bits)) = self.take_index(address) {
                self.code
                    .emit(&[word, fields([base, value, index, bits]), offset.into()]);
                return Ok(());
            }
        }
        if self.load_store(opcode, address, value, offset) {
            return Ok(());
        }
        let value = self.unwrapped(value);
        let (kind, address, offset) = self.near_address(address, address_entry.slot, offset);
        let value_kind = self.code.kind(value);
        if value_kind == Kind::Accumulator {
            self.code.take_accumulator(value);
        }
        if kind == Some(Kind::Accumulator) {
            self.code.take_accumulator(address);
        }
        let word = select::store(opcode, kind, value_kind)
            .unwrap_or_else(|| unreachable!("{opcode:?} is a store"));
        let address = address.slot().unwrap_or_default();
        match value.source() {
            Source::Slot(value) => self.code.emit(&[word, immediate(address, value, offset)]),
            Source::Constant(bits) => self.code.emit(&[word, immediate(address, 0, offset), bits]),
        };
        Ok(())
    }

    /// Fuses a store with the load that has just made the value.
    fn load_store(&mut self, opcode: Opcode, to: Operand, value: Operand, offset: u32) -> bool {
        let Some(producer) = self.code.producer(value) else {
            return false;
        };
        let Pattern::Load(load, from, load_offset) = producer.pattern else {
            return false;
        };
        let (Some(word), Some(to), Some(from)) =
            (select::load_store(load, opcode), to.slot(), from.slot())
        else {
            return false;
        };
        self.code.remove_last();
        let offsets = halves(offset, load_offset);
        self.code.emit(&[word, fields([to, from, 0, 0]), offsets]);
        true
    }

    /// Translates an access to a lane of a vector, in memory or not.
    pub(super) fn lane(&mut self, opcode: Opcode) -> Result<(), Error> {
        let word =
            select::lane(opcode).unwrap_or_else(|| unreachable!("{opcode:?} accesses a lane"));
        match opcode.info().shape {
            Shape::ExtractLane { result, .. } => {
                let lane = self.reader.read_u8()?;
                let vector = self.pop_slot();
                let slot = self.stack.push(Value::Slot, result);
                self.emit_of_vector([word, fields([slot, vector, lane.into(), 0])], slot, result);
            }
            Shape::ReplaceLane { .. } => {
                let lane = self.reader.read_u8()?;
                let value = self.pop_slot();
                let vector = self.pop_slot();
                let slot = self.stack.push(Value::Slot, ValType::V128);
                self.code
                    .emit_result(&[word, fields([slot, vector, value, lane.into()])], slot, 2);
            }
            shape => {
                let memarg = self.memarg()?;
                let lane: u16 = self.reader.read_u8()?.into();
                let vector = self.pop_slot();
                let address = self.pop_slot();
                let (offset, memory) = (memarg.offset, CodeWord::from(memarg.memory));
                if matches!(shape, Shape::LoadLane { .. }) {
                    let slot = self.stack.push(Value::Slot, ValType::V128);
                    self.code.emit_result(
                        &[word, fields([slot, address, vector, lane]), offset, memory],
                        slot,
                        2,
                    );
                } else {
                    self.code
                        .emit(&[word, fields([address, vector, lane, 0]), offset, memory]);
                }
            }
        }
        Ok(())
    }

    /// Translates the instructions on whole memories and tables.
    pub(super) fn bulk(&mut self, opcode: Opcode) -> Result<(), Error> {
        let first = self.reader.read_u32()?;
        self.charge_length(opcode);
        match opcode {
            Opcode::MemorySize => {
                let ty = self.module.memories[first as usize].address_type();
                self.emit_helper(select::memory_size(), 0, Some(ty), Immediate::Half(first));
            }
            Opcode::MemoryGrow => {
                let memory = self.module.memories[first as usize];
                let word = select::memory_grow(memory.is_64);
                self.emit_helper(word, 1, Some(memory.address_type()), Immediate::Half(first));
            }
            Opcode::MemoryFill => {
                self.emit_helper(select::memory_fill(), 3, None, Immediate::Word(first, 0))
            }
            Opcode::MemoryCopy => {
                let source = self.reader.read_u32()?;
                self.emit_helper(
                    select::memory_copy(),
                    3,
                    None,
                    Immediate::Word(first, source),
                );
            }
            Opcode::MemoryInit => {
                let memory = self.reader.read_u32()?;
                self.emit_helper(
                    select::memory_init(),
                    3,
                    None,
                    Immediate::Word(memory, first),
                );
            }
            Opcode::DataDrop => {
                self.emit_helper(select::data_drop(), 0, None, Immediate::Half(first))
            }
            Opcode::TableGet => {
                let ty = ValType::Ref(self.module.tables[first as usize].ty.element);
                self.emit_helper(select::table_get(), 1, Some(ty), Immediate::Half(first));
            }
            Opcode::TableSet => {
                self.emit_helper(select::table_set(), 2, None, Immediate::Half(first))
            }
            Opcode::TableSize => {
                let ty = self.module.tables[first as usize].ty.address_type();
                self.emit_helper(select::table_size(), 0, Some(ty), Immediate::Half(first));
            }
            Opcode::TableGrow => {
                let ty = self.module.tables[first as usize].ty;
                let word = select::table_grow(ty.is_64);
                self.emit_helper(word, 2, Some(ty.address_type()), Immediate::Word(first, 0));
            }
            Opcode::TableFill => {
                self.emit_helper(select::table_fill(), 3, None, Immediate::Word(first, 0))
            }
            Opcode::TableCopy => {
                let source = self.reader.read_u32()?;
                self.emit_helper(
                    select::table_copy(),
                    3,
                    None,
                    Immediate::Word(first, source),
                );
            }
            Opcode::TableInit => {
                let table = self.reader.read_u32()?;
                self.emit_helper(select::table_init(), 3, None, Immediate::Word(table, first));
            }
            Opcode::ElemDrop => {
                self.emit_helper(select::elem_drop(), 0, None, Immediate::Half(first))
            }
            _ => unreachable!("{opcode:?} is not about a whole memory or table"),
        }
        Ok(())
    }

    /// Charges fuel for the length of an operation, its topmost operand: a unit for 64 bytes.
    fn charge_length(&mut self, opcode: Opcode) {
        let bytes_log2 = 6;
        let unit_log2 = match opcode {
            Opcode::MemoryFill | Opcode::MemoryCopy | Opcode::MemoryInit => bytes_log2,
            Opcode::TableFill | Opcode::TableCopy | Opcode::TableInit => bytes_log2 - 3,
            _ => return,
        };
        if !self.options.consume_fuel {
            return;
        }
        let length = self.operand(self.stack.get(self.stack.len() - 1));
        match length.source() {
            Source::Slot(slot) => {
                self.code.emit(&[
                    select::charge_fuel_by_length(),
                    immediate(slot, 0, unit_log2),
                ]);
            }
            Source::Constant(bits) => {
                let units = u32::try_from(bits >> unit_log2).unwrap_or(u32::MAX);
                self.code
                    .emit(&[select::charge_fuel(), immediate(0, 0, units)]);
            }
        }
        self.code.forget();
    }

    /// Emits an instruction with its result, if it has one, and `operands` operands in the fields.
    fn emit_helper(
        &mut self,
        word: CodeWord,
        operands: usize,
        result: Option<ValType>,
        immediate_value: Immediate,
    ) {
        let has_result = usize::from(result.is_some());
        let mut slots = [0; 4];
        for index in (0..operands).rev() {
            slots[has_result + index] = self.pop_slot();
        }
        if let Some(ty) = result {
            slots[0] = self.stack.push(Value::Slot, ty);
        }
        let words = match immediate_value {
            Immediate::Half(half) => [word, immediate(slots[0], slots[1], half), 0],
            Immediate::Word(first, second) => [word, fields(slots), halves(first, second)],
        };
        let count = if matches!(immediate_value, Immediate::Half(_)) {
            2
        } else {
            3
        };
        match result {
            Some(_) => self.code.emit_result(&words[..count], slots[0], 1),
            None => _ = self.code.emit(&words[..count]),
        }
    }
}

/// What an instruction names besides slots.
#[derive(Clone, Copy)]
enum Immediate {
    /// An index in the immediate half-word.
    Half(u32),
    /// Two indices in word 2.
    Word(u32, u32),
}
