//! Descriptors: the table of what is open, and `fd_*`.
//!
//! Input: numbers of descriptors, buffers. Output: bytes, and what is known of a descriptor.
//! Holds: the table has the standard streams only, so what needs a file or a directory answers with the error that a
//! stream gives. A descriptor that is not open is [`Errno::Badf`], before anything else is looked at.

use alloc::vec::Vec;

use super::guest::{Guest, Outcome};
use super::stream::{Input, Output};
use super::types::{Errno, FileType, Rights, fd_flags, fdstat, filestat};

/// What is open, by number.
pub(super) struct Descriptors(Vec<Option<Descriptor>>);

/// Something open.
pub(super) struct Descriptor {
    pub(super) file: File,
    rights: Rights,
    flags: u32,
}

/// What a descriptor refers to.
pub(super) enum File {
    /// A stream to read.
    Input(Input),
    /// A stream to write.
    Output(Output),
}

impl Descriptor {
    fn new(file: File) -> Descriptor {
        let transfer = match &file {
            File::Input(_) => Rights::FD_READ,
            File::Output(_) => Rights::FD_WRITE,
        };
        let rights = transfer
            .union(Rights::FD_FDSTAT_SET_FLAGS)
            .union(Rights::FD_FILESTAT_GET)
            .union(Rights::POLL_FD_READWRITE);
        Descriptor {
            file,
            rights,
            flags: 0,
        }
    }

    /// Fails unless the descriptor has the rights.
    pub(super) fn require(&self, rights: Rights) -> Result<(), Errno> {
        if self.rights.contains(rights) {
            Ok(())
        } else {
            Err(Errno::Notcapable)
        }
    }

    fn file_type(&self) -> FileType {
        match &self.file {
            File::Input(input) => input.file_type(),
            File::Output(output) => output.file_type(),
        }
    }
}

impl Descriptors {
    pub(super) fn new(stdin: Input, stdout: Output, stderr: Output) -> Descriptors {
        let files = [
            File::Input(stdin),
            File::Output(stdout),
            File::Output(stderr),
        ];
        Descriptors(files.map(|file| Some(Descriptor::new(file))).into())
    }

    /// The descriptor with a number.
    pub(super) fn get(&mut self, fd: u32) -> Result<&mut Descriptor, Errno> {
        self.slot(fd)?.as_mut().ok_or(Errno::Badf)
    }

    fn slot(&mut self, fd: u32) -> Result<&mut Option<Descriptor>, Errno> {
        self.0.get_mut(fd as usize).ok_or(Errno::Badf)
    }

    fn remove(&mut self, fd: u32) -> Result<Descriptor, Errno> {
        self.slot(fd)?.take().ok_or(Errno::Badf)
    }

    /// Gives `from` the number `to`, which is closed.
    fn renumber(&mut self, from: u32, to: u32) -> Result<(), Errno> {
        self.get(from)?;
        self.get(to)?;
        let moved = self.remove(from)?;
        *self.slot(to)? = Some(moved);
        Ok(())
    }
}

/// Fails as `error` says if the descriptor is open, which is then a stream.
pub(super) fn stream_cannot(guest: &mut dyn Guest, fd: u32, error: Errno) -> Outcome {
    guest.context().descriptors.get(fd)?;
    Err(error.into())
}

pub(super) fn fd_read(
    guest: &mut dyn Guest,
    fd: u32,
    buffers: u32,
    count: u32,
    result: u32,
) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let descriptor = context.descriptors.get(fd)?;
    let File::Input(input) = &mut descriptor.file else {
        return Err(Errno::Badf.into());
    };
    if !descriptor.rights.contains(Rights::FD_READ) {
        return Err(Errno::Notcapable.into());
    }
    let count = memory.check_buffers(buffers, count)?;
    memory.write_u32(result, 0)?;
    for index in 0..count {
        let (start, length) = memory.buffer(buffers, index)?;
        if length > 0 {
            // One buffer is enough: to fill a second one could mean to wait although there is something to give.
            let bytes = memory.bytes_mut(start, length)?;
            let done = input.read(bytes).map_err(|error| Errno::from(&error))?;
            memory.write_u32(result, done as u32)?;
            break;
        }
    }
    Ok(())
}

pub(super) fn fd_write(
    guest: &mut dyn Guest,
    fd: u32,
    buffers: u32,
    count: u32,
    result: u32,
) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let descriptor = context.descriptors.get(fd)?;
    let File::Output(output) = &mut descriptor.file else {
        return Err(Errno::Badf.into());
    };
    if !descriptor.rights.contains(Rights::FD_WRITE) {
        return Err(Errno::Notcapable.into());
    }
    let count = memory.check_buffers(buffers, count)?;
    memory.write_u32(result, 0)?;
    let mut written: u32 = 0;
    'buffers: for index in 0..count {
        let (start, length) = memory.buffer(buffers, index)?;
        if written.checked_add(length).is_none() {
            break;
        }
        let mut bytes = memory.bytes(start, length)?;
        while !bytes.is_empty() {
            match output.write(bytes) {
                Ok(done) => {
                    bytes = &bytes[done..];
                    written += done as u32;
                }
                // What has been written counts; the next call will meet the error again.
                Err(_) if written > 0 => break 'buffers,
                Err(error) => return Err(Errno::from(&error).into()),
            }
        }
    }
    Ok(memory.write_u32(result, written)?)
}

