//! Recognizes a binary module, and what is taken for one.
//!
//! Input: the first bytes. Output: nothing, or an error that says what the bytes are.

use alloc::format;

use crate::error::Error;

/// Bytes before the first section.
pub(super) const BYTES: usize = 8;

/// With what a compiled module begins that was saved. Who takes files for text on their way changes it.
pub(crate) const SAVED_MODULE_MAGIC: [u8; 8] = *b"\0cwasm\r\n";

const MAGIC: [u8; 4] = *b"\0asm";
const VERSION: [u8; 2] = [1, 0];
const MODULE_LAYER: [u8; 2] = [0, 0];
const COMPONENT_LAYER: [u8; 2] = [1, 0];

/// Checks that `bytes` begin as a module of this version does.
pub(super) fn check(bytes: &[u8]) -> Result<(), Error> {
    if bytes.len() > super::limits::MODULE_BYTES {
        let message = format!(
            "module too large: {} bytes, the limit is {}",
            bytes.len(),
            super::limits::MODULE_BYTES
        );
        return Err(Error::malformed(0, message));
    }
    let magic = &bytes[..bytes.len().min(MAGIC.len())];
    if magic != MAGIC && (magic.len() == MAGIC.len() || is_text(bytes)) {
        return Err(other_content(bytes));
    }
    if bytes.len() < BYTES {
        let message = format!(
            "unexpected end: a module begins with {BYTES} bytes, here are {}",
            bytes.len()
        );
        return Err(Error::malformed(bytes.len(), message));
    }
    let (version, layer) = ([bytes[4], bytes[5]], [bytes[6], bytes[7]]);
    if layer == COMPONENT_LAYER && version != VERSION {
        let message = "unknown binary version: this is a component, not a core module; components are not supported; \
                       build the program for a target that makes core modules, such as wasm32-wasip1, or take a \
                       core module out of it with `wasm-tools component unbundle`";
        return Err(Error::unsupported(Some(4), message));
    }
    if (version, layer) != (VERSION, MODULE_LAYER) {
        let message = format!(
            "unknown binary version: expected 01 00 00 00, found {:02x} {:02x} {:02x} {:02x}",
            bytes[4], bytes[5], bytes[6], bytes[7]
        );
        return Err(Error::malformed(4, message));
    }
    Ok(())
}

#[cold]
fn other_content(bytes: &[u8]) -> Error {
    if is_text(bytes) {
        let message = "magic header not detected: this is WebAssembly text, not a binary; convert it with the crate \
                       `wat` (`wat::parse_bytes`), or give the file to the `wazir` command, which accepts text";
        return Error::unsupported(Some(0), message);
    }
    if bytes.starts_with(&SAVED_MODULE_MAGIC) {
        let message =
            "magic header not detected: this is a compiled module, which Module::deserialize loads";
        return Error::unsupported(Some(0), message);
    }
    let message =
        "magic header not detected: a WebAssembly module begins with the bytes 00 61 73 6d";
    Error::malformed(0, message)
}

/// Whether the first thing behind white space and line comments is what text begins with.
fn is_text(bytes: &[u8]) -> bool {
    let mut rest = bytes.trim_ascii_start();
    while rest.starts_with(b";;") {
        match rest.iter().position(|&byte| byte == b'\n') {
            Some(end) => rest = rest[end..].trim_ascii_start(),
            None => return true,
        }
    }
    rest.starts_with(b"(")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_garbage() {
        assert!(
            is_text(b"(module)")
                && is_text(b"\n ;; a comment\n\t(module)")
                && is_text(b"(; a comment ;)(module)")
        );
        assert!(!is_text(b"") && !is_text(b"\x7fELF") && !is_text(b"  module"));
    }
}
