//! What the functions do without an engine: a guest that is a slice of memory and a context.

use std::io::{self, Read, Write};
use std::time::Duration;

use super::guest::MAX_BUFFERS;
use super::*;

struct TestGuest {
    memory: Vec<u8>,
    context: WasiP1Ctx,
    checks: u32,
    /// After how many checks the guest is interrupted.
    patience: u32,
}

impl Guest for TestGuest {
    fn parts(&mut self) -> Result<(Memory<'_>, &mut WasiP1Ctx)> {
        Ok((Memory(&mut self.memory), &mut self.context))
    }

    fn context(&mut self) -> &mut WasiP1Ctx {
        &mut self.context
    }

    fn check(&mut self) -> Result<()> {
        self.checks += 1;
        if self.checks > self.patience {
            return Err(crate::wasm::trap::Trap::Interrupt.into());
        }
        Ok(())
    }

    fn is_interruptable(&self) -> bool {
        true
    }
}

fn guest(builder: &mut WasiCtxBuilder) -> TestGuest {
    TestGuest {
        memory: vec![0xAA; 0x1000],
        context: builder.build_p1(),
        checks: 0,
        patience: u32::MAX,
    }
}

impl TestGuest {
    fn u32(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.memory[at..at + 4].try_into().unwrap())
    }

    fn u64(&self, at: usize) -> u64 {
        u64::from_le_bytes(self.memory[at..at + 8].try_into().unwrap())
    }

    fn put(&mut self, at: usize, bytes: &[u8]) {
        self.memory[at..at + bytes.len()].copy_from_slice(bytes);
    }

    /// Writes buffers at 0x800.
    fn put_buffers(&mut self, buffers: &[(u32, u32)]) {
        for (index, (start, length)) in buffers.iter().enumerate() {
            self.put(0x800 + index * 8, &start.to_le_bytes());
            self.put(0x804 + index * 8, &length.to_le_bytes());
        }
    }
}

/// The number that the guest gets.
fn errno(outcome: Outcome) -> u32 {
    answer(outcome).expect("the run goes on")
}

macro_rules! call_all {
    ($($name:ident $($kind:ident)*,)*) => {
        /// Calls every function with the same value for all its parameters.
        fn call_all(guest: &mut TestGuest, value: u32) -> Vec<(&'static str, Outcome)> {
            vec![$((stringify!($name), call_all!(@call $name guest value $($kind)*)),)*]
        }
    };
    (@call $name:ident $guest:ident $value:ident $($kind:ident)*) => {
        group::$name($guest, $(call_all!(@$kind $value)),*)
    };
    (@i $value:ident) => { $value };
    (@I $value:ident) => { u64::from($value) };
}

/// All functions, whatever group they are in. Below they stand with their parameters, `i` for 32 bits and `I` for 64,
/// in the order of the standard: functions with other parameters do not compile.
mod group {
    pub(super) use super::super::args::*;
    pub(super) use super::super::clock::{clock_res_get, clock_time_get};
    pub(super) use super::super::directory::*;
    pub(super) use super::super::path::*;
    pub(super) use super::super::poll::poll_oneoff;
    pub(super) use super::super::process::{proc_raise, sched_yield};
    pub(super) use super::super::random::random_get;
    pub(super) use super::super::socket::*;
    pub(super) use super::super::status::*;
    pub(super) use super::super::transfer::{fd_pread, fd_pwrite, fd_read, fd_write};
}

call_all! {
    args_get i i, args_sizes_get i i, environ_get i i, environ_sizes_get i i, clock_res_get i i,
    clock_time_get i I i, fd_advise i I I i, fd_allocate i I I, fd_close i, fd_datasync i, fd_fdstat_get i i,
    fd_fdstat_set_flags i i, fd_fdstat_set_rights i I I, fd_filestat_get i i, fd_filestat_set_size i I,
    fd_filestat_set_times i I I i, fd_pread i i i I i, fd_prestat_get i i, fd_prestat_dir_name i i i,
    fd_pwrite i i i I i, fd_read i i i i, fd_readdir i i i I i, fd_renumber i i, fd_seek i I i i, fd_sync i,
    fd_tell i i, fd_write i i i i, path_create_directory i i i, path_filestat_get i i i i i,
    path_filestat_set_times i i i i I I i, path_link i i i i i i i, path_open i i i i i I I i i,
    path_readlink i i i i i i, path_remove_directory i i i, path_rename i i i i i i, path_symlink i i i i i,
    path_unlink_file i i i, poll_oneoff i i i i, proc_raise i, random_get i i, sched_yield, sock_accept i i i,
    sock_recv i i i i i i, sock_send i i i i i, sock_shutdown i i,
}

