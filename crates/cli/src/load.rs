//! Reads modules and scripts.
//!
//! Input: the name of a file, or `-`. Output: bytes in the binary format, whatever the format of the file; or text; or
//! a module that can be run, if it was not compiled before.
//! Holds: machine code is run only if the file's name says that it is some.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use wazir::{Engine, Error, ErrorKind, Module};

use crate::failure::Failure;
use crate::options::COMMANDS;
#[cfg(not(feature = "compiler"))]
use crate::options::COMPILER_COMMANDS;
use crate::similar::nearest;
use crate::sparse;

/// The name that stands for standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// How much is read of what has no end that is known before, such as standard input.
const MAX_STREAM_BYTES: u64 = 1 << 30;

/// How the names of files end that hold machine code.
#[cfg(feature = "compiler")]
pub(crate) const COMPILED_EXTENSION: &str = "cwasm";

/// Loads a module that is to be run, be it compiled or not.
pub(crate) fn load_module(engine: &Engine, file: &str) -> Result<Module, Failure> {
    let bytes = match sparse::read(Path::new(file)) {
        Some(bytes) => bytes,
        None => match read(file)? {
            Content::Compiled(bytes) => return load_compiled(engine, file, &bytes),
            Content::Module(bytes) => bytes,
        },
    };
    Module::from_bytes(engine, bytes).map_err(|error| not_a_module(file, &error))
}

#[cfg(feature = "compiler")]
fn load_compiled(engine: &Engine, file: &str, bytes: &[u8]) -> Result<Module, Failure> {
    let extension = Path::new(file).extension();
    if extension.is_none_or(|extension| extension != COMPILED_EXTENSION) {
        let message = format!(
            "`{file}` is a compiled module, and its name does not end in .{COMPILED_EXTENSION}"
        );
        return Err(Failure::new(message).with_hint(
            "whoever made it can do all that you can: if you trust them, give it such a name, otherwise do not run it",
        ));
    }
    // SAFETY: who runs such a file trusts its maker, as the help says, and its name has told them what it is.
    let module = unsafe { Module::deserialize(engine, bytes) };
    module.map_err(|error| {
        let failure = Failure::new(format!("`{file}` cannot be loaded: {error:#}"));
        match error.kind() {
            ErrorKind::Unsupported => failure.with_hint(
                "`wazir compile` makes such files: for runs with --fuel with --consume-fuel, for those with --timeout \
                 with --interruptable, and with the same --wasm",
            ),
            ErrorKind::Malformed => failure.with_hint("`wazir compile` can make it again"),
            _ => failure,
        }
    })
}

#[cfg(not(feature = "compiler"))]
fn load_compiled(_: &Engine, file: &str, _: &[u8]) -> Result<Module, Failure> {
    let message = format!("`{file}` is a compiled module, which this build of wazir cannot run");
    Err(Failure::new(message).with_hint(NO_COMPILER))
}

/// What builds without the compiler say.
#[cfg(not(feature = "compiler"))]
const NO_COMPILER: &str = "this needs the compiler, which is not part of this build of wazir: \
                           `cargo install wazir-cli` makes one with it";

/// What a file holds.
pub(crate) enum Content {
    /// A module in the binary format, or what is taken for one.
    Module(Vec<u8>),
    /// A compiled module.
    Compiled(Vec<u8>),
}

/// Reads a module, compiled or not. Text becomes the binary that it stands for.
pub(crate) fn read(file: &str) -> Result<Content, Failure> {
    let bytes = read_bytes(file)?;
    if Engine::detect_precompiled(&bytes).is_some() {
        return Ok(Content::Compiled(bytes));
    }
    to_binary(file, bytes).map(Content::Module)
}

/// Reads a module that is not compiled.
pub(crate) fn read_module(file: &str) -> Result<Vec<u8>, Failure> {
    match read(file)? {
        Content::Module(bytes) => Ok(bytes),
        Content::Compiled(_) => Err(Failure::new(format!(
            "`{file}` is a compiled module already: a WebAssembly module is needed here"
        ))),
    }
}

fn to_binary(file: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
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
    String::from_utf8(read_bytes(file)?)
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

fn read_bytes(file: &str) -> Result<Vec<u8>, Failure> {
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

/// With what compiled modules begin.
const COMPILED_START: &[u8] = b"\0cwa";

/// Reads something that may be endless. What can be no module, nor a script, is read no further than that is seen.
fn read_stream(mut input: impl Read) -> io::Result<Vec<u8>> {
    const START: u64 = 4;
    let mut bytes = Vec::new();
    input.by_ref().take(START).read_to_end(&mut bytes)?;
    let is_text = |&first: &u8| first.is_ascii_whitespace() || matches!(first, b'(' | b';');
    if bytes != b"\0asm" && bytes != COMPILED_START && !bytes.first().is_some_and(is_text) {
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
                #[cfg(not(feature = "compiler"))]
                None if is_first && COMPILER_COMMANDS.contains(&file) => {
                    failure.with_hint(NO_COMPILER)
                }
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
