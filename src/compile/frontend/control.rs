//! Constructs and branches.
//!
//! Holds: a label's block begins when all edges to it are known, but a loop's, which has a parameter for each local
//! that the loop assigns. Until then an edge carries the values of the label's operands and of all locals that are
//! assigned in the construct; those on which all edges agree are taken away again.

use super::numbering::Moment;
use super::{Builder, NONE, begins_construct};
use crate::compile::ir::ops::Op;
use crate::compile::ir::{BlockId, Edge, List, Terminator, Type, Value};
use crate::decode::operators::{LabelTable, skip_immediates};
use crate::decode::types::{BlockType, read_block_type};
use crate::error::Error;
use crate::module::facts::effect;
use crate::wasm::opcodes::Opcode;

/// In how many groups there are globals of which it is known whether one of them was set.
pub(super) const GLOBAL_GROUPS: usize = 8;

/// What is known of memories and globals at a place: places with equal numbers find the same.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct State {
    /// The content of memories and tables.
    pub(super) memory: u32,
    /// The sizes and places of memories.
    pub(super) sizes: u32,
    /// The values of globals, by their groups.
    pub(super) globals: [u32; GLOBAL_GROUPS],
}

/// What a construct is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Function,
    /// A function in place of a call of it.
    Inlined,
    Block,
    /// With its header.
    Loop(BlockId),
    /// With the number of the edge that is taken if the condition does not hold.
    If(u32),
    Else,
    /// An arm of an `if`, in the middle of which the code begins: what follows `else` is never reached.
    Entered,
    /// A loop in the middle of which the code begins, with its number in `Workspace::again`. Its label is collected.
    Again(u32),
    /// What the ways out of such a loop lead to. No branch of the body names it.
    Exit,
    /// In code that is never reached.
    Unreached,
}

/// A construct that is being built.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) ty: BlockType,
    /// How many operands there are below its parameters.
    pub(super) height: u32,
    /// If it is a loop: where its body begins in the module's bytes, behind its type.
    pub(super) body: u32,
    /// If it is a loop: the number of the construct.
    pub(super) construct: u32,
    /// Its part of `Workspace::assigned`.
    pub(super) assigned: List,
    /// Where its part of `Workspace::saved` begins.
    pub(super) saved: u32,
    /// The first of the edges to its label.
    pub(super) first_edge: u32,
    /// How many values these carry.
    carried: u32,
    /// Since when values need not be known at its label.
    known_until: Moment,
    /// The state that all edges bring, or one that is none's if they differ.
    state: State,
    /// The block and the edge of the last `br_table` that has the label.
    switch: (BlockId, u32),
    /// The state where it began.
    outer_state: State,
}

