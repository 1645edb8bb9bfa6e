//! What of the machine a program is given: directories, streams, environment, listeners, clocks.
//!
//! Input: options. Output: the program's context.
//! Holds: what no option names, the program does not get, apart from the standard streams; an option that cannot be
//! followed is an error, never left out.

use std::fs::File;
use std::io::{self, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use clap::Args;
use wazir::wasi::p1::WasiP1Ctx;
use wazir::wasi::{Call, DirPerms, FilePerms, HostDirectory, WasiCtxBuilder};

use crate::failure::Failure;
use crate::no_files::{Missed, NoFiles};
use crate::output::tell;

const WASI: &str = "What the program is given";

/// The exit code of a program whose output nobody reads any more: that of one that the signal SIGPIPE ends.
const CLOSED_OUTPUT: i32 = 141;

/// What a program is given.
#[derive(Debug, Args)]
pub(crate) struct WasiOptions {
    /// Give it this directory of yours and all that is below it, under the
    /// same name or as GUEST; with `:ro` for reading only. May be repeated.
    /// Its relative paths are looked for in `.`, or in `/` if there is no `.`
    #[arg(
        long = "dir",
        value_name = "HOST[::GUEST][:ro]",
        help_heading = WASI,
        verbatim_doc_comment
    )]
    directories: Vec<Mount>,

    /// Give it all environment variables that you have.
    #[arg(long, help_heading = WASI)]
    inherit_env: bool,

    /// Let it accept connections at this address. Each listener is a
    /// descriptor: the first one follows those of the directories. May be repeated
    #[arg(long = "listen", value_name = "ADDR:PORT", help_heading = WASI, verbatim_doc_comment)]
    listeners: Vec<String>,

    /// Let it read this file as its standard input.
    #[arg(long, value_name = "FILE", help_heading = WASI)]
    stdin: Option<String>,

    /// Write its standard output to this file.
    #[arg(long, value_name = "FILE", help_heading = WASI)]
    stdout: Option<String>,

    /// Write its standard error to this file.
    #[arg(long, value_name = "FILE", help_heading = WASI)]
    stderr: Option<String>,

    /// Give it the same clocks and random bytes in every run.
    #[arg(long, help_heading = WASI)]
    deterministic: bool,

    /// Print each call of a function of WASI with its arguments and results on
    /// standard error; or only those of some groups: fs, clock, poll, random,
    /// sock, proc
    #[arg(long, value_name = "wasi[=GROUP,...]", help_heading = WASI, verbatim_doc_comment)]
    trace: Option<Trace>,
}

/// Which of the command's own standard streams the program has, where no option names a file.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(crate) enum Inherited {
    /// All three.
    All,
    /// Not the input, where the program itself came from.
    Outputs,
    /// None: there is no input, and output is discarded.
    Nothing,
}

/// A directory for the program.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mount {
    host: String,
    guest: String,
    read_only: bool,
}

impl FromStr for Mount {
    type Err = String;

    fn from_str(text: &str) -> Result<Mount, String> {
        let (path, read_only) = match text.strip_suffix(":ro") {
            Some(path) => (path, true),
            None => (text, false),
        };
        let (host, guest) = path.split_once("::").unwrap_or((path, path));
        let is_wrong_guest = path.len() > host.len() && guest.contains(':');
        if host.is_empty() || guest.is_empty() || is_wrong_guest {
            return Err(
                "expected a directory, such as `.`, `data:ro` or `/home/me/data::/data:ro`"
                    .to_string(),
            );
        }
        Ok(Mount {
            host: host.to_string(),
            guest: guest.to_string(),
            read_only,
        })
    }
}

/// Which calls are printed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Trace {
    /// All if there are none.
    groups: Vec<String>,
}

/// The groups of [`Call::group`].
const GROUPS: [&str; 6] = ["fs", "clock", "poll", "random", "sock", "proc"];

impl FromStr for Trace {
    type Err = String;

