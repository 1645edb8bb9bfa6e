//! Reads one JSON text from standard input and prints it indented, with sorted keys.
//! Bad JSON gives a message on standard error and exit code 1.

use std::io::{self, Read, Write};
use std::process::ExitCode;

fn main() -> io::Result<ExitCode> {
    let mut text = Vec::new();
    io::stdin().lock().read_to_end(&mut text)?;
    let value: serde_json::Value = match serde_json::from_slice(&text) {
        Ok(value) => value,
        Err(error) => {
            eprintln!("json_pretty: {error}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &value)?;
    out.write_all(b"\n")?;
    Ok(ExitCode::SUCCESS)
}
