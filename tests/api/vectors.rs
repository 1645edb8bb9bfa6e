//! Vectors in loops, whose constants the interpreter keeps in slots.

use wazir::*;

/// More constants than a function has slots for.
const CONSTANTS: i32 = 20;

/// A loop that adds twenty constants in each turn, with a call between them of a function that has constants
/// and deep operands of its own; then a division by the second parameter.
fn program() -> String {
    let sum = |first: i32| -> String {
        (0..CONSTANTS)
            .map(|index| {
                let lane = first + index;
                format!("(v128.const i32x4 {lane} 0 0 {}) (i32x4.add) ", 1000 * lane)
            })
            .collect()
    };
    format!(
        r#"(module
             (func $inner (param i32) (result v128) (local v128)
               (loop $again
                 (v128.const i32x4 1 1 1 1) (v128.const i32x4 2 2 2 2) (v128.const i32x4 -1 -1 -1 -1)
                 (v128.const i32x4 -2 -2 -2 -2) (i32x4.add) (i32x4.add) (i32x4.add)
                 (local.set 1 (i32x4.add (local.get 1)))
                 (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
               (local.get 1))
             (func (export "run") (param i32 i32) (result i32) (local v128 v128)
               (loop $again
                 (v128.const i32x4 7 0 0 0)
                 (local.set 3 (v128.const i32x4 7 0 0 0))
                 (local.get 2) {}
                 (i32x4.add (call $inner (i32.const 3)))
                 {}
                 (local.set 2)
                 (local.set 3 (i32x4.sub (local.get 3)))
                 (local.set 2 (i32x4.add (local.get 2) (local.get 3)))
                 (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
               (i32.add
                 (i32x4.extract_lane 0 (local.get 2))
                 (i32.div_s (i32x4.extract_lane 3 (local.get 2)) (local.get 1)))))"#,
        sum(1),
        sum(-3)
    )
}

/// What the program computes in as many turns.
fn expected(turns: i32, divisor: i32) -> i32 {
    let sum = |first: i32| -> i32 { (first..first + CONSTANTS).sum() };
    let lanes = sum(1) + sum(-3);
    turns * lanes + 1000 * turns * lanes / divisor
}

#[test]
fn constants_hold_while_others_are_called() {
    let (mut store, instance) = crate::instance(&program());
    let run = instance
        .get_typed_func::<(i32, i32), i32>(&mut store, "run")
        .unwrap();
    for turns in [1, 2, 10] {
        assert_eq!(
            run.call(&mut store, (turns, 7)).unwrap(),
            expected(turns, 7)
        );
    }
}

#[test]
fn constants_hold_while_a_call_waits_for_fuel() {
    let mut config = Config::new();
    config.consume_fuel(true);
    let engine = Engine::new(&config).unwrap();
    let module = crate::module(&engine, &program());
    let mut store = Store::new(&engine, ());
    store.set_fuel(1_000_000).unwrap();
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let run = instance.get_func(&mut store, "run").unwrap();
    store.set_fuel(100).unwrap();
    let mut results = [Val::I32(0)];
    let mut call = run
        .call_resumable(&mut store, &[Val::I32(10), Val::I32(7)], &mut results)
        .unwrap();
    let mut pauses = 0;
    while let ResumableCall::OutOfFuel(waiting) = call {
        pauses += 1;
        assert!(pauses < 1000, "the call makes progress");
        let left = store.get_fuel().unwrap();
        store.set_fuel(left + 100).unwrap();
        call = waiting.resume(&mut store, &mut results).unwrap();
    }
    assert!(pauses > 5);
    assert_eq!(results[0].unwrap_i32(), expected(10, 7));
}

#[test]
fn a_trap_behind_constants_is_found_in_the_module() {
    let text = r#"(module (func (export "run") (param i32) (result i32) (local v128)
        (loop $again
          (local.set 1 (i32x4.add (local.get 1) (v128.const i32x4 1 2 3 4)))
          (br_if $again (i32.gt_u (i32.const 3) (i32x4.extract_lane 0 (local.get 1)))))
        (i32.add (i32.const 5) (i32.div_u (i32x4.extract_lane 1 (local.get 1)) (local.get 0)))))"#;
    let wasm = wat::parse_str(text).unwrap();
    let (mut store, instance) = crate::instance(text);
    let run = instance
        .get_typed_func::<i32, i32>(&mut store, "run")
        .unwrap();
    assert_eq!(run.call(&mut store, 2).unwrap(), 8);
    let error = run.call(&mut store, 0).unwrap_err();
    assert_eq!(error.trap(), Some(Trap::IntegerDivisionByZero));
    let offset = error.backtrace().unwrap().frames()[0]
        .module_offset()
        .unwrap();
    let division = 0x6e;
    assert_eq!(wasm[offset], division);
}
