//! What a guest sees as files: the traits that every file system implements.
//!
//! Input: paths and bytes of guests. Output: [`Directory`], [`File`], and what opening a path gives.
//! Holds: a directory is confined: whoever implements [`Directory`] promises that no path leads out of it. Whether a
//! guest may do what it asks for (rights of its descriptors, permissions of its mounts) is decided before, in
//! `path.rs` and `descriptor.rs`, so no implementation has to look at that.

mod embedded;
mod host;
mod memory;

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::Any;

pub use self::embedded::EmbeddedDirectory;
pub use self::host::HostDirectory;
pub use self::memory::MemoryDirectory;
pub use crate::sys::errno::Errno;
use crate::sys::fs::path;
pub use crate::sys::fs::{DirectoryEntry, FileType, Metadata, OpenOptions, SetTime, SetTimes};

/// The names that a path of a guest leads through, with `.` and `..` worked off; none for the directory that it starts
/// from. For file systems without symbolic links: with them `..` leads elsewhere.
///
/// ```
/// use wazir::wasi::{Errno, resolve_names};
/// assert_eq!(resolve_names("./a//b/../c.txt"), Ok(vec!["a", "c.txt"]));
/// assert_eq!(resolve_names("."), Ok(vec![]));
/// assert_eq!(resolve_names("a/../../b"), Err(Errno::Perm));
/// ```
///
/// # Errors
/// [`Errno::Perm`] for a path that is absolute or leads out of the directory, [`Errno::Noent`] for an empty one,
/// [`Errno::Ilseq`] for one with a zero, and [`Errno::Nametoolong`].
pub fn resolve_names(path: &str) -> Result<Vec<&str>, Errno> {
    path::split(path)?;
    let (mut names, mut rest) = (Vec::new(), path);
    while let Some((name, behind)) = path::next_name(rest) {
        rest = behind;
        match name {
            ".." => drop(names.pop().ok_or(Errno::Perm)?),
            name => names.push(name),
        }
    }
    Ok(names)
}

/// An open directory, which a guest can be given with
/// [`WasiCtxBuilder::preopened_file_system`](super::WasiCtxBuilder::preopened_file_system).
///
/// Paths are relative, with `/` between names. They lead from this directory downwards: whatever leads out of it,
/// also for a moment and also by symbolic links, gives [`Errno::Perm`]. A path that ends with `/` names a directory.
/// They come as the guest wrote them, `./a` and `b/../a` for example: [`resolve_names`] works that off.
///
/// What a file system does not have, it need not implement: functions that change something give [`Errno::Rofs`]
/// unless implemented otherwise.
pub trait Directory: Send + Sync {
    /// This, for [`Directory::rename`] and [`Directory::link`] of the same file system to recognize it.
    fn as_any(&self) -> &dyn Any;

    /// What is known of this directory.
    ///
    /// # Errors
    /// What the file system says.
    fn metadata(&self) -> Result<Metadata, Errno>;

    /// Opens a file or directory.
    ///
    /// # Errors
    /// What the file system says; [`Errno::Loop`] for a symbolic link that is not to be followed.
    fn open(&self, path: &str, options: &OpenOptions) -> Result<Opened, Errno>;

    /// What is known of a file or directory; of a symbolic link itself unless it is to be followed.
    ///
    /// # Errors
    /// What the file system says.
    fn metadata_at(&self, path: &str, follow: bool) -> Result<Metadata, Errno>;

