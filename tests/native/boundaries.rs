//! Values and errors on their way between machine code, the interpreter and the host.

use crate::{ZERO, everywhere, everywhere_with, interpreted, module, partly_compiled};
use wazir::*;

/// The upper half of a register says nothing of an f32.
#[test]
fn an_f32_for_an_interpreted_function_is_32_bits() {
    let (locals, body) = interpreted();
    let text = format!(
        r#"(module
          {ZERO}
          (memory 1)
          (func $load (param f32) (result i64)
            {locals} {body}
            (i64.load8_u (i32.reinterpret_f32 (local.get 0))))
          (func $wide (param f32) (result i64)
            {locals} {body}
            (i64.extend_i32_u (i32.reinterpret_f32 (local.get 0))))
          (func (export "load") (param f64) (result i64)
            (local f64)
            (local.set 1 (f64.add (local.get 0) (f64.const 0)))
            (call $load (f32.demote_f64 (local.get 1))))
          (func (export "wide") (param f64) (result i64)
            (call $wide (f32.demote_f64 (local.get 0))))
          (func (export "replaced") (param v128) (result i64)
            (call $wide (f32x4.extract_lane 0 (local.get 0)))))"#
    );
    let outcome = everywhere(|engine| {
        let module = partly_compiled(engine, &text, 2, 5);
        let mut store = Store::new(engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let load = instance
            .get_typed_func::<f64, u64>(&mut store, "load")
            .unwrap();
        let wide = instance
            .get_typed_func::<f64, u64>(&mut store, "wide")
            .unwrap();
        let lane = instance
            .get_typed_func::<V128, u64>(&mut store, "replaced")
            .unwrap();
        (
            wide.call(&mut store, 1.0000001).unwrap(),
            lane.call(&mut store, V128::from(u128::MAX / 3)).unwrap(),
            load.call(&mut store, f64::from(f32::from_bits(16)))
                .map_err(|error| error.trap()),
        )
    });
    assert_eq!(outcome, (0x3f80_0001, 0x5555_5555, Ok(0)));
}

/// The interpreter counts fuel below zero; how far does not matter.
#[test]
fn no_length_gives_fuel() {
    let text = r#"(module
      (memory i64 1)
      (func (export "fill") (param i64)
        (memory.fill (i64.const 0) (i32.const 0) (local.get 0))))"#;
    everywhere_with(
        |config| _ = config.consume_fuel(true),
        |engine| {
            let mut outcomes = Vec::new();
            for length in [u64::MAX, 1 << 63, 1 << 40, 1 << 16, 64, 63] {
                for fuel in [0, 3, 4, 5, 100, u64::MAX, i64::MAX as u64] {
                    let module = crate::module(engine, text);
                    let mut store = Store::new(engine, ());
                    store.set_fuel(fuel).unwrap();
                    let instance = Instance::new(&mut store, &module, &[]).unwrap();
                    let fill = instance
                        .get_typed_func::<u64, ()>(&mut store, "fill")
                        .unwrap();
                    for _ in 0..3 {
                        let trap = fill.call(&mut store, length).map_err(|error| error.trap());
                        outcomes.push((trap, store.get_fuel().unwrap()));
                    }
                }
            }
            outcomes
        },
    );
}

const KINDS: [&str; 6] = ["i32", "i64", "f32", "f64", "v128", "externref"];

/// A list of types, in which all kinds come, so that some values of each are beyond registers.
fn types(count: usize, first: usize) -> Vec<&'static str> {
    (0..count)
        .map(|number| KINDS[(first + number * 5 + number / 7) % KINDS.len()])
        .collect()
}

fn value(store: &mut Store<()>, ty: &str, seed: u64) -> Val {
    let bits = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 << 63 | 1 << 31;
    match ty {
        "i32" => Val::I32(bits as i32),
        "i64" => Val::I64(bits as i64),
        "f32" => Val::F32(bits as u32),
        "f64" => Val::F64(bits),
        "v128" => Val::V128(V128::from(u128::from(bits) << 64 | u128::from(!bits))),
        _ => Val::ExternRef(Some(ExternRef::new(store, seed).unwrap())),
    }
}

