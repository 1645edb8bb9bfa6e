//! A check of an allocation that shares no code with what made it.
//!
//! Input: a function and its [`Allocation`]. Output: nothing, or what is wrong.
//! Holds: walks forward with the set of virtual registers that each register and each word of the frame certainly
//! holds, until nothing changes; where edges meet, what all of them say holds.

use crate::ordered_map::OrderedMap;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::compile::machine::{
    Allocation, Edge, Instruction, InstructionFlags, Location, MachineFunction, Operand,
    PhysicalRegister, Place, RegisterFile, Role, Transfer, ValueKind,
};

type Set = Vec<u32>;
type Result<T> = core::result::Result<T, String>;

/// The virtual registers that each place holds: registers, then words. A vector is noted at its first word, and
/// `HALF` at its second.
#[derive(Clone)]
struct State(Vec<Set>);

const HALF: u32 = u32::MAX;
/// The second halves of moves in two parts are told from the first by this bit.
const UPPER: u32 = 1 << 31;

struct Checker<'a> {
    function: &'a MachineFunction,
    file: &'a RegisterFile,
    allocation: &'a Allocation,
    allocatable: u64,
    born: Vec<u32>,
}

/// Checks an allocation.
pub(crate) fn check(
    function: &MachineFunction,
    file: &RegisterFile,
    allocation: &Allocation,
) -> Result<()> {
    let allocatable = file
        .allocatable
        .iter()
        .flat_map(|list| list.iter())
        .fold(0, |bits, r| bits | 1 << r.0);
    let checker = Checker {
        function,
        file,
        allocation,
        allocatable,
        born: births(function),
    };
    checker.check_order()?;
    let mut entries: Vec<Option<State>> = vec![None; function.blocks.len()];
    let places = PhysicalRegister::COUNT + allocation.frame_words as usize;
    entries[0] = Some(State(vec![Set::new(); places]));
    let mut changed = OrderedMap::new();
    changed.insert(0, ());
    while let Some((number, ())) = changed.pop_first() {
        let Some(entry) = &entries[number as usize] else {
            continue;
        };
        let state = checker.block(number, entry.clone())?;
        for edge in function.blocks[number as usize].successors.clone() {
            let target = function.edges[edge as usize].to;
            let arriving = checker.edge(edge, state.clone())?;
            let is_changed = match &mut entries[target as usize] {
                Some(entry) => entry.meet(&arriving),
                entry => {
                    *entry = Some(arriving);
                    true
                }
            };
            if is_changed {
                changed.insert(target, ());
            }
        }
    }
    Ok(())
}

fn index(location: Location) -> usize {
    match (location.as_register(), location.as_word()) {
        (Some(register), _) => usize::from(register.0),
        (_, Some(word)) => PhysicalRegister::COUNT + word as usize,
        _ => usize::MAX,
    }
}

impl State {
    /// Keeps what both say. Returns whether that is less than before.
    fn meet(&mut self, other: &State) -> bool {
        let mut is_changed = false;
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            let before = mine.len();
            if before != 0 && mine != theirs {
                mine.retain(|value| theirs.contains(value));
                is_changed |= mine.len() != before;
            }
        }
        is_changed
    }

    /// Something else is in a place.
    fn clear(&mut self, location: Location, kind: ValueKind) {
        for half in 0..if location.as_word().is_some() {
            kind.words() as usize
        } else {
            1
        } {
            self.clear_place(index(location) + half);
        }
    }

    fn clear_place(&mut self, place: usize) {
        // A vector that loses its second half is lost.
        if self.0[place].contains(&HALF) {
            self.0[place - 1].clear();
        }
        self.0[place].clear();
        if let Some(next) = self.0.get_mut(place + 1) {
            if place >= PhysicalRegister::COUNT {
                next.retain(|&value| value != HALF);
            }
        }
    }

    fn put(&mut self, location: Location, kind: ValueKind, values: Set) {
        self.clear(location, kind);
        let place = index(location);
        if kind == ValueKind::Vector && location.as_word().is_some() {
            self.0[place + 1].push(HALF);
            self.0[place + 1].extend(values.iter().map(|value| value | UPPER));
        }
        self.0[place] = values;
    }
}

