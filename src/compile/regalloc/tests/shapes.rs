//! Functions with typical loops, and large ones.

use std::println;
use std::vec::Vec;

use super::gauge::Gauge;
use super::generate::{Builder, any, at, d, r};
use super::{Scratch, X64, allocate_and_check, print};
use crate::compile::machine::{InstructionFlags, MachineFunction, Operand, Place, ValueKind};

const INT: ValueKind = ValueKind::Integer;
const FLOAT: ValueKind = ValueKind::Float;
const RAX: u8 = 0;
const RDI: u8 = 7;
const RSI: u8 = 6;
const R15: u8 = 15;

fn int(builder: &mut Builder) -> u32 {
    builder.value(INT)
}

fn constant(builder: &mut Builder) -> u32 {
    let value = int(builder);
    builder.emit(
        10,
        InstructionFlags::REPEATABLE,
        &[d(value, Place::Register)],
    );
    value
}

fn add(builder: &mut Builder, a: Operand, b: Operand) -> u32 {
    let kind = builder.function.kinds[a.register().0 as usize];
    let value = builder.value(kind);
    builder.emit(
        15,
        InstructionFlags::COMMUTATIVE,
        &[d(value, Place::Tied), a, b],
    );
    value
}

/// `value = op a`, in another register.
fn load(builder: &mut Builder, kind: ValueKind, operands: &[Operand]) -> u32 {
    let value = builder.value(kind);
    let mut all = [d(value, Place::Register)].to_vec();
    all.extend_from_slice(operands);
    builder.emit(19, 0, &all);
    value
}

/// Begins a function with the memory base and some arguments.
fn start(builder: &mut Builder, arguments: &[u8]) -> Vec<u32> {
    let label = builder.label(&[]);
    builder.begin(&label);
    let mut operands = Vec::new();
    let mut values = Vec::new();
    for &register in [R15].iter().chain(arguments) {
        let value = int(builder);
        values.push(value);
        operands.push(d(value, Place::Fixed(super::PhysicalRegister(register))));
    }
    builder.emit(1, 0, &operands);
    values
}

/// `i = n; sum = 0; do { sum += i; i -= 1 } while (i != 0)`.
fn sum_loop() -> MachineFunction {
    let mut b = Builder::default();
    let [base, n] = start(&mut b, &[RDI])[..] else {
        unreachable!()
    };
    let zero = constant(&mut b);
    let mut head = b.label(&[INT, INT]);
    b.go(&mut head, &[n, zero]);
    b.end(3, &[]);
    let (header, p) = b.begin_loop(&head);
    let sum = add(&mut b, r(p[1]), any(p[0]));
    let i = int(&mut b);
    b.emit(15, 0, &[d(i, Place::Tied), r(p[0])]);
    let mut exit = b.label(&[]);
    b.back(header, &[i, sum]);
    b.go(&mut exit, &[]);
    b.end(4, &[r(i)]);
    b.end_loop(header);
    b.begin(&exit);
    b.end(2, &[at(sum, RAX), at(base, R15)]);
    b.finish()
}

