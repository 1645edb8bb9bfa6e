//! Loads and stores.
//!
//! Layouts: a load has the result in field 0 and the address in field 1; a store has the address in
//! field 0 and the value in field 1, or in word 2 if it is a constant. The offset is the immediate
//! half-word. These instructions access memory 0 by 32-bit addresses; `Far*` instructions access any
//! memory by any address and have the offset in word 2 and the memory's index in word 3.
//!
//! Bounds: an address below `fast_limit` needs no further check for up to 16 bytes. Only above it the
//! exact check is made, in a handler of its own. The sum of address and offset is computed once, in
//! 64 bits, and the sum that is checked is the one that is accessed.

use core::marker::PhantomData;
use core::mem::size_of;

use super::cold;
use super::operators::{Binary, LittleEndian, Load, LoadLane, Store, StoreLane};
use super::value::{Both, Destination, Operand, Scalar, Value};
use crate::interp::dispatch::{Instruction, Registers, Step};
use crate::wasm::simd::V128;
use crate::wasm::trap::Trap;

/// An address of memory 0 that is a constant: the offset alone.
pub(super) struct NoAddress;

impl Operand<u32> for NoAddress {
    const WORDS: usize = 0;

    #[inline(always)]
    unsafe fn get(_: &Registers, _: usize) -> u32 {
        0
    }

    #[inline(always)]
    unsafe fn get_wide(_: &Registers, _: usize) -> u32 {
        0
    }
}

/// How an instruction finds its address in memory 0.
pub(super) trait Address {
    /// How long the instruction is.
    type Length: Length;

    /// The address with the offset.
    unsafe fn effective(registers: &Registers, field: usize) -> u64;
}

/// How long an instruction is, without a constant value to store.
pub(super) trait Length {
    /// The number of words.
    const WORDS: usize;
}

/// Two words.
pub(super) struct Two;
/// Three words.
pub(super) struct Three;

impl Length for Two {
    const WORDS: usize = 2;
}

impl Length for Three {
    const WORDS: usize = 3;
}

impl<A: Operand<u32>> Address for A {
    type Length = Two;

    #[inline(always)]
    unsafe fn effective(registers: &Registers, field: usize) -> u64 {
        // SAFETY: the layout is as the file's head says.
        unsafe { A::get_wide(registers, field) as u64 + registers.immediate() as u64 }
    }
}

/// An address that is a base and a scaled index, with the wrap of `i32.add` and `i32.shl`: the base
/// in the field, the index in field 2, the number of bits in field 3, and the offset in word 2.
pub(super) struct Indexed;

impl Address for Indexed {
    type Length = Three;

    #[inline(always)]
    unsafe fn effective(registers: &Registers, field: usize) -> u64 {
        // SAFETY: the layout is as above.
        unsafe {
            let base = u32::read(registers.slot(field));
            let index = u32::read(registers.slot(2));
            let address = base.wrapping_add(index.wrapping_shl(registers.field(3) as u32));
            address as u64 + registers.word(2)
        }
    }
}

/// An address that is a base in the field and a constant in the immediate half-word, with the wrap of `i32.add`; the
/// offset is in word 2.
pub(super) struct Displaced;

impl Address for Displaced {
    type Length = Three;

    #[inline(always)]
    unsafe fn effective(registers: &Registers, field: usize) -> u64 {
        // SAFETY: the layout is as above.
        unsafe {
            let base = u32::read(registers.slot(field));
            base.wrapping_add(registers.immediate()) as u64 + registers.word(2)
        }
    }
}

/// Whether `width` bytes at `address` lie in memory 0.
#[inline(always)]
unsafe fn is_within(registers: &Registers, address: u64, width: usize) -> bool {
    // SAFETY: the context is an instance's, whose memory record stays where it is.
    let size_bytes = unsafe { (*(*registers.context).memory0).size_bytes } as u64;
    // The address is a sum of two 32-bit numbers, so that this one does not overflow.
    address + width as u64 <= size_bytes
}

/// Goes on with a handler that makes the exact check, and finds the address in place of the limit: so it need not
/// know how the address was found.
#[inline(always)]
unsafe fn go_slow<I: Instruction>(mut registers: Registers, address: u64) -> Step {
    cold();
    // What has no place is out of bounds.
    registers.limit = usize::try_from(address).unwrap_or(usize::MAX);
    // SAFETY: passed on to the caller.
    unsafe { registers.go::<I>() }
}

/// The address that [`go_slow`] gives, if `width` bytes lie there.
#[inline(always)]
unsafe fn slow_address(registers: &mut Registers, width: usize) -> Option<*mut u8> {
    let address = registers.limit;
    // SAFETY: the address is given to be accessed only if it lies in the memory.
    unsafe {
        registers.reload_memory();
        is_within(registers, address as u64, width).then(|| registers.memory.add(address))
    }
}

