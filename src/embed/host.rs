//! Host functions: closures of the embedder that guests can call.
//!
//! Input: a closure. Output: [`HostFunc`], a trampoline made for its types, which running code
//! calls directly.
//! Holds: a trampoline never unwinds: a panic is caught, carried through the guest's frames as an
//! error, and goes on in the embedder's call.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::slice;

use super::caller::Caller;
use super::engine::Engine;
use super::store::{AsContextMut, StoreContextMut, StorePtr};
use super::typed::{WasmResults, WasmTy, for_each_arity, func_type, sealed};
use super::types::FuncType;
use super::val::Val;
use crate::error::{Error, Result, catch_panic};
use crate::interp::HostCode;
use crate::runtime::layout::{HostStatus, HostTrampoline, VmContext, VmHostFunction};
#[cfg(feature = "compiler")]
use crate::runtime::layout::{
    MachineEntry, REGISTER_ARGUMENTS, RegisterOutcome, RegisterTrampoline, has_register_trampoline,
};
use crate::runtime::store::HostFunction;
#[cfg(feature = "compiler")]
use crate::sys::sync::Once;

/// A closure that can be a host function.
///
/// Implemented for closures with up to 16 parameters that are [`WasmTy`], with or without a
/// [`Caller`] before them, and with a result that is [`WasmRet`]. `T` is the type of the store's
/// data.
///
/// The trait cannot be implemented outside of this crate.
pub trait IntoFunc<T, Params, Results>:
    IntoHostFunc<T, Params, Results> + Send + Sync + 'static
{
}

/// What a host function returns: `()`, a [`WasmTy`] or a tuple of up to 16, or a
/// [`Result`](core::result::Result) of one of these.
///
/// The error may be any that converts into `Box<dyn Error + Send + Sync>`: [`Error`] itself, errors
/// of other crates, `String`. It ends the guest's run, and the embedder's call returns it: as it
/// is, if it is an [`Error`] or a [`Trap`](crate::Trap), and otherwise within an [`Error`], from
/// which it can be downcast.
///
/// The trait cannot be implemented outside of this crate.
pub trait WasmRet: Ret {}

/// The hidden part of [`IntoFunc`].
pub trait IntoHostFunc<T, Params, Results> {
    /// Makes the trampoline.
    fn into_host_func(self, engine: &Engine) -> Result<HostFunc>;
}

/// The hidden part of [`WasmRet`].
pub trait Ret: Sized {
    /// The results.
    type Values: WasmResults;

    /// The results or the error.
    fn into_result(self) -> Result<Self::Values>;
}

impl<R: WasmResults> WasmRet for R {}

impl<R: WasmResults> Ret for R {
    type Values = R;

    #[inline]
    fn into_result(self) -> Result<R> {
        Ok(self)
    }
}

impl<R, E> WasmRet for core::result::Result<R, E>
where
    R: WasmResults,
    E: Into<Box<dyn core::error::Error + Send + Sync>>,
{
}

impl<R, E> Ret for core::result::Result<R, E>
where
    R: WasmResults,
    E: Into<Box<dyn core::error::Error + Send + Sync>>,
{
    type Values = R;

    #[inline]
    fn into_result(self) -> Result<R> {
        match self {
            Ok(values) => Ok(values),
            Err(error) => Err(Error::host(error.into())),
        }
    }
}

/// A host function that is not in a store yet. Several stores may use one.
#[derive(Clone)]
pub struct HostFunc(Arc<dyn AnyClosure>);

/// A closure with what running code needs to call it.
#[repr(C)]
struct Closure<F> {
    /// First, so that it is found without knowing `F`.
    header: Header,
    call: F,
}

/// What is the same for all types of closures.
struct Header {
    ty: FuncType,
    trampolines: Trampolines,
    /// How the interpreter calls it.
    code: HostCode,
    /// How machine code calls it, once that has been asked for.
    #[cfg(feature = "compiler")]
    machine: Once<MachineEntry>,
    drop_closure: unsafe fn(*mut ()),
}

