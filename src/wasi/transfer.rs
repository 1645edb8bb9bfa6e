//! Bytes between descriptors and guest memory: `fd_read`, `fd_write`, `fd_pread`, `fd_pwrite`.
//!
//! Input: numbers of descriptors, and buffers in guest memory. Output: how many bytes went, and the bytes.
//! Holds: bytes go straight between the file and guest memory. A guest that waits for bytes, or moves many, can be
//! interrupted.

use core::time::Duration;

use super::descriptor::{Descriptor, Object};
use super::file_system::{Errno, File};
use super::guest::{Buffers, Failure, Guest, Memory, Outcome};
use super::types::{Rights, fd_flags};
use crate::error::Error;
use crate::sys::poll::{self, PIPE_BYTES, Question};

/// How long a guest waits between two looks at whether it may go on.
pub(super) const STEP: Duration = Duration::from_millis(5);

/// How many bytes are moved between two looks at whether the guest may go on: a few milliseconds of work.
const STEP_BYTES: u32 = 4 << 20;

/// What of a guest's buffers is moved in one step.
#[derive(Copy, Clone)]
pub(super) struct Part {
    buffers: Buffers,
    /// How many of their bytes are moved already.
    skip: u32,
    /// How many more are moved at most.
    limit: u32,
}

impl Part {
    /// What of the buffer with an index belongs to the part, of which `done` bytes are moved; none if nothing.
    /// `skip` is how many bytes from this buffer on come before the part.
    fn next(
        &self,
        memory: &Memory<'_>,
        index: u32,
        skip: &mut u32,
        done: u32,
    ) -> Result<Option<(u32, u32)>, Errno> {
        let (start, length) = memory.buffer(self.buffers, index)?;
        let before = length.min(*skip);
        *skip -= before;
        let length = (length - before).min(self.limit - done);
        Ok((length > 0).then_some((start.wrapping_add(before), length)))
    }
}

/// Moves the bytes of some buffers step by step. `step` gives how many it moved; less than the part has means that
/// there are no more to be had.
fn in_steps(
    guest: &mut dyn Guest,
    buffers: Buffers,
    step_bytes: u32,
    mut step: impl FnMut(&mut dyn Guest, Part) -> Result<u32, Failure>,
) -> Result<u32, Failure> {
    let mut all: u32 = 0;
    loop {
        let part = Part {
            buffers,
            skip: all,
            limit: step_bytes.min(u32::MAX - all),
        };
        match step(guest, part) {
            Ok(done) if done == step_bytes => all += done,
            Ok(done) => return Ok(all + done),
            // What has been moved counts; the next call will meet the error again.
            Err(Failure::Errno(_)) if all > 0 => return Ok(all),
            Err(failure) => return Err(failure),
        }
        guest.check()?;
    }
}

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

/// Reads into the first buffer that has room. Of a stream that is enough: to go on could mean to wait although there
/// is something to give.
pub(super) fn read_once(
    memory: &mut Memory<'_>,
    buffers: Buffers,
    read: impl FnMut(&mut [u8]) -> Result<usize, Errno>,
) -> Result<u32, Errno> {
    let first = Part {
        buffers: memory.first_buffer(buffers)?,
        skip: 0,
        limit: STEP_BYTES,
    };
    read_into(memory, first, read)
}

