//! Runs a comparison on many generated modules, on all processors.
//!
//! Input: what is compared. Output: a report; a panic that tells each difference. Holds: a module that does not end
//! ends the process, and the seed of whatever goes wrong is known.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::engines::{Running, Seen};
use crate::operators;
use crate::value::Value;

/// What is compared.
pub(crate) struct Comparison {
    /// The name of the test.
    pub(crate) name: &'static str,
    /// The module of a seed, if it has one.
    pub(crate) generate: fn(u64) -> Option<Vec<u8>>,
    /// Runs a module in all engines: what all have done; nothing if that cannot be compared; or the first difference.
    pub(crate) compare: fn(&[u8], u64) -> Result<Option<Seen>, String>,
    /// Those of the marked operators that a module executes: see `operators`.
    pub(crate) executed: fn(&[u8], u64, &[&'static str]) -> Vec<&'static str>,
    /// What has to be executed in a run that is long enough.
    pub(crate) operators: Vec<&'static str>,
}

/// What a run of the test has seen so far.
struct Progress {
    comparison: Comparison,
    next_seed: AtomicU64,
    /// Modules that were compared.
    compared: AtomicU64,
    calls: AtomicU64,
    returned: AtomicU64,
    /// Functions of the modules, and those that were machine code.
    functions: AtomicU64,
    compiled: AtomicU64,
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

impl Progress {
    /// Notes which of the operators not yet executed the module executes.
    fn note_executed(&self, wasm: &[u8], seed: u64) {
        let missing: Vec<_> = self.missing.lock().unwrap().iter().copied().collect();
        let present = operators::present(wasm, &missing);
        if present.is_empty() || operators::has_imports(wasm) {
            return;
        }
        let marked = operators::marked(wasm, &present);
        let executed = (self.comparison.executed)(&marked, seed, &present);
        self.missing
            .lock()
            .unwrap()
            .retain(|name| !executed.contains(name));
    }

    /// Generates and compares the module of a seed.
    fn check(&self, seed: u64) {
        let Some(wasm) = (self.comparison.generate)(seed) else {
            return;
        };
        let compared = catch_unwind(AssertUnwindSafe(|| (self.comparison.compare)(&wasm, seed)));
        let compared = compared.unwrap_or_else(|_| Err("a panic, see above".to_owned()));
        match compared {
            Ok(None) => {}
            Ok(Some(seen)) => {
                self.compared.fetch_add(1, Ordering::Relaxed);
                self.calls.fetch_add(seen.calls, Ordering::Relaxed);
                self.returned.fetch_add(seen.returned, Ordering::Relaxed);
                self.functions.fetch_add(seen.functions, Ordering::Relaxed);
                self.compiled.fetch_add(seen.compiled, Ordering::Relaxed);
                self.note_executed(&wasm, seed);
            }
            Err(difference) => {
                let path = std::env::temp_dir().join(format!("wazir-differential-{seed}.wasm"));
                std::fs::write(&path, &wasm).expect("there is room for temporary files");
                self.has_failed.store(true, Ordering::Relaxed);
                self.failures
                    .lock()
                    .unwrap()
                    .push(self.failure(seed, &path, &difference));
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
                eprintln!("seed {seed} does not end\n{}", self.again(seed));
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
        let known = self.comparison.operators.len();
        println!(
            "{compared} modules compared in {:.1} s: {rate:.0} modules/s",
            elapsed.as_secs_f64()
        );
        println!("{calls} calls, {share:.1} % returned normally");
        println!(
            "{} of the {known} operators executed",
            known - missing.len()
        );
        let [functions, compiled] =
            [&self.functions, &self.compiled].map(|count| count.load(Ordering::Relaxed));
        if compiled > 0 {
            println!("{compiled} of {functions} functions were machine code");
        }
        assert!(
            returned * 2 >= calls,
            "fewer than half of the calls returned normally"
        );
    }

    fn failure(&self, seed: u64, path: &Path, difference: &str) -> String {
        format!(
            "seed {seed}, module kept as {}, {difference}\n{}",
            path.display(),
            self.again(seed)
        )
    }

    /// How to run the module of a seed again.
    fn again(&self, seed: u64) -> String {
        format!(
            "again: WAZIR_SEED={seed} WAZIR_MODULES=1 cargo test --test generated {}",
            self.comparison.name
        )
    }

    /// A run that is long enough meets all operators.
    fn assert_all_executed(&self) {
        let missing = self.missing.lock().unwrap();
        assert!(missing.is_empty(), "never executed: {missing:?}");
    }
}

/// The executed ones of the marked operators: those whose globals have become 1.
pub(crate) fn marks(instance: &mut impl Running, names: &[&'static str]) -> Vec<&'static str> {
    let is_executed =
        |name: &&&'static str| instance.global(&operators::mark(name)) == Value::I32(1);
    names.iter().filter(is_executed).copied().collect()
}

/// Runs the comparison as long as the environment says: see `main`.
///
/// # Panics
/// If there is a difference, or not enough was seen.
pub(crate) fn run(comparison: Comparison) {
    let first = number("WAZIR_SEED").unwrap_or(1);
    let seconds = number("WAZIR_SECONDS");
    let count = number("WAZIR_MODULES").unwrap_or(300);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let start = Instant::now();
    let is_over = |seed: u64| match seconds {
        Some(seconds) => start.elapsed() >= Duration::from_secs(seconds),
        None => seed >= first + count,
    };
    let operators = comparison.operators.iter().copied().collect();
    let progress = Progress {
        comparison,
        next_seed: first.into(),
        compared: 0.into(),
        calls: 0.into(),
        returned: 0.into(),
        functions: 0.into(),
        compiled: 0.into(),
        missing: Mutex::new(operators),
        has_failed: false.into(),
        failures: Mutex::default(),
        running: (0..threads).map(|_| Mutex::default()).collect(),
    };
    let work = &|thread: usize| {
        let file = format!(
            "wazir-differential-running-{}-{thread}",
            progress.comparison.name
        );
        let running = std::env::temp_dir().join(file);
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
