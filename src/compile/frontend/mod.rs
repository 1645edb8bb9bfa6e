//! Builds the intermediate representation of a body.
//!
//! Input: the bytes and facts of a valid body. Output: [`Function`]. Holds: one pass over the bytes; blocks have
//! parameters only for operands and for locals that are assigned in the construct that they begin or end, and
//! differ.
//!
//! What is never reached is left out. A value that is known is not computed again: see `numbering` and `simplify`.

mod bulk;
mod bytes;
mod calls;
mod control;
mod copies;
mod division;
mod fold;
mod fuel;
mod inline;
mod loop_entry;
mod memory;
mod numbering;
mod simplify;
mod tables;
mod variables;

pub(crate) use tables::find_fixed_tables;

use alloc::vec::Vec;

use self::control::{Frame, State};
use self::copies::Iteration;
use self::inline::Caller;
use self::loop_entry::Again;
use self::numbering::Numbering;
use super::ir::ops::Op;
use super::ir::{Block, BlockId, Function, List, Node, Terminator, Type, Value};
use super::pipeline::too_big;
use super::profile::Profile;
use crate::decode::locals::LocalRuns;
use crate::decode::operators::{read_lanes, read_opcode};
use crate::decode::reader::Reader;
use crate::error::Error;
use crate::module::Module;
use crate::module::executable::{Construct, NotExecutable};
use crate::module::facts::FuncFacts;
use crate::runtime::layout::{LoopFrame, MemoryGuards};
use crate::validate;
use crate::wasm::opcodes::{Immediates, Opcode, Shape};
use crate::wasm::trap::Trap;

/// What the code of a module depends on besides the module.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// What lies around memories, which says where accesses need no check of their bounds.
    pub(crate) guards: MemoryGuards,
    /// Whether code charges fuel: as much as register code, and where that does.
    pub(crate) consume_fuel: bool,
    /// Whether code looks for interruptions.
    pub(crate) interruptable: bool,
}

/// How many values edges may carry per operator of a function, and in any function. Real ones stay far below; what
/// assigns thousands of locals in thousands of constructs would need the product of both.
const CARRIED_AN_OPERATOR: usize = 32;
const CARRIED_AT_LEAST: usize = 100_000;

/// Where there is no number.
const NONE: u32 = u32::MAX;

/// What building functions needs again and again.
#[derive(Default)]
pub(crate) struct Workspace {
    stack: Vec<Value>,
    /// The value of each local.
    locals: Vec<Value>,
    local_types: Vec<Type>,
    frames: Vec<Frame>,
    /// The locals that the constructs of `frames` assign, one after the other.
    assigned: Vec<u32>,
    /// The values that these had where an `if` began.
    saved: Vec<Value>,
    /// By local, the last construct that counted it among those that it assigns.
    seen: Vec<u32>,
    /// By edge, the next edge to the same label.
    next_edge: Vec<u32>,
    numbering: Numbering,
    /// Which parameters a block that joins edges has.
    joined: Vec<Value>,
    /// What reading a loop ahead finds.
    iteration: Iteration,
    /// The loops around the one at which the code begins, from the outermost on.
    again: Vec<Again>,
    /// For the facts about functions that are called.
    scratch: validate::Scratch,
}

/// What is wanted of a function.
#[derive(Copy, Clone)]
pub(crate) struct Wanted<'a> {
    /// The loop at which the code begins, if not at the beginning of the function.
    pub(crate) entry: Option<LoopFrame>,
    /// Whether small functions that it calls become part of it.
    pub(crate) inlines: bool,
    /// What is likely.
    pub(crate) profile: &'a Profile,
}

