//! The Mandelbrot set on a square of `2 * size` points a side, two points at a time in 64-bit lanes.

use support::Checksum;

support::case!(work);

const LIMIT: u64 = 200;

fn work(size: u32) -> u64 {
    let side = 2 * size;
    let mut checksum = Checksum::new();
    for y in 0..side {
        let imaginary = 2.5 * f64::from(y) / f64::from(side) - 1.25;
        let mut row = 0_u64;
        for x in (0..side).step_by(2) {
            let real = [x, x + 1].map(|x| 3.0 * f64::from(x) / f64::from(side) - 2.25);
            for steps in steps(real, imaginary) {
                row = row.wrapping_mul(31).wrapping_add(steps);
            }
        }
        checksum.add(row);
    }
    checksum.get()
}

/// How many steps both points stay near.
#[cfg(target_family = "wasm")]
fn steps(real: [f64; 2], imaginary: f64) -> [u64; 2] {
    use std::arch::wasm32::*;
    let (real, imaginary) = (f64x2(real[0], real[1]), f64x2_splat(imaginary));
    let (mut x, mut y) = (f64x2_splat(0.0), f64x2_splat(0.0));
    let mut steps = u64x2_splat(0);
    let mut is_near = u64x2_splat(u64::MAX);
    for _ in 0..LIMIT {
        let (xx, yy) = (f64x2_mul(x, x), f64x2_mul(y, y));
        is_near = v128_and(is_near, f64x2_le(f64x2_add(xx, yy), f64x2_splat(4.0)));
        if !v128_any_true(is_near) {
            break;
        }
        steps = i64x2_sub(steps, is_near);
        let xy = f64x2_mul(x, y);
        y = f64x2_add(f64x2_add(xy, xy), imaginary);
        x = f64x2_add(f64x2_sub(xx, yy), real);
    }
    [
        u64x2_extract_lane::<0>(steps),
        u64x2_extract_lane::<1>(steps),
    ]
}

#[cfg(not(target_family = "wasm"))]
fn steps(real: [f64; 2], imaginary: f64) -> [u64; 2] {
    real.map(|real| {
        let (mut x, mut y) = (0.0, 0.0);
        for step in 0..LIMIT {
            let (xx, yy) = (x * x, y * y);
            if xx + yy > 4.0 {
                return step;
            }
            y = x * y + x * y + imaginary;
            x = xx - yy + real;
        }
        LIMIT
    })
}
