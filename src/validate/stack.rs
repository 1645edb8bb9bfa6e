//! The operand stack, the control stack and the locals during validation.
//!
//! Input: what an instruction pops and pushes. Output: an error where that does not fit.
//! Holds: operands below the height of the innermost construct are out of reach; in code that is not reached,
//! operands of any type can be popped from an empty stack.
//!
//! Reference: [specification, appendix "Validation
//! algorithm"](https://webassembly.github.io/spec/core/appendix/algorithm.html).

use crate::ordered_map::OrderedMap;
use alloc::format;
use alloc::vec::Vec;

use crate::decode::limits;
use crate::decode::reader::Reader;
use crate::error::Error;
use crate::module::Module;
use crate::module::executable::{Construct, NotExecutable};
use crate::module::facts::{ConstructWords, effect};
use crate::module::operand::{Operand, Signature, TypeTable};
use crate::wasm::opcodes::Opcode;
use crate::wasm::types::ValType;

/// Memory that validation of one body after another uses again.
#[derive(Default)]
pub(crate) struct Scratch {
    /// Room for the operand stack; what is in it does not matter.
    pub(super) operands: Vec<Operand>,
    /// The constructs around the innermost one.
    pub(super) frames: Vec<Frame>,
    /// The first locals, one by one.
    pub(super) locals: Vec<Operand>,
    /// The locals behind those, as runs: the index behind the run, and the type.
    pub(super) local_runs: Vec<(u32, Operand)>,
    /// Of the locals in `local_runs` that have to be set first those that are.
    pub(super) set_in_runs: OrderedMap<u32, ()>,
    /// The locals that were set and had to be, in this order.
    pub(super) set_locals: Vec<u32>,
    pub(super) constructs: Vec<ConstructWords>,
    pub(super) assigned_locals: Vec<u32>,
    pub(super) callees: Vec<u32>,
}

impl Scratch {
    pub(super) fn clear(&mut self) {
        self.frames.clear();
        self.locals.clear();
        self.local_runs.clear();
        self.set_in_runs.clear();
        self.set_locals.clear();
        self.constructs.clear();
        self.assigned_locals.clear();
        self.callees.clear();
    }
}

/// What opened a construct.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    /// The whole body or constant expression.
    Body,
    Block,
    Loop,
    If,
    Else,
    TryTable,
}

/// A construct that is not ended yet.
#[derive(Copy, Clone)]
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    /// Whether the rest of the construct is not reached.
    pub(super) unreachable: bool,
    /// The effects that were seen in the construct around, before this one.
    pub(super) outer_effects: u32,
    pub(super) signature: Signature,
    /// How many operands are below those of the construct.
    pub(super) height: u32,
    /// How many of those take two slots.
    pub(super) wide_operands: u32,
    /// How many entries of [`Scratch::set_locals`] come from around.
    pub(super) set_locals: u32,
    /// The position in [`Scratch::constructs`].
    pub(super) construct: u32,
}

/// The state of the validation of one body.
pub(super) struct Validator<'m, 's> {
    pub(super) module: &'m Module,
    pub(super) types: &'m TypeTable,
    pub(super) reader: Reader<'m>,
    pub(super) scratch: &'s mut Scratch,
    /// The operand stack, and room above it. Taken from `scratch` for the time of the validation, to be near,
    /// as are the locals.
    pub(super) operands: Vec<Operand>,
    /// How many of `operands` are on the stack.
    pub(super) height: usize,
    pub(super) locals: Vec<Operand>,
    /// The innermost construct.
    pub(super) frame: Frame,
    /// Whether the outermost construct has ended.
    pub(super) is_done: bool,
    /// Where the current instruction begins.
    pub(super) offset: usize,
    /// How many of the operands take two slots.
    pub(super) wide_operands: u32,
    /// The greatest number of slots of operands, as of the last time that they became fewer.
    pub(super) max_slots: u32,
    /// The effects seen in the innermost construct.
    pub(super) effects: u32,
    pub(super) operator_count: u32,
    /// The first instruction that can be reached and that no engine executes yet.
    pub(super) not_executable: Option<NotExecutable>,
}

