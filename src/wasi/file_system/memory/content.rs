//! What a file in memory holds, and how much memory a tree may take.
//!
//! Input: bytes, offsets and sizes. Output: bytes, or [`Errno::Nospc`].
//! Holds: memory is charged before it is allocated, by the capacity of what is allocated; bytes that are part of the
//! program are charged, and copied, when they are changed first.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::mem;

use super::super::Errno;

/// How much memory is taken, and how much may be.
pub(super) struct Budget {
    used: usize,
    limit: usize,
}

impl Budget {
    pub(super) fn new(limit: usize) -> Budget {
        Budget { used: 0, limit }
    }

    pub(super) fn left(&self) -> usize {
        self.limit.saturating_sub(self.used)
    }

    pub(super) fn take(&mut self, bytes: usize) -> Result<(), Errno> {
        if bytes > self.left() {
            return Err(Errno::Nospc);
        }
        self.used += bytes;
        Ok(())
    }

    pub(super) fn give_back(&mut self, bytes: usize) {
        self.used = self.used.saturating_sub(bytes);
    }

    /// Something that took `before` bytes takes `now`, whether that is allowed or not.
    fn settle(&mut self, before: usize, now: usize) {
        self.used = self.used.saturating_sub(before).saturating_add(now);
    }
}

/// What a file holds.
pub(super) struct Bytes(Cow<'static, [u8]>);

impl Bytes {
    pub(super) fn new(content: Cow<'static, [u8]>) -> Bytes {
        Bytes(content)
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// How many bytes of memory this takes.
    pub(super) fn charge(&self) -> usize {
        match &self.0 {
            Cow::Borrowed(_) => 0,
            Cow::Owned(owned) => owned.capacity(),
        }
    }

    pub(super) fn read_at(&self, bytes: &mut [u8], offset: u64) -> usize {
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        let rest = self.0.get(start..).unwrap_or_default();
        let count = rest.len().min(bytes.len());
        bytes[..count].copy_from_slice(&rest[..count]);
        count
    }

    /// Writes as many of the bytes as there is room for. The result is how many.
    pub(super) fn write_at(
        &mut self,
        bytes: &[u8],
        offset: u64,
        budget: &mut Budget,
    ) -> Result<usize, Errno> {
        if bytes.is_empty() {
            return Ok(0);
        }
        let start = usize::try_from(offset).map_err(|_| Errno::Nospc)?;
        let largest = self.charge() + budget.left();
        let count = bytes.len().min(largest.saturating_sub(start));
        if count == 0 {
            return Err(Errno::Nospc);
        }
        let bytes = &bytes[..count];
        let owned = self.provide(start + count, budget)?;
        if owned.len() < start {
            owned.resize(start, 0);
        }
        let (over, behind) = bytes.split_at(count.min(owned.len() - start));
        owned[start..start + over.len()].copy_from_slice(over);
        owned.extend_from_slice(behind);
        Ok(count)
    }

    pub(super) fn set_size(&mut self, size: u64, budget: &mut Budget) -> Result<(), Errno> {
        let size = usize::try_from(size).map_err(|_| Errno::Nospc)?;
        if size > self.0.len() {
            self.provide(size, budget)?.resize(size, 0);
            return Ok(());
        }
        let before = self.charge();
        match &mut self.0 {
            Cow::Borrowed(bytes) => *bytes = &bytes[..size],
            Cow::Owned(owned) => {
                owned.truncate(size);
                if size <= owned.capacity() / 2 {
                    owned.shrink_to_fit();
                }
            }
        }
        budget.settle(before, self.charge());
        Ok(())
    }

    /// The content in memory of its own, with room for `size` bytes. To grow byte by byte costs no more than some
    /// copies of the whole, but what is kept free for that leaves most of the budget to others.
    pub(super) fn provide(
        &mut self,
        size: usize,
        budget: &mut Budget,
    ) -> Result<&mut Vec<u8>, Errno> {
        let size = size.max(self.0.len());
        let before = self.charge();
        if size > before {
            let left = budget
                .left()
                .checked_sub(size - before)
                .ok_or(Errno::Nospc)?;
            let spare = if before == 0 {
                0
            } else {
                (size / 4).min(left / 4)
            };
            budget.take(size + spare - before)?;
            let result = self.reserve(size + spare);
            budget.settle(size + spare, self.charge());
            result?;
        }
        Ok(self.0.to_mut())
    }

    /// Moves the content to memory with room for `capacity` bytes, or leaves it.
    fn reserve(&mut self, capacity: usize) -> Result<(), Errno> {
        let full = |_| Errno::Nospc;
        match &mut self.0 {
            Cow::Borrowed(bytes) => {
                let mut owned = Vec::new();
                owned.try_reserve_exact(capacity).map_err(full)?;
                owned.extend_from_slice(bytes);
                self.0 = Cow::Owned(owned);
            }
            Cow::Owned(owned) => {
                let more = capacity.saturating_sub(owned.len());
                owned.try_reserve_exact(more).map_err(full)?;
            }
        }
        Ok(())
    }

    /// Puts other content in place of this one.
    pub(super) fn replace(
        &mut self,
        content: Cow<'static, [u8]>,
        budget: &mut Budget,
    ) -> Result<(), Errno> {
        let new = Bytes(content);
        let (before, now) = (self.charge(), new.charge());
        if now > before {
            budget.take(now - before)?;
        } else {
            budget.give_back(before - now);
        }
        drop(mem::replace(self, new));
        Ok(())
    }
}
