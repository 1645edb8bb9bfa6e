//! Files and directories of Windows.
//!
//! Input and output: as `sys/fs/mod.rs` says.
//! Holds: a path becomes an open handle, or a name in an open directory, in `resolve.rs` only. Names that Windows
//! takes for something else than a file (`names.rs`) are answered as if nothing had them, and cannot be given to
//! anything. What cannot be as on other systems: names are compared without regard to case, a directory in which
//! something is open cannot be renamed, and making symbolic links is a privilege.

mod entries;
mod links;
mod resolve;
mod system;

use alloc::string::String;
use core::time::Duration;
use std::fs;
use std::io::{self, Read, Seek, Write};
use std::os::windows::fs::{FileExt, OpenOptionsExt};
use std::os::windows::io::{AsHandle, BorrowedHandle, OwnedHandle};
use std::path::Path;
use std::time::SystemTime;

use super::walk::Walk;
use super::{FileType, Metadata, OpenOptions, Opened, SetTime, SetTimes, path};
use crate::sys::errno::Errno;
use crate::sys::poll::{self, Question, Source};
use crate::sys::sync::Mutex;
use entries::Scan;
use resolve::{Entry, Kind, Place, Purpose};
pub(super) use resolve::{Name, directory, step};
use system::{Disposition, access, options};

/// Something open, by its owner.
pub(super) type Owned = OwnedHandle;

/// Something open, by somebody else.
pub(super) type Borrowed<'a> = BorrowedHandle<'a>;

pub(super) fn borrow(owned: &OwnedHandle) -> BorrowedHandle<'_> {
    owned.as_handle()
}

/// An open directory.
pub(crate) struct Directory {
    handle: OwnedHandle,
    /// How far its entries have been read.
    scan: Mutex<Scan>,
}

/// An open file.
pub(crate) struct File(fs::File);

/// A pipe or device. In directories of disks there are none, but what a file system shows is its own decision.
pub(crate) struct Special(fs::File);

impl Directory {
    /// Opens the directory of the system that a path of the embedder's names.
    pub(crate) fn open_of_host(path: &Path) -> io::Result<Directory> {
        // `FILE_FLAG_BACKUP_SEMANTICS`: without it no directory is opened.
        const DIRECTORIES_TOO: u32 = 0x0200_0000;
        let file = fs::OpenOptions::new()
            .access_mode(access::READ)
            .custom_flags(DIRECTORIES_TOO)
            .open(path)?;
        if !file.metadata()?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let handle = OwnedHandle::from(file);
        if !system::is_on_disk(handle.as_handle()) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        Ok(Directory::new(handle))
    }

    fn new(handle: OwnedHandle) -> Directory {
        Directory {
            handle,
            scan: Mutex::new(Scan::default()),
        }
    }