    fn from_str(text: &str) -> Result<Trace, String> {
        let groups = match text.split_once('=') {
            None if text == "wasi" => "",
            Some(("wasi", groups)) if !groups.is_empty() => groups,
            _ => {
                return Err(
                    "expected `wasi`, or `wasi=` and groups, such as `wasi=fs,clock`".to_string(),
                );
            }
        };
        let groups = groups.split(',').filter(|group| !group.is_empty());
        let groups: Vec<String> = groups.map(str::to_string).collect();
        match groups
            .iter()
            .find(|group| !GROUPS.contains(&group.as_str()))
        {
            Some(unknown) => Err(format!(
                "there is no group `{unknown}`; there are {}",
                GROUPS.join(", ")
            )),
            None => Ok(Trace { groups }),
        }
    }
}

impl Trace {
    fn print(&self, call: &Call<'_>) {
        if self.groups.is_empty() || self.groups.iter().any(|group| group == call.group()) {
            // Where messages cannot be written, there is nobody to tell.
            let _ = std::io::stderr().write_all(format!("wasi: {call}\n").as_bytes());
        }
    }
}

impl WasiOptions {
    /// Whether the program may have all environment variables.
    pub(crate) fn inherits_environment(&self) -> bool {
        self.inherit_env
    }

    /// What the program is given, together with what `builder` has already.
    pub(crate) fn context(
        &self,
        mut builder: WasiCtxBuilder,
        inherited: Inherited,
    ) -> Result<(WasiP1Ctx, Missed, Outputs), Failure> {
        builder.exit_on_closed_output(CLOSED_OUTPUT);
        self.check_mounts()?;
        for mount in &self.directories {
            mount.give(&mut builder)?;
        }
        let missed = Missed::default();
        // The first listener has the number behind the directories, which is 3 if there are none.
        if self.directories.is_empty() && self.listeners.is_empty() {
            let nothing = Arc::new(NoFiles(missed.clone()));
            builder.preopened_file_system(nothing, "/", DirPerms::all(), FilePerms::all());
        }
        for address in &self.listeners {
            listen(&mut builder, address)?;
        }
        if self.deterministic {
            builder.deterministic(0);
        }
        if let Some(trace) = self.trace.clone() {
            builder.observe(move |call| trace.print(call));
        }
        let outputs = self.streams(&mut builder, inherited)?;
        Ok((builder.build_p1(), missed, outputs))
    }

    /// Fails if two directories have one name: the program would reach one of them only.
    fn check_mounts(&self) -> Result<(), Failure> {
        let guests: Vec<&str> = self.directories.iter().map(|mount| &*mount.guest).collect();
        match (1..guests.len()).find(|&end| guests[..end].contains(&guests[end])) {
            Some(position) => Err(Failure::usage(format!(
                "`{}` is the program's name of two directories: each --dir needs a name of its own",
                guests[position]
            ))
            .with_hint("--dir HOST::GUEST gives a directory another name")),
            None => Ok(()),
        }
    }

    fn streams(
        &self,
        builder: &mut WasiCtxBuilder,
        inherited: Inherited,
    ) -> Result<Outputs, Failure> {
        match &self.stdin {
            Some(path) => {
                let file = input(path).map_err(|error| wrong("--stdin", path, &error))?;
                builder.stdin(file);
            }
            None if inherited == Inherited::All => {
                builder.inherit_stdin();
            }
            None => {}
        }
        let mut outputs = Outputs::default();
        match &self.stdout {
            Some(path) => {
                builder.stdout(outputs.open("--stdout", path)?);
            }
            None if inherited != Inherited::Nothing => {
                builder.inherit_stdout();
            }
            None => {}
        }
        match &self.stderr {
            Some(path) => {
                builder.stderr(outputs.open("--stderr", path)?);
            }
            None if inherited != Inherited::Nothing => {
                builder.inherit_stderr();
            }
            None => {}
        }
        Ok(outputs)
    }
}

fn input(path: &str) -> io::Result<File> {
    if Path::new(path).is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    File::open(path)
}

/// Files that the program's output goes to.
#[derive(Default)]
pub(crate) struct Outputs(Vec<(PathBuf, File)>);

