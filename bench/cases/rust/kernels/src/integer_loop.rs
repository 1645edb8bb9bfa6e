//! The kinds of work of small controllers, `size` times: a linked list is searched, sorted and reversed, matrices of
//! 16-bit numbers are multiplied, a state machine scans text, and a CRC takes in every result.

use support::Random;

support::case!(work);

const NODES: usize = 96;
const ORDER: usize = 10;
const END: u16 = u16::MAX;

#[derive(Clone, Copy)]
struct Node {
    next: u16,
    value: i16,
}

type Matrix = [[i16; ORDER]; ORDER];

fn work(size: u32) -> u64 {
    let mut random = Random::new(0xC0DE);
    let mut list: Vec<Node> = (0..NODES)
        .map(|index| Node {
            next: index as u16 + 1,
            value: random.next() as i16,
        })
        .collect();
    list[NODES - 1].next = END;
    let mut a: Matrix = std::array::from_fn(|_| std::array::from_fn(|_| random.below(4096) as i16));
    let b: Matrix =
        std::array::from_fn(|_| std::array::from_fn(|_| random.below(4096) as i16 - 2048));
    let mut text: Vec<u8> = (0..256)
        .map(|_| b"0123456789+-.eE, "[random.below(17) as usize])
        .collect();
    let (mut head, mut crc) = (0_u16, 0xFFFF_u16);
    for round in 0..size {
        crc = crc16(crc, find(&list, head, crc as i16 >> 4));
        let key = round as i16;
        head = sort(&mut list, head, |node| {
            if round % 2 == 0 {
                node.value ^ key
            } else {
                node.value
            }
        });
        head = reverse(&mut list, head);
        crc = crc16(crc, multiply(&mut a, &b, crc as i16));
        crc = crc16(crc, scan(&text));
        text[round as usize % 256] = b"0123456789+-.eE, "[usize::from(crc) % 17];
        list[usize::from(crc) % NODES].value = crc as i16;
    }
    u64::from(crc) << 32 | u64::from(find(&list, head, 0))
}

/// Counts in the upper half the nodes above `limit`, and mixes all values into the lower half.
fn find(list: &[Node], head: u16, limit: i16) -> u32 {
    let (mut above, mut mix, mut at) = (0_u32, 0_u16, head);
    while let Some(node) = list.get(usize::from(at)) {
        above += u32::from(node.value > limit);
        mix = mix.rotate_left(1) ^ node.value as u16;
        at = node.next;
    }
    above << 16 | u32::from(mix)
}

/// Sorts by merging runs of doubling length.
fn sort(list: &mut [Node], mut head: u16, key: impl Fn(Node) -> i16) -> u16 {
    let mut length = 1;
    loop {
        let (mut rest, mut tail, mut merges) = (head, END, 0);
        head = END;
        while rest != END {
            merges += 1;
            let (mut left, mut right, mut left_count) = (rest, rest, 0);
            while left_count < length && right != END {
                left_count += 1;
                right = list[usize::from(right)].next;
            }
            let mut right_count = length;
            while left_count > 0 || right_count > 0 && right != END {
                let takes_left = left_count > 0
                    && (right_count == 0
                        || right == END
                        || key(list[usize::from(left)]) <= key(list[usize::from(right)]));
                let (from, count) = if takes_left {
                    (&mut left, &mut left_count)
                } else {
                    (&mut right, &mut right_count)
                };
                let taken = *from;
                *from = list[usize::from(taken)].next;
                *count -= 1;
                match list.get_mut(usize::from(tail)) {
                    Some(node) => node.next = taken,
                    None => head = taken,
                }
                tail = taken;
            }
            rest = right;
        }
        list[usize::from(tail)].next = END;
        if merges <= 1 {
            return head;
        }
        length *= 2;
    }
}

fn reverse(list: &mut [Node], head: u16) -> u16 {
    let (mut previous, mut at) = (END, head);
    while let Some(node) = list.get_mut(usize::from(at)) {
        let next = std::mem::replace(&mut node.next, previous);
        (previous, at) = (at, next);
    }
    previous
}

/// Mixes the product, and changes `a` by `seed`, so that no two rounds are alike.
fn multiply(a: &mut Matrix, b: &Matrix, seed: i16) -> u32 {
    let mut mix = 0_u32;
    for (index, row) in a.iter_mut().enumerate() {
        for column in 0..ORDER {
            let mut sum = 0_i32;
            for (left, right) in row.iter().zip(b) {
                sum = sum.wrapping_add(i32::from(*left) * i32::from(right[column]));
            }
            mix = mix.rotate_left(3) ^ (sum >> 4) as u32;
        }
        row[index] = row[index].wrapping_add(seed);
    }
    mix
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Start,
    Sign,
    Integer,
    Fraction,
    Exponent,
    Invalid,
}

/// Counts the changes of state of a scanner for numbers, five bits for each state.
fn scan(text: &[u8]) -> u32 {
    let mut visits = [0_u32; 6];
    let mut state = State::Start;
    for &byte in text {
        let next = match (state, byte) {
            (_, b',' | b' ') => State::Start,
            (State::Start, b'+' | b'-') => State::Sign,
            (State::Start | State::Sign | State::Integer, b'0'..=b'9') => State::Integer,
            (State::Start | State::Integer, b'.') => State::Fraction,
            (State::Integer | State::Fraction, b'e' | b'E') => State::Exponent,
            (State::Fraction, b'0'..=b'9') => State::Fraction,
            (State::Exponent, b'+' | b'-' | b'0'..=b'9') => State::Exponent,
            _ => State::Invalid,
        };
        visits[next as usize] += u32::from(next != state);
        state = next;
    }
    visits.iter().fold(0, |mix, count| mix << 5 | count & 31)
}

/// The CRC of 16 bits with the reflected polynomial 0xA001.
fn crc16(mut crc: u16, value: u32) -> u16 {
    for byte in value.to_le_bytes() {
        crc ^= u16::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xA001
            } else {
                crc >> 1
            };
        }
    }
    crc
}
