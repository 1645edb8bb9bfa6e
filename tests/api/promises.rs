//! What can be sent to other threads and shared between them, and how large handles are.

use std::cell::Cell;
use std::collections::HashSet;
use std::hash::Hash;
use wazir::*;

fn is_send<T: Send>() {}
fn is_sync<T: Sync>() {}
fn is_handle<T: Copy + Send + Sync + Eq + Hash + std::fmt::Debug + 'static>() {
    assert_eq!(size_of::<T>(), 16, "{}", std::any::type_name::<T>());
}

#[test]
fn engines_modules_and_types_are_send_and_sync() {
    fn both<T: Send + Sync + 'static>() {}
    both::<Engine>();
    both::<EngineWeak>();
    both::<Config>();
    both::<Module>();
    both::<Linker<Cell<*const u8>>>();
    both::<InstancePre<Cell<*const u8>>>();
    both::<InterruptHandle>();
    both::<FuncType>();
    both::<ExternType>();
    both::<Error>();
    both::<WasmBacktrace>();
    both::<OwnedRooted<ExternRef>>();
    both::<Rooted<ExternRef>>();
    both::<Val>();
    both::<TypedFunc<i32, i32>>();
}

#[test]
fn handles_are_small_copies() {
    is_handle::<Func>();
    is_handle::<Memory>();
    is_handle::<Global>();
    is_handle::<Table>();
    is_handle::<Tag>();
    is_handle::<Instance>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Option<Error>>(), size_of::<usize>());

    let mut store = Store::new(&Engine::default(), ());
    let (one, two) = (Func::wrap(&mut store, || {}), Func::wrap(&mut store, || {}));
    let set = HashSet::from([one, two, one]);
    assert_eq!(set.len(), 2);
}

#[test]
fn a_store_is_send_when_its_data_is() {
    is_send::<Store<Cell<i32>>>();
    is_sync::<Store<i32>>();
    is_send::<StoreContextMut<'static, Cell<i32>>>();
    is_send::<Caller<'static, i32>>();
    is_sync::<StoreContext<'static, i32>>();

    let (mut store, instance) =
        crate::instance(r#"(module (func (export "f") (result i32) (i32.const 7)))"#);
    let result = std::thread::spawn(move || {
        let func = instance.get_typed_func::<(), i32>(&mut store, "f").unwrap();
        func.call(&mut store, ()).unwrap()
    });
    assert_eq!(result.join().unwrap(), 7);
}

/// Compiles only if neither `'static` nor `Send` is asked of a store's data.
#[test]
fn a_stores_data_may_borrow_and_stay_in_its_thread() {
    struct Data<'a> {
        log: &'a mut Vec<i32>,
        shared: std::rc::Rc<Cell<i32>>,
    }
    let engine = Engine::default();
    let mut log = Vec::new();
    let shared = std::rc::Rc::new(Cell::new(0));
    {
        let mut linker: Linker<Data<'_>> = Linker::new(&engine);
        linker
            .func_wrap(
                "env",
                "note",
                |mut caller: Caller<'_, Data<'_>>, value: i32| {
                    let data = caller.data_mut();
                    data.log.push(value);
                    data.shared.set(data.shared.get() + value);
                },
            )
            .unwrap();
        let module = crate::module(
            &engine,
            r#"(module (import "env" "note" (func $note (param i32)))
                 (func (export "run") (call $note (i32.const 3)) (call $note (i32.const 4))))"#,
        );
        let mut store = Store::new(
            &engine,
            Data {
                log: &mut log,
                shared: shared.clone(),
            },
        );
        let instance = linker.instantiate(&mut store, &module).unwrap();
        let run = instance
            .get_typed_func::<(), ()>(&mut store, "run")
            .unwrap();
        run.call(&mut store, ()).unwrap();
    }
    assert_eq!((log, shared.get()), (vec![3, 4], 7));
}

#[test]
fn one_module_runs_in_many_threads_at_once() {
    let engine = Engine::default();
    let module = crate::module(
        &engine,
        r#"(module (func $fib (export "fib") (param i32) (result i32)
             (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0))
               (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                              (call $fib (i32.sub (local.get 0) (i32.const 2))))))))"#,
    );
    let pre = Linker::<u32>::new(&engine)
        .instantiate_pre(&module)
        .unwrap();
    std::thread::scope(|scope| {
        for number in 0..4 {
            let (engine, pre) = (&engine, &pre);
            scope.spawn(move || {
                let mut store = Store::new(engine, number);
                let instance = pre.instantiate(&mut store).unwrap();
                let fib = instance
                    .get_typed_func::<u32, u32>(&mut store, "fib")
                    .unwrap();
                assert_eq!(fib.call(&mut store, 15).unwrap(), 610);
            });
        }
    });
}
