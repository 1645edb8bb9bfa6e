//! tinywasm, an interpreter in safe Rust.
//!
//! Input: settings. Output: [`TinyWasm`]. Holds: its default settings apart from the number of threads.

use super::{Argument, Call, HOST_FUNCTIONS, Result, Settings, reason};
use std::cell::Cell;
use std::rc::Rc;
use tinywasm::parser::{Parser, ParserOptions};
use tinywasm::types::WasmValue;
use tinywasm::{FuncContext, HostFunction, Imports, Module, ModuleInstance, Store};

pub struct TinyWasm {
    parallel: bool,
}

pub struct Instance {
    store: Store,
    instance: ModuleInstance,
    /// What `host.count` counts; a store has no data of the user.
    count: Rc<Cell<u64>>,
}

impl super::Engine for TinyWasm {
    type Module = Module;
    type Template = (Module, bool);
    type Instance = Instance;

    fn new(settings: Settings) -> Result<Self> {
        Ok(TinyWasm {
            parallel: settings.parallel,
        })
    }

    fn module(&self, wasm: &[u8]) -> Result<Module> {
        let mut options = ParserOptions::default();
        if !self.parallel {
            options = options.with_parser_threads(1);
        }
        Parser::with_options(options)
            .parse_module_bytes(wasm)
            .map_err(reason)
    }

    fn template(&self, module: Module, imports: bool) -> Result<Self::Template> {
        Ok((module, imports))
    }

    /// Host functions belong to a store: they are defined for each instance that imports something.
    fn instantiate(&self, (module, imports): &Self::Template) -> Result<Instance> {
        let mut store = Store::default();
        let count = Rc::new(Cell::new(0));
        let imports = imports.then(|| host_functions(&mut store, &count));
        let instance = ModuleInstance::instantiate(&mut store, module, imports).map_err(reason)?;
        Ok(Instance {
            store,
            instance,
            count,
        })
    }

    fn instantiate_linked(&self, callee: &[u8], caller: &[u8]) -> Result<Instance> {
        let mut store = Store::default();
        let callee = self.module(callee)?;
        let callee = ModuleInstance::instantiate(&mut store, &callee, None).map_err(reason)?;
        let mut imports = Imports::new();
        imports.link_module("callee", callee).map_err(reason)?;
        let caller = self.module(caller)?;
        let instance =
            ModuleInstance::instantiate(&mut store, &caller, Some(imports)).map_err(reason)?;
        Ok(Instance {
            store,
            instance,
            count: Rc::default(),
        })
    }

    fn call(&self, instance: &mut Instance, export: &str, argument: Argument) -> Result<u64> {
        let function = instance
            .instance
            .func_untyped(&instance.store, export)
            .map_err(reason)?;
        let argument = match argument {
            Argument::I32(value) => WasmValue::I32(value),
            Argument::I64(value) => WasmValue::I64(value),
        };
        instance.count.set(0);
        let results = function
            .call(&mut instance.store, &[argument])
            .map_err(reason)?;
        match results[..] {
            [WasmValue::I32(value)] => Ok(value as u32 as u64),
            [WasmValue::I64(value)] => Ok(value as u64),
            [WasmValue::F64(value)] => Ok(value.to_bits()),
            _ => Err("the result has another type".into()),
        }
    }

    fn enter(&self, instance: &mut Instance, call: Call, count: u32) -> Result<u64> {
        let Instance {
            store, instance, ..
        } = instance;
        let mut sum = 0i64;
        match call {
            Call::TypedEmpty => {
                let function = instance.func::<(), ()>(store, "empty").map_err(reason)?;
                for _ in 0..count {
                    function.call(store, ()).map_err(reason)?;
                }
            }
            Call::TypedArguments => {
                let function = instance
                    .func::<(i32, i64), i64>(store, "add")
                    .map_err(reason)?;
                for index in 0..count {
                    sum = function.call(store, (index as i32, sum)).map_err(reason)?;
                }
            }
            Call::Untyped => {
                let function = instance.func_untyped(store, "add").map_err(reason)?;
                for index in 0..count {
                    let arguments = [WasmValue::I32(index as i32), WasmValue::I64(sum)];
                    let results = function.call(store, &arguments).map_err(reason)?;
                    let [WasmValue::I64(result)] = results[..] else {
                        return Err("the result has another type".into());
                    };
                    sum = result;
                }
            }
        }
        Ok(sum as u64)
    }
}

fn host_functions(store: &mut Store, count: &Rc<Cell<u64>>) -> Imports {
    let mut imports = Imports::new();
    for index in 0..HOST_FUNCTIONS {
        let identity = HostFunction::from(store, |_: FuncContext<'_>, value: i32| Ok(value));
        imports.define("host", &format!("f{index}"), identity);
    }
    let increment = HostFunction::from(store, |_: FuncContext<'_>, value: i32| {
        Ok(value.wrapping_add(1))
    });
    imports.define("host", "increment", increment);
    let count = count.clone();
    let count = HostFunction::from(store, move |_: FuncContext<'_>, value: i64| {
        count.set(count.get().wrapping_add(value as u64));
        Ok(count.get() as i64)
    });
    imports.define("host", "count", count);
    imports
}
