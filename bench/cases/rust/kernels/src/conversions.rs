//! Converts `size` numbers between integers and floating point, of both widths and signs, in every direction.

use support::{Checksum, Random};

support::case!(work);

fn work(size: u32) -> u64 {
    let mut random = Random::new(0xC0);
    let mut checksum = Checksum::new();
    for _ in 0..size {
        let bits = random.next();
        let exact = (bits as i32 >> (bits >> 59)) as f64;
        let large = (bits >> (bits & 31)) as f64;
        let small = f32::from_bits(bits as u32);
        let half = exact * 0.5 + large;
        let narrow = (bits as i64) as f32 + (bits as u32) as f32;
        checksum.add((exact as i32 as u64) ^ (large as i64 as u64) ^ (half as u64));
        checksum.add((small as i32 as u64) << 32 | u64::from(small as u32));
        checksum.add((half.trunc() as u32 as u64) ^ (narrow as u64) ^ (half.floor() as i64 as u64));
        checksum.add(
            u64::from((half as f32).to_bits()) ^ f64::from(narrow.abs().sqrt().ceil()).to_bits(),
        );
    }
    checksum.get()
}
