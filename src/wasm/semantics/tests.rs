//! Edge cases of each family of scalar operators.

use super::*;

const MIN32: u32 = 1 << 31;
const MIN64: u64 = 1 << 63;

#[test]
fn comparisons_differ_by_signedness() {
    assert!(i32_lt_s(u32::MAX, 0) && !i32_lt_u(u32::MAX, 0));
    assert!(i32_ge_u(MIN32, 1) && !i32_ge_s(MIN32, 1));
    assert!(
        i32_gt_s(0, MIN32) && i32_le_s(MIN32, MIN32) && i32_gt_u(MIN32, 0) && i32_le_u(0, MIN32)
    );
    assert!(i64_lt_s(u64::MAX, 0) && !i64_lt_u(u64::MAX, 0));
    assert!(i64_ge_u(MIN64, 1) && !i64_ge_s(MIN64, 1));
    assert!(
        i64_gt_s(0, MIN64) && i64_le_s(MIN64, MIN64) && i64_gt_u(MIN64, 0) && i64_le_u(0, MIN64)
    );
    assert!(i32_eqz(0) && !i32_eqz(MIN32) && i64_eqz(0) && !i64_eqz(1 << 32));
    assert!(i32_eq(1, 1) && i32_ne(1, 2) && i64_eq(1, 1) && i64_ne(1, 1 << 32 | 1));
}

#[test]
fn equal_values_are_neither_less_nor_greater() {
    assert!(
        [i32_gt_s, i32_gt_u, i32_lt_s, i32_lt_u, i32_ne]
            .iter()
            .all(|f| !f(7, 7))
    );
    assert!(
        [i64_gt_s, i64_gt_u, i64_lt_s, i64_lt_u, i64_ne]
            .iter()
            .all(|f| !f(7, 7))
    );
    assert!(
        [i32_ge_s, i32_ge_u, i32_le_s, i32_le_u, i32_eq]
            .iter()
            .all(|f| f(7, 7))
    );
    assert!(
        [i64_ge_s, i64_ge_u, i64_le_s, i64_le_u, i64_eq]
            .iter()
            .all(|f| f(7, 7))
    );
}

#[test]
fn bitwise_and_float_arithmetic() {
    assert_eq!((i32_and(6, 3), i32_or(6, 3), i32_xor(6, 3)), (2, 7, 5));
    assert_eq!((i64_and(6, 3), i64_or(6, 3), i64_xor(6, 3)), (2, 7, 5));
    let results = [f32_add, f32_sub, f32_mul, f32_div, f32_min, f32_max].map(|f| f(1.5, 0.25));
    assert_eq!(results, [1.75, 1.25, 0.375, 6.0, 0.25, 1.5]);
    let results = [f64_add, f64_sub, f64_mul, f64_div, f64_min, f64_max].map(|f| f(1.5, 0.25));
    assert_eq!(results, [1.75, 1.25, 0.375, 6.0, 0.25, 1.5]);
    assert_eq!((f32_sqrt(2.25), f64_sqrt(2.25)), (1.5, 1.5));
}

#[test]
fn nans_compare_unequal_and_zeros_equal() {
    let nan = f64::NAN;
    assert!(f64_ne(nan, nan) && !f64_eq(nan, nan) && !f64_lt(nan, 0.0) && !f64_ge(0.0, nan));
    assert!(f64_eq(-0.0, 0.0) && f64_le(0.0, -0.0) && !f64_gt(0.0, -0.0));
    let nan = f32::NAN;
    assert!(f32_ne(nan, nan) && !f32_eq(nan, nan) && !f32_gt(nan, 0.0) && !f32_le(0.0, nan));
    assert!(f32_eq(-0.0, 0.0) && f32_ge(-0.0, 0.0) && !f32_lt(-0.0, 0.0));
}

#[test]
fn shift_counts_are_modulo_the_width() {
    assert_eq!(
        (i32_shl(1, 33), i32_shr_u(MIN32, 63), i32_shr_s(MIN32, 31)),
        (2, 1, u32::MAX)
    );
    assert_eq!(
        (i32_rotl(MIN32 | 1, 33), i32_rotr(3, 32), i32_rotr(1, 1)),
        (3, 3, MIN32)
    );
    assert_eq!(
        (i64_shl(1, 65), i64_shr_u(MIN64, 127), i64_shr_s(MIN64, 63)),
        (2, 1, u64::MAX)
    );
    assert_eq!(
        (i64_rotl(MIN64 | 1, 65), i64_rotr(3, 64), i64_rotr(1, 1)),
        (3, 3, MIN64)
    );
    assert_eq!(i64_shl(1, 1 << 32), 1);
}

