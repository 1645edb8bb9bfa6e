//! What WebAssembly is, apart from any module or engine.
//!
//! Input: nothing. Output: the instruction table, the types, and the meaning of every numeric
//! operator, which the decoder, the validator, the interpreter and the compiler all share.
//! Holds: no list of instructions exists outside `opcodes.rs`, and no operator's meaning outside
//! `semantics.rs` and `simd`.

pub(crate) mod features;
mod float;
pub(crate) mod opcodes;
pub(crate) mod semantics;
pub(crate) mod simd;
pub(crate) mod trap;
pub(crate) mod types;
