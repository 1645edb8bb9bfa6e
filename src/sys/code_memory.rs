//! Memory for machine code.
//!
//! Input: a size, and the bytes that are written into [`WritableCode`]. Output: [`ExecutableCode`], or `None` where the
//! system or this build has no such memory, or refuses.
//! Holds: no page is ever writable and executable at once, a page that was executable is never written again, and what
//! lies between the code and the end of its last page traps. [`CodeSpace`] fills with code that finds words before it.

use core::ptr::NonNull;
use core::sync::atomic::{AtomicU64, Ordering};

/// Sizes are rounded up to a multiple of this: the page size of x86-64.
const PAGE_BYTES: usize = 4096;

/// `int3`.
const TRAP: u8 = 0xCC;

/// Memory into which code is written, of zeros at first.
#[derive(Debug)]
pub(crate) struct WritableCode(Pages);

impl WritableCode {
    /// Allocates at least one byte.
    pub(crate) fn allocate(bytes: usize) -> Option<WritableCode> {
        let all_bytes = whole_pages(bytes)?;
        let start = system::allocate(all_bytes)?;
        Some(WritableCode(Pages {
            start,
            bytes,
            all_bytes,
        }))
    }

    /// As many bytes as were asked for.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: the pages are as long at least, initialized by the system, writable as long as they are in `self`,
        // and `self` owns them and is borrowed mutably.
        unsafe { core::slice::from_raw_parts_mut(self.0.start.as_ptr(), self.0.bytes) }
    }

    /// Makes it executable and no longer writable. It is gone if the system refuses.
    pub(crate) fn make_executable(self) -> Option<ExecutableCode> {
        let WritableCode(pages) = self;
        // SAFETY: the pages are as long as that, writable still, and nobody else has them.
        let done = unsafe {
            let rest_bytes = pages.all_bytes - pages.bytes;
            pages.start.add(pages.bytes).write_bytes(TRAP, rest_bytes);
            system::make_executable(pages.start, pages.all_bytes)
        };
        done.then_some(ExecutableCode(pages))
    }
}

/// Memory whose code can be executed.
#[derive(Debug)]
pub(crate) struct ExecutableCode(Pages);

impl ExecutableCode {
    /// Where the code begins.
    pub(crate) fn address(&self) -> *const u8 {
        self.0.start.as_ptr()
    }

    /// The code, as many bytes as were asked for.
    pub(crate) fn bytes(&self) -> &[u8] {
        // SAFETY: the pages are as long at least and readable, `self` owns them, and nobody can write them.
        unsafe { core::slice::from_raw_parts(self.0.start.as_ptr(), self.0.bytes) }
    }
}

/// Address space that fills with code, behind words that the code reads and that can be written while it runs.
#[derive(Debug)]
pub(crate) struct CodeSpace {
    pages: Pages,
    /// How many bytes at the beginning are words.
    word_bytes: usize,
    /// Whole pages from the beginning that are in use.
    used: usize,
}

impl CodeSpace {
    /// Reserves so many bytes for words and for code, which take no memory yet. All words are zero.
    pub(crate) fn reserve(word_bytes: usize, code_bytes: usize) -> Option<CodeSpace> {
        let used = word_bytes.checked_next_multiple_of(PAGE_BYTES)?;
        let all_bytes = whole_pages(used.checked_add(code_bytes)?)?;
        let start = system::reserve(all_bytes)?;
        let space = CodeSpace {
            pages: Pages {
                start,
                bytes: all_bytes,
                all_bytes,
            },
            word_bytes,
            used,
        };
        // SAFETY: the pages are reserved and nobody else's.
        (used == 0 || unsafe { system::commit(start, used) }).then_some(space)
    }

    /// Writes the word at `at`, a multiple of 8 and among the words. Whoever reads it meanwhile finds the old one or
    /// the new one.
    ///
    /// # Panics
    /// There is no word.
    pub(crate) fn write(&self, at: usize, word: u64) {
        assert!(at % 8 == 0 && at < self.word_bytes);
        // SAFETY: the words are writable as long as `self`, and begin at a page; all who write them do it here, and
        // code reads them in one piece.
        let word_at = unsafe { self.pages.start.add(at).cast::<AtomicU64>().as_ref() };
        word_at.store(word, Ordering::Release);
    }

