//! What a function is given, and the ends of blocks.
//!
//! Holds: a condition is computed directly before what tests it: nothing between them changes flags.

use super::calls::{load_of, store_of};
use super::{Error, Places, Rm, Selector, kind_of};
use crate::compile::ir::ops::Op;
use crate::compile::ir::{BlockId, List, Node, Terminator, Type, Value};
use crate::compile::machine::{Edge, Place, Role, VirtualRegister};
use crate::compile::x64::convention::MEMORY_BASE;
use crate::compile::x64::instructions::X64;
use crate::wasm::trap::Trap;

/// The conditions of the processor, as instructions number them, and two that need two of these.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Condition {
    Overflow = 0,
    Below = 2,
    AboveOrEqual = 3,
    Equal = 4,
    NotEqual = 5,
    BelowOrEqual = 6,
    Above = 7,
    Negative = 8,
    Unordered = 10,
    Ordered = 11,
    Less = 12,
    GreaterOrEqual = 13,
    LessOrEqual = 14,
    Greater = 15,
    /// Equal, and both are numbers.
    OrderedEqual = 16,
    /// Not equal, or one is no number.
    UnorderedNotEqual = 17,
}

/// Where a table of branches has at most so many runs of entries with equal targets, comparing the index with their
/// ends is quicker than looking up an address, which the processor has to predict.
const MOST_RUNS: usize = 5;