#[test]
fn every_function_of_the_standard_is_defined() {
    let mut guest = guest(&mut WasiCtxBuilder::new());
    let called = call_all(&mut guest, 9);
    let mut standard: Vec<&str> = called.iter().map(|(name, _)| *name).collect();
    standard.push("proc_exit");
    standard.sort_unstable();
    let mut names: Vec<&str> = FUNCTIONS.iter().map(|function| function.name).collect();
    names.sort_unstable();
    assert_eq!(names, standard);
    assert_eq!(names.len(), 46);
}

#[test]
fn hostile_values_are_answered_with_errors() {
    for value in [
        0xFFF,
        0x1000,
        0x7FFF_FFFF,
        0x8000_0000,
        u32::MAX - 8,
        u32::MAX,
    ] {
        let mut guest = guest(WasiCtxBuilder::new().args(&["a", "b"]).env("C", "D"));
        guest.patience = 0;
        for (name, outcome) in call_all(&mut guest, value) {
            let answered = matches!(outcome, Err(Failure::Errno(_)));
            assert!(
                answered || name == "sched_yield",
                "{name}({value:#x}): {outcome:?}"
            );
        }
    }
}

#[test]
fn a_descriptor_that_is_not_open_is_badf_and_a_stream_is_what_it_is() {
    let mut guest = guest(&mut WasiCtxBuilder::new());
    for (name, outcome) in call_all(&mut guest, 3) {
        if name.starts_with("fd_") || name.starts_with("path_") || name.starts_with("sock_") {
            assert_eq!(errno(outcome), Errno::Badf as u32, "{name}");
        }
    }
    for fd in 0..3 {
        assert_eq!(
            errno(group::fd_seek(&mut guest, fd, 0, 0, 0)),
            Errno::Spipe as u32
        );
        assert_eq!(
            errno(group::fd_tell(&mut guest, fd, 0)),
            Errno::Spipe as u32
        );
        assert_eq!(
            errno(group::fd_prestat_get(&mut guest, fd, 0)),
            Errno::Badf as u32
        );
        let open = path::path_open(&mut guest, fd, 0, 0, 1, 0, 0, 0, 0, 0);
        assert_eq!(errno(open), Errno::Notdir as u32);
        assert_eq!(
            errno(socket::sock_shutdown(&mut guest, fd, 0)),
            Errno::Notsock as u32
        );
    }
    for (old, new) in [(0, 7), (7, 0)] {
        let link = path::path_link(&mut guest, old, 0, 0, 0, new, 0, 0);
        assert_eq!(errno(link), Errno::Badf as u32);
    }
}

#[test]
fn strings_are_written_with_their_pointers() {
    let mut builder = WasiCtxBuilder::new();
    builder
        .arg("prog")
        .args(&["", "ü"])
        .envs(&[("A", "1"), ("B", "")]);
    let mut guest = guest(&mut builder);
    assert_eq!(errno(args::args_sizes_get(&mut guest, 0x10, 0x20)), 0);
    assert_eq!((guest.u32(0x10), guest.u32(0x20)), (3, 9));
    assert_eq!(errno(args::args_get(&mut guest, 0x30, 0xFF7)), 0);
    assert_eq!(
        [0x30, 0x34, 0x38].map(|at| guest.u32(at)),
        [0xFF7, 0xFFC, 0xFFD]
    );
    assert_eq!(guest.memory[0xFF7..], *b"prog\0\0\xC3\xBC\0");
    // One byte too few, for the bytes or the pointers: nothing is written.
    let before = guest.memory.clone();
    assert_eq!(
        errno(args::args_get(&mut guest, 0x30, 0xFF8)),
        Errno::Fault as u32
    );
    assert_eq!(
        errno(args::args_get(&mut guest, 0xFF5, 0x30)),
        Errno::Fault as u32
    );
    assert_eq!(guest.memory, before);
    assert_eq!(errno(args::environ_sizes_get(&mut guest, 0x10, 0x20)), 0);
    assert_eq!((guest.u32(0x10), guest.u32(0x20)), (2, 7));
    assert_eq!(errno(args::environ_get(&mut guest, 0x40, 0x50)), 0);
    assert_eq!(guest.memory[0x50..0x57], *b"A=1\0B=\0");
    assert_eq!((guest.u32(0x40), guest.u32(0x44)), (0x50, 0x54));
}

