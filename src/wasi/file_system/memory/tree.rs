//! A tree of files, directories and symbolic links in memory.
//!
//! Input: numbers of nodes, and single names in directories. Output: nodes that come, go, and change.
//! Holds: a node lives as long as it has a name or something open holds it. Whatever a tree keeps is charged to its
//! budget, entries and nodes by what they take at most. Nodes refer to each other by number, so nothing here recurses.

use crate::ordered_map::OrderedMap;
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::super::{Errno, FileType, Metadata, SetTime, SetTimes};
use super::content::{Budget, Bytes};
use crate::sys::clock;
use crate::sys::sync::{Counter, Mutex};
use crate::wasi::clock::HostWallClock;

/// How long a name may be, as on most hosts.
const MAX_NAME_BYTES: usize = 255;

/// What a node takes beside its content. Nodes stand in a vector that doubles when it grows.
const NODE_BYTES: usize = 3 * size_of::<(NodeId, Node)>();

/// What a directory takes beside: the maps of its entries, which have room for several from the first one on.
const DIRECTORY_BYTES: usize = 768;

/// What an entry of a directory takes beside its name: it stands in two maps that double when they grow.
const ENTRY_BYTES: usize = 192;

/// The positions of `.` and `..` in a directory. The number of an entry's own is what it was given when it was made,
/// and begins behind these.
const POSITION_OF_SELF: u64 = 0;
const POSITION_OF_PARENT: u64 = 1;
const POSITION_OF_NEWEST: u64 = 2;

/// The number of a node, which is never used again in its tree.
pub(super) type NodeId = u64;

const ROOT: NodeId = 1;

/// A file, directory or symbolic link.
pub(super) struct Node {
    pub(super) content: Content,
    /// How many names it has.
    links: u64,
    /// How many handles hold it.
    handles: usize,
    accessed: u64,
    modified: u64,
    changed: u64,
}

pub(super) enum Content {
    File(Bytes),
    Directory(Box<Entries>),
    Link(Box<str>),
}

/// What is in a directory.
pub(super) struct Entries {
    pub(super) parent: NodeId,
    by_name: OrderedMap<Arc<str>, Entry>,
    by_position: OrderedMap<u64, Arc<str>>,
    /// The position that the next entry gets.
    next_position: u64,
}

struct Entry {
    node: NodeId,
    position: u64,
}

/// An entry as it is told.
pub(super) struct Listed {
    pub(super) next: u64,
    pub(super) node: NodeId,
    pub(super) file_type: FileType,
    pub(super) name: Arc<str>,
}

impl Content {
    pub(super) fn empty_file() -> Content {
        Content::File(Bytes::new(Cow::Borrowed(&[])))
    }

    pub(super) fn directory(parent: NodeId) -> Content {
        Content::Directory(Box::new(Entries {
            parent,
            by_name: OrderedMap::new(),
            by_position: OrderedMap::new(),
            next_position: POSITION_OF_NEWEST + 1,
        }))
    }

    fn charge(&self) -> usize {
        NODE_BYTES
            + match self {
                Content::File(bytes) => bytes.charge(),
                Content::Directory(_) => DIRECTORY_BYTES,
                Content::Link(target) => target.len(),
            }
    }

    fn file_type(&self) -> FileType {
        match self {
            Content::File(_) => FileType::RegularFile,
            Content::Directory(_) => FileType::Directory,
            Content::Link(_) => FileType::SymbolicLink,
        }
    }

    fn size(&self) -> u64 {
        let size = match self {
            Content::File(bytes) => bytes.as_slice().len(),
            Content::Directory(_) => 0,
            Content::Link(target) => target.len(),
        };
        size as u64
    }
}

impl Node {
    fn new(content: Content, now: u64) -> Node {
        Node {
            content,
            links: 0,
            handles: 0,
            accessed: now,
            modified: now,
            changed: now,
        }
    }

    pub(super) fn is_directory(&self) -> bool {
        matches!(self.content, Content::Directory(_))
    }

    pub(super) fn entries(&self) -> Result<&Entries, Errno> {
        match &self.content {
            Content::Directory(entries) => Ok(entries),
            _ => Err(Errno::Notdir),
        }
    }

    fn touch(&mut self, now: u64) {
        self.modified = now;
        self.changed = now;
    }
}

impl Entries {
    fn insert(&mut self, name: &str, node: NodeId) {
        let position = self.next_position;
        self.next_position += 1;
        let name: Arc<str> = name.into();
        self.by_position.insert(position, name.clone());
        self.by_name.insert(name, Entry { node, position });
    }

    fn remove(&mut self, name: &str) -> Option<NodeId> {
        let entry = self.by_name.remove(name)?;
        self.by_position.remove(&entry.position);
        Some(entry.node)
    }

