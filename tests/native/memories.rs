//! Bounds of memories, and growing while code runs.

use crate::{everywhere, module, partly_compiled};
use std::fmt::Debug;
use wazir::*;

const WIDTHS: [(&str, &str, u64); 9] = [
    ("i32.load8_u", "i32", 1),
    ("i32.load16_s", "i32", 2),
    ("i32.load", "i32", 4),
    ("i64.load", "i64", 8),
    ("f32.load", "f32", 4),
    ("f64.load", "f64", 8),
    ("v128.load", "v128", 16),
    ("v128.load32x2_u", "v128", 8),
    ("v128.load64_zero", "v128", 8),
];

/// What a call comes to, or how it traps.
fn outcome(store: &mut Store<()>, func: &Func, arguments: &[Val], results: usize) -> String {
    let mut values = vec![Val::I32(0); results];
    match func.call(store, arguments, &mut values) {
        Ok(()) => format!("{values:?}"),
        Err(error) => format!("{:?}", error.trap()),
    }
}

#[test]
fn every_width_and_offset_at_the_end_of_a_memory() {
    let offsets = [
        0_u64,
        1,
        65_535,
        (32 << 20) - 16,
        (32 << 20) - 1,
        (1 << 31) - 1,
        1 << 31,
        (1 << 32) - 1,
    ];
    for (index, pages) in [("i32", 0), ("i32", 1), ("i32", 3), ("i64", 0), ("i64", 1)] {
        for kind in 0..2 {
            let mut functions = String::new();
            for (load, ty, _) in WIDTHS {
                for offset in offsets {
                    let store = match load {
                        "i32.load8_u" => "i32.store8",
                        "i32.load16_s" => "i32.store16",
                        "v128.load32x2_u" | "v128.load64_zero" => "v128.store",
                        load => load,
                    };
                    let store = store.replace("load", "store");
                    functions += &format!(
                        r#"(func (export "{load} {offset}") (param {index}) (result {ty})
                          ({load} {kind} offset={offset} (local.get 0)))
                           (func (export "store {load} {offset}") (param {index} {ty})
                           ({store} {kind} offset={offset} (local.get 0) (local.get 1)))"#
                    );
                }
            }
            // The memory of the other index is there to be mistaken for it.
            let memories = match kind {
                0 => format!(r#"(memory (export "m") {index} {pages} 4) (memory 2)"#),
                _ => format!(r#"(memory 2) (memory (export "m") {index} {pages} 4)"#),
            };
            let text = format!(
                r#"(module {memories} {functions} (func (export "grow") (param {index}) (result {index})
                  (memory.grow {kind} (local.get 0))))"#
            );
            everywhere(|engine| {
                let mut store = Store::new(engine, ());
                let instance = Instance::new(&mut store, &module(engine, &text), &[]).unwrap();
                let mut outcomes = Vec::new();
                for round in 0..2 {
                    let memory = instance.get_memory(&mut store, "m").unwrap();
                    let bytes = memory.data_size(&store) as u64;
                    for (load, ty, width) in WIDTHS {
                        for offset in offsets {
                            let name = format!("{load} {offset}");
                            let load = instance.get_func(&mut store, &name).unwrap();
                            let write = instance
                                .get_func(&mut store, &format!("store {name}"))
                                .unwrap();
                            let ends = [bytes, u64::from(u32::MAX), 0, 1 << 31, u64::MAX, 1 << 32];
                            for end in ends {
                                for distance in [0, width - 1, width, width + 1] {
                                    for sign in [offset, 0] {
                                        let address = end.wrapping_sub(sign).wrapping_sub(distance);
                                        let address = match index {
                                            "i32" => Val::I32(address as i32),
                                            _ => Val::I64(address as i64),
                                        };
                                        let value = match ty {
                                            "i32" => Val::I32(-2),
                                            "i64" => Val::I64(-3),
                                            "f32" => Val::F32(0x1234_5678),
                                            "f64" => Val::F64(0x1234_5678_9abc_def0),
                                            _ => Val::V128(V128::from(
                                                0x0102_0304_0506_0708_090a_0b0c_0d0e_0f00,
                                            )),
                                        };
                                        outcomes.push(outcome(&mut store, &load, &[address], 1));
                                        outcomes.push(outcome(
                                            &mut store,
                                            &write,
                                            &[address, value],
                                            0,
                                        ));
                                        outcomes.push(outcome(&mut store, &load, &[address], 1));
                                    }
                                }
                            }
                        }
                    }
                    if round == 0 {
                        let grow = instance.get_func(&mut store, "grow").unwrap();
                        let delta = if index == "i32" {
                            Val::I32(1)
                        } else {
                            Val::I64(1)
                        };
                        outcomes.push(outcome(&mut store, &grow, &[delta], 1));
                    }
                }
                outcomes
            });
        }
    }
}

