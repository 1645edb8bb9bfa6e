//! Blocks and branches.
//!
//! Holds: where a construct begins or ends, all operands are in their slots; a branch carries its values
//! to the slots that the label's operands have.

use alloc::vec::Vec;

use super::Body;
use super::code::{Label, Operand, Pattern, Source, Sum, fields, fields_of, immediate};
use super::compare::{negated, swapped};
use super::numeric::compared_kind;
use super::stack::Value;
use crate::decode::operators::{LabelTable, read_opcode};
use crate::decode::types::{BlockType, read_block_type};
use crate::error::Error;
use crate::interp::execute::select::{self, Class, Kind};
use crate::module::Module;
use crate::wasm::opcodes::Opcode;
use crate::wasm::types::ValType;

/// A construct that is being translated.
pub(super) struct Control {
    kind: ConstructKind,
    ty: BlockType,
    /// How many operands there are below its parameters.
    height: usize,
    /// Where a branch to it goes.
    label: Label,
    /// How many locals were newly set before it.
    newly_set: usize,
    is_reachable: bool,
    /// Whether it is a loop, or is in one.
    is_in_loop: bool,
    /// Where the `br_table` at a position in the code goes for it, so that however many of its labels are
    /// the same, each is looked at once.
    table_label: Option<(usize, Label)>,
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum ConstructKind {
    Function,
    Block,
    Loop,
    /// With the label of the branch that is taken if the condition does not hold.
    If(Label),
    Else,
    /// A construct in code that is never reached.
    Unreached,
}

/// The parameter types of a block type.
fn params<'a>(module: &'a Module, ty: &'a BlockType) -> &'a [ValType] {
    match ty {
        BlockType::Empty | BlockType::Value(_) => &[],
        BlockType::Type(index) => module.func_type(*index).params(),
    }
}

/// The result types of a block type.
fn results<'a>(module: &'a Module, ty: &'a BlockType) -> &'a [ValType] {
    match ty {
        BlockType::Empty => &[],
        BlockType::Value(ty) => core::slice::from_ref(ty),
        BlockType::Type(index) => module.func_type(*index).results(),
    }
}

/// The operators that pop a condition, as they are encoded.
const IF: u8 = Opcode::If.info().code as u8;
const BR_IF: u8 = Opcode::BrIf.info().code as u8;

/// More values than a branch usually carries.
const MANY_VALUES: usize = 16;

/// What a branch carries to its label.
#[derive(Copy, Clone)]
struct Carried {
    /// How many values.
    count: usize,
    /// The slots that they take.
    slots: usize,
    /// Whether it is one value of one slot.
    is_scalar: bool,
    /// How many operands there are below the values at the label.
    height: usize,
}

/// What a branch depends on.
#[derive(Copy, Clone)]
pub(super) enum Condition {
    /// Whether a 32-bit operand is not zero.
    Value(Operand),
    /// A test of one operand.
    Test(Opcode, Operand),
    /// A comparison.
    Compare(Opcode, Operand, Operand),
    /// Whether a 32-bit operand has any of some bits, or none.
    Mask(Operand, u64, bool),
}

impl Body<'_> {
    /// Begins the body.
    pub(super) fn enter_function(&mut self) {
        let ty = BlockType::Type(self.module.functions[self.function_index() as usize]);
        let label = self.code.new_label();
        self.push_control(ConstructKind::Function, ty, 0, label);
    }

    fn push_control(&mut self, kind: ConstructKind, ty: BlockType, height: usize, label: Label) {
        let is_in_loop = kind == ConstructKind::Loop || self.is_in_loop();
        self.controls.push(Control {
            kind,
            ty,
            height,
            label,
            newly_set: self.newly_set.len(),
            is_reachable: kind != ConstructKind::Unreached,
            is_in_loop,
            table_label: None,
        });
    }

    /// The function's index.
    pub(super) fn function_index(&self) -> u32 {
        self.defined_index + self.module.imported_functions
    }

    /// Whether the next operator can be reached; nothing behind the end of the function.
    #[inline]
    pub(super) fn is_reachable(&self) -> Option<bool> {
        self.controls.last().map(|control| control.is_reachable)
    }

    /// Whether the next operator is in a loop.
    pub(super) fn is_in_loop(&self) -> bool {
        self.controls
            .last()
            .is_some_and(|control| control.is_in_loop)
    }

