//! Counting, noting where calls lead, and going over to machine code.
//!
//! Both instructions that count have the address of the function's [`Heat`] in word 1, and say in word 2 which function
//! it is.

use alloc::sync::Arc;
use core::ptr::NonNull;

use super::call::{Note, SAVED_SLOTS, header};
use super::cold;
use crate::interp::code::{CodeTable, left_function};
use crate::interp::dispatch::{FRAME_BIAS, Instruction, Outcome, Registers, Step};
use crate::interp::tiers::{CallTarget, Heat};
use crate::runtime::layout::{CodeWord, ExitState, HostStatus, VmContext, VmFunction};
use crate::runtime::store::StoreInner;

/// Words that a [`CountCall`] takes.
pub(in crate::interp) const COUNT_CALL_WORDS: usize = 3;

/// Counts a call of the function, whose index word 2 is; it stands at its beginning.
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
            registers.next(COUNT_CALL_WORDS)
        }
    }
}

/// Counts an iteration of a loop; it stands at its header. The halves of word 2 are where the loop is in the module's
/// bytes, and the index among the functions that the module defines.
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

/// Where an indirect call leads, for its [`CallTarget`], whose address is in word 3.
pub(super) struct Noted;

impl Note for Noted {
    const WORDS: usize = 1;

    #[inline(always)]
    unsafe fn note(registers: &Registers, defined_index: u32) {
        // SAFETY: the record is where the translator has found it as long as the code is.
        unsafe {
            let target = registers.word(3) as usize;
            let target = core::ptr::with_exposed_provenance::<CallTarget>(target);
            (*target).note(defined_index);
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
            registers.go_on_after(outside, COUNT_CALL_WORDS)
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
    // SAFETY: the context is that of the running instance, whose array has an entry for each function. Only code of a
    // store whose thread this is reads its records.
    unsafe {
        let index = *ip.add(2) as u32;
        let function = NonNull::new_unchecked(*(*context).functions.add(index as usize));
        let is_known = !function.as_ref().machine.enter.is_null();
        let can_run = match is_known {
            true => may_go_over(context),
            false => learn(function),
        };
        if !can_run {
            return NOTHING;
        }
        // The instruction is the first one.
        let values = header(ip).value_slots as usize;
        run(function, values, fp, context)
    }
}

/// Looks for the machine code of a function that has been called so often that it may have some, and lets its record
/// know it.
#[cold]
#[inline(never)]
unsafe fn learn(mut function: NonNull<VmFunction>) -> bool {
    // SAFETY: as above; the instance keeps its code table alive.
    unsafe {
        let function = function.as_mut();
        let table = &*(*function.context).code_table.cast::<CodeTable>();
        let tiers = table.tiers().map(Arc::clone);
        let entry = tiers.and_then(|tiers| tiers.called(function.defined_index));
        let Some(entry) = entry.filter(|_| may_go_over(function.context)) else {
            return false;
        };
        function.machine = entry;
        true
    }
}

/// Runs the machine code that goes on in place of the function at the loop with the instruction at `ip`, if there is
/// any.
#[inline(never)]
unsafe fn iterate(ip: *const CodeWord, fp: *mut u64, context: *mut VmContext) -> Outside {
    // SAFETY: as above; the code takes what it needs of the frame before it does anything else.
    unsafe {
        let table = &*(*context).code_table.cast::<CodeTable>();
        let place = ip.add(2).cast::<u32>();
        let (offset, index) = (*place, *place.add(1));
        let tiers = table.tiers().map(Arc::clone);
        let frame = || table.loop_frame(index, offset);
        let found = tiers.and_then(|tiers| tiers.iterated(index, offset, &frame));
        let Some(entry) = found.filter(|_| may_go_over(context)) else {
            return NOTHING;
        };
        let mut function = VmFunction {
            code: ip,
            context,
            type_id: 0,
            defined_index: index,
            machine: entry,
        };
        (*(*context).store).loop_frame = fp;
        let values = table.value_slots(index);
        run(NonNull::from(&mut function), values, fp, context)
    }
}

/// Whether the running call may go over to machine code now; if so, all functions of the store are known to that.
unsafe fn may_go_over(context: *mut VmContext) -> bool {
    // SAFETY: the context is that of the running instance, and the store waits for this.
    unsafe { (*StoreInner::from_vm((*context).store)).may_go_over() }
}

const NOTHING: Outside = Outside {
    what: Found::Nothing,
    first: 0,
};

/// Calls machine code in place of the function with the frame at `fp`, in which so many slots stand before the saved
/// ones.
#[inline(always)]
unsafe fn run(
    function: NonNull<VmFunction>,
    values: usize,
    fp: *mut u64,
    context: *mut VmContext,
) -> Outside {
    // SAFETY: the frame has the arguments, where the results shall be; behind what the call has saved nothing of the
    // stack is in use any more.
    unsafe {
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
