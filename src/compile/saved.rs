//! Saved modules: machine code with the module that it was made of, as bytes (files named `.cwasm`).
//!
//! Input: a module with its code, or bytes from anywhere. Output: bytes, or [`Saved`].
//! Holds: bytes that are not as [`write()`] has left them, or whose code is for other processors, settings or builds,
//! are refused before anything of them is used. Of changes, one of a single word of eight bytes is always found, and
//! any other one but for one chance in 2^64. That nobody has made the bytes on purpose is not found out: who loads
//! them trusts their maker.
//!
//! All numbers are little-endian. A header is followed by the wasm bytes, the records of functions, traps and calls,
//! the code, and the checksum of all that is before it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem::offset_of;

use super::frontend::Options;
use super::ir::RuntimeFunction;
use super::module::{CompiledFunction, Tables};
use super::object::{CallSite, InlineSite, InlinedCode, Object, TrapSite};
use super::x64::features::{CpuFeature, CpuFeatures};
use crate::decode::SAVED_MODULE_MAGIC as MAGIC;
use crate::error::Error;
use crate::runtime::layout::{MemoryGuards, VmContext, VmFunction, VmStore};
use crate::wasm::features::{Feature, Features};
use crate::wasm::trap::Trap;

/// Is increased when what is before the version in the header changes.
const FORMAT: u32 = 1;

/// x86-64 with the calls of functions of C that Unix has.
const X86_64_UNIX: u8 = 1;

const VERSION: &str = env!("CARGO_PKG_VERSION");

const FUNCTION_BYTES: usize = 12;
const TRAP_BYTES: usize = 9;
const CALL_BYTES: usize = 8;
const INLINED_BYTES: usize = 8;
const SITE_BYTES: usize = 12;
const CHECKSUM_BYTES: usize = 8;

/// In the byte of a trap that is the fault of an access.
const FAULT: u8 = 1 << 7;
/// In the byte of a trap where the function has no frame.
const FRAMELESS: u8 = 1 << 6;
/// The rest of that byte where the store has the error.
const PENDING: u8 = FRAMELESS - 1;

/// What the code was made for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The extensions of the processor that it may use.
    pub(crate) cpu: CpuFeatures,
    /// How it was made.
    pub(crate) options: Options,
    /// What the module was validated with.
    pub(crate) features: Features,
}

/// A saved module.
#[derive(Debug)]
pub(crate) struct Saved<'a> {
    /// The module.
    pub(crate) wasm: &'a [u8],
    /// The code of its functions.
    pub(crate) code: &'a [u8],
    /// What is known of the code.
    pub(crate) tables: Tables,
    /// What the code was made for.
    pub(crate) target: Target,
}

/// What tells builds of one version apart whose records or functions of the runtime differ: code has their offsets and
/// numbers in it.
fn build() -> u64 {
    let layout = [
        size_of::<VmContext>(),
        offset_of!(VmContext, machine),
        size_of::<VmStore>(),
        offset_of!(VmStore, machine_entry),
        size_of::<VmFunction>(),
        offset_of!(VmFunction, machine),
        Object::INTERNAL_ENTRY as usize,
        FUNCTION_BYTES + TRAP_BYTES + CALL_BYTES + INLINED_BYTES + SITE_BYTES,
    ];
    let mut text = String::new();
    for (_, name) in RuntimeFunction::ALL {
        text.push_str(name);
    }
    let layout = layout.map(|number| number as u64);
    layout.into_iter().fold(checksum(text.as_bytes()), step)
}

/// What code depends on besides the module, as bytes.
pub(super) fn identity(target: Target) -> Vec<u8> {
    let options = target.options;
    let mut bytes = Vec::new();
    bytes.push(VERSION.len() as u8);
    bytes.extend(VERSION.as_bytes());
    bytes.extend(build().to_le_bytes());
    bytes.extend([
        X86_64_UNIX,
        target.cpu.bits(),
        options.consume_fuel.into(),
        options.interruptable.into(),
    ]);
    bytes.extend(target.features.bits().to_le_bytes());
    bytes.extend(options.guards.before_bytes.to_le_bytes());
    bytes.extend(options.guards.behind_bytes.to_le_bytes());
    bytes
}

