//! What macOS, its relatives and FreeBSD need in place of what is Linux's own.
//!
//! Input: an open directory and a name in it, or a position. Output: what is known of the name; entries.
//! Holds: structures have the layout of 64-bit inode numbers, which these systems use for new programs. A position
//! in a directory is the number of entries before it, because the systems' own are valid for one open stream only. Who
//! goes on where the last read ended gets each entry once, also if others have come or gone meanwhile.

use alloc::string::String;
use core::ffi::{CStr, c_char, c_int, c_void};
use core::mem::MaybeUninit;
use core::ptr::NonNull;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, IntoRawFd};

use super::super::{DirectoryEntry, FileType, Metadata};
use super::system::AT_SYMLINK_NOFOLLOW;
use crate::sys::errno::Errno;

#[repr(C)]
struct Time {
    seconds: i64,
    nanoseconds: i64,
}

/// `struct stat`.
#[cfg(target_vendor = "apple")]
#[repr(C)]
struct Stat {
    device: i32,
    mode: u16,
    links: u16,
    inode: u64,
    owner: [u32; 2],
    special_device: i32,
    accessed: Time,
    modified: Time,
    changed: Time,
    created: Time,
    size: i64,
    rest: [u64; 6],
}

#[cfg(target_vendor = "apple")]
impl Stat {
    /// The device, as the standard library gives it, and the number of links.
    fn device_and_links(&self) -> (u64, u64) {
        (self.device as u64, self.links.into())
    }
}

/// `struct stat`.
#[cfg(target_os = "freebsd")]
#[repr(C)]
struct Stat {
    device: u64,
    inode: u64,
    links: u64,
    mode: u16,
    flags: u16,
    owner: [u32; 2],
    padding: u32,
    special_device: u64,
    accessed: Time,
    modified: Time,
    changed: Time,
    created: Time,
    size: i64,
    rest: [u64; 14],
}

#[cfg(target_os = "freebsd")]
impl Stat {
    /// The device and the number of links.
    fn device_and_links(&self) -> (u64, u64) {
        (self.device, self.links)
    }
}

/// `struct dirent` up to the name.
#[cfg(target_vendor = "apple")]
#[repr(C)]
struct Entry {
    inode: u64,
    position: u64,
    length: u16,
    name_length: u16,
    file_type: u8,
}

/// `struct dirent` up to the name.
#[cfg(target_os = "freebsd")]
#[repr(C)]
struct Entry {
    inode: u64,
    position: u64,
    length: u16,
    file_type: u8,
    padding: u8,
    name_length: u16,
    more_padding: u16,
}

/// Where the name begins in `struct dirent`.
const NAME: usize = if cfg!(target_vendor = "apple") {
    21
} else {
    24
};

// On the first processors of macOS the plain names are functions for shorter inode numbers; its relatives, simulated
// ones too, never had those.
unsafe extern "C" {
    #[cfg_attr(
        all(target_os = "macos", target_arch = "x86_64"),
        link_name = "fstatat$INODE64"
    )]
    fn fstatat(directory: c_int, path: *const c_char, stat: *mut Stat, flags: c_int) -> c_int;
    #[cfg_attr(
        all(target_os = "macos", target_arch = "x86_64"),
        link_name = "fdopendir$INODE64"
    )]
    fn fdopendir(directory: c_int) -> *mut c_void;
    #[cfg_attr(
        all(target_os = "macos", target_arch = "x86_64"),
        link_name = "readdir$INODE64"
    )]
    fn readdir(stream: *mut c_void) -> *mut Entry;
    #[cfg_attr(
        all(target_os = "macos", target_arch = "x86_64"),
        link_name = "rewinddir$INODE64"
    )]
    fn rewinddir(stream: *mut c_void);
    fn closedir(stream: *mut c_void) -> c_int;
}

