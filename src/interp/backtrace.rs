//! Which functions were active when code stopped.
//!
//! Input: where it stopped. Output: a backtrace. Holds: the walk ends at the frame that the host
//! entered, and takes time in the number of frames; offsets are looked up only for frames that are kept.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::code::{CodeTable, exit_code, stub_header};
use crate::error::{FrameInfo, WasmBacktrace};
use crate::module::{Export, ExternKind};
use crate::runtime::layout::{CodeHeader, CodeWord, ExitState, VmContext};

/// Walks the frames from where code stopped, innermost first.
///
/// # Safety
/// The frames are still on the stack, and the contexts are alive.
pub(super) unsafe fn capture(exit: ExitState, max_frames: usize) -> WasmBacktrace {
    let mut frames = Vec::new();
    let mut omitted = 0;
    let mut offsets = Offsets::default();
    let mut walk = Walk {
        address: exit.ip,
        fp: exit.fp,
        context: exit.context,
    };
    if exit.ip.is_null() {
        return WasmBacktrace::new(frames, omitted);
    }
    // SAFETY: passed on to the caller.
    unsafe {
        let mut caller_context = walk.context;
        if let Some((header, is_host)) = stub_header(exit.ip) {
            caller_context = walk.leave(header);
            if is_host {
                // What the exit has is the host function's record.
                walk.context = caller_context;
            }
        }
        while walk.address != exit_code() {
            let found = walk.find().or_else(|| {
                // The call that has just been left has changed the context.
                walk.context = caller_context;
                walk.find()
            });
            let Some((table, index, position)) = found else {
                break;
            };
            if frames.len() < max_frames {
                frames.push(frame_info(
                    &*table,
                    index,
                    offsets.find(table, index, position),
                ));
            } else {
                omitted += 1;
            }
            let Some(header) = (*table).header(index) else {
                break;
            };
            caller_context = walk.leave(header);
        }
    }
    WasmBacktrace::new(frames, omitted)
}

/// The end of the frame in which code stopped.
///
/// # Safety
/// As for [`capture`].
pub(super) unsafe fn frame_end(exit: ExitState) -> *mut u64 {
    let walk = Walk {
        address: exit.ip,
        fp: exit.fp,
        context: exit.context,
    };
    // SAFETY: a context whose code is not a stub is that of an instance; the frame lies within the stack.
    unsafe {
        let header = stub_header(exit.ip).map(|(header, _)| header).or_else(|| {
            let (table, index, _) = walk.find()?;
            (*table).header(index)
        });
        let frame_bytes = header.map_or(0, |header| header.frame_bytes as usize);
        exit.fp.add(frame_bytes / size_of::<u64>())
    }
}

/// The offsets of the functions that the walk has met, so that each is translated once more at most
/// once, however often it is on the stack.
#[derive(Default)]
struct Offsets {
    known: BTreeMap<(usize, u32), Vec<(u32, u32)>>,
}

impl Offsets {
    /// The offset in the module of what the word at `position` was made for.
    ///
    /// # Safety
    /// The table is alive.
    unsafe fn find(
        &mut self,
        table: *const CodeTable,
        index: u32,
        position: usize,
    ) -> Option<usize> {
        let offsets = self
            .known
            .entry((table as usize, index))
            .or_insert_with(|| {
                // SAFETY: passed on to the caller.
                unsafe { &*table }.offsets(index).unwrap_or_default()
            });
        let after = offsets.partition_point(|&(at, _)| at as usize <= position);
        after
            .checked_sub(1)
            .map(|before| offsets[before].1 as usize)
    }
}

/// A frame during the walk.
struct Walk {
    /// An address within the current instruction, or that of the code that ends the walk.
    address: *const CodeWord,
    fp: *mut u64,
    context: *mut VmContext,
}

impl Walk {
    /// The function of the frame, and the position of the instruction, if the context's module has it.
    unsafe fn find(&self) -> Option<(*const CodeTable, u32, usize)> {
        if self.context.is_null() {
            return None;
        }
        // SAFETY: the context is that of an instance that is alive, which keeps its code table alive.
        unsafe {
            let table = (*self.context).code_table.cast::<CodeTable>();
            let (index, position) = (*table).find(self.address as usize)?;
            Some((table, index, position))
        }
    }

    /// Goes to the frame's caller; returns the caller's context as the frame has it, which means something
    /// only if the call has changed the context.
    unsafe fn leave(&mut self, header: CodeHeader) -> *mut VmContext {
        // SAFETY: the call has saved the return address and the caller's frame.
        unsafe {
            let saved = self.fp.add(header.save_slot as usize);
            let return_ip = *saved as usize as *const CodeWord;
            // The return address is behind the call.
            self.address = if return_ip == exit_code() {
                return_ip
            } else {
                return_ip.sub(1)
            };
            self.fp = *saved.add(1) as usize as *mut u64;
            *saved.add(2) as usize as *mut VmContext
        }
    }
}

fn frame_info(table: &CodeTable, index: u32, module_offset: Option<usize>) -> FrameInfo {
    let module = table.module();
    let func_index = index + module.imported_functions;
    let is_export =
        |export: &&Export| export.kind == ExternKind::Func && export.index == func_index;
    let exported = || {
        module
            .exports
            .iter()
            .find(is_export)
            .map(|export| &*export.name)
    };
    FrameInfo {
        module_name: module.names.module(&module.bytes).map(Arc::from),
        func_index,
        func_name: module
            .names
            .function(&module.bytes, func_index)
            .or_else(exported)
            .map(Arc::from),
        func_start: module.bodies[index as usize].range.start as usize,
        module_offset,
    }
}
