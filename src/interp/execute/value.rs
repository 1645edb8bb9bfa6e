//! Values in slots and accumulators, and where an instruction finds its operands.
//!
//! Holds: an `i32` in a slot or in the accumulator is zero-extended; a vector takes two slots, low
//! half first, and never lives in an accumulator.

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
use core::arch::x86_64::{__m128i, _mm_storeu_si128};

use crate::interp::dispatch::Registers;
use crate::wasm::simd::V128;

/// A value that slots hold.
pub(super) trait Value: Copy {
    /// Words that a constant of the type takes behind the second word of an instruction whose
    /// immediate half-word is free.
    const IMMEDIATE_WORDS: usize;

    /// Reads the value in the slot at `slot`.
    unsafe fn read(slot: *const u64) -> Self;

    /// Writes the value to the slot at `slot`.
    unsafe fn write(self, slot: *mut u64);

    /// Leaves the value in the slot that field 0 names and, if it is a scalar, in the accumulator of its class.
    unsafe fn leave(self, registers: &mut Registers);

    /// The value of an instruction's constant, in the immediate half-word or in word `index`.
    unsafe fn immediate(registers: &Registers, index: usize) -> Self;
}

/// A value that an accumulator can hold, which are all but vectors.
pub(super) trait Scalar: Value {
    /// Whether a comparison that does not hold is one that holds, which it is not for not-a-numbers.
    const IS_INTEGER: bool;

    /// The value in the accumulator of its class.
    fn accumulator(registers: &Registers) -> Self;

    /// Puts the value into the accumulator of its class.
    fn accumulate(self, registers: &mut Registers);

    /// The value of a slot's bits.
    fn from_bits(bits: u64) -> Self;
}

macro_rules! is_integer {
    (integer) => {
        true
    };
    ($float:ident) => {
        false
    };
}

macro_rules! values {
    ($($ty:ident, $words:literal, $class:ident,
        |$bits:ident| $from:expr, |$value:ident| $to:expr,
        |$held:ident| $get:expr, |$new:ident| $set:expr;)*) => { $(
        impl Value for $ty {
            const IMMEDIATE_WORDS: usize = $words;

            #[inline(always)]
            unsafe fn read(slot: *const u64) -> $ty {
                // SAFETY: the caller gives the address of a slot.
                let $bits = unsafe { *slot };
                $from
            }

            #[inline(always)]
            unsafe fn write(self, slot: *mut u64) {
                let $value = self;
                // SAFETY: the caller gives the address of a slot.
                unsafe { *slot = $to }
            }

            #[inline(always)]
            unsafe fn leave(self, registers: &mut Registers) {
                // SAFETY: passed on to the caller.
                unsafe { Both::put(registers, self) }
            }

            #[inline(always)]
            unsafe fn immediate(registers: &Registers, index: usize) -> $ty {
                // SAFETY: the caller knows from the instruction's layout where the constant stands.
                let $bits = unsafe {
                    if $words == 0 { registers.immediate() as u64 } else { registers.word(index) }
                };
                $from
            }
        }

        impl Scalar for $ty {
            const IS_INTEGER: bool = is_integer!($class);

            #[inline(always)]
            fn accumulator(registers: &Registers) -> $ty {
                let $held = registers.$class;
                $get
            }

            #[inline(always)]
            fn accumulate(self, registers: &mut Registers) {
                let $new = self;
                registers.$class = $set;
            }

            #[inline(always)]
            fn from_bits($bits: u64) -> $ty {
                $from
            }
        }
    )* };
}

values! {
    u32, 0, integer, |bits| bits as u32, |value| value as u64, |held| held as u32, |new| new as u64;
    u64, 1, integer, |bits| bits, |value| value, |held| held, |new| new;
    bool, 0, integer, |bits| bits as u32 != 0, |value| value as u64, |held| held as u32 != 0, |new| new as u64;
    f32, 0, float32, |bits| f32::from_bits(bits as u32), |value| value.to_bits() as u64, |held| held, |new| new;
    f64, 1, float64, |bits| f64::from_bits(bits), |value| value.to_bits(), |held| held, |new| new;
}

impl Value for V128 {
    const IMMEDIATE_WORDS: usize = 2;

    // A processor hands a value that was just stored to a load only if one store wrote all of it: so a vector
    // is read and written as a whole.
    #[inline(always)]
    unsafe fn read(slot: *const u64) -> V128 {
        // SAFETY: the caller gives the address of the first of two slots.
        unsafe { from_slots(slot.cast::<V128>().read()) }
    }

