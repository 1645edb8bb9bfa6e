//! Names for imports: what modules are linked with.
//!
//! Input: host functions and what instances export, by name. Output: instances of modules that
//! import them.
//! Holds: a linker is independent of stores, except for what is defined from one; host functions
//! get into a store when they are first needed there, once.

use crate::ordered_map::OrderedMap;
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use super::caller::Caller;
use super::engine::Engine;
use super::externs::Extern;
use super::func::Func;
use super::host::{HostFunc, IntoFunc};
use super::instance::Instance;
use super::module::Module;
use super::similar;
use super::store::{AsContext, AsContextMut, Invariant, StorePtr};
use super::types::{ExternType, FuncType, ImportType};
use super::val::Val;
use crate::error::{Context, Error, ErrorKind, Result};

/// What modules are linked with: names in two parts, the module's and the item's, and what they
/// stand for.
///
/// Host functions that are defined here can be used in any store with data of the type `T`.
///
/// ```
/// use wazir::{Caller, Engine, Linker, Module, Store};
/// let engine = Engine::default();
/// let mut linker = Linker::new(&engine);
/// linker.func_wrap("host", "add", |mut caller: Caller<'_, i32>, value: i32| *caller.data_mut() += value)?;
/// let wasm = wat::parse_str(
///     r#"(module (import "host" "add" (func $add (param i32)))
///          (func (export "run") (call $add (i32.const 40)) (call $add (i32.const 2))))"#,
/// )?;
/// let module = Module::new(&engine, wasm)?;
/// let mut store = Store::new(&engine, 0);
/// let instance = linker.instantiate(&mut store, &module)?;
/// instance.get_typed_func::<(), ()>(&mut store, "run")?.call(&mut store, ())?;
/// assert_eq!(*store.data(), 42);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Linker<T> {
    engine: Engine,
    modules: OrderedMap<Arc<str>, OrderedMap<Arc<str>, Definition>>,
    allow_shadowing: bool,
    allow_unknown_exports: bool,
    data: PhantomData<Invariant<T>>,
}

/// What a name stands for.
#[derive(Clone)]
pub(super) enum Definition {
    /// A host function for any store.
    Host(HostFunc),
    /// Something in one store.
    Extern(Extern),
}

impl Definition {
    pub(super) fn to_extern(&self, store: StorePtr) -> Result<Extern> {
        match self {
            Definition::Host(func) => Ok(Extern::Func(store.shared_host_func(func)?)),
            Definition::Extern(item) => Ok(*item),
        }
    }
}

/// What the imports of a module are in a store.
fn to_externs(definitions: &[Definition], store: StorePtr) -> Result<Vec<Extern>> {
    // In a new store most of them are made.
    store.with(|core| core.reserve_host_funcs(definitions.len()));
    let mut externs = Vec::with_capacity(definitions.len());
    for definition in definitions {
        externs.push(definition.to_extern(store)?);
    }
    Ok(externs)
}

impl<T> Linker<T> {
    /// Makes a linker that defines nothing.
    pub fn new(engine: &Engine) -> Linker<T> {
        Linker {
            engine: engine.clone(),
            modules: OrderedMap::new(),
            allow_shadowing: false,
            allow_unknown_exports: false,
            data: PhantomData,
        }
    }

    /// The engine whose modules it links.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Whether a name may be defined again. Off at first: the second definition is an error then.
    pub fn allow_shadowing(&mut self, allow: bool) -> &mut Linker<T> {
        self.allow_shadowing = allow;
        self
    }

    /// Whether [`Linker::module`] passes over exports of a command that it cannot provide. Off at
    /// first: they are an error then.
    pub fn allow_unknown_exports(&mut self, allow: bool) -> &mut Linker<T> {
        self.allow_unknown_exports = allow;
        self
    }

    /// Defines a name as something that is in a store.
    ///
    /// # Errors
    /// If the name is defined already and shadowing is not allowed, or if the item does not belong
    /// to the store.
    pub fn define(
        &mut self,
        store: impl AsContext<Data = T>,
        module: &str,
        name: &str,
        item: impl Into<Extern>,
    ) -> Result<&mut Linker<T>> {
        let item = item.into();
        item.check(store.as_context().core())?;
        self.insert(module, name, Definition::Extern(item))
    }

