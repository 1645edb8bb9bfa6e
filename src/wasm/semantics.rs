//! The meaning of every scalar numeric operator: one function per operator, in one row each.
//!
//! Input: operands in the order in which they are pushed. Output: the result, or the trap. Holds: a
//! function has its operator's text name with underscores for dots. The value type i32 is `u32` here
//! and i64 is `u64`; tests and comparisons yield `bool`. Interpreter, constant folder and constant
//! expressions call these and nothing else. `float.rs` has the longer floating-point operations.
//!
//! Arithmetic gives quiet NaNs because IEEE 754 does, unless an operand is a constant of the Rust
//! program: LLVM takes `x * 1.0` for `x`. Negation, magnitude, sign and reinterpretation touch only
//! bits, and leave signaling NaNs as they are.
//!
//! Reference: [specification, section 4.3](https://webassembly.github.io/spec/core/exec/numerics.html).

use super::float;
use super::trap::Trap;
use crate::sys::float as ordered;

/// Defines a function per row: its operands, its result, and its value.
macro_rules! define_operators {
    ($($name:ident($($param:ident: $type:ty),*) -> $result:ty = $value:expr;)*) => { $(
        #[inline(always)]
        pub(crate) fn $name($($param: $type),*) -> $result {
            $value
        }
    )* };
}
pub(super) use define_operators;

