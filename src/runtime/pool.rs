//! Where the memories of an engine have their place.
//!
//! Input: the settings of an engine; types and sizes of memories. Output: [`MemoryPool`], shared by
//! the engine's stores, and the [`Backing`]s that it gives out.
//! Holds: a place that is given out contains zeros, or its image, whoever had it before; a mapped one
//! can be accessed as far as its memory reaches and no further. In an engine whose memories must be
//! guarded, all that [`MemoryGuards::cover`] are.

use alloc::alloc::{alloc_zeroed, dealloc};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::alloc::Layout;
use core::ops::Range;
use core::ptr::NonNull;

use super::layout::MemoryGuards;
use super::memory::MAX_BYTES_32;
use crate::sys::map::{Image, Mapping, Reservation, is_crowded};
use crate::sys::sync::Mutex;
use crate::wasm::types::MemoryType;

/// How many reservations of memories that are gone an engine keeps for new ones.
const MAX_SPARE: usize = 64;

/// Up to how many bytes are looked through and cleared by hand when a memory is gone. To let the system do it takes
/// longer, and pages that it has taken have to be asked for again, one by one.
pub(super) const MAX_CLEARED_BYTES: usize = 256 << 10;

/// What lies before a guarded memory: as far as code may go below an index that it has checked.
const GUARD_BEFORE_BYTES: u64 = 1 << 16;

/// The smallest guard behind memories that is one.
const MIN_GUARD_BYTES: u64 = 1 << 16;

/// What a 32-bit index can reach, where addresses have more bits.
const INDEX_SPACE_BYTES: u64 = 1 << 32;

/// What the settings of an engine say about its memories.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct MemoryOptions {
    /// How much address space each memory reserves, unless its type allows less and it is not guarded; 0 for none.
    pub(crate) reservation_bytes: u64,
    /// How much inaccessible address space follows that.
    pub(crate) guard_bytes: u64,
    /// Whether memories may move when they outgrow their place.
    pub(crate) may_move: bool,
    /// Whether data segments become images.
    pub(crate) uses_images: bool,
    /// Whether code relies on the guards. Then a memory that cannot have them is not made.
    pub(crate) must_guard: bool,
}

impl Default for MemoryOptions {
    fn default() -> MemoryOptions {
        let is_wide = cfg!(target_pointer_width = "64");
        MemoryOptions {
            reservation_bytes: if is_wide { INDEX_SPACE_BYTES } else { 0 },
            guard_bytes: if is_wide { 32 << 20 } else { 0 },
            may_move: true,
            uses_images: true,
            must_guard: false,
        }
    }
}

impl MemoryOptions {
    /// The guards of memories that have them.
    pub(crate) fn guards(&self) -> MemoryGuards {
        if self.reservation_bytes < INDEX_SPACE_BYTES || self.guard_bytes < MIN_GUARD_BYTES {
            return MemoryGuards::NONE;
        }
        let more_bytes = self.reservation_bytes - INDEX_SPACE_BYTES;
        MemoryGuards {
            before_bytes: GUARD_BEFORE_BYTES,
            behind_bytes: more_bytes.saturating_add(self.guard_bytes),
        }
    }

    /// What a memory reserves that has `bytes` and may grow to `max_bytes`. Where there are guards it is always the
    /// same, unless the memory is too large for it.
    fn reservation(&self, bytes: usize, max_bytes: usize, guards: MemoryGuards) -> Reservation {
        let size = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
        let usual_bytes = size(self.reservation_bytes);
        if guards == MemoryGuards::NONE {
            return Reservation {
                bytes: max_bytes.min(usual_bytes).max(bytes),
                before_bytes: 0,
                after_bytes: 0,
            };
        }
        Reservation {
            bytes: usual_bytes.max(bytes),
            before_bytes: size(guards.before_bytes),
            after_bytes: size(self.guard_bytes),
        }
    }
}

/// How the memories of an engine are kept apart from what is around them.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MemoryMode {
    /// A memory with 32-bit addresses lies in address space of its own, which every such address stays within, and
    /// never moves. So machine code needs to compare no address with the memory's size.
    Guarded,
    /// Every access is compared with the memory's size.
    Checked,
}

/// The places of an engine's memories, which its stores use one after the other: to reserve address space and to have
/// it zeroed takes longer than many a call.
#[derive(Debug)]
pub(crate) struct MemoryPool {
    options: MemoryOptions,
    /// What lies around the memories that have guards.
    pub(crate) guards: MemoryGuards,
    /// Reservations that wait to be used again, the last one given back at the end. What is usable in
    /// them has its first content.
    spare: Mutex<Vec<Mapping>>,
}

impl MemoryPool {
    /// Makes the pool of an engine, and finds out whether the system gives as much address space as guards take.
    pub(crate) fn new(options: MemoryOptions) -> Arc<MemoryPool> {
        let guards = options.guards();
        let probe = (guards != MemoryGuards::NONE)
            .then(|| Mapping::reserve(options.reservation(0, 0, guards)))
            .flatten();
        Arc::new(MemoryPool {
            options,
            guards: match probe {
                Some(_) => guards,
                None => MemoryGuards::NONE,
            },
            spare: Mutex::new(Vec::from_iter(probe)),
        })
    }

    /// The settings.
    pub(super) fn options(&self) -> &MemoryOptions {
        &self.options
    }

    /// Whether there are guards.
    pub(crate) fn mode(&self) -> MemoryMode {
        if self.guards == MemoryGuards::NONE {
            MemoryMode::Checked
        } else {
            MemoryMode::Guarded
        }
    }

