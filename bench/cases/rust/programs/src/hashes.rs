//! SHA-256, SHA-512, SHA3-256 and SHA3-512 of `size` blocks of 1 KiB.

use sha2::{Digest, Sha256, Sha512};
use sha3::{Sha3_256, Sha3_512};
use support::{Checksum, Random};

support::case!(work);

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x4A54);
    let mut block: Vec<u8> = (0..1024).map(|_| random.next() as u8).collect();
    let mut checksum = Checksum::new();
    for round in 0..size as usize {
        let at = round * 64 % 1024;
        let (first, second) = (Sha256::digest(&block), Sha3_256::digest(&block));
        block[at..at + 32].copy_from_slice(&first);
        block[at + 32..at + 64].copy_from_slice(&second);
        checksum.add_bytes(&Sha512::digest(&block));
        checksum.add_bytes(&Sha3_512::digest(&block));
    }
    checksum.get()
}
