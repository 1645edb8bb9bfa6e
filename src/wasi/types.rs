//! The numbers and layouts of `wasi_snapshot_preview1`, as its witx files fix them.
//!
//! Input: nothing. Output: rights, flags, and the sizes and offsets of structures in guest memory.
//! Holds: every number that a guest sees is in this file, once, apart from those of errors and file types, which are
//! in `sys/errno.rs` and `sys/fs/mod.rs`.

/// The module that guests import the functions from.
pub(super) const MODULE: &str = "wasi_snapshot_preview1";

/// The error number of success.
pub(super) const SUCCESS: u32 = 0;

/// What may be done with a descriptor, one bit each.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Rights(u64);

macro_rules! rights {
    ($($name:ident = $bit:literal,)*) => {
        impl Rights {
            $(pub(super) const $name: Rights = Rights(1 << $bit);)*

            /// The names of the bits, the lowest first.
            pub(super) const NAMES: &[&str] = &[$(stringify!($name)),*];
        }
    };
}

rights! {
    FD_DATASYNC = 0,
    FD_READ = 1,
    FD_SEEK = 2,
    FD_FDSTAT_SET_FLAGS = 3,
    FD_SYNC = 4,
    FD_TELL = 5,
    FD_WRITE = 6,
    FD_ADVISE = 7,
    FD_ALLOCATE = 8,
    PATH_CREATE_DIRECTORY = 9,
    PATH_CREATE_FILE = 10,
    PATH_LINK_SOURCE = 11,
    PATH_LINK_TARGET = 12,
    PATH_OPEN = 13,
    FD_READDIR = 14,
    PATH_READLINK = 15,
    PATH_RENAME_SOURCE = 16,
    PATH_RENAME_TARGET = 17,
    PATH_FILESTAT_GET = 18,
    PATH_FILESTAT_SET_SIZE = 19,
    PATH_FILESTAT_SET_TIMES = 20,
    FD_FILESTAT_GET = 21,
    FD_FILESTAT_SET_SIZE = 22,
    FD_FILESTAT_SET_TIMES = 23,
    PATH_SYMLINK = 24,
    PATH_REMOVE_DIRECTORY = 25,
    PATH_UNLINK_FILE = 26,
    POLL_FD_READWRITE = 27,
    SOCK_SHUTDOWN = 28,
    SOCK_ACCEPT = 29,
}

impl Rights {
    pub(super) const NONE: Rights = Rights(0);

    /// What can be done with a file.
    pub(super) const FILE: Rights = Rights::all_of(&[
        Rights::FD_DATASYNC,
        Rights::FD_READ,
        Rights::FD_SEEK,
        Rights::FD_FDSTAT_SET_FLAGS,
        Rights::FD_SYNC,
        Rights::FD_TELL,
        Rights::FD_WRITE,
        Rights::FD_ADVISE,
        Rights::FD_ALLOCATE,
        Rights::FD_FILESTAT_GET,
        Rights::FD_FILESTAT_SET_SIZE,
        Rights::FD_FILESTAT_SET_TIMES,
        Rights::POLL_FD_READWRITE,
    ]);

    /// What can be done with a directory.
    pub(super) const DIRECTORY: Rights = Rights::all_of(&[
        Rights::FD_FDSTAT_SET_FLAGS,
        Rights::FD_SYNC,
        Rights::FD_DATASYNC,
        Rights::FD_ADVISE,
        Rights::PATH_CREATE_DIRECTORY,
        Rights::PATH_CREATE_FILE,
        Rights::PATH_LINK_SOURCE,
        Rights::PATH_LINK_TARGET,
        Rights::PATH_OPEN,
        Rights::FD_READDIR,
        Rights::PATH_READLINK,
        Rights::PATH_RENAME_SOURCE,
        Rights::PATH_RENAME_TARGET,
        Rights::PATH_FILESTAT_GET,
        Rights::PATH_FILESTAT_SET_SIZE,
        Rights::PATH_FILESTAT_SET_TIMES,
        Rights::FD_FILESTAT_GET,
        Rights::FD_FILESTAT_SET_TIMES,
        Rights::PATH_SYMLINK,
        Rights::PATH_REMOVE_DIRECTORY,
        Rights::PATH_UNLINK_FILE,
        Rights::POLL_FD_READWRITE,
    ]);

    /// What can be done with a pipe, a terminal or another stream.
    pub(super) const STREAM: Rights = Rights::all_of(&[
        Rights::FD_FDSTAT_SET_FLAGS,
        Rights::FD_FILESTAT_GET,
        Rights::POLL_FD_READWRITE,
    ]);

    /// What can be done with a connection.
    pub(super) const SOCKET: Rights = Rights::all_of(&[
        Rights::STREAM,
        Rights::FD_READ,
        Rights::FD_WRITE,
        Rights::SOCK_SHUTDOWN,
    ]);

    /// What writes to a file.
    pub(super) const WRITING: Rights = Rights::all_of(&[
        Rights::FD_WRITE,
        Rights::FD_ALLOCATE,
        Rights::FD_FILESTAT_SET_SIZE,
    ]);

    /// Those in any of the sets.
    pub(super) const fn all_of(sets: &[Rights]) -> Rights {
        let mut bits = 0;
        let mut index = 0;
        while index < sets.len() {
            bits |= sets[index].0;
            index += 1;
        }
        Rights(bits)
    }

    /// As the guest gave them.
    pub(super) const fn from_bits(bits: u64) -> Rights {
        Rights(bits)
    }

    /// As the guest sees them.
    pub(super) const fn bits(self) -> u64 {
        self.0
    }

