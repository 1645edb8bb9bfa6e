//! Measures time.
//!
//! Input: work. Output: how long it took. Holds: on Linux what counts is the processor time of this thread, so that
//! other programs on the machine disturb less; elsewhere it is the time that passes.

use std::time::Duration;

/// How long the work took, and what it gave.
pub fn time<R>(work: impl FnOnce() -> R) -> (Duration, R) {
    let start = system::now();
    let result = work();
    (system::now() - start, result)
}

#[cfg(target_os = "linux")]
mod system {
    use std::ffi::{c_int, c_long};
    use std::time::Duration;

    #[repr(C)]
    struct TimeSpec {
        seconds: c_long,
        nanoseconds: c_long,
    }

    const CLOCK_THREAD_CPUTIME_ID: c_int = 3;

    unsafe extern "C" {
        fn clock_gettime(clock: c_int, time: *mut TimeSpec) -> c_int;
    }

    pub fn now() -> Duration {
        let mut time = TimeSpec {
            seconds: 0,
            nanoseconds: 0,
        };
        // SAFETY: the clock exists on every Linux, and `time` can be written.
        let answer = unsafe { clock_gettime(CLOCK_THREAD_CPUTIME_ID, &mut time) };
        assert_eq!(answer, 0, "the system has no clock for threads");
        Duration::new(time.seconds as u64, time.nanoseconds as u32)
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::sync::LazyLock;
    use std::time::{Duration, Instant};

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);

    pub fn now() -> Duration {
        START.elapsed()
    }
}
