//! Modules in wasmtime.

use wasmtime::{
    Caller, Config, Engine, Extern, ExternType, Func, FuncType, Global, ImportType, Instance,
    Memory, Module, Ref, Store, Table, Tag, Trap, Val, ValType,
};

use super::host::{Host, Refused};
use super::{Agreement, Failure, Kind, Running};
use crate::value::{Type, Value};

pub(crate) struct Wasmtime {
    store: Store<Host>,
    instance: Instance,
}

fn type_of(ty: &ValType) -> Type {
    match ty {
        ValType::I32 => Type::I32,
        ValType::I64 => Type::I64,
        ValType::F32 => Type::F32,
        ValType::F64 => Type::F64,
        ValType::V128 => Type::V128,
        ValType::Ref(ty) if ty.heap_type().is_extern() => Type::Extern,
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
        other => panic!("{other:?} is of no type that is generated"),
    }
}

fn failure(error: &wasmtime::Error) -> Failure {
    match error.downcast_ref() {
        Some(Trap::StackOverflow) => Failure::Exhausted,
        Some(trap) => Failure::Trap(format!("{trap:?}")),
        None => Failure::Trap("other error".to_owned()),
    }
}

impl Wasmtime {
    /// The module with imports that are made for it.
    ///
    /// # Panics
    /// If wasmtime takes the module to be invalid.
    pub(crate) fn start(wasm: &[u8]) -> Result<Wasmtime, Failure> {
        let mut config = Config::new();
        config
            .wasm_memory64(true)
            .wasm_tail_call(true)
            .wasm_wide_arithmetic(true);
        let engine = Engine::new(&config).expect("the configuration is valid");
        let module = Module::new(&engine, wasm).expect("the module is valid");
        let mut store = Store::new(&engine, Host::new(1, Agreement::Standard));
        let entries = entries(&module);
        let instance = module
            .imports()
            .map(|import| imported(&mut store, &import, &entries))
            .collect::<wasmtime::Result<Vec<Extern>>>()
            .and_then(|imports| Instance::new(&mut store, &module, &imports));
        match instance {
            Ok(instance) => Ok(Wasmtime { store, instance }),
            Err(error) => Err(failure(&error)),
        }
    }

    fn export(&mut self, name: &str) -> Extern {
        let export = self.instance.get_export(&mut self.store, name);
        export.expect("the name is that of an export")
    }
}

impl Running for Wasmtime {
    fn exports(&mut self) -> Vec<(String, Kind)> {
        let exports = self.instance.exports(&mut self.store);
        let exports: Vec<_> = exports
            .map(|export| (export.name().to_owned(), export.into_extern()))
            .collect();
        let kind = |export| match export {
            Extern::Func(function) => {
                let ty = function.ty(&self.store);
                Kind::Function(ty.params().map(|ty| type_of(&ty)).collect())
            }
            Extern::Memory(_) => Kind::Memory,
            Extern::Global(_) => Kind::Global,
            Extern::Table(_) => Kind::Table,
            Extern::Tag(_) => Kind::Tag,
            _ => panic!("there are no other exports"),
        };
        let with_kind = |(name, export)| (name, kind(export));
        exports.into_iter().map(with_kind).collect()
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
        let global = global.expect("the name is that of a global");
        result(&global.get(&mut self.store))
    }

    fn table(&mut self, name: &str) -> Vec<bool> {
        let table = self.export(name).into_table();
        let table = table.expect("the name is that of a table");
        let elements = 0..table.size(&self.store);
        let is_null = |index| {
            let element = table.get(&mut self.store, index);
            element.expect("the index is within the table").is_null()
        };
        elements.map(is_null).collect()
    }

    fn host_calls(&mut self) -> Vec<String> {
        self.store.data_mut().take_calls()
    }
}

/// Something of the type that a module imports.
fn imported(
    store: &mut Store<Host>,
    import: &ImportType<'_>,
    entries: &[String],
) -> wasmtime::Result<Extern> {
    Ok(match import.ty() {
        ExternType::Func(ty) => host_function(store, import.name(), ty, entries).into(),
        ExternType::Global(ty) => {
            let value = argument(&store.data_mut().value(type_of(ty.content())));
            Global::new(store, ty, value)?.into()
        }
        ExternType::Table(ty) => {
            let null = match ty.element().heap_type().is_extern() {
                true => Ref::Extern(None),
                false => Ref::Func(None),
            };
            Table::new(store, ty, null)?.into()
        }
        ExternType::Memory(ty) => Memory::new(store, ty)?.into(),
        ExternType::Tag(ty) => Tag::new(store, &ty)?.into(),
    })
}

fn host_function(store: &mut Store<Host>, name: &str, ty: FuncType, entries: &[String]) -> Func {
    let (name, types, entries) = (name.to_owned(), ty.clone(), entries.to_vec());
    let call = move |mut caller: Caller<'_, Host>, arguments: &[Val], results: &mut [Val]| {
        let arguments: Vec<_> = arguments.iter().map(result).collect();
        let types = types.results().map(|ty| type_of(&ty));
        let given: Result<_, Refused> = caller.data_mut().call(&name, &arguments, types);
        call_back(&mut caller, &entries)?;
        for (result, value) in results.iter_mut().zip(given?) {
            *result = argument(&value);
        }
        Ok(())
    };
    Func::new(store, ty, call)
}

/// The functions through which the host calls the guest in turn.
fn entries(module: &Module) -> Vec<String> {
    let is_entry = |ty: &ExternType| matches!(ty, ExternType::Func(ty) if ty.params().len() == 0);
    let exports = module.exports().filter(|export| is_entry(&export.ty()));
    let mut names: Vec<_> = exports.map(|export| export.name().to_owned()).collect();
    names.sort();
    names
}

/// Calls the guest from the host, or not.
fn call_back(caller: &mut Caller<'_, Host>, entries: &[String]) -> wasmtime::Result<()> {
    let Some(entry) = caller.data_mut().enter(entries.len()) else {
        return Ok(());
    };
    // While an instance is being made there is none yet.
    let function = caller
        .get_export(&entries[entry])
        .and_then(Extern::into_func);
    let outcome = function.map_or(Ok(()), |function| {
        let mut results = vec![Val::I32(0); function.ty(&mut *caller).results().len()];
        function.call(&mut *caller, &[], &mut results)
    });
    let failed = outcome.as_ref().copied().map_err(failure);
    let left = caller.data_mut().leave(failed.as_ref().copied());
    match failed {
        Err(Failure::Exhausted) => outcome,
        _ => Ok(left?),
    }
}
