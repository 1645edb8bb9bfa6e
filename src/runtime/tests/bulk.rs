//! Tests of what running code calls.

use super::*;

#[test]
fn active_segments_are_copied_and_dropped() {
    let mut it = fixture();
    let instance = it.instantiate(
        r#"(module (func $f (export "f")) (table (export "t") 4 funcref) (memory (export "m") 1)
            (elem (i32.const 1) $f $f) (elem (i32.const 3) funcref (ref.null func)) (elem func $f)
            (data (i32.const 65533) "abc") (data "xyz"))"#,
        &[],
    );
    let (f, t, m) = (
        it.func(instance, "f"),
        it.table(instance, "t"),
        it.memory(instance, "m"),
    );
    let word = it.word(f);
    assert_eq!(it.store.table(t).unwrap().elements(), [0, word, word, 0]);
    assert_eq!(it.store.memory(m).unwrap().bytes()[65_532..], *b"\0abc");
    let context = it.context(instance);
    // SAFETY: the instance has these segments, the table and the memory, and no code runs.
    unsafe {
        operations::table_init(context, 0, 0, 4, 0, 0).unwrap();
        let dropped = operations::table_init(context, 0, 0, 0, 0, 1);
        assert_eq!(trap(dropped), Some(Trap::TableOutOfBounds));
        operations::table_init(context, 0, 2, 3, 0, 1).unwrap();
        operations::elem_drop(context, 2);
        let dropped = operations::table_init(context, 0, 2, 3, 0, 1);
        assert_eq!(trap(dropped), Some(Trap::TableOutOfBounds));
        let dropped = operations::memory_init(context, 0, 0, 0, 0, 1);
        assert_eq!(trap(dropped), Some(Trap::MemoryOutOfBounds));
        operations::memory_init(context, 0, 1, 7, 1, 2).unwrap();
        let too_long = operations::memory_init(context, 0, 1, 7, 1, 3);
        assert_eq!(trap(too_long), Some(Trap::MemoryOutOfBounds));
        operations::data_drop(context, 1);
        operations::memory_init(context, 0, 1, 65_536, 0, 0).unwrap();
        let dropped = operations::memory_init(context, 0, 1, 7, 0, 1);
        assert_eq!(trap(dropped), Some(Trap::MemoryOutOfBounds));
    }
    assert_eq!(it.store.table(t).unwrap().elements()[3], word);
    assert_eq!(it.store.memory(m).unwrap().bytes()[6..10], *b"\0yz\0");
}

#[test]
fn bulk_operations_on_memories_check_bounds_first() {
    let mut it = fixture();
    let instance = it.instantiate(
        r#"(module (memory (export "m") 1) (memory (export "n") 1))"#,
        &[],
    );
    let context = it.context(instance);
    let (m, n) = (it.memory(instance, "m"), it.memory(instance, "n"));
    let out_of_bounds = Some(Trap::MemoryOutOfBounds);
    // SAFETY: the instance has both memories, and no code runs.
    unsafe {
        for (start, length) in [
            (65_536, 1),
            (65_535, 2),
            (1, u64::MAX),
            (u64::MAX, 1),
            (u64::MAX, 0),
        ] {
            assert_eq!(
                trap(operations::memory_fill(context, 0, start, 9, length)),
                out_of_bounds
            );
            let to = operations::memory_copy(context, 0, 1, start, 0, length);
            assert_eq!(trap(to), out_of_bounds);
            let from = operations::memory_copy(context, 0, 1, 0, start, length);
            assert_eq!(trap(from), out_of_bounds);
        }
        operations::memory_fill(context, 0, 65_536, 9, 0).unwrap();
        assert!(is_filled(it.store.memory(m).unwrap().bytes(), 0));
        operations::memory_fill(context, 0, 65_535, 9, 1).unwrap();
        operations::memory_copy(context, 1, 0, 3, 65_534, 2).unwrap();
    }
    assert_eq!(it.store.memory(n).unwrap().bytes()[2..6], [0, 0, 9, 0]);
}

