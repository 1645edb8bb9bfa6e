//! Files and directories of Unix systems.
//!
//! Input and output: as `sys/fs/mod.rs` says.
//! Holds: a path becomes an open descriptor, or a name in an open directory, in `resolve.rs` only.

#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod bsd;
#[cfg(any(target_os = "linux", target_os = "android"))]
mod entries;
#[cfg(target_os = "linux")]
pub(super) mod kernel;
mod resolve;
mod system;

use alloc::ffi::CString;
use alloc::string::String;
use core::sync::atomic::{AtomicBool, Ordering};
use std::fs;
use std::io::{self, Read, Seek, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::{FileExt, FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use super::{FileType, Metadata, OpenOptions, Opened, SetTime, SetTimes, path};
use crate::sys::errno::Errno;
use crate::sys::poll::Source;
use crate::sys::sync::Mutex;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
use bsd::Scan;
#[cfg(any(target_os = "linux", target_os = "android"))]
use entries::Scan;
use resolve::Place;
pub(super) use resolve::{Name, directory, step};
use system::{TimeSpec, flags};

/// Something open, by its owner.
pub(super) type Owned = OwnedFd;

/// Something open, by somebody else.
pub(super) type Borrowed<'a> = BorrowedFd<'a>;

pub(super) fn borrow(owned: &OwnedFd) -> BorrowedFd<'_> {
    owned.as_fd()
}

/// An open directory.
pub(crate) struct Directory {
    fd: OwnedFd,
    /// Held while entries are read, because the position belongs to the descriptor.
    reading: Mutex<Scan>,
}

/// An open file.
pub(crate) struct File {
    file: fs::File,
    /// Whether the descriptor is set to write at the end.
    appends: AtomicBool,
}

/// A pipe or device.
pub(crate) struct Special {
    file: fs::File,
    file_type: FileType,
}

impl Directory {
    /// Opens the directory of the system that a path of the embedder's names.
    pub(crate) fn open_of_host(path: &Path) -> io::Result<Directory> {
        // Something else than a directory is not even opened: a FIFO would wait for its other end.
        let mut options = fs::OpenOptions::new();
        let options = options.read(true).custom_flags(flags::DIRECTORY);
        Ok(Directory::new(options.open(path)?.into()))
    }

    fn new(fd: OwnedFd) -> Directory {
        Directory {
            fd,
            reading: Mutex::new(Scan::new()),
        }
    }

    pub(crate) fn metadata(&self) -> Result<Metadata, Errno> {
        metadata_of(self.fd.as_fd())
    }

    pub(crate) fn open(&self, path: &str, options: &OpenOptions) -> Result<Opened, Errno> {
        let fd = resolve::open(self.fd.as_fd(), path, open_flags(options))?;
        let file = fs::File::from(fd);
        let file_type = file_type(file.metadata()?.file_type());
        Ok(match file_type {
            FileType::Directory => Opened::Directory(Directory::new(file.into())),
            FileType::RegularFile | FileType::BlockDevice => Opened::File(File {
                file,
                appends: AtomicBool::new(options.append),
            }),
            _ => Opened::Special(Special { file, file_type }),
        })
    }

    pub(crate) fn metadata_at(&self, path: &str, follow: bool) -> Result<Metadata, Errno> {
        resolve::metadata(self.fd.as_fd(), path, follow)
    }

    pub(crate) fn read(
        &self,
        start: u64,
        visit: &mut dyn FnMut(super::DirectoryEntry<'_>) -> bool,
    ) -> Result<(), Errno> {
        self.reading.lock().read(self.fd.as_fd(), start, visit)
    }

    fn place(&self, path: &str, no_entry: Errno) -> Result<Place<'_>, Errno> {
        resolve::place(self.fd.as_fd(), path, no_entry)
    }

    pub(crate) fn read_link(&self, path: &str) -> Result<String, Errno> {
        let place = self.place(path, Errno::Inval)?;
        if place.is_directory {
            return Err(Errno::Inval);
        }
        place.read_link()
    }

    pub(crate) fn set_times(&self, times: SetTimes) -> Result<(), Errno> {
        Ok(system::set_times(self.fd.as_fd(), &time_specs(times)?)?)
    }

    pub(crate) fn set_times_at(
        &self,
        path: &str,
        follow: bool,
        times: SetTimes,
    ) -> Result<(), Errno> {
        let start = self.fd.as_fd();
        let split = path::split(path)?;
        let times = time_specs(times)?;
        let set = |place: &Place<'_>| {
            place.check_directory()?;
            Ok(system::set_times_at(place.parent(), &place.name, &times)?)
        };
        if follow || split.is_directory || split.names_no_entry() {
            resolve::at_place_behind_links(start, path, set)
        } else {
            set(&resolve::place(start, path, Errno::Inval)?)
        }
    }

    pub(crate) fn create_directory(&self, path: &str) -> Result<(), Errno> {
        let place = self.place(path, Errno::Exist)?;
        Ok(system::make_directory(place.parent(), &place.name)?)
    }

    pub(crate) fn remove_directory(&self, path: &str) -> Result<(), Errno> {
        let place = self.place(path, Errno::Inval)?;
        Ok(system::remove(place.parent(), &place.name, true)?)
    }

    pub(crate) fn unlink(&self, path: &str) -> Result<(), Errno> {
        let place = self.place(path, Errno::Isdir)?;
        place.check_directory()?;
        if place.is_directory {
            return Err(Errno::Isdir);
        }
        match system::remove(place.parent(), &place.name, false) {
            // Some systems say that it is not permitted.
            Err(error)
                if Errno::from(&error) == Errno::Perm
                    && place.file_type()? == FileType::Directory =>
            {
                Err(Errno::Isdir)
            }
            result => Ok(result?),
        }
    }

    pub(crate) fn rename(&self, from: &str, directory: &Directory, to: &str) -> Result<(), Errno> {
        let old = self.place(from, Errno::Busy)?;
        let new = directory.place(to, Errno::Busy)?;
        if (old.is_directory || new.is_directory) && old.file_type()? != FileType::Directory {
            return Err(Errno::Notdir);
        }
        Ok(system::rename(
            (old.parent(), &old.name),
            (new.parent(), &new.name),
        )?)
    }

    pub(crate) fn link(&self, from: &str, directory: &Directory, to: &str) -> Result<(), Errno> {
        let old = self.place(from, Errno::Perm)?;
        let new = directory.place(to, Errno::Exist)?;
        old.check_directory()?;
        // What gets another name is no directory, which the path says it is to become.
        if new.is_directory {
            return Err(Errno::Noent);
        }
        Ok(system::link(
            (old.parent(), &old.name),
            (new.parent(), &new.name),
        )?)
    }

    pub(crate) fn symlink(&self, target: &str, path: &str) -> Result<(), Errno> {
        if target.starts_with('/') {
            return Err(Errno::Perm);
        }
        let target = CString::new(target).map_err(|_| Errno::Ilseq)?;
        let place = self.place(path, Errno::Exist)?;
        if place.is_directory {
            let exists = place.file_type().is_ok();
            return Err(if exists { Errno::Exist } else { Errno::Noent });
        }
        Ok(system::make_link(&target, place.parent(), &place.name)?)
    }

    pub(crate) fn sync(&self) -> Result<(), Errno> {
        Ok(system::as_file(self.fd.as_fd()).sync_all()?)
    }
}

