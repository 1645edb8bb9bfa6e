//! What is known of descriptors, and what can be set: `fd_*` apart from bytes and directories.
//!
//! Input: numbers of descriptors. Output: structures in guest memory.
//! Holds: a descriptor that is not open is [`Errno::Badf`], before anything else is looked at.

use super::descriptor::{Descriptor, Object, permit};
use super::file_system::{Errno, File, Metadata, SetTime, SetTimes};
use super::guest::{Guest, Memory, Outcome};
use super::types::{ADVICE_MAX, Rights, fd_flags, fdstat, filestat, time_flags, whence};

impl Descriptor {
    /// The file, if the descriptor has the rights.
    pub(super) fn file(&self, rights: Rights) -> Result<&dyn File, Errno> {
        match &self.object {
            Object::File { file, .. } => {
                self.require(rights)?;
                Ok(&**file)
            }
            Object::Directory(_) => Err(Errno::Isdir),
            _ => Err(Errno::Spipe),
        }
    }
}

pub(super) fn fd_close(guest: &mut dyn Guest, fd: u32) -> Outcome {
    close(guest.context().descriptors.remove(fd)?)
}

pub(super) fn fd_renumber(guest: &mut dyn Guest, from: u32, to: u32) -> Outcome {
    match guest.context().descriptors.renumber(from, to)? {
        Some(replaced) => close(replaced),
        None => Ok(()),
    }
}

fn close(descriptor: Descriptor) -> Outcome {
    if let Object::Output(mut output) = descriptor.object {
        output.flush().map_err(|error| Errno::from(&error))?;
    }
    Ok(())
}

pub(super) fn fd_fdstat_get(guest: &mut dyn Guest, fd: u32, result: u32) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let descriptor = context.descriptors.get(fd)?;
    let file_type = descriptor.file_type()?;
    memory.bytes_mut(result, fdstat::SIZE)?.fill(0);
    memory.write_u8(result + fdstat::FILE_TYPE, file_type as u8)?;
    memory.write_u16(result + fdstat::FLAGS, descriptor.flags as u16)?;
    memory.write_u64(result + fdstat::RIGHTS_BASE, descriptor.rights.bits())?;
    memory.write_u64(
        result + fdstat::RIGHTS_INHERITING,
        descriptor.inheriting.bits(),
    )?;
    Ok(())
}

pub(super) fn fd_fdstat_set_flags(guest: &mut dyn Guest, fd: u32, flags: u32) -> Outcome {
    let descriptor = guest.context().descriptors.get(fd)?;
    descriptor.require(Rights::FD_FDSTAT_SET_FLAGS)?;
    if flags & !fd_flags::ALL != 0 {
        return Err(Errno::Inval.into());
    }
    let possible = match &descriptor.object {
        // Whether each write waits for the device is decided when a file is opened.
        Object::File { .. } => fd_flags::APPEND | fd_flags::NON_BLOCKING,
        // A stream is written at its end anyway. What is behind these cannot be asked whether it would wait.
        Object::Output(_) => fd_flags::APPEND,
        Object::Input(input) if input.source().is_none() => fd_flags::APPEND,
        Object::Directory(_) => 0,
        _ => fd_flags::APPEND | fd_flags::NON_BLOCKING,
    };
    if (flags ^ descriptor.flags) & !possible != 0 {
        return Err(Errno::Notsup.into());
    }
    descriptor.flags = flags;
    Ok(())
}

/// Rights can be given up, not gained.
pub(super) fn fd_fdstat_set_rights(
    guest: &mut dyn Guest,
    fd: u32,
    base: u64,
    inheriting: u64,
) -> Outcome {
    let descriptor = guest.context().descriptors.get(fd)?;
    let (base, inheriting) = (Rights::from_bits(base), Rights::from_bits(inheriting));
    if !descriptor.rights.contains(base) || !descriptor.inheriting.contains(inheriting) {
        return Err(Errno::Notcapable.into());
    }
    descriptor.rights = base;
    descriptor.inheriting = inheriting;
    Ok(())
}

impl Memory<'_> {
    /// Writes what is known of a file.
    pub(super) fn write_metadata(&mut self, at: u32, metadata: &Metadata) -> Result<(), Errno> {
        self.bytes_mut(at, filestat::SIZE)?.fill(0);
        self.write_u64(at + filestat::DEVICE, metadata.device)?;
        self.write_u64(at + filestat::INODE, metadata.inode)?;
        self.write_u8(at + filestat::FILE_TYPE, metadata.file_type as u8)?;
        self.write_u64(at + filestat::LINKS, metadata.links)?;
        self.write_u64(at + filestat::FILE_SIZE, metadata.size)?;
        self.write_u64(at + filestat::ACCESSED, metadata.accessed)?;
        self.write_u64(at + filestat::MODIFIED, metadata.modified)?;
        self.write_u64(at + filestat::CHANGED, metadata.changed)
    }
}

/// The times that a guest wants to set.
pub(super) fn times(accessed: u64, modified: u64, flags: u32) -> Result<SetTimes, Errno> {
    let time = |at, value, now| match (flags & value != 0, flags & now != 0) {
        (true, true) => Err(Errno::Inval),
        (true, false) => Ok(SetTime::At(at)),
        (false, true) => Ok(SetTime::Now),
        (false, false) => Ok(SetTime::Keep),
    };
    if flags & !time_flags::ALL != 0 {
        return Err(Errno::Inval);
    }
    Ok(SetTimes {
        accessed: time(accessed, time_flags::ACCESSED, time_flags::ACCESSED_NOW)?,
        modified: time(modified, time_flags::MODIFIED, time_flags::MODIFIED_NOW)?,
    })
}

