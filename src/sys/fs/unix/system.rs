//! The functions of Unix systems that the standard library does not have, and their constants.
//!
//! Input: open descriptors and names. Output: descriptors, and the system's errors.
//! Holds: every function here is safe to call; names are single names or paths that the caller has decided about.

use core::ffi::{CStr, c_char, c_int, c_long, c_uint};
use std::mem::ManuallyDrop;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::{fs, io};

/// Flags of `openat`, in the system's numbers.
pub(super) mod flags {
    use core::ffi::c_int;

    pub(crate) const READ: c_int = 0;
    pub(crate) const WRITE: c_int = 1;
    pub(crate) const READ_WRITE: c_int = 2;

    #[cfg(any(target_os = "linux", target_os = "android"))]
    mod numbers {
        use core::ffi::c_int;

        /// On some processors these four have numbers of their own.
        const ARM: bool = cfg!(any(
            target_arch = "arm",
            target_arch = "aarch64",
            target_arch = "powerpc",
            target_arch = "powerpc64"
        ));

        pub(crate) const CREATE: c_int = 0o100;
        pub(crate) const EXCLUSIVE: c_int = 0o200;
        pub(crate) const NO_TERMINAL: c_int = 0o400;
        pub(crate) const TRUNCATE: c_int = 0o1000;
        pub(crate) const APPEND: c_int = 0o2000;
        pub(crate) const NON_BLOCKING: c_int = 0o4000;
        pub(crate) const DATA_SYNC: c_int = 0o10000;
        pub(crate) const SYNC: c_int = 0o4010000;
        pub(crate) const CLOSE_ON_EXEC: c_int = 0o2000000;
        pub(crate) const DIRECTORY: c_int = if ARM { 0o40000 } else { 0o200000 };
        pub(crate) const NO_FOLLOW: c_int = if ARM { 0o100000 } else { 0o400000 };
        /// Only a way to what the name means: neither read nor written.
        pub(crate) const PATH: c_int = 0o10000000;
        /// Sizes beyond 2 GiB, which 64-bit systems have anyway.
        pub(crate) const LARGE: c_int = match (cfg!(target_pointer_width = "64"), ARM) {
            (true, _) => 0,
            (false, true) => 0o400000,
            (false, false) => 0o100000,
        };
    }

    #[cfg(any(target_vendor = "apple", target_os = "freebsd"))]
    mod numbers {
        use core::ffi::c_int;

        const APPLE: bool = cfg!(target_vendor = "apple");

        pub(crate) const NON_BLOCKING: c_int = 0x4;
        pub(crate) const APPEND: c_int = 0x8;
        pub(crate) const SYNC: c_int = 0x80;
        pub(crate) const NO_FOLLOW: c_int = 0x100;
        pub(crate) const CREATE: c_int = 0x200;
        pub(crate) const TRUNCATE: c_int = 0x400;
        pub(crate) const EXCLUSIVE: c_int = 0x800;
        pub(crate) const DIRECTORY: c_int = if APPLE { 0x100000 } else { 0x20000 };
        pub(crate) const NO_TERMINAL: c_int = if APPLE { 0x20000 } else { 0x8000 };
        pub(crate) const CLOSE_ON_EXEC: c_int = if APPLE { 0x1000000 } else { 0x100000 };
        pub(crate) const DATA_SYNC: c_int = if APPLE { 0x400000 } else { 0x1000000 };
        /// A directory is opened to read, as there is no way without.
        pub(crate) const PATH: c_int = 0;
        pub(crate) const LARGE: c_int = 0;
    }

    pub(crate) use numbers::*;
}

const LINUX: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// `AT_SYMLINK_NOFOLLOW`.
pub(super) const AT_SYMLINK_NOFOLLOW: c_int = match (LINUX, cfg!(target_vendor = "apple")) {
    (true, _) => 0x100,
    (false, true) => 0x20,
    (false, false) => 0x200,
};

/// `AT_REMOVEDIR`.
const AT_REMOVEDIR: c_int = match (LINUX, cfg!(target_vendor = "apple")) {
    (true, _) => 0x200,
    (false, true) => 0x80,
    (false, false) => 0x800,
};

/// The nanoseconds that stand for the time of day.
const UTIME_NOW: c_long = if LINUX { (1 << 30) - 1 } else { -1 };

/// The nanoseconds that stand for a time that stays.
const UTIME_OMIT: c_long = if LINUX { (1 << 30) - 2 } else { -2 };

const F_GETFL: c_int = 3;
const F_SETFL: c_int = 4;

/// `struct timespec`. Its seconds have the width that the functions have under their plain names: 64 bits on 64-bit
/// systems, 32 bits on others.
#[repr(C)]
#[derive(Copy, Clone)]
pub(super) struct TimeSpec {
    seconds: c_long,
    nanoseconds: c_long,
}

