//! Reads opcodes and their immediates, for everyone who walks over instructions.
//!
//! Input: a reader within a body or a constant expression. Output: opcodes and immediates.
//! Holds: after an immediate is read or skipped, the reader stands behind it; no length is trusted
//! before it was compared with the bytes that are left.
//!
//! Reference: [specification, section 5.4](https://webassembly.github.io/spec/core/binary/instructions.html).

use alloc::format;

use super::limits;
use super::reader::Reader;
use super::types::{TypeContext, read_block_type, read_heap_type, read_val_type};
use crate::error::Error;
use crate::wasm::features::{Feature, Features};
use crate::wasm::opcodes::{Immediates, Opcode};
use crate::wasm::types::RefType;

/// Reads an opcode.
#[inline]
pub(crate) fn read_opcode(reader: &mut Reader<'_>) -> Result<Opcode, Error> {
    let byte = reader.read_u8()?;
    match Opcode::from_byte(byte) {
        Some(opcode) => Ok(opcode),
        None => read_long_opcode(reader, byte),
    }
}

#[inline(never)]
fn read_long_opcode(reader: &mut Reader<'_>, prefix: u8) -> Result<Opcode, Error> {
    let start = reader.position() - 1;
    if !Opcode::is_prefix(prefix) {
        return Err(illegal_opcode(prefix, start));
    }
    let code = reader.read_u32()?;
    Opcode::from_prefixed(prefix, code)
        .ok_or_else(|| Error::malformed(start, format!("illegal opcode {prefix:02x} {code:02x}")))
}

#[cold]
fn illegal_opcode(byte: u8, offset: usize) -> Error {
    let legacy = match byte {
        0x06 => "try",
        0x07 => "catch",
        0x09 => "rethrow",
        0x18 => "delegate",
        0x19 => "catch_all",
        _ => return Error::malformed(offset, format!("illegal opcode {byte:02x}")),
    };
    let message = format!(
        "illegal opcode {byte:02x}: `{legacy}` belongs to the legacy exception instructions, which no standard \
         adopted; compile for the standard ones (`try_table`), or translate the module with \
         `wasm-opt --translate-to-exnref`"
    );
    Error::unsupported(Some(offset), message)
}

/// Where a load or store goes, apart from its address operand.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct MemArg {
    /// The binary logarithm of the alignment.
    pub(crate) align_log2: u32,
    /// The memory.
    pub(crate) memory: u32,
    /// What is added to the address.
    pub(crate) offset: u64,
}

/// In the first number of a memory argument: a memory index follows.
const HAS_MEMORY_INDEX: u32 = 1 << 6;

/// Alignments from this one on are no numbers of the address type.
const ALIGN_LOG2_LIMIT: u32 = 32;

/// Reads a memory argument.
#[inline(always)]
pub(crate) fn read_memarg(reader: &mut Reader<'_>, features: Features) -> Result<MemArg, Error> {
    if let Some([align_log2, offset]) = reader.peek_array() {
        if u32::from(align_log2) < ALIGN_LOG2_LIMIT && offset < 0x80 {
            reader.skip_to(reader.position() + 2);
            return Ok(MemArg {
                align_log2: align_log2.into(),
                memory: 0,
                offset: offset.into(),
            });
        }
    }
    read_long_memarg(reader, features)
}

#[inline(never)]
fn read_long_memarg(reader: &mut Reader<'_>, features: Features) -> Result<MemArg, Error> {
    let start = reader.position();
    let mut align_log2 = reader.read_u32()?;
    let mut memory = 0;
    if align_log2 >= ALIGN_LOG2_LIMIT {
        if align_log2 >= 2 * HAS_MEMORY_INDEX || !features.contains(Feature::MultiMemory) {
            let message = format!("malformed memop flags: 0x{align_log2:02x}");
            return Err(Error::malformed(start, message));
        }
        if align_log2 >= HAS_MEMORY_INDEX {
            align_log2 -= HAS_MEMORY_INDEX;
            memory = reader.read_u32()?;
        }
    }
    let offset = if features.contains(Feature::Memory64) {
        reader.read_u64()?
    } else {
        u64::from(reader.read_u32()?)
    };
    Ok(MemArg {
        align_log2,
        memory,
        offset,
    })
}

/// The labels of a `br_table`, read one by one; the default label comes last.
pub(crate) struct LabelTable<'r, 'a> {
    reader: &'r mut Reader<'a>,
    left: u32,
}

impl<'r, 'a> LabelTable<'r, 'a> {
    /// Reads how many labels there are. Whoever makes it reads all labels.
    pub(crate) fn read(reader: &'r mut Reader<'a>) -> Result<LabelTable<'r, 'a>, Error> {
        let count = reader.read_count("br_table labels", limits::BODY_BYTES)?;
        Ok(LabelTable {
            reader,
            left: count as u32 + 1,
        })
    }

    /// How many labels are left, the default label included.
    pub(crate) fn left(&self) -> u32 {
        self.left
    }

