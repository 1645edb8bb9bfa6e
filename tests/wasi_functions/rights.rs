//! Rights of descriptors, their numbers, and how many there may be.
//!
//! Input: descriptors with some rights. Output: what can be done with them.
//! Holds: rights become fewer, never more; nothing that a guest does with descriptors leaves one of the host's open.

use super::*;

const FD_SEEK: u64 = 1 << 2;
const FD_TELL: u64 = 1 << 5;
const PATH_CREATE_DIRECTORY: u64 = 1 << 9;
const PATH_OPEN: u64 = 1 << 13;

fn rights(guest: &mut Puppet, fd: u32) -> (u64, u64) {
    guest.does("fd_fdstat_get", &[fd.into(), SECOND.into()]);
    (guest.get_u64(SECOND + 8), guest.get_u64(SECOND + 16))
}

#[test]
fn nobody_gets_more_rights_than_the_directory_passes_on() {
    everywhere(|world| {
        let mut guest = world.guest();
        guest.make("file", b"content");
        let notcapable = Err(Errno::Notcapable as u32);
        let (_, inheriting) = rights(&mut guest, ROOT);
        let open = |rights, inheriting| Open {
            flags: 0,
            rights,
            inheriting,
            fd_flags: 0,
        };
        for bit in (0..64).filter(|bit| inheriting >> bit & 1 == 0) {
            let opened = guest.open_with(ROOT, "file", open(1 << bit, 0));
            assert_eq!(opened, notcapable, "bit {bit}");
            let opened = guest.open_with(ROOT, "file", open(FD_READ, 1 << bit));
            assert_eq!(opened, notcapable, "bit {bit}");
        }
        guest.make_directory("directory");
        let wish = open(PATH_OPEN | FD_READDIR, FD_READ | FD_SEEK);
        let directory = guest
            .open_with(ROOT, "directory", wish)
            .expect("it is there");
        assert_eq!(
            rights(&mut guest, directory),
            (wish.rights, wish.inheriting)
        );
        guest.make("directory/file", b"content");
        for wish in [FD_WRITE, FD_READ | FD_WRITE, FD_TELL] {
            let opened = guest.open(directory, "file", 0, wish, true);
            assert_eq!(opened, notcapable, "{wish}");
        }
        // Making, cutting and all that changes the directory are rights of its own.
        let made = guest.open(directory, "new", CREATE, FD_READ, true);
        assert_eq!(made, notcapable);
        let cut = guest.open(directory, "file", TRUNCATE, FD_READ, true);
        assert_eq!(cut, notcapable);
        let [path, length] = guest.path("new");
        let create = [directory.into(), path, length];
        guest.fails("path_create_directory", &create, Errno::Notcapable);
        guest.fails("path_unlink_file", &create, Errno::Notcapable);
        let file = guest.open(directory, "file", 0, FD_READ | FD_SEEK, true);
        let file = file.expect("it can be read");
        assert_eq!(rights(&mut guest, file), (FD_READ | FD_SEEK, 0));
        assert_eq!(guest.write(file, b"x"), Err(Errno::Notcapable as u32));
        for (name, arguments) in [
            ("fd_filestat_set_size", vec![0]),
            ("fd_allocate", vec![0, 1]),
            ("fd_filestat_get", vec![SECOND.into()]),
            ("fd_filestat_set_times", vec![0, 0, 5]),
            ("fd_sync", vec![]),
            ("fd_datasync", vec![]),
            ("fd_advise", vec![0, 0, 0]),
            ("fd_fdstat_set_flags", vec![0]),
            ("fd_tell", vec![SECOND.into()]),
        ] {
            let arguments = [vec![file.into()], arguments].concat();
            guest.fails(name, &arguments, Errno::Notcapable);
        }
        assert_eq!(guest.read(file), Ok(b"content".to_vec()));
    });
}

#[test]
fn rights_that_are_given_up_are_gone_for_all_that_comes_from_them() {
    everywhere(|world| {
        let mut guest = world.guest();
        guest.make("file", b"content");
        let root = u64::from(ROOT);
        let file = guest.file("file");
        let fd = u64::from(file);
        guest.does("fd_fdstat_set_rights", &[fd, FD_READ | FD_TELL, 0]);
        assert_eq!(guest.write(file, b"x"), Err(Errno::Notcapable as u32));
        let seek = [fd, 1, 0, SECOND.into()];
        guest.fails("fd_seek", &seek, Errno::Notcapable);
        // Where it is, is no seeking.
        guest.does("fd_seek", &[fd, 0, 1, SECOND.into()]);
        for more in [FD_READ | FD_WRITE, ALL, u64::MAX] {
            let arguments = [fd, more, 0];
            guest.fails("fd_fdstat_set_rights", &arguments, Errno::Notcapable);
        }
        assert_eq!(rights(&mut guest, file), (FD_READ | FD_TELL, 0));

        let (base, _) = rights(&mut guest, ROOT);
        guest.does(
            "fd_fdstat_set_rights",
            &[root, base & !PATH_CREATE_DIRECTORY, FD_READ | PATH_OPEN],
        );
        let created = guest.at("path_create_directory", "new");
        assert_eq!(created, Errno::Notcapable as u32);
        let notcapable = Err(Errno::Notcapable as u32);
        assert_eq!(
            guest.open(ROOT, "file", 0, FD_READ | FD_WRITE, true),
            notcapable
        );
        let open = Open {
            flags: DIRECTORY,
            rights: PATH_OPEN,
            inheriting: FD_READ,
            fd_flags: 0,
        };
        let below = guest.open_with(ROOT, ".", open).expect("it is there");
        assert_eq!(guest.open(below, "file", 0, FD_WRITE, true), notcapable);
        assert!(guest.open(below, "file", 0, FD_READ, true).is_ok());
        guest.does("fd_fdstat_set_rights", &[root, 0, 0]);
        assert_eq!(guest.open(ROOT, "file", 0, 0, true), notcapable);
        guest.fails(
            "fd_readdir",
            &[root, BUFFER.into(), 9, 0, SECOND.into()],
            Errno::Notcapable,
        );
        guest.fails("fd_fdstat_set_rights", &[root, 1, 0], Errno::Notcapable);
    });
}

