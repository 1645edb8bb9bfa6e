//! Runs scripts of the WebAssembly specification's test suite (`.wast`).
//!
//! Input: an engine, which says the features, and a script's text. Output: a [`Report`]: how many commands of each
//! kind were executed, and which failed, where and why.
//! Holds: one failure does not keep the following commands from running. This module uses nothing but the crates
//! `wazir` and `wast`, so that tests include it by path.

mod values;

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use wast::core::WastRetCore;
use wast::lexer::Lexer;
use wast::parser::{self, ParseBuffer};
use wast::token::Id;
use wast::{QuoteWat, QuoteWatTest, Wast, WastDirective, WastExecute, WastInvoke, WastRet, Wat};
use wazir::{Engine, Error, ErrorKind, Instance, Linker, Module, Store, Trap, Val};

/// What a command of a script is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A module is defined, and instantiated.
    Module,
    /// A module is defined.
    ModuleDefinition,
    /// A defined module is instantiated.
    ModuleInstance,
    /// An instance gets a name for imports.
    Register,
    /// A function is called.
    Invoke,
    /// A call returns these results.
    AssertReturn,
    /// A call or an instantiation traps.
    AssertTrap,
    /// A call uses up the stack.
    AssertExhaustion,
    /// A call throws an exception.
    AssertException,
    /// A call suspends without a handler.
    AssertSuspension,
    /// A module is not valid.
    AssertInvalid,
    /// Bytes are not a module.
    AssertMalformed,
    /// Text is not a module. What rejects it is the crate `wast`, so this says nothing about the engine.
    AssertText,
    /// A module cannot be linked.
    AssertUnlinkable,
    /// A custom section is wrong.
    AssertCustom,
    /// Commands run in another thread, or are waited for.
    Thread,
}

impl Kind {
    /// The kind's name in scripts, more or less.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Module => "module",
            Kind::ModuleDefinition => "module definition",
            Kind::ModuleInstance => "module instance",
            Kind::Register => "register",
            Kind::Invoke => "invoke",
            Kind::AssertReturn => "assert_return",
            Kind::AssertTrap => "assert_trap",
            Kind::AssertExhaustion => "assert_exhaustion",
            Kind::AssertException => "assert_exception",
            Kind::AssertSuspension => "assert_suspension",
            Kind::AssertInvalid => "assert_invalid",
            Kind::AssertMalformed => "assert_malformed",
            Kind::AssertText => "assert_malformed (text)",
            Kind::AssertUnlinkable => "assert_unlinkable",
            Kind::AssertCustom => "assert_custom",
            Kind::Thread => "thread",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How far a command came.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The text could not be read.
    Text,
    /// A module got the wrong verdict.
    Validation,
    /// A module could not be linked or run, or did the wrong thing.
    Execution,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stage::Text => "reading the text",
            Stage::Validation => "validation",
            Stage::Execution => "execution",
        })
    }
}

/// A command that failed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The line of the command, beginning with 1.
    pub line: usize,
    /// What the command is.
    pub kind: Kind,
    /// How far it came.
    pub stage: Stage,
    /// What is wrong.
    pub message: String,
}

/// What became of a script.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How many commands were executed, those that failed included.
    pub executed: BTreeMap<Kind, usize>,
    /// The commands that failed, in order.
    pub failures: Vec<Failure>,
}

/// Whether an error's text (the second) is what a script expects (the first) of a command.
pub type Matches = fn(Kind, &str, &str) -> bool;

/// Runs a script.
pub fn run(engine: &Engine, text: &str, matches: Matches) -> Report {
    let mut report = Report::default();
    let mut failure_of_text = |error: wast::Error| {
        report.failures.push(Failure {
            line: error.span().linecol_in(text).0 + 1,
            kind: Kind::Module,
            stage: Stage::Text,
            message: error.message(),
        });
    };
    let mut lexer = Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let buffer = match ParseBuffer::new_with_lexer(lexer) {
        Ok(buffer) => buffer,
        Err(error) => {
            failure_of_text(error);
            return report;
        }
    };
    let script = match parser::parse::<Wast<'_>>(&buffer) {
        Ok(script) => script,
        Err(error) => {
            failure_of_text(error);
            return report;
        }
    };
    let mut runner = match Runner::new(engine, matches) {
        Ok(runner) => runner,
        Err(error) => {
            report.failures.push(Failure {
                line: 1,
                kind: Kind::Module,
                stage: Stage::Execution,
                message: format!("the module `spectest` of the suite cannot be made: {error:#}"),
            });
            return report;
        }
    };
    for command in script.directives {
        let span = command.span();
        let mut kind = kind_of(&command);
        let outcome = runner.command(command, &mut kind);
        *report.executed.entry(kind).or_default() += 1;
        if let Err((stage, message)) = outcome {
            let line = span.linecol_in(text).0 + 1;
            report.failures.push(Failure {
                line,
                kind,
                stage,
                message,
            });
        }
    }
    report
}

