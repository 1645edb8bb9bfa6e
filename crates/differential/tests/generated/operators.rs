//! The operators of WebAssembly 2.0, and which of them a module executes.
//!
//! Input: the list of operators that `wasmparser` has. Output: the names of all of 2.0; the plain ones
//! among them with types and largest immediates; modules that note what they execute. Holds: nothing is
//! written down twice, and what an operator takes and gives is found out by asking the validator.

use std::ops::Range;
use std::sync::OnceLock;

use wasm_encoder::{Encode, Instruction};
use wasmparser::{
    BinaryReader, CodeSectionReader, FromReader, FuncToValidate, HeapType, Ieee32, Ieee64, MemArg,
    Operator, OperatorsReader, Parser, Payload, TypeRef, V128, ValType, ValidPayload, Validator,
    ValidatorResources, WasmFeatures,
};

/// What stands behind opcodes.
#[derive(Clone, Default)]
pub(crate) struct Immediates {
    pub(crate) align: u8,
    pub(crate) offset: u64,
    pub(crate) lane: u8,
    /// A constant, or the lanes of a shuffle.
    pub(crate) bits: u128,
}

/// Takes an immediate of its type.
trait Immediate {
    fn take(immediates: &Immediates) -> Self;
}

macro_rules! immediate {
    ($($type:ty: |$immediates:ident| $value:expr;)*) => {
        $(impl Immediate for $type {
            fn take($immediates: &Immediates) -> $type {
                $value
            }
        })*
    };
}

immediate! {
    u8: |immediates| immediates.lane;
    u32: |_immediates| 0;
    i32: |immediates| immediates.bits as i32;
    i64: |immediates| immediates.bits as i64;
    Ieee32: |immediates| f32::from_bits(immediates.bits as u32).into();
    Ieee64: |immediates| f64::from_bits(immediates.bits as u64).into();
    V128: |immediates| (immediates.bits as i128).into();
    [u8; 16]: |immediates| immediates.bits.to_le_bytes().map(|lane| lane % 32);
    ValType: |_immediates| ValType::FUNCREF;
    HeapType: |_immediates| HeapType::FUNC;
    MemArg: |immediates| MemArg {
        align: immediates.align,
        max_align: immediates.align,
        offset: immediates.offset,
        memory: 0,
    };
}

type Make = fn(&Immediates) -> Operator<'static>;

/// An operator of 2.0; those whose types depend on immediates or on what is around them are not made here.
struct Entry {
    name: &'static str,
    make: Option<Make>,
}

macro_rules! entry {
    (@custom $op:ident) => {
        Some(Entry { name: stringify!($op), make: None })
    };
    (@2.0 $op:ident $fields:tt (arity custom)) => {
        entry!(@custom $op)
    };
    (@2.0 $op:ident { $($arg:ident: $argty:ty),* } $arity:tt) => {
        Some(Entry {
            name: stringify!($op),
            make: Some(|_immediates| Operator::$op { $($arg: <$argty>::take(_immediates)),* }),
        })
    };
    (@mvp $($rest:tt)*) => { entry!(@2.0 $($rest)*) };
    (@sign_extension $($rest:tt)*) => { entry!(@2.0 $($rest)*) };
    (@saturating_float_to_int $($rest:tt)*) => { entry!(@2.0 $($rest)*) };
    (@bulk_memory $($rest:tt)*) => { entry!(@2.0 $($rest)*) };
    // A `select` with several types is encodable, and never valid.
    (@reference_types TypedSelectMulti $($rest:tt)*) => { None };
    (@reference_types $($rest:tt)*) => { entry!(@2.0 $($rest)*) };
    (@simd $($rest:tt)*) => { entry!(@2.0 $($rest)*) };
    (@$other:ident $($rest:tt)*) => { None };
}

