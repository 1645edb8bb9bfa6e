//! Descriptors that are not open, pointers out of memory, and paths that are none.
//!
//! Input: calls that are right but for one argument. Output: error numbers.
//! Holds: after a mistake nothing has changed: neither files nor positions nor the guest's memory.

use super::*;

/// The functions whose first argument is a descriptor, with the others, which make sense.
fn calls_of_descriptors() -> Vec<(&'static str, Vec<u64>)> {
    let (path, result) = (u64::from(puppet::PATH), u64::from(SECOND));
    let buffers = u64::from(RESULT);
    vec![
        ("fd_advise", vec![0, 0, 0]),
        ("fd_allocate", vec![0, 1]),
        ("fd_close", vec![]),
        ("fd_datasync", vec![]),
        ("fd_fdstat_get", vec![result]),
        ("fd_fdstat_set_flags", vec![0]),
        ("fd_fdstat_set_rights", vec![0, 0]),
        ("fd_filestat_get", vec![result]),
        ("fd_filestat_set_size", vec![0]),
        ("fd_filestat_set_times", vec![0, 0, 0]),
        ("fd_pread", vec![buffers, 1, 0, result]),
        ("fd_prestat_dir_name", vec![path, 1]),
        ("fd_prestat_get", vec![result]),
        ("fd_pwrite", vec![buffers, 1, 0, result]),
        ("fd_read", vec![buffers, 1, result]),
        ("fd_readdir", vec![BUFFER.into(), 100, 0, result]),
        ("fd_renumber", vec![ROOT.into()]),
        ("fd_seek", vec![0, 0, result]),
        ("fd_sync", vec![]),
        ("fd_tell", vec![result]),
        ("fd_write", vec![buffers, 1, result]),
        ("path_create_directory", vec![path, 1]),
        ("path_filestat_get", vec![0, path, 1, result]),
        ("path_filestat_set_times", vec![0, path, 1, 0, 0, 0]),
        ("path_link", vec![0, path, 1, ROOT.into(), path, 1]),
        ("path_open", vec![0, path, 1, 0, 0, 0, 0, result]),
        ("path_readlink", vec![path, 1, BUFFER.into(), 10, result]),
        ("path_remove_directory", vec![path, 1]),
        ("path_rename", vec![path, 1, ROOT.into(), path, 1]),
        ("path_unlink_file", vec![path, 1]),
        ("sock_accept", vec![0, result]),
        ("sock_recv", vec![buffers, 1, 0, result, result + 8]),
        ("sock_send", vec![buffers, 1, 0, result]),
        ("sock_shutdown", vec![3]),
    ]
}

#[test]
fn a_descriptor_that_is_not_open_is_told_by_every_function() {
    everywhere(|world| {
        let mut guest = world.guest();
        let closed = guest.file("file");
        assert_eq!(guest.close(closed), OK);
        guest.path("a");
        guest.put_buffers(&[(BUFFER, 10)]);
        for fd in [closed, 99, 1 << 31, u32::MAX] {
            for (name, rest) in calls_of_descriptors() {
                let arguments = [vec![fd.into()], rest].concat();
                guest.fails(name, &arguments, Errno::Badf);
            }
            let (root, path) = (u64::from(ROOT), u64::from(puppet::PATH));
            let fd = u64::from(fd);
            guest.fails("fd_renumber", &[root, fd], Errno::Badf);
            guest.fails("path_rename", &[root, path, 1, fd, path, 1], Errno::Badf);
            guest.fails("path_link", &[root, 0, path, 1, fd, path, 1], Errno::Badf);
            guest.fails("path_symlink", &[path, 1, fd, path, 1], Errno::Badf);
        }
    });
}

