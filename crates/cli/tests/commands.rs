//! What the command does: options, exit codes, streams, time limits.
//!
//! Input: small modules in the text format. Output: standard output and exit codes.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Folder {
        let folder = tempfile::tempdir().expect("a scratch folder can be made");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text)
                .expect("the scratch folder can be written");
        }
        Folder(folder)
    }

    fn wazir(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wazir"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        outcome(&self.wazir(arguments).output().expect("the command starts"))
    }

    fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> (i32, String) {
        let mut command = self.wazir(arguments);
        let command = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command starts");
        child
            .stdin
            .take()
            .expect("it is a pipe")
            .write_all(input)
            .expect("the input is read");
        outcome(&child.wait_with_output().expect("the command ends"))
    }
}

/// The exit code, and what was written, standard error first.
fn outcome(output: &Output) -> (i32, String) {
    let text = [output.stderr.as_slice(), output.stdout.as_slice()].concat();
    let code = output.status.code().expect("the command is not killed");
    (
        code,
        String::from_utf8(text).expect("the command writes text"),
    )
}

fn guest(name: &str) -> String {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../tests/guests/bin", name]
        .iter()
        .collect();
    path.to_str().expect("the path is text").to_string()
}

const MATH: (&str, &str) = (
    "math.wat",
    r#"(module
         (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
         (func (export "swap") (param i64 f32) (result f32 i64) (local.get 1) (local.get 0))
         (func (export "nothing"))
         (func (export "null") (param externref) (result i32) (ref.is_null (local.get 0)))
         (func (export "splat") (param v128) (result v128) (i8x16.add (local.get 0) (local.get 0))))"#,
);

#[test]
fn functions_are_called_with_typed_arguments() {
    let folder = Folder::with(&[MATH]);
    let invoke = |name: &str, arguments: &[&str]| {
        folder.run(&[&["run", "--invoke", name, "math.wat"], arguments].concat())
    };
    assert_eq!(invoke("add", &["2", "-3"]), (0, "-1\n".to_string()));
    assert_eq!(
        invoke("add", &["0xffffffff", "4294967295"]),
        (0, "-2\n".to_string())
    );
    assert_eq!(
        invoke("swap", &["-9223372036854775808", "0.1"]),
        (0, "0.1\n-9223372036854775808\n".to_string())
    );
    assert_eq!(invoke("nothing", &[]), (0, String::new()));
    assert_eq!(invoke("null", &["null"]), (0, "1\n".to_string()));
    assert_eq!(
        invoke("splat", &["0x01"]),
        (0, "0x00000000000000000000000000000002\n".to_string())
    );
    assert_eq!(invoke("add", &["2"]).0, 2);
    assert_eq!(invoke("add", &["2", "1.5"]).0, 2);
    assert_eq!(invoke("sub", &["2", "1"]).0, 1);
}

#[test]
fn a_module_can_come_from_standard_input_as_text_or_binary() {
    let folder = Folder::with(&[]);
    let text = MATH.1.as_bytes();
    let binary = wat::parse_bytes(text).expect("the text is correct");
    for module in [text, &binary] {
        let arguments = ["run", "--invoke", "add", "-", "20", "22"];
        assert_eq!(
            folder.run_with_input(&arguments, module),
            (0, "42\n".to_string())
        );
    }
    assert_eq!(
        folder.run_with_input(&["validate", "-"], &binary),
        (0, "-: valid\n".to_string())
    );
}

fn exits_with(code: &str) -> String {
    format!(
        r#"(module (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
             (func (export "_start") (call 0 (i32.const {code}))))"#
    )
}

#[test]
fn the_exit_code_is_the_programs_as_the_system_cuts_it() {
    for (code, seen) in [
        ("0", 0),
        ("1", 1),
        ("7", 7),
        ("255", 255),
        ("256", 0),
        ("259", 3),
        ("-1", 255),
    ] {
        let folder = Folder::with(&[("exit.wat", &exits_with(code))]);
        let output = folder
            .wazir(&["exit.wat"])
            .output()
            .expect("the command starts");
        // Not every system cuts it.
        let actual = output.status.code().expect("the command is not killed");
        assert_eq!(
            if cfg!(unix) { actual } else { actual & 0xff },
            seen,
            "{code}"
        );
        assert!(output.stderr.is_empty() && output.stdout.is_empty());
    }
}

