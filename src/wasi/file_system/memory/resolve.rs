//! From paths to nodes, without leaving the directory that the path starts from.
//!
//! Input: the number of a directory and a path. Output: [`Place`]s and [`Target`]s.
//! Holds: `..` is refused in the directory that the path starts from, also where symbolic links lead there. The tree
//! is locked meanwhile, so all that is reached is below that directory.

use alloc::borrow::Cow;
use alloc::string::String;

use super::super::Errno;
use super::tree::{Content, NodeId, Nodes};
use crate::sys::fs::path::{self, Links};

/// A name in a directory, which may be there or not.
pub(super) struct Place<'p> {
    pub(super) directory: NodeId,
    pub(super) name: &'p str,
    /// Whether the path says that it is a directory.
    pub(super) is_directory: bool,
}

/// What a path leads to.
pub(super) enum Target {
    /// Something that is there.
    Node {
        node: NodeId,
        /// Whether the path, or a link on it, says that it is a directory.
        is_directory: bool,
    },
    /// A name that is not there.
    Missing { directory: NodeId, name: String },
}

impl Nodes {
    /// The directory that a path names.
    fn directory(&self, start: NodeId, path: &str) -> Result<NodeId, Errno> {
        Walk::new(self, start).directory(start, path)
    }

    /// The place that a path names. Fails with `no_entry` if the last name is `.` or `..` and so names no entry of a
    /// directory.
    pub(super) fn place<'p>(
        &self,
        start: NodeId,
        path: &'p str,
        no_entry: Errno,
    ) -> Result<Place<'p>, Errno> {
        let split = path::split(path)?;
        if split.names_no_entry() {
            // That it leads out of the directory, or nowhere, is the more important message.
            self.directory(start, path)?;
            return Err(no_entry);
        }
        Ok(Place {
            directory: self.directory(start, split.parent)?,
            name: split.name,
            is_directory: split.is_directory,
        })
    }

    /// What a path leads to, behind a symbolic link at its end if `follow` or a `/` says so. A path `to_create` must
    /// not say that it is a directory.
    pub(super) fn target(
        &self,
        start: NodeId,
        path: &str,
        follow: bool,
        to_create: bool,
    ) -> Result<Target, Errno> {
        let mut walk = Walk::new(self, start);
        let mut path = Cow::Borrowed(path);
        let mut from = start;
        loop {
            let split = path::split(&path)?;
            if split.names_no_entry() {
                return Ok(Target::Node {
                    node: walk.directory(from, &path)?,
                    is_directory: true,
                });
            }
            from = walk.directory(from, split.parent)?;
            if split.is_directory && to_create {
                return Err(Errno::Isdir);
            }
            let node = match self.find(from, split.name) {
                Ok(node) => node,
                Err(Errno::Noent) => {
                    return Ok(Target::Missing {
                        directory: from,
                        name: String::from(split.name),
                    });
                }
                Err(error) => return Err(error),
            };
            match &self.node(node)?.content {
                Content::Link(target) if follow || split.is_directory => {
                    walk.links.count()?;
                    path = Cow::Owned(split.follow(target)?);
                }
                _ => {
                    return Ok(Target::Node {
                        node,
                        is_directory: split.is_directory,
                    });
                }
            }
        }
    }

    /// What a path leads to, if that is there.
    pub(super) fn existing(
        &self,
        start: NodeId,
        path: &str,
        follow: bool,
    ) -> Result<NodeId, Errno> {
        match self.target(start, path, follow, false)? {
            Target::Missing { .. } => Err(Errno::Noent),
            Target::Node { node, is_directory } => {
                if is_directory {
                    self.node(node)?.entries()?;
                }
                Ok(node)
            }
        }
    }

    /// What is at a place; fails if the path says that it is a directory, and it is none.
    pub(super) fn at(&self, place: &Place<'_>) -> Result<NodeId, Errno> {
        let node = self.find(place.directory, place.name)?;
        if place.is_directory {
            self.node(node)?.entries()?;
        }
        Ok(node)
    }
}

/// A walk along a path, which counts the symbolic links on it.
struct Walk<'n> {
    nodes: &'n Nodes,
    /// What the walk must not leave.
    start: NodeId,
    links: Links,
}

impl Walk<'_> {
    fn new(nodes: &Nodes, start: NodeId) -> Walk<'_> {
        Walk {
            nodes,
            start,
            links: Links::default(),
        }
    }

    /// The directory that a path leads to.
    fn directory(&mut self, from: NodeId, path: &str) -> Result<NodeId, Errno> {
        let mut current = from;
        let mut path = Cow::Borrowed(path);
        let mut done = 0;
        while let Some((name, behind)) = path::next_name(&path[done..]) {
            if name == ".." {
                if current == self.start {
                    return Err(Errno::Perm);
                }
                current = self.nodes.node(current)?.entries()?.parent;
                done = path.len() - behind.len();
                continue;
            }
            let node = self.nodes.find(current, name)?;
            match &self.nodes.node(node)?.content {
                Content::Directory(_) => {
                    current = node;
                    done = path.len() - behind.len();
                }
                Content::Link(target) => {
                    self.links.count()?;
                    path = Cow::Owned(path::expand(target, behind)?);
                    done = 0;
                }
                Content::File(_) => return Err(Errno::Notdir),
            }
        }
        Ok(current)
    }
}
