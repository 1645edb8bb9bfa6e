//! When each value is used next, which values are live into each block, and what would suit them.
//!
//! Input: a [`MachineFunction`]. Output: [`Liveness`]; next uses, wishes and links of [`Values`].
//! Holds: one walk backward. The edges back to headers of loops are left out: what is live into a header without
//! being its parameter is live through the whole loop, which the forward walk takes into account when it enters the
//! loop. So the lists of a block in a loop may lack values that are in the list of the loop's header.

use alloc::vec::Vec;

use super::Error;
use super::values::{AWAY, CROSSES, DEAD, NO_REGISTER, NONE, Values};
use crate::compile::machine::{
    Block, Instruction, InstructionFlags, MachineFunction, Place, ValueKind,
};

/// What a use behind the end of a loop is further away.
pub(super) const LOOP_EXIT: u32 = 1 << 25;
/// No next use is further away.
const FARTHEST: u32 = (1 << 29) - 1;
/// No function has more instructions.
const MAX_INSTRUCTIONS: usize = 1 << 24;
/// How many entries the lists of live values may have, besides 64 for each block and 4 for each instruction.
const MAX_LIVE: usize = 1 << 24;

/// A value that is live into a block.
#[derive(Copy, Clone)]
pub(super) struct LiveIn {
    /// Which.
    pub(super) value: u32,
    /// How many instructions later it is used, [`CROSSES`] and [`AWAY`].
    pub(super) distance: u32,
}

impl LiveIn {
    /// How many instructions later it is used.
    #[inline]
    pub(super) fn distance(self) -> u32 {
        self.distance & !(CROSSES | AWAY)
    }
}

/// What is known of a block.
#[derive(Copy, Clone, Default)]
pub(super) struct BlockFacts {
    first: u32,
    end: u32,
    /// How many values are live at once, by bank; of a header in its whole loop.
    pub(super) pressure: [u32; 2],
    /// Of a header: whether its loop has a call that is not cold.
    pub(super) loop_calls: bool,
}

/// What the backward walk finds out, and its working memory.
#[derive(Default)]
pub(super) struct Liveness {
    /// Parallel to the operands: of uses when the value is used next, of definitions when it is used first.
    pub(super) nexts: Vec<u32>,
    /// By block.
    pub(super) blocks: Vec<BlockFacts>,
    pool: Vec<LiveIn>,
    live: Vec<u32>,
    states: Vec<State>,
}

/// Whether a value is live at the current point of the walk.
#[derive(Copy, Clone)]
struct State {
    /// Its index in `live`.
    index: u32,
    next: u32,
    /// How many calls had been met when it became live, or `NONE` if it is live across a call anyway.
    calls: u32,
    /// How many calls had been met at its next use, or `NONE` if one comes before that anyway.
    calls_at_next: u32,
}

impl State {
    /// The bits of a next use, after so many calls.
    #[inline]
    fn bits(&self, calls: u32) -> u32 {
        let crosses = if self.calls == calls { 0 } else { CROSSES };
        let away = if self.calls_at_next == calls { 0 } else { AWAY };
        crosses | away
    }
}

impl Liveness {
    /// The values that are live into a block, besides its parameters and what is live through loops.
    pub(super) fn live_in(&self, block: usize) -> &[LiveIn] {
        let facts = &self.blocks[block];
        &self.pool[facts.first as usize..facts.end as usize]
    }

    /// How many entries the lists of live values have.
    #[cfg(test)]
    pub(super) fn total(&self) -> usize {
        self.pool.len()
    }

