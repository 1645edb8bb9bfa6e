//! Reads types, as they stand in the type section and as immediates of instructions.
//!
//! Input: a reader and a [`TypeContext`], which knows the features and the defined types.
//! Output: the types of `wasm/types.rs`.
//! Holds: a type index that is read names a defined type of the context.
//!
//! Reference: [specification, section 5.3](https://webassembly.github.io/spec/core/binary/types.html).

use alloc::format;

use super::reader::Reader;
use crate::error::Error;
use crate::wasm::features::{Feature, Features};
use crate::wasm::types::{
    FieldType, GlobalType, HeapType, Limits, MemoryType, RefType, StorageType, TableType, TypeId,
    ValType,
};

/// What the meaning of a type's bytes depends on.
pub(crate) trait TypeContext {
    /// The features that are switched on.
    fn features(&self) -> Features;

    /// The identity of the type with an index, if it is defined.
    fn type_id(&self, index: u32) -> Option<TypeId>;
}

/// The error for something that needs a feature that is switched off.
#[cold]
#[inline(never)]
pub(crate) fn disabled(feature: Feature, what: &str, offset: usize) -> Error {
    let message = format!(
        "{feature}: feature is disabled, and {what} needs it; {}",
        feature.advice()
    );
    Error::unsupported(Some(offset), message)
}

/// Fails unless `feature` is switched on.
#[inline]
pub(crate) fn require(
    features: Features,
    feature: Feature,
    what: &str,
    offset: usize,
) -> Result<(), Error> {
    if features.contains(feature) {
        Ok(())
    } else {
        Err(disabled(feature, what, offset))
    }
}

/// The type of a block.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum BlockType {
    /// No parameters and no results.
    Empty,
    /// No parameters and one result.
    Value(ValType),
    /// The function type with an index. That it is one is not checked yet.
    Type(u32),
}

mod code {
    pub(super) const REF_NULL: u8 = 0x63;
    pub(super) const REF: u8 = 0x64;
    pub(super) const SHARED: u8 = 0x65;
    pub(super) const I16: u8 = 0x77;
    pub(super) const I8: u8 = 0x78;
    pub(super) const EMPTY_BLOCK: u8 = 0x40;
}

/// The abstract heap type with a byte, and the feature that brings it.
fn abstract_heap_type(byte: u8) -> Option<(HeapType, Feature)> {
    Some(match byte {
        0x70 => (HeapType::Func, Feature::ReferenceTypes),
        0x6F => (HeapType::Extern, Feature::ReferenceTypes),
        0x6E => (HeapType::Any, Feature::Gc),
        0x6D => (HeapType::Eq, Feature::Gc),
        0x6C => (HeapType::I31, Feature::Gc),
        0x6B => (HeapType::Struct, Feature::Gc),
        0x6A => (HeapType::Array, Feature::Gc),
        0x69 => (HeapType::Exn, Feature::Exceptions),
        0x71 => (HeapType::None, Feature::Gc),
        0x72 => (HeapType::NoExtern, Feature::Gc),
        0x73 => (HeapType::NoFunc, Feature::Gc),
        0x74 => (HeapType::NoExn, Feature::Exceptions),
        _ => return None,
    })
}

/// Reads a value type.
pub(crate) fn read_val_type(
    reader: &mut Reader<'_>,
    context: &impl TypeContext,
) -> Result<ValType, Error> {
    let start = reader.position();
    let number = match reader.peek() {
        Some(0x7F) => ValType::I32,
        Some(0x7E) => ValType::I64,
        Some(0x7D) => ValType::F32,
        Some(0x7C) => ValType::F64,
        Some(0x7B) => {
            require(context.features(), Feature::Simd, "the type v128", start)?;
            ValType::V128
        }
        _ => return read_ref_type(reader, context).map(ValType::Ref),
    };
    reader.skip_peeked();
    Ok(number)
}

