//! FIFOs and devices of the host.
//!
//! Input: a FIFO in a scratch directory, and `/dev`. Output: bytes.
//! Holds: opening waits for nobody; a guest that waits to read or write can be interrupted.

use std::fs::File;
use std::io::{Read, Write};
use std::process::Command;
use std::thread;
use std::time::Duration;

use super::*;

/// Tests with a FIFO, however paths are resolved.
fn with_fifo(test: impl Fn(&mut Puppet, &std::path::Path)) {
    everywhere(|world| {
        let Some(folder) = &world.host else {
            return;
        };
        let path = folder.path().join("fifo");
        let made = Command::new("mkfifo").arg(&path).status();
        assert!(made.expect("Unix has the command").success());
        test(&mut world.guest(), &path);
    });
}

const POLL: u64 = 1 << 27;

fn open(guest: &mut Puppet, path: &str, rights: u64, fd_flags: u64) -> Result<u32, u32> {
    let open = Open {
        flags: 0,
        // And to change flags, and to know what it is.
        rights: rights | POLL | 1 << 3 | 1 << 21,
        inheriting: 0,
        fd_flags,
    };
    guest.open_with(ROOT, path, open)
}

#[test]
fn a_fifo_opens_at_once_and_a_read_waits_for_bytes() {
    with_fifo(|guest, path| {
        let fifo = open(guest, "fifo", FD_READ, 0).expect("it does not wait");
        guest.does("fd_fdstat_get", &[fifo.into(), SECOND.into()]);
        assert_eq!(guest.get(SECOND, 1), [0], "it has no type here");
        guest.fails("fd_seek", &[fifo.into(), 0, 0, SECOND.into()], Errno::Spipe);
        let path = path.to_path_buf();
        let writer = thread::spawn(move || {
            thread::sleep(Duration::from_millis(20));
            let mut file = File::options()
                .write(true)
                .open(path)
                .expect("there is a reader");
            file.write_all(b"through the fifo").expect("there is room");
        });
        assert_eq!(guest.read(fifo), Ok(b"through the fifo".to_vec()));
        writer.join().expect("the writer ends");
        assert_eq!(
            guest.read(fifo),
            Ok(Vec::new()),
            "nobody can write any more"
        );
    });
}

#[test]
fn an_empty_fifo_does_not_hold_a_guest_for_ever() {
    with_fifo(|guest, path| {
        // With somebody who could write.
        let writer = File::options().read(true).write(true).open(path);
        let fifo = open(guest, "fifo", FD_READ, NON_BLOCKING).expect("it does not wait");
        assert_eq!(guest.read(fifo), Err(Errno::Again as u32));
        guest.does("fd_fdstat_set_flags", &[fifo.into(), 0]);
        guest.put_buffers(&[(BUFFER, 100)]);
        let deadline = Duration::from_millis(50);
        guest
            .store
            .set_deadline(deadline)
            .expect("there is a clock");
        let arguments = [fifo.into(), RESULT.into(), 1, SECOND.into()];
        let error = guest.try_call("fd_read", &arguments);
        let error = error.expect_err("nobody writes");
        assert_eq!(error.kind(), wazir::ErrorKind::Trap, "{error:?}");
        drop(writer);
    });
}

#[test]
fn what_is_no_directory_is_not_opened_as_one() {
    with_fifo(|_, path| {
        // To open the FIFO would mean to wait for its other end.
        let error = HostDirectory::open(path).expect_err("it is none");
        assert_eq!(error.kind(), std::io::ErrorKind::NotADirectory);
    });
}

