//! The machine code of a function, before it has an address.
//!
//! Input: emission. Output: [`Object`]. Holds: positions in the code are offsets from its first byte; nothing in it
//! depends on where it will be.

use alloc::vec::Vec;

use crate::wasm::trap::Trap;

/// A place in the code that needs the address of something else in the module's code.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relocation {
    /// Where the four bytes are that say how far it is from behind them.
    pub(crate) at: u32,
    /// To what.
    pub(crate) to: Target,
}

/// What is part of a module's code.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// The internal entry of the function with this index.
    Function(u32),
    /// The entries of the table with this index, which never changes, see [`TableEntry`].
    Table(u32),
}

/// An element of a table that never changes, as code finds it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableEntry {
    /// How far the function's internal entry is from the first entry of the table.
    pub(crate) distance: u32,
    /// The first type of the module that is equal to the function's, or [`TableEntry::NULL`].
    pub(crate) ty: u32,
}

impl TableEntry {
    /// How many bytes an entry has.
    pub(crate) const BYTES: usize = 8;
    /// Where in it the type is.
    pub(crate) const TYPE: i32 = 4;
    /// In place of a type's index: the element is null.
    pub(crate) const NULL: u32 = u32::MAX;

    /// The entry as it stands in the code.
    pub(crate) fn to_bytes(self) -> [u8; TableEntry::BYTES] {
        (u64::from(self.distance) | u64::from(self.ty) << 32).to_le_bytes()
    }
}

/// An instruction that can stop execution: a call of the code of the context that is for traps, or an access of a
/// memory.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct TrapSite {
    /// Where it begins.
    pub(crate) at: u32,
    /// Whether it is an access of a memory, which stops execution only if it faults.
    pub(crate) is_fault: bool,
    /// Whether the function has no frame there: what the stack pointer points to is the address that it returns to.
    pub(crate) is_frameless: bool,
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

/// A call in place of which the body of the callee stands.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct InlineSite {
    /// The callee's index among the functions that the module defines.
    pub(crate) function: u32,
    /// Where the call is in the module's bytes.
    pub(crate) position: u32,
    /// The number of the site by which the caller is inlined itself, or [`InlineSite::NONE`]. It is smaller than that
    /// of this site.
    pub(crate) parent: u32,
}

impl InlineSite {
    /// For what is not inlined.
    pub(crate) const NONE: u32 = u32::MAX;
}

/// An instruction that can stop execution, or a call, in an inlined body.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct InlinedCode {
    /// Where the instruction begins, or the last byte of the call.
    pub(crate) at: u32,
    /// The number of the site.
    pub(crate) site: u32,
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
    /// Which of them are in inlined bodies, ascending.
    pub(crate) inlined: Vec<InlinedCode>,
    /// By which calls these are reached.
    pub(crate) sites: Vec<InlineSite>,
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
        self.inlined.clear();
        self.sites.clear();
    }
    /// Where emission has left positions as `place` understands them, puts those in the module's bytes, and keeps
    /// those of the sites that are needed.
    pub(crate) fn place_inlined(
        &mut self,
        sites: &[InlineSite],
        place: impl Fn(u32) -> (u32, Option<u32>),
    ) {
        if sites.is_empty() {
            return;
        }
        let mut numbers = alloc::vec![InlineSite::NONE; sites.len()];
        let traps = self
            .traps
            .iter_mut()
            .map(|site| (site.at, &mut site.position));
        let calls = self
            .calls
            .iter_mut()
            .map(|site| (site.at - 1, &mut site.position));
        for (at, position) in traps.chain(calls) {
            let (raw, site) = place(*position);
            *position = raw;
            if let Some(site) = site {
                self.inlined.push(InlinedCode { at, site });
                numbers[site as usize] = 0;
            }
        }
        for number in (0..sites.len()).rev() {
            let parent = sites[number].parent;
            if numbers[number] == 0 && parent != InlineSite::NONE {
                numbers[parent as usize] = 0;
            }
        }
        for (number, site) in numbers.iter_mut().zip(sites) {
            if *number == 0 {
                *number = self.sites.len() as u32;
                self.sites.push(*site);
            }
        }
        for site in &mut self.sites {
            if site.parent != InlineSite::NONE {
                site.parent = numbers[site.parent as usize];
            }
        }
        for code in &mut self.inlined {
            code.site = numbers[code.site as usize];
        }
        self.inlined.sort_unstable_by_key(|code| code.at);
    }
}
