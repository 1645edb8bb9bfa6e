//! Operations on vectors, but for those that move lanes.
//!
//! Holds: floating-point lanes get the bits that `float` gives to scalars.

use super::control::Condition;
use super::float::{CEIL, FLOOR, NEAREST, TRUNC, lanes_of_32, lanes_of_64, not, sign};
use super::{Error, Rm, Selector};
use crate::compile::ir::ops::Op;
use crate::compile::ir::{Node, Type, Value};
use crate::compile::machine::{ValueKind, VirtualRegister};
use crate::compile::x64::features::CpuFeature;
use crate::compile::x64::instructions::X64;

const ONES: [u8; 16] = [u8::MAX; 16];

pub(super) const fn lanes_of_16(bits: u16) -> [u8; 16] {
    lanes_of_32(bits as u32 * 0x1_0001)
}

/// An instruction with two sources.
struct TwoVectors {
    x64: X64,
    immediate: i32,
    /// The second operand is the first source.
    is_swapped: bool,
    /// The result is the complement.
    is_inverted: bool,
}

impl TwoVectors {
    const fn with(x64: X64, immediate: i32) -> TwoVectors {
        TwoVectors {
            x64,
            immediate,
            is_swapped: false,
            is_inverted: false,
        }
    }

    const fn of(x64: X64) -> TwoVectors {
        TwoVectors::with(x64, 0)
    }

    const fn swapped(self) -> TwoVectors {
        TwoVectors {
            is_swapped: true,
            ..self
        }
    }

    const fn inverted(self) -> TwoVectors {
        TwoVectors {
            is_inverted: true,
            ..self
        }
    }
}

/// Parts of sequences.
impl Selector<'_> {
    pub(super) fn new_vector(&mut self) -> VirtualRegister {
        self.new_register(ValueKind::Vector)
    }

    /// The result of an instruction with two sources.
    pub(super) fn two(
        &mut self,
        x64: X64,
        a: VirtualRegister,
        b: VirtualRegister,
    ) -> VirtualRegister {
        let to = self.new_vector();
        self.emit(x64, Rm::Operand, &[to, a, b], 0);
        to
    }

    /// The result of an instruction with one source and an immediate.
    pub(super) fn one(&mut self, x64: X64, a: VirtualRegister, immediate: i32) -> VirtualRegister {
        let to = self.new_vector();
        self.emit(x64, Rm::Operand, &[to, a], immediate);
        to
    }

    /// The result of an instruction whose second source is a constant.
    pub(super) fn and_constant(
        &mut self,
        x64: X64,
        a: VirtualRegister,
        bytes: [u8; 16],
    ) -> VirtualRegister {
        let to = self.new_vector();
        self.with_constant(x64, to, a, bytes);
        to
    }

    /// Makes `to` of two sources.
    pub(super) fn last(
        &mut self,
        x64: X64,
        to: VirtualRegister,
        a: VirtualRegister,
        b: VirtualRegister,
    ) {
        self.emit(x64, Rm::Operand, &[to, a, b], 0);
    }

    fn comparison_of_lanes(
        &mut self,
        x64: X64,
        a: VirtualRegister,
        b: VirtualRegister,
        which: i32,
    ) -> VirtualRegister {
        let to = self.new_vector();
        self.emit(x64, Rm::Operand, &[to, a, b], which);
        to
    }
}

