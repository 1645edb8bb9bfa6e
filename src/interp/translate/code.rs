//! The code that a translation grows, and what is known of its last instructions.
//!
//! Input: words of instructions. Output: register code with resolved branches.
//! Holds: the history describes the last instructions only as long as no label stands between them and
//! the end of the code, so that an instruction in it can be changed, or removed and fused into the
//! next one.

use alloc::vec::Vec;

use crate::interp::dispatch::branch_distance;
use crate::interp::execute::select::{Class, Forms, Kind};
use crate::runtime::layout::CodeWord;
use crate::wasm::opcodes::Opcode;

/// Where an operand comes from.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A slot of the frame.
    Slot(u16),
    /// A constant, as the bits of a slot.
    Constant(u64),
}

/// An operand of one slot. It is small, because it is passed and kept often.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Operand {
    bits: u64,
    slot: u16,
    is_constant: bool,
    /// Whether nobody else reads the slot: it belongs to the operand stack.
    pub(super) is_last_use: bool,
    /// The class of its type.
    pub(super) class: Class,
}

impl Operand {
    /// What is in a slot, which somebody else may read too.
    pub(super) fn in_slot(slot: u16, class: Class) -> Operand {
        Operand {
            bits: 0,
            slot,
            is_constant: false,
            is_last_use: false,
            class,
        }
    }

    /// What is in a slot of the operand stack, which nobody else reads.
    pub(super) fn popped(slot: u16, class: Class) -> Operand {
        Operand {
            is_last_use: true,
            ..Operand::in_slot(slot, class)
        }
    }

    /// A constant, as the bits of a slot.
    pub(super) fn of_constant(bits: u64, class: Class) -> Operand {
        Operand {
            bits,
            slot: 0,
            is_constant: true,
            is_last_use: false,
            class,
        }
    }

    /// Where it comes from.
    pub(super) fn source(self) -> Source {
        if self.is_constant {
            Source::Constant(self.bits)
        } else {
            Source::Slot(self.slot)
        }
    }

    /// The constant, if it is one.
    pub(super) fn constant(self) -> Option<u64> {
        self.is_constant.then_some(self.bits)
    }

    /// The slot, if it is in one.
    pub(super) fn slot(self) -> Option<u16> {
        (!self.is_constant).then_some(self.slot)
    }
}

/// What an instruction computes, as far as a later one may be fused with it.
#[derive(Copy, Clone, Debug)]
pub(super) enum Pattern {
    /// Nothing of interest.
    Other,
    /// An operator of two operands.
    Binary(Opcode, Operand, Operand),
    /// A comparison.
    Compare(Opcode, Operand, Operand),
    /// A test of one operand.
    Test(Opcode, Operand),
    /// A load from memory 0 with its offset.
    Load(Opcode, Operand, u32),
    /// The sum of a base and of an index that is shifted by a number of bits.
    Scaled(u16, u16, u16),
    /// Two sums of 32 bits, of which the result is the second.
    SumPair([Sum; 2]),
    /// The low half of a number of 64 bits.
    Wrap(Operand),
    /// The value of an own global at a distance from the context.
    Global(u32),
    /// A copy of a slot.
    Copy(u16),
    /// A constant of one slot.
    Constant(u64),
}

/// The sum of a slot and a constant of 32 bits.
#[derive(Copy, Clone, Debug)]
pub(super) struct Sum {
    /// The slot of the result.
    pub(super) result: u16,
    /// The slot of the summand.
    pub(super) summand: u16,
    /// The constant.
    pub(super) constant: u32,
}

/// An instruction of the history.
#[derive(Copy, Clone, Debug)]
pub(super) struct Emitted {
    /// Its first word.
    pub(super) start: usize,
    /// The slot of its result.
    pub(super) result: Option<u16>,
    /// What it computes.
    pub(super) pattern: Pattern,
    class: Class,
    is_only_accumulator: bool,
    accumulators_before: Accumulators,
    forms: Option<Forms>,
}

