//! Values of the host in guests, and what keeps them alive.
//!
//! Input: any Rust value. Output: [`Rooted`] references, which guests hold as `externref`.
//! Holds: a rooted reference whose scope has ended, or that belongs to another store, is an error
//! where it is used, and never another value.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::Any;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use super::store::{AsContext, AsContextMut, StoreContext, StoreContextMut};
use crate::error::{Error, Result};
use crate::runtime::extern_ref::{RootId, RootScopeMark};
use crate::runtime::handle::StoreId;
use crate::sys::sync::Mutex;

/// A reference to a value of the host, which guests hold as `externref`. It is used through
/// [`Rooted`].
///
/// ```
/// use wazir::{Engine, ExternRef, Func, Rooted, Store};
/// let engine = Engine::default();
/// let mut store = Store::new(&engine, ());
/// let length = Func::wrap(&mut store, |caller: wazir::Caller<'_, ()>, text: Rooted<ExternRef>| {
///     let text = text.data(&caller)?.and_then(|data| data.downcast_ref::<String>());
///     Ok::<u32, wazir::Error>(text.map_or(0, |text| text.len() as u32))
/// });
/// let text = ExternRef::new(&mut store, String::from("hello"))?;
/// let length = length.typed::<Rooted<ExternRef>, u32>(&store)?;
/// assert_eq!(length.call(&mut store, text)?, 5);
/// # Ok::<(), wazir::Error>(())
/// ```
#[derive(Copy, Clone, Debug)]
pub struct ExternRef {
    store: StoreId,
    root: RootId,
}

impl ExternRef {
    /// Gives a value to the store. The store drops it when neither a guest nor a root refers to it
    /// any more (see [`Store::gc`](crate::Store::gc)).
    ///
    /// # Errors
    /// If the store holds four billion values.
    pub fn new(
        mut store: impl AsContextMut,
        value: impl Any + Send + Sync + 'static,
    ) -> Result<Rooted<ExternRef>> {
        store.as_context_mut().ptr().new_extern(Box::new(value))
    }

    /// The value, or none if the reference was made by a guest's `any.convert_extern` and not by
    /// the host.
    ///
    /// # Errors
    /// If the reference belongs to another store, or its [`RootScope`] has ended.
    pub fn data<'a, T: 'a>(
        &self,
        store: impl Into<StoreContext<'a, T>>,
    ) -> Result<Option<&'a (dyn Any + Send + Sync)>> {
        let core = store.into().core();
        let handle = core.rooted_handle(self.store, self.root)?;
        Ok(core.extern_refs().get(handle))
    }

    /// The value, to be changed.
    ///
    /// # Errors
    /// See [`ExternRef::data`].
    pub fn data_mut<'a, T: 'a>(
        &self,
        store: impl Into<StoreContextMut<'a, T>>,
    ) -> Result<Option<&'a mut (dyn Any + Send + Sync)>> {
        let core = store.into().into_core_mut();
        let handle = core.rooted_handle(self.store, self.root)?;
        Ok(core.extern_refs_mut().get_mut(handle))
    }
}

/// A reference that is rooted: the store keeps what it refers to until the innermost [`RootScope`]
/// ends in which it was made. A call of a host function is such a scope. Without a scope it is kept
/// as long as the store.
#[derive(Copy, Clone)]
pub struct Rooted<T> {
    reference: T,
}

impl Rooted<ExternRef> {
    pub(super) fn new(store: StoreId, root: RootId) -> Rooted<ExternRef> {
        Rooted {
            reference: ExternRef { store, root },
        }
    }

    pub(super) fn store_and_root(&self) -> (StoreId, RootId) {
        (self.reference.store, self.reference.root)
    }

    /// Whether two references are the same: refer to one value, not to equal ones.
    ///
    /// # Errors
    /// See [`ExternRef::data`].
    pub fn ref_eq(
        store: impl AsContext,
        a: &Rooted<ExternRef>,
        b: &Rooted<ExternRef>,
    ) -> Result<bool> {
        let store = store.as_context();
        let core = store.core();
        Ok(core.rooted_handle(a.reference.store, a.reference.root)?
            == core.rooted_handle(b.reference.store, b.reference.root)?)
    }

    /// A reference that is independent of scopes.
    ///
    /// # Errors
    /// See [`ExternRef::data`].
    pub fn to_owned_rooted(&self, mut store: impl AsContextMut) -> Result<OwnedRooted<ExternRef>> {
        let mut store = store.as_context_mut();
        let core = store.core_mut();
        let handle = core.rooted_handle(self.reference.store, self.reference.root)?;
        core.release_owned_roots();
        let root = core.extern_refs_mut().root_owned(handle)?;
        let released = Arc::clone(core.released_roots());
        Ok(OwnedRooted {
            store: self.reference.store,
            root,
            released,
            kind: PhantomData,
        })
    }
}

