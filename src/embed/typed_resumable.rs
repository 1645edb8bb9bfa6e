//! Calls that can be continued, of functions whose types are known when the program is compiled.
//!
//! Input: a typed function and its arguments, or a call that waits. Output: [`TypedResumableCall`].
//! Holds: all that is done here is to read the results; `resumable.rs` does the rest.

use core::fmt;
use core::marker::PhantomData;

use super::resumable::{self, ResumableCall, ResumableCallHostTrap, ResumableCallOutOfFuel};
use super::store::{AsContextMut, StorePtr};
use super::typed::{TypedFunc, WasmParams, WasmResults, sealed};
use super::types::FuncType;
use super::val::Val;
use crate::error::{Error, Result};

/// How far a call made with [`TypedFunc::call_resumable`] has come.
#[derive(Debug)]
pub enum TypedResumableCall<Results> {
    /// It has returned, with these results.
    Finished(Results),
    /// A host function returned an error that is no trap. The call can go on as if the function had
    /// returned.
    HostTrap(TypedResumableCallHostTrap<Results>),
    /// Fuel ran out. The call can go on when there is some.
    OutOfFuel(TypedResumableCallOutOfFuel<Results>),
}

/// A call that waits because a host function failed.
pub struct TypedResumableCallHostTrap<Results> {
    call: ResumableCallHostTrap,
    results: PhantomData<fn() -> Results>,
}

/// A call that waits because fuel ran out.
pub struct TypedResumableCallOutOfFuel<Results> {
    call: ResumableCallOutOfFuel,
    results: PhantomData<fn() -> Results>,
}

impl<Params: WasmParams, Results: WasmResults> TypedFunc<Params, Results> {
    /// Calls the function so that the call can be continued if a host function fails or fuel runs
    /// out: see [`Func::call_resumable`](crate::Func::call_resumable).
    ///
    /// ```
    /// use wazir::{Config, Engine, Instance, Module, Store, TypedResumableCall};
    /// let engine = Engine::new(Config::new().consume_fuel(true))?;
    /// let wasm = wat::parse_str(
    ///     r#"(module (func (export "count") (param i32) (result i32)
    ///          (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    ///          (local.get 0)))"#,
    /// )?;
    /// let mut store = Store::new(&engine, ());
    /// let instance = Instance::new(&mut store, &Module::new(&engine, wasm)?, &[])?;
    /// let count = instance.get_typed_func::<i32, i32>(&mut store, "count")?;
    /// store.set_fuel(100)?;
    /// let mut call = count.call_resumable(&mut store, 1000)?;
    /// let result = loop {
    ///     call = match call {
    ///         TypedResumableCall::Finished(result) => break result,
    ///         TypedResumableCall::OutOfFuel(waiting) => {
    ///             store.set_fuel(waiting.required_fuel().max(100))?;
    ///             waiting.resume(&mut store)?
    ///         }
    ///         TypedResumableCall::HostTrap(waiting) => return Err(waiting.into_host_error().into()),
    ///     };
    /// };
    /// assert_eq!(result, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// See [`TypedFunc::call`]; but an error of a host function that is no trap, and lack of fuel,
    /// are no errors here.
    ///
    /// # Panics
    /// See [`TypedFunc::call`].
    pub fn call_resumable(
        &self,
        mut store: impl AsContextMut,
        params: Params,
    ) -> Result<TypedResumableCall<Results>> {
        let store = store.as_context_mut().ptr();
        let ty = self.func().try_ty(store.core())?;
        let (param_slots, result_slots) = ty.wasm().slots();
        let mut slots = alloc::vec![0; param_slots.max(result_slots)];
        self.store_arguments(store, params, &mut slots)?;
        let call = resumable::start(store, *self.func(), &ty, &mut slots)?;
        typed(store, call, &slots)
    }
}

impl<Results: WasmResults> TypedResumableCallHostTrap<Results> {
    /// Why the host function failed.
    pub fn host_error(&self) -> &Error {
        self.call.host_error()
    }

    /// Why the host function failed; the call ends.
    pub fn into_host_error(self) -> Error {
        self.call.into_host_error()
    }

    /// The type of the host function, whose results [`TypedResumableCallHostTrap::resume`] wants.
    pub fn host_func_ty(&self) -> &FuncType {
        self.call.host_func_ty()
    }

    /// Continues the call as if the host function had returned `host_results`.
    ///
    /// # Errors
    /// See [`ResumableCallHostTrap::resume`].
    ///
    /// # Panics
    /// See [`TypedFunc::call`].
    pub fn resume(
        self,
        mut store: impl AsContextMut,
        host_results: &[Val],
    ) -> Result<TypedResumableCall<Results>> {
        let store = store.as_context_mut().ptr();
        let (call, slots) = self.call.go_on(store, host_results)?;
        typed(store, call, &slots)
    }
}

impl<Results: WasmResults> TypedResumableCallOutOfFuel<Results> {
    /// The fuel without which the call cannot go on at all.
    pub fn required_fuel(&self) -> u64 {
        self.call.required_fuel()
    }

    /// Continues the call: see [`ResumableCallOutOfFuel::resume`].
    ///
    /// # Errors
    /// See [`ResumableCallOutOfFuel::resume`].
    ///
    /// # Panics
    /// See [`TypedFunc::call`].
    pub fn resume(self, mut store: impl AsContextMut) -> Result<TypedResumableCall<Results>> {
        let store = store.as_context_mut().ptr();
        let (call, slots) = self.call.go_on(store)?;
        typed(store, call, &slots)
    }
}

/// The call with its results, which are in the slots if it has finished.
fn typed<Results: WasmResults>(
    store: StorePtr,
    call: ResumableCall,
    slots: &[u64],
) -> Result<TypedResumableCall<Results>> {
    let results = PhantomData;
    Ok(match call {
        ResumableCall::Finished => {
            TypedResumableCall::Finished(<Results as sealed::List>::load(store, slots)?)
        }
        ResumableCall::HostTrap(call) => {
            TypedResumableCall::HostTrap(TypedResumableCallHostTrap { call, results })
        }
        ResumableCall::OutOfFuel(call) => {
            TypedResumableCall::OutOfFuel(TypedResumableCallOutOfFuel { call, results })
        }
    })
}

impl<Results> fmt::Debug for TypedResumableCallHostTrap<Results> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}

impl<Results> fmt::Debug for TypedResumableCallOutOfFuel<Results> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}
