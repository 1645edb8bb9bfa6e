//! Directories in memory.
//!
//! Input: what the embedder and guests write. Output: [`MemoryDirectory`], a [`Directory`] that touches no disk.
//! Holds: a tree never takes more memory than it was allowed. Each operation locks the tree once and is done when it
//! unlocks it, so guests and threads that share one see whole operations only.

mod content;
mod file;
mod resolve;
#[cfg(test)]
mod tests;
mod tree;

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::Any;
use core::fmt;

use self::content::Bytes;
use self::file::MemoryFile;
use self::resolve::Target;
use self::tree::{Content, Handle, NodeId, Nodes};
use super::{Directory, DirectoryEntry, Errno, Metadata, OpenOptions, Opened, SetTimes};
use crate::sys::fs::path;
use crate::wasi::clock::HostWallClock;

/// A directory in memory: a file system of its own, which a guest can be given in place of one of the host's.
///
/// It behaves as directories of Unix systems do, links and files that were removed while they are open included. A
/// clone is the same directory, so the embedder can keep one, to prepare files and to look at what guests have
/// written. What is written in a tree is gone with its last handle. Reading changes no times.
///
/// All that is in a tree (contents, names, and a few hundred bytes for each file, directory and name) takes at most
/// as much memory as it is allowed, [`MemoryDirectory::DEFAULT_LIMIT_BYTES`] unless set; whoever writes more gets
/// [`Errno::Nospc`]. Contents that are part of the program (`include_bytes!`) are not copied, and take nothing, until
/// they are changed.
///
/// ```
/// use std::sync::Arc;
/// use wazir::wasi::p1::{self, WasiP1Ctx};
/// use wazir::wasi::{DirPerms, FilePerms, MemoryDirectory, WasiCtxBuilder};
/// use wazir::{Engine, Linker, Module, Store};
///
/// let root = MemoryDirectory::new();
/// root.create_dir_all("etc/app")?;
/// root.write_file("etc/app/config", b"verbose = true")?;
/// root.write_file("input", vec![1, 2, 3])?;
/// let context = WasiCtxBuilder::new()
///     .preopened_file_system(Arc::new(root.clone()), "/", DirPerms::all(), FilePerms::all())
///     .build_p1();
///
/// let engine = Engine::default();
/// let program = wat::parse_str(
///     r#"(module
///          (import "wasi_snapshot_preview1" "path_create_directory"
///            (func $create (param i32 i32 i32) (result i32)))
///          (memory (export "memory") 1)
///          (data (i32.const 0) "output")
///          (func (export "_start")
///            (drop (call $create (i32.const 3) (i32.const 0) (i32.const 6)))))"#,
/// )?;
/// let mut linker: Linker<WasiP1Ctx> = Linker::new(&engine);
/// p1::add_to_linker_sync(&mut linker, |context| context)?;
/// let mut store = Store::new(&engine, context);
/// let instance = linker.instantiate(&mut store, &Module::new(&engine, program)?)?;
/// instance.get_typed_func::<(), ()>(&mut store, "_start")?.call(&mut store, ())?;
///
/// assert_eq!(root.list(".")?, ["etc", "input", "output"]);
/// assert_eq!(root.read_file("etc/app/config")?, b"verbose = true");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct MemoryDirectory(Handle);

impl fmt::Debug for MemoryDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryDirectory").finish_non_exhaustive()
    }
}

impl Default for MemoryDirectory {
    fn default() -> MemoryDirectory {
        MemoryDirectory::new()
    }
}

impl MemoryDirectory {
    /// How much memory a tree may take unless told otherwise: 64 MiB.
    pub const DEFAULT_LIMIT_BYTES: usize = 64 << 20;

    /// The empty root of a new tree.
    pub fn new() -> MemoryDirectory {
        MemoryDirectory::with_limit(MemoryDirectory::DEFAULT_LIMIT_BYTES)
    }

