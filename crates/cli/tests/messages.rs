//! What the command tells its users, word for word.
//!
//! Input: small files, made here, and command lines. Output: compared with tests/golden/NAME.txt, or with
//! tests/golden/compiler/NAME.txt for what only builds with the compiler do, or they do otherwise; `BLESS=1` rewrites
//! these. Holds: every golden file belongs to a case.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Files in the folder where the commands run.
const FILES: &[(&str, &[u8])] = &[
    ("malformed.wasm", b"\0asm\x01\0\0\0\x01\x05\x01\x60"),
    ("not_wasm.wasm", b"\x7fELF\x02\x01\x01\0"),
    ("empty.wasm", b""),
    ("component.wasm", b"\0asm\x0d\0\x01\0"),
    ("text.txt", b"This is no module.\n"),
    ("text.wasm", b";; a comment\n(module (func (export \"_start\")))\n"),
    ("syntax.wat", b"(module\n  (func (export \"run\") (result i32)\n    i32.cons 1))\n"),
    ("invalid.wat", b"(module (func (result i32) (i64.const 1)))"),
    (
        "imports.wat",
        b"(module (import \"env\" \"log\" (func (param i32))) (import \"env\" \"memory\" (memory 1))
            (import \"wasi_snapshot_preview1\" \"fd_write\" (func (param i32 i32 i32 i32) (result i32)))
            (func (export \"_start\")))",
    ),
    (
        "wrong_import.wat",
        b"(module (import \"wasi_snapshot_preview1\" \"fd_write\" (func (param i32))) (func (export \"_start\")))",
    ),
    (
        "old_wasi.wat",
        b"(module (import \"wasi_unstable\" \"fd_write\" (func (param i32 i32 i32 i32) (result i32)))
            (func (export \"_start\")))",
    ),
    (
        "no_memory.wat",
        b"(module (import \"wasi_snapshot_preview1\" \"random_get\" (func (param i32 i32) (result i32)))
            (func (export \"_start\") (drop (call 0 (i32.const 0) (i32.const 1)))))",
    ),
    (
        "math.wat",
        b"(module $math (memory (export \"memory\") 1)
            (func (export \"add\") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
            (func $divide (export \"divide\") (param i32 i32) (result i32)
              (i32.div_s (local.get 0) (local.get 1)))
            (func $outer (export \"outer\") (result i32) (call $divide (i32.const 1) (i32.const 0)))
            (func $deeper (export \"recurse\") (call $deeper))
            (func (export \"half\") (param f64) (result f64) (f64.div (local.get 0) (f64.const 2))))",
    ),
    (
        "opens.wat",
        b"(module
            (import \"wasi_snapshot_preview1\" \"path_open\"
              (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
            (import \"wasi_snapshot_preview1\" \"proc_exit\" (func $exit (param i32)))
            (memory (export \"memory\") 1)
            (data (i32.const 8) \"data/list.txt\")
            (func (export \"_start\")
              (call $exit (call $open (i32.const 3) (i32.const 1) (i32.const 8) (i32.const 13)
                (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 0)))))",
    ),
    (
        "makes.wat",
        b"(module
            (import \"wasi_snapshot_preview1\" \"path_create_directory\" (func $make (param i32 i32 i32) (result i32)))
            (import \"wasi_snapshot_preview1\" \"proc_exit\" (func $exit (param i32)))
            (memory (export \"memory\") 1)
            (data (i32.const 8) \"out\")
            (func (export \"_start\") (call $exit (call $make (i32.const 3) (i32.const 8) (i32.const 3)))))",
    ),
    (
        "grows.wat",
        b"(module (memory 1) (func (export \"_start\")
            (if (i32.lt_s (memory.grow (i32.const 9)) (i32.const 0)) (then unreachable))))",
    ),
    ("component.wat", b"(component (core module (func)))"),
    ("damaged.cwasm", b"\0cwasm\r\n\x01\0\0\0\x22\0\0\0\0\0\0\0"),
    ("global.wat", b"(module (global (export \"limit\") i32 (i32.const 7)))"),
    ("broken.wast", b"(module)\n(module (func)\n"),
    ("empty.wat", b"(module)"),
    ("odd_start.wat", b"(module (func (export \"_start\") (param i32)))"),
    ("vector.wat", b"(module (func (export \"_start\") (drop (v128.const i64x2 1 2))))"),
    ("threads.wat", b"(module (memory 1 1 shared) (func (export \"_start\")))"),
    ("loop.wat", b"(module (func (export \"_start\") (loop (br 0))))"),
    (
        "script.wast",
        b"(module (func (export \"one\") (result i32) (i32.const 1)))
(assert_return (invoke \"one\") (i32.const 1))
(assert_return (invoke \"one\") (i32.const 2))
(assert_trap (invoke \"one\") \"unreachable\")
(assert_invalid (module (func (result i32))) \"type mismatch\")
(assert_invalid (module (func)) \"type mismatch\")
(assert_malformed (module quote \"(func\") \"unexpected token\")
",
    ),
];

/// The golden file's name, and the arguments.
const CASES: &[(&str, &[&str])] = &[
    (
        "arguments_count",
        &["run", "--invoke", "add", "math.wat", "1"],
    ),
    (
        "arguments_type",
        &["run", "--invoke", "add", "math.wat", "1", "two"],
    ),
    (
        "arguments_type_float",
        &["run", "--invoke", "half", "math.wat", "one"],
    ),
    (
        "arguments_dashes",
        &["run", "--invoke", "add", "math.wat", "--", "2", "3"],
    ),
    ("bench_exit_code", &["bench", "opens.wat"]),
    ("bench_no_start", &["bench", "math.wat"]),
    (
        "bench_seconds_wrong",
        &["bench", "--seconds", "1s1", "math.wat"],
    ),
    ("bench_trap", &["bench", "--invoke", "outer", "math.wat"]),
    ("compile", &["compile", "math.wat"]),
    ("compiled_damaged", &["damaged.cwasm"]),
    ("objdump", &["objdump", "--func", "0", "math.wat"]),
    ("command_misspelled", &["validat", "math.wat"]),
    ("dir_missing", &["run", "--dir", "nowhere:ro", "opens.wat"]),
    ("dir_not_given", &["opens.wat"]),
    ("dir_wrong", &["run", "--dir", "::data", "opens.wat"]),
    (
        "listen_wrong",
        &["run", "--listen", "localhost", "opens.wat"],
    ),
    (
        "output_twice",
        &[
            "run",
            "--stdout",
            "out.txt",
            "--stderr",
            "out.txt",
            "opens.wat",
        ],
    ),
    (
        "stdin_missing",
        &["run", "--stdin", "nowhere.txt", "opens.wat"],
    ),
    (
        "trace",
        &["run", "--dir", ".", "--trace", "wasi", "opens.wat"],
    ),
    (
        "trace_wrong",
        &["run", "--trace", "wasi=files", "opens.wat"],
    ),
    (
        "dir_twice",
        &["run", "--dir", ".::/a", "--dir", "folder::/a", "opens.wat"],
    ),
    ("dir_behind_the_file", &["opens.wat", "--dir", "."]),
    ("dir_not_given_for_writing", &["makes.wat"]),
    (
        "max_memory_reached",
        &["run", "--max-memory", "128K", "grows.wat"],
    ),
    ("option_negative", &["run", "--timeout", "-1", "loop.wat"]),
    (
        "options_before_the_command",
        &["--fuel", "9", "run", "loop.wat"],
    ),
    ("component", &["component.wasm"]),
    ("component_text", &["component.wat"]),
    ("directory", &["folder"]),
    ("empty_file", &["empty.wasm"]),
    (
        "export_is_not_a_function",
        &["run", "--invoke", "memory", "math.wat"],
    ),
    (
        "export_missing",
        &["run", "--invoke", "ad", "math.wat", "1", "2"],
    ),
    ("feature_off", &["run", "--wasm", "simd=no", "vector.wat"]),
    ("feature_off_by_default", &["threads.wat"]),
    ("feature_unknown", &["run", "--wasm", "smid", "vector.wat"]),
    ("file_missing", &["nowhere.wasm"]),
    (
        "environment_unset",
        &["run", "--env", "WAZIR_NO_SUCH_VARIABLE", "math.wat"],
    ),
    (
        "export_is_a_global",
        &["run", "--invoke", "limit", "global.wat"],
    ),
    ("feature_is_a_file", &["run", "--wasm", "vector.wat"]),
    ("fuel_wrong", &["run", "--fuel", "1M", "loop.wat"]),
    ("help_wast", &["wast", "--help"]),
    (
        "max_memory_wrong",
        &["run", "--max-memory", "64KB", "loop.wat"],
    ),
    ("max_stack_wrong", &["run", "--max-stack", "1", "loop.wat"]),
    (
        "option_unknown_before_the_file",
        &["--invoek", "add", "math.wat"],
    ),
    (
        "preload_twice",
        &[
            "run",
            "--preload",
            "env=math.wat",
            "--preload",
            "env=empty.wat",
            "loop.wat",
        ],
    ),
    ("wast_broken", &["wast", "broken.wast"]),
    ("fuel", &["run", "--fuel", "1000", "loop.wat"]),
    ("help", &["--help"]),
    ("help_bench", &["bench", "--help"]),
    ("help_validate", &["validate", "--help"]),
    ("import_missing", &["imports.wat"]),
    ("import_of_another_type", &["wrong_import.wat"]),
    ("import_of_old_wasi", &["old_wasi.wat"]),
    ("invalid", &["invalid.wat"]),
    (
        "invoke_misplaced",
        &["math.wat", "--invoke", "add", "1", "2"],
    ),
    ("malformed", &["malformed.wasm"]),
    ("memory_not_exported", &["no_memory.wat"]),
    ("no_arguments", &[]),
    ("no_start", &["math.wat"]),
    ("no_start_no_exports", &["empty.wat"]),
    ("not_wasm", &["not_wasm.wasm"]),
    ("option_unknown", &["run", "--invoek", "add", "math.wat"]),
    ("option_value_missing", &["run", "--timeout"]),
    (
        "option_value_wrong",
        &["run", "--timeout", "soon", "math.wat"],
    ),
    ("preload_wrong", &["run", "--preload", "env", "math.wat"]),
    (
        "stack_overflow",
        &["run", "--interpreter", "--invoke", "recurse", "math.wat"],
    ),
    ("start_of_another_type", &["odd_start.wat"]),
    ("text_file", &["text.txt"]),
    ("text_syntax", &["syntax.wat"]),
    ("timeout", &["run", "--timeout", "50ms", "loop.wat"]),
    ("trap", &["run", "--invoke", "outer", "math.wat"]),
    (
        "validate",
        &[
            "validate",
            "math.wat",
            "invalid.wat",
            "text.wasm",
            "component.wasm",
        ],
    ),
    ("wast", &["wast", "script.wast"]),
];

/// What builds with the compiler do otherwise, or only they do, in this order.
const COMPILER_CASES: &[(&str, &[&str])] = &[
    ("help", &["--help"]),
    ("help_compile", &["compile", "--help"]),
    ("help_bench", &["bench", "--help"]),
    ("help_run", &["run", "--help"]),
    (
        "stack_overflow",
        &["run", "--invoke", "recurse", "math.wat"],
    ),
    ("compile", &["compile", "math.wat"]),
    (
        "compiled",
        &["run", "--invoke", "add", "math.cwasm", "2", "3"],
    ),
    (
        "compiled_as_preload",
        &["run", "--preload", "env=math.cwasm", "imports.wat"],
    ),
    ("compiled_damaged", &["damaged.cwasm"]),
    (
        "compiled_fuel",
        &["run", "--fuel", "9", "--invoke", "outer", "math.cwasm"],
    ),
    (
        "compiled_interpreter",
        &["run", "--interpreter", "--invoke", "outer", "math.cwasm"],
    ),
    ("compiled_trap", &["run", "--invoke", "outer", "math.cwasm"]),
    ("compiled_validate", &["validate", "math.cwasm"]),
    (
        "compile_for_fuel",
        &[
            "compile",
            "--consume-fuel",
            "--output",
            "fuel.cwasm",
            "loop.wat",
        ],
    ),
    ("compiled_for_fuel", &["run", "--fuel", "99", "fuel.cwasm"]),
    ("compile_invalid", &["compile", "invalid.wat"]),
    (
        "compile_into_no_folder",
        &["compile", "-o", "nowhere/math.cwasm", "math.wat"],
    ),
    (
        "compile_other_name",
        &["compile", "-o", "math.bin", "math.wat"],
    ),
    (
        "compiled_other_name",
        &["run", "--invoke", "add", "math.bin", "2", "3"],
    ),
    ("compile_standard_input", &["compile", "-"]),
    ("help_dump", &["dump", "--help"]),
    ("help_objdump", &["objdump", "--help"]),
    (
        "dump_facts",
        &["dump", "--stage", "facts", "--func", "2", "math.wat"],
    ),
    (
        "dump_opt",
        &["dump", "--stage", "opt", "--func", "0", "math.wat"],
    ),
    (
        "dump_select",
        &["dump", "--stage", "select", "--func", "0", "math.wat"],
    ),
    (
        "dump_asm",
        &["dump", "--stage", "asm", "--func", "0", "math.wat"],
    ),
    (
        "dump_function_missing",
        &["dump", "--stage", "ssa", "--func", "9", "math.wat"],
    ),
    (
        "dump_function_imported",
        &["dump", "--stage", "ssa", "--func", "0", "no_memory.wat"],
    ),
    ("dump_stage_wrong", &["dump", "--stage", "regs", "math.wat"]),
    ("objdump", &["objdump", "--func", "0", "math.wat"]),
    (
        "objdump_compiled",
        &["objdump", "--func", "0", "math.cwasm"],
    ),
    ("objdump_damaged", &["objdump", "damaged.cwasm"]),
];

/// The cases of this build, with the golden files' paths.
fn cases() -> Vec<(String, &'static [&'static str])> {
    let compiler = cfg!(feature = "compiler");
    let name = |name: &str| name.to_string();
    let is_other = |other: &str| COMPILER_CASES.iter().any(|(name, _)| *name == other);
    let usual = CASES
        .iter()
        .filter(|(name, _)| !compiler || !is_other(name))
        .map(|(case, arguments)| (name(case), *arguments));
    let with_compiler = COMPILER_CASES
        .iter()
        .filter(|_| compiler)
        .map(|(case, arguments)| (format!("compiler/{case}"), *arguments));
    usual.chain(with_compiler).collect()
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.txt"))
}

/// Everything that a user sees of a run.
fn transcript(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_wazir"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the command starts");
    let code = output.status.code().expect("the command is not killed");
    let mut text = format!("$ wazir {}\n", arguments.join(" "));
    for (name, bytes) in [
        ("standard output", &output.stdout),
        ("standard error", &output.stderr),
    ] {
        if !bytes.is_empty() {
            text += &format!("--- {name}\n{}", String::from_utf8_lossy(bytes));
        }
    }
    text + &format!("--- exit code {code}\n")
}

/// The same without the number of frames that are left out: how many fit on a thread's stack depends on how much of
/// it the host has used.
fn without_count_of_frames(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let count = line.strip_prefix("       and ");
        match count.and_then(|rest| rest.strip_suffix(" more")) {
            Some(count) if count.parse::<u32>().is_ok() => "       and N more\n".to_string(),
            _ => format!("{line}\n"),
        }
    });
    lines.collect()
}

#[test]
fn messages_are_as_in_the_golden_files() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    for (name, bytes) in FILES {
        std::fs::write(folder.path().join(name), bytes).expect("the scratch folder can be written");
    }
    std::fs::create_dir(folder.path().join("folder")).expect("the scratch folder can be written");
    let mut differences = Vec::new();
    for (name, arguments) in cases() {
        let mut actual = transcript(folder.path(), arguments);
        if name.starts_with("compiler/") {
            actual = without_count_of_frames(&actual);
        }
        let expected = std::fs::read_to_string(golden(&name)).unwrap_or_default();
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(golden(&name), &actual).expect("the golden file can be written");
        } else if actual != expected {
            differences.push(format!("{name}: expected\n{expected}\nbut got\n{actual}"));
        }
    }
    let count = differences.len();
    assert!(
        count == 0,
        "{}\n{count} messages differ; BLESS=1 rewrites the golden files",
        differences.join("\n")
    );
}

#[test]
fn every_golden_file_belongs_to_a_case() {
    for (folder, cases) in [("", CASES), ("compiler/", COMPILER_CASES)] {
        let names: BTreeSet<String> = cases.iter().map(|(name, _)| name.to_string()).collect();
        assert_eq!(names.len(), cases.len());
        let folder = golden(&format!("{folder}x"));
        let files = std::fs::read_dir(folder.parent().expect("it has a folder"));
        let found: BTreeSet<String> = files
            .expect("the golden files are there")
            .map(|entry| entry.expect("the folder can be read").path())
            .filter(|path| path.is_file())
            .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
            .collect();
        assert_eq!(found, names);
    }
}
