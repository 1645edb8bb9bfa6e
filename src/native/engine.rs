//! What an engine needs to run machine code.
//!
//! Input: the guards of the engine's memories. Output: [`NativeEngine`]. Holds: stubs live as long as the engine's
//! modules and stores, and there is one of a kind for all types whose values are in the same places.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::cache::ModuleCache;
use super::threads::CompilerThreads;
use super::{functions, run};
use crate::compile::saved::{self, Target};
use crate::compile::{
    CommonStubs, CompiledModule, CpuFeature, CpuFeatures, Options, compile_module, stubs,
};
use crate::error::Error;
use crate::module::Module;
use crate::ordered_map::OrderedMap;
use crate::runtime::layout::{MachineContext, MachineEntry, MemoryGuards};
use crate::sys::cache_directory::CacheDirectory;
use crate::sys::code_memory::{ExecutableCode, WritableCode};
use crate::sys::faults;
use crate::sys::sync::{Mutex, Once};
use crate::wasm::features::Features;
use crate::wasm::types::{FuncType, ValType};

/// How an engine makes and runs machine code.
pub(crate) struct NativeEngine {
    features: CpuFeatures,
    options: Options,
    stubs: Mutex<OrderedMap<Box<[u8]>, FunctionStubs>>,
    /// Where stubs are. It only grows.
    memory: Mutex<Vec<ExecutableCode>>,
    common: CommonStubs,
}

/// How an engine makes machine code once there is something to make it of. Finding out what the processor has, and
/// turning the first page executable, takes longer than starting a small program.
pub(crate) struct LazyEngine {
    options: Options,
    threads: CompilerThreads,
    /// Where machine code is kept between runs.
    cache: Option<Arc<CacheDirectory>>,
    made: Once<Option<Arc<NativeEngine>>>,
}

impl LazyEngine {
    /// Whether there can be machine code, as far as this build knows.
    pub(crate) const IS_POSSIBLE: bool = cfg!(all(target_arch = "x86_64", not(windows)));

    /// For an engine whose code is made like this, and with at most so many threads that compile while programs run, or
    /// as many as there are processors for.
    pub(crate) fn new(
        options: Options,
        threads: Option<usize>,
        cache: Option<Arc<CacheDirectory>>,
    ) -> Arc<LazyEngine> {
        Arc::new(LazyEngine {
            options,
            threads: CompilerThreads::new(threads),
            cache,
            made: Once::new(),
        })
    }

    /// What runs machine code, which is made if it is not there; none if the processor or the system does not let
    /// machine code run.
    pub(crate) fn make(&self) -> Option<&Arc<NativeEngine>> {
        let make = || NativeEngine::new(self.options);
        self.made.get_or_init(make).as_ref()
    }

    /// The same, if it is there.
    pub(crate) fn get(&self) -> Option<&Arc<NativeEngine>> {
        self.made.get()?.as_ref()
    }

    /// What may be kept of a module, if anything is.
    pub(super) fn cache_of(&self, module: &Module) -> Option<ModuleCache> {
        let directory = self.cache.as_ref()?;
        Some(ModuleCache::new(directory, module, self.options))
    }

    /// Who compiles while programs run.
    pub(super) fn threads(&self) -> &CompilerThreads {
        &self.threads
    }
}

/// The addresses of the stubs for functions of a type.
#[derive(Copy, Clone, Debug)]
pub(crate) struct FunctionStubs {
    /// Through which the host calls compiled code.
    pub(super) enter: usize,
    /// Through which compiled code calls the interpreter.
    pub(super) interpreter: usize,
    /// Through which compiled code calls the host.
    host: usize,
}

impl FunctionStubs {
    /// How a function is called that is interpreted.
    pub(super) fn interpreted(&self) -> MachineEntry {
        MachineEntry {
            call: self.interpreter as *const u8,
            enter: core::ptr::null(),
        }
    }

    /// How a function is called with code at an address.
    pub(super) fn compiled(&self, address: usize) -> MachineEntry {
        MachineEntry {
            call: address as *const u8,
            enter: self.enter as *const u8,
        }
    }
}

impl NativeEngine {
    /// What an engine needs whose code is made like this; none if the processor or the system does not let
    /// machine code run.
    fn new(options: Options) -> Option<Arc<NativeEngine>> {
        // The stubs call and are called by the convention of all systems but Windows, and keep what it says is kept.
        if !LazyEngine::IS_POSSIBLE {
            return None;
        }
        let features = CpuFeatures::detect();
        if !features.has(CpuFeature::Baseline) {
            return None;
        }
        // The first pages that turn executable: a system that allows none refuses them.
        let mut common = CommonStubs::default();
        let code = publish(|bytes| {
            common = stubs::common(bytes, run::callees())?;
            Ok(())
        })
        .ok()?;
        // Where faults cannot be told apart, addresses are compared.
        let guards = match options.guards != MemoryGuards::NONE && faults::install() {
            true => options.guards,
            false => MemoryGuards::NONE,
        };
        let common = common.at(code.address() as usize);
        Some(Arc::new(NativeEngine {
            features,
            options: Options { guards, ..options },
            stubs: Mutex::new(OrderedMap::new()),
            memory: Mutex::new(alloc::vec![code]),
            common,
        }))
    }