    /// A place of `bytes`, which a memory that may grow to `max_bytes` can fill, with an image if there is
    /// one and the system agrees: [`Backing::has_image`] tells.
    pub(super) fn place(
        &self,
        ty: &MemoryType,
        bytes: usize,
        max_bytes: usize,
        image: Option<&Arc<Image>>,
    ) -> Option<Backing> {
        if let Some(mapping) = self.map(bytes, max_bytes, image) {
            return Some(Backing::Mapped(mapping));
        }
        if self.options.must_guard && self.guards.cover(ty, 0, 1) {
            return None;
        }
        Allocation::new(bytes).map(Backing::Allocated)
    }

    /// A reservation with `bytes` usable, for a memory that may grow to `max_bytes`.
    fn map(&self, bytes: usize, max_bytes: usize, image: Option<&Arc<Image>>) -> Option<Mapping> {
        let reservation = self.options.reservation(bytes, max_bytes, self.guards);
        if self.options.reservation_bytes == 0 || reservation.bytes == 0 {
            return None;
        }
        let mut mapping = match self.take_spare(reservation, bytes, image) {
            Some(mapping) => mapping,
            None => Mapping::reserve(reservation)?,
        };
        mapping.prepare(bytes, image).then_some(mapping)
    }

    /// Another place for a memory that has outgrown its own: with room for `roomy_bytes`, or at least for `bytes`.
    pub(super) fn roomier_place(&self, bytes: usize, roomy_bytes: usize) -> Option<Backing> {
        let reservation = Reservation {
            bytes: roomy_bytes,
            before_bytes: 0,
            after_bytes: 0,
        };
        let mapping = (self.options.reservation_bytes > 0)
            .then(|| Mapping::reserve(reservation))
            .flatten()
            .and_then(|mut mapping| mapping.prepare(bytes, None).then_some(mapping));
        if let Some(mapping) = mapping {
            return Some(Backing::Mapped(mapping));
        }
        Allocation::new(roomy_bytes)
            .or_else(|| Allocation::new(bytes))
            .map(Backing::Allocated)
    }

    /// The reservation that it takes the least to prepare.
    fn take_spare(
        &self,
        wanted: Reservation,
        bytes: usize,
        image: Option<&Arc<Image>>,
    ) -> Option<Mapping> {
        let mut spare = self.spare.lock();
        let image = image.map(Arc::as_ptr);
        let mut best = None;
        for (index, mapping) in spare.iter().enumerate().rev() {
            if !suits(mapping.reservation(), wanted) {
                continue;
            }
            let own_image = mapping.image().map(Arc::as_ptr);
            let score = if own_image == image {
                2 + u32::from(mapping.usable_bytes() == bytes)
            } else {
                u32::from(own_image.is_none())
            };
            if best.is_none_or(|(best, _)| score > best) {
                best = Some((score, index));
            }
            if score == 3 {
                break;
            }
        }
        let (_, index) = best?;
        Some(spare.remove(index))
    }

    /// Takes back the place of a memory that is gone, of which only `written` differs from the first content.
    pub(super) fn give_back(&self, place: Backing, written: Range<usize>) {
        let Backing::Mapped(mut mapping) = place else {
            return;
        };
        // Only those that suit every later memory of 32 bits.
        let usual = self.options.reservation(0, MAX_BYTES_32, self.guards);
        let is_usual = suits(mapping.reservation(), usual) && !is_crowded();
        if !is_usual || self.spare.lock().len() >= MAX_SPARE || !restore(&mut mapping, written) {
            return;
        }
        let mut spare = self.spare.lock();
        if spare.len() < MAX_SPARE {
            spare.push(mapping);
        }
    }
}

/// Whether a reservation is as large as is wanted.
fn suits(has: Reservation, wanted: Reservation) -> bool {
    has.bytes >= wanted.bytes
        && has.before_bytes >= wanted.before_bytes
        && has.after_bytes >= wanted.after_bytes
}

/// Gives a mapping its first content again. Tells whether that succeeded.
fn restore(mapping: &mut Mapping, written: Range<usize>) -> bool {
    if written.is_empty() {
        return true;
    }
    if mapping.image().is_none() && written.len() <= MAX_CLEARED_BYTES {
        mapping.clear(written);
        return true;
    }
    mapping.reset()
}

/// Where the bytes of a memory are.
pub(super) enum Backing {
    /// In address space that is reserved, so that growth seldom moves them.
    Mapped(Mapping),
    /// In the allocator's memory, which is zero up to the capacity.
    Allocated(Allocation),
}

impl Backing {
    pub(super) fn base(&self) -> NonNull<u8> {
        match self {
            Backing::Mapped(mapping) => mapping.base(),
            Backing::Allocated(allocation) => allocation.base,
        }
    }

    /// Whether the content was that of an image at first.
    pub(super) fn has_image(&self) -> bool {
        matches!(self, Backing::Mapped(mapping) if mapping.image().is_some())
    }
}

/// Zeroed memory of the allocator. Without a capacity there is none, and the address dangles.
pub(super) struct Allocation {
    base: NonNull<u8>,
    capacity_bytes: usize,
}

impl Allocation {
    pub(super) fn new(capacity_bytes: usize) -> Option<Allocation> {
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

    /// How many bytes there are.
    pub(super) fn capacity_bytes(&self) -> usize {
        self.capacity_bytes
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

#[cfg(all(
    test,
    feature = "std",
    not(miri),
    // Elsewhere a process may reserve too little.
    any(target_arch = "x86_64", target_arch = "aarch64"),
    any(target_os = "linux", target_os = "macos", windows)
))]
mod tests;
