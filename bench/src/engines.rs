//! The engines behind one trait.
//!
//! Input: modules. Output: [`Run`]s that do one kind of work and say what it took.
//! Holds: both engines run the same source text, because wazir and wasmi share the names of their API; what differs is
//! in the two modules `wazir_only` and `wasmi_only`.

use crate::clock::time;
use crate::memory::live_bytes;
use std::hint::black_box;

/// What one run took, and a value that must be the same for every engine.
pub struct Sample {
    /// Nanoseconds or bytes, as the case says.
    pub amount: f64,
    pub checksum: u64,
}

/// Work that can be repeated.
pub type Run = Box<dyn FnMut() -> Sample>;

/// When an engine translates functions; every engine here has all three.
#[derive(Clone, Copy, Debug)]
pub enum Mode {
    Eager,
    LazyTranslation,
    Lazy,
}

/// How a host function or a guest function is called.
#[derive(Clone, Copy)]
pub enum Call {
    /// `TypedFunc::call` of a function without parameters.
    TypedEmpty,
    /// `TypedFunc::call` of `(i32, i64) -> i64`.
    TypedArguments,
    /// `Func::call` of `(i32, i64) -> i64`.
    Untyped,
}

/// The argument of a kernel, which says its type as well.
#[derive(Clone, Copy)]
pub enum Kernel {
    I32ToI32(i32),
    I32ToF64(i32),
    I64ToI64(i64),
}

/// Which bytes of the heap count.
#[derive(Clone, Copy)]
pub enum Held {
    Module(Mode),
    /// A store with an instance, without the module.
    Instance,
}

/// How many imports a module for [`Engine::instantiate`] may use: `host.f0`, `host.f1`, and so on.
pub const HOST_FUNCTIONS: usize = 20;

/// An engine that can be measured. All functions panic if the engine cannot do the work.
pub trait Engine {
    fn name(&self) -> &str;
    /// `Module::new`. Dropping is not measured.
    fn translate(&self, mode: Mode, wasm: Vec<u8>) -> Run;
    /// A call of an export of a module that was translated eagerly.
    fn kernel(&self, wasm: &[u8], export: &str, kernel: Kernel) -> Run;
    /// `count` times a new store, an instance in it, and their end.
    fn instantiate(&self, wasm: &[u8], count: u32) -> Run;
    /// `count` calls of the guest by the host.
    fn enter(&self, wasm: &[u8], call: Call, count: u32) -> Run;
    /// `count` calls of the host by one run of the guest's export `run`.
    fn leave(&self, wasm: &[u8], export: &str, count: u32) -> Run;
    /// The bytes of the heap that something holds.
    fn held(&self, wasm: &[u8], held: Held) -> Run;
}

fn timed(work: impl FnOnce() -> u64) -> Sample {
    let (duration, checksum) = time(work);
    Sample {
        amount: duration.as_nanos() as f64,
        checksum,
    }
}

mod wazir_only {
    use wazir::{Config, Engine, Instance, Linker, Module, Store};

    pub fn engine(config: &Config) -> Engine {
        Engine::new(config).expect("the settings are possible")
    }

    /// Looks the imports up once.
    pub fn instantiator(
        linker: Linker<u64>,
        module: Module,
    ) -> impl Fn(&mut Store<u64>) -> Instance {
        let prepared = linker.instantiate_pre(&module).expect("the imports exist");
        move |store| prepared.instantiate(store).expect("the module starts")
    }
}

mod wasmi_only {
    use wasmi::{Config, Engine, Instance, Linker, Module, Store};

    pub fn engine(config: &Config) -> Engine {
        Engine::new(config)
    }

    /// There is nothing that looks the imports up in advance.
    pub fn instantiator(
        linker: Linker<u64>,
        module: Module,
    ) -> impl Fn(&mut Store<u64>) -> Instance {
        move |store| {
            linker
                .instantiate_and_start(store, &module)
                .expect("the module starts")
        }
    }
}