/// The bytes of a saved module.
pub(crate) fn write(wasm: &[u8], code: &[u8], tables: &Tables, target: Target) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(MAGIC);
    bytes.extend(FORMAT.to_le_bytes());
    let total_at = bytes.len();
    bytes.extend([0; 8]);
    bytes.extend(identity(target));
    let lengths = [
        wasm.len() as u64,
        tables.functions.len() as u64,
        tables.traps.len() as u64,
        tables.calls.len() as u64,
        tables.inlined.len() as u64,
        tables.sites.len() as u64,
        code.len() as u64,
    ];
    bytes.extend(lengths.iter().flat_map(|length| length.to_le_bytes()));
    let table_bytes = tables.functions.len() * FUNCTION_BYTES
        + tables.traps.len() * TRAP_BYTES
        + tables.calls.len() * CALL_BYTES
        + tables.inlined.len() * INLINED_BYTES
        + tables.sites.len() * SITE_BYTES;
    let total = bytes.len() + wasm.len() + table_bytes + code.len() + CHECKSUM_BYTES;
    bytes[total_at..total_at + 8].copy_from_slice(&(total as u64).to_le_bytes());
    bytes.reserve(total - bytes.len());
    bytes.extend(wasm);
    for function in &tables.functions {
        let words = [function.defined_index, function.start, function.end];
        bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    }
    write_sites(&mut bytes, tables);
    bytes.extend(code);
    bytes.extend(checksum(&bytes).to_le_bytes());
    bytes
}

/// Appends what is known of places in code, all but functions.
pub(super) fn write_sites(bytes: &mut Vec<u8>, tables: &Tables) {
    for site in &tables.traps {
        bytes.extend(site.at.to_le_bytes());
        bytes.extend(site.position.to_le_bytes());
        let trap = site.trap.map_or(PENDING, |trap| trap as u8);
        let fault = if site.is_fault { FAULT } else { 0 };
        let frameless = if site.is_frameless { FRAMELESS } else { 0 };
        bytes.push(trap | fault | frameless);
    }
    for site in &tables.calls {
        bytes.extend(site.at.to_le_bytes());
        bytes.extend(site.position.to_le_bytes());
    }
    for code in &tables.inlined {
        bytes.extend(code.at.to_le_bytes());
        bytes.extend(code.site.to_le_bytes());
    }
    for site in &tables.sites {
        let words = [site.function, site.position, site.parent];
        bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    }
}

/// Reads a saved module that `engine` can run.
///
/// # Errors
/// Bytes that are no saved module, are damaged, or do not fit the engine: what does not, is said.
pub(crate) fn read<'a>(bytes: &'a [u8], engine: &Target) -> Result<Saved<'a>, Error> {
    let saved = parse(bytes)?;
    saved.target.fits(engine)?;
    Ok(saved)
}

/// Reads a saved module that was made by this build, for whatever processor and settings.
///
/// # Errors
/// Bytes that are no saved module, or are damaged, or are of another build.
pub(crate) fn parse(bytes: &[u8]) -> Result<Saved<'_>, Error> {
    let mut reader = Reader(bytes);
    if reader.array().ok() != Some(MAGIC) {
        return Err(malformed(
            "this is no compiled module, such as Module::serialize makes",
        ));
    }
    let format = u32::from_le_bytes(reader.array()?);
    if format != FORMAT {
        return Err(unfit(&format!(
            "its format is {format}, and that of this wazir is {FORMAT}"
        )));
    }
    let total = reader.length()?;
    if total != bytes.len() {
        return Err(malformed(&format!(
            "the compiled module has {} bytes instead of {total}: it is damaged",
            bytes.len()
        )));
    }
    let (content, found) = bytes
        .split_last_chunk::<CHECKSUM_BYTES>()
        .ok_or_else(inconsistent)?;
    if *found != checksum(content).to_le_bytes() {
        return Err(malformed(
            "the checksum of the compiled module is not that of its content: it is damaged",
        ));
    }
    let version_bytes = usize::from(reader.array::<1>()?[0]);
    let version = reader.take(version_bytes)?;
    if version != VERSION.as_bytes() {
        let version = String::from_utf8_lossy(version);
        return Err(unfit(&format!(
            "it was made by wazir {version}, and this is wazir {VERSION}"
        )));
    }
    if u64::from_le_bytes(reader.array()?) != build() {
        return Err(unfit(&format!(
            "it was made by another build of wazir {VERSION}"
        )));
    }
    let [processor, cpu, consume_fuel, interruptable] = reader.array()?;
    if processor != X86_64_UNIX {
        return Err(unfit("its code is for another kind of processor or system"));
    }
    let features = Features::from_bits(u32::from_le_bytes(reader.array()?));
    let guards = MemoryGuards {
        before_bytes: u64::from_le_bytes(reader.array()?),
        behind_bytes: u64::from_le_bytes(reader.array()?),
    };
    let [wasm, functions, traps, calls, inlined, sites, code] = [
        reader.length()?,
        reader.length()?,
        reader.length()?,
        reader.length()?,
        reader.length()?,
        reader.length()?,
        reader.length()?,
    ];
    let wasm = reader.take(wasm)?;
    let functions = reader.records(functions, function)?;
    let tables = reader.tables(functions, [traps, calls, inlined, sites])?;
    let code = reader.take(code)?;
    if reader.0.len() != CHECKSUM_BYTES {
        return Err(inconsistent());
    }
    if !tables.is_consistent(code.len()) {
        return Err(inconsistent());
    }
    Ok(Saved {
        wasm,
        code,
        tables,
        target: Target {
            cpu: CpuFeatures::from_bits(cpu),
            options: Options {
                guards,
                consume_fuel: consume_fuel != 0,
                interruptable: interruptable != 0,
            },
            features,
        },
    })
}

