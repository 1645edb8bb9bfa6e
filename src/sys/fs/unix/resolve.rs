//! From paths to directories that are open and names in them, without leaving the directory that the path starts
//! from.
//!
//! Input: an open directory and a path. Output: [`Place`]s, and what opening gives.
//! Holds: what is opened was reached by names downwards only. On Linux the kernel sees to that (`openat2`); where it
//! cannot, and on other systems, paths are walked (`sys/fs/walk.rs`).

use alloc::borrow::Cow;
use alloc::ffi::CString;
use alloc::string::String;
use alloc::vec;
use core::ffi::c_int;
use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};

use super::system::{self, flags};
use crate::sys::errno::Errno;
use crate::sys::fs::walk::{self, Step, Walk};
use crate::sys::fs::{FileType, Metadata, path};

/// A name in the system's form.
pub(in crate::sys::fs) type Name = CString;

/// A name in a directory.
pub(super) type Place<'d> = walk::Place<'d>;

impl Place<'_> {
    /// What the name holds, if it is a symbolic link.
    ///
    /// # Errors
    /// [`Errno::Inval`] if it is none.
    pub(super) fn read_link(&self) -> Result<String, Errno> {
        read_link(self.parent(), &self.name)
    }
}

fn read_link(directory: BorrowedFd<'_>, name: &CString) -> Result<String, Errno> {
    let mut buffer = vec![0; 256];
    loop {
        let length = system::read_link(directory, name, &mut buffer)?;
        if length < buffer.len() {
            buffer.truncate(length);
            return String::from_utf8(buffer).map_err(|_| Errno::Ilseq);
        }
        if buffer.len() > path::MAX_BYTES {
            return Err(Errno::Nametoolong);
        }
        buffer.resize(2 * buffer.len(), 0);
    }
}

fn c_string(name: &str) -> Result<CString, Errno> {
    CString::new(name).map_err(|_| Errno::Ilseq)
}

/// The place that a path names, whether something is there or not. Fails with `no_entry` if the last name is `.` or
/// `..` and so names no entry of a directory.
pub(super) fn place<'d>(
    start: BorrowedFd<'d>,
    path: &str,
    no_entry: Errno,
) -> Result<Place<'d>, Errno> {
    Place::new(start, path, no_entry, c_string)
}

/// Does something with the place that a path names after symbolic links; there may be one nevertheless if another
/// process has just made it. What has no name in a directory that may be reached, because the last one is `.` or `..`,
/// is `.` in itself.
pub(super) fn at_place_behind_links<T>(
    start: BorrowedFd<'_>,
    path: &str,
    act: impl FnOnce(&Place<'_>) -> Result<T, Errno>,
) -> Result<T, Errno> {
    let mut walk = Walk::new(start);
    let mut path = Cow::Borrowed(path);
    loop {
        let split = path::split(&path)?;
        if split.names_no_entry() {
            walk.go(&path)?;
            return act(&walk.place(c_string(".")?, true));
        }
        walk.go(split.parent)?;
        let place = walk.place(c_string(split.name)?, split.is_directory);
        let target = match place.read_link() {
            Ok(target) => target,
            Err(Errno::Inval) => return act(&place),
            Err(error) => return Err(error),
        };
        path = Cow::Owned(walk.follow(&split, &target)?);
    }
}

/// Opens the directory that a path names, to reach what is in it.
pub(in crate::sys::fs) fn directory(start: BorrowedFd<'_>, path: &str) -> Result<OwnedFd, Errno> {
    let flags = flags::PATH | flags::DIRECTORY;
    if let Some(fd) = beneath(start, path, flags)? {
        return Ok(fd);
    }
    let mut walk = Walk::new(start);
    walk.go(path)?;
    walk.end()
}

/// Opens what a path names. `flags` may have `NO_FOLLOW`.
pub(super) fn open(start: BorrowedFd<'_>, path: &str, flags: c_int) -> Result<OwnedFd, Errno> {
    path::split(path)?;
    match beneath(start, path, flags)? {
        Some(fd) => Ok(fd),
        None => open_walking(start, path, flags),
    }
}

/// What is known of what a path names.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn metadata(start: BorrowedFd<'_>, path: &str, follow: bool) -> Result<Metadata, Errno> {
    let split = path::split(path)?;
    let end = if follow { 0 } else { flags::NO_FOLLOW };
    if let Some(fd) = beneath(start, path, flags::PATH | end)? {
        return super::metadata_of(super::borrow(&fd));
    }
    walk_to_metadata(start, path, follow || split.is_directory)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn metadata(start: BorrowedFd<'_>, path: &str, follow: bool) -> Result<Metadata, Errno> {
    let split = path::split(path)?;
    walk_to_metadata(start, path, follow || split.is_directory)
}

fn walk_to_metadata(start: BorrowedFd<'_>, path: &str, follow: bool) -> Result<Metadata, Errno> {
    let look = |place: &Place<'_>| {
        let metadata = metadata_of_place(place)?;
        if place.is_directory && metadata.file_type != FileType::Directory {
            return Err(Errno::Notdir);
        }
        Ok(metadata)
    };
    if follow || path::split(path)?.names_no_entry() {
        at_place_behind_links(start, path, look)
    } else {
        look(&place(start, path, Errno::Noent)?)
    }
}

