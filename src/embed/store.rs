//! Stores: what guests run in, with the embedder's data.
//!
//! Input: an engine and the data. Output: [`Store`], and the contexts by which it is passed around.
//! Holds: a store's parts are reached through addresses that are all derived from one allocation
//! each, never through a reference that is kept: while guest code runs, host functions reach the
//! same store. Only whoever has a [`Store`], a [`StoreContextMut`] or a [`Caller`](crate::Caller)
//! uses it, one at a time, as their lifetimes make sure.
//!
//! Nothing that is called often is generic over the data: that is [`StoreCore`] and [`StorePtr`].

use crate::ordered_map::OrderedMap;
use alloc::boxed::Box;
use alloc::sync::Arc;
use core::fmt;
use core::marker::PhantomData;
use core::ptr::NonNull;

use super::engine::Engine;
use super::epoch::Watch;
use super::extern_ref::{GcHeapOutOfMemory, ReleasedRoots};
use super::func::Func;
use super::host::func_type_of;
use super::instance::Instance;
use crate::error::{Error, Result};
use crate::module::registry::RecursionGroup;
use crate::runtime::extern_ref::{ExternRefs, RootId};
use crate::runtime::handle::{FuncId, StoreId};
use crate::runtime::instance::Instance as InstanceRecord;
use crate::runtime::layout::{VmFunction, VmHostFunction};
use crate::runtime::store::{StoreInner, StoreOwner};
use crate::runtime::{InterruptHandle, ResourceLimiter};
use crate::sys::sync::Mutex;
use crate::wasm::types::{FuncType, HeapType, RefType, TypeId, ValType};

/// Everything that guests run in: instances, their memories, tables and globals, and the embedder's
/// data of type `T`, which host functions reach through their [`Caller`](crate::Caller).
///
/// What handles such as [`Func`] and [`Memory`](crate::Memory) name lives in a store. A store is
/// used by one thread at a time; it is `Send` when `T` is.
///
/// ```
/// use wazir::{Engine, Store};
/// let mut store = Store::new(&Engine::default(), vec![1, 2]);
/// store.data_mut().push(3);
/// assert_eq!(store.into_data(), [1, 2, 3]);
/// ```
pub struct Store<T> {
    /// The address of a leaked box, which `drop` frees.
    boxed: NonNull<StoreBox<T>>,
    /// Owns a `T`, and must not be taken for a store of a related type: closures in it expect
    /// exactly `T`.
    data: PhantomData<(T, Invariant<T>)>,
}

/// Something that neither a supertype nor a subtype of `T` can stand in for.
pub(super) type Invariant<T> = fn(T) -> T;

/// The parts of a store. The data comes first, so that its address is that of the box.
#[repr(C)]
struct StoreBox<T> {
    data: T,
    core: StoreCore,
}

// SAFETY: a store owns its parts: the data, which is `Send`, and the core, which is (asserted
// below).
unsafe impl<T: Send> Send for Store<T> {}
// SAFETY: a shared store gives out shared references only, to data that is `Sync` and to the core,
// which is.
unsafe impl<T: Sync> Sync for Store<T> {}

const _: () = {
    const fn assert_send_and_sync<T: Send + Sync>() {}
    assert_send_and_sync::<StoreCore>();
};

/// What of a store does not depend on the type of its data.
pub(super) struct StoreCore {
    engine: Engine,
    inner: StoreOwner,
    /// The functions that were made of linkers' host functions, by the address of the latter.
    host_funcs: OrderedMap<usize, Func>,
    /// The types of what the host made, to keep them alive.
    types: OrderedMap<TypeId, Arc<RecursionGroup>>,
    released_roots: Arc<ReleasedRoots>,
    epoch: Option<Arc<Watch>>,
}

impl<T> Store<T> {
    /// Makes a store.
    pub fn new(engine: &Engine, data: T) -> Store<T> {
        let inner = StoreInner::new(Arc::clone(engine.types()), engine.store_options());
        let core = StoreCore {
            engine: engine.clone(),
            inner,
            host_funcs: OrderedMap::new(),
            types: OrderedMap::new(),
            released_roots: Arc::new(Mutex::new(alloc::vec::Vec::new())),
            epoch: None,
        };
        let boxed = NonNull::from(Box::leak(Box::new(StoreBox { data, core })));
        let mut store = Store {
            boxed,
            data: PhantomData,
        };
        store.core_mut().inner.set_data(boxed.as_ptr().cast());
        store
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.core().engine
    }