    /// Defines a name whose module part is empty.
    ///
    /// # Errors
    /// See [`Linker::define`].
    pub fn define_name(
        &mut self,
        store: impl AsContext<Data = T>,
        name: &str,
        item: impl Into<Extern>,
    ) -> Result<&mut Linker<T>> {
        self.define(store, "", name, item)
    }

    /// Defines a host function. Its type follows from the closure's: see [`IntoFunc`] and
    /// [`Func::wrap`].
    ///
    /// # Errors
    /// If the name is defined already and shadowing is not allowed.
    pub fn func_wrap<Params, Results>(
        &mut self,
        module: &str,
        name: &str,
        func: impl IntoFunc<T, Params, Results>,
    ) -> Result<&mut Linker<T>> {
        let func = func.into_host_func(&self.engine)?;
        self.insert(module, name, Definition::Host(func))
    }

    /// Defines a host function whose type is known at run time: see [`Func::new`].
    ///
    /// # Errors
    /// If the name is defined already and shadowing is not allowed, or the type belongs to another
    /// engine.
    pub fn func_new(
        &mut self,
        module: &str,
        name: &str,
        ty: FuncType,
        func: impl Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
    ) -> Result<&mut Linker<T>> {
        if !Engine::same(ty.engine(), &self.engine) {
            return Err(Error::msg(
                "the function type belongs to another engine than the linker",
            ));
        }
        self.insert(module, name, Definition::Host(HostFunc::dynamic(ty, func)))
    }