impl Emitted {
    /// The sum of a slot and a constant of 32 bits that it computes.
    fn sum(&self) -> Option<Sum> {
        let Pattern::Binary(Opcode::I32Add, summand, constant) = self.pattern else {
            return None;
        };
        Some(Sum {
            result: self.result?,
            summand: summand.slot()?,
            constant: constant.constant()? as u32,
        })
    }
}

/// Which slots the accumulators have the same values as.
#[derive(Copy, Clone, Debug)]
struct Accumulators([u16; 3]);

/// Stands for no slot; no frame has one with this number.
const NO_SLOT: u16 = u16::MAX;

impl Default for Accumulators {
    fn default() -> Accumulators {
        Accumulators([NO_SLOT; 3])
    }
}

impl Accumulators {
    fn hold(&mut self, class: Class, slot: u16) {
        if let Some(held) = self.0.get_mut(class as usize) {
            *held = slot;
        }
    }

    fn has(&self, class: Class, slot: u16) -> bool {
        self.0.get(class as usize) == Some(&slot)
    }

    fn forget_slot(&mut self, slot: u16) {
        for held in &mut self.0 {
            if *held == slot {
                *held = NO_SLOT;
            }
        }
    }
}

/// Which locals have been set to constants since the last label: the last few of them.
#[derive(Default)]
struct LocalConstants {
    known: [(u16, u64); KNOWN_CONSTANTS],
    count: usize,
}

/// How many constants are known at a time.
const KNOWN_CONSTANTS: usize = 4;

impl LocalConstants {
    fn clear(&mut self) {
        self.count = 0;
    }

    /// Notes that the local in `slot` is set, to a constant or to something else; returns whether it has that
    /// constant already.
    fn set(&mut self, slot: u16, constant: Option<u64>) -> bool {
        let mut known = self.known[..self.count].iter();
        match (known.position(|&(other, _)| other == slot), constant) {
            (Some(index), Some(bits)) => core::mem::replace(&mut self.known[index].1, bits) == bits,
            (Some(index), None) => {
                self.count -= 1;
                self.known[index] = self.known[self.count];
                false
            }
            (None, Some(bits)) => {
                let index = self.count.min(KNOWN_CONSTANTS - 1);
                self.known[index] = (slot, bits);
                self.count = index + 1;
                false
            }
            (None, None) => false,
        }
    }
}

/// Where a branch goes.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Label(u32);

#[derive(Copy, Clone)]
struct LabelState {
    position: Option<u32>,
    first_fixup: u32,
}

/// A distance that is not known yet.
#[derive(Copy, Clone)]
struct Fixup {
    /// The position of the distance, in units of 32 bits.
    at: u32,
    /// The first word of the branch.
    base: u32,
    next: u32,
}

const NO_FIXUP: u32 = u32::MAX;
/// The last few instructions, in a ring.
struct History {
    ring: [Emitted; HISTORY_LENGTH],
    /// Where the next one goes, if taken modulo the length.
    next: usize,
    /// How many are known.
    known: usize,
}

/// More than are ever removed one after the other.
const HISTORY_LENGTH: usize = 8;

impl Default for History {
    fn default() -> History {
        let nothing = Emitted {
            start: 0,
            result: None,
            pattern: Pattern::Other,
            class: Class::Integer,
            is_only_accumulator: false,
            accumulators_before: Accumulators::default(),
            forms: None,
        };
        History {
            ring: [nothing; HISTORY_LENGTH],
            next: 0,
            known: 0,
        }
    }
}

impl History {
    fn clear(&mut self) {
        self.known = 0;
    }

    fn push(&mut self, emitted: Emitted) {
        self.ring[self.next % HISTORY_LENGTH] = emitted;
        self.next = self.next.wrapping_add(1);
        self.known = HISTORY_LENGTH.min(self.known + 1);
    }

