//! The table of what a guest has open.
//!
//! Input: what the embedder gives and what the guest opens. Output: [`Descriptor`]s by number.
//! Holds: a descriptor has no right that what it came from did not pass on, and no permission that its mount lacks.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::file_system::{Directory, Errno, File, FileType, Metadata, SpecialFile};
use super::stream::{Input, Output};
use super::types::Rights;
use crate::sys::net::{Connection, Listener};
use crate::sys::poll::Source;

/// What is open, by number.
pub(super) struct Descriptors {
    open: Vec<Option<Descriptor>>,
    /// How many there may be.
    limit: usize,
    /// No number below this one is free.
    first_free: usize,
}

/// How many descriptors a guest may have, unless the embedder says otherwise.
pub(super) const DEFAULT_LIMIT: usize = 1024;

/// Something open.
pub(super) struct Descriptor {
    pub(super) object: Object,
    /// What may be done with it.
    pub(super) rights: Rights,
    /// What may be done with what is opened from it.
    pub(super) inheriting: Rights,
    /// The bits of `fdflags`.
    pub(super) flags: u32,
}

/// What a descriptor refers to.
pub(super) enum Object {
    /// A stream to read.
    Input(Input),
    /// A stream to write.
    Output(Output),
    /// A file, and where the next read or write begins. What is known of it can be changed if its mount permits that
    /// files are written.
    File {
        file: Box<dyn File>,
        position: u64,
        permissions: Permissions,
    },
    /// A directory.
    Directory(OpenDirectory),
    /// A FIFO or device of the host.
    Special(SpecialFile),
    /// Something that accepts connections.
    Listener(Listener),
    /// A connection.
    Connection(Connection),
}

/// A directory that a guest has open.
#[derive(Clone)]
pub(super) struct OpenDirectory {
    pub(super) directory: Arc<dyn Directory>,
    pub(super) permissions: Permissions,
    /// The guest's name for it, if the embedder opened it.
    pub(super) preopened_as: Option<Arc<str>>,
}

/// What may be done below a mount, whatever rights a guest's descriptors have.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Permissions {
    pub(super) read_directories: bool,
    pub(super) change_directories: bool,
    pub(super) read_files: bool,
    pub(super) write_files: bool,
}

impl Permissions {
    /// Whether what may be done with `self` may be done with `other` as well.
    pub(super) fn are_within(self, other: Permissions) -> bool {
        self.read_directories <= other.read_directories
            && self.change_directories <= other.change_directories
            && self.read_files <= other.read_files
            && self.write_files <= other.write_files
    }
}

/// Fails if a mount does not permit something.
pub(super) fn permit(is_permitted: bool) -> Result<(), Errno> {
    if is_permitted {
        Ok(())
    } else {
        Err(Errno::Rofs)
    }
}

impl Descriptor {
    pub(super) fn new(
        object: Object,
        rights: Rights,
        inheriting: Rights,
        flags: u32,
    ) -> Descriptor {
        Descriptor {
            object,
            rights,
            inheriting,
            flags,
        }
    }

    fn stream(object: Object, transfer: Rights) -> Descriptor {
        let rights = Rights::all_of(&[Rights::STREAM, transfer]);
        Descriptor::new(object, rights, Rights::NONE, 0)
    }

    fn directory(directory: OpenDirectory) -> Descriptor {
        let inheriting = Rights::all_of(&[Rights::DIRECTORY, Rights::FILE]);
        Descriptor::new(
            Object::Directory(directory),
            Rights::DIRECTORY,
            inheriting,
            0,
        )
    }

    fn listener(listener: Listener) -> Descriptor {
        let rights = Rights::all_of(&[Rights::STREAM, Rights::SOCK_ACCEPT]);
        Descriptor::new(Object::Listener(listener), rights, Rights::SOCKET, 0)
    }

    /// Fails unless the descriptor has the rights.
    pub(super) fn require(&self, rights: Rights) -> Result<(), Errno> {
        if self.rights.contains(rights) {
            Ok(())
        } else {
            Err(Errno::Notcapable)
        }
    }

    /// The directory, if the descriptor has the rights. [`Errno::Notdir`] for anything else.
    pub(super) fn as_directory(&self, rights: Rights) -> Result<&OpenDirectory, Errno> {
        let Object::Directory(directory) = &self.object else {
            return Err(Errno::Notdir);
        };
        self.require(rights)?;
        Ok(directory)
    }

