//! Selects instructions: from the intermediate representation to machine code with virtual registers.
//!
//! Input: a function and the order of its nodes. Output: [`Selected`]. Holds: blocks and edges have the numbers that
//! they have in the function. Blocks are walked from the last to the first, and each from its end to its beginning,
//! so that a node is met when it is known who needs its value: what nobody needs any more, because it became part of
//! another instruction, is passed over.
//!
//! A node becomes part of another instruction only if that is its only user, in the same block; a load, only if
//! nothing between the two can trap or change anything. A constant is made where it is used.

mod calls;
pub(crate) mod control;
pub(crate) mod float;
mod integer;
mod lanes;
mod memory;
mod tables;
mod vector;

use alloc::vec::Vec;

use super::convention::{INTEGER_ARGUMENTS, INTEGER_RESULTS, VECTOR_ARGUMENTS, VECTOR_RESULTS};
use super::features::{CpuFeature, CpuFeatures};
use super::forms::{Mode, Opcode, property};
use super::instructions::X64;
use super::operands::append;
use crate::compile::ir::ops::{Op, effect};
use crate::compile::ir::{BlockId, Function, Node, Terminator, Type, Value};
use crate::compile::machine::{
    Block, Instruction, MAX_VIRTUAL_REGISTERS, MachineFunction, Operand, PhysicalRegister, Place,
    Role, ValueKind, VirtualRegister,
};
use crate::compile::opt::order::Order;
use crate::module::Module;
use crate::wasm::types::ValType;

/// Where there is no position.
const NONE: u32 = u32::MAX;

/// What selection has to know besides the function.
#[derive(Copy, Clone)]
pub(crate) struct Target<'a> {
    /// The module.
    pub(crate) module: &'a Module,
    /// The index of the function.
    pub(crate) function_index: u32,
    /// What the processor has.
    pub(crate) features: CpuFeatures,
    /// Whether the base of memory 0 never moves, so that it is in its register at calls and returns.
    pub(crate) is_guarded: bool,
    /// Whether the code begins at a loop, without parameters.
    pub(crate) begins_at_loop: bool,
}

/// Machine code with virtual registers, and what instructions refer to by number.
#[derive(Default)]
pub(crate) struct Selected {
    /// The code.
    pub(crate) code: MachineFunction,
    /// Where in the module's bytes each instruction comes from.
    pub(crate) positions: Vec<u32>,
    /// Where the function begins.
    pub(crate) start: u32,
    /// Constants in memory.
    pub(crate) constants: Vec<[u8; 16]>,
    /// The numbers of edges that switches choose from.
    pub(crate) tables: Vec<u32>,
    /// How many bytes of arguments and results of a call are on the stack at most.
    pub(crate) outgoing_bytes: u32,
    /// How many bytes of arguments the function is given on the stack.
    pub(crate) incoming_bytes: u32,
    /// How many bytes of results it leaves on the stack, behind its arguments.
    pub(crate) result_bytes: u32,
    /// Whether the base of a memory is in its register when the function begins, calls and returns.
    pub(crate) has_memory_base: bool,
}

impl Selected {
    /// Whether a block only traps.
    pub(crate) fn is_trap(&self, block: u32) -> bool {
        let range = &self.code.blocks[block as usize].instructions;
        let first = &self.code.instructions[range.start as usize];
        range.end - range.start == 1 && first.opcode == X64::Trap as u16
    }
}

/// What is not selected yet.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Error {
    /// There is no machine code for an operation.
    Unsupported(Op),
    /// There are more virtual registers than operands have numbers for.
    TooBig,
}

/// What selecting needs again and again.
#[derive(Default)]
pub(crate) struct Workspace {
    /// The virtual register of each value, plus one; 0 as long as nobody needs it.
    registers: Vec<u32>,
    /// How many nodes with effects are before each node in its block.
    effects_before: Vec<u32>,
    /// The instructions for the present node, in order, and where they come from.
    pending: Vec<Instruction>,
}

