//! What guests can use up: time, fuel, stack, memory, tables and instances.

use std::time::{Duration, Instant};
use wazir::*;

const ENDLESS: &str = r#"(module
    (memory (export "memory") 1000)
    (func (export "loop") (loop (br 0)))
    (func (export "count") (param i32) (result i32)
      (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get 0))
    (func $down (param i32) (result i32)
      (if (result i32) (local.get 0)
        (then (call $down (i32.sub (local.get 0) (i32.const 1)))) (else (i32.const 0))))
    (func (export "calls") (loop (drop (call $down (i32.const 100))) (br 0)))
    (func (export "fill") (loop (memory.fill (i32.const 0) (i32.const 7) (i32.const 60000000)) (br 0)))
    (func $deep (export "deep") (result i32) (i32.add (call $deep) (i32.const 1))))"#;

fn endless(config: &Config) -> (Store<()>, Instance) {
    let engine = Engine::new(config).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &crate::module(&engine, ENDLESS), &[]).unwrap();
    (store, instance)
}

#[test]
fn a_deadline_ends_loops_calls_and_bulk_operations() {
    let (mut store, instance) = endless(Config::new().interruptable(true));
    for name in ["loop", "calls", "fill"] {
        let run = instance.get_typed_func::<(), ()>(&mut store, name).unwrap();
        let start = Instant::now();
        store.set_deadline(Duration::from_millis(30)).unwrap();
        let error = run.call(&mut store, ()).unwrap_err();
        assert_eq!((name, error.trap()), (name, Some(Trap::Interrupt)));
        assert!(
            start.elapsed() >= Duration::from_millis(30),
            "{name}: {:?} {error:?}",
            start.elapsed()
        );
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{name}: {:?}",
            start.elapsed()
        );
        assert_eq!(
            run.call(&mut store, ()).unwrap_err().trap(),
            Some(Trap::Interrupt),
            "it has passed"
        );
    }
    store.clear_deadline();
    let nothing = Func::wrap(&mut store, || {});
    nothing.call(&mut store, &[], &mut []).unwrap();
}

#[test]
fn an_interrupt_handle_stops_one_call_from_another_thread() {
    let (mut store, instance) = endless(Config::new().interruptable(true));
    let run = instance
        .get_typed_func::<(), ()>(&mut store, "loop")
        .unwrap();
    let count = instance
        .get_typed_func::<i32, i32>(&mut store, "count")
        .unwrap();
    let handle = store.interrupt_handle().unwrap();
    for _ in 0..3 {
        let handle = handle.clone();
        let thread = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(10));
            handle.interrupt();
        });
        assert_eq!(
            run.call(&mut store, ()).unwrap_err().trap(),
            Some(Trap::Interrupt)
        );
        thread.join().unwrap();
        // The request is answered: the next call runs to its end.
        assert_eq!(count.call(&mut store, 10).unwrap(), 0);
    }
    drop(store);
    handle.interrupt();
}

#[test]
fn without_the_switch_there_is_an_error_and_not_a_handle_without_effect() {
    let mut store = Store::new(&Engine::default(), ());
    assert!(
        store
            .interrupt_handle()
            .unwrap_err()
            .to_string()
            .contains("Config::interruptable")
    );
    assert!(store.set_deadline(Duration::ZERO).is_err());
    assert!(
        store
            .get_fuel()
            .unwrap_err()
            .to_string()
            .contains("Config::consume_fuel")
    );
    assert!(store.set_fuel(1).is_err());
}

#[test]
fn an_epoch_ends_a_run_until_there_is_a_new_deadline() {
    let (mut store, instance) = endless(Config::new().epoch_interruption(true));
    let engine = store.engine().clone();
    let run = instance
        .get_typed_func::<(), ()>(&mut store, "loop")
        .unwrap();
    let nothing = Func::wrap(&mut store, || {});
    store.set_epoch_deadline(2);
    engine.increment_epoch();
    nothing.call(&mut store, &[], &mut []).unwrap();
    let ticker = std::thread::spawn({
        let engine = engine.clone();
        move || {
            std::thread::sleep(Duration::from_millis(10));
            engine.increment_epoch();
        }
    });
    assert_eq!(
        run.call(&mut store, ()).unwrap_err().trap(),
        Some(Trap::Interrupt)
    );
    let error = nothing.call(&mut store, &[], &mut []).unwrap_err();
    assert_eq!(error.trap(), Some(Trap::Interrupt), "it has passed");
    ticker.join().unwrap();
    store.set_epoch_deadline(1);
    nothing.call(&mut store, &[], &mut []).unwrap();
    // A deadline that passes while nothing runs, and is then moved, does not count.
    engine.increment_epoch();
    store.set_epoch_deadline(1);
    let down = instance.get_func(&mut store, "deep").unwrap();
    let error = down.call(&mut store, &[], &mut [Val::I32(0)]).unwrap_err();
    assert_eq!(error.trap(), Some(Trap::StackOverflow));
}