#[test]
fn bit_counts_of_zero_are_the_width() {
    assert_eq!((i32_clz(0), i32_ctz(0), i32_popcnt(u32::MAX)), (32, 32, 32));
    assert_eq!((i64_clz(0), i64_ctz(0), i64_popcnt(u64::MAX)), (64, 64, 64));
    assert_eq!(
        (i32_clz(1), i32_ctz(MIN32), i64_clz(1), i64_ctz(MIN64)),
        (31, 31, 63, 63)
    );
}

#[test]
fn integer_arithmetic_wraps() {
    assert_eq!(
        (i32_add(u32::MAX, 2), i32_sub(0, 1), i32_mul(MIN32, 2)),
        (1, u32::MAX, 0)
    );
    assert_eq!(
        (i64_add(u64::MAX, 2), i64_sub(0, 1), i64_mul(MIN64, 2)),
        (1, u64::MAX, 0)
    );
}

#[test]
fn divisions_trap() {
    let (zero, overflow) = (Trap::IntegerDivisionByZero, Trap::IntegerOverflow);
    assert_eq!(i32_div_s(MIN32, u32::MAX), Err(overflow));
    assert_eq!(i64_div_s(MIN64, u64::MAX), Err(overflow));
    assert_eq!(
        (i32_rem_s(MIN32, u32::MAX), i64_rem_s(MIN64, u64::MAX)),
        (Ok(0), Ok(0))
    );
    assert_eq!(
        (i32_div_u(MIN32, u32::MAX), i64_div_u(MIN64, u64::MAX)),
        (Ok(0), Ok(0))
    );
    for divide in [i32_div_s, i32_div_u, i32_rem_s, i32_rem_u] {
        assert_eq!((divide(MIN32, 0), divide(0, 0)), (Err(zero), Err(zero)));
    }
    for divide in [i64_div_s, i64_div_u, i64_rem_s, i64_rem_u] {
        assert_eq!((divide(MIN64, 0), divide(0, 0)), (Err(zero), Err(zero)));
    }
    let minus = |x: u32| x.wrapping_neg();
    assert_eq!(
        (i32_div_s(minus(7), 2), i32_rem_s(minus(7), 2)),
        (Ok(minus(3)), Ok(minus(1)))
    );
    assert_eq!(
        (i32_div_u(minus(7), 2), i32_rem_u(minus(7), 2)),
        (Ok(0x7fff_fffc), Ok(1))
    );
    assert_eq!(
        (i64_div_s(0, MIN64), i64_rem_s(7, u64::MAX - 1)),
        (Ok(0), Ok(1))
    );
    assert_eq!(
        (i64_div_u(u64::MAX, 2), i64_rem_u(u64::MAX, 2)),
        (Ok(u64::MAX >> 1), Ok(1))
    );
}

/// Checks a truncation at both ends of its range: the first values that trap, and the last that do
/// not.
macro_rules! check_truncation {
    ($trapping:ident, $saturating:ident, $float:ident,
     $below:expr, $lowest:expr => $min:expr, $highest:expr => $max:expr, $above:expr,
     limits $limit_low:expr, $limit_high:expr) => {
        for (x, limit) in [
            ($below, $limit_low),
            ($above, $limit_high),
            ($float::INFINITY, $limit_high),
            (-$float::INFINITY, $limit_low),
        ] {
            assert_eq!(
                ($trapping(x), $saturating(x)),
                (Err(Trap::IntegerOverflow), limit as _),
                "{x}"
            );
        }
        for (x, result) in [
            ($lowest, $min),
            ($highest, $max),
            (-0.9, 0),
            (-0.0, 0),
            (1.9, 1),
        ] {
            assert_eq!(
                ($trapping(x), $saturating(x)),
                (Ok(result as _), result as _),
                "{x}"
            );
        }
        assert_eq!(
            ($trapping($float::NAN), $saturating($float::NAN)),
            (Err(Trap::BadConversionToInteger), 0)
        );
        assert_eq!($trapping($lowest - 0.0), Ok($min as _));
    };
}