/// The base and the size are read anew after whatever may have changed them.
#[test]
fn a_memory_that_grows_moves_for_all_who_use_it() {
    for index in ["i32", "i64"] {
        let text = format!(
            r#"(module
              (import "" "grow" (func $host (param i32) (result i32)))
              (memory (export "m") {index} 1)
              (memory (export "n") {index} 1)
              (func $inner (param {index}) (result {index}) (memory.grow (local.get 0)))
              (func (export "run") (param i32) (result i64)
                (local $i i32) (local $sum i64)
                (loop $again
                  ({index}.store ({index}.const 0) ({index}.add ({index}.load ({index}.const 0)) ({index}.const 3)))
                  ({index}.store 1 ({index}.const 0) ({index}.add ({index}.load 1 ({index}.const 0)) ({index}.const 5)))
                  (if (i32.eq (i32.and (local.get $i) (i32.const 3)) (i32.const 0)) (then (drop (memory.grow
                  ({index}.const 1)))
                    ({index}.store ({index}.const 8) ({index}.add ({index}.load ({index}.const 8)) ({index}.const 9)))))
                  (if (i32.eq (i32.and (local.get $i) (i32.const 3)) (i32.const 1)) (then (drop (call $host
                  (local.get $i)))))
                  (if (i32.eq (i32.and (local.get $i) (i32.const 3)) (i32.const 2)) (then (drop (call $inner
                  ({index}.const 2)))))
                  (if (i32.eq (i32.and (local.get $i) (i32.const 7)) (i32.const 3)) (then (drop (memory.grow 1
                  ({index}.const 2)))))
                  (i64.store8 ({index}.sub ({index}.shl (memory.size) ({index}.const 16)) ({index}.const 1))
                  (i64.const 7))
                  (local.set $sum (i64.add (local.get $sum) (i64.load8_u ({index}.sub ({index}.shl (memory.size)
                  ({index}.const 16)) ({index}.const 1)))))
                  (local.set $sum (i64.add (local.get $sum) (i64.load32_u ({index}.const 0))))
                  (local.set $sum (i64.add (local.get $sum) (i64.load32_u ({index}.const 8))))
                  (local.set $sum (i64.add (i64.mul (local.get $sum) (i64.const 3)) (i64.load32_u 1 ({index}.const 0))))
                  (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get 0))))
                (local.get $sum))
              (func (export "beyond") (result i32) (i32.load8_u ({index}.shl (memory.size) ({index}.const 16)))))"#
        );
        for reservation in [4_u64 << 30, 1 << 20, 0] {
            _ = crate::everywhere_with(
                |config| {
                    config.memory_reservation(reservation);
                },
                |engine| {
                    let mut store = Store::new(engine, ());
                    let host = Func::wrap(&mut store, |mut caller: Caller<'_, ()>, i: i32| {
                        let name = if i % 8 == 1 { "m" } else { "n" };
                        let memory = caller.get_export(name).unwrap().into_memory().unwrap();
                        memory.grow(&mut caller, 1).map_or(-1, |old| old as i32)
                    });
                    let instance =
                        Instance::new(&mut store, &module(engine, &text), &[host.into()]).unwrap();
                    let run = instance
                        .get_typed_func::<i32, u64>(&mut store, "run")
                        .unwrap();
                    let beyond = instance
                        .get_typed_func::<(), i32>(&mut store, "beyond")
                        .unwrap();
                    let sum = run.call(&mut store, 100).unwrap();
                    (
                        sum,
                        beyond.call(&mut store, ()).map_err(|error| error.trap()),
                    )
                },
            );
        }
    }
}

