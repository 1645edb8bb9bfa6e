//! Reads modules that are to be run without what only debuggers need, which can be most of a file.
//!
//! Input: a file. Output: its bytes, with zeros where the content of custom sections for debuggers is, so that
//! everything else is at its place. Holds: zeros that were not read take no memory, as far as the system gives none for
//! them; what is no module, or is damaged, is left to whoever reads all of it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Files that are shorter are read at once, which takes less time.
const LEAST_BYTES: usize = 128 << 10;

/// How much of a section is read to find out what it is: its number, its length, and the name of a custom section.
const START_BYTES: usize = 32;

/// With what the names of sections for debuggers begin.
const DEBUG: &[u8] = b".debug";

/// With what modules begin.
const MODULE_START: &[u8] = b"\0asm\x01\0\0\0";

/// The bytes of a module; none if they have to be read in another way.
pub(crate) fn read(path: &Path) -> Option<Vec<u8>> {
    let mut file = File::open(path).ok()?;
    let length = usize::try_from(file.metadata().ok()?.len()).ok()?;
    match length < LEAST_BYTES {
        true => None,
        false => read_from(&mut file, length).ok(),
    }
}

fn read_from(file: &mut (impl Read + Seek), length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    let mut at = MODULE_START.len().min(length);
    file.read_exact(&mut bytes[..at])?;
    if bytes[..at] != *MODULE_START {
        return Err(io::ErrorKind::InvalidData.into());
    }
    while at < length {
        let known = length.min(at + START_BYTES);
        file.read_exact(&mut bytes[at..known])?;
        let Section {
            end,
            is_for_debuggers,
        } = section(&bytes[at..known])?;
        let end = at.checked_add(end).filter(|&end| end <= length);
        let end = end.ok_or(io::ErrorKind::UnexpectedEof)?;
        if is_for_debuggers || end < known {
            file.seek(SeekFrom::Start(end as u64))?;
            // The next section is read from its beginning.
            bytes[end.min(known)..known].fill(0);
        } else {
            file.read_exact(&mut bytes[known..end])?;
        }
        at = end;
    }
    Ok(bytes)
}

/// What a section is.
struct Section {
    /// Where it ends, counted from its beginning.
    end: usize,
    is_for_debuggers: bool,
}

/// What the section is that begins so.
fn section(mut start: &[u8]) -> io::Result<Section> {
    let all = start.len();
    let is_custom = byte(&mut start)? == 0;
    let length = number(&mut start)?;
    let end = (all - start.len()).saturating_add(length);
    let is_for_debuggers = is_custom && {
        let name = number(&mut start)?;
        // Longer names, of which not all was read, are those of other sections.
        name <= start.len() && start[..name].starts_with(DEBUG)
    };
    Ok(Section {
        end,
        is_for_debuggers,
    })
}

fn byte(input: &mut &[u8]) -> io::Result<u8> {
    let (&first, rest) = input.split_first().ok_or(io::ErrorKind::UnexpectedEof)?;
    *input = rest;
    Ok(first)
}

/// A number of 32 bits in the binary format.
fn number(input: &mut &[u8]) -> io::Result<usize> {
    let mut number = 0_u64;
    for shift in (0..35).step_by(7) {
        let byte = byte(input)?;
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return usize::try_from(number).map_err(|_| io::ErrorKind::InvalidData.into());
        }
    }
    Err(io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections(custom: &[(&str, usize)]) -> Vec<u8> {
        let mut bytes = MODULE_START.to_vec();
        for (name, length) in custom {
            let content = 1 + name.len() + length;
            // A number may have more bytes than it needs.
            bytes.extend([0, content as u8 | 0x80, (content >> 7) as u8 | 0x80, 0]);
            bytes.push(name.len() as u8);
            bytes.extend(name.as_bytes());
            bytes.extend((0..*length).map(|at| at as u8 | 1));
        }
        bytes
    }

    fn sparse(bytes: &[u8]) -> io::Result<Vec<u8>> {
        read_from(&mut io::Cursor::new(bytes), bytes.len())
    }

    #[test]
    fn only_what_is_for_debuggers_is_not_read() {
        let long = "a name that is longer than the beginning of a section that is read";
        for length in [0, 1, 10, 20, 30, 40, 1000] {
            let read = [("name", length), ("x", 3), (long, length)];
            let all = sections(&read);
            assert_eq!(sparse(&all).unwrap(), all, "{length}");
            let mixed = sections(&[("name", 5), (".debug_info", length), ("x", length)]);
            let found = sparse(&mixed).unwrap();
            assert_eq!(found.len(), mixed.len());
            let debug = MODULE_START.len() + 4 + 1 + 4 + 5;
            let end = debug + 4 + 1 + 11 + length;
            assert_eq!(found[..debug], mixed[..debug], "{length}");
            assert_eq!(found[end..], mixed[end..], "{length}");
            let skipped = &found[end.min(debug + START_BYTES)..end];
            assert!(skipped.iter().all(|&byte| byte == 0), "{length}");
        }
    }

    #[test]
    fn what_is_damaged_is_left_to_others() {
        let whole = sections(&[("name", 50), (".debug_line", 500), ("x", 3)]);
        let ends: Vec<_> = (0..=whole.len())
            .filter(|&end| sparse(&whole[..end]).is_ok())
            .collect();
        // Where sections end.
        assert_eq!(
            ends,
            [8, 8 + 5 + 4 + 50, 67 + 5 + 11 + 500, 583 + 5 + 1 + 3]
        );
        assert!(sparse(b"\0asm\x01\0\0\0\x01\xFF\xFF\xFF\xFF\xFF\x01").is_err());
        assert!(sparse(b"(module)          ").is_err());
    }
}
