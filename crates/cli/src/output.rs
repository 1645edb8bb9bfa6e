//! What the command itself writes.
//!
//! Input: text, with names that a module's author has chosen. Output: standard output and standard error.
//! Holds: no control character of a name reaches the terminal; results that cannot be written are a failure, and
//! messages that cannot be are no reason to end otherwise than the exit code says.

use std::io::{self, ErrorKind, Write};

use crate::failure::Failure;

/// Prints results on standard output. If nobody reads them, so be it.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    let written = output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::new(format!(
            "the output cannot be written: {error}"
        ))),
        _ => Ok(()),
    }
}

/// Tells the user something on standard error, in one piece, so that it is not mixed with what others write.
pub(crate) fn tell(text: &str) {
    let text = escape(text, |character| matches!(character, '\n' | '\t'));
    let _ = io::stderr().write_all(text.as_bytes());
}

/// A name as it can be shown: characters that are not printed, but move the cursor or hide text, are escaped.
pub(crate) fn visible(name: &str) -> String {
    escape(name, |_| false)
}

fn escape(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if is_invisible(character) && !is_kept(character) {
            escaped.extend(character.escape_debug());
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Control characters, separators of lines, and what changes the direction of text.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_with_their_letters_and_without_their_control_characters() {
        for name in [
            "main",
            "naïve_λ",
            "e\u{301}",
            "漢字",
            "a\\b",
            "it's \"so\"",
            "👩‍🚀",
        ] {
            assert_eq!(visible(name), name);
        }
        assert_eq!(visible("a\x1b[31m\n"), "a\\u{1b}[31m\\n");
        assert_eq!(
            visible("\u{9b}0m\u{202e}x\x07\0"),
            "\\u{9b}0m\\u{202e}x\\u{7}\\0"
        );
    }
}
