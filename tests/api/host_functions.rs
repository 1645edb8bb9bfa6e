//! Functions of the host: every signature, and calls in both directions.

use wazir::*;

#[test]
fn every_type_passes_both_ways() {
    let mut store = Store::new(&Engine::default(), ());
    macro_rules! echo {
        ($($ty:ty: $value:expr,)*) => {$({
            let echo = Func::wrap(&mut store, |value: $ty| value);
            let typed = echo.typed::<$ty, $ty>(&store).unwrap();
            let value: $ty = $value;
            assert_eq!(typed.call(&mut store, value).unwrap(), value, stringify!($ty));
            let mut results = [Val::I32(0)];
            echo.call(&mut store, &[Val::from(value)], &mut results).unwrap();
            assert_eq!(format!("{:?}", results[0]), format!("{:?}", Val::from(value)));
        })*};
    }
    echo! {
        i32: -5, u32: u32::MAX, i64: i64::MIN, u64: u64::MAX, f32: -0.5, f64: 1e300,
        V128: V128::from(0x0123_4567_89ab_cdef_0f1e_2d3c_4b5a_6978),
    }
    let signaling = f32::from_bits(0x7fa0_0001);
    let echo = Func::wrap(&mut store, |value: f32| value.to_bits());
    let echo = echo.typed::<f32, u32>(&store).unwrap();
    assert_eq!(echo.call(&mut store, signaling).unwrap(), 0x7fa0_0001);
}

#[test]
fn an_i32_is_zero_extended_on_its_way_to_the_guest() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let negative = Func::wrap(&mut store, || -1_i32);
    let module = crate::module(
        &engine,
        r#"(module (import "env" "negative" (func $negative (result i32)))
             (func (export "host") (result i64) (i64.extend_i32_u (call $negative)))
             (func (export "argument") (param i32) (result i64) (i64.extend_i32_u (local.get 0))))"#,
    );
    let instance = Instance::new(&mut store, &module, &[negative.into()]).unwrap();
    let host = instance
        .get_typed_func::<(), u64>(&mut store, "host")
        .unwrap();
    assert_eq!(host.call(&mut store, ()).unwrap(), 0xffff_ffff);
    let argument = instance
        .get_typed_func::<i32, u64>(&mut store, "argument")
        .unwrap();
    assert_eq!(argument.call(&mut store, -1).unwrap(), 0xffff_ffff);
}

#[test]
fn sixteen_parameters_and_results_with_and_without_a_caller() {
    type Many = (
        i32,
        i64,
        f32,
        f64,
        V128,
        i32,
        i64,
        f32,
        f64,
        V128,
        i32,
        i64,
        f32,
        f64,
        V128,
        i32,
    );
    // Tuples of more than 12 cannot be compared.
    let halves = |(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p): Many| {
        ((a, b, c, d, e, f, g, h), (i, j, k, l, m, n, o, p))
    };
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let vector = |low: u64| V128::from(u128::from(low) << 64 | 1);
    let many: Many = (
        1,
        2,
        3.0,
        4.0,
        vector(5),
        6,
        7,
        8.0,
        9.0,
        vector(10),
        11,
        12,
        13.0,
        14.0,
        vector(15),
        16,
    );
    macro_rules! order {
        ($($caller:ident: $caller_ty:ty)?) => {
            |$($caller: $caller_ty,)? a: i32, b: i64, c: f32, d: f64, e: V128, f: i32, g: i64, h: f32, i: f64,
             j: V128, k: i32, l: i64, m: f32, n: f64, o: V128, p: i32| {
                (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)
            }
        };
    }
    let plain = Func::wrap(&mut store, order!());
    let with_caller = Func::wrap(&mut store, order!(_caller: Caller<'_, ()>));
    let types = "i32 i64 f32 f64 v128 i32 i64 f32 f64 v128 i32 i64 f32 f64 v128 i32";
    let gets: String = (0..16)
        .map(|index| format!("(local.get {index})"))
        .collect();
    let module = crate::module(
        &engine,
        &format!(
            r#"(module (import "env" "many" (func $many (param {types}) (result {types})))
                 (func (export "run") (param {types}) (result {types}) (call $many {gets})))"#
        ),
    );
    for func in [plain, with_caller] {
        let direct = func.typed::<Many, Many>(&store).unwrap();
        assert_eq!(halves(direct.call(&mut store, many).unwrap()), halves(many));
        let instance = Instance::new(&mut store, &module, &[func.into()]).unwrap();
        let run = instance
            .get_typed_func::<Many, Many>(&mut store, "run")
            .unwrap();
        assert_eq!(halves(run.call(&mut store, many).unwrap()), halves(many));
        assert_eq!(func.ty(&store).params().len(), 16);
    }
}

#[test]
fn a_host_function_calls_back_into_the_guest_that_grows_its_memory() {
    let engine = Engine::default();
    let mut linker: Linker<u64> = Linker::new(&engine);
    linker
        .func_wrap(
            "env",
            "grow",
            |mut caller: Caller<'_, u64>, pages: u64| -> Result<u64> {
                let Some(Extern::Memory(memory)) = caller.get_export("memory") else {
                    panic!("a memory")
                };
                let Some(Extern::Func(poke)) = caller.get_export("poke") else {
                    panic!("a function")
                };
                memory.grow(&mut caller, pages)?;
                let last = memory.data_size(&caller) - 1;
                poke.typed::<u32, ()>(&caller)?
                    .call(&mut caller, last as u32)?;
                *caller.data_mut() += 1;
                Ok(u64::from(memory.data(&caller)[last]))
            },
        )
        .unwrap();
    let module = crate::module(
        &engine,
        r#"(module (import "env" "grow" (func $grow (param i64) (result i64)))
             (memory (export "memory") 1)
             (func (export "poke") (param i32) (i32.store8 (local.get 0) (i32.const 77)))
             (func (export "run") (result i64)
               (i64.add (call $grow (i64.const 40))
                 (i64.load8_u (i32.sub (i32.shl (memory.size) (i32.const 16)) (i32.const 1))))))"#,
    );
    let mut store = Store::new(&engine, 0);
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let run = instance
        .get_typed_func::<(), u64>(&mut store, "run")
        .unwrap();
    assert_eq!(run.call(&mut store, ()).unwrap(), 154);
    assert_eq!(*store.data(), 1);
}

