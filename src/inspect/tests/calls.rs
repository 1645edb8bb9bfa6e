//! Calls of every kind, with the records of an instance made by hand: what is called out of the instance, through
//! tables, in the runtime, and in place of the caller. Results are compared with the interpreter's.

use super::instance::Compiled;
use super::{Linked, PENDING, interpreter};
use crate::compile::{Compiler, CpuFeatures, Options};
use crate::runtime::layout::MemoryGuards;
use crate::runtime::pool::MemoryOptions;
use crate::sys::machine_code::Registers;
use crate::validate;
use crate::wasm::trap::Trap;
use crate::{Func, Linker, Module, Store, Val};

const PAGE_BYTES: usize = 65536;

/// A module compiled with these guards, its function `mix` imported.
fn compiled(module: &Module, guards: MemoryGuards, tables: &[&[Option<usize>]]) -> Compiled {
    let inner = module.inner();
    let mut compiler = Compiler::new(CpuFeatures::detect());
    let mut scratch = validate::Scratch::default();
    let mut linked = Linked::default();
    for function in 0..inner.bodies.len() as u32 {
        let facts = validate::facts(inner, function, &mut scratch).unwrap();
        let object = compiler
            .compile(
                inner,
                function,
                facts,
                Options {
                    guards,
                    consume_fuel: false,
                    interruptable: false,
                },
                None,
            )
            .unwrap();
        linked.add(function + inner.imported_functions, object);
    }
    let start_of = |index: u32| {
        let mut starts = linked.starts.iter();
        starts.find(|known| known.0 == index).map(|known| known.1)
    };
    let functions = (0..).zip(&inner.functions);
    Compiled {
        functions: functions
            .map(|(index, &ty)| (start_of(index), ty))
            .collect(),
        tables: tables.iter().map(|table| table.to_vec()).collect(),
        stack_limit: 0,
        code: linked.code(),
    }
}

/// Calls the exports of a module, which take and give `i64`, in machine code and in the interpreter.
fn compare(text: &str, tables: &[&[Option<usize>]], calls: &[(&str, &[i64])]) {
    let engine = interpreter();
    let module = Module::new(&engine, wat::parse_str(text).unwrap()).unwrap();
    for guards in [MemoryGuards::NONE, MemoryOptions::default().guards()] {
        let compiled = compiled(&module, guards, tables);
        let mut store = Store::new(&engine, ());
        let mut linker = Linker::new(&engine);
        let mix = Func::wrap(&mut store, |a: i64, b: i64| {
            a.wrapping_mul(3).wrapping_add(b)
        });
        linker.define(&store, "host", "mix", mix).unwrap();
        let instance = linker.instantiate(&mut store, &module).unwrap();
        for &(name, params) in calls {
            let function = instance.get_func(&mut store, name).unwrap();
            let count = function.ty(&store).results().len();
            let mut results = vec![Val::I64(0); count];
            let values: Vec<_> = params.iter().map(|&param| Val::I64(param)).collect();
            let called = function.call(&mut store, &values, &mut results);
            let index = name.parse().unwrap();
            let mut registers = Registers::default();
            for (register, &param) in registers.integers.iter_mut().zip(params) {
                *register = param as u64;
            }
            let mut memory = vec![0; PAGE_BYTES];
            match called {
                Ok(()) => {
                    let found = compiled.call_function(index, &mut memory, registers);
                    for (number, result) in results.iter().enumerate() {
                        let found = Val::I64(found.integers[number] as i64);
                        assert_eq!(format!("{found:?}"), format!("{result:?}"), "{name}");
                    }
                }
                Err(error) => {
                    let found = compiled.code.trap(|| {
                        compiled.call_function(index, &mut memory, registers);
                    });
                    let expected = *error.downcast_ref::<Trap>().unwrap();
                    assert_eq!(found, Some(expected as u8), "{name}: {expected:?}");
                }
            }
        }
    }
}