    /// Where it begins.
    pub(crate) fn address(&self) -> *const u8 {
        self.pages.start.as_ptr()
    }

    /// How far behind its beginning the next code will be.
    pub(crate) fn used(&self) -> usize {
        self.used
    }

    /// Puts code behind what there is, where it can be executed. False if there is no room for it, or the system gives
    /// no memory.
    pub(crate) fn append(&mut self, code: &[u8]) -> bool {
        let left = self.pages.all_bytes - self.used;
        let Some(bytes) = whole_pages(code.len()).filter(|&bytes| bytes <= left) else {
            return false;
        };
        // SAFETY: the pages are reserved and no others' yet. They are written to as long as they are writable.
        let done = unsafe {
            let start = self.pages.start.add(self.used);
            system::commit(start, bytes) && {
                start
                    .as_ptr()
                    .copy_from_nonoverlapping(code.as_ptr(), code.len());
                start.add(code.len()).write_bytes(TRAP, bytes - code.len());
                system::make_executable(start, bytes)
            }
        };
        // If it has failed half way, nobody knows what the pages are.
        self.used += bytes;
        done
    }
}

/// So many bytes in whole pages; no slice may be longer.
fn whole_pages(bytes: usize) -> Option<usize> {
    let all_bytes = bytes.checked_next_multiple_of(PAGE_BYTES)?;
    (bytes > 0 && all_bytes <= isize::MAX as usize).then_some(all_bytes)
}

/// Whole pages.
#[derive(Debug)]
struct Pages {
    start: NonNull<u8>,
    /// What was asked for.
    bytes: usize,
    /// What there is.
    all_bytes: usize,
}

// SAFETY: the pages are owned; which thread uses or frees them makes no difference.
unsafe impl Send for Pages {}
// SAFETY: through shared pages their content can be read, and written only by who has them alone.
unsafe impl Sync for Pages {}

impl Drop for Pages {
    fn drop(&mut self) {
        // SAFETY: the range is as the system gave it, and `self` is its only owner.
        unsafe { system::release(self.start, self.all_bytes) };
    }
}

#[cfg(all(
    target_arch = "x86_64",
    target_pointer_width = "64",
    not(miri),
    any(
        target_os = "linux",
        target_os = "android",
        target_os = "macos",
        target_os = "freebsd"
    )
))]
mod system {
    use super::PAGE_BYTES;
    use core::ffi::{c_int, c_void};
    use core::ptr::NonNull;
    use core::sync::atomic::{AtomicUsize, Ordering};

    const PROT_NONE: c_int = 0;
    const PROT_READ_WRITE: c_int = 1 | 2;
    const PROT_READ_EXECUTE: c_int = 1 | 4;
    const MAP_PRIVATE: c_int = 2;
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const MAP_ANONYMOUS: c_int = 0x20;
    #[cfg(any(target_os = "macos", target_os = "freebsd"))]
    const MAP_ANONYMOUS: c_int = 0x1000;

    // `off_t` has 64 bits wherever pointers have.
    unsafe extern "C" {
        fn mmap(
            address: *mut c_void,
            length: usize,
            protection: c_int,
            flags: c_int,
            file: c_int,
            offset: i64,
        ) -> *mut c_void;
        fn munmap(address: *mut c_void, length: usize) -> c_int;
        fn mprotect(address: *mut c_void, length: usize, protection: c_int) -> c_int;
    }

    /// How far below the program's own code memory for machine code is asked for, and how much: there is nothing
    /// there in a program that can be loaded anywhere.
    const NEAR_BYTES: usize = 1 << 30;

