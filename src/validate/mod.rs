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

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicU32, Ordering};

use crate::decode::{Decoded, decode};
use crate::error::Error;
use crate::module::Module;
use crate::module::executable::NotExecutable;
use crate::module::facts::FuncFacts;
use crate::module::registry::TypeRegistry;
use crate::sys::workers;
use crate::wasm::features::Features;

pub(crate) use stack::Scratch;

/// How many bytes of bodies are worth one more worker.
const BYTES_A_WORKER: usize = 128 << 10;

/// When the bodies of a module are validated.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bodies {
    /// With the rest of the module, on this thread.
    Eager,
    /// With the rest of the module, on as many threads as are worth it.
    InParallel,
    /// Each when its [`facts`] are asked for.
    Lazy,
}

/// Decodes and validates a module.
pub(crate) fn decode_module(
    binary: Box<[u8]>,
    features: Features,
    registry: &TypeRegistry,
    bodies: Bodies,
) -> Result<Module, Error> {
    let mut module = validate_module(decode(binary, features, registry)?)?;
    if bodies != Bodies::Lazy {
        let workers = match bodies {
            Bodies::InParallel => {
                workers::count(module.bodies.len(), module.body_bytes(), BYTES_A_WORKER)
            }
            _ => 1,
        };
        let found = validate_bodies(&module, workers)?;
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

/// What a worker has found in the bodies that it has validated.
#[derive(Default)]
struct Findings {
    /// The first thing that no engine executes yet, with the index of its function among those defined.
    not_executable: Option<(u32, NotExecutable)>,
    /// Why a body is not valid, with the same index of its function.
    error: Option<(u32, Error)>,
}

/// Validates all bodies with so many workers, each of which takes the next one that is left, and gives the first thing
/// in them that no engine executes yet, with the index of its function.
///
/// # Errors
/// That of the first body that is not valid, however many workers there are.
fn validate_bodies(module: &Module, workers: usize) -> Result<Option<(NotExecutable, u32)>, Error> {
    let count = module.bodies.len() as u32;
    let next = AtomicU32::new(0);
    let all = workers::run(workers, || {
        let mut scratch = Scratch::default();
        let mut findings = Findings::default();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return findings;
            }
            match facts(module, index, &mut scratch) {
                // Asked for here, where the facts are at hand: to look through them again takes time in large modules.
                Ok(facts) if findings.not_executable.is_none() => {
                    findings.not_executable = facts.not_executable().map(|found| (index, found));
                }
                Ok(_) => {}
                Err(error) => {
                    // All bodies before this one have been taken, so that the first error will be among those found.
                    next.store(count, Ordering::Relaxed);
                    findings.error = Some((index, error));
                    return findings;
                }
            }
        }
    });
    let mut not_executable: Vec<_> = all.iter().filter_map(|of| of.not_executable).collect();
    not_executable.sort_unstable_by_key(|found| found.0);
    let errors = all.into_iter().filter_map(|of| of.error);
    match errors.min_by_key(|error| error.0) {
        Some((_, error)) => Err(error),
        None => Ok(not_executable
            .first()
            .map(|&(index, found)| (found, module.imported_functions + index))),
    }
}
