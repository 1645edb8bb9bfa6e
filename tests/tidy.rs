//! The rules of this repository that a program can check, each as one test.
//!
//! Input: the files of the work tree. Output: a list of `file:line: what is wrong, and what to do`.
//! Holds: every rule is a function from files to findings, and the small inputs in `tidy/cases.txt` show that each
//! finds what it is for, so that none passes only because it sees nothing.

#[path = "tidy/documents.rs"]
mod documents;
#[path = "tidy/rust.rs"]
mod rust;

use documents::links_lead_somewhere;
use rust::{Lexeme, Source, Token, lex, outline};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

/// The layers of the library, low to high. A module imports from lower rows and from itself, never from its own row.
const LAYERS: &[&[&str]] = &[
    &["ordered_map", "weak_list"],
    &["sys"],
    &["wasm"],
    &["error"],
    &["module"],
    &["decode"],
    &["validate"],
    &["runtime"],
    &["interp", "compile"],
    &["native"],
    &["embed"],
    &["wasi"],
    &["inspect"],
];

/// What a module may know of another only in part: (importer, imported, the one submodule that it may name).
const PARTIAL: &[(&str, &str, &str)] = &[("compile", "runtime", "layout")];

/// Paths of the standard library that reach the operating system: only `sys` names them.
const SYSTEM_PATHS: &[&[&str]] = &[
    &["std", "env"],
    &["std", "fs"],
    &["std", "net"],
    &["std", "os"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "time"],
    &["io", "stdin"],
    &["io", "stdout"],
    &["io", "stderr"],
];

/// Macros that no file may call, and what to do instead.
const BANNED_MACROS: &[(&str, &str)] = &[
    (
        "todo",
        "write it, or return an error of the kind `unsupported`",
    ),
    (
        "unimplemented",
        "write it, or return an error of the kind `unsupported`",
    ),
    ("dbg", "remove the debugging aid"),
];

/// Macros that print: the library talks to its embedder through values, never through the standard streams.
const PRINTING_MACROS: &[&str] = &["print", "println", "eprint", "eprintln"];

/// Words that mark unfinished work. They are looked for in comments and documents.
const UNFINISHED: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];

/// Text that names the machine or the registry that a file was made with. Each is split here, so that this file
/// passes.
const PRIVATE: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/tm", "p/w/"),
    concat!("crates", ".io"),
    concat!("npm", "js.org"),
    concat!("py", "pi.org"),
    concat!("deb", ".debian.org"),
];

/// Tables with one row per line, which are easier to read wide than wrapped.
const WIDE_TABLES: &[&str] = &["src/wasm/opcodes.rs", "src/compile/x64/instructions.rs"];

const MAX_SOURCE_LINES: usize = 1_200;
const MAX_EXAMPLE_LINES: usize = 79;
const MAX_COLUMNS: usize = 120;

/// How many lines of code may stand between a safety comment and the unsafe code that it explains.
const SAFETY_DISTANCE_LINES: usize = 3;

/// Folders whose content is made by tools; so is that of hidden folders, but for these.
const GENERATED: &[&str] = &["target", "node_modules", "corpus", "artifacts"];
const HIDDEN: &[&str] = &[".ci", ".github", ".cargo"];

struct Finding {
    path: String,
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

fn finding(file: &File, line: usize, message: impl Into<String>) -> Finding {
    Finding {
        path: file.path.clone(),
        line,
        message: message.into(),
    }
}

/// A file of the work tree; `path` is relative to its root and has forward slashes.
struct File {
    path: String,
    bytes: Vec<u8>,
}

impl File {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or("")
    }

    fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    fn is_library(&self) -> bool {
        self.is_rust() && self.path.starts_with("src/")
    }

    /// Documents that people write; the inputs of test programs are data.
    fn is_document(&self) -> bool {
        self.path.ends_with(".md")
            && (!self.path.starts_with("tests/") || self.path.ends_with("/README.md"))
    }