#[test]
fn calls_of_the_host() {
    let text = r#"(module
        (import "host" "mix" (func $mix (param i64 i64) (result i64)))
        (memory 1)
        (func (export "1") (param $a i64) (param $b i64) (result i64 i64 i64)
            (i64.store offset=8 (i32.const 8) (local.get $a))
            (call $mix (local.get $a) (local.get $b))
            (i64.load offset=8 (i32.const 8))
            (i64.mul (local.get $a) (local.get $b)))
        ;; What is in preserved registers stays there for the caller.
        (func (export "2") (param $a i64) (param $b i64) (result i64)
            (local $product i64) (local $at i64)
            (local.set $product (i64.mul (local.get $a) (local.get $b)))
            (loop $again
                (local.set $product (i64.add (local.get $product)
                    (i64.sub (call 3 (local.get $at) (local.get $product)) (i64.load (i32.const 24)))))
                (br_if $again (i64.lt_u (local.tee $at (i64.add (local.get $at) (i64.const 1))) (i64.const 10))))
            (i64.add (local.get $product) (local.get $at)))
        (func $inner (export "3") (param $a i64) (param $b i64) (result i64)
            (i64.store (i32.const 24) (local.get $b))
            (i64.add (call $mix (local.get $a) (i64.load (i32.const 24)))
                (i64.add (call $mix (local.get $b) (local.get $a)) (local.get $b))))
        ;; More values than preserved registers, across calls of both kinds.
        (func (export "4") (param $a i64) (param $b i64) (result i64)
            (local $c i64) (local $d i64) (local $e i64) (local $f i64)
            (local.set $c (i64.mul (local.get $a) (i64.const 3)))
            (local.set $d (i64.mul (local.get $b) (i64.const 5)))
            (local.set $e (i64.mul (local.get $c) (local.get $d)))
            (local.set $f (i64.xor (local.get $e) (i64.const 77)))
            (call $inner (local.get $a) (local.get $f))
            (call $mix (local.get $b) (local.get $e))
            i64.sub
            (i64.xor (i64.add (local.get $a) (local.get $b)) (i64.add (local.get $c) (local.get $d)))
            (i64.xor (i64.sub (local.get $e) (local.get $f)) (local.get $a))
            i64.mul
            i64.add))"#;
    compare(
        text,
        &[],
        &[
            ("1", &[5, 7]),
            ("2", &[11, -3]),
            ("3", &[-1, 4]),
            ("4", &[6, 13]),
        ],
    );
}

const TABLE: &str = r#"(module
    (type $open (sub (func (param i64) (result i64))))
    (type $narrow (sub final $open (func (param i64) (result i64))))
    (type $two (func (param i64 i64) (result i64)))
    (import "host" "mix" (func $mix (type $two)))
    (table $t 5 funcref) (table $u i64 2 funcref)
    (elem (table $t) (i32.const 1) func $mix $increment $double)
    (elem (table $u) (i64.const 0) func $mix)
    (func $increment (type $open) (i64.add (local.get 0) (i64.const 1)))
    (func $double (type $narrow) (i64.shl (local.get 0) (i64.const 1)))
    (func (export "3") (param i64 i64) (result i64)
        (call_indirect $t (type $open) (local.get 1) (i32.wrap_i64 (local.get 0))))
    (func (export "4") (param i64 i64) (result i64)
        (call_indirect $t (type $two) (local.get 1) (i64.const 9) (i32.wrap_i64 (local.get 0))))
    (func (export "5") (param i64 i64) (result i64)
        (call_indirect $u (type $two) (local.get 1) (i64.const 9) (local.get 0)))
    (func (export "6") (param i64) (result i64)
        (call_ref $open (local.get 0) (ref.func $double)))
    (func (export "7") (param i64) (result i64)
        (call_ref $open (local.get 0) (ref.null $open)))
    (func (export "8") (param i64 i64) (result i64 i64)
        (table.set $t (i32.wrap_i64 (local.get 0)) (table.get $t (i32.const 2)))
        (call_indirect $t (type $open) (local.get 1) (i32.const 4))
        (i64.extend_i32_u (table.size $t)))
    (func (export "9") (param i64) (result i64)
        (table.set $u (local.get 0) (table.get $u (i64.const 0)))
        (table.size $u))
    (elem declare func $double))"#;

#[test]
fn calls_through_tables() {
    let calls: &[(&str, &[i64])] = &[
        ("3", &[0, 1]),
        ("3", &[1, 1]),
        ("3", &[2, 1]),
        ("3", &[3, 21]),
        ("3", &[5, 1]),
        ("3", &[-1, 1]),
        ("4", &[0, 1]),
        ("4", &[1, 1]),
        ("4", &[2, 1]),
        ("4", &[5, 1]),
        ("5", &[0, 1]),
        ("5", &[1, 1]),
        ("5", &[2, 1]),
        ("5", &[1 << 32, 1]),
        ("6", &[21]),
        ("7", &[21]),
        ("9", &[1]),
        ("9", &[1 << 32]),
        ("8", &[5, 3]),
        ("8", &[4, 3]),
    ];
    let tables: &[&[Option<usize>]] = &[&[None, Some(0), Some(1), Some(2), None], &[Some(0), None]];
    // Each call finds the tables as they were.
    for call in calls {
        compare(TABLE, tables, core::slice::from_ref(call));
    }
}