#[test]
fn host_and_guest_cannot_nest_without_end() {
    let engine = Engine::default();
    let mut linker: Linker<u32> = Linker::new(&engine);
    linker
        .func_wrap(
            "env",
            "again",
            |mut caller: Caller<'_, u32>| -> Result<()> {
                *caller.data_mut() += 1;
                let Some(Extern::Func(run)) = caller.get_export("run") else {
                    panic!("a function")
                };
                run.call(&mut caller, &[], &mut [])
            },
        )
        .unwrap();
    let module = crate::module(
        &engine,
        r#"(module (import "env" "again" (func $again)) (func (export "run") (call $again)))"#,
    );
    let mut store = Store::new(&engine, 0);
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let run = instance
        .get_typed_func::<(), ()>(&mut store, "run")
        .unwrap();
    for _ in 0..2 {
        let error = run.call(&mut store, ()).unwrap_err();
        assert_eq!(error.trap(), Some(Trap::StackOverflow));
        assert!(
            (10..10_000).contains(store.data()),
            "{} levels",
            store.data()
        );
    }
}

#[test]
fn functions_of_run_time_types_check_their_results() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let ty = FuncType::new(&engine, [ValType::I32], [ValType::I64, ValType::F32]);
    let good = Func::new(&mut store, ty.clone(), |_, arguments, results| {
        results[0] = Val::I64(arguments[0].unwrap_i32().into());
        Ok(())
    });
    let mut results = [Val::I32(0), Val::I32(0)];
    good.call(&mut store, &[Val::I32(5)], &mut results).unwrap();
    assert!(matches!(results, [Val::I64(5), Val::F32(0)]), "{results:?}");
    let bad = Func::new(&mut store, ty, |_, _, results| {
        results[1] = Val::I32(1);
        Ok(())
    });
    let error = bad
        .call(&mut store, &[Val::I32(5)], &mut results)
        .unwrap_err();
    assert_eq!(format!("{error:#}"), "result 2: expected f32, found i32");
}

