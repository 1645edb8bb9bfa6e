//! Edge cases of each family of vector operators.

extern crate std;

use super::*;
use crate::wasm::semantics::*;
use core::fmt::Debug;
use std::vec::Vec;

/// The vector of lanes.
fn vector<T: Lane>(lanes: &[T]) -> V128 {
    assert_eq!(lanes.len(), T::COUNT);
    from_lanes(|index| lanes[index])
}

fn lanes<T: Lane>(vector: V128) -> Vec<T> {
    (0..T::COUNT).map(|index| T::read(vector, index)).collect()
}

/// The vector of the bytes 0 to 15.
fn counting() -> V128 {
    V128::from_le_bytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
}

/// Checks the results of operators for vectors with the same value in each lane.
#[track_caller]
fn check_binary<T: Lane + Debug>(operators: &[fn(V128, V128) -> V128], cases: &[(T, T, &[T])]) {
    for &(a, b, expected) in cases {
        let results: Vec<V128> = operators.iter().map(|f| f(splat(a), splat(b))).collect();
        let expected: Vec<V128> = expected.iter().map(|&x| splat(x)).collect();
        assert_eq!(results, expected, "operands {a:?} and {b:?}");
    }
}

/// The mask with the lanes set whose bits are.
fn mask<T: Lane>(bits: u32) -> V128 {
    from_lanes(|index| T::mask(bits >> index & 1 == 1))
}

fn splat<T: Lane>(value: T) -> V128 {
    from_lanes(|_| value)
}

#[test]
fn lane_0_is_in_the_lowest_bits() {
    let v = counting();
    assert_eq!(v.to_u128(), 0x0f0e_0d0c_0b0a_0908_0706_0504_0302_0100);
    assert_eq!(
        (
            V128::from_u128(v.to_u128()),
            V128::from_le_bytes(v.to_le_bytes())
        ),
        (v, v)
    );
    assert_eq!(
        (i16x8_extract_lane_u(v, 1), i32x4_extract_lane(v, 1)),
        (0x0302, 0x0706_0504)
    );
    assert_eq!(i64x2_extract_lane(v, 1), 0x0f0e_0d0c_0b0a_0908);
}

#[test]
fn lanes_are_read_and_replaced() {
    assert_eq!(
        i8x16_extract_lane_s(i8x16_replace_lane(counting(), 0x180, 15), 15),
        0xffff_ff80
    );
    assert_eq!(
        i8x16_extract_lane_u(i8x16_replace_lane(counting(), 0x180, 15), 15),
        0x80
    );
    assert_eq!(
        i16x8_extract_lane_s(i16x8_replace_lane(counting(), 0x1_8000, 7), 7),
        0xffff_8000
    );
    assert_eq!(
        i16x8_extract_lane_u(i16x8_replace_lane(counting(), 0x1_8000, 7), 7),
        0x8000
    );
    assert_eq!(
        i32x4_extract_lane(i32x4_replace_lane(counting(), 7, 3), 3),
        7
    );
    assert_eq!(
        i64x2_extract_lane(i64x2_replace_lane(counting(), 7, 1), 1),
        7
    );
    let signaling = f32x4_replace_lane(counting(), f32::from_bits(0x7f80_0001), 2);
    assert_eq!(f32x4_extract_lane(signaling, 2).to_bits(), 0x7f80_0001);
    assert_eq!(
        f64x2_extract_lane(f64x2_replace_lane(counting(), -2.5, 1), 1),
        -2.5
    );
    assert_eq!(i64x2_replace_lane(V128::ZERO, 1, 1).to_u128(), 1 << 64);
    // Indices that validation rejects do not panic.
    assert_eq!(i8x16_extract_lane_u(counting(), 255), 15);
    assert_eq!(
        i64x2_replace_lane(counting(), 0, 2),
        i64x2_replace_lane(counting(), 0, 0)
    );
}

#[test]
fn splats_fill_all_lanes() {
    assert_eq!(i8x16_splat(0x1ff), V128::from_u128(u128::MAX));
    assert_eq!(lanes::<u16>(i16x8_splat(0x1_2345)), [0x2345; 8]);
    assert_eq!(
        (lanes(i32x4_splat(3)), lanes(i64x2_splat(4))),
        ([3u32; 4].into(), [4u64; 2].into())
    );
    assert_eq!(
        (lanes(f32x4_splat(0.5)), lanes(f64x2_splat(1.5))),
        ([0.5f32; 4].into(), [1.5f64; 2].into())
    );
}

