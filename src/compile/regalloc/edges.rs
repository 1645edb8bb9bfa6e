//! What happens on edges, and all edits in their order.
//!
//! Input: the states in which blocks begin and end, the stored values with their words, edits and locations with
//! numbers of stored values. Output: the finished [`Allocation`].
//! Holds: of the edges of one block at most one has its moves before the block's last instruction if the block has
//! several successors.

use alloc::vec::Vec;

use super::Scratch;
use super::slots::Spilled;
use super::transfers::Parallel;
use super::values::{NO_REGISTER, NONE, Value, Values};
use super::walk::{Bits, Held, bit};
use crate::compile::machine::{
    Allocation, Edge, Edit, InstructionFlags, Location, MachineFunction, PhysicalRegister,
    RegisterFile, SplitEdge, Transfer,
};

/// Working memory.
#[derive(Default)]
pub(super) struct Memory {
    group: Parallel,
    stores: Vec<u64>,
    edits: Vec<Edit>,
}

/// Where the moves of an edge are.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Position {
    InOrigin,
    InTarget,
    OwnBlock,
}

struct Finish<'a> {
    function: &'a MachineFunction,
    file: &'a RegisterFile,
    values: &'a mut Values,
    walk: &'a super::walk::Memory,
    slots: &'a super::slots::Memory,
    group: &'a mut Parallel,
    locations: &'a [Location],
    edits: &'a mut Vec<Edit>,
    splits: &'a mut Vec<SplitEdge>,
    split_transfers: &'a mut Vec<Transfer>,
}

/// Finishes the allocation.
pub(super) fn finish(
    function: &MachineFunction,
    file: &RegisterFile,
    scratch: &mut Scratch,
    out: &mut Allocation,
) {
    let spilled = &scratch.walk.spilled;
    let word = |location: Location| match location.as_word() {
        Some(number) => Location::word(spilled[number as usize].word),
        None => location,
    };
    for &operand in &scratch.walk.frame_operands {
        let location = &mut out.locations[operand as usize];
        *location = word(*location);
    }
    scratch.edges.edits.clear();
    core::mem::swap(&mut scratch.edges.edits, &mut out.edits);
    // Where a store behind the definition is needed after all, the one from before is not.
    scratch.edges.edits.retain(|edit| match edit.what {
        Transfer::Move { to, .. } => to
            .as_word()
            .is_none_or(|number| spilled[number as usize].late != NONE),
        Transfer::Repeat { .. } => true,
    });
    for edit in &mut scratch.edges.edits {
        if let Transfer::Move { from, to, .. } = &mut edit.what {
            (*from, *to) = (word(*from), word(*to));
        }
    }
    collect_stores(spilled, &scratch.values, &mut scratch.edges.stores);
    let mut finish = Finish {
        function,
        file,
        values: &mut scratch.values,
        walk: &scratch.walk,
        slots: &scratch.slots,
        group: &mut scratch.edges.group,
        locations: &out.locations,
        edits: &mut out.edits,
        splits: &mut out.splits,
        split_transfers: &mut out.split_transfers,
    };
    finish.blocks(&scratch.edges.edits, &scratch.edges.stores);
    let edits = out.edits.iter().map(|edit| &edit.what);
    for what in edits.chain(&out.split_transfers) {
        out.written |= match what {
            Transfer::Move { to, .. } => to.as_register().map_or(0, |r| bit(r.0)),
            Transfer::Repeat { to, .. } => bit(to.0),
        };
    }
}

/// The stores of values that are stored behind their definition, by position.
fn collect_stores(spilled: &[Spilled], values: &Values, stores: &mut Vec<u64>) {
    stores.clear();
    for (number, item) in spilled.iter().enumerate() {
        if item.late == NONE && !values.all[item.value as usize].has(Value::IN_FRAME) {
            stores.push(u64::from(item.start) << 32 | number as u64);
        }
    }
    stores.sort_unstable();
}

