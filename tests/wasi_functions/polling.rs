//! `poll_oneoff`, clocks and random bytes.
//!
//! Input: subscriptions. Output: events, in time.
//! Holds: whatever cannot be waited for is an event with an error, not an error of the call.

#[cfg(unix)]
use std::io::Write;
#[cfg(unix)]
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant, SystemTime};

use wazir::wasi::{HostWallClock, Pipe};

use super::*;

const REALTIME: u32 = 0;
const MONOTONIC: u32 = 1;
const ABSOLUTE: u16 = 1;
const CLOCK: u8 = 0;
const READ: u8 = 1;
const WRITE: u8 = 2;

/// Where subscriptions and events are.
const SUBSCRIPTIONS: u32 = 0x5000;
const EVENTS: u32 = 0x9000;

fn clock(id: u32, timeout: u64, flags: u16) -> Vec<u8> {
    let mut bytes = vec![0; 48];
    bytes[8] = CLOCK;
    bytes[16..20].copy_from_slice(&id.to_le_bytes());
    bytes[24..32].copy_from_slice(&timeout.to_le_bytes());
    bytes[40..42].copy_from_slice(&flags.to_le_bytes());
    bytes
}

fn descriptor(kind: u8, fd: u32) -> Vec<u8> {
    let mut bytes = vec![0; 48];
    bytes[8] = kind;
    bytes[16..20].copy_from_slice(&fd.to_le_bytes());
    bytes
}

/// An event: the number of its subscription, the error number, the kind, bytes and flags.
type Event = (u64, u16, u8, u64, u16);

/// Waits for subscriptions, which get their numbers as user data.
fn poll(guest: &mut Puppet, subscriptions: &[Vec<u8>]) -> Vec<Event> {
    for (number, subscription) in (0..).zip(subscriptions) {
        let mut subscription = subscription.clone();
        subscription[..8].copy_from_slice(&(u64::from(number) + 100).to_le_bytes());
        guest.put(SUBSCRIPTIONS + 48 * number, &subscription);
    }
    let arguments = [
        SUBSCRIPTIONS.into(),
        EVENTS.into(),
        subscriptions.len() as u64,
        SECOND.into(),
    ];
    guest.does("poll_oneoff", &arguments);
    let u16_at = |at| u16::from_le_bytes(guest.get(at, 2).try_into().expect("two bytes"));
    (0..guest.get_u32(SECOND))
        .map(|number| EVENTS + 32 * number)
        .map(|at| {
            (
                guest.get_u64(at) - 100,
                u16_at(at + 8),
                guest.get(at + 10, 1)[0],
                guest.get_u64(at + 16),
                u16_at(at + 24),
            )
        })
        .collect()
}

#[test]
fn clocks_ring_when_their_time_has_come() {
    let mut guest = Puppet::new(&mut WasiCtxBuilder::new());
    guest.does("clock_time_get", &[MONOTONIC.into(), 0, SECOND.into()]);
    let monotonic = guest.get_u64(SECOND);
    let now = SystemTime::UNIX_EPOCH.elapsed().expect("it is after 1970");
    let wait = Duration::from_millis(30);
    let far = u64::MAX;
    for (subscription, at_least) in [
        (clock(MONOTONIC, 0, 0), Duration::ZERO),
        (clock(REALTIME, 0, 0), Duration::ZERO),
        (clock(MONOTONIC, monotonic, ABSOLUTE), Duration::ZERO),
        (clock(REALTIME, 0, ABSOLUTE), Duration::ZERO),
        (
            clock(REALTIME, now.as_nanos() as u64, ABSOLUTE),
            Duration::ZERO,
        ),
        (clock(MONOTONIC, wait.as_nanos() as u64, 0), wait),
        (clock(REALTIME, wait.as_nanos() as u64, 0), wait),
    ] {
        let start = Instant::now();
        let events = poll(&mut guest, &[clock(MONOTONIC, far, 0), subscription]);
        let passed = start.elapsed();
        assert_eq!(events, [(1, 0, CLOCK, 0, 0)]);
        assert!(passed >= at_least, "{passed:?}");
        assert!(passed < Duration::from_secs(20), "{passed:?}");
    }
    guest.does("clock_time_get", &[MONOTONIC.into(), 0, SECOND.into()]);
    let soon = guest.get_u64(SECOND) + 20_000_000;
    poll(&mut guest, &[clock(MONOTONIC, soon, ABSOLUTE)]);
    guest.does("clock_time_get", &[MONOTONIC.into(), 0, SECOND.into()]);
    assert!(guest.get_u64(SECOND) >= soon);
    for (subscription, errno) in [
        (clock(2, 0, 0), Errno::Inval),
        (clock(u32::MAX, 0, 0), Errno::Inval),
        (clock(MONOTONIC, 0, 2), Errno::Inval),
    ] {
        let events = poll(&mut guest, &[clock(MONOTONIC, far, 0), subscription]);
        assert_eq!(events, [(1, errno as u16, CLOCK, 0, 0)]);
    }
}

