//! The command line.
//!
//! Input: the arguments. Output: [`Arguments`], or what is wrong with them, which `clap` prints.
//! Holds: what follows the program is the program's, whatever it looks like.

use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use wazir::{Feature, Features};

/// Runs WebAssembly programs, without giving them anything that you do not
#[derive(Debug, Parser)]
#[command(
    name = "wazir",
    version,
    override_usage = "wazir [run] [OPTIONS] <FILE> [ARGS]...\n       wazir <COMMAND>",
    after_help = EPILOGUE,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: RunOptions,
}

impl Arguments {
    /// What to do: run a program, if nothing else is said.
    pub(crate) fn into_command(self) -> Command {
        self.command.unwrap_or(Command::Run(self.run))
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a program, or call a function of a module; `run` can be left out
    #[command(override_usage = "wazir run [OPTIONS] <FILE> [ARGS]...")]
    Run(RunOptions),
    /// Tell whether files are valid modules
    Validate(FileOptions),
    /// Run scripts of the WebAssembly test suite
    Wast(FileOptions),
}

/// How to run a program.
#[derive(Debug, Args)]
pub(crate) struct RunOptions {
    /// The program, and behind it its arguments, ARGS. `-` is standard input. A program is a
    /// module in the binary (.wasm) or the text format (.wat) that exports `_start`; compilers
    /// make it for wasm32-wasip1 (WASI preview 1). It gets its arguments, the three standard
    /// streams, clocks and random numbers; no files and no network
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

    /// Give it this environment variable; there are no others. May be repeated.
    #[arg(long = "env", value_name = "NAME=VALUE", value_parser = pair, help_heading = PROGRAM)]
    pub(crate) environment: Vec<(String, String)>,

    /// The program's own name, its argument 0, instead of FILE's last part.
    #[arg(long = "argv0", value_name = "NAME", help_heading = PROGRAM)]
    pub(crate) argument_0: Option<String>,

    /// Stop it when this time is up: 10s, 1.5s, 500ms, 2m, 1h. Exit code 124.
    #[arg(long, value_parser = duration, value_name = "DURATION", help_heading = LIMITS)]
    pub(crate) timeout: Option<Duration>,

    /// Trap after about this many instructions, the same on every machine.
    #[arg(long, value_name = "COUNT", help_heading = LIMITS)]
    pub(crate) fuel: Option<u64>,

    /// Let all memories and tables together grow to this size at most: 64M, 1G.
    #[arg(long, value_parser = size, value_name = "SIZE", help_heading = LIMITS)]
    pub(crate) max_memory: Option<usize>,

    #[command(flatten)]
    pub(crate) engine: EngineOptions,
}

impl RunOptions {
    /// The file to run.
    pub(crate) fn file(&self) -> &str {
        &self.program[0]
    }

    /// What stands behind the file.
    pub(crate) fn arguments(&self) -> &[String] {
        &self.program[1..]
    }
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

/// What modules may use.
#[derive(Debug, Args)]
pub(crate) struct EngineOptions {
    /// Let the stack grow to this size at most: 512K, 8M. 1M if not given.
    #[arg(long, value_parser = size, value_name = "SIZE", help_heading = LIMITS)]
    pub(crate) max_stack: Option<usize>,

    #[arg(
        long = "wasm",
        value_name = "FEATURE[=yes|no]",
        value_parser = feature,
        help = features_help(),
        help_heading = "Features of WebAssembly"
    )]
    pub(crate) features: Vec<(Feature, bool)>,
}

const PROGRAM: &str = "Program";
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
        "Accept modules that use a feature, or refuse them. May be repeated\n\
         On unless switched off:\n{on}\nOff unless switched on:\n{off}"
    )
}

const EPILOGUE: &str = "\
Exit codes:
  the program's own, or 0 for a function that returns
  1    it cannot run, and a message says why
  2    the command line is wrong
  124  the time of --timeout is up
  134  it trapped; a backtrace is on standard error

Examples:
  wazir hello.wasm                       run a program
  wazir run --env LANG=C sort.wasm -r    with an environment variable and an argument
  wazir run --invoke add math.wat 2 3    print 5
  wazir run --timeout 2s --fuel 1000000000 --max-memory 64M untrusted.wasm

