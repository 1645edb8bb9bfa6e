//! Error numbers of file systems, sockets and streams.
//!
//! Input: the system's errors. Output: [`Errno`], the same on every platform.
//! Holds: an error that the system gives a name to keeps it where WASI has that name; all others are [`Errno::Io`].

use core::fmt;
use std::io;

macro_rules! errnos {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $text:literal;)*) => {
        /// Why something failed, as guests are told: the names of POSIX with the numbers of WASI preview 1.
        ///
        /// Errors of [`std::io`] become one with `From`; what the system says is kept where WASI has a word for it.
        ///
        /// ```
        /// use wazir::wasi::Errno;
        /// let error = std::fs::read("/there/is/no/such/file").unwrap_err();
        /// assert_eq!(Errno::from(&error), Errno::Noent);
        /// ```
        ///
        /// Reference: [`errno` in preview
        /// 1](https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#errno).
        #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(u16)]
        pub enum Errno {
            $($(#[$doc])* $name = $number,)*
        }

        impl fmt::Display for Errno {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Errno::$name => $text,)*
                })
            }
        }
    };
}

errnos! {
    /// Too many arguments.
    TooBig = 1, "argument list too long";
    /// Permission denied.
    Acces = 2, "permission denied";
    /// The address is in use.
    Addrinuse = 3, "address in use";
    /// The address cannot be had.
    Addrnotavail = 4, "address not available";
    /// Nothing is there yet.
    Again = 6, "resource unavailable, try again";
    /// No such descriptor, or one that is not open for this.
    Badf = 8, "bad file descriptor";
    /// In use.
    Busy = 10, "device or resource busy";
    /// The other side ended the connection before it was accepted.
    Connaborted = 13, "connection aborted";
    /// Nobody listens.
    Connrefused = 14, "connection refused";
    /// The other side ended the connection.
    Connreset = 15, "connection reset";
    /// Waiting would be for ever.
    Deadlk = 16, "resource deadlock would occur";
    /// The quota is used up.
    Dquot = 19, "disk quota exceeded";
    /// Something is there already.
    Exist = 20, "file exists";
    /// A pointer leads out of memory.
    Fault = 21, "bad address";
    /// The file would be too large.
    Fbig = 22, "file too large";
    /// The host cannot be reached.
    Hostunreach = 23, "host is unreachable";
    /// The bytes are not UTF-8.
    Ilseq = 25, "illegal byte sequence";
    /// Interrupted.
    Intr = 27, "interrupted function";
    /// An argument has no meaning.
    Inval = 28, "invalid argument";
    /// The device or stream failed.
    Io = 29, "input or output error";
    /// A directory, where something else is needed.
    Isdir = 31, "is a directory";
    /// Too many symbolic links on the way.
    Loop = 32, "too many levels of symbolic links";
    /// Too many descriptors are open.
    Mfile = 33, "too many open files";
    /// Too many links to one file.
    Mlink = 34, "too many links";
    /// The message is too long.
    Msgsize = 35, "message too large";
    /// The name is too long.
    Nametoolong = 37, "file name too long";
    /// The network is down.
    Netdown = 38, "network is down";
    /// The network cannot be reached.
    Netunreach = 40, "network is unreachable";
    /// Too many files are open in the whole system.
    Nfile = 41, "too many files open in system";
    /// No buffer space.
    Nobufs = 42, "no buffer space available";
    /// No such device.
    Nodev = 43, "no such device";
    /// Nothing is there.
    Noent = 44, "no such file or directory";
    /// Not enough memory.
    Nomem = 48, "not enough space";
    /// No space left.
    Nospc = 51, "no space left on device";
    /// The system does not have this function.
    Nosys = 52, "function not supported";
    /// Not connected.
    Notconn = 53, "the socket is not connected";
    /// Not a directory.
    Notdir = 54, "not a directory";
    /// A directory that has something in it.
    Notempty = 55, "directory not empty";
    /// Not a socket.
    Notsock = 57, "not a socket";
    /// Cannot be done here.
    Notsup = 58, "not supported";
    /// Not a terminal.
    Notty = 59, "inappropriate I/O control operation";
    /// Nobody is at the other end.
    Nxio = 60, "no such device or address";
    /// A number is too large for its type.
    Overflow = 61, "value too large to be stored in data type";
    /// Not permitted; for a path: it leads out of the directory.
    Perm = 63, "operation not permitted";
    /// Nobody reads the other end any more.
    Pipe = 64, "broken pipe";
    /// A result is too large.
    Range = 68, "result too large";
    /// The file system is for reading only.
    Rofs = 69, "read-only file system";
    /// A stream has no position.
    Spipe = 70, "invalid seek";
    /// The network file system has changed.
    Stale = 72, "stale file handle";
    /// It took too long.
    Timedout = 73, "connection timed out";
    /// A program that runs cannot be written.
    Txtbsy = 74, "text file busy";
    /// Between two file systems.
    Xdev = 75, "cross-device link";
    /// The descriptor lacks a right.
    Notcapable = 76, "capabilities insufficient";
}

