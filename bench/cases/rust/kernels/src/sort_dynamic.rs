//! Sorts `size` records by heapsort with comparisons that are called through pointers, as `qsort` of C does.

use std::cmp::Ordering;
use support::{Checksum, Random};

support::case!(work);

#[derive(Clone, Copy)]
struct Record {
    key: u32,
    weight: i32,
    ratio: f32,
}

type Comparison = fn(&Record, &Record) -> Ordering;

static COMPARISONS: [Comparison; 4] = [
    |a, b| a.key.cmp(&b.key),
    |a, b| a.weight.cmp(&b.weight).then(b.key.cmp(&a.key)),
    |a, b| a.ratio.total_cmp(&b.ratio),
    |a, b| (a.key ^ a.weight as u32).cmp(&(b.key ^ b.weight as u32)),
];

fn work(size: u32) -> u64 {
    let mut random = Random::new(0xD1A);
    let mut records: Vec<Record> = (0..size)
        .map(|_| Record {
            key: random.next() as u32,
            weight: random.below(1000) as i32 - 500,
            ratio: random.unit() as f32,
        })
        .collect();
    let mut checksum = Checksum::new();
    for compare in COMPARISONS {
        heapsort(&mut records, compare);
        for record in &records {
            checksum.add(u64::from(record.key));
        }
    }
    checksum.get()
}

fn heapsort(records: &mut [Record], compare: Comparison) {
    for root in (0..records.len() / 2).rev() {
        sift_down(records, root, compare);
    }
    for end in (1..records.len()).rev() {
        records.swap(0, end);
        sift_down(&mut records[..end], 0, compare);
    }
}

fn sift_down(heap: &mut [Record], mut root: usize, compare: Comparison) {
    loop {
        let mut child = 2 * root + 1;
        if child >= heap.len() {
            return;
        }
        if child + 1 < heap.len() && compare(&heap[child], &heap[child + 1]).is_lt() {
            child += 1;
        }
        if compare(&heap[root], &heap[child]).is_ge() {
            return;
        }
        heap.swap(root, child);
        root = child;
    }
}
