//! What is done with open files.
//!
//! Input: offsets, sizes, flags and times. Output: contents and positions.
//! Holds: positions have 63 bits, and only reading, writing and seeking move them.

use std::any::Any;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use wazir::wasi::{DirectoryEntry, File, Metadata, OpenOptions, Opened};
use wazir::{InterruptHandle, Trap};

use super::*;

const START: u64 = 0;
const CURRENT: u64 = 1;
const END: u64 = 2;

/// Reads or writes at an offset with one buffer.
fn transfer_at(guest: &mut Puppet, name: &str, fd: u32, length: u32, offset: u64) -> u32 {
    guest.put_buffers(&[(BUFFER, length)]);
    let arguments = [fd.into(), RESULT.into(), 1, offset, SECOND.into()];
    guest.call(name, &arguments)
}

#[test]
fn positions_are_moved_by_seeking_and_by_nothing_that_has_an_offset() {
    everywhere(|world| {
        let mut guest = world.guest();
        let file = guest.file("file");
        assert_eq!(guest.write(file, b"0123456789"), Ok(10));
        assert_eq!(guest.position(file), 10);
        for (offset, whence, position) in [
            (4, START, 4),
            (3, CURRENT, 7),
            (-7, CURRENT, 0),
            (0, CURRENT, 0),
            (-1, END, 9),
            (5, END, 15),
            (i64::MAX, START, i64::MAX as u64),
            (0, CURRENT, i64::MAX as u64),
            (2, START, 2),
        ] {
            assert_eq!(guest.seek(file, offset, whence), Ok(position));
            assert_eq!(guest.position(file), position);
        }
        let inval = Err(Errno::Inval as u32);
        for (offset, whence) in [
            (-1, START),
            (-3, CURRENT),
            (-11, END),
            (i64::MIN, START),
            (i64::MIN, CURRENT),
            (i64::MIN, END),
            (i64::MAX, CURRENT),
            (i64::MAX, END),
        ] {
            assert_eq!(guest.seek(file, offset, whence), inval, "{offset} {whence}");
            assert_eq!(guest.position(file), 2);
        }
        assert_eq!(transfer_at(&mut guest, "fd_pread", file, 3, 5), OK);
        assert_eq!(
            (guest.get_u32(SECOND), guest.get(BUFFER, 3)),
            (3, b"567".to_vec())
        );
        guest.put(BUFFER, b"xyz");
        assert_eq!(transfer_at(&mut guest, "fd_pwrite", file, 3, 9), OK);
        assert_eq!(guest.position(file), 2);
        assert_eq!(guest.content("file"), b"012345678xyz");
        assert_eq!(guest.read(file), Ok(b"2345678xyz".to_vec()));
    });
}

#[test]
fn behind_the_end_nothing_is_read_and_writes_leave_zeros() {
    everywhere(|world| {
        let mut guest = world.guest();
        let file = guest.file("file");
        assert_eq!(guest.seek(file, 4, START), Ok(4));
        assert_eq!(guest.read(file), Ok(Vec::new()));
        // Writing nothing makes no file longer.
        assert_eq!(guest.write(file, b""), Ok(0));
        assert_eq!(guest.size(file), 0);
        assert_eq!(guest.write(file, b"end"), Ok(3));
        assert_eq!(guest.content("file"), b"\0\0\0\0end");
        assert_eq!(guest.seek(file, i64::MAX, START), Ok(i64::MAX as u64));
        // Where the last byte would be behind what a position can say, nothing can be.
        assert_eq!(guest.read(file), Err(Errno::Inval as u32));
        assert_eq!(transfer_at(&mut guest, "fd_pread", file, 9, 1 << 62), OK);
        assert_eq!(guest.get_u32(SECOND), 0);
        let written = guest.write(file, b"more").expect_err("no file is so large");
        let expected = [Errno::Fbig as u32, Errno::Inval as u32];
        assert!(expected.contains(&written), "{written}");
        for offset in [1 << 63, u64::MAX] {
            for name in ["fd_pread", "fd_pwrite"] {
                let result = transfer_at(&mut guest, name, file, 1, offset);
                assert_eq!(result, Errno::Inval as u32, "{name} {offset}");
            }
        }
        assert_eq!(guest.content("file"), b"\0\0\0\0end");
    });
}

