//! Tables, the record and its names.
//!
//! Input: groups with their cells. Output: text on standard output, and rows of CSV.
//! Holds: a ratio is an engine's number by wazir's: above 1 if wazir is ahead.

use crate::engines::{SUBJECT, TWICE};
use crate::measure::{Cell, Column, Row};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// How many rows are named with the reason of their empty cells.
const SHOWN_LABELS: usize = 3;

/// A line of a table.
pub struct Line {
    pub case: String,
    pub row: Row,
    pub cells: Vec<Cell>,
}

impl Line {
    pub fn label(&self) -> String {
        match self.row.kind.is_empty() {
            true => self.case.clone(),
            false => format!("{}, {}", self.case, self.row.kind),
        }
    }
}

/// What was measured of a group.
pub struct Table {
    pub group: &'static str,
    pub columns: Vec<String>,
    pub lines: Vec<Line>,
}

impl Table {
    pub fn new(group: &'static str, columns: &[Column]) -> Table {
        Table {
            group,
            columns: columns.iter().map(|column| column.name.clone()).collect(),
            lines: Vec::new(),
        }
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// An engine's number by wazir's.
    pub fn ratio(&self, line: &Line, column: usize) -> Option<f64> {
        let subject = line.cells[self.column(SUBJECT)?].minimum()?;
        let ratio = line.cells[column].minimum()? / subject;
        ratio.is_finite().then_some(ratio)
    }

    /// The kinds of rows, in the order in which they appear.
    pub fn kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = Vec::new();
        for line in &self.lines {
            if !kinds.contains(&line.row.kind.as_str()) {
                kinds.push(&line.row.kind);
            }
        }
        kinds
    }

    /// The geometric mean of an engine's ratios over the rows of a kind, and over how many.
    pub fn mean(&self, kind: &str, column: usize) -> Option<(f64, usize)> {
        let lines = self.lines.iter().filter(|line| line.row.kind == kind);
        let logarithms: Vec<f64> = lines
            .filter_map(|line| Some(self.ratio(line, column)?.ln()))
            .filter(|logarithm| logarithm.is_finite())
            .collect();
        let count = logarithms.len();
        (count > 0).then(|| ((logarithms.iter().sum::<f64>() / count as f64).exp(), count))
    }

    pub fn print_header(&self) {
        print!("\n{:<48}{:<5}", self.group, "unit");
        self.columns
            .iter()
            .for_each(|name| print!("{:>width$}", name, width = width(name)));
        println!("{:>8}{:>8}", "noise", "spread");
    }

    /// Prints the last line.
    pub fn print_last(&self) {
        let Some(line) = self.lines.last() else {
            return;
        };
        print!("{:<48}{:<5}", line.label(), line.row.unit);
        for (name, cell) in self.columns.iter().zip(&line.cells) {
            let text = cell.minimum().map_or("-".into(), number);
            print!("{text:>width$}", width = width(name));
        }
        let noise = TWICE.map(|name| self.column(name).and_then(|at| line.cells[at].minimum()));
        let noise = match noise {
            [Some(once), Some(again)] if once > 0.0 => format!("{:.2}", again / once),
            _ => "-".into(),
        };
        let spreads = line.cells.iter().filter_map(|cell| match cell {
            Cell::Number { spread, .. } => Some(*spread),
            Cell::Empty(_) => None,
        });
        let spread = spreads.fold(0.0, f64::max);
        println!("{noise:>8}{:>7.0}%", spread * 100.0);
    }

    /// Prints the geometric means, and the reasons of empty cells.
    pub fn print_end(&self) {
        println!("geometric mean of the ratios to {SUBJECT}");
        for kind in self.kinds() {
            print!("{:<53}", if kind.is_empty() { "all" } else { kind });
            for (column, name) in self.columns.iter().enumerate() {
                let text = self
                    .mean(kind, column)
                    .map_or("-".into(), |(mean, _)| format!("{mean:.2}"));
                print!("{text:>width$}", width = width(name));
            }
            println!();
        }
        for (name, reasons) in self
            .columns
            .iter()
            .enumerate()
            .map(|(at, name)| (name, self.reasons(at)))
        {
            for (reason, labels) in reasons {
                let more = match labels.len().saturating_sub(SHOWN_LABELS) {
                    0 => String::new(),
                    count => format!("; and {count} more"),
                };
                let shown = &labels[..labels.len().min(SHOWN_LABELS)];
                println!("- {name}: {reason} ({}{more})", shown.join("; "));
            }
        }
    }

