//! From a checked body to register code.
//!
//! Input: the bytes and facts of a valid body. Output: [`FunctionCode`].
//! Holds: one pass in linear time. Local `i` is in the slots that its index and the types before it give: parameters
//! first; behind them, and the room for the results, are the slots that calls save, then, unless the function is a
//! leaf, one for the context, then the other locals, those of vector constants, then the operand stack. At loop
//! headers all operands are in their slots and nothing is in an accumulator alone.
//!
//! Operands are not copied where they are pushed: an instruction reads locals and constants where they are, and the
//! instruction before a `local.set` writes to the local. A label, or anything else that other code can reach, finds
//! operands in their slots.

mod access;
mod calls;
mod code;
mod compare;
mod constants;
mod control;
mod locals;
mod numeric;
mod stack;
mod variables;

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;
use core::cell::UnsafeCell;

use self::code::{Code, Operand, Pattern, Source, fields, halves, immediate};
use self::constants::Constants;
use self::control::{Condition, Control};
use self::locals::{Local, Locals};
use self::stack::{Entry, Stack, Value};
use super::Options;
use super::dispatch::FRAME_BIAS;
use super::execute::call::{SAVED_SLOTS, value_slots};
use super::execute::select::{self, Class, Kind};
#[cfg(feature = "compiler")]
use super::execute::tier::COUNT_CALL_WORDS;
#[cfg(feature = "compiler")]
use super::tiers::{Heat, Tiers};
use crate::decode::operators::{read_opcode, skip_immediates};
use crate::decode::reader::Reader;
use crate::error::Error;
use crate::module::Module;
use crate::module::executable::{Construct, NotExecutable};
use crate::module::facts::FuncFacts;
#[cfg(feature = "compiler")]
use crate::runtime::layout::LoopFrame;
use crate::runtime::layout::{CodeHeader, CodeWord, EntryCell};
use crate::wasm::opcodes::{Opcode, Shape};
use crate::wasm::types::ValType;

/// The register code of a function. Calls in it are changed while it runs: see [`super::execute::call::CALLEE_WORDS`].
#[derive(Debug)]
pub(super) struct FunctionCode {
    words: Box<[UnsafeCell<CodeWord>]>,
    start: u32,
    header: CodeHeader,
}

// SAFETY: the only words that change are written and read as atomic numbers, by calls.
unsafe impl Sync for FunctionCode {}

/// The word for a header.
pub(super) fn header_word(header: CodeHeader) -> CodeWord {
    code::halves(header.frame_bytes, header.value_slots)
}

/// The word for the address of counters.
#[cfg(feature = "compiler")]
fn heat_word(heat: &Heat) -> CodeWord {
    core::ptr::from_ref(heat).expose_provenance() as CodeWord
}

impl FunctionCode {
    /// The first instruction; its [`CodeHeader`] stands before it.
    pub(super) fn start(&self) -> *const CodeWord {
        // Not the address of a shorter slice: the header before it is read through this one.
        let words = self.words.as_ptr().cast::<CodeWord>();
        words.wrapping_add(self.start as usize)
    }

    /// What stands before the first instruction.
    pub(super) fn header(&self) -> CodeHeader {
        self.header
    }

    /// The position of the word at `address`, counted from the first instruction's buffer, if the code
    /// contains it.
    pub(super) fn position_of(&self, address: usize) -> Option<usize> {
        let distance = address.checked_sub(self.words.as_ptr() as usize)?;
        let position = distance / size_of::<CodeWord>();
        (position < self.words.len()).then_some(position)
    }

    /// The address behind the last word.
    pub(super) fn end(&self) -> usize {
        self.words.as_ptr_range().end as usize
    }
}

/// The greatest number behind a frame's slots: they are numbered with 16 bits.
const MAX_SLOT: usize = u16::MAX as usize;

/// Words before the first operator's code: a header, and room to zero locals. Constants and counting need more.
const PROLOGUE_WORDS: usize = 3;

/// What translations need again and again.
#[derive(Default)]
pub(super) struct Translator {
    code: Code,
    stack: Stack,
    controls: Vec<Control>,
    locals: Locals,
    constants: Constants,
    /// Numbers of locals that became set, to be taken back at the end of the construct.
    newly_set: Vec<u32>,
}

