//! What is measured.
//!
//! Input: the guest programs of the tests, and small modules written here. Output: [`all`], a table of cases.
//! Holds: a case is the same work for every engine, and one run of a kernel takes a few tens of milliseconds.

use crate::engines::{Call, Engine, HOST_FUNCTIONS, Held, Kernel, Mode, Run};
use std::fs;
use std::path::Path;

/// One line of the report.
pub struct Case {
    pub group: &'static str,
    pub name: String,
    /// The unit of what is reported.
    pub unit: &'static str,
    /// How many nanoseconds or bytes of a run are one unit.
    pub divisor: f64,
    /// The size of the module, where it matters.
    pub bytes: Option<usize>,
    pub prepare: Box<dyn Fn(&dyn Engine) -> Run>,
}

/// Exports of `kernels.wasm`, with sizes that take 20 to 60 milliseconds.
const KERNELS: &[(&str, Kernel)] = &[
    ("fib", Kernel::I32ToI32(31)),
    ("sum_loop", Kernel::I64ToI64(10_000_000)),
    ("sieve", Kernel::I32ToI32(1_500_000)),
    ("matmul", Kernel::I32ToF64(160)),
    ("mandelbrot", Kernel::I32ToI32(450)),
    ("coremark_like", Kernel::I32ToI32(1_500)),
    ("sha256", Kernel::I32ToI32(12_000)),
    ("memcpy_loop", Kernel::I32ToI32(10_000)),
    ("bytecopy_loop", Kernel::I32ToI32(100)),
    ("dispatch", Kernel::I32ToI32(1_500_000)),
];

const MODES: &[(&str, Mode)] = &[
    ("eager", Mode::Eager),
    ("lazy translation", Mode::LazyTranslation),
    ("lazy", Mode::Lazy),
];

const CALLS: &[(&str, Call)] = &[
    ("host to guest, typed, empty", Call::TypedEmpty),
    ("host to guest, typed, 2 arguments", Call::TypedArguments),
    ("host to guest, untyped, 2 arguments", Call::Untyped),
];

const CALLS_OF_THE_HOST: &[(&str, &str)] = &[
    ("guest to host, i32 to i32", "increment"),
    ("guest to host, through the caller's data", "count"),
];

/// How many calls one run makes.
const CALL_COUNT: u32 = 100_000;

const CALLS_MODULE: &str = r#"(module
    (import "host" "increment" (func $increment (param i32) (result i32)))
    (import "host" "count" (func $count (param i64) (result i64)))
    (func (export "empty"))
    (func (export "add") (param i32 i64) (result i64)
        (i64.add (i64.extend_i32_s (local.get 0)) (local.get 1)))
    (func (export "increment") (param $times i32) (result i64) (local $value i32)
        (loop $again
            (local.set $value (call $increment (local.get $value)))
            (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
        (i64.extend_i32_s (local.get $value)))
    (func (export "count") (param $times i32) (result i64) (local $value i64)
        (loop $again
            (local.set $value (call $count (i64.const 3)))
            (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
        (local.get $value)))"#;

const SMALL_MODULE: &str = r#"(module
    (memory (export "memory") 1)
    (global $count (mut i32) (i32.const 0))
    (func (export "run") (result i32) (global.get $count)))"#;

/// All cases, in the order of the report. Panics if a guest cannot be read.
pub fn all(guests: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    add_kernels(&mut cases, guests);
    let modules = read_modules(guests);
    add_translation(&mut cases, &modules);
    add_instantiation(&mut cases);
    add_calls(&mut cases);
    add_memory(&mut cases, &modules);
    cases
}

fn add_kernels(cases: &mut Vec<Case>, guests: &Path) {
    let path = guests.join("kernels.wasm");
    for &(export, kernel) in KERNELS {
        let path = path.clone();
        cases.push(Case {
            group: "execute",
            name: export.into(),
            unit: "ms",
            divisor: 1e6,
            bytes: None,
            prepare: Box::new(move |engine| engine.kernel(&read(&path), export, kernel)),
        });
    }
}

fn add_translation(cases: &mut Vec<Case>, modules: &[(String, Vec<u8>)]) {
    for &(mode_name, mode) in MODES {
        for (name, wasm) in modules.iter().cloned() {
            cases.push(Case {
                group: "translate",
                name: format!("{name}, {mode_name}"),
                unit: "ms",
                divisor: 1e6,
                bytes: Some(wasm.len()),
                prepare: Box::new(move |engine| engine.translate(mode, wasm.clone())),
            });
        }
    }
}

fn add_instantiation(cases: &mut Vec<Case>) {
    let imports: String = (0..HOST_FUNCTIONS)
        .map(|index| format!(r#"(import "host" "f{index}" (func (param i32) (result i32)))"#))
        .collect();
    let data = "wazir___".repeat((1 << 20) / 8);
    let modules = [
        ("a small module", SMALL_MODULE.into(), 1_000),
        (
            "a module with 20 imports",
            format!("(module {imports})"),
            1_000,
        ),
        (
            "a module with 1 MiB of data",
            format!(r#"(module (memory 17) (data (i32.const 0) "{data}"))"#),
            20,
        ),
    ];
    for (name, text, count) in modules {
        cases.push(Case {
            group: "instantiate",
            name: name.into(),
            unit: "µs",
            divisor: 1e3 * f64::from(count),
            bytes: None,
            prepare: Box::new(move |engine| engine.instantiate(&assemble(&text), count)),
        });
    }
}

fn add_calls(cases: &mut Vec<Case>) {
    let mut add = |name: &str, prepare: Box<dyn Fn(&dyn Engine) -> Run>| {
        cases.push(Case {
            group: "call",
            name: name.into(),
            unit: "ns",
            divisor: f64::from(CALL_COUNT),
            bytes: None,
            prepare,
        });
    };
    for &(name, call) in CALLS {
        add(
            name,
            Box::new(move |engine| engine.enter(&assemble(CALLS_MODULE), call, CALL_COUNT)),
        );
    }
    for &(name, export) in CALLS_OF_THE_HOST {
        add(
            name,
            Box::new(move |engine| engine.leave(&assemble(CALLS_MODULE), export, CALL_COUNT)),
        );
    }
}

fn add_memory(cases: &mut Vec<Case>, modules: &[(String, Vec<u8>)]) {
    let mut add = |name: String, unit, divisor, wasm: Vec<u8>, held| {
        cases.push(Case {
            group: "memory",
            name,
            unit,
            divisor,
            bytes: None,
            prepare: Box::new(move |engine| engine.held(&wasm, held)),
        });
    };
    for &(mode_name, mode) in MODES {
        for (name, wasm) in modules.iter().cloned() {
            add(
                format!("module {name}, {mode_name}"),
                "B/B",
                wasm.len() as f64,
                wasm,
                Held::Module(mode),
            );
        }
    }
    add(
        "a store with a small instance".into(),
        "KiB",
        1024.0,
        assemble(SMALL_MODULE),
        Held::Instance,
    );
}

/// The guests by name. Panics if one cannot be read.
fn read_modules(guests: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(guests).expect("the folder of the guests can be read");
    let mut modules: Vec<_> = entries
        .map(|entry| entry.expect("the folder of the guests can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "wasm")
        })
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            (name.into_owned(), read(&path))
        })
        .collect();
    modules.sort();
    modules
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn assemble(text: &str) -> Vec<u8> {
    wat::parse_str(text).expect("the text is a module")
}
