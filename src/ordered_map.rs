//! A map ordered by its keys, for what is not hot.
//!
//! In: keys and values, which lie side by side in one vector. Out: entries by key, and in the order of keys.
//! Holds: every operation on one entry takes time logarithmic in their number, whoever chose the keys (it is an AVL
//! tree). All that does not depend on the types is compiled once: the standard library's map is so much code for each
//! pair of types that it took an eighth of the time of building this library.

use alloc::vec::Vec;
use core::borrow::Borrow;
use core::cmp::Ordering;

#[cfg(test)]
mod tests;

#[derive(Clone, Debug)]
pub(crate) struct OrderedMap<K, V> {
    tree: Tree,
    /// In no order: the tree has their positions.
    entries: Vec<(K, V)>,
}

/// Where a key belongs that is not there: below which entry, and on which side.
type Gap = (u32, Side);

impl<K, V> OrderedMap<K, V> {
    pub(crate) const fn new() -> OrderedMap<K, V> {
        OrderedMap {
            tree: Tree {
                links: Vec::new(),
                root: NONE,
            },
            entries: Vec::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Makes room for so many more entries.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.entries.reserve(count);
        self.tree.links.reserve(count);
    }

    pub(crate) fn clear(&mut self) {
        *self = OrderedMap::new();
    }

    /// Entries in the order of their keys.
    pub(crate) fn iter(&self) -> Iter<'_, K, V> {
        self.iter_from(self.tree.end(self.tree.root, BEFORE), AFTER)
    }

    /// Keys in their order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// Values in no order.
    #[cfg(feature = "wasi")]
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// Values in no order.
    pub(crate) fn into_values(self) -> impl Iterator<Item = V> {
        self.entries.into_iter().map(|(_, value)| value)
    }

    /// The entry with the smallest key.
    #[cfg(feature = "std")]
    pub(crate) fn first(&self) -> Option<(&K, &V)> {
        self.iter().next()
    }

    /// Removes the entry with the smallest key.
    #[cfg(feature = "std")]
    pub(crate) fn pop_first(&mut self) -> Option<(K, V)> {
        let first = self.tree.end(self.tree.root, BEFORE);
        (first != NONE).then(|| self.take(first))
    }

    /// Removes the entries that `keep` says no to, asked in no order.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
        // What takes the place of a removed entry comes from behind it and has been asked.
        for position in (0..self.entries.len()).rev() {
            let (key, value) = &self.entries[position];
            if !keep(key, value) {
                self.take(position as u32);
            }
        }
    }

    fn iter_from(&self, next: u32, side: Side) -> Iter<'_, K, V> {
        Iter {
            map: self,
            next,
            side,
        }
    }

    fn take(&mut self, position: u32) -> (K, V) {
        self.tree.detach(position);
        self.entries.swap_remove(position as usize)
    }
}

impl<K: Ord, V> OrderedMap<K, V> {
    /// Gives a key a value, and back the one that it had.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.search(&key) {
            Ok(found) => Some(core::mem::replace(
                &mut self.entries[found as usize].1,
                value,
            )),
            Err(gap) => {
                self.put(gap, key, value);
                None
            }
        }
    }

    /// The value of a key, which gets one if it has none.
    pub(crate) fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let position = match self.search(&key) {
            Ok(found) => found as usize,
            Err(gap) => {
                self.put(gap, key, make());
                self.entries.len() - 1
            }
        };
        &mut self.entries[position].1
    }

    pub(crate) fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.search(key).is_ok()
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let position = self.search(key).ok()?;
        Some(&self.entries[position as usize].1)
    }

    pub(crate) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let position = self.search(key).ok()?;
        Some(&mut self.entries[position as usize].1)
    }

    pub(crate) fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let position = self.search(key).ok()?;
        Some(self.take(position).1)
    }

    /// Entries with smaller keys than `end`, from the largest one down.
    pub(crate) fn below<Q: Ord + ?Sized>(&self, end: &Q) -> Iter<'_, K, V>
    where
        K: Borrow<Q>,
    {
        let next = match self.search(end) {
            Err((neighbour, AFTER)) => neighbour,
            Ok(neighbour) | Err((neighbour, _)) => self.tree.step(neighbour, BEFORE),
        };
        self.iter_from(next, BEFORE)
    }

    /// The entry of a key or, without one, that of the next smaller key.
    pub(crate) fn last_up_to<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        match self.search(key) {
            Ok(found) => self.iter_from(found, BEFORE).next(),
            Err(_) => self.below(key).next(),
        }
    }

    fn search<Q: Ord + ?Sized>(&self, key: &Q) -> Result<u32, Gap>
    where
        K: Borrow<Q>,
    {
        let (mut gap, mut next) = ((NONE, BEFORE), self.tree.root);
        while let Some((here, _)) = self.entries.get(next as usize) {
            let side = match key.cmp(here.borrow()) {
                Ordering::Equal => return Ok(next),
                Ordering::Less => BEFORE,
                Ordering::Greater => AFTER,
            };
            gap = (next, side);
            next = self.tree.links[next as usize].children[side];
        }
        Err(gap)
    }

    fn put(&mut self, gap: Gap, key: K, value: V) {
        self.entries.push((key, value));
        self.tree.attach(gap);
    }
}

impl<K, V> Default for OrderedMap<K, V> {
    fn default() -> OrderedMap<K, V> {
        OrderedMap::new()
    }
}