impl Selector<'_> {
    /// Selects instructions for an operation on vectors.
    pub(super) fn vector(&mut self, value: Value, node: &Node) -> Result<(), Error> {
        let (a, b) = (Value(node.a), Value(node.b));
        if let Some(operator) = two_vectors(node.op) {
            self.two_vectors(value, node, &operator);
            return Ok(());
        }
        if let Some((x64, immediate)) = one_vector(node.op) {
            let to = self.register_of(value);
            self.emit_from(x64, &[to], a, immediate);
            return Ok(());
        }
        if let Some((x64, bytes)) = with_constant(node.op) {
            let to = self.register_of(value);
            let from = self.register(a);
            self.with_constant(x64, to, from, bytes);
            return Ok(());
        }
        if let Some((extremum, equal, is_inverted)) = by_extremum(node.op) {
            let to = self.register_of(value);
            let left = self.register(a);
            let chosen = self.new_vector();
            self.emit_from(extremum, &[chosen, left], b, 0);
            if is_inverted {
                let is_chosen = self.two(equal, chosen, left);
                self.with_constant(X64::Pxor, to, is_chosen, ONES);
            } else {
                self.last(equal, to, chosen, left);
            }
            return Ok(());
        }
        if let Some([left, right, last]) = by_products(node.op) {
            self.by_products(value, node, [left, right, last]);
            return Ok(());
        }
        match node.op {
            Op::V128AnyTrue
            | Op::I8x16AllTrue
            | Op::I16x8AllTrue
            | Op::I32x4AllTrue
            | Op::I64x2AllTrue => {
                if let Some(condition) = self.comparison(node)? {
                    self.truth(value, condition);
                }
                Ok(())
            }
            op if op >= Op::V128Bitselect => self.three_vectors(value, node),
            _ if self.moves_lanes(value, node) || self.shift_of_lanes(value, node) => Ok(()),
            _ if self.special(value, node) || self.convert_lanes(value, node) => Ok(()),
            op => Err(self.unsupported(op)),
        }
    }

    /// Adds the instructions of a test of all lanes, if the node is one.
    pub(super) fn vector_test(&mut self, node: &Node) -> Option<Condition> {
        let equal = match node.op {
            Op::V128AnyTrue => {
                let register = self.register(Value(node.a));
                self.emit(X64::Ptest, Rm::Operand, &[register, register], 0);
                return Some(Condition::NotEqual);
            }
            Op::I8x16AllTrue => X64::Pcmpeqb,
            Op::I16x8AllTrue => X64::Pcmpeqw,
            Op::I32x4AllTrue => X64::Pcmpeqd,
            Op::I64x2AllTrue => X64::Pcmpeqq,
            _ => return None,
        };
        let register = self.register(Value(node.a));
        let zero = self.zero();
        let zeros = self.two(equal, zero, register);
        self.emit(X64::Ptest, Rm::Operand, &[zeros, zeros], 0);
        Some(Condition::Equal)
    }

    fn two_vectors(&mut self, value: Value, node: &Node, operator: &TwoVectors) {
        let (a, b) = (Value(node.a), Value(node.b));
        let (left, right) = if operator.is_swapped { (b, a) } else { (a, b) };
        if operator.x64 == X64::Pcmpgtq && !self.target.features.has(CpuFeature::Sse42) {
            return self.greater_64(value, left, right, operator.is_inverted);
        }
        let to = self.register_of(value);
        let left = self.register(left);
        if operator.is_inverted {
            let result = self.new_vector();
            self.emit_from(operator.x64, &[result, left], right, operator.immediate);
            self.with_constant(X64::Pxor, to, result, ONES);
        } else {
            self.emit_from(operator.x64, &[to, left], right, operator.immediate);
        }
    }

    /// Compares lanes of 64 bits by their halves: the high ones decide, and if these are equal, the high half of the
    /// difference is what is borrowed for the low ones.
    fn greater_64(&mut self, value: Value, a: Value, b: Value, is_inverted: bool) {
        let to = self.register_of(value);
        let (left, right) = (self.register(a), self.register(b));
        let greater = self.two(X64::Pcmpgtd, left, right);
        let equal = self.two(X64::Pcmpeqd, left, right);
        let difference = self.two(X64::Psubq, right, left);
        let borrowed = self.two(X64::Pand, equal, difference);
        let either = self.two(X64::Por, greater, borrowed);
        if is_inverted {
            let spread = self.one(X64::Pshufd, either, 0xF5);
            self.with_constant(X64::Pxor, to, spread, ONES);
        } else {
            self.emit(X64::Pshufd, Rm::Operand, &[to, either], 0xF5);
        }
    }

    fn three_vectors(&mut self, value: Value, node: &Node) -> Result<(), Error> {
        let to = self.register_of(value);
        let [a, b, c] = [node.a, node.b, node.c].map(|field| self.register(Value(field)));
        let (multiply, add, ty) = match node.op {
            Op::F32x4RelaxedMadd | Op::F32x4RelaxedNmadd => (X64::Mulps, X64::Addps, Type::F32),
            Op::F64x2RelaxedMadd | Op::F64x2RelaxedNmadd => (X64::Mulpd, X64::Addpd, Type::F64),
            Op::I32x4RelaxedDotI8x16I7x16AddS => {
                let dot = self.dot_of_bytes(a, b);
                let pairs = self.and_constant(X64::Pmaddwd, dot, lanes_of_16(1));
                self.last(X64::Paddd, to, pairs, c);
                return Ok(());
            }
            Op::V128Bitselect
            | Op::I8x16RelaxedLaneselect
            | Op::I16x8RelaxedLaneselect
            | Op::I32x4RelaxedLaneselect
            | Op::I64x2RelaxedLaneselect => {
                if self.target.features.has(CpuFeature::Avx) && self.is_mask(Value(node.c), 2) {
                    self.emit(X64::Vpblendvb, Rm::Operand, &[to, b, a, c], 0);
                    return Ok(());
                }
                let chosen = self.two(X64::Pand, a, c);
                let other = self.two(X64::Pandn, c, b);
                self.last(X64::Por, to, chosen, other);
                return Ok(());
            }
            op => return Err(self.unsupported(op)),
        };
        let a = match node.op {
            Op::F32x4RelaxedNmadd | Op::F64x2RelaxedNmadd => {
                self.and_constant(X64::Xorps, a, sign(ty))
            }
            _ => a,
        };
        let product = self.two(multiply, a, b);
        self.last(add, to, product, c);
        Ok(())
    }

    /// Whether all bits of each byte are equal, as far as can be seen from so many operations of masks before.
    fn is_mask(&self, value: Value, depth: u32) -> bool {
        let node = self.function.node(value);
        let is_mask = |field| depth > 0 && self.is_mask(Value(field), depth - 1);
        match node.op {
            Op::V128And | Op::V128Or | Op::V128Xor | Op::V128Andnot => {
                is_mask(node.a) && is_mask(node.b)
            }
            Op::V128Not => is_mask(node.a),
            op => {
                (Op::I8x16Eq..=Op::F64x2Ge).contains(&op)
                    || (Op::I64x2Eq..=Op::I64x2GeS).contains(&op)
            }
        }
    }

    /// Sums of two products of bytes, which saturate.
    fn dot_of_bytes(&mut self, a: VirtualRegister, b: VirtualRegister) -> VirtualRegister {
        let [low_a, low_b] = [a, b].map(|from| {
            let high = self.one(X64::PsllwImm, from, 8);
            self.one(X64::PsrawImm, high, 8)
        });
        let [high_a, high_b] = [a, b].map(|from| self.one(X64::PsrawImm, from, 8));
        let low = self.two(X64::Pmullw, low_a, low_b);
        let high = self.two(X64::Pmullw, high_a, high_b);
        self.two(X64::Paddsw, low, high)
    }

    /// Products of lanes in twice the width: of the low and the high halves of products, or of extended lanes.
    fn by_products(&mut self, value: Value, node: &Node, [first, second, last]: [X64; 3]) {
        let to = self.register_of(value);
        let (a, b) = (self.register(Value(node.a)), self.register(Value(node.b)));
        let low = self.two(first, a, b);
        let high = self.two(second, a, b);
        self.last(last, to, low, high);
    }

    /// Operations of several instructions each.
    fn special(&mut self, value: Value, node: &Node) -> bool {
        let a = Value(node.a);
        match node.op {
            Op::F32x4Min | Op::F32x4RelaxedMin => {
                self.extremum_of_lanes(value, node, FLOATS_32, false)
            }
            Op::F32x4Max | Op::F32x4RelaxedMax => {
                self.extremum_of_lanes(value, node, FLOATS_32, true)
            }
            Op::F64x2Min | Op::F64x2RelaxedMin => {
                self.extremum_of_lanes(value, node, FLOATS_64, false)
            }
            Op::F64x2Max | Op::F64x2RelaxedMax => {
                self.extremum_of_lanes(value, node, FLOATS_64, true)
            }
            Op::I8x16Neg => self.negate(value, a, X64::Psubb),
            Op::I16x8Neg => self.negate(value, a, X64::Psubw),
            Op::I32x4Neg => self.negate(value, a, X64::Psubd),
            Op::I64x2Neg => self.negate(value, a, X64::Psubq),
            Op::I64x2Abs => {
                let to = self.register_of(value);
                let from = self.register(a);
                let signs = self.one(X64::PsradImm, from, 31);
                let signs = self.one(X64::Pshufd, signs, 0xF5);
                let flipped = self.two(X64::Pxor, from, signs);
                self.last(X64::Psubq, to, flipped, signs);
            }
            Op::I64x2Mul => self.multiply_64(value, node),
            Op::I8x16Popcnt => self.count_bits(value, a),
            Op::I16x8Bitmask => {
                let to = self.register_of(value);
                let from = self.register(a);
                let zero = self.zero();
                let bytes = self.two(X64::Packsswb, from, zero);
                self.emit(X64::Pmovmskb, Rm::Operand, &[to, bytes], 0);
            }
            Op::I16x8Q15mulrSatS | Op::I16x8RelaxedQ15mulrS => {
                let to = self.register_of(value);
                let left = self.register(a);
                let product = self.new_vector();
                self.emit_from(X64::Pmulhrsw, &[product, left], Value(node.b), 0);
                // Only the square of the least number does not fit.
                let is_least = self.and_constant(X64::Pcmpeqw, product, lanes_of_16(0x8000));
                self.last(X64::Pxor, to, product, is_least);
            }
            Op::I16x8ExtaddPairwiseI8x16S => {
                // The first source of this multiplication is unsigned.
                let to = self.register_of(value);
                let from = self.register(a);
                let ones = self.vector_with([1; 16], Type::V128);
                self.last(X64::Pmaddubsw, to, ones, from);
            }
            Op::I32x4ExtaddPairwiseI16x8U => {
                let to = self.register_of(value);
                let from = self.register(a);
                let signed = self.and_constant(X64::Pxor, from, lanes_of_16(0x8000));
                let sums = self.and_constant(X64::Pmaddwd, signed, lanes_of_16(1));
                self.with_constant(X64::Paddd, to, sums, lanes_of_32(0x1_0000));
            }
            Op::I16x8RelaxedDotI8x16I7x16S => {
                let (a, b) = (self.register(a), self.register(Value(node.b)));
                let to = self.register_of(value);
                let dot = self.dot_of_bytes(a, b);
                self.copy(to, dot);
            }
            _ => return self.multiply_extended(value, node),
        }
        true
    }

    fn negate(&mut self, value: Value, a: Value, subtract: X64) {
        let to = self.register_of(value);
        let zero = self.zero();
        self.emit_from(subtract, &[to, zero], a, 0);
    }

    /// The choices in both orders differ only for zeros and what is not a number; see the functions for scalars in
    /// `wasm/float.rs`.
    fn extremum_of_lanes(
        &mut self,
        value: Value,
        node: &Node,
        lanes: FloatLanes,
        is_maximum: bool,
    ) {
        let to = self.register_of(value);
        let (a, b) = (self.register(Value(node.a)), self.register(Value(node.b)));
        let (choose, join) = if is_maximum {
            (lanes.maximum, X64::Andps)
        } else {
            (lanes.minimum, X64::Orps)
        };
        let first = self.two(choose, a, b);
        let second = self.two(choose, b, a);
        let ordered = self.two(join, first, second);
        let sum = self.two(lanes.add, a, b);
        let is_unordered = self.comparison_of_lanes(lanes.compare, a, b, UNORDERED);
        if self.target.features.has(CpuFeature::Avx) {
            return self.emit(
                lanes.blend,
                Rm::Operand,
                &[to, ordered, sum, is_unordered],
                0,
            );
        }
        let numbers = self.two(X64::Andnps, is_unordered, ordered);
        let others = self.two(X64::Andps, is_unordered, sum);
        self.last(X64::Orps, to, numbers, others);
    }

    /// The products of the halves, but for that of the high ones, which is beyond 64 bits.
    fn multiply_64(&mut self, value: Value, node: &Node) {
        let to = self.register_of(value);
        let (a, b) = (self.register(Value(node.a)), self.register(Value(node.b)));
        let high_a = self.one(X64::PsrlqImm, a, 32);
        let high_b = self.one(X64::PsrlqImm, b, 32);
        let first = self.two(X64::Pmuludq, high_a, b);
        let second = self.two(X64::Pmuludq, high_b, a);
        let sum = self.two(X64::Paddq, first, second);
        let high = self.one(X64::PsllqImm, sum, 32);
        let low = self.two(X64::Pmuludq, a, b);
        self.last(X64::Paddq, to, low, high);
    }

    /// Looks up how many ones are in each half of each byte.
    fn count_bits(&mut self, value: Value, a: Value) {
        const COUNTS: [u8; 16] = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4];
        let to = self.register_of(value);
        let from = self.register(a);
        let low = self.and_constant(X64::Pand, from, [15; 16]);
        let shifted = self.one(X64::PsrlwImm, from, 4);
        let high = self.and_constant(X64::Pand, shifted, [15; 16]);
        let counts = self.vector_with(COUNTS, Type::V128);
        let low = self.two(X64::Pshufb, counts, low);
        let high = self.two(X64::Pshufb, counts, high);
        self.last(X64::Paddb, to, low, high);
    }

    /// Products of extended lanes.
    fn multiply_extended(&mut self, value: Value, node: &Node) -> bool {
        let is_high = matches!(
            node.op,
            Op::I16x8ExtmulHighI8x16S
                | Op::I16x8ExtmulHighI8x16U
                | Op::I64x2ExtmulHighI32x4S
                | Op::I64x2ExtmulHighI32x4U
        );
        match node.op {
            Op::I16x8ExtmulLowI8x16S
            | Op::I16x8ExtmulHighI8x16S
            | Op::I16x8ExtmulLowI8x16U
            | Op::I16x8ExtmulHighI8x16U => {
                let is_signed = matches!(
                    node.op,
                    Op::I16x8ExtmulLowI8x16S | Op::I16x8ExtmulHighI8x16S
                );
                let to = self.register_of(value);
                let [a, b] = [node.a, node.b].map(|field| self.register(Value(field)));
                let [left, right] = [a, b].map(|from| match (is_signed, is_high) {
                    (true, false) => self.one(X64::Pmovsxbw, from, 0),
                    (false, false) => self.one(X64::Pmovzxbw, from, 0),
                    (true, true) => {
                        let twice = self.two(X64::Punpckhbw, from, from);
                        self.one(X64::PsrawImm, twice, 8)
                    }
                    (false, true) => {
                        let zero = self.zero();
                        self.two(X64::Punpckhbw, from, zero)
                    }
                });
                self.last(X64::Pmullw, to, left, right);
            }
            Op::I64x2ExtmulLowI32x4S
            | Op::I64x2ExtmulHighI32x4S
            | Op::I64x2ExtmulLowI32x4U
            | Op::I64x2ExtmulHighI32x4U => {
                let is_signed = matches!(
                    node.op,
                    Op::I64x2ExtmulLowI32x4S | Op::I64x2ExtmulHighI32x4S
                );
                let to = self.register_of(value);
                let [a, b] = [node.a, node.b].map(|field| self.register(Value(field)));
                let lanes = if is_high { 0xFA } else { 0x50 };
                let [left, right] = [a, b].map(|from| self.one(X64::Pshufd, from, lanes));
                let multiply = if is_signed { X64::Pmuldq } else { X64::Pmuludq };
                self.last(multiply, to, left, right);
            }
            _ => return false,
        }
        true
    }
}

