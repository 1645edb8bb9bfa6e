//! Counting, and going over to machine code.
//!
//! Both instructions have the address of the function's [`Heat`] in word 1.

use alloc::sync::Arc;
use core::ptr::NonNull;

use super::call::SAVED_SLOTS;
use super::cold;
use crate::interp::code::{CodeTable, left_function};
use crate::interp::dispatch::{FRAME_BIAS, Instruction, Outcome, Registers, Step};
use crate::interp::tiers::Heat;
use crate::runtime::layout::{CodeWord, ExitState, HostStatus, VmContext, VmFunction};
use crate::runtime::store::StoreInner;

/// Counts a call of the function; it stands at its beginning.
pub(super) struct CountCall;

impl Instruction for CountCall {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the counters are where the translator has found them as long as the code is.
        unsafe {
            if !heat(registers.ip).count_call() {
                cold();
                return registers.go::<HotCall>();
            }
            registers.next(2)
        }
    }
}

/// Counts an iteration of a loop; it stands at its header. Word 2 is where the loop is in the module's bytes.
pub(super) struct CountIteration;

impl Instruction for CountIteration {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: as above.
        unsafe {
            if !heat(registers.ip).count_iteration() {
                cold();
                return registers.go::<HotIteration>();
            }
            registers.next(3)
        }
    }
}

/// The counters of the instruction at `ip`.
#[inline(always)]
unsafe fn heat<'a>(ip: *const CodeWord) -> &'a Heat {
    // SAFETY: the instruction is laid out as above.
    unsafe { &*core::ptr::with_exposed_provenance(*ip.add(1) as usize) }
}

/// A call of which none is left.
struct HotCall;

impl Instruction for HotCall {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: passed on to the caller.
        unsafe {
            let outside = call(registers.ip, registers.fp, registers.context);
            registers.go_on_after(outside, 2)
        }
    }
}

/// An iteration of which none is left.
struct HotIteration;

impl Instruction for HotIteration {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: passed on to the caller.
        unsafe {
            let outside = iterate(registers.ip, registers.fp, registers.context);
            registers.go_on_after(outside, 3)
        }
    }
}

/// What has come of looking for machine code.
#[repr(C)]
#[derive(Copy, Clone)]
struct Outside {
    what: Found,
    /// The first slot of the results, if it has returned.
    first: u64,
}

#[repr(u64)]
#[derive(Copy, Clone, PartialEq, Eq)]
enum Found {
    /// There is none.
    Nothing,
    /// It has returned, with the results where the function's caller expects them.
    Returned,
    /// It has failed.
    Failed,
}

impl Registers {
    /// Goes on with the instruction `words` further, or with the caller of the function if that has returned.
    #[inline(always)]
    unsafe fn go_on_after(mut self, outside: Outside, words: usize) -> Step {
        // SAFETY: passed on to the caller.
        unsafe {
            match outside.what {
                Found::Nothing => self.next(words),
                Found::Failed => self.stop(Outcome::Failed),
                Found::Returned => {
                    self.reload_memory();
                    self.integer = outside.first;
                    self.return_to_caller()
                }
            }
        }
    }
}

/// Runs the machine code of the function that is called by the instruction at `ip`, if there is any.
#[inline(never)]
unsafe fn call(ip: *const CodeWord, fp: *mut u64, context: *mut VmContext) -> Outside {
    // SAFETY: the context is that of the running instance, which keeps its code table alive. Only code of a store
    // whose thread this is reads its records.
    unsafe {
        let table = &*(*context).code_table.cast::<CodeTable>();
        let index = table.index_of(heat(ip));
        let tiers = table.tiers().map(Arc::clone);
        let Some(entry) = tiers.and_then(|tiers| tiers.called(index)) else {
            return NOTHING;
        };
        if !may_go_over(context) || !prepare(context) {
            return NOTHING;
        }
        let imported = table.module().imported_functions;
        let function = *(*context).functions.add((imported + index) as usize);
        (*function).machine = entry;
        run(table, index, NonNull::new_unchecked(function), fp, context)
    }
}

/// Runs the machine code that goes on in place of the function at the loop with the instruction at `ip`, if there is
/// any.
#[inline(never)]
unsafe fn iterate(ip: *const CodeWord, fp: *mut u64, context: *mut VmContext) -> Outside {
    // SAFETY: as above; the code takes what it needs of the frame before it does anything else.
    unsafe {
        let table = &*(*context).code_table.cast::<CodeTable>();
        let index = table.index_of(heat(ip));
        let offset = *ip.add(2) as u32;
        if !may_go_over(context) {
            return NOTHING;
        }
        let tiers = table.tiers().map(Arc::clone);
        let frame = || table.loop_frame(index, offset);
        let found = tiers.and_then(|tiers| tiers.iterated(index, offset, &frame));
        let Some(entry) = found else {
            return NOTHING;
        };
        if !prepare(context) {
            return NOTHING;
        }
        let mut function = VmFunction {
            code: ip,
            context,
            type_id: 0,
            defined_index: index,
            machine: entry,
        };
        (*(*context).store).loop_frame = fp;
        run(table, index, NonNull::from(&mut function), fp, context)
    }
}

/// Whether the running call may go over to machine code.
unsafe fn may_go_over(context: *mut VmContext) -> bool {
    // SAFETY: the context is that of the running instance, and the store waits for this.
    unsafe { (*StoreInner::from_vm((*context).store)).may_go_over() }
}

/// Lets all functions of the store be known to machine code, before any of that runs. Tells whether they are.
unsafe fn prepare(context: *mut VmContext) -> bool {
    // SAFETY: as above; records of functions are read and written by nobody else now.
    unsafe {
        let store = StoreInner::from_vm((*context).store);
        (*store).prepare_machine_code().is_ok()
    }
}

const NOTHING: Outside = Outside {
    what: Found::Nothing,
    first: 0,
};

/// Calls machine code in place of the function with the frame at `fp`.
unsafe fn run(
    table: &CodeTable,
    index: u32,
    function: NonNull<VmFunction>,
    fp: *mut u64,
    context: *mut VmContext,
) -> Outside {
    // SAFETY: the frame has the arguments, where the results shall be; behind what the call has saved nothing of the
    // stack is in use any more.
    unsafe {
        let values = table.value_slots(index);
        let saved = fp.wrapping_add(FRAME_BIAS);
        let slots = saved.sub(values);
        let store = (*context).store;
        let inner = NonNull::new_unchecked(StoreInner::from_vm(store));
        let stack_top = core::mem::replace(&mut (*store).stack_top, saved.add(SAVED_SLOTS));
        let status = StoreInner::call_machine_code(inner, function, slots);
        (*store).stack_top = stack_top;
        match status {
            Ok(HostStatus::Done) => {
                return Outside {
                    what: Found::Returned,
                    first: *slots,
                };
            }
            Ok(HostStatus::Failed) => {}
            Err(error) => (*store).pending_error = Some(error),
        }
        // The function itself is among the frames of the machine code.
        (*store).exit = ExitState {
            ip: left_function(values),
            fp,
            context,
        };
        Outside {
            what: Found::Failed,
            first: 0,
        }
    }
}
