//! Silverfir-nano, a compiler and an interpreter behind one API.
//!
//! Input: settings. Output: [`Jit`] and [`Interpreter`].
//! Holds: the default settings apart from the number of threads. A module is validated once, but translated for each
//! instance, which takes it away.

use super::{Argument, Call, HOST_FUNCTIONS, Result, Settings, reason};
use sf_nano_core::{Config, Func, Import, Instance, Module, RuntimeWorld, Tier, Value};
use std::cell::Cell;
use std::rc::Rc;

/// The compiler.
pub struct Jit(Silverfir);

/// The interpreter.
pub struct Interpreter(Silverfir);

struct Silverfir {
    engine: sf_nano_core::Engine,
}

/// Instances live in a world; the one to call is named.
pub struct Linked {
    world: RuntimeWorld,
    instance: sf_nano_core::InstanceId,
    /// What `host.count` counts; an instance has no data of the user.
    count: Rc<Cell<u64>>,
}

impl Silverfir {
    fn new(tier: Tier, settings: Settings) -> Result<Self> {
        let config = Config::new()
            .tier(tier)
            .parallel_compilation(settings.parallel);
        let engine = sf_nano_core::Engine::new(config).map_err(reason)?;
        Ok(Silverfir { engine })
    }

    fn instantiate(&self, wasm: &[u8], imports: bool) -> Result<Linked> {
        let count = Rc::new(Cell::new(0));
        let imports = if imports {
            host_functions(&count)
        } else {
            Vec::new()
        };
        let mut world = RuntimeWorld::new();
        let module = Module::new("guest", wasm).map_err(reason)?;
        let instance = world
            .instantiate(&self.engine, module, &imports)
            .map_err(|error| reason(error.error()))?;
        Ok(Linked {
            world,
            instance,
            count,
        })
    }

    fn instantiate_linked(&self, callee: &[u8], caller: &[u8]) -> Result<Linked> {
        let mut world = RuntimeWorld::new();
        let module = Module::new("callee", callee).map_err(reason)?;
        let callee = world
            .instantiate(&self.engine, module, &[])
            .map_err(|error| reason(error.error()))?;
        let exports = world
            .instance(callee)
            .ok_or("the instance is missing")?
            .exports()
            .map_err(reason)?;
        let imports: Vec<Import> = exports
            .into_iter()
            .map(|(name, export)| Import::new("callee", &name, export))
            .collect();
        let module = Module::new("caller", caller).map_err(reason)?;
        let instance = world
            .instantiate(&self.engine, module, &imports)
            .map_err(|error| reason(error.error()))?;
        Ok(Linked {
            world,
            instance,
            count: Rc::default(),
        })
    }
}

impl Linked {
    fn function(&mut self, export: &str) -> Result<(&mut Instance, Func)> {
        let instance = self
            .world
            .instance_mut(self.instance)
            .ok_or("the instance is missing")?;
        let function = instance.get_func(export).ok_or("the export is missing")?;
        Ok((instance, function))
    }

    fn call(&mut self, export: &str, argument: Argument) -> Result<u64> {
        let argument = match argument {
            Argument::I32(value) => Value::I32(value),
            Argument::I64(value) => Value::I64(value),
        };
        self.count.set(0);
        let mut results = [Value::I64(0)];
        let (instance, function) = self.function(export)?;
        instance
            .call(&function, &[argument], &mut results)
            .map_err(reason)?;
        match results[0] {
            Value::I32(value) => Ok(value as u32 as u64),
            Value::I64(value) => Ok(value as u64),
            Value::F64(value) => Ok(value.to_bits()),
            _ => Err("the result has another type".into()),
        }
    }

    fn enter(&mut self, call: Call, count: u32) -> Result<u64> {
        if call != Call::Untyped {
            return Err("has no typed calls".into());
        }
        let (instance, function) = self.function("add")?;
        let mut sum = 0;
        for index in 0..count {
            let mut results = [Value::I64(0)];
            instance
                .call(
                    &function,
                    &[Value::I32(index as i32), Value::I64(sum)],
                    &mut results,
                )
                .map_err(reason)?;
            let [Value::I64(result)] = results else {
                return Err("the result has another type".into());
            };
            sum = result;
        }
        Ok(sum as u64)
    }
}

fn host_functions(count: &Rc<Cell<u64>>) -> Vec<Import> {
    let mut imports: Vec<Import> = (0..HOST_FUNCTIONS)
        .map(|index| {
            Import::func("host", &format!("f{index}"), |_, arguments, results| {
                results[0] = arguments[0];
                Ok(())
            })
        })
        .collect();
    imports.push(Import::func(
        "host",
        "increment",
        |_, arguments, results| {
            if let Value::I32(value) = arguments[0] {
                results[0] = Value::I32(value.wrapping_add(1));
            }
            Ok(())
        },
    ));
    let count = count.clone();
    imports.push(Import::func(
        "host",
        "count",
        move |_, arguments, results| {
            if let Value::I64(value) = arguments[0] {
                count.set(count.get().wrapping_add(value as u64));
                results[0] = Value::I64(count.get() as i64);
            }
            Ok(())
        },
    ));
    imports
}

macro_rules! tier {
    ($type:ident, $tier:expr) => {
        impl super::Engine for $type {
            type Module = Vec<u8>;
            type Template = (Vec<u8>, bool);
            type Instance = Linked;

            const TRANSLATES_AGAIN: Option<&str> = Some("translates a module for each instance");
            const OFF_HEAP: Option<&str> = Self::TRANSLATES_AGAIN;

            fn new(settings: Settings) -> Result<Self> {
                Silverfir::new($tier, settings).map($type)
            }

            fn module(&self, wasm: &[u8]) -> Result<Vec<u8>> {
                Ok(wasm.to_vec())
            }

            fn template(&self, wasm: Vec<u8>, imports: bool) -> Result<Self::Template> {
                Ok((wasm, imports))
            }

            fn instantiate(&self, (wasm, imports): &Self::Template) -> Result<Linked> {
                self.0.instantiate(wasm, *imports)
            }

            fn instantiate_linked(&self, callee: &[u8], caller: &[u8]) -> Result<Linked> {
                self.0.instantiate_linked(callee, caller)
            }

            fn call(&self, linked: &mut Linked, export: &str, argument: Argument) -> Result<u64> {
                linked.call(export, argument)
            }

            fn enter(&self, linked: &mut Linked, call: Call, count: u32) -> Result<u64> {
                linked.enter(call, count)
            }
        }
    };
}

tier!(Jit, Tier::Jit);
tier!(Interpreter, Tier::Interp);
