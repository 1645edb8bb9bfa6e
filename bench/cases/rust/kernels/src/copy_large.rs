//! `size` times a copy and a fill of 256 KiB: the speed of `memory.copy` and `memory.fill`.

use support::{Checksum, Random};

support::case!(work);

const BYTES: usize = 256 << 10;

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x1A46E);
    let mut memory = vec![0_u8; 4 * BYTES];
    for byte in &mut memory[..BYTES] {
        *byte = random.next() as u8;
    }
    let mut checksum = Checksum::new();
    for round in 0..size as usize {
        let (from, to) = (
            random.below(BYTES as u32) as usize,
            random.below(2 * BYTES as u32) as usize,
        );
        memory.copy_within(from..from + BYTES, to);
        let at = 2 * BYTES + random.below(BYTES as u32) as usize;
        memory[at..at + BYTES].fill(round as u8);
        for probe in [0, 3 * BYTES / 2, at, 4 * BYTES - 1] {
            checksum.add(u64::from(memory[probe]));
        }
    }
    checksum.add_bytes(&memory[..BYTES]);
    checksum.get()
}
