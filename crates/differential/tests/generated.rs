//! The interpreter against an independent engine, on generated modules.
//!
//! Input: modules that `wasm-smith` makes from fixed seeds. Compared: whether instantiation and each call
//! trap and how, results, and at the end memories and globals. `WAZIR_MODULES` is how many modules are
//! made (300 unless set), `WAZIR_SEED` the first seed.
//!
//! The peer is wasmi 1.1: version 2.0.0 differs from it, and from wazir, on the module of seed 56.

use std::fmt::Write;

use wasm_smith::{Config, Module as Generated};

/// Operators that a call may execute before the generated code stops itself.
const TERMINATION: u32 = 2_000;

/// A generator of bytes for a seed: xorshift64*.
fn bytes(seed: u64, count: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    };
    (0..count.div_ceil(8))
        .flat_map(|_| next().to_le_bytes())
        .take(count)
        .collect()
}

fn config(seed: u64) -> Config {
    Config {
        allow_start_export: true,
        bulk_memory_enabled: true,
        canonicalize_nans: true,
        custom_page_sizes_enabled: false,
        disallow_traps: !seed.is_multiple_of(3),
        exceptions_enabled: false,
        export_everything: true,
        extended_const_enabled: true,
        gc_enabled: false,
        max_data_segments: 3,
        max_element_segments: 3,
        max_funcs: 8,
        max_imports: 0,
        max_instructions: 400,
        max_memories: 2,
        max_memory32_bytes: 1 << 20,
        max_memory64_bytes: 1 << 20,
        max_table_elements: 100,
        max_tables: 2,
        memory64_enabled: false,
        memory_max_size_required: true,
        min_funcs: 2,
        multi_value_enabled: true,
        reference_types_enabled: true,
        relaxed_simd_enabled: false,
        saturating_float_to_int_enabled: true,
        sign_extension_ops_enabled: true,
        simd_enabled: seed.is_multiple_of(2),
        // Without a maximum the peer lets a table grow until the machine has no memory left.
        table_max_size_required: true,
        tail_call_enabled: false,
        threads_enabled: false,
        wide_arithmetic_enabled: false,
        ..Config::default()
    }
}

fn generate(seed: u64) -> Option<Vec<u8>> {
    let bytes = bytes(seed, 6_000);
    let mut input = arbitrary::Unstructured::new(&bytes);
    let mut module = Generated::new(config(seed), &mut input).ok()?;
    module.ensure_termination(TERMINATION).ok()?;
    Some(module.to_bytes())
}

/// What a run of a module showed, one fact a line. `None` if it shows nothing that can be compared:
/// the stack is exhausted at different depths.
mod with_wazir {
    use wazir::{Config, Engine, Extern, HeapType, Instance, Module, Store, Trap, Val, ValType};

    use super::*;

    fn zero(ty: &ValType) -> Val {
        match ty {
            ValType::I32 => Val::I32(0x1234_5678),
            ValType::I64 => Val::I64(-7),
            ValType::F32 => Val::F32(0x40490FDB),
            ValType::F64 => Val::F64(0xC005_BF0A_8B14_5769),
            ValType::V128 => Val::V128(0x0102_0304_0506_0708_090A_0B0C_0D0E_0F10_u128.into()),
            ValType::Ref(ty) if matches!(ty.heap_type(), HeapType::Extern) => Val::ExternRef(None),
            ValType::Ref(_) => Val::FuncRef(None),
        }
    }

    fn show(value: &Val) -> String {
        match value {
            Val::I32(value) => format!("i32 {value}"),
            Val::I64(value) => format!("i64 {value}"),
            Val::F32(bits) => format!("f32 {bits:#x}"),
            Val::F64(bits) => format!("f64 {bits:#x}"),
            Val::V128(value) => format!("v128 {:#x}", value.as_u128()),
            Val::FuncRef(value) => format!("func null {}", value.is_none()),
            Val::ExternRef(value) => format!("extern null {}", value.is_none()),
            other => format!("{other:?}"),
        }
    }

    fn failure(error: &wazir::Error) -> Option<String> {
        match error.trap() {
            Some(Trap::StackOverflow) => None,
            Some(trap) => Some(format!(
                "trap {}",
                trap.to_string()
                    .replace("uninitialized element", "null call")
            )),
            None => Some("error".to_owned()),
        }
    }

    pub(super) fn run(wasm: &[u8], config: &Config) -> Option<String> {
        let engine = Engine::new(config).unwrap();
        let module = Module::new(&engine, wasm).unwrap();
        let mut store = Store::new(&engine, ());
        let mut text = String::new();
        let instance = match Instance::new(&mut store, &module, &[]) {
            Ok(instance) => instance,
            Err(error) => return failure(&error).map(|_| "not instantiated".to_owned()),
        };
        let mut exports: Vec<_> = instance
            .exports(&mut store)
            .map(|export| (export.name().to_owned(), export.into_extern()))
            .collect();
        exports.sort_by(|(left, _), (right, _)| left.cmp(right));
        for (name, export) in &exports {
            let Extern::Func(function) = export else {
                continue;
            };
            let ty = function.ty(&store);
            let arguments: Vec<_> = ty.params().map(|ty| zero(&ty)).collect();
            let mut results: Vec<_> = ty.results().map(|ty| zero(&ty)).collect();
            let outcome = match function.call(&mut store, &arguments, &mut results) {
                Ok(()) => results.iter().map(show).collect::<Vec<_>>().join(", "),
                Err(error) => failure(&error)?,
            };
            writeln!(text, "{name}: {outcome}").unwrap();
        }
        for (name, export) in &exports {
            match export {
                Extern::Memory(memory) => {
                    let hash = super::hash(memory.data(&store));
                    writeln!(text, "{name}: {} pages, {hash:#x}", memory.size(&store)).unwrap();
                }
                Extern::Global(global) => {
                    let value = global.get(&mut store);
                    writeln!(text, "{name}: {}", show(&value)).unwrap();
                }
                _ => {}
            }
        }
        Some(text)
    }
}

