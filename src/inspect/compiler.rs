//! What the compiler makes, for tools and tests.
//!
//! Input: modules, compiled or not. Output: text.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write;
use core::time::Duration;

use super::chosen;
use crate::compile::listing::Kind;
use crate::compile::meter::Pass;
use crate::compile::saved::{self, Target};
use crate::compile::{
    self, Compiler, CpuFeature, CpuFeatures, Profile, compile_module, measure_module,
};
use crate::decode::locals::LocalRuns;
use crate::decode::operators::{read_opcode, skip_immediates};
use crate::decode::reader::Reader;
use crate::embed::{Config, Engine, Module, Strategy};
use crate::error::{Error, Result};
use crate::interp::CompilationMode;
use crate::module;
use crate::ordered_map::OrderedMap;
use crate::runtime::pool::MemoryOptions;
use crate::validate::{self, Scratch};
use crate::wasm::opcodes::Opcode;

/// A stage of the compiler.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// The intermediate representation, in static single assignment form.
    Ssa,
    /// What of it is needed, in the order in which it is executed, after all passes.
    Optimize,
    /// Instructions of the processor with virtual registers.
    Select,
    /// Instructions with registers, and what is moved between them.
    Allocate,
    /// Machine code for x86-64.
    Assemble,
}

/// A processor that code is made for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Processor {
    /// This one, as far as it is one that machine code is made for.
    Present,
    /// One with all extensions of which machine code makes use.
    Full,
    /// One with all of them but AVX2.
    WithoutAvx2,
    /// One with all of them but AVX and AVX2.
    WithoutAvx,
    /// One with no more than every machine code needs.
    Baseline,
}

/// What a stage of the compiler makes of the functions that the module defines, as text, with the settings of the
/// module's engine. A function that the compiler cannot do has a line that says so.
///
/// # Errors
/// If a body is invalid, which only a module made in
/// [`CompilationMode::Lazy`] can have.
///
/// ```
/// use wazir::{Engine, Module, inspect};
/// let wasm = wat::parse_str("(module (func (param i32) (result i32) local.get 0 i32.const 1 i32.add))")?;
/// let module = Module::new(&Engine::default(), wasm)?;
/// let text = inspect::compiled(&module, inspect::Stage::Ssa, inspect::Processor::Present)?;
/// assert!(text.contains("v2 = i32.add v0 v1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compiled(module: &Module, stage: Stage, processor: Processor) -> Result<String> {
    compiled_of(module, None, stage, processor, true)
}

/// The same as [`compiled`], but all calls are calls, as if no function were small enough to become part of those that
/// call it.
///
/// # Errors
/// As for [`compiled`].
pub fn compiled_without_inlining(
    module: &Module,
    stage: Stage,
    processor: Processor,
) -> Result<String> {
    compiled_of(module, None, stage, processor, false)
}

/// The same as [`compiled`] of one function, which the module defines.
///
/// # Errors
/// As for [`compiled`], and if the module defines no function with this index.
pub fn compiled_function(
    module: &Module,
    function_index: u32,
    stage: Stage,
    processor: Processor,
) -> Result<String> {
    compiled_of(module, Some(function_index), stage, processor, true)
}

/// The same as [`compiled`] of what goes on in place of the interpreter, at each loop of each function.
///
/// # Errors
/// As for [`compiled`].
pub fn compiled_at_loops(module: &Module, stage: Stage, processor: Processor) -> Result<String> {
    let mut text = String::new();
    let mut scratch = Scratch::default();
    let mut compiler = compiler(processor);
    let options = module.engine().machine_code_options();
    let (code, module) = (module.code(), module.inner());
    for index in 0..module.bodies.len() as u32 {
        let facts = validate::facts(module, index, &mut scratch)?;
        for offset in offsets_of(module, index, Opcode::Loop)? {
            let function = index + module.imported_functions;
            let _ = writeln!(text, "function {function} at offset {offset:#x}:");
            compiler.entry = code.loop_frame(index, offset);
            let shown = Some((stage_of(stage), &mut text));
            if let Err(error) = compiler.compile(module, index, facts, options, shown) {
                let _ = writeln!(text, "not compiled: {error}");
            }
        }
    }
    Ok(text)
}

