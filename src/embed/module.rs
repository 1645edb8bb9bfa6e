//! Modules as the embedder sees them.
//!
//! Input: the bytes of a module. Output: [`Module`], validated and, as the engine's settings say,
//! translated.
//! Holds: a module is immutable and shared by reference count; every name in it is UTF-8.

use alloc::sync::Arc;
use core::fmt;

#[cfg(feature = "compiler")]
use super::config::Strategy;
use super::engine::Engine;
#[cfg(feature = "compiler")]
use super::precompiled::no_machine_code;
use super::types::{
    ExportType, ExternType, FuncType, GlobalType, ImportType, MemoryType, TableType, TagType,
};
use crate::error::Result;
#[cfg(feature = "compiler")]
use crate::interp::Tiers;
use crate::interp::{self, CodeTable, CompilationMode};
use crate::module::{self, ExternKind};
#[cfg(feature = "compiler")]
use crate::native::{NativeModule, TieredModule};
use crate::runtime::instance::ModuleCode;
use crate::validate::{self, Bodies};

/// A WebAssembly module that is valid and ready to be instantiated.
///
/// Clones are the same module; `Module` is `Send` and `Sync`, and stores of its engine can share
/// it.
///
/// ```
/// use wazir::{Engine, Module};
/// let engine = Engine::default();
/// let wasm = wat::parse_str(
///     r#"(module (import "env" "log" (func (param i32))) (memory (export "memory") 1))"#,
/// )?;
/// let module = Module::new(&engine, wasm)?;
/// let import = module.imports().next().unwrap();
/// assert_eq!((import.module(), import.name()), ("env", "log"));
/// assert_eq!(module.exports().next().unwrap().name(), "memory");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Module(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) engine: Engine,
    pub(super) module: Arc<module::Module>,
    pub(super) code: Arc<CodeTable>,
    #[cfg(feature = "compiler")]
    pub(super) native: Option<Native>,
}

/// The machine code of a module.
#[cfg(feature = "compiler")]
pub(super) enum Native {
    /// Of all its functions.
    Whole(Arc<NativeModule>),
    /// Of those that are worth it.
    Tiered(Arc<TieredModule>),
}

#[cfg(feature = "compiler")]
impl Native {
    /// What an engine makes of a module, if it makes machine code.
    fn new(engine: &Engine, module: &Arc<module::Module>) -> Result<Option<Native>> {
        let config = engine.config();
        let Some(native) = engine.native() else {
            return Ok(None);
        };
        Ok(Some(match config.strategy {
            Strategy::Auto => {
                let thresholds = config.thresholds();
                Native::Tiered(TieredModule::new(native, module, thresholds))
            }
            _ => {
                let is_parallel = config.parallel_compilation;
                let native = native.make().ok_or_else(|| no_machine_code(engine))?;
                Native::Whole(NativeModule::new(native, module, is_parallel)?)
            }
        }))
    }

    /// What the interpreter has to know of it.
    fn tiers(&self) -> Option<Arc<dyn Tiers>> {
        match self {
            Native::Whole(_) => None,
            Native::Tiered(native) => Some(Arc::clone(native) as _),
        }
    }
}

