//! Puts the code of functions together, at once or in parts.
//!
//! Input: what workers have compiled of a module. Output: [`CompiledModule`], and what is to be written where when its
//! code can be executed. Holds: functions stand in the order of their indices within a part; nothing in the code
//! depends on where it will be, and no part changes that was there before.

use alloc::format;
use alloc::vec::Vec;

use super::module::{Batch, CompiledFunction, CompiledModule, Tables};
use super::object::{
    CallSite, InlineSite, InlinedCode, Object, Relocation, TableEntry, Target, TrapSite,
};
use super::x64::stubs;
use crate::error::Error;
use crate::module::Module;
use crate::module::fixed_tables::{FixedTable, FixedTables};
use crate::ordered_map::OrderedMap;

/// What code begins at multiples of: the processor fetches so much at once, and constants are read as whole vectors.
const ALIGNMENT: usize = 16;
/// The same for functions that are as long: they take as much time wherever they are.
const LINE: usize = 64;

/// Puts functions of a module one behind the other, and lets calls lead to them. Their code may come in several parts:
/// then what leads to a function that is not compiled yet goes through words that are written when it is.
pub(crate) struct Linker {
    /// By the index among the functions that the module defines.
    functions: Vec<FunctionPlaces>,
    /// Where tables are that never change.
    tables: OrderedMap<u32, u32>,
    /// Where all stubs go on that call by reference.
    by_reference: Option<u32>,
    /// None if all code comes in one part.
    words: Option<Words>,
}

/// Where what belongs to a function is.
#[derive(Copy, Clone, Default)]
struct FunctionPlaces {
    /// Its code's internal entry.
    code: Option<u32>,
    /// The stub that calls it by reference.
    stub: Option<u32>,
    /// The stub that jumps to what its word says.
    late: Option<u32>,
}

/// Words before the code that change when functions are compiled.
struct Words {
    /// How many bytes of them are in use: those of the functions first, and then those of tables.
    used: u32,
    /// The entries of tables, by the index of the function among those that the module defines.
    entries: Vec<EntryPlace>,
    /// What is to be written when the part can be executed.
    updates: Vec<Update>,
}

/// Where an entry of a table is.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct EntryPlace {
    defined_index: u32,
    at: u32,
    /// Where the table's first entry is.
    table: u32,
    /// The type in it.
    ty: u32,
}

/// A word that is to be written when code can be executed.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Update {
    /// Where it is.
    pub(crate) at: u32,
    /// What it shall be.
    pub(crate) word: UpdateWord,
}

/// What a word shall be.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum UpdateWord {
    /// The address of the place.
    Address(u32),
    /// An element of a table.
    Entry(TableEntry),
}

/// A part of a module's code that is being put together.
struct Part<'a> {
    module: &'a Module,
    /// How far it begins behind the place that all are counted from.
    base: u32,
    code: Vec<u8>,
}

const WORD_BYTES: usize = size_of::<u64>();

impl Linker {
    /// For a module all of whose code comes at once.
    pub(crate) fn new(module: &Module) -> Linker {
        Linker {
            functions: alloc::vec![FunctionPlaces::default(); module.bodies.len()],
            tables: OrderedMap::new(),
            by_reference: None,
            words: None,
        }
    }

    /// For a module whose code comes in parts, behind [`Linker::word_bytes`] that can be written.
    pub(crate) fn in_parts(module: &Module) -> Linker {
        Linker {
            words: Some(Words {
                used: (module.bodies.len() * WORD_BYTES) as u32,
                entries: Vec::new(),
                updates: Vec::new(),
            }),
            ..Linker::new(module)
        }
    }

    /// How many bytes before the code have to be writable, if it comes in parts.
    pub(crate) fn word_bytes(module: &Module) -> usize {
        let defined = &module.tables[module.imported_tables as usize..];
        let elements = defined.iter().map(|table| table.ty.limits.min);
        let elements = elements.fold(0, u64::saturating_add);
        let most = elements.min(FixedTables::MOST_ELEMENTS) as usize;
        (module.bodies.len() + most) * WORD_BYTES
    }

    /// What is to be written when the parts that were linked can be executed.
    pub(crate) fn take_updates(&mut self) -> Vec<Update> {
        let words = self.words.as_mut();
        words.map_or_else(Vec::new, |words| core::mem::take(&mut words.updates))
    }

