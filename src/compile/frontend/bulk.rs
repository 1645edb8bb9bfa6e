//! `memory.copy` and `memory.fill`: loads and stores of few bytes, whose number is known, or a stub's call.
//!
//! Holds: nothing is stored unless everything is within bounds. All loads are before the first store, and the first
//! store is that of the last bytes.

use super::Builder;
use crate::compile::ir::ops::Op;
use crate::compile::ir::{Access, Type, Value};
use crate::decode::operators::MemArg;
use crate::error::Error;
use crate::module::facts::effect;
use crate::wasm::opcodes::Opcode;

/// More bytes than these are left to the runtime: copies need a register for 16 of them.
const MOST_BYTES: u64 = 64;

/// An access of one of the widths that there are.
struct Width {
    bytes: u32,
    load: Op,
    store: Op,
}

/// From the widest to the narrowest.
const WIDTHS: [Width; 5] = [
    width(16, Op::V128Load, Op::V128Store),
    width(8, Op::I64Load, Op::I64Store),
    width(4, Op::I32Load, Op::I32Store),
    width(2, Op::I32Load16U, Op::I32Store16),
    width(1, Op::I32Load8U, Op::I32Store8),
];

const fn width(bytes: u32, load: Op, store: Op) -> Width {
    Width { bytes, load, store }
}

/// The widest access that so many bytes have room for.
fn widest(bytes: u32) -> &'static Width {
    let narrowest = &WIDTHS[WIDTHS.len() - 1];
    let found = WIDTHS.iter().find(|width| width.bytes <= bytes);
    found.unwrap_or(narrowest)
}

/// Where accesses of a width begin that together touch exactly the first `bytes`; the last one may overlap another.
fn offsets(
    bytes: u32,
    width: &Width,
) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + Clone {
    let count = bytes.div_ceil(width.bytes) as u8;
    let (step, last) = (width.bytes, bytes - width.bytes);
    (0..count).map(move |number| (u32::from(number) * step).min(last))
}

impl Builder<'_> {
    /// Adds what the instruction does, if it copies or fills few bytes; otherwise it has read nothing.
    pub(super) fn bulk_of_few(&mut self, opcode: Opcode) -> Result<bool, Error> {
        if !matches!(opcode, Opcode::MemoryCopy | Opcode::MemoryFill) {
            return Ok(false);
        }
        let bytes = match self.function.constant(self.top()) {
            Some(bytes @ 1..=MOST_BYTES) => bytes as u32,
            _ => return Ok(false),
        };
        let memory = self.reader.read_u32()?;
        if opcode == Opcode::MemoryCopy {
            let from_memory = self.reader.read_u32()?;
            self.copy_few(memory, from_memory, bytes);
        } else {
            self.fill_few(memory, bytes);
        }
        Ok(true)
    }

    /// Adds the operation on memory 0, for which code has a stub; for others it has read nothing.
    pub(super) fn bulk_in_first_memory(&mut self, opcode: Opcode) -> Result<bool, Error> {
        let (op, indices) = match opcode {
            Opcode::MemoryCopy => (Op::CopyBytes, 2),
            Opcode::MemoryFill => (Op::FillBytes, 1),
            _ => return Ok(false),
        };
        let mut reader = self.reader.clone();
        for _ in 0..indices {
            let memory = reader.read_u32()?;
            if memory != 0 || self.module.memories[0].is_64 {
                return Ok(false);
            }
        }
        self.reader = reader;
        let length = self.pop();
        let second = self.pop();
        let to = self.pop();
        self.add(op, Type::None, [to.0, second.0, length.0]);
        self.forget(effect::STORE);
        Ok(true)
    }

    fn copy_few(&mut self, to_memory: u32, from_memory: u32, bytes: u32) {
        let [to, from] = self.pop_behind_length();
        let source = self.access_of_all(from_memory, from, bytes);
        let target = self.access_of_all(to_memory, to, bytes);
        let width = widest(bytes);
        let offsets = offsets(bytes, width);
        let mut values = [Value::NONE; MOST_BYTES as usize / 16];
        let values = &mut values[..offsets.len()];
        for (value, offset) in values.iter_mut().zip(offsets.clone()) {
            *value = self.loaded(width.load, from, Access { offset, ..source });
        }
        for (&mut value, offset) in values.iter_mut().zip(offsets).rev() {
            self.store_to(width.store, to, value, Access { offset, ..target });
        }
    }

    fn fill_few(&mut self, memory: u32, bytes: u32) {
        let [to, byte] = self.pop_behind_length();
        let target = self.access_of_all(memory, to, bytes);
        let width = widest(bytes);
        let value = self.repeated(byte, width);
        for offset in offsets(bytes, width).rev() {
            self.store_to(width.store, to, value, Access { offset, ..target });
        }
    }

    /// Takes the length and the two operands before it.
    fn pop_behind_length(&mut self) -> [Value; 2] {
        self.pop();
        let second = self.pop();
        [self.pop(), second]
    }

    /// An access of all bytes, after their bounds are checked.
    fn access_of_all(&mut self, memory: u32, address: Value, bytes: u32) -> Access {
        let memarg = MemArg {
            align_log2: 0,
            memory,
            offset: 0,
        };
        self.access(memarg, address, bytes as u8)
    }

    /// What a store of this width fills its bytes with.
    fn repeated(&mut self, byte: Value, width: &Width) -> Value {
        let bytes = |byte: u64| byte * 0x0101_0101_0101_0101;
        let constant = self.function.constant(byte).map(|bits| bits & 0xFF);
        match (width.bytes, constant) {
            (16, Some(byte)) => self.vector_constant([byte as u8; 16]),
            (16, None) => self.pure(Op::I8x16Splat, Type::V128, 0, [byte.0, 0, 0]),
            (8, Some(byte)) => self.constant(Type::I64, bytes(byte)),
            (_, Some(byte)) => self.constant(Type::I32, bytes(byte) as u32 as u64),
            (1, None) => byte,
            (size, None) => {
                let mask = self.constant(Type::I32, 0xFF);
                let low = self.simplified(Op::I32And, [byte.0, mask.0, 0]);
                if size == 8 {
                    let wide = self.simplified(Op::I64ExtendI32U, [low.0, 0, 0]);
                    let factor = self.constant(Type::I64, bytes(1));
                    self.simplified(Op::I64Mul, [wide.0, factor.0, 0])
                } else {
                    let factor = self.constant(Type::I32, bytes(1) & 0xFFFF_FFFF);
                    self.simplified(Op::I32Mul, [low.0, factor.0, 0])
                }
            }
        }
    }
}