    /// The empty root of a new tree that may take `bytes` of memory.
    ///
    /// ```
    /// use wazir::wasi::{Errno, MemoryDirectory};
    /// let directory = MemoryDirectory::with_limit(10_000);
    /// directory.write_file("small", vec![0; 5_000])?;
    /// assert_eq!(directory.write_file("large", vec![0; 5_000]), Err(Errno::Nospc));
    /// # Ok::<(), Errno>(())
    /// ```
    pub fn with_limit(bytes: usize) -> MemoryDirectory {
        MemoryDirectory(Handle::new_root(bytes))
    }

    /// Gives a file this content. It is made if it is not there; the directory that it is in must be.
    ///
    /// # Errors
    /// As for guests: [`Errno::Noent`] without the directory, [`Errno::Isdir`], [`Errno::Nospc`], and
    /// [`Errno::Perm`] for a path that is absolute or leads out of this directory.
    pub fn write_file(
        &self,
        path: &str,
        content: impl Into<Cow<'static, [u8]>>,
    ) -> Result<(), Errno> {
        let content = content.into();
        self.0.with(
            |nodes, start| match nodes.target(start, path, true, true)? {
                Target::Missing { directory, name } => {
                    let content = Content::File(Bytes::new(content));
                    nodes.create(directory, &name, content).map(drop)
                }
                Target::Node { node, .. } => {
                    nodes.change(node, |bytes, budget| bytes.replace(content, budget))
                }
            },
        )
    }

    /// What a file holds.
    ///
    /// # Errors
    /// As for guests: [`Errno::Noent`], [`Errno::Isdir`], and [`Errno::Perm`] for a path that is absolute or leads
    /// out of this directory.
    pub fn read_file(&self, path: &str) -> Result<Vec<u8>, Errno> {
        self.0.with(|nodes, start| {
            let node = nodes.existing(start, path, true)?;
            Ok(nodes.bytes(node)?.as_slice().to_vec())
        })
    }

    /// Makes a directory, and those on the way to it, as far as they are not there.
    ///
    /// # Errors
    /// As for guests: [`Errno::Notdir`] if something else is in the way, [`Errno::Nospc`], and [`Errno::Perm`] for a
    /// path that is absolute or leads out of this directory.
    pub fn create_dir_all(&self, path: &str) -> Result<(), Errno> {
        path::split(path)?;
        let mut done = 0;
        while let Some((_, behind)) = path::next_name(&path[done..]) {
            done = path.len() - behind.len();
            match self.create_directory(&path[..done]) {
                Ok(()) | Err(Errno::Exist) => {}
                Err(error) => return Err(error),
            }
        }
        self.0.with(|nodes, start| {
            let node = nodes.existing(start, path, true)?;
            nodes.node(node)?.entries().map(drop)
        })
    }

    /// The names in a directory, in the order of their bytes; `.` is this directory.
    ///
    /// # Errors
    /// As for guests: [`Errno::Noent`], [`Errno::Notdir`], and [`Errno::Perm`] for a path that is absolute or leads
    /// out of this directory.
    pub fn list(&self, path: &str) -> Result<Vec<String>, Errno> {
        self.0.with(|nodes, start| {
            let node = nodes.existing(start, path, true)?;
            let names = nodes.node(node)?.entries()?.names();
            Ok(names.map(String::from).collect())
        })
    }

    /// Takes the time of day for this tree from a clock instead of the system's, and sets all times in it to that:
    /// for guests whose runs are to be the same each time. The clock is asked while the tree is locked, so it must
    /// not use the tree.
    ///
    /// ```
    /// # use core::time::Duration;
    /// use wazir::wasi::{Directory, HostWallClock, MemoryDirectory};
    /// struct Start;
    /// impl HostWallClock for Start {
    ///     fn resolution(&self) -> Duration {
    ///         Duration::from_secs(1)
    ///     }
    ///     fn now(&self) -> Duration {
    ///         Duration::from_secs(7)
    ///     }
    /// }
    /// let directory = MemoryDirectory::new();
    /// directory.set_clock(Start);
    /// directory.write_file("file", b"")?;
    /// assert_eq!(directory.metadata_at("file", true)?.modified, 7_000_000_000);
    /// # Ok::<(), wazir::wasi::Errno>(())
    /// ```
    pub fn set_clock(&self, clock: impl HostWallClock + 'static) {
        self.0.with(|nodes, _| nodes.set_clock(Box::new(clock)));
    }

