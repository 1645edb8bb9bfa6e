//! Modules in the other engine.
//!
//! It is wasmi 1.1: version 2.0.0 differs from it, and from wazir, on a module of `wasm-smith`.

use wasmi::errors::{ErrorKind, TableError};
use wasmi::{Config, Engine, Extern, Instance, Linker, Module, Store, TrapCode, Val, ValType};

use super::{Failure, Kind, Running};
use crate::value::{Type, Value};

pub(crate) struct Peer {
    store: Store<()>,
    instance: Instance,
}

fn type_of(ty: &ValType) -> Type {
    match ty {
        ValType::I32 => Type::I32,
        ValType::I64 => Type::I64,
        ValType::F32 => Type::F32,
        ValType::F64 => Type::F64,
        ValType::V128 => Type::V128,
        ValType::FuncRef => Type::Func,
        ValType::ExternRef => Type::Extern,
    }
}

fn argument(value: &Value) -> Val {
    match *value {
        Value::I32(value) => Val::I32(value),
        Value::I64(value) => Val::I64(value),
        Value::F32(bits) => Val::F32(wasmi::F32::from_bits(bits)),
        Value::F64(bits) => Val::F64(wasmi::F64::from_bits(bits)),
        Value::V128(value) => Val::V128(value.into()),
        Value::Func(_) => Val::default(ValType::FuncRef),
        Value::Extern(_) => Val::default(ValType::ExternRef),
    }
}

fn result(value: &Val) -> Value {
    match value {
        Val::I32(value) => Value::I32(*value),
        Val::I64(value) => Value::I64(*value),
        Val::F32(value) => Value::F32(value.to_bits()),
        Val::F64(value) => Value::F64(value.to_bits()),
        Val::V128(value) => Value::V128(value.as_u128()),
        Val::FuncRef(value) => Value::Func(value.is_null()),
        Val::ExternRef(value) => Value::Extern(value.is_null()),
    }
}

fn failure(error: &wasmi::Error) -> Failure {
    match error.as_trap_code() {
        Some(TrapCode::StackOverflow) => Failure::Exhausted,
        Some(trap) => Failure::Trap(format!("{trap:?}")),
        // It has no trap code for this one.
        None => match error.kind() {
            ErrorKind::Table(TableError::CopyOutOfBounds) => {
                Failure::Trap(format!("{:?}", TrapCode::TableOutOfBounds))
            }
            _ => Failure::Trap("other error".to_owned()),
        },
    }
}

impl Peer {
    /// # Panics
    /// If the peer takes the module to be invalid.
    pub(crate) fn start(wasm: &[u8]) -> Result<Peer, Failure> {
        let mut config = Config::default();
        config.wasm_extended_const(true).wasm_multi_memory(true);
        let engine = Engine::new(&config);
        let module = Module::new(&engine, wasm).expect("the module is valid");
        let mut store = Store::new(&engine, ());
        match Linker::new(&engine).instantiate_and_start(&mut store, &module) {
            Ok(instance) => Ok(Peer { store, instance }),
            Err(error) => Err(failure(&error)),
        }
    }

    fn export(&self, name: &str) -> Extern {
        self.instance
            .get_export(&self.store, name)
            .expect("the name is that of an export")
    }
}

impl Running for Peer {
    fn exports(&mut self) -> Vec<(String, Kind)> {
        let kind = |export| match export {
            Extern::Func(function) => Kind::Function(
                function
                    .ty(&self.store)
                    .params()
                    .iter()
                    .map(type_of)
                    .collect(),
            ),
            Extern::Memory(_) => Kind::Memory,
            Extern::Global(_) => Kind::Global,
            Extern::Table(_) => Kind::Table,
        };
        let exports = self.instance.exports(&self.store);
        exports
            .map(|export| (export.name().to_owned(), kind(export.into_extern())))
            .collect()
    }

    fn call(&mut self, name: &str, arguments: &[Value]) -> Result<Vec<Value>, Failure> {
        let function = self.instance.get_func(&self.store, name);
        let function = function.expect("the name is that of a function");
        let arguments: Vec<_> = arguments.iter().map(argument).collect();
        let types = function.ty(&self.store);
        let mut results: Vec<_> = types.results().iter().map(|ty| Val::default(*ty)).collect();
        match function.call(&mut self.store, &arguments, &mut results) {
            Ok(()) => Ok(results.iter().map(result).collect()),
            Err(error) => Err(failure(&error)),
        }
    }

    fn memory(&mut self, name: &str) -> &[u8] {
        let memory = self.instance.get_memory(&self.store, name);
        memory
            .expect("the name is that of a memory")
            .data(&self.store)
    }

    fn global(&mut self, name: &str) -> Value {
        let global = self.export(name).into_global();
        result(
            &global
                .expect("the name is that of a global")
                .get(&self.store),
        )
    }

    fn table(&mut self, name: &str) -> Vec<bool> {
        let table = self
            .export(name)
            .into_table()
            .expect("the name is that of a table");
        let elements = 0..table.size(&self.store);
        let element = |index| {
            table
                .get(&self.store, index)
                .expect("the index is within the table")
        };
        elements
            .map(|index| {
                matches!(
                    result(&element(index)),
                    Value::Func(true) | Value::Extern(true)
                )
            })
            .collect()
    }
}
