//! Functions whose operators the interpreter fuses into instructions, in all modes, with and without fuel and
//! interruption: each test is about one kind of instruction.

use wazir::*;

/// All ways to make code.
fn configurations() -> impl Iterator<Item = Config> {
    use CompilationMode::{Eager, Lazy, LazyTranslation};
    let checks = [(false, false), (true, false), (false, true), (true, true)];
    checks
        .into_iter()
        .flat_map(|(consume_fuel, interruptable)| {
            [Eager, LazyTranslation, Lazy].into_iter().map(move |mode| {
                let mut config = Config::new();
                config
                    .compilation_mode(mode)
                    .consume_fuel(consume_fuel)
                    .interruptable(interruptable);
                config
            })
        })
}

/// Asserts what the exported functions of a module return, called one after the other in one instance, twice.
fn assert_returns(text: &str, calls: &[(&str, &[Val], &[Val])]) {
    let wasm = wat::parse_str(text).expect("the test's text is right");
    for config in configurations() {
        let engine = Engine::new(&config).unwrap();
        let module = Module::new(&engine, &wasm).expect("the test's module is valid");
        let mut store = Store::new(&engine, ());
        // Only a store that consumes fuel takes it.
        let _ = store.set_fuel(1 << 30);
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        for &(name, params, expected) in calls.iter().chain(calls) {
            let function = instance.get_func(&mut store, name).unwrap();
            let mut results = vec![Val::I32(0); expected.len()];
            function.call(&mut store, params, &mut results).unwrap();
            let [results, expected] = [&results[..], expected].map(|values| format!("{values:?}"));
            assert_eq!(results, expected, "{name}{params:?} with {config:?}");
        }
    }
}

#[test]
fn a_counter_is_compared_as_another_type_than_it_is_added_to() {
    assert_returns(
        r#"(module
             (func (export "low") (param $x i64) (result i64)
               (loop $again
                 (local.set $x (i64.add (local.get $x) (i64.const 0x100000001)))
                 (br_if $again (i32.lt_s (i32.wrap_i64 (local.get $x)) (i32.const 10))))
               (local.get $x))
             (func (export "low right") (param $x i64) (param $bound i32) (result i64)
               (loop $again
                 (local.set $x (i64.add (local.get $x) (i64.const 0x100000001)))
                 (br_if $again (i32.gt_s (local.get $bound) (i32.wrap_i64 (local.get $x)))))
               (local.get $x))
             (func (export "wide") (param $x i32) (result i32)
               (loop $again
                 (local.set $x (i32.sub (local.get $x) (i32.const 1)))
                 (br_if $again (i64.ne (i64.extend_i32_u (local.get $x)) (i64.const 2))))
               (local.get $x))
             (func (export "wide right") (param $x i32) (param $bound i64) (result i32)
               (loop $again
                 (local.set $x (i32.add (local.get $x) (i32.const 1)))
                 (br_if $again (i64.gt_u (local.get $bound) (i64.extend_i32_u (local.get $x)))))
               (local.get $x)))"#,
        &[
            ("low", &[Val::I64(7)], &[Val::I64(0x3_0000_000a)]),
            (
                "low right",
                &[Val::I64(7), Val::I32(10)],
                &[Val::I64(0x3_0000_000a)],
            ),
            ("wide", &[Val::I32(5)], &[Val::I32(2)]),
            ("wide right", &[Val::I32(-1), Val::I64(5)], &[Val::I32(5)]),
        ],
    );
}
