//! Functions of guests and of the host.
//!
//! Input: closures, or what instances export. Output: [`Func`], a handle.
//! Holds: a call checks that the function is in the store and that the arguments have its types,
//! before anything runs.

use alloc::format;
use alloc::vec::Vec;

use super::caller::Caller;
use super::engine::Engine;
use super::host::{HostFunc, IntoFunc};
use super::store::{AsContext, AsContextMut, StoreCore};
use super::typed::{TypedFunc, WasmParams, WasmResults, func_type};
use super::types::FuncType;
use super::val::Val;
use crate::error::{Error, Result};
use crate::runtime::handle::FuncId;
use crate::wasm::types as wasm;

/// Slots for the arguments and results of most calls.
const FEW_SLOTS: usize = 16;

/// A function of a guest or of the host, in a store.
///
/// A handle: it is copied freely and means something only together with its store.
///
/// ```
/// use wazir::{Engine, Func, Store, Val};
/// let mut store = Store::new(&Engine::default(), ());
/// let add = Func::wrap(&mut store, |a: i32, b: i32| a.wrapping_add(b));
/// let mut results = [Val::I32(0)];
/// add.call(&mut store, &[Val::I32(40), Val::I32(2)], &mut results)?;
/// assert_eq!(results[0].unwrap_i32(), 42);
/// # Ok::<(), wazir::Error>(())
/// ```
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Func(FuncId);

impl Func {
    /// Makes a host function whose type is known at run time. The closure gets the arguments and
    /// fills in the results, which are zeros and nulls at first.
    ///
    /// ```
    /// use wazir::{Engine, Func, FuncType, Store, Val, ValType};
    /// let engine = Engine::default();
    /// let mut store = Store::new(&engine, ());
    /// let ty = FuncType::new(&engine, [ValType::I64, ValType::I64], [ValType::I64]);
    /// let max = Func::new(&mut store, ty, |_, arguments, results| {
    ///     results[0] = Val::I64(arguments[0].unwrap_i64().max(arguments[1].unwrap_i64()));
    ///     Ok(())
    /// });
    /// let max = max.typed::<(i64, i64), i64>(&store)?;
    /// assert_eq!(max.call(&mut store, (3, 7))?, 7);
    /// # Ok::<(), wazir::Error>(())
    /// ```
    ///
    /// # Panics
    /// If the type belongs to another engine than the store, or the store cannot hold one more
    /// function.
    pub fn new<T>(
        mut store: impl AsContextMut<Data = T>,
        ty: FuncType,
        func: impl Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
    ) -> Func {
        let store = store.as_context_mut().ptr();
        assert!(
            Engine::same(ty.engine(), &store.engine()),
            "the function type belongs to another engine than the store"
        );
        or_panic(store.new_host_func(HostFunc::dynamic(ty, func)))
    }

    /// Makes a host function from a closure whose type says what the function takes and gives: see
    /// [`IntoFunc`].
    ///
    /// The first parameter may be a [`Caller`], through which the closure reaches the store and the
    /// calling instance. The result may be a [`Result`](core::result::Result): an error ends the
    /// guest's run, and the embedder's call returns it.
    ///
    /// ```
    /// use wazir::{Caller, Engine, Func, Store};
    /// #[derive(Debug, PartialEq)]
    /// struct Refused;
    /// impl std::fmt::Display for Refused {
    ///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    ///         f.write_str("refused")
    ///     }
    /// }
    /// impl std::error::Error for Refused {}
    ///
    /// let mut store = Store::new(&Engine::default(), 10);
    /// let take = Func::wrap(&mut store, |mut caller: Caller<'_, i32>, amount: i32| {
    ///     let left = *caller.data() - amount;
    ///     if left < 0 {
    ///         return Err(Refused);
    ///     }
    ///     *caller.data_mut() = left;
    ///     Ok(left)
    /// });
    /// let take = take.typed::<i32, i32>(&store)?;
    /// assert_eq!(take.call(&mut store, 7)?, 3);
    /// let error = take.call(&mut store, 7).unwrap_err();
    /// assert_eq!(error.downcast::<Refused>().unwrap(), Refused);
    /// # Ok::<(), wazir::Error>(())
    /// ```
    ///
    /// # Panics
    /// If the store cannot hold one more function.
    pub fn wrap<T, Params, Results>(
        mut store: impl AsContextMut<Data = T>,
        func: impl IntoFunc<T, Params, Results>,
    ) -> Func {
        let store = store.as_context_mut().ptr();
        or_panic(
            func.into_host_func(&store.engine())
                .and_then(|func| store.new_host_func(func)),
        )
    }

    /// The function's type.
    ///
    /// # Panics
    /// If the function does not belong to the store, or its instance was removed.
    pub fn ty(&self, store: impl AsContext) -> FuncType {
        or_panic(self.try_ty(store.as_context().core()))
    }

