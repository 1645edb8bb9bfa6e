//! Counts lines, words and bytes of standard input and prints the ten most frequent words.
//! A word is a run of bytes other than ASCII white space, in ASCII lower case. Ties are in byte order.

use std::collections::HashMap;
use std::io::{self, Read, Write};

fn main() -> io::Result<()> {
    let mut text = Vec::new();
    io::stdin().lock().read_to_end(&mut text)?;

    let lines = text.iter().filter(|&&byte| byte == b'\n').count();
    let mut counts: HashMap<Vec<u8>, u64> = HashMap::new();
    let mut words = 0_u64;
    for word in text
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty())
    {
        *counts.entry(word.to_ascii_lowercase()).or_default() += 1;
        words += 1;
    }
    let mut ranking: Vec<_> = counts.into_iter().collect();
    ranking.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));

    let mut out = io::stdout().lock();
    writeln!(out, "lines {lines}\nwords {words}\nbytes {}", text.len())?;
    for (word, count) in ranking.iter().take(10) {
        writeln!(out, "{count:8} {}", String::from_utf8_lossy(word))?;
    }
    Ok(())
}
