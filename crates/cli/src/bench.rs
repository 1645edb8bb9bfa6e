//! `wazir bench`: measures a program, or a function of a module, in each engine.
//!
//! Input: the options. Output: a table with times and memory.
//! Holds: each engine is measured in a process of its own, so that none finds memory that another one has left; where
//! there are no processes, it is done here, and memory is not measured.

use std::io::{self, Write};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use wazir::{CompilationMode, Engine, Error, Module, Val};

use crate::failure::Failure;
use crate::load::{self, STANDARD_INPUT};
use crate::new_engine;
use crate::options::{BenchOptions, ENGINES, RunOptions};
use crate::output::print;
use crate::run::{self, Program};
use crate::wasi::Inherited;

/// How often a module is run before it is loaded again.
const RUNS_A_LOAD: usize = 4;

/// The option that makes the command print the figures of one engine.
const FIGURES_OF: &str = "--figures-of";

/// What was measured of an engine: the shortest times.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Figures {
    load: Duration,
    instantiate: Duration,
    first_call: Duration,
    best_call: Duration,
    runs: u64,
    /// In bytes, where the system tells.
    memory: Option<u64>,
}

/// Measures all engines. The result is the exit code.
pub(crate) fn bench(options: &BenchOptions) -> Result<i32, Failure> {
    let file = options.run.file();
    run::check_preloads(&options.run)?;
    let bytes = load::read_module(file)?;
    if let Some(mode) = options.figures_of {
        return match measure(options, mode, &bytes) {
            Ok(figures) => print(&figures.to_line()).map(|()| 0),
            Err(outcome) => outcome,
        };
    }
    let mut rows = Vec::new();
    for (name, mode) in ENGINES {
        let figures = match child(name, file, &bytes) {
            Ok(output) => read_figures(name, &output),
            Err(_) => measure(options, mode, &bytes),
        };
        match figures {
            Ok(figures) => rows.push((name, figures)),
            Err(outcome) => return outcome,
        }
    }
    let size = bytes.len();
    let entry = options.run.entry();
    print(&format!(
        "{file}: {size} bytes, `{entry}`\n{}",
        table(&rows)
    ))
    .map(|()| 0)
}

/// Lets another process measure an engine.
fn child(name: &str, file: &str, bytes: &[u8]) -> io::Result<Output> {
    let mut arguments = std::env::args_os().skip(1);
    let mut command = Command::new(std::env::current_exe()?);
    command
        .args(arguments.next())
        .args([FIGURES_OF, name])
        .args(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::inherit());
    if file != STANDARD_INPUT {
        return command.stdin(Stdio::null()).output();
    }
    let mut child = command.stdin(Stdio::piped()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // Who does not read it all says why.
        let _ = input.write_all(bytes);
    }
    child.wait_with_output()
}

/// What the other process found out. If it failed, it has said why.
fn read_figures(name: &str, output: &Output) -> Result<Figures, Result<i32, Failure>> {
    let line = String::from_utf8_lossy(&output.stdout);
    match (output.status.code(), Figures::from_line(&line)) {
        (Some(0), Some(figures)) => Ok(figures),
        (Some(code), _) if code != 0 => Err(Ok(code)),
        _ => Err(Err(Failure::new(format!(
            "the process that measures the engine `{name}` has ended without figures"
        )))),
    }
}

impl Figures {
    fn to_line(&self) -> String {
        let times = [self.load, self.instantiate, self.first_call, self.best_call];
        let [load, instantiate, first, best] = times.map(|time| time.as_nanos());
        let memory = self
            .memory
            .map_or("-".to_string(), |bytes| bytes.to_string());
        format!(
            "{load} {instantiate} {first} {best} {} {memory}\n",
            self.runs
        )
    }

    fn from_line(line: &str) -> Option<Figures> {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [load, instantiate, first_call, best_call, runs, memory] = fields[..] else {
            return None;
        };
        let time = |field: &str| field.parse().ok().map(Duration::from_nanos);
        Some(Figures {
            load: time(load)?,
            instantiate: time(instantiate)?,
            first_call: time(first_call)?,
            best_call: time(best_call)?,
            runs: runs.parse().ok()?,
            memory: memory.parse().ok(),
        })
    }
}

/// Measures an engine in this process. The error is the outcome of the command.
fn measure(
    options: &BenchOptions,
    mode: CompilationMode,
    bytes: &[u8],
) -> Result<Figures, Result<i32, Failure>> {
    let (start, run) = (Instant::now(), &options.run);
    if let Some(timeout) = run.timeout {
        run::stop_after(timeout, run.file().to_string());
    }
    let mut config = run::engine_config(run);
    config.compilation_mode(mode);
    let engine = new_engine(&config).map_err(Err)?;
    let preloads = run::load_preloads(run, &engine).map_err(Err)?;
    let mut figures = Figures {
        load: Duration::MAX,
        instantiate: Duration::MAX,
        first_call: Duration::MAX,
        best_call: Duration::MAX,
        runs: 0,
        memory: None,
    };
    let is_over = || start.elapsed() >= options.seconds;
    let before = held_memory();
    while figures.runs == 0 || !is_over() {
        let (module, load) = timed(|| Module::new(&engine, bytes));
        let module = module.map_err(|error| Err(load::not_a_module(run.file(), &error)))?;
        figures.load = figures.load.min(load);
        run::check_entry(run, &module, "bench").map_err(Err)?;
        for index in 0..RUNS_A_LOAD {
            let measured = measure_run(run, &engine, &preloads, &module, start)?;
            figures.instantiate = figures.instantiate.min(measured.instantiate);
            figures.best_call = figures.best_call.min(measured.call);
            if index == 0 {
                figures.first_call = figures.first_call.min(measured.call);
            }
            if figures.runs == 0 {
                let held = before.zip(held_memory());
                figures.memory = held.map(|(before, after)| after.saturating_sub(before));
            }
            figures.runs += 1;
            if is_over() {
                break;
            }
        }
    }
    Ok(figures)
}