/// What is known of an entry; of a symbolic link itself.
pub(super) fn metadata_at(directory: BorrowedFd<'_>, name: &CStr) -> io::Result<Metadata> {
    let mut stat = MaybeUninit::<Stat>::zeroed();
    let (fd, stat_pointer) = (directory.as_raw_fd(), stat.as_mut_ptr());
    // SAFETY: the descriptor is open, the name ends with a zero, and the structure is as large as the system's.
    if unsafe { fstatat(fd, name.as_ptr(), stat_pointer, AT_SYMLINK_NOFOLLOW) } != 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it was zero, which is valid, and the call has filled it.
    let stat = unsafe { stat.assume_init() };
    let (device, links) = stat.device_and_links();
    let time = |time: &Time| super::nanoseconds(time.seconds, time.nanoseconds);
    Ok(Metadata {
        device,
        inode: stat.inode,
        file_type: super::entry_type((stat.mode >> 12) as u8),
        links,
        size: stat.size as u64,
        accessed: time(&stat.accessed),
        modified: time(&stat.modified),
        changed: time(&stat.changed),
    })
}

/// An open stream of entries, which is closed when it is dropped.
struct Stream(NonNull<c_void>);

// SAFETY: a stream belongs to no thread, and it is used through `&mut` only.
unsafe impl Send for Stream {}

impl Stream {
    fn open(directory: BorrowedFd<'_>) -> io::Result<Stream> {
        let fd = directory.try_clone_to_owned()?.into_raw_fd();
        // SAFETY: the descriptor is open and belongs to nobody else; the stream owns it from here on. If there is no
        // stream, it stays open, which only a lack of memory brings about.
        let stream = unsafe { fdopendir(fd) };
        let stream = NonNull::new(stream).ok_or_else(io::Error::last_os_error)?;
        // SAFETY: the stream is open.
        unsafe { rewinddir(stream.as_ptr()) };
        Ok(Stream(stream))
    }

    fn next(&mut self) -> Option<Found> {
        // SAFETY: the stream is open and only this thread uses it.
        let start = NonNull::new(unsafe { readdir(self.0.as_ptr()) })?;
        // SAFETY: an entry stays until the stream is read again.
        let entry = unsafe { start.as_ref() };
        let name = start.as_ptr().cast::<u8>().wrapping_add(NAME);
        // SAFETY: the name of an entry stands behind it, has this length, and stays as long.
        let name = unsafe { core::slice::from_raw_parts(name, entry.name_length.into()) };
        Some(Found {
            inode: entry.inode,
            file_type: super::entry_type(entry.file_type),
            name: String::from_utf8_lossy(name).into_owned(),
        })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // SAFETY: the stream is open, and nobody uses it afterwards.
        unsafe { closedir(self.0.as_ptr()) };
    }
}

/// An entry that a stream gave. Where its name is not UTF-8 it has U+FFFD.
struct Found {
    inode: u64,
    file_type: FileType,
    name: String,
}

/// How far a directory has been read.
pub(super) struct Scan(Option<Part>);

/// A stream and what it gave last. Who had no room for that asks for it again.
struct Part {
    stream: Stream,
    last: Found,
    /// How many entries were before the last one.
    before: u64,
}

impl Scan {
    pub(super) fn new() -> Scan {
        Scan(None)
    }

    /// Visits the entries from `start` on as long as `visit` says so.
    pub(super) fn read(
        &mut self,
        directory: BorrowedFd<'_>,
        start: u64,
        visit: &mut dyn FnMut(DirectoryEntry<'_>) -> bool,
    ) -> Result<(), Errno> {
        let own_inode = super::metadata_of(directory)?.inode;
        let part = self.0.take();
        let mut next = match part.filter(|part| start > 0 && part.before <= start) {
            Some(part) => Some(part),
            None => Part::first(directory)?,
        };
        while let Some(part) = next {
            let Found {
                inode,
                file_type,
                ref name,
            } = part.last;
            let is_seen = part.before < start;
            let goes_on = is_seen
                || visit(DirectoryEntry {
                    next: part.before + 1,
                    // The parent may be out of the guest's reach.
                    inode: if name == ".." { own_inode } else { inode },
                    file_type,
                    name,
                });
            if !goes_on {
                self.0 = Some(part);
                return Ok(());
            }
            next = part.next();
        }
        Ok(())
    }
}

impl Part {
    fn first(directory: BorrowedFd<'_>) -> io::Result<Option<Part>> {
        let mut stream = Stream::open(directory)?;
        let first = stream.next();
        Ok(first.map(|last| Part {
            stream,
            last,
            before: 0,
        }))
    }

    /// The entry behind the last one, none at the end.
    fn next(mut self) -> Option<Part> {
        self.last = self.stream.next()?;
        self.before += 1;
        Some(self)
    }
}
