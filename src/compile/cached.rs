//! Functions that were compiled one by one, as bytes, to be linked again another time.
//!
//! Input: batches, or bytes from anywhere. Output: bytes, or batches. Holds: bytes of another module, processor, build
//! or settings have another [`header`]; a record that is not as [`write()`] has left it ends what is read. As with
//! [`super::saved`], that nobody has made the bytes on purpose is not found out.

use alloc::vec::Vec;

use super::module::{Batch, Tables};
use super::object::{Object, Relocation, Target as Place};
use super::saved::{self, Reader, Target, checksum};
use crate::error::Error;
use crate::module::Module;
use crate::runtime::layout::LoopFrame;

/// What such bytes begin with; the last byte is increased when the format changes.
const MAGIC: [u8; 8] = *b"wazirfn\x01";

const RELOCATION_BYTES: usize = 9;
const FRAME_BYTES: usize = 16;

/// What all records of a module stand behind that were made for a target by a program: they fit if it is the same.
pub(crate) fn header(wasm: &[u8], target: Target, program: [u64; 2]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(wasm.len() + 128);
    bytes.extend(MAGIC);
    bytes.extend(identity(target, program));
    bytes.extend((wasm.len() as u64).to_le_bytes());
    bytes.extend(wasm);
    bytes
}

fn identity(target: Target, program: [u64; 2]) -> Vec<u8> {
    let mut bytes = saved::identity(target);
    bytes.extend(program.iter().flat_map(|word| word.to_le_bytes()));
    bytes
}

/// A number by which the header is found; few others have the same, and reading it takes no time.
pub(crate) fn key(wasm: &[u8], target: Target, program: [u64; 2]) -> u64 {
    const SAMPLES: usize = 64;
    const SAMPLE_BYTES: usize = 256;
    let mut bytes = identity(target, program);
    bytes.extend((wasm.len() as u64).to_le_bytes());
    for number in 0..SAMPLES {
        let start = wasm.len() / SAMPLES * number;
        bytes.extend(&wasm[start..wasm.len().min(start + SAMPLE_BYTES)]);
    }
    checksum(&bytes)
}

/// Appends a record for each function of a batch.
pub(crate) fn write(bytes: &mut Vec<u8>, batch: &Batch) {
    for (position, piece) in batch.functions.iter().enumerate() {
        let end = batch.functions.get(position + 1).copied();
        let end = end.unwrap_or_else(|| batch.end());
        let object = &batch.object;
        let tables = Tables {
            functions: Vec::new(),
            traps: object.traps[piece.traps..end.traps].to_vec(),
            calls: object.calls[piece.calls..end.calls].to_vec(),
            inlined: object.inlined[piece.inlined..end.inlined].to_vec(),
            sites: object.sites[piece.sites..end.sites].to_vec(),
        };
        let relocations = &object.relocations[piece.relocations..end.relocations];
        let code = &object.bytes[piece.bytes..end.bytes];
        let mut record = Vec::with_capacity(2 * code.len());
        record.extend(piece.defined_index.to_le_bytes());
        record.push(batch.entry.is_some().into());
        if let Some(entry) = batch.entry {
            let words = [entry.offset, entry.parameters, entry.locals, entry.operands];
            record.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        }
        let lengths = [
            relocations.len(),
            tables.traps.len(),
            tables.calls.len(),
            tables.inlined.len(),
            tables.sites.len(),
            code.len(),
        ];
        record.extend(
            lengths
                .iter()
                .flat_map(|&length| (length as u64).to_le_bytes()),
        );
        for relocation in relocations {
            let (kind, index) = match relocation.to {
                Place::Function(index) => (0, index),
                Place::Table(index) => (1, index),
            };
            record.extend(relocation.at.to_le_bytes());
            record.push(kind);
            record.extend(index.to_le_bytes());
        }
        saved::write_sites(&mut record, &tables);
        record.extend(code);
        bytes.extend((record.len() as u64).to_le_bytes());
        bytes.extend(checksum(&record).to_le_bytes());
        bytes.extend(record);
    }
}

