//! What a store may use: the embedder's limits on memories, tables and instances.
//!
//! Input: the sizes that a guest asks for. Output: a yes, a no, or an error.
//! Holds: every memory, table and instance of a store is asked for here before it is made or grows.

use crate::error::Error;

/// Decides about every growth of a memory or table of a store, and how many there may be.
///
/// Implement it in the data of a store and give it to `Store::limiter`, or use [`StoreLimits`],
/// which suits most cases.
///
/// Sizes of memories are in bytes, sizes of tables in elements. Making a memory or table counts as
/// growth from 0.
///
/// ```
/// use wazir::{Engine, Error, Memory, MemoryType, ResourceLimiter, Result, Store};
///
/// /// Allows what many memories of a store use together.
/// struct Budget {
///     bytes: usize,
/// }
///
/// impl ResourceLimiter for Budget {
///     fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> Result<bool> {
///         match self.bytes.checked_sub(desired - current) {
///             Some(left) => self.bytes = left,
///             None => return Ok(false),
///         }
///         Ok(true)
///     }
///
///     fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> Result<bool> {
///         Ok(desired <= 10_000)
///     }
/// }
///
/// let mut store = Store::new(&Engine::default(), Budget { bytes: 100_000 });
/// store.limiter(|budget| budget);
/// let memory = Memory::new(&mut store, MemoryType::new(1, None))?;
/// assert!(memory.grow(&mut store, 1).is_err());
/// assert_eq!(store.data().bytes, 100_000 - 65_536);
/// # Ok::<(), Error>(())
/// ```
pub trait ResourceLimiter {
    /// Whether a memory may grow from `current` to `desired` bytes. `maximum` is its type's limit.
    ///
    /// If the answer is no, `memory.grow` gives -1 to the guest, and making the memory fails.
    ///
    /// # Errors
    /// An error ends the guest's call (or the instantiation) with it.
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool, Error>;

    /// Is told that a memory could not grow although [`ResourceLimiter::memory_growing`] allowed
    /// it, or that it asked for more than its type allows.
    ///
    /// # Errors
    /// An error ends the guest's call with it. Without one, `memory.grow` gives -1.
    fn memory_grow_failed(&mut self, error: Error) -> Result<(), Error> {
        drop(error);
        Ok(())
    }

    /// Whether a table may grow from `current` to `desired` elements. `maximum` is its type's limit.
    ///
    /// # Errors
    /// An error ends the guest's call (or the instantiation) with it.
    fn table_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool, Error>;

    /// Is told that a table could not grow although [`ResourceLimiter::table_growing`] allowed it,
    /// or that it asked for more than its type allows.
    ///
    /// # Errors
    /// An error ends the guest's call with it. Without one, `table.grow` gives -1.
    fn table_grow_failed(&mut self, error: Error) -> Result<(), Error> {
        drop(error);
        Ok(())
    }

    /// How many instances the store may hold.
    fn instances(&self) -> usize {
        DEFAULT_INSTANCES
    }

    /// How many tables the store may hold.
    fn tables(&self) -> usize {
        DEFAULT_TABLES
    }

    /// How many memories the store may hold.
    fn memories(&self) -> usize {
        DEFAULT_MEMORIES
    }

    /// How many bytes all that guests cause may take: memories, tables and the records of
    /// instances together. A growth that would exceed it fails as if there were no more memory.
    fn total_bytes(&self) -> usize {
        usize::MAX
    }
}

/// Instances of a store, unless its limiter says otherwise.
pub(crate) const DEFAULT_INSTANCES: usize = 10_000;
/// Tables of a store, unless its limiter says otherwise.
pub(crate) const DEFAULT_TABLES: usize = 10_000;
/// Memories of a store, unless its limiter says otherwise.
pub(crate) const DEFAULT_MEMORIES: usize = 10_000;

/// Fixed limits for a store. Make them with [`StoreLimitsBuilder`].
///
/// ```
/// use wazir::{ResourceLimiter, StoreLimits, StoreLimitsBuilder};
///
/// let mut limits: StoreLimits = StoreLimitsBuilder::new().memory_size(1 << 20).build();
/// assert!(limits.memory_growing(0, 1 << 20, None)?);
/// assert!(!limits.memory_growing(0, (1 << 20) + 1, None)?);
/// # Ok::<(), wazir::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct StoreLimits {
    memory_size: Option<usize>,
    table_elements: Option<usize>,
    instances: usize,
    tables: usize,
    memories: usize,
    total_bytes: usize,
    trap_on_grow_failure: bool,
}

impl Default for StoreLimits {
    fn default() -> StoreLimits {
        StoreLimits {
            memory_size: None,
            table_elements: None,
            instances: DEFAULT_INSTANCES,
            tables: DEFAULT_TABLES,
            memories: DEFAULT_MEMORIES,
            total_bytes: usize::MAX,
            trap_on_grow_failure: false,
        }
    }
}

/// What can grow, and the limit that it has.
struct Grown {
    what: &'static str,
    unit: &'static str,
    /// The limit's name, for a message.
    name: &'static str,
    limit: fn(&StoreLimits) -> Option<usize>,
}

const MEMORY: Grown = Grown {
    what: "memory",
    unit: "bytes",
    name: "the limit StoreLimitsBuilder::memory_size",
    limit: |limits| limits.memory_size,
};

