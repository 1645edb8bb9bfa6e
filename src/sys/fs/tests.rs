//! Every operation on directories and files, and every way out of a directory, on each system that has them.
//!
//! Input: directories of the system that are made for a test. Output: none.
//! Holds: on Linux each test runs twice, with the kernel resolving paths and with paths that are walked. What needs
//! symbolic links is left out where the system does not let the test make them, and says so.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use std::fs;
use std::path::Path;

use super::*;
use crate::sys::errno::Errno;

const READ: OpenOptions = OpenOptions {
    read: true,
    write: false,
    append: false,
    create: false,
    exclusive: false,
    truncate: false,
    directory: false,
    follow: true,
    data_sync: false,
    sync: false,
};
const WRITE: OpenOptions = OpenOptions {
    write: true,
    ..READ
};
const MAKE: OpenOptions = OpenOptions {
    create: true,
    ..WRITE
};
const MAKE_NEW: OpenOptions = OpenOptions {
    exclusive: true,
    ..MAKE
};
const DIRECTORY: OpenOptions = OpenOptions {
    directory: true,
    ..READ
};
const NO_FOLLOW: OpenOptions = OpenOptions {
    follow: false,
    ..READ
};

/// Runs a test with an empty directory, `inside`, and what lies outside of it: the file `secret` and the directory
/// `outside`, in which the file `kept` is. Afterwards those are as they were.
fn with_directory(test: impl Fn(&Directory, &Path)) {
    static ONE_BY_ONE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _lock = ONE_BY_ONE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    for walk in [false, true] {
        walk_always(walk);
        let scratch = tempfile::tempdir().unwrap();
        let inside = scratch.path().join("inside");
        fs::create_dir(&inside).unwrap();
        fs::write(scratch.path().join("secret"), "secret").unwrap();
        fs::create_dir(scratch.path().join("outside")).unwrap();
        fs::write(scratch.path().join("outside/kept"), "kept").unwrap();
        test(&Directory::open_of_host(&inside).unwrap(), &inside);
        assert_eq!(fs::read(scratch.path().join("secret")).unwrap(), b"secret");
        assert_eq!(
            fs::read(scratch.path().join("outside/kept")).unwrap(),
            b"kept"
        );
        assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 3);
        assert_eq!(
            fs::read_dir(scratch.path().join("outside"))
                .unwrap()
                .count(),
            1
        );
        walk_always(false);
    }
}

fn file(directory: &Directory, path: &str, options: &OpenOptions) -> Result<File, Errno> {
    match directory.open(path, options)? {
        Opened::File(file) => Ok(file),
        _ => panic!("{path} is no file"),
    }
}

fn directory(directory: &Directory, path: &str) -> Result<Directory, Errno> {
    match directory.open(path, &DIRECTORY)? {
        Opened::Directory(directory) => Ok(directory),
        _ => panic!("{path} is no directory"),
    }
}

fn write(directory: &Directory, path: &str, content: &str) {
    let file = file(directory, path, &MAKE).unwrap();
    assert_eq!(file.write_at(content.as_bytes(), 0), Ok(content.len()));
}

fn content(file: &File) -> String {
    let mut bytes = [0; 100];
    let count = file.read_at(&mut bytes, 0).unwrap();
    String::from_utf8(bytes[..count].to_vec()).unwrap()
}

fn read(directory: &Directory, path: &str) -> Result<String, Errno> {
    Ok(content(&file(directory, path, &READ)?))
}

fn entries(directory: &Directory) -> BTreeMap<String, FileType> {
    let mut entries = BTreeMap::new();
    let visit = &mut |entry: DirectoryEntry<'_>| {
        let before = entries.insert(entry.name.to_string(), entry.file_type);
        assert_eq!(before, None, "an entry comes once");
        true
    };
    directory.read(0, visit).unwrap();
    for own in [".", ".."] {
        assert_eq!(entries.remove(own), Some(FileType::Directory));
    }
    entries
}

fn error<T>(result: Result<T, Errno>) -> Option<Errno> {
    result.err()
}

/// Makes a symbolic link. Tells whether the system permits that.
fn link(directory: &Directory, target: &str, path: &str) -> bool {
    match directory.symlink(target, path) {
        Err(error @ (Errno::Perm | Errno::Notsup)) if cfg!(windows) => {
            std::println!("{path} cannot be made a symbolic link: {error}");
            false
        }
        result => {
            assert_eq!(result, Ok(()));
            true
        }
    }
}