#[test]
fn modules_are_preloaded_in_order() {
    let folder = Folder::with(&[
        (
            "a.wat",
            r#"(module (global $state (mut i32) (i32.const 1))
             (func (export "_initialize") (global.set $state (i32.const 40)))
             (func (export "state") (result i32) (global.get $state)))"#,
        ),
        (
            "b.wat",
            r#"(module (import "a" "state" (func (result i32)))
             (func (export "plus_one") (result i32) (i32.add (call 0) (i32.const 1))))"#,
        ),
        (
            "c.wat",
            r#"(module (import "b" "plus_one" (func (result i32)))
             (func (export "run") (result i32) (i32.add (call 0) (i32.const 1))))"#,
        ),
    ]);
    let run = [
        "run",
        "--preload",
        "a=a.wat",
        "--preload=b=b.wat",
        "--invoke",
        "run",
        "c.wat",
    ];
    assert_eq!(folder.run(&run), (0, "42\n".to_string()));
    let (code, text) = folder.run(&["run", "--preload", "b=b.wat", "--invoke", "run", "c.wat"]);
    assert_eq!(code, 1);
    assert!(
        text.contains("`b.wat` imports what is not there:\n  a::state"),
        "{text}"
    );
}

#[test]
fn a_reactor_is_initialized_once_before_its_function_is_called() {
    let folder = Folder::with(&[(
        "reactor.wat",
        r#"(module (global $count (mut i32) (i32.const 0))
             (func (export "_initialize") (global.set $count (i32.add (global.get $count) (i32.const 1))))
             (func (export "count") (result i32) (global.get $count)))"#,
    )]);
    assert_eq!(
        folder.run(&["run", "--invoke", "count", "reactor.wat"]),
        (0, "1\n".to_string())
    );
    assert_eq!(
        folder.run(&["run", "--invoke", "_initialize", "reactor.wat"]),
        (0, String::new())
    );
    assert_eq!(folder.run(&["reactor.wat"]).0, 1);
}

#[test]
fn a_program_gets_its_arguments_and_the_variables_that_are_given() {
    let folder = Folder::with(&[]);
    let guest = guest("environment.wasm");
    let mut command = folder.wazir(&[
        "run", "--env", "A=1", "--env", "B=x=y", &guest, "one", "--env", "-",
    ]);
    let (code, text) = outcome(
        &command
            .env("SECRET", "hidden")
            .output()
            .expect("the command starts"),
    );
    assert_eq!(code, 0);
    for line in [
        "argument 0: environment.wasm",
        "argument 1: one",
        "argument 2: --env",
        "argument 3: -",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in {text}");
    }
    assert!(
        text.contains("variable A: 1\nvariable B: x=y\n") && !text.contains("hidden"),
        "{text}"
    );
}

#[test]
fn features_are_switched_by_options() {
    let folder = Folder::with(&[
        ("simd.wat", "(module (func (drop (v128.const i64x2 1 2))))"),
        (
            "wide.wat",
            "(module (func (param i64 i64) (result i64 i64)
             (i64.mul_wide_u (local.get 0) (local.get 1))))",
        ),
    ]);
    assert_eq!(folder.run(&["validate", "simd.wat"]).0, 0);
    let (code, text) = folder.run(&["validate", "--wasm", "simd=no", "simd.wat"]);
    assert!(code == 1 && text.contains("simd"), "{text}");
    assert_eq!(folder.run(&["validate", "wide.wat"]).0, 1);
    assert_eq!(
        folder
            .run(&["validate", "--wasm=wide-arithmetic=yes", "wide.wat"])
            .0,
        0
    );
}

const LOOP: (&str, &str) = (
    "loop.wat",
    r#"(module (func (export "_start") (loop (br 0))))"#,
);

const SLEEP: (&str, &str) = (
    "sleep.wat",
    r#"(module
         (import "wasi_snapshot_preview1" "poll_oneoff" (func (param i32 i32 i32 i32) (result i32)))
         (memory (export "memory") 1)
         ;; A clock subscription: tag 0, the monotonic clock, an hour.
         (data (i32.const 16) "\01") (data (i32.const 24) "\00\a0\b8\30\46\03\00\00")
         (func (export "_start")
           (drop (call 0 (i32.const 0) (i32.const 100) (i32.const 1) (i32.const 200)))))"#,
);

