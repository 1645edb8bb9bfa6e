//! Floating-point arithmetic and comparisons, lane by lane.

use super::{V128, compare, map, zip};
use crate::sys::float;
use crate::wasm::semantics::*;

define_operators! {
    f32x4_eq(a: V128, b: V128) -> V128 = compare(a, b, f32_eq);
    f32x4_ne(a: V128, b: V128) -> V128 = compare(a, b, f32_ne);
    f32x4_lt(a: V128, b: V128) -> V128 = compare(a, b, f32_lt);
    f32x4_gt(a: V128, b: V128) -> V128 = compare(a, b, f32_gt);
    f32x4_le(a: V128, b: V128) -> V128 = compare(a, b, f32_le);
    f32x4_ge(a: V128, b: V128) -> V128 = compare(a, b, f32_ge);

    f64x2_eq(a: V128, b: V128) -> V128 = compare(a, b, f64_eq);
    f64x2_ne(a: V128, b: V128) -> V128 = compare(a, b, f64_ne);
    f64x2_lt(a: V128, b: V128) -> V128 = compare(a, b, f64_lt);
    f64x2_gt(a: V128, b: V128) -> V128 = compare(a, b, f64_gt);
    f64x2_le(a: V128, b: V128) -> V128 = compare(a, b, f64_le);
    f64x2_ge(a: V128, b: V128) -> V128 = compare(a, b, f64_ge);

    f32x4_abs(a: V128) -> V128 = map(a, f32_abs);
    f32x4_neg(a: V128) -> V128 = map(a, f32_neg);
    f32x4_ceil(a: V128) -> V128 = map(a, f32_ceil);
    f32x4_floor(a: V128) -> V128 = map(a, f32_floor);
    f32x4_trunc(a: V128) -> V128 = map(a, f32_trunc);
    f32x4_nearest(a: V128) -> V128 = map(a, f32_nearest);
    f32x4_sqrt(a: V128) -> V128 = map(a, f32_sqrt);
    f32x4_add(a: V128, b: V128) -> V128 = V128(float::f32x4_add(a.0, b.0));
    f32x4_sub(a: V128, b: V128) -> V128 = zip(a, b, f32_sub);
    f32x4_mul(a: V128, b: V128) -> V128 = V128(float::f32x4_mul(a.0, b.0));
    f32x4_div(a: V128, b: V128) -> V128 = zip(a, b, f32_div);
    f32x4_min(a: V128, b: V128) -> V128 = zip(a, b, f32_min);
    f32x4_max(a: V128, b: V128) -> V128 = zip(a, b, f32_max);
    f32x4_pmin(a: V128, b: V128) -> V128 = zip(a, b, |x: f32, y| if y < x { y } else { x });
    f32x4_pmax(a: V128, b: V128) -> V128 = zip(a, b, |x: f32, y| if x < y { y } else { x });

    f64x2_abs(a: V128) -> V128 = map(a, f64_abs);
    f64x2_neg(a: V128) -> V128 = map(a, f64_neg);
    f64x2_ceil(a: V128) -> V128 = map(a, f64_ceil);
    f64x2_floor(a: V128) -> V128 = map(a, f64_floor);
    f64x2_trunc(a: V128) -> V128 = map(a, f64_trunc);
    f64x2_nearest(a: V128) -> V128 = map(a, f64_nearest);
    f64x2_sqrt(a: V128) -> V128 = map(a, f64_sqrt);
    f64x2_add(a: V128, b: V128) -> V128 = V128(float::f64x2_add(a.0, b.0));
    f64x2_sub(a: V128, b: V128) -> V128 = zip(a, b, f64_sub);
    f64x2_mul(a: V128, b: V128) -> V128 = V128(float::f64x2_mul(a.0, b.0));
    f64x2_div(a: V128, b: V128) -> V128 = zip(a, b, f64_div);
    f64x2_min(a: V128, b: V128) -> V128 = zip(a, b, f64_min);
    f64x2_max(a: V128, b: V128) -> V128 = zip(a, b, f64_max);
    f64x2_pmin(a: V128, b: V128) -> V128 = zip(a, b, |x: f64, y| if y < x { y } else { x });
    f64x2_pmax(a: V128, b: V128) -> V128 = zip(a, b, |x: f64, y| if x < y { y } else { x });
}
