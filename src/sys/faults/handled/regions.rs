//! The regions of machine code that are registered, in a table that signal handlers can read.
//!
//! Input: regions that come and go. Output: [`resume_address`].
//! Holds: a reader takes no lock, allocates and frees nothing, and never waits. A writer waits for no reader, so it
//! may be interrupted by one.
//!
//! A table never changes: a writer makes a new one and puts it in place of the old one. When is an old one free?
//! A reader counts itself, then reads which table is in place, and uncounts itself when it is done. All of that and
//! the writer's exchange are sequentially consistent, so there is one order of them. A reader that got the old table
//! read it before the exchange, and counted itself before that. So after the exchange a counter shows that reader until
//! it is done, and if the counter is seen to be zero once, every reader that it counts and that got the old table is
//! done; what it read happens before what the writer does then. With one counter, there may always be some reader of
//! newer tables. So there are two, and the phase says which one new readers take: the other one falls to zero. A reader
//! may take the one that the phase named a while ago, so a table is free only after both were seen to be zero.

use crate::sys::sync::Mutex;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Range;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering::SeqCst};

#[derive(Clone)]
struct Region {
    code: Range<usize>,
    /// Ascending.
    sites: Arc<[u32]>,
    resume: usize,
}

/// Ascending by address, and none overlaps another.
type Table = Vec<Region>;

/// What is in place; null stands for an empty table. It was a box.
static TABLE: AtomicPtr<Table> = AtomicPtr::new(null_mut());
static READERS: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];
/// Its lowest bit is the index of the counter that new readers take.
static PHASE: AtomicUsize = AtomicUsize::new(0);

/// Who holds it writes.
static WRITER: Mutex<Retired> = Mutex::new(Retired {
    recent: Vec::new(),
    older: Vec::new(),
});

/// Where a thread goes on after a fault at this address. A signal handler may call it.
pub(super) fn resume_address(address: usize) -> Option<usize> {
    let readers = &READERS[PHASE.load(SeqCst) & 1];
    readers.fetch_add(1, SeqCst);
    // SAFETY: it is null or was a box, and it is not freed before this reader is done, as explained above.
    let table = unsafe { TABLE.load(SeqCst).as_ref() };
    let found = table.and_then(|table| find(table, address));
    readers.fetch_sub(1, SeqCst);
    found
}

fn find(table: &[Region], address: usize) -> Option<usize> {
    let after = table.partition_point(|region| region.code.start <= address);
    let region = table.get(after.wrapping_sub(1))?;
    let offset = u32::try_from(address.wrapping_sub(region.code.start)).ok()?;
    let is_site = address < region.code.end && region.sites.binary_search(&offset).is_ok();
    is_site.then_some(region.resume)
}

pub(in crate::sys::faults) fn add(code: Range<usize>, sites: Arc<[u32]>, resume: usize) {
    let region = Region {
        code,
        sites,
        resume,
    };
    change(|table| {
        let (start, end) = (region.code.start, region.code.end);
        let place = table.partition_point(|other| other.code.start < start);
        debug_assert!(table.get(place).is_none_or(|next| end <= next.code.start));
        table.insert(place, region);
    });
}

pub(in crate::sys::faults) fn remove(code: &Range<usize>) {
    change(|table| {
        let place = table.partition_point(|other| other.code.start < code.start);
        if table.get(place).is_some_and(|other| other.code == *code) {
            table.remove(place);
        }
    });
}

fn change(change: impl FnOnce(&mut Table)) {
    let mut retired = WRITER.lock();
    let old = TABLE.load(SeqCst);
    let mut new = Table::new();
    // SAFETY: it is null or was a box, and only writers free it, of whom this is the only one.
    if let Some(old) = unsafe { old.as_ref() } {
        new.reserve_exact(old.len() + 1);
        new.extend_from_slice(old);
    }
    change(&mut new);
    let new = if new.is_empty() {
        null_mut()
    } else {
        Box::into_raw(Box::new(new))
    };
    TABLE.swap(new, SeqCst);
    retired.recent.push(RetiredTable(old));
    // Twice: when nobody reads, all of them are free.
    retired.free();
    retired.free();
}

/// Tables that are no longer in place.
struct Retired {
    /// Since the phase began: no counter has been looked at.
    recent: Vec<RetiredTable>,
    /// From before: the counter of the phase was seen to be zero.
    older: Vec<RetiredTable>,
}

impl Retired {
    /// Begins another phase if the counter that will be in use then is zero, and frees what is free.
    fn free(&mut self) {
        let phase = PHASE.load(SeqCst);
        if READERS[(phase ^ 1) & 1].load(SeqCst) != 0 {
            return;
        }
        // Both counters were seen to be zero: this one now, the other one when these became older ones.
        for table in self.older.drain(..) {
            if !table.0.is_null() {
                // SAFETY: it was a box, and it is not in place and nobody reads it, as explained above.
                drop(unsafe { Box::from_raw(table.0) });
            }
        }
        core::mem::swap(&mut self.recent, &mut self.older);
        PHASE.store(phase ^ 1, SeqCst);
    }
}

/// The pointer of a box, or null, that is owned here once nobody reads it.
struct RetiredTable(*mut Table);

// SAFETY: what the tables consist of can be sent to other threads.
unsafe impl Send for RetiredTable {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sites_of_regions_are_found() {
        let region = |code, sites: &[u32], resume| Region {
            code,
            sites: sites.into(),
            resume,
        };
        let table = [
            region(100..110, &[0, 9, 10], 1),
            region(110..120, &[], 2),
            region(130..usize::MAX, &[0, u32::MAX], 3),
        ];
        let found = |address| find(&table, address);
        assert_eq!([100, 109].map(found), [Some(1); 2]);
        assert_eq!([130, 130 + u32::MAX as usize].map(found), [Some(3); 2]);
        for address in [
            0,
            99,
            101,
            108,
            110,
            115,
            120,
            125,
            131,
            (1 << 32) + 130,
            usize::MAX,
        ] {
            assert_eq!(found(address), None, "{address}");
        }
        assert_eq!(find(&[], 7), None);
    }
}
