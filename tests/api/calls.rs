//! Calls between functions of all sizes, to the end of the stack, from many threads, and such that wait.

use wazir::*;

use crate::code::{assert_returns, configurations, steady_configurations};

/// Functions that call one another in tail position, with more and fewer parameters and results than each other.
#[test]
fn tail_calls_reach_functions_of_other_sizes() {
    let many = |ty: &str| [ty; 500].join(" ");
    let gets: String = (0..500)
        .map(|index| format!("(local.get {index})"))
        .collect();
    let text = format!(
        r#"(module
             (func $wide (param i32 {vectors}) (result i32)
               (if (i32.eqz (local.get 0)) (then (return (i32x4.extract_lane 1 (local.get 500)))))
               (return_call $narrow (i32.sub (local.get 0) (i32.const 1))))
             (func $narrow (export "narrow") (param i32) (result i32) (local v128 i64 v128)
               (local.set 3 (v128.const i32x4 5 6 7 8))
               (if (i32.eqz (local.get 0)) (then (return (i32.const 9))))
               (i32.sub (local.get 0) (i32.const 1)) {pushes} (return_call $wide))
             (func $results (param {longs}) (result {longs}) {gets})
             (func $to_results (param i32) (result {longs}) {constants} (return_call $results))
             (func (export "results") (result i64 i64 i64) (local i64 i64 i64)
               (call $to_results (i32.const 0))
               (local.set 0) {drops} (local.set 1) (local.set 2)
               (local.get 0) (local.get 1) (local.get 2)))"#,
        vectors = many("v128"),
        longs = many("i64"),
        pushes = "(local.get 3)".repeat(500),
        constants = (0..500)
            .map(|number| format!("(i64.const {number})"))
            .collect::<String>(),
        drops = "(drop)".repeat(497),
    );
    assert_returns(
        &text,
        &[
            ("narrow", &[Val::I32(0)], &[Val::I32(9)]),
            ("narrow", &[Val::I32(1)], &[Val::I32(6)]),
            ("narrow", &[Val::I32(10_000)], &[Val::I32(9)]),
            ("narrow", &[Val::I32(10_001)], &[Val::I32(6)]),
            ("results", &[], &[Val::I64(499), Val::I64(1), Val::I64(0)]),
        ],
    );
}

/// A thousand parameters of two slots each, and a frame whose last slot has the highest number.
#[test]
fn frames_have_as_many_slots_as_there_are_numbers() {
    let text = |slots: usize| {
        format!(
            r#"(module
                 (func $wide (param {vectors}) (result {vectors}) {gets})
                 (func (export "wide") (param i32) (result i32 i32) (local v128)
                   (local.set 1 (i32x4.splat (local.get 0)))
                   (local.get 1) (v128.const i32x4 1 2 3 4) {pushes}
                   (call $wide) (call $wide)
                   {drops}
                   (i32x4.extract_lane 2) (local.set 0) (i32x4.extract_lane 3) (local.get 0))
                 (func $inner (param i64) (result i64) (i64.add (local.get 0) (i64.const 1)))
                 (func (export "many") (param i64) (result i64) (local {locals} {longs})
                   (local.set {last} (local.get 0))
                   (call $inner (i64.mul (local.get {last}) (i64.const 1)))))"#,
            vectors = ["v128"; 1000].join(" "),
            gets = (0..1000)
                .map(|index| format!("(local.get {index})"))
                .collect::<String>(),
            pushes = "(local.get 1)".repeat(998),
            drops = "(drop)".repeat(998),
            locals = vec!["v128"; slots / 2 - 1].join(" "),
            longs = vec!["i64"; 2 + slots % 2].join(" "),
            last = slots / 2 + 1 + slots % 2,
        )
    };
    // Behind the locals there are two operands; before them what calls save, and a context.
    let most = 65_535 - 2048 - 4 - 2;
    assert_returns(
        &text(most),
        &[
            ("wide", &[Val::I32(77)], &[Val::I32(77), Val::I32(3)]),
            ("many", &[Val::I64(41)], &[Val::I64(42)]),
        ],
    );
    let mut config = Config::new();
    config.compilation_mode(CompilationMode::Eager);
    let engine = Engine::new(&config).unwrap();
    let wasm = wat::parse_str(text(most + 1)).unwrap();
    let error = Module::new(&engine, wasm).unwrap_err();
    assert!(error.to_string().contains("frame"), "{error}");
}

