//! Dispatch by a loop, for builds in which calls in tail position take stack.
//!
//! Holds: a handler returns the registers to the loop, which calls the next one.

use super::{DISTANCE_BIAS, Instruction, Outcome, Registers};
use crate::runtime::layout::CodeWord;

/// What an instruction leaves.
pub(in crate::interp) struct Step {
    registers: Registers,
    outcome: Outcome,
}

/// The code of an instruction.
pub(in crate::interp) type Handler = unsafe fn(Registers) -> Step;

/// The handler of `I`.
pub(in crate::interp) unsafe fn handler<I: Instruction>(registers: Registers) -> Step {
    // SAFETY: passed on to the caller.
    unsafe { I::execute(registers) }
}

impl Registers {
    /// Goes on with the instruction at `ip`.
    #[inline(always)]
    pub(in crate::interp) unsafe fn dispatch(self) -> Step {
        Step {
            registers: self,
            outcome: Outcome::Continue,
        }
    }

    /// Continues in the handler of `I` with the same instruction.
    #[inline(always)]
    pub(in crate::interp) unsafe fn go<I: Instruction>(self) -> Step {
        // SAFETY: passed on to the caller.
        unsafe { I::execute(self) }
    }

    /// Comes back from running code.
    #[inline(always)]
    pub(in crate::interp) fn stop(self, outcome: Outcome) -> Step {
        Step {
            registers: self,
            outcome,
        }
    }
}

/// What the distance of a branch at `ip` is added to.
#[inline(always)]
pub(super) fn distance_base(ip: *const CodeWord) -> *const CodeWord {
    ip.wrapping_byte_sub(DISTANCE_BIAS)
}

/// Runs until the code comes back.
///
/// # Safety
/// As for [`Instruction::execute`] with the instruction at `registers.ip`.
pub(in crate::interp) unsafe fn run(mut registers: Registers) -> Outcome {
    loop {
        // SAFETY: an instruction's first word is the address of a handler, written by `opcode_word`,
        // and each step leaves `ip` at the next instruction.
        let step = unsafe {
            let next = core::ptr::with_exposed_provenance::<()>(*registers.ip as usize);
            let next = core::mem::transmute::<*const (), Handler>(next);
            next(registers)
        };
        if step.outcome != Outcome::Continue {
            return step.outcome;
        }
        registers = step.registers;
    }
}
