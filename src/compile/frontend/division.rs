//! Divisions by constants: multiplications, shifts and sums instead.
//!
//! Holds: the results are those of the division, for all operands; what can trap stays a division.
//!
//! A quotient is the product with a multiple of the reciprocal that is rounded up, of which the low bits are dropped:
//! for a divisor d, a multiplier m and a shift p with m d = 2^p + e, the product n m / 2^p is n / d + (n / d)(e /
//! 2^p), and what is too much does not reach the next integer if n e < 2^p. The smallest p that does is taken.
//!
//! Reference: Granlund and Montgomery, Division by Invariant Integers using Multiplication, 1994.

use super::Builder;
use crate::compile::ir::ops::Op;
use crate::compile::ir::{Type, Value};

/// Operations on integers of one width.
struct Width {
    bits: u32,
    add: Op,
    sub: Op,
    mul: Op,
    and: Op,
    shr_s: Op,
    shr_u: Op,
}

const NARROW: Width = Width {
    bits: 32,
    add: Op::I32Add,
    sub: Op::I32Sub,
    mul: Op::I32Mul,
    and: Op::I32And,
    shr_s: Op::I32ShrS,
    shr_u: Op::I32ShrU,
};

const WIDE: Width = Width {
    bits: 64,
    add: Op::I64Add,
    sub: Op::I64Sub,
    mul: Op::I64Mul,
    and: Op::I64And,
    shr_s: Op::I64ShrS,
    shr_u: Op::I64ShrU,
};

/// The multiplier and the shift, the smallest from `shift` on, with which quotients by `divisor` of numbers up to
/// 2^`bits` are right. None if no multiplier of at most `most_bits` bits does.
fn multiplier(divisor: u64, bits: u32, shift: u32, most_bits: u32) -> Option<(u64, u32)> {
    (shift..shift + most_bits).find_map(|shift| {
        let power = 1_u128 << shift;
        let multiplier = power / u128::from(divisor) + 1;
        let excess = multiplier * u128::from(divisor) - power;
        let is_right = excess <= power >> bits && multiplier >> most_bits == 0;
        is_right.then_some((multiplier as u64, shift))
    })
}

