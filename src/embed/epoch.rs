//! Epochs: a clock that the embedder ticks.
//!
//! Input: ticks from any thread, and the deadlines of stores. Output: interruptions of the stores
//! whose deadline is reached.
//! Holds: a store is interrupted once per deadline, and refused further calls until it has a new
//! one.

use alloc::sync::Arc;
use core::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};
use crate::runtime::InterruptHandle;
use crate::sys::sync::Mutex;
use crate::wasm::trap::Trap;
use crate::weak_list::WeakList;

/// The epoch of an engine, and who waits for one.
pub(super) struct Epoch(Mutex<State>);

struct State {
    current: u64,
    watches: WeakList<Watch>,
}

/// The deadline of a store.
pub(super) struct Watch {
    deadline: u64,
    handle: InterruptHandle,
    has_interrupted: AtomicBool,
}

impl Epoch {
    pub(super) fn new() -> Epoch {
        Epoch(Mutex::new(State {
            current: 0,
            watches: WeakList::new(),
        }))
    }

    pub(super) fn increment(&self) {
        let mut state = self.0.lock();
        // At one tick a nanosecond this would last 584 years.
        state.current += 1;
        let current = state.current;
        state.watches.retain(|watch| {
            let is_due = watch.deadline <= current;
            if is_due {
                watch.interrupt();
            }
            !is_due
        });
    }

    /// Interrupts by `handle` when `ticks` more epochs have passed.
    pub(super) fn watch(&self, ticks: u64, handle: InterruptHandle) -> Arc<Watch> {
        let mut state = self.0.lock();
        let deadline = state.current.saturating_add(ticks);
        let watch = Arc::new(Watch {
            deadline,
            handle,
            has_interrupted: AtomicBool::new(false),
        });
        if ticks == 0 {
            watch.interrupt();
        } else {
            state.watches.push(Arc::downgrade(&watch));
        }
        watch
    }
}

impl Watch {
    fn interrupt(&self) {
        self.has_interrupted.store(true, Ordering::SeqCst);
        self.handle.interrupt();
    }

    /// Whether the deadline was reached.
    pub(super) fn has_interrupted(&self) -> bool {
        self.has_interrupted.load(Ordering::SeqCst)
    }

    /// Fails if the deadline was reached.
    #[inline]
    pub(super) fn check(&self) -> Result<()> {
        if self.has_interrupted() {
            Err(Error::from(Trap::Interrupt))
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Engine;

    #[test]
    fn deadlines_that_are_replaced_do_not_pile_up() {
        let engine = Engine::new(crate::Config::new().epoch_interruption(true)).unwrap();
        let mut store = crate::Store::new(&engine, ());
        for _ in 0..1_000 {
            store.set_epoch_deadline(5);
        }
        let waiting = || engine.epoch().0.lock().watches.len();
        assert!(waiting() < 10, "{} deadlines", waiting());
        (0..5).for_each(|_| engine.increment_epoch());
        assert_eq!(waiting(), 0);
    }
}
