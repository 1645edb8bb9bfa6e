//! The settings of an engine.
//!
//! Input: the embedder's choices. Output: [`Config`], which [`Engine::new`](crate::Engine::new)
//! checks.
//! Holds: every switch of a proposal is a [`Feature`], so that this file, the decoder and the
//! command line share one list.

use alloc::sync::Arc;
use core::fmt;

#[cfg(feature = "compiler")]
use crate::compile;
use crate::interp::{self, CompilationMode};
#[cfg(feature = "compiler")]
use crate::native::Thresholds;
#[cfg(feature = "compiler")]
use crate::runtime::layout::MemoryGuards;
use crate::runtime::pool::{MemoryOptions, MemoryPool};
use crate::runtime::stack::StackPool;
use crate::runtime::store::StoreOptions;
use crate::runtime::{StoreLimits, StoreLimitsBuilder};
use crate::validate::Bodies;
use crate::wasm::features::{Feature, Features};

/// The default of [`Config::max_wasm_stack`], in bytes.
const DEFAULT_STACK_BYTES: usize = 1 << 20;

/// The default of [`Config::wasm_backtrace_max_frames`].
const DEFAULT_BACKTRACE_FRAMES: usize = 20;

/// The default of [`Config::tier_up_calls`].
const DEFAULT_TIER_UP_CALLS: u32 = 200;

/// The default of [`Config::tier_up_iterations`].
const DEFAULT_TIER_UP_ITERATIONS: u32 = 1000;

/// Settings of an [`Engine`](crate::Engine). The methods change the settings in place and return
/// them, so that calls can be chained.
///
/// The default accepts WebAssembly 3.0, the standard in force, gives the guest 1 MiB of stack,
/// and neither counts fuel nor lets a run be interrupted: both cost a little time.
///
/// ```
/// use wazir::{Config, Engine};
/// let engine = Engine::new(Config::new().consume_fuel(true).wasm_tail_call(false))?;
/// # Ok::<(), wazir::Error>(())
/// ```
#[derive(Clone)]
pub struct Config {
    pub(super) features: Features,
    pub(super) mode: CompilationMode,
    pub(super) max_wasm_stack: usize,
    pub(super) consume_fuel: bool,
    pub(super) interruptable: bool,
    pub(super) strategy: Strategy,
    pub(super) tier_up_calls: u32,
    pub(super) tier_up_iterations: u32,
    pub(super) compiler_threads: Option<usize>,
    #[cfg(feature = "compiler")]
    pub(super) cache: Option<(std::path::PathBuf, u64)>,
    pub(super) signals_based_traps: bool,
    pub(super) parallel_compilation: bool,
    pub(super) epoch_interruption: bool,
    pub(super) backtrace_frames: usize,
    pub(super) native_code: bool,
    pub(super) store_limits: Option<StoreLimits>,
    pub(super) memories: MemoryOptions,
}

