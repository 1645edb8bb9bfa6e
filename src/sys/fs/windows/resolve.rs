//! From paths to handles and names in open directories, without leaving the directory that the path starts from.
//!
//! Input: an open directory and a path. Output: [`Place`]s and [`Entry`]s.
//! Holds: all paths are walked (`sys/fs/walk.rs`), and nothing is reached through reparse points that are no symbolic
//! links, such as junctions.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use std::os::windows::io::{AsHandle, BorrowedHandle, OwnedHandle};

use super::links;
use super::system::{self, Disposition, access};
use crate::sys::errno::Errno;
use crate::sys::fs::walk::{self, Step, Walk};
use crate::sys::fs::{names, path};

/// A name in the system's form.
pub(in crate::sys::fs) type Name = Vec<u16>;

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
pub(super) type Place<'d> = walk::Place<'d>;

impl Place<'_> {
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

impl Purpose {
    fn encode(self, name: &str) -> Result<Name, Errno> {
        let refused = match self {
            Purpose::Find => Errno::Noent,
            Purpose::Make => Errno::Inval,
        };
        names::encode(name, refused)
    }
}

/// The place that a path names, whether something is there or not. Fails with `no_entry` if the last name is `.` or
/// `..` and so names no entry of a directory.
pub(super) fn place<'d>(
    start: BorrowedHandle<'d>,
    path: &str,
    purpose: Purpose,
    no_entry: Errno,
) -> Result<Place<'d>, Errno> {
    Place::new(start, path, no_entry, |name| purpose.encode(name))
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
    let open = |place: &Place<'_>| place.open(access);
    find_by(Walk::new(start), path, Purpose::Find, follow, access, open)
}

/// Opens what a symbolic link in the directory `parent` would lead to, to look at it.
pub(super) fn find_target(
    start: BorrowedHandle<'_>,
    parent: &str,
    target: &str,
) -> Result<Entry, Errno> {
    let mut walk = Walk::new(start);
    walk.go(parent)?;
    let open = |place: &Place<'_>| place.open(access::LOOK);
    find_by(walk, target, Purpose::Find, true, access::LOOK, open)
}

/// As [`find`], from where a walk is, opening what has a name by `open`, which may make it. Directories without a name
/// are opened for `access`.
pub(super) fn find_by(
    mut walk: Walk<'_>,
    path: &str,
    purpose: Purpose,
    follow: bool,
    access: u32,
    open: impl Fn(&Place<'_>) -> Result<Entry, Errno>,
) -> Result<Entry, Errno> {
    let mut path = Cow::Borrowed(path);
    loop {
        let split = path::split(&path)?;
        if split.names_no_entry() {
            walk.go(&path)?;
            return Entry::new(reopen(walk.directory(), access)?);
        }
        walk.go(split.parent)?;
        let place = walk.place(purpose.encode(split.name)?, split.is_directory);
        let entry = open(&place)?;
        let follows = follow || split.is_directory;
        match entry.kind {
            Kind::SymbolicLink if follows => {
                path = Cow::Owned(walk.follow(&split, &entry.read_link()?)?);
            }
            Kind::Other { .. } if follows => return Err(Errno::Perm),
            kind => {
                place.check_directory(kind)?;
                return Ok(entry);
            }
        }
    }
}

/// Opens the directory that a path names, to reach what is in it.
pub(in crate::sys::fs) fn directory(
    start: BorrowedHandle<'_>,
    path: &str,
) -> Result<OwnedHandle, Errno> {
    let mut walk = Walk::new(start);
    walk.go(path)?;
    walk.end()
}

/// Opens a name in a directory, if it is a directory; reads it, if it is a symbolic link.
pub(in crate::sys::fs) fn step(directory: BorrowedHandle<'_>, name: &str) -> Result<Step, Errno> {
    let name = Purpose::Find.encode(name)?;
    let handle = system::open(directory, &name, access::LOOK, Disposition::Open, 0)?;
    let entry = Entry::new(handle)?;
    match entry.kind {
        Kind::Directory => Ok(Step::Directory(entry.handle)),
        Kind::SymbolicLink => Ok(Step::Link(entry.read_link()?)),
        Kind::File => Err(Errno::Notdir),
        Kind::Other { .. } => Err(Errno::Perm),
    }
}
