//! Modules that are compiled, saved and loaded again.
//!
//! Input: small modules, and the guests. Output: what they do after loading is what they did before.
#![cfg(all(feature = "compiler", target_arch = "x86_64", target_os = "linux"))]

use std::time::{Duration, Instant};

use wazir::*;

fn engine(change: impl FnOnce(&mut Config) -> &mut Config) -> Engine {
    let mut config = Config::new();
    config.strategy(Strategy::Compiler);
    change(&mut config);
    Engine::new(&config).expect("there is a compiler, and the processor is one that it is for")
}

/// Loads what the test has just saved.
fn load(engine: &Engine, saved: &[u8]) -> Result<Module> {
    // SAFETY: damaged bytes are refused; what is not was made by `serialize` or `precompile_module`.
    unsafe { Module::deserialize(engine, saved) }
}

/// Calls, a table, imports, a memory, traps, and functions whose types need a place in the engine.
const MODULE: &str = r#"(module $all
  (type $binary (func (param i64 i64) (result i64)))
  (import "host" "mix" (func $mix (type $binary)))
  (import "host" "log" (func $log (param f64 i32)))
  (memory (export "memory") 1)
  (data (i32.const 100) "\07\00\00\00\00\00\00\00")
  (global $calls (mut i32) (i32.const 0))
  (table funcref (elem $add $mix $divide $log))
  (func $add (type $binary) (i64.add (local.get 0) (local.get 1)))
  (func $divide (type $binary) (i64.div_u (local.get 0) (local.get 1)))
  (func (export "apply") (param i32 i64 i64) (result i64)
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (call $log (f64.const 1.5) (global.get $calls))
    (call_indirect (type $binary) (local.get 1) (local.get 2) (local.get 0)))
  (func (export "load") (param i32) (result i64) (i64.load (local.get 0)))
  (func $fib (export "fib") (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add
        (call $fib (i32.sub (local.get 0) (i32.const 1)))
        (call $fib (i32.sub (local.get 0) (i32.const 2))))))))"#;

/// What calls of the module give, errors with their backtraces.
fn observe(module: &Module) -> Vec<String> {
    let mut store = Store::new(module.engine(), Vec::<(f64, i32)>::new());
    let mut linker = Linker::new(module.engine());
    let mix = |a: i64, b: i64| a.wrapping_mul(31) ^ b;
    linker.func_wrap("host", "mix", mix).unwrap();
    let log =
        |mut caller: Caller<'_, Vec<(f64, i32)>>, a: f64, b: i32| caller.data_mut().push((a, b));
    linker.func_wrap("host", "log", log).unwrap();
    let instance = linker.instantiate(&mut store, module).unwrap();
    let mut seen = Vec::new();
    let mut call = |name: &str, params: &[Val]| {
        let function = instance.get_func(&mut store, name).unwrap();
        let mut results = [Val::I64(0)];
        let outcome = function.call(&mut store, params, &mut results);
        seen.push(match outcome {
            Ok(()) => format!("{results:?}"),
            Err(error) => format!("{error:?} {:?}", error.backtrace()),
        });
    };
    for index in 0..6 {
        call(
            "apply",
            &[Val::I32(index), Val::I64(77), Val::I64(index.into())],
        );
    }
    call("apply", &[Val::I32(2), Val::I64(77), Val::I64(0)]);
    for at in [100, 65528, 65529, -1] {
        call("load", &[Val::I32(at)]);
    }
    call("fib", &[Val::I32(15)]);
    seen.push(format!("{:?}", store.data()));
    seen
}

#[test]
fn a_loaded_module_does_the_same() {
    for (fuel, interruptable, guards) in [(false, false, true), (false, true, false)] {
        let configured = || {
            engine(|config| {
                config
                    .consume_fuel(fuel)
                    .interruptable(interruptable)
                    .signals_based_traps(guards)
            })
        };
        let engine = configured();
        let wasm = wat::parse_str(MODULE).unwrap();
        let module = Module::new(&engine, &wasm).unwrap();
        let saved = module.serialize().unwrap();
        assert_eq!(saved, engine.precompile_module(&wasm).unwrap());
        assert_eq!(
            Engine::detect_precompiled(&saved),
            Some(Precompiled::Module)
        );
        let other = configured();
        // Types have other identities there than in the first engine.
        let before = wat::parse_str("(module (func (param f32)) (func (param f32 f32)))").unwrap();
        let _before = Module::new(&other, before).unwrap();
        let loaded = load(&other, &saved).unwrap();
        assert_eq!(loaded.name(), Some("all"));
        let count = module.tier_stats().compiled_functions;
        assert!(count >= 5, "{count}");
        assert_eq!(loaded.tier_stats().compiled_functions, count);
        assert_eq!(observe(&loaded), observe(&module));
        assert_eq!(loaded.serialize().unwrap(), saved);
    }
}