impl Module {
    /// Decodes and validates a module in the binary format.
    ///
    /// # Errors
    /// If the bytes are not a module, the module is not valid, or it needs a feature that the
    /// engine has switched off. The error tells at which byte
    /// ([`Error::offset`](crate::Error::offset)). Some of what is valid cannot be executed yet: a
    /// module that uses it is refused too, with an error of the kind
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) that names it. In
    /// [`CompilationMode::Lazy`] bodies are not looked at, and such an instruction is an error of
    /// the first call. Text is not accepted: convert it with the crate
    /// `wat`, or use the command `wazir`, which does.
    pub fn new(engine: &Engine, bytes: impl AsRef<[u8]>) -> Result<Module> {
        Module::from_binary(engine, bytes.as_ref())
    }

    /// The same as [`Module::new`].
    ///
    /// # Errors
    /// See [`Module::new`].
    pub fn from_binary(engine: &Engine, binary: &[u8]) -> Result<Module> {
        Module::from_boxed(engine, binary.into())
    }

    /// The same as [`Module::new`], for bytes that nobody else needs: they are not copied, which makes a difference for
    /// large modules.
    ///
    /// # Errors
    /// See [`Module::new`].
    ///
    /// ```
    /// use wazir::{Engine, Module};
    /// let bytes: Vec<u8> = wat::parse_str("(module)")?;
    /// let module = Module::from_bytes(&Engine::default(), bytes)?;
    /// assert_eq!(module.exports().len(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_bytes(engine: &Engine, bytes: alloc::vec::Vec<u8>) -> Result<Module> {
        Module::from_boxed(engine, bytes.into())
    }

    fn from_boxed(engine: &Engine, binary: alloc::boxed::Box<[u8]>) -> Result<Module> {
        let config = engine.config();
        let bodies = match config.mode {
            CompilationMode::Lazy => Bodies::Lazy,
            _ => config.eager_bodies(),
        };
        let module = Arc::new(validate::decode_module(
            binary,
            config.features,
            engine.types(),
            bodies,
        )?);
        module.check_executable()?;
        #[cfg(feature = "compiler")]
        let native = Native::new(engine, &module)?;
        let code = interp::new_code_table(
            &module,
            config.mode,
            config.code_options(),
            #[cfg(feature = "compiler")]
            native.as_ref().and_then(Native::tiers),
        )?;
        Ok(Module(Arc::new(Inner {
            engine: engine.clone(),
            #[cfg(feature = "compiler")]
            native,
            module,
            code,
        })))
    }

    /// Reads a module from a file.
    ///
    /// # Errors
    /// If the file cannot be read, and see [`Module::new`].
    #[cfg(feature = "std")]
    pub fn from_file(engine: &Engine, file: impl AsRef<std::path::Path>) -> Result<Module> {
        let file = file.as_ref();
        let bytes = read_file(file)?;
        Module::from_bytes(engine, bytes).map_err(|error| in_file(error, file))
    }

    /// Whether the bytes are a valid module, without keeping anything. That it can be executed is
    /// not said by this, but by [`Module::new`].
    ///
    /// # Errors
    /// If the bytes are not a module, the module is not valid, or it needs a feature that the
    /// engine has switched off.
    pub fn validate(engine: &Engine, binary: &[u8]) -> Result<()> {
        let config = engine.config();
        let bodies = config.eager_bodies();
        validate::decode_module(binary.into(), config.features, engine.types(), bodies).map(drop)
    }

    /// The module's name, if its name section gives one.
    pub fn name(&self) -> Option<&str> {
        let module = self.inner();
        module.names.module(&module.bytes)
    }

    /// The imports, in the order of the module.
    pub fn imports(&self) -> impl ExactSizeIterator<Item = ImportType<'_>> {
        self.inner().imports.iter().map(|import| {
            let ty = ExternType::from_wasm(self.engine(), &import.ty);
            ImportType::new(&import.module, &import.name, ty)
        })
    }

    /// The exports, in the order of the module.
    pub fn exports(&self) -> impl ExactSizeIterator<Item = ExportType<'_>> {
        self.inner()
            .exports
            .iter()
            .map(|export| ExportType::new(&export.name, self.export_type(export)))
    }

    /// The type of the export with a name, if there is one.
    pub fn get_export(&self, name: &str) -> Option<ExternType> {
        let module = self.inner();
        let position = *module.export_by_name.get(name)?;
        Some(self.export_type(&module.exports[position as usize]))
    }

    /// Where the export with a name is, for [`Instance::get_module_export`](crate::Instance::get_module_export),
    /// which then need not look for the name again.
    ///
    /// ```
    /// use wazir::{Engine, Instance, Module, Store};
    /// let engine = Engine::default();
    /// let module = Module::new(&engine, wat::parse_str(r#"(module (func (export "run")))"#)?)?;
    /// let run = module.get_export_index("run").unwrap();
    /// for _ in 0..3 {
    ///     let mut store = Store::new(&engine, ());
    ///     let instance = Instance::new(&mut store, &module, &[])?;
    ///     let run = instance.get_module_export(&mut store, &run).unwrap().into_func().unwrap();
    ///     run.call(&mut store, &[], &mut [])?;
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn get_export_index(&self, name: &str) -> Option<ModuleExport> {
        let position = *self.inner().export_by_name.get(name)?;
        Some(ModuleExport {
            module: Arc::clone(self.inner()),
            position,
        })
    }

    /// How many memories and tables an instance of the module has of its own, and how large they
    /// are at first.
    ///
    /// ```
    /// use wazir::{Engine, Module};
    /// let wasm = wat::parse_str("(module (memory 2) (memory 5) (table 10 funcref))")?;
    /// let resources = Module::new(&Engine::default(), wasm)?.resources_required();
    /// assert_eq!((resources.num_memories, resources.max_initial_memory_size), (2, Some(5)));
    /// assert_eq!((resources.num_tables, resources.max_initial_table_size), (1, Some(10)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resources_required(&self) -> ResourcesRequired {
        let module = self.inner();
        let memories = &module.memories[module.imported_memories as usize..];
        let tables = &module.tables[module.imported_tables as usize..];
        ResourcesRequired {
            num_memories: memories.len() as u32,
            max_initial_memory_size: memories.iter().map(|ty| ty.limits.min).max(),
            num_tables: tables.len() as u32,
            max_initial_table_size: tables.iter().map(|table| table.ty.limits.min).max(),
        }
    }

    /// The custom sections, in the order of the module.
    ///
    /// ```
    /// use wazir::{Engine, Module};
    /// let wasm = wat::parse_str(r#"(module (@custom "version" "1.2"))"#)?;
    /// let module = Module::new(&Engine::default(), wasm)?;
    /// let section = module.custom_sections().next().unwrap();
    /// assert_eq!((section.name(), section.data()), ("version", &b"1.2"[..]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn custom_sections(&self) -> impl ExactSizeIterator<Item = CustomSection<'_>> {
        let module = self.inner();
        module.custom_sections.iter().map(|section| CustomSection {
            name: &section.name,
            data: &module.bytes[section.range.start as usize..section.range.end as usize],
        })
    }

    /// The engine that the module was made for.
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// Whether `a` and `b` are clones of one module.
    pub fn same(a: &Module, b: &Module) -> bool {
        Arc::ptr_eq(&a.0, &b.0)
    }

    fn export_type(&self, export: &module::Export) -> ExternType {
        let engine = self.engine();
        let module = self.inner();
        let index = export.index as usize;
        match export.kind {
            ExternKind::Func => ExternType::Func(FuncType::from_id(
                engine,
                module.function_type_id(export.index),
            )),
            ExternKind::Table => {
                ExternType::Table(TableType::from_wasm(engine, &module.tables[index].ty))
            }
            ExternKind::Memory => {
                ExternType::Memory(MemoryType::from_wasm(&module.memories[index]))
            }
            ExternKind::Global => {
                ExternType::Global(GlobalType::from_wasm(engine, &module.globals[index].ty))
            }
            ExternKind::Tag => {
                let id = module.types[module.tags[index] as usize].id;
                ExternType::Tag(TagType::new(FuncType::from_id(engine, id)))
            }
        }
    }

    /// How much of the module is machine code by now.
    ///
    /// ```
    /// use wazir::{Engine, Module};
    /// let module = Module::new(&Engine::default(), wat::parse_str("(module (func) (func))")?)?;
    /// let stats = module.tier_stats();
    /// assert_eq!((stats.functions, stats.translated_functions), (2, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn tier_stats(&self) -> TierStats {
        let functions = self.inner().bodies.len();
        let translated_functions = self.0.code.translated_functions();
        let stats = TierStats {
            functions,
            translated_functions,
            ..TierStats::default()
        };
        #[cfg(feature = "compiler")]
        match &self.0.native {
            Some(Native::Whole(native)) => {
                return TierStats {
                    compiled_functions: native.function_count(),
                    refused_functions: functions - native.function_count(),
                    code_bytes: native.code_bytes(),
                    ..stats
                };
            }
            Some(Native::Tiered(native)) => {
                let counts = native.counts();
                return TierStats {
                    compiled_functions: counts.functions,
                    refused_functions: counts.refused,
                    kept: counts.kept,
                    compiled_loops: counts.loops,
                    replacements: counts.entered,
                    code_bytes: counts.code_bytes,
                    compile_time: counts.time,
                    ..stats
                };
            }
            None => {}
        }
        stats
    }

    /// The register code.
    #[cfg(feature = "compiler")]
    pub(crate) fn code(&self) -> &CodeTable {
        &self.0.code
    }

    pub(crate) fn inner(&self) -> &Arc<module::Module> {
        &self.0.module
    }

    /// The register code, as the runtime takes it.
    pub(super) fn runtime_code(&self) -> ModuleCode {
        let code = &self.0.code;
        ModuleCode {
            address: Arc::as_ptr(code).cast(),
            entries: code.entries(),
            table: Arc::<CodeTable>::clone(code),
            #[cfg(feature = "compiler")]
            machine: self.0.native.as_ref().map(|native| match native {
                Native::Whole(native) => Arc::clone(native) as _,
                Native::Tiered(native) => Arc::clone(native) as _,
            }),
        }
    }
}

