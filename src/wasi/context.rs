//! What an embedder gives to a guest.
//!
//! Input: the embedder's choices. Output: [`WasiP1Ctx`].
//! Holds: what is not given is not there: no argument, no variable, no stream, no file.

use alloc::boxed::Box;
use alloc::format;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use std::io::{self, Read, Write};
use std::path::Path;

use super::args::Strings;
use super::clock::{Clocks, HostMonotonicClock, HostWallClock, Sleep};
use super::descriptor::{DEFAULT_LIMIT, Descriptors, OpenDirectory, Permissions};
use super::file_system::{Directory, HostDirectory};
use super::stream::{Input, Output};
use super::trace::{Call, Observer};
use super::{deterministic, random};
use crate::sys::environment;
use crate::sys::net::{Listener, TcpListener};
use crate::sys::stdio::Stream;

/// What a guest has: arguments, environment, descriptors, clocks, random bytes. Made by [`WasiCtxBuilder`].
///
/// A guest changes it: it reads its input, closes descriptors. So each instance gets its own.
pub struct WasiP1Ctx {
    pub(super) arguments: Strings,
    pub(super) environment: Strings,
    pub(super) descriptors: Descriptors,
    pub(super) clocks: Clocks,
    pub(super) random: random::Source,
    pub(super) observer: Option<Observer>,
    /// The exit code when nobody reads the output; none if that is the guest's business.
    pub(super) closed_output_code: Option<i32>,
}

impl fmt::Debug for WasiP1Ctx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WasiP1Ctx").finish_non_exhaustive()
    }
}

