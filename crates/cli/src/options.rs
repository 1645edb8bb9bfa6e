//! The command line.
//!
//! Input: the arguments. Output: a [`Command`], or what is wrong with them, which `clap` prints.
//! Holds: what follows the program is the program's, whatever it looks like.

use std::env::VarError;
use std::ffi::OsString;
use std::num::{IntErrorKind, ParseIntError};
#[cfg(feature = "compiler")]
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use wazir::{CompilationMode, Config, Engine, Feature, Features, Strategy};

use crate::similar::nearest;

use crate::wasi::WasiOptions;

/// Runs WebAssembly programs, without giving them anything that you do not
#[derive(Debug, Parser)]
#[command(
    name = "wazir",
    bin_name = "wazir",
    version,
    override_usage = "wazir [run] [OPTIONS] <FILE> [ARGS]...\n       wazir <COMMAND>",
    after_help = format!("{COMPILED}{EPILOGUE}"),
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: RunCommandOptions,
}

/// A program to be run, without anything else that there is.
#[derive(Debug, Parser)]
#[command(disable_help_flag = true)]
struct Program {
    #[command(flatten)]
    run: RunCommandOptions,
}

impl Command {
    /// What a command line says, which begins with the name of this command: run a program, if nothing else is said.
    ///
    /// # Errors
    /// It is wrong, or asks for help.
    pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Command, clap::Error> {
        let first = arguments.get(1).and_then(|first| first.to_str());
        let is_run = first == Some("run");
        let is_other = first.is_some_and(|first| COMMANDS.contains(&first)) && !is_run;
        if !is_other {
            // To make all commands takes a fifth of the time of a short program.
            let skipped = usize::from(is_run);
            let program = Program::try_parse_from(arguments.iter().skip(skipped));
            if let Ok(Program { run }) = program {
                return Ok(Command::Run(Box::new(run)));
            }
        }
        let Arguments { command, run } = Arguments::try_parse_from(arguments)?;
        Ok(command.unwrap_or_else(|| Command::Run(Box::new(run))))
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a program, or call a function of a module; `run` can be left out
    #[command(override_usage = "wazir run [OPTIONS] <FILE> [ARGS]...", after_help = COMPILED)]
    Run(Box<RunCommandOptions>),
    /// Measure how long a module takes to load and to run, and its memory
    #[command(override_usage = "wazir bench [OPTIONS] <FILE> [ARGS]...", after_help = BENCH_EPILOGUE)]
    Bench(Box<BenchOptions>),
    /// Tell whether files are valid modules
    #[command(after_help = VALIDATE_EPILOGUE)]
    Validate(FileOptions),
    /// Compile a module to machine code, and save it to be run later
    #[cfg(feature = "compiler")]
    #[command(after_help = crate::compile::EPILOGUE)]
    Compile(crate::compile::CompileOptions),
    /// Show what a stage of the compiler makes of a module
    #[cfg(feature = "compiler")]
    Dump(crate::dump::DumpOptions),
    /// Show the machine code of a module, beside the places that it comes from
    #[cfg(feature = "compiler")]
    #[command(after_help = crate::dump::OBJDUMP_EPILOGUE)]
    Objdump(crate::dump::ObjdumpOptions),
    /// Run scripts of the WebAssembly test suite
    #[command(after_help = WAST_EPILOGUE)]
    Wast(ScriptOptions),
}

/// The commands' names.
pub(crate) const COMMANDS: &[&str] = &[
    "run",
    "bench",
    "validate",
    #[cfg(feature = "compiler")]
    "compile",
    #[cfg(feature = "compiler")]
    "dump",
    #[cfg(feature = "compiler")]
    "objdump",
    "wast",
    "help",
];

/// The names of the commands that builds with the compiler have.
#[cfg(not(feature = "compiler"))]
pub(crate) const COMPILER_COMMANDS: &[&str] = &["compile", "dump", "objdump"];

/// How to run a program.
#[derive(Debug, Args)]
pub(crate) struct RunOptions {
    /// The program, and behind it its arguments, ARGS. `-` is standard input. A program is a
    /// module in the binary (.wasm) or the text format (.wat) that exports `_start`; compilers
    /// make it for wasm32-wasip1 (WASI preview 1). It gets its arguments, the three standard
    /// streams, clocks and random numbers; files and connections only as the options say
    #[arg(
        value_name = "FILE",
        required = true,
        trailing_var_arg = true,
        verbatim_doc_comment
    )]
    program: Vec<String>,

    /// Call this exported function instead of `_start`. ARGS are what it gets:
    /// decimal or hexadecimal integers, decimal numbers, inf, nan. Its results
    /// are printed, one a line
    #[arg(long, value_name = "NAME", help_heading = PROGRAM, verbatim_doc_comment)]
    pub(crate) invoke: Option<String>,

    /// Load another module first, whose exports FILE can import as the module
    /// NAME. May be repeated; later modules can import from earlier ones
    #[arg(
        long = "preload",
        value_name = "NAME=FILE",
        value_parser = pair,
        help_heading = PROGRAM,
        verbatim_doc_comment
    )]
    pub(crate) preloads: Vec<(String, String)>,

    /// Give it this environment variable; there are no others. NAME alone
    /// passes on your own value. May be repeated; of one name the last counts
    #[arg(
        long = "env",
        value_name = "NAME[=VALUE]",
        value_parser = variable,
        help_heading = PROGRAM,
        verbatim_doc_comment
    )]
    pub(crate) environment: Vec<(String, String)>,

    /// The program's own name, its argument 0, instead of FILE's last part.
    #[arg(long = "argv0", value_name = "NAME", help_heading = PROGRAM)]
    pub(crate) argument_0: Option<String>,

    /// Stop it when this time is up: 10s, 1.5s, 500ms, 2m, 1h30m. Exit code 124.
    #[arg(
        long,
        value_parser = duration,
        value_name = "DURATION",
        allow_negative_numbers = true,
        help_heading = LIMITS
    )]
    pub(crate) timeout: Option<Duration>,

    /// Trap after about this many instructions, the same on every machine.
    #[arg(
        long,
        value_name = "COUNT",
        value_parser = count,
        allow_negative_numbers = true,
        help_heading = LIMITS
    )]
    pub(crate) fuel: Option<u64>,

    /// Let all memories and tables together grow to this size at most: 64M, 1G.
    #[arg(
        long,
        value_parser = size,
        value_name = "SIZE",
        allow_negative_numbers = true,
        help_heading = LIMITS
    )]
    pub(crate) max_memory: Option<usize>,

    /// Let the stack grow to this size at most: 512K, 8M. 1M if not given.
    #[arg(
        long,
        value_parser = stack_size,
        value_name = "SIZE",
        allow_negative_numbers = true,
        help_heading = LIMITS
    )]
    pub(crate) max_stack: Option<usize>,

    #[command(flatten)]
    pub(crate) wasi: WasiOptions,

    #[command(flatten)]
    pub(crate) engine: EngineOptions,

    #[cfg(feature = "compiler")]
    #[command(flatten)]
    pub(crate) tiers: TierOptions,
}