#[test]
fn what_was_saved_outlives_what_it_was_made_by() {
    let saved = {
        let engine = engine(|config| config);
        engine
            .precompile_module(&wat::parse_str(MODULE).unwrap())
            .unwrap()
    };
    let engine = engine(|config| config);
    let loaded = load(&engine, &saved).unwrap();
    drop((saved, engine));
    assert_eq!(observe(&loaded).len(), 13);
}

#[test]
fn functions_that_stay_interpreted_are_validated_when_they_are_called() {
    let engine = engine(|config| config.compilation_mode(CompilationMode::Lazy));
    let text = r#"(module (func (export "good") (result i32) (i32.const 7)) (func (export "bad") (result i32)))"#;
    let wasm = wat::parse_str(text).unwrap();
    assert!(engine.precompile_module(&wasm).is_err());
    let saved = Module::new(&engine, &wasm).unwrap().serialize().unwrap();
    let module = load(&engine, &saved).unwrap();
    assert_eq!(module.tier_stats().compiled_functions, 1);
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let mut call = |name| {
        let function = instance
            .get_typed_func::<(), i32>(&mut store, name)
            .unwrap();
        function.call(&mut store, ())
    };
    assert_eq!(call("good").unwrap(), 7);
    assert_eq!(call("bad").unwrap_err().kind(), ErrorKind::Invalid);
}

#[test]
fn every_damage_is_refused() {
    let engine = engine(|config| config);
    let wasm =
        wat::parse_str(r#"(module (func (export "f") (result i32) (i32.const 1)))"#).unwrap();
    let saved = engine.precompile_module(&wasm).unwrap();
    for at in 0..saved.len() {
        let mut damaged = saved.clone();
        damaged[at] ^= 0x10;
        assert!(load(&engine, &damaged).is_err(), "byte {at}");
        assert!(load(&engine, &saved[..at]).is_err(), "{at} bytes");
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let saved = engine(|config| config)
        .precompile_module(&wat::parse_str(MODULE).unwrap())
        .unwrap();
    let refusal = |engine: Engine| load(&engine, &saved).unwrap_err().to_string();
    let cases = [
        (
            refusal(engine(|config| config.consume_fuel(true))),
            "Config::consume_fuel",
        ),
        (
            refusal(engine(|config| config.interruptable(true))),
            "interrupted",
        ),
        (
            refusal(engine(|config| config.epoch_interruption(true))),
            "interrupted",
        ),
        (
            refusal(engine(|config| config.signals_based_traps(false))),
            "guards",
        ),
        (
            refusal(engine(|config| {
                config.wasm_simd(false).wasm_relaxed_simd(false)
            })),
            "simd, relaxed-simd",
        ),
        (
            refusal(Engine::new(Config::new().strategy(Strategy::Interpreter)).unwrap()),
            "interprets all modules: the settings ask for the interpreter",
        ),
    ];
    for (message, expected) in cases {
        assert!(message.contains(expected), "{message}");
    }
    let interpreter = Engine::new(Config::new().strategy(Strategy::Interpreter)).unwrap();
    let wasm = wat::parse_str(MODULE).unwrap();
    assert!(interpreter.precompile_module(&wasm).is_err());
    assert!(
        Module::new(&interpreter, &wasm)
            .unwrap()
            .serialize()
            .is_err()
    );
    let error = Module::new(&interpreter, &saved).unwrap_err().to_string();
    assert!(error.contains("Module::deserialize loads"), "{error}");
}

#[test]
fn files_are_named_in_errors() {
    let engine = engine(|config| config);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.cwasm");
    // SAFETY: no such file has code in it that is run.
    let load = || unsafe { Module::deserialize_file(&engine, &path) };
    let error = load().unwrap_err();
    assert!(
        error.kind() == ErrorKind::Io && error.to_string().contains("m.cwasm"),
        "{error}"
    );
    std::fs::write(&path, b"\0asm").unwrap();
    let error = load().unwrap_err().to_string();
    assert!(
        error.contains("m.cwasm: this is no compiled module"),
        "{error}"
    );
    let saved = engine
        .precompile_module(&wat::parse_str(MODULE).unwrap())
        .unwrap();
    std::fs::write(&path, saved).unwrap();
    assert_eq!(load().unwrap().exports().len(), 4);
}

/// What a line of a disassembly says: the place of its bytes, these, and the text.
fn row(line: &str) -> Option<(usize, Vec<u8>, &str)> {
    let at = usize::from_str_radix(line.get(11..17)?.trim(), 16).ok()?;
    let bytes = line[19..]
        .get(..24)
        .unwrap_or(&line[19..])
        .split_whitespace();
    let bytes = bytes.map(|byte| u8::from_str_radix(byte, 16).unwrap());
    Some((at, bytes.collect(), line.get(44..).unwrap_or("")))
}

#[test]
fn disassemblies_have_every_byte_of_every_instruction() {
    use iced_x86::{Decoder, DecoderOptions};
    let wasm = std::fs::read("tests/guests/bin/kernels.wasm").unwrap();
    let saved = engine(|config| config).precompile_module(&wasm).unwrap();
    let text = inspect::disassembly(&saved, None).unwrap();
    let rows: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with(' '))
        .map(|line| row(line).unwrap_or_else(|| panic!("{line}")))
        .collect();
    let (mut checked, mut start) = (0, 0);
    while start < rows.len() {
        // Lines without text go on with the bytes of the one before.
        let more = rows[start + 1..].iter();
        let lines = 1 + more.take_while(|(_, _, text)| text.is_empty()).count();
        let bytes: Vec<u8> = rows[start..start + lines]
            .iter()
            .flat_map(|(_, bytes, _)| bytes.clone())
            .collect();
        let (at, _, text) = rows[start];
        start += lines;
        if let Some((next, ..)) = rows.get(start) {
            assert!(at + bytes.len() <= *next, "{text} at {at:x}");
        }
        let is_one = |other: &&str| !text.starts_with(other);
        if ["constants", "distances", "call runtime"]
            .iter()
            .all(is_one)
        {
            let instruction = Decoder::new(64, &bytes, DecoderOptions::NONE).decode();
            assert_eq!(instruction.len(), bytes.len(), "{text}: {bytes:02x?}");
            checked += 1;
        }
    }
    assert!(checked > 1000, "{checked}");
}

/// `--nocapture` shows how long it takes to compile and to load each guest.
#[test]
fn guests_survive_saving() {
    for entry in std::fs::read_dir("tests/guests/bin").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "wasm") {
            continue;
        }
        let engine = engine(|config| config.parallel_compilation(false));
        let wasm = std::fs::read(&path).unwrap();
        let rounds = if cfg!(debug_assertions) { 1 } else { 5 };
        let compiled = (0..rounds).map(|_| timed(|| Module::new(&engine, &wasm).unwrap()));
        let (module, compiling) = compiled.min_by_key(|(_, time)| *time).unwrap();
        let (saved, saving) = timed(|| module.serialize().unwrap());
        let (loaded, loading) = timed(|| load(&engine, &saved).unwrap());
        assert_eq!(loaded.serialize().unwrap(), saved, "{}", path.display());
        if wasm.len() < 100_000 {
            let text = inspect::disassembly(&saved, None).unwrap();
            assert_eq!(
                text.matches(" bytes at 0x").count(),
                module.tier_stats().compiled_functions
            );
        }
        let least = (0..10).map(|_| timed(|| load(&engine, &saved).unwrap()).1);
        println!(
            "{}: {} bytes, compiled in {compiling:?}, saved in {saving:?}, {} bytes, loaded in {:?}",
            path.file_stem().unwrap().to_string_lossy(),
            wasm.len(),
            saved.len(),
            least.min().unwrap().min(loading),
        );
    }
}

