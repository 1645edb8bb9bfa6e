//! No way out: guests try to reach, by every function that takes a path, what is outside of their directory.
//!
//! Input: a directory with `inside`, which the guest gets, and `outside`, which has a canary. Output: nothing.
//! Holds: after each attempt everything outside is as before, nothing of it was read, and below a mount for reading
//! only nothing has changed either; however paths are resolved, and while another thread swaps directories for links.

mod puppet;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
#[cfg(unix)]
use std::time::{Duration, Instant};

use puppet::{FD_READ, FD_READDIR, FD_WRITE, OK, Puppet, RESULT};
use wazir::inspect;
use wazir::wasi::{
    DirPerms, Directory, Errno, FilePerms, FileType, HostDirectory, MemoryDirectory, OpenOptions,
    Opened, WasiCtxBuilder,
};

const SECRET: &str = "what nobody inside may read";

/// The directory that the guest is given.
const ROOT: u32 = 3;

/// How paths are resolved is a setting of the process, so tests take turns.
static TURN: Mutex<()> = Mutex::new(());

/// Symbolic links inside that lead out, or try to.
const LINKS: &[(&str, &str)] = &[
    ("up", ".."),
    ("up_slash", "../"),
    ("canary_link", "../outside/canary"),
    ("outside_link", "../outside"),
    ("directory/up2", "../.."),
    ("directory/canary_link2", "../../outside/canary"),
    ("chain1", "directory/chain2"),
    ("directory/chain2", "../chain3"),
    ("chain3", "../outside"),
    ("dots", "directory/../../outside"),
    ("directory_link", "directory"),
    ("missing_link", "../outside/made"),
];

/// Paths that lead out. `ABSOLUTE` stands for the directory around. Whatever one of them reaches should confinement
/// fail is in there, so that a failing test does no harm.
const WAYS: &[&str] = &[
    "../outside/canary",
    "../outside",
    "../outside/made",
    "..",
    "../",
    "./..",
    "directory/../../outside/canary",
    "directory/../..",
    "directory/./../../outside/made",
    "directory_link/../../outside/canary",
    "ABSOLUTE/outside/canary",
    "ABSOLUTE/outside",
    "ABSOLUTE/outside/made",
    "/",
    "//",
    "up",
    "up/",
    "up/outside/canary",
    "up/outside/made",
    "up_slash/outside/canary",
    "canary_link",
    "canary_link/",
    "outside_link",
    "outside_link/",
    "outside_link/.",
    "outside_link/..",
    "outside_link/canary",
    "outside_link/made",
    "directory/up2/outside/canary",
    "directory/canary_link2",
    "directory_link/canary_link2",
    "chain1",
    "chain1/canary",
    "chain1/made",
    "dots",
    "dots/canary",
    "missing_link",
    "missing_link/",
    "absolute_link",
    "absolute_link/canary",
    "absolute_link/made",
    "root_linkABSOLUTE/outside/canary",
    "root_linkABSOLUTE/outside/made",
    "process_link/rootABSOLUTE/outside/canary",
    "process_link/rootABSOLUTE/outside/made",
    // What the separators of Windows, its volumes and its streams would make of a path.
    "..\\outside\\canary",
    "directory\\..\\..\\outside/canary",
    "..\\outside/made",
    "\\\\?\\ABSOLUTE/outside/canary",
    "file:..\\..\\outside\\canary",
    "directory::$INDEX_ALLOCATION/../../outside/canary",
    ".. /outside/canary",
    "directory/.. /../outside/canary",
];

/// What is known of the files below a directory, by path.
type Snapshot = BTreeMap<String, (FileType, u64, u64, u64, Vec<u8>)>;

/// A directory with `inside` and `outside`.
struct World {
    around: Arc<dyn Directory>,
    /// Its path, as far as it has one.
    absolute: String,
}

impl World {
    fn on_host(folder: &Path) -> World {
        World {
            around: Arc::new(HostDirectory::open(folder).expect("it can be opened")),
            absolute: folder.to_str().expect("it is UTF-8").to_string(),
        }
    }

    /// There, an absolute path starts in the directory around.
    fn in_memory() -> World {
        World {
            around: Arc::new(MemoryDirectory::new()),
            absolute: String::new(),
        }
    }

