//! Runs two guests in turns on one thread: a call that is out of fuel waits until it gets more.
//!
//! Run it with `cargo run --example resumable`.

use wazir::{Config, Engine, Instance, Module, Result, ResumableCall, Store, Val};

/// Adds up the numbers below another.
const SUM: &str = r#"
(module
  (func (export "sum") (param $number i32) (result i64)
    (local $sum i64)
    (loop $next
      (local.set $number (i32.sub (local.get $number) (i32.const 1)))
      (local.set $sum (i64.add (local.get $sum) (i64.extend_i32_u (local.get $number))))
      (br_if $next (local.get $number)))
    (local.get $sum)))
"#;

/// The fuel of a turn.
const TURN: u64 = 20_000;

/// A guest and how far its call has come.
struct Task {
    name: &'static str,
    store: Store<()>,
    call: ResumableCall,
    results: [Val; 1],
}

impl Task {
    fn new(engine: &Engine, module: &Module, name: &'static str, number: i32) -> Result<Task> {
        let mut store = Store::new(engine, ());
        let instance = Instance::new(&mut store, module, &[])?;
        let sum = instance.get_func(&mut store, "sum").unwrap();
        store.set_fuel(TURN)?;
        let mut results = [Val::I64(0)];
        let call = sum.call_resumable(&mut store, &[number.into()], &mut results)?;
        Ok(Task {
            name,
            store,
            call,
            results,
        })
    }

    /// Gives the guest a turn, unless it has finished.
    fn go_on(mut self) -> Result<Option<Task>> {
        self.call = match self.call {
            ResumableCall::Finished => {
                println!("{}: {}", self.name, self.results[0].unwrap_i64());
                return Ok(None);
            }
            ResumableCall::OutOfFuel(call) => {
                println!("{} goes on", self.name);
                // A turn, and at least what the next instructions take.
                self.store.set_fuel(TURN.max(call.required_fuel()))?;
                call.resume(&mut self.store, &mut self.results)?
            }
            ResumableCall::HostTrap(call) => return Err(call.into_host_error()),
        };
        Ok(Some(self))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::new(Config::new().consume_fuel(true))?;
    let module = Module::new(&engine, wat::parse_str(SUM)?)?;
    let mut tasks = vec![
        Task::new(&engine, &module, "long", 20_000)?,
        Task::new(&engine, &module, "short", 5_000)?,
    ];
    while !tasks.is_empty() {
        // Those that have finished are gone after their turn.
        let turns = tasks.into_iter().map(Task::go_on);
        tasks = turns.filter_map(Result::transpose).collect::<Result<_>>()?;
    }
    Ok(())
}
