//! Machine code that can be executed, and what is known of its addresses.
//!
//! Input: code, with the tables that were made with it. Output: [`Code`], and [`find`], which finds where an address in
//! code is. Holds: code is found as long as it can be executed.

use alloc::sync::{Arc, Weak};
use core::ops::Range;

use crate::compile::Tables;
use crate::compile::object::InlineSite;
use crate::module::Module;
use crate::ordered_map::OrderedMap;
use crate::sys::faults::FaultRegion;
use crate::sys::sync::Mutex;
use crate::wasm::trap::Trap;

/// Code of a module that can be executed.
pub(super) struct Code {
    module: Arc<Module>,
    tables: Tables,
    /// What places in the tables are counted from.
    base: usize,
    range: Range<usize>,
    /// Gone before the code, so that nothing is looked for there when that is freed.
    _faults: Option<FaultRegion>,
}

/// Where an address in machine code is.
pub(super) struct Place {
    pub(super) module: Arc<Code>,
    /// The function's index among those that the module defines.
    function: u32,
    /// The number of the site by which the body is reached that the code comes from, if that is inlined.
    site: u32,
    /// Whether the function has no frame there.
    pub(super) is_frameless: bool,
    /// Where in the module's bytes the code comes from.
    pub(super) position: Option<u32>,
    /// Why code stops that has stopped there, unless that is known already.
    pub(super) trap: Option<Trap>,
}

/// All machine code of the process, by the address of its first byte.
static CODE: Mutex<OrderedMap<usize, (usize, Weak<Code>)>> = Mutex::new(OrderedMap::new());

impl Code {
    /// Makes code known whose places are counted from `base`. A memory access of it that faults goes on at
    /// `fault_stub`.
    ///
    /// # Safety
    /// There is code in all of `range` until this is dropped, and at `fault_stub` a stub that leaves all code.
    pub(super) unsafe fn new(
        module: &Arc<Module>,
        tables: Tables,
        base: usize,
        range: Range<usize>,
        fault_stub: usize,
    ) -> Arc<Code> {
        let before = (range.start - base) as u32;
        let sites: Arc<[u32]> = tables
            .traps
            .iter()
            .filter(|site| site.is_fault)
            .map(|site| site.at - before)
            .collect();
        // SAFETY: passed on to the caller.
        let faults = (!sites.is_empty())
            .then(|| unsafe { FaultRegion::register(range.clone(), sites, fault_stub) });
        let code = Arc::new(Code {
            module: Arc::clone(module),
            tables,
            base,
            range: range.clone(),
            _faults: faults,
        });
        CODE.lock()
            .insert(range.start, (range.end, Arc::downgrade(&code)));
        code
    }

    /// The module.
    pub(super) fn module(&self) -> &Module {
        &self.module
    }

    /// What is known of it.
    pub(super) fn tables(&self) -> &Tables {
        &self.tables
    }

    /// By which site the body is reached that an instruction or the last byte of a call comes from.
    fn site(&self, at: u32) -> u32 {
        let inlined = &self.tables.inlined;
        let found = inlined.binary_search_by_key(&at, |code| code.at);
        found.map_or(InlineSite::NONE, |found| inlined[found].site)
    }

    /// Where an offset in the code is. It is that of an instruction that has trapped, or of the last byte of a call.
    fn place(self: Arc<Self>, offset: u32) -> Option<Place> {
        let tables = &self.tables;
        let after = tables
            .functions
            .partition_point(|function| function.start <= offset);
        let function = *tables.functions.get(after.checked_sub(1)?)?;
        if offset >= function.end {
            return None;
        }
        let call = tables
            .calls
            .binary_search_by_key(&(offset + 1), |call| call.at);
        let mut key = offset;
        let (position, trap, is_frameless) = match call {
            Ok(call) => (Some(tables.calls[call].position), None, false),
            Err(_) => {
                let after = tables.traps.partition_point(|site| site.at <= offset);
                let site = after.checked_sub(1).map(|index| tables.traps[index]);
                key = site.map_or(key, |site| site.at);
                (
                    site.map(|site| site.position),
                    site.and_then(|site| site.trap),
                    site.is_some_and(|site| site.is_frameless),
                )
            }
        };
        Some(Place {
            function: function.defined_index,
            site: self.site(key),
            is_frameless,
            position,
            trap,
            module: self,
        })
    }
}

impl Place {
    /// The functions that are active at the place, from the innermost one on, by their indices among those that the
    /// module defines, each with its place in the module's bytes: inlined ones, and that whose code it is.
    pub(super) fn functions(&self) -> impl Iterator<Item = (u32, Option<u32>)> + '_ {
        let mut next = Some((self.site, self.position));
        core::iter::from_fn(move || {
            let (site, position) = next?;
            let site = self.module.tables.sites.get(site as usize);
            next = site.map(|site| (site.parent, Some(site.position)));
            Some((site.map_or(self.function, |site| site.function), position))
        })
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        CODE.lock().remove(&self.range.start);
    }
}

/// Where an address is in machine code of this process: that of an instruction that has
/// trapped, or of the last byte of a call.
pub(super) fn find(address: usize) -> Option<Place> {
    let known = CODE.lock();
    let (_, (end, module)) = known.last_up_to(&address)?;
    if address >= *end {
        return None;
    }
    let module = module.upgrade()?;
    // Whoever drops the last reference takes the lock.
    drop(known);
    let base = module.base;
    module.place((address - base) as u32)
}