/// Builds the function that a module defines at `defined_index`.
///
/// # Errors
/// An instruction that machine code is not made for yet.
pub(crate) fn build<'a>(
    workspace: &'a mut Workspace,
    function: &'a mut Function,
    module: &'a Module,
    defined_index: u32,
    facts: &'a FuncFacts,
    options: Options,
    wanted: Wanted<'a>,
) -> Result<(), Error> {
    let Wanted {
        entry,
        inlines,
        profile,
    } = wanted;
    function.clear();
    let body = module.bodies[defined_index as usize].range.clone();
    let reader = Reader::new(&module.bytes, body.start as usize..body.end as usize);
    workspace.numbering.reset(facts.operator_count() as usize);
    let mut builder = Builder {
        module,
        function_index: defined_index + module.imported_functions,
        facts,
        options,
        reader,
        function,
        work: workspace,
        block: BlockId::NONE,
        position: body.start,
        construct: 0,
        marks: 0,
        read_again: 0,
        state: State::default(),
        states: 0,
        charge: Value::NONE,
        site: NONE,
        callers: Vec::new(),
        first_local: 0,
        function_frame: 0,
        loops: 0,
        inlines: inlines && entry.is_none(),
        inlined_operators: 0,
        most_inlined: Builder::most_inlined(facts),
        profile,
        least_calls: 0,
        most_carried: facts.operator_count() as usize * CARRIED_AN_OPERATOR + CARRIED_AT_LEAST,
    };
    builder.begin()?;
    if let Some(entry) = entry {
        builder.begin_at_loop(entry)?;
        builder.inlines = inlines;
    }
    builder.choose_inlined();
    builder.operators()?;
    builder.finish();
    Ok(())
}

struct Builder<'a> {
    module: &'a Module,
    function_index: u32,
    facts: &'a FuncFacts,
    options: Options,
    reader: Reader<'a>,
    function: &'a mut Function,
    work: &'a mut Workspace,
    /// The block that nodes are added to; none where nothing is reached.
    block: BlockId,
    /// Where the present operator stands.
    position: u32,
    /// How many constructs have begun.
    construct: u32,
    /// How many times it was looked what a construct assigns.
    marks: u32,
    /// How many bytes were read again.
    read_again: usize,
    /// What is known of memories and globals.
    state: State,
    /// How many states there were.
    states: u32,
    /// What charges the fuel of the present segment.
    charge: Value,
    /// How many values lists may have.
    most_carried: usize,
    /// By which calls the present body is reached, if it is inlined.
    site: u32,
    /// The bodies that wait for the end of the present one.
    callers: Vec<Caller<'a>>,
    /// Where the locals of the present body begin among those of all.
    first_local: usize,
    /// The number of the frame of the present body.
    function_frame: usize,
    /// In how many loops the present place is.
    loops: u32,
    /// Whether calls may be inlined.
    inlines: bool,
    /// How many operators were inlined, and how many may be.
    inlined_operators: u32,
    most_inlined: u32,
    profile: &'a Profile,
    /// How often a function must have been called to be inlined.
    least_calls: u32,
}

