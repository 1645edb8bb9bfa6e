//! Memories, tables, globals, types and modules as objects.

use wazir::*;

#[test]
fn memory_accesses_are_checked_against_the_present_size() {
    let mut store = Store::new(&Engine::default(), 7_u8);
    let memory = Memory::new(&mut store, MemoryType::new(1, Some(3))).unwrap();
    let mut buffer = [1; 4];
    memory.write(&mut store, 65_532, &[1, 2, 3, 4]).unwrap();
    memory.read(&store, 65_532, &mut buffer).unwrap();
    assert_eq!(buffer, [1, 2, 3, 4]);
    assert_eq!(
        memory
            .write(&mut store, 65_533, &[0; 4])
            .unwrap_err()
            .to_string(),
        "out of bounds memory access: 4 bytes at address 65533, but the memory has 65536 bytes"
    );
    for (pointer, length) in [
        (u64::MAX, 1),
        (1, u64::MAX),
        (65_537, 0),
        (u64::MAX, u64::MAX),
    ] {
        assert!(memory.slice(&store, pointer, length).is_err());
        assert!(memory.slice_mut(&mut store, pointer, length).is_err());
        assert!(memory.str(&store, pointer, length).is_err());
    }
    assert!(
        memory.slice(&store, -1_i32, 0).is_err(),
        "an i32 counts as unsigned"
    );
    assert_eq!(memory.slice(&store, 65_536_u32, 0_u32).unwrap(), []);
    assert_eq!(memory.grow(&mut store, 2).unwrap(), 1);
    assert!(memory.grow(&mut store, 1).is_err());
    assert_eq!(
        memory.slice(&store, 65_532, 8).unwrap(),
        [1, 2, 3, 4, 0, 0, 0, 0]
    );
    assert_eq!(
        (memory.size(&store), memory.data_size(&store)),
        (3, 3 << 16)
    );
    assert_eq!(memory.ty(&store).minimum(), 3);
    let (bytes, data) = memory.data_and_store_mut(&mut store);
    bytes[5] = *data;
    *data += 1;
    assert_eq!((memory.data(&store)[5], *store.data()), (7, 8));
    memory.write(&mut store, 0, b"\xff").unwrap();
    assert!(
        memory
            .str(&store, 0, 1)
            .unwrap_err()
            .to_string()
            .contains("not UTF-8")
    );
    assert!(Memory::new(&mut store, MemoryType::new(2, Some(1))).is_err());
    assert!(Memory::new(&mut store, MemoryType::new(65_537, None)).is_err());
}

#[test]
fn tables_hold_references_of_their_type() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let number = Func::wrap(&mut store, || 1);
    let other = Func::wrap(&mut store, || 1_i64);
    let of_numbers = RefType::new(true, HeapType::ConcreteFunc(number.ty(&store)));
    let table = Table::new(
        &mut store,
        TableType::new(of_numbers, 2, Some(6)),
        number.into(),
    )
    .unwrap();
    assert!(table.set(&mut store, 0, other.into()).is_err());
    assert!(table.set(&mut store, 2, number.into()).is_err());
    assert!(table.set(&mut store, 0, Ref::Extern(None)).is_err());
    assert_eq!(table.grow(&mut store, 4, Ref::Func(None)).unwrap(), 2);
    assert!(table.grow(&mut store, 1, Ref::Func(None)).is_err());
    let row = |store: &mut Store<()>, table: Table| -> Vec<bool> {
        (0..table.size(&*store))
            .map(|index| !table.get(&mut *store, index).unwrap().is_null())
            .collect()
    };
    assert_eq!(
        row(&mut store, table),
        [true, true, false, false, false, false]
    );
    Table::copy(&mut store, &table, 1, &table, 0, 4).unwrap();
    assert_eq!(
        row(&mut store, table),
        [true, true, true, false, false, false]
    );
    table.fill(&mut store, 4, number.into(), 2).unwrap();
    assert!(table.fill(&mut store, 5, number.into(), 2).is_err());
    assert_eq!(
        row(&mut store, table),
        [true, true, true, false, true, true]
    );
    let general = Table::new(
        &mut store,
        TableType::new(RefType::FUNCREF, 6, None),
        Ref::Func(None),
    )
    .unwrap();
    Table::copy(&mut store, &general, 0, &table, 3, 3).unwrap();
    assert_eq!(
        row(&mut store, general),
        [false, true, true, false, false, false]
    );
    assert!(
        Table::copy(&mut store, &table, 0, &general, 0, 1).is_err(),
        "the other way some might not fit"
    );
    assert!(Table::copy(&mut store, &general, 5, &table, 0, 2).is_err());
    assert_eq!(
        table.get(&mut store, 0).unwrap().unwrap_func(),
        Some(&number)
    );
}

