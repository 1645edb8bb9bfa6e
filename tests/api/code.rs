//! Functions whose operators the interpreter fuses into instructions, in all modes, with and without fuel and
//! interruption: each test is about one kind of instruction.

use wazir::*;

/// All ways to make code in which a function is always executed in the same way.
pub(super) fn steady_configurations() -> impl Iterator<Item = Config> {
    use CompilationMode::{Eager, Lazy, LazyTranslation};
    let mut ways = Vec::new();
    for mode in [Eager, LazyTranslation, Lazy] {
        let mut config = Config::new();
        config
            .strategy(Strategy::Interpreter)
            .compilation_mode(mode);
        ways.push(config);
    }
    if Engine::default().strategy() == Strategy::Auto {
        ways.push(Config::new().strategy(Strategy::Compiler).clone());
    }
    with_checks(ways)
}

/// All ways to make code.
pub(super) fn configurations() -> impl Iterator<Item = Config> {
    steady_configurations().chain(with_checks(vec![
        tiered(0),
        tiered(1),
        tiered(3),
        Config::new(),
    ]))
}

/// What makes machine code take over after so many calls or iterations.
fn tiered(count: u32) -> Config {
    Config::new()
        .tier_up_calls(count)
        .tier_up_iterations(count)
        .compiler_threads(0)
        .clone()
}

/// The same ways with what code can look at besides.
fn with_checks(ways: Vec<Config>) -> impl Iterator<Item = Config> {
    let checks = [(false, false), (true, false), (false, true), (true, true)];
    checks
        .into_iter()
        .flat_map(move |(consume_fuel, interruptable)| {
            ways.clone().into_iter().map(move |mut config| {
                config
                    .consume_fuel(consume_fuel)
                    .interruptable(interruptable);
                config
            })
        })
}

/// Asserts what the exported functions of a module return, called one after the other in one instance, twice.
pub(super) fn assert_returns(text: &str, calls: &[(&str, &[Val], &[Val])]) {
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

#[test]
fn comparisons_that_are_tested_at_once_keep_their_operands() {
    assert_returns(
        r#"(module
             (func (export "carried") (param $a i32) (param $b i32) (result i32)
               (block $out (result i32)
                 (local.get $a)
                 (br_if $out (i32.lt_s (local.tee $a (i32.mul (local.get $a) (local.get $b))) (local.get $b)))
                 (i32.add (local.get $a))))
             (func (export "negated") (param $a i64) (param $b i64) (result i32)
               (if (result i32) (i32.eqz (i32.eqz (i64.gt_u (i64.add (local.get $a) (i64.const 1)) (local.get $b))))
                 (then (i32.const 1)) (else (i32.const 2))))
             (func (export "unordered") (param $a f64) (result i32)
               (if (result i32) (i32.eqz (f64.lt (local.get $a) (f64.const 1)))
                 (then (i32.const 1)) (else (i32.const 2))))
             (func (export "below") (param $a i32) (param $b i32) (result i32)
               (local.get $a) (local.get $b) (i32.const 7)
               (if (param i32 i32 i32) (result i32) (i32.ge_u (i32.shl (local.get $a) (local.get $b)) (i32.const 8))
                 (then (i32.sub) (i32.sub))
                 (else (i32.add) (i32.mul)))))"#,
        &[
            ("carried", &[Val::I32(-3), Val::I32(5)], &[Val::I32(-3)]),
            ("carried", &[Val::I32(3), Val::I32(5)], &[Val::I32(18)]),
            ("negated", &[Val::I64(-1), Val::I64(0)], &[Val::I32(2)]),
            ("negated", &[Val::I64(4), Val::I64(4)], &[Val::I32(1)]),
            ("unordered", &[Val::F64(f64::NAN.to_bits())], &[Val::I32(1)]),
            ("unordered", &[Val::F64(0)], &[Val::I32(2)]),
            ("below", &[Val::I32(2), Val::I32(2)], &[Val::I32(7)]),
            ("below", &[Val::I32(2), Val::I32(1)], &[Val::I32(16)]),
        ],
    );
}

