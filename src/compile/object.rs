//! The machine code of a function, before it has an address.
//!
//! Input: emission. Output: [`Object`]. Holds: positions in the code are offsets from its first byte; nothing in it
//! depends on where it will be.

use alloc::vec::Vec;

use crate::wasm::trap::Trap;

/// A place in the code that needs the address of a function of the module.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relocation {
    /// Where the four bytes are that say how far it is from behind them to the function.
    pub(crate) at: u32,
    /// The function's index.
    pub(crate) function: u32,
}

/// An instruction that can stop execution.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct TrapSite {
    /// Where it begins.
    pub(crate) at: u32,
    /// What it means if it faults.
    pub(crate) trap: Trap,
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
}

impl Object {
    /// Forgets everything and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.relocations.clear();
        self.traps.clear();
        self.calls.clear();
    }
}
