//! Machine code takes over from the interpreter, and nobody can tell.

use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::{Duration, Instant};

use wazir::{
    Config, Engine, Func, Instance, Module, ResumableCall, Store, Strategy, Trap, TypedFunc, Val,
};

use super::{everywhere_with, module, tiered};

/// An engine in which the calling thread compiles after so many calls or iterations.
fn engine(count: u32) -> Engine {
    Engine::new(tiered(&mut Config::new(), count)).unwrap()
}

fn start(engine: &Engine, text: &str) -> (Store<()>, Module, Instance) {
    let module = module(engine, text);
    let mut store = Store::new(engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    (store, module, instance)
}

/// Loops in loops, with operands below them, locals of all types, and ways out of several constructs at once.
const LOOPS: &str = r#"(module
  (memory 1)
  (func (export "run") (param $n i32) (result i64)
    (local $i i32) (local $j i32) (local $s i64) (local $f f64) (local $g f32) (local $v v128)
    (local.set $f (f64.const 1.5))
    (block $out
      (loop $outer
        (br_if $out (i32.ge_u (local.get $i) (local.get $n)))
        (local.set $j (i32.const 0))
        (i64.const 7)
        (if (i32.and (local.get $i) (i32.const 1))
          (then
            (loop $inner
              (local.set $s (i64.add (local.get $s)
                (i64.mul (i64.extend_i32_u (local.get $i)) (i64.extend_i32_u (local.get $j)))))
              (local.set $f (f64.add (local.get $f) (f64.convert_i32_u (local.get $j))))
              (local.set $v (i32x4.add (local.get $v) (i32x4.splat (local.get $j))))
              (i64.store (i32.const 64) (i64.add (i64.load (i32.const 64)) (i64.const 1)))
              (br_if $inner (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 1))) (i32.const 9)))))
          (else
            (loop $other
              (local.set $g (f32.add (local.get $g) (f32.const 0.25)))
              (br_if $out (i32.eq (local.get $i) (i32.const 90)))
              (br_if $other (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 1))) (i32.const 5))))))
        (local.set $s (i64.add (local.get $s)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $outer)))
    (i64.add
      (i64.add (local.get $s) (i64.load (i32.const 64)))
      (i64.add
        (i64.trunc_f64_s (f64.add (local.get $f) (f64.promote_f32 (local.get $g))))
        (i64x2.extract_lane 1 (local.get $v))))))"#;

#[test]
fn loops_go_on_as_machine_code_with_what_the_interpreter_had() {
    let run = |engine: &Engine, n: i32| {
        let (mut store, module, instance) = start(engine, LOOPS);
        let run: TypedFunc<i32, i64> = instance.get_typed_func(&mut store, "run").unwrap();
        let results: Vec<i64> = (0..3).map(|_| run.call(&mut store, n).unwrap()).collect();
        (results, module.tier_stats())
    };
    let interpreter = Engine::new(Config::new().strategy(Strategy::Interpreter)).unwrap();
    for n in [0, 1, 2, 3, 10, 50, 89, 95, 200] {
        let (expected, _) = run(&interpreter, n);
        // All iterations are one after which machine code could go on.
        for iterations in (0..40).chain([100, 500, 1000]) {
            let mut config = Config::new();
            config
                .tier_up_calls(100)
                .tier_up_iterations(iterations)
                .compiler_threads(0);
            let (actual, stats) = run(&Engine::new(&config).unwrap(), n);
            assert_eq!(actual, expected, "{n}, after {iterations} iterations");
            if n >= 10 && iterations < 20 {
                assert!(stats.replacements > 0, "{n}, after {iterations} iterations");
            }
        }
    }
}

/// What is compiled when depends on the program alone, if there are no threads.
#[test]
fn the_calling_thread_compiles_at_the_same_call_each_time() {
    let text = r#"(module
      (func $leaf (param i32) (result i32) (local.get 0))
      (func (export "run") (param i32) (result i32)
        (if (result i32) (local.get 0)
          (then (call $leaf (local.get 0)))
          (else (i32.const 0)))))"#;
    let engine = engine(5);
    for _ in 0..2 {
        let (mut store, module, instance) = start(&engine, text);
        let run: TypedFunc<i32, i32> = instance.get_typed_func(&mut store, "run").unwrap();
        let compiled = (0..14).map(|call| {
            run.call(&mut store, call % 2).unwrap();
            module.tier_stats().compiled_functions
        });
        // The sixth call of `run` is compiled, with what is inlined in it; `leaf` is called no more.
        assert_eq!(
            compiled.collect::<Vec<_>>(),
            [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]
        );
    }
}

