//! Paths: `path_*`.
//!
//! Input: numbers of descriptors of directories, and paths below them. Output: the error that says that there is none.
//! Holds: no directory is open, so no path leads anywhere. A descriptor that is not open is [`Errno::Badf`].

use super::descriptor::stream_cannot;
use super::guest::{Guest, Outcome};
use super::types::Errno;

fn not_a_directory(guest: &mut dyn Guest, fd: u32) -> Outcome {
    stream_cannot(guest, fd, Errno::Notdir)
}

/// For what needs two directories.
fn not_two_directories(guest: &mut dyn Guest, first: u32, second: u32) -> Outcome {
    guest.context().descriptors.get(first)?;
    not_a_directory(guest, second)
}

pub(super) fn path_create_directory(
    guest: &mut dyn Guest,
    fd: u32,
    _path: u32,
    _length: u32,
) -> Outcome {
    not_a_directory(guest, fd)
}

pub(super) fn path_filestat_get(
    guest: &mut dyn Guest,
    fd: u32,
    _lookup_flags: u32,
    _path: u32,
    _length: u32,
    _result: u32,
) -> Outcome {
    not_a_directory(guest, fd)
}

pub(super) fn path_filestat_set_times(
    guest: &mut dyn Guest,
    fd: u32,
    _lookup_flags: u32,
    _path: u32,
    _length: u32,
    _accessed: u64,
    _modified: u64,
    _flags: u32,
) -> Outcome {
    not_a_directory(guest, fd)
}

pub(super) fn path_link(
    guest: &mut dyn Guest,
    old_fd: u32,
    _lookup_flags: u32,
    _old_path: u32,
    _old_length: u32,
    new_fd: u32,
    _new_path: u32,
    _new_length: u32,
) -> Outcome {
    not_two_directories(guest, old_fd, new_fd)
}

#[expect(
    clippy::too_many_arguments,
    reason = "the function's parameters are fixed by its standard"
)]
pub(super) fn path_open(
    guest: &mut dyn Guest,
    fd: u32,
    _lookup_flags: u32,
    _path: u32,
    _length: u32,
    _open_flags: u32,
    _rights_base: u64,
    _rights_inheriting: u64,
    _fd_flags: u32,
    _result: u32,
) -> Outcome {
    not_a_directory(guest, fd)
}

pub(super) fn path_readlink(
    guest: &mut dyn Guest,
    fd: u32,
    _path: u32,
    _length: u32,
    _buffer: u32,
    _buffer_length: u32,
    _result: u32,
) -> Outcome {
    not_a_directory(guest, fd)
}

pub(super) fn path_remove_directory(
    guest: &mut dyn Guest,
    fd: u32,
    _path: u32,
    _length: u32,
) -> Outcome {
    not_a_directory(guest, fd)
}

pub(super) fn path_rename(
    guest: &mut dyn Guest,
    old_fd: u32,
    _old_path: u32,
    _old_length: u32,
    new_fd: u32,
    _new_path: u32,
    _new_length: u32,
) -> Outcome {
    not_two_directories(guest, old_fd, new_fd)
}

pub(super) fn path_symlink(
    guest: &mut dyn Guest,
    _old_path: u32,
    _old_length: u32,
    fd: u32,
    _new_path: u32,
    _new_length: u32,
) -> Outcome {
    not_a_directory(guest, fd)
}

pub(super) fn path_unlink_file(
    guest: &mut dyn Guest,
    fd: u32,
    _path: u32,
    _length: u32,
) -> Outcome {
    not_a_directory(guest, fd)
}
