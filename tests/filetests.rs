//! Golden files: what the stages of the engines make of small modules.
//!
//! Input: `tests/filetests/<stage>/*.wat`. Each is followed, behind a line `;; expect`, by the text that
//! the stage gives, each line behind `;; `. `BLESS=1` rewrites what is expected.

use std::fs;
use std::path::Path;

use wazir::{Engine, Module, inspect};

const MARK: &str = ";; expect\n";

fn check_stage(stage: &str, text_of: impl Fn(&Module) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/filetests")
        .join(stage);
    let mut checked = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let content = fs::read_to_string(&path).unwrap();
        let (source, expected) = content.split_once(MARK).unwrap_or((&content, ""));
        let wasm = wat::parse_str(source).unwrap();
        let module = Module::new(&Engine::default(), wasm).unwrap();
        let actual: String = text_of(&module)
            .lines()
            .map(|line| format!(";; {line}\n"))
            .collect();
        checked += 1;
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, format!("{source}{MARK}{actual}")).unwrap();
        } else {
            assert_eq!(
                actual,
                expected,
                "{}: BLESS=1 rewrites what is expected",
                path.display()
            );
        }
    }
    assert!(checked > 0, "no files in {}", folder.display());
}

#[test]
fn facts() {
    check_stage("facts", |module| inspect::facts(module).unwrap());
}