const READ: (&str, &str) = (
    "read.wat",
    r#"(module
         (import "wasi_snapshot_preview1" "fd_read" (func (param i32 i32 i32 i32) (result i32)))
         (memory (export "memory") 1)
         (data (i32.const 0) "\10\00\00\00\10\00\00\00")
         (func (export "_start")
           (drop (call 0 (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 200)))))"#,
);

#[test]
fn a_timeout_ends_loops_sleep_and_blocked_reads() {
    let folder = Folder::with(&[LOOP, SLEEP, READ]);
    for (file, _) in [LOOP, SLEEP, READ] {
        let mut command = folder.wazir(&["run", "--timeout", "200ms", file]);
        let start = Instant::now();
        // Nobody writes to the pipe, and it stays open.
        let child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.expect("the command starts");
        let input = child.stdin.take();
        let output = child.wait_with_output().expect("the command ends");
        drop(input);
        let (code, text) = outcome(&output);
        let passed = start.elapsed();
        assert_eq!(code, 124, "{file}: {text}");
        assert_eq!(text.matches("error: ").count(), 1, "{text}");
        assert!(passed >= Duration::from_millis(200), "{file}: {passed:?}");
        // Much more than it takes, for machines that have other things to do.
        assert!(passed < Duration::from_secs(20), "{file}: {passed:?}");
    }
}

/// A program that writes to a descriptor without end.
fn writes_to(descriptor: u32) -> String {
    format!(
        r#"(module
         (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
         (memory (export "memory") 1)
         (data (i32.const 0) "\00\02\00\00\00\04\00\00")
         (func (export "_start") (loop
           (drop (call $write (i32.const {descriptor}) (i32.const 0) (i32.const 1) (i32.const 16))) (br 0))))"#
    )
}

#[test]
fn a_timeout_ends_what_waits_for_a_reader_of_its_output() {
    let folder = Folder::with(&[("1.wat", &writes_to(1)), ("2.wat", &writes_to(2))]);
    for file in ["1.wat", "2.wat"] {
        let mut command = folder.wazir(&["run", "--timeout", "200ms", file]);
        let start = Instant::now();
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = child.expect("the command starts");
        let status = child.wait().expect("the command ends");
        assert_eq!(status.code(), Some(124), "{file}");
        assert!(start.elapsed() < Duration::from_secs(20), "{file}");
    }
}

#[cfg(unix)]
#[test]
fn a_timeout_ends_the_wait_for_the_other_end_of_a_named_pipe() {
    let folder = Folder::with(&[READ]);
    let made = Command::new("mkfifo")
        .arg(folder.0.path().join("fifo"))
        .status();
    assert!(made.expect("there is mkfifo").success());
    for arguments in [&["--stdin", "fifo", "read.wat"][..], &["fifo"]] {
        let arguments = [&["run", "--timeout", "200ms"], arguments].concat();
        let (code, text) = folder.run(&arguments);
        assert_eq!(code, 124, "{arguments:?}: {text}");
    }
}

#[test]
fn a_program_that_ends_in_time_is_not_stopped() {
    let folder = Folder::with(&[("exit.wat", &exits_with("5"))]);
    assert_eq!(
        folder.run(&["run", "--timeout", "1h", "--fuel", "1000000", "exit.wat"]),
        (5, String::new())
    );
}

#[test]
fn limits_end_a_program_with_a_message() {
    let grow =
        r#"(module (memory 1) (func (export "grow") (result i32) (memory.grow (i32.const 64))))"#;
    let folder = Folder::with(&[
        LOOP,
        ("grow.wat", grow),
        (
            "deep.wat",
            r#"(module (func $deep (export "deep") (param i32) (result i32)
             (if (result i32) (local.get 0)
               (then (i32.add (i32.const 1) (call $deep (i32.sub (local.get 0) (i32.const 1)))))
               (else (i32.const 0)))))"#,
        ),
    ]);
    let (code, text) = folder.run(&["run", "--fuel", "5000", "loop.wat"]);
    assert!(code == 134 && text.contains("out of fuel"), "{text}");
    let grow =
        |limit: &str| folder.run(&["run", "--max-memory", limit, "--invoke", "grow", "grow.wat"]);
    assert_eq!(
        (grow("8M"), grow("1M")),
        ((0, "1\n".to_string()), (0, "-1\n".to_string()))
    );
    let (code, text) = folder.run(&["run", "--max-memory", "10K", "--invoke", "grow", "grow.wat"]);
    assert!(code == 1 && text.contains("hint: --max-memory"), "{text}");
    let deep = |limit: &str| {
        folder.run(&[
            "run",
            "--max-stack",
            limit,
            "--invoke",
            "deep",
            "deep.wat",
            "20000",
        ])
    };
    assert_eq!(deep("16M"), (0, "20000\n".to_string()));
    let (code, text) = deep("64k");
    assert!(
        code == 134 && text.contains("call stack exhausted"),
        "{text}"
    );
}

