//! How long allocations take: for large functions of several kinds.

use std::println;
use std::time::Instant;
use std::vec::Vec;

use super::generate::{Builder, any, copy_of, d, generate, r};
use super::{Scratch, X64, allocate};
use crate::compile::machine::{Allocation, MachineFunction, Place, ValueKind};

const INT: ValueKind = ValueKind::Integer;

/// Allocates several times and prints how long the quickest took.
fn time(name: &str, function: &MachineFunction) {
    let mut scratch = Scratch::default();
    let mut allocation = Allocation::default();
    let mut best = u128::MAX;
    for _ in 0..5 {
        let mut copy = copy_of(function);
        let start = Instant::now();
        let result = allocate(&mut copy, &X64, &mut scratch, &mut allocation);
        best = best.min(start.elapsed().as_nanos());
        assert_eq!(result, Ok(()), "{name}");
    }
    let live = scratch.liveness.total();
    let (instructions, operands) = (function.instructions.len(), function.operands.len());
    println!(
        "{name}: {instructions} instructions, {operands} operands, {} blocks, {live} live in, \
         {} edits: {} ns/instruction, {} ns/operand",
        function.blocks.len(),
        allocation.edits.len(),
        best / instructions as u128,
        best / operands.max(1) as u128
    );
}

fn plain(b: &mut Builder, operands: &[u32]) -> u32 {
    let value = b.value(INT);
    let mut all = [d(value, Place::Register)].to_vec();
    all.extend(operands.iter().map(|&value| r(value)));
    b.emit(19, 0, &all);
    value
}

fn begin(b: &mut Builder) -> u32 {
    let label = b.label(&[]);
    b.begin(&label);
    plain(b, &[])
}

/// Many small blocks, each with a branch around the next one.
fn many_blocks(count: usize) -> MachineFunction {
    let mut b = Builder::default();
    let mut last = begin(&mut b);
    for _ in 0..count / 2 {
        let (mut on, mut after) = (b.label(&[]), b.label(&[INT]));
        let other = plain(&mut b, &[last]);
        b.go(&mut on, &[]);
        b.go(&mut after, &[last]);
        b.end(4, &[r(other), any(last)]);
        b.begin(&on);
        let changed = plain(&mut b, &[other, last]);
        b.go(&mut after, &[changed]);
        b.end(3, &[]);
        last = b.begin(&after).1[0];
    }
    b.end(2, &[r(last)]);
    b.finish()
}

/// Many values that are all live at once.
fn many_values(count: usize) -> MachineFunction {
    let mut b = Builder::default();
    let first = begin(&mut b);
    let values: Vec<u32> = (0..count).map(|_| plain(&mut b, &[first])).collect();
    let mut sum = first;
    for value in values {
        sum = plain(&mut b, &[sum, value]);
    }
    b.end(2, &[r(sum)]);
    b.finish()
}

/// Loops within loops, with some values that are live through all of them.
fn deep_loops(depth: usize) -> MachineFunction {
    let mut b = Builder::default();
    let first = begin(&mut b);
    let values: Vec<u32> = (0..10).map(|_| plain(&mut b, &[first])).collect();
    let mut headers = Vec::new();
    for _ in 0..depth {
        let mut head = b.label(&[INT]);
        b.go(&mut head, &[first]);
        b.end(3, &[]);
        headers.push(b.begin_loop(&head));
    }
    for (header, parameters) in headers.into_iter().rev() {
        let next = plain(&mut b, &[parameters[0], values[header as usize % 10]]);
        let mut exit = b.label(&[]);
        b.back(header, &[next]);
        b.go(&mut exit, &[]);
        b.end(4, &[r(next)]);
        b.end_loop(header);
        b.begin(&exit);
    }
    b.end(2, &[r(first)]);
    b.finish()
}

/// A switch whose arms all lead to one block with many parameters.
fn wide_merge(arms: usize, parameters: usize) -> MachineFunction {
    let mut b = Builder::default();
    let first = begin(&mut b);
    let values: Vec<u32> = (0..parameters).map(|_| plain(&mut b, &[first])).collect();
    let mut after = b.label(&[INT].repeat(parameters));
    let mut labels: Vec<_> = (0..arms).map(|_| b.label(&[])).collect();
    for label in &mut labels {
        b.go(label, &[]);
    }
    b.end(5, &[r(first)]);
    for label in &labels {
        b.begin(label);
        b.go(&mut after, &values);
        b.end(3, &[]);
    }
    let (_, merged) = b.begin(&after);
    let sum = merged
        .into_iter()
        .fold(first, |sum, value| plain(&mut b, &[sum, value]));
    b.end(2, &[r(sum)]);
    b.finish()
}

/// Prints times of a release build if the environment variable `WAZIR_TIMES` is set; else it only sees that small ones
/// of each kind work.
#[test]
fn speed() {
    let is_full = std::env::var("WAZIR_TIMES").is_ok();
    let sizes: &[usize] = if is_full {
        &[100, 1000, 10_000, 100_000, 1_000_000]
    } else {
        &[1000]
    };
    for &size in sizes {
        let function = generate(3, size, 24, &X64);
        time(&std::format!("random {size}"), &function);
    }
    let sizes: &[usize] = if is_full { &[5_000, 50_000] } else { &[5_000] };
    for &size in sizes {
        time("many blocks", &many_blocks(size));
        time("many values", &many_values(size / 5));
        time("deep loops", &deep_loops(size / 50));
        time("wide merge", &wide_merge(size / 50, 100));
    }
}
