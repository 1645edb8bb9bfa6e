//! Finds what of a function is needed, and the order in which it is executed.
//!
//! Input: [`Function`]. Output: [`Order`], and the function without parameters of blocks that nobody uses.
//! Holds: time and memory are linear. Nodes stay in the order of their numbers within their block.

use alloc::vec::Vec;

use crate::compile::ir::ops::{Op, effect};
use crate::compile::ir::print::Nodes;
use crate::compile::ir::{BlockId, Function, List, Terminator, Value};

/// The needed nodes of each block, in order.
#[derive(Default)]
pub(crate) struct Order {
    nodes: Vec<u32>,
    /// Where the nodes of each block begin, and where the last ones end.
    starts: Vec<u32>,
    /// How often each value is used by what is needed.
    pub(crate) uses: Vec<u32>,
    /// Values whose operands have to be counted.
    work: Vec<Value>,
    /// The edges to each block, one after the other, and where those of each block begin.
    edges_to: Vec<u32>,
    edges_start: Vec<u32>,
}

impl Order {
    /// The needed nodes of a block, parameters among them.
    pub(crate) fn nodes_of(&self, block: BlockId) -> impl DoubleEndedIterator<Item = Value> + '_ {
        let range = self.starts[block.index()] as usize..self.starts[block.index() + 1] as usize;
        self.nodes[range].iter().copied().map(Value)
    }

    /// The numbers of the edges to a block, ascending.
    pub(crate) fn edges_to(&self, block: BlockId) -> &[u32] {
        let range =
            self.edges_start[block.index()] as usize..self.edges_start[block.index() + 1] as usize;
        &self.edges_to[range]
    }

    /// Finds the order of a function.
    pub(crate) fn of(&mut self, function: &mut Function) {
        self.find_edges(function);
        self.count_uses(function);
        self.remove_parameters(function);
        self.sort(function);
    }

    /// The function as text, with what is needed of it.
    pub(crate) fn show<'a>(&'a self, function: &'a Function) -> Nodes<'a> {
        Nodes {
            function,
            nodes: &self.nodes,
            starts: &self.starts,
        }
    }

    fn find_edges(&mut self, function: &Function) {
        let Order {
            edges_to,
            edges_start,
            ..
        } = self;
        sort_by_block(edges_to, edges_start, function.blocks.len(), &|| {
            (0..)
                .zip(&function.edges)
                .map(|(number, edge)| (number, edge.to))
        });
    }

    /// Counts the uses of all that effects and terminators need.
    fn count_uses(&mut self, function: &Function) {
        self.uses.clear();
        self.uses.resize(function.nodes.len(), 0);
        self.work.clear();
        for node in &function.nodes {
            if node.op.row().effects & effect::KEPT != 0 {
                function
                    .for_each_operand(node, |value| use_of(&mut self.uses, &mut self.work, value));
            }
        }
        for block in &function.blocks {
            match block.terminator {
                Terminator::Branch(value) | Terminator::Switch(value, _) => {
                    use_of(&mut self.uses, &mut self.work, value);
                }
                Terminator::Return(list) | Terminator::TailCall(_, list) => {
                    for &value in function.list(list) {
                        use_of(&mut self.uses, &mut self.work, value);
                    }
                }
                Terminator::Open | Terminator::Jump | Terminator::Trap(_) => {}
            }
        }
        while let Some(value) = self.work.pop() {
            let node = function.node(value);
            if node.op == Op::Parameter {
                let block = function.block_of[value.index()];
                let range = self.edges_start[block.index()] as usize
                    ..self.edges_start[block.index() + 1] as usize;
                for at in range {
                    let edge = &function.edges[self.edges_to[at] as usize];
                    let argument = function.lists[(edge.arguments.start + node.a) as usize];
                    use_of(&mut self.uses, &mut self.work, argument);
                }
            } else if node.op.row().effects & effect::KEPT == 0 {
                function
                    .for_each_operand(node, |value| use_of(&mut self.uses, &mut self.work, value));
            }
        }
    }

    /// Takes away the parameters that nobody uses, and what edges give to them.
    fn remove_parameters(&mut self, function: &mut Function) {
        for index in 0..function.blocks.len() {
            let parameters = function.blocks[index].parameters;
            let is_used = |function: &Function, number: u32| {
                let value = function.lists[(parameters.start + number) as usize];
                self.uses[value.index()] > 0
            };
            let used = (0..parameters.count)
                .filter(|&number| is_used(function, number))
                .count() as u32;
            if used == parameters.count {
                continue;
            }
            let block = BlockId(index as u32);
            for at in self.edges_start[index]..self.edges_start[index + 1] {
                let edge = self.edges_to[at as usize] as usize;
                let start = function.edges[edge].arguments.start;
                let mut kept = 0;
                for number in 0..parameters.count {
                    if is_used(function, number) {
                        function.lists[(start + kept) as usize] =
                            function.lists[(start + number) as usize];
                        kept += 1;
                    }
                }
                function.edges[edge].arguments.count = kept;
            }
            let mut kept = 0;
            for number in 0..parameters.count {
                let value = function.lists[(parameters.start + number) as usize];
                if self.uses[value.index()] > 0 {
                    function.lists[(parameters.start + kept) as usize] = value;
                    function.nodes[value.index()].a = kept;
                    kept += 1;
                }
            }
            function.blocks[block.index()].parameters = List {
                start: parameters.start,
                count: kept,
            };
        }
    }

    fn sort(&mut self, function: &Function) {
        let Order {
            nodes,
            starts,
            uses,
            ..
        } = self;
        let needed = &|| {
            (0..)
                .zip(&function.block_of)
                .filter(|&(number, _)| {
                    let index = number as usize;
                    uses[index] > 0 || function.nodes[index].op.row().effects & effect::KEPT != 0
                })
                .map(|(number, &block)| (number, block))
        };
        sort_by_block(nodes, starts, function.blocks.len(), needed);
    }
}

/// Counts a use, and remembers the value at its first one.
#[inline]
fn use_of(uses: &mut [u32], work: &mut Vec<Value>, value: Value) {
    let count = &mut uses[value.index()];
    if *count == 0 {
        work.push(value);
    }
    *count += 1;
}

/// Sorts numbers by their blocks, and finds where those of each block begin. The order within a block stays.
fn sort_by_block<I: Iterator<Item = (u32, BlockId)>>(
    sorted: &mut Vec<u32>,
    starts: &mut Vec<u32>,
    blocks: usize,
    items: &impl Fn() -> I,
) {
    starts.clear();
    starts.resize(blocks + 1, 0);
    for (_, block) in items() {
        starts[block.index() + 1] += 1;
    }
    for index in 1..starts.len() {
        starts[index] += starts[index - 1];
    }
    sorted.clear();
    sorted.resize(starts[blocks] as usize, 0);
    for (number, block) in items() {
        sorted[starts[block.index()] as usize] = number;
        starts[block.index()] += 1;
    }
    // Each start has moved to the next one's place.
    starts.rotate_right(1);
    starts[0] = 0;
}
