//! What of the machine a program is given: directories, streams, environment, listeners, clocks.
//!
//! Input: options. Output: the program's context.
//! Holds: what no option names, the program does not get, apart from the standard streams; an option that cannot be
//! followed is an error, never left out.

use std::any::Any;
use std::fs::File;
use std::io::Write;
use std::net::TcpListener;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use clap::Args;
use wazir::wasi::p1::WasiP1Ctx;
use wazir::wasi::{
    Call, DirPerms, Directory, DirectoryEntry, Errno, FilePerms, FileType, Metadata, OpenOptions,
    Opened, WasiCtxBuilder,
};

use crate::failure::Failure;

const WASI: &str = "What the program is given";

/// The exit code of a program whose output nobody reads any more: that of one that the signal SIGPIPE ends.
const CLOSED_OUTPUT: i32 = 141;

/// What a program is given.
#[derive(Debug, Args)]
pub(crate) struct WasiOptions {
    /// Give it this directory of yours and all that is below it, under the
    /// same name or as GUEST; with `:ro` for reading only. May be repeated
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
        if host.is_empty() || guest.is_empty() {
            return Err(
                "expected a directory, such as `.`, `data:ro` or `/home/me/data::/data`"
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
    /// What the program is given, together with what `builder` has already. It reads standard input unless that is
    /// where the program itself came from.
    pub(crate) fn context(
        &self,
        mut builder: WasiCtxBuilder,
        input_is_free: bool,
    ) -> Result<(WasiP1Ctx, Missed), Failure> {
        builder.exit_on_closed_output(CLOSED_OUTPUT);
        if self.inherit_env {
            builder.inherit_env();
        }
        self.streams(&mut builder, input_is_free)?;
        for mount in &self.directories {
            mount.give(&mut builder)?;
        }
        let missed = Missed::default();
        // The first listener has the number behind the directories, which is 3 if there are none.
        if self.directories.is_empty() && self.listeners.is_empty() {
            let nothing = Arc::new(NoFiles(missed.clone()));
            builder.preopened_file_system(nothing, "/", DirPerms::READ, FilePerms::READ);
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
        Ok((builder.build_p1(), missed))
    }

    fn streams(&self, builder: &mut WasiCtxBuilder, input_is_free: bool) -> Result<(), Failure> {
        match &self.stdin {
            Some(path) => {
                let file = File::open(path).map_err(|error| wrong("--stdin", path, &error))?;
                builder.stdin(file);
            }
            None if input_is_free => {
                builder.inherit_stdin();
            }
            None => {}
        }
        let create =
            |option, path: &String| File::create(path).map_err(|error| wrong(option, path, &error));
        match &self.stdout {
            Some(path) => builder.stdout(create("--stdout", path)?),
            None => builder.inherit_stdout(),
        };
        match &self.stderr {
            Some(path) => builder.stderr(create("--stderr", path)?),
            None => builder.inherit_stderr(),
        };
        Ok(())
    }
}

impl Mount {
    fn give(&self, builder: &mut WasiCtxBuilder) -> Result<(), Failure> {
        let (dir_perms, file_perms) = if self.read_only {
            (DirPerms::READ, FilePerms::READ)
        } else {
            (DirPerms::all(), FilePerms::all())
        };
        let given = builder.preopened_dir(&self.host, &self.guest, dir_perms, file_perms);
        match given {
            Ok(_) => Ok(()),
            Err(error) => Err(wrong("--dir", &self.host, &error)
                .with_hint("--dir takes HOST, HOST::GUEST or either with `:ro` behind it")),
        }
    }
}

fn listen(builder: &mut WasiCtxBuilder, address: &str) -> Result<(), Failure> {
    let listener = TcpListener::bind(address).map_err(|error| {
        let failure = wrong("--listen", address, &error);
        failure
            .with_hint("--listen takes an address and a port, such as 127.0.0.1:8080 or [::1]:8080")
    })?;
    let given = builder.preopened_listener(listener).map(drop);
    given.map_err(|error| wrong("--listen", address, &error))
}

/// The first path that a program looked for in vain because it was given no directory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Missed(Arc<Mutex<Option<String>>>);

impl Missed {
    fn note(&self, path: &str) -> Errno {
        let mut missed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        missed.get_or_insert_with(|| path.to_string());
        Errno::Noent
    }

    /// Says, of a program that failed, that it looked for a file, and how it can be given some.
    pub(crate) fn report(&self, file: &str) {
        let missed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = &*missed {
            let path = path.escape_debug();
            let note = format!(
                "note: `{file}` looked for `{path}` and was given no directory; `--dir .` gives it this one\n"
            );
            // Where messages cannot be written, there is nobody to tell.
            let _ = std::io::stderr().write_all(note.as_bytes());
        }
    }
}

/// What a program without directories has in their place: a root with nothing in it, which notes what is looked for.
struct NoFiles(Missed);

impl Directory for NoFiles {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn metadata(&self) -> Result<Metadata, Errno> {
        Ok(Metadata {
            device: 0,
            inode: 1,
            file_type: FileType::Directory,
            links: 1,
            size: 0,
            accessed: 0,
            modified: 0,
            changed: 0,
        })
    }

    fn open(&self, path: &str, options: &OpenOptions) -> Result<Opened, Errno> {
        match path.trim_end_matches('/') {
            "." if options.create || options.write => Err(Errno::Isdir),
            "." => Ok(Opened::Directory(Arc::new(NoFiles(self.0.clone())))),
            path => Err(self.0.note(path)),
        }
    }

    fn metadata_at(&self, path: &str, _follow: bool) -> Result<Metadata, Errno> {
        match path.trim_end_matches('/') {
            "." => self.metadata(),
            path => Err(self.0.note(path)),
        }
    }

    fn read(
        &self,
        start: u64,
        visit: &mut dyn FnMut(DirectoryEntry<'_>) -> bool,
    ) -> Result<(), Errno> {
        for (next, name) in [(1, "."), (2, "..")] {
            let entry = DirectoryEntry {
                next,
                inode: 1,
                file_type: FileType::Directory,
                name,
            };
            if next > start && !visit(entry) {
                break;
            }
        }
        Ok(())
    }
}

/// An option that cannot be followed.
fn wrong(option: &str, value: &str, error: &std::io::Error) -> Failure {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or directory".to_string(),
        std::io::ErrorKind::NotADirectory => "it is no directory".to_string(),
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
        for wrong in ["", "::", "a::", "::b", ":ro"] {
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
