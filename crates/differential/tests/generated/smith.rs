//! Modules that `wasm-smith` makes.
//!
//! Input: a seed. Output: a valid module that ends, if the seed has one. Holds: the bits of what is not a
//! number are the canonical ones.

use wasm_smith::{Config, InstructionKind, InstructionKinds, Module};

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

fn config(seed: u64) -> Config {
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

pub(crate) fn generate(seed: u64) -> Option<Vec<u8>> {
    let bytes = Random::new(seed).bytes(ENTROPY_BYTES);
    let mut input = arbitrary::Unstructured::new(&bytes);
    let mut module = Module::new(config(seed), &mut input).ok()?;
    module.ensure_termination(TERMINATION).ok()?;
    Some(module.to_bytes())
}
