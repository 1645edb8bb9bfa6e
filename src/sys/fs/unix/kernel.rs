//! Whether Linux resolves paths for us, and how often it did.
//!
//! Input: paths. Output: open descriptors.
//! Holds: kernels and sandboxes without `openat2` are found out once, by a call that works wherever it exists.

use core::ffi::{CStr, c_int, c_long};
use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::sync::OnceLock;

use super::system::{flags, retry};

static CALLS: AtomicU64 = AtomicU64::new(0);
static IS_FORBIDDEN: AtomicBool = AtomicBool::new(false);

/// Whether [`open_beneath`] is to be used.
pub(super) fn resolves() -> bool {
    static WORKS: OnceLock<bool> = OnceLock::new();
    !IS_FORBIDDEN.load(Ordering::Relaxed)
        && *WORKS.get_or_init(|| {
            let root = std::fs::File::open("/");
            let flags = flags::PATH | flags::DIRECTORY;
            root.is_ok_and(|root| open_beneath(root.as_fd(), c".", flags, 0).is_ok())
        })
}

const OPENAT2: c_long = 437;

/// `RESOLVE_BENEATH`: the path must not leave the directory.
const RESOLVE_BENEATH: u64 = 0x08;
/// `RESOLVE_NO_MAGICLINKS`: nor go through links that the kernel makes up, such as those to open files.
const RESOLVE_NO_MAGICLINKS: u64 = 0x02;

/// `struct open_how`.
#[repr(C)]
struct OpenHow {
    flags: u64,
    mode: u64,
    resolve: u64,
}

unsafe extern "C" {
    fn syscall(number: c_long, ...) -> c_long;
}

/// Opens a path, which the kernel keeps below the directory.
pub(super) fn open_beneath(
    directory: BorrowedFd<'_>,
    path: &CStr,
    flags: c_int,
    mode: u32,
) -> io::Result<OwnedFd> {
    CALLS.fetch_add(1, Ordering::Relaxed);
    let makes = flags & flags::CREATE != 0;
    let flags = flags | flags::CLOSE_ON_EXEC | flags::LARGE;
    let how = OpenHow {
        flags: u64::from(flags as u32),
        // A mode without a file to be made is an error.
        mode: if makes { mode.into() } else { 0 },
        resolve: RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
    };
    let (directory, path, how) = (directory.as_raw_fd(), path.as_ptr(), &raw const how);
    // SAFETY: the descriptor is open, the path ends with a zero, and the structure has the given size.
    let fd =
        retry(|| unsafe { syscall(OPENAT2, directory, path, how, size_of::<OpenHow>()) as c_int })?;
    // SAFETY: it is a new descriptor, which nobody else owns.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// How often the kernel was asked to resolve a path.
pub(in crate::sys::fs) fn calls() -> u64 {
    CALLS.load(Ordering::Relaxed)
}

/// Makes all paths of the process be walked from now on, or not.
pub(in crate::sys::fs) fn forbid(forbid: bool) {
    IS_FORBIDDEN.store(forbid, Ordering::Relaxed);
}