    /// Visits the entries of this directory from `start` on, 0 for all, as long as `visit` says so. `.` and `..` are
    /// among them.
    ///
    /// # Errors
    /// What the file system says.
    fn read(
        &self,
        start: u64,
        visit: &mut dyn FnMut(DirectoryEntry<'_>) -> bool,
    ) -> Result<(), Errno>;

    /// What a symbolic link holds.
    ///
    /// # Errors
    /// [`Errno::Inval`] if it is none, or what the file system says.
    fn read_link(&self, _path: &str) -> Result<String, Errno> {
        Err(Errno::Inval)
    }

    /// Sets times of this directory.
    ///
    /// # Errors
    /// What the file system says.
    fn set_times(&self, _times: SetTimes) -> Result<(), Errno> {
        Err(Errno::Rofs)
    }

    /// Sets times of a file or directory; of a symbolic link itself unless it is to be followed.
    ///
    /// # Errors
    /// What the file system says.
    fn set_times_at(&self, _path: &str, _follow: bool, _times: SetTimes) -> Result<(), Errno> {
        Err(Errno::Rofs)
    }

    /// Makes a directory.
    ///
    /// # Errors
    /// What the file system says.
    fn create_directory(&self, _path: &str) -> Result<(), Errno> {
        Err(Errno::Rofs)
    }

    /// Removes an empty directory.
    ///
    /// # Errors
    /// What the file system says.
    fn remove_directory(&self, _path: &str) -> Result<(), Errno> {
        Err(Errno::Rofs)
    }

    /// Removes a file or symbolic link.
    ///
    /// # Errors
    /// [`Errno::Isdir`] for a directory, or what the file system says.
    fn unlink(&self, _path: &str) -> Result<(), Errno> {
        Err(Errno::Rofs)
    }

    /// Gives a file or directory another name, in `directory`. What has that name is replaced.
    ///
    /// # Errors
    /// [`Errno::Xdev`] if `directory` belongs to another file system, or what the file system says.
    fn rename(&self, _from: &str, _directory: &dyn Directory, _to: &str) -> Result<(), Errno> {
        Err(Errno::Rofs)
    }

    /// Gives a file one more name, in `directory`. A symbolic link gets one itself.
    ///
    /// # Errors
    /// [`Errno::Xdev`] if `directory` belongs to another file system, or what the file system says.
    fn link(&self, _from: &str, _directory: &dyn Directory, _to: &str) -> Result<(), Errno> {
        Err(Errno::Rofs)
    }

    /// Makes a symbolic link.
    ///
    /// # Errors
    /// [`Errno::Perm`] for a target that is absolute, or what the file system says.
    fn symlink(&self, _target: &str, _path: &str) -> Result<(), Errno> {
        Err(Errno::Rofs)
    }

    /// Waits until what is known of this directory is on the device.
    ///
    /// # Errors
    /// What the file system says.
    fn sync(&self) -> Result<(), Errno> {
        Ok(())
    }
}

/// An open file. It has no position: that is kept for each descriptor of the guest.
///
/// What a file system does not have, it need not implement: functions that change something give [`Errno::Rofs`]
/// unless implemented otherwise.
pub trait File: Send + Sync {
    /// What is known of it.
    ///
    /// # Errors
    /// What the file system says.
    fn metadata(&self) -> Result<Metadata, Errno>;

    /// Reads some bytes from `offset` on, none at the end. The result is how many.
    ///
    /// # Errors
    /// What the file system says.
    fn read_at(&self, bytes: &mut [u8], offset: u64) -> Result<usize, Errno>;

    /// Writes some of the bytes at `offset`, which may be behind the end. The result is how many.
    ///
    /// # Errors
    /// What the file system says.
    fn write_at(&self, _bytes: &[u8], _offset: u64) -> Result<usize, Errno> {
        Err(Errno::Rofs)
    }

    /// Writes some of the bytes at the end, whatever the size is then. The result is how many, and the offset behind
    /// them. Unless implemented otherwise, another writer can get between the question for the size and the write.
    ///
    /// # Errors
    /// What the file system says.
    fn append(&self, bytes: &[u8]) -> Result<(usize, u64), Errno> {
        let size = self.metadata()?.size;
        let count = self.write_at(bytes, size)?;
        Ok((count, size.saturating_add(count as u64)))
    }

    /// Sets the size; new bytes are zero.
    ///
    /// # Errors
    /// What the file system says.
    fn set_size(&self, _size: u64) -> Result<(), Errno> {
        Err(Errno::Rofs)
    }

    /// Provides for `length` bytes at `offset`, so that writing them will not fail for want of space. The file becomes
    /// larger if it ends before.
    ///
    /// # Errors
    /// [`Errno::Inval`] for no bytes, or what the file system says.
    fn allocate(&self, _offset: u64, _length: u64) -> Result<(), Errno> {
        Err(Errno::Rofs)
    }

    /// Sets times.
    ///
    /// # Errors
    /// What the file system says.
    fn set_times(&self, _times: SetTimes) -> Result<(), Errno> {
        Err(Errno::Rofs)
    }

    /// Waits until the content is on the device, and if not `data_only` what is known of the file.
    ///
    /// # Errors
    /// What the file system says.
    fn sync(&self, _data_only: bool) -> Result<(), Errno> {
        Ok(())
    }
}

/// What opening a path gives.
#[non_exhaustive]
pub enum Opened {
    /// A file.
    File(Box<dyn File>),
    /// A directory. It is shared, so that what a guest does to it can go on while its descriptor is closed.
    Directory(Arc<dyn Directory>),
    /// A FIFO or device of the host.
    Special(SpecialFile),
}

/// An open FIFO or device of the host: something without a position, whose reads and writes may have to wait.
pub struct SpecialFile(pub(super) crate::sys::fs::Special);
