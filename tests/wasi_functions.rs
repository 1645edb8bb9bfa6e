//! Every function of WASI preview 1, as a guest calls it: what it does, and what it answers to mistakes.
//!
//! Input: a guest that calls what a test says, on directories of the host, by both ways that paths are resolved, and
//! on those in memory. Output: error numbers, results in the guest's memory, and what the host sees.
//! Holds: each file in `wasi_functions/` tests one part; a mistake of the guest's never ends its run.

mod puppet;

#[path = "wasi_functions/directories.rs"]
mod directories;
#[path = "wasi_functions/files.rs"]
mod files;
#[path = "wasi_functions/mistakes.rs"]
mod mistakes;
#[path = "wasi_functions/polling.rs"]
mod polling;
#[path = "wasi_functions/rights.rs"]
mod rights;
#[path = "wasi_functions/sockets.rs"]
mod sockets;
#[cfg(unix)]
#[path = "wasi_functions/special.rs"]
mod special;

use std::sync::{Arc, Mutex};

use puppet::{BUFFER, FD_READ, FD_READDIR, FD_WRITE, OK, Puppet, RESULT};
use wazir::inspect;
use wazir::wasi::{
    DirPerms, Directory, Errno, FilePerms, HostDirectory, MemoryDirectory, WasiCtxBuilder,
};

/// The directory that the guest is given.
const ROOT: u32 = 3;

/// How many bytes of memory the guest has.
const MEMORY_BYTES: u32 = 2 << 16;

/// All rights that a directory passes on.
const ALL: u64 = (1 << 28) - 1;

/// Flags of `path_open`.
const CREATE: u64 = 1;
const DIRECTORY: u64 = 1 << 1;
const EXCLUSIVE: u64 = 1 << 2;
const TRUNCATE: u64 = 1 << 3;

/// Flags of descriptors.
const APPEND: u64 = 1;
const NON_BLOCKING: u64 = 1 << 2;

/// Where further results are put.
const SECOND: u32 = 0x200;

/// How paths are resolved is a setting of the process, so tests take turns.
static TURN: Mutex<()> = Mutex::new(());

/// A new directory for a guest.
struct World {
    directory: Arc<dyn Directory>,
    /// Where it is, unless it is in memory.
    host: Option<tempfile::TempDir>,
}

impl World {
    fn on_host() -> World {
        let folder = tempfile::tempdir().expect("there is room");
        World {
            directory: Arc::new(HostDirectory::open(folder.path()).expect("it can be opened")),
            host: Some(folder),
        }
    }

    fn guest(&self) -> Puppet {
        self.guest_with(&mut WasiCtxBuilder::new())
    }

    /// A guest that has the directory, and what the builder has.
    fn guest_with(&self, builder: &mut WasiCtxBuilder) -> Puppet {
        let (dir_perms, file_perms) = (DirPerms::all(), FilePerms::all());
        let directory = self.directory.clone();
        Puppet::new(builder.preopened_file_system(directory, "/", dir_perms, file_perms))
    }
}

/// Tests directories of the host, resolved by the kernel and walked, and those in memory.
fn everywhere(test: impl Fn(&World)) {
    let turn = TURN.lock();
    for walk in [false, true] {
        inspect::walk_paths(walk);
        test(&World::on_host());
    }
    inspect::walk_paths(false);
    test(&World {
        directory: Arc::new(MemoryDirectory::new()),
        host: None,
    });
    drop(turn);
}

/// How a path is opened, further than [`Puppet::open`] can say.
#[derive(Copy, Clone)]
struct Open {
    flags: u64,
    rights: u64,
    inheriting: u64,
    fd_flags: u64,
}

impl Puppet {
    /// Calls a function that succeeds.
    fn does(&mut self, name: &str, arguments: &[u64]) {
        assert_eq!(self.call(name, arguments), OK, "{name} {arguments:?}");
    }

    /// Calls a function that fails.
    fn fails(&mut self, name: &str, arguments: &[u64], errno: Errno) {
        let result = self.call(name, arguments);
        assert_eq!(result, errno as u32, "{name} {arguments:?}: not {errno:?}");
    }

    fn open_with(&mut self, fd: u32, path: &str, open: Open) -> Result<u32, u32> {
        let [start, length] = self.path(path);
        let arguments = [
            fd.into(),
            1,
            start,
            length,
            open.flags,
            open.rights,
            open.inheriting,
            open.fd_flags,
            RESULT.into(),
        ];
        match self.call("path_open", &arguments) {
            OK => Ok(self.get_u32(RESULT)),
            errno => Err(errno),
        }
    }

    /// Opens a file to read and write; it is made if it is not there.
    fn file(&mut self, path: &str) -> u32 {
        let open = Open {
            flags: CREATE,
            rights: ALL & !FD_READDIR,
            inheriting: 0,
            fd_flags: 0,
        };
        self.open_with(ROOT, path, open).expect("it can be made")
    }

    /// Makes a file with this content.
    fn make(&mut self, path: &str, content: &[u8]) {
        let file = self.file(path);
        assert_eq!(self.write(file, content), Ok(content.len() as u32));
        assert_eq!(self.close(file), OK);
    }

    /// All that a file holds.
    fn content(&mut self, path: &str) -> Vec<u8> {
        let file = self.open(ROOT, path, 0, FD_READ, true);
        let file = file.expect("it is there");
        let content = self.read(file).expect("it can be read");
        assert_eq!(self.close(file), OK);
        content
    }

    fn make_directory(&mut self, path: &str) {
        let [start, length] = self.path(path);
        self.does("path_create_directory", &[ROOT.into(), start, length]);
    }

    /// Calls a function on a path below the root, with what comes behind the path.
    fn at(&mut self, name: &str, path: &str) -> u32 {
        let [start, length] = self.path(path);
        self.call(name, &[ROOT.into(), start, length])
    }

    fn position(&mut self, fd: u32) -> u64 {
        self.does("fd_tell", &[fd.into(), SECOND.into()]);
        self.get_u64(SECOND)
    }

    fn size(&mut self, fd: u32) -> u64 {
        self.does("fd_filestat_get", &[fd.into(), SECOND.into()]);
        self.get_u64(SECOND + 32)
    }

    /// Moves the position of a file, counted from `whence`.
    fn seek(&mut self, fd: u32, offset: i64, whence: u64) -> Result<u64, u32> {
        let arguments = [fd.into(), offset as u64, whence, SECOND.into()];
        match self.call("fd_seek", &arguments) {
            OK => Ok(self.get_u64(SECOND)),
            errno => Err(errno),
        }
    }

    /// Puts an array of buffers at [`RESULT`].
    fn put_buffers(&mut self, buffers: &[(u32, u32)]) {
        let numbers = buffers.iter().flat_map(|(start, length)| [start, length]);
        let bytes: Vec<u8> = numbers.flat_map(|number| number.to_le_bytes()).collect();
        self.put(RESULT, &bytes);
    }
}
