//! Kernels over bytes: SHA-256 (FIPS 180-4) and copies.

use crate::Random;
use crate::scratch::{SCRATCH_BYTES, with_bytes};

/// First 32 bits of the fractional parts of the cube roots of the first 64 primes.
const ROUND_CONSTANTS: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

/// First 32 bits of the fractional parts of the square roots of the first 8 primes.
const INITIAL_STATE: [u32; 8] = [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/// Hashes the three bytes `abc`, then `rounds - 1` times the 32 bytes of the digest before, and returns the
/// digest's first word: 0xba7816bf for one round.
#[unsafe(no_mangle)]
pub extern "C" fn sha256(rounds: i32) -> u32 {
    let mut block = [0_u32; 16];
    block[0] = u32::from_be_bytes(*b"abc\x80");
    block[15] = 24;
    let mut digest = compress(&block);
    for _ in 1..rounds {
        block[..8].copy_from_slice(&digest);
        block[8] = 0x8000_0000;
        block[15] = 256;
        digest = compress(&block);
    }
    digest[0]
}

fn compress(block: &[u32; 16]) -> [u32; 8] {
    let mut schedule = [0_u32; 64];
    schedule[..16].copy_from_slice(block);
    for t in 16..64 {
        let (w15, w2) = (schedule[t - 15], schedule[t - 2]);
        let s0 = w15.rotate_right(7) ^ w15.rotate_right(18) ^ (w15 >> 3);
        let s1 = w2.rotate_right(17) ^ w2.rotate_right(19) ^ (w2 >> 10);
        schedule[t] = schedule[t - 16]
            .wrapping_add(s0)
            .wrapping_add(schedule[t - 7])
            .wrapping_add(s1);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = INITIAL_STATE;
    for t in 0..64 {
        let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = (e & f) ^ (!e & g);
        let t1 = h.wrapping_add(s1).wrapping_add(choice);
        let t1 = t1
            .wrapping_add(ROUND_CONSTANTS[t])
            .wrapping_add(schedule[t]);
        let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = (a & b) ^ (a & c) ^ (b & c);
        (h, g, f, e) = (g, f, e, d.wrapping_add(t1));
        (d, c, b, a) = (c, b, a, t1.wrapping_add(s0.wrapping_add(majority)));
    }
    let mut state = INITIAL_STATE;
    for (word, change) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(change);
    }
    state
}

/// Bytes of each copy.
const BLOCK_BYTES: usize = 64 * 1024;

/// Copies `rounds` blocks between moving places by `memory.copy`, and returns a checksum of what was copied.
#[unsafe(no_mangle)]
pub extern "C" fn memcpy_loop(rounds: i32) -> u32 {
    copy_blocks(rounds, |to, from| to.copy_from_slice(from))
}

/// As `memcpy_loop`, one volatile byte at a time: what toolchains without bulk memory operations make.
#[unsafe(no_mangle)]
pub extern "C" fn bytecopy_loop(rounds: i32) -> u32 {
    copy_blocks(rounds, |to, from| {
        for (target, byte) in to.iter_mut().zip(from) {
            // SAFETY: both are references; volatile only keeps the loop from becoming `memory.copy`.
            unsafe { core::ptr::write_volatile(target, core::ptr::read_volatile(byte)) }
        }
    })
}

fn copy_blocks(rounds: i32, copy: impl Fn(&mut [u8], &[u8])) -> u32 {
    with_bytes(|area| {
        let (source, target) = area.split_at_mut(SCRATCH_BYTES / 2);
        let mut random = Random(0x9e37_79b9);
        source.fill_with(|| random.next() as u8);
        target.fill(0);
        let mut sum = 0_u32;
        for round in 0..rounds.max(0) as usize {
            let (from, to) = (round * 13 % 4096, round * 29 % 4096);
            copy(
                &mut target[to..to + BLOCK_BYTES],
                &source[from..from + BLOCK_BYTES],
            );
            sum = sum.rotate_left(5) ^ u32::from(target[to + round % BLOCK_BYTES]);
        }
        sum
    })
}
