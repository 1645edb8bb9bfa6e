//! What the other programs in this folder are compared with: everything but the engine.

fn main() {
    let path = std::env::args().nth(1).expect("the path of a module");
    let wasm = std::fs::read(path).expect("the module can be read");
    println!("{}", wasm.len());
}
