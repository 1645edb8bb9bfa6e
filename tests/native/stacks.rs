//! Which stack machine code runs on, and how far.

use crate::{ZERO, everywhere, interpreted, module, partly_compiled};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use wazir::*;

/// Recursion without end, with a frame that machine code cannot keep in registers.
const ENDLESS: &str = r#"(module
  (func $run (export "run") (param i64) (result i64)
    (i64.add (call $run (i64.add (local.get 0) (i64.const 1))) (local.get 0)))
  (func $finite (export "finite") (param i64) (result i64)
    (if (result i64) (i64.eqz (local.get 0))
      (then (i64.const 0))
      (else (i64.add (call $finite (i64.sub (local.get 0) (i64.const 1))) (i64.const 1))))))"#;

/// Calls the host when so many calls are active.
const CALLS_HOST: &str = r#"(module
  (import "" "" (func $host))
  (func $run (export "run") (param i32)
    (if (local.get 0)
      (then (call $run (i32.sub (local.get 0) (i32.const 1))))
      (else (call $host)))))"#;

fn on_thread<T: Send>(stack_bytes: usize, run: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(stack_bytes);
        builder.spawn_scoped(scope, run).unwrap().join().unwrap()
    })
}

fn overflow(store: impl AsContextMut, run: &TypedFunc<i64, i64>) -> Option<Trap> {
    run.call(store, 1).unwrap_err().trap()
}

/// A host function may send what it is given to another thread, whose stack is elsewhere and of another size.
#[test]
fn a_host_function_may_call_back_from_another_thread() {
    for (stack_bytes, is_above) in [
        (256 << 10, true),
        (256 << 10, false),
        (8 << 20, true),
        (8 << 20, false),
    ] {
        let outcome = everywhere(|engine| {
            // The system gives the stack of a thread that has ended to the next one: here it is above.
            let end = Arc::new(AtomicBool::new(false));
            let ends = Arc::clone(&end);
            let earlier = thread::Builder::new().stack_size(stack_bytes);
            let earlier = earlier
                .spawn(move || {
                    while !ends.load(Ordering::Relaxed) {
                        thread::yield_now()
                    }
                })
                .unwrap();
            on_thread(4 << 20, || {
                if is_above {
                    end.store(true, Ordering::Relaxed);
                    earlier.join().unwrap();
                }
                let outcome = on_two_threads(engine, stack_bytes);
                end.store(true, Ordering::Relaxed);
                outcome
            })
        });
        assert_eq!(outcome, (Some(Trap::StackOverflow), 1000));
    }
}

fn on_two_threads(engine: &Engine, stack_bytes: usize) -> (Option<Trap>, i64) {
    let mut store = Store::new(engine, ());
    let endless = Instance::new(&mut store, &module(engine, ENDLESS), &[]).unwrap();
    let run = endless
        .get_typed_func::<i64, i64>(&mut store, "run")
        .unwrap();
    let finite = endless
        .get_typed_func::<i64, i64>(&mut store, "finite")
        .unwrap();
    let of_host = (run, finite);
    let host = Func::wrap(&mut store, move |mut caller: Caller<'_, ()>| {
        let (run, finite) = &of_host;
        let other = on_thread(stack_bytes, || {
            let trap = overflow(&mut caller, run);
            (
                trap,
                finite.call(&mut caller, 1000).map_err(|error| error.trap()),
            )
        });
        assert_eq!(other, (Some(Trap::StackOverflow), Ok(1000)));
        // And on this one again.
        assert_eq!(overflow(&mut caller, run), Some(Trap::StackOverflow));
    });
    let caller = Instance::new(&mut store, &module(engine, CALLS_HOST), &[host.into()]).unwrap();
    let outer = caller.get_typed_func::<i32, ()>(&mut store, "run").unwrap();
    outer.call(&mut store, 5).unwrap();
    (
        overflow(&mut store, &run),
        finite.call(&mut store, 1000).unwrap(),
    )
}