impl Builder<'_> {
    fn parameter_count(&self, ty: BlockType) -> usize {
        match ty {
            BlockType::Empty | BlockType::Value(_) => 0,
            BlockType::Type(index) => self.module.func_type(index).params().len(),
        }
    }

    fn result_count(&self, ty: BlockType) -> usize {
        match ty {
            BlockType::Empty => 0,
            BlockType::Value(_) => 1,
            BlockType::Type(index) => self.module.func_type(index).results().len(),
        }
    }

    pub(super) fn enter_function(&mut self) {
        let ty = BlockType::Type(self.module.functions[self.function_index as usize]);
        self.push_frame(Kind::Function, ty, 0, List::default());
    }

    pub(super) fn push_function_frame(
        &mut self,
        kind: Kind,
        ty: u32,
        height: usize,
        assigned: List,
    ) {
        self.push_frame(kind, BlockType::Type(ty), height, assigned);
    }

    fn push_frame(&mut self, kind: Kind, ty: BlockType, height: usize, assigned: List) {
        self.work.frames.push(Frame {
            kind,
            ty,
            height: height as u32,
            body: 0,
            construct: 0,
            assigned,
            saved: self.work.saved.len() as u32,
            first_edge: NONE,
            carried: 0,
            known_until: Moment::NEVER,
            state: self.state,
            switch: (BlockId::NONE, 0),
            outer_state: self.state,
        });
    }

    /// The locals that the construct which begins here assigns, each once, in `Workspace::assigned`, and what it does.
    pub(super) fn construct_facts(&mut self) -> (List, u32) {
        let facts = self.facts.construct(self.construct);
        self.construct += 1;
        // A construct may be built more than once.
        self.marks += 1;
        let number = self.marks;
        let work = &mut *self.work;
        let start = work.assigned.len() as u32;
        let range = facts.assigned.start as usize..facts.assigned.end as usize;
        for &local in &self.facts.assigned_locals()[range] {
            let local = local + self.first_local as u32;
            if core::mem::replace(&mut work.seen[local as usize], number) != number {
                work.assigned.push(local);
            }
        }
        let count = work.assigned.len() as u32 - start;
        (List { start, count }, facts.effects)
    }

    pub(super) fn begin_construct(&mut self, opcode: Opcode) -> Result<(), Error> {
        let ty = read_block_type(&mut self.reader, self.module)?;
        let condition = if opcode == Opcode::If {
            self.pop()
        } else {
            Value::NONE
        };
        let (assigned, effects) = self.construct_facts();
        let parameters = self.parameter_count(ty);
        let height = self.work.stack.len() - parameters;
        match opcode {
            Opcode::Loop => {
                if parameters == 0 {
                    self.copy_ahead(assigned, effects);
                }
                self.begin_loop(ty, height, assigned, effects);
            }
            Opcode::If => self.begin_if(ty, height, assigned, condition),
            _ => self.push_frame(Kind::Block, ty, height, assigned),
        }
        Ok(())
    }

    pub(super) fn begin_loop(
        &mut self,
        ty: BlockType,
        height: usize,
        assigned: List,
        effects: u32,
    ) {
        let (body, construct) = (self.reader.position() as u32, self.construct - 1);
        let arguments = self.carry(self.work.stack.len() - height, assigned);
        self.function.edges.push(Edge {
            to: BlockId(self.function.blocks.len() as u32),
            arguments,
        });
        self.work.next_edge.push(NONE);
        self.terminate(Terminator::Jump, 1);
        self.block = self.new_block();
        let header = self.block;
        let start = self.function.lists.len() as u32;
        for at in height..self.work.stack.len() {
            let ty = self.function.ty(self.work.stack[at]);
            self.work.stack[at] = self.block_parameter((at - height) as u32, ty);
        }
        let operands = (self.work.stack.len() - height) as u32;
        for (number, at) in (operands..).zip(assigned.range()) {
            let local = self.work.assigned[at] as usize;
            let ty = self.work.local_types[local];
            self.work.locals[local] = self.block_parameter(number, ty);
        }
        let count = operands + assigned.count;
        self.function.blocks[header.index()].parameters = List { start, count };
        self.poll();
        self.loops += 1;
        let outer_state = self.state;
        self.forget(effects);
        self.push_frame(Kind::Loop(header), ty, height, assigned);
        if let Some(frame) = self.work.frames.last_mut() {
            frame.outer_state = outer_state;
            frame.body = body;
            frame.construct = construct;
        }
    }

    /// Begins a construct that is not in the body, at whose end locals may have other values. It gives its place.
    pub(super) fn begin_detour(&mut self, assigned: List) -> usize {
        let height = self.work.stack.len();
        self.push_frame(Kind::Block, BlockType::Empty, height, assigned);
        self.work.frames.len() - 1
    }

    /// Goes on behind such a construct.
    pub(super) fn end_detour(&mut self, at: usize) {
        self.join(at);
        self.work.frames.truncate(at);
    }

    /// A new parameter of the present block, which is the next one in its list.
    fn block_parameter(&mut self, number: u32, ty: Type) -> Value {
        let value = self.add(Op::Parameter, ty, [number, 0, 0]);
        self.function.lists.push(value);
        value
    }

    fn begin_if(&mut self, ty: BlockType, height: usize, assigned: List, condition: Value) {
        let saved = self.work.saved.len() as u32;
        self.work
            .saved
            .extend_from_slice(&self.work.stack[height..]);
        for at in assigned.range() {
            let local = self.work.assigned[at];
            let value = self.work.locals[local as usize];
            self.work.saved.push(value);
        }
        let known_until = self.work.numbering.moment();
        let otherwise = self.branch_or_else(condition);
        self.push_frame(Kind::If(otherwise), ty, height, assigned);
        if let Some(frame) = self.work.frames.last_mut() {
            frame.saved = saved;
            frame.known_until = known_until;
        }
    }

    /// Adds an edge without arguments.
    fn push_edge(&mut self, to: BlockId) {
        self.function.edges.push(Edge {
            to,
            arguments: List::default(),
        });
        self.work.next_edge.push(NONE);
    }

    /// The topmost operands and the values of locals, as a list.
    fn carry(&mut self, operands: usize, assigned: List) -> List {
        let start = self.function.lists.len() as u32;
        let first = self.work.stack.len() - operands;
        self.function
            .lists
            .extend_from_slice(&self.work.stack[first..]);
        for &local in &self.work.assigned[assigned.range()] {
            self.function.lists.push(self.work.locals[local as usize]);
        }
        List {
            start,
            count: operands as u32 + assigned.count,
        }
    }

    /// Gives numbers of their own to what edges do not agree on.
    fn renew_state(&mut self) {
        let State {
            memory,
            sizes,
            globals,
        } = &mut self.state;
        for part in [memory, sizes].into_iter().chain(globals) {
            if *part == NONE {
                self.states += 1;
                *part = self.states;
            }
        }
    }

    /// Forgets what code with these effects can change.
    pub(super) fn forget(&mut self, effects: u32) {
        if effects & (effect::STORE | effect::CALL) != 0 {
            self.states += 1;
            self.state.memory = self.states;
        }
        if effects & (effect::GLOBAL | effect::CALL) != 0 {
            self.states += 1;
            self.state.globals = [self.states; GLOBAL_GROUPS];
        }
        if effects & (effect::GROW | effect::CALL) != 0 {
            self.states += 1;
            self.state.sizes = self.states;
            self.state.memory = self.states;
        }
    }
}

