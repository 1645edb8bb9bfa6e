//! The forward walk: in which register each value is at each point.
//!
//! Input: the function, [`Liveness`] and [`Values`]. Output: the locations of operands, edits within blocks, what
//! each block begins and ends with, and the values that need a place in the frame.
//! Holds: a value is in at most one register between instructions. A value that is in none is in the frame, from its
//! one store on, or can be made again.

use alloc::vec::Vec;

use super::liveness::Liveness;
use super::slots::Spilled;
use super::transfers::Parallel;
use super::values::{AWAY, CROSSES, DEAD, NO_REGISTER, NONE, Value, Values};
use super::{Error, Scratch};
use crate::compile::machine::{
    Allocation, Bank, Edit, Location, MachineFunction, PhysicalRegister, RegisterFile, Transfer,
    ValueKind,
};

/// A value in a register.
#[derive(Copy, Clone)]
pub(super) struct Held {
    pub(super) value: u32,
    pub(super) register: u8,
}

/// What is in registers when a block begins, besides its parameters, and when it ends: ranges of [`Memory::held`].
#[derive(Copy, Clone, Default)]
pub(super) struct BlockState {
    pub(super) entry: (u32, u32),
    pub(super) end: (u32, u32),
}

/// What the walk leaves behind, and its working memory.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) spilled: Vec<Spilled>,
    /// The blocks with parameters that are in the frame when the block begins.
    pub(super) in_frame: Vec<u32>,
    /// The operands whose location is the number of a [`Spilled`] instead of a word.
    pub(super) frame_operands: Vec<u32>,
    pub(super) held: Vec<Held>,
    /// By block.
    pub(super) states: Vec<BlockState>,
    /// By block: one that dominates it, if possible the nearest.
    pub(super) dominators: Vec<u32>,
    /// Values that may stay in registers: the next use of each in the upper half, and in the lower one which of
    /// [`Memory::held`] it is. As plain numbers, for which there is a sort in the library already.
    pub(super) candidates: Vec<u64>,
    pub(super) group: Parallel,
}

impl Memory {
    /// The values that are in registers in a part of a block's state.
    pub(super) fn held(&self, range: (u32, u32)) -> &[Held] {
        &self.held[range.0 as usize..range.1 as usize]
    }

    fn reset(&mut self, blocks: usize) {
        self.spilled.clear();
        self.in_frame.clear();
        self.frame_operands.clear();
        self.held.clear();
        self.states.clear();
        self.states.resize(blocks, BlockState::default());
        self.dominators.clear();
        self.dominators.resize(blocks, 0);
    }
}

/// The state of the walk.
pub(super) struct Walk<'a> {
    pub(super) function: &'a mut MachineFunction,
    pub(super) file: &'a RegisterFile,
    pub(super) liveness: &'a Liveness,
    pub(super) values: &'a mut Values,
    pub(super) memory: &'a mut Memory,
    pub(super) out: &'a mut Allocation,
    /// Which registers can be allocated, by bank.
    pub(super) allocatable: [u64; 2],
    /// What is in which register, if its bit in `occupied` is set.
    pub(super) holders: [u32; PhysicalRegister::COUNT],
    pub(super) occupied: u64,
    /// Registers that are better left to parameters of the loop.
    pub(super) avoid: u64,
    pub(super) block: u32,
    /// How often the current block is executed, as a number to compare.
    pub(super) weight: u32,
    /// The current instruction.
    pub(super) point: u32,
    pub(super) mark: u32,
}

/// The bit of a register.
#[inline]
pub(super) fn bit(register: u8) -> u64 {
    1 << (register % 64)
}

/// The registers whose bits are set.
pub(super) struct Bits(pub(super) u64);

impl Iterator for Bits {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        if self.0 == 0 {
            return None;
        }
        let register = self.0.trailing_zeros() as u8;
        self.0 &= self.0 - 1;
        Some(register)
    }
}

