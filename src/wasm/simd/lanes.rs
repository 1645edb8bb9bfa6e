//! Operators that move whole lanes or bits: splats, lane access, shuffles, extending loads, bitwise
//! logic, and tests of all lanes.

use super::{Lane, V128, convert::*, from_lanes, map, zip, zip3};
use crate::wasm::semantics::define_operators;

define_operators! {
    i8x16_splat(x: u32) -> V128 = from_lanes(|_| x as u8);
    i16x8_splat(x: u32) -> V128 = from_lanes(|_| x as u16);
    i32x4_splat(x: u32) -> V128 = from_lanes(|_| x);
    i64x2_splat(x: u64) -> V128 = from_lanes(|_| x);
    f32x4_splat(x: f32) -> V128 = from_lanes(|_| x);
    f64x2_splat(x: f64) -> V128 = from_lanes(|_| x);

    i8x16_extract_lane_s(v: V128, lane: u8) -> u32 = read::<i8>(v, lane) as u32;
    i8x16_extract_lane_u(v: V128, lane: u8) -> u32 = u32::from(read::<u8>(v, lane));
    i16x8_extract_lane_s(v: V128, lane: u8) -> u32 = read::<i16>(v, lane) as u32;
    i16x8_extract_lane_u(v: V128, lane: u8) -> u32 = u32::from(read::<u16>(v, lane));
    i32x4_extract_lane(v: V128, lane: u8) -> u32 = read(v, lane);
    i64x2_extract_lane(v: V128, lane: u8) -> u64 = read(v, lane);
    f32x4_extract_lane(v: V128, lane: u8) -> f32 = read(v, lane);
    f64x2_extract_lane(v: V128, lane: u8) -> f64 = read(v, lane);

    i8x16_replace_lane(v: V128, x: u32, lane: u8) -> V128 = replace(v, x as u8, lane);
    i16x8_replace_lane(v: V128, x: u32, lane: u8) -> V128 = replace(v, x as u16, lane);
    i32x4_replace_lane(v: V128, x: u32, lane: u8) -> V128 = replace(v, x, lane);
    i64x2_replace_lane(v: V128, x: u64, lane: u8) -> V128 = replace(v, x, lane);
    f32x4_replace_lane(v: V128, x: f32, lane: u8) -> V128 = replace(v, x, lane);
    f64x2_replace_lane(v: V128, x: f64, lane: u8) -> V128 = replace(v, x, lane);

    v128_load8x8_s(bits: u64) -> V128 = i16x8_extend_low_i8x16_s(low(bits));
    v128_load8x8_u(bits: u64) -> V128 = i16x8_extend_low_i8x16_u(low(bits));
    v128_load16x4_s(bits: u64) -> V128 = i32x4_extend_low_i16x8_s(low(bits));
    v128_load16x4_u(bits: u64) -> V128 = i32x4_extend_low_i16x8_u(low(bits));
    v128_load32x2_s(bits: u64) -> V128 = i64x2_extend_low_i32x4_s(low(bits));
    v128_load32x2_u(bits: u64) -> V128 = i64x2_extend_low_i32x4_u(low(bits));
    // Of integers, LLVM makes one of 128 bits, and stores that in halves.
    v128_load32_zero(bits: u32) -> V128 = low(f32::from_bits(bits));
    v128_load64_zero(bits: u64) -> V128 = low(f64::from_bits(bits));

    v128_not(a: V128) -> V128 = map(a, |x: u64| !x);
    v128_and(a: V128, b: V128) -> V128 = zip(a, b, |x: u64, y| x & y);
    v128_andnot(a: V128, b: V128) -> V128 = zip(a, b, |x: u64, y| x & !y);
    v128_or(a: V128, b: V128) -> V128 = zip(a, b, |x: u64, y| x | y);
    v128_xor(a: V128, b: V128) -> V128 = zip(a, b, |x: u64, y| x ^ y);
    v128_bitselect(a: V128, b: V128, mask: V128) -> V128 =
        zip3(a, b, mask, |x: u64, y, mask| (x & mask) | (y & !mask));

    v128_any_true(a: V128) -> bool = a.to_u128() != 0;
    i8x16_all_true(a: V128) -> bool = all(a, |x: u8| x != 0);
    i16x8_all_true(a: V128) -> bool = all(a, |x: u16| x != 0);
    i32x4_all_true(a: V128) -> bool = all(a, |x: u32| x != 0);
    i64x2_all_true(a: V128) -> bool = all(a, |x: u64| x != 0);
    i8x16_bitmask(a: V128) -> u32 = signs_of_bytes(read(a, 0)) | signs_of_bytes(read(a, 1)) << 8;
    i16x8_bitmask(a: V128) -> u32 = signs_of_halfwords(read(a, 0)) | signs_of_halfwords(read(a, 1)) << 4;
    i32x4_bitmask(a: V128) -> u32 = bitmask(a, |x: i32| x < 0);
    i64x2_bitmask(a: V128) -> u32 = bitmask(a, |x: i64| x < 0);
}

