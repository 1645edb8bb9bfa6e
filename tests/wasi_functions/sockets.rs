//! Connections that a guest accepts.
//!
//! Input: a listener on this machine, and a client in the test. Output: bytes, both ways.
//! Holds: a guest waits unless its descriptor says otherwise, and can be interrupted while it does.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use super::*;

const LISTENER: u32 = 3;

fn guest(builder: &mut WasiCtxBuilder) -> (Puppet, std::net::SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let address = listener.local_addr().expect("it has one");
    builder.preopened_listener(listener).expect("it can be set");
    (Puppet::new(builder), address)
}

fn accept(guest: &mut Puppet, flags: u64) -> u32 {
    guest.does("sock_accept", &[LISTENER.into(), flags, SECOND.into()]);
    guest.get_u32(SECOND)
}

/// Receives up to 100 bytes.
fn receive(guest: &mut Puppet, fd: u32, flags: u64) -> Result<Vec<u8>, u32> {
    guest.put_buffers(&[(BUFFER, 0), (BUFFER, 100)]);
    let (result, result_flags) = (u64::from(SECOND), u64::from(SECOND) + 8);
    let arguments = [fd.into(), RESULT.into(), 2, flags, result, result_flags];
    match guest.call("sock_recv", &arguments) {
        OK => Ok(guest.get(BUFFER, guest.get_u32(SECOND))),
        errno => Err(errno),
    }
}

fn send(guest: &mut Puppet, fd: u32, bytes: &[u8], flags: u64) -> u32 {
    guest.put(BUFFER, bytes);
    guest.put_buffers(&[(BUFFER, bytes.len() as u32)]);
    let arguments = [fd.into(), RESULT.into(), 1, flags, SECOND.into()];
    guest.call("sock_send", &arguments)
}

#[test]
fn bytes_go_both_ways_until_each_side_has_ended() {
    let (mut guest, address) = guest(&mut WasiCtxBuilder::new());
    let client = thread::spawn(move || {
        let mut stream = TcpStream::connect(address).expect("it listens");
        // The guest waits meanwhile.
        thread::sleep(Duration::from_millis(20));
        stream.write_all(b"question").expect("there is room");
        stream.shutdown(Shutdown::Write).expect("it is open");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it is an answer");
        answer
    });
    let connection = accept(&mut guest, 0);
    assert_eq!(connection, 4);
    for _ in 0..2 {
        let peeked = receive(&mut guest, connection, 1);
        assert_eq!(peeked, Ok(b"question".to_vec()), "peeking leaves it there");
    }
    assert_eq!(receive(&mut guest, connection, 0), Ok(b"question".to_vec()));
    assert_eq!(receive(&mut guest, connection, 0), Ok(Vec::new()));
    assert_eq!(send(&mut guest, connection, b"ans", 0), OK);
    assert_eq!(guest.get_u32(SECOND), 3);
    assert_eq!(guest.write(connection, b"wer"), Ok(3));
    guest.does("sock_shutdown", &[connection.into(), 2]);
    assert_eq!(client.join().expect("the client ends"), "answer");
    assert_eq!(send(&mut guest, connection, b"more", 0), Errno::Pipe as u32);
    assert_eq!(guest.close(connection), OK);
    assert_eq!(receive(&mut guest, connection, 0), Err(Errno::Badf as u32));
}

#[test]
fn who_does_not_wait_is_told_to_try_again() {
    let (mut guest, address) = guest(&mut WasiCtxBuilder::new());
    let again = Errno::Again;
    guest.does("fd_fdstat_set_flags", &[LISTENER.into(), NON_BLOCKING]);
    guest.fails("sock_accept", &[LISTENER.into(), 0, SECOND.into()], again);
    guest.does("fd_fdstat_set_flags", &[LISTENER.into(), 0]);
    let mut client = TcpStream::connect(address).expect("it listens");
    let connection = accept(&mut guest, NON_BLOCKING);
    assert_eq!(receive(&mut guest, connection, 0), Err(again as u32));
    assert_eq!(receive(&mut guest, connection, 1), Err(again as u32));
    assert_eq!(guest.read(connection), Err(again as u32));
    // The other side does not read, so there is no more room at some point.
    let full = vec![0; 0x10000];
    guest.put(0x8000, &full);
    guest.put_buffers(&[(0x8000, 0x10000)]);
    let arguments = [connection.into(), RESULT.into(), 1, 0, SECOND.into()];
    let mut sent = 0;
    let error = loop {
        match guest.call("sock_send", &arguments) {
            OK => sent += u64::from(guest.get_u32(SECOND)),
            errno => break errno,
        }
        assert!(sent < 1 << 30, "there is room without end");
    };
    assert_eq!(error, again as u32);
    client.write_all(b"x").expect("there is room");
    guest.does("fd_fdstat_set_flags", &[connection.into(), 0]);
    assert_eq!(receive(&mut guest, connection, 0), Ok(b"x".to_vec()));
}

