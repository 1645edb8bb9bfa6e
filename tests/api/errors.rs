//! Errors: their kinds, and messages that say what, where and what to do.

use std::fmt;
use wazir::*;

fn text(result: Result<impl Sized>) -> String {
    match result {
        Ok(_) => panic!("an error is expected"),
        Err(error) => format!("{error:#}"),
    }
}

#[test]
fn what_is_no_module_says_what_it_is() {
    let engine = Engine::default();
    let error = Module::new(&engine, b"(module)").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
    assert!(
        error.to_string().contains("text") && error.to_string().contains("wat"),
        "{error}"
    );

    let component = wat::parse_str("(component)").unwrap();
    let error = Module::new(&engine, component).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
    assert!(error.to_string().contains("component"), "{error}");

    let error = Module::new(&engine, b"\0asm\x01\0\0\0\x63").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Malformed);
    assert!(matches!(error.offset(), Some(8 | 9)), "{error}");

    let wasm = wat::parse_str("(module (func (result i32) (i64.const 0)))").unwrap();
    let error = Module::new(&engine, &wasm).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert!(
        error.to_string().starts_with(
            "type mismatch: instruction requires [i32] but stack has [i64] (in function 0, at"
        ),
        "{error}"
    );
    assert!(error.offset().is_some_and(|offset| offset < wasm.len()));
    assert!(Module::validate(&engine, &wasm).is_err());
}

#[test]
fn an_invalid_function_is_named() {
    let text = format!(
        r#"(module (import "a" "b" (func)) (func)
             (func (@name "with\n{}") (result i32)))"#,
        "x".repeat(1000)
    );
    let wasm = wat::parse_str(text).unwrap();
    let message = Module::new(&Engine::default(), wasm)
        .unwrap_err()
        .to_string();
    assert!(
        message.contains(" (in function 2 `with\\nxxx") && message.contains("x...`, at offset"),
        "{message}"
    );
    assert!(message.len() < 300, "{message}");
}

#[test]
fn a_switched_off_feature_is_named() {
    let engine = Engine::new(Config::new().wasm_simd(false)).unwrap();
    let wasm = wat::parse_str("(module (func (result v128) (v128.const i32x4 0 0 0 0)))").unwrap();
    let error = Module::new(&engine, wasm).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert!(
        error
            .to_string()
            .contains("enable it with Config::wasm_simd(true) or --wasm simd (at"),
        "{error}"
    );
    // Switching it on would not help, which is better known at once.
    let wasm = wat::parse_str("(module (memory 1 1 shared))").unwrap();
    let error = Module::new(&engine, wasm).unwrap_err();
    let hint = "enable it with Config::wasm_threads(true) or --wasm threads to validate the module; what belongs to \
                the feature cannot be executed yet";
    assert!(error.to_string().contains(hint), "{error}");
    let engine = Engine::new(Config::new().wasm_multi_memory(false)).unwrap();
    let wasm = wat::parse_str("(module (memory 1) (memory 1))").unwrap();
    let error = Module::new(&engine, wasm).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("Config::wasm_multi_memory(true)"),
        "{error}"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let error = Module::from_file(&Engine::default(), "no/such/file.wasm").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    let message = error.to_string();
    assert!(
        message.starts_with("cannot read no/such/file.wasm: ")
            && message.len() > "cannot read no/such/file.wasm: ".len(),
        "{error}"
    );
    assert_eq!(format!("{error:#}"), message, "the cause is said once");
    let cause = error.downcast_ref::<std::io::Error>().unwrap();
    assert_eq!(cause.kind(), std::io::ErrorKind::NotFound);
}

#[test]
fn a_file_that_is_no_module_is_named_with_the_reason() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), b"\0asm\x01\0\0\0\x63\0").unwrap();
    let error = Module::from_file(&Engine::default(), file.path()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Malformed);
    assert_eq!(error.offset(), Some(8));
    let start = format!("{}: malformed section id", file.path().display());
    assert!(error.to_string().starts_with(&start), "{error}");
}

