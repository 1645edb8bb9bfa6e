//! Random bytes: `random_get`.
//!
//! Input: the context's source. Output: bytes in guest memory.
//! Holds: unless the embedder gives another source, nobody can predict them.

use alloc::boxed::Box;
use std::io;

use super::file_system::Errno;
use super::guest::{Guest, Outcome};
use crate::sys::random;

/// Fills slices with random bytes.
pub(super) type Source = Box<dyn FnMut(&mut [u8]) -> io::Result<()> + Send>;

/// The operating system's generator.
pub(super) fn system() -> Source {
    Box::new(random::fill)
}

/// How much is filled between two looks at whether the guest may go on.
const CHUNK_BYTES: u32 = 1 << 20;

pub(super) fn random_get(guest: &mut dyn Guest, buffer: u32, length: u32) -> Outcome {
    guest.parts()?.0.bytes(buffer, length)?;
    let mut done = 0;
    while done < length {
        let count = CHUNK_BYTES.min(length - done);
        let (mut memory, context) = guest.parts()?;
        let bytes = memory.bytes_mut(buffer + done, count)?;
        (context.random)(bytes).map_err(|error| Errno::from(&error))?;
        guest.check()?;
        done += count;
    }
    Ok(())
}
