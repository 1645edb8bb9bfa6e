//! Relaxed operators, each with the one result that the deterministic profile prescribes.
//!
//! In the profile of WebAssembly 3.0 every relaxed operator behaves as its strict counterpart, and a
//! multiply-add rounds twice. (The proposal's own text had it fused; without an instruction for that,
//! it would cost eight times as much and tie results to the processor.)

use super::{V128, convert::*, float::*, integer::*, lanes::*, zip};
use crate::wasm::semantics::define_operators;

define_operators! {
    i8x16_relaxed_swizzle(a: V128, selectors: V128) -> V128 = i8x16_swizzle(a, selectors);
    i32x4_relaxed_trunc_f32x4_s(a: V128) -> V128 = i32x4_trunc_sat_f32x4_s(a);
    i32x4_relaxed_trunc_f32x4_u(a: V128) -> V128 = i32x4_trunc_sat_f32x4_u(a);
    i32x4_relaxed_trunc_f64x2_s_zero(a: V128) -> V128 = i32x4_trunc_sat_f64x2_s_zero(a);
    i32x4_relaxed_trunc_f64x2_u_zero(a: V128) -> V128 = i32x4_trunc_sat_f64x2_u_zero(a);

    f32x4_relaxed_madd(a: V128, b: V128, c: V128) -> V128 = f32x4_add(f32x4_mul(a, b), c);
    f32x4_relaxed_nmadd(a: V128, b: V128, c: V128) -> V128 = f32x4_relaxed_madd(f32x4_neg(a), b, c);
    f64x2_relaxed_madd(a: V128, b: V128, c: V128) -> V128 = f64x2_add(f64x2_mul(a, b), c);
    f64x2_relaxed_nmadd(a: V128, b: V128, c: V128) -> V128 = f64x2_relaxed_madd(f64x2_neg(a), b, c);
    f32x4_relaxed_min(a: V128, b: V128) -> V128 = f32x4_min(a, b);
    f32x4_relaxed_max(a: V128, b: V128) -> V128 = f32x4_max(a, b);
    f64x2_relaxed_min(a: V128, b: V128) -> V128 = f64x2_min(a, b);
    f64x2_relaxed_max(a: V128, b: V128) -> V128 = f64x2_max(a, b);

    i8x16_relaxed_laneselect(a: V128, b: V128, mask: V128) -> V128 = v128_bitselect(a, b, mask);
    i16x8_relaxed_laneselect(a: V128, b: V128, mask: V128) -> V128 = v128_bitselect(a, b, mask);
    i32x4_relaxed_laneselect(a: V128, b: V128, mask: V128) -> V128 = v128_bitselect(a, b, mask);
    i64x2_relaxed_laneselect(a: V128, b: V128, mask: V128) -> V128 = v128_bitselect(a, b, mask);

    i16x8_relaxed_q15mulr_s(a: V128, b: V128) -> V128 = i16x8_q15mulr_sat_s(a, b);
    // The sum of the products overflows only if all four operands are the least integer.
    i16x8_relaxed_dot_i8x16_i7x16_s(a: V128, b: V128) -> V128 = zip(a, b, |x: i16, y: i16| {
        let low = i16::from(x as i8) * i16::from(y as i8);
        low.saturating_add((x >> 8) * (y >> 8))
    });
    i32x4_relaxed_dot_i8x16_i7x16_add_s(a: V128, b: V128, c: V128) -> V128 =
        i32x4_add(i32x4_extadd_pairwise_i16x8_s(i16x8_relaxed_dot_i8x16_i7x16_s(a, b)), c);
}
