//! What a guest was given, and what is in a directory: `fd_prestat_*` and `fd_readdir`.
//!
//! Input: numbers of descriptors. Output: names and entries in guest memory.
//! Holds: entries are written one by one as they are read; how many there are sizes nothing.

use super::descriptor::{Object, OpenDirectory};
use super::file_system::{DirectoryEntry, Errno};
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
    let (mut memory, context) = guest.parts()?;
    let open = context.descriptors.directory(fd, Rights::FD_READDIR)?;
    if !open.permissions.read_directories {
        return Err(Errno::Acces.into());
    }
    memory.check_u32(result)?;
    memory.bytes(buffer, length)?;
    let mut used = 0;
    let mut failure = None;
    open.directory.read(cookie, &mut |entry| {
        match write_entry(&mut memory, buffer, length, used, &entry) {
            Ok(now) => used = now,
            Err(error) => failure = Some(error),
        }
        used < length && failure.is_none()
    })?;
    match failure {
        Some(error) => Err(error.into()),
        None => Ok(memory.write_u32(result, used)?),
    }
}

/// Writes an entry behind the `used` bytes of a buffer, or as much of it as there is room for. The result is how
/// many are used then.
fn write_entry(
    memory: &mut Memory<'_>,
    buffer: u32,
    length: u32,
    used: u32,
    entry: &DirectoryEntry<'_>,
) -> Result<u32, Errno> {
    let name = entry.name.as_bytes();
    let name_length = u32::try_from(name.len()).map_err(|_| Errno::Overflow)?;
    let mut head = [0; dirent::SIZE as usize];
    let mut head_memory = Memory(&mut head);
    head_memory.write_u64(dirent::NEXT, entry.next)?;
    head_memory.write_u64(dirent::INODE, entry.inode)?;
    head_memory.write_u32(dirent::NAME_LENGTH, name_length)?;
    head_memory.write_u8(dirent::FILE_TYPE, entry.file_type as u8)?;
    let mut used = used;
    for part in [&head[..], name] {
        let count = (length - used).min(part.len() as u32);
        let to = memory.bytes_mut(buffer + used, count)?;
        to.copy_from_slice(&part[..count as usize]);
        used += count;
    }
    Ok(used)
}