#[test]
fn bytes_are_selected() {
    let (a, b) = (counting(), i8x16_add(counting(), i8x16_splat(16)));
    let indices = [31, 0, 16, 15, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 30];
    assert_eq!(i8x16_shuffle(a, b, indices).to_le_bytes(), indices);
    assert_eq!(i8x16_shuffle(b, a, [0; 16]), i8x16_splat(16));
    let selectors = V128::from_le_bytes([0, 15, 16, 128, 255, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 14]);
    let selected = [16, 31, 0, 0, 0, 19, 18, 17, 16, 16, 16, 16, 16, 16, 16, 30];
    assert_eq!(i8x16_swizzle(b, selectors).to_le_bytes(), selected);
    assert_eq!(i8x16_relaxed_swizzle(b, selectors).to_le_bytes(), selected);
}

#[test]
fn loads_extend_the_low_half() {
    let bits = 0x80ff_0180_7f00_8001;
    assert_eq!(
        lanes::<i16>(v128_load8x8_s(bits)),
        [1, -128, 0, 127, -128, 1, -1, -128]
    );
    assert_eq!(
        lanes::<u16>(v128_load8x8_u(bits)),
        [1, 128, 0, 127, 128, 1, 255, 128]
    );
    assert_eq!(
        lanes::<i32>(v128_load16x4_s(bits)),
        [-0x7fff, 0x7f00, 0x0180, -0x7f01]
    );
    assert_eq!(
        lanes::<u32>(v128_load16x4_u(bits)),
        [0x8001, 0x7f00, 0x0180, 0x80ff]
    );
    assert_eq!(
        lanes::<i64>(v128_load32x2_s(bits)),
        [0x7f00_8001, -0x7f00_fe80]
    );
    assert_eq!(
        lanes::<u64>(v128_load32x2_u(bits)),
        [0x7f00_8001, 0x80ff_0180]
    );
}

#[test]
fn bitwise_operators() {
    let (a, b, mask) = (
        V128::from_u128(0b1100),
        V128::from_u128(0b1010),
        V128::from_u128(0b0110),
    );
    let results = [
        v128_and(a, b),
        v128_or(a, b),
        v128_xor(a, b),
        v128_andnot(a, b),
    ];
    assert_eq!(results.map(V128::to_u128), [0b1000, 0b1110, 0b0110, 0b0100]);
    assert_eq!(v128_not(a).to_u128(), !0b1100);
    assert_eq!(v128_bitselect(a, b, mask).to_u128(), 0b1100);
    assert_eq!(v128_bitselect(b, a, mask).to_u128(), 0b1010);
    for select in [
        i8x16_relaxed_laneselect,
        i16x8_relaxed_laneselect,
        i32x4_relaxed_laneselect,
        i64x2_relaxed_laneselect,
    ] {
        assert_eq!(select(a, b, mask), v128_bitselect(a, b, mask));
    }
}

#[test]
fn tests_and_bitmasks_see_each_bit() {
    for bit in 0..128 {
        let v = V128::from_u128(1 << bit);
        let is_sign = |width: u32| (u32::from(bit % width == width - 1)) << (bit / width);
        let masks = [
            i8x16_bitmask(v),
            i16x8_bitmask(v),
            i32x4_bitmask(v),
            i64x2_bitmask(v),
        ];
        assert_eq!(masks, [8, 16, 32, 64].map(is_sign), "bit {bit}");
        assert!(v128_any_true(v));
        assert!(
            ![
                i8x16_all_true,
                i16x8_all_true,
                i32x4_all_true,
                i64x2_all_true
            ]
            .iter()
            .any(|all| all(v))
        );
    }
    for lane in 0..16 {
        let hole = i8x16_replace_lane(i8x16_splat(1), 0, lane);
        assert!(
            !i8x16_all_true(hole)
                && i16x8_all_true(hole)
                && i32x4_all_true(hole)
                && i64x2_all_true(hole)
        );
    }
    let all = i8x16_splat(0x80);
    assert_eq!(
        [
            i8x16_bitmask(all),
            i16x8_bitmask(all),
            i32x4_bitmask(all),
            i64x2_bitmask(all)
        ],
        [0xffff, 0xff, 0xf, 3]
    );
    assert!(!v128_any_true(V128::ZERO) && i8x16_all_true(all));
}

