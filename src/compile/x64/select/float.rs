//! Operations on floating-point numbers, and what values in vector registers have in common.
//!
//! Holds: what is not a number has the bits that the interpreter's instructions give it: operands stay in their
//! order, and a minimum or maximum of what is not a number is the sum. An operand comes from memory only if the
//! instruction reads exactly the bytes that the load does; constants in memory have sixteen bytes, zero above
//! the value.

use super::control::Condition;
use super::{Error, Rm, Selector, kind_of};
use crate::compile::ir::ops::Op;
use crate::compile::ir::{Node, Type, Value};
use crate::compile::machine::{Place, Role, ValueKind, VirtualRegister};
use crate::compile::x64::features::CpuFeature;
use crate::compile::x64::forms::Opcode;
use crate::compile::x64::instructions::X64;
use crate::wasm::trap::Trap;

/// In [`X64::Extremum`] and [`X64::TrapConversion`]: the numbers have 64 bits.
pub(crate) const IS_64: u32 = 1;
/// In [`X64::Extremum`]: it is the maximum.
pub(crate) const IS_MAXIMUM: u32 = 2;
/// In [`X64::TrapConversion`]: the result that says that there is none can also be one.
pub(crate) const CAN_BE_LEAST: u32 = 2;

/// The sixteen bytes of a pattern of 32 bits in each lane.
pub(super) const fn lanes_of_32(bits: u32) -> [u8; 16] {
    let [a, b, c, d] = bits.to_le_bytes();
    [a, b, c, d, a, b, c, d, a, b, c, d, a, b, c, d]
}

/// The sixteen bytes of two patterns of 64 bits.
pub(super) const fn pair_of_64(low: u64, high: u64) -> [u8; 16] {
    ((high as u128) << 64 | low as u128).to_le_bytes()
}

pub(super) const fn lanes_of_64(bits: u64) -> [u8; 16] {
    pair_of_64(bits, bits)
}