macro_rules! feature_switches {
    ($($(#[$doc:meta])* $method:ident $feature:ident,)*) => {
        /// Switches for the parts of WebAssembly. A module that needs what is switched off is
        /// refused with an error that names the feature.
        impl Config {
            $(
                $(#[$doc])*
                pub fn $method(&mut self, enable: bool) -> &mut Config {
                    self.wasm_feature(Feature::$feature, enable)
                }
            )*
        }

        /// The switches' names, with their features.
        #[cfg(test)]
        const SWITCHES: &[(&str, Feature)] = &[$((stringify!($method), Feature::$feature)),*];
    };
}

feature_switches! {
    /// Import and export of mutable globals. On by default.
    wasm_mutable_global MutableGlobal,
    /// Sign extension of 8, 16 and 32 bits. On by default.
    wasm_sign_extension SignExtension,
    /// Conversions from floating point to integers that saturate instead of trapping. On by default.
    wasm_saturating_float_to_int SaturatingFloatToInt,
    /// Functions and blocks with several results. On by default.
    wasm_multi_value MultiValue,
    /// `memory.copy`, `memory.fill`, `table.copy` and passive segments. On by default.
    wasm_bulk_memory BulkMemory,
    /// `externref`, table instructions and several tables. On by default.
    wasm_reference_types ReferenceTypes,
    /// 128-bit vectors. On by default.
    wasm_simd Simd,
    /// Vector operations whose results may differ between machines; in wazir they never do. On by
    /// default.
    wasm_relaxed_simd RelaxedSimd,
    /// Calls that replace the caller's frame. On by default.
    wasm_tail_call TailCall,
    /// Several memories in one module. On by default.
    wasm_multi_memory MultiMemory,
    /// Memories and tables with 64-bit indices. On by default.
    wasm_memory64 Memory64,
    /// Arithmetic in constant expressions. On by default.
    wasm_extended_const ExtendedConst,
    /// Typed references to functions. On by default.
    wasm_function_references FunctionReferences,
    /// Structures, arrays, recursive types and casts. On by default.
    wasm_gc Gc,
    /// Exceptions with `try_table`. On by default.
    wasm_exceptions Exceptions,
    /// Shared memories and atomic operations. Off by default.
    wasm_threads Threads,
    /// Integer arithmetic with 128-bit results. Off by default.
    wasm_wide_arithmetic WideArithmetic,
}

impl Config {
    /// The default settings.
    pub fn new() -> Config {
        Config {
            features: Features::default(),
            mode: CompilationMode::default(),
            max_wasm_stack: DEFAULT_STACK_BYTES,
            consume_fuel: false,
            interruptable: false,
            epoch_interruption: false,
            backtrace_frames: DEFAULT_BACKTRACE_FRAMES,
            strategy: Strategy::default(),
            tier_up_calls: DEFAULT_TIER_UP_CALLS,
            tier_up_iterations: DEFAULT_TIER_UP_ITERATIONS,
            compiler_threads: None,
            #[cfg(feature = "compiler")]
            cache: None,
            signals_based_traps: true,
            parallel_compilation: true,
            native_code: true,
            store_limits: None,
            memories: MemoryOptions::default(),
        }
    }

    /// Settings for guests that nobody vouches for: everything that a guest can use up is finite.
    ///
    /// Memories and tables of a store together take at most 256 MiB, a single memory at most 128
    /// MiB, a table at most 100,000 elements; a store has at most 100 instances, 100 memories and
    /// 100 tables; the stack is 512 KiB. Runs can be interrupted, so
    /// [`Store::set_deadline`](crate::Store::set_deadline) limits time. Only finished standards are
    /// accepted.
    ///
    /// ```
    /// use std::time::Duration;
    /// use wazir::{Config, Engine, Instance, Module, Store, Trap};
    /// let engine = Engine::new(&Config::untrusted())?;
    /// let wasm = wat::parse_str(r#"(module (func (export "run") (loop (br 0))))"#)?;
    /// let module = Module::new(&engine, wasm)?;
    /// let mut store = Store::new(&engine, ());
    /// store.set_deadline(Duration::from_millis(20))?;
    /// let instance = Instance::new(&mut store, &module, &[])?;
    /// let run = instance.get_typed_func::<(), ()>(&mut store, "run")?;
    /// let error = run.call(&mut store, ()).unwrap_err();
    /// assert_eq!(error.trap(), Some(Trap::Interrupt));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn untrusted() -> Config {
        let mut config = Config::new();
        config
            .features(Features::WASM_3_0)
            .max_wasm_stack(512 << 10)
            .interruptable(true)
            .store_limits(
                StoreLimitsBuilder::new()
                    .total_bytes(256 << 20)
                    .memory_size(128 << 20)
                    .table_elements(100_000)
                    .instances(100)
                    .memories(100)
                    .tables(100)
                    .build(),
            );
        config
    }

    /// Accepts exactly the given features. See [`Features`] for the standards.
    ///
    /// ```
    /// use wazir::{Config, Engine, Features, Module};
    /// let engine = Engine::new(Config::new().features(Features::WASM_1_0))?;
    /// let wasm = wat::parse_str("(module (func (result i32 i32) unreachable))")?;
    /// let error = Module::validate(&engine, &wasm).unwrap_err();
    /// assert!(error.to_string().contains("multi-value"), "{error}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn features(&mut self, features: Features) -> &mut Config {
        self.features = features;
        self
    }

    /// Switches one feature on or off.
    pub fn wasm_feature(&mut self, feature: Feature, enable: bool) -> &mut Config {
        self.features.set(feature, enable);
        self
    }

    /// The features that are accepted.
    pub fn get_features(&self) -> Features {
        self.features
    }

    /// When functions are validated and translated: all at once, or each at its first call. The
    /// default is [`CompilationMode::LazyTranslation`].
    pub fn compilation_mode(&mut self, mode: CompilationMode) -> &mut Config {
        self.mode = mode;
        self
    }

    /// How much stack a guest may use, in bytes; 1 MiB by default. A guest that needs more traps
    /// with [`Trap::StackOverflow`](crate::Trap::StackOverflow). The stack is the store's own and
    /// does not depend on the thread's.
    pub fn max_wasm_stack(&mut self, bytes: usize) -> &mut Config {
        self.max_wasm_stack = bytes;
        self
    }

    /// Counts fuel: the guest's instructions use up the fuel that
    /// [`Store::set_fuel`](crate::Store::set_fuel) gives, and a guest without fuel traps with
    /// [`Trap::OutOfFuel`](crate::Trap::OutOfFuel). The same run uses the same fuel on every
    /// machine. Off by default.
    pub fn consume_fuel(&mut self, enable: bool) -> &mut Config {
        self.consume_fuel = enable;
        self
    }

    /// Lets runs be interrupted, by an [`InterruptHandle`](crate::InterruptHandle) or a deadline
    /// ([`Store::set_deadline`](crate::Store::set_deadline)). Off by default, because guests ask at
    /// each loop iteration and call then.
    pub fn interruptable(&mut self, enable: bool) -> &mut Config {
        self.interruptable = enable;
        self
    }

    /// Lets runs be interrupted by the engine's epoch:
    /// [`Engine::increment_epoch`](crate::Engine::increment_epoch) and
    /// [`Store::set_epoch_deadline`](crate::Store::set_epoch_deadline). Off by default. It implies
    /// [`Config::interruptable`].
    pub fn epoch_interruption(&mut self, enable: bool) -> &mut Config {
        self.epoch_interruption = enable;
        self
    }

    /// Whether an error of a guest carries the functions that were active
    /// ([`Error::backtrace`](crate::Error::backtrace)). On by default; it costs time only when a
    /// guest fails.
    pub fn wasm_backtrace(&mut self, enable: bool) -> &mut Config {
        self.backtrace_frames = if enable { DEFAULT_BACKTRACE_FRAMES } else { 0 };
        self
    }

    /// How many functions a backtrace lists at most; 20 by default. With 0 there is no backtrace.
    pub fn wasm_backtrace_max_frames(&mut self, frames: usize) -> &mut Config {
        self.backtrace_frames = frames;
        self
    }

    /// How guests are executed. The default is [`Strategy::Auto`]; [`Engine::strategy`](crate::Engine::strategy) tells
    /// what that has come to.
    pub fn strategy(&mut self, strategy: Strategy) -> &mut Config {
        self.strategy = strategy;
        self
    }

    /// Whether machine code may leave it to the processor to find accesses outside of memories, which takes a handler
    /// for faults (`SIGSEGV` and `SIGBUS`) in the process, installed once; it passes on what is not its own. On by
    /// default. Without it every access is compared with the memory's size, and no handler is installed.
    pub fn signals_based_traps(&mut self, enable: bool) -> &mut Config {
        self.signals_based_traps = enable;
        self
    }

    /// Whether modules are validated and compiled on all processors. On by default; errors and code are the same,
    /// whether they are or not.
    pub fn parallel_compilation(&mut self, enable: bool) -> &mut Config {
        self.parallel_compilation = enable;
        self
    }

    /// How often a function is interpreted, with [`Strategy::Auto`], before it is compiled; 200 by default. With 0 it
    /// is compiled when it is first called.
    ///
    /// ```
    /// use wazir::{Config, Engine, Instance, Module, Store, Strategy};
    /// let engine = Engine::new(Config::new().tier_up_calls(10).compiler_threads(0))?;
    /// let wasm = wat::parse_str(
    ///     r#"(module (func (export "double") (param i32) (result i32)
    ///          (i32.add (local.get 0) (local.get 0))))"#,
    /// )?;
    /// let module = Module::new(&engine, wasm)?;
    /// let mut store = Store::new(&engine, ());
    /// let instance = Instance::new(&mut store, &module, &[])?;
    /// let double = instance.get_typed_func::<i32, i32>(&mut store, "double")?;
    /// for number in 0..11 {
    ///     assert_eq!(double.call(&mut store, number)?, 2 * number);
    /// }
    /// let is_compiled = module.tier_stats().compiled_functions == 1;
    /// assert_eq!(is_compiled, engine.strategy() == Strategy::Auto);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn tier_up_calls(&mut self, calls: u32) -> &mut Config {
        self.tier_up_calls = calls;
        self
    }

    /// How many iterations of a function's loops are interpreted, with [`Strategy::Auto`], before machine code goes on
    /// in the middle of it, or the function is compiled, if it is called often; 1000 by default.
    pub fn tier_up_iterations(&mut self, iterations: u32) -> &mut Config {
        self.tier_up_iterations = iterations;
        self
    }

    /// How many threads of the engine compile while programs run, at most, with [`Strategy::Auto`]. By default one less
    /// than there are processors, but at least one and at most four. They run when there is something to compile, end
    /// when there has been nothing for half a second, and are waited for by nobody.
    ///
    /// With 0 the thread that calls a function compiles it. Then it depends on the program alone what is compiled when,
    /// as long as one thread at a time runs instances of a module. To compile nothing, choose
    /// [`Strategy::Interpreter`].
    pub fn compiler_threads(&mut self, threads: usize) -> &mut Config {
        self.compiler_threads = Some(threads);
        self
    }

    /// Keeps what is compiled while programs run, with [`Strategy::Auto`], in files of a directory, so that the next
    /// run of a program begins with it; about so many bytes in all. What was used longest ago goes first.
    ///
    /// The directory is made if it is not there. Several processes can use it at once. What was made for another
    /// module, processor, setting or build is not used, and neither is what is damaged: it is made again. But what is
    /// in the directory is machine code: who can write to it can do all that this process can. So [`Engine::new`]
    /// fails if, where there are users, it is not the user's own or others may write to it.
    ///
    /// ```no_run
    /// use wazir::{Config, Engine};
    /// let engine = Engine::new(Config::new().cache("/home/me/.cache/my-program", 256 << 20))?;
    /// # Ok::<(), wazir::Error>(())
    /// ```
    ///
    /// [`Engine::new`]: crate::Engine::new
    #[cfg(feature = "compiler")]
    pub fn cache(
        &mut self,
        directory: impl Into<std::path::PathBuf>,
        max_bytes: u64,
    ) -> &mut Config {
        self.cache = Some((directory.into(), max_bytes));
        self
    }

    /// When functions become machine code, if not at once.
    #[cfg(feature = "compiler")]
    pub(super) fn thresholds(&self) -> Thresholds {
        Thresholds {
            calls: self.tier_up_calls,
            iterations: self.tier_up_iterations,
        }
    }

    /// How bodies are validated with the rest of their module.
    pub(super) fn eager_bodies(&self) -> Bodies {
        match self.parallel_compilation {
            true => Bodies::InParallel,
            false => Bodies::Eager,
        }
    }

    /// Why the engine makes no machine code, if that is for these settings or how the library was built.
    pub(super) fn why_not_compiled(&self) -> Option<&'static str> {
        let reasons = [
            (
                !cfg!(feature = "compiler"),
                "this build of wazir has no compiler: switch on its feature `compiler`",
            ),
            (
                self.strategy == Strategy::Interpreter,
                "the settings ask for the interpreter",
            ),
            (
                !self.native_code,
                "Config::forbid_native_code and Strategy::Compiler contradict each other",
            ),
        ];
        let found = reasons.into_iter().find(|(applies, _)| *applies);
        found.map(|(_, reason)| reason)
    }

    /// The promise that no memory is ever made executable and no signal handler is installed:
    /// guests are interpreted on every platform.
    pub fn forbid_native_code(&mut self) -> &mut Config {
        self.native_code = false;
        self
    }

    /// Limits for every store of the engine. They hold beside those of a store's own limiter
    /// ([`Store::limiter`](crate::Store::limiter)): what either refuses is refused.
    ///
    /// ```
    /// use wazir::{Config, Engine, Memory, MemoryType, Store, StoreLimits, StoreLimitsBuilder};
    /// let limits = StoreLimitsBuilder::new().memory_size(1 << 20).build();
    /// let engine = Engine::new(Config::new().store_limits(limits))?;
    /// let mut store = Store::new(&engine, StoreLimits::default());
    /// store.limiter(|own| own);
    /// // The store's own limits allow any size, those of the engine 16 pages of 64 KiB.
    /// assert!(Memory::new(&mut store, MemoryType::new(17, None)).is_err());
    /// # Ok::<(), wazir::Error>(())
    /// ```
    pub fn store_limits(&mut self, limits: StoreLimits) -> &mut Config {
        self.store_limits = Some(limits);
        self
    }

    /// How many bytes of address space each memory reserves, within which it grows without moving; 4
    /// GiB by default, and none where addresses have 32 bits. Address space costs no memory. With less than
    /// 4 GiB memories are not guarded:
    /// see [`MemoryMode`](crate::MemoryMode).
    ///
    /// ```
    /// use wazir::{Config, Engine, MemoryMode};
    /// let engine = Engine::new(Config::new().memory_reservation(1 << 20))?;
    /// assert_eq!(engine.memory_mode(), MemoryMode::Checked);
    /// # Ok::<(), wazir::Error>(())
    /// ```
    pub fn memory_reservation(&mut self, bytes: u64) -> &mut Config {
        self.memories.reservation_bytes = bytes;
        self
    }

    /// How many bytes of inaccessible address space follow each memory's reservation; 32 MiB by default. Accesses whose
    /// constant offset is less need no check in machine code. With less than 64 KiB memories are not guarded.
    pub fn memory_guard_size(&mut self, bytes: u64) -> &mut Config {
        self.memories.guard_bytes = bytes;
        self
    }

    /// Whether a memory that outgrows its reservation may move; if not, it cannot grow any further. On by default.
    pub fn memory_may_move(&mut self, enable: bool) -> &mut Config {
        self.memories.may_move = enable;
        self
    }

    /// Whether instances of a module with much data share it until they write to it, where the system can do so. On by
    /// default.
    pub fn memory_init_cow(&mut self, enable: bool) -> &mut Config {
        self.memories.uses_images = enable;
        self
    }

    /// Whether running code looks at the interrupt flag.
    pub(super) fn polls(&self) -> bool {
        self.interruptable || self.epoch_interruption
    }

    /// What the interpreter has to know.
    pub(crate) fn code_options(&self) -> interp::Options {
        interp::Options {
            consume_fuel: self.consume_fuel,
            interruptable: self.polls(),
        }
    }

    /// What machine code has to know; memories have these guards.
    #[cfg(feature = "compiler")]
    pub(super) fn machine_code_options(&self, guards: MemoryGuards) -> compile::Options {
        compile::Options {
            guards: match self.signals_based_traps {
                true => guards,
                false => MemoryGuards::NONE,
            },
            consume_fuel: self.consume_fuel,
            interruptable: self.polls(),
        }
    }

    /// What stores have to know.
    pub(super) fn store_options(
        &self,
        stacks: &Arc<StackPool>,
        memories: &Arc<MemoryPool>,
    ) -> StoreOptions {
        let limits = self.store_limits.clone().unwrap_or_default();
        StoreOptions {
            stacks: Arc::clone(stacks),
            memories: Arc::clone(memories),
            limits,
            backtrace_frames: self.backtrace_frames,
        }
    }
}