impl Target {
    /// Whether an engine can run such code.
    fn fits(&self, engine: &Target) -> Result<(), Error> {
        let missing = CpuFeature::ALL
            .iter()
            .filter(|(feature, _)| self.cpu.has(*feature) && !engine.cpu.has(*feature));
        let missing: Vec<&str> = missing.map(|(_, name)| *name).collect();
        if !missing.is_empty() {
            return Err(unfit(&format!(
                "its code needs what this processor does not have: {}",
                missing.join(", ")
            )));
        }
        let (own, its) = (&self.options, &engine.options);
        if own.guards.before_bytes > its.guards.before_bytes
            || own.guards.behind_bytes > its.guards.behind_bytes
        {
            return Err(unfit(
                "its code relies on guards around memories, which this engine does not have or has smaller ones \
                 (Config::signals_based_traps, memory_reservation, memory_guard_size)",
            ));
        }
        let differing = [
            (
                own.consume_fuel,
                its.consume_fuel,
                "counts fuel",
                "Config::consume_fuel",
            ),
            (
                own.interruptable,
                its.interruptable,
                "can be interrupted",
                "Config::interruptable, epoch_interruption",
            ),
        ];
        for (own, its, what, setting) in differing {
            if own != its {
                let (first, second) = if own { ("", "no ") } else { ("no ", "") };
                return Err(unfit(&format!(
                    "it has {first}code that {what}, and this engine wants {second}such code ({setting})"
                )));
            }
        }
        let off = Feature::ALL.iter().filter(|&&feature| {
            self.features.contains(feature) && !engine.features.contains(feature)
        });
        let off: Vec<&str> = off.map(|feature| feature.name()).collect();
        if !off.is_empty() {
            return Err(unfit(&format!(
                "the module may use features that this engine has switched off: {}",
                off.join(", ")
            )));
        }
        Ok(())
    }
}

impl Tables {
    /// Whether all that is looked for in it can be found, in code of a length.
    pub(super) fn is_consistent(&self, code_bytes: usize) -> bool {
        let mut end = 0;
        let mut index = 0;
        self.functions.iter().all(|function| {
            let is_next = function.defined_index >= index
                && function.start >= end
                && function.end as usize <= code_bytes
                && function.start < function.end
                && function.end - function.start > Object::INTERNAL_ENTRY;
            (end, index) = (function.end, function.defined_index.saturating_add(1));
            is_next
        }) && self.traps.is_sorted_by_key(|site| site.at)
            && self
                .traps
                .last()
                .is_none_or(|site| (site.at as usize) < code_bytes)
            && self.calls.is_sorted_by_key(|site| site.at)
            && self
                .calls
                .last()
                .is_none_or(|site| site.at as usize <= code_bytes)
            && self.inlined.is_sorted_by_key(|code| code.at)
            && self
                .inlined
                .iter()
                .all(|code| (code.site as usize) < self.sites.len())
            // Whoever follows them gets to an end.
            && (0..).zip(&self.sites).all(|(number, site)| {
                site.parent == InlineSite::NONE || site.parent < number
            })
    }
}

