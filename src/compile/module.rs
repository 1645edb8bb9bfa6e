//! Compiles the functions of a module: all of them, on several processors, or one by one.
//!
//! Input: a validated module. Output: [`CompiledModule`]; or [`Batch`], to be linked. Holds: nothing depends on which
//! worker has compiled what. A function that cannot be compiled is not there: it stays interpreted.

use alloc::vec::Vec;
use core::sync::atomic::{AtomicU32, Ordering};

use super::frontend::Options;
use super::link::Linker;
use super::meter::{self, Meter, Pass};
use super::object::{CallSite, InlineSite, InlinedCode, Object, TrapSite};
use super::pipeline::Compiler;
use super::profile::Profile;
use super::x64::features::CpuFeatures;
use crate::error::Error;
use crate::module::Module;
use crate::runtime::layout::LoopFrame;
use crate::sys::workers;
use crate::validate;

/// How many bytes of bodies are worth one more worker.
const BYTES_A_WORKER: usize = 16 << 10;

/// A function's place in the code of its module.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct CompiledFunction {
    /// Its index among the functions that the module defines.
    pub(crate) defined_index: u32,
    /// Where its bytes begin.
    pub(crate) start: u32,
    /// Where they end.
    pub(crate) end: u32,
}

impl CompiledFunction {
    /// Where others than functions of its module enter it, if places are counted from `base`.
    pub(crate) fn external_entry(&self, base: usize) -> usize {
        base + (self.start + Object::EXTERNAL_ENTRY) as usize
    }
}

/// The machine code of a module.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct CompiledModule {
    /// The code of all functions.
    pub(crate) code: Vec<u8>,
    /// What is known of it.
    pub(crate) tables: Tables,
}

/// What is known of the machine code of a module.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tables {
    /// The functions that are compiled, ascending.
    pub(crate) functions: Vec<CompiledFunction>,
    /// Where the code can trap, ascending.
    pub(crate) traps: Vec<TrapSite>,
    /// Where it calls, ascending.
    pub(crate) calls: Vec<CallSite>,
    /// What of both is in inlined bodies, ascending.
    pub(crate) inlined: Vec<InlinedCode>,
    /// By which calls these are reached.
    pub(crate) sites: Vec<InlineSite>,
}

/// What one worker has compiled, one function behind the other.
#[derive(Default)]
pub(crate) struct Batch {
    /// The loop at which the code begins, if nobody calls it.
    pub(super) entry: Option<LoopFrame>,
    pub(super) object: Object,
    pub(super) functions: Vec<Piece>,
}

/// A function in a [`Batch`]: what of each list belongs to it ends where the next one begins.
#[derive(Copy, Clone)]
pub(super) struct Piece {
    pub(super) defined_index: u32,
    pub(super) bytes: usize,
    pub(super) relocations: usize,
    pub(super) traps: usize,
    pub(super) calls: usize,
    pub(super) inlined: usize,
    pub(super) sites: usize,
}

impl Batch {
    /// The functions in it, by their indices among those that the module defines.
    pub(crate) fn functions(&self) -> impl Iterator<Item = u32> + '_ {
        self.functions.iter().map(|piece| piece.defined_index)
    }

    /// The loop at which its code begins, if nobody calls it.
    pub(crate) fn entry(&self) -> Option<LoopFrame> {
        self.entry
    }

    pub(super) fn push(&mut self, defined_index: u32, object: &Object) {
        self.functions.push(Piece {
            defined_index,
            ..self.end()
        });
        self.object.bytes.extend_from_slice(&object.bytes);
        self.object
            .relocations
            .extend_from_slice(&object.relocations);
        self.object.traps.extend_from_slice(&object.traps);
        self.object.calls.extend_from_slice(&object.calls);
        self.object.inlined.extend_from_slice(&object.inlined);
        self.object.sites.extend_from_slice(&object.sites);
    }

    /// The end of everything, as if another function followed.
    pub(super) fn end(&self) -> Piece {
        Piece {
            defined_index: u32::MAX,
            bytes: self.object.bytes.len(),
            relocations: self.object.relocations.len(),
            traps: self.object.traps.len(),
            calls: self.object.calls.len(),
            inlined: self.object.inlined.len(),
            sites: self.object.sites.len(),
        }
    }
}

/// Compiles all functions that a module defines: on one processor, or on as many as there are and are worth it.
///
/// # Errors
/// More code than distances of 32 bits reach.
pub(crate) fn compile_module(
    module: &Module,
    features: CpuFeatures,
    options: Options,
    is_parallel: bool,
) -> Result<CompiledModule, Error> {
    let workers = match is_parallel {
        true => workers::count(module.bodies.len(), module.body_bytes(), BYTES_A_WORKER),
        false => 1,
    };
    compile_with(module, features, options, workers)
}

/// Compiles all functions that a module defines with so many workers, each of which takes the next one that is left.
fn compile_with(
    module: &Module,
    features: CpuFeatures,
    options: Options,
    workers: usize,
) -> Result<CompiledModule, Error> {
    let next = AtomicU32::new(0);
    let batches = workers::run(workers, || {
        compile_some(module, features, options, || {
            let index = next.fetch_add(1, Ordering::Relaxed);
            ((index as usize) < module.bodies.len()).then_some(index)
        })
    });
    Linker::new(module).link(module, &batches, 0)
}

