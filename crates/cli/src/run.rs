//! `wazir run`: runs a program, or calls a function of a module.
//!
//! Input: the options. Output: what the program writes or the function returns, and the exit code.

use std::path::Path;
use std::sync::{Once, mpsc};
use std::time::{Duration, Instant};

use wazir::wasi::WasiCtxBuilder;
use wazir::wasi::p1::{self, WasiP1Ctx};
use wazir::{
    Config, Engine, Error, ErrorKind, ExternType, Func, FuncType, Instance, Linker, Module, Store,
    Trap, Val,
};

use crate::failure::Failure;
use crate::load::{self, STANDARD_INPUT};
use crate::memory_limit::MemoryLimit;
use crate::no_files::Missed;
use crate::options::{RunCommandOptions, RunOptions};
use crate::output::{print, tell, visible};
use crate::similar::nearest;
use crate::wasi::{Inherited, Outputs};
use crate::{config, invoke, new_engine};

/// What the store of a run holds.
pub(crate) struct Host {
    wasi: WasiP1Ctx,
    missed: Missed,
    memory_limit: MemoryLimit,
}

impl Host {
    /// Says, of a program that failed, what it was refused.
    fn explain(&self, file: &str, arguments: &[String]) {
        self.missed.report(file, arguments);
        if self.memory_limit.was_reached() {
            tell(&format!(
                "note: `{file}` asked for more memory than --max-memory gives it\n"
            ));
        }
    }
}

/// How many exports a message lists.
const MAX_LISTED: usize = 30;

/// How much later than the deadline the process ends if the program does not stop by itself, because it waits for
/// input or for someone to read its output.
const GRACE: Duration = Duration::from_millis(10);

/// How long the process waits at its end until its message is taken: long enough for a busy machine.
const MESSAGE_TIME: Duration = Duration::from_millis(200);

/// Runs the program or calls the function. The result is the exit code.
pub(crate) fn run(command: &RunCommandOptions) -> Result<i32, Failure> {
    let options = &command.run;
    let (start, file) = (Instant::now(), options.file());
    check_preloads(options)?;
    if let Some(timeout) = options.timeout {
        stop_after(timeout + GRACE, file.to_string());
    }
    let engine = new_engine(&engine_config(options))?;
    let inherited = if file == STANDARD_INPUT {
        Inherited::Outputs
    } else {
        Inherited::All
    };
    let (host, outputs) = host(options, inherited)?;
    let module = load::load_module(&engine, file)?;
    check_entry(options, &module, "run")?;
    let preloads = load_preloads(options, &engine)?;
    let mut program = match link(options, &engine, &preloads, &module, host, start) {
        Ok(program) => program,
        Err(outcome) => return outcome,
    };
    outputs
        .empty()
        .map_err(|error| Failure::new(format!("the output cannot be written: {error}")))?;
    let func = match program.instantiate(&module, options.entry()) {
        Ok(func) => func,
        Err(error) => return end(file, error),
    };
    let loaded = start.elapsed();
    let outcome = program.call(options, func);
    if command.stats {
        tell(&stats(&module, loaded, start.elapsed()));
    }
    if !matches!(outcome, Ok(0)) {
        program.explain(options);
    }
    // The process ends now, which frees all of it at once.
    std::mem::forget((program, module, preloads, engine));
    outcome
}

/// What was interpreted and what was compiled, of a program that took so long to load, and to its end.
fn stats(module: &Module, loaded: Duration, end: Duration) -> String {
    let stats = module.tier_stats();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    format!(
        "loaded:     {:8.3} ms, {} functions\n\
         run:        {:8.3} ms\n\
         translated: {:8} functions for the interpreter\n\
         compiled:   {:8} functions and {} loops in {:.3} ms, {} bytes of code\n\
         kept:       {:8} of them by an earlier run\n\
         refused:    {:8} functions that stay interpreted\n\
         replaced:   {:8} times a loop went on as machine code\n",
        milliseconds(loaded),
        stats.functions,
        milliseconds(end - loaded),
        stats.translated_functions,
        stats.compiled_functions,
        stats.compiled_loops,
        milliseconds(stats.compile_time),
        stats.code_bytes,
        stats.kept,
        stats.refused_functions,
        stats.replacements,
    )
}

