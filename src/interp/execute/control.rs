//! Branches.
//!
//! Layouts: a branch's distance from its own first word, as `branch_distance` has it, is the immediate half-word; the
//! compared operands are fields 0 and 1, and a constant one stands in word 2.

use core::marker::PhantomData;

use super::cold;
use super::helper::{HelperInstruction, Interrupted};
use super::operators::{Binary, Unary};
use super::value::{Constant, Operand, Scalar, Slot, Value};
use crate::interp::dispatch::{Instruction, Outcome, Registers, Step};
use crate::runtime::layout::ExitState;
use crate::wasm::trap::Trap;

/// `unreachable`.
pub(super) struct Unreachable;

impl Instruction for Unreachable {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the instruction traps.
        unsafe { registers.fail(Trap::UnreachableCodeReached) }
    }
}

/// A branch that is always taken.
pub(super) struct Branch;

impl Instruction for Branch {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the translator has resolved the distance.
        unsafe { registers.branch(registers.immediate()) }
    }
}

/// A branch that is taken if the 32-bit operand in field 0 is zero or not.
pub(super) struct BranchIf<A, const TAKEN: bool>(PhantomData<A>);

impl<A: Operand<u32>, const TAKEN: bool> Instruction for BranchIf<A, TAKEN> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            if (A::get_wide(&registers, 0) != 0) == TAKEN {
                registers.branch(registers.immediate())
            } else {
                registers.next(2)
            }
        }
    }
}

/// A branch that moves a value first: field 1, or the constant in word 2, to field 0.
pub(super) struct MoveBranch<A>(PhantomData<A>);

impl<A: Operand<u64>> Instruction for MoveBranch<A> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above; the translator has resolved the distance.
        unsafe {
            A::get_wide(&registers, 1).write(registers.slot(0));
            registers.branch(registers.immediate())
        }
    }
}

/// A branch that is taken if the 32-bit operand in field 0 has any of the bits in word 2, or none.
pub(super) struct BranchMask<A, const TAKEN: bool>(PhantomData<A>);

impl<A: Operand<u32>, const TAKEN: bool> Instruction for BranchMask<A, TAKEN> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above; the translator has resolved the distance.
        unsafe {
            let bits = A::get_wide(&registers, 0) & registers.word(2) as u32;
            if (bits != 0) == TAKEN {
                registers.branch(registers.immediate())
            } else {
                registers.next(3)
            }
        }
    }
}

/// A branch that is taken if a test of one operand in field 0 gives `TAKEN`.
pub(super) struct BranchTest<O, A, const TAKEN: bool>(PhantomData<(O, A)>);

impl<O, A, const TAKEN: bool> Instruction for BranchTest<O, A, TAKEN>
where
    O: Unary<Result = bool>,
    A: Operand<O::Operand>,
{
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            if O::evaluate(A::get_wide(&registers, 0)) == TAKEN {
                registers.branch(registers.immediate())
            } else {
                registers.next(2)
            }
        }
    }
}

/// A branch that is taken if a comparison gives `TAKEN`.
pub(super) struct BranchCompare<O, A, B, const TAKEN: bool>(PhantomData<(O, A, B)>);

impl<O, A, B, const TAKEN: bool> Instruction for BranchCompare<O, A, B, TAKEN>
where
    O: Binary<Right: Scalar, Result = bool>,
    A: Operand<O::Left>,
    B: Operand<O::Right> + ComparedOperand<O::Right>,
{
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as the file's head says.
        unsafe {
            let left = A::get_wide(&registers, 0);
            let right = B::get_wide(&registers, 1);
            if O::evaluate(left, right) == TAKEN {
                registers.branch(registers.immediate())
            } else {
                registers.next(2 + <B as ComparedOperand<O::Right>>::WORDS)
            }
        }
    }
}

/// A branch by a comparison that moves a value first, to the slot that the first field of word 2 names: from the slot
/// that the second one names, or the constant in the other half. A constant to compare with stands in word 3.
pub(super) struct MoveBranchCompare<O, B, const IS_COPY: bool>(PhantomData<(O, B)>);

impl<O, B, const IS_COPY: bool> Instruction for MoveBranchCompare<O, B, IS_COPY>
where
    O: Binary<Left: Scalar, Right: Scalar, Result = bool>,
    B: ComparedOperand<O::Right>,
{
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above; the translator has resolved the distance.
        unsafe {
            let [slot, source] = *registers.ip.add(2).cast::<[u16; 2]>();
            let value = if IS_COPY {
                u64::read(registers.slot_at(source.into()))
            } else {
                u64::from(*registers.ip.cast::<u32>().add(5))
            };
            value.write(registers.slot_at(slot.into()));
            let left = O::Left::read(registers.slot(0));
            let right = B::second(&registers, registers.field(1), 3);
            if O::evaluate(left, right) {
                registers.branch(registers.immediate())
            } else {
                registers.next(3 + B::WORDS)
            }
        }
    }
}

