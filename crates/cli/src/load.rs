//! Reads modules and scripts.
//!
//! Input: the name of a file, or `-`. Output: bytes in the binary format, whatever the format of the file; or text.

use std::io::{self, Read};
use std::path::Path;

use wazir::{Error, ErrorKind};

use crate::failure::Failure;

/// The name that stands for standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// Reads a module. Text becomes the binary that it stands for.
pub(crate) fn read_module(file: &str) -> Result<Vec<u8>, Failure> {
    let bytes = read(file)?;
    if !is_text(file, &bytes) {
        return Ok(bytes);
    }
    match wat::Parser::new().parse_bytes(Some(Path::new(file)), &bytes) {
        Ok(binary) => Ok(binary.into_owned()),
        Err(error) => Err(
            Failure::new(format!("`{file}` is not a module in the text format"))
                .with_details(error.to_string()),
        ),
    }
}

/// Reads a script.
pub(crate) fn read_text(file: &str) -> Result<String, Failure> {
    String::from_utf8(read(file)?)
        .map_err(|error| Failure::new(format!("`{file}` is not text: {}", error.utf8_error())))
}

/// The failure for bytes that are not a module that can be run.
pub(crate) fn not_a_module(file: &str, error: &Error) -> Failure {
    let failure = Failure::new(format!("`{file}` cannot be loaded: {error:#}"));
    match error.kind() {
        ErrorKind::Malformed => failure.with_hint(
            "the file is damaged, or is no WebAssembly at all; compilers make modules for the target wasm32-wasip1",
        ),
        ErrorKind::Invalid => failure.with_hint(
            "the module breaks a rule of WebAssembly: whatever made it has a mistake, or changed it afterwards",
        ),
        _ => failure,
    }
}

fn read(file: &str) -> Result<Vec<u8>, Failure> {
    let bytes = if file == STANDARD_INPUT {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else if Path::new(file).is_dir() {
        // Not every system says so itself.
        Err(io::ErrorKind::IsADirectory.into())
    } else {
        std::fs::read(file)
    };
    bytes.map_err(|error| cannot_read(file, &error))
}

fn cannot_read(file: &str, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Failure::new(format!("`{file}` cannot be read: there is no such file"))
        }
        io::ErrorKind::IsADirectory => Failure::new(format!(
            "`{file}` cannot be read: it is a directory"
        ))
        .with_hint("give the file of a module, such as one that a compiler made for wasm32-wasip1"),
        _ => Failure::new(format!("`{file}` cannot be read: {error}")),
    }
}

/// Whether bytes are to be read as text: what the name says, or the first character does.
fn is_text(file: &str, bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\0asm") {
        return false;
    }
    let start = bytes.trim_ascii_start();
    file.ends_with(".wat") || start.starts_with(b"(") || start.starts_with(b";;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_binary() {
        assert!(
            is_text("a.wasm", b" \n(module)")
                && is_text("-", b";; comment")
                && is_text("a.wat", b"x")
        );
        assert!(
            !is_text("a.wat", b"\0asm\x01\0\0\0")
                && !is_text("a.wasm", b"\x7fELF")
                && !is_text("-", b"")
        );
    }
}
