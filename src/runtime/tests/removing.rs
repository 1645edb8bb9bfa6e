//! Tests of what is left after instances fail or are removed, and after a reset.

use super::*;

#[test]
fn a_failed_instantiation_leaves_nothing_unless_others_can_call_it() {
    let mut it = fixture();
    let owner = it.instantiate(r#"(module (table (export "t") 2 funcref))"#, &[]);
    let t = it.table(owner, "t");
    let before = it.store.total_bytes;
    let own_table = r#"(module (memory 1) (table 2 funcref) (func $f) (elem (i32.const 0) $f)
        (data (i32.const 65536) "x"))"#;
    assert_eq!(
        trap(it.try_instantiate(own_table, &[])),
        Some(Trap::MemoryOutOfBounds)
    );
    assert_eq!(
        (it.store.instances.count(), it.store.total_bytes),
        (1, before)
    );
    assert_eq!((it.store.memories.count(), it.store.tables.count()), (0, 1));

    let shared_table = r#"(module (import "" "t" (table 2 funcref)) (memory 1) (func $f)
        (elem (i32.const 1) $f) (elem (i32.const 2) $f) (data (i32.const 0) "x"))"#;
    let failed = it.try_instantiate(shared_table, &[Extern::Table(t)]);
    assert_eq!(trap(failed), Some(Trap::TableOutOfBounds));
    assert_eq!(
        (it.store.instances.count(), it.store.memories.count()),
        (2, 1)
    );
    let word = it.store.table(t).unwrap().elements()[1];
    let function = NonNull::new(VmFunction::from_word(word)).expect("the function stays");
    // SAFETY: the table holds a function of the store.
    let f = unsafe { it.store.function_id(function) }.unwrap();
    let (leftover, index) = it.origin(f).expect("an instance defines it");
    assert!(leftover != owner && index == 0);
    // When the last reference goes, so does the instance, at the next occasion.
    it.store.table_mut(t).unwrap().elements_mut()[1] = 0;
    assert_eq!(it.store.orphans.len(), 1);
    it.instantiate("(module)", &[]);
    assert_eq!(it.store.instances.count(), 2);
    assert!(it.store.orphans.is_empty());
    assert_eq!(it.store.function(f), Err(BadHandle::Removed));
}

#[test]
fn a_leftover_goes_with_the_instance_that_kept_it() {
    let mut it = fixture();
    let owner = it.instantiate(r#"(module (table (export "t") 1 funcref))"#, &[]);
    let t = it.export(owner, "t");
    let text = r#"(module (import "" "t" (table 1 funcref)) (func $f) (elem (i32.const 0) $f)
        (elem (i32.const 1) $f))"#;
    assert!(it.try_instantiate(text, &[t]).is_err());
    assert_eq!(it.store.instances.count(), 2);
    it.store.remove(owner).unwrap();
    assert_eq!((it.store.instances.count(), it.store.total_bytes), (0, 0));
}

#[test]
fn a_leftover_keeps_what_it_uses_as_long_as_it_is_used() {
    let mut it = fixture();
    let owner = it.instantiate(r#"(module (table (export "t") 2 funcref))"#, &[]);
    let t = it.table(owner, "t");
    let leftover = |index: u32| {
        alloc::format!(
            r#"(module (import "" "t" (table 2 funcref)) (table 1 funcref) (func $f)
                (elem (table 0) (i32.const {index}) func $f) (elem (table 0) (i32.const 2) func $f))"#
        )
    };
    for index in [0, 1] {
        assert!(
            it.try_instantiate(&leftover(index), &[Extern::Table(t)])
                .is_err()
        );
    }
    // The second one's own table is all that has a function of the first one.
    let elements = it.store.table(t).unwrap().elements().to_vec();
    let second = it.context(it.store.orphans[1]);
    // SAFETY: the instance has the table, and no code runs.
    unsafe { operations::table_set(second, 1, 0, elements[0]) }.unwrap();
    it.store.table_mut(t).unwrap().elements_mut()[0] = 0;
    it.instantiate("(module)", &[]);
    assert_eq!((it.store.orphans.len(), it.store.searched_orphans), (2, 2));
    let ty = GlobalType {
        content: ValType::Ref(RefType::FUNCREF),
        mutable: true,
    };
    let global = it.store.new_global(ty, [elements[1], 0]).unwrap();
    let (_, text) = kind_and_text(it.store.remove(owner));
    assert!(
        text.ends_with("another instance imports its table"),
        "{text}"
    );
    assert_eq!(it.store.instances.count(), 4);
    it.store.set_global(global, [0, 0]).unwrap();
    it.store.remove(owner).unwrap();
    assert_eq!((it.store.instances.count(), it.store.orphans.len()), (1, 0));
}

