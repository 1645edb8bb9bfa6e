//! The limit that `--max-memory` sets.
//!
//! Input: how memories and tables grow. Output: whether they may, and at the end whether they were refused.

use wazir::{Error, ResourceLimiter};

/// A limit for all memories and tables together.
pub(crate) struct MemoryLimit {
    bytes: Option<usize>,
    /// Whether the growth that is asked for is within the memory's or table's own type.
    is_typed: bool,
    was_reached: bool,
}

impl MemoryLimit {
    /// A limit, or none.
    pub(crate) fn new(bytes: Option<usize>) -> MemoryLimit {
        MemoryLimit {
            bytes,
            is_typed: false,
            was_reached: false,
        }
    }

    /// Whether the program was refused memory because of the limit.
    pub(crate) fn was_reached(&self) -> bool {
        self.was_reached
    }

    fn growing(&mut self, desired: usize, maximum: Option<usize>) -> Result<bool, Error> {
        self.is_typed = maximum.is_none_or(|maximum| desired <= maximum);
        Ok(true)
    }

    fn failed(&mut self) -> Result<(), Error> {
        self.was_reached |= self.is_typed && self.bytes.is_some();
        Ok(())
    }
}

impl ResourceLimiter for MemoryLimit {
    fn memory_growing(
        &mut self,
        _current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool, Error> {
        self.growing(desired, maximum)
    }

    fn memory_grow_failed(&mut self, _error: Error) -> Result<(), Error> {
        self.failed()
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool, Error> {
        self.growing(desired, maximum)
    }

    fn table_grow_failed(&mut self, _error: Error) -> Result<(), Error> {
        self.failed()
    }

    fn total_bytes(&self) -> usize {
        self.bytes.unwrap_or(usize::MAX)
    }
}