impl Outputs {
    /// Opens a file. What it holds stays until the program starts. Two streams can have one file, and then write
    /// behind each other.
    fn open(&mut self, option: &str, path: &str) -> Result<File, Failure> {
        let mut opened = || {
            let mut options = File::options();
            // What is there is emptied later.
            let file = options
                .write(true)
                .create(true)
                .truncate(false)
                .open(path)?;
            // What is no file has no path of its own.
            let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.into());
            let same = self.0.iter().find(|(other, _)| *other == path);
            let file = same.map_or(Ok(file), |(_, other)| other.try_clone())?;
            self.0.push((path, file.try_clone()?));
            Ok(file)
        };
        opened().map_err(|error| wrong(option, path, &error))
    }

    /// Removes what the files hold, now that the program starts.
    pub(crate) fn empty(&self) -> io::Result<()> {
        let files = self.0.iter().map(|(_, file)| file);
        files
            .filter(|file| file.metadata().is_ok_and(|metadata| metadata.is_file()))
            .try_for_each(|file| file.set_len(0))
    }
}

impl Mount {
    fn give(&self, builder: &mut WasiCtxBuilder) -> Result<(), Failure> {
        let (dir_perms, file_perms) = if self.read_only {
            (DirPerms::READ, FilePerms::READ)
        } else {
            (DirPerms::all(), FilePerms::all())
        };
        let directory = HostDirectory::open(&self.host).map_err(|error| {
            wrong("--dir", &self.host, &error)
                .with_hint("--dir takes HOST, HOST::GUEST or either with `:ro` behind it")
        })?;
        let directory = Arc::new(directory);
        builder.preopened_file_system(directory, &self.guest, dir_perms, file_perms);
        Ok(())
    }
}

fn listen(builder: &mut WasiCtxBuilder, address: &str) -> Result<(), Failure> {
    let listener = TcpListener::bind(address).map_err(|error| {
        let failure = wrong("--listen", address, &error);
        failure
            .with_hint("--listen takes an address and a port, such as 127.0.0.1:8080 or [::1]:8080")
    })?;
    let bound = listener.local_addr();
    let given = builder.preopened_listener(listener).map(drop);
    if let (true, Ok(bound)) = (address.ends_with(":0"), bound) {
        tell(&format!("listening on {bound}\n"));
    }
    given.map_err(|error| wrong("--listen", address, &error))
}

/// An option that cannot be followed.
fn wrong(option: &str, value: &str, error: &std::io::Error) -> Failure {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or directory".to_string(),
        std::io::ErrorKind::NotADirectory => "it is no directory".to_string(),
        std::io::ErrorKind::IsADirectory => "it is a directory".to_string(),
        _ => error.to_string(),
    };
    Failure::usage(format!("{option} `{value}`: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mounts_are_read() {
        let mount = |host: &str, guest: &str, read_only| {
            Ok(Mount {
                host: host.to_string(),
                guest: guest.to_string(),
                read_only,
            })
        };
        assert_eq!(".".parse(), mount(".", ".", false));
        assert_eq!("a::b:ro".parse(), mount("a", "b", true));
        assert_eq!("a:ro".parse(), mount("a", "a", true));
        assert_eq!("C:\\a::/a".parse(), mount("C:\\a", "/a", false));
        for wrong in ["", "::", "a::", "::b", ":ro", "a::/b:rw", "a::b:RO"] {
            assert!(wrong.parse::<Mount>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn traces_are_read() {
        let groups = |groups: &[&str]| {
            let groups = groups.iter().map(|group| group.to_string()).collect();
            Ok(Trace { groups })
        };
        assert_eq!("wasi".parse(), groups(&[]));
        assert_eq!("wasi=fs,proc".parse(), groups(&["fs", "proc"]));
        for wrong in ["", "fs", "wasi=", "wasi=files", "wasi2=fs"] {
            assert!(wrong.parse::<Trace>().is_err(), "{wrong}");
        }
    }
}