fn timed<T>(action: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = action();
    (result, start.elapsed())
}

/// Functions of the host and instances that were there before the engine had any machine code.
#[test]
fn code_that_comes_later_knows_all_functions() {
    let saved = engine(|config| config)
        .precompile_module(&wat::parse_str(MODULE).unwrap())
        .unwrap();
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let mix = Func::wrap(&mut store, |a: i64, b: i64| a * 1000 + b);
    let log = Func::wrap(&mut store, |_: f64, _: i32| {});
    let text = r#"(module (func (export "twice") (param i64 i64) (result i64)
        (i64.add (local.get 0) (i64.add (local.get 1) (local.get 1)))))"#;
    let module = Module::new(&engine, wat::parse_str(text).unwrap()).unwrap();
    let interpreted = Instance::new(&mut store, &module, &[]).unwrap();
    let twice = interpreted.get_func(&mut store, "twice").unwrap();
    let loaded = load(&engine, &saved).unwrap();
    for (mix, expected) in [(mix, 2003), (twice, 8)] {
        let imports = [mix.into(), log.into()];
        let instance = Instance::new(&mut store, &loaded, &imports).unwrap();
        let apply: TypedFunc<(i32, i64, i64), i64> =
            instance.get_typed_func(&mut store, "apply").unwrap();
        assert_eq!(apply.call(&mut store, (0, 2, 3)).unwrap(), 5);
        assert_eq!(apply.call(&mut store, (1, 2, 3)).unwrap(), expected);
    }
}