    /// The embedder's data.
    pub fn data(&self) -> &T {
        // SAFETY: the box lives as long as the store, and `&self` keeps writers away.
        unsafe { &(*self.boxed.as_ptr()).data }
    }

    /// The embedder's data.
    pub fn data_mut(&mut self) -> &mut T {
        // SAFETY: the box lives as long as the store, and `&mut self` is the only use of it.
        unsafe { &mut (*self.boxed.as_ptr()).data }
    }

    /// Ends the store and gives the data back.
    pub fn into_data(self) -> T {
        let store = core::mem::ManuallyDrop::new(self);
        // SAFETY: the address is that of a leaked box, and the store is not dropped, so nobody
        // frees it again.
        let StoreBox { data, core } = *unsafe { Box::from_raw(store.boxed.as_ptr()) };
        drop(core);
        data
    }

    /// Sets who decides about the growth of memories and tables and about their number. The closure
    /// finds the limiter in the data. The engine's limits
    /// ([`Config::store_limits`](crate::Config::store_limits)) hold beside it.
    ///
    /// ```
    /// use wazir::{Engine, Memory, MemoryType, Store, StoreLimits, StoreLimitsBuilder};
    /// struct Host {
    ///     limits: StoreLimits,
    /// }
    /// let limits = StoreLimitsBuilder::new().memory_size(1 << 20).build();
    /// let mut store = Store::new(&Engine::default(), Host { limits });
    /// store.limiter(|host| &mut host.limits);
    /// assert!(Memory::new(&mut store, MemoryType::new(16, None)).is_ok());
    /// assert!(Memory::new(&mut store, MemoryType::new(17, None)).is_err());
    /// ```
    pub fn limiter(
        &mut self,
        limiter: impl (FnMut(&mut T) -> &mut dyn ResourceLimiter) + Send + Sync + 'static,
    ) {
        // SAFETY: `set_data` was given the address of the `T`, and the core is not used by way of
        // the data.
        unsafe { self.core_mut().inner.set_limiter::<T, _>(limiter) };
    }

    /// The fuel that is left.
    ///
    /// # Errors
    /// If the engine does not count fuel ([`Config::consume_fuel`](crate::Config::consume_fuel)).
    pub fn get_fuel(&self) -> Result<u64> {
        self.core().get_fuel()
    }

    /// Sets the fuel that is left; at most [`i64::MAX`]. A new store has none.
    ///
    /// ```
    /// use wazir::{Config, Engine, Instance, Module, Store, Trap};
    /// let engine = Engine::new(Config::new().consume_fuel(true))?;
    /// let wasm = wat::parse_str(r#"(module (func (export "run") (loop (br 0))))"#)?;
    /// let mut store = Store::new(&engine, ());
    /// let instance = Instance::new(&mut store, &Module::new(&engine, wasm)?, &[])?;
    /// let run = instance.get_typed_func::<(), ()>(&mut store, "run")?;
    /// store.set_fuel(10_000)?;
    /// assert_eq!(run.call(&mut store, ()).unwrap_err().trap(), Some(Trap::OutOfFuel));
    /// assert_eq!(store.get_fuel()?, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the engine does not count fuel.
    pub fn set_fuel(&mut self, fuel: u64) -> Result<()> {
        self.core_mut().set_fuel(fuel)
    }

    /// A handle with which any thread can interrupt what runs in the store.
    ///
    /// ```
    /// use wazir::{Config, Engine, Instance, Module, Store, Trap};
    /// let engine = Engine::new(Config::new().interruptable(true))?;
    /// let wasm = wat::parse_str(r#"(module (func (export "run") (loop (br 0))))"#)?;
    /// let mut store = Store::new(&engine, ());
    /// let instance = Instance::new(&mut store, &Module::new(&engine, wasm)?, &[])?;
    /// let run = instance.get_typed_func::<(), ()>(&mut store, "run")?;
    /// let handle = store.interrupt_handle()?;
    /// std::thread::spawn(move || handle.interrupt());
    /// assert_eq!(run.call(&mut store, ()).unwrap_err().trap(), Some(Trap::Interrupt));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If runs of the engine cannot be interrupted
    /// ([`Config::interruptable`](crate::Config::interruptable)).
    pub fn interrupt_handle(&self) -> Result<InterruptHandle> {
        self.core().check_interruptable()?;
        Ok(self.core().inner.interrupt_handle())
    }

