//! Globals as the embedder sees them.
//!
//! Input: values. Output: [`Global`], a handle.
//! Holds: a global's value is always of its type, and an immutable one never changes.

use super::externs::handle;
use super::func::or_panic;
use super::store::{AsContext, AsContextMut};
use super::types::GlobalType;
use super::val::Val;
use crate::error::{Error, Result};
use crate::runtime::handle::GlobalId;

/// A global in a store.
///
/// A handle: it is copied freely and means something only together with its store.
///
/// ```
/// use wazir::{Engine, Global, GlobalType, Mutability, Store, Val, ValType};
/// let mut store = Store::new(&Engine::default(), ());
/// let ty = GlobalType::new(ValType::I32, Mutability::Var);
/// let counter = Global::new(&mut store, ty, Val::I32(1))?;
/// counter.set(&mut store, Val::I32(2))?;
/// assert_eq!(counter.get(&mut store).unwrap_i32(), 2);
/// assert!(counter.set(&mut store, Val::I64(3)).is_err());
/// # Ok::<(), wazir::Error>(())
/// ```
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Global(GlobalId);

handle!(Global GlobalId);

impl Global {
    /// Makes a global with a value.
    ///
    /// # Errors
    /// If the value is not of the global's type.
    pub fn new(mut store: impl AsContextMut, ty: GlobalType, value: Val) -> Result<Global> {
        let store = store.as_context_mut().ptr();
        if !ty.content().belongs_to(&store.engine()) {
            return Err(Error::msg(
                "the global type belongs to another engine than the store",
            ));
        }
        let wasm = ty.to_wasm();
        let mut slots = [0; 2];
        store.val_to_slots(&value, wasm.content, &mut slots)?;
        store
            .with(|core| {
                core.keep_type_of(wasm.content);
                core.inner_mut().new_global(wasm, slots)
            })
            .map(Global)
    }

    /// The global's type.
    ///
    /// # Panics
    /// If the global does not belong to the store, or its instance was removed. That holds for all
    /// methods that do not return a [`Result`].
    pub fn ty(&self, store: impl AsContext) -> GlobalType {
        let store = store.as_context();
        let core = store.core();
        let (ty, _) = or_panic(core.inner().global(self.0).map_err(Error::from));
        GlobalType::from_wasm(core.engine(), &ty)
    }

    /// The value.
    ///
    /// Also panics if the value is of a type that has no form as a [`Val`], such as `anyref`.
    pub fn get(&self, mut store: impl AsContextMut) -> Val {
        let store = store.as_context_mut().ptr();
        let (ty, slots) = or_panic(store.core().inner().global(self.0).map_err(Error::from));
        or_panic(store.val_from_slots(ty.content, &slots))
    }

    /// Sets the value.
    ///
    /// # Errors
    /// If the global cannot be changed, or the value is not of its type.
    pub fn set(&self, mut store: impl AsContextMut, value: Val) -> Result<()> {
        let store = store.as_context_mut().ptr();
        let (ty, mut slots) = store.core().inner().global(self.0)?;
        if !ty.mutable {
            return Err(Error::msg("the global is immutable"));
        }
        store.val_to_slots(&value, ty.content, &mut slots)?;
        store.with(|core| core.inner_mut().set_global(self.0, slots))?;
        Ok(())
    }
}
