//! What is in registers where a block begins, and the record of it where a block ends.
//!
//! Input: the ends of the predecessors that come before the block. Output: the block's [`super::walk::BlockState`]
//! and the registers of its parameters.
//! Holds: only values that are live into a block are in its registers. A value that a predecessor has in a register
//! and the block has not is given a place in the frame.

use super::liveness::{LOOP_EXIT, LiveIn};
use super::values::{AWAY, CROSSES, NO_REGISTER, NONE, Value};
use super::walk::{Bits, BlockState, Held, Walk, bit};
use crate::compile::machine::PhysicalRegister;

/// A value that not all predecessors have in a register is loaded on the edges from the others if its use is so near,
/// and no call comes before that.
const NEAR: u32 = 16;
/// Where a loop has more values than registers, those are in registers at its beginning whose use is so near.
const NEAR_IN_LOOP: u32 = 32;

/// How many values a loop leaves registers to, by bank.
#[derive(Copy, Clone)]
struct Room {
    /// Values that it uses.
    used: [u32; 2],
    /// Values that are live through it.
    through: [u32; 2],
}

impl Walk<'_> {
    /// Decides what is where at the beginning of a block.
    pub(super) fn enter(&mut self, number: u32) {
        self.block = number;
        self.weight = self.weight(number);
        let liveness = self.liveness;
        let live_in = liveness.live_in(number as usize);
        let block = self.function.blocks[number as usize].clone();
        let start = block.instructions.start;
        for &LiveIn { value, distance } in live_in {
            let known = self.value(value);
            known.next = start + distance;
            known.seen = number + 1;
        }
        let is_header = block.loop_end != 0;
        if is_header {
            self.enter_loop(number, block.loop_end);
        }
        let main = self.main_edge(number);
        if self.follows(number) {
            self.keep_live();
        } else if let Some(main) = main {
            self.find_candidates(main);
            if is_header {
                self.place_in_loop(number);
            } else {
                self.place_in_block(number, main);
            }
            self.place_parameters(number, main);
            if is_header {
                self.load_for_loop(number);
            }
        }
        let first = self.memory.held.len() as u32;
        for register in Bits(self.occupied) {
            let value = self.holders[usize::from(register)];
            let known = *self.value(value);
            if !(known.has(Value::PARAMETER)
                && known.first == register
                && self.is_own(value, number))
            {
                self.memory.held.push(Held { value, register });
            }
        }
        let entry = (first, self.memory.held.len() as u32);
        self.memory.states[number as usize] = BlockState { entry, end: (0, 0) };
        // What the only predecessor has in registers stays there.
        let is_plain = self.is_plain(number);
        for index in block.predecessors {
            let edge = self.function.lists[index as usize];
            let from = self.function.edges[edge as usize].from;
            if from < number && !is_plain {
                self.connect(edge, true);
            }
        }
    }

    /// Records what is in registers at the end of a block.
    pub(super) fn leave(&mut self, number: u32) {
        for edge in self.function.blocks[number as usize].successors.clone() {
            if self.function.edges[edge as usize].to <= number {
                self.connect(edge, false);
            }
        }
        let first = self.memory.held.len() as u32;
        let stays = self.follows(number + 1);
        for register in Bits(self.occupied) {
            let value = self.holders[usize::from(register)];
            self.memory.held.push(Held { value, register });
            if !stays {
                self.value(value).register = NO_REGISTER;
            }
        }
        if !stays {
            self.occupied = 0;
        }
        self.memory.states[number as usize].end = (first, self.memory.held.len() as u32);
    }

    /// Whether a block begins as its only predecessor ends.
    fn is_plain(&self, number: u32) -> bool {
        self.function.blocks.get(number as usize).is_some_and(|b| {
            b.predecessors.len() == 1 && b.parameters.is_empty() && b.loop_end == 0
        })
    }

    /// Whether a block begins as the block before ends.
    fn follows(&self, number: u32) -> bool {
        self.is_plain(number) && {
            let block = &self.function.blocks[number as usize];
            let edge = self.function.lists[block.predecessors.start as usize];
            self.function.edges[edge as usize].from + 1 == number
        }
    }

    /// Keeps what is live of what is in registers.
    fn keep_live(&mut self) {
        for register in Bits(self.occupied) {
            let value = self.holders[usize::from(register)];
            if !self.is_live(value) {
                self.release(value);
            } else if self.values.all[value as usize].seen != self.block + 1 {
                self.value(value).next = self.next_through(value);
            }
        }
    }

    /// Whether a parameter is one of the current block.
    fn is_own(&self, value: u32, number: u32) -> bool {
        self.values.all[value as usize].seen != number + 1
            && self.block >= self.values.through[value as usize].end
    }

    /// Notes which values are live through the loop of this header.
    fn enter_loop(&mut self, number: u32, end: u32) {
        for &LiveIn { value, distance } in self.liveness.live_in(number as usize) {
            let through = &mut self.values.through[value as usize];
            if through.end <= number {
                through.end = end;
                through.distance = distance;
            }
            if distance & !(CROSSES | AWAY) < LOOP_EXIT {
                through.near_end = end;
                through.near_distance = distance;
            }
        }
    }

    /// The edge from the predecessor that is executed most.
    fn main_edge(&mut self, number: u32) -> Option<u32> {
        let predecessors = self.function.blocks[number as usize].predecessors.clone();
        let mut best = None;
        let mut most = 0;
        let mut dominator = NONE;
        for index in predecessors {
            let edge = self.function.lists[index as usize];
            let from = self.function.edges[edge as usize].from;
            if from < number {
                dominator = if dominator == NONE {
                    from
                } else {
                    self.common_dominator(from, dominator)
                };
                let weight = self.weight(from) + 1;
                if weight > most {
                    most = weight;
                    best = Some(edge);
                }
            }
        }
        if best.is_some() {
            self.memory.dominators[number as usize] = dominator;
        }
        best
    }

    /// How often a block is executed, as a number to compare.
    fn weight(&self, number: u32) -> u32 {
        let block = &self.function.blocks[number as usize];
        if block.is_cold {
            0
        } else {
            // What comes before all calls is better off without a frame.
            let is_before = u32::from(self.out.frameless.has(number));
            2 * u32::from(block.loop_depth) + 1 + is_before
        }
    }

    fn end_of(&self, edge: u32) -> (u32, u32) {
        let from = self.function.edges[edge as usize].from;
        self.memory.states[from as usize].end
    }

    fn is_live(&self, value: u32) -> bool {
        self.values.all[value as usize].seen == self.block + 1
            || self.block < self.values.through[value as usize].end
    }

    /// The values that are live and in registers at the end of the main predecessor, by next use.
    fn find_candidates(&mut self, main: u32) {
        self.memory.candidates.clear();
        let (first, end) = self.end_of(main);
        for index in first..end {
            let value = self.memory.held[index as usize].value;
            if !self.is_live(value) {
                continue;
            }
            if self.values.all[value as usize].seen != self.block + 1 {
                self.value(value).next = self.next_through(value);
            }
            let next = self.value(value).next_use();
            let candidate = u64::from(next) << 32 | u64::from(index);
            self.memory.candidates.push(candidate);
        }
    }

    /// Which value a candidate is, and in which register.
    fn candidate(&self, candidate: u64) -> Held {
        self.memory.held[candidate as u32 as usize]
    }

    /// Keeps what the main predecessor has in registers, unless others have it in the frame.
    fn place_in_block(&mut self, number: u32, main: u32) {
        let block = &self.function.blocks[number as usize];
        let start = block.instructions.start;
        let predecessors = block.predecessors.clone();
        let main_weight = self.weight(self.function.edges[main as usize].from);
        for index in 0..self.memory.candidates.len() {
            let Held { value, register } = self.candidate(self.memory.candidates[index]);
            self.hold(value, register);
        }
        if predecessors.len() == 1 {
            return;
        }
        let mut counts = [0_u32; PhysicalRegister::COUNT];
        let mut others = 0;
        for index in predecessors {
            let edge = self.function.lists[index as usize];
            let from = self.function.edges[edge as usize].from;
            if from >= number || (self.weight(from) == 0) != (main_weight == 0) {
                continue;
            }
            others += 1;
            let (first, end) = self.memory.states[from as usize].end;
            for index in first..end {
                let Held { value, .. } = self.memory.held[index as usize];
                let register = self.value(value).register;
                if register != NO_REGISTER {
                    counts[usize::from(register % 64)] += 1;
                }
            }
        }
        for register in Bits(self.occupied) {
            let value = self.holders[usize::from(register)];
            let known = *self.value(value);
            let is_lost = known.is_away() && self.file.preserved & bit(register) == 0;
            if counts[usize::from(register)] != others
                && (is_lost || known.next_use() - start > NEAR)
            {
                self.release(value);
            }
        }
    }

    /// How many registers a loop can spare.
    fn room(&mut self, number: u32) -> Room {
        let facts = self.liveness.blocks[number as usize];
        let mut used = [0; 2];
        let mut through = [0; 2];
        // What is used behind the loop as well is counted in the pressure wherever it is live.
        self.mark += 1;
        let behind = self.function.blocks[number as usize].loop_end as usize;
        if behind < self.function.blocks.len() {
            for live in self.liveness.live_in(behind) {
                self.values.all[live.value as usize].mark = self.mark;
            }
        }
        for live in self.liveness.live_in(number as usize) {
            let bank = self.bank(live.value);
            if live.distance() < LOOP_EXIT {
                used[bank] += 1
            } else {
                through[bank] += 1
            }
        }
        let mut room = Room {
            used: [0; 2],
            through: [0; 2],
        };
        for bank in 0..2 {
            let registers = self.allocatable[bank].count_ones();
            let inner = (facts.pressure[bank] + used[bank]).saturating_sub(through[bank]);
            room.through[bank] = registers.saturating_sub(inner);
            room.used[bank] = if inner <= registers {
                registers
            } else {
                registers - 2
            };
        }
        room
    }

    /// Decides which of the values in registers stay there throughout a loop.
    fn place_in_loop(&mut self, number: u32) {
        let start = self.function.blocks[number as usize].instructions.start;
        let calls = self.liveness.blocks[number as usize].loop_calls;
        let mut room = self.room(number);
        let is_tight = [0, 1].map(|bank| room.used[bank] < self.allocatable[bank].count_ones());
        let mut candidates = core::mem::take(&mut self.memory.candidates);
        candidates.sort_unstable();
        let preserved = self.file.preserved;
        let mut homeless = 0;
        for index in 0..candidates.len() {
            let next = (candidates[index] >> 32) as u32;
            let Held { value, register } = self.candidate(candidates[index]);
            let bank = self.bank(value);
            let is_used = next - start < LOOP_EXIT;
            let left = if is_used {
                &mut room.used
            } else {
                &mut room.through
            };
            let is_far = is_used && is_tight[bank] && next - start > NEAR_IN_LOOP;
            if left[bank] == 0 || is_far {
                continue;
            }
            left[bank] -= 1;
            if calls && self.value(value).next & CROSSES != 0 && preserved & bit(register) == 0 {
                candidates[homeless] = candidates[index];
                homeless += 1;
            } else {
                self.hold(value, register);
            }
        }
        for &candidate in &candidates[..homeless] {
            let value = self.candidate(candidate).value;
            if let Some(register) = self.pick(value, preserved) {
                self.hold(value, register);
            }
        }
        self.memory.candidates = candidates;
    }

    /// Gives parameters registers, or leaves them in the frame.
    fn place_parameters(&mut self, number: u32, main: u32) {
        let block = self.function.blocks[number as usize].clone();
        let main = self.function.edges[main as usize].clone();
        let loop_calls = self.liveness.blocks[number as usize].loop_calls;
        let mut registers = 0;
        let weight = self.weight;
        for (index, argument) in block.parameters.zip(main.arguments) {
            let parameter = self.function.lists[index as usize];
            let argument = self.function.lists[argument as usize];
            let known = self.value(parameter);
            known.flags |= Value::PARAMETER;
            known.set_weight(weight);
            known.definition = block.instructions.start;
            if known.is_dead() {
                continue;
            }
            let crosses = known.next & CROSSES != 0;
            // Before it is used, a call would drive it out of any other register.
            let stays = known.is_away() && block.loop_end == 0;
            let place = self
                .parameter_register(parameter, argument, main.from, crosses)
                .filter(|r| !(stays || crosses && loop_calls) || self.file.preserved & bit(*r) != 0)
                .or_else(|| {
                    if stays {
                        None
                    } else {
                        self.displace(parameter, crosses && loop_calls)
                    }
                });
            if let Some(register) = place {
                self.hold(parameter, register);
                self.value(parameter).first = register;
                self.out.written |= bit(register);
                registers |= bit(register);
            } else {
                self.place_in_frame(parameter, number);
            }
        }
        if block.loop_end != 0 {
            self.avoid = registers;
        }
    }

    /// The register for a parameter: that of the argument if it is free by then.
    fn parameter_register(
        &mut self,
        parameter: u32,
        argument: u32,
        from: u32,
        crosses: bool,
    ) -> Option<u8> {
        let end = self.memory.held(self.memory.states[from as usize].end);
        let register = end
            .iter()
            .find(|held| held.value == argument)
            .map(|held| held.register);
        if let Some(register) = register {
            let suits = !crosses
                || self.out.frameless.has(self.block)
                || self.file.preserved & bit(register) != 0;
            if suits && self.occupied & bit(register) == 0 {
                return Some(register);
            }
        }
        let all = self.allocatable[self.bank(parameter)];
        self.pick(parameter, all)
    }

    /// Makes another value give its register to a parameter, if that one is used later.
    fn displace(&mut self, parameter: u32, preserved: bool) -> Option<u8> {
        let known = *self.value(parameter);
        let all = self.allocatable[self.bank(parameter)];
        if preserved {
            let mut owned = self.occupied & all & self.file.preserved;
            for register in Bits(owned) {
                let holder = self.holders[usize::from(register)];
                if self.is_own(holder, self.block) {
                    owned &= !bit(register);
                }
            }
            if let Some(register) = self.farthest(owned) {
                self.release(self.holders[usize::from(register)]);
                return Some(register);
            }
            if let Some(register) = self.pick(parameter, all) {
                return Some(register);
            }
        }
        let register = self.farthest(all)?;
        let holder = self.holders[usize::from(register)];
        if self.value(holder).next_use() <= known.next_use() {
            return None;
        }
        self.release(holder);
        if self.is_own(holder, self.block) {
            self.value(holder).first = NO_REGISTER;
            self.place_in_frame(holder, self.block);
        }
        Some(register)
    }

    /// Has the edges store a parameter.
    fn place_in_frame(&mut self, parameter: u32, number: u32) {
        let spill = self.spill(parameter) as usize;
        self.value(parameter).flags |= Value::IN_FRAME;
        if self.memory.in_frame.last() != Some(&number) {
            self.memory.in_frame.push(number);
        }
        let block = self.function.blocks[number as usize].clone();
        let mut start = block.instructions.start;
        for index in block.predecessors {
            let edge = self.function.lists[index as usize];
            let from = self.function.edges[edge as usize].from;
            start = start.min(self.function.blocks[from as usize].instructions.end - 1);
        }
        let end = if block.loop_end != 0 {
            self.start_of(block.loop_end)
        } else {
            start
        };
        let item = &mut self.memory.spilled[spill];
        item.start = start;
        item.end = item.end.max(end).max(block.instructions.start);
    }

    /// Loads before a loop what it uses, as far as there are registers.
    fn load_for_loop(&mut self, number: u32) {
        const MOST: usize = 16;
        let facts = self.liveness.blocks[number as usize];
        let mut best: [(u32, u32); MOST] = [(LOOP_EXIT, NONE); MOST];
        for &LiveIn { value, distance } in self.liveness.live_in(number as usize) {
            let crosses = distance & CROSSES != 0 && facts.loop_calls;
            let near = distance & !(CROSSES | AWAY);
            if near >= best[MOST - 1].0 || crosses || self.value(value).register != NO_REGISTER {
                continue;
            }
            let place = best.partition_point(|&(other, _)| other <= near);
            best.copy_within(place..MOST - 1, place + 1);
            best[place] = (near, value);
        }
        for (near, value) in best {
            if value == NONE {
                break;
            }
            let bank = self.bank(value);
            let free = self.allocatable[bank] & !self.occupied;
            let is_tight = facts.pressure[bank] > self.allocatable[bank].count_ones();
            if is_tight && (free.count_ones() <= 2 || near > NEAR_IN_LOOP) {
                continue;
            }
            if let Some(register) = self.pick(value, free) {
                self.hold(value, register);
            }
        }
    }

    /// Notes what an edge needs in the frame: for an edge that enters the current block or one that goes back.
    fn connect(&mut self, edge: u32, enters: bool) {
        let target = self.function.edges[edge as usize].clone();
        let block = self.function.blocks[target.to as usize].clone();
        let from = self.function.blocks[target.from as usize].instructions.end;
        // What is read between two blocks is read by the end of the first, if not again and again.
        let is_between = enters && block.predecessors.len() > 1;
        let point = |through: u32| match (enters, is_between && target.from >= through) {
            (_, true) => from - 1,
            (true, false) => block.instructions.start,
            (false, false) => from,
        };
        self.mark += 1;
        let mark = self.mark;
        if enters {
            let (first, end) = self.end_of(edge);
            for index in first..end {
                let Held { value, .. } = self.memory.held[index as usize];
                self.value(value).mark = mark;
                let known = *self.value(value);
                let is_lost = known.register == NO_REGISTER && !known.has(Value::REPEATABLE);
                if is_lost && self.is_live(value) {
                    self.store_before(value, target.from);
                }
            }
        } else {
            for register in Bits(self.occupied) {
                self.value(self.holders[usize::from(register)]).mark = mark;
            }
        }
        let (first, end) = self.memory.states[target.to as usize].entry;
        for index in first..end {
            let Held { value, .. } = self.memory.held[index as usize];
            if self.values.all[value as usize].mark != mark {
                let point = point(self.values.through[value as usize].end);
                self.read_in_frame(value, point);
            }
        }
        for (index, argument) in block.parameters.clone().zip(target.arguments.clone()) {
            let parameter = self.function.lists[index as usize];
            let argument = self.function.lists[argument as usize];
            let is_used = self.values.all[parameter as usize].first != NO_REGISTER
                || self.values.all[parameter as usize].has(Value::IN_FRAME);
            if is_used && self.values.all[argument as usize].mark != mark {
                let point = point(self.values.through[argument as usize].end);
                self.read_in_frame(argument, point);
            }
        }
    }
}