/// What calls a closure, whose type it knows.
#[derive(Copy, Clone)]
struct Trampolines {
    of_slots: HostTrampoline,
    #[cfg(feature = "compiler")]
    of_registers: Option<RegisterTrampoline>,
}

trait AnyClosure: Send + Sync {
    fn header(&self) -> &Header;
}

impl<F: Send + Sync> AnyClosure for Closure<F> {
    fn header(&self) -> &Header {
        &self.header
    }
}

impl HostFunc {
    /// A closure whose parameters are the tuple `P`.
    fn typed<T, P, R, F>(engine: &Engine, call: F) -> Result<HostFunc>
    where
        P: sealed::List,
        R: Ret,
        F: Fn(Caller<'_, T>, P) -> R + Send + Sync + 'static,
    {
        let ty = FuncType::from_wasm(engine, func_type::<P, R::Values>())?;
        let trampolines = Trampolines {
            of_slots: typed_trampoline::<T, P, R, F>,
            #[cfg(feature = "compiler")]
            of_registers: match has_register_trampoline(
                P::SLOTS,
                <R::Values as sealed::List>::SLOTS,
            ) {
                true => Some(typed_register_trampoline::<T, P, R, F>),
                false => None,
            },
        };
        Ok(HostFunc::new(trampolines, ty, call))
    }

    /// A closure that takes and gives values whose types are known at run time.
    pub(super) fn dynamic<T, F>(ty: FuncType, call: F) -> HostFunc
    where
        F: Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
    {
        let own_ty = ty.clone();
        HostFunc::of_slots(ty, move |caller: Caller<'_, T>, slots: &mut [u64]| {
            call_with_vals(&own_ty, caller, slots, &call)
        })
    }

    /// A closure that takes its arguments from slots and leaves its results there, of the given type.
    pub(super) fn of_slots<T, F>(ty: FuncType, call: F) -> HostFunc
    where
        F: Fn(Caller<'_, T>, &mut [u64]) -> Result<()> + Send + Sync + 'static,
    {
        let trampolines = Trampolines {
            of_slots: slots_trampoline::<T, F>,
            #[cfg(feature = "compiler")]
            of_registers: {
                let (param_slots, result_slots) = ty.wasm().slots();
                has_register_trampoline(param_slots, result_slots)
                    .then_some(slots_register_trampoline::<T, F>)
            },
        };
        HostFunc::new(trampolines, ty, call)
    }

    fn new<F: Send + Sync + 'static>(trampolines: Trampolines, ty: FuncType, call: F) -> HostFunc {
        let (param_slots, result_slots) = ty.wasm().slots();
        let header = Header {
            ty,
            trampolines,
            code: HostCode::of_slots(param_slots, result_slots),
            #[cfg(feature = "compiler")]
            machine: Once::new(),
            drop_closure: drop_closure::<F>,
        };
        HostFunc(Arc::new(Closure { header, call }))
    }

    pub(super) fn ty(&self) -> &FuncType {
        &self.0.header().ty
    }

    /// Its address, which no other has as long as this one or a clone of it exists.
    pub(super) fn address(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }

    /// What a store needs to call it, and to free it then. The store's engine is that of the type.
    pub(super) fn into_parts(self) -> Result<HostFunction> {
        let header = self.0.header();
        let (param_slots, result_slots) = header.ty.wasm().slots();
        Ok(HostFunction {
            type_id: header.ty.id(),
            // At most 1,000 parameters and as many results, of two slots each.
            param_slots: param_slots as u32,
            result_slots: result_slots as u32,
            code: header.code.address(),
            #[cfg(feature = "compiler")]
            machine: match header.ty.engine().native().and_then(|native| native.get()) {
                Some(native) => *header
                    .machine
                    .get_or_try_init(|| native.host_entry(header.ty.wasm()))?,
                None => MachineEntry::NONE,
            },
            trampoline: header.trampolines.of_slots,
            #[cfg(feature = "compiler")]
            register_trampoline: header.trampolines.of_registers,
            drop_closure: header.drop_closure,
            closure: Arc::into_raw(self.0).cast::<()>().cast_mut(),
        })
    }
}

