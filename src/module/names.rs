//! The names that a module's name section gives.
//!
//! Input: what `decode/custom.rs` found. Output: names by index, for backtraces and messages.
//! Holds: every range lies within the module's bytes and is UTF-8; functions are ascending.

use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

/// Names, as ranges of the module's bytes.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The name of the module.
    pub(crate) module: Option<Range<u32>>,
    /// Function indices, ascending, each once, with the functions' names.
    pub(crate) functions: Vec<(u32, Range<u32>)>,
}

impl Names {
    /// The name of the module.
    pub(crate) fn module<'a>(&self, bytes: &'a [u8]) -> Option<&'a str> {
        text(bytes, self.module.as_ref()?)
    }

    /// The name of a function.
    pub(crate) fn function<'a>(&self, bytes: &'a [u8], function_index: u32) -> Option<&'a str> {
        let position = self
            .functions
            .binary_search_by_key(&function_index, |(index, _)| *index)
            .ok()?;
        text(bytes, &self.functions[position].1)
    }
}

fn text<'a>(bytes: &'a [u8], range: &Range<u32>) -> Option<&'a str> {
    core::str::from_utf8(bytes.get(range.start as usize..range.end as usize)?).ok()
}

/// A function as messages name it.
pub(crate) struct FunctionLabel<'a> {
    pub(super) index: u32,
    pub(super) name: Option<&'a str>,
}

/// How many characters of a name a message shows: a module may give a name as long as it likes.
const SHOWN_CHARACTERS: usize = 120;

impl fmt::Display for FunctionLabel<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "function {}", self.index)?;
        let Some(name) = self.name else {
            return Ok(());
        };
        let shown = name.char_indices().nth(SHOWN_CHARACTERS);
        let (shown, rest) = match shown {
            Some((end, _)) => (&name[..end], "..."),
            None => (name, ""),
        };
        write!(f, " `{}{rest}`", shown.escape_debug())
    }
}