/// Functions that call each other while some of them are compiled: backtraces, results and fuel are those of the
/// interpreter.
#[test]
fn functions_of_both_kinds_call_each_other() {
    let text = r#"(module
      (type $step (func (param i32) (result i32)))
      (table funcref (elem $even $odd $wide))
      (func $even (export "even") (type $step)
        (if (i32.eqz (local.get 0)) (then unreachable))
        (i32.add (i32.const 1)
          (call_indirect (type $step) (i32.sub (local.get 0) (i32.const 1))
            (i32.rem_u (local.get 0) (i32.const 3)))))
      (func $odd (type $step)
        (if (i32.eqz (local.get 0)) (then unreachable))
        (i32.add (i32.const 1) (call $even (i32.sub (local.get 0) (i32.const 1)))))
      (func $wide (type $step)
        (drop (i64.mul_wide_u (i64.const 3) (i64.const 5)))
        (drop)
        (if (i32.eqz (local.get 0)) (then unreachable))
        (i32.add (i32.const 1) (call $even (i32.sub (local.get 0) (i32.const 1)))))
      (func $odd_or_zero (type $step)
        (if (result i32) (local.get 0)
          (then (i32.add (i32.const 1) (call $zero_or_odd (i32.sub (local.get 0) (i32.const 1)))))
          (else (i32.const 0))))
      (func $zero_or_odd (export "count") (type $step)
        (if (result i32) (local.get 0)
          (then (i32.add (i32.const 1) (call $odd_or_zero (i32.sub (local.get 0) (i32.const 1)))))
          (else (i32.const 0)))))"#;
    everywhere_with(
        |config| {
            config
                .consume_fuel(true)
                .wasm_wide_arithmetic(true)
                .max_wasm_stack(4 << 20)
                .wasm_backtrace_max_frames(50);
        },
        |engine| {
            let (mut store, _, instance) = start(engine, text);
            let mut seen = Vec::new();
            for round in 0..12 {
                for (name, depth) in [("even", round), ("count", 200 + round), ("even", 40)] {
                    store.set_fuel(1 << 20).unwrap();
                    let function: TypedFunc<i32, i32> =
                        instance.get_typed_func(&mut store, name).unwrap();
                    let outcome = function.call(&mut store, depth);
                    let outcome = outcome.map_err(|error| failure(&error));
                    seen.push((outcome, store.get_fuel().unwrap()));
                }
            }
            seen
        },
    );
}

/// What a call that failed has left behind.
type Failure = (Option<Trap>, Option<Vec<(u32, Option<usize>)>>);

fn failure(error: &wazir::Error) -> Failure {
    let backtrace = error.backtrace().map(|backtrace| {
        let frames = backtrace.frames().iter();
        frames
            .map(|frame| (frame.func_index(), frame.module_offset()))
            .collect()
    });
    (error.trap(), backtrace)
}

