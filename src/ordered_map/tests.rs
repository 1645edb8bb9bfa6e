//! In: random and ordered sequences of operations. Holds: the map does what the standard library's does, and the tree
//! stays as low as promised.

use super::{NONE, OrderedMap};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// Checks order, parents and heights.
fn check<V: PartialEq + core::fmt::Debug>(map: &OrderedMap<u32, V>, model: &BTreeMap<u32, V>) {
    assert_eq!(map.len(), model.len());
    assert_eq!(map.is_empty(), model.is_empty());
    assert!(map.iter().eq(model.iter()));
    assert!(map.below(&u32::MAX).eq(model.range(..u32::MAX).rev()));
    assert_eq!(map.first(), model.first_key_value());
    let tree = &map.tree;
    for (entry, links) in tree.links.iter().enumerate() {
        let heights = tree.heights(entry as u32);
        assert!(heights[0].abs_diff(heights[1]) <= 1);
        assert_eq!(links.height, 1 + heights[0].max(heights[1]));
        for child in links.children.into_iter().filter(|&child| child != NONE) {
            assert_eq!(tree.links[child as usize].parent, entry as u32);
        }
        if links.parent == NONE {
            assert_eq!(tree.root, entry as u32);
        }
    }
}

#[test]
fn random_operations_do_what_they_do_in_the_standard_map() {
    let mut state = 1_u64;
    let mut random = |below: u32| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as u32 % below
    };
    for keys in [4, 30, 300] {
        let (mut map, mut model) = (OrderedMap::new(), BTreeMap::new());
        for round in 0..2000_u32 {
            let key = random(keys);
            match random(if round % 500 < 250 { 5 } else { 9 }) {
                0..3 => assert_eq!(map.insert(key, round), model.insert(key, round)),
                3 => {
                    let value = map.get_or_insert_with(key, || round);
                    assert_eq!(value, model.entry(key).or_insert(round));
                    *value += 1;
                    *model.get_mut(&key).unwrap() += 1;
                }
                4 => {
                    map.values_mut().for_each(|value| *value += 1);
                    model.values_mut().for_each(|value| *value += 1);
                }
                5 if random(20) == 0 => assert_eq!(map.pop_first(), model.pop_first()),
                5..8 => assert_eq!(map.remove(&key), model.remove(&key)),
                _ if random(40) == 0 => {
                    map.retain(|key, value| (key + value) % 3 != 0);
                    model.retain(|key, value| (*key + *value) % 3 != 0);
                }
                _ => assert_eq!(map.get_mut(&key), model.get_mut(&key)),
            }
            assert_eq!(map.get(&key), model.get(&key));
            assert_eq!(map.contains_key(&key), model.contains_key(&key));
            let around = random(keys + 2);
            assert_eq!(map.last_up_to(&around), model.range(..=around).next_back());
            assert!(map.below(&around).eq(model.range(..around).rev()));
            check(&map, &model);
        }
        let mut values: Vec<u32> = map.clone().into_values().collect();
        values.sort_unstable();
        let mut expected: Vec<u32> = model.into_values().collect();
        expected.sort_unstable();
        assert_eq!(values, expected);
        map.clear();
        check(&map, &BTreeMap::new());
    }
}

#[test]
fn keys_in_order_make_no_high_tree() {
    let mut map = OrderedMap::new();
    for key in 0..1000_u32 {
        map.insert(key, ());
        map.insert(100_000 - key, ());
    }
    let height = map.tree.links[map.tree.root as usize].height;
    assert!(height <= 15, "{height}");
}
