//! Where a function goes on: labels, branches to them, and edges between blocks.
//!
//! Input: blocks and what is done on their edges. Output: code, and what has to be filled in when labels are known.
//! Holds: every label that is branched to is bound once. A branch forward is short if its target is guessed to be
//! near: should one of these not reach it, the function is emitted again, with branches as long as they turned out to
//! have to be.

use alloc::vec::Vec;

use super::wrap::{OnEdge, Wrap};
use super::{Emitter, SplitOf, UNKNOWN, Workspace};
use crate::compile::machine::{Allocation, Instruction, Location, PhysicalRegister};
use crate::compile::object::Object;
use crate::compile::x64::encode::{Rm, Unencodable};
use crate::compile::x64::instructions::X64;
use crate::compile::x64::print;
use crate::compile::x64::select::Selected;
use crate::compile::x64::select::control::Condition;

/// Bytes that have to say how far it is from behind them to a label.
#[derive(Copy, Clone)]
pub(super) struct Fixup {
    at: u32,
    label: u32,
    /// There is one byte, and not four.
    is_short: bool,
}

/// How far a short branch gets, less what a guess may be wrong by.
const NEAR: u32 = 122;

/// How it is known which branches forward can be short.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Lengths {
    /// By what is between a branch and its target.
    #[default]
    Guessed,
    /// By where they were when the function was emitted before.
    Measured,
    /// None are.
    Long,
}

/// Finds the blocks that do nothing but go on with their only edge, on which nothing is to be done, and where they
/// lead to.
pub(super) fn resolve(
    resolved: &mut Vec<u32>,
    split_of: &SplitOf,
    wrap: &Wrap,
    selected: &Selected,
    allocation: &Allocation,
) {
    let code = &selected.code;
    resolved.clear();
    resolved.extend(0..code.blocks.len() as u32);
    for (index, block) in code.blocks.iter().enumerate().rev() {
        let range = &block.instructions;
        let edge = block.successors.start;
        if range.end - range.start != 1
            || code.instructions[range.start as usize].opcode != X64::Jump as u16
            || split_of.of(edge).is_some()
            || wrap.on_edge(edge) != OnEdge::Nothing
            || wrap.begins(index as u32)
        {
            continue;
        }
        let to = code.edges[edge as usize].to as usize;
        let edits = &allocation.edits;
        // One that goes back is a loop, if only around itself.
        if to > index
            && edits
                .binary_search_by_key(&range.start, |edit| edit.before)
                .is_err()
        {
            resolved[index] = resolved[to];
        }
    }
}