    fn pop(&mut self) -> Option<Emitted> {
        let last = *self.get(1)?;
        self.next = self.next.wrapping_sub(1);
        self.known -= 1;
        Some(last)
    }

    /// The instruction so many back; 1 is the last one.
    fn get(&self, back: usize) -> Option<&Emitted> {
        let index = self.next.wrapping_sub(back) % HISTORY_LENGTH;
        (back <= self.known).then(|| &self.ring[index])
    }

    fn last_mut(&mut self) -> Option<&mut Emitted> {
        let index = self.next.wrapping_sub(1) % HISTORY_LENGTH;
        (self.known > 0).then(|| &mut self.ring[index])
    }
}

/// Register code that grows.
#[derive(Default)]
pub(super) struct Code {
    words: Vec<CodeWord>,
    history: History,
    accumulators: Accumulators,
    constants: LocalConstants,
    labels: Vec<LabelState>,
    fixups: Vec<Fixup>,
    /// Pairs of a position in the code and the offset in the module of what it was made for.
    positions: Option<Vec<(u32, u32)>>,
    current_offset: u32,
}

/// Packs the four fields of an instruction's second word.
pub(super) fn fields(fields: [u16; 4]) -> CodeWord {
    let mut bytes = [0; 8];
    for (index, field) in fields.into_iter().enumerate() {
        bytes[2 * index..2 * index + 2].copy_from_slice(&field.to_ne_bytes());
    }
    CodeWord::from_ne_bytes(bytes)
}

/// The four fields of an instruction's second word.
pub(super) fn fields_of(word: CodeWord) -> [u16; 4] {
    let bytes = word.to_ne_bytes();
    core::array::from_fn(|index| u16::from_ne_bytes([bytes[2 * index], bytes[2 * index + 1]]))
}

/// Packs two fields and the immediate half-word.
pub(super) fn immediate(first: u16, second: u16, immediate: u32) -> CodeWord {
    let mut bytes = [0; 8];
    bytes[..2].copy_from_slice(&first.to_ne_bytes());
    bytes[2..4].copy_from_slice(&second.to_ne_bytes());
    bytes[4..].copy_from_slice(&immediate.to_ne_bytes());
    CodeWord::from_ne_bytes(bytes)
}

/// Packs two 32-bit halves.
pub(super) fn halves(first: u32, second: u32) -> CodeWord {
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(&first.to_ne_bytes());
    bytes[4..].copy_from_slice(&second.to_ne_bytes());
    CodeWord::from_ne_bytes(bytes)
}

impl Code {
    /// Starts empty code, or starts over.
    pub(super) fn reset(&mut self, with_positions: bool) {
        self.words.clear();
        self.history.clear();
        self.accumulators = Accumulators::default();
        self.constants.clear();
        self.labels.clear();
        self.fixups.clear();
        self.positions = with_positions.then(Vec::new);
    }

    /// The words.
    pub(super) fn words(&self) -> &[CodeWord] {
        &self.words
    }

    /// The words, to complete what stands before the code.
    pub(super) fn words_mut(&mut self) -> &mut [CodeWord] {
        &mut self.words
    }

    /// Removes as many words before the code, in which no branch or label is.
    pub(super) fn remove_front(&mut self, count: usize) {
        self.words.drain(..count);
        for (at, _) in self.positions.iter_mut().flatten() {
            *at -= count as u32;
        }
    }

    /// The positions, if they were asked for.
    pub(super) fn take_positions(&mut self) -> Option<Vec<(u32, u32)>> {
        self.positions.take()
    }

    /// What follows is made for the operator at `offset` of the module.
    pub(super) fn set_offset(&mut self, offset: usize) {
        self.current_offset = offset as u32;
        self.record_position();
    }

    /// Whether positions are recorded.
    pub(super) fn has_positions(&self) -> bool {
        self.positions.is_some()
    }

