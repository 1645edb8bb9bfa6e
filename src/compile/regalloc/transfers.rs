//! Several moves at once, as a sequence of moves.
//!
//! Input: moves, no two of them to the same place, all of which read before any writes. Output: [`Transfer`]s to be
//! done one after the other.
//! Holds: a cycle is broken with a scratch register. Emission needs the general scratch register for a move within
//! the frame, so while a cycle has its value in the scratch register of vectors, moves within the frame are of
//! integers.

use alloc::vec::Vec;

use crate::compile::machine::{
    Bank, Location, PhysicalRegister, RegisterFile, Transfer, ValueKind,
};

/// A move.
#[derive(Copy, Clone)]
struct Move {
    kind: ValueKind,
    from: Location,
    to: Location,
}

/// An instruction to execute again.
#[derive(Copy, Clone)]
struct Repeat {
    instruction: u32,
    kind: ValueKind,
    to: Location,
}

/// Moves to be done at once, and working memory.
#[derive(Default)]
pub(super) struct Parallel {
    moves: Vec<Move>,
    repeats: Vec<Repeat>,
    /// By location: the number of the move that writes it, plus one.
    writers: Vec<u32>,
    /// By location: how many moves have to read it yet.
    readers: Vec<u32>,
    ready: Vec<u32>,
}

fn index(location: Location) -> usize {
    match location.as_register() {
        Some(register) => usize::from(register.0),
        None => location.as_word().unwrap_or(0) as usize + PhysicalRegister::COUNT,
    }
}

impl Parallel {
    /// Adds a move; nothing if the value is there.
    pub(super) fn add(&mut self, kind: ValueKind, from: Location, to: Location) {
        if from != to {
            self.moves.push(Move { kind, from, to });
        }
    }

    /// Adds the repetition of an instruction.
    pub(super) fn add_repeat(&mut self, instruction: u32, kind: ValueKind, to: Location) {
        self.repeats.push(Repeat {
            instruction,
            kind,
            to,
        });
    }

    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.moves.is_empty() && self.repeats.is_empty()
    }

    /// Where something is written.
    pub(super) fn destinations(&self) -> impl Iterator<Item = Location> {
        self.moves
            .iter()
            .map(|m| m.to)
            .chain(self.repeats.iter().map(|r| r.to))
    }

    /// Puts the moves in order, and forgets them.
    pub(super) fn finish(&mut self, file: &RegisterFile, mut out: impl FnMut(Transfer)) {
        match self.moves.len() {
            0 => {}
            1 => out(self.moves[0].transfer()),
            _ => self.sequence(file, &mut out),
        }
        self.moves.clear();
        for Repeat {
            instruction,
            kind,
            to,
        } in self.repeats.drain(..)
        {
            if let Some(to) = to.as_register() {
                out(Transfer::Repeat { instruction, to });
                continue;
            }
            let scratch = file.scratch[kind.bank() as usize];
            out(Transfer::Repeat {
                instruction,
                to: scratch,
            });
            out(Transfer::Move {
                kind,
                from: Location::register(scratch),
                to,
            });
        }
    }

    fn sequence(&mut self, file: &RegisterFile, out: &mut dyn FnMut(Transfer)) {
        self.count();
        for number in 0..self.moves.len() as u32 {
            if self.readers[index(self.moves[number as usize].to)] == 0 {
                self.ready.push(number);
            }
        }
        while let Some(number) = self.ready.pop() {
            let done = self.moves[number as usize];
            out(done.transfer());
            self.writers[index(done.to)] = 0;
            let from = index(done.from);
            let Some(readers) = self.readers.get_mut(from) else {
                continue;
            };
            *readers -= 1;
            if *readers == 0 && self.writers[from] != 0 {
                self.ready.push(self.writers[from] - 1);
            }
        }
        for number in 0..self.moves.len() as u32 {
            if self.writers[index(self.moves[number as usize].to)] == number + 1 {
                self.cycle(number, file, out);
            }
        }
        for done in &self.moves {
            self.writers[index(done.to)] = 0;
            if let Some(readers) = self.readers.get_mut(index(done.from)) {
                *readers = 0;
            }
        }
    }

    fn count(&mut self) {
        let size = self
            .moves
            .iter()
            .map(|m| index(m.to) + 1)
            .max()
            .unwrap_or(0);
        if self.writers.len() < size {
            self.writers.resize(size, 0);
            self.readers.resize(size, 0);
        }
        for (number, item) in self.moves.iter().enumerate() {
            self.writers[index(item.to)] = number as u32 + 1;
            if let Some(readers) = self.readers.get_mut(index(item.from)) {
                *readers += 1;
            }
        }
    }

    /// The move that writes what another one reads.
    fn before(&self, item: Move) -> Move {
        self.moves[self.writers[index(item.from)] as usize - 1]
    }

    /// Does the moves of the cycle to which a move belongs.
    fn cycle(&mut self, number: u32, file: &RegisterFile, out: &mut dyn FnMut(Transfer)) {
        let mut last = self.moves[number as usize];
        let mut item = last;
        let mut in_frame = last.is_in_frame();
        while !in_frame {
            item = self.before(item);
            if item.to == last.to {
                break;
            }
            in_frame = item.is_in_frame();
            if in_frame {
                last = item;
            }
        }
        let (kind, scratch) = match (in_frame, last.kind) {
            (true, ValueKind::Vector) => (ValueKind::Vector, file.scratch[Bank::Vector as usize]),
            (true, _) => (ValueKind::Float, file.scratch[Bank::Vector as usize]),
            (false, kind) => (kind, file.scratch[kind.bank() as usize]),
        };
        let scratch = Location::register(scratch);
        out(Transfer::Move {
            kind,
            from: last.from,
            to: scratch,
        });
        let mut item = self.before(last);
        while item.to != last.to {
            item.emit_within_cycle(out);
            let next = self.before(item);
            self.writers[index(item.to)] = 0;
            item = next;
        }
        self.writers[index(last.to)] = 0;
        out(Transfer::Move {
            kind,
            from: scratch,
            to: last.to,
        });
    }
}

impl Move {
    fn transfer(self) -> Transfer {
        Transfer::Move {
            kind: self.kind,
            from: self.from,
            to: self.to,
        }
    }

    fn is_in_frame(self) -> bool {
        self.from.as_word().is_some() && self.to.as_word().is_some()
    }

    fn emit_within_cycle(self, out: &mut dyn FnMut(Transfer)) {
        let (Some(from), Some(to)) = (self.from.as_word(), self.to.as_word()) else {
            return out(self.transfer());
        };
        for half in 0..self.kind.words() {
            out(Transfer::Move {
                kind: ValueKind::Integer,
                from: Location::word(from + half),
                to: Location::word(to + half),
            });
        }
    }
}
