//! Clocks and sleep.
//!
//! Input: nothing, or how long. Output: times as [`Duration`]s since a fixed moment.
//! Holds: nothing here panics on a platform without clocks; it answers `None` there.

use core::time::Duration;

/// Whether the standard library's clocks work; where they do not, they panic.
const HAS_CLOCKS: bool = cfg!(not(all(target_family = "wasm", target_os = "unknown")));

/// The time since some moment of this process, which never goes backwards.
pub(crate) fn monotonic() -> Option<Duration> {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    HAS_CLOCKS.then(|| START.get_or_init(std::time::Instant::now).elapsed())
}

/// The time since the beginning of 1970, UTC; zero if the clock is set to an earlier time.
#[cfg(any(feature = "wasi", test))]
pub(crate) fn wall() -> Option<Duration> {
    let since = |now: std::time::SystemTime| now.duration_since(std::time::UNIX_EPOCH);
    HAS_CLOCKS.then(|| since(std::time::SystemTime::now()).unwrap_or_default())
}

/// Lets the thread sleep for at least `duration`. Tells whether the platform can.
#[cfg(any(feature = "wasi", test))]
pub(crate) fn sleep(duration: Duration) -> bool {
    if HAS_CLOCKS {
        std::thread::sleep(duration);
    }
    HAS_CLOCKS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_advance() {
        let start = monotonic().expect("hosts have clocks");
        assert!(sleep(Duration::from_millis(2)));
        let end = monotonic().expect("hosts have clocks");
        assert!(end - start >= Duration::from_millis(2));
        // Later than September 2001.
        assert!(wall().expect("hosts have clocks") > Duration::from_secs(1_000_000_000));
    }
}
