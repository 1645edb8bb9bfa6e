//! What lives as long as machine code needs it, and no longer.

use crate::{everywhere, module};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use wazir::*;

/// References that nobody but frames of machine code has, while the host collects.
#[test]
fn references_in_machine_frames_stay() {
    const COUNT: usize = 40;
    let locals = "(local externref)".repeat(COUNT);
    let sets: String = (1..=COUNT)
        .map(|local| format!("(local.set {local} (call $new (i32.const {local})))(call $collect)"))
        .collect();
    let checks: String = (1..=COUNT)
        .map(|local| {
            format!("(local.set 0 (i32.add (local.get 0) (call $number (local.get {local}))))")
        })
        .collect();
    let text = format!(
        r#"(module
          (import "" "new" (func $new (param i32) (result externref)))
          (import "" "collect" (func $collect))
          (import "" "number" (func $number (param externref) (result i32)))
          (func $deep (param externref i32) (result i32)
            (if (result i32) (local.get 1)
              (then (i32.add
                (call $deep (call $new (local.get 1)) (i32.sub (local.get 1) (i32.const 1)))
                (call $number (local.get 0))))
              (else (call $collect) (call $number (local.get 0)))))
          (func (export "deep") (param externref i32) (result i32) (call $deep (local.get 0) (local.get 1)))
          (func (export "run") (param i32) (result i32) {locals} {sets} (call $collect) {checks} (local.get 0)))"#
    );
    let outcome = everywhere(|engine| {
        let dropped = Arc::new(AtomicUsize::new(0));
        struct Counted(i32, Arc<AtomicUsize>);
        impl Drop for Counted {
            fn drop(&mut self) {
                self.1.fetch_add(1, Ordering::Relaxed);
            }
        }
        let mut store = Store::new(engine, ());
        let counter = Arc::clone(&dropped);
        let new = Func::wrap(
            &mut store,
            move |mut caller: Caller<'_, ()>, number: i32| {
                ExternRef::new(&mut caller, Counted(number, Arc::clone(&counter))).map(Some)
            },
        );
        let collect = Func::wrap(&mut store, |mut caller: Caller<'_, ()>| caller.gc(None));
        let number = Func::wrap(
            &mut store,
            |caller: Caller<'_, ()>, value: Option<Rooted<ExternRef>>| -> Result<i32> {
                let data = value.unwrap().data(&caller)?.unwrap();
                Ok(data.downcast_ref::<Counted>().unwrap().0)
            },
        );
        let instance = Instance::new(
            &mut store,
            &module(engine, &text),
            &[new.into(), collect.into(), number.into()],
        )
        .unwrap();
        let run = instance
            .get_typed_func::<i32, i32>(&mut store, "run")
            .unwrap();
        let deep = instance
            .get_typed_func::<(Option<Rooted<ExternRef>>, i32), i32>(&mut store, "deep")
            .unwrap();
        let first = run.call(&mut store, 1).unwrap();
        let value = ExternRef::new(&mut store, Counted(1000, Arc::clone(&dropped))).unwrap();
        let second = deep.call(&mut store, (Some(value), 100)).unwrap();
        store.gc(None).unwrap();
        (first, second)
    });
    assert_eq!(
        outcome,
        (
            1 + (1..=COUNT as i32).sum::<i32>(),
            1000 + (1..=100).sum::<i32>()
        )
    );
}

