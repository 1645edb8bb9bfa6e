//! The laws of the compiler, each with a test of its name; docs/testing.md says what breaks them.

use crate::{everywhere, module, partly_compiled};
use wazir::{Engine, ExternType, Func, Instance, Linker, Store, Val};

/// What calls of a module's exports come to, each with the first bytes of its memory and the value of its global after
/// it. Every call has an instance of its own.
fn outcomes(engine: &Engine, text: &str, calls: &[(String, Vec<Val>)]) -> Vec<String> {
    let module = module(engine, text);
    let exported = module
        .exports()
        .filter(|export| matches!(export.ty(), ExternType::Func(_)));
    let functions = exported.count() + OWN_FUNCTIONS;
    let module = partly_compiled(engine, text, 0, functions);
    calls
        .iter()
        .map(|(name, arguments)| {
            let mut store = Store::new(engine, ());
            let mut linker = Linker::new(engine);
            let minus_one = Func::wrap(&mut store, || -1_i32);
            linker
                .define(&store, "host", "minus_one", minus_one)
                .unwrap();
            let instance = linker.instantiate(&mut store, &module).unwrap();
            let function = instance.get_func(&mut store, name).unwrap();
            let mut results = vec![Val::I32(0); function.ty(&store).results().len()];
            let outcome = match function.call(&mut store, arguments, &mut results) {
                Ok(()) => format!("{results:?}"),
                Err(error) => format!("{:?}", error.trap()),
            };
            let memory = instance.get_memory(&mut store, "memory").unwrap();
            let mut bytes = [0; 128];
            memory.read(&store, 0, &mut bytes).unwrap();
            let global = instance.get_global(&mut store, "global").unwrap();
            format!("{name}: {outcome}, {bytes:?}, {:?}", global.get(&mut store))
        })
        .collect()
}

/// So many locals that a function stays one that is called.
const NOT_INLINED: &str = "(local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
    i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)";

/// How many functions a module has that are not exported.
const OWN_FUNCTIONS: usize = 3;

/// A module of functions that have these parameters and results, and are exported by their numbers.
fn with_functions(ty: &str, bodies: &[&str]) -> String {
    let functions = bodies
        .iter()
        .enumerate()
        .map(|(number, body)| format!("(func (export \"{number}\") {ty} {body})\n"));
    format!(
        r#"(module
            (import "host" "minus_one" (func $minus_one (result i32)))
            (memory (export "memory") 1 2)
            (global $global (export "global") (mut i32) (i32.const 0))
            (table $table 1 1 funcref)
            (elem (i32.const 0) $minus_two)
            (type $number (func (result i32)))
            (data (i32.const 0) "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            (data (i32.const 65520) "the memory ends.")
            (func $minus_two (result i32) {NOT_INLINED} (i32.const -2))
            (func $grow {NOT_INLINED} (drop (memory.grow (i32.const 1))))
            (func $set {NOT_INLINED} (global.set $global (i32.const 9)))
            {})"#,
        String::from_iter(functions)
    )
}

fn calls(functions: usize, arguments: &[&[Val]]) -> Vec<(String, Vec<Val>)> {
    (0..functions)
        .flat_map(|number| {
            let of = move |arguments: &&[Val]| (number.to_string(), arguments.to_vec());
            arguments.iter().map(of)
        })
        .collect()
}

