//! Functions as text.
//!
//! Input: [`Function`]. Output: lines: a line per block, with its parameters, and one per node and terminator.
//! Values are `v` and a number, blocks `b` and a number.

use core::fmt;

use super::ops::Op;
use super::{BlockId, Edge, Function, List, Node, RuntimeFunction, Terminator, Type, Value};

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Type::None => "none",
            Type::I32 => "i32",
            Type::I64 => "i64",
            Type::F32 => "f32",
            Type::F64 => "f64",
            Type::V128 => "v128",
        })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}", self.0)
    }
}

impl fmt::Display for BlockId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b{}", self.0)
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = alloc::vec![0_u32; self.blocks.len() + 1];
        for block in &self.block_of {
            first[block.index() + 1] += 1;
        }
        for index in 1..first.len() {
            first[index] += first[index - 1];
        }
        let mut order = alloc::vec![0; self.nodes.len()];
        let mut next = first.clone();
        for (index, block) in (0..).zip(&self.block_of) {
            order[next[block.index()] as usize] = index;
            next[block.index()] += 1;
        }
        let nodes = Nodes {
            function: self,
            nodes: &order,
            starts: &first,
        };
        nodes.fmt(f)
    }
}

/// A function, and those of its nodes that are shown.
pub(crate) struct Nodes<'a> {
    pub(crate) function: &'a Function,
    /// The nodes of each block, one after the other.
    pub(crate) nodes: &'a [u32],
    /// Where those of each block begin, and where the last ones end.
    pub(crate) starts: &'a [u32],
}

impl fmt::Display for Nodes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Nodes {
            function,
            nodes,
            starts,
        } = *self;
        for (index, block) in function.blocks.iter().enumerate() {
            write!(f, "b{index}")?;
            if block.parameters.count > 0 {
                f.write_str("(")?;
                for (number, &value) in function.list(block.parameters).iter().enumerate() {
                    let separator = if number > 0 { ", " } else { "" };
                    write!(f, "{separator}{value}: {}", function.ty(value))?;
                }
                f.write_str(")")?;
            }
            f.write_str(":")?;
            if block.loop_end != 0 {
                write!(f, " loop to b{}", block.loop_end)?;
            }
            f.write_str("\n")?;
            for &value in &nodes[starts[index] as usize..starts[index + 1] as usize] {
                let value = Value(value);
                let node = function.node(value);
                if node.op != Op::Parameter {
                    f.write_str("  ")?;
                    if node.ty != Type::None {
                        write!(f, "{value} = ")?;
                    }
                    function.print_node(f, node)?;
                    f.write_str("\n")?;
                }
            }
            f.write_str("  ")?;
            function.print_terminator(f, BlockId(index as u32))?;
            f.write_str("\n")?;
        }
        Ok(())
    }
}

