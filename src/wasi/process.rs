//! The guest as a process: `proc_*` and `sched_yield`.
//!
//! Input: an exit code. Output: the error that ends the guest's run.
//! Holds: only the guest ends, never the host.

use super::file_system::Errno;
use super::guest::{Guest, Outcome};
use crate::error::Error;

/// The error that a guest's exit is. The code has 32 bits; how many of them count is up to the embedder.
pub(super) fn proc_exit(code: u32) -> Error {
    Error::exit(code as i32)
}

/// There are no signals.
pub(super) fn proc_raise(_guest: &mut dyn Guest, _signal: u32) -> Outcome {
    Err(Errno::Notsup.into())
}

/// The guest has one thread; whether it may go on is worth asking.
pub(super) fn sched_yield(guest: &mut dyn Guest) -> Outcome {
    Ok(guest.check()?)
}