fn show(store: &Store<()>, values: &[Val]) -> Vec<String> {
    let show = |value: &Val| match value {
        Val::ExternRef(Some(value)) => {
            format!(
                "{:?}",
                value.data(store).unwrap().unwrap().downcast_ref::<u64>()
            )
        }
        value => format!("{value:?}"),
    };
    values.iter().map(show).collect()
}

/// Values pass from the host to the guest, to another instance, to an interpreted function, to the host, and back.
#[test]
fn many_values_of_all_kinds_pass_through_all_boundaries() {
    let (locals, body) = interpreted();
    for (count, first) in [(1, 0), (5, 1), (9, 2), (24, 3), (60, 4), (200, 5)] {
        let types = types(count, first);
        let (list, gets) = (types.join(" "), gets(0..count));
        let back = gets_reversed(&types);
        let reversed: Vec<_> = types.iter().rev().copied().collect();
        let reversed = reversed.join(" ");
        // Each function gives its arguments in the opposite order.
        let text = format!(
            r#"(module
              (type $t (func (param {list}) (result {reversed})))
              (type $back (func (param {reversed}) (result {list})))
              (import "" "host" (func $host (type $t)))
              {ZERO}
              (table $table (export "table") 4 funcref)
              (elem (i32.const 0) $host $interpreted $own)
              (elem declare func $host $interpreted $own)
              (memory 1)
              (func $own (type $t) {back})
              (func $interpreted (type $t) {locals} {body} {back})
              (func (export "host") (type $t) (call $host {gets}))
              (func (export "interpreted") (type $t) (call $interpreted {gets}))
              (func (export "own") (type $t) (call $own {gets}))
              (func (export "tail") (type $t) (return_call $own {gets}))
              (func (export "indirect 0") (type $t) (call_indirect (type $t) {gets} (i32.const 0)))
              (func (export "indirect 1") (type $t) (call_indirect (type $t) {gets} (i32.const 1)))
              (func (export "indirect 2") (type $t) (call_indirect (type $t) {gets} (i32.const 2)))
              (func (export "ref 0") (type $t) (call_ref $t {gets} (ref.func $host)))
              (func (export "ref 1") (type $t) (call_ref $t {gets} (ref.func $interpreted)))
              (func (export "ref 2") (type $t) (call_ref $t {gets} (ref.func $own))))"#
        );
        let user = format!(
            r#"(module
              (type $t (func (param {list}) (result {reversed})))
              (import "" "table" (table 4 funcref))
              (import "" "own" (func $own (type $t)))
              (func (export "cross 0") (type $t) (call_indirect (type $t) {gets} (i32.const 0)))
              (func (export "cross 1") (type $t) (call_indirect (type $t) {gets} (i32.const 1)))
              (func (export "cross 2") (type $t) (call_indirect (type $t) {gets} (i32.const 2)))
              (func (export "cross 3") (type $t) (call_indirect (type $t) {gets} (i32.const 3)))
              (func (export "cross 4") (type $t) (call $own {gets})))"#
        );
        let outcomes = everywhere(|engine| {
            let mut store = Store::new(engine, ());
            let mut linker = Linker::new(engine);
            linker.allow_shadowing(true);
            let module = partly_compiled(engine, &text, 1, 12);
            let ty = match module.get_export("own") {
                Some(ExternType::Func(ty)) => ty,
                _ => unreachable!(),
            };
            let host = Func::new(&mut store, ty, |mut caller, arguments, results| {
                caller.gc(None)?;
                results.copy_from_slice(arguments);
                results.reverse();
                Ok(())
            });
            linker.define(&mut store, "", "host", host).unwrap();
            let first = linker.instantiate(&mut store, &module).unwrap();
            linker.instance(&mut store, "", first).unwrap();
            let second = linker
                .instantiate(&mut store, &crate::module(engine, &user))
                .unwrap();
            let mut outcomes = Vec::new();
            let names = [
                "host",
                "interpreted",
                "own",
                "tail",
                "indirect 0",
                "indirect 1",
                "indirect 2",
                "ref 0",
                "ref 1",
                "ref 2",
                "cross 0",
                "cross 1",
                "cross 2",
                "cross 3",
                "cross 4",
            ];
            for name in names {
                let func = first
                    .get_func(&mut store, name)
                    .or_else(|| second.get_func(&mut store, name))
                    .unwrap();
                let arguments: Vec<_> = types
                    .iter()
                    .zip(0..)
                    .map(|(ty, seed)| value(&mut store, ty, seed))
                    .collect();
                let mut results = vec![Val::I32(0); count];
                let trap = func
                    .call(&mut store, &arguments, &mut results)
                    .map_err(|error| error.trap());
                results.reverse();
                if trap.is_ok() {
                    assert_eq!(
                        show(&store, &results),
                        show(&store, &arguments),
                        "{name} {count}"
                    );
                }
                outcomes.push((name, trap));
            }
            outcomes
        });
        for (name, trap) in outcomes {
            let expected = if name == "cross 3" {
                Err(Some(Trap::IndirectCallToNull))
            } else {
                Ok(())
            };
            assert_eq!(trap, expected, "{name}");
        }
    }
}

