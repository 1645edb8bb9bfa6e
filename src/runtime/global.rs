//! Globals, as handles name them.
//!
//! Input: where a global's value is, and its type. Output: [`Global`].
//! Holds: the address stays valid while the entry exists: an instance takes the entries of its
//! globals with it when it is removed.

use super::layout::VmGlobal;
use super::stable::Stable;
use crate::wasm::types::{GlobalType, HeapType, RefType, ValType};

/// A global.
pub(super) struct Global {
    pub(super) ty: GlobalType,
    pub(super) place: Place,
}

/// Where a global's value is.
pub(super) enum Place {
    /// Behind the context of the instance that defines it.
    Instance(*mut VmGlobal),
    /// The host made it.
    Host(Stable<VmGlobal>),
}

// SAFETY: the address is that of a value in the same store.
unsafe impl Send for Global {}
// SAFETY: as above; running code writes the value, which needs the store exclusively.
unsafe impl Sync for Global {}

impl Global {
    /// Where the value is.
    pub(super) fn vm(&self) -> *mut VmGlobal {
        match &self.place {
            Place::Instance(vm) => *vm,
            Place::Host(vm) => vm.as_ptr(),
        }
    }
}

/// Whether values of a type may be references to host values, which the collector looks for.
pub(super) fn holds_host_values(ty: ValType) -> bool {
    matches!(
        ty,
        ValType::Ref(RefType {
            heap: HeapType::Extern | HeapType::NoExtern | HeapType::Any,
            ..
        })
    )
}

/// Whether values of a type may be references to functions, which keep their instance.
pub(super) fn holds_functions(ty: ValType) -> bool {
    matches!(
        ty,
        ValType::Ref(RefType {
            heap: HeapType::Func | HeapType::Concrete(_),
            ..
        })
    )
}
