//! The interpreter's handlers pass control on without taking stack.
//!
//! In builds in which handlers jump (release builds for x86-64), the test disassembles its own
//! executable: a handler ends in a jump to the next one and calls no handler. In every build, a long
//! run on a tiny stack succeeds.

use wazir::{Engine, Instance, Module, Store};

/// Enough for the loop of a build without optimization; a handler that calls the next one needs more
/// than this after a few thousand instructions.
const TINY_STACK_BYTES: usize = 128 << 10;

#[test]
fn a_long_run_needs_no_stack() {
    let wasm = include_bytes!("guests/bin/kernels.wasm");
    let run = move || {
        let engine = Engine::default();
        let module = Module::new(&engine, wasm).unwrap();
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        for (kernel, argument) in [
            ("fib", 18),
            ("sieve", 20_000),
            ("mandelbrot", 24),
            ("coremark_like", 2),
            ("sha256", 20),
            ("memcpy_loop", 1),
            ("dispatch", 1000),
        ] {
            let kernel = instance
                .get_typed_func::<i32, i32>(&mut store, kernel)
                .unwrap();
            kernel.call(&mut store, argument).unwrap();
        }
    };
    std::thread::Builder::new()
        .stack_size(TINY_STACK_BYTES)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}

#[cfg(all(target_arch = "x86_64", target_os = "linux", not(debug_assertions)))]
mod disassembly {
    use std::collections::BTreeMap;

    use iced_x86::{Decoder, DecoderOptions, FlowControl, Instruction, OpKind, Register};
    use object::{Object, ObjectSection, ObjectSymbol};

    /// Part of the symbol of every handler.
    const HANDLER: &str = "8dispatch4jump7handler";

    /// Handlers that do not go on: the end of running, a trap, no fuel.
    const STOPPING_HANDLERS: usize = 3;

    /// Handlers that call through an address: the one that calls a host function's trampoline.
    const CALLING_HANDLERS: usize = 1;

    struct Handler {
        name: String,
        code: Vec<Instruction>,
    }

    /// The handlers of this executable by address.
    fn handlers() -> BTreeMap<u64, Handler> {
        let executable = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let file = object::File::parse(&*executable).unwrap();
        let text = file.section_by_name(".text").unwrap();
        let (start, bytes) = (text.address(), text.data().unwrap());
        let symbols = file
            .symbols()
            .filter(|symbol| symbol.name().is_ok_and(|name| name.contains(HANDLER)));
        symbols
            .map(|symbol| {
                let from = (symbol.address() - start) as usize;
                let body = &bytes[from..from + symbol.size() as usize];
                let decoder = Decoder::with_ip(64, body, symbol.address(), DecoderOptions::NONE);
                let name = symbol.name().unwrap().to_owned();
                (
                    symbol.address(),
                    Handler {
                        name,
                        code: decoder.into_iter().collect(),
                    },
                )
            })
            .collect()
    }

    /// Whether a call or jump through memory goes to a function that the linker has resolved.
    fn is_linked(instruction: &Instruction) -> bool {
        instruction.op0_kind() == OpKind::Memory && instruction.memory_base() == Register::RIP
    }

    #[test]
    fn handlers_jump_and_call_no_handler() {
        let handlers = handlers();
        assert!(
            handlers.len() > 1000,
            "only {} handlers found: are there symbols?",
            handlers.len()
        );
        let (mut stopping, mut calling) = (Vec::new(), Vec::new());
        for handler in handlers.values() {
            let mut goes_on = false;
            for instruction in &handler.code {
                let target = instruction.near_branch_target();
                match instruction.flow_control() {
                    FlowControl::Call => {
                        assert!(
                            !handlers.contains_key(&target),
                            "{} calls a handler",
                            handler.name
                        );
                    }
                    FlowControl::IndirectCall if !is_linked(instruction) => {
                        calling.push(&handler.name)
                    }
                    FlowControl::IndirectBranch if !is_linked(instruction) => goes_on = true,
                    FlowControl::UnconditionalBranch | FlowControl::ConditionalBranch => {
                        goes_on |= handlers.contains_key(&target);
                    }
                    _ => {}
                }
            }
            if !goes_on {
                stopping.push(&handler.name);
            }
        }
        assert!(
            stopping.len() <= STOPPING_HANDLERS,
            "these do not end in a jump: {stopping:#?}"
        );
        assert!(
            calling.len() <= CALLING_HANDLERS,
            "these call through an address: {calling:#?}"
        );
    }
}
