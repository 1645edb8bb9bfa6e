//! Which functions were active when code stopped.
//!
//! Input: where it stopped. Output: a backtrace. Holds: the walk ends at the frame that the host
//! entered, and takes time in the number of frames; names and offsets are looked up only for frames that
//! are kept.

use alloc::vec::Vec;

use super::code::{CodeTable, exit_code, stub_header};
use super::dispatch::FRAME_BIAS;
use crate::error::{FrameInfo, WasmBacktrace};
use crate::ordered_map::OrderedMap;
use crate::runtime::layout::{CodeHeader, CodeWord, ExitState, VmContext};

/// Walks the frames from where code stopped, innermost first.
///
/// # Safety
/// The frames are still on the stack, and the contexts are alive.
pub(super) unsafe fn capture(exit: ExitState, max_frames: usize) -> WasmBacktrace {
    let mut frames = Vec::new();
    let mut omitted = 0;
    let mut known = OrderedMap::new();
    let mut recent = [None; RECENT];
    let mut walk = Walk {
        address: exit.ip,
        fp: exit.fp,
        context: exit.context,
    };
    if exit.ip.is_null() {
        return WasmBacktrace::new(frames, omitted);
    }
    let end = exit_code();
    // SAFETY: passed on to the caller.
    unsafe {
        let mut caller_context = walk.context;
        if let Some((_, is_host)) = stub_header(exit.ip) {
            caller_context = walk.leave();
            if is_host {
                // What the exit has is the host function's record.
                walk.context = caller_context;
            }
        }
        while walk.address != end {
            let slot = &mut recent[walk.address as usize / size_of::<CodeWord>() % RECENT];
            let place = match *slot {
                Some((address, context, place)) if address == walk.address => {
                    walk.context = context;
                    place
                }
                _ => {
                    let found = walk.find().or_else(|| {
                        // The call that has just been left has changed the context.
                        walk.context = caller_context;
                        walk.find()
                    });
                    let Some(place) = found else {
                        break;
                    };
                    *slot = Some((walk.address, walk.context, place));
                    place
                }
            };
            if frames.len() < max_frames {
                let table = &*place.table;
                let function = (place.table as usize, place.index);
                let frame =
                    known.get_or_insert_with(function, || table.module().frame_info(place.index));
                frames.push(FrameInfo {
                    module_offset: table.offset(place.index, place.position),
                    ..frame.clone()
                });
            } else {
                omitted += 1;
            }
            caller_context = walk.leave();
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
        let header = stub_header(exit.ip)
            .map(|(header, _)| header)
            .or_else(|| walk.header());
        let frame_bytes = header.map_or(0, |header| header.frame_bytes as usize);
        exit.fp.wrapping_add(frame_bytes / size_of::<u64>())
    }
}

/// How many places the walk remembers: where recursion is deep, the same ones come again and again.
const RECENT: usize = 16;

/// Where an address in code is.
#[derive(Copy, Clone)]
struct Place {
    table: *const CodeTable,
    /// The index of the defined function.
    index: u32,
    /// The position in its code.
    position: usize,
}

/// A frame during the walk.
struct Walk {
    /// An address within the current instruction, or that of the code that ends the walk.
    address: *const CodeWord,
    fp: *mut u64,
    context: *mut VmContext,
}

impl Walk {
    /// Where the address is, if in code of the context's module.
    unsafe fn find(&self) -> Option<Place> {
        if self.context.is_null() {
            return None;
        }
        // SAFETY: the context is that of an instance that is alive, which keeps its code table alive.
        unsafe {
            let table = (*self.context).code_table.cast::<CodeTable>();
            let (index, position) = (*table).find(self.address as usize)?;
            Some(Place {
                table,
                index,
                position,
            })
        }
    }

    /// The header of the code that the address is in.
    unsafe fn header(&self) -> Option<CodeHeader> {
        // SAFETY: passed on to the caller; a place's table is alive.
        unsafe {
            let place = self.find()?;
            (*place.table).header(place.index)
        }
    }

    /// Goes to the frame's caller; returns the caller's context as the frame has it, which means something
    /// only if the call has changed the context.
    unsafe fn leave(&mut self) -> *mut VmContext {
        // SAFETY: the call has saved the return address and the caller's frame.
        unsafe {
            let saved = self.fp.wrapping_add(FRAME_BIAS);
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
