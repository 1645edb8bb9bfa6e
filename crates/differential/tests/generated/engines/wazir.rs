//! Modules in wazir.

use wazir::{
    CompilationMode, Config, Engine, Extern, HeapType, Instance, Module, Ref, Store, Trap, Val,
    ValType,
};

use super::{Failure, Kind, Running};
use crate::value::{Type, Value};

pub(crate) struct Wazir {
    store: Store<()>,
    instance: Instance,
}

/// One of the ways of running a module: what is done when, and what is checked on the way.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Way {
    mode: CompilationMode,
    consume_fuel: bool,
    interruptable: bool,
}

impl Way {
    /// Two ways that together have code with checks and without; neighbouring seeds have others.
    pub(crate) fn pair(seed: u64) -> [Way; 2] {
        const MODES: [CompilationMode; 3] = [
            CompilationMode::Eager,
            CompilationMode::LazyTranslation,
            CompilationMode::Lazy,
        ];
        let mode = |number: u64| MODES[(number % 3) as usize];
        let checks = seed / 3 % 3;
        [
            Way {
                mode: mode(seed),
                consume_fuel: false,
                interruptable: false,
            },
            Way {
                mode: mode(seed + 1 + seed / 9),
                consume_fuel: checks != 0,
                interruptable: checks != 1,
            },
        ]
    }

    fn config(self) -> Config {
        let mut config = Config::new();
        config.compilation_mode(self.mode);
        config
            .consume_fuel(self.consume_fuel)
            .interruptable(self.interruptable);
        config
    }
}

/// The type of a reference that modules of 2.0 can have.
fn type_of(ty: &ValType) -> Type {
    match ty {
        ValType::I32 => Type::I32,
        ValType::I64 => Type::I64,
        ValType::F32 => Type::F32,
        ValType::F64 => Type::F64,
        ValType::V128 => Type::V128,
        ValType::Ref(ty) if matches!(ty.heap_type(), HeapType::Extern) => Type::Extern,
        ValType::Ref(_) => Type::Func,
    }
}

fn argument(value: &Value) -> Val {
    match *value {
        Value::I32(value) => Val::I32(value),
        Value::I64(value) => Val::I64(value),
        Value::F32(bits) => Val::F32(bits),
        Value::F64(bits) => Val::F64(bits),
        Value::V128(value) => Val::V128(value.into()),
        Value::Func(_) => Val::FuncRef(None),
        Value::Extern(_) => Val::ExternRef(None),
    }
}

fn result(value: &Val) -> Value {
    match value {
        Val::I32(value) => Value::I32(*value),
        Val::I64(value) => Value::I64(*value),
        Val::F32(bits) => Value::F32(*bits),
        Val::F64(bits) => Value::F64(*bits),
        Val::V128(value) => Value::V128(value.as_u128()),
        Val::FuncRef(value) => Value::Func(value.is_none()),
        Val::ExternRef(value) => Value::Extern(value.is_none()),
        other => panic!("{other:?} is no value of 2.0"),
    }
}

fn failure(error: &wazir::Error) -> Failure {
    match error.trap() {
        Some(Trap::StackOverflow) => Failure::Exhausted,
        Some(trap) => Failure::Trap(format!("{trap:?}")),
        None => Failure::Trap("other error".to_owned()),
    }
}

impl Wazir {
    /// # Panics
    /// If wazir takes the module to be invalid.
    pub(crate) fn start(wasm: &[u8], way: Way) -> Result<Wazir, Failure> {
        let engine = Engine::new(&way.config()).expect("the configuration is valid");
        let module = Module::new(&engine, wasm).expect("the module is valid");
        let mut store = Store::new(&engine, ());
        if way.consume_fuel {
            store.set_fuel(1 << 40).expect("the engine counts fuel");
        }
        match Instance::new(&mut store, &module, &[]) {
            Ok(instance) => Ok(Wazir { store, instance }),
            Err(error) => Err(failure(&error)),
        }
    }

    fn export(&mut self, name: &str) -> Extern {
        let export = self.instance.get_export(&mut self.store, name);
        export.expect("the name is that of an export")
    }
}

impl Running for Wazir {
    fn exports(&mut self) -> Vec<(String, Kind)> {
        let exports = self.instance.exports(&mut self.store);
        let exports: Vec<_> = exports
            .map(|export| (export.name().to_owned(), export.into_extern()))
            .collect();
        let kind = |export| match export {
            Extern::Func(function) => Kind::Function(
                function
                    .ty(&self.store)
                    .params()
                    .map(|ty| type_of(&ty))
                    .collect(),
            ),
            Extern::Memory(_) => Kind::Memory,
            Extern::Global(_) => Kind::Global,
            Extern::Table(_) => Kind::Table,
            _ => panic!("there are no other exports in 2.0"),
        };
        exports
            .into_iter()
            .map(|(name, export)| (name, kind(export)))
            .collect()
    }

    fn call(&mut self, name: &str, arguments: &[Value]) -> Result<Vec<Value>, Failure> {
        let function = self.instance.get_func(&mut self.store, name);
        let function = function.expect("the name is that of a function");
        let arguments: Vec<_> = arguments.iter().map(argument).collect();
        let mut results = vec![Val::I32(0); function.ty(&self.store).results().len()];
        match function.call(&mut self.store, &arguments, &mut results) {
            Ok(()) => Ok(results.iter().map(result).collect()),
            Err(error) => Err(failure(&error)),
        }
    }

    fn memory(&mut self, name: &str) -> &[u8] {
        let memory = self.instance.get_memory(&mut self.store, name);
        memory
            .expect("the name is that of a memory")
            .data(&self.store)
    }

    fn global(&mut self, name: &str) -> Value {
        let global = self.export(name).into_global();
        result(
            &global
                .expect("the name is that of a global")
                .get(&mut self.store),
        )
    }

    fn table(&mut self, name: &str) -> Vec<bool> {
        let table = self
            .export(name)
            .into_table()
            .expect("the name is that of a table");
        let elements = 0..table.size(&self.store);
        let is_null = |index| {
            matches!(
                table.get(&mut self.store, index),
                Some(Ref::Func(None) | Ref::Extern(None))
            )
        };
        elements.map(is_null).collect()
    }
}