/// What most often was called through a table while that was interpreted is inlined, and everything else is called.
#[test]
fn calls_through_tables_do_the_same_whatever_was_called_before() {
    let text = r#"(module
      (type $step (func (param i32 i64) (result i32 i64)))
      (memory 1)
      (global $count (mut i32) (i32.const 0))
      (table 6 funcref)
      (elem (i32.const 1) func $load $count $choose $twice)
      (func $load (type $step) (i32.load (local.get 0)) (local.get 1))
      (func $count (type $step)
        (global.set $count (i32.add (global.get $count) (i32.const 1)))
        (local.get 0) (i64.add (local.get 1) (i64.const 1)))
      (func $choose (type $step)
        (if (result i32 i64) (local.get 0)
          (then (return (local.get 0) (i64.const 3)))
          (else unreachable)))
      (func $twice (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
      (func $apply (export "apply") (param $x i32) (param $which i32) (result i64) (local $y i64)
        (i32.store (i32.const 8) (global.get $count))
        (call_indirect (type $step) (local.get $x) (i64.const 5) (local.get $which))
        (local.set $y)
        (i64.extend_i32_u)
        (i64.add (i64.extend_i32_u (i32.load (i32.const 8))))
        (i64.add (i64.extend_i32_u (global.get $count)))
        (i64.add (local.get $y))))"#;
    let places = [0, 4, 8, 65533, -1];
    everywhere_with(
        |config| {
            config.consume_fuel(true);
        },
        |engine| {
            let mut seen = Vec::new();
            for usual in [1, 2, 3] {
                let (mut store, _, instance) = start(engine, text);
                let apply: TypedFunc<(i32, i32), i64> =
                    instance.get_typed_func(&mut store, "apply").unwrap();
                let usually = (0..10).map(|_| (8, usual));
                let once = (0..7).flat_map(|which| places.map(|place| (place, which)));
                for arguments in usually.chain(once) {
                    store.set_fuel(1 << 20).unwrap();
                    let outcome = apply.call(&mut store, arguments);
                    seen.push((
                        outcome.map_err(|error| failure(&error)),
                        store.get_fuel().unwrap(),
                    ));
                }
            }
            seen
        },
    );
}

/// Calls in tail position between functions of both kinds do not use up the stack.
#[test]
fn functions_of_both_kinds_take_each_others_place() {
    let text = r#"(module
      (func $wide (param i64) (result i64)
        (drop (i64.mul_wide_u (i64.const 3) (i64.const 5)))
        (drop)
        (return_call $run (i64.sub (local.get 0) (i64.const 1))))
      (func $run (export "run") (param i64) (result i64)
        (if (i64.eqz (local.get 0)) (then (return (i64.const 11))))
        (return_call $wide (local.get 0))))"#;
    for count in [0, 1, 10] {
        let mut config = Config::new();
        config.wasm_wide_arithmetic(true);
        let engine = Engine::new(tiered(&mut config, count)).unwrap();
        let (mut store, module, instance) = start(&engine, text);
        let run: TypedFunc<i64, i64> = instance.get_typed_func(&mut store, "run").unwrap();
        assert_eq!(run.call(&mut store, 300_000).unwrap(), 11);
        let stats = module.tier_stats();
        assert_eq!((stats.compiled_functions, stats.refused_functions), (1, 1));
    }
}

/// A call that may wait is interpreted to its end, whatever is compiled.
#[test]
fn calls_that_may_wait_are_interpreted() {
    let engine = engine(0);
    let module = module(
        &engine,
        r#"(module
          (import "" "ask" (func $ask (param i32) (result i32)))
          (func $sum (export "sum") (param $n i32) (result i32) (local $sum i32)
            (loop $again
              (local.set $sum (i32.add (local.get $sum) (call $ask (local.get $n))))
              (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
            (local.get $sum)))"#,
    );
    let mut store = Store::new(&engine, ());
    static FAILS: AtomicBool = AtomicBool::new(false);
    let ask = Func::wrap(&mut store, |number: i32| {
        match FAILS.load(Ordering::Relaxed) {
            true => Err(wazir::Error::msg("wait")),
            false => Ok(number),
        }
    });
    let instance = Instance::new(&mut store, &module, &[ask.into()]).unwrap();
    let sum = instance.get_func(&mut store, "sum").unwrap();
    let mut results = [Val::I32(0)];
    for _ in 0..2 {
        FAILS.store(false, Ordering::Relaxed);
        sum.call(&mut store, &[Val::I32(4)], &mut results).unwrap();
        assert_eq!(results[0].unwrap_i32(), 10);
        FAILS.store(true, Ordering::Relaxed);
        let mut call = sum
            .call_resumable(&mut store, &[Val::I32(4)], &mut results)
            .unwrap();
        let mut waits = 0;
        while let ResumableCall::HostTrap(waiting) = call {
            waits += 1;
            call = waiting
                .resume(&mut store, &[Val::I32(100)], &mut results)
                .unwrap();
        }
        assert_eq!((waits, results[0].unwrap_i32()), (4, 400));
    }
    assert_eq!(module.tier_stats().compiled_functions, 1);
}

/// Functions of two instances call each other, also through a table that changes.
#[test]
fn instances_see_what_is_compiled_in_others() {
    let provider = r#"(module
      (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "trap") (result i32) unreachable))"#;
    let user = r#"(module
      (import "" "add" (func $add (param i32 i32) (result i32)))
      (import "" "trap" (func $trap (result i32)))
      (table $table (export "table") 2 funcref)
      (elem (i32.const 0) func $add)
      (func (export "run") (param i32) (result i32)
        (call $add
          (call_indirect (param i32 i32) (result i32) (local.get 0) (i32.const 5) (i32.const 0))
          (local.get 0)))
      (func (export "trap") (result i32) (call $trap)))"#;
    everywhere_with(
        |_| {},
        |engine| {
            let (mut store, _, provider) = start(engine, provider);
            let imports =
                ["add", "trap"].map(|name| provider.get_export(&mut store, name).unwrap());
            let user = Instance::new(&mut store, &module(engine, user), &imports).unwrap();
            let run: TypedFunc<i32, i32> = user.get_typed_func(&mut store, "run").unwrap();
            let trap: TypedFunc<(), i32> = user.get_typed_func(&mut store, "trap").unwrap();
            (0..10)
                .map(|number| {
                    let error = trap.call(&mut store, ()).unwrap_err();
                    assert_eq!(error.trap(), Some(Trap::UnreachableCodeReached));
                    let frames = error.backtrace().unwrap().frames().len();
                    (run.call(&mut store, number).unwrap(), frames)
                })
                .collect::<Vec<_>>()
        },
    );
}

