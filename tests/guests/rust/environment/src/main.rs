//! Prints its arguments and environment in order, then checks the clocks and the random source.
//! With the first argument `sleep` it also sleeps for two milliseconds.

use std::ffi::c_int;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// 2020-01-01T00:00:00Z in seconds.
const YEAR_2020: u64 = 1_577_836_800;

unsafe extern "C" {
    fn getentropy(buffer: *mut u8, length: usize) -> c_int;
}

fn main() {
    for (index, argument) in std::env::args().enumerate() {
        println!("argument {index}: {argument}");
    }
    for (name, value) in std::env::vars() {
        println!("variable {name}: {value}");
    }
    if std::env::args().nth(1).as_deref() == Some("sleep") {
        report("sleep", sleep_lasts());
    }
    report("monotonic clock", monotonic_never_goes_back());
    report("wall clock", wall_clock_is_recent());
    report("random", random_bytes_differ());
}

fn report(what: &str, good: bool) {
    println!("{what}: {}", if good { "ok" } else { "bad" });
}

fn sleep_lasts() -> bool {
    let pause = Duration::from_millis(2);
    let start = Instant::now();
    std::thread::sleep(pause);
    start.elapsed() >= pause
}

fn monotonic_never_goes_back() -> bool {
    let mut previous = Instant::now();
    (0..1000).all(|_| {
        let now = Instant::now();
        let good = now.checked_duration_since(previous).is_some();
        previous = now;
        good
    })
}

fn wall_clock_is_recent() -> bool {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .is_ok_and(|since| since.as_secs() > YEAR_2020)
}

fn random_bytes_differ() -> bool {
    let mut bytes = [0_u8; 16];
    // SAFETY: the buffer is as long as said.
    let status = unsafe { getentropy(bytes.as_mut_ptr(), bytes.len()) };
    status == 0 && bytes.iter().any(|&byte| byte != bytes[0])
}