#[test]
fn an_instance_in_use_is_not_removed_and_the_user_is_named() {
    let uses = [
        (r#"(import "" "f" (func))"#, "f", "imports its function"),
        (r#"(import "" "m" (memory 1))"#, "m", "imports its memory"),
        (
            r#"(import "" "t" (table 1 funcref))"#,
            "t",
            "imports its table",
        ),
        (r#"(import "" "g" (global i32))"#, "g", "imports its global"),
        (r#"(import "" "e" (tag))"#, "e", "imports its tag"),
    ];
    for (import, name, by) in uses {
        let mut it = fixture();
        let used = it.instantiate(
            r#"(module (func (export "f")) (memory (export "m") 1) (table (export "t") 1 funcref)
                (global $g i32 (i32.const 1)) (global (export "g") i32 (i32.const 2)) (tag (export "e")))"#,
            &[],
        );
        let import_handle = it.export(used, name);
        let user = it.instantiate(&alloc::format!("(module $user {import})"), &[import_handle]);
        let (kind, text) = kind_and_text(it.store.remove(used));
        assert_eq!(kind, ErrorKind::Link);
        assert!(
            text.ends_with(&alloc::format!("the instance of `user` {by}")),
            "{text}"
        );
        it.store.remove(user).unwrap();
        it.store.remove(used).unwrap();
        assert_eq!((it.store.instances.count(), it.store.total_bytes), (0, 0));
        assert_eq!(
            kind_and_text(it.store.remove(used)).1,
            BadHandle::Removed.to_string()
        );
    }
}

#[test]
fn function_references_keep_their_instance() {
    let mut it = fixture();
    let used = it.instantiate(r#"(module (func (export "f")))"#, &[]);
    let f = it.func(used, "f");
    let word = it.word(f);
    let holder = it.instantiate(
        r#"(module (table (export "t") 3 funcref) (global (export "g") (mut funcref) (ref.null func)))"#,
        &[],
    );
    let (t, g) = (it.table(holder, "t"), it.global(holder, "g"));
    it.store.table_mut(t).unwrap().elements_mut()[2] = word;
    let (_, text) = kind_and_text(it.store.remove(used));
    assert!(
        text.ends_with("element 2 of a table of another instance is its function"),
        "{text}"
    );
    it.store.table_mut(t).unwrap().elements_mut()[2] = 0;
    it.store.set_global(g, [word, 0]).unwrap();
    let (_, text) = kind_and_text(it.store.remove(used));
    assert!(
        text.ends_with("another instance holds its function in a global"),
        "{text}"
    );
    it.store.set_global(g, [0, 0]).unwrap();
    let ty = GlobalType {
        content: ValType::Ref(RefType::FUNCREF),
        mutable: true,
    };
    let global = it.store.new_global(ty, [word, 0]).unwrap();
    let (_, text) = kind_and_text(it.store.remove(used));
    assert!(
        text.ends_with("a global of the host holds its function"),
        "{text}"
    );
    it.store.set_global(global, [0, 0]).unwrap();
    it.store.remove(used).unwrap();
    assert_eq!(it.store.function(f), Err(BadHandle::Removed));
}

#[test]
fn a_kept_element_segment_keeps_instances() {
    let mut it = fixture();
    let used = it.instantiate(r#"(module (func (export "f")))"#, &[]);
    let f = it.func(used, "f");
    let ty = GlobalType {
        content: ValType::Ref(RefType::FUNCREF),
        mutable: false,
    };
    let word = it.word(f);
    let global = it.store.new_global(ty, [word, 0]).unwrap();
    let holder = it.instantiate(
        r#"(module (import "" "g" (global $g funcref)) (elem funcref (global.get $g)))"#,
        &[Extern::Global(global)],
    );
    it.store.set_global(global, [0, 0]).unwrap();
    let (_, text) = kind_and_text(it.store.remove(used));
    assert!(
        text.ends_with("another instance holds its function in an element segment"),
        "{text}"
    );
    let context = it.context(holder);
    // SAFETY: the instance has the segment, and no code runs.
    unsafe { operations::elem_drop(context, 0) };
    it.store.remove(used).unwrap();
}

#[test]
fn own_references_do_not_keep_an_instance() {
    let mut it = fixture();
    let instance = it.instantiate(
        r#"(module (func $f (export "f")) (table 1 funcref) (elem (i32.const 0) $f)
            (elem funcref (ref.func $f)) (global (export "g") funcref (ref.func $f)) (memory 2)
            (tag (export "e")))"#,
        &[],
    );
    it.global(instance, "g");
    it.func(instance, "f");
    assert!(it.store.total_bytes > 131_072);
    it.store.remove(instance).unwrap();
    assert_eq!(it.store.total_bytes, 0);
    assert_eq!(
        (it.store.tables.count(), it.store.functions.count()),
        (0, 0)
    );
    assert_eq!((it.store.globals.count(), it.store.tags.count()), (0, 0));
}

#[test]
fn nothing_is_removed_while_a_call_runs_or_is_suspended() {
    let mut it = fixture();
    let instance = it.instantiate("(module)", &[]);
    // SAFETY: the store outlives the activation.
    let activation = unsafe { Activation::enter(it.address()) }.unwrap();
    assert!(
        kind_and_text(it.store.remove(instance))
            .1
            .ends_with("a call is running")
    );
    assert!(
        kind_and_text(it.store.reset())
            .1
            .ends_with("a call is running")
    );
    drop(activation);
    let stack = it.store.new_stack().unwrap();
    // SAFETY: as above.
    let activation = unsafe { Activation::enter_on(it.address(), &stack) }.unwrap();
    let top = it.store.vm().stack_top;
    it.store.vm().stack_top = top.wrapping_add(8);
    activation.suspend();
    let (_, text) = kind_and_text(it.store.remove(instance));
    assert!(text.contains("a call is suspended"), "{text}");
    drop(stack);
    it.store.remove(instance).unwrap();
}

#[test]
fn a_reset_store_is_empty_and_knows_no_old_handle() {
    let mut it = fixture();
    let dropped = Arc::new(AtomicUsize::new(0));
    let host = it.host_function(&dropped);
    let text = r#"(module (import "" "h" (func (param i32))) (memory (export "m") 2))"#;
    let instance = it.instantiate(text, &[Extern::Func(host)]);
    let memory = it.memory(instance, "m");
    it.store.memory_mut(memory).unwrap().bytes_mut().fill(0xAA);
    let base = it.store.memory(memory).unwrap().base();
    it.store.extern_refs_mut().root_owned(7).unwrap();
    let value = it.store.new_extern(Box::new(1)).unwrap();
    let handle = it.store.interrupt_handle();
    it.store.reset().unwrap();
    handle.interrupt();
    assert!(
        it.store.poll().is_ok(),
        "a tenant cannot interrupt the next one"
    );
    assert_eq!(dropped.load(Ordering::Relaxed), 1);
    assert_eq!(it.store.memory(memory).err(), Some(BadHandle::Foreign));
    assert_eq!(it.store.function(host).err(), Some(BadHandle::Foreign));
    assert_eq!(it.store.instance(instance).err(), Some(BadHandle::Foreign));
    assert!(it.store.extern_refs().get(value).is_none());
    assert_eq!((it.store.total_bytes, it.store.memories.count()), (0, 0));
    // The next tenant gets the same addresses, but not the content.
    let next = it.store.new_memory(pages(2, None)).unwrap();
    let next = it.store.memory(next).unwrap();
    if cfg!(all(
        target_os = "linux",
        any(target_arch = "x86_64", target_arch = "aarch64"),
        not(miri)
    )) {
        assert_eq!(next.base(), base);
    }
    assert!(is_filled(next.bytes(), 0));
}
