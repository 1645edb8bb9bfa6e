//! The handlers of the signals that the system makes of faults.
//!
//! Input: signals. Output: the thread goes on where a region says, or what was there before has the signal.
//! Holds: nothing here allocates, locks, or uses what belongs to a thread, once it is installed.

mod regions;

pub(super) use regions::{add, remove};

use alloc::boxed::Box;
use core::ffi::{c_int, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};
use system::{
    Action, SA_NODEFER, SA_ONSTACK, SA_RESETHAND, SA_RESTART, SA_SIGINFO, SIG_BLOCK, SIG_UNBLOCK,
    SIGBUS, SignalSet, is_fault, registers,
};

const SIGSEGV: c_int = 11;
/// What stands in an action in place of a handler; the default action is zero.
const SIG_IGN: usize = 1;

/// What was there before, for [`SIGSEGV`] and [`SIGBUS`]; null stands for the default. Never freed, because a handler
/// may read it at any time.
static PREVIOUS: [AtomicPtr<Action>; 2] = [AtomicPtr::new(null_mut()), AtomicPtr::new(null_mut())];

type Handler = unsafe extern "C" fn(c_int, *mut c_void, *mut c_void);
type ShortHandler = unsafe extern "C" fn(c_int);

unsafe extern "C" {
    fn sigaction(signal: c_int, new: *const Action, old: *mut Action) -> c_int;
    fn sigemptyset(set: *mut SignalSet) -> c_int;
    fn sigaddset(set: *mut SignalSet, signal: c_int) -> c_int;
    fn pthread_sigmask(how: c_int, set: *const SignalSet, old: *mut SignalSet) -> c_int;
    fn raise(signal: c_int) -> c_int;
}

pub(super) fn install() -> bool {
    install_for(SIGSEGV) && install_for(SIGBUS)
}

fn previous(signal: c_int) -> &'static AtomicPtr<Action> {
    let [of_segv, of_bus] = &PREVIOUS;
    if signal == SIGSEGV { of_segv } else { of_bus }
}

fn install_for(signal: c_int) -> bool {
    let remember = |action: Action| {
        previous(signal).store(Box::into_raw(Box::new(action)), Ordering::Release);
    };
    let mut before = Action::EMPTY;
    // SAFETY: without a new action it only writes the old one, for which there is room.
    if unsafe { sigaction(signal, core::ptr::null(), &raw mut before) } != 0 {
        return false;
    }
    // Now, because the handler may run as soon as it is there.
    remember(before);
    let mut ours = Action::EMPTY;
    ours.handler = on_signal as Handler as *const c_void;
    // Without `SA_NODEFER`: a fault in the handler would be a bug, and ends the process.
    ours.flags = SA_SIGINFO | SA_ONSTACK;
    if before.flags & SA_RESTART != 0 || before.handler.addr() == SIG_IGN {
        // A signal that is sent shall not begin to interrupt what it did not interrupt before.
        ours.flags |= SA_RESTART;
    }
    let mut replaced = before;
    // SAFETY: the handler has the arguments that the flags promise, and there is room for the old action.
    if unsafe { sigaction(signal, &raw const ours, &raw mut replaced) } != 0 {
        return false;
    }
    if replaced != before {
        // Somebody else was between.
        remember(replaced);
    }
    true
}

/// # Safety
/// The system calls it, or who would be called by the system in its place.
unsafe extern "C" fn on_signal(signal: c_int, info: *mut c_void, context: *mut c_void) {
    // All systems have three numbers first: the signal, an error, and the cause.
    // SAFETY: the system gives the information.
    let cause = unsafe { info.cast::<[c_int; 3]>().read()[2] };
    let is_fault = is_fault(signal, cause);
    if is_fault {
        // SAFETY: the system gives the context, and takes the registers from it when the handler returns.
        let (r11, counter) = unsafe { registers(context) };
        // SAFETY: as above.
        let address = unsafe { counter.read() };
        if let Some(resume) = regions::resume_address(address) {
            // SAFETY: as above; who registered the region promised that the thread can go on there.
            unsafe {
                r11.write(address);
                counter.write(resume);
            }
            return;
        }
    }
    // SAFETY: what the system gave is passed on.
    unsafe { pass_on(signal, is_fault, info, context) };
}