#[test]
fn comparisons_yield_masks() {
    check_binary::<i8>(
        &[
            i8x16_eq, i8x16_ne, i8x16_lt_s, i8x16_lt_u, i8x16_gt_s, i8x16_gt_u, i8x16_le_s,
            i8x16_le_u, i8x16_ge_s, i8x16_ge_u,
        ],
        &[
            (-1, 1, &[0, -1, -1, 0, 0, -1, -1, 0, 0, -1]),
            (1, -1, &[0, -1, 0, -1, -1, 0, 0, -1, -1, 0]),
            (-1, -1, &[-1, 0, 0, 0, 0, 0, -1, -1, -1, -1]),
        ],
    );
    check_binary::<i16>(
        &[
            i16x8_eq, i16x8_ne, i16x8_lt_s, i16x8_lt_u, i16x8_gt_s, i16x8_gt_u, i16x8_le_s,
            i16x8_le_u, i16x8_ge_s, i16x8_ge_u,
        ],
        &[
            (-1, 1, &[0, -1, -1, 0, 0, -1, -1, 0, 0, -1]),
            (1, -1, &[0, -1, 0, -1, -1, 0, 0, -1, -1, 0]),
            (-1, -1, &[-1, 0, 0, 0, 0, 0, -1, -1, -1, -1]),
        ],
    );
    check_binary::<i32>(
        &[
            i32x4_eq, i32x4_ne, i32x4_lt_s, i32x4_lt_u, i32x4_gt_s, i32x4_gt_u, i32x4_le_s,
            i32x4_le_u, i32x4_ge_s, i32x4_ge_u,
        ],
        &[
            (-1, 1, &[0, -1, -1, 0, 0, -1, -1, 0, 0, -1]),
            (1, -1, &[0, -1, 0, -1, -1, 0, 0, -1, -1, 0]),
            (-1, -1, &[-1, 0, 0, 0, 0, 0, -1, -1, -1, -1]),
        ],
    );
    check_binary::<i64>(
        &[
            i64x2_eq, i64x2_ne, i64x2_lt_s, i64x2_gt_s, i64x2_le_s, i64x2_ge_s,
        ],
        &[
            (-1, 1, &[0, -1, -1, 0, -1, 0]),
            (1, -1, &[0, -1, 0, -1, 0, -1]),
            (-1, -1, &[-1, 0, 0, 0, -1, -1]),
        ],
    );
    let operators = [f32x4_eq, f32x4_ne, f32x4_lt, f32x4_gt, f32x4_le, f32x4_ge];
    let (a, b) = (
        vector(&[1.0, 2.0, -0.0, f32::NAN]),
        vector(&[2.0, 1.0, 0.0, f32::NAN]),
    );
    let masks = [0b0100, 0b1011, 0b0001, 0b0010, 0b0101, 0b0110];
    assert_eq!(operators.map(|f| f(a, b)), masks.map(mask::<f32>));
    let operators = [f64x2_eq, f64x2_ne, f64x2_lt, f64x2_gt, f64x2_le, f64x2_ge];
    let (a, b) = (vector(&[1.0, f64::NAN]), vector(&[2.0, 1.0]));
    assert_eq!(
        operators.map(|f| f(a, b)),
        [0, 0b11, 0b01, 0, 0b01, 0].map(mask::<f64>)
    );
    let (a, b) = (vector(&[-0.0, 2.0]), vector(&[0.0, 1.0]));
    assert_eq!(
        operators.map(|f| f(a, b)),
        [0b01, 0b10, 0, 0b10, 0b01, 0b11].map(mask::<f64>)
    );
}