#[test]
fn a_trap_of_a_host_function_has_no_empty_backtrace() {
    let mut store = Store::new(&Engine::default(), ());
    let fails = Func::wrap(&mut store, || Err::<(), _>(Trap::UnreachableCodeReached));
    let error = fails.call(&mut store, &[], &mut []).unwrap_err();
    assert_eq!(error.to_string(), "the guest trapped: unreachable");
    assert_eq!(format!("{error:?}"), "the guest trapped: unreachable");
}

#[test]
fn a_missing_import_is_named_with_its_type_and_what_there_is() {
    let engine = Engine::default();
    let module = crate::module(&engine, r#"(module (import "env" "f" (func (param i32))))"#);
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    assert_eq!(
        text(linker.instantiate(&mut store, &module)),
        "unknown import: `env::f` has not been defined; the module needs a function [i32] -> []; \
         the linker defines nothing"
    );
    linker
        .func_wrap("env", "g", || {})
        .unwrap()
        .func_wrap("env", "h", || {})
        .unwrap();
    let error = linker.instantiate(&mut store, &module).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the linker's `env` defines `g`, `h`"),
        "{error}"
    );
    assert_eq!(error.kind(), ErrorKind::Link);
    let unknown = error.downcast_ref::<UnknownImportError>().unwrap();
    assert_eq!((unknown.module(), unknown.name()), ("env", "f"));
    assert!(unknown.ty().func().is_some());
}

#[test]
fn a_missing_import_is_answered_with_what_may_be_meant() {
    let engine = Engine::default();
    let mut linker = Linker::<()>::new(&engine);
    for number in 0..20 {
        let name = format!("a{number}");
        linker.func_wrap("env", &name, || {}).unwrap();
    }
    linker.func_wrap("env", "print_number", || {}).unwrap();
    let missing = |module: &str, name: &str| {
        let wat = format!(r#"(module (import "{module}" "{name}" (func)))"#);
        text(linker.instantiate_pre(&crate::module(&engine, &wat)))
    };
    let message = missing("env", "print_nummber");
    assert!(
        message.contains("the linker's `env` defines `print_number`, `a0`"),
        "{message}"
    );
    let message = missing("enw", "a0");
    assert!(message.ends_with("defines the modules `env`"), "{message}");
    let message = missing("wasi_snapshot_preview1", "fd_write");
    assert!(
        message.contains("wazir::wasi::p1::add_to_linker_sync defines all of this module"),
        "{message}"
    );
    let message = missing("wasi_unstable", "fd_write");
    assert!(message.contains("wasm32-wasip1"), "{message}");
}

#[test]
fn an_import_of_another_type_says_what_was_expected() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    linker.func_wrap("env", "f", |_: i64| {}).unwrap();
    let module = crate::module(&engine, r#"(module (import "env" "f" (func (param i32))))"#);
    for error in [
        linker.instantiate(&mut store, &module).unwrap_err(),
        linker.instantiate_pre(&module).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Link);
        let message = error.to_string();
        assert!(message.starts_with("incompatible import type"), "{message}");
        assert!(
            message.contains("[i32] -> []") && message.contains("[i64] -> []"),
            "{message}"
        );
    }
    assert!(text(Instance::new(&mut store, &module, &[])).contains("1 import"));
}

#[test]
fn wrong_arguments_say_which_and_why() {
    let (mut store, instance) = crate::instance(
        r#"(module (func (export "f") (param i32 i64) (result f32) (f32.const 1)))"#,
    );
    let func = instance.get_func(&mut store, "f").unwrap();
    let mut results = [Val::I32(0)];
    assert_eq!(
        text(func.call(&mut store, &[Val::I32(1)], &mut results)),
        "the function has 2 parameters, but 1 was given"
    );
    assert_eq!(
        text(func.call(&mut store, &[Val::I32(1), Val::F64(0)], &mut results)),
        "argument 2: expected i64, found f64"
    );
    assert_eq!(
        text(func.call(&mut store, &[Val::I32(1), Val::I64(0)], &mut [])),
        "the function has 1 result, but 0 were given"
    );
    func.call(&mut store, &[Val::I32(1), Val::I64(0)], &mut results)
        .unwrap();
    assert_eq!(results[0].unwrap_f32(), 1.0);
    assert_eq!(
        text(instance.get_typed_func::<(i32, i64), ()>(&mut store, "f")),
        "the exported function `f`: expected a function of type [i32 i64] -> [], found one of type \
         [i32 i64] -> [f32]"
    );
}

