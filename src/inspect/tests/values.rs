//! Operands: interesting ones, and random ones.

use crate::wasm::types::ValType;

/// The bits of a value, in the low part.
pub(super) type Bits = u128;

/// How many bytes a value has.
pub(super) fn bytes_of(ty: ValType) -> usize {
    match ty {
        ValType::I32 | ValType::F32 => 4,
        ValType::I64 | ValType::F64 => 8,
        _ => 16,
    }
}

const INTEGERS: [u64; 24] = [
    0,
    1,
    2,
    3,
    7,
    8,
    15,
    31,
    32,
    33,
    63,
    64,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFF_FFFF,
    0x8000_0000,
    0xFFFF_FFFF,
    0x7FFF_FFFF_FFFF_FFFF,
    0x8000_0000_0000_0000,
    0xFFFF_FFFF_FFFF_FFFF,
];

const FLOATS: [f64; 22] = [
    0.0,
    1.0,
    0.5,
    1.5,
    2.5,
    0.25,
    0.75,
    3.999,
    8388607.5,
    8388608.5,
    4503599627370495.5,
    127.0,
    128.5,
    32767.0,
    65535.5,
    2147483647.0,
    2147483648.0,
    4294967295.0,
    4294967296.0,
    9223372036854775808.0,
    18446744073709551616.0,
    f64::INFINITY,
];

pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 33) as usize % limit
    }

    fn integer(&mut self) -> u64 {
        let known = INTEGERS[self.below(INTEGERS.len())];
        match self.below(8) {
            0 | 1 => known,
            2 => known.wrapping_neg(),
            3 => known.wrapping_add(1),
            4 => !known,
            5 => (1 << self.below(64)) - self.below(2) as u64,
            6 => self.next() >> self.below(64),
            _ => self.next(),
        }
    }

    fn f32(&mut self) -> u32 {
        let known = FLOATS[self.below(FLOATS.len())] as f32;
        let sign = (self.next() as u32 & 1) << 31;
        let magnitude = match self.below(10) {
            0..=2 => known.to_bits(),
            3 => known.to_bits().wrapping_add(1),
            4 => known.to_bits().saturating_sub(1),
            // What is not a number, quiet and not, and numbers below the normal ones.
            5 => 0x7F80_0001 | self.next() as u32 & 0x7F_FFFF,
            6 => 0x7FC0_0000,
            7 => self.next() as u32 & 0x7F_FFFF,
            8 => (self.integer() as i64 as f32).to_bits(),
            _ => self.next() as u32,
        };
        magnitude & 0x7FFF_FFFF | sign
    }

    fn f64(&mut self) -> u64 {
        let known = FLOATS[self.below(FLOATS.len())];
        let sign = (self.next() & 1) << 63;
        let magnitude = match self.below(11) {
            0..=2 => known.to_bits(),
            3 => known.to_bits().wrapping_add(1),
            4 => known.to_bits().saturating_sub(1),
            5 => 0x7FF0_0000_0000_0001 | self.next() & 0xF_FFFF_FFFF_FFFF,
            6 => 0x7FF8_0000_0000_0000,
            7 => self.next() & 0xF_FFFF_FFFF_FFFF,
            8 => (self.integer() as i64 as f64).to_bits(),
            9 => f64::from(f32::from_bits(self.f32())).to_bits(),
            _ => self.next(),
        };
        magnitude & 0x7FFF_FFFF_FFFF_FFFF | sign
    }

    fn vector(&mut self) -> u128 {
        let (width, floats) = [
            (8, false),
            (16, false),
            (32, false),
            (64, false),
            (32, true),
            (64, true),
        ][self.below(6)];
        if self.below(16) == 0 {
            return [0, u128::MAX][self.below(2)];
        }
        let is_same = self.below(8) == 0;
        let mut vector = 0;
        let mut lane = 0;
        for at in (0..128).step_by(width) {
            if at == 0 || !is_same {
                lane = match (width, floats) {
                    (32, true) => self.f32().into(),
                    (64, true) => self.f64(),
                    _ => self.integer(),
                };
            }
            vector |= (u128::from(lane) & ((1 << width) - 1)) << at;
        }
        vector
    }

    /// An operand.
    pub(super) fn value(&mut self, ty: ValType) -> Bits {
        match ty {
            ValType::I32 => Bits::from(self.integer() as u32),
            ValType::I64 => self.integer().into(),
            ValType::F32 => self.f32().into(),
            ValType::F64 => self.f64().into(),
            _ => self.vector(),
        }
    }

    /// A memory full of operands of one type at every multiple of 16 and 1 more.
    pub(super) fn memory<const BYTES: usize>(&mut self, mut memory: [u8; BYTES]) -> [u8; BYTES] {
        let ty = [
            ValType::I32,
            ValType::I64,
            ValType::F32,
            ValType::F64,
            ValType::V128,
        ][self.below(5)];
        for at in (1..BYTES - 16).step_by(16) {
            let value = self.value(ty);
            let bytes = bytes_of(ty);
            memory[at..at + bytes].copy_from_slice(&value.to_le_bytes()[..bytes]);
        }
        memory
    }
}

/// What the text format calls a type.
pub(super) fn name(ty: ValType) -> &'static str {
    match ty {
        ValType::I32 => "i32",
        ValType::I64 => "i64",
        ValType::F32 => "f32",
        ValType::F64 => "f64",
        _ => "v128",
    }
}

/// The instruction for a constant.
pub(super) fn constant(ty: ValType, random: &mut Random) -> String {
    let bits = random.value(ty);
    // The text format writes what is not a number by its payload, which is easier as an integer.
    match ty {
        ValType::I32 => format!("(i32.const {})", bits as i32),
        ValType::I64 => format!("(i64.const {})", bits as i64),
        ValType::F32 => float(
            bits as u32 >> 31 != 0,
            bits & 0x7F_FFFF,
            bits as u32 >> 23 & 0xFF == 0xFF,
            &format!("{:?}", f32::from_bits(bits as u32).abs()),
            "f32",
        ),
        ValType::F64 => float(
            bits as u64 >> 63 != 0,
            bits & 0xF_FFFF_FFFF_FFFF,
            bits as u64 >> 52 & 0x7FF == 0x7FF,
            &format!("{:?}", f64::from_bits(bits as u64).abs()),
            "f64",
        ),
        _ => {
            let half = |at: u32| (bits >> at) as u64;
            format!("(v128.const i64x2 0x{:x} 0x{:x})", half(0), half(64))
        }
    }
}

fn float(is_negative: bool, payload: u128, is_special: bool, digits: &str, ty: &str) -> String {
    let sign = if is_negative { "-" } else { "" };
    match (is_special, payload) {
        (true, 0) => format!("({ty}.const {sign}inf)"),
        (true, payload) => format!("({ty}.const {sign}nan:0x{payload:x})"),
        _ => format!("({ty}.const {sign}{digits})"),
    }
}