#[test]
fn what_is_no_directory_has_nothing_in_it() {
    everywhere(|world| {
        let mut guest = world.guest();
        let file = guest.file("file");
        guest.path("a");
        for (name, rest) in calls_of_descriptors() {
            if name.starts_with("path_") || name == "fd_readdir" {
                for fd in [file, 0, 1] {
                    let arguments = [vec![fd.into()], rest.clone()].concat();
                    guest.fails(name, &arguments, Errno::Notdir);
                }
            }
        }
        for path in ["file/a", "file/", "file/.", "file/.."] {
            for name in [
                "path_create_directory",
                "path_remove_directory",
                "path_unlink_file",
            ] {
                let errno = match (name, path) {
                    ("path_create_directory", "file/") => Errno::Exist,
                    _ => Errno::Notdir,
                };
                assert_eq!(guest.at(name, path), errno as u32, "{name} {path}");
            }
            let opened = guest.open(ROOT, path, 0, FD_READ, true);
            assert_eq!(opened, Err(Errno::Notdir as u32), "{path}");
        }
        let opened = guest.open(ROOT, "file", DIRECTORY, FD_READDIR, true);
        assert_eq!(opened, Err(Errno::Notdir as u32));
        let removed = guest.at("path_remove_directory", "file");
        assert_eq!(removed, Errno::Notdir as u32);
        assert_eq!(guest.content("file"), b"");
    });
}

/// Calls a function with each pointer to the end of the memory and beyond it.
fn try_pointers(guest: &mut Puppet, name: &str, arguments: &[u64], pointers: &[usize]) {
    let memory = guest.get(0, MEMORY_BYTES);
    for &pointer in pointers {
        for outside in [MEMORY_BYTES - 1, MEMORY_BYTES, 1 << 31, u32::MAX] {
            let mut arguments = arguments.to_vec();
            arguments[pointer] = outside.into();
            guest.fails(name, &arguments, Errno::Fault);
            // Of two results the first one may be there.
            let mut now = guest.get(0, MEMORY_BYTES);
            now[SECOND as usize..][..4].copy_from_slice(&memory[SECOND as usize..][..4]);
            assert!(now == memory, "{name} {arguments:?} wrote something");
        }
    }
}

#[test]
fn pointers_out_of_memory_are_faults_and_nothing_happens() {
    everywhere(|world| {
        let mut guest = world.guest_with(WasiCtxBuilder::new().arg("a").env("b", "c"));
        guest.make("file", b"0123456789");
        let file = guest.file("file");
        let (root, fd, result) = (u64::from(ROOT), u64::from(file), u64::from(SECOND));
        let [path, length] = guest.path("file");
        let [other, other_length] = guest.second_path("other");
        let symlink = [path, length, root, other, other_length];
        guest.does("path_symlink", &symlink);
        let [other, other_length] = guest.second_path("another");
        guest.put_buffers(&[(BUFFER, 4), (BUFFER + 4, 4)]);
        let (buffers, buffer) = (u64::from(RESULT), u64::from(BUFFER));
        for (name, arguments, pointers) in [
            ("args_get", vec![result, buffer], &[0, 1][..]),
            ("args_sizes_get", vec![result, result], &[0, 1]),
            ("environ_get", vec![result, buffer], &[0, 1]),
            ("environ_sizes_get", vec![result, result], &[0, 1]),
            ("clock_res_get", vec![1, result], &[1]),
            ("clock_time_get", vec![1, 0, result], &[2]),
            ("fd_fdstat_get", vec![fd, result], &[1]),
            ("fd_filestat_get", vec![fd, result], &[1]),
            ("fd_pread", vec![fd, buffers, 2, 0, result], &[1, 4]),
            ("fd_prestat_dir_name", vec![root, buffer, 1], &[]),
            ("fd_prestat_get", vec![root, result], &[1]),
            ("fd_pwrite", vec![fd, buffers, 2, 0, result], &[1, 4]),
            ("fd_read", vec![fd, buffers, 2, result], &[1, 3]),
            ("fd_readdir", vec![root, buffer, 100, 0, result], &[1, 4]),
            ("fd_seek", vec![fd, 5, 0, result], &[3]),
            ("fd_tell", vec![fd, result], &[1]),
            ("fd_write", vec![fd, buffers, 2, result], &[1, 3]),
            (
                "path_create_directory",
                vec![root, other, other_length],
                &[1],
            ),
            (
                "path_filestat_get",
                vec![root, 1, path, length, result],
                &[2, 4],
            ),
            (
                "path_filestat_set_times",
                vec![root, 1, path, length, 0, 0, 10],
                &[2],
            ),
            (
                "path_link",
                vec![root, 0, path, length, root, other, other_length],
                &[2, 5],
            ),
            (
                "path_open",
                vec![root, 1, other, other_length, CREATE, FD_READ, 0, 0, result],
                &[2, 8],
            ),
            (
                "path_readlink",
                vec![root, path + 0x1000, 5, buffer, 100, result],
                &[1, 3, 5],
            ),
            ("path_remove_directory", vec![root, path, length], &[1]),
            (
                "path_rename",
                vec![root, path, length, root, other, other_length],
                &[1, 4],
            ),
            (
                "path_symlink",
                vec![path, length, root, other, other_length],
                &[0, 3],
            ),
            ("path_unlink_file", vec![root, path, length], &[1]),
            ("random_get", vec![buffer, 100], &[0]),
        ] {
            if name == "path_readlink" {
                guest.second_path("other");
            }
            try_pointers(&mut guest, name, &arguments, pointers);
            guest.second_path("another");
        }
        assert_eq!(guest.position(file), 0);
        assert_eq!(guest.content("file"), b"0123456789");
        let opened = guest.open(ROOT, "another", 0, FD_READ, true);
        assert_eq!(opened, Err(Errno::Noent as u32));
        assert_eq!(guest.file("file"), file + 1, "no descriptor is left");
    });
}