    /// What it is.
    pub(super) fn metadata(&self) -> Result<Metadata, Errno> {
        let nothing_but = |file_type| Metadata {
            device: 0,
            inode: 0,
            file_type,
            links: 0,
            size: 0,
            accessed: 0,
            modified: 0,
            changed: 0,
        };
        match &self.object {
            Object::Input(input) => Ok(nothing_but(input.file_type())),
            Object::Output(output) => Ok(nothing_but(output.file_type())),
            Object::File { file, .. } => file.metadata(),
            Object::Directory(open) => open.directory.metadata(),
            Object::Special(special) => special.0.metadata(),
            Object::Listener(_) | Object::Connection(_) => Ok(nothing_but(FileType::SocketStream)),
        }
    }

    /// What it is, without asking for more.
    pub(super) fn file_type(&self) -> Result<FileType, Errno> {
        Ok(match &self.object {
            Object::Directory(_) => FileType::Directory,
            Object::Special(special) => special.0.file_type(),
            _ => self.metadata()?.file_type,
        })
    }

    /// What to wait for before a read or a write; none if neither waits.
    pub(super) fn source(&self) -> Option<Source<'_>> {
        match &self.object {
            Object::Input(input) => input.source(),
            Object::Output(output) => output.source(),
            Object::Special(special) => special.0.source(),
            Object::Listener(listener) => listener.source(),
            Object::Connection(connection) => connection.source(),
            Object::File { .. } | Object::Directory(_) => None,
        }
    }
}

impl Descriptors {
    pub(super) fn new(
        (stdin, stdout, stderr): (Input, Output, Output),
        directories: Vec<OpenDirectory>,
        listeners: Vec<Listener>,
        limit: usize,
    ) -> Descriptors {
        let streams = [
            Descriptor::stream(Object::Input(stdin), Rights::FD_READ),
            Descriptor::stream(Object::Output(stdout), Rights::FD_WRITE),
            Descriptor::stream(Object::Output(stderr), Rights::FD_WRITE),
        ];
        let open: Vec<_> = streams
            .into_iter()
            .chain(directories.into_iter().map(Descriptor::directory))
            .chain(listeners.into_iter().map(Descriptor::listener))
            .map(Some)
            .collect();
        let first_free = open.len();
        Descriptors {
            open,
            limit,
            first_free,
        }
    }

    /// The descriptor with a number.
    pub(super) fn get(&mut self, fd: u32) -> Result<&mut Descriptor, Errno> {
        self.slot(fd)?.as_mut().ok_or(Errno::Badf)
    }

    /// The descriptor with a number, to look at.
    pub(super) fn look(&self, fd: u32) -> Result<&Descriptor, Errno> {
        let descriptor = self.open.get(fd as usize).and_then(Option::as_ref);
        descriptor.ok_or(Errno::Badf)
    }

    /// The directory with a number, if the descriptor has the rights.
    pub(super) fn directory(&self, fd: u32, rights: Rights) -> Result<&OpenDirectory, Errno> {
        self.look(fd)?.as_directory(rights)
    }

    fn slot(&mut self, fd: u32) -> Result<&mut Option<Descriptor>, Errno> {
        self.open.get_mut(fd as usize).ok_or(Errno::Badf)
    }

    /// Fails if no descriptor can be added.
    pub(super) fn check_room(&mut self) -> Result<(), Errno> {
        while self.open.get(self.first_free).is_some_and(Option::is_some) {
            self.first_free += 1;
        }
        if self.first_free < self.limit {
            Ok(())
        } else {
            Err(Errno::Mfile)
        }
    }

    /// Adds a descriptor with the lowest number that is free.
    pub(super) fn add(&mut self, descriptor: Descriptor) -> Result<u32, Errno> {
        self.check_room()?;
        let number = self.first_free;
        match self.open.get_mut(number) {
            Some(slot) => *slot = Some(descriptor),
            None => self.open.push(Some(descriptor)),
        }
        Ok(number as u32)
    }

    pub(super) fn remove(&mut self, fd: u32) -> Result<Descriptor, Errno> {
        let descriptor = self.slot(fd)?.take().ok_or(Errno::Badf)?;
        self.first_free = self.first_free.min(fd as usize);
        Ok(descriptor)
    }

    /// Gives `from` the number `to`. What had that number is the result.
    pub(super) fn renumber(&mut self, from: u32, to: u32) -> Result<Option<Descriptor>, Errno> {
        self.get(from)?;
        self.get(to)?;
        if from == to {
            return Ok(None);
        }
        let moved = self.remove(from)?;
        Ok(self.slot(to)?.replace(moved))
    }
}
