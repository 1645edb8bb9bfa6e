//! Executes machine code in the test's process, and finds out in a child process how it traps.

use core::arch::asm;
use core::ffi::{c_int, c_void};

const READ_WRITE: c_int = 3;
const READ_EXECUTE: c_int = 5;
const PRIVATE_ANONYMOUS: c_int = 0x22;
const SIGILL: c_int = 4;
const WITH_INFO: c_int = 4;
/// Where the instruction's address is in what a signal handler is given.
const INSTRUCTION_IN_CONTEXT: usize = 168;

unsafe extern "C" {
    fn mmap(
        at: *mut c_void,
        bytes: usize,
        access: c_int,
        flags: c_int,
        file: c_int,
        offset: i64,
    ) -> *mut c_void;
    fn mprotect(at: *mut c_void, bytes: usize, access: c_int) -> c_int;
    fn munmap(at: *mut c_void, bytes: usize) -> c_int;
    fn fork() -> c_int;
    fn waitpid(process: c_int, status: *mut c_int, options: c_int) -> c_int;
    fn _exit(status: c_int) -> !;
    fn sigaction(signal: c_int, action: *const Action, old: *mut Action) -> c_int;
}

#[repr(C)]
struct Action {
    handler: extern "C" fn(c_int, *const c_void, *const u8),
    mask: [u64; 16],
    flags: c_int,
    restorer: usize,
}

/// Machine code where it can be executed; what is called is its beginning.
pub(crate) struct Code {
    address: *mut u8,
    bytes: usize,
    traps: Vec<(usize, u8)>,
}

/// What a function is given and gives back, in registers in the order of the convention.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Registers {
    pub(crate) integers: [u64; 4],
    pub(crate) vectors: [[u8; 16]; 4],
}

/// The traps of the code that a child process executes, by address.
static mut TRAPS: *const Vec<(usize, u8)> = core::ptr::null();

extern "C" fn on_trap(_: c_int, _: *const c_void, context: *const u8) {
    // SAFETY: only a child process, which has set the table, has this handler; the kernel gives it a context.
    unsafe {
        let at = context.add(INSTRUCTION_IN_CONTEXT).cast::<usize>().read();
        let found = (*TRAPS).iter().find(|trap| trap.0 == at);
        _exit(found.map_or(100, |trap| trap.1 as c_int))
    }
}

impl Code {
    /// Maps code whose places that trap have these numbers.
    pub(crate) fn new(code: &[u8], traps: &[(usize, u8)]) -> Code {
        let bytes = code.len().next_multiple_of(4096);
        // SAFETY: the pages are new, and large enough.
        unsafe {
            let address = mmap(
                core::ptr::null_mut(),
                bytes,
                READ_WRITE,
                PRIVATE_ANONYMOUS,
                -1,
                0,
            )
            .cast::<u8>();
            assert!(address as isize != -1);
            address.copy_from_nonoverlapping(code.as_ptr(), code.len());
            assert_eq!(mprotect(address.cast(), bytes, READ_EXECUTE), 0);
            Code {
                address,
                bytes,
                traps: traps
                    .iter()
                    .map(|&(at, trap)| (address as usize + at, trap))
                    .collect(),
            }
        }
    }

    /// Calls the code with a memory, and a context of zeros.
    pub(crate) fn call(&self, memory: &mut [u8], mut registers: Registers) -> Registers {
        let context = [0_u64; 64];
        let [rdi, mut rsi, mut rdx, mut rcx] = registers.integers;
        let rax: u64;
        let mut base = memory.as_mut_ptr();
        let before = base;
        // SAFETY: the code is that of a function that is given what is here.
        unsafe {
            asm!(
                "movups xmm0, [r12]",
                "movups xmm1, [r12 + 16]",
                "movups xmm2, [r12 + 32]",
                "movups xmm3, [r12 + 48]",
                "call r11",
                "movups [r12], xmm0",
                "movups [r12 + 16], xmm1",
                "movups [r12 + 32], xmm2",
                "movups [r12 + 48], xmm3",
                in("r11") self.address,
                in("r12") &mut registers.vectors,
                in("r14") &context,
                inlateout("r15") base,
                inlateout("rdi") rdi => _,
                inlateout("rsi") rsi,
                inlateout("rdx") rdx,
                inlateout("rcx") rcx,
                lateout("rax") rax,
                clobber_abi("sysv64"),
            );
        }
        assert_eq!(base, before, "the base of the memory");
        registers.integers = [rax, rdx, rcx, rsi];
        registers
    }

    /// The number of the trap that a call ends in: `None` if it returns, or does anything else.
    pub(crate) fn trap(&self, memory: &mut [u8], registers: Registers) -> Option<u8> {
        // SAFETY: the child process only executes the code and exits.
        unsafe {
            let child = fork();
            if child == 0 {
                TRAPS = &raw const self.traps;
                let action = Action {
                    handler: on_trap,
                    mask: [0; 16],
                    flags: WITH_INFO,
                    restorer: 0,
                };
                sigaction(SIGILL, &raw const action, core::ptr::null_mut());
                self.call(memory, registers);
                _exit(101);
            }
            let mut status = 0;
            waitpid(child, &raw mut status, 0);
            // It ended by itself, with the number, and not for want of one.
            (status & 0x7F == 0 && status >> 8 < 100).then_some((status >> 8) as u8)
        }
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        // SAFETY: nothing else knows the pages.
        unsafe {
            munmap(self.address.cast(), self.bytes);
        }
    }
}
