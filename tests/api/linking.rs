//! The linker: names, shadowing, aliases, modules as commands and reactors, and imports that nobody
//! defined.

use wazir::*;

const IMPORTER: &str = r#"(module (import "env" "value" (func $value (result i32)))
    (func (export "get") (result i32) (call $value)))"#;

fn get<T>(store: &mut Store<T>, instance: Instance) -> i32 {
    instance
        .get_typed_func::<(), i32>(&mut *store, "get")
        .unwrap()
        .call(store, ())
        .unwrap()
}

#[test]
fn a_name_is_defined_once_unless_shadowing_is_allowed() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    linker.func_wrap("env", "value", || 1).unwrap();
    let error = linker.func_wrap("env", "value", || 2).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`env::value` is defined already"),
        "{error}"
    );
    let module = crate::module(&engine, IMPORTER);
    let instance = linker.instantiate(&mut store, &module).unwrap();
    assert_eq!(get(&mut store, instance), 1);
    linker
        .allow_shadowing(true)
        .func_wrap("env", "value", || 3)
        .unwrap();
    let instance = linker.instantiate(&mut store, &module).unwrap();
    assert_eq!(get(&mut store, instance), 3);
}

#[test]
fn aliases_stand_for_the_same() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    linker.func_wrap("host", "seven", || 7).unwrap();
    linker.alias("host", "seven", "env", "value").unwrap();
    assert!(linker.alias("host", "eight", "env", "x").is_err());
    linker.alias_module("env", "copy").unwrap();
    let module = crate::module(&engine, IMPORTER);
    let instance = linker.instantiate(&mut store, &module).unwrap();
    assert_eq!(get(&mut store, instance), 7);
    let names: Vec<_> = linker
        .iter(&mut store)
        .map(|(module, name, _)| format!("{module}::{name}"))
        .collect();
    assert_eq!(names, ["copy::value", "env::value", "host::seven"]);
    let all: Vec<_> = linker.iter(&mut store).map(|(_, _, item)| item).collect();
    assert!(
        all.iter().all(|item| *item == all[0]),
        "one function of the store stands for all three"
    );
    let import = module.imports().next().unwrap();
    assert_eq!(linker.get_by_import(&mut store, &import), Some(all[0]));
    assert_eq!(linker.get(&mut store, "env", "other"), None);
}

#[test]
fn instances_are_linked_with_instances() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let exporter = crate::module(
        &engine,
        r#"(module (memory (export "memory") 1) (global (export "g") (mut i32) (i32.const 5))
             (table (export "table") 1 funcref)
             (func (export "load") (result i32) (i32.load (i32.const 16))))"#,
    );
    let instance = linker.instantiate(&mut store, &exporter).unwrap();
    linker.instance(&mut store, "lib", instance).unwrap();
    let importer = crate::module(
        &engine,
        r#"(module (import "lib" "memory" (memory 1)) (import "lib" "load" (func $load (result i32)))
             (import "lib" "g" (global $g (mut i32))) (import "lib" "table" (table 1 funcref))
             (func (export "get") (result i32)
               (i32.store (i32.const 16) (global.get $g)) (global.set $g (i32.const 6)) (call $load)))"#,
    );
    let user = linker.instantiate(&mut store, &importer).unwrap();
    assert_eq!((get(&mut store, user), get(&mut store, user)), (5, 6));
    let exports: Vec<_> = instance
        .exports(&mut store)
        .map(|export| export.name())
        .collect();
    assert_eq!(exports, ["memory", "g", "table", "load"]);
}