/// Walks over the function.
pub(super) fn run(
    function: &mut MachineFunction,
    file: &RegisterFile,
    scratch: &mut Scratch,
    out: &mut Allocation,
) -> Result<(), Error> {
    scratch.walk.reset(function.blocks.len());
    let bits = |bank: Bank| {
        file.allocatable[bank as usize]
            .iter()
            .fold(0, |b, r| b | bit(r.0))
    };
    let mut walk = Walk {
        allocatable: [bits(Bank::Integer), bits(Bank::Vector)],
        function,
        file,
        liveness: &scratch.liveness,
        values: &mut scratch.values,
        memory: &mut scratch.walk,
        out,
        holders: [NONE; PhysicalRegister::COUNT],
        occupied: 0,
        avoid: 0,
        block: 0,
        weight: 0,
        point: 0,
        mark: 0,
    };
    for number in 0..walk.function.blocks.len() as u32 {
        walk.enter(number);
        for instruction in walk.function.blocks[number as usize].instructions.clone() {
            walk.instruction(instruction)?;
        }
        walk.leave(number);
    }
    Ok(())
}

impl Walk<'_> {
    #[inline]
    pub(super) fn value(&mut self, value: u32) -> &mut Value {
        &mut self.values.all[value as usize]
    }

    #[inline]
    pub(super) fn kind(&self, value: u32) -> ValueKind {
        self.function.kinds[value as usize]
    }

    #[inline]
    pub(super) fn bank(&self, value: u32) -> usize {
        self.kind(value).bank() as usize
    }

    /// Puts a value into a register that is free.
    #[inline]
    pub(super) fn hold(&mut self, value: u32, register: u8) {
        self.holders[usize::from(register % 64)] = value;
        self.occupied |= bit(register);
        self.value(value).register = register;
    }

    /// Takes a value out of its register, if it is in one.
    #[inline]
    pub(super) fn release(&mut self, value: u32) {
        let register = self.value(value).register;
        if register != NO_REGISTER {
            self.occupied &= !bit(register);
            self.value(value).register = NO_REGISTER;
        }
    }

    /// The first instruction behind the blocks before this one.
    pub(super) fn start_of(&self, block: u32) -> u32 {
        self.function.blocks[block as usize - 1].instructions.end
    }

    /// When a value is used next of which no use is known in front: by way of a loop through which it is live, or
    /// never.
    #[inline]
    pub(super) fn next_through(&self, value: u32) -> u32 {
        let through = &self.values.through[value as usize];
        if self.block >= through.end {
            return DEAD;
        }
        let (end, distance) = if self.block < through.near_end {
            (through.near_end, through.near_distance)
        } else {
            (through.end, through.distance)
        };
        (self.start_of(end) + (distance & !(CROSSES | AWAY))) | distance & (CROSSES | AWAY)
    }

    /// A register among `allowed` that is free, the best one for a value. Registers in `allowed` are of its bank.
    pub(super) fn pick(&mut self, value: u32, allowed: u64) -> Option<u8> {
        let bank = self.bank(value);
        let mut free = allowed & self.allocatable[bank] & !self.occupied;
        if free == 0 {
            return None;
        }
        let Value {
            next, link, wish, ..
        } = *self.value(value);
        let preserved = self.file.preserved;
        let is_kept = next & CROSSES != 0 && !self.out.frameless.has(self.block);
        if is_kept && free & preserved != 0 {
            free &= preserved;
        }
        if wish != NO_REGISTER && free & bit(wish) != 0 {
            return Some(wish);
        }
        if link != NONE {
            let parameter = *self.value(link);
            for suited in [parameter.first, parameter.wish] {
                if suited != NO_REGISTER && free & bit(suited) != 0 {
                    return Some(suited);
                }
            }
        }
        for better in [!preserved, !self.avoid] {
            if free & better != 0 {
                free &= better;
            }
        }
        let order = self.file.allocatable[bank];
        let found = order.iter().find(|r| free & bit(r.0) != 0)?.0;
        if link != NONE && self.value(link).wish == NO_REGISTER {
            self.value(link).wish = found;
        }
        Some(found)
    }

    /// The register among these, all of which are occupied, whose value is used last.
    pub(super) fn farthest(&self, registers: u64) -> Option<u8> {
        let mut best = None;
        let mut most = 0;
        for register in Bits(registers & self.occupied) {
            let value = &self.values.all[self.holders[usize::from(register)] as usize];
            let is_free = value.spill != NONE || value.has(Value::REPEATABLE);
            let mut next = value.next_use();
            if self.file.preserved & bit(register) == 0 {
                next |= value.next & AWAY;
            }
            let key = (u64::from(next) << 1 | u64::from(is_free)) + 1;
            if key > most {
                most = key;
                best = Some(register);
            }
        }
        best
    }

    /// Takes the value out of a register; it can be had again from the frame or by repetition.
    pub(super) fn evict(&mut self, register: u8) {
        let value = self.holders[usize::from(register % 64)];
        self.release(value);
        let known = *self.value(value);
        if known.is_dead() || known.has(Value::REPEATABLE) {
            return;
        }
        if known.spill != NONE || self.weight >= known.weight() {
            self.store_before(value, self.block);
            return;
        }
        let spill = self.spill(value);
        let item = &mut self.memory.spilled[spill as usize];
        item.late = self.block;
        (item.start, item.end) = (self.point, self.point);
        let (kind, before) = (item.kind, self.point);
        let from = Location::register(PhysicalRegister(register));
        self.edit(
            before,
            Transfer::Move {
                kind,
                from,
                to: Location::word(spill),
            },
        );
    }

    /// Sees to it that a value is in the frame from a point in a block on where it is in a register so far. Returns
    /// its number.
    pub(super) fn store_before(&mut self, value: u32, block: u32) -> u32 {
        let number = self.spill(value);
        let spill = number as usize;
        let late = self.memory.spilled[spill].late;
        if late != NONE && !self.dominates(late, block) {
            let item = &mut self.memory.spilled[spill];
            let known = &self.values.all[value as usize];
            item.late = NONE;
            item.start = known.definition + u32::from(!known.has(Value::PARAMETER));
        }
        number
    }

    /// Whether one block certainly dominates another one.
    fn dominates(&self, above: u32, mut block: u32) -> bool {
        for _ in 0..64 {
            if block <= above {
                break;
            }
            block = self.memory.dominators[block as usize];
        }
        block == above
    }

    /// A block that dominates both of these.
    pub(super) fn common_dominator(&self, mut a: u32, mut b: u32) -> u32 {
        for _ in 0..64 {
            if a == b {
                return a;
            }
            let lower = if a > b { &mut a } else { &mut b };
            *lower = self.memory.dominators[*lower as usize];
        }
        0
    }

    /// A free register among `allowed`, or else one among them and `evictable` whose value is evicted.
    pub(super) fn pick_or_evict(&mut self, value: u32, allowed: u64, evictable: u64) -> Option<u8> {
        if let Some(register) = self.pick(value, allowed) {
            return Some(register);
        }
        let bank = self.bank(value);
        let register = self.farthest(allowed & evictable & self.allocatable[bank])?;
        self.evict(register);
        Some(register)
    }

    /// Gives a value a place in the frame. Returns its number.
    pub(super) fn spill(&mut self, value: u32) -> u32 {
        let Value {
            spill,
            definition,
            flags,
            ..
        } = *self.value(value);
        if spill != NONE {
            return spill;
        }
        let number = self.memory.spilled.len() as u32;
        let start = definition + u32::from(flags & Value::PARAMETER == 0);
        let kind = self.kind(value);
        self.memory.spilled.push(Spilled {
            value,
            kind,
            start,
            end: start,
            late: NONE,
            word: NONE,
            group: number,
            next: NONE,
            members: 1,
        });
        self.value(value).spill = number;
        number
    }

    /// A value is read in the frame at a point in the current block or on an edge that leaves it or enters it.
    pub(super) fn read_in_frame(&mut self, value: u32, point: u32) {
        let spill = self.value(value).spill;
        if spill == NONE {
            return;
        }
        let loops_end = self.values.through[value as usize].end;
        let end = if self.block < loops_end {
            self.start_of(loops_end)
        } else {
            point
        };
        let item = &mut self.memory.spilled[spill as usize];
        item.end = item.end.max(end).max(point);
    }

    /// Adds an edit before an instruction.
    pub(super) fn edit(&mut self, before: u32, what: Transfer) {
        self.out.edits.push(Edit { before, what });
    }

    /// Brings a value that is in no register into one, before an instruction.
    pub(super) fn reload(&mut self, value: u32, register: u8, before: u32) {
        let to = PhysicalRegister(register);
        let Value {
            spill,
            definition,
            flags,
            ..
        } = *self.value(value);
        self.hold(value, register);
        if flags & Value::REPEATABLE != 0 {
            self.edit(
                before,
                Transfer::Repeat {
                    instruction: definition,
                    to,
                },
            );
            return;
        }
        let kind = self.kind(value);
        self.read_in_frame(value, before);
        let (from, to) = (Location::word(spill), Location::register(to));
        self.edit(before, Transfer::Move { kind, from, to });
    }
}