    /// A construct begins in code that is never reached.
    pub(super) fn nest_unreached(&mut self) {
        let label = self.innermost().label;
        let (kind, ty) = (ConstructKind::Unreached, BlockType::Empty);
        self.push_control(kind, ty, self.stack.len(), label);
    }

    fn innermost(&mut self) -> &mut Control {
        self.controls
            .last_mut()
            .expect("the function's construct ends last")
    }

    pub(super) fn control(&mut self, opcode: Opcode) -> Result<(), Error> {
        match opcode {
            Opcode::Unreachable => {
                self.code.emit(&[select::unreachable_trap(), 0]);
                self.set_unreachable();
            }
            Opcode::Block => {
                let ty = read_block_type(&mut self.reader, self.module)?;
                self.settle_all();
                let label = self.code.new_label();
                self.enter(ConstructKind::Block, ty, label);
            }
            Opcode::Loop => self.enter_loop()?,
            Opcode::If => {
                let ty = read_block_type(&mut self.reader, self.module)?;
                let condition = self.pop_condition();
                self.settle_all();
                self.end_segment();
                let (label, otherwise) = (self.code.new_label(), self.code.new_label());
                self.emit_conditional(condition, false, otherwise);
                self.enter(ConstructKind::If(otherwise), ty, label);
            }
            Opcode::Else => self.otherwise(),
            Opcode::End => self.end(),
            Opcode::Br => {
                let depth = self.reader.read_u32()?;
                self.end_segment();
                self.branch(depth);
                self.set_unreachable();
            }
            Opcode::BrIf => {
                let depth = self.reader.read_u32()?;
                let condition = self.pop_condition();
                self.branch_if(condition, depth);
                self.end_segment();
            }
            Opcode::BrTable => {
                self.end_segment();
                self.branch_table()?;
                self.set_unreachable();
            }
            _ => {
                self.end_segment();
                self.emit_return();
                self.set_unreachable();
            }
        }
        Ok(())
    }

    fn enter(&mut self, kind: ConstructKind, ty: BlockType, label: Label) {
        let height = self.stack.len() - params(self.module, &ty).len();
        self.push_control(kind, ty, height, label);
    }

    fn enter_loop(&mut self) -> Result<(), Error> {
        let ty = read_block_type(&mut self.reader, self.module)?;
        self.settle_all();
        self.end_segment();
        let label = self.code.new_label();
        self.code.bind(label);
        self.count_iteration();
        self.poll();
        self.enter(ConstructKind::Loop, ty, label);
        Ok(())
    }

    /// What follows in the innermost construct cannot be reached.
    pub(super) fn set_unreachable(&mut self) {
        self.end_segment();
        let control = self.innermost();
        control.is_reachable = false;
        let height = control.height;
        self.stack.truncate(height);
        self.code.forget();
    }

    /// The locals that were newly set in the innermost construct may not be set outside of it.
    fn forget_newly_set(&mut self) {
        let from = self.innermost().newly_set;
        for local in self.newly_set.drain(from..) {
            self.locals[local].is_set = false;
        }
    }

    /// Pushes operands that are in their slots.
    fn push_in_slots(&mut self, types: &[ValType]) {
        for &ty in types {
            self.stack.push(Value::Slot, ty);
        }
        // What is below was in its slots when the construct began.
        self.stack.set_settled(self.stack.len());
    }

    /// `else`.
    fn otherwise(&mut self) {
        let control = self.innermost();
        let ConstructKind::If(otherwise) = control.kind else {
            // An `if` that is never reached has no other branch that is.
            return;
        };
        let (ty, height, label, is_reachable) = (
            control.ty,
            control.height,
            control.label,
            control.is_reachable,
        );
        control.kind = ConstructKind::Else;
        control.is_reachable = true;
        if is_reachable {
            self.settle_from(height);
            self.end_segment();
            self.emit_branch(label);
        }
        self.forget_newly_set();
        self.stack.truncate(height);
        let module = self.module;
        self.push_in_slots(params(module, &ty));
        self.code.bind(otherwise);
    }