    /// Links the next part, which begins at `base`, a multiple of all alignments.
    ///
    /// # Errors
    /// More code than distances of 32 bits reach.
    pub(crate) fn link(
        &mut self,
        module: &Module,
        batches: &[Batch],
        base: u32,
    ) -> Result<CompiledModule, Error> {
        let mut order = Vec::new();
        for (number, batch) in batches.iter().enumerate() {
            for (position, piece) in batch.functions.iter().enumerate() {
                order.push((piece.defined_index, number, position));
            }
        }
        order.sort_unstable();
        let all_bytes: usize = batches.iter().map(|batch| batch.object.bytes.len()).sum();
        let mut part = Part {
            module,
            base,
            code: Vec::with_capacity(all_bytes + LINE * order.len()),
        };
        let mut tables = Tables::default();
        let mut relocations = Vec::new();
        for (defined_index, number, position) in order {
            let batch = &batches[number];
            let piece = batch.functions[position];
            let end = batch.functions.get(position + 1).copied();
            let end = end.unwrap_or_else(|| batch.end());
            let length = end.bytes - piece.bytes;
            let alignment = if length < LINE { ALIGNMENT } else { LINE };
            align(&mut part.code, alignment);
            let base = part.end()?;
            part.code
                .extend_from_slice(&batch.object.bytes[piece.bytes..end.bytes]);
            if batch.entry.is_none() {
                self.compiled(defined_index, base + Object::INTERNAL_ENTRY);
            }
            tables.functions.push(CompiledFunction {
                defined_index,
                start: base,
                end: part.end()?,
            });
            let of_piece = &batch.object.relocations[piece.relocations..end.relocations];
            relocations.extend(of_piece.iter().map(|relocation| Relocation {
                at: relocation.at + base,
                ..*relocation
            }));
            let of_piece = &batch.object.traps[piece.traps..end.traps];
            tables.traps.extend(of_piece.iter().map(|site| TrapSite {
                at: site.at + base,
                ..*site
            }));
            let of_piece = &batch.object.calls[piece.calls..end.calls];
            tables.calls.extend(of_piece.iter().map(|site| CallSite {
                at: site.at + base,
                ..*site
            }));
            let of_piece = &batch.object.inlined[piece.inlined..end.inlined];
            let first_site = tables.sites.len() as u32;
            tables
                .inlined
                .extend(of_piece.iter().map(|code| InlinedCode {
                    at: code.at + base,
                    site: code.site + first_site,
                }));
            let of_piece = &batch.object.sites[piece.sites..end.sites];
            tables.sites.extend(of_piece.iter().map(|site| InlineSite {
                parent: match site.parent {
                    InlineSite::NONE => InlineSite::NONE,
                    parent => parent + first_site,
                },
                ..*site
            }));
        }
        for Relocation { at, to } in relocations {
            let place = match to {
                Target::Function(function) => self.entry(&mut part, function)?,
                Target::Table(table) => self.table(&mut part, table)?,
            };
            let distance = place.wrapping_sub(at + 4);
            let at = (at - base) as usize;
            part.code[at..at + 4].copy_from_slice(&distance.to_le_bytes());
        }
        Ok(CompiledModule {
            code: part.code,
            tables,
        })
    }

    /// Makes known where a function's code is entered.
    fn compiled(&mut self, defined_index: u32, entry: u32) {
        let places = &mut self.functions[defined_index as usize];
        places.code = Some(entry);
        let Some(words) = &mut self.words else {
            return;
        };
        if places.late.is_some() {
            words.updates.push(Update {
                at: word_of(defined_index),
                word: UpdateWord::Address(entry),
            });
        }
        let first = words
            .entries
            .partition_point(|known| known.defined_index < defined_index);
        let known = words.entries[first..].iter();
        for place in known.take_while(|known| known.defined_index == defined_index) {
            let entry = TableEntry {
                distance: entry.wrapping_sub(place.table),
                ty: place.ty,
            };
            words.updates.push(Update {
                at: place.at,
                word: UpdateWord::Entry(entry),
            });
        }
    }