/// Messages of traps as scripts have them, and other words for the same.
const TRAP_ALIASES: &[(&str, &str)] = &[
    ("undefined element", "out of bounds table access"),
    ("out of bounds", "out of bounds"),
    ("indirect call", "indirect call"),
    ("null function reference", "null reference"),
    ("null structure reference", "null reference"),
    ("null array reference", "null reference"),
    ("null i31 reference", "null reference"),
    ("null exception reference", "null reference"),
    ("unhandled", "unhandled exception"),
];

/// Whether a trap's text is what a script expects: one begins with the other, or they are known to mean the same.
pub fn trap_matches(expected: &str, actual: &str) -> bool {
    let is_alias =
        |(theirs, ours): &(&str, &str)| expected.starts_with(theirs) && actual.starts_with(ours);
    actual.starts_with(expected)
        || expected.starts_with(actual)
        || TRAP_ALIASES.iter().any(is_alias)
}

fn kind_of(command: &WastDirective<'_>) -> Kind {
    match command {
        WastDirective::Module(_) => Kind::Module,
        WastDirective::ModuleDefinition(_) => Kind::ModuleDefinition,
        WastDirective::ModuleInstance { .. } => Kind::ModuleInstance,
        WastDirective::Register { .. } => Kind::Register,
        WastDirective::Invoke(_) => Kind::Invoke,
        WastDirective::AssertReturn { .. } => Kind::AssertReturn,
        WastDirective::AssertTrap { .. } => Kind::AssertTrap,
        WastDirective::AssertExhaustion { .. } => Kind::AssertExhaustion,
        WastDirective::AssertException { .. } => Kind::AssertException,
        WastDirective::AssertSuspension { .. } => Kind::AssertSuspension,
        WastDirective::AssertInvalid { .. } => Kind::AssertInvalid,
        WastDirective::AssertMalformed { .. } => Kind::AssertMalformed,
        WastDirective::AssertUnlinkable { .. } => Kind::AssertUnlinkable,
        WastDirective::AssertInvalidCustom { .. } | WastDirective::AssertMalformedCustom { .. } => {
            Kind::AssertCustom
        }
        WastDirective::Thread(_) | WastDirective::Wait { .. } => Kind::Thread,
    }
}

type Outcome<T = ()> = Result<T, (Stage, String)>;

fn execution(error: impl fmt::Display) -> (Stage, String) {
    (Stage::Execution, format!("{error:#}"))
}

fn text(error: &wast::Error) -> (Stage, String) {
    (Stage::Text, error.message())
}

struct Runner<'a> {
    store: Store<()>,
    linker: Linker<()>,
    /// The last instance.
    current: Option<Instance>,
    instances: HashMap<&'a str, Instance>,
    definitions: HashMap<&'a str, Module>,
    last_definition: Option<Module>,
    matches: Matches,
}

