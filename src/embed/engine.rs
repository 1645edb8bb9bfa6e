//! The engine: settings, and the types that modules and stores share.
//!
//! Input: a [`Config`]. Output: [`Engine`], cheap to clone and usable from all threads.
//! Holds: types have their identity per engine, so that objects of two engines never meet; every
//! function that takes objects of two engines refuses them.

use alloc::sync::{Arc, Weak};
use core::fmt;

use super::config::{Config, Strategy};
use super::epoch::Epoch;
#[cfg(feature = "compiler")]
use crate::compile;
use crate::decode::SAVED_MODULE_MAGIC;
use crate::error::{Error, Result};
use crate::module::registry::TypeRegistry;
#[cfg(feature = "compiler")]
use crate::native::LazyEngine;
use crate::runtime::MemoryMode;
#[cfg(feature = "compiler")]
use crate::runtime::pool::MemoryOptions;
use crate::runtime::pool::MemoryPool;
use crate::runtime::stack::StackPool;
use crate::runtime::store::StoreOptions;
#[cfg(feature = "compiler")]
use crate::sys::cache_directory::CacheDirectory;

/// The smallest stack that a guest can do anything with, in bytes.
const MIN_STACK_BYTES: usize = 4 << 10;

/// The largest stack, in bytes: frames keep distances in 32 bits.
const MAX_STACK_BYTES: usize = 1 << 30;

/// What modules and stores share: settings and types. Usually a program has one engine.
///
/// Clones are the same engine; `Engine` is `Send` and `Sync`.
///
/// ```
/// use wazir::{Config, Engine};
/// let engine = Engine::new(&Config::untrusted())?;
/// assert!(Engine::same(&engine, &engine.clone()));
/// # Ok::<(), wazir::Error>(())
/// ```
#[derive(Clone)]
pub struct Engine(Arc<Inner>);

struct Inner {
    config: Config,
    types: Arc<TypeRegistry>,
    stacks: Arc<StackPool>,
    memories: Arc<MemoryPool>,
    epoch: Epoch,
    /// What machine code needs, if the engine makes any.
    #[cfg(feature = "compiler")]
    native: Option<Arc<LazyEngine>>,
}

impl Engine {
    /// Makes an engine.
    ///
    /// # Errors
    /// If the settings contradict each other, or the stack is smaller than 4 KiB or larger than 1
    /// GiB.
    pub fn new(config: &Config) -> Result<Engine> {
        if !(MIN_STACK_BYTES..=MAX_STACK_BYTES).contains(&config.max_wasm_stack) {
            return Err(Error::msg(alloc::format!(
                "a stack of {} bytes is not possible: Config::max_wasm_stack takes 4 KiB to 1 GiB",
                config.max_wasm_stack
            )));
        }
        let engine = Engine::with_valid_config(config.clone())?;
        if config.strategy == Strategy::Compiler && engine.strategy() != Strategy::Compiler {
            return Err(Error::msg(config.why_not_compiled().unwrap_or(
                "code cannot be compiled here: wazir makes machine code for x86-64 processors with SSE4.1, and the \
                 system has to allow executable memory",
            )));
        }
        Ok(engine)
    }

    fn with_valid_config(config: Config) -> Result<Engine> {
        let types = Arc::new(TypeRegistry::new());
        #[cfg(feature = "compiler")]
        let (memories, native) = match config.why_not_compiled() {
            None if LazyEngine::IS_POSSIBLE => {
                let (memories, native) = with_machine_code(&config)?;
                (memories, Some(native))
            }
            _ => (MemoryPool::new(config.memories), None),
        };
        #[cfg(not(feature = "compiler"))]
        let memories = MemoryPool::new(config.memories);
        Ok(Engine(Arc::new(Inner {
            #[cfg(feature = "compiler")]
            native,
            stacks: StackPool::new(config.max_wasm_stack),
            memories,
            config,
            types,
            epoch: Epoch::new(),
        })))
    }

    /// How the engine executes guests, which is decided when it is made: as the settings ask for, or with
    /// [`Strategy::Interpreter`] if they ask for [`Strategy::Auto`] and there can be no machine code.
    ///
    /// ```
    /// use wazir::{Config, Engine, Strategy};
    /// let engine = Engine::new(Config::new().strategy(Strategy::Interpreter))?;
    /// assert_eq!(engine.strategy(), Strategy::Interpreter);
    /// # Ok::<(), wazir::Error>(())
    /// ```
    pub fn strategy(&self) -> Strategy {
        #[cfg(feature = "compiler")]
        if self
            .0
            .native
            .as_ref()
            .is_some_and(|native| native.make().is_some())
        {
            return self.0.config.strategy;
        }
        Strategy::Interpreter
    }

