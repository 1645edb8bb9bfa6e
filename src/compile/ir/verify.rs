//! Checks that a function is what the other passes count on.
//!
//! Input: [`Function`]. Output: what is wrong with it, if anything. Holds: time is linear, but for the depth of
//! dominators.
//!
//! Checked are: operands, lists and edges are there; operands have the types that the table says and their
//! definitions dominate; arguments of edges match parameters; blocks are in reverse postorder with loops together,
//! and all of them are finished.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::ops::Op;
use super::{BlockId, Function, Node, Terminator, Type, Value};
use crate::wasm::opcodes::Shape;

/// Checks a function.
///
/// # Errors
/// The first thing that is wrong.
pub(crate) fn verify(function: &Function) -> Result<(), String> {
    let dominators = dominators(function)?;
    let verifier = Verifier {
        function,
        dominators,
    };
    for (index, node) in (0..).zip(&function.nodes) {
        verifier
            .node(Value(index), node)
            .map_err(|error| format!("v{index}, {}: {error}", node.op.name()))?;
    }
    for index in 0..function.blocks.len() as u32 {
        verifier
            .block(BlockId(index))
            .map_err(|error| format!("b{index}: {error}"))?;
    }
    Ok(())
}

/// The immediate dominator of each block. Blocks stand behind those that dominate them, so that one pass is enough:
/// the graph is reducible.
fn dominators(function: &Function) -> Result<Vec<u32>, String> {
    let mut dominators: Vec<Option<u32>> = alloc::vec![None; function.blocks.len()];
    if let Some(first) = dominators.first_mut() {
        *first = Some(0);
    }
    let mut found = Vec::new();
    for from in 0..function.blocks.len() {
        let Some(own) = dominators[from] else {
            return Err(format!("b{from} cannot be reached from blocks before it"));
        };
        found.push(own);
        for edge in function.edges_of(BlockId(from as u32)) {
            let to = edge.to.index();
            if to >= function.blocks.len() {
                return Err(format!("b{from} goes on with b{to}, which is not there"));
            }
            if to > from {
                let joined =
                    dominators[to].map_or(from as u32, |other| common(&found, other, from as u32));
                dominators[to] = Some(joined);
            }
        }
    }
    Ok(found)
}

/// The nearest block that dominates both.
fn common(dominators: &[u32], mut a: u32, mut b: u32) -> u32 {
    while a != b {
        if a > b {
            a = dominators[a as usize];
        } else {
            b = dominators[b as usize];
        }
    }
    a
}

struct Verifier<'a> {
    function: &'a Function,
    dominators: Vec<u32>,
}

impl Verifier<'_> {
    fn dominates(&self, above: BlockId, below: BlockId) -> bool {
        let mut block = below.0;
        while block > above.0 {
            block = self.dominators[block as usize];
        }
        block == above.0
    }

    /// Checks that `value` is there in `block`.
    fn used(&self, value: Value, block: BlockId) -> Result<(), String> {
        let Some(node) = self.function.nodes.get(value.index()) else {
            return Err(format!("uses {value}, which is not there"));
        };
        if node.ty == Type::None {
            return Err(format!("uses {value}, which is no value"));
        }
        if self.dominates(self.function.block_of[value.index()], block) {
            Ok(())
        } else {
            Err(format!(
                "uses {value}, whose definition does not dominate it"
            ))
        }
    }

    fn node(&self, value: Value, node: &Node) -> Result<(), String> {
        let block = self.function.block_of[value.index()];
        let mut outcome = Ok(());
        self.function.for_each_operand(node, |operand| {
            let is_before = operand < value;
            let checked = self.used(operand, block);
            if outcome.is_ok() {
                outcome = match (is_before, checked) {
                    (false, _) => Err(format!("uses {operand}, which is not before it")),
                    (true, checked) => checked,
                };
            }
        });
        outcome?;
        let Some(opcode) = node.op.opcode() else {
            return self.own(node);
        };
        let fields = [node.a, node.b, node.c];
        if let Shape::Fixed { params, .. } = opcode.info().shape {
            for (&field, &param) in fields.iter().zip(params.as_slice()) {
                let (ty, wanted) = (self.function.ty(Value(field)), Type::of(param));
                if ty != wanted {
                    return Err(format!("v{field} is {ty} and should be {wanted}"));
                }
            }
        }
        match node.op.row().result {
            Some(ty) if ty != node.ty => Err(format!("is {} and should be {ty}", node.ty)),
            _ => Ok(()),
        }
    }

    /// The types of an operation that is no instruction.
    fn own(&self, node: &Node) -> Result<(), String> {
        let ty = |field| self.function.ty(Value(field));
        let is_address = |field| matches!(ty(field), Type::I32 | Type::I64);
        let wanted = match node.op {
            Op::Select => {
                (ty(node.c) == Type::I32) && ty(node.a) == node.ty && ty(node.b) == node.ty
            }
            Op::CheckBounds => is_address(node.a) && ty(node.b) == Type::I64,
            Op::TableGet => is_address(node.a),
            Op::TableSet => is_address(node.a) && ty(node.b) == Type::I64,
            _ => true,
        };
        wanted
            .then_some(())
            .ok_or_else(|| String::from("has operands of other types than it should"))
    }

    fn block(&self, id: BlockId) -> Result<(), String> {
        let block = &self.function.blocks[id.index()];
        let edges = self.function.edges_of(id);
        let wanted = match block.terminator {
            Terminator::Open => return Err(String::from("is not finished")),
            Terminator::Jump => 1,
            Terminator::Branch(condition) => {
                self.condition(condition, id)?;
                2
            }
            Terminator::Switch(index, table) => {
                self.condition(index, id)?;
                let entries = &self.function.tables[table.range()];
                if entries.iter().any(|&entry| entry as usize >= edges.len()) {
                    return Err(String::from("has a table with an edge that is not there"));
                }
                edges.len()
            }
            Terminator::Return(values) | Terminator::TailCall(_, values) => {
                for &value in self.function.list(values) {
                    self.used(value, id)?;
                }
                0
            }
            Terminator::Trap(_) => 0,
        };
        if edges.len() != wanted {
            return Err(format!(
                "has {} edges and should have {wanted}",
                edges.len()
            ));
        }
        for edge in edges {
            self.edge(id, edge.to, self.function.list(edge.arguments))?;
        }
        Ok(())
    }

    fn condition(&self, value: Value, block: BlockId) -> Result<(), String> {
        self.used(value, block)?;
        match self.function.ty(value) {
            Type::I32 => Ok(()),
            ty => Err(format!("depends on {value}, which is {ty}")),
        }
    }

    fn edge(&self, from: BlockId, to: BlockId, arguments: &[Value]) -> Result<(), String> {
        let target = &self.function.blocks[to.index()];
        let is_back = to <= from;
        if is_back && (target.loop_end <= from.0 || !self.dominates(to, from)) {
            return Err(format!(
                "goes back to {to}, which is no header of a loop around it"
            ));
        }
        let parameters = self.function.list(target.parameters);
        if parameters.len() != arguments.len() {
            return Err(format!(
                "gives {} arguments to {to}, which has {} parameters",
                arguments.len(),
                parameters.len()
            ));
        }
        for (&parameter, &argument) in parameters.iter().zip(arguments) {
            self.used(argument, from)?;
            if self.function.ty(parameter) != self.function.ty(argument) {
                return Err(format!(
                    "gives {argument} to {parameter}, which is of another type"
                ));
            }
        }
        Ok(())
    }
}
