//! Reservations of address space, of which a part from the start is usable.
//!
//! Input: sizes in bytes, and what the usable part shall contain at first. Output: [`Mapping`] and [`Image`], or
//! `None` where the system or this build cannot reserve or share, or refuses.
//! Holds: the usable part reads as zero or as its image until it is written, the rest costs no memory and cannot be
//! accessed, and a reservation never moves unless it is enlarged. All reservations of the process together leave most
//! of the address space to others.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Range;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicUsize, Ordering};

use crate::ordered_map::OrderedMap;

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

/// Whether so much is reserved that nobody should keep what nobody uses.
pub(crate) fn is_crowded() -> bool {
    RESERVED_BYTES.load(Ordering::Relaxed) > MAX_RESERVED_BYTES / 4 * 3
}

/// How images are cut: a multiple of the page size of every system that has them.
const IMAGE_PAGE_BYTES: usize = if cfg!(any(
    target_arch = "x86_64",
    target_arch = "riscv64",
    target_arch = "s390x"
)) {
    1 << 12
} else {
    GRANULE_BYTES
};

/// How much to reserve.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reservation {
    /// What can become usable, rounded up to the granule.
    pub(crate) bytes: usize,
    /// What lies before that and never becomes usable.
    pub(crate) before_bytes: usize,
    /// What lies behind that and never becomes usable.
    pub(crate) after_bytes: usize,
}

/// Reserved address space.
#[derive(Debug)]
pub(crate) struct Mapping {
    base: NonNull<u8>,
    /// The sizes, all of them multiples of the granule.
    reservation: Reservation,
    usable_bytes: usize,
    /// What the usable part contained before it was written, if not zeros.
    image: Option<Arc<Image>>,
}

// SAFETY: a mapping owns its addresses; which thread uses or frees them makes no difference.
unsafe impl Send for Mapping {}
// SAFETY: through a shared mapping only its numbers can be read.
unsafe impl Sync for Mapping {}

impl Mapping {
    /// Reserves address space; none of it is usable yet.
    pub(crate) fn reserve(reservation: Reservation) -> Option<Mapping> {
        let reservation = reservation.rounded()?;
        let all_bytes = reservation.count()?;
        let Some(start) = system::reserve(all_bytes) else {
            reservation.uncount();
            return None;
        };
        // SAFETY: the system has reserved that much.
        let base = unsafe { start.add(reservation.before_bytes) };
        Some(Mapping {
            base,
            reservation,
            usable_bytes: 0,
            image: None,
        })
    }

    /// The first byte that can become usable.
    pub(crate) fn base(&self) -> NonNull<u8> {
        self.base
    }

    /// What is reserved.
    pub(crate) fn reservation(&self) -> Reservation {
        self.reservation
    }

    /// How many bytes are usable.
    pub(crate) fn usable_bytes(&self) -> usize {
        self.usable_bytes
    }

