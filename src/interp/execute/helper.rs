//! Instructions that are rare or long: they run in a function of their own.
//!
//! Layouts are described at each helper.
//! Holds: memory 0 is looked up again after every helper, since any of them may have changed it.

use core::marker::PhantomData;

use super::record_failure;
use super::value::Value;
use crate::error::{Error, catch_panic};
use crate::interp::dispatch::{Instruction, Outcome, Registers, Step};
use crate::runtime::layout::VmContext;
use crate::runtime::operations;

/// What a rare instruction does.
pub(super) trait Helper {
    /// Words that the instruction takes.
    const WORDS: usize;

    /// Does it. Only `ip`, `fp` and `context` of `registers` have values.
    unsafe fn execute(registers: &Registers) -> Result<(), Error>;
}

/// An instruction that a helper does.
pub(super) struct HelperInstruction<H>(PhantomData<H>);

impl<H: Helper> Instruction for HelperInstruction<H> {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: passed on to the caller.
        unsafe {
            if !execute::<H>(registers.ip, registers.fp, registers.context) {
                return registers.stop(Outcome::Failed);
            }
            registers.reload_memory();
            registers.next(H::WORDS)
        }
    }
}

/// Does what the helper does, out of the handler's line; leaves an error in the store.
#[inline(never)]
unsafe fn execute<H: Helper>(ip: *const u64, fp: *mut u64, context: *mut VmContext) -> bool {
    let registers = Registers {
        ip,
        fp,
        memory: core::ptr::null_mut(),
        limit: 0,
        context,
        integer: 0,
        float32: 0.0,
        float64: 0.0,
    };
    // Growth asks the embedder's limiter, which may panic.
    // SAFETY: passed on to the caller.
    let outcome = catch_panic(|| unsafe { H::execute(&registers) });
    match outcome {
        Ok(()) => true,
        Err(error) => {
            // SAFETY: passed on to the caller.
            unsafe { record_failure(ip, fp, context, error) };
            false
        }
    }
}

/// Half-word `index` of the word 2, counted in 32 bits.
#[inline(always)]
unsafe fn half(registers: &Registers, index: usize) -> u32 {
    // SAFETY: the caller knows from the instruction's layout that the word exists.
    unsafe { *registers.ip.cast::<u32>().add(4 + index) }
}

macro_rules! helpers {
    ($($(#[$doc:meta])* $name:ident, $words:literal, |$registers:ident| $body:expr;)*) => { $(
        $(#[$doc])*
        pub(super) struct $name;

        impl Helper for $name {
            const WORDS: usize = $words;

            unsafe fn execute($registers: &Registers) -> Result<(), Error> {
                // SAFETY: the layout is as described, and the module has what the instruction names.
                unsafe { $body }
            }
        }
    )* };
}

/// The operand in the slot of field `index`.
macro_rules! operand {
    ($registers:ident, $index:literal) => {
        u64::read($registers.slot($index))
    };
}

helpers! {
    /// Answers that the interrupt flag is raised: goes on if there is no reason to stop.
    Interrupted, 2, |registers| operations::interrupted((*registers.context).store);
    /// `memory.grow`: result, delta; the memory in the immediate half-word.
    MemoryGrow, 2, |registers| {
        let old = operations::memory_grow(
            registers.context, registers.immediate(), operand!(registers, 1))?;
        old.unwrap_or(u64::MAX).write(registers.slot(0));
        Ok(())
    };
    /// `memory.grow` of a memory with 32-bit addresses, whose result is an `i32`.
    MemoryGrow32, 2, |registers| {
        let old = operations::memory_grow(
            registers.context, registers.immediate(), operand!(registers, 1))?;
        old.map_or(u32::MAX, |pages| pages as u32).write(registers.slot(0));
        Ok(())
    };
    /// `memory.fill`: destination, value, length; the memory in word 2.
    MemoryFill, 3, |registers| operations::memory_fill(
        registers.context, half(registers, 0), operand!(registers, 0), operand!(registers, 1) as u8,
        operand!(registers, 2));
    /// `memory.copy`: destination, source, length; the memories in word 2.
    MemoryCopy, 3, |registers| operations::memory_copy(
        registers.context, half(registers, 0), half(registers, 1), operand!(registers, 0),
        operand!(registers, 1), operand!(registers, 2));
    /// `memory.init`: destination, source, length; the memory and the segment in word 2.
    MemoryInit, 3, |registers| operations::memory_init(
        registers.context, half(registers, 0), half(registers, 1), operand!(registers, 0),
        operand!(registers, 1) as u32, operand!(registers, 2) as u32);
    /// `data.drop`: the segment in the immediate half-word.
    DataDrop, 2, |registers| {
        operations::data_drop(registers.context, registers.immediate());
        Ok(())
    };
    /// `table.get`: result, index; the table in the immediate half-word.
    TableGet, 2, |registers| {
        let value = operations::table_get(
            registers.context, registers.immediate(), operand!(registers, 1))?;
        value.write(registers.slot(0));
        Ok(())
    };
    /// `table.set`: index, value; the table in the immediate half-word.
    TableSet, 2, |registers| operations::table_set(
        registers.context, registers.immediate(), operand!(registers, 0), operand!(registers, 1));
    /// `table.size`: result; the table in the immediate half-word.
    TableSize, 2, |registers| {
        let table = *(*registers.context).tables.add(registers.immediate() as usize);
        ((*table).size as u64).write(registers.slot(0));
        Ok(())
    };
    /// `table.grow`: result, initial value, delta; the table in word 2.
    TableGrow, 3, |registers| {
        let old = operations::table_grow(
            registers.context, half(registers, 0), operand!(registers, 1), operand!(registers, 2))?;
        old.unwrap_or(u64::MAX).write(registers.slot(0));
        Ok(())
    };
    /// `table.grow` of a table with 32-bit indices, whose result is an `i32`.
    TableGrow32, 3, |registers| {
        let old = operations::table_grow(
            registers.context, half(registers, 0), operand!(registers, 1), operand!(registers, 2))?;
        old.map_or(u32::MAX, |elements| elements as u32).write(registers.slot(0));
        Ok(())
    };
    /// `table.fill`: index, value, length; the table in word 2.
    TableFill, 3, |registers| operations::table_fill(
        registers.context, half(registers, 0), operand!(registers, 0), operand!(registers, 1),
        operand!(registers, 2));
    /// `table.copy`: destination, source, length; the tables in word 2.
    TableCopy, 3, |registers| operations::table_copy(
        registers.context, half(registers, 0), half(registers, 1), operand!(registers, 0),
        operand!(registers, 1), operand!(registers, 2));
    /// `table.init`: destination, source, length; the table and the segment in word 2.
    TableInit, 3, |registers| operations::table_init(
        registers.context, half(registers, 0), half(registers, 1), operand!(registers, 0),
        operand!(registers, 1) as u32, operand!(registers, 2) as u32);
    /// `elem.drop`: the segment in the immediate half-word.
    ElemDrop, 2, |registers| {
        operations::elem_drop(registers.context, registers.immediate());
        Ok(())
    };
}
