//! What an engine costs before it runs anything: its build, its size, and its command.
//!
//! Input: the small programs in `bench/footprint`, and the commands that are installed. Output: cases for both.
//! Holds: what is downloaded is there before the time begins; a build is measured once, in an empty folder, with the
//! features that running a module needs and cargo's own settings for release, with `strip`; what was built runs a
//! module.

use crate::cases::assemble;
use crate::engines::{Result, SUBJECT, reason};
use crate::measure::{Case, Column, Row};
use crate::system::memory_kib;
use crate::work::{Run, Sample};
use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Instant;

/// How an engine is had.
struct Recipe {
    /// The name of the column.
    engine: &'static str,
    /// The program in `bench/footprint`, and its dependency.
    embedder: Option<(&'static str, &'static str)>,
    /// The command, and its arguments before the module.
    command: Option<(&'static str, &'static [&'static str])>,
}

const RECIPES: &[Recipe] = &[
    Recipe {
        engine: SUBJECT,
        embedder: Some((
            "wazir",
            r#"wazir = { path = "@", default-features = false, features = ["std"] }"#,
        )),
        command: Some((SUBJECT, &["run"])),
    },
    Recipe {
        engine: "wasmi",
        embedder: Some((
            "wasmi",
            r#"wasmi = { version = "=2.0.0", default-features = false, features = [
                "auto-dispatch", "simd", "stable", "std", "validate"] }"#,
        )),
        command: Some(("wasmi", &["run"])),
    },
    Recipe {
        engine: "wasm3",
        embedder: Some(("wasm3", r#"wasm3x = "=0.2.1""#)),
        command: Some(("wasm3", &[])),
    },
    Recipe {
        engine: "tinywasm",
        embedder: Some((
            "tinywasm",
            r#"tinywasm = { version = "=0.10.0", default-features = false, features = ["std", "parser"] }"#,
        )),
        command: None,
    },
    Recipe {
        engine: "sf-interp",
        embedder: Some((
            "silverfir",
            r#"sf-nano-core = { version = "=0.6.0", default-features = false, features = ["interp"] }"#,
        )),
        command: None,
    },
    Recipe {
        engine: "sf-jit",
        embedder: Some((
            "silverfir",
            r#"sf-nano-core = { version = "=0.6.0", default-features = false, features = ["guard-pages", "jit"] }"#,
        )),
        command: None,
    },
    Recipe {
        engine: "pulley",
        embedder: Some((
            "pulley",
            r#"wasmtime = { version = "=48.0.8", default-features = false, features = [
                "cranelift", "pulley", "runtime", "std"] }"#,
        )),
        command: Some(("wasmtime", &["run", "--target", "pulley64"])),
    },
    Recipe {
        engine: "winch",
        embedder: Some((
            "winch",
            r#"wasmtime = { version = "=48.0.8", default-features = false, features = ["runtime", "std", "winch"] }"#,
        )),
        command: Some(("wasmtime", &["run", "-C", "compiler=winch"])),
    },
    Recipe {
        engine: "cranelift",
        embedder: Some((
            "cranelift",
            r#"wasmtime = { version = "=48.0.8", default-features = false, features = [
                "cranelift", "runtime", "std"] }"#,
        )),
        command: Some(("wasmtime", &["run"])),
    },
    Recipe {
        engine: "v8",
        embedder: None,
        command: Some((
            "node",
            &[
                "--no-warnings",
                concat!(env!("CARGO_MANIFEST_DIR"), "/footprint/hello.mjs"),
            ],
        )),
    },
];

/// Prints a line, and ends when its input does: until then its memory can be looked at.
const HELLO: &str = r#"(module
    (import "wasi_snapshot_preview1" "fd_write"
        (func $write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_read"
        (func $read (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "\10\00\00\00\0c\00\00\00")
    (data (i32.const 16) "hello world\0a")
    (func (export "_start")
        (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
        (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))))"#;

/// What the programs of `bench/footprint` run: they call the export with 1.
const ANSWER: &str = r#"(module (func (export "run") (param i32) (result i64)
    (i64.add (i64.extend_i32_s (local.get 0)) (i64.const 41))))"#;

pub fn cases() -> Vec<Case> {
    let build = Case {
        name: "program with the library".into(),
        rows: vec![
            Row::new("clean release build", "s", 1.0),
            Row::new("crates", "", 1.0),
            Row::new("added by the library", "KiB", 1024.0),
        ],
        expected: None,
        prepare: Box::new(|column| once(build(recipe(column)?))),
    };
    let size = Case {
        name: "command".into(),
        rows: vec![Row::new("size", "KiB", 1024.0)],
        expected: None,
        prepare: Box::new(|column| {
            let size = fs::metadata(command(recipe(column)?)?)
                .map_err(reason)?
                .len();
            once(Ok(vec![size as f64]))
        }),
    };
    let hello = Case {
        name: "command, hello world".into(),
        rows: vec![
            Row::new("time", "ms", 1e6),
            Row::new("peak memory", "KiB", 1.0),
        ],
        expected: None,
        prepare: Box::new(|column| hello(recipe(column)?)),
    };
    vec![build, size, hello]
}

fn recipe(column: &Column) -> Result<&'static Recipe> {
    let found = RECIPES.iter().find(|recipe| recipe.engine == column.name);
    found.ok_or_else(|| "is measured under another name".into())
}

/// A run that gives what was measured already.
fn once(amounts: Result<Vec<f64>>) -> Result<Run> {
    let amounts = amounts?;
    Ok(Box::new(move || {
        Ok(Sample {
            amounts: amounts.clone(),
            checksum: 0,
        })
    }))
}