impl Builder<'_> {
    fn begin(&mut self) -> Result<(), Error> {
        let ty = self.module.function_type(self.function_index);
        let work = &mut *self.work;
        work.stack.clear();
        work.locals.clear();
        work.local_types.clear();
        work.frames.clear();
        work.assigned.clear();
        work.saved.clear();
        work.seen.clear();
        work.next_edge.clear();
        work.again.clear();
        work.local_types
            .extend(ty.params().iter().map(|&ty| Type::of(ty)));
        let params = ty.params().len() as u32;
        let mut runs = LocalRuns::read(&mut self.reader, params)?;
        while let Some(run) = runs.next_run(&mut self.reader, self.module)? {
            let ty = Type::of(run.ty);
            let count = work.local_types.len() + run.count as usize;
            work.local_types.resize(count, ty);
        }
        work.seen.resize(work.local_types.len(), NONE);
        self.block = self.new_block();
        for index in 0..params {
            let ty = self.work.local_types[index as usize];
            let value = self.add(Op::Argument, ty, [index, 0, 0]);
            self.work.locals.push(value);
        }
        self.zero_locals();
        self.poll();
        self.enter_function();
        Ok(())
    }

    /// Gives those locals a value that have only a type.
    fn zero_locals(&mut self) {
        // One zero of each type does for all locals.
        let mut zeros = [Value::NONE; 6];
        for index in self.work.locals.len()..self.work.local_types.len() {
            let ty = self.work.local_types[index];
            if zeros[ty as usize] == Value::NONE {
                zeros[ty as usize] = self.zero(ty);
            }
            self.work.locals.push(zeros[ty as usize]);
        }
    }

    fn zero(&mut self, ty: Type) -> Value {
        match ty {
            Type::V128 => self.vector_constant([0; 16]),
            ty => self.constant(ty, 0),
        }
    }

    fn operators(&mut self) -> Result<(), Error> {
        while !self.work.frames.is_empty() {
            self.operator_or_end()?;
        }
        Ok(())
    }

    /// The next operator of the body.
    fn operator_or_end(&mut self) -> Result<(), Error> {
        self.position = self.operator_position();
        let depth = self.callers.len();
        let opcode = read_opcode(&mut self.reader)?;
        if self.function.lists.len() > self.most_carried || self.reads_too_much() {
            return Err(too_big());
        }
        if self.block == BlockId::NONE {
            // A segment goes on behind a call, even of an inlined function that does not return.
            if self.charge != Value::NONE {
                self.charge(opcode);
            }
            self.unreached_operator(opcode)?;
        } else {
            if self.options.consume_fuel {
                self.charge(opcode);
            }
            self.operator(opcode)?;
        }
        // Behind a callee that was inlined, the segment of the call goes on.
        if fuel::ends_segment(opcode) && self.callers.len() == depth {
            self.charge = Value::NONE;
        }
        Ok(())
    }

    fn operator(&mut self, opcode: Opcode) -> Result<(), Error> {
        match opcode {
            Opcode::LocalGet => {
                let local = self.local()?;
                let value = self.work.locals[local];
                self.push(value);
            }
            Opcode::LocalSet => {
                let local = self.local()?;
                self.work.locals[local] = self.pop();
            }
            Opcode::LocalTee => {
                let local = self.local()?;
                self.work.locals[local] = self.top();
            }
            Opcode::I32Const => {
                let bits = self.reader.read_i32()? as u32;
                let value = self.constant(Type::I32, bits.into());
                self.push(value);
            }
            Opcode::I64Const => {
                let bits = self.reader.read_i64()? as u64;
                let value = self.constant(Type::I64, bits);
                self.push(value);
            }
            _ => match opcode.info().shape {
                Shape::Special => return self.special(opcode),
                Shape::Fixed { params, .. } => self.numeric(opcode, params.as_slice().len())?,
                Shape::Load { width_bytes, .. } => self.load(opcode, width_bytes)?,
                Shape::Store { width_bytes, .. } => self.store(opcode, width_bytes)?,
                Shape::LoadLane { width_bytes } | Shape::StoreLane { width_bytes } => {
                    self.access_lane(opcode, width_bytes)?;
                }
                Shape::ExtractLane { .. } => {
                    let lane = self.reader.read_u8()?;
                    let vector = self.pop();
                    self.pure_with_lane(opcode, lane, [vector.0, 0, 0])?;
                }
                Shape::ReplaceLane { .. } => {
                    let lane = self.reader.read_u8()?;
                    let value = self.pop();
                    let vector = self.pop();
                    self.pure_with_lane(opcode, lane, [vector.0, value.0, 0])?;
                }
                _ => return Err(self.unsupported(opcode)),
            },
        }
        Ok(())
    }

    /// Reads the index of a local, and gives its place among those of all bodies.
    #[inline]
    fn local(&mut self) -> Result<usize, Error> {
        Ok(self.first_local + self.reader.read_u32()? as usize)
    }

    fn special(&mut self, opcode: Opcode) -> Result<(), Error> {
        match opcode {
            Opcode::Nop => {}
            Opcode::Unreachable => self.trap(Trap::UnreachableCodeReached),
            Opcode::Block | Opcode::Loop | Opcode::If => self.begin_construct(opcode)?,
            Opcode::Else => self.else_(),
            Opcode::End => self.end(),
            Opcode::Br => self.br()?,
            Opcode::BrIf => self.br_if()?,
            Opcode::BrTable => self.br_table()?,
            Opcode::Return => self.return_(),
            Opcode::Call => self.call()?,
            Opcode::CallIndirect => self.call_indirect()?,
            Opcode::CallRef => self.call_ref()?,
            Opcode::ReturnCall => self.return_call()?,
            Opcode::Drop => _ = self.pop(),
            Opcode::Select | Opcode::SelectTyped => self.select(opcode)?,
            Opcode::GlobalGet => self.global_get()?,
            Opcode::GlobalSet => self.global_set()?,
            Opcode::F32Const => {
                let bits = self.reader.read_f32_bits()?;
                let value = self.constant(Type::F32, bits.into());
                self.push(value);
            }
            Opcode::F64Const => {
                let bits = self.reader.read_f64_bits()?;
                let value = self.constant(Type::F64, bits);
                self.push(value);
            }
            Opcode::V128Const => {
                let bytes = self.reader.read_array()?;
                let value = self.vector_constant(bytes);
                self.push(value);
            }
            Opcode::I8x16Shuffle => {
                let lanes = read_lanes(&mut self.reader)?;
                let number = self.vector_number(lanes);
                let (second, first) = (self.pop(), self.pop());
                let value = self.pure(Op::Shuffle, Type::V128, 0, [first.0, second.0, number]);
                self.push(value);
            }
            Opcode::RefNull => {
                crate::decode::types::read_heap_type(&mut self.reader, self.module)?;
                let value = self.constant(Type::I64, 0);
                self.push(value);
            }
            Opcode::RefIsNull => self.numeric(Opcode::I64Eqz, 1)?,
            Opcode::RefFunc => {
                let index = self.reader.read_u32()?;
                let value = self.pure(Op::FunctionReference, Type::I64, 0, [index, 0, 0]);
                self.push(value);
            }
            _ => return self.memory_or_table(opcode),
        }
        Ok(())
    }

    /// A numeric operator.
    fn numeric(&mut self, opcode: Opcode, operands: usize) -> Result<(), Error> {
        let mut fields = [0; 3];
        for field in fields[..operands].iter_mut().rev() {
            *field = self.pop().0;
        }
        let Some(op) = Op::from_opcode(opcode) else {
            return Err(self.unsupported(opcode));
        };
        let value = self.simplified(op, fields);
        self.push(value);
        Ok(())
    }

    fn pure_with_lane(&mut self, opcode: Opcode, lane: u8, fields: [u32; 3]) -> Result<(), Error> {
        let Some(op) = Op::from_opcode(opcode) else {
            return Err(self.unsupported(opcode));
        };
        let ty = op.row().result.unwrap_or(Type::None);
        let value = self.pure(op, ty, lane, fields);
        self.push(value);
        Ok(())
    }

    /// The error for what machine code is not made for.
    #[cold]
    fn unsupported(&self, opcode: Opcode) -> Error {
        let found = NotExecutable {
            what: Construct::Instruction(opcode),
            offset: self.position,
        };
        found.error_in_function(self.module, self.function_index)
    }
}