/// The settings of the engine.
pub(crate) fn engine_config(options: &RunOptions) -> Config {
    let mut config = config(&options.engine, options.max_stack);
    config.consume_fuel(options.fuel.is_some());
    config.interruptable(options.timeout.is_some());
    #[cfg(feature = "compiler")]
    crate::tiers::configure(&mut config, &options.tiers);
    config
}

/// A program with what it needs.
pub(crate) struct Program {
    pub(crate) store: Store<Host>,
    linker: Linker<Host>,
}

/// Prepares all but the module itself, whose time began at `start`. The error is the outcome of the run.
pub(crate) fn link(
    options: &RunOptions,
    engine: &Engine,
    preloads: &[Module],
    module: &Module,
    host: Host,
    start: Instant,
) -> Result<Program, Result<i32, Failure>> {
    let file = options.file();
    let mut linker = Linker::new(engine);
    linker.allow_shadowing(true);
    let mut store = Store::new(engine, host);
    let mut prepare = || -> Result<(), Error> {
        p1::add_to_linker_sync(&mut linker, |host: &mut Host| &mut host.wasi)?;
        store.limiter(|host| &mut host.memory_limit);
        options.fuel.map_or(Ok(()), |fuel| store.set_fuel(fuel))?;
        // Loading the program takes of its time, too.
        options.timeout.map_or(Ok(()), |timeout| {
            store.set_deadline(timeout.saturating_sub(start.elapsed()))
        })
    };
    prepare().map_err(|error| Err(Failure::new(format!("`{file}` cannot be run: {error:#}"))))?;
    for ((name, path), preloaded) in options.preloads.iter().zip(preloads) {
        check_imports(&linker, &mut store, preloaded, path).map_err(Err)?;
        let linked = linker.module(&mut store, name, preloaded).map(drop);
        linked.map_err(|error| end(path, error))?;
    }
    check_imports(&linker, &mut store, module, file).map_err(Err)?;
    Ok(Program { store, linker })
}

impl Program {
    /// Makes an instance, and gives the function to be called.
    pub(crate) fn instantiate(&mut self, module: &Module, entry: &str) -> Result<Func, Error> {
        let instance = self.linker.instantiate(&mut self.store, module)?;
        initialize(&mut self.store, instance, entry)?;
        let func = instance.get_func(&mut self.store, entry);
        func.ok_or_else(|| Error::msg(format!("the function `{entry}` is lost")))
    }

    /// Calls the function, and prints its results.
    fn call(&mut self, options: &RunOptions, func: Func) -> Result<i32, Failure> {
        let arguments = arguments(options, &func.ty(&self.store))?;
        let mut results = vec![Val::I32(0); func.ty(&self.store).results().len()];
        match func.call(&mut self.store, &arguments, &mut results) {
            Ok(()) => {
                let lines = results.iter().map(|result| invoke::format(result) + "\n");
                print(&lines.collect::<String>()).map(|()| 0)
            }
            Err(error) => end(options.file(), error),
        }
    }

    /// Says, of a program that failed, what it was refused.
    pub(crate) fn explain(&self, options: &RunOptions) {
        let host = self.store.data();
        host.explain(options.file(), options.arguments());
    }
}

/// Fails if two modules to be loaded first have one name.
pub(crate) fn check_preloads(options: &RunOptions) -> Result<(), Failure> {
    let names: Vec<&str> = options.preloads.iter().map(|(name, _)| &**name).collect();
    match (1..names.len()).find(|&end| names[..end].contains(&names[end])) {
        Some(position) => Err(Failure::usage(format!(
            "`{}` is the name of two modules: each --preload needs a name of its own",
            names[position]
        ))),
        None => Ok(()),
    }
}

/// The modules to be loaded first.
pub(crate) fn load_preloads(options: &RunOptions, engine: &Engine) -> Result<Vec<Module>, Failure> {
    let preloads = options.preloads.iter();
    preloads
        .map(|(_, path)| load::load_module(engine, path))
        .collect()
}

