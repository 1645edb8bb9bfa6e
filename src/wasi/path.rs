//! Paths: `path_*`.
//!
//! Input: numbers of descriptors of directories, and paths below them in guest memory. Output: descriptors, what is
//! known of files, and changes.
//! Holds: before a file system is asked, the descriptor has the right, and the mount the permission, for what is
//! done; that the path stays below the directory is the file system's promise.

use alloc::sync::Arc;

use super::context::WasiP1Ctx;
use super::descriptor::{Descriptor, Object, OpenDirectory, permit};
use super::file_system::{Directory, Errno, OpenOptions, Opened};
use super::guest::{Guest, Memory, Outcome};
use super::status::times;
use super::types::{Rights, fd_flags, lookup_flags, open_flags};
use crate::sys::fs::path::MAX_BYTES;

impl Memory<'_> {
    /// A path. One that is too long for every file system is not looked at further.
    fn path(&self, start: u32, length: u32) -> Result<&str, Errno> {
        let bytes = self.bytes(start, length)?;
        if bytes.len() > MAX_BYTES {
            return Err(Errno::Nametoolong);
        }
        core::str::from_utf8(bytes).map_err(|_| Errno::Ilseq)
    }
}

/// Whether symbolic links at the end are followed.
fn follows(flags: u32) -> Result<bool, Errno> {
    if flags & !lookup_flags::ALL != 0 {
        return Err(Errno::Inval);
    }
    Ok(flags & lookup_flags::FOLLOW != 0)
}

/// The directory with a number, if its descriptor has the rights and its mount lets entries be changed.
fn changeable(context: &WasiP1Ctx, fd: u32, rights: Rights) -> Result<&OpenDirectory, Errno> {
    let open = context.descriptors.directory(fd, rights)?;
    permit(open.permissions.change_directories)?;
    Ok(open)
}

pub(super) fn path_create_directory(
    guest: &mut dyn Guest,
    fd: u32,
    path: u32,
    length: u32,
) -> Outcome {
    let (memory, context) = guest.parts()?;
    let open = changeable(context, fd, Rights::PATH_CREATE_DIRECTORY)?;
    Ok(open
        .directory
        .create_directory(memory.path(path, length)?)?)
}

pub(super) fn path_remove_directory(
    guest: &mut dyn Guest,
    fd: u32,
    path: u32,
    length: u32,
) -> Outcome {
    let (memory, context) = guest.parts()?;
    let open = changeable(context, fd, Rights::PATH_REMOVE_DIRECTORY)?;
    Ok(open
        .directory
        .remove_directory(memory.path(path, length)?)?)
}

pub(super) fn path_unlink_file(guest: &mut dyn Guest, fd: u32, path: u32, length: u32) -> Outcome {
    let (memory, context) = guest.parts()?;
    let open = changeable(context, fd, Rights::PATH_UNLINK_FILE)?;
    Ok(open.directory.unlink(memory.path(path, length)?)?)
}

pub(super) fn path_symlink(
    guest: &mut dyn Guest,
    target: u32,
    target_length: u32,
    fd: u32,
    path: u32,
    length: u32,
) -> Outcome {
    let (memory, context) = guest.parts()?;
    let open = changeable(context, fd, Rights::PATH_SYMLINK)?;
    let target = memory.path(target, target_length)?;
    Ok(open.directory.symlink(target, memory.path(path, length)?)?)
}

pub(super) fn path_filestat_get(
    guest: &mut dyn Guest,
    fd: u32,
    flags: u32,
    path: u32,
    length: u32,
    result: u32,
) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let open = context
        .descriptors
        .directory(fd, Rights::PATH_FILESTAT_GET)?;
    let path = memory.path(path, length)?;
    let metadata = open.directory.metadata_at(path, follows(flags)?)?;
    Ok(memory.write_metadata(result, &metadata)?)
}

pub(super) fn path_filestat_set_times(
    guest: &mut dyn Guest,
    fd: u32,
    flags: u32,
    path: u32,
    length: u32,
    accessed: u64,
    modified: u64,
    time_flags: u32,
) -> Outcome {
    let (memory, context) = guest.parts()?;
    let open = changeable(context, fd, Rights::PATH_FILESTAT_SET_TIMES)?;
    let path = memory.path(path, length)?;
    let times = times(accessed, modified, time_flags)?;
    Ok(open.directory.set_times_at(path, follows(flags)?, times)?)
}

