//! Blurs a grey picture of 256 by 256 points `size` times: averages of bytes, with products of 16 bits.

use support::{Checksum, Random};

support::case!(work);

const WIDTH: usize = 256;
const HEIGHT: usize = 256;

fn work(size: u32) -> u64 {
    let mut random = Random::new(0xB1);
    let mut from: Vec<u8> = (0..WIDTH * HEIGHT).map(|_| random.next() as u8).collect();
    let mut to = from.clone();
    for _ in 0..size {
        for y in 1..HEIGHT - 1 {
            // The first and the last 16 points of a line stay as they are.
            for x in (16..WIDTH - 16).step_by(16) {
                let at = y * WIDTH + x;
                to[at..at + 16].copy_from_slice(&blurred(&from, at));
            }
        }
        std::mem::swap(&mut from, &mut to);
    }
    let mut checksum = Checksum::new();
    checksum.add_bytes(&from);
    checksum.get()
}

/// The weights of the nine points around each are 1 2 1, 2 4 2, 1 2 1, and their sum is rounded up from a half.
#[cfg(target_family = "wasm")]
fn blurred(image: &[u8], at: usize) -> [u8; 16] {
    use std::arch::wasm32::*;
    let load = |at: usize| {
        let (words, _) = image[at..at + 16].as_chunks::<8>();
        u64x2(u64::from_le_bytes(words[0]), u64::from_le_bytes(words[1]))
    };
    let sum = |extend: fn(v128) -> v128| {
        let line = |at: usize| {
            let sides = i16x8_add(extend(load(at - 1)), extend(load(at + 1)));
            i16x8_add(sides, i16x8_shl(extend(load(at)), 1))
        };
        let outer = i16x8_add(line(at - WIDTH), line(at + WIDTH));
        let all = i16x8_add(outer, i16x8_mul(line(at), i16x8_splat(2)));
        u16x8_shr(i16x8_add(all, i16x8_splat(8)), 4)
    };
    let result = u8x16_narrow_i16x8(sum(u16x8_extend_low_u8x16), sum(u16x8_extend_high_u8x16));
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&u64x2_extract_lane::<0>(result).to_le_bytes());
    bytes[8..].copy_from_slice(&u64x2_extract_lane::<1>(result).to_le_bytes());
    bytes
}

#[cfg(not(target_family = "wasm"))]
fn blurred(image: &[u8], at: usize) -> [u8; 16] {
    std::array::from_fn(|lane| {
        let at = at + lane;
        let line = |at: usize| {
            u16::from(image[at - 1]) + 2 * u16::from(image[at]) + u16::from(image[at + 1])
        };
        ((line(at - WIDTH) + 2 * line(at) + line(at + WIDTH) + 8) >> 4) as u8
    })
}
