//! Tables whose elements are known, because nothing ever changes them.
//!
//! Input: what the compiler finds out about a module. Output: [`FixedTable`]. Holds: whenever a function of an
//! instance runs, the instance's table has these elements.

use alloc::boxed::Box;

/// A table that never changes.
#[derive(Debug)]
pub(crate) struct FixedTable {
    /// The index of each element's function, or [`FixedTable::NULL`].
    pub(crate) functions: Box<[u32]>,
    /// Whether an element is null.
    pub(crate) has_null: bool,
    /// The identity of the type of all functions in it, if they have one type.
    pub(crate) type_id: Option<u32>,
}

impl FixedTable {
    /// In place of a function's index: the element is null.
    pub(crate) const NULL: u32 = u32::MAX;
}
