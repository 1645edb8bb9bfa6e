//! What an allocation costs, in moves per 100 instructions, weighted by how often loops are executed.

use std::fmt;

use crate::compile::machine::{Allocation, MachineFunction, Transfer};

/// Counts, weighted by ten to the power of the loop depth.
#[derive(Copy, Clone, Default)]
pub(super) struct Gauge {
    pub(super) instructions: f64,
    pub(super) moves: f64,
    pub(super) loads: f64,
    pub(super) stores: f64,
    pub(super) repeats: f64,
    pub(super) splits: f64,
}

impl Gauge {
    fn transfer(&mut self, weight: f64, transfer: &Transfer) {
        match transfer {
            Transfer::Repeat { .. } => self.repeats += weight,
            Transfer::Move { from, to, .. } => {
                match (from.as_word().is_some(), to.as_word().is_some()) {
                    (false, false) => self.moves += weight,
                    (true, false) => self.loads += weight,
                    (false, true) => self.stores += weight,
                    (true, true) => {
                        self.loads += weight;
                        self.stores += weight;
                    }
                }
            }
        }
    }

    /// Adds the figures of a function.
    pub(super) fn add(&mut self, function: &MachineFunction, allocation: &Allocation) {
        let weight_of = |depth: u16, cold: bool| {
            10_f64.powi(i32::from(depth).min(6)) * if cold { 0.01 } else { 1.0 }
        };
        let mut edits = allocation.edits.iter().peekable();
        for block in &function.blocks {
            let weight = weight_of(block.loop_depth, block.is_cold);
            self.instructions +=
                weight * f64::from(block.instructions.end - block.instructions.start);
            while let Some(edit) = edits.next_if(|edit| edit.before < block.instructions.end) {
                self.transfer(weight, &edit.what);
            }
        }
        for split in &allocation.splits {
            let edge = &function.edges[split.edge as usize];
            let (from, to) = (
                &function.blocks[edge.from as usize],
                &function.blocks[edge.to as usize],
            );
            let weight = weight_of(
                from.loop_depth.min(to.loop_depth),
                from.is_cold || to.is_cold,
            );
            self.splits += weight;
            for index in split.transfers.clone() {
                self.transfer(weight, &allocation.split_transfers[index as usize]);
            }
        }
    }
}

impl fmt::Display for Gauge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per = |count: f64| 100.0 * count / self.instructions;
        write!(
            f,
            "per 100 instructions: {:.2} moves, {:.2} loads, {:.2} stores, {:.2} repeats, {:.2} splits",
            per(self.moves),
            per(self.loads),
            per(self.stores),
            per(self.repeats),
            per(self.splits)
        )
    }
}
