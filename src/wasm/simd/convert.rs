//! Conversions between lanes of different types.

use super::{V128, map, map_both, map_from};
use crate::wasm::semantics::*;

define_operators! {
    i8x16_narrow_i16x8_s(a: V128, b: V128) -> V128 = map_both(a, b, |x: i16| x.clamp(-0x80, 0x7f) as i8);
    i8x16_narrow_i16x8_u(a: V128, b: V128) -> V128 = map_both(a, b, |x: i16| x.clamp(0, 0xff) as u8);
    i16x8_narrow_i32x4_s(a: V128, b: V128) -> V128 = map_both(a, b, |x: i32| x.clamp(-0x8000, 0x7fff) as i16);
    i16x8_narrow_i32x4_u(a: V128, b: V128) -> V128 = map_both(a, b, |x: i32| x.clamp(0, 0xffff) as u16);

    i16x8_extend_low_i8x16_s(a: V128) -> V128 = map_from(a, 0, |x: i8| i16::from(x));
    i16x8_extend_high_i8x16_s(a: V128) -> V128 = map_from(a, 8, |x: i8| i16::from(x));
    i16x8_extend_low_i8x16_u(a: V128) -> V128 = map_from(a, 0, |x: u8| u16::from(x));
    i16x8_extend_high_i8x16_u(a: V128) -> V128 = map_from(a, 8, |x: u8| u16::from(x));
    i32x4_extend_low_i16x8_s(a: V128) -> V128 = map_from(a, 0, |x: i16| i32::from(x));
    i32x4_extend_high_i16x8_s(a: V128) -> V128 = map_from(a, 4, |x: i16| i32::from(x));
    i32x4_extend_low_i16x8_u(a: V128) -> V128 = map_from(a, 0, |x: u16| u32::from(x));
    i32x4_extend_high_i16x8_u(a: V128) -> V128 = map_from(a, 4, |x: u16| u32::from(x));
    i64x2_extend_low_i32x4_s(a: V128) -> V128 = map_from(a, 0, i64_extend_i32_s);
    i64x2_extend_high_i32x4_s(a: V128) -> V128 = map_from(a, 2, i64_extend_i32_s);
    i64x2_extend_low_i32x4_u(a: V128) -> V128 = map_from(a, 0, i64_extend_i32_u);
    i64x2_extend_high_i32x4_u(a: V128) -> V128 = map_from(a, 2, i64_extend_i32_u);

    f32x4_convert_i32x4_s(a: V128) -> V128 = map(a, f32_convert_i32_s);
    f32x4_convert_i32x4_u(a: V128) -> V128 = map(a, f32_convert_i32_u);
    f64x2_convert_low_i32x4_s(a: V128) -> V128 = map_from(a, 0, f64_convert_i32_s);
    f64x2_convert_low_i32x4_u(a: V128) -> V128 = map_from(a, 0, f64_convert_i32_u);
    f64x2_promote_low_f32x4(a: V128) -> V128 = map_from(a, 0, f64_promote_f32);

    i32x4_trunc_sat_f32x4_s(a: V128) -> V128 = map(a, i32_trunc_sat_f32_s);
    i32x4_trunc_sat_f32x4_u(a: V128) -> V128 = map(a, i32_trunc_sat_f32_u);

    // The upper lanes are those of a zero vector, converted.
    f32x4_demote_f64x2_zero(a: V128) -> V128 = map_both(a, V128::ZERO, f32_demote_f64);
    i32x4_trunc_sat_f64x2_s_zero(a: V128) -> V128 = map_both(a, V128::ZERO, i32_trunc_sat_f64_s);
    i32x4_trunc_sat_f64x2_u_zero(a: V128) -> V128 = map_both(a, V128::ZERO, i32_trunc_sat_f64_u);
}
