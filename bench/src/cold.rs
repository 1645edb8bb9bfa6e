//! Work in a process that has done nothing yet.
//!
//! Input: what to do, as arguments of the command `child`, and a module on the standard input. Output: amounts and a
//! checksum, as one line on the standard output. Holds: the same for engines of this program and for V8's script.

use crate::engines::{Argument, Mode, Result, Settings, TABLE, reason};
use crate::system::bind_to_one_processor;
use crate::work::{Peer, Run, Sample, Wasm, Work};
use std::io::{Read, Write};
use std::process::{Command, Stdio};

/// The arguments of a child process, after those that name the engine.
fn arguments(work: &Work) -> Result<Vec<String>> {
    match work {
        Work::Start {
            export, argument, ..
        } => Ok(vec!["start".into(), export.clone(), written(*argument)]),
        Work::Idle {
            export,
            argument,
            count,
            ..
        } => Ok(vec![
            "idle".into(),
            export.clone(),
            written(*argument),
            count.to_string(),
        ]),
        _ => Err("is not done in a new process".into()),
    }
}

/// An argument as text, with its type.
pub fn written(value: Argument) -> String {
    match value {
        Argument::I32(value) => format!("i32:{value}"),
        Argument::I64(value) => format!("i64:{value}"),
    }
}

fn read_argument(text: &str) -> Result<Argument> {
    let (kind, value) = text.split_once(':').ok_or("an argument has a type")?;
    match kind {
        "i32" => value.parse().map(Argument::I32).map_err(reason),
        "i64" => value.parse().map(Argument::I64).map_err(reason),
        _ => Err(format!("no type {kind}")),
    }
}

/// A run starts a process of the engine and takes its answer.
pub fn run_in_processes(
    peer: &dyn Peer,
    wasm: Wasm,
    work: &Work,
    one_processor: bool,
) -> Result<Run> {
    let arguments = arguments(work)?;
    let mut command = peer.process()?;
    command.args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command.stderr(Stdio::piped());
    if one_processor {
        bind_to_one_processor(&mut command)?;
    }
    Ok(Box::new(move || run(&mut command, &wasm)))
}

fn run(command: &mut Command, wasm: &[u8]) -> Result<Sample> {
    let mut child = command.spawn().map_err(reason)?;
    let mut input = child.stdin.take().ok_or("the child has no input")?;
    // A child that ends early says why on its standard error.
    let _ = input.write_all(wasm);
    drop(input);
    let output = child.wait_with_output().map_err(reason)?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        let last = errors.lines().last().unwrap_or("no message");
        return Err(format!("{}: {last}", output.status));
    }
    read_sample(&String::from_utf8_lossy(&output.stdout))
}

/// Reads a checksum and amounts.
pub fn read_sample(line: &str) -> Result<Sample> {
    let mut words = line.split_whitespace();
    let checksum = words.next().ok_or("the child said nothing")?;
    Ok(Sample {
        checksum: checksum.parse().map_err(reason)?,
        amounts: words
            .map(|word| word.parse().map_err(reason))
            .collect::<Result<_>>()?,
    })
}

/// The child: does what the arguments say once, and prints the result.
pub fn child(arguments: &[String]) -> Result<()> {
    let [name, mode, parallel, kind, export, argument, rest @ ..] = arguments else {
        return Err("too few arguments".into());
    };
    let entry = TABLE.iter().find(|entry| entry.name == name);
    let mode = Mode::ALL.into_iter().find(|known| known.name() == mode);
    let settings = Settings {
        mode: mode.ok_or("no such mode")?,
        parallel: parallel.parse().map_err(reason)?,
    };
    let mut wasm = Vec::new();
    std::io::stdin().read_to_end(&mut wasm).map_err(reason)?;
    let (wasm, export) = (wasm.into(), export.clone());
    let argument = read_argument(argument)?;
    let work = match (kind.as_str(), rest) {
        ("start", []) => Work::Start {
            wasm,
            export,
            argument,
        },
        ("idle", [count]) => Work::Idle {
            wasm,
            export,
            argument,
            count: count.parse().map_err(reason)?,
        },
        _ => return Err(format!("no work {kind}")),
    };
    let peer = entry.ok_or("no such engine")?.peer(settings);
    let Sample { amounts, checksum } = peer.prepare(&work)?()?;
    let amounts: Vec<String> = amounts.iter().map(f64::to_string).collect();
    println!("{checksum} {}", amounts.join(" "));
    Ok(())
}