    fn handle(&self) -> BorrowedHandle<'_> {
        self.handle.as_handle()
    }

    pub(crate) fn metadata(&self) -> Result<Metadata, Errno> {
        metadata_of(self.handle(), Kind::Directory)
    }

    pub(crate) fn open(&self, path: &str, options: &OpenOptions) -> Result<Opened, Errno> {
        if options.create && options.directory {
            return Err(Errno::Inval);
        }
        let purpose = if options.create {
            Purpose::Make
        } else {
            Purpose::Find
        };
        let open = |place: &Place<'_>| {
            if place.is_directory && options.create {
                return Err(Errno::Isdir);
            }
            open_entry(place, options)
        };
        let walk = Walk::new(self.handle());
        let entry = resolve::find_by(walk, path, purpose, options.follow, access::READ, open)?;
        opened(entry, options)
    }

    pub(crate) fn metadata_at(&self, path: &str, follow: bool) -> Result<Metadata, Errno> {
        let entry = resolve::find(self.handle(), path, follow, access::LOOK)?;
        let mut metadata = metadata_of(entry.handle(), entry.kind)?;
        if entry.kind == Kind::SymbolicLink {
            // What an absolute one holds is not for guests to know, but it is there.
            metadata.size = entry.read_link().map_or(0, |target| target.len() as u64);
        }
        Ok(metadata)
    }

    pub(crate) fn read(
        &self,
        start: u64,
        visit: &mut dyn FnMut(super::DirectoryEntry<'_>) -> bool,
    ) -> Result<(), Errno> {
        self.scan.lock().read(self.handle(), start, visit)
    }

    fn place(&self, path: &str, purpose: Purpose, no_entry: Errno) -> Result<Place<'_>, Errno> {
        resolve::place(self.handle(), path, purpose, no_entry)
    }

    pub(crate) fn read_link(&self, path: &str) -> Result<String, Errno> {
        let place = self.place(path, Purpose::Find, Errno::Inval)?;
        if place.is_directory {
            return Err(Errno::Inval);
        }
        place.open(access::LOOK)?.read_link()
    }

    pub(crate) fn set_times(&self, times: SetTimes) -> Result<(), Errno> {
        set_times(self.handle(), times)
    }

    pub(crate) fn set_times_at(
        &self,
        path: &str,
        follow: bool,
        times: SetTimes,
    ) -> Result<(), Errno> {
        let times = file_times(times)?;
        let entry = resolve::find(self.handle(), path, follow, access::WRITE_ATTRIBUTES)?;
        Ok(fs::File::from(entry.handle).set_times(times)?)
    }

    pub(crate) fn create_directory(&self, path: &str) -> Result<(), Errno> {
        let place = self.place(path, Purpose::Make, Errno::Exist)?;
        place
            .open_or_make(access::LOOK, Disposition::Create, options::DIRECTORY)
            .map(drop)
    }

    pub(crate) fn remove_directory(&self, path: &str) -> Result<(), Errno> {
        let place = self.place(path, Purpose::Find, Errno::Inval)?;
        let entry = place.open(access::DELETE)?;
        if !entry.kind.is_removed_as_directory() {
            return Err(Errno::Notdir);
        }
        Ok(system::remove(entry.handle())?)
    }

    pub(crate) fn unlink(&self, path: &str) -> Result<(), Errno> {
        let place = self.place(path, Purpose::Find, Errno::Isdir)?;
        let entry = place.open(access::DELETE)?;
        place.check_directory(entry.kind)?;
        if entry.kind.is_removed_as_directory() {
            return Err(Errno::Isdir);
        }
        Ok(system::remove(entry.handle())?)
    }

    pub(crate) fn rename(&self, from: &str, directory: &Directory, to: &str) -> Result<(), Errno> {
        let old = self.place(from, Purpose::Find, Errno::Busy)?;
        let new = directory.place(to, Purpose::Make, Errno::Busy)?;
        let old_entry = old.open(access::DELETE)?;
        let is_directory = old_entry.kind.is_removed_as_directory();
        if (old.is_directory || new.is_directory) && !is_directory {
            return Err(Errno::Notdir);
        }
        let replaced = match new.open(access::LOOK) {
            Ok(entry) => Some(entry),
            Err(Errno::Noent) => None,
            Err(error) => return Err(error),
        };
        let mut replaces_directory = false;
        if let Some(replaced) = replaced {
            if is_same(&old_entry, &replaced)? {
                // Two names of one file: both stay. If it has one only, its letters may be what is changed.
                if system::status(replaced.handle())?.links > 1 {
                    return Ok(());
                }
            } else {
                replaces_directory = replaced.kind.is_removed_as_directory();
                match (is_directory, replaces_directory) {
                    (true, false) => return Err(Errno::Notdir),
                    (false, true) => return Err(Errno::Isdir),
                    _ => {}
                }
            }
        }
        let rename = || system::rename(old_entry.handle(), new.parent(), &new.name);
        let error = match rename() {
            Err(error) if replaces_directory => error,
            result => return result,
        };
        // Not all systems replace directories by themselves.
        let entry = new.open(access::DELETE)?;
        if entry.kind != Kind::Directory {
            return Err(error);
        }
        system::remove(entry.handle())?;
        drop(entry);
        let result = rename();
        if result.is_err() {
            // It was something else that did not let it be replaced, so it comes back.
            new.open_or_make(access::LOOK, Disposition::Create, options::DIRECTORY)?;
        }
        result
    }

    pub(crate) fn link(&self, from: &str, directory: &Directory, to: &str) -> Result<(), Errno> {
        let old = self.place(from, Purpose::Find, Errno::Perm)?;
        let new = directory.place(to, Purpose::Make, Errno::Exist)?;
        let entry = old.open(access::WRITE_ATTRIBUTES)?;
        old.check_directory(entry.kind)?;
        if entry.kind.is_removed_as_directory() {
            return Err(Errno::Perm);
        }
        // What gets another name is no directory, which the path says it is to become.
        if new.is_directory {
            return Err(Errno::Noent);
        }
        system::link(entry.handle(), new.parent(), &new.name)
    }

    pub(crate) fn symlink(&self, target: &str, path: &str) -> Result<(), Errno> {
        let content = links::content(target)?;
        let place = self.place(path, Purpose::Make, Errno::Exist)?;
        if place.is_directory {
            let exists = place.open(access::LOOK).is_ok();
            return Err(if exists { Errno::Exist } else { Errno::Noent });
        }
        // The system tells links to directories from links to files. What is not there yet becomes a file.
        let parent = path::split(path)?.parent;
        let options = match resolve::find_target(self.handle(), parent, target) {
            Ok(entry) if entry.kind == Kind::Directory => options::DIRECTORY,
            _ => options::NO_DIRECTORY,
        };
        let access = access::WRITE_DATA | access::WRITE_ATTRIBUTES | access::DELETE;
        let entry = place.open_or_make(access, Disposition::Create, options)?;
        let result = system::make_symbolic_link(entry.handle(), &content);
        if result.is_err() {
            system::remove(entry.handle())?;
        }
        Ok(result?)
    }

    pub(crate) fn sync(&self) -> Result<(), Errno> {
        match resolve::reopen(self.handle(), access::WRITE_DATA) {
            // Who may not change it has nothing to pass on.
            Err(Errno::Acces) => Ok(()),
            handle => Ok(fs::File::from(handle?).sync_all()?),
        }
    }
}