impl<T> Deref for Rooted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.reference
    }
}

impl<T: fmt::Debug> fmt::Debug for Rooted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Rooted").field(&self.reference).finish()
    }
}

/// The reason for a garbage collection: an allocation for which the guest's heap had no room, and
/// what was to be allocated.
///
/// There is no such heap yet, so nobody makes one of these; [`Store::gc`](crate::Store::gc) takes it
/// so that it has the form that it has in wasmtime.
#[derive(Debug)]
pub struct GcHeapOutOfMemory<T> {
    inner: T,
}

impl<T> GcHeapOutOfMemory<T> {
    /// What was to be allocated.
    pub fn into_inner(self) -> T {
        self.inner
    }
}

/// Roots that owners dropped and that the store has not released yet.
pub(super) type ReleasedRoots = Mutex<Vec<RootId>>;

/// A reference that keeps what it refers to until it is dropped, independent of scopes.
///
/// ```
/// use wazir::{Engine, ExternRef, RootScope, Store};
/// let mut store = Store::new(&Engine::default(), ());
/// let owned = {
///     let mut scope = RootScope::new(&mut store);
///     ExternRef::new(&mut scope, 7_i32)?.to_owned_rooted(&mut scope)?
/// };
/// store.gc(None)?;
/// let rooted = owned.to_rooted(&mut store)?;
/// assert_eq!(rooted.data(&store)?.unwrap().downcast_ref(), Some(&7_i32));
/// # Ok::<(), wazir::Error>(())
/// ```
pub struct OwnedRooted<T> {
    store: StoreId,
    root: RootId,
    released: Arc<ReleasedRoots>,
    kind: PhantomData<fn() -> T>,
}

impl OwnedRooted<ExternRef> {
    /// The reference, rooted in the innermost scope.
    ///
    /// # Errors
    /// If it belongs to another store.
    pub fn to_rooted(&self, mut store: impl AsContextMut) -> Result<Rooted<ExternRef>> {
        let mut store = store.as_context_mut();
        let core = store.core_mut();
        core.check_store(self.store)?;
        let Some(handle) = core.extern_refs().owned(self.root) else {
            return Err(Error::link(
                "the reference belongs to the store before it was reset",
            ));
        };
        let root = core.extern_refs_mut().root(handle)?;
        Ok(Rooted::new(self.store, root))
    }
}

impl<T> Drop for OwnedRooted<T> {
    fn drop(&mut self) {
        // The store is not at hand: it looks here before it collects.
        self.released.lock().push(self.root);
    }
}

impl<T> fmt::Debug for OwnedRooted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnedRooted")
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}

/// A scope of [`Rooted`] references: those that are made in it end with it. It stands for its store
/// in the meantime.
///
/// ```
/// use wazir::{Engine, ExternRef, RootScope, Store};
/// let mut store = Store::new(&Engine::default(), ());
/// let reference = {
///     let mut scope = RootScope::new(&mut store);
///     ExternRef::new(&mut scope, "only here")?
/// };
/// assert!(reference.data(&store).is_err());
/// # Ok::<(), wazir::Error>(())
/// ```
pub struct RootScope<C: AsContextMut> {
    store: C,
    mark: RootScopeMark,
}

impl<C: AsContextMut> RootScope<C> {
    /// Begins a scope.
    pub fn new(mut store: C) -> RootScope<C> {
        let mark = store
            .as_context_mut()
            .core_mut()
            .extern_refs_mut()
            .enter_scope();
        RootScope { store, mark }
    }
}

impl<C: AsContextMut> Drop for RootScope<C> {
    fn drop(&mut self) {
        self.store
            .as_context_mut()
            .core_mut()
            .extern_refs_mut()
            .leave_scope(self.mark);
    }
}

impl<C: AsContextMut> AsContext for RootScope<C> {
    type Data = C::Data;

    fn as_context(&self) -> StoreContext<'_, C::Data> {
        self.store.as_context()
    }
}

impl<C: AsContextMut> AsContextMut for RootScope<C> {
    fn as_context_mut(&mut self) -> StoreContextMut<'_, C::Data> {
        self.store.as_context_mut()
    }
}

impl<C: AsContextMut + fmt::Debug> fmt::Debug for RootScope<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RootScope")
            .field("store", &self.store)
            .finish_non_exhaustive()
    }
}