    /// The module that the file is, as its path says: `src/a/b.rs` and `src/a/b/mod.rs` are both `a::b`.
    fn module(&self) -> Vec<String> {
        let path = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let path = path.strip_suffix(".rs").unwrap_or(path);
        let mut module: Vec<String> = path.split('/').map(String::from).collect();
        if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
            module.pop();
        }
        module
    }
}

/// All files of the work tree, sorted by path.
fn tree() -> Vec<File> {
    fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) {
        for entry in fs::read_dir(folder).expect("a folder of the work tree is readable") {
            let path = entry.expect("an entry of the work tree is readable").path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or("");
            if path.is_dir() {
                let is_ours = !name.starts_with('.') || HIDDEN.contains(&name);
                if is_ours && !GENERATED.contains(&name) {
                    walk(root, &path, files);
                }
            } else if let Ok(bytes) = fs::read(&path) {
                let relative = path
                    .strip_prefix(root)
                    .expect("the walk stays below the root");
                files.push(File {
                    path: relative.to_string_lossy().replace('\\', "/"),
                    bytes,
                });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    walk(root, root, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

type Rule = fn(&[File]) -> Vec<Finding>;

/// Applies a rule to the work tree.
fn check(rule: Rule) {
    let files = tree();
    assert!(
        files.iter().any(|file| file.path == "src/lib.rs"),
        "the work tree was not found"
    );
    let findings: Vec<String> = rule(&files).iter().map(Finding::to_string).collect();
    assert!(
        findings.is_empty(),
        "{} findings\n{}\n",
        findings.len(),
        findings.join("\n")
    );
}

fn row_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// What `src/lib.rs` re-exports at the crate's root, and the module that each name comes from.
fn reexports(files: &[File]) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for file in files.iter().filter(|file| file.path == "src/lib.rs") {
        for path in outline(&lex(file.text()), Vec::new()).paths {
            let from_root = path
                .segments
                .iter()
                .find(|segment| !matches!(segment.as_str(), "crate" | "self"));
            if let Some(module) = from_root.filter(|module| row_of(module).is_some()) {
                names.insert(path.name, module.clone());
            }
        }
    }
    names
}

fn layers(files: &[File]) -> Vec<Finding> {
    let reexports = reexports(files);
    let mut findings = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.is_library() && file.path != "src/lib.rs")
    {
        let module = file.module();
        let own = module.first().map_or("", String::as_str);
        let Some(own_row) = row_of(own) else {
            findings.push(finding(
                file,
                1,
                format!("`{own}` is in no layer: give it a row of LAYERS in tests/tidy.rs"),
            ));
            continue;
        };
        for path in outline(&lex(file.text()), module.clone()).paths {
            let Some(from_root) = path.path_from_root() else {
                continue;
            };
            let mut target = from_root.first().map_or("*", String::as_str);
            if row_of(target).is_none() {
                if path.is_macro && from_root.len() == 1 {
                    continue;
                }
                let Some(module) = reexports.get(target) else {
                    let message = format!(
                        "`{target}` is taken from the crate's root: name the module it is in"
                    );
                    findings.push(finding(file, path.line, message));
                    continue;
                };
                target = module;
            }
            let partial = PARTIAL
                .iter()
                .find(|partial| partial.0 == own && partial.1 == target);
            if let Some((_, _, part)) =
                partial.filter(|partial| from_root.get(1).is_none_or(|name| name != partial.2))
            {
                let message =
                    format!("`{own}` may use only `{target}::{part}`: move what it needs there");
                findings.push(finding(file, path.line, message));
            } else if target != own && row_of(target).is_some_and(|row| row >= own_row) {
                let message = format!(
                    "`{own}` imports from `{target}`, which is not below it: see LAYERS in tests/tidy.rs"
                );
                findings.push(finding(file, path.line, message));
            }
        }
    }
    findings
}

fn only_sys_calls_the_system(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.is_library() && !file.path.starts_with("src/sys"))
    {
        let source = lex(file.text());
        for (index, token) in source.tokens.iter().enumerate() {
            let has_abi = matches!(
                source.tokens.get(index + 1),
                Some(Token {
                    lexeme: Lexeme::Text(_),
                    ..
                })
            );
            if source.is_word(index, "extern")
                && source.is_mark(index + 1 + usize::from(has_abi), '{')
            {
                let message = "foreign functions are declared in `sys` only: put a safe function there and call it";
                findings.push(finding(file, token.line, message));
            }
        }
        for path in outline(&source, file.module())
            .paths
            .iter()
            .filter(|path| !path.is_in_tests())
        {
            let reaches_system = |system: &&&[&str]| {
                path.segments
                    .windows(system.len())
                    .any(|window| window == **system)
                    && (system[0] != "std" || path.segments[0] == "std")
            };
            if let Some(system) = SYSTEM_PATHS.iter().find(reaches_system) {
                let message = format!(
                    "`{}` reaches the operating system: only `sys` may",
                    system.join("::")
                );
                findings.push(finding(file, path.line, message));
            }
        }
    }
    findings
}

/// The modules that `src/lib.rs` exempts from `deny(unsafe_code)`.
fn exempt_modules(lib: &Source) -> BTreeSet<String> {
    let is_exemption = |index: &usize| lib.spells(*index, "allow ( unsafe_code");
    let module_after = |index: usize| {
        let end = (index..lib.tokens.len())
            .find(|index| lib.is_mark(*index, ';') || lib.is_mark(*index, '{'))?;
        (index..end)
            .find(|index| lib.is_word(*index, "mod"))
            .and_then(|index| lib.word(index + 1))
    };
    (0..lib.tokens.len())
        .filter(is_exemption)
        .filter_map(module_after)
        .map(String::from)
        .collect()
}

/// What of the command may have unsafe code: to run machine code from a file is a promise that nobody else can make.
const LOADS_MACHINE_CODE: &str = "crates/cli/src/load.rs";

fn unsafe_code_is_confined(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut exempt = BTreeSet::new();
    for file in files.iter().filter(|file| file.path == "src/lib.rs") {
        let source = lex(file.text());
        exempt = exempt_modules(&source);
        if !(0..source.tokens.len())
            .any(|index| source.spells(index, "# ! [ deny ( unsafe_code ) ]"))
        {
            findings.push(finding(
                file,
                1,
                "`#![deny(unsafe_code)]` is gone: put it back",
            ));
        }
    }
    for file in files
        .iter()
        .filter(|file| file.is_library() || file.path.starts_with("crates/") && file.is_rust())
    {
        let source = lex(file.text());
        let module = file.module();
        let may = file.is_library() && module.first().is_some_and(|name| exempt.contains(name))
            || file.path == LOADS_MACHINE_CODE;
        for (index, token) in source.tokens.iter().enumerate() {
            if source.is_word(index, "unsafe") && !may {
                let message = "unsafe code outside the modules that src/lib.rs exempts: use a safe function of theirs";
                findings.push(finding(file, token.line, message));
            }
            if source.is_word(index, "unsafe_code") && file.path != "src/lib.rs" {
                findings.push(finding(
                    file,
                    token.line,
                    "exemptions from `deny(unsafe_code)` stand in src/lib.rs only",
                ));
            }
        }
    }
    findings
}

fn unsafe_code_is_explained(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let source = lex(file.text());
        let code_lines: BTreeSet<usize> = source.tokens.iter().map(|token| token.line).collect();
        let explained: BTreeSet<usize> = source
            .comments
            .iter()
            .filter(|(_, text)| text.contains("SAFETY:"))
            .map(|(line, _)| *line)
            .collect();
        for (index, token) in source.tokens.iter().enumerate() {
            let needs = source.spells(index, "unsafe {") || source.spells(index, "unsafe impl");
            if needs && !is_explained(token.line, &code_lines, &explained) {
                let message = "no `// SAFETY:` comment above: say which check makes this sound, by local reasoning";
                findings.push(finding(file, token.line, message));
            }
        }
    }
    findings
}

