//! Running machine code.
//!
//! Input: what the compiler makes of a module. Output: [`NativeEngine`], what an engine needs to run machine code;
//! [`NativeModule`], the code of a module where it can be executed; [`call`], which runs it.
//! Holds: code is never writable and executable at once, and lives as long as anything that can call it; a trap leaves
//! compiled code for the stub that entered it, never across frames of Rust; faults of memory accesses are told apart
//! from all others by the address of the instruction.
//!
//! `engine` has the stubs between machine code and the rest, `module` the code and what is known of its addresses,
//! `run` enters it and is told when it stops, `functions` is what it calls in the runtime.

mod code;
mod engine;
mod functions;
mod module;
mod run;
mod threads;
mod tiered;

pub(crate) use engine::LazyEngine;
pub(crate) use module::NativeModule;
pub(crate) use run::call;
pub(crate) use tiered::{Thresholds, TieredModule};