/// Few arguments come to the host in registers, more or vectors in memory; so do results.
#[test]
fn hosts_get_and_give_values_of_every_short_list_of_types() {
    let lists: Vec<Vec<&str>> = (0..=5)
        .flat_map(|count: u32| {
            // All lists of up to two types, and a choice of the longer ones.
            let step = [1, 1, 1, 5, 37, 211][count as usize];
            (0..6_usize.pow(count)).step_by(step).map(move |number| {
                let digits = (0..count).map(|at| number / 6_usize.pow(at) % 6);
                digits.map(|digit| KINDS[digit]).collect()
            })
        })
        .collect();
    let results = [
        "",
        "i32",
        "i64",
        "f32",
        "f64",
        "v128",
        "externref",
        "f32 i64",
    ];
    let mut imports = String::new();
    let mut exports = String::new();
    let mut names = Vec::new();
    for (number, list) in lists.iter().enumerate() {
        let result = results[number % results.len()];
        let ty = format!("(param {}) (result {result})", list.join(" "));
        let gets = gets(0..list.len());
        imports.push_str(&format!("(import \"\" \"{number}\" (func ${number} {ty}))"));
        exports.push_str(&format!(
            "(func (export \"{number}\") {ty} (call ${number} {gets}))"
        ));
        names.push((number.to_string(), list, result));
    }
    let text = format!("(module {imports} {exports})");
    everywhere(|engine| {
        let module = crate::module(engine, &text);
        let mut store = Store::new(engine, ());
        let mut linker = Linker::new(engine);
        for import in module.imports() {
            let ExternType::Func(ty) = import.ty() else {
                unreachable!()
            };
            // Answers with the last argument of the type, or else with all bits that are set in -1.
            let answer = ty.clone();
            let host = Func::new(&mut store, ty, move |mut caller, arguments, results| {
                for (result, ty) in results.iter_mut().zip(answer.results()) {
                    let same = |value: &&Val| {
                        matches!(
                            (value, &ty),
                            (Val::I32(_), ValType::I32)
                                | (Val::I64(_), ValType::I64)
                                | (Val::F32(_), ValType::F32)
                                | (Val::F64(_), ValType::F64)
                                | (Val::V128(_), ValType::V128)
                                | (Val::ExternRef(_), ValType::Ref(_))
                        )
                    };
                    *result = match arguments.iter().rfind(same) {
                        Some(value) => *value,
                        None => match ty {
                            ValType::I32 => Val::I32(-1),
                            ValType::I64 => Val::I64(-1),
                            ValType::F32 => Val::F32(u32::MAX),
                            ValType::F64 => Val::F64(u64::MAX),
                            ValType::V128 => Val::V128(V128::from(u128::MAX)),
                            ValType::Ref(_) => Val::ExternRef(None),
                        },
                    };
                }
                caller.gc(None)
            });
            linker.define(&mut store, "", import.name(), host).unwrap();
        }
        let instance = linker.instantiate(&mut store, &module).unwrap();
        let mut outcomes = Vec::new();
        for (name, list, result) in &names {
            let func = instance.get_func(&mut store, name).unwrap();
            let arguments: Vec<_> = list
                .iter()
                .zip(0..)
                .map(|(ty, seed)| value(&mut store, ty, seed))
                .collect();
            let mut results = vec![Val::I32(0); result.split_whitespace().count()];
            func.call(&mut store, &arguments, &mut results).unwrap();
            for (ty, result) in result.split_whitespace().zip(&results) {
                let last = list.iter().rposition(|of| *of == ty);
                if let Some(at) = last {
                    let (given, expected) = (
                        show(&store, core::slice::from_ref(result)),
                        show(&store, &arguments[at..=at]),
                    );
                    assert_eq!(given, expected, "{name}: {list:?} gives {ty}");
                }
            }
            outcomes.push(show(&store, &results));
        }
        outcomes
    });
}