impl TimeSpec {
    pub(super) const NOW: TimeSpec = TimeSpec {
        seconds: 0,
        nanoseconds: UTIME_NOW,
    };
    pub(super) const KEEP: TimeSpec = TimeSpec {
        seconds: 0,
        nanoseconds: UTIME_OMIT,
    };

    /// A time in nanoseconds since the beginning of 1970; none if it is too late for the system.
    pub(super) fn at(nanoseconds: u64) -> Option<TimeSpec> {
        const SECOND: u64 = 1_000_000_000;
        Some(TimeSpec {
            seconds: c_long::try_from(nanoseconds / SECOND).ok()?,
            nanoseconds: (nanoseconds % SECOND) as c_long,
        })
    }
}

unsafe extern "C" {
    fn openat(directory: c_int, path: *const c_char, flags: c_int, ...) -> c_int;
    // A mode is an `int` in Linux's C libraries and shorter elsewhere; both are passed in the same way.
    fn mkdirat(directory: c_int, path: *const c_char, mode: c_uint) -> c_int;
    fn unlinkat(directory: c_int, path: *const c_char, flags: c_int) -> c_int;
    fn renameat(
        old_directory: c_int,
        old_path: *const c_char,
        new_directory: c_int,
        new_path: *const c_char,
    ) -> c_int;
    fn linkat(
        old_directory: c_int,
        old_path: *const c_char,
        new_directory: c_int,
        new_path: *const c_char,
        flags: c_int,
    ) -> c_int;
    fn symlinkat(target: *const c_char, directory: c_int, path: *const c_char) -> c_int;
    fn readlinkat(directory: c_int, path: *const c_char, buffer: *mut c_char, size: usize)
    -> isize;
    fn utimensat(
        directory: c_int,
        path: *const c_char,
        times: *const TimeSpec,
        flags: c_int,
    ) -> c_int;
    fn futimens(fd: c_int, times: *const TimeSpec) -> c_int;
    fn fcntl(fd: c_int, command: c_int, ...) -> c_int;
}

