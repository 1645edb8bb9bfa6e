//! Linear memories.
//!
//! Input: a memory's type and how much it shall grow. Output: [`Memory`], with a [`VmMemory`] that
//! running code reads.
//! Holds: the bytes of a memory are zero until they are written, whoever had their place before;
//! the size never shrinks and never exceeds what the type and the implementation allow.

use alloc::alloc::{alloc_zeroed, dealloc};
use alloc::vec::Vec;
use core::alloc::Layout;
use core::ptr::NonNull;

use super::handle::{InstanceId, MemoryId};
use super::layout::VmMemory;
use crate::error::Error;
use crate::sys::map::Mapping;
use crate::wasm::types::{Limits, MemoryType};

/// Bytes of a page.
pub(crate) const PAGE_BYTES: usize = 1 << 16;

/// Pages of a 32-bit memory. One less than addresses could reach, so that compilers may count on a
/// size that fits into 32 bits.
const MAX_PAGES_32: u64 = 65_535;

/// Pages of any memory: what a process can address.
const MAX_PAGES: u64 = (isize::MAX as u64) / PAGE_BYTES as u64;

/// How many reservations of memories that are gone a store keeps for new ones.
const MAX_SPARE: usize = 4;

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
}

// SAFETY: the addresses in it are those of its own bytes.
unsafe impl Send for Memory {}
// SAFETY: as above; a shared memory record gives out shared access only.
unsafe impl Sync for Memory {}

/// Where the bytes are.
pub(super) enum Backing {
    /// In address space that is reserved, so that growth seldom moves them.
    Mapped(Mapping),
    /// In the allocator's memory, which is zero up to the capacity.
    Allocated(Allocation),
}

/// Zeroed memory of the allocator. Without a capacity there is none, and the address dangles.
pub(super) struct Allocation {
    base: NonNull<u8>,
    capacity_bytes: usize,
}

impl Allocation {
    fn new(capacity_bytes: usize) -> Option<Allocation> {
        let layout = Allocation::layout(capacity_bytes)?;
        let base = match capacity_bytes {
            // Aligned as every other one is.
            0 => NonNull::<u128>::dangling().cast(),
            // SAFETY: the layout's size is not zero.
            _ => NonNull::new(unsafe { alloc_zeroed(layout) })?,
        };
        Some(Allocation {
            base,
            capacity_bytes,
        })
    }

    /// Sixteen is the alignment that allocators give without touching all the memory.
    fn layout(capacity_bytes: usize) -> Option<Layout> {
        Layout::from_size_align(capacity_bytes, 16).ok()
    }
}

impl Drop for Allocation {
    fn drop(&mut self) {
        if let Some(layout) = Allocation::layout(self.capacity_bytes).filter(|it| it.size() > 0) {
            // SAFETY: `new` allocated it with this layout, and `self` is its only owner.
            unsafe { dealloc(self.base.as_ptr(), layout) };
        }
    }
}

/// How memories get their place.
pub(super) struct MemoryPlan {
    /// How much address space to reserve for a memory that may grow so far; 0 for none.
    pub(super) reservation_bytes: usize,
    /// Reservations that wait to be used again; nothing in them is usable.
    spare: Vec<Mapping>,
}

impl MemoryPlan {
    pub(super) fn new(reservation_bytes: usize) -> MemoryPlan {
        MemoryPlan {
            reservation_bytes,
            spare: Vec::new(),
        }
    }

    /// A place of `bytes`, which a memory that may grow to `max_bytes` can fill.
    fn place(&mut self, bytes: usize, max_bytes: usize) -> Option<Backing> {
        let wanted = max_bytes.min(self.reservation_bytes).max(bytes);
        if let Some(mapping) = self.map(bytes, wanted) {
            return Some(Backing::Mapped(mapping));
        }
        Allocation::new(bytes).map(Backing::Allocated)
    }

    /// A reservation of at least `wanted` bytes, with `bytes` usable.
    fn map(&mut self, bytes: usize, wanted: usize) -> Option<Mapping> {
        if self.reservation_bytes == 0 || wanted == 0 {
            return None;
        }
        let fits = |spare: &Mapping| spare.reserved_bytes() >= wanted;
        let mut mapping = match self.spare.iter().position(fits) {
            Some(index) => self.spare.swap_remove(index),
            None => Mapping::reserve(wanted)?,
        };
        mapping.commit(bytes).then_some(mapping)
    }