impl Place<'_> {
    fn file_type(&self) -> Result<FileType, Errno> {
        Ok(resolve::metadata_of_place(self)?.file_type)
    }

    /// Fails if the path says that this is a directory, and it is none.
    fn check_directory(&self) -> Result<(), Errno> {
        if self.is_directory && self.file_type()? != FileType::Directory {
            return Err(Errno::Notdir);
        }
        Ok(())
    }
}

impl File {
    pub(crate) fn metadata(&self) -> Result<Metadata, Errno> {
        metadata_of(self.file.as_fd())
    }

    pub(crate) fn read_at(&self, bytes: &mut [u8], offset: u64) -> Result<usize, Errno> {
        Ok(retry(|| self.file.read_at(bytes, offset))?)
    }

    pub(crate) fn write_at(&self, bytes: &[u8], offset: u64) -> Result<usize, Errno> {
        self.set_append(false)?;
        Ok(retry(|| self.file.write_at(bytes, offset))?)
    }

    pub(crate) fn append(&self, bytes: &[u8]) -> Result<(usize, u64), Errno> {
        self.set_append(true)?;
        let count = retry(|| (&self.file).write(bytes))?;
        Ok((count, (&self.file).stream_position()?))
    }

    /// Sets the descriptor to write at the end, or not. With that setting no write goes anywhere else.
    fn set_append(&self, append: bool) -> io::Result<()> {
        if self.appends.load(Ordering::Relaxed) != append {
            system::set_append(self.file.as_fd(), append)?;
            self.appends.store(append, Ordering::Relaxed);
        }
        Ok(())
    }

    pub(crate) fn set_size(&self, size: u64) -> Result<(), Errno> {
        Ok(self.file.set_len(size)?)
    }