/// The type of a host function in a store.
///
/// # Safety
/// The record is that of a host function that is alive as long as the reference.
pub(super) unsafe fn func_type_of<'a>(host: *const VmHostFunction) -> &'a FuncType {
    // SAFETY: the function's closure is a `Closure`, of whatever type, which begins with its header.
    unsafe { &(*(*host).closure.cast_const().cast::<Header>()).ty }
}

impl<T, Params, Results, F> IntoFunc<T, Params, Results> for F where
    F: IntoHostFunc<T, Params, Results> + Send + Sync + 'static
{
}

macro_rules! closures {
    ($($name:ident)*) => {
        #[allow(non_snake_case)]
        impl<T, F, $($name,)* R> IntoHostFunc<T, ($($name,)*), R> for F
        where
            F: Fn($($name),*) -> R + Send + Sync + 'static,
            $($name: WasmTy,)*
            R: WasmRet,
        {
            fn into_host_func(self, engine: &Engine) -> Result<HostFunc> {
                HostFunc::typed(engine, move |_: Caller<'_, T>, ($($name,)*): ($($name,)*)| self($($name),*))
            }
        }

        #[allow(non_snake_case)]
        impl<T, F, $($name,)* R> IntoHostFunc<T, (Caller<'_, T>, $($name,)*), R> for F
        where
            F: Fn(Caller<'_, T>, $($name),*) -> R + Send + Sync + 'static,
            $($name: WasmTy,)*
            R: WasmRet,
        {
            fn into_host_func(self, engine: &Engine) -> Result<HostFunc> {
                HostFunc::typed(engine, move |caller: Caller<'_, T>, ($($name,)*): ($($name,)*)| {
                    self(caller, $($name),*)
                })
            }
        }
    };
}
for_each_arity!(closures);

/// Gives up a share of a closure.
///
/// # Safety
/// `closure` is the address of a `Closure<F>` in an `Arc`, and the caller gives its share up.
unsafe fn drop_closure<F>(closure: *mut ()) {
    // SAFETY: as the function's contract says.
    drop(unsafe { Arc::from_raw(closure.cast_const().cast::<Closure<F>>()) });
}

/// Calls a closure with the arguments in the slots.
///
/// # Safety
/// As [`HostTrampoline`] says, and the host function was made by [`HostFunc::typed`] with the same
/// types, in a store with data of type `T`.
unsafe extern "C" fn typed_trampoline<T, P, R, F>(
    host: *mut VmHostFunction,
    context: *mut VmContext,
    slots: *mut u64,
) -> HostStatus
where
    P: sealed::List,
    R: Ret,
    F: Fn(Caller<'_, T>, P) -> R,
{
    // SAFETY: the function's contract says it; the store keeps the closure, and nobody else uses
    // the store while running code waits for this.
    let (store, closure) = unsafe {
        (
            StoreContextMut::<T>::of_host_function(host),
            &*(*host).closure.cast::<Closure<F>>(),
        )
    };
    let ptr = store.ptr();
    run(ptr, || {
        // SAFETY: the caller gives slots for the parameters.
        let arguments = P::load(ptr, unsafe { slice::from_raw_parts(slots, P::SLOTS) })?;
        // SAFETY: running code passes null or the context of an instance that is running.
        let caller = unsafe { Caller::new(store, context) };
        let results = (closure.call)(caller, arguments).into_result()?;
        let result_slots = <R::Values as sealed::List>::SLOTS;
        // SAFETY: the caller gives slots for the results.
        sealed::List::store(results, ptr, unsafe {
            slice::from_raw_parts_mut(slots, result_slots)
        })
    })
}

/// Calls a closure with the slots.
///
/// # Safety
/// As for [`typed_trampoline`], with [`HostFunc::of_slots`].
unsafe extern "C" fn slots_trampoline<T, F>(
    host: *mut VmHostFunction,
    context: *mut VmContext,
    slots: *mut u64,
) -> HostStatus
where
    F: Fn(Caller<'_, T>, &mut [u64]) -> Result<()>,
{
    // SAFETY: as for `typed_trampoline`; the caller gives slots for the parameters and for the results.
    let (store, closure, slots) = unsafe {
        let count = (*host).param_slots.max((*host).result_slots);
        (
            StoreContextMut::<T>::of_host_function(host),
            &*(*host).closure.cast::<Closure<F>>(),
            slice::from_raw_parts_mut(slots, count as usize),
        )
    };
    run(store.ptr(), || {
        // SAFETY: running code passes null or the context of an instance that is running.
        let caller = unsafe { Caller::new(store, context) };
        (closure.call)(caller, slots)
    })
}

/// Calls a trampoline with slots for a few words.
#[cfg(feature = "compiler")]
#[inline]
fn with_slots(
    mut slots: [u64; REGISTER_ARGUMENTS],
    trampoline: impl FnOnce(*mut u64) -> HostStatus,
) -> RegisterOutcome {
    let status = trampoline(slots.as_mut_ptr());
    RegisterOutcome {
        word: slots[0],
        status,
    }
}

/// Calls a closure with the arguments in registers.
///
/// # Safety
/// As [`RegisterTrampoline`] says, and the host function was made by [`HostFunc::typed`] with the
/// same types, in a store with data of type `T`.
#[cfg(feature = "compiler")]
unsafe extern "C" fn typed_register_trampoline<T, P, R, F>(
    a: u64,
    b: u64,
    c: u64,
    d: u64,
    host: *mut VmHostFunction,
    context: *mut VmContext,
) -> RegisterOutcome
where
    P: sealed::List,
    R: Ret,
    F: Fn(Caller<'_, T>, P) -> R,
{
    // SAFETY: the function's contract says it; `HostFunc::typed` has seen that the slots are enough.
    with_slots([a, b, c, d], |slots| unsafe {
        typed_trampoline::<T, P, R, F>(host, context, slots)
    })
}

/// Calls a closure of slots with the arguments in registers.
///
/// # Safety
/// As for [`typed_register_trampoline`], with [`HostFunc::of_slots`].
#[cfg(feature = "compiler")]
unsafe extern "C" fn slots_register_trampoline<T, F>(
    a: u64,
    b: u64,
    c: u64,
    d: u64,
    host: *mut VmHostFunction,
    context: *mut VmContext,
) -> RegisterOutcome
where
    F: Fn(Caller<'_, T>, &mut [u64]) -> Result<()>,
{
    // SAFETY: the function's contract says it; `HostFunc::of_slots` has seen that the slots are enough.
    with_slots([a, b, c, d], |slots| unsafe {
        slots_trampoline::<T, F>(host, context, slots)
    })
}

/// Calls a function of a type with the arguments in the slots as values.
fn call_with_vals<T>(
    ty: &FuncType,
    mut caller: Caller<'_, T>,
    slots: &mut [u64],
    call: impl Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()>,
) -> Result<()> {
    let ptr = caller.as_context_mut().ptr();
    let wasm = ty.wasm();
    let (param_slots, result_slots) = wasm.slots();
    // Results that the closure leaves alone are zero or null.
    let mut values: Vec<Val> = alloc::vec![Val::I32(0); wasm.params().len()];
    values.extend(
        ty.results()
            .map(|ty| ty.default_value().unwrap_or(Val::I32(0))),
    );
    let (arguments, results) = values.split_at_mut(wasm.params().len());
    ptr.vals_from_slots(wasm.params(), &slots[..param_slots], arguments)?;
    call(caller, arguments, results)?;
    ptr.vals_to_slots(
        "result",
        results,
        wasm.results(),
        &mut slots[..result_slots],
    )
}

/// Runs a host function's closure: a panic becomes an error, and an error the store's.
#[inline]
fn run(store: StorePtr, body: impl FnOnce() -> Result<()>) -> HostStatus {
    let scope = store.open_root_scope();
    let outcome = catch_panic(body);
    store.close_root_scope(scope);
    match outcome {
        Ok(()) => HostStatus::Done,
        Err(error) => {
            store.set_pending_error(error);
            HostStatus::Failed
        }
    }
}
