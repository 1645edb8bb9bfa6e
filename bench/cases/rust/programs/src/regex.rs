//! Compiles regular expressions and searches a text of `size` sentences: automata that are built as they run.

use regex::Regex;
use support::{Checksum, Random, sentence};

support::case!(work);

const PATTERNS: [&str; 6] = [
    r"\b(\w+)\s+(\w{2,5})\b",
    r"(?i)ka(lo|mi)+[^.]*?sel",
    r"(?P<year>\d{4})-(?P<month>\d\d)",
    r"\p{Lu}\p{Ll}+(?: [a-z]+){2,4}",
    r"tor|sel|dun|shi|mer|fen|hal|zen|qua",
    r"^(?:\w+ )*?(\w*q\w*).*\.$",
];

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x4E6E);
    let mut text = String::new();
    for _ in 0..size {
        text.push_str(&sentence(&mut random));
        text.push_str(&format!(
            " {:04}-{:02}\n",
            random.below(10_000),
            random.below(100)
        ));
    }
    let mut checksum = Checksum::new();
    for pattern in PATTERNS {
        let regex = Regex::new(pattern).expect("the pattern is valid");
        for found in regex.find_iter(&text) {
            checksum.add((found.start() as u64) << 32 | found.end() as u64);
        }
        for line in text.lines() {
            if let Some(captures) = regex.captures(line) {
                let last = captures
                    .iter()
                    .flatten()
                    .last()
                    .map_or(0, |group| group.start());
                checksum.add(last as u64);
            }
        }
        checksum.add_bytes(regex.replace_all(&text, "<$1>").as_bytes());
    }
    checksum.get()
}
