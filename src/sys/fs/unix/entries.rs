//! Reads directories.
//!
//! Input: an open directory and a position in it. Output: its entries.
//! Holds: nothing is kept between two reads, so entries that come or go meanwhile cannot confuse the others; the
//! parent of a directory is not told apart from itself, because it may be out of the guest's reach.

use alloc::string::String;
use std::io::{Seek, SeekFrom};
use std::os::fd::BorrowedFd;

use super::super::{DirectoryEntry, FileType};
use super::system;
use crate::sys::errno::Errno;

/// How many bytes of entries are read at a time.
const BUFFER_BYTES: usize = 4096;

/// How far a directory has been read: the kernel knows.
pub(super) struct Scan;

impl Scan {
    pub(super) fn new() -> Scan {
        Scan
    }

    /// Visits the entries from `start` on as long as `visit` says so. Names that are not UTF-8 have U+FFFD where they
    /// are not.
    pub(super) fn read(
        &mut self,
        directory: BorrowedFd<'_>,
        start: u64,
        visit: &mut dyn FnMut(DirectoryEntry<'_>) -> bool,
    ) -> Result<(), Errno> {
        (&*system::as_file(directory)).seek(SeekFrom::Start(start))?;
        let mut buffer = [0; BUFFER_BYTES];
        loop {
            let length = system::read_entries(directory, &mut buffer)?;
            let mut entries = &buffer[..length];
            if entries.is_empty() {
                return Ok(());
            }
            while let Some(entry) = next(&mut entries) {
                let inode = match entry.name {
                    b".." => super::metadata_of(directory)?.inode,
                    _ => entry.inode,
                };
                let name = String::from_utf8_lossy(entry.name);
                let entry = DirectoryEntry {
                    next: entry.next,
                    inode,
                    file_type: entry.file_type,
                    name: &name,
                };
                if !visit(entry) {
                    return Ok(());
                }
            }
        }
    }
}

struct Entry<'a> {
    next: u64,
    inode: u64,
    file_type: FileType,
    name: &'a [u8],
}

/// Takes an entry apart: `struct linux_dirent64`.
fn next<'a>(entries: &mut &'a [u8]) -> Option<Entry<'a>> {
    const NEXT: usize = 8;
    const LENGTH: usize = 16;
    const TYPE: usize = 18;
    const NAME: usize = 19;
    let length = u16::from_ne_bytes(entries.get(LENGTH..TYPE)?.try_into().ok()?) as usize;
    let (entry, rest) = entries.split_at_checked(length)?;
    *entries = rest;
    let number = |at: usize| Some(u64::from_ne_bytes(entry.get(at..at + 8)?.try_into().ok()?));
    let name = entry.get(NAME..)?;
    Some(Entry {
        inode: number(0)?,
        next: number(NEXT)?,
        file_type: super::entry_type(entry[TYPE]),
        name: name.split(|&byte| byte == 0).next()?,
    })
}