#[test]
fn the_low_half_of_a_number_is_taken_where_it_is_seen() {
    let wide = Val::I64(0x1234_5678_8000_0005_u64 as i64);
    let low = 0x8000_0005_u32;
    assert_returns(
        r#"(module (memory 1)
             (func (export "extended") (param $x i64) (result i64)
               (i64.add (i64.extend_i32_u (i32.wrap_i64 (local.get $x))) (i64.const 1)))
             (func (export "signed") (param $x i64) (result i64)
               (i64.extend_i32_s (i32.wrap_i64 (i64.add (local.get $x) (i64.const 1)))))
             (func (export "float") (param $x i64) (result f32)
               (f32.neg (f32.reinterpret_i32 (i32.wrap_i64 (local.get $x)))))
             (func (export "both") (param $x i64) (result i32)
               (i32.xor (i32.wrap_i64 (i64.shr_u (local.get $x) (i64.const 32))) (i32.wrap_i64 (local.get $x))))
             (func (export "shifted") (param $x i64) (result i32)
               (i32.shr_u (i32.wrap_i64 (local.get $x)) (i32.wrap_i64 (i64.const 0x100000001))))
             (func (export "tested") (param $x i64) (result i32)
               (if (result i32) (i32.wrap_i64 (i64.shl (local.get $x) (i64.const 32)))
                 (then (i32.const 1)) (else (i32.const 2))))
             (func (export "returned") (param $x i64) (result i32)
               (i32.wrap_i64 (local.get $x)))
             (func (export "kept") (param $x i64) (result i64) (local $low i32)
               (local.set $low (i32.wrap_i64 (local.get $x)))
               (local.set $x (i64.const -1))
               (i64.extend_i32_u (local.get $low)))
             (func $wide (param i32) (result i64) (i64.extend_i32_u (local.get 0)))
             (func (export "passed") (param $x i64) (result i64)
               (call $wide (i32.wrap_i64 (local.get $x))))
             (func (export "stored") (param $x i64) (result i64)
               (i64.store (i32.const 8) (i64.const -1))
               (i32.store8 (i32.wrap_i64 (i64.const 0x700000008)) (i32.wrap_i64 (local.get $x)))
               (i64.load (i32.const 8))))"#,
        &[
            ("extended", &[wide], &[Val::I64(i64::from(low) + 1)]),
            ("signed", &[wide], &[Val::I64(i64::from(low as i32 + 1))]),
            ("float", &[wide], &[Val::F32(5)]),
            ("both", &[wide], &[Val::I32(0x9234_567d_u32 as i32)]),
            ("shifted", &[wide], &[Val::I32(0x4000_0002)]),
            ("tested", &[wide], &[Val::I32(2)]),
            ("returned", &[wide], &[Val::I32(low as i32)]),
            ("kept", &[wide], &[Val::I64(low.into())]),
            ("passed", &[wide], &[Val::I64(low.into())]),
            ("stored", &[wide], &[Val::I64(!0xff | 5)]),
        ],
    );
}

#[test]
fn moves_that_are_made_together_read_before_they_write() {
    assert_returns(
        r#"(module
             (func (export "swap") (param $a i32) (param $b i32) (result i32 i32)
               (local.get $a) (local.get $b) (local.set $a) (local.set $b)
               (local.get $a) (local.get $b))
             (func (export "turn") (param $a i64) (param $b i64) (param $c i64) (result i64 i64 i64)
               (local.get $a) (local.get $b) (local.get $c)
               (local.set $a) (local.set $b) (local.set $c)
               (local.get $a) (local.get $b) (local.get $c))
             (func (export "behind") (param $a i32) (param $b i32) (result i32 i32)
               (local.set $a (i32.const 5)) (local.set $b (local.get $a)) (local.get $a) (local.get $b))
             (func (export "before") (param $a i32) (param $b i32) (result i32 i32)
               (local.set $b (local.get $a)) (local.set $a (i32.const 5)) (local.get $a) (local.get $b))
             (func (export "twice") (param $a i64) (result i64)
               (local.set $a (i64.const 1)) (local.set $a (i64.const 0xffffffff)) (local.get $a))
             (func (export "wide") (param $a i64) (param $b i64) (result i64 i64)
               (local.set $a (i64.const -1)) (local.set $b (i64.const 0x100000000)) (local.get $a) (local.get $b))
             (func (export "branches") (param $a i64) (param $n i32) (result i64)
               (block $out (result i64)
                 (if (i32.eq (local.get $n) (i32.const 1)) (then (br $out (i64.const -2))))
                 (if (i32.eq (local.get $n) (i32.const 2)) (then (br $out (local.get $a))))
                 (if (i32.eq (local.get $n) (i32.const 3)) (then (local.set $a (i64.const 3)) (br $out (local.get $a))))
                 (if (i32.eq (local.get $n) (i32.const 4))
                   (then (local.get $a) (local.set $a (i64.const 9)) (i64.add (local.get $a)) (br $out)))
                 (i64.const 0x100000000))
               (i64.add (i64.const 1))))"#,
        &[
            (
                "swap",
                &[Val::I32(1), Val::I32(2)],
                &[Val::I32(2), Val::I32(1)],
            ),
            (
                "turn",
                &[Val::I64(1), Val::I64(2), Val::I64(3)],
                &[Val::I64(3), Val::I64(2), Val::I64(1)],
            ),
            (
                "behind",
                &[Val::I32(1), Val::I32(2)],
                &[Val::I32(5), Val::I32(5)],
            ),
            (
                "before",
                &[Val::I32(1), Val::I32(2)],
                &[Val::I32(5), Val::I32(1)],
            ),
            ("twice", &[Val::I64(7)], &[Val::I64(0xffff_ffff)]),
            (
                "wide",
                &[Val::I64(1), Val::I64(2)],
                &[Val::I64(-1), Val::I64(1 << 32)],
            ),
            ("branches", &[Val::I64(40), Val::I32(1)], &[Val::I64(-1)]),
            ("branches", &[Val::I64(40), Val::I32(2)], &[Val::I64(41)]),
            ("branches", &[Val::I64(40), Val::I32(3)], &[Val::I64(4)]),
            ("branches", &[Val::I64(40), Val::I32(4)], &[Val::I64(50)]),
            (
                "branches",
                &[Val::I64(40), Val::I32(5)],
                &[Val::I64((1 << 32) + 1)],
            ),
        ],
    );
}