    /// Lets nothing be changed in this tree from now on.
    pub(super) fn make_read_only(&self) {
        self.0.with(|nodes, _| nodes.is_read_only = true);
    }

    /// The other directory's node, if it is one of this tree as well.
    fn same_tree(&self, other: &dyn Directory) -> Result<NodeId, Errno> {
        match other.as_any().downcast_ref::<MemoryDirectory>() {
            Some(directory) => self.0.same_tree(&directory.0),
            None => Err(Errno::Xdev),
        }
    }
}

/// Finds or makes what is to be opened, and holds it. Tells whether that is a directory.
fn open(
    nodes: &mut Nodes,
    start: NodeId,
    path: &str,
    options: &OpenOptions,
) -> Result<(NodeId, bool), Errno> {
    let is_exclusive = options.create && options.exclusive;
    if options.create && options.directory {
        return Err(Errno::Inval);
    }
    let follow = options.follow && !is_exclusive;
    let node = match nodes.target(start, path, follow, options.create)? {
        Target::Missing { directory, name } if options.create => {
            nodes.create(directory, &name, Content::empty_file())?
        }
        Target::Missing { .. } => return Err(Errno::Noent),
        Target::Node { .. } if is_exclusive => return Err(Errno::Exist),
        Target::Node { node, is_directory } => {
            open_existing(nodes, node, is_directory, options)?;
            node
        }
    };
    let is_directory = nodes.node(node)?.is_directory();
    Ok((nodes.hold(node)?, is_directory))
}

/// Checks that what is there can be opened so, and empties it if it is to be.
fn open_existing(
    nodes: &mut Nodes,
    node: NodeId,
    is_directory: bool,
    options: &OpenOptions,
) -> Result<(), Errno> {
    let changes = options.write || options.append || options.truncate;
    match nodes.node(node)?.content {
        Content::Directory(_) if options.create || changes => Err(Errno::Isdir),
        Content::Directory(_) => Ok(()),
        _ if is_directory || options.directory => Err(Errno::Notdir),
        Content::Link(_) => Err(Errno::Loop),
        Content::File(_) if !changes => Ok(()),
        Content::File(_) => {
            nodes.check_writable()?;
            if options.truncate {
                nodes.change(node, |bytes, budget| bytes.set_size(0, budget))?;
            }
            Ok(())
        }
    }
}

impl Directory for MemoryDirectory {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn metadata(&self) -> Result<Metadata, Errno> {
        self.0.with(|nodes, start| nodes.metadata(start))
    }

    fn open(&self, path: &str, options: &OpenOptions) -> Result<Opened, Errno> {
        let (node, is_directory) = self
            .0
            .with(|nodes, start| open(nodes, start, path, options))?;
        let handle = self.0.of_held(node);
        if is_directory {
            return Ok(Opened::Directory(Arc::new(MemoryDirectory(handle))));
        }
        let is_writable = options.write || options.append;
        Ok(Opened::File(Box::new(MemoryFile {
            handle,
            is_readable: options.read || !is_writable,
            is_writable,
        })))
    }

    fn metadata_at(&self, path: &str, follow: bool) -> Result<Metadata, Errno> {
        self.0
            .with(|nodes, start| nodes.metadata(nodes.existing(start, path, follow)?))
    }

