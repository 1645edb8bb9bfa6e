//! Modules in wazir.

use wazir::{
    Caller, CompilationMode, Config, Engine, Extern, ExternType, Func, FuncType, Global, HeapType,
    ImportType, Instance, Memory, Module, Ref, Store, Strategy, Table, Tag, Trap, Val, ValType,
};

use super::host::{Host, Refused};
use super::{Agreement, Failure, Kind, Running};
use crate::value::{Type, Value};

/// The fuel of a call that may go on to its end.
pub(crate) const PLENTY: u64 = 1 << 40;

pub(crate) struct Wazir {
    store: Store<Host>,
    instance: Instance,
    way: Way,
    /// How many of the module's functions are machine code.
    pub(crate) compiled: u64,
}

/// One of the ways of running a module: by which engine, what is done when, and what is checked on the way.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Way {
    strategy: Strategy,
    mode: CompilationMode,
    /// The fuel of each call, if fuel is counted.
    fuel: Option<u64>,
    interruptable: bool,
    /// Whether machine code relies on the guards of memories.
    has_guards: bool,
    /// How much address space a memory has to grow in: anything beyond moves it.
    reservation: Option<u64>,
    /// After how many calls and iterations machine code takes over.
    tiers: Option<(u32, u32)>,
}

impl Way {
    /// Two ways of interpreting that together have code with checks and without; neighbouring seeds have others.
    pub(crate) fn pair(seed: u64) -> [Way; 2] {
        const MODES: [CompilationMode; 3] = [
            CompilationMode::Eager,
            CompilationMode::LazyTranslation,
            CompilationMode::Lazy,
        ];
        let mode = |number: u64| MODES[(number % 3) as usize];
        let checks = seed / 3 % 3;
        let plain = Way {
            mode: mode(seed),
            ..Way::interpreted(None, false)
        };
        let checked = Way {
            mode: mode(seed + 1 + seed / 9),
            fuel: (checks != 0).then_some(PLENTY),
            interruptable: checks != 1,
            ..plain
        };
        [plain, checked]
    }

    pub(crate) fn interpreted(fuel: Option<u64>, interruptable: bool) -> Way {
        Way {
            strategy: Strategy::Interpreter,
            mode: CompilationMode::LazyTranslation,
            fuel,
            interruptable,
            has_guards: true,
            reservation: None,
            tiers: None,
        }
    }

    /// The same in the interpreter at first, and in machine code after so many calls and iterations as a seed says.
    pub(crate) fn tiered(self, seed: u64) -> Way {
        let counts = [(0, 0), (1, 1), (1, 0), (2, 7), (0, 2), (5, 3), (3, 40)];
        Way {
            strategy: Strategy::Auto,
            tiers: Some(counts[(seed % counts.len() as u64) as usize]),
            has_guards: !seed.is_multiple_of(3),
            ..self
        }
    }

    /// The same in machine code: with guards, with the comparisons that guards make superfluous, and with memories
    /// that move when they grow.
    pub(crate) fn compiled(self) -> [Way; 3] {
        let guarded = Way {
            strategy: Strategy::Compiler,
            ..self
        };
        let checked = Way {
            has_guards: false,
            ..guarded
        };
        let moving = Way {
            reservation: Some(0),
            ..checked
        };
        [guarded, checked, moving]
    }

    /// Whether all is machine code that can be.
    pub(crate) fn is_compiled(self) -> bool {
        self.strategy == Strategy::Compiler
    }

    /// Whether there is no fuel that stops the code.
    pub(crate) fn does_go_on(self) -> bool {
        self.fuel.is_none_or(|fuel| fuel == PLENTY)
    }

    fn config(self) -> Config {
        let mut config = Config::new();
        config
            .strategy(self.strategy)
            .compilation_mode(self.mode)
            .consume_fuel(self.fuel.is_some())
            .interruptable(self.interruptable)
            .signals_based_traps(self.has_guards)
            .wasm_wide_arithmetic(true)
            // Tests run on all processors already.
            .parallel_compilation(false);
        if let Some(bytes) = self.reservation {
            config.memory_reservation(bytes);
        }
        if let Some((calls, iterations)) = self.tiers {
            config
                .tier_up_calls(calls)
                .tier_up_iterations(iterations)
                .compiler_threads(0);
        }
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
    /// The module with imports that are made for it.
    ///
    /// # Panics
    /// If wazir takes the module to be invalid.
    pub(crate) fn start(wasm: &[u8], way: Way, agreement: Agreement) -> Result<Wazir, Failure> {
        let engine = Engine::new(&way.config()).expect("the configuration is valid");
        let module = Module::new(&engine, wasm).expect("the module is valid");
        let mut store = Store::new(&engine, Host::new(1, agreement));
        if let Some(fuel) = way.fuel {
            store.set_fuel(fuel).expect("the engine counts fuel");
        }
        let entries = entries(&module);
        let instance = module
            .imports()
            .map(|import| imported(&mut store, &import, &entries))
            .collect::<wazir::Result<Vec<Extern>>>()
            .and_then(|imports| Instance::new(&mut store, &module, &imports));
        match instance {
            Ok(instance) => Ok(Wazir {
                store,
                instance,
                way,
                compiled: module.tier_stats().compiled_functions as u64,
            }),
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
            Extern::Tag(_) => Kind::Tag,
            _ => panic!("there are no other exports"),
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
        if let Some(fuel) = self.way.fuel {
            self.store.set_fuel(fuel).expect("the engine counts fuel");
        }
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

    fn host_calls(&mut self) -> Vec<String> {
        self.store.data_mut().take_calls()
    }

    fn fuel(&mut self) -> Option<u64> {
        self.store.get_fuel().ok()
    }
}

/// Something of the type that a module imports.
fn imported(
    store: &mut Store<Host>,
    import: &ImportType<'_>,
    entries: &[String],
) -> wazir::Result<Extern> {
    Ok(match import.ty() {
        ExternType::Func(ty) => host_function(store, import.name(), ty, entries).into(),
        ExternType::Global(ty) => {
            let value = argument(&store.data_mut().value(type_of(ty.content())));
            Global::new(store, ty, value)?.into()
        }
        ExternType::Table(ty) => {
            let null = match type_of(&ValType::Ref(ty.element().clone())) {
                Type::Extern => Ref::Extern(None),
                _ => Ref::Func(None),
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
        let given = caller.data_mut().call(&name, &arguments, types);
        call_back(&mut caller, &entries)?;
        for (result, value) in results.iter_mut().zip(given.map_err(error)?) {
            *result = argument(&value);
        }
        Ok(())
    };
    Func::new(store, ty, call)
}

fn error(refused: Refused) -> wazir::Error {
    wazir::Error::new(refused)
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
fn call_back(caller: &mut Caller<'_, Host>, entries: &[String]) -> wazir::Result<()> {
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
        _ => left.map_err(error),
    }
}