    /// An address near the program's own code where there are hopefully free pages, another one each time; or 0.
    /// Processors predict calls between code that is far apart badly: a call of the host takes 3.0 ns if machine code
    /// is near, and 3.8 ns otherwise.
    fn near(bytes: usize) -> usize {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let own = near as *const () as usize & !(PAGE_BYTES - 1);
        let Some(lowest) = own
            .checked_sub(2 * NEAR_BYTES)
            .filter(|_| bytes < NEAR_BYTES)
        else {
            return 0;
        };
        // Where it begins differs from run to run, as addresses of the stack do.
        let start = (&raw const own).addr() >> 4 << PAGE_BYTES.trailing_zeros();
        let at = start.wrapping_add(NEXT.fetch_add(bytes, Ordering::Relaxed));
        lowest + at % NEAR_BYTES
    }

    pub(super) fn allocate(bytes: usize) -> Option<NonNull<u8>> {
        map(bytes, PROT_READ_WRITE)
    }

    pub(super) fn reserve(bytes: usize) -> Option<NonNull<u8>> {
        map(bytes, PROT_NONE)
    }

    /// # Safety
    /// The caller owns the range.
    pub(super) unsafe fn commit(start: NonNull<u8>, bytes: usize) -> bool {
        // SAFETY: the caller owns the range.
        unsafe { mprotect(start.as_ptr().cast(), bytes, PROT_READ_WRITE) == 0 }
    }

    fn map(bytes: usize, access: c_int) -> Option<NonNull<u8>> {
        let flags = MAP_PRIVATE | MAP_ANONYMOUS;
        // Where a wish cannot be granted, Linux takes other pages; others may refuse.
        let mut mapped = [near(bytes), 0].into_iter().map(|wish| {
            let wish = core::ptr::without_provenance_mut(wish);
            // SAFETY: the address is but a wish: the system takes free pages.
            unsafe { mmap(wish, bytes, access, flags, -1, 0) }
        });
        // The system answers -1 if it refuses.
        let mapped = mapped.find(|mapped| mapped.addr() != usize::MAX)?;
        NonNull::new(mapped.cast())
    }

    /// # Safety
    /// The caller owns the range, and nobody writes to it any more.
    pub(super) unsafe fn make_executable(start: NonNull<u8>, bytes: usize) -> bool {
        // SAFETY: the caller owns the range. The processor sees by itself what was written.
        unsafe { mprotect(start.as_ptr().cast(), bytes, PROT_READ_EXECUTE) == 0 }
    }

    /// # Safety
    /// The caller owns the range and gives it up.
    pub(super) unsafe fn release(start: NonNull<u8>, bytes: usize) {
        // SAFETY: the caller owns the range. It is whole pages, so this succeeds.
        unsafe { munmap(start.as_ptr().cast(), bytes) };
    }
}

#[cfg(all(target_arch = "x86_64", not(miri), windows))]
mod system {
    use core::ffi::c_void;
    use core::ptr::{NonNull, null_mut};

    const MEM_COMMIT: u32 = 0x1000;
    const MEM_RESERVE: u32 = 0x2000;
    const MEM_RELEASE: u32 = 0x8000;
    const PAGE_NOACCESS: u32 = 1;
    const PAGE_READWRITE: u32 = 4;
    const PAGE_EXECUTE_READ: u32 = 0x20;

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn VirtualAlloc(
            address: *mut c_void,
            size: usize,
            allocation: u32,
            protection: u32,
        ) -> *mut c_void;
        fn VirtualProtect(address: *mut c_void, size: usize, new: u32, old: *mut u32) -> i32;
        fn VirtualFree(address: *mut c_void, size: usize, kind: u32) -> i32;
        fn GetCurrentProcess() -> *mut c_void;
        fn FlushInstructionCache(process: *mut c_void, start: *const c_void, size: usize) -> i32;
    }

    pub(super) fn allocate(bytes: usize) -> Option<NonNull<u8>> {
        // SAFETY: no address is given, so the system takes free pages.
        let start =
            unsafe { VirtualAlloc(null_mut(), bytes, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE) };
        NonNull::new(start.cast())
    }

    pub(super) fn reserve(bytes: usize) -> Option<NonNull<u8>> {
        // SAFETY: as above.
        let start = unsafe { VirtualAlloc(null_mut(), bytes, MEM_RESERVE, PAGE_NOACCESS) };
        NonNull::new(start.cast())
    }

    /// # Safety
    /// The caller owns the range.
    pub(super) unsafe fn commit(start: NonNull<u8>, bytes: usize) -> bool {
        let start = start.as_ptr().cast();
        // SAFETY: the caller owns the range.
        unsafe { !VirtualAlloc(start, bytes, MEM_COMMIT, PAGE_READWRITE).is_null() }
    }

    /// # Safety
    /// The caller owns the range, and nobody writes to it any more.
    pub(super) unsafe fn make_executable(start: NonNull<u8>, bytes: usize) -> bool {
        let mut old = 0;
        let start = start.as_ptr().cast();
        // SAFETY: the caller owns the range, and `old` is valid for writes.
        unsafe {
            VirtualProtect(start, bytes, PAGE_EXECUTE_READ, &raw mut old) != 0
                && FlushInstructionCache(GetCurrentProcess(), start, bytes) != 0
        }
    }

    /// # Safety
    /// The caller owns the range and gives it up.
    pub(super) unsafe fn release(start: NonNull<u8>, _bytes: usize) {
        // SAFETY: the caller owns the allocation that starts here and gives it up.
        unsafe { VirtualFree(start.as_ptr().cast(), 0, MEM_RELEASE) };
    }
}