#[test]
fn descriptors_change_their_numbers() {
    everywhere(|world| {
        let mut guest = world.guest();
        guest.make("file", b"content");
        guest.make("other", b"other");
        let (file, other) = (guest.file("file"), guest.file("other"));
        guest.does("fd_renumber", &[file.into(), file.into()]);
        assert_eq!(guest.read(file), Ok(b"content".to_vec()));
        guest.does("fd_renumber", &[file.into(), other.into()]);
        assert_eq!(guest.close(file), Errno::Badf as u32);
        assert_eq!(guest.position(other), 7, "the position comes with it");
        // The lowest number that is free is the next one.
        assert_eq!(guest.file("file"), file);
        guest.does("fd_prestat_get", &[ROOT.into(), SECOND.into()]);
        assert_eq!((guest.get_u32(SECOND), guest.get_u32(SECOND + 4)), (0, 1));
        guest.does("fd_renumber", &[other.into(), ROOT.into()]);
        let prestat = [ROOT.into(), SECOND.into()];
        guest.fails("fd_prestat_get", &prestat, Errno::Badf);
        guest.fails(
            "fd_prestat_dir_name",
            &[ROOT.into(), BUFFER.into(), 9],
            Errno::Badf,
        );
        assert_eq!(guest.position(ROOT), 7);
        let opened = guest.open(ROOT, "file", 0, FD_READ, true);
        assert_eq!(opened, Err(Errno::Notdir as u32));
        // Standard streams are descriptors as all others.
        guest.does("fd_renumber", &[ROOT.into(), 1]);
        assert_eq!(guest.write(1, b" written"), Ok(8));
        guest.does("fd_fdstat_get", &[1, SECOND.into()]);
        assert_eq!(guest.get(SECOND, 1), [4], "it is a file");
    });
}

#[test]
fn a_guest_has_only_so_many_descriptors() {
    everywhere(|world| {
        let mut guest = world.guest_with(WasiCtxBuilder::new().max_descriptors(6));
        for number in 4..6 {
            assert_eq!(guest.file("file"), number);
        }
        let mfile = Err(Errno::Mfile as u32);
        assert_eq!(guest.open(ROOT, "new", CREATE, FD_WRITE, true), mfile);
        assert_eq!(guest.open(ROOT, "file", TRUNCATE, FD_WRITE, true), mfile);
        guest.does("fd_renumber", &[4, 5]);
        assert_eq!(
            guest.open(ROOT, "new", 0, FD_READ, true),
            Err(Errno::Noent as u32)
        );
        assert_eq!(guest.file("file"), 4);
    });
}

/// How many descriptors of this process lead below a folder.
#[cfg(target_os = "linux")]
fn descriptors_below(folder: &std::path::Path) -> usize {
    let all = std::fs::read_dir("/proc/self/fd").expect("Linux has it");
    let targets = all.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
    targets.filter(|target| target.starts_with(folder)).count()
}

#[test]
fn what_is_closed_is_closed() {
    everywhere(|world| {
        let mut guest = world.guest();
        guest.make_directory("directory");
        guest.make("directory/file", b"content");
        #[cfg(target_os = "linux")]
        let folder = world.host.as_ref().map(|folder| {
            let path = folder.path().canonicalize().expect("it is there");
            (descriptors_below(&path), path)
        });
        for cycle in 0..5_000 {
            let file = guest.file("directory/file");
            let directory = guest.open(ROOT, "directory", DIRECTORY, FD_READDIR, true);
            assert_eq!((file, directory), (4, Ok(5)), "cycle {cycle}");
            assert!(
                guest
                    .open(ROOT, "directory/../nothing", 0, FD_READ, true)
                    .is_err()
            );
            assert!(
                guest
                    .open(ROOT, "directory/file/x", 0, FD_READ, true)
                    .is_err()
            );
            if cycle % 2 == 0 {
                guest.does("fd_renumber", &[4, 5]);
            } else {
                assert_eq!(guest.close(4), OK);
            }
            assert_eq!(guest.close(5), OK);
        }
        #[cfg(target_os = "linux")]
        if let Some((before, path)) = folder {
            assert_eq!(descriptors_below(&path), before);
            let file = guest.file("directory/file");
            assert_eq!(descriptors_below(&path), before + 1, "counting works");
            assert_eq!(guest.close(file), OK);
            drop(guest);
            // The test's own directory.
            assert_eq!(descriptors_below(&path), 1);
        }
    });
}
