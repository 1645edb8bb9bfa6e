//! Open files of a tree in memory.
//!
//! Input: bytes, offsets and sizes. Output: bytes, and what is known of the file.
//! Holds: a file is read and written only as it was opened for; offsets have 63 bits, as on hosts.

use super::super::{Errno, File, Metadata, SetTimes};
use super::tree::Handle;

/// An open file, which is there until it is closed even if it has no name any more.
pub(super) struct MemoryFile {
    pub(super) handle: Handle,
    pub(super) is_readable: bool,
    pub(super) is_writable: bool,
}

impl MemoryFile {
    fn check_writable(&self, error: Errno) -> Result<(), Errno> {
        if self.is_writable {
            return Ok(());
        }
        // That nothing can be changed is the better answer than how it was opened.
        self.handle.with(|nodes, _| nodes.check_writable())?;
        Err(error)
    }
}

/// The end of `length` bytes at `offset`.
fn end(offset: u64, length: usize) -> Result<u64, Errno> {
    let end = offset.checked_add(length as u64).ok_or(Errno::Inval)?;
    match i64::try_from(end) {
        Ok(_) => Ok(end),
        Err(_) => Err(Errno::Inval),
    }
}

impl File for MemoryFile {
    fn metadata(&self) -> Result<Metadata, Errno> {
        self.handle.with(|nodes, id| nodes.metadata(id))
    }

    fn read_at(&self, bytes: &mut [u8], offset: u64) -> Result<usize, Errno> {
        end(offset, 0)?;
        if !self.is_readable {
            return Err(Errno::Badf);
        }
        end(offset, bytes.len())?;
        self.handle
            .with(|nodes, id| Ok(nodes.bytes(id)?.read_at(bytes, offset)))
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> Result<usize, Errno> {
        end(offset, 0)?;
        self.check_writable(Errno::Badf)?;
        end(offset, bytes.len())?;
        self.handle.with(|nodes, id| {
            nodes.change(id, |content, budget| {
                content.write_at(bytes, offset, budget)
            })
        })
    }

    fn append(&self, bytes: &[u8]) -> Result<(usize, u64), Errno> {
        self.check_writable(Errno::Badf)?;
        self.handle.with(|nodes, id| {
            nodes.change(id, |content, budget| {
                let offset = content.as_slice().len() as u64;
                let count = content.write_at(bytes, offset, budget)?;
                Ok((count, offset + count as u64))
            })
        })
    }

    fn set_size(&self, size: u64) -> Result<(), Errno> {
        self.check_writable(Errno::Inval)?;
        end(size, 0)?;
        self.handle
            .with(|nodes, id| nodes.change(id, |content, budget| content.set_size(size, budget)))
    }

    fn allocate(&self, offset: u64, length: u64) -> Result<(), Errno> {
        if length == 0 {
            return Err(Errno::Inval);
        }
        let end = end(offset.checked_add(length).ok_or(Errno::Fbig)?, 0)?;
        self.check_writable(Errno::Badf)?;
        self.handle.with(|nodes, id| {
            nodes.change(id, |content, budget| {
                let size = content.as_slice().len() as u64;
                let needed = usize::try_from(end).map_err(|_| Errno::Nospc)?;
                content.provide(needed, budget)?;
                content.set_size(end.max(size), budget)
            })
        })
    }

    fn set_times(&self, times: SetTimes) -> Result<(), Errno> {
        self.handle.with(|nodes, id| nodes.set_times(id, times))
    }
}
