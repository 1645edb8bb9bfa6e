//! Random moves at once, with cycles through registers and the frame.

use std::vec::Vec;

use super::X64;
use super::generate::Random;
use crate::compile::machine::{Location, PhysicalRegister, Transfer, ValueKind};
use crate::compile::regalloc::transfers::Parallel;

/// What each place holds: a number for each half of a register, then the words.
struct Places(Vec<u64>);

fn index(location: Location) -> usize {
    match location.as_register() {
        Some(register) => 2 * usize::from(register.0),
        None => 128 + location.as_word().unwrap() as usize,
    }
}

impl Places {
    fn copy(&mut self, kind: ValueKind, from: Location, to: Location) {
        for half in 0..kind.words() as usize {
            self.0[index(to) + half] = self.0[index(from) + half];
        }
    }
}

#[test]
fn moves_at_once() {
    let register = |number| Location::register(PhysicalRegister(number));
    let groups = [
        (
            ValueKind::Integer,
            [0, 1, 2, 3].map(register),
            [0, 1, 2, 3].map(Location::word),
        ),
        (
            ValueKind::Float,
            [35, 36, 37, 38].map(register),
            [4, 5, 6, 7].map(Location::word),
        ),
        (
            ValueKind::Vector,
            [32, 33, 34, 39].map(register),
            [8, 10, 12, 14].map(Location::word),
        ),
    ];
    let mut random = Random::new(1);
    let mut group = Parallel::default();
    for _ in 0..20_000 {
        let before = Places((0..144).collect());
        let mut expected = Places(before.0.clone());
        for (kind, registers, words) in &groups {
            let places = [*registers, *words].concat();
            // A permutation turned by some steps makes long cycles, other sources make trees.
            let mut order = places.clone();
            for index in (1..order.len()).rev() {
                order.swap(index, random.below(index + 1));
            }
            let in_frame = random.below(3) == 0;
            for (&from, &to) in order.iter().zip(&places) {
                let from = if random.below(6) == 0 {
                    places[random.below(8)]
                } else {
                    from
                };
                let skipped = in_frame && (from.as_word().is_none() || to.as_word().is_none());
                if skipped || random.below(8) == 0 {
                    continue;
                }
                group.add(*kind, from, to);
                for half in 0..kind.words() as usize {
                    expected.0[index(to) + half] = before.0[index(from) + half];
                }
            }
        }
        let mut found = Places(before.0.clone());
        group.finish(&X64, |transfer| {
            let Transfer::Move { kind, from, to } = transfer else {
                return;
            };
            if from.as_word().is_some() && to.as_word().is_some() {
                found.0[index(Location::register(X64.scratch[kind.bank() as usize]))] = u64::MAX;
            }
            found.copy(kind, from, to);
        });
        for scratch in X64.scratch {
            for half in 0..2 {
                let place = index(Location::register(scratch)) + half;
                found.0[place] = before.0[place];
            }
        }
        assert_eq!(found.0, expected.0);
    }
}
