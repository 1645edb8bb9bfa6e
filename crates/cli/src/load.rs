//! Reads modules and scripts.
//!
//! Input: the name of a file, or `-`. Output: bytes in the binary format, whatever the format of the file; or text.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use wazir::{Error, ErrorKind};

use crate::failure::Failure;
use crate::options::COMMANDS;
use crate::similar::nearest;

/// The name that stands for standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// How much is read of what has no end that is known before, such as standard input.
const MAX_STREAM_BYTES: u64 = 1 << 30;

/// Reads a module. Text becomes the binary that it stands for.
pub(crate) fn read_module(file: &str) -> Result<Vec<u8>, Failure> {
    let bytes = read(file)?;
    if !is_text(file, &bytes) {
        return Ok(bytes);
    }
    match wat::Parser::new().parse_bytes(Some(Path::new(file)), &bytes) {
        Ok(binary) if is_component(&binary) => Err(component_in_text(file)),
        Ok(binary) => Ok(binary.into_owned()),
        // Whether the parser reads components depends on what else it is built for.
        Err(error) if error.to_string().contains("parsing components disabled") => {
            Err(component_in_text(file))
        }
        Err(error) => {
            let failure = Failure::new(format!("`{file}` is not a module in the text format"));
            Err(failure.with_details(error.to_string()))
        }
    }
}

fn is_component(binary: &[u8]) -> bool {
    binary.get(4..8) == Some(&[0x0D, 0, 1, 0])
}

fn component_in_text(file: &str) -> Failure {
    Failure::new(format!("`{file}` is a component, not a core module")).with_hint(
        "components are not supported; build the program for a target that makes core modules, such as wasm32-wasip1",
    )
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
    let path = Path::new(file);
    let bytes = if file == STANDARD_INPUT {
        read_stream(io::stdin())
    } else if path.is_dir() {
        // Not every system says so itself.
        Err(io::ErrorKind::IsADirectory.into())
    } else if path.is_file() {
        std::fs::read(path)
    } else {
        File::open(path).and_then(read_stream)
    };
    bytes.map_err(|error| cannot_read(file, &error))
}

/// Reads something that may be endless. What can be no module, nor a script, is read no further than that is seen.
fn read_stream(mut input: impl Read) -> io::Result<Vec<u8>> {
    const START: u64 = 4;
    let mut bytes = Vec::new();
    input.by_ref().take(START).read_to_end(&mut bytes)?;
    let is_text = |&first: &u8| first.is_ascii_whitespace() || matches!(first, b'(' | b';');
    if bytes != b"\0asm" && !bytes.first().is_some_and(is_text) {
        return Ok(bytes);
    }
    input.take(MAX_STREAM_BYTES).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_STREAM_BYTES {
        return Err(io::Error::other("it has more than 1 GiB"));
    }
    Ok(bytes)
}

fn cannot_read(file: &str, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => {
            let failure = Failure::new(format!("`{file}` cannot be read: there is no such file"));
            let is_first = std::env::args_os()
                .nth(1)
                .is_some_and(|first| first == file);
            match nearest(file, COMMANDS.iter().copied()) {
                Some(command) if is_first => {
                    failure.with_hint(format!("the command with a like name is `wazir {command}`"))
                }
                Some(command) if command == file => failure.with_hint(format!(
                    "options stand behind the command: `wazir {command} [OPTIONS]`"
                )),
                _ => failure,
            }
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
    fn what_is_endless_is_not_read_to_its_end() {
        let read = |input: &[u8]| read_stream(input).expect("it can be read");
        assert_eq!(read_stream(io::repeat(0)).ok(), Some(vec![0; 4]));
        assert_eq!(read(b"\x7fELF and so on"), b"\x7fELF");
        for all in [
            &b"\0asm\x01\0\0\0"[..],
            b"(module)",
            b"\n\n\n\n\n(module)",
            b";; a",
            b"",
        ] {
            assert_eq!(read(all), all);
        }
    }

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
