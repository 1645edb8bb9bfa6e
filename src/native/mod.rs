//! Running machine code.
//!
//! Input: what the compiler makes of a module. Output: [`LazyEngine`], what an engine needs to make and run machine
//! code; [`NativeModule`], a module that is machine code from the beginning, and [`TieredModule`], one that becomes it;
//! [`call`], which runs it.
//! Holds: code is never writable and executable at once, and lives as long as anything that can call it; a trap leaves
//! compiled code for the stub that entered it, never across frames of Rust; faults of memory accesses are told apart
//! from all others by the address of the instruction.
//!
//! `engine` has the stubs between machine code and the rest, `code` what is known of addresses, `module` and `tiered`
//! the code of modules, which `threads` compile and `cache` keeps; `run` enters code and is told when it stops,
//! `functions` is what it calls in the runtime.

mod cache;
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