/// Seconds, crates and bytes.
fn build(recipe: &Recipe) -> Result<Vec<f64>> {
    let (program, dependency) = recipe.embedder.ok_or("is no crate")?;
    static WITHOUT: OnceLock<Result<(f64, f64)>> = OnceLock::new();
    let module = assemble(ANSWER);
    let length = module.len().to_string();
    let (_, without) = WITHOUT
        .get_or_init(|| build_program("none", "", &module, &length))
        .clone()?;
    let (seconds, with) = build_program(program, dependency, &module, "42")?;
    let tree = run_cargo(program, &["tree", "-e", "normal,build", "--prefix", "none"])?;
    let mut crates: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(" (").next())
        .collect();
    crates.sort_unstable();
    crates.dedup();
    // The program itself is not one of the library's.
    Ok(vec![seconds, (crates.len() - 1) as f64, with - without])
}

fn folder(program: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("target/footprint")
        .join(program)
}

/// Builds a program of `bench/footprint` in an empty folder, and has it print a line about a module: seconds of the
/// build, and bytes.
fn build_program(program: &str, dependency: &str, module: &[u8], line: &str) -> Result<(f64, f64)> {
    let folder = folder(program);
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let library = here.join("..").canonicalize().map_err(reason)?;
    let dependency = dependency.replace('@', &library.display().to_string());
    let manifest = format!(
        "[workspace]\n[package]\nname = \"embedder\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [dependencies]\n{dependency}\n[profile.release]\nstrip = true\n"
    );
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).map_err(reason)?;
    fs::write(folder.join("Cargo.toml"), manifest).map_err(reason)?;
    let source = here.join("footprint").join(program).with_extension("rs");
    fs::copy(source, folder.join("src/main.rs")).map_err(reason)?;
    run_cargo(program, &["fetch"])?;
    let start = Instant::now();
    run_cargo(program, &["build", "--release", "--offline"])?;
    let seconds = start.elapsed().as_secs_f64();
    let embedder = folder.join("target/release/embedder");
    let size = fs::metadata(&embedder).map_err(reason)?.len();
    let path = folder.join("module.wasm");
    fs::write(&path, module).map_err(reason)?;
    let output = Command::new(embedder).arg(path).output().map_err(reason)?;
    if output.stdout.trim_ascii() != line.as_bytes() {
        return Err("the program that was built does not run a module".into());
    }
    fs::remove_dir_all(folder.join("target")).map_err(reason)?;
    Ok((seconds, size as f64))
}

fn run_cargo(program: &str, arguments: &[&str]) -> Result<String> {
    let folder = folder(program);
    let output = Command::new("cargo")
        .args(arguments)
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .map_err(reason)?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into()),
        false => {
            let errors = String::from_utf8_lossy(&output.stderr);
            let first = errors.lines().find(|line| line.starts_with("error"));
            Err(first.unwrap_or("cargo failed").into())
        }
    }
}

/// The path of an engine's command. wazir's own is built, the others have to be installed.
fn command(recipe: &Recipe) -> Result<PathBuf> {
    let (name, _) = recipe.command.ok_or("no command is known")?;
    if name == SUBJECT {
        return build_own_command();
    }
    let paths = env::var_os("PATH").unwrap_or_default();
    let mut installed = env::split_paths(&paths).map(|folder| folder.join(name));
    installed
        .find(|path| path.is_file())
        .ok_or_else(|| format!("the command {name} is not installed"))
}

fn build_own_command() -> Result<PathBuf> {
    let target = folder("command");
    let status = Command::new("cargo")
        .args([
            "build",
            "--quiet",
            "--release",
            "-p",
            "wazir-cli",
            "--target-dir",
        ])
        .arg(&target)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .status()
        .map_err(reason)?;
    match status.success() {
        true => Ok(target.join("release").join(SUBJECT)),
        false => Err("the command cannot be built".into()),
    }
}

fn hello(recipe: &'static Recipe) -> Result<Run> {
    let program = command(recipe)?;
    let (_, arguments) = recipe.command.ok_or("has no command")?;
    let module = folder("command").join("hello.wasm");
    fs::create_dir_all(folder("command")).map_err(reason)?;
    fs::write(&module, assemble(HELLO)).map_err(reason)?;
    Ok(Box::new(move || {
        let mut command = Command::new(&program);
        command.args(arguments).arg(&module).stderr(Stdio::null());
        Ok(Sample {
            amounts: vec![time_of(&mut command)?, peak_of(&mut command)?],
            checksum: 0,
        })
    }))
}

/// The nanoseconds from the start of the command to its end.
fn time_of(command: &mut Command) -> Result<f64> {
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let start = Instant::now();
    let output = command.output().map_err(reason)?;
    let time = start.elapsed().as_nanos() as f64;
    match output.stdout == b"hello world\n" && output.status.success() {
        true => Ok(time),
        false => Err("does not run a module of WASI preview 1".into()),
    }
}

/// The KiB that the command had at most when it has printed its line.
fn peak_of(command: &mut Command) -> Result<f64> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(reason)?;
    let output = child.stdout.take().ok_or("the command has no output")?;
    let mut line = String::new();
    BufReader::new(output)
        .read_line(&mut line)
        .map_err(reason)?;
    let peak = memory_kib(&child.id().to_string(), "VmHWM");
    drop(child.stdin.take());
    child.wait().map_err(reason)?;
    peak
}
