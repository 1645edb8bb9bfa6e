//! Linear memories.
//!
//! Input: a memory's type and how much it shall grow. Output: [`Memory`], with a [`VmMemory`] that
//! running code reads.
//! Holds: the bytes of a memory are zero until they are written, whoever had their place before;
//! the size never shrinks and never exceeds what the type and the implementation allow.

use alloc::sync::Arc;
use core::ops::Range;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, Ordering};

use super::handle::{InstanceId, MemoryId};
use super::layout::VmMemory;
use super::pool::{Backing, MemoryPool};
use crate::error::Error;
use crate::sys::map::Image;
use crate::wasm::types::{Limits, MemoryType};

/// Bytes of a page.
pub(crate) const PAGE_BYTES: usize = 1 << 16;

/// Pages of a 32-bit memory. One less than addresses could reach, so that compilers may count on a
/// size that fits into 32 bits.
const MAX_PAGES_32: u64 = 65_535;

/// Pages of any memory: what a process can address.
const MAX_PAGES: u64 = (isize::MAX as u64) / PAGE_BYTES as u64;

/// The size of the largest 32-bit memory.
pub(super) const MAX_BYTES_32: usize = (MAX_PAGES_32 as usize).saturating_mul(PAGE_BYTES);

/// A linear memory.
#[repr(C)]
pub(crate) struct Memory {
    /// What running code reads; first, so that both have one address.
    vm: VmMemory,
    ty: MemoryType,
    backing: Backing,
    pub(super) id: MemoryId,
    /// The instance that defines it; none if the host made it.
    pub(super) owner: Option<InstanceId>,
    /// What active segments have written.
    initialized: Range<usize>,
    /// Whether the host could write anywhere.
    is_exposed: AtomicBool,
    /// How many calls had begun in the store when it was made; none if one was running.
    calls_before: Option<u64>,
}

// SAFETY: the addresses in it are those of its own bytes.
unsafe impl Send for Memory {}
// SAFETY: as above; a shared memory record gives out shared access only.
unsafe impl Sync for Memory {}

/// Why a memory does not grow.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum NoGrowth {
    /// Its type or the implementation allows no more pages than this.
    Limit(u64),
    /// The system has no memory.
    NoMemory,
}

impl NoGrowth {
    #[cold]
    pub(super) fn into_error(self, pages: u64) -> Error {
        Error::resource(match self {
            NoGrowth::Limit(max) => {
                alloc::format!("a memory cannot have {pages} pages: the limit is {max}")
            }
            NoGrowth::NoMemory => alloc::format!("no memory for {pages} pages of 64 KiB"),
        })
    }
}

impl Memory {
    /// The size in bytes that a memory of a type has at first, or why there can be none.
    pub(super) fn initial_bytes(ty: &MemoryType) -> Result<usize, NoGrowth> {
        let max_pages = max_pages(ty);
        if ty.limits.min > max_pages {
            return Err(NoGrowth::Limit(max_pages));
        }
        Ok(bytes(ty.limits.min))
    }

    /// Makes a memory of the type's minimal size, in a store in which so many calls have begun, or
    /// one is running. It contains the image if [`Memory::has_image`] says so, and otherwise zeros.
    pub(super) fn new(
        ty: MemoryType,
        id: MemoryId,
        owner: Option<InstanceId>,
        (pool, calls_before): (&MemoryPool, Option<u64>),
        image: Option<&Arc<Image>>,
    ) -> Result<Memory, Error> {
        let pages = ty.limits.min;
        let bytes = Memory::initial_bytes(&ty).map_err(|reason| reason.into_error(pages))?;
        let Some(backing) = pool.place(&ty, bytes, max_bytes(&ty), image) else {
            return Err(NoGrowth::NoMemory.into_error(pages));
        };
        let vm = VmMemory {
            base: core::ptr::null_mut(),
            fast_limit: 0,
            size_bytes: 0,
        };
        let mut memory = Memory {
            vm,
            ty,
            backing,
            id,
            owner,
            initialized: 0..0,
            is_exposed: AtomicBool::new(false),
            calls_before,
        };
        memory.set_size(bytes);
        Ok(memory)
    }

