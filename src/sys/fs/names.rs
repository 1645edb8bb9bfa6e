//! Names of files on Windows.
//!
//! Input: a single name of a guest's. Output: the name in the system's form, or that it is refused.
//! Holds: a name that passes is one name in one directory, to the kernel and to every program that later finds it
//! there: no second separator, no stream of a file, no device, and nothing that programs drop from its end.

use alloc::vec::Vec;

use crate::sys::errno::Errno;

/// How long a name may be, in units of UTF-16.
pub(super) const MAX_UNITS: usize = 255;

/// Characters that no name has, besides those below U+0020.
const REFUSED: &str = "<>:\"/\\|?*";

/// Names that mean devices wherever they stand, also with something behind a dot.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// Names that mean devices with a digit behind them.
const NUMBERED_DEVICES: [&str; 2] = ["COM", "LPT"];

/// A name in the system's form.
///
/// # Errors
/// `refused` for a name that no file can have, and [`Errno::Nametoolong`].
pub(super) fn encode(name: &str, refused: Errno) -> Result<Vec<u16>, Errno> {
    if !is_name(name) {
        return Err(refused);
    }
    let units: Vec<u16> = name.encode_utf16().collect();
    if units.len() > MAX_UNITS {
        return Err(Errno::Nametoolong);
    }
    Ok(units)
}

/// Whether a file can have a name.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.ends_with(['.', ' '])
        && !name.contains(|char: char| char < ' ' || REFUSED.contains(char))
        && !is_device(name)
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end_matches(' ');
    if DEVICES
        .iter()
        .any(|device| device.eq_ignore_ascii_case(stem))
    {
        return true;
    }
    // To Windows the raised digits are digits as well.
    let before = stem.strip_suffix(|char: char| char.is_ascii_digit() || "¹²³".contains(char));
    before.is_some_and(|before| {
        let mut devices = NUMBERED_DEVICES.iter();
        devices.any(|device| device.eq_ignore_ascii_case(before))
    })
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn names_of_files_pass() {
        for name in [
            "a", "a.b", ".a", "..a", "a b", " a", "nuls", "anul", "com", "com10", "comx", "lpt¹¹",
            "conin", "a.nul", "\u{7F}", "日本", "~1", "COM٣",
        ] {
            let units: Vec<u16> = name.encode_utf16().collect();
            assert_eq!(encode(name, Errno::Inval), Ok(units), "{name:?}");
        }
    }

    #[test]
    fn names_that_mean_something_else_are_refused() {
        for name in [
            "", ".", "..", "...", "a.", "a ", "a\\b", "\\", "c:", "a:b", "a::$DATA", "a\0", "a\n",
            "a\u{1F}", "<", ">", "\"", "|", "?", "*", "a/b",
        ] {
            assert_eq!(encode(name, Errno::Inval), Err(Errno::Inval), "{name:?}");
        }
        for device in [
            "con", "Prn", "AUX", "nuL", "CONIN$", "conout$", "com0", "COM9", "lpt¹", "Com²", "LPT³",
        ] {
            for name in [
                device.into(),
                format!("{device}.txt"),
                format!("{device} .tar.gz"),
                format!("{device}.."),
            ] {
                assert_eq!(encode(&name, Errno::Noent), Err(Errno::Noent), "{name:?}");
            }
        }
    }

    #[test]
    fn long_names_are_refused() {
        // A character of two units counts twice.
        assert!(encode(&"a".repeat(MAX_UNITS), Errno::Inval).is_ok());
        assert_eq!(
            encode(&"a".repeat(MAX_UNITS + 1), Errno::Inval),
            Err(Errno::Nametoolong)
        );
        assert_eq!(
            encode(&"😀".repeat(128), Errno::Inval),
            Err(Errno::Nametoolong)
        );
    }
}