#[test]
fn two_sums_are_made_one_after_the_other() {
    assert_returns(
        r#"(module
             (func (export "dependent") (param $a i32) (param $b i32) (result i32 i32)
               (local.set $a (i32.add (local.get $b) (i32.const 10)))
               (local.set $b (i32.add (local.get $a) (i32.const 100)))
               (local.get $a) (local.get $b))
             (func (export "reused") (param $a i32) (param $b i32) (result i32 i32)
               (local.set $a (i32.add (local.get $b) (i32.const 10)))
               (local.set $b (i32.add (local.get $b) (i32.const -1)))
               (local.get $a) (local.get $b))
             (func (export "pending") (param $a i32) (param $b i32) (result i32 i32)
               (i32.add (local.get $a) (i32.const 1))
               (local.set $a (i32.add (local.get $a) (i32.const 2)))
               (local.get $a))
             (func (export "loop") (param $a i32) (param $b i32) (result i32 i32)
               (loop $again
                 (local.set $b (i32.add (local.get $b) (i32.const 3)))
                 (local.set $a (i32.sub (local.get $a) (i32.const 1)))
                 (br_if $again (local.get $a)))
               (local.get $a) (local.get $b))
             (func (export "bound") (param $a i32) (param $b i32) (result i32 i32)
               (loop $again
                 (local.set $b (i32.add (local.get $b) (i32.const -3)))
                 (local.set $a (i32.add (local.get $a) (i32.const 1)))
                 (br_if $again (i32.lt_s (local.get $a) (local.get $b))))
               (local.get $a) (local.get $b)))"#,
        &[
            (
                "dependent",
                &[Val::I32(1), Val::I32(2)],
                &[Val::I32(12), Val::I32(112)],
            ),
            (
                "reused",
                &[Val::I32(1), Val::I32(2)],
                &[Val::I32(12), Val::I32(1)],
            ),
            (
                "pending",
                &[Val::I32(1), Val::I32(2)],
                &[Val::I32(2), Val::I32(3)],
            ),
            (
                "loop",
                &[Val::I32(4), Val::I32(2)],
                &[Val::I32(0), Val::I32(14)],
            ),
            (
                "bound",
                &[Val::I32(0), Val::I32(20)],
                &[Val::I32(5), Val::I32(5)],
            ),
        ],
    );
}

#[test]
fn masks_chains_and_combinations_take_all_of_their_constants() {
    let x = 0x8765_4321_u32;
    let number = |value: u32| Val::I32(value as i32);
    assert_returns(
        r#"(module
             (func (export "mask") (param $x i32) (result i32)
               (if (result i32) (i32.and (local.get $x) (i32.const 0x80000000))
                 (then (i32.const 1)) (else (i32.const 2))))
             (func (export "no mask") (param $x i32) (result i32)
               (if (result i32) (i32.eqz (i32.and (local.get $x) (i32.const 0x12)))
                 (then (i32.const 1)) (else (i32.const 2))))
             (func (export "field") (param $x i32) (result i32)
               (i32.and (i32.shr_u (local.get $x) (i32.const 36)) (i32.const 0xffff0fff)))
             (func (export "sum and") (param $x i32) (result i32)
               (i32.and (i32.sub (local.get $x) (i32.const 0x22)) (i32.const -16)))
             (func (export "small") (param $x i32) (param $y i32) (result i32)
               (i32.or (local.get $y) (i32.and (local.get $x) (i32.const 0xffff))))
             (func (export "not small") (param $x i32) (param $y i32) (result i32)
               (i32.or (local.get $y) (i32.and (local.get $x) (i32.const 0x10000))))
             (func (export "negative") (param $x i32) (param $y i32) (result i32)
               (i32.add (i32.mul (local.get $x) (i32.const -1)) (local.get $y)))
             (func (export "shift") (param $x i32) (param $y i32) (result i32)
               (i32.xor (i32.shl (local.get $x) (i32.const 33)) (local.get $y)))
             (func (export "wide") (param $x i32) (param $y i32) (result i32)
               (i32.wrap_i64 (i64.shr_u
                 (i64.add (i64.shl (i64.extend_i32_u (local.get $x)) (i64.const 4)) (i64.extend_i32_u (local.get $y)))
                 (i64.const 4))))
             (func (export "product") (param $x i32) (param $y i32) (result i32)
               (i32.add (i32.mul (local.get $x) (local.get $y)) (local.tee $x (i32.const 3)))))"#,
        &[
            ("mask", &[number(x)], &[Val::I32(1)]),
            ("mask", &[number(x >> 1)], &[Val::I32(2)]),
            ("no mask", &[number(x)], &[Val::I32(1)]),
            ("no mask", &[number(2)], &[Val::I32(2)]),
            ("field", &[number(x)], &[number((x >> 4) & 0xffff_0fff)]),
            ("sum and", &[number(x)], &[number((x - 0x22) & !15)]),
            ("small", &[number(x), Val::I32(0x70000)], &[number(0x74321)]),
            ("not small", &[number(x), Val::I32(8)], &[number(0x10008)]),
            (
                "negative",
                &[number(x), Val::I32(8)],
                &[number(8_u32.wrapping_sub(x))],
            ),
            ("shift", &[number(x), Val::I32(8)], &[number((x << 1) ^ 8)]),
            ("wide", &[number(x), Val::I32(0x10)], &[number(x + 1)]),
            (
                "product",
                &[number(x), Val::I32(2)],
                &[number(x.wrapping_mul(2) + 3)],
            ),
        ],
    );
}

