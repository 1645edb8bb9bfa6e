//! Whether Linux resolves paths for us, and how often it did.
//!
//! Input: paths. Output: open descriptors.
//! Holds: kernels and sandboxes without `openat2` are found out once, by a call that works wherever it exists.

use core::ffi::{CStr, c_int};
use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::OnceLock;

use super::system::{self, flags};

static CALLS: AtomicU64 = AtomicU64::new(0);
static IS_FORBIDDEN: AtomicBool = AtomicBool::new(false);

/// Whether [`open_beneath`] is to be used.
pub(super) fn resolves() -> bool {
    static WORKS: OnceLock<bool> = OnceLock::new();
    !IS_FORBIDDEN.load(Ordering::Relaxed)
        && *WORKS.get_or_init(|| {
            let root = std::fs::File::open("/");
            let flags = flags::PATH | flags::DIRECTORY;
            root.is_ok_and(|root| system::open_beneath(root.as_fd(), c".", flags, 0).is_ok())
        })
}

/// Opens a path below a directory by `openat2`.
pub(super) fn open_beneath(
    directory: BorrowedFd<'_>,
    path: &CStr,
    flags: c_int,
    mode: u32,
) -> io::Result<OwnedFd> {
    CALLS.fetch_add(1, Ordering::Relaxed);
    system::open_beneath(directory, path, flags, mode)
}

/// How often the kernel was asked to resolve a path.
pub(in crate::sys::fs) fn calls() -> u64 {
    CALLS.load(Ordering::Relaxed)
}

/// Makes all paths of the process be walked from now on, or not.
pub(in crate::sys::fs) fn forbid(forbid: bool) {
    IS_FORBIDDEN.store(forbid, Ordering::Relaxed);
}
