//! Values of the host in guests: how long they live, and who finds them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use wazir::*;

/// Counts how many of its kind are alive.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(count: &Arc<AtomicUsize>) -> Counted {
        count.fetch_add(1, Ordering::SeqCst);
        Counted(count.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

const HOLDER: &str = r#"(module
    (table (export "table") 4 externref)
    (global $held (export "held") (mut externref) (ref.null extern))
    (func (export "hold") (param externref) (global.set $held (local.get 0)))
    (func (export "held_is_null") (result i32) (ref.is_null (global.get $held)))
    (func (export "echo") (param externref) (result externref) (local.get 0)))"#;

#[test]
fn a_value_passes_through_the_guest_unchanged() {
    let (mut store, instance) = crate::instance(HOLDER);
    let echo = instance
        .get_typed_func::<Option<Rooted<ExternRef>>, Option<Rooted<ExternRef>>>(&mut store, "echo")
        .unwrap();
    assert!(echo.call(&mut store, None).unwrap().is_none());
    let value = ExternRef::new(&mut store, String::from("kept")).unwrap();
    let back = echo.call(&mut store, Some(value)).unwrap().unwrap();
    assert!(Rooted::ref_eq(&store, &value, &back).unwrap());
    let other = ExternRef::new(&mut store, String::from("kept")).unwrap();
    assert!(!Rooted::ref_eq(&store, &value, &other).unwrap());
    assert_eq!(
        back.data(&store)
            .unwrap()
            .unwrap()
            .downcast_ref::<String>()
            .unwrap(),
        "kept"
    );
    let data = back
        .data_mut(&mut store)
        .unwrap()
        .unwrap()
        .downcast_mut::<String>()
        .unwrap();
    data.push_str(" and changed");
    assert_eq!(
        value
            .data(&store)
            .unwrap()
            .unwrap()
            .downcast_ref::<String>()
            .unwrap(),
        "kept and changed"
    );

    let untyped = instance.get_func(&mut store, "echo").unwrap();
    let mut results = [Val::I32(0)];
    untyped
        .call(&mut store, &[value.into()], &mut results)
        .unwrap();
    let back = results[0].unwrap_extern_ref().unwrap();
    assert!(Rooted::ref_eq(&store, &value, &back).unwrap());
    assert!(
        untyped
            .call(&mut store, &[Val::FuncRef(None)], &mut results)
            .is_err()
    );
}

#[test]
fn what_nobody_reaches_is_dropped() {
    let count = Arc::new(AtomicUsize::new(0));
    let alive = || count.load(Ordering::SeqCst);
    let (mut store, instance) = crate::instance(HOLDER);
    let hold = instance
        .get_typed_func::<Option<Rooted<ExternRef>>, ()>(&mut store, "hold")
        .unwrap();
    let table = instance.get_table(&mut store, "table").unwrap();
    let owned = {
        let mut scope = RootScope::new(&mut store);
        let in_global = ExternRef::new(&mut scope, Counted::new(&count)).unwrap();
        hold.call(&mut scope, Some(in_global)).unwrap();
        let in_table = ExternRef::new(&mut scope, Counted::new(&count)).unwrap();
        table.set(&mut scope, 2, in_table.into()).unwrap();
        ExternRef::new(&mut scope, Counted::new(&count)).unwrap();
        let owned = ExternRef::new(&mut scope, Counted::new(&count)).unwrap();
        scope.as_context_mut().gc(None).unwrap();
        assert_eq!(alive(), 4, "all are rooted");
        owned.to_owned_rooted(&mut scope).unwrap()
    };
    store.gc(None).unwrap();
    assert_eq!(alive(), 3, "the one that nobody holds is gone");
    drop(owned);
    store.gc(None).unwrap();
    assert_eq!(alive(), 2);
    table.set(&mut store, 2, Ref::Extern(None)).unwrap();
    store.gc(None).unwrap();
    assert_eq!(alive(), 1);
    hold.call(&mut store, None).unwrap();
    store.gc(None).unwrap();
    assert_eq!(alive(), 0);
}

#[test]
fn values_end_with_their_store_and_at_a_reset() {
    let count = Arc::new(AtomicUsize::new(0));
    let mut store = Store::new(&Engine::default(), ());
    let before = ExternRef::new(&mut store, Counted::new(&count)).unwrap();
    let owned = before.to_owned_rooted(&mut store).unwrap();
    store.reset(());
    assert_eq!(count.load(Ordering::SeqCst), 0);
    assert!(before.data(&store).is_err());
    assert!(owned.to_rooted(&mut store).is_err());
    drop(owned);
    ExternRef::new(&mut store, Counted::new(&count)).unwrap();
    drop(store);
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[test]
fn a_host_functions_call_is_a_scope() {
    let count = Arc::new(AtomicUsize::new(0));
    let engine = Engine::default();
    let mut linker: Linker<Option<Rooted<ExternRef>>> = Linker::new(&engine);
    let made = count.clone();
    linker
        .func_wrap(
            "env",
            "make",
            move |mut caller: Caller<'_, Option<Rooted<ExternRef>>>| {
                let value = ExternRef::new(&mut caller, Counted::new(&made)).unwrap();
                *caller.data_mut() = Some(value);
                Some(value)
            },
        )
        .unwrap();
    let module = crate::module(
        &engine,
        r#"(module (import "env" "make" (func $make (result externref)))
             (func (export "run") (param i32)
               (loop $again (drop (call $make))
                 (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))"#,
    );
    let mut store = Store::new(&engine, None);
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let run = instance
        .get_typed_func::<i32, ()>(&mut store, "run")
        .unwrap();
    run.call(&mut store, 100_000).unwrap();
    let last = store.data().unwrap();
    assert!(
        last.data(&store).is_err(),
        "the scope of the call has ended"
    );
    let alive = count.load(Ordering::SeqCst);
    assert!(
        alive < 10_000,
        "values are collected while the guest runs, but {alive} are alive"
    );
    store.gc(None).unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[test]
fn a_reference_of_another_store_is_refused() {
    let engine = Engine::default();
    let (mut here, mut there) = (Store::new(&engine, ()), Store::new(&engine, ()));
    let foreign = ExternRef::new(&mut there, 1_i32).unwrap();
    assert!(foreign.data(&here).is_err());
    let echo = Func::wrap(&mut here, |value: Option<Rooted<ExternRef>>| value);
    let echo = echo
        .typed::<Option<Rooted<ExternRef>>, Option<Rooted<ExternRef>>>(&here)
        .unwrap();
    assert!(echo.call(&mut here, Some(foreign)).is_err());
    let bad = Func::wrap(&mut here, move || Some(foreign));
    assert!(bad.call(&mut here, &[], &mut [Val::I32(0)]).is_err());
}
