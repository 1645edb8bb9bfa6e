//! `size` calls through a table of functions, the next one chosen by the result of the last.

support::case!(work);

type Step = fn(u64, u32) -> u64;

static STEPS: [Step; 16] = [
    |value, round| value.wrapping_add(u64::from(round)),
    |value, _| value.wrapping_mul(0x9E37_79B9_7F4A_7C15),
    |value, round| value.rotate_left(round),
    |value, _| value ^ value >> 31,
    |value, round| value.wrapping_sub(u64::from(round) << 20),
    |value, _| !value,
    |value, _| value.swap_bytes(),
    |value, round| value ^ u64::from(round).wrapping_mul(0x85EB_CA6B),
    |value, _| value.wrapping_add(value << 7),
    |value, round| value.rotate_right(round ^ 5),
    |value, _| value ^ value << 13,
    |value, _| value.wrapping_add(0x1234_5678_9ABC),
    |value, _| u64::from(value.count_ones()) ^ value.wrapping_mul(3),
    |value, round| {
        if round & 1 == 0 {
            value >> 1 | 1 << 63
        } else {
            value ^ 0x55
        }
    },
    |value, _| value.wrapping_neg(),
    |value, round| value.wrapping_add(u64::from(round)).rotate_left(17),
];

fn work(size: u32) -> u64 {
    let mut value = 0x0123_4567_89AB_CDEF_u64;
    for round in 0..size {
        let step =
            STEPS[(value ^ value >> 32).wrapping_add(u64::from(round)) as usize % STEPS.len()];
        value = step(value, round);
    }
    value
}
