//! Gives a guest functions of the host: with data of the host, with errors, and with text from the
//! guest's memory.
//!
//! Run it with `cargo run --example host_functions`.

use std::fmt;
use wazir::{Caller, Engine, Extern, Linker, Module, Result, Store};

const SHOP: &str = r#"
(module
  (import "shop" "print" (func $print (param i32 i32)))
  (import "shop" "pay" (func $pay (param i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "buying a book")
  (data (i32.const 32) "buying a house")
  (func (export "run")
    (call $print (i32.const 0) (i32.const 13)) (drop (call $pay (i32.const 30)))
    (call $print (i32.const 32) (i32.const 14)) (drop (call $pay (i32.const 300000)))))
"#;

/// What the host keeps for each guest.
struct Customer {
    money: i32,
}

/// An error of the host. It passes through the guest, and the host gets it back as it was.
#[derive(Debug)]
struct TooExpensive {
    missing: i32,
}

impl fmt::Display for TooExpensive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} short", self.missing)
    }
}

impl std::error::Error for TooExpensive {}

/// Prints text that lies in the guest's memory. Addresses from a guest are checked by `str`.
fn print(mut caller: Caller<'_, Customer>, address: u32, length: u32) -> Result<()> {
    let Some(Extern::Memory(memory)) = caller.get_export("memory") else {
        return Err(wazir::Error::msg("the guest exports no memory"));
    };
    println!("guest: {}", memory.str(&caller, address, length)?);
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::default();
    let mut linker = Linker::new(&engine);
    linker.func_wrap("shop", "print", print)?;
    linker.func_wrap(
        "shop",
        "pay",
        |mut caller: Caller<'_, Customer>, price: i32| {
            let customer = caller.data_mut();
            if price > customer.money {
                return Err(TooExpensive {
                    missing: price - customer.money,
                });
            }
            customer.money -= price;
            Ok(customer.money)
        },
    )?;

    let module = Module::new(&engine, wat::parse_str(SHOP)?)?;
    let mut store = Store::new(&engine, Customer { money: 100 });
    let instance = linker.instantiate(&mut store, &module)?;
    let run = instance.get_typed_func::<(), ()>(&mut store, "run")?;
    let error = run.call(&mut store, ()).unwrap_err();
    println!("the guest stopped: {error}");
    if let Some(TooExpensive { missing }) = error.downcast_ref() {
        println!("it wanted {missing} too much");
    }
    println!("money left: {}", store.data().money);
    Ok(())
}
