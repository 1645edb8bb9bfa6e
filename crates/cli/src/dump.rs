//! `wazir dump` and `wazir objdump`: show what the compiler makes of a module.
//!
//! Input: the options. Output: text.

use clap::Args;
use wazir::inspect::{self, Processor, Stage};
use wazir::{CompilationMode, Engine, Module, Strategy};

use crate::failure::Failure;
use crate::load::{self, Content};
use crate::options::FeatureOptions;
use crate::output::print;
use crate::{features, new_engine};

/// Which stage to show.
#[derive(Debug, Args)]
pub(crate) struct DumpOptions {
    /// A module in the binary or the text format; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: String,

    /// What to show:
    /// facts   what validation has found out about the functions
    /// ssa     the intermediate representation as it is built
    /// opt     what of it is needed, in its order, after all passes
    /// select  instructions with virtual registers
    /// alloc   instructions with registers, and moves between them
    /// asm     machine code
    #[arg(long, value_name = "STAGE", value_parser = stage, verbatim_doc_comment)]
    stage: Show,

    #[command(flatten)]
    function: FunctionOptions,

    #[command(flatten)]
    features: FeatureOptions,
}

/// What to disassemble.
#[derive(Debug, Args)]
pub(crate) struct ObjdumpOptions {
    /// A module, or a compiled one (.cwasm), which is not executed; `-` is
    /// standard input
    #[arg(value_name = "FILE", verbatim_doc_comment)]
    file: String,

    #[command(flatten)]
    function: FunctionOptions,

    #[command(flatten)]
    features: FeatureOptions,
}

/// Which functions to show.
#[derive(Debug, Args)]
struct FunctionOptions {
    /// Show only the function with this index, counted with the imported ones.
    #[arg(long = "func", value_name = "INDEX")]
    index: Option<u32>,
}

/// What follows the help of `wazir objdump`.
pub(crate) const OBJDUMP_EPILOGUE: &str = "\
Each line has the place in the module that the instruction comes from, its place in the code, its bytes, and the
instruction. Distances in jumps are relative to the end of the instruction.";

/// A stage of [`inspect`].
#[derive(Copy, Clone, Debug)]
enum Show {
    Facts,
    Compiler(Stage),
}

const STAGES: [(&str, Show); 6] = [
    ("facts", Show::Facts),
    ("ssa", Show::Compiler(Stage::Ssa)),
    ("opt", Show::Compiler(Stage::Optimize)),
    ("select", Show::Compiler(Stage::Select)),
    ("alloc", Show::Compiler(Stage::Allocate)),
    ("asm", Show::Compiler(Stage::Assemble)),
];

fn stage(name: &str) -> Result<Show, String> {
    let found = STAGES.iter().find(|(known, _)| *known == name);
    found.map(|(_, stage)| *stage).ok_or_else(|| {
        let names = STAGES.map(|(name, _)| name).join(", ");
        format!("the stages are {names}")
    })
}

/// Shows a stage. The result is the exit code.
pub(crate) fn dump(options: &DumpOptions) -> Result<i32, Failure> {
    let file = &options.file;
    let bytes = load::read_module(file)?;
    let mut config = features(&options.features);
    // So that a function that is shown alone is all that is looked at.
    config
        .strategy(Strategy::Interpreter)
        .compilation_mode(CompilationMode::Lazy);
    let module = Module::new(&new_engine(&config)?, &bytes)
        .map_err(|error| load::not_a_module(file, &error))?;
    let processor = Processor::Present;
    let text = match (options.stage, options.function.index) {
        (Show::Facts, None) => inspect::facts(&module),
        (Show::Facts, Some(index)) => inspect::function_facts(&module, index),
        (Show::Compiler(stage), None) => inspect::compiled(&module, stage, processor),
        (Show::Compiler(stage), Some(index)) => {
            inspect::compiled_function(&module, index, stage, processor)
        }
    };
    show(file, text)
}

/// Disassembles. The result is the exit code.
pub(crate) fn objdump(options: &ObjdumpOptions) -> Result<i32, Failure> {
    let file = &options.file;
    let saved = match load::read(file)? {
        Content::Compiled(saved) => saved,
        Content::Module(wasm) => {
            let mut config = features(&options.features);
            let engine: Engine = new_engine(config.strategy(Strategy::Compiler))?;
            engine
                .precompile_module(&wasm)
                .map_err(|error| load::not_a_module(file, &error))?
        }
    };
    show(file, inspect::disassembly(&saved, options.function.index))
}

fn show(file: &str, text: wazir::Result<String>) -> Result<i32, Failure> {
    let text =
        text.map_err(|error| Failure::new(format!("`{file}` cannot be shown: {error:#}")))?;
    print(&text).map(|()| 0)
}
