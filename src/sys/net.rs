//! Connections.
//!
//! Input: a listener of the embedder's. Output: connections, and bytes.
//! Holds: nothing here waits: what is not there yet is [`Errno::Again`]. Who wants to wait asks `sys/poll.rs`.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};

pub(crate) use std::net::TcpListener;

use super::errno::Errno;
use super::poll::Source;

/// Something that accepts connections.
pub(crate) struct Listener(TcpListener);

/// A connection.
pub(crate) struct Connection(TcpStream);

impl Listener {
    pub(crate) fn new(listener: TcpListener) -> io::Result<Listener> {
        listener.set_nonblocking(true)?;
        Ok(Listener(listener))
    }

    pub(crate) fn accept(&self) -> Result<Connection, Errno> {
        let (stream, _) = self.0.accept()?;
        stream.set_nonblocking(true)?;
        Ok(Connection(stream))
    }

    pub(crate) fn source(&self) -> Option<Source<'_>> {
        source_of(&self.0)
    }
}

impl Connection {
    /// Reads what is there; 0 at the end.
    pub(crate) fn read(&self, bytes: &mut [u8]) -> Result<usize, Errno> {
        Ok((&self.0).read(bytes)?)
    }

    /// Reads what is there, and leaves it there.
    pub(crate) fn peek(&self, bytes: &mut [u8]) -> Result<usize, Errno> {
        Ok(self.0.peek(bytes)?)
    }

    /// Writes some of the bytes.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<usize, Errno> {
        Ok((&self.0).write(bytes)?)
    }

    /// Ends one direction, or both.
    pub(crate) fn shut_down(&self, read: bool, write: bool) -> Result<(), Errno> {
        let how = match (read, write) {
            (true, true) => Shutdown::Both,
            (true, false) => Shutdown::Read,
            (false, true) => Shutdown::Write,
            (false, false) => return Err(Errno::Inval),
        };
        Ok(self.0.shutdown(how)?)
    }

    pub(crate) fn source(&self) -> Option<Source<'_>> {
        source_of(&self.0)
    }
}

/// What to wait for; none if that cannot be known.
#[cfg(unix)]
fn source_of<T: std::os::fd::AsFd>(socket: &T) -> Option<Source<'_>> {
    Some(socket.as_fd())
}

#[cfg(windows)]
fn source_of<T: std::os::windows::io::AsSocket>(socket: &T) -> Option<Source<'_>> {
    Some(Source::Socket(socket.as_socket()))
}

#[cfg(not(any(unix, windows)))]
fn source_of<T>(_socket: &T) -> Option<Source<'_>> {
    None
}
