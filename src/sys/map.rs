//! Reservations of address space, of which a part from the start is usable.
//!
//! Input: sizes in bytes. Output: [`Mapping`], or `None` where the system or this build cannot
//! reserve, or refuses.
//! Holds: the usable part reads as zero until it is written, the rest costs no memory, and a
//! reservation never moves unless it is enlarged. All reservations of the process together leave most of the address
//! space to others.

use core::ptr::NonNull;
use core::sync::atomic::{AtomicUsize, Ordering};

/// Usable parts end at multiples of this, which is one on every system's page size.
pub(crate) const GRANULE_BYTES: usize = 1 << 16;

/// How much address space the process may reserve: at most an eighth of what its processes have.
#[cfg(all(
    target_pointer_width = "64",
    any(
        target_arch = "x86_64",
        all(target_arch = "aarch64", not(target_os = "android"))
    )
))]
const MAX_RESERVED_BYTES: usize = 1 << 44;
#[cfg(all(
    target_pointer_width = "64",
    not(any(
        target_arch = "x86_64",
        all(target_arch = "aarch64", not(target_os = "android"))
    ))
))]
const MAX_RESERVED_BYTES: usize = 1 << 35;
#[cfg(not(target_pointer_width = "64"))]
const MAX_RESERVED_BYTES: usize = 0;

/// What all mappings reserve together.
static RESERVED_BYTES: AtomicUsize = AtomicUsize::new(0);

/// Reserved address space.
#[derive(Debug)]
pub(crate) struct Mapping {
    base: NonNull<u8>,
    reserved_bytes: usize,
    usable_bytes: usize,
}

// SAFETY: a mapping owns its addresses; which thread uses or frees them makes no difference.
unsafe impl Send for Mapping {}
// SAFETY: through a shared mapping only its numbers can be read.
unsafe impl Sync for Mapping {}

impl Mapping {
    /// Reserves `bytes`, rounded up; none of it is usable yet.
    pub(crate) fn reserve(bytes: usize) -> Option<Mapping> {
        let reserved_bytes = count_reservation(bytes)?;
        let Some(base) = system::reserve(reserved_bytes) else {
            RESERVED_BYTES.fetch_sub(reserved_bytes, Ordering::Relaxed);
            return None;
        };
        Some(Mapping {
            base,
            reserved_bytes,
            usable_bytes: 0,
        })
    }

    /// The first byte.
    pub(crate) fn base(&self) -> NonNull<u8> {
        self.base
    }

    /// How many bytes are reserved.
    pub(crate) fn reserved_bytes(&self) -> usize {
        self.reserved_bytes
    }

    /// Makes the first `bytes`, rounded up, usable, and whatever was usable stays so. Tells
    /// whether the system agrees.
    pub(crate) fn commit(&mut self, bytes: usize) -> bool {
        let Some(bytes) = bytes.checked_next_multiple_of(GRANULE_BYTES) else {
            return false;
        };
        if bytes <= self.usable_bytes {
            return true;
        }
        if bytes > self.reserved_bytes {
            return false;
        }
        // SAFETY: both ends lie within the reservation, which `self` owns, and are multiples of
        // the granule.
        let start = unsafe { self.base.add(self.usable_bytes) };
        // SAFETY: as above; the range is not usable yet, so no data is in it.
        let done = unsafe { system::commit(start, bytes - self.usable_bytes) };
        if done {
            self.usable_bytes = bytes;
        }
        done
    }

    /// Makes the reservation larger, and its first `usable_bytes` usable, without copying: the system
    /// gives the pages other addresses. Tells whether it could; if not, nothing has changed.
    pub(crate) fn enlarge(&mut self, bytes: usize, usable_bytes: usize) -> bool {
        let Some(usable_bytes) = usable_bytes.checked_next_multiple_of(GRANULE_BYTES) else {
            return false;
        };
        if self.usable_bytes == 0 || bytes < self.reserved_bytes || bytes < usable_bytes {
            return false;
        }
        let Some(reserved_bytes) = count_reservation(bytes) else {
            return false;
        };
        let usable_bytes = usable_bytes.max(self.usable_bytes);
        // SAFETY: the old numbers are those of the reservation, which `self` owns mutably, so that nobody
        // refers to its content; the new ones are not less, multiples of the granule, and ascending.
        let moved = unsafe {
            system::enlarge(
                self.base,
                (self.usable_bytes, usable_bytes),
                (self.reserved_bytes, reserved_bytes),
            )
        };
        let Some(base) = moved else {
            RESERVED_BYTES.fetch_sub(reserved_bytes, Ordering::Relaxed);
            return false;
        };
        RESERVED_BYTES.fetch_sub(self.reserved_bytes, Ordering::Relaxed);
        // Field by field: the old mapping is not dropped, because it is gone.
        self.base = base;
        self.reserved_bytes = reserved_bytes;
        self.usable_bytes = usable_bytes;
        true
    }

