//! What emission has done, as rows.
//!
//! Input: instructions as they are emitted, and where they come from. Output: [`Listing`], for whoever prints it.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write};

/// What a row is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The name of a place.
    Label,
    /// An instruction.
    Instruction,
    /// Bytes that are not executed, up to the next row.
    Data,
}

/// A row of a [`Listing`].
#[derive(Copy, Clone, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) kind: Kind,
    /// Where its bytes begin.
    pub(crate) at: u32,
    /// Where in the module's bytes it comes from.
    pub(crate) position: u32,
    pub(crate) text: &'a str,
}

/// The rows of a function, in the order of their places.
#[derive(Default)]
pub(crate) struct Listing {
    text: String,
    /// Each row, with the end of its text.
    rows: Vec<(Kind, u32, u32, usize)>,
}

impl Listing {
    /// Forgets everything and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.rows.clear();
    }

    /// Adds a row.
    pub(super) fn push(&mut self, kind: Kind, at: u32, position: u32, text: fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.text.write_fmt(text);
        self.rows.push((kind, at, position, self.text.len()));
    }

    /// The rows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let mut start = 0;
        self.rows.iter().map(move |&(kind, at, position, end)| {
            let text = &self.text[start..end];
            start = end;
            Row {
                kind,
                at,
                position,
                text,
            }
        })
    }
}

/// The instructions with their places, and the labels.
impl fmt::Display for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in self.rows() {
            match row.kind {
                Kind::Label => writeln!(f, "{}", row.text)?,
                Kind::Instruction => writeln!(f, "{:6}  {}", row.at, row.text)?,
                Kind::Data => {}
            }
        }
        Ok(())
    }
}