/// A line of `explained` is the line itself or above it, with few lines of code between.
fn is_explained(line: usize, code_lines: &BTreeSet<usize>, explained: &BTreeSet<usize>) -> bool {
    let nearest = explained.range(..=line).next_back();
    nearest.is_some_and(|start| code_lines.range(start..&line).count() <= SAFETY_DISTANCE_LINES)
}

fn library_has_no_dependencies(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.path == "Cargo.toml") {
        let mut forbidden = false;
        for (number, line) in (1..).zip(file.text().lines().map(str::trim)) {
            if let Some(header) = line.strip_prefix('[') {
                let header = header.trim_start_matches('[');
                let names_dependency = |table: &str| {
                    let mut parts = header.split(['.', ']']);
                    parts.any(|part| part.trim() == table) && !header.starts_with("workspace")
                };
                forbidden =
                    names_dependency("dependencies") || names_dependency("build-dependencies");
                if forbidden
                    && !header.starts_with("dependencies]")
                    && !header.starts_with("build-dependencies]")
                {
                    findings.push(finding(
                        file,
                        number,
                        "the library has no dependencies: remove this table",
                    ));
                }
            } else if forbidden && !line.is_empty() && !line.starts_with('#') {
                findings.push(finding(
                    file,
                    number,
                    "the library has no dependencies: remove this line",
                ));
            }
        }
    }
    findings
}