    /// The record that running code reads.
    pub(super) fn from_vm(vm: *mut VmMemory) -> *mut Memory {
        vm.cast()
    }

    /// The type, with the present size as its minimum.
    pub(crate) fn ty(&self) -> MemoryType {
        MemoryType {
            limits: Limits {
                min: self.pages(),
                ..self.ty.limits
            },
            ..self.ty
        }
    }

    /// The size in pages.
    pub(crate) fn pages(&self) -> u64 {
        (self.vm.size_bytes / PAGE_BYTES) as u64
    }

    /// The content.
    pub(crate) fn bytes(&self) -> &[u8] {
        // SAFETY: the backing has at least `size_bytes` bytes at `base`, which are initialized and
        // written through `&mut self` or by running code, which needs the store exclusively.
        unsafe { core::slice::from_raw_parts(self.vm.base, self.vm.size_bytes) }
    }

    /// The content.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        *self.is_exposed.get_mut() = true;
        // SAFETY: as in `bytes`, and `&mut self` is the only access.
        unsafe { core::slice::from_raw_parts_mut(self.vm.base, self.vm.size_bytes) }
    }

    /// The first byte. It moves when the memory grows.
    pub(crate) fn base(&self) -> *mut u8 {
        self.is_exposed.store(true, Ordering::Relaxed);
        self.vm.base
    }

    /// Whether it contained the image at first with which it was made.
    pub(super) fn has_image(&self) -> bool {
        self.backing.has_image()
    }

    /// Copies an active segment. Tells whether it is within bounds; if not, nothing has changed.
    pub(super) fn initialize(&mut self, offset: u64, segment: &[u8]) -> bool {
        let was_exposed = *self.is_exposed.get_mut();
        let start = usize::try_from(offset).ok();
        let range = start.and_then(|start| Some(start..start.checked_add(segment.len())?));
        let Some(target) = range
            .clone()
            .and_then(|range| self.bytes_mut().get_mut(range))
        else {
            return false;
        };
        target.copy_from_slice(segment);
        *self.is_exposed.get_mut() = was_exposed;
        if let Some(range) = range.filter(|range| !range.is_empty()) {
            let before = &mut self.initialized;
            *before = if before.end == 0 {
                range
            } else {
                before.start.min(range.start)..before.end.max(range.end)
            };
        }
        true
    }

    /// Ends the memory and gives its place back. `calls` have begun in its store until now.
    pub(super) fn give_back(mut self, pool: &MemoryPool, calls: u64) {
        // Guests write only in calls.
        let is_exposed = *self.is_exposed.get_mut() || self.calls_before != Some(calls);
        let written = if is_exposed {
            0..self.vm.size_bytes
        } else {
            self.initialized
        };
        pool.give_back(self.backing, written);
    }

    /// The size in bytes after growing by `delta` pages, or why it cannot be.
    pub(super) fn grown_bytes(&self, delta: u64) -> Result<usize, NoGrowth> {
        let max_pages = max_pages(&self.ty);
        match self.pages().checked_add(delta) {
            Some(pages) if pages <= max_pages => Ok(bytes(pages)),
            _ => Err(NoGrowth::Limit(max_pages)),
        }
    }

    /// Makes room for growing to `new_bytes`, a result of [`Memory::grown_bytes`]. Gives a new place if
    /// the content has to be copied there first.
    pub(super) fn make_room(
        &mut self,
        new_bytes: usize,
        pool: &MemoryPool,
    ) -> Result<Option<Backing>, NoGrowth> {
        let roomy = self.roomy(new_bytes);
        let may_move = pool.options().may_move;
        match &mut self.backing {
            Backing::Mapped(mapping) => {
                if new_bytes <= mapping.reservation().bytes {
                    let is_usable = mapping.commit(new_bytes);
                    return is_usable.then_some(None).ok_or(NoGrowth::NoMemory);
                }
                if may_move && mapping.enlarge(roomy, new_bytes) {
                    self.set_size(self.vm.size_bytes);
                    return Ok(None);
                }
            }
            Backing::Allocated(allocation) => {
                if new_bytes <= allocation.capacity_bytes() {
                    return Ok(None);
                }
            }
        }
        let place = may_move.then(|| pool.roomier_place(new_bytes, roomy));
        place.flatten().map(Some).ok_or(NoGrowth::NoMemory)
    }

    /// How much room to make for `new_bytes`: so much more that many small growths do not copy
    /// everything each time. With an operating system, memory that nobody touches is free.
    fn roomy(&self, new_bytes: usize) -> usize {
        let share = if cfg!(feature = "std") { 2 } else { 8 };
        new_bytes
            .saturating_add(new_bytes / share)
            .min(max_bytes(&self.ty))
    }

    /// Copies the content to `place`, which [`Memory::make_room`] gave, and calls `poll` after each
    /// `chunk_bytes`. Pages of zeros are passed over: copying would take memory for them.
    ///
    /// # Errors
    /// What `poll` says; nothing is lost then but what is in `place`.
    pub(super) fn copy_to(
        &self,
        place: &Backing,
        chunk_bytes: usize,
        mut poll: impl FnMut() -> Result<(), Error>,
    ) -> Result<(), Error> {
        const ZEROS: [u8; 4096] = [0; 4096];
        let mut target = place.base().as_ptr();
        for chunk in self.bytes().chunks(chunk_bytes) {
            for piece in chunk.chunks(ZEROS.len()) {
                // SAFETY: the place has room for more bytes than the memory has, and it is a different
                // place.
                unsafe {
                    if *piece != ZEROS[..piece.len()] {
                        target.copy_from_nonoverlapping(piece.as_ptr(), piece.len());
                    }
                    target = target.add(piece.len());
                }
            }
            poll()?;
        }
        Ok(())
    }

    /// Grows to `new_bytes`, for which there is room: in `place`, if there had to be another one.
    pub(super) fn grow_to(&mut self, new_bytes: usize, place: Option<Backing>) {
        if let Some(place) = place {
            self.backing = place;
            // What was its first content is now written.
            *self.is_exposed.get_mut() = true;
        }
        self.set_size(new_bytes);
    }

    fn set_size(&mut self, size_bytes: usize) {
        self.vm = VmMemory {
            base: self.backing.base().as_ptr(),
            fast_limit: size_bytes.saturating_sub(15),
            size_bytes,
        };
    }
}

fn max_pages(ty: &MemoryType) -> u64 {
    let implementation = if ty.is_64 {
        MAX_PAGES
    } else {
        MAX_PAGES_32.min(MAX_PAGES)
    };
    ty.limits.max.unwrap_or(u64::MAX).min(implementation)
}

/// The size in bytes that a type and the implementation allow.
fn max_bytes(ty: &MemoryType) -> usize {
    bytes(max_pages(ty))
}

/// A type's limit in bytes.
pub(super) fn declared_max_bytes(ty: &MemoryType) -> Option<usize> {
    let bytes = ty.limits.max?.saturating_mul(PAGE_BYTES as u64);
    Some(usize::try_from(bytes).unwrap_or(usize::MAX))
}

/// The size of pages whose number is at most [`MAX_PAGES`], so that it fits.
fn bytes(pages: u64) -> usize {
    pages as usize * PAGE_BYTES
}

/// The memory of instances that have none: every access is out of its bounds.
pub(super) fn empty() -> VmMemory {
    VmMemory {
        base: NonNull::<u128>::dangling().as_ptr().cast(),
        fast_limit: 0,
        size_bytes: 0,
    }
}
