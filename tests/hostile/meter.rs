//! Measures how much memory a call has in use at once, and how much it asks for.
//!
//! Input: a function. Output: its result and the greatest number of bytes that its thread had allocated meanwhile, or
//! the sum of all allocations.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Meter;

#[global_allocator]
static METER: Meter = Meter;

thread_local! {
    static IN_USE: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
    static SUM: Cell<usize> = const { Cell::new(0) };
}

fn count(change: isize) {
    // A thread that ends has no counters any more.
    let _ = IN_USE.try_with(|in_use| {
        in_use.set(in_use.get() + change);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(in_use.get())));
        let _ = SUM.try_with(|sum| sum.set(sum.get() + change.max(0) as usize));
    });
}

// SAFETY: all calls go to the system's allocator unchanged.
unsafe impl GlobalAlloc for Meter {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, address: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(address, layout) }
    }
}

/// Calls `f` and gives its result with the greatest number of bytes that were allocated in it at once.
pub(super) fn peak_bytes<R>(f: impl FnOnce() -> R) -> (R, usize) {
    let before = IN_USE.get();
    PEAK.set(before);
    let result = f();
    (result, (PEAK.get() - before).max(0) as usize)
}

/// Calls `f` and gives its result with the bytes of all allocations in it together: what work in proportion to some
/// structure copies or builds shows here, even if it is soon freed.
pub(super) fn sum_of_bytes<R>(f: impl FnOnce() -> R) -> (R, usize) {
    let before = SUM.get();
    let result = f();
    (result, SUM.get() - before)
}
