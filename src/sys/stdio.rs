//! The standard streams of the process.
//!
//! Input: bytes. Output: bytes and the system's errors.
//! Holds: what is written is passed on at once, so that a guest's output is never held back.

use std::io::{self, IsTerminal, Read, Write};

/// A standard stream.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Standard input.
    In,
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

impl Stream {
    /// Whether a person is at the other end.
    pub(crate) fn is_terminal(self) -> bool {
        match self {
            Stream::In => io::stdin().is_terminal(),
            Stream::Out => io::stdout().is_terminal(),
            Stream::Err => io::stderr().is_terminal(),
        }
    }

    /// Reads what is there, waiting for the first byte; 0 at the end. Streams for output have
    /// nothing to read.
    pub(crate) fn read(self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::In => io::stdin().lock().read(bytes),
            Stream::Out | Stream::Err => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Writes all bytes.
    pub(crate) fn write(self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Stream::In => Err(io::ErrorKind::Unsupported.into()),
            Stream::Out => {
                let mut stream = io::stdout().lock();
                stream.write_all(bytes)?;
                stream.flush()
            }
            Stream::Err => io::stderr().lock().write_all(bytes),
        }
    }
}
