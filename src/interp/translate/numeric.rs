//! Numeric operators.
//!
//! Holds: a constant on the right, or on the left where the operator allows it, stands in the
//! instruction; an operand that the accumulator has is taken from there.

use super::Body;
use super::code::{Operand, Pattern, Source, fields, immediate};
use super::compare::{is_commutative, negated, swapped};
use super::stack::Value;
use crate::decode::operators::read_lanes;
use crate::error::Error;
use crate::interp::execute::select::{self, Class, Forms, Kind};
use crate::runtime::layout::CodeWord;
use crate::wasm::opcodes::Opcode;
use crate::wasm::simd::V128;
use crate::wasm::types::ValType;

/// The words behind the first one of an instruction with the result in field 0 and up to two operands.
struct Operands {
    words: [CodeWord; 2],
    count: usize,
}

impl Operands {
    fn as_slice(&self) -> &[CodeWord] {
        &self.words[..self.count]
    }

    /// One operand in field 1.
    fn one(result: u16, operand: u16) -> Operands {
        Operands {
            words: [fields([result, operand, 0, 0]), 0],
            count: 1,
        }
    }

    /// An operand in field 1, and one in field 2 or a constant: of 32 bits in the immediate half-word,
    /// of 64 bits in word 2.
    fn two(result: u16, left: u16, right: Operand, is_wide: bool) -> Operands {
        match right.source() {
            Source::Slot(slot) => Operands {
                words: [fields([result, left, slot, 0]), 0],
                count: 1,
            },
            Source::Constant(bits) if is_wide => Operands {
                words: [fields([result, left, 0, 0]), bits],
                count: 2,
            },
            Source::Constant(bits) => Operands {
                words: [immediate(result, left, bits as u32), 0],
                count: 1,
            },
        }
    }
}

/// Whether a constant of the type takes a word of its own.
fn is_wide(ty: ValType) -> bool {
    !matches!(ty, ValType::I32 | ValType::F32)
}

