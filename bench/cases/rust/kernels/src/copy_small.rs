//! `size` copies and fills of 1 to 64 bytes at changing addresses: the cost of each `memory.copy` and `memory.fill`.

use support::{Checksum, Random};

support::case!(work);

const BYTES: usize = 8192;

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x5A11);
    let mut memory: Vec<u8> = (0..BYTES).map(|_| random.next() as u8).collect();
    for _ in 0..size {
        let bits = random.next();
        let (from, to, length) = (
            bits as usize % 4096,
            (bits >> 16) as usize % 4096,
            (bits >> 32) as usize % 64 + 1,
        );
        memory.copy_within(from..from + length, to + 4000);
        let (at, length) = ((bits >> 40) as usize % 4096, (bits >> 52) as usize % 64 + 1);
        memory[at..at + length].fill(bits as u8);
    }
    let mut checksum = Checksum::new();
    checksum.add_bytes(&memory);
    checksum.get()
}