macro_rules! define {
    ($(@$proposal:ident $op:ident $({ $($arg:ident: $argty:ty),* })? => $visit:ident ($($arity:tt)*))*) => {
        fn entries() -> Vec<Entry> {
            let all = [$(entry!(@$proposal $op { $($($arg: $argty),*)? } ($($arity)*))),*];
            all.into_iter().flatten().collect()
        }

        fn name(operator: &Operator<'_>) -> &'static str {
            match operator {
                $(Operator::$op { .. } => stringify!($op),)*
                _ => "unknown",
            }
        }
    };
}
wasmparser::for_each_operator!(define);

/// An operator with fixed types of numbers.
pub(crate) struct Plain {
    pub(crate) name: &'static str,
    pub(crate) make: Make,
    pub(crate) params: Vec<ValType>,
    /// Stores have none.
    pub(crate) result: Option<ValType>,
    /// The largest alignment, as a power of two.
    pub(crate) max_align: u8,
    pub(crate) max_lane: u8,
}

pub(crate) struct Operators {
    pub(crate) names: Vec<&'static str>,
    pub(crate) plain: Vec<Plain>,
}

pub(crate) fn operators() -> &'static Operators {
    static OPERATORS: OnceLock<Operators> = OnceLock::new();
    OPERATORS.get_or_init(|| {
        let entries = entries();
        let probe = Probe::new();
        let plain = entries
            .iter()
            .filter_map(|entry| probe.plain(entry.name, entry.make?));
        Operators {
            plain: plain.collect(),
            names: entries.iter().map(|entry| entry.name).collect(),
        }
    })
}

const NUMBERS: [ValType; 5] = [
    ValType::I32,
    ValType::I64,
    ValType::F32,
    ValType::F64,
    ValType::V128,
];

/// A function with nothing but a memory around it, in which operators are tried.
struct Probe {
    resources: ValidatorResources,
    features: WasmFeatures,
}

impl Probe {
    fn new() -> Probe {
        // One function without parameters and results, and a memory of one page.
        let wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x05\x03\x01\0\x01\x0A\x04\x01\x02\0\x0B";
        let mut validator = Validator::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload.expect("it is well-formed");
            if let ValidPayload::Func(function, _) =
                validator.payload(&payload).expect("it is valid")
            {
                return Probe {
                    resources: function.resources,
                    features: function.features,
                };
            }
        }
        unreachable!("the module has a function")
    }

    /// The results of an operator on such operands, if that is valid.
    fn results(&self, operator: &Operator<'_>, params: &[ValType]) -> Option<Vec<ValType>> {
        let function = FuncToValidate {
            resources: self.resources.clone(),
            index: 0,
            ty: 0,
            features: self.features,
        };
        let mut validator = function.into_validator(Default::default());
        for param in params {
            let constant = constant(*param);
            validator.op(0, &constant).ok()?;
        }
        // Only an operator that was read knows its natural alignment.
        let mut bytes = Vec::new();
        Instruction::try_from(operator.clone())
            .ok()?
            .encode(&mut bytes);
        let mut reader = OperatorsReader::new(BinaryReader::new(&bytes, 0));
        validator.op(0, &reader.read().ok()?).ok()?;
        let height = validator.operand_stack_height() as usize;
        (0..height)
            .rev()
            .map(|depth| validator.get_operand_type(depth)?)
            .collect()
    }

    fn plain(&self, name: &'static str, make: Make) -> Option<Plain> {
        let mut operands: Vec<Vec<ValType>> = vec![vec![]];
        for _ in 0..=3 {
            for params in &operands {
                if let Some(plain) = self.with_operands(name, make, params) {
                    return Some(plain);
                }
            }
            let longer = |params: &Vec<ValType>| NUMBERS.map(|ty| [&[ty], &params[..]].concat());
            operands = operands.iter().flat_map(longer).collect();
        }
        None
    }

    fn with_operands(&self, name: &'static str, make: Make, params: &[ValType]) -> Option<Plain> {
        let try_immediates = |align, lane| {
            let immediates = Immediates {
                align,
                lane,
                ..Immediates::default()
            };
            self.results(&make(&immediates), params)
        };
        let max_align = (0..=4)
            .rev()
            .find(|&align| try_immediates(align, 0).is_some())?;
        let max_lane = (0..16)
            .rev()
            .find(|&lane| try_immediates(0, lane).is_some())?;
        let results = try_immediates(max_align, max_lane)?;
        // The others need operands that a generator chooses with care.
        let is_plain = match results[..] {
            [result] => NUMBERS.contains(&result) && !matches!(name, "Select" | "MemoryGrow"),
            [] => name.contains("Store"),
            _ => false,
        };
        is_plain.then(|| Plain {
            name,
            make,
            params: params.to_vec(),
            result: results.first().copied(),
            max_align,
            max_lane,
        })
    }
}