impl RunOptions {
    /// The name of the function to call.
    pub(crate) fn entry(&self) -> &str {
        self.invoke.as_deref().unwrap_or("_start")
    }

    /// The file to run.
    pub(crate) fn file(&self) -> &str {
        &self.program[0]
    }

    /// What stands behind the file.
    pub(crate) fn arguments(&self) -> &[String] {
        &self.program[1..]
    }
}

/// How to run a program and what to say of it.
#[derive(Debug, Args)]
pub(crate) struct RunCommandOptions {
    /// Print at the end what was interpreted and what was compiled, and how
    /// long that took
    #[arg(long, help_heading = "Measurement", verbatim_doc_comment)]
    pub(crate) stats: bool,

    #[command(flatten)]
    pub(crate) run: RunOptions,
}

/// How to measure a program.
#[derive(Debug, Args)]
pub(crate) struct BenchOptions {
    /// Measure each engine for about so many seconds, or for one run if
    /// that takes longer. 1 if not given
    #[arg(
        long,
        value_name = "SECONDS",
        default_value = "1",
        hide_default_value = true,
        value_parser = seconds,
        allow_negative_numbers = true,
        help_heading = "Measurement",
        verbatim_doc_comment
    )]
    pub(crate) seconds: Duration,

    /// Print the figures of one engine in the form that [`crate::bench`] reads.
    #[arg(long, hide = true, value_parser = engine_name)]
    pub(crate) figures_of: Option<CompilationMode>,

    #[command(flatten)]
    pub(crate) run: RunOptions,
}

/// What to do something with.
#[derive(Debug, Args)]
pub(crate) struct FileOptions {
    /// Files in the binary or the text format; `-` is standard input.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<String>,

