//! Makes bytes of allocated instructions.
//!
//! Input: selected code and its allocation. Output: [`Object`], and a listing if one is wanted. Holds: one pass
//! forward; what is not known yet when a branch is emitted is filled in when it is. Blocks stand in their order, but
//! for those that trap at once, which are behind the others; a block that only goes on elsewhere is passed over.
//!
//! The frame, from high to low addresses: arguments on the stack, the return address, the caller's frame pointer,
//! the context if the function calls others by reference, the preserved registers that it writes, the words of the
//! allocation, and room for arguments and results of calls. A function that needs none of these and calls nothing has
//! no frame, and others make it where they come to what needs it.

mod branches;
mod frames;
mod layout;
mod wrap;

use alloc::vec::Vec;
use core::mem::offset_of;

use self::branches::{Fixup, Lengths, inverse, resolve};
use self::layout::Layout;
use self::wrap::Wrap;
use super::convention::{CONTEXT, FRAME_POINTER, MEMORY_BASE, REGISTERS, SCRATCH, SCRATCH_VECTOR};
use super::encode::{Operands, Rm, Unencodable, encode};
use super::features::{CpuFeature, CpuFeatures};
use super::forms::{Class, Mode, Opcode, property};
use super::instructions::X64;
use super::listing::{Kind, Listing};
use super::operands::{Frame, allocated};
use super::print;
use super::select::Selected;
use super::select::control::Condition;
use super::select::float::{CAN_BE_LEAST, CONVERSION_TRAPS, IS_64, IS_MAXIMUM};
use crate::compile::machine::{
    Allocation, Bank, Instruction, InstructionFlags, Location, PhysicalRegister, Place, Transfer,
    ValueKind,
};
use crate::compile::object::{Object, TableEntry, TrapSite};
use crate::runtime::layout::{VmContext, VmStore};
use crate::wasm::trap::Trap;

/// What emission needs again and again.
#[derive(Default)]
pub(crate) struct Workspace {
    /// Where each label is, or [`UNKNOWN`]: first those of blocks, then those of traps and out-of-line edges.
    labels: Vec<u32>,
    fixups: Vec<Fixup>,
    lengths: Lengths,
    /// By branch, whether it can be short.
    near: Vec<bool>,
    /// Traps that are jumped to.
    traps: Vec<OutOfLine<Option<Trap>>>,
    /// Edges whose code stands behind the function: the label, and the number of the split.
    splits: Vec<(u32, u32)>,
    split_of: SplitOf,
    /// Four bytes that have to say how far it is from behind them and so many bytes more to a constant.
    constants: Vec<(u32, u8, u32)>,
    /// Tables of switches: where each one is referred to, its start and count in `Selected::tables`, and its first
    /// edge.
    tables: Vec<(u32, u32, u32, u32)>,
    /// Where extrema go if their operands are equal or not numbers.
    extrema: Vec<Extremum>,
    /// Where conversions go that trap.
    conversions: Vec<Conversion>,
    /// Where calls go whose callee has another type, with the register that has what was found.
    types: Vec<OutOfLine<PhysicalRegister>>,
    /// Where polls go if the flag is raised, with the label where to go on.
    polls: Vec<OutOfLine<u32>>,
    layout: Layout,
    /// By block, the block that execution gets to from it without doing anything: mostly itself.
    resolved: Vec<u32>,
    wrap: Wrap,
}

/// By edge, one more than the number of its split, or 0.
#[derive(Default)]
struct SplitOf(Vec<u32>);

impl SplitOf {
    fn find(&mut self, edges: usize, allocation: &Allocation) {
        self.0.clear();
        self.0.resize(edges, 0);
        for (number, split) in (1..).zip(&allocation.splits) {
            self.0[split.edge as usize] = number;
        }
    }

    /// The number of an edge's split, if it has one.
    fn of(&self, edge: u32) -> Option<usize> {
        Some(self.0[edge as usize].checked_sub(1)? as usize)
    }
}

/// Something that is emitted behind the function.
#[derive(Copy, Clone)]
struct OutOfLine<T> {
    label: u32,
    what: T,
    /// Where it comes from.
    position: u32,
    /// Whether there is a frame.
    in_frame: bool,
}

const UNKNOWN: u32 = u32::MAX;

/// Operands of a minimum or maximum that the instruction for numbers that differ is not for.
#[derive(Copy, Clone)]
struct Extremum {
    label: u32,
    /// Where to go on.
    back: u32,
    /// What it is, as the instruction has it.
    which: u32,
    to: PhysicalRegister,
    from: PhysicalRegister,
}