/// Instructions that do nothing, by their length.
const NOPS: [&[u8]; 10] = [
    &[],
    &[0x90],
    &[0x66, 0x90],
    &[0x0F, 0x1F, 0x00],
    &[0x0F, 0x1F, 0x40, 0x00],
    &[0x0F, 0x1F, 0x44, 0x00, 0x00],
    &[0x66, 0x0F, 0x1F, 0x44, 0x00, 0x00],
    &[0x0F, 0x1F, 0x80, 0x00, 0x00, 0x00, 0x00],
    &[0x0F, 0x1F, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
    &[0x66, 0x0F, 0x1F, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00],
];

/// Where loops begin: processors fetch instructions by so many bytes.
const LOOP_ALIGNMENT: u32 = 32;

/// By how much distances may grow because others that were short are not.
const SPARE: i32 = 36;
/// About how long the code that makes a frame is.
const FRAME_BYTES: u32 = 40;

/// The condition that holds exactly if `condition` does not.
pub(super) fn inverse(condition: u32) -> u32 {
    condition ^ 1
}

/// Labels and branches to them.
impl Emitter<'_> {
    /// A branch to a label.
    pub(super) fn branch(&mut self, condition: Option<u32>, label: u32, name: &str) {
        let is_short = self.is_near(label);
        match condition {
            Some(condition) => {
                let condition_name = print::CONDITIONS[condition as usize & 15];
                self.list(format_args!("j{condition_name} {name}{label}"));
                let condition = condition as u8;
                if is_short {
                    self.object.bytes.push(0x70 | condition);
                } else {
                    self.object.bytes.extend([0x0F, 0x80 | condition]);
                }
            }
            None => {
                self.list(format_args!("jmp {name}{label}"));
                self.object.bytes.push(if is_short { 0xEB } else { 0xE9 });
            }
        }
        let at = self.at();
        let length = if is_short { 1 } else { 4 };
        self.object.bytes.resize(at as usize + length, 0);
        self.work.fixups.push(Fixup {
            at,
            label,
            is_short,
        });
    }

    /// Whether a label is near, or will be as it seems.
    fn is_near(&self, label: u32) -> bool {
        let (at, bound) = (self.at(), self.work.labels[label as usize]);
        if bound != UNKNOWN {
            return at + 2 - bound <= -i32::from(i8::MIN) as u32;
        }
        let code = &self.selected.code;
        let is_block = |label: u32| (label as usize) < code.blocks.len();
        if !is_block(label) || !is_block(self.block) {
            return false;
        }
        match self.work.lengths {
            Lengths::Guessed => {}
            Lengths::Measured => return self.work.near.get(self.work.fixups.len()) == Some(&true),
            Lengths::Long => return false,
        }
        let (layout, allocation) = (&self.work.layout, self.allocation);
        let between = match layout.between(code, allocation, self.block, label) {
            Some(between) if between <= NEAR / 4 && !self.selected.is_trap(label) => between,
            _ => return false,
        };
        // What is to come has as long instructions as what was, and some more.
        let so_far = u64::from(at - Object::INTERNAL_ENTRY) * 4 / 3;
        let count = layout.up_to(code, allocation, self.block);
        let each = (so_far / u64::from(count)).clamp(4, 12) as u32;
        let frame = if self.work.wrap.frameless.is_empty() {
            0
        } else {
            FRAME_BYTES
        };
        between * each + frame <= NEAR
    }

    /// Fills in the distances of branches. Returns whether all reach their targets.
    pub(super) fn fill_branches(&mut self) -> Result<bool, Unencodable> {
        for at in 0..self.work.fixups.len() {
            let Fixup {
                at,
                label,
                is_short,
            } = self.work.fixups[at];
            let to = self.work.labels[label as usize];
            if to == UNKNOWN {
                return Err(Unencodable);
            }
            if is_short {
                let Ok(distance) = i8::try_from(to.wrapping_sub(at + 1) as i32) else {
                    self.measure_branches();
                    return Ok(false);
                };
                self.object.bytes[at as usize] = distance as u8;
            } else {
                self.fill(at, to.wrapping_sub(at + 4));
            }
        }
        Ok(true)
    }

    /// Fills up with what does nothing to where a loop had best begin.
    pub(super) fn align_loop(&mut self) {
        let at = self.at();
        let mut bytes = (at.next_multiple_of(LOOP_ALIGNMENT) - at) as usize;
        while bytes > 0 {
            let nop = NOPS[bytes.min(NOPS.len() - 1)];
            self.list(format_args!("nop"));
            self.object.bytes.extend(nop);
            bytes -= nop.len();
        }
    }

    /// Finds out which branches can be short.
    fn measure_branches(&mut self) {
        let Workspace {
            near,
            fixups,
            labels,
            ..
        } = &mut *self.work;
        near.clear();
        near.extend(fixups.iter().map(|fixup| {
            let distance = labels[fixup.label as usize].wrapping_sub(fixup.at + 1) as i32;
            distance <= i32::from(i8::MAX) - SPARE
        }));
    }

    /// Branches to a label if a condition holds, which may be one that takes two branches.
    pub(super) fn branch_if(&mut self, condition: u32, label: u32, name: &str) {
        const ORDERED_EQUAL: u32 = Condition::OrderedEqual as u32;
        const UNORDERED_NOT_EQUAL: u32 = Condition::UnorderedNotEqual as u32;
        match condition {
            UNORDERED_NOT_EQUAL => {
                self.branch(Some(Condition::Unordered as u32), label, name);
                self.branch(Some(Condition::NotEqual as u32), label, name);
            }
            ORDERED_EQUAL => {
                let skip = self.new_label();
                self.branch(Some(Condition::Unordered as u32), skip, "l");
                self.branch(Some(Condition::Equal as u32), label, name);
                self.bind(skip);
            }
            condition => self.branch(Some(condition), label, name),
        }
    }

    pub(super) fn new_label(&mut self) -> u32 {
        self.work.labels.push(UNKNOWN);
        self.work.labels.len() as u32 - 1
    }

    pub(super) fn bind(&mut self, label: u32) {
        self.work.labels[label as usize] = self.at();
        self.zero_flag = None;
    }
}

