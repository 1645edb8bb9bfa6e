//! The smallest program that runs a module with wazir.

use wazir::{Engine, Linker, Module, Store};

fn main() {
    let path = std::env::args().nth(1).expect("the path of a module");
    let wasm = std::fs::read(path).expect("the module can be read");
    let engine = Engine::default();
    let module = Module::new(&engine, &wasm).expect("the module is valid");
    let mut store = Store::new(&engine, ());
    let linker = Linker::new(&engine);
    let instance = linker
        .instantiate(&mut store, &module)
        .expect("the module has no imports");
    let run = instance
        .get_typed_func::<i32, i64>(&mut store, "run")
        .expect("the export exists");
    let result = run.call(&mut store, 1).expect("no trap");
    println!("{result}");
}