#[test]
fn a_buffer_that_leads_out_of_memory_stops_the_whole_transfer() {
    everywhere(|world| {
        let mut guest = world.guest();
        guest.make("file", b"0123456789");
        let file = guest.file("file");
        let fd = u64::from(file);
        let calls: [(&str, Vec<u64>); 4] = [
            ("fd_read", vec![]),
            ("fd_write", vec![]),
            ("fd_pread", vec![0]),
            ("fd_pwrite", vec![0]),
        ];
        guest.put(BUFFER, b"untouched");
        for bad in [(MEMORY_BYTES - 1, 2), (u32::MAX, 1), (8, u32::MAX)] {
            guest.put_buffers(&[(BUFFER, 4), bad]);
            for (name, offset) in &calls {
                let [before, behind] = [vec![fd, RESULT.into(), 2], vec![SECOND.into()]];
                let arguments = [before, offset.clone(), behind].concat();
                guest.fails(name, &arguments, Errno::Fault);
            }
        }
        for (name, offset) in &calls {
            let [before, behind] = [vec![fd, 0, u32::MAX.into()], vec![SECOND.into()]];
            let arguments = [before, offset.clone(), behind].concat();
            guest.fails(name, &arguments, Errno::Fault);
        }
        assert_eq!(guest.get(BUFFER, 9), b"untouched");
        assert_eq!(guest.position(file), 0);
        assert_eq!(guest.content("file"), b"0123456789");
    });
}

#[test]
fn a_result_may_lie_where_an_argument_does() {
    everywhere(|world| {
        let mut guest = world.guest();
        let (root, result) = (u64::from(ROOT), u64::from(RESULT));
        guest.make("file", b"0123456789");
        let file = u64::from(guest.file("file"));
        for (name, offset) in [
            ("fd_read", None),
            ("fd_pread", Some(0)),
            ("fd_write", None),
            ("fd_pwrite", Some(0)),
        ] {
            for place in [RESULT, RESULT + 4] {
                guest.put_buffers(&[(BUFFER, 4)]);
                let arguments = [file, result, 1].into_iter().chain(offset);
                let arguments: Vec<u64> = arguments.chain([place.into()]).collect();
                guest.does(name, &arguments);
                assert_eq!(guest.get_u32(place), 4, "{name}");
            }
        }
        guest.put(RESULT, b"file");
        let open = [root, 0, result, 4, 0, FD_READ, 0, 0, result];
        guest.does("path_open", &open);
        assert_eq!(guest.get_u32(RESULT), file as u32 + 1);
        // A clock subscription that rings at once.
        guest.put(RESULT, &[0; 48]);
        guest.put(RESULT, &[7]);
        guest.does("poll_oneoff", &[result, BUFFER.into(), 1, result]);
        assert_eq!((guest.get_u32(RESULT), guest.get_u64(BUFFER)), (1, 7));
    });
}

