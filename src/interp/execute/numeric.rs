//! Scalar operators.
//!
//! Layouts: an operator of one operand has the result in field 0 and the operand in field 1. One of
//! two operands has the second in field 2; a constant stands in the immediate half-word if its type
//! has 32 bits, and otherwise in word 2.

use core::marker::PhantomData;

use super::operators::{Binary, TrappingBinary, TrappingUnary, Unary};
use super::value::{Both, Constant, Destination, Operand, Scalar, Value};
use crate::interp::dispatch::{Instruction, Registers, Step};
use crate::wasm::simd::V128;

/// An operator of one operand.
pub(super) struct UnaryInstruction<O, A, D>(PhantomData<(O, A, D)>);

impl<O, A, D> Instruction for UnaryInstruction<O, A, D>
where
    O: Unary<Result: Scalar>,
    A: Operand<O::Operand>,
    D: Destination,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            let result = O::evaluate(A::get(&registers, 1));
            D::put(&mut registers, result);
            registers.next(2)
        }
    }
}

/// An operator of two operands.
pub(super) struct BinaryInstruction<O, A, B, D>(PhantomData<(O, A, B, D)>);

impl<O, A, B, D> Instruction for BinaryInstruction<O, A, B, D>
where
    O: Binary<Result: Scalar>,
    A: Operand<O::Left>,
    B: Operand<O::Right>,
    D: Destination,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            let left = A::get(&registers, 1);
            let right = B::get(&registers, 2);
            D::put(&mut registers, O::evaluate(left, right));
            registers.next(2 + B::WORDS)
        }
    }
}

/// An operator of two operands, of which the left one is a constant and the right one is in field 1.
pub(super) struct ReversedInstruction<O, B, D>(PhantomData<(O, B, D)>);

impl<O, B, D> Instruction for ReversedInstruction<O, B, D>
where
    O: Binary<Left: Scalar, Result: Scalar>,
    B: Operand<O::Right>,
    D: Destination,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            let left = <Constant as Operand<O::Left>>::get(&registers, 2);
            let right = B::get(&registers, 1);
            D::put(&mut registers, O::evaluate(left, right));
            registers.next(2 + <Constant as Operand<O::Left>>::WORDS)
        }
    }
}

/// An operator of one operand that can trap.
pub(super) struct TrappingUnaryInstruction<O, A, D>(PhantomData<(O, A, D)>);

impl<O, A, D> Instruction for TrappingUnaryInstruction<O, A, D>
where
    O: TrappingUnary<Result: Scalar>,
    A: Operand<O::Operand>,
    D: Destination,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            match O::evaluate(A::get(&registers, 1)) {
                Ok(result) => {
                    D::put(&mut registers, result);
                    registers.next(2)
                }
                Err(trap) => registers.fail(trap),
            }
        }
    }
}

/// An operator of two operands that can trap.
pub(super) struct TrappingBinaryInstruction<O, A, B, D>(PhantomData<(O, A, B, D)>);

impl<O, A, B, D> Instruction for TrappingBinaryInstruction<O, A, B, D>
where
    O: TrappingBinary<Value: Scalar>,
    A: Operand<O::Value>,
    B: Operand<O::Value>,
    D: Destination,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            let left = A::get(&registers, 1);
            let right = B::get(&registers, 2);
            match O::evaluate(left, right) {
                Ok(result) => {
                    D::put(&mut registers, result);
                    registers.next(2 + B::WORDS)
                }
                Err(trap) => registers.fail(trap),
            }
        }
    }
}

/// The sum of a product and a further operand: the product's operands in fields 1 and 2, the other in
/// field 3. The two roundings of floating-point operands are those of the separate operators.
pub(super) struct MultiplyAdd<M, P>(PhantomData<(M, P)>);

impl<M, P, T> Instruction for MultiplyAdd<M, P>
where
    M: Binary<Left = T, Right = T, Result = T>,
    P: Binary<Left = T, Right = T, Result = T>,
    T: Scalar,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let product = M::evaluate(T::read(registers.slot(1)), T::read(registers.slot(2)));
            let sum = P::evaluate(T::read(registers.slot(3)), product);
            Both::put(&mut registers, sum);
            registers.next(2)
        }
    }
}

/// What an operator makes of field 2 and of what another one makes of field 1 and the constant in field 3, which
/// fits into it.
pub(super) struct Combine<F, O, A>(PhantomData<(F, O, A)>);

impl<F, O, A, T> Instruction for Combine<F, O, A>
where
    F: Binary<Left = T, Right = T, Result = T>,
    O: Binary<Left = T, Right = T, Result = T>,
    A: Operand<T>,
    T: Scalar,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let constant = T::from_bits(registers.field(3) as u64);
            let first = F::evaluate(A::get_wide(&registers, 1), constant);
            let result = O::evaluate(T::read(registers.slot(2)), first);
            Both::put(&mut registers, result);
            registers.next(2)
        }
    }
}