/// A load that leaves a scalar.
pub(super) struct LoadInstruction<O, A, D>(PhantomData<(O, A, D)>);
/// The same at an address that needs the exact check.
struct SlowLoad<O, L, D>(PhantomData<(O, L, D)>);

impl<O: Load<Result: Scalar>, A: Address, D: Destination> Instruction for LoadInstruction<O, A, D> {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the address is checked before the access.
        unsafe {
            let address = A::effective(&registers, 1);
            if address >= registers.limit as u64 {
                return go_slow::<SlowLoad<O, A::Length, D>>(registers, address);
            }
            let value = O::Memory::read_memory(registers.memory.add(address as usize));
            D::put(&mut registers, O::convert(value));
            registers.next(A::Length::WORDS)
        }
    }
}

impl<O: Load<Result: Scalar>, L: Length, D: Destination> Instruction for SlowLoad<O, L, D> {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the address was checked.
        unsafe {
            let Some(address) = slow_address(&mut registers, size_of::<O::Memory>()) else {
                return registers.fail(Trap::MemoryOutOfBounds);
            };
            D::put(&mut registers, O::convert(O::Memory::read_memory(address)));
            registers.next(L::WORDS)
        }
    }
}

/// A store of a scalar.
pub(super) struct StoreInstruction<O, A, V>(PhantomData<(O, A, V)>);
/// The same at an address that needs the exact check.
struct SlowStore<O, L, V>(PhantomData<(O, L, V)>);

impl<O, A, V> Instruction for StoreInstruction<O, A, V>
where
    O: Store<Operand: Scalar>,
    A: Address,
    V: super::control::ComparedOperand<O::Operand>,
{
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the address is checked before the access.
        unsafe {
            let address = A::effective(&registers, 0);
            if address >= registers.limit as u64 {
                return go_slow::<SlowStore<O, A::Length, V>>(registers, address);
            }
            let value = V::second(&registers, registers.field(1), 2);
            O::convert(value).write_memory(registers.memory.add(address as usize));
            registers.next(A::Length::WORDS + V::WORDS)
        }
    }
}

impl<O, L, V> Instruction for SlowStore<O, L, V>
where
    O: Store<Operand: Scalar>,
    L: Length,
    V: super::control::ComparedOperand<O::Operand>,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the address was checked.
        unsafe {
            let Some(address) = slow_address(&mut registers, size_of::<O::Memory>()) else {
                return registers.fail(Trap::MemoryOutOfBounds);
            };
            let value = V::second(&registers, registers.field(1), 2);
            O::convert(value).write_memory(address);
            registers.next(L::WORDS + V::WORDS)
        }
    }
}

/// An operator whose right operand is loaded: field 0 is the result, field 1 the left operand, field 2
/// the address; the offset is in word 2.
pub(super) struct BinaryLoad<O, L>(PhantomData<(O, L)>);

impl<O, L> Instruction for BinaryLoad<O, L>
where
    O: Binary<Left: Scalar, Result: Scalar>,
    L: Load<Result = O::Right>,
{
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the address is checked before the access.
        unsafe {
            let address = u32::read(registers.slot(2)) as u64 + registers.word(2);
            if address >= registers.limit as u64
                && !is_within(&registers, address, size_of::<L::Memory>())
            {
                return registers.fail(Trap::MemoryOutOfBounds);
            }
            let right = L::convert(L::Memory::read_memory(
                registers.memory.add(address as usize),
            ));
            let left = O::Left::read(registers.slot(1));
            Both::put(&mut registers, O::evaluate(left, right));
            registers.next(3)
        }
    }
}

/// A load whose value is stored at once: the address to store at in field 0, that to load from in field 1; the
/// halves of word 2 are the offsets, in the same order.
pub(super) struct LoadStore<T>(PhantomData<T>);

impl<T: LittleEndian> Instruction for LoadStore<T> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: each address is checked before the access, that of the load first.
        unsafe {
            let offsets = registers.ip.add(2).cast::<u32>();
            let from = u32::read(registers.slot(1)) as u64 + *offsets.add(1) as u64;
            let to = u32::read(registers.slot(0)) as u64 + *offsets as u64;
            if from >= registers.limit as u64 && !is_within(&registers, from, size_of::<T>())
                || to >= registers.limit as u64 && !is_within(&registers, to, size_of::<T>())
            {
                return registers.fail(Trap::MemoryOutOfBounds);
            }
            let value = T::read_memory(registers.memory.add(from as usize));
            value.write_memory(registers.memory.add(to as usize));
            registers.next(3)
        }
    }
}