/// A program that is worth compiling is compiled in the background, and modules can go at any time meanwhile.
#[test]
fn threads_compile_while_programs_run_and_modules_go() {
    let functions: String = (0..60)
        .map(|index| {
            format!(
                "(func $f{index} (param $n i32) (result i32) (local $sum i32)
                   (loop $again
                     (local.set $sum (i32.add (local.get $sum) (i32.mul (local.get $n) (i32.const {index}))))
                     (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                   (local.get $sum))"
            )
        })
        .collect();
    let calls: String = (0..60)
        .map(|index| format!("(call $f{index} (local.get 0)) (i32.add)"))
        .collect();
    let text = format!(
        r#"(module {functions} (func (export "run") (param i32) (result i32) (i32.const 0) {calls}))"#
    );
    let expected: i32 = (0..60).map(|index| index * (40 * 41 / 2)).sum();
    let engine = Engine::new(Config::new().tier_up_calls(2).tier_up_iterations(50)).unwrap();
    let wasm = wat::parse_str(text).unwrap();
    let compiled = AtomicI32::new(0);
    std::thread::scope(|scope| {
        for thread in 0..4_u64 {
            let (engine, wasm, compiled) = (&engine, &wasm, &compiled);
            scope.spawn(move || {
                for round in 0..30_u64 {
                    let module = Module::new(engine, wasm).unwrap();
                    let mut store = Store::new(engine, ());
                    let instance = Instance::new(&mut store, &module, &[]).unwrap();
                    let run: TypedFunc<i32, i32> =
                        instance.get_typed_func(&mut store, "run").unwrap();
                    // Sometimes it is dropped before anything is compiled, sometimes while it is.
                    for _ in 0..(round * 7 + thread) % 20 {
                        assert_eq!(run.call(&mut store, 40).unwrap(), expected);
                    }
                    compiled.fetch_add(
                        module.tier_stats().compiled_functions as i32,
                        Ordering::Relaxed,
                    );
                }
            });
        }
    });
    // In the end one gets as far as all.
    let module = Module::new(&engine, &wasm).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let run: TypedFunc<i32, i32> = instance.get_typed_func(&mut store, "run").unwrap();
    let end = Instant::now() + Duration::from_secs(60);
    while module.tier_stats().compiled_functions < 61 && Instant::now() < end {
        assert_eq!(run.call(&mut store, 40).unwrap(), expected);
    }
    assert_eq!(module.tier_stats().compiled_functions, 61);
}

#[test]
fn a_function_whose_loops_are_too_deep_to_be_entered_is_compiled_as_a_whole() {
    let depth = 200;
    let text = format!(
        r#"(module (func (export "run") (param $s i32) (result i32) (local $i i32)
          {}
          (local.set $i (i32.const 50))
          (loop $inner
            (local.set $s (i32.add (local.get $s) (local.get $i)))
            (br_if $inner (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
          {}
          (local.get $s)))"#,
        "(loop".repeat(depth),
        "(br_if 0 (i32.eqz (local.get $s))))".repeat(depth),
    );
    let mut config = Config::new();
    config
        .tier_up_calls(1_000_000)
        .tier_up_iterations(depth as u32 + 20)
        .compiler_threads(0);
    let (mut store, module, instance) = start(&Engine::new(&config).unwrap(), &text);
    let run: TypedFunc<i32, i32> = instance.get_typed_func(&mut store, "run").unwrap();
    for _ in 0..2 {
        assert_eq!(run.call(&mut store, 1).unwrap(), 1 + 51 * 25);
    }
    let stats = module.tier_stats();
    assert_eq!(
        (stats.compiled_loops, stats.compiled_functions),
        (0, 1),
        "{stats:?}"
    );
}