/// What refuses in the middle of machine code.
#[test]
fn limiters_refuse_fail_and_panic() {
    struct Limiter(u32);
    impl ResourceLimiter for Limiter {
        fn memory_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> Result<bool> {
            self.0 += 1;
            match desired >> 16 {
                3 => Ok(false),
                4 => Err(Error::msg("no")),
                5 => panic!("a limiter's panic"),
                _ => Ok(true),
            }
        }
        fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> Result<bool> {
            match desired {
                3 => Ok(false),
                4 => Err(Error::msg("no table")),
                5 => panic!("a limiter's panic"),
                _ => Ok(true),
            }
        }
    }
    let text = r#"(module (memory 1) (table 1 funcref)
      (func $memory (param i32) (result i32) (i32.add (memory.grow (local.get 0)) (i32.load (i32.const 0))))
      (func $table (param i32) (result i32) (table.grow (ref.null func) (local.get 0)))
      (func (export "memory") (param i32) (result i32) (i32.mul (call $memory (local.get 0)) (i32.const 10)))
      (func (export "table") (param i32) (result i32) (i32.mul (call $table (local.get 0)) (i32.const 10))))"#;
    everywhere(|engine| {
        let mut store = Store::new(engine, Limiter(0));
        store.limiter(|limiter| limiter);
        let instance = Instance::new(&mut store, &module(engine, text), &[]).unwrap();
        let mut outcomes = Vec::new();
        for name in ["memory", "table"] {
            let grow = instance
                .get_typed_func::<i32, i32>(&mut store, name)
                .unwrap();
            for delta in [0, 2, 3, 4, 1, 1, -1, 70_000] {
                let call = std::panic::AssertUnwindSafe(|| {
                    let result = grow.call(&mut store, delta);
                    result.map_err(|error| (error.to_string(), format!("{:?}", error.trap())))
                });
                outcomes.push(
                    std::panic::catch_unwind(call)
                        .map_err(|panic| *panic.downcast::<&str>().unwrap()),
                );
            }
        }
        (outcomes, store.data().0)
    });
}

/// What every byte of a page is before it is copied or filled.
fn pattern() -> Vec<u8> {
    (0..65_536).map(|number| (number % 251) as u8).collect()
}

/// Where a range of so many bytes meets another one, or an end of a memory of one page.
fn places(length: u32) -> [(u32, u32); 14] {
    let end = 65_536_u32.saturating_sub(length);
    [
        (1000, 3000),
        (100, 101),
        (101, 100),
        (200, 217),
        (217, 200),
        (200, 200 + length / 2),
        (200 + length / 2, 200),
        (end, 100),
        (100, end),
        (end + 1, 200),
        (200, end + 1),
        (65_535, 0xABC),
        (u32::MAX, 100),
        (100, u32::MAX),
    ]
}

/// Calls a function with a memory of that pattern: how it traps, and what it changes.
fn changes<P: WasmParams, R: WasmResults + Debug>(
    store: &mut Store<()>,
    (memory, before): (Memory, &[u8]),
    function: &TypedFunc<P, R>,
    params: P,
) -> String {
    memory.data_mut(&mut *store).copy_from_slice(before);
    let outcome = function
        .call(&mut *store, params)
        .map_err(|error| error.trap());
    let after = memory.data(&*store);
    let places = if after == before { 0 } else { before.len() };
    let changed = (0..places).filter(|&at| after[at] != before[at]);
    let changed: Vec<_> = changed.map(|at| (at, after[at])).collect();
    format!("{outcome:?} {changed:?}")
}