#[test]
fn addresses_wrap_before_the_offset_is_added() {
    let text = r#"(module (memory 1) (data (i32.const 0) "\01\02\03\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f\10")
         (func (export "displaced") (param $p i32) (result i32)
           (i32.load8_u offset=3 (i32.sub (local.get $p) (i32.const 2))))
         (func (export "displaced float") (param $p i32) (result i64)
           (i64.reinterpret_f64 (f64.load offset=1 (i32.add (local.get $p) (i32.const 1)))))
         (func (export "indexed") (param $p i32) (param $i i32) (result i32)
           (i32.load16_u offset=1 (i32.add (local.get $p) (i32.shl (local.get $i) (i32.const 2)))))
         (func (export "added") (param $p i32) (param $i i32) (result i64)
           (i64.load (i32.add (local.get $p) (local.get $i))))
         (func (export "operand") (param $p i32) (param $i i32) (result i32)
           (i32.sub (local.get $i) (i32.load offset=2 (local.get $p))))
         (func (export "copy") (param $to i32) (param $from i32) (result i64)
           (i64.store offset=32 (local.get $to) (i64.load offset=1 (local.get $from)))
           (i64.load offset=32 (local.get $to)))
         (func (export "copy byte") (param $to i32) (param $from i32) (result i32)
           (i32.store8 offset=48 (local.get $to) (i32.load8_s offset=1 (local.get $from)))
           (i32.load offset=48 (local.get $to))))"#;
    assert_returns(
        text,
        &[
            ("displaced", &[Val::I32(2)], &[Val::I32(4)]),
            ("displaced", &[Val::I32(7)], &[Val::I32(9)]),
            (
                "displaced float",
                &[Val::I32(-1)],
                &[Val::I64(0x0908_0706_0504_0302)],
            ),
            ("indexed", &[Val::I32(-4), Val::I32(2)], &[Val::I32(0x0706)]),
            (
                "added",
                &[Val::I32(-4), Val::I32(5)],
                &[Val::I64(0x0908_0706_0504_0302)],
            ),
            (
                "operand",
                &[Val::I32(0), Val::I32(0x0605_0404)],
                &[Val::I32(1)],
            ),
            (
                "copy",
                &[Val::I32(0), Val::I32(2)],
                &[Val::I64(0x0b0a_0908_0706_0504)],
            ),
            ("copy byte", &[Val::I32(0), Val::I32(2)], &[Val::I32(4)]),
        ],
    );
    let (mut store, instance) = crate::instance(text);
    let outside: &[(&str, &[Val])] = &[
        ("displaced", &[Val::I32(1)]),
        ("displaced", &[Val::I32(0xffff)]),
        ("displaced float", &[Val::I32(0xfff7)]),
        ("indexed", &[Val::I32(0xfffe), Val::I32(0)]),
        ("added", &[Val::I32(0xfff9), Val::I32(0)]),
        ("operand", &[Val::I32(0xfffb), Val::I32(0)]),
        ("copy", &[Val::I32(0), Val::I32(0xfff8)]),
        ("copy", &[Val::I32(0xffd9), Val::I32(0)]),
        ("copy byte", &[Val::I32(0), Val::I32(0xffff)]),
        ("copy byte", &[Val::I32(0xffd0), Val::I32(0)]),
    ];
    for (name, params) in outside {
        let function = instance.get_func(&mut store, name).unwrap();
        let error = function
            .call(&mut store, params, &mut [Val::I32(0)])
            .unwrap_err();
        assert_eq!(
            error.trap(),
            Some(Trap::MemoryOutOfBounds),
            "{name}{params:?}"
        );
    }
}

