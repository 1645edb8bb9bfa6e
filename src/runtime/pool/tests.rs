//! Tests of the places of memories.

use super::*;
use crate::wasm::types::Limits;

const PAGE_BYTES: usize = 1 << 16;

fn memory_type(is_64: bool) -> MemoryType {
    MemoryType {
        limits: Limits { min: 0, max: None },
        is_64,
        shared: false,
    }
}

fn place(pool: &MemoryPool, bytes: usize) -> Backing {
    pool.place(&memory_type(false), bytes, MAX_BYTES_32, None)
        .expect("there is memory")
}

fn mapping(place: &Backing) -> &Mapping {
    match place {
        Backing::Mapped(mapping) => mapping,
        Backing::Allocated(_) => panic!("there is address space"),
    }
}

fn reserving(reservation_bytes: u64) -> Arc<MemoryPool> {
    MemoryPool::new(MemoryOptions {
        reservation_bytes,
        ..MemoryOptions::default()
    })
}

#[test]
fn reservations_are_used_again_as_far_as_the_next_memory_reaches() {
    for reservation_bytes in [1 << 20, 1 << 32, 1 << 33] {
        let pool = reserving(reservation_bytes);
        for [before, after] in [[2, 2], [2, 0], [0, 2], [8, 1], [1, 8]] {
            let first = place(&pool, before * PAGE_BYTES);
            let base = first.base();
            pool.give_back(first, 0..before * PAGE_BYTES);
            let second = place(&pool, after * PAGE_BYTES);
            assert_eq!(second.base(), base);
            assert_eq!(mapping(&second).usable_bytes(), after * PAGE_BYTES);
            pool.give_back(second, 0..0);
        }
        assert_eq!(pool.spare.lock().len(), 1);
    }
}

#[test]
fn the_reservation_that_is_ready_is_taken_first() {
    let pool = reserving(1 << 32);
    let places = [1, 2, 3].map(|pages| place(&pool, pages * PAGE_BYTES));
    let bases = places.each_ref().map(Backing::base);
    places.into_iter().for_each(|it| pool.give_back(it, 0..1));
    assert_eq!(place(&pool, 2 * PAGE_BYTES).base(), bases[1]);
    // None is ready: the last one that was used.
    assert_eq!(place(&pool, 9 * PAGE_BYTES).base(), bases[2]);
}

#[test]
fn an_engine_keeps_only_so_many_reservations_and_only_usual_ones() {
    let pool = reserving(1 << 32);
    let places: Vec<_> = (0..MAX_SPARE + 3)
        .map(|_| place(&pool, PAGE_BYTES))
        .collect();
    places.into_iter().for_each(|it| pool.give_back(it, 0..1));
    assert_eq!(pool.spare.lock().len(), MAX_SPARE);
    pool.spare.lock().clear();
    let small = Mapping::reserve(Reservation {
        bytes: 1 << 30,
        before_bytes: 0,
        after_bytes: 0,
    });
    pool.give_back(Backing::Mapped(small.unwrap()), 0..0);
    let unguarded = Mapping::reserve(Reservation {
        bytes: 1 << 33,
        before_bytes: 0,
        after_bytes: 0,
    });
    pool.give_back(Backing::Mapped(unguarded.unwrap()), 0..0);
    assert_eq!(pool.spare.lock().len(), 0);
}

#[test]
fn guards_lie_around_all_memories_that_they_cover() {
    let options = MemoryOptions {
        reservation_bytes: (1 << 32) + (1 << 20),
        guard_bytes: 1 << 21,
        ..MemoryOptions::default()
    };
    let pool = MemoryPool::new(options);
    assert_eq!(pool.mode(), MemoryMode::Guarded);
    let guards = pool.guards;
    for max_bytes in [0, PAGE_BYTES, MAX_BYTES_32] {
        let place = pool.place(&memory_type(false), 0, max_bytes, None);
        let has = mapping(&place.unwrap()).reservation();
        assert!(has.before_bytes as u64 >= guards.before_bytes && guards.before_bytes == 1 << 16);
        let reach = (has.bytes + has.after_bytes) as u64;
        assert!(reach >= (1 << 32) + guards.behind_bytes);
    }
    let behind = (1 << 20) + (1 << 21);
    let ty = memory_type(false);
    assert!(guards.cover(&ty, 0, 16) && guards.cover(&ty, behind - 16, 16));
    assert!(!guards.cover(&ty, behind - 15, 16) && !guards.cover(&ty, u64::MAX, 2));
    assert!(!guards.cover(&memory_type(true), 0, 1));
    assert!(!MemoryGuards::NONE.cover(&ty, 0, 1));
}

/// Code that counts on guards must not meet a memory without them.
#[test]
fn a_memory_that_must_be_guarded_but_cannot_be_is_not_made() {
    for must_guard in [false, true] {
        let options = MemoryOptions {
            // More than there is.
            reservation_bytes: 1 << 60,
            must_guard,
            ..MemoryOptions::default()
        };
        let pool = MemoryPool {
            options,
            guards: options.guards(),
            spare: Mutex::default(),
        };
        assert_eq!(pool.mode(), MemoryMode::Guarded);
        let made = |is_64| pool.place(&memory_type(is_64), PAGE_BYTES, PAGE_BYTES, None);
        assert_eq!(made(false).is_some(), !must_guard);
        assert!(made(true).is_some(), "no code counts on its guards");
    }
}
