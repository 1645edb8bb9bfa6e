//! Where a thread's stack ends.
//!
//! Input: nothing. Output: [`addresses`].
//! Holds: everything from the lowest address up to where the caller runs can be used, or grows when it is touched in
//! order.

use core::cell::Cell;
use core::ops::Range;

std::thread_local! {
    /// The answer for the thread, from and to; both are zero if nobody has asked yet, and [`UNKNOWN`] if there is none.
    static ADDRESSES: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

const UNKNOWN: usize = usize::MAX;

/// The usable addresses of the stack that the system has given to the current thread, which may not be the one that the
/// caller runs on. None if the system does not tell.
#[inline]
pub(crate) fn addresses() -> Range<usize> {
    let (mut start, mut end) = ADDRESSES.get();
    if end == 0 {
        (start, end) = system::addresses().unwrap_or((UNKNOWN, UNKNOWN));
        ADDRESSES.set((start, end));
    }
    start..end
}

/// Where the stack begins that [`addresses`] has told of on this thread before; another address if it has not.
#[inline]
pub(crate) fn known_start() -> usize {
    ADDRESSES.get().0
}

#[cfg(all(any(target_os = "linux", target_os = "freebsd"), not(miri)))]
mod system {
    use core::ffi::{c_int, c_void};
    use core::mem::MaybeUninit;
    use core::ptr::null_mut;

    /// A thread's attributes: at least as large and aligned as those of every C library, which have 64 bytes at most.
    #[repr(C, align(16))]
    struct Attributes([usize; 16]);

    unsafe extern "C" {
        fn pthread_self() -> *mut c_void;
        fn pthread_attr_getstack(
            attributes: *const Attributes,
            start: *mut *mut c_void,
            size: *mut usize,
        ) -> c_int;
        fn pthread_attr_getguardsize(attributes: *const Attributes, size: *mut usize) -> c_int;
        fn pthread_attr_destroy(attributes: *mut Attributes) -> c_int;
        #[cfg(target_os = "linux")]
        fn pthread_getattr_np(thread: *mut c_void, attributes: *mut Attributes) -> c_int;
        #[cfg(target_os = "freebsd")]
        fn pthread_attr_init(attributes: *mut Attributes) -> c_int;
        #[cfg(target_os = "freebsd")]
        fn pthread_attr_get_np(thread: *mut c_void, attributes: *mut Attributes) -> c_int;
    }

    pub(super) fn addresses() -> Option<(usize, usize)> {
        let stack = stack()?;
        let lowest = system_specific_lowest(&stack)?;
        (lowest < stack.end).then_some((lowest, stack.end))
    }

    /// What the C library says of a stack.
    struct Stack {
        start: usize,
        end: usize,
        /// Pages that cannot be accessed, which some libraries count as a part of the stack and others do not.
        guard_bytes: usize,
    }

    fn stack() -> Option<Stack> {
        let mut attributes = MaybeUninit::uninit();
        let attributes: *mut Attributes = attributes.as_mut_ptr();
        // SAFETY: there is room for the attributes.
        if !unsafe { initialize(attributes) } {
            return None;
        }
        let (mut start, mut bytes, mut guard_bytes) = (null_mut(), 0, 0);
        // SAFETY: the attributes are initialized, and what is written to can be.
        let done = unsafe {
            let done = pthread_attr_getstack(attributes, &raw mut start, &raw mut bytes) == 0
                && pthread_attr_getguardsize(attributes, &raw mut guard_bytes) == 0;
            pthread_attr_destroy(attributes);
            done
        };
        let start = start.addr();
        let end = start.checked_add(bytes)?;
        done.then_some(Stack {
            start,
            end,
            guard_bytes,
        })
    }

    /// Makes them those of the current thread. Tells whether they are initialized.
    ///
    /// # Safety
    /// There is room for attributes.
    #[cfg(target_os = "linux")]
    unsafe fn initialize(attributes: *mut Attributes) -> bool {
        // SAFETY: the caller has room, and the thread is running.
        unsafe { pthread_getattr_np(pthread_self(), attributes) == 0 }
    }

    /// Makes them those of the current thread. Tells whether they are initialized.
    ///
    /// # Safety
    /// There is room for attributes.
    #[cfg(target_os = "freebsd")]
    unsafe fn initialize(attributes: *mut Attributes) -> bool {
        // SAFETY: the caller has room, and the thread is running.
        unsafe {
            if pthread_attr_init(attributes) != 0 {
                return false;
            }
            let done = pthread_attr_get_np(pthread_self(), attributes) == 0;
            if !done {
                pthread_attr_destroy(attributes);
            }
            done
        }
    }

    /// In the stack of the main thread the kernel puts a page, or several, that the library does not know of.
    #[cfg(target_os = "freebsd")]
    fn system_specific_lowest(stack: &Stack) -> Option<usize> {
        const KERNEL_GUARD_BYTES: usize = 1 << 14;
        stack
            .start
            .checked_add(stack.guard_bytes.max(KERNEL_GUARD_BYTES))
    }

    /// Of the main thread's stack, which grows, Glibc says what the limit lets it become, unless another mapping is in
    /// the way; and musl what has been touched so far.
    #[cfg(target_os = "linux")]
    fn system_specific_lowest(stack: &Stack) -> Option<usize> {
        /// The kernel keeps 256 pages between a growing stack and what is below it.
        const GAP_BYTES: usize = 1 << 20;
        /// When it starts a program it leaves at least twice as much to the stack: no mapping is in the way.
        const UNDISTURBED_BYTES: usize = 1 << 26;
        /// More is promised only where there is no limit, and then other mappings may take it.
        const MAX_BYTES: usize = 1 << 30;
        #[cfg(target_env = "musl")]
        if let Some(bytes) = main_thread::bytes(stack.end) {
            return stack.end.checked_sub(bytes.min(UNDISTURBED_BYTES));
        }
        let start = stack.start.max(stack.end.saturating_sub(MAX_BYTES));
        let is_large = stack.end - start > UNDISTURBED_BYTES;
        let gap_bytes = if is_large { GAP_BYTES } else { 0 };
        start.checked_add(stack.guard_bytes.max(gap_bytes))
    }

    #[cfg(all(target_os = "linux", target_env = "musl"))]
    mod main_thread {
        use core::ffi::{c_int, c_ulong};

        const RLIMIT_STACK: c_int = 3;
        const AT_RANDOM: c_ulong = 25;
        /// Of environment, arguments and what else the kernel puts above the auxiliary vector there is less.
        const MAX_ABOVE_BYTES: usize = 1 << 23;

        unsafe extern "C" {
            fn getauxval(kind: c_ulong) -> c_ulong;
            fn getrlimit(resource: c_int, limit: *mut [u64; 2]) -> c_int;
        }

        /// How far below `end` the stack may grow, if `end` is a page's end next to the auxiliary vector.
        pub(super) fn bytes(end: usize) -> Option<usize> {
            // SAFETY: it only looks up a number: the address of bytes that are not far above the auxiliary vector.
            let above = unsafe { getauxval(AT_RANDOM) } as usize;
            let lowest_above = end.checked_sub(1 << 16)?;
            if !(lowest_above..end.saturating_add(MAX_ABOVE_BYTES)).contains(&above) {
                return None;
            }
            let mut limit = [0; 2];
            // SAFETY: the limit can be written to: two numbers of 64 bits on every target of this library.
            if unsafe { getrlimit(RLIMIT_STACK, &raw mut limit) } != 0 {
                return None;
            }
            let bytes = usize::try_from(limit[0]).unwrap_or(usize::MAX);
            // What is above counts too, and is a quarter of the limit at most.
            Some(bytes - bytes / 4)
        }
    }
}

#[cfg(all(target_os = "macos", not(miri)))]
mod system {
    use core::ffi::c_void;

    unsafe extern "C" {
        fn pthread_self() -> *mut c_void;
        fn pthread_get_stackaddr_np(thread: *mut c_void) -> *mut c_void;
        fn pthread_get_stacksize_np(thread: *mut c_void) -> usize;
    }

    pub(super) fn addresses() -> Option<(usize, usize)> {
        // SAFETY: the thread is running. The address is the end of its stack.
        let (end, bytes) = unsafe {
            let thread = pthread_self();
            (
                pthread_get_stackaddr_np(thread).addr(),
                pthread_get_stacksize_np(thread),
            )
        };
        let lowest = end.checked_sub(bytes).filter(|&lowest| lowest != 0)?;
        Some((lowest, end))
    }
}

#[cfg(all(windows, not(miri)))]
mod system {
    /// At the start of the reserved range are a page that is never accessible, the page that tells of an overflow, and
    /// what is kept to handle one, which is 20 KiB in threads of Rust's.
    const KEPT_BYTES: usize = 1 << 15;

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetCurrentThreadStackLimits(low: *mut usize, high: *mut usize);
    }

    pub(super) fn addresses() -> Option<(usize, usize)> {
        let (mut low, mut high) = (0, 0);
        // SAFETY: both can be written to.
        unsafe { GetCurrentThreadStackLimits(&raw mut low, &raw mut high) };
        let lowest = low.checked_add(KEPT_BYTES)?;
        (low != 0 && lowest < high).then_some((lowest, high))
    }
}

