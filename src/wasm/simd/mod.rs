//! The meaning of every vector operator: one function per operator, named and ordered as in
//! `semantics.rs`, in one row each.
//!
//! Input: vectors, and scalars for splats, shifts and lanes. Output: the result. Holds: none of the
//! operators traps; comparisons yield a mask per lane, tests a `bool`; lane indices are reduced
//! modulo the number of lanes. A lane's operator is that of `semantics.rs` where one exists.
//!
//! The functions here go over the lanes in one loop of known length without bounds checks, from
//! which LLVM makes vector instructions: do not return arrays of lanes from them, which hides it. They call no function
//! that may not be inlined, such as `copy_from_slice`: without link-time optimization that is a call with the address
//! of a vector, and a handler of the interpreter that makes one does not end in a jump.
//!
//! Reference: [specification, section 4.3](https://webassembly.github.io/spec/core/exec/numerics.html).

mod convert;
mod float;
mod integer;
mod lanes;
mod relaxed;
#[cfg(test)]
mod tests;

pub(crate) use convert::*;
pub(crate) use float::*;
pub(crate) use integer::*;
pub(crate) use lanes::*;
pub(crate) use relaxed::*;

/// A value of type v128: sixteen bytes, lane 0 first, each lane with its least byte first.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub(crate) struct V128([u8; 16]);

impl V128 {
    /// All bits zero.
    pub(crate) const ZERO: V128 = V128([0; 16]);

    /// The vector of the bytes as they are in memory.
    #[inline(always)]
    pub(crate) const fn from_le_bytes(bytes: [u8; 16]) -> V128 {
        V128(bytes)
    }

    /// The bytes as they are in memory.
    #[inline(always)]
    pub(crate) const fn to_le_bytes(self) -> [u8; 16] {
        self.0
    }

    /// The vector of an integer with lane 0 in its lowest bits.
    #[inline(always)]
    pub(crate) const fn from_u128(bits: u128) -> V128 {
        V128(bits.to_le_bytes())
    }

    /// The integer with lane 0 in its lowest bits.
    #[inline(always)]
    pub(crate) const fn to_u128(self) -> u128 {
        u128::from_le_bytes(self.0)
    }
}

/// The interpretation of a vector's lanes.
trait Lane: Copy {
    /// The number of lanes in a vector.
    const COUNT: usize;
    /// An unsigned integer of the same width.
    type Mask: Lane;

    /// The lane at `index`, which is less than [`Lane::COUNT`].
    fn read(vector: V128, index: usize) -> Self;

    /// Replaces the lane at `index`, which is less than [`Lane::COUNT`].
    fn write(self, vector: &mut V128, index: usize);

    /// All bits set if `condition` holds, and none otherwise.
    fn mask(condition: bool) -> Self::Mask;
}

macro_rules! implement_lane {
    ($($lane:ident: $mask:ident, $width:literal bytes;)*) => { $(
        impl Lane for $lane {
            const COUNT: usize = 16 / $width;
            type Mask = $mask;

            #[inline(always)]
            fn read(vector: V128, index: usize) -> $lane {
                let bytes = vector.0[index * $width..].first_chunk();
                $lane::from_le_bytes(*bytes.unwrap_or(&[0; $width]))
            }

            #[inline(always)]
            fn write(self, vector: &mut V128, index: usize) {
                if let Some(bytes) = vector.0[index * $width..].first_chunk_mut() {
                    *bytes = self.to_le_bytes();
                }
            }

            #[inline(always)]
            fn mask(condition: bool) -> $mask {
                if condition { $mask::MAX } else { 0 }
            }
        }
    )* };
}

implement_lane! {
    i8: u8, 1 bytes;
    u8: u8, 1 bytes;
    i16: u16, 2 bytes;
    u16: u16, 2 bytes;
    i32: u32, 4 bytes;
    u32: u32, 4 bytes;
    i64: u64, 8 bytes;
    u64: u64, 8 bytes;
    f32: u32, 4 bytes;
    f64: u64, 8 bytes;
}

/// The vector whose lanes `f` gives by their indices.
#[inline(always)]
fn from_lanes<U: Lane>(f: impl Fn(usize) -> U) -> V128 {
    let mut result = V128::ZERO;
    for index in 0..U::COUNT {
        f(index).write(&mut result, index);
    }
    result
}

/// Applies `f` to the lanes of a vector.
#[inline(always)]
fn map<T: Lane, U: Lane>(a: V128, f: impl Fn(T) -> U) -> V128 {
    map_from(a, 0, f)
}

/// Applies `f` to as many lanes as the result has, beginning with the lane `first`.
#[inline(always)]
fn map_from<T: Lane, U: Lane>(a: V128, first: usize, f: impl Fn(T) -> U) -> V128 {
    from_lanes(|index| f(T::read(a, first + index)))
}

/// Applies `f` to the lanes of the first vector, and then to those of the second.
#[inline(always)]
fn map_both<T: Lane, U: Lane>(a: V128, b: V128, f: impl Fn(T) -> U) -> V128 {
    from_lanes(|index| {
        let vector = if index < T::COUNT { a } else { b };
        f(T::read(vector, index % T::COUNT))
    })
}

/// Applies `f` to the lanes of two vectors.
#[inline(always)]
fn zip<T: Lane, U: Lane>(a: V128, b: V128, f: impl Fn(T, T) -> U) -> V128 {
    zip_from(a, b, 0, f)
}

/// Applies `f` to as many lanes of two vectors as the result has, beginning with the lane `first`.
#[inline(always)]
fn zip_from<T: Lane, U: Lane>(a: V128, b: V128, first: usize, f: impl Fn(T, T) -> U) -> V128 {
    from_lanes(|index| f(T::read(a, first + index), T::read(b, first + index)))
}

/// Applies `f` to the lanes of three vectors.
#[inline(always)]
fn zip3<T: Lane, U: Lane>(a: V128, b: V128, c: V128, f: impl Fn(T, T, T) -> U) -> V128 {
    from_lanes(|index| f(T::read(a, index), T::read(b, index), T::read(c, index)))
}

/// The mask of the lanes of two vectors for which `f` holds.
#[inline(always)]
fn compare<T: Lane>(a: V128, b: V128, f: impl Fn(T, T) -> bool) -> V128 {
    zip(a, b, |x, y| T::mask(f(x, y)))
}
