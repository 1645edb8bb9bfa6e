//! Runs a program that was compiled for wasm32-wasip1: it reads a text that the host gives to it,
//! and the host reads what it writes. Nothing else of the machine is visible to it.
//!
//! Run it with `cargo run --example wasi`.

use std::time::Duration;

use wazir::wasi::p1::{self, WasiP1Ctx};
use wazir::wasi::{Pipe, WasiCtxBuilder};
use wazir::{Config, Engine, Linker, Module, Result, Store};

/// Counts lines, words and bytes of standard input. Its source is tests/guests/rust/wordcount.
const PROGRAM: &[u8] = include_bytes!("../tests/guests/bin/wordcount.wasm");

const TEXT: &str = "the quick brown fox\njumps over the lazy dog\n";

fn main() -> Result<()> {
    // The program may take as much time as this host has patience.
    let engine = Engine::new(Config::new().interruptable(true))?;
    let module = Module::new(&engine, PROGRAM)?;

    // The functions of WASI find the program's context in the store.
    let mut linker: Linker<WasiP1Ctx> = Linker::new(&engine);
    p1::add_to_linker_sync(&mut linker, |context| context)?;

    let output = Pipe::new(1 << 20);
    let context = WasiCtxBuilder::new()
        .arg("wordcount")
        .stdin(Pipe::from(TEXT))
        .stdout(output.clone())
        .inherit_stderr()
        .build_p1();
    let mut store = Store::new(&engine, context);
    store.set_deadline(Duration::from_secs(60))?;

    let instance = linker.instantiate(&mut store, &module)?;
    let start = instance.get_typed_func::<(), ()>(&mut store, "_start")?;
    let code = match start.call(&mut store, ()) {
        Ok(()) => 0,
        // An exit is an error, so that it ends the run from anywhere in the program.
        Err(error) => match error.exit_code() {
            Some(code) => code,
            None => return Err(error.context("the program failed")),
        },
    };

    let output = String::from_utf8(output.contents())?;
    print!("{output}");
    println!("exit code {code}");
    assert!(output.starts_with("lines 2\nwords 9\nbytes 44\n"));
    assert_eq!(code, 0);
    Ok(())
}