    fn read(
        &self,
        start: u64,
        visit: &mut dyn FnMut(DirectoryEntry<'_>) -> bool,
    ) -> Result<(), Errno> {
        let mut start = start;
        loop {
            // Whoever visits an entry may use the tree.
            let listed = self.0.with(|nodes, id| nodes.list(id, start))?;
            let Some(last) = listed.last() else {
                return Ok(());
            };
            start = last.next;
            for entry in listed {
                let entry = DirectoryEntry {
                    next: entry.next,
                    inode: entry.node,
                    file_type: entry.file_type,
                    name: &entry.name,
                };
                if !visit(entry) {
                    return Ok(());
                }
            }
        }
    }

    fn read_link(&self, path: &str) -> Result<String, Errno> {
        self.0.with(|nodes, start| {
            let place = nodes.place(start, path, Errno::Inval)?;
            if place.is_directory {
                return Err(Errno::Inval);
            }
            match &nodes.node(nodes.at(&place)?)?.content {
                Content::Link(target) => Ok(String::from(&**target)),
                _ => Err(Errno::Inval),
            }
        })
    }

    fn set_times(&self, times: SetTimes) -> Result<(), Errno> {
        self.0.with(|nodes, start| nodes.set_times(start, times))
    }

    fn set_times_at(&self, path: &str, follow: bool, times: SetTimes) -> Result<(), Errno> {
        self.0.with(|nodes, start| {
            let node = nodes.existing(start, path, follow)?;
            nodes.set_times(node, times)
        })
    }

    fn create_directory(&self, path: &str) -> Result<(), Errno> {
        self.0.with(|nodes, start| {
            let place = nodes.place(start, path, Errno::Exist)?;
            let content = Content::directory(place.directory);
            nodes.create(place.directory, place.name, content).map(drop)
        })
    }

    fn remove_directory(&self, path: &str) -> Result<(), Errno> {
        self.0.with(|nodes, start| {
            let place = nodes.place(start, path, Errno::Inval)?;
            nodes.remove_directory(place.directory, place.name)
        })
    }

    fn unlink(&self, path: &str) -> Result<(), Errno> {
        self.0.with(|nodes, start| {
            let place = nodes.place(start, path, Errno::Isdir)?;
            nodes.at(&place)?;
            nodes.unlink(place.directory, place.name)
        })
    }

    fn rename(&self, from: &str, directory: &dyn Directory, to: &str) -> Result<(), Errno> {
        let other = self.same_tree(directory)?;
        self.0.with(|nodes, start| {
            let old = nodes.place(start, from, Errno::Busy)?;
            let new = nodes.place(other, to, Errno::Busy)?;
            let node = nodes.find(old.directory, old.name)?;
            if (old.is_directory || new.is_directory) && !nodes.node(node)?.is_directory() {
                return Err(Errno::Notdir);
            }
            nodes.rename((old.directory, old.name), (new.directory, new.name))
        })
    }

    fn link(&self, from: &str, directory: &dyn Directory, to: &str) -> Result<(), Errno> {
        let other = self.same_tree(directory)?;
        self.0.with(|nodes, start| {
            let old = nodes.place(start, from, Errno::Perm)?;
            let new = nodes.place(other, to, Errno::Exist)?;
            if old.is_directory {
                nodes.at(&old)?;
            }
            // What gets another name is no directory, which the path says it is to become.
            if new.is_directory {
                return Err(Errno::Noent);
            }
            let node = nodes.find(old.directory, old.name)?;
            nodes.link(new.directory, new.name, node)
        })
    }

    fn symlink(&self, target: &str, path: &str) -> Result<(), Errno> {
        if target.starts_with('/') {
            return Err(Errno::Perm);
        }
        if target.contains('\0') {
            return Err(Errno::Ilseq);
        }
        self.0.with(|nodes, start| {
            let place = nodes.place(start, path, Errno::Exist)?;
            if place.is_directory {
                let exists = nodes.find(place.directory, place.name).is_ok();
                return Err(if exists { Errno::Exist } else { Errno::Noent });
            }
            match target.len() {
                0 => Err(Errno::Noent),
                length if length > path::MAX_BYTES => Err(Errno::Nametoolong),
                _ => {
                    let content = Content::Link(target.into());
                    nodes.create(place.directory, place.name, content).map(drop)
                }
            }
        })
    }
}