/// The address of `width` bytes at `offset` behind the 64-bit address in slot `field`, in the memory
/// that word 3 names, if they lie in it.
#[inline(always)]
unsafe fn far_address(registers: &Registers, field: usize, width: usize) -> Option<*mut u8> {
    // SAFETY: the module has the memory, and the context's array has an entry for each. The sum is
    // checked before it is used.
    unsafe {
        let memory = *(*registers.context)
            .memories
            .add(registers.word(3) as u32 as usize);
        let address = u64::read(registers.slot(field)).checked_add(registers.word(2))?;
        let end = address.checked_add(width as u64)?;
        if end > (*memory).size_bytes as u64 {
            return None;
        }
        Some((*memory).base.add(address as usize))
    }
}

/// A load from any memory.
pub(super) struct FarLoad<O>(PhantomData<O>);

impl<O: Load<Result: Value>> Instruction for FarLoad<O> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the address is checked before the access.
        unsafe {
            match far_address(&registers, 1, size_of::<O::Memory>()) {
                Some(address) => {
                    O::convert(O::Memory::read_memory(address)).write(registers.slot(0));
                    registers.next(4)
                }
                None => registers.fail(Trap::MemoryOutOfBounds),
            }
        }
    }
}

/// A store to any memory.
pub(super) struct FarStore<O>(PhantomData<O>);

impl<O: Store<Operand: Value>> Instruction for FarStore<O> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the address is checked before the access.
        unsafe {
            match far_address(&registers, 0, size_of::<O::Memory>()) {
                Some(address) => {
                    O::convert(O::Operand::read(registers.slot(1))).write_memory(address);
                    registers.next(4)
                }
                None => registers.fail(Trap::MemoryOutOfBounds),
            }
        }
    }
}

/// A load of a vector from memory 0.
pub(super) struct VectorLoad<O>(PhantomData<O>);

impl<O: Load<Result = V128>> Instruction for VectorLoad<O> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the address is checked before the access.
        unsafe {
            let address = u32::read(registers.slot(1)) as u64 + registers.immediate() as u64;
            if address >= registers.limit as u64
                && !is_within(&registers, address, size_of::<O::Memory>())
            {
                return registers.fail(Trap::MemoryOutOfBounds);
            }
            let value = O::Memory::read_memory(registers.memory.add(address as usize));
            O::convert(value).write(registers.slot(0));
            registers.next(2)
        }
    }
}

/// A store of a vector to memory 0.
pub(super) struct VectorStore<O>(PhantomData<O>);

impl<O: Store<Operand = V128>> Instruction for VectorStore<O> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the address is checked before the access.
        unsafe {
            let address = u32::read(registers.slot(0)) as u64 + registers.immediate() as u64;
            if address >= registers.limit as u64
                && !is_within(&registers, address, size_of::<O::Memory>())
            {
                return registers.fail(Trap::MemoryOutOfBounds);
            }
            let value = V128::read(registers.slot(1));
            O::convert(value).write_memory(registers.memory.add(address as usize));
            registers.next(2)
        }
    }
}

/// A load of one lane from any memory: the vector in field 2, the lane in field 3.
pub(super) struct LoadLaneInstruction<O>(PhantomData<O>);

impl<O: LoadLane> Instruction for LoadLaneInstruction<O> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the address is checked before the access.
        unsafe {
            match far_address(&registers, 1, size_of::<O::Memory>()) {
                Some(address) => {
                    let vector = V128::read(registers.slot(2));
                    let lane = registers.field(3) as u8;
                    O::replace(vector, O::Memory::read_memory(address), lane)
                        .write(registers.slot(0));
                    registers.next(4)
                }
                None => registers.fail(Trap::MemoryOutOfBounds),
            }
        }
    }
}

/// A store of one lane to any memory: the vector in field 1, the lane in field 2.
pub(super) struct StoreLaneInstruction<O>(PhantomData<O>);

impl<O: StoreLane> Instruction for StoreLaneInstruction<O> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the address is checked before the access.
        unsafe {
            match far_address(&registers, 0, size_of::<O::Memory>()) {
                Some(address) => {
                    let vector = V128::read(registers.slot(1));
                    O::extract(vector, registers.field(2) as u8).write_memory(address);
                    registers.next(4)
                }
                None => registers.fail(Trap::MemoryOutOfBounds),
            }
        }
    }
}

/// `memory.size` of the memory in the immediate half-word.
pub(super) struct MemorySize;

impl Instruction for MemorySize {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the module has the memory, and the context's array has an entry for each.
        unsafe {
            let memory = *(*registers.context)
                .memories
                .add(registers.immediate() as usize);
            ((*memory).size_bytes as u64 >> 16).write(registers.slot(0));
            registers.next(2)
        }
    }
}
