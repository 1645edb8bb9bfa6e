//! An interpreter of WebAssembly translates a module and runs `size` rounds of a kernel.

use support::Checksum;
use wasmi::{Engine, Linker, Module, Store};

support::case!(work);

/// Needs no more than an interpreter of any age can do.
static MODULE: &[u8] = include_bytes!("../../../../../tests/guests/bin/kernels.wasm");

fn work(size: u32) -> u64 {
    let engine = Engine::default();
    let module = Module::new(&engine, MODULE).expect("the module is valid");
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine)
        .instantiate_and_start(&mut store, &module)
        .expect("the module has no imports");
    let kernel = instance
        .get_typed_func::<i32, i32>(&store, "coremark_like")
        .expect("the module has the kernel");
    let mut checksum = Checksum::new();
    checksum.add(
        kernel
            .call(&mut store, size as i32)
            .expect("kernels do not trap") as u64,
    );
    checksum.get()
}