#[test]
fn integer_arithmetic_wraps_or_saturates() {
    check_binary::<i8>(
        &[
            i8x16_add,
            i8x16_add_sat_s,
            i8x16_add_sat_u,
            i8x16_sub,
            i8x16_sub_sat_s,
            i8x16_sub_sat_u,
            i8x16_avgr_u,
        ],
        &[
            (127, 1, &[-128, 127, -128, 126, 126, 126, 64]),
            (-128, -128, &[0, -128, -1, 0, 0, 0, -128]),
            (1, -128, &[-127, -127, -127, -127, 127, 0, 65]),
        ],
    );
    check_binary::<i16>(
        &[
            i16x8_add,
            i16x8_add_sat_s,
            i16x8_add_sat_u,
            i16x8_sub,
            i16x8_sub_sat_s,
            i16x8_sub_sat_u,
            i16x8_avgr_u,
            i16x8_mul,
        ],
        &[
            (
                32767,
                1,
                &[-32768, 32767, -32768, 32766, 32766, 32766, 16384, 32767],
            ),
            (
                -32768,
                -1,
                &[32767, -32768, -1, -32767, -32767, 0, -16384, -32768],
            ),
        ],
    );
    check_binary::<i32>(
        &[i32x4_add, i32x4_sub, i32x4_mul],
        &[
            (i32::MIN, -1, &[i32::MAX, i32::MIN + 1, i32::MIN]),
            (7, -3, &[4, 10, -21]),
        ],
    );
    check_binary::<i64>(
        &[i64x2_add, i64x2_sub, i64x2_mul],
        &[
            (i64::MIN, -1, &[i64::MAX, i64::MIN + 1, i64::MIN]),
            (1 << 33, 5, &[(1 << 33) + 5, (1 << 33) - 5, 5 << 33]),
        ],
    );
    check_binary::<i8>(
        &[i8x16_min_s, i8x16_min_u, i8x16_max_s, i8x16_max_u],
        &[(-1, 1, &[-1, 1, 1, -1]), (1, 2, &[1, 1, 2, 2])],
    );
    check_binary::<i16>(
        &[i16x8_min_s, i16x8_min_u, i16x8_max_s, i16x8_max_u],
        &[(-1, 1, &[-1, 1, 1, -1]), (1, 2, &[1, 1, 2, 2])],
    );
    check_binary::<i32>(
        &[i32x4_min_s, i32x4_min_u, i32x4_max_s, i32x4_max_u],
        &[(-1, 1, &[-1, 1, 1, -1]), (1, 2, &[1, 1, 2, 2])],
    );
    check_binary::<i16>(
        &[i16x8_q15mulr_sat_s, i16x8_relaxed_q15mulr_s],
        &[
            (i16::MIN, i16::MIN, &[i16::MAX, i16::MAX]),
            (i16::MIN, i16::MAX, &[-32767, -32767]),
            (16384, 1, &[1, 1]),
            (16383, 1, &[0, 0]),
        ],
    );
}

#[test]
fn negation_and_magnitude_wrap_at_the_least_integer() {
    for v in [i8x16_abs(i8x16_splat(0x80)), i8x16_neg(i8x16_splat(0x80))] {
        assert_eq!(v, i8x16_splat(0x80));
    }
    for v in [
        i16x8_abs(i16x8_splat(0x8000)),
        i16x8_neg(i16x8_splat(0x8000)),
    ] {
        assert_eq!(v, i16x8_splat(0x8000));
    }
    for v in [
        i32x4_abs(i32x4_splat(1 << 31)),
        i32x4_neg(i32x4_splat(1 << 31)),
    ] {
        assert_eq!(v, i32x4_splat(1 << 31));
    }
    for v in [
        i64x2_abs(i64x2_splat(1 << 63)),
        i64x2_neg(i64x2_splat(1 << 63)),
    ] {
        assert_eq!(v, i64x2_splat(1 << 63));
    }
    for x in [3, -3] {
        let v = splat(x as i8);
        assert_eq!((i8x16_abs(v), i8x16_neg(v)), (splat(3i8), splat(-x as i8)));
        let v = splat(x as i16);
        assert_eq!(
            (i16x8_abs(v), i16x8_neg(v)),
            (splat(3i16), splat(-x as i16))
        );
        let v = splat(x);
        assert_eq!((i32x4_abs(v), i32x4_neg(v)), (splat(3), splat(-x)));
        let v = splat(i64::from(x));
        assert_eq!(
            (i64x2_abs(v), i64x2_neg(v)),
            (splat(3i64), splat(-i64::from(x)))
        );
    }
    assert_eq!(
        i8x16_popcnt(vector(&[
            0x80u8, 0xff, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
        ]))
        .to_u128(),
        1 << 120 | 0x0300_0801
    );
}

