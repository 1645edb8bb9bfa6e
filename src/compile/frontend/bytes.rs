//! Finds what reverses the bytes of a value: modules have no instruction for that, and put it together of shifts,
//! rotations and masks.
//!
//! Input: the operands of an `or`. Output: the value whose bytes it has in the opposite order, if it does. Holds: so
//! few nodes are looked at that the time for each operation has a bound.

use super::Builder;
use crate::compile::ir::ops::Op;
use crate::compile::ir::{Type, Value};

/// How many nodes are looked at.
const MOST_NODES: u32 = 40;

/// No byte of the source: zero.
const ZERO: u8 = u8::MAX;

/// Which bytes of which value a value consists of.
#[derive(Copy, Clone)]
struct Bytes {
    source: Value,
    /// From the lowest on the number of the source's byte, or [`ZERO`]; behind the width, [`ZERO`].
    from: [u8; 8],
}

impl Bytes {
    fn of(source: Value, width: usize) -> Bytes {
        Bytes {
            source,
            from: core::array::from_fn(|at| if at < width { at as u8 } else { ZERO }),
        }
    }

    /// Each byte comes from where `from` says, if that is anywhere.
    fn arranged(self, width: usize, from: impl Fn(usize) -> Option<usize>) -> Bytes {
        let byte = |at| from(at).map_or(ZERO, |other: usize| self.from[other]);
        Bytes {
            from: core::array::from_fn(|at| if at < width { byte(at) } else { ZERO }),
            ..self
        }
    }

    /// The bytes of both, if they are of one value and never at one place.
    fn or(self, other: Bytes) -> Option<Bytes> {
        if self.source != other.source {
            return None;
        }
        let mut from = self.from;
        for (mine, &byte) in from.iter_mut().zip(&other.from) {
            match (*mine, byte) {
                (_, ZERO) => {}
                (ZERO, byte) => *mine = byte,
                _ => return None,
            }
        }
        Some(Bytes { from, ..self })
    }
}

impl Builder<'_> {
    /// The value whose bytes an `or` of these operands has in the opposite order.
    pub(super) fn swapped_bytes(&self, op: Op, fields: [u32; 3]) -> Option<(Value, Type)> {
        let (ty, width) = match op {
            Op::I32Or => (Type::I32, 4),
            Op::I64Or => (Type::I64, 8),
            _ => return None,
        };
        let mut left = MOST_NODES;
        let one = self.bytes_of(Value(fields[0]), width, &mut left)?;
        let other = self.bytes_of(Value(fields[1]), width, &mut left)?;
        let both = one.or(other)?;
        let is_reversed = (0..width).all(|at| usize::from(both.from[at]) == width - 1 - at);
        is_reversed.then_some((both.source, ty))
    }

    /// Which bytes a value consists of, as far as its nodes move whole bytes.
    fn bytes_of(&self, value: Value, width: usize, left: &mut u32) -> Option<Bytes> {
        *left = left.checked_sub(1)?;
        let node = self.function.node(value);
        if !moves_bytes(node.op) {
            return Some(Bytes::of(value, width));
        }
        let constant = self.function.constant(Value(node.b));
        let mut operand = || self.bytes_of(Value(node.a), width, left);
        // By how many bytes is shifted.
        let count = |bits: u64| {
            let bits = bits as usize & (8 * width - 1);
            (bits % 8 == 0).then_some(bits / 8)
        };
        Some(match (node.op, constant) {
            (Op::I32Or | Op::I64Or, _) => {
                let one = operand()?;
                one.or(self.bytes_of(Value(node.b), width, left)?)?
            }
            (Op::I32And | Op::I64And, Some(mask)) => {
                let bytes = mask.to_le_bytes();
                if bytes.iter().any(|&byte| byte != 0 && byte != u8::MAX) {
                    return None;
                }
                operand()?.arranged(width, |at| (bytes[at] != 0).then_some(at))
            }
            (Op::I32Shl | Op::I64Shl, Some(bits)) => {
                let count = count(bits)?;
                operand()?.arranged(width, |at| at.checked_sub(count))
            }
            (Op::I32ShrU | Op::I64ShrU, Some(bits)) => {
                let count = count(bits)?;
                operand()?.arranged(width, |at| Some(at + count).filter(|&at| at < width))
            }
            (Op::I32Rotl | Op::I64Rotl, Some(bits)) => {
                let count = count(bits)?;
                operand()?.arranged(width, |at| Some((at + width - count) % width))
            }
            (Op::I32Rotr | Op::I64Rotr, Some(bits)) => {
                let count = count(bits)?;
                operand()?.arranged(width, |at| Some((at + count) % width))
            }
            _ => Bytes::of(value, width),
        })
    }
}

/// Whether an operation with two operands can move bytes as a whole.
fn moves_bytes(op: Op) -> bool {
    matches!(
        op,
        Op::I32Or | Op::I32And | Op::I32Shl | Op::I32ShrU | Op::I32Rotl | Op::I32Rotr
    ) || matches!(
        op,
        Op::I64Or | Op::I64And | Op::I64Shl | Op::I64ShrU | Op::I64Rotl | Op::I64Rotr
    )
}