/// Elsewhere nobody tells.
#[cfg(not(all(
    not(miri),
    any(
        windows,
        target_os = "linux",
        target_os = "macos",
        target_os = "freebsd"
    )
)))]
mod system {
    pub(super) fn addresses() -> Option<(usize, usize)> {
        None
    }
}

#[cfg(all(
    test,
    not(miri),
    any(windows, target_os = "linux", target_os = "macos")
))]
mod tests {
    use super::*;

    /// What is left when a test has gone down as far as it may.
    const LEFT_BYTES: usize = 1 << 15;

    /// How much stack there is below.
    #[inline(never)]
    fn below_bytes() -> usize {
        let local = 0_u8;
        let here = (&raw const local).addr();
        let stack = addresses();
        assert!(stack.contains(&here), "the system tells");
        assert_eq!(addresses(), stack);
        here - stack.start
    }

    /// Uses the stack until little is left, and gives the number of calls.
    #[inline(never)]
    fn go_down(calls: usize) -> usize {
        let used = core::hint::black_box([calls as u8; 1000]);
        if below_bytes() < LEFT_BYTES {
            return calls;
        }
        go_down(calls + 1) + usize::from(core::hint::black_box(used)[0] != calls as u8)
    }

    #[test]
    fn a_thread_has_the_stack_that_was_asked_for() {
        for bytes in [256 << 10, 1 << 20, 3 << 20, 100 << 20] {
            let thread = std::thread::Builder::new().stack_size(bytes);
            let below = thread.spawn(below_bytes).expect("a thread").join();
            let below = below.expect("an address");
            // Of large stacks a part may not count, and of others a thread may be given one that was of more.
            let least = bytes - bytes / 64 - (1 << 16);
            assert!((least..4 * bytes).contains(&below), "{below} of {bytes}");
        }
    }

