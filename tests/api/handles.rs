//! Handles that belong to another store, or to what has been removed: errors and clear panics,
//! nothing else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use wazir::*;

const EVERYTHING: &str = r#"(module
    (func (export "f") (result i32) (i32.const 1))
    (memory (export "m") 1)
    (table (export "t") 1 funcref)
    (global (export "g") (mut i32) (i32.const 1)))"#;

struct Exports {
    func: Func,
    memory: Memory,
    table: Table,
    global: Global,
}

fn exports(store: &mut Store<()>, instance: Instance) -> Exports {
    Exports {
        func: instance.get_func(&mut *store, "f").unwrap(),
        memory: instance.get_memory(&mut *store, "m").unwrap(),
        table: instance.get_table(&mut *store, "t").unwrap(),
        global: instance.get_global(&mut *store, "g").unwrap(),
    }
}

/// The message of the panic that `run` ends with.
fn panic_of<R>(run: impl FnOnce() -> R) -> String {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(_) => panic!("a panic is expected"),
        Err(payload) => payload
            .downcast_ref::<String>()
            .cloned()
            .unwrap_or_default(),
    }
}

fn all_are_refused(store: &mut Store<()>, instance: Instance, exports: &Exports, reason: &str) {
    let Exports {
        func,
        memory,
        table,
        global,
    } = *exports;
    let mut results = [Val::I32(0)];
    let errors = [
        func.call(&mut *store, &[], &mut results).unwrap_err(),
        func.typed::<(), i32>(&*store).unwrap_err(),
        memory.grow(&mut *store, 1).unwrap_err(),
        table.set(&mut *store, 0, Ref::Func(None)).unwrap_err(),
        table.grow(&mut *store, 1, Ref::Func(None)).unwrap_err(),
        table.fill(&mut *store, 0, Ref::Func(None), 1).unwrap_err(),
        global.set(&mut *store, Val::I32(3)).unwrap_err(),
        instance
            .get_typed_func::<(), i32>(&mut *store, "f")
            .unwrap_err(),
        store.remove(instance).unwrap_err(),
    ];
    for error in errors {
        assert!(error.to_string().contains(reason), "{error}");
        assert_eq!(error.kind(), ErrorKind::Link);
    }
    let panics = [
        panic_of(|| func.ty(&*store)),
        panic_of(|| memory.data(&*store).len()),
        panic_of(|| memory.data_mut(&mut *store).len()),
        panic_of(|| memory.size(&*store)),
        panic_of(|| memory.ty(&*store)),
        panic_of(|| table.get(&mut *store, 0)),
        panic_of(|| table.size(&*store)),
        panic_of(|| global.get(&mut *store)),
        panic_of(|| instance.get_export(&mut *store, "f")),
        panic_of(|| instance.exports(&mut *store).len()),
    ];
    for message in panics {
        assert!(message.contains(reason), "{message}");
    }
}