    /// Walks over the function.
    pub(super) fn compute(
        &mut self,
        function: &MachineFunction,
        values: &mut Values,
    ) -> Result<(), Error> {
        if function.instructions.len() >= MAX_INSTRUCTIONS {
            return Err(Error::TooLarge);
        }
        let limit = MAX_LIVE + 64 * function.blocks.len() + 4 * function.instructions.len();
        self.nexts.clear();
        self.nexts.resize(function.operands.len(), DEAD);
        self.blocks.clear();
        self.blocks
            .resize(function.blocks.len(), BlockFacts::default());
        self.pool.clear();
        self.live.clear();
        self.states.clear();
        self.states.resize(
            function.kinds.len(),
            State {
                index: NONE,
                next: 0,
                calls: 0,
                calls_at_next: 0,
            },
        );
        let mut walk = Walk {
            function,
            liveness: self,
            values,
            counts: [0; 2],
            most: [0; 2],
            calls: 0,
        };
        let mut call_block = u32::MAX;
        for number in (0..function.blocks.len()).rev() {
            if walk.block(number) {
                call_block = number as u32;
            }
            walk.finish_block(number, call_block);
            if walk.liveness.pool.len() > limit {
                return Err(Error::TooLarge);
            }
        }
        Ok(())
    }
}

struct Walk<'a> {
    function: &'a MachineFunction,
    liveness: &'a mut Liveness,
    values: &'a mut Values,
    counts: [u32; 2],
    most: [u32; 2],
    calls: u32,
}

