//! Waiting: `poll_oneoff`.
//!
//! Input: subscriptions in guest memory. Output: events in guest memory.
//! Holds: their number sizes nothing: the subscriptions are looked at again and again, some at a time, until one of
//! them has an event. A guest that waits can be interrupted at any time.

use core::time::Duration;

use super::clock::{Clocks, Sleep};
use super::context::WasiP1Ctx;
use super::descriptor::{Descriptor, Object};
use super::file_system::Errno;
use super::guest::{Failure, Guest, Memory, Outcome, element};
use super::transfer::STEP;
use super::types::{
    CLOCK_MONOTONIC, CLOCK_REALTIME, Rights, event, event_flags, event_type, subscription,
    subscription_flags,
};
use crate::sys::poll::{self, MAX_SOURCES, Question};

/// How many subscriptions are looked at between two looks at whether the guest may go on.
const SUBSCRIPTIONS_PER_CHECK: u32 = 64;

/// How many subscriptions are looked at to find descriptors to wait for.
const SUBSCRIPTIONS_PER_WAIT: u32 = 4096;

/// How many nanoseconds pass between two looks at more descriptors than one wait can have.
const STEP_OF_MANY: u64 = 500_000;

/// A subscription as the guest wrote it.
#[derive(Copy, Clone)]
struct Subscription {
    user_data: u64,
    kind: u8,
    wish: Wish,
}

#[derive(Copy, Clone)]
enum Wish {
    Clock { id: u32, timeout: u64, flags: u16 },
    Read { fd: u32 },
    Write { fd: u32 },
}

/// What is known of a subscription.
#[derive(Copy, Clone)]
enum State {
    /// Nothing happens before so many nanoseconds have passed since the call, or before the system says so.
    Pending(Option<u64>),
    /// It has happened: so many bytes are there.
    Ready { bytes: u64, is_hung_up: bool },
    /// The subscription is wrong.
    Failed(Errno),
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

    fn state(&self, context: &WasiP1Ctx, start: &Start) -> State {
        let state = match self.wish {
            Wish::Clock { id, timeout, flags } => start.wait(id, timeout, flags),
            Wish::Read { fd } => context
                .descriptors
                .look(fd)
                .and_then(|open| open.poll(false)),
            Wish::Write { fd } => context
                .descriptors
                .look(fd)
                .and_then(|open| open.poll(true)),
        };
        state.unwrap_or_else(State::Failed)
    }

    /// What to ask the system.
    fn question<'c>(&self, context: &'c WasiP1Ctx) -> Option<Question<'c>> {
        let (fd, write) = match self.wish {
            Wish::Read { fd } => (fd, false),
            Wish::Write { fd } => (fd, true),
            Wish::Clock { .. } => return None,
        };
        let source = context.descriptors.look(fd).ok()?.source()?;
        Some(Question { source, write })
    }

    /// Writes the event of a state, if there is one after `waited` nanoseconds.
    fn write_event(
        &self,
        memory: &mut Memory<'_>,
        at: u32,
        state: State,
        waited: u64,
    ) -> Result<bool, Errno> {
        let (error, bytes, is_hung_up) = match state {
            State::Pending(Some(wait)) if wait <= waited => (0, 0, false),
            State::Pending(_) => return Ok(false),
            State::Failed(errno) => (errno as u16, 0, false),
            State::Ready { bytes, is_hung_up } => (0, bytes, is_hung_up),
        };
        let flags = if is_hung_up { event_flags::HANG_UP } else { 0 };
        memory.bytes_mut(at, event::SIZE)?.fill(0);
        memory.write_u64(at + event::USER_DATA, self.user_data)?;
        memory.write_u16(at + event::ERROR, error)?;
        memory.write_u8(at + event::TYPE, self.kind)?;
        memory.write_u64(at + event::BYTES, bytes)?;
        memory.write_u16(at + event::FLAGS, flags)?;
        Ok(true)
    }
}