    /// `end`.
    fn end(&mut self) {
        let module = self.module;
        let control = self.innermost();
        let (kind, ty, height, label) = (control.kind, control.ty, control.height, control.label);
        let mut is_reachable = control.is_reachable;
        if kind == ConstructKind::Unreached {
            self.controls.pop();
            return;
        }
        self.forget_newly_set();
        if kind == ConstructKind::Function {
            if is_reachable {
                self.emit_return();
            }
            self.end_segment();
            self.controls.pop();
            return;
        }
        if is_reachable {
            self.settle_from(height);
        }
        self.end_segment();
        if kind != ConstructKind::Loop {
            self.return_at_end(&ty, height, label);
        }
        if let ConstructKind::If(otherwise) = kind {
            // Without `else`, the parameters are the results.
            self.code.bind(otherwise);
            is_reachable = true;
        }
        if kind != ConstructKind::Loop && self.code.is_target(label) {
            self.code.bind(label);
            is_reachable = true;
        }
        self.controls.pop();
        self.stack.truncate(height);
        if is_reachable {
            self.push_in_slots(results(module, &ty));
        } else {
            self.innermost().is_reachable = false;
            let height = self.innermost().height;
            self.stack.truncate(height);
        }
    }

    /// If the function returns behind the innermost construct, branches to its end return instead. There, at most one
    /// value is in the slot at `height`, or is that of a local.
    fn return_at_end(&mut self, ty: &BlockType, height: usize, label: Label) {
        if self.options.consume_fuel || !self.code.is_target(label) {
            return;
        }
        let function_type = self.module.function_type(self.function_index());
        let mut reader = self.reader.clone();
        let mut value = match results(self.module, ty) {
            [] => None,
            [ty] if *ty != ValType::V128 => Some(self.slot_at(height)),
            _ => return,
        };
        let mut next = read_opcode(&mut reader).ok();
        if next == Some(Opcode::LocalGet) && value.is_none() {
            let local = reader.read_u32().ok();
            let local = local.and_then(|index| self.locals.number(index));
            let Some(local) = local.map(|number| self.locals[number]) else {
                return;
            };
            if !local.is_set || local.class == Class::Vector {
                return;
            }
            value = Some(local.slot);
            next = read_opcode(&mut reader).ok();
        }
        let is_end =
            next == Some(Opcode::Return) || next == Some(Opcode::End) && self.controls.len() == 2;
        // A value that the function returns may also be below the construct.
        if !is_end || function_type.results().len() != usize::from(value.is_some()) {
            return;
        }
        let first = self.first_slot;
        let is_carried = value.is_some() && !results(self.module, ty).is_empty();
        self.code.return_instead(label, |[word, rest]| {
            // Words that are equal belong to instructions that do the same with the same fields, even if the code
            // generator has merged them. A branch may move something else than the value.
            let [destination, source, ..] = fields_of(rest);
            let is_value = is_carried && value == Some(destination);
            match value {
                None if word == select::branch() => Some([select::return_nothing(), 0]),
                Some(value) if word == select::branch() => {
                    let word = select::return_value(Class::Integer, Kind::Slot);
                    Some([word, fields([first, value, 0, 0])])
                }
                Some(_) if is_value && word == select::move_branch(Kind::Slot) => {
                    let word = select::return_value(Class::Integer, Kind::Slot);
                    Some([word, fields([first, source, 0, 0])])
                }
                Some(_) if is_value && word == select::move_branch(Kind::Constant) => {
                    let word = select::return_value(Class::Integer, Kind::Constant);
                    Some([word, fields([first, 0, 0, 0])])
                }
                _ => None,
            }
        });
    }

    /// Pops a condition. If the last instruction computes it, that instruction is removed, because the
    /// branch does its work.
    fn pop_condition(&mut self) -> Condition {
        let entry = self.stack.pop();
        if let Some(condition) = self.condition.take() {
            return condition;
        }
        let operand = self.operand(entry);
        let pattern = self.code.producer(operand).map(|producer| producer.pattern);
        match pattern {
            Some(Pattern::Compare(opcode, left, right)) => {
                self.code.remove_last();
                Condition::Compare(opcode, left, right)
            }
            Some(Pattern::Test(opcode, operand)) => {
                self.code.remove_last();
                self.test(opcode, operand)
            }
            _ => {
                let operand = self.in_slot(operand, entry.slot);
                let mask = self.take_mask(operand, true);
                mask.unwrap_or_else(|| Condition::Value(self.unwrapped(operand)))
            }
        }
    }

    /// The condition that a test of an operand gives one.
    fn test(&mut self, opcode: Opcode, operand: Operand) -> Condition {
        if opcode == Opcode::I32Eqz {
            if let Some(condition) = self.take_mask(operand, false) {
                return condition;
            }
        }
        Condition::Test(opcode, operand)
    }