/// A conversion to an integer that has no result, or that seems to have none.
#[derive(Copy, Clone)]
struct Conversion {
    label: u32,
    /// Where to go on.
    back: u32,
    /// What it is, as the instruction has it.
    which: u32,
    from: PhysicalRegister,
    found: PhysicalRegister,
    position: u32,
    in_frame: bool,
}

/// Emits a function. `listing` gets a row per instruction.
///
/// # Errors
/// What has no encoding, which would be a mistake of selection or allocation.
pub(crate) fn emit(
    workspace: &mut Workspace,
    object: &mut Object,
    selected: &Selected,
    allocation: &Allocation,
    features: CpuFeatures,
    mut listing: Option<&mut Listing>,
) -> Result<(), Unencodable> {
    for lengths in [Lengths::Guessed, Lengths::Measured, Lengths::Long] {
        workspace.lengths = lengths;
        if let Some(listing) = &mut listing {
            listing.clear();
        }
        let listing = listing.as_deref_mut();
        if emit_once(workspace, object, selected, allocation, features, listing)? {
            return Ok(());
        }
    }
    Err(Unencodable)
}

/// Emits a function. Returns whether all branches reach their targets.
fn emit_once(
    workspace: &mut Workspace,
    object: &mut Object,
    selected: &Selected,
    allocation: &Allocation,
    features: CpuFeatures,
    listing: Option<&mut Listing>,
) -> Result<bool, Unencodable> {
    object.clear();
    let Workspace {
        labels,
        fixups,
        lengths: _,
        near: _,
        traps,
        splits,
        split_of,
        constants,
        tables,
        extrema,
        conversions,
        types,
        polls,
        layout,
        resolved,
        wrap,
    } = &mut *workspace;
    labels.clear();
    labels.resize(selected.code.blocks.len(), UNKNOWN);
    fixups.clear();
    traps.clear();
    splits.clear();
    split_of.find(selected.code.edges.len(), allocation);
    constants.clear();
    tables.clear();
    extrema.clear();
    conversions.clear();
    types.clear();
    polls.clear();
    let mut preserved = REGISTERS.preserved & allocation.written;
    if selected.has_memory_base {
        // It is an operand of whatever leaves the function.
        preserved &= !(1 << MEMORY_BASE.0);
    }
    let has_calls = selected
        .code
        .instructions
        .iter()
        .any(|instruction| instruction.flags.has(InstructionFlags::CALL));
    let saves_context = selected
        .code
        .instructions
        .iter()
        .any(|instruction| instruction.opcode == X64::CallReference as u16);
    let saved_bytes = 8 * (preserved.count_ones() + u32::from(saves_context));
    // Vectors are at even words, and aligned.
    let kept_bytes = (saved_bytes + 8 * allocation.frame_words).next_multiple_of(16);
    let frame_bytes = kept_bytes + selected.outgoing_bytes;
    let given_bytes = selected.incoming_bytes + selected.result_bytes;
    let has_frame = has_calls || frame_bytes > 0 || given_bytes > 0;
    let frame_bytes = frame_bytes.next_multiple_of(16);
    wrap.whole();
    if has_frame {
        wrap.find(selected, allocation, split_of, preserved);
    }
    resolve(resolved, split_of, wrap, selected, allocation);
    layout.find(selected, allocation, resolved);
    let mut emitter = Emitter {
        selected,
        allocation,
        features,
        object,
        work: workspace,
        listing,
        position: 0,
        block: 0,
        preserved,
        saves_context,
        has_frame,
        has_calls,
        in_frame: false,
        frame_bytes: i32::try_from(frame_bytes).map_err(|_| Unencodable)?,
        frame: Frame {
            base: FRAME_POINTER,
            words: -(kept_bytes as i32),
            incoming: 16,
            outgoing: 0,
        },
        zero_flag: None,
    };
    emitter.position = emitter.start();
    emitter.external_entry()?;
    if !emitter.work.wrap.frameless.has(0) {
        emitter.prologue()?;
    }
    emitter.blocks()?;
    emitter.out_of_line()?;
    emitter.finish()
}