/// Closures whose types are known take the same ways.
#[test]
fn typed_closures_get_and_give_numbers() {
    let text = r#"(module
      (import "" "a" (func $a (param f32 i32 f64 i64) (result f32)))
      (import "" "b" (func $b (param i64 f64 f64 i32) (result f64)))
      (import "" "c" (func $c (param i32 i32 i32 i32) (result i32)))
      (import "" "d" (func $d (param i32 i32 i32 i32 i32) (result i64)))
      (import "" "e" (func $e (param i32)))
      (func (export "a") (param f32 i32 f64 i64) (result f32)
        (call $a (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
      (func (export "b") (param i64 f64 f64 i32) (result f64)
        (call $b (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
      (func (export "c") (param i64) (result i32)
        (call $c (i32.wrap_i64 (local.get 0)) (i32.const 20) (i32.const 300) (i32.const 4000)))
      (func (export "d") (param i64) (result i64)
        (call $d (i32.wrap_i64 (local.get 0)) (i32.const 20) (i32.const 300) (i32.const 4000) (i32.const 50000)))
      (func (export "e") (param i32) (result i32)
        (local.set 0 (i32.add (local.get 0) (i32.const 1)))
        (call $e (local.get 0))
        (local.get 0)))"#;
    everywhere(|engine| {
        let mut store = Store::new(engine, Vec::new());
        let mut linker: Linker<Vec<i32>> = Linker::new(engine);
        linker
            .func_wrap("", "a", |a: f32, b: i32, c: f64, d: i64| {
                a + b as f32 + c as f32 + d as f32
            })
            .unwrap();
        linker
            .func_wrap("", "b", |a: i64, b: f64, c: f64, d: i32| {
                a as f64 + b * c - f64::from(d)
            })
            .unwrap();
        linker
            .func_wrap("", "c", |a: i32, b: i32, c: i32, d: i32| a + b + c + d)
            .unwrap();
        linker
            .func_wrap("", "d", |a: i32, b: i32, c: i32, d: i32, e: i32| {
                i64::from(a + b + c + d + e)
            })
            .unwrap();
        let note = |mut caller: Caller<'_, Vec<i32>>, value: i32| {
            caller.data_mut().push(value);
            match value {
                13 => Err("not this one"),
                14 => panic!("nor this one"),
                _ => Ok(()),
            }
        };
        linker.func_wrap("", "e", note).unwrap();
        let module = crate::module(engine, text);
        let instance = linker.instantiate(&mut store, &module).unwrap();
        let a = instance
            .get_typed_func::<(f32, i32, f64, i64), f32>(&mut store, "a")
            .unwrap();
        assert_eq!(
            a.call(&mut store, (0.5, -7, 1e3, 1 << 20)).unwrap(),
            1_049_569.5
        );
        let b = instance
            .get_typed_func::<(i64, f64, f64, i32), f64>(&mut store, "b")
            .unwrap();
        assert_eq!(b.call(&mut store, (-1, 0.5, 8.0, 100)).unwrap(), -97.0);
        let c = instance
            .get_typed_func::<i64, i32>(&mut store, "c")
            .unwrap();
        assert_eq!(c.call(&mut store, (9 << 32) | 1).unwrap(), 4321);
        let d = instance
            .get_typed_func::<i64, i64>(&mut store, "d")
            .unwrap();
        assert_eq!(d.call(&mut store, (9 << 32) | 1).unwrap(), 54321);
        let e = instance
            .get_typed_func::<i32, i32>(&mut store, "e")
            .unwrap();
        assert_eq!(e.call(&mut store, 11).unwrap(), 12);
        let error = e.call(&mut store, 12).unwrap_err();
        assert!(format!("{error:?}").contains("not this one"), "{error:?}");
        let frames = error
            .downcast_ref::<WasmBacktrace>()
            .map(|trace| trace.frames().len());
        assert_eq!(frames, Some(1));
        let payload =
            std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| e.call(&mut store, 13)));
        assert!(payload.is_err());
        assert_eq!(e.call(&mut store, 14).unwrap(), 15);
        assert_eq!(store.data()[..], [12, 13, 14, 15]);
    });
}

fn gets(locals: impl Iterator<Item = usize>) -> String {
    locals.map(|local| format!("(local.get {local})")).collect()
}

fn gets_reversed(types: &[&str]) -> String {
    gets((0..types.len()).rev())
}

/// Tail calls with more and with fewer stack arguments than the function has that they replace.
#[test]
fn tail_calls_between_functions_with_many_and_few_arguments() {
    let list = |count: usize| {
        types(count, 3)
            .iter()
            .map(|ty| if *ty == "externref" { "i64" } else { *ty })
            .collect::<Vec<_>>()
    };
    let counts = [0_usize, 3, 12, 30, 90, 31, 13, 2, 60];
    let mut functions = String::new();
    let results = list(30).join(" ");
    for (number, &count) in counts.iter().enumerate() {
        let next = (number + 1) % counts.len();
        let own = list(count);
        let mut arguments = String::new();
        for (position, ty) in list(counts[next]).iter().enumerate() {
            let found = own
                .iter()
                .enumerate()
                .filter(|(_, own)| *own == ty)
                .nth(position % 5);
            arguments += &match found {
                Some((local, _)) => format!("(local.get {local})"),
                None if *ty == "v128" => {
                    String::from("(i64x2.splat (i64.extend_i32_u (global.get $left)))")
                }
                None => format!("({ty}.const {position})"),
            };
        }
        let last: String = list(30)
            .iter()
            .enumerate()
            .map(
                |(position, ty)| match own.iter().enumerate().rfind(|(_, own)| *own == ty) {
                    Some((local, _)) => format!("(local.get {local})"),
                    None if *ty == "v128" => String::from("(v128.const i64x2 1 2)"),
                    None => format!("({ty}.const {position})"),
                },
            )
            .collect();
        functions += &format!(
            r#"(func $f{number} (param {params}) (result {results}) (local i64)
              (if (i32.eqz (global.get $left)) (then (return {last})))
              (global.set $left (i32.sub (global.get $left) (i32.const 1)))
              (global.set $sum (i64.add (i64.mul (global.get $sum) (i64.const 31)) (call $leaf (i64.const {number}))))
              (return_call $f{next} {arguments}))"#,
            params = own.join(" "),
        );
    }
    let text = format!(
        r#"(module (memory 1) (global $left (mut i32) (i32.const 0)) (global $sum (export "sum") (mut i64)
          (i64.const 1))
          (func $leaf (param i64) (result i64) (i64.add (local.get 0) (i64.load (i32.const 0))))
          {functions}
          (func (export "run") (param i32) (result {results})
            (global.set $left (local.get 0)) (call $f0)))"#
    );
    everywhere(|engine| {
        let mut store = Store::new(engine, ());
        let module = partly_compiled(engine, &text, 0, counts.len() + 2);
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let run = instance.get_func(&mut store, "run").unwrap();
        let mut outcomes = Vec::new();
        for left in (0..40).chain([100_003]) {
            let mut results = vec![Val::I32(0); 30];
            run.call(&mut store, &[Val::I32(left)], &mut results)
                .unwrap();
            let sum = instance
                .get_global(&mut store, "sum")
                .unwrap()
                .get(&mut store);
            outcomes.push(format!("{results:?} {sum:?}"));
        }
        outcomes
    });
}

