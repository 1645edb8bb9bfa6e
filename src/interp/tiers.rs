//! What the interpreter knows of machine code that takes over from it.
//!
//! Input: counts of calls and of iterations, which register code counts down. Output: [`Tiers`] is asked when one has
//! reached zero. Holds: counters are hints; threads that count at once may lose some of each other's counts.

use alloc::sync::Arc;
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

/// Who decides what becomes machine code, and has it.
pub(crate) trait Tiers: Send + Sync {
    /// The counters of the functions that the module defines. They stay at their address.
    fn heat(&self) -> &[Heat];

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
