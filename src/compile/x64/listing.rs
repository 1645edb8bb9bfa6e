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
    /// The number of the site if it is in an inlined body.
    pub(crate) site: Option<u32>,
    pub(crate) text: &'a str,
}

/// Where in the module's bytes a row comes from, and the number of the site.
type Origin = (u32, Option<u32>);

/// The rows of a function, in the order of their places.
#[derive(Default)]
pub(crate) struct Listing {
    text: String,
    /// Each row, with the end of its text.
    rows: Vec<(Kind, u32, Origin, usize)>,
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
        self.rows
            .push((kind, at, (position, None), self.text.len()));
    }

    /// Where rows have positions as `place` understands them, puts those in the module's bytes, and the sites.
    pub(crate) fn place_inlined(&mut self, place: impl Fn(u32) -> (u32, Option<u32>)) {
        for (_, _, position, _) in &mut self.rows {
            *position = place(position.0);
        }
    }

    /// The rows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let mut start = 0;
        self.rows
            .iter()
            .map(move |&(kind, at, (position, site), end)| {
                let text = &self.text[start..end];
                start = end;
                Row {
                    kind,
                    at,
                    position,
                    site,
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