/// Reads a reference type.
pub(crate) fn read_ref_type(
    reader: &mut Reader<'_>,
    context: &impl TypeContext,
) -> Result<RefType, Error> {
    let start = reader.position();
    let byte = reader.read_u8()?;
    match byte {
        code::REF | code::REF_NULL => {
            require(
                context.features(),
                Feature::FunctionReferences,
                "a typed reference",
                start,
            )?;
            let heap = read_heap_type(reader, context)?;
            Ok(RefType {
                nullable: byte == code::REF_NULL,
                heap,
            })
        }
        _ => match abstract_heap_type(byte) {
            Some((heap, feature)) => {
                require(context.features(), feature, "a reference type", start)?;
                Ok(RefType {
                    nullable: true,
                    heap,
                })
            }
            None => Err(malformed_type(
                byte,
                start,
                "malformed reference type: invalid value type",
            )),
        },
    }
}

/// Reads a heap type.
pub(crate) fn read_heap_type(
    reader: &mut Reader<'_>,
    context: &impl TypeContext,
) -> Result<HeapType, Error> {
    let start = reader.position();
    if let Some((heap, feature)) = reader.peek().and_then(abstract_heap_type) {
        reader.skip_peeked();
        require(context.features(), feature, "a heap type", start)?;
        return Ok(heap);
    }
    let first = reader.peek().unwrap_or(0);
    let index = reader.read_i33()?;
    let Ok(index) = u32::try_from(index) else {
        return Err(malformed_type(first, start, "malformed heap type"));
    };
    require(
        context.features(),
        Feature::FunctionReferences,
        "a typed reference",
        start,
    )?;
    context
        .type_id(index)
        .map(HeapType::Concrete)
        .ok_or_else(|| unknown_type(index, start))
}

#[cold]
fn malformed_type(byte: u8, offset: usize, message: &str) -> Error {
    if byte == code::SHARED {
        return Error::unsupported(
            Some(offset),
            "shared heap types (proposal shared-everything-threads) are not supported",
        );
    }
    Error::malformed(offset, format!("{message}: there is no type 0x{byte:02x}"))
}

/// The error for a type index that names nothing.
#[cold]
pub(crate) fn unknown_type(index: u32, offset: usize) -> Error {
    Error::invalid(
        offset,
        format!("unknown type {index}: the module does not define so many types before it"),
    )
}

/// Reads a type index and checks that it names a type.
pub(crate) fn read_type_index(
    reader: &mut Reader<'_>,
    context: &impl TypeContext,
) -> Result<u32, Error> {
    let start = reader.position();
    let index = reader.read_u32()?;
    match context.type_id(index) {
        Some(_) => Ok(index),
        None => Err(unknown_type(index, start)),
    }
}

/// Reads a block type.
#[inline]
pub(crate) fn read_block_type(
    reader: &mut Reader<'_>,
    context: &impl TypeContext,
) -> Result<BlockType, Error> {
    let start = reader.position();
    match reader.peek() {
        Some(code::EMPTY_BLOCK) => {
            reader.skip_peeked();
            Ok(BlockType::Empty)
        }
        // One byte whose sign bit is set: a value type, not an index.
        Some(byte) if byte & 0xC0 == 0x40 => read_val_type(reader, context).map(BlockType::Value),
        _ => {
            let index = reader.read_i33()?;
            let Ok(index) = u32::try_from(index) else {
                return Err(Error::malformed(
                    start,
                    "malformed block type: a negative type index",
                ));
            };
            require(
                context.features(),
                Feature::MultiValue,
                "a block with a function type",
                start,
            )?;
            match context.type_id(index) {
                Some(_) => Ok(BlockType::Type(index)),
                None => Err(unknown_type(index, start)),
            }
        }
    }
}