    /// Gives back the memory behind the usable part: nothing is usable afterwards. Tells whether
    /// the system agrees; if it does not, the mapping should be dropped.
    pub(crate) fn decommit(&mut self) -> bool {
        if self.usable_bytes == 0 {
            return true;
        }
        // SAFETY: the range is the usable part of the reservation, which `self` owns mutably, so
        // nobody refers to its content.
        let done = unsafe { system::decommit(self.base, self.usable_bytes) };
        if done {
            self.usable_bytes = 0;
        }
        done
    }
}

/// Rounds the size of a reservation and adds it to all of the process, if they may be as much.
fn count_reservation(bytes: usize) -> Option<usize> {
    let reserved_bytes = bytes.max(1).checked_next_multiple_of(GRANULE_BYTES)?;
    let update = |all: usize| {
        all.checked_add(reserved_bytes)
            .filter(|&all| all <= MAX_RESERVED_BYTES)
    };
    RESERVED_BYTES
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, update)
        .ok()?;
    Some(reserved_bytes)
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the range is the whole reservation as the system gave it, and `self` is its only
        // owner.
        unsafe { system::release(self.base, self.reserved_bytes) };
        RESERVED_BYTES.fetch_sub(self.reserved_bytes, Ordering::Relaxed);
    }
}

#[cfg(all(
    feature = "std",
    target_pointer_width = "64",
    not(miri),
    any(
        target_os = "macos",
        target_os = "ios",
        target_os = "freebsd",
        all(
            any(target_os = "linux", target_os = "android"),
            any(
                target_arch = "x86_64",
                target_arch = "aarch64",
                target_arch = "riscv64",
                target_arch = "s390x",
                target_arch = "loongarch64"
            )
        )
    )
))]
mod system {
    use core::ffi::{c_int, c_void};
    use core::ptr::{NonNull, null_mut};

    const PROT_NONE: c_int = 0;
    const PROT_READ_WRITE: c_int = 1 | 2;
    const MAP_PRIVATE: c_int = 2;
    const MAP_FIXED: c_int = 0x10;
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const MAP_ANONYMOUS: c_int = 0x20;
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const MAP_NORESERVE: c_int = 0x4000;
    #[cfg(any(target_os = "macos", target_os = "ios", target_os = "freebsd"))]
    const MAP_ANONYMOUS: c_int = 0x1000;
    #[cfg(any(target_os = "macos", target_os = "ios"))]
    const MAP_NORESERVE: c_int = 0x40;
    // FreeBSD reserves nothing for pages that nobody touches, and has no flag for it.
    #[cfg(target_os = "freebsd")]
    const MAP_NORESERVE: c_int = 0;

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
        #[cfg(any(target_os = "linux", target_os = "android"))]
        fn mremap(
            address: *mut c_void,
            old_length: usize,
            new_length: usize,
            flags: c_int,
            ...
        ) -> *mut c_void;
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    const MREMAP_MAYMOVE: c_int = 1;

    /// Maps inaccessible pages, somewhere or in place of those at `address`.
    ///
    /// # Safety
    /// `address` is null, or the caller owns the range and nobody refers to its content.
    unsafe fn map_inaccessible(address: *mut c_void, bytes: usize) -> Option<NonNull<u8>> {
        let fixed = if address.is_null() { 0 } else { MAP_FIXED };
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | fixed;
        // SAFETY: without an address the system takes free pages; with one the caller owns them.
        let mapped = unsafe { mmap(address, bytes, PROT_NONE, flags, -1, 0) };
        // The system answers -1 if it refuses.
        if mapped.addr() == usize::MAX {
            None
        } else {
            NonNull::new(mapped.cast())
        }
    }

    pub(super) fn reserve(bytes: usize) -> Option<NonNull<u8>> {
        // SAFETY: no address is given.
        unsafe { map_inaccessible(null_mut(), bytes) }
    }

    pub(super) unsafe fn commit(start: NonNull<u8>, bytes: usize) -> bool {
        // SAFETY: the caller owns the range, and making it accessible changes no content.
        unsafe { mprotect(start.as_ptr().cast(), bytes, PROT_READ_WRITE) == 0 }
    }

    pub(super) unsafe fn decommit(start: NonNull<u8>, bytes: usize) -> bool {
        // SAFETY: the caller owns the range, and nobody refers to its content.
        unsafe { map_inaccessible(start.as_ptr().cast(), bytes).is_some() }
    }