#[test]
fn a_transfer_of_nothing_succeeds() {
    everywhere(|world| {
        let mut guest = world.guest_with(WasiCtxBuilder::new().stdin(wazir::wasi::Pipe::from("x")));
        guest.make("file", b"0123");
        let file = guest.file("file");
        let end = u64::from(MEMORY_BYTES);
        let result = u64::from(SECOND);
        guest.put_buffers(&[(MEMORY_BYTES, 0), (0, 0)]);
        for (name, fd) in [
            ("fd_read", file),
            ("fd_write", file),
            ("fd_read", 0),
            ("fd_write", 1),
        ] {
            for (buffers, count) in [(end, 0), (0, 0), (RESULT.into(), 2)] {
                guest.does(name, &[fd.into(), buffers, count, result]);
                assert_eq!(guest.get_u32(SECOND), 0, "{name} {fd}");
            }
        }
        guest.does("random_get", &[end, 0]);
        guest.fails("random_get", &[end + 1, 0], Errno::Fault);
        assert_eq!(guest.read(0), Ok(b"x".to_vec()));
        assert_eq!(guest.position(file), 0);
    });
}

/// Makes the guest's memory large.
fn grow(guest: &mut Puppet) {
    let grown = guest.memory.grow(&mut guest.store, 256);
    grown.expect("there is room");
}

/// Buffers of more bytes than are moved in one step, with ends that are no multiples of anything.
const LONG: [(u32, u32); 4] = [
    (0x10_0001, 3_000_001),
    (0x40_0000, 4_500_007),
    (0x90_0000, 0),
    (0x90_0003, 5_000_000),
];

#[test]
fn long_transfers_move_all_bytes_in_order() {
    everywhere(|world| {
        let mut guest = world.guest();
        grow(&mut guest);
        guest.make("file", b"");
        let file = guest.file("file");
        let total: u32 = LONG.iter().map(|(_, length)| length).sum();
        let bytes: Vec<u8> = (0..total).map(|index| (index % 251) as u8).collect();
        let mut rest = &bytes[..];
        for (start, length) in LONG {
            let (part, behind) = rest.split_at(length as usize);
            guest.put(start, part);
            rest = behind;
        }
        guest.put_buffers(&LONG);
        let arguments = [file.into(), RESULT.into(), LONG.len() as u64, SECOND.into()];
        guest.does("fd_write", &arguments);
        assert_eq!(guest.get_u32(SECOND), total);
        assert_eq!(guest.position(file), u64::from(total));
        for (start, length) in LONG {
            guest.put(start, &vec![0xFF; length as usize]);
        }
        guest.does("fd_seek", &[file.into(), 0, 0, SECOND.into()]);
        guest.does("fd_read", &arguments);
        assert_eq!(guest.get_u32(SECOND), total);
        let read: Vec<Vec<u8>> = LONG
            .iter()
            .map(|&(at, length)| guest.get(at, length))
            .collect();
        assert!(read.concat() == bytes);
        guest.does("fd_read", &arguments);
        assert_eq!(guest.get_u32(SECOND), 0, "the end");
    });
}

/// A file without end, which interrupts the guest that reads it.
#[derive(Clone, Default)]
struct Endless {
    guest: Arc<Mutex<Option<InterruptHandle>>>,
    reads: Arc<AtomicUsize>,
}

impl File for Endless {
    fn metadata(&self) -> Result<Metadata, Errno> {
        Err(Errno::Notsup)
    }

    fn read_at(&self, bytes: &mut [u8], _offset: u64) -> Result<usize, Errno> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        if let Some(guest) = &*self.guest.lock().expect("nobody panics") {
            guest.interrupt();
        }
        Ok(bytes.len())
    }
}

impl Directory for Endless {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn metadata(&self) -> Result<Metadata, Errno> {
        Err(Errno::Notsup)
    }

    fn open(&self, _path: &str, _options: &OpenOptions) -> Result<Opened, Errno> {
        Ok(Opened::File(Box::new(self.clone())))
    }

    fn metadata_at(&self, _path: &str, _follow: bool) -> Result<Metadata, Errno> {
        Err(Errno::Notsup)
    }

