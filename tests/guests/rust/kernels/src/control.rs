//! Kernels of calls, branches and integer mixes.

use crate::Random;

/// The `n`-th Fibonacci number by plain recursion.
#[unsafe(no_mangle)]
pub extern "C" fn fib(n: i32) -> i32 {
    if n < 2 {
        n
    } else {
        fib(n - 1).wrapping_add(fib(n - 2))
    }
}

/// A loop of `n` dependent 64-bit steps that has no closed form.
#[unsafe(no_mangle)]
pub extern "C" fn sum_loop(n: i64) -> i64 {
    let mut sum = 0_i64;
    for i in 0..n {
        sum = sum.wrapping_add(i ^ (sum >> 7));
    }
    sum
}

trait Operation: Sync {
    fn apply(&self, value: u32) -> u32;
}

struct Add(u32);
struct Multiply(u32);
struct Rotate(u32);
struct ShiftMix(u32, u32);

impl Operation for Add {
    fn apply(&self, value: u32) -> u32 {
        value.wrapping_add(self.0)
    }
}

impl Operation for Multiply {
    fn apply(&self, value: u32) -> u32 {
        value.wrapping_mul(self.0)
    }
}

impl Operation for Rotate {
    fn apply(&self, value: u32) -> u32 {
        value.rotate_left(self.0)
    }
}

impl Operation for ShiftMix {
    fn apply(&self, value: u32) -> u32 {
        value ^ (value >> self.0) ^ self.1
    }
}

static OPERATIONS: [&dyn Operation; 8] = [
    &Add(0x1234_5677),
    &Multiply(0x0100_0193),
    &Rotate(7),
    &ShiftMix(15, 0x5bd1_e995),
    &Add(0x9e37_79b9),
    &Rotate(19),
    &Multiply(0x85eb_ca6b),
    &ShiftMix(13, 0xc2b2_ae35),
];

/// Makes `rounds` virtual calls, each target chosen by the value so far.
#[unsafe(no_mangle)]
pub extern "C" fn dispatch(rounds: i32) -> u32 {
    let mut value = 1_u32;
    for round in 0..rounds {
        let operation = OPERATIONS[(value.wrapping_add(round as u32) % 8) as usize];
        value = operation.apply(value);
    }
    value
}

const NODES: usize = 256;
const ORDER: usize = 12;
const TEXT_BYTES: usize = 512;
/// What the text for the scanner is drawn from: mostly parts of numbers.
const ALPHABET: [u8; 32] = *b"0123456789012345678901234567..-e";

struct Node {
    next: u16,
    value: i16,
}

/// A mix of the work of small controllers: a linked list is walked and reversed, matrices of 16-bit numbers are
/// multiplied, a state machine scans text, and a CRC of 16 bits takes in every result.
#[unsafe(no_mangle)]
pub extern "C" fn coremark_like(iterations: i32) -> u32 {
    let mut random = Random(0x2545_f491);
    let mut list: [Node; NODES] = core::array::from_fn(|index| Node {
        // 77 is odd, so the steps visit all nodes before they come back to the first.
        next: if (index + 77) % NODES == 0 {
            u16::MAX
        } else {
            ((index + 77) % NODES) as u16
        },
        value: random.next() as i16,
    });
    let mut head = 0_u16;
    let mut a: [[i16; ORDER]; ORDER] = fill_matrix(&mut random);
    let b = fill_matrix(&mut random);
    let mut text: [u8; TEXT_BYTES] =
        core::array::from_fn(|_| ALPHABET[(random.next() >> 8) as usize % 32]);

    let mut crc = 0xffff_u16;
    for iteration in 0..iterations {
        crc = crc16(crc, walk_and_count(&list, head, iteration as i16));
        head = reverse(&mut list, head);
        crc = crc16(crc, multiply(&mut a, &b, crc as i16));
        crc = crc16(crc, scan(&text));
        text[iteration as usize % TEXT_BYTES] = ALPHABET[usize::from(crc) % 32];
    }
    u32::from(crc)
}

fn fill_matrix(random: &mut Random) -> [[i16; ORDER]; ORDER] {
    core::array::from_fn(|_| core::array::from_fn(|_| (random.next() >> 20) as i16 - 2048))
}

/// Counts in the upper half the nodes above `limit`, and mixes all values into the lower half.
fn walk_and_count(list: &[Node; NODES], head: u16, limit: i16) -> u32 {
    let (mut above, mut mix, mut at) = (0_u32, 0_u16, head);
    while let Some(node) = list.get(usize::from(at)) {
        above += u32::from(node.value > limit);
        mix = mix.rotate_left(1) ^ node.value as u16;
        at = node.next;
    }
    above << 16 | u32::from(mix)
}

fn reverse(list: &mut [Node; NODES], head: u16) -> u16 {
    let (mut previous, mut at) = (u16::MAX, head);
    while let Some(node) = list.get_mut(usize::from(at)) {
        let next = core::mem::replace(&mut node.next, previous);
        (previous, at) = (at, next);
    }
    previous
}

/// Adds the product of `a` and `b` to the mix and changes `a` by `seed`, so that no two iterations are alike.
fn multiply(a: &mut [[i16; ORDER]; ORDER], b: &[[i16; ORDER]; ORDER], seed: i16) -> u32 {
    let mut mix = 0_u32;
    for (row, elements) in a.iter_mut().enumerate() {
        for column in 0..ORDER {
            let mut sum = 0_i32;
            for (left, right) in elements.iter().zip(b) {
                sum = sum.wrapping_add(i32::from(*left) * i32::from(right[column]));
            }
            mix = mix.rotate_left(3) ^ (sum >> 4) as u32;
        }
        elements[row] = elements[row].wrapping_add(seed) ^ row as i16;
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

/// Counts the transitions of a scanner for numbers, one 5-bit counter a state.
fn scan(text: &[u8; TEXT_BYTES]) -> u32 {
    let mut visits = [0_u32; 6];
    let mut state = State::Start;
    for &byte in text {
        let next = match (state, byte) {
            (State::Start, b'-') => State::Sign,
            (State::Start | State::Sign | State::Integer, b'0'..=b'9') => State::Integer,
            (State::Start | State::Integer, b'.') => State::Fraction,
            (State::Integer | State::Fraction, b'e') => State::Exponent,
            (State::Fraction, b'0'..=b'9') => State::Fraction,
            (State::Exponent, b'-' | b'0'..=b'9') => State::Exponent,
            (State::Invalid, b'.') => State::Start,
            _ => State::Invalid,
        };
        visits[next as usize] += u32::from(next != state);
        state = next;
    }
    visits.iter().fold(0, |mix, count| mix << 5 | count & 31)
}

/// The CRC of 16 bits with the reflected polynomial 0xA001, over the four bytes of `value`.
fn crc16(mut crc: u16, value: u32) -> u16 {
    for byte in value.to_le_bytes() {
        crc ^= u16::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xa001
            } else {
                crc >> 1
            };
        }
    }
    crc
}