/// A run that has ended, with all that it holds.
struct Measured {
    instantiate: Duration,
    call: Duration,
    _program: Program,
}

/// Makes an instance and calls the function.
fn measure_run(
    options: &RunOptions,
    engine: &Engine,
    preloads: &[Module],
    module: &Module,
    start: Instant,
) -> Result<Measured, Result<i32, Failure>> {
    let (host, outputs) = run::host(options, Inherited::Nothing).map_err(Err)?;
    let mut program = run::link(options, engine, preloads, module, host, start)?;
    let emptied = outputs.empty();
    emptied.map_err(|error| {
        Err(Failure::new(format!(
            "the output cannot be written: {error}"
        )))
    })?;
    let (func, instantiate) = timed(|| program.instantiate(module, options.entry()));
    let func = func.map_err(|error| failed(options, &program, error))?;
    let ty = func.ty(&program.store);
    let arguments = run::arguments(options, &ty).map_err(Err)?;
    let mut results = vec![Val::I32(0); ty.results().len()];
    let (outcome, call) = timed(|| func.call(&mut program.store, &arguments, &mut results));
    match outcome {
        Err(error) if error.exit_code() != Some(0) => Err(failed(options, &program, error)),
        _ => Ok(Measured {
            instantiate,
            call,
            _program: program,
        }),
    }
}

fn timed<T>(action: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = action();
    (result, start.elapsed())
}

/// What it means that a run failed.
fn failed(options: &RunOptions, program: &Program, error: Error) -> Result<i32, Failure> {
    program.explain(options);
    let file = options.file();
    match error.exit_code() {
        Some(code) => Err(
            Failure::new(format!("`{file}` ended with exit code {code}"))
                .with_hint("what fails is not measured; `wazir run` shows what the program says"),
        ),
        None => run::end(file, error),
    }
}

/// The memory that the process holds, files that it has mapped excepted; as Linux tells.
fn held_memory() -> Option<u64> {
    status("RssAnon:")
}

/// A size of this process in bytes.
fn status(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024)
}

const HEADINGS: [&str; 7] = [
    "engine",
    "load",
    "instantiate",
    "first call",
    "best call",
    "memory",
    "runs",
];

fn table(rows: &[(&str, Figures)]) -> String {
    let rows = rows.iter().map(|(name, figures)| {
        let memory = figures.memory.map_or("-".to_string(), size);
        [
            name.to_string(),
            time(figures.load),
            time(figures.instantiate),
            time(figures.first_call),
            time(figures.best_call),
            memory,
            figures.runs.to_string(),
        ]
    });
    let rows: Vec<_> = [HEADINGS.map(str::to_string)]
        .into_iter()
        .chain(rows)
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let line = |row: &[String; 7]| {
        let name = format!("{:<width$}", row[0], width = width(0));
        let rest = (1..row.len())
            .map(|column| format!("  {:>width$}", row[column], width = width(column)));
        name + &rest.collect::<String>() + "\n"
    };
    rows.iter().map(line).collect()
}

/// A time with three digits.
fn time(time: Duration) -> String {
    let nanoseconds = time.as_nanos() as f64;
    let units = [("ns", 1.0), ("us", 1e3), ("ms", 1e6), ("s", 1e9)];
    with_unit(nanoseconds, &units)
}

fn size(bytes: u64) -> String {
    let units = [
        ("B", 1.0),
        ("KiB", 1024.0),
        ("MiB", 1_048_576.0),
        ("GiB", 1_073_741_824.0),
    ];
    with_unit(bytes as f64, &units)
}

/// A number in the largest unit that it has one of.
fn with_unit(value: f64, units: &[(&str, f64)]) -> String {
    // What would be rounded to a thousand is one of the next unit.
    let unit = units
        .iter()
        .rev()
        .find(|(_, scale)| value >= scale * 0.9995);
    let (name, scale) = unit.unwrap_or(&units[0]);
    let value = value / scale;
    let decimals = match value {
        _ if *scale == 1.0 => 0,
        value if value < 9.995 => 2,
        value if value < 99.95 => 1,
        _ => 0,
    };
    format!("{value:.decimals$} {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Figures {
        Figures {
            load: Duration::from_nanos(12_345),
            instantiate: Duration::from_nanos(999_960),
            first_call: Duration::from_nanos(70),
            best_call: Duration::from_millis(23_456),
            runs: 7,
            memory: Some(1_572_864),
        }
    }

    #[test]
    fn figures_survive_the_way_through_a_line() {
        let unknown = Figures {
            memory: None,
            ..figures()
        };
        for figures in [figures(), unknown] {
            assert_eq!(Figures::from_line(&figures.to_line()), Some(figures));
        }
        assert_eq!(Figures::from_line("1 2 3"), None);
        assert_eq!(Figures::from_line("1 2 3 x 5 6"), None);
    }

    #[test]
    fn tables_have_units_and_columns() {
        let unknown = Figures {
            memory: None,
            ..figures()
        };
        let expected = "\
engine     load  instantiate  first call  best call    memory  runs
eager   12.3 us      1.00 ms       70 ns     23.5 s  1.50 MiB     7
lazy    12.3 us      1.00 ms       70 ns     23.5 s         -     7
";
        assert_eq!(table(&[("eager", figures()), ("lazy", unknown)]), expected);
        assert_eq!(size(1023), "1023 B");
        assert_eq!(size(100 << 20), "100 MiB");
    }
}