    fn record_position(&mut self) {
        let at = self.words.len() as u32;
        let offset = self.current_offset;
        if let Some(positions) = &mut self.positions {
            while positions
                .last()
                .is_some_and(|&(position, _)| position >= at)
            {
                positions.pop();
            }
            positions.push((at, offset));
        }
    }

    /// Appends a few words: one by one, which is quicker than a call of `memcpy`.
    #[inline]
    fn append(&mut self, words: &[CodeWord]) {
        for &word in words {
            self.words.push(word);
        }
    }

    /// Appends words that are not an instruction of interest: nothing is known behind it of what it
    /// wrote, but the accumulators stay.
    pub(super) fn emit(&mut self, words: &[CodeWord]) -> usize {
        let start = self.words.len();
        self.append(words);
        self.history.clear();
        start
    }

    /// Appends an instruction that leaves a scalar in `result` and in the accumulator of `class`.
    pub(super) fn emit_scalar(
        &mut self,
        forms: Forms,
        rest: &[CodeWord],
        result: u16,
        class: Class,
        pattern: Pattern,
    ) {
        self.history.push(Emitted {
            start: self.words.len(),
            result: Some(result),
            pattern,
            class,
            forms: Some(forms),
            is_only_accumulator: false,
            accumulators_before: self.accumulators,
        });
        self.words.push(forms.both());
        self.append(rest);
        self.accumulators.forget_slot(result);
        self.accumulators.hold(class, result);
    }

    /// Appends an instruction that leaves a vector, or something that no accumulator holds, in `result`.
    pub(super) fn emit_result(&mut self, words: &[CodeWord], result: u16, slots: usize) {
        self.emit_pattern(words, result, slots, Pattern::Other);
    }

    /// The same, with what it computes.
    pub(super) fn emit_pattern(
        &mut self,
        words: &[CodeWord],
        result: u16,
        slots: usize,
        pattern: Pattern,
    ) {
        self.history.push(Emitted {
            start: self.words.len(),
            result: Some(result),
            pattern,
            class: Class::Integer,
            forms: None,
            is_only_accumulator: false,
            accumulators_before: self.accumulators,
        });
        self.append(words);
        for slot in result..result + slots as u16 {
            self.accumulators.forget_slot(slot);
        }
    }

    /// The local in `slot` is about to be set, to a constant or to something else; returns whether it has that constant
    /// already.
    pub(super) fn sets_local(&mut self, slot: u16, constant: Option<u64>) -> bool {
        self.constants.set(slot, constant)
    }

    /// Something has written `slot` behind the accumulators' back.
    pub(super) fn wrote(&mut self, slot: u16) {
        self.accumulators.forget_slot(slot);
    }

    /// The integer accumulator has a value that stands for no slot.
    pub(super) fn integer_accumulator_lost(&mut self) {
        self.accumulators.0[Class::Integer as usize] = NO_SLOT;
    }

    /// Nothing is known of what came before, neither instructions nor accumulators.
    pub(super) fn forget(&mut self) {
        self.history.clear();
        self.accumulators = Accumulators::default();
    }

    /// The next instruction leaves a new value in `slot` and in the integer accumulator.
    pub(super) fn integer_accumulator_has(&mut self, slot: u16) {
        self.accumulators.forget_slot(slot);
        self.accumulators.0[Class::Integer as usize] = slot;
    }

    /// Where an instruction finds `operand`.
    pub(super) fn kind(&self, operand: Operand) -> Kind {
        match operand.source() {
            Source::Constant(_) => Kind::Constant,
            Source::Slot(slot) if self.accumulators.has(operand.class, slot) => Kind::Accumulator,
            Source::Slot(_) => Kind::Slot,
        }
    }

