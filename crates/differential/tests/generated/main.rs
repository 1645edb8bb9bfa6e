//! The interpreter against an independent engine, on generated modules.
//!
//! Input: modules of two generators, from fixed seeds: `wasm-smith`, and `shaped`, whose code has the
//! shapes that compilers emit. Compared: whether instantiation and each call trap and how, results, and at
//! the end memories, globals and tables. It is shown that at least half of the calls return normally, and, if
//! the test runs for a time, that every operator of WebAssembly 2.0 is executed.
//!
//! `WAZIR_MODULES` is how many modules are made (300 unless set), or `WAZIR_SECONDS` how long; `WAZIR_SEED`
//! is the first seed. Should the process die, files `wazir-differential-running-*` among the temporary ones
//! have the seeds of the modules that were being run.

mod engines;
mod operators;
mod random;
mod shaped;
mod smith;
mod value;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use engines::peer::Peer;
use engines::wazir::{Way, Wazir};
use engines::{Running, Seen, observe};
use value::Value;

/// What a run of the test has seen so far.
struct Progress {
    next_seed: AtomicU64,
    /// Modules that were compared.
    compared: AtomicU64,
    calls: AtomicU64,
    returned: AtomicU64,
    /// The operators that no module has executed yet.
    missing: Mutex<BTreeSet<&'static str>>,
    has_failed: AtomicBool,
    failures: Mutex<Vec<String>>,
    /// What each thread runs, since when.
    running: Vec<Mutex<Option<(u64, Instant)>>>,
}

/// How long a module may take, of which all are short.
const PATIENCE: Duration = Duration::from_secs(60);

fn number(variable: &str) -> Option<u64> {
    let value = std::env::var(variable).ok()?;
    Some(
        value
            .parse()
            .unwrap_or_else(|_| panic!("{variable} is a number, and not {value}")),
    )
}

/// The module of a seed, if it has one.
fn generate(seed: u64) -> Option<Vec<u8>> {
    if seed.is_multiple_of(2) {
        smith::generate(seed / 2)
    } else {
        Some(shaped::generate(seed / 2))
    }
}

/// Runs the module in all engines; the error tells the first difference.
fn compare(wasm: &[u8], seed: u64) -> Result<Option<Seen>, String> {
    let Some(expected) = observe(Peer::start(wasm), seed) else {
        return Ok(None);
    };
    for way in Way::pair(seed) {
        let Some(actual) = observe(Wazir::start(wasm, way), seed) else {
            return Ok(None);
        };
        if let Some(difference) = difference(&actual, &expected) {
            return Err(format!("with {way:?}\n{difference}"));
        }
    }
    Ok(Some(expected))
}

fn difference(actual: &Seen, expected: &Seen) -> Option<String> {
    let missing = || "nothing more".to_owned();
    let count = actual.facts.len().max(expected.facts.len());
    (0..count).find_map(|index| {
        let [actual, expected] =
            [actual, expected].map(|seen| seen.facts.get(index).cloned().unwrap_or_else(missing));
        (actual != expected).then(|| format!("  wazir: {actual}\n  other: {expected}"))
    })
}

impl Progress {
    /// Notes which of the operators not yet executed the module executes.
    fn note_executed(&self, wasm: &[u8], seed: u64) {
        let missing: Vec<_> = self.missing.lock().unwrap().iter().copied().collect();
        let present = operators::present(wasm, &missing);
        if present.is_empty() {
            return;
        }
        let marked = operators::marked(wasm, &present);
        let Ok(mut peer) = Peer::start(&marked) else {
            return;
        };
        // What is executed before the stack is exhausted counts too.
        let _ = engines::call_all(&mut peer, seed, &mut Seen::default());
        let executed = present
            .into_iter()
            .filter(|name| peer.global(&operators::mark(name)) == Value::I32(1));
        let executed: Vec<_> = executed.collect();
        self.missing
            .lock()
            .unwrap()
            .retain(|name| !executed.contains(name));
    }

