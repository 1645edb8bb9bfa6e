//! Modules that `wasm-smith` makes.
//!
//! Input: a seed. Output: a valid module that ends, or not if there is fuel to stop it, if the seed has one. Holds: the
//! bits of what is not a number are the canonical ones.

use wasm_smith::{Config, InstructionKind, InstructionKinds, Module};

use crate::operators;
use crate::random::Random;

/// Operators that a call may execute before the generated code stops itself.
const TERMINATION: u32 = 2_000;

/// How many bytes a module is made from.
const ENTROPY_BYTES: usize = 6_000;

/// What code consists of, apart from what all has.
const MIXTURES: &[&[InstructionKind]] = &[
    &[
        InstructionKind::Numeric,
        InstructionKind::Vector,
        InstructionKind::Reference,
        InstructionKind::Table,
        InstructionKind::Memory,
    ],
    &[InstructionKind::Vector, InstructionKind::Memory],
    &[InstructionKind::Numeric],
    &[InstructionKind::Numeric, InstructionKind::Memory],
    &[
        InstructionKind::NumericInt,
        InstructionKind::Reference,
        InstructionKind::Table,
        InstructionKind::MemoryInt,
    ],
];

/// Modules of 2.0 without imports, which every engine takes.
fn second(seed: u64) -> Config {
    let mixture = MIXTURES[seed as usize % MIXTURES.len()];
    let always = [
        InstructionKind::Parametric,
        InstructionKind::Variable,
        InstructionKind::Control,
    ];
    let has_vectors = mixture.contains(&InstructionKind::Vector) || seed.is_multiple_of(2);
    Config {
        allow_start_export: true,
        allowed_instructions: InstructionKinds::new(&[&always, mixture].concat()),
        bulk_memory_enabled: true,
        canonicalize_nans: true,
        custom_page_sizes_enabled: false,
        disallow_traps: !seed.is_multiple_of(4),
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
        simd_enabled: has_vectors,
        // Without a maximum the peer lets a table grow until the machine has no memory left.
        table_max_size_required: true,
        tail_call_enabled: false,
        threads_enabled: false,
        wide_arithmetic_enabled: false,
        ..Config::default()
    }
}

/// Whether a module of 3.0 has more code than others.
fn is_large(seed: u64) -> bool {
    seed % 8 == 1
}

/// Whether a module of 3.0 may have what only the interpreter executes.
pub(crate) fn has_wide_arithmetic(seed: u64) -> bool {
    seed.is_multiple_of(7)
}

/// Modules of 3.0, as far as it can be executed, some with imports.
fn third(seed: u64) -> Config {
    Config {
        max_imports: if seed.is_multiple_of(3) { 0 } else { 6 },
        max_memories: 3,
        max_tables: 3,
        max_instructions: if is_large(seed) { 4_000 } else { 400 },
        memory64_enabled: true,
        // Other engines have other results.
        relaxed_simd_enabled: seed.is_multiple_of(5) && !cfg!(feature = "wasmtime"),
        tail_call_enabled: true,
        wide_arithmetic_enabled: has_wide_arithmetic(seed),
        ..second(seed)
    }
}

/// A module of 2.0 that ends.
pub(crate) fn generate(seed: u64) -> Option<Vec<u8>> {
    make(seed, second(seed), ENTROPY_BYTES, true)
}

/// A module of 3.0, which ends or does not.
pub(crate) fn generate_third(seed: u64, does_end: bool) -> Option<Vec<u8>> {
    let entropy_bytes = if is_large(seed) { 10 } else { 1 } * ENTROPY_BYTES;
    let module = make(seed, third(seed), entropy_bytes, does_end)?;
    Some(operators::without_foreign_tail_calls(&module))
}

fn make(seed: u64, config: Config, entropy_bytes: usize, does_end: bool) -> Option<Vec<u8>> {
    let bytes = Random::new(seed).bytes(entropy_bytes);
    let mut input = arbitrary::Unstructured::new(&bytes);
    let mut module = Module::new(config, &mut input).ok()?;
    if does_end {
        module.ensure_termination(TERMINATION).ok()?;
    }
    Some(module.to_bytes())
}
