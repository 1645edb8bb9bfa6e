//! The spectral norm of a matrix of order `size` by ten steps of the power method: divisions of 64-bit numbers.

use support::Checksum;

support::case!(work);

fn work(size: u32) -> u64 {
    let mut u = vec![1.0; size as usize];
    let mut v = u.clone();
    for _ in 0..10 {
        multiply_twice(&u, &mut v);
        multiply_twice(&v, &mut u);
    }
    let (mut uv, mut vv) = (0.0, 0.0);
    for (a, b) in u.iter().zip(&v) {
        uv += a * b;
        vv += b * b;
    }
    let mut checksum = Checksum::new();
    checksum.add(f64::sqrt(uv / vv).to_bits());
    checksum.add(u.iter().sum::<f64>().to_bits());
    checksum.get()
}

fn multiply_twice(from: &[f64], to: &mut [f64]) {
    let mut middle = vec![0.0; from.len()];
    multiply(from, &mut middle, element);
    multiply(&middle, to, |row, column| element(column, row));
}

fn multiply(from: &[f64], to: &mut [f64], element: impl Fn(u32, u32) -> f64) {
    for (row, sum) in (0..).zip(to) {
        *sum = (0..)
            .zip(from)
            .map(|(column, value)| element(row, column) * value)
            .sum();
    }
}

fn element(row: u32, column: u32) -> f64 {
    let sum = row + column;
    1.0 / f64::from(sum * (sum + 1) / 2 + row + 1)
}