fn files_open_with_their_contract(files: &[File]) -> Vec<Finding> {
    let is_ours = |file: &&File| {
        let in_tests = file
            .path
            .strip_prefix("tests/")
            .is_some_and(|rest| !rest.contains('/'));
        file.is_rust()
            && (in_tests
                || ["src/", "crates/", "examples/"]
                    .iter()
                    .any(|folder| file.path.starts_with(folder)))
    };
    let missing = |file: &&File| !file.text().starts_with("//! ");
    let message =
        "the file does not begin with `//! `: say what goes in, what comes out and what holds";
    files
        .iter()
        .filter(is_ours)
        .filter(missing)
        .map(|file| finding(file, 1, message))
        .collect()
}

fn files_can_be_read(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let line_count = file.text().lines().count();
        if file.is_library() && line_count > MAX_SOURCE_LINES {
            let message = format!(
                "{line_count} lines, at most {MAX_SOURCE_LINES}: split the file by what it does"
            );
            findings.push(finding(file, line_count, message));
        }
        if file.path.starts_with("examples/") && file.is_rust() && line_count > MAX_EXAMPLE_LINES {
            let message =
                format!("{line_count} lines, at most {MAX_EXAMPLE_LINES}: show one thing");
            findings.push(finding(file, line_count, message));
        }
        let is_script = matches!(file.path.as_str(), "check" | ".ci/run");
        if (!file.is_rust() && !is_script) || WIDE_TABLES.contains(&file.path.as_str()) {
            continue;
        }
        for (number, line) in (1..).zip(file.text().lines()) {
            let columns = line.chars().count();
            if columns > MAX_COLUMNS && !line.contains("://") {
                findings.push(finding(
                    file,
                    number,
                    format!("{columns} columns, at most {MAX_COLUMNS}: break the line"),
                ));
            }
        }
    }
    findings
}