#[test]
fn scripts_are_run_and_their_failures_counted() {
    let folder = Folder::with(&[
        (
            "good.wast",
            r#"(module $m (func (export "f") (param i32) (result i32) (local.get 0)))
             (register "m" $m)
             (module (import "m" "f" (func (param i32) (result i32))) (import "spectest" "memory" (memory 1 2)))
             (assert_return (invoke $m "f" (i32.const 3)) (i32.const 3))
             (assert_unlinkable (module (import "m" "g" (func))) "unknown import")"#,
        ),
        (
            "bad.wast",
            r#"(module (func (export "nan") (result f32) (f32.const nan:0x200000)))
             (assert_return (invoke "nan") (f32.const nan:canonical))"#,
        ),
        ("broken.wast", "(module (func)"),
    ]);
    let (code, text) = folder.run(&["wast", "good.wast"]);
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("good.wast: 5 commands, 0 failed (2 module, 1 register"),
        "{text}"
    );
    let (code, text) = folder.run(&["wast", "good.wast", "bad.wast", "broken.wast"]);
    assert_eq!(code, 1);
    assert!(
        text.contains("bad.wast:2: assert_return, execution: "),
        "{text}"
    );
    assert!(text.contains("broken.wast:1: "), "{text}");
}

#[test]
fn a_variable_is_passed_on_by_its_name_and_the_last_of_one_name_counts() {
    let folder = Folder::with(&[]);
    let mut command = folder.wazir(&[
        "run",
        "--env",
        "A=1",
        "--env",
        "OWN",
        "--env",
        "A=2",
        &guest("environment.wasm"),
    ]);
    let output = command.env("OWN", "mine").output();
    let output = output.expect("the command starts");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        text.contains("variable OWN: mine\nvariable A: 2\n"),
        "{output:?}"
    );
}