/// Opens or makes what a place names. If that is a link, or a directory where a file is wanted, it is opened as well.
fn open_entry(place: &Place<'_>, options: &OpenOptions) -> Result<Entry, Errno> {
    let writes = options.write || options.append;
    let mut access = 0;
    if options.read || !writes {
        access |= access::READ;
    }
    if writes {
        access |= access::WRITE;
    }
    // A file is emptied when it is known that it is one.
    if options.truncate {
        access |= access::WRITE_DATA;
    }
    let disposition = match (options.create, options.exclusive) {
        (true, true) => Disposition::Create,
        (true, false) => Disposition::OpenOrCreate,
        (false, _) => Disposition::Open,
    };
    let write_through = if options.data_sync || options.sync {
        options::WRITE_THROUGH
    } else {
        0
    };
    place.open_or_make(access, disposition, write_through)
}

/// What was opened, if it is what the options ask for.
fn opened(entry: Entry, options: &OpenOptions) -> Result<Opened, Errno> {
    let changes = options.write || options.append || options.truncate || options.create;
    match entry.kind {
        Kind::SymbolicLink if options.directory => Err(Errno::Notdir),
        Kind::SymbolicLink => Err(Errno::Loop),
        Kind::Other { .. } => Err(Errno::Perm),
        Kind::Directory if changes => Err(Errno::Isdir),
        Kind::Directory => Ok(Opened::Directory(Directory::new(entry.handle))),
        Kind::File if options.directory => Err(Errno::Notdir),
        Kind::File if !system::is_on_disk(entry.handle()) => {
            Ok(Opened::Special(Special(entry.handle.into())))
        }
        Kind::File => {
            let file = fs::File::from(entry.handle);
            if options.truncate {
                file.set_len(0)?;
            }
            Ok(Opened::File(File(file)))
        }
    }
}

fn is_same(one: &Entry, other: &Entry) -> Result<bool, Errno> {
    let (one, other) = (
        system::status(one.handle())?,
        system::status(other.handle())?,
    );
    Ok((one.volume, one.index) == (other.volume, other.index))
}

impl File {
    pub(crate) fn metadata(&self) -> Result<Metadata, Errno> {
        metadata_of(self.0.as_handle(), Kind::File)
    }

    pub(crate) fn read_at(&self, bytes: &mut [u8], offset: u64) -> Result<usize, Errno> {
        check_offset(offset)?;
        Ok(self.0.seek_read(bytes, offset)?)
    }

    pub(crate) fn write_at(&self, bytes: &[u8], offset: u64) -> Result<usize, Errno> {
        check_offset(offset)?;
        Ok(self.0.seek_write(bytes, offset)?)
    }

    pub(crate) fn append(&self, bytes: &[u8]) -> Result<(usize, u64), Errno> {
        // The offset that stands for the end.
        let count = self.0.seek_write(bytes, u64::MAX)?;
        Ok((count, (&self.0).stream_position()?))
    }

    pub(crate) fn set_size(&self, size: u64) -> Result<(), Errno> {
        Ok(self.0.set_len(size)?)
    }

