//! Enters machine code, and learns of it when it stops.
//!
//! Input: a function that is compiled, and slots. Output: results in the slots, or an error. Holds: machine code runs
//! only in [`StoreInner::call_machine_code`]; where it stops, its frames are still there and are walked, and then left.

use alloc::vec::Vec;
use core::ptr::NonNull;

use super::code::find;
use crate::compile::Callees;
use crate::error::{Error, FrameInfo, WasmBacktrace, catch_panic};
use crate::interp;
use crate::ordered_map::OrderedMap;
use crate::runtime::layout::{HostStatus, VmContext, VmFunction, VmStore};
use crate::runtime::operations;
use crate::runtime::store::StoreInner;
use crate::wasm::trap::Trap;

/// Calls a function that is compiled. The arguments are read from `slots`, and the results are written to it.
///
/// # Errors
/// A trap or the error of a host function, with a backtrace; or a resource error. A panic of a host function goes on.
///
/// # Safety
/// `function` belongs to the store, which is alive and of which no reference is in use, and has machine code. `slots`
/// has room for the arguments, which have the function's types, and for the results.
#[inline]
pub(crate) unsafe fn call(
    function: NonNull<VmFunction>,
    slots: *mut u64,
    store: *mut VmStore,
) -> Result<(), Error> {
    // SAFETY: passed on to the caller, who passes a store that is alive.
    unsafe {
        let inner = NonNull::new_unchecked(StoreInner::from_vm(store));
        match StoreInner::call_machine_code(inner, function, slots)? {
            HostStatus::Done => Ok(()),
            HostStatus::Failed => Err(failure(store)),
        }
    }
}

/// Why code stopped.
///
/// # Safety
/// The store is alive, and no reference to it is in use.
#[cold]
#[inline(never)]
unsafe fn failure(store: *mut VmStore) -> Error {
    // SAFETY: passed on to the caller.
    let error = unsafe { (*store).pending_error.take() };
    let error = error.expect("what fails leaves its error");
    error.rethrow_panic().with_complete_backtrace()
}

/// Runs a function in the interpreter, for compiled code; as a host function's trampoline, but with the function
/// itself.
///
/// # Safety
/// `function` is one of an instance, `slots` has room for its arguments and its results, and `caller` is the context
/// of the instance whose code is running.
pub(super) unsafe extern "C" fn interpret(
    function: *mut VmFunction,
    caller: *mut VmContext,
    slots: *mut u64,
) -> HostStatus {
    // SAFETY: passed on to the caller; the store waits for this call.
    unsafe {
        let store = (*caller).store;
        let inner = StoreInner::from_vm(store);
        let max_frames = (*inner).backtrace_frames();
        let function = NonNull::new_unchecked(function);
        if let Some(entry) = interp::machine_code(function) {
            // Whoever has the function calls its code from now on.
            (*function.as_ptr()).machine = entry;
            let inner = NonNull::new_unchecked(inner);
            return match StoreInner::call_machine_code(inner, function, slots) {
                Ok(status) => status,
                Err(error) => {
                    (*store).pending_error = Some(error);
                    HostStatus::Failed
                }
            };
        }
        // As many as there are of parameters or of results: the stub has room for these, and copies what it needs.
        let values = interp::value_slots_of(function);
        let outcome =
            catch_panic(|| interp::call(function, slots, values, values, store, max_frames));
        match outcome {
            Ok(()) => HostStatus::Done,
            Err(error) => {
                (*store).pending_error = Some(error);
                HostStatus::Failed
            }
        }
    }
}

/// What the stubs call that every engine has one of.
pub(super) fn callees() -> Callees {
    Callees {
        raise: raise as *const () as usize,
        poll: poll as *const () as usize,
        copy: copy as *const () as usize,
        fill: fill as *const () as usize,
    }
}

/// Answers what an operation has come to.
///
/// # Safety
/// The context is that of the running instance.
unsafe fn status(context: *mut VmContext, result: Result<(), Error>) -> HostStatus {
    match result {
        Ok(()) => HostStatus::Done,
        Err(error) => {
            // SAFETY: the store is alive, and the code that runs in it waits for this.
            unsafe { (*(*context).store).pending_error = Some(error) };
            HostStatus::Failed
        }
    }
}

