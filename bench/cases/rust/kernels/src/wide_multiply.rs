//! Montgomery products of 256-bit numbers, `size` times: products of 64 by 64 bits, and carries.

use support::{Checksum, Random};

support::case!(work);

const LIMBS: usize = 4;
type Number = [u64; LIMBS];

/// The prime of the curve secp256k1.
const MODULUS: Number = [0xFFFF_FFFE_FFFF_FC2F, u64::MAX, u64::MAX, u64::MAX];
/// The negated inverse of the lowest limb of the modulus.
const INVERSE: u64 = {
    let mut inverse = 1_u64;
    let mut step = 0;
    while step < 6 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(MODULUS[0].wrapping_mul(inverse)));
        step += 1;
    }
    inverse.wrapping_neg()
};

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x128);
    let mut a: Number = std::array::from_fn(|_| random.next());
    let mut b: Number = std::array::from_fn(|_| random.next() >> 1);
    for _ in 0..size {
        let product = multiply(&a, &b);
        b = multiply(&a, &a);
        a = product;
    }
    let mut checksum = Checksum::new();
    for limb in a.into_iter().chain(b) {
        checksum.add(limb);
    }
    checksum.get()
}

/// `a * b / 2^256` modulo the modulus.
fn multiply(a: &Number, b: &Number) -> Number {
    let mut sum = [0_u64; LIMBS + 2];
    for &right in b {
        let mut carry = 0;
        for (limb, &left) in sum.iter_mut().zip(a) {
            (*limb, carry) = multiply_add(left, right, *limb, carry);
        }
        let overflow;
        (sum[LIMBS], overflow) = sum[LIMBS].overflowing_add(carry);
        sum[LIMBS + 1] = u64::from(overflow);
        let factor = sum[0].wrapping_mul(INVERSE);
        let (_, mut carry) = multiply_add(factor, MODULUS[0], sum[0], 0);
        for index in 1..LIMBS {
            (sum[index - 1], carry) = multiply_add(factor, MODULUS[index], sum[index], carry);
        }
        let overflow;
        (sum[LIMBS - 1], overflow) = sum[LIMBS].overflowing_add(carry);
        sum[LIMBS] = sum[LIMBS + 1] + u64::from(overflow);
    }
    reduce(&sum)
}

/// The low and the high half of `a * b + c + d`, which has no more than 128 bits.
fn multiply_add(a: u64, b: u64, c: u64, d: u64) -> (u64, u64) {
    let sum = u128::from(a) * u128::from(b) + u128::from(c) + u128::from(d);
    (sum as u64, (sum >> 64) as u64)
}

fn reduce(sum: &[u64; LIMBS + 2]) -> Number {
    let mut result = [0; LIMBS];
    let mut borrow = false;
    for index in 0..LIMBS {
        let (first, a) = sum[index].overflowing_sub(MODULUS[index]);
        let (second, b) = first.overflowing_sub(u64::from(borrow));
        result[index] = second;
        borrow = a | b;
    }
    if borrow && sum[LIMBS] == 0 {
        result.copy_from_slice(&sum[..LIMBS]);
    }
    result
}
