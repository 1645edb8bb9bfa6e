//! Reads Rust source as far as the rules need: tokens, comments, paths and declared modules.
//!
//! Input: the text of a file. Output: a [`Source`], and from it an [`Outline`].
//! Holds: what stands in a comment, a string or a character is never taken for code.

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Lexeme {
    Word(String),
    Text(String),
    Mark(char),
    /// `::`
    PathSeparator,
}

pub(crate) struct Token {
    pub(crate) line: usize,
    pub(crate) lexeme: Lexeme,
}

/// A source file as tokens, with the comments apart: one entry per line of comment.
#[derive(Default)]
pub(crate) struct Source {
    pub(crate) tokens: Vec<Token>,
    pub(crate) comments: Vec<(usize, String)>,
}

impl Source {
    pub(crate) fn word(&self, index: usize) -> Option<&str> {
        match self.tokens.get(index).map(|token| &token.lexeme) {
            Some(Lexeme::Word(word)) => Some(word),
            _ => None,
        }
    }

    pub(crate) fn is_word(&self, index: usize, word: &str) -> bool {
        self.word(index) == Some(word)
    }

    pub(crate) fn is_mark(&self, index: usize, mark: char) -> bool {
        self.tokens
            .get(index)
            .is_some_and(|token| token.lexeme == Lexeme::Mark(mark))
    }

    /// The tokens from `index` spell `pattern`, which has one word or mark per blank-separated part.
    pub(crate) fn spells(&self, index: usize, pattern: &str) -> bool {
        pattern
            .split(' ')
            .enumerate()
            .all(|(offset, part)| match self.tokens.get(index + offset) {
                Some(Token {
                    lexeme: Lexeme::Word(word),
                    ..
                }) => word == part,
                Some(Token {
                    lexeme: Lexeme::Mark(mark),
                    ..
                }) => part.len() == 1 && part.starts_with(*mark),
                _ => false,
            })
    }

    fn is_path_separator(&self, index: usize) -> bool {
        matches!(
            self.tokens.get(index).map(|token| &token.lexeme),
            Some(Lexeme::PathSeparator)
        )
    }
}

struct Lexer<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    pub(crate) line: usize,
    source: Source,
}

/// Splits Rust source into tokens and comments. Lifetimes and numbers are dropped: no rule asks for them.
pub(crate) fn lex(text: &str) -> Source {
    let mut lexer = Lexer {
        rest: text.chars().peekable(),
        line: 1,
        source: Source::default(),
    };
    while let Some(c) = lexer.next() {
        match c {
            '/' if lexer.rest.peek() == Some(&'/') => lexer.line_comment(),
            '/' if lexer.rest.peek() == Some(&'*') => lexer.block_comment(),
            '"' => lexer.text(),
            '\'' => lexer.quote(),
            c if c == '_' || c.is_alphabetic() => lexer.word(c),
            c if c.is_ascii_digit() => drop(lexer.word_rest(c)),
            c if c.is_whitespace() => {}
            ':' if lexer.rest.next_if_eq(&':').is_some() => {
                lexer.push(lexer.line, Lexeme::PathSeparator);
            }
            mark => lexer.push(lexer.line, Lexeme::Mark(mark)),
        }
    }
    lexer.source
}