    #[test]
    fn all_of_a_thread_s_stack_can_be_used() {
        let bytes = 2 << 20;
        let thread = std::thread::Builder::new().stack_size(bytes);
        let calls = thread.spawn(|| go_down(0)).expect("a thread").join();
        assert!(calls.expect("a number") > 100);
    }

    /// A test never runs in the main thread, but a signal's handler does.
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    #[test]
    fn all_of_the_main_thread_s_stack_can_be_used() {
        use core::ffi::{c_int, c_long};
        use core::sync::atomic::{AtomicUsize, Ordering};
        const SIGUSR1: c_int = 10;
        const TGKILL: c_long = 234;
        static BELOW_BYTES: AtomicUsize = AtomicUsize::new(0);
        unsafe extern "C" {
            fn signal(signal: c_int, handler: extern "C" fn(c_int)) -> usize;
            fn syscall(number: c_long, ...) -> c_long;
        }
        extern "C" fn on_signal(_: c_int) {
            let below = below_bytes();
            // More than that would be a test of the machine's memory.
            if below < 64 << 20 {
                assert!(go_down(0) > 100);
            }
            BELOW_BYTES.store(below, Ordering::Release);
        }
        let test = "sys::thread_stack::tests::all_of_the_main_thread_s_stack_can_be_used";
        let child = crate::sys::child::run(test, || {
            let process = std::process::id() as c_int;
            // Its main thread only waits for the test's, once it sleeps.
            let status = alloc::format!("/proc/self/task/{process}/status");
            while !std::fs::read_to_string(&status).is_ok_and(|text| text.contains("State:\tS")) {
                std::thread::yield_now();
            }
            // SAFETY: the handler is one, and the main thread holds no lock that it needs.
            unsafe {
                signal(SIGUSR1, on_signal);
                syscall(TGKILL, process, process, SIGUSR1);
            }
            let is_over = |below: &usize| *below != 0;
            let answers = core::iter::repeat_with(|| BELOW_BYTES.load(Ordering::Acquire));
            let below = answers.inspect(|_| std::thread::yield_now()).find(is_over);
            // The limit is 8 MiB nearly everywhere.
            assert!(below > Some(1 << 20), "{below:?}");
        });
        crate::sys::child::expect_pass(child);
    }
}