    /// Both pairs are the old number and the new one. Nothing changes if it fails.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    pub(super) unsafe fn enlarge(
        start: NonNull<u8>,
        (old_usable, new_usable): (usize, usize),
        (old_reserved, new_reserved): (usize, usize),
    ) -> Option<NonNull<u8>> {
        // SAFETY: the caller owns the usable part, to which nobody refers.
        let moved = unsafe {
            mremap(
                start.as_ptr().cast(),
                old_usable,
                new_reserved,
                MREMAP_MAYMOVE,
            )
        };
        if moved.addr() == usize::MAX {
            return None;
        }
        let moved: NonNull<u8> = NonNull::new(moved.cast())?;
        // SAFETY: the new place is the caller's. If the rest of it stays accessible, that harms nobody.
        unsafe {
            let rest = moved.add(new_usable);
            mprotect(rest.as_ptr().cast(), new_reserved - new_usable, PROT_NONE);
        }
        if old_reserved > old_usable {
            // SAFETY: the rest of the old place is still the caller's, who gives it up.
            unsafe { release(start.add(old_usable), old_reserved - old_usable) };
        }
        Some(moved)
    }

    /// Such a system cannot move pages.
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    pub(super) unsafe fn enlarge(
        _start: NonNull<u8>,
        _usable: (usize, usize),
        _reserved: (usize, usize),
    ) -> Option<NonNull<u8>> {
        None
    }

    pub(super) unsafe fn release(start: NonNull<u8>, bytes: usize) {
        // SAFETY: the caller owns the range and gives it up. It is whole pages, so this succeeds.
        unsafe { munmap(start.as_ptr().cast(), bytes) };
    }
}

#[cfg(all(feature = "std", target_pointer_width = "64", not(miri), windows))]
mod system {
    use core::ffi::c_void;
    use core::ptr::{NonNull, null_mut};

    const MEM_COMMIT: u32 = 0x1000;
    const MEM_RESERVE: u32 = 0x2000;
    const MEM_DECOMMIT: u32 = 0x4000;
    const MEM_RELEASE: u32 = 0x8000;
    const PAGE_NOACCESS: u32 = 1;
    const PAGE_READWRITE: u32 = 4;

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn VirtualAlloc(
            address: *mut c_void,
            size: usize,
            allocation: u32,
            protection: u32,
        ) -> *mut c_void;
        fn VirtualFree(address: *mut c_void, size: usize, kind: u32) -> i32;
    }

    pub(super) fn reserve(bytes: usize) -> Option<NonNull<u8>> {
        // SAFETY: no address is given, so the system takes free pages.
        let mapped = unsafe { VirtualAlloc(null_mut(), bytes, MEM_RESERVE, PAGE_NOACCESS) };
        NonNull::new(mapped.cast())
    }

    pub(super) unsafe fn commit(start: NonNull<u8>, bytes: usize) -> bool {
        // SAFETY: the caller owns the range, which is reserved.
        let committed =
            unsafe { VirtualAlloc(start.as_ptr().cast(), bytes, MEM_COMMIT, PAGE_READWRITE) };
        !committed.is_null()
    }

    pub(super) unsafe fn decommit(start: NonNull<u8>, bytes: usize) -> bool {
        // SAFETY: the caller owns the range, and nobody refers to its content.
        unsafe { VirtualFree(start.as_ptr().cast(), bytes, MEM_DECOMMIT) != 0 }
    }

    /// The system cannot move pages.
    pub(super) unsafe fn enlarge(
        _start: NonNull<u8>,
        _usable: (usize, usize),
        _reserved: (usize, usize),
    ) -> Option<NonNull<u8>> {
        None
    }

    pub(super) unsafe fn release(start: NonNull<u8>, _bytes: usize) {
        // SAFETY: the caller owns the reservation that starts here and gives it up.
        unsafe { VirtualFree(start.as_ptr().cast(), 0, MEM_RELEASE) };
    }
}

/// Without an operating system that is known here, with short addresses, and under an interpreter
/// that has no pages, nothing is ever reserved.
#[cfg(not(all(
    feature = "std",
    target_pointer_width = "64",
    not(miri),
    any(
        windows,
        target_os = "macos",
        target_os = "ios",
        target_os = "freebsd",
        all(
            any(target_os = "linux", target_os = "android"),
            any(
                target_arch = "x86_64",
                target_arch = "aarch64",
                target_arch = "riscv64",
                target_arch = "s390x",
                target_arch = "loongarch64"
            )
        )
    )
)))]
mod system {
    use core::ptr::NonNull;

    pub(super) fn reserve(_bytes: usize) -> Option<NonNull<u8>> {
        None
    }

    pub(super) unsafe fn commit(_start: NonNull<u8>, _bytes: usize) -> bool {
        false
    }

    pub(super) unsafe fn decommit(_start: NonNull<u8>, _bytes: usize) -> bool {
        false
    }

    pub(super) unsafe fn enlarge(
        _start: NonNull<u8>,
        _usable: (usize, usize),
        _reserved: (usize, usize),
    ) -> Option<NonNull<u8>> {
        None
    }