    /// The names in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(|name| &**name)
    }
}

fn entry_charge(name: &str) -> usize {
    ENTRY_BYTES + name.len()
}

/// All nodes of a tree.
pub(super) struct Nodes {
    nodes: OrderedMap<NodeId, Node>,
    next_id: NodeId,
    pub(super) budget: Budget,
    device: u64,
    pub(super) is_read_only: bool,
    /// What tells the time of day in place of the system.
    clock: Option<Box<dyn HostWallClock>>,
}

impl Nodes {
    /// A root, which is held once.
    fn new(limit: usize) -> Nodes {
        static DEVICES: Counter = Counter::new();
        let mut root = Node::new(Content::directory(ROOT), 0);
        root.links = 1;
        root.handles = 1;
        let mut nodes = Nodes {
            nodes: OrderedMap::new(),
            next_id: ROOT + 1,
            budget: Budget::new(limit),
            device: DEVICES.next().get(),
            is_read_only: false,
            clock: None,
        };
        nodes.nodes.insert(ROOT, root);
        nodes.set_all_times();
        nodes
    }

    /// Takes the time of day from a clock from now on, and for what is there already.
    pub(super) fn set_clock(&mut self, clock: Box<dyn HostWallClock>) {
        self.clock = Some(clock);
        self.set_all_times();
    }

    fn set_all_times(&mut self) {
        let now = self.now();
        for node in self.nodes.values_mut() {
            node.accessed = now;
            node.touch(now);
        }
    }

