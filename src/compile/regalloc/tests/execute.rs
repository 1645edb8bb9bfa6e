//! Executes functions, before and after allocation: an instruction makes a number of what it reads.

use std::vec;
use std::vec::Vec;

use crate::compile::machine::{
    Allocation, Instruction, InstructionFlags, Location, MachineFunction, PhysicalRegister, Place,
    RegisterFile, Role, Transfer, ValueKind,
};

type Number = [u64; 2];

/// What can be observed: a number of everything that instructions read, and how many there were.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    trace: u64,
    steps: u32,
}

const MOST_STEPS: u32 = 1500;

fn mix(a: u64, b: u64) -> u64 {
    let x = (a ^ b.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (x ^ x >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ x >> 32
}

/// A number of what an instruction reads, the same if commutative operands change places.
fn digest(function: &MachineFunction, instruction: &Instruction, reads: &[Number]) -> u64 {
    let range = instruction.operands();
    let operands = &function.operands[range];
    let mut numbers: Vec<u64> = reads.iter().map(|n| mix(n[0], n[1] ^ 5)).collect();
    if instruction.flags.has(InstructionFlags::COMMUTATIVE) {
        let first = operands
            .iter()
            .position(|o| o.place() == Place::Tied)
            .unwrap();
        let sum = numbers[first + 1].wrapping_add(numbers[first + 2]);
        (numbers[first + 1], numbers[first + 2]) = (sum, 0);
    }
    let start = mix(u64::from(instruction.opcode), u64::from(instruction.a));
    numbers.iter().fold(start, |a, &b| mix(a, b))
}

fn result(digest: u64, reads: &[Number], copies: bool, index: usize, kind: ValueKind) -> Number {
    if copies {
        return reads[1];
    }
    let low = mix(digest, index as u64);
    [
        low,
        if kind == ValueKind::Vector {
            mix(low, 7)
        } else {
            0
        },
    ]
}

fn successor(function: &MachineFunction, block: u32, digest: u64, seed: u64) -> Option<u32> {
    let range = function.blocks[block as usize].successors.clone();
    let count = range.end - range.start;
    if count == 0 {
        return None;
    }
    Some(range.start + (mix(digest, seed) % u64::from(count)) as u32)
}

/// Executes a function with virtual registers.
pub(super) fn execute(function: &MachineFunction, seed: u64) -> Outcome {
    let mut values = vec![[0; 2]; function.kinds.len()];
    let mut outcome = Outcome { trace: 0, steps: 0 };
    let mut block = 0;
    loop {
        let mut last = 0;
        for number in function.blocks[block as usize].instructions.clone() {
            let instruction = &function.instructions[number as usize];
            let operands = &function.operands[instruction.operands()];
            let reads: Vec<Number> = operands
                .iter()
                .map(|o| {
                    if o.is_definition() {
                        [0; 2]
                    } else {
                        values[o.register().0 as usize]
                    }
                })
                .collect();
            last = digest(function, instruction, &reads);
            let copies = instruction.flags.has(InstructionFlags::COPY);
            for (index, operand) in operands
                .iter()
                .enumerate()
                .filter(|(_, o)| o.is_definition())
            {
                let value = operand.register().0 as usize;
                values[value] = result(last, &reads, copies, index, function.kinds[value]);
            }
            outcome.trace = mix(outcome.trace, last);
            outcome.steps += 1;
        }
        let next = successor(function, block, last, seed);
        let Some(edge) = next.filter(|_| outcome.steps < MOST_STEPS) else {
            return outcome;
        };
        let edge = &function.edges[edge as usize];
        let arguments: Vec<Number> = edge
            .arguments
            .clone()
            .map(|a| values[function.lists[a as usize] as usize])
            .collect();
        block = edge.to;
        let parameters = function.blocks[block as usize].parameters.clone();
        for (parameter, argument) in parameters.zip(arguments) {
            values[function.lists[parameter as usize] as usize] = argument;
        }
    }
}

struct Machine<'a> {
    function: &'a MachineFunction,
    file: &'a RegisterFile,
    registers: [Number; 64],
    words: Vec<u64>,
    noise: u64,
}

impl Machine<'_> {
    fn read(&self, location: Location, kind: ValueKind) -> Number {
        if let Some(register) = location.as_register() {
            let number = self.registers[usize::from(register.0)];
            return if kind == ValueKind::Vector {
                number
            } else {
                [number[0], 0]
            };
        }
        let word = location.as_word().unwrap() as usize;
        [
            self.words[word],
            if kind == ValueKind::Vector {
                self.words[word + 1]
            } else {
                0
            },
        ]
    }

    fn write(&mut self, location: Location, kind: ValueKind, number: Number) {
        if let Some(register) = location.as_register() {
            let noise = self.noise();
            let high = if kind == ValueKind::Vector {
                number[1]
            } else {
                noise
            };
            self.registers[usize::from(register.0)] = [number[0], high];
            return;
        }
        let word = location.as_word().unwrap() as usize;
        self.words[word] = number[0];
        if kind == ValueKind::Vector {
            self.words[word + 1] = number[1];
        }
    }

    fn noise(&mut self) -> u64 {
        self.noise = mix(self.noise, 1);
        self.noise
    }

    fn spoil(&mut self, register: PhysicalRegister) {
        self.registers[usize::from(register.0)] = [self.noise(), self.noise()];
    }

    fn transfer(&mut self, transfer: &Transfer) {
        match *transfer {
            Transfer::Move { kind, from, to } => {
                let number = self.read(from, kind);
                if from.as_word().is_some() && to.as_word().is_some() {
                    self.spoil(self.file.scratch[kind.bank() as usize]);
                }
                self.write(to, kind, number);
            }
            Transfer::Repeat { instruction, to } => {
                let instruction = &self.function.instructions[instruction as usize];
                let operand = self.function.operands[instruction.operands().start];
                let digest = digest(self.function, instruction, &[[0; 2]]);
                let kind = self.function.kinds[operand.register().0 as usize];
                let number = result(digest, &[], false, 0, kind);
                self.write(Location::register(to), kind, number);
            }
        }
    }

    fn instruction(&mut self, instruction: &Instruction, locations: &[Location]) -> u64 {
        let operands = &self.function.operands[instruction.operands()];
        let kinds: Vec<ValueKind> = operands
            .iter()
            .map(|o| self.function.kinds[o.register().0 as usize])
            .collect();
        let mut reads = vec![[0; 2]; operands.len()];
        for early in [true, false] {
            for (index, operand) in operands.iter().enumerate() {
                let is_now = if early {
                    Role::EarlyDefinition
                } else {
                    Role::Definition
                };
                if operand.role() == is_now && locations[index] != Location::NONE {
                    self.spoil(locations[index].as_register().unwrap());
                }
            }
            let role = if early { Role::Use } else { Role::LateUse };
            for (index, _) in operands
                .iter()
                .enumerate()
                .filter(|(_, o)| o.role() == role)
            {
                reads[index] = self.read(locations[index], kinds[index]);
            }
        }
        if instruction.flags.has(InstructionFlags::CALL) {
            for register in (0..64).filter(|r| self.file.preserved & 1 << r == 0) {
                self.spoil(PhysicalRegister(register));
            }
        }
        let digest = digest(self.function, instruction, &reads);
        let copies = instruction.flags.has(InstructionFlags::COPY);
        for (index, _) in operands
            .iter()
            .enumerate()
            .filter(|&(index, o)| o.is_definition() && locations[index] != Location::NONE)
        {
            let number = result(digest, &reads, copies, index, kinds[index]);
            self.write(locations[index], kinds[index], number);
        }
        for scratch in self.file.scratch {
            self.spoil(scratch);
        }
        digest
    }
}

