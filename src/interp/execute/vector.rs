//! Vector operators.
//!
//! Layouts: the result is in field 0, the operands are in the fields behind it; a lane stands behind
//! them, and the lanes of a shuffle in words 2 and 3. A scalar result is left in the accumulator of its class too.

use core::marker::PhantomData;

use super::operators::{Binary, ExtractLane, ReplaceLane, Ternary, Unary};
use super::value::Value;
use crate::interp::dispatch::{Instruction, Registers, Step};
use crate::wasm::simd::{self, V128};

/// An operator of one operand.
pub(super) struct VectorUnary<O>(PhantomData<O>);

impl<O: Unary<Operand: Value, Result: Value>> Instruction for VectorUnary<O> {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            O::evaluate(O::Operand::read(registers.slot(1))).leave(&mut registers);
            registers.next(2)
        }
    }
}

/// An operator of two operands.
pub(super) struct VectorBinary<O>(PhantomData<O>);

impl<O: Binary<Left: Value, Right: Value, Result: Value>> Instruction for VectorBinary<O> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            let left = O::Left::read(registers.slot(1));
            let right = O::Right::read(registers.slot(2));
            O::evaluate(left, right).write(registers.slot(0));
            registers.next(2)
        }
    }
}

/// An operator of three operands.
pub(super) struct VectorTernary<O>(PhantomData<O>);

impl<O: Ternary> Instruction for VectorTernary<O> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            let first = V128::read(registers.slot(1));
            let second = V128::read(registers.slot(2));
            let third = V128::read(registers.slot(3));
            O::evaluate(first, second, third).write(registers.slot(0));
            registers.next(2)
        }
    }
}

/// The value of a lane.
pub(super) struct ExtractLaneInstruction<O>(PhantomData<O>);

impl<O: ExtractLane<Result: Value>> Instruction for ExtractLaneInstruction<O> {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            let vector = V128::read(registers.slot(1));
            O::evaluate(vector, registers.field(2) as u8).leave(&mut registers);
            registers.next(2)
        }
    }
}

/// A vector with one lane replaced.
pub(super) struct ReplaceLaneInstruction<O>(PhantomData<O>);

impl<O: ReplaceLane<Value: Value>> Instruction for ReplaceLaneInstruction<O> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            let vector = V128::read(registers.slot(1));
            let value = O::Value::read(registers.slot(2));
            O::evaluate(vector, value, registers.field(3) as u8).write(registers.slot(0));
            registers.next(2)
        }
    }
}

/// The bytes of a vector, selected by another: zero where the highest bit of the selector is set.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[inline(always)]
unsafe fn select_bytes(vector: V128, selectors: V128) -> V128 {
    use core::arch::x86_64::__m128i;
    use core::mem::transmute;

    // A call of the intrinsic, which only a function for processors that have the instruction can contain, would
    // take the handler's stack.
    // SAFETY: the caller has seen that the processor has the instruction; both types are sixteen bytes.
    unsafe {
        let mut bytes = transmute::<V128, __m128i>(vector);
        core::arch::asm!(
            "pshufb {bytes}, {selectors}",
            bytes = inout(xmm_reg) bytes,
            selectors = in(xmm_reg) transmute::<V128, __m128i>(selectors),
            options(pure, nomem, nostack, preserves_flags),
        );
        transmute::<__m128i, V128>(bytes)
    }
}

/// `i8x16.shuffle` on processors with SSSE3.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub(super) struct ShuffleSsse3;

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
impl Instruction for ShuffleSsse3 {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says, and the translator looks for SSSE3.
        unsafe {
            let lanes = V128::immediate(&registers, 2);
            let (left, right) = (V128::read(registers.slot(1)), V128::read(registers.slot(2)));
            // The lanes are less than 32: those of the other vector get the highest bit.
            let from_left = simd::i8x16_add(lanes, simd::i8x16_splat(0x80 - 16));
            let from_right = simd::i8x16_sub(lanes, simd::i8x16_splat(16));
            simd::v128_or(
                select_bytes(left, from_left),
                select_bytes(right, from_right),
            )
            .write(registers.slot(0));
            registers.next(4)
        }
    }
}

/// `i8x16.swizzle` on processors with SSSE3.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub(super) struct SwizzleSsse3;

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
impl Instruction for SwizzleSsse3 {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says, and the translator looks for SSSE3.
        unsafe {
            let vector = V128::read(registers.slot(1));
            // A selector that is no lane gets the highest bit.
            let bias = simd::i8x16_splat(0x80 - 16);
            let selectors = simd::i8x16_add_sat_u(V128::read(registers.slot(2)), bias);
            select_bytes(vector, selectors).write(registers.slot(0));
            registers.next(2)
        }
    }
}

/// `i8x16.shuffle`.
pub(super) struct Shuffle;

impl Instruction for Shuffle {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            let lanes = V128::immediate(&registers, 2).to_le_bytes();
            let (left, right) = (V128::read(registers.slot(1)), V128::read(registers.slot(2)));
            simd::i8x16_shuffle(left, right, lanes).write(registers.slot(0));
            registers.next(4)
        }
    }
}
