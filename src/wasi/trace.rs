//! What a guest asks for and what it is answered, call by call.
//!
//! Input: a call, and the guest's memory before and after it. Output: [`Call`], which the embedder's observer gets.
//! Holds: who does not observe pays for one comparison a call. Nothing that a guest passes can fail or grow a trace
//! without bound: texts are cut, and pointers that lead nowhere are shown as numbers.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::Function;
use super::file_system::Errno;
use super::guest::{Failure, Guest, Memory, Outcome};
use super::types::{Rights, filestat};

/// Who is told about each call.
pub(super) type Observer = Box<dyn FnMut(&Call<'_>) + Send>;

/// How many bytes of a path are shown.
const MAX_TEXT: u32 = 200;

/// A call of a function of WASI, after it has ended. Its text has the arguments and the results decoded:
/// `path_open(fd=3, lookup_flags=follow, path="a.txt", …) = ok, fd=4`.
///
/// See [`WasiCtxBuilder::observe`](super::WasiCtxBuilder::observe).
pub struct Call<'a> {
    function: &'static str,
    arguments: &'a [(&'static str, u64)],
    outcome: &'a Outcome,
    /// The paths as they were before the call, which may have put its result in their place.
    paths: &'a Paths,
    memory: Option<Memory<'a>>,
}

/// Paths that a guest passes, by the names of the parameters.
type Paths = Vec<(&'static str, String)>;

impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({self})")
    }
}

impl Call<'_> {
    /// The function's name, such as `fd_write`.
    pub fn function(&self) -> &'static str {
        self.function
    }

    /// What the function is about: `fs`, `clock`, `poll`, `random`, `sock`, or `proc` for arguments, environment and
    /// exit.
    pub fn group(&self) -> &'static str {
        match self.function.split('_').next() {
            Some("fd" | "path") => "fs",
            Some("clock") => "clock",
            Some("poll") => "poll",
            Some("random") => "random",
            Some("sock") => "sock",
            _ => "proc",
        }
    }

    /// The error that the guest was answered with; none if the function succeeded, or if it ended the guest's run.
    pub fn errno(&self) -> Option<Errno> {
        match self.outcome {
            Err(Failure::Errno(errno)) => Some(*errno),
            _ => None,
        }
    }

    fn argument(&self, f: &mut fmt::Formatter<'_>, name: &str, value: u64) -> fmt::Result {
        if let Some((_, path)) = self.paths.iter().find(|(other, _)| *other == name) {
            return f.write_str(path);
        }
        match name {
            "rights_base" | "rights_inheriting" | "base" | "inheriting" => rights(f, value),
            "lookup_flags" => flags(f, value, &["follow"]),
            "open_flags" => flags(f, value, &["create", "directory", "exclusive", "truncate"]),
            "fd_flags" => flags(f, value, FD_FLAGS),
            "flags" if self.function == "fd_fdstat_set_flags" => flags(f, value, FD_FLAGS),
            "flags" if self.function.ends_with("set_times") => flags(f, value, TIME_FLAGS),
            _ if ADDRESSES.contains(&name) || result_width(self.function, name).is_some() => {
                write!(f, "{value:#x}")
            }
            _ if SIGNED.contains(&(self.function, name)) => write!(f, "{}", value as i64),
            _ => write!(f, "{value}"),
        }
    }

    fn results(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(memory) = &self.memory else {
            return Ok(());
        };
        if self.function == "fd_prestat_dir_name" {
            let [path, length] = [
                value_of(self.arguments, "path"),
                value_of(self.arguments, "length"),
            ];
            write!(f, ", path={}", text(memory, path, length))?;
        }
        for &(name, value) in self.arguments {
            let (at, width) = (value as u32, result_width(self.function, name));
            let number = match width {
                Some(4) => memory.read_u32(at).map(u64::from),
                Some(8) => memory.read_u64(at),
                Some(_) => memory.read_u64(at.saturating_add(filestat::FILE_SIZE)),
                None => continue,
            };
            let name = match (name, width) {
                (_, Some(64)) => "size",
                ("result" | "length" | "count", _) => result_name(self.function),
                _ => name,
            };
            if let Ok(number) = number {
                write!(f, ", {name}={number}")?;
            }
        }
        Ok(())
    }
}

