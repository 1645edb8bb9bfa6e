//! Instances as the embedder sees them.
//!
//! Input: a module and what it imports. Output: [`Instance`], a handle, and its exports.
//! Holds: an instance whose start function failed is never seen; its exports are found by the
//! module's names.

use alloc::format;
use alloc::vec::Vec;
use core::ptr::NonNull;

use super::engine::Engine;
use super::externs::{Export, Extern};
use super::func::{Func, or_panic};
use super::global::Global;
use super::memory::Memory;
use super::module::{Module, ModuleExport};
use super::similar;
use super::store::{AsContextMut, StoreContextMut, StoreCore};
use super::table::Table;
use super::tag::Tag;
use super::typed::{TypedFunc, WasmParams, WasmResults};
use crate::error::{Error, Result};
use crate::runtime::handle::InstanceId;
use crate::runtime::layout::VmContext;

/// An instance of a module in a store.
///
/// A handle: it is copied freely and means something only together with its store.
///
/// ```
/// use wazir::{Engine, Instance, Module, Store};
/// let engine = Engine::default();
/// let wasm = wat::parse_str(
///     r#"(module (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))"#,
/// )?;
/// let module = Module::new(&engine, wasm)?;
/// let mut store = Store::new(&engine, ());
/// let instance = Instance::new(&mut store, &module, &[])?;
/// let add = instance.get_typed_func::<(i32, i32), i32>(&mut store, "add")?;
/// assert_eq!(add.call(&mut store, (40, 2))?, 42);
/// let error = instance.get_typed_func::<i32, i32>(&mut store, "sub").unwrap_err();
/// assert_eq!(error.to_string(), "the instance exports no `sub`; its exports are `add`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Instance(InstanceId);

impl Instance {
    /// Makes an instance. The imports are given in the order of the module; a
    /// [`Linker`](crate::Linker) finds them by name.
    ///
    /// Runs the module's start function, if it has one.
    ///
    /// # Errors
    /// If the imports are not as many as the module has, have other types or belong to another
    /// store; if the limits of the store or the implementation are reached; and if an active
    /// segment does not fit or the start function fails.
    ///
    /// # Panics
    /// If a host function that the start function called panicked, the panic goes on here.
    pub fn new(
        mut store: impl AsContextMut,
        module: &Module,
        imports: &[Extern],
    ) -> Result<Instance> {
        let store = store.as_context_mut().ptr();
        if !Engine::same(module.engine(), store.core().engine()) {
            return Err(Error::link(
                "the module belongs to another engine than the store",
            ));
        }
        let imports: Vec<_> = imports.iter().map(|item| item.to_runtime()).collect();
        let (id, start) = store.with(|core| {
            // SAFETY: the code was made from the module when the latter was made.
            unsafe {
                core.inner_mut()
                    .instantiate(module.inner(), module.runtime_code(), &imports)
            }
        })?;
        if let Some(start) = start {
            if let Err(error) = store.call(Func::from_id(start), &mut [], 0, 0) {
                store.with(|core| core.inner_mut().abandon(id));
                return Err(error);
            }
        }
        Ok(Instance(id))
    }

    /// All exports, in the order of the module.
    ///
    /// # Panics
    /// If the instance does not belong to the store, or was removed. That holds for all methods
    /// that do not return a [`Result`].
    pub fn exports<'a, T: 'a>(
        &self,
        store: impl Into<StoreContextMut<'a, T>>,
    ) -> impl ExactSizeIterator<Item = Export<'a>> + 'a {
        let core = store.into().into_core_mut();
        let count = or_panic(core.inner().module(self.0).map_err(Error::from))
            .exports
            .len();
        let items: Vec<Extern> = (0..count)
            .map(|position| or_panic(self.export_at(core, position)))
            .collect();
        let core: &'a StoreCore = core;
        let module = or_panic(core.inner().module(self.0).map_err(Error::from));
        module
            .exports
            .iter()
            .zip(items)
            .map(|(export, item)| Export::new(&export.name, item))
    }

    /// What is exported under a name. None if there is no such export.
    pub fn get_export(&self, mut store: impl AsContextMut, name: &str) -> Option<Extern> {
        or_panic(self.find_export(store.as_context_mut().core_mut(), name))
    }