#[test]
fn vector_shift_counts_are_modulo_the_lane_width() {
    let v = i8x16_splat(0x81);
    assert_eq!(
        [i8x16_shl(v, 9), i8x16_shr_s(v, 7), i8x16_shr_u(v, 15)],
        [0x02, 0xff, 0x01].map(i8x16_splat)
    );
    let v = i16x8_splat(0x8001);
    assert_eq!(
        [i16x8_shl(v, 17), i16x8_shr_s(v, 15), i16x8_shr_u(v, 31)],
        [0x02, 0xffff, 0x01].map(i16x8_splat)
    );
    let v = i32x4_splat(0x8000_0001);
    assert_eq!(
        [i32x4_shl(v, 33), i32x4_shr_s(v, 31), i32x4_shr_u(v, 63)],
        [0x02, u32::MAX, 0x01].map(i32x4_splat)
    );
    let v = i64x2_splat(0x8000_0000_0000_0001);
    assert_eq!(
        [i64x2_shl(v, 65), i64x2_shr_s(v, 63), i64x2_shr_u(v, 127)],
        [0x02, u64::MAX, 0x01].map(i64x2_splat)
    );
}

#[test]
fn narrowing_saturates_and_takes_the_first_operand_first() {
    let (a, b) = (
        vector(&[-129i16, -128, -1, 0, 127, 128, 255, 256]),
        i16x8_splat(0x8000),
    );
    let first = |v: V128| v.to_u128() as u64;
    assert_eq!(
        first(i8x16_narrow_i16x8_s(a, b)).to_le_bytes(),
        [0x80, 0x80, 0xff, 0, 127, 127, 127, 127]
    );
    assert_eq!(
        first(i8x16_narrow_i16x8_u(a, b)).to_le_bytes(),
        [0, 0, 0, 0, 127, 128, 255, 255]
    );
    assert_eq!(first(i8x16_narrow_i16x8_s(b, a)), 0x8080_8080_8080_8080);
    let (a, b) = (
        vector(&[-0x8001i32, -1, 0x8000, 0x1_0000]),
        i32x4_splat(1 << 31),
    );
    assert_eq!(
        lanes::<i16>(i16x8_narrow_i32x4_s(a, b)),
        [
            -0x8000, -1, 0x7fff, 0x7fff, -0x8000, -0x8000, -0x8000, -0x8000
        ]
    );
    assert_eq!(
        lanes::<u16>(i16x8_narrow_i32x4_u(a, b)),
        [0, 0, 0x8000, 0xffff, 0, 0, 0, 0]
    );
}

#[test]
fn widening_takes_the_right_half() {
    let v = V128::from_u128(0x8001_7f02_0304_05ff_8080_7f7f_0180_ff00);
    assert_eq!(
        lanes::<i16>(i16x8_extend_low_i8x16_s(v)),
        [0, -1, -128, 1, 127, 127, -128, -128]
    );
    assert_eq!(
        lanes::<u16>(i16x8_extend_high_i8x16_u(v)),
        [255, 5, 4, 3, 2, 127, 1, 128]
    );
    assert_eq!(
        i16x8_extend_low_i8x16_u(v),
        v128_load8x8_u(v.to_u128() as u64)
    );
    assert_eq!(
        i16x8_extend_high_i8x16_s(v),
        v128_load8x8_s((v.to_u128() >> 64) as u64)
    );
    assert_eq!(
        i32x4_extend_low_i16x8_s(v),
        v128_load16x4_s(v.to_u128() as u64)
    );
    assert_eq!(
        i32x4_extend_high_i16x8_u(v),
        v128_load16x4_u((v.to_u128() >> 64) as u64)
    );
    assert_eq!(
        lanes::<i32>(i32x4_extend_high_i16x8_s(v)),
        [0x05ff, 0x0304, 0x7f02, -0x7fff]
    );
    assert_eq!(
        lanes::<u32>(i32x4_extend_low_i16x8_u(v)),
        [0xff00, 0x0180, 0x7f7f, 0x8080]
    );
    assert_eq!(
        lanes::<i64>(i64x2_extend_low_i32x4_s(v)),
        [0x0180_ff00, -0x7f7f_8081]
    );
    assert_eq!(
        lanes::<u64>(i64x2_extend_low_i32x4_u(v)),
        [0x0180_ff00, 0x8080_7f7f]
    );
    assert_eq!(
        lanes::<i64>(i64x2_extend_high_i32x4_s(v)),
        [0x0304_05ff, -0x7ffe_80fe]
    );
    assert_eq!(
        lanes::<u64>(i64x2_extend_high_i32x4_u(v)),
        [0x0304_05ff, 0x8001_7f02]
    );
}