/// Instances with a memory that never moves, with one that is checked, and without one call each other in turns.
#[test]
fn every_instance_has_its_own_memory_again_after_a_call() {
    let memories = [
        "(memory 1)",
        "(memory i64 1)",
        "",
        "(memory 1 1) (memory 2)",
    ];
    let text = |number: usize| {
        let (load, store) = match number {
            1 => ("(i64.load (i64.const 8))", "(i64.store (i64.const 8) "),
            2 => ("(global.get $own)", "(global.set $own "),
            _ => ("(i64.load (i32.const 8))", "(i64.store (i32.const 8) "),
        };
        let memory = memories[number];
        format!(
            r#"(module
              (type $t (func (param i32 i64) (result i64)))
              (import "" "table" (table 4 funcref))
              (import "" "host" (func $host (type $t)))
              {memory}
              (global $own (mut i64) (i64.const 3))
              (func $run (export "run") (type $t)
                (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
                (local.set 2 (i64.mul (local.get 1) (i64.const 3)))
                (local.set 3 (i64.mul (local.get 1) (i64.const 5)))
                (local.set 4 (i64.mul (local.get 1) (i64.const 7)))
                (local.set 5 (i64.mul (local.get 1) (i64.const 9)))
                (local.set 6 (i64.mul (local.get 1) (i64.const 11)))
                (local.set 7 (i64.mul (local.get 1) (i64.const 13)))
                {store} (i64.add {load} (i64.const {number})))
                (if (local.get 0) (then
                  (local.set 8 (call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i64.add (local.get 1)
                  (i64.const {number})) (i32.rem_u (local.get 0) (i32.const 4))))
                  {store} (i64.add {load} (local.get 8)))
                  (local.set 9 (call $host (i32.sub (local.get 0) (i32.const 1)) (i64.add (local.get 1)
                  (i64.const {number}))))
                  {store} (i64.add {load} (local.get 9)))
                  (local.set 10 (call $same (i32.const 1) (local.get 8)))))
                {store} (i64.add {load} (i64.const 1)))
                (i64.add {load} (i64.add (local.get 10) (i64.add (local.get 2) (i64.sub (local.get 3) (i64.xor
                (local.get 4)
                  (i64.add (local.get 5) (i64.add (local.get 6) (local.get 7)))))))))
              (func $same (type $t) {store} (i64.add {load} (local.get 1))) (i64.rotl {load} (i64.const 7)))
              (elem (i32.const {number}) $run))"#
        )
    };
    everywhere(|engine| {
        let mut store = Store::new(engine, ());
        let ty = TableType::new(RefType::FUNCREF, 4, None);
        let table = Table::new(&mut store, ty, Ref::Func(None)).unwrap();
        let host = Func::wrap(
            &mut store,
            |mut caller: Caller<'_, ()>, depth: i32, value: i64| -> Result<i64> {
                let run = caller.get_export("run").unwrap().into_func().unwrap();
                if depth % 3 == 0 {
                    return Ok(value);
                }
                run.typed::<(i32, i64), i64>(&caller)?
                    .call(&mut caller, (depth / 2, value))
            },
        );
        let runs: Vec<_> = (0..4)
            .map(|number| {
                let module = partly_compiled(engine, &text(number), 0, 2);
                let instance =
                    Instance::new(&mut store, &module, &[table.into(), host.into()]).unwrap();
                instance
                    .get_typed_func::<(i32, i64), i64>(&mut store, "run")
                    .unwrap()
            })
            .collect();
        let mut outcomes = Vec::new();
        for depth in 0..20 {
            for run in &runs {
                outcomes.push(run.call(&mut store, (depth, 0x1234_5678_9abc)).unwrap());
            }
        }
        outcomes
    });
}

