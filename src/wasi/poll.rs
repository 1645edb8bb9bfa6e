//! Waiting: `poll_oneoff`.
//!
//! Input: subscriptions in guest memory. Output: events in guest memory.
//! Holds: nothing is allocated: the subscriptions are read once to find out how long to wait, and once more to write
//! the events. A guest that waits can be interrupted at any time.

use super::clock::Clocks;
use super::context::WasiCtx;
use super::descriptor::File;
use super::guest::{Failure, Guest, Memory, Outcome, element};
use super::types::{
    CLOCK_MONOTONIC, CLOCK_REALTIME, Errno, Rights, event, event_type, subscription,
    subscription_flags,
};
use crate::error::Error;

/// How long a guest sleeps between two looks at whether it may go on, in nanoseconds.
const STEP: u64 = 10_000_000;

/// How many subscriptions are looked at between two looks at whether the guest may go on.
const SUBSCRIPTIONS_PER_CHECK: u32 = 4096;

/// A subscription as the guest wrote it.
struct Subscription {
    user_data: u64,
    kind: u8,
    wish: Wish,
}

enum Wish {
    Clock { id: u32, timeout: u64, flags: u16 },
    Read { fd: u32 },
    Write { fd: u32 },
}

/// What is known of a subscription.
enum State {
    /// Nothing happens before so many nanoseconds have passed.
    Pending(u64),
    /// It has happened: this many bytes are there.
    Ready(u64),
    /// The subscription is wrong.
    Failed(Errno),
}

impl State {
    /// How many nanoseconds pass before there is something to tell.
    fn wait(&self) -> u64 {
        match self {
            State::Pending(wait) => *wait,
            State::Ready(_) | State::Failed(_) => 0,
        }
    }
}

impl Subscription {
    fn read(memory: &Memory<'_>, array: u32, index: u32) -> Result<Subscription, Errno> {
        // The array was checked, so no sum overflows.
        let at = element(array, index, subscription::SIZE)?;
        let kind = memory.read_u8(at + subscription::TYPE)?;
        let wish = match kind {
            event_type::CLOCK => Wish::Clock {
                id: memory.read_u32(at + subscription::CLOCK_ID)?,
                timeout: memory.read_u64(at + subscription::CLOCK_TIMEOUT)?,
                flags: memory.read_u16(at + subscription::CLOCK_FLAGS)?,
            },
            event_type::FD_READ | event_type::FD_WRITE => {
                let fd = memory.read_u32(at + subscription::DESCRIPTOR)?;
                if kind == event_type::FD_READ {
                    Wish::Read { fd }
                } else {
                    Wish::Write { fd }
                }
            }
            _ => return Err(Errno::Inval),
        };
        let user_data = memory.read_u64(at + subscription::USER_DATA)?;
        Ok(Subscription {
            user_data,
            kind,
            wish,
        })
    }

    fn state(&self, context: &mut WasiCtx, start: &Start) -> State {
        let state = match self.wish {
            Wish::Clock { id, timeout, flags } => start.wait(id, timeout, flags),
            Wish::Read { fd } => stream_state(context, fd, true),
            Wish::Write { fd } => stream_state(context, fd, false),
        };
        state.unwrap_or_else(State::Failed)
    }

    fn write_event(&self, memory: &mut Memory<'_>, at: u32, state: &State) -> Result<(), Errno> {
        let (error, bytes) = match *state {
            State::Failed(errno) => (errno as u16, 0),
            State::Ready(bytes) => (0, bytes),
            State::Pending(_) => (0, 0),
        };
        memory.bytes_mut(at, event::SIZE)?.fill(0);
        memory.write_u64(at + event::USER_DATA, self.user_data)?;
        memory.write_u16(at + event::ERROR, error)?;
        memory.write_u8(at + event::TYPE, self.kind)?;
        memory.write_u64(at + event::BYTES, bytes)
    }
}

/// What the clocks showed when the guest called: the same for all subscriptions, and before and after the wait.
struct Start {
    wall: Result<u64, Errno>,
    monotonic: Result<u64, Errno>,
}