/// In a process of its own, whose standard output is a pipe that nobody reads.
#[test]
fn a_guest_that_waits_for_a_reader_of_the_hosts_output_is_interrupted() {
    const CHILD: &str = "WAZIR_TEST_WRITES_TO_STANDARD_OUTPUT";
    const INTERRUPTED: i32 = 42;
    if std::env::var_os(CHILD).is_some() {
        let mut guest = Puppet::new(WasiCtxBuilder::new().inherit_stdout());
        guest.put_buffers(&[(0, MEMORY_BYTES)]);
        let deadline = Duration::from_millis(100);
        guest
            .store
            .set_deadline(deadline)
            .expect("there is a clock");
        loop {
            match guest.try_call("fd_write", &[1, RESULT.into(), 1, SECOND.into()]) {
                Ok(errno) => assert_eq!(errno, OK),
                Err(error) if error.trap() == Some(wazir::Trap::Interrupt) => {
                    std::process::exit(INTERRUPTED)
                }
                Err(error) => panic!("{error:?}"),
            }
        }
    }
    let name = "special::a_guest_that_waits_for_a_reader_of_the_hosts_output_is_interrupted";
    let mut child = Command::new(std::env::current_exe().expect("it is known"))
        .args(["--exact", name, "--nocapture"])
        .env(CHILD, "1")
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    for _ in 0..200 {
        if let Some(status) = child.try_wait().expect("it can be asked") {
            assert_eq!(status.code(), Some(INTERRUPTED));
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    child.kill().expect("it runs");
    panic!("it is still waiting");
}

#[test]
fn what_reads_nothing_or_is_a_mistake_does_not_wait() {
    with_fifo(|guest, path| {
        let writer = File::options().read(true).write(true).open(path);
        let fifo = open(guest, "fifo", FD_READ, 0).expect("it does not wait");
        // Should it wait, the test ends.
        let deadline = Duration::from_secs(10);
        guest
            .store
            .set_deadline(deadline)
            .expect("there is a clock");
        let read = |result: u32| [fifo.into(), RESULT.into(), 1, result.into()];
        guest.put_buffers(&[(BUFFER, 0)]);
        guest.does("fd_read", &read(SECOND));
        assert_eq!(guest.get_u32(SECOND), 0);
        guest.put_buffers(&[(MEMORY_BYTES - 1, 2)]);
        guest.fails("fd_read", &read(SECOND), Errno::Fault);
        guest.put_buffers(&[(BUFFER, 1)]);
        guest.fails("fd_read", &read(MEMORY_BYTES), Errno::Fault);
        drop(writer);
    });
}

#[test]
fn a_fifo_is_written_as_far_as_somebody_reads() {
    with_fifo(|guest, path| {
        let opened = open(guest, "fifo", FD_WRITE, 0);
        assert_eq!(opened, Err(Errno::Nxio as u32), "there is no reader");
        let mut reader = File::options()
            .read(true)
            .write(true)
            .open(path)
            .expect("it opens");
        let fifo = open(guest, "fifo", FD_WRITE, NON_BLOCKING).expect("there is a reader");
        assert_eq!(guest.write(fifo, b"hello"), Ok(5));
        let mut bytes = [0; 5];
        reader.read_exact(&mut bytes).expect("they are there");
        assert_eq!(&bytes, b"hello");
        guest.put_buffers(&[(0x8000, 0x10000)]);
        let arguments = [fifo.into(), RESULT.into(), 1, SECOND.into()];
        let mut times = 0;
        let error = loop {
            match guest.call("fd_write", &arguments) {
                OK => times += 1,
                errno => break errno,
            }
            assert!(times < 1000, "a pipe has no end");
        };
        assert_eq!(error, Errno::Again as u32);
        guest.does("fd_fdstat_set_flags", &[fifo.into(), 0]);
        let deadline = Duration::from_millis(50);
        guest
            .store
            .set_deadline(deadline)
            .expect("there is a clock");
        let error = guest.try_call("fd_write", &arguments);
        let error = error.expect_err("nobody reads");
        assert_eq!(error.kind(), wazir::ErrorKind::Trap, "{error:?}");
    });
}

#[test]
fn devices_are_read_and_written() {
    let turn = TURN.lock();
    for walk in [false, true] {
        inspect::walk_paths(walk);
        let mut builder = WasiCtxBuilder::new();
        builder
            .preopened_dir("/dev", "/dev", DirPerms::READ, FilePerms::all())
            .expect("Unix has it");
        let mut guest = Puppet::new(&mut builder);
        let null = open(&mut guest, "null", FD_READ | FD_WRITE, 0).expect("it is there");
        assert_eq!(guest.read(null), Ok(Vec::new()));
        assert_eq!(guest.write(null, b"gone"), Ok(4));
        guest.does("fd_fdstat_get", &[null.into(), SECOND.into()]);
        assert_eq!(guest.get(SECOND, 1), [2], "it is a character device");
        let zero = open(&mut guest, "zero", FD_READ, 0).expect("it is there");
        assert_eq!(guest.read(zero), Ok(vec![0; 4096]));
        #[cfg(target_os = "linux")]
        {
            let full = open(&mut guest, "full", FD_WRITE, 0).expect("it is there");
            assert_eq!(guest.write(full, b"x"), Err(Errno::Nospc as u32));
            // This is a link into /proc, which is out of the mount.
            let opened = open(&mut guest, "stdin", FD_READ, 0);
            assert_eq!(opened, Err(Errno::Perm as u32));
        }
    }
    inspect::walk_paths(false);
    drop(turn);
}