#[test]
fn a_command_has_an_instance_per_call_and_a_reactor_one_for_all() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let counter = |start: &str| {
        format!(
            r#"(module (global $n (mut i32) (i32.const 0)) (memory (export "memory") 1)
                 (func (export "{start}") (global.set $n (i32.const 10)))
                 (func (export "value") (result i32)
                   (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n)))"#
        )
    };
    for (start, expected) in [("_start", [1, 1, 1]), ("_initialize", [11, 12, 13])] {
        let mut linker = Linker::new(&engine);
        linker
            .module(&mut store, "env", &crate::module(&engine, &counter(start)))
            .unwrap();
        let user = linker
            .instantiate(&mut store, &crate::module(&engine, IMPORTER))
            .unwrap();
        let results = [(); 3].map(|()| get(&mut store, user));
        assert_eq!(results, expected, "{start}");
    }
    let mut linker = Linker::new(&engine);
    linker
        .module(
            &mut store,
            "cmd",
            &crate::module(&engine, &counter("_start")),
        )
        .unwrap();
    let start = linker.get_default(&mut store, "cmd").unwrap();
    start.call(&mut store, &[], &mut []).unwrap();
    let nothing = linker.get_default(&mut store, "no such module").unwrap();
    nothing.call(&mut store, &[], &mut []).unwrap();

    let both = crate::module(
        &engine,
        r#"(module (func (export "_start")) (func (export "_initialize")))"#,
    );
    assert!(linker.module(&mut store, "both", &both).is_err());
    let table = crate::module(
        &engine,
        r#"(module (func (export "_start")) (table (export "t") 1 funcref))"#,
    );
    assert!(linker.module(&mut store, "table", &table).is_err());
    linker
        .allow_unknown_exports(true)
        .module(&mut store, "table2", &table)
        .unwrap();
}

#[test]
fn unknown_imports_become_traps_or_zeros() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let module = crate::module(&engine, IMPORTER);
    let mut linker = Linker::new(&engine);
    linker.define_unknown_imports_as_traps(&module).unwrap();
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let func = instance
        .get_typed_func::<(), i32>(&mut store, "get")
        .unwrap();
    let error = func.call(&mut store, ()).unwrap_err();
    assert!(error.is::<UnknownImportError>());
    assert!(
        error
            .to_string()
            .contains("`env::value` has not been defined"),
        "{error}"
    );

    let module = crate::module(
        &engine,
        r#"(module (import "env" "value" (func $value (result i32))) (import "env" "m" (memory 2 3))
             (import "env" "t" (table 2 externref)) (import "env" "g" (global (mut f64)))
             (func (export "get") (result i32) (i32.add (call $value) (memory.size))))"#,
    );
    let mut linker = Linker::new(&engine);
    linker
        .define_unknown_imports_as_default_values(&mut store, &module)
        .unwrap();
    let instance = linker.instantiate(&mut store, &module).unwrap();
    assert_eq!(get(&mut store, instance), 2);
}

#[test]
fn a_prepared_instantiation_does_not_add_functions_to_the_store_each_time() {
    let engine = Engine::default();
    let mut linker: Linker<u32> = Linker::new(&engine);
    linker
        .func_wrap("env", "value", |caller: Caller<'_, u32>| *caller.data())
        .unwrap();
    let module = crate::module(
        &engine,
        r#"(module (import "env" "value" (func $value (result u32))) (export "f" (func $value))
             (func (export "get") (result i32) (call $value)))"#
            .replace("u32", "i32")
            .as_str(),
    );
    let pre = linker.instantiate_pre(&module).unwrap();
    let mut functions = Vec::new();
    for number in 0..3 {
        let mut store = Store::new(&engine, number);
        for _ in 0..100 {
            let instance = pre.instantiate(&mut store).unwrap();
            assert_eq!(get(&mut store, instance), number as i32);
            functions.push(instance.get_func(&mut store, "f").unwrap());
            store.remove(instance).unwrap();
        }
    }
    functions.dedup();
    assert_eq!(functions.len(), 3, "one function for each store");
}

#[test]
fn a_start_function_that_fails_leaves_no_instance() {
    let engine = Engine::default();
    let limits = StoreLimitsBuilder::new().instances(1).build();
    let mut store = Store::new(&engine, limits);
    store.limiter(|limits| limits);
    let fails = crate::module(
        &engine,
        "(module (memory 1) (func $start unreachable) (start $start))",
    );
    let good = crate::module(&engine, "(module)");
    for _ in 0..3 {
        let error = Instance::new(&mut store, &fails, &[]).unwrap_err();
        assert_eq!(error.trap(), Some(Trap::UnreachableCodeReached));
    }
    Instance::new(&mut store, &good, &[]).unwrap();
}