impl Selector<'_> {
    /// The instruction that defines what the function is given.
    pub(super) fn arguments(&mut self) -> Result<(), Error> {
        let ty = self
            .target
            .module
            .function_type(self.target.function_index)
            .clone();
        let mut places = Places::of_arguments();
        let mut defined = alloc::vec::Vec::new();
        let mut stacked = alloc::vec::Vec::new();
        let mut registers = alloc::vec![0; ty.params().len()];
        for value in self.order.nodes_of(BlockId(0)) {
            let node = self.function.node(value);
            if node.op == Op::Argument {
                registers[node.a as usize] = self.work.registers[value.index()];
            }
        }
        for (number, &ty) in ty.params().iter().enumerate() {
            let kind = kind_of(Type::of(ty));
            let place = places.next(kind);
            let Some(register) = registers[number].checked_sub(1) else {
                continue;
            };
            let register = VirtualRegister(register);
            match place {
                Ok(place) => defined.push((register, Role::Definition, Place::Fixed(place))),
                Err(at) => stacked.push((register, Type::of(ty), at)),
            }
        }
        if let Some(base) = self.memory_base_register() {
            defined.push((base, Role::Definition, Place::Fixed(MEMORY_BASE)));
        }
        self.emit_with(X64::Arguments, &defined, (0, 0));
        for (register, ty, at) in stacked {
            self.emit(load_of(ty), Rm::Incoming(at), &[register], 0);
        }
        Ok(())
    }

    /// The end of a block.
    pub(super) fn terminator(&mut self, id: BlockId) -> Result<(), Error> {
        // What edges carry is made before flags are.
        self.edges(id);
        let block = &self.function.blocks[id.index()];
        match block.terminator {
            Terminator::Open => return Err(Error::TooBig),
            Terminator::Jump => {
                self.emit_with(X64::Jump, &[], (0, 0));
            }
            Terminator::Branch(value) => {
                let condition = self.condition(value)?;
                self.emit_with(X64::JumpIf, &[], (0, condition as u32));
            }
            Terminator::Switch(index, table) => self.switch(index, table),
            Terminator::Return(values) => self.return_(values),
            Terminator::Trap(trap) => self.emit_with(X64::Trap, &[], (trap as u32, 0)),
            Terminator::TailCall(function, values) => self.tail_call(function, values),
        }
        Ok(())
    }

    /// The registers that the edges of a block carry.
    fn edges(&mut self, id: BlockId) {
        let block = &self.function.blocks[id.index()];
        let wanted = (block.first_edge + block.edge_count) as usize;
        if self.out.code.edges.len() < self.function.edges.len() {
            self.out.code.edges.resize(
                self.function.edges.len(),
                Edge {
                    from: 0,
                    to: 0,
                    arguments: 0..0,
                },
            );
        }
        for number in block.first_edge as usize..wanted {
            let edge = self.function.edges[number];
            let start = self.out.code.lists.len() as u32;
            for at in edge.arguments.range() {
                let register = self.register(self.function.lists[at]);
                self.out.code.lists.push(register.0);
            }
            self.out.code.edges[number] = Edge {
                from: id.0,
                to: edge.to.0,
                arguments: start..self.out.code.lists.len() as u32,
            };
        }
    }

    fn switch(&mut self, index: Value, table: List) {
        let index = self.register(index);
        let entries = &self.function.tables[table.range()];
        let runs = entries.chunk_by(|one, next| one == next);
        if runs.take(MOST_RUNS + 1).count() <= MOST_RUNS {
            let operand = (index, Role::Use, Place::Register);
            return self.emit_with(X64::SwitchFew, &[operand], (table.start, table.count));
        }
        let (target, address) = (self.new_integer(), self.new_integer());
        self.emit_with(
            X64::Switch,
            &[
                (target, Role::EarlyDefinition, Place::Register),
                (address, Role::EarlyDefinition, Place::Register),
                (index, Role::Use, Place::Register),
            ],
            (table.start, table.count),
        );
    }

    fn return_(&mut self, values: List) {
        let mut places = Places::of_results();
        let mut operands = alloc::vec::Vec::new();
        for at in values.range() {
            let value = self.function.lists[at];
            let ty = self.function.ty(value);
            let register = self.register(value);
            match places.next(kind_of(ty)) {
                Ok(place) => operands.push((register, Role::Use, Place::Fixed(place))),
                Err(at) => {
                    let place = Rm::Incoming(self.out.incoming_bytes as i32 + at);
                    self.emit(store_of(ty), place, &[register], 0);
                }
            }
        }
        self.base_operand(&mut operands);
        self.emit_with(X64::Return, &operands, (0, 0));
    }

    /// Traps if a condition holds.
    pub(super) fn trap_if(&mut self, condition: Condition, trap: Trap) {
        self.emit_with(X64::TrapIf, &[], (trap as u32, condition as u32));
    }

    /// Adds the instructions that compute whether a 32-bit value is not zero, and gives the condition that says so.
    pub(super) fn condition(&mut self, value: Value) -> Result<Condition, Error> {
        let node = *self.function.node(value);
        if self.is_only_here(value) {
            if let Some(condition) = self.comparison(&node)? {
                return Ok(condition);
            }
        }
        let register = self.low_register(value);
        self.emit(X64::Test32, Rm::Operand, &[register, register], 0);
        Ok(Condition::NotEqual)
    }

    /// Adds the instructions of a comparison, if the node is one.
    pub(super) fn comparison(&mut self, node: &Node) -> Result<Option<Condition>, Error> {
        use Condition::{
            Above, AboveOrEqual, Below, BelowOrEqual, Equal, Greater, GreaterOrEqual, Less,
            LessOrEqual, NotEqual,
        };
        let (condition, swapped) = match node.op {
            Op::I32Eqz | Op::I64Eqz => {
                self.test_zero(Value(node.a), node.op == Op::I64Eqz);
                return Ok(Some(Equal));
            }
            Op::I32Eq | Op::I64Eq => (Equal, Equal),
            Op::I32Ne | Op::I64Ne => (NotEqual, NotEqual),
            Op::I32LtS | Op::I64LtS => (Less, Greater),
            Op::I32LtU | Op::I64LtU => (Below, Above),
            Op::I32GtS | Op::I64GtS => (Greater, Less),
            Op::I32GtU | Op::I64GtU => (Above, Below),
            Op::I32LeS | Op::I64LeS => (LessOrEqual, GreaterOrEqual),
            Op::I32LeU | Op::I64LeU => (BelowOrEqual, AboveOrEqual),
            Op::I32GeS | Op::I64GeS => (GreaterOrEqual, LessOrEqual),
            Op::I32GeU | Op::I64GeU => (AboveOrEqual, BelowOrEqual),
            Op::I32And => {
                self.test_bits(node);
                return Ok(Some(NotEqual));
            }
            _ => {
                let condition = self.float_comparison(node);
                return Ok(condition.or_else(|| self.vector_test(node)));
            }
        };
        let (a, b) = (Value(node.a), Value(node.b));
        let is_64 = self.function.ty(a) == Type::I64;
        let compare = |is_64, narrow, wide| if is_64 { wide } else { narrow };
        if self.short_constant(b) == Some(0) && matches!(condition, Equal | NotEqual) {
            self.test_zero(a, is_64);
            return Ok(Some(condition));
        }
        if let Some(constant) = self.short_constant(b) {
            let register = self.compared(a, is_64);
            let x64 = compare(is_64, X64::Cmp32Imm, X64::Cmp64Imm);
            self.emit(x64, Rm::Operand, &[register], constant);
            return Ok(Some(condition));
        }
        if let Some(constant) = self.short_constant(a) {
            let register = self.compared(b, is_64);
            let x64 = compare(is_64, X64::Cmp32Imm, X64::Cmp64Imm);
            self.emit(x64, Rm::Operand, &[register], constant);
            return Ok(Some(swapped));
        }
        let left = self.compared(a, is_64);
        let x64 = compare(is_64, X64::Cmp32, X64::Cmp64);
        let (rm, register) = self.source(b, is_64);
        match register {
            Some(register) => self.emit(x64, rm, &[left, register], 0),
            None => self.emit(x64, rm, &[left], 0),
        }
        Ok(Some(condition))
    }

    fn compared(&mut self, value: Value, is_64: bool) -> VirtualRegister {
        if is_64 {
            self.register(value)
        } else {
            self.low_register(value)
        }
    }

    /// Compares a value with zero.
    fn test_zero(&mut self, value: Value, is_64: bool) {
        let node = *self.function.node(value);
        if matches!(node.op, Op::I32And | Op::I64And) && self.is_only_here(value) {
            return self.test_bits(&node);
        }
        let register = self.compared(value, is_64);
        let x64 = if is_64 { X64::Test64 } else { X64::Test32 };
        self.emit(x64, Rm::Operand, &[register, register], 0);
    }

    /// Compares a conjunction with zero.
    fn test_bits(&mut self, node: &Node) {
        let is_64 = node.op == Op::I64And;
        let left = self.compared(Value(node.a), is_64);
        if let Some(constant) = self.short_constant(Value(node.b)) {
            let x64 = if is_64 {
                X64::Test64Imm
            } else {
                X64::Test32Imm
            };
            return self.emit(x64, Rm::Operand, &[left], constant);
        }
        let right = self.compared(Value(node.b), is_64);
        let x64 = if is_64 { X64::Test64 } else { X64::Test32 };
        self.emit(x64, Rm::Operand, &[left, right], 0);
    }
}
