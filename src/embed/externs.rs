//! What modules import and instances export.
//!
//! Input: handles. Output: [`Extern`], one of any kind, and [`Export`], one with its name.

use super::func::{Func, or_panic};
use super::global::Global;
use super::memory::Memory;
use super::store::{AsContext, AsContextMut, StoreContextMut, StoreCore};
use super::table::Table;
use super::tag::Tag;
use super::types::ExternType;
use super::val::Ref;
use crate::error::Result;
use crate::runtime::handle as runtime;

/// A function, global, table, memory or tag: what modules import and export.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Extern {
    /// A function.
    Func(Func),
    /// A global.
    Global(Global),
    /// A table.
    Table(Table),
    /// A memory.
    Memory(Memory),
    /// A tag.
    Tag(Tag),
}

macro_rules! conversions {
    ($($(#[$doc:meta])* $method:ident $kind:ident;)*) => {
        impl Extern {
            $(
                $(#[$doc])*
                pub fn $method(self) -> Option<$kind> {
                    match self {
                        Extern::$kind(item) => Some(item),
                        _ => None,
                    }
                }
            )*

            pub(super) fn to_runtime(self) -> runtime::Extern {
                match self {
                    $(Extern::$kind(item) => runtime::Extern::$kind(item.id()),)*
                }
            }

            pub(super) fn from_runtime(item: runtime::Extern) -> Extern {
                match item {
                    $(runtime::Extern::$kind(id) => Extern::$kind($kind::from_id(id)),)*
                }
            }
        }

        $(
            impl From<$kind> for Extern {
                fn from(item: $kind) -> Extern {
                    Extern::$kind(item)
                }
            }
        )*
    };
}

conversions! {
    /// The function, if it is one.
    into_func Func;
    /// The global, if it is one.
    into_global Global;
    /// The table, if it is one.
    into_table Table;
    /// The memory, if it is one.
    into_memory Memory;
    /// The tag, if it is one.
    into_tag Tag;
}

impl Extern {
    /// The type. The minimum of a table or memory is its present size.
    ///
    /// # Panics
    /// If it does not belong to the store, or its instance was removed.
    pub fn ty(&self, store: impl AsContext) -> ExternType {
        or_panic(self.try_ty(store.as_context().core()))
    }

    pub(super) fn try_ty(&self, store: &StoreCore) -> Result<ExternType> {
        let ty = store.inner().extern_type(self.to_runtime())?;
        Ok(ExternType::from_wasm(store.engine(), &ty))
    }

    /// Fails if it does not belong to the store.
    pub(super) fn check(&self, store: &StoreCore) -> Result<()> {
        store.inner().extern_type(self.to_runtime())?;
        Ok(())
    }

    /// Something of a type other than a function's, with zeros and nulls in it; none if the type
    /// has no such value.
    pub(super) fn with_default_value<T>(
        store: &mut StoreContextMut<'_, T>,
        ty: &ExternType,
    ) -> Result<Option<Extern>> {
        Ok(match ty {
            ExternType::Func(_) => None,
            ExternType::Global(ty) => match ty.content().default_value() {
                Some(value) => Some(Extern::Global(Global::new(store, ty.clone(), value)?)),
                None => None,
            },
            ExternType::Table(ty) => match Ref::try_null(ty.element().heap_type()) {
                Some(null) if ty.element().is_nullable() => {
                    Some(Extern::Table(Table::new(store, ty.clone(), null)?))
                }
                _ => None,
            },
            ExternType::Memory(ty) => Some(Extern::Memory(Memory::new(store, ty.clone())?)),
            ExternType::Tag(ty) => Some(Extern::Tag(Tag::new(store, ty)?)),
        })
    }
}

/// An export of an instance, with its name.
#[derive(Copy, Clone, Debug)]
pub struct Export<'instance> {
    name: &'instance str,
    item: Extern,
}

impl<'instance> Export<'instance> {
    pub(super) fn new(name: &'instance str, item: Extern) -> Export<'instance> {
        Export { name, item }
    }

    /// Its name.
    pub fn name(&self) -> &'instance str {
        self.name
    }

    /// Its type.
    ///
    /// # Panics
    /// If it does not belong to the store, or its instance was removed.
    pub fn ty(&self, store: impl AsContext) -> ExternType {
        self.item.ty(store)
    }

    /// What is exported.
    pub fn into_extern(self) -> Extern {
        self.item
    }

    /// The function, if it is one.
    pub fn into_func(self) -> Option<Func> {
        self.item.into_func()
    }

    /// The global, if it is one.
    pub fn into_global(self) -> Option<Global> {
        self.item.into_global()
    }

    /// The table, if it is one.
    pub fn into_table(self) -> Option<Table> {
        self.item.into_table()
    }

    /// The memory, if it is one.
    pub fn into_memory(self) -> Option<Memory> {
        self.item.into_memory()
    }
}

/// Makes a handle's conversions from and to the runtime's.
macro_rules! handle {
    ($handle:ident $id:ident) => {
        impl $handle {
            pub(super) fn from_id(id: $id) -> $handle {
                $handle(id)
            }

            pub(super) fn id(self) -> $id {
                self.0
            }
        }
    };
}
pub(super) use handle;

/// Whoever has a store can pass it as `&mut`.
pub(super) fn with_core<R>(
    mut store: impl AsContextMut,
    use_it: impl FnOnce(&mut StoreCore) -> R,
) -> R {
    let mut store = store.as_context_mut();
    use_it(store.core_mut())
}
