//! Code as programs that embed wasmtime have it, unchanged but for the crate's name.

use wazir as wasmtime;

use wasmtime::{
    AsContextMut, Caller, Config, Engine, Extern, ExternType, Func, FuncType, Global, GlobalType,
    Instance, Linker, Memory, MemoryType, Module, Mutability, Ref, RefType, Result, Store,
    StoreLimits, StoreLimitsBuilder, Table, TableType, Trap, TypedFunc, Val, ValType,
};

struct MyState {
    name: String,
    count: usize,
    limits: StoreLimits,
}

#[test]
fn hello() -> Result<()> {
    let mut config = Config::new();
    config
        .wasm_multi_memory(true)
        .wasm_simd(true)
        .consume_fuel(true)
        .max_wasm_stack(512 * 1024);
    let engine = Engine::new(&config)?;
    let module = Module::new(&engine, wat::parse_str(HELLO).unwrap())?;
    let mut store = Store::new(
        &engine,
        MyState {
            name: "hello, world!".to_string(),
            count: 0,
            limits: StoreLimitsBuilder::new()
                .memory_size(1 << 20)
                .instances(2)
                .build(),
        },
    );
    store.limiter(|state| &mut state.limits);
    store.set_fuel(10_000)?;

    let hello_func = Func::wrap(&mut store, |mut caller: Caller<'_, MyState>, times: i32| {
        let greeting = format!("{} {}", caller.data().name, times);
        caller.data_mut().count += greeting.len();
    });
    let imports = [hello_func.into()];
    let instance = Instance::new(&mut store, &module, &imports)?;
    let run: TypedFunc<(), ()> = instance.get_typed_func::<(), ()>(&mut store, "run")?;
    run.call(&mut store, ())?;
    assert_eq!(store.data().count, 15);
    assert!(store.get_fuel()? < 10_000);
    Ok(())
}

const HELLO: &str = r#"(module (import "" "hello" (func $hello (param i32)))
    (func (export "run") (call $hello (i32.const 3))))"#;

fn read_string(caller: &mut Caller<'_, Vec<String>>, ptr: i32, len: i32) -> Result<String> {
    let mem = match caller.get_export("memory") {
        Some(Extern::Memory(mem)) => mem,
        _ => return Err(wasmtime::Error::msg("failed to find host memory")),
    };
    let data = mem
        .data(&caller)
        .get(ptr as u32 as usize..)
        .and_then(|arr| arr.get(..len as u32 as usize));
    match data {
        Some(data) => Ok(std::str::from_utf8(data)?.to_owned()),
        None => Err(Trap::MemoryOutOfBounds.into()),
    }
}