/// Whether the name of an open file is free as soon as it is removed: not before Windows 10, and not in Wine.
fn names_go_at_once(inside: &Path) -> bool {
    let path = inside.join("open");
    fs::write(&path, "").unwrap();
    let open = fs::File::open(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let goes = fs::File::create_new(&path).is_ok();
    drop(open);
    _ = fs::remove_file(&path);
    assert!(goes || cfg!(windows));
    if !goes {
        std::println!("the system keeps names of open files");
    }
    goes
}

#[test]
fn files_are_made_written_and_read() {
    with_directory(|root, _| {
        assert_eq!(error(file(root, "a", &READ)), Some(Errno::Noent));
        write(root, "a", "hello");
        assert_eq!(error(file(root, "a", &MAKE_NEW)), Some(Errno::Exist));
        assert_eq!(read(root, "a").unwrap(), "hello");
        let open = file(root, "./a", &WRITE).unwrap();
        assert_eq!(open.write_at(b"!", 7), Ok(1));
        assert_eq!(content(&open), "hello\0\0!");
        assert_eq!(open.append(b"end"), Ok((3, 11)));
        assert_eq!(open.write_at(b"H", 0), Ok(1));
        assert_eq!(open.append(b"."), Ok((1, 12)));
        assert_eq!(content(&open), "Hello\0\0!end.");
        assert_eq!(open.set_size(5), Ok(()));
        assert_eq!(open.allocate(2, 5), Ok(()));
        assert_eq!(open.allocate(0, 1), Ok(()));
        assert_eq!(error(open.allocate(u64::MAX, 1)), Some(Errno::Fbig));
        assert_eq!(content(&open), "Hello\0\0");
        assert_eq!((open.sync(true), open.sync(false)), (Ok(()), Ok(())));
        assert!(
            open.write_at(b"x", u64::MAX).is_err() && open.read_at(&mut [0], u64::MAX).is_err()
        );
        assert_eq!(open.read_at(&mut [0; 5], 100), Ok(0));
        let emptied = OpenOptions {
            truncate: true,
            ..WRITE
        };
        assert_eq!(content(&file(root, "a", &emptied).unwrap()), "");
        let appends = OpenOptions {
            append: true,
            data_sync: true,
            ..MAKE
        };
        let appended = file(root, "b", &appends).unwrap();
        assert_eq!(
            (appended.append(b"1"), appended.append(b"2")),
            (Ok((1, 1)), Ok((1, 2)))
        );
        assert_eq!(read(root, "b").unwrap(), "12");
        let read_only = file(root, "b", &READ).unwrap();
        assert!(read_only.write_at(b"x", 0).is_err() && read_only.set_size(0).is_err());
        assert_eq!(read_only.sync(false), Ok(()));
    });
}

#[test]
fn directories_are_made_listed_and_removed() {
    with_directory(|root, _| {
        assert_eq!(root.create_directory("d"), Ok(()));
        assert_eq!(root.create_directory("d/e/"), Ok(()));
        for path in ["d", "d/.", "d/e/..", "."] {
            assert_eq!(
                error(root.create_directory(path)),
                Some(Errno::Exist),
                "{path}"
            );
        }
        write(root, "d/日本", "x");
        let below = directory(root, "d").unwrap();
        let expected = [("e", FileType::Directory), ("日本", FileType::RegularFile)];
        assert_eq!(
            entries(&below),
            expected.map(|(name, kind)| (name.to_string(), kind)).into()
        );
        assert_eq!(entries(&directory(&below, ".").unwrap()).len(), 2);
        assert_eq!(entries(&directory(root, "d/e/./../").unwrap()).len(), 2);
        assert_eq!(error(root.remove_directory("d")), Some(Errno::Notempty));
        assert_eq!(error(root.remove_directory("d/日本")), Some(Errno::Notdir));
        assert_eq!(error(root.unlink("d/e")), Some(Errno::Isdir));
        assert_eq!(error(root.unlink("d/日本/")), Some(Errno::Notdir));
        assert_eq!(below.unlink("日本"), Ok(()));
        assert_eq!(below.remove_directory("e"), Ok(()));
        drop(below);
        assert_eq!(root.remove_directory("d/"), Ok(()));
        assert_eq!(error(root.remove_directory("d")), Some(Errno::Noent));
        assert_eq!(error(root.remove_directory(".")), Some(Errno::Inval));
        assert_eq!(entries(root).len(), 0);
        assert_eq!(root.sync(), Ok(()));
    });
}

#[test]
fn a_listing_goes_on_where_it_ended_also_when_entries_go() {
    const COUNT: usize = 300;
    with_directory(|root, inside| {
        for index in 0..COUNT {
            fs::write(inside.join(index.to_string()), "").unwrap();
        }
        let mut next = 0;
        let mut all = Vec::new();
        loop {
            let mut some = Vec::new();
            let before = next;
            let visit = &mut |entry: DirectoryEntry<'_>| {
                // As if there were room for seven entries and a part of another.
                if some.len() == 7 {
                    return false;
                }
                some.push(entry.name.to_string());
                next = entry.next;
                true
            };
            root.read(before, visit).unwrap();
            if some.is_empty() {
                break;
            }
            for name in some.iter().filter(|name| !name.starts_with('.')) {
                // Those that are removed must not let others be passed over.
                root.unlink(name).unwrap();
                all.push(name.clone());
            }
        }
        all.sort();
        all.dedup();
        assert_eq!(all.len(), COUNT);
        root.read(next, &mut |_| panic!("nothing is behind the end"))
            .unwrap();
    });
}