/// Repeats a call that a signal interrupted.
pub(super) fn retry(mut call: impl FnMut() -> c_int) -> io::Result<c_int> {
    loop {
        let result = call();
        if result >= 0 {
            return Ok(result);
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

/// Opens `path`; a file that is made gets `mode`.
pub(super) fn open(
    directory: BorrowedFd<'_>,
    path: &CStr,
    flags: c_int,
    mode: c_uint,
) -> io::Result<OwnedFd> {
    let flags = flags | flags::CLOSE_ON_EXEC | flags::LARGE;
    // SAFETY: the descriptor is open and the path ends with a zero.
    let fd = retry(|| unsafe { openat(directory.as_raw_fd(), path.as_ptr(), flags, mode) })?;
    // SAFETY: it is a new descriptor, which nobody else owns.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// What the standard library can do with something open.
pub(super) fn as_file(fd: BorrowedFd<'_>) -> ManuallyDrop<fs::File> {
    // SAFETY: the descriptor is open. The file is not dropped, so it stays open and with its owner; whoever calls this
    // uses the file while the borrow lasts.
    ManuallyDrop::new(unsafe { fs::File::from_raw_fd(fd.as_raw_fd()) })
}

pub(super) fn make_directory(directory: BorrowedFd<'_>, name: &CStr) -> io::Result<()> {
    // SAFETY: the descriptor is open and the name ends with a zero.
    retry(|| unsafe { mkdirat(directory.as_raw_fd(), name.as_ptr(), 0o777) }).map(drop)
}

/// Removes a directory or anything else.
pub(super) fn remove(directory: BorrowedFd<'_>, name: &CStr, is_directory: bool) -> io::Result<()> {
    let flags = if is_directory { AT_REMOVEDIR } else { 0 };
    // SAFETY: the descriptor is open and the name ends with a zero.
    retry(|| unsafe { unlinkat(directory.as_raw_fd(), name.as_ptr(), flags) }).map(drop)
}

pub(super) fn rename(
    (old_directory, old_name): (BorrowedFd<'_>, &CStr),
    (new_directory, new_name): (BorrowedFd<'_>, &CStr),
) -> io::Result<()> {
    let (old, new) = (old_directory.as_raw_fd(), new_directory.as_raw_fd());
    // SAFETY: the descriptors are open and the names end with zeros.
    retry(|| unsafe { renameat(old, old_name.as_ptr(), new, new_name.as_ptr()) }).map(drop)
}

/// Gives something one more name; a symbolic link itself.
pub(super) fn link(
    (old_directory, old_name): (BorrowedFd<'_>, &CStr),
    (new_directory, new_name): (BorrowedFd<'_>, &CStr),
) -> io::Result<()> {
    let (old, new) = (old_directory.as_raw_fd(), new_directory.as_raw_fd());
    // SAFETY: the descriptors are open and the names end with zeros.
    retry(|| unsafe { linkat(old, old_name.as_ptr(), new, new_name.as_ptr(), 0) }).map(drop)
}

pub(super) fn make_link(target: &CStr, directory: BorrowedFd<'_>, name: &CStr) -> io::Result<()> {
    // SAFETY: the descriptor is open; target and name end with zeros.
    retry(|| unsafe { symlinkat(target.as_ptr(), directory.as_raw_fd(), name.as_ptr()) }).map(drop)
}

/// Reads what a symbolic link holds. The result is how many bytes that are, at most as many as there is room for.
pub(super) fn read_link(
    directory: BorrowedFd<'_>,
    name: &CStr,
    buffer: &mut [u8],
) -> io::Result<usize> {
    let (start, size) = (buffer.as_mut_ptr().cast(), buffer.len());
    // SAFETY: the descriptor is open, the name ends with a zero, and the buffer is valid for writes of its length.
    let length = unsafe { readlinkat(directory.as_raw_fd(), name.as_ptr(), start, size) };
    usize::try_from(length).map_err(|_| io::Error::last_os_error())
}

/// Sets the times of an entry: when it was accessed and when it was modified. Of a symbolic link itself.
pub(super) fn set_times_at(
    directory: BorrowedFd<'_>,
    name: &CStr,
    times: &[TimeSpec; 2],
) -> io::Result<()> {
    let (directory, name) = (directory.as_raw_fd(), name.as_ptr());
    // SAFETY: the descriptor is open, the name ends with a zero, and there are two times.
    retry(|| unsafe { utimensat(directory, name, times.as_ptr(), AT_SYMLINK_NOFOLLOW) }).map(drop)
}

/// Sets the times of something open.
pub(super) fn set_times(fd: BorrowedFd<'_>, times: &[TimeSpec; 2]) -> io::Result<()> {
    // SAFETY: the descriptor is open and there are two times.
    retry(|| unsafe { futimens(fd.as_raw_fd(), times.as_ptr()) }).map(drop)
}

/// Lets writes go to the end of a file, or not.
pub(super) fn set_append(fd: BorrowedFd<'_>, append: bool) -> io::Result<()> {
    // SAFETY: the descriptor is open, and this command takes no argument.
    let flags = retry(|| unsafe { fcntl(fd.as_raw_fd(), F_GETFL) })?;
    let flags = if append {
        flags | flags::APPEND
    } else {
        flags & !flags::APPEND
    };
    // SAFETY: the descriptor is open, and this command takes a number.
    retry(|| unsafe { fcntl(fd.as_raw_fd(), F_SETFL, flags) }).map(drop)
}

#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) use linux::*;

/// What Linux alone has.
#[cfg(any(target_os = "linux", target_os = "android"))]
mod linux {
    use super::{AsRawFd, BorrowedFd, c_int, c_long, io, retry};

    const GETDENTS64: Option<c_long> = if cfg!(target_arch = "x86_64") {
        Some(217)
    } else if cfg!(any(target_arch = "x86", target_arch = "s390x")) {
        Some(220)
    } else if cfg!(target_arch = "arm") {
        Some(217)
    } else if cfg!(any(target_arch = "powerpc", target_arch = "powerpc64")) {
        Some(202)
    } else if cfg!(any(
        target_arch = "aarch64",
        target_arch = "riscv32",
        target_arch = "riscv64",
        target_arch = "loongarch64"
    )) {
        Some(61)
    } else {
        None
    };

    unsafe extern "C" {
        fn syscall(number: c_long, ...) -> c_long;
        // Where offsets have 32 bits by that name, there is another one.
        #[cfg_attr(
            all(
                target_pointer_width = "32",
                any(target_env = "gnu", target_os = "android")
            ),
            link_name = "fallocate64"
        )]
        fn fallocate(fd: c_int, mode: c_int, offset: i64, length: i64) -> c_int;
    }

    /// Provides for bytes of a file, which becomes larger if it ends before them.
    pub(crate) fn allocate(fd: BorrowedFd<'_>, offset: u64, length: u64) -> io::Result<()> {
        let number = |bytes| i64::try_from(bytes).map_err(|_| io::ErrorKind::FileTooLarge);
        let (offset, length) = (number(offset)?, number(length)?);
        // SAFETY: the descriptor is open, and the other parameters are numbers.
        retry(|| unsafe { fallocate(fd.as_raw_fd(), 0, offset, length) }).map(drop)
    }

    /// Reads entries of a directory in the kernel's form. The result is how many bytes that are.
    pub(crate) fn read_entries(directory: BorrowedFd<'_>, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(number) = GETDENTS64 else {
            return Err(io::ErrorKind::Unsupported.into());
        };
        let (start, size) = (buffer.as_mut_ptr(), buffer.len());
        // SAFETY: the descriptor is open and the buffer is valid for writes of its length.
        retry(|| unsafe { syscall(number, directory.as_raw_fd(), start, size) as c_int })
            .map(|length| length as usize)
    }
}
