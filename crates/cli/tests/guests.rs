//! The command runs the programs of `tests/guests`, compiled from Rust, C, Go, Zig and AssemblyScript.
//!
//! Input: the cases of tests/guests/cases. Output: what differs from what they expect.
//! Holds: every case runs in an optimized build; without optimization the longest are left out.

#[path = "../../../tests/guests/cases.rs"]
mod cases;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use cases::{Access, Case, Status};

/// Cases that take more than some seconds in a build without optimization.
const LONG: &[(&str, &str)] = &[
    ("json_pretty", "generated_1m"),
    ("numbers_c", "generated_1m"),
    ("pipeline_go", "generated_1m"),
    ("primes_as", "million"),
    ("tally_zig", "generated_1m"),
    ("wordcount", "generated_4m"),
];

fn guests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/guests")
}

fn run(case: &Case, module: &Path, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wazir"));
    command.args(["run", "--argv0", &case.guest]).args(options);
    for (name, value) in &case.environment {
        command.args(["--env", &format!("{name}={value}")]);
    }
    let scratch = case.directory.map(|access| {
        let scratch = tempfile::tempdir().expect("a scratch folder can be made");
        cases::fill_directory(scratch.path()).expect("it can be written");
        let end = if access == Access::ReadOnly {
            ":ro"
        } else {
            ""
        };
        let path = scratch.path().to_str().expect("the path is text");
        command.args(["--dir", &format!("{path}::.{end}")]);
        scratch
    });
    command.arg(module).args(&case.arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    let mut input = child.stdin.take().expect("standard input is a pipe");
    let output = thread::scope(|scope| {
        // A program need not read all of it.
        scope.spawn(move || drop(input.write_all(&case.stdin)));
        child.wait_with_output().expect("the command ends")
    });
    drop(scratch);
    output
}

/// How the program ended and what it wrote to standard error, without what the command adds after a trap.
fn status(output: &Output) -> (Status, String, String) {
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let code = output.status.code().expect("the command is not killed");
    let (written, message) = match stderr.rfind("error: `") {
        Some(start) if code == 134 => stderr.split_at(start),
        _ => (stderr.as_str(), ""),
    };
    let reason = message
        .split_once(" trapped: ")
        .map(|(_, rest)| rest.lines().next().unwrap_or(""));
    let status = match reason {
        Some(reason) => Status::Trap(reason.to_string()),
        None => Status::Exit(code as u32),
    };
    (status, written.to_string(), message.to_string())
}

fn check(case: &Case, module: &Path, options: &[&str]) -> Result<(), String> {
    let output = run(case, module, options);
    let (status, stderr, message) = status(&output);
    case.check(&output.stdout, stderr.as_bytes(), &status)?;
    // Recurring frames are shown once, with their number.
    let names: Vec<String> = message
        .lines()
        .filter(|line| {
            line.trim_start()
                .starts_with(|letter: char| letter.is_ascii_digit())
        })
        .flat_map(|line| {
            let count = line
                .rsplit_once('(')
                .and_then(|(_, count)| count.strip_suffix(" times)")?.parse().ok());
            vec![line.to_string(); count.unwrap_or(1)]
        })
        .collect();
    case.check_frames(&names)
}

#[test]
fn every_case_of_every_guest() {
    let cases = cases::read_all(&guests().join("cases")).expect("the cases can be read");
    let is_long = |case: &&Case| LONG.contains(&(case.guest.as_str(), case.name.as_str()));
    assert_eq!(
        cases.iter().filter(is_long).count(),
        LONG.len(),
        "a long case is gone"
    );
    let (long, mut chosen): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(is_long);
    if cfg!(debug_assertions) {
        println!("{} long cases are left to an optimized build", long.len());
    } else {
        chosen.extend(long);
    }
    let has_large_input = |case: &&Case| case.guest == "wordcount" && case.stdin.len() >= 1 << 20;
    assert!(
        chosen.iter().any(has_large_input),
        "the word counter reads a megabyte"
    );
    assert!(chosen.len() >= 45, "only {} cases were found", chosen.len());
    for options in WAYS {
        let module = |guest: &str| guests().join(format!("bin/{guest}.wasm"));
        check_all(&chosen, module, options);
    }
}

/// How they are executed.
#[cfg(not(feature = "compiler"))]
const WAYS: [&[&str]; 1] = [&[]];
#[cfg(feature = "compiler")]
const WAYS: [&[&str]; 4] = [
    &[],
    &["--interpreter"],
    &[
        "--tier-up-calls=1",
        "--tier-up-iterations=1",
        "--compiler-threads=0",
    ],
    &[
        "--tier-up-calls=20",
        "--tier-up-iterations=50",
        "--compiler-threads=3",
    ],
];

fn check_all(cases: &[&Case], module: impl Fn(&str) -> PathBuf, options: &[&str]) {
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|case| check(case, &module(&case.guest), options).err())
        .collect();
    assert!(
        failures.is_empty(),
        "{} cases fail with {options:?}:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// The same from files that `wazir compile` has made, the long cases too.
#[cfg(all(feature = "compiler", target_arch = "x86_64", target_os = "linux"))]
#[test]
fn every_case_of_every_compiled_guest() {
    let cases = cases::read_all(&guests().join("cases")).expect("the cases can be read");
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let file = |guest: &str| folder.path().join(format!("{guest}.cwasm"));
    let names: std::collections::BTreeSet<&str> = cases.iter().map(|case| &*case.guest).collect();
    for guest in names {
        let output = Command::new(env!("CARGO_BIN_EXE_wazir"))
            .args(["compile", "--output"])
            .arg(file(guest))
            .arg(guests().join(format!("bin/{guest}.wasm")))
            .output()
            .expect("the command starts");
        assert!(output.status.success(), "{guest}: {output:?}");
    }
    check_all(&cases.iter().collect::<Vec<_>>(), file, &[]);
}

/// Lines `NAME TYPE:ARGUMENT = TYPE:RESULT`.
#[test]
fn functions_of_the_kernels_can_be_invoked() {
    let table = std::fs::read_to_string(guests().join("cases/kernels/calls"))
        .expect("the table can be read");
    let module = guests().join("bin/kernels.wasm");
    let mut checked = 0;
    for line in table
        .lines()
        .filter(|line| line.starts_with("fib ") || line.starts_with("sieve "))
    {
        let (call, expected) = line.split_once(" = i32:").expect("both return i32");
        let (name, argument) = call.split_once(" i32:").expect("both take i32");
        if argument
            .parse::<u32>()
            .is_ok_and(|argument| argument > 1000)
        {
            continue;
        }
        let output = Command::new(env!("CARGO_BIN_EXE_wazir"))
            .args(["run", "--invoke", name])
            .arg(&module)
            .arg(argument)
            .output()
            .expect("the command starts");
        assert_eq!(
            String::from_utf8_lossy(&output.stdout).trim_end(),
            expected,
            "{line}: {output:?}"
        );
        checked += 1;
    }
    assert!(checked >= 5, "only {checked} calls were checked");
}
