//! `size` products of vectors of 2048 numbers of 16 bits, as in filters of sound.

use support::{Checksum, Random};

support::case!(work);

const LENGTH: usize = 2048;

fn work(size: u32) -> u64 {
    let mut random = Random::new(0xD07);
    let mut signal: Vec<[i16; 8]> = (0..LENGTH / 8)
        .map(|_| std::array::from_fn(|_| random.next() as i16 >> 4))
        .collect();
    let filter: Vec<[i16; 8]> = (0..LENGTH / 8)
        .map(|_| std::array::from_fn(|_| random.next() as i16 >> 6))
        .collect();
    let mut checksum = Checksum::new();
    for round in 0..size as usize {
        let product = dot(&signal, &filter);
        checksum.add(product as u64);
        signal[round % (LENGTH / 8)][round % 8] = product as i16 >> 4;
    }
    checksum.get()
}

#[cfg(target_family = "wasm")]
fn dot(a: &[[i16; 8]], b: &[[i16; 8]]) -> i32 {
    use std::arch::wasm32::*;
    let vector = |values: &[i16; 8]| {
        let [a, b, c, d, e, f, g, h] = *values;
        i16x8(a, b, c, d, e, f, g, h)
    };
    let mut sum = i32x4_splat(0);
    for (a, b) in a.iter().zip(b) {
        sum = i32x4_add(sum, i32x4_dot_i16x8(vector(a), vector(b)));
    }
    i32x4_extract_lane::<0>(sum)
        .wrapping_add(i32x4_extract_lane::<1>(sum))
        .wrapping_add(i32x4_extract_lane::<2>(sum))
        .wrapping_add(i32x4_extract_lane::<3>(sum))
}

#[cfg(not(target_family = "wasm"))]
fn dot(a: &[[i16; 8]], b: &[[i16; 8]]) -> i32 {
    let products = a.iter().flatten().zip(b.iter().flatten());
    products.fold(0, |sum, (a, b)| {
        sum.wrapping_add(i32::from(*a) * i32::from(*b))
    })
}
