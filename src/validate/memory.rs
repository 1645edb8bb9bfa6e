//! Validates instructions on memories and tables, and those on lanes.
//!
//! Input: instructions of a body. Output: as in `func.rs`.

use alloc::format;

use super::signature::{Kind, Row};
use super::stack::Validator;
use crate::decode::operators::read_memarg;
use crate::error::Error;
use crate::module::ElementSegment;
use crate::module::facts::effect;
use crate::module::operand::Operand;
use crate::wasm::features::Feature;
use crate::wasm::opcodes::Opcode;
use crate::wasm::types::ValType;

/// The smaller of two address types: lengths have it.
fn smaller(a: Operand, b: Operand) -> Operand {
    if a == Operand::I64 { b } else { a }
}

pub(super) const fn address(is_64: bool) -> Operand {
    if is_64 { Operand::I64 } else { Operand::I32 }
}

impl Validator<'_, '_> {
    #[inline]
    pub(super) fn load(&mut self, row: &Row) -> Result<(), Error> {
        let address = self.memarg(row.align_log2)?;
        self.replace(address, row.value())
    }

    #[inline]
    pub(super) fn store(&mut self, row: &Row) -> Result<(), Error> {
        let address = self.memarg(row.align_log2)?;
        self.effects |= effect::STORE;
        self.pop(row.value())?;
        self.pop(address)
    }

    /// Validates an instruction that names a lane or is atomic.
    pub(super) fn lane_or_atomic(&mut self, row: &Row) -> Result<(), Error> {
        const V128: Operand = Operand::V128;
        let value = row.value();
        match row.kind {
            Kind::LoadLane => {
                let address = self.memarg(row.align_log2)?;
                self.lane(row.lanes)?;
                self.pop_all(&[address, V128])?;
                self.push(V128);
            }
            Kind::StoreLane => {
                let address = self.memarg(row.align_log2)?;
                self.effects |= effect::STORE;
                self.lane(row.lanes)?;
                self.pop_all(&[address, V128])?;
            }
            Kind::ExtractLane => {
                self.lane(row.lanes)?;
                self.replace(V128, value)?;
            }
            Kind::ReplaceLane => {
                self.lane(row.lanes)?;
                self.pop_all(&[V128, value])?;
                self.push(V128);
            }
            Kind::AtomicLoad => {
                let address = self.atomic_memarg(row.align_log2)?;
                self.replace(address, value)?;
            }
            Kind::AtomicStore => {
                let address = self.atomic_memarg(row.align_log2)?;
                self.effects |= effect::STORE;
                self.pop_all(&[address, value])?;
            }
            Kind::AtomicReadModifyWrite => {
                let address = self.atomic_memarg(row.align_log2)?;
                self.effects |= effect::STORE;
                self.pop_all(&[address, value])?;
                self.push(value);
            }
            Kind::AtomicCompareExchange => {
                let address = self.atomic_memarg(row.align_log2)?;
                self.effects |= effect::STORE;
                self.pop_all(&[address, value, value])?;
                self.push(value);
            }
            other => unreachable!("validate::func keeps {other:?} to itself"),
        }
        Ok(())
    }

    /// Reads a memory argument and gives the type of the address.
    #[inline]
    fn memarg(&mut self, max_align_log2: u8) -> Result<Operand, Error> {
        let memarg = read_memarg(&mut self.reader, self.module.features)?;
        let address = self.memory_address(memarg.memory)?;
        if memarg.align_log2 > u32::from(max_align_log2) {
            return Err(self.invalid(format!(
                "alignment must not be larger than natural: {}, natural is {}",
                1u128 << memarg.align_log2,
                1u32 << max_align_log2
            )));
        }
        if memarg.offset > u64::from(u32::MAX) && address == Operand::I32 {
            return Err(self.invalid(format!(
                "offset out of range: {} in a 32-bit memory",
                memarg.offset
            )));
        }
        Ok(address)
    }

    fn atomic_memarg(&mut self, align_log2: u8) -> Result<Operand, Error> {
        let memarg = read_memarg(&mut self.reader.clone(), self.module.features)?;
        if memarg.align_log2 != u32::from(align_log2) {
            return Err(self.invalid(format!(
                "atomic alignment must be natural: found {}, natural is {}",
                1u128 << memarg.align_log2,
                1u32 << align_log2
            )));
        }
        self.memarg(align_log2)
    }

    /// The type of the addresses of a memory.
    #[inline]
    fn memory_address(&self, index: u32) -> Result<Operand, Error> {
        match self.module.memories.get(index as usize) {
            Some(memory) => Ok(address(memory.is_64)),
            None => Err(self.invalid(format!("unknown memory {index}"))),
        }
    }

    fn lane(&mut self, lanes: u8) -> Result<(), Error> {
        let lane = self.reader.read_u8()?;
        if lane >= lanes {
            return Err(self.invalid(format!(
                "invalid lane index {lane}: there are {lanes} lanes"
            )));
        }
        Ok(())
    }

    /// Reads a memory index, which is a zero byte as long as there is one memory only.
    fn read_memory_address(&mut self) -> Result<Operand, Error> {
        let start = self.reader.position();
        let index = if self.module.features.contains(Feature::MultiMemory) {
            self.reader.read_u32()?
        } else {
            let byte = self.reader.read_u8()?;
            if byte != 0 {
                let message = "zero byte expected: several memories need the feature multi-memory";
                return Err(Error::malformed(start, message));
            }
            0
        };
        self.memory_address(index)
    }