    /// What the usable part contained before it was written, if not zeros.
    pub(crate) fn image(&self) -> Option<&Arc<Image>> {
        self.image.as_ref()
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
        if bytes > self.reservation.bytes {
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

    /// Makes exactly the first `bytes`, rounded up, usable, with zeros or an image as their content. What was usable
    /// before has not been written, or was reset. Tells whether the system agrees; if it does not, the mapping should
    /// be dropped.
    pub(crate) fn prepare(&mut self, bytes: usize, image: Option<&Arc<Image>>) -> bool {
        let Some(bytes) = bytes.checked_next_multiple_of(GRANULE_BYTES) else {
            return false;
        };
        let is_other = |old: &Arc<Image>| image.is_none_or(|new| !Arc::ptr_eq(old, new));
        let keeps_none = self.image.as_ref().is_some_and(is_other);
        if !self.decommit_from(if keeps_none { 0 } else { bytes }) || !self.commit(bytes) {
            return false;
        }
        match image {
            Some(image) if self.image.is_none() => self.map_image(image),
            _ => true,
        }
    }

    fn map_image(&mut self, image: &Arc<Image>) -> bool {
        if image.end() > self.usable_bytes {
            return false;
        }
        self.image = Some(Arc::clone(image));
        image.parts.iter().all(|part| {
            // SAFETY: the image ends within the usable part, which nobody refers to.
            unsafe {
                let place = self.base.add(part.addresses.start);
                system::map_file(place, part.addresses.len(), &image.file, part.position)
            }
        })
    }

    /// Makes the reservation larger, and its first `usable_bytes` usable, without copying: the system
    /// gives the pages other addresses, and nothing lies around them then. Tells whether it could; if not, nothing has
    /// changed.
    pub(crate) fn enlarge(&mut self, bytes: usize, usable_bytes: usize) -> bool {
        let Some(usable_bytes) = usable_bytes.checked_next_multiple_of(GRANULE_BYTES) else {
            return false;
        };
        let old = self.reservation;
        // A file's pages end where the file ends.
        if self.image.is_some()
            || self.usable_bytes == 0
            || bytes < old.bytes
            || bytes < usable_bytes
        {
            return false;
        }
        let new = Reservation {
            bytes,
            before_bytes: 0,
            after_bytes: 0,
        };
        let Some((new, reserved_bytes)) = new.rounded().and_then(|new| Some((new, new.count()?)))
        else {
            return false;
        };
        let usable_bytes = usable_bytes.max(self.usable_bytes);
        // SAFETY: the numbers are those of the reservation, which `self` owns mutably, so that nobody
        // refers to its content; the new ones are not less, multiples of the granule, and ascending.
        let moved = unsafe {
            system::enlarge(
                self.base,
                (self.usable_bytes, usable_bytes),
                (old.bytes + old.after_bytes, reserved_bytes),
            )
        };
        let Some(base) = moved else {
            new.uncount();
            return false;
        };
        if old.before_bytes > 0 {
            // SAFETY: what lay before the old place is still reserved for `self`, which gives it up.
            unsafe { system::release(self.base.sub(old.before_bytes), old.before_bytes) };
        }
        old.uncount();
        // Field by field: the old mapping is not dropped, because it is gone.
        self.base = base;
        self.reservation = new;
        self.usable_bytes = usable_bytes;
        true
    }

    /// Writes zeros to a range of the usable part, but not to pages that are zero already: so those that nobody has
    /// touched still take no memory.
    pub(crate) fn clear(&mut self, range: Range<usize>) {
        const ZEROS: [u8; 4096] = [0; 4096];
        let end = range.end.min(self.usable_bytes);
        let start = range.start.min(end);
        // SAFETY: the range is usable and initialized, and `self` is borrowed mutably.
        let bytes =
            unsafe { core::slice::from_raw_parts_mut(self.base.as_ptr().add(start), end - start) };
        for page in bytes.chunks_mut(ZEROS.len()) {
            if *page != ZEROS[..page.len()] {
                page.fill(0);
            }
        }
    }

    /// Gives the memory behind the usable part back to the system: it reads as zero, or as the image, afterwards,
    /// unless the system can only make it unusable. Tells whether the system agrees; if it does not, the mapping should
    /// be dropped.
    pub(crate) fn reset(&mut self) -> bool {
        // SAFETY: the range is the usable part of the reservation, which `self` owns mutably, so that nobody refers to
        // its content.
        self.usable_bytes == 0
            || unsafe { system::discard(self.base, self.usable_bytes) }
            || self.decommit_from(0)
    }

    /// Makes what lies behind the first `bytes`, a multiple of the granule, unusable and forgets its content. If some
    /// of an image would go with it, everything goes.
    fn decommit_from(&mut self, bytes: usize) -> bool {
        let cuts_image = self.image.as_ref().is_some_and(|image| image.end() > bytes);
        let bytes = if cuts_image { 0 } else { bytes };
        if bytes >= self.usable_bytes {
            return true;
        }
        // SAFETY: the range is the end of the usable part of the reservation, which `self` owns mutably, so
        // nobody refers to its content.
        let done = unsafe { system::decommit(self.base.add(bytes), self.usable_bytes - bytes) };
        if done {
            self.usable_bytes = bytes;
            self.image.take_if(|_| cuts_image);
        }
        done
    }
}

impl Reservation {
    /// With sizes that are multiples of the granule, and not zero together.
    fn rounded(self) -> Option<Reservation> {
        let rounded = |bytes: usize| bytes.checked_next_multiple_of(GRANULE_BYTES);
        Some(Reservation {
            bytes: rounded(self.bytes.max(1))?,
            before_bytes: rounded(self.before_bytes)?,
            after_bytes: rounded(self.after_bytes)?,
        })
    }

    fn all_bytes(self) -> Option<usize> {
        self.bytes
            .checked_add(self.before_bytes)?
            .checked_add(self.after_bytes)
    }

    /// Adds it to all of the process, if they may be as much, and gives its size.
    fn count(self) -> Option<usize> {
        let bytes = self.all_bytes()?;
        let update = |all: usize| {
            all.checked_add(bytes)
                .filter(|&all| all <= MAX_RESERVED_BYTES)
        };
        RESERVED_BYTES
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, update)
            .ok()?;
        Some(bytes)
    }

    /// Takes it out of all of the process, to which it was added.
    fn uncount(self) {
        RESERVED_BYTES.fetch_sub(self.all_bytes().unwrap_or(0), Ordering::Relaxed);
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the range is the whole reservation as the system gave it, and `self` is its only
        // owner.
        unsafe {
            system::release(
                self.base.sub(self.reservation.before_bytes),
                self.reservation.all_bytes().unwrap_or(0),
            );
        }
        self.reservation.uncount();
    }
}

/// Content that mappings begin with and share until they write to it, page by page.
#[derive(Debug)]
pub(crate) struct Image {
    file: system::File,
    /// Ascending, and none of them empty.
    parts: Vec<ImagePart>,
}

/// A part of an image.
#[derive(Debug)]
struct ImagePart {
    /// Where it is in a mapping: multiples of the page size.
    addresses: Range<usize>,
    /// Where it is in the file.
    position: usize,
}

impl Image {
    /// Makes an image of pieces: addresses, and the bytes that are there. Later ones prevail. Between
    /// the pieces are zeros. `None` if the system has no images, or the pieces are so far apart that there were
    /// more than `max_parts` parts.
    pub(crate) fn new(pieces: &[(usize, &[u8])], max_parts: usize) -> Option<Image> {
        let parts = image_parts(pieces, max_parts)?;
        let last = parts.last()?;
        let file = system::File::new(last.position + last.addresses.len())?;
        for (address, bytes) in pieces.iter().filter(|(_, bytes)| !bytes.is_empty()) {
            let after = parts.partition_point(|part| part.addresses.start <= *address);
            let part = &parts[after.checked_sub(1)?];
            file.write(part.position + (address - part.addresses.start), bytes)?;
        }
        file.seal()?;
        Some(Image { file, parts })
    }

