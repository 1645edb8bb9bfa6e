//! Copies between slots, constants, and globals.

use core::marker::PhantomData;
use core::mem::size_of;

use super::value::{Both, Constant, Destination, Operand, Scalar, Slot, Value};
use crate::interp::dispatch::{Instruction, Registers, Step};
use crate::runtime::layout::{VmContext, VmGlobal};
use crate::wasm::simd::V128;

/// Copies `COUNT` (1 to 3) slots named by the fields behind field 0 to consecutive slots.
pub(super) struct Copy<const COUNT: usize>;

impl<const COUNT: usize> Instruction for Copy<COUNT> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above. All sources are read first.
        unsafe {
            let first = u64::read(registers.slot(1));
            let second = if COUNT > 1 {
                u64::read(registers.slot(2))
            } else {
                0
            };
            let third = if COUNT > 2 {
                u64::read(registers.slot(3))
            } else {
                0
            };
            let destination = registers.slot(0);
            first.write(destination);
            if COUNT > 1 {
                second.write(destination.add(1));
            }
            if COUNT > 2 {
                third.write(destination.add(2));
            }
            registers.next(2)
        }
    }
}

/// Where a move takes its value from.
pub(super) trait Source {
    /// Words that it takes behind word 1.
    const WORDS: usize;

    /// The value in a slot, or the constant in half `half` of word 2.
    unsafe fn get(registers: &Registers, field: usize, half: usize) -> u64;
}

impl Source for Slot {
    const WORDS: usize = 0;

    #[inline(always)]
    unsafe fn get(registers: &Registers, field: usize, _: usize) -> u64 {
        // SAFETY: passed on to the caller.
        unsafe { u64::read(registers.slot(field)) }
    }
}

impl Source for Constant {
    const WORDS: usize = 1;

    #[inline(always)]
    unsafe fn get(registers: &Registers, _: usize, half: usize) -> u64 {
        // SAFETY: passed on to the caller.
        unsafe { u64::from(*registers.ip.add(2).cast::<u32>().add(half)) }
    }
}

/// Two moves, both of which read before they write: to field 0 from field 1, and to field 2 from field 3. The
/// constants are halves of word 2, and at least the second value is one if any is.
pub(super) struct MovePair<A, B>(PhantomData<(A, B)>);

impl<A: Source, B: Source> Instruction for MovePair<A, B> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let (first, second) = (A::get(&registers, 1, 0), B::get(&registers, 3, 1));
            first.write(registers.slot(0));
            second.write(registers.slot(2));
            registers.next(2 + B::WORDS)
        }
    }
}

/// Copies the vector in field 1 to field 0.
pub(super) struct CopyVector;

impl Instruction for CopyVector {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            V128::read(registers.slot(1)).write(registers.slot(0));
            registers.next(2)
        }
    }
}

/// Copies as many slots as field 2 says from field 1 on to field 0 on; the ranges may overlap.
pub(super) struct CopyRange;

impl Instruction for CopyRange {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: both ranges belong to the frame.
        unsafe {
            core::ptr::copy(registers.slot(1), registers.slot(0), registers.field(2));
            registers.next(2)
        }
    }
}

/// Writes the 32 bits of the immediate half-word, zero-extended.
pub(super) struct Constant32;

impl Instruction for Constant32 {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: field 0 is the slot.
        unsafe {
            (registers.immediate() as u64).write(registers.slot(0));
            registers.next(2)
        }
    }
}

/// Writes the 64 bits of word 2.
pub(super) struct Constant64;

impl Instruction for Constant64 {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: field 0 is the slot.
        unsafe {
            registers.word(2).write(registers.slot(0));
            registers.next(3)
        }
    }
}

/// Writes the vector of words 2 and 3.
pub(super) struct ConstantVector;

impl Instruction for ConstantVector {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: field 0 is the first of two slots.
        unsafe {
            V128::immediate(&registers, 2).write(registers.slot(0));
            registers.next(4)
        }
    }
}