const TABLE: Grown = Grown {
    what: "table",
    unit: "elements",
    name: "the limit StoreLimitsBuilder::table_elements",
    limit: |limits| limits.table_elements,
};

impl StoreLimits {
    fn may_grow(
        &self,
        grown: &Grown,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool, Error> {
        let limit = (grown.limit)(self);
        let allowed = limit.is_none_or(|limit| desired <= limit)
            && maximum.is_none_or(|maximum| desired <= maximum);
        if !allowed && self.trap_on_grow_failure {
            let limits = limit.map(|limit| (limit, grown.name)).into_iter();
            let maximum = maximum.map(|maximum| (maximum, "the maximum of its type"));
            let (limit, name) = limits.chain(maximum).min().unwrap_or((usize::MAX, ""));
            return Err(Error::resource(alloc::format!(
                "a {} may not grow to {desired} {}: {name} is {limit}",
                grown.what,
                grown.unit
            )));
        }
        Ok(allowed)
    }

    /// The error for a memory of `bytes` bytes that the configuration, which this is, or else the
    /// store's limiter refuses.
    #[cold]
    pub(super) fn memory_refused(&self, bytes: usize) -> Error {
        self.refused(&MEMORY, bytes)
    }

    /// The error for a table of `elements` elements that the configuration, which this is, or else
    /// the store's limiter refuses.
    #[cold]
    pub(super) fn table_refused(&self, elements: usize) -> Error {
        self.refused(&TABLE, elements)
    }

    fn refused(&self, grown: &Grown, desired: usize) -> Error {
        let reason = match (grown.limit)(self).filter(|&limit| desired > limit) {
            Some(limit) => alloc::format!("{} of Config::store_limits is {limit}", grown.name),
            None => "the limiter given to Store::limiter refuses it".into(),
        };
        Error::resource(alloc::format!(
            "a {} of {desired} {} exceeds the store's limits: {reason}",
            grown.what,
            grown.unit
        ))
    }

    fn grow_failed(&self, error: Error) -> Result<(), Error> {
        if self.trap_on_grow_failure {
            Err(error)
        } else {
            Ok(())
        }
    }
}

impl ResourceLimiter for StoreLimits {
    fn memory_growing(
        &mut self,
        _current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool, Error> {
        self.may_grow(&MEMORY, desired, maximum)
    }

    fn memory_grow_failed(&mut self, error: Error) -> Result<(), Error> {
        self.grow_failed(error)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool, Error> {
        self.may_grow(&TABLE, desired, maximum)
    }

    fn table_grow_failed(&mut self, error: Error) -> Result<(), Error> {
        self.grow_failed(error)
    }

    fn instances(&self) -> usize {
        self.instances
    }

    fn tables(&self) -> usize {
        self.tables
    }

    fn memories(&self) -> usize {
        self.memories
    }

    fn total_bytes(&self) -> usize {
        self.total_bytes
    }
}

/// Makes [`StoreLimits`].
///
/// ```
/// use wazir::StoreLimitsBuilder;
///
/// let limits = StoreLimitsBuilder::new()
///     .memory_size(16 << 20)
///     .table_elements(10_000)
///     .instances(4)
///     .total_bytes(64 << 20)
///     .trap_on_grow_failure(true)
///     .build();
/// ```
#[derive(Clone, Debug, Default)]
pub struct StoreLimitsBuilder(StoreLimits);

impl StoreLimitsBuilder {
    /// Begins with the defaults: 10,000 instances, tables and memories, of any size.
    pub fn new() -> StoreLimitsBuilder {
        StoreLimitsBuilder::default()
    }

    /// The bytes to which each memory may grow. Unlimited unless set.
    pub fn memory_size(mut self, limit: usize) -> StoreLimitsBuilder {
        self.0.memory_size = Some(limit);
        self
    }

    /// The elements to which each table may grow. Unlimited unless set.
    pub fn table_elements(mut self, limit: usize) -> StoreLimitsBuilder {
        self.0.table_elements = Some(limit);
        self
    }

    /// How many instances there may be. 10,000 unless set.
    pub fn instances(mut self, limit: usize) -> StoreLimitsBuilder {
        self.0.instances = limit;
        self
    }

    /// How many tables there may be. 10,000 unless set.
    pub fn tables(mut self, limit: usize) -> StoreLimitsBuilder {
        self.0.tables = limit;
        self
    }

    /// How many memories there may be. 10,000 unless set.
    pub fn memories(mut self, limit: usize) -> StoreLimitsBuilder {
        self.0.memories = limit;
        self
    }

    /// How many bytes memories, tables and the records of instances may take together. Unlimited
    /// unless set.
    pub fn total_bytes(mut self, limit: usize) -> StoreLimitsBuilder {
        self.0.total_bytes = limit;
        self
    }

    /// Whether a growth that fails ends the guest's call with an error, instead of giving -1 to the
    /// guest. Off unless set.
    pub fn trap_on_grow_failure(mut self, trap: bool) -> StoreLimitsBuilder {
        self.0.trap_on_grow_failure = trap;
        self
    }

    /// The limits.
    pub fn build(self) -> StoreLimits {
        self.0
    }
}