#[test]
fn arguments_and_results_on_the_stack() {
    let text = r#"(module
        (import "host" "mix" (func $mix (param i64 i64) (result i64)))
        (type $wide (func (param i64 i64 i64 i64 i64 i64 i64 i64 i64 f64 i64)
            (result i64 i64 i64 i64 i64 i64 i64)))
        (table (export "table") funcref (elem $reversed))
        (func $reversed (type $wide)
            (local.get 10) (local.get 8) (local.get 6) (call $mix (local.get 4) (local.get 5))
            (local.get 3) (local.get 1) (i64.trunc_f64_s (local.get 9)))
        (func $caller (export "2") (param $a i64) (param $b i64) (result i64)
            (local $sum i64)
            (call $reversed (local.get $a) (i64.const 1) (local.get $b) (i64.const 3) (i64.const 4) (local.get $a)
                (i64.const 6) (i64.const 7) (local.get $b) (f64.const 9) (i64.const 10))
            (i64.shl (i64.const 8))
            i64.xor
            (i64.shl (i64.const 8))
            i64.xor
            (i64.shl (i64.const 8))
            i64.xor
            (local.set $sum)
            i64.sub
            i64.add
            (local.get $sum)
            i64.xor)
        (func (export "3") (param $a i64) (param $b i64) (result i64)
            (call_indirect (type $wide) (i64.const 0) (i64.const 1) (local.get $b) (i64.const 3) (local.get $a)
                (i64.const 5) (i64.const 6) (i64.const 7) (local.get $b) (f64.const 9) (i64.const 10) (i32.const 0))
            drop
            (i64.shl (i64.const 8))
            i64.xor
            i64.sub
            i64.xor
            i64.add
            i64.add
            (i64.add (call $caller (local.get $b) (local.get $a)))))"#;
    compare(text, &[&[Some(1)]], &[("2", &[100, 200]), ("3", &[-5, 77])]);
}

#[test]
fn tail_calls() {
    let text = r#"(module
        (import "host" "mix" (func $mix (param i64 i64) (result i64)))
        (func $even (export "1") (param i64) (result i64)
            (if (i64.eqz (local.get 0)) (then (return (i64.const 1))))
            (return_call $odd (i64.sub (local.get 0) (i64.const 1))))
        (func $odd (param i64) (result i64)
            (if (i64.eqz (local.get 0)) (then (return (i64.const 0))))
            (return_call $even (i64.sub (local.get 0) (i64.const 1))))
        ;; From few arguments to many and back, with results behind them.
        (func $few (param $n i64) (param $sum i64) (result i64 i64 i64 i64 i64 i64)
            (local $kept i64)
            (local.set $kept (call $mix (local.get $n) (local.get $sum)))
            (return_call $many (local.get $n) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5)
                (i64.const 6) (i64.const 7) (local.get $sum) (local.get $kept) (i64.const 10) (local.get $n)))
        (func $many (param $n i64) (param i64 i64 i64 i64 i64 i64 i64) (param $sum i64) (param $kept i64)
            (param i64) (param $last i64) (result i64 i64 i64 i64 i64 i64)
            (if (i64.eqz (local.get $n)) (then
                (return (local.get $sum) (local.get $kept) (local.get 2) (local.get 7) (local.get 10)
                    (local.get $last))))
            (if (i64.eq (local.get $n) (i64.const 1)) (then
                ;; Stack arguments change places.
                (return_call $many (i64.const 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (local.get 5)
                    (local.get 6) (local.get 7) (local.get $kept) (local.get $sum) (local.get $last)
                    (local.get 10))))
            (return_call $few (i64.sub (local.get $n) (i64.const 1)) (i64.add (local.get $sum) (local.get $kept))))
        (func (export "5") (param $n i64) (param $seed i64) (result i64 i64)
            (local i64)
            (call $few (local.get $n) (local.get $seed))
            (local.set 2)
            (i64.mul (i64.const 31)) i64.add
            (i64.mul (i64.const 31)) i64.add
            (i64.mul (i64.const 31)) i64.add
            (i64.mul (i64.const 31)) i64.add
            (i64.add (local.get 2) (local.get $seed)))
        ;; Where the arguments go overlaps with where they are.
        (func $short (param $a i64) (param $b i64) (result i64 i64 i64 i64 i64 i64)
            (return_call $many (i64.const 0) (local.get 0) (local.get 0) (local.get 0) (local.get 1) (local.get 1)
                (local.get 1) (local.get 1) (local.get $a) (local.get $b) (i64.const 10) (local.get $a)))
        (func (export "7") (param $a i64) (param $b i64) (result i64 i64 i64 i64)
            (call $short (local.get 0) (local.get 1))
            (i64.shl (i64.const 8)) i64.add
            (i64.shl (i64.const 8)) i64.add))"#;
    compare(
        text,
        &[],
        &[
            ("1", &[1_000_001]),
            ("5", &[0, 3]),
            ("5", &[1, 3]),
            ("5", &[9, 8]),
            ("7", &[2, 3]),
        ],
    );
}

