//! Directories: entries, links, names.
//!
//! Input: directories with many entries, and buffers of any size. Output: entries, and what is left.
//! Holds: whatever the size of the buffer, every entry is seen once.

use std::collections::BTreeSet;

use super::*;

/// Reads entries into a buffer of `length` bytes. The result is how many of them are used.
fn read_some(guest: &mut Puppet, fd: u32, length: u32, cookie: u64) -> u32 {
    let arguments = [
        fd.into(),
        BUFFER.into(),
        length.into(),
        cookie,
        SECOND.into(),
    ];
    guest.does("fd_readdir", &arguments);
    guest.get_u32(SECOND)
}

/// Reads all entries with a buffer of `length` bytes, as programs do: an entry that does not fit is read again.
fn names(guest: &mut Puppet, fd: u32, mut length: u32) -> Vec<String> {
    let (mut names, mut cookie) = (Vec::new(), 0);
    loop {
        let used = read_some(guest, fd, length, cookie);
        assert!(used <= length);
        let before = names.len();
        let mut at = 0;
        while at + 24 <= used {
            let name_length = guest.get_u32(BUFFER + at + 16);
            if at + 24 + name_length > used {
                break;
            }
            cookie = guest.get_u64(BUFFER + at);
            let name = guest.get(BUFFER + at + 24, name_length);
            names.push(String::from_utf8(name).expect("names are UTF-8"));
            at += 24 + name_length;
        }
        if used < length {
            return names;
        }
        if names.len() == before {
            length *= 2;
        }
    }
}

#[test]
fn entries_are_read_once_with_any_buffer() {
    everywhere(|world| {
        let mut guest = world.guest();
        let mut expected = BTreeSet::from([".".to_string(), "..".to_string()]);
        for number in 0..150 {
            let name = format!("{}{number}", "n".repeat(number));
            guest.make(&name, b"");
            expected.insert(name);
        }
        guest.make_directory("directory");
        expected.insert("directory".to_string());
        for length in [1, 23, 24, 25, 26, 60, 200, 1000, 0x8000] {
            let found = names(&mut guest, ROOT, length);
            assert_eq!(found.len(), expected.len(), "{length}");
            assert_eq!(BTreeSet::from_iter(found), expected, "{length}");
        }
        assert_eq!(read_some(&mut guest, ROOT, 0, 0), 0);
        // A place that no entry has given.
        let at = |cookie| [ROOT.into(), BUFFER.into(), 100, cookie, SECOND.into()];
        let result = guest.call("fd_readdir", &at(i64::MAX as u64));
        assert!([OK, Errno::Inval as u32].contains(&result), "{result}");
        for cookie in [1 << 63, u64::MAX] {
            guest.fails("fd_readdir", &at(cookie), Errno::Inval);
        }
    });
}

#[test]
fn more_entries_are_read_than_at_a_time() {
    everywhere(|world| {
        let mut guest = world.guest();
        let mut expected = BTreeSet::from([".".to_string(), "..".to_string()]);
        for number in 0..2_600 {
            let file = guest.file(&number.to_string());
            assert_eq!(guest.close(file), OK);
            expected.insert(number.to_string());
        }
        for length in [0x1000, 0x1_8000] {
            let found = names(&mut guest, ROOT, length);
            assert_eq!(found.len(), expected.len(), "{length}");
            assert_eq!(BTreeSet::from_iter(found), expected, "{length}");
        }
    });
}

#[test]
fn entries_that_are_removed_between_two_reads_disturb_no_others() {
    everywhere(|world| {
        let mut guest = world.guest();
        let name = |number| format!("name{number:04}");
        (0..100).for_each(|number| guest.make(&name(number), b""));
        let (mut found, mut cookie) = (Vec::new(), 0);
        loop {
            let used = read_some(&mut guest, ROOT, 64, cookie);
            if used < 24 {
                break;
            }
            cookie = guest.get_u64(BUFFER);
            let length = guest.get_u32(BUFFER + 16);
            let name = String::from_utf8(guest.get(BUFFER + 24, length)).expect("it is UTF-8");
            if !name.starts_with('.') {
                assert_eq!(guest.at("path_unlink_file", &name), OK, "{name}");
                found.push(name);
            }
        }
        found.sort();
        assert_eq!(found, (0..100).map(name).collect::<Vec<_>>());
    });
}