#[test]
fn globals_keep_their_type_and_mutability() {
    let mut store = Store::new(&Engine::default(), ());
    let constant = Global::new(
        &mut store,
        GlobalType::new(ValType::I64, Mutability::Const),
        5_i64.into(),
    )
    .unwrap();
    assert!(constant.set(&mut store, 6_i64.into()).is_err());
    let vector = V128::from(u128::MAX - 5);
    let variable = Global::new(
        &mut store,
        GlobalType::new(ValType::V128, Mutability::Var),
        V128::from(1).into(),
    )
    .unwrap();
    variable.set(&mut store, vector.into()).unwrap();
    assert!(variable.set(&mut store, 6_i64.into()).is_err());
    assert_eq!(
        (
            variable.get(&mut store).unwrap_v128(),
            constant.get(&mut store).unwrap_i64()
        ),
        (vector, 5)
    );
    assert!(variable.ty(&store).content().is_v128() && constant.ty(&store).mutability().is_const());
    assert!(
        Global::new(
            &mut store,
            GlobalType::new(ValType::I32, Mutability::Var),
            1_i64.into()
        )
        .is_err()
    );
}

#[test]
fn a_modules_types_can_be_looked_at() {
    let engine = Engine::default();
    let module = crate::module(
        &engine,
        r#"(module $named
             (type $pair (func (param i32 (ref null $pair)) (result i64)))
             (import "a" "f" (func (type $pair)))
             (import "a" "m" (memory i64 1 9))
             (import "a" "t" (table 3 externref))
             (global (export "g") (mut f32) (f32.const 1))
             (memory (export "mem") 2 4)
             (func (export "run") (param f64) (result v128) unreachable)
             (table (export "table") 1 2 (ref null $pair))
             (tag (export "tag") (param i32))
             (@custom "meta" "data") (@custom "meta" "more"))"#,
    );
    assert_eq!(module.name(), Some("named"));
    let imports: Vec<_> = module
        .imports()
        .map(|import| format!("{}.{}: {}", import.module(), import.name(), import.ty()))
        .collect();
    assert_eq!(imports.len(), 3);
    assert!(imports[1].starts_with("a.m: a memory"), "{imports:?}");
    let pair = module.imports().next().unwrap().ty().unwrap_func().clone();
    let second = pair.param(1).unwrap();
    assert_eq!(
        second.unwrap_ref().heap_type().as_concrete_func(),
        Some(&pair),
        "a type that mentions itself"
    );
    assert!(second.matches(&ValType::FUNCREF) && !ValType::FUNCREF.matches(&second));
    let names: Vec<_> = module
        .exports()
        .map(|export| export.name().to_string())
        .collect();
    assert_eq!(names, ["g", "mem", "run", "table", "tag"]);
    assert_eq!(
        module.get_export("mem").unwrap().unwrap_memory().maximum(),
        Some(4)
    );
    assert!(
        module
            .get_export("run")
            .unwrap()
            .unwrap_func()
            .result(0)
            .unwrap()
            .is_v128()
    );
    assert_eq!(
        module
            .get_export("tag")
            .unwrap()
            .unwrap_tag()
            .ty()
            .params()
            .len(),
        1
    );
    assert_eq!(module.get_export("other"), None);
    let sections: Vec<_> = module
        .custom_sections()
        .map(|section| (section.name(), section.data()))
        .collect();
    assert!(
        sections.contains(&("meta", b"data")) && sections.contains(&("meta", b"more")),
        "{sections:?}"
    );
    drop(module);
    assert_eq!(pair.params().len(), 2, "a type object keeps its type alive");
}

