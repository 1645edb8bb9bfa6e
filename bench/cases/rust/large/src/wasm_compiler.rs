//! A compiler of WebAssembly makes code of a small module `size` times, each time for the next of three machines.

use cranelift_codegen::timing::{Pass, Profiler, set_thread_profiler};
use std::any::Any;
use support::Checksum;
use wasmtime::{Config, Engine};

support::case!(work);

/// `(module (func (export "f") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))`: more would keep an
/// interpreter busy for longer than it takes to start.
static MODULE: &[u8] = b"\0asm\x01\0\0\0\
    \x01\x06\x01\x60\x01\x7F\x01\x7F\
    \x03\x02\x01\0\
    \x07\x05\x01\x01f\0\0\
    \x0A\x09\x01\x07\0\x20\0\x41\x01\x6A\x0B";

/// Two processors, and the compiler's own instructions for an interpreter.
const TARGETS: [&str; 3] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "pulley64",
];

/// The compiler measures how long its passes take, but here is no clock.
struct NoClock;

impl Profiler for NoClock {
    fn start_pass(&self, _: Pass) -> Box<dyn Any> {
        Box::new(())
    }
}

fn work(size: u32) -> u64 {
    set_thread_profiler(Box::new(NoClock));
    let mut checksum = Checksum::new();
    for target in TARGETS.into_iter().cycle().take(size as usize) {
        let mut config = Config::new();
        config.target(target).expect("the target is known");
        let code = Engine::new(&config)
            .and_then(|engine| engine.precompile_module(MODULE))
            .expect("the module can be compiled");
        checksum.add_bytes(&code);
    }
    checksum.get()
}