    /// The next label; none behind the default label.
    pub(crate) fn next_label(&mut self) -> Result<Option<u32>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        self.reader.read_u32().map(Some)
    }
}

/// A clause of a `try_table`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Catch {
    /// The tag of the exceptions that it catches; all if there is none.
    pub(crate) tag: Option<u32>,
    /// Whether the branch carries the exception as a reference, behind its values.
    pub(crate) with_reference: bool,
    /// The label of the branch, counted from outside the `try_table`.
    pub(crate) label: u32,
}

/// Reads how many clauses a `try_table` has.
pub(crate) fn read_catch_count(reader: &mut Reader<'_>) -> Result<usize, Error> {
    reader.read_count("catch clauses", limits::CATCHES)
}

/// Reads a clause of a `try_table`.
pub(crate) fn read_catch(reader: &mut Reader<'_>) -> Result<Catch, Error> {
    let start = reader.position();
    let kind = reader.read_u8()?;
    if kind > 3 {
        return Err(Error::malformed(
            start,
            format!("malformed catch clause: there is no kind {kind}"),
        ));
    }
    let tag = if kind < 2 {
        Some(reader.read_u32()?)
    } else {
        None
    };
    Ok(Catch {
        tag,
        with_reference: kind & 1 != 0,
        label: reader.read_u32()?,
    })
}

/// The immediates of `br_on_cast` and `br_on_cast_fail`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct CastBranch {
    /// The label.
    pub(crate) label: u32,
    /// What the operand is known to be.
    pub(crate) from: RefType,
    /// What it is tested for.
    pub(crate) to: RefType,
}

/// Reads the immediates of `br_on_cast` and `br_on_cast_fail`.
pub(crate) fn read_cast_branch(
    reader: &mut Reader<'_>,
    context: &impl TypeContext,
) -> Result<CastBranch, Error> {
    let start = reader.position();
    let flags = reader.read_u8()?;
    if flags > 3 {
        return Err(Error::malformed(
            start,
            format!("malformed br_on_cast flags: 0x{flags:02x}"),
        ));
    }
    let label = reader.read_u32()?;
    let ref_type = |nullable, heap| RefType { nullable, heap };
    let from = ref_type(flags & 1 != 0, read_heap_type(reader, context)?);
    let to = ref_type(flags & 2 != 0, read_heap_type(reader, context)?);
    Ok(CastBranch { label, from, to })
}

/// Reads the lane indices of `i8x16.shuffle`.
pub(crate) fn read_lanes(reader: &mut Reader<'_>) -> Result<[u8; 16], Error> {
    reader.read_array()
}

/// Passes over the immediates of `opcode`.
pub(crate) fn skip_immediates(
    reader: &mut Reader<'_>,
    opcode: Opcode,
    context: &impl TypeContext,
) -> Result<(), Error> {
    match opcode.info().immediates {
        Immediates::None => {}
        Immediates::BlockType => _ = read_block_type(reader, context)?,
        Immediates::LabelTable => {
            let mut labels = LabelTable::read(reader)?;
            while labels.next_label()?.is_some() {}
        }
        Immediates::ValTypes => {
            for _ in 0..reader.read_count("types of select", limits::BODY_BYTES)? {
                read_val_type(reader, context)?;
            }
        }
        Immediates::TryTable => {
            read_block_type(reader, context)?;
            for _ in 0..read_catch_count(reader)? {
                read_catch(reader)?;
            }
        }
        Immediates::LabelIndex
        | Immediates::FunctionIndex
        | Immediates::TypeIndex
        | Immediates::LocalIndex
        | Immediates::GlobalIndex
        | Immediates::TableIndex
        | Immediates::MemoryIndex
        | Immediates::TagIndex
        | Immediates::DataIndex
        | Immediates::ElementIndex => _ = reader.read_u32()?,
        Immediates::TypeTable
        | Immediates::DataMemory
        | Immediates::ElementTable
        | Immediates::MemoryMemory
        | Immediates::TableTable
        | Immediates::TypeField
        | Immediates::TypeLength
        | Immediates::TypeData
        | Immediates::TypeElement
        | Immediates::TypeType => {
            reader.read_u32()?;
            reader.read_u32()?;
        }
        Immediates::I32 => _ = reader.read_i32()?,
        Immediates::I64 => _ = reader.read_i64()?,
        Immediates::F32 => _ = reader.read_f32_bits()?,
        Immediates::F64 => _ = reader.read_f64_bits()?,
        Immediates::V128 | Immediates::Lanes => _ = reader.read_array::<16>()?,
        Immediates::HeapType => _ = read_heap_type(reader, context)?,
        Immediates::CastBranch => _ = read_cast_branch(reader, context)?,
        Immediates::MemArg => _ = read_memarg(reader, context.features())?,
        Immediates::MemArgLane => {
            read_memarg(reader, context.features())?;
            reader.read_u8()?;
        }
        Immediates::Lane | Immediates::Zero => _ = reader.read_u8()?,
    }
    Ok(())
}
