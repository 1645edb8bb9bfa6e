//! What a host function sees of its caller.
//!
//! Input: the store and the context of the instance that calls. Output: [`Caller`].
//! Holds: a caller lives as long as the host function's call.

use core::fmt;
use core::ptr::NonNull;

use super::engine::Engine;
use super::extern_ref::GcHeapOutOfMemory;
use super::externs::Extern;
use super::instance::Instance;
use super::store::{AsContext, AsContextMut, StoreContext, StoreContextMut};
use crate::error::Result;
use crate::runtime::layout::VmContext;

/// The store and the instance that call a host function. It stands for the store in everything that
/// takes one.
///
/// ```
/// use wazir::{Caller, Engine, Extern, Linker, Module, Store};
/// let engine = Engine::default();
/// let mut linker: Linker<Vec<String>> = Linker::new(&engine);
/// linker.func_wrap("env", "log", |mut caller: Caller<'_, Vec<String>>, address: u32, length: u32| {
///     let Some(Extern::Memory(memory)) = caller.get_export("memory") else {
///         return Err("the guest exports no memory".to_string());
///     };
///     let text = memory.str(&caller, address, length).map_err(|error| error.to_string())?.to_string();
///     caller.data_mut().push(text);
///     Ok(())
/// })?;
/// let wasm = wat::parse_str(
///     r#"(module (import "env" "log" (func $log (param i32 i32)))
///          (memory (export "memory") 1) (data (i32.const 8) "hello")
///          (func (export "run") (call $log (i32.const 8) (i32.const 5))))"#,
/// )?;
/// let mut store = Store::new(&engine, Vec::new());
/// let instance = linker.instantiate(&mut store, &Module::new(&engine, wasm)?)?;
/// instance.get_typed_func::<(), ()>(&mut store, "run")?.call(&mut store, ())?;
/// assert_eq!(store.data()[..], ["hello"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Caller<'a, T> {
    store: StoreContextMut<'a, T>,
    /// None if the host calls the function directly.
    context: Option<NonNull<VmContext>>,
}

// SAFETY: the context belongs to the store, with which the caller is sent.
unsafe impl<T: Send> Send for Caller<'_, T> {}
// SAFETY: the context is only read, and by `&mut self`.
unsafe impl<T: Sync> Sync for Caller<'_, T> {}

impl<'a, T> Caller<'a, T> {
    /// # Safety
    /// `context` is null or that of an instance of the store that is not removed as long as the
    /// caller exists.
    #[inline]
    pub(super) unsafe fn new(
        store: StoreContextMut<'a, T>,
        context: *mut VmContext,
    ) -> Caller<'a, T> {
        Caller {
            store,
            context: NonNull::new(context),
        }
    }

    /// What the calling instance exports under a name. None if there is no such export, or if the
    /// host calls the function directly.
    pub fn get_export(&mut self, name: &str) -> Option<Extern> {
        self.instance()?.get_export(&mut self.store, name)
    }

    /// The calling instance. None if the host calls the function directly.
    pub fn instance(&mut self) -> Option<Instance> {
        let context = self.context?;
        // SAFETY: the context is that of an instance of the store, which is in use and so cannot be
        // removed.
        Some(unsafe { Instance::from_context(context) })
    }

    /// The store's data.
    pub fn data(&self) -> &T {
        self.store.data()
    }

    /// The store's data.
    pub fn data_mut(&mut self) -> &mut T {
        self.store.data_mut()
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        self.store.engine()
    }

    /// Asks whether the call shall be interrupted. A host function that takes long asks now and
    /// then and passes the error on.
    ///
    /// ```
    /// use wazir::{Caller, Config, Engine, Func, Store, Trap};
    /// let engine = Engine::new(Config::new().interruptable(true))?;
    /// let mut store = Store::new(&engine, ());
    /// let work = Func::wrap(&mut store, |mut caller: Caller<'_, ()>| -> wazir::Result<()> {
    ///     loop {
    ///         caller.check()?;
    ///     }
    /// });
    /// store.interrupt_handle()?.interrupt();
    /// let error = work.call(&mut store, &[], &mut []).unwrap_err();
    /// assert_eq!(error.trap(), Some(Trap::Interrupt));
    /// # Ok::<(), wazir::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Trap::Interrupt`](crate::Trap::Interrupt), if someone asked for an interruption or a
    /// deadline passed.
    pub fn check(&mut self) -> Result<()> {
        self.store.core_mut().check_interrupt()
    }

    /// Whether [`Caller::check`] can fail at all.
    #[cfg(feature = "wasi")]
    pub(crate) fn is_interruptable(&self) -> bool {
        self.store.core().is_interruptable()
    }

    /// The fuel that is left.
    ///
    /// # Errors
    /// If the engine does not count fuel ([`Config::consume_fuel`](crate::Config::consume_fuel)).
    pub fn get_fuel(&self) -> Result<u64> {
        self.store.get_fuel()
    }

    /// Sets the fuel that is left.
    ///
    /// # Errors
    /// If the engine does not count fuel.
    pub fn set_fuel(&mut self, fuel: u64) -> Result<()> {
        self.store.set_fuel(fuel)
    }

    /// Frees host values that nothing refers to: see [`Store::gc`](crate::Store::gc).
    ///
    /// # Errors
    /// See [`Store::gc`](crate::Store::gc).
    pub fn gc(&mut self, why: Option<&GcHeapOutOfMemory<()>>) -> Result<()> {
        self.store.gc(why)
    }
}

impl<T> AsContext for Caller<'_, T> {
    type Data = T;

    fn as_context(&self) -> StoreContext<'_, T> {
        self.store.as_context()
    }
}

impl<T> AsContextMut for Caller<'_, T> {
    fn as_context_mut(&mut self) -> StoreContextMut<'_, T> {
        self.store.as_context_mut()
    }
}

impl<T> fmt::Debug for Caller<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("instance", &self.context)
            .finish_non_exhaustive()
    }
}