/// Constants and operands in memory.
impl Selector<'_> {
    /// The number of a constant in memory; those that were needed last are not entered twice.
    pub(super) fn constant(&mut self, bytes: [u8; 16]) -> Rm {
        const RECENT: usize = 32;
        let constants = &mut self.out.constants;
        let first = constants.len().saturating_sub(RECENT);
        let found = constants[first..].iter().position(|known| *known == bytes);
        let number = match found {
            Some(index) => first + index,
            None => {
                constants.push(bytes);
                constants.len() - 1
            }
        };
        Rm::Constant(number as u32)
    }

    /// The bytes of a value in a vector register that is a constant.
    pub(super) fn constant_bytes(&self, node: &Node) -> Option<[u8; 16]> {
        let splat = || self.function.constant(Value(node.a));
        Some(match node.op {
            Op::Constant => pair_of_64(u64::from(node.a) | u64::from(node.b) << 32, 0),
            Op::VectorConstant => self.function.vectors[node.a as usize],
            Op::I8x16Splat => [splat()? as u8; 16],
            Op::I16x8Splat => lanes_of_32(u32::from(splat()? as u16) * 0x1_0001),
            Op::I32x4Splat | Op::F32x4Splat => lanes_of_32(splat()? as u32),
            Op::I64x2Splat | Op::F64x2Splat => lanes_of_64(splat()?),
            _ => return None,
        })
    }

    /// A register with a constant.
    pub(super) fn vector_with(&mut self, bytes: [u8; 16], ty: Type) -> VirtualRegister {
        let to = self.new_register(kind_of(ty));
        if bytes == [0; 16] {
            self.emit(X64::ZeroVector, Rm::Operand, &[to], 0);
        } else if bytes == [u8::MAX; 16] {
            self.emit(X64::OnesVector, Rm::Operand, &[to], 0);
        } else {
            let x64 = match ty {
                Type::F32 => X64::MovssLoad,
                Type::F64 => X64::MovsdLoad,
                _ => X64::Movaps,
            };
            let rm = self.constant(bytes);
            self.emit(x64, rm, &[to], 0);
        }
        to
    }

    pub(super) fn zero(&mut self) -> VirtualRegister {
        self.vector_with([0; 16], Type::V128)
    }

    pub(super) fn new_float(&mut self) -> VirtualRegister {
        self.new_register(ValueKind::Float)
    }

    /// The operand of an instruction that can be in memory, if it is in a vector register otherwise: in memory are
    /// constants, and loads of as many bytes as the instruction reads, which nobody else needs, with nothing
    /// with effects between the two.
    fn vector_source(&mut self, x64: X64, value: Value) -> (Rm, Option<VirtualRegister>) {
        let node = *self.function.node(value);
        let reads = Opcode::new(x64).row().map_or(0, |row| row.rm.memory_bytes);
        if reads != 0 {
            if let Some(bytes) = self.constant_bytes(&node) {
                return (self.constant(bytes), None);
            }
            let loads = match node.op {
                Op::F32Load => 4,
                Op::F64Load => 8,
                // Without AVX, sixteen bytes have to be aligned.
                Op::V128Load if self.target.features.has(CpuFeature::Avx) => 16,
                _ => 0,
            };
            if loads == reads
                && self.is_only_here(value)
                && self.work.effects_before[value.index()] + 1 == self.effects
            {
                return (self.folded(value, &node), None);
            }
        }
        (Rm::Operand, Some(self.register(value)))
    }

    /// Adds an instruction whose last operand is a value that can be in memory.
    pub(super) fn emit_from(
        &mut self,
        x64: X64,
        registers: &[VirtualRegister],
        value: Value,
        immediate: i32,
    ) {
        let (rm, register) = self.vector_source(x64, value);
        let all = [
            registers.first().copied(),
            registers.get(1).copied(),
            register,
        ];
        match all {
            [Some(a), Some(b), Some(c)] => self.emit(x64, rm, &[a, b, c], immediate),
            [Some(a), None, Some(c)] => self.emit(x64, rm, &[a, c], immediate),
            _ => self.emit(x64, rm, registers, immediate),
        }
    }

    /// The result of an instruction with a constant as its second source.
    pub(super) fn with_constant(
        &mut self,
        x64: X64,
        to: VirtualRegister,
        a: VirtualRegister,
        bytes: [u8; 16],
    ) {
        let rm = self.constant(bytes);
        self.emit(x64, rm, &[to, a], 0);
    }
}