#[test]
fn a_missing_export_is_answered_with_what_is_exported() {
    let (mut store, instance) =
        crate::instance(r#"(module (memory (export "memory") 1) (func (export "run")))"#);
    assert_eq!(
        text(instance.get_typed_func::<(), ()>(&mut store, "start")),
        "the instance exports no `start`; its exports are `memory`, `run`"
    );
    assert_eq!(
        text(instance.get_typed_func::<(), ()>(&mut store, "memory")),
        "the export `memory` is a memory, not a function"
    );
    let (mut store, instance) = crate::instance("(module)");
    assert_eq!(
        text(instance.get_typed_func::<(), ()>(&mut store, "f")),
        "the instance exports no `f`; it exports nothing"
    );
}

#[test]
fn a_trap_carries_the_functions_that_were_active() {
    let (mut store, instance) = crate::instance(
        r#"(module $calc
             (func $divide (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
             (func $outer (param i32) (result i32) (call $divide (local.get 0) (i32.const 0)))
             (func (export "run") (result i32) (call $outer (i32.const 5))))"#,
    );
    let run = instance
        .get_typed_func::<(), i32>(&mut store, "run")
        .unwrap();
    let error = run.call(&mut store, ()).unwrap_err();
    assert_eq!(
        (error.kind(), error.trap()),
        (ErrorKind::Trap, Some(Trap::IntegerDivisionByZero))
    );
    assert_eq!(
        error.downcast_ref::<Trap>(),
        Some(&Trap::IntegerDivisionByZero)
    );
    let frames = error.backtrace().unwrap().frames();
    let names: Vec<_> = frames
        .iter()
        .map(|frame| frame.func_name().unwrap())
        .collect();
    assert_eq!(names, ["divide", "outer", "run"]);
    assert_eq!(frames[0].module_name(), Some("calc"));
    let by_type = error.downcast_ref::<WasmBacktrace>().unwrap();
    assert_eq!(by_type.frames().len(), 3);
    assert_eq!(frames[1].func_index(), 1);
    assert!(frames[0].module_offset() < frames[1].module_offset());
    let text = format!("{error:?}");
    assert!(
        text.starts_with("the guest trapped: integer divide by zero\n\nGuest backtrace:\n"),
        "{text}"
    );
    assert!(text.contains("calc!divide"), "{text}");
}

#[test]
fn a_backtrace_is_cut_and_can_be_switched_off() {
    let text = r#"(module (func $f (export "f") (param i32)
        (if (i32.eqz (local.get 0)) (then unreachable))
        (call $f (i32.sub (local.get 0) (i32.const 1)))))"#;
    let frames_with = |config: &Config| {
        let engine = Engine::new(config).unwrap();
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &crate::module(&engine, text), &[]).unwrap();
        let func = instance.get_typed_func::<i32, ()>(&mut store, "f").unwrap();
        let error = func.call(&mut store, 99).unwrap_err();
        assert_eq!(error.trap(), Some(Trap::UnreachableCodeReached));
        error
            .backtrace()
            .map(|backtrace| (backtrace.frames().len(), backtrace.omitted_frames()))
    };
    assert_eq!(
        frames_with(Config::new().wasm_backtrace_max_frames(7)),
        Some((7, 93))
    );
    assert_eq!(frames_with(Config::new().wasm_backtrace(false)), None);
}

/// A trait of another crate, as many programs have one.
mod other {
    pub(super) trait Context {
        fn context(self, text: &str) -> String;
    }

    impl Context for wazir::Result<()> {
        fn context(self, text: &str) -> String {
            format!("{text}: {}", self.unwrap_err())
        }
    }
}

#[test]
fn contexts_of_other_crates_are_not_in_the_way() {
    use other::*;
    assert_eq!(Err(Error::msg("inner")).context("outer"), "outer: inner");
}

#[test]
fn a_context_says_what_was_being_done() {
    use wazir::error::Context;
    let error = Context::context(Err::<(), _>(Error::msg("inner")), "outer").unwrap_err();
    assert_eq!(format!("{error:#}"), "outer: inner");
}

