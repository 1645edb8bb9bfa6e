//! Tables as the embedder sees them.
//!
//! Input: indices and references. Output: [`Table`], a handle.
//! Holds: what is put into a table is a reference of its type in the same store.

use alloc::format;

use super::externs::{handle, with_core};
use super::func::or_panic;
use super::store::{AsContext, AsContextMut, StorePtr};
use super::types::{RefType, TableType};
use super::val::{Ref, Val};
use crate::error::{Error, Result};
use crate::runtime::handle::TableId;
use crate::wasm::types::ValType;

/// A table of references in a store.
///
/// A handle: it is copied freely and means something only together with its store.
///
/// ```
/// use wazir::{Engine, Func, Ref, RefType, Store, Table, TableType};
/// let mut store = Store::new(&Engine::default(), ());
/// let table = Table::new(&mut store, TableType::new(RefType::FUNCREF, 2, None), Ref::Func(None))?;
/// let func = Func::wrap(&mut store, || 7);
/// table.set(&mut store, 1, func.into())?;
/// assert!(table.get(&mut store, 0).unwrap().is_null());
/// assert_eq!(table.get(&mut store, 1).unwrap().unwrap_func(), Some(&func));
/// assert!(table.get(&mut store, 2).is_none());
/// # Ok::<(), wazir::Error>(())
/// ```
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Table(TableId);

handle!(Table TableId);

impl Table {
    /// Makes a table of the type's minimal size, filled with `init`.
    ///
    /// # Errors
    /// If `init` is not of the table's type, the limits of the store or the implementation do not
    /// allow the size, or there is no memory for it.
    pub fn new(mut store: impl AsContextMut, ty: TableType, init: Ref) -> Result<Table> {
        let store = store.as_context_mut().ptr();
        if !super::types::ValType::Ref(ty.element().clone()).belongs_to(&store.engine()) {
            return Err(Error::msg(
                "the table type belongs to another engine than the store",
            ));
        }
        if ty.maximum().is_some_and(|max| max < ty.minimum()) {
            return Err(Error::msg(
                "the maximum of the table type is smaller than its minimum",
            ));
        }
        let wasm = ty.to_wasm();
        let init = to_slot(store, init, ty.element())?;
        store
            .with(|core| {
                core.keep_type_of(ValType::Ref(wasm.element));
                core.inner_mut().new_table(wasm, init)
            })
            .map(Table)
    }

    /// The table's type; its minimum is the present size.
    ///
    /// # Panics
    /// If the table does not belong to the store, or its instance was removed. That holds for all
    /// methods that do not return a [`Result`].
    pub fn ty(&self, store: impl AsContext) -> TableType {
        let store = store.as_context();
        let core = store.core();
        TableType::from_wasm(
            core.engine(),
            &or_panic(core.inner().table(self.0).map_err(Error::from)).ty(),
        )
    }

    /// The element at an index. None if there is no such element.
    pub fn get(&self, mut store: impl AsContextMut, index: u64) -> Option<Ref> {
        let store = store.as_context_mut().ptr();
        let (ty, slot) = {
            let table = or_panic(store.core().inner().table(self.0).map_err(Error::from));
            (
                table.ty().element,
                *table.elements().get(usize::try_from(index).ok()?)?,
            )
        };
        or_panic(store.val_from_slots(ValType::Ref(ty), &[slot])).ref_()
    }

    /// Sets the element at an index.
    ///
    /// # Errors
    /// If there is no such element, or the value is not of the table's type.
    pub fn set(&self, mut store: impl AsContextMut, index: u64, value: Ref) -> Result<()> {
        let store = store.as_context_mut().ptr();
        let slot = self.slot_of(store, value)?;
        store.with(|core| {
            let elements = core.inner_mut().table_mut(self.0)?.elements_mut();
            let size = elements.len();
            match usize::try_from(index)
                .ok()
                .and_then(|index| elements.get_mut(index))
            {
                Some(element) => {
                    *element = slot;
                    Ok(())
                }
                None => Err(Error::msg(format!(
                    "the table has no element {index}: its size is {size}"
                ))),
            }
        })
    }