/// What was read of records.
pub(crate) struct Read {
    /// The functions of the module that are called: the first record of each.
    pub(crate) functions: Batch,
    /// What goes on at loops: the first record of each.
    pub(crate) loops: Vec<Batch>,
    /// How many bytes there are before the end, or before damage.
    pub(crate) bytes: usize,
}

/// Reads the records of a module up to their end, or to the first one that is damaged.
pub(crate) fn read(bytes: &[u8], module: &Module) -> Read {
    let mut read = Read {
        functions: Batch::default(),
        loops: Vec::new(),
        bytes: 0,
    };
    let mut is_known = alloc::vec![false; module.bodies.len()];
    let mut reader = Reader(bytes);
    while !reader.0.is_empty() {
        let Ok((index, entry, object)) = record(&mut reader, module) else {
            return read;
        };
        match entry {
            None => {
                let known = &mut is_known[index as usize];
                if !core::mem::replace(known, true) {
                    read.functions.push(index, &object);
                }
            }
            Some(entry) => {
                let is_new = |batch: &Batch| batch.entry.is_none_or(|of| of.offset != entry.offset);
                if read.loops.iter().all(is_new) {
                    let mut batch = Batch {
                        entry: Some(entry),
                        ..Batch::default()
                    };
                    batch.push(index, &object);
                    read.loops.push(batch);
                }
            }
        }
        read.bytes = bytes.len() - reader.0.len();
    }
    read
}

/// The next record.
fn record(
    reader: &mut Reader<'_>,
    module: &Module,
) -> Result<(u32, Option<LoopFrame>, Object), Error> {
    let length = reader.length()?;
    let sum = u64::from_le_bytes(reader.array()?);
    let bytes = reader.take(length)?;
    if checksum(bytes) != sum {
        return Err(saved::inconsistent());
    }
    let mut reader = Reader(bytes);
    let index = u32::from_le_bytes(reader.array()?);
    let [is_loop] = reader.array()?;
    let entry = match is_loop {
        0 => None,
        _ => {
            let words: [u8; FRAME_BYTES] = reader.array()?;
            Some(LoopFrame {
                offset: saved::word(&words, 0),
                parameters: saved::word(&words, 4),
                locals: saved::word(&words, 8),
                operands: saved::word(&words, 12),
            })
        }
    };
    let relocations = reader.length()?;
    let sites = [
        reader.length()?,
        reader.length()?,
        reader.length()?,
        reader.length()?,
    ];
    let code = reader.length()?;
    let relocations = reader.records(relocations, relocation)?;
    let tables = reader.tables(Vec::new(), sites)?;
    let code = reader.take(code)?;
    let defined = module.imported_functions..module.functions.len() as u32;
    let is_there = |relocation: &Relocation| {
        relocation.at as usize + size_of::<u32>() <= code.len()
            && match relocation.to {
                Place::Function(index) => defined.contains(&index),
                Place::Table(index) => (index as usize) < module.tables.len(),
            }
    };
    let is_consistent = reader.0.is_empty()
        && (index as usize) < module.bodies.len()
        && code.len() > Object::INTERNAL_ENTRY as usize
        && relocations.iter().all(is_there)
        && tables.is_consistent(code.len())
        && tables
            .sites
            .iter()
            .all(|site| (site.function as usize) < module.bodies.len());
    if !is_consistent {
        return Err(saved::inconsistent());
    }
    let object = Object {
        bytes: code.to_vec(),
        relocations,
        traps: tables.traps,
        calls: tables.calls,
        inlined: tables.inlined,
        sites: tables.sites,
    };
    Ok((index, entry, object))
}

fn relocation(record: &[u8; RELOCATION_BYTES]) -> Option<Relocation> {
    let index = saved::word(record, 5);
    let to = match record[4] {
        0 => Place::Function(index),
        1 => Place::Table(index),
        _ => return None,
    };
    let at = saved::word(record, 0);
    Some(Relocation { at, to })
}
