//! Tests of how memories and tables grow, and of the limits.

use super::*;

/// A pool whose memories reserve as much.
fn reserving(reservation_bytes: u64) -> Arc<MemoryPool> {
    MemoryPool::new(MemoryOptions {
        reservation_bytes,
        ..MemoryOptions::default()
    })
}

#[test]
fn memories_grow_and_keep_their_content() {
    // On 32 bits the last one becomes 0 as well.
    for reservation in [0_u64, 3 << 16, 1 << 32] {
        let types = Arc::new(TypeRegistry::new());
        let options = StoreOptions {
            memories: reserving(reservation),
            ..Default::default()
        };
        let mut store = StoreInner::new(types, options);
        let memory = store.new_memory(pages(1, Some(9))).unwrap();
        store.memory_mut(memory).unwrap().bytes_mut()[65_535] = 7;
        let sizes: Vec<_> = [0, 1, 2, 5, 1]
            .map(|delta| store.grow_memory(memory, delta).unwrap())
            .into();
        assert_eq!(sizes, [Some(1), Some(1), Some(2), Some(4), None]);
        let memory = store.memory(memory).unwrap();
        assert_eq!((memory.pages(), memory.bytes()[65_535]), (9, 7));
        assert!(is_filled(&memory.bytes()[..65_535], 0) && is_filled(&memory.bytes()[65_536..], 0));
        assert_eq!(
            memory.ty().limits,
            Limits {
                min: 9,
                max: Some(9)
            }
        );
        assert_eq!(store.total_bytes, 9 * 65_536);
    }
}