    pub(super) unsafe fn release(_start: NonNull<u8>, _bytes: usize) {}
}

#[cfg(all(
    test,
    feature = "std",
    not(miri),
    target_pointer_width = "64",
    any(target_os = "linux", target_os = "macos", windows)
))]
mod tests {
    use super::*;

    fn byte(mapping: &Mapping, index: usize) -> *mut u8 {
        assert!(index < mapping.usable_bytes);
        mapping.base.as_ptr().wrapping_add(index)
    }

    #[test]
    fn a_mapping_becomes_usable_bit_by_bit_without_moving() {
        let mut mapping = Mapping::reserve(1 << 32).expect("4 GiB of addresses");
        let base = mapping.base();
        assert!(mapping.commit(1) && mapping.usable_bytes == GRANULE_BYTES);
        // SAFETY: `byte` checks that the byte is usable; nobody else has the mapping.
        unsafe { *byte(&mapping, 5) = 7 };
        assert!(mapping.commit(1 << 20) && mapping.commit(100));
        assert_eq!((mapping.usable_bytes, mapping.base()), (1 << 20, base));
        // SAFETY: as above.
        unsafe { assert_eq!((*byte(&mapping, 5), *byte(&mapping, (1 << 20) - 1)), (7, 0)) };
        assert!(!mapping.commit((1 << 32) + 1) && !mapping.commit(usize::MAX));
    }

    #[test]
    fn an_enlarged_mapping_keeps_its_content() {
        for committed in [3 << 16, 1 << 20] {
            let mut mapping = Mapping::reserve(1 << 20).expect("1 MiB of addresses");
            assert!(!mapping.enlarge(1 << 21, 1 << 20), "nothing to move");
            // In steps, so that the system may have noted more than one range.
            for end in (GRANULE_BYTES..=committed).step_by(GRANULE_BYTES) {
                assert!(mapping.commit(end));
                // SAFETY: `byte` checks that the byte is usable; nobody else has the mapping.
                unsafe { *byte(&mapping, end - 1) = 7 };
            }
            assert!(!mapping.enlarge(1 << 19, 1 << 19), "not larger");
            assert!(!mapping.enlarge(1 << 21, 1 << 22), "too little");
            assert!(!mapping.enlarge(usize::MAX, 1 << 20) && !mapping.enlarge(1 << 62, 1 << 20));
            let before = (mapping.base, mapping.reserved_bytes, mapping.usable_bytes);
            let is_enlarged = mapping.enlarge(1 << 30, (1 << 20) + 1);
            assert_eq!(is_enlarged, cfg!(target_os = "linux"));
            if !is_enlarged {
                let after = (mapping.base, mapping.reserved_bytes, mapping.usable_bytes);
                assert_eq!(before, after);
                continue;
            }
            let sizes = (mapping.reserved_bytes, mapping.usable_bytes);
            assert_eq!(sizes, (1 << 30, (1 << 20) + GRANULE_BYTES));
            for index in 0..sizes.1 {
                let is_set = index % GRANULE_BYTES == GRANULE_BYTES - 1 && index < committed;
                // SAFETY: as above.
                assert_eq!(unsafe { *byte(&mapping, index) }, 7 * u8::from(is_set));
            }
            assert!(mapping.commit(1 << 30));
            // SAFETY: as above.
            assert_eq!(unsafe { *byte(&mapping, (1 << 30) - 1) }, 0);
            assert!(mapping.decommit() && mapping.commit(1 << 16));
            // SAFETY: as above.
            assert_eq!(unsafe { *byte(&mapping, GRANULE_BYTES - 1) }, 0);
        }
    }

    #[test]
    fn content_is_gone_after_giving_back() {
        let mut mapping = Mapping::reserve(1 << 20).expect("1 MiB of addresses");
        assert!(mapping.commit(1 << 20));
        // SAFETY: `byte` checks that the byte is usable; nobody else has the mapping.
        unsafe { *byte(&mapping, 70_000) = 7 };
        assert!(mapping.decommit() && mapping.usable_bytes == 0);
        assert!(mapping.commit(1 << 20));
        // SAFETY: as above.
        unsafe { assert_eq!(*byte(&mapping, 70_000), 0) };
    }

    #[test]
    fn impossible_sizes_are_refused_and_not_counted() {
        let before = RESERVED_BYTES.load(Ordering::Relaxed);
        assert!(Mapping::reserve(usize::MAX).is_none());
        assert!(Mapping::reserve(usize::MAX / 2).is_none());
        assert!(Mapping::reserve(MAX_RESERVED_BYTES + 1).is_none());
        // Other tests reserve at the same time, but far less.
        assert!(RESERVED_BYTES.load(Ordering::Relaxed) < before + (1 << 40));
    }
}