/// Checks a widening multiplication of both halves against the widened operands.
macro_rules! check_extmul {
    ($narrow:ident $wide:ident, $low:ident, $high:ident) => {{
        let a = from_lanes(|index| [$narrow::MAX, $narrow::MIN, 5, 7][index % 4]);
        let b = from_lanes(|index| [$narrow::MAX, 3, $narrow::MIN][index % 3]);
        let product = |(x, y): (&$narrow, &$narrow)| $wide::from(*x) * $wide::from(*y);
        let (x, y) = (lanes::<$narrow>(a), lanes::<$narrow>(b));
        let products: Vec<$wide> = x.iter().zip(&y).map(product).collect();
        let half = products.len() / 2;
        assert_eq!(
            (lanes($low(a, b)), lanes($high(a, b))),
            (products[..half].to_vec(), products[half..].to_vec())
        );
    }};
}

#[test]
fn widening_multiplications_are_exact() {
    check_extmul!(i8 i16, i16x8_extmul_low_i8x16_s, i16x8_extmul_high_i8x16_s);
    check_extmul!(u8 u16, i16x8_extmul_low_i8x16_u, i16x8_extmul_high_i8x16_u);
    check_extmul!(i16 i32, i32x4_extmul_low_i16x8_s, i32x4_extmul_high_i16x8_s);
    check_extmul!(u16 u32, i32x4_extmul_low_i16x8_u, i32x4_extmul_high_i16x8_u);
    check_extmul!(i32 i64, i64x2_extmul_low_i32x4_s, i64x2_extmul_high_i32x4_s);
    check_extmul!(u32 u64, i64x2_extmul_low_i32x4_u, i64x2_extmul_high_i32x4_u);
}

#[test]
fn pairwise_sums_and_dot_products() {
    let v = V128::from_u128(0x8080_ffff_7f7f_0180_00ff_7f80_ff01_0203);
    assert_eq!(
        lanes::<i16>(i16x8_extadd_pairwise_i8x16_s(v)),
        [5, 0, -1, -1, -127, 254, -2, -256]
    );
    assert_eq!(
        lanes::<u16>(i16x8_extadd_pairwise_i8x16_u(v)),
        [5, 256, 255, 255, 129, 254, 510, 256]
    );
    assert_eq!(
        lanes::<i32>(i32x4_extadd_pairwise_i16x8_s(v)),
        [0x0104, 0x807f, 0x80ff, -0x7f81]
    );
    assert_eq!(
        lanes::<u32>(i32x4_extadd_pairwise_i16x8_u(v)),
        [0x1_0104, 0x807f, 0x80ff, 0x1_807f]
    );
    let least = i16x8_splat(0x8000);
    assert_eq!(i32x4_dot_i16x8_s(least, least), i32x4_splat(1 << 31));
    let (a, b) = (
        vector(&[1i16, 2, -3, 4, 5, -6, 7, 8]),
        vector(&[10i16, 20, 30, -40, -50, 60, 70, 80]),
    );
    assert_eq!(
        lanes::<i32>(i32x4_dot_i16x8_s(a, b)),
        [50, -250, -610, 1130]
    );
    let (a, b) = (
        i8x16_splat(0x80),
        vector(&[
            1i8, 2, -3, 4, 127, 127, -128, -128, -128, -127, 0, 0, 0, 0, 0, 1,
        ]),
    );
    assert_eq!(
        lanes::<i16>(i16x8_relaxed_dot_i8x16_i7x16_s(a, b)),
        [-384, -128, -32512, i16::MAX, 32640, 0, 0, -128]
    );
    let sums = i32x4_relaxed_dot_i8x16_i7x16_add_s(a, b, i32x4_splat(1000));
    assert_eq!(lanes::<i32>(sums), [488, 1255, 33640, 872]);
}

