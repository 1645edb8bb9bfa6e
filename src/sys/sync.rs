//! Locks and cells for what threads share.
//!
//! Input: nothing. Output: [`Mutex`], [`Once`] and [`Counter`], the same with and without `std`.
//! Holds: a lock is never poisoned (a panic while it is held leaves the value as it is at that
//! point), a [`Once`] that is set never changes again, and a [`Counter`] never repeats a number.

use core::cell::UnsafeCell;
use core::fmt;
use core::num::NonZeroU64;
use core::sync::atomic::{AtomicBool, Ordering};

#[cfg(feature = "std")]
pub(crate) use locks::Mutex;
#[cfg(feature = "compiler")]
pub(crate) use locks::Signal;
#[cfg(not(feature = "std"))]
pub(crate) use spinning::Mutex;

#[cfg(feature = "std")]
mod locks {
    pub(crate) use std::sync::MutexGuard;
    use std::sync::PoisonError;

    /// A value that one thread at a time can reach.
    #[derive(Debug, Default)]
    pub(crate) struct Mutex<T>(std::sync::Mutex<T>);

    impl<T> Mutex<T> {
        /// Wraps a value.
        pub(crate) const fn new(value: T) -> Mutex<T> {
            Mutex(std::sync::Mutex::new(value))
        }

        /// Waits until no other thread has the value.
        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    /// What threads wait for that look at a value in a [`Mutex`].
    #[cfg(feature = "compiler")]
    #[derive(Debug, Default)]
    pub(crate) struct Signal(std::sync::Condvar);

    #[cfg(feature = "compiler")]
    impl Signal {
        /// Nobody waits.
        pub(crate) const fn new() -> Signal {
            Signal(std::sync::Condvar::new())
        }

        /// Lets one thread that waits look again.
        pub(crate) fn notify_one(&self) {
            self.0.notify_one();
        }

        /// Lets all threads that wait look again.
        pub(crate) fn notify_all(&self) {
            self.0.notify_all();
        }

        /// Lets others have the value until somebody notifies, the time is over, which it tells, or for no reason.
        pub(crate) fn wait<'a, T>(
            &self,
            guard: MutexGuard<'a, T>,
            at_most: core::time::Duration,
        ) -> (MutexGuard<'a, T>, bool) {
            let waited = self.0.wait_timeout(guard, at_most);
            let (guard, ended) = waited.unwrap_or_else(PoisonError::into_inner);
            (guard, ended.timed_out())
        }
    }
}

#[cfg(not(feature = "std"))]
mod spinning {
    use core::cell::UnsafeCell;
    use core::ops::{Deref, DerefMut};
    use core::sync::atomic::{AtomicBool, Ordering};

    /// A value that one thread at a time can reach. Without an operating system there is nothing
    /// to sleep on, so waiting is spinning: whoever holds the lock must not be interrupted by code
    /// that takes it.
    #[derive(Debug, Default)]
    pub(crate) struct Mutex<T> {
        locked: AtomicBool,
        value: UnsafeCell<T>,
    }

    // SAFETY: `lock` gives the value to one thread at a time, which for that time owns it; so
    // sharing the lock needs no more than sending the value.
    unsafe impl<T: Send> Sync for Mutex<T> {}

    impl<T> Mutex<T> {
        /// Wraps a value.
        pub(crate) const fn new(value: T) -> Mutex<T> {
            Mutex {
                locked: AtomicBool::new(false),
                value: UnsafeCell::new(value),
            }
        }

        /// Waits until no other thread has the value.
        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            while self
                .locked
                .compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed)
                .is_err()
            {
                core::hint::spin_loop();
            }
            MutexGuard { mutex: self }
        }
    }

    /// The right to reach the value, which ends when it is dropped.
    pub(crate) struct MutexGuard<'a, T> {
        mutex: &'a Mutex<T>,
    }

    // SAFETY: a shared guard gives only `&T`.
    unsafe impl<T: Sync> Sync for MutexGuard<'_, T> {}

    impl<T> Deref for MutexGuard<'_, T> {
        type Target = T;

        fn deref(&self) -> &T {
            // SAFETY: this guard exists, so `locked` is set by it and nobody else has the value.
            unsafe { &*self.mutex.value.get() }
        }
    }

    impl<T> DerefMut for MutexGuard<'_, T> {
        fn deref_mut(&mut self) -> &mut T {
            // SAFETY: as in `deref`, and `&mut self` is the only borrow through the guard.
            unsafe { &mut *self.mutex.value.get() }
        }
    }

    impl<T> Drop for MutexGuard<'_, T> {
        fn drop(&mut self) {
            self.mutex.locked.store(false, Ordering::Release);
        }
    }
}

/// A cell that is set at most once and is read without a lock.
pub(crate) struct Once<T> {
    is_set: AtomicBool,
    setting: Mutex<()>,
    value: UnsafeCell<Option<T>>,
}

