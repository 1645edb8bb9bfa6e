//! Turns a document of `size` blocks from Markdown into HTML.

use pulldown_cmark::{Options, Parser, html};
use support::{Checksum, Random, sentence, word};

support::case!(work);

fn block(random: &mut Random) -> String {
    let text = sentence(random);
    let short = word(random);
    match random.below(8) {
        0 => format!("{} {text}\n\n", "#".repeat(1 + random.below(4) as usize)),
        1 => format!(
            "* {text}\n* [{short}](http://{short}.org \"{short}\")\n    1. `{short}`\n    2. {text}\n\n"
        ),
        2 => format!(
            "> {text}\n> > {} &amp; <b>{short}</b>\n\n",
            sentence(random)
        ),
        3 => format!("```rust\nlet {short} = \"{text}\";\n```\n\n"),
        4 => format!("| {short} | b |\n|:--|--:|\n| {text} | **{short}** |\n| ~~x~~ | `y` |\n\n"),
        5 => format!(
            "- [ ] {text}\n- [x] *{short}* and [{short}][id]\n\n[id]: <http://{short}.net>\n\n"
        ),
        6 => format!("{text} **{short} _{short}_** {text}[^{short}]\n\n[^{short}]: {text}\n\n"),
        _ => format!("{text} ![{short}](/{short}.png)\\\n{text} <http://{short}.com>\n\n"),
    }
}

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x3D0);
    let text: Vec<String> = (0..size).map(|_| block(&mut random)).collect();
    let text = text.concat();
    let mut output = String::new();
    html::push_html(&mut output, Parser::new_ext(&text, Options::all()));
    let mut checksum = Checksum::new();
    checksum.add_bytes(output.as_bytes());
    checksum.get()
}