#[test]
fn linker_and_memory() -> Result<()> {
    let engine = Engine::default();
    let mut linker = Linker::new(&engine);
    linker.func_wrap(
        "host",
        "log",
        |mut caller: Caller<'_, Vec<String>>, ptr: i32, len: i32| -> Result<()> {
            let string = read_string(&mut caller, ptr, len)?;
            caller.data_mut().push(string);
            Ok(())
        },
    )?;
    let double_type = FuncType::new(
        &engine,
        [ValType::I32].iter().cloned(),
        [ValType::I32].iter().cloned(),
    );
    linker.func_new("host", "double", double_type, |_caller, params, results| {
        results[0] = Val::I32(params[0].unwrap_i32() * 2);
        Ok(())
    })?;
    let mut store = Store::new(&engine, Vec::new());
    let ty = GlobalType::new(ValType::I64, Mutability::Var);
    let global = Global::new(&mut store, ty, Val::I64(40))?;
    linker.define(&store, "host", "global", global)?;
    let module = Module::new(
        &engine,
        wat::parse_str(
            r#"(module (import "host" "log" (func $log (param i32 i32)))
                 (import "host" "double" (func $double (param i32) (result i32)))
                 (import "host" "global" (global $global (mut i64)))
                 (memory (export "memory") 2 3)
                 (data (i32.const 4) "hello")
                 (func (export "run") (result i32)
                   (call $log (i32.const 4) (i32.const 5))
                   (global.set $global (i64.const 41))
                   (call $double (i32.const 21)))
                 (func (export "oops") (call $log (i32.const -1) (i32.const 5))))"#,
        )
        .unwrap(),
    )?;
    for import in module.imports() {
        match import.ty() {
            ExternType::Func(ty) => assert_eq!(
                ty.params().len(),
                if import.name() == "log" { 2 } else { 1 }
            ),
            ExternType::Global(ty) => assert_eq!(ty.mutability(), Mutability::Var),
            other => panic!("unexpected {other:?}"),
        }
    }
    let pre = linker.instantiate_pre(&module)?;
    let instance = pre.instantiate(&mut store)?;
    let run = instance
        .get_func(&mut store, "run")
        .expect("`run` was not an exported function");
    let run = run.typed::<(), i32>(&store)?;
    assert_eq!(run.call(&mut store, ())?, 42);
    assert_eq!(store.data(), &["hello"]);
    assert_eq!(global.get(&mut store).i64(), Some(41));

    let oops = instance.get_typed_func::<(), ()>(&mut store, "oops")?;
    let trap = oops.call(&mut store, ()).unwrap_err();
    assert_eq!(trap.downcast_ref::<Trap>(), Some(&Trap::MemoryOutOfBounds));
    assert_eq!(trap.downcast::<Trap>()?, Trap::MemoryOutOfBounds);

    let memory = instance.get_memory(&mut store, "memory").unwrap();
    assert_eq!(memory.size(&store), 2);
    assert_eq!(memory.data_size(&store), 0x20000);
    memory.data_mut(&mut store)[0x1003] = 6;
    assert_eq!(memory.grow(&mut store, 1)?, 2);
    assert!(memory.grow(&mut store, 1).is_err());
    let mut buffer = [0; 2];
    memory.read(&store, 0x1002, &mut buffer)?;
    assert_eq!(buffer, [0, 6]);
    Ok(())
}

/// Generic over whatever gives a store.
fn sum(mut store: impl AsContextMut<Data = Vec<i32>>, memory: Memory) -> usize {
    store.as_context_mut().data_mut().push(1);
    let ctx = &store.as_context();
    memory
        .data(ctx)
        .iter()
        .map(|byte| usize::from(*byte))
        .sum::<usize>()
        + ctx.data().len()
}

#[test]
fn contexts_and_tables() -> Result<()> {
    let engine = Engine::default();
    let mut store = Store::new(&engine, vec![]);
    let memory = Memory::new(&mut store, MemoryType::new(1, None))?;
    memory.write(&mut store, 10, &[1, 2, 3])?;
    assert_eq!(sum(&mut store, memory), 7);
    assert_eq!(sum(store.as_context_mut(), memory), 8);

    let table = Table::new(
        &mut store,
        TableType::new(RefType::FUNCREF, 1, None),
        Ref::Func(None),
    )?;
    assert!(table.get(&mut store, 0).unwrap().unwrap_func_is_null());
    let func = Func::wrap(&mut store, |a: i32, b: f64| -> f64 { f64::from(a) + b });
    table.grow(&mut store, 1, func.into())?;
    let Some(Ref::Func(Some(found))) = table.get(&mut store, 1) else {
        panic!("a function")
    };
    let mut results = [Val::F64(0)];
    found.call(&mut store, &[Val::I32(1), 0.5f64.into()], &mut results)?;
    assert_eq!(results[0].f64(), Some(1.5));
    Ok(())
}

trait NullFunc {
    fn unwrap_func_is_null(&self) -> bool;
}

impl NullFunc for Ref {
    fn unwrap_func_is_null(&self) -> bool {
        self.as_func() == Some(None)
    }
}

#[test]
fn interruption_by_epochs() -> Result<()> {
    let mut config = Config::new();
    config.epoch_interruption(true);
    let engine = Engine::new(&config)?;
    let mut store = Store::new(&engine, ());
    store.set_epoch_deadline(1);
    let wasm = wat::parse_str(r#"(module (func (export "run") (loop br 0)))"#).unwrap();
    let instance = Instance::new(&mut store, &Module::new(&engine, wasm)?, &[])?;
    let run = instance.get_typed_func::<(), ()>(&mut store, "run")?;
    std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(10));
        engine.increment_epoch();
    });
    let trap = run.call(&mut store, ()).unwrap_err().downcast::<Trap>()?;
    assert_eq!(trap, Trap::Interrupt);
    Ok(())
}
