//! V8 in the program `node`.
//!
//! Input: flags of V8, and settings. Output: [`V8`]. Holds: `v8.mjs` does the work and measures the processor time of
//! its process; a run that can be repeated is one process, which does the work once for each line that it reads.

use super::{Call, Mode, Result, Settings, reason};
use crate::cold::{read_sample, written};
use crate::work::{Peer, Run, Wasm, Work};
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

/// The flags for the single-pass compiler alone.
pub const LIFTOFF: &[&str] = &[
    "--liftoff",
    "--no-wasm-tier-up",
    "--no-wasm-dynamic-tiering",
];

/// V8 with flags, in a mode.
pub struct V8 {
    flags: &'static [&'static str],
    mode: Mode,
}

impl V8 {
    pub fn new(flags: &'static [&'static str], settings: Settings) -> V8 {
        V8 {
            flags,
            mode: settings.mode,
        }
    }

    fn mode_flag(&self) -> Option<&'static str> {
        match self.mode {
            Mode::Eager => Some("--no-wasm-lazy-compilation"),
            Mode::LazyTranslation => None,
            Mode::Lazy => Some("--wasm-lazy-validation"),
        }
    }
}

impl Peer for V8 {
    fn prepare(&self, work: &Work) -> Result<Run> {
        let request = match work {
            Work::Call {
                wasm,
                export,
                argument,
            } => json!({
                "kind": "call", "wasm": bytes(wasm), "export": export, "argument": written(*argument),
            }),
            Work::Instantiate {
                wasm, count, touch, ..
            } => json!({
                "kind": "instantiate", "wasm": bytes(wasm), "count": count,
                "export": touch.map(|(export, _)| export),
                "argument": touch.map(|(_, argument)| written(argument)),
            }),
            Work::Enter { call, .. } if *call == Call::Untyped => {
                return Err("has one kind of call".into());
            }
            Work::Enter { wasm, call, count } => json!({
                "kind": "enter", "wasm": bytes(wasm), "empty": *call == Call::TypedEmpty, "count": count,
            }),
            Work::Linked {
                callee,
                caller,
                export,
                argument,
            } => json!({
                "kind": "call", "wasm": bytes(caller), "callee": bytes(callee), "export": export,
                "argument": written(*argument),
            }),
            Work::Translate { wasm } => json!({ "kind": "translate", "wasm": bytes(wasm) }),
            Work::Heap { .. } => return Err("has a heap of its own".into()),
            Work::Start { .. } | Work::Idle { .. } => {
                return Err("is done in a new process".into());
            }
        };
        let mut server = Server::start(self.process()?)?;
        server.ask(&request.to_string())?;
        Ok(Box::new(move || read_sample(&server.ask("run")?)))
    }

    fn process(&self) -> Result<Command> {
        let mut command = Command::new("node");
        command.args(self.flags).args(self.mode_flag()).args([
            // Modules are not found again by their bytes.
            "--no-wasm-native-module-cache-enabled",
            "--input-type=module",
            "--eval",
            include_str!("v8.mjs"),
            "--",
        ]);
        Ok(command)
    }
}

fn bytes(wasm: &Wasm) -> Vec<u8> {
    wasm.to_vec()
}

/// A process that answers each line with a line.
struct Server {
    child: Child,
}

impl Server {
    fn start(mut command: Command) -> Result<Server> {
        let child = command
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot run node: {error}"))?;
        Ok(Server { child })
    }

    fn ask(&mut self, line: &str) -> Result<String> {
        let input = self.child.stdin.as_mut().ok_or("node has no input")?;
        writeln!(input, "{line}").map_err(reason)?;
        let output = self.child.stdout.as_mut().ok_or("node has no output")?;
        let mut answer = String::new();
        // The script answers a line with exactly one, so that nothing is left in the buffer.
        BufReader::new(output)
            .read_line(&mut answer)
            .map_err(reason)?;
        match answer.trim().strip_prefix("error ") {
            Some(error) => Err(error.into()),
            None if answer.is_empty() => Err("node ended".into()),
            None => Ok(answer),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of its input ends the process.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
