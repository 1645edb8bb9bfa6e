//! The programs that are run.
//!
//! Input: the tables and modules of `bench/cases`, and the guests of the tests. Output: [`Program`]s.
//! Holds: every program has no imports; a cell of a table that cannot be read ends the benchmark with a message.

use crate::engines::Argument;
use crate::work::Wasm;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// An export with an argument.
pub struct Program {
    pub name: String,
    pub wasm: Wasm,
    pub export: String,
    pub argument: Argument,
    pub checksum: Option<u64>,
}

/// Exports of `kernels.wasm`, with sizes that take an interpreter 20 to 60 milliseconds. `bench/cases` has the kinds of
/// work of the other two: calls through a table, and big copies.
const KERNELS: &[(&str, Argument)] = &[
    ("fib", Argument::I32(31)),
    ("sum_loop", Argument::I64(10_000_000)),
    ("sieve", Argument::I32(1_500_000)),
    ("matmul", Argument::I32(160)),
    ("mandelbrot", Argument::I32(450)),
    ("coremark_like", Argument::I32(1_500)),
    ("sha256", Argument::I32(12_000)),
    ("bytecopy_loop", Argument::I32(100)),
];

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn guests() -> PathBuf {
    folder().join("../tests/guests/bin")
}

/// The kernels of the tests, and the programs of `cases.tsv`.
pub fn programs() -> Vec<Program> {
    let wasm = read(&guests().join("kernels.wasm"));
    let kernels = KERNELS.iter().map(|&(export, argument)| Program {
        name: format!("kernel {export}"),
        wasm: wasm.clone(),
        export: export.into(),
        argument,
        checksum: None,
    });
    kernels
        .chain(
            table("cases.tsv")
                .iter()
                .map(|row| program(row, "argument", "checksum")),
        )
        .collect()
}

/// What is started: a small kernel, and the modules of `startup.tsv`, each with a short run.
pub fn startup_programs() -> Vec<Program> {
    let kernel = Program {
        name: "kernels".into(),
        wasm: read(&guests().join("kernels.wasm")),
        export: "fib".into(),
        argument: Argument::I32(15),
        checksum: None,
    };
    let rows = table("startup.tsv");
    let mut programs = vec![kernel];
    programs.extend(
        rows.iter()
            .map(|row| program(row, "short", "short_checksum")),
    );
    programs.sort_by_key(|program| program.wasm.len());
    for program in &mut programs {
        program.name = format!(
            "{} ({} KB)",
            program.name,
            program.wasm.len().div_ceil(1000)
        );
    }
    programs
}

/// The big programs of `long.tsv`, each with a run that takes machine code seconds.
pub fn long_programs() -> Vec<Program> {
    table("long.tsv")
        .iter()
        .map(|row| program(row, "argument", "checksum"))
        .collect()
}

/// The modules of the guests of the tests by name: with imports, for translation only.
pub fn guest_modules() -> Vec<(String, Wasm)> {
    let entries = fs::read_dir(guests()).expect("the folder of the guests can be read");
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

/// A module in the text format.
pub fn assemble(text: &str) -> Wasm {
    wat::parse_str(text).expect("the text is a module").into()
}

type TableRow = BTreeMap<String, String>;

fn program(row: &TableRow, argument: &str, checksum: &str) -> Program {
    let cell = |name: &str| match row.get(name) {
        Some(cell) => cell,
        None => panic!("a row of a table of bench/cases has no cell `{name}`"),
    };
    let number = |name: &str| -> i64 {
        let text = cell(name);
        let parsed = match text.strip_prefix("0x") {
            Some(digits) => u64::from_str_radix(digits, 16).map(|bits| bits as i64),
            None => text
                .parse()
                .or_else(|_| text.parse::<u64>().map(|bits| bits as i64)),
        };
        parsed.unwrap_or_else(|error| panic!("{} of {}: {error}", name, cell("name")))
    };
    Program {
        name: cell("name").clone(),
        wasm: read(&folder().join("cases/bin").join(cell("file"))),
        export: "run".into(),
        argument: Argument::I32(number(argument) as i32),
        checksum: Some(number(checksum) as u64),
    }
}

/// The rows of a table of `bench/cases`, each with its cells by the names of their columns; none if there is no table.
fn table(name: &str) -> Vec<TableRow> {
    let text = fs::read_to_string(folder().join("cases").join(name)).unwrap_or_default();
    let mut lines = text.lines().filter(|line| !line.is_empty());
    let Some(header) = lines.next() else {
        return Vec::new();
    };
    let names: Vec<&str> = header.split('\t').collect();
    lines
        .map(|line| {
            let cells = line.split('\t').map(str::to_string);
            names
                .iter()
                .map(|name| name.to_string())
                .zip(cells)
                .collect()
        })
        .collect()
}

fn read(path: &Path) -> Wasm {
    fs::read(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .into()
}
