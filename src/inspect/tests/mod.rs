//! Executes what is compiled, and compares every result with the interpreter's, bit by bit: every numeric
//! operator, load and store, with operands in registers, in memory and as constants, for processors with
//! different extensions.

mod calls;
mod faults;
mod instance;
mod programs;
mod values;
mod written;

use self::instance::Compiled;
use self::values::{Bits, Random};
use crate::compile::object::{Object, Target};
use crate::compile::x64::features::{CpuFeature, CpuFeatures};
use crate::compile::{Compiler, Options};
use crate::runtime::pool::MemoryOptions;
use crate::sys::machine_code::{Code, Registers};
use crate::validate;
use crate::wasm::trap::Trap;
use crate::wasm::types::ValType;
use crate::{Config, Engine, Instance, Linker, Module, Store, Strategy, Val};

/// How many bytes of the memory are used: all that functions are given as addresses, and vectors there.
const MEMORY_BYTES: usize = 256;

/// In place of a trap's number: the store has the error already.
const PENDING: u8 = 99;

/// A function to compare.
struct Case {
    /// What it does.
    name: String,
    /// Its text behind `(func`.
    text: String,
    params: Vec<ValType>,
    results: Vec<ValType>,
    /// How often it is called.
    calls: usize,
    /// The text of a function `$helper` that it calls; then there is only one case.
    helper: Option<String>,
}

/// What says what is right.
fn interpreter() -> Engine {
    Engine::new(Config::new().strategy(Strategy::Interpreter)).unwrap()
}

/// The processors that code is made for.
fn processors() -> Vec<(&'static str, CpuFeatures)> {
    let detected = CpuFeatures::detect();
    let without_avx = [CpuFeature::Avx, CpuFeature::Avx2]
        .into_iter()
        .fold(detected, CpuFeatures::without);
    vec![
        ("detected", detected),
        ("without AVX2", detected.without(CpuFeature::Avx2)),
        ("without AVX", without_avx),
        ("baseline", CpuFeatures::BASELINE),
    ]
}

/// Functions one after the other.
#[derive(Default)]
struct Linked {
    bytes: Vec<u8>,
    starts: Vec<(u32, usize)>,
    relocations: Vec<(usize, u32)>,
    traps: Vec<(usize, u8)>,
}

impl Linked {
    fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    fn add(&mut self, function: u32, object: &Object) {
        // Constants in the code are aligned.
        self.bytes
            .resize(self.bytes.len().next_multiple_of(16), 0xCC);
        let start = self.bytes.len();
        self.starts.push((function, start));
        self.bytes.extend(&object.bytes);
        let relocations = object.relocations.iter();
        self.relocations.extend(relocations.map(|relocation| {
            let Target::Function(function) = relocation.to else {
                panic!("only whole modules have tables");
            };
            (start + relocation.at as usize, function)
        }));
        // Accesses beyond the memory are not among what is compared.
        let traps = object.traps.iter().filter(|site| !site.is_fault);
        self.traps.extend(traps.map(|site| {
            let trap = site.trap.map_or(PENDING, |trap| trap as u8);
            (start + site.at as usize, trap)
        }));
    }

    fn compiled(self) -> Compiled {
        // Nobody asks for their types.
        let functions = self.starts.iter().map(|&(_, start)| (Some(start), 0));
        Compiled {
            functions: functions.collect(),
            tables: Vec::new(),
            stack_limit: 0,
            code: self.code(),
        }
    }

    fn code(mut self) -> Code {
        for &(at, function) in &self.relocations {
            let &(_, start) = self
                .starts
                .iter()
                .find(|known| known.0 == function)
                .unwrap();
            let entry = start as i32 + Object::INTERNAL_ENTRY as i32;
            let distance = entry - (at as i32 + 4);
            self.bytes[at..at + 4].copy_from_slice(&distance.to_le_bytes());
        }
        Code::new(&self.bytes, &self.traps)
    }
}

/// What happened in a call.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Outcome {
    Results(Registers),
    Trap(Trap),
}

/// The interpreter.
struct Oracle {
    store: Store<()>,
    instance: Instance,
}

impl Oracle {
    fn call(&mut self, name: &str, case: &Case, memory: &mut [u8], params: &[Bits]) -> Outcome {
        let inner = self.instance.get_memory(&mut self.store, "memory").unwrap();
        inner.write(&mut self.store, 0, memory).unwrap();
        let function = self.instance.get_func(&mut self.store, name).unwrap();
        let params: Vec<Val> = case
            .params
            .iter()
            .zip(params)
            .map(|(&ty, &bits)| match ty {
                ValType::I32 => Val::I32(bits as i32),
                ValType::I64 => Val::I64(bits as i64),
                ValType::F32 => Val::F32(bits as u32),
                ValType::F64 => Val::F64(bits as u64),
                _ => Val::V128(bits.into()),
            })
            .collect();
        let mut results = vec![Val::I32(0); case.results.len()];
        let called = function.call(&mut self.store, &params, &mut results);
        inner.read(&mut self.store, 0, memory).unwrap();
        if let Err(error) = called {
            return Outcome::Trap(*error.downcast_ref::<Trap>().unwrap());
        }
        let mut registers = Registers::default();
        let (mut integers, mut vectors) = (0, 0);
        for result in results {
            let (bits, is_vector) = match result {
                Val::I32(bits) => (u128::from(bits as u32), false),
                Val::I64(bits) => (u128::from(bits as u64), false),
                Val::F32(bits) => (bits.into(), true),
                Val::F64(bits) => (bits.into(), true),
                Val::V128(bits) => (bits.as_u128(), true),
                _ => unreachable!(),
            };
            if is_vector {
                registers.vectors[vectors] = bits.to_le_bytes();
                vectors += 1;
            } else {
                registers.integers[integers] = bits as u64;
                integers += 1;
            }
        }
        Outcome::Results(registers)
    }
}