#[cfg(unix)]
#[test]
fn an_endless_file_is_not_read_to_its_end() {
    let folder = Folder::with(&[]);
    let (code, text) = folder.run(&["run", "--timeout", "20s", "/dev/zero"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("`/dev/zero` cannot be loaded"), "{text}");
}

#[test]
fn output_that_nobody_reads_does_not_hang_the_command() {
    let folder = Folder::with(&[]);
    let mut command = folder.wazir(&[&guest("wordcount.wasm")]);
    let child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.expect("the command starts");
    drop(child.stdout.take());
    child
        .stdin
        .take()
        .expect("it is a pipe")
        .write_all(b"a b c\n")
        .expect("the input is read");
    assert!(child.wait().expect("the command ends").code().is_some());
}

/// A file that cannot be written to, as a full disk.
#[cfg(target_os = "linux")]
fn full() -> std::fs::File {
    std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it")
}

#[cfg(target_os = "linux")]
#[test]
fn messages_that_cannot_be_written_do_not_change_the_exit_code() {
    let trap = r#"(module (func (export "f") unreachable))"#;
    let script = r#"(module (func (export "f"))) (assert_trap (invoke "f") "unreachable")"#;
    let folder = Folder::with(&[MATH, ("trap.wat", trap), ("script.wast", script)]);
    for (code, arguments) in [
        (1, &["run", "--invoke", "nosuch", "math.wat"][..]),
        (2, &["run", "--invoke", "add", "math.wat", "1"]),
        (2, &["run", "--nosuch"]),
        (134, &["run", "--invoke", "f", "trap.wat"]),
        (1, &["wast", "script.wast"]),
    ] {
        let output = folder.wazir(arguments).stderr(full()).output();
        let status = output.expect("the command starts").status;
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_written_are_a_failure() {
    let folder = Folder::with(&[MATH, ("script.wast", "(module)")]);
    for arguments in [
        &["run", "--invoke", "add", "math.wat", "1", "2"][..],
        &["validate", "math.wat"],
        &["wast", "script.wast"],
    ] {
        let mut command = folder.wazir(arguments);
        let output = command.stdout(full()).stderr(Stdio::piped()).output();
        let (code, text) = outcome(&output.expect("the command starts"));
        assert_eq!(code, 1, "{arguments:?}");
        assert!(
            text.starts_with("error: the output cannot be written: "),
            "{text}"
        );
    }
}

#[test]
fn results_that_nobody_wants_are_no_failure() {
    let folder = Folder::with(&[]);
    let mut command = folder.wazir(&["run", "--invoke", "add", "-", "1", "2"]);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // Before it gets its module.
    drop(child.stdout.take());
    let mut input = child.stdin.take().expect("it is a pipe");
    input
        .write_all(MATH.1.as_bytes())
        .expect("the input is read");
    drop(input);
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(outcome(&output), (0, String::new()));
}

#[test]
fn names_of_a_module_do_nothing_to_the_terminal() {
    let evil = r"\1b]0;title\07\1b[2J\n\e2\80\aenaïve";
    let exports = format!(
        r#"(module $"{evil}" (func $"{evil}" (export "{evil}") (call $b)) (func $b (export "b{evil}") unreachable))"#
    );
    let imports = format!(r#"(module (import "{evil}" "{evil}" (func)) (func (export "_start")))"#);
    let twice = format!(r#"(module (func (export "{evil}")) (func (export "{evil}")))"#);
    let folder = Folder::with(&[
        ("exports.wat", &exports),
        ("imports.wat", &imports),
        ("twice.wat", &twice),
    ]);
    let name = "\x1b]0;title\x07\x1b[2J\n\u{202e}naïve";
    for arguments in [
        &["run", "exports.wat"][..],
        &["run", "--invoke", &name[1..], "exports.wat"],
        &["run", "--invoke", name, "exports.wat"],
        &["run", "imports.wat"],
        &["validate", "twice.wat"],
    ] {
        let (_, text) = folder.run(arguments);
        let is_evil = |character: char| {
            character.is_control() && character != '\n' || character == '\u{202e}'
        };
        assert!(!text.contains(is_evil), "{text:?}");
        assert!(
            text.contains("\\u{1b}[2J") && text.contains("naïve"),
            "{text}"
        );
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let folder = Folder::with(&[]);
    assert_eq!(
        folder.run(&["--version"]),
        (0, format!("wazir {}\n", env!("CARGO_PKG_VERSION")))
    );
}

/// Says the name of each directory that it is given, and whether it could make `made` in there.
const DIRECTORIES: (&str, &str) = (
    "directories.wat",
    r#"(module
         (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
         (import "wasi_snapshot_preview1" "fd_prestat_dir_name" (func $name (param i32 i32 i32) (result i32)))
         (import "wasi_snapshot_preview1" "path_create_directory" (func $make (param i32 i32 i32) (result i32)))
         (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
         (memory (export "memory") 1)
         (data (i32.const 32) "made")
         (func (export "_start") (local $fd i32) (local $length i32)
           (local.set $fd (i32.const 3))
           (loop $next
             (if (i32.eqz (call $prestat (local.get $fd) (i32.const 0)))
               (then
                 (local.set $length (i32.load (i32.const 4)))
                 (drop (call $name (local.get $fd) (i32.const 100) (local.get $length)))
                 (i32.store8 offset=100 (local.get $length) (i32.const 32))
                 (i32.store8 offset=101 (local.get $length)
                   (select (i32.const 110) (i32.const 121)
                     (call $make (local.get $fd) (i32.const 32) (i32.const 4))))
                 (i32.store8 offset=102 (local.get $length) (i32.const 10))
                 (i32.store (i32.const 8) (i32.const 100))
                 (i32.store (i32.const 12) (i32.add (local.get $length) (i32.const 3)))
                 (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16)))
                 (local.set $fd (i32.add (local.get $fd) (i32.const 1)))
                 (br $next))))))"#,
);

#[test]
fn a_program_gets_the_directories_that_are_named() {
    let folder = Folder::with(&[DIRECTORIES]);
    for name in ["a", "b", "c"] {
        std::fs::create_dir(folder.0.path().join(name)).expect("it is new");
    }
    let dirs = ["--dir", "a", "--dir", "b::/guest", "--dir=c::/c:ro"];
    let run = [&["run"], &dirs[..], &["directories.wat"]].concat();
    let said = "a y\n/guest y\n/c n\n".to_string();
    assert_eq!(folder.run(&run), (0, said));
    for (name, is_made) in [("a", true), ("b", true), ("c", false)] {
        let made = folder.0.path().join(name).join("made");
        assert_eq!(made.is_dir(), is_made, "{name}");
    }
    // They are there already.
    let again = "a n\n/guest n\n/c n\n".to_string();
    assert_eq!(folder.run(&run), (0, again));
    let (code, text) = folder.run(&["run", "--dir", "missing", "directories.wat"]);
    assert!(code == 2 && text.contains("no such file"), "{text}");
    let (code, text) = folder.run(&["run", "--dir", "directories.wat", "directories.wat"]);
    assert!(code == 2 && text.contains("no directory"), "{text}");
}

#[test]
fn standard_streams_can_be_files() {
    let folder = Folder::with(&[("in.json", "[1, 2]"), ("bad.json", "[1"), ("out", "older")]);
    let json = guest("json_pretty.wasm");
    let run = |input: &str| {
        let streams = ["--stdin", input, "--stdout", "out", "--stderr", "err"];
        folder.run(&[&["run"], &streams[..], &[&json]].concat())
    };
    let read = |name| std::fs::read_to_string(folder.0.path().join(name)).expect("it is there");
    assert_eq!(run("in.json"), (0, String::new()));
    assert_eq!(
        (read("out").as_str(), read("err").as_str()),
        ("[\n  1,\n  2\n]\n", "")
    );
    assert_eq!(run("bad.json"), (1, String::new()));
    assert_eq!(read("out"), "");
    assert!(read("err").contains("EOF"), "{}", read("err"));
    let (code, text) = run("missing");
    assert!(code == 2 && text.contains("--stdin `missing`"), "{text}");
    let (code, text) = run(".");
    assert!(code == 2 && text.contains("it is a directory"), "{text}");
}

#[test]
fn files_for_output_keep_what_they_hold_until_the_program_starts() {
    let imports = r#"(module (import "env" "f" (func)) (func (export "_start")))"#;
    let folder = Folder::with(&[("out", "older"), ("imports.wat", imports), MATH]);
    for wrong in [&["--dir", "nope", "x"][..], &["imports.wat"], &["math.wat"]] {
        let (code, text) = folder.run(&[&["run", "--stdout", "out"], wrong].concat());
        assert!(code == 1 || code == 2, "{text}");
        let kept = std::fs::read_to_string(folder.0.path().join("out"));
        assert_eq!(kept.expect("it is there"), "older");
    }
}

#[test]
fn both_outputs_can_go_to_one_file() {
    let both = r#"(module
         (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
         (memory (export "memory") 1)
         (data (i32.const 0) "\10\00\00\00\02\00\00\00\12\00\00\00\02\00\00\00a\nb\n")
         (func $print (param i32 i32)
           (drop (call $write (local.get 0) (local.get 1) (i32.const 1) (i32.const 32))))
         (func (export "_start")
           (call $print (i32.const 1) (i32.const 0))
           (call $print (i32.const 2) (i32.const 8))
           (call $print (i32.const 1) (i32.const 0))))"#;
    let folder = Folder::with(&[("both.wat", both), ("out", "older and longer")]);
    let streams = ["run", "--stdout", "out", "--stderr", "./out", "both.wat"];
    assert_eq!(folder.run(&streams), (0, String::new()));
    let written = std::fs::read_to_string(folder.0.path().join("out"));
    assert_eq!(written.expect("it is there"), "a\nb\na\n");
}

#[test]
fn the_whole_environment_is_given_if_asked_for() {
    let folder = Folder::with(&[]);
    let run = |own: &[&str]| {
        let guest = guest("environment.wasm");
        let mut command = folder.wazir(&[&["run", "--inherit-env"], own, &[&guest]].concat());
        let output = command.env_clear().env("A", "1").env("B", "é=").output();
        outcome(&output.expect("the command starts"))
    };
    let (code, text) = run(&[]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("variable A: 1\nvariable B: é=\n"), "{text}");
    let (_, text) = run(&["--env", "A=2"]);
    assert!(text.contains("variable A: 2\n"), "{text}");
    assert!(!text.contains("variable A: 1"), "{text}");
}

/// Writes random bytes, the time, and the time after it has slept for an hour.
const MOMENTS: (&str, &str) = (
    "moments.wat",
    r#"(module
         (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
         (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
         (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
         (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
         (memory (export "memory") 1)
         ;; What is written.
         (data (i32.const 0) "\00\02\00\00\40\00\00\00")
         ;; A clock subscription: tag 0, the monotonic clock, so many nanoseconds.
         (data (i32.const 32) "\01")
         (func (export "_start")
           (i64.store (i32.const 40) (i64.const SLEEP))
           (drop (call $random (i32.const 512) (i32.const 32)))
           (drop (call $time (i32.const 0) (i64.const 1) (i32.const 544)))
           (drop (call $time (i32.const 1) (i64.const 1) (i32.const 552)))
           (drop (call $poll (i32.const 16) (i32.const 100) (i32.const 1) (i32.const 200)))
           (drop (call $time (i32.const 0) (i64.const 1) (i32.const 560)))
           (drop (call $time (i32.const 1) (i64.const 1) (i32.const 568)))
           (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))"#,
);

#[test]
fn a_deterministic_run_is_the_same_each_time_and_sleeps_no_time() {
    const HOUR: u64 = 3_600_000_000_000;
    let folder = Folder::with(&[
        ("long.wat", &MOMENTS.1.replace("SLEEP", &HOUR.to_string())),
        ("short.wat", &MOMENTS.1.replace("SLEEP", "0")),
    ]);
    let run = |arguments: &[&str]| {
        let output = folder
            .wazir(arguments)
            .output()
            .expect("the command starts");
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert_eq!(output.stdout.len(), 64, "{output:?}");
        output.stdout
    };
    let arguments = ["run", "--deterministic", "--timeout", "60s", "long.wat"];
    let first = run(&arguments);
    assert_eq!(first, run(&arguments));
    assert_ne!(first[..32], [0; 32]);
    let time = |at: usize| u64::from_le_bytes(first[at..at + 8].try_into().expect("eight bytes"));
    for (before, after) in [(32, 48), (40, 56)] {
        assert!(time(after) - time(before) >= HOUR);
    }
    assert_ne!(
        run(&["run", "short.wat"])[..32],
        run(&["run", "short.wat"])[..32]
    );
}

/// Accepts one connection, and sends back what comes first.
const ECHO: (&str, &str) = (
    "echo.wat",
    r#"(module
         (import "wasi_snapshot_preview1" "sock_accept" (func $accept (param i32 i32 i32) (result i32)))
         (import "wasi_snapshot_preview1" "sock_recv" (func $receive (param i32 i32 i32 i32 i32 i32) (result i32)))
         (import "wasi_snapshot_preview1" "sock_send" (func $send (param i32 i32 i32 i32 i32) (result i32)))
         (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
         (memory (export "memory") 1)
         (data (i32.const 0) "\00\02\00\00\40\00\00\00")
         (func $check (param i32) (if (local.get 0) (then (call $exit (local.get 0)))))
         (func (export "_start") (local $fd i32)
           (call $check (call $accept (i32.const 4) (i32.const 0) (i32.const 8)))
           (local.set $fd (i32.load (i32.const 8)))
           (call $check (call $receive (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 0)
             (i32.const 4) (i32.const 12)))
           (call $check (call $send (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 16)))))"#,
);

#[test]
fn a_program_accepts_connections_at_an_address() {
    use std::io::Read;
    use std::net::{TcpListener, TcpStream};

    let folder = Folder::with(&[ECHO]);
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let address = listener.local_addr().expect("it has one").to_string();
    let arguments = [
        "run",
        "--timeout",
        "60s",
        "--dir",
        ".",
        "--listen",
        &address,
    ];
    let arguments = [&arguments[..], &["echo.wat"]].concat();
    let (code, text) = folder.run(&arguments);
    assert!(
        code == 2 && text.contains("--listen"),
        "it is in use: {text}"
    );
    drop(listener);

    let mut command = folder.wazir(&arguments);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.expect("the command starts");
    let mut stream = loop {
        if let Ok(stream) = TcpStream::connect(&address) {
            break stream;
        }
        let ended = child.try_wait().expect("it can be asked");
        assert!(
            ended.is_none(),
            "it ends before there is a connection: {ended:?}"
        );
        std::thread::sleep(Duration::from_millis(10));
    };
    stream.write_all(b"hello").expect("there is room");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("the answer is text");
    assert_eq!(answer, "hello");
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(outcome(&output), (0, String::new()));
}

#[cfg(unix)]
#[test]
fn a_program_whose_output_nobody_reads_ends_as_by_a_signal() {
    use std::io::Read;

    let folder = Folder::with(&[("endless.wat", &writes_to(1))]);
    let mut command = folder.wazir(&["run", "--timeout", "60s", "endless.wat"]);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.expect("the command starts");
    let mut output = child.stdout.take().expect("it is a pipe");
    output.read_exact(&mut [0; 1000]).expect("there is more");
    drop(output);
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(outcome(&output), (141, String::new()));
}

#[test]
fn each_engine_is_measured_and_the_program_says_nothing() {
    let folder = Folder::with(&[MATH]);
    let program = guest("primes_as.wasm");
    let from_file = folder.run(&["bench", "--seconds", "0.01", &program]);
    let function = ["bench", "--seconds", "0.01", "--invoke", "add"];
    let from_text = folder.run(&[&function[..], &["math.wat", "1", "2"]].concat());
    let from_input = folder.run_with_input(
        &[&function[..], &["-", "1", "2"]].concat(),
        MATH.1.as_bytes(),
    );
    for (code, output) in [from_file, from_text, from_input] {
        assert_eq!(code, 0, "{output}");
        let lines: Vec<&str> = output.lines().collect();
        assert_eq!(lines.len(), 5, "{output}");
        assert!(lines[0].contains(" bytes, `"), "{output}");
        assert!(lines[1].starts_with("engine  "), "{output}");
        for (line, engine) in lines[2..].iter().zip(["eager", "lazy-translation", "lazy"]) {
            // Four times and a size with their units, but the size is known on Linux only.
            let words: Vec<&str> = line.split_whitespace().collect();
            assert_eq!(words[0], engine, "{output}");
            assert!(matches!(words.len(), 11 | 12), "{output}");
        }
    }
}

#[test]
fn each_run_of_a_measurement_has_an_instance_of_its_own() {
    let text = r#"(module (global $runs (mut i32) (i32.const 0))
        (func (export "once")
          (if (global.get $runs) (then unreachable))
          (global.set $runs (i32.const 1))))"#;
    let folder = Folder::with(&[("once.wat", text)]);
    let (code, output) =
        folder.run(&["bench", "--seconds", "0.05", "--invoke", "once", "once.wat"]);
    assert_eq!(code, 0, "{output}");
    let runs = output
        .lines()
        .last()
        .and_then(|line| line.split(' ').next_back());
    assert!(
        runs.and_then(|runs| runs.parse().ok())
            .is_some_and(|runs: u64| runs > 4)
    );
}

#[cfg(all(feature = "compiler", target_arch = "x86_64", target_os = "linux"))]
#[test]
fn compiling_is_measured_and_saves_nothing_then() {
    let text = r#"(module (func (param i32 i32) (result i32)
        (call 0 (i32.add (local.get 0) (local.get 1)) (local.get 0)) (i32.xor (local.get 1)))
        (func (param i32) (result i32) (i32.div_u (i32.const 7) (local.get 0))))"#;
    let folder = Folder::with(&[("a.wat", text)]);
    let (code, text) = folder.run(&["compile", "--time-passes", "--stats", "a.wat"]);
    assert_eq!(code, 0, "{text}");
    let passes = [
        "validate", "build", "order", "select", "allocate", "emit", "link", "all",
    ];
    for pass in passes {
        let line = text.lines().find(|line| line.starts_with(pass));
        let mut columns = line
            .unwrap_or_else(|| panic!("{pass}: {text}"))
            .split_whitespace();
        let time: f64 = columns.nth(1).unwrap().parse().unwrap();
        assert!(time > 0.0, "{text}");
    }
    assert!(text.contains("100.0%\n"), "{text}");
    assert!(
        text.contains("functions     2 compiled, 0 interpreted\n"),
        "{text}"
    );
    let instructions = text.split("instructions  ").nth(1).unwrap().lines().next();
    assert!(instructions.unwrap().parse::<u32>().unwrap() >= 6, "{text}");
    // A value lives across the call.
    assert!(
        text.contains("of 100 ") && !text.contains("0.0 moves, 0.0 reloads"),
        "{text}"
    );
    assert!(!folder.0.path().join("a.cwasm").exists());
    assert_eq!(
        folder
            .run(&["compile", "--stats", "-o", "b.cwasm", "a.wat"])
            .0,
        0
    );
    assert!(folder.0.path().join("b.cwasm").exists());
}