/// Operands.
impl Builder<'_> {
    #[inline]
    fn push(&mut self, value: Value) {
        self.work.stack.push(value);
    }

    #[inline]
    fn pop(&mut self) -> Value {
        self.work.stack.pop().unwrap_or(Value::NONE)
    }

    #[inline]
    fn top(&self) -> Value {
        self.work.stack.last().copied().unwrap_or(Value::NONE)
    }

    /// Takes the topmost operands and makes a list of them.
    fn pop_list(&mut self, count: usize) -> List {
        let list = self.list_of_topmost(count);
        let height = self.work.stack.len() - count;
        self.work.stack.truncate(height);
        list
    }

    /// So many operands as a list.
    fn list_of_topmost(&mut self, count: usize) -> List {
        let start = self.work.stack.len() - count;
        self.function.add_list(&self.work.stack[start..])
    }
}

/// Nodes and blocks.
impl Builder<'_> {
    /// Adds a node to the present block.
    fn add(&mut self, op: Op, ty: Type, [a, b, c]: [u32; 3]) -> Value {
        self.add_node(Node {
            op,
            ty,
            lane: 0,
            a,
            b,
            c,
        })
    }

    fn add_node(&mut self, node: Node) -> Value {
        let value = Value(self.function.nodes.len() as u32);
        self.function.nodes.push(node);
        self.function.block_of.push(self.block);
        self.function.positions.push(self.position);
        value
    }

    /// A node without effects: an earlier one, if there is an equal one.
    fn pure(&mut self, op: Op, ty: Type, lane: u8, [a, b, c]: [u32; 3]) -> Value {
        let node = Node {
            op,
            ty,
            lane,
            a,
            b,
            c,
        };
        let nodes = &self.function.nodes;
        match self
            .work
            .numbering
            .find(hash(&node), |value| nodes[value.index()] == node)
        {
            Ok(value) => value,
            Err(slot) => {
                let value = self.add_node(node);
                self.work.numbering.enter(slot, value);
                value
            }
        }
    }

    /// A constant of at most 64 bits.
    fn constant(&mut self, ty: Type, bits: u64) -> Value {
        self.pure(Op::Constant, ty, 0, [bits as u32, (bits >> 32) as u32, 0])
    }

    fn vector_constant(&mut self, bytes: [u8; 16]) -> Value {
        let number = self.vector_number(bytes);
        self.pure(Op::VectorConstant, Type::V128, 0, [number, 0, 0])
    }

    /// The number of a constant vector; those that were met last are not entered twice.
    fn vector_number(&mut self, bytes: [u8; 16]) -> u32 {
        const RECENT: usize = 32;
        let vectors = &mut self.function.vectors;
        let first = vectors.len().saturating_sub(RECENT);
        match vectors[first..].iter().position(|known| *known == bytes) {
            Some(index) => (first + index) as u32,
            None => {
                vectors.push(bytes);
                vectors.len() as u32 - 1
            }
        }
    }

    fn new_block(&mut self) -> BlockId {
        let id = BlockId(self.function.blocks.len() as u32);
        self.function.blocks.push(Block {
            parameters: List::default(),
            terminator: Terminator::Open,
            position: self.position,
            first_edge: 0,
            edge_count: 0,
            loop_depth: 0,
            loop_end: 0,
        });
        id
    }

    /// Ends the present block; nothing is reached behind it. Its edges were added last.
    fn terminate(&mut self, terminator: Terminator, edge_count: usize) {
        let block = &mut self.function.blocks[self.block.index()];
        block.terminator = terminator;
        block.position = self.position;
        block.first_edge = (self.function.edges.len() - edge_count) as u32;
        block.edge_count = edge_count as u32;
        self.block = BlockId::NONE;
    }

    fn trap(&mut self, trap: Trap) {
        self.terminate(Terminator::Trap(trap), 0);
    }

    /// Loops to which nothing goes back are none: finds the true depths.
    fn finish(&mut self) {
        let mut ends: Vec<u32> = Vec::new();
        for (index, block) in (0..).zip(&mut self.function.blocks) {
            while ends.last() == Some(&index) {
                ends.pop();
            }
            if block.loop_end != 0 {
                ends.push(block.loop_end);
            }
            block.loop_depth = ends.len().min(usize::from(u16::MAX)) as u16;
        }
    }
}

/// A number that equal nodes share.
#[inline]
fn hash(node: &Node) -> u32 {
    let mut hash = u32::from(node.op as u16) | u32::from(node.lane) << 16 | (node.ty as u32) << 24;
    for field in [node.a, node.b, node.c] {
        hash = (hash.rotate_left(5) ^ field).wrapping_mul(0x9E37_79B1);
    }
    hash
}

/// Whether an operator's immediates begin a construct, which counts where nothing is reached, too.
fn begins_construct(opcode: Opcode) -> bool {
    matches!(
        opcode.info().immediates,
        Immediates::BlockType | Immediates::TryTable
    )
}