#[test]
fn code_outlives_its_module_and_its_engine() {
    let text = r#"(module (import "" "" (table 2 funcref)) (memory 1)
      (func $load (param i32) (result i32) (i32.load (local.get 0)))
      (elem (i32.const 0) $load)
      (func (export "run") (param i32) (result i32) (call_indirect (param i32) (result i32) (local.get 0)
      (i32.const 1))))"#;
    everywhere(|engine| {
        let engine = Engine::new(engine.config()).unwrap();
        let mut store = Store::new(&engine, ());
        let table = Table::new(
            &mut store,
            TableType::new(RefType::FUNCREF, 2, None),
            Ref::Func(None),
        )
        .unwrap();
        let first = Instance::new(&mut store, &module(&engine, text), &[table.into()]).unwrap();
        let load = table.get(&mut store, 0).unwrap();
        table.set(&mut store, 1, load).unwrap();
        let second = module(&engine, text);
        drop(engine);
        let second = Instance::new(&mut store, &second, &[table.into()]).unwrap();
        let mut outcomes = Vec::new();
        for instance in [first, second] {
            let run = instance
                .get_typed_func::<i32, i32>(&mut store, "run")
                .unwrap();
            for address in [0, -1, 65_532, 65_533] {
                outcomes.push(run.call(&mut store, address).map_err(|error| error.trap()));
            }
        }
        outcomes
    });
}

/// An instance that fails to start, of which a table of others still has functions.
#[test]
fn functions_of_an_instance_that_was_not_finished() {
    let text = r#"(module (import "" "" (table 4 funcref)) (memory 1)
      (func $load (param i32) (result i32) (i32.load offset=65530 (local.get 0)))
      (elem (i32.const 1) $load)
      (data (i32.const 65536) "x"))"#;
    let user = r#"(module (import "" "" (table 4 funcref)) (memory 2)
      (func (export "run") (param i32 i32) (result i32)
        (i32.store (i32.const 65532) (i32.const 77))
        (i32.add (call_indirect (param i32) (result i32) (local.get 0) (local.get 1)) (i32.load (i32.const 65532)))))"#;
    let outcomes = everywhere(|engine| {
        let mut store = Store::new(engine, ());
        let table = Table::new(
            &mut store,
            TableType::new(RefType::FUNCREF, 4, None),
            Ref::Func(None),
        )
        .unwrap();
        let user = Instance::new(&mut store, &module(engine, user), &[table.into()]).unwrap();
        let failed = Instance::new(&mut store, &module(engine, text), &[table.into()]);
        assert_eq!(failed.unwrap_err().trap(), Some(Trap::MemoryOutOfBounds));
        let run = user
            .get_typed_func::<(i32, i32), i32>(&mut store, "run")
            .unwrap();
        [(0, 1), (2, 1), (3, 1), (0, 0), (0, 4), (-1, 1)].map(|arguments| {
            run.call(&mut store, arguments)
                .map_err(|error| error.trap())
        })
    });
    assert_eq!(outcomes[0], Ok(77));
}

#[test]
fn modules_are_compiled_run_and_dropped_by_many_threads_at_once() {
    everywhere(|engine| {
        thread::scope(|scope| {
            for number in 0..6 {
                scope.spawn(move || {
                    for round in 0..20 {
                        let text = format!(
                            r#"(module (memory 1)
                              (func $load (param i32) (result i32) (i32.load offset={number} (local.get 0)))
                              (func (export "run") (param i32) (result i32)
                                (i32.store8 (i32.const {number}) (i32.const {round}))
                                (call $load (local.get 0))))"#
                        );
                        let mut store = Store::new(engine, ());
                        let instance = Instance::new(&mut store, &module(engine, &text), &[]).unwrap();
                        let run = instance.get_typed_func::<i32, i32>(&mut store, "run").unwrap();
                        assert_eq!(run.call(&mut store, 0).unwrap(), round);
                        let error = run.call(&mut store, 65_536).unwrap_err();
                        assert_eq!(error.trap(), Some(Trap::MemoryOutOfBounds));
                        assert_eq!(error.backtrace().unwrap().frames().len(), 2);
                    }
                });
            }
        });
    });
}