impl Walk<'_> {
    #[inline]
    fn kind(&self, value: u32) -> ValueKind {
        self.function.kinds[value as usize]
    }

    /// Returns whether the block has a call that is not cold.
    fn block(&mut self, number: usize) -> bool {
        let function = self.function;
        let block = &function.blocks[number];
        self.counts = [0; 2];
        self.live_out(number, block);
        self.most = self.counts;
        let calls = self.calls;
        for number in block.instructions.clone().rev() {
            self.instruction(
                number,
                &function.instructions[number as usize],
                block.is_cold,
            );
        }
        self.calls != calls
    }

    fn live_out(&mut self, number: usize, block: &Block) {
        let function = self.function;
        let end = block.instructions.end;
        for edge in block.successors.clone() {
            let edge = &function.edges[edge as usize];
            let target = &function.blocks[edge.to as usize];
            let forward = edge.to as usize > number;
            if forward {
                let exits = block.loop_depth.saturating_sub(target.loop_depth);
                let leaves = exits + u16::from(target.is_cold && !block.is_cold);
                let way = u32::from(leaves).saturating_mul(LOOP_EXIT);
                let facts = self.liveness.blocks[edge.to as usize];
                for index in facts.first as usize..facts.end as usize {
                    let live = self.liveness.pool[index];
                    let next = live.distance().saturating_add(way).min(FARTHEST) + end;
                    let unless = |bit| {
                        if live.distance & bit != 0 {
                            NONE
                        } else {
                            self.calls
                        }
                    };
                    let (calls, calls_at_next) = (unless(CROSSES), unless(AWAY));
                    self.add(live.value, next, calls, calls_at_next);
                }
            }
            let parameters = &function.lists[target.parameters.start as usize..];
            let arguments =
                &function.lists[edge.arguments.start as usize..edge.arguments.end as usize];
            for (&argument, &parameter) in arguments.iter().zip(parameters) {
                if forward && self.values.all[parameter as usize].is_dead() {
                    continue;
                }
                self.add(argument, end, self.calls, self.calls);
                let wish = self.values.all[parameter as usize].wish;
                let value = &mut self.values.all[argument as usize];
                value.link = parameter;
                value.wish = wish;
            }
        }
    }

    /// Makes a value live at the end of a block.
    #[inline]
    fn add(&mut self, value: u32, next: u32, calls: u32, calls_at_next: u32) {
        let bank = self.kind(value).bank();
        let state = &mut self.liveness.states[value as usize];
        if state.index == NONE {
            *state = State {
                index: self.liveness.live.len() as u32,
                next,
                calls,
                calls_at_next,
            };
            self.liveness.live.push(value);
            self.counts[bank as usize] += 1;
            return;
        }
        if next < state.next {
            state.next = next;
            state.calls_at_next = calls_at_next;
        }
        if calls == NONE {
            state.calls = NONE;
        }
    }

    #[inline]
    fn instruction(&mut self, number: u32, instruction: &Instruction, is_cold: bool) {
        let is_call = instruction.flags.has(InstructionFlags::CALL) && !is_cold;
        let calls = self.calls + u32::from(is_call);
        for index in instruction.operands().rev() {
            let operand = self.function.operands[index];
            let value = operand.register().0;
            if operand.is_definition() {
                self.liveness.nexts[index] = self.remove(value);
                if operand.place() == Place::Tied || instruction.flags.has(InstructionFlags::COPY) {
                    self.inherit(value, index + 1);
                }
                continue;
            }
            let bank = self.kind(value).bank();
            let state = &mut self.liveness.states[value as usize];
            if state.index == NONE {
                *state = State {
                    index: self.liveness.live.len() as u32,
                    next: number,
                    calls,
                    calls_at_next: calls,
                };
                self.liveness.live.push(value);
                let count = &mut self.counts[bank as usize];
                *count += 1;
                self.most[bank as usize] = self.most[bank as usize].max(*count);
            } else {
                self.liveness.nexts[index] = state.next | state.bits(calls);
                state.next = number;
                state.calls_at_next = calls;
            }
            if let Place::Fixed(register) = operand.place() {
                let value = &mut self.values.all[value as usize];
                value.wish = register.0;
            }
        }
        self.calls = calls;
    }

    /// A value that is defined here is not live before. Returns when it is used next.
    #[inline]
    fn remove(&mut self, value: u32) -> u32 {
        let bank = self.kind(value).bank() as usize;
        let state = &mut self.liveness.states[value as usize];
        let index = state.index;
        if index == NONE {
            self.most[bank] = self.most[bank].max(self.counts[bank] + 1);
            return DEAD;
        }
        let next = state.next | state.bits(self.calls);
        state.index = NONE;
        self.counts[bank] -= 1;
        self.liveness.live.swap_remove(index as usize);
        if let Some(&moved) = self.liveness.live.get(index as usize) {
            self.liveness.states[moved as usize].index = index;
        }
        next
    }

    /// The operand with this index should be where `value` wants to be.
    fn inherit(&mut self, value: u32, index: usize) {
        let Some(operand) = self.function.operands.get(index) else {
            return;
        };
        let from = self.values.all[value as usize];
        let to = &mut self.values.all[operand.register().0 as usize];
        if from.wish != NO_REGISTER {
            to.wish = from.wish;
        }
        if from.link != NONE {
            to.link = from.link;
        }
    }

    /// Takes the parameters out and writes the list of what is live into the block.
    fn finish_block(&mut self, number: usize, call_block: u32) {
        let function = self.function;
        let block = &function.blocks[number];
        let parameters = block.parameters.start as usize..block.parameters.end as usize;
        for &parameter in &function.lists[parameters] {
            self.values.all[parameter as usize].next = self.remove(parameter);
        }
        let is_header = block.loop_end != 0;
        let loop_calls = is_header && call_block < block.loop_end;
        let start = block.instructions.start;
        let first = self.liveness.pool.len() as u32;
        for value in self.liveness.live.drain(..) {
            let state = &mut self.liveness.states[value as usize];
            state.index = NONE;
            let crosses = if loop_calls { CROSSES } else { 0 };
            let distance = (state.next - start).min(FARTHEST);
            let distance = distance | state.bits(self.calls) | crosses;
            self.liveness.pool.push(LiveIn { value, distance });
        }
        let end = self.liveness.pool.len() as u32;
        let pressure = if is_header {
            self.loop_pressure(number)
        } else {
            self.most
        };
        self.liveness.blocks[number] = BlockFacts {
            first,
            end,
            pressure,
            loop_calls,
        };
    }

    fn loop_pressure(&self, header: usize) -> [u32; 2] {
        let end = self.function.blocks[header].loop_end as usize;
        let mut most = self.most;
        let mut number = header + 1;
        while number < end {
            if !self.function.blocks[number].is_cold {
                let pressure = self.liveness.blocks[number].pressure;
                most = [most[0].max(pressure[0]), most[1].max(pressure[1])];
            }
            let inner = self.function.blocks[number].loop_end as usize;
            number = if inner != 0 { inner } else { number + 1 };
        }
        most
    }
}
