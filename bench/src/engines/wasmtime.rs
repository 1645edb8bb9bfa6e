//! wasmtime with each of its compilers, and with the interpreter of what the optimizing one makes.
//!
//! Input: settings. Output: [`Cranelift`], [`Winch`] and [`Pulley`].
//! Holds: the default settings apart from the compiler and the number of its threads.

use super::similar::similar_engine;
use super::{Result, Settings, reason};
use wasmtime::{Config, Instance, InstancePre, Linker, Module, Store, Strategy};

/// The optimizing compiler.
pub struct Cranelift {
    engine: wasmtime::Engine,
}

/// The single-pass compiler.
pub struct Winch {
    engine: wasmtime::Engine,
}

/// The interpreter of Pulley, which the optimizing compiler translates to.
pub struct Pulley {
    engine: wasmtime::Engine,
}

fn engine(
    settings: Settings,
    choose: impl FnOnce(&mut Config) -> wasmtime::Result<&mut Config>,
) -> Result<wasmtime::Engine> {
    let mut config = Config::new();
    config.parallel_compilation(settings.parallel);
    choose(&mut config).map_err(reason)?;
    wasmtime::Engine::new(&config).map_err(reason)
}

type Prepared = InstancePre<u64>;

fn prepare(linker: Linker<u64>, module: Module) -> Result<Prepared> {
    linker.instantiate_pre(&module).map_err(reason)
}

fn instantiate(prepared: &Prepared, store: &mut Store<u64>) -> Result<Instance> {
    prepared.instantiate(store).map_err(reason)
}

macro_rules! compiler {
    ($type:ident, $own:ident, $choose:expr) => {
        mod $own {
            use super::*;
            pub(super) use super::{Prepared, instantiate, prepare};

            pub fn engine(settings: Settings) -> Result<wasmtime::Engine> {
                super::engine(settings, $choose)
            }
        }

        similar_engine!($type, wasmtime, $own, {
            const OFF_HEAP: Option<&str> = Some("maps its code from the system");
        });
    };
}

compiler!(Cranelift, cranelift, |config| Ok(
    config.strategy(Strategy::Cranelift)
));
compiler!(Winch, winch, |config| Ok(config.strategy(Strategy::Winch)));
compiler!(Pulley, pulley, |config| config.target("pulley64"));
