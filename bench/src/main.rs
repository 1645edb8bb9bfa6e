//! Measures wazir against its peers.
//!
//! Input: a group of cases, and the options below. Output: a table on standard output and, with `--record`, rows of
//! CSV and a picture in `record/`. Holds: engines take turns, round by round; what is reported is the minimum; one peer
//! takes part twice, and the difference between its two results is the noise.

mod cases;
mod chart;
mod clock;
mod cold;
mod engines;
mod groups;
mod heap;
mod measure;
mod report;
mod system;
mod work;

use clap::Parser;
use clap::builder::PossibleValuesParser;
use groups::{Definition, Group};
use measure::measure;
use report::{Line, Origin, Table};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

/// Measures wazir against its peers, side by side.
#[derive(Parser)]
#[command(after_help = about_groups())]
struct Options {
    /// What to measure
    #[arg(value_parser = PossibleValuesParser::new(group_names()), default_value = ALL)]
    group: String,
    /// Only cases whose name contains this
    #[arg(default_value = "")]
    filter: String,
    /// Only these engines, by the names of their columns, with commas between; wazir takes part always
    #[arg(long, value_delimiter = ',')]
    engines: Vec<String>,
    /// How often the engines take turns
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Write rows of CSV and a picture to record/ as well
    #[arg(long)]
    record: bool,
}

/// The name for all groups.
const ALL: &str = "all";

fn group_names() -> impl Iterator<Item = &'static str> {
    groups::TABLE
        .iter()
        .map(|definition| definition.name)
        .chain([ALL])
}

fn about_groups() -> String {
    let lines = groups::TABLE
        .iter()
        .map(|definition| format!("  {:<12} {}\n", definition.name, definition.about));
    format!("Groups:\n{}", lines.collect::<String>())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "child") {
        return match cold::child(&arguments[1..]) {
            Ok(()) => ExitCode::SUCCESS,
            Err(reason) => {
                eprintln!("{reason}");
                ExitCode::FAILURE
            }
        };
    }
    let options = Options::parse();
    let chosen =
        |definition: &&Definition| options.group == definition.name || options.group == ALL;
    let mut right = true;
    for definition in groups::TABLE.iter().filter(chosen) {
        let table = run(definition.group(), &options);
        right &= !table.has_wrong_results();
        if options.record {
            record(&table);
        }
    }
    match right {
        true => ExitCode::SUCCESS,
        false => {
            eprintln!("an engine gave a wrong result: see above");
            ExitCode::FAILURE
        }
    }
}

/// Measures and prints a group.
fn run(mut group: Group, options: &Options) -> Table {
    group.columns.retain(|column| {
        let name = column.entry.name;
        let named = |given: &String| given == name || *given == column.name;
        options.engines.is_empty() || name == engines::SUBJECT || options.engines.iter().any(named)
    });
    let mut table = Table::new(group.name, &group.columns);
    table.print_header();
    for case in &group.cases {
        if !case.name.contains(&options.filter) {
            continue;
        }
        let cells = measure(case, &group.columns, options.rounds);
        for (row, cells) in case.rows.iter().zip(cells) {
            table.lines.push(Line {
                case: case.name.clone(),
                row: row.clone(),
                cells,
            });
            table.print_last();
        }
    }
    table.print_end();
    table
}

fn record(table: &Table) {
    let origin = Origin::here();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("record");
    fs::create_dir_all(&folder).expect("the folder of records can be made");
    origin.record(table, &folder);
    let draw = |name: &str, picture: String| {
        let path = folder.join(format!("{}-{}{name}.svg", origin.stem(), table.group));
        fs::write(path, picture).expect("the picture can be written");
    };
    let subtitle = origin.sentence();
    draw("", chart::draw(table, &subtitle));
    draw("-means", chart::draw_means(table, &subtitle));
}
