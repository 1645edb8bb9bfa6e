//! Dispatch by jumps: each handler ends in a jump to the next one.
//!
//! Holds: a handler has six integer and two floating-point parameters, all in registers (on x86-64
//! by the System V convention on every system, with the integer accumulator in `rcx`, where shift
//! counts are), so that a call in tail position needs no stack.

use super::{DISTANCE_BIAS, Instruction, Outcome, Registers};
use crate::runtime::layout::{CodeWord, VmContext};

/// What an instruction leaves: what the next handler leaves.
pub(in crate::interp) type Step = Outcome;

macro_rules! with_convention {
    ($convention:literal) => {
        /// The code of an instruction.
        pub(in crate::interp) type Handler = unsafe extern $convention fn(
            *const CodeWord,
            *mut u64,
            *mut u8,
            u64,
            *mut VmContext,
            usize,
            f32,
            f64,
        ) -> Outcome;

        /// The handler of `I`. It is never part of another one, which would need its stack.
        #[inline(never)]
        pub(in crate::interp) unsafe extern $convention fn handler<I: Instruction>(
            ip: *const CodeWord,
            fp: *mut u64,
            memory: *mut u8,
            integer: u64,
            context: *mut VmContext,
            limit: usize,
            float32: f32,
            float64: f64,
        ) -> Outcome {
            // SAFETY: passed on to the caller.
            unsafe { I::execute(Registers { ip, fp, memory, limit, context, integer, float32, float64 }) }
        }
    };
}

#[cfg(target_arch = "x86_64")]
with_convention!("sysv64");
#[cfg(not(target_arch = "x86_64"))]
with_convention!("C");

impl Registers {
    /// Goes on with the instruction at `ip`.
    #[inline(always)]
    pub(in crate::interp) unsafe fn dispatch(self) -> Step {
        // SAFETY: an instruction's first word is the address of a handler, written by `opcode_word`.
        unsafe {
            let next = core::mem::transmute::<usize, Handler>(*self.ip as usize);
            next(
                self.ip,
                self.fp,
                self.memory,
                self.integer,
                self.context,
                self.limit,
                self.float32,
                self.float64,
            )
        }
    }

    /// Continues in the handler of `I` with the same instruction: how handlers reach their rare paths
    /// without keeping anything on the stack.
    #[inline(always)]
    pub(in crate::interp) unsafe fn go<I: Instruction>(self) -> Step {
        // SAFETY: passed on to the caller.
        unsafe {
            handler::<I>(
                self.ip,
                self.fp,
                self.memory,
                self.integer,
                self.context,
                self.limit,
                self.float32,
                self.float64,
            )
        }
    }

    /// Comes back from running code.
    #[inline(always)]
    pub(in crate::interp) fn stop(self, outcome: Outcome) -> Step {
        // Where the optimizer sees that a handler has only one outcome, those that end in a jump to it call it instead,
        // and leave that outcome themselves.
        core::hint::black_box(outcome)
    }
}

/// What the distance of a branch at `ip` is added to.
#[inline(always)]
pub(super) fn distance_base(ip: *const CodeWord) -> *const CodeWord {
    let base = ip.wrapping_byte_sub(DISTANCE_BIAS);
    #[cfg(target_arch = "x86_64")]
    let base = opaque(base);
    base
}

/// The address itself, of which the code generator does not know where it comes from. Otherwise it adds the distance
/// first and the bias to the sum, and everything behind the branch waits for one more instruction.
#[cfg(target_arch = "x86_64")]
#[allow(
    clippy::pointers_in_nomem_asm_block,
    reason = "nothing is read or written"
)]
#[inline(always)]
fn opaque(mut address: *const CodeWord) -> *const CodeWord {
    // SAFETY: there is no instruction, and the register keeps its value.
    unsafe {
        core::arch::asm!(
            "/* {0} */",
            inout(reg) address,
            options(pure, nomem, nostack, preserves_flags),
        );
    }
    address
}

/// Runs until the code comes back.
///
/// # Safety
/// As for [`Instruction::execute`] with the instruction at `registers.ip`.
pub(in crate::interp) unsafe fn run(registers: Registers) -> Outcome {
    // SAFETY: passed on to the caller.
    unsafe { registers.dispatch() }
}
