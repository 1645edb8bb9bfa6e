//! An interpreter of WebAssembly translates a module and runs it with `size` rounds.

use support::Checksum;
use wasmi::{Engine, Linker, Module, Store};

support::case!(work);

/// Needs no more than an interpreter of any age can do.
static MODULE: &[u8] = include_bytes!("../../../bin/integer_loop.wasm");

fn work(size: u32) -> u64 {
    let engine = Engine::default();
    let module = Module::new(&engine, MODULE).expect("the module is valid");
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine)
        .instantiate_and_start(&mut store, &module)
        .expect("the module has no imports");
    let run = instance
        .get_typed_func::<i32, i64>(&store, "run")
        .expect("the module is a case");
    let mut checksum = Checksum::new();
    checksum.add(
        run.call(&mut store, size as i32)
            .expect("cases do not trap") as u64,
    );
    checksum.get()
}
