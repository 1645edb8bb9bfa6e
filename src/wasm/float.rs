//! Floating-point operations that `core` lacks, or that have rules of WebAssembly's own.
//!
//! Input and output: `f32` and `f64`. Holds: results are correctly rounded, to the bit, with and
//! without `std`; a NaN result is quiet, and it is canonical if the NaNs among the operands are: it is the first of
//! them for a sum, product, minimum or maximum, on every processor.
//!
//! Rounding to an integer adds and subtracts 2^23 or 2^52, from where on the format has no fraction:
//! a handful of instructions without a branch or a call, which LLVM also vectorizes. On x86-64
//! without SSE4.1 the functions of `std` are calls into the system's library; measured per value in a
//! loop over random ones, these cost 2 to 5 ns, the addition 0.3 to 0.5 ns. `std` is used where the
//! target has an instruction for it. A square root is one instruction with `std`; without, it comes
//! from an integer square root.

/// Defines a function by the expression for targets with an instruction for it and the one for others.
macro_rules! with_instruction {
    ($target:meta; $($name:ident($($param:ident),*): $float:ident = $instruction:expr, else $otherwise:expr;)*) => { $(
        #[inline(always)]
        pub(crate) fn $name($($param: $float),*) -> $float {
            #[cfg(all(feature = "std", $target))]
            return $instruction;
            #[cfg(not(all(feature = "std", $target)))]
            return $otherwise;
        }
    )* };
}

with_instruction! {
    any(target_arch = "aarch64", target_feature = "sse4.1");
    f32_nearest(x): f32 = x.round_ties_even(), else {
        // The addition of zero makes NaNs quiet.
        let shift = if x.abs() < 8388608.0 { 8388608.0 } else { 0.0 };
        ((x.abs() + shift) - shift).copysign(x)
    };
    f64_nearest(x): f64 = x.round_ties_even(), else {
        let shift = if x.abs() < 4503599627370496.0 { 4503599627370496.0 } else { 0.0 };
        ((x.abs() + shift) - shift).copysign(x)
    };
    f32_floor(x): f32 = x.floor(), else {
        let nearest = f32_nearest(x);
        (nearest - if nearest > x { 1.0 } else { 0.0 }).copysign(x)
    };
    f64_floor(x): f64 = x.floor(), else {
        let nearest = f64_nearest(x);
        (nearest - if nearest > x { 1.0 } else { 0.0 }).copysign(x)
    };
    f32_ceil(x): f32 = x.ceil(), else {
        let nearest = f32_nearest(x);
        (nearest + if nearest < x { 1.0 } else { 0.0 }).copysign(x)
    };
    f64_ceil(x): f64 = x.ceil(), else {
        let nearest = f64_nearest(x);
        (nearest + if nearest < x { 1.0 } else { 0.0 }).copysign(x)
    };
    f32_trunc(x): f32 = x.trunc(), else f32_floor(x.abs()).copysign(x);
    f64_trunc(x): f64 = x.trunc(), else f64_floor(x.abs()).copysign(x);
}

with_instruction! {
    all();
    f32_sqrt(x): f32 = x.sqrt(), else integer::f32_sqrt(x);
    f64_sqrt(x): f64 = x.sqrt(), else integer::f64_sqrt(x);
}

/// Defines a sum whose NaN is the first one of its operands, made quiet, in a way that vectorizes;
/// [`crate::sys::float`] has it in one instruction.
macro_rules! define_sum {
    ($($name:ident: $float:ident, $quiet:literal;)*) => { $(
        #[inline(always)]
        fn $name(a: $float, b: $float) -> $float {
            if a.is_nan() {
                $float::from_bits(a.to_bits() | 1 << $quiet)
            } else {
                a + b
            }
        }
    )* };
}

define_sum! {
    f32_sum: f32, 22;
    f64_sum: f64, 51;
}

/// Defines a minimum or maximum without branches, so that it vectorizes.
///
/// The choice made in both orders differs only for zeros of different signs and for NaNs. Uniting
/// the bits of both gives -0, intersecting them +0. For a NaN, the sum propagates it.
macro_rules! define_extremum {
    ($($name:ident: $float:ident $bits:ident, $less:tt $join:tt $sum:ident;)*) => { $(
        #[inline(always)]
        pub(crate) fn $name(a: $float, b: $float) -> $float {
            let first = if a $less b { a } else { b };
            let second = if b $less a { b } else { a };
            let ordered = first.to_bits() $join second.to_bits();
            let is_unordered = $bits::from(a.is_nan() | b.is_nan()).wrapping_neg();
            $float::from_bits((ordered & !is_unordered) | ($sum(a, b).to_bits() & is_unordered))
        }
    )* };
}

define_extremum! {
    f32_min: f32 u32, < | f32_sum;
    f64_min: f64 u64, < | f64_sum;
    f32_max: f32 u32, > & f32_sum;
    f64_max: f64 u64, > & f64_sum;
}

/// Converts to the wider format.
#[inline(always)]
pub(crate) fn promote(x: f32) -> f64 {
    let wide = f64::from(x);
    // Conversions in software, where the processor has none, leave signaling NaNs as they are.
    const MAKES_QUIET: bool = cfg!(any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64"
    ));
    if MAKES_QUIET || !wide.is_nan() {
        wide
    } else {
        f64::from_bits(wide.to_bits() | 1 << 51)
    }
}

/// Square root without `std`.
#[cfg(any(test, not(feature = "std")))]
mod integer {
    /// A finite value other than zero as an integer with its highest bit at `fraction_bits`, and the
    /// power of two to multiply it with.
    fn significand(bits: u64, fraction_bits: i32, bias: i32) -> (u64, i32) {
        let exponent_mask = 2 * bias + 1;
        let biased = (bits >> fraction_bits) as i32 & exponent_mask;
        let fraction = bits & ((1 << fraction_bits) - 1);
        let exponent = biased.max(1) - bias - fraction_bits;
        if biased != 0 {
            return (fraction | 1 << fraction_bits, exponent);
        }
        let shift = fraction.leading_zeros() as i32 - (63 - fraction_bits);
        (fraction << shift, exponent - shift)
    }

    /// Defines a square root by that of a wide integer, which gives one bit more than the format has.
    /// That bit set with nothing behind it would make the square longer than an operand can be, so
    /// there are no ties to round.
    macro_rules! define_sqrt {
        ($($name:ident: $float:ident $bits:ident $wide:ident, $fraction_bits:literal, $bias:literal;)*) => { $(
            pub(super) fn $name(x: $float) -> $float {
                if x == 0.0 || x.is_nan() || x == $float::INFINITY {
                    return x + x;
                }
                if x < 0.0 {
                    return $float::NAN;
                }
                let (mut mantissa, mut exponent) =
                    significand(u64::from(x.to_bits()), $fraction_bits, $bias);
                if (exponent - $fraction_bits) % 2 != 0 {
                    mantissa <<= 1;
                    exponent -= 1;
                }
                let root = ($wide::from(mantissa as $bits) << ($fraction_bits + 2)).isqrt() as $bits;
                let biased = (exponent - $fraction_bits) / 2 + $fraction_bits + $bias;
                // The highest bit of the rounded root adds one to the exponent.
                $float::from_bits(((biased as $bits - 1) << $fraction_bits) + root.div_ceil(2))
            }
        )* };
    }

    define_sqrt! {
        f32_sqrt: f32 u32 u64, 23, 127;
        f64_sqrt: f64 u64 u128, 52, 1023;
    }
}

#[cfg(test)]
mod tests;