#[test]
fn fuel_is_used_up_deterministically() {
    let engine = Engine::new(Config::new().consume_fuel(true)).unwrap();
    let text = r#"(module (func (export "count") (param i32) (result i32) (local i32)
        (loop $again
          (local.set 1 (i32.add (local.get 1) (local.get 0)))
          (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (local.get 1)))"#;
    let module = crate::module(&engine, text);
    let used = |count: i32| {
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let func = instance
            .get_typed_func::<i32, i32>(&mut store, "count")
            .unwrap();
        assert_eq!(store.get_fuel().unwrap(), 0);
        assert_eq!(
            func.call(&mut store, count).unwrap_err().trap(),
            Some(Trap::OutOfFuel)
        );
        store.set_fuel(1_000_000).unwrap();
        func.call(&mut store, count).unwrap();
        1_000_000 - store.get_fuel().unwrap()
    };
    let (ten, twenty, thirty) = (used(10), used(20), used(30));
    assert_eq!(ten, used(10));
    assert!(ten >= 10, "an iteration takes fuel: {ten}");
    assert_eq!(twenty - ten, thirty - twenty, "as many for every iteration");

    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let func = instance
        .get_typed_func::<i32, i32>(&mut store, "count")
        .unwrap();
    store.set_fuel(ten).unwrap();
    func.call(&mut store, 10).unwrap();
    assert_eq!(store.get_fuel().unwrap(), 0);
    store.set_fuel(ten - 1).unwrap();
    assert_eq!(
        func.call(&mut store, 10).unwrap_err().trap(),
        Some(Trap::OutOfFuel)
    );
}

#[test]
fn the_stack_is_as_deep_as_the_configuration_says() {
    let depth = |bytes: usize| {
        let engine = Engine::new(Config::new().max_wasm_stack(bytes)).unwrap();
        let module = crate::module(
            &engine,
            r#"(module (global $depth (export "depth") (mut i32) (i32.const 0))
                 (func $deep (export "deep")
                   (global.set $depth (i32.add (global.get $depth) (i32.const 1))) (call $deep)))"#,
        );
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let deep = instance
            .get_typed_func::<(), ()>(&mut store, "deep")
            .unwrap();
        assert_eq!(
            deep.call(&mut store, ()).unwrap_err().trap(),
            Some(Trap::StackOverflow)
        );
        let depth = instance.get_global(&mut store, "depth").unwrap();
        depth.get(&mut store).unwrap_i32()
    };
    let (small, large) = (depth(64 << 10), depth(16 << 20));
    assert!(
        small > 100 && large > 100 * small,
        "{small} and {large} calls"
    );
    assert!(Engine::new(Config::new().max_wasm_stack(0)).is_err());
    assert!(Engine::new(Config::new().max_wasm_stack(usize::MAX)).is_err());
}

#[test]
fn a_limiter_decides_about_memories_tables_and_instances() {
    let engine = Engine::default();
    let module = crate::module(
        &engine,
        r#"(module (memory (export "memory") 1) (table (export "table") 1 funcref)
             (func (export "memory_grow") (param i32) (result i32) (memory.grow (local.get 0)))
             (func (export "table_grow") (param i32) (result i32) (table.grow (ref.null func) (local.get 0))))"#,
    );
    let limits = StoreLimitsBuilder::new()
        .memory_size(4 << 16)
        .table_elements(10)
        .instances(2)
        .build();
    let mut store = Store::new(&engine, limits);
    store.limiter(|limits| limits);
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let memory_grow = instance
        .get_typed_func::<i32, i32>(&mut store, "memory_grow")
        .unwrap();
    let table_grow = instance
        .get_typed_func::<i32, i32>(&mut store, "table_grow")
        .unwrap();
    assert_eq!(memory_grow.call(&mut store, 3).unwrap(), 1);
    assert_eq!(memory_grow.call(&mut store, 1).unwrap(), -1);
    assert_eq!(table_grow.call(&mut store, 9).unwrap(), 1);
    assert_eq!(table_grow.call(&mut store, 1).unwrap(), -1);
    let memory = instance.get_memory(&mut store, "memory").unwrap();
    let error = memory.grow(&mut store, 1).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Resource);
    assert_eq!(
        error.to_string(),
        "a memory of 327680 bytes exceeds the store's limits: the limiter given to Store::limiter refuses it"
    );
    Instance::new(&mut store, &module, &[]).unwrap();
    let error = Instance::new(&mut store, &module, &[]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Resource);

    *store.data_mut() = StoreLimitsBuilder::new()
        .memory_size(4 << 16)
        .trap_on_grow_failure(true)
        .build();
    let error = memory_grow.call(&mut store, 1).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Resource, "{error:?}");
    assert_eq!(
        error.to_string(),
        "a memory may not grow to 327680 bytes: the limit StoreLimitsBuilder::memory_size is 262144"
    );
}