/// Elsewhere nothing is ever allocated.
#[cfg(not(all(
    target_arch = "x86_64",
    target_pointer_width = "64",
    not(miri),
    any(
        windows,
        target_os = "linux",
        target_os = "android",
        target_os = "macos",
        target_os = "freebsd"
    )
)))]
mod system {
    use core::ptr::NonNull;

    pub(super) fn allocate(_bytes: usize) -> Option<NonNull<u8>> {
        None
    }

    pub(super) fn reserve(_bytes: usize) -> Option<NonNull<u8>> {
        None
    }

    pub(super) unsafe fn commit(_start: NonNull<u8>, _bytes: usize) -> bool {
        false
    }

    pub(super) unsafe fn make_executable(_start: NonNull<u8>, _bytes: usize) -> bool {
        false
    }

    pub(super) unsafe fn release(_start: NonNull<u8>, _bytes: usize) {}
}

#[cfg(all(
    test,
    target_arch = "x86_64",
    target_pointer_width = "64",
    not(miri),
    any(windows, target_os = "linux", target_os = "macos")
))]
mod tests {
    use super::*;

    /// `mov eax, 42`, `ret`.
    const FORTY_TWO: [u8; 6] = [0xB8, 42, 0, 0, 0, 0xC3];

    fn code(bytes: &[u8]) -> ExecutableCode {
        let mut memory = WritableCode::allocate(bytes.len()).expect("memory");
        memory.bytes_mut().copy_from_slice(bytes);
        let address = memory.bytes_mut().as_ptr().addr();
        let code = memory.make_executable().expect("executable");
        assert_eq!(code.address().addr(), address);
        code
    }

    #[test]
    fn code_is_executed_where_it_was_written() {
        let code = code(&FORTY_TWO);
        assert_eq!(code.bytes(), FORTY_TWO);
        // SAFETY: the code is that of such a function.
        let function: extern "C" fn() -> u32 = unsafe { core::mem::transmute(code.address()) };
        assert_eq!(function(), 42);
        let answer = std::thread::spawn(move || (function(), code)).join();
        assert_eq!(answer.map(|answer| answer.0).ok(), Some(42));
    }

    #[test]
    fn a_space_fills_with_code() {
        let mut space = CodeSpace::reserve(24, 3 * PAGE_BYTES).expect("address space");
        for place in [1, 2] {
            assert_eq!(space.used(), place * PAGE_BYTES);
            assert!(space.append(&FORTY_TWO));
            // SAFETY: the code is that of such a function, and there as long as the space.
            let function: extern "C" fn() -> u32 =
                unsafe { core::mem::transmute(space.address().add(place * PAGE_BYTES)) };
            assert_eq!(function(), 42);
        }
        assert!(!space.append(&[TRAP; PAGE_BYTES + 1]));
        assert!(space.append(&[TRAP; PAGE_BYTES]));
        assert!(!space.append(&FORTY_TWO));
    }