macro_rules! engine {
    ($(#[$doc:meta])* $type:ident, $library:ident, $only:ident) => {
        $(#[$doc])*
        pub struct $type(pub &'static str);

        impl $type {
            fn engine(mode: Mode) -> $library::Engine {
                let mut config = $library::Config::default();
                config.compilation_mode(match mode {
                    Mode::Eager => $library::CompilationMode::Eager,
                    Mode::LazyTranslation => $library::CompilationMode::LazyTranslation,
                    Mode::Lazy => $library::CompilationMode::Lazy,
                });
                $only::engine(&config)
            }

            fn module(mode: Mode, wasm: &[u8]) -> $library::Module {
                $library::Module::new(&Self::engine(mode), wasm).expect("the module is valid")
            }

            /// A function that makes instances, with the host functions that the cases need.
            fn instantiator(
                module: &$library::Module,
            ) -> impl Fn(&mut $library::Store<u64>) -> $library::Instance + use<> {
                let mut linker = $library::Linker::<u64>::new(module.engine());
                for index in 0..HOST_FUNCTIONS {
                    linker
                        .func_wrap("host", &format!("f{index}"), |value: i32| value)
                        .expect("the name is new");
                }
                linker.func_wrap("host", "increment", |value: i32| value.wrapping_add(1))
                    .expect("the name is new");
                linker
                    .func_wrap("host", "count", |mut caller: $library::Caller<'_, u64>, value: i64| {
                        *caller.data_mut() += value as u64;
                        *caller.data()
                    })
                    .expect("the name is new");
                $only::instantiator(linker, module.clone())
            }

            fn start(wasm: &[u8]) -> ($library::Store<u64>, $library::Instance) {
                let module = Self::module(Mode::Eager, wasm);
                let mut store = $library::Store::new(module.engine(), 0);
                let instance = Self::instantiator(&module)(&mut store);
                (store, instance)
            }

            fn typed<Parameters, Results>(
                wasm: &[u8],
                export: &str,
            ) -> ($library::Store<u64>, $library::TypedFunc<Parameters, Results>)
            where
                Parameters: $library::WasmParams,
                Results: $library::WasmResults,
            {
                let (mut store, instance) = Self::start(wasm);
                let function = instance
                    .get_typed_func::<Parameters, Results>(&mut store, export)
                    .expect("the export has this type");
                (store, function)
            }
        }

        impl Engine for $type {
            fn name(&self) -> &str {
                self.0
            }

            fn translate(&self, mode: Mode, wasm: Vec<u8>) -> Run {
                Box::new(move || {
                    // Code may belong to the engine: a new one each time, so that it does not pile up.
                    let engine = Self::engine(mode);
                    let mut module = None;
                    let mut sample = timed(|| {
                        module = Some($library::Module::new(&engine, &wasm).expect("the module is valid"));
                        0
                    });
                    sample.checksum = module.map_or(0, |module| module.exports().count() as u64);
                    sample
                })
            }

            fn kernel(&self, wasm: &[u8], export: &str, kernel: Kernel) -> Run {
                macro_rules! run {
                    ($parameter:ty, $result:ty, $argument:ident, $checksum:expr) => {{
                        let (mut store, function) = Self::typed::<$parameter, $result>(wasm, export);
                        Box::new(move || {
                            timed(|| $checksum(function.call(&mut store, $argument).expect("no trap")))
                        })
                    }};
                }
                match kernel {
                    Kernel::I32ToI32(argument) => run!(i32, i32, argument, |value| value as u32 as u64),
                    Kernel::I32ToF64(argument) => run!(i32, f64, argument, f64::to_bits),
                    Kernel::I64ToI64(argument) => run!(i64, i64, argument, |value| value as u64),
                }
            }

            fn instantiate(&self, wasm: &[u8], count: u32) -> Run {
                let module = Self::module(Mode::Eager, wasm);
                let instantiate = Self::instantiator(&module);
                Box::new(move || {
                    timed(|| {
                        for _ in 0..count {
                            let mut store = $library::Store::new(module.engine(), 0);
                            black_box(instantiate(&mut store));
                        }
                        0
                    })
                })
            }

            fn enter(&self, wasm: &[u8], call: Call, count: u32) -> Run {
                match call {
                    Call::TypedEmpty => {
                        let (mut store, function) = Self::typed::<(), ()>(wasm, "empty");
                        Box::new(move || {
                            timed(|| {
                                for _ in 0..count {
                                    function.call(&mut store, ()).expect("no trap");
                                }
                                0
                            })
                        })
                    }
                    Call::TypedArguments => {
                        let (mut store, function) = Self::typed::<(i32, i64), i64>(wasm, "add");
                        Box::new(move || {
                            timed(|| {
                                (0..count).fold(0, |sum, index| {
                                    function.call(&mut store, (index as i32, sum)).expect("no trap")
                                }) as u64
                            })
                        })
                    }
                    Call::Untyped => {
                        let (mut store, instance) = Self::start(wasm);
                        let function = instance.get_func(&mut store, "add").expect("the export exists");
                        Box::new(move || {
                            timed(|| {
                                (0..count).fold(0, |sum, index| {
                                    let arguments =
                                        [$library::Val::I32(index as i32), $library::Val::I64(sum)];
                                    let mut results = [$library::Val::I64(0)];
                                    function.call(&mut store, &arguments, &mut results).expect("no trap");
                                    results[0].i64().expect("the type was checked")
                                }) as u64
                            })
                        })
                    }
                }
            }

            fn leave(&self, wasm: &[u8], export: &str, count: u32) -> Run {
                let (mut store, function) = Self::typed::<i32, i64>(wasm, export);
                Box::new(move || {
                    *store.data_mut() = 0;
                    timed(|| function.call(&mut store, count as i32).expect("no trap") as u64)
                })
            }

            fn held(&self, wasm: &[u8], held: Held) -> Run {
                let wasm = wasm.to_vec();
                Box::new(move || {
                    let engine = Self::engine(match held {
                        Held::Module(mode) => mode,
                        Held::Instance => Mode::Eager,
                    });
                    let mut before = live_bytes();
                    let module = $library::Module::new(&engine, &wasm).expect("the module is valid");
                    let mut kept = None;
                    if let Held::Instance = held {
                        let instantiate = Self::instantiator(&module);
                        before = live_bytes();
                        let mut store = $library::Store::new(&engine, 0);
                        let instance = instantiate(&mut store);
                        kept = Some((store, instance));
                    }
                    let amount = (live_bytes() - before) as f64;
                    drop(kept);
                    Sample { amount, checksum: module.exports().count() as u64 }
                })
            }
        }
    };
}

engine! {
    /// This repository's engine.
    Wazir, wazir, wazir_only
}
engine! {
    /// The register interpreter of the wasmi project.
    Wasmi, wasmi, wasmi_only
}
