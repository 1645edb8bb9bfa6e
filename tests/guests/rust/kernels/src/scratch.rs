//! One static area that the kernels use in turn.

use core::cell::UnsafeCell;

/// Bytes of the area: room for three square matrices of order `MATRIX_ORDER_MAX`.
pub(crate) const SCRATCH_BYTES: usize = 3 * MATRIX_ORDER_MAX * MATRIX_ORDER_MAX * 8;
/// The greatest order that `matmul` accepts.
pub(crate) const MATRIX_ORDER_MAX: usize = 256;

#[repr(C, align(16))]
struct Scratch(UnsafeCell<[u8; SCRATCH_BYTES]>);

// SAFETY: the crate's contract is that exports run one at a time.
unsafe impl Sync for Scratch {}

static SCRATCH: Scratch = Scratch(UnsafeCell::new([0; SCRATCH_BYTES]));

/// Gives the area to `kernel` as bytes.
pub(crate) fn with_bytes<R>(kernel: impl FnOnce(&mut [u8; SCRATCH_BYTES]) -> R) -> R {
    // SAFETY: exports run one at a time, each calls this once, and the reference ends with the call.
    kernel(unsafe { &mut *SCRATCH.0.get() })
}

/// Gives the area to `kernel` as numbers.
pub(crate) fn with_numbers<R>(kernel: impl FnOnce(&mut [f64; SCRATCH_BYTES / 8]) -> R) -> R {
    // SAFETY: as above; the area is aligned to 16 bytes, has the same size, and any bits are an `f64`.
    kernel(unsafe { &mut *SCRATCH.0.get().cast() })
}