#[test]
fn equal_types_are_equal_within_an_engine() {
    let engine = Engine::default();
    let ty = |engine: &Engine| FuncType::new(engine, [ValType::I32], [ValType::FUNCREF]);
    assert_eq!(ty(&engine), ty(&engine));
    assert_ne!(ty(&engine), ty(&Engine::default()));
    assert!(ty(&engine).matches(&ty(&engine)) && !ty(&engine).matches(&ty(&Engine::default())));
    let concrete = RefType::new(false, HeapType::ConcreteFunc(ty(&engine)));
    assert!(concrete.matches(&RefType::FUNCREF));
    assert!(
        RefType::new(true, HeapType::NoFunc)
            .matches(&RefType::new(true, concrete.heap_type().clone()))
    );
    assert!(HeapType::I31.matches(&HeapType::Any) && !HeapType::Extern.matches(&HeapType::Any));
    assert_eq!(ValType::FUNCREF.to_string(), "funcref");
    assert_eq!(RefType::new(true, HeapType::None).to_string(), "nullref");
}

#[test]
fn modes_of_compilation_run_the_same_and_find_errors_when_they_say() {
    let good = r#"(module (func (export "f") (result i32) (i32.const 9)))"#;
    // The body of the second function leaves an i64 where an i32 is expected.
    let bad = r#"(module (func (export "f") (result i32) (i32.const 9))
        (func (export "bad") (result i32) (i64.const 9)))"#;
    for mode in [
        CompilationMode::Eager,
        CompilationMode::LazyTranslation,
        CompilationMode::Lazy,
    ] {
        let engine = Engine::new(Config::new().compilation_mode(mode)).unwrap();
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &crate::module(&engine, good), &[]).unwrap();
        let func = instance.get_typed_func::<(), i32>(&mut store, "f").unwrap();
        assert_eq!(func.call(&mut store, ()).unwrap(), 9);
        let made = Module::new(&engine, wat::parse_str(bad).unwrap());
        if mode != CompilationMode::Lazy {
            assert_eq!(made.unwrap_err().kind(), ErrorKind::Invalid);
            continue;
        }
        let instance = Instance::new(&mut store, &made.unwrap(), &[]).unwrap();
        let func = instance.get_typed_func::<(), i32>(&mut store, "f").unwrap();
        assert_eq!(func.call(&mut store, ()).unwrap(), 9);
        let func = instance
            .get_typed_func::<(), i32>(&mut store, "bad")
            .unwrap();
        for _ in 0..2 {
            let error = func.call(&mut store, ()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        }
    }
}

