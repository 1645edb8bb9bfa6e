//! What goes wrong, as the user is told.
//!
//! Input: what failed and why. Output: a message on standard error and the exit code.
//! Holds: a message says what failed, where, and what to do if that is not obvious.

use std::fmt::Write;

use wazir::{Error, FrameInfo, Trap, WasmBacktrace};

use crate::output::{tell, visible};

/// The exit code of what cannot run.
const CANNOT_RUN: i32 = 1;
/// The exit code of a wrong command line.
const WRONG_USAGE: i32 = 2;
/// The exit code when the time is up, as that of the command `timeout`.
const TIME_IS_UP: i32 = 124;
/// The exit code of a trap: that of a process that the system aborts.
const TRAPPED: i32 = 134;

/// How many functions a backtrace shows.
pub(crate) const MAX_FRAMES: usize = 50;

/// A message and an exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    details: String,
    hint: String,
    code: i32,
}

impl Failure {
    /// Something cannot run.
    pub(crate) fn new(message: impl Into<String>) -> Failure {
        Failure {
            message: message.into(),
            details: String::new(),
            hint: String::new(),
            code: CANNOT_RUN,
        }
    }

    /// The command line is wrong.
    pub(crate) fn usage(message: impl Into<String>) -> Failure {
        Failure {
            code: WRONG_USAGE,
            ..Failure::new(message)
        }
    }

    /// The program took longer than it may.
    pub(crate) fn timeout(file: &str) -> Failure {
        let message = format!("`{file}` was stopped: the time that --timeout gives is up");
        Failure {
            code: TIME_IS_UP,
            ..Failure::new(message)
        }
    }

    /// The program trapped.
    pub(crate) fn trap(file: &str, trap: Trap, error: &Error) -> Failure {
        let failure = Failure {
            code: TRAPPED,
            ..Failure::new(format!("`{file}` trapped: {trap}"))
        };
        let failure = failure.with_details(error.backtrace().map(describe).unwrap_or_default());
        match trap {
            Trap::StackOverflow => failure.with_hint(
                "if the program is not in an endless recursion, give it more stack with --max-stack SIZE",
            ),
            Trap::OutOfFuel => failure.with_hint("--fuel gives the number of instructions that may run"),
            _ => failure,
        }
    }

    /// Adds lines below the message.
    pub(crate) fn with_details(self, details: impl Into<String>) -> Failure {
        Failure {
            details: details.into(),
            ..self
        }
    }

    /// Adds what to do.
    pub(crate) fn with_hint(self, hint: impl Into<String>) -> Failure {
        Failure {
            hint: hint.into(),
            ..self
        }
    }

    /// The exit code.
    pub(crate) fn code(&self) -> i32 {
        self.code
    }

    /// Tells the user, and gives the exit code.
    pub(crate) fn report(&self) -> i32 {
        let mut text = format!("error: {}\n", self.message);
        if !self.details.is_empty() {
            text += &format!("{}\n", self.details.trim_end());
        }
        if !self.hint.is_empty() {
            text += &format!("hint: {}\n", self.hint);
        }
        tell(&text);
        self.code
    }
}

/// The frames, one a line; what recurs, once.
fn describe(backtrace: &WasmBacktrace) -> String {
    let frames = backtrace.frames();
    if frames.is_empty() {
        return String::new();
    }
    let mut text = String::from("backtrace of the program, innermost function first:\n");
    let is_same = |a: &FrameInfo, b: &FrameInfo| {
        a.func_index() == b.func_index() && a.module_offset() == b.module_offset()
    };
    let mut number = 0;
    for group in frames.chunk_by(is_same) {
        let offset = group[0]
            .module_offset()
            .map_or("?".to_string(), |offset| format!("{offset:#x}"));
        let _ = write!(text, "{number:>5}: {offset:>8} {}", name(&group[0]));
        let again = if group.len() > 1 {
            format!(" ({} times)", group.len())
        } else {
            String::new()
        };
        let _ = writeln!(text, "{again}");
        number += group.len();
    }
    if backtrace.omitted_frames() > 0 {
        let _ = writeln!(text, "       and {} more", backtrace.omitted_frames());
    }
    text
}

fn name(frame: &FrameInfo) -> String {
    match frame.func_name() {
        Some(name) => visible(&format!("{:#}", rustc_demangle::demangle(name))),
        None => format!("function {}", frame.func_index()),
    }
}
