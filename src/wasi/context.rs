//! What an embedder gives to a guest.
//!
//! Input: the embedder's choices. Output: [`WasiCtx`].
//! Holds: what is not given is not there: no argument, no variable, no stream, no file.

use alloc::boxed::Box;
use core::fmt;
use std::io::{self, Read, Write};

use super::args::Strings;
use super::clock::{Clocks, HostMonotonicClock, HostWallClock};
use super::descriptor::Descriptors;
use super::random;
use super::stream::{Input, Output};
use crate::sys::environment;
use crate::sys::stdio::Stream;

/// What a guest has: arguments, environment, descriptors, clocks, random bytes. Made by [`WasiCtxBuilder`].
///
/// A guest changes it: it reads its input, closes descriptors. So each instance gets its own.
pub struct WasiCtx {
    pub(super) arguments: Strings,
    pub(super) environment: Strings,
    pub(super) descriptors: Descriptors,
    pub(super) clocks: Clocks,
    pub(super) random: random::Source,
}

impl fmt::Debug for WasiCtx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WasiCtx").finish_non_exhaustive()
    }
}

/// Makes a [`WasiCtx`].
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
///     .build();
/// ```
pub struct WasiCtxBuilder {
    arguments: Strings,
    environment: Strings,
    stdin: Input,
    stdout: Output,
    stderr: Output,
    clocks: Clocks,
    random: random::Source,
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
            environment: Strings::default(),
            stdin: Input::Empty,
            stdout: Output::Discarded,
            stderr: Output::Discarded,
            clocks: Clocks::default(),
            random: random::system(),
        }
    }

    /// Adds an argument. The first one is the program's name.
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

    /// Adds an environment variable.
    pub fn env(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> &mut Self {
        let (name, value) = (name.as_ref().as_bytes(), value.as_ref().as_bytes());
        self.environment.push(&[name, b"=", value]);
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
        environment::variables()
            .for_each(|(name, value)| self.environment.push(&[&name, b"=", &value]));
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
        self.stdout = Output::Inherited(Stream::Out);
        self
    }

    /// Lets the guest write to this process's standard error.
    pub fn inherit_stderr(&mut self) -> &mut Self {
        self.stderr = Output::Inherited(Stream::Err);
        self
    }

    /// Gives the guest all three standard streams of this process.
    pub fn inherit_stdio(&mut self) -> &mut Self {
        self.inherit_stdin().inherit_stdout().inherit_stderr()
    }

    /// Gives the guest another time of day than the system's.
    pub fn wall_clock(&mut self, clock: impl HostWallClock + 'static) -> &mut Self {
        self.clocks.wall = Box::new(clock);
        self
    }

    /// Gives the guest another monotonic clock than the system's, and another way to sleep.
    pub fn monotonic_clock(&mut self, clock: impl HostMonotonicClock + 'static) -> &mut Self {
        self.clocks.monotonic = Box::new(clock);
        self
    }

    /// Gives the guest other random bytes than the system's. The function fills the slice.
    ///
    /// ```
    /// use wazir::wasi::WasiCtxBuilder;
    /// let context = WasiCtxBuilder::new()
    ///     .secure_random(|bytes| bytes.fill(4))
    ///     .build();
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

    /// The context. The builder is as new afterwards.
    pub fn build(&mut self) -> WasiCtx {
        let parts = core::mem::take(self);
        WasiCtx {
            arguments: parts.arguments,
            environment: parts.environment,
            descriptors: Descriptors::new(parts.stdin, parts.stdout, parts.stderr),
            clocks: parts.clocks,
            random: parts.random,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_can_go_to_another_thread() {
        fn assert_send<T: Send>(_: &T) {}
        let mut builder = WasiCtxBuilder::new();
        assert_send(&builder);
        assert_send(&builder.inherit_args().inherit_env().build());
    }
}
