//! Hashes `size` passwords with Argon2id, each in 64 KiB of memory.

use argon2::{Algorithm, Argon2, Params, Version};
use support::Checksum;

support::case!(work);

fn work(size: u32) -> u64 {
    let params = Params::new(64, 1, 1, Some(32)).expect("the parameters are possible");
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut checksum = Checksum::new();
    let mut password = [7_u8; 32];
    for round in 0..size {
        let mut hash = [0; 32];
        argon2
            .hash_password_into(&password, &[round as u8; 16], &mut hash)
            .expect("the lengths are possible");
        checksum.add_bytes(&hash);
        password = hash;
    }
    checksum.get()
}
