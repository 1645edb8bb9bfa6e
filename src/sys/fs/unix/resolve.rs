//! From paths to directories that are open and names in them, without leaving the directory that the path starts
//! from.
//!
//! Input: an open directory and a path. Output: [`Place`]s, and what opening gives.
//! Holds: what is opened was reached by names downwards only. On Linux the kernel sees to that (`openat2`); where it
//! cannot, and on other systems, directories are opened one by one without following symbolic links, links are read
//! and walked in their place, and `..` goes back to the directory that was open before, whatever has been renamed
//! since.

use alloc::borrow::Cow;
use alloc::ffi::CString;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::ffi::c_int;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use super::system::{self, flags};
use crate::sys::errno::Errno;
use crate::sys::fs::path::{self, MAX_LINKS};
use crate::sys::fs::{FileType, Metadata};

/// How deep a walk goes: each directory on the way stays open, so that `..` can go back to it.
const MAX_DEPTH: usize = 256;

/// A name in a directory.
pub(super) struct Place<'d> {
    parent: Parent<'d>,
    pub(super) name: CString,
    /// Whether the path says that it is a directory.
    pub(super) is_directory: bool,
}

enum Parent<'d> {
    /// Where the path starts.
    Start(BorrowedFd<'d>),
    Below(OwnedFd),
}

impl Place<'_> {
    /// The directory that the name is in.
    pub(super) fn parent(&self) -> BorrowedFd<'_> {
        match &self.parent {
            Parent::Start(start) => *start,
            Parent::Below(below) => below.as_fd(),
        }
    }

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
    let split = path::split(path)?;
    if split.names_no_entry() {
        // That it leads out of the directory, or nowhere, is the more important message.
        directory(start, path)?;
        return Err(no_entry);
    }
    let parent = match split.parent {
        "" => Parent::Start(start),
        parent => Parent::Below(directory(start, parent)?),
    };
    Ok(Place {
        parent,
        name: c_string(split.name)?,
        is_directory: split.is_directory,
    })
}

/// The place that a path names after symbolic links; there may be one nevertheless if another process has just made
/// it. What has no name in a directory that may be reached, because the last one is `.` or `..`, is `.` in itself.
pub(super) fn place_behind_links<'d>(
    start: BorrowedFd<'d>,
    path: &str,
) -> Result<Place<'d>, Errno> {
    let mut path = Cow::Borrowed(path);
    for _ in 0..=MAX_LINKS {
        let split = path::split(&path)?;
        if split.names_no_entry() {
            return Ok(Place {
                parent: Parent::Below(directory(start, &path)?),
                name: c_string(".")?,
                is_directory: true,
            });
        }
        let place = place(start, &path, Errno::Noent)?;
        match place.read_link() {
            Ok(target) => path = Cow::Owned(split.follow(&target)?),
            Err(Errno::Inval) => return Ok(place),
            Err(error) => return Err(error),
        }
    }
    Err(Errno::Loop)
}

/// Opens the directory that a path names, to reach what is in it.
pub(super) fn directory(start: BorrowedFd<'_>, path: &str) -> Result<OwnedFd, Errno> {
    let flags = flags::PATH | flags::DIRECTORY;
    match beneath(start, path, flags)? {
        Some(fd) => Ok(fd),
        None => walk(start, path),
    }
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
        return super::metadata_of(fd.as_fd());
    }
    walk_to_metadata(start, path, follow || split.is_directory)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn metadata(start: BorrowedFd<'_>, path: &str, follow: bool) -> Result<Metadata, Errno> {
    let split = path::split(path)?;
    walk_to_metadata(start, path, follow || split.is_directory)
}

fn walk_to_metadata(start: BorrowedFd<'_>, path: &str, follow: bool) -> Result<Metadata, Errno> {
    let place = if follow || path::split(path)?.names_no_entry() {
        place_behind_links(start, path)?
    } else {
        place(start, path, Errno::Noent)?
    };
    let metadata = metadata_of_place(&place)?;
    if place.is_directory && metadata.file_type != FileType::Directory {
        return Err(Errno::Notdir);
    }
    Ok(metadata)
}

/// What is known of an entry; of a symbolic link itself.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn metadata_of_place(place: &Place<'_>) -> Result<Metadata, Errno> {
    let flags = flags::PATH | flags::NO_FOLLOW;
    let fd = system::open(place.parent(), &place.name, flags, 0)?;
    super::metadata_of(fd.as_fd())
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

/// Opens a directory name by name.
fn walk(start: BorrowedFd<'_>, path: &str) -> Result<OwnedFd, Errno> {
    let flags = flags::PATH | flags::DIRECTORY | flags::NO_FOLLOW;
    let mut opened: Vec<OwnedFd> = Vec::new();
    let mut links = 0;
    let mut path = Cow::Borrowed(path);
    while let Some((name, behind)) = path::next_name(&path) {
        let current = opened.last().map_or(start, AsFd::as_fd);
        let rest = if name == ".." {
            opened.pop().ok_or(Errno::Perm)?;
            String::from(behind)
        } else {
            let c_name = c_string(name)?;
            match system::open(current, &c_name, flags, 0) {
                Ok(_) if opened.len() == MAX_DEPTH => return Err(Errno::Nametoolong),
                Ok(fd) => {
                    opened.push(fd);
                    String::from(behind)
                }
                Err(error) if may_be_link(&error) => {
                    let Ok(target) = read_link(current, &c_name) else {
                        return Err(error.into());
                    };
                    links += 1;
                    if links > MAX_LINKS {
                        return Err(Errno::Loop);
                    }
                    path::expand(&target, behind)?
                }
                Err(error) => return Err(error.into()),
            }
        };
        path = Cow::Owned(rest);
    }
    match opened.pop() {
        Some(fd) => Ok(fd),
        None => Ok(start.try_clone_to_owned()?),
    }
}

/// Opens what a path names, walking to the directory that it is in.
fn open_walking(start: BorrowedFd<'_>, path: &str, flags: c_int) -> Result<OwnedFd, Errno> {
    let mut path = Cow::Borrowed(path);
    for _ in 0..=MAX_LINKS {
        let split = path::split(&path)?;
        if split.names_no_entry() {
            let directory = walk(start, &path)?;
            let flags = flags & !flags::NO_FOLLOW;
            return Ok(system::open(directory.as_fd(), c".", flags, FILE_MODE)?);
        }
        let place = place(start, &path, Errno::Noent)?;
        if split.is_directory && flags & flags::CREATE != 0 {
            return Err(Errno::Isdir);
        }
        let end = if split.is_directory {
            flags::DIRECTORY
        } else {
            0
        };
        let name_flags = flags | flags::NO_FOLLOW | end;
        let error = match system::open(place.parent(), &place.name, name_flags, FILE_MODE) {
            Ok(fd) => return Ok(fd),
            Err(error) => error,
        };
        // A `/` behind a link means what it leads to.
        let follows = flags & flags::NO_FOLLOW == 0 || split.is_directory;
        match place.read_link() {
            Ok(target) if follows && may_be_link(&error) => {
                path = Cow::Owned(split.follow(&target)?)
            }
            _ => return Err(error.into()),
        }
    }
    Err(Errno::Loop)
}
