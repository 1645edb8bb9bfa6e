//! Counts the words of a text of `size` sentences in a hash map of the standard library, and ranks them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use support::{Checksum, Random, sentence};

support::case!(work);

/// FNV-1a: the same on every machine, unlike the seeded hash that is the standard one.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x30D);
    let text: Vec<String> = (0..size).map(|_| sentence(&mut random)).collect();
    let text = text.join(" ");
    let mut counts: HashMap<&str, u64, BuildHasherDefault<Fnv>> = HashMap::default();
    for word in text
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        *counts.entry(word).or_default() += 1;
    }
    let mut ranked: Vec<(&str, u64)> = counts.into_iter().collect();
    ranked.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut checksum = Checksum::new();
    for (word, count) in ranked {
        checksum.add_bytes(word.as_bytes());
        checksum.add(count);
    }
    checksum.get()
}
