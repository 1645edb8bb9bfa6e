//! This repository's engine.
//!
//! Input: settings. Output: [`Wazir`], which interprets, [`Compiler`], and [`Tiered`], which begins as the first and
//! ends as the second. Holds: its default settings apart from the mode.

use super::similar::similar_engine;

pub struct Wazir {
    engine: wazir::Engine,
}

pub struct Compiler {
    engine: wazir::Engine,
}

pub struct Tiered {
    engine: wazir::Engine,
}

mod own {
    use crate::engines::{Mode, Result, Settings, reason};
    use wazir::{
        CompilationMode, Config, Engine, Instance, InstancePre, Linker, Module, Store, Strategy,
    };

    pub fn engine(settings: Settings) -> Result<Engine> {
        let mut config = Config::default();
        config.strategy(Strategy::Interpreter);
        config.compilation_mode(match settings.mode {
            Mode::Eager => CompilationMode::Eager,
            Mode::LazyTranslation => CompilationMode::LazyTranslation,
            Mode::Lazy => CompilationMode::Lazy,
        });
        Engine::new(&config).map_err(reason)
    }

    pub type Prepared = InstancePre<u64>;

    pub fn prepare(linker: Linker<u64>, module: Module) -> Result<Prepared> {
        linker.instantiate_pre(&module).map_err(reason)
    }

    pub fn instantiate(prepared: &Prepared, store: &mut Store<u64>) -> Result<Instance> {
        prepared.instantiate(store).map_err(reason)
    }
}

mod compiled {
    use crate::engines::{Result, Settings, reason};
    use wazir::{Config, Engine, Strategy};

    pub use super::own::{Prepared, instantiate, prepare};

    pub fn engine(settings: Settings) -> Result<Engine> {
        let mut config = Config::default();
        config
            .strategy(Strategy::Compiler)
            .parallel_compilation(settings.parallel);
        Engine::new(&config).map_err(reason)
    }
}

mod tiered {
    use crate::engines::{Result, Settings, reason};
    use wazir::{Config, Engine};

    pub use super::own::{Prepared, instantiate, prepare};

    pub fn engine(settings: Settings) -> Result<Engine> {
        let mut config = Config::default();
        config.parallel_compilation(settings.parallel);
        Engine::new(&config).map_err(reason)
    }
}

similar_engine!(Wazir, wazir, own, {});
similar_engine!(Compiler, wazir, compiled, {});
similar_engine!(Tiered, wazir, tiered, {});
