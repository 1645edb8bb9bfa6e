//! The lists beside this file.
//!
//! Input: `known_failures.txt`, `reversed.txt` and `counts.txt`. Output: what they say of a script or a folder;
//! new contents with `BLESS=1`.
//! Holds: `known_failures.txt` has rows `folder/file: lines` for all compilation modes, and `folder/file mode:
//! lines` for what fails in one mode only; `reversed.txt` has rows `folder/file:line | message | reason`;
//! `counts.txt` has rows `folder kind: count`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Mutex;

use wazir::CompilationMode;

const MODES: [&str; 3] = ["eager", "lazy-translation", "lazy"];

/// By script and mode, the lines of the commands that fail. A line is there as often as commands on it fail.
type Known = BTreeMap<(String, &'static str), Vec<usize>>;
/// By folder and kind, how many commands are executed.
type Counts = BTreeMap<(String, String), usize>;

/// The name of a mode in the lists.
pub(crate) fn mode_name(mode: CompilationMode) -> &'static str {
    match mode {
        CompilationMode::Eager => MODES[0],
        CompilationMode::LazyTranslation => MODES[1],
        _ => MODES[2],
    }
}

/// Whether the lists are to be rewritten.
pub(crate) fn is_blessed() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| value == "1")
}

/// The verdicts of a script that the library does not share: the line, and a part of the failure's message.
pub(crate) fn reversed(script: &str) -> Vec<(usize, &'static str)> {
    let rows = include_str!("reversed.txt")
        .lines()
        .filter(|row| !row.starts_with('#'));
    let verdict = |row: &'static str| {
        let cells: Vec<&str> = row.split(" | ").collect();
        let [place, part, _reason] = cells[..] else {
            panic!("reversed.txt: not a place, a part of the message and a reason: {row}");
        };
        let (name, line) = place.split_once(':')?;
        (name == script).then(|| (number("reversed.txt", line), part))
    };
    rows.filter_map(verdict).collect()
}

/// The lines of a script with commands that are known to fail.
pub(crate) fn known_failures(script: &str, mode: &str) -> Vec<usize> {
    let mut known = parse_known(include_str!("known_failures.txt"));
    let mode = MODES.iter().find(|name| **name == mode).expect("a mode");
    known
        .remove(&(script.to_string(), mode))
        .unwrap_or_default()
}

/// Every script that one of the lists names.
pub(crate) fn scripts() -> Vec<String> {
    let known = parse_known(include_str!("known_failures.txt"))
        .into_keys()
        .map(|(script, _)| script);
    let reversed = include_str!("reversed.txt")
        .lines()
        .filter(|row| !row.starts_with('#'));
    let reversed =
        reversed.filter_map(|row| row.split_once(':').map(|(script, _)| script.to_string()));
    known.chain(reversed).collect()
}

/// Every folder that the counts name.
pub(crate) fn folders() -> Vec<String> {
    parse_counts(include_str!("counts.txt"))
        .into_keys()
        .map(|(folder, _)| folder)
        .collect()
}

