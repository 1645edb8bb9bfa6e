//! Files and directories where there are none, or where nobody has written this yet.
//!
//! Input and output: as `sys/fs/mod.rs` says.
//! Holds: no directory can be opened, so nothing else can be asked for: the types have no values.

use alloc::string::String;
use core::convert::Infallible;
use std::io;
use std::path::Path;

use super::{DirectoryEntry, FileType, Metadata, OpenOptions, Opened, SetTimes};
use crate::sys::errno::Errno;
use crate::sys::poll::Source;

pub(crate) struct Directory(Infallible);

pub(crate) struct File(Infallible);

pub(crate) struct Special(Infallible);

/// What opening would give.
const _: [fn(Infallible) -> Opened; 3] = [
    |nothing| Opened::File(File(nothing)),
    |nothing| Opened::Directory(Directory(nothing)),
    |nothing| Opened::Special(Special(nothing)),
];

impl Directory {
    pub(crate) fn open_of_host(_path: &Path) -> io::Result<Directory> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

macro_rules! impossible {
    ($type:ident { $($name:ident($($parameter:ty),*) -> $result:ty;)* }) => {
        impl $type {
            $(pub(crate) fn $name(&self, $(_: $parameter),*) -> $result {
                match self.0 {}
            })*
        }
    };
}

impossible! { Directory {
    metadata() -> Result<Metadata, Errno>;
    open(&str, &OpenOptions) -> Result<Opened, Errno>;
    metadata_at(&str, bool) -> Result<Metadata, Errno>;
    read(u64, &mut dyn FnMut(DirectoryEntry<'_>) -> bool) -> Result<(), Errno>;
    read_link(&str) -> Result<String, Errno>;
    set_times(SetTimes) -> Result<(), Errno>;
    set_times_at(&str, bool, SetTimes) -> Result<(), Errno>;
    create_directory(&str) -> Result<(), Errno>;
    remove_directory(&str) -> Result<(), Errno>;
    unlink(&str) -> Result<(), Errno>;
    rename(&str, &Directory, &str) -> Result<(), Errno>;
    link(&str, &Directory, &str) -> Result<(), Errno>;
    symlink(&str, &str) -> Result<(), Errno>;
    sync() -> Result<(), Errno>;
} }

impossible! { File {
    metadata() -> Result<Metadata, Errno>;
    read_at(&mut [u8], u64) -> Result<usize, Errno>;
    write_at(&[u8], u64) -> Result<usize, Errno>;
    append(&[u8]) -> Result<(usize, u64), Errno>;
    set_size(u64) -> Result<(), Errno>;
    allocate(u64, u64) -> Result<(), Errno>;
    set_times(SetTimes) -> Result<(), Errno>;
    sync(bool) -> Result<(), Errno>;
} }

impossible! { Special {
    file_type() -> FileType;
    read(&mut [u8]) -> Result<usize, Errno>;
    write(&[u8]) -> Result<usize, Errno>;
    metadata() -> Result<Metadata, Errno>;
    source() -> Option<Source<'_>>;
} }
