//! Things of which somebody else decides how long there are.
//!
//! In: weak references. Out: the things of which there still are any. Holds: of those that are gone there are never
//! more than of those that were there when the list was last swept, and adding one takes constant time on average.

use alloc::sync::{Arc, Weak};
use alloc::vec::Vec;

/// Fewer entries than so many are not worth a sweep.
const LEAST_SWEPT: usize = 8;

pub(crate) struct WeakList<T> {
    entries: Vec<Weak<T>>,
    sweep: Sweep,
}

impl<T> WeakList<T> {
    pub(crate) const fn new() -> WeakList<T> {
        WeakList {
            entries: Vec::new(),
            sweep: Sweep::new(LEAST_SWEPT),
        }
    }

    pub(crate) fn push(&mut self, entry: Weak<T>) {
        if self.sweep.is_due(self.entries.len()) {
            self.entries.retain(|entry| entry.strong_count() > 0);
            self.sweep.done(self.entries.len());
        }
        self.entries.push(entry);
    }

    /// Removes what is gone, and what `keep` says no to.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(Arc<T>) -> bool) {
        self.entries
            .retain(|entry| entry.upgrade().is_some_and(&mut keep));
    }

    /// What is still there.
    #[cfg(feature = "compiler")]
    pub(crate) fn upgraded(&self) -> Vec<Arc<T>> {
        self.entries.iter().filter_map(Weak::upgrade).collect()
    }

    /// How many there are at most.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// When a collection is to be swept that its entries do not leave when they die.
#[derive(Debug)]
pub(crate) struct Sweep {
    /// The number of entries at which it is due.
    at: usize,
    least: usize,
}

impl Sweep {
    /// Never due with less than `least` entries.
    pub(crate) const fn new(least: usize) -> Sweep {
        Sweep { at: least, least }
    }

    /// Whether so many entries are twice as many as were left last time.
    pub(crate) fn is_due(&self, entries: usize) -> bool {
        entries >= self.at
    }

    /// So many are left.
    pub(crate) fn done(&mut self, entries: usize) {
        self.at = (2 * entries).max(self.least);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_does_not_pile_up() {
        let mut list = WeakList::new();
        let kept: Vec<_> = (0..100).map(Arc::new).collect();
        let mut most = 0;
        for number in 0..10_000 {
            if let Some(kept) = kept.get(number / 7).filter(|_| number % 7 == 0) {
                list.push(Arc::downgrade(kept));
            }
            list.push(Arc::downgrade(&Arc::new(number)));
            most = most.max(list.len());
        }
        assert!(most <= 201, "{most} entries");
        let mut left = Vec::new();
        list.retain(|number| {
            left.push(*number);
            *number % 2 == 0
        });
        assert_eq!(left, (0..100).collect::<Vec<_>>());
        assert_eq!(list.len(), 50);
    }
}
