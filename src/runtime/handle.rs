//! Handles: small copies that name what a store owns.
//!
//! Input: values to be owned. Output: [`Id`]s, 16 bytes each, and [`Slab`]s, which find by slot and
//! generation what an [`Id`] names.
//! Holds: an [`Id`] is found only in the store that made it, and only while what it names has not
//! been removed, even if its slot has been used again.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;
use core::num::{NonZeroU32, NonZeroU64};

use crate::error::Error;
use crate::sys::sync::Counter;

/// The identity of a store, or of a store between two resets, within the process.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StoreId(NonZeroU64);

impl StoreId {
    /// An identity that no store had before.
    pub(crate) fn new() -> StoreId {
        static STORES: Counter = Counter::new();
        StoreId(STORES.next())
    }
}

/// What an [`Id`] names: markers without values.
pub(crate) mod kind {
    /// An instance.
    #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
    pub(crate) enum Instance {}
    /// A function.
    #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
    pub(crate) enum Func {}
    /// A table.
    #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
    pub(crate) enum Table {}
    /// A memory.
    #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
    pub(crate) enum Memory {}
    /// A global.
    #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
    pub(crate) enum Global {}
    /// A tag.
    #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
    pub(crate) enum Tag {}
}

/// Names something of kind `K` that a store owns.
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Id<K> {
    store: StoreId,
    slot: u32,
    generation: NonZeroU32,
    kind: PhantomData<K>,
}

/// Names an instance.
pub(crate) type InstanceId = Id<kind::Instance>;
/// Names a function.
pub(crate) type FuncId = Id<kind::Func>;
/// Names a table.
pub(crate) type TableId = Id<kind::Table>;
/// Names a memory.
pub(crate) type MemoryId = Id<kind::Memory>;
/// Names a global.
pub(crate) type GlobalId = Id<kind::Global>;
/// Names a tag.
pub(crate) type TagId = Id<kind::Tag>;

const _: () = assert!(size_of::<FuncId>() == 16 && size_of::<Option<FuncId>>() == 16);

impl<K> Id<K> {
    /// A number that no two things of the kind have that the store owns at the same time; small if it owns
    /// little.
    pub(super) fn slot(self) -> usize {
        self.slot as usize
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}.{}", self.store.0, self.slot, self.generation)
    }
}

/// An import or export: a handle of one of the five kinds.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Extern {
    /// A function.
    Func(FuncId),
    /// A table.
    Table(TableId),
    /// A memory.
    Memory(MemoryId),
    /// A global.
    Global(GlobalId),
    /// A tag.
    Tag(TagId),
}

/// Why a handle finds nothing.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum BadHandle {
    /// Another store made it.
    Foreign,
    /// What it named has been removed.
    Removed,
}

impl fmt::Display for BadHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadHandle::Foreign => {
                "the handle belongs to another store, or to this one before it was reset"
            }
            BadHandle::Removed => {
                "the handle is stale: its instance has been removed from the store"
            }
        })
    }
}

impl From<BadHandle> for Error {
    #[cold]
    fn from(reason: BadHandle) -> Error {
        Error::link(alloc::format!("{reason}"))
    }
}

/// Values in numbered slots. A slot that is used again gets another generation.
pub(crate) struct Slab<K, T> {
    slots: Vec<Slot<T>>,
    free: Option<u32>,
    count: usize,
    kind: PhantomData<K>,
}

struct Slot<T> {
    generation: NonZeroU32,
    content: Content<T>,
}

enum Content<T> {
    Used(T),
    /// Leads to the next free slot.
    Free(Option<u32>),
}

impl<K: Copy, T> Slab<K, T> {
    /// Makes an empty slab.
    pub(crate) const fn new() -> Slab<K, T> {
        Slab {
            slots: Vec::new(),
            free: None,
            count: 0,
            kind: PhantomData,
        }
    }