#[test]
fn what_cannot_be_made_or_grown_says_which_limit_forbids_it() {
    let limits = StoreLimitsBuilder::new()
        .memory_size(2 << 16)
        .table_elements(10)
        .total_bytes((3 << 16) + 1000)
        .build();
    let engine = Engine::new(Config::new().store_limits(limits)).unwrap();
    let mut store = Store::new(&engine, ());
    let error = Memory::new(&mut store, MemoryType::new(3, None)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a memory of 196608 bytes exceeds the store's limits: the limit StoreLimitsBuilder::memory_size of \
         Config::store_limits is 131072"
    );
    let ty = MemoryType::new(1, Some(9));
    let mut new_memory = || Memory::new(&mut store, ty.clone()).unwrap();
    let (memory, other) = (new_memory(), new_memory());
    memory.grow(&mut store, 1).unwrap();
    for (memory, delta, part) in [
        (memory, 1, "memory_size of Config::store_limits is 131072"),
        (memory, 8, "the limit is 9"),
        (other, 1, "total_bytes"),
    ] {
        let error = memory.grow(&mut store, delta).unwrap_err();
        assert!(error.to_string().contains(part), "{part}: {error}");
    }
    let funcs = TableType::new(RefType::FUNCREF, 10, Some(12));
    let table = Table::new(&mut store, funcs, Ref::Func(None)).unwrap();
    let mut grow = |delta| table.grow(&mut store, delta, Ref::Func(None)).unwrap_err();
    assert!(
        grow(1)
            .to_string()
            .contains("table_elements of Config::store_limits is 10")
    );
    assert!(grow(3).to_string().contains("the limit is 12"));
}

#[test]
fn the_engines_limits_hold_for_every_store() {
    let engine = Engine::new(&Config::untrusted()).unwrap();
    let mut store = Store::new(&engine, ());
    assert!(Memory::new(&mut store, MemoryType::new(2048, None)).is_ok());
    assert!(
        Memory::new(&mut store, MemoryType::new(2049, None)).is_err(),
        "more than 128 MiB"
    );
    assert!(Memory::new(&mut store, MemoryType::new(2048, None)).is_ok());
    assert!(
        Memory::new(&mut store, MemoryType::new(1, None)).is_err(),
        "more than 256 MiB together"
    );
    let huge = TableType::new(RefType::FUNCREF, 100_001, None);
    assert!(Table::new(&mut store, huge, Ref::Func(None)).is_err());
}

#[test]
fn a_patient_host_function_observes_interruptions() {
    let engine = Engine::new(Config::new().interruptable(true)).unwrap();
    let mut store = Store::new(&engine, ());
    let wait = Func::wrap(&mut store, |mut caller: Caller<'_, ()>| -> Result<()> {
        loop {
            caller.check()?;
            std::thread::yield_now();
        }
    });
    store.set_deadline(Duration::from_millis(20)).unwrap();
    let error = wait.call(&mut store, &[], &mut []).unwrap_err();
    assert_eq!(error.trap(), Some(Trap::Interrupt));
}

/// A limiter with a fault of its own.
struct Panics;

impl ResourceLimiter for Panics {
    fn memory_growing(&mut self, current: usize, _: usize, _: Option<usize>) -> Result<bool> {
        assert!(current == 0, "the limiter is broken");
        Ok(true)
    }

    fn table_growing(&mut self, _: usize, _: usize, _: Option<usize>) -> Result<bool> {
        Ok(true)
    }
}

#[test]
fn a_panic_in_a_limiter_goes_on_to_the_embedder_and_leaves_the_store_usable() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, Panics);
    store.limiter(|limiter| limiter);
    let module = crate::module(
        &engine,
        r#"(module (memory 1) (func (export "grow") (result i32) (memory.grow (i32.const 1)))
            (func (export "size") (result i32) (memory.size)))"#,
    );
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let grow = instance
        .get_typed_func::<(), i32>(&mut store, "grow")
        .unwrap();
    let call = std::panic::AssertUnwindSafe(|| grow.call(&mut store, ()));
    let payload = std::panic::catch_unwind(call).unwrap_err();
    assert_eq!(
        payload.downcast_ref::<&str>(),
        Some(&"the limiter is broken")
    );
    let size = instance
        .get_typed_func::<(), i32>(&mut store, "size")
        .unwrap();
    assert_eq!(size.call(&mut store, ()).unwrap(), 1);
}