/// Is called by code that has found the interrupt flag raised: says whether to go on.
///
/// # Safety
/// The context is that of the running instance.
unsafe extern "C" fn poll(context: *mut VmContext) -> HostStatus {
    // SAFETY: the store is alive, and the code that runs in it waits for this.
    unsafe { status(context, operations::interrupted((*context).store)) }
}

/// Copies bytes in memory 0.
///
/// # Safety
/// The context is that of the running instance, which has a memory.
unsafe extern "C" fn copy(context: *mut VmContext, to: u64, from: u64, length: u64) -> HostStatus {
    // SAFETY: passed on to the caller.
    unsafe {
        let result = operations::memory_copy(context, 0, 0, to, from, length);
        status(context, result)
    }
}

/// Fills bytes in memory 0.
///
/// # Safety
/// The context is that of the running instance, which has a memory.
unsafe extern "C" fn fill(context: *mut VmContext, to: u64, byte: u64, length: u64) -> HostStatus {
    // SAFETY: passed on to the caller.
    unsafe {
        let result = operations::memory_fill(context, 0, to, byte as u8, length);
        status(context, result)
    }
}

/// Is told by the stubs that machine code has stopped: at an instruction that traps, or in a call that has failed, of
/// which `address` is the last byte. Leaves the error in the store.
///
/// # Safety
/// The frame pointer and the stack pointer are those of the code at `address`, in the context `context`.
unsafe extern "C" fn raise(
    address: usize,
    frame: *const u64,
    stack: *const u64,
    context: *mut VmContext,
) {
    // SAFETY: the stub passes what was in the registers of the code.
    unsafe {
        let store = (*context).store;
        let max_frames = (*StoreInner::from_vm(store)).backtrace_frames();
        let pending = (*store).pending_error.take();
        let error = pending.unwrap_or_else(|| {
            let trap = find(address).and_then(|place| place.trap);
            // Only an address that is not known has none.
            Error::from(trap.unwrap_or(Trap::UnreachableCodeReached))
        });
        let end = (*store).machine_entry.cast_const();
        let error = match max_frames {
            0 => error,
            _ => error.with_backtrace(max_frames, || {
                backtrace(address, frame, stack, end, max_frames)
            }),
        };
        (*store).pending_error = Some(error);
    }
}

/// The functions that are active.
///
/// # Safety
/// As for [`raise`]; `end` is the frame of the stub that entered.
unsafe fn backtrace(
    mut address: usize,
    mut frame: *const u64,
    stack: *const u64,
    end: *const u64,
    max_frames: usize,
) -> WasmBacktrace {
    let mut frames = Vec::new();
    let mut omitted = 0;
    let mut known: OrderedMap<(usize, u32), FrameInfo> = OrderedMap::new();
    let mut is_innermost = true;
    let mut last: Option<(usize, usize)> = None;
    loop {
        let mut is_frameless = false;
        if is_innermost && frame == end && find(address).is_none() {
            // A function that is not compiled has taken the place of the only one that was.
            return WasmBacktrace::new(frames, omitted);
        }
        if last.is_some_and(|(known, _)| known == address) && frames.len() >= max_frames {
            // One recursion returns to the same place again and again.
            omitted += last.map_or(0, |(_, functions)| functions);
        } else if let Some(place) = find(address) {
            let module = place.module.module();
            let mut functions = 0;
            for (index, position) in place.functions() {
                functions += 1;
                if frames.len() >= max_frames {
                    omitted += 1;
                    continue;
                }
                let key = (core::ptr::from_ref(module) as usize, index);
                let info = known.get_or_insert_with(key, || module.frame_info(index));
                frames.push(FrameInfo {
                    module_offset: position.map(|at| at as usize),
                    ..info.clone()
                });
            }
            last = Some((address, functions));
            is_frameless = place.is_frameless;
        } else {
            omitted += 1;
        }
        // SAFETY: frames are linked by their frame pointers, above which the return addresses are; a function without a
        // frame can only be the innermost one, and has its return address where the stack ends.
        unsafe {
            let return_address = if is_frameless && is_innermost {
                *stack
            } else {
                let return_address = *frame.add(1);
                frame = *frame as *const u64;
                return_address
            };
            // The last byte of the call.
            address = return_address as usize - 1;
        }
        is_innermost = false;
        if frame == end {
            return WasmBacktrace::new(frames, omitted);
        }
    }
}