/// Selects instructions for a function.
///
/// # Errors
/// An operation without machine code, or a function that is too big.
pub(crate) fn select(
    workspace: &mut Workspace,
    selected: &mut Selected,
    function: &Function,
    order: &Order,
    target: Target<'_>,
) -> Result<(), Error> {
    selected.clear();
    let ty = target.module.function_type(target.function_index);
    selected.incoming_bytes = match target.begins_at_loop {
        true => 0,
        false => Places::of_arguments().stack_bytes_of(ty.params()),
    };
    selected.result_bytes = Places::of_results().stack_bytes_of(ty.results());
    workspace.registers.clear();
    workspace.registers.resize(function.nodes.len(), 0);
    workspace.effects_before.clear();
    workspace.effects_before.resize(function.nodes.len(), 0);
    workspace.pending.clear();
    let mut selector = Selector {
        function,
        order,
        target,
        out: selected,
        work: workspace,
        block: BlockId(0),
        effects: 0,
        position: 0,
        folded: NONE,
        memory_base: None,
    };
    for index in (0..function.blocks.len() as u32).rev() {
        selector.block(BlockId(index))?;
    }
    selector.finish()
}

impl Selected {
    /// In a position: the instruction accesses a memory where there may be none.
    pub(crate) const FAULTS: u32 = 1 << 31;

    fn clear(&mut self) {
        let MachineFunction {
            instructions,
            operands,
            blocks,
            edges,
            lists,
            kinds,
        } = &mut self.code;
        instructions.clear();
        operands.clear();
        blocks.clear();
        edges.clear();
        lists.clear();
        kinds.clear();
        self.positions.clear();
        self.start = 0;
        self.constants.clear();
        self.tables.clear();
        self.outgoing_bytes = 0;
        self.incoming_bytes = 0;
        self.result_bytes = 0;
        self.has_memory_base = false;
    }
}

/// How the operand that can be in memory is given.
#[derive(Copy, Clone, Debug)]
enum Rm {
    /// As an operand.
    Operand,
    /// At a base with a displacement.
    Base(VirtualRegister, i32),
    /// At the sum of a base, an index and a displacement.
    Index(VirtualRegister, VirtualRegister, i32),
    /// The word with the number in the second register, behind the address in the first, with a displacement.
    Element(VirtualRegister, VirtualRegister, i32),
    /// In the context.
    Context(i32),
    /// A constant.
    Constant(u32),
    /// An argument for a function that is called, or its result.
    Outgoing(i32),
    /// An argument on the stack, or a result.
    Incoming(i32),
}

struct Selector<'a> {
    function: &'a Function,
    order: &'a Order,
    target: Target<'a>,
    out: &'a mut Selected,
    work: &'a mut Workspace,
    block: BlockId,
    /// How many nodes with effects are before the present place in the block.
    effects: u32,
    /// Where the present node comes from.
    position: u32,
    /// Where the load comes from that has become part of a pending instruction, or [`NONE`].
    folded: u32,
    /// The base of memory 0, if it never moves.
    memory_base: Option<VirtualRegister>,
}