impl Start {
    fn new(clocks: &Clocks) -> Start {
        Start {
            wall: clocks.now(CLOCK_REALTIME),
            monotonic: clocks.now(CLOCK_MONOTONIC),
        }
    }

    fn wait(&self, clock: u32, timeout: u64, flags: u16) -> Result<State, Errno> {
        let now = match clock {
            CLOCK_REALTIME => self.wall?,
            CLOCK_MONOTONIC => self.monotonic?,
            _ => return Err(Errno::Inval),
        };
        match flags {
            0 => Ok(State::Pending(timeout)),
            subscription_flags::ABSOLUTE => Ok(State::Pending(timeout.saturating_sub(now))),
            _ => Err(Errno::Inval),
        }
    }
}

/// A stream is taken to be ready always: whether a reader would wait, nobody can ask it. The number of bytes is that of
/// the ones which are sure not to be waited for.
fn stream_state(context: &mut WasiCtx, fd: u32, reads: bool) -> Result<State, Errno> {
    let descriptor = context.descriptors.get(fd)?;
    descriptor.require(Rights::POLL_FD_READWRITE)?;
    match (&descriptor.file, reads) {
        (File::Input(_), true) | (File::Output(_), false) => Ok(State::Ready(1)),
        _ => Err(Errno::Badf),
    }
}

pub(super) fn poll_oneoff(
    guest: &mut dyn Guest,
    subscriptions: u32,
    events: u32,
    count: u32,
    result: u32,
) -> Outcome {
    if count == 0 {
        return Err(Errno::Inval.into());
    }
    let (mut memory, _) = guest.parts()?;
    memory.check_array(subscriptions, count, subscription::SIZE)?;
    memory.check_array(events, count, event::SIZE)?;
    memory.write_u32(result, 0)?;
    let poll = Poll {
        start: Start::new(&guest.context().clocks),
        subscriptions,
        events,
        count,
    };
    let wait = poll.nearest(guest)?;
    sleep(guest, wait)?;
    let event_count = poll.write_events(guest, wait)?;
    Ok(guest.parts()?.0.write_u32(result, event_count)?)
}

/// A call: where the arrays are, and when it began.
struct Poll {
    start: Start,
    subscriptions: u32,
    events: u32,
    count: u32,
}

impl Poll {
    /// How many nanoseconds pass until a subscription has something to tell.
    fn nearest(&self, guest: &mut dyn Guest) -> Result<u64, Failure> {
        let mut nearest = u64::MAX;
        for index in 0..self.count {
            let (memory, context) = self.parts(guest, index)?;
            let subscription = Subscription::read(&memory, self.subscriptions, index)?;
            nearest = nearest.min(subscription.state(context, &self.start).wait());
        }
        Ok(nearest)
    }

    /// Writes an event for each subscription that has something to tell after the guest waited. The result is their
    /// number.
    fn write_events(&self, guest: &mut dyn Guest, waited: u64) -> Result<u32, Failure> {
        let mut event_count = 0;
        for index in 0..self.count {
            let (mut memory, context) = self.parts(guest, index)?;
            let subscription = Subscription::read(&memory, self.subscriptions, index)?;
            let state = subscription.state(context, &self.start);
            if state.wait() <= waited {
                let at = element(self.events, event_count, event::SIZE)?;
                subscription.write_event(&mut memory, at, &state)?;
                event_count += 1;
            }
        }
        Ok(event_count)
    }

    fn parts<'a>(
        &self,
        guest: &'a mut dyn Guest,
        index: u32,
    ) -> Result<(Memory<'a>, &'a mut WasiCtx), Error> {
        if index % SUBSCRIPTIONS_PER_CHECK == 0 {
            guest.check()?;
        }
        guest.parts()
    }
}

fn sleep(guest: &mut dyn Guest, mut remaining: u64) -> Result<(), Error> {
    while remaining > 0 {
        guest.check()?;
        let clock = &mut guest.context().clocks.monotonic;
        let step = STEP.min(remaining);
        let start = clock.now();
        clock.sleep(step);
        // A step takes longer than asked for; a clock that stands still must not make the guest sleep for ever.
        let passed = clock.now().saturating_sub(start).max(step);
        remaining = remaining.saturating_sub(passed);
    }
    Ok(())
}
