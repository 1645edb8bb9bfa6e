//! Modules that are made to cost much more than their size.
//!
//! Input: modules built here. Output: for each the verdict, the greatest amount of memory in use at once, and the
//! time; the same for translation and for what running code can ask for.
//! Holds: nothing panics; memory stays within a small multiple of the module's size; time is linear in it.

#[path = "hostile/meter.rs"]
mod meter;

use std::time::{Duration, Instant};

use wazir::{
    CompilationMode, Config, Engine, Instance, Module, ResumableCall, Store, Strategy, Trap,
    TypedFunc,
};

/// Bytes of memory that a byte of a module may cost, and what any module may cost.
const BYTES_PER_BYTE: usize = 80;
const BYTES_AT_LEAST: usize = 12 << 20;

/// Far above what is needed on a busy machine in an unoptimized build, far below what anything quadratic takes.
const TIME_LIMIT: Duration = Duration::from_secs(60);

fn leb(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value > 0x7F {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

/// The signed form, which a type index has in a reference type.
fn signed_leb(value: usize) -> Vec<u8> {
    let mut bytes = leb(value);
    if let Some(last) = bytes.last_mut().filter(|last| **last & 0x40 != 0) {
        *last |= 0x80;
        bytes.push(0);
    }
    bytes
}

fn section(id: u8, content: &[u8]) -> Vec<u8> {
    [&[id], leb(content.len()).as_slice(), content].concat()
}

fn vector(items: &[Vec<u8>]) -> Vec<u8> {
    [leb(items.len()), items.concat()].concat()
}

fn module(sections: &[Vec<u8>]) -> Vec<u8> {
    [b"\0asm\x01\0\0\0".to_vec(), sections.concat()].concat()
}

/// The type [] -> [].
const NOTHING: [u8; 3] = [0x60, 0, 0];

/// A module with the types `types` and functions of type 0 with these bodies.
fn with_bodies(types: &[Vec<u8>], bodies: &[Vec<u8>]) -> Vec<u8> {
    let sized: Vec<Vec<u8>> = bodies
        .iter()
        .map(|body| [leb(body.len()), body.clone()].concat())
        .collect();
    module(&[
        section(1, &vector(types)),
        section(3, &vector(&vec![vec![0]; bodies.len()])),
        section(10, &vector(&sized)),
    ])
}

fn with_body(body: &[u8]) -> Vec<u8> {
    with_bodies(&[NOTHING.to_vec()], &[[&[0], body, &[0x0B]].concat()])
}

/// Validates and gives the message of the error, or nothing.
fn validate(binary: &[u8]) -> Option<String> {
    let engine = Engine::default();
    let start = Instant::now();
    let (verdict, peak) = meter::peak_bytes(|| Module::validate(&engine, binary));
    let allowed = BYTES_AT_LEAST + BYTES_PER_BYTE * binary.len();
    assert!(
        peak <= allowed,
        "{peak} bytes were in use for a module of {}",
        binary.len()
    );
    assert!(
        start.elapsed() < TIME_LIMIT,
        "{:?} for a module of {} bytes",
        start.elapsed(),
        binary.len()
    );
    verdict.err().map(|error| error.to_string())
}

fn assert_valid(binary: &[u8]) {
    assert_eq!(validate(binary), None);
}

fn assert_error(binary: &[u8], words: &str) {
    let message = validate(binary).expect("the module is not valid");
    assert!(message.contains(words), "{message}");
}

#[test]
fn counts_that_lie_allocate_nothing() {
    for id in [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13] {
        for count in [1_000, 99_999, 1_000_000, u32::MAX as usize] {
            assert!(validate(&module(&[section(id, &leb(count))])).is_some());
        }
    }
    let group = [vec![1, 0x4E], leb(999_999), NOTHING.to_vec()].concat();
    assert_error(&module(&[section(1, &group)]), "do not fit");
    let names = [
        vec![4],
        b"name".to_vec(),
        vec![1, 5],
        leb(u32::MAX as usize),
    ]
    .concat();
    assert_valid(&module(&[section(0, &names)]));
    assert_error(
        &with_body(&[vec![0x41, 0, 0x0E], leb(7_000_000)].concat()),
        "do not fit",
    );
}

#[test]
fn nesting_is_no_recursion() {
    let depth = 500_000;
    assert_valid(&with_body(
        &[[0x02, 0x40].repeat(depth), vec![0x0B; depth]].concat(),
    ));
    assert_valid(&with_body(
        &[[0x41, 0, 0x04, 0x40].repeat(depth), vec![0x0B; depth]].concat(),
    ));
    assert_error(
        &with_body(&[0x02, 0x40].repeat(depth)),
        "END opcode expected",
    );
}

#[test]
fn many_locals_in_many_bodies_take_time_in_proportion_to_the_bytes() {
    let body = [vec![1], leb(50_000), vec![0x7F, 0x0B]].concat();
    assert_valid(&with_bodies(&[NOTHING.to_vec()], &vec![body; 20_000]));
}

/// An engine that translates everything at once.
fn eager_engine() -> Engine {
    Engine::new(Config::new().compilation_mode(CompilationMode::Eager)).unwrap()
}

#[test]
fn translating_a_body_takes_memory_for_its_bytes_and_not_for_its_locals() {
    let mut config = Config::new();
    config
        .compilation_mode(CompilationMode::Eager)
        .strategy(Strategy::Interpreter);
    let engine = Engine::new(&config).unwrap();
    let peak_with_locals = |count: usize| {
        let body = [vec![1], leb(count), vec![0x7F, 0x0B]].concat();
        let binary = with_bodies(&[NOTHING.to_vec()], &[body]);
        let (module, peak) = meter::peak_bytes(|| Module::new(&engine, &binary));
        module.unwrap();
        peak
    };
    let (few, many) = (peak_with_locals(100), peak_with_locals(50_000));
    assert!(
        many < few + 10_000,
        "{few} bytes for 100 locals, {many} for 50,000"
    );
}

#[test]
fn locals_far_behind_what_the_bytes_suggest_work() {
    let module = Module::new(
        &eager_engine(),
        wat::parse_str(format!(
            r#"(module
                (func (export "f") (param i32 v128) (result i64)
                    (local {} {} i64)
                    (local.set 40001 (v128.const i64x2 5 7))
                    (local.set 40002 (v128.const i64x2 30 50))
                    (local.set 19000 (i64.const 1000))
                    (i64.add (local.get 19000)
                        (i64.add (local.get 18999)
                            (i64.add
                                (i64x2.extract_lane 1 (local.get 40001))
                                (i64x2.extract_lane 0 (local.get 40002)))))
                    (local.set 40003 (i64.const 20000))
                    (i64.add (i64.add (local.get 40003) (local.tee 19000 (i64.const 300000))))
                    (i64.add (local.get 19000))))"#,
            "i64 ".repeat(20_000),
            "v128 ".repeat(20_001),
        ))
        .unwrap(),
    )
    .unwrap();
    let mut store = Store::new(module.engine(), ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let f = instance
        .get_typed_func::<(i32, wazir::V128), i64>(&mut store, "f")
        .unwrap();
    assert_eq!(f.call(&mut store, (1, 2u128.into())).unwrap(), 621_037);
}

#[test]
fn results_of_calls_do_not_pile_up() {
    let many_results = [vec![0x60, 0], leb(1_000), vec![0x7F; 1_000]].concat();
    let calls = [vec![0], [0x10, 0].repeat(100_000), vec![0x00, 0x0B]].concat();
    assert_error(&with_bodies(&[many_results], &[calls]), "too many operands");
}

#[test]
fn branch_tables_are_linear() {
    let labels = [vec![0x41, 0, 0x0E], leb(1_000_000), vec![0; 1_000_001]].concat();
    assert_valid(&with_body(&labels));
}

#[test]
fn a_branch_table_is_translated_label_by_label_and_not_branch_by_branch() {
    let many_results = [vec![0x60, 0], leb(1_000), vec![0x7F; 1_000]].concat();
    // All branches go to one block with 1,000 results, below which there is one operand too many.
    let body = [
        vec![0, 0x02, 1],
        [0x41, 0].repeat(1_001),
        vec![0x41, 0, 0x0E],
        leb(1_000_000),
        vec![0; 1_000_001],
        vec![0x0B],
        vec![0x1A; 1_000],
        vec![0x0B],
    ];
    let binary = with_bodies(&[NOTHING.to_vec(), many_results], &[body.concat()]);
    let engine = eager_engine();
    let (module, peak) = meter::peak_bytes(|| Module::new(&engine, &binary));
    module.unwrap();
    let allowed = BYTES_PER_BYTE * binary.len();
    assert!(
        peak <= allowed,
        "{peak} bytes were in use for a module of {}",
        binary.len()
    );
}

#[test]
fn arrays_of_any_length_are_made_in_dead_code() {
    let array = vec![0x5E, 0x7F, 0];
    let new_fixed = [
        vec![0, 0x00],
        [vec![0xFB, 8, 1], leb(u32::MAX as usize), vec![0x1A]]
            .concat()
            .repeat(10_000),
        vec![0x0B],
    ];
    assert_valid(&with_bodies(
        &[NOTHING.to_vec(), array],
        &[new_fixed.concat()],
    ));
}

#[test]
fn chains_of_types_are_walked_and_freed_without_recursion() {
    // Each type has a parameter of the type before.
    let link = |index: usize| [vec![0x60, 1, 0x64], signed_leb(index), vec![0]].concat();
    let mut types = vec![NOTHING.to_vec()];
    types.extend((0..100_000).map(link));
    assert_valid(&module(&[section(1, &vector(&types))]));
}

#[test]
fn subtypes_have_a_greatest_depth() {
    let open = |supertype: Option<usize>| match supertype {
        None => vec![0x50, 0, 0x5F, 0],
        Some(index) => [vec![0x50, 1], leb(index), vec![0x5F, 0]].concat(),
    };
    let chain = |count: usize| {
        let types: Vec<_> = (0..count).map(|index| open(index.checked_sub(1))).collect();
        module(&[section(1, &vector(&types))])
    };
    assert_valid(&chain(64));
    assert_error(&chain(65), "more than 63 supertypes");
    assert_error(&chain(50_000), "more than 63 supertypes");
}

#[test]
fn long_constant_expressions_are_linear() {
    let sum = [
        vec![0x7F, 0],
        [0x41, 1].repeat(300_000),
        vec![0x6A; 299_999],
        vec![0x0B],
    ]
    .concat();
    assert_valid(&module(&[section(6, &vector(&[sum]))]));
}

/// An instance of a module in text.
fn instantiate(engine: &Engine, text: &str) -> (Store<()>, Instance) {
    let module = Module::new(engine, wat::parse_str(text).unwrap()).unwrap();
    let mut store = Store::new(engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    (store, instance)
}

#[test]
fn a_deep_stack_across_instances_is_walked_without_a_look_at_all_functions() {
    let engine = eager_engine();
    let first = format!(
        r#"(module (type $t (func)) (table (export "t") 2 2 funcref)
            (func $f (export "f") (call_indirect (type $t) (i32.const 1)))
            (elem (i32.const 0) $f) {})"#,
        "(func)".repeat(20_000)
    );
    let (mut store, instance) = instantiate(&engine, &first);
    let second = r#"(module (type $t (func)) (import "" "t" (table 2 2 funcref))
        (func $g (call_indirect (type $t) (i32.const 0))) (elem (i32.const 1) $g))"#;
    let second = Module::new(&engine, wat::parse_str(second).unwrap()).unwrap();
    let table = instance.get_table(&mut store, "t").unwrap();
    Instance::new(&mut store, &second, &[table.into()]).unwrap();
    let f: TypedFunc<(), ()> = instance.get_typed_func(&mut store, "f").unwrap();
    let (error, sum) = meter::sum_of_bytes(|| f.call(&mut store, ()).unwrap_err());
    assert_eq!(error.trap(), Some(Trap::StackOverflow));
    let backtrace = error.backtrace().unwrap();
    assert!(backtrace.omitted_frames() > 1_000);
    let functions: Vec<_> = backtrace
        .frames()
        .iter()
        .map(|frame| (frame.func_name(), frame.func_offset().is_some()))
        .collect();
    let pair = [(Some("f"), true), (Some("g"), true)];
    assert!(functions.contains(&pair[0]) && functions.iter().all(|it| pair.contains(it)));
    assert_ne!(functions[0], functions[1]);
    assert!(sum < 5_000_000, "{sum} bytes for a backtrace");
}

#[test]
fn a_backtrace_translates_a_function_once_more_and_not_again() {
    let body = "(drop (i32.add (i32.const 1) (i32.const 2)))".repeat(20_000);
    let text = format!(r#"(module (func (export "f") {body} unreachable))"#);
    let (mut store, instance) = instantiate(&eager_engine(), &text);
    let f: TypedFunc<(), ()> = instance.get_typed_func(&mut store, "f").unwrap();
    let first = f.call(&mut store, ()).unwrap_err();
    let (second, sum) = meter::sum_of_bytes(|| f.call(&mut store, ()).unwrap_err());
    let offset = |error: &wazir::Error| error.backtrace().unwrap().frames()[0].func_offset();
    // Behind the number of runs of locals and six bytes for each repetition.
    assert_eq!(offset(&first), Some(1 + 6 * 20_000));
    assert_eq!(offset(&second), offset(&first));
    assert!(sum < 10_000, "{sum} bytes for the second backtrace");
}

#[test]
fn waiting_for_fuel_costs_nothing_in_the_size_of_the_function() {
    let body = "(drop (i32.add (i32.const 1) (i32.const 2)))".repeat(20_000);
    let text = format!(r#"(module (func (export "f") (loop {body} (br 0))))"#);
    let mut config = Config::new();
    config.consume_fuel(true);
    let (mut store, instance) = instantiate(&Engine::new(&config).unwrap(), &text);
    let f = instance.get_func(&mut store, "f").unwrap();
    store.set_fuel(1_000_000).unwrap();
    let mut call = f.call_resumable(&mut store, &[], &mut []).unwrap();
    let ((), sum) = meter::sum_of_bytes(|| {
        for _ in 0..10 {
            let ResumableCall::OutOfFuel(waiting) = call else {
                panic!("the loop has no end");
            };
            store.set_fuel(1_000_000).unwrap();
            call = waiting.resume(&mut store, &mut []).unwrap();
        }
    });
    assert!(sum < 10_000, "{sum} bytes for ten suspensions");
}

#[test]
fn failed_instantiations_that_leave_something_behind_do_not_get_ever_more_expensive() {
    let text = r#"(module (import "" "t" (table 1 funcref)) (import "" "n" (global $n (mut i32)))
        (func $f) (elem declare func $f)
        (func $start
            (table.set (global.get $n) (ref.func $f))
            (global.set $n (i32.add (global.get $n) (i32.const 1)))
            unreachable)
        (start $start))"#;
    let count = 700;
    let (mut store, first) = instantiate(
        &Engine::default(),
        r#"(module (table (export "t") 1000 funcref) (global (export "n") (mut i32) (i32.const 0)))"#,
    );
    let imports = ["t", "n"].map(|name| first.get_export(&mut store, name).unwrap());
    let module = Module::new(store.engine(), wat::parse_str(text).unwrap()).unwrap();
    let mut costs = (0..count).map(|_| {
        let fail = || Instance::new(&mut store, &module, &imports).unwrap_err();
        let (error, sum) = meter::sum_of_bytes(fail);
        assert_eq!(error.trap(), Some(Trap::UnreachableCodeReached));
        sum
    });
    let early: usize = costs.by_ref().take(100).sum();
    let late: usize = costs.skip(count - 200).sum();
    assert!(
        late < 3 * early,
        "{early} bytes for the first hundred, {late} for the last"
    );
    let table = first.get_table(&mut store, "t").unwrap();
    for index in [0, 300, 699] {
        let element = table.get(&mut store, index).unwrap();
        let function = *element.unwrap_func().expect("a function");
        function.call(&mut store, &[], &mut []).unwrap();
    }
}

/// The bytes of memory that the process uses.
#[cfg(target_os = "linux")]
fn resident_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages = status.split(' ').nth(1).unwrap();
    pages.parse::<usize>().unwrap() * 4096
}

/// Only there the system moves pages.
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
#[test]
fn a_memory_that_outgrows_its_reservation_is_not_copied() {
    let (mut store, instance) = instantiate(
        &Engine::default(),
        r#"(module (memory i64 65535)
            (func (export "grow") (result i64)
                (i64.store (i64.const 0xFFFEFFF8) (i64.const 77))
                (drop (memory.grow (i64.const 1)))
                (drop (memory.grow (i64.const 1)))
                (i64.store (i64.const 0x100000000) (i64.const 700))
                (i64.add
                    (i64.add (i64.load (i64.const 0xFFFEFFF8)) (i64.load (i64.const 0x100000000)))
                    (memory.size))))"#,
    );
    let grow: TypedFunc<(), i64> = instance.get_typed_func(&mut store, "grow").unwrap();
    let before = resident_bytes();
    assert_eq!(grow.call(&mut store, ()).unwrap(), 77 + 700 + 65_537);
    // Other tests run at the same time, but none needs so much.
    let used = resident_bytes().saturating_sub(before);
    assert!(used < 1 << 30, "{used} bytes");
}