    /// Sets a deadline, so much from now: from then on every call ends with
    /// [`Trap::Interrupt`](crate::Trap::Interrupt). It replaces an earlier one. See
    /// [`Config::untrusted`](crate::Config::untrusted) for an example.
    ///
    /// # Errors
    /// If runs of the engine cannot be interrupted
    /// ([`Config::interruptable`](crate::Config::interruptable)), or the platform has no clock.
    #[cfg(feature = "std")]
    pub fn set_deadline(&mut self, after: core::time::Duration) -> Result<()> {
        self.core().check_interruptable()?;
        if self.core_mut().inner.set_deadline(Some(after)) {
            return Ok(());
        }
        Err(Error::unsupported(
            None,
            "the platform has no clock for deadlines",
        ))
    }

    /// Takes the deadline back.
    #[cfg(feature = "std")]
    pub fn clear_deadline(&mut self) {
        self.core_mut().inner.set_deadline(None);
    }

    /// Lets every call end with [`Trap::Interrupt`](crate::Trap::Interrupt) once `ticks` more
    /// epochs have passed (see [`Engine::increment_epoch`]). Without a call of this the epochs have
    /// no effect on the store.
    ///
    /// ```
    /// use wazir::{Config, Engine, Func, Store, Trap};
    /// let engine = Engine::new(Config::new().epoch_interruption(true))?;
    /// let mut store = Store::new(&engine, ());
    /// let nothing = Func::wrap(&mut store, || {});
    /// store.set_epoch_deadline(1);
    /// assert!(nothing.call(&mut store, &[], &mut []).is_ok());
    /// engine.increment_epoch();
    /// let error = nothing.call(&mut store, &[], &mut []).unwrap_err();
    /// assert_eq!(error.trap(), Some(Trap::Interrupt));
    /// # Ok::<(), wazir::Error>(())
    /// ```
    ///
    /// # Panics
    /// If the engine does not observe epochs
    /// ([`Config::epoch_interruption`](crate::Config::epoch_interruption)).
    pub fn set_epoch_deadline(&mut self, ticks: u64) {
        self.core_mut().set_epoch_deadline(ticks);
    }

    /// Lets a call that is over its epoch deadline trap. That is what it always does.
    pub fn epoch_deadline_trap(&mut self) {}

    /// Removes an instance with everything that it defines. Handles to these are stale from then
    /// on.
    ///
    /// ```
    /// use wazir::{Engine, Instance, Module, Store};
    /// let engine = Engine::default();
    /// let module = Module::new(&engine, wat::parse_str(r#"(module (memory (export "m") 100))"#)?)?;
    /// let mut store = Store::new(&engine, ());
    /// for _ in 0..1_000 {
    ///     let instance = Instance::new(&mut store, &module, &[])?;
    ///     store.remove(instance)?;
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If something that stays still uses it, which the error names: another instance that imports
    /// from it, a table or global with one of its functions, or a call that has not returned.
    pub fn remove(&mut self, instance: Instance) -> Result<()> {
        self.core_mut().inner.remove(instance.id())
    }

    /// Empties the store for its next use and replaces the data. All handles are stale then,
    /// interrupt handles without effect, the deadline is gone and the fuel 0. Address space that
    /// memories reserved is kept for the next ones. The closure given to [`Store::limiter`] stays.
    ///
    /// Returns the old data.
    ///
    /// ```
    /// use wazir::{Engine, Func, Store};
    /// let mut store = Store::new(&Engine::default(), "first tenant");
    /// let function = Func::wrap(&mut store, || {});
    /// assert_eq!(store.reset("second tenant"), "first tenant");
    /// assert!(function.call(&mut store, &[], &mut []).is_err());
    /// ```
    pub fn reset(&mut self, data: T) -> T {
        let core = self.core_mut();
        // Calls of this store borrow it mutably, so that none can be running now.
        super::func::or_panic(core.inner.reset());
        core.host_funcs.clear();
        core.types.clear();
        core.released_roots = Arc::new(Mutex::new(alloc::vec::Vec::new()));
        core.epoch = None;
        core::mem::replace(self.data_mut(), data)
    }