/// The same as [`compiled`], as if all calls through tables had led to one function while they were interpreted.
///
/// # Errors
/// As for [`compiled`].
pub fn compiled_with_likely_callee(
    module: &Module,
    function_index: u32,
    stage: Stage,
    processor: Processor,
) -> Result<String> {
    let mut text = String::new();
    let mut scratch = Scratch::default();
    let mut compiler = compiler(processor);
    let options = module.engine().machine_code_options();
    let module = module.inner();
    for index in 0..module.bodies.len() as u32 {
        let facts = validate::facts(module, index, &mut scratch)?;
        let calls = offsets_of(module, index, Opcode::CallIndirect)?;
        let targets = calls.into_iter().map(|offset| (offset, function_index));
        compiler.profile = Profile::new(targets, []);
        let _ = writeln!(text, "function {}:", index + module.imported_functions);
        let shown = Some((stage_of(stage), &mut text));
        if let Err(error) = compiler.compile(module, index, facts, options, shown) {
            let _ = writeln!(text, "not compiled: {error}");
        }
    }
    Ok(text)
}

/// Where an opcode is in a function's body.
fn offsets_of(module: &module::Module, defined_index: u32, wanted: Opcode) -> Result<Vec<u32>> {
    let body = module.bodies[defined_index as usize].range.clone();
    let mut reader = Reader::new(&module.bytes, body.start as usize..body.end as usize);
    let mut runs = LocalRuns::read(&mut reader, 0)?;
    while runs.next_run(&mut reader, module)?.is_some() {}
    let mut offsets = Vec::new();
    while reader.position() < body.end as usize {
        let offset = reader.position() as u32;
        let opcode = read_opcode(&mut reader)?;
        if opcode == wanted {
            offsets.push(offset);
        }
        skip_immediates(&mut reader, opcode, module)?;
    }
    Ok(offsets)
}

fn stage_of(stage: Stage) -> compile::Stage {
    match stage {
        Stage::Ssa => compile::Stage::Ssa,
        Stage::Optimize => compile::Stage::Optimize,
        Stage::Select => compile::Stage::Select,
        Stage::Allocate => compile::Stage::Allocate,
        Stage::Assemble => compile::Stage::Assemble,
    }
}

fn compiler(processor: Processor) -> Compiler {
    Compiler::new(match processor {
        Processor::Present => CpuFeatures::detect(),
        Processor::Full => CpuFeatures::FULL,
        Processor::WithoutAvx2 => CpuFeatures::FULL.without(CpuFeature::Avx2),
        Processor::WithoutAvx => CpuFeatures::FULL
            .without(CpuFeature::Avx2)
            .without(CpuFeature::Avx),
        Processor::Baseline => CpuFeatures::BASELINE,
    })
}

fn compiled_of(
    module: &Module,
    function_index: Option<u32>,
    stage: Stage,
    processor: Processor,
    inlines: bool,
) -> Result<String> {
    let options = module.engine().machine_code_options();
    let module = module.inner();
    let stage = stage_of(stage);
    let mut text = String::new();
    let mut scratch = Scratch::default();
    let mut compiler = compiler(processor);
    compiler.inlines = inlines;
    for index in chosen(module, function_index)? {
        let facts = validate::facts(module, index, &mut scratch)?;
        let _ = writeln!(text, "function {}:", index + module.imported_functions);
        let shown = Some((stage, &mut text));
        if let Err(error) = compiler.compile(module, index, facts, options, shown) {
            let _ = writeln!(text, "not compiled: {error}");
        }
    }
    Ok(text)
}

/// How engines with default settings make code.
fn default_options() -> compile::Options {
    compile::Options {
        guards: MemoryOptions::default().guards(),
        consume_fuel: false,
        interruptable: false,
    }
}

/// The machine code of a module that [`Module::serialize`] or [`Engine::precompile_module`] has saved, as text: of each
/// function, or of one, a line per instruction with the place in the module's bytes that it comes from (if that is not
/// the same as in the line before), its own place in the code, and its bytes. Nothing is executed.
///
/// The text is that of what this build makes of the module when it compiles it again in the same way, and only if the
/// saved code is exactly that.
///
/// # Errors
/// If the bytes are damaged or were made by another build, if the code is another than this build makes, or if the
/// module defines no function with this index.
pub fn disassembly(saved: &[u8], function_index: Option<u32>) -> Result<String> {
    let saved = saved::parse(saved)?;
    let mut config = Config::new();
    config
        .strategy(Strategy::Interpreter)
        .compilation_mode(CompilationMode::Lazy)
        .features(saved.target.features);
    let module = Module::new(&Engine::new(&config)?, saved.wasm)?;
    let module = module.inner();
    let Target { cpu, options, .. } = saved.target;
    let again = compile_module(module, cpu, options, true)?;
    if again.code != saved.code || again.tables != saved.tables {
        return Err(Error::msg(
            "the code is not what this build of wazir makes of the module",
        ));
    }
    let mut text = String::new();
    let mut scratch = Scratch::default();
    let mut compiler = Compiler::new(cpu);
    let chosen = chosen(module, function_index)?;
    for index in chosen {
        let label = module.function_label(index + module.imported_functions);
        let functions = &saved.tables.functions;
        let found = functions.binary_search_by_key(&index, |function| function.defined_index);
        let Ok(found) = found else {
            let _ = writeln!(text, "{label}: interpreted\n");
            continue;
        };
        let function = functions[found];
        let facts = validate::facts(module, index, &mut scratch)?;
        let mut unused = String::new();
        let shown = Some((compile::Stage::Assemble, &mut unused));
        compiler.compile(module, index, facts, options, shown)?;
        let (start, end) = (function.start as usize, function.end as usize);
        let _ = writeln!(text, "{label}: {} bytes at {start:#x}", end - start);
        disassemble(&mut text, &compiler, module, &saved.code[start..end], start);
        text.push('\n');
    }
    Ok(text)
}