/// Whatever makes an i32, extending it with zeros gives less than 2^32.
#[test]
fn an_i32_is_zero_extended_wherever_it_is_held() {
    let makers = [
        "(i32.wrap_i64 (local.get $x))",
        "(i32.sub (i32.wrap_i64 (local.get $x)) (i32.const 1))",
        "(i32.extend8_s (i32.wrap_i64 (local.get $x)))",
        "(i32.rotr (i32.wrap_i64 (local.get $x)) (i32.const 1))",
        "(i32.div_s (i32.wrap_i64 (local.get $x)) (i32.const 3))",
        "(i32.load8_s (i32.const 65520))",
        "(i32.load16_s (i32.wrap_i64 (i64.and (local.get $x) (i64.const 31))))",
        "(i32.trunc_sat_f64_s (f64.convert_i64_s (local.get $x)))",
        "(i32x4.extract_lane 0 (i64x2.splat (local.get $x)))",
        "(i8x16.extract_lane_s 3 (i64x2.splat (local.get $x)))",
        "(select (i32.wrap_i64 (local.get $x)) (i32.const -1) (i64.eqz (local.get $x)))",
        "(memory.grow (i32.const 60000))",
        "(table.grow $table (ref.null func) (i32.const 5))",
        "(memory.size)",
        "(table.size $table)",
        "(call $minus_one)",
        "(call $minus_two)",
        "(call_indirect $table (type $number) (i32.const 0))",
        "(block (global.set $global (i32.wrap_i64 (local.get $x)))) (global.get $global)",
        "(block (i32.store (i32.const 8) (i32.wrap_i64 (local.get $x)))) (i32.load (i32.const 8))",
    ];
    let mut bodies = Vec::new();
    for maker in makers {
        bodies.push(format!("(i64.extend_i32_u (block (result i32) {maker}))"));
        // It lives in the frame, or in a register that calls keep.
        bodies.push(format!(
            "(local $i i32) (local.set $i (block (result i32) {maker})) (call $set)
             (i64.extend_i32_u (local.get $i))"
        ));
        // It is the parameter of a block, and an address.
        bodies.push(format!(
            "(local $i i32)
             (block (local.set $i (i32.const 7)) (br_if 0 (i64.eqz (local.get $x)))
                 (local.set $i (block (result i32) {maker})))
             (i64.load8_u (i32.shr_u (local.get $i) (i32.const 26)))"
        ));
    }
    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
    let text = with_functions("(param $x i64) (result i64)", &bodies);
    let arguments = [0_i64, 1, -1, 0x8000_0000, 0x1234_5678_9ABC_DEF0, i64::MIN];
    let arguments = arguments.map(|argument| [Val::I64(argument)]);
    let calls = calls(bodies.len(), &arguments.each_ref().map(|it| &it[..]));
    everywhere(|engine| outcomes(engine, &text, &calls));
}

/// The sum in an address has 32 bits; only the offset of the access is added without wrapping.
#[test]
fn the_address_that_is_checked_is_the_address_that_is_accessed() {
    let addresses = [
        "(i32.add (i32.or (local.get 0) (i32.const 0xFFFFFF00)) (i32.const 0x110))",
        "(i32.add (i32.const -16) (i32.add (local.get 0) (i32.const 16)))",
        "(i32.add (i32.or (local.get 0) (i32.const 0xFFFFFF00)) (i32.add (local.get 0) (i32.const 0x100)))",
        "(i32.shl (i32.or (local.get 0) (i32.const 0x40000000)) (i32.const 2))",
        "(i32.mul (i32.or (local.get 0) (i32.const 0x40000000)) (i32.const 4))",
        "(i32.sub (i32.const 64) (local.get 0))",
        "(i32.sub (local.get 0) (i32.const 1))",
        "(i32.wrap_i64 (i64.add (i64.extend_i32_u (local.get 0)) (i64.const 0x7700000003)))",
        "(i32.wrap_i64 (i64.shl (i64.extend_i32_s (local.get 0)) (i64.const 33)))",
        "(i32.add (local.get 0) (i32.shl (local.get 0) (i32.const 30)))",
    ];
    let mut bodies = Vec::new();
    for address in addresses {
        for offset in [0_u32, 3, 0x7FFF_FFFF, 0xFFFF_FFF0] {
            bodies.push(format!("(i64.load8_u offset={offset} {address})"));
            bodies.push(format!("(i64.load offset={offset} {address})"));
            bodies.push(format!(
                "(i32.store8 offset={offset} {address} (i32.const 35)) (i64.const 0)"
            ));
        }
    }
    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
    let text = with_functions("(param i32) (result i64)", &bodies);
    let arguments = [0, 1, 5, 13, -1, -16].map(|argument| [Val::I32(argument)]);
    let calls = calls(bodies.len(), &arguments.each_ref().map(|it| &it[..]));
    everywhere(|engine| outcomes(engine, &text, &calls));
}

