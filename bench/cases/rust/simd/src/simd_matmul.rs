//! The product of two square matrices of order `4 * size`, of 32-bit floating-point numbers, four columns at a time.

use support::{Checksum, Random};

support::case!(work);

fn work(size: u32) -> u64 {
    let order = 4 * size as usize;
    let mut random = Random::new(0x3A7F);
    let a: Vec<f32> = (0..order * order)
        .map(|_| random.unit() as f32 - 0.5)
        .collect();
    let b: Vec<[f32; 4]> = (0..order * order / 4)
        .map(|_| std::array::from_fn(|_| random.unit() as f32 - 0.5))
        .collect();
    let mut checksum = Checksum::new();
    for row in a.chunks_exact(order) {
        for column in 0..order / 4 {
            for value in columns(row, &b[column..], order / 4) {
                checksum.add(u64::from(value.to_bits()));
            }
        }
    }
    checksum.get()
}

/// The product of a row and four columns, whose elements in each row are `stride` apart.
#[cfg(target_family = "wasm")]
fn columns(row: &[f32], columns: &[[f32; 4]], stride: usize) -> [f32; 4] {
    use std::arch::wasm32::*;
    let mut sum = f32x4_splat(0.0);
    for (&left, right) in row.iter().zip(columns.iter().step_by(stride)) {
        let right = f32x4(right[0], right[1], right[2], right[3]);
        sum = f32x4_add(sum, f32x4_mul(f32x4_splat(left), right));
    }
    [
        f32x4_extract_lane::<0>(sum),
        f32x4_extract_lane::<1>(sum),
        f32x4_extract_lane::<2>(sum),
        f32x4_extract_lane::<3>(sum),
    ]
}

#[cfg(not(target_family = "wasm"))]
fn columns(row: &[f32], columns: &[[f32; 4]], stride: usize) -> [f32; 4] {
    let mut sum = [0.0; 4];
    for (left, right) in row.iter().zip(columns.iter().step_by(stride)) {
        for lane in 0..4 {
            sum[lane] += left * right[lane];
        }
    }
    sum
}