#[test]
fn growth_that_has_to_copy_can_be_interrupted_and_loses_nothing() {
    // Without a reservation there is nothing but copying.
    let options = StoreOptions {
        memories: reserving(0),
        ..Default::default()
    };
    let types = Arc::new(TypeRegistry::new());
    let mut it = Fixture {
        store: StoreInner::new(Arc::clone(&types), options),
        types,
    };
    let instance = it.instantiate(r#"(module (memory (export "m") 3))"#, &[]);
    let (context, memory) = (it.context(instance), it.memory(instance, "m"));
    let written = [0, 4_095, 65_536, 3 * 65_536 - 1];
    for index in written {
        it.store.memory_mut(memory).unwrap().bytes_mut()[index] = 7;
    }
    let total = it.store.total_bytes;
    it.store.interrupt_handle().interrupt();
    // SAFETY: the instance has the memory, and no code runs.
    let interrupted = unsafe { operations::memory_grow(context, 0, 1) };
    assert_eq!(trap(interrupted), Some(Trap::Interrupt));
    assert_eq!(it.store.memory(memory).unwrap().pages(), 3);
    assert_eq!(it.store.total_bytes, total);
    // The host's growth is no running code.
    it.store.interrupt_handle().interrupt();
    assert_eq!(it.store.grow_memory(memory, 1).unwrap(), Some(3));
    let memory = it.store.memory(memory).unwrap();
    let nonzero: Vec<_> = (0..memory.bytes().len())
        .filter(|&index| memory.bytes()[index] != 0)
        .collect();
    assert_eq!((memory.pages(), nonzero), (4, written.to_vec()));
}

#[test]
fn many_small_growths_move_the_content_seldom() {
    for reservation in [0, 4 << 16] {
        let options = StoreOptions {
            memories: reserving(reservation),
            ..Default::default()
        };
        let mut store = StoreInner::new(Arc::new(TypeRegistry::new()), options);
        let memory = store.new_memory(pages(1, None)).unwrap();
        let (mut moves, mut base) = (0, store.memory(memory).unwrap().base());
        for _ in 1..200 {
            store.grow_memory(memory, 1).unwrap().unwrap();
            let new_base = store.memory(memory).unwrap().base();
            moves += u32::from(new_base != base);
            base = new_base;
        }
        assert!(moves < 25, "{moves} moves");
    }
}

/// As many pages as a 64-bit memory may have; more where asking for so much memory is not refused but
/// ends the test.
const HUGE: u64 = if cfg!(miri) { 1 << 48 } else { (1 << 47) - 2 };

#[test]
fn sizes_beyond_all_limits_are_refused() {
    let mut it = fixture();
    let too_large = [
        pages(65_536, None),
        pages(u64::MAX, None),
        MemoryType {
            is_64: true,
            ..pages(1 << 48, None)
        },
        MemoryType {
            is_64: true,
            ..pages(HUGE, None)
        },
        MemoryType {
            is_64: true,
            ..pages(u64::MAX, None)
        },
    ];
    for ty in too_large {
        let (kind, text) = kind_and_text(it.store.new_memory(ty));
        assert_eq!(kind, ErrorKind::Resource, "{text}");
    }
    for elements in [
        elements(RefType::FUNCREF, u64::MAX, None),
        elements(RefType::FUNCREF, 10_000_001, None),
    ] {
        let (kind, text) = kind_and_text(it.store.new_table(elements, 0));
        assert_eq!(kind, ErrorKind::Resource, "{text}");
    }
    assert_eq!((it.store.total_bytes, it.store.memories.count()), (0, 0));
    let narrow = it.store.new_memory(pages(0, None)).unwrap();
    let wide = it
        .store
        .new_memory(MemoryType {
            is_64: true,
            ..pages(1, None)
        })
        .unwrap();
    let table = it
        .store
        .new_table(elements(RefType::FUNCREF, 1, None), 0)
        .unwrap();
    for delta in [65_536, 1 << 47, 1 << 48, u64::MAX] {
        assert_eq!(it.store.grow_memory(narrow, delta).unwrap(), None);
        assert_eq!(
            it.store.grow_table(table, delta << 16 | delta, 0).unwrap(),
            None
        );
    }
    for delta in [HUGE, 1 << 47, 1 << 48, u64::MAX] {
        assert_eq!(it.store.grow_memory(wide, delta).unwrap(), None);
    }
    assert_eq!(it.store.total_bytes, 65_536 + 8);
}

#[test]
fn an_access_below_the_fast_limit_is_within_bounds() {
    let mut it = fixture();
    let instance = it.instantiate(r#"(module (memory 0))"#, &[]);
    let context = it.context(instance);
    // SAFETY: the instance has a memory, and no code runs.
    unsafe {
        let memory = (*context).memory0;
        assert_eq!(((*memory).fast_limit, (*memory).size_bytes), (0, 0));
        assert!(!(*memory).base.is_null());
        assert_eq!(operations::memory_grow(context, 0, 1).unwrap(), Some(0));
        assert_eq!(
            ((*memory).fast_limit, (*memory).size_bytes),
            (65_536 - 15, 65_536)
        );
        assert_eq!(operations::memory_grow(context, 0, u64::MAX).unwrap(), None);
    }
    let without = it.instantiate("(module)", &[]);
    // SAFETY: the context is alive, and no code runs.
    assert_eq!(unsafe { (*(*it.context(without)).memory0).size_bytes }, 0);
}

#[test]
fn limits_hold_for_each_and_for_all() {
    let limits = StoreLimitsBuilder::new()
        .memory_size(3 << 16)
        .table_elements(10)
        .memories(2)
        .tables(1)
        .instances(2)
        .build();
    let mut it = fixture_with(limits);
    let memory = it.store.new_memory(pages(1, None)).unwrap();
    assert_eq!(it.store.grow_memory(memory, 3).unwrap(), None);
    assert_eq!(it.store.grow_memory(memory, 2).unwrap(), Some(1));
    assert_eq!(
        kind_and_text(it.store.new_memory(pages(4, None))).0,
        ErrorKind::Resource
    );
    it.store.new_memory(pages(0, None)).unwrap();
    let (_, text) = kind_and_text(it.store.new_memory(pages(0, None)));
    assert_eq!(text, "the store's limit of 2 memories is reached");
    let (_, text) = kind_and_text(it.try_instantiate("(module (memory 0))", &[]));
    assert_eq!(text, "the store's limit of 2 memories is reached");
    let table = it
        .store
        .new_table(elements(RefType::FUNCREF, 8, None), 0)
        .unwrap();
    assert_eq!(it.store.grow_table(table, 3, 0).unwrap(), None);
    assert_eq!(it.store.grow_table(table, 2, 0).unwrap(), Some(8));
    assert!(
        it.store
            .new_table(elements(RefType::FUNCREF, 0, None), 0)
            .is_err()
    );
    assert_eq!(it.store.grow_table(table, 0, 0).unwrap(), Some(10));
    it.instantiate("(module)", &[]);
    it.instantiate("(module)", &[]);
    let (_, text) = kind_and_text(it.try_instantiate("(module)", &[]));
    assert_eq!(text, "the store's limit of 2 instances is reached");
}

#[test]
fn one_total_holds_for_all_that_guests_cause() {
    let mut it = fixture_with(StoreLimitsBuilder::new().total_bytes(200_000).build());
    let first = it.store.new_memory(pages(1, None)).unwrap();
    let second = it.store.new_memory(pages(1, None)).unwrap();
    assert_eq!(it.store.grow_memory(first, 1).unwrap(), Some(1));
    assert_eq!(it.store.grow_memory(second, 1).unwrap(), None);
    assert!(it.store.new_memory(pages(1, None)).is_err());
    let table = it
        .store
        .new_table(elements(RefType::FUNCREF, 100, None), 0)
        .unwrap();
    assert_eq!(it.store.grow_table(table, 1000, 0).unwrap(), None);
    assert_eq!(it.store.total_bytes, 3 * 65_536 + 800);
    let many_globals = alloc::format!("(module {})", "(global i32 (i32.const 1))".repeat(500));
    assert_eq!(
        kind_and_text(it.try_instantiate(&many_globals, &[])).0,
        ErrorKind::Resource
    );
    assert_eq!(it.store.total_bytes, 3 * 65_536 + 800);
}

#[test]
fn a_failed_growth_can_be_an_error() {
    let limits = StoreLimitsBuilder::new()
        .memory_size(2 << 16)
        .table_elements(10)
        .total_bytes(180_000)
        .trap_on_grow_failure(true)
        .build();
    let mut it = fixture_with(limits);
    let memory = it.store.new_memory(pages(1, None)).unwrap();
    let table = it
        .store
        .new_table(elements(RefType::FUNCREF, 1, Some(4)), 0)
        .unwrap();
    assert_eq!(
        kind_and_text(it.store.grow_memory(memory, 2)).0,
        ErrorKind::Resource
    );
    assert_eq!(
        kind_and_text(it.store.grow_memory(memory, u64::MAX)).0,
        ErrorKind::Resource
    );
    assert_eq!(
        kind_and_text(it.store.grow_table(table, 10, 0)).0,
        ErrorKind::Resource
    );
    assert_eq!(
        kind_and_text(it.store.grow_table(table, 4, 0)).0,
        ErrorKind::Resource
    );
    it.store.new_memory(pages(1, None)).unwrap();
    let (_, text) = kind_and_text(it.store.grow_memory(memory, 1));
    assert!(text.contains("StoreLimitsBuilder::total_bytes"), "{text}");
}

struct Recorder {
    asked: Vec<(usize, usize, Option<usize>)>,
    failures: usize,
    allows: bool,
}

impl ResourceLimiter for Recorder {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool, Error> {
        self.asked.push((current, desired, maximum));
        Ok(self.allows)
    }

    fn memory_grow_failed(&mut self, _: Error) -> Result<(), Error> {
        self.failures += 1;
        Ok(())
    }

    fn table_growing(&mut self, _: usize, _: usize, _: Option<usize>) -> Result<bool, Error> {
        Ok(self.allows)
    }

    fn memories(&self) -> usize {
        3
    }
}

#[test]
fn the_embedders_limiter_is_found_in_the_data_and_asked() {
    let mut data = Recorder {
        asked: Vec::new(),
        failures: 0,
        allows: true,
    };
    let mut it = fixture();
    let address: *mut Recorder = &mut data;
    it.store.set_data(address.cast());
    // SAFETY: the data is a `Recorder` that outlives the store, and is looked at in between only.
    unsafe {
        it.store
            .set_limiter(|data: &mut Recorder| data as &mut dyn ResourceLimiter)
    };
    let memory = it.store.new_memory(pages(1, Some(5))).unwrap();
    assert_eq!(it.store.grow_memory(memory, 1).unwrap(), Some(1));
    assert_eq!(it.store.grow_memory(memory, 4).unwrap(), None);
    // SAFETY: the store does not use the data now.
    unsafe { (*address).allows = false };
    assert_eq!(it.store.grow_memory(memory, 0).unwrap(), Some(2));
    assert_eq!(it.store.grow_memory(memory, 1).unwrap(), None);
    assert!(
        it.store
            .new_table(elements(RefType::FUNCREF, 1, None), 0)
            .is_err()
    );
    // SAFETY: as above.
    unsafe { (*address).allows = true };
    it.store.new_memory(pages(0, None)).unwrap();
    it.store.new_memory(pages(0, None)).unwrap();
    assert!(it.store.new_memory(pages(0, None)).is_err());
    drop(it);
    let page = 65_536;
    let asked = [
        (0, page, Some(5 * page)),
        (page, 2 * page, Some(5 * page)),
        (2 * page, 6 * page, Some(5 * page)),
        (2 * page, 3 * page, Some(5 * page)),
        (0, 0, None),
        (0, 0, None),
    ];
    assert_eq!((&data.asked[..], data.failures), (&asked[..], 1));
}

#[test]
fn limits_know_the_maximum_of_the_type() {
    let mut limits = StoreLimits::default();
    assert!(limits.memory_growing(0, 5, Some(5)).unwrap());
    assert!(!limits.memory_growing(0, 6, Some(5)).unwrap());
    assert!(limits.table_growing(0, 5, Some(5)).unwrap());
    assert!(!limits.table_growing(0, 6, Some(5)).unwrap());
    assert!(limits.memory_growing(0, usize::MAX, None).unwrap());
}
