//! What is valid and cannot be executed yet: it is refused when the module is made, by name.

use wazir::*;

/// An engine with every feature, in a mode.
fn engine(mode: CompilationMode) -> Engine {
    let mut config = Config::new();
    config.wasm_threads(true).compilation_mode(mode);
    Engine::new(&config).unwrap()
}

/// Modules, and what their errors contain.
const REFUSED: &[(&str, &[&str])] = &[
    (
        "(module (tag $t) (func) (func $thrower (throw $t)))",
        &["function 1 `thrower`", "`throw`", "feature exceptions"],
    ),
    (
        "(module (func (block $b (try_table (catch_all $b)))))",
        &["function 0 uses", "`try_table`"],
    ),
    (
        "(module (type $f (func)) (table 1 funcref)
           (func (return_call_indirect (type $f) (i32.const 0))))",
        &["`return_call_indirect`", "tail-call"],
    ),
    (
        r#"(module (import "a" "b" (func $f)) (func (return_call $f)))"#,
        &[
            "function 1 uses",
            "`return_call` of an imported function",
            "tail-call",
        ],
    ),
    (
        "(module (func (param funcref) (block (drop (br_on_null 0 (local.get 0))))))",
        &["`br_on_null`", "function-references"],
    ),
    (
        "(module (type $s (struct)) (func (drop (struct.new $s))))",
        &["`struct.new`", "feature gc"],
    ),
    (
        "(module (global i31ref (ref.i31 (i32.const 1))))",
        &["the module uses `ref.i31`", "feature gc"],
    ),
    (
        "(module (memory 1) (func (drop (i32.atomic.load (i32.const 0)))))",
        &["`i32.atomic.load`", "threads"],
    ),
    ("(module (func (atomic.fence)))", &["`atomic.fence`"]),
    (
        "(module (memory 1 1 shared))",
        &["the module uses a shared memory", "threads"],
    ),
    (
        r#"(module (import "env" "memory" (memory 1 1 shared)))"#,
        &["the module uses a shared memory", "threads"],
    ),
];

#[test]
fn what_cannot_be_executed_is_refused_when_the_module_is_made() {
    for (text, parts) in REFUSED {
        let wasm = wat::parse_str(text).unwrap();
        for mode in [CompilationMode::Eager, CompilationMode::LazyTranslation] {
            let engine = engine(mode);
            Module::validate(&engine, &wasm).unwrap_or_else(|error| panic!("{text}: {error}"));
            let Err(error) = Module::new(&engine, &wasm) else {
                panic!("{mode:?}: accepted: {text}")
            };
            assert_eq!(error.kind(), ErrorKind::Unsupported, "{text}: {error}");
            assert!(error.offset().is_some_and(|offset| offset < wasm.len()));
            let message = error.to_string();
            for part in *parts {
                assert!(message.contains(part), "{mode:?}: {part}: {message}");
            }
        }
    }
}

#[test]
fn in_the_lazy_mode_such_a_function_is_an_error_of_its_first_call() {
    let engine = engine(CompilationMode::Lazy);
    let module = crate::module(
        &engine,
        r#"(module (tag $t) (func (export "fine")) (func $thrower (export "throws") (throw $t)))"#,
    );
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let mut call = |name: &str| {
        let func = instance.get_typed_func::<(), ()>(&mut store, name).unwrap();
        func.call(&mut store, ())
    };
    call("fine").unwrap();
    let error = call("throws").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(
        error
            .to_string()
            .contains("function 1 `thrower` uses `throw`"),
        "{error}"
    );
}

#[test]
fn what_is_never_reached_is_not_refused() {
    for text in [
        "(module (tag $t) (func unreachable (throw $t)))",
        "(module (type $s (struct)) (func (return) (drop (struct.new $s))))",
        "(module (type $s (struct)) (tag $t) (func (param (ref null $s))))",
    ] {
        for mode in [CompilationMode::Eager, CompilationMode::LazyTranslation] {
            crate::module(&engine(mode), text);
        }
    }
}
