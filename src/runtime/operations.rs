//! What running code calls for: growth, bulk operations and tables.
//!
//! Input: the context of the running instance, indices that validation has checked, and operands.
//! Output: results, or a trap.
//! Holds: bounds are checked before anything is written; long operations work in chunks and look
//! for an interruption between them; addresses and sizes are read again afterwards.

use super::instance::Instance;
use super::layout::{VmContext, VmMemory, VmStore, VmTable};
use super::memory::Memory;
use super::store::StoreInner;
use super::table::Table;
use crate::error::Error;
use crate::wasm::trap::Trap;

/// How many bytes a bulk operation changes between two looks for an interruption. Tests make do with
/// less, so that they need not fill megabytes.
pub(super) const CHUNK_BYTES: u64 = if cfg!(test) { 1 << 12 } else { 1 << 20 };
const CHUNK_ELEMENTS: u64 = CHUNK_BYTES / size_of::<u64>() as u64;

/// To be called when the interrupt flag is raised: an error if there is a reason to stop.
///
/// # Safety
/// `store` is alive, and nobody else uses it.
#[cold]
pub(crate) unsafe fn interrupted(store: *mut VmStore) -> Result<(), Error> {
    // SAFETY: the caller has the store, and every `VmStore` begins a `StoreInner`.
    unsafe { &mut *StoreInner::from_vm(store) }.answer_interrupt()
}

/// Looks for an interruption.
///
/// # Safety
/// As [`interrupted`], for the context's store.
unsafe fn poll(context: *mut VmContext) -> Result<(), Error> {
    // SAFETY: the caller has the store, which is alive as long as the context.
    unsafe { &mut *StoreInner::from_vm((*context).store) }.poll()
}

/// The memory with an index.
///
/// # Safety
/// `context` is that of an instance which has the memory.
unsafe fn memory_of(context: *mut VmContext, memory: u32) -> *mut VmMemory {
    // SAFETY: the caller knows that the instance has the memory.
    unsafe { *(*context).memories.add(memory as usize) }
}

/// The table with an index.
///
/// # Safety
/// `context` is that of an instance which has the table.
unsafe fn table_of(context: *mut VmContext, table: u32) -> *mut VmTable {
    // SAFETY: the caller knows that the instance has the table.
    unsafe { *(*context).tables.add(table as usize) }
}

#[inline]
fn check_bounds(start: u64, count: u64, size: usize, trap: Trap) -> Result<(), Error> {
    match start.checked_add(count) {
        Some(end) if end <= size as u64 => Ok(()),
        _ => Err(Error::from(trap)),
    }
}

/// Checks a range of a memory.
///
/// # Safety
/// The memory is alive.
unsafe fn check_memory(memory: *mut VmMemory, start: u64, count: u64) -> Result<(), Error> {
    // SAFETY: the caller knows that the memory is alive.
    check_bounds(
        start,
        count,
        unsafe { (*memory).size_bytes },
        Trap::MemoryOutOfBounds,
    )
}

/// Checks a range of a table.
///
/// # Safety
/// The table is alive.
unsafe fn check_table(table: *mut VmTable, start: u64, count: u64) -> Result<(), Error> {
    // SAFETY: the caller knows that the table is alive.
    check_bounds(
        start,
        count,
        unsafe { (*table).size },
        Trap::TableOutOfBounds,
    )
}

/// Cuts `0..count` into chunks and calls `step` with the start and the length of each, the last one
/// first if `backward`; looks for an interruption between them.
///
/// # Safety
/// As [`poll`].
#[inline]
unsafe fn in_chunks(
    context: *mut VmContext,
    count: u64,
    chunk: u64,
    backward: bool,
    mut step: impl FnMut(usize, usize),
) -> Result<(), Error> {
    if count <= chunk {
        // Within the bounds of something in memory, so it fits.
        step(0, count as usize);
        return Ok(());
    }
    let mut done = 0;
    while done < count {
        let length = chunk.min(count - done);
        let start = if backward {
            count - done - length
        } else {
            done
        };
        // Within the bounds of something in memory, so both fit.
        step(start as usize, length as usize);
        done += length;
        if done < count {
            // SAFETY: the caller has the store.
            unsafe { poll(context)? };
        }
    }
    Ok(())
}

/// `memory.grow`: the old size in pages, or nothing if the memory cannot grow.
///
/// # Safety
/// `context` is that of the running instance, which has the memory.
pub(crate) unsafe fn memory_grow(
    context: *mut VmContext,
    memory: u32,
    delta_pages: u64,
) -> Result<Option<u64>, Error> {
    // SAFETY: the caller knows that the memory exists and that code of the store runs, so that
    // nobody else uses the store.
    let store = unsafe { &mut *StoreInner::from_vm((*context).store) };
    // SAFETY: as above; the memory's record is not part of the store's.
    let memory = unsafe { &mut *Memory::from_vm(memory_of(context, memory)) };
    store.grow_memory_record(memory, delta_pages, StoreInner::poll)
}

