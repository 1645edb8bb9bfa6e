//! Functions that become part of those that call them: nobody can see that, but for the time it takes.

use crate::errors::show;
use crate::{everywhere_with, module};
use wazir::inspect::{Processor, Stage};
use wazir::*;

/// Functions that are inlined, several calls deep, and that fail in all ways.
const FAILING: &str = r#"(module $m
  (import "" "host" (func $host (param i32)))
  (memory 1)
  (table 3 funcref) (elem (i32.const 0) $divide)
  (global $calls (mut i32) (i32.const 0))
  (type $two (func (param i32 i32) (result i32)))
  (func $divide (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func $load (param i32) (result i32) (i32.load offset=4 (i32.sub (local.get 0) (i32.const 16))))
  (func $loads (param i32) (result i32)
    (i32.add (call $load (local.get 0)) (call $load (i32.mul (local.get 0) (i32.const 4096)))))
  (func $store (param i32) (i32.store (i32.sub (local.get 0) (i32.const 8)) (local.get 0)))
  (func $fail (unreachable))
  (func $if_even (param i32) (if (i32.eqz (i32.and (local.get 0) (i32.const 1))) (then (call $fail))))
  (func $call_host (param i32) (call $host (local.get 0)))
  (func $fill (param i32) (memory.fill (i32.const 0) (i32.const 0) (local.get 0)))
  (func $fill_pages (param i32) (call $fill (i32.shl (local.get 0) (i32.const 16))))
  (func $convert (param f32) (result i32) (i32.trunc_f32_s (local.get 0)))
  (func $dispatch (param i32 i32) (result i32)
    (call_indirect (type $two) (local.get 0) (local.get 1) (local.get 1)))
  (func $large (param i32) (result i32)
    (loop (br_if 0 (local.tee 0 (i32.shr_u (local.get 0) (i32.const 1)))))
    (i32.load (i32.sub (local.get 0) (i32.const 4))))
  (func $in_place (param i32) (result i32) (return_call $large (local.get 0)))
  (func $endless (param i32) (result i32) (i32.add (call $again (local.get 0)) (i32.const 1)))
  (func $again (param i32) (result i32) (call $endless (i32.sub (local.get 0) (i32.const 1))))
  (func (export "divide") (param i32) (result i32)
    (i32.add
      (call $divide (i32.const 8) (local.get 0))
      (call $divide (i32.const 9) (i32.sub (local.get 0) (i32.const 2)))))
  (func (export "loads") (param i32) (result i32) (call $loads (local.get 0)))
  (func (export "folded") (param i32) (result i32)
    (i32.add (local.get 0) (i32.load offset=4 (i32.sub (local.get 0) (i32.const 8)))))
  (func (export "compared") (param i32) (result i32)
    (if (result i32) (i32.lt_s (i32.const 3) (i32.load offset=4 (i32.sub (local.get 0) (i32.const 8))))
      (then (i32.const 1)) (else (i32.const 2))))
  (func (export "store") (param i32) (result i32)
    (call $store (local.get 0)) (call $store (i32.sub (local.get 0) (i32.const 2))) (i32.const 1))
  (func (export "even") (param i32) (result i32) (call $if_even (local.get 0)) (i32.const 1))
  (func (export "host") (param i32) (result i32)
    (loop $again
      (call $call_host (local.get 0))
      (br_if $again (i32.gt_s (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 0))))
    (call $divide (i32.const 1) (local.get 0)))
  (func (export "fill") (param i32) (result i32) (call $fill_pages (local.get 0)) (i32.const 1))
  (func (export "convert") (param i32) (result i32)
    (call $convert (f32.div (f32.convert_i32_s (local.get 0)) (f32.const 0))))
  (func (export "dispatch") (param i32) (result i32) (call $dispatch (i32.const 3) (local.get 0)))
  (func (export "in_place") (param i32) (result i32) (i32.eqz (call $in_place (local.get 0))))
  (func (export "endless") (param i32) (result i32) (call $endless (local.get 0))))"#;