#[test]
fn what_is_no_directory_is_not_walked_through() {
    with_directory(|root, _| {
        write(root, "a", "");
        root.create_directory("d").unwrap();
        for path in ["a/", "a/b", "a/.", "a/.."] {
            assert_eq!(
                error(root.metadata_at(path, true)),
                Some(Errno::Notdir),
                "{path}"
            );
            assert_eq!(error(root.open(path, &READ)), Some(Errno::Notdir), "{path}");
        }
        assert_eq!(error(root.open("a", &DIRECTORY)), Some(Errno::Notdir));
        assert_eq!(error(root.open("new/", &MAKE)), Some(Errno::Isdir));
        for options in [WRITE, MAKE] {
            assert_eq!(error(root.open("d", &options)), Some(Errno::Isdir));
        }
        for path in ["", "no/../a", "no/b", "no"] {
            assert_eq!(
                error(root.metadata_at(path, false)),
                Some(Errno::Noent),
                "{path:?}"
            );
        }
        assert!(matches!(root.open("d", &READ), Ok(Opened::Directory(_))));
    });
}

#[test]
fn names_move_and_replace_what_may_be_replaced() {
    with_directory(|root, inside| {
        write(root, "a", "1");
        write(root, "b", "2");
        assert_eq!(root.rename("a", root, "b"), Ok(()));
        assert_eq!(read(root, "b").unwrap(), "1");
        assert_eq!(root.rename("b", root, "./b"), Ok(()));
        assert_eq!(error(root.rename("a", root, "b")), Some(Errno::Noent));
        for name in ["d", "e", "full"] {
            root.create_directory(name).unwrap();
        }
        write(root, "full/x", "x");
        assert_eq!(root.rename("d", root, "e/"), Ok(()));
        assert_eq!(error(root.metadata_at("d", true)), Some(Errno::Noent));
        assert_eq!(error(root.rename("e", root, "full")), Some(Errno::Notempty));
        assert_eq!(error(root.rename("b", root, "e")), Some(Errno::Isdir));
        assert_eq!(error(root.rename("e", root, "b")), Some(Errno::Notdir));
        assert_eq!(error(root.rename("b", root, "c/")), Some(Errno::Notdir));
        assert_eq!(error(root.rename(".", root, "c")), Some(Errno::Busy));
        let below = directory(root, "full").unwrap();
        assert_eq!(root.rename("b", &below, "b"), Ok(()));
        assert_eq!(below.rename("x", root, "e/x"), Ok(()));
        assert_eq!(
            (read(root, "full/b").unwrap(), read(root, "e/x").unwrap()),
            ("1".into(), "x".into())
        );
        assert!(error(root.rename("e", root, "e/f")).is_some());
        root.create_directory("e/g").unwrap();
        assert!(error(root.rename("e", root, "e/g")).is_some());
        assert!(directory(root, "e/g").is_ok(), "what is not replaced stays");
        let open = file(root, "e/x", &WRITE).unwrap();
        if names_go_at_once(inside) {
            let result = below.rename("b", root, "e/x");
            assert_eq!(result, Ok(()), "also what is open is replaced");
        }
        assert_eq!(content(&open), "x");
    });
}

