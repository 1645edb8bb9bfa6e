//! How running code is stopped from outside: on request, or when a deadline has passed.
//!
//! Input: requests from any thread, and deadlines. Output: one flag per store, which running code
//! looks at; [`InterruptState::check`] then says whether there is a reason to stop.
//! Holds: a request stops one call; a deadline that has passed stops every call until it is taken
//! back. A raised flag without a reason costs a look at the reasons, nothing else.

use alloc::sync::Arc;
use core::fmt;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, Ordering};
#[cfg(feature = "std")]
use core::time::Duration;

#[cfg(feature = "std")]
use crate::sys::{clock, timer};
use crate::wasm::trap::Trap;

/// Interrupts the code that runs in a store, from any thread.
///
/// The store's handle comes from `Store::interrupt_handle`. It stays usable when the store is gone,
/// without effect.
///
/// The guest's call ends with [`Trap::Interrupt`]. If no call is running, the next one ends so.
///
/// ```
/// use wazir::{Config, Engine, Instance, Module, Store, Trap};
/// let engine = Engine::new(Config::new().interruptable(true))?;
/// let module = Module::new(&engine, wat::parse_str(r#"(module (func (export "run") (loop (br 0))))"#)?)?;
/// let mut store = Store::new(&engine, ());
/// let instance = Instance::new(&mut store, &module, &[])?;
/// let run = instance.get_typed_func::<(), ()>(&mut store, "run")?;
///
/// let handle = store.interrupt_handle()?;
/// let user = std::thread::spawn(move || handle.interrupt());
/// assert_eq!(run.call(&mut store, ()).unwrap_err().trap(), Some(Trap::Interrupt));
/// user.join().unwrap();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct InterruptHandle(Arc<InterruptState>);

impl InterruptHandle {
    pub(super) fn new(state: &Arc<InterruptState>) -> InterruptHandle {
        InterruptHandle(Arc::clone(state))
    }

    /// Asks for an interruption: the running call, or else the next one, ends with
    /// [`Trap::Interrupt`]. Several requests before that count as one.
    pub fn interrupt(&self) {
        self.0.request();
    }
}

impl fmt::Debug for InterruptHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InterruptHandle").finish_non_exhaustive()
    }
}

/// What the threads that interrupt share with the store.
pub(crate) struct InterruptState {
    /// Whether running code should ask [`InterruptState::check`].
    flag: AtomicBool,
    requested: AtomicBool,
}

impl InterruptState {
    /// Nothing is asked for yet.
    pub(super) fn new() -> Arc<InterruptState> {
        Arc::new(InterruptState {
            flag: AtomicBool::new(false),
            requested: AtomicBool::new(false),
        })
    }

    /// The flag, for running code. It lives as long as the state.
    pub(super) fn flag(&self) -> NonNull<AtomicBool> {
        NonNull::from(&self.flag)
    }

    /// Whether the flag is raised.
    pub(super) fn is_raised(&self) -> bool {
        self.flag.load(Ordering::Relaxed)
    }

    fn request(&self) {
        // The reason before the flag, so that whoever sees the flag finds the reason.
        self.requested.store(true, Ordering::SeqCst);
        self.flag.store(true, Ordering::SeqCst);
    }

    /// Lowers the flag and says whether there was a reason for it. A request is answered by this;
    /// a deadline that has passed stays so.
    pub(super) fn check(&self, deadline: Option<&Deadline>) -> Result<(), Trap> {
        // The flag before the reasons, so that a reason which comes later raises it again.
        self.flag.store(false, Ordering::SeqCst);
        let requested = self.requested.swap(false, Ordering::SeqCst);
        let has_passed = deadline.is_some_and(Deadline::has_passed);
        if has_passed || deadline.is_some_and(Deadline::is_polled) {
            self.flag.store(true, Ordering::SeqCst);
        }
        if requested || has_passed {
            Err(Trap::Interrupt)
        } else {
            Ok(())
        }
    }
}

/// A moment after which nothing may run in a store any more.
#[cfg(feature = "std")]
pub(super) struct Deadline {
    bell: Arc<Bell>,
    /// None where there are no threads: then the flag stays raised, so that running code keeps
    /// asking and the clock is read each time.
    timer: Option<timer::Timer>,
}

/// Without clocks there are no deadlines.
#[cfg(not(feature = "std"))]
pub(super) enum Deadline {}

#[cfg(feature = "std")]
struct Bell {
    state: Arc<InterruptState>,
    moment: Duration,
    has_rung: AtomicBool,
}

#[cfg(feature = "std")]
impl timer::Alarm for Bell {
    fn ring(&self) {
        self.has_rung.store(true, Ordering::SeqCst);
        self.state.flag.store(true, Ordering::SeqCst);
    }
}

#[cfg(feature = "std")]
impl Deadline {
    /// Sets a deadline: a moment of the monotonic clock. `None` if there is no clock.
    pub(super) fn new(state: &Arc<InterruptState>, moment: Duration) -> Option<Deadline> {
        let now = clock::monotonic()?;
        let bell = Arc::new(Bell {
            state: Arc::clone(state),
            moment,
            has_rung: AtomicBool::new(moment <= now),
        });
        let weak: alloc::sync::Weak<Bell> = Arc::downgrade(&bell);
        let timer = if moment <= now {
            None
        } else {
            timer::set(moment, weak)
        };
        if timer.is_none() {
            state.flag.store(true, Ordering::SeqCst);
        }
        Some(Deadline { bell, timer })
    }

    fn has_passed(&self) -> bool {
        self.bell.has_rung.load(Ordering::SeqCst)
            || self.is_polled() && clock::monotonic().is_some_and(|now| now >= self.bell.moment)
    }

    fn is_polled(&self) -> bool {
        self.timer.is_none()
    }
}

#[cfg(not(feature = "std"))]
impl Deadline {
    fn has_passed(&self) -> bool {
        match *self {}
    }

    fn is_polled(&self) -> bool {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_stops_one_call() {
        let state = InterruptState::new();
        let handle = InterruptHandle::new(&state);
        assert!(!state.is_raised() && state.check(None).is_ok());
        handle.clone().interrupt();
        handle.interrupt();
        assert!(state.is_raised());
        assert_eq!(state.check(None), Err(Trap::Interrupt));
        assert!(!state.is_raised() && state.check(None).is_ok());
    }

    #[cfg(feature = "std")]
    #[test]
    fn a_deadline_that_has_passed_stops_every_call() {
        let state = InterruptState::new();
        let now = clock::monotonic().unwrap();
        let deadline = Deadline::new(&state, now + Duration::from_millis(10)).unwrap();
        while !state.is_raised() {
            std::thread::yield_now();
        }
        assert!(clock::monotonic().unwrap() >= now + Duration::from_millis(10));
        for _ in 0..2 {
            assert_eq!(state.check(Some(&deadline)), Err(Trap::Interrupt));
            assert!(state.is_raised());
        }
        drop(deadline);
        assert!(state.check(None).is_ok() && !state.is_raised());
    }

    #[cfg(feature = "std")]
    #[test]
    fn without_a_timer_the_clock_is_read_at_each_check() {
        let state = InterruptState::new();
        let moment = clock::monotonic().unwrap() + Duration::from_millis(20);
        let mut deadline = Deadline::new(&state, moment).unwrap();
        deadline.timer = None;
        assert!(state.check(Some(&deadline)).is_ok());
        assert!(state.is_raised(), "running code keeps asking");
        clock::sleep(Duration::from_millis(20));
        assert_eq!(state.check(Some(&deadline)), Err(Trap::Interrupt));
    }
}
