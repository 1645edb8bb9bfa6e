//! Tables of references.
//!
//! Input: a table's type, values, and how much it shall grow. Output: [`Table`], with a [`VmTable`]
//! that running code reads.
//! Holds: elements are references in their one-slot form, of the table's type; the size never
//! shrinks and never exceeds what the type and the implementation allow.

use alloc::vec::Vec;

use super::handle::{InstanceId, TableId};
use super::layout::VmTable;
use crate::error::Error;
use crate::wasm::types::{Limits, TableType};

/// Elements of a table: as many as other engines allow.
const MAX_ELEMENTS: u64 = 10_000_000;

/// A table.
#[repr(C)]
pub(crate) struct Table {
    /// What running code reads; first, so that both have one address.
    vm: VmTable,
    ty: TableType,
    storage: Vec<u64>,
    pub(super) id: TableId,
    /// The instance that defines it; none if the host made it.
    pub(super) owner: Option<InstanceId>,
}

// SAFETY: the addresses in it are those of its own elements; what the elements refer to belongs to
// the same store.
unsafe impl Send for Table {}
// SAFETY: as above; a shared table record gives out shared access only.
unsafe impl Sync for Table {}

/// A table does not grow: its type, the implementation or the system allows no more elements.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct NoGrowth {
    elements: u64,
    max: u64,
}

impl NoGrowth {
    #[cold]
    pub(super) fn into_error(self) -> Error {
        let NoGrowth { elements, max } = self;
        Error::resource(if elements > max {
            alloc::format!("a table cannot have {elements} elements: the limit is {max}")
        } else {
            alloc::format!("no memory for a table of {elements} elements")
        })
    }
}

impl Table {
    /// Makes a table of the type's minimal size.
    pub(super) fn new(
        ty: TableType,
        init: u64,
        id: TableId,
        owner: Option<InstanceId>,
    ) -> Result<Table, Error> {
        let vm = VmTable {
            elements: core::ptr::null_mut(),
            size: 0,
        };
        let mut table = Table {
            vm,
            ty,
            storage: Vec::new(),
            id,
            owner,
        };
        let size = table
            .grown_size(ty.limits.min)
            .map_err(NoGrowth::into_error)?;
        table.grow_to(size, init).map_err(NoGrowth::into_error)?;
        Ok(table)
    }

    /// The record that running code reads.
    pub(super) fn from_vm(vm: *mut VmTable) -> *mut Table {
        vm.cast()
    }

    /// The type, with the present size as its minimum.
    pub(crate) fn ty(&self) -> TableType {
        TableType {
            limits: Limits {
                min: self.vm.size as u64,
                ..self.ty.limits
            },
            ..self.ty
        }
    }

    /// The type with which it was made.
    pub(crate) fn declared_type(&self) -> TableType {
        self.ty
    }

    /// The elements.
    pub(crate) fn elements(&self) -> &[u64] {
        // SAFETY: `storage` has `size` elements at this address; they are written through
        // `&mut self` or by running code, which needs the store exclusively.
        unsafe { core::slice::from_raw_parts(self.vm.elements, self.vm.size) }
    }

    /// The elements. Whoever writes one writes a reference of the table's type.
    pub(crate) fn elements_mut(&mut self) -> &mut [u64] {
        // SAFETY: as in `elements`, and `&mut self` is the only access.
        unsafe { core::slice::from_raw_parts_mut(self.vm.elements, self.vm.size) }
    }

    /// The size after growing by `delta` elements, or why it cannot be.
    pub(super) fn grown_size(&self, delta: u64) -> Result<usize, NoGrowth> {
        let max = self.max_size() as u64;
        let elements = (self.vm.size as u64).saturating_add(delta);
        if elements <= max {
            Ok(elements as usize)
        } else {
            Err(NoGrowth { elements, max })
        }
    }

    /// The size that the type and the implementation allow.
    fn max_size(&self) -> usize {
        self.ty.limits.max.unwrap_or(u64::MAX).min(MAX_ELEMENTS) as usize
    }

    /// The type's limit.
    pub(super) fn declared_max(&self) -> Option<usize> {
        self.ty
            .limits
            .max
            .map(|max| usize::try_from(max).unwrap_or(usize::MAX))
    }

    /// Grows to `new_size`, a result of [`Table::grown_size`]; the new elements are `init`.
    pub(super) fn grow_to(&mut self, new_size: usize, init: u64) -> Result<(), NoGrowth> {
        let additional = new_size - self.storage.len();
        if self.storage.try_reserve(additional).is_err() {
            return Err(NoGrowth {
                elements: new_size as u64,
                max: u64::MAX,
            });
        }
        self.storage.resize(new_size, init);
        self.vm = VmTable {
            elements: self.storage.as_mut_ptr(),
            size: new_size,
        };
        Ok(())
    }
}
