//! Makes large standard inputs that are the same everywhere, from a line `<kind> <seed> <bytes>`: whole items
//! are appended until the text has at least that many bytes.

/// The text that `description` names; `None` when it names none.
pub(crate) fn generate(description: &str) -> Option<Vec<u8>> {
    let mut parts = description.split(' ');
    let (kind, seed, bytes) = (
        parts.next()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    );
    if seed == 0 || parts.next().is_some() {
        return None;
    }
    let mut random = Random(seed);
    let mut text = String::new();
    match kind {
        "words" => repeat(&mut text, bytes, |text| push_word(text, &mut random)),
        "numbers" => repeat(&mut text, bytes, |text| push_number(text, &mut random)),
        "markdown" => repeat(&mut text, bytes, |text| push_section(text, &mut random)),
        "json" => push_json(&mut text, bytes, &mut random),
        _ => return None,
    }
    Some(text.into_bytes())
}

/// The generator xorshift64*; its state must not be 0.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: u64) -> u64 {
        (self.next() >> 33) % limit
    }

    /// A word of a vocabulary of 900, in which earlier ones are more frequent.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 30] = [
            "ka", "lo", "mi", "ne", "ru", "sa", "te", "vo", "wi", "zu", "bra", "cle", "dri", "fro",
            "gna", "hel", "jun", "kor", "lim", "mor", "nus", "pel", "qua", "rin", "sto", "tar",
            "urb", "vex", "xen", "yld",
        ];
        let index = (self.below(900) * self.below(900) / 900) as usize;
        format!("{}{}", SYLLABLES[index / 30], SYLLABLES[index % 30])
    }
}

fn repeat(text: &mut String, bytes: usize, mut push: impl FnMut(&mut String)) {
    while text.len() < bytes {
        push(text);
    }
}

/// A word, after which a line ends one time in ten; sometimes with a capital letter or a comma.
fn push_word(text: &mut String, random: &mut Random) {
    let word = random.word();
    match random.below(12) {
        0 => text.push_str(&word.to_uppercase()),
        1 => text.extend([word.as_str(), ","]),
        _ => text.push_str(&word),
    }
    text.push(if random.below(10) == 0 { '\n' } else { ' ' });
}

/// A decimal between -1,000,000 and 1,000,000 with three places, on a line of its own.
fn push_number(text: &mut String, random: &mut Random) {
    text.push_str(&decimal(random));
    text.push('\n');
}

fn decimal(random: &mut Random) -> String {
    let sign = if random.below(2) == 0 { "-" } else { "" };
    format!(
        "{sign}{}.{:03}",
        random.below(1_000_000),
        random.below(1000)
    )
}

/// An array of records without white space.
fn push_json(text: &mut String, bytes: usize, random: &mut Random) {
    text.push('[');
    let mut id = 0;
    repeat(text, bytes, |text| {
        let separator = if id == 0 { "" } else { "," };
        let (name, value, tag, flag) = (
            random.word(),
            decimal(random),
            random.word(),
            random.below(2) == 0,
        );
        text.push_str(&format!(
            r#"{separator}{{"name":"{name}","id":{id},"value":{value},"tags":["{tag}","\u00e9\n"],"#
        ));
        text.push_str(&format!(r#""nested":{{"flag":{flag},"none":null}}}}"#));
        id += 1;
    });
    text.push(']');
}

/// A heading, a paragraph with inline marks, a list, and by turns code or a table.
fn push_section(text: &mut String, random: &mut Random) {
    let level = 1 + random.below(6) as usize;
    text.push_str(&format!(
        "{} {} {}\n\n",
        "#".repeat(level),
        random.word(),
        random.word()
    ));
    for _ in 0..20 + random.below(30) {
        let word = random.word();
        let marked = match random.below(12) {
            0 => format!("*{word}*"),
            1 => format!("**{word}**"),
            2 => format!("`{word}`"),
            3 => format!("[{word}](https://example.org/{word} \"{word}\")"),
            4 => format!("~~{word}~~ &amp;"),
            _ => word,
        };
        text.push_str(&marked);
        text.push(if random.below(9) == 0 { '\n' } else { ' ' });
    }
    text.push_str("\n\n");
    for _ in 0..2 + random.below(5) {
        text.push_str(&format!(
            "{}- {}\n",
            "  ".repeat(random.below(2) as usize),
            random.word()
        ));
    }
    if random.below(2) == 0 {
        text.push_str(&format!(
            "\n```text\n{} < {}\n```\n\n",
            random.word(),
            random.word()
        ));
    } else {
        text.push_str(&format!(
            "\n| {} | {} |\n|:---|---:|\n| a | {} |\n\n",
            random.word(),
            random.word(),
            decimal(random)
        ));
    }
}
