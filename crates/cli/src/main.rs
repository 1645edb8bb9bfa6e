//! The command `wazir`: runs WebAssembly programs.
//!
//! Input: the command line. Output: what the program writes, and its exit code.
//! Holds: an exit code is the program's own, 1 if it cannot run, 2 if the command line is wrong, 124 if its time was
//! up, 134 if it trapped, 141 if nobody reads its output any more; but for the first, a message on standard error says
//! why.

mod bench;
#[cfg(feature = "compiler")]
mod compile;
#[cfg(feature = "compiler")]
mod dump;
mod failure;
mod invoke;
mod load;
mod memory_limit;
mod no_files;
mod options;
mod output;
mod run;
mod script;
mod similar;
mod sparse;
#[cfg(feature = "compiler")]
mod tiers;
mod wasi;

use std::process;

use clap::error::ContextKind;
use failure::Failure;
use options::{Command, EngineOptions, FeatureOptions};
use output::{print, tell};
use wazir::{Config, Engine, Module};

fn main() {
    let outcome = match parse_arguments() {
        Command::Run(options) => run::run(&options),
        Command::Bench(options) => bench::bench(&options),
        Command::Validate(options) => {
            for_each_file(&options.files, &config(&options.engine, None), validate)
        }
        #[cfg(feature = "compiler")]
        Command::Compile(options) => compile::compile(&options),
        #[cfg(feature = "compiler")]
        Command::Dump(options) => dump::dump(&options),
        #[cfg(feature = "compiler")]
        Command::Objdump(options) => dump::objdump(&options),
        Command::Wast(options) => {
            let config = config(&options.engine, options.max_stack);
            for_each_file(&options.files, &config, run_script)
        }
    };
    process::exit(outcome.unwrap_or_else(|failure| failure.report()));
}

/// The command line; the process ends if it is wrong, or asks for help.
fn parse_arguments() -> Command {
    Command::parse(std::env::args_os().collect()).unwrap_or_else(|mut error| {
        // The parser's tip to put `--` before an unknown option: the option would be taken for the program's file.
        error.remove(ContextKind::Suggested);
        error.exit()
    })
}

/// An engine's settings with what the options say.
fn config(options: &EngineOptions, max_stack: Option<usize>) -> Config {
    let mut config = features(&options.features);
    config.strategy(options.strategy());
    max_stack.map(|bytes| config.max_wasm_stack(bytes));
    config.wasm_backtrace_max_frames(failure::MAX_FRAMES);
    config
}

/// Default settings, but for features of WebAssembly.
fn features(options: &FeatureOptions) -> Config {
    let mut config = Config::new();
    for (feature, enabled) in &options.switches {
        config.wasm_feature(*feature, *enabled);
    }
    config
}

fn new_engine(config: &Config) -> Result<Engine, Failure> {
    Engine::new(config).map_err(|error| Failure::new(format!("{error:#}")))
}

/// Does the same with each file. Failures are reported as they come; the exit code tells whether there were any.
fn for_each_file(
    files: &[String],
    config: &Config,
    action: fn(&Engine, &str) -> Result<(), Failure>,
) -> Result<i32, Failure> {
    let engine = new_engine(config)?;
    let mut code = 0;
    for file in files {
        if let Err(failure) = action(&engine, file) {
            code = failure.report();
        }
    }
    Ok(code)
}

fn validate(engine: &Engine, file: &str) -> Result<(), Failure> {
    let bytes = load::read_module(file)?;
    Module::validate(engine, &bytes).map_err(|error| load::not_a_module(file, &error))?;
    print(&format!("{file}: valid\n"))
}

fn run_script(engine: &Engine, file: &str) -> Result<(), Failure> {
    let text = load::read_text(file)?;
    // What words modules are rejected with differs between engines; that they are is what counts.
    let report = script::run(engine, &text, |kind, expected, actual| {
        let is_trap = matches!(
            kind,
            script::Kind::AssertTrap | script::Kind::AssertExhaustion
        );
        !is_trap || script::trap_matches(expected, actual)
    });
    for failure in &report.failures {
        tell(&format!("{}\n", failure.in_file(file)));
    }
    if report.executed.is_empty() && !report.failures.is_empty() {
        let message = format!("`{file}` cannot be read as a script: nothing of it was executed");
        return Err(Failure::new(message));
    }
    let executed: usize = report.executed.values().sum();
    let counts: Vec<String> = report
        .executed
        .iter()
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    let failed = report.failures.len();
    let detail = if counts.is_empty() {
        String::new()
    } else {
        format!(" ({})", counts.join(", "))
    };
    print(&format!(
        "{file}: {executed} commands, {failed} failed{detail}\n"
    ))?;
    if failed > 0 {
        return Err(Failure::new(format!(
            "`{file}`: {failed} of {executed} commands failed"
        )));
    }
    Ok(())
}