#[test]
fn events_may_be_written_over_their_subscriptions_and_over_no_others() {
    let mut guest = Puppet::new(&mut WasiCtxBuilder::new());
    let mut call = |events: u32| {
        for number in 0..3 {
            let mut subscription = clock(MONOTONIC, 0, 0);
            subscription[0] = 7 + number as u8;
            guest.put(SUBSCRIPTIONS + 48 * number, &subscription);
        }
        let arguments = [SUBSCRIPTIONS.into(), events.into(), 3, SECOND.into()];
        let result = guest.call("poll_oneoff", &arguments);
        let data = |number: u32| guest.get_u64(events + 32 * number);
        (result, [data(0), data(1), data(2)])
    };
    for events in [
        SUBSCRIPTIONS - 96,
        SUBSCRIPTIONS - 8,
        SUBSCRIPTIONS,
        SUBSCRIPTIONS + 144,
    ] {
        assert_eq!(call(events), (OK, [7, 8, 9]), "{events:#x}");
    }
    for events in [SUBSCRIPTIONS + 1, SUBSCRIPTIONS + 48, SUBSCRIPTIONS + 143] {
        assert_eq!(call(events).0, Errno::Inval as u32, "{events:#x}");
    }
}

#[test]
fn sleep_by_deterministic_clocks_takes_no_time() {
    let mut guest = Puppet::new(WasiCtxBuilder::new().deterministic(0));
    // Should it take time, the test ends.
    let deadline = Duration::from_secs(10);
    guest
        .store
        .set_deadline(deadline)
        .expect("there is a clock");
    const YEAR: u64 = 365 * 24 * 3600 * 1_000_000_000;
    let mut time = || {
        guest.does("clock_time_get", &[MONOTONIC.into(), 0, SECOND.into()]);
        let before = guest.get_u64(SECOND);
        let events = poll(&mut guest, &[clock(MONOTONIC, YEAR, 0)]);
        assert_eq!(events, [(0, 0, CLOCK, 0, 0)]);
        before
    };
    let (first, second) = (time(), time());
    assert!(
        (YEAR..YEAR + 1_000_000).contains(&(second - first)),
        "{first} {second}"
    );
}

#[test]
fn a_guest_that_sleeps_for_ever_is_interrupted() {
    let mut guest = Puppet::new(&mut WasiCtxBuilder::new());
    guest.put(SUBSCRIPTIONS, &clock(MONOTONIC, u64::MAX, 0));
    let deadline = Duration::from_millis(50);
    guest
        .store
        .set_deadline(deadline)
        .expect("there is a clock");
    let arguments = [SUBSCRIPTIONS.into(), EVENTS.into(), 1, SECOND.into()];
    let error = guest.try_call("poll_oneoff", &arguments);
    let error = error.expect_err("it never wakes up");
    assert_eq!(error.kind(), wazir::ErrorKind::Trap, "{error:?}");
}

/// A clock that has run for longer than numbers can say.
struct Overflown;

impl HostWallClock for Overflown {
    fn resolution(&self) -> Duration {
        Duration::MAX
    }

    fn now(&self) -> Duration {
        Duration::MAX
    }
}

#[test]
fn a_time_that_no_number_can_say_is_told() {
    let mut guest = Puppet::new(WasiCtxBuilder::new().wall_clock(Overflown));
    let result = u64::from(SECOND);
    guest.fails("clock_time_get", &[0, 0, result], Errno::Overflow);
    guest.fails("clock_res_get", &[0, result], Errno::Overflow);
    guest.does("clock_res_get", &[1, result]);
    assert!(guest.get_u64(SECOND) > 0);
    let overflow = [(0, Errno::Overflow as u16, CLOCK, 0, 0)];
    assert_eq!(poll(&mut guest, &[clock(REALTIME, 0, ABSOLUTE)]), overflow);
}