#[test]
fn globals_are_added_to_and_keep_what_is_below() {
    assert_returns(
        r#"(module (global $g (mut i32) (i32.const 100)) (global $h (mut i32) (i32.const 7))
             (global $w (mut i64) (i64.const -1))
             (func (export "frame") (param $n i32) (result i32 i32 i32) (local $p i32)
               (global.set $g (local.tee $p (i32.sub (global.get $g) (i32.const 16))))
               (global.get $g)
               (global.set $g (i32.add (local.get $p) (i32.const 16)))
               (global.get $g)
               (local.get $p))
             (func (export "another") (result i32 i32)
               (global.set $h (i32.add (global.get $g) (i32.const 1)))
               (global.get $g) (global.get $h)
               (global.set $h (i32.const 7)))
             (func (export "kept") (param $old i32) (result i32 i32)
               (global.set $g (i32.add (local.tee $old (global.get $g)) (i32.const 5)))
               (local.get $old) (global.get $g)
               (global.set $g (local.get $old)))
             (func (export "wide") (result i64)
               (global.set $w (i64.sub (global.get $w) (i64.const 1)))
               (global.get $w)
               (global.set $w (i64.const -1))))"#,
        &[
            (
                "frame",
                &[Val::I32(0)],
                &[Val::I32(84), Val::I32(100), Val::I32(84)],
            ),
            ("another", &[], &[Val::I32(100), Val::I32(101)]),
            ("kept", &[Val::I32(1)], &[Val::I32(100), Val::I32(105)]),
            ("wide", &[], &[Val::I64(-2)]),
        ],
    );
}

#[test]
fn branches_to_a_return_return_what_the_return_does() {
    assert_returns(
        r#"(module (global $g (mut i32) (i32.const 0))
             (func $value (export "value") (param $n i32) (param $x i64) (result i64)
               (block $out (result i64)
                 (block $deep (result i64)
                   (if (i32.eq (local.get $n) (i32.const 1)) (then (br $deep (i64.const -5))))
                   (if (i32.eq (local.get $n) (i32.const 2)) (then (br $out (i64.const -6))))
                   (if (i32.eq (local.get $n) (i32.const 3)) (then (br $out (local.get $x))))
                   (drop (br_if $out (i64.const 8) (i32.eq (local.get $n) (i32.const 4))))
                   (if (i32.eq (local.get $n) (i32.const 6))
                     (then (i64.mul (local.get $x) (local.get $x)) (local.set $x (i64.const 7)) (br $out)))
                   (br $out (i64.mul (local.get $x) (local.get $x))))
                 (i64.add (i64.const 1))))
             (func (export "local") (param $n i32) (result i32) (local $r i32)
               (local.set $r (i32.const 1))
               (block $out
                 (if (local.get $n) (then (local.set $r (i32.const 2)) (br $out)))
                 (if (i32.lt_s (local.get $n) (i32.const 1))
                   (then (local.set $r (local.get $n)) (local.set $n (i32.const 9)) (br $out))))
               (local.get $r))
             (func (export "unset") (param $n i32) (result i32) (local $r i32)
               (block $out
                 (br_if $out (i32.eqz (local.get $n)))
                 (if (i32.eq (local.get $n) (i32.const 1)) (then (br $out)))
                 (local.set $r (i32.const 2)))
               (local.get $r))
             (func $nothing (param $n i32)
               (block $out
                 (if (local.get $n) (then (br $out)))
                 (global.set $g (i32.const 1))))
             (func (export "nothing") (param $n i32) (result i32 i64)
               (global.set $g (i32.const 0))
               (call $nothing (local.get $n))
               (global.get $g)
               (i64.sub (call $value (i32.const 3) (i64.const 10)) (i64.const 1))))"#,
        &[
            ("value", &[Val::I32(1), Val::I64(3)], &[Val::I64(-4)]),
            ("value", &[Val::I32(2), Val::I64(3)], &[Val::I64(-6)]),
            ("value", &[Val::I32(3), Val::I64(3)], &[Val::I64(3)]),
            ("value", &[Val::I32(4), Val::I64(3)], &[Val::I64(8)]),
            ("value", &[Val::I32(5), Val::I64(3)], &[Val::I64(9)]),
            ("value", &[Val::I32(6), Val::I64(3)], &[Val::I64(9)]),
            ("local", &[Val::I32(1)], &[Val::I32(2)]),
            ("local", &[Val::I32(0)], &[Val::I32(0)]),
            ("unset", &[Val::I32(0)], &[Val::I32(0)]),
            ("unset", &[Val::I32(1)], &[Val::I32(0)]),
            ("unset", &[Val::I32(2)], &[Val::I32(2)]),
            ("nothing", &[Val::I32(0)], &[Val::I32(1), Val::I64(9)]),
            ("nothing", &[Val::I32(1)], &[Val::I32(0), Val::I64(9)]),
        ],
    );
}