    /// Whether the next operator pops a condition.
    fn is_condition(&self) -> bool {
        let next = self.reader.peek();
        matches!(next, Some(IF | BR_IF))
    }

    /// Does not emit a comparison whose result the next operator tests.
    pub(super) fn defer_comparison(
        &mut self,
        opcode: Opcode,
        left: Operand,
        right: Operand,
    ) -> bool {
        let is_deferred = self.is_condition() && select::is_comparison(opcode);
        if is_deferred {
            self.condition = Some(Condition::Compare(opcode, left, right));
            self.stack.push(Value::Slot, Class::Integer);
        }
        is_deferred
    }

    /// Does not emit a test whose result the next operator tests.
    pub(super) fn defer_test(&mut self, opcode: Opcode, operand: Operand) -> bool {
        let is_test = matches!(opcode, Opcode::I32Eqz | Opcode::I64Eqz);
        if !is_test || !self.is_condition() {
            return false;
        }
        self.condition = Some(self.test(opcode, operand));
        self.stack.push(Value::Slot, Class::Integer);
        true
    }

    /// The condition that a number that has just been computed has any bit, or none, if a mask has made it.
    fn take_mask(&mut self, operand: Operand, any: bool) -> Option<Condition> {
        let Pattern::Binary(Opcode::I32And, masked, mask) = self.code.producer(operand)?.pattern
        else {
            return None;
        };
        let mask = mask.constant()?;
        self.code.remove_last();
        Some(Condition::Mask(masked, mask, any))
    }

    /// Emits a branch that is taken if the condition is what `taken` says.
    fn emit_conditional(&mut self, condition: Condition, taken: bool, label: Label) {
        if self.emit_increment_branch(condition, taken, label)
            || self.emit_move_branch_compare(condition, taken, label)
        {
            return;
        }
        match condition {
            Condition::Value(operand) => {
                let kind = self.code.kind(operand);
                if kind == Kind::Accumulator {
                    self.code.take_accumulator(operand);
                }
                let slot = operand.slot().unwrap_or_default();
                self.code.emit_branch(
                    &[select::branch_if(kind, taken), fields([slot, 0, 0, 0])],
                    label,
                );
            }
            Condition::Mask(operand, mask, any) => {
                let kind = self.code.kind(operand);
                self.take(operand, kind);
                let word = select::branch_mask((kind, taken == any));
                let slot = operand.slot().unwrap_or_default();
                self.code
                    .emit_branch(&[word, fields([slot, 0, 0, 0]), mask], label);
            }
            Condition::Test(opcode, operand) => {
                let kind = self.code.kind(operand);
                if kind == Kind::Accumulator {
                    self.code.take_accumulator(operand);
                }
                let word = select::branch_test(opcode, kind, taken);
                let word = word.unwrap_or_else(|| unreachable!("{opcode:?} is a test of a slot"));
                let slot = operand.slot().unwrap_or_default();
                self.code
                    .emit_branch(&[word, fields([slot, 0, 0, 0])], label);
            }
            Condition::Compare(opcode, left, right) => {
                let (opcode, taken) = match negated(opcode) {
                    Some(opposite) if !taken => (opposite, true),
                    _ => (opcode, taken),
                };
                let (opcode, left, right) = self.accumulator_first(opcode, left, right);
                let (left_kind, right_kind) = self.kinds(left, right);
                let word = select::branch_compare(opcode, left_kind, right_kind, taken);
                let word = word
                    .unwrap_or_else(|| unreachable!("{opcode:?} compares a slot with an operand"));
                if left_kind == Kind::Accumulator {
                    self.code.take_accumulator(left);
                }
                if right_kind == Kind::Accumulator {
                    self.code.take_accumulator(right);
                }
                let left = left.slot().unwrap_or_default();
                match right.source() {
                    Source::Slot(right) => self
                        .code
                        .emit_branch(&[word, fields([left, right, 0, 0])], label),
                    Source::Constant(bits) => self
                        .code
                        .emit_branch(&[word, fields([left, 0, 0, 0]), bits], label),
                }
            }
        }
    }

