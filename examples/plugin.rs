//! Lets a plugin work on a text: the host gets room in the plugin's memory, writes the text there,
//! and reads the result. The plugin is `plugin.wat`.
//!
//! Run it with `cargo run --example plugin`.

use wazir::error::Context;
use wazir::{Config, Engine, Instance, Memory, Module, Result, Store, TypedFunc};

/// A plugin that is loaded, with what the host uses of it.
struct Plugin {
    store: Store<()>,
    memory: Memory,
    alloc: TypedFunc<u32, u32>,
    process: TypedFunc<(u32, u32), u32>,
}

impl Plugin {
    fn new(engine: &Engine, module: &Module) -> Result<Plugin> {
        let mut store = Store::new(engine, ());
        let instance = Instance::new(&mut store, module, &[])?;
        let memory = instance.get_memory(&mut store, "memory");
        Ok(Plugin {
            memory: memory.context("a plugin exports its memory")?,
            alloc: instance.get_typed_func(&mut store, "alloc")?,
            process: instance.get_typed_func(&mut store, "process")?,
            store,
        })
    }

    fn process(&mut self, text: &str) -> Result<String> {
        let length = u32::try_from(text.len())?;
        let address = self.alloc.call(&mut self.store, length)?;
        // Where the plugin says that there is room is not trusted: the write checks it.
        self.memory
            .write(&mut self.store, address as usize, text.as_bytes())?;
        let result = self.process.call(&mut self.store, (address, length))?;
        // Neither is where the result is, nor that it is text.
        let result = self.memory.str(&self.store, result, length)?;
        Ok(result.to_string())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Nobody vouches for a plugin: what it can use up is finite.
    let engine = Engine::new(&Config::untrusted())?;
    let module = Module::new(&engine, wat::parse_str(include_str!("plugin.wat"))?)?;
    let mut plugin = Plugin::new(&engine, &module)?;
    for text in [
        "plugins are useful",
        "",
        "one",
        &"to and fro ".repeat(20_000),
    ] {
        let result = plugin.process(text)?;
        let words = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
        assert!(words(&result).iter().eq(words(text).iter().rev()));
        let shown: String = result.chars().take(40).collect();
        println!("{} bytes: {shown}", result.len());
    }
    Ok(())
}
