//! What a module's first memory begins with.
//!
//! Input: a validated module. Output: an [`Image`] of its active data segments, which the memories of its instances
//! share until they write to it.
//! Holds: an instance whose memory has the image differs in nothing from one whose segments are copied, even if making
//! it fails.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::decode::operators::read_opcode;
use crate::decode::reader::Reader;
use crate::module::{ConstExpr, DataSegment, Module, SegmentMode};
use crate::sys::map::Image;
use crate::wasm::opcodes::Opcode;

/// From how many bytes of data on an image is made. Less is copied sooner than mapped.
const MIN_BYTES: usize = 64 << 10;

/// How many parts an image may have, each of which is mapped for itmodule.
const MAX_PARTS: usize = 4;

/// What memory 0 of a module begins with, if the module defines it, an image is worth it and the system has images. It
/// is made when it is first asked for.
pub(super) fn memory_image(module: &Module) -> Option<&Arc<Image>> {
    let image = module.image.get_or_init(|| {
        let pieces = image_pieces(module)?;
        Image::new(&pieces, MAX_PARTS).map(Arc::new)
    });
    image.as_ref()
}

/// The addresses and bytes of the active segments of memory 0, if they can be known in advance: where nobody sees
/// when they are copied, and they all fit.
fn image_pieces(module: &Module) -> Option<Vec<(usize, &[u8])>> {
    let memory = module
        .memories
        .first()
        .filter(|_| module.imported_memories == 0)?;
    let size = memory.limits.min.checked_mul(1 << 16)?;
    // Its functions can be called by way of that table even if a later segment traps.
    let escapes = module.elements.iter().any(|segment| {
            matches!(segment.mode, SegmentMode::Active { index, .. } if index < module.imported_tables)
        });
    let active = module.data.iter().filter_map(active_on_memory_0);
    let bytes = active
        .clone()
        .map(|(segment, _)| segment.range.len())
        .sum::<usize>();
    if escapes || bytes < MIN_BYTES {
        return None;
    }
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
