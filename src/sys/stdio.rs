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

    /// Whether a write may have to wait for a reader, and can be asked whether it would.
    #[cfg(feature = "wasi")]
    pub(crate) fn waits_for_reader(self) -> bool {
        #[cfg(unix)]
        return unix::waits_for_reader(self);
        #[cfg(not(unix))]
        return false;
    }

    /// Writes all bytes. A console of Windows gets text: U+FFFD stands for what is none.
    pub(crate) fn write(self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Stream::In => Err(io::ErrorKind::Unsupported.into()),
            Stream::Out => {
                let mut stream = io::stdout().lock();
                self.write_to(&mut stream, bytes)?;
                stream.flush()
            }
            Stream::Err => self.write_to(&mut io::stderr().lock(), bytes),
        }
    }

    fn write_to(self, stream: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
        #[cfg(windows)]
        if let Some(begun) = windows::console(self) {
            return write_text(stream, &mut begun.lock(), bytes);
        }
        stream.write_all(bytes)
    }
}

/// Writes bytes to where only UTF-8 can be written, and where anything else would be in the way of all that follows.
/// U+FFFD stands for what is none. The beginning of a character waits in `begun` for the rest.
#[cfg(any(windows, test))]
fn write_text(
    stream: &mut impl Write,
    begun: &mut alloc::vec::Vec<u8>,
    mut bytes: &[u8],
) -> io::Result<()> {
    const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();
    let is_begun = |bytes: &[u8]| {
        let text = core::str::from_utf8(bytes);
        text.is_err_and(|error| error.error_len().is_none())
    };
    while let (false, Some((&byte, behind))) = (begun.is_empty(), bytes.split_first()) {
        begun.push(byte);
        if is_begun(begun) {
            bytes = behind;
            continue;
        }
        let character = core::mem::take(begun);
        if core::str::from_utf8(&character).is_ok() {
            bytes = behind;
            stream.write_all(&character)?;
        } else {
            stream.write_all(REPLACEMENT)?;
        }
    }
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        stream.write_all(chunk.valid().as_bytes())?;
        let invalid = chunk.invalid();
        if chunks.peek().is_none() && is_begun(invalid) {
            begun.extend_from_slice(invalid);
        } else if !invalid.is_empty() {
            stream.write_all(REPLACEMENT)?;
        }
    }
    Ok(())
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

    /// What the standard library can do with the stream.
    fn file(stream: Stream) -> ManuallyDrop<File> {
        let descriptor = descriptor(stream).as_raw_fd();
        // SAFETY: the descriptor is open, and as nothing drops the file, it stays open.
        ManuallyDrop::new(unsafe { File::from_raw_fd(descriptor) })
    }

    /// Reads past the standard library's buffer: what is in there, nobody who waits for the descriptor would know.
    pub(super) fn read(bytes: &mut [u8]) -> io::Result<usize> {
        (&*file(Stream::In)).read(bytes)
    }

    /// Files never wait.
    #[cfg(feature = "wasi")]
    pub(super) fn waits_for_reader(stream: Stream) -> bool {
        file(stream)
            .metadata()
            .is_ok_and(|metadata| !metadata.is_file())
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
    use std::sync::OnceLock;

    use super::Stream;
    use crate::sys::sync::Mutex;

    /// What is known of a stream for output: whether it is a console, and the bytes of a character whose others have
    /// not been written yet.
    type Output = (OnceLock<bool>, Mutex<Vec<u8>>);

    static OUT: Output = (OnceLock::new(), Mutex::new(Vec::new()));
    static ERR: Output = (OnceLock::new(), Mutex::new(Vec::new()));

    /// The beginning of a character that was written to a stream, if it is a console.
    pub(super) fn console(stream: Stream) -> Option<&'static Mutex<Vec<u8>>> {
        let (is_console, begun) = match stream {
            Stream::In => return None,
            Stream::Out => &OUT,
            Stream::Err => &ERR,
        };
        is_console
            .get_or_init(|| stream.is_terminal())
            .then_some(begun)
    }

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

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::write_text;

    #[test]
    fn what_is_no_text_is_replaced_however_it_is_split() {
        for (bytes, text) in [
            (&b"plain\n"[..], "plain\n"),
            ("a日😀".as_bytes(), "a日😀"),
            (b"\xFFa\xFF", "\u{FFFD}a\u{FFFD}"),
            // What has begun at the end is not written yet.
            (b"\xE6\x97a\xF0\x9F\x98", "\u{FFFD}a"),
            (b"\xE6\xE6\x97\xA5\xC0\x80", "\u{FFFD}日\u{FFFD}\u{FFFD}"),
        ] {
            for step in 1..=bytes.len() {
                let (mut written, mut begun) = (Vec::new(), Vec::new());
                for part in bytes.chunks(step) {
                    write_text(&mut written, &mut begun, part).unwrap();
                    assert!(begun.len() < 4);
                }
                assert_eq!(
                    core::str::from_utf8(&written),
                    Ok(text),
                    "{bytes:?} by {step}"
                );
            }
        }
    }
}