pub(crate) fn host(options: &RunOptions, inherited: Inherited) -> Result<(Host, Outputs), Failure> {
    let file = options.file();
    let mut wasi = WasiCtxBuilder::new();
    // The program's name is that of its file, without the folder: where it lies is none of its business.
    let name = Path::new(file)
        .file_name()
        .map_or(file.into(), |name| name.to_string_lossy());
    wasi.arg(options.argument_0.as_deref().unwrap_or(&name));
    if options.invoke.is_none() {
        wasi.args(options.arguments());
    }
    if options.wasi.inherits_environment() {
        wasi.inherit_env();
    }
    wasi.envs(&options.environment);
    let (wasi, missed, outputs) = options.wasi.context(wasi, inherited)?;
    let host = Host {
        wasi,
        missed,
        memory_limit: MemoryLimit::new(options.max_memory),
    };
    Ok((host, outputs))
}

/// Fails unless there is something for `command` to run.
pub(crate) fn check_entry(
    options: &RunOptions,
    module: &Module,
    command: &str,
) -> Result<(), Failure> {
    let (file, entry) = (options.file(), options.entry());
    if let Some(ExternType::Func(ty)) = module.get_export(entry) {
        if options.invoke.is_none() && ty.params().len() + ty.results().len() > 0 {
            let message = format!("`_start` of `{file}` has the type `{ty}`");
            return Err(Failure::new(format!(
                "{message}, but a program's has no parameters and no results"
            ))
            .with_hint(format!(
                "call it with `wazir {command} --invoke _start {file} [ARGS...]`"
            )));
        }
        return Ok(());
    }
    let details = list_exports(module);
    if let Some(other) = module.get_export(entry) {
        let message = format!("`{file}` exports `{entry}`, but that is {other}, not a function");
        return Err(Failure::new(message).with_details(details));
    }
    if options.invoke.is_none() {
        let misplaced = options
            .arguments()
            .iter()
            .any(|argument| argument == "--invoke");
        let failure = Failure::new(format!(
            "`{file}` exports no function `_start`, so it is not a program"
        ));
        return Err(failure.with_details(details).with_hint(if misplaced {
            "`--invoke NAME` must stand before the file".to_string()
        } else {
            format!(
                "call one of its functions with `wazir {command} --invoke NAME {file} [ARGS...]`"
            )
        }));
    }
    let failure =
        Failure::new(format!("`{file}` exports no function `{entry}`")).with_details(details);
    let functions = functions(module);
    Err(match nearest(entry, functions.iter().map(String::as_str)) {
        Some(nearest) => failure.with_hint(format!("did you mean `{}`?", visible(nearest))),
        None => failure,
    })
}

fn functions(module: &Module) -> Vec<String> {
    let is_function = |ty: &ExternType| matches!(ty, ExternType::Func(_));
    let exports = module.exports().filter(|export| is_function(&export.ty()));
    exports.map(|export| export.name().to_string()).collect()
}

fn list_exports(module: &Module) -> String {
    let count = module.exports().len();
    if count == 0 {
        return "it exports nothing".to_string();
    }
    let mut text = String::from("it exports:\n");
    for export in module.exports().take(MAX_LISTED) {
        text += &format!("  {}: {}\n", visible(export.name()), export.ty());
    }
    if count > MAX_LISTED {
        text += &format!("  and {} more\n", count - MAX_LISTED);
    }
    text
}