impl Lexer<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.next();
        self.line += usize::from(c == Some('\n'));
        c
    }

    fn push(&mut self, line: usize, lexeme: Lexeme) {
        self.source.tokens.push(Token { line, lexeme });
    }

    fn line_comment(&mut self) {
        let mut comment = String::new();
        while let Some(c) = self.rest.next_if(|c| *c != '\n') {
            comment.push(c);
        }
        self.source.comments.push((self.line, comment));
    }

    fn block_comment(&mut self) {
        let (mut depth, mut comment) = (0, String::from("/"));
        loop {
            let line = self.line;
            let Some(c) = self.next() else { break };
            if c == '\n' {
                self.source
                    .comments
                    .push((line, std::mem::take(&mut comment)));
                continue;
            }
            if comment.ends_with('/') && c == '*' {
                depth += 1;
                comment.push(' ');
            } else if comment.ends_with('*') && c == '/' {
                depth -= 1;
                comment.push(' ');
            } else {
                comment.push(c);
            }
            if depth == 0 {
                break;
            }
        }
        self.source.comments.push((self.line, comment));
    }

    /// A string after its opening quotation mark.
    fn text(&mut self) {
        let (line, mut text) = (self.line, String::new());
        while let Some(c) = self.next() {
            match c {
                '"' => break,
                '\\' => drop(self.next()),
                c => text.push(c),
            }
        }
        self.push(line, Lexeme::Text(text));
    }

    /// A raw string after its `r`; gives back `false` for a raw identifier.
    fn raw_text(&mut self) -> bool {
        let line = self.line;
        let mut hashes = 0;
        while self.rest.next_if_eq(&'#').is_some() {
            hashes += 1;
        }
        if self.rest.next_if_eq(&'"').is_none() {
            return false;
        }
        let end = format!("\"{}", "#".repeat(hashes));
        let mut text = String::new();
        while !text.ends_with(&end) {
            let Some(c) = self.next() else { break };
            text.push(c);
        }
        text.truncate(text.len().saturating_sub(end.len()));
        self.push(line, Lexeme::Text(text));
        true
    }

    /// A character or a lifetime after its quotation mark.
    fn quote(&mut self) {
        match self.next() {
            Some('\\') => {
                self.next();
                while self.next().is_some_and(|c| c != '\'') {}
            }
            Some(first) if self.rest.next_if_eq(&'\'').is_none() => drop(self.word_rest(first)),
            _ => {}
        }
    }

    fn word_rest(&mut self, first: char) -> String {
        let mut word = String::from(first);
        while let Some(c) = self.rest.next_if(|c| *c == '_' || c.is_alphanumeric()) {
            word.push(c);
        }
        word
    }

    pub(crate) fn word(&mut self, first: char) {
        let line = self.line;
        let word = self.word_rest(first);
        let next = self.rest.peek().copied();
        match (word.as_str(), next) {
            ("r" | "br" | "cr", Some('"' | '#')) if self.raw_text() => {}
            ("b" | "c", Some('"' | '\'')) => {}
            ("r", Some(_)) if self.rest.peek().is_some_and(|c| c.is_alphabetic()) => {}
            _ => self.push(line, Lexeme::Word(word)),
        }
    }
}

/// One path of a source file, with groups (`a::{b, c}`) taken apart.
pub(crate) struct NamedPath {
    pub(crate) line: usize,
    pub(crate) segments: Vec<String>,
    /// What the file calls it, which differs after `as`.
    pub(crate) name: String,
    /// It is called as a macro.
    pub(crate) is_macro: bool,
    /// The module that it stands in, from the crate's root.
    pub(crate) module: Vec<String>,
}

impl NamedPath {
    /// The path from the crate's root, if it is one into this crate.
    pub(crate) fn path_from_root(&self) -> Option<Vec<String>> {
        let mut path = match self.segments.first()?.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => self.module.clone(),
            _ => return None,
        };
        for segment in &self.segments {
            match segment.as_str() {
                "crate" | "self" => {}
                "super" => drop(path.pop()),
                name => path.push(name.to_string()),
            }
        }
        Some(path)
    }

    pub(crate) fn is_in_tests(&self) -> bool {
        self.module.iter().any(|name| name == "tests")
    }
}

/// The paths and the inner modules of a source file.
#[derive(Default)]
pub(crate) struct Outline {
    pub(crate) paths: Vec<NamedPath>,
    /// Modules declared here whose content is in another file.
    pub(crate) declared: Vec<Vec<String>>,
}

