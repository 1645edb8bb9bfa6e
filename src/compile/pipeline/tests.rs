//! What occurs in the golden files of `tests/filetests`: all that the tables have.

use std::collections::BTreeSet;
use std::path::Path;

use super::super::ir::ops::{OPS, Op};
use super::super::machine::MAX_VIRTUAL_REGISTERS;
use super::super::x64::forms::{Opcode as MachineOpcode, property};
use super::super::x64::instructions::{ALL as ALL_X64, X64};
use super::*;
use crate::decode::locals::LocalRuns;
use crate::decode::operators::{read_opcode, skip_immediates};
use crate::decode::reader::Reader;
use crate::module::registry::TypeRegistry;
use crate::runtime::layout::{LoopFrame, MemoryGuards};
use crate::validate;
use crate::wasm::features::Features;
use crate::wasm::opcodes::{ALL, Opcode};

#[path = "../../../tests/filetests/cases.rs"]
mod cases;

use cases::Case;

/// The rows that emission adds and selection never does, each with how its instruction begins in a listing.
const EMITTED: &[(X64, &str)] = &[
    (X64::Add32Imm, "add edi, -0x1"),
    (X64::Add64Imm, "add rdi, -0x1"),
    (X64::Sub64Imm, "sub rsp, 0x"),
    (X64::Cmp8Imm, "cmp byte ptr [r11], 0x0"),
    (X64::Push, "push rbp"),
    (X64::Pop, "pop rbp"),
    (X64::Ret, "ret"),
    (X64::RetPop, "ret 0x"),
    (X64::JumpRm, "jmp r"),
    (X64::CallRm, "call qword ptr ["),
];

/// What occurs in golden files.
#[derive(Default)]
struct Found {
    /// Instructions of WebAssembly in functions that are compiled.
    opcodes: BTreeSet<Opcode>,
    /// Operations in shown intermediate representations.
    ops: BTreeSet<Op>,
    /// The numbers of instructions in shown machine code, as selection had chosen them.
    x64: BTreeSet<u16>,
    /// The shown machine code.
    listing: String,
}

impl Found {
    fn file(&mut self, file: &Case) {
        let path = file.path.display();
        let wasm = wat::parse_str(&file.source).unwrap_or_else(|error| panic!("{path}: {error}"));
        let features = Features::default();
        let module = validate::decode_module(
            wasm.into(),
            features,
            &TypeRegistry::new(),
            validate::Bodies::Eager,
        )
        .unwrap_or_else(|error| panic!("{path}: {error}"));
        let is_on = |name: &str| file.engine.iter().any(|setting| setting == name);
        let options = Options {
            guards: match is_on("checked") {
                true => MemoryGuards::NONE,
                false => MemoryGuards {
                    before_bytes: 64 << 10,
                    behind_bytes: 32 << 20,
                },
            },
            consume_fuel: is_on("consume_fuel"),
            interruptable: is_on("interruptable"),
        };
        for (stage, processor, _) in file.sections() {
            let mut compiler = Compiler::new(features_of(processor));
            compiler.inlines = !is_on("no_inlining");
            let mut scratch = validate::Scratch::default();
            for index in 0..module.bodies.len() as u32 {
                let facts = validate::facts(&module, index, &mut scratch).unwrap();
                let opcodes = opcodes(&module, index);
                let loops = opcodes.iter().filter(|(_, opcode)| *opcode == Opcode::Loop);
                let entries: Vec<_> = match is_on("at_loops") {
                    true => loops.map(|(offset, _)| Some(frame_at(*offset))).collect(),
                    false => vec![None],
                };
                for entry in entries {
                    compiler.entry = entry;
                    let mut text = String::new();
                    let shown = Some((Stage::Assemble, &mut text));
                    if compiler
                        .compile(&module, index, facts, options, shown)
                        .is_err()
                    {
                        continue;
                    }
                    self.opcodes
                        .extend(opcodes.iter().map(|&(_, opcode)| opcode));
                    if stage == "ssa" {
                        let nodes = compiler.function.nodes.iter();
                        self.ops.extend(nodes.map(|node| node.op));
                    } else {
                        let code = compiler.selected.code.instructions.iter();
                        self.x64.extend(code.map(|instruction| instruction.opcode));
                    }
                    if stage == "assemble" {
                        self.listing.push_str(&text);
                    }
                }
            }
        }
    }

