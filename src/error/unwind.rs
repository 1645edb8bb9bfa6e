//! Panics of the host's code that runs while a guest waits.
//!
//! Input: work that is the embedder's. Output: its result, or the panic as an error. Holds: no panic goes
//! through running code, whose frames cannot be unwound; it is rethrown when they are gone.

#[cfg(feature = "std")]
use super::Error;
use super::Result;

/// Does `body`; a panic becomes an error that carries it.
#[cfg(feature = "std")]
#[inline]
pub(crate) fn catch_panic<T>(body: impl FnOnce() -> Result<T>) -> Result<T> {
    // Nobody sees what the panic left in the closure but the embedder, to whom the panic goes on.
    std::panic::catch_unwind(core::panic::AssertUnwindSafe(body))
        .unwrap_or_else(|payload| Err(Error::panic(payload)))
}

/// Without `std` a panic cannot be caught. Should it unwind, it must not do so through running
/// code: the second panic ends the program.
#[cfg(not(feature = "std"))]
pub(crate) fn catch_panic<T>(body: impl FnOnce() -> Result<T>) -> Result<T> {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!(
                "the host panicked while a guest ran, and this build cannot carry a panic through it"
            );
        }
    }
    let bomb = Bomb;
    let outcome = body();
    core::mem::forget(bomb);
    outcome
}