/// Ends.
impl Builder<'_> {
    pub(super) fn else_(&mut self) {
        let Some(at) = self.work.frames.len().checked_sub(1) else {
            return;
        };
        let edge = match self.work.frames[at].kind {
            Kind::If(edge) => edge,
            Kind::Entered => {
                if self.block != BlockId::NONE {
                    self.jump_to(at);
                }
                return;
            }
            _ => {
                self.work.frames[at].kind = Kind::Unreached;
                return;
            }
        };
        if self.block != BlockId::NONE {
            self.jump_to(at);
        }
        let frame = &mut self.work.frames[at];
        frame.kind = Kind::Else;
        let (height, saved, assigned, state) = (
            frame.height as usize,
            frame.saved as usize,
            frame.assigned,
            frame.outer_state,
        );
        let known_until = frame.known_until;
        let parameters = self.work.saved.len() - saved - assigned.count as usize;
        self.work.stack.truncate(height);
        let work = &mut *self.work;
        work.stack
            .extend_from_slice(&work.saved[saved..saved + parameters]);
        for (number, at) in assigned.range().enumerate() {
            let local = work.assigned[at] as usize;
            work.locals[local] = work.saved[saved + parameters + number];
        }
        work.numbering.undo(known_until);
        self.state = state;
        self.block = self.new_block();
        self.function.edges[edge as usize].to = self.block;
    }

    pub(super) fn end(&mut self) {
        let Some(at) = self.work.frames.len().checked_sub(1) else {
            return;
        };
        let kind = self.work.frames[at].kind;
        match kind {
            Kind::Unreached | Kind::Exit => {}
            Kind::Again(number) => {
                let again = self.work.again[number as usize];
                return self.end_iteration(at, again);
            }
            Kind::Function => self.end_function(at),
            Kind::Loop(header) => self.end_loop(header, at),
            Kind::Inlined => {
                self.end_likely(at);
                self.join(at);
            }
            Kind::If(edge) => {
                self.edge_from_if(at, edge);
                self.join(at);
            }
            Kind::Block | Kind::Else | Kind::Entered => self.join(at),
        }
        if let Some(frame) = self.work.frames.pop() {
            if frame.kind != Kind::Unreached {
                self.work.assigned.truncate(frame.assigned.start as usize);
                self.work.saved.truncate(frame.saved as usize);
            }
            if frame.kind == Kind::Inlined {
                self.leave_inlined();
            }
        }
        self.end_exits();
    }

    fn end_function(&mut self, at: usize) {
        self.join(at);
        if self.block != BlockId::NONE {
            self.return_();
        }
    }

    /// The edge of an `if` without `else` to its label carries what was there before it.
    fn edge_from_if(&mut self, at: usize, edge: u32) {
        let frame = &mut self.work.frames[at];
        let saved = &self.work.saved[frame.saved as usize..];
        let count = saved.len() as u32;
        let start = self.function.lists.len() as u32;
        self.function.lists.extend_from_slice(saved);
        self.function.edges[edge as usize].arguments = List { start, count };
        let outer = frame.outer_state;
        frame.merge_state(outer);
        self.work.next_edge[edge as usize] = frame.first_edge;
        frame.first_edge = edge;
    }

    fn end_loop(&mut self, header: BlockId, at: usize) {
        self.loops -= 1;
        let is_loop = self.work.frames[at].first_edge != NONE;
        if is_loop {
            let end = self.function.blocks.len() as u32;
            self.function.blocks[header.index()].loop_end = end;
            if self.block != BlockId::NONE {
                // What comes now is not in the loop.
                self.push_edge(BlockId(end));
                self.terminate(Terminator::Jump, 1);
                self.block = self.new_block();
            }
        }
    }

    /// Goes on behind a construct, where all edges to its label meet.
    pub(super) fn join(&mut self, at: usize) {
        let frame = &self.work.frames[at];
        let height = frame.height as usize;
        if frame.first_edge == NONE {
            if self.block == BlockId::NONE {
                self.work.stack.truncate(height);
            }
            return;
        }
        if self.block != BlockId::NONE {
            self.jump_to(at);
        }
        let frame = self.work.frames[at].clone();
        let results = self.carried_operands(&frame);
        self.work.stack.truncate(height);
        self.work.numbering.undo(frame.known_until);
        self.state = frame.state;
        self.renew_state();
        self.block = self.new_block();
        let parameters = self.join_values(&frame);
        let count = results + frame.assigned.count as usize;
        debug_assert_eq!(self.work.joined.len(), count);
        for number in 0..results {
            let value = self.work.joined[number];
            self.push(value);
        }
        for number in 0..frame.assigned.count as usize {
            let local = self.work.assigned[frame.assigned.start as usize + number];
            self.work.locals[local as usize] = self.work.joined[results + number];
        }
        self.function.blocks[self.block.index()].parameters = parameters;
    }

    /// The values where edges meet, in `Workspace::joined`: those on which all agree, and parameters of the present
    /// block for the others. The edges keep what they give to these.
    fn join_values(&mut self, frame: &Frame) -> List {
        let joined = &mut self.work.joined;
        joined.clear();
        let first = self.function.edges[frame.first_edge as usize].arguments;
        joined.extend_from_slice(&self.function.lists[first.range()]);
        let mut edge = frame.first_edge;
        while edge != NONE {
            self.function.edges[edge as usize].to = self.block;
            let arguments = self.function.edges[edge as usize].arguments;
            for (known, value) in joined
                .iter_mut()
                .zip(&self.function.lists[arguments.range()])
            {
                if *known != *value {
                    *known = Value::NONE;
                }
            }
            edge = self.work.next_edge[edge as usize];
        }
        let mut edge = frame.first_edge;
        let mut differing = 0;
        while edge != NONE {
            let arguments = self.function.edges[edge as usize].arguments;
            differing = 0;
            for (number, known) in self.work.joined.iter().enumerate() {
                if *known == Value::NONE {
                    let value = self.function.lists[arguments.start as usize + number];
                    self.function.lists[(arguments.start + differing) as usize] = value;
                    differing += 1;
                }
            }
            self.function.edges[edge as usize].arguments.count = differing;
            edge = self.work.next_edge[edge as usize];
        }
        let start = self.function.lists.len() as u32;
        let values = self.function.edges[frame.first_edge as usize].arguments;
        let mut number = 0;
        for at in 0..self.work.joined.len() {
            if self.work.joined[at] == Value::NONE {
                let value = self.function.lists[(values.start + number) as usize];
                let ty = self.function.ty(value);
                self.work.joined[at] = self.block_parameter(number, ty);
                number += 1;
            }
        }
        List {
            start,
            count: differing,
        }
    }
}