mod with_peer {
    use wasmi::{Config, Engine, Extern, Linker, Module, Store, TrapCode, Val, ValType};

    use super::*;

    fn zero(ty: ValType) -> Val {
        match ty {
            ValType::I32 => Val::I32(0x1234_5678),
            ValType::I64 => Val::I64(-7),
            ValType::F32 => Val::F32(wasmi::F32::from_bits(0x40490FDB)),
            ValType::F64 => Val::F64(wasmi::F64::from_bits(0xC005_BF0A_8B14_5769)),
            ValType::V128 => Val::V128(0x0102_0304_0506_0708_090A_0B0C_0D0E_0F10_u128.into()),
            ty => Val::default(ty),
        }
    }

    fn show(value: &Val) -> String {
        match value {
            Val::I32(value) => format!("i32 {value}"),
            Val::I64(value) => format!("i64 {value}"),
            Val::F32(value) => format!("f32 {:#x}", value.to_bits()),
            Val::F64(value) => format!("f64 {:#x}", value.to_bits()),
            Val::V128(value) => format!("v128 {:#x}", value.as_u128()),
            Val::FuncRef(value) => format!("func null {}", value.is_null()),
            Val::ExternRef(value) => format!("extern null {}", value.is_null()),
        }
    }

    fn failure(error: &wasmi::Error) -> Option<String> {
        Some(match error.as_trap_code() {
            Some(TrapCode::StackOverflow) => return None,
            Some(TrapCode::UnreachableCodeReached) => "trap unreachable".to_owned(),
            Some(TrapCode::MemoryOutOfBounds) => "trap out of bounds memory access".to_owned(),
            Some(TrapCode::TableOutOfBounds) => "trap out of bounds table access".to_owned(),
            Some(TrapCode::IndirectCallToNull) => "trap null call".to_owned(),
            Some(TrapCode::IntegerDivisionByZero) => "trap integer divide by zero".to_owned(),
            Some(TrapCode::IntegerOverflow) => "trap integer overflow".to_owned(),
            Some(TrapCode::BadConversionToInteger) => {
                "trap invalid conversion to integer".to_owned()
            }
            Some(TrapCode::BadSignature) => "trap indirect call type mismatch".to_owned(),
            Some(other) => format!("trap {other:?}"),
            None => "error".to_owned(),
        })
    }

    pub(super) fn run(wasm: &[u8]) -> Option<String> {
        let mut config = Config::default();
        config.wasm_extended_const(true).wasm_multi_memory(true);
        let engine = Engine::new(&config);
        let module = Module::new(&engine, wasm).unwrap();
        let mut store = Store::new(&engine, ());
        let mut text = String::new();
        let instance = match Linker::new(&engine).instantiate_and_start(&mut store, &module) {
            Ok(instance) => instance,
            Err(error) => return failure(&error).map(|_| "not instantiated".to_owned()),
        };
        let mut exports: Vec<_> = module
            .exports()
            .map(|export| export.name().to_owned())
            .collect();
        exports.sort();
        let exports: Vec<_> = exports
            .into_iter()
            .map(|name| {
                let export = instance.get_export(&store, &name).unwrap();
                (name, export)
            })
            .collect();
        for (name, export) in &exports {
            let Extern::Func(function) = export else {
                continue;
            };
            let ty = function.ty(&store);
            let arguments: Vec<_> = ty.params().iter().map(|&ty| zero(ty)).collect();
            let mut results: Vec<_> = ty.results().iter().map(|&ty| zero(ty)).collect();
            let outcome = match function.call(&mut store, &arguments, &mut results) {
                Ok(()) => results.iter().map(show).collect::<Vec<_>>().join(", "),
                Err(error) => failure(&error)?,
            };
            writeln!(text, "{name}: {outcome}").unwrap();
        }
        for (name, export) in &exports {
            match export {
                Extern::Memory(memory) => {
                    let hash = super::hash(memory.data(&store));
                    writeln!(text, "{name}: {} pages, {hash:#x}", memory.size(&store)).unwrap();
                }
                Extern::Global(global) => {
                    writeln!(text, "{name}: {}", show(&global.get(&store))).unwrap();
                }
                _ => {}
            }
        }
        Some(text)
    }
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
    })
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .map_or(otherwise, |value| value.parse().unwrap())
}

#[test]
fn generated_modules_do_the_same_as_in_an_independent_engine() {
    let first = number("WAZIR_SEED", 1);
    let count = number("WAZIR_MODULES", 300);
    let mut fueled = wazir::Config::new();
    fueled.interruptable(true);
    let mut compared = 0;
    for seed in first..first + count {
        let Some(wasm) = generate(seed) else { continue };
        let Some(expected) = with_peer::run(&wasm) else {
            continue;
        };
        for config in [wazir::Config::new(), fueled.clone()] {
            let Some(actual) = with_wazir::run(&wasm, &config) else {
                continue;
            };
            if actual != expected {
                let path = std::env::temp_dir().join(format!("wazir-differential-{seed}.wasm"));
                std::fs::write(&path, &wasm).unwrap();
                panic!(
                    "seed {seed}, kept as {}:\n{actual}\nbut the other engine:\n{expected}",
                    path.display()
                );
            }
        }
        compared += 1;
    }
    assert!(
        compared * 2 > count,
        "only {compared} of {count} modules could be compared"
    );
}
