//! What a tree in memory promises beyond what directories of the host do: limits, positions of entries, lifetimes.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::super::{EmbeddedDirectory, File, FileType, SetTime};
use super::*;

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

const CREATE: OpenOptions = OpenOptions {
    write: true,
    create: true,
    ..READ
};

fn file(directory: &dyn Directory, path: &str, options: &OpenOptions) -> Box<dyn File> {
    match directory.open(path, options) {
        Ok(Opened::File(file)) => file,
        Ok(_) => panic!("{path} is no file"),
        Err(error) => panic!("{path}: {error}"),
    }
}

fn directory(parent: &dyn Directory, path: &str) -> Arc<dyn Directory> {
    match parent.open(path, &READ) {
        Ok(Opened::Directory(directory)) => directory,
        _ => panic!("{path} is no directory"),
    }
}

fn used(directory: &MemoryDirectory) -> usize {
    directory
        .0
        .with(|nodes, _| usize::MAX - nodes.budget.left())
}

#[test]
fn what_is_removed_is_given_back() {
    let root = MemoryDirectory::with_limit(usize::MAX);
    assert_eq!(used(&root), 0);
    root.create_dir_all("a/b/c").unwrap();
    root.write_file("a/file", vec![1; 5000]).unwrap();
    root.symlink("../file", "a/b/link").unwrap();
    root.link("a/file", &root, "a/b/other").unwrap();
    root.rename("a/file", &root, "a/b/a longer name").unwrap();
    let open = file(&root, "a/b/other", &CREATE);
    open.write_at(&[2; 3000], 10_000).unwrap();
    open.set_size(100).unwrap();
    open.append(&[3; 70]).unwrap();
    root.write_file("replaced", vec![0; 70]).unwrap();
    root.rename("a/b/other", &root, "replaced").unwrap();
    root.write_file("replaced", b"from the program").unwrap();
    for path in ["a/b/a longer name", "a/b/link", "replaced"] {
        root.unlink(path).unwrap();
    }
    for path in ["a/b/c", "a/b", "a"] {
        root.remove_directory(path).unwrap();
    }
    assert!(used(&root) > 0, "the open file is there still");
    assert_eq!(open.metadata().unwrap().links, 0);
    drop(open);
    assert_eq!(used(&root), 0);
}