    /// Fuses the branch with the addition of a constant to a local that is compared.
    fn emit_increment_branch(&mut self, condition: Condition, taken: bool, label: Label) -> bool {
        let Some(last) = self.code.last() else {
            return false;
        };
        let (add, slot, step) = match last.pattern {
            Pattern::Binary(add @ (Opcode::I32Add | Opcode::I64Add), summand, step) => {
                match (summand.slot(), step.constant()) {
                    (Some(slot), Some(step)) => (add, slot, step),
                    _ => return false,
                }
            }
            Pattern::SumPair([_, sum]) => (Opcode::I32Add, sum.summand, sum.constant.into()),
            _ => return false,
        };
        if last.result != Some(slot) {
            return false;
        }
        let pattern = last.pattern;
        let zero = Operand::of_constant(0, Class::Integer);
        let (opcode, right) = match condition {
            Condition::Value(operand) if operand.slot() == Some(slot) && add == Opcode::I32Add => {
                (Opcode::I32Ne, zero)
            }
            Condition::Test(Opcode::I32Eqz, operand)
                if operand.slot() == Some(slot) && add == Opcode::I32Add =>
            {
                (Opcode::I32Eq, zero)
            }
            Condition::Test(Opcode::I64Eqz, operand)
                if operand.slot() == Some(slot) && add == Opcode::I64Add =>
            {
                (Opcode::I64Eq, zero)
            }
            Condition::Compare(opcode, left, right) if left.slot() == Some(slot) => (opcode, right),
            Condition::Compare(opcode, left, right) if right.slot() == Some(slot) => {
                match swapped(opcode) {
                    Some(opcode) => (opcode, left),
                    None => return false,
                }
            }
            _ => return false,
        };
        let Some(opcode) = Some(opcode).filter(|_| taken).or_else(|| negated(opcode)) else {
            return false;
        };
        let Some(word) = select::increment_branch(add, opcode, compared_kind(right)) else {
            return false;
        };
        self.code.remove_last();
        if let Pattern::SumPair([first, _]) = pattern {
            self.emit_sum(first);
        }
        self.code.integer_accumulator_has(slot);
        match right.source() {
            Source::Slot(right) => self
                .code
                .emit_branch(&[word, fields([slot, right, 0, 0]), step], label),
            Source::Constant(bits) => {
                self.code
                    .emit_branch(&[word, fields([slot, 0, 0, 0]), step, bits], label);
            }
        }
        true
    }

    /// Fuses the branch with the move that comes last.
    fn emit_move_branch_compare(
        &mut self,
        condition: Condition,
        taken: bool,
        label: Label,
    ) -> bool {
        let moved = self.code.last().and_then(|last| {
            Some(match last.pattern {
                Pattern::Copy(source) => (last.result?, Kind::Slot, source, 0),
                Pattern::Constant(bits) => {
                    (last.result?, Kind::Constant, 0, u32::try_from(bits).ok()?)
                }
                _ => return None,
            })
        });
        let Some((result, kind, source, constant)) = moved else {
            return false;
        };
        let zero = Operand::of_constant(0, Class::Integer);
        let (opcode, left, right) = match condition {
            Condition::Value(operand) => (Opcode::I32Ne, operand, zero),
            Condition::Test(Opcode::I32Eqz, operand) => (Opcode::I32Eq, operand, zero),
            Condition::Compare(opcode, left, right) => (opcode, left, right),
            _ => return false,
        };
        let opcode = if taken { Some(opcode) } else { negated(opcode) };
        let word = opcode
            .and_then(|opcode| select::move_branch_compare(kind, opcode, compared_kind(right)));
        let (Some(word), Some(left)) = (word, left.slot()) else {
            return false;
        };
        self.code.remove_last();
        self.code.wrote(result);
        // What is copied need not be written first.
        let original = |slot| {
            let is_copy = kind == Kind::Slot && slot == result;
            if is_copy { source } else { slot }
        };
        let right_slot = original(right.slot().unwrap_or_default());
        let rest = fields([original(left), right_slot, 0, 0]);
        let moved = immediate(result, source, constant);
        match right.constant() {
            Some(bits) => self.code.emit_branch(&[word, rest, moved, bits], label),
            None => self.code.emit_branch(&[word, rest, moved], label),
        }
        true
    }

