//! Alarms: something is told when a moment has come.
//!
//! Input: moments of the monotonic clock. Output: calls of [`Alarm::ring`] on a thread of their own.
//! Holds: an alarm does not ring before its moment, and not after its [`Timer`] is dropped except
//! that a call may be under way. The thread sleeps until the nearest moment, starts when it is
//! needed, and ends when there is nothing to wait for.

use crate::ordered_map::OrderedMap;
use alloc::sync::Weak;
use core::time::Duration;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::clock;

/// What an alarm tells.
pub(crate) trait Alarm: Send + Sync {
    /// The moment has come. Called on the thread of the alarms, so it must be short and not panic.
    fn ring(&self);
}

/// An alarm that is set. Dropping it cancels it.
#[derive(Debug)]
pub(crate) struct Timer {
    key: Key,
}

/// The moment, and a number that tells alarms of the same moment apart.
type Key = (Duration, u64);

/// How long the thread stays when no alarm is set, so that setting one after the other does not
/// start a thread each time.
const IDLE: Duration = Duration::from_secs(2);

struct Alarms {
    by_moment: OrderedMap<Key, Weak<dyn Alarm>>,
    next_number: u64,
    is_running: bool,
}

static ALARMS: Mutex<Alarms> = Mutex::new(Alarms {
    by_moment: OrderedMap::new(),
    next_number: 0,
    is_running: false,
});
static CHANGED: Condvar = Condvar::new();

/// Rings `alarm` when the monotonic clock shows `moment`, unless nobody else has it any more.
/// `None` if the platform has no clock or no threads.
pub(crate) fn set(moment: Duration, alarm: Weak<dyn Alarm>) -> Option<Timer> {
    clock::monotonic()?;
    let mut alarms = lock();
    if !alarms.is_running {
        let name = String::from("wazir alarms");
        std::thread::Builder::new()
            .name(name)
            .stack_size(64 << 10)
            .spawn(wait_and_ring)
            .ok()?;
        alarms.is_running = true;
    }
    let key = (moment, alarms.next_number);
    alarms.next_number += 1;
    alarms.by_moment.insert(key, alarm);
    if alarms
        .by_moment
        .first()
        .is_some_and(|(first, _)| *first == key)
    {
        CHANGED.notify_one();
    }
    Some(Timer { key })
}

impl Drop for Timer {
    fn drop(&mut self) {
        lock().by_moment.remove(&self.key);
    }
}

fn lock() -> MutexGuard<'static, Alarms> {
    ALARMS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn wait_and_ring() {
    let mut alarms = lock();
    loop {
        let now = clock::monotonic().unwrap_or_default();
        let first = alarms.by_moment.first().map(|(&(moment, _), _)| moment);
        let (wait, was_idle) = match first {
            Some(moment) if moment <= now => {
                let alarm = alarms.by_moment.pop_first();
                // Without the lock: what rings may set or cancel alarms.
                drop(alarms);
                if let Some(alarm) = alarm.and_then(|(_, alarm)| alarm.upgrade()) {
                    alarm.ring();
                }
                alarms = lock();
                continue;
            }
            Some(moment) => (moment - now, false),
            None => (IDLE, true),
        };
        let (guard, waited) = CHANGED
            .wait_timeout(alarms, wait)
            .unwrap_or_else(PoisonError::into_inner);
        alarms = guard;
        if was_idle && waited.timed_out() && alarms.by_moment.is_empty() {
            alarms.is_running = false;
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::sync::Arc;
    use std::sync::mpsc;

    struct Bell {
        sender: Mutex<mpsc::Sender<(u32, Duration)>>,
        number: u32,
    }

    impl Alarm for Bell {
        fn ring(&self) {
            let now = clock::monotonic().unwrap();
            self.sender
                .lock()
                .unwrap()
                .send((self.number, now))
                .unwrap();
        }
    }

    #[test]
    fn alarms_ring_in_order_not_early_and_not_when_cancelled() {
        let (sender, receiver) = mpsc::channel();
        let bell = |number| {
            Arc::new(Bell {
                sender: Mutex::new(sender.clone()),
                number,
            }) as Arc<dyn Alarm>
        };
        let bells = [bell(0), bell(1), bell(2), bell(3)];
        // Far enough ahead that a slow machine has set and cancelled all before the first one rings.
        let now = clock::monotonic().unwrap();
        let at = |index: usize, millis| {
            set(
                now + Duration::from_millis(millis),
                Arc::downgrade(&bells[index]),
            )
            .unwrap()
        };
        let _late = at(0, 350);
        let _soon = at(1, 250);
        let cancelled = at(2, 300);
        let _last = at(3, 400);
        drop(cancelled);
        let rung: Vec<(u32, Duration)> = receiver.iter().take(3).collect();
        assert_eq!(
            rung.iter().map(|(number, _)| *number).collect::<Vec<_>>(),
            [1, 0, 3]
        );
        let not_early = rung
            .iter()
            .zip([250, 350, 400])
            .all(|((_, moment), millis)| *moment >= now + Duration::from_millis(millis));
        assert!(not_early, "{rung:?} after {now:?}");
    }

    #[test]
    fn an_alarm_that_nobody_has_is_passed_over() {
        let (sender, receiver) = mpsc::channel();
        let bell = |number| {
            Arc::new(Bell {
                sender: Mutex::new(sender.clone()),
                number,
            }) as Arc<dyn Alarm>
        };
        let now = clock::monotonic().unwrap();
        let gone = Arc::downgrade(&bell(0));
        let there = bell(1);
        let _first = set(now, gone).unwrap();
        let _second = set(now, Arc::downgrade(&there)).unwrap();
        assert_eq!(receiver.recv().unwrap().0, 1);
    }
}