impl Finish<'_> {
    fn blocks(&mut self, edits: &[Edit], stores: &[u64]) {
        let (mut edit, mut store) = (0, 0);
        for number in 0..self.function.blocks.len() as u32 {
            let block = &self.function.blocks[number as usize];
            if let Some(entry) = self.single_entry(number) {
                self.set_homes(self.function.edges[entry as usize].from, true);
                self.edge(entry, Position::InTarget, block.instructions.start);
                self.set_homes(self.function.edges[entry as usize].from, false);
            }
            loop {
                let next_store = stores.get(store).map_or(u32::MAX, |s| (s >> 32) as u32);
                let next_edit = edits.get(edit).map_or(u32::MAX, |e| e.before);
                if next_store.min(next_edit) >= block.instructions.end {
                    break;
                }
                if next_store <= next_edit {
                    self.store(stores[store]);
                    store += 1;
                } else {
                    self.edits.push(edits[edit]);
                    edit += 1;
                }
            }
            self.leave(number);
        }
    }

    fn store(&mut self, store: u64) {
        let item = &self.walk.spilled[store as u32 as usize];
        let first = PhysicalRegister(self.values.all[item.value as usize].first);
        let (from, to) = (Location::register(first), Location::word(item.word));
        let what = Transfer::Move {
            kind: item.kind,
            from,
            to,
        };
        self.edits.push(Edit {
            before: (store >> 32) as u32,
            what,
        });
    }

    /// The edge into a block whose moves are at its start.
    fn single_entry(&self, number: u32) -> Option<u32> {
        let block = &self.function.blocks[number as usize];
        let predecessors = block.predecessors.clone();
        if predecessors.len() != 1 || block.parameters.is_empty() && block.loop_end == 0 {
            return None;
        }
        let edge = self.function.lists[predecessors.start as usize];
        let from = self.function.edges[edge as usize].from;
        (!self.ends_plainly(from)).then_some(edge)
    }

    /// Whether moves before the last instruction of a block are moves on its only edge.
    fn ends_plainly(&self, number: u32) -> bool {
        let block = &self.function.blocks[number as usize];
        let last = &self.function.instructions[block.instructions.end as usize - 1];
        block.successors.len() == 1
            && last.operand_count == 0
            && !last.flags.has(InstructionFlags::CALL)
    }

    /// Notes, or forgets, where values are at the end of a block.
    fn set_homes(&mut self, block: u32, is_set: bool) {
        let walk = self.walk;
        for &Held { value, register } in walk.held(walk.states[block as usize].end) {
            self.values.all[value as usize].register = if is_set { register } else { NO_REGISTER };
        }
    }

    /// The edges that leave a block and whose moves are not at the start of their target.
    fn leave(&mut self, number: u32) {
        let block = &self.function.blocks[number as usize];
        let end = block.instructions.end - 1;
        let arrives_alone = |edge: u32| {
            let to = self.function.edges[edge as usize].to;
            self.function.blocks[to as usize].predecessors.len() == 1
        };
        let mut successors = block.successors.clone();
        if successors.len() != 1 && successors.all(arrives_alone) {
            return;
        }
        self.set_homes(number, true);
        if self.ends_plainly(number) {
            self.edge(block.successors.start, Position::InOrigin, end);
            self.set_homes(number, false);
            return;
        }
        let mut chosen = NONE;
        if block.successors.len() > 1 {
            chosen = self.choose_edge(number).unwrap_or(NONE);
        }
        for edge in block.successors.clone() {
            let to = self.function.edges[edge as usize].to;
            if self.function.blocks[to as usize].predecessors.len() > 1 {
                let own = Position::OwnBlock;
                self.edge(
                    edge,
                    if edge == chosen {
                        Position::InOrigin
                    } else {
                        own
                    },
                    end,
                );
            }
        }
        self.set_homes(number, false);
    }

    /// The edge whose moves can and should be before the last instruction of a block with several successors.
    fn choose_edge(&mut self, number: u32) -> Option<u32> {
        let function = self.function;
        let block = &function.blocks[number as usize];
        let last = &function.instructions[block.instructions.end as usize - 1];
        if last.flags.has(InstructionFlags::CALL) {
            return None;
        }
        let mut needed = [0_u32; PhysicalRegister::COUNT];
        for edge in block.successors.clone() {
            for register in Bits(self.sources(&function.edges[edge as usize])) {
                needed[usize::from(register)] += 1;
            }
        }
        for edge in block.successors.clone() {
            let number = edge;
            let edge = &function.edges[number as usize];
            let target = &function.blocks[edge.to as usize];
            let is_hot = !target.is_cold && target.loop_depth >= block.loop_depth;
            if target.predecessors.len() == 1 || !(is_hot || block.is_cold) {
                continue;
            }
            let own = self.sources(edge);
            self.gather(edge);
            let back = edge.to <= edge.from;
            let mut harmless = !self.group.is_empty();
            for to in self.group.destinations() {
                harmless &= match to.as_register() {
                    Some(r) => needed[usize::from(r.0)] <= u32::from(own & bit(r.0) != 0),
                    None => !back && to.as_word().is_some_and(|word| !self.slots.is_shared(word)),
                };
                harmless &= !self.touches(last.operands(), to);
            }
            self.group.finish(self.file, |_| {});
            if harmless {
                return Some(number);
            }
        }
        None
    }

    /// Whether operands of the last instruction of a block are in this place.
    fn touches(&self, operands: core::ops::Range<usize>, to: Location) -> bool {
        self.locations[operands].contains(&to)
    }

    /// The registers that an edge reads, as bits.
    fn sources(&self, edge: &Edge) -> u64 {
        let walk = self.walk;
        let mut sources = 0;
        let mut read = |value: u32| {
            let register = self.values.all[value as usize].register;
            if register != NO_REGISTER {
                sources |= bit(register);
            }
        };
        for held in walk.held(walk.states[edge.to as usize].entry) {
            read(held.value);
        }
        self.function.lists[edge.arguments.start as usize..edge.arguments.end as usize]
            .iter()
            .for_each(|&argument| read(argument));
        sources
    }

    /// Collects what an edge has to move.
    fn gather(&mut self, edge: &Edge) {
        let walk = self.walk;
        for held in walk.held(walk.states[edge.to as usize].entry) {
            let to = Location::register(PhysicalRegister(held.register));
            self.add(held.value, to);
        }
        let parameters = self.function.blocks[edge.to as usize].parameters.clone();
        for (parameter, argument) in parameters.zip(edge.arguments.clone()) {
            let parameter = self.function.lists[parameter as usize];
            let Value {
                first,
                flags,
                spill,
                ..
            } = self.values.all[parameter as usize];
            let to = if flags & Value::IN_FRAME != 0 {
                let item = walk.spilled[spill as usize];
                if self.is_there(self.function.lists[argument as usize], &item, edge.from) {
                    continue;
                }
                Location::word(item.word)
            } else if first != NO_REGISTER {
                Location::register(PhysicalRegister(first))
            } else {
                continue;
            };
            self.add(self.function.lists[argument as usize], to);
        }
    }

    /// Whether a value is in the word of a parameter when a block ends.
    fn is_there(&self, argument: u32, parameter: &Spilled, block: u32) -> bool {
        let spill = self.values.all[argument as usize].spill;
        let end = self.function.blocks[block as usize].instructions.end - 1;
        self.walk.spilled.get(spill as usize).is_some_and(|item| {
            item.group == parameter.group && item.late == NONE && item.end >= end
        })
    }

    /// Brings a value from where it is to a place.
    fn add(&mut self, value: u32, to: Location) {
        let Value {
            register,
            flags,
            spill,
            definition,
            ..
        } = self.values.all[value as usize];
        let kind = self.function.kinds[value as usize];
        if register != NO_REGISTER {
            self.group
                .add(kind, Location::register(PhysicalRegister(register)), to);
        } else if flags & Value::REPEATABLE != 0 {
            self.group.add_repeat(definition, kind, to);
        } else {
            let from = Location::word(self.walk.spilled[spill as usize].word);
            self.group.add(kind, from, to);
        }
    }

    /// Writes the moves of an edge.
    fn edge(&mut self, number: u32, position: Position, before: u32) {
        let function = self.function;
        self.gather(&function.edges[number as usize]);
        if self.group.is_empty() {
            return;
        }
        if position != Position::OwnBlock {
            let edits = &mut *self.edits;
            self.group
                .finish(self.file, |what| edits.push(Edit { before, what }));
            return;
        }
        let first = self.split_transfers.len() as u32;
        let transfers = &mut *self.split_transfers;
        self.group.finish(self.file, |what| transfers.push(what));
        let end = self.split_transfers.len() as u32;
        self.splits.push(SplitEdge {
            edge: number,
            transfers: first..end,
        });
    }
}