/// Every depth at which the stack can end, in calls of themselves of a function that calls `last` in the end.
fn assert_stack_ends(last: &str) {
    let text = r#"(module (import "" "host" (func $host (param i32 i64) (result i64)))
         (table funcref (elem $deep))
         (type $deep (func (param i32) (result i32)))
         (func $large (param i32) (result i32) (local i64 {vectors}) (i32x4.extract_lane 1 (local.get 101)))
         (func $hosted (param i32) (result i32) (i32.wrap_i64 (call $host (local.get 0) (i64.const -1))))
         (func $deep (type $deep)
           (if (result i32) (local.get 0)
             (then (i32.add (i32.const 1)
               (if (result i32) (i32.and (local.get 0) (i32.const 1))
                 (then (call $deep (i32.sub (local.get 0) (i32.const 1))))
                 (else (call_indirect (type $deep) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0))))))
             (else (call $last (local.get 0)))))
         (func (export "run") (param i32) (result i32) (call $deep (local.get 0))))"#;
    let vectors = ["v128"; 100].join(" ");
    let text = text.replace("{vectors}", &vectors).replace("$last", last);
    let wasm = wat::parse_str(text).unwrap();
    for mut config in steady_configurations() {
        config.max_wasm_stack(16 << 10);
        let engine = Engine::new(&config).unwrap();
        let mut limit = None;
        // Frames can be as small as a return address and a frame pointer.
        for depth in 100..1200 {
            if limit.is_some_and(|limit| depth > limit + 100) {
                break;
            }
            let module = Module::new(&engine, &wasm).unwrap();
            let mut store = Store::new(&engine, ());
            let _ = store.set_fuel(1 << 30);
            let host = Func::wrap(&mut store, |_: i32, value: i64| value + 1);
            let instance = Instance::new(&mut store, &module, &[host.into()]).unwrap();
            let run = instance
                .get_typed_func::<i32, i32>(&mut store, "run")
                .unwrap();
            let outcome = [(); 2].map(|()| run.call(&mut store, depth));
            for outcome in outcome {
                match outcome {
                    Ok(result) => {
                        assert_eq!(result, depth);
                        assert!(limit.is_none(), "a call of depth {depth} fits");
                    }
                    Err(error) => {
                        assert_eq!(error.trap(), Some(Trap::StackOverflow));
                        limit.get_or_insert(depth);
                    }
                }
            }
            assert_eq!(run.call(&mut store, 1).unwrap(), 1);
        }
        assert!(limit.is_some(), "some depth is too much");
    }
}

#[test]
fn the_stack_ends_in_a_function_that_is_translated_there() {
    assert_stack_ends("$large");
}

#[test]
fn the_stack_ends_in_the_host() {
    assert_stack_ends("$hosted");
}

#[test]
fn code_goes_on_after_each_shortage_of_fuel() {
    let text = r#"(module (func (export "run") (param $n i32) (param $x i64) (result i64) (local $y i64)
         (loop $again
           (local.set $y (i64.mul (local.get $x) (i64.const 3)))
           (if (i64.ne (local.get $y) (i64.const 0))
             (then (local.set $x (i64.add (i64.xor (local.get $y) (i64.const 5)) (local.get $y)))))
           (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
         (i64.add (i64.extend_i32_u (local.get $n)) (local.get $x))))"#;
    let expected = (0..5).fold(7_i64, |x, _| {
        let y = x.wrapping_mul(3);
        (y ^ 5).wrapping_add(y)
    });
    let mut config = Config::new();
    config.consume_fuel(true);
    let engine = Engine::new(&config).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &crate::module(&engine, text), &[]).unwrap();
    let run = instance.get_func(&mut store, "run").unwrap();
    let mut results = [Val::I64(0)];
    let mut call = run
        .call_resumable(&mut store, &[Val::I32(5), Val::I64(7)], &mut results)
        .unwrap();
    let mut pauses = 0;
    while let ResumableCall::OutOfFuel(waiting) = call {
        pauses += 1;
        assert!(pauses < 1000, "the call makes progress");
        store.set_fuel(waiting.required_fuel()).unwrap();
        call = waiting.resume(&mut store, &mut results).unwrap();
    }
    assert!(pauses > 15, "each segment of code waits");
    assert_eq!(results[0].unwrap_i64(), expected);
}