#[test]
fn calls_leave_their_last_argument_and_nothing_else() {
    assert_returns(
        r#"(module
             (func $pair (param i32 i64) (result i64) (i64.sub (i64.extend_i32_s (local.get 0)) (local.get 1)))
             (func $none (result i32) (i32.const 40))
             (func $sum (export "sum") (param $n i32) (result i32)
               (if (result i32) (local.get $n)
                 (then (i32.add (local.get $n) (call $sum (i32.sub (local.get $n) (i32.const 1)))))
                 (else (i32.const 0))))
             (func $sum64 (export "sum64") (param $n i64) (result i64)
               (if (result i64) (i64.eqz (local.get $n))
                 (then (i64.const 0))
                 (else (i64.add (call $sum64 (i64.add (local.get $n) (i64.const -1))) (local.get $n)))))
             (func (export "copied") (param $a i32) (param $b i64) (result i64)
               (call $pair (i32.add (local.get $a) (i32.const 1)) (local.get $b)))
             (func (export "constant") (param $a i32) (result i64)
               (call $pair (local.get $a) (i64.const 0x7fffffffffffffff)))
             (func (export "first last") (param $a i32) (param $b i64) (result i64)
               (local.get $a) (i64.mul (local.get $b) (local.get $b)) (local.set $b)
               (i64.sub (local.get $b) (i64.const 3)) (call $pair))
             (func (export "dropped") (param $a i32) (result i32)
               (drop (i32.add (local.get $a) (i32.const 1)))
               (i32.add (call $none) (local.tee $a (i32.const 2))))
             (func (export "kept") (param $a i32) (result i32 i32)
               (local.set $a (i32.add (local.get $a) (i32.const 1)))
               (call $none) (local.get $a)))"#,
        &[
            ("sum", &[Val::I32(100)], &[Val::I32(5050)]),
            ("sum64", &[Val::I64(100)], &[Val::I64(5050)]),
            ("copied", &[Val::I32(4), Val::I64(9)], &[Val::I64(-4)]),
            ("constant", &[Val::I32(4)], &[Val::I64(4 - i64::MAX)]),
            ("first last", &[Val::I32(4), Val::I64(9)], &[Val::I64(-74)]),
            ("dropped", &[Val::I32(4)], &[Val::I32(42)]),
            ("kept", &[Val::I32(4)], &[Val::I32(40), Val::I32(5)]),
        ],
    );
}

