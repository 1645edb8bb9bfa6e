//! Takes turns.
//!
//! Input: cases and columns. Output: a [`Cell`] for each row and column.
//! Holds: all engines give the same results before anything is timed and ever after; engines take turns, round by
//! round; a number is a minimum.

use crate::engines::{Entry, Mode, Result, Settings, TABLE, TWICE};
use crate::work::{Peer, Run, Sample};
use std::time::{Duration, Instant};

/// How long an engine repeats a short run when it is its turn.
const TURN: Duration = Duration::from_millis(20);

/// An engine in one of its modes.
pub struct Column {
    pub name: String,
    pub entry: &'static Entry,
    pub mode: Mode,
}

impl Column {
    /// The engine as it is measured in this process: with one thread, whose time is known.
    pub fn peer(&self) -> Box<dyn Peer> {
        self.peer_with(self.mode, false)
    }

    pub fn peer_with(&self, mode: Mode, parallel: bool) -> Box<dyn Peer> {
        self.entry.peer(Settings { mode, parallel })
    }
}

/// Each engine in its first mode.
pub fn engines() -> Vec<Column> {
    modes()
        .into_iter()
        .filter(|column| column.mode == column.entry.modes[0])
        .collect()
}

/// Each engine in each of its modes.
pub fn modes() -> Vec<Column> {
    TABLE
        .iter()
        .flat_map(|entry| {
            entry.modes.iter().map(move |&mode| Column {
                name: entry.name_in(mode),
                entry,
                mode,
            })
        })
        .filter(|column| column.entry.name != TWICE[1] || column.mode == column.entry.modes[0])
        .collect()
}

/// One amount that a run gives.
#[derive(Clone)]
pub struct Row {
    /// What is measured, where it is not the same for the whole group. Means are taken over rows of one kind.
    pub kind: String,
    /// The unit of what is reported.
    pub unit: &'static str,
    /// How many nanoseconds or bytes of a run are one unit.
    pub divisor: f64,
}

impl Row {
    pub fn new(kind: impl Into<String>, unit: &'static str, divisor: f64) -> Row {
        Row {
            kind: kind.into(),
            unit,
            divisor,
        }
    }
}

/// Gets an engine ready for the work of a case.
pub type Prepare = Box<dyn Fn(&Column) -> Result<Run>>;

/// The same work for every engine.
pub struct Case {
    pub name: String,
    /// What each amount of a sample is.
    pub rows: Vec<Row>,
    /// The checksum, if it is known in advance.
    pub expected: Option<u64>,
    pub prepare: Prepare,
}

/// What is known of one engine in one row.
#[derive(Clone)]
pub enum Cell {
    Number {
        minimum: f64,
        /// The median of the rounds' minima.
        median: f64,
        /// By which part of the minimum the rounds' minima differ.
        spread: f64,
    },
    Empty(String),
}

impl Cell {
    pub fn minimum(&self) -> Option<f64> {
        match self {
            Cell::Number { minimum, .. } => Some(*minimum),
            Cell::Empty(_) => None,
        }
    }

    fn new(mut rounds: Vec<f64>) -> Cell {
        rounds.sort_by(f64::total_cmp);
        let (Some(&minimum), Some(&maximum)) = (rounds.first(), rounds.last()) else {
            return Cell::Empty("no rounds".into());
        };
        Cell::Number {
            minimum,
            median: rounds[rounds.len() / 2],
            spread: (maximum - minimum) / minimum,
        }
    }
}

/// What an engine says about a case, round by round.
enum State {
    Running {
        run: Run,
        /// The minima of each round, for each row.
        minima: Vec<Vec<f64>>,
    },
    Stopped(String),
}

/// The cells of a case, by row and column. A result that is not the expected one is a reason that says so.
pub fn measure(case: &Case, columns: &[Column], rounds: usize) -> Vec<Vec<Cell>> {
    let mut expected = case.expected;
    let mut states: Vec<State> = columns
        .iter()
        .map(|column| first_run(case, column, &mut expected))
        .collect();
    for _ in 0..rounds {
        for state in &mut states {
            turn(state, case.rows.len(), expected);
        }
    }
    let cell = |row: usize, state: &State| match state {
        State::Running { minima, .. } => {
            let divisor = case.rows[row].divisor;
            Cell::new(minima.iter().map(|round| round[row] / divisor).collect())
        }
        State::Stopped(reason) => Cell::Empty(reason.clone()),
    };
    (0..case.rows.len())
        .map(|row| states.iter().map(|state| cell(row, state)).collect())
        .collect()
}

/// Prepares the work and does it once, to warm up and for its result.
fn first_run(case: &Case, column: &Column, expected: &mut Option<u64>) -> State {
    let first = (case.prepare)(column).and_then(|mut run| {
        let Sample { checksum, .. } = run()?;
        check(checksum, *expected.get_or_insert(checksum))?;
        Ok(run)
    });
    match first {
        Ok(run) => State::Running {
            run,
            minima: Vec::new(),
        },
        Err(reason) => State::Stopped(reason),
    }
}

fn check(checksum: u64, expected: u64) -> Result<()> {
    match checksum == expected {
        true => Ok(()),
        false => Err(format!("WRONG RESULT {checksum:#x}, not {expected:#x}")),
    }
}

fn turn(state: &mut State, row_count: usize, expected: Option<u64>) {
    let State::Running { run, minima } = state else {
        return;
    };
    let mut round = vec![f64::INFINITY; row_count];
    let start = Instant::now();
    let outcome = loop {
        let sample = run().and_then(|sample| {
            check(sample.checksum, expected.unwrap_or(sample.checksum))?;
            Ok(sample)
        });
        match sample {
            Ok(Sample { amounts, .. }) => {
                for (minimum, amount) in round.iter_mut().zip(amounts) {
                    *minimum = minimum.min(amount);
                }
            }
            Err(reason) => break Err(reason),
        }
        if start.elapsed() >= TURN {
            break Ok(());
        }
    };
    minima.push(round);
    if let Err(reason) = outcome {
        *state = State::Stopped(reason);
    }
}
