//! Faults of machine code, foreign ones and signals that are sent, most of them in processes of their own.

use super::*;
use crate::sys::child;
use crate::sys::code_memory::{ExecutableCode, WritableCode};
use core::ffi::{c_int, c_void};
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::os::unix::process::ExitStatusExt;

/// `mov rax, [rdi]`, `ret`; where it goes on, `mov rax, r11`, `ret`; and `mov rax, [rdi]`, `ret` once more.
const CODE: [u8; 12] = [
    0x48, 0x8B, 0x07, 0xC3, 0x4C, 0x89, 0xD8, 0xC3, 0x48, 0x8B, 0x07, 0xC3,
];
const RESUME: usize = 4;
const UNNAMED: usize = 8;

const SIGBUS: c_int = 7;
const SIGUSR1: c_int = 10;
const SIGSEGV: c_int = 11;
const SA_SIGINFO: c_int = 4;
const SA_NODEFER: c_int = 0x4000_0000;
const SA_RESETHAND: c_int = c_int::MIN;
const SIG_DFL: *const c_void = core::ptr::null();
const SIG_IGN: *const c_void = core::ptr::without_provenance(1);

#[repr(C)]
struct Action {
    handler: *const c_void,
    mask: [u64; 16],
    flags: c_int,
    restorer: *const c_void,
}

unsafe extern "C" {
    fn sigaction(signal: c_int, new: *const Action, old: *mut Action) -> c_int;
    fn pthread_sigmask(how: c_int, set: *const [u64; 16], old: *mut [u64; 16]) -> c_int;
    fn raise(signal: c_int) -> c_int;
    fn mmap(
        address: *mut c_void,
        length: usize,
        protection: c_int,
        flags: c_int,
        file: c_int,
        offset: i64,
    ) -> *mut c_void;
    fn munmap(address: *mut c_void, length: usize) -> c_int;
}

/// The code above, registered.
struct Loader {
    // Before the code, which is there as long.
    region: FaultRegion,
    code: ExecutableCode,
}

impl Loader {
    fn new(sites: &Arc<[u32]>) -> Loader {
        assert!(install());
        let mut memory = WritableCode::allocate(CODE.len()).expect("memory");
        memory.bytes_mut().copy_from_slice(&CODE);
        let code = memory.make_executable().expect("executable");
        let start = code.address().addr();
        // SAFETY: the code is there until the region is dropped, and nobody else has the addresses.
        let region = unsafe {
            FaultRegion::register(start..start + CODE.len(), sites.clone(), start + RESUME)
        };
        Loader { region, code }
    }

    fn start(&self) -> usize {
        assert_eq!(self.region.code.start, self.code.address().addr());
        self.region.code.start
    }

    /// Reads what is at an address.
    fn load(&self, from: usize) -> usize {
        self.call(0, from)
    }

    /// Reads what is at an address, by the instruction that is not named.
    fn load_unnamed(&self, from: usize) -> usize {
        self.call(UNNAMED, from)
    }

    fn call(&self, offset: usize, argument: usize) -> usize {
        let address = self.code.address().wrapping_add(offset);
        // SAFETY: the code is that of such a function, and what it may read, the test decides.
        unsafe {
            core::mem::transmute::<*const u8, extern "C" fn(usize) -> usize>(address)(argument)
        }
    }
}

fn loader() -> Loader {
    Loader::new(&Arc::from([0]))
}

/// Sets an action for both signals, as if it had been there from the start of the process.
fn set_action(handler: *const c_void, mask: u64, flags: c_int) {
    let mut set = [0; 16];
    set[0] = mask;
    let action = Action {
        handler,
        mask: set,
        flags,
        restorer: core::ptr::null(),
    };
    for signal in [SIGSEGV, SIGBUS] {
        // SAFETY: the test gives a handler, or one of the numbers for none.
        let done = unsafe { sigaction(signal, &raw const action, core::ptr::null_mut()) };
        assert_eq!(done, 0);
    }
}

fn bit(signal: c_int) -> u64 {
    1 << (signal - 1)
}

/// In a process of its own, does what shall kill it.
#[track_caller]
fn expect_death(test: &str, signal: c_int, action: impl FnOnce()) {
    let test = alloc::format!("sys::faults::tests::{test}");
    let Some(child) = child::run(&test, || {
        action();
        panic!("still alive");
    }) else {
        return;
    };
    let output = String::from_utf8_lossy(&child.stderr);
    assert_eq!(child.status.signal(), Some(signal), "{output}");
}