pub(super) fn path_readlink(
    guest: &mut dyn Guest,
    fd: u32,
    path: u32,
    length: u32,
    buffer: u32,
    buffer_length: u32,
    result: u32,
) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let open = context.descriptors.directory(fd, Rights::PATH_READLINK)?;
    let target = open.directory.read_link(memory.path(path, length)?)?;
    let count = buffer_length.min(u32::try_from(target.len()).map_err(|_| Errno::Overflow)?);
    memory.check_u32(result)?;
    memory.bytes(buffer, buffer_length)?;
    let bytes = memory.bytes_mut(buffer, count)?;
    bytes.copy_from_slice(&target.as_bytes()[..count as usize]);
    Ok(memory.write_u32(result, count)?)
}

/// The directories with the old and the new name.
type Between = (Arc<dyn Directory>, Arc<dyn Directory>);

/// The directories that a name moves between. What may not be done with a file where it is may not become possible by
/// its new name.
fn two_directories(
    context: &WasiP1Ctx,
    (old_fd, old_right): (u32, Rights),
    (new_fd, new_right): (u32, Rights),
) -> Result<Between, Errno> {
    context.descriptors.look(new_fd)?;
    let old = changeable(context, old_fd, old_right)?;
    let new = changeable(context, new_fd, new_right)?;
    if !new.permissions.are_within(old.permissions) {
        return Err(Errno::Perm);
    }
    Ok((old.directory.clone(), new.directory.clone()))
}

pub(super) fn path_rename(
    guest: &mut dyn Guest,
    old_fd: u32,
    old_path: u32,
    old_length: u32,
    new_fd: u32,
    new_path: u32,
    new_length: u32,
) -> Outcome {
    let (memory, context) = guest.parts()?;
    let (old, new) = two_directories(
        context,
        (old_fd, Rights::PATH_RENAME_SOURCE),
        (new_fd, Rights::PATH_RENAME_TARGET),
    )?;
    let from = memory.path(old_path, old_length)?;
    Ok(old.rename(from, &*new, memory.path(new_path, new_length)?)?)
}

pub(super) fn path_link(
    guest: &mut dyn Guest,
    old_fd: u32,
    flags: u32,
    old_path: u32,
    old_length: u32,
    new_fd: u32,
    new_path: u32,
    new_length: u32,
) -> Outcome {
    let (memory, context) = guest.parts()?;
    let (old, new) = two_directories(
        context,
        (old_fd, Rights::PATH_LINK_SOURCE),
        (new_fd, Rights::PATH_LINK_TARGET),
    )?;
    // A second name is given to what the path names, be it a symbolic link: what that leads to may lie anywhere.
    if follows(flags)? {
        return Err(Errno::Inval.into());
    }
    let from = memory.path(old_path, old_length)?;
    Ok(old.link(from, &*new, memory.path(new_path, new_length)?)?)
}

#[expect(
    clippy::too_many_arguments,
    reason = "the function's parameters are fixed by its standard"
)]
pub(super) fn path_open(
    guest: &mut dyn Guest,
    fd: u32,
    flags: u32,
    path: u32,
    length: u32,
    open_flags: u32,
    rights_base: u64,
    rights_inheriting: u64,
    fd_flags: u32,
    result: u32,
) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let descriptor = context.descriptors.get(fd)?;
    let wish = Wish {
        base: Rights::from_bits(rights_base),
        inheriting: Rights::from_bits(rights_inheriting),
        open_flags,
        fd_flags,
        follow: follows(flags)?,
    };
    let open = descriptor.as_directory(Rights::PATH_OPEN)?;
    wish.check(descriptor.inheriting, descriptor.rights, open)?;
    let options = wish.options();
    let open = open.clone();
    context.descriptors.check_room()?;
    memory.check_u32(result)?;
    let path = memory.path(path, length)?;
    let opened = open.directory.open(path, &options)?;
    let number = context.descriptors.add(wish.descriptor(opened, &open)?)?;
    Ok(memory.write_u32(result, number)?)
}