/// The last bytes of a memory can be read by what reads no more than these.
#[test]
fn a_load_is_folded_only_at_exactly_the_same_width() {
    let bodies = [
        "(i64.extend_i32_u (i32.add (i32.const 3) (i32.load8_u offset=65535 (local.get 0))))",
        "(i64.extend_i32_u (i32.mul (local.get 0) (i32.load16_s offset=65534 (local.get 0))))",
        "(i64.extend_i32_u (i32.lt_u (local.get 0) (i32.load8_u offset=65535 (local.get 0))))",
        "(i64.extend_i32_u (i32.sub (i32.const 0) (i32.load offset=65532 (local.get 0))))",
        "(i64.add (i64.const 5) (i64.load32_u offset=65532 (local.get 0)))",
        "(i64.xor (i64.const 5) (i64.load offset=65528 (local.get 0)))",
        "(i64.reinterpret_f64 (f64.copysign (f64.const -2) (f64.load offset=65528 (local.get 0))))",
        "(i64.reinterpret_f64 (f64.abs (f64.load offset=65528 (local.get 0))))",
        "(i64.reinterpret_f64 (f64.neg (f64.load offset=65528 (local.get 0))))",
        "(i64.reinterpret_f64 (f64.sqrt (f64.load offset=65528 (local.get 0))))",
        "(i64.reinterpret_f64 (f64.promote_f32 (f32.load offset=65532 (local.get 0))))",
        "(i64.reinterpret_f64 (f64.convert_i32_s (i32.load offset=65532 (local.get 0))))",
        "(i64x2.extract_lane 1 (f64x2.splat (f64.load offset=65528 (local.get 0))))",
        "(i64x2.extract_lane 1 (f32x4.splat (f32.load offset=65532 (local.get 0))))",
        "(i64x2.extract_lane 1 (i64x2.splat (i64.load offset=65528 (local.get 0))))",
        "(i64x2.extract_lane 1 (i8x16.splat (i32.load8_u offset=65535 (local.get 0))))",
        "(i64x2.extract_lane 0 (f64x2.promote_low_f32x4 (v128.load64_zero offset=65528 (local.get 0))))",
        "(i64x2.extract_lane 0 (i32x4.extend_low_i16x8_u (v128.load64_zero offset=65528 (local.get 0))))",
        "(i64x2.extract_lane 0 (i32x4.extend_low_i16x8_u (v128.load offset=65520 (local.get 0))))",
        "(i64x2.extract_lane 1 (f32x4.replace_lane 3 (v128.const i64x2 1 2) (f32.load offset=65532 (local.get 0))))",
        "(i64x2.extract_lane 1 (f64x2.replace_lane 1 (v128.const i64x2 1 2) (f64.load offset=65528 (local.get 0))))",
        "(i64x2.extract_lane 1 (i32x4.add (v128.const i64x2 1 2) (v128.load offset=65520 (local.get 0))))",
    ];
    let text = with_functions("(param i32) (result i64)", &bodies);
    let calls = calls(bodies.len(), &[&[Val::I32(0)], &[Val::I32(1)]]);
    let outcomes = everywhere(|engine| outcomes(engine, &text, &calls));
    for (first, second) in (0..).step_by(2).zip((1..).step_by(2)).take(bodies.len()) {
        assert!(
            !outcomes[first].contains("MemoryOutOfBounds"),
            "{}",
            outcomes[first]
        );
        assert!(
            outcomes[second].contains("MemoryOutOfBounds"),
            "{}",
            outcomes[second]
        );
    }
}

/// What was stored before a trap is there, what would be stored behind it is not; a load sees what was before it.
#[test]
fn no_trapping_operation_moves_across_a_visible_effect() {
    let bodies = [
        "(i32.store (i32.const 0) (i32.const 1)) (drop (i32.div_u (local.get 0) (local.get 1)))
         (i32.store (i32.const 0) (i32.const 2)) (i32.const 3)",
        "(global.set $global (i32.const 1)) (drop (i32.load (local.get 0)))
         (global.set $global (i32.const 2)) (i32.const 3)",
        "(local $v i32) (local.set $v (i32.load (i32.const 8))) (i32.store (i32.const 8) (local.get 0))
         (i32.add (local.get 1) (local.get $v))",
        "(local $v i32) (local.set $v (i32.load (local.get 0))) (global.set $global (i32.const 1))
         (i32.add (local.get 1) (local.get $v))",
        "(local $v i32) (local.set $v (i32.load (local.get 0))) (call $set)
         (i32.add (local.get 1) (local.get $v))",
        "(local $v i32) (local.set $v (i32.load (local.get 0)))
         (drop (i32.div_u (i32.const 1) (local.get 1))) (i32.add (local.get 1) (local.get $v))",
        "(local $v i32) (local.set $v (i32.load (i32.const 8)))
         (memory.fill (i32.const 8) (i32.const 0) (i32.const 4)) (i32.add (local.get 1) (local.get $v))",
        "(i32.store8 (local.get 0) (i32.trunc_f32_s (f32.div (f32.const 1) (f32.convert_i32_s (local.get 1)))))
         (i32.const 3)",
        "(i32.store (i32.const 4) (i32.const 77)) (table.set $table (local.get 0) (ref.null func))
         (i32.store (i32.const 4) (i32.const 78)) (i32.const 3)",
    ];
    let text = with_functions("(param i32 i32) (result i32)", &bodies);
    let pairs = [(0, 0), (0, 1), (-4, 0), (-4, 1), (65_533, 2), (12, 0)];
    let pairs = pairs.map(|(first, second)| [Val::I32(first), Val::I32(second)]);
    let calls = calls(bodies.len(), &pairs.each_ref().map(|it| &it[..]));
    everywhere(|engine| outcomes(engine, &text, &calls));
}

