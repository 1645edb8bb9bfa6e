//! The machine code of a module all of whose functions are compiled.
//!
//! Input: a module. Output: [`NativeModule`]. Holds: a function that cannot be compiled is interpreted.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::code::Code;
use super::engine::{FunctionStubs, NativeEngine, executable};
use crate::compile::saved::{self, Saved};
use crate::compile::{CompiledModule, Tables, compile_module};
use crate::error::Error;
use crate::module::Module;
use crate::runtime::instance::{MachineCode, MachineRecords};
use crate::runtime::layout::{MachineContext, MachineEntry};
use crate::sys::code_memory::ExecutableCode;
use crate::wasm::types::FuncType;

/// The identities of a module's types in the engine, by index.
pub(super) fn type_ids(module: &Module) -> Box<[u32]> {
    module.types.iter().map(|ty| ty.id.0).collect()
}

/// The machine code of a module.
pub(crate) struct NativeModule {
    module: Arc<Module>,
    /// Keeps the stubs alive.
    engine: Arc<NativeEngine>,
    /// By the index of the function among those that the module defines.
    entries: Box<[MachineEntry]>,
    type_ids: Box<[u32]>,
    /// Before the pages, so that nothing is looked for there when they are freed.
    code: Arc<Code>,
    pages: ExecutableCode,
}

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
        let tables = self.code.tables();
        let code = match tables.functions.is_empty() {
            true => &[],
            false => self.pages.bytes(),
        };
        let target = self.engine.target(self.module.features);
        saved::write(&self.module.bytes, code, tables, target)
    }

    /// Puts code where it can be executed.
    fn install(
        engine: &Arc<NativeEngine>,
        module: &Arc<Module>,
        bytes: &[u8],
        tables: Tables,
    ) -> Result<Arc<NativeModule>, Error> {
        let pages = executable(bytes)?;
        let base = pages.address() as usize;
        let types: Vec<_> = (0..module.bodies.len() as u32)
            .map(|index| &**module.function_type(index + module.imported_functions))
            .collect();
        let stubs = engine.stubs_of(&types)?;
        let mut entries: Box<[MachineEntry]> =
            stubs.iter().map(FunctionStubs::interpreted).collect();
        for function in &tables.functions {
            let index = function.defined_index as usize;
            entries[index] = stubs[index].compiled(function.external_entry(base));
        }
        let range = base..base + bytes.len();
        // SAFETY: the code is there until after it is dropped, and the stub as long as the engine.
        let code = unsafe { Code::new(module, tables, base, range, engine.fault_stub()) };
        Ok(Arc::new(NativeModule {
            module: Arc::clone(module),
            engine: Arc::clone(engine),
            entries,
            type_ids: type_ids(module),
            code,
            pages,
        }))
    }

    /// How many of the functions that the module defines are compiled.
    pub(crate) fn function_count(&self) -> usize {
        self.code.tables().functions.len()
    }

    /// How many bytes of code there are.
    pub(crate) fn code_bytes(&self) -> usize {
        self.pages.bytes().len()
    }
}

impl MachineCode for NativeModule {
    fn records(&self) -> Option<MachineRecords> {
        Some(MachineRecords {
            entries: self.entries.as_ptr(),
            context: MachineContext {
                type_ids: self.type_ids.as_ptr(),
                ..self.engine.context()
            },
        })
    }

    fn host_entry(&self, ty: &FuncType) -> Result<MachineEntry, Error> {
        self.engine.host_entry(ty)
    }
}

// SAFETY: the addresses in it are those of code, which never changes, and of what it owns itself.
unsafe impl Send for NativeModule {}
// SAFETY: as above.
unsafe impl Sync for NativeModule {}
