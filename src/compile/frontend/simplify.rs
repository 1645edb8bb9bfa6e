//! Makes operations simpler while they are added.
//!
//! Input: an operation and its operands. Output: an operand, a constant, an earlier value, or a new node.
//! Holds: what traps or is not a number stays as it is; constants of commutative operations are on the right.

use super::Builder;
use super::fold::fold;
use crate::compile::ir::ops::{Op, effect};
use crate::compile::ir::{Type, Value};

/// How often a result is simplified again: each time an operation becomes another one.
const MAX_STEPS: u32 = 8;

/// What becomes of an operation.
enum Simpler {
    /// It stays.
    Same,
    /// It is an operand.
    Is(u32),
    /// It is a constant of its type.
    Constant(u64),
    /// It is another operation of an operand and a constant.
    WithConstant(Op, u32, u64),
    /// It is another operation.
    Other(Op, [u32; 3]),
}

impl Builder<'_> {
    /// The value of a numeric operation.
    pub(super) fn simplified(&mut self, mut op: Op, mut fields: [u32; 3]) -> Value {
        for _ in 0..MAX_STEPS {
            let row = op.row();
            let ty = row.result.unwrap_or(Type::None);
            let operands = usize::from(row.values);
            if is_commutative(op) && self.comes_first(fields[1], fields[0]) {
                fields.swap(0, 1);
            }
            let last = self.function.constant(Value(fields[operands - 1]));
            if let Some(last) = last {
                let first = self.function.constant(Value(fields[0]));
                if let (Some(first), Some(opcode), 1 | 2) = (first, op.opcode(), operands) {
                    if let Some(bits) = fold(opcode, first, last) {
                        return self.constant(ty, bits);
                    }
                }
            }
            match self.simpler(op, fields, last) {
                Simpler::Same => break,
                Simpler::Is(value) => return Value(value),
                Simpler::Constant(bits) => return self.constant(ty, bits),
                Simpler::Other(other, others) => (op, fields) = (other, others),
                Simpler::WithConstant(other, operand, bits) => {
                    // Operators on integers have operands of one type, which the left one has.
                    let constant = self.constant(self.function.ty(Value(operand)), bits);
                    (op, fields) = (other, [operand, constant.0, 0]);
                }
            }
        }
        if let Some(divisor) = self.function.constant(Value(fields[1])) {
            if let Some(value) = self.divided_by_constant(op, Value(fields[0]), divisor) {
                return value;
            }
        }
        if let Some((source, ty)) = self.swapped_bytes(op, fields) {
            return self.pure(Op::SwapBytes, ty, 0, [source.0, 0, 0]);
        }
        let row = op.row();
        let ty = row.result.unwrap_or(Type::None);
        // An equal one that came before has trapped before.
        debug_assert!(row.effects & !effect::TRAP == 0);
        self.pure(op, ty, 0, fields)
    }

    /// Whether `a` stands on the left of `b` in a commutative operation.
    fn comes_first(&self, a: u32, b: u32) -> bool {
        let is_constant = |value| self.function.node(Value(value)).op == Op::Constant;
        match (is_constant(a), is_constant(b)) {
            (false, true) => true,
            (true, false) => false,
            _ => a < b,
        }
    }

    pub(super) fn simplified_select(
        &mut self,
        first: Value,
        second: Value,
        condition: Value,
    ) -> Value {
        if first == second {
            return first;
        }
        if let Some(bits) = self.function.constant(condition) {
            return if bits != 0 { first } else { second };
        }
        let (condition, is_negated) = self.condition(condition);
        let (first, second) = if is_negated {
            (second, first)
        } else {
            (first, second)
        };
        let ty = self.function.ty(first);
        if ty == Type::I32 && self.is_truth(condition) {
            let constants = (
                self.function.constant(first),
                self.function.constant(second),
            );
            match constants {
                (Some(1), Some(0)) => return condition,
                (Some(0), Some(1)) => return self.simplified(Op::I32Eqz, [condition.0, 0, 0]),
                _ => {}
            }
        }
        self.pure(Op::Select, ty, 0, [first.0, second.0, condition.0])
    }

    /// Whether a value is 0 or 1.
    fn is_truth(&self, value: Value) -> bool {
        let node = self.function.node(value);
        is_comparison(node.op)
            || node.op == Op::Constant && node.a <= 1 && node.b == 0
            || node.op == Op::I32And && self.function.constant(Value(node.b)) == Some(1)
    }

    /// How many of the lowest bits of an integer can be other than zero.
    fn used_bits(&self, value: Value) -> u32 {
        let node = self.function.node(value);
        let constant = |field| self.function.constant(Value(field));
        match node.op {
            Op::Constant => 64 - (u64::from(node.a) | u64::from(node.b) << 32).leading_zeros(),
            Op::I32Load8U | Op::I64Load8U => 8,
            Op::I32Load16U | Op::I64Load16U => 16,
            Op::I64Load32U | Op::I64ExtendI32U => 32,
            Op::I32And | Op::I64And => match constant(node.b) {
                Some(bits) => 64 - bits.leading_zeros(),
                None => bits_of(node.ty),
            },
            Op::I32ShrU => match constant(node.b) {
                Some(bits) => 32 - (bits as u32 & 31),
                None => 32,
            },
            Op::I64ShrU => match constant(node.b) {
                Some(bits) => 64 - (bits as u32 & 63),
                None => 64,
            },
            Op::I32Clz | Op::I32Ctz | Op::I32Popcnt => 6,
            Op::I64Clz | Op::I64Ctz | Op::I64Popcnt => 7,
            op if is_comparison(op) => 1,
            _ => bits_of(node.ty),
        }
    }

    /// `last` is the value of the last operand, if it is a constant.
    fn simpler(&self, op: Op, fields: [u32; 3], last: Option<u64>) -> Simpler {
        let [a, b, _] = fields;
        if let Some(constant) = last {
            if let found @ (Simpler::Is(_)
            | Simpler::Constant(_)
            | Simpler::WithConstant(..)
            | Simpler::Other(..)) = self.with_constant(op, a, constant)
            {
                return found;
            }
        }
        let same = op.row().values == 2 && a == b;
        match op {
            Op::I32Sub | Op::I64Sub | Op::I32Xor | Op::I64Xor if same => Simpler::Constant(0),
            Op::I32And | Op::I64And | Op::I32Or | Op::I64Or if same => Simpler::Is(a),
            Op::I32Eq | Op::I32LeS | Op::I32LeU | Op::I32GeS | Op::I32GeU if same => {
                Simpler::Constant(1)
            }
            Op::I64Eq | Op::I64LeS | Op::I64LeU | Op::I64GeS | Op::I64GeU if same => {
                Simpler::Constant(1)
            }
            Op::I32Ne | Op::I32LtS | Op::I32LtU | Op::I32GtS | Op::I32GtU if same => {
                Simpler::Constant(0)
            }
            Op::I64Ne | Op::I64LtS | Op::I64LtU | Op::I64GtS | Op::I64GtU if same => {
                Simpler::Constant(0)
            }
            _ => self.conversion(op, a),
        }
    }

    /// Operators on one operand.
    fn conversion(&self, op: Op, a: u32) -> Simpler {
        let node = self.function.node(Value(a));
        match (op, node.op) {
            (Op::I32WrapI64, Op::I64ExtendI32U | Op::I64ExtendI32S) => Simpler::Is(node.a),
            (Op::I64ExtendI32S, _) if self.used_bits(Value(a)) < 32 => {
                Simpler::Other(Op::I64ExtendI32U, [a, 0, 0])
            }
            (Op::I32Extend8S, _) if self.used_bits(Value(a)) < 8 => Simpler::Is(a),
            (Op::I32Extend16S, _) if self.used_bits(Value(a)) < 16 => Simpler::Is(a),
            (Op::I32Eqz, inner) => match inverse(inner) {
                Some(inverse) => Simpler::Other(inverse, [node.a, node.b, 0]),
                None => Simpler::Same,
            },
            (Op::I32ReinterpretF32, Op::F32ReinterpretI32)
            | (Op::F32ReinterpretI32, Op::I32ReinterpretF32)
            | (Op::I64ReinterpretF64, Op::F64ReinterpretI64)
            | (Op::F64ReinterpretI64, Op::I64ReinterpretF64) => Simpler::Is(node.a),
            _ => Simpler::Same,
        }
    }

    /// Operators whose right operand is a constant.
    fn with_constant(&self, op: Op, a: u32, constant: u64) -> Simpler {
        let node = self.function.node(Value(a));
        let is_64 = self.function.ty(Value(a)) == Type::I64;
        let mask = if is_64 { u64::MAX } else { u32::MAX.into() };
        // Only what has two operands has a value there.
        let inner = match node.op.row().values {
            2 => self.function.constant(Value(node.b)),
            _ => None,
        };
        match op {
            Op::I32Add | Op::I64Add => match inner {
                _ if constant == 0 => Simpler::Is(a),
                Some(inner) if node.op == op => {
                    Simpler::WithConstant(op, node.a, inner.wrapping_add(constant) & mask)
                }
                _ => Simpler::Same,
            },
            Op::I32Sub => Simpler::WithConstant(Op::I32Add, a, constant.wrapping_neg() & mask),
            Op::I64Sub => Simpler::WithConstant(Op::I64Add, a, constant.wrapping_neg()),
            Op::I32Mul | Op::I64Mul => {
                let shift = if is_64 { Op::I64Shl } else { Op::I32Shl };
                match constant {
                    0 => Simpler::Constant(0),
                    1 => Simpler::Is(a),
                    _ if constant.is_power_of_two() => {
                        Simpler::WithConstant(shift, a, constant.trailing_zeros().into())
                    }
                    _ => Simpler::Same,
                }
            }
            Op::I32DivU | Op::I64DivU if constant.is_power_of_two() => {
                let shift = if is_64 { Op::I64ShrU } else { Op::I32ShrU };
                Simpler::WithConstant(shift, a, constant.trailing_zeros().into())
            }
            Op::I32RemU | Op::I64RemU if constant.is_power_of_two() => {
                let and = if is_64 { Op::I64And } else { Op::I32And };
                Simpler::WithConstant(and, a, constant - 1)
            }
            Op::I32DivS | Op::I64DivS if constant == 1 => Simpler::Is(a),
            Op::I32And | Op::I64And => {
                let used = self.used_bits(Value(a));
                let ones = constant.trailing_ones();
                match inner {
                    _ if constant == 0 => Simpler::Constant(0),
                    _ if ones >= used => Simpler::Is(a),
                    Some(inner) if node.op == op => {
                        Simpler::WithConstant(op, node.a, inner & constant)
                    }
                    _ => Simpler::Same,
                }
            }
            Op::I32Or | Op::I64Or if constant == 0 => Simpler::Is(a),
            Op::I32Or | Op::I64Or if constant == mask => Simpler::Constant(mask),
            Op::I32Xor | Op::I64Xor if constant == 0 => Simpler::Is(a),
            Op::I32Shl | Op::I32ShrS | Op::I32ShrU | Op::I32Rotl | Op::I32Rotr
                if constant & 31 == 0 =>
            {
                Simpler::Is(a)
            }
            Op::I64Shl | Op::I64ShrS | Op::I64ShrU | Op::I64Rotl | Op::I64Rotr
                if constant & 63 == 0 =>
            {
                Simpler::Is(a)
            }
            Op::I32Eq if constant == 0 => Simpler::Other(Op::I32Eqz, [a, 0, 0]),
            Op::I64Eq if constant == 0 => Simpler::Other(Op::I64Eqz, [a, 0, 0]),
            Op::I32Ne if constant == 0 && self.is_truth(Value(a)) => Simpler::Is(a),
            _ => Simpler::Same,
        }
    }
}