fn compile_some(
    module: &Module,
    features: CpuFeatures,
    options: Options,
    next: impl Fn() -> Option<u32>,
) -> Batch {
    let mut batch = Batch::default();
    let mut compiler = Compiler::new(features);
    let mut scratch = validate::Scratch::default();
    while let Some(index) = next() {
        // A body that is not valid, which only a module whose bodies have not been looked at can have, is an error of
        // its first call.
        let Ok(facts) = validate::facts(module, index, &mut scratch) else {
            continue;
        };
        if let Ok(object) = compiler.compile(module, index, facts, options, None) {
            batch.push(index, object);
        }
    }
    batch
}

/// Compiles all functions that a module defines on this processor, and measures it. `refused` is told of those that
/// cannot be compiled.
///
/// # Errors
/// A body that is not valid, and as for [`compile_module`].
pub(crate) fn measure_module(
    module: &Module,
    features: CpuFeatures,
    options: Options,
    mut refused: impl FnMut(u32, Error),
) -> Result<(CompiledModule, Meter), Error> {
    let mut batch = Batch::default();
    let mut compiler = Compiler::new(features);
    let mut scratch = validate::Scratch::default();
    compiler.meter = Some(Meter::default());
    for index in 0..module.bodies.len() as u32 {
        if let Some(meter) = &mut compiler.meter {
            meter.begin();
        }
        // Those of a module that was validated before are there already.
        let facts = validate::validate_body(module, index, &mut scratch)?;
        meter::end(&mut compiler.meter, Pass::Validate);
        match compiler.compile(module, index, &facts, options, None) {
            Ok(object) => batch.push(index, object),
            Err(error) => refused(index, error),
        }
        meter::end(&mut compiler.meter, Pass::Link);
    }
    let mut meter = compiler.meter.unwrap_or_default();
    meter.begin();
    let compiled = Linker::new(module).link(module, &[batch], 0)?;
    meter.end(Pass::Link);
    Ok((compiled, meter))
}

/// Compiles functions of a module one by one, when somebody asks for them.
pub(crate) struct Worker {
    compiler: Compiler,
    scratch: validate::Scratch,
    batch: Batch,
}

impl Worker {
    /// One that makes code for a processor.
    pub(crate) fn new(features: CpuFeatures) -> Worker {
        Worker {
            compiler: Compiler::new(features),
            scratch: validate::Scratch::default(),
            batch: Batch::default(),
        }
    }

    /// Compiles a function of which a profile is known, to be linked with those that it has compiled since
    /// [`Worker::take`].
    ///
    /// # Errors
    /// A body that is not valid, or a function that cannot be compiled.
    pub(crate) fn compile(
        &mut self,
        module: &Module,
        defined_index: u32,
        options: Options,
        profile: Profile,
    ) -> Result<(), Error> {
        self.compile_from(module, defined_index, options, (None, profile))
    }

    /// Compiles what goes on at a loop of a function in place of the interpreter, as [`Worker::compile`].
    ///
    /// # Errors
    /// As there.
    pub(crate) fn compile_loop(
        &mut self,
        module: &Module,
        defined_index: u32,
        options: Options,
        profile: Profile,
        entry: LoopFrame,
    ) -> Result<(), Error> {
        self.compile_from(module, defined_index, options, (Some(entry), profile))
    }

    fn compile_from(
        &mut self,
        module: &Module,
        defined_index: u32,
        options: Options,
        (entry, profile): (Option<LoopFrame>, Profile),
    ) -> Result<(), Error> {
        let facts = validate::facts(module, defined_index, &mut self.scratch)?;
        self.compiler.entry = entry;
        self.compiler.profile = profile;
        let object = self
            .compiler
            .compile(module, defined_index, facts, options, None)?;
        self.batch.push(defined_index, object);
        self.batch.entry = entry;
        Ok(())
    }

    /// How many bytes of code it has made since [`Worker::take`].
    pub(crate) fn code_bytes(&self) -> usize {
        self.batch.object.bytes.len()
    }

    /// What it has compiled.
    pub(crate) fn take(&mut self) -> Batch {
        core::mem::take(&mut self.batch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::registry::TypeRegistry;
    use crate::runtime::layout::MemoryGuards;
    use crate::wasm::features::Features;

    #[test]
    fn code_does_not_depend_on_the_number_of_threads() {
        let wasm = include_bytes!("../../tests/guests/bin/environment.wasm");
        let registry = TypeRegistry::new();
        let module = validate::decode_module(
            wasm.as_slice().into(),
            Features::default(),
            &registry,
            validate::Bodies::Eager,
        )
        .unwrap();
        let options = Options {
            guards: MemoryGuards::NONE,
            consume_fuel: true,
            interruptable: true,
        };
        let compiled = |workers| compile_with(&module, CpuFeatures::BASELINE, options, workers);
        let alone = compiled(1).unwrap();
        assert!(alone.tables.functions.len() > 10);
        for workers in [2, 3, 5, 8, 16] {
            assert!(compiled(workers).unwrap() == alone, "{workers} workers");
        }
    }
}