    pub(crate) fn allocate(&self, offset: u64, length: u64) -> Result<(), Errno> {
        let end = offset.checked_add(length).ok_or(Errno::Fbig)?;
        if self.0.metadata()?.len() < end {
            self.0.set_len(end)?;
        }
        Ok(())
    }

    pub(crate) fn set_times(&self, times: SetTimes) -> Result<(), Errno> {
        match self.0.set_times(file_times(times)?) {
            // It was opened for reading only.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                set_times(self.0.as_handle(), times)
            }
            result => Ok(result?),
        }
    }

    pub(crate) fn sync(&self, data_only: bool) -> Result<(), Errno> {
        let result = if data_only {
            self.0.sync_data()
        } else {
            self.0.sync_all()
        };
        match result {
            // What was opened to be read has nothing to pass on, and may not ask for it either.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
            result => Ok(result?),
        }
    }
}

impl Special {
    pub(crate) fn file_type(&self) -> FileType {
        FileType::Unknown
    }

    /// Reads what is there; [`Errno::Again`] if that is nothing yet.
    pub(crate) fn read(&self, bytes: &mut [u8]) -> Result<usize, Errno> {
        let source = Source::Handle(self.0.as_handle());
        let answer = poll::ask(Question {
            source,
            write: false,
        })?;
        if !answer.is_ready {
            return Err(Errno::Again);
        }
        match (&self.0).read(bytes) {
            // Nobody is at the other end any more.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(0),
            result => Ok(result?),
        }
    }

    /// Writes some of the bytes.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<usize, Errno> {
        Ok((&self.0).write(bytes)?)
    }

    pub(crate) fn metadata(&self) -> Result<Metadata, Errno> {
        Ok(Metadata {
            file_type: self.file_type(),
            ..metadata_of(self.0.as_handle(), Kind::File)?
        })
    }

    pub(crate) fn source(&self) -> Option<Source<'_>> {
        Some(Source::Handle(self.0.as_handle()))
    }
}

/// Negative offsets mean something special to the system.
fn check_offset(offset: u64) -> Result<(), Errno> {
    match i64::try_from(offset) {
        Ok(_) => Ok(()),
        Err(_) => Err(Errno::Inval),
    }
}

/// Sets times of something that was opened for reading only.
fn set_times(handle: BorrowedHandle<'_>, times: SetTimes) -> Result<(), Errno> {
    let times = file_times(times)?;
    let handle = resolve::reopen(handle, access::WRITE_ATTRIBUTES)?;
    Ok(fs::File::from(handle).set_times(times)?)
}

fn file_times(times: SetTimes) -> Result<fs::FileTimes, Errno> {
    let time = |time| match time {
        SetTime::Keep => Ok(None),
        SetTime::Now => Ok(Some(SystemTime::now())),
        SetTime::At(nanoseconds) => SystemTime::UNIX_EPOCH
            .checked_add(Duration::from_nanos(nanoseconds))
            .map_or(Err(Errno::Overflow), |time| Ok(Some(time))),
    };
    let mut file_times = fs::FileTimes::new();
    if let Some(accessed) = time(times.accessed)? {
        file_times = file_times.set_accessed(accessed);
    }
    if let Some(modified) = time(times.modified)? {
        file_times = file_times.set_modified(modified);
    }
    Ok(file_times)
}

fn file_type(kind: Kind) -> FileType {
    match kind {
        Kind::File => FileType::RegularFile,
        Kind::Directory => FileType::Directory,
        Kind::SymbolicLink => FileType::SymbolicLink,
        Kind::Other { .. } => FileType::Unknown,
    }
}

/// What is known of something open.
fn metadata_of(handle: BorrowedHandle<'_>, kind: Kind) -> Result<Metadata, Errno> {
    let status = system::status(handle)?;
    Ok(Metadata {
        device: status.volume.into(),
        inode: status.index,
        file_type: file_type(kind),
        links: status.links.into(),
        size: status.size,
        accessed: nanoseconds(status.accessed),
        modified: nanoseconds(status.modified),
        changed: nanoseconds(status.changed),
    })
}

/// A time as guests see it, from one in 100 nanoseconds since the beginning of 1601.
fn nanoseconds(time: i64) -> u64 {
    /// The beginning of 1970.
    const EPOCH: i64 = 116_444_736_000_000_000;
    let since = time.saturating_sub(EPOCH).max(0);
    (since as u64).saturating_mul(100)
}
