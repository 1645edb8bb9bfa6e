//! Calls that can be continued after a host function failed or fuel ran out.
//!
//! Input: a function and its arguments, or a call that waits. Output: [`ResumableCall`].
//! Holds: a call that waits has a stack of its own, so that the store can be used meanwhile;
//! dropping it ends the call.

use alloc::vec::Vec;
use core::fmt;

use super::func::{Func, check_count};
use super::host::func_type_of;
use super::store::{AsContextMut, StorePtr};
use super::types::FuncType;
use super::val::Val;
use crate::error::{Error, Result};
use crate::interp::{self, Progress, SuspendedCall};

/// How far a call made with [`Func::call_resumable`] has come.
#[derive(Debug)]
pub enum ResumableCall {
    /// It has returned. The results are where the caller wanted them.
    Finished,
    /// A host function returned an error that is no trap. The call can go on as if the function had
    /// returned.
    HostTrap(ResumableCallHostTrap),
    /// Fuel ran out. The call can go on when there is some.
    OutOfFuel(ResumableCallOutOfFuel),
}

/// A call that waits because a host function failed.
pub struct ResumableCallHostTrap {
    waiting: Waiting,
    error: Error,
    host_func_ty: FuncType,
}

/// A call that waits because fuel ran out.
///
/// ```
/// use wazir::{Config, Engine, Instance, Module, ResumableCall, Store, Val};
/// let engine = Engine::new(Config::new().consume_fuel(true))?;
/// let wasm = wat::parse_str(
///     r#"(module (func (export "count") (param i32) (result i32)
///          (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
///          (local.get 0)))"#,
/// )?;
/// let mut store = Store::new(&engine, ());
/// let instance = Instance::new(&mut store, &Module::new(&engine, wasm)?, &[])?;
/// let count = instance.get_func(&mut store, "count").unwrap();
/// let mut results = [Val::I32(1)];
/// store.set_fuel(100)?;
/// let mut call = count.call_resumable(&mut store, &[Val::I32(1000)], &mut results)?;
/// let mut turns = 1;
/// while let ResumableCall::OutOfFuel(waiting) = call {
///     store.set_fuel(waiting.required_fuel().max(100))?;
///     call = waiting.resume(&mut store, &mut results)?;
///     turns += 1;
/// }
/// assert!(matches!(call, ResumableCall::Finished));
/// assert!(turns > 10 && results[0].unwrap_i32() == 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct ResumableCallOutOfFuel {
    waiting: Waiting,
    /// What the instructions before which the call waits take beyond the fuel that there was.
    required_fuel: u64,
}

/// A call that waits, and the type of the function that was called.
struct Waiting {
    call: SuspendedCall,
    ty: FuncType,
}

impl Func {
    /// Calls the function so that the call can be continued if a host function fails or fuel runs
    /// out. While it waits the store can be used for other calls. Other traps end the call.
    ///
    /// ```
    /// use wazir::{Config, Engine, Func, Instance, Module, ResumableCall, Store, Val};
    /// # #[derive(Debug)]
    /// struct NotYet;
    /// # impl std::fmt::Display for NotYet {
    /// #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    /// #         f.write_str("not yet")
    /// #     }
    /// # }
    /// # impl std::error::Error for NotYet {}
    /// let engine = Engine::default();
    /// let mut store = Store::new(&engine, ());
    /// let wait = Func::wrap(&mut store, |_key: i32| Err::<i32, NotYet>(NotYet));
    /// let wasm = wat::parse_str(
    ///     r#"(module (import "env" "wait" (func $wait (param i32) (result i32)))
    ///          (func (export "run") (result i32) (i32.add (call $wait (i32.const 5)) (i32.const 1))))"#,
    /// )?;
    /// let module = Module::new(&engine, wasm)?;
    /// let instance = Instance::new(&mut store, &module, &[wait.into()])?;
    /// let run = instance.get_func(&mut store, "run").unwrap();
    /// let mut results = [Val::I32(0)];
    /// let ResumableCall::HostTrap(call) = run.call_resumable(&mut store, &[], &mut results)? else {
    ///     panic!("the host function fails");
    /// };
    /// assert!(call.host_error().is::<NotYet>());
    /// let call = call.resume(&mut store, &[Val::I32(41)], &mut results)?;
    /// assert!(matches!(call, ResumableCall::Finished));
    /// assert_eq!(results[0].unwrap_i32(), 42);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// See [`Func::call`]; but an error of a host function that is no trap, and lack of fuel, are
    /// no errors here.
    ///
    /// # Panics
    /// See [`Func::call`].
    pub fn call_resumable(
        &self,
        mut store: impl AsContextMut,
        params: &[Val],
        results: &mut [Val],
    ) -> Result<ResumableCall> {
        let store = store.as_context_mut().ptr();
        let ty = self.try_ty(store.core())?;
        check_count("parameter", ty.wasm().params(), params.len())?;
        check_count("result", ty.wasm().results(), results.len())?;
        let (param_slots, result_slots) = ty.wasm().slots();
        let mut slots = alloc::vec![0; param_slots.max(result_slots)];
        store.vals_to_slots("argument", params, ty.wasm().params(), &mut slots)?;
        let call = start(store, *self, &ty, &mut slots)?;
        read_results(store, call, &ty, &slots, results)
    }
}