/// What an operator makes of what another one makes of field 1 and the immediate half-word, and of the constant in
/// word 2.
pub(super) struct Chain<F, O, A>(PhantomData<(F, O, A)>);

impl<F, O, A> Instruction for Chain<F, O, A>
where
    F: Binary<Left = u32, Right = u32, Result = u32>,
    O: Binary<Left = u32, Right = u32, Result = u32>,
    A: Operand<u32>,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let first = F::evaluate(A::get_wide(&registers, 1), registers.immediate());
            let result = O::evaluate(first, registers.word(2) as u32);
            Both::put(&mut registers, result);
            registers.next(3)
        }
    }
}

/// Two sums with constants, one after the other: the first of field 1 in field 0, the second of field 3 in field 2.
/// The constants are the halves of word 2.
pub(super) struct SumPair;

impl Instruction for SumPair {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let constants = registers.ip.add(2).cast::<u32>();
            let first = u32::read(registers.slot(1)).wrapping_add(*constants);
            first.write(registers.slot(0));
            let second = u32::read(registers.slot(3)).wrapping_add(*constants.add(1));
            second.write(registers.slot(2));
            second.accumulate(&mut registers);
            registers.next(3)
        }
    }
}

/// A copy and a sum with a constant: field 1 goes to field 0, then the sum of field 3 and the constant in word 2 to
/// field 2. Both are read before either is written.
pub(super) struct CopySum<O>(PhantomData<O>);

impl<O, T> Instruction for CopySum<O>
where
    T: Scalar,
    O: Binary<Left = T, Right = T, Result = T>,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let value = u64::read(registers.slot(1));
            let summand = T::read(registers.slot(3));
            let sum = O::evaluate(summand, T::from_bits(registers.word(2)));
            value.write(registers.slot(0));
            sum.write(registers.slot(2));
            sum.accumulate(&mut registers);
            registers.next(3)
        }
    }
}

/// The wide arithmetic of four operands: the low and the high half of the result in fields 0 and 1
/// of word 1; the operands in the four fields of word 2.
pub(super) struct WideAdd<const SUBTRACT: bool>;

impl<const SUBTRACT: bool> Instruction for WideAdd<SUBTRACT> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let operand = |index: usize| {
                *registers.slot_at(*registers.ip.cast::<u16>().add(8 + index) as usize)
            };
            let evaluate = if SUBTRACT {
                crate::wasm::semantics::i64_sub128
            } else {
                crate::wasm::semantics::i64_add128
            };
            let (low, high) = evaluate(operand(0), operand(1), operand(2), operand(3));
            low.write(registers.slot(0));
            high.write(registers.slot(1));
            registers.next(3)
        }
    }
}

/// The wide product: the result's halves in fields 0 and 1, the operands in fields 2 and 3.
pub(super) struct WideMultiply<const SIGNED: bool>;

impl<const SIGNED: bool> Instruction for WideMultiply<SIGNED> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let (left, right) = (u64::read(registers.slot(2)), u64::read(registers.slot(3)));
            let (low, high) = if SIGNED {
                crate::wasm::semantics::i64_mul_wide_s(left, right)
            } else {
                crate::wasm::semantics::i64_mul_wide_u(left, right)
            };
            low.write(registers.slot(0));
            high.write(registers.slot(1));
            registers.next(2)
        }
    }
}

/// `select`: fields 1 and 2 are the values for a condition in field 3 that is not zero, and zero.
pub(super) struct Select<T, C>(PhantomData<(T, C)>);

impl<C: Operand<u32>> Instruction for Select<u64, C> {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let condition = C::get(&registers, 3);
            let (first, second) = (u64::read(registers.slot(1)), u64::read(registers.slot(2)));
            let value = if condition != 0 { first } else { second };
            value.write(registers.slot(0));
            value.accumulate(&mut registers);
            registers.next(2)
        }
    }
}

impl<C: Operand<u32>> Instruction for Select<V128, C> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let field = if C::get(&registers, 3) != 0 { 1 } else { 2 };
            V128::read(registers.slot(field)).write(registers.slot(0));
            registers.next(2)
        }
    }
}

/// `select` by a comparison: the values in fields 1 and 2; the comparison's operands in fields 0 and
/// 1 of word 2, or its right operand in word 3 if it is a constant.
pub(super) struct SelectCompare<O, B>(PhantomData<(O, B)>);

impl<O, B> Instruction for SelectCompare<O, B>
where
    O: Binary<Left: Scalar, Right: Scalar, Result = bool>,
    B: super::control::ComparedOperand<O::Right>,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let fields = registers.ip.cast::<u16>().add(8);
            let left = O::Left::read(registers.slot_at(*fields as usize));
            let right = B::second(&registers, *fields.add(1) as usize, 3);
            let (first, second) = (u64::read(registers.slot(1)), u64::read(registers.slot(2)));
            let value = if O::evaluate(left, right) {
                first
            } else {
                second
            };
            value.write(registers.slot(0));
            value.accumulate(&mut registers);
            registers.next(3 + B::WORDS)
        }
    }
}
