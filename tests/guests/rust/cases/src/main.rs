//! Runs the cases against programs and engines other than wazir:
//! - `cases native CASES PROGRAMS` runs the guests of which the folder PROGRAMS has a native build.
//! - `cases engine CASES BIN COMMAND...` runs them all as
//!   `COMMAND... STATUS BIN/<guest>.wasm COUNT NAME=VALUE... ARGUMENT...`, where COUNT says how many variables
//!   follow, and the command writes the line of `expected_status` to STATUS, and after it the names of the
//!   functions on the stack of a trap, innermost first, a line each. The directory of a case is in GUEST_DIRECTORY,
//!   and `ReadWrite` or `ReadOnly` in GUEST_ACCESS. A STATUS that stays empty: the engine cannot do it.
//! - `cases bless CASES BIN COMMAND...` does the same and rewrites what the cases expect. It writes
//!   `expected_stderr` only where that file exists.
//! - `cases table TABLE` reads a table of calls and prints it again.

#[path = "../../../calls.rs"]
mod calls;
#[path = "../../../cases.rs"]
mod cases;

use cases::{Access, Case, Status};
use std::fs::{self, File};
use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Output};

/// Longer standard outputs are kept as hashes.
const STDOUT_BYTES_MAX: usize = 16 * 1024;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let failed = match &arguments[..] {
        ["native", folder, programs] => {
            for_each(folder, |case| {
                // `Command` sorts the environment, so a case with another order cannot be compared.
                // Nothing keeps a native program from writing.
                let comparable = case.environment.is_sorted()
                    && case.directory != Some(Access::ReadOnly)
                    && Path::new(programs).join(&case.guest).exists();
                comparable
                    .then(|| run_native(case, Path::new(programs)))
                    .transpose()
            })?
        }
        ["engine", folder, bin, command @ ..] => for_each(folder, |case| {
            let (output, report) = run_engine(case, Path::new(bin), command)?;
            if report.is_empty() {
                return Ok(None);
            }
            let (status, names) = report.split_once('\n').unwrap_or((&report, ""));
            let result = case.check(
                &output.stdout,
                &output.stderr,
                &cases::parse_status(status)?,
            );
            Ok(Some(result.and_then(|()| {
                case.check_frames(&names.lines().collect::<Vec<_>>())
            })))
        })?,
        ["bless", folder, bin, command @ ..] => for_each(folder, |case| {
            let (output, report) = run_engine(case, Path::new(bin), command)?;
            bless(
                case,
                Path::new(folder),
                &output,
                report.lines().next().unwrap_or_default(),
            )?;
            Ok(None)
        })?,
        ["table", table] => {
            for call in calls::parse(&fs::read_to_string(table)?).map_err(io::Error::other)? {
                println!("{call}");
            }
            0
        }
        _ => return Ok(ExitCode::from(2)),
    };
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints which cases fail and how many ran; `run` gives `None` for a case that does not count.
fn for_each(
    folder: &str,
    mut run: impl FnMut(&Case) -> io::Result<Option<Result<(), String>>>,
) -> io::Result<u32> {
    let (mut passed, mut failed) = (0, 0);
    for case in cases::read_all(Path::new(folder))? {
        match run(&case)? {
            Some(Ok(())) => passed += 1,
            Some(Err(difference)) => {
                println!("{difference}");
                failed += 1;
            }
            None => {}
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(failed)
}

fn run_native(case: &Case, programs: &Path) -> io::Result<Result<(), String>> {
    let mut command = Command::new(programs.join(&case.guest));
    command.arg0(&case.guest).args(&case.arguments);
    command
        .env_clear()
        .envs(case.environment.iter().map(|(name, value)| (name, value)));
    let scratch = scratch_directory(case)?;
    if let Some((directory, _)) = &scratch {
        command.current_dir(directory);
    }
    let output = run(&mut command, case)?;
    remove(scratch)?;
    // What traps in WebAssembly is an abort or, after a panic, the code 101; a panic's message names the
    // thread's number.
    if let (Status::Trap(_), None | Some(101)) = (&case.status, output.status.code()) {
        return Ok(case
            .stdout
            .matches(&output.stdout)
            .then_some(())
            .ok_or(format!("{}: output differs", case.name)));
    }
    Ok(case.check(&output.stdout, &output.stderr, &exit_status(output.status)))
}

fn exit_status(status: ExitStatus) -> Status {
    status
        .code()
        .map_or(Status::Trap(status.to_string()), |code| {
            Status::Exit(code as u32)
        })
}

/// Gives the output and what the command wrote to STATUS.
fn run_engine(case: &Case, bin: &Path, command: &[&str]) -> io::Result<(Output, String)> {
    let status = scratch_file("status");
    fs::write(&status, "")?;
    let (program, arguments) = command
        .split_first()
        .ok_or_else(|| io::Error::other("no command"))?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .arg(&status)
        .arg(bin.join(format!("{}.wasm", case.guest)));
    command.arg(case.environment.len().to_string());
    command.args(
        case.environment
            .iter()
            .map(|(name, value)| format!("{name}={value}")),
    );
    command.arg(&case.guest).args(&case.arguments);
    let scratch = scratch_directory(case)?;
    if let Some((directory, access)) = &scratch {
        command.env("GUEST_DIRECTORY", directory);
        command.env("GUEST_ACCESS", format!("{access:?}"));
    }
    let output = run(&mut command, case)?;
    remove(scratch)?;
    Ok((output, fs::read_to_string(status)?))
}

/// Runs `command` with the case's standard input in a file, which no engine can read short.
fn run(command: &mut Command, case: &Case) -> io::Result<Output> {
    let stdin = scratch_file("stdin");
    fs::write(&stdin, &case.stdin)?;
    command.stdin(File::open(stdin)?).output()
}

type Scratch = Option<(PathBuf, Access)>;

/// The directory of a case that has one, new and filled.
fn scratch_directory(case: &Case) -> io::Result<Scratch> {
    let Some(access) = case.directory else {
        return Ok(None);
    };
    let directory = scratch_file("directory");
    fs::create_dir(&directory)?;
    cases::fill_directory(&directory)?;
    Ok(Some((directory, access)))
}

fn remove(scratch: Scratch) -> io::Result<()> {
    scratch.map_or(Ok(()), |(directory, _)| fs::remove_dir_all(directory))
}

fn scratch_file(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("guest-cases-{}-{name}", std::process::id()))
}

fn bless(case: &Case, folder: &Path, output: &Output, status: &str) -> io::Result<()> {
    let folder = folder.join(&case.guest).join(&case.name);
    let (whole, hash) = (
        folder.join("expected_stdout"),
        folder.join("expected_stdout_hash"),
    );
    let (keep, remove) = if output.stdout.len() > STDOUT_BYTES_MAX {
        (&hash, &whole)
    } else {
        (&whole, &hash)
    };
    if remove.exists() {
        fs::remove_file(remove)?;
    }
    if keep == &hash {
        fs::write(
            keep,
            format!(
                "{} {:016x}\n",
                output.stdout.len(),
                cases::hash(&output.stdout)
            ),
        )?;
    } else {
        fs::write(keep, &output.stdout)?;
    }
    if case.stderr.is_some() {
        fs::write(folder.join("expected_stderr"), &output.stderr)?;
    }
    fs::write(folder.join("expected_status"), format!("{status}\n"))
}
