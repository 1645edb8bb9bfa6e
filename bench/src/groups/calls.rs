//! The price of a call.
//!
//! Input: small modules written here. Output: a case for each kind of call.
//! Holds: a run makes many calls; where the guest makes them, its loop is part of the price.

use crate::cases::assemble;
use crate::engines::{Argument, Call};
use crate::measure::{Case, Row};
use crate::work::Work;

/// How many calls one run makes: fewer in a debug build, for the reason that `Entry::no_long_runs` has.
const COUNT: u32 = if cfg!(debug_assertions) {
    1_000
} else {
    100_000
};

const MODULE: &str = r#"(module
    (import "host" "increment" (func $increment (param i32) (result i32)))
    (import "host" "count" (func $count (param i64) (result i64)))
    (type $step (func (param i32) (result i32)))
    (table funcref (elem $step))
    (func $step (type $step) (i32.add (local.get 0) (i32.const 3)))
    (func (export "empty"))
    (func (export "add") (param i32 i64) (result i64)
        (i64.add (i64.extend_i32_s (local.get 0)) (local.get 1)))
    (func (export "increment") (param $times i32) (result i64) (local $value i32)
        (loop $again
            (local.set $value (call $increment (local.get $value)))
            (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
        (i64.extend_i32_s (local.get $value)))
    (func (export "count") (param $times i32) (result i64) (local $value i64)
        (loop $again
            (local.set $value (call $count (i64.const 3)))
            (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
        (local.get $value))
    (func (export "direct") (param $times i32) (result i64) (local $value i32)
        (loop $again
            (local.set $value (call $step (local.get $value)))
            (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
        (i64.extend_i32_s (local.get $value)))
    (func (export "indirect") (param $times i32) (result i64) (local $value i32)
        (loop $again
            (local.set $value (call_indirect (type $step) (local.get $value) (i32.const 0)))
            (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
        (i64.extend_i32_s (local.get $value))))"#;

const CALLEE: &str = r#"(module
    (func (export "step") (param i32) (result i32) (i32.add (local.get 0) (i32.const 3))))"#;

const CALLER: &str = r#"(module
    (import "callee" "step" (func $step (param i32) (result i32)))
    (func (export "run") (param $times i32) (result i64) (local $value i32)
        (loop $again
            (local.set $value (call $step (local.get $value)))
            (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
        (i64.extend_i32_s (local.get $value))))"#;

const ENTRIES: &[(&str, Call)] = &[
    ("host to guest, typed, empty", Call::TypedEmpty),
    ("host to guest, typed, 2 arguments", Call::TypedArguments),
    ("host to guest, untyped, 2 arguments", Call::Untyped),
];

const LOOPS: &[(&str, &str)] = &[
    ("guest to host, i32 to i32", "increment"),
    ("guest to host, through the caller's data", "count"),
    ("guest to guest, direct", "direct"),
    ("guest to guest, through a table", "indirect"),
];

pub fn cases() -> Vec<Case> {
    let wasm = assemble(MODULE);
    let times = Argument::I32(COUNT as i32);
    let entries = ENTRIES.iter().map(|&(name, call)| {
        let wasm = wasm.clone();
        let count = COUNT;
        case(name, Work::Enter { wasm, call, count })
    });
    let loops = LOOPS.iter().map(|&(name, export)| {
        let work = Work::Call {
            wasm: wasm.clone(),
            export: export.into(),
            argument: times,
        };
        case(name, work)
    });
    let linked = case(
        "guest to guest, another instance",
        Work::Linked {
            callee: assemble(CALLEE),
            caller: assemble(CALLER),
            export: "run",
            argument: times,
        },
    );
    entries.chain(loops).chain([linked]).collect()
}

fn case(name: &str, work: Work) -> Case {
    Case {
        name: name.into(),
        rows: vec![Row::new("", "ns", f64::from(COUNT))],
        expected: None,
        prepare: Box::new(move |column| column.peer().prepare(&work)),
    }
}
