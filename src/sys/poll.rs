//! Waits until something can be read or written.
//!
//! Input: open sources and how long to wait at most. Output: which of them are ready.
//! Holds: what cannot be asked counts as ready, so that nobody waits for it in vain; a read or write may then wait.

use alloc::vec::Vec;
use core::time::Duration;
use std::io;

/// How many sources one wait can have.
pub(crate) const MAX_SOURCES: usize = 64;

/// How many bytes can be written without waiting to a pipe that is ready: what POSIX promises, and Linux.
pub(crate) const PIPE_BYTES: u32 = if cfg!(any(target_os = "linux", target_os = "android")) {
    4096
} else {
    512
};

/// What a source is asked.
#[derive(Copy, Clone)]
pub(crate) struct Question<'a> {
    pub(crate) source: Source<'a>,
    /// Whether it can be written, instead of read.
    pub(crate) write: bool,
}

/// What a source answers.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) is_ready: bool,
    /// Whether the other end is closed.
    pub(crate) is_hung_up: bool,
}

#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(crate) use unix::Source;
#[cfg(not(any(unix, windows)))]
pub(crate) use unknown::Source;
#[cfg(windows)]
pub(crate) use windows::Source;

#[cfg(unix)]
use unix::wait;
#[cfg(not(any(unix, windows)))]
use unknown::wait;
#[cfg(windows)]
use windows::wait;

/// Asks without waiting.
///
/// # Errors
/// The system's error.
pub(crate) fn ask(question: Question<'_>) -> io::Result<Answer> {
    wait_for(question, Duration::ZERO)
}

/// Waits until a source is ready or the time is over.
///
/// # Errors
/// The system's error.
pub(crate) fn wait_for(question: Question<'_>, timeout: Duration) -> io::Result<Answer> {
    let mut answers = [Answer::default()];
    wait(&[question], timeout, &mut answers)?;
    Ok(answers[0])
}

/// Waits until one of the sources is ready or the time is over. Tells whether one is. Those beyond [`MAX_SOURCES`] are
/// not looked at.
///
/// # Errors
/// The system's error.
pub(crate) fn wait_any<'a>(
    questions: impl Iterator<Item = &'a Question<'a>>,
    timeout: Duration,
) -> io::Result<bool> {
    let questions: Vec<Question<'_>> = questions.take(MAX_SOURCES).copied().collect();
    let mut answers = [Answer::default(); MAX_SOURCES];
    wait(&questions, timeout, &mut answers)?;
    Ok(answers.iter().any(|answer| answer.is_ready))
}

#[cfg(unix)]
mod unix {
    use core::ffi::{c_int, c_short};
    use std::os::fd::{AsRawFd, BorrowedFd};

    use super::{Answer, Duration, MAX_SOURCES, Question, io};

    /// Something that can be waited for.
    pub(crate) type Source<'a> = BorrowedFd<'a>;

    #[cfg(any(target_os = "linux", target_os = "android"))]
    type Count = core::ffi::c_ulong;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    type Count = core::ffi::c_uint;

    const POLLIN: c_short = 1;
    const POLLOUT: c_short = 4;
    const POLLERR: c_short = 8;
    const POLLHUP: c_short = 16;

    /// `struct pollfd`.
    #[repr(C)]
    #[derive(Copy, Clone)]
    struct PollFd {
        fd: c_int,
        events: c_short,
        answered: c_short,
    }

    unsafe extern "C" {
        fn poll(fds: *mut PollFd, count: Count, milliseconds: c_int) -> c_int;
    }

    /// Waits until one of the sources is ready or the time is over, rounded up to milliseconds. At most
    /// [`MAX_SOURCES`] of them are looked at. A signal ends the wait early.
    pub(super) fn wait(
        questions: &[Question<'_>],
        timeout: Duration,
        answers: &mut [Answer],
    ) -> io::Result<()> {
        let mut fds = [PollFd {
            fd: -1,
            events: 0,
            answered: 0,
        }; MAX_SOURCES];
        let count = questions.len().min(MAX_SOURCES).min(answers.len());
        for (fd, question) in fds.iter_mut().zip(&questions[..count]) {
            fd.fd = question.source.as_raw_fd();
            fd.events = if question.write { POLLOUT } else { POLLIN };
        }
        let milliseconds = timeout.as_nanos().div_ceil(1_000_000);
        let milliseconds = c_int::try_from(milliseconds).unwrap_or(c_int::MAX);
        // SAFETY: there are at least so many structures, and the descriptors are open.
        if unsafe { poll(fds.as_mut_ptr(), count as Count, milliseconds) } < 0 {
            let error = io::Error::last_os_error();
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
            answers[..count].fill(Answer::default());
            return Ok(());
        }
        for (answer, fd) in answers.iter_mut().zip(&fds[..count]) {
            *answer = Answer {
                is_ready: fd.answered != 0,
                is_hung_up: fd.answered & (POLLHUP | POLLERR) != 0,
            };
        }
        Ok(())
    }
}

#[cfg(not(any(unix, windows)))]
mod unknown {
    use core::convert::Infallible;
    use core::marker::PhantomData;