impl core::error::Error for Errno {}

impl From<io::Error> for Errno {
    fn from(error: io::Error) -> Errno {
        Errno::from(&error)
    }
}

impl From<&io::Error> for Errno {
    fn from(error: &io::Error) -> Errno {
        let named = error.raw_os_error().and_then(of_system);
        named.unwrap_or_else(|| of_kind(error.kind()))
    }
}

/// The system's numbers that the standard library's kinds do not tell apart.
#[cfg(unix)]
fn of_system(number: i32) -> Option<Errno> {
    const BSD: bool = !cfg!(any(target_os = "linux", target_os = "android"));
    Some(match number {
        1 => Errno::Perm,
        6 => Errno::Nxio,
        9 => Errno::Badf,
        14 => Errno::Fault,
        19 => Errno::Nodev,
        23 => Errno::Nfile,
        24 => Errno::Mfile,
        25 => Errno::Notty,
        34 => Errno::Range,
        36 if !BSD => Errno::Nametoolong,
        38 if !BSD => Errno::Nosys,
        40 if !BSD => Errno::Loop,
        75 if !BSD => Errno::Overflow,
        84 if !BSD => Errno::Ilseq,
        88 if !BSD => Errno::Notsock,
        90 if !BSD => Errno::Msgsize,
        95 if !BSD => Errno::Notsup,
        105 if !BSD => Errno::Nobufs,
        38 if BSD => Errno::Notsock,
        40 if BSD => Errno::Msgsize,
        45 if BSD => Errno::Notsup,
        55 if BSD => Errno::Nobufs,
        62 if BSD => Errno::Loop,
        63 if BSD => Errno::Nametoolong,
        78 if BSD => Errno::Nosys,
        84 if BSD => Errno::Overflow,
        86 if BSD => Errno::Ilseq,
        92 if cfg!(target_vendor = "apple") => Errno::Ilseq,
        102 if cfg!(target_vendor = "apple") => Errno::Notsup,
        _ => return None,
    })
}

