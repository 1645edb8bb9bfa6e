//! Compiles the functions of a module, on several processors, and puts them together.
//!
//! Input: a validated module. Output: [`CompiledModule`]. Holds: functions stand in the order of their indices, so
//! that nothing depends on which worker has compiled what; nothing in the code depends on where it will be. A function
//! that cannot be compiled is not there: it stays interpreted.

use alloc::format;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicU32, Ordering};

use super::frontend::Options;
use super::meter::{self, Meter, Pass};
use super::object::{
    CallSite, InlineSite, InlinedCode, Object, Relocation, TableEntry, Target, TrapSite,
};
use super::pipeline::Compiler;
use super::x64::features::CpuFeatures;
use super::x64::stubs;
use crate::error::Error;
use crate::module::Module;
use crate::module::fixed_tables::FixedTable;
use crate::ordered_map::OrderedMap;
use crate::sys::workers;
use crate::validate;

/// How many bytes of bodies are worth one more worker.
const BYTES_A_WORKER: usize = 16 << 10;

/// What code begins at multiples of: the processor fetches so much at once, and constants are read as whole vectors.
const ALIGNMENT: usize = 16;
/// The same for functions that are as long: they take as much time wherever they are.
const LINE: usize = 64;

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
struct Batch {
    object: Object,
    functions: Vec<Piece>,
}

/// A function in a [`Batch`]: what of each list belongs to it ends where the next one begins.
#[derive(Copy, Clone)]
struct Piece {
    defined_index: u32,
    bytes: usize,
    relocations: usize,
    traps: usize,
    calls: usize,
    inlined: usize,
    sites: usize,
}

impl Batch {
    fn push(&mut self, defined_index: u32, object: &Object) {
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
    fn end(&self) -> Piece {
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
    link(module, &batches)
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
    let compiled = link(module, &[batch])?;
    meter.end(Pass::Link);
    Ok((compiled, meter))
}

/// Puts the functions one behind the other, and lets calls lead to them.
fn link(module: &Module, batches: &[Batch]) -> Result<CompiledModule, Error> {
    let mut places = alloc::vec![None; module.bodies.len()];
    for (number, batch) in batches.iter().enumerate() {
        for (position, piece) in batch.functions.iter().enumerate() {
            places[piece.defined_index as usize] = Some((number, position));
        }
    }
    let all_bytes: usize = batches.iter().map(|batch| batch.object.bytes.len()).sum();
    let mut linked = CompiledModule::default();
    linked.code.reserve(all_bytes + LINE * module.bodies.len());
    let mut entries = alloc::vec![None; module.bodies.len()];
    let mut relocations = Vec::new();
    for (number, position) in places.into_iter().flatten() {
        let batch = &batches[number];
        let piece = batch.functions[position];
        let end = batch.functions.get(position + 1).copied();
        let end = end.unwrap_or_else(|| batch.end());
        let length = end.bytes - piece.bytes;
        let alignment = if length < LINE { ALIGNMENT } else { LINE };
        align(&mut linked.code, alignment);
        let start = linked.code.len();
        linked
            .code
            .extend_from_slice(&batch.object.bytes[piece.bytes..end.bytes]);
        if linked.code.len() > i32::MAX as usize / 2 {
            return Err(Error::resource("the module's machine code is too long"));
        }
        // All of it is less than 4 GiB, as was just made sure.
        let base = start as u32;
        entries[piece.defined_index as usize] = Some(base + Object::INTERNAL_ENTRY);
        linked.tables.functions.push(CompiledFunction {
            defined_index: piece.defined_index,
            start: base,
            end: linked.code.len() as u32,
        });
        let of_piece = &batch.object.relocations[piece.relocations..end.relocations];
        relocations.extend(of_piece.iter().map(|relocation| Relocation {
            at: relocation.at + base,
            ..*relocation
        }));
        let of_piece = &batch.object.traps[piece.traps..end.traps];
        linked
            .tables
            .traps
            .extend(of_piece.iter().map(|site| TrapSite {
                at: site.at + base,
                ..*site
            }));
        let of_piece = &batch.object.calls[piece.calls..end.calls];
        linked
            .tables
            .calls
            .extend(of_piece.iter().map(|site| CallSite {
                at: site.at + base,
                ..*site
            }));
        let of_piece = &batch.object.inlined[piece.inlined..end.inlined];
        let first_site = linked.tables.sites.len() as u32;
        linked
            .tables
            .inlined
            .extend(of_piece.iter().map(|code| InlinedCode {
                at: code.at + base,
                site: code.site + first_site,
            }));
        let of_piece = &batch.object.sites[piece.sites..end.sites];
        linked
            .tables
            .sites
            .extend(of_piece.iter().map(|site| InlineSite {
                parent: match site.parent {
                    InlineSite::NONE => InlineSite::NONE,
                    parent => parent + first_site,
                },
                ..*site
            }));
    }
    let mut tables = OrderedMap::new();
    for Relocation { at, to } in relocations {
        let code = &mut linked.code;
        let place = match to {
            Target::Function(function) => entry(module, function, &mut entries, code)?,
            Target::Table(table) => match tables.get(&table) {
                Some(&place) => place,
                None => {
                    let place = append_table(module, table, &mut entries, code)?;
                    tables.insert(table, place);
                    place
                }
            },
        };
        let distance = place.wrapping_sub(at + 4);
        linked.code[at as usize..at as usize + 4].copy_from_slice(&distance.to_le_bytes());
    }
    Ok(linked)
}

/// Where a function of a module is entered: if it is not compiled, in a stub.
fn entry(
    module: &Module,
    function: u32,
    entries: &mut [Option<u32>],
    code: &mut Vec<u8>,
) -> Result<u32, Error> {
    let known = &mut entries[(function - module.imported_functions) as usize];
    if let Some(entry) = *known {
        return Ok(entry);
    }
    align(code, ALIGNMENT);
    let entry = code.len() as u32;
    stubs::by_reference(code, function)?;
    *known = Some(entry);
    Ok(entry)
}

/// Appends the entries of a table that never changes, and gives their place.
fn append_table(
    module: &Module,
    table: u32,
    entries: &mut [Option<u32>],
    code: &mut Vec<u8>,
) -> Result<u32, Error> {
    let known = module.fixed_tables.get();
    let found = known.and_then(|known| Some((known, known.get(table)?)));
    let (known, FixedTable { functions, .. }) = found.ok_or_else(|| {
        Error::resource(format!(
            "the module cannot be compiled, by a mistake of the compiler: table {table} is not known"
        ))
    })?;
    // What is appended for functions that are not compiled comes first.
    for &function in &**functions {
        if function != FixedTable::NULL {
            entry(module, function, entries, code)?;
        }
    }
    align(code, ALIGNMENT);
    let place = code.len() as u32;
    for &function in &**functions {
        let (distance, ty) = match function {
            FixedTable::NULL => (0, TableEntry::NULL),
            function => {
                let entry = entry(module, function, entries, code)?;
                let ty = module.functions[function as usize];
                (entry.wrapping_sub(place), known.equal_types[ty as usize])
            }
        };
        code.extend(TableEntry { distance, ty }.to_bytes());
    }
    Ok(place)
}

fn align(code: &mut Vec<u8>, alignment: usize) {
    // What nothing gets to traps.
    code.resize(code.len().next_multiple_of(alignment), 0xCC);
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
            wasm,
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
