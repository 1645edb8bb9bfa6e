//! The optimizing compiler: from checked bodies to machine code.
//!
//! Input: validated modules. Output: machine code with what the runtime has to know of it.
//! Holds: code depends on the module, the options and the profile alone, not on the number of threads; nothing about a
//! processor is known outside of its folder.
//!
//! `frontend` builds the intermediate representation in `ir` from a body, `x64` selects instructions, `regalloc` gives
//! them registers; `machine` is what these two share. docs/compiler.md follows a function through all of it.

pub(crate) mod cached;
mod frameless;
mod frontend;
mod ir;
mod link;
mod machine;
pub(crate) mod meter;
mod module;
pub(crate) mod object;
mod opt;
mod pipeline;
mod profile;
mod regalloc;
pub(crate) mod saved;
pub(crate) mod x64;

pub(crate) use frontend::{Options, find_fixed_tables};
pub(crate) use ir::RuntimeFunction;
pub(crate) use link::{Linker, Update, UpdateWord};
pub(crate) use module::{
    Batch, CompiledFunction, CompiledModule, Tables, Worker, compile_module, measure_module,
};
pub(crate) use pipeline::{Compiler, Stage};
pub(crate) use profile::Profile;
pub(crate) use x64::features::{CpuFeature, CpuFeatures};
pub(crate) use x64::listing;
pub(crate) use x64::stubs::{self, Callees, CommonStubs};