    /// Defines a host function of a type that takes its arguments from slots and leaves its results there, in the form
    /// that running code expects. Functions of WASI are: one closure type for all of them is less to compile than
    /// one each.
    #[cfg(feature = "wasi")]
    pub(crate) fn func_of_slots(
        &mut self,
        module: &str,
        name: &str,
        ty: crate::wasm::types::FuncType,
        func: impl Fn(Caller<'_, T>, &mut [u64]) -> Result<()> + Send + Sync + 'static,
    ) -> Result<&mut Linker<T>> {
        let ty = FuncType::from_wasm(&self.engine, ty)?;
        let func = HostFunc::of_slots(ty, func);
        self.insert(module, name, Definition::Host(func))
    }

    /// Defines all exports of an instance under the name `module`.
    ///
    /// # Errors
    /// If a name is defined already and shadowing is not allowed, or the instance does not belong
    /// to the store.
    pub fn instance(
        &mut self,
        mut store: impl AsContextMut<Data = T>,
        module: &str,
        instance: Instance,
    ) -> Result<&mut Linker<T>> {
        let mut store = store.as_context_mut();
        instance.check(store.core_mut())?;
        let exports: Vec<(String, Extern)> = instance
            .exports(&mut store)
            .map(|export| (export.name().to_owned(), export.into_extern()))
            .collect();
        for (name, item) in exports {
            self.insert(module, &name, Definition::Extern(item))?;
        }
        Ok(self)
    }

    /// Instantiates a module with what is defined so far, and defines its exports under the name
    /// `module_name`.
    ///
    /// A module that exports `_start` is a command: each call of one of its functions happens in an
    /// instance of its own. That is removed after the call, unless a guest made the call: what runs
    /// in a store keeps its instances. Any other module is a reactor: it is instantiated now, and its
    /// function `_initialize` is called if there is one.
    ///
    /// # Errors
    /// If the module cannot be instantiated, a name is defined already and shadowing is not
    /// allowed, or a command exports something else than functions (but for `memory` and
    /// `__indirect_function_table`, which are passed over) and [`Linker::allow_unknown_exports`] is
    /// off.
    pub fn module(
        &mut self,
        mut store: impl AsContextMut<Data = T>,
        module_name: &str,
        module: &Module,
    ) -> Result<&mut Linker<T>>
    where
        T: 'static,
    {
        let is_func = |name: &str| matches!(module.get_export(name), Some(ExternType::Func(_)));
        match (is_func("_start"), is_func("_initialize")) {
            (true, true) => Err(Error::link(
                "the module exports both `_start` and `_initialize`: it cannot be a command and a reactor at once",
            )),
            (true, false) => self.command(module_name, module),
            (false, initialize) => {
                let instance = self.instantiate(&mut store, module)?;
                if initialize {
                    let initialize =
                        instance.get_typed_func::<(), ()>(&mut store, "_initialize")?;
                    initialize
                        .call(&mut store, ())
                        .context("the reactor's `_initialize` failed")?;
                }
                self.instance(store, module_name, instance)
            }
        }
    }

    fn command(&mut self, module_name: &str, module: &Module) -> Result<&mut Linker<T>>
    where
        T: 'static,
    {
        let pre = self.instantiate_pre(module)?;
        for export in module.exports() {
            let name = export.name();
            let ExternType::Func(ty) = export.ty() else {
                if self.allow_unknown_exports
                    || matches!(name, "memory" | "__indirect_function_table")
                {
                    continue;
                }
                return Err(Error::link(format!(
                    "the command exports `{name}`, {}: only its functions can be linked, because each call has an \
                     instance of its own (Linker::allow_unknown_exports passes over it)",
                    export.ty()
                )));
            };
            let (pre, export_name) = (pre.clone(), name.to_owned());
            self.func_new(module_name, name, ty, move |mut caller, params, results| {
                let instance = pre.instantiate(&mut caller)?;
                let func = instance.expect_func(&mut caller, &export_name)?;
                let outcome = func.call(&mut caller, params, results);
                // The instance stays if something still refers to it, such as a function that it
                // put into a table.
                let _ = caller.as_context_mut().remove(instance);
                outcome
            })?;
        }
        Ok(self)
    }

    /// Gives another name to what a name stands for.
    ///
    /// # Errors
    /// If the name is not defined, or the other one is and shadowing is not allowed.
    pub fn alias(
        &mut self,
        module: &str,
        name: &str,
        as_module: &str,
        as_name: &str,
    ) -> Result<&mut Linker<T>> {
        let Some(definition) = self.definition(module, name).cloned() else {
            return Err(Error::link(format!(
                "`{module}::{name}` is not defined, so that it can have no alias"
            )));
        };
        self.insert(as_module, as_name, definition)
    }

    /// Gives another module name to everything that is defined under one.
    ///
    /// # Errors
    /// If one of the names is defined already and shadowing is not allowed.
    pub fn alias_module(&mut self, module: &str, as_module: &str) -> Result<&mut Linker<T>> {
        let items = self.modules.get(module).cloned().unwrap_or_default();
        for (name, definition) in items.iter() {
            self.insert(as_module, name, definition.clone())?;
        }
        Ok(self)
    }

    /// Defines each function that the module imports and that is not defined: calling it is an
    /// error that names it.
    ///
    /// # Errors
    /// None at present.
    pub fn define_unknown_imports_as_traps(&mut self, module: &Module) -> Result<()> {
        for import in module.imports() {
            let ExternType::Func(ty) = import.ty() else {
                continue;
            };
            if self.definition(import.module(), import.name()).is_none() {
                let error = UnknownImportError::new(&import, "");
                self.func_new(import.module(), import.name(), ty, move |_, _, _| {
                    Err(Error::other(
                        ErrorKind::Link,
                        alloc::boxed::Box::new(error.clone()),
                    ))
                })?;
            }
        }
        Ok(())
    }

    /// Defines everything that the module imports and that is not defined: functions that return
    /// zeros and nulls, and globals, tables and memories that are zero and null.
    ///
    /// # Errors
    /// If an import has a type without such a value, or the store's limits do not allow it.
    pub fn define_unknown_imports_as_default_values(
        &mut self,
        mut store: impl AsContextMut<Data = T>,
        module: &Module,
    ) -> Result<()> {
        let mut store = store.as_context_mut();
        for import in module.imports() {
            if self.definition(import.module(), import.name()).is_some() {
                continue;
            }
            let ty = import.ty();
            if let ExternType::Func(ty) = ty {
                for ty in ty.results() {
                    ty.default_value().ok_or_else(|| no_default(&import))?;
                }
                self.func_new(import.module(), import.name(), ty, |_, _, _| Ok(()))?;
            } else {
                let item = Extern::with_default_value(&mut store, &ty)?
                    .ok_or_else(|| no_default(&import))?;
                self.insert(import.module(), import.name(), Definition::Extern(item))?;
            }
        }
        Ok(())
    }

    /// Instantiates a module: each of its imports is what the linker defines under its name.
    ///
    /// Runs the module's start function, if it has one, but not `_start`, which is an ordinary
    /// export.
    ///
    /// # Errors
    /// If an import is not defined or has another type, if the limits of the store or the
    /// implementation are reached, and if an active segment does not fit or the start function
    /// fails.
    pub fn instantiate(
        &self,
        mut store: impl AsContextMut<Data = T>,
        module: &Module,
    ) -> Result<Instance> {
        let mut store = store.as_context_mut();
        let imports = to_externs(&self.resolve(module)?, store.ptr())?;
        Instance::new(&mut store, module, &imports)
    }

    /// Looks the imports of a module up once, so that it can be instantiated many times, in
    /// different stores.
    ///
    /// # Errors
    /// If an import is not defined, or a host function has another type.
    pub fn instantiate_pre(&self, module: &Module) -> Result<InstancePre<T>> {
        let definitions = self.resolve(module)?;
        for (definition, import) in definitions.iter().zip(&module.inner().imports) {
            if let Definition::Host(func) = definition {
                let actual = crate::wasm::types::ExternType::Func(func.ty().id());
                self.engine
                    .types()
                    .matches_extern(&actual, &import.ty)
                    .map_err(|reason| {
                        Error::link(format!(
                            "incompatible import type for `{}::{}`: {reason}",
                            import.module, import.name
                        ))
                    })?;
            }
        }
        Ok(InstancePre {
            module: module.clone(),
            imports: definitions.into(),
            data: PhantomData,
        })
    }

    /// What a name stands for, in a store.
    ///
    /// Returns none if it is not defined.
    pub fn get(
        &self,
        mut store: impl AsContextMut<Data = T>,
        module: &str,
        name: &str,
    ) -> Option<Extern> {
        self.definition(module, name)?
            .to_extern(store.as_context_mut().ptr())
            .ok()
    }

    /// What an import is linked with, in a store.
    ///
    /// Returns none if its name is not defined; its type is not looked at.
    pub fn get_by_import(
        &self,
        store: impl AsContextMut<Data = T>,
        import: &ImportType<'_>,
    ) -> Option<Extern> {
        self.get(store, import.module(), import.name())
    }

    /// The function to run a program with: the one defined as `module` with an empty name, or else
    /// with the name `_start`, or else one that does nothing.
    ///
    /// # Errors
    /// If what is defined there is no function.
    pub fn get_default(
        &self,
        mut store: impl AsContextMut<Data = T>,
        module: &str,
    ) -> Result<Func> {
        for name in ["", "_start"] {
            match self.get(&mut store, module, name) {
                Some(Extern::Func(func)) => return Ok(func),
                Some(_) => {
                    return Err(Error::link(format!("`{module}::{name}` is not a function")));
                }
                None => {}
            }
        }
        Ok(Func::wrap(store, || {}))
    }

    /// Everything that is defined, by module name and name, in a store.
    pub fn iter<'a>(
        &'a self,
        mut store: impl AsContextMut<Data = T> + 'a,
    ) -> impl Iterator<Item = (&'a str, &'a str, Extern)> + 'a {
        let all = self.modules.iter().flat_map(|(module, items)| {
            items
                .iter()
                .map(move |(name, definition)| (&**module, &**name, definition))
        });
        all.filter_map(move |(module, name, definition)| {
            let item = definition.to_extern(store.as_context_mut().ptr()).ok()?;
            Some((module, name, item))
        })
    }

    fn definition(&self, module: &str, name: &str) -> Option<&Definition> {
        self.modules.get(module)?.get(name)
    }

    fn insert(
        &mut self,
        module: &str,
        name: &str,
        definition: Definition,
    ) -> Result<&mut Linker<T>> {
        let items = match self.modules.get_mut(module) {
            Some(items) => items,
            None => self
                .modules
                .get_or_insert_with(module.into(), OrderedMap::new),
        };
        if !self.allow_shadowing && items.contains_key(name) {
            return Err(Error::link(format!(
                "`{module}::{name}` is defined already; Linker::allow_shadowing(true) lets the last definition win"
            )));
        }
        items.insert(name.into(), definition);
        Ok(self)
    }

    /// The definitions of a module's imports, in their order.
    fn resolve(&self, module: &Module) -> Result<Vec<Definition>> {
        if !Engine::same(module.engine(), &self.engine) {
            return Err(Error::link(
                "the module belongs to another engine than the linker",
            ));
        }
        let find = |import: ImportType<'_>| match self.definition(import.module(), import.name()) {
            Some(definition) => Ok(definition.clone()),
            None => Err(self.unknown_import(&import)),
        };
        module.imports().map(find).collect()
    }

    #[cold]
    fn unknown_import(&self, import: &ImportType<'_>) -> Error {
        let (module, name) = (import.module(), import.name());
        let hint = match self.modules.get(module) {
            Some(items) => format!(
                "the linker's `{module}` defines {}",
                similar::list(name, items.keys().map(|name| &**name))
            ),
            None => match module {
                "wasi_snapshot_preview1" => {
                    String::from("wazir::wasi::p1::add_to_linker_sync defines all of this module")
                }
                "wasi_unstable" => String::from(
                    "this is WASI from before preview 1: build the guest for wasm32-wasip1 with a newer compiler",
                ),
                _ if self.modules.is_empty() => String::from("the linker defines nothing"),
                _ => format!(
                    "the linker defines the modules {}",
                    similar::list(module, self.modules.keys().map(|name| &**name))
                ),
            },
        };
        let error = UnknownImportError::new(import, &hint);
        Error::other(ErrorKind::Link, alloc::boxed::Box::new(error))
    }
}

