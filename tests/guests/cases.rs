//! Reads the cases of the guest programs from their folders. README.md describes the format.
//! Standard library only, and no module of its own but the generators, so that tests and tools include it by path.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[path = "generate.rs"]
mod generate;

/// One run of a guest and what it must give.
pub(crate) struct Case {
    /// The guest: `bin/<guest>.wasm`, and also argument 0.
    pub(crate) guest: String,
    /// The folder's name, unique within the guest.
    pub(crate) name: String,
    /// The arguments after argument 0.
    pub(crate) arguments: Vec<String>,
    /// The environment, in order.
    pub(crate) environment: Vec<(String, String)>,
    /// Standard input, whole.
    pub(crate) stdin: Vec<u8>,
    /// The directory that the guest is given, if any.
    pub(crate) directory: Option<Access>,
    /// What standard output must be.
    pub(crate) stdout: Expected,
    /// What standard error must be; `None`: not checked.
    pub(crate) stderr: Option<Vec<u8>>,
    /// How the run must end.
    pub(crate) status: Status,
    /// Parts of the names of functions on the stack of a trap, innermost first; others may lie between.
    pub(crate) frames: Vec<String>,
}

/// What may be done with the scratch directory that a guest is given.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    ReadWrite,
    ReadOnly,
}

/// What a stream must hold.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Exactly these bytes.
    Bytes(Vec<u8>),
    /// As many bytes with this hash (`hash`).
    Hash { bytes: usize, hash: u64 },
}

/// How a run ends.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// The exit code; returning from `_start` is 0.
    Exit(u32),
    /// A trap, by the specification's words for it.
    Trap(String),
}

impl Case {
    /// Compares a run with what the case expects; the error says what differs.
    pub(crate) fn check(
        &self,
        stdout: &[u8],
        stderr: &[u8],
        status: &Status,
    ) -> Result<(), String> {
        let Self { guest, name, .. } = self;
        if *status != self.status {
            let message = String::from_utf8_lossy(stderr);
            return Err(format!(
                "{guest}/{name}: ended by {status:?}, not {:?}: {message}",
                self.status
            ));
        }
        if !self.stdout.matches(stdout) {
            let start = String::from_utf8_lossy(&stdout[..stdout.len().min(1000)]);
            return Err(format!(
                "{guest}/{name}: standard output differs; it has {} bytes: {start}",
                stdout.len()
            ));
        }
        match &self.stderr {
            Some(expected) if expected != stderr => Err(format!(
                "{guest}/{name}: standard error differs: {}",
                String::from_utf8_lossy(stderr)
            )),
            _ => Ok(()),
        }
    }

    /// Compares the names of the functions on the stack of a trap, innermost first and mangled or not, with
    /// what the case expects.
    pub(crate) fn check_frames<S: AsRef<str>>(&self, names: &[S]) -> Result<(), String> {
        let mut rest = names.iter();
        for part in &self.frames {
            if !rest.any(|name| name.as_ref().contains(part.as_str())) {
                let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
                return Err(format!(
                    "{}/{}: no frame {part} in its place in {names:#?}",
                    self.guest, self.name
                ));
            }
        }
        Ok(())
    }
}

impl Expected {
    /// Whether `actual` is what was expected.
    pub(crate) fn matches(&self, actual: &[u8]) -> bool {
        match self {
            Self::Bytes(bytes) => bytes == actual,
            Self::Hash {
                bytes,
                hash: expected,
            } => actual.len() == *bytes && hash(actual) == *expected,
        }
    }
}

/// The FNV-1a hash of 64 bits.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Reads all cases below `folder`, which is `cases/`, sorted by guest and name. Folders without
/// `expected_status` are not cases of programs (`kernels`).
pub(crate) fn read_all(folder: &Path) -> io::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for guest in subfolders(folder)? {
        for case in subfolders(&guest)? {
            if case.join("expected_status").exists() {
                cases.push(read(&case)?);
            }
        }
    }
    Ok(cases)
}

/// Reads the case in `folder`, which is `cases/<guest>/<case>`.
pub(crate) fn read(folder: &Path) -> io::Result<Case> {
    let name = |path: &Path| {
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let lines = |file: &str| -> io::Result<Vec<String>> {
        let text = optional(&folder.join(file))?
            .map(String::from_utf8)
            .transpose()
            .map_err(io::Error::other)?;
        Ok(text
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect())
    };
    let environment = lines("env")?
        .iter()
        .map(|line| pair(line, '='))
        .collect::<io::Result<_>>()?;
    Ok(Case {
        guest: name(folder.parent().unwrap_or(folder)),
        name: name(folder),
        arguments: lines("args")?,
        environment,
        stdin: read_stdin(folder)?,
        directory: read_directory(folder)?,
        stdout: read_stdout(folder)?,
        stderr: optional(&folder.join("expected_stderr"))?,
        status: parse_status(&fs::read_to_string(folder.join("expected_status"))?)?,
        frames: lines("expected_frames")?,
    })
}

/// Standard input of the case in `folder`: its file `stdin`, or what its file `stdin_generated` describes, or nothing.
pub(crate) fn read_stdin(folder: &Path) -> io::Result<Vec<u8>> {
    if let Some(bytes) = optional(&folder.join("stdin"))? {
        return Ok(bytes);
    }
    let Some(line) = optional(&folder.join("stdin_generated"))? else {
        return Ok(Vec::new());
    };
    let line = String::from_utf8(line).map_err(io::Error::other)?;
    generate::generate(line.trim_end()).ok_or_else(|| bad(&line))
}

fn read_directory(folder: &Path) -> io::Result<Option<Access>> {
    let Some(bytes) = optional(&folder.join("directory"))? else {
        return Ok(None);
    };
    match bytes.trim_ascii() {
        b"read-write" => Ok(Some(Access::ReadWrite)),
        b"read-only" => Ok(Some(Access::ReadOnly)),
        other => Err(bad(&String::from_utf8_lossy(other))),
    }
}

/// Puts into a new directory what every guest that is given one finds there.
pub(crate) fn fill_directory(directory: &Path) -> io::Result<()> {
    fs::write(directory.join("given"), "given\n")
}

fn read_stdout(folder: &Path) -> io::Result<Expected> {
    if let Some(line) = optional(&folder.join("expected_stdout_hash"))? {
        let line = String::from_utf8(line).map_err(io::Error::other)?;
        let (bytes, hash) = pair(line.trim_end(), ' ')?;
        let bytes = bytes.parse().map_err(|_| bad(&line))?;
        let hash = u64::from_str_radix(&hash, 16).map_err(|_| bad(&line))?;
        return Ok(Expected::Hash { bytes, hash });
    }
    fs::read(folder.join("expected_stdout")).map(Expected::Bytes)
}

/// Reads the text of `expected_status`.
pub(crate) fn parse_status(text: &str) -> io::Result<Status> {
    let (kind, what) = pair(text.trim_end(), ' ')?;
    match kind.as_str() {
        "exit" => what.parse().map(Status::Exit).map_err(|_| bad(text)),
        "trap" => Ok(Status::Trap(what)),
        _ => Err(bad(text)),
    }
}

fn subfolders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut folders = entries.collect::<io::Result<Vec<_>>>()?;
    folders.retain(|path| path.is_dir());
    folders.sort();
    Ok(folders)
}

fn optional(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn pair(line: &str, separator: char) -> io::Result<(String, String)> {
    let (first, second) = line.split_once(separator).ok_or_else(|| bad(line))?;
    Ok((first.to_owned(), second.to_owned()))
}

fn bad(line: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("not in the format of cases: {line:?}"),
    )
}