/// Operators.
impl Selector<'_> {
    /// Selects instructions for an operation on floating-point numbers, or tells that it is none.
    pub(super) fn float(&mut self, value: Value, node: &Node) -> bool {
        let (a, b) = (Value(node.a), Value(node.b));
        if let Some(x64) = two_floats(node.op) {
            let to = self.register_of(value);
            let left = self.register(a);
            self.emit_from(x64, &[to, left], b, 0);
            return true;
        }
        if let Some((x64, immediate)) = one_float(node.op) {
            let to = self.register_of(value);
            self.emit_from(x64, &[to], a, immediate);
            return true;
        }
        match node.op {
            Op::F32Min => self.extremum(value, node, 0),
            Op::F32Max => self.extremum(value, node, IS_MAXIMUM),
            Op::F64Min => self.extremum(value, node, IS_64),
            Op::F64Max => self.extremum(value, node, IS_64 | IS_MAXIMUM),
            Op::F32Abs | Op::F64Abs => {
                let to = self.register_of(value);
                let from = self.register(a);
                self.with_constant(X64::Andps, to, from, not(sign(node.ty)));
            }
            Op::F32Neg | Op::F64Neg => {
                let to = self.register_of(value);
                let from = self.register(a);
                self.with_constant(X64::Xorps, to, from, sign(node.ty));
            }
            Op::F32Copysign | Op::F64Copysign => self.copysign(value, node),
            _ => return self.float_of_integer(value, node) || self.integer_of_float(value, node),
        }
        true
    }

    fn copysign(&mut self, value: Value, node: &Node) {
        let to = self.register_of(value);
        let (magnitude, signed) = (self.register(Value(node.a)), self.register(Value(node.b)));
        let (left, right) = (self.new_float(), self.new_float());
        self.with_constant(X64::Andps, left, magnitude, not(sign(node.ty)));
        self.with_constant(X64::Andps, right, signed, sign(node.ty));
        self.emit(X64::Orps, Rm::Operand, &[to, left, right], 0);
    }

    fn extremum(&mut self, value: Value, node: &Node, which: u32) {
        let to = self.register_of(value);
        let left = self.register(Value(node.a));
        let mut right = self.register(Value(node.b));
        if left == right {
            right = self.new_float();
            self.copy(right, left);
        }
        self.emit_with(
            X64::Extremum,
            &[
                (to, Role::Definition, Place::Tied),
                (left, Role::Use, Place::Register),
                (right, Role::LateUse, Place::Register),
            ],
            (which, 0),
        );
    }

    /// Chooses between values in vector registers.
    pub(super) fn select_vector(&mut self, value: Value, node: &Node) -> Result<(), Error> {
        let (first, second, condition) = (Value(node.a), Value(node.b), Value(node.c));
        if let Some((x64, left, right)) = self.extremum_of_select(node) {
            let to = self.register_of(value);
            let left = self.register(left);
            self.emit_from(x64, &[to, left], right, 0);
            return Ok(());
        }
        let to = self.register_of(value);
        let first = self.register(first);
        let second = self.register(second);
        let condition = self.condition(condition)?;
        self.emit_with(
            X64::SelectVector,
            &[
                (to, Role::Definition, Place::Tied),
                (second, Role::Use, Place::Register),
                (first, Role::Use, Place::Any),
            ],
            (0, condition as u32),
        );
        Ok(())
    }

    /// The processor's minimum is the first operand if that is less, and otherwise the second; a choice that means the
    /// same is that instruction.
    fn extremum_of_select(&self, node: &Node) -> Option<(X64, Value, Value)> {
        if !self.is_only_here(Value(node.c)) {
            return None;
        }
        let test = self.function.node(Value(node.c));
        let (less, greater, is_less) = match test.op {
            Op::F32Lt => (X64::Minss, X64::Maxss, true),
            Op::F64Lt => (X64::Minsd, X64::Maxsd, true),
            Op::F32Gt => (X64::Minss, X64::Maxss, false),
            Op::F64Gt => (X64::Minsd, X64::Maxsd, false),
            _ => return None,
        };
        let (low, high) = if is_less {
            (test.a, test.b)
        } else {
            (test.b, test.a)
        };
        if node.ty != self.function.ty(Value(test.a)) {
            return None;
        }
        if (node.a, node.b) == (low, high) {
            Some((less, Value(low), Value(high)))
        } else if (node.a, node.b) == (high, low) {
            Some((greater, Value(high), Value(low)))
        } else {
            None
        }
    }

    /// Adds the instructions of a comparison of floating-point numbers, if the node is one.
    pub(super) fn float_comparison(&mut self, node: &Node) -> Option<Condition> {
        use Condition::{Above, AboveOrEqual, OrderedEqual, UnorderedNotEqual};
        // Nothing is above or equal to what is not a number, while everything is below it.
        let (condition, is_swapped) = match node.op {
            Op::F32Eq | Op::F64Eq => (OrderedEqual, false),
            Op::F32Ne | Op::F64Ne => (UnorderedNotEqual, false),
            Op::F32Lt | Op::F64Lt => (Above, true),
            Op::F32Le | Op::F64Le => (AboveOrEqual, true),
            Op::F32Gt | Op::F64Gt => (Above, false),
            Op::F32Ge | Op::F64Ge => (AboveOrEqual, false),
            _ => return None,
        };
        let (a, b) = (Value(node.a), Value(node.b));
        let (left, right) = if is_swapped { (b, a) } else { (a, b) };
        let x64 = match self.function.ty(a) {
            Type::F32 => X64::Ucomiss,
            _ => X64::Ucomisd,
        };
        let left = self.register(left);
        self.emit_from(x64, &[left], right, 0);
        Some(condition)
    }
}