impl Body<'_> {
    /// Translates an operator with fixed types.
    pub(super) fn fixed(&mut self, opcode: Opcode, params: &[ValType], result: ValType) {
        if opcode.info().prefix == Opcode::SIMD_PREFIX {
            self.vector_operator(opcode, params.len(), result);
            return;
        }
        match opcode {
            // An i32 is zero-extended wherever it is, and floating-point numbers are kept as bits.
            Opcode::I64ExtendI32U
            | Opcode::I32ReinterpretF32
            | Opcode::I64ReinterpretF64
            | Opcode::F32ReinterpretI32
            | Opcode::F64ReinterpretI64 => {
                self.code.keep_wrapped();
                self.stack.retype_top(result);
            }
            _ if params.len() == 1 => self.unary(opcode, result),
            _ => self.binary(opcode, params[0], result),
        }
    }

    /// Finds the kinds of two operands, at most one of which comes from the accumulator.
    pub(super) fn kinds(&self, left: Operand, right: Operand) -> (Kind, Kind) {
        match (self.code.kind(left), self.code.kind(right)) {
            (Kind::Accumulator, Kind::Accumulator) => (Kind::Accumulator, Kind::Slot),
            kinds => kinds,
        }
    }

    /// The operator with its operands swapped if the accumulator has the right one alone: so instructions that can be
    /// swapped need no handlers for that.
    pub(super) fn accumulator_first(
        &self,
        opcode: Opcode,
        left: Operand,
        right: Operand,
    ) -> (Opcode, Operand, Operand) {
        let other = if is_commutative(opcode) {
            Some(opcode)
        } else {
            swapped(opcode)
        };
        match (self.kinds(left, right), other) {
            ((Kind::Slot, Kind::Accumulator), Some(other)) => (other, right, left),
            _ => (opcode, left, right),
        }
    }

    /// The operands that `kinds` say are taken from the accumulator are.
    pub(super) fn take(&mut self, operand: Operand, kind: Kind) {
        if kind == Kind::Accumulator {
            self.code.take_accumulator(operand);
        }
    }

    /// An operand as one in a slot: a constant goes to `canonical`.
    pub(super) fn in_slot(&mut self, operand: Operand, canonical: u16) -> Operand {
        match operand.constant() {
            Some(bits) => {
                self.emit_constant(canonical, bits);
                Operand::popped(canonical, operand.class)
            }
            None => operand,
        }
    }

    fn unary(&mut self, opcode: Opcode, result: ValType) {
        let entry = self.stack.pop();
        let operand = self.operand(entry);
        if opcode == Opcode::I32Eqz && self.negate_comparison(operand) {
            return;
        }
        let operand = self.in_slot(operand, entry.slot);
        let operand = self.unwrapped(operand);
        if self.defer_test(opcode, operand) {
            return;
        }
        let kind = self.code.kind(operand);
        let (forms, pattern) = match select::unary(opcode, kind) {
            Some(forms) if opcode == Opcode::I32WrapI64 => (forms, Pattern::Wrap(operand)),
            Some(forms) => (forms, Pattern::Other),
            None => match select::test(opcode, kind) {
                Some(forms) => (forms, Pattern::Test(opcode, operand)),
                None => match select::trapping_unary(opcode, kind) {
                    Some(forms) => (forms, Pattern::Other),
                    None => unreachable!(
                        "the table has no other operators of one scalar than {opcode:?}"
                    ),
                },
            },
        };
        self.take(operand, kind);
        let slot = self.stack.push(Value::Slot, result);
        let source = operand.slot().unwrap_or_default();
        self.code.emit_scalar(
            forms,
            Operands::one(slot, source).as_slice(),
            slot,
            Class::from(result),
            pattern,
        );
    }

    /// The operand, or the number of 64 bits of which it is the low half: instructions that take 32 bits need not
    /// wait for another one to cut them off.
    pub(super) fn unwrapped(&mut self, operand: Operand) -> Operand {
        match self.code.producer(operand).map(|producer| producer.pattern) {
            Some(Pattern::Wrap(whole)) => {
                self.code.remove_last();
                whole
            }
            _ => operand,
        }
    }

    /// Turns the comparison of integers that has just made `operand` into its opposite.
    fn negate_comparison(&mut self, operand: Operand) -> bool {
        let Some(producer) = self.code.producer(operand) else {
            return false;
        };
        let Pattern::Compare(opcode, left, right) = producer.pattern else {
            return false;
        };
        let Some(opposite) = negated(opcode) else {
            return false;
        };
        self.code.remove_last();
        self.emit_binary(opposite, left, right, ValType::I32);
        true
    }

    fn binary(&mut self, opcode: Opcode, operand_type: ValType, result: ValType) {
        let (right_entry, left_entry) = {
            let right = self.stack.pop();
            (right, self.stack.pop())
        };
        let (mut left, mut right) = (self.operand(left_entry), self.operand(right_entry));
        let opcode = subtraction_as_sum(opcode, &mut right);
        right = self.unwrapped(right);
        left = self.unwrapped(left);
        if self.fuse_operands(opcode, left, right, result) {
            return;
        }
        let mut opcode = opcode;
        if left.constant().is_some() {
            if is_commutative(opcode) && right.constant().is_none() {
                (left, right) = (right, left);
            } else if let Some(other) = swapped(opcode).filter(|_| right.constant().is_none()) {
                opcode = other;
                (left, right) = (right, left);
            } else if right.constant().is_none()
                && self.reversed(opcode, left, right, operand_type, result)
            {
                return;
            } else {
                left = self.in_slot(left, left_entry.slot);
            }
        }
        self.emit_binary(opcode, left, right, result);
    }

    /// Emits an operator with its left operand in a slot and pushes its result.
    fn emit_binary(&mut self, opcode: Opcode, left: Operand, right: Operand, result: ValType) {
        if self.defer_comparison(opcode, left, right) {
            return;
        }
        let (opcode, left, right) = self.accumulator_first(opcode, left, right);
        let kinds = self.kinds(left, right);
        let (forms, pattern) = match select::binary(opcode, kinds.0, kinds.1) {
            Some(forms) => (forms, Pattern::Binary(opcode, left, right)),
            None => match select::compare(opcode, kinds.0, kinds.1) {
                Some(forms) => (forms, Pattern::Compare(opcode, left, right)),
                None => match select::trapping_binary(opcode, kinds.0, kinds.1) {
                    Some(forms) => (forms, Pattern::Other),
                    None => unreachable!(
                        "the table has no other operators of two scalars than {opcode:?}"
                    ),
                },
            },
        };
        self.take(left, kinds.0);
        self.take(right, kinds.1);
        let slot = self.stack.push(Value::Slot, result);
        let wide = operand_is_wide(opcode);
        let rest = Operands::two(slot, left.slot().unwrap_or_default(), right, wide);
        self.code
            .emit_scalar(forms, rest.as_slice(), slot, Class::from(result), pattern);
    }

    /// Emits an operator with a constant on the left, if there is an instruction for it.
    fn reversed(
        &mut self,
        opcode: Opcode,
        left: Operand,
        right: Operand,
        operand_type: ValType,
        result: ValType,
    ) -> bool {
        let kind = self.code.kind(right);
        let Some(forms) = select::reversed(opcode, kind) else {
            return false;
        };
        self.take(right, kind);
        let slot = self.stack.push(Value::Slot, result);
        let rest = Operands::two(
            slot,
            right.slot().unwrap_or_default(),
            left,
            is_wide(operand_type),
        );
        self.code.emit_scalar(
            forms,
            rest.as_slice(),
            slot,
            Class::from(result),
            Pattern::Other,
        );
        true
    }

    /// Fuses the operator with the instruction that has just made one of its operands.
    fn fuse_operands(
        &mut self,
        opcode: Opcode,
        left: Operand,
        right: Operand,
        result: ValType,
    ) -> bool {
        match self.code.last().map(|last| &last.pattern) {
            Some(Pattern::Binary(..)) => {
                self.fuse_chain(opcode, left, right, result)
                    || self.fuse_product(opcode, left, right, result)
                    || self.fuse_product(opcode, right, left, result)
            }
            Some(Pattern::Load(..)) => {
                self.fuse_load(opcode, left, right, result)
                    || is_commutative(opcode) && self.fuse_load(opcode, right, left, result)
            }
            _ => false,
        }
    }

    /// Fuses an operator with a constant with another one that has just made its left operand.
    fn fuse_chain(
        &mut self,
        opcode: Opcode,
        left: Operand,
        right: Operand,
        result: ValType,
    ) -> bool {
        let (Some(second), Some(producer)) = (right.constant(), self.code.producer(left)) else {
            return false;
        };
        let Pattern::Binary(operator, operand, constant) = producer.pattern else {
            return false;
        };
        let (Some(source), Some(first)) = (operand.slot(), constant.constant()) else {
            return false;
        };
        if select::chain(operator, opcode, Kind::Slot).is_none() {
            return false;
        }
        self.code.remove_last();
        let kind = self.code.kind(operand);
        let Some(word) = select::chain(operator, opcode, kind) else {
            unreachable!("the operand of {operator:?} is not a constant")
        };
        self.take(operand, kind);
        let slot = self.stack.push(Value::Slot, result);
        let rest = [immediate(slot, source, first as u32), second];
        self.emit_fused(word, &rest, slot, result, Pattern::Other);
        true
    }

    /// Emits an instruction that leaves its result in its slot and in the accumulator.
    pub(super) fn emit_fused(
        &mut self,
        word: CodeWord,
        rest: &[CodeWord],
        slot: u16,
        result: ValType,
        pattern: Pattern,
    ) {
        self.code.emit_scalar(
            Forms::only_both(word),
            rest,
            slot,
            Class::from(result),
            pattern,
        );
    }

    /// Fuses an operator with another one with a small constant that has just made an operand.
    fn fuse_combination(
        &mut self,
        opcode: Opcode,
        other: Operand,
        combined: (Opcode, Operand, u64),
        result: ValType,
    ) -> bool {
        let (operator, operand, constant) = combined;
        let (Some(source), Some(other), Ok(small)) =
            (operand.slot(), other.slot(), u16::try_from(constant))
        else {
            return false;
        };
        if select::combine(operator, opcode, Kind::Slot).is_none() {
            return false;
        }
        self.code.remove_last();
        let kind = self.code.kind(operand);
        let Some(word) = select::combine(operator, opcode, kind) else {
            unreachable!("the operand of {operator:?} is not a constant")
        };
        self.take(operand, kind);
        let slot = self.stack.push(Value::Slot, result);
        let pattern = if (operator, opcode) == (Opcode::I32Shl, Opcode::I32Add) {
            Pattern::Scaled(other, source, small & 31)
        } else {
            Pattern::Other
        };
        let rest = [fields([slot, source, other, small])];
        self.emit_fused(word, &rest, slot, result, pattern);
        true
    }

    /// Fuses a sum with the product that has just been made.
    fn fuse_product(
        &mut self,
        opcode: Opcode,
        other: Operand,
        product: Operand,
        result: ValType,
    ) -> bool {
        let Some(producer) = self.code.producer(product) else {
            return false;
        };
        let Pattern::Binary(multiply, a, b) = producer.pattern else {
            return false;
        };
        if let Some(constant) = b.constant() {
            return self.fuse_combination(opcode, other, (multiply, a, constant), result);
        }
        let (Some(word), Some(other), Some(a), Some(b)) = (
            select::multiply_add(multiply, opcode),
            other.slot(),
            a.slot(),
            b.slot(),
        ) else {
            return false;
        };
        self.code.remove_last();
        let slot = self.stack.push(Value::Slot, result);
        let rest = [fields([slot, a, b, other])];
        self.emit_fused(word, &rest, slot, result, Pattern::Other);
        true
    }

    /// Fuses an operator with the load that has just made its right operand.
    fn fuse_load(
        &mut self,
        opcode: Opcode,
        left: Operand,
        right: Operand,
        result: ValType,
    ) -> bool {
        let Some(producer) = self.code.producer(right) else {
            return false;
        };
        let Pattern::Load(load, address, offset) = producer.pattern else {
            return false;
        };
        let (Some(word), Some(left), Some(address)) = (
            select::binary_load(opcode, load),
            left.slot(),
            address.slot(),
        ) else {
            return false;
        };
        self.code.remove_last();
        let slot = self.stack.push(Value::Slot, result);
        let rest = [fields([slot, left, address, 0]), offset.into()];
        self.emit_fused(word, &rest, slot, result, Pattern::Other);
        true
    }

    /// Translates wide arithmetic.
    pub(super) fn wide(&mut self, opcode: Opcode) {
        let mut operands = [0; 4];
        let count = if matches!(opcode, Opcode::I64Add128 | Opcode::I64Sub128) {
            4
        } else {
            2
        };
        for index in (0..count).rev() {
            operands[index] = self.pop_slot();
        }
        let low = self.stack.push(Value::Slot, ValType::I64);
        let high = self.stack.push(Value::Slot, ValType::I64);
        if count == 4 {
            let word = select::wide_add(opcode == Opcode::I64Sub128);
            self.code
                .emit(&[word, fields([low, high, 0, 0]), fields(operands)]);
        } else {
            let word = select::wide_multiply(opcode == Opcode::I64MulWideS);
            self.code
                .emit(&[word, fields([low, high, operands[0], operands[1]])]);
        }
        self.code.wrote(low);
        self.code.wrote(high);
    }

    fn vector_operator(&mut self, opcode: Opcode, operand_count: usize, result: ValType) {
        let mut slots = [0; 3];
        for index in (0..operand_count).rev() {
            slots[index] = self.pop_slot();
        }
        let word = select::byte_selection(opcode)
            .or_else(|| select::vector_unary(opcode))
            .or_else(|| select::vector_binary(opcode))
            .or_else(|| select::vector_ternary(opcode));
        let Some(word) = word else {
            unreachable!("the table has no other vector operators than {opcode:?}")
        };
        let slot = self.stack.push(Value::Slot, result);
        let rest = fields([slot, slots[0], slots[1], slots[2]]);
        self.emit_of_vector([word, rest], slot, result);
    }

    /// Emits an operator of vectors, whose result is a vector or goes to the accumulator as well.
    pub(super) fn emit_of_vector(&mut self, words: [CodeWord; 2], slot: u16, result: ValType) {
        if result == ValType::V128 {
            self.code.emit_result(&words, slot, 2);
            return;
        }
        let [both, rest] = words;
        let forms = Forms::only_both(both);
        self.code
            .emit_scalar(forms, &[rest], slot, Class::from(result), Pattern::Other);
    }

    /// Translates `v128.const` and `i8x16.shuffle`.
    pub(super) fn vector_immediate(&mut self, opcode: Opcode) -> Result<(), Error> {
        let bytes = read_lanes(&mut self.reader)?;
        let bits = V128::from_le_bytes(bytes).to_u128();
        let (low, high) = (bits as u64, (bits >> 64) as u64);
        let (word, left, right) = if opcode == Opcode::V128Const {
            if let Some(number) = self.constant_number([low, high]) {
                self.stack.push(Value::Local(number), ValType::V128);
                return Ok(());
            }
            (select::constant_vector(), 0, 0)
        } else {
            let right = self.pop_slot();
            let word = select::byte_selection(opcode).unwrap_or_else(select::shuffle);
            (word, self.pop_slot(), right)
        };
        let slot = self.stack.push(Value::Slot, ValType::V128);
        self.code
            .emit_result(&[word, fields([slot, left, right, 0]), low, high], slot, 2);
        Ok(())
    }

    /// Translates `select`.
    pub(super) fn select(&mut self, opcode: Opcode) -> Result<(), Error> {
        if opcode == Opcode::SelectTyped {
            crate::decode::operators::skip_immediates(&mut self.reader, opcode, self.module)?;
        }
        let condition = self.stack.pop();
        let operand = self.operand(condition);
        let comparison = self.code.producer(operand).map(|producer| producer.pattern);
        let is_vector = self.stack.get(self.stack.len() - 1).class == Class::Vector;
        if let (Some(Pattern::Compare(compare, left, right)), false) = (comparison, is_vector) {
            if let Some(left) = left.slot() {
                self.code.remove_last();
                self.select_by_comparison(compare, left, right);
                return Ok(());
            }
        }
        let condition_slot = self.slot_of(condition);
        let right = self.stack.pop();
        let second = self.slot_of(right);
        let left = self.stack.pop();
        let first = self.slot_of(left);
        let slot = self.stack.push(Value::Slot, left.class);
        let rest = fields([slot, first, second, condition_slot]);
        if is_vector {
            self.code
                .emit_result(&[select::select_vector(), rest], slot, 2);
            return Ok(());
        }
        let condition = Operand::in_slot(condition_slot, operand.class);
        let kind = self.code.kind(condition);
        self.emit_moved(&[select::select(kind), rest], slot, left.class);
        Ok(())
    }

    fn select_by_comparison(&mut self, compare: Opcode, left: u16, right: Operand) {
        let second = self.stack.pop();
        let second_slot = self.slot_of(second);
        let first = self.stack.pop();
        let first_slot = self.slot_of(first);
        let word = select::select_compare(compare, compared_kind(right));
        let word = word
            .unwrap_or_else(|| unreachable!("the table has no other comparisons than {compare:?}"));
        let slot = self.stack.push(Value::Slot, first.class);
        let values = fields([slot, first_slot, second_slot, 0]);
        let compared = fields([left, right.slot().unwrap_or_default(), 0, 0]);
        match right.constant() {
            Some(bits) => self.emit_moved(&[word, values, compared, bits], slot, first.class),
            None => self.emit_moved(&[word, values, compared], slot, first.class),
        }
    }

    /// Emits an instruction that leaves a value as bits in the integer accumulator, whatever its type.
    fn emit_moved(&mut self, words: &[CodeWord], slot: u16, class: Class) {
        let forms = Forms::only_both(words[0]);
        if class == Class::Integer {
            self.code
                .emit_scalar(forms, &words[1..], slot, Class::Integer, Pattern::Other);
        } else {
            self.code.emit_result(words, slot, 1);
            self.code.integer_accumulator_lost();
        }
    }
}

/// The difference of an integer and a constant as the sum that it is, so that sums are all that is looked for.
fn subtraction_as_sum(opcode: Opcode, right: &mut Operand) -> Opcode {
    let (sum, bits) = match (opcode, right.constant()) {
        (Opcode::I32Sub, Some(bits)) => (Opcode::I32Add, (bits as u32).wrapping_neg().into()),
        (Opcode::I64Sub, Some(bits)) => (Opcode::I64Add, bits.wrapping_neg()),
        _ => return opcode,
    };
    *right = Operand::of_constant(bits, right.class);
    sum
}

/// The kind of a comparison's right operand in an instruction that does not take it from an
/// accumulator.
pub(super) fn compared_kind(operand: Operand) -> Kind {
    match operand.source() {
        Source::Slot(_) => Kind::Slot,
        Source::Constant(_) => Kind::Constant,
    }
}

/// Whether the operator's right operand has 64 bits.
fn operand_is_wide(opcode: Opcode) -> bool {
    match opcode.info().shape {
        crate::wasm::opcodes::Shape::Fixed { params, .. } => {
            params.as_slice().last().is_some_and(|&ty| is_wide(ty))
        }
        _ => false,
    }
}