/// The bytes of two vectors, selected by indices into both.
#[inline(always)]
pub(crate) fn i8x16_shuffle(a: V128, b: V128, lanes: [u8; 16]) -> V128 {
    let mut bytes = [0; 32];
    if let Some(bytes) = bytes.first_chunk_mut() {
        *bytes = a.to_le_bytes();
    }
    if let Some(bytes) = bytes.last_chunk_mut() {
        *bytes = b.to_le_bytes();
    }
    from_lanes(|index| bytes[usize::from(lanes[index] % 32)])
}

/// The bytes of a vector, selected by another; zero where that is no index.
#[inline(always)]
pub(crate) fn i8x16_swizzle(a: V128, selectors: V128) -> V128 {
    let mut bytes = [0; 17];
    if let Some(bytes) = bytes.first_chunk_mut() {
        *bytes = a.to_le_bytes();
    }
    map(selectors, |selector: u8| {
        bytes[usize::from(selector.min(16))]
    })
}

#[inline(always)]
fn read<T: Lane>(vector: V128, lane: u8) -> T {
    // Not a read at an index that only the instruction knows, for which the vector would go to memory.
    let (lane, lanes_of_half) = (usize::from(lane) % T::COUNT, T::COUNT / 2);
    let bits = vector.to_u128();
    let half = if lane < lanes_of_half {
        bits as u64
    } else {
        (bits >> 64) as u64
    };
    let shifted = half >> (lane % lanes_of_half * (128 / T::COUNT));
    T::read(V128::from_u128(u128::from(shifted)), 0)
}

#[inline(always)]
fn replace<T: Lane>(vector: V128, value: T, lane: u8) -> V128 {
    // Not a write to an index that only the instruction knows, for which the vector would go to memory and back.
    let ones: &[u8; 32] = const { &lane_of_ones(16 / T::COUNT) };
    let start = (T::COUNT - 1 - usize::from(lane) % T::COUNT) * (16 / T::COUNT);
    let mask = *ones[start..].first_chunk().unwrap_or(&[0; 16]);
    v128_bitselect(from_lanes(|_| value), vector, V128::from_le_bytes(mask))
}

/// Zero, but for one lane of `width` bytes that ends in the middle: each mask of a lane is a part of it.
const fn lane_of_ones(width: usize) -> [u8; 32] {
    let mut bytes = [0; 32];
    let mut index = 0;
    while index < width {
        index += 1;
        bytes[16 - index] = u8::MAX;
    }
    bytes
}

/// The vector with the given lane 0, and zero above.
#[inline(always)]
fn low<T: Lane>(value: T) -> V128 {
    let mut vector = V128::ZERO;
    value.write(&mut vector, 0);
    vector
}

/// Whether `f` holds for all lanes.
#[inline(always)]
fn all<T: Lane>(vector: V128, f: impl Fn(T) -> bool) -> bool {
    let mut result = true;
    for index in 0..T::COUNT {
        result &= f(T::read(vector, index));
    }
    result
}

/// A bit for each lane, set if `f` holds.
#[inline(always)]
fn bitmask<T: Lane>(vector: V128, f: impl Fn(T) -> bool) -> u32 {
    let mut result = 0;
    for index in 0..T::COUNT {
        result |= u32::from(f(T::read(vector, index))) << index;
    }
    result
}

/// The highest bits of eight bytes: the factor moves that of byte n to bit 56 + n.
#[inline(always)]
fn signs_of_bytes(bytes: u64) -> u32 {
    let bits = (bytes >> 7) & 0x0101_0101_0101_0101;
    (bits.wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
}

/// The highest bits of four 16-bit lanes: the factor moves that of lane n to bit 48 + n.
#[inline(always)]
fn signs_of_halfwords(halfwords: u64) -> u32 {
    let bits = (halfwords >> 15) & 0x0001_0001_0001_0001;
    (bits.wrapping_mul(0x0001_0002_0004_0008) >> 48) as u32
}