/// Reads the type of a field or of an array's elements.
pub(crate) fn read_field_type(
    reader: &mut Reader<'_>,
    context: &impl TypeContext,
) -> Result<FieldType, Error> {
    let storage = match reader.peek() {
        Some(code::I8) => StorageType::I8,
        Some(code::I16) => StorageType::I16,
        _ => StorageType::Val(read_val_type(reader, context)?),
    };
    if !matches!(storage, StorageType::Val(_)) {
        reader.skip_peeked();
    }
    Ok(FieldType {
        storage,
        mutable: read_mutability(reader)?,
    })
}

fn read_mutability(reader: &mut Reader<'_>) -> Result<bool, Error> {
    let start = reader.position();
    match reader.read_u8()? {
        0 => Ok(false),
        1 => Ok(true),
        byte => Err(Error::malformed(
            start,
            format!("malformed mutability: expected 0 or 1, found {byte}"),
        )),
    }
}

/// Reads the type of a global.
pub(crate) fn read_global_type(
    reader: &mut Reader<'_>,
    context: &impl TypeContext,
) -> Result<GlobalType, Error> {
    let content = read_val_type(reader, context)?;
    Ok(GlobalType {
        content,
        mutable: read_mutability(reader)?,
    })
}

const HAS_MAX: u8 = 1;
const SHARED: u8 = 2;
const IS_64: u8 = 4;
const CUSTOM_PAGE_SIZE: u8 = 8;

/// Reads the flags of limits, of which `known` are possible.
fn read_limit_flags(reader: &mut Reader<'_>, features: Features, known: u8) -> Result<u8, Error> {
    let start = reader.position();
    let flags = reader.read_u8()?;
    if flags & !known != 0 {
        if flags >= 0x80 {
            return Err(Error::malformed(
                start,
                "malformed limits flags: the flags are one byte",
            ));
        }
        if flags & CUSTOM_PAGE_SIZE != 0 {
            let message = "malformed limits flags: custom page sizes (proposal custom-page-sizes) are not supported";
            return Err(Error::malformed(start, message));
        }
        let message = format!("malformed limits flags: 0x{flags:02x}");
        return Err(Error::malformed(start, message));
    }
    if flags & IS_64 != 0 {
        require(features, Feature::Memory64, "a 64-bit address type", start)?;
    }
    if flags & SHARED != 0 {
        require(features, Feature::Threads, "a shared memory", start)?;
    }
    Ok(flags)
}

/// Reads limits. With 64-bit memories all limits are 64-bit numbers, and validation says which are
/// too large for the address type.
fn read_limits(reader: &mut Reader<'_>, features: Features, flags: u8) -> Result<Limits, Error> {
    let mut read = || {
        if features.contains(Feature::Memory64) {
            reader.read_u64()
        } else {
            reader.read_u32().map(u64::from)
        }
    };
    let min = read()?;
    let max = if flags & HAS_MAX != 0 {
        Some(read()?)
    } else {
        None
    };
    Ok(Limits { min, max })
}

/// Reads the type of a memory.
pub(crate) fn read_memory_type(
    reader: &mut Reader<'_>,
    features: Features,
) -> Result<MemoryType, Error> {
    let flags = read_limit_flags(reader, features, HAS_MAX | SHARED | IS_64)?;
    let limits = read_limits(reader, features, flags)?;
    Ok(MemoryType {
        limits,
        is_64: flags & IS_64 != 0,
        shared: flags & SHARED != 0,
    })
}

/// Reads the type of a table.
pub(crate) fn read_table_type(
    reader: &mut Reader<'_>,
    context: &impl TypeContext,
) -> Result<TableType, Error> {
    let element = match reader.peek() {
        // The one element type of WebAssembly 1.0.
        Some(0x70) => {
            reader.skip_peeked();
            RefType::FUNCREF
        }
        _ => read_ref_type(reader, context)?,
    };
    let flags = read_limit_flags(reader, context.features(), HAS_MAX | IS_64)?;
    let limits = read_limits(reader, context.features(), flags)?;
    Ok(TableType {
        element,
        limits,
        is_64: flags & IS_64 != 0,
    })
}