    /// Takes the place of a memory that is gone.
    pub(super) fn recycle(&mut self, memory: Memory) {
        if let Backing::Mapped(mut mapping) = memory.backing {
            // Only those that suit every later memory of 32 bits.
            let usual_bytes = bytes(MAX_PAGES_32.min(MAX_PAGES)).min(self.reservation_bytes);
            let is_worth_it = mapping.reserved_bytes() >= usual_bytes;
            // Its content goes with its pages: the next owner starts with zeros.
            if is_worth_it && self.spare.len() < MAX_SPARE && mapping.decommit() {
                self.spare.push(mapping);
            }
        }
    }
}

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

    /// Makes a memory of the type's minimal size.
    pub(super) fn new(
        ty: MemoryType,
        id: MemoryId,
        owner: Option<InstanceId>,
        plan: &mut MemoryPlan,
    ) -> Result<Memory, Error> {
        let pages = ty.limits.min;
        let bytes = Memory::initial_bytes(&ty).map_err(|reason| reason.into_error(pages))?;
        let Some(backing) = plan.place(bytes, max_bytes(&ty)) else {
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
        // SAFETY: as in `bytes`, and `&mut self` is the only access.
        unsafe { core::slice::from_raw_parts_mut(self.vm.base, self.vm.size_bytes) }
    }

    /// The first byte. It moves when the memory grows.
    pub(crate) fn base(&self) -> *mut u8 {
        self.vm.base
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
        plan: &mut MemoryPlan,
    ) -> Result<Option<Backing>, NoGrowth> {
        let roomy = self.roomy(new_bytes);
        match &mut self.backing {
            Backing::Mapped(mapping) => {
                if new_bytes <= mapping.reserved_bytes() {
                    let is_usable = mapping.commit(new_bytes);
                    return is_usable.then_some(None).ok_or(NoGrowth::NoMemory);
                }
                if mapping.enlarge(roomy, new_bytes) {
                    self.set_size(self.vm.size_bytes);
                    return Ok(None);
                }
            }
            Backing::Allocated(allocation) => {
                if new_bytes <= allocation.capacity_bytes {
                    return Ok(None);
                }
            }
        }
        let place = match plan.map(new_bytes, roomy) {
            Some(mapping) => Backing::Mapped(mapping),
            None => Allocation::new(roomy)
                .or_else(|| Allocation::new(new_bytes))
                .map(Backing::Allocated)
                .ok_or(NoGrowth::NoMemory)?,
        };
        Ok(Some(place))
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

impl Backing {
    fn base(&self) -> NonNull<u8> {
        match self {
            Backing::Mapped(mapping) => mapping.base(),
            Backing::Allocated(allocation) => allocation.base,
        }
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

#[cfg(all(
    test,
    feature = "std",
    not(miri),
    target_pointer_width = "64",
    any(target_os = "linux", target_os = "macos", windows)
))]
mod tests {
    use super::*;
    use crate::runtime::handle::{Slab, StoreId, kind};

    #[test]
    fn reservations_are_used_again_without_their_content() {
        let slab: Slab<kind::Memory, ()> = Slab::new();
        let id = slab.next_id(StoreId::new()).unwrap();
        let limits = Limits { min: 2, max: None };
        let ty = MemoryType {
            limits,
            is_64: false,
            shared: false,
        };
        for reservation_bytes in [1 << 20, 1 << 32, 1 << 33] {
            let mut plan = MemoryPlan::new(reservation_bytes);
            let mut memory = Memory::new(ty, id, None, &mut plan).unwrap();
            memory.bytes_mut().fill(0xAA);
            let base = memory.base();
            plan.recycle(memory);
            assert_eq!(plan.spare.len(), 1);
            let memory = Memory::new(ty, id, None, &mut plan).unwrap();
            assert_eq!((plan.spare.len(), memory.base()), (0, base));
            assert!(memory.bytes() == [0; 2 * PAGE_BYTES]);
        }
    }
}