    fn has_x64(&self, x64: X64) -> bool {
        if let Some((_, start)) = EMITTED.iter().find(|(emitted, _)| *emitted == x64) {
            return self.listing.lines().any(|line| {
                let (_, text) = line.trim_start().split_once("  ").unwrap_or_default();
                text.starts_with(start)
            });
        }
        let plain = MachineOpcode::new(x64);
        let has_avx = plain.row().is_some_and(|row| row.has(property::avx));
        let in_avx = MachineOpcode::in_avx(x64);
        self.x64.contains(&plain.0) && (!has_avx || self.x64.contains(&in_avx.0))
    }
}

/// A frame of the interpreter at a loop; what is where in it makes no difference here.
fn frame_at(offset: u32) -> LoopFrame {
    LoopFrame {
        offset,
        parameters: 0,
        locals: 256,
        operands: 512,
    }
}

fn features_of(processor: &str) -> CpuFeatures {
    use crate::compile::x64::features::CpuFeature;
    let full = CpuFeatures::FULL;
    match processor {
        "full" => full,
        "without-avx2" => full.without(CpuFeature::Avx2),
        "without-avx" => full.without(CpuFeature::Avx2).without(CpuFeature::Avx),
        _ => CpuFeatures::BASELINE,
    }
}

/// The instructions of a body, and where they are.
fn opcodes(module: &Module, defined_index: u32) -> Vec<(u32, Opcode)> {
    let body = module.bodies[defined_index as usize].range.clone();
    let mut reader = Reader::new(&module.bytes, body.start as usize..body.end as usize);
    let ty = module.function_type(defined_index + module.imported_functions);
    let mut runs = LocalRuns::read(&mut reader, ty.params().len() as u32).unwrap();
    while runs.next_run(&mut reader, module).unwrap().is_some() {}
    let mut opcodes = Vec::new();
    while reader.position() < body.end as usize {
        let offset = reader.position() as u32;
        let opcode = read_opcode(&mut reader).unwrap();
        skip_immediates(&mut reader, opcode, module).unwrap();
        opcodes.push((offset, opcode));
    }
    opcodes
}

#[test]
fn all_rows_of_the_tables_occur_in_golden_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/filetests");
    let mut found = Found::default();
    for file in cases::all(&folder) {
        if file.stages != ["facts"] && file.stages != ["disassemble"] {
            found.file(&file);
        }
    }
    let mut missing = Vec::new();
    for &opcode in &ALL {
        let info = opcode.info();
        if Features::WASM_2_0.contains(info.feature) && !found.opcodes.contains(&opcode) {
            missing.push(format!("instruction {}", opcode.name()));
        }
    }
    for &op in OPS {
        let feature = op.opcode().map(|opcode| opcode.info().feature);
        let is_asked = feature.is_none_or(|feature| Features::WASM_2_0.contains(feature));
        if is_asked && !found.ops.contains(&op) {
            missing.push(format!("operation {op:?}"));
        }
    }
    for x64 in ALL_X64 {
        if !found.has_x64(x64) {
            missing.push(format!("row {x64:?}"));
        }
    }
    assert!(
        missing.is_empty(),
        "no golden file has:\n{}",
        missing.join("\n")
    );
}

/// A function with more virtual registers than an operand can name: loops in loops, each of which begins with new
/// values of all locals.
#[test]
fn every_packed_field_has_a_limit() {
    const LOOPS: usize = 280_000;
    const LOCALS: usize = 30;
    let locals = |instructions: &dyn Fn(usize) -> String| -> String {
        (1..=LOCALS).map(instructions).collect()
    };
    let text = format!(
        "(module (func (param i32) (result i32) {} {} {} {} (local.get 0) {}))",
        " (local i32)".repeat(LOCALS),
        " loop".repeat(LOOPS),
        locals(&|local| format!("(local.set {local} (i32.add (local.get {local}) (local.get 0)))")),
        " end".repeat(LOOPS),
        locals(&|local| format!(" local.get {local} i32.add")),
    );
    let wasm = wat::parse_str(text).unwrap();
    let features = Features::default();
    let module = validate::decode_module(
        wasm.into(),
        features,
        &TypeRegistry::new(),
        validate::Bodies::Eager,
    )
    .unwrap();
    let facts = validate::facts(&module, 0, &mut validate::Scratch::default()).unwrap();
    let options = Options {
        guards: MemoryGuards::NONE,
        consume_fuel: false,
        interruptable: false,
    };
    let mut compiler = Compiler::new(CpuFeatures::BASELINE);
    let Err(error) = compiler.compile(&module, 0, facts, options, None) else {
        panic!("it was compiled");
    };
    assert_eq!(error.to_string(), too_big().to_string());
    assert!(compiler.selected.code.kinds.len() as u32 > MAX_VIRTUAL_REGISTERS);
}
