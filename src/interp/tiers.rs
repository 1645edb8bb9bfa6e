//! What the interpreter knows of machine code that takes over from it.
//!
//! Input: counts of calls and of iterations, which register code counts down, and where calls through tables lead.
//! Output: [`Tiers`] is asked when a count has reached zero. Holds: all of this are hints; threads that count at once
//! may lose some of each other's counts.

use alloc::sync::Arc;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicU32, Ordering};

use crate::runtime::layout::{LoopFrame, MachineEntry};

/// How often a function is still interpreted before somebody looks for machine code.
#[derive(Debug)]
pub(crate) struct Heat {
    /// How many more calls are interpreted. It stays at zero once there is machine code.
    calls: AtomicU32,
    /// How many more iterations of its loops are.
    iterations: AtomicU32,
}

impl Heat {
    /// As much as there is at first.
    pub(crate) fn new(calls: u32, iterations: u32) -> Heat {
        Heat {
            calls: calls.into(),
            iterations: iterations.into(),
        }
    }

    /// The calls that are left.
    pub(crate) fn calls(&self) -> u32 {
        self.calls.load(Ordering::Relaxed)
    }

    /// Lets at most so many more calls be interpreted.
    pub(crate) fn limit_calls(&self, count: u32) {
        self.set_calls(self.calls().min(count));
    }

    /// Sets how many more calls are interpreted.
    pub(crate) fn set_calls(&self, count: u32) {
        self.calls.store(count, Ordering::Relaxed);
    }

    /// Sets how many more iterations are interpreted.
    pub(crate) fn set_iterations(&self, count: u32) {
        self.iterations.store(count, Ordering::Relaxed);
    }

    /// Counts a call; false if none was left.
    #[inline(always)]
    pub(super) fn count_call(&self) -> bool {
        count(&self.calls)
    }

    /// Counts an iteration; false if none was left.
    #[inline(always)]
    pub(super) fn count_iteration(&self) -> bool {
        count(&self.iterations)
    }
}

#[inline(always)]
fn count(counter: &AtomicU32) -> bool {
    let left = counter.load(Ordering::Relaxed);
    if left == 0 {
        return false;
    }
    counter.store(left - 1, Ordering::Relaxed);
    true
}

/// Where a call through a table leads.
#[derive(Debug)]
pub(crate) struct CallTarget {
    /// The index of the last function among those that its module defines, or [`CallTarget::UNKNOWN`].
    defined_index: AtomicU32,
    /// How many times it was another one than before.
    changes: AtomicU32,
}

impl CallTarget {
    /// That of functions of the host, and of a call that was never made.
    const UNKNOWN: u32 = u32::MAX;
    /// How many times a call may lead elsewhere that most often leads to the same function.
    const MOST_CHANGES: u32 = 2;

    /// That of a call that was never made.
    pub(crate) fn new() -> CallTarget {
        CallTarget {
            defined_index: CallTarget::UNKNOWN.into(),
            changes: 0.into(),
        }
    }

    /// Notes that a function was called, of whatever module.
    #[inline(always)]
    pub(super) fn note(&self, defined_index: u32) {
        if self.defined_index.load(Ordering::Relaxed) != defined_index {
            self.change(defined_index);
        }
    }

    #[cold]
    fn change(&self, defined_index: u32) {
        let changes = self.changes.load(Ordering::Relaxed);
        self.changes
            .store(changes.saturating_add(1), Ordering::Relaxed);
        self.defined_index.store(defined_index, Ordering::Relaxed);
    }

    /// The function that is called most often, if there is one, by its index among those of some module.
    pub(crate) fn likely(&self) -> Option<u32> {
        let defined_index = self.defined_index.load(Ordering::Relaxed);
        let changes = self.changes.load(Ordering::Relaxed);
        let is_known = defined_index != CallTarget::UNKNOWN && changes <= CallTarget::MOST_CHANGES;
        is_known.then_some(defined_index)
    }
}

/// Who decides what becomes machine code, and has it.
pub(crate) trait Tiers: Send + Sync {
    /// The counters of the functions that the module defines. They stay at their address.
    fn heat(&self) -> &[Heat];

    /// Where the call through a table leads that is at `offset` in the module's bytes. It stays at its address.
    fn call_target(&self, offset: u32) -> NonNull<CallTarget>;

    /// The machine code of a function, if there is any by now.
    fn compiled(&self, defined_index: u32) -> Option<MachineEntry>;

    /// Is asked at a call of which none is left: the machine code of a function, if there is any by now. If there is
    /// none, the counter has been set.
    fn called(self: Arc<Self>, defined_index: u32) -> Option<MachineEntry>;

    /// Is asked at an iteration of which none is left: machine code that goes on at the loop whose opcode is at
    /// `offset` in the module's bytes. `frame` says where that finds what the interpreter has. If there is none, the
    /// counter has been set.
    fn iterated(
        self: Arc<Self>,
        defined_index: u32,
        offset: u32,
        frame: &dyn Fn() -> Option<LoopFrame>,
    ) -> Option<MachineEntry>;
}