/// Shifts.
impl Selector<'_> {
    fn shift_of_lanes(&mut self, value: Value, node: &Node) -> bool {
        let (immediate, variable, bits) = match node.op {
            Op::I8x16Shl | Op::I8x16ShrU => {
                self.shift_bytes(value, node);
                return true;
            }
            Op::I8x16ShrS => {
                self.shift_signed_bytes(value, node);
                return true;
            }
            Op::I64x2ShrS => {
                self.shift_signed_64(value, node);
                return true;
            }
            Op::I16x8Shl => (X64::PsllwImm, X64::Psllw, 16),
            Op::I16x8ShrS => (X64::PsrawImm, X64::Psraw, 16),
            Op::I16x8ShrU => (X64::PsrlwImm, X64::Psrlw, 16),
            Op::I32x4Shl => (X64::PslldImm, X64::Pslld, 32),
            Op::I32x4ShrS => (X64::PsradImm, X64::Psrad, 32),
            Op::I32x4ShrU => (X64::PsrldImm, X64::Psrld, 32),
            Op::I64x2Shl => (X64::PsllqImm, X64::Psllq, 64),
            Op::I64x2ShrU => (X64::PsrlqImm, X64::Psrlq, 64),
            _ => return false,
        };
        let to = self.register_of(value);
        let from = self.register(Value(node.a));
        match self.constant_count(node, bits) {
            Some(count) => self.emit(immediate, Rm::Operand, &[to, from], count),
            None => {
                let count = self.variable_count(node, bits);
                self.last(variable, to, from, count);
            }
        }
        true
    }

    /// By how many bits lanes of so many are shifted, if that is a constant.
    fn constant_count(&self, node: &Node, bits: i32) -> Option<i32> {
        let count = self.function.constant(Value(node.b))?;
        Some(count as i32 & (bits - 1))
    }

    /// The same in a vector register.
    fn variable_count(&mut self, node: &Node, bits: i32) -> VirtualRegister {
        let count = self.low_register(Value(node.b));
        let (masked, moved) = (self.new_integer(), self.new_vector());
        self.emit(X64::And32Imm, Rm::Operand, &[masked, count], bits - 1);
        self.emit(X64::MovdToVector, Rm::Operand, &[moved, masked], 0);
        moved
    }

    /// Shifts lanes of 16 bits, and clears what came from the neighbour.
    fn shift_bytes(&mut self, value: Value, node: &Node) {
        let to = self.register_of(value);
        let from = self.register(Value(node.a));
        let is_left = node.op == Op::I8x16Shl;
        let (immediate, variable) = if is_left {
            (X64::PsllwImm, X64::Psllw)
        } else {
            (X64::PsrlwImm, X64::Psrlw)
        };
        if let Some(count) = self.constant_count(node, 8) {
            let shifted = self.one(immediate, from, count);
            let kept = if is_left {
                0xFF << count
            } else {
                0xFF >> count
            };
            return self.with_constant(X64::Pand, to, shifted, [kept as u8; 16]);
        }
        let count = self.variable_count(node, 8);
        let shifted = self.two(variable, from, count);
        // The lowest byte of the mask is that of a byte with all bits set.
        let byte = self.vector_with(lanes_of_16(0xFF), Type::V128);
        let mask = self.two(variable, byte, count);
        let zero = self.zero();
        let mask = self.two(X64::Pshufb, mask, zero);
        self.last(X64::Pand, to, shifted, mask);
    }

    fn shift_signed_bytes(&mut self, value: Value, node: &Node) {
        let to = self.register_of(value);
        let from = self.register(Value(node.a));
        if let Some(count) = self.constant_count(node, 8) {
            let shifted = self.one(X64::PsrlwImm, from, count);
            let bits = self.and_constant(X64::Pand, shifted, [0xFF >> count; 16]);
            let sign = [0x80 >> count; 16];
            let flipped = self.and_constant(X64::Pxor, bits, sign);
            return self.with_constant(X64::Psubb, to, flipped, sign);
        }
        // Each byte in the upper half of 16 bits is shifted by eight bits more.
        let count = self.low_register(Value(node.b));
        let (masked, more, moved) = (self.new_integer(), self.new_integer(), self.new_vector());
        self.emit(X64::And32Imm, Rm::Operand, &[masked, count], 7);
        self.emit(X64::Lea32, Rm::Base(masked, 8), &[more], 0);
        self.emit(X64::MovdToVector, Rm::Operand, &[moved, more], 0);
        let low = self.two(X64::Punpcklbw, from, from);
        let high = self.two(X64::Punpckhbw, from, from);
        let low = self.two(X64::Psraw, low, moved);
        let high = self.two(X64::Psraw, high, moved);
        self.last(X64::Packsswb, to, low, high);
    }

    /// Shifts without the sign, and extends from where it is then.
    fn shift_signed_64(&mut self, value: Value, node: &Node) {
        let to = self.register_of(value);
        let from = self.register(Value(node.a));
        if let Some(count) = self.constant_count(node, 64) {
            let shifted = self.one(X64::PsrlqImm, from, count);
            let sign = lanes_of_64(1 << 63 >> count);
            let flipped = self.and_constant(X64::Pxor, shifted, sign);
            return self.with_constant(X64::Psubq, to, flipped, sign);
        }
        let count = self.variable_count(node, 64);
        let sign = self.vector_with(lanes_of_64(1 << 63), Type::V128);
        let sign = self.two(X64::Psrlq, sign, count);
        let shifted = self.two(X64::Psrlq, from, count);
        let flipped = self.two(X64::Pxor, shifted, sign);
        self.last(X64::Psubq, to, flipped, sign);
    }
}

