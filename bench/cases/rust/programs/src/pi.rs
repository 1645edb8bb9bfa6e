//! The first `size` digits of pi, one by one, with numbers of any length.

use num_bigint::BigInt;
use support::Checksum;

support::case!(work);

/// The unbounded spigot of Gibbons, for a continued fraction of pi.
fn work(size: u32) -> u64 {
    let mut checksum = Checksum::new();
    let (mut q, mut r, mut t) = (BigInt::from(1), BigInt::from(0), BigInt::from(1));
    let mut term = 1_u32;
    let mut found = 0;
    while found < size {
        let digit: BigInt = (&q * 3 + &r) / &t;
        if (&q * 4 + &r) / &t == digit {
            checksum.add(digit.iter_u64_digits().next().unwrap_or(0));
            found += 1;
            r = (r - &digit * &t) * 10;
            q *= 10;
        } else {
            r = (&q * 2 + r) * (2 * term + 1);
            t *= 2 * term + 1;
            q *= term;
            term += 1;
        }
    }
    checksum.add_bytes(&t.to_signed_bytes_le());
    checksum.get()
}
