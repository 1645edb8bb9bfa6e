//! Measures wazir against its peers in one process.
//!
//! Input: the cases, and the options below. Output: a table on standard output and, with `--record`, rows in
//! `record/`. Holds: engines take turns, round by round; what is reported is the minimum; one peer takes part
//! twice, and the difference between its two results is the noise.

mod cases;
mod clock;
mod engines;
mod memory;

use cases::Case;
use engines::{Engine, Run, Sample, Wasmi, Wazir};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use std::{env, fs};

const USAGE: &str = "\
Usage: cargo run --release -- [--filter TEXT] [--rounds N] [--record]

  --filter TEXT  only cases whose group and name, as in `execute fib`, contain the text
  --rounds N     how often the engines take turns, 5 if not given
  --record       write the rows to record/<date>-<commit>-<machine>.tsv as well";

/// How long an engine repeats a short run when it is its turn.
const TURN: Duration = Duration::from_millis(20);

/// The engine that ratios refer to, by its place in [`engines`].
const REFERENCE: usize = 1;

fn engines() -> Vec<Box<dyn Engine>> {
    vec![
        Box::new(Wazir("wazir")),
        Box::new(Wasmi("wasmi 2.0.0")),
        Box::new(Wasmi("wasmi again")),
    ]
}

struct Options {
    filter: String,
    rounds: usize,
    record: bool,
}

fn main() -> ExitCode {
    let options = match parse(env::args().skip(1)) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let engines = engines();
    let mut report = Report::new(&engines);
    for case in cases::all(&folder.join("../tests/guests/bin")) {
        if format!("{} {}", case.group, case.name).contains(&options.filter) {
            report.add(&case, measure(&case, &engines, options.rounds));
        }
    }
    report.print_means();
    if options.record {
        let path = report.record(&folder.join("record"));
        println!("\nrecorded in {}", path.display());
    }
    ExitCode::SUCCESS
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        filter: String::new(),
        rounds: 5,
        record: false,
    };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--filter" => options.filter = value()?,
            "--rounds" => {
                options.rounds = value()?.parse().map_err(|_| "--rounds needs a number")?;
            }
            "--record" => options.record = true,
            _ => return Err(format!("unknown option {argument}")),
        }
    }
    Ok(options)
}

/// The minimum of each engine, in the unit of the case. Panics if engines disagree about a result.
fn measure(case: &Case, engines: &[Box<dyn Engine>], rounds: usize) -> Vec<f64> {
    let mut runs: Vec<Run> = engines
        .iter()
        .map(|engine| (case.prepare)(engine.as_ref()))
        .collect();
    let mut minima = vec![f64::INFINITY; runs.len()];
    let mut expected = None;
    for _ in 0..rounds {
        for (index, run) in runs.iter_mut().enumerate() {
            let start = Instant::now();
            while {
                let Sample { amount, checksum } = run();
                let checksum_of_the_first = *expected.get_or_insert(checksum);
                assert_eq!(
                    checksum,
                    checksum_of_the_first,
                    "{} of {} {}",
                    engines[index].name(),
                    case.group,
                    case.name
                );
                minima[index] = minima[index].min(amount / case.divisor);
                start.elapsed() < TURN
            } {}
        }
    }
    minima
}

struct Row {
    group: &'static str,
    name: String,
    unit: &'static str,
    minima: Vec<f64>,
}

struct Report {
    engines: Vec<String>,
    rows: Vec<Row>,
}

impl Report {
    fn new(engines: &[Box<dyn Engine>]) -> Report {
        Report {
            engines: engines.iter().map(|engine| engine.name().into()).collect(),
            rows: Vec::new(),
        }
    }

    /// Keeps and prints a row.
    fn add(&mut self, case: &Case, minima: Vec<f64>) {
        if self.rows.last().is_none_or(|row| row.group != case.group) {
            print!("\n{:<52}{:<5}", case.group, "unit");
            self.engines.iter().for_each(|name| print!("{name:>12}"));
            println!("{:>8}{:>8}{:>8}", "ratio", "noise", "MB/s");
        }
        print!("{:<52}{:<5}", case.name, case.unit);
        minima.iter().for_each(|minimum| print!("{minimum:>12.3}"));
        let ratio = |index: usize| minima[REFERENCE] / minima[index];
        print!("{:>8.2}{:>8.2}", ratio(0), ratio(REFERENCE + 1));
        match case.bytes {
            Some(bytes) => println!("{:>8.0}", bytes as f64 / (minima[0] * case.divisor) * 1e3),
            None => println!(),
        }
        self.rows.push(Row {
            group: case.group,
            name: case.name.clone(),
            unit: case.unit,
            minima,
        });
    }

    /// Prints the geometric means of wazir's ratios, by group and by mode.
    fn print_means(&self) {
        println!("\ngeometric means of the ratios (above 1: wazir is ahead)");
        let key = |row: &Row| match row.name.split_once(", ") {
            Some((_, mode)) if row.unit != "ns" => format!("{}, {mode}", row.group),
            _ => row.group.to_string(),
        };
        let mut keys: Vec<String> = self.rows.iter().map(key).collect();
        keys.dedup();
        for group in keys {
            let ratios = self.rows.iter().filter(|row| key(row) == group);
            let logarithms: Vec<f64> = ratios
                .map(|row| (row.minima[REFERENCE] / row.minima[0]).ln())
                .collect();
            let mean = logarithms.iter().sum::<f64>() / logarithms.len() as f64;
            println!("{group:<52}{:>8.2}", mean.exp());
        }
    }

    /// Writes the rows and returns the name of the file. Panics if it cannot be written.
    fn record(&self, folder: &Path) -> PathBuf {
        let date = output("date", &["+%F"]).unwrap_or_else(|| "undated".into());
        let commit = output("git", &["describe", "--always", "--dirty=-changed"])
            .unwrap_or_else(|| "unborn".into());
        let machine = machine();
        let mut text =
            "date\tcommit\tmachine\tgroup\tname\tengine\tunit\tminimum\tratio\n".to_string();
        for row in &self.rows {
            for (engine, minimum) in self.engines.iter().zip(&row.minima) {
                let Row {
                    group,
                    name,
                    unit,
                    minima,
                } = row;
                let ratio = minima[REFERENCE] / minimum;
                text.push_str(&format!(
                    "{date}\t{commit}\t{machine}\t{group}\t{name}\t{engine}\t{unit}\t{minimum:.4}\t{ratio:.3}\n"
                ));
            }
        }
        let word: String = machine
            .chars()
            .map(|character| {
                if character.is_ascii_alphanumeric() {
                    character
                } else {
                    '_'
                }
            })
            .collect();
        let path = folder.join(format!("{date}-{commit}-{word}.tsv"));
        fs::write(&path, text).expect("the record can be written");
        path
    }
}

/// The standard output of a command that succeeds.
fn output(command: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(command).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_string())
}

/// The processor's model.
fn machine() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find(|line| line.starts_with("model name"));
    let name = model.and_then(|line| line.split_once(':'));
    name.map_or_else(
        || env::consts::ARCH.to_string(),
        |(_, name)| name.trim().to_string(),
    )
}