#[test]
fn handles_of_another_store_are_refused() {
    let engine = Engine::default();
    let module = crate::module(&engine, EVERYTHING);
    let (mut here, mut there) = (Store::new(&engine, ()), Store::new(&engine, ()));
    let instance = Instance::new(&mut there, &module, &[]).unwrap();
    let exports = exports(&mut there, instance);
    Instance::new(&mut here, &module, &[]).unwrap();
    all_are_refused(&mut here, instance, &exports, "belongs to another store");

    let global = Global::new(
        &mut here,
        GlobalType::new(ValType::FUNCREF, Mutability::Var),
        Val::FuncRef(None),
    );
    assert!(global.unwrap().set(&mut here, exports.func.into()).is_err());
    let mut linker = Linker::new(&engine);
    assert!(linker.define(&here, "a", "f", exports.func).is_err());
    linker.define(&there, "a", "f", exports.func).unwrap();
    let importer = crate::module(&engine, r#"(module (import "a" "f" (func (result i32))))"#);
    assert!(linker.instantiate(&mut there, &importer).is_ok());
    assert!(linker.instantiate(&mut here, &importer).is_err());
}

#[test]
fn handles_of_a_removed_instance_are_refused_even_when_their_slots_are_used_again() {
    let engine = Engine::default();
    let module = crate::module(&engine, EVERYTHING);
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let old = exports(&mut store, instance);
    let call = old.func.typed::<(), i32>(&store).unwrap();
    store.remove(instance).unwrap();
    all_are_refused(&mut store, instance, &old, "stale");
    let next = Instance::new(&mut store, &module, &[]).unwrap();
    let new = exports(&mut store, next);
    all_are_refused(&mut store, instance, &old, "stale");
    assert!(call.call(&mut store, ()).is_err());
    assert!(old.func != new.func && old.memory != new.memory && instance != next);
    assert_eq!(
        new.func
            .typed::<(), i32>(&store)
            .unwrap()
            .call(&mut store, ())
            .unwrap(),
        1
    );
}

#[test]
fn handles_from_before_a_reset_are_refused() {
    let engine = Engine::default();
    let module = crate::module(&engine, EVERYTHING);
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let old = exports(&mut store, instance);
    old.memory.write(&mut store, 0, b"secret").unwrap();
    store.reset(());
    all_are_refused(&mut store, instance, &old, "before it was reset");
    let next = Instance::new(&mut store, &module, &[]).unwrap();
    all_are_refused(&mut store, instance, &old, "before it was reset");
    let memory = next.get_memory(&mut store, "m").unwrap();
    assert!(
        memory.data(&store).iter().all(|byte| *byte == 0),
        "the next tenant sees zeros"
    );
}

#[test]
fn an_instance_in_use_is_not_removed() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let exporter = Instance::new(&mut store, &crate::module(&engine, EVERYTHING), &[]).unwrap();
    let importer = crate::module(
        &engine,
        r#"(module $app (import "a" "f" (func (result i32))))"#,
    );
    let func = exporter.get_export(&mut store, "f").unwrap();
    let importer = Instance::new(&mut store, &importer, &[func]).unwrap();
    let error = store.remove(exporter).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the instance cannot be removed: the instance of `app` imports its function"
    );
    store.remove(importer).unwrap();
    store.remove(exporter).unwrap();

    let mut linker: Linker<Option<Instance>> = Linker::new(&engine);
    linker
        .func_wrap(
            "env",
            "remove",
            |mut caller: Caller<'_, Option<Instance>>| {
                let instance = caller.data().unwrap();
                caller
                    .as_context_mut()
                    .remove(instance)
                    .map_err(|error| error.to_string())
            },
        )
        .unwrap();
    let module = crate::module(
        &engine,
        r#"(module (import "env" "remove" (func $remove)) (func (export "run") (call $remove)))"#,
    );
    let mut store = Store::new(&engine, None);
    let instance = linker.instantiate(&mut store, &module).unwrap();
    *store.data_mut() = Some(instance);
    let run = instance
        .get_typed_func::<(), ()>(&mut store, "run")
        .unwrap();
    let error = run.call(&mut store, ()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the instance cannot be removed: a call is running"
    );
    store.remove(instance).unwrap();
}

#[test]
fn objects_of_another_engine_are_refused() {
    let (here, there) = (Engine::default(), Engine::default());
    let mut store = Store::new(&here, ());
    let module = crate::module(&there, "(module)");
    assert!(Instance::new(&mut store, &module, &[]).is_err());
    assert!(Linker::new(&here).instantiate(&mut store, &module).is_err());
    assert!(
        Linker::new(&there)
            .instantiate(&mut store, &module)
            .is_err()
    );
    let ty = FuncType::new(&there, [], []);
    assert!(
        Linker::<()>::new(&here)
            .func_new("a", "b", ty.clone(), |_, _, _| Ok(()))
            .is_err()
    );
    panic_of(|| Func::new(&mut store, ty.clone(), |_, _, _| Ok(())));
    let mut linker = Linker::new(&there);
    linker.func_wrap("a", "b", || {}).unwrap();
    assert!(linker.get(&mut store, "a", "b").is_none());
    let reference = RefType::new(true, HeapType::ConcreteFunc(ty.clone()));
    let global = GlobalType::new(reference.clone().into(), Mutability::Var);
    assert!(Global::new(&mut store, global, Val::FuncRef(None)).is_err());
    let table = TableType::new(reference, 1, None);
    assert!(Table::new(&mut store, table, Ref::Func(None)).is_err());
    assert!(Tag::new(&mut store, &TagType::new(ty)).is_err());
}
