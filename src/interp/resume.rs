//! Calls that can be continued after the host failed or fuel ran out.
//!
//! Input: a function to call, or a call that stopped. Output: [`Progress`]. Holds: such a call runs on a
//! stack of its own, so that the store can be used while it waits; where it waits, nothing that it needs
//! is in a register.

use alloc::sync::Arc;
use core::ptr::NonNull;

use super::backtrace::frame_end;
use super::code::stub_header;
use super::dispatch::{self, Outcome, Registers};
use super::execute::call::value_slots;
use super::{enter, failure, with_backtrace};
use crate::error::Error;
use crate::runtime::layout::{
    CodeHeader, CodeWord, ExitState, VmFunction, VmHostFunction, VmStore,
};
use crate::runtime::stack::{Activation, GuestStack};
use crate::runtime::store::StoreInner;

/// How far a call has come.
pub(crate) enum Progress {
    /// It has returned; the results are in the slots.
    Finished,
    /// A host function failed. The call goes on when the host gives the function's results.
    HostFailed(SuspendedCall, Error),
    /// Fuel ran out. The call goes on when there is some.
    OutOfFuel(SuspendedCall),
}

/// The header of the stub at `ip`, if it is that of a host function.
fn waiting_host_stub(ip: *const CodeWord) -> Option<CodeHeader> {
    stub_header(ip).and_then(|(header, is_host)| is_host.then_some(header))
}

/// A call that waits.
pub(crate) struct SuspendedCall {
    stack: Arc<GuestStack>,
    exit: ExitState,
    base: *mut u64,
    result_slots: usize,
    max_frames: usize,
}

// SAFETY: the addresses are those of the stack, which it shares, and of the store, without which they
// are not used; whoever resumes has the store exclusively.
unsafe impl Send for SuspendedCall {}
// SAFETY: as above; a shared call gives nothing out but what host function it waits for.
unsafe impl Sync for SuspendedCall {}

/// Calls a function on a stack of its own.
///
/// # Errors
/// A trap other than for fuel, or a resource error.
///
/// # Safety
/// As for [`super::call`].
pub(crate) unsafe fn call_resumable(
    function: NonNull<VmFunction>,
    slots: *mut u64,
    param_slots: usize,
    result_slots: usize,
    store: *mut VmStore,
    max_frames: usize,
) -> Result<Progress, Error> {
    // SAFETY: the caller passes a store that is alive; activations end in reverse order.
    unsafe {
        let inner = StoreInner::from_vm(store);
        let stack = (*inner).new_stack()?;
        let activation = Activation::enter_on(NonNull::new_unchecked(inner), &stack)?;
        let registers = enter(function.as_ptr(), slots, param_slots, result_slots, store)?;
        let call = SuspendedCall {
            stack,
            exit: ExitState::NONE,
            base: registers
                .saved()
                .sub(value_slots((param_slots, result_slots))),
            result_slots,
            max_frames,
        };
        call.go_on(activation, registers, slots, store)
    }
}

impl SuspendedCall {
    /// The function of the host that failed, if that is why the call waits.
    pub(crate) fn host_function(&self) -> Option<*const VmHostFunction> {
        waiting_host_stub(self.exit.ip).map(|_| self.exit.context.cast_const().cast())
    }

    /// Goes on. `slots` has the results of the host function that the call waits for, if it waits for
    /// one, and room for the results of the call.
    ///
    /// # Errors
    /// As for [`call_resumable`]; a link error if the call belongs to another store.
    ///
    /// # Safety
    /// As for [`super::call`]; the host function's results have its types.
    pub(crate) unsafe fn resume(
        self,
        slots: *mut u64,
        host_result_slots: usize,
        store: *mut VmStore,
    ) -> Result<Progress, Error> {
        // SAFETY: the frames are on the stack as they were, and the store has kept alive what they refer
        // to. A stub in which the call waits is that of the host function, which returns to its caller;
        // the caller restores its context first.
        unsafe {
            let inner = NonNull::new_unchecked(StoreInner::from_vm(store));
            let activation = Activation::enter_on(inner, &self.stack)?;
            let ExitState { ip, fp, context } = self.exit;
            let mut registers = Registers {
                ip,
                fp,
                memory: core::ptr::null_mut(),
                limit: 0,
                context,
                integer: 0,
                float32: 0.0,
                float64: 0.0,
            };
            match waiting_host_stub(ip) {
                Some(header) => {
                    let saved = registers.saved();
                    let results = saved.sub(header.value_slots as usize);
                    core::ptr::copy_nonoverlapping(slots, results, host_result_slots);
                    registers.integer = if host_result_slots == 0 { 0 } else { *results };
                    registers.ip = *saved as usize as *const CodeWord;
                    registers.fp = *saved.add(1) as usize as *mut u64;
                }
                None => {
                    registers.memory = (*(*context).memory0).base;
                    registers.limit = (*(*context).memory0).fast_limit;
                }
            }
            self.go_on(activation, registers, slots, store)
        }
    }

    /// Runs until the call ends or waits again.
    ///
    /// # Safety
    /// As for [`SuspendedCall::resume`], in `activation`.
    unsafe fn go_on(
        mut self,
        activation: Activation,
        registers: Registers,
        slots: *mut u64,
        store: *mut VmStore,
    ) -> Result<Progress, Error> {
        // SAFETY: passed on to the caller.
        unsafe {
            let outcome = dispatch::run(registers);
            if outcome == Outcome::Done {
                core::ptr::copy_nonoverlapping(self.base, slots, self.result_slots);
                return Ok(Progress::Finished);
            }
            self.exit = (*store).exit;
            if outcome == Outcome::OutOfFuel {
                // It waits for fuel, which is no failure: nobody would see an error or a backtrace.
                self.suspend(activation, store);
                return Ok(Progress::OutOfFuel(self));
            }
            let error = failure(store, outcome);
            let is_host = waiting_host_stub(self.exit.ip).is_some() && error.trap().is_none();
            let error = with_backtrace(store, error, self.max_frames).with_complete_backtrace();
            if !is_host {
                return Err(error);
            }
            self.suspend(activation, store);
            Ok(Progress::HostFailed(self, error))
        }
    }

    /// Leaves the frames where they are.
    ///
    /// # Safety
    /// The activation is that in which the call has stopped.
    unsafe fn suspend(&self, activation: Activation, store: *mut VmStore) {
        // SAFETY: the store is alive, and the frames are those of the call.
        unsafe {
            (*store).stack_top = frame_end(self.exit);
            activation.suspend();
        }
    }
}