impl fmt::Debug for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Module")
            .field("name", &self.name())
            .finish_non_exhaustive()
    }
}

/// Reads a file; the error names it.
#[cfg(feature = "std")]
pub(super) fn read_file(file: &std::path::Path) -> Result<alloc::vec::Vec<u8>> {
    crate::sys::file::read(file).map_err(|error| {
        let message = alloc::format!("cannot read {}: {error}", file.display());
        crate::error::Error::io(std::io::Error::new(error.kind(), message))
    })
}

/// Names the file in the error for its content.
#[cfg(feature = "std")]
pub(super) fn in_file(error: crate::error::Error, file: &std::path::Path) -> crate::error::Error {
    error.map_message(|message| alloc::format!("{}: {message}", file.display()))
}

/// How much of a module is interpreted and how much is machine code; from [`Module::tier_stats`].
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TierStats {
    /// How many functions the module defines.
    pub functions: usize,
    /// How many of them the interpreter has translated, because they were called or for
    /// [`CompilationMode::Eager`].
    pub translated_functions: usize,
    /// How many of them are machine code.
    pub compiled_functions: usize,
    /// How many of them the compiler has refused: they stay interpreted.
    pub refused_functions: usize,
    /// How many functions and loops have the machine code that was kept by an earlier run
    /// ([`Config::cache`](crate::Config::cache)).
    pub kept: usize,
    /// How many loops have machine code that goes on there in place of the interpreter.
    pub compiled_loops: usize,
    /// How often such code has gone on: on-stack replacements.
    pub replacements: usize,
    /// How much memory the machine code takes, in bytes.
    pub code_bytes: usize,
    /// How long it took to compile what was compiled while the program ran, on all threads together.
    pub compile_time: core::time::Duration,
}