    /// What the processor has.
    pub(super) fn features(&self) -> CpuFeatures {
        self.features
    }

    /// How code is made.
    pub(super) fn options(&self) -> Options {
        self.options
    }

    /// What code for modules that were validated with these features has to be made for.
    pub(crate) fn target(&self, features: Features) -> Target {
        Target {
            cpu: self.features,
            options: self.options,
            features,
        }
    }

    /// Compiles a module, on all processors or on one, and saves it.
    ///
    /// # Errors
    /// A resource error if the code is too long.
    pub(crate) fn precompile(&self, module: &Module, is_parallel: bool) -> Result<Vec<u8>, Error> {
        let CompiledModule { code, tables } =
            compile_module(module, self.features, self.options, is_parallel)?;
        let target = self.target(module.features);
        Ok(saved::write(&module.bytes, &code, &tables, target))
    }

    /// Where the code goes on in which a memory access has faulted.
    pub(super) fn fault_stub(&self) -> usize {
        self.common.fault
    }

    /// What is the same in all contexts, but for the types.
    pub(super) fn context(&self) -> MachineContext {
        MachineContext {
            trap: self.common.trap as *const u8,
            poll: self.common.poll as *const u8,
            copy: self.common.copy as *const u8,
            fill: self.common.fill as *const u8,
            runtime_functions: functions::TABLE.as_ptr().cast(),
            ..MachineContext::NONE
        }
    }

    /// How machine code calls a function of the host.
    ///
    /// # Errors
    /// A resource error if there is no memory for the stub.
    pub(crate) fn host_entry(&self, ty: &FuncType) -> Result<MachineEntry, Error> {
        let stubs = self.stubs_of(&[ty])?;
        Ok(MachineEntry {
            call: stubs[0].host as *const u8,
            enter: core::ptr::null(),
        })
    }

    /// The stubs for functions of these types. Those that are not there yet are made.
    ///
    /// # Errors
    /// A resource error if there is no memory for them.
    pub(super) fn stubs_of(&self, types: &[&FuncType]) -> Result<Vec<FunctionStubs>, Error> {
        let mut known = self.stubs.lock();
        let mut made: Vec<(&[u8], FunctionStubs)> = Vec::new();
        let mut bytes = Vec::new();
        let keys: Vec<_> = types.iter().map(|ty| key(ty)).collect();
        for (ty, key) in types.iter().zip(&keys) {
            if known.contains_key(key) || made.iter().any(|(made, _)| *made == &**key) {
                continue;
            }
            let enter = bytes.len();
            stubs::enter(&mut bytes, ty)?;
            let host = bytes.len();
            stubs::outside(&mut bytes, ty, stubs::Outside::Host)?;
            let interpreter = bytes.len();
            let function = run::interpret as *const () as usize;
            stubs::outside(&mut bytes, ty, stubs::Outside::Interpreter(function))?;
            let stubs = FunctionStubs {
                enter,
                interpreter,
                host,
            };
            made.push((key, stubs));
        }
        if !made.is_empty() {
            let code = publish(|all| {
                *all = bytes;
                Ok(())
            })?;
            let base = code.address() as usize;
            self.memory.lock().push(code);
            for (key, stubs) in made {
                let stubs = FunctionStubs {
                    enter: stubs.enter + base,
                    interpreter: stubs.interpreter + base,
                    host: stubs.host + base,
                };
                known.insert(key.into(), stubs);
            }
        }
        Ok(keys
            .iter()
            .filter_map(|key| known.get(key).copied())
            .collect())
    }
}

/// Makes code and turns it executable.
fn publish(make: impl FnOnce(&mut Vec<u8>) -> Result<(), Error>) -> Result<ExecutableCode, Error> {
    let mut bytes = Vec::new();
    make(&mut bytes)?;
    executable(&bytes)
}

/// A copy of code where it can be executed.
///
/// # Errors
/// A resource error if the system gives no memory for it.
pub(super) fn executable(bytes: &[u8]) -> Result<ExecutableCode, Error> {
    WritableCode::allocate(bytes.len().max(1))
        .and_then(|mut code| {
            code.bytes_mut()[..bytes.len()].copy_from_slice(bytes);
            code.make_executable()
        })
        .ok_or_else(|| {
            Error::resource(alloc::format!(
                "the system gives no memory for {} bytes of machine code",
                bytes.len()
            ))
        })
}

/// What types have in common whose values are in the same places.
fn key(ty: &FuncType) -> Box<[u8]> {
    let kind = |ty: &ValType| match ty {
        ValType::I32 | ValType::I64 | ValType::Ref(_) => 0,
        ValType::F64 => 1,
        ValType::V128 => 2,
        // The upper half of its slot is zero.
        ValType::F32 => 4,
    };
    let params = ty.params().iter().map(kind);
    let results = ty.results().iter().map(kind);
    params.chain([3]).chain(results).collect()
}
