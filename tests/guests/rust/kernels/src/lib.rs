//! Benchmark kernels without imports: each export takes a size or a number of rounds and returns a checksum
//! that is the same on every correct engine. `examples/native.rs` runs the same source natively.
//!
//! Nothing allocates: what does not fit on the stack lies in one static scratch area, so the exports must not
//! run on two threads of one memory at once.
#![cfg_attr(target_family = "wasm", no_std)]

mod control;
mod digest;
mod numeric;
mod scratch;

pub use control::{coremark_like, dispatch, fib, sum_loop};
pub use digest::{bytecopy_loop, memcpy_loop, sha256};
pub use numeric::{mandelbrot, matmul, sieve};

#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// The generator that fills inputs: a xorshift of 32 bits.
struct Random(u32);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }
}
