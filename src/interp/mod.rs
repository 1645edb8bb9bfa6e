//! The interpreter: from checked bodies to register code, and its execution.
//!
//! Input: validated modules ([`new_code_table`]) and functions of a store ([`call`]). Output: results in
//! slots, or errors. Holds: it runs on any target, without the thread's stack growing with the guest's,
//! and can stop and go on where fuel ran out or the host failed.
//!
//! `translate` makes the code, `code` keeps it, `execute` says what each instruction does, and `dispatch`
//! how one follows the other.

mod backtrace;
mod code;
mod dispatch;
mod execute;
mod resume;
#[cfg(feature = "compiler")]
mod tiers;
mod translate;

pub(crate) use code::{CodeTable, HostCode};
pub(crate) use resume::{Progress, SuspendedCall, call_resumable};
#[cfg(feature = "compiler")]
pub(crate) use tiers::{CallTarget, Heat, Tiers};

use alloc::sync::Arc;
use core::ptr::NonNull;

use self::dispatch::{FRAME_BIAS, Outcome, Registers};
use self::execute::call::value_slots;
use crate::error::Error;
use crate::module::Module;
#[cfg(feature = "compiler")]
use crate::runtime::layout::MachineEntry;
use crate::runtime::layout::{ExitState, VmFunction, VmStore};
use crate::runtime::stack::Activation;
use crate::runtime::store::StoreInner;
use crate::wasm::trap::Trap;

/// When functions are validated and translated.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum CompilationMode {
    /// All when the module is made: no work is left for the first calls.
    Eager,
    /// Validated when the module is made, translated when they are first called. The default: all
    /// errors of the module are found at once, and functions that are never called cost little.
    #[default]
    LazyTranslation,
    /// Validated and translated when they are first called. An invalid function is an error only
    /// then, so that this suits modules that are known to be valid.
    Lazy,
}

/// What register code does besides what the module says.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Whether it charges fuel.
    pub(crate) consume_fuel: bool,
    /// Whether it looks for interruptions.
    pub(crate) interruptable: bool,
}

/// Makes the code of a module.
///
/// # Errors
/// A function that cannot be executed; only in [`CompilationMode::Eager`].
pub(crate) fn new_code_table(
    module: &Arc<Module>,
    mode: CompilationMode,
    options: Options,
    #[cfg(feature = "compiler")] tiers: Option<Arc<dyn Tiers>>,
) -> Result<Arc<CodeTable>, Error> {
    CodeTable::new(
        module,
        mode,
        options,
        #[cfg(feature = "compiler")]
        tiers,
    )
}

/// Calls a function and runs it to its end, in an activation of its own. The arguments are read from
/// `slots`, and the results are written to it.
///
/// # Errors
/// A trap, with a backtrace of at most `max_frames` frames; the error of a host function; or a resource
/// error.
///
/// # Safety
/// `function` belongs to the store, which is alive, and of which no reference is in use. `slots` has room
/// for the arguments, which have the function's types, and for the results.
pub(crate) unsafe fn call(
    function: NonNull<VmFunction>,
    slots: *mut u64,
    param_slots: usize,
    result_slots: usize,
    store: *mut VmStore,
    max_frames: usize,
) -> Result<(), Error> {
    // SAFETY: the caller passes a store that is alive; the activation ends with this function.
    unsafe {
        let inner = NonNull::new_unchecked(StoreInner::from_vm(store));
        let _activation = Activation::enter(inner)?;
        let registers = enter(function.as_ptr(), slots, param_slots, result_slots, store)?;
        match dispatch::run(registers) {
            Outcome::Done => {
                let results = registers
                    .saved()
                    .sub(value_slots((param_slots, result_slots)));
                copy_slots(results, slots, result_slots);
                Ok(())
            }
            outcome => Err(with_backtrace(store, failure(store, outcome), max_frames)),
        }
    }
}