#[test]
fn truncations_trap_or_saturate() {
    check_truncation!(i32_trunc_f32_s, i32_trunc_sat_f32_s, f32, -2147483904.0, -2147483648.0 => i32::MIN,
        2147483520.0 => 2147483520, 2147483648.0, limits i32::MIN, i32::MAX);
    check_truncation!(i32_trunc_f32_u, i32_trunc_sat_f32_u, f32, -1.0, -0.99999994 => 0,
        4294967040.0 => 4294967040u32, 4294967296.0, limits 0, u32::MAX);
    check_truncation!(i32_trunc_f64_s, i32_trunc_sat_f64_s, f64, -2147483649.0, -2147483648.9999995 => i32::MIN,
        2147483647.9999998 => i32::MAX, 2147483648.0, limits i32::MIN, i32::MAX);
    check_truncation!(i32_trunc_f64_u, i32_trunc_sat_f64_u, f64, -1.0, -0.9999999999999999 => 0,
        4294967295.9999995 => u32::MAX, 4294967296.0, limits 0, u32::MAX);
    check_truncation!(i64_trunc_f32_s, i64_trunc_sat_f32_s, f32,
        -9223373136366403584.0, -9223372036854775808.0 => i64::MIN,
        9223371487098961920.0 => 9223371487098961920i64, 9223372036854775808.0, limits i64::MIN, i64::MAX);
    check_truncation!(i64_trunc_f32_u, i64_trunc_sat_f32_u, f32, -1.0, -0.99999994 => 0,
        18446742974197923840.0 => 18446742974197923840u64, 18446744073709551616.0, limits 0, u64::MAX);
    check_truncation!(i64_trunc_f64_s, i64_trunc_sat_f64_s, f64,
        -9223372036854777856.0, -9223372036854775808.0 => i64::MIN,
        9223372036854774784.0 => 9223372036854774784i64, 9223372036854775808.0, limits i64::MIN, i64::MAX);
    check_truncation!(i64_trunc_f64_u, i64_trunc_sat_f64_u, f64, -1.0, -0.9999999999999999 => 0,
        18446744073709549568.0 => 18446744073709549568u64, 18446744073709551616.0, limits 0, u64::MAX);
}

#[test]
fn extensions_keep_the_low_bits() {
    assert_eq!(
        (i32_extend8_s(0x180), i32_extend8_s(0x17f)),
        (0xffff_ff80, 0x7f)
    );
    assert_eq!(
        (i32_extend16_s(0x1_8000), i32_extend16_s(0x1_7fff)),
        (0xffff_8000, 0x7fff)
    );
    assert_eq!(
        (i64_extend8_s(0x180), i64_extend16_s(0x1_8000)),
        (u64::MAX << 7, u64::MAX << 15)
    );
    assert_eq!(
        (i64_extend32_s(0x1_8000_0000), i64_extend32_s(1 << 32)),
        (u64::MAX << 31, 0)
    );
    assert_eq!(
        (i64_extend_i32_s(MIN32), i64_extend_i32_u(MIN32)),
        (u64::MAX << 31, 1 << 31)
    );
    assert_eq!(i32_wrap_i64(0x1_0000_0002), 2);
}

#[test]
fn conversions_to_floats_round_to_even() {
    assert_eq!(
        (f32_convert_i32_s(u32::MAX), f32_convert_i32_u(u32::MAX)),
        (-1.0, 4294967296.0)
    );
    assert_eq!(
        (f32_convert_i32_u(16777217), f32_convert_i32_u(16777219)),
        (16777216.0, 16777220.0)
    );
    assert_eq!(
        (f64_convert_i32_s(MIN32), f64_convert_i32_u(MIN32)),
        (-2147483648.0, 2147483648.0)
    );
    assert_eq!(
        (f64_convert_i64_s(MIN64), f64_convert_i64_u(MIN64)),
        (-9223372036854775808.0, 9223372036854775808.0)
    );
    assert_eq!(f64_convert_i64_u(0x20_0000_0000_0001), 9007199254740992.0);
    // Rounded by way of f64, this would be a tie.
    assert_eq!(
        f32_convert_i64_u(0x8000_0080_0000_0001),
        9223373136366403584.0
    );
    assert_eq!(
        (f32_convert_i64_s(u64::MAX), f32_demote_f64(1e-46)),
        (-1.0, 0.0)
    );
    assert_eq!(
        (f32_demote_f64(1.0 + f64::EPSILON), f64_promote_f32(0.1)),
        (1.0, 0.10000000149011612)
    );
}