#[test]
fn long_copies_overlap_correctly() {
    let mut it = fixture();
    let instance = it.instantiate(r#"(module (memory (export "m") 1))"#, &[]);
    let context = it.context(instance);
    let m = it.memory(instance, "m");
    let length = 10_000;
    let pattern = |index: usize| (index * 31 + index / 251) as u8;
    for (destination, source) in [(0, 301), (301, 0), (5, 5)] {
        let bytes = it.store.memory_mut(m).unwrap().bytes_mut();
        bytes
            .iter_mut()
            .enumerate()
            .for_each(|(index, byte)| *byte = pattern(index));
        // SAFETY: the instance has the memory, and no code runs.
        unsafe {
            operations::memory_copy(
                context,
                0,
                0,
                destination as u64,
                source as u64,
                length as u64,
            )
            .unwrap();
        }
        let bytes = it.store.memory(m).unwrap().bytes();
        let copied = (0..length).all(|index| bytes[destination + index] == pattern(source + index));
        assert!(copied, "from {source} to {destination}");
        assert_eq!(bytes[destination + length], pattern(destination + length));
    }
}

#[test]
fn long_table_operations_work_in_chunks() {
    let mut it = fixture();
    let instance = it.instantiate(r#"(module (table (export "t") 4000 externref))"#, &[]);
    let context = it.context(instance);
    let t = it.table(instance, "t");
    let count = 3000;
    for (index, element) in it
        .store
        .table_mut(t)
        .unwrap()
        .elements_mut()
        .iter_mut()
        .enumerate()
    {
        *element = index as u64;
    }
    // SAFETY: the instance has the table, and no code runs. The numbers are no references, but
    // nothing looks at them.
    unsafe {
        operations::table_copy(context, 0, 0, 100, 0, count).unwrap();
        let element = |index| operations::table_get(context, 0, index).unwrap();
        assert_eq!(
            [0, 99, 100, 3099, 3100].map(element),
            [0, 99, 0, 2999, 3100]
        );
        operations::table_copy(context, 0, 0, 0, 100, count).unwrap();
        assert_eq!([0, 100, 2999, 3000].map(element), [0, 100, 2999, 2900]);
        operations::table_fill(context, 0, 1000, 7, count).unwrap();
        assert_eq!([999, 1000, 3999].map(element), [999, 7, 7]);
        operations::table_set(context, 0, 5, 8).unwrap();
        assert_eq!(element(5), 8);
        let out_of_bounds = Some(Trap::TableOutOfBounds);
        assert_eq!(trap(operations::table_get(context, 0, 4000)), out_of_bounds);
        assert_eq!(
            trap(operations::table_get(context, 0, u64::MAX)),
            out_of_bounds
        );
        assert_eq!(
            trap(operations::table_set(context, 0, 4000, 0)),
            out_of_bounds
        );
        assert_eq!(
            trap(operations::table_fill(context, 0, 4000, 0, 1)),
            out_of_bounds
        );
        assert_eq!(
            trap(operations::table_copy(context, 0, 0, 1, 0, 4000)),
            out_of_bounds
        );
        assert_eq!(
            trap(operations::table_copy(context, 0, 0, 0, u64::MAX, 2)),
            out_of_bounds
        );
        assert_eq!(
            operations::table_grow(context, 0, 3, 2).unwrap(),
            Some(4000)
        );
        assert_eq!(element(4001), 3);
    }
    it.store.table_mut(t).unwrap().elements_mut().fill(0);
}

#[test]
fn bulk_operations_can_be_interrupted() {
    let mut it = fixture();
    let instance = it.instantiate(r#"(module (memory (export "m") 1))"#, &[]);
    let context = it.context(instance);
    let m = it.memory(instance, "m");
    it.store.interrupt_handle().interrupt();
    // SAFETY: the instance has the memory, and no code runs.
    let filled = unsafe { operations::memory_fill(context, 0, 0, 1, 1 << 16) };
    assert_eq!(trap(filled), Some(Trap::Interrupt));
    let bytes = it.store.memory(m).unwrap().bytes();
    assert_eq!((bytes[0], bytes[bytes.len() - 1]), (1, 0));
    // SAFETY: as above.
    unsafe { operations::memory_fill(context, 0, 0, 2, 1 << 16).unwrap() };
    assert!(is_filled(it.store.memory(m).unwrap().bytes(), 2));
}
