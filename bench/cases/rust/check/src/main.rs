//! Runs every case in wasmi and in wazir, and natively, and compares what they give.
//!
//! Input: `cases.tsv`, `startup.tsv` and `long.tsv`; the options below. Output: a table of times on standard output,
//! and exit code 1 if anything differs from the tables. Holds: each function runs twice in one instance and must give
//! the same; what is written into a table was the same everywhere.

mod native;
mod table;

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs};
use table::Table;

const USAGE: &str = "\
Usage: check [--bless] [--native FOLDER] [NAME...]

  --bless          write checksums and sizes into the tables; where an argument is `?`, choose one
  --native FOLDER  where libraries are that the same sources give for this machine
  NAME...          only these cases";

/// How long a call should take in wasmi.
const LONG: Duration = Duration::from_millis(55);
const SHORT: Duration = Duration::from_millis(1);

/// The export `run` of an instance.
type Run = Box<dyn FnMut(i32) -> Result<u64, String>>;

macro_rules! loader {
    ($name:ident, $library:ident, $engine:expr, $instantiate:ident) => {
        fn $name(wasm: &[u8]) -> Result<Run, String> {
            let text = |error: $library::Error| format!("{}: {error}", stringify!($library));
            let module = $library::Module::new(&$engine, wasm).map_err(text)?;
            if module.imports().next().is_some() {
                return Err("the module has imports".into());
            }
            let mut store = $library::Store::new(module.engine(), ());
            let linker = $library::Linker::new(module.engine());
            let instance = linker.$instantiate(&mut store, &module).map_err(text)?;
            instance
                .get_memory(&mut store, "memory")
                .ok_or("no export `memory`")?;
            let run = instance
                .get_typed_func::<i32, i64>(&mut store, "run")
                .map_err(text)?;
            Ok(Box::new(move |size| {
                run.call(&mut store, size)
                    .map(|value| value as u64)
                    .map_err(text)
            }))
        }
    };
}

loader!(
    load_wasmi,
    wasmi,
    wasmi::Engine::default(),
    instantiate_and_start
);
loader!(load_wazir, wazir, wazir::Engine::default(), instantiate);

fn main() -> ExitCode {
    match start(env::args().skip(1)) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failures) => {
            eprintln!("{failures} cases failed");
            ExitCode::FAILURE
        }
        Err(message) => {
            eprintln!("{message}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

struct Options {
    bless: bool,
    native: Option<String>,
    names: Vec<String>,
}

fn start(mut arguments: impl Iterator<Item = String>) -> Result<usize, String> {
    let mut options = Options {
        bless: false,
        native: None,
        names: Vec::new(),
    };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bless" => options.bless = true,
            "--native" => options.native = Some(arguments.next().ok_or("--native needs a folder")?),
            option if option.starts_with('-') => return Err(format!("unknown option {option}")),
            _ => options.names.push(argument),
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut failures = 0;
    for name in ["cases.tsv", "startup.tsv", "long.tsv"] {
        let mut table = Table::read(&folder.join(name))?;
        println!(
            "{:<18} {:>9} {:>9} {:>9} {:>6}   milliseconds",
            name, "wasmi", "wazir", "native", "ratio"
        );
        for row in 0..table.rows() {
            let name = table.get(row, "name").to_string();
            let is_asked_for = options.names.is_empty() || options.names.contains(&name);
            if is_asked_for && let Err(message) = check(&mut table, row, &folder, &options) {
                println!("{name:<18} {message}");
                failures += 1;
            }
        }
        if options.bless {
            table.write()?;
        }
    }
    Ok(failures)
}

/// Checks one row, or fills it.
fn check(table: &mut Table, row: usize, folder: &Path, options: &Options) -> Result<(), String> {
    let wasm = fs::read(folder.join("bin").join(table.get(row, "file")))
        .map_err(|error| error.to_string())?;
    let mut wasmi = load_wasmi(&wasm)?;
    let mut others = vec![("wazir", load_wazir(&wasm)?)];
    if let Some(folder) = &options.native {
        let name = table.get(row, "file").trim_end_matches(".wasm");
        if let Some(run) = native::load(Path::new(folder), name)? {
            others.push(("native", run));
        }
    }
    if table.has("bytes") {
        agree(table, row, "bytes", &wasm.len().to_string(), options)?;
    }
    // The long run stands between two short ones, so that what it leaves in memory would show.
    let mut times = Vec::new();
    for (argument, checksum, duration) in [
        ("short", "short_checksum", SHORT),
        ("argument", "checksum", LONG),
        ("short", "short_checksum", SHORT),
    ] {
        if !table.has(argument) {
            continue;
        }
        if options.bless && table.get(row, argument) == "?" {
            table.set(row, argument, choose(&mut wasmi, duration)?.to_string());
        }
        let size = table
            .get(row, argument)
            .parse()
            .map_err(|_| format!("`{argument}` is no number"))?;
        let (value, time) = timed(&mut wasmi, size)?;
        times = vec![time];
        for (engine, run) in &mut others {
            let (other, time) = timed(run, size)?;
            if other != value {
                return Err(format!(
                    "{argument} {size} gives {value} in wasmi, {other} in {engine}"
                ));
            }
            times.push(time);
        }
        agree(table, row, checksum, &value.to_string(), options)?;
        if argument == "argument" {
            print_times(table.get(row, "name"), &times);
        }
    }
    if !table.has("argument") {
        print_times(table.get(row, "name"), &times);
    }
    Ok(())
}

fn agree(
    table: &mut Table,
    row: usize,
    column: &str,
    value: &str,
    options: &Options,
) -> Result<(), String> {
    if options.bless {
        table.set(row, column, value.into());
    }
    let expected = table.get(row, column);
    if expected == value {
        Ok(())
    } else {
        Err(format!("{column} is {value}, {expected} in the table"))
    }
}

fn print_times(name: &str, times: &[f64]) {
    print!("{name:<18}");
    for time in times {
        print!(" {:>9.2}", time * 1e3);
    }
    println!(
        "{:>w$.2}",
        times[0] / times[1],
        w = if times.len() < 3 { 17 } else { 7 }
    );
}

fn timed(run: &mut Run, size: i32) -> Result<(u64, f64), String> {
    let start = Instant::now();
    let value = run(size)?;
    Ok((value, start.elapsed().as_secs_f64()))
}

/// An argument with which the run takes about as long as asked; two digits if that is exact enough.
fn choose(run: &mut Run, duration: Duration) -> Result<i32, String> {
    let target = duration.as_secs_f64();
    run(1)?;
    // The second of two runs, whose memory is there already.
    let mut measure = |size| {
        timed(run, size)?;
        timed(run, size).map(|(_, time)| time / target)
    };
    let (mut low, mut high) = (1, 1);
    while measure(high)? < 1.0 {
        low = high;
        high = (high + 1).max(high.saturating_add(high / 4));
    }
    while high - low > 1 && high - low > high / 50 {
        let middle = low + (high - low) / 2;
        *if measure(middle)? < 1.0 {
            &mut low
        } else {
            &mut high
        } = middle;
    }
    let unit = 10_i32.pow(high.ilog10().saturating_sub(1));
    Ok((high / unit * unit).max(1))
}