define_operators! {
    i32_eqz(a: u32) -> bool = a == 0;
    i32_eq(a: u32, b: u32) -> bool = a == b;
    i32_ne(a: u32, b: u32) -> bool = a != b;
    i32_lt_s(a: u32, b: u32) -> bool = (a as i32) < b as i32;
    i32_lt_u(a: u32, b: u32) -> bool = a < b;
    i32_gt_s(a: u32, b: u32) -> bool = a as i32 > b as i32;
    i32_gt_u(a: u32, b: u32) -> bool = a > b;
    i32_le_s(a: u32, b: u32) -> bool = a as i32 <= b as i32;
    i32_le_u(a: u32, b: u32) -> bool = a <= b;
    i32_ge_s(a: u32, b: u32) -> bool = a as i32 >= b as i32;
    i32_ge_u(a: u32, b: u32) -> bool = a >= b;

    i64_eqz(a: u64) -> bool = a == 0;
    i64_eq(a: u64, b: u64) -> bool = a == b;
    i64_ne(a: u64, b: u64) -> bool = a != b;
    i64_lt_s(a: u64, b: u64) -> bool = (a as i64) < b as i64;
    i64_lt_u(a: u64, b: u64) -> bool = a < b;
    i64_gt_s(a: u64, b: u64) -> bool = a as i64 > b as i64;
    i64_gt_u(a: u64, b: u64) -> bool = a > b;
    i64_le_s(a: u64, b: u64) -> bool = a as i64 <= b as i64;
    i64_le_u(a: u64, b: u64) -> bool = a <= b;
    i64_ge_s(a: u64, b: u64) -> bool = a as i64 >= b as i64;
    i64_ge_u(a: u64, b: u64) -> bool = a >= b;

    f32_eq(a: f32, b: f32) -> bool = a == b;
    f32_ne(a: f32, b: f32) -> bool = a != b;
    f32_lt(a: f32, b: f32) -> bool = a < b;
    f32_gt(a: f32, b: f32) -> bool = a > b;
    f32_le(a: f32, b: f32) -> bool = a <= b;
    f32_ge(a: f32, b: f32) -> bool = a >= b;

    f64_eq(a: f64, b: f64) -> bool = a == b;
    f64_ne(a: f64, b: f64) -> bool = a != b;
    f64_lt(a: f64, b: f64) -> bool = a < b;
    f64_gt(a: f64, b: f64) -> bool = a > b;
    f64_le(a: f64, b: f64) -> bool = a <= b;
    f64_ge(a: f64, b: f64) -> bool = a >= b;

    i32_clz(a: u32) -> u32 = a.leading_zeros();
    i32_ctz(a: u32) -> u32 = a.trailing_zeros();
    i32_popcnt(a: u32) -> u32 = a.count_ones();
    i32_add(a: u32, b: u32) -> u32 = a.wrapping_add(b);
    i32_sub(a: u32, b: u32) -> u32 = a.wrapping_sub(b);
    i32_mul(a: u32, b: u32) -> u32 = a.wrapping_mul(b);
    i32_and(a: u32, b: u32) -> u32 = a & b;
    i32_or(a: u32, b: u32) -> u32 = a | b;
    i32_xor(a: u32, b: u32) -> u32 = a ^ b;
    i32_shl(a: u32, b: u32) -> u32 = a.wrapping_shl(b);
    i32_shr_s(a: u32, b: u32) -> u32 = (a as i32).wrapping_shr(b) as u32;
    i32_shr_u(a: u32, b: u32) -> u32 = a.wrapping_shr(b);
    i32_rotl(a: u32, b: u32) -> u32 = a.rotate_left(b % 32);
    i32_rotr(a: u32, b: u32) -> u32 = a.rotate_right(b % 32);

    i64_clz(a: u64) -> u64 = u64::from(a.leading_zeros());
    i64_ctz(a: u64) -> u64 = u64::from(a.trailing_zeros());
    i64_popcnt(a: u64) -> u64 = u64::from(a.count_ones());
    i64_add(a: u64, b: u64) -> u64 = a.wrapping_add(b);
    i64_sub(a: u64, b: u64) -> u64 = a.wrapping_sub(b);
    i64_mul(a: u64, b: u64) -> u64 = a.wrapping_mul(b);
    i64_and(a: u64, b: u64) -> u64 = a & b;
    i64_or(a: u64, b: u64) -> u64 = a | b;
    i64_xor(a: u64, b: u64) -> u64 = a ^ b;
    i64_shl(a: u64, b: u64) -> u64 = a.wrapping_shl(b as u32);
    i64_shr_s(a: u64, b: u64) -> u64 = (a as i64).wrapping_shr(b as u32) as u64;
    i64_shr_u(a: u64, b: u64) -> u64 = a.wrapping_shr(b as u32);
    i64_rotl(a: u64, b: u64) -> u64 = a.rotate_left((b % 64) as u32);
    i64_rotr(a: u64, b: u64) -> u64 = a.rotate_right((b % 64) as u32);

    f32_abs(a: f32) -> f32 = a.abs();
    f32_neg(a: f32) -> f32 = -a;
    f32_ceil(a: f32) -> f32 = float::f32_ceil(a);
    f32_floor(a: f32) -> f32 = float::f32_floor(a);
    f32_trunc(a: f32) -> f32 = float::f32_trunc(a);
    f32_nearest(a: f32) -> f32 = float::f32_nearest(a);
    f32_sqrt(a: f32) -> f32 = float::f32_sqrt(a);
    f32_add(a: f32, b: f32) -> f32 = ordered::f32_add(a, b);
    f32_sub(a: f32, b: f32) -> f32 = a - b;
    f32_mul(a: f32, b: f32) -> f32 = ordered::f32_mul(a, b);
    f32_div(a: f32, b: f32) -> f32 = a / b;
    f32_min(a: f32, b: f32) -> f32 = float::f32_min(a, b);
    f32_max(a: f32, b: f32) -> f32 = float::f32_max(a, b);
    f32_copysign(a: f32, b: f32) -> f32 = a.copysign(b);

    f64_abs(a: f64) -> f64 = a.abs();
    f64_neg(a: f64) -> f64 = -a;
    f64_ceil(a: f64) -> f64 = float::f64_ceil(a);
    f64_floor(a: f64) -> f64 = float::f64_floor(a);
    f64_trunc(a: f64) -> f64 = float::f64_trunc(a);
    f64_nearest(a: f64) -> f64 = float::f64_nearest(a);
    f64_sqrt(a: f64) -> f64 = float::f64_sqrt(a);
    f64_add(a: f64, b: f64) -> f64 = ordered::f64_add(a, b);
    f64_sub(a: f64, b: f64) -> f64 = a - b;
    f64_mul(a: f64, b: f64) -> f64 = ordered::f64_mul(a, b);
    f64_div(a: f64, b: f64) -> f64 = a / b;
    f64_min(a: f64, b: f64) -> f64 = float::f64_min(a, b);
    f64_max(a: f64, b: f64) -> f64 = float::f64_max(a, b);
    f64_copysign(a: f64, b: f64) -> f64 = a.copysign(b);

    i32_wrap_i64(a: u64) -> u32 = a as u32;
    i64_extend_i32_s(a: u32) -> u64 = a as i32 as u64;
    i64_extend_i32_u(a: u32) -> u64 = u64::from(a);
    i32_extend8_s(a: u32) -> u32 = a as i8 as u32;
    i32_extend16_s(a: u32) -> u32 = a as i16 as u32;
    i64_extend8_s(a: u64) -> u64 = a as i8 as u64;
    i64_extend16_s(a: u64) -> u64 = a as i16 as u64;
    i64_extend32_s(a: u64) -> u64 = a as i32 as u64;

    f32_convert_i32_s(a: u32) -> f32 = a as i32 as f32;
    f32_convert_i32_u(a: u32) -> f32 = a as f32;
    f32_convert_i64_s(a: u64) -> f32 = a as i64 as f32;
    f32_convert_i64_u(a: u64) -> f32 = a as f32;
    f64_convert_i32_s(a: u32) -> f64 = f64::from(a as i32);
    f64_convert_i32_u(a: u32) -> f64 = f64::from(a);
    f64_convert_i64_s(a: u64) -> f64 = a as i64 as f64;
    f64_convert_i64_u(a: u64) -> f64 = a as f64;
    f32_demote_f64(a: f64) -> f32 = a as f32;
    f64_promote_f32(a: f32) -> f64 = float::promote(a);
    i32_reinterpret_f32(a: f32) -> u32 = a.to_bits();
    i64_reinterpret_f64(a: f64) -> u64 = a.to_bits();
    f32_reinterpret_i32(a: u32) -> f32 = f32::from_bits(a);
    f64_reinterpret_i64(a: u64) -> f64 = f64::from_bits(a);

    // A conversion with `as` saturates and takes NaNs to zero.
    i32_trunc_sat_f32_s(a: f32) -> u32 = a as i32 as u32;
    i32_trunc_sat_f32_u(a: f32) -> u32 = a as u32;
    i32_trunc_sat_f64_s(a: f64) -> u32 = a as i32 as u32;
    i32_trunc_sat_f64_u(a: f64) -> u32 = a as u32;
    i64_trunc_sat_f32_s(a: f32) -> u64 = a as i64 as u64;
    i64_trunc_sat_f32_u(a: f32) -> u64 = a as u64;
    i64_trunc_sat_f64_s(a: f64) -> u64 = a as i64 as u64;
    i64_trunc_sat_f64_u(a: f64) -> u64 = a as u64;

    i64_add128(al: u64, ah: u64, bl: u64, bh: u64) -> (u64, u64) = halves(join(al, ah).wrapping_add(join(bl, bh)));
    i64_sub128(al: u64, ah: u64, bl: u64, bh: u64) -> (u64, u64) = halves(join(al, ah).wrapping_sub(join(bl, bh)));
    i64_mul_wide_s(a: u64, b: u64) -> (u64, u64) = halves((i128::from(a as i64) * i128::from(b as i64)) as u128);
    i64_mul_wide_u(a: u64, b: u64) -> (u64, u64) = halves(u128::from(a) * u128::from(b));
}