#[test]
fn a_local_keeps_a_constant_as_long_as_nothing_else_sets_it() {
    assert_returns(
        r#"(module
             (func (export "same") (param $n i32) (result i32 i64) (local $a i32) (local $b i64)
               (local.set $a (i32.const 7)) (local.set $b (i64.const 7))
               (block $out
                 (br_if $out (i32.lt_s (local.get $n) (i32.const 2)))
                 (local.set $a (i32.const 7)) (local.set $b (i64.const -7))
                 (local.set $a (i32.add (local.get $a) (local.get $n))))
               (local.get $a) (local.get $b))
             (func (export "between") (param $n i32) (result i32 i32)
               (local.set $n (i32.const 3))
               (local.get $n)
               (local.set $n (i32.mul (local.get $n) (local.get $n)))
               (local.set $n (i32.const 3))
               (local.get $n))
             (func (export "copied") (param $n i32) (param $m i32) (result i32)
               (local.set $n (i32.const 3))
               (local.set $n (local.get $m))
               (local.set $n (i32.const 3))
               (local.get $n))
             (func (export "loop") (param $n i32) (result i32) (local $a i32) (local $s i32)
               (local.set $a (i32.const 1))
               (loop $again
                 (local.set $s (i32.add (local.get $s) (local.get $a)))
                 (local.set $a (i32.const 1))
                 (local.set $s (i32.add (local.get $s) (local.get $a)))
                 (local.set $a (i32.const 10))
                 (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
               (local.get $s))
             (func (export "if then") (param $n i32) (result i32) (local $a i32)
               (local.set $a (i32.const 5))
               (if (local.get $n) (then (local.set $a (i32.const 6))))
               (local.set $a (i32.const 6))
               (local.get $a))
             (func (export "many") (param $n i32) (result i32)
               (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $e i32)
               (local.set $a (i32.const 1)) (local.set $b (i32.const 2)) (local.set $c (i32.const 3))
               (local.set $d (i32.const 4)) (local.set $e (i32.const 5))
               (local.set $b (local.get $n)) (local.set $d (local.get $n))
               (local.set $e (i32.const 6)) (local.set $a (i32.const 1)) (local.set $b (i32.const 2))
               (local.set $d (i32.const 4)) (local.set $e (i32.const 5)) (local.set $c (i32.const 3))
               (i32.add (i32.add (i32.mul (local.get $a) (i32.const 10000)) (i32.mul (local.get $b) (i32.const 1000)))
                 (i32.add (i32.mul (local.get $c) (i32.const 100))
                   (i32.add (i32.mul (local.get $d) (i32.const 10)) (local.get $e)))))
             (func (export "zeros") (result i64) (local $a f64)
               (local.set $a (f64.const 0)) (local.set $a (f64.const -0))
               (i64.reinterpret_f64 (local.get $a))))"#,
        &[
            ("same", &[Val::I32(1)], &[Val::I32(7), Val::I64(7)]),
            ("same", &[Val::I32(5)], &[Val::I32(12), Val::I64(-7)]),
            ("between", &[Val::I32(1)], &[Val::I32(3), Val::I32(3)]),
            ("copied", &[Val::I32(1), Val::I32(9)], &[Val::I32(3)]),
            ("loop", &[Val::I32(3)], &[Val::I32(24)]),
            ("if then", &[Val::I32(0)], &[Val::I32(6)]),
            ("if then", &[Val::I32(1)], &[Val::I32(6)]),
            ("many", &[Val::I32(8)], &[Val::I32(12345)]),
            ("zeros", &[], &[Val::I64(i64::MIN)]),
        ],
    );
}

#[test]
fn a_copy_and_a_sum_are_made_together() {
    assert_returns(
        r#"(module
             (func (export "of the copy") (param $n i32) (result i32 i32) (local $old i32)
               (local.set $n (i32.add (local.tee $old (local.get $n)) (i32.const -2)))
               (local.get $n) (local.get $old))
             (func (export "in the copy") (param $n i32) (result i32 i32) (local $old i32)
               (local.set $old (local.get $n))
               (local.set $old (i32.add (local.get $old) (i32.const 5)))
               (local.get $n) (local.get $old))
             (func (export "of another") (param $n i64) (param $m i64) (result i64 i64 i64) (local $old i64)
               (local.set $old (local.get $n))
               (local.set $n (i64.add (local.get $m) (i64.const 0x100000001)))
               (local.get $n) (local.get $m) (local.get $old))
             (func (export "swapped") (param $n i32) (param $m i32) (result i32 i32)
               (local.set $n (local.get $m))
               (local.set $m (i32.add (local.get $n) (i32.const 1)))
               (local.get $n) (local.get $m))
             (func (export "low") (param $n i64) (result i64 i32) (local $old i64) (local $low i32)
               (local.set $old (local.get $n))
               (local.set $low (i32.add (i32.wrap_i64 (local.get $old)) (i32.const 1)))
               (local.get $old) (local.get $low))
             (func (export "float") (param $n i32) (param $x f64) (result f64 i32) (local $y f64)
               (local.set $y (local.get $x))
               (local.set $n (i32.sub (local.get $n) (i32.const 1)))
               (local.get $y) (local.get $n))
             (func (export "tested") (param $n i32) (result i32 i32) (local $old i32)
               (loop $again
                 (local.set $old (local.get $n))
                 (local.set $n (i32.add (local.get $n) (i32.const -3)))
                 (br_if $again (i32.gt_s (local.get $n) (i32.const 0))))
               (local.get $n) (local.get $old))
             (func (export "below") (param $n i32) (result i32 i32)
               (local.get $n)
               (local.set $n (i32.add (local.get $n) (i32.const 1)))
               (local.get $n)))"#,
        &[
            (
                "of the copy",
                &[Val::I32(-0x8000_0000)],
                &[Val::I32(0x7fff_fffe), Val::I32(-0x8000_0000)],
            ),
            ("in the copy", &[Val::I32(3)], &[Val::I32(3), Val::I32(8)]),
            (
                "of another",
                &[Val::I64(-1), Val::I64(-1)],
                &[Val::I64(0x1_0000_0000), Val::I64(-1), Val::I64(-1)],
            ),
            (
                "swapped",
                &[Val::I32(3), Val::I32(8)],
                &[Val::I32(8), Val::I32(9)],
            ),
            (
                "low",
                &[Val::I64(0x1_ffff_ffff)],
                &[Val::I64(0x1_ffff_ffff), Val::I32(0)],
            ),
            (
                "float",
                &[Val::I32(0), Val::F64(0x7ff0_0000_dead_beef)],
                &[Val::F64(0x7ff0_0000_dead_beef), Val::I32(-1)],
            ),
            ("tested", &[Val::I32(8)], &[Val::I32(-1), Val::I32(2)]),
            ("below", &[Val::I32(8)], &[Val::I32(8), Val::I32(9)]),
        ],
    );
}

