//! Sorts `size` numbers of 32 bits by a quicksort that is compiled for them.

use support::{Checksum, Random};

support::case!(work);

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x5017);
    let mut numbers: Vec<u32> = (0..size).map(|_| random.next() as u32).collect();
    quicksort(&mut numbers);
    let mut checksum = Checksum::new();
    for &number in &numbers {
        checksum.add(u64::from(number));
    }
    checksum.get()
}

/// Partitions around the median of three, and sorts the smaller part first, so that the stack stays small.
fn quicksort(mut numbers: &mut [u32]) {
    while numbers.len() > 12 {
        let last = numbers.len() - 1;
        let (a, b, c) = (numbers[0], numbers[last / 2], numbers[last]);
        let pivot = a.max(b).min(a.min(b).max(c));
        let (mut left, mut right) = (0, last);
        loop {
            while numbers[left] < pivot {
                left += 1;
            }
            while numbers[right] > pivot {
                right -= 1;
            }
            if left >= right {
                break;
            }
            numbers.swap(left, right);
            left += 1;
            right -= 1;
        }
        let (low, high) = numbers.split_at_mut(left);
        let (small, large) = if low.len() < high.len() {
            (low, high)
        } else {
            (high, low)
        };
        quicksort(small);
        numbers = large;
    }
    insertion_sort(numbers);
}

fn insertion_sort(numbers: &mut [u32]) {
    for index in 1..numbers.len() {
        let number = numbers[index];
        let mut place = index;
        while place > 0 && numbers[place - 1] > number {
            numbers[place] = numbers[place - 1];
            place -= 1;
        }
        numbers[place] = number;
    }
}