    pub(crate) fn allocate(&self, offset: u64, length: u64) -> Result<(), Errno> {
        let end = offset.checked_add(length).ok_or(Errno::Fbig)?;
        #[cfg(any(target_os = "linux", target_os = "android"))]
        match system::allocate(self.file.as_fd(), offset, length) {
            // Some file systems cannot, and the file becomes larger at least.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            result => return Ok(result?),
        }
        if self.file.metadata()?.len() < end {
            self.file.set_len(end)?;
        }
        Ok(())
    }

    pub(crate) fn set_times(&self, times: SetTimes) -> Result<(), Errno> {
        Ok(system::set_times(self.file.as_fd(), &time_specs(times)?)?)
    }

    pub(crate) fn sync(&self, data_only: bool) -> Result<(), Errno> {
        Ok(if data_only {
            self.file.sync_data()
        } else {
            self.file.sync_all()
        }?)
    }
}

impl Special {
    pub(crate) fn file_type(&self) -> FileType {
        self.file_type
    }

    /// Reads what is there; [`Errno::Again`] if that is nothing yet.
    pub(crate) fn read(&self, bytes: &mut [u8]) -> Result<usize, Errno> {
        Ok(retry(|| (&self.file).read(bytes))?)
    }

    /// Writes some of the bytes; [`Errno::Again`] if there is no room yet.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<usize, Errno> {
        Ok(retry(|| (&self.file).write(bytes))?)
    }

    pub(crate) fn metadata(&self) -> Result<Metadata, Errno> {
        metadata_of(self.file.as_fd())
    }

    pub(crate) fn source(&self) -> Option<Source<'_>> {
        Some(self.file.as_fd())
    }
}

/// Repeats a read or write that a signal interrupted.
fn retry(mut transfer: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
    loop {
        match transfer() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// The system's flags. Nothing waits: a FIFO opens without its other end. No terminal becomes the process's own.
fn open_flags(options: &OpenOptions) -> core::ffi::c_int {
    let access = match (options.read, options.write || options.append) {
        (_, false) => flags::READ,
        (false, true) => flags::WRITE,
        (true, true) => flags::READ_WRITE,
    };
    let chosen = [
        (options.append, flags::APPEND),
        (options.create, flags::CREATE),
        (options.create && options.exclusive, flags::EXCLUSIVE),
        (options.truncate, flags::TRUNCATE),
        (options.directory, flags::DIRECTORY),
        (!options.follow, flags::NO_FOLLOW),
        (options.data_sync, flags::DATA_SYNC),
        (options.sync, flags::SYNC),
    ];
    let always = access | flags::NON_BLOCKING | flags::NO_TERMINAL;
    chosen
        .iter()
        .filter(|(is_chosen, _)| *is_chosen)
        .fold(always, |all, (_, flag)| all | flag)
}

fn time_specs(times: SetTimes) -> Result<[TimeSpec; 2], Errno> {
    let spec = |time| match time {
        SetTime::Keep => Ok(TimeSpec::KEEP),
        SetTime::Now => Ok(TimeSpec::NOW),
        SetTime::At(nanoseconds) => TimeSpec::at(nanoseconds).ok_or(Errno::Overflow),
    };
    Ok([spec(times.accessed)?, spec(times.modified)?])
}

fn file_type(file_type: fs::FileType) -> FileType {
    if file_type.is_file() {
        FileType::RegularFile
    } else if file_type.is_dir() {
        FileType::Directory
    } else if file_type.is_symlink() {
        FileType::SymbolicLink
    } else if file_type.is_char_device() {
        FileType::CharacterDevice
    } else if file_type.is_block_device() {
        FileType::BlockDevice
    } else if file_type.is_socket() {
        FileType::SocketStream
    } else {
        FileType::Unknown
    }
}

/// The types of entries of directories, which are the upper four bits of modes as well.
fn entry_type(number: u8) -> FileType {
    match number {
        2 => FileType::CharacterDevice,
        4 => FileType::Directory,
        6 => FileType::BlockDevice,
        8 => FileType::RegularFile,
        10 => FileType::SymbolicLink,
        12 => FileType::SocketStream,
        _ => FileType::Unknown,
    }
}

/// What is known of something open, however it was opened.
fn metadata_of(fd: BorrowedFd<'_>) -> Result<Metadata, Errno> {
    let metadata = system::as_file(fd).metadata()?;
    Ok(Metadata {
        device: metadata.dev(),
        inode: metadata.ino(),
        file_type: file_type(metadata.file_type()),
        links: metadata.nlink(),
        size: metadata.size(),
        accessed: nanoseconds(metadata.atime(), metadata.atime_nsec()),
        modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
        changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
    })
}

/// A time as guests see it: from 1970 to 2554.
fn nanoseconds(seconds: i64, nanoseconds: i64) -> u64 {
    let all = i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
    all.clamp(0, u64::MAX.into()) as u64
}