    #[inline(always)]
    unsafe fn write(self, slot: *mut u64) {
        let value = from_slots(self);
        // SAFETY: the caller gives the address of the first of two slots.
        unsafe {
            #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
            _mm_storeu_si128(slot.cast(), core::mem::transmute::<V128, __m128i>(value));
            #[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
            slot.cast::<V128>().write(value);
        }
    }

    #[inline(always)]
    unsafe fn leave(self, registers: &mut Registers) {
        // SAFETY: passed on to the caller.
        unsafe { self.write(registers.slot(0)) }
    }

    #[inline(always)]
    unsafe fn immediate(registers: &Registers, index: usize) -> V128 {
        // SAFETY: the caller knows from the instruction's layout where the constant stands.
        unsafe { V128::read(registers.ip.add(index)) }
    }
}

/// The bytes of a vector between their order in memories and that in slots, in either direction: a slot is a
/// number of 64 bits with the processor's order of bytes.
#[inline(always)]
fn from_slots(vector: V128) -> V128 {
    if cfg!(target_endian = "little") {
        return vector;
    }
    let bits = vector.to_u128();
    V128::from_u128(
        u128::from((bits as u64).swap_bytes())
            | u128::from(((bits >> 64) as u64).swap_bytes()) << 64,
    )
}

/// Where an instruction finds an operand of type `T`.
pub(super) trait Operand<T> {
    /// Words that the operand takes behind the second word, in instructions whose immediate half-word
    /// is free for it.
    const WORDS: usize;

    /// The operand's value. `field` is the field that names its slot.
    unsafe fn get(registers: &Registers, field: usize) -> T;

    /// The same for an instruction that uses the immediate half-word for something else; a constant
    /// stands in word 2, whatever its type.
    unsafe fn get_wide(registers: &Registers, field: usize) -> T;
}

/// An operand in a slot.
pub(super) struct Slot;
/// An operand in the accumulator of its class.
pub(super) struct Accumulator;
/// A constant operand.
pub(super) struct Constant;

impl<T: Value> Operand<T> for Slot {
    const WORDS: usize = 0;

    #[inline(always)]
    unsafe fn get(registers: &Registers, field: usize) -> T {
        // SAFETY: the instruction's layout has the field.
        unsafe { T::read(registers.slot(field)) }
    }

    #[inline(always)]
    unsafe fn get_wide(registers: &Registers, field: usize) -> T {
        // SAFETY: as in `get`.
        unsafe { T::read(registers.slot(field)) }
    }
}

impl<T: Scalar> Operand<T> for Accumulator {
    const WORDS: usize = 0;

    #[inline(always)]
    unsafe fn get(registers: &Registers, _: usize) -> T {
        T::accumulator(registers)
    }

    #[inline(always)]
    unsafe fn get_wide(registers: &Registers, _: usize) -> T {
        T::accumulator(registers)
    }
}

impl<T: Scalar> Operand<T> for Constant {
    const WORDS: usize = T::IMMEDIATE_WORDS;

    #[inline(always)]
    unsafe fn get(registers: &Registers, _: usize) -> T {
        // SAFETY: the instruction's layout has the constant.
        unsafe { T::immediate(registers, 2) }
    }

    #[inline(always)]
    unsafe fn get_wide(registers: &Registers, _: usize) -> T {
        // SAFETY: the instruction's layout has the constant.
        T::from_bits(unsafe { registers.word(2) })
    }
}

/// Where an instruction leaves its result.
pub(super) trait Destination {
    /// Leaves `value`, naming the slot by field 0.
    unsafe fn put<T: Scalar>(registers: &mut Registers, value: T);
}

/// The result goes to its slot and to the accumulator.
pub(super) struct Both;
/// The result goes to the accumulator only: the next instruction is its only user.
pub(super) struct OnlyAccumulator;

impl Destination for Both {
    #[inline(always)]
    unsafe fn put<T: Scalar>(registers: &mut Registers, value: T) {
        // SAFETY: field 0 of an instruction with a result names its slot.
        unsafe { value.write(registers.slot(0)) };
        value.accumulate(registers);
    }
}

impl Destination for OnlyAccumulator {
    #[inline(always)]
    unsafe fn put<T: Scalar>(registers: &mut Registers, value: T) {
        value.accumulate(registers);
    }
}
