//! Values of the host that guests hold as `externref`.
//!
//! Input: boxed values. Output: handles, which fit into a slot, and the values by handle.
//! Holds: a handle is never zero and never an address; a handle whose value is gone finds nothing;
//! a value lives at least as long as something that [`ExternRefs::collect`] is told of, or that is
//! rooted, names it.
//!
//! The collector marks and sweeps. What the interpreter's stack holds has no types, so every word
//! there that looks like a handle counts as one.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::any::Any;

use crate::error::Error;

/// What a host value is.
pub(crate) type HostValue = Box<dyn Any + Send + Sync>;

/// The upper 16 bits of every handle: neither the address of anything nor a common number. The
/// next 16 bits are the generation, the lower 32 the slot.
const TAG: u64 = 0xE7A5;

/// How many values there are before the first collection.
const FIRST_COLLECTION: usize = 1024;

/// The host values of a store.
pub(crate) struct ExternRefs {
    slots: Vec<Slot>,
    free: Vec<u32>,
    pub(super) count: usize,
    collect_at: usize,
    /// Rooted handles, the last one on top.
    roots: Vec<Root>,
    next_root: u32,
    /// Handles that are rooted until they are released one by one.
    owned_roots: Vec<Option<Root>>,
    free_owned: Vec<u32>,
}

struct Slot {
    value: Option<HostValue>,
    generation: u16,
    is_marked: bool,
}

#[derive(Copy, Clone)]
struct Root {
    handle: u64,
    number: u32,
}

/// Names a rooted handle. It is found until its root is gone. After that it finds nothing, unless
/// exactly a multiple of 2^32 roots later another one stands in its place.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct RootId {
    index: u32,
    number: u32,
}

/// How many roots there were at the beginning of a scope.
#[derive(Copy, Clone, Debug)]
pub(crate) struct RootScopeMark(usize);

impl ExternRefs {
    pub(super) fn new() -> ExternRefs {
        ExternRefs {
            slots: Vec::new(),
            free: Vec::new(),
            count: 0,
            collect_at: FIRST_COLLECTION,
            roots: Vec::new(),
            next_root: 0,
            owned_roots: Vec::new(),
            free_owned: Vec::new(),
        }
    }

    /// Whether there are twice as many values as the last collection left.
    pub(super) fn wants_collection(&self) -> bool {
        self.count >= self.collect_at
    }