    /// Makes what is inside and outside.
    fn fill(&self) {
        for directory in ["outside", "outside/directory", "inside", "inside/directory"] {
            self.around.create_directory(directory).expect("it is new");
        }
        self.write("outside/canary", SECRET);
        self.write("outside/directory/canary", SECRET);
        self.write("inside/file", "a file");
        self.write("inside/directory/file", "another file");
        for (path, target) in LINKS {
            match self.around.symlink(target, &format!("inside/{path}")) {
                // There it is a privilege, and in Wine it cannot be done.
                Err(Errno::Perm | Errno::Notsup) if cfg!(windows) => {}
                made => made.expect("the link is new"),
            }
        }
    }

    fn write(&self, path: &str, text: &str) {
        let options = OpenOptions {
            write: true,
            create: true,
            truncate: true,
            ..OpenOptions::default()
        };
        match self.around.open(path, &options).expect("it can be made") {
            Opened::File(file) => {
                file.write_at(text.as_bytes(), 0).expect("there is room");
            }
            _ => panic!("{path} is no file"),
        }
    }

    fn directory(&self, path: &str) -> Arc<dyn Directory> {
        let options = OpenOptions {
            read: true,
            directory: true,
            ..OpenOptions::default()
        };
        match self.around.open(path, &options).expect("it is there") {
            Opened::Directory(directory) => directory,
            _ => panic!("{path} is no directory"),
        }
    }

    /// A guest that has `inside`.
    fn guest(&self, read_only: bool) -> Puppet {
        let (dir_perms, file_perms) = if read_only {
            (DirPerms::READ, FilePerms::READ)
        } else {
            (DirPerms::all(), FilePerms::all())
        };
        let inside = self.directory("inside");
        Puppet::new(WasiCtxBuilder::new().preopened_file_system(inside, "/", dir_perms, file_perms))
    }

    fn snapshot(&self, path: &str) -> Snapshot {
        let mut snapshot = Snapshot::new();
        let mut pending = vec![path.to_string()];
        while let Some(path) = pending.pop() {
            let metadata = self.around.metadata_at(&path, false).expect("it is there");
            let mut content = Vec::new();
            match metadata.file_type {
                FileType::Directory => {
                    let directory = self.directory(&path);
                    let mut add = |entry: wazir::wasi::DirectoryEntry<'_>| {
                        if !matches!(entry.name, "." | "..") {
                            pending.push(format!("{path}/{}", entry.name));
                        }
                        true
                    };
                    directory.read(0, &mut add).expect("it can be read");
                }
                FileType::RegularFile => content = self.content(&path),
                FileType::SymbolicLink => {
                    content = self.around.read_link(&path).expect("it is a link").into();
                }
                // A junction.
                _ => {}
            }
            let known = (
                metadata.file_type,
                metadata.size,
                metadata.modified,
                metadata.links,
                content,
            );
            snapshot.insert(path, known);
        }
        snapshot
    }

    fn content(&self, path: &str) -> Vec<u8> {
        let options = OpenOptions {
            read: true,
            ..OpenOptions::default()
        };
        let Ok(Opened::File(file)) = self.around.open(path, &options) else {
            panic!("{path} is no file");
        };
        let mut bytes = vec![0; 4096];
        let count = file.read_at(&mut bytes, 0).expect("it can be read");
        bytes.truncate(count);
        bytes
    }
}