#[test]
fn directories_are_made_and_removed_when_they_are_empty() {
    everywhere(|world| {
        let mut guest = world.guest();
        guest.make_directory("a");
        guest.make_directory("a/b/");
        for (name, path, errno) in [
            ("path_create_directory", "a", Errno::Exist),
            ("path_create_directory", "a/.", Errno::Exist),
            ("path_create_directory", ".", Errno::Exist),
            ("path_create_directory", "x/y", Errno::Noent),
            ("path_create_directory", "..", Errno::Perm),
            ("path_remove_directory", "a", Errno::Notempty),
            ("path_remove_directory", "x", Errno::Noent),
            ("path_remove_directory", "a/b/.", Errno::Inval),
            ("path_remove_directory", "a/b/../..", Errno::Inval),
            ("path_unlink_file", "a/b", Errno::Isdir),
            ("path_unlink_file", "a/b/", Errno::Isdir),
            ("path_unlink_file", "x", Errno::Noent),
        ] {
            assert_eq!(guest.at(name, path), errno as u32, "{name} {path}");
        }
        // What is removed while it is open is empty and stays so.
        let open = Open {
            flags: DIRECTORY,
            rights: ALL & !FD_WRITE,
            inheriting: ALL,
            fd_flags: 0,
        };
        let removed = guest.open_with(ROOT, "a/b", open).expect("it is there");
        assert_eq!(guest.at("path_remove_directory", "a/b/"), OK);
        assert_eq!(guest.at("path_remove_directory", "a"), OK);
        let made = guest.open(removed, "file", CREATE, FD_WRITE, false);
        assert_eq!(made, Err(Errno::Noent as u32));
    });
}

#[test]
fn names_are_moved_and_added() {
    everywhere(|world| {
        let mut guest = world.guest();
        let root = u64::from(ROOT);
        guest.make("file", b"content");
        guest.make("other", b"other");
        for directory in ["empty", "full", "full/below"] {
            guest.make_directory(directory);
        }
        let mut call = |name: &str, from: &str, to: &str| {
            let [from, from_length] = guest.path(from);
            let [to, to_length] = guest.second_path(to);
            let mut arguments = vec![root, from, from_length, root, to, to_length];
            if name == "path_link" {
                arguments.insert(1, 0);
            }
            guest.call(name, &arguments)
        };
        for (name, from, to, errno) in [
            ("path_rename", "nothing", "new", Errno::Noent),
            ("path_rename", "file", "nothing/new", Errno::Noent),
            ("path_rename", "file", "empty", Errno::Isdir),
            ("path_rename", "empty", "file", Errno::Notdir),
            ("path_rename", "empty", "full", Errno::Notempty),
            ("path_rename", "full", "full/below/full", Errno::Inval),
            ("path_rename", "file", "new/", Errno::Notdir),
            ("path_rename", "file", "../file", Errno::Perm),
            ("path_link", "nothing", "new", Errno::Noent),
            ("path_link", "file", "other", Errno::Exist),
            ("path_link", "empty", "new", Errno::Perm),
        ] {
            assert_eq!(call(name, from, to), errno as u32, "{name} {from} {to}");
        }
        assert_eq!(call("path_link", "file", "second"), OK);
        assert_eq!(
            call("path_rename", "file", "second"),
            OK,
            "they are the same"
        );
        assert_eq!(call("path_rename", "file", "other"), OK);
        assert_eq!(call("path_rename", "full", "empty"), OK);
        assert_eq!(guest.content("other"), b"content");
        assert_eq!(guest.content("second"), b"content");
        assert_eq!(guest.at("path_remove_directory", "empty/below"), OK);
        let fd = guest.file("second");
        guest.does("fd_filestat_get", &[fd.into(), SECOND.into()]);
        assert_eq!(guest.get_u64(SECOND + 24), 2, "names");
        // A file without a name is there until it is closed.
        assert_eq!(guest.at("path_unlink_file", "second"), OK);
        assert_eq!(guest.at("path_unlink_file", "other"), OK);
        assert_eq!(guest.read(fd), Ok(b"content".to_vec()));
    });
}

#[test]
fn links_are_read_as_far_as_there_is_room() {
    everywhere(|world| {
        let mut guest = world.guest();
        let (root, result) = (u64::from(ROOT), u64::from(SECOND));
        guest.make("file", b"");
        let [target, length] = guest.path("some/target");
        let [link, link_length] = guest.second_path("link");
        guest.does("path_symlink", &[target, length, root, link, link_length]);
        guest.fails(
            "path_symlink",
            &[target, length, root, link, link_length],
            Errno::Exist,
        );
        for room in [0, 1, 5, 11, 100] {
            guest.put(BUFFER, &[b'?'; 100]);
            guest.does(
                "path_readlink",
                &[root, link, link_length, BUFFER.into(), room, result],
            );
            let count = room.min(11) as usize;
            assert_eq!(guest.get_u32(SECOND) as usize, count);
            let mut expected = [b'?'; 100];
            expected[..count].copy_from_slice(&b"some/target"[..count]);
            assert_eq!(guest.get(BUFFER, 100), expected);
        }
        for (path, errno) in [
            ("file", Errno::Inval),
            (".", Errno::Inval),
            ("x", Errno::Noent),
        ] {
            let [start, length] = guest.path(path);
            let arguments = [root, start, length, BUFFER.into(), 9, result];
            guest.fails("path_readlink", &arguments, errno);
        }
        let [absolute, length] = guest.path("/etc");
        let [link, link_length] = guest.second_path("absolute");
        let symlink = [absolute, length, root, link, link_length];
        guest.fails("path_symlink", &symlink, Errno::Perm);
        // A link to itself.
        let [target, length] = guest.path("self");
        guest.does("path_symlink", &[target, length, root, target, length]);
        let opened = guest.open(ROOT, "self", 0, FD_READ, true);
        assert_eq!(opened, Err(Errno::Loop as u32));
    });
}

