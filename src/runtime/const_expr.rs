//! Evaluates constant expressions.
//!
//! Input: a validated constant expression and the instance that it belongs to, whose functions and
//! earlier globals are there. Output: the value, as a global holds it.
//! Holds: time and space are linear in the expression's length.

use alloc::vec::Vec;

use super::instance::Instance;
use super::layout::VmFunction;
use crate::decode::operators::read_opcode;
use crate::decode::reader::Reader;
use crate::error::Error;
use crate::module::ConstExpr;
use crate::module::executable::{Construct, NotExecutable};
use crate::wasm::opcodes::Opcode;
use crate::wasm::semantics;

/// A value in its slots; the second one is used by vectors only.
type Slots = [u64; 2];

/// Evaluates `expr`.
///
/// # Errors
/// An unsupported feature, if the expression makes a structure, an array or a 31-bit integer.
pub(super) fn evaluate(instance: &Instance, expr: &ConstExpr) -> Result<Slots, Error> {
    let range = expr.range.start as usize..expr.range.end as usize;
    let mut reader = Reader::new(&instance.module().bytes, range);
    let mut stack: Vec<Slots> = Vec::new();
    loop {
        let start = reader.position();
        let value = match read_opcode(&mut reader)? {
            Opcode::End => return Ok(stack.pop().unwrap_or_default()),
            Opcode::I32Const => [u64::from(reader.read_i32()? as u32), 0],
            Opcode::I64Const => [reader.read_i64()? as u64, 0],
            Opcode::F32Const => [u64::from(reader.read_f32_bits()?), 0],
            Opcode::F64Const => [reader.read_f64_bits()?, 0],
            Opcode::V128Const => {
                let bits = u128::from_le_bytes(reader.read_array()?);
                [bits as u64, (bits >> 64) as u64]
            }
            Opcode::RefNull => {
                // The type makes no difference: every null reference is zero.
                reader.read_i33()?;
                [0, 0]
            }
            Opcode::RefFunc => {
                let index = reader.read_u32()?;
                [VmFunction::to_word(instance.functions[index as usize]), 0]
            }
            Opcode::GlobalGet => {
                let index = reader.read_u32()?;
                // SAFETY: validated: the index is that of a global whose value is already there.
                // The instance keeps the owners of its globals alive.
                unsafe { (*instance.globals[index as usize]).slots }
            }
            opcode => {
                let right = stack.pop().unwrap_or_default()[0];
                let left = stack.pop().unwrap_or_default()[0];
                match arithmetic(opcode, left, right) {
                    Some(value) => [value, 0],
                    None => {
                        let found = NotExecutable {
                            what: Construct::Instruction(opcode),
                            offset: start as u32,
                        };
                        return Err(found.error());
                    }
                }
            }
        };
        stack.push(value);
    }
}

fn arithmetic(opcode: Opcode, left: u64, right: u64) -> Option<u64> {
    let narrow = |operator: fn(u32, u32) -> u32| u64::from(operator(left as u32, right as u32));
    Some(match opcode {
        Opcode::I32Add => narrow(semantics::i32_add),
        Opcode::I32Sub => narrow(semantics::i32_sub),
        Opcode::I32Mul => narrow(semantics::i32_mul),
        Opcode::I64Add => semantics::i64_add(left, right),
        Opcode::I64Sub => semantics::i64_sub(left, right),
        Opcode::I64Mul => semantics::i64_mul(left, right),
        _ => return None,
    })
}
