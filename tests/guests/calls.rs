//! Reads the tables of single calls, `cases/<guest>/calls`, for guests without imports. README.md describes them.
//! Standard library only, so that tests and tools include this by path.

use std::fmt;
use std::str::FromStr;

/// One call of an export with one argument, and what it must give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// The name of the export.
    pub(crate) export: String,
    /// Its only argument.
    pub(crate) argument: Value,
    /// What it gives.
    pub(crate) outcome: Outcome,
}

/// A number of WebAssembly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// In decimal, signed.
    I32(i32),
    /// In decimal, signed.
    I64(i64),
    /// The bits, in hexadecimal.
    F64(u64),
}

/// How a call ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The only result.
    Returns(Value),
    /// A trap by the specification's words for it, and frames innermost first; others may lie between.
    Traps { reason: String, frames: Vec<Frame> },
}

/// A place on the stack: a function and the source line that it is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The function's name.
    pub(crate) function: String,
    /// The line in the guest's only source file, from 1.
    pub(crate) line: u32,
}

/// Reads a whole table; the error is the first line that is no call.
pub(crate) fn parse(table: &str) -> Result<Vec<Call>, String> {
    table
        .lines()
        .map(|line| line.parse().map_err(|()| line.to_owned()))
        .collect()
}

impl FromStr for Call {
    type Err = ();

    fn from_str(line: &str) -> Result<Self, ()> {
        let (call, outcome) = line.split_once(" = ").ok_or(())?;
        let (export, argument) = call.split_once(' ').ok_or(())?;
        let outcome = match outcome.strip_prefix("trap ") {
            Some(trap) => {
                let (reason, frames) = trap.split_once(" at ").ok_or(())?;
                let frames = frames
                    .split(' ')
                    .map(str::parse)
                    .collect::<Result<_, ()>>()?;
                Outcome::Traps {
                    reason: reason.to_owned(),
                    frames,
                }
            }
            None => Outcome::Returns(outcome.parse()?),
        };
        Ok(Self {
            export: export.to_owned(),
            argument: argument.parse()?,
            outcome,
        })
    }
}

impl FromStr for Value {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, number) = text.split_once(':').ok_or(())?;
        match kind {
            "i32" => number.parse().map(Self::I32).map_err(drop),
            "i64" => number.parse().map(Self::I64).map_err(drop),
            "f64" => {
                let digits = number.strip_prefix("0x").ok_or(())?;
                u64::from_str_radix(digits, 16).map(Self::F64).map_err(drop)
            }
            _ => Err(()),
        }
    }
}

impl FromStr for Frame {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (function, line) = text.split_once(':').ok_or(())?;
        Ok(Self {
            function: function.to_owned(),
            line: line.parse().map_err(drop)?,
        })
    }
}

impl fmt::Display for Call {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} = ", self.export, self.argument)?;
        match &self.outcome {
            Outcome::Returns(value) => write!(out, "{value}"),
            Outcome::Traps { reason, frames } => {
                write!(out, "trap {reason} at")?;
                frames
                    .iter()
                    .try_for_each(|frame| write!(out, " {}:{}", frame.function, frame.line))
            }
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::I32(number) => write!(out, "i32:{number}"),
            Self::I64(number) => write!(out, "i64:{number}"),
            Self::F64(bits) => write!(out, "f64:{bits:#018x}"),
        }
    }
}