#[test]
fn an_export_is_found_by_its_place_in_the_module_that_it_is_of() {
    let engine = Engine::default();
    let text = r#"(module (memory (export "memory") 1) (func (export "seven") (result i32) (i32.const 7)))"#;
    let (module, other) = (crate::module(&engine, text), crate::module(&engine, text));
    let seven = module.get_export_index("seven").unwrap();
    assert!(module.get_export_index("eight").is_none());
    assert_eq!(format!("{seven:?}"), r#"ModuleExport("seven")"#);
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let func = instance.get_module_export(&mut store, &seven).unwrap();
    let func = func.into_func().unwrap().typed::<(), i32>(&store).unwrap();
    assert_eq!(func.call(&mut store, ()).unwrap(), 7);
    let instance = Instance::new(&mut store, &other, &[]).unwrap();
    assert!(instance.get_module_export(&mut store, &seven).is_none());
}

#[test]
fn null_references_unwrap_to_nothing() {
    assert!(Ref::Extern(None).unwrap_extern().is_none());
    assert!(Ref::Func(None).unwrap_func().is_none());
    let other = std::panic::catch_unwind(|| Ref::Func(None).unwrap_extern().is_none());
    assert!(other.is_err());
}

#[test]
fn types_are_shown_in_the_words_of_the_text_format() {
    let engine = Engine::default();
    let module = crate::module(
        &engine,
        r#"(module
             (import "env" "memory" (memory i64 1 16))
             (func (export "f") (param i32 funcref) (result f64) unreachable)
             (table (export "t") 10 20 funcref)
             (global (export "g") (mut i64) (i64.const 0))
             (global (export "c") i32 (i32.const 0)))"#,
    );
    let shown: Vec<String> = module
        .imports()
        .map(|import| format!("{:?}", import.ty()))
        .chain(module.exports().map(|export| format!("{:?}", export.ty())))
        .collect();
    let expected = [
        "Memory(MemoryType(i64 1 16))",
        "Func(FuncType([i32 funcref] -> [f64]))",
        "Table(TableType(10 20 funcref))",
        "Global(GlobalType(mut i64))",
        "Global(GlobalType(i32))",
    ];
    assert_eq!(shown, expected);
    assert_eq!(
        format!("{:?}", MemoryType::shared(1, 2)),
        "MemoryType(1 2 shared)"
    );
}

#[test]
fn a_memory_type_that_cannot_be_is_not_built() {
    let build = |change: fn(&mut MemoryTypeBuilder) -> &mut MemoryTypeBuilder| {
        change(&mut MemoryTypeBuilder::new()).build()
    };
    let ty = build(|builder| builder.min(1).max(Some(2)).shared(true)).unwrap();
    assert_eq!(ty, MemoryType::shared(1, 2));
    assert_eq!(
        build(|builder| builder.min(1 << 48).memory64(true)).unwrap(),
        MemoryType::new64(1 << 48, None)
    );
    for (change, part) in [
        (
            (|builder| builder.min(3).max(Some(2)))
                as fn(&mut MemoryTypeBuilder) -> &mut MemoryTypeBuilder,
            "greater than its maximum",
        ),
        (|builder| builder.min((1 << 16) + 1), "reach"),
        (|builder| builder.max(Some((1 << 16) + 1)), "reach"),
        (|builder| builder.min((1 << 48) + 1).memory64(true), "reach"),
        (|builder| builder.shared(true), "needs a maximum"),
        (|builder| builder.page_size_log2(0), "64 KiB"),
    ] {
        let message = build(change).unwrap_err().to_string();
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn function_types_have_as_many_parameters_and_results_as_modules_can_give_them() {
    let engine = Engine::default();
    let of = |params: usize, results: usize| {
        let types = |count| std::iter::repeat_n(ValType::V128, count);
        FuncType::new(&engine, types(params), types(results))
    };
    assert_eq!(of(1_000, 1_000).params().len(), 1_000);
    for (params, results) in [(1_001, 0), (0, 1_001), (100_000, 0)] {
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| of(params, results)));
        let message = *made.unwrap_err().downcast::<String>().unwrap();
        assert!(message.contains("more than 1000"), "{message}");
    }
    // The largest one works: two slots for each value.
    let mut store = Store::new(&engine, ());
    let echo = Func::new(&mut store, of(1_000, 1_000), |_, params, results| {
        results.clone_from_slice(params);
        Ok(())
    });
    let params: Vec<Val> = (0..1_000_u128)
        .map(|value| Val::V128(value.into()))
        .collect();
    let mut results = vec![Val::I32(0); 1_000];
    echo.call(&mut store, &params, &mut results).unwrap();
    assert_eq!(results[999].unwrap_v128().as_u128(), 999);
}
