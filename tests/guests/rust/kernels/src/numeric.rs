//! Kernels that compute: primes, matrices, complex numbers.

use crate::scratch::{MATRIX_ORDER_MAX, SCRATCH_BYTES, with_bytes, with_numbers};

/// The number of primes below `n`, by a sieve of one byte a number; -1 when `n` is too big for the area.
#[unsafe(no_mangle)]
pub extern "C" fn sieve(n: i32) -> i32 {
    let limit = n.max(0) as usize;
    if limit > SCRATCH_BYTES {
        return -1;
    }
    with_bytes(|area| {
        let composite = &mut area[..limit];
        composite.fill(0);
        let mut count = 0;
        for number in 2..limit {
            if composite[number] == 0 {
                count += 1;
                for multiple in (number.saturating_mul(number)..limit).step_by(number) {
                    composite[multiple] = 1;
                }
            }
        }
        count
    })
}

/// Multiplies two `n` by `n` matrices row by column and returns the sum of the product's elements, each
/// weighted by its position; NaN when `n` is too big.
#[unsafe(no_mangle)]
pub extern "C" fn matmul(n: i32) -> f64 {
    let order = n.max(0) as usize;
    if order > MATRIX_ORDER_MAX {
        return f64::NAN;
    }
    let elements = order * order;
    with_numbers(|area| {
        let (a, rest) = area.split_at_mut(elements);
        let (b, rest) = rest.split_at_mut(elements);
        let product = &mut rest[..elements];
        for index in 0..elements {
            a[index] = (index % 17) as f64 / 3.0 - 3.25;
            b[index] = (index % 23) as f64 * 0.125 + 0.75;
        }
        for row in 0..order {
            for column in 0..order {
                let mut sum = 0.0;
                for inner in 0..order {
                    sum += a[row * order + inner] * b[inner * order + column];
                }
                product[row * order + column] = sum;
            }
        }
        let weighted = product.iter().enumerate();
        weighted
            .map(|(index, element)| element * (1.0 + (index % 7) as f64))
            .sum()
    })
}

/// Sums the iterations that each point of an `n` by `n` grid takes to leave the circle of radius 2, at most 100.
#[unsafe(no_mangle)]
pub extern "C" fn mandelbrot(n: i32) -> i32 {
    let step = 3.0 / f64::from(n);
    let mut total = 0_i32;
    for row in 0..n {
        for column in 0..n {
            let (cx, cy) = (f64::from(column) * step - 2.25, f64::from(row) * step - 1.5);
            let (mut x, mut y) = (0.0, 0.0);
            let mut count = 0;
            while count < 100 && x * x + y * y <= 4.0 {
                (x, y) = (x * x - y * y + cx, 2.0 * x * y + cy);
                count += 1;
            }
            total = total.wrapping_add(count);
        }
    }
    total
}