    /// Drops the host values ([`ExternRef`](crate::ExternRef)) that neither roots nor guests refer
    /// to any more. The store does that now and then by itself. `why` makes no difference: it is for
    /// programs that were written for wasmtime.
    ///
    /// # Errors
    /// None at present.
    pub fn gc(&mut self, why: Option<&GcHeapOutOfMemory<()>>) -> Result<()> {
        self.as_context_mut().gc(why)
    }

    pub(super) fn core(&self) -> &StoreCore {
        // SAFETY: the box lives as long as the store, and `&self` keeps writers away.
        unsafe { &(*self.boxed.as_ptr()).core }
    }

    pub(super) fn core_mut(&mut self) -> &mut StoreCore {
        // SAFETY: the box lives as long as the store, and `&mut self` is the only use of it.
        unsafe { &mut (*self.boxed.as_ptr()).core }
    }
}

impl<T> Drop for Store<T> {
    fn drop(&mut self) {
        // SAFETY: the address is that of a leaked box, and nobody uses the store after this.
        drop(unsafe { Box::from_raw(self.boxed.as_ptr()) });
    }
}

impl<T: Default> Default for Store<T> {
    /// A store of a new engine with default settings.
    fn default() -> Store<T> {
        Store::new(&Engine::default(), T::default())
    }
}

impl<T: fmt::Debug> fmt::Debug for Store<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("data", self.data())
            .finish_non_exhaustive()
    }
}

/// What runs need of a store's state.
impl StoreCore {
    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(super) fn inner(&self) -> &StoreInner {
        &self.inner
    }

    pub(super) fn inner_mut(&mut self) -> &mut StoreInner {
        &mut self.inner
    }

    /// The type of a function, without its place among the engine's types.
    pub(super) fn func_type(&self, id: FuncId) -> Result<Arc<FuncType>> {
        let function = self.inner.function(id)?;
        // SAFETY: the store has just found the function, so it is alive, and its context too: that
        // of its instance, or the record of a function of the host.
        unsafe {
            let VmFunction {
                context,
                defined_index,
                ..
            } = *function.as_ref();
            if defined_index == u32::MAX {
                return Ok(Arc::clone(func_type_of(context.cast()).wasm()));
            }
            let module = InstanceRecord::from_context(context).module();
            Ok(Arc::clone(
                module.function_type(module.imported_functions + defined_index),
            ))
        }
    }

    pub(super) fn func_type_id(&self, id: FuncId) -> Result<TypeId> {
        let function = self.inner.function(id)?;
        // SAFETY: the store has just found the function, so it is alive.
        Ok(TypeId(unsafe { function.as_ref() }.type_id))
    }

    pub(super) fn host_funcs(&self) -> &OrderedMap<usize, Func> {
        &self.host_funcs
    }

    /// Makes room for so many functions that are made of linkers' host functions, if there are none yet.
    pub(super) fn reserve_host_funcs(&mut self, count: usize) {
        if self.host_funcs.is_empty() {
            self.host_funcs.reserve(count);
            self.inner.reserve_functions(count);
        }
    }

    pub(super) fn host_funcs_mut(&mut self) -> &mut OrderedMap<usize, Func> {
        &mut self.host_funcs
    }

    /// Keeps the defined type in a type alive as long as the store.
    pub(super) fn keep_type_of(&mut self, ty: ValType) {
        if let ValType::Ref(RefType {
            heap: HeapType::Concrete(id),
            ..
        }) = ty
        {
            self.keep_type(id);
        }
    }

    /// Keeps a type alive as long as the store.
    pub(super) fn keep_type(&mut self, id: TypeId) {
        if let Some(ty) = self.engine.types().find(id) {
            self.types.get_or_insert_with(id, || ty.group);
        }
    }

    /// Whether runs can be interrupted.
    pub(super) fn is_interruptable(&self) -> bool {
        self.engine.config().polls()
    }

    fn check_interruptable(&self) -> Result<()> {
        if self.is_interruptable() {
            return Ok(());
        }
        Err(Error::msg(
            "runs of this engine cannot be interrupted: set Config::interruptable(true)",
        ))
    }

    /// Whether calls depend on an epoch deadline.
    #[cfg(feature = "compiler")]
    #[inline]
    pub(super) fn has_epoch(&self) -> bool {
        self.epoch.is_some()
    }