fn no_default(import: &ImportType<'_>) -> Error {
    Error::link(format!(
        "the import `{}::{}` is {}, for which there is no default value",
        import.module(),
        import.name(),
        import.ty()
    ))
}

impl<T> Clone for Linker<T> {
    fn clone(&self) -> Linker<T> {
        Linker {
            engine: self.engine.clone(),
            modules: self.modules.clone(),
            ..*self
        }
    }
}

impl<T> fmt::Debug for Linker<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self
            .modules
            .iter()
            .map(|(module, items)| (module, items.keys().collect::<Vec<_>>()));
        f.debug_map().entries(names).finish()
    }
}

/// A module whose imports have been looked up, ready to be instantiated in any store that has what
/// they stand for.
///
/// Made by [`Linker::instantiate_pre`].
///
/// ```
/// use wazir::{Engine, Linker, Module, Store};
/// let engine = Engine::default();
/// let module = Module::new(&engine, wat::parse_str("(module (memory (export \"m\") 1))")?)?;
/// let pre = Linker::new(&engine).instantiate_pre(&module)?;
/// for number in 0..3 {
///     let mut store = Store::new(&engine, number);
///     pre.instantiate(&mut store)?;
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct InstancePre<T> {
    module: Module,
    imports: Arc<[Definition]>,
    data: PhantomData<Invariant<T>>,
}