    /// Emits a sum that was half of a pair.
    fn emit_sum(&mut self, sum: Sum) {
        let summand = Operand::in_slot(sum.summand, Class::Integer);
        let constant = Operand::of_constant(sum.constant.into(), Class::Integer);
        let forms = select::binary(Opcode::I32Add, Kind::Slot, Kind::Constant);
        let forms = forms.unwrap_or_else(|| unreachable!("there are sums with constants"));
        let rest = [immediate(sum.result, sum.summand, sum.constant)];
        let pattern = Pattern::Binary(Opcode::I32Add, summand, constant);
        self.code
            .emit_scalar(forms, &rest, sum.result, Class::Integer, pattern);
    }

    /// What a branch to the construct at `depth` carries.
    fn carried(&self, depth: u32) -> Carried {
        let control = &self.controls[self.controls.len() - 1 - depth as usize];
        let (count, slots) = match (control.ty, control.kind) {
            (BlockType::Type(index), ConstructKind::Loop) => {
                let ty = self.module.func_type(index);
                (ty.params().len(), ty.slots().0)
            }
            (BlockType::Type(index), _) => {
                let ty = self.module.func_type(index);
                (ty.results().len(), ty.slots().1)
            }
            (BlockType::Empty, _) | (BlockType::Value(_), ConstructKind::Loop) => (0, 0),
            (BlockType::Value(ty), _) => (1, ty.slots()),
        };
        Carried {
            count,
            slots,
            is_scalar: (count, slots) == (1, 1),
            height: control.height,
        }
    }

    /// The label of the construct at `depth`, unless a branch to it is a return.
    fn label(&self, depth: u32) -> Option<Label> {
        let control = &self.controls[self.controls.len() - 1 - depth as usize];
        (control.kind != ConstructKind::Function).then_some(control.label)
    }

    /// The slot of the operand at `height`, if there is one, or of the next one.
    fn slot_at(&self, height: usize) -> u16 {
        if height < self.stack.len() {
            self.stack.get(height).slot
        } else {
            self.stack.next_slot()
        }
    }

    /// Emits a branch that is always taken.
    fn branch(&mut self, depth: u32) {
        let Some(label) = self.label(depth) else {
            self.emit_return();
            return;
        };
        self.carry(depth);
        self.emit_branch(label);
    }

    /// Emits a branch, which makes the last move as well.
    fn emit_branch(&mut self, label: Label) {
        let last = self.code.last();
        let moved = last.and_then(|last| Some((last.result?, last.pattern)));
        match moved {
            Some((slot, Pattern::Copy(source))) => {
                self.code.remove_last();
                let word = select::move_branch(Kind::Slot);
                let words = [word, fields([slot, source, 0, 0])];
                self.code.emit_branch(&words, label);
            }
            Some((slot, Pattern::Constant(bits))) => {
                self.code.remove_last();
                let word = select::move_branch(Kind::Constant);
                let words = [word, fields([slot, 0, 0, 0]), bits];
                self.code.emit_branch(&words, label);
            }
            _ => self.code.emit_branch(&[select::branch(), 0], label),
        }
    }

    /// Carries the values of a branch, on top of the stack, to their slots.
    fn carry(&mut self, depth: u32) {
        let Carried {
            count,
            slots,
            is_scalar,
            height,
        } = self.carried(depth);
        if count == 0 {
            return;
        }
        let target = self.slot_at(height);
        let first = self.stack.len() - count;
        if is_scalar {
            match self.operand(self.stack.get(first)).source() {
                Source::Constant(bits) => self.emit_constant(target, bits),
                Source::Slot(slot) if slot == target => {}
                Source::Slot(slot) => self.copy_slots(&[(target, slot)]),
            }
            return;
        }
        self.settle_from(first);
        let from = self.slot_at(first);
        if from != target {
            self.code.emit(&[
                select::copy_range(),
                fields([target, from, slots as u16, 0]),
            ]);
            self.code.forget();
        }
    }

    /// Whether the values of a branch are not where the label expects them once they are in their slots.
    fn needs_carrying(&self, carried: Carried) -> bool {
        carried.count != 0 && self.stack.len() - carried.count != carried.height
    }

    fn branch_if(&mut self, condition: Condition, depth: u32) {
        let carried = self.carried(depth);
        // The values stay on the stack if the branch is not taken. If they are many, the next branch has
        // nothing to do for them once all operands are in their slots.
        if carried.count > MANY_VALUES {
            self.settle_all();
        } else {
            self.settle_from(self.stack.len() - carried.count);
        }
        if let Some(label) = self.label(depth).filter(|_| !self.needs_carrying(carried)) {
            self.emit_conditional(condition, true, label);
            return;
        }
        let skip = self.code.new_label();
        self.emit_conditional(condition, false, skip);
        self.branch(depth);
        self.code.bind(skip);
    }