    /// Fails if the store's next call must not run because its epoch deadline has passed.
    #[inline]
    pub(super) fn check_epoch(&self) -> Result<()> {
        match &self.epoch {
            Some(watch) => watch.check(),
            None => Ok(()),
        }
    }

    fn set_epoch_deadline(&mut self, ticks: u64) {
        assert!(
            self.engine.config().epoch_interruption,
            "the engine does not observe epochs: set Config::epoch_interruption(true)"
        );
        if self.epoch.take().is_some_and(|old| old.has_interrupted()) {
            // The interruption for the old deadline is answered by setting a new one.
            let _ = self.inner.poll();
        }
        self.epoch = Some(
            self.engine
                .epoch()
                .watch(ticks, self.inner.interrupt_handle()),
        );
    }

    pub(super) fn check_interrupt(&mut self) -> Result<()> {
        self.check_epoch()?;
        self.inner.poll()
    }

    fn check_counts_fuel(&self) -> Result<()> {
        if self.engine.config().consume_fuel {
            return Ok(());
        }
        Err(Error::msg(
            "this engine does not count fuel: set Config::consume_fuel(true)",
        ))
    }

    /// How far the fuel is below zero, where it is afterwards.
    pub(super) fn take_missing_fuel(&mut self) -> u64 {
        let missing = self.inner.vm().fuel.min(0).unsigned_abs();
        self.inner.vm().fuel += missing as i64;
        missing
    }

    pub(super) fn get_fuel(&self) -> Result<u64> {
        self.check_counts_fuel()?;
        // SAFETY: the record is part of the store, and `&self` keeps writers away.
        let fuel = unsafe { (*self.inner.vm_ptr()).fuel };
        Ok(u64::try_from(fuel).unwrap_or(0))
    }

    pub(super) fn set_fuel(&mut self, fuel: u64) -> Result<()> {
        self.check_counts_fuel()?;
        self.inner.vm().fuel = i64::try_from(fuel).unwrap_or(i64::MAX);
        Ok(())
    }

    fn gc(&mut self) {
        self.release_owned_roots();
        self.inner.collect_externs();
    }
}

/// Host values.
impl StoreCore {
    pub(super) fn extern_refs(&self) -> &ExternRefs {
        self.inner.extern_refs()
    }

    pub(super) fn extern_refs_mut(&mut self) -> &mut ExternRefs {
        self.inner.extern_refs_mut()
    }

    pub(super) fn released_roots(&self) -> &Arc<ReleasedRoots> {
        &self.released_roots
    }

    /// Releases the roots whose owners were dropped.
    pub(super) fn release_owned_roots(&mut self) {
        let released = core::mem::take(&mut *self.released_roots.lock());
        for root in released {
            self.inner.extern_refs_mut().release(root);
        }
    }

    /// Fails if a store's identity is not this store's.
    pub(super) fn check_store(&self, store: StoreId) -> Result<()> {
        if store == self.inner.id() {
            return Ok(());
        }
        Err(Error::link(
            "the reference belongs to another store, or to this one before it was reset",
        ))
    }

    /// The handle of a rooted reference.
    pub(super) fn rooted_handle(&self, store: StoreId, root: RootId) -> Result<u64> {
        self.check_store(store)?;
        let handle = self.inner.extern_refs().rooted(root);
        handle
            .ok_or_else(|| Error::link("the reference is not rooted any more: its scope has ended"))
    }
}

/// The address of a store's core. Whoever has one has the store, as its maker promised.
#[derive(Copy, Clone)]
pub struct StorePtr(NonNull<StoreCore>);

impl StorePtr {
    /// The core, for as long as nobody else uses it.
    pub(super) fn core(&self) -> &StoreCore {
        // SAFETY: whoever has the address has the store.
        unsafe { self.0.as_ref() }
    }

    /// Uses the core. `use_it` must not use the store in another way.
    pub(super) fn with<R>(self, use_it: impl FnOnce(&mut StoreCore) -> R) -> R {
        let mut core = self.0;
        // SAFETY: whoever has the address has the store, and the reference ends with the call.
        use_it(unsafe { core.as_mut() })
    }

    pub(super) fn engine(&self) -> Engine {
        self.core().engine.clone()
    }
}

/// A store that is passed around to be read.
pub struct StoreContext<'a, T> {
    boxed: NonNull<StoreBox<T>>,
    store: PhantomData<&'a Store<T>>,
}