/// How an engine executes guests.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Strategy {
    /// Guests are interpreted at first, and functions that are called often or whose loops run long become machine code
    /// meanwhile. Where there is no compiler, or it cannot be used with the other settings, they stay interpreted.
    #[default]
    Auto,
    /// Modules are compiled to machine code when they are made. Where that is not possible, [`Engine::new`] fails.
    ///
    /// [`Engine::new`]: crate::Engine::new
    Compiler,
    /// Everything is interpreted.
    Interpreter,
}

impl Default for Config {
    fn default() -> Config {
        Config::new()
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("features", &self.features)
            .field("mode", &self.mode)
            .field("max_wasm_stack", &self.max_wasm_stack)
            .field("consume_fuel", &self.consume_fuel)
            .field("interruptable", &self.interruptable)
            .field("epoch_interruption", &self.epoch_interruption)
            .field("backtrace_frames", &self.backtrace_frames)
            .field("native_code", &self.native_code)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn every_feature_has_the_switch_that_messages_name() {
        for &feature in Feature::ALL
            .iter()
            .filter(|&&feature| feature != Feature::Mvp)
        {
            let (name, _) = SWITCHES
                .iter()
                .find(|(_, of)| *of == feature)
                .expect("it has one");
            let advice = feature.advice().to_string();
            assert!(
                advice.contains(&alloc::format!("Config::{name}(true)")),
                "{advice}"
            );
        }
    }
}