    /// The export at a place that [`Module::get_export_index`] gave. None if it is of another
    /// module.
    pub fn get_module_export(
        &self,
        mut store: impl AsContextMut,
        export: &ModuleExport,
    ) -> Option<Extern> {
        let mut store = store.as_context_mut();
        let core = store.core_mut();
        let module = or_panic(core.inner().module(self.0).map_err(Error::from));
        let position = export.position_in(module)?;
        Some(or_panic(self.export_at(core, position)))
    }

    /// The function that is exported under a name. None if there is no such export, or it is no
    /// function.
    pub fn get_func(&self, store: impl AsContextMut, name: &str) -> Option<Func> {
        self.get_export(store, name)?.into_func()
    }

    /// The function that is exported under a name, with its types known to the Rust compiler.
    ///
    /// # Errors
    /// If there is no such export, it is no function, or has other types; or if the instance does
    /// not belong to the store or was removed.
    pub fn get_typed_func<Params, Results>(
        &self,
        mut store: impl AsContextMut,
        name: &str,
    ) -> Result<TypedFunc<Params, Results>>
    where
        Params: WasmParams,
        Results: WasmResults,
    {
        let func = self.expect_func(&mut store, name)?;
        func.typed(&store)
            .map_err(|error| Error::link(format!("the exported function `{name}`: {error}")))
    }

    /// The memory that is exported under a name. None if there is no such export, or it is no
    /// memory.
    pub fn get_memory(&self, store: impl AsContextMut, name: &str) -> Option<Memory> {
        self.get_export(store, name)?.into_memory()
    }

    /// The table that is exported under a name. None if there is no such export, or it is no table.
    pub fn get_table(&self, store: impl AsContextMut, name: &str) -> Option<Table> {
        self.get_export(store, name)?.into_table()
    }

    /// The global that is exported under a name. None if there is no such export, or it is no
    /// global.
    pub fn get_global(&self, store: impl AsContextMut, name: &str) -> Option<Global> {
        self.get_export(store, name)?.into_global()
    }

    /// The tag that is exported under a name. None if there is no such export, or it is no tag.
    pub fn get_tag(&self, store: impl AsContextMut, name: &str) -> Option<Tag> {
        self.get_export(store, name)?.into_tag()
    }

    /// The function that is exported under a name, or an error that says what is exported.
    pub(super) fn expect_func(&self, mut store: impl AsContextMut, name: &str) -> Result<Func> {
        let mut store = store.as_context_mut();
        let core = store.core_mut();
        match self.find_export(core, name)? {
            Some(Extern::Func(func)) => Ok(func),
            Some(other) => Err(Error::link(format!(
                "the export `{name}` is {}, not a function",
                other.try_ty(core)?
            ))),
            None => {
                let module = core.inner().module(self.0)?;
                Err(Error::link(match module.exports.len() {
                    0 => format!("the instance exports no `{name}`; it exports nothing"),
                    _ => {
                        let exports =
                            similar::list(name, module.exports.iter().map(|export| &*export.name));
                        format!("the instance exports no `{name}`; its exports are {exports}")
                    }
                }))
            }
        }
    }

    pub(super) fn id(self) -> InstanceId {
        self.0
    }

    /// The instance that a context belongs to.
    ///
    /// # Safety
    /// The context is that of an instance that has not been removed.
    pub(super) unsafe fn from_context(context: NonNull<VmContext>) -> Instance {
        // SAFETY: the caller knows that the instance is alive; its record is only read.
        Instance(unsafe { crate::runtime::instance::Instance::from_context(context.as_ptr()) }.id())
    }

    /// Fails if the instance does not belong to the store, or was removed.
    pub(super) fn check(&self, core: &StoreCore) -> Result<()> {
        core.inner().instance(self.0)?;
        Ok(())
    }

    fn find_export(&self, core: &mut StoreCore, name: &str) -> Result<Option<Extern>> {
        match core
            .inner()
            .module(self.0)?
            .export_by_name
            .get(name)
            .copied()
        {
            Some(position) => self.export_at(core, position as usize).map(Some),
            None => Ok(None),
        }
    }

    fn export_at(&self, core: &mut StoreCore, position: usize) -> Result<Extern> {
        let export = &core.inner().module(self.0)?.exports[position];
        let (kind, index) = (export.kind, export.index);
        core.inner_mut()
            .instance_item(self.0, kind, index)
            .map(Extern::from_runtime)
    }
}