#[test]
fn extrema_and_signs_of_lanes_follow_their_rules() {
    let signaling = f32x4_splat(f32::from_bits(0x7f80_0001));
    assert_eq!(i32x4_extract_lane(f32x4_neg(signaling), 3), 0xff80_0001);
    assert_eq!(f32x4_abs(f32x4_neg(signaling)), signaling);
    assert_eq!(i32x4_extract_lane(f32x4_floor(signaling), 1), 0x7fc0_0001);
    let (a, b) = (
        vector(&[-0.0, 3.0, f32::NAN, 1.0]),
        vector(&[0.0, 2.0, 1.0, f32::NAN]),
    );
    let bits = |v: V128| {
        lanes::<f32>(v)[..2]
            .iter()
            .map(|x| x.to_bits())
            .collect::<Vec<_>>()
    };
    for (min, max) in [
        (f32x4_min(a, b), f32x4_max(a, b)),
        (f32x4_relaxed_min(a, b), f32x4_relaxed_max(a, b)),
    ] {
        assert_eq!(
            (bits(min), bits(max)),
            (
                bits(vector(&[-0.0f32, 2.0, 0.0, 0.0])),
                bits(vector(&[0.0f32, 3.0, 0.0, 0.0]))
            )
        );
        assert!(
            [min, max]
                .iter()
                .all(|&v| lanes::<f32>(v)[2..].iter().all(|x| x.is_nan()))
        );
    }
    // The pseudo-minimum is the first operand unless the second is less.
    assert_eq!(f32x4_pmin(a, b), vector(&[-0.0, 2.0, f32::NAN, 1.0]));
    assert_eq!(f32x4_pmax(b, a), vector(&[0.0, 3.0, 1.0, f32::NAN]));
    let (a, b) = (vector(&[f64::NAN, 1.5]), vector(&[1.0, 2.5]));
    assert_eq!(
        (f64x2_pmin(a, b), f64x2_pmax(a, b)),
        (a, vector(&[f64::NAN, 2.5]))
    );
    assert_eq!(f64x2_relaxed_min(b, f64x2_splat(1.5)), vector(&[1.0, 1.5]));
    assert_eq!(f64x2_relaxed_max(b, f64x2_splat(1.5)), vector(&[1.5, 2.5]));
}

/// Vector operators on one operand, each with the scalar one that it applies to the lanes.
type Unary<T> = [(fn(V128) -> V128, fn(T) -> T)];

/// The same on two operands.
type Binary<T> = [(fn(V128, V128) -> V128, fn(T, T) -> T)];

#[track_caller]
fn check_scalar<T: Lane>(a: &[T], b: &[T], unary: &Unary<T>, binary: &Binary<T>) {
    for (number, (operator, scalar)) in unary.iter().enumerate() {
        let expected = from_lanes(|index| scalar(a[index]));
        assert_eq!(operator(vector(a)), expected, "unary operator {number}");
    }
    for (number, (operator, scalar)) in binary.iter().enumerate() {
        let expected = from_lanes(|index| scalar(a[index], b[index]));
        assert_eq!(
            operator(vector(a), vector(b)),
            expected,
            "binary operator {number}"
        );
    }
}