impl Selector<'_> {
    /// Selects a block, backward: `out` grows towards the beginning of the function.
    fn block(&mut self, id: BlockId) -> Result<(), Error> {
        self.block = id;
        let mut effects = 0;
        for value in self.order.nodes_of(id) {
            self.work.effects_before[value.index()] = effects;
            effects += u32::from(has_effect(self.function.node(value)));
        }
        self.effects = effects;
        let end = self.out.code.instructions.len();
        let block = &self.function.blocks[id.index()];
        self.position = block.position;
        self.terminator(id)?;
        self.flush();
        for value in self.order.nodes_of(id).rev() {
            let node = *self.function.node(value);
            self.effects = self.work.effects_before[value.index()];
            let is_needed = self.work.registers[value.index()] != 0;
            if is_needed
                || node.op.row().effects & effect::KEPT != 0 && !self.is_folded(value, &node)
            {
                self.position = self.function.positions[value.index()];
                self.node(value, node)?;
                self.flush();
            }
        }
        if id == BlockId(0) {
            self.arguments()?;
            self.flush();
        }
        // Counted from the end, until all is turned round.
        let start = self.out.code.instructions.len();
        self.out.code.blocks.push(Block {
            instructions: end as u32..start as u32,
            ..Block::default()
        });
        Ok(())
    }

    /// Whether a load without a register has become part of its user.
    fn is_folded(&self, value: Value, node: &Node) -> bool {
        node.op.row().effects & effect::READ != 0
            && node.op != Op::TableGet
            && self.order.uses[value.index()] > 0
            && self.work.registers[value.index()] == 0
    }

    /// Turns the pending instructions over to the code.
    fn flush(&mut self) {
        while let Some(instruction) = self.work.pending.pop() {
            let position = match Mode::of(instruction.flags) {
                Some(Mode::Base | Mode::Index1) if self.folded != NONE => {
                    self.folded | Selected::FAULTS
                }
                _ => self.position,
            };
            self.out.code.instructions.push(instruction);
            self.out.positions.push(position);
        }
        self.folded = NONE;
    }

    /// Turns everything round, and describes blocks and edges.
    fn finish(self) -> Result<(), Error> {
        self.out.has_memory_base = self.memory_base.is_some();
        let code = &mut self.out.code;
        let count = code.instructions.len() as u32;
        code.instructions.reverse();
        self.out.positions.reverse();
        let first = self.out.positions.first().copied().unwrap_or(0);
        self.out.start = self.function.outermost_position(first & !Selected::FAULTS);
        code.blocks.reverse();
        for (index, block) in code.blocks.iter_mut().enumerate() {
            let id = BlockId(index as u32);
            let ir = &self.function.blocks[index];
            block.instructions = count - block.instructions.end..count - block.instructions.start;
            let start = code.lists.len() as u32;
            for value in self.function.list(ir.parameters) {
                code.lists
                    .push(self.work.registers[value.index()].wrapping_sub(1));
            }
            block.parameters = start..code.lists.len() as u32;
            let start = code.lists.len() as u32;
            code.lists.extend_from_slice(self.order.edges_to(id));
            block.predecessors = start..code.lists.len() as u32;
            block.successors = ir.first_edge..ir.first_edge + ir.edge_count;
            block.loop_depth = ir.loop_depth;
            block.loop_end = ir.loop_end;
        }
        find_cold(self.function, code);
        if code.kinds.len() as u32 > MAX_VIRTUAL_REGISTERS {
            return Err(Error::TooBig);
        }
        self.out.tables.extend_from_slice(&self.function.tables);
        Ok(())
    }
}

/// Marks the blocks from which all ways lead to a trap, without a loop.
fn find_cold(function: &Function, code: &mut MachineFunction) {
    for index in (0..code.blocks.len()).rev() {
        let successors = code.blocks[index].successors.clone();
        code.blocks[index].is_cold = if successors.is_empty() {
            matches!(function.blocks[index].terminator, Terminator::Trap(_))
        } else {
            code.edges[successors.start as usize..successors.end as usize]
                .iter()
                .all(|edge| edge.to as usize > index && code.blocks[edge.to as usize].is_cold)
        };
    }
}