/// The system's numbers that the standard library's kinds do not tell apart.
#[cfg(windows)]
fn of_system(number: i32) -> Option<Errno> {
    Some(match number {
        1 => Errno::Notsup,        // ERROR_INVALID_FUNCTION
        4 => Errno::Mfile,         // ERROR_TOO_MANY_OPEN_FILES
        6 => Errno::Badf,          // ERROR_INVALID_HANDLE
        32 => Errno::Busy,         // ERROR_SHARING_VIOLATION
        33 => Errno::Busy,         // ERROR_LOCK_VIOLATION
        39 => Errno::Nospc,        // ERROR_HANDLE_DISK_FULL
        50 => Errno::Notsup,       // ERROR_NOT_SUPPORTED
        109 => Errno::Pipe,        // ERROR_BROKEN_PIPE
        123 => Errno::Noent,       // ERROR_INVALID_NAME
        131 => Errno::Inval,       // ERROR_NEGATIVE_SEEK
        161 => Errno::Noent,       // ERROR_BAD_PATHNAME
        206 => Errno::Nametoolong, // ERROR_FILENAME_EXCED_RANGE
        233 => Errno::Pipe,        // ERROR_PIPE_NOT_CONNECTED
        303 => Errno::Noent,       // ERROR_DELETE_PENDING
        1224 => Errno::Busy,       // ERROR_USER_MAPPED_FILE
        1314 => Errno::Perm,       // ERROR_PRIVILEGE_NOT_HELD
        1450 => Errno::Nomem,      // ERROR_NO_SYSTEM_RESOURCES
        1921 => Errno::Loop,       // ERROR_CANT_RESOLVE_FILENAME
        4390 => Errno::Inval,      // ERROR_NOT_A_REPARSE_POINT
        4392 => Errno::Inval,      // ERROR_INVALID_REPARSE_DATA
        10004 => Errno::Intr,      // WSAEINTR
        10009 => Errno::Badf,      // WSAEBADF
        10014 => Errno::Fault,     // WSAEFAULT
        10024 => Errno::Mfile,     // WSAEMFILE
        10038 => Errno::Notsock,   // WSAENOTSOCK
        10040 => Errno::Msgsize,   // WSAEMSGSIZE
        10045 => Errno::Notsup,    // WSAEOPNOTSUPP
        10055 => Errno::Nobufs,    // WSAENOBUFS
        10058 => Errno::Pipe,      // WSAESHUTDOWN
        _ => return None,
    })
}

#[cfg(not(any(unix, windows)))]
fn of_system(_number: i32) -> Option<Errno> {
    None
}

fn of_kind(kind: io::ErrorKind) -> Errno {
    use io::ErrorKind as Kind;
    match kind {
        Kind::AddrInUse => Errno::Addrinuse,
        Kind::AddrNotAvailable => Errno::Addrnotavail,
        Kind::AlreadyExists => Errno::Exist,
        Kind::ArgumentListTooLong => Errno::TooBig,
        Kind::BrokenPipe => Errno::Pipe,
        Kind::ConnectionAborted => Errno::Connaborted,
        Kind::ConnectionRefused => Errno::Connrefused,
        Kind::ConnectionReset => Errno::Connreset,
        Kind::CrossesDevices => Errno::Xdev,
        Kind::Deadlock => Errno::Deadlk,
        Kind::DirectoryNotEmpty => Errno::Notempty,
        Kind::ExecutableFileBusy => Errno::Txtbsy,
        Kind::FileTooLarge => Errno::Fbig,
        Kind::HostUnreachable => Errno::Hostunreach,
        Kind::Interrupted => Errno::Intr,
        Kind::InvalidInput => Errno::Inval,
        Kind::IsADirectory => Errno::Isdir,
        Kind::NetworkDown => Errno::Netdown,
        Kind::NetworkUnreachable => Errno::Netunreach,
        Kind::NotADirectory => Errno::Notdir,
        Kind::NotConnected => Errno::Notconn,
        Kind::NotFound => Errno::Noent,
        Kind::NotSeekable => Errno::Spipe,
        Kind::OutOfMemory => Errno::Nomem,
        Kind::PermissionDenied => Errno::Acces,
        Kind::QuotaExceeded => Errno::Dquot,
        Kind::ReadOnlyFilesystem => Errno::Rofs,
        Kind::ResourceBusy => Errno::Busy,
        Kind::StaleNetworkFileHandle => Errno::Stale,
        Kind::StorageFull => Errno::Nospc,
        Kind::TimedOut => Errno::Timedout,
        Kind::TooManyLinks => Errno::Mlink,
        Kind::Unsupported => Errno::Notsup,
        Kind::WouldBlock => Errno::Again,
        _ => Errno::Io,
    }
}
