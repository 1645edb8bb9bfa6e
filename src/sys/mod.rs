//! All contact with the operating system.
//!
//! Input: plain numbers and slices. Output: safe functions, the same on every platform; what a
//! platform lacks is `None` or an error.
//! Holds: no other module calls the operating system or names `std::fs`, `std::time` or threads.

#[cfg(feature = "compiler")]
pub(crate) mod cache_directory;
#[cfg(all(
    test,
    feature = "compiler",
    target_arch = "x86_64",
    target_os = "linux"
))]
mod child;
#[cfg(feature = "std")]
pub(crate) mod clock;
#[cfg(feature = "compiler")]
pub(crate) mod code_memory;
#[cfg(feature = "compiler")]
pub(crate) mod cpu;
#[cfg(feature = "wasi")]
pub(crate) mod environment;
#[cfg(feature = "wasi")]
pub(crate) mod errno;
#[cfg(feature = "compiler")]
pub(crate) mod faults;
#[cfg(feature = "std")]
pub(crate) mod file;
pub(crate) mod float;
#[cfg(feature = "wasi")]
pub(crate) mod fs;
#[cfg(all(
    test,
    debug_assertions,
    feature = "compiler",
    target_arch = "x86_64",
    target_os = "linux"
))]
pub(crate) mod machine_code;
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
#[cfg(feature = "compiler")]
pub(crate) mod thread_stack;
#[cfg(feature = "std")]
pub(crate) mod timer;
pub(crate) mod workers;
