//! The door for tools and tests: what the stages of the engines leave, as text.
//!
//! Input: modules. Output: text. Holds: nothing here is covered by the promise of stable versions, and
//! nothing in the crate uses it.

#[cfg(feature = "compiler")]
mod compiler;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write};
use core::ops::Range;

use crate::decode::locals::{LocalRun, LocalRuns};
use crate::decode::reader::Reader;
use crate::embed::Module;
use crate::error::{Error, Result};
use crate::module;
use crate::module::facts::{ConstructFacts, FuncFacts, effect};
use crate::validate::{self, Scratch};

#[cfg(feature = "compiler")]
pub use compiler::*;

/// What validation found out about the functions that the module defines, as text: for each function
/// its declared locals, sizes and callees, and for each block, loop, if and try table, in the order of
/// their opcodes, the locals that are assigned in it and what it contains.
///
/// # Errors
/// If a body is invalid, which only a module made in
/// [`CompilationMode::Lazy`](crate::CompilationMode::Lazy) can have.
///
/// ```
/// use wazir::{Engine, Module, inspect};
/// let wasm = wat::parse_str("(module (func (param i32) (local f64 f64) loop local.get 0 br_if 0 end))")?;
/// let text = inspect::facts(&Module::new(&Engine::default(), wasm)?)?;
/// assert!(text.starts_with("function 0: 5 operators, 1 slot of operands, leaf\n  locals: 2 of F64\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn facts(module: &Module) -> Result<String> {
    facts_of(module, None)
}

/// The [`facts`] about one function, which the module defines.
///
/// # Errors
/// As for [`facts`], and if the module defines no function with this index.
pub fn function_facts(module: &Module, function_index: u32) -> Result<String> {
    facts_of(module, Some(function_index))
}

fn facts_of(module: &Module, function_index: Option<u32>) -> Result<String> {
    let module = module.inner();
    let mut text = String::new();
    let mut scratch = Scratch::default();
    for index in chosen(module, function_index)? {
        let facts = validate::facts(module, index, &mut scratch)?;
        let function = FunctionText {
            index: index + module.imported_functions,
            locals: locals(module, index)?,
            facts,
        };
        // Writing to a string does not fail.
        let _ = write!(text, "{function}");
    }
    Ok(text)
}

/// The functions that a module defines, or one of them, by their indices among these.
fn chosen(module: &module::Module, function_index: Option<u32>) -> Result<Range<u32>> {
    let count = module.bodies.len() as u32;
    let Some(index) = function_index else {
        return Ok(0..count);
    };
    let imported = module.imported_functions;
    match index.checked_sub(imported) {
        Some(defined) if defined < count => Ok(defined..defined + 1),
        Some(_) => Err(Error::msg(format!(
            "there is no function {index}: the module has {}",
            imported + count
        ))),
        None => Err(Error::msg(format!(
            "function {index} is imported: those that the module defines begin with {imported}"
        ))),
    }
}

/// The locals that a body declares.
fn locals(module: &module::Module, defined_index: u32) -> Result<Vec<LocalRun>> {
    let body = module.bodies[defined_index as usize].range.clone();
    let mut reader = Reader::new(&module.bytes, body.start as usize..body.end as usize);
    let params = module
        .function_type(module.imported_functions + defined_index)
        .params();
    let mut runs = LocalRuns::read(&mut reader, params.len() as u32)?;
    core::iter::from_fn(|| runs.next_run(&mut reader, module).transpose()).collect()
}

/// The facts about one function, as text.
struct FunctionText<'a> {
    index: u32,
    locals: Vec<LocalRun>,
    facts: &'a FuncFacts,
}

impl fmt::Display for FunctionText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = self.facts;
        let slots = facts.max_operand_slots();
        let plural = if slots == 1 { "slot" } else { "slots" };
        write!(
            f,
            "function {}: {} operators, {slots} {plural} of operands",
            self.index,
            facts.operator_count()
        )?;
        if facts.is_leaf() {
            f.write_str(", leaf")?;
        }
        f.write_char('\n')?;
        for LocalRun { count, ty, .. } in &self.locals {
            writeln!(f, "  locals: {count} of {ty:?}")?;
        }
        if !facts.callees().is_empty() {
            writeln!(f, "  callees: {:?}", facts.callees())?;
        }
        facts
            .constructs()
            .try_for_each(|construct| self.construct(f, &construct))
    }
}

impl FunctionText<'_> {
    fn construct(&self, f: &mut fmt::Formatter<'_>, construct: &ConstructFacts) -> fmt::Result {
        let assigned = construct.assigned.start as usize..construct.assigned.end as usize;
        let mut assigned: Vec<u32> = self.facts.assigned_locals()[assigned].into();
        assigned.sort_unstable();
        assigned.dedup();
        let has = |bit| construct.effects & bit != 0;
        let kind = if has(effect::LOOP) { "loop" } else { "block" };
        write!(f, "  {kind}: assigns {assigned:?}")?;
        let contents = [
            (effect::STORE, "stores"),
            (effect::GLOBAL, "sets globals"),
            (effect::CALL, "calls"),
            (effect::GROW, "grows memory"),
        ];
        for (_, content) in contents.iter().filter(|(bit, _)| has(*bit)) {
            write!(f, ", {content}")?;
        }
        f.write_char('\n')
    }
}

/// How many paths of guests the kernel has resolved so far, by `openat2`: 0 where paths are walked name by name.
#[cfg(feature = "wasi")]
pub fn kernel_path_resolutions() -> u64 {
    crate::sys::fs::kernel_resolutions()
}

/// Makes all paths of guests in this process be walked name by name from now on, as on systems whose kernel cannot
/// confine a path to a directory; or not.
#[cfg(feature = "wasi")]
pub fn walk_paths(walk: bool) {
    crate::sys::fs::walk_always(walk);
}

#[cfg(all(
    test,
    debug_assertions,
    feature = "compiler",
    target_arch = "x86_64",
    target_os = "linux"
))]
mod tests;
