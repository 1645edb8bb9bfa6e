//! All contact with the operating system.
//!
//! Input: plain numbers and slices. Output: safe functions, the same on every platform; what a
//! platform lacks is `None` or an error.
//! Holds: no other module calls the operating system or names `std::fs`, `std::time` or threads.

#[cfg(feature = "std")]
pub(crate) mod clock;
#[cfg(feature = "wasi")]
pub(crate) mod environment;
#[cfg(feature = "wasi")]
pub(crate) mod errno;
#[cfg(feature = "std")]
pub(crate) mod file;
#[cfg(feature = "wasi")]
pub(crate) mod fs;
pub(crate) mod map;
#[cfg(feature = "wasi")]
pub(crate) mod net;
#[cfg(feature = "wasi")]
pub(crate) mod poll;
#[cfg(feature = "wasi")]
pub(crate) mod random;
#[cfg(feature = "wasi")]
pub(crate) mod stdio;
pub(crate) mod sync;
#[cfg(feature = "std")]
pub(crate) mod timer;