To let Cargo run programs and tests for WebAssembly with it, write in .cargo/config.toml:
  [target.wasm32-wasip1]
  runner = \"wazir\"";

fn pair(value: &str) -> Result<(String, String), String> {
    match value.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_string(), value.to_string())),
        _ => Err("expected a name, `=`, and what it stands for".to_string()),
    }
}

fn feature(value: &str) -> Result<(Feature, bool), String> {
    let (name, enabled) = match value.split_once('=') {
        None => (value, true),
        Some((name, "yes" | "y" | "true")) => (name, true),
        Some((name, "no" | "n" | "false")) => (name, false),
        Some((_, other)) => return Err(format!("expected yes or no, not `{other}`")),
    };
    let feature = name
        .parse()
        .map_err(|error: wazir::UnknownFeature| error.to_string())?;
    Ok((feature, enabled))
}

/// A number with a unit, which is the first of `units` if none is given.
fn number(value: &str, units: &[(&str, f64)], example: &str) -> Result<f64, String> {
    let digits = value.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = &value[digits.len()..];
    let scale = match unit {
        "" => units.first(),
        _ => units
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(unit)),
    };
    let wrong = || format!("expected a number with a unit, such as {example}");
    let (_, scale) = scale.ok_or_else(wrong)?;
    let is_plain = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = digits.parse().ok().filter(|_| is_plain).ok_or_else(wrong)?;
    Ok(number * scale)
}

fn duration(value: &str) -> Result<Duration, String> {
    let units = [
        ("s", 1.0),
        ("ms", 1e-3),
        ("us", 1e-6),
        ("m", 60.0),
        ("h", 3600.0),
    ];
    let seconds = number(value, &units, "10s, 500ms or 2m")?;
    Duration::try_from_secs_f64(seconds).map_err(|_| "it is too long".to_string())
}

fn size(value: &str) -> Result<usize, String> {
    const STEP: f64 = 1024.0;
    let units = [
        ("b", 1.0),
        ("k", STEP),
        ("kib", STEP),
        ("m", STEP * STEP),
        ("mib", STEP * STEP),
        ("g", STEP * STEP * STEP),
        ("gib", STEP * STEP * STEP),
    ];
    let bytes = number(value, &units, "64M or 1G")?;
    // A number too large becomes the largest, which limits nothing.
    Ok(bytes as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Command, clap::Error> {
        let arguments = ["wazir"].iter().chain(arguments);
        Arguments::try_parse_from(arguments).map(Arguments::into_command)
    }

    fn run(arguments: &[&str]) -> RunOptions {
        match parse(arguments) {
            Ok(Command::Run(options)) => options,
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
    fn several_files_are_validated() {
        match parse(&["validate", "--wasm", "simd=no", "a", "-"]) {
            Ok(Command::Validate(options)) => {
                assert_eq!(options.files, ["a", "-"]);
                assert_eq!(options.engine.features, [(Feature::Simd, false)]);
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn values_have_units() {
        assert_eq!(duration("1.5"), Ok(Duration::from_millis(1500)));
        assert_eq!(duration("20ms"), Ok(Duration::from_millis(20)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(
            (size("10"), size("64k"), size("1.5MiB")),
            (Ok(10), Ok(65_536), Ok(1_572_864))
        );
        for wrong in ["", "s", "-1s", "1 s", "1x", "infs", "1e3", "1.2.3"] {
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
    }

    #[test]
    fn mistakes_are_named() {
        assert!(mistake(&["run", "--invok", "f", "x"]).contains("'--invoke'"));
        assert!(mistake(&["validate", "--env", "A=b", "x"]).contains("'--env'"));
        assert!(mistake(&["run", "--timeout"]).contains("--timeout <DURATION>"));
        assert!(mistake(&["run", "--preload", "x", "y"]).contains("--preload <NAME=FILE>"));
        for missing in [&[][..], &["run"], &["validate"], &["--fuel", "1"]] {
            assert!(mistake(missing).contains("<FILE>"), "{missing:?}");
        }
    }
}