    /// Takes a value and gives its handle, which has to be rooted, or stored where the collector
    /// looks, before the next value is made.
    pub(super) fn insert(&mut self, value: HostValue) -> Result<u64, Error> {
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slots[slot as usize].value = Some(value);
                slot
            }
            None => {
                let Ok(slot) = u32::try_from(self.slots.len()) else {
                    return Err(Error::resource("a store cannot hold so many host values"));
                };
                self.slots.push(Slot {
                    value: Some(value),
                    generation: 0,
                    is_marked: false,
                });
                slot
            }
        };
        self.count += 1;
        let generation = u64::from(self.slots[slot as usize].generation);
        Ok(TAG << 48 | generation << 32 | u64::from(slot))
    }

    fn slot_index(&self, handle: u64) -> Option<usize> {
        let (slot, generation) = (handle as u32 as usize, (handle >> 32) as u16);
        if handle >> 48 != TAG {
            return None;
        }
        let is_meant = |it: &Slot| it.value.is_some() && it.generation == generation;
        self.slots.get(slot).is_some_and(is_meant).then_some(slot)
    }

    /// The value of a handle, unless it is gone.
    pub(crate) fn get(&self, handle: u64) -> Option<&(dyn Any + Send + Sync)> {
        self.slots[self.slot_index(handle)?].value.as_deref()
    }

    /// The value of a handle, unless it is gone.
    pub(crate) fn get_mut(&mut self, handle: u64) -> Option<&mut (dyn Any + Send + Sync)> {
        let index = self.slot_index(handle)?;
        self.slots[index].value.as_deref_mut()
    }

    /// Keeps what a handle names until the scope ends in which this is called.
    pub(crate) fn root(&mut self, handle: u64) -> Result<RootId, Error> {
        let index = root_index(self.roots.len())?;
        let root = self.new_root(handle);
        self.roots.push(root);
        Ok(RootId {
            index,
            number: root.number,
        })
    }

    fn new_root(&mut self, handle: u64) -> Root {
        let number = self.next_root;
        self.next_root = number.wrapping_add(1);
        Root { handle, number }
    }

    /// The handle that was rooted, unless its scope has ended.
    pub(crate) fn rooted(&self, id: RootId) -> Option<u64> {
        let root = self
            .roots
            .get(id.index as usize)
            .filter(|root| root.number == id.number)?;
        Some(root.handle)
    }

    /// Begins a scope.
    pub(crate) fn enter_scope(&self) -> RootScopeMark {
        RootScopeMark(self.roots.len())
    }

    /// Ends a scope, and those that began after it: their roots are gone.
    pub(crate) fn leave_scope(&mut self, mark: RootScopeMark) {
        // Without a store, the usual case.
        if self.roots.len() > mark.0 {
            self.roots.truncate(mark.0);
        }
    }

    /// Keeps what a handle names until [`ExternRefs::release`].
    pub(crate) fn root_owned(&mut self, handle: u64) -> Result<RootId, Error> {
        let index = match self.free_owned.pop() {
            Some(index) => index,
            None => {
                let index = root_index(self.owned_roots.len())?;
                self.owned_roots.push(None);
                index
            }
        };
        let root = self.new_root(handle);
        self.owned_roots[index as usize] = Some(root);
        Ok(RootId {
            index,
            number: root.number,
        })
    }

    /// The handle that [`ExternRefs::root_owned`] was given, until it is released.
    pub(crate) fn owned(&self, id: RootId) -> Option<u64> {
        let root = self.owned_roots.get(id.index as usize)?.as_ref();
        root.filter(|root| root.number == id.number)
            .map(|root| root.handle)
    }

    /// Ends what [`ExternRefs::root_owned`] began.
    pub(crate) fn release(&mut self, id: RootId) {
        if self.owned(id).is_some() {
            self.owned_roots[id.index as usize] = None;
            self.free_owned.push(id.index);
        }
    }

    /// Marks what a word names, if it is a handle. Calls of this come before [`ExternRefs::collect`].
    pub(super) fn mark(&mut self, word: u64) {
        if let Some(index) = self.slot_index(word) {
            self.slots[index].is_marked = true;
        }
    }

    /// Takes out all values that are neither marked nor rooted. The caller drops them, when it no
    /// longer uses the store: a value's drop may do anything.
    #[must_use]
    pub(super) fn collect(&mut self) -> Vec<HostValue> {
        for index in 0..self.roots.len() {
            self.mark(self.roots[index].handle);
        }
        for index in 0..self.owned_roots.len() {
            if let Some(root) = self.owned_roots[index] {
                self.mark(root.handle);
            }
        }
        let mut dead = Vec::new();
        for (index, slot) in self.slots.iter_mut().enumerate() {
            if core::mem::take(&mut slot.is_marked) || slot.value.is_none() {
                continue;
            }
            dead.extend(slot.value.take());
            // A slot whose generations are used up stays empty.
            if let Some(generation) = slot.generation.checked_add(1) {
                slot.generation = generation;
                self.free.push(index as u32);
            }
        }
        self.count -= dead.len();
        self.collect_at = (2 * self.count).max(FIRST_COLLECTION);
        dead
    }
}