impl Descriptor {
    /// Whether a read or a write would not wait.
    fn poll(&self, write: bool) -> Result<State, Errno> {
        self.require(Rights::POLL_FD_READWRITE)?;
        let bytes = match (&self.object, write) {
            (Object::Output(_), false) | (Object::Input(_), true) | (Object::Listener(_), true) => {
                return Err(Errno::Badf);
            }
            (Object::File { file, position, .. }, false) => {
                file.metadata()?.size.saturating_sub(*position)
            }
            // How many bytes are there, the system does not say; one is sure.
            _ => 1,
        };
        // Whether a reader of the embedder's would wait, nobody can ask it.
        let Some(source) = self.source() else {
            return Ok(State::Ready {
                bytes,
                is_hung_up: false,
            });
        };
        let answer = poll::ask(Question { source, write })?;
        Ok(match answer.is_ready {
            true => State::Ready {
                bytes,
                is_hung_up: answer.is_hung_up,
            },
            false => State::Pending(None),
        })
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
            0 => Ok(State::Pending(Some(timeout))),
            subscription_flags::ABSOLUTE => Ok(State::Pending(Some(timeout.saturating_sub(now)))),
            _ => Err(Errno::Inval),
        }
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
    let (memory, _) = guest.parts()?;
    memory.check_array(subscriptions, count, subscription::SIZE)?;
    memory.check_array(events, count, event::SIZE)?;
    memory.check_u32(result)?;
    // Events in the place of subscriptions overwrite those that were looked at; further on they would overwrite others.
    let behind = u64::from(subscriptions) + u64::from(count) * u64::from(subscription::SIZE);
    if events > subscriptions && u64::from(events) < behind {
        return Err(Errno::Inval.into());
    }
    let poll = Poll {
        start: Start::new(&guest.context().clocks),
        subscriptions,
        events,
        count,
    };
    let event_count = poll.run(guest)?;
    Ok(guest.parts()?.0.write_u32(result, event_count)?)
}

/// A call: where the arrays are, and when it began.
struct Poll {
    start: Start,
    subscriptions: u32,
    events: u32,
    count: u32,
}

/// What a look at the subscriptions found.
struct Found {
    events: u32,
    /// In how many nanoseconds since the call the first clock rings.
    nearest: u64,
}

impl Poll {
    /// Waits until there are events, and writes them. The result is how many.
    fn run(&self, guest: &mut dyn Guest) -> Result<u32, Failure> {
        let mut waited = 0;
        loop {
            let found = self.look(guest, waited)?;
            if found.events > 0 {
                return Ok(found.events);
            }
            let remaining = found.nearest.saturating_sub(waited);
            let passed = self.wait(guest, remaining)?;
            waited = waited.saturating_add(passed);
        }
    }

    /// Looks at all subscriptions and writes the events that there are after `waited` nanoseconds.
    fn look(&self, guest: &mut dyn Guest, waited: u64) -> Result<Found, Failure> {
        let mut found = Found {
            events: 0,
            nearest: u64::MAX,
        };
        for index in 0..self.count {
            if index % SUBSCRIPTIONS_PER_CHECK == 0 {
                guest.check()?;
            }
            let (mut memory, context) = guest.parts()?;
            let subscription = Subscription::read(&memory, self.subscriptions, index)?;
            let state = subscription.state(context, &self.start);
            if let State::Pending(Some(wait)) = state {
                found.nearest = found.nearest.min(wait);
            }
            let at = element(self.events, found.events, event::SIZE)?;
            if subscription.write_event(&mut memory, at, state, waited)? {
                found.events += 1;
            }
        }
        Ok(found)
    }

    /// Waits until something may have happened, at most for a step and for `remaining` nanoseconds. The result is how
    /// many have passed.
    fn wait(&self, guest: &mut dyn Guest, remaining: u64) -> Result<u64, Failure> {
        let (memory, context) = guest.parts()?;
        let sleep = context.clocks.sleep;
        let before = context.clocks.monotonic.now();
        let mut questions: [Option<Question<'_>>; MAX_SOURCES] = [None; MAX_SOURCES];
        let mut question_count = 0;
        let mut step = remaining.min(STEP.as_nanos() as u64);
        for index in 0..self.count {
            if index == SUBSCRIPTIONS_PER_WAIT {
                step = step.min(STEP_OF_MANY);
                break;
            }
            let subscription = Subscription::read(&memory, self.subscriptions, index)?;
            let Some(question) = subscription.question(context) else {
                continue;
            };
            if question_count == MAX_SOURCES {
                // Those that nobody waits for are looked at often.
                step = step.min(STEP_OF_MANY);
                break;
            }
            questions[question_count] = Some(question);
            question_count += 1;
        }
        if question_count > 0 && sleep != Sleep::Own {
            let is_ready = poll::wait_any(questions.iter().flatten(), Duration::from_nanos(step))
                .map_err(|error| Errno::from(&error))?;
            if is_ready || sleep == Sleep::System {
                // A signal may have ended the wait early.
                return Ok(context.clocks.monotonic.now().saturating_sub(before));
            }
        } else if sleep == Sleep::Virtual && remaining < u64::MAX {
            // Nobody can tell whether it goes on at once.
            step = remaining;
        }
        // A clock sleeps more exactly than the system waits.
        context.clocks.monotonic.sleep(step);
        let passed = context.clocks.monotonic.now().saturating_sub(before);
        // A clock that stands still must not make the guest wait for ever.
        Ok(passed.max(step))
    }
}