/// Whether a memory has 64-bit addresses.
///
/// # Safety
/// `context` is that of an instance which has the memory.
#[cfg(feature = "compiler")]
pub(crate) unsafe fn is_memory_64(context: *mut VmContext, memory: u32) -> bool {
    // SAFETY: the caller knows that the memory exists.
    unsafe { (*Memory::from_vm(memory_of(context, memory))).ty().is_64 }
}

/// Whether a table has 64-bit indices.
///
/// # Safety
/// `context` is that of an instance which has the table.
#[cfg(feature = "compiler")]
pub(crate) unsafe fn is_table_64(context: *mut VmContext, table: u32) -> bool {
    // SAFETY: the caller knows that the table exists.
    unsafe { (*Table::from_vm(table_of(context, table))).ty().is_64 }
}

/// `memory.fill`.
///
/// # Safety
/// `context` is that of the running instance, which has the memory.
pub(crate) unsafe fn memory_fill(
    context: *mut VmContext,
    memory: u32,
    destination: u64,
    value: u8,
    length: u64,
) -> Result<(), Error> {
    // SAFETY: the caller knows that the memory exists.
    let memory = unsafe { memory_of(context, memory) };
    // SAFETY: as above.
    unsafe { check_memory(memory, destination, length)? };
    let fill = |start: usize, length: usize| {
        // SAFETY: the range is within the bounds checked above, and memories never shrink.
        unsafe {
            (*memory)
                .base
                .add(destination as usize + start)
                .write_bytes(value, length)
        };
    };
    // SAFETY: code of the store runs, so nobody else uses it.
    unsafe { in_chunks(context, length, CHUNK_BYTES, false, fill) }
}

/// `memory.copy`.
///
/// # Safety
/// `context` is that of the running instance, which has both memories.
pub(crate) unsafe fn memory_copy(
    context: *mut VmContext,
    destination_memory: u32,
    source_memory: u32,
    destination: u64,
    source: u64,
    length: u64,
) -> Result<(), Error> {
    // SAFETY: the caller knows that both memories exist.
    let (to, from) = unsafe {
        (
            memory_of(context, destination_memory),
            memory_of(context, source_memory),
        )
    };
    // SAFETY: as above.
    unsafe { check_memory(to, destination, length)? };
    // SAFETY: as above.
    unsafe { check_memory(from, source, length)? };
    let copy = |start: usize, length: usize| {
        // SAFETY: both ranges are within the bounds checked above, and memories never shrink.
        unsafe {
            let target = (*to).base.add(destination as usize + start);
            target.copy_from((*from).base.add(source as usize + start), length);
        }
    };
    // The end first if the target lies behind the source, so that no chunk overwrites the source of
    // a later one.
    let backward = destination > source;
    // SAFETY: code of the store runs, so nobody else uses it.
    unsafe { in_chunks(context, length, CHUNK_BYTES, backward, copy) }
}

/// `memory.init`.
///
/// # Safety
/// `context` is that of the running instance, which has the memory and the data segment.
pub(crate) unsafe fn memory_init(
    context: *mut VmContext,
    memory: u32,
    segment: u32,
    destination: u64,
    source: u32,
    length: u32,
) -> Result<(), Error> {
    // SAFETY: the caller knows that the instance is alive.
    let bytes = unsafe { Instance::from_context(context) }.data_segment(segment);
    let (source, length) = (u64::from(source), u64::from(length));
    // SAFETY: the caller knows that the memory exists.
    let memory = unsafe { memory_of(context, memory) };
    // SAFETY: as above.
    unsafe { check_memory(memory, destination, length)? };
    check_bounds(source, length, bytes.len(), Trap::MemoryOutOfBounds)?;
    let source = bytes[source as usize..].as_ptr();
    let copy = |start: usize, length: usize| {
        // SAFETY: both ranges are within the bounds checked above; memories never shrink, and the
        // module's bytes never change.
        unsafe {
            let target = (*memory).base.add(destination as usize + start);
            target.copy_from_nonoverlapping(source.add(start), length);
        }
    };
    // SAFETY: code of the store runs, so nobody else uses it.
    unsafe { in_chunks(context, length, CHUNK_BYTES, false, copy) }
}

/// `data.drop`.
///
/// # Safety
/// `context` is that of the running instance, which has the data segment.
pub(crate) unsafe fn data_drop(context: *mut VmContext, segment: u32) {
    // SAFETY: the caller knows that the instance is alive, and nobody else uses its record now.
    let instance = unsafe { &mut *(*context).instance };
    instance.data[segment as usize] = 0..0;
}

/// `table.get`.
///
/// # Safety
/// `context` is that of the running instance, which has the table.
pub(crate) unsafe fn table_get(
    context: *mut VmContext,
    table: u32,
    index: u64,
) -> Result<u64, Error> {
    // SAFETY: the caller knows that the table exists.
    let table = unsafe { &*table_of(context, table) };
    check_bounds(index, 1, table.size, Trap::TableOutOfBounds)?;
    // SAFETY: the index was checked.
    Ok(unsafe { *table.elements.add(index as usize) })
}