    #[command(flatten)]
    pub(crate) engine: EngineOptions,
}

/// How to run scripts.
#[derive(Debug, Args)]
pub(crate) struct ScriptOptions {
    /// Scripts (.wast); `-` is standard input.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<String>,

    /// Let the stack grow to this size at most: 512K, 8M. 1M if not given.
    #[arg(long, value_parser = stack_size, value_name = "SIZE", help_heading = LIMITS)]
    pub(crate) max_stack: Option<usize>,

    #[command(flatten)]
    pub(crate) engine: EngineOptions,
}

/// What modules may use, and how they are executed.
#[derive(Debug, Args)]
pub(crate) struct EngineOptions {
    /// Compile modules to machine code, or say why that is not possible.
    #[arg(long, conflicts_with = "interpreter", help_heading = ENGINE)]
    compiler: bool,

    /// Interpret everything; no machine code is made.
    #[arg(long, help_heading = ENGINE)]
    interpreter: bool,

    #[command(flatten)]
    pub(crate) features: FeatureOptions,
}

/// When machine code takes over from the interpreter.
#[cfg(feature = "compiler")]
#[derive(Debug, Args)]
pub(crate) struct TierOptions {
    /// Compile a function when it was called so often; 0 compiles it at its first call.
    #[arg(long, value_name = "CALLS", conflicts_with_all = ["interpreter", "compiler"], help_heading = ENGINE)]
    pub(crate) tier_up_calls: Option<u32>,

    /// Compile a loop when it went round so often.
    #[arg(long, value_name = "ITERATIONS", conflicts_with_all = ["interpreter", "compiler"], help_heading = ENGINE)]
    pub(crate) tier_up_iterations: Option<u32>,

    /// Compile with at most so many threads while the program runs; 0 makes it wait.
    #[arg(long, value_name = "COUNT", conflicts_with_all = ["interpreter", "compiler"], help_heading = ENGINE)]
    pub(crate) compiler_threads: Option<usize>,

    /// Keep machine code in a directory, so that the next run begins with it; in your cache directory if DIR is not
    /// given. Who can write to it can do all that you can.
    #[arg(
        long,
        value_name = "DIR",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        conflicts_with_all = ["interpreter", "compiler"],
        help_heading = ENGINE
    )]
    pub(crate) cache: Option<PathBuf>,
}

/// What modules may use.
#[derive(Debug, Args)]
pub(crate) struct FeatureOptions {
    #[arg(
        long = "wasm",
        value_name = "FEATURE[=yes|no]",
        value_parser = feature,
        value_delimiter = ',',
        help = features_help(),
        help_heading = "Features of WebAssembly"
    )]
    pub(crate) switches: Vec<(Feature, bool)>,
}

impl EngineOptions {
    /// How guests are executed.
    pub(crate) fn strategy(&self) -> Strategy {
        match (self.compiler, self.interpreter) {
            (true, _) => Strategy::Compiler,
            (_, true) => Strategy::Interpreter,
            _ => Strategy::Auto,
        }
    }
}

const PROGRAM: &str = "Program";
pub(crate) const ENGINE: &str = "Engine";
const LIMITS: &str = "Limits";

/// The help is not wrapped: this many names fit into a line.
const FEATURES_A_LINE: usize = 4;

fn features_help() -> String {
    let list = |is_on: bool| {
        let features = Feature::ALL.iter().copied();
        let features = features.filter(|feature| Features::default().contains(*feature) == is_on);
        let names: Vec<&str> = features.map(Feature::name).collect();
        let lines = names.chunks(FEATURES_A_LINE);
        let lines: Vec<String> = lines.map(|names| names.join(", ")).collect();
        lines.join(",\n")
    };
    let (on, off) = (list(true), list(false));
    format!(
        "Accept modules that use a feature, or refuse them. May be repeated,\nor a list: simd=no,threads\n\
         On unless switched off:\n{on}\nOff unless switched on:\n{off}"
    )
}

/// What is to be known of compiled modules.
const COMPILED: &str = if cfg!(feature = "compiler") {
    "\
A FILE that ends in .cwasm, which `wazir compile` makes, is machine code that is not checked: to run it is to trust
whoever made it, who can do all that you can.

"
} else {
    ""
};

const EPILOGUE: &str = "\
Exit codes:
  the program's own (of which the system keeps 8 bits), or 0 for a function that returns
  1    it cannot run, and a message says why
  2    the command line is wrong
  124  the time of --timeout is up
  134  it trapped; a backtrace is on standard error
  141  nobody reads its output any more