    /// The time of day, or 0 where there is none.
    fn now(&self) -> u64 {
        let time = match &self.clock {
            Some(clock) => Some(clock.now()),
            None => clock::wall(),
        };
        time.map_or(0, |time| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX))
    }

    pub(super) fn node(&self, id: NodeId) -> Result<&Node, Errno> {
        self.nodes.get(&id).ok_or(Errno::Stale)
    }

    /// A node that is to be changed.
    fn node_mut(&mut self, id: NodeId) -> Result<&mut Node, Errno> {
        self.check_writable()?;
        self.nodes.get_mut(&id).ok_or(Errno::Stale)
    }

    pub(super) fn check_writable(&self) -> Result<(), Errno> {
        if self.is_read_only {
            Err(Errno::Rofs)
        } else {
            Ok(())
        }
    }

    fn entries_mut(&mut self, id: NodeId) -> Result<&mut Entries, Errno> {
        match &mut self.node_mut(id)?.content {
            Content::Directory(entries) => Ok(entries),
            _ => Err(Errno::Notdir),
        }
    }

    pub(super) fn metadata(&self, id: NodeId) -> Result<Metadata, Errno> {
        let node = self.node(id)?;
        Ok(Metadata {
            device: self.device,
            inode: id,
            file_type: node.content.file_type(),
            links: node.links,
            size: node.content.size(),
            accessed: node.accessed,
            modified: node.modified,
            changed: node.changed,
        })
    }

    pub(super) fn set_times(&mut self, id: NodeId, times: SetTimes) -> Result<(), Errno> {
        let now = self.now();
        let node = self.node_mut(id)?;
        let time = |time, before| match time {
            SetTime::Keep => before,
            SetTime::Now => now,
            SetTime::At(time) => time,
        };
        if times != SetTimes::default() {
            node.accessed = time(times.accessed, node.accessed);
            node.modified = time(times.modified, node.modified);
            node.changed = now;
        }
        Ok(())
    }

    /// What a name in a directory means.
    pub(super) fn find(&self, directory: NodeId, name: &str) -> Result<NodeId, Errno> {
        let entries = self.node(directory)?.entries()?;
        self.check_alive(directory)?;
        if name.len() > MAX_NAME_BYTES {
            return Err(Errno::Nametoolong);
        }
        entries
            .by_name
            .get(name)
            .map(|entry| entry.node)
            .ok_or(Errno::Noent)
    }

    /// Whether a directory has a name still. Nothing new comes into one that has none.
    fn check_alive(&self, directory: NodeId) -> Result<(), Errno> {
        match self.node(directory)?.links {
            0 => Err(Errno::Noent),
            _ => Ok(()),
        }
    }

    /// Makes a node with a name that is not there yet.
    pub(super) fn create(
        &mut self,
        directory: NodeId,
        name: &str,
        content: Content,
    ) -> Result<NodeId, Errno> {
        self.check_free(directory, name)?;
        self.budget.take(content.charge() + entry_charge(name))?;
        let id = self.next_id;
        self.next_id += 1;
        let node = Node::new(content, self.now());
        self.nodes.insert(id, node);
        self.attach(directory, name, id)?;
        Ok(id)
    }

    /// Fails unless a name can be given in a directory.
    pub(super) fn check_free(&self, directory: NodeId, name: &str) -> Result<(), Errno> {
        match self.find(directory, name) {
            Ok(_) => return Err(Errno::Exist),
            Err(Errno::Noent) => {}
            Err(error) => return Err(error),
        }
        self.check_writable()?;
        self.check_alive(directory)
    }

    /// Gives a node one more name.
    pub(super) fn link(
        &mut self,
        directory: NodeId,
        name: &str,
        node: NodeId,
    ) -> Result<(), Errno> {
        self.check_free(directory, name)?;
        if self.node(node)?.is_directory() {
            return Err(Errno::Perm);
        }
        self.budget.take(entry_charge(name))?;
        self.attach(directory, name, node)
    }

    /// Enters a name that was charged.
    fn attach(&mut self, directory: NodeId, name: &str, node: NodeId) -> Result<(), Errno> {
        let now = self.now();
        self.entries_mut(directory)?.insert(name, node);
        self.node_mut(directory)?.touch(now);
        let node = self.node_mut(node)?;
        node.links += 1;
        node.changed = now;
        if let Content::Directory(entries) = &mut node.content {
            entries.parent = directory;
        }
        Ok(())
    }

    /// Removes a name, and what it means if that was all that kept it.
    fn detach(&mut self, directory: NodeId, name: &str) -> Result<(), Errno> {
        let id = self
            .entries_mut(directory)?
            .remove(name)
            .ok_or(Errno::Noent)?;
        self.budget.give_back(entry_charge(name));
        let now = self.now();
        self.node_mut(directory)?.touch(now);
        let node = self.node_mut(id)?;
        node.links -= 1;
        node.changed = now;
        self.remove_unused(id);
        Ok(())
    }

    fn remove_unused(&mut self, id: NodeId) {
        let is_unused = |node: &Node| node.links == 0 && node.handles == 0;
        if self.nodes.get(&id).is_some_and(is_unused) {
            if let Some(node) = self.nodes.remove(&id) {
                self.budget.give_back(node.content.charge());
            }
        }
    }

    pub(super) fn unlink(&mut self, directory: NodeId, name: &str) -> Result<(), Errno> {
        let id = self.find(directory, name)?;
        self.check_writable()?;
        if self.node(id)?.is_directory() {
            return Err(Errno::Isdir);
        }
        self.detach(directory, name)
    }

    pub(super) fn remove_directory(&mut self, directory: NodeId, name: &str) -> Result<(), Errno> {
        let id = self.find(directory, name)?;
        self.check_writable()?;
        self.check_empty(id)?;
        self.detach(directory, name)
    }

    fn check_empty(&self, id: NodeId) -> Result<(), Errno> {
        if self.node(id)?.entries()?.by_name.is_empty() {
            Ok(())
        } else {
            Err(Errno::Notempty)
        }
    }

    /// Gives what has one name another one, in place of what has that.
    pub(super) fn rename(
        &mut self,
        (old_directory, old_name): (NodeId, &str),
        (new_directory, new_name): (NodeId, &str),
    ) -> Result<(), Errno> {
        let node = self.find(old_directory, old_name)?;
        let replaced = match self.find(new_directory, new_name) {
            Ok(replaced) => Some(replaced),
            Err(Errno::Noent) => None,
            Err(error) => return Err(error),
        };
        self.check_writable()?;
        if self.is_within(new_directory, node)? {
            return Err(Errno::Inval);
        }
        match replaced {
            Some(replaced) if replaced == node => return Ok(()),
            Some(replaced) => self.check_replaceable(replaced, node, old_directory)?,
            None => self.check_alive(new_directory)?,
        }
        // The old name's charge, and that of an entry that goes, pay for the new name.
        let freed = old_name.len() + replaced.map_or(0, |_| entry_charge(new_name));
        if new_name.len() > freed.saturating_add(self.budget.left()) {
            return Err(Errno::Nospc);
        }
        if replaced.is_some() {
            self.detach(new_directory, new_name)?;
        }
        self.move_name((old_directory, old_name), (new_directory, new_name), node)
    }

    fn move_name(
        &mut self,
        (old_directory, old_name): (NodeId, &str),
        (new_directory, new_name): (NodeId, &str),
        node: NodeId,
    ) -> Result<(), Errno> {
        // For a moment it has no name.
        self.hold(node)?;
        let result = self.detach(old_directory, old_name).and_then(|()| {
            self.budget.take(entry_charge(new_name))?;
            self.attach(new_directory, new_name, node)
        });
        self.release(node);
        result
    }

    /// Fails unless `node`, out of `old_directory`, can take the place of `replaced`.
    fn check_replaceable(
        &self,
        replaced: NodeId,
        node: NodeId,
        old_directory: NodeId,
    ) -> Result<(), Errno> {
        if self.is_within(old_directory, replaced)? {
            return Err(Errno::Notempty);
        }
        match (
            self.node(node)?.is_directory(),
            self.node(replaced)?.is_directory(),
        ) {
            (true, true) => self.check_empty(replaced),
            (true, false) => Err(Errno::Notdir),
            (false, true) => Err(Errno::Isdir),
            (false, false) => Ok(()),
        }
    }

    /// Whether a directory is `ancestor`, or somewhere in it.
    fn is_within(&self, directory: NodeId, ancestor: NodeId) -> Result<bool, Errno> {
        let mut current = directory;
        while current != ancestor {
            let parent = self.node(current)?.entries()?.parent;
            if parent == current || self.node(current)?.links == 0 {
                return Ok(false);
            }
            current = parent;
        }
        Ok(true)
    }

    /// Some of the entries from `start` on; none at the end.
    ///
    /// They come from the newest to the oldest, so that whoever makes entries while it reads meets its end.
    pub(super) fn list(&self, directory: NodeId, start: u64) -> Result<Vec<Listed>, Errno> {
        const MOST: usize = 64;
        self.check_alive(directory)?;
        let entries = self.node(directory)?.entries()?;
        let mut listed = Vec::new();
        for (position, name) in [(POSITION_OF_SELF, "."), (POSITION_OF_PARENT, "..")] {
            if start <= position {
                listed.push(Listed {
                    next: position + 1,
                    // The parent may be out of the guest's reach.
                    node: directory,
                    file_type: FileType::Directory,
                    name: name.into(),
                });
            }
        }
        let end = if start <= POSITION_OF_NEWEST {
            u64::MAX
        } else {
            start
        };
        for (position, name) in entries.by_position.below(&end).take(MOST) {
            let node = self.find(directory, name)?;
            listed.push(Listed {
                next: *position,
                node,
                file_type: self.node(node)?.content.file_type(),
                name: name.clone(),
            });
        }
        Ok(listed)
    }

    /// Reads a file.
    pub(super) fn bytes(&self, id: NodeId) -> Result<&Bytes, Errno> {
        match &self.node(id)?.content {
            Content::File(bytes) => Ok(bytes),
            Content::Directory(_) => Err(Errno::Isdir),
            Content::Link(_) => Err(Errno::Loop),
        }
    }

    /// Changes a file.
    pub(super) fn change<T>(
        &mut self,
        id: NodeId,
        change: impl FnOnce(&mut Bytes, &mut Budget) -> Result<T, Errno>,
    ) -> Result<T, Errno> {
        self.bytes(id)?;
        self.check_writable()?;
        let now = self.now();
        let node = self.nodes.get_mut(&id).ok_or(Errno::Stale)?;
        let Content::File(bytes) = &mut node.content else {
            return Err(Errno::Isdir);
        };
        let result = change(bytes, &mut self.budget)?;
        node.touch(now);
        Ok(result)
    }

    /// Keeps a node until it is released.
    pub(super) fn hold(&mut self, id: NodeId) -> Result<NodeId, Errno> {
        self.nodes.get_mut(&id).ok_or(Errno::Stale)?.handles += 1;
        Ok(id)
    }

    fn release(&mut self, id: NodeId) {
        if let Some(node) = self.nodes.get_mut(&id) {
            node.handles -= 1;
        }
        self.remove_unused(id);
    }
}