/// Fails if an import is missing, and names all that are.
fn check_imports(
    linker: &Linker<Host>,
    store: &mut Store<Host>,
    module: &Module,
    file: &str,
) -> Result<(), Failure> {
    let mut missing = Vec::new();
    for import in module.imports() {
        if linker.get_by_import(&mut *store, &import).is_none() {
            missing.push(format!(
                "  {}::{}: {}\n",
                visible(import.module()),
                visible(import.name()),
                import.ty()
            ));
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let shown: String = missing
        .iter()
        .take(MAX_LISTED)
        .map(String::as_str)
        .collect();
    let more = match missing.len().saturating_sub(MAX_LISTED) {
        0 => String::new(),
        more => format!("  and {more} more\n"),
    };
    let failure =
        Failure::new(format!("`{file}` imports what is not there:")).with_details(shown + &more);
    let has = |start: &str| {
        missing
            .iter()
            .any(|import| import.trim_start().starts_with(start))
    };
    Err(failure.with_hint(if has("wasi_unstable") {
        "`wasi_unstable` is WASI from before preview 1: build the program for wasm32-wasip1 with a newer compiler"
    } else if missing.iter().any(|import| import.contains("wasi:")) {
        "of WASI there is preview 1, which compilers call wasm32-wasip1 or wasi_snapshot_preview1"
    } else if has("wasi_snapshot_preview1") {
        "`wasi_snapshot_preview1` has no such function: the name is misspelled, or the compiler's own"
    } else {
        "`--preload NAME=FILE` lets the module import NAME from another module; of itself wazir has \
         `wasi_snapshot_preview1` only"
    }))
}

/// Lets a module that is not a program initialize itself.
fn initialize(store: &mut Store<Host>, instance: Instance, entry: &str) -> Result<(), Error> {
    if matches!(entry, "_start" | "_initialize") {
        return Ok(());
    }
    match instance.get_func(&mut *store, "_initialize") {
        Some(initialize) => initialize.typed::<(), ()>(&*store)?.call(store, ()),
        None => Ok(()),
    }
}

/// What the function gets.
pub(crate) fn arguments(options: &RunOptions, ty: &FuncType) -> Result<Vec<Val>, Failure> {
    match &options.invoke {
        Some(name) => parse_arguments(name, ty, options.arguments()),
        None => Ok(Vec::new()),
    }
}

fn parse_arguments(name: &str, ty: &FuncType, texts: &[String]) -> Result<Vec<Val>, Failure> {
    let count = ty.params().len();
    if count != texts.len() {
        let noun = if count == 1 { "argument" } else { "arguments" };
        let message = format!(
            "`{name}` has the type `{ty}`: it takes {count} {noun}, not {}",
            texts.len()
        );
        let failure = Failure::usage(message);
        return Err(match texts.first() {
            Some(first) if first == "--" => failure
                .with_hint("everything behind the file goes to the function: leave out the `--`"),
            _ => failure,
        });
    }
    let arguments = ty.params().zip(texts).enumerate();
    arguments
        .map(|(index, (ty, text))| {
            invoke::parse(&ty, text).map_err(|reason| {
                let number = index + 1;
                Failure::usage(format!(
                    "argument {number} of `{name}` is of type {ty}, and `{text}` is not: {reason}"
                ))
            })
        })
        .collect()
}

/// What the end of a run means for the command.
pub(crate) fn end(file: &str, error: Error) -> Result<i32, Failure> {
    if let Some(code) = error.exit_code() {
        return Ok(code);
    }
    match error.trap() {
        Some(Trap::Interrupt) => time_is_up(file),
        Some(trap) => Err(Failure::trap(file, trap, &error)),
        None => {
            let verb = if error.kind() == ErrorKind::Link {
                "linked"
            } else {
                "run"
            };
            let failure = Failure::new(format!("`{file}` cannot be {verb}: {error:#}"));
            Err(match error.kind() {
                ErrorKind::Resource => {
                    failure.with_hint("--max-memory and --max-stack give the limits")
                }
                _ => failure,
            })
        }
    }
}

/// Ends the process after `limit`, whatever the program waits for.
pub(crate) fn stop_after(limit: Duration, file: String) {
    // Where there are no threads, the program's own look at the deadline has to do.
    let watchdog = std::thread::Builder::new().name("timeout".to_string());
    let _ = watchdog.spawn(move || {
        std::thread::sleep(limit);
        time_is_up(&file)
    });
}

/// Ends the process because the time is up. Two threads may find that out; one of them says so.
fn time_is_up(file: &str) -> ! {
    static END: Once = Once::new();
    END.call_once(|| {
        let failure = Failure::timeout(file);
        let code = failure.code();
        // The message may have to wait for a reader who never comes, and the end must not.
        let (told, is_told) = mpsc::channel();
        let teller = std::thread::Builder::new().spawn(move || {
            failure.report();
            let _ = told.send(());
        });
        if teller.is_ok() {
            let _ = is_told.recv_timeout(MESSAGE_TIME);
        }
        std::process::exit(code);
    });
    unreachable!("the process has ended")
}