/// What is wrong with the numbers of executed commands.
pub(crate) fn compare_counts(counts: &BTreeMap<(String, &'static str), usize>) -> Vec<String> {
    let recorded = parse_counts(include_str!("counts.txt"));
    let is_here = |folder: &str| counts.keys().any(|(name, _)| name == folder);
    let mut wrong = Vec::new();
    for ((folder, kind), count) in recorded.iter().filter(|((folder, _), _)| is_here(folder)) {
        let found = counts
            .iter()
            .find(|((name, other), _)| name == folder && other == kind);
        let found = found.map_or(0, |(_, count)| *count);
        if found != *count {
            wrong.push(format!(
                "{folder}: {found} commands of the kind {kind}, recorded are {count}"
            ));
        }
    }
    for ((folder, kind), count) in counts {
        if !recorded.contains_key(&(folder.clone(), kind.to_string())) {
            wrong.push(format!(
                "{folder}: {count} commands of the kind {kind}, recorded are none"
            ));
        }
    }
    wrong
}

/// Writes down the failures of some scripts in a mode, and the counts of their folders.
pub(crate) fn bless(
    mode: &'static str,
    failed: &BTreeMap<String, Vec<usize>>,
    executed: &BTreeMap<(String, &'static str), usize>,
) {
    static LOCK: Mutex<()> = Mutex::new(());
    let _lock = LOCK.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    rewrite("known_failures.txt", |text| {
        let mut known = parse_known(text);
        for (script, lines) in failed {
            known.insert((script.clone(), mode), lines.clone());
        }
        format_known(&known)
    });
    rewrite("counts.txt", |text| {
        let mut counts = parse_counts(text);
        counts.retain(|(folder, _), _| !executed.keys().any(|(name, _)| name == folder));
        for ((folder, kind), count) in executed {
            counts.insert((folder.clone(), kind.to_string()), *count);
        }
        let rows = counts
            .iter()
            .map(|((folder, kind), count)| format!("{folder} {kind}: {count}\n"));
        rows.collect()
    });
}

/// Replaces the rows of a list; the comment at its head stays.
fn rewrite(name: &str, change: impl Fn(&str) -> String) {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "spec", name]
        .iter()
        .collect();
    let old = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let head = old
        .lines()
        .filter(|row| row.starts_with('#'))
        .map(|row| format!("{row}\n"));
    let new = head.collect::<String>() + &change(&old);
    std::fs::write(&path, new).unwrap_or_else(|error| panic!("{name}: {error}"));
}

fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let rows = text.lines().filter(|row| !row.starts_with('#'));
    rows.map(|row| {
        row.split_once(": ")
            .unwrap_or_else(|| panic!("a row without a colon: {row}"))
    })
}

fn number(list: &str, text: &str) -> usize {
    text.parse()
        .unwrap_or_else(|_| panic!("{list}: {text} is not a number"))
}

fn parse_known(text: &str) -> Known {
    let mut known = Known::new();
    for (key, lines) in rows(text) {
        let (script, mode) = key
            .split_once(' ')
            .map_or((key, None), |(s, m)| (s, Some(m)));
        for name in MODES
            .iter()
            .filter(|name| mode.is_none_or(|mode| mode == **name))
        {
            let all: &mut Vec<usize> = known.entry((script.to_string(), name)).or_default();
            all.extend(
                lines
                    .split(' ')
                    .map(|line| number("known_failures.txt", line)),
            );
            all.sort_unstable();
        }
    }
    known
}

fn format_known(known: &Known) -> String {
    let mut scripts: Vec<&String> = known.keys().map(|(script, _)| script).collect();
    scripts.dedup();
    let mut text = String::new();
    for script in scripts {
        let of_mode = |mode| {
            known
                .get(&(script.clone(), mode))
                .cloned()
                .unwrap_or_default()
        };
        let mut by_mode: Vec<Vec<usize>> = MODES.iter().map(|mode| of_mode(*mode)).collect();
        let common = take_common(&mut by_mode);
        let keys = MODES.iter().map(|mode| format!("{script} {mode}"));
        for (key, lines) in std::iter::once(script.clone())
            .chain(keys)
            .zip([vec![common], by_mode].concat())
        {
            if !lines.is_empty() {
                let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
                let _ = writeln!(text, "{key}: {}", lines.join(" "));
            }
        }
    }
    text
}

/// Takes out what all lists have.
fn take_common(lists: &mut [Vec<usize>]) -> Vec<usize> {
    let mut common = Vec::new();
    for line in lists[0].clone() {
        let positions: Vec<Option<usize>> = lists
            .iter()
            .map(|list| list.iter().position(|other| *other == line))
            .collect();
        if positions.iter().all(Option::is_some) {
            for (list, position) in lists.iter_mut().zip(positions.into_iter().flatten()) {
                list.remove(position);
            }
            common.push(line);
        }
    }
    common
}

fn parse_counts(text: &str) -> Counts {
    let row = |(key, count): (&str, &str)| {
        let (folder, kind) = key
            .split_once(' ')
            .unwrap_or_else(|| panic!("counts.txt: {key}: no kind"));
        (
            (folder.to_string(), kind.to_string()),
            number("counts.txt", count),
        )
    };
    rows(text).map(row).collect()
}
