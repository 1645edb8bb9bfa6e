//! The standard streams of the process.
//!
//! Input: bytes. Output: bytes and the system's errors.
//! Holds: what is written is passed on at once, so that a guest's output is never held back.

#[cfg(not(unix))]
use std::io::Read;
use std::io::{self, IsTerminal, Write};

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
            #[cfg(unix)]
            Stream::In => unix::read(bytes),
            #[cfg(not(unix))]
            Stream::In => io::stdin().lock().read(bytes),
            Stream::Out | Stream::Err => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// What to wait for; none if that cannot be known.
    #[cfg(feature = "wasi")]
    pub(crate) fn source(self) -> Option<super::poll::Source<'static>> {
        #[cfg(unix)]
        return Some(unix::descriptor(self));
        #[cfg(not(unix))]
        return None;
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

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io::{self, Read};
    use std::mem::ManuallyDrop;
    use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd};

    use super::Stream;

    /// The streams of the process stay open as long as the process.
    pub(super) fn descriptor(stream: Stream) -> BorrowedFd<'static> {
        let number = match stream {
            Stream::In => 0,
            Stream::Out => 1,
            Stream::Err => 2,
        };
        // SAFETY: a process does not close its standard streams; should it, reads and writes fail.
        unsafe { BorrowedFd::borrow_raw(number) }
    }

    /// Reads past the standard library's buffer: what is in there, nobody who waits for the descriptor would know.
    pub(super) fn read(bytes: &mut [u8]) -> io::Result<usize> {
        let input = descriptor(Stream::In);
        // SAFETY: the descriptor is open, and as nothing drops the file, it stays open.
        let input = ManuallyDrop::new(unsafe { File::from_raw_fd(input.as_raw_fd()) });
        (&*input).read(bytes)
    }
}