#[test]
fn sign_operations_touch_only_bits() {
    let (signaling32, signaling64) = (0x7f80_0001, 0x7ff0_0000_0000_0001);
    let (x, y) = (
        f32_reinterpret_i32(signaling32),
        f64_reinterpret_i64(signaling64),
    );
    assert_eq!(
        (i32_reinterpret_f32(x), i64_reinterpret_f64(y)),
        (signaling32, signaling64)
    );
    assert_eq!(i32_reinterpret_f32(f32_neg(x)), signaling32 | MIN32);
    assert_eq!(i64_reinterpret_f64(f64_neg(y)), signaling64 | MIN64);
    assert_eq!(i32_reinterpret_f32(f32_abs(f32_neg(x))), signaling32);
    assert_eq!(i64_reinterpret_f64(f64_abs(f64_neg(y))), signaling64);
    assert_eq!(
        i32_reinterpret_f32(f32_copysign(x, -0.0)),
        signaling32 | MIN32
    );
    assert_eq!(
        i64_reinterpret_f64(f64_copysign(f64_neg(y), 1.0)),
        signaling64
    );
    assert_eq!(
        i32_reinterpret_f32(f32_copysign(1.0, f32_neg(x))),
        (-1.0f32).to_bits()
    );
}

#[test]
fn arithmetic_makes_nans_quiet() {
    let quiet = |x: f64| assert_eq!(x.to_bits() & 0x7ff8_0000_0000_0000, 0x7ff8_0000_0000_0000);
    // The Rust compiler would take a product with a constant 1.0 for the other operand.
    let [x, one] = core::hint::black_box([f64::from_bits(0x7ff0_0000_0000_0001), 1.0]);
    for operator in [f64_ceil, f64_floor, f64_trunc, f64_nearest, f64_sqrt] {
        quiet(operator(x));
    }
    for operator in [f64_add, f64_sub, f64_mul, f64_div, f64_min, f64_max] {
        quiet(operator(x, one));
        quiet(operator(one, x));
    }
    quiet(f64_promote_f32(f32_demote_f64(x)));
    assert!(f32_demote_f64(x).to_bits() & 0x7fc0_0000 == 0x7fc0_0000);
}

#[test]
fn rounding_keeps_the_sign_of_zero() {
    assert_eq!(f64_ceil(-0.5).to_bits(), MIN64);
    assert_eq!(
        (f64_nearest(-0.5).to_bits(), f64_trunc(-0.9).to_bits()),
        (MIN64, MIN64)
    );
    assert_eq!(
        (f64_floor(-0.5), f64_nearest(2.5), f64_nearest(3.5)),
        (-1.0, 2.0, 4.0)
    );
    assert_eq!(f32_ceil(-0.5).to_bits(), MIN32);
    assert_eq!(
        (f32_nearest(-0.5).to_bits(), f32_trunc(-0.9).to_bits()),
        (MIN32, MIN32)
    );
    assert_eq!(
        (f32_floor(-0.5), f32_nearest(2.5), f32_nearest(3.5)),
        (-1.0, 2.0, 4.0)
    );
}

#[test]
fn wide_arithmetic_carries() {
    assert_eq!(i64_add128(u64::MAX, 1, 1, 2), (0, 4));
    assert_eq!(i64_add128(u64::MAX, u64::MAX, 1, 0), (0, 0));
    assert_eq!(i64_sub128(0, 4, 1, 2), (u64::MAX, 1));
    assert_eq!(i64_sub128(0, 0, 1, 0), (u64::MAX, u64::MAX));
    assert_eq!(i64_mul_wide_u(u64::MAX, u64::MAX), (1, u64::MAX - 1));
    assert_eq!(i64_mul_wide_s(u64::MAX, u64::MAX), (1, 0));
    assert_eq!(i64_mul_wide_s(MIN64, 2), (0, u64::MAX));
    assert_eq!(i64_mul_wide_u(MIN64, 2), (0, 1));
}
