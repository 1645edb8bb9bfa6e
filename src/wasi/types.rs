//! The numbers and layouts of `wasi_snapshot_preview1`, as its witx files fix them.
//!
//! Input: nothing. Output: error numbers, rights, flags, file types, and the sizes and offsets of structures in guest
//! memory. Holds: every number that a guest sees is in this file, once.

use std::io;

/// The module that guests import the functions from.
pub(super) const MODULE: &str = "wasi_snapshot_preview1";

macro_rules! numbers {
    ($(#[$doc:meta])* $name:ident: $repr:ident { $($(#[$case_doc:meta])* $case:ident = $number:literal,)* }) => {
        $(#[$doc])*
        #[derive(Copy, Clone, Debug, PartialEq, Eq)]
        #[repr($repr)]
        pub(super) enum $name {
            $($(#[$case_doc])* $case = $number,)*
        }
    };
}

numbers! {
    /// Why a function failed, as the guest is told.
    Errno: u16 {
        /// Permission denied.
        Acces = 2,
        /// Nothing is there yet.
        Again = 6,
        /// No such descriptor, or one that is not open for this.
        Badf = 8,
        /// A pointer leads out of memory.
        Fault = 21,
        /// An argument has no meaning.
        Inval = 28,
        /// The device or stream failed.
        Io = 29,
        /// No space left.
        Nospc = 51,
        /// Not a directory.
        Notdir = 54,
        /// Not a socket.
        Notsock = 57,
        /// Cannot be done here.
        Notsup = 58,
        /// A number is too large for its type.
        Overflow = 61,
        /// Nobody reads the other end any more.
        Pipe = 64,
        /// A stream has no position.
        Spipe = 70,
        /// The descriptor lacks a right.
        Notcapable = 76,
    }
}

/// The error number of success.
pub(super) const SUCCESS: u32 = 0;

impl From<&io::Error> for Errno {
    fn from(error: &io::Error) -> Errno {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Errno::Pipe,
            io::ErrorKind::PermissionDenied => Errno::Acces,
            io::ErrorKind::StorageFull => Errno::Nospc,
            io::ErrorKind::WouldBlock => Errno::Again,
            io::ErrorKind::Unsupported => Errno::Notsup,
            _ => Errno::Io,
        }
    }
}

numbers! {
    /// What a descriptor refers to.
    FileType: u8 {
        /// A pipe, or something that has no type here.
        Unknown = 0,
        /// A terminal.
        CharacterDevice = 2,
    }
}

/// What may be done with a descriptor, one bit each.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Rights(u64);

impl Rights {
    pub(super) const NONE: Rights = Rights(0);
    pub(super) const FD_READ: Rights = Rights(1 << 1);
    pub(super) const FD_FDSTAT_SET_FLAGS: Rights = Rights(1 << 3);
    pub(super) const FD_WRITE: Rights = Rights(1 << 6);
    pub(super) const FD_FILESTAT_GET: Rights = Rights(1 << 21);
    pub(super) const POLL_FD_READWRITE: Rights = Rights(1 << 27);

    /// As the guest gave them.
    pub(super) const fn from_bits(bits: u64) -> Rights {
        Rights(bits)
    }

    /// As the guest sees them.
    pub(super) const fn bits(self) -> u64 {
        self.0
    }

    /// Those in either set.
    pub(super) const fn union(self, other: Rights) -> Rights {
        Rights(self.0 | other.0)
    }

    /// Whether all of `other` are among these.
    pub(super) const fn contains(self, other: Rights) -> bool {
        self.0 & other.0 == other.0
    }
}

/// How a descriptor is written: the bits of `fdflags`.
pub(super) mod fd_flags {
    pub(in crate::wasi) const APPEND: u32 = 1;
    pub(in crate::wasi) const ALL: u32 = 0b1_1111;
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
    /// What `fd_filestat_get` tells. The other fields are numbers of files, and times.
    filestat { FILE_TYPE = 16, } = 64
    /// What `poll_oneoff` waits for.
    subscription {
        USER_DATA = 0, TYPE = 8,
        CLOCK_ID = 16, CLOCK_TIMEOUT = 24, CLOCK_FLAGS = 40,
        DESCRIPTOR = 16,
    } = 48
    /// What `poll_oneoff` answers.
    event { USER_DATA = 0, ERROR = 8, TYPE = 10, BYTES = 16, } = 32
}