fn nothing_is_left_unfinished(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        if file.is_rust() {
            let source = lex(file.text());
            for (index, token) in source.tokens.iter().enumerate() {
                for (name, advice) in BANNED_MACROS {
                    if source.is_word(index, name) && source.is_mark(index + 1, '!') {
                        findings.push(finding(file, token.line, format!("`{name}!`: {advice}")));
                    }
                }
                if source.is_word(index, "dead_code") {
                    findings.push(finding(
                        file,
                        token.line,
                        "`dead_code` is allowed: remove the dead code instead",
                    ));
                }
                if source.spells(index, "[ ignore") {
                    let message = "an ignored test: make it pass, or put the case on a list of known failures";
                    findings.push(finding(file, token.line, message));
                }
            }
            for (line, comment) in &source.comments {
                findings.extend(unfinished(file, *line, comment));
            }
        } else if file.is_document()
            || file.path.ends_with(".toml")
            || matches!(&*file.path, "check" | ".ci/run")
        {
            for (number, line) in (1..).zip(file.text().lines()) {
                findings.extend(unfinished(file, number, line));
            }
        }
    }
    findings
}

fn unfinished(file: &File, line: usize, text: &str) -> Option<Finding> {
    let word = text
        .split(|c: char| !c.is_alphanumeric())
        .find(|word| UNFINISHED.contains(word))?;
    Some(finding(
        file,
        line,
        format!("{word}: do it now, or file an issue and say here what holds today"),
    ))
}

fn library_does_not_print(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_test = |file: &&File| file.module().iter().any(|name| name == "tests");
    for file in files
        .iter()
        .filter(|file| file.is_library() && !is_test(file))
    {
        let source = lex(file.text());
        let tests = (0..source.tokens.len()).find(|index| source.spells(*index, "mod tests {"));
        let end = tests.unwrap_or(source.tokens.len());
        for (index, token) in source.tokens[..end].iter().enumerate() {
            if PRINTING_MACROS
                .iter()
                .any(|name| source.is_word(index, name) && source.is_mark(index + 1, '!'))
            {
                let message = "the library prints nothing: return the text, or write to a stream the embedder gave";
                findings.push(finding(file, token.line, message));
            }
        }
    }
    findings
}

fn every_module_is_declared(files: &[File]) -> Vec<Finding> {
    let mut declared = BTreeSet::new();
    for file in files.iter().filter(|file| file.is_library()) {
        let source = lex(file.text());
        declared.extend(
            outline(&source, file.module())
                .declared
                .iter()
                .map(|module| module.join("::")),
        );
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for index in 0..source.tokens.len() {
            if let (true, Some(Lexeme::Text(path))) = (
                source.spells(index, "path ="),
                source.tokens.get(index + 2).map(|token| &token.lexeme),
            ) {
                declared.insert(
                    File {
                        path: format!("{folder}/{path}"),
                        bytes: Vec::new(),
                    }
                    .module()
                    .join("::"),
                );
            }
        }
    }
    let is_lost = |file: &&File| {
        file.is_library()
            && file.path != "src/lib.rs"
            && !declared.contains(&file.module().join("::"))
    };
    let message = "no `mod` declares this file: declare it, or remove it";
    files
        .iter()
        .filter(is_lost)
        .map(|file| finding(file, 1, message))
        .collect()
}

fn nothing_names_this_machine(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files
        .iter()
        .filter(|file| !file.path.ends_with("Cargo.lock"))
    {
        for private in PRIVATE {
            for offset in occurrences(&file.bytes, private.as_bytes()) {
                let line = 1 + file.bytes[..offset]
                    .iter()
                    .filter(|byte| **byte == b'\n')
                    .count();
                let message = format!(
                    "`{private}` tells where the file was made: use a relative path or a variable"
                );
                findings.push(finding(file, line, message));
            }
        }
    }
    findings
}

fn occurrences(bytes: &[u8], pattern: &[u8]) -> Vec<usize> {
    let starts = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == pattern[0])
        .map(|(start, _)| start);
    starts
        .filter(|start| bytes[*start..].starts_with(pattern))
        .collect()
}

/// The command that the README gives for the tests is the one that continuous integration runs.
fn readme_and_ci_run_the_same_tests(files: &[File]) -> Vec<Finding> {
    const COMMAND: &str = "cargo test --workspace";
    let without = |file: &&File| !file.text().lines().any(|line| line.trim() == COMMAND);
    let readers = files
        .iter()
        .filter(|file| matches!(file.path.as_str(), "README.md" | ".ci/run"));
    let message =
        format!("the line `{COMMAND}` is missing: README.md and .ci/run name the same command");
    readers
        .filter(without)
        .map(|file| finding(file, 1, message.clone()))
        .collect()
}

