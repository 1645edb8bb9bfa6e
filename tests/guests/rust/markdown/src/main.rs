//! Turns Markdown on standard input into HTML on standard output: CommonMark with tables, footnotes,
//! strikethrough and task lists.

use pulldown_cmark::{Options, Parser, html};
use std::io::{self, Write};

fn main() -> io::Result<()> {
    let source = io::read_to_string(io::stdin().lock())?;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut page = String::with_capacity(source.len() * 3 / 2);
    html::push_html(&mut page, Parser::new_ext(&source, options));
    io::stdout().lock().write_all(page.as_bytes())
}