/// A store that is passed around to be used.
pub struct StoreContextMut<'a, T> {
    boxed: NonNull<StoreBox<T>>,
    store: PhantomData<&'a mut Store<T>>,
}

// SAFETY: it stands for a shared reference to a store, which may be sent where the data may be
// shared.
unsafe impl<T: Sync> Send for StoreContext<'_, T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for StoreContext<'_, T> {}
// SAFETY: it stands for a mutable reference to a store, which is `Send` if the data is.
unsafe impl<T: Send> Send for StoreContextMut<'_, T> {}
// SAFETY: as above; a shared one gives out shared references only.
unsafe impl<T: Sync> Sync for StoreContextMut<'_, T> {}

impl<T> Copy for StoreContext<'_, T> {}

impl<T> Clone for StoreContext<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<'a, T> StoreContext<'a, T> {
    /// The engine.
    pub fn engine(&self) -> &'a Engine {
        &self.core().engine
    }

    /// The embedder's data.
    pub fn data(&self) -> &'a T {
        // SAFETY: it stands for a reference to a store that lives as long.
        unsafe { &(*self.boxed.as_ptr()).data }
    }

    /// The fuel that is left.
    ///
    /// # Errors
    /// If the engine does not count fuel.
    pub fn get_fuel(&self) -> Result<u64> {
        self.core().get_fuel()
    }

    pub(super) fn core(&self) -> &'a StoreCore {
        // SAFETY: it stands for a reference to a store that lives as long.
        unsafe { &(*self.boxed.as_ptr()).core }
    }
}

impl<'a, T> StoreContextMut<'a, T> {
    /// The store of a host function.
    ///
    /// # Safety
    /// The host function is alive in a store with data of type `T`, which nobody uses otherwise as
    /// long as the context exists.
    #[inline]
    pub(super) unsafe fn of_host_function(host: *mut VmHostFunction) -> StoreContextMut<'a, T> {
        // SAFETY: the host function is alive, and with it its store, whose data is in a box with a
        // `T`.
        unsafe {
            let inner = StoreInner::from_vm((*host).store);
            let boxed = NonNull::new_unchecked((*inner).data().cast());
            StoreContextMut {
                boxed,
                store: PhantomData,
            }
        }
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.core().engine
    }

    /// The embedder's data.
    pub fn data(&self) -> &T {
        // SAFETY: it stands for a reference to a store that lives as long, and `&self` keeps
        // writers away.
        unsafe { &(*self.boxed.as_ptr()).data }
    }

    /// The embedder's data.
    pub fn data_mut(&mut self) -> &mut T {
        // SAFETY: it stands for a mutable reference to a store that lives as long.
        unsafe { &mut (*self.boxed.as_ptr()).data }
    }

    /// The fuel that is left.
    ///
    /// # Errors
    /// If the engine does not count fuel.
    pub fn get_fuel(&self) -> Result<u64> {
        self.core().get_fuel()
    }

    /// Sets the fuel that is left.
    ///
    /// # Errors
    /// If the engine does not count fuel.
    pub fn set_fuel(&mut self, fuel: u64) -> Result<()> {
        self.core_mut().set_fuel(fuel)
    }

    /// Sets the epoch deadline: see [`Store::set_epoch_deadline`].
    ///
    /// # Panics
    /// See [`Store::set_epoch_deadline`].
    pub fn set_epoch_deadline(&mut self, ticks: u64) {
        self.core_mut().set_epoch_deadline(ticks);
    }

    /// Removes an instance: see [`Store::remove`].
    ///
    /// # Errors
    /// See [`Store::remove`].
    pub fn remove(&mut self, instance: Instance) -> Result<()> {
        self.core_mut().inner.remove(instance.id())
    }

    /// Drops host values that nothing refers to: see [`Store::gc`].
    ///
    /// # Errors
    /// See [`Store::gc`].
    pub fn gc(&mut self, _why: Option<&GcHeapOutOfMemory<()>>) -> Result<()> {
        self.core_mut().gc();
        Ok(())
    }

    pub(super) fn core(&self) -> &StoreCore {
        // SAFETY: it stands for a reference to a store that lives as long, and `&self` keeps
        // writers away.
        unsafe { &(*self.boxed.as_ptr()).core }
    }

    pub(super) fn core_mut(&mut self) -> &mut StoreCore {
        // SAFETY: it stands for a mutable reference to a store that lives as long.
        unsafe { &mut (*self.boxed.as_ptr()).core }
    }

    /// The core for as long as the context stands for the store.
    pub(super) fn into_core_mut(self) -> &'a mut StoreCore {
        // SAFETY: as in `core_mut`, and the context is gone.
        unsafe { &mut (*self.boxed.as_ptr()).core }
    }

    /// The data and the core at once.
    pub(super) fn into_parts(self) -> (&'a mut T, &'a mut StoreCore) {
        // SAFETY: as in `into_core_mut`; the two are different parts of the box.
        unsafe {
            (
                &mut (*self.boxed.as_ptr()).data,
                &mut (*self.boxed.as_ptr()).core,
            )
        }
    }

    /// The core's address, to be used while the context exists.
    #[inline]
    pub(super) fn ptr(&self) -> StorePtr {
        // SAFETY: the box is alive; the address of a part of it is taken, nothing is read.
        StorePtr(unsafe { NonNull::new_unchecked(&raw mut (*self.boxed.as_ptr()).core) })
    }
}

