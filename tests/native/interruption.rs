//! Fuel and interruptions.

use crate::{everywhere_with, module};
use std::thread;
use std::time::Duration;
use wazir::*;

/// Functions that do not end, or not soon.
const ENDLESS: [(&str, &str); 9] = [
    ("empty loop", "(loop (br 0))"),
    (
        "counting loop",
        "(local i64) (loop (local.set 0 (i64.add (local.get 0) (i64.const 1))) (br_if 0 (i64.ne (local.get 0)
          (i64.const 0))))",
    ),
    (
        "nested loops",
        "(local i32) (loop (local.set 0 (i32.const 1000)) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0)
          (i32.const 1))))) (br 0))",
    ),
    (
        "loop with a switch",
        "(local i32) (loop (block (br_table 0 1 1 0 1 (local.get 0))) (local.set 0 (i32.add (local.get 0)
          (i32.const 1))) (br 0))",
    ),
    (
        "loop of stores",
        "(loop (i32.store (i32.const 4) (i32.add (i32.load (i32.const 4)) (i32.const 1))) (br 0))",
    ),
    ("loop of calls", "(loop (call $leaf) (br 0))"),
    (
        "loop of fills",
        "(loop (memory.fill (i32.const 0) (i32.const 1) (i32.const 65536)) (br 0))",
    ),
    ("tail calls", "(return_call $tail)"),
    ("tree of calls", "(call $tree (i32.const 60))"),
];

fn text(body: &str) -> String {
    format!(
        r#"(module (memory 1)
          (func $leaf)
          (func $tail (return_call $tail))
          (func $tree (param i32)
            (if (local.get 0) (then
              (call $tree (i32.sub (local.get 0) (i32.const 1)))
              (call $tree (i32.sub (local.get 0) (i32.const 1))))))
          (func (export "run") {body}))"#
    )
}

#[test]
fn every_kind_of_loop_and_recursion_is_interrupted() {
    for (name, body) in ENDLESS {
        everywhere_with(
            |config| _ = config.epoch_interruption(true).interruptable(true),
            |engine| {
                let mut outcomes = Vec::new();
                for way in 0..3 {
                    let mut store = Store::new(engine, ());
                    store.set_epoch_deadline(u64::MAX / 2);
                    let instance =
                        Instance::new(&mut store, &module(engine, &text(body)), &[]).unwrap();
                    let run = instance
                        .get_typed_func::<(), ()>(&mut store, "run")
                        .unwrap();
                    let handle = store.interrupt_handle().unwrap();
                    match way {
                        0 => store.set_deadline(Duration::from_millis(5)).unwrap(),
                        1 => store.set_epoch_deadline(1),
                        _ => (),
                    }
                    let engine = engine.clone();
                    let other = thread::spawn(move || {
                        thread::sleep(Duration::from_millis(5));
                        match way {
                            0 => (),
                            1 => engine.increment_epoch(),
                            _ => handle.interrupt(),
                        }
                    });
                    outcomes.push(run.call(&mut store, ()).unwrap_err().trap());
                    other.join().unwrap();
                }
                assert_eq!(outcomes, [Some(Trap::Interrupt); 3], "{name}");
            },
        );
    }
}

