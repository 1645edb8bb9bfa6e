//! Fourier transforms of `size` lengths, forth and back, by every algorithm that fits them.

use rustfft::FftPlanner;
use rustfft::num_complex::Complex;
use support::{Checksum, Random};

support::case!(work);

const LENGTHS: [usize; 12] = [64, 81, 97, 100, 128, 210, 243, 251, 256, 360, 509, 512];

fn work(size: u32) -> u64 {
    let mut random = Random::new(0xFF7);
    let mut checksum = Checksum::new();
    let mut planner = FftPlanner::<f64>::new();
    for round in 0..size as usize {
        let length = LENGTHS[round % LENGTHS.len()];
        let signal: Vec<Complex<f64>> = (0..length)
            .map(|_| Complex::new(random.unit(), random.unit()))
            .collect();
        let mut values = signal.clone();
        planner.plan_fft_forward(length).process(&mut values);
        for value in &values {
            checksum.add((value.norm_sqr() * 1e6).round() as u64);
        }
        planner.plan_fft_inverse(length).process(&mut values);
        for (value, original) in values.iter().zip(&signal) {
            assert!((value / length as f64 - original).norm_sqr() < 1e-18);
        }
    }
    checksum.get()
}