/// The register whose content the zero flag tells of after an instruction, and whether of all 64 bits.
fn tested(x64: X64, operands: &Operands) -> Option<(PhysicalRegister, bool)> {
    let changed = match operands.rm {
        Rm::Register(register) => Some(register),
        _ => None,
    };
    match x64 {
        X64::Add32 | X64::Sub32 | X64::And32 | X64::Or32 | X64::Xor32 => {
            Some((operands.reg, false))
        }
        X64::Add64 | X64::Sub64 | X64::And64 | X64::Or64 | X64::Xor64 => Some((operands.reg, true)),
        X64::Add32Imm | X64::And32Imm | X64::Or32Imm | X64::Xor32Imm => Some((changed?, false)),
        X64::Add64Imm | X64::Sub64Imm | X64::And64Imm | X64::Or64Imm | X64::Xor64Imm => {
            Some((changed?, true))
        }
        _ => None,
    }
}

struct Emitter<'a> {
    selected: &'a Selected,
    allocation: &'a Allocation,
    features: CpuFeatures,
    object: &'a mut Object,
    work: &'a mut Workspace,
    listing: Option<&'a mut Listing>,
    /// Where what is listed comes from.
    position: u32,
    /// The block that is emitted; behind them, none.
    block: u32,
    /// The preserved registers that are written, as bits.
    preserved: u64,
    /// Whether the context is saved in the frame.
    saves_context: bool,
    /// Whether the function has a frame, if not everywhere.
    has_frame: bool,
    has_calls: bool,
    /// Whether what is emitted is executed with a frame.
    in_frame: bool,
    frame_bytes: i32,
    frame: Frame,
    /// The register whose content the zero flag tells of, and whether of all 64 bits: it is what the last instruction
    /// has computed.
    zero_flag: Option<(PhysicalRegister, bool)>,
}

/// Single instructions.
impl Emitter<'_> {
    fn at(&self) -> u32 {
        self.object.bytes.len() as u32
    }

    fn instruction(&mut self, opcode: Opcode, operands: &Operands) -> Result<u8, Unencodable> {
        let at = self.at();
        debug_assert!(
            opcode
                .row()
                .is_none_or(|row| self.features.has(row.feature)),
            "{opcode:?} is for other processors"
        );
        let behind = encode(&mut self.object.bytes, opcode, operands)?;
        self.zero_flag = opcode.instruction().and_then(|x64| tested(x64, operands));
        if let Some(listing) = self.listing.as_deref_mut() {
            let text = print::encoded(opcode, operands);
            listing.push(Kind::Instruction, at, self.position, format_args!("{text}"));
        }
        Ok(behind)
    }

    fn list(&mut self, text: core::fmt::Arguments<'_>) {
        self.row(Kind::Instruction, text);
    }

    fn row(&mut self, kind: Kind, text: core::fmt::Arguments<'_>) {
        let at = self.at();
        if let Some(listing) = self.listing.as_deref_mut() {
            listing.push(kind, at, self.position, text);
        }
    }

    /// An instruction with a register in `reg` and another operand in `rm`.
    fn plain(
        &mut self,
        x64: X64,
        reg: PhysicalRegister,
        rm: Rm,
        immediate: i64,
    ) -> Result<(), Unencodable> {
        let mut opcode = Opcode::new(x64);
        let row = opcode.row().ok_or(Unencodable)?;
        if row.has(property::avx) && self.features.has(CpuFeature::Avx) {
            opcode = Opcode::in_avx(x64);
        }
        let operands = Operands {
            reg,
            vvvv: reg,
            rm,
            immediate,
        };
        self.instruction(opcode, &operands).map(|_| ())
    }

    fn word(&self, location: Location) -> Result<Rm, Unencodable> {
        if let Some(register) = location.as_register() {
            return Ok(Rm::Register(register));
        }
        let word = location.as_word().ok_or(Unencodable)?;
        Ok(Rm::Memory {
            base: self.frame.base,
            index: None,
            displacement: self.frame.words + 8 * word as i32,
        })
    }

    /// Fails if one of the locations is in the frame, or a register that is saved there, and there is none: then it
    /// would belong to a caller.
    fn can_access(&self, locations: &[Location]) -> Result<(), Unencodable> {
        let is_own = |location: &Location| match location.as_register() {
            Some(register) => self.preserved >> register.0 & 1 == 0,
            None => *location == Location::NONE,
        };
        match self.in_frame || locations.iter().all(is_own) {
            true => Ok(()),
            false => Err(Unencodable),
        }
    }

    fn transfer(&mut self, transfer: Transfer) -> Result<(), Unencodable> {
        match transfer {
            Transfer::Repeat { to, .. } => self.can_access(&[Location::register(to)])?,
            Transfer::Move { from, to, .. } => self.can_access(&[from, to])?,
        }
        match transfer {
            Transfer::Repeat { instruction, to } => {
                let instruction = self.selected.code.instructions[instruction as usize];
                self.table_instruction(&instruction, &[Location::register(to)], None)
            }
            Transfer::Move { kind, from, to } => {
                let (load, store, copy, scratch) = match kind {
                    ValueKind::Integer => (X64::Mov64, X64::Mov64Store, X64::Mov64, SCRATCH),
                    ValueKind::Float => {
                        (X64::MovsdLoad, X64::MovsdStore, X64::Movaps, SCRATCH_VECTOR)
                    }
                    ValueKind::Vector => {
                        (X64::Movups, X64::MovupsStore, X64::Movaps, SCRATCH_VECTOR)
                    }
                };
                let (source, destination) = (self.word(from)?, self.word(to)?);
                match (source, destination) {
                    (Rm::Register(_), Rm::Register(to)) => self.plain(copy, to, source, 0),
                    (Rm::Register(from), _) => self.plain(store, from, destination, 0),
                    (_, Rm::Register(to)) => self.plain(load, to, source, 0),
                    _ => {
                        self.plain(load, scratch, source, 0)?;
                        self.plain(store, scratch, destination, 0)
                    }
                }
            }
        }
    }

    /// An instruction of the table; `fault` is where it comes from if it accesses a memory.
    fn table_instruction(
        &mut self,
        instruction: &Instruction,
        locations: &[Location],
        fault: Option<u32>,
    ) -> Result<(), Unencodable> {
        let operands = &self.selected.code.operands[instruction.operands()];
        let (opcode, operands) = allocated(instruction, operands, locations, &self.frame)?;
        let merges = opcode
            .row()
            .is_some_and(|row| row.has(property::merges) && row.reg.class == Class::X);
        let is_vector = matches!(operands.rm, Rm::Register(from) if from.bank() == Bank::Vector);
        if merges && !is_vector {
            // So it does not wait for what was in the register.
            self.plain(X64::ZeroVector, operands.reg, Rm::Register(operands.reg), 0)?;
        }
        if let Some(position) = fault {
            let at = self.at();
            self.object.traps.push(TrapSite {
                at,
                is_fault: true,
                is_frameless: !self.in_frame,
                trap: Some(Trap::MemoryOutOfBounds),
                position,
            });
        }
        let behind = self.instruction(opcode, &operands)?;
        if Mode::of(instruction.flags) == Some(Mode::Constant) {
            let at = self.at() - u32::from(behind) - 4;
            self.work.constants.push((at, behind, instruction.a));
        }
        Ok(())
    }
}

