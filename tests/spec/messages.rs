//! Whether an error's text is the one that a script expects.
//!
//! Input: the kind of the command, the expected text, ours. Output: whether they agree.
//! Holds: the library's texts begin with the words of the newest suite, but where the table of [`NEWEST`] says why not;
//! [`OLDER`] has what earlier suites say instead.

use crate::script::{Kind, trap_matches};

/// What the newest suite says, and what the library says instead.
#[rustfmt::skip]
const NEWEST: &[(&str, &str)] = &[
    // Lengths in these scripts leave out a part of the number. The reference interpreter reads on beyond them.
    ("integer representation too long", "unexpected end of section or function"),
    ("integer representation too long", "malformed section id"),
    ("integer representation too long", "section size mismatch"),
    ("integer too large", "unexpected end of section or function"),
    ("integer too large", "malformed section id"),
    ("integer too large", "section size mismatch"),
    // Here it takes the next section for the part that is missing.
    ("section size mismatch", "END opcode expected"),
    ("length out of bounds", "unexpected end of section or function"),
    // Other scripts of the same suite call this so.
    ("unexpected end of section or function", "END opcode expected"),
    // In text, where it is the order of definitions.
    ("multiple start sections", "unexpected content after last section"),
];

/// What earlier suites say, and what the newest one says for the same mistake.
#[rustfmt::skip]
const OLDER: &[(&str, &str)] = &[
    ("global is immutable", "immutable global"),
    ("invalid UTF-8 encoding", "malformed UTF-8 encoding"),
    ("invalid mutability", "malformed mutability"),
    ("invalid section id", "malformed section id"),
    ("zero flag expected", "zero byte expected"),
    ("junk after last section", "unexpected content after last section"),
    ("integer too large", "malformed limits flags"),
    ("integer representation too long", "malformed limits flags"),
    ("unexpected end", "END opcode expected"),
    ("unexpected end", "length out of bounds"),
    ("unexpected end of section or function", "length out of bounds"),
    // The instruction names a segment and a memory or table, and the module has neither.
    ("unknown memory 0", "unknown data segment"),
    ("unknown table 0", "unknown elem segment"),
    // Where the reference interpreter reads on beyond the end of a section or a body.
    ("illegal opcode", "unexpected end of section or function"),
    ("invalid mutability", "length out of bounds"),
    ("invalid value type", "unexpected end of section or function"),
    ("invalid value type", "length out of bounds"),
    ("malformed elements segment kind", "unexpected end of section or function"),
    ("zero flag expected", "section size mismatch"),
    // In text.
    ("i32 constant", "integer too large"),
    ("i32 constant out of range", "integer too large"),
    // Traps.
    ("undefined", "out of bounds table access"),
];

/// For scripts of the standard in force.
pub(crate) fn newest(kind: Kind, expected: &str, actual: &str) -> bool {
    match kind {
        Kind::AssertTrap | Kind::AssertExhaustion | Kind::AssertException => {
            trap_matches(expected, actual)
        }
        _ => actual.starts_with(expected) || is_alias(NEWEST, expected, actual),
    }
}

/// For scripts of earlier standards and of proposals.
pub(crate) fn older(kind: Kind, expected: &str, actual: &str) -> bool {
    newest(kind, expected, actual) || is_alias(OLDER, expected, actual)
}

fn is_alias(table: &[(&str, &str)], expected: &str, actual: &str) -> bool {
    table
        .iter()
        .any(|(theirs, ours)| *theirs == expected && actual.starts_with(ours))
}
