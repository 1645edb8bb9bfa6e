//! The Fibonacci number of `size` by plain recursion: calls of small functions.

support::case!(fib);

fn fib(size: u32) -> u64 {
    if size < 2 {
        u64::from(size)
    } else {
        fib(size - 1) + fib(size - 2)
    }
}
