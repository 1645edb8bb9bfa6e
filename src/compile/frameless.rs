//! Which blocks of a function are executed without a frame: those that come before anything needs one, so that a way
//! on which nothing does pays for none (shrink-wrapping; Chow, "Minimizing Register Usage Penalty at Procedure
//! Calls", 1988).
//!
//! Input: a [`MachineFunction`] and the blocks that need a frame. Output: [`Frameless`]. Holds: whatever follows a
//! block with a frame has one too, so that it is made at most once on each way. Time and memory are linear.

use alloc::vec::Vec;

use super::machine::MachineFunction;

/// How many instructions a block has at most of which there may be two copies.
const SHORT: u32 = 6;

/// The blocks that are executed without a frame.
#[derive(Default)]
pub(crate) struct Frameless {
    /// By block; none if all have one.
    blocks: Vec<bool>,
    work: Vec<u32>,
}

impl Frameless {
    /// Finds out, with what is known to need a frame.
    pub(crate) fn find(&mut self, function: &MachineFunction, needs: impl Fn(u32) -> bool) {
        self.blocks.clear();
        self.blocks.resize(function.blocks.len(), true);
        self.work.clear();
        for block in 0..function.blocks.len() as u32 {
            if self.blocks[block as usize] && needs(block) {
                self.frame(block);
            }
            while let Some(block) = self.work.pop() {
                for edge in function.blocks[block as usize].successors.clone() {
                    let to = function.edges[edge as usize].to;
                    if self.blocks[to as usize] {
                        self.frame(to);
                    }
                }
            }
        }
        if !self.leads_out(function) {
            self.none();
        }
    }

    /// Gives a frame to all blocks.
    pub(crate) fn none(&mut self) {
        self.blocks.clear();
    }

    fn frame(&mut self, block: u32) {
        self.blocks[block as usize] = false;
        self.work.push(block);
    }

    /// Whether there are any.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Whether a block is one of them.
    #[inline]
    pub(crate) fn has(&self, block: u32) -> bool {
        self.blocks.get(block as usize).copied().unwrap_or(false)
    }

    /// Whether the function can be left, but by a trap, without ever having had a frame.
    fn leads_out(&self, function: &MachineFunction) -> bool {
        let leaves = |block: u32| {
            let block = &function.blocks[block as usize];
            block.successors.is_empty() && !block.is_cold
        };
        let ends = |&block: &u32| {
            let mut successors = function.blocks[block as usize].successors.clone();
            let to = |edge: u32| function.edges[edge as usize].to;
            self.has(block)
                && (leaves(block)
                    || successors.any(|edge| leaves(to(edge)) && is_short(function, to(edge))))
        };
        (0..function.blocks.len() as u32).any(|block| ends(&block))
    }
}

/// Whether a block has so few instructions that there may be a copy of it which is executed without a frame.
pub(crate) fn is_short(function: &MachineFunction, block: u32) -> bool {
    let range = &function.blocks[block as usize].instructions;
    range.end - range.start <= SHORT
}