/// A custom section of a module (specification, section 5.5.3).
#[derive(Copy, Clone, Debug)]
pub struct CustomSection<'module> {
    name: &'module str,
    data: &'module [u8],
}

impl<'module> CustomSection<'module> {
    /// Its name.
    pub fn name(&self) -> &'module str {
        self.name
    }

    /// Its content.
    pub fn data(&self) -> &'module [u8] {
        self.data
    }
}

/// Where an export of a module is; from [`Module::get_export_index`].
#[derive(Clone)]
pub struct ModuleExport {
    module: Arc<module::Module>,
    position: u32,
}

impl ModuleExport {
    /// The position among the exports, if `module` is the one that the export is of.
    pub(super) fn position_in(&self, module: &Arc<module::Module>) -> Option<usize> {
        Arc::ptr_eq(&self.module, module).then_some(self.position as usize)
    }
}

impl fmt::Debug for ModuleExport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.module.exports[self.position as usize].name;
        f.debug_tuple("ModuleExport").field(name).finish()
    }
}

/// What an instance of a module takes at first; from [`Module::resources_required`].
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct ResourcesRequired {
    /// How many memories it defines.
    pub num_memories: u32,
    /// The initial size of the largest of them, in pages of 64 KiB.
    pub max_initial_memory_size: Option<u64>,
    /// How many tables it defines.
    pub num_tables: u32,
    /// The initial size of the largest of them, in elements.
    pub max_initial_table_size: Option<u64>,
}