#[test]
fn fuel_is_the_same_wherever_it_ends() {
    let text = r#"(module
      (import "" "" (func $host (param i32) (result i32)))
      (memory 1) (table 10 funcref) (elem (i32.const 0) $leaf)
      (data $data "0123456789")
      (type $t (func (param i32) (result i32)))
      (func $leaf (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
      (func $switch (param i32) (result i32)
        (block $a (block $b (block $c (br_table $a $b $c (local.get 0))) (return (i32.const 7))) (drop (call $leaf
        (i32.const 1))))
        (select (i32.const 1) (i32.const 2) (local.get 0)))
      (func $fact (param i64) (result i64)
        (if (result i64) (i64.eqz (local.get 0)) (then (i64.const 1))
          (else (i64.mul (local.get 0) (call $fact (i64.sub (local.get 0) (i64.const 1)))))))
      (func $tail (param i32) (result i32) (if (i32.eqz (local.get 0)) (then (return (i32.const 5))))
        (return_call $tail (i32.sub (local.get 0) (i32.const 1))))
      (func (export "run") (param i32) (result i32)
        (local $i i32) (local $sum i32)
        (block $out
          (loop $again
            (br_if $out (i32.ge_u (local.get $i) (local.get 0)))
            (i32.store (i32.shl (local.get $i) (i32.const 2)) (local.get $sum))
            (local.set $sum (i32.add (local.get $sum) (call_indirect (type $t) (local.get $i) (i32.const 0))))
            (local.set $sum (i32.add (local.get $sum) (call $switch (i32.rem_u (local.get $i) (i32.const 4)))))
            (if (i32.and (local.get $i) (i32.const 1))
              (then (drop (call $fact (i64.const 4))) (nop))
              (else (local.set $sum (i32.xor (local.get $sum) (call $host (local.get $i))))))
            (memory.fill (i32.const 100) (i32.const 1) (i32.mul (local.get $i) (i32.const 50)))
            (memory.init $data (i32.const 0) (i32.const 1) (i32.const 3))
            (table.fill (i32.const 1) (ref.func $leaf) (i32.const 8))
            (local.set $sum (i32.add (call $tail (i32.const 3)) (local.get $sum)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $again)))
        (if (i32.gt_u (local.get 0) (i32.const 5)) (then (unreachable)))
        (local.get $sum))
      (elem declare func $leaf))"#;
    everywhere_with(
        |config| _ = config.consume_fuel(true),
        |engine| {
            let module = module(engine, text);
            let mut outcomes = Vec::new();
            for rounds in [0, 1, 4, 6] {
                for fuel in (0..700).chain([1 << 20]) {
                    let mut store = Store::new(engine, ());
                    store.set_fuel(10_000).unwrap();
                    let host = Func::wrap(&mut store, |mut caller: Caller<'_, ()>, value: i32| {
                        let fuel = caller.get_fuel().unwrap();
                        caller.set_fuel(fuel.saturating_sub(value as u64)).unwrap();
                        value ^ fuel as i32
                    });
                    let instance = Instance::new(&mut store, &module, &[host.into()]).unwrap();
                    let run = instance
                        .get_typed_func::<i32, i32>(&mut store, "run")
                        .unwrap();
                    store.set_fuel(fuel).unwrap();
                    let outcome = run.call(&mut store, rounds).map_err(|error| error.trap());
                    outcomes.push((rounds, fuel, outcome, store.get_fuel().unwrap()));
                }
            }
            outcomes
        },
    );
}

/// A flag that is raised without a reason changes nothing, whatever is in registers where code looks at it.
#[test]
fn looking_for_an_interruption_keeps_all_values() {
    let locals = "(local i64)".repeat(16) + &"(local f64)".repeat(18) + &"(local v128)".repeat(4);
    let steps: String = (2..18)
        .map(|local| {
            format!(
                "(local.set {local} (i64.add (i64.mul (local.get {local}) (i64.const 3))
          (i64.const {local})))"
            )
        })
        .chain((18..36).map(|local| {
            format!("(local.set {local} (f64.add (local.get {local}) (f64.const {local})))")
        }))
        .chain((36..40).map(|local| {
            format!(
                "(local.set {local} (i64x2.add (local.get {local})
          (v128.const i64x2 {local} 7)))"
            )
        }))
        .collect();
    let sum: String = (2..18)
        .map(|local| {
            format!(
                "(local.set 1 (i64.add (i64.mul (local.get 1) (i64.const 5)) (local.get {local})))"
            )
        })
        .chain((18..36).map(|local| {
            format!(
                "(local.set 1 (i64.add (i64.mul (local.get 1) (i64.const 5))
          (i64.reinterpret_f64 (local.get {local}))))"
            )
        }))
        .chain((36..40).map(|local| {
            format!(
                "(local.set 1 (i64.add (local.get 1) (i64.xor (i64x2.extract_lane 0
          (local.get {local})) (i64x2.extract_lane 1 (local.get {local})))))"
            )
        }))
        .collect();
    let text = format!(
        r#"(module (memory 1)
          (func $step (param i32 i64) (result i64)
            {locals}
            (loop {steps} (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
            {sum} (local.get 1))
          (func (export "run") (param i32 i64) (result i64)
            (i64.add (call $step (local.get 0) (local.get 1)) (i64.load (i32.const 0)))))"#
    );
    everywhere_with(
        |config| _ = config.interruptable(true),
        |engine| {
            let mut store = Store::new(engine, ());
            let instance = Instance::new(&mut store, &module(engine, &text), &[]).unwrap();
            let run = instance
                .get_typed_func::<(i32, i64), i64>(&mut store, "run")
                .unwrap();
            [1, 2, 77].map(|rounds| {
                store.set_deadline(Duration::from_millis(1)).unwrap();
                thread::sleep(Duration::from_millis(10));
                store.set_deadline(Duration::from_secs(1000)).unwrap();
                run.call(&mut store, (rounds, 5)).unwrap()
            })
        },
    );
}