/// How a guest wants to open a path.
struct Wish {
    base: Rights,
    inheriting: Rights,
    open_flags: u32,
    fd_flags: u32,
    follow: bool,
}

impl Wish {
    fn has(&self, open_flag: u32) -> bool {
        self.open_flags & open_flag != 0
    }

    fn writes(&self) -> bool {
        self.base.intersects(Rights::WRITING)
    }

    /// Fails unless the wish makes sense, the rights can be had from the directory, and its mount permits it all.
    fn check(&self, granted: Rights, rights: Rights, open: &OpenDirectory) -> Result<(), Errno> {
        if self.open_flags & !open_flags::ALL != 0 || self.fd_flags & !fd_flags::ALL != 0 {
            return Err(Errno::Inval);
        }
        let directory = self.has(open_flags::DIRECTORY);
        if directory && (self.has(open_flags::CREATE) || self.has(open_flags::TRUNCATE)) {
            return Err(Errno::Inval);
        }
        if directory && self.base.contains(Rights::FD_WRITE) {
            return Err(Errno::Isdir);
        }
        if !granted.contains(self.base) || !granted.contains(self.inheriting) {
            return Err(Errno::Notcapable);
        }
        for (flag, right) in [
            (open_flags::CREATE, Rights::PATH_CREATE_FILE),
            (open_flags::TRUNCATE, Rights::PATH_FILESTAT_SET_SIZE),
        ] {
            if self.has(flag) && !rights.contains(right) {
                return Err(Errno::Notcapable);
            }
        }
        let permissions = open.permissions;
        // What is made or cut is a file; of other paths that is known only when they are open.
        if (self.has(open_flags::CREATE) || self.has(open_flags::TRUNCATE)) && !self.may_read(open)
        {
            return Err(Errno::Acces);
        }
        permit(permissions.write_files || !self.writes())?;
        permit(permissions.write_files || !self.has(open_flags::TRUNCATE))?;
        permit(permissions.change_directories || !self.has(open_flags::CREATE))
    }

    fn options(&self) -> OpenOptions {
        let truncate = self.has(open_flags::TRUNCATE);
        let directory = self.has(open_flags::DIRECTORY);
        let writes = !directory && (self.writes() || truncate);
        let reads = Rights::all_of(&[Rights::FD_READ, Rights::FD_READDIR]);
        OpenOptions {
            read: !writes || self.base.intersects(reads),
            write: writes,
            append: writes && self.fd_flags & fd_flags::APPEND != 0,
            create: self.has(open_flags::CREATE),
            exclusive: self.has(open_flags::EXCLUSIVE),
            truncate,
            directory,
            follow: self.follow,
            data_sync: self.fd_flags & (fd_flags::DATA_SYNC | fd_flags::READ_SYNC) != 0,
            sync: self.fd_flags & fd_flags::SYNC != 0,
        }
    }

    /// The descriptor for what was opened. Rights that make no sense for it are left out.
    fn descriptor(&self, opened: Opened, open: &OpenDirectory) -> Result<Descriptor, Errno> {
        let (object, sensible) = match opened {
            Opened::File(_) | Opened::Special(_) if !self.may_read(open) => {
                return Err(Errno::Acces);
            }
            Opened::File(file) => {
                let file = Object::File {
                    file,
                    position: 0,
                    permissions: open.permissions,
                };
                (file, Rights::FILE)
            }
            Opened::Special(special) => {
                let rights = [Rights::STREAM, Rights::FD_READ, Rights::FD_WRITE];
                (Object::Special(special), Rights::all_of(&rights))
            }
            Opened::Directory(directory) => {
                let directory = OpenDirectory {
                    directory,
                    permissions: open.permissions,
                    preopened_as: None,
                };
                (Object::Directory(directory), Rights::DIRECTORY)
            }
        };
        let inheriting = match &object {
            Object::Directory(_) => self.inheriting,
            _ => Rights::NONE,
        };
        let rights = self.base.intersection(sensible);
        Ok(Descriptor::new(object, rights, inheriting, self.fd_flags))
    }

    fn may_read(&self, open: &OpenDirectory) -> bool {
        open.permissions.read_files || !self.base.contains(Rights::FD_READ)
    }
}
