//! Sockets: `sock_*`.
//!
//! Input: numbers of descriptors. Output: the error that says that there is no socket.
//! Holds: a descriptor that is not open is [`Errno::Badf`].

use super::descriptor::stream_cannot;
use super::guest::{Guest, Outcome};
use super::types::Errno;

pub(super) fn sock_accept(guest: &mut dyn Guest, fd: u32, _flags: u32, _result: u32) -> Outcome {
    stream_cannot(guest, fd, Errno::Notsock)
}

pub(super) fn sock_recv(
    guest: &mut dyn Guest,
    fd: u32,
    _buffers: u32,
    _count: u32,
    _flags: u32,
    _length: u32,
    _result_flags: u32,
) -> Outcome {
    stream_cannot(guest, fd, Errno::Notsock)
}

pub(super) fn sock_send(
    guest: &mut dyn Guest,
    fd: u32,
    _buffers: u32,
    _count: u32,
    _flags: u32,
    _result: u32,
) -> Outcome {
    stream_cannot(guest, fd, Errno::Notsock)
}

pub(super) fn sock_shutdown(guest: &mut dyn Guest, fd: u32, _how: u32) -> Outcome {
    stream_cannot(guest, fd, Errno::Notsock)
}
