//! `wazir compile`: compiles a module and saves it, or measures that.
//!
//! Input: the options. Output: a file that `wazir run` takes, or figures.

use std::path::Path;
use std::time::{Duration, Instant};

use clap::Args;
use wazir::inspect::{self, Measurement};
use wazir::{Engine, Module, Strategy};

use crate::failure::Failure;
use crate::load::{self, STANDARD_INPUT};
use crate::options::{ENGINE, FeatureOptions};
use crate::output::{print, visible};
use crate::{features, new_engine};

/// What to compile, and how.
#[derive(Debug, Args)]
pub(crate) struct CompileOptions {
    /// A module in the binary or the text format; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: String,

    /// Save the compiled module here, instead of beside FILE with the ending
    /// .cwasm
    #[arg(short, long, value_name = "FILE", verbatim_doc_comment)]
    output: Option<String>,

    /// Make code that counts fuel, which `wazir run --fuel` needs.
    #[arg(long, help_heading = ENGINE)]
    consume_fuel: bool,

    /// Make code that can be interrupted, which `wazir run --timeout` needs.
    #[arg(long, help_heading = ENGINE)]
    interruptable: bool,

    /// Print how long each pass takes on one thread, the shortest time of
    /// several rounds, instead of saving anything unless --output is given
    #[arg(long, help_heading = MEASUREMENT, verbatim_doc_comment)]
    time_passes: bool,

    /// Print what the code is like, instead of saving anything unless --output
    /// is given
    #[arg(long, help_heading = MEASUREMENT, verbatim_doc_comment)]
    stats: bool,

    #[command(flatten)]
    features: FeatureOptions,
}

const MEASUREMENT: &str = "Measurement";

/// How long passes are measured, and how often at least.
const MEASURED: Duration = Duration::from_millis(500);
const MIN_ROUNDS: usize = 3;

/// What follows the help.
pub(crate) const EPILOGUE: &str = "\
`wazir run FILE.cwasm` runs a compiled module, on processors like this one and with the same version of wazir. It is
machine code that is not checked: whoever made the file can do all that you can.

Exit codes:
  0    the module was compiled
  1    it is not valid, or a file cannot be read or written
  2    the command line is wrong";

/// Compiles, and saves or measures. The result is the exit code.
pub(crate) fn compile(options: &CompileOptions) -> Result<i32, Failure> {
    let is_measured = options.time_passes || options.stats;
    let output = match &options.output {
        Some(output) => Some(output.clone()),
        None if is_measured => None,
        None if options.file == STANDARD_INPUT => {
            return Err(Failure::usage(
                "standard input has no name to save a compiled module by: give one with --output FILE",
            ));
        }
        None => Some(beside(&options.file)),
    };
    let bytes = load::read_module(&options.file)?;
    let mut config = features(&options.features);
    config
        .consume_fuel(options.consume_fuel)
        .interruptable(options.interruptable);
    if is_measured {
        // What is measured is not compiled before.
        let engine = new_engine(config.clone().strategy(Strategy::Interpreter))?;
        measure(options, &engine, &bytes)?;
    }
    if let Some(output) = output {
        let compiled = new_engine(config.strategy(Strategy::Compiler))?
            .precompile_module(&bytes)
            .map_err(|error| load::not_a_module(&options.file, &error))?;
        std::fs::write(&output, compiled)
            .map_err(|error| Failure::new(format!("`{output}` cannot be written: {error}")))?;
    }
    Ok(0)
}

fn measure(options: &CompileOptions, engine: &Engine, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error| load::not_a_module(&options.file, &error);
    let module = Module::new(engine, bytes).map_err(failed)?;
    let mut measurement = inspect::measure(&module).map_err(failed)?;
    if options.time_passes {
        let start = Instant::now();
        let mut rounds = 1;
        while rounds < MIN_ROUNDS || start.elapsed() < MEASURED {
            let again = inspect::measure(&module).map_err(failed)?;
            for ((_, shortest), (_, time)) in measurement.passes.iter_mut().zip(again.passes) {
                *shortest = time.min(*shortest);
            }
            rounds += 1;
        }
        print(&times(&measurement))?;
    }
    if options.stats {
        print(&statistics(&measurement))?;
    }
    Ok(())
}

/// The passes, and what each takes for a byte of the functions' bodies.
fn times(measurement: &Measurement) -> String {
    let all: Duration = measurement.passes.iter().map(|(_, time)| *time).sum();
    let mut text = String::from("pass             us  ns a byte  share\n");
    for (name, time) in measurement.passes.iter().chain([&("all", all)]) {
        let nanoseconds = time.as_nanos() as f64;
        text += &format!(
            "{name:9} {:9.1} {:10.2} {:5.1}%\n",
            nanoseconds / 1000.0,
            ratio(nanoseconds, measurement.body_bytes as f64),
            100.0 * ratio(nanoseconds, all.as_nanos() as f64),
        );
    }
    text
}

fn statistics(measurement: &Measurement) -> String {
    let refused: usize = measurement.refused.iter().map(|(_, count)| count).sum();
    let mut text = format!(
        "functions     {} compiled, {refused} interpreted\n",
        measurement.compiled
    );
    for (reason, count) in &measurement.refused {
        text += &format!("              {count}: {}\n", visible(reason));
    }
    let per_hundred = |count: u64| 100.0 * ratio(count as f64, measurement.instructions as f64);
    text + &format!(
        "wasm          {} bytes of bodies\n\
         code          {} bytes, {:.2} a byte of wasm\n\
         instructions  {}\n\
         of 100        {:.1} moves, {:.1} reloads, {:.1} stores, {:.1} repeated\n",
        measurement.body_bytes,
        measurement.code_bytes,
        ratio(measurement.code_bytes as f64, measurement.body_bytes as f64),
        measurement.instructions,
        per_hundred(measurement.moves),
        per_hundred(measurement.reloads),
        per_hundred(measurement.stores),
        per_hundred(measurement.repeats),
    )
}

/// A quotient, or zero if there is nothing to divide by.
fn ratio(a: f64, b: f64) -> f64 {
    if b > 0.0 { a / b } else { 0.0 }
}

/// The name of the file for what is made of another one.
fn beside(file: &str) -> String {
    let output = Path::new(file).with_extension(load::COMPILED_EXTENSION);
    output.to_string_lossy().into_owned()
}