#[test]
fn counts_larger_than_the_memory_are_faults() {
    let world = World::on_host();
    let mut guest = world.guest();
    let (root, most, result) = (u64::from(ROOT), u64::from(u32::MAX), u64::from(SECOND));
    let buffer = u64::from(BUFFER);
    for (name, arguments) in [
        ("poll_oneoff", vec![0, 0, most, result]),
        ("poll_oneoff", vec![0, 0, most / 48, result]),
        ("random_get", vec![0, most]),
        ("fd_readdir", vec![root, buffer, most, 0, result]),
        ("path_create_directory", vec![root, 0, most]),
        ("path_open", vec![root, 0, 1, most, 0, 0, 0, 0, result]),
        ("path_symlink", vec![0, most, root, 0, 1]),
        ("path_rename", vec![root, 0, most, root, 0, most]),
    ] {
        guest.fails(name, &arguments, Errno::Fault);
    }
    let name = [root, buffer, most];
    guest.does("fd_prestat_dir_name", &name);
    assert_eq!(guest.get(BUFFER, 1), b"/", "the name alone is written");
    guest.fails(
        "fd_prestat_dir_name",
        &[root, buffer, 0],
        Errno::Nametoolong,
    );
    guest.fails(
        "fd_prestat_dir_name",
        &[root, MEMORY_BYTES.into(), 1],
        Errno::Fault,
    );
}

#[test]
fn paths_that_are_none_are_refused_by_every_function() {
    everywhere(|world| {
        let mut guest = world.guest();
        guest.make("file", b"");
        let root = u64::from(ROOT);
        let good = guest.second_path("new");
        for (path, errno) in [
            (&b""[..], Errno::Noent),
            (b"/", Errno::Perm),
            (b"/file", Errno::Perm),
            (b"//", Errno::Perm),
            (b"file\0", Errno::Ilseq),
            (b"\0", Errno::Ilseq),
            (b"\xff", Errno::Ilseq),
            (b"file\xc3", Errno::Ilseq),
            (&[b'a'; 256], Errno::Nametoolong),
            (&[b'a'; 0x5000], Errno::Nametoolong),
        ] {
            // What is as long as this does not fit in front of the other path.
            let at = 0x8000;
            guest.put(at, path);
            let [start, length] = [u64::from(at), path.len() as u64];
            let calls = [
                ("path_create_directory", vec![root, start, length]),
                (
                    "path_filestat_get",
                    vec![root, 0, start, length, SECOND.into()],
                ),
                (
                    "path_filestat_set_times",
                    vec![root, 0, start, length, 0, 0, 10],
                ),
                (
                    "path_link",
                    vec![root, 0, start, length, root, good[0], good[1]],
                ),
                (
                    "path_open",
                    vec![root, 0, start, length, 0, FD_READ, 0, 0, SECOND.into()],
                ),
                (
                    "path_open",
                    vec![root, 1, start, length, CREATE, FD_READ, 0, 0, SECOND.into()],
                ),
                (
                    "path_readlink",
                    vec![root, start, length, BUFFER.into(), 10, SECOND.into()],
                ),
                ("path_remove_directory", vec![root, start, length]),
                (
                    "path_rename",
                    vec![root, start, length, root, good[0], good[1]],
                ),
                ("path_symlink", vec![good[0], good[1], root, start, length]),
                ("path_unlink_file", vec![root, start, length]),
            ];
            for (name, arguments) in calls {
                guest.fails(name, &arguments, errno);
            }
        }
        for name in ["path_rename", "path_link"] {
            let [start, length] = guest.path("file");
            let mut arguments = vec![root, start, length, root, good[0], 0];
            if name == "path_link" {
                arguments.insert(1, 0);
            }
            guest.fails(name, &arguments, Errno::Noent);
        }
        assert_eq!(guest.content("file"), b"");
    });
}

#[test]
fn flags_that_there_are_not_are_refused() {
    everywhere(|world| {
        let mut guest = world.guest();
        guest.make("file", b"");
        let file = u64::from(guest.file("file"));
        let (root, result) = (u64::from(ROOT), u64::from(SECOND));
        let [path, length] = guest.path("file");
        for (name, arguments) in [
            (
                "path_open",
                vec![root, 2, path, length, 0, FD_READ, 0, 0, result],
            ),
            (
                "path_open",
                vec![root, 0, path, length, 16, FD_READ, 0, 0, result],
            ),
            (
                "path_open",
                vec![root, 0, path, length, 0, FD_READ, 0, 32, result],
            ),
            (
                "path_open",
                vec![
                    root,
                    0,
                    path,
                    length,
                    CREATE | DIRECTORY,
                    FD_READ,
                    0,
                    0,
                    result,
                ],
            ),
            ("path_filestat_get", vec![root, 2, path, length, result]),
            (
                "path_filestat_set_times",
                vec![root, 2, path, length, 0, 0, 0],
            ),
            (
                "path_filestat_set_times",
                vec![root, 0, path, length, 0, 0, 16],
            ),
            (
                "path_filestat_set_times",
                vec![root, 0, path, length, 0, 0, 3],
            ),
            ("path_link", vec![root, 2, path, length, root, path, length]),
            ("fd_fdstat_set_flags", vec![file, 32]),
            ("fd_filestat_set_times", vec![file, 0, 0, 12]),
            ("fd_filestat_set_times", vec![file, 0, 0, 1 << 31]),
            ("fd_seek", vec![file, 0, 3, result]),
            ("fd_advise", vec![file, 0, 0, 6]),
            ("clock_time_get", vec![4, 0, result]),
            ("clock_res_get", vec![u32::MAX.into(), result]),
        ] {
            guest.fails(name, &arguments, Errno::Inval);
        }
        guest.fails("proc_raise", &[9], Errno::Notsup);
        guest.does("sched_yield", &[]);
    });
}

