//! The smallest program that runs a module with Silverfir.

use sf_nano_core::{Config, Engine, Instance, Value};

fn main() {
    let path = std::env::args().nth(1).expect("the path of a module");
    let wasm = std::fs::read(path).expect("the module can be read");
    let engine = Engine::new(Config::new()).expect("the settings are possible");
    let mut instance = Instance::new(&engine, &wasm, &[]).expect("the module is valid");
    let run = instance.get_func("run").expect("the export exists");
    let mut results = [Value::I64(0)];
    instance
        .call(&run, &[Value::I32(1)], &mut results)
        .expect("no trap");
    let [Value::I64(result)] = results else {
        panic!("the result is no i64");
    };
    println!("{result}");
}