fn root_index(count: usize) -> Result<u32, Error> {
    u32::try_from(count)
        .map_err(|_| Error::resource("a store cannot hold so many rooted references"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(refs: &ExternRefs, handle: u64) -> Option<i32> {
        refs.get(handle)
            .map(|value| *value.downcast_ref::<i32>().unwrap())
    }

    #[test]
    fn only_what_is_marked_or_rooted_survives() {
        let mut refs = ExternRefs::new();
        let handles: Vec<u64> = (0..5)
            .map(|it| refs.insert(Box::new(it)).unwrap())
            .collect();
        let scope = refs.enter_scope();
        let root = refs.root(handles[1]).unwrap();
        let owned = refs.root_owned(handles[2]).unwrap();
        refs.mark(handles[3]);
        assert_eq!(refs.collect().len(), 2);
        let left = handles.iter().map(|&handle| number(&refs, handle));
        assert_eq!(
            left.collect::<Vec<_>>(),
            [None, Some(1), Some(2), Some(3), None]
        );
        assert_eq!(
            (refs.rooted(root), refs.owned(owned)),
            (Some(handles[1]), Some(handles[2]))
        );
        refs.leave_scope(scope);
        refs.release(owned);
        assert_eq!((refs.rooted(root), refs.owned(owned)), (None, None));
        assert_eq!(refs.collect().len(), 3);
        assert_eq!(refs.count, 0);
    }

    #[test]
    fn a_stale_handle_does_not_find_the_next_value_in_its_slot() {
        let mut refs = ExternRefs::new();
        let stale = refs.insert(Box::new(1)).unwrap();
        drop(refs.collect());
        let fresh = refs.insert(Box::new(2)).unwrap();
        assert_eq!(stale as u32, fresh as u32);
        assert_eq!(
            (number(&refs, stale), number(&refs, fresh)),
            (None, Some(2))
        );
        refs.mark(stale);
        assert_eq!(refs.collect().len(), 1);
    }

    #[test]
    fn a_stale_root_does_not_find_the_next_one_in_its_place() {
        let mut refs = ExternRefs::new();
        let handle = refs.insert(Box::new(1)).unwrap();
        let scope = refs.enter_scope();
        let stale = refs.root(handle).unwrap();
        refs.leave_scope(scope);
        let fresh = refs.root(handle).unwrap();
        assert_eq!(
            (refs.rooted(stale), refs.rooted(fresh)),
            (None, Some(handle))
        );
        let stale = refs.root_owned(handle).unwrap();
        refs.release(stale);
        let fresh = refs.root_owned(handle).unwrap();
        assert_eq!((refs.owned(stale), refs.owned(fresh)), (None, Some(handle)));
        refs.release(stale);
        assert_eq!(refs.owned(fresh), Some(handle));
    }

    #[test]
    fn words_that_are_no_handles_find_nothing() {
        let mut refs = ExternRefs::new();
        let handle = refs.insert(Box::new(1)).unwrap();
        for word in [
            0,
            1,
            u64::MAX,
            handle ^ 1 << 63,
            handle + 1,
            handle ^ 1 << 40,
        ] {
            refs.mark(word);
            assert!(refs.get(word).is_none() && refs.get_mut(word).is_none());
        }
        assert_eq!(refs.collect().len(), 1);
    }

    #[test]
    fn a_slot_whose_generations_are_used_up_is_not_used_again() {
        let mut refs = ExternRefs::new();
        let first = refs.insert(Box::new(0)).unwrap();
        refs.slots[0].generation = u16::MAX;
        drop(refs.collect());
        let next = refs.insert(Box::new(1)).unwrap();
        assert_eq!((next as u32, refs.get(first).is_none()), (1, true));
    }

    #[test]
    fn collections_become_rarer_as_values_live_on() {
        let mut refs = ExternRefs::new();
        for number in 0..2 * FIRST_COLLECTION {
            assert_eq!(refs.wants_collection(), number == FIRST_COLLECTION);
            if refs.wants_collection() {
                assert!(refs.collect().is_empty());
            }
            let handle = refs.insert(Box::new(number)).unwrap();
            refs.root(handle).unwrap();
        }
        assert!(refs.wants_collection());
    }
}
