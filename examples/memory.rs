//! Exchanges bytes with a guest through its memory.
//!
//! Run it with `cargo run --example memory`.

use wazir::{Engine, Instance, Memory, Module, Store};

/// Changes lower-case letters to upper-case ones in place, and says how many there were.
const UPPERCASE: &str = r#"
(module
  (memory (export "memory") 1 4)
  (func (export "uppercase") (param $address i32) (param $length i32) (result i32)
    (local $end i32) (local $byte i32) (local $count i32)
    (local.set $end (i32.add (local.get $address) (local.get $length)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $address) (local.get $end)))
        (local.set $byte (i32.load8_u (local.get $address)))
        (if (i32.lt_u (i32.sub (local.get $byte) (i32.const 97)) (i32.const 26))
          (then
            (i32.store8 (local.get $address) (i32.sub (local.get $byte) (i32.const 32)))
            (local.set $count (i32.add (local.get $count) (i32.const 1)))))
        (local.set $address (i32.add (local.get $address) (i32.const 1)))
        (br $next)))
    (local.get $count)))
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::default();
    let module = Module::new(&engine, wat::parse_str(UPPERCASE)?)?;
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[])?;
    let memory: Memory = instance
        .get_memory(&mut store, "memory")
        .ok_or("the guest exports no memory")?;
    let uppercase = instance.get_typed_func::<(u32, u32), u32>(&mut store, "uppercase")?;

    let text = "All accesses are checked.";
    memory.write(&mut store, 1024, text.as_bytes())?;
    let changed = uppercase.call(&mut store, (1024, text.len() as u32))?;
    println!(
        "{changed} letters changed: {}",
        memory.str(&store, 1024, text.len())?
    );

    // A range that is not within the memory is an error, whatever the numbers are.
    let error = memory.slice(&store, u32::MAX, u32::MAX).unwrap_err();
    println!("error: {error}");

    // The memory grows by whole pages. Slices borrow the store, so that none is left from before.
    let old_pages = memory.grow(&mut store, 1)?;
    println!(
        "grew from {old_pages} to {} pages of {} bytes",
        memory.size(&store),
        memory.page_size(&store)
    );
    println!("a third time: {}", memory.grow(&mut store, 3).unwrap_err());

    // The guest's own access outside of its memory is a trap.
    let error = uppercase.call(&mut store, (131_072, 1)).unwrap_err();
    println!("{error:?}");
    Ok(())
}