/// What the code of a function depends on besides its body. It is there for as long as the code is run.
#[derive(Copy, Clone)]
pub(super) struct Surroundings<'a> {
    pub(super) module: &'a Module,
    /// The entry cells of the functions that the module defines.
    pub(super) entries: &'a [EntryCell],
    pub(super) options: &'a Options,
    /// Their counters, if calls and iterations are counted.
    #[cfg(feature = "compiler")]
    pub(super) tiers: Option<&'a dyn Tiers>,
}

/// Translates the body of a defined function.
///
/// # Errors
/// A frame that is too large, or an instruction whose feature is not executable yet.
pub(super) fn translate(
    translator: &mut Translator,
    surroundings: Surroundings<'_>,
    defined_index: u32,
    facts: &FuncFacts,
) -> Result<FunctionCode, Error> {
    translator.code.reset(false);
    Body::new(translator, surroundings, defined_index, facts)?.translate()
}

/// Positions in the function's code, ascending, with the offsets in the module of what they were made
/// for: found by translating once more, so that nothing has to be kept for it.
pub(super) fn offsets(
    surroundings: Surroundings<'_>,
    defined_index: u32,
    facts: &FuncFacts,
) -> Option<Vec<(u32, u32)>> {
    let mut translator = Translator::default();
    translator.code.reset(true);
    Body::new(&mut translator, surroundings, defined_index, facts)
        .ok()?
        .translate()
        .ok()?;
    translator.code.take_positions()
}

/// Where the frame of a function has what it has at the loop whose opcode is at `offset` in the module's bytes.
///
/// # Errors
/// As for [`translate`].
#[cfg(feature = "compiler")]
pub(super) fn loop_frame(
    surroundings: Surroundings<'_>,
    defined_index: u32,
    facts: &FuncFacts,
    offset: u32,
) -> Result<LoopFrame, Error> {
    let mut translator = Translator::default();
    let body = Body::new(&mut translator, surroundings, defined_index, facts)?;
    let bytes = |slot: usize| (slot * size_of::<u64>()) as u32;
    Ok(LoopFrame {
        offset,
        parameters: bytes(body.first_slot.into()),
        locals: bytes(FRAME_BIAS + SAVED_SLOTS + usize::from(!facts.is_leaf())),
        operands: bytes(body.stack.next_slot().into()),
    })
}

/// A body being translated.
struct Body<'a> {
    module: &'a Module,
    entries: &'a [EntryCell],
    options: &'a Options,
    #[cfg(feature = "compiler")]
    tiers: Option<&'a dyn Tiers>,
    defined_index: u32,
    reader: Reader<'a>,
    code: &'a mut Code,
    stack: &'a mut Stack,
    controls: &'a mut Vec<Control>,
    locals: &'a mut Locals,
    constants: &'a mut Constants,
    newly_set: &'a mut Vec<u32>,
    /// The slot of the first parameter and of the first result.
    first_slot: u16,
    /// The number behind the last slot.
    frame_slots: usize,
    /// The range of slots of locals that may be read before they are set.
    zeroed: Option<(u16, u16)>,
    /// Where the running segment's fuel is charged, and how much it is.
    fuel: Option<(usize, u32)>,
    /// The condition for which the topmost operand stands, if it is not computed but tested by the next operator.
    condition: Option<Condition>,
    offset: usize,
}