/// Does what would have happened without this module.
///
/// # Safety
/// The arguments are those of a handler.
unsafe fn pass_on(signal: c_int, is_fault: bool, info: *mut c_void, context: *mut c_void) {
    let previous = previous(signal);
    let remembered = previous.load(Ordering::Acquire);
    // SAFETY: it is null, or was a box that is never freed.
    let action = match unsafe { remembered.as_ref() } {
        // Nobody can ignore a fault.
        Some(action) if action.handler.addr() == SIG_IGN && !is_fault => return,
        Some(action) if action.handler.addr() > SIG_IGN => action,
        // SAFETY: the caller is a handler.
        _ => return unsafe { do_default(signal, is_fault) },
    };
    let is_last = action.flags & SA_RESETHAND != 0;
    // Of several threads, only one calls a handler that is called once.
    if is_last
        && previous
            .compare_exchange(remembered, null_mut(), Ordering::AcqRel, Ordering::Relaxed)
            .is_err()
    {
        // SAFETY: the caller is a handler.
        return unsafe { do_default(signal, is_fault) };
    }
    // SAFETY: the system would do the same before it calls that handler; when this one returns, it restores what was
    // blocked. The handler is a function with the arguments that the flags promise, which are the caller's.
    unsafe {
        if action.flags & SA_NODEFER != 0 {
            let only = only(signal);
            pthread_sigmask(SIG_UNBLOCK, &raw const only, null_mut());
        }
        pthread_sigmask(SIG_BLOCK, &raw const action.mask, null_mut());
        if action.flags & SA_SIGINFO != 0 {
            core::mem::transmute::<*const c_void, Handler>(action.handler)(signal, info, context);
        } else {
            core::mem::transmute::<*const c_void, ShortHandler>(action.handler)(signal);
        }
    }
}

/// Lets the process die of the signal.
///
/// # Safety
/// The caller is a handler of the signal, and returns.
unsafe fn do_default(signal: c_int, is_fault: bool) {
    let action = Action::EMPTY;
    // SAFETY: the action is one.
    unsafe { sigaction(signal, &raw const action, null_mut()) };
    // A fault happens again. Another signal is pending until the handler returns, because it is blocked till then.
    if !is_fault || !system::TELLS_CAUSES {
        // SAFETY: the signal exists.
        unsafe { raise(signal) };
    }
}

fn only(signal: c_int) -> SignalSet {
    let mut set = Action::EMPTY.mask;
    // SAFETY: the set can be written to.
    unsafe {
        sigemptyset(&raw mut set);
        sigaddset(&raw mut set, signal);
    }
    set
}

#[cfg(target_os = "linux")]
mod system {
    use core::ffi::{c_int, c_void};

    pub(super) const SIGBUS: c_int = 7;
    pub(super) const SA_SIGINFO: c_int = 4;
    pub(super) const SA_ONSTACK: c_int = 0x0800_0000;
    pub(super) const SA_RESTART: c_int = 0x1000_0000;
    pub(super) const SA_NODEFER: c_int = 0x4000_0000;
    pub(super) const SA_RESETHAND: c_int = c_int::MIN;
    pub(super) const SIG_BLOCK: c_int = 0;
    pub(super) const SIG_UNBLOCK: c_int = 1;
    /// Memory has failed that nobody is accessing.
    const BUS_MCEERR_AO: c_int = 5;

    pub(super) type SignalSet = [u64; 16];

    #[repr(C)]
    #[derive(Copy, Clone, PartialEq, Eq)]
    pub(super) struct Action {
        pub(super) handler: *const c_void,
        pub(super) mask: SignalSet,
        pub(super) flags: c_int,
        restorer: *const c_void,
    }

    impl Action {
        pub(super) const EMPTY: Action = Action {
            handler: core::ptr::null(),
            mask: [0; 16],
            flags: 0,
            restorer: core::ptr::null(),
        };
    }

    /// Whether the cause says for certain what was sent and what is a fault.
    pub(super) const TELLS_CAUSES: bool = true;

    /// The causes of faults are positive, and those of signals that are sent are not.
    pub(super) fn is_fault(signal: c_int, cause: c_int) -> bool {
        cause > 0 && !(signal == SIGBUS && cause == BUS_MCEERR_AO)
    }

    /// Where r11 and the program counter are: after flags and link, 8 bytes each, and a stack of 24, there are the
    /// registers, beginning with r8, and the program counter is number 16.
    pub(super) unsafe fn registers(context: *mut c_void) -> (*mut usize, *mut usize) {
        const REGISTERS: usize = 8 + 8 + 24;
        let at = |number: usize| context.wrapping_byte_add(REGISTERS + number * 8).cast();
        (at(3), at(16))
    }
}