#[test]
fn a_store_may_run_within_another_one_on_a_small_thread() {
    let trap = everywhere(|engine| {
        on_thread(256 << 10, || {
            let module_of = |text| module(engine, text);
            let (endless, calls) = (module_of(ENDLESS), module_of(CALLS_HOST));
            let inner = endless.clone();
            let mut store = Store::new(engine, ());
            let host = Func::wrap(&mut store, move || {
                let mut store = Store::new(inner.engine(), ());
                let instance = Instance::new(&mut store, &inner, &[]).unwrap();
                let run = instance
                    .get_typed_func::<i64, i64>(&mut store, "run")
                    .unwrap();
                assert_eq!(overflow(&mut store, &run), Some(Trap::StackOverflow));
            });
            let caller = Instance::new(&mut store, &calls, &[host.into()]).unwrap();
            let outer = caller.get_typed_func::<i32, ()>(&mut store, "run").unwrap();
            outer.call(&mut store, 10_000).unwrap();
            let endless = Instance::new(&mut store, &endless, &[]).unwrap();
            let run = endless
                .get_typed_func::<i64, i64>(&mut store, "run")
                .unwrap();
            overflow(&mut store, &run)
        })
    });
    assert_eq!(trap, Some(Trap::StackOverflow));
}

/// What is interpreted counts as what the host does there: the stack must be enough for it, too.
#[test]
fn interpreted_functions_called_deep_in_machine_code_find_the_end_of_its_stack() {
    let (locals, body) = interpreted();
    let text = &format!(
        r#"(module
      (import "" "" (func $host))
      {ZERO}
      (func $deep (export "deep") (param i32) (result i32)
        (if (result i32) (local.get 0)
          (then (i32.add (call $deep (i32.sub (local.get 0) (i32.const 1))) (i32.const 1)))
          (else (call $host) (i32.const 0))))
      (func (export "again")
        {locals} {body}
        (call $host)))"#
    );
    let engine = Engine::new(Config::new().strategy(Strategy::Compiler)).unwrap();
    for stack_bytes in [256 << 10, 8 << 20] {
        on_thread(stack_bytes, || {
            let mut store = Store::new(&engine, ());
            let module = partly_compiled(&engine, text, 1, 2);
            let host = Func::wrap(&mut store, |mut caller: Caller<'_, ()>| -> Result<()> {
                let again = caller.get_export("again").unwrap().into_func().unwrap();
                again.call(&mut caller, &[], &mut [])
            });
            let instance = Instance::new(&mut store, &module, &[host.into()]).unwrap();
            let deep = instance
                .get_typed_func::<i32, i32>(&mut store, "deep")
                .unwrap();
            for depth in (0..70_000).step_by(997) {
                let error = deep.call(&mut store, depth).unwrap_err();
                assert_eq!(error.trap(), Some(Trap::StackOverflow));
            }
        });
    }
}

/// Frames of all sizes, of functions that call and of those that do not, everywhere near the end of the stack.
#[test]
fn large_frames_find_the_end_of_the_stack() {
    let mut functions = String::new();
    let sizes = [1_usize, 300, 1100];
    for size in sizes {
        let locals = "(local v128)".repeat(size);
        let sets: String = (0..size)
            .map(|local| {
                format!(
                    "(local.set {} (i32x4.splat (i32.add (i32.load (i32.const {}))
              (local.get 0))))",
                    local + 1,
                    local % 64 * 4
                )
            })
            .collect();
        let sum: String = (0..size)
            .map(|local| {
                format!(
                    "(local.set 0 (i32.add (local.get 0) (i32x4.extract_lane 2 (local.get {}))))",
                    local + 1
                )
            })
            .collect();
        functions += &format!(
            r#"(func $leaf{size} (param i32) (result i32) {locals} {sets} (i32.store (i32.const 3)
              (local.get 0)) {sum} (local.get 0))
               (func $deep{size} (param i32) (result i32) {locals} {sets}
                 (if (local.get 0) (then (local.set 0 (call $deep{size} (i32.sub (local.get 0) (i32.const 1)))))
                   (else (local.set 0 (call $leaf{size} (i32.const 1)))))
                 {sum} (local.get 0))
               (func (export "leaf {size}") (param i32) (result i32)
                 (if (result i32) (local.get 0)
                   (then (call $down (i32.sub (local.get 0) (i32.const 1)) (i32.const {size})))
                   (else (call $leaf{size} (i32.const 1)))))
               (func (export "deep {size}") (param i32) (result i32) (call $deep{size} (local.get 0)))"#
        );
    }
    let cases: String = sizes
        .iter()
        .map(|size| {
            format!(
                "(if (i32.eq (local.get 1) (i32.const {size})) (then (return
      (call $leaf{size} (i32.const 1)))))"
            )
        })
        .collect();
    let text = format!(
        r#"(module (memory 1) {functions}
          (func $down (param i32 i32) (result i32)
            (if (i32.eqz (local.get 0)) (then {cases}))
            (i32.add (call $down (i32.sub (local.get 0) (i32.const 1)) (local.get 1)) (i32.const 1))))"#
    );
    for stack_bytes in [128 << 10, 8 << 20] {
        let engine = Engine::new(Config::new().strategy(Strategy::Compiler)).unwrap();
        let interpreter = Engine::new(
            Config::new()
                .strategy(Strategy::Interpreter)
                .max_wasm_stack(4 << 20),
        )
        .unwrap();
        let [compiled, interpreted] = [engine, interpreter].map(|engine| {
            on_thread(stack_bytes, || {
                let mut store = Store::new(&engine, ());
                let instance = Instance::new(&mut store, &module(&engine, &text), &[]).unwrap();
                let mut outcomes = Vec::new();
                for size in sizes {
                    for depth in [0, 40, 1000, 21_800, 32_700, 1 << 18] {
                        for name in ["leaf", "deep"] {
                            let func = instance
                                .get_typed_func::<i32, i32>(&mut store, &format!("{name} {size}"))
                                .unwrap();
                            outcomes
                                .push(func.call(&mut store, depth).map_err(|error| error.trap()));
                        }
                    }
                }
                outcomes
            })
        });
        for (compiled, interpreted) in compiled.iter().zip(&interpreted) {
            if compiled.is_ok() && interpreted.is_ok() {
                assert_eq!(compiled, interpreted);
            } else if compiled.is_err() {
                assert_eq!(*compiled, Err(Some(Trap::StackOverflow)));
            }
        }
    }
}

