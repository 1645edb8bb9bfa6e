//! What the instructions of register code do.
//!
//! Input: instructions as the translator lays them out. Output: changed slots, memories, tables.
//! Holds: word 0 of an instruction is its handler; word 1 has four 16-bit fields, the last two of
//! which can be one 32-bit immediate; further words are described at each instruction. A result's
//! slot is field 0. The handlers on the hot paths have no locals with addresses and drop nothing, so
//! that they end in a jump; what is rare or long is done by a [`helper::Helper`].

pub(super) mod call;
pub(super) mod control;
pub(super) mod helper;
pub(super) mod memory;
pub(super) mod numeric;
pub(super) mod operators;
pub(super) mod select;
#[cfg(feature = "compiler")]
pub(super) mod tier;
pub(super) mod value;
pub(super) mod variable;
pub(super) mod vector;

use crate::interp::dispatch::{Instruction, Outcome, Registers, Step};
use crate::runtime::layout::{ExitState, VmContext, VmHostFunction, VmStore};
use crate::wasm::trap::Trap;

/// Marks the path that calls it as unlikely.
#[cold]
#[inline(always)]
fn cold() {}

/// Fails with the trap whose number is in the integer accumulator.
struct Fail;

impl Instruction for Fail {
    unsafe fn execute(registers: Registers) -> Step {
        let trap = Trap::ALL[registers.integer as usize];
        // SAFETY: the context is that of a running instance, whose store is alive.
        unsafe {
            record_failure(
                registers.ip,
                registers.fp,
                registers.context,
                crate::error::Error::from(trap),
            )
        };
        registers.stop(Outcome::Failed)
    }
}

/// Leaves the error and the place for whoever entered the code.
#[cold]
#[inline(never)]
unsafe fn record_failure(
    ip: *const u64,
    fp: *mut u64,
    context: *mut VmContext,
    error: crate::error::Error,
) {
    // SAFETY: the caller runs in the context, whose store is alive and used by this thread only.
    unsafe {
        let store: *mut VmStore = (*context).store;
        (*store).pending_error = Some(error);
        (*store).exit = ExitState { ip, fp, context };
    }
}

impl Registers {
    /// Stops with a trap.
    #[inline(always)]
    unsafe fn fail(mut self, trap: Trap) -> Step {
        cold();
        self.integer = trap as u64;
        // SAFETY: the instruction at `ip` is the one that traps.
        unsafe { self.go::<Fail>() }
    }

    /// Reads the base and the limit of memory 0 again.
    #[inline(always)]
    unsafe fn reload_memory(&mut self) {
        // SAFETY: the context is an instance's, whose memory record stays where it is.
        unsafe {
            let memory = (*self.context).memory0;
            self.memory = (*memory).base;
            self.limit = (*memory).fast_limit;
        }
    }

    /// The record of the host function that stands in place of a context.
    #[inline(always)]
    fn host_function(&self) -> *mut VmHostFunction {
        self.context.cast()
    }
}
