//! Moves `size` times 4 KiB byte by byte, in the way of a loop over `*to++ = *from++`, with a change on the way.

use support::{Checksum, Random};

support::case!(work);

const BYTES: usize = 4096;

fn work(size: u32) -> u64 {
    let mut random = Random::new(0xB17E);
    let mut from: Vec<u8> = (0..BYTES).map(|_| random.next() as u8).collect();
    let mut to = vec![0_u8; BYTES];
    for round in 0..size {
        let mut previous = round as u8;
        for (to, from) in to.iter_mut().zip(&from) {
            *to = from.wrapping_add(previous >> 7);
            previous = *to;
        }
        std::mem::swap(&mut from, &mut to);
    }
    let mut checksum = Checksum::new();
    checksum.add_bytes(&from);
    checksum.add_bytes(&to);
    checksum.get()
}
