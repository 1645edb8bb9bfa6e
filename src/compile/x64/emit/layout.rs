//! The order in which blocks are emitted.
//!
//! Input: blocks in reverse postorder, loops contiguous. Output: [`Layout`]. Holds: loops stay contiguous. A loop whose
//! last block only goes back to its header is rotated: it ends with a block that decides whether it goes on, so that
//! each round takes one branch and not two. What only traps is behind everything else.

use alloc::vec::Vec;

use crate::compile::machine::{Allocation, MachineFunction};
use crate::compile::x64::instructions::X64;
use crate::compile::x64::select::Selected;

/// Loops with more blocks are left as they are, so that the time is linear however deep they are nested.
const MOST_BLOCKS: usize = 64;

/// The order of blocks.
#[derive(Default)]
pub(super) struct Layout {
    /// The blocks that are emitted, in their order.
    pub(super) blocks: Vec<u32>,
    order: Vec<u32>,
    /// By block: whether it is the first one of a loop as it is emitted.
    tops: Vec<bool>,
    /// By block: how much there is before it, in about as many units as there are instructions.
    before: Vec<u32>,
    /// By block: how many edits are before it, as blocks are numbered.
    edits: Vec<u32>,
}

impl Layout {
    /// Finds the order. `resolved` are the blocks that execution gets to from each.
    pub(super) fn find(&mut self, selected: &Selected, allocation: &Allocation, resolved: &[u32]) {
        let code = &selected.code;
        self.order.clear();
        self.order.extend(0..code.blocks.len() as u32);
        self.tops.clear();
        self.tops.resize(code.blocks.len(), false);
        for header in (0..code.blocks.len()).rev() {
            let end = code.blocks[header].loop_end as usize;
            if end == 0 {
                continue;
            }
            // What comes first in the function stays there.
            let can_rotate = header > 0 && end - header <= MOST_BLOCKS;
            let last = can_rotate.then(|| last_of_rotated(code, header, end));
            if let Some(last) = last.flatten() {
                self.order[header..end].rotate_left(last + 1 - header);
                self.tops[last + 1] = true;
            } else {
                self.tops[header] = true;
            }
        }
        let emitted = |block: &u32| resolved[*block as usize] == *block || *block == 0;
        let blocks = self.order.iter().copied().filter(emitted);
        self.blocks.clear();
        self.blocks
            .extend(blocks.clone().filter(|&block| !selected.is_trap(block)));
        self.blocks
            .extend(blocks.filter(|&block| selected.is_trap(block)));
        self.measure(code, allocation);
    }

    fn measure(&mut self, code: &MachineFunction, allocation: &Allocation) {
        self.edits.clear();
        let mut edits = 0;
        for block in &code.blocks {
            let start = block.instructions.start;
            let others = &allocation.edits[edits..];
            edits += others.iter().take_while(|edit| edit.before < start).count();
            self.edits.push(edits as u32);
        }
        self.before.clear();
        self.before.resize(code.blocks.len(), 0);
        let mut before = 0;
        for &block in &self.blocks {
            self.before[block as usize] = before;
            before += self.size(code, allocation, block);
        }
    }

    /// About how many instructions a block has, with what is done on its edges.
    fn size(&self, code: &MachineFunction, allocation: &Allocation, block: u32) -> u32 {
        let range = &code.blocks[block as usize].instructions;
        let end = self.edits.get(block as usize + 1);
        let end = end.copied().unwrap_or(allocation.edits.len() as u32);
        range.end - range.start + end - self.edits[block as usize] + 1
    }

    /// Whether a block is the first one of a loop as it is emitted.
    pub(super) fn is_top(&self, block: u32) -> bool {
        self.tops[block as usize]
    }

    /// The first edit of a block.
    pub(super) fn first_edit(&self, block: u32) -> usize {
        self.edits[block as usize] as usize
    }

    /// About how many instructions are between two blocks, if the second one comes later.
    pub(super) fn between(
        &self,
        code: &MachineFunction,
        allocation: &Allocation,
        first: u32,
        second: u32,
    ) -> Option<u32> {
        let end = self.before[first as usize] + self.size(code, allocation, first);
        self.before[second as usize].checked_sub(end)
    }

    /// About how many instructions there are up to the end of a block.
    pub(super) fn up_to(&self, code: &MachineFunction, allocation: &Allocation, block: u32) -> u32 {
        self.before[block as usize] + self.size(code, allocation, block)
    }
}

/// The block that had best be the last one of a loop in place of that which is, which only goes back to the header: one
/// in no other loop that goes on with the next block or leaves the loop, if possible to what is behind it.
fn last_of_rotated(code: &MachineFunction, header: usize, end: usize) -> Option<usize> {
    let terminator = |block: usize| {
        let last = code.blocks[block].instructions.end as usize - 1;
        code.instructions[last].opcode
    };
    let successor = |block: usize, number: u32| {
        let edge = code.blocks[block].successors.start + number;
        code.edges[edge as usize].to as usize
    };
    if terminator(end - 1) != X64::Jump as u16 || successor(end - 1, 0) != header {
        return None;
    }
    let depth = code.blocks[header].loop_depth;
    let mut found = None;
    for block in header..end - 1 {
        if code.blocks[block].loop_depth != depth || terminator(block) != X64::JumpIf as u16 {
            continue;
        }
        let (one, other) = (successor(block, 0), successor(block, 1));
        let leaves = |to: usize| !(header..end).contains(&to);
        let exit = match (leaves(one), leaves(other)) {
            (true, false) if other == block + 1 => one,
            (false, true) if one == block + 1 => other,
            _ => continue,
        };
        if exit == end {
            return Some(block);
        }
        if !code.blocks[exit].is_cold {
            found = found.or(Some(block));
        }
    }
    found
}