/// Tries a path with every function that takes one. Says so if something of the outside was read.
fn attempt(guest: &mut Puppet, path: &str, outside: &[(u64, u64)]) {
    let fd = u64::from(ROOT);
    let result = u64::from(RESULT);
    for follow in [0, 1] {
        let [start, length] = guest.path(path);
        let known = guest.call("path_filestat_get", &[fd, follow, start, length, result]);
        if known == OK {
            let identity = (guest.get_u64(RESULT), guest.get_u64(RESULT + 8));
            assert!(!outside.contains(&identity), "{path}: the outside is known");
        }
        let times = [fd, follow, start, length, 1, 2, 0b101];
        guest.call("path_filestat_set_times", &times);
        for (flags, rights) in [
            (0, FD_READ),
            (0, FD_READ | FD_WRITE),
            (1, FD_READ | FD_WRITE),
            (1 | 4, FD_WRITE),
            (8, FD_READ | FD_WRITE),
            (2, FD_READ | FD_READDIR),
        ] {
            let Ok(opened) = guest.open(ROOT, path, flags, rights, follow == 1) else {
                continue;
            };
            if let Ok(bytes) = guest.read(opened) {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                assert!(!text.contains(SECRET), "{path}: the secret was read");
            }
            let known = guest.call("fd_filestat_get", &[opened.into(), result]);
            let identity = (guest.get_u64(RESULT), guest.get_u64(RESULT + 8));
            assert!(
                known != OK || !outside.contains(&identity),
                "{path}: it is open"
            );
            let _ = guest.write(opened, b"overwritten");
            guest.close(opened);
        }
    }
    let [start, length] = guest.path(path);
    guest.call("path_readlink", &[fd, start, length, 0x8000, 100, result]);
    for name in [
        "path_create_directory",
        "path_remove_directory",
        "path_unlink_file",
    ] {
        guest.call(name, &[fd, start, length]);
    }
    let [from, from_length] = guest.second_path("file");
    guest.call("path_rename", &[fd, start, length, fd, from, from_length]);
    guest.call("path_rename", &[fd, from, from_length, fd, start, length]);
    guest.call("path_link", &[fd, 0, start, length, fd, from, from_length]);
    guest.call("path_link", &[fd, 1, start, length, fd, from, from_length]);
    guest.call("path_link", &[fd, 0, from, from_length, fd, start, length]);
    guest.call("path_symlink", &[from, from_length, fd, start, length]);
}

/// Tries all ways out, each in a world of its own.
fn try_all(world: &mut dyn FnMut() -> World, read_only: bool) {
    for way in WAYS {
        let world = world();
        let (outside, inside) = (world.snapshot("outside"), world.snapshot("inside"));
        let identities: Vec<(u64, u64)> = ["outside", "outside/canary", "."]
            .iter()
            .map(|path| world.around.metadata_at(path, false).expect("it is there"))
            .map(|metadata| (metadata.device, metadata.inode))
            .collect();
        let mut guest = world.guest(read_only);
        let path = way.replace("ABSOLUTE", &world.absolute);
        attempt(&mut guest, &path, &identities);
        // A link that the guest makes itself.
        let [target, target_length] = guest.path(&path);
        let [link, link_length] = guest.second_path("own_link");
        let made = [target, target_length, ROOT.into(), link, link_length];
        if guest.call("path_symlink", &made) == OK {
            for path in ["own_link", "own_link/", "own_link/canary", "own_link/made"] {
                attempt(&mut guest, path, &identities);
            }
        }
        assert_eq!(world.snapshot("outside"), outside, "by {way}");
        if read_only {
            assert_eq!(world.snapshot("inside"), inside, "by {way}");
        }
    }
}

/// Makes the links that only a host's own programs can make: absolute ones.
#[cfg(unix)]
fn add_absolute_links(folder: &Path) {
    for (name, target) in [
        ("absolute_link", folder.join("outside")),
        ("root_link", "/".into()),
        ("process_link", "/proc/self".into()),
    ] {
        std::os::unix::fs::symlink(target, folder.join("inside").join(name)).expect("it is new");
    }
}

/// Makes the links that only a host's own programs can make: junctions, which everybody may make, but not in Wine.
#[cfg(windows)]
fn add_absolute_links(folder: &Path) {
    static CANNOT: AtomicBool = AtomicBool::new(false);
    if CANNOT.load(Ordering::Relaxed) {
        return;
    }
    let link = folder.join("inside").join("absolute_link");
    let status = std::process::Command::new("cmd")
        .args(["/C", "mklink", "/J"])
        .args([&link, &folder.join("outside")])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status();
    if status.is_err() || fs::symlink_metadata(link).is_err() {
        println!("no junction can be made, so none is tried");
        CANNOT.store(true, Ordering::Relaxed);
    }
}

#[cfg(not(any(unix, windows)))]
fn add_absolute_links(_folder: &Path) {}

