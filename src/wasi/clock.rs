//! Clocks: `clock_*`, and what an embedder can replace.
//!
//! Input: the number of a clock. Output: nanoseconds.
//! Holds: guests see no other clocks than those of their context.

use alloc::boxed::Box;
use core::time::Duration;

use super::file_system::Errno;
use super::guest::{Guest, Outcome};
use super::types::{CLOCK_MONOTONIC, CLOCK_REALTIME};
use crate::sys::clock;

/// The time of day for a guest: see [`WasiCtxBuilder::wall_clock`](super::WasiCtxBuilder::wall_clock).
pub trait HostWallClock: Send {
    /// How exact the clock is.
    fn resolution(&self) -> Duration;

    /// The time since the beginning of 1970, UTC.
    fn now(&self) -> Duration;
}

/// A clock that never goes backwards, for a guest, and how the guest waits: see
/// [`WasiCtxBuilder::monotonic_clock`](super::WasiCtxBuilder::monotonic_clock).
///
/// ```
/// use wazir::wasi::HostMonotonicClock;
///
/// /// Time passes only while the guest sleeps.
/// struct Virtual(u64);
///
/// impl HostMonotonicClock for Virtual {
///     fn resolution(&self) -> u64 {
///         1
///     }
///     fn now(&self) -> u64 {
///         self.0
///     }
///     fn sleep(&mut self, nanoseconds: u64) {
///         self.0 += nanoseconds;
///     }
/// }
/// ```
pub trait HostMonotonicClock: Send {
    /// How exact the clock is, in nanoseconds.
    fn resolution(&self) -> u64;

    /// The nanoseconds since any moment.
    fn now(&self) -> u64;

    /// Waits. A guest that sleeps long does so in short steps, so that it can be interrupted.
    ///
    /// Lets the thread sleep, unless implemented otherwise.
    fn sleep(&mut self, nanoseconds: u64) {
        clock::sleep(Duration::from_nanos(nanoseconds));
    }
}

/// The clocks of a context.
pub(super) struct Clocks {
    pub(super) wall: Box<dyn HostWallClock>,
    pub(super) monotonic: Box<dyn HostMonotonicClock>,
    pub(super) sleep: Sleep,
}

/// How a guest sleeps.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Sleep {
    /// In the system, by its clock.
    System,
    /// Not at all: the clock goes on at once.
    Virtual,
    /// As the embedder's clock does.
    Own,
}

impl Default for Clocks {
    fn default() -> Clocks {
        Clocks {
            wall: Box::new(SystemClock),
            monotonic: Box::new(SystemClock),
            sleep: Sleep::System,
        }
    }
}

/// The clocks of the operating system. Where there are none, no time passes.
struct SystemClock;

impl HostWallClock for SystemClock {
    fn resolution(&self) -> Duration {
        Duration::from_nanos(1)
    }

    fn now(&self) -> Duration {
        clock::wall().unwrap_or_default()
    }
}

impl HostMonotonicClock for SystemClock {
    fn resolution(&self) -> u64 {
        1
    }

    fn now(&self) -> u64 {
        let now = clock::monotonic().unwrap_or_default();
        // 584 years pass before it stops.
        u64::try_from(now.as_nanos()).unwrap_or(u64::MAX)
    }
}

impl Clocks {
    /// What a clock shows, in nanoseconds.
    pub(super) fn now(&self, id: u32) -> Result<u64, Errno> {
        match id {
            CLOCK_REALTIME => nanoseconds(self.wall.now()),
            CLOCK_MONOTONIC => Ok(self.monotonic.now()),
            _ => Err(Errno::Inval),
        }
    }

    fn resolution(&self, id: u32) -> Result<u64, Errno> {
        match id {
            CLOCK_REALTIME => nanoseconds(self.wall.resolution()),
            CLOCK_MONOTONIC => Ok(self.monotonic.resolution()),
            _ => Err(Errno::Inval),
        }
    }
}

fn nanoseconds(duration: Duration) -> Result<u64, Errno> {
    u64::try_from(duration.as_nanos()).map_err(|_| Errno::Overflow)
}

pub(super) fn clock_res_get(guest: &mut dyn Guest, id: u32, result: u32) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    Ok(memory.write_u64(result, context.clocks.resolution(id)?)?)
}

pub(super) fn clock_time_get(
    guest: &mut dyn Guest,
    id: u32,
    _precision: u64,
    result: u32,
) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    Ok(memory.write_u64(result, context.clocks.now(id)?)?)
}