    /// Generates and compares the module of a seed.
    fn check(&self, seed: u64) {
        let Some(wasm) = generate(seed) else { return };
        let compared = catch_unwind(AssertUnwindSafe(|| compare(&wasm, seed)));
        let compared = compared.unwrap_or_else(|_| Err("a panic, see above".to_owned()));
        match compared {
            Ok(None) => {}
            Ok(Some(seen)) => {
                self.compared.fetch_add(1, Ordering::Relaxed);
                self.calls.fetch_add(seen.calls, Ordering::Relaxed);
                self.returned.fetch_add(seen.returned, Ordering::Relaxed);
                self.note_executed(&wasm, seed);
            }
            Err(difference) => {
                let path = std::env::temp_dir().join(format!("wazir-differential-{seed}.wasm"));
                std::fs::write(&path, &wasm).expect("there is room for temporary files");
                self.has_failed.store(true, Ordering::Relaxed);
                self.failures
                    .lock()
                    .unwrap()
                    .push(failure(seed, &path, &difference));
            }
        }
    }

    /// Ends the process if a module does not end: the thread that runs it cannot be stopped.
    fn give_up_if_endless(&self) {
        for running in &self.running {
            let Some((seed, start)) = *running.lock().unwrap() else {
                continue;
            };
            if start.elapsed() > PATIENCE {
                eprintln!("seed {seed} does not end\n{}", again(seed));
                std::process::exit(1);
            }
        }
    }

    fn report(&self, elapsed: Duration) {
        let [compared, calls, returned] = [&self.compared, &self.calls, &self.returned]
            .map(|count| count.load(Ordering::Relaxed));
        let share = returned as f64 * 100.0 / calls.max(1) as f64;
        let rate = compared as f64 / elapsed.as_secs_f64();
        let missing = self.missing.lock().unwrap();
        let known = operators::operators().names.len();
        println!(
            "{compared} modules compared in {:.1} s: {rate:.0} modules/s",
            elapsed.as_secs_f64()
        );
        println!("{calls} calls, {share:.1} % returned normally");
        println!(
            "{} of the {known} operators of WebAssembly 2.0 executed",
            known - missing.len()
        );
        assert!(
            returned * 2 >= calls,
            "fewer than half of the calls returned normally"
        );
    }

    /// A run that is long enough meets all operators.
    fn assert_all_executed(&self) {
        let missing = self.missing.lock().unwrap();
        assert!(missing.is_empty(), "never executed: {missing:?}");
    }
}

fn failure(seed: u64, path: &Path, difference: &str) -> String {
    format!(
        "seed {seed}, module kept as {}, {difference}\n{}",
        path.display(),
        again(seed)
    )
}

/// How to run the module of a seed again.
fn again(seed: u64) -> String {
    format!(
        "again: WAZIR_SEED={seed} WAZIR_MODULES=1 cargo test -p wazir-differential --test generated"
    )
}

#[test]
fn generated_modules_do_the_same_as_in_an_independent_engine() {
    let first = number("WAZIR_SEED").unwrap_or(1);
    let seconds = number("WAZIR_SECONDS");
    let count = number("WAZIR_MODULES").unwrap_or(300);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let start = Instant::now();
    let is_over = |seed: u64| match seconds {
        Some(seconds) => start.elapsed() >= Duration::from_secs(seconds),
        None => seed >= first + count,
    };
    let progress = Progress {
        next_seed: first.into(),
        compared: 0.into(),
        calls: 0.into(),
        returned: 0.into(),
        missing: Mutex::new(operators::operators().names.iter().copied().collect()),
        has_failed: false.into(),
        failures: Mutex::default(),
        running: (0..threads).map(|_| Mutex::default()).collect(),
    };
    let work = &|thread: usize| {
        let running = std::env::temp_dir().join(format!("wazir-differential-running-{thread}"));
        while !progress.has_failed.load(Ordering::Relaxed) {
            let seed = progress.next_seed.fetch_add(1, Ordering::Relaxed);
            if is_over(seed) {
                break;
            }
            std::fs::write(&running, seed.to_string()).expect("there is room for temporary files");
            *progress.running[thread].lock().unwrap() = Some((seed, Instant::now()));
            progress.check(seed);
        }
        *progress.running[thread].lock().unwrap() = None;
        // Nobody misses it if it was never written.
        let _ = std::fs::remove_file(&running);
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(move || work(thread)))
            .collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            std::thread::sleep(Duration::from_millis(20));
            progress.give_up_if_endless();
        }
    });
    let failures = progress.failures.lock().unwrap();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    progress.report(start.elapsed());
    if seconds.is_some() {
        progress.assert_all_executed();
    }
}
