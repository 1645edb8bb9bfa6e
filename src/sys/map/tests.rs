//! Tests of reservations and images.

use super::*;

fn reserve(bytes: usize) -> Mapping {
    let reservation = Reservation {
        bytes,
        before_bytes: GRANULE_BYTES,
        after_bytes: 1 << 20,
    };
    Mapping::reserve(reservation).expect("there are addresses")
}

fn byte(mapping: &Mapping, index: usize) -> *mut u8 {
    assert!(index < mapping.usable_bytes);
    mapping.base.as_ptr().wrapping_add(index)
}

fn get(mapping: &Mapping, index: usize) -> u8 {
    // SAFETY: `byte` checks that the byte is usable; nobody else has the mapping.
    unsafe { *byte(mapping, index) }
}

fn set(mapping: &mut Mapping, index: usize, value: u8) {
    // SAFETY: as above.
    unsafe { *byte(mapping, index) = value };
}

#[test]
fn a_mapping_becomes_usable_bit_by_bit_without_moving() {
    let mut mapping = reserve(1 << 32);
    let base = mapping.base();
    assert!(mapping.commit(1) && mapping.usable_bytes == GRANULE_BYTES);
    set(&mut mapping, 5, 7);
    assert!(mapping.commit(1 << 20) && mapping.commit(100));
    assert_eq!((mapping.usable_bytes, mapping.base()), (1 << 20, base));
    assert_eq!((get(&mapping, 5), get(&mapping, (1 << 20) - 1)), (7, 0));
    assert!(!mapping.commit((1 << 32) + 1) && !mapping.commit(usize::MAX));
}

#[test]
fn an_enlarged_mapping_keeps_its_content() {
    for committed in [3 << 16, 1 << 20] {
        let mut mapping = reserve(1 << 20);
        assert!(!mapping.enlarge(1 << 21, 1 << 20), "nothing to move");
        // In steps, so that the system may have noted more than one range.
        for end in (GRANULE_BYTES..=committed).step_by(GRANULE_BYTES) {
            assert!(mapping.commit(end));
            set(&mut mapping, end - 1, 7);
        }
        assert!(!mapping.enlarge(1 << 19, 1 << 19), "not larger");
        assert!(!mapping.enlarge(1 << 21, 1 << 22), "too little");
        assert!(!mapping.enlarge(usize::MAX, 1 << 20) && !mapping.enlarge(1 << 62, 1 << 20));
        let before = (mapping.base, mapping.reservation, mapping.usable_bytes);
        let is_enlarged = mapping.enlarge(1 << 30, (1 << 20) + 1);
        assert_eq!(is_enlarged, cfg!(target_os = "linux"));
        if !is_enlarged {
            let after = (mapping.base, mapping.reservation, mapping.usable_bytes);
            assert_eq!(before, after);
            continue;
        }
        let sizes = (mapping.reservation.bytes, mapping.usable_bytes);
        assert_eq!(sizes, (1 << 30, (1 << 20) + GRANULE_BYTES));
        assert_eq!(mapping.reservation.all_bytes(), Some(1 << 30));
        for index in 0..sizes.1 {
            let is_set = index % GRANULE_BYTES == GRANULE_BYTES - 1 && index < committed;
            assert_eq!(get(&mapping, index), 7 * u8::from(is_set));
        }
        assert!(mapping.commit(1 << 30));
        assert_eq!(get(&mapping, (1 << 30) - 1), 0);
        assert!(mapping.prepare(0, None) && mapping.commit(1 << 16));
        assert_eq!(get(&mapping, GRANULE_BYTES - 1), 0);
    }
}

#[test]
fn content_is_gone_after_a_reset() {
    let mut mapping = reserve(1 << 20);
    assert!(mapping.commit(1 << 20));
    set(&mut mapping, 70_000, 7);
    assert!(mapping.reset());
    assert!(!cfg!(target_os = "linux") || mapping.usable_bytes == 1 << 20);
    assert!(mapping.prepare(1 << 20, None));
    assert_eq!(get(&mapping, 70_000), 0);
}

#[test]
fn clearing_leaves_zeros_in_the_range_alone() {
    let mut mapping = reserve(1 << 20);
    assert!(mapping.commit(1 << 16));
    for index in [9_999, 10_000, 19_999, 20_000, 65_535] {
        set(&mut mapping, index, 7);
    }
    mapping.clear(10_000..20_000);
    assert_eq!([9_999, 10_000].map(|at| get(&mapping, at)), [7, 0]);
    assert_eq!([19_999, 20_000].map(|at| get(&mapping, at)), [0, 7]);
    mapping.clear(0..usize::MAX);
    assert!([9_999, 20_000, 65_535].map(|at| get(&mapping, at)) == [0; 3]);
}