#[test]
fn no_path_leads_out_of_a_directory_of_the_host() {
    let turn = TURN.lock();
    for walk in [false, true] {
        inspect::walk_paths(walk);
        for read_only in [false, true] {
            let mut folders = Vec::new();
            let mut world = || {
                let folder = tempfile::tempdir().expect("there is room");
                let world = World::on_host(folder.path());
                world.fill();
                add_absolute_links(folder.path());
                folders.push(folder);
                world
            };
            try_all(&mut world, read_only);
        }
    }
    inspect::walk_paths(false);
    drop(turn);
}

#[test]
fn no_path_leads_out_of_a_directory_in_memory() {
    for read_only in [false, true] {
        let mut world = || {
            let world = World::in_memory();
            world.fill();
            world
        };
        try_all(&mut world, read_only);
    }
}

/// Swaps a directory inside for a link to the outside and back, until told to stop.
#[cfg(unix)]
fn swap(folder: &Path, stop: &AtomicBool) {
    let (name, aside) = (folder.join("inside/swapped"), folder.join("inside/aside"));
    fs::create_dir(&name).expect("it is new");
    std::os::unix::fs::symlink("../outside", &aside).expect("it is new");
    let spare = folder.join("inside/spare");
    while !stop.load(Ordering::Relaxed) {
        fs::rename(&name, &spare).expect("it is there");
        fs::rename(&aside, &name).expect("it is there");
        fs::rename(&spare, &aside).expect("it is there");
    }
}

/// Stops the other thread, also if an assertion fails.
#[cfg(unix)]
struct StopAtEnd<'a>(&'a AtomicBool);

#[cfg(unix)]
impl Drop for StopAtEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
#[cfg(unix)]
fn a_directory_that_is_swapped_for_a_link_leads_nowhere() {
    let turn = TURN.lock();
    for walk in [false, true] {
        inspect::walk_paths(walk);
        let folder = tempfile::tempdir().expect("there is room");
        let world = World::on_host(folder.path());
        world.fill();
        let outside = world.snapshot("outside");
        let stop = AtomicBool::new(false);
        let mut attempts = 0;
        std::thread::scope(|scope| {
            scope.spawn(|| swap(folder.path(), &stop));
            let _stop = StopAtEnd(&stop);
            let mut guest = world.guest(false);
            let end = Instant::now() + Duration::from_millis(2500);
            while Instant::now() < end {
                race(&mut guest);
                attempts += 1;
            }
        });
        assert_eq!(world.snapshot("outside"), outside);
        assert!(attempts > 100, "{attempts} attempts prove nothing");
    }
    inspect::walk_paths(false);
    drop(turn);
}

/// Uses the directory that is swapped in every way.
#[cfg(unix)]
fn race(guest: &mut Puppet) {
    let fd = u64::from(ROOT);
    for path in ["swapped/canary", "swapped/../swapped/canary"] {
        for (flags, rights) in [(0, FD_READ), (1, FD_READ | FD_WRITE), (8, FD_WRITE)] {
            if let Ok(opened) = guest.open(ROOT, path, flags, rights, true) {
                let text = guest.read(opened).unwrap_or_default();
                assert!(!String::from_utf8_lossy(&text).contains(SECRET), "{path}");
                let _ = guest.write(opened, b"overwritten");
                guest.close(opened);
            }
        }
    }
    if let Ok(opened) = guest.open(ROOT, "swapped", 2, FD_READDIR, true) {
        if let Ok(made) = guest.open(opened, "canary", 1, FD_READ | FD_WRITE, true) {
            let text = guest.read(made).unwrap_or_default();
            assert!(!String::from_utf8_lossy(&text).contains(SECRET));
            let _ = guest.write(made, b"overwritten");
            guest.close(made);
        }
        guest.close(opened);
    }
    let [start, length] = guest.path("swapped/canary");
    guest.call(
        "path_filestat_set_times",
        &[fd, 1, start, length, 1, 2, 0b101],
    );
    guest.call("path_unlink_file", &[fd, start, length]);
    let [start, length] = guest.path("swapped/made");
    guest.call("path_create_directory", &[fd, start, length]);
    guest.call("path_remove_directory", &[fd, start, length]);
    let [from, from_length] = guest.second_path("file");
    guest.call("path_link", &[fd, 0, from, from_length, fd, start, length]);
    guest.call("path_unlink_file", &[fd, start, length]);
    guest.call("path_symlink", &[from, from_length, fd, start, length]);
    guest.call("path_unlink_file", &[fd, start, length]);
}