/// Reads into one buffer after the other, until one is not filled.
fn read_into(
    memory: &mut Memory<'_>,
    part: Part,
    mut read: impl FnMut(&mut [u8]) -> Result<usize, Errno>,
) -> Result<u32, Errno> {
    let (mut skip, mut all) = (part.skip, 0);
    for index in 0..part.buffers.count {
        let Some((start, length)) = part.next(memory, index, &mut skip, all)? else {
            continue;
        };
        match memory.bytes_mut(start, length).and_then(&mut read) {
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
    part: Part,
    mut write: impl FnMut(&[u8]) -> Result<usize, Errno>,
) -> Result<u32, Errno> {
    let (mut skip, mut all) = (part.skip, 0);
    for index in 0..part.buffers.count {
        let Some((start, length)) = part.next(memory, index, &mut skip, all)? else {
            continue;
        };
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
    part: Part,
    file: &dyn File,
    offset: &mut u64,
) -> Result<u32, Errno> {
    read_into(memory, part, |bytes| {
        let count = file.read_at(bytes, *offset)?;
        advance(offset, count);
        Ok(count)
    })
}

fn write_file_at(
    memory: &Memory<'_>,
    part: Part,
    file: &dyn File,
    offset: &mut u64,
) -> Result<u32, Errno> {
    write_from(memory, part, |bytes| {
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
    let buffers = guest.parts()?.0.check_buffers(buffers, count, result)?;
    if buffers.have_room {
        wait_for(guest, fd, false)?;
    }
    let all = match guest.context().descriptors.get(fd)?.object {
        Object::File { .. } => in_steps(guest, buffers, STEP_BYTES, |guest, part| {
            let (mut memory, context) = guest.parts()?;
            match &mut context.descriptors.get(fd)?.object {
                Object::File { file, position, .. } => {
                    Ok(read_file_at(&mut memory, part, &**file, position)?)
                }
                _ => Err(Errno::Badf.into()),
            }
        })?,
        _ => {
            let (mut memory, context) = guest.parts()?;
            let descriptor = context.descriptors.get(fd)?;
            read_stream(&mut memory, buffers, &mut descriptor.object)?
        }
    };
    Ok(guest.parts()?.0.write_u32(result, all)?)
}

fn read_stream(
    memory: &mut Memory<'_>,
    buffers: Buffers,
    object: &mut Object,
) -> Result<u32, Errno> {
    match object {
        Object::Input(input) => read_once(memory, buffers, |bytes| Ok(input.read(bytes)?)),
        Object::Special(special) => read_once(memory, buffers, |bytes| special.0.read(bytes)),
        Object::Connection(connection) => {
            read_once(memory, buffers, |bytes| connection.read(bytes))
        }
        Object::Directory(_) => Err(Errno::Isdir),
        Object::File { .. } | Object::Output(_) | Object::Listener(_) => Err(Errno::Badf),
    }
}

pub(super) fn fd_write(
    guest: &mut dyn Guest,
    fd: u32,
    buffers: u32,
    count: u32,
    result: u32,
) -> Outcome {
    require(guest, fd, Rights::FD_WRITE)?;
    let buffers = guest.parts()?.0.check_buffers(buffers, count, result)?;
    let is_interruptable = guest.is_interruptable();
    let (waits, step_bytes) = match &guest.context().descriptors.get(fd)?.object {
        // Nobody minds that the write itself waits.
        Object::Output(_) if !is_interruptable => (false, STEP_BYTES),
        // Somebody else's pipe is not to be told not to wait, so only what it has room for is written.
        Object::Output(output) if output.source().is_some() => (buffers.have_room, PIPE_BYTES),
        _ => (buffers.have_room, STEP_BYTES),
    };
    let all = in_steps(guest, buffers, step_bytes, |guest, part| {
        if waits {
            wait_for(guest, fd, true)?;
        }
        let (memory, context) = guest.parts()?;
        let closed_output_code = context.closed_output_code;
        let descriptor = context.descriptors.get(fd)?;
        let is_output = matches!(descriptor.object, Object::Output(_));
        match (write_part(&memory, part, descriptor), closed_output_code) {
            (Err(Errno::Pipe), Some(code)) if is_output => Err(Error::exit(code).into()),
            (done, _) => Ok(done?),
        }
    })?;
    Ok(guest.parts()?.0.write_u32(result, all)?)
}

fn write_part(memory: &Memory<'_>, part: Part, descriptor: &mut Descriptor) -> Result<u32, Errno> {
    match &mut descriptor.object {
        Object::File { file, position, .. } if descriptor.flags & fd_flags::APPEND != 0 => {
            write_from(memory, part, |bytes| {
                let (count, end) = file.append(bytes)?;
                *position = end;
                Ok(count)
            })
        }
        Object::File { file, position, .. } => write_file_at(memory, part, &**file, position),
        Object::Output(output) => write_from(memory, part, |bytes| Ok(output.write(bytes)?)),
        Object::Special(special) => write_from(memory, part, |bytes| special.0.write(bytes)),
        Object::Connection(connection) => write_from(memory, part, |bytes| connection.write(bytes)),
        Object::Directory(_) => Err(Errno::Isdir),
        Object::Input(_) | Object::Listener(_) => Err(Errno::Badf),
    }
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
    let (memory, context) = guest.parts()?;
    context.descriptors.get(fd)?.file(Rights::FD_READ)?;
    let buffers = memory.check_buffers(buffers, count, result)?;
    let all = in_steps(guest, buffers, STEP_BYTES, |guest, part| {
        let (mut memory, context) = guest.parts()?;
        let file = context.descriptors.get(fd)?.file(Rights::FD_READ)?;
        Ok(read_file_at(&mut memory, part, file, &mut offset)?)
    })?;
    Ok(guest.parts()?.0.write_u32(result, all)?)
}

pub(super) fn fd_pwrite(
    guest: &mut dyn Guest,
    fd: u32,
    buffers: u32,
    count: u32,
    mut offset: u64,
    result: u32,
) -> Outcome {
    let (memory, context) = guest.parts()?;
    context.descriptors.get(fd)?.file(Rights::FD_WRITE)?;
    let buffers = memory.check_buffers(buffers, count, result)?;
    let all = in_steps(guest, buffers, STEP_BYTES, |guest, part| {
        let (memory, context) = guest.parts()?;
        let file = context.descriptors.get(fd)?.file(Rights::FD_WRITE)?;
        Ok(write_file_at(&memory, part, file, &mut offset)?)
    })?;
    Ok(guest.parts()?.0.write_u32(result, all)?)
}
