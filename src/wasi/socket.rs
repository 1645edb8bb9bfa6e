//! Sockets: `sock_*`.
//!
//! Input: numbers of descriptors, and buffers in guest memory. Output: connections and bytes.
//! Holds: a guest can accept connections of listeners that the embedder gave it, and no others; a descriptor that is
//! not open is [`Errno::Badf`], and one that is no socket [`Errno::Notsock`].

use super::descriptor::{Descriptor, Object};
use super::file_system::Errno;
use super::guest::{Failure, Guest, Outcome};
use super::transfer::{fd_write, read_once, wait_for};
use super::types::{Rights, fd_flags, receive_flags, shutdown_flags};
use crate::sys::net::Connection;

impl Descriptor {
    /// The connection, if the descriptor has the rights.
    fn connection(&self, rights: Rights) -> Result<&Connection, Errno> {
        match &self.object {
            Object::Connection(connection) => {
                self.require(rights)?;
                Ok(connection)
            }
            Object::Listener(_) => Err(Errno::Notconn),
            _ => Err(Errno::Notsock),
        }
    }
}

pub(super) fn sock_accept(guest: &mut dyn Guest, fd: u32, flags: u32, result: u32) -> Outcome {
    let descriptor = guest.context().descriptors.get(fd)?;
    match &descriptor.object {
        Object::Listener(_) => descriptor.require(Rights::SOCK_ACCEPT)?,
        Object::Connection(_) => return Err(Errno::Inval.into()),
        _ => return Err(Errno::Notsock.into()),
    }
    if flags & !fd_flags::NON_BLOCKING != 0 {
        return Err(Errno::Inval.into());
    }
    guest.context().descriptors.check_room()?;
    guest.parts()?.0.check_u32(result)?;
    let (connection, inheriting) = accept(guest, fd)?;
    let (mut memory, context) = guest.parts()?;
    let object = Object::Connection(connection);
    let rights = Rights::SOCKET.intersection(inheriting);
    let number = context
        .descriptors
        .add(Descriptor::new(object, rights, Rights::NONE, flags))?;
    Ok(memory.write_u32(result, number)?)
}

/// Waits for a connection. Another process may take one away that was there.
fn accept(guest: &mut dyn Guest, fd: u32) -> Result<(Connection, Rights), Failure> {
    loop {
        wait_for(guest, fd, false)?;
        let descriptor = guest.context().descriptors.get(fd)?;
        let Object::Listener(listener) = &descriptor.object else {
            return Err(Errno::Notsock.into());
        };
        let is_waiting = descriptor.flags & fd_flags::NON_BLOCKING == 0;
        match listener.accept() {
            Err(Errno::Again) if is_waiting => guest.check()?,
            connection => return Ok((connection?, descriptor.inheriting)),
        }
    }
}

pub(super) fn sock_recv(
    guest: &mut dyn Guest,
    fd: u32,
    buffers: u32,
    count: u32,
    flags: u32,
    length: u32,
    result_flags: u32,
) -> Outcome {
    let descriptor = guest.context().descriptors.get(fd)?;
    descriptor.connection(Rights::FD_READ)?;
    if flags & !receive_flags::ALL != 0 {
        return Err(Errno::Inval.into());
    }
    // Nobody can promise that all will come before the other side ends the connection.
    if flags & receive_flags::WAIT_ALL != 0 {
        return Err(Errno::Notsup.into());
    }
    let (memory, _) = guest.parts()?;
    let buffers = memory.check_buffers(buffers, count, length)?;
    memory.check_array(result_flags, 1, 2)?;
    if buffers.have_room {
        wait_for(guest, fd, false)?;
    }
    let (mut memory, context) = guest.parts()?;
    let connection = context.descriptors.get(fd)?.connection(Rights::FD_READ)?;
    let all = read_once(&mut memory, buffers, |bytes| match flags {
        receive_flags::PEEK => connection.peek(bytes),
        _ => connection.read(bytes),
    })?;
    memory.write_u16(result_flags, 0)?;
    Ok(memory.write_u32(length, all)?)
}

pub(super) fn sock_send(
    guest: &mut dyn Guest,
    fd: u32,
    buffers: u32,
    count: u32,
    flags: u32,
    result: u32,
) -> Outcome {
    let descriptor = guest.context().descriptors.get(fd)?;
    descriptor.connection(Rights::FD_WRITE)?;
    if flags != 0 {
        return Err(Errno::Inval.into());
    }
    fd_write(guest, fd, buffers, count, result)
}

pub(super) fn sock_shutdown(guest: &mut dyn Guest, fd: u32, how: u32) -> Outcome {
    let descriptor = guest.context().descriptors.get(fd)?;
    let connection = descriptor.connection(Rights::SOCK_SHUTDOWN)?;
    if how & !shutdown_flags::ALL != 0 {
        return Err(Errno::Inval.into());
    }
    let (read, write) = (how & shutdown_flags::READ, how & shutdown_flags::WRITE);
    Ok(connection.shut_down(read != 0, write != 0)?)
}