Examples:
  wazir hello.wasm                       run a program
  wazir run --env LANG=C sort.wasm -r    with an environment variable and an argument
  wazir run --dir . grep.wasm error a.log
                                         let it use the files of this directory
  wazir run --invoke add math.wat 2 3    print 5
  wazir run --timeout 2s --fuel 1000000000 --max-memory 64M untrusted.wasm

To let Cargo run programs and tests for WebAssembly with it, write in .cargo/config.toml:
  [target.wasm32-wasip1]
  runner = \"wazir\"";

const BENCH_EPILOGUE: &str = "\
Each run has an instance of its own. What the program writes is discarded, and it reads nothing, unless the options
name files; results of a function are discarded, too. The table has the shortest times of all runs:
  load         to decode and validate the module, and what else the engine does when it is made
  instantiate  to make an instance, with its start function
  first call   the first call in a module that was just loaded
  best call    any call
  memory       what module, code and instance hold after the first call, on Linux

Engines:
  eager             all functions are translated when the module is loaded
  lazy-translation  they are translated when they are first called: what `wazir run` does
  lazy              they are validated, too, when they are first called

Exit codes:
  0    it was measured
  1    it cannot run, or ended with another exit code than 0
  2    the command line is wrong
  124  the time of --timeout is up
  134  it trapped; a backtrace is on standard error";

const VALIDATE_EPILOGUE: &str = "\
Exit codes:
  0    all files are valid modules
  1    one is not, or cannot be read
  2    the command line is wrong";

const WAST_EPILOGUE: &str = "\
Exit codes:
  0    all commands of all scripts did what the scripts say
  1    one did not, or a script cannot be read
  2    the command line is wrong";

fn pair(value: &str) -> Result<(String, String), String> {
    match value.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_string(), value.to_string())),
        _ => Err("expected a name, `=`, and the file that it stands for".to_string()),
    }
}

/// An environment variable. A name alone stands for the variable that the command itself has.
fn variable(value: &str) -> Result<(String, String), String> {
    let (name, value) = match value.split_once('=') {
        Some((name, value)) => (name, value.to_string()),
        None if value.is_empty() => ("", String::new()),
        None => {
            let own = std::env::var(value).map_err(|error| match error {
                VarError::NotPresent => {
                    "there is no such variable to pass on; NAME=VALUE gives it a value".to_string()
                }
                VarError::NotUnicode(_) => "the value to pass on is not UTF-8".to_string(),
            })?;
            (value, own)
        }
    };
    if name.is_empty() {
        return Err("expected NAME, or NAME=VALUE".to_string());
    }
    Ok((name.to_string(), value))
}

fn feature(value: &str) -> Result<(Feature, bool), String> {
    let (name, enabled) = match value.split_once('=') {
        None => (value, true),
        Some((name, "yes" | "y" | "true")) => (name, true),
        Some((name, "no" | "n" | "false")) => (name, false),
        Some((_, other)) => return Err(format!("expected yes or no, not `{other}`")),
    };
    let feature = name.parse().map_err(|error: wazir::UnknownFeature| {
        if name.contains(['.', '/']) {
            return "that is no feature, but looks like a file; --wasm FEATURE stands before the file".to_string();
        }
        match nearest(name, Feature::ALL.iter().map(|feature| feature.name())) {
            Some(nearest) => format!("did you mean `{nearest}`? {error}"),
            None => error.to_string(),
        }
    })?;
    Ok((feature, enabled))
}

/// A whole number.
fn count(value: &str) -> Result<u64, String> {
    let digits = value.replace('_', "");
    digits
        .parse()
        .map_err(|error: ParseIntError| match error.kind() {
            IntErrorKind::PosOverflow => format!("the largest count is {}", u64::MAX),
            _ => "expected a whole number without a unit, such as 1000000 or 1_000_000".to_string(),
        })
}

/// A unit, with what it is of the first one.
type Unit = (&'static str, f64);

/// A number with a unit, which is the first of `units` if none is given.
fn number(value: &str, units: &[Unit]) -> Option<f64> {
    let digits = value.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let (_, scale) = match &value[digits.len()..] {
        "" => units.first(),
        unit => units
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(unit)),
    }?;
    let is_plain = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = digits.parse().ok().filter(|_| is_plain)?;
    Some(number * scale)
}