/// As for the interpreter, each call is a frame, with its function and its place.
#[test]
fn backtraces_have_the_functions_that_are_inlined() {
    let names = [
        "divide", "loads", "folded", "compared", "store", "even", "host", "fill", "convert",
        "dispatch", "in_place",
    ];
    let inlined = module(&Engine::default(), FAILING);
    let ir = inspect::compiled(&inlined, Stage::Ssa, Processor::Full).unwrap();
    for name in names {
        for (argument, max_frames) in [0, 1, 2, 3, 7, 16, 17, 65536]
            .into_iter()
            .flat_map(|argument| [20, 2, 1, 0].map(|frames| (argument, frames)))
        {
            _ = everywhere_with(
                |config| _ = config.wasm_backtrace_max_frames(max_frames),
                |engine| {
                    let mut store = Store::new(engine, ());
                    let host = Func::wrap(&mut store, |value: i32| match value {
                        2 => Err(Error::msg("a host's error")),
                        _ => Ok(()),
                    });
                    let module = module(engine, FAILING);
                    let instance = Instance::new(&mut store, &module, &[host.into()]).unwrap();
                    let run = instance
                        .get_typed_func::<i32, i32>(&mut store, name)
                        .unwrap();
                    let outcome = run.call(&mut store, argument).map_err(|error| show(&error));
                    (name, argument, outcome)
                },
            );
        }
    }
    // What calls nothing but small functions calls nothing.
    assert!(!ir.contains("call 1("), "{ir}");
}

/// How many frames there are without those that are shown, where functions that call each other are inlined.
#[test]
fn a_recursion_with_inlined_functions_finds_the_end_of_the_stack() {
    for max_frames in [1, 2, 5, 20] {
        let mut config = Config::new();
        config
            .strategy(Strategy::Compiler)
            .wasm_backtrace_max_frames(max_frames);
        let engine = Engine::new(&config).unwrap();
        let mut store = Store::new(&engine, ());
        let host = Func::wrap(&mut store, |_: i32| {});
        let instance =
            Instance::new(&mut store, &module(&engine, FAILING), &[host.into()]).unwrap();
        let run = instance
            .get_typed_func::<i32, i32>(&mut store, "endless")
            .unwrap();
        let error = run.call(&mut store, 1).unwrap_err();
        assert_eq!(error.trap(), Some(Trap::StackOverflow));
        let backtrace = error.backtrace().unwrap();
        assert_eq!(backtrace.frames().len(), max_frames);
        let names: Vec<_> = backtrace
            .frames()
            .iter()
            .filter_map(FrameInfo::func_name)
            .collect();
        for pair in names.windows(2) {
            assert_ne!(pair[0], pair[1], "{names:?}");
        }
        let text = format!("{error:?}");
        let more = text.rsplit_once("... ").and_then(|(_, more)| {
            let (count, _) = more.split_once(" more")?;
            count.parse::<usize>().ok()
        });
        assert!(more.is_some_and(|more| more > 10_000), "{text}");
    }
}