/// Entries in one direction.
pub(crate) struct Iter<'a, K, V> {
    map: &'a OrderedMap<K, V>,
    next: u32,
    side: Side,
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<(&'a K, &'a V)> {
        let (key, value) = self.map.entries.get(self.next as usize)?;
        self.next = self.map.tree.step(self.next, self.side);
        Some((key, value))
    }
}

type Side = usize;
const BEFORE: Side = 0;
const AFTER: Side = 1;

/// The number of no entry.
const NONE: u32 = u32::MAX;

/// Where entry `i` is in the order, for each `i` below their number.
#[derive(Clone, Debug)]
struct Tree {
    links: Vec<Links>,
    root: u32,
}

#[derive(Clone, Copy, Debug)]
struct Links {
    parent: u32,
    children: [u32; 2],
    height: u8,
}

impl Tree {
    /// A new entry, behind the others in number.
    fn attach(&mut self, (parent, side): Gap) {
        let new = self.links.len() as u32;
        assert!(new != NONE, "a map has less than 2^32 entries");
        self.links.push(Links {
            parent,
            children: [NONE; 2],
            height: 1,
        });
        match self.links.get_mut(parent as usize) {
            Some(links) => links.children[side] = new,
            None => self.root = new,
        }
        self.balance(parent);
    }

    /// Removes an entry. The one with the largest number gets its number.
    fn detach(&mut self, old: u32) {
        let Links {
            parent, children, ..
        } = self.links[old as usize];
        let lowest = match children {
            [NONE, child] | [child, NONE] => {
                self.replace(parent, old, child);
                parent
            }
            [_, after] => {
                let next = self.end(after, BEFORE);
                let from = self.links[next as usize];
                self.replace(from.parent, next, from.children[AFTER]);
                // Read again: `next` may have been its child.
                let place = self.links[old as usize];
                self.links[next as usize] = place;
                self.replace(place.parent, old, next);
                self.adopt(next);
                if from.parent == old {
                    next
                } else {
                    from.parent
                }
            }
        };
        self.balance(lowest);
        self.links.swap_remove(old as usize);
        if let Some(moved) = self.links.get(old as usize) {
            self.replace(moved.parent, self.links.len() as u32, old);
            self.adopt(old);
        }
    }

    /// The outermost entry of a subtree.
    fn end(&self, mut entry: u32, side: Side) -> u32 {
        while let Some(links) = self.links.get(entry as usize) {
            match links.children[side] {
                NONE => break,
                child => entry = child,
            }
        }
        entry
    }

    /// The next entry in one direction.
    fn step(&self, mut entry: u32, side: Side) -> u32 {
        let Some(links) = self.links.get(entry as usize) else {
            return NONE;
        };
        if links.children[side] != NONE {
            return self.end(links.children[side], 1 - side);
        }
        let mut parent = links.parent;
        while let Some(links) = self.links.get(parent as usize) {
            if links.children[side] != entry {
                break;
            }
            (entry, parent) = (parent, links.parent);
        }
        parent
    }

    /// Makes subtrees differ by at most one in height again, from the lowest that has changed upward.
    fn balance(&mut self, mut entry: u32) {
        while let Some(&Links { height, .. }) = self.links.get(entry as usize) {
            let heights = self.heights(entry);
            if heights[0].abs_diff(heights[1]) > 1 {
                let high = usize::from(heights[AFTER] > heights[BEFORE]);
                let child = self.links[entry as usize].children[high];
                let below = self.heights(child);
                if below[1 - high] > below[high] {
                    self.rotate(child, high);
                }
                entry = self.rotate(entry, 1 - high);
            } else {
                self.measure(entry);
            }
            let links = self.links[entry as usize];
            if links.height == height {
                break;
            }
            entry = links.parent;
        }
    }

    /// Moves an entry down to one side, and its child of the other side, which is returned, up.
    fn rotate(&mut self, entry: u32, side: Side) -> u32 {
        let Links {
            parent, children, ..
        } = self.links[entry as usize];
        let up = children[1 - side];
        let inner = self.links[up as usize].children[side];
        self.replace(parent, entry, up);
        self.links[entry as usize].children[1 - side] = inner;
        self.links[up as usize].children[side] = entry;
        self.adopt(entry);
        self.adopt(up);
        self.measure(entry);
        self.measure(up);
        up
    }

    /// Puts one subtree in the place of another.
    fn replace(&mut self, parent: u32, old: u32, new: u32) {
        match self.links.get_mut(parent as usize) {
            Some(links) => links.children[usize::from(links.children[AFTER] == old)] = new,
            None => self.root = new,
        }
        if let Some(links) = self.links.get_mut(new as usize) {
            links.parent = parent;
        }
    }

    /// Tells the children of an entry who their parent is.
    fn adopt(&mut self, entry: u32) {
        for child in self.links[entry as usize].children {
            if let Some(links) = self.links.get_mut(child as usize) {
                links.parent = entry;
            }
        }
    }

    fn measure(&mut self, entry: u32) {
        let [before, after] = self.heights(entry);
        self.links[entry as usize].height = 1 + before.max(after);
    }

    fn heights(&self, entry: u32) -> [u8; 2] {
        let height = |child: u32| {
            self.links
                .get(child as usize)
                .map_or(0, |links| links.height)
        };
        self.links[entry as usize].children.map(height)
    }
}
