//! wasmi, a register interpreter.
//!
//! Input: settings. Output: [`Wasmi`]. Holds: its default settings apart from the mode, and the feature `simd`.

use super::similar::similar_engine;

pub struct Wasmi {
    engine: wasmi::Engine,
}

mod own {
    use crate::engines::{Mode, Result, Settings, reason};
    use wasmi::{CompilationMode, Config, Engine, Instance, Linker, Module, Store};

    pub fn engine(settings: Settings) -> Result<Engine> {
        let mut config = Config::default();
        config.compilation_mode(match settings.mode {
            Mode::Eager => CompilationMode::Eager,
            Mode::LazyTranslation => CompilationMode::LazyTranslation,
            Mode::Lazy => CompilationMode::Lazy,
        });
        Ok(Engine::new(&config))
    }

    /// There is nothing that looks the imports up in advance.
    pub type Prepared = (Linker<u64>, Module);

    pub fn prepare(linker: Linker<u64>, module: Module) -> Result<Prepared> {
        Ok((linker, module))
    }

    pub fn instantiate((linker, module): &Prepared, store: &mut Store<u64>) -> Result<Instance> {
        linker.instantiate_and_start(store, module).map_err(reason)
    }
}

similar_engine!(Wasmi, wasmi, own, {});
