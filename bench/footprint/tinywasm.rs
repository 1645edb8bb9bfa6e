//! The smallest program that runs a module with tinywasm.

use tinywasm::{ModuleInstance, Store, parse_bytes};

fn main() {
    let path = std::env::args().nth(1).expect("the path of a module");
    let wasm = std::fs::read(path).expect("the module can be read");
    let module = parse_bytes(&wasm).expect("the module is valid");
    let mut store = Store::default();
    let instance =
        ModuleInstance::instantiate(&mut store, &module, None).expect("the module has no imports");
    let run = instance
        .func::<i32, i64>(&store, "run")
        .expect("the export exists");
    let result = run.call(&mut store, 1).expect("no trap");
    println!("{result}");
}
