//! Reads directories.
//!
//! Input: an open directory and a position in it. Output: its entries.
//! Holds: a position is the number of entries before it. Who goes on where the last read ended, or a little before,
//! gets each entry once, also if others have come or gone meanwhile; only going back farther starts from the
//! beginning. The parent of a directory is not told apart from itself, because it may be out of the guest's reach.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use std::io;
use std::os::windows::io::{AsHandle, BorrowedHandle, OwnedHandle};

use super::resolve::{self, Kind};
use super::system::{self, EntryForm, access};
use crate::sys::errno::Errno;
use crate::sys::fs::{DirectoryEntry, FileType};

/// How much is read at a time, in eight bytes: more than the largest entry takes.
const BUFFER_WORDS: usize = 1024;

/// The entries that each directory is said to have. Those that the system gives these names are passed over, because
/// not all directories have them.
const OWN: [&str; 2] = [".", ".."];

/// How far a directory has been read.
#[derive(Default)]
pub(super) struct Scan(Option<Part>);

/// Some of the entries.
struct Part {
    /// The directory, opened for this scan: a new one sees all that is there now.
    directory: OwnedHandle,
    /// How many entries were before these.
    before: u64,
    form: EntryForm,
    /// The entries, as the system gives them.
    buffer: Vec<u64>,
}

/// An entry, taken apart.
struct Entry {
    /// 0 if the file system does not tell.
    inode: u64,
    kind: Kind,
    name: String,
}

impl Scan {
    /// Visits the entries from `start` on as long as `visit` says so. Names that are not UTF-16 have U+FFFD where they
    /// are not.
    pub(super) fn read(
        &mut self,
        directory: BorrowedHandle<'_>,
        start: u64,
        visit: &mut dyn FnMut(DirectoryEntry<'_>) -> bool,
    ) -> Result<(), Errno> {
        for (index, name) in (0..).zip(OWN).skip_while(|(index, _)| *index < start) {
            let entry = DirectoryEntry {
                next: index + 1,
                inode: system::status(directory)?.index,
                file_type: FileType::Directory,
                name,
            };
            if !visit(entry) {
                return Ok(());
            }
        }
        let own = OWN.len() as u64;
        let start = start.saturating_sub(own);
        let last = self.0.take();
        let mut next = match last.filter(|part| start > 0 && part.before <= start) {
            Some(part) => Some(part),
            None => Part::first(directory, EntryForm::Numbered)?,
        };
        while let Some(part) = next {
            let mut position = part.before;
            let mut goes_on = true;
            for entry in part.entries() {
                position += 1;
                if position <= start {
                    continue;
                }
                goes_on = visit(DirectoryEntry {
                    next: position.saturating_add(own),
                    inode: entry.inode,
                    file_type: super::file_type(entry.kind),
                    name: &entry.name,
                });
                if !goes_on {
                    break;
                }
            }
            if !goes_on {
                self.0 = Some(part);
                return Ok(());
            }
            next = part.next(position)?;
        }
        Ok(())
    }
}

impl Part {
    /// The first entries, in this form or in that which the file system has.
    fn first(directory: BorrowedHandle<'_>, form: EntryForm) -> Result<Option<Part>, Errno> {
        let mut part = Part {
            directory: resolve::reopen(directory, access::READ)?,
            before: 0,
            form,
            buffer: vec![0; BUFFER_WORDS],
        };
        let is_there = match part.fill() {
            Err(error) if system::lacks_function(&error) => {
                part.form = EntryForm::Plain;
                part.fill()?
            }
            result => result?,
        };
        Ok(is_there.then_some(part))
    }

    /// Reads the next entries into the buffer. Tells whether there are any.
    fn fill(&mut self) -> io::Result<bool> {
        system::read_entries(self.directory.as_handle(), self.form, &mut self.buffer)
    }

    /// The entries behind these, none at the end; so many are before them.
    fn next(mut self, before: u64) -> Result<Option<Part>, Errno> {
        let is_there = self.fill()?;
        self.before = before;
        Ok(is_there.then_some(self))
    }

    /// The entries in the buffer.
    fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        let mut at = Some(0);
        core::iter::from_fn(move || {
            let start = at?;
            let long = |at: usize| self.buffer.get(start + at).copied();
            // In each eight bytes the first number is the lower half, on all processors that Windows has.
            let short = |at: usize| Some((long(at / 8)? >> (at % 8 * 8)) as u32);
            const NEXT: usize = 0;
            const ATTRIBUTES: usize = 56;
            const NAME_BYTES: usize = 60;
            const TAG: usize = 64;
            let (inode, name_at) = match self.form {
                EntryForm::Numbered => (long(96 / 8)?, 104),
                EntryForm::Plain => (0, 68),
            };
            at = match short(NEXT)? / 8 {
                0 => None,
                next => Some(start + next as usize),
            };
            let units = short(NAME_BYTES)? as usize / 2;
            let unit = |index: usize| Some(short(name_at + index / 2 * 4)? >> (index % 2 * 16));
            let name: Vec<u16> = (0..units)
                .map_while(|index| unit(index).map(|unit| unit as u16))
                .collect();
            Some(Entry {
                inode,
                kind: Kind::new(short(ATTRIBUTES)?, short(TAG)?),
                name: String::from_utf16_lossy(&name),
            })
        })
        .filter(|entry| !OWN.contains(&&*entry.name))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn names(path: &Path, form: EntryForm) -> Vec<(String, Kind)> {
        let directory = super::super::Directory::open_of_host(path).unwrap();
        let mut names = Vec::new();
        let mut next = Part::first(directory.handle(), form).unwrap();
        while let Some(part) = next {
            assert!(part.form as u32 == form as u32, "the system knows the form");
            let is_numbered = matches!(form, EntryForm::Numbered);
            for entry in part.entries() {
                assert_eq!(entry.inode != 0, is_numbered, "{}", entry.name);
                names.push((entry.name, entry.kind));
            }
            next = part.next(0).unwrap();
        }
        names.sort_by(|one, other| one.0.cmp(&other.0));
        names
    }

    #[test]
    fn both_forms_have_the_same_names() {
        let scratch = tempfile::tempdir().unwrap();
        let mut expected = Vec::new();
        for length in 1..=200 {
            // More than one reading, and names of all lengths.
            let name = alloc::format!("{length:03}日{}", "x".repeat(length));
            fs::write(scratch.path().join(&name), "").unwrap();
            expected.push((name, Kind::File));
        }
        fs::create_dir(scratch.path().join("d")).unwrap();
        expected.push((String::from("d"), Kind::Directory));
        for form in [EntryForm::Numbered, EntryForm::Plain] {
            let names = names(scratch.path(), form);
            assert_eq!(names.len(), expected.len());
            for (name, expected) in names.iter().zip(&expected) {
                assert_eq!(name, expected);
            }
        }
    }
}