/// A memory of more bytes than pointers of 32 bits reach.
#[cfg(target_pointer_width = "64")]
#[test]
fn structures_at_the_end_of_what_pointers_reach_are_faults() {
    let module = r#"(module
        (import "wasi_snapshot_preview1" "fd_fdstat_get" (func $status (param i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_readdir"
            (func $list (param i32 i32 i32 i64 i32) (result i32)))
        (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") i64 0x10001)
        (func (export "status") (param i32) (result i32) (call $status (i32.const 3) (local.get 0)))
        (func (export "list") (param i32) (result i32)
            (call $list (i32.const 3) (local.get 0) (i32.const 64) (i64.const 0) (i32.const 0)))
        (func (export "poll") (param i32) (result i32)
            (call $poll (local.get 0) (i32.const 0) (i32.const 1) (i32.const 64))))"#;
    let world = World::on_host();
    let engine = wazir::Engine::default();
    let module = wat::parse_str(module).expect("it is well-formed");
    let module = wazir::Module::new(&engine, module).expect("it is valid");
    let mut linker = wazir::Linker::new(&engine);
    wazir::wasi::p1::add_to_linker_sync(&mut linker, |context| context)
        .expect("nothing is defined twice");
    let (dir_perms, file_perms) = (DirPerms::all(), FilePerms::all());
    let context = WasiCtxBuilder::new()
        .preopened_file_system(world.directory.clone(), "/", dir_perms, file_perms)
        .build_p1();
    let mut store = wazir::Store::new(&engine, context);
    let instance = linker
        .instantiate(&mut store, &module)
        .expect("there is room");
    for name in ["status", "list", "poll"] {
        let call = instance.get_typed_func::<u32, u32>(&mut store, name);
        let call = call.expect("it is exported");
        for pointer in [u32::MAX, u32::MAX - 7, u32::MAX - 23] {
            let result = call.call(&mut store, pointer);
            assert_eq!(
                result.ok(),
                Some(Errno::Fault as u32),
                "{name} {pointer:#x}"
            );
        }
    }
}

#[test]
fn an_observer_is_told_the_paths_that_the_guest_has_passed() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let observed = seen.clone();
    let mut builder = WasiCtxBuilder::new();
    builder.observe(move |call| {
        observed
            .lock()
            .expect("nobody panics")
            .push(call.to_string())
    });
    let world = World::on_host();
    let mut guest = world.guest_with(&mut builder);
    guest.make("target", b"");
    let [target, target_length] = guest.path("target");
    let [link, length] = guest.second_path("link");
    guest.does(
        "path_symlink",
        &[target, target_length, ROOT.into(), link, length],
    );
    guest.does(
        "path_readlink",
        &[ROOT.into(), link, length, link, 10, SECOND.into()],
    );
    guest.does("fd_prestat_dir_name", &[ROOT.into(), link, 1]);
    guest.fails(
        "fd_prestat_dir_name",
        &[ROOT.into(), link, 0],
        Errno::Nametoolong,
    );
    let seen = seen.lock().expect("nobody panics");
    let last: Vec<&str> = seen.iter().rev().take(4).map(String::as_str).collect();
    assert!(
        last[2].starts_with("path_readlink(fd=3, path=\"link\", "),
        "{last:?}"
    );
    assert!(last[1].ends_with(" = ok, path=\"/\""), "{last:?}");
    assert!(!last[0].contains('"'), "{last:?}");
}