#[test]
fn a_file_can_have_two_names() {
    with_directory(|root, _| {
        write(root, "a", "1");
        root.create_directory("d").unwrap();
        assert_eq!(root.link("a", &directory(root, "d").unwrap(), "b"), Ok(()));
        write(root, "a", "2");
        assert_eq!(read(root, "d/b").unwrap(), "2");
        let (one, other) = (
            root.metadata_at("a", true).unwrap(),
            root.metadata_at("d/b", true).unwrap(),
        );
        assert_eq!(
            (one.links, one.inode, one.device),
            (2, other.inode, other.device)
        );
        assert_eq!(
            root.rename("a", root, "d/b"),
            Ok(()),
            "one file stays where it is"
        );
        assert_eq!(root.metadata_at("a", true).unwrap().links, 2);
        assert_eq!(error(root.link("a", root, "d/b")), Some(Errno::Exist));
        assert_eq!(error(root.link("d", root, "e")), Some(Errno::Perm));
        assert_eq!(error(root.link("a/", root, "e")), Some(Errno::Notdir));
        assert_eq!(error(root.link("a", root, "e/")), Some(Errno::Noent));
        assert_eq!(error(root.link("no", root, "e")), Some(Errno::Noent));
        assert_eq!(root.unlink("a"), Ok(()));
        assert_eq!(read(root, "d/b").unwrap(), "2");
    });
}

#[test]
fn what_is_open_can_be_removed_and_its_name_used_again() {
    with_directory(|root, inside| {
        write(root, "a", "old");
        let open = file(root, "a", &READ).unwrap();
        assert_eq!(root.unlink("a"), Ok(()));
        assert_eq!(content(&open), "old");
        if names_go_at_once(inside) {
            assert_eq!(error(root.metadata_at("a", true)), Some(Errno::Noent));
            write(root, "a", "new");
            assert_eq!(content(&open), "old");
        }
        drop(open);
        write(root, "b", "old");
        let open = file(root, "b", &WRITE).unwrap();
        assert_eq!(root.unlink("b"), Ok(()));
        let times = SetTimes {
            accessed: SetTime::Keep,
            modified: SetTime::At(1_000_000_000),
        };
        assert_eq!(open.set_times(times), Ok(()));
        assert_eq!(open.metadata().unwrap().modified, 1_000_000_000);
    });
}

#[test]
fn metadata_and_times_are_told_and_set() {
    with_directory(|root, _| {
        write(root, "a", "hello");
        root.create_directory("d").unwrap();
        let metadata = root.metadata_at("a", true).unwrap();
        assert_eq!(
            (metadata.file_type, metadata.size, metadata.links),
            (FileType::RegularFile, 5, 1)
        );
        let open = file(root, "a", &READ).unwrap();
        assert_eq!(open.metadata().unwrap().inode, metadata.inode);
        assert_eq!(
            root.metadata_at("d", true).unwrap().file_type,
            FileType::Directory
        );
        assert_eq!(root.metadata_at(".", true), root.metadata());
        let now = crate::sys::clock::wall().unwrap().as_nanos() as u64;
        assert!(metadata.modified.abs_diff(now) < 3_600_000_000_000);

        const TIME: u64 = 1_234_567_890_123_456_700;
        let times = SetTimes {
            accessed: SetTime::Keep,
            modified: SetTime::At(TIME),
        };
        assert_eq!(root.set_times_at("a", true, times), Ok(()));
        assert_eq!(open.metadata().unwrap().modified, TIME);
        let times = SetTimes {
            accessed: SetTime::At(0),
            modified: SetTime::Keep,
        };
        assert_eq!(open.set_times(times), Ok(()));
        let metadata = open.metadata().unwrap();
        assert_eq!((metadata.accessed, metadata.modified), (0, TIME));
        let times = SetTimes {
            accessed: SetTime::Keep,
            modified: SetTime::Now,
        };
        assert_eq!(directory(root, "d").unwrap().set_times(times), Ok(()));
        assert_eq!(root.set_times_at("d/.", false, times), Ok(()));
        assert!(root.metadata_at("d/", true).unwrap().modified.abs_diff(now) < 3_600_000_000_000);
        assert_eq!(
            error(root.set_times_at("no", true, times)),
            Some(Errno::Noent)
        );
        assert_eq!(
            error(root.set_times_at("a/", true, times)),
            Some(Errno::Notdir)
        );
    });
}

