//! Decomposes matrices of order `size` in five ways, and solves equations with them.

use nalgebra::{DMatrix, DVector, Matrix4, Vector4};
use support::{Checksum, Random};

support::case!(work);

fn work(size: u32) -> u64 {
    let order = size as usize;
    let mut random = Random::new(0x11A);
    let matrix = DMatrix::from_fn(order, order, |_, _| random.unit() - 0.5);
    let right = DVector::from_fn(order, |_, _| random.unit());
    let symmetric = &matrix * matrix.transpose() + DMatrix::identity(order, order);
    let mut checksum = Checksum::new();
    let mut add = |values: &[f64]| {
        values
            .iter()
            .for_each(|value| checksum.add(value.to_bits()))
    };
    add(matrix
        .clone()
        .lu()
        .solve(&right)
        .expect("the matrix has an inverse")
        .as_slice());
    add(matrix
        .clone()
        .qr()
        .solve(&right)
        .expect("the matrix has an inverse")
        .as_slice());
    add(symmetric
        .clone()
        .cholesky()
        .expect("the matrix is positive")
        .solve(&right)
        .as_slice());
    // The signs and the last digits of what follows are nobody's promise.
    let rounded = |values: &DVector<f64>| values.map(|value| (value.abs() * 1e6).round());
    let mut values = rounded(&symmetric.symmetric_eigenvalues())
        .as_slice()
        .to_vec();
    values.extend(rounded(&matrix.singular_values()).iter());
    values.sort_by(f64::total_cmp);
    add(&values);
    let mut small = Vector4::new(1.0, 2.0, 3.0, 4.0);
    for _ in 0..20 * size {
        let turn = Matrix4::from_fn(|_, _| random.unit() - 0.5) + Matrix4::identity() * 3.0;
        small = turn.try_inverse().expect("the diagonal is large") * small;
        small /= small.norm();
    }
    add(small.as_slice());
    checksum.get()
}
