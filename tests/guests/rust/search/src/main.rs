//! Prints the lines of standard input that match the regular expression in the first argument, each after
//! its number and a colon. Exit code 1: no line matches. Exit code 2: no pattern, or a bad one.

use regex::bytes::Regex;
use std::io::{self, Read, Write};
use std::process::ExitCode;

fn main() -> io::Result<ExitCode> {
    let Some(pattern) = std::env::args().nth(1) else {
        eprintln!("usage: search PATTERN");
        return Ok(ExitCode::from(2));
    };
    let regex = match Regex::new(&pattern) {
        Ok(regex) => regex,
        Err(error) => {
            eprintln!("search: {error}");
            return Ok(ExitCode::from(2));
        }
    };

    let mut text = Vec::new();
    io::stdin().lock().read_to_end(&mut text)?;
    let body = text.strip_suffix(b"\n").unwrap_or(&text);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut found = false;
    for (index, line) in body.split(|&byte| byte == b'\n').enumerate() {
        if regex.is_match(line) {
            found = true;
            write!(out, "{}:", index + 1)?;
            out.write_all(line)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(if found {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
