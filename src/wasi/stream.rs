//! What stands behind standard input, output and error.
//!
//! Input: the embedder's choice. Output: [`Input`] and [`Output`], which descriptors read and write; [`Pipe`].
//! Holds: bytes go straight between the stream and guest memory.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use std::io::{self, Read, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::file_system::FileType;
use crate::sys::poll::Source;
use crate::sys::stdio::Stream;

/// Where a guest reads from.
pub(super) enum Input {
    /// Nothing is there.
    Empty,
    /// The process's standard input.
    Inherited,
    /// The embedder's reader.
    Reader(Box<dyn Read + Send>),
}

/// Where a guest writes to.
pub(super) enum Output {
    /// Nobody reads it.
    Discarded,
    /// The process's standard output or error.
    Inherited(Stream),
    /// The embedder's writer.
    Writer(Box<dyn Write + Send>),
}

impl Input {
    /// Reads what is there, waiting for the first byte; 0 at the end.
    pub(super) fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            let result = match self {
                Input::Empty => Ok(0),
                Input::Inherited => Stream::In.read(bytes),
                Input::Reader(reader) => reader.read(bytes),
            };
            match result {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A reader that claims more than it was given room for is not believed.
                _ => return result.map(|count| count.min(bytes.len())),
            }
        }
    }

    /// What to wait for before a read; none if a read does not wait, or cannot be asked.
    pub(super) fn source(&self) -> Option<Source<'_>> {
        match self {
            Input::Inherited => Stream::In.source(),
            Input::Empty | Input::Reader(_) => None,
        }
    }

    pub(super) fn file_type(&self) -> FileType {
        match self {
            Input::Inherited if Stream::In.is_terminal() => FileType::CharacterDevice,
            _ => FileType::Unknown,
        }
    }
}

impl Output {
    /// Writes some of the bytes, at least one if there are any.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        loop {
            let result = match self {
                Output::Discarded => Ok(bytes.len()),
                Output::Inherited(stream) => stream.write(bytes).map(|()| bytes.len()),
                Output::Writer(writer) => writer.write(bytes),
            };
            match result {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                _ => return result.map(|count| count.min(bytes.len())),
            }
        }
    }

    /// Passes on what the stream holds back.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Writer(writer) => writer.flush(),
            Output::Discarded | Output::Inherited(_) => Ok(()),
        }
    }

    pub(super) fn file_type(&self) -> FileType {
        match self {
            Output::Inherited(stream) if stream.is_terminal() => FileType::CharacterDevice,
            _ => FileType::Unknown,
        }
    }
}

/// Bytes in memory that one side writes and the other reads. Clones are ends of the same pipe.
///
/// As a guest's input it ends when it is empty; it does not wait for more. As a guest's output it takes a limited
/// number of bytes, so that a guest cannot fill the host's memory.
///
/// ```
/// use wazir::wasi::{Pipe, WasiCtxBuilder};
/// let output = Pipe::new(1 << 20);
/// let context = WasiCtxBuilder::new()
///     .stdin(Pipe::from("what the guest reads"))
///     .stdout(output.clone())
///     .build_p1();
/// // After the guest's run:
/// assert_eq!(output.contents(), b"");
/// ```
#[derive(Clone, Debug)]
pub struct Pipe(Arc<Mutex<Buffer>>);

#[derive(Debug)]
struct Buffer {
    bytes: Vec<u8>,
    /// How many of the bytes have been read.
    read: usize,
    capacity: usize,
}

impl Pipe {
    /// A pipe that is empty and holds at most `capacity` bytes that nobody has read. A guest that writes more is
    /// told that there is no space left; what fits is written. Programs in Rust panic then, which is the trap
    /// `unreachable`.
    pub fn new(capacity: usize) -> Pipe {
        Pipe::with(Vec::new(), capacity)
    }

    fn with(bytes: Vec<u8>, capacity: usize) -> Pipe {
        let read = 0;
        Pipe(Arc::new(Mutex::new(Buffer {
            bytes,
            read,
            capacity,
        })))
    }

    /// What has been written and not been read yet.
    pub fn contents(&self) -> Vec<u8> {
        let buffer = self.lock();
        buffer.bytes[buffer.read..].to_vec()
    }

    fn lock(&self) -> MutexGuard<'_, Buffer> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Into<Vec<u8>>> From<T> for Pipe {
    /// A pipe that holds these bytes and takes no more.
    fn from(bytes: T) -> Pipe {
        Pipe::with(bytes.into(), 0)
    }
}

impl Read for Pipe {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let mut buffer = self.lock();
        let count = bytes.len().min(buffer.bytes.len() - buffer.read);
        let end = buffer.read + count;
        bytes[..count].copy_from_slice(&buffer.bytes[buffer.read..end]);
        buffer.read = end;
        if end == buffer.bytes.len() {
            buffer.bytes.clear();
            buffer.read = 0;
        }
        Ok(count)
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut buffer = self.lock();
        let used = buffer.bytes.len() - buffer.read;
        let count = bytes.len().min(buffer.capacity.saturating_sub(used));
        if count == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        // What has been read gives up its room before new room is taken.
        if buffer.read > 0 && buffer.bytes.len() + count > buffer.capacity {
            let read = core::mem::take(&mut buffer.read);
            buffer.bytes.drain(..read);
        }
        buffer.bytes.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
