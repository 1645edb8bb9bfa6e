//! Integer arithmetic, comparisons and shifts, lane by lane.

use super::{Lane, V128, compare, map, zip, zip_from};
use crate::wasm::semantics::*;
use core::ops::Mul;

define_operators! {
    i8x16_eq(a: V128, b: V128) -> V128 = compare(a, b, |x: u8, y| x == y);
    i8x16_ne(a: V128, b: V128) -> V128 = compare(a, b, |x: u8, y| x != y);
    i8x16_lt_s(a: V128, b: V128) -> V128 = compare(a, b, |x: i8, y| x < y);
    i8x16_lt_u(a: V128, b: V128) -> V128 = compare(a, b, |x: u8, y| x < y);
    i8x16_gt_s(a: V128, b: V128) -> V128 = compare(a, b, |x: i8, y| x > y);
    i8x16_gt_u(a: V128, b: V128) -> V128 = compare(a, b, |x: u8, y| x > y);
    i8x16_le_s(a: V128, b: V128) -> V128 = compare(a, b, |x: i8, y| x <= y);
    i8x16_le_u(a: V128, b: V128) -> V128 = compare(a, b, |x: u8, y| x <= y);
    i8x16_ge_s(a: V128, b: V128) -> V128 = compare(a, b, |x: i8, y| x >= y);
    i8x16_ge_u(a: V128, b: V128) -> V128 = compare(a, b, |x: u8, y| x >= y);

    i16x8_eq(a: V128, b: V128) -> V128 = compare(a, b, |x: u16, y| x == y);
    i16x8_ne(a: V128, b: V128) -> V128 = compare(a, b, |x: u16, y| x != y);
    i16x8_lt_s(a: V128, b: V128) -> V128 = compare(a, b, |x: i16, y| x < y);
    i16x8_lt_u(a: V128, b: V128) -> V128 = compare(a, b, |x: u16, y| x < y);
    i16x8_gt_s(a: V128, b: V128) -> V128 = compare(a, b, |x: i16, y| x > y);
    i16x8_gt_u(a: V128, b: V128) -> V128 = compare(a, b, |x: u16, y| x > y);
    i16x8_le_s(a: V128, b: V128) -> V128 = compare(a, b, |x: i16, y| x <= y);
    i16x8_le_u(a: V128, b: V128) -> V128 = compare(a, b, |x: u16, y| x <= y);
    i16x8_ge_s(a: V128, b: V128) -> V128 = compare(a, b, |x: i16, y| x >= y);
    i16x8_ge_u(a: V128, b: V128) -> V128 = compare(a, b, |x: u16, y| x >= y);

    i32x4_eq(a: V128, b: V128) -> V128 = compare(a, b, i32_eq);
    i32x4_ne(a: V128, b: V128) -> V128 = compare(a, b, i32_ne);
    i32x4_lt_s(a: V128, b: V128) -> V128 = compare(a, b, i32_lt_s);
    i32x4_lt_u(a: V128, b: V128) -> V128 = compare(a, b, i32_lt_u);
    i32x4_gt_s(a: V128, b: V128) -> V128 = compare(a, b, i32_gt_s);
    i32x4_gt_u(a: V128, b: V128) -> V128 = compare(a, b, i32_gt_u);
    i32x4_le_s(a: V128, b: V128) -> V128 = compare(a, b, i32_le_s);
    i32x4_le_u(a: V128, b: V128) -> V128 = compare(a, b, i32_le_u);
    i32x4_ge_s(a: V128, b: V128) -> V128 = compare(a, b, i32_ge_s);
    i32x4_ge_u(a: V128, b: V128) -> V128 = compare(a, b, i32_ge_u);

    i64x2_eq(a: V128, b: V128) -> V128 = compare(a, b, i64_eq);
    i64x2_ne(a: V128, b: V128) -> V128 = compare(a, b, i64_ne);
    i64x2_lt_s(a: V128, b: V128) -> V128 = compare(a, b, i64_lt_s);
    i64x2_gt_s(a: V128, b: V128) -> V128 = compare(a, b, i64_gt_s);
    i64x2_le_s(a: V128, b: V128) -> V128 = compare(a, b, i64_le_s);
    i64x2_ge_s(a: V128, b: V128) -> V128 = compare(a, b, i64_ge_s);

    i8x16_abs(a: V128) -> V128 = map(a, i8::wrapping_abs);
    i8x16_neg(a: V128) -> V128 = map(a, i8::wrapping_neg);
    i8x16_popcnt(a: V128) -> V128 = map(a, |x: u8| x.count_ones() as u8);
    i8x16_shl(a: V128, count: u32) -> V128 = map(a, |x: u8| x.wrapping_shl(count));
    i8x16_shr_s(a: V128, count: u32) -> V128 = map(a, |x: i8| x.wrapping_shr(count));
    i8x16_shr_u(a: V128, count: u32) -> V128 = map(a, |x: u8| x.wrapping_shr(count));
    i8x16_add(a: V128, b: V128) -> V128 = zip(a, b, u8::wrapping_add);
    i8x16_add_sat_s(a: V128, b: V128) -> V128 = zip(a, b, |x, y| saturating_bytes(x, y, i16::saturating_add));
    i8x16_add_sat_u(a: V128, b: V128) -> V128 = zip(a, b, u8::saturating_add);
    i8x16_sub(a: V128, b: V128) -> V128 = zip(a, b, u8::wrapping_sub);
    i8x16_sub_sat_s(a: V128, b: V128) -> V128 = zip(a, b, |x, y| saturating_bytes(x, y, i16::saturating_sub));
    i8x16_sub_sat_u(a: V128, b: V128) -> V128 = zip(a, b, u8::saturating_sub);
    i8x16_min_s(a: V128, b: V128) -> V128 = zip(a, b, i8::min);
    i8x16_min_u(a: V128, b: V128) -> V128 = zip(a, b, u8::min);
    i8x16_max_s(a: V128, b: V128) -> V128 = zip(a, b, i8::max);
    i8x16_max_u(a: V128, b: V128) -> V128 = zip(a, b, u8::max);
    i8x16_avgr_u(a: V128, b: V128) -> V128 = zip(a, b, |x: u8, y| (u16::from(x) + u16::from(y)).div_ceil(2) as u8);

    i16x8_abs(a: V128) -> V128 = map(a, i16::wrapping_abs);
    i16x8_neg(a: V128) -> V128 = map(a, i16::wrapping_neg);
    i16x8_shl(a: V128, count: u32) -> V128 = map(a, |x: u16| x.wrapping_shl(count));
    i16x8_shr_s(a: V128, count: u32) -> V128 = map(a, |x: i16| x.wrapping_shr(count));
    i16x8_shr_u(a: V128, count: u32) -> V128 = map(a, |x: u16| x.wrapping_shr(count));
    i16x8_add(a: V128, b: V128) -> V128 = zip(a, b, u16::wrapping_add);
    i16x8_add_sat_s(a: V128, b: V128) -> V128 = zip(a, b, i16::saturating_add);
    i16x8_add_sat_u(a: V128, b: V128) -> V128 = zip(a, b, u16::saturating_add);
    i16x8_sub(a: V128, b: V128) -> V128 = zip(a, b, u16::wrapping_sub);
    i16x8_sub_sat_s(a: V128, b: V128) -> V128 = zip(a, b, i16::saturating_sub);
    i16x8_sub_sat_u(a: V128, b: V128) -> V128 = zip(a, b, u16::saturating_sub);
    i16x8_mul(a: V128, b: V128) -> V128 = zip(a, b, u16::wrapping_mul);
    i16x8_min_s(a: V128, b: V128) -> V128 = zip(a, b, i16::min);
    i16x8_min_u(a: V128, b: V128) -> V128 = zip(a, b, u16::min);
    i16x8_max_s(a: V128, b: V128) -> V128 = zip(a, b, i16::max);
    i16x8_max_u(a: V128, b: V128) -> V128 = zip(a, b, u16::max);
    i16x8_avgr_u(a: V128, b: V128) -> V128 = zip(a, b, |x: u16, y| (u32::from(x) + u32::from(y)).div_ceil(2) as u16);
    i16x8_q15mulr_sat_s(a: V128, b: V128) -> V128 = zip(a, b, |x: i16, y: i16| {
        let rounded = (i32::from(x) * i32::from(y) + 0x4000) >> 15;
        rounded.min(i32::from(i16::MAX)) as i16
    });

    i32x4_abs(a: V128) -> V128 = map(a, i32::wrapping_abs);
    i32x4_neg(a: V128) -> V128 = map(a, i32::wrapping_neg);
    i32x4_shl(a: V128, count: u32) -> V128 = map(a, |x| i32_shl(x, count));
    i32x4_shr_s(a: V128, count: u32) -> V128 = map(a, |x| i32_shr_s(x, count));
    i32x4_shr_u(a: V128, count: u32) -> V128 = map(a, |x| i32_shr_u(x, count));
    i32x4_add(a: V128, b: V128) -> V128 = zip(a, b, i32_add);
    i32x4_sub(a: V128, b: V128) -> V128 = zip(a, b, i32_sub);
    i32x4_mul(a: V128, b: V128) -> V128 = zip(a, b, i32_mul);
    i32x4_min_s(a: V128, b: V128) -> V128 = zip(a, b, i32::min);
    i32x4_min_u(a: V128, b: V128) -> V128 = zip(a, b, u32::min);
    i32x4_max_s(a: V128, b: V128) -> V128 = zip(a, b, i32::max);
    i32x4_max_u(a: V128, b: V128) -> V128 = zip(a, b, u32::max);
    // With a pair of lanes taken as one, LLVM finds the instruction for this. Only the sum can overflow.
    i32x4_dot_i16x8_s(a: V128, b: V128) -> V128 = zip(a, b, |x: i32, y: i32| {
        let low = i32::from(x as i16) * i32::from(y as i16);
        low.wrapping_add((x >> 16) * (y >> 16))
    });

    i64x2_abs(a: V128) -> V128 = map(a, i64::wrapping_abs);
    i64x2_neg(a: V128) -> V128 = map(a, i64::wrapping_neg);
    i64x2_shl(a: V128, count: u32) -> V128 = map(a, |x| i64_shl(x, u64::from(count)));
    i64x2_shr_s(a: V128, count: u32) -> V128 = map(a, |x| i64_shr_s(x, u64::from(count)));
    i64x2_shr_u(a: V128, count: u32) -> V128 = map(a, |x| i64_shr_u(x, u64::from(count)));
    i64x2_add(a: V128, b: V128) -> V128 = zip(a, b, i64_add);
    i64x2_sub(a: V128, b: V128) -> V128 = zip(a, b, i64_sub);
    i64x2_mul(a: V128, b: V128) -> V128 = zip(a, b, i64_mul);

    i16x8_extadd_pairwise_i8x16_s(a: V128) -> V128 = map(a, |x: i16| i16::from(x as i8) + (x >> 8));
    i16x8_extadd_pairwise_i8x16_u(a: V128) -> V128 = map(a, |x: u16| u16::from(x as u8) + (x >> 8));
    i32x4_extadd_pairwise_i16x8_s(a: V128) -> V128 = map(a, |x: i32| i32::from(x as i16) + (x >> 16));
    i32x4_extadd_pairwise_i16x8_u(a: V128) -> V128 = map(a, |x: u32| u32::from(x as u16) + (x >> 16));

    i16x8_extmul_low_i8x16_s(a: V128, b: V128) -> V128 = extmul::<i8, i16>(a, b, 0);
    i16x8_extmul_high_i8x16_s(a: V128, b: V128) -> V128 = extmul::<i8, i16>(a, b, 8);
    i16x8_extmul_low_i8x16_u(a: V128, b: V128) -> V128 = extmul::<u8, u16>(a, b, 0);
    i16x8_extmul_high_i8x16_u(a: V128, b: V128) -> V128 = extmul::<u8, u16>(a, b, 8);
    i32x4_extmul_low_i16x8_s(a: V128, b: V128) -> V128 = extmul::<i16, i32>(a, b, 0);
    i32x4_extmul_high_i16x8_s(a: V128, b: V128) -> V128 = extmul::<i16, i32>(a, b, 4);
    i32x4_extmul_low_i16x8_u(a: V128, b: V128) -> V128 = extmul::<u16, u32>(a, b, 0);
    i32x4_extmul_high_i16x8_u(a: V128, b: V128) -> V128 = extmul::<u16, u32>(a, b, 4);
    i64x2_extmul_low_i32x4_s(a: V128, b: V128) -> V128 = extmul::<i32, i64>(a, b, 0);
    i64x2_extmul_high_i32x4_s(a: V128, b: V128) -> V128 = extmul::<i32, i64>(a, b, 2);
    i64x2_extmul_low_i32x4_u(a: V128, b: V128) -> V128 = extmul::<u32, u64>(a, b, 0);
    i64x2_extmul_high_i32x4_u(a: V128, b: V128) -> V128 = extmul::<u32, u64>(a, b, 2);
}

/// Applies an operator of 16 bits that saturates to each of the two bytes, as the higher one of a number. For the
/// operators of `i8` LLVM makes a loop.
#[inline(always)]
fn saturating_bytes(x: i16, y: i16, f: impl Fn(i16, i16) -> i16) -> i16 {
    let low = f(x << 8, y << 8) >> 8;
    let high = f(x & !0xff, y & !0xff);
    (low & 0xff) | (high & !0xff)
}

/// The products of the lanes from `first` on, in a type with room for them.
#[inline(always)]
fn extmul<T: Lane, U: Lane + From<T> + Mul<Output = U>>(a: V128, b: V128, first: usize) -> V128 {
    zip_from(a, b, first, |x: T, y: T| U::from(x) * U::from(y))
}