/// Every operation, with a path that leads out.
fn refuse(root: &Directory, path: &str, expected: Errno) {
    let checks = [
        ("open", error(root.open(path, &READ))),
        ("make", error(root.open(path, &MAKE))),
        (
            "truncate",
            error(root.open(
                path,
                &OpenOptions {
                    truncate: true,
                    ..WRITE
                },
            )),
        ),
        ("open directory", error(root.open(path, &DIRECTORY))),
        ("open link", error(root.open(path, &NO_FOLLOW))),
        ("metadata", error(root.metadata_at(path, true))),
        ("metadata of link", error(root.metadata_at(path, false))),
        (
            "times",
            error(root.set_times_at(
                path,
                true,
                SetTimes {
                    accessed: SetTime::Now,
                    ..Default::default()
                },
            )),
        ),
        ("read link", error(root.read_link(path))),
        ("create directory", error(root.create_directory(path))),
        ("remove directory", error(root.remove_directory(path))),
        ("unlink", error(root.unlink(path))),
        ("rename", error(root.rename(path, root, "taken"))),
        ("rename to", error(root.rename("mine", root, path))),
        ("link", error(root.link(path, root, "taken"))),
        ("link to", error(root.link("mine", root, path))),
        ("symlink", error(root.symlink("mine", path))),
    ];
    for (operation, error) in checks {
        // That a file is to be made with the name of a directory may be found out first.
        let is_refused = error == Some(expected)
            || operation == "make" && path.ends_with('/') && error == Some(Errno::Isdir);
        assert!(is_refused, "{operation} {path:?}: {error:?}");
    }
}

#[test]
fn no_path_leads_out() {
    with_directory(|root, inside| {
        write(root, "mine", "mine");
        root.create_directory("d").unwrap();
        let absolute = inside.join("mine");
        for path in [
            "..",
            "../",
            "../secret",
            "../outside/kept",
            "../inside/mine",
            "d/../../secret",
            "d/../..",
            "./../secret",
            "d//../../inside/mine",
            "/",
            "/mine",
            "//mine",
        ] {
            refuse(root, path, Errno::Perm);
        }
        for path in ["\0", "mine\0", "d/\0/../../mine"] {
            refuse(root, path, Errno::Ilseq);
        }
        if let Some(path) = absolute.to_str().filter(|path| path.starts_with('/')) {
            refuse(root, path, Errno::Perm);
        }
        assert_eq!(read(root, "d/../mine").unwrap(), "mine");
        assert_eq!(entries(root).len(), 2);
    });
}

#[test]
fn no_symbolic_link_leads_out() {
    with_directory(|root, _| {
        write(root, "mine", "mine");
        root.create_directory("d").unwrap();
        for target in ["/", "/etc/passwd"] {
            assert_eq!(
                error(root.symlink(target, "l")),
                Some(Errno::Perm),
                "{target}"
            );
        }
        if !link(root, "../outside", "out") {
            return;
        }
        assert!(link(root, "../secret", "stolen") && link(root, "../../outside", "d/out"));
        assert!(
            link(root, "..", "up") && link(root, "../new", "new") && link(root, "up/secret", "far")
        );
        for path in [
            "out/kept",
            "d/out/kept",
            "up/secret",
            "out/",
            "up/.",
            "out/.",
            "d/../out/kept",
        ] {
            let is_end = path.ends_with('/') || path.ends_with('.');
            for (operation, result) in [
                ("open", error(root.open(path, &READ))),
                ("no follow", error(root.open(path, &NO_FOLLOW))),
                ("metadata", error(root.metadata_at(path, false))),
                (
                    "times",
                    error(root.set_times_at(path, true, SetTimes::default())),
                ),
            ] {
                assert_eq!(result, Some(Errno::Perm), "{operation} {path}");
            }
            if !is_end {
                refuse(root, path, Errno::Perm);
            }
        }
        for path in ["stolen", "far", "out", "up", "new", "d/out"] {
            assert_eq!(error(root.open(path, &READ)), Some(Errno::Perm), "{path}");
            assert_eq!(error(root.open(path, &MAKE)), Some(Errno::Perm), "{path}");
            assert_eq!(
                error(root.open(path, &DIRECTORY)),
                Some(Errno::Perm),
                "{path}"
            );
            assert_eq!(
                error(root.open(path, &NO_FOLLOW)),
                Some(Errno::Loop),
                "{path}"
            );
            assert_eq!(
                error(root.open(path, &MAKE_NEW)),
                Some(Errno::Exist),
                "{path}"
            );
            assert_eq!(
                error(root.metadata_at(path, true)),
                Some(Errno::Perm),
                "{path}"
            );
            assert_eq!(
                error(root.set_times_at(path, true, SetTimes::default())),
                Some(Errno::Perm),
                "{path}"
            );
            assert_eq!(
                root.metadata_at(path, false).unwrap().file_type,
                FileType::SymbolicLink
            );
            assert_eq!(
                error(root.remove_directory(path)),
                Some(Errno::Notdir),
                "{path}"
            );
            // The link itself is inside.
            assert_eq!(root.rename(path, root, "moved"), Ok(()), "{path}");
            assert_eq!(root.unlink("moved"), Ok(()), "{path}");
        }
        assert_eq!(entries(root).len(), 2);
    });
}