#[test]
fn a_guest_cannot_fill_the_host() {
    const LIMIT: usize = 100_000;
    let root = MemoryDirectory::with_limit(LIMIT);
    let open = file(&root, "file", &CREATE);
    for size in [LIMIT as u64, 1 << 40, i64::MAX as u64] {
        assert_eq!(open.set_size(size), Err(Errno::Nospc));
        assert_eq!(open.allocate(0, size), Err(Errno::Nospc));
        assert_eq!(open.write_at(&[1], size - 1), Err(Errno::Nospc));
    }
    assert_eq!(open.metadata().unwrap().size, 0);
    // A write puts what there is room for.
    let written = open.write_at(&vec![1; LIMIT], 0).unwrap();
    assert!(written > LIMIT / 2 && written < LIMIT);
    assert_eq!(open.append(&[1]), Err(Errno::Nospc));
    assert_eq!(root.create_directory("d"), Err(Errno::Nospc));
    assert_eq!(root.write_file("other", vec![]), Err(Errno::Nospc));
    // Without a change of its length a name can be changed also now.
    root.rename("file", &root, "elif").unwrap();
    open.set_size(0).unwrap();

    let mut count = 0;
    let error = loop {
        match root.create_directory(&count.to_string()) {
            Ok(()) => count += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(error, Errno::Nospc);
    assert!(count > 10 && count < LIMIT / 500, "{count} directories");
}

#[test]
fn a_file_grows_byte_by_byte_without_being_copied_each_time() {
    let root = MemoryDirectory::with_limit(1 << 20);
    let open = file(&root, "file", &CREATE);
    let mut charges = BTreeSet::new();
    let mut written = 0;
    while open.append(&[7]).is_ok() {
        written += 1;
        charges.insert(root.0.with(|nodes, _| nodes.budget.left()));
    }
    assert!(written > (1 << 20) - 2000, "{written}");
    assert!(charges.len() < 200, "{} moves", charges.len());
}

#[test]
fn content_of_the_program_is_copied_when_it_is_changed() {
    static CONTENT: [u8; 6] = *b"static";
    let root = MemoryDirectory::with_limit(2000);
    root.write_file("file", &CONTENT).unwrap();
    let at = |root: &MemoryDirectory| {
        root.0.with(|nodes, start| {
            let node = nodes.existing(start, "file", true).unwrap();
            nodes.bytes(node).unwrap().as_slice().as_ptr()
        })
    };
    assert_eq!(at(&root), CONTENT.as_ptr());
    let open = file(&root, "file", &CREATE);
    open.set_size(3).unwrap();
    assert_eq!(at(&root), CONTENT.as_ptr());
    open.set_size(4).unwrap();
    assert_eq!(root.read_file("file").unwrap(), b"sta\0");
    assert_ne!(at(&root), CONTENT.as_ptr());
    assert_eq!(&CONTENT, b"static");
}

#[test]
fn a_deep_tree_is_made_walked_and_dropped() {
    const DEPTH: usize = 50_000;
    let root = MemoryDirectory::new();
    let mut current: Arc<dyn Directory> = Arc::new(root.clone());
    for _ in 0..DEPTH {
        current.create_directory("d").unwrap();
        current = directory(&*current, "d");
    }
    current.symlink("../d", "link").unwrap();
    assert_eq!(current.metadata_at("..", true), Err(Errno::Perm));
    assert_eq!(current.metadata_at("link", true), Err(Errno::Perm));
    assert_eq!(root.rename("d", &*current, "d"), Err(Errno::Inval));
    let path = "d/".repeat(path::MAX_BYTES / 2);
    assert!(root.metadata_at(&path, true).is_ok());
    let up = format!("{}{}", "d/".repeat(5000), "../".repeat(2000));
    assert!(root.metadata_at(&up, true).is_ok());
    drop((root, current));
}

fn names_from(directory: &dyn Directory, start: u64, most: usize) -> Vec<(u64, String)> {
    let mut names = Vec::new();
    let visit = &mut |entry: DirectoryEntry<'_>| {
        names.push((entry.next, entry.name.to_string()));
        names.len() < most
    };
    directory.read(start, visit).unwrap();
    names
}

#[test]
fn entries_keep_their_positions() {
    let root = MemoryDirectory::new();
    for number in 0..200 {
        root.write_file(&format!("{number:03}"), vec![]).unwrap();
    }
    let mut seen = BTreeSet::new();
    let mut start = 0;
    loop {
        let names = names_from(&root, start, 7);
        let Some((next, _)) = names.last() else { break };
        start = *next;
        for (_, name) in names {
            assert!(seen.insert(name.clone()), "{name} came twice");
            // Others come and go, and those that were read change their names, which is the end of no loop.
            if name != "." && name != ".." {
                root.rename(&name, &root, &format!("new {name}")).unwrap();
            }
        }
    }
    assert_eq!(seen.len(), 202);
    assert!(seen.iter().all(|name| !name.starts_with("new")));
    let first = names_from(&root, 0, 2);
    assert_eq!(first, [(1, ".".to_string()), (2, "..".to_string())]);
    assert!(names_from(&root, 3, 1).is_empty());
    assert_eq!(names_from(&root, u64::MAX, 1).len(), 1);
}

#[test]
fn whoever_visits_entries_may_use_the_tree() {
    let root = MemoryDirectory::new();
    root.create_dir_all("a/b").unwrap();
    let mut types = Vec::new();
    let visit = &mut |entry: DirectoryEntry<'_>| {
        types.push(
            root.metadata_at(entry.name, false)
                .map(|metadata| metadata.file_type),
        );
        true
    };
    root.read(0, visit).unwrap();
    let directory = Ok(FileType::Directory);
    assert_eq!(types, [directory, Err(Errno::Perm), directory]);
}

#[test]
fn links_are_followed_as_often_as_on_hosts() {
    let root = MemoryDirectory::new();
    root.write_file("0", b"end").unwrap();
    for number in 0..=path::MAX_LINKS {
        root.symlink(&number.to_string(), &(number + 1).to_string())
            .unwrap();
    }
    let most = path::MAX_LINKS;
    assert_eq!(root.read_file(&most.to_string()).unwrap(), b"end");
    let error = root.read_file(&(most + 1).to_string());
    assert_eq!(error, Err(Errno::Loop));
    root.symlink(".", "here").unwrap();
    let half = most / 2;
    let path = "here/".repeat(half) + &(most - half).to_string();
    assert_eq!(root.read_file(&path).unwrap(), b"end");
    let error = root.read_file(&alloc::format!("here/{path}"));
    assert_eq!(error, Err(Errno::Loop), "those on the way count as well");
    assert_eq!(root.symlink("/etc", "absolute"), Err(Errno::Perm));
}

#[test]
fn times_are_those_of_changes() {
    let root = MemoryDirectory::new();
    let open = file(&root, "file", &CREATE);
    let old = SetTimes {
        accessed: SetTime::At(1),
        modified: SetTime::At(2),
    };
    open.set_times(old).unwrap();
    let metadata = open.metadata().unwrap();
    assert_eq!((metadata.accessed, metadata.modified), (1, 2));
    assert!(metadata.changed > 1_000_000_000_000_000_000);
    open.append(b"more").unwrap();
    assert_eq!(open.metadata().unwrap().accessed, 1);
    assert!(open.metadata().unwrap().modified >= metadata.changed);
    root.set_times(old).unwrap();
    root.link("file", &root, "other").unwrap();
    assert!(root.metadata().unwrap().modified >= metadata.changed);
}

