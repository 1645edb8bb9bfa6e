//! Operations on integers.
//!
//! Holds: a result of 32 bits is made by an instruction that clears the upper half of its register.

use super::control::Condition;
use super::{Error, Rm, Selector};
use crate::compile::ir::ops::Op;
use crate::compile::ir::{Node, Type, Value};
use crate::compile::machine::VirtualRegister;
use crate::compile::x64::convention::{LOST_BY_COPY, LOST_BY_FILL};
use crate::compile::x64::features::CpuFeature;
use crate::compile::x64::instructions::X64;
use crate::wasm::trap::Trap;

impl Selector<'_> {
    /// Selects instructions for a node that is needed.
    pub(super) fn node(&mut self, value: Value, node: Node) -> Result<(), Error> {
        if let Some(operator) = two_operands(node.op) {
            self.binary(value, &node, operator);
            return Ok(());
        }
        if self.is_access(&node) {
            return if node.ty == Type::None {
                self.store(&node)
            } else {
                self.load(value, &node)
            };
        }
        match node.op {
            // They are defined by the block, by the first instruction, or by the call.
            Op::Parameter | Op::Argument | Op::Result => Ok(()),
            // Whoever uses it makes it; as the argument of an edge it has a register.
            Op::Constant if node.ty == Type::I32 || node.ty == Type::I64 => {
                let register = self.register_of(value);
                self.move_constant(register, u64::from(node.a) | u64::from(node.b) << 32);
                Ok(())
            }
            Op::MemoryBase => {
                self.memory_base(value, &node);
                Ok(())
            }
            Op::MemoryBytes => {
                self.memory_bytes(value, &node);
                Ok(())
            }
            Op::CheckBounds => {
                self.check_bounds(&node);
                Ok(())
            }
            Op::GlobalGet => {
                self.global_get(value, &node);
                Ok(())
            }
            Op::LoopFrame => {
                self.loop_frame(value);
                Ok(())
            }
            Op::FrameLoad => {
                self.frame_load(value, &node);
                Ok(())
            }
            Op::GlobalSet => {
                self.global_set(&node);
                Ok(())
            }
            Op::Poll => {
                self.emit_with(X64::Poll, &[], (0, 0));
                Ok(())
            }
            Op::ChargeFuel | Op::ChargeFuelBy => {
                self.charge_fuel(&node);
                Ok(())
            }
            Op::Call => {
                self.call(value, &node);
                Ok(())
            }
            Op::CallIndirect => {
                self.call_indirect(value, &node);
                Ok(())
            }
            Op::CallRuntime => {
                self.call_runtime(value, &node);
                Ok(())
            }
            Op::CopyBytes => {
                self.bulk(X64::CopyBytes, &node, &LOST_BY_COPY);
                Ok(())
            }
            Op::FillBytes => {
                self.bulk(X64::FillBytes, &node, &LOST_BY_FILL);
                Ok(())
            }
            Op::FunctionReference => {
                let register = self.register_of(value);
                self.move_function_reference(register, node.a);
                Ok(())
            }
            Op::TableGet => {
                self.table_get(value, &node);
                Ok(())
            }
            Op::TableSet => {
                self.table_set(&node);
                Ok(())
            }
            Op::TableSize => {
                self.table_size(value, &node);
                Ok(())
            }
            Op::Select => self.select(value, &node),
            Op::I32Shl | Op::I32ShrS | Op::I32ShrU | Op::I32Rotl | Op::I32Rotr => {
                self.shift(value, &node, false);
                Ok(())
            }
            Op::I64Shl | Op::I64ShrS | Op::I64ShrU | Op::I64Rotl | Op::I64Rotr => {
                self.shift(value, &node, true);
                Ok(())
            }
            Op::SwapBytes => {
                let from = self.register(Value(node.a));
                let to = self.register_of(value);
                let x64 = match node.ty {
                    Type::I32 => X64::Bswap32,
                    _ => X64::Bswap64,
                };
                self.emit(x64, Rm::Operand, &[to, from], 0);
                Ok(())
            }
            Op::I32DivS | Op::I32DivU | Op::I32RemS | Op::I32RemU => {
                self.divide(value, &node, false);
                Ok(())
            }
            Op::MulHighS | Op::MulHighU => {
                // The second factor is a constant, which nobody else needs: it is the one that is overwritten.
                let (a, b) = (self.register(Value(node.b)), self.register(Value(node.a)));
                let low = self.new_integer();
                let high = self.register_of(value);
                let x64 = match node.op {
                    Op::MulHighS => X64::Imul64Wide,
                    _ => X64::Mul64Wide,
                };
                self.emit(x64, Rm::Operand, &[low, high, a, b], 0);
                Ok(())
            }
            Op::I64DivS | Op::I64DivU | Op::I64RemS | Op::I64RemU => {
                self.divide(value, &node, true);
                Ok(())
            }
            op if op >= Op::I8x16Splat || Selector::is_of_lanes(op) => self.vector(value, &node),
            op => {
                if let Some(condition) = self.comparison(&node)? {
                    self.truth(value, condition);
                    return Ok(());
                }
                match one_operand(op) {
                    Some(x64) => {
                        self.unary(value, &node, x64);
                        Ok(())
                    }
                    None if self.float(value, &node) => Ok(()),
                    None => self.count(value, &node),
                }
            }
        }
    }

    fn unary(&mut self, value: Value, node: &Node, x64: X64) {
        let from = self.low_or_whole(Value(node.a), node.op);
        let to = self.register_of(value);
        self.emit(x64, Rm::Operand, &[to, from], 0);
    }

    fn low_or_whole(&mut self, value: Value, op: Op) -> VirtualRegister {
        match op {
            Op::I32WrapI64 => self.register(value),
            _ if self.function.ty(value) == Type::I32 => self.low_register(value),
            _ => self.register(value),
        }
    }

    fn binary(&mut self, value: Value, node: &Node, operator: TwoOperands) {
        let is_64 = node.ty == Type::I64;
        let (a, b) = (Value(node.a), Value(node.b));
        let to = self.register_of(value);
        if matches!(node.op, Op::I32Add | Op::I64Add) {
            return self.sum(to, a, b, is_64);
        }
        if matches!(node.op, Op::I32Sub | Op::I64Sub) && self.short_constant(a) == Some(0) {
            let x64 = if is_64 { X64::Neg64 } else { X64::Neg32 };
            let from = self.operand_of(b, is_64);
            return self.emit(x64, Rm::Operand, &[to, from], 0);
        }
        if let (Some(constant), Some([narrow, wide])) = (self.short_constant(b), operator.immediate)
        {
            let left = self.operand_of(a, is_64);
            let x64 = if is_64 { wide } else { narrow };
            return self.emit(x64, Rm::Operand, &[to, left], constant);
        }
        let x64 = operator.registers[usize::from(is_64)];
        let left = self.operand_of(a, is_64);
        match self.source(b, is_64) {
            (rm, None) => self.emit(x64, rm, &[to, left], 0),
            (rm, Some(right)) => self.emit(x64, rm, &[to, left, right], 0),
        }
    }

    /// A sum is the calculation of an address, unless an operand comes from memory: so both operands stay as they are.
    fn sum(&mut self, to: VirtualRegister, a: Value, b: Value, is_64: bool) {
        let (lea, add) = if is_64 {
            (X64::Lea64, X64::Add64)
        } else {
            (X64::Lea32, X64::Add32)
        };
        let left = self.operand_of(a, is_64);
        if let Some(constant) = self.short_constant(b) {
            return self.emit(lea, Rm::Base(left, constant), &[to], 0);
        }
        match self.source(b, is_64) {
            (rm, None) => self.emit(add, rm, &[to, left], 0),
            (_, Some(right)) => self.emit(lea, Rm::Index(left, right, 0), &[to], 0),
        }
    }

    fn operand_of(&mut self, value: Value, is_64: bool) -> VirtualRegister {
        if is_64 {
            self.register(value)
        } else {
            self.low_register(value)
        }
    }

    /// Makes 0 or 1 of a condition.
    pub(super) fn truth(&mut self, value: Value, condition: Condition) {
        let to = self.register_of(value);
        let low = self.new_integer();
        let join = match condition {
            Condition::OrderedEqual => Some((X64::And32, Condition::Equal, Condition::Ordered)),
            Condition::UnorderedNotEqual => {
                Some((X64::Or32, Condition::NotEqual, Condition::Unordered))
            }
            _ => None,
        };
        if let Some((join, first, second)) = join {
            let (one, other) = (self.new_integer(), self.new_integer());
            self.emit(X64::Set, Rm::Operand, &[one], first as i32);
            self.emit(X64::Set, Rm::Operand, &[other], second as i32);
            self.emit(join, Rm::Operand, &[low, one, other], 0);
        } else {
            self.emit(X64::Set, Rm::Operand, &[low], condition as i32);
        }
        self.emit(X64::Movzx8, Rm::Operand, &[to, low], 0);
    }

    fn select(&mut self, value: Value, node: &Node) -> Result<(), Error> {
        let (first, second) = (Value(node.a), Value(node.b));
        if !matches!(node.ty, Type::I32 | Type::I64) {
            return self.select_vector(value, node);
        }
        let to = self.register_of(value);
        let mut first = self.register(first);
        let mut second = self.register(second);
        let mut condition = self.condition(Value(node.c))?;
        if condition == Condition::OrderedEqual {
            // It is the other one if the numbers are not equal.
            (first, second) = (second, first);
            condition = Condition::UnorderedNotEqual;
        }
        let x64 = if node.ty == Type::I64 {
            X64::Cmov64
        } else {
            X64::Cmov32
        };
        if condition == Condition::UnorderedNotEqual {
            let chosen = self.new_integer();
            let (unordered, not_equal) = (Condition::Unordered as i32, Condition::NotEqual as i32);
            self.emit(x64, Rm::Operand, &[chosen, second, first], unordered);
            self.emit(x64, Rm::Operand, &[to, chosen, first], not_equal);
        } else {
            self.emit(x64, Rm::Operand, &[to, second, first], condition as i32);
        }
        Ok(())
    }

    fn shift(&mut self, value: Value, node: &Node, is_64: bool) {
        let [immediate, by_cl, extended] = shifts(node.op);
        let left = self.operand_of(Value(node.a), is_64);
        let to = self.register_of(value);
        if let Some(count) = self.function.constant(Value(node.b)) {
            let mask = if is_64 { 63 } else { 31 };
            let count = count as i32 & mask;
            let (x64, count) = match self.rotation_to_right(node, count) {
                Some(count) if is_64 => (X64::Rorx64, count & mask),
                Some(count) => (X64::Rorx32, count & mask),
                None => (immediate, count),
            };
            return self.emit(x64, Rm::Operand, &[to, left], count);
        }
        let count = self.low_register(Value(node.b));
        if extended != by_cl && self.target.features.has(CpuFeature::Bmi2) {
            self.emit(extended, Rm::Operand, &[to, left, count], 0);
        } else {
            self.emit(by_cl, Rm::Operand, &[to, left, count], 0);
        }
    }

    /// By how much a value is rotated to the right that is needed afterwards, so that the result had best be somewhere
    /// else, if there is an instruction for that.
    fn rotation_to_right(&self, node: &Node, count: i32) -> Option<i32> {
        let is_needed = self.order.uses[node.a as usize] > 1;
        if !is_needed || !self.target.features.has(CpuFeature::Bmi2) {
            return None;
        }
        match node.op {
            Op::I32Rotr | Op::I64Rotr => Some(count),
            Op::I32Rotl | Op::I64Rotl => Some(-count),
            _ => None,
        }
    }

    fn divide(&mut self, value: Value, node: &Node, is_64: bool) {
        let (a, b) = (Value(node.a), Value(node.b));
        let is_signed = matches!(
            node.op,
            Op::I32DivS | Op::I32RemS | Op::I64DivS | Op::I64RemS
        );
        let is_remainder = matches!(
            node.op,
            Op::I32RemS | Op::I32RemU | Op::I64RemS | Op::I64RemU
        );
        let of_width = |narrow, wide| if is_64 { wide } else { narrow };
        let dividend = self.operand_of(a, is_64);
        let mut divisor = self.operand_of(b, is_64);
        let constant = self.short_constant(b);
        if constant.is_none_or(|constant| constant == 0) {
            let test = of_width(X64::Test32, X64::Test64);
            self.emit(test, Rm::Operand, &[divisor, divisor], 0);
            self.trap_if(Condition::Equal, Trap::IntegerDivisionByZero);
        }
        if is_signed && constant.is_none_or(|constant| constant == -1) {
            if is_remainder {
                // What is left of a division by -1 is what is left of one by 1, which does not overflow.
                let one = self.integer_constant(1);
                let compare = of_width(X64::Cmp32Imm, X64::Cmp64Imm);
                self.emit(compare, Rm::Operand, &[divisor], -1);
                let harmless = self.new_integer();
                let cmov = of_width(X64::Cmov32, X64::Cmov64);
                self.emit(
                    cmov,
                    Rm::Operand,
                    &[harmless, one, divisor],
                    Condition::NotEqual as i32,
                );
                divisor = harmless;
            } else {
                self.trap_on_overflow(dividend, divisor, is_64);
            }
        }
        let (quotient, remainder) = (self.new_integer(), self.new_integer());
        let upper = self.new_integer();
        let x64 = if is_signed {
            let extend = of_width(X64::Cdq, X64::Cqo);
            self.emit(extend, Rm::Operand, &[upper, dividend], 0);
            of_width(X64::Idiv32, X64::Idiv64)
        } else {
            self.move_constant(upper, 0);
            of_width(X64::Div32, X64::Div64)
        };
        self.emit(
            x64,
            Rm::Operand,
            &[quotient, remainder, dividend, upper, divisor],
            0,
        );
        let to = self.register_of(value);
        self.copy(to, if is_remainder { remainder } else { quotient });
    }

    /// Traps if the dividend is the least number and the divisor is -1: exactly then, the negation of both bits'
    /// difference is zero.
    fn trap_on_overflow(
        &mut self,
        dividend: VirtualRegister,
        divisor: VirtualRegister,
        is_64: bool,
    ) {
        let of_width = |narrow, wide| if is_64 { wide } else { narrow };
        let (least, from_least) = (self.new_integer(), self.new_integer());
        let bits = if is_64 { 1 << 63 } else { 1 << 31 };
        self.move_constant(least, bits);
        let xor = of_width(X64::Xor32, X64::Xor64);
        self.emit(xor, Rm::Operand, &[from_least, least, dividend], 0);
        let inverted = self.new_integer();
        let not = of_width(X64::Not32, X64::Not64);
        self.emit(not, Rm::Operand, &[inverted, divisor], 0);
        let either = self.new_integer();
        let or = of_width(X64::Or32, X64::Or64);
        self.emit(or, Rm::Operand, &[either, from_least, inverted], 0);
        self.trap_if(Condition::Equal, Trap::IntegerOverflow);
    }

    fn check_bounds(&mut self, node: &Node) {
        let address = self.register(Value(node.a));
        let size = self.register(Value(node.b));
        let end = self.new_integer();
        if self.function.ty(Value(node.a)) == Type::I64 {
            // The sum can have more than 64 bits.
            let distance = self.integer_constant(node.c.into());
            self.emit(X64::Add64, Rm::Operand, &[end, distance, address], 0);
            self.trap_if(Condition::Below, Trap::MemoryOutOfBounds);
            self.emit(X64::Cmp64, Rm::Operand, &[end, size], 0);
            self.trap_if(Condition::Above, Trap::MemoryOutOfBounds);
            return;
        }
        match i32::try_from(node.c) {
            Ok(displacement) => {
                self.emit(X64::Lea64, Rm::Base(address, displacement), &[end], 0);
            }
            Err(_) => {
                let distance = self.integer_constant(node.c.into());
                self.emit(X64::Add64, Rm::Operand, &[end, distance, address], 0);
            }
        }
        self.emit(X64::Cmp64, Rm::Operand, &[end, size], 0);
        self.trap_if(Condition::Above, Trap::MemoryOutOfBounds);
    }

    /// Leading and trailing zeros, and ones.
    fn count(&mut self, value: Value, node: &Node) -> Result<(), Error> {
        let features = self.target.features;
        let x64 = match node.op {
            Op::I32Clz if features.has(CpuFeature::Lzcnt) => X64::Lzcnt32,
            Op::I64Clz if features.has(CpuFeature::Lzcnt) => X64::Lzcnt64,
            Op::I32Ctz if features.has(CpuFeature::Bmi1) => X64::Tzcnt32,
            Op::I64Ctz if features.has(CpuFeature::Bmi1) => X64::Tzcnt64,
            Op::I32Popcnt if features.has(CpuFeature::Popcnt) => X64::Popcnt32,
            Op::I64Popcnt if features.has(CpuFeature::Popcnt) => X64::Popcnt64,
            Op::I32Clz | Op::I64Clz | Op::I32Ctz | Op::I64Ctz => {
                self.count_zeros(value, node);
                return Ok(());
            }
            Op::I32Popcnt | Op::I64Popcnt => {
                self.count_ones(value, node);
                return Ok(());
            }
            op => return Err(self.unsupported(op)),
        };
        self.unary(value, node, x64);
        Ok(())
    }

    /// Adds bits in pairs, these in fours and these in bytes, and the bytes by a product whose highest byte has them
    /// all. A number of 32 bits is one of 64 bits.
    fn count_ones(&mut self, value: Value, node: &Node) {
        const PAIRS: u64 = u64::MAX / 3;
        const FOURS: u64 = u64::MAX / 5;
        const BYTES: u64 = u64::MAX / 17;
        const FACTOR: u64 = u64::MAX / 255;
        let from = self.register(Value(node.a));
        let to = self.register_of(value);
        let odd = self.shifted_and(from, 1, PAIRS);
        let pairs = self.integer(X64::Sub64, from, odd);
        let odd = self.shifted_and(pairs, 2, FOURS);
        let mask = self.integer_constant(FOURS);
        let even = self.integer(X64::And64, pairs, mask);
        let fours = self.integer(X64::Add64, odd, even);
        let shifted = self.new_integer();
        self.emit(X64::Shr64Imm, Rm::Operand, &[shifted, fours], 4);
        let sums = self.integer(X64::Add64, shifted, fours);
        let mask = self.integer_constant(BYTES);
        let bytes = self.integer(X64::And64, sums, mask);
        let factor = self.integer_constant(FACTOR);
        let product = self.integer(X64::Imul64, bytes, factor);
        self.emit(X64::Shr64Imm, Rm::Operand, &[to, product], 56);
    }

    fn integer(&mut self, x64: X64, a: VirtualRegister, b: VirtualRegister) -> VirtualRegister {
        let to = self.new_integer();
        self.emit(x64, Rm::Operand, &[to, a, b], 0);
        to
    }

    fn shifted_and(&mut self, from: VirtualRegister, count: i32, mask: u64) -> VirtualRegister {
        let shifted = self.new_integer();
        self.emit(X64::Shr64Imm, Rm::Operand, &[shifted, from], count);
        let mask = self.integer_constant(mask);
        self.integer(X64::And64, shifted, mask)
    }

    /// Counts zeros by looking for the first or last one, of which there is none in zero.
    fn count_zeros(&mut self, value: Value, node: &Node) {
        let (x64, none, flip) = match node.op {
            Op::I32Clz => (X64::Bsr32, 63, 31),
            Op::I64Clz => (X64::Bsr64, 127, 63),
            Op::I32Ctz => (X64::Bsf32, 32, 0),
            _ => (X64::Bsf64, 64, 0),
        };
        let from = self.low_or_whole(Value(node.a), node.op);
        let (absent, found, either) = (
            self.integer_constant(none),
            self.new_integer(),
            self.new_integer(),
        );
        let to = self.register_of(value);
        self.emit(x64, Rm::Operand, &[found, from], 0);
        let condition = Condition::Equal as i32;
        let chosen = if flip == 0 { to } else { either };
        self.emit(
            X64::Cmov32,
            Rm::Operand,
            &[chosen, found, absent],
            condition,
        );
        if flip != 0 {
            self.emit(X64::Xor32Imm, Rm::Operand, &[to, either], flip);
        }
    }
}