#[test]
fn a_move_is_made_whether_or_not_the_branch_behind_it_is_taken() {
    assert_returns(
        r#"(module
             (func (export "constant") (param $n i32) (param $m i32) (result i32) (local $a i32)
               (local.set $a (i32.const -1))
               (block $out
                 (br_if $out (i32.lt_s (local.get $n) (i32.const 2)))
                 (local.set $a (i32.add (local.get $a) (i32.const 10)))
                 (local.set $m (i32.const 4))
                 (br_if $out (i32.gt_u (local.get $n) (local.get $m)))
                 (local.set $a (i32.add (local.get $a) (i32.const 10))))
               (i32.add (local.get $a) (local.get $m)))
             (func (export "copy") (param $n i32) (param $m i32) (result i32) (local $a i32) (local $b i32)
               (block $out
                 (local.set $a (local.get $m))
                 (br_if $out (i32.eq (local.get $a) (i32.const 3)))
                 (local.set $b (local.get $n))
                 (br_if $out (i32.le_s (local.get $m) (local.get $b)))
                 (local.set $b (i32.const 100)))
               (i32.add (local.get $a) (local.get $b)))
             (func (export "over what is compared") (param $n i32) (param $m i32) (result i32)
               (local.set $n (local.get $m))
               (if (result i32) (i32.ne (local.get $n) (local.get $m)) (then (i32.const 1)) (else (i32.const 2))))
             (func (export "constant that is compared") (param $n i32) (result i32)
               (local.set $n (i32.const 6))
               (if (result i32) (i32.ge_u (local.get $n) (i32.const 7)) (then (i32.const 1)) (else (local.get $n))))
             (func (export "number") (param $n i32) (result i32) (local $a i32)
               (local.set $a (local.get $n))
               (if (local.get $n) (then (local.set $a (i32.const 9))))
               (local.get $a))
             (func (export "zero") (param $n i32) (result i32) (local $a i32)
               (local.set $a (i32.const 8))
               (if (i32.eqz (local.get $n)) (then (local.set $a (i32.const 9))))
               (local.get $a))
             (func (export "low") (param $n i64) (result i32) (local $a i64)
               (local.set $a (local.get $n))
               (if (result i32) (i32.wrap_i64 (local.get $n))
                 (then (i32.const 1)) (else (i32.wrap_i64 (i64.shr_u (local.get $a) (i64.const 32))))))
             (func (export "wide") (param $n i64) (result i64) (local $a i64)
               (local.set $a (i64.const 0x100000002))
               (if (i64.lt_s (local.get $n) (i64.const 0x100000000)) (then (local.set $a (i64.const -1))))
               (local.get $a))
             (func (export "wide constant") (param $n i32) (result i64) (local $a i64)
               (local.set $a (i64.const 0x100000002))
               (if (i32.lt_s (local.get $n) (i32.const 5)) (then (local.set $a (i64.const -1))))
               (local.get $a))
             (func (export "carried") (param $n i32) (param $x f32) (result f32)
               (block $out (result f32)
                 (br_if $out (local.get $x) (i32.lt_u (local.get $n) (i32.const 5)))
                 (f32.add (local.get $x))))
             (func (export "loop") (param $n i32) (result i32) (local $a i32) (local $b i32)
               (loop $again
                 (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                 (local.set $a (i32.add (local.get $a) (local.get $b)))
                 (local.set $b (local.get $n))
                 (br_if $again (i32.ne (local.get $b) (i32.const 0))))
               (local.get $a)))"#,
        &[
            ("constant", &[Val::I32(1), Val::I32(7)], &[Val::I32(6)]),
            ("constant", &[Val::I32(5), Val::I32(7)], &[Val::I32(13)]),
            ("constant", &[Val::I32(4), Val::I32(7)], &[Val::I32(23)]),
            ("copy", &[Val::I32(9), Val::I32(3)], &[Val::I32(3)]),
            ("copy", &[Val::I32(9), Val::I32(9)], &[Val::I32(18)]),
            ("copy", &[Val::I32(8), Val::I32(9)], &[Val::I32(109)]),
            (
                "over what is compared",
                &[Val::I32(8), Val::I32(9)],
                &[Val::I32(2)],
            ),
            ("constant that is compared", &[Val::I32(8)], &[Val::I32(6)]),
            ("number", &[Val::I32(0)], &[Val::I32(0)]),
            ("number", &[Val::I32(3)], &[Val::I32(9)]),
            ("zero", &[Val::I32(0)], &[Val::I32(9)]),
            ("zero", &[Val::I32(3)], &[Val::I32(8)]),
            ("low", &[Val::I64(0x5_0000_0000)], &[Val::I32(5)]),
            ("low", &[Val::I64(0x5_0000_0001)], &[Val::I32(1)]),
            ("wide", &[Val::I64(0xffff_ffff)], &[Val::I64(-1)]),
            (
                "wide",
                &[Val::I64(0x1_0000_0000)],
                &[Val::I64(0x1_0000_0002)],
            ),
            ("wide constant", &[Val::I32(4)], &[Val::I64(-1)]),
            ("wide constant", &[Val::I32(5)], &[Val::I64(0x1_0000_0002)]),
            (
                "carried",
                &[Val::I32(4), Val::F32(0x4000_0000)],
                &[Val::F32(0x4000_0000)],
            ),
            (
                "carried",
                &[Val::I32(5), Val::F32(0x4000_0000)],
                &[Val::F32(0x4080_0000)],
            ),
            ("loop", &[Val::I32(4)], &[Val::I32(6)]),
        ],
    );
}