#[test]
fn functions_travel_as_references() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let module = crate::module(
        &engine,
        r#"(module
             (type $unary (func (param i32) (result i32)))
             (table 4 funcref)
             (func $double (export "double") (param i32) (result i32) (i32.shl (local.get 0) (i32.const 1)))
             (func (export "set") (param funcref) (table.set (i32.const 1) (local.get 0)))
             (func (export "get") (param i32) (result funcref) (table.get (local.get 0)))
             (func (export "call") (param i32) (result i32)
               (call_indirect (type $unary) (local.get 0) (i32.const 1)))
             (func (export "typed") (param (ref $unary)) (result i32)
               (call_ref $unary (i32.const 20) (local.get 0))))"#,
    );
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let set = instance
        .get_typed_func::<Option<Func>, ()>(&mut store, "set")
        .unwrap();
    let get = instance
        .get_typed_func::<i32, Option<Func>>(&mut store, "get")
        .unwrap();
    let call = instance
        .get_typed_func::<i32, i32>(&mut store, "call")
        .unwrap();
    let double = instance.get_func(&mut store, "double").unwrap();
    let triple = Func::wrap(&mut store, |value: i32| value * 3);
    let other = Func::wrap(&mut store, |value: i64| value);

    set.call(&mut store, Some(double)).unwrap();
    assert_eq!(
        (
            get.call(&mut store, 1).unwrap(),
            call.call(&mut store, 10).unwrap()
        ),
        (Some(double), 20)
    );
    set.call(&mut store, Some(triple)).unwrap();
    assert_eq!(
        (
            get.call(&mut store, 1).unwrap(),
            call.call(&mut store, 10).unwrap()
        ),
        (Some(triple), 30)
    );
    set.call(&mut store, Some(other)).unwrap();
    assert_eq!(
        call.call(&mut store, 10).unwrap_err().trap(),
        Some(Trap::BadSignature)
    );
    set.call(&mut store, None).unwrap();
    assert_eq!(get.call(&mut store, 1).unwrap(), None);
    assert_eq!(
        call.call(&mut store, 10).unwrap_err().trap(),
        Some(Trap::IndirectCallToNull)
    );

    let typed = instance
        .get_typed_func::<Func, i32>(&mut store, "typed")
        .unwrap();
    assert_eq!(typed.call(&mut store, triple).unwrap(), 60);
    let error = typed.call(&mut store, other).unwrap_err();
    assert!(error.to_string().starts_with("argument 1:"), "{error}");
    let untyped = instance.get_func(&mut store, "typed").unwrap();
    let mut results = [Val::I32(0)];
    untyped
        .call(&mut store, &[double.into()], &mut results)
        .unwrap();
    assert_eq!(results[0].unwrap_i32(), 40);
    assert!(
        untyped
            .call(&mut store, &[other.into()], &mut results)
            .is_err()
    );
    assert!(
        untyped
            .call(&mut store, &[Val::FuncRef(None)], &mut results)
            .is_err()
    );
    assert_eq!(double.ty(&store).to_string(), triple.ty(&store).to_string());
    assert!(
        Val::from(double)
            .matches_ty(&store, &ValType::FUNCREF)
            .unwrap()
    );
}

#[test]
fn a_caller_knows_its_instance_unless_the_host_calls() {
    let engine = Engine::default();
    let mut linker: Linker<Vec<bool>> = Linker::new(&engine);
    linker
        .func_wrap("env", "look", |mut caller: Caller<'_, Vec<bool>>| {
            let found = caller.get_export("here").is_some();
            assert_eq!(found, caller.instance().is_some());
            assert!(caller.get_export("not there").is_none());
            caller.data_mut().push(found);
        })
        .unwrap();
    let module = crate::module(
        &engine,
        r#"(module (import "env" "look" (func $look)) (func (export "here") (call $look))
             (export "direct" (func $look)))"#,
    );
    let mut store = Store::new(&engine, Vec::new());
    let instance = linker.instantiate(&mut store, &module).unwrap();
    for name in ["here", "direct"] {
        instance
            .get_typed_func::<(), ()>(&mut store, name)
            .unwrap()
            .call(&mut store, ())
            .unwrap();
    }
    assert_eq!(store.data(), &[true, false]);
}

#[test]
fn closures_are_dropped_with_their_store_and_linker() {
    use std::sync::Arc;
    let alive = Arc::new(());
    let engine = Engine::default();
    let mut linker = Linker::new(&engine);
    let held = alive.clone();
    linker
        .func_wrap("env", "f", move || drop(held.clone()))
        .unwrap();
    let module = crate::module(
        &engine,
        r#"(module (import "env" "f" (func $f)) (export "f" (func $f)))"#,
    );
    let mut store = Store::new(&engine, ());
    for _ in 0..3 {
        linker.instantiate(&mut store, &module).unwrap();
    }
    let held = alive.clone();
    let func = Func::wrap(&mut store, move || drop(held.clone()));
    func.call(&mut store, &[], &mut []).unwrap();
    assert_eq!(Arc::strong_count(&alive), 3);
    drop(linker);
    assert_eq!(
        Arc::strong_count(&alive),
        3,
        "the store still has the linker's closure"
    );
    drop(store);
    assert_eq!(Arc::strong_count(&alive), 1);
}