#[test]
fn a_new_builder_gives_nothing() {
    let mut guest = guest(&mut WasiCtxBuilder::new());
    for sizes in [args::args_sizes_get, args::environ_sizes_get] {
        assert_eq!(errno(sizes(&mut guest, 0, 4)), 0);
        assert_eq!((guest.u32(0), guest.u32(4)), (0, 0));
    }
    guest.put_buffers(&[(0x100, 16)]);
    assert_eq!(errno(group::fd_read(&mut guest, 0, 0x800, 1, 0)), 0);
    assert_eq!(guest.u32(0), 0, "standard input is at its end");
    assert_eq!(errno(group::fd_write(&mut guest, 1, 0x800, 1, 0)), 0);
    assert_eq!(guest.u32(0), 16, "output goes nowhere");
}

#[test]
fn reads_fill_one_buffer_and_writes_take_all() {
    let (input, output) = (Pipe::from("hello world"), Pipe::new(100));
    let mut guest = guest(
        WasiCtxBuilder::new()
            .stdin(input.clone())
            .stdout(output.clone()),
    );
    guest.put_buffers(&[(0x100, 0), (0x200, 5), (0x300, 100)]);
    assert_eq!(errno(group::fd_read(&mut guest, 0, 0x800, 3, 0)), 0);
    assert_eq!(
        (guest.u32(0), &guest.memory[0x200..0x206]),
        (5, &b"hello\xAA"[..])
    );
    assert_eq!(input.contents(), b" world");
    guest.put(0x300, b"!!");
    guest.put_buffers(&[(0x200, 5), (0x100, 0), (0x300, 2), (0x201, 1)]);
    assert_eq!(errno(group::fd_write(&mut guest, 1, 0x800, 4, 0)), 0);
    assert_eq!((guest.u32(0), output.contents()), (8, b"hello!!e".to_vec()));
}

#[test]
fn bad_buffers_move_no_byte() {
    let (input, output) = (Pipe::from("hello"), Pipe::new(100));
    let mut guest = guest(
        WasiCtxBuilder::new()
            .stdin(input.clone())
            .stdout(output.clone()),
    );
    guest.put_buffers(&[(0x100, 1), (0xFFF, 2)]);
    let fault = Errno::Fault as u32;
    assert_eq!(errno(group::fd_read(&mut guest, 0, 0x800, 2, 0)), fault);
    assert_eq!(errno(group::fd_write(&mut guest, 1, 0x800, 2, 0)), fault);
    guest.put_buffers(&[(0x100, 1), (u32::MAX, u32::MAX)]);
    assert_eq!(errno(group::fd_read(&mut guest, 0, 0x800, 2, 0)), fault);
    // The array itself, and the place for the result.
    assert_eq!(errno(group::fd_write(&mut guest, 1, 0xFF9, 1, 0)), fault);
    assert_eq!(
        errno(group::fd_write(&mut guest, 1, 0x800, u32::MAX / 8 + 1, 0)),
        fault
    );
    assert_eq!(errno(group::fd_read(&mut guest, 0, 0x800, 1, 0xFFD)), fault);
    assert_eq!(
        errno(group::fd_write(&mut guest, 1, 0x800, 1, 0xFFD)),
        fault
    );
    assert_eq!(
        (input.contents(), output.contents()),
        (b"hello".to_vec(), Vec::new())
    );
}