/// A node that is held.
pub(super) struct Handle {
    tree: Arc<Mutex<Nodes>>,
    id: NodeId,
}

impl Handle {
    /// The root of a new tree, which may take `limit` bytes.
    pub(super) fn new_root(limit: usize) -> Handle {
        Handle {
            tree: Arc::new(Mutex::new(Nodes::new(limit))),
            id: ROOT,
        }
    }

    /// Does something with the tree and this node's number. Handles must not be dropped meanwhile.
    pub(super) fn with<T>(&self, act: impl FnOnce(&mut Nodes, NodeId) -> T) -> T {
        act(&mut self.tree.lock(), self.id)
    }

    /// A handle for another node of the tree, which has been held for it.
    pub(super) fn of_held(&self, id: NodeId) -> Handle {
        Handle {
            tree: self.tree.clone(),
            id,
        }
    }

    /// The node of another handle.
    ///
    /// # Errors
    /// [`Errno::Xdev`] if that is in another tree.
    pub(super) fn same_tree(&self, other: &Handle) -> Result<NodeId, Errno> {
        if Arc::ptr_eq(&self.tree, &other.tree) {
            Ok(other.id)
        } else {
            Err(Errno::Xdev)
        }
    }
}

impl Clone for Handle {
    fn clone(&self) -> Handle {
        // What this handle holds is there.
        let _held = self.with(|nodes, id| nodes.hold(id));
        self.of_held(self.id)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.tree.lock().release(self.id);
    }
}