/// Conversions of lanes.
impl Selector<'_> {
    fn convert_lanes(&mut self, value: Value, node: &Node) -> bool {
        let to = self.register_of(value);
        let from = self.register(Value(node.a));
        match node.op {
            Op::I32x4TruncSatF32x4S | Op::I32x4RelaxedTruncF32x4S => {
                self.signed_of_floats(to, from)
            }
            Op::I32x4TruncSatF32x4U | Op::I32x4RelaxedTruncF32x4U => {
                self.unsigned_of_floats(to, from)
            }
            Op::I32x4TruncSatF64x2SZero | Op::I32x4RelaxedTruncF64x2SZero => {
                // What is not a number becomes zero: if its first source is none, the minimum is the second.
                let is_ordered = self.comparison_of_lanes(X64::Cmppd, from, from, ORDERED);
                let greatest = lanes_of_64(f64::from(i32::MAX).to_bits());
                let bound = self.and_constant(X64::Andps, is_ordered, greatest);
                let clamped = self.two(X64::Minpd, from, bound);
                self.emit(X64::Cvttpd2dq, Rm::Operand, &[to, clamped], 0);
            }
            Op::I32x4TruncSatF64x2UZero | Op::I32x4RelaxedTruncF64x2UZero => {
                let zero = self.zero();
                let positive = self.two(X64::Maxpd, from, zero);
                let greatest = lanes_of_64(f64::from(u32::MAX).to_bits());
                let clamped = self.and_constant(X64::Minpd, positive, greatest);
                let whole = self.one(X64::Roundpd, clamped, TRUNC);
                // From 2^52 on, the lowest bits are those of the integer.
                let integers = self.and_constant(X64::Addpd, whole, lanes_of_64(TWO_TO_52));
                self.emit(X64::Shufps, Rm::Operand, &[to, integers, zero], 0x88);
            }
            Op::F64x2ConvertLowI32x4U => {
                let wide =
                    self.and_constant(X64::Unpcklps, from, lanes_of_32((TWO_TO_52 >> 32) as u32));
                self.with_constant(X64::Subpd, to, wide, lanes_of_64(TWO_TO_52));
            }
            Op::F32x4ConvertI32x4U => {
                // Each half as the low part of a number whose lowest bit is worth 1 or 2^16, without what was
                // above: both are exact, so that the sum is rounded once.
                const TWO_TO_23: u32 = 0x4B00_0000;
                const TWO_TO_39: u32 = 0x5300_0000;
                let above = f32::from_bits(TWO_TO_23) + f32::from_bits(TWO_TO_39);
                let low = self.blend_words(from, lanes_of_32(TWO_TO_23));
                let shifted = self.one(X64::PsrldImm, from, 16);
                let high = self.blend_words(shifted, lanes_of_32(TWO_TO_39));
                let high = self.and_constant(X64::Subps, high, lanes_of_32(above.to_bits()));
                self.last(X64::Addps, to, high, low);
            }
            _ => return false,
        }
        true
    }

    /// The even words of a register with the odd ones of a constant.
    fn blend_words(&mut self, from: VirtualRegister, bytes: [u8; 16]) -> VirtualRegister {
        let to = self.new_vector();
        let rm = self.constant(bytes);
        self.emit(X64::Pblendw, rm, &[to, from], 0xAA);
        to
    }

    /// The instruction gives the least integer for what is too small, which is right, and for what is too big: the
    /// complement of that is right.
    fn signed_of_floats(&mut self, to: VirtualRegister, from: VirtualRegister) {
        let is_ordered = self.comparison_of_lanes(X64::Cmpps, from, from, ORDERED);
        let numbers = self.two(X64::Andps, is_ordered, from);
        let integers = self.one(X64::Cvttps2dq, numbers, 0);
        let is_too_big = self.new_vector();
        let bound = self.constant(lanes_of_32(TWO_TO_31));
        self.emit(X64::Cmpps, bound, &[is_too_big, numbers], NOT_LESS);
        self.last(X64::Pxor, to, integers, is_too_big);
    }

    /// Converts the numbers as they are, which gives 2^31 if they are beyond, and what is above 2^31, which is added.
    fn unsigned_of_floats(&mut self, to: VirtualRegister, from: VirtualRegister) {
        let zero = self.zero();
        let positive = self.two(X64::Maxps, from, zero);
        let low = self.one(X64::Cvttps2dq, positive, 0);
        let above = self.and_constant(X64::Subps, positive, lanes_of_32(TWO_TO_31));
        let is_too_big = self.new_vector();
        let bound = self.constant(lanes_of_32(TWO_TO_31));
        self.emit(X64::Cmpps, bound, &[is_too_big, above], NOT_LESS);
        let high = self.one(X64::Cvttps2dq, above, 0);
        let high = self.two(X64::Pxor, high, is_too_big);
        let high = self.two(X64::Pmaxsd, high, zero);
        self.last(X64::Paddd, to, low, high);
    }
}