#[test]
fn symbolic_links_inside_are_followed() {
    with_directory(|root, _| {
        root.create_directory("d").unwrap();
        write(root, "d/a", "hello");
        if !link(root, "d/a", "l") {
            return;
        }
        assert!(
            link(root, "d", "dl") && link(root, "../l", "d/back") && link(root, "loop", "loop")
        );
        assert!(link(root, "no", "dangling"));
        for path in ["l", "dl/a", "d/back", "dl/back", "dl/../l", "dl/../dl/a"] {
            assert_eq!(read(root, path).unwrap(), "hello", "{path}");
            assert_eq!(root.metadata_at(path, true).unwrap().size, 5, "{path}");
        }
        for (path, target) in [("l", "d/a"), ("d/back", "../l"), ("loop", "loop")] {
            assert_eq!(root.read_link(path).unwrap(), target);
            assert_eq!(
                root.metadata_at(path, false).unwrap().size,
                target.len() as u64
            );
            assert_eq!(error(root.open(path, &NO_FOLLOW)), Some(Errno::Loop));
        }
        assert_eq!(error(root.read_link("d/a")), Some(Errno::Inval));
        assert_eq!(error(root.metadata_at("loop", true)), Some(Errno::Loop));
        assert_eq!(error(root.open("loop", &READ)), Some(Errno::Loop));
        assert_eq!(error(root.metadata_at("loop/x", true)), Some(Errno::Loop));
        assert_eq!(error(root.metadata_at("l/", false)), Some(Errno::Notdir));
        assert_eq!(
            root.metadata_at("dl/", false).unwrap().file_type,
            FileType::Directory
        );
        assert_eq!(
            root.metadata_at("dl", false).unwrap().file_type,
            FileType::SymbolicLink
        );
        assert_eq!(entries(&directory(root, "dl").unwrap()).len(), 2);
        assert_eq!(entries(root)["dl"], FileType::SymbolicLink);
        assert_eq!(error(root.symlink("x", "l")), Some(Errno::Exist));
        assert_eq!(error(root.symlink("x", "new/")), Some(Errno::Noent));
        assert_eq!(error(root.unlink("dl/")), Some(Errno::Notdir));
        assert_eq!(error(root.open("dangling", &READ)), Some(Errno::Noent));
        write(root, "dangling", "made");
        assert_eq!(read(root, "no").unwrap(), "made");
        assert_eq!(root.link("l", root, "l2"), Ok(()));
        assert_eq!(root.read_link("l2").unwrap(), "d/a");
    });
}

#[test]
fn all_links_on_a_path_count_together() {
    const HALF: usize = path::MAX_LINKS / 2;
    with_directory(|root, _| {
        write(root, "0", "hello");
        if !link(root, ".", "here") {
            return;
        }
        for number in 0..=path::MAX_LINKS {
            assert!(link(root, &number.to_string(), &(number + 1).to_string()));
        }
        for (on_the_way, at_the_end) in [(0, 2 * HALF), (HALF, HALF), (2 * HALF, 0)] {
            let most = "here/".repeat(on_the_way) + &at_the_end.to_string();
            let one_more = String::from("here/") + &most;
            assert_eq!(read(root, &most).unwrap(), "hello", "{most}");
            assert_eq!(root.metadata_at(&most, true).unwrap().size, 5, "{most}");
            let times = SetTimes::default();
            assert_eq!(root.set_times_at(&most, true, times), Ok(()), "{most}");
            for (operation, error) in [
                ("open", error(root.open(&one_more, &READ))),
                ("make", error(root.open(&one_more, &MAKE))),
                ("metadata", error(root.metadata_at(&one_more, true))),
                ("times", error(root.set_times_at(&one_more, true, times))),
            ] {
                assert_eq!(error, Some(Errno::Loop), "{operation} {one_more}");
            }
        }
    });
}

