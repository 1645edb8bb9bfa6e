//! Modules that come, run, become machine code and go, on several threads: nothing of them stays.
//!
//! Input: `WAZIR_SECONDS`, how long; 3 unless given. Output: what there is of threads, executable memory and memory at
//! all when everything is gone, compared with what there was after a short while. On Linux, where the system tells.
#![cfg(all(feature = "compiler", target_arch = "x86_64", target_os = "linux"))]

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use wazir::{Config, Engine, Instance, Module, Store, TypedFunc};

const THREADS: u64 = 4;

/// What the process has.
#[derive(Debug)]
struct Process {
    threads: usize,
    /// Pages that can be executed and are of no file.
    code_bytes: usize,
    resident_bytes: usize,
}

impl Process {
    fn now() -> Process {
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        let code = maps.lines().filter_map(|line| {
            let mut fields = line.split_whitespace();
            let (range, access) = (fields.next()?, fields.next()?);
            let is_of_no_file = fields.nth(3).is_none();
            let (start, end) = range.split_once('-')?;
            let address = |text| usize::from_str_radix(text, 16).ok();
            (access.contains('x') && is_of_no_file)
                .then(|| Some(address(end)? - address(start)?))?
        });
        let status = fs::read_to_string("/proc/self/statm").unwrap();
        let pages = status.split_whitespace().nth(1).unwrap();
        Process {
            threads: fs::read_dir("/proc/self/task").unwrap().count(),
            code_bytes: code.sum(),
            resident_bytes: pages.parse::<usize>().unwrap() * 4096,
        }
    }
}

/// Some functions with loops that call each other, directly and through a table; a number makes it another module.
fn program(number: u64) -> Vec<u8> {
    let count = 3 + number % 9;
    let functions: String = (0..count)
        .map(|index| {
            let next = (index + 1) % count;
            let factor = number % 1000 + index;
            format!(
                "(func $f{index} (type $step) (local $i i32) (local $sum i32)
                   (loop $again
                     (local.set $sum (i32.add (local.get $sum)
                       (i32.xor (i32.mul (local.get $i) (i32.const {factor})) (local.get 0))))
                     (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20))))
                   (if (i32.eqz (local.get 0)) (then (return (local.get $sum))))
                   (i32.add (local.get $sum)
                     (if (result i32) (i32.and (local.get 0) (i32.const 1))
                       (then (call $f{next} (i32.sub (local.get 0) (i32.const 1))))
                       (else (call_indirect (type $step) (i32.sub (local.get 0) (i32.const 1)) (i32.const {next}))))))"
            )
        })
        .collect();
    let names: String = (0..count).map(|index| format!("$f{index} ")).collect();
    let text = format!(
        r#"(module (type $step (func (param i32) (result i32))) (memory 1)
             (table funcref (elem {names})) {functions} (export "run" (func $f0)))"#
    );
    wat::parse_str(text).unwrap()
}

/// Loads, runs and drops modules until the time is over, and gives their number.
fn work(engines: &[Engine], until: Instant, next: &AtomicU64) {
    while Instant::now() < until {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let engine = &engines[(number % engines.len() as u64) as usize];
        let module = Module::new(engine, program(number)).unwrap();
        let mut expected = None;
        for _ in 0..1 + number % 3 {
            let mut store = Store::new(engine, ());
            let instance = Instance::new(&mut store, &module, &[]).unwrap();
            let run: TypedFunc<i32, i32> = instance.get_typed_func(&mut store, "run").unwrap();
            // Some go before anything is compiled, some while it is, and some after that.
            for _ in 0..number * 7 % 60 {
                let result = run.call(&mut store, 30).unwrap();
                assert_eq!(*expected.get_or_insert(result), result, "module {number}");
            }
        }
    }
}

#[test]
fn modules_come_and_go_and_nothing_stays() {
    let seconds = std::env::var("WAZIR_SECONDS").map_or(3, |text| text.parse().unwrap());
    let all = Duration::from_secs(seconds);
    let before = Process::now();
    let next = AtomicU64::new(0);
    // The first part finds out what is kept to be used again.
    let run = |time: Duration| {
        let engine = |config: &mut Config| Engine::new(config.tier_up_iterations(200)).unwrap();
        let engines = [
            engine(Config::new().tier_up_calls(20)),
            engine(Config::new().tier_up_calls(3).compiler_threads(2)),
            engine(Config::new().tier_up_calls(1).compiler_threads(0)),
        ];
        let until = Instant::now() + time;
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| work(&engines, until, &next));
            }
        });
        drop(engines);
        // The compiler's threads end when they have noticed.
        let end = Instant::now() + Duration::from_secs(10);
        while Process::now().threads > before.threads && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(10));
        }
        Process::now()
    };
    let early = run(all / 4);
    let early_count = next.load(Ordering::Relaxed);
    let late = run(all - all / 4);
    let count = next.load(Ordering::Relaxed);
    println!("{early_count} modules: {early:?}\n{count} modules: {late:?}");
    assert!(early_count > 10 && count > 2 * early_count);
    assert_eq!(late.threads, before.threads);
    assert_eq!(late.code_bytes, before.code_bytes);
    // Allocators keep some of what was given back.
    let growth = late.resident_bytes.saturating_sub(early.resident_bytes);
    assert!(growth < 24 << 20, "{growth} bytes more are resident");
}
