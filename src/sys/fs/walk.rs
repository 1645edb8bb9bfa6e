//! Walks along paths name by name, without leaving the directory that a path starts from.
//!
//! Input: an open directory and a path. Output: the directory that the path leads to; [`Place`]s.
//! Holds: the system is only ever given one name, in a directory that is open, and follows nothing. Symbolic links are
//! read and walked in their place, `..` goes back to the directory that was open before, whatever has been renamed
//! since, and all links on the way count together, as they do where the kernel resolves paths.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::path::{self, Links, Split};
use super::system::{self, Borrowed, Name, Owned};
use crate::sys::errno::Errno;

/// How deep a walk goes: each directory on the way stays open, so that `..` can go back to it.
const MAX_DEPTH: usize = 256;

/// What a name on the way leads to.
pub(super) enum Step {
    Directory(Owned),
    /// A symbolic link that holds this.
    Link(String),
}

/// A walk along a path.
pub(super) struct Walk<'d> {
    start: Borrowed<'d>,
    /// The directories below the start that lead to where the walk is.
    opened: Vec<Owned>,
    links: Links,
}

impl<'d> Walk<'d> {
    pub(super) fn new(start: Borrowed<'d>) -> Walk<'d> {
        Walk {
            start,
            opened: Vec::new(),
            links: Links::default(),
        }
    }

    /// The directory where the walk is.
    pub(super) fn directory(&self) -> Borrowed<'_> {
        self.opened.last().map_or(self.start, system::borrow)
    }

    /// Goes on to the directory that a path names.
    pub(super) fn go(&mut self, path: &str) -> Result<(), Errno> {
        let mut path = Cow::Borrowed(path);
        let mut done = 0;
        while let Some((name, behind)) = path::next_name(&path[done..]) {
            let step = if name == ".." {
                self.opened.pop().ok_or(Errno::Perm)?;
                None
            } else {
                Some(system::step(self.directory(), name)?)
            };
            match step {
                Some(Step::Link(target)) => {
                    self.links.count()?;
                    path = Cow::Owned(path::expand(&target, behind)?);
                    done = 0;
                    continue;
                }
                Some(Step::Directory(_)) if self.opened.len() == MAX_DEPTH => {
                    return Err(Errno::Nametoolong);
                }
                Some(Step::Directory(directory)) => self.opened.push(directory),
                None => {}
            }
            done = path.len() - behind.len();
        }
        Ok(())
    }

    /// The path that is left, from here, when the last name of a path turns out to be a symbolic link in this
    /// directory.
    pub(super) fn follow(&mut self, split: &Split<'_>, target: &str) -> Result<String, Errno> {
        self.links.count()?;
        split.follow(target)
    }

    /// A name in the directory where the walk is.
    pub(super) fn place(&self, name: Name, is_directory: bool) -> Place<'_> {
        Place {
            parent: Parent::Start(self.directory()),
            name,
            is_directory,
        }
    }

    /// The directory where the walk ended.
    pub(super) fn end(mut self) -> Result<Owned, Errno> {
        match self.opened.pop() {
            Some(directory) => Ok(directory),
            None => Ok(self.start.try_clone_to_owned()?),
        }
    }
}

/// A name in a directory.
pub(super) struct Place<'d> {
    parent: Parent<'d>,
    pub(super) name: Name,
    /// Whether the path says that it is a directory.
    pub(super) is_directory: bool,
}

enum Parent<'d> {
    /// Where the path starts.
    Start(Borrowed<'d>),
    Below(Owned),
}

impl<'d> Place<'d> {
    /// The place that a path names, whether something is there or not. Fails with `no_entry` if the last name is `.`
    /// or `..` and so names no entry of a directory.
    pub(super) fn new(
        start: Borrowed<'d>,
        path: &str,
        no_entry: Errno,
        name: impl FnOnce(&str) -> Result<Name, Errno>,
    ) -> Result<Place<'d>, Errno> {
        let split = path::split(path)?;
        if split.names_no_entry() {
            // That it leads out of the directory, or nowhere, is the more important message.
            system::directory(start, path)?;
            return Err(no_entry);
        }
        let parent = match split.parent {
            "" => Parent::Start(start),
            parent => Parent::Below(system::directory(start, parent)?),
        };
        Ok(Place {
            parent,
            name: name(split.name)?,
            is_directory: split.is_directory,
        })
    }

    /// The directory that the name is in.
    pub(super) fn parent(&self) -> Borrowed<'_> {
        match &self.parent {
            Parent::Start(start) => *start,
            Parent::Below(below) => system::borrow(below),
        }
    }
}