/// Registers and instructions.
impl Selector<'_> {
    fn new_register(&mut self, kind: ValueKind) -> VirtualRegister {
        let kinds = &mut self.out.code.kinds;
        kinds.push(kind);
        VirtualRegister(kinds.len() as u32 - 1)
    }

    fn new_integer(&mut self) -> VirtualRegister {
        self.new_register(ValueKind::Integer)
    }

    /// The register in which a value shall be, from where its node is on.
    fn register_of(&mut self, value: Value) -> VirtualRegister {
        match self.work.registers[value.index()].checked_sub(1) {
            Some(register) => VirtualRegister(register),
            None => {
                let register = self.new_register(kind_of(self.function.ty(value)));
                self.work.registers[value.index()] = register.0 + 1;
                register
            }
        }
    }

    /// The register in which a value is for an instruction that is added next.
    fn register(&mut self, value: Value) -> VirtualRegister {
        let node = self.function.node(value);
        match node.op {
            Op::Constant if kind_of(node.ty) == ValueKind::Integer => {
                let bits = u64::from(node.a) | u64::from(node.b) << 32;
                self.integer_constant(bits)
            }
            Op::Constant
            | Op::VectorConstant
            | Op::I8x16Splat
            | Op::I16x8Splat
            | Op::I32x4Splat
            | Op::I64x2Splat
            | Op::F32x4Splat
            | Op::F64x2Splat => match self.constant_bytes(node) {
                Some(bytes) => self.vector_with(bytes, node.ty),
                None => self.register_of(value),
            },
            // It is the same register.
            Op::I64ExtendI32U => self.register(Value(node.a)),
            Op::MemoryBase if node.a == 0 && self.target.is_guarded => {
                let base = self.memory_base_register();
                base.unwrap_or_else(|| self.register_of(value))
            }
            _ => self.register_of(value),
        }
    }

    /// As [`Selector::register`], for an instruction that reads only the low 32 bits.
    fn low_register(&mut self, value: Value) -> VirtualRegister {
        let node = self.function.node(value);
        match node.op {
            Op::I32WrapI64 => self.low_register(Value(node.a)),
            _ => self.register(value),
        }
    }

    fn integer_constant(&mut self, bits: u64) -> VirtualRegister {
        let register = self.new_integer();
        self.move_constant(register, bits);
        register
    }

    fn move_constant(&mut self, to: VirtualRegister, bits: u64) {
        self.emit(X64::MovImm, Rm::Operand, &[to], 0);
        if let Some(instruction) = self.work.pending.last_mut() {
            (instruction.a, instruction.b) = (bits as u32, (bits >> 32) as u32);
        }
    }

    /// Adds an instruction. `registers` are its operands in the order of its form, without the one that is in memory.
    fn emit(&mut self, x64: X64, rm: Rm, registers: &[VirtualRegister], immediate: i32) {
        let mut opcode = Opcode::new(x64);
        let Some(row) = opcode.row() else { return };
        if row.has(property::avx) && self.target.features.has(CpuFeature::Avx) {
            opcode = Opcode::in_avx(x64);
        }
        let (mode, displacement) = match rm {
            Rm::Operand => (Mode::Operand, 0),
            Rm::Base(_, displacement) => (Mode::Base, displacement),
            Rm::Index(_, _, displacement) => (Mode::Index1, displacement),
            Rm::Element(_, _, displacement) => (Mode::Index8, displacement),
            Rm::Context(displacement) => (Mode::Context, displacement),
            Rm::Constant(number) => (Mode::Constant, number as i32),
            Rm::Outgoing(displacement) => (Mode::Outgoing, displacement),
            Rm::Incoming(displacement) => (Mode::Incoming, displacement),
        };
        let first_operand = self.out.code.operands.len() as u32;
        let address: &[VirtualRegister] = match rm {
            Rm::Base(base, _) => &[base],
            Rm::Index(base, index, _) | Rm::Element(base, index, _) => &[base, index],
            _ => &[],
        };
        let MachineFunction {
            operands, kinds, ..
        } = &mut self.out.code;
        let address = (mode != Mode::Operand).then_some(address);
        let fits = append(operands, row, opcode.form(row), address, registers, kinds);
        debug_assert!(fits, "{x64:?} has other operands");
        self.work.pending.push(Instruction {
            opcode: opcode.0,
            flags: opcode.flags(row, mode),
            operand_count: (self.out.code.operands.len() as u32 - first_operand) as u8,
            first_operand,
            a: displacement as u32,
            b: immediate as u32,
        });
    }

    fn operand(&mut self, register: VirtualRegister, role: Role, place: Place) {
        self.out
            .code
            .operands
            .push(Operand::new(register, role, place));
    }

    /// Adds an instruction with operands as they are given.
    fn emit_with(
        &mut self,
        x64: X64,
        operands: &[(VirtualRegister, Role, Place)],
        (a, b): (u32, u32),
    ) {
        let opcode = Opcode::new(x64);
        let Some(row) = opcode.row() else { return };
        let first_operand = self.out.code.operands.len() as u32;
        for &(register, role, place) in operands {
            self.operand(register, role, place);
        }
        self.work.pending.push(Instruction {
            opcode: opcode.0,
            flags: opcode.flags(row, Mode::Operand),
            operand_count: operands.len() as u8,
            first_operand,
            a,
            b,
        });
    }

    /// Copies a register.
    fn copy(&mut self, to: VirtualRegister, from: VirtualRegister) {
        self.emit(X64::Copy, Rm::Operand, &[to, from], 0);
    }

    /// The error for an operation without machine code.
    fn unsupported(&self, op: Op) -> Error {
        Error::Unsupported(op)
    }

    /// The bits of a constant operand, if they fit into the 32 bits, sign-extended, that instructions have.
    fn short_constant(&self, value: Value) -> Option<i32> {
        let bits = self.function.constant(value)?;
        match self.function.ty(value) {
            Type::I32 | Type::F32 => Some(bits as i32),
            Type::I64 | Type::F64 => i32::try_from(bits as i64).ok(),
            _ => None,
        }
    }

    /// Whether a value is made only for the present user, in this block, so that it can become part of it.
    fn is_only_here(&self, value: Value) -> bool {
        self.order.uses[value.index()] == 1
            && self.work.registers[value.index()] == 0
            && self.function.block_of[value.index()] == self.block
    }
}