#[test]
fn modules_without_functions_and_with_very_many() {
    everywhere(|engine| {
        let mut store = Store::new(engine, ());
        Instance::new(&mut store, &module(engine, "(module)"), &[]).unwrap();
        Instance::new(&mut store, &module(engine, "(module (memory 1))"), &[]).unwrap();
        let text = format!(
            "(module {} (func (export \"run\") (result i32) (call 7) (call 19999) (i32.const 3)))",
            "(func)".repeat(20_000)
        );
        let instance = Instance::new(&mut store, &module(engine, &text), &[]).unwrap();
        let run = instance
            .get_typed_func::<(), i32>(&mut store, "run")
            .unwrap();
        run.call(&mut store, ()).unwrap()
    });
}

#[test]
fn stores_move_between_threads_of_all_sizes() {
    let text = r#"(module (memory 1)
      (func $deep (export "deep") (param i32) (result i32)
        (if (result i32) (local.get 0)
          (then (i32.add (call $deep (i32.sub (local.get 0) (i32.const 1))) (i32.const 1)))
          (else (i32.load (i32.const 0))))))"#;
    everywhere(|engine| {
        let mut store = Store::new(engine, ());
        let instance = Instance::new(&mut store, &module(engine, text), &[]).unwrap();
        let deep = instance
            .get_typed_func::<i32, i32>(&mut store, "deep")
            .unwrap();
        let mut outcomes = Vec::new();
        for stack_bytes in [64 << 10, 8 << 20, 256 << 10, 1 << 20, 1500 << 10, 2 << 20] {
            let mut call = || {
                [10, 1000, 10_000, 1 << 20]
                    .map(|depth| deep.call(&mut store, depth).map_err(|error| error.trap()))
            };
            outcomes.push(call());
            thread::scope(|scope| {
                let builder = thread::Builder::new().stack_size(stack_bytes);
                outcomes.push(
                    builder
                        .spawn_scoped(scope, &mut call)
                        .unwrap()
                        .join()
                        .unwrap(),
                );
            });
        }
        outcomes
    });
}

/// Modules that a linker instantiates anew for each use, and host functions that instances export.
#[test]
fn exports_of_linkers_modules_and_of_the_host() {
    let part = r#"(module (import "host" "add" (func $add (param i32 f32) (result i32)))
      (memory 1)
      (func (export "count") (param i32) (result i32)
        (i32.store (i32.const 0) (call $add (i32.load (i32.const 0)) (f32.convert_i32_s (local.get 0))))
        (i32.load (i32.const 0)))
      (export "again" (func $add)))"#;
    let user = r#"(module (import "part" "count" (func $count (param i32) (result i32)))
      (import "part" "again" (func $again (param i32 f32) (result i32)))
      (export "again" (func $again))
      (export "count" (func $count))
      (func (export "run") (param i32) (result i32)
        (i32.add (call $count (local.get 0)) (call $again (local.get 0) (f32.demote_f64 (f64.const 2.5))))))"#;
    everywhere(|engine| {
        let mut store = Store::new(engine, ());
        let mut linker = Linker::new(engine);
        linker
            .func_wrap("host", "add", |sum: i32, more: f32| sum + more as i32)
            .unwrap();
        linker
            .module(&mut store, "part", &module(engine, part))
            .unwrap();
        let instance = linker
            .instantiate(&mut store, &module(engine, user))
            .unwrap();
        let run = instance
            .get_typed_func::<i32, i32>(&mut store, "run")
            .unwrap();
        let count = instance
            .get_typed_func::<i32, i32>(&mut store, "count")
            .unwrap();
        let again = instance.get_func(&mut store, "again").unwrap();
        let mut results = [Val::I32(0)];
        let mut sums = Vec::new();
        for value in 0..5 {
            sums.push(run.call(&mut store, value).unwrap());
            sums.push(count.call(&mut store, value).unwrap());
            again
                .call(
                    &mut store,
                    &[Val::I32(value), Val::F32(1.5_f32.to_bits())],
                    &mut results,
                )
                .unwrap();
            sums.push(results[0].unwrap_i32());
        }
        sums
    });
}
