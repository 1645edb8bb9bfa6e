//! The machine code of a module, where it can be executed.
//!
//! Input: a module. Output: [`NativeModule`], and [`find`], which finds where an address in code is. Holds: code is
//! found as long as it can be executed.

use alloc::boxed::Box;
use alloc::sync::{Arc, Weak};
use alloc::vec::Vec;

use super::engine::{NativeEngine, executable};
use crate::compile::object::{InlineSite, Object};
use crate::compile::saved::{self, Saved};
use crate::compile::{CompiledModule, Tables, compile_module};
use crate::error::Error;
use crate::module::Module;
use crate::ordered_map::OrderedMap;
use crate::runtime::instance::MachineCode;
use crate::runtime::layout::{MachineContext, MachineEntry};
use crate::sys::code_memory::ExecutableCode;
use crate::sys::faults::FaultRegion;
use crate::sys::sync::Mutex;
use crate::wasm::trap::Trap;

/// The machine code of a module.
pub(crate) struct NativeModule {
    module: Arc<Module>,
    /// Keeps the stubs alive.
    engine: Arc<NativeEngine>,
    tables: Tables,
    /// By the index of the function among those that the module defines.
    entries: Box<[MachineEntry]>,
    type_ids: Box<[u32]>,
    /// Before the code, so that nothing is looked for there when that is freed.
    _faults: Option<FaultRegion>,
    code: ExecutableCode,
}

/// Where an address in machine code is.
pub(super) struct Place {
    pub(super) module: Arc<NativeModule>,
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
static CODE: Mutex<OrderedMap<usize, (usize, Weak<NativeModule>)>> = Mutex::new(OrderedMap::new());

impl NativeModule {
    /// Compiles a module, on all processors or on one.
    ///
    /// # Errors
    /// A resource error if there is no memory for the code, or it is too long.
    pub(crate) fn new(
        engine: &Arc<NativeEngine>,
        module: &Arc<Module>,
        is_parallel: bool,
    ) -> Result<Arc<NativeModule>, Error> {
        let CompiledModule { code, tables } =
            compile_module(module, engine.features(), engine.options(), is_parallel)?;
        NativeModule::install(engine, module, &code, tables)
    }

    /// Makes code that was saved ready to run.
    ///
    /// # Errors
    /// A resource error if there is no memory for the code, or an error if it has functions that the module has not.
    ///
    /// # Safety
    /// The code is what the compiler has made of this module for this engine.
    pub(crate) unsafe fn load(
        engine: &Arc<NativeEngine>,
        module: &Arc<Module>,
        saved: Saved<'_>,
    ) -> Result<Arc<NativeModule>, Error> {
        let last = saved.tables.functions.last();
        let sites = &saved.tables.sites;
        let mut indices = sites.iter().map(|site| site.function);
        if last
            .map(|last| last.defined_index)
            .into_iter()
            .chain(&mut indices)
            .any(|index| index as usize >= module.bodies.len())
        {
            return Err(saved::inconsistent());
        }
        NativeModule::install(engine, module, saved.code, saved.tables)
    }

    /// The module with its code, to be saved.
    pub(crate) fn save(&self) -> Vec<u8> {
        // Where there is no code, there is a byte that nobody executes.
        let code = match self.tables.functions.is_empty() {
            true => &[],
            false => self.code.bytes(),
        };
        let target = self.engine.target(self.module.features);
        saved::write(&self.module.bytes, code, &self.tables, target)
    }

    /// Puts code where it can be executed.
    fn install(
        engine: &Arc<NativeEngine>,
        module: &Arc<Module>,
        bytes: &[u8],
        tables: Tables,
    ) -> Result<Arc<NativeModule>, Error> {
        let code = executable(bytes)?;
        let base = code.address() as usize;
        let types: Vec<_> = (0..module.bodies.len() as u32)
            .map(|index| &**module.function_type(index + module.imported_functions))
            .collect();
        let stubs = engine.stubs_of(&types)?;
        let mut entries: Box<[MachineEntry]> = stubs
            .iter()
            .map(|stubs| MachineEntry {
                call: stubs.interpreter as *const u8,
                enter: core::ptr::null(),
            })
            .collect();
        for function in &tables.functions {
            let index = function.defined_index as usize;
            entries[index] = MachineEntry {
                call: (base + (function.start + Object::EXTERNAL_ENTRY) as usize) as *const u8,
                enter: stubs[index].enter as *const u8,
            };
        }
        let sites: Arc<[u32]> = tables
            .traps
            .iter()
            .filter(|site| site.is_fault)
            .map(|site| site.at)
            .collect();
        let range = base..base + bytes.len();
        // SAFETY: the code is there until after the region is dropped, and the stub as long as the engine; the stub
        // leaves all code.
        let faults = (!sites.is_empty())
            .then(|| unsafe { FaultRegion::register(range.clone(), sites, engine.fault_stub()) });
        let native = Arc::new(NativeModule {
            module: Arc::clone(module),
            engine: Arc::clone(engine),
            tables,
            entries,
            type_ids: module.types.iter().map(|ty| ty.id.0).collect(),
            _faults: faults,
            code,
        });
        CODE.lock()
            .insert(range.start, (range.end, Arc::downgrade(&native)));
        Ok(native)
    }

    /// The module.
    pub(super) fn module(&self) -> &Module {
        &self.module
    }

    /// How many of the functions that the module defines are compiled.
    pub(crate) fn function_count(&self) -> usize {
        self.tables.functions.len()
    }

    /// What instances need of it.
    pub(crate) fn machine_code(self: &Arc<Self>) -> MachineCode {
        MachineCode {
            entries: self.entries.as_ptr(),
            context: MachineContext {
                type_ids: self.type_ids.as_ptr(),
                ..self.engine.context()
            },
            owner: Arc::clone(self) as _,
        }
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

impl Drop for NativeModule {
    fn drop(&mut self) {
        CODE.lock().remove(&(self.code.address() as usize));
    }
}

// SAFETY: the addresses in it are those of code, which never changes, and of what it owns itself.
unsafe impl Send for NativeModule {}
// SAFETY: as above.
unsafe impl Sync for NativeModule {}

/// Where an address is in machine code of this process: as [`NativeModule`] says, that of an instruction that has
/// trapped, or of the last byte of a call.
pub(super) fn find(address: usize) -> Option<Place> {
    let known = CODE.lock();
    let (&start, (end, module)) = known.last_up_to(&address)?;
    if address >= *end {
        return None;
    }
    let module = module.upgrade()?;
    // Whoever drops the last reference takes the lock.
    drop(known);
    module.place((address - start) as u32)
}