/// Sizes, bases, globals, elements and contents are known only until something can change them.
#[test]
fn what_can_change_is_read_again() {
    let bodies = [
        "(drop (memory.size)) (drop (memory.grow (i32.const 1))) (memory.size)",
        "(drop (i32.load (i32.const 0))) (drop (memory.grow (i32.const 1))) (i32.load (i32.const 65536))",
        "(drop (i32.load (i32.const 0))) (call $grow) (i32.store (i32.const 65536) (i32.const 5))
         (i32.load (i32.const 65536))",
        "(local $n i32) (loop (local.set $n (i32.add (local.get $n) (memory.size))) (call $grow)
         (br_if 0 (i32.lt_u (local.get $n) (i32.const 6)))) (local.get $n)",
        "(drop (global.get $global)) (call $set) (global.get $global)",
        "(i32.add (i32.load (i32.const 0)) (block (result i32)
            (memory.copy (i32.const 0) (i32.const 8) (i32.const 4)) (i32.load (i32.const 0))))",
        "(i32.add (i32.load (i32.const 0)) (block (result i32)
            (i64.store (i32.const 1) (i64.const 5)) (i32.load (i32.const 0))))",
        "(drop (table.get $table (i32.const 0))) (table.set $table (i32.const 0) (ref.null func))
         (ref.is_null (table.get $table (i32.const 0)))",
        "(drop (i32.load (i32.const 0)))
         (if (global.get $global) (then) (else (call $grow))) (i32.load (i32.const 65536))",
    ];
    let text = with_functions("(result i32)", &bodies);
    let calls = calls(bodies.len(), &[&[]]);
    everywhere(|engine| outcomes(engine, &text, &calls));
}

/// Constants are part of instructions, or choose them; what comes out is what it is with parameters.
#[test]
fn constants_do_what_parameters_do() {
    let mut bodies = Vec::new();
    let constants = [
        0_i64,
        1,
        2,
        3,
        5,
        7,
        10,
        16,
        31,
        33,
        63,
        65,
        127,
        128,
        255,
        641,
        65_535,
        1_000_000_007,
        0x7FFF_FFFF,
        0x8000_0000,
        0xFFFF_FFFF,
        0x1_0000_0001,
        i64::MAX,
        i64::MIN,
        -1,
        -2,
        -7,
        -128,
    ];
    let operators = "add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr";
    let comparisons = "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";
    for constant in constants {
        for operator in operators.split(' ') {
            bodies.push(format!(
                "(i64.{operator} (local.get 0) (i64.const {constant}))"
            ));
            let constant = constant as i32;
            bodies.push(format!(
                "(i64.extend_i32_u (i32.{operator} (i32.wrap_i64 (local.get 0)) (i32.const {constant})))"
            ));
        }
        for operator in comparisons.split(' ') {
            bodies.push(format!(
                "(i64.extend_i32_u (i64.{operator} (local.get 0) (i64.const {constant})))"
            ));
        }
    }
    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
    let text = with_functions("(param i64) (result i64)", &bodies);
    // Multiples of the divisors and their neighbours are where a quotient changes.
    let multiples = constants.iter().flat_map(|constant| {
        let greatest = constant
            .checked_neg()
            .map_or(0, |_| i64::MAX / constant.abs().max(1));
        [1, 3, greatest].map(|factor| constant.wrapping_mul(factor))
    });
    let mut arguments: Vec<i64> = multiples
        .flat_map(|multiple| [multiple.wrapping_sub(1), multiple, multiple.wrapping_add(1)])
        .collect();
    arguments.sort_unstable();
    arguments.dedup();
    compare_numbers(&text, bodies.len(), &arguments);
}