    /// The size in elements.
    pub fn size(&self, store: impl AsContext) -> u64 {
        let store = store.as_context();
        or_panic(store.core().inner().table(self.0).map_err(Error::from))
            .elements()
            .len() as u64
    }

    /// Grows the table by `delta` elements, which are `init`, and returns the old size.
    ///
    /// # Errors
    /// If `init` is not of the table's type, the type, the limits of the store or the
    /// implementation do not allow the size, or there is no memory for it.
    pub fn grow(&self, mut store: impl AsContextMut, delta: u64, init: Ref) -> Result<u64> {
        let store = store.as_context_mut().ptr();
        let slot = self.slot_of(store, init)?;
        store.with(|core| {
            let inner = core.inner_mut();
            match inner.grow_table(self.0, delta, slot)? {
                Some(old_size) => Ok(old_size),
                None => Err(inner.table_growth_error(self.0, delta)),
            }
        })
    }

    /// Sets `length` elements from `start` on to a value.
    ///
    /// # Errors
    /// If the range is not within the table, or the value is not of its type; then nothing is
    /// changed.
    pub fn fill(
        &self,
        mut store: impl AsContextMut,
        start: u64,
        value: Ref,
        length: u64,
    ) -> Result<()> {
        let store = store.as_context_mut().ptr();
        let slot = self.slot_of(store, value)?;
        store.with(|core| {
            let elements = core.inner_mut().table_mut(self.0)?.elements_mut();
            let range = range(elements.len(), start, length)?;
            elements[range].fill(slot);
            Ok(())
        })
    }

    /// Copies `length` elements from a table to another one or to itself; the ranges may overlap.
    ///
    /// # Errors
    /// If a range is not within its table, or the elements of the source are not of the
    /// destination's type; then nothing is changed.
    pub fn copy(
        store: impl AsContextMut,
        destination: &Table,
        destination_index: u64,
        source: &Table,
        source_index: u64,
        length: u64,
    ) -> Result<()> {
        with_core(store, |core| {
            let (to, from) = (
                core.inner().table(destination.0)?,
                core.inner().table(source.0)?,
            );
            if !core
                .engine()
                .types()
                .matches_ref(from.ty().element, to.ty().element)
            {
                return Err(Error::msg(format!(
                    "a table of {} cannot be copied to a table of {}",
                    from.ty().element,
                    to.ty().element
                )));
            }
            let to_range = range(to.elements().len(), destination_index, length)?;
            let from_range = range(from.elements().len(), source_index, length)?;
            if destination == source {
                core.inner_mut()
                    .table_mut(source.0)?
                    .elements_mut()
                    .copy_within(from_range, to_range.start);
                return Ok(());
            }
            let values = from.elements()[from_range].to_vec();
            core.inner_mut().table_mut(destination.0)?.elements_mut()[to_range]
                .copy_from_slice(&values);
            Ok(())
        })
    }

    /// A value for this table as a slot.
    fn slot_of(&self, store: StorePtr, value: Ref) -> Result<u64> {
        let ty = store.core().inner().table(self.0)?.ty().element;
        let mut slot = [0];
        store.val_to_slots(&Val::from(value), ValType::Ref(ty), &mut slot)?;
        Ok(slot[0])
    }
}

fn to_slot(store: StorePtr, value: Ref, ty: &RefType) -> Result<u64> {
    let mut slot = [0];
    store.val_to_slots(&Val::from(value), ValType::Ref(ty.to_wasm()), &mut slot)?;
    Ok(slot[0])
}

fn range(size: usize, start: u64, length: u64) -> Result<core::ops::Range<usize>> {
    match start.checked_add(length) {
        Some(end) if end <= size as u64 => Ok(start as usize..end as usize),
        _ => Err(Error::msg(format!(
            "out of bounds table access: {length} elements at index {start}, but the table has {size} elements"
        ))),
    }
}
