//! Arguments and environment: `args_*` and `environ_*`.
//!
//! Input: the strings that the embedder gave. Output: two arrays in guest memory, of pointers and of bytes.
//! Holds: the guest provides the room; what does not fit is its fault.

use alloc::vec::Vec;

use super::file_system::Errno;
use super::guest::{Guest, Memory, Outcome, element};

/// Strings as guests get them: each with a zero at its end, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Strings {
    bytes: Vec<u8>,
    starts: Vec<usize>,
}

impl Strings {
    /// Adds the string that the parts make together.
    pub(super) fn push(&mut self, parts: &[&[u8]]) {
        self.starts.push(self.bytes.len());
        parts
            .iter()
            .for_each(|part| self.bytes.extend_from_slice(part));
        self.bytes.push(0);
    }

    fn write_sizes(&self, memory: &mut Memory<'_>, count: u32, size: u32) -> Result<(), Errno> {
        memory.write_u32(count, length(self.starts.len())?)?;
        memory.write_u32(size, length(self.bytes.len())?)
    }

    fn write(&self, memory: &mut Memory<'_>, pointers: u32, buffer: u32) -> Result<(), Errno> {
        memory.check_array(pointers, length(self.starts.len())?, 4)?;
        memory
            .bytes_mut(buffer, length(self.bytes.len())?)?
            .copy_from_slice(&self.bytes);
        for (index, start) in (0..).zip(&self.starts) {
            memory.write_u32(element(pointers, index, 4)?, buffer + length(*start)?)?;
        }
        Ok(())
    }
}

fn length(length: usize) -> Result<u32, Errno> {
    u32::try_from(length).map_err(|_| Errno::Overflow)
}

pub(super) fn args_sizes_get(guest: &mut dyn Guest, count: u32, size: u32) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    Ok(context.arguments.write_sizes(&mut memory, count, size)?)
}

pub(super) fn args_get(guest: &mut dyn Guest, pointers: u32, buffer: u32) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    Ok(context.arguments.write(&mut memory, pointers, buffer)?)
}

pub(super) fn environ_sizes_get(guest: &mut dyn Guest, count: u32, size: u32) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    Ok(context.environment.write_sizes(&mut memory, count, size)?)
}

pub(super) fn environ_get(guest: &mut dyn Guest, pointers: u32, buffer: u32) -> Outcome {
    let (mut memory, context) = guest.parts()?;
    Ok(context.environment.write(&mut memory, pointers, buffer)?)
}
