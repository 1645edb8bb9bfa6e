//! The operations against those of `std`, over edge cases and random bit patterns.

extern crate std;

use super::*;
use std::vec::Vec;

/// Bit patterns with a fixed seed (xorshift64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

macro_rules! define_checks {
    (
    $float:ident $bits:ident, $edges:ident, $same:ident, $each_value:ident, $check_extrema:ident $min:ident $max:ident,
     $fraction_bits:literal, $bias:literal) => {
        /// Both signs of zeros, subnormals, the neighbours of powers of two, of halves and of the largest
        /// values with a fraction, infinities, quiet and signaling NaNs.
        fn $edges() -> Vec<$float> {
            let infinity = $float::INFINITY.to_bits();
            let mut values = Vec::new();
            for base in [
                0,
                1 << $fraction_bits,
                infinity,
                infinity | 1 << ($fraction_bits - 1),
            ] {
                values.extend([base, base + 1, base + 2]);
            }
            values.extend([infinity - 1, infinity - 2, (1 << $fraction_bits) - 1]);
            for exponent in
                (-3..$fraction_bits + 3).chain([-$bias + 1, -$bias / 2, $bias / 2, $bias])
            {
                let power = (((exponent + $bias) as $bits) << $fraction_bits) as $bits;
                values.extend([power - 1, power, power + 1]);
                values.extend([1, 2, 3].map(|half_bits| power | half_bits << ($fraction_bits - 2)));
            }
            let positive = values.iter().map(|&bits| $float::from_bits(bits));
            positive
                .clone()
                .chain(positive.map(|value| -value))
                .collect()
        }

        /// Equal to the bit, or both NaNs with ours quiet, and canonical if that is asked for.
        #[track_caller]
        fn $same(ours: $float, expected: $float, operands: &[$float]) {
            let quiet = 1 << ($fraction_bits - 1);
            let canonical = $float::INFINITY.to_bits() | quiet;
            let is_canonical = |x: &$float| x.abs().to_bits() == canonical;
            let agrees = if expected.is_nan() {
                let all_canonical = operands.iter().all(|x| !x.is_nan() || is_canonical(x));
                ours.to_bits() & canonical == canonical && (!all_canonical || is_canonical(&ours))
            } else {
                ours.to_bits() == expected.to_bits()
            };
            let bits: Vec<$bits> = operands.iter().map(|x| x.to_bits()).collect();
            assert!(
                agrees,
                "{operands:?} ({bits:x?}) gives {ours:?}, not {expected:?}"
            );
        }

        fn $each_value(check: impl Fn($float)) {
            $edges().into_iter().for_each(&check);
            let mut random = Random(0x9e37_79b9_7f4a_7c15);
            for _ in 0..50_000 {
                let bits = random.next() as $bits;
                check($float::from_bits(bits));
                // An exponent where integers and fractions meet.
                let exponent = (bits >> 8) % ($fraction_bits + 6) + ($bias - 3);
                let shifted = bits & !($float::INFINITY.to_bits()) | exponent << $fraction_bits;
                check($float::from_bits(shifted));
            }
        }

        fn $check_extrema() {
            for a in $edges() {
                for b in $edges() {
                    let a_is_less = a < b || (a == b && a.is_sign_negative());
                    let (min, max) = match () {
                        () if a.is_nan() || b.is_nan() => ($float::NAN, $float::NAN),
                        () if a_is_less => (a, b),
                        () => (b, a),
                    };
                    $same($min(a, b), min, &[a, b]);
                    $same($max(a, b), max, &[a, b]);
                }
            }
        }
    };
}

define_checks!(f32 u32, f32_edges, f32_same, each_f32, check_f32_extrema f32_min f32_max, 23, 127);
define_checks!(f64 u64, f64_edges, f64_same, each_f64, check_f64_extrema f64_min f64_max, 52, 1023);

#[test]
fn rounding_to_integers_equals_std() {
    each_f32(|x| {
        f32_same(f32_floor(x), x.floor(), &[x]);
        f32_same(f32_ceil(x), x.ceil(), &[x]);
        f32_same(f32_trunc(x), x.trunc(), &[x]);
        f32_same(f32_nearest(x), x.round_ties_even(), &[x]);
    });
    each_f64(|x| {
        f64_same(f64_floor(x), x.floor(), &[x]);
        f64_same(f64_ceil(x), x.ceil(), &[x]);
        f64_same(f64_trunc(x), x.trunc(), &[x]);
        f64_same(f64_nearest(x), x.round_ties_even(), &[x]);
    });
}

#[test]
fn square_roots_equal_std() {
    each_f32(|x| {
        f32_same(f32_sqrt(x), x.sqrt(), &[x]);
        f32_same(integer::f32_sqrt(x), x.sqrt(), &[x]);
    });
    each_f64(|x| {
        f64_same(f64_sqrt(x), x.sqrt(), &[x]);
        f64_same(integer::f64_sqrt(x), x.sqrt(), &[x]);
    });
}

#[test]
fn extrema_order_zeros_and_propagate_nans() {
    check_f32_extrema();
    check_f64_extrema();
}

#[test]
fn promotion_makes_nans_quiet() {
    f64_same(
        promote(f32::from_bits(0x7f80_0001)),
        f64::NAN,
        &[f64::from_bits(0x7ff0_0000_0000_0001)],
    );
    f64_same(promote(f32::NAN), f64::NAN, &[]);
    f64_same(promote(-0.0), -0.0, &[]);
    f64_same(promote(f32::from_bits(1)), 1.401_298_464_324_817e-45, &[]);
}