/// One or more numbers with units, such as `1h30m`.
fn duration(value: &str) -> Result<Duration, String> {
    const UNITS: &[Unit] = &[
        ("s", 1.0),
        ("ms", 1e-3),
        ("us", 1e-6),
        ("m", 60.0),
        ("h", 3600.0),
    ];
    let is_letter = |letter: char| letter.is_ascii_alphabetic();
    let (mut rest, mut seconds) = (value, Some(0.0));
    while !rest.is_empty() {
        let unit = rest.find(is_letter).unwrap_or(rest.len());
        let after = rest[unit..].find(|letter| !is_letter(letter));
        let (part, next) = rest.split_at(after.map_or(rest.len(), |length| unit + length));
        // Only a number that stands alone may have no unit.
        let is_complete = unit < part.len() || part == value;
        let more = number(part, UNITS).filter(|_| is_complete);
        seconds = seconds.zip(more).map(|(sum, more): (f64, f64)| sum + more);
        rest = next;
    }
    let seconds = seconds.filter(|_| !value.is_empty()).ok_or(
        "expected a number with a unit, such as 10s, 500ms or 1h30m; the units are h, m, s, ms and us, and without one \
         it is s",
    )?;
    Duration::try_from_secs_f64(seconds).map_err(|_| "it is too long".to_string())
}

fn seconds(value: &str) -> Result<Duration, String> {
    let seconds = number(value, &[("s", 1.0)]);
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.ok_or_else(|| "expected a number of seconds, such as 2 or 0.5".to_string())
}

/// The engines that are measured, by the names of their modes.
pub(crate) const ENGINES: [(&str, CompilationMode); 3] = [
    ("eager", CompilationMode::Eager),
    ("lazy-translation", CompilationMode::LazyTranslation),
    ("lazy", CompilationMode::Lazy),
];

fn engine_name(value: &str) -> Result<CompilationMode, String> {
    let engine = ENGINES.iter().find(|(name, _)| *name == value);
    engine
        .map(|(_, mode)| *mode)
        .ok_or_else(|| "there is no such engine".to_string())
}

fn size(value: &str) -> Result<usize, String> {
    const STEP: f64 = 1024.0;
    const UNITS: &[Unit] = &[
        ("b", 1.0),
        ("k", STEP),
        ("kib", STEP),
        ("m", STEP * STEP),
        ("mib", STEP * STEP),
        ("g", STEP * STEP * STEP),
        ("gib", STEP * STEP * STEP),
    ];
    let bytes = number(value, UNITS).ok_or(
        "expected a number with a unit, such as 64M or 1G; the units are B, K or KiB (1024 B), M or MiB, and G or GiB, \
         and without one it is B",
    )?;
    // A number too large becomes the largest, which limits nothing.
    Ok(bytes as usize)
}