pub(crate) fn outline(source: &Source, file_module: Vec<String>) -> Outline {
    let mut outline = Outline::default();
    let mut module = file_module;
    let mut depth = 0;
    let mut opened_at = Vec::new();
    let mut index = 0;
    while index < source.tokens.len() {
        if source.is_mark(index, '{') {
            depth += 1;
        } else if source.is_mark(index, '}') {
            if opened_at.last() == Some(&depth) {
                opened_at.pop();
                module.pop();
            }
            depth -= 1;
        } else if source.is_word(index, "mod") && source.word(index + 1).is_some() {
            let inner = [
                module.as_slice(),
                &[source.word(index + 1).unwrap_or("").to_string()],
            ]
            .concat();
            if source.is_mark(index + 2, '{') {
                depth += 1;
                opened_at.push(depth);
                module = inner;
            } else {
                outline.declared.push(inner);
            }
            index += 2;
        } else if starts_path(source, index) {
            index = path_tree(source, index, &[], &module, &mut outline.paths);
            continue;
        }
        index += 1;
    }
    outline
}

fn starts_path(source: &Source, index: usize) -> bool {
    let continues = index >= 2
        && source.is_path_separator(index - 1)
        && (source.word(index - 2).is_some() || source.is_mark(index - 2, '>'));
    source.word(index).is_some() && source.is_path_separator(index + 1) && !continues
}

/// Takes the path or use tree at `index` apart; gives back the index after it.
fn path_tree(
    source: &Source,
    index: usize,
    prefix: &[String],
    module: &[String],
    paths: &mut Vec<NamedPath>,
) -> usize {
    let line = source.tokens.get(index).map_or(0, |token| token.line);
    let mut push = |segments: Vec<String>, name: &str, is_macro| {
        paths.push(NamedPath {
            line,
            segments,
            name: name.to_string(),
            is_macro,
            module: module.to_vec(),
        });
    };
    let with = |name: &str| [prefix, &[name.to_string()]].concat();
    if source.is_mark(index, '*') {
        push(with("*"), "*", false);
        return index + 1;
    }
    if source.is_mark(index, '{') {
        let mut index = index + 1;
        while index < source.tokens.len() && !source.is_mark(index, '}') {
            index = path_tree(source, index, prefix, module, paths).max(index + 1);
        }
        return index + 1;
    }
    let Some(word) = source.word(index) else {
        return index;
    };
    let segments = with(word);
    let goes_on = source.is_path_separator(index + 1)
        && (source.word(index + 2).is_some()
            || source.is_mark(index + 2, '{')
            || source.is_mark(index + 2, '*'));
    if goes_on {
        return path_tree(source, index + 2, &segments, module, paths);
    }
    if source.is_word(index + 1, "as") {
        push(segments, source.word(index + 2).unwrap_or(word), false);
        return index + 3;
    }
    push(segments, word, source.is_mark(index + 1, '!'));
    index + 1
}

#[test]
fn comments_strings_and_characters_are_no_code() {
    let source = lex(
        "// a\nx /* b /* c */\nd */ y \"e \\\" f\" z 'g' '\\'' 'h: b\"i\" r#\"j\"k\"# r#type b'l' 1_0u8",
    );
    let words: Vec<_> = (0..source.tokens.len())
        .filter_map(|index| source.word(index))
        .collect();
    assert_eq!(words, ["x", "y", "z", "type"]);
    let is_text = |token: &&Token| matches!(token.lexeme, Lexeme::Text(_));
    let text_lines: Vec<_> = source
        .tokens
        .iter()
        .filter(is_text)
        .map(|token| token.line)
        .collect();
    assert_eq!(text_lines, [3, 3, 3]);
    let comment_lines: Vec<_> = source.comments.iter().map(|(line, _)| *line).collect();
    assert_eq!(comment_lines, [1, 2, 3]);
}

#[test]
fn paths_are_taken_apart() {
    let text = "use a::{self, b::{C as D, e}, f::*}; mod m { use super::g; } \
                fn h(x: ::i::J<k::L>) { m!(n::o!()) }";
    let outline = outline(&lex(text), vec!["root".into()]);
    let show = |path: &NamedPath| format!("{}={}", path.name, path.segments.join("::"));
    let paths: Vec<String> = outline.paths.iter().map(show).collect();
    let expected = "self=a::self D=a::b::C e=a::b::e *=a::f::* g=super::g J=i::J L=k::L o=n::o";
    assert_eq!(paths.join(" "), expected);
    assert_eq!(
        outline.paths[4].path_from_root(),
        Some(vec!["root".into(), "g".into()])
    );
    assert!(outline.paths[7].is_macro);
}
