//! Making memories and tables and letting them grow, within the limits.
//!
//! Input: types and sizes that the host or a guest asks for. Output: handles, old sizes, or the
//! reason why not.
//! Holds: nothing is allocated before all limits have allowed it, and what is counted is given back
//! if the allocation fails.

use alloc::boxed::Box;
use alloc::sync::Arc;

use super::handle::{BadHandle, InstanceId, MemoryId, TableId};
use super::limits::ResourceLimiter;
use super::memory::{self, Memory};
use super::operations;
use super::stable::Stable;
use super::store::StoreInner;
use super::table::Table;
use crate::error::Error;
use crate::sys::map::Image;
use crate::wasm::types::{MemoryType, TableType};

/// The embedder's limiter: a closure from the store's data to a limiter in it, without its types.
pub(super) struct LimiterHook {
    closure: *mut (),
    get: unsafe fn(*mut (), *mut ()) -> *mut dyn ResourceLimiter,
    drop: unsafe fn(*mut ()),
}

impl Drop for LimiterHook {
    fn drop(&mut self) {
        // SAFETY: `set_limiter` made the two together.
        unsafe { (self.drop)(self.closure) };
    }
}

/// Finds the limiter: `closure` is an `F`, `data` a `T`, and nobody else uses either.
unsafe fn get_limiter<T, F>(closure: *mut (), data: *mut ()) -> *mut dyn ResourceLimiter
where
    F: FnMut(&mut T) -> &mut dyn ResourceLimiter,
{
    // SAFETY: as the function's contract says.
    let (closure, data) = unsafe { (&mut *closure.cast::<F>(), &mut *data.cast::<T>()) };
    let limiter: *mut (dyn ResourceLimiter + '_) = closure(data);
    // SAFETY: only the bound on the lifetime changes; the caller uses the limiter before it returns
    // the data to its owner.
    unsafe {
        core::mem::transmute::<*mut (dyn ResourceLimiter + '_), *mut dyn ResourceLimiter>(limiter)
    }
}

unsafe fn drop_boxed<F>(closure: *mut ()) {
    // SAFETY: the caller passes the address of a leaked `Box<F>` and gives it up.
    drop(unsafe { Box::from_raw(closure.cast::<F>()) });
}

/// Limits.
impl StoreInner {
    /// Sets the limiter: a closure that finds it in the embedder's data.
    ///
    /// # Safety
    /// The address given to [`StoreInner::set_data`] is that of a `T` whenever the store is used,
    /// and nobody uses the data while the store asks the limiter.
    pub(crate) unsafe fn set_limiter<T, F>(&mut self, find: F)
    where
        F: FnMut(&mut T) -> &mut dyn ResourceLimiter,
        F: Send + Sync + 'static,
    {
        let closure = Box::into_raw(Box::new(find)).cast();
        self.limiter = Some(LimiterHook {
            closure,
            get: get_limiter::<T, F>,
            drop: drop_boxed::<F>,
        });
    }

    /// The embedder's limiter.
    fn limiter(&mut self) -> Option<&mut dyn ResourceLimiter> {
        let hook = self.limiter.as_ref()?;
        // SAFETY: `set_limiter` was promised that the data is of the type that the hook expects and
        // that nobody else uses it now. The closure is the hook's own.
        let limiter = unsafe { (hook.get)(hook.closure, self.data) };
        // SAFETY: as above: the limiter is within the data, or lives longer.
        Some(unsafe { &mut *limiter })
    }

    /// The lower one of a limit of the configuration and of the embedder's limiter.
    fn lowest(&mut self, limit: impl Fn(&dyn ResourceLimiter) -> usize) -> usize {
        let configured = limit(&self.options.limits);
        self.limiter()
            .map_or(configured, |limiter| limit(limiter).min(configured))
    }

    fn check_count(
        &mut self,
        what: &str,
        count: usize,
        additional: usize,
        limit: impl Fn(&dyn ResourceLimiter) -> usize,
    ) -> Result<(), Error> {
        let limit = self.lowest(limit);
        if additional > limit.saturating_sub(count) {
            return Err(Error::resource(alloc::format!(
                "the store's limit of {limit} {what} is reached"
            )));
        }
        Ok(())
    }

    /// Whether an instance with some memories and tables of its own may be made.
    pub(super) fn check_counts(
        &mut self,
        instances: usize,
        memories: usize,
        tables: usize,
    ) -> Result<(), Error> {
        let counts = (
            self.instances.count(),
            self.memories.count(),
            self.tables.count(),
        );
        if instances > 0 {
            self.check_count("instances", counts.0, instances, |it| it.instances())?;
        }
        if memories > 0 {
            self.check_count("memories", counts.1, memories, |it| it.memories())?;
        }
        if tables > 0 {
            self.check_count("tables", counts.2, tables, |it| it.tables())?;
        }
        Ok(())
    }

    /// Adds to the bytes that guests cause, if the total allows it.
    pub(super) fn charge(&mut self, bytes: usize) -> Result<(), Error> {
        self.total_bytes = self.total_with(bytes)?;
        Ok(())
    }

    /// The bytes that guests cause, with so many more, if that is allowed.
    fn total_with(&mut self, bytes: usize) -> Result<usize, Error> {
        let limit = self.lowest(|it| it.total_bytes());
        let total = self.total_bytes.checked_add(bytes);
        total.filter(|&total| total <= limit).ok_or_else(|| {
            Error::resource(alloc::format!(
                "{bytes} more bytes would exceed the store's limit StoreLimitsBuilder::total_bytes: {} of {limit} \
                 bytes are used",
                self.total_bytes
            ))
        })
    }

    /// Whether a memory may grow to a size in bytes that its type may forbid: then the embedder's
    /// limiter is asked, because it may make an error of it, but not the configuration.
    fn may_memory_grow(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool, Error> {
        if !self.options.limits.memory_growing(current, desired, None)? {
            return Ok(false);
        }
        match self.limiter() {
            Some(limiter) => limiter.memory_growing(current, desired, maximum),
            None => Ok(true),
        }
    }

    /// Lets the embedder's limiter, or else the configuration, decide what becomes of a failed growth.
    fn memory_grow_failed(&mut self, reason: Error) -> Result<(), Error> {
        match self.limiter() {
            Some(limiter) => limiter.memory_grow_failed(reason),
            None => self.options.limits.memory_grow_failed(reason),
        }
    }

    /// As [`StoreInner::may_memory_grow`], in elements.
    fn may_table_grow(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool, Error> {
        if !self.options.limits.table_growing(current, desired, None)? {
            return Ok(false);
        }
        match self.limiter() {
            Some(limiter) => limiter.table_growing(current, desired, maximum),
            None => Ok(true),
        }
    }

    /// As [`StoreInner::memory_grow_failed`].
    fn table_grow_failed(&mut self, reason: Error) -> Result<(), Error> {
        match self.limiter() {
            Some(limiter) => limiter.table_grow_failed(reason),
            None => self.options.limits.table_grow_failed(reason),
        }
    }
}

/// Memories.
impl StoreInner {
    /// Makes a memory for the host.
    ///
    /// # Errors
    /// A resource error if a limit forbids it or there is no memory; an unsupported feature if it
    /// is shared.
    pub(crate) fn new_memory(&mut self, ty: MemoryType) -> Result<MemoryId, Error> {
        self.check_counts(0, 1, 0)?;
        self.make_memory(ty, None, None)
    }

    /// Makes a memory for an instance or the host, with an image if there is one and the system agrees.
    pub(super) fn make_memory(
        &mut self,
        ty: MemoryType,
        owner: Option<InstanceId>,
        image: Option<&Arc<Image>>,
    ) -> Result<MemoryId, Error> {
        if ty.shared {
            return Err(Error::unsupported(
                None,
                "shared memories (feature `threads`) can be validated but not yet executed",
            ));
        }
        let bytes =
            Memory::initial_bytes(&ty).map_err(|reason| reason.into_error(ty.limits.min))?;
        if !self.may_memory_grow(0, bytes, memory::declared_max_bytes(&ty))? {
            return Err(self.options.limits.memory_refused(bytes));
        }
        self.charge(bytes)?;
        let store = self.id();
        let made = self.memories.next_id(store).and_then(|id| {
            let pool = &self.options.memories;
            let memory = Memory::new(ty, id, owner, (pool, self.stacks.calls_before()), image)?;
            self.memories.insert(store, Stable::new(memory))
        });
        if made.is_err() {
            self.total_bytes -= bytes;
        }
        made
    }

    /// The memory that a handle names.
    #[inline]
    pub(crate) fn memory(&self, id: MemoryId) -> Result<&Memory, BadHandle> {
        self.memories.get(self.id(), id).map(|memory| &**memory)
    }

    /// The memory that a handle names.
    pub(crate) fn memory_mut(&mut self, id: MemoryId) -> Result<&mut Memory, BadHandle> {
        let memory = self.memories.get(self.id(), id)?.as_ptr();
        // SAFETY: the memory is owned by the store, of which `&mut self` is the only use.
        Ok(unsafe { &mut *memory })
    }

    /// Grows a memory by `delta` pages and gives its old size in pages; nothing if it cannot grow.
    ///
    /// # Errors
    /// What the limiter says, or a link error for a bad handle.
    pub(crate) fn grow_memory(&mut self, id: MemoryId, delta: u64) -> Result<Option<u64>, Error> {
        let memory = self.memories.get(self.id(), id)?.as_ptr();
        // SAFETY: the store owns the memory, and `&mut self` is the only use of the store.
        self.grow_memory_record(unsafe { &mut *memory }, delta, |_| Ok(()))
    }

    /// Why a memory that the host wanted to grow has not grown.
    #[cold]
    pub(crate) fn memory_growth_error(&mut self, id: MemoryId, delta: u64) -> Error {
        let (old_bytes, new_bytes) = match self.memory(id) {
            Ok(memory) => match memory.grown_bytes(delta) {
                Ok(new_bytes) => (memory.bytes().len(), new_bytes),
                Err(reason) => return reason.into_error(memory.pages().saturating_add(delta)),
            },
            Err(error) => return error.into(),
        };
        let limits = &mut self.options.limits;
        if !matches!(limits.memory_growing(old_bytes, new_bytes, None), Ok(true)) {
            return limits.memory_refused(new_bytes);
        }
        if let Err(error) = self.total_with(new_bytes - old_bytes) {
            return error;
        }
        if self.limiter.is_none() {
            let pages = (new_bytes / memory::PAGE_BYTES) as u64;
            return memory::NoGrowth::NoMemory.into_error(pages);
        }
        self.options.limits.memory_refused(new_bytes)
    }

    /// As [`StoreInner::grow_memory`]; `poll` is called now and then if it takes long, and can end it.
    pub(super) fn grow_memory_record(
        &mut self,
        memory: &mut Memory,
        delta: u64,
        mut poll: impl FnMut(&mut StoreInner) -> Result<(), Error>,
    ) -> Result<Option<u64>, Error> {
        let old_pages = memory.pages();
        let new_pages = old_pages.saturating_add(delta);
        let old_bytes = memory.bytes().len();
        if delta == 0 {
            return Ok(Some(old_pages));
        }
        let maximum = memory::declared_max_bytes(&memory.ty());
        let desired = usize::try_from(new_pages.saturating_mul(memory::PAGE_BYTES as u64));
        if !self.may_memory_grow(old_bytes, desired.unwrap_or(usize::MAX), maximum)? {
            return Ok(None);
        }
        let new_bytes = match memory.grown_bytes(delta) {
            Ok(new_bytes) => new_bytes,
            Err(reason) => {
                return self
                    .memory_grow_failed(reason.into_error(new_pages))
                    .map(|()| None);
            }
        };
        let room = self.charge(new_bytes - old_bytes).and_then(|()| {
            let room = memory.make_room(new_bytes, &self.options.memories);
            room.map_err(|reason| {
                self.total_bytes -= new_bytes - old_bytes;
                reason.into_error(new_pages)
            })
        });
        let place = match room {
            Ok(place) => place,
            Err(error) => return self.memory_grow_failed(error).map(|()| None),
        };
        if let Some(place) = &place {
            let chunk_bytes = operations::CHUNK_BYTES as usize;
            memory
                .copy_to(place, chunk_bytes, || poll(self))
                .inspect_err(|_| self.total_bytes -= new_bytes - old_bytes)?;
        }
        memory.grow_to(new_bytes, place);
        Ok(Some(old_pages))
    }
}

/// Tables.
impl StoreInner {
    /// Makes a table for the host, filled with `init`, a reference of the table's type.
    ///
    /// # Errors
    /// A resource error if a limit forbids it or there is no memory.
    pub(crate) fn new_table(&mut self, ty: TableType, init: u64) -> Result<TableId, Error> {
        self.check_counts(0, 0, 1)?;
        self.make_table(ty, init, None)
    }

    pub(super) fn make_table(
        &mut self,
        ty: TableType,
        init: u64,
        owner: Option<InstanceId>,
    ) -> Result<TableId, Error> {
        let desired = usize::try_from(ty.limits.min).unwrap_or(usize::MAX);
        let maximum = ty
            .limits
            .max
            .map(|max| usize::try_from(max).unwrap_or(usize::MAX));
        if !self.may_table_grow(0, desired, maximum)? {
            return Err(self.options.limits.table_refused(desired));
        }
        let bytes = desired.saturating_mul(size_of::<u64>());
        self.charge(bytes)?;
        let store = self.id();
        let made = self.tables.next_id(store).and_then(|id| {
            let table = Table::new(ty, init, id, owner)?;
            self.tables.insert(store, Stable::new(table))
        });
        if made.is_err() {
            self.total_bytes -= bytes;
        }
        made
    }

    /// The table that a handle names.
    pub(crate) fn table(&self, id: TableId) -> Result<&Table, BadHandle> {
        self.tables.get(self.id(), id).map(|table| &**table)
    }

    /// The table that a handle names.
    pub(crate) fn table_mut(&mut self, id: TableId) -> Result<&mut Table, BadHandle> {
        let table = self.tables.get(self.id(), id)?.as_ptr();
        // SAFETY: the store owns the table, and `&mut self` is the only use of the store.
        Ok(unsafe { &mut *table })
    }

    /// Grows a table by `delta` elements, which become `init`, a reference of the table's type, and
    /// gives its old size; nothing if it cannot grow.
    ///
    /// # Errors
    /// What the limiter says, or a link error for a bad handle.
    pub(crate) fn grow_table(
        &mut self,
        id: TableId,
        delta: u64,
        init: u64,
    ) -> Result<Option<u64>, Error> {
        let table = self.tables.get(self.id(), id)?.as_ptr();
        // SAFETY: the store owns the table, and `&mut self` is the only use of the store.
        self.grow_table_record(unsafe { &mut *table }, delta, init)
    }

    /// Why a table that the host wanted to grow has not grown.
    #[cold]
    pub(crate) fn table_growth_error(&mut self, id: TableId, delta: u64) -> Error {
        let (old_size, new_size) = match self.table(id) {
            Ok(table) => match table.grown_size(delta) {
                Ok(new_size) => (table.elements().len(), new_size),
                Err(reason) => return reason.into_error(),
            },
            Err(error) => return error.into(),
        };
        let limits = &mut self.options.limits;
        if !matches!(limits.table_growing(old_size, new_size, None), Ok(true)) {
            return limits.table_refused(new_size);
        }
        let bytes = (new_size - old_size).saturating_mul(size_of::<u64>());
        match self.total_with(bytes) {
            Ok(_) => self.options.limits.table_refused(new_size),
            Err(error) => error,
        }
    }

    pub(super) fn grow_table_record(
        &mut self,
        table: &mut Table,
        delta: u64,
        init: u64,
    ) -> Result<Option<u64>, Error> {
        let old_size = table.elements().len();
        if delta == 0 {
            return Ok(Some(old_size as u64));
        }
        let maximum = table.declared_max();
        let desired = usize::try_from((old_size as u64).saturating_add(delta));
        if !self.may_table_grow(old_size, desired.unwrap_or(usize::MAX), maximum)? {
            return Ok(None);
        }
        let new_size = match table.grown_size(delta) {
            Ok(new_size) => new_size,
            Err(reason) => return self.table_grow_failed(reason.into_error()).map(|()| None),
        };
        let bytes = (new_size - old_size) * size_of::<u64>();
        let grown = self.charge(bytes).and_then(|()| {
            table.grow_to(new_size, init).map_err(|reason| {
                self.total_bytes -= bytes;
                reason.into_error()
            })
        });
        match grown {
            Ok(()) => Ok(Some(old_size as u64)),
            Err(error) => self.table_grow_failed(error).map(|()| None),
        }
    }
}
