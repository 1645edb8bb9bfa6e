//! Runs one module in many threads: engine, module and linked imports are shared, and each thread
//! makes stores of its own.
//!
//! Run it with `cargo run --example threads`.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use wazir::{Caller, Engine, InstancePre, Linker, Module, Store};

/// Counts the primes below a number, and reports each.
const PRIMES: &str = r#"
(module
  (import "host" "found" (func $found (param i32)))
  (func $is_prime (param $number i32) (result i32)
    (local $divisor i32)
    (local.set $divisor (i32.const 2))
    (loop $next
      (if (i32.gt_u (i32.mul (local.get $divisor) (local.get $divisor)) (local.get $number))
        (then (return (i32.const 1))))
      (if (i32.eqz (i32.rem_u (local.get $number) (local.get $divisor)))
        (then (return (i32.const 0))))
      (local.set $divisor (i32.add (local.get $divisor) (i32.const 1)))
      (br $next))
    (unreachable))
  (func (export "primes") (param $from i32) (param $to i32)
    (loop $next
      (if (i32.ge_u (local.get $from) (local.get $to)) (then (return)))
      (if (call $is_prime (local.get $from)) (then (call $found (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $next))))
"#;

/// What a store holds: the primes that its guest found.
type Primes = Vec<u32>;
/// How many numbers a guest looks at.
const PIECE: u32 = 1_000;

fn primes(shared: &InstancePre<Primes>, piece: u32) -> wazir::Result<Primes> {
    let mut store = Store::new(shared.module().engine(), Primes::new());
    let instance = shared.instantiate(&mut store)?;
    let func = instance.get_typed_func::<(u32, u32), ()>(&mut store, "primes")?;
    let from = (piece * PIECE).max(2);
    func.call(&mut store, (from, (piece + 1) * PIECE))?;
    Ok(store.into_data())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::default();
    let module = Module::new(&engine, wat::parse_str(PRIMES)?)?;
    let mut linker = Linker::new(&engine);
    linker.func_wrap(
        "host",
        "found",
        |mut caller: Caller<'_, Primes>, prime: u32| {
            caller.data_mut().push(prime);
        },
    )?;
    // Imports are looked up once; what comes of it needs no store.
    let shared = linker.instantiate_pre(&module)?;
    let (pieces, total) = (AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|scope| {
        for number in 0..4 {
            let (shared, pieces, total) = (&shared, &pieces, &total);
            scope.spawn(move || {
                let next = || pieces.fetch_add(1, Ordering::Relaxed);
                for piece in std::iter::repeat_with(next).take_while(|piece| *piece < 20) {
                    let found = primes(shared, piece).expect("the guest does not trap");
                    println!("thread {number}: {} primes", found.len());
                    total.fetch_add(found.len() as u32, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(total.into_inner(), 2_262);
    Ok(())
}