    pub(super) fn try_ty(&self, store: &StoreCore) -> Result<FuncType> {
        Ok(FuncType::from_id(
            store.engine(),
            store.func_type_id(self.0)?,
        ))
    }

    /// Calls the function.
    ///
    /// # Errors
    /// If the arguments or the number of results do not fit the type; the guest's trap or exit, or
    /// what a host function returned; if the function does not belong to the store or its instance
    /// was removed.
    ///
    /// # Panics
    /// If a host function that the guest called panicked, the panic goes on here.
    pub fn call(
        &self,
        mut store: impl AsContextMut,
        params: &[Val],
        results: &mut [Val],
    ) -> Result<()> {
        let store = store.as_context_mut().ptr();
        let ty = store.core().func_type(self.0)?;
        let (param_slots, result_slots) = ty.slots();
        // Most functions have few values: no memory is allocated for them.
        let (mut few, mut many) = ([0; FEW_SLOTS], Vec::new());
        let slots: &mut [u64] = if param_slots.max(result_slots) <= FEW_SLOTS {
            &mut few
        } else {
            many.resize(param_slots.max(result_slots), 0);
            &mut many
        };
        check_count("parameter", ty.params(), params.len())?;
        check_count("result", ty.results(), results.len())?;
        store.vals_to_slots("argument", params, ty.params(), slots)?;
        store.call(*self, slots, param_slots, result_slots)?;
        store.vals_from_slots(ty.results(), slots, results)
    }

    /// The function with its types known to the Rust compiler, which makes calls cheap.
    ///
    /// # Errors
    /// If the function has another type, or does not belong to the store.
    ///
    /// ```
    /// use wazir::{Engine, Func, Store};
    /// let mut store = Store::new(&Engine::default(), ());
    /// let next = Func::wrap(&mut store, |number: i32| number + 1);
    /// let error = next.typed::<i64, i32>(&store).unwrap_err();
    /// assert!(error.to_string().contains("expected a function of type [i64] -> [i32]"), "{error}");
    /// # Ok::<(), wazir::Error>(())
    /// ```
    pub fn typed<Params, Results>(
        &self,
        store: impl AsContext,
    ) -> Result<TypedFunc<Params, Results>>
    where
        Params: WasmParams,
        Results: WasmResults,
    {
        let store = store.as_context();
        let ty = self.try_ty(store.core())?;
        let (actual, wanted) = (ty.wasm(), func_type::<Params, Results>());
        let types = store.core().engine().types();
        let is_exact = actual.params() == wanted.params();
        let always_fit = |given, wanted| types.matches_val(given, wanted);
        let may_fit =
            |given, wanted| types.matches_val(given, wanted) || is_same_hierarchy(given, wanted);
        if !fits(wanted.params(), actual.params(), may_fit)
            || !fits(actual.results(), wanted.results(), always_fit)
        {
            return Err(Error::link(format!(
                "expected a function of type {wanted}, found one of type {ty}"
            )));
        }
        let checks_arguments = !is_exact && !fits(wanted.params(), actual.params(), always_fit);
        Ok(TypedFunc::new(*self, checks_arguments))
    }

    pub(super) fn from_id(id: FuncId) -> Func {
        Func(id)
    }

    pub(super) fn id(self) -> FuncId {
        self.0
    }
}

fn fits(
    given: &[wasm::ValType],
    wanted: &[wasm::ValType],
    fit: impl Fn(wasm::ValType, wasm::ValType) -> bool,
) -> bool {
    given.len() == wanted.len()
        && given
            .iter()
            .zip(wanted)
            .all(|(&given, &wanted)| fit(given, wanted))
}

/// Whether some references of type `given` may be of type `wanted`, to be checked one by one: any
/// function may be of the one function type that is wanted.
fn is_same_hierarchy(given: wasm::ValType, wanted: wasm::ValType) -> bool {
    match (given, wanted) {
        (wasm::ValType::Ref(given), wasm::ValType::Ref(wanted)) => {
            given.heap == wasm::HeapType::Func && matches!(wanted.heap, wasm::HeapType::Concrete(_))
        }
        _ => false,
    }
}

pub(super) fn check_count(what: &str, types: &[wasm::ValType], count: usize) -> Result<()> {
    if types.len() == count {
        return Ok(());
    }
    Err(Error::msg(format!(
        "the function has {} {what}{}, but {count} {} given",
        types.len(),
        if types.len() == 1 { "" } else { "s" },
        if count == 1 { "was" } else { "were" },
    )))
}

/// What a function without `Result` gives.
#[track_caller]
pub(super) fn or_panic<V>(result: Result<V>) -> V {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}