/// Conversions.
impl Selector<'_> {
    fn float_of_integer(&mut self, value: Value, node: &Node) -> bool {
        let a = Value(node.a);
        let (x64, is_64) = match node.op {
            Op::F32ConvertI32S => (X64::Cvtsi32ToSs, false),
            Op::F64ConvertI32S => (X64::Cvtsi32ToSd, false),
            Op::F32ConvertI64S => (X64::Cvtsi64ToSs, true),
            Op::F64ConvertI64S => (X64::Cvtsi64ToSd, true),
            Op::F32ReinterpretI32 => (X64::MovdToVector, false),
            Op::F64ReinterpretI64 => (X64::MovqToVector, true),
            // With zeros above, it is the same number in 64 bits.
            Op::F32ConvertI32U | Op::F64ConvertI32U => {
                let to = self.register_of(value);
                let from = self.register(a);
                let x64 = if node.ty == Type::F32 {
                    X64::Cvtsi64ToSs
                } else {
                    X64::Cvtsi64ToSd
                };
                self.emit(x64, Rm::Operand, &[to, from], 0);
                return true;
            }
            Op::F32ConvertI64U => {
                self.f32_of_unsigned(value, a);
                return true;
            }
            Op::F64ConvertI64U => {
                self.f64_of_unsigned(value, a);
                return true;
            }
            _ => return false,
        };
        let to = self.register_of(value);
        match self.source(a, is_64) {
            (rm, None) => self.emit(x64, rm, &[to], 0),
            (rm, Some(from)) => self.emit(x64, rm, &[to, from], 0),
        }
        true
    }

    /// Converts half of a number whose highest bit is set, with the lowest bit kept for rounding, and doubles
    /// that by the exponent.
    fn f32_of_unsigned(&mut self, value: Value, a: Value) {
        let to = self.register_of(value);
        let from = self.register(a);
        let [shifted, lowest, half, chosen, top, exponent] =
            core::array::from_fn(|_| self.new_integer());
        let (converted, doubling) = (self.new_float(), self.new_float());
        self.emit(X64::Shr64Imm, Rm::Operand, &[shifted, from], 1);
        self.emit(X64::And32Imm, Rm::Operand, &[lowest, from], 1);
        self.emit(X64::Or64, Rm::Operand, &[half, shifted, lowest], 0);
        self.emit(X64::Test64, Rm::Operand, &[from, from], 0);
        let negative = Condition::Negative as i32;
        self.emit(X64::Cmov64, Rm::Operand, &[chosen, from, half], negative);
        self.emit(X64::Cvtsi64ToSs, Rm::Operand, &[converted, chosen], 0);
        self.emit(X64::Shr64Imm, Rm::Operand, &[top, from], 63);
        self.emit(X64::Shl32Imm, Rm::Operand, &[exponent, top], 23);
        self.emit(X64::MovdToVector, Rm::Operand, &[doubling, exponent], 0);
        self.emit(X64::Paddd, Rm::Operand, &[to, converted, doubling], 0);
    }

    /// Makes each half the low part of a number whose lowest bit is worth 1 or 2^32; without what was above they are
    /// exact, so that the sum is rounded once.
    fn f64_of_unsigned(&mut self, value: Value, a: Value) {
        let to = self.register_of(value);
        let [moved, halves, exact, high] =
            core::array::from_fn(|_| self.new_register(ValueKind::Vector));
        match self.source(a, true) {
            (rm, None) => self.emit(X64::MovqToVector, rm, &[moved], 0),
            (rm, Some(from)) => self.emit(X64::MovqToVector, rm, &[moved, from], 0),
        }
        self.with_constant(
            X64::Punpckldq,
            halves,
            moved,
            pair_of_64(0x4530_0000_4330_0000, 0),
        );
        let above = pair_of_64(0x4330_0000_0000_0000, 0x4530_0000_0000_0000);
        self.with_constant(X64::Subpd, exact, halves, above);
        self.emit(X64::Pshufd, Rm::Operand, &[high, exact], 0xEE);
        self.emit(X64::Addsd, Rm::Operand, &[to, high, exact], 0);
    }

    fn integer_of_float(&mut self, value: Value, node: &Node) -> bool {
        use Op::{
            I32TruncF32S, I32TruncF32U, I32TruncF64S, I32TruncF64U, I32TruncSatF32S,
            I32TruncSatF32U, I32TruncSatF64S, I32TruncSatF64U, I64TruncF32S, I64TruncF32U,
            I64TruncF64S, I64TruncF64U, I64TruncSatF32S, I64TruncSatF32U, I64TruncSatF64S,
            I64TruncSatF64U,
        };
        let a = Value(node.a);
        let conversion = Conversion::of(self.function.ty(a));
        match node.op {
            Op::I32ReinterpretF32 | Op::I64ReinterpretF64 => {
                let to = self.register_of(value);
                let from = self.register(a);
                let x64 = if node.ty == Type::I32 {
                    X64::MovdFromVector
                } else {
                    X64::MovqFromVector
                };
                self.emit(x64, Rm::Operand, &[to, from], 0);
            }
            I32TruncSatF32S | I32TruncSatF64S => self.saturate_signed(value, a, conversion, false),
            I64TruncSatF32S | I64TruncSatF64S => self.saturate_signed(value, a, conversion, true),
            I32TruncSatF32U | I32TruncSatF64U => self.saturate_unsigned_32(value, a, conversion),
            I64TruncSatF32U | I64TruncSatF64U => self.saturate_unsigned_64(value, a, conversion),
            I32TruncF32S | I32TruncF64S => self.truncate_32(value, a, conversion, true),
            I32TruncF32U | I32TruncF64U => self.truncate_32(value, a, conversion, false),
            I64TruncF32S | I64TruncF64S => self.truncate_signed_64(value, a, conversion),
            I64TruncF32U | I64TruncF64U => self.truncate_unsigned_64(value, a, conversion),
            _ => return false,
        }
        true
    }

    /// The instruction gives the least integer for what is too small, which is right, and for what is too big or not a
    /// number.
    fn saturate_signed(&mut self, value: Value, a: Value, conversion: Conversion, is_64: bool) {
        let to = self.register_of(value);
        let from = self.register(a);
        let (found, clamped) = (self.new_integer(), self.new_integer());
        let cmov = if is_64 { X64::Cmov64 } else { X64::Cmov32 };
        let greatest = if is_64 {
            i64::MAX as u64
        } else {
            i32::MAX as u64
        };
        let greatest = self.integer_constant(greatest);
        let zero = self.integer_constant(0);
        let to_integer = if is_64 {
            conversion.to_64
        } else {
            conversion.to_32
        };
        self.emit(to_integer, Rm::Operand, &[found, from], 0);
        let bound = self.constant(conversion.power(if is_64 { 63 } else { 31 }));
        self.emit(conversion.compare, bound, &[from], 0);
        let (too_big, unordered) = (Condition::AboveOrEqual as i32, Condition::Unordered as i32);
        self.emit(cmov, Rm::Operand, &[clamped, found, greatest], too_big);
        self.emit(cmov, Rm::Operand, &[to, clamped, zero], unordered);
    }

    /// The greater of it and zero, where zero is the second operand, is zero also for what is not a number.
    fn at_least_zero(&mut self, a: Value, conversion: &Conversion) -> VirtualRegister {
        let (from, positive) = (self.register(a), self.new_float());
        let zero = self.vector_with([0; 16], Type::F64);
        self.emit(conversion.maximum, Rm::Operand, &[positive, from, zero], 0);
        positive
    }

    fn saturate_unsigned_32(&mut self, value: Value, a: Value, conversion: Conversion) {
        let to = self.register_of(value);
        let positive = self.at_least_zero(a, &conversion);
        if conversion.is_64 {
            // The bound is a number of this format.
            let clamped = self.new_float();
            let bytes = pair_of_64(f64::from(u32::MAX).to_bits(), 0);
            self.with_constant(X64::Minsd, clamped, positive, bytes);
            return self.emit(conversion.to_64, Rm::Operand, &[to, clamped], 0);
        }
        let greatest = self.integer_constant(u32::MAX.into());
        let found = self.new_integer();
        self.emit(conversion.to_64, Rm::Operand, &[found, positive], 0);
        self.emit(X64::Cmp64, Rm::Operand, &[found, greatest], 0);
        self.emit(
            X64::Cmov32,
            Rm::Operand,
            &[to, found, greatest],
            Condition::Above as i32,
        );
    }

    /// Converts a number both as it is and less by 2^63. If the former result is negative, the number is at
    /// least 2^63, or has no result; then the bits of the latter count too, which is negative if there is no
    /// result.
    fn unsigned_parts(
        &mut self,
        from: VirtualRegister,
        conversion: &Conversion,
    ) -> [VirtualRegister; 2] {
        let (low, high) = (self.new_integer(), self.new_integer());
        let less = self.new_float();
        self.emit(conversion.to_64, Rm::Operand, &[low, from], 0);
        self.with_constant(conversion.subtract, less, from, conversion.power(63));
        self.emit(conversion.to_64, Rm::Operand, &[high, less], 0);
        [low, high]
    }

    fn join_parts(&mut self, to: VirtualRegister, [low, high]: [VirtualRegister; 2]) {
        let (mask, masked) = (self.new_integer(), self.new_integer());
        self.emit(X64::Sar64Imm, Rm::Operand, &[mask, low], 63);
        self.emit(X64::And64, Rm::Operand, &[masked, high, mask], 0);
        self.emit(X64::Or64, Rm::Operand, &[to, low, masked], 0);
    }

    fn saturate_unsigned_64(&mut self, value: Value, a: Value, conversion: Conversion) {
        let to = self.register_of(value);
        let positive = self.at_least_zero(a, &conversion);
        let parts = self.unsigned_parts(positive, &conversion);
        let joined = self.new_integer();
        self.join_parts(joined, parts);
        let greatest = self.integer_constant(u64::MAX);
        let bound = self.constant(conversion.power(64));
        self.emit(conversion.compare, bound, &[positive], 0);
        let too_big = Condition::AboveOrEqual as i32;
        self.emit(X64::Cmov64, Rm::Operand, &[to, joined, greatest], too_big);
    }

    /// Converts to 64 bits, and traps if these are more than the low 32 bits say.
    fn truncate_32(&mut self, value: Value, a: Value, conversion: Conversion, is_signed: bool) {
        let to = self.register_of(value);
        let (from, found) = (self.register(a), self.new_integer());
        self.emit(conversion.to_64, Rm::Operand, &[found, from], 0);
        let extended = if is_signed {
            let extended = self.new_integer();
            self.emit(X64::Movsx32To64, Rm::Operand, &[extended, found], 0);
            extended
        } else {
            self.emit(X64::Mov32, Rm::Operand, &[to, found], 0);
            to
        };
        self.emit(X64::Cmp64, Rm::Operand, &[extended, found], 0);
        self.trap_conversion(Condition::NotEqual, [from, found], &conversion, 0);
        if is_signed {
            self.emit(X64::Mov32, Rm::Operand, &[to, found], 0);
        }
    }

    fn truncate_signed_64(&mut self, value: Value, a: Value, conversion: Conversion) {
        let to = self.register_of(value);
        let from = self.register(a);
        self.emit(conversion.to_64, Rm::Operand, &[to, from], 0);
        // One less overflows only from the least integer.
        self.emit(X64::Cmp64Imm, Rm::Operand, &[to], 1);
        self.trap_conversion(Condition::Overflow, [from, to], &conversion, CAN_BE_LEAST);
    }

    fn truncate_unsigned_64(&mut self, value: Value, a: Value, conversion: Conversion) {
        let to = self.register_of(value);
        let from = self.register(a);
        let parts = self.unsigned_parts(from, &conversion);
        self.emit(X64::Test64, Rm::Operand, &parts, 0);
        self.trap_conversion(Condition::Negative, [from, parts[0]], &conversion, 0);
        self.join_parts(to, parts);
    }

    /// Traps if a condition holds: [`Trap::BadConversionToInteger`] for what is not a number, otherwise
    /// [`Trap::IntegerOverflow`].
    fn trap_conversion(
        &mut self,
        condition: Condition,
        [from, found]: [VirtualRegister; 2],
        conversion: &Conversion,
        flags: u32,
    ) {
        let width = if conversion.is_64 { IS_64 } else { 0 };
        self.emit_with(
            X64::TrapConversion,
            &[
                (from, Role::Use, Place::Register),
                (found, Role::Use, Place::Register),
            ],
            (width | flags, condition as u32),
        );
    }
}

