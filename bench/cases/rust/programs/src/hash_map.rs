//! Counts the pairs of words of a text of `size` sentences in a hash map with control bytes, and removes half of them.

use hashbrown::HashMap;
use support::{Checksum, Random, sentence};

support::case!(work);

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x4A5);
    let text: Vec<String> = (0..size).map(|_| sentence(&mut random)).collect();
    let text = text.join(" ");
    let words: Vec<&str> = text.split(' ').collect();
    let mut counts: HashMap<(&str, &str), u64> = HashMap::new();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, pair) in words.windows(2).enumerate() {
        *counts.entry((pair[0], pair[1])).or_insert(0) += 1;
        places.entry(pair[0]).or_default().push(place);
    }
    for word in words.iter().step_by(2) {
        places.remove(word);
    }
    counts.retain(|(first, _), count| *count > 1 || places.contains_key(first));
    // The order of a map is its own, so that the checksum must not depend on it.
    let mut sum = 0_u64;
    for ((first, second), count) in &counts {
        let mut checksum = Checksum::new();
        checksum.add_bytes(first.as_bytes());
        checksum.add_bytes(second.as_bytes());
        checksum.add(*count);
        sum = sum.wrapping_add(checksum.get());
    }
    sum ^ places
        .values()
        .map(|places| places.iter().sum::<usize>() as u64)
        .sum::<u64>()
}
