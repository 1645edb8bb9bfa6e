//! Machine code does what the interpreter does.
//!
//! Input: small modules in the text format. Output: each scenario is run by machine code that relies on guards, by
//! machine code that compares addresses, and by the interpreter; all have to come to the same.
#![cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]

#[path = "native/boundaries.rs"]
mod boundaries;
#[path = "native/copies.rs"]
mod copies;
#[path = "native/errors.rs"]
mod errors;
#[path = "native/frames.rs"]
mod frames;
#[path = "native/inlining.rs"]
mod inlining;
#[path = "native/interruption.rs"]
mod interruption;
#[path = "native/laws.rs"]
mod laws;
#[path = "native/lifetimes.rs"]
mod lifetimes;
#[path = "native/memories.rs"]
mod memories;
#[path = "native/stacks.rs"]
mod stacks;
#[path = "native/tiers.rs"]
mod tiers;

use std::fmt::Debug;
use wazir::{Config, Engine, Module, Strategy};

/// A module given as text.
fn module(engine: &Engine, text: &str) -> Module {
    let wasm = wat::parse_str(text).expect("the test's text is right");
    Module::new(engine, wasm).expect("the test's module is valid")
}

/// A module of which `interpreted` functions are not compiled, and the others are.
fn partly_compiled(engine: &Engine, text: &str, interpreted: usize, all: usize) -> Module {
    let module = module(engine, text);
    if engine.strategy() == Strategy::Compiler {
        assert_eq!(module.tier_stats().compiled_functions, all - interpreted);
    }
    module
}

/// Settings with which machine code takes over after so many calls or iterations.
fn tiered(config: &mut Config, count: u32) -> &mut Config {
    config
        .tier_up_calls(count)
        .tier_up_iterations(count)
        .compiler_threads(0)
}

/// Runs a scenario in engines of each kind, and gives what it came to, which is always the same.
fn everywhere_with<T: Debug + PartialEq>(
    configure: impl Fn(&mut Config),
    scenario: impl Fn(&Engine) -> T,
) -> T {
    let engine = |strategy, has_signals| {
        let mut config = Config::new();
        configure(config.strategy(strategy).signals_based_traps(has_signals));
        Engine::new(&config).expect("the system has executable memory")
    };
    let expected = scenario(&engine(Strategy::Interpreter, false));
    for has_signals in [true, false] {
        let actual = scenario(&engine(Strategy::Compiler, has_signals));
        assert_eq!(actual, expected, "with signals: {has_signals}");
    }
    for count in [0, 1, 4] {
        let mut config = Config::new();
        configure(tiered(&mut config, count));
        let actual = scenario(&Engine::new(&config).expect("it is there"));
        assert_eq!(actual, expected, "tiers after {count}");
    }
    expected
}

/// As [`everywhere_with`], with the default settings.
fn everywhere<T: Debug + PartialEq>(scenario: impl Fn(&Engine) -> T) -> T {
    everywhere_with(|_| (), scenario)
}

/// The locals and the operators that keep a function interpreted: they would carry more values along edges than the
/// compiler allows. They change nothing. The module has [`ZERO`].
fn interpreted() -> (String, String) {
    const COUNT: usize = 600;
    let locals = (0..COUNT).map(|local| format!("(local $carried{local} i32)"));
    let sets = (0..COUNT).map(|local| format!("(local.set $carried{local} (global.get $zero))"));
    let branches = "(br_if 0 (global.get $zero))".repeat(COUNT);
    let sets = String::from_iter(sets);
    (
        String::from_iter(locals),
        format!("(block {branches} {sets} {branches})"),
    )
}

/// A global for [`interpreted`].
const ZERO: &str = "(global $zero (mut i32) (i32.const 0))";
