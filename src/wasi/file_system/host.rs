//! Directories of the host.
//!
//! Input: a path of the embedder's. Output: a [`Directory`] on `sys/fs`.
//! Holds: only [`HostDirectory::open`] takes a path from outside; guests' paths start from what it opened.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use core::any::Any;
use std::io;
use std::path::Path;

use super::{
    Directory, DirectoryEntry, Errno, File, Metadata, OpenOptions, Opened, SetTimes, SpecialFile,
};
use crate::sys::fs;

/// A directory of the host, which a guest cannot leave: neither by `..` nor by absolute paths, symbolic links or
/// directories that another process moves meanwhile.
///
/// FIFOs, terminals and other devices in it can be opened; what a guest waits for there, it can be interrupted at.
///
/// On Windows nothing has a name that programs take for something else than a file, such as `nul.txt`, `a:b` or `a.`:
/// [`Errno::Noent`]; and nothing can be given one: [`Errno::Inval`]. Symbolic links are followed if they are relative;
/// junctions and other reparse points are not: [`Errno::Perm`].
///
/// ```
/// use wazir::wasi::{Directory, HostDirectory};
/// let directory = HostDirectory::open("src")?;
/// assert!(directory.metadata_at("lib.rs", true)?.size > 0);
/// assert!(directory.metadata_at("../Cargo.toml", true).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct HostDirectory(fs::Directory);

impl core::fmt::Debug for HostDirectory {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("HostDirectory").finish_non_exhaustive()
    }
}

impl HostDirectory {
    /// Opens a directory.
    ///
    /// # Errors
    /// The system's error; [`io::ErrorKind::Unsupported`] on systems whose files cannot be reached yet.
    pub fn open(path: impl AsRef<Path>) -> io::Result<HostDirectory> {
        fs::Directory::open_of_host(path.as_ref()).map(HostDirectory)
    }

    /// The other directory, if it is one of the host's as well.
    fn same<'d>(&self, other: &'d dyn Directory) -> Result<&'d fs::Directory, Errno> {
        match other.as_any().downcast_ref::<HostDirectory>() {
            Some(directory) => Ok(&directory.0),
            None => Err(Errno::Xdev),
        }
    }
}

impl Directory for HostDirectory {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn metadata(&self) -> Result<Metadata, Errno> {
        self.0.metadata()
    }

    fn open(&self, path: &str, options: &OpenOptions) -> Result<Opened, Errno> {
        Ok(match self.0.open(path, options)? {
            fs::Opened::File(file) => Opened::File(Box::new(HostFile(file))),
            fs::Opened::Directory(directory) => {
                Opened::Directory(Arc::new(HostDirectory(directory)))
            }
            fs::Opened::Special(special) => Opened::Special(SpecialFile(special)),
        })
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
        self.0.rename(from, self.same(directory)?, to)
    }

    fn link(&self, from: &str, directory: &dyn Directory, to: &str) -> Result<(), Errno> {
        self.0.link(from, self.same(directory)?, to)
    }

    fn symlink(&self, target: &str, path: &str) -> Result<(), Errno> {
        self.0.symlink(target, path)
    }

    fn sync(&self) -> Result<(), Errno> {
        self.0.sync()
    }
}

struct HostFile(fs::File);

impl File for HostFile {
    fn metadata(&self) -> Result<Metadata, Errno> {
        self.0.metadata()
    }

    fn read_at(&self, bytes: &mut [u8], offset: u64) -> Result<usize, Errno> {
        self.0.read_at(bytes, offset)
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> Result<usize, Errno> {
        self.0.write_at(bytes, offset)
    }

    fn append(&self, bytes: &[u8]) -> Result<(usize, u64), Errno> {
        self.0.append(bytes)
    }

    fn set_size(&self, size: u64) -> Result<(), Errno> {
        self.0.set_size(size)
    }

    fn allocate(&self, offset: u64, length: u64) -> Result<(), Errno> {
        self.0.allocate(offset, length)
    }

    fn set_times(&self, times: SetTimes) -> Result<(), Errno> {
        self.0.set_times(times)
    }

    fn sync(&self, data_only: bool) -> Result<(), Errno> {
        self.0.sync(data_only)
    }
}
