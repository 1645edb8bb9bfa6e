//! What a module's first memory begins with.
//!
//! Input: a validated module. Output: an [`Image`] of its active data segments, which the memories of its instances
//! share until they write to it.
//! Holds: an instance whose memory has the image differs in nothing from one whose segments are copied, even if making
//! it fails.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::sync::atomic::Ordering;

use super::pool::MAX_CLEARED_BYTES;
use crate::decode::operators::read_opcode;
use crate::decode::reader::Reader;
use crate::module::{ConstExpr, DataSegment, Module, SegmentMode};
use crate::sys::map::Image;
use crate::wasm::opcodes::Opcode;

/// From how many bytes of data on an image is made. Less is copied sooner than mapped.
const MIN_BYTES: usize = 32 << 10;

/// From how many bytes of data on the first instance is made with an image already: it costs less than copying. Of
/// other modules many are instantiated only once.
const EARLY_BYTES: usize = 256 << 10;

/// How many parts an image may have, each of which is mapped for itself.
const MAX_PARTS: usize = 4;

/// What memory 0 of a module begins with, if the module defines it, an image is worth it and the system has images. To
/// be asked once for each instance.
pub(super) fn memory_image(module: &Module) -> Option<&Arc<Image>> {
    if let Some(image) = module.image.get() {
        return image.as_ref();
    }
    let active = module.data.iter().filter_map(active_on_memory_0);
    let bytes = active.map(|(segment, _)| segment.range.len()).sum();
    let is_first = !module.was_instantiated.swap(true, Ordering::Relaxed);
    if is_first && bytes < EARLY_BYTES {
        return None;
    }
    let make = || {
        let pieces = image_pieces(module, bytes)?;
        Image::new(&pieces, MAX_PARTS).map(Arc::new)
    };
    module.image.get_or_init(make).as_ref()
}

/// The addresses and bytes of the active segments of memory 0, if they can be known in advance: where nobody sees
/// when they are copied, and they all fit.
fn image_pieces(module: &Module, bytes: usize) -> Option<Vec<(usize, &[u8])>> {
    let memory = module
        .memories
        .first()
        .filter(|_| module.imported_memories == 0)?;
    let size = memory.limits.min.checked_mul(1 << 16)?;
    // Its functions can be called by way of that table even if a later segment traps.
    let escapes = module.elements.iter().any(|segment| {
            matches!(segment.mode, SegmentMode::Active { index, .. } if index < module.imported_tables)
        });
    // A smaller memory is cleared by hand, and then copying is cheaper than asking the system for pages.
    let is_small = size <= MAX_CLEARED_BYTES as u64;
    if escapes || is_small || bytes < MIN_BYTES {
        return None;
    }
    let active = module.data.iter().filter_map(active_on_memory_0);
    active
        .map(|(segment, offset)| {
            let (offset, bytes) = (constant(module, offset)?, module.data_bytes(segment));
            let end = offset.checked_add(bytes.len() as u64)?;
            (end <= size).then_some((usize::try_from(offset).ok()?, bytes))
        })
        .collect()
}

/// The value of an expression that is a number and nothing else.
fn constant(module: &Module, expr: &ConstExpr) -> Option<u64> {
    let range = expr.range.start as usize..expr.range.end as usize;
    let mut reader = Reader::new(&module.bytes, range);
    let value = match read_opcode(&mut reader).ok()? {
        Opcode::I32Const => u64::from(reader.read_i32().ok()? as u32),
        Opcode::I64Const => reader.read_i64().ok()? as u64,
        _ => return None,
    };
    (read_opcode(&mut reader).ok()? == Opcode::End).then_some(value)
}

fn active_on_memory_0(segment: &DataSegment) -> Option<(&DataSegment, &ConstExpr)> {
    match &segment.mode {
        SegmentMode::Active { index: 0, offset } => Some((segment, offset)),
        _ => None,
    }
}