#[track_caller]
fn expect_pass(test: &str, action: impl FnOnce()) {
    let test = alloc::format!("sys::faults::tests::{test}");
    child::expect_pass(child::run(&test, action));
}

#[test]
fn a_fault_of_a_named_instruction_is_a_jump() {
    let loader = loader();
    let value = 77_usize;
    assert_eq!(loader.load((&raw const value).addr()), 77);
    // No page, and an address that can never be one.
    for address in [0, 8, 1 << 63] {
        assert_eq!(loader.load(address), loader.start());
    }
    assert_eq!(loader.load((&raw const value).addr()), 77);
}

#[test]
fn a_page_behind_the_end_of_its_file_is_a_fault_too() {
    use std::os::fd::AsRawFd;
    let file = tempfile::tempfile().expect("a file");
    // SAFETY: the system chooses the place, and nobody else knows of it.
    unsafe {
        let page = mmap(core::ptr::null_mut(), 4096, 1, 1, file.as_raw_fd(), 0);
        assert_ne!(page.addr(), usize::MAX);
        let loader = loader();
        assert_eq!(loader.load(page.addr()), loader.start());
        munmap(page, 4096);
    }
}

#[test]
fn a_fault_of_another_instruction_kills() {
    expect_death("a_fault_of_another_instruction_kills", SIGSEGV, || {
        loader().load_unnamed(0);
    });
}

#[test]
fn a_fault_in_a_region_that_is_gone_kills() {
    expect_death("a_fault_in_a_region_that_is_gone_kills", SIGSEGV, || {
        let Loader { region, code } = loader();
        drop(region);
        let region = FaultRegion { code: 0..0 };
        Loader { region, code }.load(0);
    });
}

#[test]
fn a_fault_kills_where_the_default_was() {
    expect_death("a_fault_kills_where_the_default_was", SIGSEGV, || {
        set_action(SIG_DFL, 0, 0);
        loader().load_unnamed(0);
    });
}

#[test]
fn a_fault_kills_even_where_it_was_ignored() {
    expect_death("a_fault_kills_even_where_it_was_ignored", SIGSEGV, || {
        set_action(SIG_IGN, 0, 0);
        loader().load_unnamed(0);
    });
}

#[test]
fn a_signal_that_is_sent_kills_where_the_default_was() {
    let test = "a_signal_that_is_sent_kills_where_the_default_was";
    expect_death(test, SIGBUS, || {
        set_action(SIG_DFL, 0, 0);
        let loader = loader();
        assert_eq!(loader.load(0), loader.start());
        // SAFETY: it only sends.
        unsafe { raise(SIGBUS) };
    });
}

#[test]
fn a_signal_that_is_sent_is_ignored_where_it_was() {
    expect_pass("a_signal_that_is_sent_is_ignored_where_it_was", || {
        set_action(SIG_IGN, 0, 0);
        let loader = loader();
        for signal in [SIGSEGV, SIGBUS] {
            // SAFETY: it only sends.
            assert_eq!(unsafe { raise(signal) }, 0);
        }
        assert_eq!(loader.load(0), loader.start());
    });
}

/// What the handlers of tests have seen.
static CALLS: AtomicUsize = AtomicUsize::new(0);
static BLOCKED: AtomicUsize = AtomicUsize::new(0);

fn blocked() -> u64 {
    let mut set = [0; 16];
    // SAFETY: without a new set it only writes the old one.
    unsafe { pthread_sigmask(0, core::ptr::null(), &raw mut set) };
    set[0]
}

/// Lets a load give 1234, whatever it was.
extern "C" fn on_fault(signal: c_int, info: *const c_int, context: *mut c_void) {
    CALLS.fetch_add(1, SeqCst);
    BLOCKED.store(blocked() as usize, SeqCst);
    // SAFETY: these are the arguments that the system gives: rax is number 13 of the registers.
    unsafe {
        assert_eq!(*info, signal);
        let registers = context.byte_add(40).cast::<usize>();
        registers.add(13).write(1234);
        registers.add(16).write(registers.add(16).read() + 3);
    }
}

extern "C" fn on_signal(_: c_int) {
    CALLS.fetch_add(1, SeqCst);
    BLOCKED.store(blocked() as usize, SeqCst);
}

#[test]
fn a_handler_that_was_there_has_the_other_faults() {
    expect_pass("a_handler_that_was_there_has_the_other_faults", || {
        set_action(on_fault as *const c_void, bit(SIGUSR1), SA_SIGINFO);
        let loader = loader();
        assert_eq!(loader.load(0), loader.start());
        assert_eq!(CALLS.load(SeqCst), 0);
        for calls in 1..4 {
            assert_eq!(loader.load_unnamed(0), 1234);
            assert_eq!(CALLS.load(SeqCst), calls);
            let both = bit(SIGUSR1) | bit(SIGSEGV);
            assert_eq!(BLOCKED.load(SeqCst) as u64 & both, both);
            assert_eq!(blocked() & both, 0);
        }
    });
}