/// Zeroes as many slots as the immediate half-word says from field 0 on.
pub(super) struct Zero;

impl Instruction for Zero {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the range belongs to the frame.
        unsafe {
            core::ptr::write_bytes(registers.slot(0), 0, registers.immediate() as usize);
            registers.next(2)
        }
    }
}

/// The distance of an instance's own global from its context.
pub(in crate::interp) fn own_global_offset(own_index: usize) -> usize {
    VmContext::GLOBALS_OFFSET + own_index * size_of::<VmGlobal>()
}

impl Registers {
    /// The own global whose distance from the context is the immediate half-word.
    #[inline(always)]
    unsafe fn own_global(&self) -> *mut u64 {
        // SAFETY: own globals follow the context, and the module has this one.
        unsafe {
            let distance = self.immediate() as usize;
            self.context.cast::<u8>().add(distance).cast()
        }
    }
}

/// Reads an own global, whose distance from the context is the immediate half-word.
pub(super) struct OwnGlobalGet<T>(PhantomData<T>);

impl<T: Scalar> Instruction for OwnGlobalGet<T> {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let address = registers.own_global();
            let value = T::read(address);
            value.write(registers.slot(0));
            value.accumulate(&mut registers);
            registers.next(2)
        }
    }
}

/// Writes field 0 to an own global, whose distance from the context is the immediate half-word.
pub(super) struct OwnGlobalSet<A>(PhantomData<A>);

impl<A: Operand<u64>> Instruction for OwnGlobalSet<A> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: as in `OwnGlobalGet`.
        unsafe {
            let address = registers.own_global();
            A::get_wide(&registers, 0).write(address);
            registers.next(2)
        }
    }
}

/// Adds the 32-bit constant in word 2 to an own global, whose distance from the context is the immediate half-word, and
/// leaves the sum in field 0 as well: how a function takes space from the stack that it has in memory.
pub(super) struct OwnGlobalAdd;

impl Instruction for OwnGlobalAdd {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: as in `OwnGlobalGet`.
        unsafe {
            let address = registers.own_global();
            let sum = u32::read(address).wrapping_add(registers.word(2) as u32);
            sum.write(address);
            Both::put(&mut registers, sum);
            registers.next(3)
        }
    }
}

/// Writes the sum of field 0 and the 32-bit constant in word 2 to an own global, whose distance from the context is the
/// immediate half-word: how a function gives the space back.
pub(super) struct OwnGlobalSetSum;

impl Instruction for OwnGlobalSetSum {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: as in `OwnGlobalGet`.
        unsafe {
            let address = registers.own_global();
            let sum = u32::read(registers.slot(0)).wrapping_add(registers.word(2) as u32);
            sum.write(address);
            registers.next(3)
        }
    }
}

/// Reads any global by its index in the immediate half-word.
pub(super) struct GlobalGet<T>(PhantomData<T>);

impl<T: Value> Instruction for GlobalGet<T> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the module has the global, and the context's array has an entry for each.
        unsafe {
            let global = *(*registers.context)
                .globals
                .add(registers.immediate() as usize);
            T::read((&raw const (*global).slots).cast()).write(registers.slot(0));
            registers.next(2)
        }
    }
}

/// Writes field 0 to any global by its index in the immediate half-word.
pub(super) struct GlobalSet<T>(PhantomData<T>);

impl<T: Value> Instruction for GlobalSet<T> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: as in `GlobalGet`.
        unsafe {
            let global = *(*registers.context)
                .globals
                .add(registers.immediate() as usize);
            T::read(registers.slot(0)).write((&raw mut (*global).slots).cast());
            registers.next(2)
        }
    }
}

/// Writes the reference of a function by its index in the immediate half-word.
pub(super) struct RefFunc;

impl Instruction for RefFunc {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the module has the function, and the context's array has an entry for each.
        unsafe {
            let function = *(*registers.context)
                .functions
                .add(registers.immediate() as usize);
            (function as usize as u64).write(registers.slot(0));
            registers.next(2)
        }
    }
}
