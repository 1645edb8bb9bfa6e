//! What stands behind standard input, output and error.
//!
//! Input: the embedder's choice. Output: [`Input`] and [`Output`], which descriptors read and write; [`Pipe`].
//! Holds: bytes go straight between the stream and guest memory.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
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
    /// The process's standard output or error, and whether writes may have to wait for a reader.
    Inherited(Stream, bool),
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
    /// The process's standard output or error.
    pub(super) fn inherited(stream: Stream) -> Output {
        Output::Inherited(stream, stream.waits_for_reader())
    }

    /// What to wait for before a write of at most [`PIPE_BYTES`](crate::sys::poll::PIPE_BYTES); none if a write does
    /// not wait, or cannot be asked.
    pub(super) fn source(&self) -> Option<Source<'_>> {
        match self {
            Output::Inherited(stream, true) => stream.source(),
            _ => None,
        }
    }

    /// Writes some of the bytes, at least one if there are any.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        loop {
            let result = match self {
                Output::Discarded => Ok(bytes.len()),
                Output::Inherited(stream, _) => stream.write(bytes).map(|()| bytes.len()),
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
            Output::Discarded | Output::Inherited(..) => Ok(()),
        }
    }

    pub(super) fn file_type(&self) -> FileType {
        match self {
            Output::Inherited(stream, _) if stream.is_terminal() => FileType::CharacterDevice,
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
    bytes: VecDeque<u8>,
    capacity: usize,
}

impl Pipe {
    /// A pipe that is empty and holds at most `capacity` bytes that nobody has read. A guest that writes more is
    /// told that there is no space left; what fits is written. Programs in Rust panic then, which is the trap
    /// `unreachable`.
    pub fn new(capacity: usize) -> Pipe {
        Pipe::with(VecDeque::new(), capacity)
    }

    fn with(bytes: VecDeque<u8>, capacity: usize) -> Pipe {
        Pipe(Arc::new(Mutex::new(Buffer { bytes, capacity })))
    }

    /// What has been written and not been read yet.
    pub fn contents(&self) -> Vec<u8> {
        self.lock().bytes.iter().copied().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Buffer> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Into<Vec<u8>>> From<T> for Pipe {
    /// A pipe that holds these bytes and takes no more.
    fn from(bytes: T) -> Pipe {
        Pipe::with(VecDeque::from(bytes.into()), 0)
    }
}

impl Read for Pipe {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.lock().bytes.read(bytes)
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut buffer = self.lock();
        let room = buffer.capacity.saturating_sub(buffer.bytes.len());
        let count = bytes.len().min(room);
        if count == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        buffer.bytes.extend(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