/// The instructions of an operation with two operands, of 32 and of 64 bits.
struct TwoOperands {
    registers: [X64; 2],
    immediate: Option<[X64; 2]>,
}

fn two_operands(op: Op) -> Option<TwoOperands> {
    let (registers, immediate) = match op {
        Op::I32Add | Op::I64Add => ([X64::Add32, X64::Add64], [X64::Add32Imm, X64::Add64Imm]),
        // A constant that is taken away is added.
        Op::I32Sub | Op::I64Sub => {
            return Some(TwoOperands {
                registers: [X64::Sub32, X64::Sub64],
                immediate: None,
            });
        }
        Op::I32Mul | Op::I64Mul => ([X64::Imul32, X64::Imul64], [X64::Imul32Imm, X64::Imul64Imm]),
        Op::I32And | Op::I64And => ([X64::And32, X64::And64], [X64::And32Imm, X64::And64Imm]),
        Op::I32Or | Op::I64Or => ([X64::Or32, X64::Or64], [X64::Or32Imm, X64::Or64Imm]),
        Op::I32Xor | Op::I64Xor => ([X64::Xor32, X64::Xor64], [X64::Xor32Imm, X64::Xor64Imm]),
        _ => return None,
    };
    Some(TwoOperands {
        registers,
        immediate: Some(immediate),
    })
}

