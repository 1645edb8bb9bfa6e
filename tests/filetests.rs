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

#[cfg(all(feature = "compiler", target_arch = "x86_64"))]
mod compiler {
    use super::check_stage;
    use wazir::inspect::{Processor, Stage, compiled, disassembly};
    use wazir::{Engine, Module};

    /// The text does not depend on the processor that runs the test.
    fn check_compiled(folder: &str, stage: Stage) {
        check_stage(folder, |module| {
            compiled(module, stage, Processor::Full).unwrap()
        });
    }

    #[test]
    fn ssa() {
        check_compiled("ssa", Stage::Ssa);
    }

    #[test]
    fn optimize() {
        check_compiled("optimize", Stage::Optimize);
    }

    #[test]
    fn select() {
        check_compiled("select", Stage::Select);
    }

    #[test]
    fn allocate() {
        check_compiled("allocate", Stage::Allocate);
    }

    #[test]
    fn assemble() {
        check_compiled("assemble", Stage::Assemble);
    }

    /// What is saved is for the processor that runs the test, so the files have nothing that processors do differently.
    #[cfg(target_os = "linux")]
    #[test]
    fn disassemble() {
        check_stage("disassemble", |module| {
            disassembly(&module.serialize().unwrap(), None).unwrap()
        });
    }

    /// In builds with assertions, every pass is checked.
    #[test]
    fn real_programs_pass_the_checks() {
        for entry in std::fs::read_dir("tests/guests/bin").unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "wasm") {
                continue;
            }
            let module = Module::from_file(&Engine::default(), &path).unwrap();
            for processor in [Processor::Full, Processor::Baseline] {
                let text = compiled(&module, Stage::Assemble, processor).unwrap();
                assert!(text.contains("ret"), "{}", path.display());
            }
        }
    }
}