macro_rules! permissions {
    ($(#[$doc:meta])* $name:ident { $($(#[$bit_doc:meta])* $bit:ident = $number:literal,)* }) => {
        $(#[$doc])*
        #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(u8);

        impl $name {
            $($(#[$bit_doc])* pub const $bit: $name = $name($number);)*

            /// Nothing.
            pub const fn empty() -> $name {
                $name(0)
            }

            /// Everything.
            pub const fn all() -> $name {
                $name($($number)|*)
            }

            /// Whether all of `other` is permitted.
            pub const fn contains(self, other: $name) -> bool {
                self.0 & other.0 == other.0
            }
        }

        impl core::ops::BitOr for $name {
            type Output = $name;

            fn bitor(self, other: $name) -> $name {
                $name(self.0 | other.0)
            }
        }
    };
}

permissions! {
    /// What a guest may do with the directories of a mount, whatever it asks for.
    DirPerms {
        /// To list them, which gives [`Errno::Acces`](super::Errno::Acces) without it. Opening what is in them by
        /// name, and asking what is known of it, needs no permission.
        READ = 0b01,
        /// To make, rename and remove what is in them, and to set times of what a path names. Opening a file in
        /// such a way that it is made if it is not there needs this permission too, as `std::fs::write` does. Without
        /// it all that gives [`Errno::Rofs`](super::Errno::Rofs).
        MUTATE = 0b10,
    }
}

permissions! {
    /// What a guest may do with the files of a mount, whatever it asks for.
    FilePerms {
        /// To read them. Without it that gives [`Errno::Acces`](super::Errno::Acces).
        READ = 0b01,
        /// To write them. Without it that gives [`Errno::Rofs`](super::Errno::Rofs).
        WRITE = 0b10,
    }
}

/// Makes a [`WasiP1Ctx`].
///
/// A new builder gives nothing: no arguments, no environment; standard input is empty and what the guest writes is
/// discarded. Clocks and random bytes are the operating system's.
///
/// ```
/// use wazir::wasi::{Pipe, WasiCtxBuilder};
/// let output = Pipe::new(1 << 20);
/// let context = WasiCtxBuilder::new()
///     .args(&["program", "--verbose"])
///     .env("LANG", "C")
///     .stdout(output.clone())
///     .inherit_stderr()
///     .build_p1();
/// ```
pub struct WasiCtxBuilder {
    arguments: Strings,
    environment: Vec<(Vec<u8>, Vec<u8>)>,
    stdin: Input,
    stdout: Output,
    stderr: Output,
    directories: Vec<OpenDirectory>,
    listeners: Vec<Listener>,
    max_descriptors: usize,
    clocks: Clocks,
    random: random::Source,
    observer: Option<Observer>,
    closed_output_code: Option<i32>,
}

impl Default for WasiCtxBuilder {
    fn default() -> WasiCtxBuilder {
        WasiCtxBuilder::new()
    }
}

impl fmt::Debug for WasiCtxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WasiCtxBuilder").finish_non_exhaustive()
    }
}

impl WasiCtxBuilder {
    /// A builder that gives nothing yet.
    pub fn new() -> WasiCtxBuilder {
        WasiCtxBuilder {
            arguments: Strings::default(),
            environment: Vec::new(),
            stdin: Input::Empty,
            stdout: Output::Discarded,
            stderr: Output::Discarded,
            directories: Vec::new(),
            listeners: Vec::new(),
            max_descriptors: DEFAULT_LIMIT,
            clocks: Clocks::default(),
            random: random::system(),
            observer: None,
            closed_output_code: None,
        }
    }

    /// Adds an argument. The first one is the program's name. Guests take a zero byte for its end.
    pub fn arg(&mut self, argument: impl AsRef<str>) -> &mut Self {
        self.arguments.push(&[argument.as_ref().as_bytes()]);
        self
    }

    /// Adds arguments.
    pub fn args(&mut self, arguments: &[impl AsRef<str>]) -> &mut Self {
        arguments.iter().for_each(|argument| {
            self.arg(argument);
        });
        self
    }

    /// Adds the arguments of this process, its name included.
    pub fn inherit_args(&mut self) -> &mut Self {
        environment::arguments().for_each(|argument| self.arguments.push(&[&argument]));
        self
    }

    /// Adds an environment variable. Guests take the first `=` for the end of its name, and a zero byte for the end
    /// of its value. Of several with one name the last one counts, so that a variable can be replaced that is
    /// inherited.
    pub fn env(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> &mut Self {
        let (name, value) = (name.as_ref().as_bytes(), value.as_ref().as_bytes());
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Adds environment variables: names and values.
    pub fn envs(&mut self, variables: &[(impl AsRef<str>, impl AsRef<str>)]) -> &mut Self {
        variables.iter().for_each(|(name, value)| {
            self.env(name, value);
        });
        self
    }

    /// Adds the environment variables of this process.
    pub fn inherit_env(&mut self) -> &mut Self {
        self.environment.extend(environment::variables());
        self
    }

    /// Gives the guest something to read: a [`Pipe`](super::Pipe), a file, any reader.
    pub fn stdin(&mut self, reader: impl Read + Send + 'static) -> &mut Self {
        self.stdin = Input::Reader(Box::new(reader));
        self
    }

    /// Gives the guest something to write to: a [`Pipe`](super::Pipe), a file, any writer.
    pub fn stdout(&mut self, writer: impl Write + Send + 'static) -> &mut Self {
        self.stdout = Output::Writer(Box::new(writer));
        self
    }

    /// Gives the guest something to write messages to: a [`Pipe`](super::Pipe), a file, any writer.
    pub fn stderr(&mut self, writer: impl Write + Send + 'static) -> &mut Self {
        self.stderr = Output::Writer(Box::new(writer));
        self
    }

    /// Lets the guest read this process's standard input.
    pub fn inherit_stdin(&mut self) -> &mut Self {
        self.stdin = Input::Inherited;
        self
    }

    /// Lets the guest write to this process's standard output.
    pub fn inherit_stdout(&mut self) -> &mut Self {
        self.stdout = Output::inherited(Stream::Out);
        self
    }

    /// Lets the guest write to this process's standard error.
    pub fn inherit_stderr(&mut self) -> &mut Self {
        self.stderr = Output::inherited(Stream::Err);
        self
    }

    /// Gives the guest all three standard streams of this process.
    pub fn inherit_stdio(&mut self) -> &mut Self {
        self.inherit_stdin().inherit_stdout().inherit_stderr()
    }

    /// Gives the guest a directory of the host under the name `guest_path`, and all that is below it. The guest does
    /// not get out of it. What may be done with its directories and files is limited by the permissions.
    ///
    /// ```
    /// use wazir::wasi::{DirPerms, FilePerms, WasiCtxBuilder};
    /// let context = WasiCtxBuilder::new()
    ///     .preopened_dir("examples", "/examples", DirPerms::READ, FilePerms::READ)?
    ///     .build_p1();
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// The system's error, with the path, if the directory cannot be opened.
    pub fn preopened_dir(
        &mut self,
        host_path: impl AsRef<Path>,
        guest_path: impl AsRef<str>,
        dir_perms: DirPerms,
        file_perms: FilePerms,
    ) -> io::Result<&mut Self> {
        let host_path = host_path.as_ref();
        let directory = HostDirectory::open(host_path).map_err(|error| {
            let message = format!("the directory `{}`: {error}", host_path.display());
            io::Error::new(error.kind(), message)
        })?;
        let directory = Arc::new(directory);
        Ok(self.preopened_file_system(directory, guest_path, dir_perms, file_perms))
    }

    /// Gives the guest a directory of any file system under the name `guest_path`, and all that is below it. The
    /// same one can be given to many guests.
    pub fn preopened_file_system(
        &mut self,
        directory: Arc<dyn Directory>,
        guest_path: impl AsRef<str>,
        dir_perms: DirPerms,
        file_perms: FilePerms,
    ) -> &mut Self {
        self.directories.push(OpenDirectory {
            directory,
            permissions: Permissions {
                read_directories: dir_perms.contains(DirPerms::READ),
                change_directories: dir_perms.contains(DirPerms::MUTATE),
                read_files: file_perms.contains(FilePerms::READ),
                write_files: file_perms.contains(FilePerms::WRITE),
            },
            preopened_as: Some(guest_path.as_ref().into()),
        });
        self
    }

    /// Lets the guest accept connections. Listeners get the numbers behind those of the directories, in the order in
    /// which they are given.
    ///
    /// # Errors
    /// The system's error if the listener cannot be set to not wait, which is left to the guest's own
    /// interruptible waits.
    pub fn preopened_listener(&mut self, listener: TcpListener) -> io::Result<&mut Self> {
        self.listeners.push(Listener::new(listener)?);
        Ok(self)
    }

    /// Limits how many descriptors the guest can have open at a time, those that it is given included: 1024 unless
    /// set.
    pub fn max_descriptors(&mut self, limit: usize) -> &mut Self {
        self.max_descriptors = limit;
        self
    }

    /// Gives the guest another time of day than the system's.
    pub fn wall_clock(&mut self, clock: impl HostWallClock + 'static) -> &mut Self {
        self.clocks.wall = Box::new(clock);
        self
    }

    /// Gives the guest another monotonic clock than the system's, and another way to sleep.
    pub fn monotonic_clock(&mut self, clock: impl HostMonotonicClock + 'static) -> &mut Self {
        self.clocks.monotonic = Box::new(clock);
        self.clocks.sleep = Sleep::Own;
        self
    }

    /// Gives the guest other random bytes than the system's. The function fills the slice.
    ///
    /// ```
    /// use wazir::wasi::WasiCtxBuilder;
    /// let context = WasiCtxBuilder::new()
    ///     .secure_random(|bytes| bytes.fill(4))
    ///     .build_p1();
    /// ```
    pub fn secure_random(
        &mut self,
        mut source: impl FnMut(&mut [u8]) + Send + 'static,
    ) -> &mut Self {
        self.random = Box::new(move |bytes| {
            source(bytes);
            io::Result::Ok(())
        });
        self
    }

    /// Gives the guest clocks and random bytes that are the same in every run: the time starts at the same moment
    /// and passes only as the guest asks for it or sleeps, which takes no real time; the random bytes depend on
    /// `seed` only, and anybody can predict them. While a guest waits for input and for time at once, time passes as
    /// it does outside, so what it sees depends on when the input comes.
    pub fn deterministic(&mut self, seed: u64) -> &mut Self {
        self.clocks = deterministic::clocks();
        self.random = deterministic::random(seed);
        self
    }

    /// Ends the guest's run with an exit code when nobody reads its standard output or error any more, as the signal
    /// SIGPIPE ends native programs (shells show the code 141). Otherwise the guest gets an error, which many programs
    /// do not look at.
    pub fn exit_on_closed_output(&mut self, code: i32) -> &mut Self {
        self.closed_output_code = Some(code);
        self
    }

    /// Tells `observer` about each call of a function, after it has ended.
    ///
    /// ```
    /// use wazir::wasi::WasiCtxBuilder;
    /// let context = WasiCtxBuilder::new()
    ///     .observe(|call| eprintln!("{call}"))
    ///     .build_p1();
    /// ```
    pub fn observe(&mut self, observer: impl FnMut(&Call<'_>) + Send + 'static) -> &mut Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// The context. The builder is as new afterwards.
    pub fn build_p1(&mut self) -> WasiP1Ctx {
        let parts = core::mem::take(self);
        WasiP1Ctx {
            arguments: parts.arguments,
            environment: last_of_each_name(&parts.environment),
            descriptors: Descriptors::new(
                (parts.stdin, parts.stdout, parts.stderr),
                parts.directories,
                parts.listeners,
                parts.max_descriptors,
            ),
            clocks: parts.clocks,
            random: parts.random,
            observer: parts.observer,
            closed_output_code: parts.closed_output_code,
        }
    }
}

/// The variables, of several with one name the last one.
fn last_of_each_name(variables: &[(Vec<u8>, Vec<u8>)]) -> Strings {
    let mut strings = Strings::default();
    let mut rest = variables;
    while let Some(((name, value), behind)) = rest.split_first() {
        rest = behind;
        if behind.iter().all(|(later, _)| later != name) {
            strings.push(&[name, b"=", value]);
        }
    }
    strings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_can_go_to_another_thread() {
        fn assert_send<T: Send>(_: &T) {}
        let mut builder = WasiCtxBuilder::new();
        assert_send(&builder);
        assert_send(&builder.inherit_args().inherit_env().build_p1());
    }
}