#[test]
fn what_the_next_one_does_not_want_is_unusable_and_forgotten() {
    let mut mapping = reserve(1 << 20);
    assert!(mapping.commit(1 << 18));
    set(&mut mapping, 1, 7);
    set(&mut mapping, 200_000, 7);
    assert!(mapping.prepare(1 << 16, None) && mapping.usable_bytes == 1 << 16);
    assert!(mapping.prepare(1 << 18, None));
    assert_eq!((get(&mapping, 1), get(&mapping, 200_000)), (7, 0));
    assert!(mapping.prepare(0, None) && mapping.usable_bytes == 0);
}

#[test]
fn parts_of_an_image_are_whole_pages_and_few() {
    let bytes = [1_u8; 10];
    let parts = |pieces: &[(usize, usize)], max| {
        let pieces: Vec<_> = pieces
            .iter()
            .map(|&(at, size)| (at, &bytes[..size]))
            .collect();
        let parts = image_parts(&pieces, max)?;
        let parts = parts.into_iter();
        Some(Vec::from_iter(
            parts.map(|part| (part.addresses, part.position)),
        ))
    };
    let page = IMAGE_PAGE_BYTES;
    let far = 10 * GRANULE_BYTES;
    assert_eq!(parts(&[], 1), Some(alloc::vec![]));
    assert_eq!(parts(&[(5, 0)], 1), Some(alloc::vec![]));
    assert_eq!(parts(&[(5, 2)], 1), Some(alloc::vec![(0..page, 0)]));
    let straddling = parts(&[(page + 3, 1), (page - 1, 2)], 1);
    assert_eq!(straddling, Some(alloc::vec![(0..2 * page, 0)]));
    let two = alloc::vec![(0..page, 0), (far..far + page, page)];
    assert_eq!(parts(&[(far, 1), (0, 1)], 2), Some(two));
    assert_eq!(parts(&[(far, 1), (0, 1)], 1), None);
    assert_eq!(parts(&[(usize::MAX - 5, 10)], 1), None);
}

#[cfg(target_os = "linux")]
#[test]
fn an_image_is_there_at_first_and_after_each_reset() {
    let far = 3 * GRANULE_BYTES;
    let pieces: [(usize, &[u8]); 4] = [
        (far + 5, b"far"),
        (10, b"abcdef"),
        (12, b"XY"),
        (usize::MAX, b""),
    ];
    let image = Arc::new(Image::new(&pieces, 2).expect("the system has images"));
    let other = Arc::new(Image::new(&[(0, b"other")], 1).expect("the system has images"));
    let mut mapping = reserve(1 << 20);
    assert!(mapping.commit(1 << 18));
    let text = |mapping: &Mapping, start: usize| {
        [0, 1, 2, 3, 4, 5].map(|index| get(mapping, start + index))
    };
    for _ in 0..3 {
        assert!(mapping.prepare(1 << 18, Some(&image)));
        assert_eq!(&text(&mapping, 10), b"abXYef");
        assert_eq!(&text(&mapping, far + 4), b"\0far\0\0");
        for index in [0, 10, far + 5, (1 << 18) - 1] {
            set(&mut mapping, index, b'!');
        }
        assert!(!mapping.enlarge(1 << 21, 1 << 21), "the file is not larger");
        assert!(mapping.reset());
    }
    assert!(mapping.prepare(1 << 18, Some(&image)));
    assert_eq!([0, (1 << 18) - 1].map(|at| get(&mapping, at)), [0; 2]);
    // Another mapping of the image has not seen what was written.
    assert_eq!(&text(&mapping, 10), b"abXYef");
    assert!(mapping.prepare(1 << 16, Some(&other)));
    assert_eq!(&text(&mapping, 0), b"other\0");
    assert_eq!(&text(&mapping, 10), &[0; 6]);
    assert!(mapping.prepare(1 << 18, None) && mapping.image.is_none());
    assert_eq!(
        (text(&mapping, 0), text(&mapping, far + 4)),
        ([0; 6], [0; 6])
    );
    assert!(!mapping.prepare(1 << 16, Some(&image)), "it does not fit");
}

#[test]
fn impossible_sizes_are_refused_and_not_counted() {
    let before = RESERVED_BYTES.load(Ordering::Relaxed);
    let sizes = [usize::MAX, usize::MAX / 2, MAX_RESERVED_BYTES + 1];
    for bytes in sizes {
        for (before_bytes, after_bytes) in [(0, 0), (usize::MAX, 1), (1, usize::MAX)] {
            let reservation = Reservation {
                bytes,
                before_bytes,
                after_bytes,
            };
            assert!(Mapping::reserve(reservation).is_none());
        }
    }
    // Other tests reserve at the same time, but far less.
    assert!(RESERVED_BYTES.load(Ordering::Relaxed) < before + (1 << 40));
}