#[test]
fn trees_are_apart() {
    let (one, other) = (MemoryDirectory::new(), MemoryDirectory::new());
    one.write_file("file", b"content").unwrap();
    assert_eq!(one.rename("file", &other, "file"), Err(Errno::Xdev));
    assert_eq!(one.link("file", &other, "file"), Err(Errno::Xdev));
    let device = |root: &MemoryDirectory| root.metadata().unwrap().device;
    assert_ne!(device(&one), device(&other));
    assert_eq!(device(&one), device(&one.clone()));
}

#[test]
fn threads_share_a_tree() {
    let root = MemoryDirectory::new();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let root = &root;
            scope.spawn(move || {
                let options = OpenOptions {
                    append: true,
                    ..CREATE
                };
                for number in 0..100 {
                    file(root, "log", &options).append(b"line\n").unwrap();
                    let name = format!("{thread} {number}");
                    root.write_file(&name, vec![thread]).unwrap();
                    root.rename(&name, root, "last").unwrap();
                }
            });
        }
    });
    assert_eq!(root.read_file("log").unwrap(), b"line\n".repeat(400));
    assert_eq!(root.list(".").unwrap(), ["last", "log"]);
}

#[test]
fn directories_are_made_as_far_as_they_are_missing() {
    let root = MemoryDirectory::new();
    root.create_dir_all("a//./b/").unwrap();
    root.create_dir_all("a/b/../c").unwrap();
    assert_eq!(root.list("a").unwrap(), ["b", "c"]);
    root.write_file("a/file", b"").unwrap();
    assert_eq!(root.create_dir_all("a/file"), Err(Errno::Notdir));
    assert_eq!(root.create_dir_all("a/file/d"), Err(Errno::Notdir));
    assert_eq!(root.create_dir_all(".."), Err(Errno::Perm));
    assert_eq!(root.create_dir_all("/a"), Err(Errno::Perm));
    assert_eq!(root.create_dir_all("."), Ok(()));
}

#[test]
fn what_is_part_of_the_program_cannot_be_changed() {
    let root = EmbeddedDirectory::new(&[("etc/motd", b"hello"), ("empty/", b"")]).unwrap();
    let etc = directory(&root, "etc");
    for directory in [&root as &dyn Directory, &*etc] {
        let times = SetTimes {
            modified: SetTime::Now,
            ..SetTimes::default()
        };
        assert_eq!(directory.create_directory("new"), Err(Errno::Rofs));
        assert_eq!(directory.set_times(times), Err(Errno::Rofs));
        assert_eq!(directory.symlink("a", "b"), Err(Errno::Rofs));
        assert_eq!(directory.open("new", &CREATE).err(), Some(Errno::Rofs));
    }
    assert_eq!(etc.unlink("motd"), Err(Errno::Rofs));
    assert_eq!(etc.link("motd", &*etc, "new"), Err(Errno::Rofs));
    assert_eq!(etc.rename("motd", &*etc, "new"), Err(Errno::Rofs));
    assert_eq!(etc.open("motd", &CREATE).err(), Some(Errno::Rofs));
    let truncate = OpenOptions {
        truncate: true,
        ..READ
    };
    assert_eq!(etc.open("motd", &truncate).err(), Some(Errno::Rofs));
    let motd = file(&root, "etc/motd", &READ);
    assert_eq!(motd.write_at(b"x", 0), Err(Errno::Rofs));
    assert_eq!(motd.append(b"x"), Err(Errno::Rofs));
    assert_eq!(motd.set_size(0), Err(Errno::Rofs));
    let mut bytes = [0; 9];
    assert_eq!(motd.read_at(&mut bytes, 1), Ok(4));
    assert_eq!(&bytes[..4], b"ello");
    assert_eq!(motd.metadata().unwrap().modified, 0);
    let outside = MemoryDirectory::new();
    assert_eq!(etc.link("motd", &outside, "new"), Err(Errno::Xdev));

    let error = |files| EmbeddedDirectory::new(files).err();
    assert_eq!(error(&[("/etc", b"")]), Some(Errno::Perm));
    assert_eq!(error(&[("a/../../b", b"")]), Some(Errno::Perm));
    assert_eq!(error(&[("a", b""), ("a/b", b"")]), Some(Errno::Notdir));
    assert_eq!(error(&[("a/b", b""), ("a", b"")]), Some(Errno::Isdir));
    assert_eq!(error(&[("a/", b"content")]), Some(Errno::Inval));
}