pub(super) fn word(record: &[u8], at: usize) -> u32 {
    let bytes = record[at..].first_chunk();
    bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

fn function(record: &[u8; FUNCTION_BYTES]) -> Option<CompiledFunction> {
    Some(CompiledFunction {
        defined_index: word(record, 0),
        start: word(record, 4),
        end: word(record, 8),
    })
}

fn trap(record: &[u8; TRAP_BYTES]) -> Option<TrapSite> {
    let number = record[8] & !(FAULT | FRAMELESS);
    let trap = Trap::ALL.get(usize::from(number)).copied();
    (trap.is_some() || number == PENDING).then_some(TrapSite {
        at: word(record, 0),
        is_fault: record[8] & FAULT != 0,
        is_frameless: record[8] & FRAMELESS != 0,
        trap,
        position: word(record, 4),
    })
}

fn call(record: &[u8; CALL_BYTES]) -> Option<CallSite> {
    Some(CallSite {
        at: word(record, 0),
        position: word(record, 4),
    })
}

fn inlined_code(record: &[u8; INLINED_BYTES]) -> Option<InlinedCode> {
    Some(InlinedCode {
        at: word(record, 0),
        site: word(record, 4),
    })
}

fn site(record: &[u8; SITE_BYTES]) -> Option<InlineSite> {
    Some(InlineSite {
        function: word(record, 0),
        position: word(record, 4),
        parent: word(record, 8),
    })
}

/// What is left of the bytes.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or_else(inconsistent)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (taken, rest) = self.0.split_first_chunk().ok_or_else(inconsistent)?;
        self.0 = rest;
        Ok(*taken)
    }

    pub(super) fn length(&mut self) -> Result<usize, Error> {
        usize::try_from(u64::from_le_bytes(self.array()?)).map_err(|_| inconsistent())
    }

    /// Tables of these functions, with so many of the other records.
    pub(super) fn tables(
        &mut self,
        functions: Vec<CompiledFunction>,
        [traps, calls, inlined, sites]: [usize; 4],
    ) -> Result<Tables, Error> {
        Ok(Tables {
            functions,
            traps: self.records(traps, trap)?,
            calls: self.records(calls, call)?,
            inlined: self.records(inlined, inlined_code)?,
            sites: self.records(sites, site)?,
        })
    }

    /// So many records of `N` bytes, of which none may be one that is never written.
    pub(super) fn records<const N: usize, T>(
        &mut self,
        count: usize,
        record: fn(&[u8; N]) -> Option<T>,
    ) -> Result<Vec<T>, Error> {
        let bytes = self.take(count.checked_mul(N).ok_or_else(inconsistent)?)?;
        let mut records = Vec::with_capacity(count);
        for bytes in bytes.chunks_exact(N) {
            let read = bytes.first_chunk().and_then(record);
            records.push(read.ok_or_else(inconsistent)?);
        }
        Ok(records)
    }
}

/// A checksum of 64 bits, which takes words in four lanes, so that the processor can work on all at once.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    const LANES: usize = 4;
    const WORD: usize = size_of::<u64>();
    // They are different, so that exchanged words are found.
    let mut lanes: [u64; LANES] = core::array::from_fn(|lane| step(1, lane as u64));
    let mut take = |block: &[u8]| {
        for (lane, bytes) in lanes.iter_mut().zip(block.chunks_exact(WORD)) {
            let word = bytes
                .first_chunk()
                .map_or(0, |word| u64::from_le_bytes(*word));
            *lane = step(*lane, word);
        }
    };
    let blocks = bytes.chunks_exact(LANES * WORD);
    let mut last = [0; LANES * WORD];
    last[..blocks.remainder().len()].copy_from_slice(blocks.remainder());
    blocks.for_each(&mut take);
    take(&last);
    lanes
        .iter()
        .fold(bytes.len() as u64, |sum, &lane| step(sum, lane))
}

/// Mixes a word into a sum. Each of both that is changed alone changes the result: so does a word that is changed
/// alone among all that are mixed in one after the other.
#[inline]
fn step(sum: u64, word: u64) -> u64 {
    (sum ^ word)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .rotate_left(31)
}

#[cold]
fn malformed(message: &str) -> Error {
    Error::damaged(message)
}

/// The error for what no module leaves when it is saved, though the checksum is right.
#[cold]
pub(crate) fn inconsistent() -> Error {
    malformed("the compiled module contradicts itself: it is damaged")
}

#[cold]
fn unfit(reason: &str) -> Error {
    Error::unsupported(
        None,
        format!("the compiled module cannot be run here, but has to be compiled again: {reason}"),
    )
}

#[cfg(test)]
mod tests;