/// Edges.
impl Emitter<'_> {
    /// Where an edge without code of its own leads to in the end.
    fn target(&self, edge: u32) -> u32 {
        self.work.resolved[self.selected.code.edges[edge as usize].to as usize]
    }

    /// Does what an edge does and goes on where it leads to.
    pub(super) fn go_on(&mut self, edge: u32, next: Option<u32>) -> Result<(), Unencodable> {
        let on_edge = self.work.wrap.on_edge(edge);
        if on_edge == OnEdge::Enter {
            self.prologue()?;
        }
        self.split(edge)?;
        if on_edge == OnEdge::Return {
            self.in_frame = false;
            return self.instructions(self.selected.code.edges[edge as usize].to, None);
        }
        let target = self.target(edge);
        if next != Some(target) {
            self.branch(None, target, "b");
        }
        Ok(())
    }

    fn split(&mut self, edge: u32) -> Result<(), Unencodable> {
        let allocation = self.allocation;
        let Some(split) = self.work.split_of.of(edge) else {
            return Ok(());
        };
        let range = &allocation.splits[split].transfers;
        for &transfer in &allocation.split_transfers[range.start as usize..range.end as usize] {
            self.transfer(transfer)?;
        }
        Ok(())
    }

    /// Whether anything is done on an edge.
    fn has_code(&self, edge: u32) -> bool {
        self.work.split_of.of(edge).is_some() || self.work.wrap.on_edge(edge) != OnEdge::Nothing
    }

    /// The label of an edge: that of its target, or of its code behind the function.
    pub(super) fn edge_label(&mut self, edge: u32) -> (u32, &'static str) {
        if !self.has_code(edge) {
            return (self.target(edge), "b");
        }
        let label = self.new_label();
        self.work.splits.push((label, edge));
        (label, "edge")
    }

    pub(super) fn jump_if(
        &mut self,
        condition: u32,
        block: u32,
        next: Option<u32>,
    ) -> Result<(), Unencodable> {
        let taken = self.selected.code.blocks[block as usize].successors.start;
        let other = taken + 1;
        let falls = !self.has_code(taken) && next == Some(self.target(taken));
        // An edge with code stands here rather than elsewhere, if the other one has none.
        if falls || self.has_code(taken) && !self.has_code(other) {
            let (label, name) = self.edge_label(other);
            self.branch_if(inverse(condition), label, name);
            self.go_on(taken, next)
        } else {
            let (label, name) = self.edge_label(taken);
            self.branch_if(condition, label, name);
            self.go_on(other, next)
        }
    }

    pub(super) fn switch(
        &mut self,
        instruction: &Instruction,
        locations: &[Location],
        block: u32,
    ) -> Result<(), Unencodable> {
        let registers = [0, 1, 2].map(|at: usize| locations.get(at)?.as_register());
        let [Some(target), Some(address), Some(index)] = registers else {
            return Err(Unencodable);
        };
        let first_edge = self.selected.code.blocks[block as usize].successors.start;
        let last = i64::from(instruction.b) - 1;
        // What is beyond the table is its last entry.
        self.plain(X64::MovImm, target, Rm::Register(target), last)?;
        self.plain(X64::Cmp32, index, Rm::Register(target), 0)?;
        let below = i64::from(Condition::Below as u32);
        self.plain(X64::Cmov32, target, Rm::Register(index), below)?;
        self.plain(X64::Lea64, address, Rm::RipRelative(0), 0)?;
        let at = self.at() - 4;
        let table = (at, instruction.a, instruction.b, first_edge);
        self.work.tables.push(table);
        let entry = Rm::Memory {
            base: address,
            index: Some((target, 2)),
            displacement: 0,
        };
        self.plain(X64::Movsx32To64, target, entry, 0)?;
        self.plain(X64::Add64, target, Rm::Register(address), 0)?;
        self.plain(X64::JumpRm, PhysicalRegister(0), Rm::Register(target), 0)
    }

    /// Compares an index with the ends of the runs of entries with equal targets, one after the other.
    pub(super) fn switch_few(
        &mut self,
        instruction: &Instruction,
        locations: &[Location],
        block: u32,
        next: Option<u32>,
    ) -> Result<(), Unencodable> {
        let index = locations.first().and_then(|index| index.as_register());
        let index = index.ok_or(Unencodable)?;
        let selected = self.selected;
        let successors = &selected.code.blocks[block as usize].successors;
        let (start, count) = (instruction.a as usize, instruction.b as usize);
        let entries = &selected.tables[start..start + count];
        let mut runs = entries.chunk_by(|one, next| one == next).peekable();
        let mut end = 0;
        while let Some(run) = runs.next() {
            let edge = successors.start + run[0];
            if runs.peek().is_none() {
                // What is beyond the table is its last entry.
                return self.go_on(edge, next);
            }
            end += run.len();
            self.plain(X64::Cmp32Imm, index, Rm::Register(index), end as i64)?;
            let (label, name) = self.edge_label(edge);
            self.branch(Some(Condition::Below as u32), label, name);
            let Some(single) = runs.next_if(|run| run.len() == 1) else {
                continue;
            };
            let edge = successors.start + single[0];
            if runs.peek().is_none() {
                return self.go_on(edge, next);
            }
            end += 1;
            let (label, name) = self.edge_label(edge);
            self.branch(Some(Condition::Equal as u32), label, name);
        }
        Err(Unencodable)
    }
}