impl Checker<'_> {
    fn kind(&self, value: u32) -> ValueKind {
        self.function.kinds[value as usize]
    }

    fn check_order(&self) -> Result<()> {
        let allocation = self.allocation;
        if allocation.locations.len() != self.function.operands.len() {
            return Err("not one location per operand".into());
        }
        if !allocation.edits.is_sorted_by_key(|edit| edit.before) {
            return Err("edits are not in order".into());
        }
        Ok(())
    }

    fn check_place(&self, location: Location, kind: ValueKind) -> Result<()> {
        let Some(word) = location.as_word() else {
            let bank = location.as_register().map(PhysicalRegister::bank);
            return if bank == Some(kind.bank()) {
                Ok(())
            } else {
                Err("wrong bank".into())
            };
        };
        if location == Location::NONE || word + kind.words() > self.allocation.frame_words {
            return Err(format!("word {word} is not in the frame"));
        }
        if kind == ValueKind::Vector && word % 2 != 0 {
            return Err(format!("word {word} of a vector is odd"));
        }
        Ok(())
    }

    fn check_written(&self, register: PhysicalRegister) -> Result<()> {
        let bit = 1 << register.0;
        if (self.allocatable | 1 << self.file.scratch[0].0 | 1 << self.file.scratch[1].0) & bit == 0
        {
            return Err(format!("r{} is not to be written", register.0));
        }
        if self.allocation.written & bit == 0 {
            return Err(format!("r{} is written in secret", register.0));
        }
        Ok(())
    }

    fn block(&self, number: u32, mut state: State) -> Result<State> {
        let block = &self.function.blocks[number as usize];
        let edits = &self.allocation.edits;
        let mut edit = edits.partition_point(|edit| edit.before < block.instructions.start);
        for number in block.instructions.clone() {
            while edits.get(edit).is_some_and(|edit| edit.before == number) {
                self.transfer(&mut state, &edits[edit].what)
                    .map_err(|error| format!("edit before {number}: {error}"))?;
                edit += 1;
                if number == block.instructions.start && block.predecessors.len() == 1 {
                    self.alias(&mut state, block.predecessors.start);
                }
            }
            self.instruction(&mut state, &self.function.instructions[number as usize])
                .map_err(|error| format!("instruction {number}: {error}"))?;
        }
        Ok(state)
    }

    fn transfer(&self, state: &mut State, transfer: &Transfer) -> Result<()> {
        match *transfer {
            Transfer::Repeat { instruction, to } => {
                self.check_written(to)?;
                let instruction = &self.function.instructions[instruction as usize];
                if !instruction.flags.has(InstructionFlags::REPEATABLE) {
                    return Err("repeats what is not repeatable".into());
                }
                let value = self.function.operands[instruction.operands().start]
                    .register()
                    .0;
                self.check_place(Location::register(to), self.kind(value))?;
                state.put(Location::register(to), self.kind(value), vec![value]);
            }
            Transfer::Move { kind, from, to } => {
                self.check_place(from, kind)?;
                self.check_place(to, kind)?;
                let mut values = state.0[index(from)].clone();
                if let Some(register) = to.as_register() {
                    self.check_written(register)?;
                }
                if from.as_word().is_some() && to.as_word().is_some() {
                    // Emission uses a scratch register of the bank for this.
                    let scratch = self.file.scratch[kind.bank() as usize];
                    state.clear(Location::register(scratch), kind);
                }
                if kind != ValueKind::Integer {
                    values.retain(|&value| value != HALF);
                }
                let joins = kind == ValueKind::Integer && values.contains(&HALF);
                let word = to.as_word().unwrap_or(0);
                if joins && word > 0 {
                    self.join(state, to, &values);
                    return Ok(());
                }
                values.retain(|&value| self.fits(value, kind, from, to));
                state.put(to, kind, values);
            }
        }
        Ok(())
    }

    /// Whether a place that held a value holds it after a move of this kind.
    fn fits(&self, value: u32, kind: ValueKind, from: Location, to: Location) -> bool {
        if value & UPPER != 0 {
            return false;
        }
        let known = self.kind(value);
        let in_frame = from.as_word().is_some() && to.as_word().is_some();
        known.words() <= kind.words() || in_frame && known == ValueKind::Vector
    }

    /// The second half of a vector arrives in the frame, after the first.
    fn join(&self, state: &mut State, to: Location, values: &Set) {
        let place = index(to);
        state.clear_place(place);
        let whole: Set = state.0[place - 1]
            .iter()
            .copied()
            .filter(|value| value & UPPER == 0 && values.contains(&(value | UPPER)))
            .collect();
        state.0[place - 1] = whole;
        state.0[place] = values.clone();
    }

    fn instruction(&self, state: &mut State, instruction: &Instruction) -> Result<()> {
        let range = instruction.operands();
        let operands = &self.function.operands[range.clone()];
        let locations = &self.allocation.locations[range];
        if instruction.flags.has(InstructionFlags::REPEATABLE) && *locations == [Location::NONE] {
            return Ok(());
        }
        let both = || operands.iter().copied().zip(locations.iter().copied());
        let copied = if instruction.flags.has(InstructionFlags::COPY) {
            state.0[index(locations[1])].clone()
        } else {
            Set::new()
        };
        for (operand, location) in both() {
            self.check_operand(state, operand, location)?;
        }
        self.check_collisions(operands, locations)?;
        if instruction.flags.has(InstructionFlags::CALL) {
            let lost = self.allocatable & !self.file.preserved;
            for register in (0..64).filter(|r| lost & 1 << r != 0) {
                state.0[register].clear();
            }
        }
        for (operand, location) in both().filter(|(operand, _)| operand.is_definition()) {
            let value = operand.register().0;
            let mut values = copied.clone();
            values.retain(|&value| value & UPPER == 0);
            values.push(value);
            state.put(location, self.kind(value), values);
        }
        for scratch in self.file.scratch {
            state.0[usize::from(scratch.0)].clear();
        }
        Ok(())
    }

    fn check_operand(&self, state: &State, operand: Operand, location: Location) -> Result<()> {
        let value = operand.register().0;
        self.check_place(location, self.kind(value))?;
        let register = location.as_register();
        match operand.place() {
            Place::Fixed(fixed) if register != Some(fixed) => {
                return Err(format!("v{value} is not in r{}", fixed.0));
            }
            Place::Any => {}
            _ if register.is_none() => return Err(format!("v{value} is not in a register")),
            _ => {}
        }
        if operand.is_definition() {
            return register.map_or(Ok(()), |register| self.check_written(register));
        }
        let allowed = register
            .is_none_or(|r| self.allocatable & 1 << r.0 != 0 || operand.place() == Place::Fixed(r));
        if !allowed || !state.0[index(location)].contains(&value) {
            return Err(format!("v{value} is not in place {}", index(location)));
        }
        Ok(())
    }

    fn check_collisions(&self, operands: &[Operand], locations: &[Location]) -> Result<()> {
        for (number, operand) in operands.iter().enumerate() {
            if !operand.is_definition() {
                continue;
            }
            let is_early = operand.role() == Role::EarlyDefinition;
            if operand.place() == Place::Tied && locations[number] != locations[number + 1] {
                return Err("a tied definition is not with its use".into());
            }
            for (other, location) in locations.iter().enumerate() {
                let collides = match operands[other].role() {
                    Role::Use => is_early,
                    Role::LateUse => true,
                    _ => other != number,
                };
                if collides && *location == locations[number] {
                    return Err(format!("operands {number} and {other} collide"));
                }
            }
        }
        Ok(())
    }

    /// The parameters of a block and their arguments, which the edge with this number passes.
    fn passed(&self, number: u32) -> Vec<(u32, u32)> {
        let Edge { to, arguments, .. } = self.function.edges[number as usize].clone();
        let parameters = self.function.blocks[to as usize].parameters.clone();
        parameters
            .zip(arguments)
            .map(|(p, a)| {
                (
                    self.function.lists[p as usize],
                    self.function.lists[a as usize],
                )
            })
            .collect()
    }

    /// What the moves of the only edge into a block bring is the parameter as well as the argument.
    fn alias(&self, state: &mut State, predecessor: u32) {
        let edge = self.function.lists[predecessor as usize];
        for (parameter, argument) in self.passed(edge) {
            for place in &mut state.0 {
                for half in [0, UPPER] {
                    let has = place.contains(&(argument | half));
                    if has && !place.contains(&(parameter | half)) {
                        place.push(parameter | half);
                    }
                }
            }
        }
    }

    fn edge(&self, number: u32, mut state: State) -> Result<State> {
        let splits = self.allocation.splits.iter();
        for split in splits.filter(|split| split.edge == number) {
            for index in split.transfers.clone() {
                self.transfer(&mut state, &self.allocation.split_transfers[index as usize])
                    .map_err(|error| format!("edge {number}: {error}"))?;
            }
        }
        let passed = self.passed(number);
        let Edge { from, to, .. } = self.function.edges[number as usize].clone();
        for place in state.0.iter_mut().filter(|place| !place.is_empty()) {
            let mut new = Set::new();
            for &(parameter, argument) in &passed {
                for half in [0, UPPER] {
                    if place.contains(&(argument | half)) {
                        new.push(parameter | half);
                    }
                }
            }
            if to <= from {
                // What the loop defines is defined again.
                place.retain(|&v| v == HALF || self.born[(v & !UPPER) as usize] < to);
            }
            place.extend(new);
        }
        Ok(state)
    }
}

/// The block in which each virtual register is defined.
fn births(function: &MachineFunction) -> Vec<u32> {
    let mut born = vec![0; function.kinds.len()];
    for (number, block) in function.blocks.iter().enumerate() {
        for index in block.parameters.clone() {
            born[function.lists[index as usize] as usize] = number as u32;
        }
        for index in block.instructions.clone() {
            for operand in function.instructions[index as usize].operands() {
                let operand = function.operands[operand];
                if operand.is_definition() {
                    born[operand.register().0 as usize] = number as u32;
                }
            }
        }
    }
    born
}
