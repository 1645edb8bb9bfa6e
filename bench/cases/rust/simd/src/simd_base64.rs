//! Encodes `size` blocks of 3 KiB as Base64, twelve bytes at a time: shuffles, comparisons and choices by mask.

use support::{Checksum, Random};

support::case!(work);

const BLOCK: usize = 3072;

fn work(size: u32) -> u64 {
    let mut random = Random::new(0xBA5E);
    // Four bytes more than are encoded: a vector is longer than what is used of it.
    let mut input: Vec<u8> = (0..BLOCK + 4).map(|_| random.next() as u8).collect();
    let mut output = vec![0_u8; BLOCK / 3 * 4];
    let mut checksum = Checksum::new();
    for round in 0..size as usize {
        for (index, to) in output.as_chunks_mut::<16>().0.iter_mut().enumerate() {
            let from = input[index * 12..]
                .first_chunk()
                .expect("the input is longer than what is encoded");
            *to = encode(from);
        }
        for probe in 0..8 {
            checksum.add(u64::from(output[(round * 97 + probe * 512) % output.len()]));
        }
        let from = output[round % output.len()];
        input[round * 7 % BLOCK] ^= from.wrapping_mul(31);
    }
    checksum.add_bytes(&output);
    checksum.get()
}

/// The letters of the first twelve bytes.
#[cfg(target_family = "wasm")]
fn encode(from: &[u8; 16]) -> [u8; 16] {
    use std::arch::wasm32::*;
    let (words, _) = from.as_chunks::<8>();
    let input = u64x2(u64::from_le_bytes(words[0]), u64::from_le_bytes(words[1]));
    // Each lane of 32 bits gets three bytes, first byte highest, and from them four numbers of six bits.
    let order = u8x16(2, 1, 0, 16, 5, 4, 3, 16, 8, 7, 6, 16, 11, 10, 9, 16);
    let triples = i8x16_swizzle(input, order);
    let field = |value: v128, mask: u32| v128_and(value, u32x4_splat(mask));
    let numbers = v128_or(
        v128_or(
            field(u32x4_shr(triples, 18), 0x3F),
            field(u32x4_shr(triples, 4), 0x3F00),
        ),
        v128_or(
            field(i32x4_shl(triples, 10), 0x3F_0000),
            field(i32x4_shl(triples, 24), 0x3F00_0000),
        ),
    );
    // A number becomes a letter by an offset, which depends on the range that it is in.
    let mut offset = i8x16_splat(b'A' as i8);
    for (start, from_here) in [
        (26, b'a' as i8 - 26),
        (52, b'0' as i8 - 52),
        (62, b'+' as i8 - 62),
        (63, b'/' as i8 - 63),
    ] {
        let is_above = i8x16_ge(numbers, i8x16_splat(start));
        offset = v128_bitselect(i8x16_splat(from_here), offset, is_above);
    }
    let letters = i8x16_add(numbers, offset);
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&u64x2_extract_lane::<0>(letters).to_le_bytes());
    bytes[8..].copy_from_slice(&u64x2_extract_lane::<1>(letters).to_le_bytes());
    bytes
}

#[cfg(not(target_family = "wasm"))]
fn encode(from: &[u8; 16]) -> [u8; 16] {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::array::from_fn(|letter| {
        let triple = &from[letter / 4 * 3..];
        let bits = u32::from_be_bytes([0, triple[0], triple[1], triple[2]]);
        LETTERS[(bits >> (18 - letter % 4 * 6)) as usize % 64]
    })
}
