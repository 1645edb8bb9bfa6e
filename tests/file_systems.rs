//! A directory in memory does what a directory of the host does.
//!
//! Input: operations from a generator with a fixed seed. Output: the first one whose results differ, with those before.
//! Holds: results, errors, contents and listings are compared after every operation; times, numbers of files, the
//! number of names of directories and the order of listings are each system's own. Only Linux is compared with, on
//! both ways that paths are resolved there: other systems look at mistakes in another order. `WAZIR_SEQUENCES` is how
//! many sequences of operations there are (500 unless set), `WAZIR_SEED` the first seed.

#![cfg(target_os = "linux")]

use std::fmt::Write;
use std::sync::Arc;

use wazir::inspect;
use wazir::wasi::{
    Directory, Errno, File, FileType, HostDirectory, MemoryDirectory, Metadata, OpenOptions,
    Opened, SetTime, SetTimes,
};

const OPERATIONS: usize = 120;

/// How many directories and how many files are kept open.
const KEPT: usize = 6;

/// How long the targets of symbolic links are. Paths grow when links are replaced by what they hold, which Linux does
/// not do, so long links to themselves end with another error there.
const MAX_TARGET_BYTES: usize = 300;

/// Xorshift with a multiplication: enough for choices.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end
    }

    /// True one time in `times`.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[self.below(values.len())]
    }

    fn name(&mut self) -> String {
        match self.below(60) {
            0 => "x".repeat(255),
            1 => "y".repeat(256),
            2 => "é".into(),
            3..6 => ".".into(),
            6..15 => "..".into(),
            _ => self.pick(&["a", "b", "c", "d"]).to_string(),
        }
    }

    fn path(&mut self) -> String {
        match self.below(300) {
            0 => return String::new(),
            1 => return "/".into(),
            2 => return "/a".into(),
            3 => return "a\0".into(),
            _ => {}
        }
        let mut path = self.name();
        while path.len() < 1000 && self.once_in(2) {
            path.push_str(if self.once_in(10) { "//" } else { "/" });
            path.push_str(&self.name());
        }
        if self.once_in(8) {
            path.push('/');
        }
        path
    }

    fn options(&mut self) -> OpenOptions {
        let create = self.once_in(2);
        let directory = !create && self.once_in(4);
        let write = !directory && self.once_in(2);
        OpenOptions {
            read: !write || self.once_in(2),
            write,
            append: write && self.once_in(4),
            create,
            exclusive: self.once_in(4),
            truncate: write && self.once_in(4),
            directory,
            follow: !self.once_in(3),
            ..OpenOptions::default()
        }
    }
}

/// The same on the host and in memory.
struct Pair<T: ?Sized>(Arc<T>, Arc<T>);

impl<T: ?Sized> Clone for Pair<T> {
    fn clone(&self) -> Pair<T> {
        Pair(self.0.clone(), self.1.clone())
    }
}

impl<T: ?Sized> Pair<T> {
    fn both(
        &self,
        act: impl Fn(&T) -> Result<String, Errno>,
    ) -> (Result<String, Errno>, Result<String, Errno>) {
        (act(&self.0), act(&self.1))
    }
}

fn described(metadata: &Metadata) -> String {
    let Metadata {
        file_type,
        size,
        links,
        ..
    } = metadata;
    match file_type {
        FileType::Directory => format!("a directory, removed: {}", *links == 0),
        _ => format!("{file_type:?} of {size} bytes with {links} names"),
    }
}

