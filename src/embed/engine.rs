//! The engine: settings, and the types that modules and stores share.
//!
//! Input: a [`Config`]. Output: [`Engine`], cheap to clone and usable from all threads.
//! Holds: types have their identity per engine, so that objects of two engines never meet; every
//! function that takes objects of two engines refuses them.

use alloc::sync::{Arc, Weak};
use core::fmt;

use super::config::Config;
use super::epoch::Epoch;
use crate::error::{Error, Result};
use crate::module::registry::TypeRegistry;
use crate::runtime::MemoryMode;
use crate::runtime::pool::MemoryPool;
use crate::runtime::stack::StackPool;
use crate::runtime::store::StoreOptions;

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
        Ok(Engine::with_valid_config(config.clone()))
    }

    fn with_valid_config(config: Config) -> Engine {
        let types = Arc::new(TypeRegistry::new());
        Engine(Arc::new(Inner {
            stacks: StackPool::new(config.max_wasm_stack),
            memories: MemoryPool::new(config.memories),
            config,
            types,
            epoch: Epoch::new(),
        }))
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

    pub(super) fn epoch(&self) -> &Epoch {
        &self.0.epoch
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

impl Default for Engine {
    /// An engine with the default settings.
    fn default() -> Engine {
        Engine::with_valid_config(Config::new())
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("config", self.config())
            .finish_non_exhaustive()
    }
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