#[test]
fn what_may_not_be_read_is_neither_made_nor_cut_to_be_read() {
    everywhere(|world| {
        world.guest().make("file", b"content");
        let directory = world.directory.clone();
        let mut guest = Puppet::new(WasiCtxBuilder::new().preopened_file_system(
            directory,
            "/",
            DirPerms::all(),
            FilePerms::WRITE,
        ));
        let acces = Err(Errno::Acces as u32);
        assert_eq!(guest.open(ROOT, "file", 0, FD_READ, true), acces);
        assert_eq!(guest.open(ROOT, "file", TRUNCATE, FD_READ, true), acces);
        assert_eq!(guest.open(ROOT, "new", CREATE, FD_READ, true), acces);
        let mut guest = world.guest();
        assert_eq!(guest.content("file"), b"content");
        let new = guest.open(ROOT, "new", 0, FD_READ, true);
        assert_eq!(new, Err(Errno::Noent as u32));
    });
}

/// What may not be written where it is may not be written by a name in another mount either.
#[test]
fn a_new_name_permits_no_more_than_the_old_one() {
    everywhere(|world| {
        world.guest().make("file", b"content");
        let mut builder = WasiCtxBuilder::new();
        for (name, file_perms) in [("/read", FilePerms::READ), ("/write", FilePerms::all())] {
            let directory = world.directory.clone();
            builder.preopened_file_system(directory, name, DirPerms::all(), file_perms);
        }
        let mut guest = Puppet::new(&mut builder);
        let (read, write) = (u64::from(ROOT), u64::from(ROOT) + 1);
        let [path, length] = guest.path("file");
        let [other, other_length] = guest.second_path("other");
        let to = |to| [path, length, to, other, other_length];
        guest.fails(
            "path_rename",
            &[&[read][..], &to(write)].concat(),
            Errno::Perm,
        );
        guest.fails(
            "path_link",
            &[&[read, 0][..], &to(write)].concat(),
            Errno::Perm,
        );
        guest.does("path_link", &[&[write, 0][..], &to(read)].concat());
        guest.does("path_rename", &[&[write][..], &to(read)].concat());
    });
}

#[test]
fn what_is_read_only_stays_as_it_is() {
    everywhere(|world| {
        world.guest().make("file", b"content");
        let (dir_perms, file_perms) = (DirPerms::READ, FilePerms::READ);
        let directory = world.directory.clone();
        let mut guest = Puppet::new(
            WasiCtxBuilder::new().preopened_file_system(directory, "/", dir_perms, file_perms),
        );
        let root = u64::from(ROOT);
        let [path, length] = guest.path("file");
        let [other, other_length] = guest.second_path("other");
        for (name, arguments) in [
            ("path_create_directory", vec![root, other, other_length]),
            (
                "path_filestat_set_times",
                vec![root, 0, path, length, 0, 0, 5],
            ),
            (
                "path_link",
                vec![root, 0, path, length, root, other, other_length],
            ),
            ("path_remove_directory", vec![root, path, length]),
            (
                "path_rename",
                vec![root, path, length, root, other, other_length],
            ),
            (
                "path_symlink",
                vec![path, length, root, other, other_length],
            ),
            ("path_unlink_file", vec![root, path, length]),
            ("fd_filestat_set_times", vec![root, 0, 0, 5]),
        ] {
            guest.fails(name, &arguments, Errno::Rofs);
        }
        let rofs = Err(Errno::Rofs as u32);
        assert_eq!(guest.open(ROOT, "file", 0, FD_WRITE, true), rofs);
        assert_eq!(guest.open(ROOT, "file", TRUNCATE, FD_READ, true), rofs);
        assert_eq!(guest.open(ROOT, "other", CREATE, FD_READ, true), rofs);
        let opened = guest.open(
            ROOT,
            "file",
            0,
            ALL & !FD_WRITE & !(1 << 8) & !(1 << 22),
            true,
        );
        let file = opened.expect("it can be read");
        guest.fails(
            "fd_filestat_set_times",
            &[file.into(), 0, 0, 5],
            Errno::Rofs,
        );
        assert_eq!(guest.content("file"), b"content");
    });
}