fn constant(ty: ValType) -> Operator<'static> {
    let none = Immediates::default();
    match ty {
        ValType::I32 => Operator::I32Const { value: 0 },
        ValType::I64 => Operator::I64Const { value: 0 },
        ValType::F32 => Operator::F32Const {
            value: Ieee32::take(&none),
        },
        ValType::F64 => Operator::F64Const {
            value: Ieee64::take(&none),
        },
        _ => Operator::V128Const {
            value: V128::take(&none),
        },
    }
}

/// How many functions the module defines.
pub(crate) fn functions(wasm: &[u8]) -> u64 {
    u64::from(Sections::read(wasm).count(CODE))
}

pub(crate) fn has_imports(wasm: &[u8]) -> bool {
    Sections::read(wasm).count(IMPORT) > 0
}

/// The name of the exported global that tells whether an operator was executed.
pub(crate) fn mark(name: &str) -> String {
    format!("executed {name}")
}

/// Those of `names` that stand anywhere in the module.
pub(crate) fn present(wasm: &[u8], names: &[&'static str]) -> Vec<&'static str> {
    let mut found = vec![false; names.len()];
    for payload in Parser::new(0).parse_all(wasm) {
        let Ok(Payload::CodeSectionEntry(body)) = payload else {
            continue;
        };
        let operators = body.get_operators_reader().expect("the module is valid");
        for operator in operators {
            let name = name(&operator.expect("the module is valid"));
            if let Some(index) = names.iter().position(|other| *other == name) {
                found[index] = true;
            }
        }
    }
    let found = names.iter().zip(found).filter(|(_, is_found)| *is_found);
    found.map(|(name, _)| *name).collect()
}

/// The module, which has no imports, with an exported global for each of `names` that becomes 1 just
/// before the operator of this name is executed.
pub(crate) fn marked(wasm: &[u8], names: &[&'static str]) -> Vec<u8> {
    let mut sections = Sections::read(wasm);
    let first = sections.count(GLOBAL);
    let globals: Vec<u8> = names
        .iter()
        .flat_map(|_| [0x7F, 1, 0x41, 0, 0x0B])
        .collect();
    sections.extend(GLOBAL, names.len() as u32, &globals);
    let mut exports = Vec::new();
    for (name, index) in names.iter().zip(first..) {
        let name = mark(name);
        leb128(&mut exports, name.len() as u32);
        exports.extend_from_slice(name.as_bytes());
        exports.push(3);
        leb128(&mut exports, index);
    }
    sections.extend(EXPORT, names.len() as u32, &exports);
    let code = sections.0.iter_mut().find(|section| section.id == CODE);
    if let Some(code) = code {
        code.bytes = marked_code(&code.bytes, names, first);
    }
    sections.write()
}

fn marked_code(code: &[u8], names: &[&'static str], first: u32) -> Vec<u8> {
    rewritten(code, |operator, bytes, marked| {
        let name = name(operator);
        if let Some(index) = names.iter().position(|other| *other == name) {
            marked.extend_from_slice(&[0x41, 1, 0x24]);
            leb128(marked, first + index as u32);
        }
        marked.extend_from_slice(bytes);
    })
}

/// The module with calls and returns in place of those tail calls that wazir does not execute: through tables, and of
/// imported functions.
pub(crate) fn without_foreign_tail_calls(wasm: &[u8]) -> Vec<u8> {
    const CALL: u8 = 0x10;
    const CALL_INDIRECT: u8 = 0x11;
    const RETURN: u8 = 0x0F;
    let mut imported = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        if let Ok(Payload::ImportSection(imports)) = payload {
            let is_function = |ty: &TypeRef| matches!(ty, TypeRef::Func(_) | TypeRef::FuncExact(_));
            let imports = imports
                .into_imports()
                .map(|import| import.expect("the module is valid"));
            imported = imports.filter(|import| is_function(&import.ty)).count() as u32;
        }
    }
    let mut sections = Sections::read(wasm);
    if let Some(code) = sections.0.iter_mut().find(|section| section.id == CODE) {
        code.bytes = rewritten(&code.bytes, |operator, bytes, replaced| {
            let call = match operator {
                Operator::ReturnCall { function_index } if *function_index < imported => CALL,
                Operator::ReturnCallIndirect { .. } => CALL_INDIRECT,
                _ => return replaced.extend_from_slice(bytes),
            };
            replaced.push(call);
            replaced.extend_from_slice(&bytes[1..]);
            replaced.push(RETURN);
        });
    }
    sections.write()
}

/// A code section in which each operator is replaced by what `edit` appends for it.
fn rewritten(code: &[u8], edit: impl Fn(&Operator<'_>, &[u8], &mut Vec<u8>)) -> Vec<u8> {
    let reader = BinaryReader::new(code, 0);
    let bodies = CodeSectionReader::new(reader).expect("the module is valid");
    let mut bytes = Vec::new();
    leb128(&mut bytes, bodies.count());
    for body in bodies {
        let body = body.expect("the module is valid");
        let mut operators = body.get_operators_reader().expect("the module is valid");
        let slice = |range: Range<usize>| &code[range];
        let start = operators.original_position() as usize;
        let mut edited = slice(body.range().start as usize..start).to_vec();
        while !operators.eof() {
            let start = operators.original_position() as usize;
            let operator = operators.read().expect("the module is valid");
            let bytes = slice(start..operators.original_position() as usize);
            edit(&operator, bytes, &mut edited);
        }
        leb128(&mut bytes, edited.len() as u32);
        bytes.extend_from_slice(&edited);
    }
    bytes
}

const IMPORT: u8 = 2;
const GLOBAL: u8 = 6;
const EXPORT: u8 = 7;
const CODE: u8 = 10;

struct Section {
    id: u8,
    bytes: Vec<u8>,
}

/// The sections of a module, custom ones excepted.
struct Sections(Vec<Section>);

impl Sections {
    fn read(wasm: &[u8]) -> Sections {
        let payloads = Parser::new(0).parse_all(wasm);
        let sections = payloads.filter_map(|payload| {
            let (id, range) = payload.expect("the module is well-formed").as_section()?;
            (id != 0).then(|| Section {
                id,
                bytes: wasm[range.start as usize..range.end as usize].to_vec(),
            })
        });
        Sections(sections.collect())
    }

    /// How many entries a section has.
    fn count(&self, id: u8) -> u32 {
        let section = self.0.iter().find(|section| section.id == id);
        section.map_or(0, |section| count(&section.bytes).0)
    }

    /// Appends entries to a section, which is made if there is none.
    fn extend(&mut self, id: u8, more: u32, entries: &[u8]) {
        let position = match self.0.iter().position(|section| section.id == id) {
            Some(position) => position,
            None => {
                // Below the code the order of the sections is that of their numbers, tags excepted.
                let before = self.0.iter().filter(|section| section.id < id).count();
                self.0.insert(before, Section { id, bytes: vec![0] });
                before
            }
        };
        let section = &mut self.0[position];
        let (old, start) = count(&section.bytes);
        let mut bytes = Vec::new();
        leb128(&mut bytes, old + more);
        bytes.extend_from_slice(&section.bytes[start..]);
        bytes.extend_from_slice(entries);
        section.bytes = bytes;
    }

    fn write(&self) -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        for section in &self.0 {
            wasm.push(section.id);
            leb128(&mut wasm, section.bytes.len() as u32);
            wasm.extend_from_slice(&section.bytes);
        }
        wasm
    }
}

/// The number at the start, and where it ends.
fn count(section: &[u8]) -> (u32, usize) {
    let mut reader = BinaryReader::new(section, 0);
    let count = u32::from_reader(&mut reader).expect("the module is well-formed");
    (count, reader.original_position() as usize)
}

fn leb128(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}