fn value_of(arguments: &[(&'static str, u64)], name: &str) -> u32 {
    let found = arguments.iter().find(|(other, _)| *other == name);
    found.map_or(0, |&(_, value)| value as u32)
}

/// The paths among the arguments of a call that is about to be made.
fn paths(guest: &mut dyn Guest, function: &str, arguments: &[(&'static str, u64)]) -> Paths {
    // Here the function leaves a path.
    if function == "fd_prestat_dir_name" {
        return Paths::new();
    }
    let Ok((memory, _)) = guest.parts() else {
        return Paths::new();
    };
    let path = |&(name, value): &(&'static str, u64)| {
        let length = match name {
            "path" => "length",
            "old_path" => "old_length",
            "new_path" => "new_length",
            _ => return None,
        };
        let text = text(&memory, value as u32, value_of(arguments, length));
        Some((name, text))
    };
    arguments.iter().filter_map(path).collect()
}

/// A text of the guest, in quotes; where it should be, if it is out of memory.
fn text(memory: &Memory<'_>, start: u32, length: u32) -> String {
    let shown = length.min(MAX_TEXT);
    let Ok(bytes) = memory.bytes(start, shown) else {
        return format!("{start:#x}+{length}");
    };
    let mut text = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        text.extend(chunk.valid().escape_debug());
        for byte in chunk.invalid() {
            text += &format!("\\x{byte:02x}");
        }
    }
    text + if shown < length { "\"…" } else { "\"" }
}

/// Parameters that are shown as addresses.
const ADDRESSES: &[&str] = &[
    "path",
    "buffers",
    "buffer",
    "result",
    "pointers",
    "subscriptions",
    "events",
    "result_flags",
];

/// Parameters that are signed numbers.
const SIGNED: &[(&str, &str)] = &[("fd_seek", "offset")];

/// The bits of `fdflags` by name.
const FD_FLAGS: &[&str] = &["append", "dsync", "nonblock", "rsync", "sync"];

/// The bits of `fstflags` by name.
const TIME_FLAGS: &[&str] = &["atim", "atim_now", "mtim", "mtim_now"];

fn flags(f: &mut fmt::Formatter<'_>, mut bits: u64, names: &[&str]) -> fmt::Result {
    let mut separator = "";
    for (position, name) in names.iter().enumerate() {
        if bits & 1 << position != 0 {
            bits &= !(1 << position);
            write!(f, "{separator}{name}")?;
            separator = "|";
        }
    }
    match (bits, separator) {
        (0, "") => f.write_str("0"),
        (0, _) => Ok(()),
        _ => write!(f, "{separator}{bits:#x}"),
    }
}

/// How wide a number is that a function leaves where a parameter points to; 64 stands for what is known of a file.
fn result_width(function: &str, parameter: &str) -> Option<u32> {
    match (function, parameter) {
        ("args_sizes_get" | "environ_sizes_get", "count" | "size") => Some(4),
        ("clock_res_get" | "clock_time_get" | "fd_seek" | "fd_tell", "result") => Some(8),
        ("fd_filestat_get" | "path_filestat_get", "result") => Some(64),
        ("sock_recv", "length") => Some(4),
        ("fd_fdstat_get" | "fd_prestat_get", _) => None,
        (_, "result") => Some(4),
        _ => None,
    }
}

/// What the number that a function leaves is.
fn result_name(function: &str) -> &'static str {
    match function {
        "path_open" | "sock_accept" => "fd",
        "clock_res_get" | "clock_time_get" => "nanoseconds",
        "fd_seek" | "fd_tell" => "position",
        "poll_oneoff" => "events",
        "args_sizes_get" | "environ_sizes_get" => "count",
        _ => "bytes",
    }
}

fn rights(f: &mut fmt::Formatter<'_>, bits: u64) -> fmt::Result {
    let named = Rights::from_bits(bits);
    for (set, name) in [
        (Rights::NONE, "none"),
        (Rights::FILE, "file"),
        (Rights::DIRECTORY, "directory"),
        (Rights::all_of(&[Rights::DIRECTORY, Rights::FILE]), "all"),
    ] {
        if named == set {
            return f.write_str(name);
        }
    }
    flags(f, bits, Rights::NAMES)
}

impl fmt::Display for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.function)?;
        for (index, &(name, value)) in self.arguments.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{name}=")?;
            self.argument(f, name, value)?;
        }
        f.write_str(") = ")?;
        match self.outcome {
            Ok(()) => {
                f.write_str("ok")?;
                self.results(f)
            }
            Err(Failure::Errno(errno)) => write!(f, "{errno:?} ({errno})"),
            Err(Failure::Error(error)) => write!(f, "the run ends: {error}"),
        }
    }
}

/// Makes a call, and tells the guest's observer about it, if it has one.
pub(super) fn observed(
    guest: &mut dyn Guest,
    function: &'static Function,
    arguments: &[u64],
) -> Outcome {
    if guest.context().observer.is_none() {
        return (function.call)(guest, arguments);
    }
    let named: Vec<(&str, u64)> = function
        .parameters
        .iter()
        .zip(arguments)
        .map(|(&(name, _), &value)| (name, value))
        .collect();
    let paths = paths(guest, function.name, &named);
    let outcome = (function.call)(guest, arguments);
    if let Some(mut observer) = guest.context().observer.take() {
        let call = |memory| Call {
            function: function.name,
            arguments: &named,
            outcome: &outcome,
            paths: &paths,
            memory,
        };
        match guest.parts() {
            Ok((memory, _)) => observer(&call(Some(memory))),
            Err(_) => observer(&call(None)),
        }
        guest.context().observer = Some(observer);
    }
    outcome
}