/// Copies and fills of constant lengths, forward and backward over each other and over the ends of the memory: whatever
/// is out of bounds changes nothing.
#[test]
fn few_bytes_are_copied_and_filled_exactly() {
    const MOST: u32 = 66;
    let functions = (0..=MOST).map(|length| {
        format!(
            "(func (export \"copy{length}\") (param i32 i32)
                (memory.copy (local.get 0) (local.get 1) (i32.const {length})))
             (func (export \"fill{length}\") (param i32 i32)
                (memory.fill (local.get 0) (local.get 1) (i32.const {length})))
             (func (export \"zero{length}\") (param i32 i32)
                (memory.fill (local.get 0) (i32.const 256) (i32.const {length})))"
        )
    });
    let functions = String::from_iter(functions);
    let text = format!("(module (memory (export \"memory\") 1) {functions})");
    let before = pattern();
    everywhere(|engine| {
        let module = partly_compiled(engine, &text, 0, 3 * (MOST as usize + 1));
        let mut store = Store::new(engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let memory = instance.get_memory(&mut store, "memory").unwrap();
        let mut outcomes = Vec::new();
        for length in 0..=MOST {
            for name in ["copy", "fill", "zero"] {
                let name = format!("{name}{length}");
                let function = instance.get_typed_func::<(u32, u32), ()>(&mut store, &name);
                let function = function.unwrap();
                for place in places(length) {
                    let outcome = changes(&mut store, (memory, &before), &function, place);
                    outcomes.push((name.clone(), place, outcome));
                }
            }
        }
        outcomes
    });
}

/// The same with lengths that the code does not know; and nothing else is lost.
#[test]
fn bytes_are_copied_and_filled_exactly() {
    // More values than there are registers are alive across the instruction.
    let values: Vec<usize> = (0..20).collect();
    let locals = values.iter().map(|n| {
        format!(
            "(local.set $i{n} (i32.mul (local.get 0) (i32.const {n})))
             (local.set $f{n} (f32.convert_i32_u (local.get $i{n})))"
        )
    });
    let sums = values.iter().map(|n| {
        format!(
            "(local.set $sum (f32.add (local.get $sum) (local.get $f{n})))
             (local.set 0 (i32.xor (i32.rotl (local.get 0) (i32.const 5)) (local.get $i{n})))"
        )
    });
    let declared = values
        .iter()
        .map(|n| format!("(local $i{n} i32) (local $f{n} f32)"));
    let (declared, locals, sums) = (
        String::from_iter(declared),
        String::from_iter(locals),
        String::from_iter(sums),
    );
    let function = |name: &str| {
        format!(
            "(func (export \"{name}\") (param i32 i32 i32) (result i32 i32 i32 f32)
                (local $sum f32) {declared} {locals}
                (memory.{name} (local.get 0) (local.get 1) (local.get 2))
                {sums}
                (local.get 0) (local.get 1) (local.get 2) (local.get $sum))
             (func (export \"{name} and no more\") (param i32 i32 i32)
                (memory.{name} (local.get 0) (local.get 1) (local.get 2)))"
        )
    };
    let (copy, fill) = (function("copy"), function("fill"));
    let text = format!("(module (memory (export \"memory\") 1) {copy} {fill})");
    let before = pattern();
    let lengths: Vec<u32> = (0..130)
        .chain([159, 160, 161, 192, 255, 256, 257, 5000, 65_536, u32::MAX])
        .collect();
    everywhere(|engine| {
        let module = partly_compiled(engine, &text, 0, 4);
        let mut store = Store::new(engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let memory = instance.get_memory(&mut store, "memory").unwrap();
        let mut outcomes = Vec::new();
        for name in ["copy", "fill"] {
            let function = instance
                .get_typed_func::<(u32, u32, u32), (u32, u32, u32, f32)>(&mut store, name)
                .unwrap();
            let name = format!("{name} and no more");
            let leaf = instance
                .get_typed_func::<(u32, u32, u32), ()>(&mut store, &name)
                .unwrap();
            for &length in &lengths {
                for (first, second) in places(length) {
                    let params = (first, second, length);
                    let outcome = changes(&mut store, (memory, &before), &function, params);
                    outcomes.push((name.clone(), params, outcome));
                    let outcome = changes(&mut store, (memory, &before), &leaf, params);
                    outcomes.push((name.clone(), params, outcome));
                }
            }
        }
        outcomes
    });
}