    use super::{Answer, Duration, Question, io};

    /// Nothing can be waited for.
    #[derive(Copy, Clone)]
    pub(crate) struct Source<'a>(Infallible, PhantomData<&'a ()>);

    pub(super) fn wait(
        questions: &[Question<'_>],
        timeout: Duration,
        _answers: &mut [Answer],
    ) -> io::Result<()> {
        match questions.first() {
            Some(Question { source, write }) => match (source.0, *write) {},
            None => crate::sys::clock::sleep(timeout),
        };
        Ok(())
    }
}

#[cfg(all(test, any(unix, windows)))]
mod tests {
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};

    use super::*;

    fn source(stream: &TcpStream) -> Source<'_> {
        #[cfg(unix)]
        return std::os::fd::AsFd::as_fd(stream);
        #[cfg(windows)]
        return Source::Socket(std::os::windows::io::AsSocket::as_socket(stream));
    }

    #[cfg(unix)]
    type End = std::os::unix::net::UnixStream;
    #[cfg(windows)]
    type End = std::fs::File;

    /// The two ends of a pipe, to read and to write.
    fn pipe() -> (End, End) {
        #[cfg(unix)]
        let ends = End::pair();
        #[cfg(windows)]
        let ends = windows::pipe();
        ends.expect("the system has pipes")
    }

    fn pipe_source(reader: &End) -> Source<'_> {
        #[cfg(unix)]
        return std::os::fd::AsFd::as_fd(reader);
        #[cfg(windows)]
        return Source::Handle(std::os::windows::io::AsHandle::as_handle(reader));
    }

    /// Bytes need a moment from one end of a connection to the other.
    const MOMENT: Duration = Duration::from_millis(200);

    fn ask(source: Source<'_>, write: bool, timeout: Duration) -> Answer {
        wait_for(Question { source, write }, timeout).expect("the system can wait")
    }

    #[test]
    fn a_stream_is_ready_when_something_is_in_it_or_its_other_end_is_closed() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("the system has sockets");
        let address = listener.local_addr().expect("it has an address");
        let mut writer = TcpStream::connect(address).expect("somebody listens");
        let (mut reader, _) = listener.accept().expect("somebody connected");
        assert_eq!(
            ask(source(&reader), false, Duration::from_millis(1)),
            Answer::default()
        );
        assert!(ask(source(&reader), true, MOMENT).is_ready);
        writer.write_all(b"x").expect("there is room");
        let answer = ask(source(&reader), false, MOMENT);
        assert!(answer.is_ready && !answer.is_hung_up);
        reader.read_exact(&mut [0]).expect("a byte is there");
        drop(writer);
        assert!(ask(source(&reader), false, MOMENT).is_ready);
    }

    #[test]
    fn a_pipe_is_ready_when_something_is_in_it_or_its_other_end_is_closed() {
        let (mut reader, mut writer) = pipe();
        let moment = Duration::from_millis(1);
        assert_eq!(ask(pipe_source(&reader), false, moment), Answer::default());
        writer.write_all(b"x").expect("there is room");
        let answer = ask(pipe_source(&reader), false, moment);
        assert!(answer.is_ready && !answer.is_hung_up);
        reader.read_exact(&mut [0]).expect("a byte is there");
        drop(writer);
        // A process that another test has forked meanwhile has the end as well, until it is done.
        let answer = ask(pipe_source(&reader), false, Duration::from_secs(60));
        assert!(answer.is_ready && answer.is_hung_up);
    }

    #[test]
    fn one_that_is_ready_among_others_ends_the_wait() {
        let (silent, _silent_writer) = pipe();
        let (reader, mut writer) = pipe();
        let questions = [&silent, &reader].map(|reader| Question {
            source: pipe_source(reader),
            write: false,
        });
        assert!(
            !wait_any(questions.iter(), Duration::from_millis(10)).expect("the system can wait")
        );
        let thread = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(20));
            writer.write_all(b"x").expect("there is room");
            writer
        });
        assert!(wait_any(questions.iter(), Duration::from_secs(60)).expect("the system can wait"));
        drop(thread.join().expect("it does not panic"));
    }
}
