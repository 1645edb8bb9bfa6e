//! Bytes between descriptors and guest memory: `fd_read`, `fd_write`, `fd_pread`, `fd_pwrite`.
//!
//! Input: numbers of descriptors, and buffers in guest memory. Output: how many bytes went, and the bytes.
//! Holds: bytes go straight between the file and guest memory. A guest that waits for bytes can be interrupted.

use core::time::Duration;

use super::descriptor::{Descriptor, Object};
use super::file_system::{Errno, File};
use super::guest::{Failure, Guest, Memory, Outcome};
use super::types::{Rights, fd_flags};
use crate::error::Error;
use crate::sys::poll::{self, Question};

/// How long a guest waits between two looks at whether it may go on.
pub(super) const STEP: Duration = Duration::from_millis(5);

/// Waits until a read or a write of a descriptor will not.
///
/// # Errors
/// [`Errno::Again`] if the descriptor is not to wait; or the error that interrupts the guest.
pub(super) fn wait_for(guest: &mut dyn Guest, fd: u32, write: bool) -> Result<(), Failure> {
    let mut timeout = Duration::ZERO;
    loop {
        let descriptor = guest.context().descriptors.get(fd)?;
        let Some(source) = descriptor.source() else {
            return Ok(());
        };
        let is_waiting = descriptor.flags & fd_flags::NON_BLOCKING == 0;
        let answer = poll::wait_for(Question { source, write }, timeout)
            .map_err(|error| Errno::from(&error))?;
        if answer.is_ready {
            return Ok(());
        }
        if !is_waiting {
            return Err(Errno::Again.into());
        }
        guest.check()?;
        timeout = STEP;
    }
}

/// Reads into the first buffer that has room. Of a stream that is enough: to fill a second one could mean to wait
/// although there is something to give.
pub(super) fn read_once(
    memory: &mut Memory<'_>,
    buffers: (u32, u32),
    read: impl FnMut(&mut [u8]) -> Result<usize, Errno>,
) -> Result<u32, Errno> {
    let first = memory.first_buffer(buffers)?;
    read_into(memory, first, read)
}

