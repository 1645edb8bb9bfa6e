//! Ackermann's function, `size` times: recursion whose outer call is in tail position, and whose depth changes.

use support::Checksum;

support::case!(work);

fn work(size: u32) -> u64 {
    let mut checksum = Checksum::new();
    for round in 0..size {
        checksum.add(u64::from(ackermann(2, 40 + round % 8)));
    }
    checksum.get()
}

fn ackermann(m: u32, n: u32) -> u32 {
    match (m, n) {
        (0, n) => n + 1,
        (m, 0) => ackermann(m - 1, 1),
        (m, n) => ackermann(m - 1, ackermann(m, n - 1)),
    }
}
