//! The machine code of a function, before it has an address.
//!
//! Input: emission. Output: [`Object`]. Holds: positions in the code are offsets from its first byte; nothing in it
//! depends on where it will be.

use alloc::vec::Vec;

use crate::wasm::trap::Trap;

/// A place in the code that needs the address of a function of the module: that of its internal entry.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relocation {
    /// Where the four bytes are that say how far it is from behind them to the entry.
    pub(crate) at: u32,
    /// The function's index.
    pub(crate) function: u32,
}

/// An instruction that can stop execution: a call of the code of the context that is for traps, or an access of a
/// memory.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct TrapSite {
    /// Where it begins.
    pub(crate) at: u32,
    /// Whether it is an access of a memory, which stops execution only if it faults.
    pub(crate) is_fault: bool,
    /// Why it stops; `None` if the store has the error already.
    pub(crate) trap: Option<Trap>,
    /// Where in the module's bytes it comes from.
    pub(crate) position: u32,
}

/// A call.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct CallSite {
    /// Where it returns to.
    pub(crate) at: u32,
    /// Where in the module's bytes it comes from.
    pub(crate) position: u32,
}

/// Machine code and what the runtime has to know of it.
#[derive(Default)]
pub(crate) struct Object {
    /// The code, and behind it the constants that it reads.
    pub(crate) bytes: Vec<u8>,
    /// What has to be filled in, ascending.
    pub(crate) relocations: Vec<Relocation>,
    /// Where it can trap, ascending.
    pub(crate) traps: Vec<TrapSite>,
    /// Where it calls, ascending.
    pub(crate) calls: Vec<CallSite>,
    /// Whether the function has no frame: at each instruction, what the stack pointer points to is the address that it
    /// returns to.
    pub(crate) is_frameless: bool,
}

impl Object {
    /// Where callers from outside of the instance enter, with the address of the function's record in the scratch
    /// register.
    pub(crate) const EXTERNAL_ENTRY: u32 = 8;
    /// Where functions of the instance enter; relocations mean this place. Objects are aligned to as many bytes.
    pub(crate) const INTERNAL_ENTRY: u32 = 16;

    /// Forgets everything and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.relocations.clear();
        self.traps.clear();
        self.calls.clear();
        self.is_frameless = false;
    }
}