/// As [`constants_do_what_parameters_do`], for vectors: counts of shifts, selectors of lanes, whole operands.
#[test]
fn constants_of_vectors_do_what_parameters_do() {
    let vector = "(i64x2.replace_lane 1 (i64x2.splat (local.get 0)) (i64.mul (local.get 0) (i64.const 0x1F35B7)))";
    let other = "(i64x2.replace_lane 0 (i64x2.splat (local.get 0)) (i64.const 0x0123456789ABCDEF))";
    let mut vectors = Vec::new();
    for shape in ["i8x16", "i16x8", "i32x4", "i64x2"] {
        for operator in ["shl", "shr_s", "shr_u"] {
            for count in [0, 1, 5, 7, 8, 13, 31, 33, 63, 64, -1] {
                vectors.push(format!("({shape}.{operator} {vector} (i32.const {count}))"));
            }
        }
    }
    let selectors: [fn(usize) -> usize; 14] = [
        |lane| lane,
        |lane| 15 - lane,
        |lane| lane * 7 % 16,
        |lane| lane | 1,
        |lane| lane / 4,
        |lane| lane ^ 4,
        |lane| (lane + 5) % 32,
        |lane| (lane * 11 + 3) % 32,
        |lane| lane / 2 + lane % 2 * 16,
        |lane| lane + lane % 2 * 16,
        |lane| 31 - lane,
        |lane| 16 + lane * 3 % 16,
        |lane| 8 + lane,
        |lane| lane / 2 * 2 + lane % 2 * 16,
    ];
    for select in selectors {
        let lanes = (0..16).map(|lane| format!("{} ", select(lane)));
        let lanes = String::from_iter(lanes);
        for operands in [
            format!("{vector} {other}"),
            format!("{vector} {vector}"),
            format!("{vector} (v128.const i64x2 0 0)"),
            format!("(v128.const i64x2 0x0706050403020100 0xFFEEDDCCBBAA9988) {vector}"),
        ] {
            vectors.push(format!("(i8x16.shuffle {lanes} {operands})"));
        }
        for more in [0, 100] {
            let lanes = (0..16).map(|lane| format!("{} ", select(lane) + more * (lane % 2)));
            let lanes = String::from_iter(lanes);
            vectors.push(format!(
                "(i8x16.swizzle {vector} (v128.const i8x16 {lanes}))"
            ));
        }
    }
    for constant in [
        "0 0",
        "-1 -1",
        "1 2",
        "0x8000000000000000 0x7FFFFFFFFFFFFFFF",
    ] {
        let constant = format!("(v128.const i64x2 {constant})");
        for operator in [
            "i8x16.add",
            "i16x8.mul",
            "i32x4.mul",
            "i64x2.mul",
            "v128.and",
            "v128.andnot",
            "v128.xor",
            "i8x16.eq",
            "i64x2.lt_s",
            "i16x8.lt_u",
            "i8x16.min_u",
            "i32x4.max_s",
            "f32x4.min",
            "f64x2.pmax",
            "i8x16.swizzle",
        ] {
            vectors.push(format!("({operator} {vector} {constant})"));
            vectors.push(format!("({operator} {constant} {vector})"));
        }
        vectors.push(format!("(v128.bitselect {vector} {other} {constant})"));
        vectors.push(format!(
            "(select {vector} {constant} (i64.eqz (local.get 0)))"
        ));
    }
    let mut bodies = Vec::new();
    for vector in &vectors {
        bodies.push(format!(
            "(local $v v128) (local.set $v {vector})
             (i64.add (i64x2.extract_lane 0 (local.get $v))
                (i64.rotl (i64x2.extract_lane 1 (local.get $v)) (i64.const 17)))"
        ));
    }
    let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
    let text = with_functions("(param i64) (result i64)", &bodies);
    let arguments = [
        0,
        1,
        -1,
        0x0123_4567_89AB_CDEF,
        0x8081_7F80_0001_FFFE_u64 as i64,
        i64::MIN,
    ];
    compare_numbers(&text, bodies.len(), &arguments);
}

/// Calls functions of a module with each number, in one instance of each kind.
fn compare_numbers(text: &str, functions: usize, arguments: &[i64]) {
    everywhere(|engine| {
        let module = partly_compiled(engine, text, 0, functions + OWN_FUNCTIONS);
        let mut store = Store::new(engine, ());
        let minus_one = Func::wrap(&mut store, || -1_i32);
        let instance = Instance::new(&mut store, &module, &[minus_one.into()]).unwrap();
        let mut outcomes = Vec::new();
        for number in 0..functions {
            let function = instance
                .get_typed_func::<i64, i64>(&mut store, &number.to_string())
                .unwrap();
            for &argument in arguments {
                let outcome = function.call(&mut store, argument);
                outcomes.push((number, argument, outcome.map_err(|error| error.trap())));
            }
        }
        outcomes
    });
}
