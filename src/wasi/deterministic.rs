//! Clocks and random bytes that are the same in every run.
//!
//! Input: a seed. Output: clocks that count the guest's questions, and a generator.
//! Holds: nothing of the machine or the moment goes in. Time passes when the guest asks for it, so that a guest that
//! waits in a loop does not wait for ever; a guest that sleeps takes no real time, unless it waits for input besides.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::time::Duration;
use std::io;

use super::clock::{Clocks, HostMonotonicClock, HostWallClock, Sleep};
use super::random;
use crate::sys::sync::Mutex;

/// When the wall clock starts: the beginning of 2000, UTC, in seconds.
const START_SECONDS: u64 = 946_684_800;

/// How many nanoseconds pass from one question to the next.
const STEP: u64 = 1_000;

/// The nanoseconds that have passed.
#[derive(Clone, Default)]
struct Time(Arc<Mutex<u64>>);

impl Time {
    /// The time, which goes on.
    fn next(&self) -> u64 {
        let mut time = self.0.lock();
        *time += STEP;
        *time
    }
}

impl HostWallClock for Time {
    fn resolution(&self) -> Duration {
        Duration::from_nanos(STEP)
    }

    fn now(&self) -> Duration {
        Duration::from_secs(START_SECONDS) + Duration::from_nanos(self.next())
    }
}

impl HostMonotonicClock for Time {
    fn resolution(&self) -> u64 {
        STEP
    }

    fn now(&self) -> u64 {
        self.next()
    }

    fn sleep(&mut self, nanoseconds: u64) {
        let mut time = self.0.lock();
        *time = time.saturating_add(nanoseconds);
    }
}

/// Clocks that start at the same moment in every run.
pub(super) fn clocks() -> Clocks {
    let time = Time::default();
    Clocks {
        wall: Box::new(time.clone()),
        monotonic: Box::new(time),
        sleep: Sleep::Virtual,
    }
}

/// A generator that gives the same bytes for the same seed: SplitMix64 (Steele, Lea, Flood: "Fast Splittable
/// Pseudorandom Number Generators", 2014). Anybody can predict it.
pub(super) fn random(seed: u64) -> random::Source {
    let mut state = seed;
    Box::new(move |bytes| {
        for chunk in bytes.chunks_mut(8) {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut word = state;
            word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            word ^= word >> 31;
            chunk.copy_from_slice(&word.to_le_bytes()[..chunk.len()]);
        }
        io::Result::Ok(())
    })
}