fn listed(directory: &(dyn Directory + 'static)) -> Result<String, Errno> {
    let mut names = Vec::new();
    directory.read(0, &mut |entry| {
        names.push(format!("{} {:?}", entry.name, entry.file_type));
        true
    })?;
    names.sort();
    Ok(names.join(", "))
}

struct Comparison {
    random: Random,
    directories: Vec<Pair<dyn Directory>>,
    files: Vec<Pair<dyn File>>,
    history: String,
}

type Results = (Result<String, Errno>, Result<String, Errno>);

fn keep<T>(kept: &mut Vec<T>, new: T, first: usize, random: &mut Random) {
    if kept.len() < KEPT {
        kept.push(new);
    } else {
        let place = first + random.below(KEPT - first);
        kept[place] = new;
    }
}

impl Comparison {
    fn step(&mut self) {
        let (what, (host, memory)) = if !self.files.is_empty() && self.random.once_in(3) {
            self.step_in_file()
        } else {
            self.step_in_directory()
        };
        writeln!(self.history, "{what}: {host:?}").unwrap();
        assert!(host == memory, "{}in memory: {memory:?}\n", self.history);
    }

    fn step_in_file(&mut self) -> (String, Results) {
        let random = &mut self.random;
        let number = random.below(self.files.len());
        let file = self.files[number].clone();
        let offset = match random.below(40) {
            0 => i64::MAX as u64,
            1 => i64::MAX as u64 + 1,
            2 => 100_000,
            _ => random.below(40) as u64,
        };
        let length = random.below(30);
        let bytes: Vec<u8> = (0..length).map(|_| random.below(256) as u8).collect();
        let (what, results) = match random.below(6) {
            0 => (
                format!("read {length} at {offset}"),
                file.both(|file| {
                    let mut bytes = vec![0; length];
                    let count = file.read_at(&mut bytes, offset)?;
                    Ok(format!("{:?}", &bytes[..count]))
                }),
            ),
            // The largest offsets are beyond what the host's file system can hold.
            1 if offset > 1 << 32 => return self.step_in_file(),
            1 => (
                format!("write {bytes:?} at {offset}"),
                file.both(|file| Ok(file.write_at(&bytes, offset)?.to_string())),
            ),
            // Where nothing is put is not told apart.
            2 if bytes.is_empty() => return self.step_in_file(),
            2 => (
                format!("append {bytes:?}"),
                file.both(|file| Ok(format!("{:?}", file.append(&bytes)?))),
            ),
            3 if offset == i64::MAX as u64 => return self.step_in_file(),
            3 => (
                format!("set the size to {offset}"),
                file.both(|file| file.set_size(offset).map(|()| String::new())),
            ),
            4 if offset > 1 << 32 => return self.step_in_file(),
            4 => (
                format!("allocate {length} at {offset}"),
                file.both(|file| file.allocate(offset, length as u64).map(|()| String::new())),
            ),
            _ => (
                "look".into(),
                file.both(|file| Ok(described(&file.metadata()?))),
            ),
        };
        (format!("file {number}: {what}"), results)
    }

    fn step_in_directory(&mut self) -> (String, Results) {
        let done = |()| String::new();
        let random = &mut self.random;
        let number = random.below(self.directories.len());
        let directory = self.directories[number].clone();
        let path = random.path();
        let follow = random.once_in(2);
        let (what, results) = match random.below(16) {
            0..4 => return self.open(number, &path),
            4 => (
                format!("look at {path:?}, follow {follow}"),
                directory.both(|directory| Ok(described(&directory.metadata_at(&path, follow)?))),
            ),
            5 => ("list".into(), directory.both(listed)),
            6 => (
                format!("read link {path:?}"),
                directory.both(|directory| directory.read_link(&path)),
            ),
            7 | 8 => (
                format!("make directory {path:?}"),
                directory.both(|directory| directory.create_directory(&path).map(done)),
            ),
            9 => (
                format!("remove directory {path:?}"),
                directory.both(|directory| directory.remove_directory(&path).map(done)),
            ),
            10 => (
                format!("unlink {path:?}"),
                directory.both(|directory| directory.unlink(&path).map(done)),
            ),
            11 => {
                let mut target = random.path();
                if target.len() > MAX_TARGET_BYTES {
                    target = "a".into();
                }
                (
                    format!("make link {path:?} to {target:?}"),
                    directory.both(|directory| directory.symlink(&target, &path).map(done)),
                )
            }
            12 => (
                format!("set times of {path:?}, follow {follow}"),
                directory.both(|directory| set_times(directory, &path, follow)),
            ),
            13 => (
                "look".into(),
                directory.both(|directory| Ok(described(&directory.metadata()?))),
            ),
            choice => {
                let other = random.below(self.directories.len());
                let Pair(host, memory) = self.directories[other].clone();
                let to = random.path();
                let act = |from: &dyn Directory, directory: &dyn Directory| match choice {
                    14 => from.link(&path, directory, &to),
                    _ => from.rename(&path, directory, &to),
                };
                let results = (
                    act(&*directory.0, &*host).map(done),
                    act(&*directory.1, &*memory).map(done),
                );
                let what = if choice == 14 { "link" } else { "rename" };
                (
                    format!("{what} {path:?} to {to:?} in directory {other}"),
                    results,
                )
            }
        };
        (format!("directory {number}: {what}"), results)
    }

    fn open(&mut self, number: usize, path: &str) -> (String, Results) {
        let options = self.random.options();
        let Pair(host, memory) = &self.directories[number];
        let (host, memory) = (host.open(path, &options), memory.open(path, &options));
        let describe = |opened: &Result<Opened, Errno>| match opened {
            Ok(Opened::File(file)) => Ok(described(&file.metadata()?)),
            Ok(Opened::Directory(directory)) => Ok(described(&directory.metadata()?)),
            Ok(_) => Ok("something".into()),
            Err(error) => Err(*error),
        };
        let results = (describe(&host), describe(&memory));
        let what = format!("directory {number}: open {path:?}, {options:?}");
        match (host, memory) {
            (Ok(Opened::File(host)), Ok(Opened::File(memory))) => {
                let pair = Pair(host.into(), memory.into());
                keep(&mut self.files, pair, 0, &mut self.random);
            }
            (Ok(Opened::Directory(host)), Ok(Opened::Directory(memory))) => {
                keep(
                    &mut self.directories,
                    Pair(host, memory),
                    1,
                    &mut self.random,
                );
            }
            _ => {}
        }
        (what, results)
    }
}

/// Sets the times, and tells when it was modified then. When it was read, a host may know better: a link on the path.
fn set_times(directory: &dyn Directory, path: &str, follow: bool) -> Result<String, Errno> {
    let times = SetTimes {
        accessed: SetTime::At(1_000_000_001),
        modified: SetTime::At(2_000_000_002),
    };
    directory.set_times_at(path, follow, times)?;
    let metadata = directory.metadata_at(path, follow)?;
    Ok(metadata.modified.to_string())
}

/// All that is in a directory and below it.
fn contents(directory: &dyn Directory, path: &str, all: &mut String) {
    let options = OpenOptions {
        read: true,
        ..OpenOptions::default()
    };
    let mut names = Vec::new();
    let visit = &mut |entry: wazir::wasi::DirectoryEntry<'_>| {
        names.push(entry.name.to_owned());
        true
    };
    directory.read(0, visit).unwrap();
    names.sort();
    for name in names.iter().filter(|&name| name != "." && name != "..") {
        let metadata = directory.metadata_at(name, false).unwrap();
        writeln!(all, "{path}/{name}: {}", described(&metadata)).unwrap();
        match metadata.file_type {
            FileType::SymbolicLink => {
                writeln!(all, "to {:?}", directory.read_link(name).unwrap()).unwrap();
            }
            _ => match directory.open(name, &options).unwrap() {
                Opened::Directory(below) => contents(&*below, &format!("{path}/{name}"), all),
                Opened::File(file) => {
                    let mut bytes = vec![0; metadata.size as usize];
                    assert_eq!(file.read_at(&mut bytes, 0), Ok(bytes.len()));
                    writeln!(all, "{bytes:?}").unwrap();
                }
                _ => panic!("nothing else was made"),
            },
        }
    }
}

fn compare(seed: u64) {
    let scratch = tempfile::tempdir().expect("there is room for a directory");
    let host = HostDirectory::open(scratch.path()).expect("the directory can be opened");
    let root: Pair<dyn Directory> = Pair(Arc::new(host), Arc::new(MemoryDirectory::new()));
    let mut comparison = Comparison {
        random: Random::new(seed),
        directories: vec![root.clone()],
        files: Vec::new(),
        history: format!("seed {seed}\n"),
    };
    for _ in 0..OPERATIONS {
        comparison.step();
    }
    let (mut host, mut memory) = (String::new(), String::new());
    contents(&*root.0, "", &mut host);
    contents(&*root.1, "", &mut memory);
    assert_eq!(host, memory, "{}", comparison.history);
}

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| {
        value.parse().expect("the setting is a number")
    })
}

#[test]
fn memory_behaves_like_the_host() {
    let first = setting("WAZIR_SEED", 0);
    for seed in first..first + setting("WAZIR_SEQUENCES", 500) {
        inspect::walk_paths(seed % 2 == 1);
        compare(seed);
    }
}