    /// What machine code needs, if the engine makes any.
    #[cfg(feature = "compiler")]
    pub(super) fn native(&self) -> Option<&Arc<LazyEngine>> {
        self.0.native.as_ref()
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Whether `a` and `b` are clones of one engine.
    pub fn same(a: &Engine, b: &Engine) -> bool {
        Arc::ptr_eq(&a.0, &b.0)
    }

    /// A reference that does not keep the engine alive.
    pub fn weak(&self) -> EngineWeak {
        EngineWeak(Arc::downgrade(&self.0))
    }

    /// How memories are kept apart from what is around them. It is decided when the engine is made: by
    /// the settings, and by whether the system gives as much address space as guards take.
    pub fn memory_mode(&self) -> MemoryMode {
        self.0.memories.mode()
    }

    /// Lets an epoch pass: runs in stores whose [deadline](crate::Store::set_epoch_deadline) this
    /// reaches are interrupted. May be called from any thread.
    ///
    /// Needs [`Config::epoch_interruption`]; without it nothing happens.
    pub fn increment_epoch(&self) {
        self.0.epoch.increment();
    }

    /// Whether bytes begin as a compiled module does that was saved. Nothing else of them is looked at.
    ///
    /// ```
    /// use wazir::Engine;
    /// assert_eq!(Engine::detect_precompiled(b"\0asm\x01\0\0\0"), None);
    /// ```
    pub fn detect_precompiled(bytes: &[u8]) -> Option<Precompiled> {
        bytes
            .starts_with(&SAVED_MODULE_MAGIC)
            .then_some(Precompiled::Module)
    }

    pub(super) fn epoch(&self) -> &Epoch {
        &self.0.epoch
    }

    /// What machine code would depend on besides the module, on a system with as much address space as the settings ask
    /// for.
    #[cfg(feature = "compiler")]
    pub(crate) fn machine_code_options(&self) -> compile::Options {
        let config = self.config();
        config.machine_code_options(config.memories.guards())
    }

    /// What stores have to know.
    pub(super) fn store_options(&self) -> StoreOptions {
        self.0
            .config
            .store_options(&self.0.stacks, &self.0.memories)
    }

    pub(super) fn types(&self) -> &Arc<TypeRegistry> {
        &self.0.types
    }
}

/// What an engine needs to make machine code, and memories that this can rely on.
///
/// # Errors
/// The directory for the cache cannot be used.
#[cfg(feature = "compiler")]
fn with_machine_code(config: &Config) -> Result<(Arc<MemoryPool>, Arc<LazyEngine>)> {
    let memories = MemoryPool::new(MemoryOptions {
        must_guard: config.signals_based_traps,
        ..config.memories
    });
    let options = config.machine_code_options(memories.guards);
    let cache = match &config.cache {
        Some((path, max_bytes)) if config.strategy == Strategy::Auto => {
            let opened = CacheDirectory::open(path, *max_bytes);
            let opened = opened.map_err(|error| cache_error(path, &error))?;
            Some(Arc::new(opened))
        }
        _ => None,
    };
    let native = LazyEngine::new(options, config.compiler_threads, cache);
    Ok((memories, native))
}

/// Why a directory cannot be used.
#[cfg(feature = "compiler")]
#[cold]
fn cache_error(path: &std::path::Path, error: &std::io::Error) -> Error {
    let message = alloc::format!(
        "the directory {} of Config::cache cannot be used: {error}",
        path.display()
    );
    Error::io(std::io::Error::new(error.kind(), message))
}

impl Default for Engine {
    /// An engine with the default settings.
    fn default() -> Engine {
        match Engine::with_valid_config(Config::new()) {
            Ok(engine) => engine,
            Err(error) => unreachable!("only a directory can be wrong, and there is none: {error}"),
        }
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("config", self.config())
            .finish_non_exhaustive()
    }
}

/// What kind of compiled code bytes are; from [`Engine::detect_precompiled`].
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Precompiled {
    /// A module, as `Module::serialize` makes it.
    Module,
}

/// A reference to an [`Engine`] that does not keep it alive.
#[derive(Clone)]
pub struct EngineWeak(Weak<Inner>);

impl EngineWeak {
    /// The engine, if it is still alive.
    pub fn upgrade(&self) -> Option<Engine> {
        self.0.upgrade().map(Engine)
    }
}

impl fmt::Debug for EngineWeak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EngineWeak").finish_non_exhaustive()
    }
}