/// The registers that parameters are in. What is above a number is anything.
fn registers_of(case: &Case, params: &[Bits]) -> Registers {
    let mut registers = Registers {
        integers: [0x0101; 4],
        vectors: [[0xA5; 16]; 4],
    };
    let (mut integers, mut vectors) = (0, 0);
    for (&ty, &bits) in case.params.iter().zip(params) {
        match ty {
            ValType::I32 | ValType::I64 => {
                registers.integers[integers] = bits as u64;
                integers += 1;
            }
            _ => {
                let bytes = values::bytes_of(ty);
                registers.vectors[vectors][..bytes].copy_from_slice(&bits.to_le_bytes()[..bytes]);
                vectors += 1;
            }
        }
    }
    registers
}

/// Only what results are.
fn results_of(case: &Case, registers: Registers) -> Registers {
    let mut results = Registers::default();
    let (mut integers, mut vectors) = (0, 0);
    for &ty in &case.results {
        match ty {
            ValType::I32 | ValType::I64 => {
                results.integers[integers] = registers.integers[integers];
                integers += 1;
            }
            _ => {
                let bytes = values::bytes_of(ty);
                results.vectors[vectors][..bytes]
                    .copy_from_slice(&registers.vectors[vectors][..bytes]);
                vectors += 1;
            }
        }
    }
    results
}

/// Compares functions; `seed` is that of their operands.
fn compare(cases: &[Case], seed: u64) {
    let mut text = String::from("(module (memory (export \"memory\") 1)\n");
    for (index, case) in cases.iter().enumerate() {
        text.push_str(&format!("(func (export \"{index}\") {})\n", case.text));
    }
    if let Some(helper) = cases.iter().find_map(|case| case.helper.as_ref()) {
        assert_eq!(cases.len(), 1);
        text.push_str(&format!("(func $helper {helper})\n"));
    }
    text.push(')');
    let engine = interpreter();
    let module = match wat::parse_str(&text).map(|wasm| Module::new(&engine, wasm)) {
        Ok(Ok(module)) => module,
        error => panic!("{error:?}"),
    };
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine)
        .instantiate(&mut store, &module)
        .unwrap();
    let mut oracle = Oracle { store, instance };
    let mut compilers: Vec<_> = processors()
        .into_iter()
        .map(|(name, features)| {
            let compiler = Compiler::new(features);
            (name, compiler)
        })
        .collect();
    let mut scratch = validate::Scratch::default();
    let mut problems = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let inner = module.inner();
        let options = Options {
            guards: MemoryOptions::default().guards(),
            consume_fuel: false,
            interruptable: false,
        };
        let helper = case.helper.as_ref().map(|_| 1);
        let mut codes = Vec::new();
        for (name, compiler) in &mut compilers {
            let mut linked = Linked::default();
            for function in [index as u32].into_iter().chain(helper) {
                let facts = validate::facts(inner, function, &mut scratch).unwrap();
                match compiler.compile(inner, function, facts, options, None) {
                    Ok(object) => linked.add(function, object),
                    Err(error) => problems.push(format!("{} for {name}: {error:?}", case.name)),
                }
            }
            if !linked.is_empty() {
                codes.push((*name, linked.compiled()));
            }
        }
        problems.extend(compare_case(&mut oracle, index, case, &codes, seed));
    }
    let count = problems.len();
    problems.truncate(40);
    assert!(
        problems.is_empty(),
        "{count} problems:\n{}",
        problems.join("\n")
    );
}

/// The first difference of each code.
fn compare_case(
    oracle: &mut Oracle,
    index: usize,
    case: &Case,
    codes: &[(&str, Compiled)],
    seed: u64,
) -> Vec<String> {
    let name = index.to_string();
    let mut random = Random::new(seed ^ index as u64);
    let mut problems = Vec::new();
    let mut is_different = vec![false; codes.len()];
    let mut traps_left = 8;
    for _ in 0..case.calls {
        let params: Vec<Bits> = case.params.iter().map(|&ty| random.value(ty)).collect();
        let before: [u8; MEMORY_BYTES] = core::array::from_fn(|at| match at % 16 {
            0 => (random.value(ValType::V128) >> 3) as u8,
            _ => random.next() as u8,
        });
        let before = random.memory(before);
        let mut expected_memory = before;
        let expected = oracle.call(&name, case, &mut expected_memory, &params);
        for ((processor, code), is_different) in codes.iter().zip(&mut is_different) {
            if *is_different {
                continue;
            }
            let mut memory = before;
            let registers = registers_of(case, &params);
            let found = match expected {
                Outcome::Results(_) => {
                    Outcome::Results(results_of(case, code.call(&mut memory, registers)))
                }
                Outcome::Trap(trap) if traps_left == 0 => Outcome::Trap(trap),
                Outcome::Trap(_) => {
                    traps_left -= 1;
                    match code.trap(&mut memory, registers) {
                        Some(trap) => Outcome::Trap(Trap::ALL[usize::from(trap)]),
                        None => Outcome::Results(Registers::default()),
                    }
                }
            };
            // A child process keeps its memory to itself.
            let is_same_memory = matches!(found, Outcome::Trap(_)) || memory == expected_memory;
            if found != expected || !is_same_memory {
                *is_different = true;
                problems.push(format!(
                    "{} for {processor} of {params:x?}:\n  {expected:x?} expected\n  {found:x?} found",
                    case.name
                ));
            }
        }
    }
    problems
}