    /// The instruction about to be emitted takes `operand` from the accumulator. If it is the only user
    /// of the last instruction's result, that result need not go to its slot.
    pub(super) fn take_accumulator(&mut self, operand: Operand) {
        let Some(last) = self.history.last_mut() else {
            return;
        };
        let Some(only) = last.forms.and_then(Forms::only_accumulator) else {
            return;
        };
        if operand.is_last_use && last.result == operand.slot() {
            self.words[last.start] = only;
            last.is_only_accumulator = true;
        }
    }

    /// The last instruction, if `operand` is its result and nobody else reads it.
    pub(super) fn producer(&self, operand: Operand) -> Option<&Emitted> {
        let last = self.history.get(1)?;
        (operand.is_last_use && last.result.is_some() && last.result == operand.slot())
            .then_some(last)
    }

    /// The last instruction.
    pub(super) fn last(&self) -> Option<&Emitted> {
        self.history.get(1)
    }

    /// The instruction before the last one.
    pub(super) fn before_last(&self) -> Option<&Emitted> {
        self.history.get(2)
    }

    /// If the last instruction takes the low half of a number, its result is used as something else than that.
    pub(super) fn keep_wrapped(&mut self) {
        if let Some(last) = self.history.last_mut() {
            if matches!(last.pattern, Pattern::Wrap(_)) {
                last.pattern = Pattern::Other;
            }
        }
    }

    /// Makes one instruction of the last two, if both are sums of 32 bits with a constant.
    pub(super) fn pair_sums(&mut self, word: CodeWord) {
        let sum = |back| self.history.get(back).and_then(Emitted::sum);
        let (Some(first_sum), Some(second_sum)) = (sum(2), sum(1)) else {
            return;
        };
        self.remove_last();
        self.remove_last();
        let words = [
            fields([
                first_sum.result,
                first_sum.summand,
                second_sum.result,
                second_sum.summand,
            ]),
            halves(first_sum.constant, second_sum.constant),
        ];
        self.wrote(first_sum.result);
        let forms = Forms::only_both(word);
        let pattern = Pattern::SumPair([first_sum, second_sum]);
        self.emit_scalar(forms, &words, second_sum.result, Class::Integer, pattern);
    }

    /// Makes one instruction of the last two, if they are a copy and a sum with a constant.
    pub(super) fn copy_and_sum(&mut self, select: impl Fn(Opcode) -> Option<CodeWord>) {
        let (Some(copy), Some(sum)) = (self.history.get(2), self.history.get(1)) else {
            return;
        };
        let Pattern::Copy(source) = copy.pattern else {
            return;
        };
        let Pattern::Binary(operator, summand, constant) = sum.pattern else {
            return;
        };
        let (Some(copied), Some(result), Some(summand), Some(bits), Some(word)) = (
            copy.result,
            sum.result,
            summand.slot(),
            constant.constant(),
            select(operator),
        ) else {
            return;
        };
        // Both are read before either is written: the sum of the copy is that of what is copied.
        let summand = if summand == copied { source } else { summand };
        self.remove_last();
        self.remove_last();
        self.wrote(copied);
        let rest = [fields([copied, source, result, summand]), bits];
        let forms = Forms::only_both(word);
        self.emit_scalar(forms, &rest, result, Class::Integer, Pattern::Other);
    }

    /// Removes the last instruction, which the next one will do as well.
    pub(super) fn remove_last(&mut self) {
        let last = self
            .history
            .pop()
            .expect("the caller has seen the last instruction");
        self.words.truncate(last.start);
        self.accumulators = last.accumulators_before;
        if let Some(previous) = self.history.last_mut() {
            if previous.is_only_accumulator {
                previous.is_only_accumulator = false;
                self.words[previous.start] = previous.forms.expect("a scalar has forms").both();
            }
        }
        self.record_position();
    }

