//! Time to make an instance.
//!
//! Input: small modules written here. Output: a case for each.
//! Holds: the module was translated, and its imports were looked up where the engine can do that in advance; the end of
//! the store is part of the time.

use crate::cases::assemble;
use crate::engines::{Argument, HOST_FUNCTIONS};
use crate::measure::{Case, Row};
use crate::work::Work;

pub const SMALL: &str = r#"(module
    (memory (export "memory") 1)
    (global $count (mut i32) (i32.const 0))
    (func (export "run") (param i32) (result i64)
        (global.set $count (i32.add (global.get $count) (local.get 0)))
        (i64.load (i32.const 8))))"#;

/// The export of the module with data reads one number of each 4 KiB of it.
const READ_EACH_PAGE: &str = r#"(func (export "run") (param $at i32) (result i64) (local $sum i64)
    (loop $again
        (local.set $sum (i64.add (local.get $sum) (i64.load (local.get $at))))
        (br_if $again (i32.lt_u
            (local.tee $at (i32.add (local.get $at) (i32.const 4096)))
            (i32.const 1048576))))
    (local.get $sum))"#;

pub fn cases() -> Vec<Case> {
    let imports: String = (0..HOST_FUNCTIONS)
        .map(|index| format!(r#"(import "host" "f{index}" (func (param i32) (result i32)))"#))
        .collect();
    let imports = format!("(module {imports})");
    let data = "wazir___".repeat((1 << 20) / 8);
    let data = format!(r#"(module (memory 17) (data (i32.const 0) "{data}") {READ_EACH_PAGE})"#);
    let run = Some(("run", Argument::I32(0)));
    vec![
        case("a small module", SMALL, 1_000, None),
        case("a small module, and a call", SMALL, 1_000, run),
        case("a module with 20 imports", &imports, 1_000, None),
        case("a module with 1 MiB of data", &data, 20, None),
        case(
            "a module with 1 MiB of data, each page read",
            &data,
            20,
            run,
        ),
    ]
}

fn case(name: &str, text: &str, count: u32, touch: Option<(&'static str, Argument)>) -> Case {
    let work = Work::Instantiate {
        wasm: assemble(text),
        imports: text.contains("(import"),
        count,
        touch,
    };
    Case {
        name: name.into(),
        rows: vec![Row::new("", "µs", 1e3 * f64::from(count))],
        expected: None,
        prepare: Box::new(move |column| column.peer().prepare(&work)),
    }
}