// SAFETY: `value` is written only before `is_set` becomes true, by the thread that holds `setting`,
// and read only after. Sharing the cell shares `&T` (`T: Sync`) and lets another thread than the
// setter drop the value (`T: Send`).
unsafe impl<T: Send + Sync> Sync for Once<T> {}

impl<T> Once<T> {
    /// Makes an empty cell.
    pub(crate) const fn new() -> Once<T> {
        Once {
            is_set: AtomicBool::new(false),
            setting: Mutex::new(()),
            value: UnsafeCell::new(None),
        }
    }

    /// The value, if the cell is set.
    #[inline]
    pub(crate) fn get(&self) -> Option<&T> {
        if !self.is_set.load(Ordering::Acquire) {
            return None;
        }
        // SAFETY: `is_set` is true and was read with acquire order: the value was written before
        // and nothing writes it again while the cell is shared.
        unsafe { (*self.value.get()).as_ref() }
    }

    /// The value; sets the cell with `make` if it is empty. Of several threads one runs `make`, and
    /// the others wait for it. `make` must not use the same cell.
    pub(crate) fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        match self.get_or_try_init(|| Ok::<T, core::convert::Infallible>(make())) {
            Ok(value) => value,
            Err(never) => match never {},
        }
    }

    /// The value; sets the cell with `make` if it is empty. If `make` fails, the cell stays empty
    /// and the next caller tries again. `make` must not use the same cell.
    pub(crate) fn get_or_try_init<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
        if let Some(value) = self.get() {
            return Ok(value);
        }
        let setting = self.setting.lock();
        if self.get().is_none() {
            let value = make()?;
            // SAFETY: `is_set` is false, so nobody reads the value, and `setting` is held, so
            // nobody else writes it.
            unsafe { *self.value.get() = Some(value) };
            self.is_set.store(true, Ordering::Release);
        }
        drop(setting);
        // SAFETY: the value was written before `is_set` became true, either above or by the thread
        // that held `setting` before, and it is never written again.
        Ok(unsafe { (*self.value.get()).as_ref().unwrap_unchecked() })
    }
}

impl<T> Default for Once<T> {
    fn default() -> Once<T> {
        Once::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for Once<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Once").field(&self.get()).finish()
    }
}

/// Numbers that never repeat within the process: 1, 2, 3, and so on.
pub(crate) struct Counter {
    // Not an atomic number: some processors without an operating system have none of 64 bits.
    last: Mutex<u64>,
}

impl Counter {
    /// Makes a counter whose first number is 1.
    pub(crate) const fn new() -> Counter {
        Counter {
            last: Mutex::new(0),
        }
    }

    /// The next number.
    pub(crate) fn next(&self) -> NonZeroU64 {
        let mut last = self.last.lock();
        // At one number a nanosecond the sum would overflow after 584 years.
        *last += 1;
        NonZeroU64::new(*last).unwrap_or(NonZeroU64::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn a_cell_is_set_once() {
        let cell = Once::new();
        assert_eq!(cell.get(), None);
        assert_eq!(cell.get_or_try_init(|| Err("no")), Err("no"));
        assert_eq!(cell.get(), None);
        assert_eq!(cell.get_or_init(|| 7), &7);
        assert_eq!(cell.get_or_init(|| 8), &7);
        assert_eq!(cell.get(), Some(&7));
    }

    #[test]
    fn a_counter_starts_at_one_and_does_not_repeat() {
        let counter = Counter::new();
        let numbers: Vec<u64> = (0..3).map(|_| counter.next().get()).collect();
        assert_eq!(numbers, [1, 2, 3]);
    }

    #[cfg(feature = "std")]
    #[test]
    fn threads_agree_on_one_value_and_one_of_them_makes_it() {
        use core::sync::atomic::AtomicUsize;
        let (cell, sum) = (Once::new(), Mutex::new(0));
        let made = AtomicUsize::new(0);
        let start = std::sync::Barrier::new(4);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    start.wait();
                    let value = cell.get_or_init(|| {
                        // Long enough for the others to find the cell empty.
                        std::thread::sleep(core::time::Duration::from_millis(5));
                        10 + made.fetch_add(1, Ordering::Relaxed)
                    });
                    *sum.lock() += *value;
                });
            }
        });
        assert_eq!((*sum.lock(), made.load(Ordering::Relaxed)), (40, 1));
    }

    #[cfg(feature = "std")]
    #[test]
    fn a_lock_survives_a_panic() {
        let lock = Mutex::new(1);
        let panicked = std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| {
            let mut value = lock.lock();
            *value = 2;
            panic!("on purpose");
        }));
        assert!(panicked.is_err());
        assert_eq!(*lock.lock(), 2);
    }
}