/// A function that calls nothing, and whose frame alone is more than the stack may have.
#[test]
fn a_frame_larger_than_the_stack_is_not_entered() {
    const LOCALS: usize = 5000;
    let each = |text: &dyn Fn(usize) -> String| String::from_iter((1..=LOCALS).map(text));
    let text = format!(
        r#"(module (memory 2)
          (func (export "run") (param i32) (result i32) {}
            {} (i32.store (i32.const 3) (local.get 0)) {} (local.get 0)))"#,
        "(local v128)".repeat(LOCALS),
        each(&|local| format!("(local.set {local} (v128.load (i32.const {})))", 16 * local)),
        each(&|local| format!(
            "(local.set 0 (i32.add (local.get 0) (i32x4.extract_lane 2 (local.get {local}))))"
        )),
    );
    for (stack_bytes, expected) in [(32 << 10, Err(Some(Trap::StackOverflow))), (1 << 20, Ok(7))] {
        let mut config = Config::new();
        config
            .strategy(Strategy::Compiler)
            .max_wasm_stack(stack_bytes);
        let engine = Engine::new(&config).unwrap();
        let module = crate::partly_compiled(&engine, &text, 0, 1);
        let outcome = on_thread(8 << 20, || {
            let mut store = Store::new(&engine, ());
            let instance = Instance::new(&mut store, &module, &[]).unwrap();
            let run = instance
                .get_typed_func::<i32, i32>(&mut store, "run")
                .unwrap();
            run.call(&mut store, 7).map_err(|error| error.trap())
        });
        assert_eq!(outcome, expected, "{stack_bytes}");
    }
}

/// A panic needs much of the stack, and happens where the guest has used all that it may.
#[test]
fn a_host_function_that_panics_at_the_end_of_the_guest_s_stack() {
    let text = r#"(module
      (import "" "" (func $host))
      (func $deep (param i32)
        (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1))))
          (else (call $host))))
      (func (export "run") (param i32) (call $deep (local.get 0))))"#;
    for stack_bytes in [128 << 10, 8 << 20] {
        everywhere(|engine| {
            on_thread(stack_bytes, || {
                let mut store = Store::new(engine, ());
                let host = Func::wrap(&mut store, || -> Result<()> { panic!("a host's panic") });
                let instance =
                    Instance::new(&mut store, &module(engine, text), &[host.into()]).unwrap();
                let run = instance
                    .get_typed_func::<i32, ()>(&mut store, "run")
                    .unwrap();
                let mut greatest = 0;
                let mut step = 1 << 20;
                let mut count = 0;
                while step > 0 {
                    let call =
                        std::panic::AssertUnwindSafe(|| run.call(&mut store, greatest + step));
                    if std::panic::catch_unwind(call).is_err() {
                        greatest += step;
                        count += 1;
                    }
                    step /= 2;
                }
                assert!(count > 3);
            })
        });
    }
}
