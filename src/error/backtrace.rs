//! Where the guest was when a trap happened.
//!
//! Input: the frames that an engine found on its stack. Output: [`WasmBacktrace`].
//! Holds: plain data, so that it outlives the store and the module that it tells of.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt::{self, Write};

/// The functions that were active when a trap happened, innermost first.
///
/// ```
/// use wazir::{Engine, Instance, Module, Store};
/// let engine = Engine::default();
/// let wasm = wat::parse_str(r#"(module (func $fails (export "run") unreachable))"#)?;
/// let module = Module::new(&engine, wasm)?;
/// let mut store = Store::new(&engine, ());
/// let instance = Instance::new(&mut store, &module, &[])?;
/// let run = instance.get_typed_func::<(), ()>(&mut store, "run")?;
/// let error = run.call(&mut store, ()).unwrap_err();
/// let frames = error.backtrace().unwrap().frames();
/// assert_eq!(frames[0].func_name(), Some("fails"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct WasmBacktrace {
    frames: Box<[FrameInfo]>,
    omitted_frames: usize,
    /// Whether no frames of callers are missing.
    is_complete: bool,
}

impl WasmBacktrace {
    /// Frames, innermost first, and how many more there were that are not listed.
    pub(crate) fn new(frames: Vec<FrameInfo>, omitted_frames: usize) -> WasmBacktrace {
        WasmBacktrace {
            frames: frames.into(),
            omitted_frames,
            is_complete: false,
        }
    }

    /// Adds those of the callers, so that there are at most `max_frames`, unless none are missing.
    pub(super) fn extend(&mut self, callers: impl FnOnce() -> WasmBacktrace, max_frames: usize) {
        if self.is_complete {
            return;
        }
        let callers = callers();
        let left = max_frames.saturating_sub(self.frames.len());
        let omitted = callers.frames.len().saturating_sub(left);
        let own = core::mem::take(&mut self.frames).into_vec();
        let callers_frames = callers.frames.into_vec().into_iter().take(left);
        self.frames = own.into_iter().chain(callers_frames).collect();
        self.omitted_frames += omitted + callers.omitted_frames;
    }

    /// Says that no frames are missing.
    pub(super) fn complete(&mut self) {
        self.is_complete = true;
    }

    /// The frames, innermost first. A deep stack is cut: see [`WasmBacktrace::omitted_frames`].
    pub fn frames(&self) -> &[FrameInfo] {
        &self.frames
    }

    /// How many outer frames there were beyond those in [`WasmBacktrace::frames`].
    pub fn omitted_frames(&self) -> usize {
        self.omitted_frames
    }
}

impl fmt::Display for WasmBacktrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, frame) in self.frames.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{number:>5}: {frame}")?;
        }
        match self.omitted_frames {
            0 => Ok(()),
            count => write!(f, "\n       ... {count} more"),
        }
    }
}

impl core::error::Error for WasmBacktrace {}

impl fmt::Debug for WasmBacktrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One active function of a [`WasmBacktrace`].
#[derive(Clone, Debug)]
pub struct FrameInfo {
    pub(crate) module_name: Option<Arc<str>>,
    pub(crate) func_index: u32,
    pub(crate) func_name: Option<Arc<str>>,
    pub(crate) func_start: usize,
    pub(crate) module_offset: Option<usize>,
}

impl FrameInfo {
    /// The function's index in its module.
    pub fn func_index(&self) -> u32 {
        self.func_index
    }

    /// The function's name, if the module's name section or an export gives one. It is the name as
    /// it stands there: compilers of Rust and C++ encode it. The crate `rustc-demangle` makes it
    /// readable again: `rustc_demangle::demangle(name)`.
    pub fn func_name(&self) -> Option<&str> {
        self.func_name.as_deref()
    }

    /// The module's name, if its name section gives one.
    pub fn module_name(&self) -> Option<&str> {
        self.module_name.as_deref()
    }

    /// Where the instruction stands in the module's binary, in bytes from its start. None if the
    /// engine does not know it.
    pub fn module_offset(&self) -> Option<usize> {
        self.module_offset
    }

    /// Where the instruction stands in the function's body, in bytes from the body's start. None
    /// if the engine does not know it.
    pub fn func_offset(&self) -> Option<usize> {
        self.module_offset
            .and_then(|offset| offset.checked_sub(self.func_start))
    }
}

impl fmt::Display for FrameInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.module_offset {
            Some(offset) => write!(f, "{offset:#8x} - ")?,
            None => f.write_str("       ? - ")?,
        }
        if let Some(module) = &self.module_name {
            write_visible(f, module)?;
            f.write_str("!")?;
        }
        match &self.func_name {
            Some(name) => write_visible(f, name),
            None => write!(f, "<wasm function {}>", self.func_index),
        }
    }
}

/// Writes a name that the module's author has chosen, which must not do anything to the reader's terminal.
fn write_visible(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    for character in name.chars() {
        if character.is_control() {
            write!(f, "{}", character.escape_debug())?;
        } else {
            f.write_char(character)?;
        }
    }
    Ok(())
}