#[cfg(any(target_os = "macos", target_os = "freebsd"))]
mod system {
    use core::ffi::{c_int, c_void};

    pub(super) const SIGBUS: c_int = 10;
    pub(super) const SA_ONSTACK: c_int = 1;
    pub(super) const SA_RESTART: c_int = 2;
    pub(super) const SA_RESETHAND: c_int = 4;
    pub(super) const SA_NODEFER: c_int = 0x10;
    pub(super) const SA_SIGINFO: c_int = 0x40;
    pub(super) const SIG_BLOCK: c_int = 1;
    pub(super) const SIG_UNBLOCK: c_int = 2;

    #[cfg(target_os = "macos")]
    pub(super) use macos::*;

    #[cfg(target_os = "freebsd")]
    pub(super) use freebsd::*;

    #[cfg(target_os = "macos")]
    mod macos {
        use super::{c_int, c_void};

        pub(in super::super) type SignalSet = u32;

        #[repr(C)]
        #[derive(Copy, Clone, PartialEq, Eq)]
        pub(in super::super) struct Action {
            pub(in super::super) handler: *const c_void,
            pub(in super::super) mask: SignalSet,
            pub(in super::super) flags: c_int,
        }

        impl Action {
            pub(in super::super) const EMPTY: Action = Action {
                handler: core::ptr::null(),
                mask: 0,
                flags: 0,
            };
        }

        /// Whether the cause says for certain what was sent and what is a fault.
        pub(in super::super) const TELLS_CAUSES: bool = false;

        /// A fault at an address that can never be one has the same cause as a signal that is sent.
        pub(in super::super) fn is_fault(_signal: c_int, _cause: c_int) -> bool {
            true
        }

        /// Where r11 and the program counter are: after two numbers of 4 bytes, a stack of 24, a link and a size of 8
        /// each, there is the address of the state. In it, after 16 bytes on the exception, there are the registers:
        /// rax, rbx, rcx, rdx, rdi, rsi, rbp, rsp, r8 to r15, and the program counter.
        pub(in super::super) unsafe fn registers(context: *mut c_void) -> (*mut usize, *mut usize) {
            const STATE: usize = 4 + 4 + 24 + 8 + 8;
            // SAFETY: the caller has a context.
            let state: *mut c_void =
                unsafe { context.byte_add(STATE).cast::<*mut c_void>().read() };
            let at = |number: usize| state.wrapping_byte_add(16 + number * 8).cast();
            (at(11), at(16))
        }
    }

    #[cfg(target_os = "freebsd")]
    mod freebsd {
        use super::{c_int, c_void};

        /// The kernel's other causes than those that processes have: from here on, but for one.
        const SI_USER: c_int = 0x1_0001;
        const SI_KERNEL: c_int = 0x1_0006;

        pub(in super::super) type SignalSet = [u32; 4];

        #[repr(C)]
        #[derive(Copy, Clone, PartialEq, Eq)]
        pub(in super::super) struct Action {
            pub(in super::super) handler: *const c_void,
            pub(in super::super) flags: c_int,
            pub(in super::super) mask: SignalSet,
        }

        impl Action {
            pub(in super::super) const EMPTY: Action = Action {
                handler: core::ptr::null(),
                flags: 0,
                mask: [0; 4],
            };
        }

        /// Whether the cause says for certain what was sent and what is a fault.
        pub(in super::super) const TELLS_CAUSES: bool = true;

        /// Signals that are sent have causes of their own; those of faults are small.
        pub(in super::super) fn is_fault(_signal: c_int, cause: c_int) -> bool {
            (1..SI_USER).contains(&cause) || cause == SI_KERNEL
        }

        /// Where r11 and the program counter are: after a mask of 16 bytes and a number of 8 there are rdi, rsi, rdx,
        /// rcx, r8, r9, rax, rbx, rbp, r10, r11 and four more; the program counter comes after 32 bytes on the fault.
        pub(in super::super) unsafe fn registers(context: *mut c_void) -> (*mut usize, *mut usize) {
            const REGISTERS: usize = 16 + 8;
            let at = |bytes: usize| context.wrapping_byte_add(REGISTERS + bytes).cast();
            (at(10 * 8), at(15 * 8 + 32))
        }
    }
}
