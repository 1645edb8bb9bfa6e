//! Waits on Windows, which has one function for sockets, another for consoles and none for pipes.
//!
//! Input and output: as `sys/poll.rs` says.
//! Holds: sockets alone, and a console alone, are waited for by the system; a mixture is looked at again and again.

use core::ffi::c_void;
use core::ptr;
use std::os::windows::io::{AsRawHandle, AsRawSocket, BorrowedHandle, BorrowedSocket, RawHandle};

use super::{Answer, Duration, MAX_SOURCES, Question, io};
use crate::sys::clock;

/// Something that can be waited for.
#[derive(Copy, Clone)]
pub(crate) enum Source<'a> {
    /// A console, a pipe or a file.
    Handle(BorrowedHandle<'a>),
    Socket(BorrowedSocket<'a>),
}

/// How long to wait between two looks at sources of more than one kind.
const STEP: Duration = Duration::from_millis(5);

const POLL_IN: i16 = 0x300;
const POLL_OUT: i16 = 0x10;
const POLL_ERROR: i16 = 0x1;
const POLL_HANG_UP: i16 = 0x2;

/// `WSAPOLLFD`.
#[repr(C)]
#[derive(Copy, Clone)]
struct PollFd {
    socket: usize,
    events: i16,
    answered: i16,
}

#[link(name = "ws2_32")]
unsafe extern "system" {
    fn WSAPoll(fds: *mut PollFd, count: u32, milliseconds: i32) -> i32;
}

#[link(name = "kernel32")]
unsafe extern "system" {
    fn GetConsoleMode(handle: RawHandle, mode: *mut u32) -> i32;
    fn PeekNamedPipe(
        handle: RawHandle,
        buffer: *mut c_void,
        size: u32,
        read: *mut u32,
        available: *mut u32,
        left: *mut u32,
    ) -> i32;
    fn WaitForSingleObject(handle: RawHandle, milliseconds: u32) -> u32;
}

/// Waits until one of the sources is ready or the time is over, rounded up to milliseconds. At most [`MAX_SOURCES`] of
/// them are looked at.
pub(super) fn wait(
    questions: &[Question<'_>],
    timeout: Duration,
    answers: &mut [Answer],
) -> io::Result<()> {
    let count = questions.len().min(MAX_SOURCES).min(answers.len());
    let (questions, answers) = (&questions[..count], &mut answers[..count]);
    let mut remaining = timeout;
    let start = clock::monotonic().unwrap_or_default();
    loop {
        look(questions, answers)?;
        if remaining.is_zero() || answers.iter().any(|answer| answer.is_ready) {
            return Ok(());
        }
        match questions {
            [] => _ = clock::sleep(remaining),
            [
                Question {
                    source: Source::Handle(handle),
                    write: false,
                },
            ] if is_console(*handle) => {
                signaled(*handle, remaining);
            }
            _ if questions
                .iter()
                .all(|question| matches!(question.source, Source::Socket(_))) =>
            {
                ask_sockets(questions, remaining, answers)?;
            }
            _ => _ = clock::sleep(remaining.min(STEP)),
        }
        let passed = clock::monotonic().unwrap_or_default().saturating_sub(start);
        remaining = timeout.saturating_sub(passed);
    }
}

/// Asks all sources without waiting.
fn look(questions: &[Question<'_>], answers: &mut [Answer]) -> io::Result<()> {
    answers.fill(Answer::default());
    ask_sockets(questions, Duration::ZERO, answers)?;
    for (answer, question) in answers.iter_mut().zip(questions) {
        if let Source::Handle(handle) = question.source {
            *answer = ask_handle(handle, question.write);
        }
    }
    Ok(())
}

/// Asks the sockets among the sources, waiting for one of them.
fn ask_sockets(
    questions: &[Question<'_>],
    timeout: Duration,
    answers: &mut [Answer],
) -> io::Result<()> {
    let mut fds = [PollFd {
        socket: 0,
        events: 0,
        answered: 0,
    }; MAX_SOURCES];
    let mut count = 0;
    for question in questions {
        if let Source::Socket(socket) = question.source {
            fds[count].socket = socket.as_raw_socket() as usize;
            fds[count].events = if question.write { POLL_OUT } else { POLL_IN };
            count += 1;
        }
    }
    if count == 0 {
        return Ok(());
    }
    let milliseconds = i32::try_from(milliseconds(timeout)).unwrap_or(i32::MAX);
    // SAFETY: there are at least so many structures, and the sockets are open.
    if unsafe { WSAPoll(fds.as_mut_ptr(), count as u32, milliseconds) } < 0 {
        return Err(io::Error::last_os_error());
    }
    let sockets = answers
        .iter_mut()
        .zip(questions)
        .filter(|(_, question)| matches!(question.source, Source::Socket(_)));
    for ((answer, _), fd) in sockets.zip(&fds) {
        *answer = Answer {
            is_ready: fd.answered != 0,
            is_hung_up: fd.answered & (POLL_HANG_UP | POLL_ERROR) != 0,
        };
    }
    Ok(())
}

/// Rounded up.
fn milliseconds(timeout: Duration) -> u32 {
    u32::try_from(timeout.as_nanos().div_ceil(1_000_000)).unwrap_or(u32::MAX - 1)
}

fn ask_handle(handle: BorrowedHandle<'_>, write: bool) -> Answer {
    let is_ready = Answer {
        is_ready: true,
        is_hung_up: false,
    };
    if write {
        return is_ready;
    }
    if is_console(handle) {
        return Answer {
            is_ready: signaled(handle, Duration::ZERO),
            ..is_ready
        };
    }
    const BROKEN_PIPE: i32 = 109;
    let mut available = 0;
    // SAFETY: the handle is open; of a pipe only the number of bytes is asked for.
    let is_pipe = unsafe {
        PeekNamedPipe(
            handle.as_raw_handle(),
            ptr::null_mut(),
            0,
            ptr::null_mut(),
            &raw mut available,
            ptr::null_mut(),
        )
    } != 0;
    match is_pipe {
        true => Answer {
            is_ready: available > 0,
            is_hung_up: false,
        },
        // What is no pipe has no other end.
        false => Answer {
            is_hung_up: io::Error::last_os_error().raw_os_error() == Some(BROKEN_PIPE),
            ..is_ready
        },
    }
}

fn is_console(handle: BorrowedHandle<'_>) -> bool {
    let mut mode = 0;
    // SAFETY: the handle is open.
    unsafe { GetConsoleMode(handle.as_raw_handle(), &raw mut mode) != 0 }
}

/// Whether something happens at a console in time. It may be less than a whole line.
fn signaled(console: BorrowedHandle<'_>, timeout: Duration) -> bool {
    // SAFETY: the handle is open.
    unsafe { WaitForSingleObject(console.as_raw_handle(), milliseconds(timeout)) == 0 }
}

/// The two ends of a new pipe, to read and to write: for tests.
#[cfg(test)]
pub(super) fn pipe() -> io::Result<(std::fs::File, std::fs::File)> {
    use std::os::windows::io::FromRawHandle;

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn CreatePipe(
            read: *mut RawHandle,
            write: *mut RawHandle,
            security: *const c_void,
            size: u32,
        ) -> i32;
    }
    let (mut read, mut write) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: there is room for two handles.
    if unsafe { CreatePipe(&raw mut read, &raw mut write, ptr::null(), 0) } == 0 {
        return Err(io::Error::last_os_error());
    }
    let file = |handle| {
        // SAFETY: it is a new handle, which nobody else owns.
        unsafe { std::fs::File::from_raw_handle(handle) }
    };
    Ok((file(read), file(write)))
}