impl<'m> Validator<'m, '_> {
    /// The error for a rule that the current instruction breaks.
    #[cold]
    #[inline(never)]
    pub(super) fn invalid(&self, message: impl Into<alloc::string::String>) -> Error {
        Error::invalid(self.offset, message)
    }

    /// Notes that no engine executes the current instruction, which is an `opcode`.
    #[cold]
    #[inline(never)]
    pub(super) fn note_not_executable(&mut self, opcode: Opcode) {
        if !self.frame.unreachable && self.not_executable.is_none() {
            self.not_executable = Some(NotExecutable {
                what: Construct::Instruction(opcode),
                offset: self.offset as u32,
            });
        }
    }

    /// Notes how many slots the operands take, before they become fewer.
    #[inline(always)]
    fn note_height(&mut self) {
        self.max_slots = self.max_slots.max(self.height as u32 + self.wide_operands);
    }

    /// Pushes an operand.
    #[inline(always)]
    pub(super) fn push(&mut self, operand: Operand) {
        if self.height == self.operands.len() {
            self.make_room();
        }
        self.operands[self.height] = operand;
        self.height += 1;
        if operand == Operand::V128 {
            self.wide_operands += 1;
        }
    }

    #[cold]
    #[inline(never)]
    fn make_room(&mut self) {
        let room = (2 * self.operands.len()).max(64);
        self.operands.resize(room, Operand::BOTTOM);
    }

    /// Pushes operands.
    #[inline]
    pub(super) fn push_all(&mut self, operands: &[Operand]) -> Result<(), Error> {
        if self.height + operands.len() > limits::OPERANDS {
            return Err(self.invalid(format!(
                "too many operands: the limit is {}",
                limits::OPERANDS
            )));
        }
        for &operand in operands {
            self.push(operand);
        }
        Ok(())
    }

    /// Pops an operand of type `expected`.
    #[inline(always)]
    pub(super) fn pop(&mut self, expected: Operand) -> Result<(), Error> {
        let height = self.height;
        if height > self.frame.height as usize && self.operands[height - 1] == expected {
            self.note_height();
            self.height = height - 1;
            if expected == Operand::V128 {
                self.wide_operands -= 1;
            }
            return Ok(());
        }
        self.pop_matching(expected).map(|_| ())
    }

    /// Pops an operand of type `expected` and pushes one of type `result`.
    #[inline(always)]
    pub(super) fn replace(&mut self, expected: Operand, result: Operand) -> Result<(), Error> {
        let height = self.height;
        if height > self.frame.height as usize && self.operands[height - 1] == expected {
            if expected == Operand::V128 {
                self.note_height();
                self.wide_operands -= 1;
            }
            if result == Operand::V128 {
                self.wide_operands += 1;
            }
            self.operands[height - 1] = result;
            return Ok(());
        }
        self.pop_matching(expected)?;
        self.push(result);
        Ok(())
    }

    /// Pops an operand that matches `expected`, and gives its type.
    #[inline(never)]
    pub(super) fn pop_matching(&mut self, expected: Operand) -> Result<Operand, Error> {
        match self.pop_if_any() {
            Some(actual) if self.types.matches(actual, expected) => Ok(actual),
            Some(actual) => Err(self.mismatch(expected, Some(actual))),
            None if self.frame.unreachable => Ok(Operand::BOTTOM),
            None => Err(self.mismatch(expected, None)),
        }
    }

    fn pop_if_any(&mut self) -> Option<Operand> {
        if self.height <= self.frame.height as usize {
            return None;
        }
        self.note_height();
        self.height -= 1;
        let operand = self.operands[self.height];
        if operand == Operand::V128 {
            self.wide_operands -= 1;
        }
        Some(operand)
    }

    /// Pops an operand of any type.
    #[inline]
    pub(super) fn pop_any(&mut self) -> Result<Operand, Error> {
        match self.pop_if_any() {
            Some(operand) => Ok(operand),
            None if self.frame.unreachable => Ok(Operand::BOTTOM),
            None => {
                Err(self.invalid("type mismatch: instruction requires a value but stack has []"))
            }
        }
    }

    /// Pops a reference of any type.
    pub(super) fn pop_ref(&mut self) -> Result<Operand, Error> {
        let operand = self.pop_any()?;
        if operand.is_bottom() {
            return Ok(Operand::REF_BOTTOM);
        }
        if !operand.is_ref() {
            return Err(self.invalid(format!(
                "type mismatch: instruction requires a reference but stack has [{operand}]"
            )));
        }
        Ok(operand)
    }

    /// Whether operands of any number and type can be popped, without a change.
    pub(super) fn has_any_operands(&self) -> bool {
        self.frame.unreachable && self.height <= self.frame.height as usize
    }

    /// Pops operands of these types, the last one first.
    #[inline]
    pub(super) fn pop_all(&mut self, expected: &[Operand]) -> Result<(), Error> {
        for &operand in expected.iter().rev() {
            self.pop(operand)?;
        }
        Ok(())
    }

    /// Checks that the operands on top match these types and leaves them as they are.
    pub(super) fn check_top(&mut self, expected: &[Operand]) -> Result<(), Error> {
        let within = &self.operands[self.frame.height as usize..self.height];
        let mut position = within.len();
        for &expected in expected.iter().rev() {
            let Some(below) = position.checked_sub(1) else {
                if self.frame.unreachable {
                    return Ok(());
                }
                return Err(self.mismatch(expected, None));
            };
            position = below;
            if !self.types.matches(within[position], expected) {
                return Err(self.mismatch(expected, Some(within[position])));
            }
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    pub(super) fn mismatch(&self, expected: Operand, actual: Option<Operand>) -> Error {
        match actual {
            Some(actual) => self.invalid(format!(
                "type mismatch: instruction requires [{expected}] but stack has [{actual}]"
            )),
            None => self.invalid(format!(
                "type mismatch: instruction requires [{expected}] but stack has []"
            )),
        }
    }

    /// Fails if the construct has operands left.
    #[inline]
    pub(super) fn check_empty(&self) -> Result<(), Error> {
        let left = self.height - self.frame.height as usize;
        if left == 0 {
            return Ok(());
        }
        Err(self.invalid(format!(
            "type mismatch: {left} values too many remain on the stack at the end"
        )))
    }

    /// The rest of the construct is not reached.
    #[inline]
    pub(super) fn set_unreachable(&mut self) {
        self.note_height();
        self.height = self.frame.height as usize;
        self.wide_operands = self.frame.wide_operands;
        self.frame.unreachable = true;
    }

    /// Opens a construct, whose parameters were popped.
    pub(super) fn push_frame(
        &mut self,
        kind: FrameKind,
        signature: Signature,
    ) -> Result<(), Error> {
        let assigned = self.scratch.assigned_locals.len() as u32;
        let construct = self.scratch.constructs.len() as u32;
        let effects = match kind {
            FrameKind::Loop => effect::LOOP,
            _ => 0,
        };
        self.scratch.constructs.push([assigned, assigned, effects]);
        let frame = Frame {
            kind,
            unreachable: false,
            outer_effects: self.effects,
            signature,
            height: self.height as u32,
            wide_operands: self.wide_operands,
            set_locals: self.scratch.set_locals.len() as u32,
            construct,
        };
        self.effects = 0;
        self.scratch
            .frames
            .push(core::mem::replace(&mut self.frame, frame));
        if signature.param_count() == 0 {
            return Ok(());
        }
        self.push_all(self.types.params(signature))
    }

    /// Ends the innermost construct; its results were popped.
    pub(super) fn pop_frame(&mut self) -> Result<(), Error> {
        self.unset_locals();
        let ended = self.frame;
        let Some(outer) = self.scratch.frames.pop() else {
            self.is_done = true;
            return Ok(());
        };
        let [_, assigned_end, effects] = &mut self.scratch.constructs[ended.construct as usize];
        *assigned_end = self.scratch.assigned_locals.len() as u32;
        *effects |= self.effects;
        self.effects |= ended.outer_effects;
        self.frame = outer;
        if ended.signature.result_count() == 0 {
            return Ok(());
        }
        self.push_all(self.types.results(ended.signature))
    }

    /// The construct that a label names.
    #[inline]
    pub(super) fn label(&self, label: u32) -> Result<&Frame, Error> {
        if label == 0 {
            return Ok(&self.frame);
        }
        let frames = &self.scratch.frames;
        match frames
            .len()
            .checked_sub(label as usize)
            .and_then(|position| frames.get(position))
        {
            Some(frame) => Ok(frame),
            None => Err(self.invalid(format!(
                "unknown label {label}: {} constructs are open",
                frames.len() + 1
            ))),
        }
    }

    /// What a branch to a label carries, as the results of a signature.
    #[inline]
    pub(super) fn label_signature(&self, label: u32) -> Result<Signature, Error> {
        let frame = self.label(label)?;
        Ok(match frame.kind {
            FrameKind::Loop => frame.signature.params_as_results(),
            _ => frame.signature,
        })
    }

    /// Adds locals of one type.
    pub(super) fn add_locals(&mut self, before: u32, count: u32, ty: ValType, one_by_one: u32) {
        let operand = self.types.operand(ty);
        let operand = if operand.is_defaultable() {
            operand
        } else {
            operand.unset()
        };
        let end = before + count;
        if before < one_by_one {
            self.locals.resize(end.min(one_by_one) as usize, operand);
        }
        if end > one_by_one && count > 0 {
            self.scratch.local_runs.push((end, operand));
        }
    }

    /// The type of a local, with the mark of one that has to be set first.
    #[inline(always)]
    pub(super) fn local(&self, index: u32) -> Result<Operand, Error> {
        match self.locals.get(index as usize) {
            Some(&local) => Ok(local),
            None => self.local_in_runs(index),
        }
    }

    #[cold]
    fn local_in_runs(&self, index: u32) -> Result<Operand, Error> {
        let runs = &self.scratch.local_runs;
        match runs.get(runs.partition_point(|(end, _)| *end <= index)) {
            Some(&(_, local)) if self.scratch.set_in_runs.contains_key(&index) => Ok(local.set()),
            Some(&(_, local)) => Ok(local),
            None => Err(self.invalid(format!("unknown local {index}: the function has fewer"))),
        }
    }

    /// Notes that a local that has to be set first is set now.
    #[cold]
    pub(super) fn set_local(&mut self, index: u32) {
        match self.locals.get_mut(index as usize) {
            Some(local) => *local = local.set(),
            None => {
                self.scratch.set_in_runs.insert(index, ());
            }
        }
        self.scratch.set_locals.push(index);
    }

    /// Forgets which locals were set in the innermost construct.
    #[inline]
    pub(super) fn unset_locals(&mut self) {
        if self.scratch.set_locals.len() > self.frame.set_locals as usize {
            self.unset_newest_locals();
        }
    }

    #[cold]
    fn unset_newest_locals(&mut self) {
        let kept = self.frame.set_locals as usize;
        while self.scratch.set_locals.len() > kept {
            let Some(index) = self.scratch.set_locals.pop() else {
                return;
            };
            match self.locals.get_mut(index as usize) {
                Some(local) => *local = local.unset(),
                None => {
                    self.scratch.set_in_runs.remove(&index);
                }
            }
        }
    }
}
