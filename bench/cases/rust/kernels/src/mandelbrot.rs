//! The Mandelbrot set on a square of `size` points a side: short dependent chains, data-dependent exits.

use support::Checksum;

support::case!(work);

const LIMIT: u32 = 200;

fn work(size: u32) -> u64 {
    let mut checksum = Checksum::new();
    for y in 0..size {
        let mut row = 0_u64;
        for x in 0..size {
            let real = 3.0 * f64::from(x) / f64::from(size) - 2.25;
            let imaginary = 2.5 * f64::from(y) / f64::from(size) - 1.25;
            row = row
                .wrapping_mul(31)
                .wrapping_add(u64::from(steps(real, imaginary)));
        }
        checksum.add(row);
    }
    checksum.get()
}

fn steps(real: f64, imaginary: f64) -> u32 {
    let (mut x, mut y) = (0.0, 0.0);
    for step in 0..LIMIT {
        let (xx, yy) = (x * x, y * y);
        if xx + yy > 4.0 {
            return step;
        }
        y = 2.0 * x * y + imaginary;
        x = xx - yy + real;
    }
    LIMIT
}