    fn read(
        &self,
        _start: u64,
        _visit: &mut dyn FnMut(DirectoryEntry<'_>) -> bool,
    ) -> Result<(), Errno> {
        Err(Errno::Notsup)
    }
}

#[test]
fn a_guest_that_moves_many_bytes_is_interrupted() {
    let endless = Endless::default();
    let world = World {
        directory: Arc::new(endless.clone()),
        host: None,
    };
    let mut guest = world.guest();
    grow(&mut guest);
    let file = guest.file("file");
    let handle = guest.store.interrupt_handle().expect("it is interruptable");
    *endless.guest.lock().expect("nobody panics") = Some(handle);
    guest.put_buffers(&[(0x10_0000, 12 << 20)]);
    let error = guest.try_call("fd_read", &[file.into(), RESULT.into(), 1, SECOND.into()]);
    let error = error.expect_err("it is interrupted");
    assert_eq!(error.trap(), Some(Trap::Interrupt), "{error:?}");
    assert_eq!(endless.reads.load(Ordering::Relaxed), 1);
}

#[test]
fn buffers_may_overlap_and_lie_where_they_are_described() {
    everywhere(|world| {
        let mut guest = world.guest();
        guest.make("file", b"0123456789");
        let file = guest.file("file");
        guest.put_buffers(&[(BUFFER, 4), (BUFFER + 2, 4), (BUFFER, 1)]);
        let arguments = [file.into(), RESULT.into(), 3, SECOND.into()];
        guest.does("fd_read", &arguments);
        assert_eq!(guest.get_u32(SECOND), 9);
        assert_eq!(guest.get(BUFFER, 6), b"814567");
        guest.put(BUFFER, b"abcd");
        guest.put_buffers(&[(BUFFER, 4), (BUFFER + 1, 2)]);
        guest.does(
            "fd_pwrite",
            &[file.into(), RESULT.into(), 2, 0, SECOND.into()],
        );
        assert_eq!(guest.content("file"), b"abcdbc6789");
        // Of buffers that the first one overwrites, whatever lies there then counts: an error, or a short read.
        guest.make("zeros", &[0xff; 64]);
        let zeros = guest.file("zeros");
        guest.put_buffers(&[(RESULT, 16), (BUFFER, 4)]);
        guest.does("fd_read", &[zeros.into(), RESULT.into(), 2, SECOND.into()]);
        assert_eq!(guest.get_u32(SECOND), 16);
        // The result goes where the bytes went.
        guest.put_buffers(&[(SECOND, 8)]);
        guest.does("fd_read", &[zeros.into(), RESULT.into(), 1, SECOND.into()]);
        assert_eq!(guest.get_u64(SECOND), 0xffff_ffff_0000_0008);
    });
}

#[test]
fn what_is_appended_goes_to_the_end() {
    everywhere(|world| {
        let mut guest = world.guest();
        guest.make("file", b"0123");
        let open = Open {
            flags: 0,
            rights: ALL,
            inheriting: 0,
            fd_flags: APPEND,
        };
        let file = guest.open_with(ROOT, "file", open).expect("it is there");
        let other = guest.file("file");
        assert_eq!(guest.position(file), 0);
        assert_eq!(guest.read(file), Ok(b"0123".to_vec()));
        assert_eq!(guest.seek(file, 1, START), Ok(1));
        assert_eq!(guest.write(file, b"ab"), Ok(2));
        assert_eq!(guest.position(file), 6);
        assert_eq!(guest.seek(other, 0, END), Ok(6));
        assert_eq!(guest.write(other, b"cd"), Ok(2));
        assert_eq!(guest.write(file, b"ef"), Ok(2));
        assert_eq!(guest.content("file"), b"0123abcdef");
        // An offset counts, as POSIX has it.
        guest.put(BUFFER, b"X");
        assert_eq!(transfer_at(&mut guest, "fd_pwrite", file, 1, 0), OK);
        assert_eq!(guest.content("file"), b"X123abcdef");
        guest.does("fd_fdstat_get", &[file.into(), SECOND.into()]);
        assert_eq!(guest.get(SECOND + 2, 2), [APPEND as u8, 0]);
        guest.does("fd_fdstat_set_flags", &[file.into(), 0]);
        assert_eq!(guest.seek(file, 1, START), Ok(1));
        assert_eq!(guest.write(file, b"Y"), Ok(1));
        guest.does("fd_fdstat_set_flags", &[other.into(), APPEND]);
        assert_eq!(guest.seek(other, 0, START), Ok(0));
        assert_eq!(guest.write(other, b"Z"), Ok(1));
        assert_eq!(guest.content("file"), b"XY23abcdefZ");
    });
}

#[test]
fn sizes_are_set_and_provided_for() {
    everywhere(|world| {
        let mut guest = world.guest();
        let file = guest.file("file");
        let fd = u64::from(file);
        assert_eq!(guest.write(file, b"0123456789"), Ok(10));
        guest.does("fd_filestat_set_size", &[fd, 4]);
        assert_eq!(guest.position(file), 10);
        guest.does("fd_filestat_set_size", &[fd, 6]);
        assert_eq!(guest.content("file"), b"0123\0\0");
        for size in [1 << 63, u64::MAX] {
            let result = guest.call("fd_filestat_set_size", &[fd, size]);
            let expected = [Errno::Fbig as u32, Errno::Inval as u32];
            assert!(expected.contains(&result), "{size}: {result}");
        }
        guest.does("fd_allocate", &[fd, 0, 3]);
        assert_eq!(guest.size(file), 6, "nothing is cut off");
        guest.does("fd_allocate", &[fd, 4, 4]);
        assert_eq!(guest.content("file"), b"0123\0\0\0\0");
        guest.fails("fd_allocate", &[fd, 0, 0], Errno::Inval);
        guest.fails("fd_allocate", &[fd, u64::MAX, 1], Errno::Fbig);
        for (offset, length) in [(i64::MAX as u64, 1), (1 << 63, 1), (1, u64::MAX - 1)] {
            let result = guest.call("fd_allocate", &[fd, offset, length]);
            let expected = [Errno::Fbig as u32, Errno::Inval as u32];
            assert!(expected.contains(&result), "{offset}, {length}: {result}");
        }
        for advice in 0..=5 {
            guest.does("fd_advise", &[fd, 0, 0, advice]);
            guest.does("fd_advise", &[fd, 5, u64::MAX - 5, advice]);
        }
        guest.fails("fd_advise", &[fd, 1, u64::MAX, 0], Errno::Inval);
        guest.does("fd_sync", &[fd]);
        guest.does("fd_datasync", &[fd]);
        guest.does("fd_sync", &[ROOT.into()]);
        assert_eq!(guest.size(file), 8);
    });
}

#[test]
fn directories_and_streams_are_no_files() {
    everywhere(|world| {
        let mut guest = world.guest();
        guest.make_directory("directory");
        let open = Open {
            flags: DIRECTORY,
            rights: FD_READ | FD_READDIR | ALL & !FD_WRITE,
            inheriting: ALL,
            fd_flags: 0,
        };
        let directory = guest
            .open_with(ROOT, "directory", open)
            .expect("it is there");
        for fd in [ROOT, directory] {
            assert_eq!(guest.read(fd), Err(Errno::Isdir as u32));
            assert_eq!(guest.write(fd, b"x"), Err(Errno::Isdir as u32));
            for name in ["fd_pread", "fd_pwrite"] {
                let result = transfer_at(&mut guest, name, fd, 1, 0);
                assert_eq!(result, Errno::Isdir as u32, "{name}");
            }
            let fd = u64::from(fd);
            guest.fails("fd_seek", &[fd, 0, 0, SECOND.into()], Errno::Badf);
            guest.fails("fd_tell", &[fd, SECOND.into()], Errno::Badf);
            guest.fails("fd_filestat_set_size", &[fd, 0], Errno::Isdir);
            guest.fails("fd_allocate", &[fd, 0, 1], Errno::Isdir);
        }
        for fd in 0..3 {
            guest.fails("fd_seek", &[fd, 0, 0, SECOND.into()], Errno::Spipe);
            guest.fails("fd_tell", &[fd, SECOND.into()], Errno::Spipe);
            guest.fails("fd_filestat_set_size", &[fd, 0], Errno::Inval);
            guest.fails("fd_allocate", &[fd, 0, 1], Errno::Spipe);
            guest.fails("fd_advise", &[fd, 0, 1, 0], Errno::Spipe);
            guest.fails("fd_sync", &[fd], Errno::Inval);
            let result = transfer_at(&mut guest, "fd_pread", fd as u32, 1, 0);
            assert_eq!(result, Errno::Spipe as u32);
            guest.fails("sock_shutdown", &[fd, 3], Errno::Notsock);
        }
        assert_eq!(guest.write(0, b"x"), Err(Errno::Badf as u32));
        assert_eq!(guest.read(1), Err(Errno::Badf as u32));
        // Writing is asked for, which no directory can be opened for.
        for (flags, fd_flags) in [(0, 0), (0, APPEND), (TRUNCATE, 0), (CREATE, 0)] {
            let open = Open {
                flags,
                rights: FD_READ | FD_WRITE,
                inheriting: 0,
                fd_flags,
            };
            let opened = guest.open_with(ROOT, "directory", open);
            assert_eq!(opened, Err(Errno::Isdir as u32), "{flags} {fd_flags}");
        }
    });
}

#[test]
fn times_are_set_by_path_and_by_descriptor_however_far_away() {
    everywhere(|world| {
        let mut guest = world.guest();
        let file = guest.file("file");
        let (root, result) = (u64::from(ROOT), u64::from(SECOND));
        for (accessed, modified) in [(1_000_000_001, 2_000_000_002), (0, 0), (0, 1)] {
            guest.does(
                "fd_filestat_set_times",
                &[file.into(), accessed, modified, 0b101],
            );
            guest.does("fd_filestat_get", &[file.into(), result]);
            let times = (guest.get_u64(SECOND + 40), guest.get_u64(SECOND + 48));
            assert_eq!(times, (accessed, modified));
            let [path, length] = guest.path("file");
            // Of the two, one stays.
            guest.does(
                "path_filestat_set_times",
                &[root, 0, path, length, 5, 77, 0b100],
            );
            guest.does("path_filestat_get", &[root, 0, path, length, result]);
            let times = (guest.get_u64(SECOND + 40), guest.get_u64(SECOND + 48));
            assert_eq!(times, (accessed, 77));
        }
        for far in [1 << 62, i64::MAX as u64, 1 << 63, u64::MAX] {
            // What a file system cannot hold becomes the furthest that it can.
            guest.does("fd_filestat_set_times", &[file.into(), far, far, 0b101]);
            guest.does("fd_filestat_get", &[file.into(), result]);
            assert!(guest.get_u64(SECOND + 48) > 1 << 60, "{far}");
            guest.does("fd_filestat_set_times", &[root, far, far, 0b101]);
        }
        guest.does("fd_filestat_set_times", &[file.into(), 0, 0, 0b1010]);
        guest.does("fd_filestat_get", &[file.into(), result]);
        let (accessed, modified) = (guest.get_u64(SECOND + 40), guest.get_u64(SECOND + 48));
        let now = SystemTime::UNIX_EPOCH.elapsed().expect("it is after 1970");
        for time in [accessed, modified] {
            let difference = now.abs_diff(Duration::from_nanos(time));
            assert!(difference < Duration::from_secs(600), "{time}");
        }
        guest.fails("fd_filestat_set_times", &[0, 0, 0, 0b101], Errno::Notsup);
    });
}

#[test]
fn times_before_1970_are_0() {
    everywhere(|world| {
        let Some(folder) = &world.host else {
            return;
        };
        let mut guest = world.guest();
        let file = guest.file("file");
        let host = std::fs::File::options()
            .write(true)
            .open(folder.path().join("file"));
        let before = SystemTime::UNIX_EPOCH - Duration::from_millis(86_400_500);
        let set = host.and_then(|file| file.set_modified(before));
        set.expect("the time can be set");
        guest.does("fd_filestat_get", &[file.into(), SECOND.into()]);
        assert_eq!(guest.get_u64(SECOND + 48), 0);
    });
}

#[test]
fn files_are_made_or_not_and_cut_as_they_are_opened() {
    everywhere(|world| {
        let mut guest = world.guest();
        let open = |guest: &mut Puppet, path: &str, flags, rights| {
            let opened = guest.open(ROOT, path, flags, rights, false);
            opened.inspect(|&fd| assert_eq!(guest.close(fd), OK))
        };
        let noent = Err(Errno::Noent as u32);
        assert_eq!(open(&mut guest, "file", 0, FD_READ), noent);
        assert_eq!(open(&mut guest, "file", TRUNCATE, FD_WRITE), noent);
        assert_eq!(open(&mut guest, "file", EXCLUSIVE, FD_WRITE), noent);
        assert_eq!(open(&mut guest, "no/file", CREATE, FD_WRITE), noent);
        assert_eq!(
            open(&mut guest, "file", CREATE | EXCLUSIVE, FD_WRITE),
            Ok(4)
        );
        let exist = Err(Errno::Exist as u32);
        assert_eq!(
            open(&mut guest, "file", CREATE | EXCLUSIVE, FD_WRITE),
            exist
        );
        guest.make("file", b"0123");
        assert_eq!(open(&mut guest, "file", CREATE, FD_WRITE), Ok(4));
        assert_eq!(guest.content("file"), b"0123");
        assert_eq!(open(&mut guest, "file", CREATE | TRUNCATE, FD_WRITE), Ok(4));
        assert_eq!(guest.content("file"), b"");
        // A link to nowhere is something.
        let root = u64::from(ROOT);
        let [target, length] = guest.path("nowhere");
        let [link, link_length] = guest.second_path("link");
        guest.does("path_symlink", &[target, length, root, link, link_length]);
        assert_eq!(
            open(&mut guest, "link", CREATE | EXCLUSIVE, FD_WRITE),
            exist
        );
        let links = Err(Errno::Loop as u32);
        assert_eq!(open(&mut guest, "link", 0, FD_READ), links);
        assert_eq!(open(&mut guest, "link", CREATE, FD_WRITE), links);
    });
}