/// What can be passed where a store is read: [`Store`], [`Caller`](crate::Caller), the contexts and
/// references to all of these.
pub trait AsContext {
    /// The type of the store's data.
    type Data;

    /// The store.
    fn as_context(&self) -> StoreContext<'_, Self::Data>;
}

/// What can be passed where a store is used.
pub trait AsContextMut: AsContext {
    /// The store.
    fn as_context_mut(&mut self) -> StoreContextMut<'_, Self::Data>;
}

impl<T> AsContext for Store<T> {
    type Data = T;

    #[inline]
    fn as_context(&self) -> StoreContext<'_, T> {
        StoreContext {
            boxed: self.boxed,
            store: PhantomData,
        }
    }
}

impl<T> AsContextMut for Store<T> {
    #[inline]
    fn as_context_mut(&mut self) -> StoreContextMut<'_, T> {
        StoreContextMut {
            boxed: self.boxed,
            store: PhantomData,
        }
    }
}

impl<T> AsContext for StoreContext<'_, T> {
    type Data = T;

    #[inline]
    fn as_context(&self) -> StoreContext<'_, T> {
        *self
    }
}

impl<T> AsContext for StoreContextMut<'_, T> {
    type Data = T;

    #[inline]
    fn as_context(&self) -> StoreContext<'_, T> {
        StoreContext {
            boxed: self.boxed,
            store: PhantomData,
        }
    }
}

impl<T> AsContextMut for StoreContextMut<'_, T> {
    #[inline]
    fn as_context_mut(&mut self) -> StoreContextMut<'_, T> {
        StoreContextMut {
            boxed: self.boxed,
            store: PhantomData,
        }
    }
}

impl<C: AsContext> AsContext for &C {
    type Data = C::Data;

    #[inline]
    fn as_context(&self) -> StoreContext<'_, C::Data> {
        C::as_context(self)
    }
}

impl<C: AsContext> AsContext for &mut C {
    type Data = C::Data;

    #[inline]
    fn as_context(&self) -> StoreContext<'_, C::Data> {
        C::as_context(self)
    }
}

impl<C: AsContextMut> AsContextMut for &mut C {
    #[inline]
    fn as_context_mut(&mut self) -> StoreContextMut<'_, C::Data> {
        C::as_context_mut(self)
    }
}

impl<'a, C: AsContext> From<&'a C> for StoreContext<'a, C::Data> {
    #[inline]
    fn from(context: &'a C) -> StoreContext<'a, C::Data> {
        context.as_context()
    }
}

impl<'a, C: AsContext> From<&'a mut C> for StoreContext<'a, C::Data> {
    #[inline]
    fn from(context: &'a mut C) -> StoreContext<'a, C::Data> {
        C::as_context(context)
    }
}

impl<'a, C: AsContextMut> From<&'a mut C> for StoreContextMut<'a, C::Data> {
    #[inline]
    fn from(context: &'a mut C) -> StoreContextMut<'a, C::Data> {
        context.as_context_mut()
    }
}

impl<T> fmt::Debug for StoreContext<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreContext").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for StoreContextMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreContextMut").finish_non_exhaustive()
    }
}
