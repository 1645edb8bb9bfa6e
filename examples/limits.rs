//! Runs guests that nobody vouches for: limits on time, fuel, stack and memory, and an interruption
//! from another thread.
//!
//! Run it with `cargo run --example limits`.

use std::time::Duration;
use wazir::{Config, Engine, Instance, Module, Store, StoreLimits, StoreLimitsBuilder};

const GREEDY: &str = r#"
(module
  (memory 1)
  (func (export "loop") (loop (br 0)))
  (func $deeper (export "recursion") (call $deeper))
  (func (export "memory") (loop (br_if 0 (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) unreachable)
  (func (export "modest")))
"#;

/// The data of a store; its limits are a part of it.
struct Tenant {
    limits: StoreLimits,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Finite limits for everything, interruptions on. Fuel is counted besides.
    let mut config = Config::untrusted();
    config.consume_fuel(true);
    let engine = Engine::new(&config)?;
    let module = Module::new(&engine, wat::parse_str(GREEDY)?)?;

    // Limits of this store, beside the engine's.
    let limits = StoreLimitsBuilder::new().memory_size(1 << 20).build();
    let mut store = Store::new(&engine, Tenant { limits });
    store.limiter(|tenant| &mut tenant.limits);
    let instance = Instance::new(&mut store, &module, &[])?;

    let mut run = |what: &str, name: &str, fuel: u64| -> wazir::Result<()> {
        let func = instance.get_typed_func::<(), ()>(&mut store, name)?;
        store.set_fuel(fuel)?;
        store.set_deadline(Duration::from_millis(50))?;
        match func.call(&mut store, ()) {
            Ok(()) => println!("{what}: finished"),
            Err(error) => println!("{what}: {error}"),
        }
        Ok(())
    };
    run("within its limits", "modest", 1_000)?;
    run("a loop with little fuel", "loop", 10_000)?;
    run("a loop with a deadline", "loop", u64::MAX)?;
    run("recursion without end", "recursion", u64::MAX)?;
    run("all the memory", "memory", u64::MAX)?;

    // Any thread can interrupt a call.
    store.clear_deadline();
    store.set_fuel(u64::MAX)?;
    let handle = store.interrupt_handle()?;
    let thread = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        handle.interrupt();
    });
    let func = instance.get_typed_func::<(), ()>(&mut store, "loop")?;
    println!(
        "from another thread: {}",
        func.call(&mut store, ()).unwrap_err()
    );
    thread.join().expect("the thread does not panic");
    Ok(())
}