/// The traps of conversions: of what is not a number, and of what is too big.
pub(crate) const CONVERSION_TRAPS: [Trap; 2] =
    [Trap::BadConversionToInteger, Trap::IntegerOverflow];

/// The instructions that conversions to integers need, for one format.
#[derive(Copy, Clone)]
struct Conversion {
    is_64: bool,
    to_32: X64,
    to_64: X64,
    compare: X64,
    subtract: X64,
    maximum: X64,
}

impl Conversion {
    fn of(ty: Type) -> Conversion {
        if ty == Type::F32 {
            Conversion {
                is_64: false,
                to_32: X64::Cvttss2si32,
                to_64: X64::Cvttss2si64,
                compare: X64::Ucomiss,
                subtract: X64::Subss,
                maximum: X64::Maxss,
            }
        } else {
            Conversion {
                is_64: true,
                to_32: X64::Cvttsd2si32,
                to_64: X64::Cvttsd2si64,
                compare: X64::Ucomisd,
                subtract: X64::Subsd,
                maximum: X64::Maxsd,
            }
        }
    }

    /// A power of two.
    fn power(&self, exponent: u64) -> [u8; 16] {
        let bits = if self.is_64 {
            (1023 + exponent) << 52
        } else {
            (127 + exponent) << 23
        };
        pair_of_64(bits, 0)
    }
}

