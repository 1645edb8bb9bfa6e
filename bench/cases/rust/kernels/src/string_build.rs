//! Builds `size` lines of text from words, numbers and other lines, and takes some apart: many small allocations.

use std::fmt::Write;
use support::{Checksum, Random, word};

support::case!(work);

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x57A);
    let mut lines: Vec<String> = Vec::new();
    let mut checksum = Checksum::new();
    for number in 0..size {
        let mut line = String::new();
        write!(
            line,
            "{number:>6}: {} = {:#x}",
            word(&mut random),
            random.next() as u16
        )
        .expect("a string takes all");
        if let Some(other) = lines.get(random.below(64) as usize) {
            let reversed: String = other
                .chars()
                .rev()
                .filter(|letter| letter.is_ascii() && !letter.is_ascii_digit())
                .collect();
            line.push_str(&reversed.to_uppercase());
        }
        line.truncate(80);
        line.insert(2, '→');
        checksum.add(line.split(' ').map(str::len).max().unwrap_or(0) as u64);
        lines.push(line.replace("KA", "ka-ka"));
        if lines.len() > 64 {
            lines.swap_remove(random.below(64) as usize);
        }
    }
    checksum.add_bytes(lines.concat().as_bytes());
    checksum.get()
}