/// Whether a node's place among others with effects matters.
fn has_effect(node: &Node) -> bool {
    node.op.row().effects & effect::KEPT != 0
}

pub(in crate::compile::x64) fn kind_of(ty: Type) -> ValueKind {
    match ty {
        Type::None | Type::I32 | Type::I64 => ValueKind::Integer,
        Type::F32 | Type::F64 => ValueKind::Float,
        Type::V128 => ValueKind::Vector,
    }
}

/// Where the values of a list are when a function is called or returns: in a register, or on the stack, where it
/// says at how many bytes from the first one.
pub(in crate::compile::x64) struct Places {
    integers: &'static [PhysicalRegister],
    vectors: &'static [PhysicalRegister],
    next_at: u32,
}

impl Places {
    pub(in crate::compile::x64) fn of_arguments() -> Places {
        Places {
            integers: &INTEGER_ARGUMENTS,
            vectors: &VECTOR_ARGUMENTS,
            next_at: 0,
        }
    }

    pub(in crate::compile::x64) fn of_results() -> Places {
        Places {
            integers: &INTEGER_RESULTS,
            vectors: &VECTOR_RESULTS,
            next_at: 0,
        }
    }

    pub(in crate::compile::x64) fn next(
        &mut self,
        kind: ValueKind,
    ) -> Result<PhysicalRegister, i32> {
        let registers = match kind {
            ValueKind::Integer => &mut self.integers,
            ValueKind::Float | ValueKind::Vector => &mut self.vectors,
        };
        match registers.split_first() {
            Some((&first, rest)) => {
                *registers = rest;
                Ok(first)
            }
            None => {
                let at = self.next_at;
                self.next_at += 8 * kind.words();
                Err(at as i32)
            }
        }
    }

    /// How many bytes those on the stack take, as many as keep it aligned.
    pub(in crate::compile::x64) fn stack_bytes(&self) -> u32 {
        self.next_at.next_multiple_of(16)
    }

    /// As [`Places::stack_bytes`], for values of these types.
    fn stack_bytes_of(mut self, types: &[ValType]) -> u32 {
        for &ty in types {
            let _ = self.next(kind_of(Type::of(ty)));
        }
        self.stack_bytes()
    }
}