/// Threads call functions that nobody has called before, of one module, all at the same time.
#[test]
fn threads_translate_the_functions_of_a_module_together() {
    const FUNCTIONS: usize = 40;
    const THREADS: i32 = 8;
    let functions: String = (0..FUNCTIONS)
        .map(|index| {
            let next = (index + 1) % FUNCTIONS;
            let other = (index * 7 + 3) % FUNCTIONS;
            format!(
                "(func $f{index} (type $f)
                   (if (i32.eqz (local.get 0)) (then (return (i64.const {index}))))
                   (if (i32.eq (local.get 0) (i32.const 3))
                     (then (return_call $f{other} (i32.const 2))))
                   (if (i32.eq (local.get 0) (i32.const 5))
                     (then (return (call_indirect (type $f) (i32.const 4) (i32.const {other})))))
                   (i64.add (i64.mul (call $f{next} (i32.sub (local.get 0) (i32.const 1))) (i64.const 3))
                            (call $f{other} (i32.shr_u (local.get 0) (i32.const 1)))))"
            )
        })
        .collect();
    let names: String = (0..FUNCTIONS).map(|index| format!(" $f{index}")).collect();
    let text = format!(
        r#"(module (type $f (func (param i32) (result i64))) (table funcref (elem {names})) {functions}
             (func (export "run") (param i32 i32) (result i64)
               (call_indirect (type $f) (local.get 0) (local.get 1))))"#
    );
    fn expected(number: i32, index: usize) -> i64 {
        let (next, other) = ((index + 1) % FUNCTIONS, (index * 7 + 3) % FUNCTIONS);
        match number {
            0 => index as i64,
            3 => expected(2, other),
            5 => expected(4, other),
            _ => {
                let left = expected(number - 1, next).wrapping_mul(3);
                left.wrapping_add(expected(number >> 1, other))
            }
        }
    }
    let wasm = wat::parse_str(text).unwrap();
    let rounds = if cfg!(debug_assertions) { 20 } else { 200 };
    for mode in [CompilationMode::LazyTranslation, CompilationMode::Lazy] {
        let mut config = Config::new();
        config.compilation_mode(mode);
        let engine = Engine::new(&config).unwrap();
        for _ in 0..rounds {
            let module = Module::new(&engine, &wasm).unwrap();
            let start = &std::sync::Barrier::new(THREADS as usize);
            std::thread::scope(|scope| {
                for thread in 0..THREADS {
                    let (engine, module) = (&engine, module.clone());
                    scope.spawn(move || {
                        let mut store = Store::new(engine, ());
                        let instance = Instance::new(&mut store, &module, &[]).unwrap();
                        drop(module);
                        let run = instance
                            .get_typed_func::<(i32, i32), i64>(&mut store, "run")
                            .unwrap();
                        start.wait();
                        for index in 0..FUNCTIONS {
                            let index = (index + thread as usize / 2) % FUNCTIONS;
                            let result = run.call(&mut store, (9, index as i32)).unwrap();
                            assert_eq!(result, expected(9, index));
                        }
                    });
                }
            });
        }
    }
}

/// Calls from one instance of a module to another and to the host, which fails in the middle of calls whose code
/// is not known yet, and fuel that runs out again and again.
#[test]
fn calls_wait_in_code_that_learns_about_its_callees() {
    let text = r#"(module
         (import "" "host" (func $host (param i32) (result i32)))
         (import "" "other" (func $other (param i32 i64) (result i64)))
         (func $leaf (param i32) (result i32)
           (i32.mul (call $host (i32.add (local.get 0) (i32.const 1))) (i32.const 2)))
         (func $middle (param i32 i64) (result i64)
           (i64.add (i64.extend_i32_u (call $leaf (local.get 0)))
                    (if (result i64) (local.get 0)
                      (then (call $other (i32.sub (local.get 0) (i32.const 1)) (i64.mul (local.get 1) (i64.const 3))))
                      (else (local.get 1)))))
         (func (export "run") (param i32 i64) (result i64) (call $middle (local.get 0) (local.get 1))))"#;
    let wasm = wat::parse_str(text).unwrap();
    fn expected(number: i32, value: i64) -> i64 {
        let leaf = i64::from((number + 1 + 1000) * 2);
        leaf + if number == 0 {
            value
        } else {
            expected(number - 1, value * 3)
        }
    }
    for config in configurations() {
        let engine = Engine::new(&config).unwrap();
        let module = Module::new(&engine, &wasm).unwrap();
        let mut store = Store::new(&engine, ());
        let has_fuel = store.set_fuel(1000).is_ok();
        let host = Func::wrap(&mut store, |_: i32| -> Result<i32, Error> {
            Err(Error::msg("not now"))
        });
        let ty = FuncType::new(&engine, [ValType::I32, ValType::I64], [ValType::I64]);
        let never = Func::new(&mut store, ty, |_, _, _| Ok(()));
        let mut other = never;
        for _ in 0..3 {
            let instance =
                Instance::new(&mut store, &module, &[host.into(), other.into()]).unwrap();
            other = instance.get_func(&mut store, "run").unwrap();
        }
        // Each of the three instances calls the one before; the innermost has nobody to call.
        for _ in 0..2 {
            if has_fuel {
                store.set_fuel(3).unwrap();
            }
            let mut results = [Val::I64(0)];
            let params = [Val::I32(2), Val::I64(7)];
            let mut call = other
                .call_resumable(&mut store, &params, &mut results)
                .unwrap();
            let mut pauses = 0;
            let mut answers = [3, 2, 1].into_iter();
            loop {
                pauses += 1;
                assert!(pauses < 1000, "the call makes progress");
                call = match call {
                    ResumableCall::Finished => break,
                    ResumableCall::OutOfFuel(waiting) => {
                        let left = store.get_fuel().unwrap();
                        store.set_fuel(left + 3).unwrap();
                        waiting.resume(&mut store, &mut results).unwrap()
                    }
                    ResumableCall::HostTrap(waiting) => {
                        let answer = Val::I32(answers.next().unwrap() + 1000);
                        waiting.resume(&mut store, &[answer], &mut results).unwrap()
                    }
                };
            }
            assert_eq!(results[0].unwrap_i64(), expected(2, 7), "{config:?}");
        }
    }
}