impl<'a> Body<'a> {
    fn new(
        translator: &'a mut Translator,
        surroundings: Surroundings<'a>,
        defined_index: u32,
        facts: &FuncFacts,
    ) -> Result<Body<'a>, Error> {
        let module = surroundings.module;
        let Translator {
            code,
            stack,
            controls,
            locals,
            constants,
            newly_set,
        } = translator;
        controls.clear();
        newly_set.clear();
        let function_index = defined_index + module.imported_functions;
        let ty = module.function_type(function_index);
        let body = module.bodies[defined_index as usize].range.clone();
        let mut reader = Reader::new(&module.bytes, body.start as usize..body.end as usize);
        let first_slot = FRAME_BIAS - value_slots(ty.slots());
        let first_declared = FRAME_BIAS + SAVED_SLOTS + usize::from(!facts.is_leaf());
        let base = locals.reset(module, ty.params(), first_slot, first_declared, &mut reader)?;
        let operand_slots = facts.max_operand_slots() as usize;
        let spare_slots = MAX_SLOT.saturating_sub(base + operand_slots);
        constants.reset(base, facts.has_vector_constants_in_loops(), spare_slots);
        let base = base + constants.slots();
        let frame_slots = base + operand_slots;
        if frame_slots > MAX_SLOT {
            return Err(Error::resource(format!(
                "function {function_index} needs a frame of {} slots of 8 bytes; \
                 the interpreter's frames of such a type have at most {}",
                frame_slots - first_slot,
                MAX_SLOT - first_slot
            )));
        }
        stack.reset(base as u16, locals.numbered());
        Ok(Body {
            module,
            entries: surroundings.entries,
            options: surroundings.options,
            #[cfg(feature = "compiler")]
            tiers: surroundings.tiers,
            defined_index,
            reader,
            code,
            stack,
            controls,
            locals,
            constants,
            newly_set,
            first_slot: first_slot as u16,
            frame_slots,
            zeroed: None,
            fuel: None,
            condition: None,
            offset: 0,
        })
    }

    fn translate(mut self) -> Result<FunctionCode, Error> {
        self.code.emit(&[0; PROLOGUE_WORDS]);
        for _ in 0..self.constants.room() + self.count_words() {
            self.code.emit(&[0]);
        }
        self.poll();
        self.enter_function();
        let is_plain = !self.options.consume_fuel && !self.code.has_positions();
        while let Some(is_reachable) = self.is_reachable() {
            self.offset = self.reader.position();
            let opcode = read_opcode(&mut self.reader)?;
            if !is_plain {
                self.code.set_offset(self.offset);
            }
            if is_reachable {
                if !is_plain {
                    self.charge(opcode);
                }
                self.operator(opcode)?;
            } else {
                self.unreached_operator(opcode)?;
            }
        }
        self.end_segment();
        Ok(self.finish())
    }

    /// Puts the header, the zeroing of locals and the filling of constants, if there are any, before the code.
    fn finish(self) -> FunctionCode {
        let header = CodeHeader {
            frame_bytes: (self.frame_slots * size_of::<u64>()) as u32,
            value_slots: FRAME_BIAS as u32 - u32::from(self.first_slot),
        };
        let mut start = PROLOGUE_WORDS + self.constants.room() + self.count_words();
        let words = self.code.words_mut();
        for fill in self.constants.fill() {
            start -= fill.len();
            words[start..][..fill.len()].copy_from_slice(&fill);
        }
        if let Some((first, end)) = self.zeroed {
            start -= 2;
            words[start] = select::zero();
            words[start + 1] = immediate(first, 0, u32::from(end - first));
        }
        #[cfg(feature = "compiler")]
        if let Some(tiers) = self.tiers {
            let heat = &tiers.heat()[self.defined_index as usize];
            start -= COUNT_CALL_WORDS;
            words[start] = select::count_call();
            words[start + 1] = heat_word(heat);
            words[start + 2] = (self.defined_index + self.module.imported_functions).into();
        }
        words[start - 1] = header_word(header);
        if start > PROLOGUE_WORDS {
            self.code.remove_front(start - 1);
            start = 1;
        }
        FunctionCode {
            words: self
                .code
                .words()
                .iter()
                .copied()
                .map(UnsafeCell::new)
                .collect(),
            start: start as u32,
            header,
        }
    }

    /// Translates an operator that can be reached.
    #[inline]
    fn operator(&mut self, opcode: Opcode) -> Result<(), Error> {
        // The most frequent ones, which mostly emit nothing, are not worth two more branches.
        match opcode {
            Opcode::LocalGet => {
                let local = self.read_local()?;
                self.local_get(local);
            }
            Opcode::LocalSet => {
                let local = self.read_local()?;
                self.local_set(local);
            }
            Opcode::LocalTee => {
                let local = self.read_local()?;
                self.local_set(local);
                self.local_get(local);
            }
            Opcode::I32Const => {
                let bits = self.reader.read_i32()? as u32;
                self.push_constant(bits.into(), ValType::I32);
            }
            Opcode::I64Const => {
                let bits = self.reader.read_i64()? as u64;
                self.push_constant(bits, ValType::I64);
            }
            Opcode::Block
            | Opcode::Loop
            | Opcode::If
            | Opcode::Else
            | Opcode::End
            | Opcode::Br
            | Opcode::BrIf => return self.control(opcode),
            _ => return self.operator_by_shape(opcode),
        }
        Ok(())
    }

    fn operator_by_shape(&mut self, opcode: Opcode) -> Result<(), Error> {
        match opcode.info().shape {
            Shape::Special => self.special(opcode),
            Shape::Fixed { params, result } => {
                self.fixed(opcode, params.as_slice(), result);
                Ok(())
            }
            Shape::Load { result, .. } => self.load(opcode, result),
            Shape::Store { .. } => self.store(opcode),
            Shape::LoadLane { .. }
            | Shape::StoreLane { .. }
            | Shape::ExtractLane { .. }
            | Shape::ReplaceLane { .. } => self.lane(opcode),
            Shape::AtomicLoad { .. }
            | Shape::AtomicStore { .. }
            | Shape::AtomicReadModifyWrite { .. }
            | Shape::AtomicCompareExchange { .. } => self.not_executable(opcode),
        }
    }

    fn special(&mut self, opcode: Opcode) -> Result<(), Error> {
        match opcode {
            Opcode::Nop => Ok(()),
            Opcode::Unreachable | Opcode::BrTable | Opcode::Return => self.control(opcode),
            Opcode::Call | Opcode::CallIndirect | Opcode::CallRef | Opcode::ReturnCall => {
                self.call(opcode)
            }
            Opcode::Drop => {
                self.stack.pop();
                Ok(())
            }
            Opcode::Select | Opcode::SelectTyped => self.select(opcode),
            Opcode::F32Const => {
                let bits = self.reader.read_f32_bits()?;
                self.push_constant(bits.into(), ValType::F32);
                Ok(())
            }
            Opcode::F64Const => {
                let bits = self.reader.read_f64_bits()?;
                self.push_constant(bits, ValType::F64);
                Ok(())
            }
            Opcode::V128Const | Opcode::I8x16Shuffle => self.vector_immediate(opcode),
            Opcode::I64Add128 | Opcode::I64Sub128 | Opcode::I64MulWideS | Opcode::I64MulWideU => {
                self.wide(opcode);
                Ok(())
            }
            Opcode::GlobalGet
            | Opcode::GlobalSet
            | Opcode::RefNull
            | Opcode::RefIsNull
            | Opcode::RefFunc => self.variable(opcode),
            Opcode::MemorySize
            | Opcode::MemoryGrow
            | Opcode::MemoryInit
            | Opcode::DataDrop
            | Opcode::MemoryCopy
            | Opcode::MemoryFill
            | Opcode::TableGet
            | Opcode::TableSet
            | Opcode::TableInit
            | Opcode::ElemDrop
            | Opcode::TableCopy
            | Opcode::TableGrow
            | Opcode::TableSize
            | Opcode::TableFill => self.bulk(opcode),
            _ => self.not_executable(opcode),
        }
    }

    /// Passes over an operator that is never reached, except where that ends.
    fn unreached_operator(&mut self, opcode: Opcode) -> Result<(), Error> {
        match opcode {
            Opcode::Block | Opcode::Loop | Opcode::If | Opcode::TryTable => {
                skip_immediates(&mut self.reader, opcode, self.module)?;
                self.nest_unreached();
                Ok(())
            }
            Opcode::Else | Opcode::End => self.control(opcode),
            _ => skip_immediates(&mut self.reader, opcode, self.module),
        }
    }

    #[cold]
    fn not_executable(&self, opcode: Opcode) -> Result<(), Error> {
        debug_assert!(
            !opcode.is_executable() || opcode == Opcode::ReturnCall,
            "{opcode:?} is said to be executable"
        );
        let found = NotExecutable {
            what: Construct::Instruction(opcode),
            offset: self.offset as u32,
        };
        Err(found.error_in_function(self.module, self.function_index()))
    }

    /// Charges one unit of fuel for an operator that does something.
    fn charge(&mut self, opcode: Opcode) {
        if !self.options.consume_fuel
            || matches!(
                opcode,
                Opcode::Nop | Opcode::Block | Opcode::Loop | Opcode::Else | Opcode::End
            )
        {
            return;
        }
        match &mut self.fuel {
            Some((_, amount)) => *amount += 1,
            None => {
                let start = self.code.emit(&[select::charge_fuel(), 0]);
                // Where fuel runs out, the code can stop and go on later, without accumulators.
                self.code.forget();
                self.fuel = Some((start, 1));
            }
        }
    }

    /// Ends a segment of code that is executed as a whole: its fuel is known.
    fn end_segment(&mut self) {
        if let Some((start, amount)) = self.fuel.take() {
            self.code.words_mut()[start + 1] = immediate(0, 0, amount);
        }
    }

    /// How many words are at the beginning to count the call.
    fn count_words(&self) -> usize {
        #[cfg(feature = "compiler")]
        return COUNT_CALL_WORDS * usize::from(self.tiers.is_some());
        #[cfg(not(feature = "compiler"))]
        0
    }

    /// Counts an iteration of the loop that begins here, if that is wanted.
    fn count_iteration(&mut self) {
        #[cfg(feature = "compiler")]
        if let Some(tiers) = self.tiers {
            let heat = &tiers.heat()[self.defined_index as usize];
            let place = halves(self.offset as u32, self.defined_index);
            self.code
                .emit(&[select::count_iteration(), heat_word(heat), place]);
        }
    }

    /// Looks for an interruption here, if that is wanted.
    fn poll(&mut self) {
        if self.options.interruptable {
            self.code.emit(&[select::poll(), 0]);
        }
    }

    #[inline]
    fn push_constant(&mut self, bits: u64, ty: ValType) {
        self.stack.push(Value::Constant(bits), ty);
    }

    /// The operand that an entry is.
    #[inline]
    fn operand(&self, entry: Entry) -> Operand {
        match entry.value() {
            Value::Slot => Operand::popped(entry.slot, entry.class),
            Value::Local(local) => Operand::in_slot(self.locals[local].slot, entry.class),
            Value::Constant(bits) => Operand::of_constant(bits, entry.class),
        }
    }

    /// Pops an operand and returns the slot that it is in: a constant goes to its canonical slot.
    fn pop_slot(&mut self) -> u16 {
        let entry = self.stack.pop();
        self.slot_of(entry)
    }

    /// The slot of a popped entry: a constant goes to its canonical slot.
    fn slot_of(&mut self, entry: Entry) -> u16 {
        match entry.value() {
            Value::Slot => entry.slot,
            Value::Local(local) => self.locals[local].slot,
            Value::Constant(bits) => {
                self.emit_constant(entry.slot, bits);
                entry.slot
            }
        }
    }

    fn emit_constant(&mut self, slot: u16, bits: u64) {
        if self.merge_move(slot, Source::Constant(bits)) {
            return;
        }
        let pattern = Pattern::Constant(bits);
        match u32::try_from(bits) {
            Ok(half) => {
                let words = [select::constant_32(), immediate(slot, 0, half)];
                self.code.emit_pattern(&words, slot, 1, pattern);
            }
            Err(_) => {
                let words = [select::constant_64(), immediate(slot, 0, 0), bits];
                self.code.emit_pattern(&words, slot, 1, pattern);
            }
        }
    }

    /// Puts all operands from `from` on into their slots.
    fn settle_from(&mut self, from: usize) {
        let settled = self.stack.first_unsettled();
        let is_all = from <= settled;
        let from = from.max(settled);
        let mut pending: [(u16, u16); 3] = [(0, 0); 3];
        let mut count = 0;
        for index in (from..self.stack.len()).rev() {
            let entry = self.stack.get(index);
            let source = match entry.value() {
                Value::Local(local) if entry.class != Class::Vector => {
                    Some(self.locals[local].slot)
                }
                _ => None,
            };
            if let Some(source) = source {
                if count == 3 || count > 0 && pending[count - 1].0 != entry.slot + 1 {
                    self.copy_slots(&pending[..count]);
                    count = 0;
                }
                pending[count] = (entry.slot, source);
                count += 1;
            } else {
                match entry.value() {
                    Value::Slot => {}
                    Value::Constant(bits) => self.emit_constant(entry.slot, bits),
                    Value::Local(local) => self.copy_vector(entry.slot, self.locals[local].slot),
                }
            }
            self.stack.settle(index);
        }
        self.copy_slots(&pending[..count]);
        if is_all {
            self.stack.set_settled(self.stack.len());
        }
    }

    /// Puts all operands into their slots.
    fn settle_all(&mut self) {
        self.settle_from(self.stack.first_unsettled());
    }

    /// Copies up to three slots. The pairs of destination and source descend by one slot.
    fn copy_slots(&mut self, pairs: &[(u16, u16)]) {
        let Some(&(first, _)) = pairs.last() else {
            return;
        };
        let source = |index: usize| {
            pairs
                .len()
                .checked_sub(index + 1)
                .map_or(0, |at| pairs[at].1)
        };
        let words = [
            select::copy(pairs.len()),
            fields([first, source(0), source(1), source(2)]),
        ];
        if pairs.len() == 1 {
            if self.merge_move(first, Source::Slot(source(0))) {
                return;
            }
            let pattern = Pattern::Copy(source(0));
            self.code.emit_pattern(&words, first, 1, pattern);
            return;
        }
        self.code.emit(&words);
        for &(slot, _) in pairs {
            self.code.wrote(slot);
        }
    }

    /// Makes one instruction of a move to `slot` and of the last one, if that is one too.
    fn merge_move(&mut self, slot: u16, source: Source) -> bool {
        let Some(last) = self.code.last() else {
            return false;
        };
        let Some(other_slot) = last.result.filter(|&other| other != slot) else {
            return false;
        };
        let other = match last.pattern {
            Pattern::Copy(other) => Source::Slot(other),
            Pattern::Constant(bits) => Source::Constant(bits),
            _ => return false,
        };
        // Both read before they write, so that they can change places: a copy goes first.
        let (first, second) = match (other, source) {
            (Source::Constant(_), Source::Slot(_)) => ((slot, source), (other_slot, other)),
            _ => ((other_slot, other), (slot, source)),
        };
        let is_short = |source| match source {
            Source::Slot(_) => true,
            Source::Constant(bits) => u32::try_from(bits).is_ok(),
        };
        if source == Source::Slot(other_slot) || !is_short(source) || !is_short(other) {
            return false;
        }
        self.code.remove_last();
        let parts = |source| match source {
            Source::Slot(slot) => (Kind::Slot, slot, 0),
            Source::Constant(bits) => (Kind::Constant, 0, bits as u32),
        };
        let (first_kind, first_source, first_half) = parts(first.1);
        let (second_kind, second_source, second_half) = parts(second.1);
        let words = [
            select::move_pair((first_kind, second_kind)),
            fields([first.0, first_source, second.0, second_source]),
            halves(first_half, second_half),
        ];
        let count = if second_kind == Kind::Constant { 3 } else { 2 };
        self.code.emit(&words[..count]);
        self.code.wrote(first.0);
        self.code.wrote(second.0);
        true
    }

    fn copy_vector(&mut self, slot: u16, source: u16) {
        self.code
            .emit(&[select::copy_vector(), fields([slot, source, 0, 0])]);
        self.code.wrote(slot);
        self.code.wrote(slot + 1);
    }

    /// Puts the copies of `local` on the operand stack into their slots, because it will change.
    #[inline]
    fn preserve_local(&mut self, local: u32) {
        let Local { slot, class, .. } = self.locals[local];
        while let Some(entry) = self.stack.settle_local(local) {
            if class == Class::Vector {
                self.copy_vector(entry.slot, slot);
            } else {
                self.copy_slots(&[(entry.slot, slot)]);
            }
        }
    }
}