/// Begins a call. The slots have the arguments, and if the call has finished the results; they are
/// enough for both.
pub(super) fn start(
    store: StorePtr,
    func: Func,
    ty: &FuncType,
    slots: &mut [u64],
) -> Result<ResumableCall> {
    let (param_slots, result_slots) = ty.wasm().slots();
    assert!(
        param_slots.max(result_slots) <= slots.len(),
        "there are too few slots"
    );
    let function = store.core().inner().function(func.id())?;
    store.core().check_epoch()?;
    let max_frames = store.core().engine().config().backtrace_frames;
    let vm = store.core().inner().vm_ptr();
    // SAFETY: the store has just found the function, and no reference to the store is used after
    // this. The slots are enough, as was just checked, and the arguments are of the function's
    // types.
    let progress = unsafe {
        interp::call_resumable(
            function,
            slots.as_mut_ptr(),
            param_slots,
            result_slots,
            vm,
            max_frames,
        )
    };
    finish(store, ty, progress)
}

/// Reads the results, if the call has finished.
fn read_results(
    store: StorePtr,
    call: ResumableCall,
    ty: &FuncType,
    slots: &[u64],
    results: &mut [Val],
) -> Result<ResumableCall> {
    if let ResumableCall::Finished = call {
        store.vals_from_slots(ty.wasm().results(), slots, results)?;
    }
    Ok(call)
}

impl ResumableCallHostTrap {
    /// Why the host function failed.
    pub fn host_error(&self) -> &Error {
        &self.error
    }

    /// Why the host function failed; the call ends.
    pub fn into_host_error(self) -> Error {
        self.error
    }

    /// The type of the host function, whose results [`ResumableCallHostTrap::resume`] wants.
    pub fn host_func_ty(&self) -> &FuncType {
        &self.host_func_ty
    }

    /// Continues the call as if the host function had returned `host_results`.
    ///
    /// # Errors
    /// See [`Func::call_resumable`]; if `host_results` are not the results of
    /// [`ResumableCallHostTrap::host_func_ty`]; if the call belongs to another store, or to this
    /// one before it was reset.
    ///
    /// # Panics
    /// See [`Func::call`].
    pub fn resume(
        self,
        mut store: impl AsContextMut,
        host_results: &[Val],
        results: &mut [Val],
    ) -> Result<ResumableCall> {
        let store = store.as_context_mut().ptr();
        let ty = self.waiting.ty.clone();
        check_count("result", ty.wasm().results(), results.len())?;
        let (call, slots) = self.go_on(store, host_results)?;
        read_results(store, call, &ty, &slots, results)
    }

