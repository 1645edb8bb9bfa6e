//! Checks that a decoded module is valid.
//!
//! Input: what `decode` leaves. Output: a [`Module`] that engines can trust, and the facts about
//! each body.
//! Holds: a body is validated on its own, in one pass, at any time and on any thread; time and
//! memory are linear in the size of the body.
//!
//! Reference: [specification, section 3](https://webassembly.github.io/spec/core/valid/index.html).

mod aggregates;
mod const_expr;
mod control;
mod func;
mod memory;
mod module;
mod signature;
mod stack;
mod straight_line;
#[cfg(test)]
mod tests;

use crate::decode::{Decoded, decode};
use crate::error::Error;
use crate::module::Module;
use crate::module::executable::NotExecutable;
use crate::module::facts::FuncFacts;
use crate::module::registry::TypeRegistry;
use crate::wasm::features::Features;

pub(crate) use stack::Scratch;

/// Decodes and validates a module. If it is `lazy`, the bodies are left: each is validated when its
/// [`facts`] are asked for.
pub(crate) fn decode_module(
    binary: &[u8],
    features: Features,
    registry: &TypeRegistry,
    lazy: bool,
) -> Result<Module, Error> {
    let mut module = validate_module(decode(binary.into(), features, registry)?)?;
    if !lazy {
        let found = validate_bodies(&module)?;
        let found = found.map(|(found, function)| (found, Some(function)));
        module.not_executable = module.not_executable.or(found);
    }
    Ok(module)
}

/// Validates everything but the bodies.
pub(crate) fn validate_module(decoded: Decoded) -> Result<Module, Error> {
    let Decoded {
        mut module,
        offsets,
    } = decoded;
    module.not_executable = module::validate(&module, &offsets)?.map(|found| (found, None));
    Ok(module)
}

/// Validates the body of the function that is the `defined_index`th of those not imported.
pub(crate) fn validate_body(
    module: &Module,
    defined_index: u32,
    scratch: &mut Scratch,
) -> Result<FuncFacts, Error> {
    func::validate(module, defined_index, scratch).map_err(|error| {
        let label = module.function_label(module.imported_functions + defined_index);
        error.in_place(label)
    })
}

/// The facts about a body, which is validated now if it was not before.
pub(crate) fn facts<'m>(
    module: &'m Module,
    defined_index: u32,
    scratch: &mut Scratch,
) -> Result<&'m FuncFacts, Error> {
    let cell = &module.bodies[defined_index as usize].facts;
    cell.get_or_try_init(|| validate_body(module, defined_index, scratch))
}

/// Validates all bodies, and gives the first thing in them that no engine executes yet, with the index of its
/// function.
pub(crate) fn validate_bodies(module: &Module) -> Result<Option<(NotExecutable, u32)>, Error> {
    let mut scratch = Scratch::default();
    let mut first = None;
    for defined_index in 0..module.bodies.len() as u32 {
        let facts = facts(module, defined_index, &mut scratch)?;
        // Asked for here, where the facts are at hand: to look through them again takes time in large modules.
        if let (None, Some(found)) = (first, facts.not_executable()) {
            first = Some((found, module.imported_functions + defined_index));
        }
    }
    Ok(first)
}