impl Builder<'_> {
    /// The value of a division or a remainder whose divisor is a constant; none if it is another operation, or stays
    /// what it is.
    pub(super) fn divided_by_constant(
        &mut self,
        op: Op,
        dividend: Value,
        divisor: u64,
    ) -> Option<Value> {
        let (width, is_signed, is_remainder) = match op {
            Op::I32DivS => (NARROW, true, false),
            Op::I32DivU => (NARROW, false, false),
            Op::I32RemS => (NARROW, true, true),
            Op::I32RemU => (NARROW, false, true),
            Op::I64DivS => (WIDE, true, false),
            Op::I64DivU => (WIDE, false, false),
            Op::I64RemS => (WIDE, true, true),
            Op::I64RemU => (WIDE, false, true),
            _ => return None,
        };
        if divisor == 0 {
            return None;
        }
        if !is_signed {
            // Powers of two have become shifts and masks.
            let quotient = self.unsigned_quotient(&width, dividend, divisor);
            return Some(self.quotient_or_remainder(
                &width,
                is_remainder,
                quotient,
                dividend,
                divisor,
            ));
        }
        let signed = if width.bits == 32 {
            i64::from(divisor as i32)
        } else {
            divisor as i64
        };
        match (signed, is_remainder) {
            (1 | -1, true) => Some(self.constant(self.function.ty(dividend), 0)),
            (1 | -1, false) => None,
            _ if signed.unsigned_abs().is_power_of_two() => {
                Some(self.divided_by_power(&width, is_remainder, dividend, signed))
            }
            _ => {
                let quotient = self.signed_quotient(&width, dividend, signed);
                Some(self.quotient_or_remainder(&width, is_remainder, quotient, dividend, divisor))
            }
        }
    }

    fn quotient_or_remainder(
        &mut self,
        width: &Width,
        is_remainder: bool,
        quotient: Value,
        dividend: Value,
        divisor: u64,
    ) -> Value {
        if !is_remainder {
            return quotient;
        }
        let product = self.with(width.mul, quotient, divisor);
        self.of_two(width.sub, dividend, product)
    }

    fn unsigned_quotient(&mut self, width: &Width, dividend: Value, divisor: u64) -> Value {
        if width.bits == 32 {
            let dividend = self.of_one(Op::I64ExtendI32U, dividend);
            let quotient = match multiplier(divisor, 32, 32, 32) {
                Some((multiplier, shift)) => {
                    let product = self.with(Op::I64Mul, dividend, multiplier);
                    self.with(Op::I64ShrU, product, shift.into())
                }
                // With 64 bits the reciprocal is exact enough for all numbers of 32.
                None => self.high_half(Op::MulHighU, dividend, u64::MAX / divisor + 1),
            };
            return self.of_one(Op::I32WrapI64, quotient);
        }
        if let Some((multiplier, shift)) = multiplier(divisor, 64, 64, 64) {
            let high = self.high_half(Op::MulHighU, dividend, multiplier);
            return self.with(Op::I64ShrU, high, (shift - 64).into());
        }
        let zeros = divisor.trailing_zeros();
        if zeros > 0 {
            // What is left of the dividend has fewer bits, so that a smaller multiplier is exact enough.
            let dividend = self.with(Op::I64ShrU, dividend, zeros.into());
            if let Some((multiplier, shift)) = multiplier(divisor >> zeros, 64 - zeros, 64, 64) {
                let high = self.high_half(Op::MulHighU, dividend, multiplier);
                return self.with(Op::I64ShrU, high, (shift - 64).into());
            }
        }
        // The multiplier has 65 bits, the highest of which is added by hand.
        let shift = 64 - (divisor - 1).leading_zeros();
        // The divisor does not divide the power of two, so one less makes no difference.
        let low = ((u128::MAX >> (64 - shift)) / u128::from(divisor) + 1) as u64;
        let high = self.high_half(Op::MulHighU, dividend, low);
        let rest = self.of_two(Op::I64Sub, dividend, high);
        let half = self.with(Op::I64ShrU, rest, 1);
        let sum = self.of_two(Op::I64Add, half, high);
        self.with(Op::I64ShrU, sum, (shift - 1).into())
    }

    /// The quotient by a divisor whose absolute value is no power of two: the product, rounded toward the lesser
    /// integer, and one more if the dividend is negative.
    fn signed_quotient(&mut self, width: &Width, dividend: Value, divisor: i64) -> Value {
        let absolute = divisor.unsigned_abs();
        let quotient = if width.bits == 32 {
            let (multiplier, shift) = multiplier(absolute, 31, 32, 32).unwrap_or_default();
            let wide = self.of_one(Op::I64ExtendI32S, dividend);
            let product = self.with(Op::I64Mul, wide, multiplier);
            let shifted = self.with(Op::I64ShrS, product, shift.into());
            self.of_one(Op::I32WrapI64, shifted)
        } else {
            let (multiplier, shift) = multiplier(absolute, 63, 64, 64).unwrap_or_default();
            let mut high = self.high_half(Op::MulHighS, dividend, multiplier);
            if multiplier as i64 <= 0 {
                // It was taken for a number that is 2^64 less.
                high = self.of_two(Op::I64Add, high, dividend);
            }
            self.with(Op::I64ShrS, high, (shift - 64).into())
        };
        let sign = self.with(width.shr_s, dividend, (width.bits - 1).into());
        if divisor < 0 {
            self.of_two(width.sub, sign, quotient)
        } else {
            self.of_two(width.sub, quotient, sign)
        }
    }

    /// A quotient or remainder by a power of two, or the negative of one: negative dividends are made greater first, so
    /// that the shift rounds them toward zero.
    fn divided_by_power(
        &mut self,
        width: &Width,
        is_remainder: bool,
        dividend: Value,
        divisor: i64,
    ) -> Value {
        let exponent = divisor.trailing_zeros();
        let sign = self.with(width.shr_s, dividend, (width.bits - 1).into());
        let more = self.with(width.shr_u, sign, (width.bits - exponent).into());
        let sum = self.of_two(width.add, dividend, more);
        if is_remainder {
            let multiple = self.with(width.and, sum, !0 << exponent);
            return self.of_two(width.sub, dividend, multiple);
        }
        let quotient = self.with(width.shr_s, sum, exponent.into());
        if divisor > 0 {
            return quotient;
        }
        let zero = self.constant(self.function.ty(dividend), 0);
        self.of_two(width.sub, zero, quotient)
    }

    fn of_one(&mut self, op: Op, a: Value) -> Value {
        self.simplified(op, [a.0, 0, 0])
    }

    fn of_two(&mut self, op: Op, a: Value, b: Value) -> Value {
        self.simplified(op, [a.0, b.0, 0])
    }

    /// An operation of a value and a constant of the same type.
    fn with(&mut self, op: Op, a: Value, constant: u64) -> Value {
        let ty = self.function.ty(a);
        let bits = if ty == Type::I32 {
            constant & u64::from(u32::MAX)
        } else {
            constant
        };
        let constant = self.constant(ty, bits);
        self.of_two(op, a, constant)
    }

    fn high_half(&mut self, op: Op, a: Value, constant: u64) -> Value {
        let constant = self.constant(Type::I64, constant);
        self.pure(op, Type::I64, 0, [a.0, constant.0, 0])
    }
}