    fn branch_table(&mut self) -> Result<(), Error> {
        let entry = self.stack.pop();
        let operand = self.operand(entry);
        let operand = self.in_slot(operand, entry.slot);
        // Settling does not touch the slot of the index, which is above all operands.
        self.settle_from(self.stack.first_unsettled());
        let kind = self.code.kind(operand);
        let mut reader = self.reader.clone();
        let mut labels = LabelTable::read(&mut reader)?;
        let count = labels.left();
        let slot = operand.slot().unwrap_or_default();
        let start = self
            .code
            .emit(&[select::branch_table(kind), immediate(slot, 0, count - 1)]);
        for _ in 0..count.div_ceil(2) {
            self.code.emit(&[0]);
        }
        let mut stubs = Vec::new();
        let mut at = 2 * (start + 2);
        while let Some(depth) = labels.next_label()? {
            let index = self.controls.len() - 1 - depth as usize;
            let label = match self.controls[index].table_label {
                Some((table, label)) if table == start => label,
                _ => {
                    let label = self.table_label(depth, &mut stubs);
                    self.controls[index].table_label = Some((start, label));
                    label
                }
            };
            self.code.refer(label, at, start);
            at += 1;
        }
        self.reader = reader;
        for (stub, depth) in stubs {
            self.code.bind(stub);
            self.branch(depth);
        }
        Ok(())
    }

    /// Where a `br_table` goes for the construct at `depth`: to a stub, for which the caller emits code, if
    /// there is more to do than a branch.
    fn table_label(&mut self, depth: u32, stubs: &mut Vec<(Label, u32)>) -> Label {
        match self.label(depth) {
            Some(label) if !self.needs_carrying(self.carried(depth)) => label,
            _ => {
                let stub = self.code.new_label();
                stubs.push((stub, depth));
                stub
            }
        }
    }

    /// Emits a return of the values on top of the stack, which stay there.
    pub(super) fn emit_return(&mut self) {
        let function_type = self.module.function_type(self.function_index());
        let types = function_type.results();
        match types {
            [] => {
                self.code.emit(&[select::return_nothing(), 0]);
            }
            [ty] if *ty != ValType::V128 => {
                let operand = self.operand(self.stack.get(self.stack.len() - 1));
                if self.return_binary(operand) {
                    return;
                }
                let kind = self.code.kind(operand);
                if kind == Kind::Accumulator {
                    self.code.take_accumulator(operand);
                }
                let word = select::return_value(Class::from(*ty), kind);
                match operand.source() {
                    Source::Slot(slot) => self
                        .code
                        .emit(&[word, fields([self.first_slot, slot, 0, 0])]),
                    Source::Constant(bits) => {
                        self.code
                            .emit(&[word, fields([self.first_slot, 0, 0, 0]), bits])
                    }
                };
            }
            types => {
                let first = self.stack.len() - types.len();
                let (_, slots) = function_type.slots();
                self.settle_from(first);
                let from = self.slot_at(first);
                self.code.emit(&[
                    select::return_range(),
                    fields([self.first_slot, from, slots as u16, 0]),
                ]);
            }
        }
    }

    /// Returns the operand that the last instruction has computed, together with its computation.
    fn return_binary(&mut self, operand: Operand) -> bool {
        let pattern = self.code.producer(operand).map(|producer| producer.pattern);
        let Some(Pattern::Binary(opcode, left, right)) = pattern else {
            return false;
        };
        let select = |left, right| select::return_binary(opcode, left, right);
        let Some(in_slots) = select(Kind::Slot, compared_kind(right)) else {
            return false;
        };
        self.code.remove_last();
        // Whatever is in an accumulator is in its slot too.
        let kinds = self.kinds(left, right);
        let word = match select(kinds.0, kinds.1) {
            Some(word) => {
                self.take(left, kinds.0);
                self.take(right, kinds.1);
                word
            }
            None => in_slots,
        };
        let rest = fields([
            self.first_slot,
            left.slot().unwrap_or_default(),
            right.slot().unwrap_or_default(),
            0,
        ]);
        match right.constant() {
            Some(bits) => self.code.emit(&[word, rest, bits]),
            None => self.code.emit(&[word, rest]),
        };
        true
    }
}