const TWO_TO_31: u32 = 0x4F00_0000;
const TWO_TO_52: u64 = 0x4330_0000_0000_0000;

/// What `cmpps` and its like compare for.
const EQUAL: i32 = 0;
const LESS: i32 = 1;
const LESS_OR_EQUAL: i32 = 2;
const UNORDERED: i32 = 3;
const NOT_EQUAL: i32 = 4;
const NOT_LESS: i32 = 5;
const ORDERED: i32 = 7;

/// The instructions for a format of floating-point lanes.
struct FloatLanes {
    minimum: X64,
    maximum: X64,
    add: X64,
    compare: X64,
    blend: X64,
}

const FLOATS_32: FloatLanes = FloatLanes {
    minimum: X64::Minps,
    maximum: X64::Maxps,
    add: X64::Addps,
    compare: X64::Cmpps,
    blend: X64::Vblendvps,
};
const FLOATS_64: FloatLanes = FloatLanes {
    minimum: X64::Minpd,
    maximum: X64::Maxpd,
    add: X64::Addpd,
    compare: X64::Cmppd,
    blend: X64::Vblendvpd,
};

/// The instruction of an operation with two operands.
fn two_vectors(op: Op) -> Option<TwoVectors> {
    let of = TwoVectors::of;
    let with = TwoVectors::with;
    Some(match op {
        Op::I8x16Eq => of(X64::Pcmpeqb),
        Op::I8x16Ne => of(X64::Pcmpeqb).inverted(),
        Op::I8x16GtS => of(X64::Pcmpgtb),
        Op::I8x16LtS => of(X64::Pcmpgtb).swapped(),
        Op::I16x8Eq => of(X64::Pcmpeqw),
        Op::I16x8Ne => of(X64::Pcmpeqw).inverted(),
        Op::I16x8GtS => of(X64::Pcmpgtw),
        Op::I16x8LtS => of(X64::Pcmpgtw).swapped(),
        Op::I32x4Eq => of(X64::Pcmpeqd),
        Op::I32x4Ne => of(X64::Pcmpeqd).inverted(),
        Op::I32x4GtS => of(X64::Pcmpgtd),
        Op::I32x4LtS => of(X64::Pcmpgtd).swapped(),
        Op::I64x2Eq => of(X64::Pcmpeqq),
        Op::I64x2Ne => of(X64::Pcmpeqq).inverted(),
        Op::I64x2GtS => of(X64::Pcmpgtq),
        Op::I64x2LtS => of(X64::Pcmpgtq).swapped(),
        Op::I64x2LeS => of(X64::Pcmpgtq).inverted(),
        Op::I64x2GeS => of(X64::Pcmpgtq).swapped().inverted(),
        Op::F32x4Eq => with(X64::Cmpps, EQUAL),
        Op::F32x4Ne => with(X64::Cmpps, NOT_EQUAL),
        Op::F32x4Lt => with(X64::Cmpps, LESS),
        Op::F32x4Le => with(X64::Cmpps, LESS_OR_EQUAL),
        Op::F32x4Gt => with(X64::Cmpps, LESS).swapped(),
        Op::F32x4Ge => with(X64::Cmpps, LESS_OR_EQUAL).swapped(),
        Op::F64x2Eq => with(X64::Cmppd, EQUAL),
        Op::F64x2Ne => with(X64::Cmppd, NOT_EQUAL),
        Op::F64x2Lt => with(X64::Cmppd, LESS),
        Op::F64x2Le => with(X64::Cmppd, LESS_OR_EQUAL),
        Op::F64x2Gt => with(X64::Cmppd, LESS).swapped(),
        Op::F64x2Ge => with(X64::Cmppd, LESS_OR_EQUAL).swapped(),
        Op::V128And => of(X64::Pand),
        Op::V128Or => of(X64::Por),
        Op::V128Xor => of(X64::Pxor),
        // The first source is the one that is inverted.
        Op::V128Andnot => of(X64::Pandn).swapped(),
        Op::I8x16NarrowI16x8S => of(X64::Packsswb),
        Op::I8x16NarrowI16x8U => of(X64::Packuswb),
        Op::I16x8NarrowI32x4S => of(X64::Packssdw),
        Op::I16x8NarrowI32x4U => of(X64::Packusdw),
        Op::I8x16Add => of(X64::Paddb),
        Op::I8x16AddSatS => of(X64::Paddsb),
        Op::I8x16AddSatU => of(X64::Paddusb),
        Op::I8x16Sub => of(X64::Psubb),
        Op::I8x16SubSatS => of(X64::Psubsb),
        Op::I8x16SubSatU => of(X64::Psubusb),
        Op::I8x16MinS => of(X64::Pminsb),
        Op::I8x16MinU => of(X64::Pminub),
        Op::I8x16MaxS => of(X64::Pmaxsb),
        Op::I8x16MaxU => of(X64::Pmaxub),
        Op::I8x16AvgrU => of(X64::Pavgb),
        Op::I16x8Add => of(X64::Paddw),
        Op::I16x8AddSatS => of(X64::Paddsw),
        Op::I16x8AddSatU => of(X64::Paddusw),
        Op::I16x8Sub => of(X64::Psubw),
        Op::I16x8SubSatS => of(X64::Psubsw),
        Op::I16x8SubSatU => of(X64::Psubusw),
        Op::I16x8Mul => of(X64::Pmullw),
        Op::I16x8MinS => of(X64::Pminsw),
        Op::I16x8MinU => of(X64::Pminuw),
        Op::I16x8MaxS => of(X64::Pmaxsw),
        Op::I16x8MaxU => of(X64::Pmaxuw),
        Op::I16x8AvgrU => of(X64::Pavgw),
        Op::I32x4Add => of(X64::Paddd),
        Op::I32x4Sub => of(X64::Psubd),
        Op::I32x4Mul => of(X64::Pmulld),
        Op::I32x4MinS => of(X64::Pminsd),
        Op::I32x4MinU => of(X64::Pminud),
        Op::I32x4MaxS => of(X64::Pmaxsd),
        Op::I32x4MaxU => of(X64::Pmaxud),
        Op::I32x4DotI16x8S => of(X64::Pmaddwd),
        Op::I64x2Add => of(X64::Paddq),
        Op::I64x2Sub => of(X64::Psubq),
        Op::F32x4Add => of(X64::Addps),
        Op::F32x4Sub => of(X64::Subps),
        Op::F32x4Mul => of(X64::Mulps),
        Op::F32x4Div => of(X64::Divps),
        // If neither is less, the result is the second source.
        Op::F32x4Pmin => of(X64::Minps).swapped(),
        Op::F32x4Pmax => of(X64::Maxps).swapped(),
        Op::F64x2Add => of(X64::Addpd),
        Op::F64x2Sub => of(X64::Subpd),
        Op::F64x2Mul => of(X64::Mulpd),
        Op::F64x2Div => of(X64::Divpd),
        Op::F64x2Pmin => of(X64::Minpd).swapped(),
        Op::F64x2Pmax => of(X64::Maxpd).swapped(),
        _ => return None,
    })
}

