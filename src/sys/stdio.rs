//! The standard streams of the process.
//!
//! Input: bytes. Output: bytes and the system's errors.
//! Holds: what is written is passed on at once, so that a guest's output is never held back.

#[cfg(not(any(unix, windows)))]
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
            #[cfg(windows)]
            Stream::In => windows::read(bytes),
            #[cfg(not(any(unix, windows)))]
            Stream::In => io::stdin().lock().read(bytes),
            Stream::Out | Stream::Err => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// What to wait for; none if that cannot be known.
    #[cfg(feature = "wasi")]
    pub(crate) fn source(self) -> Option<super::poll::Source<'static>> {
        #[cfg(unix)]
        return Some(unix::descriptor(self));
        #[cfg(windows)]
        return match self {
            Stream::In => windows::source(),
            Stream::Out | Stream::Err => None,
        };
        #[cfg(not(any(unix, windows)))]
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

#[cfg(windows)]
mod windows {
    use alloc::vec;
    use alloc::vec::Vec;
    use std::fs::File;
    use std::io::{self, IsTerminal, Read};
    use std::mem::ManuallyDrop;
    use std::os::windows::io::{AsRawHandle, BorrowedHandle, FromRawHandle};

    use crate::sys::sync::Mutex;

    /// How much is read of a console at a time: more than the standard library keeps back, so that it keeps nothing
    /// back that who waits would not know of.
    const CONSOLE_BYTES: usize = 1 << 14;

    /// What was read of the console and given to nobody yet.
    static REST: Mutex<Vec<u8>> = Mutex::new(Vec::new());

    /// Standard input, if the process has one.
    fn handle() -> Option<BorrowedHandle<'static>> {
        let handle = io::stdin().as_raw_handle();
        // SAFETY: a process does not close its standard streams; should it, reads fail.
        (!handle.is_null()).then(|| unsafe { BorrowedHandle::borrow_raw(handle) })
    }

    /// Reads past the standard library's buffer. Only a console is left to it, because what comes from there is not
    /// UTF-8.
    pub(super) fn read(bytes: &mut [u8]) -> io::Result<usize> {
        let Some(handle) = handle() else {
            return Ok(0);
        };
        if io::stdin().is_terminal() {
            return read_console(bytes);
        }
        // SAFETY: the handle is open, and as nothing drops the file, it stays open.
        let input = ManuallyDrop::new(unsafe { File::from_raw_handle(handle.as_raw_handle()) });
        match (&*input).read(bytes) {
            // A pipe without its other end.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
            result => result,
        }
    }

    fn read_console(bytes: &mut [u8]) -> io::Result<usize> {
        let mut rest = REST.lock();
        if rest.is_empty() {
            let mut buffer = vec![0; CONSOLE_BYTES];
            let count = io::stdin().lock().read(&mut buffer)?;
            buffer.truncate(count);
            *rest = buffer;
        }
        let count = rest.len().min(bytes.len());
        bytes[..count].copy_from_slice(&rest[..count]);
        rest.drain(..count);
        Ok(count)
    }

    /// What to wait for before a read; none if something is there.
    #[cfg(feature = "wasi")]
    pub(super) fn source() -> Option<crate::sys::poll::Source<'static>> {
        let is_empty = REST.lock().is_empty();
        handle()
            .filter(|_| is_empty)
            .map(crate::sys::poll::Source::Handle)
    }
}