    /// Where it ends in a mapping.
    pub(crate) fn end(&self) -> usize {
        self.parts.last().map_or(0, |part| part.addresses.end)
    }
}

/// Cuts pieces into parts of whole pages. Those that are closer than a granule are one.
fn image_parts(pieces: &[(usize, &[u8])], max_parts: usize) -> Option<Vec<ImagePart>> {
    // By their starts, where they end.
    let mut ranges = OrderedMap::new();
    for (address, bytes) in pieces.iter().filter(|(_, bytes)| !bytes.is_empty()) {
        let end = address.checked_add(bytes.len())?;
        let end = end.checked_next_multiple_of(IMAGE_PAGE_BYTES)?;
        let start = address - address % IMAGE_PAGE_BYTES;
        let known: &mut usize = ranges.get_or_insert_with(start, || end);
        *known = end.max(*known);
    }
    let mut parts: Vec<ImagePart> = Vec::new();
    for (&start, &end) in ranges.iter() {
        let range = start..end;
        let position = match parts.last_mut() {
            Some(last) if range.start < last.addresses.end.saturating_add(GRANULE_BYTES) => {
                last.addresses.end = last.addresses.end.max(range.end);
                continue;
            }
            Some(last) => last.position + last.addresses.len(),
            None => 0,
        };
        if parts.len() == max_parts {
            return None;
        }
        parts.push(ImagePart {
            addresses: range,
            position,
        });
    }
    Some(parts)
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

    #[cfg(any(target_os = "linux", target_os = "android"))]
    pub(super) use linux::{File, discard, map_file};

    /// Such a system cannot give memory back and leave it usable, with zeros.
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    pub(super) unsafe fn discard(_start: NonNull<u8>, _bytes: usize) -> bool {
        false
    }

    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    pub(super) use super::no_files::{File, map_file};

    #[cfg(any(target_os = "linux", target_os = "android"))]
    mod linux {
        use super::{
            MAP_FIXED, MAP_PRIVATE, NonNull, PROT_READ_WRITE, c_int, c_void, commit, mmap, release,
            reserve,
        };
        use crate::sys::sync::Once;
        use core::ffi::{CStr, c_long, c_uint};
        use std::os::fd::{AsRawFd, FromRawFd};
        use std::os::unix::fs::FileExt;

        // By number: C libraries have the function since 2018 only.
        const MEMFD_CREATE: c_long = if cfg!(target_arch = "x86_64") {
            319
        } else if cfg!(target_arch = "s390x") {
            350
        } else {
            279
        };
        const MFD_CLOEXEC: c_uint = 1;
        const MFD_ALLOW_SEALING: c_uint = 2;
        const F_ADD_SEALS: c_int = 1033;
        /// Nobody may seal, shrink, grow or write it from now on.
        const ALL_SEALS: c_int = 1 | 2 | 4 | 8;
        const MADV_DONTNEED: c_int = 4;
        const NAME: &CStr = c"wazir-image";

        unsafe extern "C" {
            fn syscall(number: c_long, ...) -> c_long;
            fn fcntl(file: c_int, command: c_int, ...) -> c_int;
            fn madvise(address: *mut c_void, length: usize, advice: c_int) -> c_int;
        }

        /// A file without a name whose pages mappings can share.
        #[derive(Debug)]
        pub(in crate::sys::map) struct File(std::fs::File);

        impl File {
            pub(in crate::sys::map) fn new(bytes: usize) -> Option<File> {
                // SAFETY: the name is a C string, and the arguments are those of `memfd_create`.
                let file = unsafe {
                    syscall(MEMFD_CREATE, NAME.as_ptr(), MFD_CLOEXEC | MFD_ALLOW_SEALING)
                };
                let file = c_int::try_from(file).ok().filter(|&file| file >= 0)?;
                // SAFETY: the system has just made it, and nobody else has it.
                let file = unsafe { std::fs::File::from_raw_fd(file) };
                file.set_len(bytes as u64).ok()?;
                Some(File(file))
            }

            pub(in crate::sys::map) fn write(&self, position: usize, bytes: &[u8]) -> Option<()> {
                self.0.write_all_at(bytes, position as u64).ok()
            }

            pub(in crate::sys::map) fn seal(&self) -> Option<()> {
                // SAFETY: the file is open, and the argument is that of the command.
                let done = unsafe { fcntl(self.0.as_raw_fd(), F_ADD_SEALS, ALL_SEALS) };
                (done == 0).then_some(())
            }
        }

        /// Maps a part of a file, private and writable, in place of what is there.
        pub(in crate::sys::map) unsafe fn map_file(
            start: NonNull<u8>,
            bytes: usize,
            file: &File,
            position: usize,
        ) -> bool {
            let flags = MAP_PRIVATE | MAP_FIXED;
            // SAFETY: the caller owns the range, and nobody refers to its content.
            let mapped = unsafe {
                mmap(
                    start.as_ptr().cast(),
                    bytes,
                    PROT_READ_WRITE,
                    flags,
                    file.0.as_raw_fd(),
                    position as i64,
                )
            };
            mapped.addr() == start.as_ptr().addr()
        }

        /// Forgets what was written to the range. Tells whether the system agrees.
        pub(in crate::sys::map) unsafe fn discard(start: NonNull<u8>, bytes: usize) -> bool {
            // SAFETY: the caller owns the range, and nobody refers to its content.
            really_discards() && unsafe { advise(start, bytes) }
        }

        unsafe fn advise(start: NonNull<u8>, bytes: usize) -> bool {
            // SAFETY: the caller owns the range, and nobody refers to its content.
            unsafe { madvise(start.as_ptr().cast(), bytes, MADV_DONTNEED) == 0 }
        }

        /// Whether the system does what it says. Emulators of Linux may take it for advice that they are free to
        /// ignore, and then a guest would see what another one has left.
        fn really_discards() -> bool {
            static ANSWER: Once<bool> = Once::new();
            const BYTES: usize = super::super::GRANULE_BYTES;
            *ANSWER.get_or_init(|| {
                let Some(place) = reserve(2 * BYTES) else {
                    return false;
                };
                let file = File::new(BYTES).filter(|file| file.write(0, &[7]).is_some());
                // SAFETY: the place is as large as two granules, nobody else knows of it, and it is read and written
                // only after it became usable.
                unsafe {
                    let second = place.add(BYTES);
                    let is_usable = commit(place, 2 * BYTES)
                        && file.is_none_or(|file| map_file(second, BYTES, &file, 0));
                    let answer = is_usable && {
                        let before = second.read_volatile();
                        place.write_volatile(8);
                        second.write_volatile(8);
                        advise(place, 2 * BYTES)
                            && place.read_volatile() == 0
                            && second.read_volatile() == before
                    };
                    release(place, 2 * BYTES);
                    answer
                }
            })
        }
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

    pub(super) use super::no_files::{File, map_file};

    /// The system cannot give memory back and leave it usable.
    pub(super) unsafe fn discard(_start: NonNull<u8>, _bytes: usize) -> bool {
        false
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

/// Where there are no files for images.
#[cfg(not(all(
    feature = "std",
    target_pointer_width = "64",
    not(miri),
    any(target_os = "linux", target_os = "android"),
    any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64",
        target_arch = "s390x",
        target_arch = "loongarch64"
    )
)))]
mod no_files {
    use core::ptr::NonNull;

    /// There is none.
    #[derive(Debug)]
    pub(super) enum File {}

    impl File {
        pub(super) fn new(_bytes: usize) -> Option<File> {
            None
        }

        pub(super) fn write(&self, _position: usize, _bytes: &[u8]) -> Option<()> {
            match *self {}
        }

        pub(super) fn seal(&self) -> Option<()> {
            match *self {}
        }
    }

    pub(super) unsafe fn map_file(
        _start: NonNull<u8>,
        _bytes: usize,
        file: &File,
        _position: usize,
    ) -> bool {
        match *file {}
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

    pub(super) use super::no_files::{File, map_file};

    pub(super) unsafe fn discard(_start: NonNull<u8>, _bytes: usize) -> bool {
        false
    }

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
mod tests;
