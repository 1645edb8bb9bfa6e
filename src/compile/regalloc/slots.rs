//! Words of the frame for the values that need one.
//!
//! Input: the values that are stored, each with the time from its store to its last use in the frame. Output: the
//! number of a word for each. Holds: values whose times overlap share no word; vectors begin at even words.

use alloc::vec::Vec;

use super::values::NONE;
use crate::compile::machine::ValueKind;

/// A value that has a place in the frame.
#[derive(Copy, Clone)]
pub(super) struct Spilled {
    /// The virtual register.
    pub(super) value: u32,
    /// What it is.
    pub(super) kind: ValueKind,
    /// Before which instruction it is stored; of a parameter that is stored by the edges, before the first of them.
    pub(super) start: u32,
    /// The last instruction that reads it, or before which it is read.
    pub(super) end: u32,
    /// The block in which it is stored where it was evicted first, as that is executed less often than its
    /// definition.
    pub(super) late: u32,
    /// Its word, or the first one of two.
    pub(super) word: u32,
}

/// Working memory.
#[derive(Default)]
pub(super) struct Memory {
    starts: Vec<u64>,
    ends: Vec<u64>,
    singles: Vec<u32>,
    pairs: Vec<u32>,
}

/// Gives each value its words. Returns how many there are.
pub(super) fn assign(spilled: &mut [Spilled], memory: &mut Memory) -> u32 {
    let Memory {
        starts,
        ends,
        singles,
        pairs,
    } = memory;
    starts.clear();
    ends.clear();
    singles.clear();
    pairs.clear();
    for (number, item) in spilled.iter().enumerate() {
        starts.push(u64::from(item.start) << 32 | number as u64);
        ends.push(u64::from(item.end.max(item.start)) << 32 | number as u64);
    }
    starts.sort_unstable();
    ends.sort_unstable();
    let mut words = 0;
    let mut ended = ends.iter().peekable();
    for &start in starts.iter() {
        while let Some(&end) = ended.next_if(|&&end| end >> 32 < start >> 32) {
            let item = &spilled[end as u32 as usize];
            if item.kind.words() == 2 {
                pairs.push(item.word)
            } else {
                singles.push(item.word)
            }
        }
        let item = &mut spilled[start as u32 as usize];
        item.word = if item.kind.words() == 2 {
            pairs.pop().unwrap_or(NONE)
        } else if let Some(word) = singles.pop() {
            word
        } else if let Some(pair) = pairs.pop() {
            singles.push(pair + 1);
            pair
        } else {
            words += 1;
            words - 1
        };
        if item.word == NONE {
            if words % 2 != 0 {
                singles.push(words);
                words += 1;
            }
            item.word = words;
            words += 2;
        }
    }
    words
}