/// The bit of the sign in each lane.
pub(super) fn sign(ty: Type) -> [u8; 16] {
    match ty {
        Type::F32 => lanes_of_32(1 << 31),
        _ => lanes_of_64(1 << 63),
    }
}

pub(super) fn not(bytes: [u8; 16]) -> [u8; 16] {
    bytes.map(|byte| !byte)
}

/// How `roundss` and its like round, without telling that they did.
pub(super) const NEAREST: i32 = 8;
pub(super) const FLOOR: i32 = 9;
pub(super) const CEIL: i32 = 10;
pub(super) const TRUNC: i32 = 11;

/// The instruction of an operation with two operands.
fn two_floats(op: Op) -> Option<X64> {
    Some(match op {
        Op::F32Add => X64::Addss,
        Op::F32Sub => X64::Subss,
        Op::F32Mul => X64::Mulss,
        Op::F32Div => X64::Divss,
        Op::F64Add => X64::Addsd,
        Op::F64Sub => X64::Subsd,
        Op::F64Mul => X64::Mulsd,
        Op::F64Div => X64::Divsd,
        _ => return None,
    })
}

/// The instruction of an operation with one operand, and its immediate.
fn one_float(op: Op) -> Option<(X64, i32)> {
    Some(match op {
        Op::F32Sqrt => (X64::Sqrtss, 0),
        Op::F64Sqrt => (X64::Sqrtsd, 0),
        Op::F32Ceil => (X64::Roundss, CEIL),
        Op::F32Floor => (X64::Roundss, FLOOR),
        Op::F32Trunc => (X64::Roundss, TRUNC),
        Op::F32Nearest => (X64::Roundss, NEAREST),
        Op::F64Ceil => (X64::Roundsd, CEIL),
        Op::F64Floor => (X64::Roundsd, FLOOR),
        Op::F64Trunc => (X64::Roundsd, TRUNC),
        Op::F64Nearest => (X64::Roundsd, NEAREST),
        Op::F32DemoteF64 => (X64::Cvtsd2ss, 0),
        Op::F64PromoteF32 => (X64::Cvtss2sd, 0),
        _ => return None,
    })
}