    /// Where a call of a function of the module leads.
    fn entry(&mut self, part: &mut Part<'_>, function: u32) -> Result<u32, Error> {
        let defined_index = function - part.module.imported_functions;
        let places = self.functions[defined_index as usize];
        if let Some(known) = places.code.or(places.late) {
            return Ok(known);
        }
        let stub = self.stub(part, function)?;
        let Some(words) = &mut self.words else {
            return Ok(stub);
        };
        let at = word_of(defined_index);
        words.updates.push(Update {
            at,
            word: UpdateWord::Address(stub),
        });
        let late = part.end()?;
        stubs::through_word(&mut part.code, late, at)?;
        self.functions[defined_index as usize].late = Some(late);
        Ok(late)
    }

    /// Where a function of the module is called by reference.
    fn stub(&mut self, part: &mut Part<'_>, function: u32) -> Result<u32, Error> {
        let places = &mut self.functions[(function - part.module.imported_functions) as usize];
        if let Some(known) = places.stub {
            return Ok(known);
        }
        let common = match self.by_reference {
            Some(common) => common,
            None => {
                let common = part.end()?;
                stubs::by_reference(&mut part.code)?;
                *self.by_reference.insert(common)
            }
        };
        let stub = part.end()?;
        stubs::call_by_reference(&mut part.code, stub, function, common)?;
        places.stub = Some(stub);
        Ok(stub)
    }

    /// Where the entries of a table are that never changes. They are made if they are not there yet.
    fn table(&mut self, part: &mut Part<'_>, table: u32) -> Result<u32, Error> {
        if let Some(&place) = self.tables.get(&table) {
            return Ok(place);
        }
        let known = part.module.fixed_tables.get();
        let found = known.and_then(|known| Some((known, known.get(table)?)));
        let (known, FixedTable { functions, .. }) = found.ok_or_else(|| {
            Error::resource(format!(
                "the module cannot be compiled, by a mistake of the compiler: table {table} is not known"
            ))
        })?;
        // What is appended for functions that are not compiled comes first.
        let mut targets = Vec::with_capacity(functions.len());
        for &function in &**functions {
            targets.push(match function {
                FixedTable::NULL => None,
                function => {
                    let defined_index = function - part.module.imported_functions;
                    let entry = match self.functions[defined_index as usize].code {
                        Some(code) => code,
                        None => self.stub(part, function)?,
                    };
                    let ty = part.module.functions[function as usize];
                    Some((defined_index, entry, known.equal_types[ty as usize]))
                }
            });
        }
        let place = match &mut self.words {
            Some(words) => {
                let place = words.used;
                words.used += (functions.len() * TableEntry::BYTES) as u32;
                place
            }
            None => {
                align(&mut part.code, ALIGNMENT);
                part.end()?
            }
        };
        for (at, target) in (place..).step_by(TableEntry::BYTES).zip(targets) {
            let entry = match target {
                Some((_, entry, ty)) => TableEntry {
                    distance: entry.wrapping_sub(place),
                    ty,
                },
                None => TableEntry {
                    distance: 0,
                    ty: TableEntry::NULL,
                },
            };
            match &mut self.words {
                Some(words) => {
                    let word = UpdateWord::Entry(entry);
                    words.updates.push(Update { at, word });
                    if let Some((defined_index, ..)) = target {
                        words.entries.push(EntryPlace {
                            defined_index,
                            at,
                            table: place,
                            ty: entry.ty,
                        });
                    }
                }
                None => part.code.extend(entry.to_bytes()),
            }
        }
        if let Some(words) = &mut self.words {
            words.entries.sort_unstable();
        }
        self.tables.insert(table, place);
        Ok(place)
    }
}

/// Where the word of a function is, if code comes in parts.
fn word_of(defined_index: u32) -> u32 {
    defined_index * WORD_BYTES as u32
}

impl Part<'_> {
    /// Where it ends so far.
    ///
    /// # Errors
    /// It is too far from the beginning of the first part.
    fn end(&self) -> Result<u32, Error> {
        let end = self.base as usize + self.code.len();
        match end <= i32::MAX as usize / 2 {
            true => Ok(end as u32),
            false => Err(Error::resource("the module's machine code is too long")),
        }
    }
}

fn align(code: &mut Vec<u8>, alignment: usize) {
    // What nothing gets to traps.
    code.resize(code.len().next_multiple_of(alignment), 0xCC);
}