    /// Lets the last instruction leave its result in `slot`, if it is the one that leaves it in
    /// `temporary` and has a result that it can leave anywhere.
    pub(super) fn redirect_last(&mut self, temporary: u16, slot: u16, slots: usize) -> bool {
        let Some(last) = self.history.last_mut() else {
            return false;
        };
        if last.result != Some(temporary) {
            return false;
        }
        last.result = Some(slot);
        let (class, has_accumulator) = (last.class, last.forms.is_some());
        let mut bytes = self.words[last.start + 1].to_ne_bytes();
        bytes[..2].copy_from_slice(&slot.to_ne_bytes());
        self.words[last.start + 1] = CodeWord::from_ne_bytes(bytes);
        for written in slot..slot + slots as u16 {
            self.accumulators.forget_slot(written);
        }
        self.accumulators.forget_slot(temporary);
        if has_accumulator {
            self.accumulators.hold(class, slot);
        }
        true
    }

    /// Makes a label that is not bound yet.
    pub(super) fn new_label(&mut self) -> Label {
        self.labels.push(LabelState {
            position: None,
            first_fixup: NO_FIXUP,
        });
        Label(self.labels.len() as u32 - 1)
    }

    /// Whether a branch to the unbound label exists.
    pub(super) fn is_target(&self, label: Label) -> bool {
        self.labels[label.0 as usize].first_fixup != NO_FIXUP
    }

    /// Lets the unconditional branches to the unbound label return at once, where `returning` has the two words of an
    /// instruction that returns in place of a branch with these words and is as long.
    pub(super) fn return_instead(
        &mut self,
        label: Label,
        returning: impl Fn([CodeWord; 2]) -> Option<[CodeWord; 2]>,
    ) {
        let mut left = NO_FIXUP;
        let mut fixup = self.labels[label.0 as usize].first_fixup;
        while fixup != NO_FIXUP {
            let Fixup { base, next, .. } = self.fixups[fixup as usize];
            let base = base as usize;
            match returning([self.words[base], self.words[base + 1]]) {
                Some(words) => self.words[base..base + 2].copy_from_slice(&words),
                None => {
                    self.fixups[fixup as usize].next = left;
                    left = fixup;
                }
            }
            fixup = next;
        }
        self.labels[label.0 as usize].first_fixup = left;
    }

    /// Binds the label here.
    pub(super) fn bind(&mut self, label: Label) {
        let position = self.words.len() as u32;
        let mut fixup = self.labels[label.0 as usize].first_fixup;
        while fixup != NO_FIXUP {
            let Fixup { at, base, next } = self.fixups[fixup as usize];
            self.write_distance(at, branch_distance(base, position));
            fixup = next;
        }
        self.labels[label.0 as usize] = LabelState {
            position: Some(position),
            first_fixup: NO_FIXUP,
        };
        self.constants.clear();
        self.forget();
    }

    fn write_distance(&mut self, at: u32, distance: u32) {
        let word = &mut self.words[at as usize / 2];
        let mut bytes = word.to_ne_bytes();
        let start = 4 * (at as usize % 2);
        bytes[start..start + 4].copy_from_slice(&distance.to_ne_bytes());
        *word = CodeWord::from_ne_bytes(bytes);
    }

    /// Lets the distance at `at` (in units of 32 bits) lead from the branch at `base` to the label.
    pub(super) fn refer(&mut self, label: Label, at: usize, base: usize) {
        let state = self.labels[label.0 as usize];
        match state.position {
            Some(position) => {
                self.write_distance(at as u32, branch_distance(base as u32, position));
            }
            None => {
                self.fixups.push(Fixup {
                    at: at as u32,
                    base: base as u32,
                    next: state.first_fixup,
                });
                self.labels[label.0 as usize].first_fixup = self.fixups.len() as u32 - 1;
            }
        }
    }

    /// Appends a branch whose distance is the immediate half-word of word 1.
    pub(super) fn emit_branch(&mut self, words: &[CodeWord], label: Label) {
        let start = self.emit(words);
        self.refer(label, 2 * (start + 1) + 1, start);
    }
}