    /// How many values there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Makes room for so many more values.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.slots.reserve(count);
    }

    /// The handle that the next [`Slab::insert`] will give.
    pub(crate) fn next_id(&self, store: StoreId) -> Result<Id<K>, Error> {
        let (slot, generation) = match self.free {
            Some(slot) => (slot, self.slots[slot as usize].generation),
            None => match u32::try_from(self.slots.len()) {
                Ok(slot) => (slot, NonZeroU32::MIN),
                Err(_) => return Err(Error::resource("a store cannot hold so many objects")),
            },
        };
        Ok(Id {
            store,
            slot,
            generation,
            kind: PhantomData,
        })
    }

    /// Adds a value.
    pub(crate) fn insert(&mut self, store: StoreId, value: T) -> Result<Id<K>, Error> {
        let id = self.next_id(store)?;
        match self.slots.get_mut(id.slot as usize) {
            Some(slot) => {
                if let Content::Free(next) = slot.content {
                    self.free = next;
                }
                slot.content = Content::Used(value);
            }
            None => self.slots.push(Slot {
                generation: id.generation,
                content: Content::Used(value),
            }),
        }
        self.count += 1;
        Ok(id)
    }

    /// Takes a value out. Its slot can be used again, unless its generations are used up.
    pub(crate) fn remove(&mut self, id: Id<K>) -> Option<T> {
        let slot = self.slots.get_mut(id.slot as usize)?;
        if slot.generation != id.generation || matches!(slot.content, Content::Free(_)) {
            return None;
        }
        let content = core::mem::replace(&mut slot.content, Content::Free(None));
        if let Some(generation) = slot.generation.checked_add(1) {
            slot.generation = generation;
            slot.content = Content::Free(self.free);
            self.free = Some(id.slot);
        }
        self.count -= 1;
        match content {
            Content::Used(value) => Some(value),
            Content::Free(_) => None,
        }
    }

    /// Looks a handle up in the slab of the store `store`.
    #[inline]
    pub(crate) fn get(&self, store: StoreId, id: Id<K>) -> Result<&T, BadHandle> {
        if id.store != store {
            return Err(BadHandle::Foreign);
        }
        match self.slots.get(id.slot as usize) {
            Some(Slot {
                generation,
                content: Content::Used(value),
            }) if *generation == id.generation => Ok(value),
            _ => Err(BadHandle::Removed),
        }
    }

    /// All values, for whoever gives the slab up.
    pub(crate) fn into_values(self) -> impl Iterator<Item = T> {
        self.slots
            .into_iter()
            .filter_map(|slot| match slot.content {
                Content::Used(value) => Some(value),
                Content::Free(_) => None,
            })
    }

    /// All values, to change them.
    #[cfg(feature = "compiler")]
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.slots
            .iter_mut()
            .filter_map(|slot| match &mut slot.content {
                Content::Used(value) => Some(value),
                Content::Free(_) => None,
            })
    }

    /// All values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.slots.iter().filter_map(|slot| match &slot.content {
            Content::Used(value) => Some(value),
            Content::Free(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_value_is_not_found_even_when_its_slot_is_used_again() {
        let store = StoreId::new();
        let mut slab: Slab<kind::Func, u8> = Slab::new();
        let first = slab.insert(store, 1).unwrap();
        let second = slab.insert(store, 2).unwrap();
        assert_eq!(slab.remove(first), Some(1));
        assert_eq!(slab.remove(first), None);
        assert_eq!(slab.get(store, first), Err(BadHandle::Removed));
        let third = slab.insert(store, 3).unwrap();
        assert_eq!((third.slot, slab.count()), (first.slot, 2));
        assert_ne!(third, first);
        assert_eq!(slab.remove(first), None);
        assert_eq!(slab.get(store, first), Err(BadHandle::Removed));
        assert_eq!(
            (slab.get(store, second), slab.get(store, third)),
            (Ok(&2), Ok(&3))
        );
        assert_eq!(slab.iter().copied().collect::<Vec<u8>>(), [3, 2]);
    }

    #[test]
    fn a_foreign_handle_is_not_found() {
        let (here, there) = (StoreId::new(), StoreId::new());
        let mut slab: Slab<kind::Func, u8> = Slab::new();
        let id = slab.insert(here, 1).unwrap();
        assert_eq!(slab.get(there, id), Err(BadHandle::Foreign));
    }

    #[test]
    fn a_slot_whose_generations_are_used_up_is_not_used_again() {
        let store = StoreId::new();
        let mut slab: Slab<kind::Func, u8> = Slab::new();
        let id = slab.insert(store, 1).unwrap();
        slab.slots[0].generation = NonZeroU32::MAX;
        let last = Id {
            generation: NonZeroU32::MAX,
            ..id
        };
        assert_eq!(slab.remove(last), Some(1));
        let next = slab.insert(store, 2).unwrap();
        assert_eq!(next.slot, 1);
        assert_eq!(slab.get(store, last), Err(BadHandle::Removed));
    }
}