macro_rules! rules {
    ($($test:ident: $rule:ident,)*) => {
        $(
            #[test]
            fn $test() {
                check($rule);
            }
        )*

        const RULES: &[(&str, Rule)] = &[$((stringify!($test), $rule)),*];
    };
}

rules! {
    modules_import_only_from_lower_layers: layers,
    operating_system_is_called_in_sys_only: only_sys_calls_the_system,
    unsafe_code_stands_in_exempt_modules_only: unsafe_code_is_confined,
    unsafe_code_has_a_safety_comment: unsafe_code_is_explained,
    manifest_of_the_library_names_no_dependency: library_has_no_dependencies,
    every_file_opens_with_its_contract: files_open_with_their_contract,
    files_and_lines_are_short_enough: files_can_be_read,
    no_unfinished_work: nothing_is_left_unfinished,
    library_prints_nothing: library_does_not_print,
    every_source_file_is_a_module: every_module_is_declared,
    no_private_path_or_host: nothing_names_this_machine,
    documents_have_no_dead_links: links_lead_somewhere,
    readme_names_the_test_command_of_ci: readme_and_ci_run_the_same_tests,
}

/// A section of `tidy/cases.txt` is named after a rule. It has the files that the rule sees each time
/// (`with FILE = TEXT`) and one case per line: `FILE:LINES = TEXT`, with the lines where the rule finds something.
#[test]
fn rules_find_what_they_are_for() {
    let mut cases_by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    let mut section = ("", Vec::new());
    for line in include_str!("tidy/cases.txt").lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = (name.trim_end_matches(']'), Vec::new());
        } else if let Some((file, text)) = line.split_once(" = ").filter(|_| !line.starts_with('#'))
        {
            match file.strip_prefix("with ") {
                Some(path) => section.1.push((path, text)),
                None => {
                    *cases_by_rule.entry(section.0).or_default() += run_case(&section, file, text)
                }
            }
        }
    }
    for (name, _) in RULES {
        let count = cases_by_rule.get(name).copied().unwrap_or(0);
        assert!(
            count > 0,
            "tests/tidy/cases.txt shows nothing that `{name}` finds"
        );
    }
}

/// Gives back how many lines the case expects to be found.
fn run_case((rule, others): &(&str, Vec<(&str, &str)>), file: &str, text: &str) -> usize {
    let (path, lines) = file
        .trim()
        .split_once(':')
        .expect("a case names the lines found");
    let file = |path: &str, text: &str| {
        let bytes = expand(&text.replace("\\n", "\n").replace('~', "")).into_bytes();
        File {
            path: path.to_string(),
            bytes,
        }
    };
    let mut files: Vec<File> = others.iter().map(|(path, text)| file(path, text)).collect();
    files.push(file(path, text));
    let (_, rule) = RULES
        .iter()
        .find(|(name, _)| name == rule)
        .expect("a section is named after a rule");
    let found: Vec<String> = rule(&files)
        .iter()
        .filter(|finding| finding.path == path)
        .map(|finding| finding.line.to_string())
        .collect();
    assert_eq!(found.join(","), lines, "lines found in {path} = {text}");
    found.len()
}

/// Replaces each `<COUNT*UNIT>` in the text of a case.
fn expand(text: &str) -> String {
    let repetition = |part: &str| {
        let (count, rest) = part.split_once('*')?;
        let (unit, after) = rest.split_once('>')?;
        Some(unit.repeat(count.parse().ok()?) + after)
    };
    let mut parts = text.split('<');
    let mut expanded = parts.next().unwrap_or("").to_string();
    for part in parts {
        expanded += &repetition(part).unwrap_or_else(|| format!("<{part}"));
    }
    expanded
}