/// `table.set`; `value` is a reference of the table's type.
///
/// # Safety
/// `context` is that of the running instance, which has the table.
pub(crate) unsafe fn table_set(
    context: *mut VmContext,
    table: u32,
    index: u64,
    value: u64,
) -> Result<(), Error> {
    // SAFETY: the caller knows that the table exists.
    let table = unsafe { &*table_of(context, table) };
    check_bounds(index, 1, table.size, Trap::TableOutOfBounds)?;
    // SAFETY: the index was checked.
    unsafe { *table.elements.add(index as usize) = value };
    Ok(())
}

/// `table.grow`: the old size, or nothing if the table cannot grow; `init` is a reference of the
/// table's type.
///
/// # Safety
/// `context` is that of the running instance, which has the table.
pub(crate) unsafe fn table_grow(
    context: *mut VmContext,
    table: u32,
    init: u64,
    delta: u64,
) -> Result<Option<u64>, Error> {
    // SAFETY: the caller knows that the table exists and that code of the store runs, so that
    // nobody else uses the store.
    let store = unsafe { &mut *StoreInner::from_vm((*context).store) };
    // SAFETY: as above; the table's record is not part of the store's.
    let table = unsafe { &mut *Table::from_vm(table_of(context, table)) };
    store.grow_table_record(table, delta, init)
}

/// `table.fill`; `value` is a reference of the table's type.
///
/// # Safety
/// `context` is that of the running instance, which has the table.
pub(crate) unsafe fn table_fill(
    context: *mut VmContext,
    table: u32,
    index: u64,
    value: u64,
    count: u64,
) -> Result<(), Error> {
    // SAFETY: the caller knows that the table exists.
    let table = unsafe { table_of(context, table) };
    // SAFETY: as above.
    unsafe { check_table(table, index, count)? };
    let fill = |start: usize, length: usize| {
        for offset in start..start + length {
            // SAFETY: within the bounds checked above, and tables never shrink.
            unsafe { *(*table).elements.add(index as usize + offset) = value };
        }
    };
    // SAFETY: code of the store runs, so nobody else uses it.
    unsafe { in_chunks(context, count, CHUNK_ELEMENTS, false, fill) }
}

/// `table.copy`.
///
/// # Safety
/// `context` is that of the running instance, which has both tables.
pub(crate) unsafe fn table_copy(
    context: *mut VmContext,
    destination_table: u32,
    source_table: u32,
    destination: u64,
    source: u64,
    count: u64,
) -> Result<(), Error> {
    // SAFETY: the caller knows that both tables exist.
    let (to, from) = unsafe {
        (
            table_of(context, destination_table),
            table_of(context, source_table),
        )
    };
    // SAFETY: as above.
    unsafe { check_table(to, destination, count)? };
    // SAFETY: as above.
    unsafe { check_table(from, source, count)? };
    let copy = |start: usize, length: usize| {
        // SAFETY: both ranges are within the bounds checked above, and tables never shrink.
        unsafe {
            let target = (*to).elements.add(destination as usize + start);
            target.copy_from((*from).elements.add(source as usize + start), length);
        }
    };
    // As for memories.
    let backward = destination > source;
    // SAFETY: code of the store runs, so nobody else uses it.
    unsafe { in_chunks(context, count, CHUNK_ELEMENTS, backward, copy) }
}

/// `table.init`.
///
/// # Safety
/// `context` is that of the running instance, which has the table and the element segment.
pub(crate) unsafe fn table_init(
    context: *mut VmContext,
    table: u32,
    segment: u32,
    destination: u64,
    source: u32,
    count: u32,
) -> Result<(), Error> {
    // SAFETY: the caller knows that the instance is alive.
    let values = &unsafe { Instance::from_context(context) }.elements[segment as usize];
    let (source, count) = (u64::from(source), u64::from(count));
    // SAFETY: the caller knows that the table exists.
    let table = unsafe { table_of(context, table) };
    // SAFETY: as above.
    unsafe { check_table(table, destination, count)? };
    check_bounds(source, count, values.len(), Trap::TableOutOfBounds)?;
    let source = values[source as usize..].as_ptr();
    let copy = |start: usize, length: usize| {
        // SAFETY: both ranges are within the bounds checked above; tables never shrink, and the
        // segment is dropped by the running code only.
        unsafe {
            let target = (*table).elements.add(destination as usize + start);
            target.copy_from_nonoverlapping(source.add(start), length);
        }
    };
    // SAFETY: code of the store runs, so nobody else uses it.
    unsafe { in_chunks(context, count, CHUNK_ELEMENTS, false, copy) }
}

/// `elem.drop`.
///
/// # Safety
/// `context` is that of the running instance, which has the element segment.
pub(crate) unsafe fn elem_drop(context: *mut VmContext, segment: u32) {
    // SAFETY: the caller knows that the instance is alive, and nobody else uses its record now.
    let instance = unsafe { &mut *(*context).instance };
    instance.elements[segment as usize] = Default::default();
}