/// Executes a function with its allocation.
pub(super) fn execute_allocated(
    function: &MachineFunction,
    file: &RegisterFile,
    allocation: &Allocation,
    seed: u64,
) -> Outcome {
    let words = vec![0xBAD; allocation.frame_words as usize];
    let mut machine = Machine {
        function,
        file,
        registers: [[0xBAD; 2]; 64],
        words,
        noise: 99,
    };
    let mut outcome = Outcome { trace: 0, steps: 0 };
    let mut block = 0;
    loop {
        let range = function.blocks[block as usize].instructions.clone();
        let mut edit = allocation
            .edits
            .partition_point(|edit| edit.before < range.start);
        let mut last = 0;
        for number in range {
            while let Some(next) = allocation.edits.get(edit).filter(|e| e.before == number) {
                machine.transfer(&next.what);
                edit += 1;
            }
            let instruction = &function.instructions[number as usize];
            last = machine.instruction(instruction, &allocation.locations[instruction.operands()]);
            outcome.trace = mix(outcome.trace, last);
            outcome.steps += 1;
        }
        let next = successor(function, block, last, seed);
        let Some(edge) = next.filter(|_| outcome.steps < MOST_STEPS) else {
            return outcome;
        };
        if let Ok(split) = allocation
            .splits
            .binary_search_by_key(&edge, |split| split.edge)
        {
            for index in allocation.splits[split].transfers.clone() {
                machine.transfer(&allocation.split_transfers[index as usize]);
            }
        }
        block = function.edges[edge as usize].to;
    }
}