/// The machine code of a function of an instance, if there is any by now.
///
/// # Safety
/// The function's instance is alive.
#[cfg(feature = "compiler")]
pub(crate) unsafe fn machine_code(function: NonNull<VmFunction>) -> Option<MachineEntry> {
    // SAFETY: an instance keeps its code table alive.
    unsafe {
        let function = function.as_ref();
        let table = &*(*function.context).code_table.cast::<CodeTable>();
        table.tiers()?.compiled(function.defined_index)
    }
}

/// How many slots a function has for its parameters or its results, whichever are more.
///
/// # Safety
/// The function's instance is alive.
#[cfg(feature = "compiler")]
pub(crate) unsafe fn value_slots_of(function: NonNull<VmFunction>) -> usize {
    // SAFETY: a function has the address of code.
    unsafe { execute::call::header(function.as_ref().code).value_slots as usize }
}

/// Copies slots, of which there are few most of the time: then a call of the system's function would take longer than
/// the copy.
///
/// # Safety
/// Both places have so many slots, and do not overlap.
#[inline(always)]
unsafe fn copy_slots(from: *const u64, to: *mut u64, count: usize) {
    // SAFETY: passed on to the caller.
    unsafe {
        match count {
            0 => {}
            1 => *to = *from,
            2 => to.cast::<[u64; 2]>().write(from.cast::<[u64; 2]>().read()),
            3 => to.cast::<[u64; 3]>().write(from.cast::<[u64; 3]>().read()),
            _ => core::ptr::copy_nonoverlapping(from, to, count),
        }
    }
}

/// Lays out the frame of the outermost function, with its arguments.
///
/// # Safety
/// As for [`call`], in an activation.
unsafe fn enter(
    function: *const VmFunction,
    slots: *const u64,
    param_slots: usize,
    result_slots: usize,
    store: *mut VmStore,
) -> Result<Registers, Error> {
    // SAFETY: a function has the address of code, and the frame is checked before it is written to.
    unsafe {
        let code = (*function).code;
        let header = execute::call::header(code);
        let values = value_slots((param_slots, result_slots));
        let first = (*store).stack_top;
        let fp = first.wrapping_add(values).wrapping_sub(FRAME_BIAS);
        let left = ((*store).stack_limit as usize).saturating_sub(fp as usize);
        if header.frame_bytes as usize > left {
            return Err(Error::from(Trap::StackOverflow));
        }
        copy_slots(slots, first, param_slots);
        let saved = first.add(values);
        *saved = code::exit_code() as usize as u64;
        *saved.add(1) = fp as usize as u64;
        *saved.add(2) = 0;
        let context = (*function).context;
        let is_host = (*function).defined_index == u32::MAX;
        let (memory, limit) = if is_host {
            (core::ptr::null_mut(), 0)
        } else {
            let memory = (*context).memory0;
            ((*memory).base, (*memory).fast_limit)
        };
        (*store).exit = ExitState::NONE;
        let integer = function as usize as u64;
        Ok(Registers {
            ip: code,
            fp,
            memory,
            limit,
            context,
            integer,
            float32: 0.0,
            float64: 0.0,
        })
    }
}

/// Why code stopped.
///
/// # Safety
/// The store is alive, and no reference to it is in use.
#[cold]
unsafe fn failure(store: *mut VmStore, outcome: Outcome) -> Error {
    if outcome == Outcome::OutOfFuel {
        return Error::from(Trap::OutOfFuel);
    }
    // SAFETY: passed on to the caller.
    let error = unsafe { (*store).pending_error.take() };
    error.expect("what fails leaves its error")
}

/// Adds to an error where code stopped.
///
/// # Safety
/// As for [`call`], before the activation ends.
#[cold]
unsafe fn with_backtrace(store: *mut VmStore, error: Error, max_frames: usize) -> Error {
    if max_frames == 0 {
        return error;
    }
    // SAFETY: the store is alive, and the frames up to the exit are those of this activation.
    error.with_backtrace(max_frames, || unsafe {
        backtrace::capture((*store).exit, max_frames)
    })
}