    /// Continues the call. If it has finished, the slots have its results.
    pub(super) fn go_on(
        self,
        store: StorePtr,
        host_results: &[Val],
    ) -> Result<(ResumableCall, Vec<u64>)> {
        let host_types = self.host_func_ty.wasm().results();
        check_count("result", host_types, host_results.len())?;
        let (_, host_slots) = self.host_func_ty.wasm().slots();
        let mut slots = alloc::vec![0; host_slots];
        store.vals_to_slots("result", host_results, host_types, &mut slots)?;
        self.waiting.go_on(store, slots, host_slots)
    }
}

impl ResumableCallOutOfFuel {
    /// The fuel without which the call cannot go on at all.
    pub fn required_fuel(&self) -> u64 {
        self.required_fuel
    }

    /// Continues the call. Give the store fuel before
    /// ([`Store::set_fuel`](crate::Store::set_fuel)): at least
    /// [`ResumableCallOutOfFuel::required_fuel`], or else the call goes on waiting. All in all it
    /// uses as much fuel as a call that is not interrupted.
    ///
    /// # Errors
    /// See [`Func::call_resumable`]; if the call belongs to another store, or to this one before it
    /// was reset.
    ///
    /// # Panics
    /// See [`Func::call`].
    pub fn resume(
        self,
        mut store: impl AsContextMut,
        results: &mut [Val],
    ) -> Result<ResumableCall> {
        let store = store.as_context_mut().ptr();
        let ty = self.waiting.ty.clone();
        check_count("result", ty.wasm().results(), results.len())?;
        let (call, slots) = self.go_on(store)?;
        read_results(store, call, &ty, &slots, results)
    }

    /// Continues the call. If it has finished, the slots have its results.
    pub(super) fn go_on(self, store: StorePtr) -> Result<(ResumableCall, Vec<u64>)> {
        let Some(left) = store.core().get_fuel()?.checked_sub(self.required_fuel) else {
            return Ok((ResumableCall::OutOfFuel(self), Vec::new()));
        };
        store.with(|core| core.set_fuel(left))?;
        self.waiting.go_on(store, Vec::new(), 0)
    }
}

impl Waiting {
    fn go_on(
        self,
        store: StorePtr,
        mut slots: Vec<u64>,
        host_slots: usize,
    ) -> Result<(ResumableCall, Vec<u64>)> {
        store.core().check_epoch()?;
        let (_, result_slots) = self.ty.wasm().slots();
        slots.resize(host_slots.max(result_slots), 0);
        let vm = store.core().inner().vm_ptr();
        // SAFETY: no reference to the store is used after this. The slots have the host function's
        // results, of its types, and are enough for the call's own.
        let progress = unsafe { self.call.resume(slots.as_mut_ptr(), host_slots, vm) };
        Ok((finish(store, &self.ty, progress)?, slots))
    }
}

/// What the caller of a resumable call gets.
fn finish(store: StorePtr, ty: &FuncType, progress: Result<Progress>) -> Result<ResumableCall> {
    let ty = ty.clone();
    match progress.map_err(Error::rethrow_panic)? {
        Progress::Finished => Ok(ResumableCall::Finished),
        Progress::HostFailed(call, error) => {
            let error = error.rethrow_panic();
            let Some(host) = call.host_function() else {
                return Err(error);
            };
            // SAFETY: the host function has just run, so it is alive, and so is its closure.
            let host_func_ty = unsafe { func_type_of(host) }.clone();
            let waiting = Waiting { call, ty };
            Ok(ResumableCall::HostTrap(ResumableCallHostTrap {
                waiting,
                error,
                host_func_ty,
            }))
        }
        Progress::OutOfFuel(call) => {
            let required_fuel = store.with(|core| core.take_missing_fuel());
            let waiting = Waiting { call, ty };
            Ok(ResumableCall::OutOfFuel(ResumableCallOutOfFuel {
                waiting,
                required_fuel,
            }))
        }
    }
}

impl fmt::Debug for ResumableCallHostTrap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResumableCallHostTrap")
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ResumableCallOutOfFuel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResumableCallOutOfFuel")
            .field("required_fuel", &self.required_fuel)
            .finish_non_exhaustive()
    }
}