#[test]
fn calls_of_the_runtime() {
    let text = r#"(module
        (memory 1 1)
        (memory $second 1)
        (table 1 1 funcref)
        (func (export "0") (param i64) (result i64 i64 i64)
            (i64.extend_i32_s (memory.grow (i32.wrap_i64 (local.get 0))))
            (i64.extend_i32_u (table.grow (ref.null func) (i32.wrap_i64 (local.get 0))))
            (local.get 0))
        (func (param $at i64) (param $byte i64) (param $count i64) (result i64)
            (memory.fill $second (i32.wrap_i64 (local.get $at)) (i32.wrap_i64 (local.get $byte))
                (i32.wrap_i64 (local.get $count)))
            (i64.sub (local.get $at) (local.get $count)))
        (func (memory.copy $second 0 (i32.const 1) (i32.const 2) (i32.const 333))))"#;
    compare(text, &[], &[("0", &[1])]);
    let module = Module::new(&interpreter(), wat::parse_str(text).unwrap()).unwrap();
    let compiled = compiled(&module, MemoryGuards::NONE, &[]);
    let mut registers = Registers::default();
    registers.integers[..3].copy_from_slice(&[17, u64::MAX, 3]);
    let found = compiled.call_function(1, &mut [0; 16], registers);
    assert_eq!(found.integers[0], 14);
    assert_eq!(
        Compiled::runtime_arguments()[..4],
        [1, 17, u32::MAX.into(), 3]
    );
    let trap = compiled.code.trap(|| {
        compiled.call_function(2, &mut [0; 16], Registers::default());
    });
    assert_eq!(trap, Some(PENDING));
}

#[test]
fn memories_with_64_bit_addresses() {
    let text = r#"(module
        (memory i64 1)
        (func (export "0") (param i64 i64) (result i64)
            (i64.store offset=8 (local.get 0) (local.get 1))
            (i64.load offset=8 (local.get 0)))
        (func (export "1") (param i64) (result i64)
            (i64.load offset=0xffff_ffff (local.get 0)))
        (func (export "2") (param i64) (result i64)
            (i64.load offset=0xffff_ffff_ffff_fff0 (local.get 0)))
        (func (export "3") (result i64) memory.size))"#;
    let end = PAGE_BYTES as i64;
    let calls: &[(&str, &[i64])] = &[
        ("0", &[0, 5]),
        ("0", &[end - 16, 5]),
        ("0", &[end - 15, 5]),
        ("0", &[-8, 5]),
        ("0", &[-16, 5]),
        ("0", &[1 << 32, 5]),
        ("1", &[0]),
        ("1", &[-0xffff_ffff]),
        ("1", &[-0x1_0000_0000]),
        ("2", &[0]),
        ("2", &[15]),
        ("2", &[16]),
        ("2", &[end]),
        ("2", &[-1]),
        ("3", &[]),
    ];
    compare(text, &[], calls);
}

#[test]
fn stack_limit() {
    // The second function has a frame of more than 16 KiB, mostly for what it passes and is given.
    let types = " v128".repeat(1000);
    let zeros = "(v128.const i64x2 0 0)".repeat(999);
    let drops = "drop ".repeat(999);
    let text = format!(
        r#"(module
        (func $one (export "0") (param i64) (result i64) (call $two) (i64.add (local.get 0)))
        (func $two (result i64)
            (call $many {zeros} (v128.const i64x2 7 8)) {drops} (i64x2.extract_lane 1))
        (func $many (param{types}) (result{types}) (local.get 999) {zeros}))"#
    );
    let module = Module::new(&interpreter(), wat::parse_str(&text).unwrap()).unwrap();
    let mut compiled = compiled(&module, MemoryGuards::NONE, &[]);
    let mut registers = Registers::default();
    registers.integers[0] = 5;
    let found = compiled.call_function(0, &mut [0; 16], registers);
    assert_eq!(found.integers[0], 13);
    compiled.stack_limit = u64::MAX;
    for function in [0, 1] {
        let trap = compiled.code.trap(|| {
            compiled.call_function(function, &mut [0; 16], registers);
        });
        assert_eq!(trap, Some(Trap::StackOverflow as u8), "{function}");
    }
}
