//! Which blocks and edges make the frame, and which leave the function without one.
//!
//! Input: an allocation, of which some blocks may need no frame. Output: [`Wrap`]. Holds: a frame is made where
//! execution comes from a block without one to a block that has one, and nowhere else.

use alloc::vec::Vec;

use super::SplitOf;
use crate::compile::frameless::{Frameless, is_short};
use crate::compile::machine::{Allocation, Edit, InstructionFlags, Location, Transfer};
use crate::compile::x64::forms::Mode;
use crate::compile::x64::instructions::X64;
use crate::compile::x64::select::Selected;

/// More copies of the code that makes the frame cost more than they save.
const MOST_COPIES: usize = 4;

/// Where frames are made.
#[derive(Default)]
pub(super) struct Wrap {
    /// The blocks without a frame.
    pub(super) frameless: Frameless,
    /// By block: whether the frame is made at its beginning.
    begins: Vec<bool>,
    /// By edge: what is done on it.
    edges: Vec<OnEdge>,
}

/// What is done on an edge.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum OnEdge {
    Nothing,
    /// The frame is made, before anything else.
    Enter,
    /// The function is left by a copy of the edge's target.
    Return,
}

impl Wrap {
    /// Whether the frame is made at the beginning of a block.
    pub(super) fn begins(&self, block: u32) -> bool {
        self.begins.get(block as usize).copied().unwrap_or(false)
    }

    /// What is done on an edge.
    pub(super) fn on_edge(&self, edge: u32) -> OnEdge {
        let known = self.edges.get(edge as usize).copied();
        known.unwrap_or(OnEdge::Nothing)
    }

    /// Gives a frame to the whole function.
    pub(super) fn whole(&mut self) {
        self.frameless.none();
        self.begins.clear();
        self.edges.clear();
    }

    /// Finds out where frames are made, if the registers in `kept` are saved in them.
    pub(super) fn find(
        &mut self,
        selected: &Selected,
        allocation: &Allocation,
        split_of: &SplitOf,
        kept: u64,
    ) {
        if allocation.frameless.is_empty() {
            return;
        }
        let function = &selected.code;
        let needs = Needs {
            selected,
            allocation,
            split_of,
            kept,
        };
        self.frameless.find(function, |block| {
            !allocation.frameless.has(block) || needs.block(block) || needs.edges_to(block)
        });
        if self.frameless.is_empty() {
            return;
        }
        self.begins.resize(function.blocks.len(), false);
        self.edges.resize(function.edges.len(), OnEdge::Nothing);
        let mut copies = 0;
        for (number, block) in (0_u32..).zip(&function.blocks) {
            if self.frameless.has(number) {
                continue;
            }
            let predecessors = block.predecessors.start as usize..block.predecessors.end as usize;
            let edges = &function.lists[predecessors];
            let is_without = |edge: u32| {
                let from = function.edges[edge as usize].from;
                self.frameless.has(from)
            };
            let can_return = block.successors.is_empty()
                && !block.is_cold
                && is_short(function, number)
                && !needs.block(number);
            // What is done on an edge comes before what its target begins with.
            let begins = |&edge: &u32| is_without(edge) && !needs.edge(edge);
            if !edges.is_empty() && edges.iter().all(begins) {
                self.begins[number as usize] = true;
                copies += 1;
                continue;
            }
            for &edge in edges {
                if !is_without(edge) {
                    continue;
                }
                self.edges[edge as usize] = if can_return && !needs.edge(edge) {
                    OnEdge::Return
                } else {
                    copies += 1;
                    OnEdge::Enter
                };
            }
        }
        if copies > MOST_COPIES {
            self.whole();
        }
    }
}

/// What needs a frame.
struct Needs<'a> {
    selected: &'a Selected,
    allocation: &'a Allocation,
    split_of: &'a SplitOf,
    kept: u64,
}

impl Needs<'_> {
    fn location(&self, location: Location) -> bool {
        location.as_word().is_some()
            || location
                .as_register()
                .is_some_and(|register| self.kept >> register.0 & 1 != 0)
    }

    fn transfer(&self, transfer: Transfer) -> bool {
        match transfer {
            Transfer::Move { from, to, .. } => self.location(from) || self.location(to),
            Transfer::Repeat { to, .. } => self.location(Location::register(to)),
        }
    }

    fn block(&self, block: u32) -> bool {
        let code = &self.selected.code;
        let range = code.blocks[block as usize].instructions.clone();
        let edits = &self.allocation.edits;
        let first = edits.partition_point(|edit| edit.before < range.start);
        let mut edits = edits[first..]
            .iter()
            .take_while(|edit| edit.before < range.end);
        range.clone().any(|number| self.instruction(number))
            || edits.any(|&Edit { what, .. }| self.transfer(what))
    }

    fn instruction(&self, number: u32) -> bool {
        let instruction = self.selected.code.instructions[number as usize];
        let locations = &self.allocation.locations[instruction.operands()];
        // Arguments of the next function may have to stand where those of this one are.
        let is_move = instruction.opcode == X64::TailCall as u16
            && (instruction.b > 0 || self.selected.incoming_bytes > 0);
        is_move
            || instruction.flags.has(InstructionFlags::CALL)
            || matches!(
                Mode::of(instruction.flags),
                Some(Mode::Incoming | Mode::Outgoing)
            )
            || locations.iter().any(|&location| self.location(location))
    }

    fn edge(&self, edge: u32) -> bool {
        let split = self.split_of.of(edge).map(|at| &self.allocation.splits[at]);
        split.is_some_and(|split| {
            let range = split.transfers.start as usize..split.transfers.end as usize;
            let mut transfers = self.allocation.split_transfers[range].iter();
            transfers.any(|&transfer| self.transfer(transfer))
        })
    }

    fn edges_to(&self, block: u32) -> bool {
        let code = &self.selected.code;
        let predecessors = code.blocks[block as usize].predecessors.clone();
        let mut edges = code.lists[predecessors.start as usize..predecessors.end as usize].iter();
        edges.any(|&edge| self.edge(edge))
    }
}