impl Function {
    fn print_node(&self, f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
        let name = node.op.name();
        match node.op {
            Op::Constant => return self.print_constant(f, node),
            Op::VectorConstant => {
                f.write_str("v128.const 0x")?;
                let bytes = self.vectors[node.a as usize];
                return bytes
                    .iter()
                    .rev()
                    .try_for_each(|byte| write!(f, "{byte:02x}"));
            }
            Op::Select | Op::GlobalGet | Op::Argument | Op::FrameLoad => {
                write!(f, "{}.{}", node.ty, name)?
            }
            Op::CallRuntime => {
                let (_, name) = RuntimeFunction::ALL[node.a as usize];
                f.write_str(name)?;
            }
            _ => f.write_str(name)?,
        }
        match node.op {
            Op::Argument | Op::MemoryBase | Op::MemoryBytes | Op::GlobalGet => {
                write!(f, " {}", node.a)?
            }
            Op::TableSize | Op::FunctionReference => write!(f, " {}", node.a)?,
            Op::GlobalSet | Op::TableGet | Op::FrameLoad => write!(f, " {}", node.b)?,
            Op::TableSet => write!(f, " {}", node.c)?,
            Op::Call => write!(f, " {}", node.a)?,
            Op::CallIndirect => {
                let call = self.indirect_calls[node.a as usize];
                match call.table {
                    Some(table) => write!(f, " table {table} type {} at {}", call.ty, call.callee)?,
                    None => write!(f, " type {} at {}", call.ty, call.callee)?,
                }
                if let Some(elements) = call.elements {
                    write!(f, " of {elements}")?;
                }
                let known = [
                    (call.is_typed, ", typed"),
                    (!call.can_be_null, ", not null"),
                    (call.is_direct, ", direct"),
                ];
                for (_, text) in known.iter().filter(|(is_known, _)| *is_known) {
                    f.write_str(text)?;
                }
            }
            _ => {}
        }
        if let Some(access) = self.access(node) {
            if access.memory != 0 {
                write!(f, " memory {}", access.memory)?;
            }
            if access.offset != 0 {
                write!(f, " offset {}", access.offset)?;
            }
            write!(f, " base {}", access.base)?;
        }
        if name.ends_with("_lane") || name.contains("_lane_") {
            write!(f, " lane {}", node.lane)?;
        }
        for field in [node.a, node.b, node.c]
            .iter()
            .take(usize::from(node.op.row().values))
        {
            write!(f, " v{field}")?;
        }
        match node.op {
            Op::CheckBounds => write!(f, " end {}", node.c)?,
            Op::Result => write!(f, " number {}", node.b)?,
            Op::Shuffle => write!(f, " {:?}", self.vectors[node.c as usize])?,
            Op::Call | Op::CallIndirect | Op::CallRuntime => {
                let (start, count) = (node.b, node.c);
                self.print_list(f, List { start, count })?;
            }
            _ => {}
        }
        Ok(())
    }

    fn print_constant(&self, f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
        let bits = u64::from(node.a) | u64::from(node.b) << 32;
        write!(f, "{}.const ", node.ty)?;
        match node.ty {
            Type::I32 => write!(f, "{}", bits as i32),
            Type::I64 => write!(f, "{}", bits as i64),
            Type::F32 => write!(f, "{:?}", f32::from_bits(bits as u32)),
            _ => write!(f, "{:?}", f64::from_bits(bits)),
        }
    }

    fn print_list(&self, f: &mut fmt::Formatter<'_>, list: List) -> fmt::Result {
        f.write_str("(")?;
        for (number, value) in self.list(list).iter().enumerate() {
            let separator = if number > 0 { ", " } else { "" };
            write!(f, "{separator}{value}")?;
        }
        f.write_str(")")
    }

    fn print_edge(&self, f: &mut fmt::Formatter<'_>, edge: &Edge) -> fmt::Result {
        write!(f, " {}", edge.to)?;
        if edge.arguments.count > 0 {
            self.print_list(f, edge.arguments)?;
        }
        Ok(())
    }

    fn print_terminator(&self, f: &mut fmt::Formatter<'_>, block: BlockId) -> fmt::Result {
        let edges = self.edges_of(block);
        match self.blocks[block.index()].terminator {
            Terminator::Open => f.write_str("open"),
            Terminator::Jump => {
                f.write_str("jump")?;
                self.print_edge(f, &edges[0])
            }
            Terminator::Branch(condition) => {
                write!(f, "branch {condition}")?;
                edges.iter().try_for_each(|edge| self.print_edge(f, edge))
            }
            Terminator::Switch(index, table) => {
                write!(f, "switch {index}")?;
                edges.iter().try_for_each(|edge| self.print_edge(f, edge))?;
                write!(f, " by {:?}", &self.tables[table.range()])
            }
            Terminator::Return(values) => {
                f.write_str("return")?;
                if values.count > 0 {
                    self.print_list(f, values)?;
                }
                Ok(())
            }
            Terminator::Trap(trap) => write!(f, "trap {trap:?}"),
            Terminator::TailCall(function, arguments) => {
                write!(f, "return_call {function}")?;
                self.print_list(f, arguments)
            }
        }
    }
}