/// The parts of a function.
impl Emitter<'_> {
    /// Where the function comes from.
    pub(super) fn start(&self) -> u32 {
        self.selected.start
    }

    /// A label where code traps.
    fn trap_label(&mut self, trap: Option<Trap>, position: u32) -> u32 {
        let label = self.new_label();
        self.work.traps.push(OutOfLine {
            label,
            what: trap,
            position,
            in_frame: self.in_frame,
        });
        label
    }

    /// Whether there is a frame where a block ends.
    fn has_frame_in(&self, block: u32) -> bool {
        self.has_frame && !self.work.wrap.frameless.has(block)
    }

    fn blocks(&mut self) -> Result<(), Unencodable> {
        for at in 0..self.work.layout.blocks.len() {
            let index = self.work.layout.blocks[at];
            let next = self.work.layout.blocks.get(at + 1).copied();
            self.block = index;
            if self.work.layout.is_top(index) {
                self.align_loop();
            }
            self.bind(index);
            self.row(Kind::Label, format_args!("block {index}:"));
            if self.work.wrap.begins(index) {
                self.prologue()?;
            }
            self.in_frame = self.has_frame_in(index);
            self.instructions(index, next)?;
        }
        self.block = u32::MAX;
        Ok(())
    }

    /// The instructions of a block, of which there may be several copies.
    fn instructions(&mut self, block: u32, next: Option<u32>) -> Result<(), Unencodable> {
        let range = self.selected.code.blocks[block as usize]
            .instructions
            .clone();
        let edits = &self.allocation.edits;
        let first = self.work.layout.first_edit(block);
        let mut edits = edits[first..].iter().peekable();
        for number in range {
            self.position = self.selected.positions[number as usize] & !Selected::FAULTS;
            while let Some(edit) = edits.next_if(|edit| edit.before == number) {
                self.transfer(edit.what)?;
            }
            self.one(number, block, next)?;
        }
        Ok(())
    }

    fn one(&mut self, number: u32, block: u32, next: Option<u32>) -> Result<(), Unencodable> {
        let instruction = self.selected.code.instructions[number as usize];
        let position = self.selected.positions[number as usize];
        let is_fault = position & Selected::FAULTS != 0;
        let position = position & !Selected::FAULTS;
        let allocation = self.allocation;
        let locations = &allocation.locations[instruction.operands()];
        if instruction.flags.has(InstructionFlags::REPEATABLE) && *locations == [Location::NONE] {
            return Ok(());
        }
        self.can_access(locations)?;
        let zero_flag = self.zero_flag.take();
        match Opcode(instruction.opcode)
            .instruction()
            .ok_or(Unencodable)?
        {
            X64::Arguments => Ok(()),
            X64::Copy => self.copy(&instruction, locations),
            X64::Jump => {
                let edge = self.selected.code.blocks[block as usize].successors.start;
                self.go_on(edge, next)
            }
            X64::JumpIf => self.jump_if(instruction.b, block, next),
            X64::Switch => self.switch(&instruction, locations, block),
            X64::SwitchFew => self.switch_few(&instruction, locations, block, next),
            X64::TrapIf => {
                let trap = Trap::ALL.get(instruction.a as usize).copied();
                let label = self.trap_label(trap, position);
                self.branch_if(instruction.b, label, "trap");
                Ok(())
            }
            X64::Poll => self.poll(position),
            X64::CopyBytes => self.call_stub(offset_of!(VmContext, machine.copy), position),
            X64::FillBytes => self.call_stub(offset_of!(VmContext, machine.fill), position),
            X64::SelectVector => self.select_vector(&instruction, locations),
            X64::Extremum => self.extremum(instruction.a, locations),
            X64::TrapConversion => self.trap_conversion(&instruction, locations, position),
            X64::Trap => self.trap(Trap::ALL.get(instruction.a as usize).copied(), position),
            X64::Return => self.epilogue(),
            X64::Call => self.call(instruction.a, instruction.b, position),
            X64::CallRuntime => self.call_runtime(instruction.a, position),
            x64 @ (X64::CallReference | X64::CallAddress) => {
                let operands = &self.selected.code.operands[instruction.operands()];
                let callee = operands
                    .iter()
                    .position(|operand| operand.place() == Place::Any)
                    .ok_or(Unencodable)?;
                if x64 == X64::CallAddress {
                    self.call_address(locations[callee], instruction.b, position)
                } else {
                    self.call_reference(locations[callee], instruction.b, position)
                }
            }
            X64::TableAddress => {
                let to = locations.first().and_then(|to| to.as_register());
                self.table_address(instruction.a, to.ok_or(Unencodable)?)
            }
            X64::TrapType => self.trap_type(locations, position),
            X64::TailCall => self.tail_call(instruction.a, instruction.b),
            x64 if self.is_tested(x64, number, locations, zero_flag) => Ok(()),
            x64 => {
                if matches!(x64, X64::Lea32 | X64::Lea64)
                    && self.sum_in_place(&instruction, locations)?
                {
                    return Ok(());
                }
                self.table_instruction(&instruction, locations, is_fault.then_some(position))
            }
        }
    }

    /// Whether an instruction compares with zero what the last one has computed, and the next one asks only whether it
    /// is zero.
    fn is_tested(
        &self,
        x64: X64,
        number: u32,
        locations: &[Location],
        zero_flag: Option<(PhysicalRegister, bool)>,
    ) -> bool {
        let (Some((register, is_wide)), &[first, second]) = (zero_flag, locations) else {
            return false;
        };
        let is_enough = match x64 {
            // The upper half of a 32-bit result is zero.
            X64::Test64 => true,
            X64::Test32 => !is_wide,
            _ => false,
        };
        let next = self.selected.code.instructions.get(number as usize + 1);
        is_enough
            && first == second
            && first.as_register() == Some(register)
            && next.is_some_and(|next| {
                [X64::JumpIf as u16, X64::TrapIf as u16].contains(&next.opcode)
                    && [Condition::Equal as u32, Condition::NotEqual as u32].contains(&next.b)
            })
    }

    fn copy(
        &mut self,
        instruction: &Instruction,
        locations: &[Location],
    ) -> Result<(), Unencodable> {
        let &[to, from] = locations else {
            return Err(Unencodable);
        };
        if from == to {
            return Ok(());
        }
        let register = self.selected.code.operands[instruction.first_operand as usize].register();
        let kind = self.selected.code.kinds[register.0 as usize];
        self.transfer(Transfer::Move { kind, from, to })
    }

    /// A sum that selection has made the calculation of an address, so that it need not overwrite an operand: if it
    /// does, an addition is shorter.
    fn sum_in_place(
        &mut self,
        instruction: &Instruction,
        locations: &[Location],
    ) -> Result<bool, Unencodable> {
        let wide = X64::Lea64 as u16;
        let of_width = |in_32, in_64| {
            if instruction.opcode == wide {
                in_64
            } else {
                in_32
            }
        };
        let displacement = instruction.a as i32;
        match (Mode::of(instruction.flags), locations) {
            (Some(Mode::Base), &[to, base]) if to == base => {
                let register = to.as_register().ok_or(Unencodable)?;
                let x64 = of_width(X64::Add32Imm, X64::Add64Imm);
                self.plain(x64, register, Rm::Register(register), displacement.into())?;
                Ok(true)
            }
            (Some(Mode::Index1), &[to, a, b]) if displacement == 0 && (to == a || to == b) => {
                let register = to.as_register().ok_or(Unencodable)?;
                let other = if to == a { b } else { a };
                let other = other.as_register().ok_or(Unencodable)?;
                let x64 = of_width(X64::Add32, X64::Add64);
                self.plain(x64, register, Rm::Register(other), 0)?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Overwrites the second choice by the first one if the condition holds.
    fn select_vector(
        &mut self,
        instruction: &Instruction,
        locations: &[Location],
    ) -> Result<(), Unencodable> {
        let register = self.selected.code.operands[instruction.first_operand as usize].register();
        let skip = self.new_label();
        self.branch_if(inverse(instruction.b), skip, "l");
        self.transfer(Transfer::Move {
            kind: self.selected.code.kinds[register.0 as usize],
            from: locations[2],
            to: locations[0],
        })?;
        self.bind(skip);
        Ok(())
    }

    /// The instruction for numbers that differ; others, for which the comparison says that they are equal, go
    /// elsewhere.
    fn extremum(&mut self, which: u32, locations: &[Location]) -> Result<(), Unencodable> {
        let to = locations[0].as_register().ok_or(Unencodable)?;
        let from = locations[2].as_register().ok_or(Unencodable)?;
        let [compare, choose, ..] = extremum_instructions(which);
        let (label, back) = (self.new_label(), self.new_label());
        self.plain(compare, to, Rm::Register(from), 0)?;
        self.branch(Some(Condition::Equal as u32), label, "l");
        self.plain(choose, to, Rm::Register(from), 0)?;
        self.bind(back);
        self.work.extrema.push(Extremum {
            label,
            back,
            which,
            to,
            from,
        });
        Ok(())
    }

    fn rare_extremum(&mut self, rare: Extremum) -> Result<(), Unencodable> {
        let [_, _, join, add] = extremum_instructions(rare.which);
        let unordered = self.new_label();
        self.bind(rare.label);
        self.branch(Some(Condition::Unordered as u32), unordered, "l");
        self.plain(join, rare.to, Rm::Register(rare.from), 0)?;
        self.branch(None, rare.back, "l");
        self.bind(unordered);
        self.plain(add, rare.to, Rm::Register(rare.from), 0)?;
        self.branch(None, rare.back, "l");
        Ok(())
    }

    /// Looks at the interrupt flag of the store.
    fn poll(&mut self, position: u32) -> Result<(), Unencodable> {
        let (label, back) = (self.new_label(), self.new_label());
        let at = |base, displacement: usize| Rm::Memory {
            base,
            index: None,
            displacement: displacement as i32,
        };
        let store = in_context(offset_of!(VmContext, store));
        let flag = at(SCRATCH, offset_of!(VmStore, interrupt));
        self.plain(X64::Mov64, SCRATCH, store, 0)?;
        self.plain(X64::Mov64, SCRATCH, flag, 0)?;
        self.plain(X64::Cmp8Imm, SCRATCH, at(SCRATCH, 0), 0)?;
        self.branch(Some(Condition::NotEqual as u32), label, "poll");
        self.bind(back);
        self.work.polls.push(OutOfLine {
            label,
            what: back,
            position,
            in_frame: self.in_frame,
        });
        Ok(())
    }

    /// Asks the runtime whether there is a reason to stop. All registers but the scratch ones stay as they are.
    fn raised_poll(&mut self, poll: OutOfLine<u32>) -> Result<(), Unencodable> {
        self.bind(poll.label);
        self.position = poll.position;
        self.in_frame = poll.in_frame;
        self.call_stub(offset_of!(VmContext, machine.poll), poll.position)?;
        self.branch(None, poll.what, "l");
        Ok(())
    }

    /// Calls a stub whose address is in the context there. The call can trap, for what is in the store then.
    fn call_stub(&mut self, address: usize, position: u32) -> Result<(), Unencodable> {
        self.object.traps.push(TrapSite {
            at: self.object.bytes.len() as u32,
            trap: None,
            is_fault: false,
            is_frameless: !self.in_frame,
            position,
        });
        self.plain(X64::CallRm, CONTEXT, in_context(address), 0)
    }

    fn trap_conversion(
        &mut self,
        instruction: &Instruction,
        locations: &[Location],
        position: u32,
    ) -> Result<(), Unencodable> {
        let (label, back) = (self.new_label(), self.new_label());
        self.branch_if(instruction.b, label, "trap");
        self.bind(back);
        self.work.conversions.push(Conversion {
            label,
            back,
            which: instruction.a,
            from: locations[0].as_register().ok_or(Unencodable)?,
            found: locations[1].as_register().ok_or(Unencodable)?,
            position,
            in_frame: self.in_frame,
        });
        Ok(())
    }

    /// Goes elsewhere if the type of an element is not the one that it was compared with.
    fn trap_type(&mut self, locations: &[Location], position: u32) -> Result<(), Unencodable> {
        let found = locations.first().and_then(|found| found.as_register());
        let label = self.new_label();
        self.branch(Some(Condition::NotEqual as u32), label, "trap");
        self.work.types.push(OutOfLine {
            label,
            what: found.ok_or(Unencodable)?,
            position,
            in_frame: self.in_frame,
        });
        Ok(())
    }

    /// Traps as for a null element or one of another type.
    fn failed_type(&mut self, failed: OutOfLine<PhysicalRegister>) -> Result<(), Unencodable> {
        let found = failed.what;
        let null = TableEntry::NULL as i32;
        self.bind(failed.label);
        self.position = failed.position;
        self.in_frame = failed.in_frame;
        self.plain(X64::Cmp32Imm, found, Rm::Register(found), null.into())?;
        let is_null = self.trap_label(Some(Trap::IndirectCallToNull), failed.position);
        self.branch(Some(Condition::Equal as u32), is_null, "trap");
        self.trap(Some(Trap::BadSignature), failed.position)
    }

    /// Finds out why a conversion has no result, or that it has one: if what was found is the least integer, and
    /// that is the number.
    fn failed_conversion(&mut self, failed: Conversion) -> Result<(), Unencodable> {
        let Conversion {
            label,
            back,
            which,
            from,
            found,
            position,
            in_frame,
        } = failed;
        let (compare, convert) = if which & IS_64 != 0 {
            (X64::Ucomisd, X64::Cvtsi64ToSd)
        } else {
            (X64::Ucomiss, X64::Cvtsi64ToSs)
        };
        let [unordered, too_big] = CONVERSION_TRAPS;
        self.bind(label);
        self.position = position;
        self.in_frame = in_frame;
        self.plain(compare, from, Rm::Register(from), 0)?;
        let unordered = self.trap_label(Some(unordered), position);
        self.branch(Some(Condition::Unordered as u32), unordered, "trap");
        if which & CAN_BE_LEAST != 0 {
            self.plain(convert, SCRATCH_VECTOR, Rm::Register(found), 0)?;
            self.plain(compare, from, Rm::Register(SCRATCH_VECTOR), 0)?;
            self.branch(Some(Condition::Equal as u32), back, "l");
        }
        self.trap(Some(too_big), position)
    }

    /// Calls the code for traps, which does not return.
    fn trap(&mut self, trap: Option<Trap>, position: u32) -> Result<(), Unencodable> {
        self.position = position;
        match trap {
            Some(trap) => self.list(format_args!("trap {trap:?}")),
            None => self.list(format_args!("trap pending")),
        }
        let at = self.at();
        self.object.traps.push(TrapSite {
            at,
            is_fault: false,
            is_frameless: !self.in_frame,
            trap,
            position,
        });
        let listing = self.listing.take();
        let code = in_context(offset_of!(VmContext, machine.trap));
        let emitted = self.plain(X64::CallRm, PhysicalRegister(0), code, 0);
        self.listing = listing;
        emitted
    }

    /// What is jumped to seldom, behind all blocks.
    fn out_of_line(&mut self) -> Result<(), Unencodable> {
        let mut tables = core::mem::take(&mut self.work.tables);
        let mut labels = Vec::new();
        let mut known: Vec<u32> = Vec::new();
        for &(_, start, count, first_edge) in &tables {
            known.clear();
            for entry in start..start + count {
                let target = self.selected.tables[entry as usize] as usize;
                if target >= known.len() {
                    known.resize(target + 1, UNKNOWN);
                }
                if known[target] == UNKNOWN {
                    known[target] = self.edge_label(first_edge + target as u32).0;
                }
                labels.push(known[target]);
            }
        }
        let mut at = 0;
        while let Some(&(label, edge)) = self.work.splits.get(at) {
            self.bind(label);
            self.list(format_args!("edge {edge}:"));
            let from = self.selected.code.edges[edge as usize].from;
            self.in_frame = self.has_frame_in(from);
            self.go_on(edge, None)?;
            at += 1;
        }
        for at in 0..self.work.extrema.len() {
            self.rare_extremum(self.work.extrema[at])?;
        }
        for at in 0..self.work.conversions.len() {
            self.failed_conversion(self.work.conversions[at])?;
        }
        for at in 0..self.work.types.len() {
            self.failed_type(self.work.types[at])?;
        }
        for at in 0..self.work.polls.len() {
            self.raised_poll(self.work.polls[at])?;
        }
        let mut at = 0;
        while let Some(&trap) = self.work.traps.get(at) {
            self.bind(trap.label);
            self.in_frame = trap.in_frame;
            self.trap(trap.what, trap.position)?;
            at += 1;
        }
        let mut labels = labels.into_iter();
        for (reference, _, count, _) in tables.drain(..) {
            self.row(Kind::Data, format_args!("distances of a switch"));
            self.align(4);
            let table = self.at();
            self.fill(reference, table.wrapping_sub(reference + 4));
            for label in labels.by_ref().take(count as usize) {
                let to = self.work.labels[label as usize];
                let distance = to.wrapping_sub(table);
                self.object.bytes.extend(distance.to_le_bytes());
            }
        }
        self.work.tables = tables;
        Ok(())
    }

    fn align(&mut self, bytes: usize) {
        let length = self.object.bytes.len().next_multiple_of(bytes);
        self.object.bytes.resize(length, 0xCC);
    }

    fn fill(&mut self, at: u32, value: u32) {
        let at = at as usize;
        self.object.bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }

    /// Places the constants, and fills in what is known now.
    fn finish(mut self) -> Result<bool, Unencodable> {
        if !self.selected.constants.is_empty() {
            self.row(Kind::Data, format_args!("constants"));
            self.align(16);
            let first = self.at();
            let selected = self.selected;
            for constant in &selected.constants {
                self.object.bytes.extend(constant);
            }
            for at in 0..self.work.constants.len() {
                let (at, behind, number) = self.work.constants[at];
                let to = first + 16 * number;
                self.fill(at, to.wrapping_sub(at + 4 + u32::from(behind)));
            }
        }
        // Distances have 32 bits.
        if self.object.bytes.len() > i32::MAX as usize {
            return Err(Unencodable);
        }
        self.fill_branches()
    }
}

/// A word of the context.
fn in_context(offset: usize) -> Rm {
    Rm::Memory {
        base: CONTEXT,
        index: None,
        displacement: offset as i32,
    }
}

/// The instructions of an extremum: for the comparison, for numbers that differ, for equal ones, and for what is not a
/// number.
fn extremum_instructions(which: u32) -> [X64; 4] {
    match (which & IS_64 != 0, which & IS_MAXIMUM != 0) {
        (false, false) => [X64::Ucomiss, X64::Minss, X64::Orps, X64::Addss],
        (false, true) => [X64::Ucomiss, X64::Maxss, X64::Andps, X64::Addss],
        (true, false) => [X64::Ucomisd, X64::Minsd, X64::Orps, X64::Addsd],
        (true, true) => [X64::Ucomisd, X64::Maxsd, X64::Andps, X64::Addsd],
    }
}

/// Frames up to here may be below the stack's limit as they are: so much is left there.
const LARGE_FRAME_BYTES: i32 = 1 << 14;