    /// Why cells of a column are empty: each reason once, with the rows.
    fn reasons(&self, column: usize) -> Vec<(&str, Vec<String>)> {
        let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
        for line in &self.lines {
            let Cell::Empty(reason) = &line.cells[column] else {
                continue;
            };
            match reasons.iter_mut().find(|(known, _)| known == reason) {
                Some((_, labels)) => labels.push(line.label()),
                None => reasons.push((reason, vec![line.label()])),
            }
        }
        reasons
    }

    /// Whether an engine gave a wrong result.
    pub fn has_wrong_results(&self) -> bool {
        let mut cells = self.lines.iter().flat_map(|line| &line.cells);
        cells.any(|cell| matches!(cell, Cell::Empty(reason) if reason.contains("WRONG RESULT")))
    }
}

fn width(name: &str) -> usize {
    name.len().max(9) + 2
}

/// A number with four digits at least.
pub fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 1000.0 => format!("{value:.0}"),
        size if size >= 100.0 => format!("{value:.1}"),
        size if size >= 10.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// What a record says of the measurement itself.
pub struct Origin {
    date: String,
    commit: String,
    processor: String,
    profile: &'static str,
}

impl Origin {
    pub fn here() -> Origin {
        Origin {
            date: output("date", &["+%F"]).unwrap_or_else(|| "undated".into()),
            commit: output("git", &["describe", "--always", "--dirty=-changed"])
                .unwrap_or_else(|| "unborn".into()),
            processor: processor(),
            profile: if cfg!(debug_assertions) {
                "debug"
            } else {
                "release"
            },
        }
    }

    /// The beginning of the names of the files.
    pub fn stem(&self) -> String {
        let keep = |character: char| match character.is_ascii_alphanumeric() {
            true => character,
            false => '_',
        };
        let processor: String = self.processor.chars().map(keep).collect();
        let Origin {
            date,
            commit,
            profile,
            ..
        } = self;
        format!("{date}-{commit}-{processor}-{profile}")
    }

    /// One line about the measurement.
    pub fn sentence(&self) -> String {
        let Origin {
            date,
            commit,
            processor,
            profile,
        } = self;
        format!("{date}, commit {commit}, {processor}, {profile} build")
    }

    /// Adds a table to the record of this day and commit; what it has of the same group is replaced.
    pub fn record(&self, table: &Table, folder: &Path) {
        const HEADER: &str = "date,commit,processor,profile,group,case,kind,engine,unit,\
             minimum,median,spread,ratio,reason";
        let path = folder.join(format!("{}.csv", self.stem()));
        let old = fs::read_to_string(&path).unwrap_or_default();
        let group = format!(",{},", quoted(table.group));
        let mut lines: Vec<String> = old.lines().skip(1).map(str::to_string).collect();
        let before = format!("{}{group}", self.prefix());
        lines.retain(|line| !line.starts_with(&before));
        lines.extend(self.rows(table));
        fs::write(path, format!("{HEADER}\n{}\n", lines.join("\n")))
            .expect("the record can be written");
    }

    fn prefix(&self) -> String {
        let Origin {
            date,
            commit,
            processor,
            profile,
        } = self;
        [date, commit, processor.as_str(), profile]
            .map(quoted)
            .join(",")
    }

    fn rows(&self, table: &Table) -> Vec<String> {
        let mut rows = Vec::new();
        for line in &table.lines {
            for (column, (engine, cell)) in table.columns.iter().zip(&line.cells).enumerate() {
                let ratio = table
                    .ratio(line, column)
                    .map_or(String::new(), |ratio| format!("{ratio:.3}"));
                let (numbers, reason) = match cell {
                    Cell::Number {
                        minimum,
                        median,
                        spread,
                    } => (
                        format!("{minimum:.4},{median:.4},{spread:.4}"),
                        String::new(),
                    ),
                    Cell::Empty(reason) => (",,".into(), quoted(reason)),
                };
                let words = [
                    table.group,
                    &line.case,
                    &line.row.kind,
                    engine,
                    line.row.unit,
                ];
                rows.push(format!(
                    "{},{},{numbers},{ratio},{reason}",
                    self.prefix(),
                    words.map(quoted).join(",")
                ));
            }
        }
        rows
    }
}

/// A cell of CSV.
fn quoted(text: &str) -> String {
    match text.contains([',', '"', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"").replace('\n', " ")),
        false => text.into(),
    }
}

/// The standard output of a command that succeeds.
fn output(command: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(command).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_string())
}

/// The processor's model.
fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find(|line| line.starts_with("model name"));
    let name = model.and_then(|line| line.split_once(':'));
    name.map_or_else(
        || env::consts::ARCH.to_string(),
        |(_, name)| name.trim().to_string(),
    )
}