#[test]
fn too_many_buffers_or_bytes_are_a_short_write() {
    let mut guest = guest(&mut WasiCtxBuilder::new());
    let count = MAX_BUFFERS + 5;
    guest.memory = vec![1; 0x1_0000];
    for index in 0..count {
        guest.put(0x1000 + index as usize * 8, &[0, 1, 0, 0, 2, 0, 0, 0]);
    }
    assert_eq!(errno(group::fd_write(&mut guest, 1, 0x1000, count, 0)), 0);
    assert_eq!(guest.u32(0), 2 * MAX_BUFFERS);
}

#[test]
fn a_full_pipe_is_a_short_write_and_then_an_error() {
    let output = Pipe::new(5);
    let mut guest = guest(WasiCtxBuilder::new().stderr(output.clone()));
    guest.put(0x100, b"abcd");
    guest.put_buffers(&[(0x100, 4), (0x100, 4)]);
    assert_eq!(errno(group::fd_write(&mut guest, 2, 0x800, 2, 0)), 0);
    assert_eq!((guest.u32(0), output.contents()), (5, b"abcda".to_vec()));
    let full = group::fd_write(&mut guest, 2, 0x800, 2, 0);
    assert_eq!(errno(full), Errno::Nospc as u32);
    // Reading makes room.
    let mut text = [0; 3];
    output.clone().read_exact(&mut text).unwrap();
    assert_eq!(errno(group::fd_write(&mut guest, 2, 0x800, 1, 0)), 0);
    assert_eq!((guest.u32(0), output.contents()), (3, b"daabc".to_vec()));
}

