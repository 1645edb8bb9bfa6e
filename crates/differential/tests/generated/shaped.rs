//! Modules in the shapes that compilers emit, over all operators of WebAssembly 2.0, and with the calls of 3.0.
//!
//! Input: a seed. Output: a valid module that exports everything. Holds: loops have counters, calls go to
//! functions before the caller's own, and what a call may cost is summed up while code is made, so that
//! everything ends soon; most addresses, divisors and conversions are such that nothing traps; bits of
//! not-a-number that the standard leaves open get nowhere where they can be seen.

mod body;
mod idiom;
mod memory;
mod statement;

use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, MemorySection, MemoryType,
    Module, RefType, TableSection, TableType, TypeSection, ValType,
};

use crate::random::Random;
use body::Body;

const NUMBERS: [ValType; 5] = [
    ValType::I32,
    ValType::I64,
    ValType::F32,
    ValType::F64,
    ValType::V128,
];

/// What a call may execute, in operators and roughly.
const MAX_COST: u64 = 20_000;

const MEMORY_PAGES: u64 = 4;

/// The tables: functions to be called, values of the host, and functions that code moves around.
const CALLEES: u32 = 0;
const HOST_VALUES: u32 = 1;
const SCRATCH: u32 = 2;
const TABLE_SIZES: [u32; 3] = [32, 16, 16];

/// Segments of data and elements. The first ones are active; the last ones are dropped by code.
const DATA: u32 = 1;
const DROPPED_DATA: u32 = 2;
const DATA_LENGTH: u32 = 64;
const ELEMENTS: u32 = 1;
const DROPPED_ELEMENTS: u32 = 2;
const ELEMENTS_LENGTH: u32 = 8;

#[derive(Clone, Default, PartialEq, Eq)]
struct Signature {
    params: Vec<ValType>,
    results: Vec<ValType>,
}

struct Callee {
    ty: u32,
    cost: u64,
    /// Whether its first argument says how deep it calls itself.
    is_recursive: bool,
}

/// Elements of the table of callees that have the same type.
struct Group {
    ty: u32,
    start: u32,
    /// A power of two.
    count: u32,
    cost: u64,
}

/// A module in the making.
struct Plan {
    random: Random,
    types: Vec<Signature>,
    callees: Vec<Callee>,
    groups: Vec<Group>,
    globals: Vec<(ValType, bool)>,
    code: CodeSection,
    /// Whether vectors occur.
    has_vectors: bool,
    /// Whether there are tail calls, calls by reference, and functions with more values than registers.
    has_third_calls: bool,
}

/// A module of 2.0.
pub(crate) fn generate(seed: u64) -> Vec<u8> {
    make(seed, false)
}

/// A module with the calls of 3.0.
pub(crate) fn generate_third(seed: u64) -> Vec<u8> {
    make(seed, true)
}

fn make(seed: u64, has_third_calls: bool) -> Vec<u8> {
    let mut random = Random::new(seed);
    // The first numbers of neighbouring seeds are alike.
    random.next();
    let has_vectors = random.is_one_in(2);
    let mut plan = Plan {
        random,
        types: Vec::new(),
        callees: Vec::new(),
        groups: Vec::new(),
        globals: Vec::new(),
        code: CodeSection::new(),
        has_vectors,
        has_third_calls,
    };
    plan.make_functions();
    plan.encode()
}

impl Plan {
    fn number(&mut self) -> ValType {
        let count = if self.has_vectors { 5 } else { 4 };
        match self.random.below(3) {
            // What most code works with.
            0 => ValType::I32,
            _ => NUMBERS[self.random.below(count) as usize],
        }
    }

    fn value_type(&mut self) -> ValType {
        match self.random.below(20) {
            0 => ValType::FUNCREF,
            1 => ValType::EXTERNREF,
            _ => self.number(),
        }
    }

    fn value_types(&mut self, most: u64) -> Vec<ValType> {
        let count = self.random.below(most + 1);
        (0..count).map(|_| self.value_type()).collect()
    }

    fn type_index(&mut self, signature: Signature) -> u32 {
        let known = self.types.iter().position(|other| *other == signature);
        known.unwrap_or_else(|| {
            self.types.push(signature);
            self.types.len() - 1
        }) as u32
    }

    fn signature(&mut self) -> Signature {
        if self.has_third_calls && self.random.is_one_in(3) {
            return Signature {
                params: self.value_types(24),
                results: self.value_types(12),
            };
        }
        let results = match self.random.below(8) {
            0 => Vec::new(),
            1 => self.value_types(3),
            _ => vec![self.number()],
        };
        Signature {
            params: self.value_types(4),
            results,
        }
    }

    fn make_functions(&mut self) {
        for ty in NUMBERS {
            self.globals.extend([(ty, true), (ty, false)]);
        }
        self.globals
            .extend([(ValType::FUNCREF, true), (ValType::EXTERNREF, true)]);
        let result = self.number();
        let recursive = Signature {
            params: vec![ValType::I32, result],
            results: vec![result],
        };
        self.make_function(recursive, true);
        let shared = [self.signature(), self.signature()];
        for _ in 0..4 {
            let signature = self.random.pick(&shared).clone();
            self.make_function(signature, false);
        }
        self.group_callees();
        for _ in 0..2 + self.random.below(3) {
            let signature = self.signature();
            self.make_function(signature, false);
        }
    }