/// Three nested loops: `c[i][j] += a[i][k] * b[k][j]` with running addresses.
fn matrix() -> MachineFunction {
    let mut b = Builder::default();
    let [base, a, m, c, n] = start(&mut b, &[RDI, RSI, 2, 1])[..] else {
        unreachable!()
    };
    let zero = constant(&mut b);
    let mut rows = b.label(&[INT, INT, INT]);
    b.go(&mut rows, &[zero, a, c]);
    b.end(3, &[]);
    let (outer, o) = b.begin_loop(&rows);
    let mut columns = b.label(&[INT, INT]);
    b.go(&mut columns, &[zero, m]);
    b.end(3, &[]);
    let (middle, mp) = b.begin_loop(&columns);
    let null = load(&mut b, FLOAT, &[]);
    let mut inner = b.label(&[INT, INT, INT, FLOAT]);
    b.go(&mut inner, &[zero, o[1], mp[1], null]);
    b.end(3, &[]);
    let (header, p) = b.begin_loop(&inner);
    let x = load(&mut b, FLOAT, &[r(base), r(p[1])]);
    let y = load(&mut b, FLOAT, &[r(base), r(p[2])]);
    let product = add(&mut b, r(x), any(y));
    let sum = add(&mut b, r(p[3]), any(product));
    let k = add(&mut b, r(p[0]), any(n));
    let next_a = add(&mut b, r(p[1]), any(n));
    let next_b = add(&mut b, r(p[2]), any(n));
    let mut done = b.label(&[]);
    b.back(header, &[k, next_a, next_b, sum]);
    b.go(&mut done, &[]);
    b.end(4, &[r(k), any(n)]);
    b.end_loop(header);
    b.begin(&done);
    b.emit(20, 0, &[r(base), r(o[2]), r(mp[0]), r(sum)]);
    let j = add(&mut b, r(mp[0]), any(n));
    let next_m = add(&mut b, r(mp[1]), any(n));
    let mut row_done = b.label(&[]);
    b.back(middle, &[j, next_m]);
    b.go(&mut row_done, &[]);
    b.end(4, &[r(j), any(n)]);
    b.end_loop(middle);
    b.begin(&row_done);
    let i = add(&mut b, r(o[0]), any(n));
    let (next_row, next_c) = (add(&mut b, r(o[1]), any(n)), add(&mut b, r(o[2]), any(n)));
    let mut all_done = b.label(&[]);
    b.back(outer, &[i, next_row, next_c]);
    b.go(&mut all_done, &[]);
    b.end(4, &[r(i), any(n)]);
    b.end_loop(outer);
    b.begin(&all_done);
    b.end(2, &[at(i, RAX), at(base, R15)]);
    b.finish()
}

/// `do { sum += f(i); i += 1 } while (i < n)`; the memory base goes through the call.
fn loop_with_call() -> MachineFunction {
    let mut b = Builder::default();
    let [base, n] = start(&mut b, &[RDI])[..] else {
        unreachable!()
    };
    let zero = constant(&mut b);
    let mut head = b.label(&[INT, INT, INT]);
    b.go(&mut head, &[zero, zero, base]);
    b.end(3, &[]);
    let (header, p) = b.begin_loop(&head);
    let (result, new_base) = call(&mut b, p[0], p[2]);
    let sum = add(&mut b, r(p[1]), any(result));
    let i = int(&mut b);
    b.emit(15, 0, &[d(i, Place::Tied), r(p[0])]);
    let mut exit = b.label(&[]);
    b.back(header, &[i, sum, new_base]);
    b.go(&mut exit, &[]);
    b.end(4, &[r(i), any(n)]);
    b.end_loop(header);
    b.begin(&exit);
    b.end(2, &[at(sum, RAX), at(new_base, R15)]);
    b.finish()
}

fn call(b: &mut Builder, argument: u32, base: u32) -> (u32, u32) {
    let (result, new_base) = (int(b), int(b));
    let fixed = |value, register| d(value, Place::Fixed(super::PhysicalRegister(register)));
    b.emit(
        14,
        InstructionFlags::CALL,
        &[
            fixed(result, RAX),
            fixed(new_base, R15),
            at(argument, RDI),
            at(base, R15),
        ],
    );
    (result, new_base)
}

/// A loop with a call on a path that is seldom taken.
fn loop_with_cold_call() -> MachineFunction {
    let mut b = Builder::default();
    let [base, n, m] = start(&mut b, &[RDI, RSI])[..] else {
        unreachable!()
    };
    let zero = constant(&mut b);
    let mut head = b.label(&[INT, INT, INT]);
    b.go(&mut head, &[zero, zero, base]);
    b.end(3, &[]);
    let (header, p) = b.begin_loop(&head);
    let x = load(&mut b, INT, &[r(p[2]), r(p[0])]);
    let sum = add(&mut b, r(p[1]), any(x));
    let mut slow = b.label(&[]);
    let mut on = b.label(&[INT]);
    b.go(&mut slow, &[]);
    b.go(&mut on, &[p[2]]);
    b.end(4, &[r(sum), any(m)]);
    b.cold = true;
    b.begin(&slow);
    let (_, new_base) = call(&mut b, sum, p[2]);
    b.go(&mut on, &[new_base]);
    b.end(3, &[]);
    b.cold = false;
    let (_, q) = b.begin(&on);
    let i = int(&mut b);
    b.emit(15, 0, &[d(i, Place::Tied), r(p[0])]);
    let mut exit = b.label(&[]);
    b.back(header, &[i, sum, q[0]]);
    b.go(&mut exit, &[]);
    b.end(4, &[r(i), any(n)]);
    b.end_loop(header);
    b.begin(&exit);
    b.end(2, &[at(sum, RAX), at(q[0], R15)]);
    b.finish()
}

