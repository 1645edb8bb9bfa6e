//! Executes machine code in the test's process, and finds out in a child process how it traps.

use core::arch::{asm, global_asm};
use core::ffi::{c_int, c_void};

const READ_WRITE: c_int = 3;
const READ_EXECUTE: c_int = 5;
const PRIVATE_ANONYMOUS: c_int = 0x22;
/// The longest instruction that calls the code for traps.
const TRAP_CALL_BYTES: usize = 7;

global_asm!(
    ".text",
    "wazir_test_trap:",
    "mov rdi, [rsp]",
    "and rsp, -16",
    "call {on_trap}",
    "ud2",
    // Three times the first argument, and the second one. Nothing is left of what callees need not preserve.
    "wazir_test_foreign:",
    "lea rax, [rsp + 8]",
    "test al, 15",
    "jnz 2f",
    "lea rax, [rdi + rdi * 2]",
    "add rax, rsi",
    "mov rcx, -1",
    "mov rdx, rcx",
    "mov rsi, rcx",
    "mov rdi, rcx",
    "mov r8, rcx",
    "mov r9, rcx",
    "mov r10, rcx",
    "mov r11, rcx",
    "mov r14, rcx",
    "mov r15, rcx",
    "pcmpeqd xmm0, xmm0",
    "pcmpeqd xmm1, xmm1",
    "pcmpeqd xmm2, xmm2",
    "ret",
    "2:",
    "ud2",
    on_trap = sym on_trap,
);

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
    /// What code calls that traps.
    fn wazir_test_trap();
    /// A function that the host has.
    fn wazir_test_foreign();
}

/// The address of what code calls that traps.
pub(crate) fn trap_code() -> u64 {
    wazir_test_trap as *const () as u64
}

/// The address of a function of two integers that the host has.
pub(crate) fn foreign_code() -> u64 {
    wazir_test_foreign as *const () as u64
}

/// Machine code where it can be executed.
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

/// Ends the process with the number of the trap whose call returns to an address.
extern "sysv64" fn on_trap(returns_to: usize) -> ! {
    // SAFETY: the table is set in a child process that executes the code, and nowhere else.
    unsafe {
        if TRAPS.is_null() {
            // It was not expected.
            std::process::abort();
        }
        let is_site = |at: usize| at < returns_to && returns_to <= at + TRAP_CALL_BYTES;
        let found = (*TRAPS).iter().rev().find(|trap| is_site(trap.0));
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

    /// Where it is.
    pub(crate) fn address(&self) -> u64 {
        self.address as u64
    }

    /// Calls the function with a record, at an address, with the base of a memory.
    pub(crate) fn call(
        &self,
        function: &[u64],
        entry: u64,
        memory: &mut [u8],
        mut registers: Registers,
    ) -> Registers {
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
                "call r13",
                "movups [r12], xmm0",
                "movups [r12 + 16], xmm1",
                "movups [r12 + 32], xmm2",
                "movups [r12 + 48], xmm3",
                inout("r11") function.as_ptr() => _,
                in("r12") &mut registers.vectors,
                in("r13") entry,
                out("r14") _,
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

    /// The number of the trap that calls of this code end in.
    pub(crate) fn trap(&self, call: impl FnOnce()) -> Option<u8> {
        // SAFETY: the child process only executes the code and exits.
        unsafe {
            let child = fork();
            if child == 0 {
                TRAPS = &raw const self.traps;
                call();
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