#[test]
fn files_and_streams_are_ready_and_mistakes_are_events() {
    everywhere(|world| {
        let mut guest = world.guest_with(WasiCtxBuilder::new().stdin(Pipe::from("input")));
        let file = guest.file("file");
        assert_eq!(guest.write(file, b"0123456789"), Ok(10));
        assert_eq!(guest.seek(file, 3, 0), Ok(3));
        let deaf = guest
            .open(ROOT, "file", 0, FD_READ, true)
            .expect("it is there");
        let mut expected = vec![
            (0, 0, READ, 7, 0),
            (1, 0, WRITE, 1, 0),
            (2, 0, READ, 1, 0),
            (3, 0, WRITE, 1, 0),
            (4, Errno::Badf as u16, READ, 0, 0),
            (5, Errno::Badf as u16, WRITE, 0, 0),
            (6, Errno::Badf as u16, READ, 0, 0),
            (7, Errno::Notcapable as u16, READ, 0, 0),
            (9, 0, READ, 1, 0),
        ];
        let subscriptions = [
            descriptor(READ, file),
            descriptor(WRITE, file),
            descriptor(READ, 0),
            descriptor(WRITE, 1),
            descriptor(READ, 1),
            descriptor(WRITE, 0),
            descriptor(READ, 99),
            descriptor(READ, deaf),
            clock(MONOTONIC, 1 << 40, 0),
            descriptor(READ, ROOT),
        ];
        assert_eq!(poll(&mut guest, &subscriptions), expected);
        // At the end of a file a read gives nothing, at once.
        assert_eq!(guest.seek(file, 0, 2), Ok(10));
        expected[0].3 = 0;
        assert_eq!(poll(&mut guest, &subscriptions), expected);
        assert_eq!(guest.read(0), Ok(b"input".to_vec()));
    });
    let mut guest = Puppet::new(&mut WasiCtxBuilder::new());
    let arguments = [SUBSCRIPTIONS.into(), EVENTS.into(), 0, SECOND.into()];
    guest.fails("poll_oneoff", &arguments, Errno::Inval);
    guest.put(SUBSCRIPTIONS, &descriptor(3, 0));
    let arguments = [SUBSCRIPTIONS.into(), EVENTS.into(), 1, SECOND.into()];
    guest.fails("poll_oneoff", &arguments, Errno::Inval);
}

#[test]
#[cfg(unix)]
fn sockets_wake_the_guest() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let address = listener.local_addr().expect("it has one");
    let mut builder = WasiCtxBuilder::new();
    builder.preopened_listener(listener).expect("it can be set");
    let mut guest = Puppet::new(&mut builder);
    let timeout = clock(MONOTONIC, 10_000_000, 0);
    let long = clock(MONOTONIC, 20_000_000_000, 0);
    let events = poll(&mut guest, &[descriptor(READ, 3), timeout.clone()]);
    assert_eq!(events, [(1, 0, CLOCK, 0, 0)]);
    let events = poll(&mut guest, &[descriptor(WRITE, 3)]);
    assert_eq!(events, [(0, Errno::Badf as u16, WRITE, 0, 0)]);

    let mut client = TcpStream::connect(address).expect("it listens");
    let events = poll(&mut guest, &[descriptor(READ, 3), long.clone()]);
    assert_eq!(events, [(0, 0, READ, 1, 0)]);
    guest.does("sock_accept", &[3, 0, SECOND.into()]);
    let connection = guest.get_u32(SECOND);
    let events = poll(&mut guest, &[descriptor(READ, connection), timeout]);
    assert_eq!(events, [(1, 0, CLOCK, 0, 0)]);
    let events = poll(&mut guest, &[descriptor(WRITE, connection), long.clone()]);
    assert_eq!(events, [(0, 0, WRITE, 1, 0)]);
    client.write_all(b"hello").expect("there is room");
    let events = poll(&mut guest, &[descriptor(READ, connection), long.clone()]);
    assert_eq!((events[0].0, events[0].1, events[0].2), (0, 0, READ));
    assert_eq!(guest.read(connection), Ok(b"hello".to_vec()));
    drop(client);
    let events = poll(&mut guest, &[descriptor(READ, connection), long]);
    assert_eq!((events[0].0, events[0].1, events[0].2), (0, 0, READ));
    assert_eq!(guest.read(connection), Ok(Vec::new()));
}

#[test]
fn random_bytes_and_strings_of_the_context() {
    let mut builder = WasiCtxBuilder::new();
    builder.args(&["program", "", "é"]).env("A", "=");
    let mut guest = Puppet::new(builder.secure_random(|bytes| bytes.fill(4)));
    guest.does("random_get", &[(BUFFER + 1).into(), 3]);
    assert_eq!(guest.get(BUFFER, 5), [0, 4, 4, 4, 0]);
    let (first, second) = (u64::from(SECOND), u64::from(SECOND) + 4);
    guest.does("args_sizes_get", &[first, second]);
    assert_eq!((guest.get_u32(SECOND), guest.get_u32(SECOND + 4)), (3, 12));
    guest.does("args_get", &[first, BUFFER.into()]);
    assert_eq!(guest.get(BUFFER, 12), "program\0\0é\0".as_bytes());
    let pointers = [0, 4, 8].map(|at| guest.get_u32(SECOND + at) - BUFFER);
    assert_eq!(pointers, [0, 8, 9]);
    guest.does("environ_sizes_get", &[first, second]);
    assert_eq!((guest.get_u32(SECOND), guest.get_u32(SECOND + 4)), (1, 4));
    guest.does("environ_get", &[first, BUFFER.into()]);
    assert_eq!(guest.get(BUFFER, 4), b"A==\0");
}