impl<T> InstancePre<T> {
    /// The module.
    pub fn module(&self) -> &Module {
        &self.module
    }

    /// Makes an instance in a store.
    ///
    /// # Errors
    /// See [`Linker::instantiate`]; and if something is defined from another store.
    pub fn instantiate(&self, mut store: impl AsContextMut<Data = T>) -> Result<Instance> {
        let mut store = store.as_context_mut();
        let imports = to_externs(&self.imports, store.ptr())?;
        Instance::new(&mut store, &self.module, &imports)
    }
}

impl<T> Clone for InstancePre<T> {
    fn clone(&self) -> InstancePre<T> {
        InstancePre {
            module: self.module.clone(),
            imports: self.imports.clone(),
            data: PhantomData,
        }
    }
}

impl<T> fmt::Debug for InstancePre<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InstancePre")
            .field("module", &self.module)
            .finish_non_exhaustive()
    }
}

/// The error for an import that a linker does not define, found with
/// [`Error::downcast_ref`].
#[derive(Clone, Debug)]
pub struct UnknownImportError {
    module: String,
    name: String,
    ty: ExternType,
    hint: String,
}

impl UnknownImportError {
    fn new(import: &ImportType<'_>, hint: &str) -> UnknownImportError {
        UnknownImportError {
            module: import.module().to_owned(),
            name: import.name().to_owned(),
            ty: import.ty(),
            hint: hint.to_owned(),
        }
    }

    /// The name of the module that was imported from.
    pub fn module(&self) -> &str {
        &self.module
    }

    /// The name in that module.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type of the import.
    pub fn ty(&self) -> ExternType {
        self.ty.clone()
    }
}

impl fmt::Display for UnknownImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let UnknownImportError {
            module,
            name,
            ty,
            hint,
        } = self;
        write!(
            f,
            "unknown import: `{module}::{name}` has not been defined; the module needs {ty}"
        )?;
        match hint.as_str() {
            "" => Ok(()),
            hint => write!(f, "; {hint}"),
        }
    }
}

impl core::error::Error for UnknownImportError {}
