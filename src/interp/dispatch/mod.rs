//! How one instruction of register code leads to the next.
//!
//! Input: register code, whose instructions begin with their handler's address. Output: [`run`].
//! Holds: every handler is an expansion of [`handler`] over an [`Instruction`], so that the two ways
//! of passing control, jumps and the portable loop, share all of what instructions do.
//!
//! A handler that jumps must end in a tail call, which stable Rust does not promise but the code
//! generator gives at optimization levels 2 and 3, as long as nothing in the handler is dropped or
//! has its address taken. Elsewhere the loop in `portable.rs` calls one handler after the other.

#[cfg(all(wazir_jump_dispatch, not(debug_assertions)))]
mod jump;
#[cfg(all(wazir_jump_dispatch, not(debug_assertions)))]
use jump::distance_base;
#[cfg(all(wazir_jump_dispatch, not(debug_assertions)))]
pub(super) use jump::{Handler, Step, handler, run};

#[cfg(not(all(wazir_jump_dispatch, not(debug_assertions))))]
mod portable;
#[cfg(not(all(wazir_jump_dispatch, not(debug_assertions))))]
use portable::distance_base;
#[cfg(not(all(wazir_jump_dispatch, not(debug_assertions))))]
pub(super) use portable::{Handler, Step, handler, run};

use crate::runtime::layout::{CodeWord, VmContext};

/// Why running code came back.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Outcome {
    /// The outermost function returned.
    Done = 0,
    /// `VmStore::pending_error` says why.
    Failed = 1,
    /// Fuel ran out before the instruction at `VmStore::exit`, which can be run again.
    OutOfFuel = 2,
    /// The loop goes on; never seen outside of it.
    #[cfg(not(all(wazir_jump_dispatch, not(debug_assertions))))]
    Continue = 3,
}

/// The interpreter's registers. With jumps each one lives in a register of the processor.
#[derive(Copy, Clone)]
pub(super) struct Registers {
    /// The instruction.
    pub(super) ip: *const CodeWord,
    /// The frame: as many slots below those that the call saves as [`FRAME_BIAS`] says, so that these are always at the
    /// same distance, and slots before and behind them have numbers that are not negative.
    pub(super) fp: *mut u64,
    /// The first byte of memory 0.
    pub(super) memory: *mut u8,
    /// `VmMemory::fast_limit` of memory 0.
    pub(super) limit: usize,
    /// The context of the running instance.
    pub(super) context: *mut VmContext,
    /// The integer accumulator: an `i32` is zero-extended.
    pub(super) integer: u64,
    /// The accumulator for 32-bit floating-point numbers.
    pub(super) float32: f32,
    /// The accumulator for 64-bit floating-point numbers.
    pub(super) float64: f64,
}

/// The number of the first slot that calls save. Slots before it are parameters or results, of which a function has
/// a thousand at most, of two slots each.
pub(super) const FRAME_BIAS: usize = 2048;

/// What is added to the distances of branches, so that they are not negative.
const DISTANCE_BIAS: usize = 1 << 31;

/// The distance of a branch from word `from` to word `to` of its function, as its instruction has it: in bytes and not
/// negative. What follows waits for the sum of the instruction pointer and the distance, and an extension of the sign
/// or a scaling would take one cycle more each.
pub(super) fn branch_distance(from: u32, to: u32) -> u32 {
    let words = to.wrapping_sub(from);
    words
        .wrapping_mul(size_of::<CodeWord>() as u32)
        .wrapping_add(DISTANCE_BIAS as u32)
}

/// What an instruction does.
pub(super) trait Instruction {
    /// Executes the instruction at `registers.ip` and passes control on.
    ///
    /// # Safety
    /// `registers.ip` points to an instruction with this handler in code that the translator made
    /// for the function whose frame `registers.fp` is, in the context `registers.context`.
    unsafe fn execute(registers: Registers) -> Step;
}

/// The word that begins an instruction with the handler of `I`.
pub(super) fn opcode_word<I: Instruction>() -> CodeWord {
    handler_word(handler::<I>)
}

/// The word that begins an instruction with a handler.
pub(super) fn handler_word(handler: Handler) -> CodeWord {
    handler as usize as CodeWord
}

impl Registers {
    /// Field `index` (0 to 3) of the instruction's second word.
    #[inline(always)]
    pub(super) unsafe fn field(&self, index: usize) -> usize {
        // SAFETY: the caller knows from the instruction's layout that the word exists.
        unsafe { *self.ip.cast::<u16>().add(4 + index) as usize }
    }

    /// The 32-bit half behind the first two fields.
    #[inline(always)]
    pub(super) unsafe fn immediate(&self) -> u32 {
        // SAFETY: as in `field`.
        unsafe { *self.ip.cast::<u32>().add(3) }
    }

    /// Word `index` of the instruction.
    #[inline(always)]
    pub(super) unsafe fn word(&self, index: usize) -> u64 {
        // SAFETY: the caller knows from the instruction's layout that the word exists.
        unsafe { *self.ip.add(index) }
    }

    /// The address of the slot that field `index` names.
    #[inline(always)]
    pub(super) unsafe fn slot(&self, index: usize) -> *mut u64 {
        // SAFETY: passed on to the caller.
        self.slot_at(unsafe { self.field(index) })
    }

    /// The address of the slot with a number. The translator names only slots of the frame, which the call has checked
    /// to lie within the stack; where the frame pointer points need not.
    #[inline(always)]
    pub(super) fn slot_at(&self, number: usize) -> *mut u64 {
        self.fp.wrapping_add(number)
    }

    /// The first of the slots that the call has saved.
    #[inline(always)]
    pub(super) fn saved(&self) -> *mut u64 {
        self.slot_at(FRAME_BIAS)
    }

    /// Goes on with the instruction `words` further.
    #[inline(always)]
    pub(super) unsafe fn next(mut self, words: usize) -> Step {
        // SAFETY: an instruction is followed by another one unless it never goes on.
        unsafe {
            self.ip = self.ip.add(words);
            self.dispatch()
        }
    }

    /// Goes on with the instruction at a distance, as [`branch_distance`] has it.
    #[inline(always)]
    pub(super) unsafe fn branch(mut self, distance: u32) -> Step {
        self.ip = distance_base(self.ip).wrapping_byte_add(distance as usize);
        // SAFETY: the translator has resolved the target within the function's code.
        unsafe { self.dispatch() }
    }
}