/// Reads into one buffer after the other, until one is not filled.
fn read_into(
    memory: &mut Memory<'_>,
    (buffers, count): (u32, u32),
    mut read: impl FnMut(&mut [u8]) -> Result<usize, Errno>,
) -> Result<u32, Errno> {
    let mut all: u32 = 0;
    for index in 0..count {
        let (start, length) = memory.buffer(buffers, index)?;
        if length == 0 {
            continue;
        }
        if all.checked_add(length).is_none() {
            break;
        }
        match read(memory.bytes_mut(start, length)?) {
            // More than there is room for is not believed.
            Ok(done) => {
                let done = (done as u32).min(length);
                all += done;
                if done < length {
                    break;
                }
            }
            // What has been read counts; the next call will meet the error again.
            Err(_) if all > 0 => break,
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}

/// Writes one buffer after the other, until one is not taken whole.
fn write_from(
    memory: &Memory<'_>,
    (buffers, count): (u32, u32),
    mut write: impl FnMut(&[u8]) -> Result<usize, Errno>,
) -> Result<u32, Errno> {
    let mut all: u32 = 0;
    for index in 0..count {
        let (start, length) = memory.buffer(buffers, index)?;
        if all.checked_add(length).is_none() {
            break;
        }
        let mut bytes = memory.bytes(start, length)?;
        while !bytes.is_empty() {
            match write(bytes) {
                Ok(0) if all > 0 => return Ok(all),
                Ok(0) => return Err(Errno::Io),
                Ok(done) => {
                    let done = done.min(bytes.len());
                    bytes = &bytes[done..];
                    all += done as u32;
                }
                // What has been written counts; the next call will meet the error again.
                Err(_) if all > 0 => return Ok(all),
                Err(error) => return Err(error),
            }
        }
    }
    Ok(all)
}

/// The offset after `offset` that is `count` bytes further.
fn advance(offset: &mut u64, count: usize) {
    *offset = offset.saturating_add(count as u64);
}

fn read_file_at(
    memory: &mut Memory<'_>,
    buffers: (u32, u32),
    file: &dyn File,
    offset: &mut u64,
) -> Result<u32, Errno> {
    read_into(memory, buffers, |bytes| {
        let count = file.read_at(bytes, *offset)?;
        advance(offset, count);
        Ok(count)
    })
}

fn write_file_at(
    memory: &Memory<'_>,
    buffers: (u32, u32),
    file: &dyn File,
    offset: &mut u64,
) -> Result<u32, Errno> {
    write_from(memory, buffers, |bytes| {
        let count = file.write_at(bytes, *offset)?;
        advance(offset, count);
        Ok(count)
    })
}

pub(super) fn fd_read(
    guest: &mut dyn Guest,
    fd: u32,
    buffers: u32,
    count: u32,
    result: u32,
) -> Outcome {
    require(guest, fd, Rights::FD_READ)?;
    wait_for(guest, fd, false)?;
    let (mut memory, context) = guest.parts()?;
    let buffers = memory.check_buffers(buffers, count, result)?;
    let descriptor = context.descriptors.get(fd)?;
    let all = match &mut descriptor.object {
        Object::File { file, position, .. } => {
            read_file_at(&mut memory, buffers, &**file, position)?
        }
        Object::Input(input) => read_once(&mut memory, buffers, |bytes| Ok(input.read(bytes)?))?,
        Object::Special(special) => read_once(&mut memory, buffers, |bytes| special.0.read(bytes))?,
        Object::Connection(connection) => {
            read_once(&mut memory, buffers, |bytes| connection.read(bytes))?
        }
        Object::Directory(_) => return Err(Errno::Isdir.into()),
        Object::Output(_) | Object::Listener(_) => return Err(Errno::Badf.into()),
    };
    Ok(memory.write_u32(result, all)?)
}

pub(super) fn fd_write(
    guest: &mut dyn Guest,
    fd: u32,
    buffers: u32,
    count: u32,
    result: u32,
) -> Outcome {
    require(guest, fd, Rights::FD_WRITE)?;
    wait_for(guest, fd, true)?;
    let (mut memory, context) = guest.parts()?;
    let buffers = memory.check_buffers(buffers, count, result)?;
    let Descriptor { object, flags, .. } = context.descriptors.get(fd)?;
    let all = match object {
        Object::File { file, position, .. } if *flags & fd_flags::APPEND != 0 => {
            write_from(&memory, buffers, |bytes| {
                let (count, end) = file.append(bytes)?;
                *position = end;
                Ok(count)
            })?
        }
        Object::File { file, position, .. } => write_file_at(&memory, buffers, &**file, position)?,
        Object::Output(output) => {
            let all = write_from(&memory, buffers, |bytes| Ok(output.write(bytes)?));
            match (all, context.closed_output_code) {
                (Err(Errno::Pipe), Some(code)) => return Err(Error::exit(code).into()),
                (all, _) => all?,
            }
        }
        Object::Special(special) => write_from(&memory, buffers, |bytes| special.0.write(bytes))?,
        Object::Connection(connection) => {
            write_from(&memory, buffers, |bytes| connection.write(bytes))?
        }
        Object::Directory(_) => return Err(Errno::Isdir.into()),
        Object::Input(_) | Object::Listener(_) => return Err(Errno::Badf.into()),
    };
    Ok(memory.write_u32(result, all)?)
}

/// Fails unless the descriptor is open and has the rights. A stream that lacks one is not open for that.
fn require(guest: &mut dyn Guest, fd: u32, rights: Rights) -> Result<(), Errno> {
    let descriptor = guest.context().descriptors.get(fd)?;
    match (&descriptor.object, rights) {
        (Object::Input(_), Rights::FD_WRITE) | (Object::Output(_), Rights::FD_READ) => {
            Err(Errno::Badf)
        }
        (Object::Directory(_), _) => Err(Errno::Isdir),
        _ => descriptor.require(rights),
    }
}

pub(super) fn fd_pread(
    guest: &mut dyn Guest,
    fd: u32,
    buffers: u32,
    count: u32,
    mut offset: u64,
    result: u32,
) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let file = context.descriptors.get(fd)?.file(Rights::FD_READ)?;
    let buffers = memory.check_buffers(buffers, count, result)?;
    let all = read_file_at(&mut memory, buffers, file, &mut offset)?;
    Ok(memory.write_u32(result, all)?)
}

pub(super) fn fd_pwrite(
    guest: &mut dyn Guest,
    fd: u32,
    buffers: u32,
    count: u32,
    mut offset: u64,
    result: u32,
) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    let file = context.descriptors.get(fd)?.file(Rights::FD_WRITE)?;
    let buffers = memory.check_buffers(buffers, count, result)?;
    let all = write_file_at(&memory, buffers, file, &mut offset)?;
    Ok(memory.write_u32(result, all)?)
}