/// The instruction of an operation with one operand, and its immediate.
fn one_vector(op: Op) -> Option<(X64, i32)> {
    Some(match op {
        Op::I8x16Abs => (X64::Pabsb, 0),
        Op::I16x8Abs => (X64::Pabsw, 0),
        Op::I32x4Abs => (X64::Pabsd, 0),
        Op::F32x4Sqrt => (X64::Sqrtps, 0),
        Op::F64x2Sqrt => (X64::Sqrtpd, 0),
        Op::F32x4Ceil => (X64::Roundps, CEIL),
        Op::F32x4Floor => (X64::Roundps, FLOOR),
        Op::F32x4Trunc => (X64::Roundps, TRUNC),
        Op::F32x4Nearest => (X64::Roundps, NEAREST),
        Op::F64x2Ceil => (X64::Roundpd, CEIL),
        Op::F64x2Floor => (X64::Roundpd, FLOOR),
        Op::F64x2Trunc => (X64::Roundpd, TRUNC),
        Op::F64x2Nearest => (X64::Roundpd, NEAREST),
        Op::F32x4ConvertI32x4S => (X64::Cvtdq2ps, 0),
        Op::F64x2ConvertLowI32x4S => (X64::Cvtdq2pd, 0),
        Op::F64x2PromoteLowF32x4 => (X64::Cvtps2pd, 0),
        Op::F32x4DemoteF64x2Zero => (X64::Cvtpd2ps, 0),
        Op::I16x8ExtendLowI8x16S => (X64::Pmovsxbw, 0),
        Op::I16x8ExtendLowI8x16U => (X64::Pmovzxbw, 0),
        Op::I32x4ExtendLowI16x8S => (X64::Pmovsxwd, 0),
        Op::I32x4ExtendLowI16x8U => (X64::Pmovzxwd, 0),
        Op::I64x2ExtendLowI32x4S => (X64::Pmovsxdq, 0),
        Op::I64x2ExtendLowI32x4U => (X64::Pmovzxdq, 0),
        Op::I8x16Bitmask => (X64::Pmovmskb, 0),
        Op::I32x4Bitmask => (X64::Movmskps, 0),
        Op::I64x2Bitmask => (X64::Movmskpd, 0),
        _ => return None,
    })
}