impl Frame {
    /// The same construct, as one in the middle of which the code begins.
    pub(super) fn entered(&self, kind: Kind) -> Frame {
        Frame {
            kind,
            saved: 0,
            first_edge: NONE,
            carried: 0,
            known_until: Moment::NEVER,
            state: State::default(),
            switch: (BlockId::NONE, 0),
            outer_state: State::default(),
            ..self.clone()
        }
    }

    /// Takes note of the state that an edge brings.
    fn merge_state(&mut self, state: State) {
        if self.first_edge == NONE {
            self.state = state;
            return;
        }
        let either = |a: u32, b: u32| if a == b { a } else { NONE };
        self.state = State {
            memory: either(self.state.memory, state.memory),
            sizes: either(self.state.sizes, state.sizes),
            globals: core::array::from_fn(|group| {
                either(self.state.globals[group], state.globals[group])
            }),
        };
    }
}

/// Branches.
impl Builder<'_> {
    /// Ends the present block with a jump to the label of a frame.
    pub(super) fn jump_to(&mut self, at: usize) {
        self.edge_to(at);
        self.terminate(Terminator::Jump, 1);
    }

    /// Adds an edge to the label of a frame, and gives its number.
    fn edge_to(&mut self, at: usize) -> u32 {
        let frame = &self.work.frames[at];
        let assigned = frame.assigned;
        let operands = self.carried_operands(frame);
        let to = match frame.kind {
            Kind::Loop(header) => header,
            _ => BlockId::NONE,
        };
        let arguments = self.carry(operands, assigned);
        let edge = self.function.edges.len() as u32;
        self.function.edges.push(Edge { to, arguments });
        let (state, moment) = (self.state, self.work.numbering.moment());
        let frame = &mut self.work.frames[at];
        frame.merge_state(state);
        frame.carried = arguments.count;
        frame.known_until = frame.known_until.min(moment);
        self.work.next_edge.push(frame.first_edge);
        frame.first_edge = edge;
        edge
    }

    fn label(&self, depth: u32) -> usize {
        let frames = &self.work.frames;
        if self.work.again.is_empty() {
            return frames.len() - 1 - depth as usize;
        }
        let is_named = |at: &usize| frames[*at].kind != Kind::Exit;
        let mut labels = (0..frames.len()).rev().filter(is_named);
        labels.nth(depth as usize).unwrap_or(0)
    }

    /// How many operands edges to the label of a frame carry.
    fn carried_operands(&self, frame: &Frame) -> usize {
        match frame.kind {
            Kind::Loop(_) | Kind::Again(_) => self.parameter_count(frame.ty),
            _ => self.result_count(frame.ty),
        }
    }

    pub(super) fn br(&mut self) -> Result<(), Error> {
        let depth = self.reader.read_u32()?;
        let at = self.label(depth);
        if self.work.frames[at].kind == Kind::Function {
            self.return_();
        } else {
            self.jump_to(at);
        }
        Ok(())
    }

    pub(super) fn br_if(&mut self) -> Result<(), Error> {
        let depth = self.reader.read_u32()?;
        let at = self.label(depth);
        let condition = self.pop();
        self.branch_when(condition, true, at);
        Ok(())
    }

    /// Goes to the label of a frame if a condition holds, or if it does not, as `holds` says, and otherwise on in a new
    /// block; none if it never goes on.
    pub(super) fn branch_when(&mut self, condition: Value, holds: bool, at: usize) -> Option<()> {
        if let Some(bits) = self.function.constant(condition) {
            if (bits != 0) == holds {
                self.jump_to(at);
                return None;
            }
            return Some(());
        }
        let (condition, is_negated) = self.condition(condition);
        let next = BlockId(self.function.blocks.len() as u32);
        if is_negated == holds {
            self.push_edge(next);
            self.edge_to(at);
        } else {
            self.edge_to(at);
            self.push_edge(next);
        }
        self.terminate(Terminator::Branch(condition), 2);
        self.block = self.new_block();
        Some(())
    }

    /// Goes on in a new block if a condition holds. Gives the edge that is taken if it does not: it leads nowhere yet.
    pub(super) fn branch_or_else(&mut self, condition: Value) -> u32 {
        let edge = self.function.edges.len() as u32;
        let then = BlockId(self.function.blocks.len() as u32);
        let (condition, is_negated) = self.condition(condition);
        self.push_edge(then);
        self.push_edge(BlockId::NONE);
        if is_negated {
            self.function.edges.swap(edge as usize, edge as usize + 1);
        }
        self.terminate(Terminator::Branch(condition), 2);
        self.block = self.new_block();
        edge + u32::from(!is_negated)
    }

    pub(super) fn br_table(&mut self) -> Result<(), Error> {
        let index = self.pop();
        let block = self.block;
        let mut table = LabelTable::read(&mut self.reader)?;
        let labels: alloc::vec::Vec<u32> =
            core::iter::from_fn(|| table.next_label().transpose()).collect::<Result<_, _>>()?;
        let first_edge = self.function.edges.len() as u32;
        let start = self.function.tables.len() as u32;
        for &depth in &labels {
            let at = self.label(depth);
            let edge = match self.work.frames[at].switch {
                (known, edge) if known == block => edge,
                _ => {
                    let edge = self.edge_to(at) - first_edge;
                    self.work.frames[at].switch = (block, edge);
                    edge
                }
            };
            self.function.tables.push(edge);
        }
        let count = labels.len() as u32;
        let edges = self.function.edges.len() as u32 - first_edge;
        if edges == 1 {
            self.function.tables.truncate(start as usize);
            self.terminate(Terminator::Jump, 1);
        } else {
            let table = List { start, count };
            self.terminate(Terminator::Switch(index, table), edges as usize);
        }
        Ok(())
    }

    pub(super) fn return_(&mut self) {
        if !self.callers.is_empty() {
            return self.jump_to(self.function_frame);
        }
        let ty = self.module.function_type(self.function_index);
        let values = self.pop_list(ty.results().len());
        self.terminate(Terminator::Return(values), 0);
    }

    /// An operator that is never reached.
    pub(super) fn unreached_operator(&mut self, opcode: Opcode) -> Result<(), Error> {
        match opcode {
            Opcode::End => {
                if let Some(frame) = self.work.frames.last() {
                    let height = frame.height as usize;
                    if frame.kind != Kind::Unreached {
                        self.work.stack.truncate(height);
                    }
                }
                self.end();
            }
            Opcode::Else => self.else_(),
            opcode => {
                skip_immediates(&mut self.reader, opcode, self.module)?;
                if begins_construct(opcode) {
                    self.construct += 1;
                    let height = self.work.stack.len();
                    self.push_frame(Kind::Unreached, BlockType::Empty, height, List::default());
                }
            }
        }
        Ok(())
    }
}