/// More parameters and results than any register or small frame has room for.
#[test]
fn a_thousand_parameters_and_results() {
    for ty in ["i32", "f32", "v128", "externref"] {
        let list = format!("{ty} ").repeat(1000);
        let (gets, back) = (gets(0..1000), gets((0..1000).rev()));
        let (locals, body) = interpreted();
        let text = format!(
            r#"(module
              (type $t (func (param {list}) (result {list})))
              (import "" "" (func $host (type $t)))
              {ZERO}
              (func $interpreted (type $t) {locals} {body} {back})
              (func $own (type $t) (call $host (call $interpreted {gets})))
              (func $few (param {ty}) (result {list}) (return_call $own {first}))
              (func (export "run") (type $t) (call $own {gets}))
              (func (export "few") (param {ty}) (result {list}) (call $few (local.get 0))))"#,
            first = "(local.get 0)".repeat(1000),
        );
        everywhere(|engine| {
            let mut store = Store::new(engine, ());
            let module = partly_compiled(engine, &text, 1, 5);
            let ExternType::Func(ty_of) = module.get_export("run").unwrap() else {
                unreachable!()
            };
            let host = Func::new(&mut store, ty_of, |_, arguments, results| {
                results.copy_from_slice(arguments);
                Ok(())
            });
            let instance = Instance::new(&mut store, &module, &[host.into()]).unwrap();
            let arguments: Vec<_> = (0..1000).map(|seed| value(&mut store, ty, seed)).collect();
            let mut results = vec![Val::I32(0); 1000];
            let run = instance.get_func(&mut store, "run").unwrap();
            run.call(&mut store, &arguments, &mut results).unwrap();
            results.reverse();
            assert_eq!(show(&store, &results), show(&store, &arguments));
            let few = instance.get_func(&mut store, "few").unwrap();
            few.call(&mut store, &arguments[5..6], &mut results)
                .unwrap();
            assert_eq!(
                show(&store, &results),
                show(&store, &vec![arguments[5]; 1000])
            );
        });
    }
}

