//! Files and directories of the operating system, reached from a directory that is open and never left.
//!
//! Input: an open directory, paths below it. Output: open files, directories and streams, and what is known of them.
//! Holds: whatever the path, and whatever other processes do meanwhile, nothing outside of the directory is read,
//! made, changed or removed: not by `..`, absolute paths, symbolic links or renamed directories. Nothing here blocks
//! because of what a path names: a FIFO is opened without waiting for its other end.

#[cfg(any(windows, test))]
mod names;
pub(crate) mod path;
#[cfg(all(test, any(wazir_unix_files, windows)))]
mod tests;
#[cfg(wazir_unix_files)]
mod unix;
#[cfg(not(any(wazir_unix_files, windows)))]
mod unsupported;
#[cfg(any(wazir_unix_files, windows))]
mod walk;
#[cfg(windows)]
mod windows;

#[cfg(wazir_unix_files)]
use unix as system;
#[cfg(not(any(wazir_unix_files, windows)))]
use unsupported as system;
#[cfg(windows)]
use windows as system;

/// How often the kernel was asked to resolve a path, instead of walking it name by name: for tests.
pub(crate) fn kernel_resolutions() -> u64 {
    #[cfg(all(wazir_unix_files, target_os = "linux"))]
    return unix::kernel::calls();
    #[cfg(not(all(wazir_unix_files, target_os = "linux")))]
    return 0;
}

/// Makes all paths be walked from now on, or not: for tests.
pub(crate) fn walk_always(_walk: bool) {
    #[cfg(all(wazir_unix_files, target_os = "linux"))]
    unix::kernel::forbid(_walk);
}

pub(crate) use system::{Directory, File, Special};

/// What opening a path gives.
pub(crate) enum Opened {
    File(File),
    Directory(Directory),
    /// Something that has no size, or whose reads and writes may have to wait.
    Special(Special),
}

/// What something in a file system is. The numbers are those of WASI preview 1.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum FileType {
    /// A pipe, or something that has no type here.
    Unknown = 0,
    /// A block device.
    BlockDevice = 1,
    /// A character device, such as a terminal.
    CharacterDevice = 2,
    /// A directory.
    Directory = 3,
    /// A file with a size and a position.
    RegularFile = 4,
    /// A datagram socket.
    SocketDatagram = 5,
    /// A stream socket.
    SocketStream = 6,
    /// A symbolic link.
    SymbolicLink = 7,
}

/// What is known of a file or directory. Times are nanoseconds since the beginning of 1970, UTC; earlier times are 0.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// The device that it is on. Together with `inode` it tells files apart.
    pub device: u64,
    /// Its number on the device.
    pub inode: u64,
    /// What it is.
    pub file_type: FileType,
    /// How many names it has.
    pub links: u64,
    /// Its size in bytes; for a symbolic link the length of its target.
    pub size: u64,
    /// When it was read last.
    pub accessed: u64,
    /// When its content was changed last.
    pub modified: u64,
    /// When its content or what is known of it was changed last.
    pub changed: u64,
}

/// What to do with a time of a file.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default)]
pub enum SetTime {
    /// Leave it.
    #[default]
    Keep,
    /// Set it to the time of day.
    Now,
    /// Set it to nanoseconds since the beginning of 1970, UTC.
    At(u64),
}

/// The times to set of a file or directory.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default)]
pub struct SetTimes {
    /// When it was read last.
    pub accessed: SetTime,
    /// When its content was changed last.
    pub modified: SetTime,
}

/// How to open a path. All is off in the default.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default)]
pub struct OpenOptions {
    /// To read.
    pub read: bool,
    /// To write.
    pub write: bool,
    /// To write at the end, whatever its size is then.
    pub append: bool,
    /// A file that is not there is made.
    pub create: bool,
    /// With `create`: it fails if something is there, also a symbolic link.
    pub exclusive: bool,
    /// A file that is there loses its content.
    pub truncate: bool,
    /// It fails unless it is a directory.
    pub directory: bool,
    /// If the path names a symbolic link, what it leads to is opened; otherwise that fails.
    pub follow: bool,
    /// Each write waits until the content is on the device.
    pub data_sync: bool,
    /// Each write waits until the content and what is known of the file are on the device.
    pub sync: bool,
}

/// An entry of a directory.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct DirectoryEntry<'a> {
    /// Where the entries behind this one begin.
    pub next: u64,
    /// Its number on the device.
    pub inode: u64,
    /// What it is; [`FileType::Unknown`] if the directory does not tell.
    pub file_type: FileType,
    /// Its name.
    pub name: &'a str,
}
