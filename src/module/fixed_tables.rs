//! Tables whose elements are known, because nothing ever changes them.
//!
//! Input: what the compiler finds out about a module. Output: [`FixedTables`]. Holds: whenever a function of an
//! instance runs, the instance's table has these elements.

use alloc::boxed::Box;

/// The tables of a module that never change.
#[derive(Debug, Default)]
pub(crate) struct FixedTables {
    /// By index; none are known of those behind the last.
    pub(crate) tables: Box<[Option<FixedTable>]>,
    /// By index of a type, the first one that is equal to it.
    pub(crate) equal_types: Box<[u32]>,
}

impl FixedTables {
    /// How many elements they may have together. Others are not looked at.
    pub(crate) const MOST_ELEMENTS: u64 = 1 << 20;

    /// The table with an index, if it never changes.
    pub(crate) fn get(&self, index: u32) -> Option<&FixedTable> {
        self.tables.get(index as usize)?.as_ref()
    }
}

/// A table that never changes.
#[derive(Debug)]
pub(crate) struct FixedTable {
    /// The index of each element's function, or [`FixedTable::NULL`].
    pub(crate) functions: Box<[u32]>,
    /// Whether an element is null.
    pub(crate) has_null: bool,
    /// Whether all functions in it are defined by the module.
    pub(crate) is_defined: bool,
    /// The identity of the type of all functions in it, if they have one type.
    pub(crate) type_id: Option<u32>,
}

impl FixedTable {
    /// In place of a function's index: the element is null.
    pub(crate) const NULL: u32 = u32::MAX;
}