    /// `mov rax, [rip - 4096 - 7 + 16]; ret`: the word 16 bytes behind the beginning of the page before.
    const READ_WORD: [u8; 8] = [0x48, 0x8B, 0x05, 0x09, 0xF0, 0xFF, 0xFF, 0xC3];

    #[test]
    fn words_change_while_there_is_code() {
        let mut space = CodeSpace::reserve(24, PAGE_BYTES).expect("address space");
        assert!(space.append(&READ_WORD));
        // SAFETY: the code is that of such a function, and there as long as the space.
        let read: extern "C" fn() -> u64 =
            unsafe { core::mem::transmute(space.address().add(PAGE_BYTES)) };
        for word in [0, 1, u64::MAX] {
            space.write(16, word);
            assert_eq!(read(), word);
        }
        for at in [12, 24, PAGE_BYTES] {
            let written = std::panic::AssertUnwindSafe(|| space.write(at, 0));
            assert!(std::panic::catch_unwind(written).is_err(), "{at}");
        }
    }

    #[test]
    fn what_follows_the_code_traps() {
        for bytes in [1, PAGE_BYTES - 1, PAGE_BYTES, PAGE_BYTES + 1] {
            let code = code(&alloc::vec![0x90; bytes]);
            let rest = bytes.next_multiple_of(PAGE_BYTES) - bytes;
            // SAFETY: the memory is whole pages.
            let rest = unsafe { core::slice::from_raw_parts(code.address().add(bytes), rest) };
            assert!(rest.iter().all(|&byte| byte == TRAP), "{bytes}");
        }
    }

    #[test]
    fn impossible_sizes_are_refused() {
        for bytes in [0, usize::MAX, isize::MAX as usize, 1 << 62] {
            assert!(WritableCode::allocate(bytes).is_none(), "{bytes}");
        }
    }

    /// How the system says that pages may be accessed.
    #[cfg(target_os = "linux")]
    fn access(address: usize) -> Option<alloc::string::String> {
        let maps = std::fs::read_to_string("/proc/self/maps").expect("Linux has it");
        maps.lines().find_map(|line| {
            let (range, rest) = line.split_once(' ')?;
            let (start, end) = range.split_once('-')?;
            let number = |text| usize::from_str_radix(text, 16).expect("an address");
            let is_here = (number(start)..number(end)).contains(&address);
            is_here.then(|| rest.chars().take(3).collect())
        })
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn pages_are_writable_or_executable_and_then_gone() {
        // So many that nobody else gets the same place between.
        let mut memory = WritableCode::allocate(64 << 20).expect("memory");
        let address = memory.bytes_mut().as_ptr().addr();
        assert_eq!(access(address).as_deref(), Some("rw-"));
        let code = memory.make_executable().expect("executable");
        assert_eq!(access(address).as_deref(), Some("r-x"));
        drop(code);
        assert!(!access(address).is_some_and(|access| access.contains('x')));
    }

    /// A system whose processes may ask that no page becomes executable after it was writable.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_process_that_refuses_new_code_has_none() {
        use super::super::child;
        use core::ffi::{c_int, c_ulong};
        const PR_SET_MDWE: c_int = 65;
        const PR_MDWE_REFUSE_EXEC_GAIN: c_ulong = 1;
        unsafe extern "C" {
            fn prctl(option: c_int, ...) -> c_int;
        }
        let child = child::run(
            "sys::code_memory::tests::a_process_that_refuses_new_code_has_none",
            || {
                let zero: c_ulong = 0;
                // SAFETY: the arguments are those of the option, which changes only what the process may do.
                let done =
                    unsafe { prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, zero, zero, zero) == 0 };
                // Linux has the option since 6.3.
                assert!(!done || WritableCode::allocate(1).is_some());
                let page = WritableCode::allocate(1).and_then(WritableCode::make_executable);
                assert!(!done || page.is_none());
            },
        );
        child::expect_pass(child);
    }
}