    /// Those in both sets.
    pub(super) const fn intersection(self, other: Rights) -> Rights {
        Rights(self.0 & other.0)
    }

    /// Whether any of `other` are among these.
    pub(super) const fn intersects(self, other: Rights) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether all of `other` are among these.
    pub(super) const fn contains(self, other: Rights) -> bool {
        self.0 & other.0 == other.0
    }
}

/// How a descriptor is written: the bits of `fdflags`.
pub(super) mod fd_flags {
    pub(in crate::wasi) const APPEND: u32 = 1;
    pub(in crate::wasi) const DATA_SYNC: u32 = 1 << 1;
    pub(in crate::wasi) const NON_BLOCKING: u32 = 1 << 2;
    pub(in crate::wasi) const READ_SYNC: u32 = 1 << 3;
    pub(in crate::wasi) const SYNC: u32 = 1 << 4;
    pub(in crate::wasi) const ALL: u32 = 0b1_1111;
}

/// How a path is opened: the bits of `oflags`.
pub(super) mod open_flags {
    pub(in crate::wasi) const CREATE: u32 = 1;
    pub(in crate::wasi) const DIRECTORY: u32 = 1 << 1;
    pub(in crate::wasi) const EXCLUSIVE: u32 = 1 << 2;
    pub(in crate::wasi) const TRUNCATE: u32 = 1 << 3;
    pub(in crate::wasi) const ALL: u32 = 0b1111;
}

/// How a path is looked up: the bits of `lookupflags`.
pub(super) mod lookup_flags {
    pub(in crate::wasi) const FOLLOW: u32 = 1;
    pub(in crate::wasi) const ALL: u32 = 1;
}

/// Which times are set: the bits of `fstflags`.
pub(super) mod time_flags {
    pub(in crate::wasi) const ACCESSED: u32 = 1;
    pub(in crate::wasi) const ACCESSED_NOW: u32 = 1 << 1;
    pub(in crate::wasi) const MODIFIED: u32 = 1 << 2;
    pub(in crate::wasi) const MODIFIED_NOW: u32 = 1 << 3;
    pub(in crate::wasi) const ALL: u32 = 0b1111;
}

/// What a position counts from: the values of `whence`.
pub(super) mod whence {
    pub(in crate::wasi) const START: u32 = 0;
    pub(in crate::wasi) const CURRENT: u32 = 1;
    pub(in crate::wasi) const END: u32 = 2;
}

/// The greatest value of `advice`.
pub(super) const ADVICE_MAX: u32 = 5;

/// How much of a connection is shut down: the bits of `sdflags`.
pub(super) mod shutdown_flags {
    pub(in crate::wasi) const READ: u32 = 1;
    pub(in crate::wasi) const WRITE: u32 = 1 << 1;
    pub(in crate::wasi) const ALL: u32 = 0b11;
}

/// How a connection is received from: the bits of `riflags`.
pub(super) mod receive_flags {
    pub(in crate::wasi) const PEEK: u32 = 1;
    pub(in crate::wasi) const WAIT_ALL: u32 = 1 << 1;
    pub(in crate::wasi) const ALL: u32 = 0b11;
}

/// The bits of `subclockflags`.
pub(super) mod subscription_flags {
    pub(in crate::wasi) const ABSOLUTE: u16 = 1;
}

/// The numbers of clocks: the time of day.
pub(super) const CLOCK_REALTIME: u32 = 0;
/// The numbers of clocks: the one that never goes backwards.
pub(super) const CLOCK_MONOTONIC: u32 = 1;

/// The kinds of subscriptions and events.
pub(super) mod event_type {
    pub(in crate::wasi) const CLOCK: u8 = 0;
    pub(in crate::wasi) const FD_READ: u8 = 1;
    pub(in crate::wasi) const FD_WRITE: u8 = 2;
}

/// The bits of `eventrwflags`.
pub(super) mod event_flags {
    pub(in crate::wasi) const HANG_UP: u16 = 1;
}

macro_rules! layouts {
    ($($(#[$doc:meta])* $structure:ident { $($field:ident = $offset:literal,)* } = $size:literal)*) => {
        $(
            $(#[$doc])*
            pub(super) mod $structure {
                pub(in crate::wasi) const SIZE: u32 = $size;
                $(pub(in crate::wasi) const $field: u32 = $offset;)*
            }
        )*
    };
}

layouts! {
    /// A buffer of a read or a write.
    iovec { BUFFER = 0, LENGTH = 4, } = 8
    /// What `fd_fdstat_get` tells.
    fdstat { FILE_TYPE = 0, FLAGS = 2, RIGHTS_BASE = 8, RIGHTS_INHERITING = 16, } = 24
    /// What `fd_filestat_get` tells.
    filestat {
        DEVICE = 0, INODE = 8, FILE_TYPE = 16, LINKS = 24, FILE_SIZE = 32, ACCESSED = 40, MODIFIED = 48, CHANGED = 56,
    } = 64
    /// What `fd_prestat_get` tells. The tag of a directory is 0.
    prestat { NAME_LENGTH = 4, } = 8
    /// An entry of a directory, without its name.
    dirent { NEXT = 0, INODE = 8, NAME_LENGTH = 16, FILE_TYPE = 20, } = 24
    /// What `poll_oneoff` waits for.
    subscription {
        USER_DATA = 0, TYPE = 8,
        CLOCK_ID = 16, CLOCK_TIMEOUT = 24, CLOCK_FLAGS = 40,
        DESCRIPTOR = 16,
    } = 48
    /// What `poll_oneoff` answers.
    event { USER_DATA = 0, ERROR = 8, TYPE = 10, BYTES = 16, FLAGS = 24, } = 32
}
