//! What a guest was given, and what is in a directory: `fd_prestat_*` and `fd_readdir`.
//!
//! Input: numbers of descriptors. Output: names and entries in guest memory.
//! Holds: entries are written one by one as they are read; how many there are sizes nothing.

use super::descriptor::{Object, OpenDirectory};
use super::file_system::{Directory, DirectoryEntry, Errno};
use super::guest::{Guest, Memory, Outcome};
use super::types::{Rights, dirent, prestat};

/// The guest's name of a directory that the embedder opened.
fn preopened_name(guest: &mut dyn Guest, fd: u32) -> Result<alloc::sync::Arc<str>, Errno> {
    match &guest.context().descriptors.get(fd)?.object {
        Object::Directory(OpenDirectory {
            preopened_as: Some(name),
            ..
        }) => Ok(name.clone()),
        _ => Err(Errno::Badf),
    }
}

pub(super) fn fd_prestat_get(guest: &mut dyn Guest, fd: u32, result: u32) -> Outcome {
    let name = preopened_name(guest, fd)?;
    let length = u32::try_from(name.len()).map_err(|_| Errno::Overflow)?;
    let (mut memory, _) = guest.parts()?;
    memory.bytes_mut(result, prestat::SIZE)?.fill(0);
    Ok(memory.write_u32(result + prestat::NAME_LENGTH, length)?)
}

pub(super) fn fd_prestat_dir_name(
    guest: &mut dyn Guest,
    fd: u32,
    path: u32,
    length: u32,
) -> Outcome {
    let name = preopened_name(guest, fd)?;
    if (length as usize) < name.len() {
        return Err(Errno::Nametoolong.into());
    }
    let (mut memory, _) = guest.parts()?;
    let bytes = memory.bytes_mut(path, name.len() as u32)?;
    bytes.copy_from_slice(name.as_bytes());
    Ok(())
}

pub(super) fn fd_readdir(
    guest: &mut dyn Guest,
    fd: u32,
    buffer: u32,
    length: u32,
    cookie: u64,
    result: u32,
) -> Outcome {
    let (memory, context) = guest.parts()?;
    let open = context.descriptors.directory(fd, Rights::FD_READDIR)?;
    if !open.permissions.read_directories {
        return Err(Errno::Acces.into());
    }
    memory.check_u32(result)?;
    memory.bytes(buffer, length)?;
    if cookie > i64::MAX as u64 {
        return Err(Errno::Inval.into());
    }
    let (mut used, mut next) = (0, Some(cookie));
    while let Some(start) = next {
        let (mut memory, context) = guest.parts()?;
        let open = context.descriptors.directory(fd, Rights::FD_READDIR)?;
        let mut room = Room {
            start: buffer,
            length,
            used,
        };
        next = write_entries(&mut memory, &mut room, &*open.directory, start)?;
        used = room.used;
        guest.check()?;
    }
    Ok(guest.parts()?.0.write_u32(result, used)?)
}

/// How many entries are written between two looks at whether the guest may go on.
const ENTRIES_PER_CHECK: u32 = 1000;

/// A buffer of the guest.
struct Room {
    start: u32,
    length: u32,
    used: u32,
}

/// Writes some entries from `start` on. The result is where to go on, if there are more and room for them.
fn write_entries(
    memory: &mut Memory<'_>,
    room: &mut Room,
    directory: &dyn Directory,
    start: u64,
) -> Result<Option<u64>, Errno> {
    let (mut count, mut next, mut failure) = (0, None, None);
    directory.read(start, &mut |entry| {
        if count == ENTRIES_PER_CHECK {
            return false;
        }
        if let Err(error) = room.write_entry(memory, &entry) {
            failure = Some(error);
        }
        count += 1;
        let goes_on = room.used < room.length && failure.is_none();
        next = (goes_on && count == ENTRIES_PER_CHECK).then_some(entry.next);
        goes_on
    })?;
    match failure {
        Some(error) => Err(error),
        None => Ok(next),
    }
}

impl Room {
    /// Writes an entry behind those before it, or as much of it as there is room for.
    fn write_entry(
        &mut self,
        memory: &mut Memory<'_>,
        entry: &DirectoryEntry<'_>,
    ) -> Result<(), Errno> {
        let name = entry.name.as_bytes();
        let name_length = u32::try_from(name.len()).map_err(|_| Errno::Overflow)?;
        let mut head = [0; dirent::SIZE as usize];
        let mut head_memory = Memory(&mut head);
        head_memory.write_u64(dirent::NEXT, entry.next)?;
        head_memory.write_u64(dirent::INODE, entry.inode)?;
        head_memory.write_u32(dirent::NAME_LENGTH, name_length)?;
        head_memory.write_u8(dirent::FILE_TYPE, entry.file_type as u8)?;
        for part in [&head[..], name] {
            let count = (self.length - self.used).min(part.len() as u32);
            let to = memory.bytes_mut(self.start + self.used, count)?;
            to.copy_from_slice(&part[..count as usize]);
            self.used += count;
        }
        Ok(())
    }
}