/// `fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)`.
fn fib() -> MachineFunction {
    let mut b = Builder::default();
    let [base, n] = start(&mut b, &[RDI])[..] else {
        unreachable!()
    };
    let (mut small, mut large) = (b.label(&[]), b.label(&[]));
    b.go(&mut small, &[]);
    b.go(&mut large, &[]);
    b.end(4, &[r(n)]);
    b.begin(&small);
    b.end(2, &[at(n, RAX), at(base, R15)]);
    b.begin(&large);
    let less = load(&mut b, INT, &[r(n)]);
    let (first, base) = call(&mut b, less, base);
    let less = load(&mut b, INT, &[r(n)]);
    let (second, base) = call(&mut b, less, base);
    let sum = add(&mut b, r(first), any(second));
    b.end(2, &[at(sum, RAX), at(base, R15)]);
    b.finish()
}

/// A loop whose result is used behind a call later.
fn loop_then_call() -> MachineFunction {
    let mut b = Builder::default();
    let [base, n] = start(&mut b, &[RDI])[..] else {
        unreachable!()
    };
    let zero = constant(&mut b);
    let mut head = b.label(&[INT, INT, INT, INT, INT, INT]);
    b.go(&mut head, &[zero, zero, zero, zero, zero, zero]);
    b.end(3, &[]);
    let (header, p) = b.begin_loop(&head);
    let sums: Vec<u32> = p.iter().map(|&p| add(&mut b, r(p), any(n))).collect();
    let mut exit = b.label(&[]);
    b.back(header, &sums);
    b.go(&mut exit, &[]);
    b.end(4, &[r(sums[0]), any(n)]);
    b.end_loop(header);
    b.begin(&exit);
    let (result, base) = call(&mut b, n, base);
    let total = sums
        .iter()
        .fold(result, |total, &sum| add(&mut b, r(total), any(sum)));
    b.end(2, &[at(total, RAX), at(base, R15)]);
    b.finish()
}

fn gauge_of(name: &str, function: &MachineFunction) -> Gauge {
    let allocation = allocate_and_check(function, &X64, &mut Scratch::default(), name);
    let mut gauge = Gauge::default();
    gauge.add(function, &allocation);
    println!("{name}: {gauge}");
    if std::env::var("WAZIR_PRINT").is_ok_and(|shown| shown == name) {
        println!("{}", print(function, Some(&allocation), super::text_of));
    }
    gauge
}

/// What is moved in loops, weighted by 10 for each loop around: at least 10 if anything is.
fn cost(gauge: Gauge) -> f64 {
    gauge.moves + gauge.loads + gauge.stores + gauge.repeats + gauge.splits
}

#[test]
fn simple_loops_move_nothing() {
    let sum = cost(gauge_of("sum", &sum_loop()));
    let matrix = cost(gauge_of("matrix", &matrix()));
    let cold = cost(gauge_of("cold call", &loop_with_cold_call()));
    let then = cost(gauge_of("loop, then call", &loop_then_call()));
    gauge_of("call", &loop_with_call());
    gauge_of("fib", &fib());
    // What is not in a loop counts once, what is in one at least ten times.
    assert!(sum < 10.0, "sum: {sum}");
    assert!(matrix < 460.0, "matrix: {matrix}");
    assert!(cold < 10.0, "cold call: {cold}");
    assert!(then < 20.0, "loop, then call: {then}");
}
