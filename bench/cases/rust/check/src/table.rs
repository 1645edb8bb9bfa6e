//! A table in a file.
//!
//! Input: a file with tabs between columns, and the names of the columns in its first line. Output: the same, with
//! some cells changed. Holds: every row has all columns.

use std::fs;
use std::path::{Path, PathBuf};

pub struct Table {
    path: PathBuf,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text =
            fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut lines = text
            .lines()
            .map(|line| line.split('\t').map(String::from).collect());
        let columns: Vec<String> = lines.next().unwrap_or_default();
        let rows: Vec<Vec<String>> = lines.collect();
        match rows.iter().find(|row| row.len() != columns.len()) {
            Some(row) => Err(format!(
                "{}: the row of {} is too short or too long",
                path.display(),
                row[0]
            )),
            None => Ok(Self {
                path: path.into(),
                columns,
                rows,
            }),
        }
    }

    pub fn write(&self) -> Result<(), String> {
        let lines: Vec<String> = [&self.columns]
            .into_iter()
            .chain(&self.rows)
            .map(|row| row.join("\t") + "\n")
            .collect();
        fs::write(&self.path, lines.concat()).map_err(|error| error.to_string())
    }

    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    pub fn get(&self, row: usize, column: &str) -> &str {
        &self.rows[row][self.index(column)]
    }

    pub fn set(&mut self, row: usize, column: &str, value: String) {
        let index = self.index(column);
        self.rows[row][index] = value;
    }

    fn index(&self, column: &str) -> usize {
        self.columns
            .iter()
            .position(|name| name == column)
            .unwrap_or_else(|| panic!("no column {column}"))
    }
}
