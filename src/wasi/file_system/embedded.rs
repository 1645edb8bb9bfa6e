//! Directories whose files are part of the program.
//!
//! Input: paths and bytes. Output: [`EmbeddedDirectory`], a [`Directory`] that nobody can change.
//! Holds: contents are not copied; it is a tree in memory that refuses all changes.

use alloc::string::String;
use core::any::Any;
use core::fmt;
use core::time::Duration;

use super::{
    Directory, DirectoryEntry, Errno, MemoryDirectory, Metadata, OpenOptions, Opened, SetTimes,
};
use crate::sys::fs::path;
use crate::wasi::clock::HostWallClock;

/// A directory with files that are part of the program, to be read by any number of guests. All changes give
/// [`Errno::Rofs`]. All times are the beginning of 1970, so that they are the same in each run.
///
/// ```
/// use std::sync::Arc;
/// use wazir::wasi::{DirPerms, EmbeddedDirectory, FilePerms, WasiCtxBuilder};
///
/// let directory = EmbeddedDirectory::new(&[
///     ("etc/motd", b"hello"),
///     ("manifest", include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))),
/// ])?;
/// let mut builder = WasiCtxBuilder::new();
/// let shared = Arc::new(directory);
/// builder.preopened_file_system(shared, "/", DirPerms::READ, FilePerms::READ);
/// # Ok::<(), wazir::wasi::Errno>(())
/// ```
#[derive(Clone)]
pub struct EmbeddedDirectory(MemoryDirectory);

impl fmt::Debug for EmbeddedDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedDirectory").finish_non_exhaustive()
    }
}

/// The files are as old as the program, whose age is not known.
struct NoClock;

impl HostWallClock for NoClock {
    fn resolution(&self) -> Duration {
        Duration::ZERO
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

impl EmbeddedDirectory {
    /// The root of a tree with these files. The directories that they are in are made; a path that ends with `/`
    /// makes a directory only. If a path comes twice, the last content counts.
    ///
    /// # Errors
    /// [`Errno::Perm`] for a path that is absolute or leads out of the root, [`Errno::Notdir`] and [`Errno::Isdir`]
    /// if a path goes through a file or names a directory, and [`Errno::Inval`] for content at a path that ends with
    /// `/`.
    pub fn new(files: &[(&str, &'static [u8])]) -> Result<EmbeddedDirectory, Errno> {
        let root = MemoryDirectory::with_limit(usize::MAX);
        root.set_clock(NoClock);
        for (path, content) in files {
            let split = path::split(path)?;
            if !split.is_directory {
                if !split.parent.is_empty() {
                    root.create_dir_all(split.parent)?;
                }
                root.write_file(path, *content)?;
            } else if content.is_empty() {
                root.create_dir_all(path)?;
            } else {
                return Err(Errno::Inval);
            }
        }
        root.make_read_only();
        Ok(EmbeddedDirectory(root))
    }
}

impl Directory for EmbeddedDirectory {
    fn as_any(&self) -> &dyn Any {
        &self.0
    }

    fn metadata(&self) -> Result<Metadata, Errno> {
        self.0.metadata()
    }

    fn open(&self, path: &str, options: &OpenOptions) -> Result<Opened, Errno> {
        self.0.open(path, options)
    }

    fn metadata_at(&self, path: &str, follow: bool) -> Result<Metadata, Errno> {
        self.0.metadata_at(path, follow)
    }

    fn read(
        &self,
        start: u64,
        visit: &mut dyn FnMut(DirectoryEntry<'_>) -> bool,
    ) -> Result<(), Errno> {
        self.0.read(start, visit)
    }

    fn read_link(&self, path: &str) -> Result<String, Errno> {
        self.0.read_link(path)
    }

    fn set_times(&self, times: SetTimes) -> Result<(), Errno> {
        self.0.set_times(times)
    }

    fn set_times_at(&self, path: &str, follow: bool, times: SetTimes) -> Result<(), Errno> {
        self.0.set_times_at(path, follow, times)
    }

    fn create_directory(&self, path: &str) -> Result<(), Errno> {
        self.0.create_directory(path)
    }

    fn remove_directory(&self, path: &str) -> Result<(), Errno> {
        self.0.remove_directory(path)
    }

    fn unlink(&self, path: &str) -> Result<(), Errno> {
        self.0.unlink(path)
    }

    fn rename(&self, from: &str, directory: &dyn Directory, to: &str) -> Result<(), Errno> {
        self.0.rename(from, directory, to)
    }

    fn link(&self, from: &str, directory: &dyn Directory, to: &str) -> Result<(), Errno> {
        self.0.link(from, directory, to)
    }

    fn symlink(&self, target: &str, path: &str) -> Result<(), Errno> {
        self.0.symlink(target, path)
    }
}