#[test]
fn fuel_is_that_of_the_functions() {
    let text = r#"(module
      (import "" "" (func $host (param i32) (result i32)))
      (memory 1)
      (func $plain (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
      (func $early (param i32) (result i32)
        (if (i32.and (local.get 0) (i32.const 1)) (then (return (i32.const 7))))
        (i32.const 9))
      (func $nested (param i32) (result i32) (i32.add (call $plain (local.get 0)) (call $early (local.get 0))))
      (func $calls_host (param i32) (result i32) (nop) (call $host (local.get 0)))
      (func $nothing)
      (func $never (nop) (unreachable))
      (func $never_either (call $never) (drop (i32.const 1)) (call $nothing))
      (func $fail (param i32) (if (i32.eq (local.get 0) (i32.const 5)) (then (unreachable))))
      (func $fill (param i32) (memory.fill (i32.const 0) (i32.const 1) (local.get 0)))
      (func $large (param i32) (result i32)
        (loop (br_if 0 (local.tee 0 (i32.shr_u (local.get 0) (i32.const 1))))) (local.get 0))
      (func $in_place (param i32) (result i32) (return_call $large (local.get 0)))
      (func $arms (param i32) (result i32)
        (block (block (br_table 0 1 (local.get 0))) (return (i32.const 4))) (i32.const 5))
      (func (export "run") (param i32) (result i32)
        (local $sum i32)
        (loop $again
          (local.set $sum (i32.add (local.get $sum) (call $nested (local.get 0))))
          (call $nothing)
          (call $fail (local.get 0))
          (if (i32.eq (local.get $sum) (i32.const 18))
            (then (call $never_either) (local.set $sum (i32.const 3)) (call $nothing) (if (local.get 0) (then (nop)))))
          (local.set $sum (i32.xor (local.get $sum) (call $calls_host (local.get $sum))))
          (call $fill (i32.shl (local.get 0) (i32.const 8)))
          (local.set $sum (i32.add (call $in_place (local.get $sum)) (call $arms (local.get 0))))
          (if (call $early (local.get 0)) (then (local.set $sum (call $plain (local.get $sum)))))
          (br_if $again (i32.lt_s (local.tee 0 (i32.sub (local.get 0) (i32.const 1))) (i32.const 3)))
          (br_if $again (i32.gt_s (local.get 0) (i32.const 0))))
        (local.get $sum)))"#;
    everywhere_with(
        |config| _ = config.consume_fuel(true),
        |engine| {
            let module = module(engine, text);
            let mut outcomes = Vec::new();
            for (rounds, fuel) in [3, 5, 8]
                .into_iter()
                .flat_map(|rounds| (0..400).chain([1 << 12]).map(move |fuel| (rounds, fuel)))
            {
                let mut store = Store::new(engine, ());
                let host = Func::wrap(&mut store, |mut caller: Caller<'_, ()>, value: i32| {
                    let fuel = caller.get_fuel().unwrap();
                    caller.set_fuel(fuel.saturating_sub(2)).unwrap();
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
            outcomes
        },
    );
}

/// Functions that call each other again and again do not make code that is longer than a few times the module.
#[test]
fn code_is_proportional_to_the_module() {
    let calls = |callee: usize, count| format!("(call $f{callee})").repeat(count);
    let function = |number, body: &str| format!("(func $f{number} {body})");
    let set = "(global.set 0 (i32.const 1))";
    let chain = |length: usize, count| {
        let links = (0..length).map(|number| function(number, &calls(number + 1, count)));
        String::from_iter(links.chain([function(length, set)]))
    };
    let circle = |length: usize| {
        let next = |number| (1..4).map(move |step| (number + step) % length);
        let links = (0..length).map(|number| {
            let calls = next(number).map(|callee| calls(callee, 2));
            function(number, &format!("(loop {})", String::from_iter(calls)))
        });
        String::from_iter(links)
    };
    let wide = format!(
        "{} (func {})",
        function(0, &set.repeat(4)),
        calls(0, 100_000)
    );
    let in_loop = format!(
        "{} (func (loop {}))",
        function(0, &set.repeat(8)),
        calls(0, 50_000)
    );
    for functions in [chain(3000, 4), chain(2000, 9), circle(3000), wide, in_loop] {
        let mut config = Config::new();
        config.strategy(Strategy::Compiler);
        let engine = Engine::new(&config).unwrap();
        let text = format!("(module (global (mut i32) (i32.const 0)) {functions})");
        let wasm = wat::parse_str(text).unwrap();
        let module = Module::new(&engine, &wasm).unwrap();
        let saved = module.serialize().unwrap().len();
        assert!(saved < 80 * wasm.len(), "{} bytes give {saved}", wasm.len());
    }
}

/// A function that no engine executes yet, or that is not valid, stays called, and is the only one that is not
/// compiled.
#[test]
fn what_cannot_be_compiled_is_called() {
    let invalid = "(i64.const 1)";
    let unknown = "(return_call $host)";
    for body in [invalid, unknown] {
        let text = format!(
            r#"(module
              (import "" "host" (func $host (result i32)))
              (func $callee (result i32) {body})
              (func (export "run") (param i32) (result i32)
                (if (local.get 0) (then (return (call $callee)))) (i32.const 3)))"#
        );
        _ = everywhere_with(
            |config| _ = config.compilation_mode(CompilationMode::Lazy),
            |engine| {
                let module = crate::partly_compiled(engine, &text, 1, 2);
                let mut store = Store::new(engine, ());
                let host = Func::wrap(&mut store, || 5_i32);
                let instance = Instance::new(&mut store, &module, &[host.into()]).unwrap();
                let run = instance
                    .get_typed_func::<i32, i32>(&mut store, "run")
                    .unwrap();
                [0, 1].map(|argument| run.call(&mut store, argument).map_err(|e| e.to_string()))
            },
        );
    }
}

/// What is in a table that nothing seems to change is what the caller finds there, in whatever order segments are
/// copied, and if instantiation fails.
#[test]
fn calls_through_tables_that_do_not_change() {
    let text = r#"(module
      (import "" "host" (func $host (param i32) (result i32)))
      (import "" "shared" (table $shared 4 funcref))
      (type $one (func (param i32) (result i32)))
      (type $none (func (result i32)))
      (memory 1)
      (global $count (mut i32) (i32.const 0))
      (table $mixed 5 funcref)
      (table $own 3 funcref)
      (table $late 2 funcref)
      (table $out 1 funcref)
      (elem (table $mixed) (i32.const 1) func $divide $host)
      (elem (table $mixed) (i32.const 3) funcref (ref.func $zero) (ref.null func))
      (elem (table $own) (i32.const 0) func $next $divide $divide)
      (elem (table $own) (i32.const 1) func $load)
      (elem (table $shared) (i32.const 0) func $divide $late)
      (elem (table $out) OFFSET func $divide)
      (elem (table $late) (i32.const 0) func $divide $next)
      (func $divide (param i32) (result i32) (i32.div_u (i32.const 100) (local.get 0)))
      (func $next (param i32) (result i32)
        (global.set $count (i32.add (global.get $count) (i32.const 1)))
        (i32.add (local.get 0) (global.get $count)))
      (func $load (param i32) (result i32) (i32.load (i32.sub (local.get 0) (i32.const 1))))
      (func $zero (result i32) (i32.const 0))
      (func $late (param i32) (result i32)
        (i32.add (local.get 0) (call_indirect $late (type $one) (local.get 0) (i32.const 1))))
      (func (export "mixed") (param i32 i32) (result i32)
        (i32.add (call_indirect $mixed (type $one) (local.get 0) (local.get 1)) (i32.const 1)))
      (func (export "mixed_none") (param i32 i32) (result i32)
        (call_indirect $mixed (type $none) (local.get 1)))
      (func (export "own") (param i32 i32) (result i32)
        (i32.add (local.get 0) (call_indirect $own (type $one) (local.get 0) (local.get 1))))
      (func (export "own_none") (param i32 i32) (result i32) (call_indirect $own (type $none) (local.get 1)))
      (func (export "known") (param i32 i32) (result i32)
        (i32.add
          (call_indirect $own (type $one) (local.get 0) (i32.const 0))
          (call_indirect $own (type $one) (local.get 0) (i32.const 1))))
      (func (export "null") (param i32 i32) (result i32) (call_indirect $mixed (type $one) (local.get 0) (i32.const 0)))
      (func (export "outside") (param i32 i32) (result i32)
        (call_indirect $own (type $one) (local.get 0) (i32.const 3)))
      (func (export "signature") (param i32 i32) (result i32) (call_indirect $own (type $none) (i32.const 2)))
      (func (export "imported") (param i32 i32) (result i32)
        (call_indirect $mixed (type $one) (local.get 0) (i32.const 2)))
      (func (export "loop") (param i32 i32) (result i32) (local $sum i32)
        (loop $again
          (local.set $sum
            (i32.add
              (local.get $sum)
              (call_indirect $own (type $one) (local.get 0) (i32.and (local.get 0) (i32.const 1)))))
          (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (i32.add (local.get $sum) (i32.load (i32.const 0)))))"#;
    let names = [
        "mixed",
        "mixed_none",
        "own",
        "own_none",
        "known",
        "null",
        "outside",
        "signature",
        "imported",
        "loop",
    ];
    for offset in ["(i32.const 0)", "(i32.const 1)"] {
        let text = text.replace("OFFSET", offset);
        everywhere_with(
            |_| (),
            |engine| {
                let module = module(engine, &text);
                let mut store = Store::new(engine, ());
                let host = Func::wrap(&mut store, |value: i32| value * 10);
                let ty = TableType::new(RefType::FUNCREF, 4, None);
                let shared = Table::new(&mut store, ty, Ref::Func(None)).unwrap();
                let imports = [host.into(), shared.into()];
                let instance = Instance::new(&mut store, &module, &imports);
                let mut outcomes = Vec::new();
                // What a failed instance has left in the shared table can be called.
                for at in 0..2 {
                    let Some(Ref::Func(Some(left))) = shared.get(&mut store, at) else {
                        panic!("it was copied");
                    };
                    let left = left.typed::<i32, i32>(&store).unwrap();
                    let outcome = left.call(&mut store, 3).map_err(|error| show(&error));
                    outcomes.push(outcome);
                }
                let instance = match instance {
                    Ok(instance) => instance,
                    Err(error) => {
                        outcomes.push(Err(error.to_string()));
                        return outcomes;
                    }
                };
                for name in names {
                    let run = instance
                        .get_typed_func::<(i32, i32), i32>(&mut store, name)
                        .unwrap();
                    for (argument, index) in [-1, 1, 7].into_iter().flat_map(|argument| {
                        [0, 1, 2, 3, 4, 5, -1, i32::MAX].map(|index| (argument, index))
                    }) {
                        if (name, argument) == ("loop", -1) {
                            continue;
                        }
                        let outcome = run.call(&mut store, (argument, index));
                        outcomes.push(outcome.map_err(|error| show(&error)));
                    }
                }
                outcomes
            },
        );
    }
}

/// Calls through a table whose functions are all the module's own lead to their code without their records.
#[test]
fn calls_through_tables_of_own_functions() {
    let (locals, body) = crate::interpreted();
    let params = "i64 ".repeat(12);
    let gets: String = (0..12).map(|at| format!("(local.get {at}) ")).collect();
    let sum = "i64.add ".repeat(11);
    let text = format!(
        r#"(module
          {}
          (type $one (func (param i32) (result i32)))
          (type $same (func (param i32) (result i32)))
          (type $many (func (param {params}) (result i64 i64)))
          (memory 1 20)
          (table $mixed 9 funcref)
          (table $equal 4 funcref)
          (table $full 2 funcref)
          (elem (table $mixed) (i32.const 1) func $double $grow $many $interpreted $trap $indirect $same)
          (elem (table $equal) (i32.const 0) func $double $grow)
          (elem (table $full) (i32.const 0) func $grow $same)
          (func $double (type $one) (i32.mul (local.get 0) (i32.const 2)))
          (func $same (type $same) (i32.sub (i32.const 5) (local.get 0)))
          (func $grow (type $same)
            (drop (memory.grow (i32.and (local.get 0) (i32.const 1))))
            (i32.store (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4)) (local.get 0))
            (memory.size))
          (func $many (type $many) (local.get 11) {gets} {sum})
          (func $interpreted (type $one) {locals} {body} (i32.add (call $grow (local.get 0)) (i32.const 100)))
          (func $trap (type $one) (i32.div_u (i32.const 1) (i32.and (local.get 0) (i32.const 1))))
          (func $indirect (type $one)
            (i32.add (call_indirect $full (type $one) (local.get 0) (i32.const 1)) (i32.const 7)))
          (func (export "mixed") (param i32 i32) (result i32)
            (i32.store (i32.const 8) (local.get 0))
            (i32.add
              (call_indirect $mixed (type $one) (local.get 0) (local.get 1))
              (i32.add
                (i32.load (i32.const 8))
                (i32.load (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4))))))
          (func (export "many") (param i32 i32) (result i32)
            (local $low i64)
            (call_indirect $mixed (type $many)
              {} (i64.extend_i32_u (local.get 0)) (local.get 1))
            (local.set $low)
            (i32.wrap_i64 (i64.xor (i64.shl (i64.const 3)) (local.get $low))))
          (func (export "equal") (param i32 i32) (result i32)
            (i32.add
              (call_indirect $equal (type $same) (local.get 0) (local.get 1))
              (i32.load (i32.const 8))))
          (func (export "full") (param i32 i32) (result i32)
            (call_indirect $full (type $one) (local.get 0) (local.get 1)))
          (func (export "other") (param i32 i32) (result i32)
            (drop (call_indirect $full (result i64) (local.get 1))) (i32.const 1)))"#,
        crate::ZERO,
        "(i64.const 17) ".repeat(11),
    );
    everywhere_with(
        |_| (),
        |engine| {
            let module = crate::partly_compiled(engine, &text, 1, 12);
            let mut outcomes = Vec::new();
            for name in ["mixed", "many", "equal", "full", "other"] {
                for index in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, i32::MIN] {
                    let mut store = Store::new(engine, ());
                    let instance = Instance::new(&mut store, &module, &[]).unwrap();
                    let run = instance
                        .get_typed_func::<(i32, i32), i32>(&mut store, name)
                        .unwrap();
                    for argument in [1, 2, 3, -1] {
                        let outcome = run.call(&mut store, (argument, index));
                        outcomes.push(outcome.map_err(|error| show(&error)));
                    }
                }
            }
            outcomes
        },
    );
}