/// A 128-bit integer of its low and its high half.
#[inline(always)]
fn join(low: u64, high: u64) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

/// The low and the high half of a 128-bit integer.
#[inline(always)]
fn halves(value: u128) -> (u64, u64) {
    (value as u64, (value >> 64) as u64)
}

/// Defines divisions and remainders, which trap for a zero divisor, and for a quotient that does not
/// fit: that of the least integer by -1, whose remainder is zero.
macro_rules! define_divisions {
    ($($name:ident($a:ident, $b:ident: $type:ty) = $value:expr;)*) => { $(
        #[inline(always)]
        pub(crate) fn $name($a: $type, $b: $type) -> Result<$type, Trap> {
            if $b == 0 {
                return Err(Trap::IntegerDivisionByZero);
            }
            match $value {
                Some(result) => Ok(result as $type),
                None => Err(Trap::IntegerOverflow),
            }
        }
    )* };
}

define_divisions! {
    i32_div_s(a, b: u32) = (a as i32).checked_div(b as i32);
    i32_div_u(a, b: u32) = a.checked_div(b);
    i32_rem_s(a, b: u32) = Some((a as i32).wrapping_rem(b as i32));
    i32_rem_u(a, b: u32) = a.checked_rem(b);
    i64_div_s(a, b: u64) = (a as i64).checked_div(b as i64);
    i64_div_u(a, b: u64) = a.checked_div(b);
    i64_rem_s(a, b: u64) = Some((a as i64).wrapping_rem(b as i64));
    i64_rem_u(a, b: u64) = a.checked_rem(b);
}

/// Defines truncations to integers, which trap for values outside an open interval and for NaNs. Its
/// bounds are the first values of the format that are out of range.
macro_rules! define_truncations {
    ($($name:ident($a:ident: $float:ty) -> $result:ty = $below:literal, $above:literal, $value:expr;)*) => { $(
        #[inline(always)]
        pub(crate) fn $name($a: $float) -> Result<$result, Trap> {
            if $a > $below && $a < $above {
                Ok($value as $result)
            } else if $a.is_nan() {
                Err(Trap::BadConversionToInteger)
            } else {
                Err(Trap::IntegerOverflow)
            }
        }
    )* };
}

define_truncations! {
    i32_trunc_f32_s(a: f32) -> u32 = -2147483904.0, 2147483648.0, a as i32;
    i32_trunc_f32_u(a: f32) -> u32 = -1.0, 4294967296.0, a as u32;
    i32_trunc_f64_s(a: f64) -> u32 = -2147483649.0, 2147483648.0, a as i32;
    i32_trunc_f64_u(a: f64) -> u32 = -1.0, 4294967296.0, a as u32;
    i64_trunc_f32_s(a: f32) -> u64 = -9223373136366403584.0, 9223372036854775808.0, a as i64;
    i64_trunc_f32_u(a: f32) -> u64 = -1.0, 18446744073709551616.0, a as u64;
    i64_trunc_f64_s(a: f64) -> u64 = -9223372036854777856.0, 9223372036854775808.0, a as i64;
    i64_trunc_f64_u(a: f64) -> u64 = -1.0, 18446744073709551616.0, a as u64;
}

#[cfg(test)]
mod tests;