#[test]
fn float_lanes_follow_the_scalar_operators() {
    let unary: &Unary<f32> = &[
        (f32x4_abs, f32_abs),
        (f32x4_neg, f32_neg),
        (f32x4_ceil, f32_ceil),
        (f32x4_floor, f32_floor),
        (f32x4_trunc, f32_trunc),
        (f32x4_nearest, f32_nearest),
        (f32x4_sqrt, f32_sqrt),
    ];
    let binary: &Binary<f32> = &[
        (f32x4_add, f32_add),
        (f32x4_sub, f32_sub),
        (f32x4_mul, f32_mul),
        (f32x4_div, f32_div),
        (f32x4_min, f32_min),
        (f32x4_max, f32_max),
    ];
    check_scalar(
        &[1.75, 1.5, 0.5, -0.0],
        &[-0.5, 6.5, -1.5, 1e10],
        unary,
        binary,
    );
    let unary: &Unary<f64> = &[
        (f64x2_abs, f64_abs),
        (f64x2_neg, f64_neg),
        (f64x2_ceil, f64_ceil),
        (f64x2_floor, f64_floor),
        (f64x2_trunc, f64_trunc),
        (f64x2_nearest, f64_nearest),
        (f64x2_sqrt, f64_sqrt),
    ];
    let binary: &Binary<f64> = &[
        (f64x2_add, f64_add),
        (f64x2_sub, f64_sub),
        (f64x2_mul, f64_mul),
        (f64x2_div, f64_div),
        (f64x2_min, f64_min),
        (f64x2_max, f64_max),
    ];
    check_scalar(&[1.75, 1.5], &[-0.5, 6.5], unary, binary);
    check_scalar(&[0.5, -0.0], &[-1.5, 1e10], unary, binary);
    // Square roots of negative values are left out: the sign of their NaN is not fixed.
    check_scalar(&[-1.75, -0.5], &[0.5, 2.0], &unary[..6], binary);
}

#[test]
fn relaxed_multiply_adds_round_twice() {
    // Fused, the result would be the square of epsilon.
    let (a, c) = (
        f64x2_splat(1.0 + f64::EPSILON),
        f64x2_splat(-1.0 - 2.0 * f64::EPSILON),
    );
    assert_eq!(f64x2_relaxed_madd(a, a, c), f64x2_splat(0.0));
    assert_eq!(f64x2_relaxed_nmadd(a, a, f64x2_neg(c)), f64x2_splat(0.0));
    let (a, c) = (
        f32x4_splat(1.0 + f32::EPSILON),
        f32x4_splat(-1.0 - 2.0 * f32::EPSILON),
    );
    assert_eq!(f32x4_relaxed_madd(a, a, c), f32x4_splat(0.0));
    assert_eq!(f32x4_relaxed_nmadd(a, a, f32x4_neg(c)), f32x4_splat(0.0));
}

#[test]
fn conversions_between_lanes() {
    let v = vector(&[-1i32, 1, i32::MIN, i32::MAX]);
    assert_eq!(
        f32x4_convert_i32x4_s(v),
        vector(&[-1.0f32, 1.0, -2147483648.0, 2147483648.0])
    );
    assert_eq!(
        f32x4_convert_i32x4_u(v),
        vector(&[4294967296.0f32, 1.0, 2147483648.0, 2147483648.0])
    );
    assert_eq!(f64x2_convert_low_i32x4_s(v), vector(&[-1.0, 1.0]));
    assert_eq!(f64x2_convert_low_i32x4_u(v), vector(&[4294967295.0, 1.0]));
    let v = vector(&[-1.9, f32::NAN, 1e20, -1e20]);
    for f in [i32x4_trunc_sat_f32x4_s, i32x4_relaxed_trunc_f32x4_s] {
        assert_eq!(f(v), vector(&[-1, 0, i32::MAX, i32::MIN]));
    }
    for f in [i32x4_trunc_sat_f32x4_u, i32x4_relaxed_trunc_f32x4_u] {
        assert_eq!(f(v), vector(&[0, 0, u32::MAX, 0]));
    }
    let v = vector(&[-1e20, 2147483648.9]);
    for f in [
        i32x4_trunc_sat_f64x2_s_zero,
        i32x4_relaxed_trunc_f64x2_s_zero,
    ] {
        assert_eq!(f(v), vector(&[i32::MIN, i32::MAX, 0, 0]));
    }
    for f in [
        i32x4_trunc_sat_f64x2_u_zero,
        i32x4_relaxed_trunc_f64x2_u_zero,
    ] {
        assert_eq!(f(v), vector(&[0, 1 << 31, 0, 0u32]));
    }
    assert_eq!(
        f32x4_demote_f64x2_zero(vector(&[0.1, -0.0])),
        vector(&[0.1f32, -0.0, 0.0, 0.0])
    );
    assert_eq!(
        f64x2_promote_low_f32x4(vector(&[0.5f32, -0.0, 1.0, 2.0])),
        vector(&[0.5, -0.0])
    );
}