pub(super) fn fd_close(guest: &mut dyn Guest, fd: u32) -> Outcome {
    let descriptor = guest.context().descriptors.remove(fd)?;
    if let File::Output(mut output) = descriptor.file {
        output.flush().map_err(|error| Errno::from(&error))?;
    }
    Ok(())
}

pub(super) fn fd_renumber(guest: &mut dyn Guest, from: u32, to: u32) -> Outcome {
    Ok(guest.context().descriptors.renumber(from, to)?)
}

pub(super) fn fd_fdstat_get(guest: &mut dyn Guest, fd: u32, result: u32) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let descriptor = context.descriptors.get(fd)?;
    memory.bytes_mut(result, fdstat::SIZE)?.fill(0);
    memory.write_u8(result + fdstat::FILE_TYPE, descriptor.file_type() as u8)?;
    memory.write_u16(result + fdstat::FLAGS, descriptor.flags as u16)?;
    memory.write_u64(result + fdstat::RIGHTS_BASE, descriptor.rights.bits())?;
    memory.write_u64(result + fdstat::RIGHTS_INHERITING, Rights::NONE.bits())?;
    Ok(())
}

pub(super) fn fd_fdstat_set_flags(guest: &mut dyn Guest, fd: u32, flags: u32) -> Outcome {
    let descriptor = guest.context().descriptors.get(fd)?;
    descriptor.require(Rights::FD_FDSTAT_SET_FLAGS)?;
    if flags & !fd_flags::ALL != 0 {
        return Err(Errno::Inval.into());
    }
    // A stream is written at its end anyway; the other flags would be promises that it cannot keep.
    if flags & !fd_flags::APPEND != 0 {
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
    let base = Rights::from_bits(base);
    descriptor.require(base)?;
    if inheriting != Rights::NONE.bits() {
        return Err(Errno::Notcapable.into());
    }
    descriptor.rights = base;
    Ok(())
}

pub(super) fn fd_filestat_get(guest: &mut dyn Guest, fd: u32, result: u32) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let descriptor = context.descriptors.get(fd)?;
    descriptor.require(Rights::FD_FILESTAT_GET)?;
    memory.bytes_mut(result, filestat::SIZE)?.fill(0);
    memory.write_u8(result + filestat::FILE_TYPE, descriptor.file_type() as u8)?;
    Ok(())
}

/// No descriptor is a directory that the embedder opened: the guest that asks for them one by one gets to the end of
/// the list at once.
pub(super) fn fd_prestat_get(_guest: &mut dyn Guest, _fd: u32, _result: u32) -> Outcome {
    Err(Errno::Badf.into())
}

pub(super) fn fd_prestat_dir_name(
    _guest: &mut dyn Guest,
    _fd: u32,
    _path: u32,
    _length: u32,
) -> Outcome {
    Err(Errno::Badf.into())
}

pub(super) fn fd_seek(
    guest: &mut dyn Guest,
    fd: u32,
    _offset: u64,
    _whence: u32,
    _result: u32,
) -> Outcome {
    stream_cannot(guest, fd, Errno::Spipe)
}

pub(super) fn fd_tell(guest: &mut dyn Guest, fd: u32, _result: u32) -> Outcome {
    stream_cannot(guest, fd, Errno::Spipe)
}

pub(super) fn fd_pread(
    guest: &mut dyn Guest,
    fd: u32,
    _buffers: u32,
    _count: u32,
    _offset: u64,
    _result: u32,
) -> Outcome {
    stream_cannot(guest, fd, Errno::Spipe)
}

pub(super) fn fd_pwrite(
    guest: &mut dyn Guest,
    fd: u32,
    _buffers: u32,
    _count: u32,
    _offset: u64,
    _result: u32,
) -> Outcome {
    stream_cannot(guest, fd, Errno::Spipe)
}

pub(super) fn fd_advise(
    guest: &mut dyn Guest,
    fd: u32,
    _offset: u64,
    _length: u64,
    _advice: u32,
) -> Outcome {
    stream_cannot(guest, fd, Errno::Spipe)
}

pub(super) fn fd_allocate(guest: &mut dyn Guest, fd: u32, _offset: u64, _length: u64) -> Outcome {
    stream_cannot(guest, fd, Errno::Spipe)
}

pub(super) fn fd_datasync(guest: &mut dyn Guest, fd: u32) -> Outcome {
    stream_cannot(guest, fd, Errno::Inval)
}

pub(super) fn fd_sync(guest: &mut dyn Guest, fd: u32) -> Outcome {
    stream_cannot(guest, fd, Errno::Inval)
}

pub(super) fn fd_filestat_set_size(guest: &mut dyn Guest, fd: u32, _size: u64) -> Outcome {
    stream_cannot(guest, fd, Errno::Inval)
}

pub(super) fn fd_filestat_set_times(
    guest: &mut dyn Guest,
    fd: u32,
    _accessed: u64,
    _modified: u64,
    _flags: u32,
) -> Outcome {
    stream_cannot(guest, fd, Errno::Notsup)
}

pub(super) fn fd_readdir(
    guest: &mut dyn Guest,
    fd: u32,
    _buffer: u32,
    _length: u32,
    _cookie: u64,
    _result: u32,
) -> Outcome {
    stream_cannot(guest, fd, Errno::Notdir)
}
