//! Code that goes on at a loop in place of the interpreter (on-stack replacement).
//!
//! Input: which loop, and where the interpreter has locals and operands. Output: a function without parameters that
//! takes them from there, and goes on to the end of the body. Holds: the loop is the only entry of its blocks. A loop
//! around it is left in the middle of an iteration, so what comes of that iteration is built first, and the loop once
//! more behind it, if that goes back to its beginning; ways out of both meet behind it.

use super::control::{Kind, State};
use super::numbering::Moment;
use super::{Builder, NONE};
use crate::compile::ir::ops::Op;
use crate::compile::ir::{BlockId, Type, Value};
use crate::decode::reader::Reader;
use crate::error::Error;
use crate::runtime::layout::LoopFrame;

/// How many bytes may be read again for each operator of a body, and in any body. An operator has two bytes.
const READ_AT_MOST: usize = 8;
const READ_AT_LEAST: usize = 1 << 12;

/// A loop around the one at which the code begins.
#[derive(Copy, Clone, Debug)]
pub(super) struct Again {
    /// Where its body begins in the module's bytes, behind its type.
    pub(super) body: u32,
    /// The number of the construct.
    pub(super) construct: u32,
}

impl Builder<'_> {
    /// Reads the body up to a loop, forgets all but what the constructs around it are, and takes locals and operands
    /// from the interpreter's frame.
    ///
    /// # Errors
    /// A body in which the loop is never reached, or is too deep in others.
    pub(super) fn begin_at_loop(&mut self, entry: LoopFrame) -> Result<(), Error> {
        while !self.work.frames.is_empty() && self.operator_position() != entry.offset {
            self.operator_or_end()?;
        }
        if self.work.frames.is_empty() || self.block == BlockId::NONE {
            return Err(Error::resource("the loop is never reached"));
        }
        let types: alloc::vec::Vec<Type> = self
            .work
            .stack
            .iter()
            .map(|&value| self.function.ty(value))
            .collect();
        self.function.clear();
        self.work.numbering.undo(Moment::BEGINNING);
        self.work.next_edge.clear();
        self.work.saved.clear();
        self.work.seen.fill(NONE);
        self.state = State::default();
        self.states = 0;
        self.loops = 0;
        self.charge = Value::NONE;
        self.enter_frames();
        self.block = self.new_block();
        let frame = self.add(Op::LoopFrame, Type::I64, [0; 3]);
        let ty = self.module.function_type(self.function_index);
        let params = ty.params().len();
        let mut at = entry.parameters;
        for local in 0..self.work.local_types.len() {
            if local == params {
                at = entry.locals;
            }
            let ty = self.work.local_types[local];
            self.work.locals[local] = self.add(Op::FrameLoad, ty, [frame.0, at, 0]);
            at += ty.frame_bytes();
        }
        let mut at = entry.operands;
        for (number, ty) in types.into_iter().enumerate() {
            self.work.stack[number] = self.add(Op::FrameLoad, ty, [frame.0, at, 0]);
            at += ty.frame_bytes();
        }
        Ok(())
    }

    /// Makes of the constructs that were read what they are for code that begins in the middle of them.
    fn enter_frames(&mut self) {
        self.work.again.clear();
        let frames = core::mem::take(&mut self.work.frames);
        for frame in frames {
            match frame.kind {
                Kind::Loop(_) => {
                    let number = self.work.again.len() as u32;
                    self.work.again.push(Again {
                        body: frame.body,
                        construct: frame.construct,
                    });
                    self.work.frames.push(frame.entered(Kind::Exit));
                    self.work.frames.push(frame.entered(Kind::Again(number)));
                }
                Kind::If(_) => self.work.frames.push(frame.entered(Kind::Entered)),
                Kind::Else => self.work.frames.push(frame.entered(Kind::Block)),
                kind => self.work.frames.push(frame.entered(kind)),
            }
        }
    }

    /// Ends what was left of an iteration of a loop, and begins the loop if that goes back to it.
    pub(super) fn end_iteration(&mut self, at: usize, again: Again) {
        if self.block != BlockId::NONE {
            self.jump_to(at - 1);
        }
        let is_loop = self.work.frames[at].first_edge != NONE;
        if is_loop {
            self.join(at);
        }
        let Some(frame) = self.work.frames.pop() else {
            return;
        };
        if !is_loop {
            return self.end_exits();
        }
        let end = self.reader.position();
        self.read_again += end - again.body as usize;
        let body = &self.module.bodies[self.defined_index()].range;
        self.reader = Reader::new(&self.module.bytes, again.body as usize..body.end as usize);
        self.construct = again.construct;
        let (assigned, effects) = self.construct_facts();
        self.begin_loop(frame.ty, frame.height as usize, assigned, effects);
    }

    /// Goes on behind the loops whose last way out was just built.
    pub(super) fn end_exits(&mut self) {
        while let Some(at) = self.work.frames.len().checked_sub(1) {
            if self.work.frames[at].kind != Kind::Exit {
                return;
            }
            self.join(at);
            if let Some(frame) = self.work.frames.pop() {
                self.work.assigned.truncate(frame.assigned.start as usize);
                self.work.saved.truncate(frame.saved as usize);
            }
        }
    }

    fn defined_index(&self) -> usize {
        (self.function_index - self.module.imported_functions) as usize
    }

    /// Whether so much was read again that the code is not worth it.
    pub(super) fn reads_too_much(&self) -> bool {
        self.read_again > READ_AT_MOST * self.facts.operator_count() as usize + READ_AT_LEAST
    }
}