/// The right operand of a comparison in an instruction whose immediate half-word is taken.
pub(super) trait ComparedOperand<T> {
    /// Words that a constant takes.
    const WORDS: usize;

    /// The operand, in slot `slot` or as the constant in word `word`.
    unsafe fn second(registers: &Registers, slot: usize, word: usize) -> T;
}

impl<T: Value> ComparedOperand<T> for Slot {
    const WORDS: usize = 0;

    #[inline(always)]
    unsafe fn second(registers: &Registers, slot: usize, _: usize) -> T {
        // SAFETY: the slot belongs to the frame.
        unsafe { T::read(registers.slot_at(slot)) }
    }
}

impl<T: Scalar> ComparedOperand<T> for super::value::Accumulator {
    const WORDS: usize = 0;

    #[inline(always)]
    unsafe fn second(registers: &Registers, _: usize, _: usize) -> T {
        T::accumulator(registers)
    }
}

impl<T: Scalar> ComparedOperand<T> for Constant {
    const WORDS: usize = 1;

    #[inline(always)]
    unsafe fn second(registers: &Registers, _: usize, word: usize) -> T {
        // SAFETY: the instruction's layout has the constant.
        T::from_bits(unsafe { registers.word(word) })
    }
}

/// Adds a constant (word 2) to the integer in field 0, in place, and branches if the comparison of
/// the sum with the operand in field 1 (or the constant in word 3) holds: the end of a counting loop.
pub(super) struct IncrementBranch<P, O, B>(PhantomData<(P, O, B)>);

impl<P, O, B, T> Instruction for IncrementBranch<P, O, B>
where
    T: Scalar,
    P: Binary<Left = T, Right = T, Result = T>,
    O: Binary<Left = T, Right = T, Result = bool>,
    B: ComparedOperand<T>,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let slot = registers.slot(0);
            let sum = P::evaluate(T::read(slot), T::from_bits(registers.word(2)));
            sum.write(slot);
            sum.accumulate(&mut registers);
            let bound = B::second(&registers, registers.field(1), 3);
            if O::evaluate(sum, bound) {
                registers.branch(registers.immediate())
            } else {
                registers.next(3 + B::WORDS)
            }
        }
    }
}

/// `br_table`: the index is in field 0, the number of targets before the default in the immediate
/// half-word; behind word 1 the distances follow as 32-bit numbers, the default last.
pub(super) struct BranchTable<A>(PhantomData<A>);

impl<A: Operand<u32>> Instruction for BranchTable<A> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above; the index is at most the default's position.
        unsafe {
            let index = A::get_wide(&registers, 0).min(registers.immediate());
            let distances = registers.ip.add(2).cast::<u32>();
            registers.branch(*distances.add(index as usize))
        }
    }
}

/// Looks whether somebody has asked for an interruption.
pub(super) struct Poll;

impl Instruction for Poll {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the context's store and the interrupt flag live as long as the code runs.
        unsafe {
            let flag = (*(*registers.context).store).interrupt;
            if flag.as_ref().load(core::sync::atomic::Ordering::Relaxed) {
                cold();
                return registers.go::<HelperInstruction<Interrupted>>();
            }
            registers.next(2)
        }
    }
}

/// Takes the fuel in the immediate half-word.
pub(super) struct ChargeFuel;

impl Instruction for ChargeFuel {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: passed on to the caller.
        unsafe { registers.charge(registers.immediate().into()) }
    }
}

/// Takes fuel by the length of an operation, which is in field 0: the immediate half-word is the binary
/// logarithm of what one unit is good for.
pub(super) struct ChargeFuelByLength;

impl Instruction for ChargeFuelByLength {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: passed on to the caller.
        unsafe {
            let length = u64::read(registers.slot(0));
            registers.charge((length >> registers.immediate()) as i64)
        }
    }
}

impl Registers {
    /// Takes fuel and goes on two words further, or stops.
    #[inline(always)]
    unsafe fn charge(self, amount: i64) -> Step {
        // SAFETY: the context's store lives as long as the code runs.
        unsafe {
            let store = (*self.context).store;
            let left = (*store).fuel.saturating_sub(amount);
            (*store).fuel = left;
            if left < 0 {
                cold();
                return self.go::<OutOfFuel>();
            }
            self.next(2)
        }
    }
}

/// Stops because fuel ran out; running goes on behind the charge.
struct OutOfFuel;

impl Instruction for OutOfFuel {
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the context's store lives as long as the code runs.
        unsafe {
            (*(*registers.context).store).exit = ExitState {
                ip: registers.ip.add(2),
                fp: registers.fp,
                context: registers.context,
            };
        }
        registers.stop(Outcome::OutOfFuel)
    }
}