fn bits_of(ty: Type) -> u32 {
    if ty == Type::I32 { 32 } else { 64 }
}

/// Whether the operands can change places. Sums and products of floating-point numbers cannot: which operand's bits a
/// result has that is not a number depends on the order.
pub(crate) fn is_commutative(op: Op) -> bool {
    use Op::{
        I32Add, I32And, I32Eq, I32Mul, I32Ne, I32Or, I32Xor, I64Add, I64And, I64Eq, I64Mul, I64Ne,
        I64Or, I64Xor,
    };
    matches!(
        op,
        I32Add | I32Mul | I32And | I32Or | I32Xor | I32Eq | I32Ne
    ) || matches!(
        op,
        I64Add | I64Mul | I64And | I64Or | I64Xor | I64Eq | I64Ne
    )
}

/// Whether the result is 0 or 1.
pub(crate) fn is_comparison(op: Op) -> bool {
    inverse(op).is_some()
        || matches!(op, Op::I32Eqz | Op::I64Eqz)
        || (Op::F32Eq..=Op::F64Ge).contains(&op)
}

/// The comparison that holds exactly if `op` does not.
pub(crate) fn inverse(op: Op) -> Option<Op> {
    Some(match op {
        Op::I32Eq => Op::I32Ne,
        Op::I32Ne => Op::I32Eq,
        Op::I32LtS => Op::I32GeS,
        Op::I32GeS => Op::I32LtS,
        Op::I32LtU => Op::I32GeU,
        Op::I32GeU => Op::I32LtU,
        Op::I32GtS => Op::I32LeS,
        Op::I32LeS => Op::I32GtS,
        Op::I32GtU => Op::I32LeU,
        Op::I32LeU => Op::I32GtU,
        Op::I64Eq => Op::I64Ne,
        Op::I64Ne => Op::I64Eq,
        Op::I64LtS => Op::I64GeS,
        Op::I64GeS => Op::I64LtS,
        Op::I64LtU => Op::I64GeU,
        Op::I64GeU => Op::I64LtU,
        Op::I64GtS => Op::I64LeS,
        Op::I64LeS => Op::I64GtS,
        Op::I64GtU => Op::I64LeU,
        Op::I64LeU => Op::I64GtU,
        Op::F32Eq => Op::F32Ne,
        Op::F32Ne => Op::F32Eq,
        Op::F64Eq => Op::F64Ne,
        Op::F64Ne => Op::F64Eq,
        _ => return None,
    })
}
