//! The product of two square matrices of order `size`, of 64-bit numbers: three nested loops.

use support::{Checksum, Random};

support::case!(work);

fn work(size: u32) -> u64 {
    let order = size as usize;
    let mut random = Random::new(0x3A7);
    let a: Vec<f64> = (0..order * order).map(|_| random.unit() - 0.5).collect();
    let b: Vec<f64> = (0..order * order).map(|_| random.unit() - 0.5).collect();
    let mut checksum = Checksum::new();
    for row in a.chunks_exact(order) {
        for column in 0..order {
            let mut sum = 0.0;
            for (inner, left) in row.iter().enumerate() {
                sum += left * b[inner * order + column];
            }
            checksum.add(sum.to_bits());
        }
    }
    checksum.get()
}
