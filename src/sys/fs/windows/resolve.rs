//! From paths to handles and names in open directories, without leaving the directory that the path starts from.
//!
//! Input: an open directory and a path. Output: [`Place`]s and [`Entry`]s.
//! Holds: the system is only ever given one name, in a directory that is open, and follows nothing. Symbolic links
//! are read and walked in their place, `..` goes back to the directory that was open before, whatever has been renamed
//! since, and nothing is reached through reparse points of other kinds, such as junctions.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use std::os::windows::io::{AsHandle, BorrowedHandle, OwnedHandle};

use super::links;
use super::system::{self, Disposition, access};
use crate::sys::errno::Errno;
use crate::sys::fs::names;
use crate::sys::fs::path::{self, MAX_LINKS};

/// How deep a walk goes: each directory on the way stays open, so that `..` can go back to it.
const MAX_DEPTH: usize = 256;

/// What an entry of a directory is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Directory,
    SymbolicLink,
    /// A reparse point that is no symbolic link; it may lead anywhere.
    Other {
        is_directory: bool,
    },
}

impl Kind {
    /// What attributes and the kind of reparse point mean.
    pub(super) fn new(attributes: u32, tag: u32) -> Kind {
        let is_directory = attributes & system::ATTRIBUTE_DIRECTORY != 0;
        if attributes & system::ATTRIBUTE_REPARSE_POINT != 0 {
            return match tag {
                system::TAG_SYMBOLIC_LINK => Kind::SymbolicLink,
                _ => Kind::Other { is_directory },
            };
        }
        if is_directory {
            Kind::Directory
        } else {
            Kind::File
        }
    }

    /// Whether it is removed as a directory.
    pub(super) fn is_removed_as_directory(self) -> bool {
        matches!(self, Kind::Directory | Kind::Other { is_directory: true })
    }
}

/// Something that was opened by a name, without following it.
pub(super) struct Entry {
    pub(super) handle: OwnedHandle,
    pub(super) kind: Kind,
}

impl Entry {
    fn new(handle: OwnedHandle) -> Result<Entry, Errno> {
        let (attributes, tag) = system::attributes(handle.as_handle())?;
        let kind = Kind::new(attributes, tag);
        Ok(Entry { handle, kind })
    }

    /// What it holds, if it is a symbolic link.
    ///
    /// # Errors
    /// [`Errno::Inval`] if it is none, and [`Errno::Perm`] if it is absolute.
    pub(super) fn read_link(&self) -> Result<String, Errno> {
        match self.kind {
            Kind::SymbolicLink => links::target(&system::read_reparse_point(self.handle())?),
            _ => Err(Errno::Inval),
        }
    }

    pub(super) fn handle(&self) -> BorrowedHandle<'_> {
        self.handle.as_handle()
    }
}

/// A name in a directory.
pub(super) struct Place<'d> {
    parent: Parent<'d>,
    pub(super) name: Vec<u16>,
    /// Whether the path says that it is a directory.
    pub(super) is_directory: bool,
}

enum Parent<'d> {
    /// Where the path starts.
    Start(BorrowedHandle<'d>),
    Below(OwnedHandle),
}

impl Place<'_> {
    /// The directory that the name is in.
    pub(super) fn parent(&self) -> BorrowedHandle<'_> {
        match &self.parent {
            Parent::Start(start) => *start,
            Parent::Below(below) => below.as_handle(),
        }
    }

    /// Opens what has the name.
    pub(super) fn open(&self, access: u32) -> Result<Entry, Errno> {
        self.open_or_make(access, Disposition::Open, 0)
    }

    /// Opens what has the name, or makes it.
    pub(super) fn open_or_make(
        &self,
        access: u32,
        disposition: Disposition,
        options: u32,
    ) -> Result<Entry, Errno> {
        let handle = system::open(self.parent(), &self.name, access, disposition, options)?;
        Entry::new(handle)
    }

    /// Fails if the path says that this is a directory, and `kind` says that it is none.
    pub(super) fn check_directory(&self, kind: Kind) -> Result<(), Errno> {
        if self.is_directory && kind != Kind::Directory {
            return Err(Errno::Notdir);
        }
        Ok(())
    }
}

/// What a name that no file can have is answered with.
#[derive(Copy, Clone)]
pub(super) enum Purpose {
    /// Nothing has such a name.
    Find,
    /// Nothing can get such a name.
    Make,
}

/// The place that a path names, whether something is there or not. Fails with `no_entry` if the last name is `.` or
/// `..` and so names no entry of a directory.
pub(super) fn place<'d>(
    start: BorrowedHandle<'d>,
    path: &str,
    purpose: Purpose,
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
    let refused = match purpose {
        Purpose::Find => Errno::Noent,
        Purpose::Make => Errno::Inval,
    };
    Ok(Place {
        parent,
        name: names::encode(split.name, refused)?,
        is_directory: split.is_directory,
    })
}

/// Opens what something open is once more.
pub(super) fn reopen(handle: BorrowedHandle<'_>, access: u32) -> Result<OwnedHandle, Errno> {
    system::open(handle, &[], access, Disposition::Open, 0)
}

/// Opens what a path names, without changing it. A symbolic link at the end is followed if `follow` says so, or if a
/// `/` stands behind it.
pub(super) fn find(
    start: BorrowedHandle<'_>,
    path: &str,
    follow: bool,
    access: u32,
) -> Result<Entry, Errno> {
    let mut path = Cow::Borrowed(path);
    for _ in 0..MAX_LINKS {
        let split = path::split(&path)?;
        if split.names_no_entry() {
            let directory = directory(start, &path)?;
            return Entry::new(reopen(directory.as_handle(), access)?);
        }
        let place = place(start, &path, Purpose::Find, Errno::Noent)?;
        let entry = place.open(access)?;
        let follows = follow || split.is_directory;
        match entry.kind {
            Kind::SymbolicLink if follows => {
                path = Cow::Owned(split.follow(&entry.read_link()?)?);
            }
            Kind::Other { .. } if follows => return Err(Errno::Perm),
            kind => {
                place.check_directory(kind)?;
                return Ok(entry);
            }
        }
    }
    Err(Errno::Loop)
}

/// Opens a directory name by name, to reach what is in it.
pub(super) fn directory(start: BorrowedHandle<'_>, path: &str) -> Result<OwnedHandle, Errno> {
    let mut opened: Vec<OwnedHandle> = Vec::new();
    let mut links = 0;
    let mut path = Cow::Borrowed(path);
    while let Some((name, behind)) = path::next_name(&path) {
        let current = opened.last().map_or(start, AsHandle::as_handle);
        let rest = if name == ".." {
            opened.pop().ok_or(Errno::Perm)?;
            String::from(behind)
        } else {
            let name = names::encode(name, Errno::Noent)?;
            let handle = system::open(current, &name, access::LOOK, Disposition::Open, 0)?;
            let entry = Entry::new(handle)?;
            match entry.kind {
                Kind::Directory if opened.len() == MAX_DEPTH => return Err(Errno::Nametoolong),
                Kind::Directory => {
                    opened.push(entry.handle);
                    String::from(behind)
                }
                Kind::SymbolicLink => {
                    links += 1;
                    if links > MAX_LINKS {
                        return Err(Errno::Loop);
                    }
                    path::expand(&entry.read_link()?, behind)?
                }
                Kind::File => return Err(Errno::Notdir),
                Kind::Other { .. } => return Err(Errno::Perm),
            }
        };
        path = Cow::Owned(rest);
    }
    match opened.pop() {
        Some(handle) => Ok(handle),
        None => Ok(start.try_clone_to_owned()?),
    }
}
