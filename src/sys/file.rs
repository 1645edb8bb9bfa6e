//! Files that the embedder names.
//!
//! Input: a path. Output: the file's bytes, or the system's error.
//! Holds: guests never choose the path: it comes from the embedder's program.

use std::io;
use std::path::Path;

/// Reads a whole file.
pub(crate) fn read(path: &Path) -> io::Result<alloc::vec::Vec<u8>> {
    std::fs::read(path)
}