pub(super) fn fd_filestat_get(guest: &mut dyn Guest, fd: u32, result: u32) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let descriptor = context.descriptors.get(fd)?;
    descriptor.require(Rights::FD_FILESTAT_GET)?;
    let metadata = descriptor.metadata()?;
    Ok(memory.write_metadata(result, &metadata)?)
}

pub(super) fn fd_filestat_set_size(guest: &mut dyn Guest, fd: u32, size: u64) -> Outcome {
    let descriptor = guest.context().descriptors.get(fd)?;
    let file = match descriptor.file(Rights::FD_FILESTAT_SET_SIZE) {
        Err(Errno::Spipe) => return Err(Errno::Inval.into()),
        file => file?,
    };
    Ok(file.set_size(size)?)
}

pub(super) fn fd_filestat_set_times(
    guest: &mut dyn Guest,
    fd: u32,
    accessed: u64,
    modified: u64,
    flags: u32,
) -> Outcome {
    let times = times(accessed, modified, flags);
    let descriptor = guest.context().descriptors.get(fd)?;
    match &descriptor.object {
        Object::Directory(open) => {
            descriptor.require(Rights::FD_FILESTAT_SET_TIMES)?;
            permit(open.permissions.change_directories)?;
            Ok(open.directory.set_times(times?)?)
        }
        Object::File {
            file, permissions, ..
        } => {
            descriptor.require(Rights::FD_FILESTAT_SET_TIMES)?;
            permit(permissions.write_files)?;
            Ok(file.set_times(times?)?)
        }
        _ => Err(Errno::Notsup.into()),
    }
}

pub(super) fn fd_advise(
    guest: &mut dyn Guest,
    fd: u32,
    offset: u64,
    length: u64,
    advice: u32,
) -> Outcome {
    let descriptor = guest.context().descriptors.get(fd)?;
    descriptor.file(Rights::FD_ADVISE)?;
    // Nothing is done with it, but nonsense is told.
    if advice > ADVICE_MAX || offset.checked_add(length).is_none() {
        return Err(Errno::Inval.into());
    }
    Ok(())
}

pub(super) fn fd_allocate(guest: &mut dyn Guest, fd: u32, offset: u64, length: u64) -> Outcome {
    let descriptor = guest.context().descriptors.get(fd)?;
    let file = descriptor.file(Rights::FD_ALLOCATE)?;
    if length == 0 {
        return Err(Errno::Inval.into());
    }
    Ok(file.allocate(offset, length)?)
}

fn sync(guest: &mut dyn Guest, fd: u32, data_only: bool) -> Outcome {
    let right = if data_only {
        Rights::FD_DATASYNC
    } else {
        Rights::FD_SYNC
    };
    let descriptor = guest.context().descriptors.get(fd)?;
    match &descriptor.object {
        Object::File { file, .. } => {
            descriptor.require(right)?;
            Ok(file.sync(data_only)?)
        }
        Object::Directory(open) => {
            descriptor.require(right)?;
            Ok(open.directory.sync()?)
        }
        _ => Err(Errno::Inval.into()),
    }
}

pub(super) fn fd_datasync(guest: &mut dyn Guest, fd: u32) -> Outcome {
    sync(guest, fd, true)
}

pub(super) fn fd_sync(guest: &mut dyn Guest, fd: u32) -> Outcome {
    sync(guest, fd, false)
}

pub(super) fn fd_seek(
    guest: &mut dyn Guest,
    fd: u32,
    offset: u64,
    from: u32,
    result: u32,
) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let descriptor = context.descriptors.get(fd)?;
    let is_question = offset == 0 && from == whence::CURRENT;
    let right = if is_question {
        Rights::FD_TELL
    } else {
        Rights::FD_SEEK
    };
    let rights = descriptor.rights;
    let Object::File { file, position, .. } = &mut descriptor.object else {
        return Err(match descriptor.object {
            Object::Directory(_) => Errno::Badf,
            _ => Errno::Spipe,
        }
        .into());
    };
    if !rights.contains(right) && !rights.contains(Rights::FD_SEEK) {
        return Err(Errno::Notcapable.into());
    }
    let start = match from {
        whence::START => 0,
        whence::CURRENT => *position,
        whence::END => file.metadata()?.size,
        _ => return Err(Errno::Inval.into()),
    };
    // An offset from the start cannot be negative either: positions have 63 bits.
    let target = start
        .checked_add_signed(offset as i64)
        .filter(|&target| i64::try_from(target).is_ok())
        .ok_or(Errno::Inval)?;
    memory.write_u64(result, target)?;
    *position = target;
    Ok(())
}

pub(super) fn fd_tell(guest: &mut dyn Guest, fd: u32, result: u32) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let descriptor = context.descriptors.get(fd)?;
    let Object::File { position, .. } = &descriptor.object else {
        return Err(match descriptor.object {
            Object::Directory(_) => Errno::Badf,
            _ => Errno::Spipe,
        }
        .into());
    };
    descriptor.require(Rights::FD_TELL)?;
    Ok(memory.write_u64(result, *position)?)
}