#[test]
fn a_handler_that_was_there_has_what_is_sent() {
    expect_pass("a_handler_that_was_there_has_what_is_sent", || {
        set_action(on_signal as *const c_void, bit(SIGUSR1), SA_NODEFER);
        let loader = loader();
        for (calls, signal) in [(1, SIGSEGV), (2, SIGBUS), (3, SIGSEGV)] {
            // SAFETY: it only sends.
            assert_eq!(unsafe { raise(signal) }, 0);
            assert_eq!(CALLS.load(SeqCst), calls);
            let all = bit(SIGUSR1) | bit(signal);
            assert_eq!(BLOCKED.load(SeqCst) as u64 & all, bit(SIGUSR1));
        }
        assert_eq!(loader.load(0), loader.start());
    });
}

#[test]
fn a_handler_for_one_call_is_called_once() {
    expect_death("a_handler_for_one_call_is_called_once", SIGSEGV, || {
        set_action(on_fault as *const c_void, 0, SA_SIGINFO | SA_RESETHAND);
        let loader = loader();
        // The process must not die of this one.
        if loader.load_unnamed(0) != 1234 || loader.load(0) != loader.start() {
            return;
        }
        loader.load_unnamed(0);
    });
}

#[test]
fn an_overflow_of_the_stack_is_told_as_ever() {
    fn recurse(depth: usize) -> usize {
        let used = core::hint::black_box([depth; 100]);
        if depth == usize::MAX {
            return 0;
        }
        recurse(depth + 1) + used[depth % 100]
    }
    let test = "sys::faults::tests::an_overflow_of_the_stack_is_told_as_ever";
    let child = child::run(test, || {
        let loader = loader();
        assert_eq!(loader.load(0), loader.start());
        recurse(0);
    });
    if let Some(child) = child {
        let output = String::from_utf8_lossy(&child.stderr);
        assert!(output.contains("has overflowed its stack"), "{output}");
        assert_eq!(child.status.signal(), Some(6), "{output}");
    }
}

#[test]
fn regions_come_and_go_while_others_fault() {
    let is_over = AtomicBool::new(false);
    let faults = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let loader = loader();
                while !is_over.load(SeqCst) {
                    assert_eq!(loader.load(0), loader.start());
                    faults.fetch_add(1, SeqCst);
                }
            });
        }
        let writers = [1, 2].map(|count| {
            scope.spawn(move || {
                for _ in 0..300 {
                    let loaders: Vec<Loader> = (0..count * 3).map(|_| loader()).collect();
                    for loader in &loaders {
                        assert_eq!(loader.load(0), loader.start());
                    }
                }
            })
        });
        for writer in writers {
            writer.join().expect("no failure");
        }
        is_over.store(true, SeqCst);
    });
    assert!(faults.load(SeqCst) > 0);
}

#[test]
fn what_is_registered_is_freed_when_nobody_reads_it() {
    expect_pass("what_is_registered_is_freed_when_nobody_reads_it", || {
        let sites: Arc<[u32]> = Arc::from([0]);
        let loaders: Vec<Loader> = (0..10).map(|_| Loader::new(&sites)).collect();
        assert_eq!(Arc::strong_count(&sites), 11);
        drop(loaders);
        assert_eq!(Arc::strong_count(&sites), 1);
    });
}

#[test]
fn what_is_registered_is_freed_while_there_are_always_readers() {
    expect_pass(
        "what_is_registered_is_freed_while_there_are_always_readers",
        || {
            let sites: Arc<[u32]> = Arc::from([0]);
            let is_over = AtomicBool::new(false);
            let mut most = 0;
            std::thread::scope(|scope| {
                for _ in 0..3 {
                    scope.spawn(|| {
                        let loader = loader();
                        while !is_over.load(SeqCst) {
                            loader.load(0);
                        }
                    });
                }
                for _ in 0..5_000 {
                    drop(Loader::new(&sites));
                    most = most.max(Arc::strong_count(&sites));
                }
                is_over.store(true, SeqCst);
            });
            // A reader may be stopped for long while it reads, but not always.
            assert!(most < 4_000, "{most}");
            drop((loader(), loader()));
            assert_eq!(Arc::strong_count(&sites), 1);
        },
    );
}