    /// Validates the instructions on memories, tables, structures and arrays that the table calls special.
    pub(super) fn special_on_state(&mut self, opcode: Opcode) -> Result<(), Error> {
        match opcode {
            Opcode::MemorySize => {
                let address = self.read_memory_address()?;
                self.push(address);
                Ok(())
            }
            Opcode::MemoryGrow => {
                let address = self.read_memory_address()?;
                self.effects |= effect::STORE | effect::GROW;
                self.pop(address)?;
                self.push(address);
                Ok(())
            }
            Opcode::MemoryFill => {
                let address = self.read_memory_address()?;
                self.effects |= effect::STORE;
                self.pop_all(&[address, Operand::I32, address])
            }
            Opcode::MemoryCopy => {
                let destination = self.read_memory_address()?;
                let source = self.read_memory_address()?;
                self.effects |= effect::STORE;
                self.pop_all(&[destination, source, smaller(destination, source)])
            }
            Opcode::MemoryInit => {
                self.data_segment()?;
                let address = self.read_memory_address()?;
                self.effects |= effect::STORE;
                self.pop_all(&[address, Operand::I32, Operand::I32])
            }
            Opcode::DataDrop => self.data_segment(),
            Opcode::ElemDrop => self.element_segment().map(|_| ()),
            Opcode::MemoryAtomicNotify => self.atomic_wait(2, &[Operand::I32]),
            Opcode::MemoryAtomicWait32 => self.atomic_wait(2, &[Operand::I32, Operand::I64]),
            Opcode::MemoryAtomicWait64 => self.atomic_wait(3, &[Operand::I64, Operand::I64]),
            Opcode::AtomicFence => match self.reader.read_u8()? {
                0 => Ok(()),
                _ => Err(Error::malformed(
                    self.offset,
                    "zero byte expected in `atomic.fence`",
                )),
            },
            Opcode::TableGet
            | Opcode::TableSet
            | Opcode::TableSize
            | Opcode::TableGrow
            | Opcode::TableFill
            | Opcode::TableCopy
            | Opcode::TableInit => self.on_table(opcode),
            _ => self.aggregate(opcode),
        }
    }

    fn atomic_wait(&mut self, align_log2: u8, operands: &[Operand]) -> Result<(), Error> {
        let address = self.atomic_memarg(align_log2)?;
        self.effects |= effect::STORE;
        self.pop_all(operands)?;
        self.pop(address)?;
        self.push(Operand::I32);
        Ok(())
    }

    /// Reads the index of a data segment.
    pub(super) fn data_segment(&mut self) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        if !self.module.has_data_count {
            let message = "data count section required: instructions on data segments need it";
            return Err(Error::malformed(self.offset, message));
        }
        match self.module.data.get(index as usize) {
            Some(_) => Ok(()),
            None => Err(self.invalid(format!("unknown data segment {index}"))),
        }
    }

    /// Reads the index of an element segment and gives the type of its elements.
    pub(super) fn element_segment(&mut self) -> Result<Operand, Error> {
        let index = self.reader.read_u32()?;
        match self.module.elements.get(index as usize) {
            Some(ElementSegment { ty, .. }) => Ok(self.types.operand(ValType::Ref(*ty))),
            None => Err(self.invalid(format!("unknown elem segment {index}"))),
        }
    }

    /// Reads a table index and gives the types of the elements and of indices.
    fn table(&mut self) -> Result<(Operand, Operand), Error> {
        let index = self.reader.read_u32()?;
        match self.module.tables.get(index as usize) {
            Some(table) => {
                let element = self.types.operand(ValType::Ref(table.ty.element));
                Ok((element, address(table.ty.is_64)))
            }
            None => Err(self.invalid(format!("unknown table {index}"))),
        }
    }

    fn on_table(&mut self, opcode: Opcode) -> Result<(), Error> {
        if opcode == Opcode::TableInit {
            return self.table_init();
        }
        let (element, address) = self.table()?;
        match opcode {
            Opcode::TableSize => {
                self.push(address);
                return Ok(());
            }
            Opcode::TableGet => {
                self.pop(address)?;
                self.push(element);
                return Ok(());
            }
            Opcode::TableSet => self.pop_all(&[address, element])?,
            Opcode::TableGrow => {
                self.pop_all(&[element, address])?;
                self.push(address);
            }
            Opcode::TableFill => self.pop_all(&[address, element, address])?,
            _ => {
                let (source_element, source) = self.table()?;
                self.check_elements(source_element, element)?;
                self.pop_all(&[address, source, smaller(address, source)])?;
            }
        }
        self.effects |= effect::STORE | effect::TABLE;
        Ok(())
    }

    fn table_init(&mut self) -> Result<(), Error> {
        let segment = self.element_segment()?;
        let (element, address) = self.table()?;
        self.check_elements(segment, element)?;
        self.effects |= effect::STORE | effect::TABLE;
        self.pop_all(&[address, Operand::I32, Operand::I32])
    }

    /// Checks that elements of type `actual` can be stored where `expected` is.
    pub(super) fn check_elements(&self, actual: Operand, expected: Operand) -> Result<(), Error> {
        if self.types.matches(actual, expected) {
            return Ok(());
        }
        Err(self.invalid(format!(
            "type mismatch: elements of type {actual} do not fit where {expected} is"
        )))
    }
}