/// The instruction of an operation with one operand whose second source is a constant.
fn with_constant(op: Op) -> Option<(X64, [u8; 16])> {
    Some(match op {
        Op::V128Not => (X64::Pxor, ONES),
        Op::F32x4Abs => (X64::Andps, not(sign(Type::F32))),
        Op::F32x4Neg => (X64::Xorps, sign(Type::F32)),
        Op::F64x2Abs => (X64::Andps, not(sign(Type::F64))),
        Op::F64x2Neg => (X64::Xorps, sign(Type::F64)),
        Op::I16x8ExtaddPairwiseI8x16U => (X64::Pmaddubsw, [1; 16]),
        Op::I32x4ExtaddPairwiseI16x8S => (X64::Pmaddwd, lanes_of_16(1)),
        _ => return None,
    })
}

/// Comparisons by whether the first operand is the least or greatest of both: the instructions for that and for
/// equality, and whether the result is the complement.
fn by_extremum(op: Op) -> Option<(X64, X64, bool)> {
    Some(match op {
        Op::I8x16LeS => (X64::Pminsb, X64::Pcmpeqb, false),
        Op::I8x16GeS => (X64::Pmaxsb, X64::Pcmpeqb, false),
        Op::I8x16LeU => (X64::Pminub, X64::Pcmpeqb, false),
        Op::I8x16GeU => (X64::Pmaxub, X64::Pcmpeqb, false),
        Op::I8x16GtU => (X64::Pminub, X64::Pcmpeqb, true),
        Op::I8x16LtU => (X64::Pmaxub, X64::Pcmpeqb, true),
        Op::I16x8LeS => (X64::Pminsw, X64::Pcmpeqw, false),
        Op::I16x8GeS => (X64::Pmaxsw, X64::Pcmpeqw, false),
        Op::I16x8LeU => (X64::Pminuw, X64::Pcmpeqw, false),
        Op::I16x8GeU => (X64::Pmaxuw, X64::Pcmpeqw, false),
        Op::I16x8GtU => (X64::Pminuw, X64::Pcmpeqw, true),
        Op::I16x8LtU => (X64::Pmaxuw, X64::Pcmpeqw, true),
        Op::I32x4LeS => (X64::Pminsd, X64::Pcmpeqd, false),
        Op::I32x4GeS => (X64::Pmaxsd, X64::Pcmpeqd, false),
        Op::I32x4LeU => (X64::Pminud, X64::Pcmpeqd, false),
        Op::I32x4GeU => (X64::Pmaxud, X64::Pcmpeqd, false),
        Op::I32x4GtU => (X64::Pminud, X64::Pcmpeqd, true),
        Op::I32x4LtU => (X64::Pmaxud, X64::Pcmpeqd, true),
        _ => return None,
    })
}

/// Products in twice the width that are put together of halves of products.
fn by_products(op: Op) -> Option<[X64; 3]> {
    Some(match op {
        Op::I32x4ExtmulLowI16x8S => [X64::Pmullw, X64::Pmulhw, X64::Punpcklwd],
        Op::I32x4ExtmulHighI16x8S => [X64::Pmullw, X64::Pmulhw, X64::Punpckhwd],
        Op::I32x4ExtmulLowI16x8U => [X64::Pmullw, X64::Pmulhuw, X64::Punpcklwd],
        Op::I32x4ExtmulHighI16x8U => [X64::Pmullw, X64::Pmulhuw, X64::Punpckhwd],
        _ => return None,
    })
}