/// Calls that can be suspended are interpreted, and meet machine code in between.
#[test]
fn resumable_calls_and_machine_code_in_turns() {
    let text = r#"(module
      (import "" "" (func $host (param i32) (result i32)))
      (memory 1)
      (func $add (param i32) (result i32)
        (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
        (i32.add (call $host (local.get 0)) (i32.load (i32.const 0))))
      (func (export "run") (param i32) (result i32)
        (i32.mul (call $add (local.get 0)) (call $add (i32.add (local.get 0) (i32.const 1))))))"#;
    everywhere(|engine| {
        let mut store = Store::new(engine, 0_i32);
        let host = Func::wrap(
            &mut store,
            |caller: Caller<'_, i32>, value: i32| -> Result<i32> {
                if *caller.data() > 0 {
                    Err(Error::msg("later"))
                } else {
                    Ok(value * 2)
                }
            },
        );
        let instance = Instance::new(&mut store, &module(engine, text), &[host.into()]).unwrap();
        let run = instance
            .get_typed_func::<i32, i32>(&mut store, "run")
            .unwrap();
        let mut outcomes = vec![run.call(&mut store, 3).map_err(|error| error.to_string())];
        *store.data_mut() = 1;
        let mut call = run.call_resumable(&mut store, 5).unwrap();
        loop {
            match call {
                TypedResumableCall::Finished(value) => {
                    outcomes.push(Ok(value));
                    break;
                }
                TypedResumableCall::HostTrap(suspended) => {
                    outcomes.push(Err(suspended.host_error().to_string()));
                    *store.data_mut() = 0;
                    outcomes.push(run.call(&mut store, 4).map_err(|error| error.to_string()));
                    *store.data_mut() = 1;
                    outcomes.push(run.call(&mut store, 4).map_err(|error| error.to_string()));
                    call = suspended.resume(&mut store, &[Val::I32(9)]).unwrap();
                }
                _ => unreachable!(),
            }
        }
        outcomes
    });
}