/// A stream that fails, and lies about how much it did.
struct Broken(io::ErrorKind, bool);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        if self.1 {
            Ok(usize::MAX)
        } else {
            Err(self.0.into())
        }
    }
}

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        if self.1 {
            Ok(usize::MAX)
        } else {
            Err(self.0.into())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

#[test]
fn errors_of_streams_reach_the_guest() {
    let broken = || Broken(io::ErrorKind::BrokenPipe, false);
    let mut failing = guest(WasiCtxBuilder::new().stdin(broken()).stdout(broken()));
    failing.put_buffers(&[(0x100, 4)]);
    let pipe = Errno::Pipe as u32;
    assert_eq!(errno(group::fd_read(&mut failing, 0, 0x800, 1, 0)), pipe);
    assert_eq!(errno(group::fd_write(&mut failing, 1, 0x800, 1, 0)), pipe);
    assert_eq!(
        errno(group::fd_close(&mut failing, 1)),
        pipe,
        "what was held back is lost"
    );
    let lying = || Broken(io::ErrorKind::Other, true);
    let mut lied_to = guest(WasiCtxBuilder::new().stdin(lying()).stdout(lying()));
    lied_to.put_buffers(&[(0x100, 4)]);
    assert_eq!(errno(group::fd_read(&mut lied_to, 0, 0x800, 1, 0)), 0);
    assert_eq!(lied_to.u32(0), 4);
    assert_eq!(errno(group::fd_write(&mut lied_to, 1, 0x800, 1, 0)), 0);
    assert_eq!(lied_to.u32(0), 4);
}

#[test]
fn descriptors_are_closed_and_renumbered() {
    let (first, second) = (Pipe::new(10), Pipe::new(10));
    let mut guest = guest(
        WasiCtxBuilder::new()
            .stdout(first.clone())
            .stderr(second.clone()),
    );
    guest.put(0x100, b"x");
    guest.put_buffers(&[(0x100, 1)]);
    let badf = Errno::Badf as u32;
    assert_eq!(errno(group::fd_write(&mut guest, 0, 0x800, 1, 0)), badf);
    assert_eq!(errno(group::fd_read(&mut guest, 1, 0x800, 1, 0)), badf);
    assert_eq!(errno(group::fd_renumber(&mut guest, 1, 1)), 0);
    assert_eq!(errno(group::fd_renumber(&mut guest, 2, 3)), badf);
    assert_eq!(errno(group::fd_renumber(&mut guest, 2, 1)), 0);
    assert_eq!(errno(group::fd_write(&mut guest, 1, 0x800, 1, 0)), 0);
    assert_eq!(errno(group::fd_write(&mut guest, 2, 0x800, 1, 0)), badf);
    assert_eq!(
        (first.contents(), second.contents()),
        (Vec::new(), b"x".to_vec())
    );
    assert_eq!(errno(group::fd_close(&mut guest, 1)), 0);
    assert_eq!(errno(group::fd_close(&mut guest, 1)), badf);
    assert_eq!(errno(group::fd_renumber(&mut guest, 0, 1)), badf);
}

#[test]
fn rights_can_be_given_up_only() {
    let mut guest = guest(WasiCtxBuilder::new().stdin(Pipe::from("x")));
    guest.put_buffers(&[(0x100, 1)]);
    assert_eq!(errno(group::fd_fdstat_get(&mut guest, 0, 0x200)), 0);
    let (kind, base, inheriting) = (guest.memory[0x200], guest.u64(0x208), guest.u64(0x210));
    assert_eq!((kind, inheriting), (0, 0));
    assert_eq!(base, 1 << 1 | 1 << 3 | 1 << 21 | 1 << 27);
    let refused = Errno::Notcapable as u32;
    let mut set =
        |base, inheriting| errno(group::fd_fdstat_set_rights(&mut guest, 0, base, inheriting));
    assert_eq!(set(base | 1 << 6, 0), refused);
    assert_eq!(set(base, 1), refused);
    assert_eq!(set(base & !(1 << 1), 0), 0);
    assert_eq!(set(base, 0), refused);
    assert_eq!(errno(group::fd_read(&mut guest, 0, 0x800, 1, 0)), refused);
}

#[test]
fn flags_that_a_stream_cannot_keep_are_refused() {
    let mut guest = guest(&mut WasiCtxBuilder::new());
    let mut set = |flags| errno(group::fd_fdstat_set_flags(&mut guest, 1, flags));
    assert_eq!(
        [set(4), set(32), set(1)],
        [Errno::Notsup as u32, Errno::Inval as u32, 0]
    );
    assert_eq!(errno(group::fd_fdstat_get(&mut guest, 1, 0)), 0);
    assert_eq!(guest.memory[2], 1);
    assert_eq!(errno(group::fd_filestat_get(&mut guest, 1, 0xFC0)), 0);
    assert_eq!(guest.memory[0xFC0..], [0; 64]);
    assert_eq!(
        errno(group::fd_filestat_get(&mut guest, 1, 0xFC1)),
        Errno::Fault as u32
    );
    assert_eq!(
        errno(group::fd_fdstat_get(&mut guest, 1, 0xFE9)),
        Errno::Fault as u32
    );
}

struct FixedClock(u64);

impl HostWallClock for FixedClock {
    fn resolution(&self) -> Duration {
        Duration::from_millis(3)
    }

    fn now(&self) -> Duration {
        Duration::from_secs(self.0)
    }
}

/// Time passes while the guest sleeps.
struct VirtualClock(u64);

impl HostMonotonicClock for VirtualClock {
    fn resolution(&self) -> u64 {
        7
    }

    fn now(&self) -> u64 {
        self.0
    }

    fn sleep(&mut self, nanoseconds: u64) {
        self.0 += nanoseconds;
    }
}

fn guest_with_clocks() -> TestGuest {
    guest(
        WasiCtxBuilder::new()
            .wall_clock(FixedClock(5))
            .monotonic_clock(VirtualClock(1000)),
    )
}

#[test]
fn clocks_are_those_of_the_context() {
    let mut fixed = guest_with_clocks();
    for (id, resolution, now) in [(0, 3_000_000, 5_000_000_000), (1, 7, 1000)] {
        assert_eq!(errno(clock::clock_res_get(&mut fixed, id, 0)), 0);
        assert_eq!(errno(clock::clock_time_get(&mut fixed, id, 0, 8)), 0);
        assert_eq!((fixed.u64(0), fixed.u64(8)), (resolution, now));
    }
    assert_eq!(
        errno(clock::clock_time_get(&mut fixed, 2, 0, 8)),
        Errno::Inval as u32
    );
    let mut late = guest(WasiCtxBuilder::new().wall_clock(FixedClock(20_000_000_000)));
    assert_eq!(
        errno(clock::clock_time_get(&mut late, 0, 0, 8)),
        Errno::Overflow as u32
    );
    let mut real = guest(&mut WasiCtxBuilder::new());
    assert_eq!(errno(clock::clock_time_get(&mut real, 0, 0, 8)), 0);
    assert!(
        real.u64(8) > 1_000_000_000_000_000_000,
        "later than September 2001"
    );
}

#[test]
fn random_bytes_come_from_the_source_and_a_long_request_can_be_interrupted() {
    let mut next = 0;
    let mut numbered = guest(WasiCtxBuilder::new().secure_random(move |bytes| {
        next += 1;
        bytes.fill(next);
    }));
    assert_eq!(errno(random::random_get(&mut numbered, 0xFFC, 4)), 0);
    assert_eq!(numbered.memory[0xFFB..], [0xAA, 1, 1, 1, 1]);
    assert_eq!(
        errno(random::random_get(&mut numbered, 0xFFD, 4)),
        Errno::Fault as u32
    );
    assert_eq!(errno(random::random_get(&mut numbered, 0x1000, 0)), 0);
    numbered.memory = vec![0; 3 << 20];
    let too_long = random::random_get(&mut numbered, 1, 3 << 20);
    assert_eq!(errno(too_long), Errno::Fault as u32);
    assert!(
        numbered.memory.iter().all(|byte| *byte == 0),
        "nothing was filled"
    );
    numbered.patience = numbered.checks + 1;
    assert!(answer(random::random_get(&mut numbered, 0, 3 << 20)).is_err());
    assert_eq!(
        (
            numbered.memory[0],
            numbered.memory[1 << 20],
            numbered.memory[2 << 20]
        ),
        (2, 3, 0)
    );
    let mut real = guest(&mut WasiCtxBuilder::new());
    assert_eq!(errno(random::random_get(&mut real, 0, 64)), 0);
    assert_ne!(real.memory[..64], [0xAA; 64]);
}

/// Writes a subscription to a clock at 0x100 + 48 * index.
fn subscribe_clock(guest: &mut TestGuest, index: usize, id: u32, timeout: u64, flags: u16) {
    let at = 0x100 + index * 48;
    guest.put(at, &(index as u64 + 70).to_le_bytes());
    guest.put(at + 8, &[0]);
    guest.put(at + 16, &id.to_le_bytes());
    guest.put(at + 24, &timeout.to_le_bytes());
    guest.put(at + 40, &flags.to_le_bytes());
}

fn subscribe_stream(guest: &mut TestGuest, index: usize, kind: u8, fd: u32) {
    let at = 0x100 + index * 48;
    guest.put(at, &(index as u64 + 70).to_le_bytes());
    guest.put(at + 8, &[kind]);
    guest.put(at + 16, &fd.to_le_bytes());
}

/// The events at 0x800: user data, error, kind.
fn events(guest: &TestGuest) -> Vec<(u64, u16, u8)> {
    let event = |index: u32| {
        let at = 0x800 + index as usize * 32;
        let error = u16::from_le_bytes([guest.memory[at + 8], guest.memory[at + 9]]);
        (guest.u64(at), error, guest.memory[at + 10])
    };
    (0..guest.u32(0)).map(event).collect()
}

fn poll(guest: &mut TestGuest, count: u32) -> u32 {
    errno(poll::poll_oneoff(guest, 0x100, 0x800, count, 0))
}

#[test]
fn the_nearest_clock_wakes_the_guest() {
    let mut guest = guest_with_clocks();
    subscribe_clock(&mut guest, 0, 1, 60_000_000_000, 0);
    subscribe_clock(&mut guest, 1, 1, 2_000_001_000, 1);
    subscribe_clock(&mut guest, 2, 1, 2_000_000_000, 0);
    subscribe_clock(&mut guest, 3, 0, 8_000_000_000, 1);
    assert_eq!(poll(&mut guest, 4), 0);
    assert_eq!(events(&guest), [(71, 0, 0), (72, 0, 0)]);
    assert_eq!(guest.context.clocks.monotonic.now(), 2_000_001_000);
    assert!(
        guest.checks >= 200,
        "a guest that sleeps can be interrupted"
    );
    // A moment that has passed: no sleep.
    subscribe_clock(&mut guest, 0, 0, 4_000_000_000, 1);
    assert_eq!(poll(&mut guest, 1), 0);
    assert_eq!(events(&guest), [(70, 0, 0)]);
    assert_eq!(guest.context.clocks.monotonic.now(), 2_000_001_000);
}

#[test]
fn streams_are_ready_at_once_and_mistakes_are_events() {
    let mut guest = guest_with_clocks();
    subscribe_clock(&mut guest, 0, 1, u64::MAX, 0);
    subscribe_stream(&mut guest, 1, 1, 0);
    subscribe_stream(&mut guest, 2, 2, 1);
    subscribe_stream(&mut guest, 3, 1, 1);
    subscribe_stream(&mut guest, 4, 2, 9);
    subscribe_clock(&mut guest, 5, 2, 1, 0);
    subscribe_clock(&mut guest, 6, 1, 1, 2);
    assert_eq!(poll(&mut guest, 7), 0);
    let (badf, inval) = (Errno::Badf as u16, Errno::Inval as u16);
    let expected = [
        (71, 0, 1),
        (72, 0, 2),
        (73, badf, 1),
        (74, badf, 2),
        (75, inval, 0),
        (76, inval, 0),
    ];
    assert_eq!(events(&guest), expected);
    assert_eq!(guest.context.clocks.monotonic.now(), 1000, "nobody slept");
}

#[test]
fn polls_that_make_no_sense_are_refused() {
    let mut guest = guest_with_clocks();
    assert_eq!(poll(&mut guest, 0), Errno::Inval as u32);
    subscribe_stream(&mut guest, 0, 3, 0);
    assert_eq!(poll(&mut guest, 1), Errno::Inval as u32);
    // The subscriptions fit, the events do not; and the other way round.
    let fault = Errno::Fault as u32;
    assert_eq!(
        errno(poll::poll_oneoff(&mut guest, 0x100, 0xFE1, 1, 0)),
        fault
    );
    assert_eq!(
        errno(poll::poll_oneoff(&mut guest, 0xFD1, 0x100, 1, 0)),
        fault
    );
    assert_eq!(
        errno(poll::poll_oneoff(&mut guest, 0, 0, 1 << 28, 0)),
        fault
    );
}

#[test]
fn a_sleeping_guest_can_be_interrupted() {
    let mut guest = guest_with_clocks();
    subscribe_clock(&mut guest, 0, 1, u64::MAX, 0);
    guest.patience = 10;
    let error = answer(poll::poll_oneoff(&mut guest, 0x100, 0x800, 1, 0)).unwrap_err();
    assert_eq!(error.trap(), Some(crate::wasm::trap::Trap::Interrupt));
}

/// A clock that stands still, and does not let the thread sleep.
struct StoppedClock;

impl HostMonotonicClock for StoppedClock {
    fn resolution(&self) -> u64 {
        1
    }

    fn now(&self) -> u64 {
        4
    }

    fn sleep(&mut self, _: u64) {}
}

#[test]
fn a_clock_that_stands_still_wakes_the_guest() {
    let mut guest = guest(WasiCtxBuilder::new().monotonic_clock(StoppedClock));
    subscribe_clock(&mut guest, 0, 1, 1_000_000_000, 1);
    assert_eq!(poll(&mut guest, 1), 0);
    assert_eq!(events(&guest), [(70, 0, 0)]);
}

#[test]
fn the_system_clock_lets_the_guest_sleep() {
    let mut guest = guest(&mut WasiCtxBuilder::new());
    let start = guest.context.clocks.monotonic.now();
    subscribe_clock(&mut guest, 0, 1, 30_000_000, 0);
    assert_eq!(poll(&mut guest, 1), 0);
    assert!(guest.context.clocks.monotonic.now() - start >= 30_000_000);
}

#[test]
fn an_exit_is_an_error_with_its_code() {
    let error = process::proc_exit(u32::MAX);
    assert_eq!(error.exit_code(), Some(-1));
    assert_eq!(error.kind(), crate::error::ErrorKind::Exit);
}