    fn make_function(&mut self, signature: Signature, is_recursive: bool) {
        let ty = self.type_index(signature.clone());
        let body = Body::new(self, signature);
        let body = if is_recursive {
            body.finish_recursive()
        } else {
            body.finish()
        };
        let mut function = Function::new_with_locals_types(body.declared.iter().copied());
        for instruction in &body.code {
            function.instruction(instruction);
        }
        self.code.function(&function);
        self.callees.push(Callee {
            ty,
            cost: body.cost,
            is_recursive,
        });
    }

    /// Lays out the table of callees: each type has a range.
    fn group_callees(&mut self) {
        let mut types: Vec<u32> = self.callees[1..].iter().map(|callee| callee.ty).collect();
        types.sort_unstable();
        types.dedup();
        let mut start = 0;
        for ty in types {
            let costs = self.callees.iter().filter(|callee| callee.ty == ty);
            let cost = costs.map(|callee| callee.cost).max().unwrap_or(0);
            let count = 1 << self.random.below(4);
            self.groups.push(Group {
                ty,
                start,
                count,
                cost,
            });
            start += count;
        }
    }

    fn encode(mut self) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        for Signature { params, results } in &self.types {
            types
                .ty()
                .function(params.iter().copied(), results.iter().copied());
        }
        let mut functions = FunctionSection::new();
        for callee in &self.callees {
            functions.function(callee.ty);
        }
        module
            .section(&types)
            .section(&functions)
            .section(&tables());
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: Some(MEMORY_PAGES),
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        module.section(&memories).section(&self.encode_globals());
        module
            .section(&self.encode_exports())
            .section(&self.encode_elements());
        module
            .section(&DataCountSection { count: 3 })
            .section(&self.code);
        module.section(&self.encode_data());
        module.finish()
    }

    fn encode_globals(&mut self) -> GlobalSection {
        let mut globals = GlobalSection::new();
        for &(val_type, mutable) in &self.globals {
            let bits = self.random.next();
            let init = match val_type {
                ValType::I32 => ConstExpr::i32_const(bits as i32 % 100),
                ValType::I64 => ConstExpr::i64_const(bits as i64),
                ValType::F32 => ConstExpr::f32_const((bits as u8 as f32).into()),
                ValType::F64 => ConstExpr::f64_const((bits as i64 as f64).into()),
                ValType::V128 => ConstExpr::v128_const(i128::from(bits) << 17),
                ValType::Ref(ty) => ConstExpr::ref_null(ty.heap_type),
            };
            let ty = GlobalType {
                val_type,
                mutable,
                shared: false,
            };
            globals.global(ty, &init);
        }
        globals
    }

    fn encode_exports(&self) -> ExportSection {
        let mut exports = ExportSection::new();
        for (index, callee) in (0..).zip(&self.callees) {
            if !callee.is_recursive {
                exports.export(&format!("f{index}"), ExportKind::Func, index);
            }
        }
        for index in 0..self.globals.len() as u32 {
            exports.export(&format!("g{index}"), ExportKind::Global, index);
        }
        for index in 0..TABLE_SIZES.len() as u32 {
            exports.export(&format!("t{index}"), ExportKind::Table, index);
        }
        exports.export("memory", ExportKind::Memory, 0);
        exports
    }

    fn encode_elements(&mut self) -> ElementSection {
        let mut callees = Vec::new();
        for group in &self.groups {
            let members: Vec<u32> = (0..5)
                .filter(|&index| index > 0 && self.callees[index as usize].ty == group.ty)
                .collect();
            callees.extend(members.iter().cycle().take(group.count as usize));
        }
        let mut elements = ElementSection::new();
        elements.active(
            Some(CALLEES),
            &ConstExpr::i32_const(0),
            Elements::Functions(callees.into()),
        );
        for _ in [ELEMENTS, DROPPED_ELEMENTS] {
            let random =
                (0..ELEMENTS_LENGTH).map(|_| self.random.below(self.callees.len() as u64) as u32);
            elements.passive(Elements::Functions(random.collect::<Vec<_>>().into()));
        }
        // What `ref.func` names must stand in a segment.
        let all: Vec<u32> = (0..self.callees.len() as u32).collect();
        elements.declared(Elements::Functions(all.into()));
        elements
    }

    fn encode_data(&mut self) -> DataSection {
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(64), self.random.bytes(512));
        for _ in [DATA, DROPPED_DATA] {
            data.passive(self.random.bytes(DATA_LENGTH as usize));
        }
        data
    }
}

fn tables() -> TableSection {
    let mut tables = TableSection::new();
    let types = [RefType::FUNCREF, RefType::EXTERNREF, RefType::FUNCREF];
    for (element_type, size) in types.into_iter().zip(TABLE_SIZES) {
        tables.table(TableType {
            element_type,
            table64: false,
            minimum: size.into(),
            maximum: Some(u64::from(size) + 4),
            shared: false,
        });
    }
    tables
}