/// A size that a stack can have.
fn stack_size(value: &str) -> Result<usize, String> {
    let bytes = size(value)?;
    match Engine::new(Config::new().max_wasm_stack(bytes)) {
        Ok(_) => Ok(bytes),
        Err(_) => Err("a stack has 4K to 1G".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Command, clap::Error> {
        let arguments = ["wazir"].iter().chain(arguments);
        Command::parse(arguments.map(OsString::from).collect())
    }

    fn run(arguments: &[&str]) -> RunOptions {
        match parse(arguments) {
            Ok(Command::Run(options)) => options.run,
            other => panic!("{other:?}"),
        }
    }

    fn mistake(arguments: &[&str]) -> String {
        let error = parse(arguments).expect_err("it is a mistake");
        assert_eq!(error.exit_code(), 2);
        error.to_string()
    }

    #[test]
    fn the_options_are_consistent() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn what_follows_the_program_is_the_programs() {
        for first in [&["run"][..], &[]] {
            let options = ["--env", "A=b=c", "--fuel=9", "x.wasm"];
            let rest = ["--env", "-h", "run", "--", "--help", "-x", "--version"];
            let parsed = run(&[first, &options, &rest].concat());
            assert_eq!(parsed.file(), "x.wasm");
            assert_eq!(parsed.arguments(), rest);
            assert_eq!(parsed.environment, [("A".to_string(), "b=c".to_string())]);
            assert_eq!(parsed.fuel, Some(9));
            for argument in rest {
                assert_eq!(
                    run(&[first, &["x.wasm", argument]].concat()).arguments(),
                    [argument]
                );
            }
            assert_eq!(run(&[first, &["-", "a"]].concat()).file(), "-");
            let dashed = run(&[first, &["--", "--x.wasm", "a"]].concat());
            assert_eq!(
                (dashed.file(), dashed.arguments()),
                ("--x.wasm", &["a".to_string()][..])
            );
        }
        assert_eq!(run(&["./run", "validate"]).file(), "./run");
        assert_eq!(run(&["run", "validate"]).file(), "validate");
    }

    #[test]
    fn measuring_has_the_options_of_running() {
        let arguments = [
            "bench",
            "--seconds",
            "0.5",
            "--fuel",
            "9",
            "x",
            "--dir",
            "y",
        ];
        match parse(&arguments) {
            Ok(Command::Bench(options)) => {
                assert_eq!(options.seconds, Duration::from_millis(500));
                assert_eq!((options.run.file(), options.run.fuel), ("x", Some(9)));
                assert_eq!(options.run.arguments(), ["--dir", "y"]);
            }
            other => panic!("{other:?}"),
        }
        assert!(mistake(&["bench", "--seconds", "-1", "x"]).contains("such as 2 or 0.5"));
    }

    #[test]
    fn several_files_are_validated() {
        match parse(&["validate", "--wasm", "simd=no", "a", "-"]) {
            Ok(Command::Validate(options)) => {
                assert_eq!(options.files, ["a", "-"]);
                assert_eq!(options.engine.features.switches, [(Feature::Simd, false)]);
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn values_have_units() {
        assert_eq!(duration("1.5"), Ok(Duration::from_millis(1500)));
        assert_eq!(duration("20ms"), Ok(Duration::from_millis(20)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(duration("1h30m2s"), Ok(Duration::from_secs(5402)));
        assert_eq!(
            (size("10"), size("64k"), size("1.5MiB")),
            (Ok(10), Ok(65_536), Ok(1_572_864))
        );
        assert_eq!((count("12"), count("1_000")), (Ok(12), Ok(1000)));
        assert!(duration("1h30").is_err() && duration("h1").is_err() && duration("1hm").is_err());
        assert!(
            count("1M").is_err_and(|message| message.contains("without a unit"))
                && count("-1").is_err()
        );
        assert!(count(&"9".repeat(20)).is_err_and(|message| message.contains("largest")));
        assert!(size("1KB").is_err_and(|message| message.contains("KiB")));
        assert!(stack_size("4K").is_ok() && stack_size("1G").is_ok());
        assert!(
            stack_size("1").is_err_and(|message| message.contains("4K"))
                && stack_size("2G").is_err()
        );
        for wrong in [
            "", "s", "-1s", "1 s", "1x", "infs", "1e3", "1.2.3", "é", "1é",
        ] {
            assert!(duration(wrong).is_err() && size(wrong).is_err(), "{wrong}");
        }
        assert!(duration("1e300h").is_err() && duration(&"9".repeat(30)).is_err());
    }

    #[test]
    fn features_are_switched() {
        assert_eq!(feature("simd"), Ok((Feature::Simd, true)));
        assert_eq!(feature("simd=no"), Ok((Feature::Simd, false)));
        assert!(feature("treads").is_err_and(|message| message.contains("threads")));
        assert!(feature("simd=maybe").is_err());
        assert!(feature("a.wasm").is_err_and(|message| message.contains("file")));
        let options = run(&["--wasm", "simd=no,gc", "--wasm", "threads", "x"]);
        let switched = [
            (Feature::Simd, false),
            (Feature::Gc, true),
            (Feature::Threads, true),
        ];
        assert_eq!(options.engine.features.switches, switched);
    }

    #[test]
    fn mistakes_are_named() {
        assert!(mistake(&["run", "--invok", "f", "x"]).contains("'--invoke'"));
        assert!(mistake(&["validate", "--env", "A=b", "x"]).contains("'--env'"));
        assert!(mistake(&["validate", "--max-stack", "1M", "x"]).contains("'--max-stack'"));
        assert!(mistake(&["run", "--max-stack", "1", "x"]).contains("4K to 1G"));
        assert!(mistake(&["run", "--timeout"]).contains("--timeout <DURATION>"));
        assert!(mistake(&["run", "--preload", "x", "y"]).contains("--preload <NAME=FILE>"));
        for missing in [&[][..], &["run"], &["validate"], &["--fuel", "1"]] {
            assert!(mistake(missing).contains("<FILE>"), "{missing:?}");
        }
    }
}
