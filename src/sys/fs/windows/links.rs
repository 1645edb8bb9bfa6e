//! What symbolic links hold on Windows.
//!
//! Input: the content of a reparse point, or the target of a link. Output: the other.
//! Holds: absolute targets are refused on both ways; what the bytes say about themselves is checked.

use alloc::string::String;
use alloc::vec::Vec;

use super::system::{MAX_REPARSE_BYTES, TAG_SYMBOLIC_LINK};
use crate::sys::errno::Errno;
use crate::sys::fs::names;

/// `SYMLINK_FLAG_RELATIVE`.
const RELATIVE: u32 = 1;

/// Where the parts of a reparse point begin (`REPARSE_DATA_BUFFER`).
const TAG: usize = 0;
const SUBSTITUTE_OFFSET: usize = 8;
const SUBSTITUTE_BYTES: usize = 10;
const FLAGS: usize = 16;
const NAMES: usize = 20;

/// The target of a symbolic link, with `/` between names.
///
/// # Errors
/// [`Errno::Perm`] if it is absolute, [`Errno::Ilseq`] if it is not UTF-16, and [`Errno::Io`] if the content makes no
/// sense.
pub(super) fn target(content: &[u8]) -> Result<String, Errno> {
    let (flags, name) = parts(content).ok_or(Errno::Io)?;
    if flags & RELATIVE == 0 {
        return Err(Errno::Perm);
    }
    let target = String::from_utf16(&name).map_err(|_| Errno::Ilseq)?;
    Ok(target.replace('\\', "/"))
}

/// Flags and name of a symbolic link.
fn parts(content: &[u8]) -> Option<(u32, Vec<u16>)> {
    let short = |at: usize| {
        Some(u16::from_le_bytes(
            content.get(at..at + 2)?.try_into().ok()?,
        ))
    };
    let long = |at: usize| {
        Some(u32::from_le_bytes(
            content.get(at..at + 4)?.try_into().ok()?,
        ))
    };
    if long(TAG)? != TAG_SYMBOLIC_LINK {
        return None;
    }
    let start = NAMES + usize::from(short(SUBSTITUTE_OFFSET)?);
    let end = start + usize::from(short(SUBSTITUTE_BYTES)?);
    let units = content.get(start..end)?.chunks_exact(2);
    let name = units.map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
    Some((long(FLAGS)?, name.collect()))
}

/// The content of a symbolic link to `target`.
///
/// # Errors
/// [`Errno::Perm`] for a target that is absolute here or elsewhere, [`Errno::Inval`] for names that no file can have,
/// [`Errno::Noent`] for none, and [`Errno::Nametoolong`].
pub(super) fn content(target: &str) -> Result<Vec<u8>, Errno> {
    if target.starts_with(['/', '\\']) || target.as_bytes().get(1) == Some(&b':') {
        return Err(Errno::Perm);
    }
    if target.is_empty() {
        return Err(Errno::Noent);
    }
    let leads_somewhere = |name: &str| matches!(name, "" | "." | "..") || names::is_name(name);
    if !target.split('/').all(leads_somewhere) {
        return Err(Errno::Inval);
    }
    let name: Vec<u8> = target
        .encode_utf16()
        .flat_map(|unit| {
            if unit == u16::from(b'/') {
                u16::from(b'\\')
            } else {
                unit
            }
            .to_le_bytes()
        })
        .collect();
    // The name stands there twice: for the system, and for people.
    let size = NAMES + 2 * name.len();
    if size > MAX_REPARSE_BYTES {
        return Err(Errno::Nametoolong);
    }
    const HEAD: usize = 8;
    let bytes = name.len() as u16;
    let mut content = Vec::with_capacity(size);
    content.extend_from_slice(&TAG_SYMBOLIC_LINK.to_le_bytes());
    for number in [(size - HEAD) as u16, 0, 0, bytes, bytes, bytes] {
        content.extend_from_slice(&number.to_le_bytes());
    }
    content.extend_from_slice(&RELATIVE.to_le_bytes());
    content.extend_from_slice(&name);
    content.extend_from_slice(&name);
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_as_they_were_written() {
        for text in ["a", "../a/b", "a/", "./日本/😀"] {
            assert_eq!(target(&content(text).unwrap()), Ok(text.into()));
        }
    }

    #[test]
    fn targets_that_lead_away_are_refused() {
        for (text, error) in [
            ("/a", Errno::Perm),
            ("\\a", Errno::Perm),
            ("\\\\server\\share", Errno::Perm),
            ("c:/a", Errno::Perm),
            ("c:a", Errno::Perm),
            ("", Errno::Noent),
            ("a/b:c", Errno::Inval),
            ("..\\a", Errno::Inval),
            ("a/nul", Errno::Inval),
            ("a\0", Errno::Inval),
        ] {
            assert_eq!(content(text), Err(error), "{text:?}");
        }
        assert_eq!(content(&"a/".repeat(5000)), Err(Errno::Nametoolong));
    }

    #[test]
    fn absolute_links_and_nonsense_are_refused() {
        let mut bytes = content("a/b").unwrap();
        bytes[FLAGS] = 0;
        assert_eq!(target(&bytes), Err(Errno::Perm));
        bytes[FLAGS] = 1;
        bytes[NAMES + 1] = 0xD8;
        assert_eq!(target(&bytes), Err(Errno::Ilseq));
        for length in 0..bytes.len() - 6 {
            assert_eq!(target(&bytes[..length]), Err(Errno::Io));
        }
        bytes[SUBSTITUTE_OFFSET + 1] = 0xFF;
        assert_eq!(target(&bytes), Err(Errno::Io));
        let mut junction = content("a/b").unwrap();
        junction[TAG] = 3;
        assert_eq!(target(&junction), Err(Errno::Io));
    }
}