/// How many bytes of an instruction are in a line.
const BYTES_A_LINE: usize = 8;

/// Appends the rows of a function with their bytes.
fn disassemble(
    text: &mut String,
    compiler: &Compiler,
    module: &module::Module,
    code: &[u8],
    start: usize,
) {
    let mut rows = compiler.listing().rows().peekable();
    let mut known = None;
    let mut known_site = None;
    while let Some(row) = rows.next() {
        if row.kind == Kind::Label {
            let _ = writeln!(text, "{}", row.text);
            continue;
        }
        if row.site != known_site && row.kind == Kind::Instruction {
            known_site = row.site;
            known = None;
            match row.site.and_then(|site| compiler.site(site)) {
                Some(site) => {
                    let label = module.function_label(site.function + module.imported_functions);
                    let _ = writeln!(text, "in {label}, called at {:#x}:", site.position);
                }
                None => text.push_str("in the function itself:\n"),
            }
        }
        let end = rows.peek().map_or(code.len(), |next| next.at as usize);
        let bytes = code.get(row.at as usize..end).unwrap_or_default();
        let position = match known == Some(row.position) || row.kind == Kind::Data {
            true => String::new(),
            false => format!("{:#x}", row.position),
        };
        known = Some(row.position);
        let mut at = start + row.at as usize;
        let mut columns = (position.as_str(), row.text);
        let lines = bytes.chunks(BYTES_A_LINE);
        for line in lines {
            let hexadecimal: String = line.iter().map(|byte| format!("{byte:02x} ")).collect();
            let (position, words) = core::mem::take(&mut columns);
            let line = format!("{position:>10} {at:6x}  {hexadecimal:24} {words}");
            let _ = writeln!(text, "{}", line.trim_end());
            at += BYTES_A_LINE;
        }
    }
}

/// How long the compiler takes for a module, and what its code is like; from [`measure`].
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Measurement {
    /// The passes in their order, with the time that each took for all functions.
    pub passes: Vec<(&'static str, Duration)>,
    /// How many functions were compiled.
    pub compiled: usize,
    /// Why others were not, with how many they are.
    pub refused: Vec<(String, usize)>,
    /// How many bytes the bodies of all functions have.
    pub body_bytes: usize,
    /// How many bytes of code there are.
    pub code_bytes: usize,
    /// How many instructions were selected.
    pub instructions: u64,
    /// How many values are copied from register to register.
    pub moves: u64,
    /// How many are read from the frame again.
    pub reloads: u64,
    /// How many are kept in the frame.
    pub stores: u64,
    /// How many instructions are executed again, rather than to keep what they define.
    pub repeats: u64,
}

/// Compiles a module on one thread for this processor, and measures that. The code counts fuel and can be interrupted
/// if the module's engine wants that.
///
/// # Errors
/// If a body is invalid, or the code is too long.
pub fn measure(module: &Module) -> Result<Measurement> {
    let code = module.engine().config().code_options();
    let module = module.inner();
    let options = compile::Options {
        consume_fuel: code.consume_fuel,
        interruptable: code.interruptable,
        ..default_options()
    };
    let mut refused = OrderedMap::new();
    let (compiled, meter) = measure_module(module, CpuFeatures::detect(), options, |_, error| {
        *refused.get_or_insert_with(error.to_string(), || 0) += 1;
    })?;
    let passes = Pass::ALL.map(|(pass, name)| (name, meter.times[pass as usize]));
    Ok(Measurement {
        passes: passes.into(),
        compiled: compiled.tables.functions.len(),
        refused: refused
            .iter()
            .map(|(reason, count)| (String::clone(reason), *count))
            .collect(),
        body_bytes: module.bodies.iter().map(|body| body.range.len()).sum(),
        code_bytes: compiled.code.len(),
        instructions: meter.counts.instructions,
        moves: meter.counts.moves,
        reloads: meter.counts.reloads,
        stores: meter.counts.stores,
        repeats: meter.counts.repeats,
    })
}