impl<'a> Runner<'a> {
    fn new(engine: &Engine, matches: Matches) -> wazir::Result<Runner<'a>> {
        let mut store = Store::new(engine, ());
        let mut linker = Linker::new(engine);
        linker.allow_shadowing(true);
        values::define_spectest(&mut linker, &mut store)?;
        Ok(Runner {
            store,
            linker,
            current: None,
            instances: HashMap::new(),
            definitions: HashMap::new(),
            last_definition: None,
            matches,
        })
    }

    /// Executes a command. An assertion about a module whose text cannot even be read becomes [`Kind::AssertText`].
    fn command(&mut self, command: WastDirective<'a>, kind: &mut Kind) -> Outcome {
        match command {
            WastDirective::Module(mut module) => {
                let name = module.name();
                self.current = None;
                let module = self.define(&mut module)?;
                self.instantiate_as(name, &module)
            }
            WastDirective::ModuleDefinition(mut module) => {
                let name = module.name();
                let module = self.define(&mut module)?;
                self.last_definition = Some(module.clone());
                name.map(|name| self.definitions.insert(name.name(), module));
                Ok(())
            }
            WastDirective::ModuleInstance {
                instance, module, ..
            } => {
                let definition = match module {
                    Some(name) => self.definitions.get(name.name()),
                    None => self.last_definition.as_ref(),
                };
                let definition = definition
                    .cloned()
                    .ok_or_else(|| execution("no such module"))?;
                self.instantiate_as(instance, &definition)
            }
            WastDirective::Register { name, module, .. } => {
                let instance = self.instance(module)?;
                let registered = self.linker.instance(&mut self.store, name, instance);
                registered.map(drop).map_err(execution)
            }
            WastDirective::Invoke(invoke) => self.invoke(&invoke)?.map(drop).map_err(execution),
            WastDirective::AssertReturn { exec, results, .. } => {
                let actual = self.execute(exec)?.map_err(execution)?;
                self.compare(&actual, &results)
            }
            WastDirective::AssertTrap { exec, message, .. } => {
                let outcome = self.execute(exec)?;
                self.expect_trap(*kind, outcome, message, |trap| {
                    trap != Trap::UnhandledException
                })
            }
            WastDirective::AssertExhaustion { call, message, .. } => {
                let outcome = self.invoke(&call)?;
                self.expect_trap(*kind, outcome, message, |trap| trap == Trap::StackOverflow)
            }
            WastDirective::AssertException { exec, .. } => {
                let outcome = self.execute(exec)?;
                self.expect_trap(*kind, outcome, "", |trap| trap == Trap::UnhandledException)
            }
            WastDirective::AssertInvalid {
                mut module,
                message,
                ..
            } => self.expect_rejection(kind, &mut module, ErrorKind::Invalid, message),
            WastDirective::AssertMalformed {
                mut module,
                message,
                ..
            } => self.expect_rejection(kind, &mut module, ErrorKind::Malformed, message),
            WastDirective::AssertUnlinkable {
                mut module,
                message,
                ..
            } => {
                let bytes = module.encode().map_err(|error| text(&error))?;
                let module = self.compile(&bytes)?;
                match self.linker.instantiate(&mut self.store, &module) {
                    Ok(_) => Err(execution("the module was linked")),
                    Err(error) => self.expect_error(*kind, ErrorKind::Link, &error, message),
                }
            }
            WastDirective::AssertInvalidCustom { mut module, .. }
            | WastDirective::AssertMalformedCustom { mut module, .. } => match module.encode() {
                Ok(_) => Err(execution("custom sections are not checked")),
                Err(_) => Ok(()),
            },
            WastDirective::AssertSuspension { .. } => Err(execution("there is no stack switching")),
            WastDirective::Thread(_) | WastDirective::Wait { .. } => {
                Err(execution("scripts with threads are not supported"))
            }
        }
    }

    /// Makes a module, which the script says is valid.
    fn define(&self, module: &mut QuoteWat<'_>) -> Outcome<Module> {
        let bytes = module.encode().map_err(|error| text(&error))?;
        self.compile(&bytes)
    }

    fn compile(&self, bytes: &[u8]) -> Outcome<Module> {
        Module::new(self.store.engine(), bytes).map_err(|error| {
            // What is valid may still be something that the engine cannot execute.
            match Module::validate(self.store.engine(), bytes) {
                Ok(()) => execution(error),
                Err(error) => (
                    Stage::Validation,
                    format!("a valid module is rejected: {error:#}"),
                ),
            }
        })
    }

    fn instantiate_as(&mut self, name: Option<Id<'a>>, module: &Module) -> Outcome {
        let instance = self
            .linker
            .instantiate(&mut self.store, module)
            .map_err(execution)?;
        self.current = Some(instance);
        name.map(|name| self.instances.insert(name.name(), instance));
        Ok(())
    }

    fn instance(&self, name: Option<Id<'a>>) -> Outcome<Instance> {
        let instance = match name {
            Some(name) => self.instances.get(name.name()).copied(),
            None => self.current,
        };
        instance.ok_or_else(|| execution("no such instance"))
    }

    fn execute(&mut self, execute: WastExecute<'a>) -> Outcome<wazir::Result<Vec<Val>>> {
        match execute {
            WastExecute::Invoke(invoke) => self.invoke(&invoke),
            WastExecute::Wat(mut module) => {
                let module = match &mut module {
                    Wat::Module(module) => module.encode(),
                    Wat::Component(_) => return Err(execution("components are not supported")),
                };
                let module = self.compile(&module.map_err(|error| text(&error))?)?;
                let instance = self.linker.instantiate(&mut self.store, &module);
                Ok(instance.map(|_| Vec::new()))
            }
            WastExecute::Get { module, global, .. } => {
                let instance = self.instance(module)?;
                let global = instance
                    .get_global(&mut self.store, global)
                    .ok_or_else(|| execution(format!("no global `{global}`")))?;
                Ok(Ok(vec![global.get(&mut self.store)]))
            }
        }
    }

    fn invoke(&mut self, invoke: &WastInvoke<'a>) -> Outcome<wazir::Result<Vec<Val>>> {
        let instance = self.instance(invoke.module)?;
        let func = instance
            .get_func(&mut self.store, invoke.name)
            .ok_or_else(|| execution(format!("no function `{}`", invoke.name)))?;
        let arguments = invoke
            .args
            .iter()
            .map(|argument| values::argument(&mut self.store, argument))
            .collect::<Result<Vec<Val>, String>>()
            .map_err(execution)?;
        let mut results = vec![Val::I32(0); func.ty(&self.store).results().len()];
        let outcome = func.call(&mut self.store, &arguments, &mut results);
        Ok(outcome.map(|()| results))
    }

    fn compare(&self, actual: &[Val], expected: &[WastRet<'_>]) -> Outcome {
        let expected = expected
            .iter()
            .map(|expected| match expected {
                WastRet::Core(expected) => Ok(expected),
                _ => Err(execution("components are not supported")),
            })
            .collect::<Outcome<Vec<&WastRetCore<'_>>>>()?;
        let matches = actual.len() == expected.len()
            && actual
                .iter()
                .zip(&expected)
                .all(|(actual, expected)| values::matches(&self.store, actual, expected));
        if matches {
            Ok(())
        } else {
            Err(execution(format!("expected {expected:?}, got {actual:?}")))
        }
    }

    fn expect_trap(
        &self,
        kind: Kind,
        outcome: wazir::Result<Vec<Val>>,
        message: &str,
        is_expected: impl Fn(Trap) -> bool,
    ) -> Outcome {
        match outcome {
            Ok(results) => Err(execution(format!(
                "expected `{message}`, got results {results:?}"
            ))),
            Err(error) if !error.trap().is_some_and(is_expected) => {
                Err(execution(format!("expected `{message}`, got `{error:#}`")))
            }
            Err(error) => self.expect_error(kind, ErrorKind::Trap, &error, message),
        }
    }

    fn expect_rejection(
        &self,
        kind: &mut Kind,
        module: &mut QuoteWat<'_>,
        expected: ErrorKind,
        message: &str,
    ) -> Outcome {
        let is_text = matches!(module.to_test(), Ok(QuoteWatTest::Text(_)) | Err(_));
        let bytes = match module.encode() {
            Ok(bytes) => bytes,
            Err(_) if is_text => {
                *kind = Kind::AssertText;
                return Ok(());
            }
            Err(error) => return Err(text(&error)),
        };
        match Module::validate(self.store.engine(), &bytes) {
            Ok(()) => Err((
                Stage::Validation,
                format!("expected `{message}`, but it is accepted"),
            )),
            Err(error) => self.expect_error(*kind, expected, &error, message),
        }
    }

    fn expect_error(
        &self,
        kind: Kind,
        expected: ErrorKind,
        error: &Error,
        message: &str,
    ) -> Outcome {
        let stage = match expected {
            ErrorKind::Invalid | ErrorKind::Malformed => Stage::Validation,
            _ => Stage::Execution,
        };
        // Scripts have the words of the trap alone.
        let actual = match error.trap() {
            Some(trap) => trap.to_string(),
            None => format!("{error:#}"),
        };
        if error.kind() != expected {
            let found = error.kind();
            return Err((
                stage,
                format!("expected {expected:?} `{message}`, got {found:?} `{actual}`"),
            ));
        }
        if !(self.matches)(kind, message, &actual) {
            return Err((stage, format!("expected `{message}`, got `{actual}`")));
        }
        Ok(())
    }
}

impl Failure {
    /// The failure with the name of its file.
    pub fn in_file(&self, file: &str) -> String {
        let Failure {
            line,
            kind,
            stage,
            message,
        } = self;
        format!("{file}:{line}: {kind}, {stage}: {message}")
    }
}
