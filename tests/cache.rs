//! Machine code that is kept between runs.
//!
//! Input: a module. Output: what an engine with a directory finds there that others have left, whole or damaged.
#![cfg(all(feature = "compiler", target_arch = "x86_64", target_os = "linux"))]

use std::fs;
use std::path::{Path, PathBuf};

use wazir::*;

/// Calls, a table that never changes, a loop that is called once, and a trap.
const MODULE: &str = r#"(module
  (type $step (func (param i64) (result i64)))
  (memory 1)
  (table funcref (elem $double $next $fail))
  (func $double (type $step) (i64.add (local.get 0) (local.get 0)))
  (func $next (type $step) (i64.add (call $double (local.get 0)) (i64.const NUMBER)))
  (func $fail (type $step) (i64.div_u (local.get 0) (i64.load (i32.const 64))))
  (func (export "fail") (param i64) (result i64) (call_indirect (type $step) (local.get 0) (i32.const 2)))
  (func (export "run") (param $n i64) (result i64) (local $sum i64)
    (loop $again
      (local.set $sum (i64.add (local.get $sum)
        (call_indirect (type $step) (local.get $n) (i32.wrap_i64 (i64.and (local.get $n) (i64.const 1))))))
      (br_if $again (i64.ne (local.tee $n (i64.sub (local.get $n) (i64.const 1))) (i64.const 0))))
    (local.get $sum)))"#;

fn wasm(number: u32) -> Vec<u8> {
    wat::parse_str(MODULE.replace("NUMBER", &number.to_string())).unwrap()
}

fn config(directory: &Path) -> Config {
    Config::new()
        .cache(directory, 64 << 20)
        .tier_up_calls(3)
        .tier_up_iterations(20)
        .compiler_threads(0)
        .clone()
}

/// Runs the module as a process would, and gives what it found and what it has compiled itself.
fn run(config: &Config, number: u32) -> (usize, usize) {
    let engine = Engine::new(config).unwrap();
    let module = Module::new(&engine, wasm(number)).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let found = module.tier_stats();
    assert_eq!(found.kept, found.compiled_functions + found.compiled_loops);
    let run: TypedFunc<i64, i64> = instance.get_typed_func(&mut store, "run").unwrap();
    let fail: TypedFunc<i64, i64> = instance.get_typed_func(&mut store, "fail").unwrap();
    let sum = |n: i64| {
        let step = |n: i64| {
            if n % 2 == 0 {
                2 * n
            } else {
                2 * n + i64::from(number)
            }
        };
        (1..=n).map(step).sum::<i64>()
    };
    for n in [100, 7, 1000, 1] {
        assert_eq!(run.call(&mut store, n).unwrap(), sum(n));
        let error = fail.call(&mut store, 1).unwrap_err();
        assert_eq!(error.trap(), Some(Trap::IntegerDivisionByZero));
        assert_eq!(error.backtrace().unwrap().frames().len(), 2);
    }
    let end = module.tier_stats();
    (
        found.kept,
        end.compiled_functions + end.compiled_loops - found.kept,
    )
}

/// The only file in a directory.
fn file(directory: &Path) -> PathBuf {
    let mut entries = fs::read_dir(directory).unwrap();
    let file = entries.next().unwrap().unwrap().path();
    assert!(entries.next().is_none());
    file
}

#[test]
fn the_second_run_begins_with_what_the_first_has_compiled() {
    let directory = tempfile::tempdir().unwrap();
    let config = config(directory.path());
    let (found, made) = run(&config, 5);
    assert!(found == 0 && made >= 4, "{made}");
    for _ in 0..2 {
        assert_eq!(run(&config, 5), (made, 0));
    }
    // Another module, other settings.
    assert_eq!(run(&config, 6), (0, made));
    assert_eq!(run(config.clone().interruptable(true), 5), (0, made));
    assert_eq!(run(config.clone().signals_based_traps(false), 5), (0, made));
    assert_eq!(run(&config, 5), (made, 0));
}

#[test]
fn what_is_damaged_is_made_again() {
    let directory = tempfile::tempdir().unwrap();
    let config = config(directory.path());
    let (_, made) = run(&config, 5);
    let path = file(directory.path());
    let whole = fs::read(&path).unwrap();
    let check = |bytes: &[u8], what: &str| {
        fs::write(&path, bytes).unwrap();
        let (found, again) = run(&config, 5);
        assert_eq!(found + again, made, "{what}");
        // And then it is whole.
        assert_eq!(run(&config, 5), (made, 0), "{what}");
        found
    };
    for length in (0..whole.len()).step_by(37).chain([whole.len() - 1]) {
        assert!(check(&whole[..length], &format!("{length} bytes")) < made);
    }
    for at in (0..whole.len()).step_by(41) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        assert!(check(&bytes, &format!("bit in byte {at}")) < made);
    }
    let twice = [&whole[..], &whole].concat();
    assert!(check(&twice, "twice") <= made);
    // A file of another module where this one's is looked for.
    let other = tempfile::tempdir().unwrap();
    run(&self::config(other.path()), 6);
    let foreign = fs::read(file(other.path())).unwrap();
    assert_eq!(check(&foreign, "of another module"), 0);
}

#[test]
fn many_use_a_directory_at_once() {
    let directory = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let config = config(directory.path());
            scope.spawn(move || {
                for round in 0..10 {
                    run(&config, (thread + round) % 3);
                }
            });
        }
    });
    for number in 0..3 {
        let (found, _) = run(&config(directory.path()), number);
        assert!(found > 0, "module {number}");
        assert_eq!(run(&config(directory.path()), number).1, 0);
    }
}

#[test]
fn a_directory_that_cannot_be_used_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, b"").unwrap();
    let error = Engine::new(Config::new().cache(&path, 1 << 20)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(error.to_string().contains("file"), "{error}");
}