#[test]
fn mistakes_with_sockets_are_told() {
    let (mut guest, address) = guest(WasiCtxBuilder::new().max_descriptors(5));
    let listener = u64::from(LISTENER);
    let result = u64::from(SECOND);
    guest.fails("sock_accept", &[listener, 1, result], Errno::Inval);
    guest.fails("sock_accept", &[listener, 0, u32::MAX.into()], Errno::Fault);
    guest.fails("sock_accept", &[0, 0, result], Errno::Notsock);
    guest.fails("sock_shutdown", &[listener, 3], Errno::Notconn);
    assert_eq!(receive(&mut guest, LISTENER, 0), Err(Errno::Notconn as u32));
    assert_eq!(receive(&mut guest, 0, 0), Err(Errno::Notsock as u32));
    assert_eq!(send(&mut guest, LISTENER, b"x", 0), Errno::Notconn as u32);
    assert_eq!(send(&mut guest, 1, b"x", 0), Errno::Notsock as u32);
    guest.fails("fd_prestat_get", &[listener, result], Errno::Badf);
    guest.fails("fd_seek", &[listener, 0, 0, result], Errno::Spipe);

    let mut client = TcpStream::connect(address).expect("it listens");
    let connection = accept(&mut guest, 0);
    let fd = u64::from(connection);
    guest.fails("sock_accept", &[listener, 0, result], Errno::Mfile);
    guest.fails("sock_accept", &[fd, 0, result], Errno::Inval);
    assert_eq!(receive(&mut guest, connection, 4), Err(Errno::Inval as u32));
    assert_eq!(
        receive(&mut guest, connection, 2),
        Err(Errno::Notsup as u32)
    );
    assert_eq!(send(&mut guest, connection, b"x", 1), Errno::Inval as u32);
    guest.fails("sock_shutdown", &[fd, 0], Errno::Inval);
    guest.fails("sock_shutdown", &[fd, 4], Errno::Inval);
    guest.does("fd_fdstat_get", &[fd, result]);
    assert_eq!(guest.get(SECOND, 1), [6], "it is a stream socket");
    client.write_all(b"hello").expect("there is room");
    for (buffers, results) in [
        (RESULT, [u32::MAX, SECOND]),
        (RESULT, [SECOND, MEMORY_BYTES - 1]),
        (MEMORY_BYTES - 4, [SECOND, SECOND]),
    ] {
        guest.put_buffers(&[(BUFFER, 100)]);
        let [length, flags] = results.map(u64::from);
        guest.fails(
            "sock_recv",
            &[fd, buffers.into(), 1, 0, length, flags],
            Errno::Fault,
        );
    }
    guest.put_buffers(&[(MEMORY_BYTES - 2, 100)]);
    guest.fails(
        "sock_recv",
        &[fd, RESULT.into(), 1, 0, result, result],
        Errno::Fault,
    );
    guest.fails(
        "sock_send",
        &[fd, RESULT.into(), 1, 0, result],
        Errno::Fault,
    );
    assert_eq!(receive(&mut guest, connection, 0), Ok(b"hello".to_vec()));
    // What is given up is gone.
    guest.does("fd_fdstat_set_rights", &[fd, FD_READ, 0]);
    assert_eq!(
        send(&mut guest, connection, b"x", 0),
        Errno::Notcapable as u32
    );
    guest.fails("sock_shutdown", &[fd, 3], Errno::Notcapable);
    guest.does("fd_fdstat_set_rights", &[listener, 0, 0]);
    guest.fails("sock_accept", &[listener, 0, result], Errno::Notcapable);
}

#[test]
fn connections_have_no_more_rights_than_their_listener_passes_on() {
    let (mut guest, address) = guest(&mut WasiCtxBuilder::new());
    const SOCK_ACCEPT: u64 = 1 << 29;
    guest.does(
        "fd_fdstat_set_rights",
        &[LISTENER.into(), SOCK_ACCEPT, FD_WRITE],
    );
    let mut client = TcpStream::connect(address).expect("it listens");
    client.write_all(b"hello").expect("there is room");
    let connection = accept(&mut guest, 0);
    assert_eq!(
        receive(&mut guest, connection, 0),
        Err(Errno::Notcapable as u32)
    );
    assert_eq!(guest.read(connection), Err(Errno::Notcapable as u32));
    assert_eq!(guest.write(connection, b"x"), Ok(1));
}

#[test]
fn a_guest_that_waits_for_a_connection_or_bytes_is_interrupted() {
    let (mut guest, address) = guest(&mut WasiCtxBuilder::new());
    let deadline = Duration::from_millis(50);
    guest
        .store
        .set_deadline(deadline)
        .expect("there is a clock");
    let accepted = guest.try_call("sock_accept", &[LISTENER.into(), 0, SECOND.into()]);
    let error = accepted.expect_err("nobody connects");
    assert_eq!(error.kind(), wazir::ErrorKind::Trap, "{error:?}");
    guest
        .store
        .set_deadline(Duration::from_secs(600))
        .expect("there is a clock");
    let client = TcpStream::connect(address).expect("it listens");
    let connection = accept(&mut guest, 0);
    guest
        .store
        .set_deadline(deadline)
        .expect("there is a clock");
    guest.put_buffers(&[(BUFFER, 100)]);
    let arguments = [connection.into(), RESULT.into(), 1, SECOND.into()];
    let error = guest.try_call("fd_read", &arguments);
    let error = error.expect_err("nobody writes");
    assert_eq!(error.kind(), wazir::ErrorKind::Trap, "{error:?}");
    drop(client);
}
