//! A directory of files that can be made again, for several processes at once.
//!
//! Input: names and bytes. Output: bytes. Holds: a file is replaced as a whole or grows at its end by one write, so
//! that who reads it finds a beginning of what was written; nobody but the user whose process it is can write to the
//! directory, where the system knows users; all files together take about as much as is allowed.

use alloc::format;
use alloc::vec::Vec;
use core::cmp::Reverse;
use core::sync::atomic::{AtomicU32, Ordering};
use core::time::Duration;
use std::ffi::OsStr;
use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::ordered_map::OrderedMap;

/// How the names of files end that are part of it.
const FINISHED: &str = "wazir";
/// How the names of files end that somebody writes.
const NEW: &str = "new";
/// How long that takes at most.
const PATIENCE: Duration = Duration::from_secs(60);

/// A directory.
#[derive(Debug)]
pub(crate) struct CacheDirectory {
    path: PathBuf,
    max_bytes: u64,
}

impl CacheDirectory {
    /// Opens a directory, which is made if it is not there, for files of about so many bytes together.
    ///
    /// # Errors
    /// It cannot be made, or others can write to it.
    pub(crate) fn open(path: &Path, max_bytes: u64) -> Result<CacheDirectory> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path)?;
        let metadata = std::fs::metadata(path)?;
        if !metadata.is_dir() {
            return Err(Error::from(ErrorKind::NotADirectory));
        }
        check_owner(&metadata)?;
        Ok(CacheDirectory {
            path: path.into(),
            max_bytes,
        })
    }

    fn file(&self, key: u64) -> PathBuf {
        self.path.join(format!("{key:016x}.{FINISHED}"))
    }

    /// Whether there is a file.
    pub(crate) fn has(&self, key: u64) -> bool {
        self.file(key).exists()
    }

    /// Reads a file, if it is there.
    pub(crate) fn read(&self, key: u64) -> Option<Vec<u8>> {
        let path = self.file(key);
        let bytes = std::fs::read(&path).ok()?;
        // What is used last goes last.
        let file = OpenOptions::new().append(true).open(&path);
        let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
        Some(bytes)
    }

    /// Makes a file with this content, in place of the one that there may be. Tells whether it has.
    pub(crate) fn replace(&self, key: u64, content: &[u8]) -> bool {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{number}.{NEW}", std::process::id());
        let new = self.path.join(name);
        let written = File::create_new(&new)
            .and_then(|mut file| file.write_all(content))
            .and_then(|()| std::fs::rename(&new, self.file(key)));
        if written.is_err() {
            let _ = std::fs::remove_file(&new);
        }
        self.make_room();
        written.is_ok()
    }

    /// Appends to a file, if it is there. Tells whether it has.
    pub(crate) fn append(&self, key: u64, content: &[u8]) -> bool {
        let file = OpenOptions::new().append(true).open(self.file(key));
        // In one piece, so that it does not mix with what other processes append.
        let written = file.and_then(|mut file| file.write(content));
        written.is_ok_and(|bytes| bytes == content.len())
    }

    /// Removes what processes have left that ended while they wrote, and what was used longest ago if all files
    /// together are too large.
    fn make_room(&self) {
        let Ok(entries) = std::fs::read_dir(&self.path) else {
            return;
        };
        let now = SystemTime::now();
        let mut all = 0;
        // By their age, the oldest ones first.
        let mut files = OrderedMap::new();
        for entry in entries.filter_map(Result::ok) {
            let path = entry.path();
            let ending = path.extension().and_then(OsStr::to_str);
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            let age = metadata.modified().ok();
            let age = age.and_then(|time| now.duration_since(time).ok());
            let age = age.unwrap_or_default();
            match ending {
                Some(NEW) if age > PATIENCE => {
                    let _ = std::fs::remove_file(path);
                }
                Some(FINISHED) => {
                    all += metadata.len();
                    files.insert((Reverse(age), path), metadata.len());
                }
                _ => {}
            }
        }
        if all <= self.max_bytes {
            return;
        }
        // Some more, so that the next file finds room.
        while all > self.max_bytes - self.max_bytes / 4 {
            let Some(((_, path), bytes)) = files.pop_first() else {
                return;
            };
            if std::fs::remove_file(path).is_ok() {
                all -= bytes;
            }
        }
    }
}

/// What tells the running program from others and from what it was built of before: the size of its file, and when that
/// was written. Zeros where the system does not tell.
pub(crate) fn program() -> [u64; 2] {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let Ok(metadata) = file else {
        return [0; 2];
    };
    let written = metadata.modified().ok();
    let written = written.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let nanoseconds = written.map_or(0, |time| time.as_nanos() as u64);
    [metadata.len(), nanoseconds]
}

/// # Errors
/// Others than the user can write to what has this metadata.
#[cfg(unix)]
fn check_owner(metadata: &Metadata) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    unsafe extern "C" {
        safe fn geteuid() -> u32;
    }
    let reason = if metadata.uid() != geteuid() {
        "it belongs to another user"
    } else if metadata.mode() & 0o022 != 0 {
        "other users may write to it"
    } else {
        return Ok(());
    };
    Err(Error::new(
        ErrorKind::PermissionDenied,
        format!("{reason}: who can change machine code there can do all that this program can"),
    ))
}

#[cfg(not(unix))]
fn check_owner(_: &Metadata) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory(folder: &Path, max_bytes: u64) -> CacheDirectory {
        CacheDirectory::open(&folder.join("made/for/this"), max_bytes).expect("it can be made")
    }

    #[test]
    fn files_are_replaced_and_grow() {
        let folder = tempfile::tempdir().expect("a folder");
        let directory = directory(folder.path(), 1 << 20);
        assert!(!directory.has(7) && directory.read(7).is_none());
        assert!(!directory.append(7, b"lost"), "nobody has begun it");
        assert!(directory.replace(7, b"one") && directory.append(7, b", two"));
        assert_eq!(directory.read(7).as_deref(), Some(&b"one, two"[..]));
        assert!(directory.replace(7, b"three") && directory.has(7));
        assert_eq!(directory.read(7).as_deref(), Some(&b"three"[..]));
    }

    #[test]
    fn what_was_used_longest_ago_makes_room() {
        let folder = tempfile::tempdir().expect("a folder");
        let directory = directory(folder.path(), 1000);
        for key in 0..20 {
            assert!(directory.replace(key, &[0; 100]));
            assert!(directory.read(0).is_some(), "it is used all the time");
            std::thread::sleep(core::time::Duration::from_millis(5));
        }
        let left = (0..20).filter(|&key| directory.has(key)).count();
        assert!((6..=10).contains(&left), "{left}");
        assert!(directory.has(19) && !directory.has(1));
    }

    #[cfg(unix)]
    #[test]
    fn a_directory_that_others_can_write_to_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("open");
        std::fs::create_dir(&path).expect("it can be made");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o777)).expect("it is own");
        let error = CacheDirectory::open(&path, 1).expect_err("others can write to it");
        assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    }
}
