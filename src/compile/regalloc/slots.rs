//! Words of the frame for the values that need one.
//!
//! Input: the values that are stored, each with the time from its store to its last use in the frame. Output: the
//! number of a word for each. Holds: values whose times overlap share no word; vectors begin at even words. A
//! parameter in the frame has the word of its arguments where their times allow it, so that nothing has to be moved.

use alloc::vec::Vec;

use super::values::{NONE, Value, Values};
use crate::compile::machine::{MachineFunction, ValueKind};

/// How many pairs of values are compared to find out whether two groups can share a word.
const MOST_PAIRS: u32 = 24;

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
    /// The group of values that share a word to which it belongs: the number of its first one.
    pub(super) group: u32,
    /// The next one in its group, or `NONE`.
    pub(super) next: u32,
    /// Of the first one of a group: how many there are.
    pub(super) members: u32,
}

/// Working memory.
#[derive(Default)]
pub(super) struct Memory {
    starts: Vec<u64>,
    ends: Vec<u64>,
    singles: Vec<u32>,
    pairs: Vec<u32>,
    /// By word: whether more than one value of a group has it.
    shared: Vec<bool>,
}

impl Memory {
    /// Whether several values of one group have this word.
    pub(super) fn is_shared(&self, word: u32) -> bool {
        self.shared.get(word as usize).copied().unwrap_or(false)
    }
}

/// Lets parameters that are in the frame when their block begins share words with their arguments. `blocks` are
/// those that have such parameters.
pub(super) fn share(
    function: &MachineFunction,
    values: &Values,
    blocks: &[u32],
    spilled: &mut [Spilled],
) {
    for &block in blocks {
        let block = &function.blocks[block as usize];
        let predecessors = block.predecessors.start as usize..block.predecessors.end as usize;
        for &edge in &function.lists[predecessors] {
            let edge = &function.edges[edge as usize];
            let from = &function.blocks[edge.from as usize].instructions;
            if from.start >= block.instructions.start {
                continue;
            }
            for (parameter, argument) in block.parameters.clone().zip(edge.arguments.clone()) {
                let parameter = &values.all[function.lists[parameter as usize] as usize];
                let argument = function.lists[argument as usize];
                let spill = values.all[argument as usize].spill;
                // What is live through a loop stays in its word until the end of the loop.
                if !parameter.has(Value::IN_FRAME)
                    || spill == NONE
                    || edge.from < values.through[argument as usize].end
                {
                    continue;
                }
                let group = spilled[parameter.spill as usize].group;
                let item = &mut spilled[spill as usize];
                let before = item.end;
                if item.group == group && before >= from.end - 1 {
                    continue;
                }
                item.end = before.max(from.end - 1);
                if !unite(spilled, values, parameter.spill, spill) {
                    spilled[spill as usize].end = before;
                }
            }
        }
    }
}

/// When the word of a value is needed, but for the edges that store a parameter in it.
fn times(item: &Spilled, values: &Values) -> (u32, u32) {
    let value = &values.all[item.value as usize];
    let start = if value.has(Value::IN_FRAME) {
        value.definition
    } else {
        item.start
    };
    (start, item.end.max(start))
}

/// Whether the times of the others in a value's group overlap with none of its own.
fn is_alone(spilled: &[Spilled], values: &Values, number: u32) -> bool {
    let (start, end) = times(&spilled[number as usize], values);
    let mut other = spilled[number as usize].group;
    while other != NONE {
        let (other_start, other_end) = times(&spilled[other as usize], values);
        if other != number && start <= other_end && other_start <= end {
            return false;
        }
        other = spilled[other as usize].next;
    }
    true
}

/// Makes one group of two, if no times of theirs overlap; one of them was changed.
fn unite(spilled: &mut [Spilled], values: &Values, a: u32, changed: u32) -> bool {
    let [a, b] = [a, changed].map(|number| spilled[number as usize].group);
    if a == b {
        return is_alone(spilled, values, changed);
    }
    let (first, second) = (spilled[a as usize], spilled[b as usize]);
    if first.kind != second.kind || first.members.saturating_mul(second.members) > MOST_PAIRS {
        return false;
    }
    let (mut one, mut last) = (a, a);
    while one != NONE {
        let (start, end) = times(&spilled[one as usize], values);
        let mut other = b;
        while other != NONE {
            let (other_start, other_end) = times(&spilled[other as usize], values);
            if start <= other_end && other_start <= end {
                return false;
            }
            other = spilled[other as usize].next;
        }
        last = one;
        one = spilled[one as usize].next;
    }
    spilled[last as usize].next = b;
    spilled[a as usize].members += second.members;
    let mut other = b;
    while other != NONE {
        let item = &mut spilled[other as usize];
        item.group = a;
        other = item.next;
    }
    true
}

/// Gives each value its words. Returns how many there are.
pub(super) fn assign(spilled: &mut [Spilled], memory: &mut Memory) -> u32 {
    let Memory {
        starts,
        ends,
        singles,
        pairs,
        shared,
    } = memory;
    starts.clear();
    ends.clear();
    singles.clear();
    pairs.clear();
    shared.clear();
    for (number, item) in spilled.iter().enumerate() {
        if item.group as usize != number {
            continue;
        }
        let (mut start, mut end) = (item.start, item.end.max(item.start));
        let mut other = item.next;
        while other != NONE {
            let item = &spilled[other as usize];
            start = start.min(item.start);
            end = end.max(item.start).max(item.end);
            other = item.next;
        }
        starts.push(u64::from(start) << 32 | number as u64);
        ends.push(u64::from(end) << 32 | number as u64);
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
    shared.resize(words as usize, false);
    for number in 0..spilled.len() {
        let first = spilled[spilled[number].group as usize];
        spilled[number].word = first.word;
        shared[first.word as usize] |= first.members > 1;
    }
    words
}
