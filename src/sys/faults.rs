//! Turns faults of machine code's accesses to memory into jumps.
//!
//! Input: where machine code is, which of its instructions may fault, and where it goes on then. Output: [`install`]
//! and [`FaultRegion`].
//! Holds: only a fault of an instruction that is named changes anything. Every other fault, and every signal that was
//! sent, has the effect that it had before. Where [`install`] answers false, regions do nothing.

use super::sync::Once;
use alloc::sync::Arc;
use core::ops::Range;

/// Makes faults known to the process, from the first call on. Tells, always the same, whether it does.
pub(crate) fn install() -> bool {
    static ANSWER: Once<bool> = Once::new();
    *ANSWER.get_or_init(handled::install)
}

/// Machine code some of whose instructions may fault, until it is dropped.
#[derive(Debug)]
pub(crate) struct FaultRegion {
    code: Range<usize>,
}

impl FaultRegion {
    /// Names the instructions of `code` that may fault, by their distance from its start, ascending. When one of them
    /// does, its address is put into the register r11, and the thread goes on at `resume`, with all other registers and
    /// on the stack as they are.
    ///
    /// # Safety
    /// No other region has any of these addresses. Until the region is dropped, there is machine code at them and at
    /// `resume`, and the latter can go on after each of the instructions that are named.
    pub(crate) unsafe fn register(
        code: Range<usize>,
        sites: Arc<[u32]>,
        resume: usize,
    ) -> FaultRegion {
        handled::add(code.clone(), sites, resume);
        FaultRegion { code }
    }
}

impl Drop for FaultRegion {
    fn drop(&mut self) {
        handled::remove(&self.code);
    }
}

#[cfg(all(
    target_arch = "x86_64",
    target_pointer_width = "64",
    not(miri),
    any(
        all(target_os = "linux", any(target_env = "gnu", target_env = "musl")),
        target_os = "macos",
        target_os = "freebsd"
    )
))]
mod handled;

/// Elsewhere no fault is handled.
#[cfg(not(all(
    target_arch = "x86_64",
    target_pointer_width = "64",
    not(miri),
    any(
        all(target_os = "linux", any(target_env = "gnu", target_env = "musl")),
        target_os = "macos",
        target_os = "freebsd"
    )
)))]
mod handled {
    use alloc::sync::Arc;
    use core::ops::Range;

    pub(super) fn install() -> bool {
        false
    }

    pub(super) fn add(_code: Range<usize>, _sites: Arc<[u32]>, _resume: usize) {}

    pub(super) fn remove(_code: &Range<usize>) {}
}

#[cfg(all(
    test,
    target_os = "linux",
    target_arch = "x86_64",
    target_pointer_width = "64",
    not(miri),
    any(target_env = "gnu", target_env = "musl")
))]
mod tests;
