//! The allocation of registers, the same for every processor.
//!
//! Input: a [`MachineFunction`] and the [`RegisterFile`] of its processor. Output: an [`Allocation`]; in the
//! function itself, operands of commutative instructions may have changed places.
//! Holds: time and memory are linear in instructions, operands, edges' arguments and the sum over blocks of the
//! values that are live into them; nothing depends on anything but the input.
//!
//! 1. `liveness` walks backward once: when each value is used next, and which register would suit it.
//! 2. `walk` goes forward once and decides in which register each value is, instruction by instruction
//!    (`instruction`) and where blocks begin (`entry`). A value that has to leave its register is stored once in its
//!    life: behind its definition, or where it leaves first if that is executed less often.
//! 3. `slots` gives the stored values their words in the frame.
//! 4. `edges` brings the values from where one block leaves them to where the next one wants them, and puts all
//!    edits in order; `transfers` does several moves at once.

// Builds with assertions check what the allocator leaves, and tests in every build.
#[cfg(any(test, debug_assertions))]
pub(crate) mod checker;
mod edges;
mod entry;
mod instruction;
mod liveness;
pub(crate) mod print;
mod slots;
mod transfers;
mod values;
mod walk;

#[cfg(test)]
mod tests;

use super::machine::{Allocation, InstructionFlags, MachineFunction, RegisterFile};

/// Why a function was not allocated.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Error {
    /// An instruction needs more registers at once than there are, or the same one twice. Its number.
    OutOfRegisters(u32),
    /// The function has too many instructions, or too many values are live across too many blocks.
    TooLarge,
}

/// Working memory, kept from function to function.
#[derive(Default)]
pub(crate) struct Scratch {
    liveness: liveness::Liveness,
    values: values::Values,
    walk: walk::Memory,
    slots: slots::Memory,
    edges: edges::Memory,
}

/// Chooses where every operand is, and what has to be moved when. What `out` held before is gone.
pub(crate) fn allocate(
    function: &mut MachineFunction,
    file: &RegisterFile,
    scratch: &mut Scratch,
    out: &mut Allocation,
) -> Result<(), Error> {
    out.clear(function.operands.len());
    scratch.values.reset(function.kinds.len());
    scratch.liveness.compute(function, &mut scratch.values)?;
    let calls = |block: u32| {
        let range = function.blocks[block as usize].instructions.clone();
        let instructions = &function.instructions[range.start as usize..range.end as usize];
        let mut flags = instructions.iter().map(|instruction| instruction.flags);
        flags.any(|flags| flags.has(InstructionFlags::CALL))
    };
    out.frameless.find(function, calls);
    walk::run(function, file, scratch, out)?;
    let memory = &mut scratch.walk;
    slots::share(
        function,
        &scratch.values,
        &memory.in_frame,
        &mut memory.spilled,
    );
    out.frame_words = slots::assign(&mut scratch.walk.spilled, &mut scratch.slots);
    edges::finish(function, file, scratch, out);
    Ok(())
}

impl Allocation {
    fn clear(&mut self, operands: usize) {
        self.locations.clear();
        self.locations
            .resize(operands, super::machine::Location::NONE);
        self.edits.clear();
        self.splits.clear();
        self.split_transfers.clear();
        self.frame_words = 0;
        self.written = 0;
        self.frameless.none();
    }
}
