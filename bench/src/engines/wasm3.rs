//! wasm3, an interpreter in C, through the crate `wasm3x`.
//!
//! Input: settings. Output: [`Wasm3`].
//! Holds: its default settings. It translates a function when that is first looked up or called, and a module anew for
//! each instance.

use super::{Result, Settings, reason, similar};
use wasm3x::{Instance, Linker, Module, Store};

pub struct Wasm3 {
    engine: wasm3x::Engine,
}

impl super::Engine for Wasm3 {
    type Module = Module;
    type Template = (Linker<u64>, Module);
    type Instance = (Store<u64>, Instance);

    const TRANSLATES_AGAIN: Option<&str> = Some("translates a module for each instance");
    const OFF_HEAP: Option<&str> = Some("has a heap of its own, of C");

    fn new(_: Settings) -> Result<Self> {
        Ok(Wasm3 {
            engine: wasm3x::Engine::default(),
        })
    }

    fn module(&self, wasm: &[u8]) -> Result<Module> {
        Module::new(&self.engine, wasm).map_err(reason)
    }

    fn template(&self, module: Module, imports: bool) -> Result<Self::Template> {
        let mut linker = Linker::<u64>::new(&self.engine);
        if imports {
            similar::define_host_functions!(wasm3x, linker);
        }
        Ok((linker, module))
    }

    fn instantiate(&self, (linker, module): &Self::Template) -> Result<Self::Instance> {
        let mut store = Store::new(&self.engine, 0);
        let instance = linker
            .instantiate_and_start(&mut store, module)
            .map_err(reason)?;
        Ok((store, instance))
    }

    fn instantiate_linked(&self, _: &[u8], _: &[u8]) -> Result<Self::Instance> {
        Err("cannot link instances".into())
    }

    similar::calls!(wasm3x);
}