/// What is known of an entry; of a symbolic link itself.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn metadata_of_place(place: &Place<'_>) -> Result<Metadata, Errno> {
    let flags = flags::PATH | flags::NO_FOLLOW;
    let fd = system::open(place.parent(), &place.name, flags, 0)?;
    super::metadata_of(super::borrow(&fd))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn metadata_of_place(place: &Place<'_>) -> Result<Metadata, Errno> {
    Ok(super::bsd::metadata_at(place.parent(), &place.name)?)
}

/// Files that are made can be read and written by everybody, as far as the process's mask allows.
const FILE_MODE: u32 = 0o666;

/// How often the kernel is asked again because something was renamed while it looked.
#[cfg(target_os = "linux")]
const ATTEMPTS: usize = 8;

/// Opens a path by `openat2`; none where that is not to be had.
#[cfg(target_os = "linux")]
fn beneath(start: BorrowedFd<'_>, path: &str, flags: c_int) -> Result<Option<OwnedFd>, Errno> {
    if !super::kernel::resolves() {
        return Ok(None);
    }
    let path = c_string(path)?;
    for _ in 0..ATTEMPTS {
        match super::kernel::open_beneath(start, &path, flags, FILE_MODE) {
            Ok(fd) => return Ok(Some(fd)),
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => return Err(Errno::Perm),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

#[cfg(not(target_os = "linux"))]
fn beneath(_start: BorrowedFd<'_>, _path: &str, _flags: c_int) -> Result<Option<OwnedFd>, Errno> {
    Ok(None)
}

/// Whether opening a name without following links may have failed because it is a link. Systems differ in what they
/// say.
fn may_be_link(error: &io::Error) -> bool {
    const EMLINK: i32 = 31;
    matches!(Errno::from(error), Errno::Loop | Errno::Notdir)
        || error.raw_os_error() == Some(EMLINK)
}

/// Opens a name in a directory, if it is a directory; reads it, if it is a symbolic link.
pub(in crate::sys::fs) fn step(directory: BorrowedFd<'_>, name: &str) -> Result<Step, Errno> {
    let name = c_string(name)?;
    let flags = flags::PATH | flags::DIRECTORY | flags::NO_FOLLOW;
    match system::open(directory, &name, flags, 0) {
        Ok(fd) => Ok(Step::Directory(fd)),
        Err(error) if may_be_link(&error) => match read_link(directory, &name) {
            Ok(target) => Ok(Step::Link(target)),
            Err(_) => Err(error.into()),
        },
        Err(error) => Err(error.into()),
    }
}

/// Opens what a path names, walking to the directory that it is in.
fn open_walking(start: BorrowedFd<'_>, path: &str, flags: c_int) -> Result<OwnedFd, Errno> {
    let mut walk = Walk::new(start);
    let mut path = Cow::Borrowed(path);
    loop {
        let split = path::split(&path)?;
        if split.names_no_entry() {
            walk.go(&path)?;
            let flags = flags & !flags::NO_FOLLOW;
            return Ok(system::open(walk.directory(), c".", flags, FILE_MODE)?);
        }
        walk.go(split.parent)?;
        if split.is_directory && flags & flags::CREATE != 0 {
            return Err(Errno::Isdir);
        }
        let end = if split.is_directory {
            flags::DIRECTORY
        } else {
            0
        };
        let name = c_string(split.name)?;
        let name_flags = flags | flags::NO_FOLLOW | end;
        let error = match system::open(walk.directory(), &name, name_flags, FILE_MODE) {
            Ok(fd) => return Ok(fd),
            Err(error) => error,
        };
        // A `/` behind a link means what it leads to.
        let follows = flags & flags::NO_FOLLOW == 0 || split.is_directory;
        match read_link(walk.directory(), &name) {
            Ok(target) if follows && may_be_link(&error) => {
                path = Cow::Owned(walk.follow(&split, &target)?)
            }
            _ => return Err(error.into()),
        }
    }
}