/// The instruction of an operation with one operand.
fn one_operand(op: Op) -> Option<X64> {
    Some(match op {
        Op::I32WrapI64 => X64::Mov32,
        Op::I64ExtendI32U => X64::Copy,
        Op::I64ExtendI32S | Op::I64Extend32S => X64::Movsx32To64,
        Op::I32Extend8S => X64::Movsx8To32,
        Op::I32Extend16S => X64::Movsx16To32,
        Op::I64Extend8S => X64::Movsx8To64,
        Op::I64Extend16S => X64::Movsx16To64,
        _ => return None,
    })
}

/// The instructions that shift by a constant, by the count in rcx, and by a count in any register (or the second one
/// again).
fn shifts(op: Op) -> [X64; 3] {
    match op {
        Op::I32Shl => [X64::Shl32Imm, X64::Shl32Cl, X64::Shlx32],
        Op::I32ShrS => [X64::Sar32Imm, X64::Sar32Cl, X64::Sarx32],
        Op::I32ShrU => [X64::Shr32Imm, X64::Shr32Cl, X64::Shrx32],
        Op::I32Rotl => [X64::Rol32Imm, X64::Rol32Cl, X64::Rol32Cl],
        Op::I32Rotr => [X64::Ror32Imm, X64::Ror32Cl, X64::Ror32Cl],
        Op::I64Shl => [X64::Shl64Imm, X64::Shl64Cl, X64::Shlx64],
        Op::I64ShrS => [X64::Sar64Imm, X64::Sar64Cl, X64::Sarx64],
        Op::I64ShrU => [X64::Shr64Imm, X64::Shr64Cl, X64::Shrx64],
        Op::I64Rotl => [X64::Rol64Imm, X64::Rol64Cl, X64::Rol64Cl],
        _ => [X64::Ror64Imm, X64::Ror64Cl, X64::Ror64Cl],
    }
}
