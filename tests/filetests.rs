//! Golden files: what the stages of the engines make of small modules.
//!
//! Input: `tests/filetests/*/*.wat`. Each module is followed, behind a line `;; expect`, by the texts that stages give,
//! each line behind `;; `; `filetests/cases.rs` says which stages. `BLESS=1` rewrites what is expected.
//!
//! That all instructions and operations occur in them is tested in `src/compile/pipeline/tests.rs`.

#[path = "filetests/cases.rs"]
mod cases;

use std::fs;
use std::path::Path;

use cases::Case;
use wazir::{Engine, Module, inspect};

/// The golden files that show a stage as the only one, or several.
fn files(is_wanted: impl Fn(&Case) -> bool) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/filetests");
    let mut files = cases::all(&folder);
    files.retain(is_wanted);
    assert!(!files.is_empty());
    files
}

/// Fails if a file does not have the texts that are given for its sections; `BLESS=1` in the environment writes them.
fn check(files: &[Case], text_of: impl Fn(&Case, &str, &str) -> String) {
    let mut differences = Vec::new();
    for file in files {
        let mut content = format!("{}{}", file.source, cases::MARK);
        for (stage, processor, title) in file.sections() {
            let text = text_of(file, stage, processor);
            for line in title.iter().map(String::as_str).chain(text.lines()) {
                content.push_str(&format!(";; {line}\n"));
            }
        }
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file.path, content).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&file.path).unwrap();
        if content != expected {
            let mut expected = expected.lines();
            let line = content.lines().find(|line| expected.next() != Some(line));
            let (path, line) = (file.path.display(), line.unwrap_or("the end"));
            differences.push(format!("{path}: from `{line}` on"));
        }
    }
    assert!(
        differences.is_empty(),
        "BLESS=1 rewrites what is expected:\n{}",
        differences.join("\n")
    );
}

fn module(file: &Case, engine: &Engine) -> Module {
    let path = file.path.display();
    let wasm = wat::parse_str(&file.source).unwrap_or_else(|error| panic!("{path}: {error}"));
    Module::new(engine, wasm).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn facts() {
    let files = files(|file| file.stages == ["facts"]);
    check(&files, |file, _, _| {
        inspect::facts(&module(file, &Engine::default())).unwrap()
    });
}

#[cfg(all(feature = "compiler", target_arch = "x86_64"))]
mod compiler {
    use super::{Case, cases, check, files, module};
    use wazir::inspect::{
        Processor, Stage, compiled, compiled_at_loops, compiled_with_likely_callee,
        compiled_without_inlining,
    };
    use wazir::{Config, Engine, Module, Strategy};

    /// An engine with the settings of a file. It makes no code that is executed.
    fn engine(file: &Case) -> Engine {
        let mut config = Config::new();
        config.strategy(Strategy::Interpreter);
        for setting in &file.engine {
            match setting.as_str() {
                "consume_fuel" => config.consume_fuel(true),
                "interruptable" => config.interruptable(true),
                "checked" => config.signals_based_traps(false),
                "no_inlining" | "at_loops" | "likely_callee" => &mut config,
                setting => panic!("{}: {setting} is no setting", file.path.display()),
            };
        }
        Engine::new(&config).unwrap()
    }

    fn processor(name: &str) -> Processor {
        match name {
            "full" => Processor::Full,
            "without-avx2" => Processor::WithoutAvx2,
            "without-avx" => Processor::WithoutAvx,
            "baseline" => Processor::Baseline,
            name => panic!("{name} is no processor"),
        }
    }

    /// The texts do not depend on the processor that runs the test.
    #[test]
    fn stages() {
        let files = files(|file| file.stages != ["facts"] && file.stages != ["disassemble"]);
        check(&files, |file, stage, name| {
            let stage = match stage {
                "ssa" => Stage::Ssa,
                "optimize" => Stage::Optimize,
                "select" => Stage::Select,
                "allocate" => Stage::Allocate,
                _ => Stage::Assemble,
            };
            let module = module(file, &engine(file));
            let is_on = |name: &str| file.engine.iter().any(|setting| setting == name);
            let processor = processor(name);
            if is_on("likely_callee") {
                return compiled_with_likely_callee(&module, 0, stage, processor).unwrap();
            }
            let compiled = match (is_on("no_inlining"), is_on("at_loops")) {
                (false, false) => compiled,
                (true, false) => compiled_without_inlining,
                _ => compiled_at_loops,
            };
            compiled(&module, stage, processor).unwrap()
        });
    }

    /// What is saved is for the processor that runs the test, so the files have nothing that processors do differently.
    #[cfg(target_os = "linux")]
    #[test]
    fn disassemble() {
        let files = files(|file| file.stages == ["disassemble"]);
        check(&files, |file, _, _| {
            let module = module(file, &Engine::default());
            wazir::inspect::disassembly(&module.serialize().unwrap(), None).unwrap()
        });
    }

    #[test]
    fn there_are_enough_files() {
        let shown = |stage: &str| {
            let files = files(|file| file.stages.contains(&stage));
            files.len()
        };
        for stage in cases::STAGES {
            assert!(shown(stage) > 0, "{stage}");
        }
        assert!(shown("ssa").min(shown("assemble")) >= 200);
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

    #[test]
    fn saved_machine_code_is_the_same_from_one_thread_and_from_several() {
        let saved = |is_parallel| {
            let mut config = Config::new();
            config.strategy(Strategy::Compiler);
            let engine = Engine::new(config.parallel_compilation(is_parallel)).unwrap();
            let module = Module::from_file(&engine, "tests/guests/bin/json_pretty.wasm").unwrap();
            module.serialize().unwrap()
        };
        let expected = saved(false);
        for _ in 0..3 {
            assert!(saved(true) == expected);
        }
    }
}