#[cfg(windows)]
#[test]
fn absolute_links_are_there_but_lead_nowhere() {
    with_directory(|root, inside| {
        let outside = inside.parent().unwrap().join("secret");
        let made = std::os::windows::fs::symlink_file(outside, inside.join("l"));
        // Wine says that it has made one, and has not.
        if made.is_err() || !inside.join("l").is_symlink() {
            std::println!("absolute symbolic links cannot be made: {made:?}");
            return;
        }
        let metadata = root.metadata_at("l", false).unwrap();
        assert_eq!(
            (metadata.file_type, metadata.size),
            (FileType::SymbolicLink, 0)
        );
        assert_eq!(error(root.read_link("l")), Some(Errno::Perm));
        assert_eq!(error(root.metadata_at("l", true)), Some(Errno::Perm));
        assert_eq!(error(root.open("l", &READ)), Some(Errno::Perm));
        assert_eq!(root.unlink("l"), Ok(()));
    });
}

#[cfg(windows)]
#[test]
fn names_that_windows_does_not_take_for_names_are_refused() {
    with_directory(|root, inside| {
        write(root, "mine", "mine");
        root.create_directory("d").unwrap();
        let absolute = inside.join("mine").to_string_lossy().replace('\\', "/");
        let device_path = std::format!("d/{}", absolute);
        for path in [
            "..\\secret",
            "d\\..\\mine",
            "d/..\\..\\secret",
            "\\mine",
            "\\??\\C:",
            "C:",
            "C:secret",
            "c:/windows",
            "mine:stream",
            "mine::$DATA",
            "d:stream:$INDEX_ALLOCATION",
            "d::$INDEX_ALLOCATION/x",
            "mine.",
            "mine ",
            "...",
            ".. ",
            ".. /secret",
            "d/.../x",
            "nul",
            "NUL.txt",
            "d/con",
            "com1",
            "COM¹",
            "lpt³.x",
            "conin$",
            "a*",
            "a?",
            "a<b",
            "a\nb",
            &absolute,
            &device_path,
        ] {
            for (operation, error) in [
                ("open", error(root.open(path, &READ))),
                ("metadata", error(root.metadata_at(path, false))),
                ("directory", error(root.open(path, &DIRECTORY))),
                ("read link", error(root.read_link(path))),
                ("unlink", error(root.unlink(path))),
                ("remove directory", error(root.remove_directory(path))),
                ("rename", error(root.rename(path, root, "x"))),
                ("link", error(root.link(path, root, "x"))),
                (
                    "times",
                    error(root.set_times_at(path, true, SetTimes::default())),
                ),
            ] {
                assert_eq!(error, Some(Errno::Noent), "{operation} {path:?}");
            }
            for (operation, error) in [
                ("make", error(root.open(path, &MAKE))),
                ("create directory", error(root.create_directory(path))),
                ("rename to", error(root.rename("mine", root, path))),
                ("link to", error(root.link("mine", root, path))),
                ("symlink", error(root.symlink("mine", path))),
            ] {
                let is_refused = matches!(error, Some(Errno::Inval | Errno::Noent));
                assert!(is_refused, "{operation} {path:?}: {error:?}");
            }
        }
        assert_eq!(error(root.open("nul", &MAKE)), Some(Errno::Inval));
        assert_eq!(entries(root).len(), 2);
        assert_eq!(read(root, "mine").unwrap(), "mine");
        assert_eq!(
            error(root.open(&"a".repeat(256), &MAKE)),
            Some(Errno::Nametoolong)
        );
        assert!(file(root, &"a".repeat(200), &MAKE).is_ok());
        assert_eq!(
            read(root, "MINE").unwrap(),
            "mine",
            "case makes no difference"
        );
    });
}
