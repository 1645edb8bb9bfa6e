//! Names that are like one that does not exist, for messages.
//!
//! Input: a wanted name and those that exist. Output: the first few of these, the most similar ones first.
//! Holds: the work is in proportion to the number of names, however long they are.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// How many names a message lists.
const SHOWN: usize = 8;

/// How many names are compared.
const COMPARED_NAMES: usize = 1000;

/// How many bytes of a name are compared.
const COMPARED_BYTES: usize = 64;

/// Names for a message. Those that could have been meant by `wanted` come first, the others in their order.
pub(super) fn list<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> String {
    // What has little in common with the name is not worth another order.
    let unlike = (wanted.len() / 3 + 2).min(COMPARED_BYTES + 1);
    let rank = |(index, name)| match index {
        0..COMPARED_NAMES => (distance(wanted, name).min(unlike), name),
        _ => (unlike, name),
    };
    let names: Vec<(usize, &str)> = names.enumerate().map(rank).collect();
    // There are few distances: a sort is more code to compile.
    let at = |distance| names.iter().filter(move |name| name.0 == distance);
    let sorted = (0..=unlike).flat_map(at);
    let mut text = String::new();
    for (number, (_, name)) in sorted.take(SHOWN).enumerate() {
        let separator = if number == 0 { "" } else { ", " };
        text += &format!("{separator}`{name}`");
    }
    let more = names.len().saturating_sub(SHOWN);
    if more > 0 {
        text += &format!(" and {more} more");
    }
    text
}

/// How many bytes have to be inserted, removed or replaced to make one name of the other; only their beginnings count.
fn distance(a: &str, b: &str) -> usize {
    let start = |name: &'_ str| name.len().min(COMPARED_BYTES);
    let (a, b) = (&a.as_bytes()[..start(a)], &b.as_bytes()[..start(b)]);
    let mut row = [0; COMPARED_BYTES + 1];
    for (index, cell) in row.iter_mut().enumerate() {
        *cell = index;
    }
    for (above, &left) in a.iter().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (index, &right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[index + 1];
            row[index + 1] = replaced.min(row[index] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_levenshtein() {
        for (a, b, expected) in [
            ("", "", 0),
            ("fd_wrte", "fd_write", 1),
            ("kitten", "sitting", 3),
            ("abc", "", 3),
            ("ab", "ba", 2),
        ] {
            assert_eq!((distance(a, b), distance(b, a)), (expected, expected));
        }
        let long = "x".repeat(1000);
        assert_eq!(distance(&long, ""), COMPARED_BYTES);
    }

    #[test]
    fn similar_names_come_first_and_the_others_in_their_order() {
        let names = ["a", "z", "fd_read", "b", "fd_write"];
        assert_eq!(
            list("fd_wrte", names.into_iter()),
            "`fd_write`, `a`, `z`, `fd_read`, `b`"
        );
        let many: Vec<String> = (0..20).map(|number| format!("name{number}")).collect();
        let text = list("other", many.iter().map(String::as_str));
        assert!(text.starts_with("`name0`, `name1`") && text.ends_with("and 12 more"));
    }
}
