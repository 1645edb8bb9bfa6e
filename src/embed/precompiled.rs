//! Modules that are compiled now and run later, in another process.
//!
//! Input: modules, or what was saved of them. Output: bytes, or [`Module`]s. Holds: what is loaded was made by the same
//! version, and fits the processor and the engine's settings; that nobody has made the bytes on purpose, the caller
//! promises.

use alloc::format;
use alloc::sync::Arc;
use alloc::vec::Vec;
use std::path::Path;

use super::engine::Engine;
use super::module::{self, Inner, Module, Native};
use crate::compile::saved;
use crate::error::{Error, Result};
use crate::interp::{self, CompilationMode};
use crate::native::NativeModule;
use crate::validate::{self, Bodies};

impl Engine {
    /// Compiles a module in the binary format for [`Module::deserialize`], and does nothing else with it. The result
    /// is the same as that of [`Module::serialize`].
    ///
    /// # Errors
    /// As for [`Module::new`], and if the engine compiles no modules ([`Engine::strategy`]).
    pub fn precompile_module(&self, wasm: &[u8]) -> Result<Vec<u8>> {
        let native = self.native().and_then(|native| native.make());
        let native = native.ok_or_else(|| no_machine_code(self))?;
        let features = self.config().features;
        let module = validate::decode_module(
            wasm.into(),
            features,
            self.types(),
            self.config().eager_bodies(),
        )?;
        module.check_executable()?;
        native.precompile(&module, self.config().parallel_compilation)
    }
}

impl Module {
    /// The module with its machine code, for [`Module::deserialize`]: to compile it once and run it often.
    ///
    /// The code is for processors that have what this one has, for engines with the same settings as far as code
    /// depends on them (fuel, interruption, guards of memories), and for this version of wazir.
    ///
    /// # Errors
    /// If the module's engine compiles no modules ([`Engine::strategy`]).
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use wazir::{Config, Engine, Instance, Module, Store, Strategy};
    /// # if Engine::default().strategy() != Strategy::Compiler { return Ok(()) }
    /// let wasm = wat::parse_str(r#"(module (func (export "run") (result i32) (i32.const 42)))"#)?;
    /// let saved = Module::new(&Engine::default(), wasm)?.serialize()?;
    ///
    /// let engine = Engine::default();
    /// // SAFETY: the bytes were just made by `serialize`.
    /// let module = unsafe { Module::deserialize(&engine, &saved)? };
    /// let mut store = Store::new(&engine, ());
    /// let instance = Instance::new(&mut store, &module, &[])?;
    /// let run = instance.get_typed_func::<(), i32>(&mut store, "run")?;
    /// assert_eq!(run.call(&mut store, ())?, 42);
    /// # Ok(())
    /// # }
    /// ```
    pub fn serialize(&self) -> Result<Vec<u8>> {
        match &self.0.native {
            Some(Native::Whole(native)) => Ok(native.save()),
            Some(Native::Tiered(native)) => {
                native.save(self.engine().config().parallel_compilation)
            }
            None => Err(no_machine_code(self.engine())),
        }
    }

    /// Loads a module that [`Module::serialize`] or [`Engine::precompile_module`] has compiled, which takes much less
    /// time than to compile it again. Functions that the compiler has left to the interpreter are validated when they
    /// are first called, as in [`CompilationMode::Lazy`].
    ///
    /// # Errors
    /// If the bytes are no compiled module, or are damaged; if they were made by another version of wazir, need what
    /// this processor does not have, or were made with settings that do not fit the engine's. The error says which.
    ///
    /// # Safety
    /// The bytes are as one of these functions has made them. They hold machine code, which is run as it is: whoever
    /// can choose them can do all that this process can. Accidental damage is recognized, purpose is not.
    pub unsafe fn deserialize(engine: &Engine, bytes: impl AsRef<[u8]>) -> Result<Module> {
        // SAFETY: passed on to the caller.
        unsafe { load(engine, bytes.as_ref()) }
    }

    /// Loads a compiled module from a file: see [`Module::deserialize`].
    ///
    /// # Errors
    /// If the file cannot be read, and as [`Module::deserialize`].
    ///
    /// # Safety
    /// As for [`Module::deserialize`].
    pub unsafe fn deserialize_file(engine: &Engine, path: impl AsRef<Path>) -> Result<Module> {
        let path = path.as_ref();
        let bytes = module::read_file(path)?;
        // SAFETY: passed on to the caller.
        unsafe { load(engine, &bytes) }.map_err(|error| module::in_file(error, path))
    }
}

/// # Safety
/// As for [`Module::deserialize`].
unsafe fn load(engine: &Engine, bytes: &[u8]) -> Result<Module> {
    let native = engine.native().and_then(|native| native.make());
    let native = native.ok_or_else(|| no_machine_code(engine))?;
    let config = engine.config();
    let saved = saved::read(bytes, &native.target(config.features))?;
    let features = saved.target.features;
    let module =
        validate::decode_module(saved.wasm.into(), features, engine.types(), Bodies::Lazy)?;
    module.check_executable()?;
    let module = Arc::new(module);
    let code = interp::new_code_table(&module, CompilationMode::Lazy, config.code_options(), None)?;
    // SAFETY: passed on to the caller.
    let native = unsafe { NativeModule::load(native, &module, saved)? };
    Ok(Module(Arc::new(Inner {
        engine: engine.clone(),
        native: Some(Native::Whole(native)),
        module,
        code,
    })))
}

/// The error of an engine that has nothing to do with machine code.
#[cold]
pub(super) fn no_machine_code(engine: &Engine) -> Error {
    let reason = engine.config().why_not_compiled();
    let reason = reason.unwrap_or("machine code cannot be made here");
    Error::msg(format!("this engine interprets all modules: {reason}"))
}
