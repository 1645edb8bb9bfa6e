//! Embeds a function: compiles a module, makes an instance, and calls what it exports.
//!
//! Run it with `cargo run --example hello`.

use wazir::{Engine, Instance, Module, Store};

/// Euclid's algorithm. A real program would read the module from a file with `Module::from_file`.
const GCD: &str = r#"
(module
  (func $gcd (export "gcd") (param i64 i64) (result i64)
    (if (result i64) (i64.eqz (local.get 1))
      (then (local.get 0))
      (else (call $gcd (local.get 1) (i64.rem_u (local.get 0) (local.get 1)))))))
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The engine holds the settings; usually a program has one.
    let engine = Engine::default();

    // The library takes binary modules. The crate `wat` makes one of text.
    let module = Module::new(&engine, wat::parse_str(GCD)?)?;

    // A store holds everything that belongs to one guest, here without any data of the host.
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;

    // The types are checked here, once, so that calls are cheap.
    let gcd = instance.get_typed_func::<(u64, u64), u64>(&mut store, "gcd")?;
    println!("gcd(1071, 462) = {}", gcd.call(&mut store, (1071, 462))?);

    // A name that is not there is answered with those that are.
    let error = instance
        .get_typed_func::<(u64, u64), u64>(&mut store, "lcm")
        .unwrap_err();
    println!("error: {error}");
    Ok(())
}
