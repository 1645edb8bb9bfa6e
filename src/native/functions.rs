//! The functions of the runtime that machine code calls.
//!
//! Input: the context of the running instance, indices that validation has checked, and operands as words. Output:
//! [`Outcome`]. Holds: they stand in [`TABLE`] in the order of their numbers, and none of them unwinds.

use crate::compile::RuntimeFunction;
use crate::error::{Error, catch_panic};
use crate::runtime::layout::VmContext;
use crate::runtime::operations;
use crate::runtime::store::StoreInner;
use crate::wasm::types::TypeId;

/// What a function of the runtime answers.
#[repr(C)]
pub(super) struct Outcome {
    /// The result, if it has one.
    value: u64,
    /// Not zero if it has failed: then [`VmStore::pending_error`](crate::runtime::layout::VmStore) says why.
    failed: u64,
}

/// The address of a function of the runtime.
#[repr(transparent)]
pub(super) struct Address(*const ());

// SAFETY: functions never change.
unsafe impl Sync for Address {}

/// Answers what an operation has given.
///
/// # Safety
/// The context is that of the running instance.
#[inline(always)]
unsafe fn outcome(context: *mut VmContext, result: Result<u64, Error>) -> Outcome {
    match result {
        Ok(value) => Outcome { value, failed: 0 },
        Err(error) => {
            // SAFETY: the store is alive, and the code that runs in it waits for this.
            unsafe { (*(*context).store).pending_error = Some(error) };
            Outcome {
                value: 0,
                failed: 1,
            }
        }
    }
}

/// The result of growing: minus one, of the width of the indices, if it cannot.
fn grown(old: Option<u64>, is_64: bool) -> u64 {
    old.unwrap_or(if is_64 { u64::MAX } else { u32::MAX.into() })
}

/// A function with 32-bit arguments among its words.
fn narrow(word: u64) -> u32 {
    word as u32
}

macro_rules! functions {
    ($($(#[$doc:meta])* $number:ident $name:ident($context:ident $(, $argument:ident)*) $body:expr;)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Safety
            /// The context is that of the running instance, and the operands are as validation has checked.
            unsafe extern "C" fn $name($context: *mut VmContext $(, $argument: u64)*) -> Outcome {
                // SAFETY: passed on to the caller.
                unsafe { outcome($context, $body) }
            }
        )*

        /// The addresses of the functions, by their numbers.
        pub(super) static TABLE: [Address; RuntimeFunction::ALL.len()] = {
            let mut table = [const { Address(core::ptr::null()) }; RuntimeFunction::ALL.len()];
            $(table[RuntimeFunction::$number as usize] = Address($name as *const ());)*
            table
        };
    };
}

functions! {
    /// `memory.grow`. A limiter of the embedder's may panic; that goes on in the embedder's call.
    MemoryGrow memory_grow(context, memory, delta) catch_panic(|| {
        let old = operations::memory_grow(context, narrow(memory), delta)?;
        Ok(grown(old, operations::is_memory_64(context, narrow(memory))))
    });
    /// `memory.copy`.
    MemoryCopy memory_copy(context, to_memory, from_memory, to, from, length)
        operations::memory_copy(context, narrow(to_memory), narrow(from_memory), to, from, length).map(|()| 0);
    /// `memory.fill`.
    MemoryFill memory_fill(context, memory, to, value, length)
        operations::memory_fill(context, narrow(memory), to, value as u8, length).map(|()| 0);
    /// `memory.init`.
    MemoryInit memory_init(context, segment, memory, to, from, length)
        operations::memory_init(context, narrow(memory), narrow(segment), to, narrow(from), narrow(length))
            .map(|()| 0);
    /// `data.drop`.
    DataDrop data_drop(context, segment) {
        operations::data_drop(context, narrow(segment));
        Ok(0)
    };
    /// `table.grow`. As for memories.
    TableGrow table_grow(context, table, value, delta) catch_panic(|| {
        let old = operations::table_grow(context, narrow(table), value, delta)?;
        Ok(grown(old, operations::is_table_64(context, narrow(table))))
    });
    /// `table.copy`.
    TableCopy table_copy(context, to_table, from_table, to, from, count)
        operations::table_copy(context, narrow(to_table), narrow(from_table), to, from, count).map(|()| 0);
    /// `table.fill`.
    TableFill table_fill(context, table, index, value, count)
        operations::table_fill(context, narrow(table), index, value, count).map(|()| 0);
    /// `table.init`.
    TableInit table_init(context, segment, table, to, from, count)
        operations::table_init(context, narrow(table), narrow(segment), to, narrow(from), narrow(count))
            .map(|()| 0);
    /// `elem.drop`.
    ElementDrop element_drop(context, segment) {
        operations::elem_drop(context, narrow(segment));
        Ok(0)
    };
    /// Whether a type is a subtype of another one, by their identities.
    IsSubtype is_subtype(context, actual, expected) {
        let store = &*StoreInner::from_vm((*context).store);
        let is_it = store.types().is_subtype(TypeId(narrow(actual)), TypeId(narrow(expected)));
        Ok(is_it.into())
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_is_there() {
        for (number, name) in RuntimeFunction::ALL {
            assert!(!TABLE[number as usize].0.is_null(), "{name}");
        }
    }
}
