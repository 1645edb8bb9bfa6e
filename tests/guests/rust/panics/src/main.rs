//! Ends in the way that the arguments ask for: by an exit code, a Rust panic (which traps after its message)
//! or a plain trap. The functions that lead there keep their names and are never inlined: for backtrace tests.

use std::hint::black_box;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

static STEP: AtomicU32 = AtomicU32::new(1);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| {
        arguments
            .get(index)
            .and_then(|text| text.parse::<i32>().ok())
    };
    match arguments.first().map(String::as_str) {
        Some("exit") => process::exit(number(1).unwrap_or(0)),
        Some("panic") => outer_function(number(1).unwrap_or(3)),
        Some("index") => println!("{}", index_out_of_bounds(number(1).unwrap_or(10) as usize)),
        Some("unwrap") => println!("{}", unwrap_bad_number(&arguments)),
        Some("abort") => abort_now(),
        Some("memory") => println!("{}", load_out_of_bounds(number(1).unwrap_or(-16) as u32)),
        Some("recurse") => println!("{}", recurse_forever(u32::MAX)),
        _ => {
            eprintln!(
                "usage: panics exit N | panic [DEPTH] | index [N] | unwrap TEXT | abort | memory | recurse"
            );
            process::exit(2);
        }
    }
}

#[inline(never)]
fn outer_function(depth: i32) {
    println!("outer at {depth}");
    middle_function(black_box(depth));
    println!("never reached");
}

#[inline(never)]
fn middle_function(depth: i32) {
    if depth > 0 {
        middle_function(black_box(depth - 1));
    } else {
        inner_function(black_box(depth));
    }
    black_box(depth);
}

#[inline(never)]
fn inner_function(depth: i32) {
    panic!("the guest panics on purpose at depth {depth}");
}

#[inline(never)]
fn index_out_of_bounds(index: usize) -> u32 {
    black_box(vec![1, 2, 3])[index]
}

#[inline(never)]
fn unwrap_bad_number(arguments: &[String]) -> i32 {
    arguments.get(1).map_or("", String::as_str).parse().unwrap()
}

#[inline(never)]
fn abort_now() {
    process::abort();
}

/// Loads beyond the end of the guest's memory. Natively this would be undefined behaviour, so it aborts there.
#[inline(never)]
fn load_out_of_bounds(address: u32) -> u8 {
    if cfg!(target_family = "wasm") {
        // SAFETY: none is possible; the load is meant to trap, and a volatile load is not removed.
        unsafe { std::ptr::read_volatile(address as usize as *const u8) }
    } else {
        process::abort()
    }
}

/// Exhausts the call stack. The rotation keeps the call from becoming a loop, and nothing here needs the
/// stack in linear memory, so the engine's own limit is met.
#[inline(never)]
fn recurse_forever(count: u32) -> u32 {
    if count == 0 {
        return 0;
    }
    recurse_forever(count - STEP.load(Ordering::Relaxed)).rotate_left(3) ^ count
}