#[derive(Debug, PartialEq)]
struct Refused(i32);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused {}", self.0)
    }
}

impl std::error::Error for Refused {}

#[test]
fn the_error_of_a_host_function_comes_back_as_it_was() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    linker
        .func_wrap("env", "own", |code: i32| Err::<(), _>(Refused(code)))
        .unwrap();
    linker
        .func_wrap("env", "string", |_: i32| {
            Err::<(), _>("a string".to_string())
        })
        .unwrap();
    linker
        .func_wrap("env", "exit", |code: i32| Err::<(), _>(Error::exit(code)))
        .unwrap();
    linker
        .func_wrap("env", "trap", |_: i32| {
            Err::<(), _>(Trap::MemoryOutOfBounds)
        })
        .unwrap();
    linker
        .func_wrap(
            "env",
            "boxed",
            |_: i32| -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
                Err(Box::new(Refused(1)))
            },
        )
        .unwrap();
    let module = crate::module(
        &engine,
        r#"(module
             (import "env" "own" (func $own (param i32)))
             (import "env" "string" (func $string (param i32)))
             (import "env" "exit" (func $exit (param i32)))
             (import "env" "trap" (func $trap (param i32)))
             (import "env" "boxed" (func $boxed (param i32)))
             (func (export "own") (call $own (i32.const 42)))
             (func (export "string") (call $string (i32.const 42)))
             (func (export "exit") (call $exit (i32.const 42)))
             (func (export "trap") (call $trap (i32.const 42)))
             (func (export "boxed") (call $boxed (i32.const 42))))"#,
    );
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let mut run = |name: &str| {
        let func = instance.get_typed_func::<(), ()>(&mut store, name).unwrap();
        func.call(&mut store, ()).unwrap_err()
    };
    let own = run("own");
    assert_eq!(
        (own.kind(), own.downcast_ref()),
        (ErrorKind::Host, Some(&Refused(42)))
    );
    assert_eq!(
        own.backtrace().unwrap().frames()[0].func_name(),
        Some("own")
    );
    assert_eq!(own.downcast::<Refused>().unwrap(), Refused(42));
    assert_eq!(run("string").to_string(), "a string");
    let exit = run("exit");
    assert_eq!((exit.kind(), exit.exit_code()), (ErrorKind::Exit, Some(42)));
    assert_eq!(run("trap").trap(), Some(Trap::MemoryOutOfBounds));
    assert!(run("boxed").is::<Refused>());
}

#[test]
fn a_panic_goes_on_to_the_embedder_and_leaves_the_store_usable() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, 0);
    let mut linker = Linker::new(&engine);
    linker
        .func_wrap(
            "env",
            "maybe",
            |mut caller: Caller<'_, i32>, panics: i32| {
                *caller.data_mut() += 1;
                if panics != 0 {
                    std::panic::panic_any("on purpose");
                }
            },
        )
        .unwrap();
    // Through two guests and two host functions.
    linker
        .func_wrap(
            "env",
            "again",
            |mut caller: Caller<'_, i32>, panics: i32| -> Result<()> {
                let Some(Extern::Func(inner)) = caller.get_export("inner") else {
                    panic!("an export")
                };
                inner.typed::<i32, ()>(&caller)?.call(&mut caller, panics)
            },
        )
        .unwrap();
    let module = crate::module(
        &engine,
        r#"(module (import "env" "maybe" (func $maybe (param i32)))
             (import "env" "again" (func $again (param i32)))
             (func (export "inner") (param i32) (call $maybe (local.get 0)))
             (func (export "outer") (param i32) (call $again (local.get 0))))"#,
    );
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let outer = instance
        .get_typed_func::<i32, ()>(&mut store, "outer")
        .unwrap();
    for round in 0..100 {
        let call = std::panic::AssertUnwindSafe(|| outer.call(&mut store, 1));
        let payload = std::panic::catch_unwind(call).unwrap_err();
        assert_eq!(
            payload.downcast_ref::<&str>(),
            Some(&"on purpose"),
            "round {round}"
        );
        outer.call(&mut store, 0).unwrap();
    }
    assert_eq!(*store.data(), 200);
}
