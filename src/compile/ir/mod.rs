//! The intermediate representation: a function in static single assignment form.
//!
//! Input: nodes as the front end adds them. Output: [`Function`]. Holds: a value is the number of the node that makes
//! it; its operands have smaller numbers, but for the arguments of edges that go back to a loop's header. Blocks are
//! in reverse postorder, and those of a loop stand together. An `i32` is zero-extended, a reference is an `i64`.

pub(crate) mod ops;
pub(crate) mod print;
// Builds with assertions check what passes leave.
#[cfg(debug_assertions)]
pub(crate) mod verify;

use alloc::vec::Vec;
use core::ops::Range;

use self::ops::{Op, effect};
use crate::compile::object::InlineSite;
use crate::wasm::trap::Trap;
use crate::wasm::types::ValType;

/// The type of a value.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(crate) enum Type {
    /// No value.
    None,
    /// An integer of 32 bits.
    I32,
    /// An integer of 64 bits, or a reference.
    I64,
    /// A floating-point number of 32 bits.
    F32,
    /// A floating-point number of 64 bits.
    F64,
    /// A vector of 128 bits.
    V128,
}

impl Type {
    /// The bytes that it takes in the interpreter's frame.
    pub(crate) fn frame_bytes(self) -> u32 {
        match self {
            Type::V128 => 16,
            _ => 8,
        }
    }

    /// The type that holds values of a type of the module.
    #[inline]
    pub(crate) const fn of(ty: ValType) -> Type {
        match ty {
            ValType::I32 => Type::I32,
            ValType::I64 | ValType::Ref(_) => Type::I64,
            ValType::F32 => Type::F32,
            ValType::F64 => Type::F64,
            ValType::V128 => Type::V128,
        }
    }
}

/// A value: the number of the node that makes it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Value(pub(crate) u32);

impl Value {
    /// Where there is no value.
    pub(crate) const NONE: Value = Value(u32::MAX);

    #[inline]
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A block's number.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct BlockId(pub(crate) u32);

impl BlockId {
    /// Where there is no block.
    pub(crate) const NONE: BlockId = BlockId(u32::MAX);

    #[inline]
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A run of entries in [`Function::lists`].
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct List {
    /// The first one.
    pub(crate) start: u32,
    /// How many.
    pub(crate) count: u32,
}

impl List {
    #[inline]
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..(self.start + self.count) as usize
    }
}

/// An operation with its operands. What the fields are is said in the table of operations; those of instructions are
/// the operands in their order. A load or store has behind them the number of its [`Access`], and where an instruction
/// has a lane, it is `lane`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(C)]
pub(crate) struct Node {
    pub(crate) op: Op,
    pub(crate) ty: Type,
    pub(crate) lane: u8,
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) c: u32,
}

/// Where a load or store goes.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Access {
    /// The address of the memory's first byte, a [`Op::MemoryBase`].
    pub(crate) base: Value,
    /// What is added to the address operand, which is zero-extended.
    pub(crate) offset: u32,
    /// The memory.
    pub(crate) memory: u32,
    /// Which state of the memory it finds: loads of one place in one state give one value.
    pub(crate) state: u32,
}

/// An indirect call.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct IndirectCall {
    /// The index in the table; or the reference itself.
    pub(crate) callee: Value,
    /// The table; none for `call_ref`.
    pub(crate) table: Option<u32>,
    /// The index of the function type.
    pub(crate) ty: u32,
    /// Whether all functions in the table are known to have exactly this type.
    pub(crate) is_typed: bool,
    /// Whether the callee can be null.
    pub(crate) can_be_null: bool,
    /// How many elements the table is known to have.
    pub(crate) elements: Option<u32>,
    /// Whether the table never changes and has no functions but those of the module, so that their code is known.
    pub(crate) is_direct: bool,
}

impl IndirectCall {
    /// A call of which nothing is known.
    pub(crate) fn by_reference(callee: Value, ty: u32) -> IndirectCall {
        IndirectCall {
            callee,
            table: None,
            ty,
            is_typed: false,
            can_be_null: true,
            elements: None,
            is_direct: false,
        }
    }
}

/// What is called in the runtime for an instruction, with the instruction's indices in the order of its bytes and then
/// its operands, if nothing else is said. The number is that in the table of the runtime.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum RuntimeFunction {
    MemoryGrow,
    MemoryCopy,
    MemoryFill,
    MemoryInit,
    DataDrop,
    TableGrow,
    TableCopy,
    TableFill,
    TableInit,
    ElementDrop,
    /// Whether the type with the first identity is a subtype of that with the second one.
    IsSubtype,
}

impl RuntimeFunction {
    /// Its name in the text of a function.
    pub(crate) const ALL: [(RuntimeFunction, &'static str); 11] = [
        (RuntimeFunction::MemoryGrow, "memory.grow"),
        (RuntimeFunction::MemoryCopy, "memory.copy"),
        (RuntimeFunction::MemoryFill, "memory.fill"),
        (RuntimeFunction::MemoryInit, "memory.init"),
        (RuntimeFunction::DataDrop, "data.drop"),
        (RuntimeFunction::TableGrow, "table.grow"),
        (RuntimeFunction::TableCopy, "table.copy"),
        (RuntimeFunction::TableFill, "table.fill"),
        (RuntimeFunction::TableInit, "table.init"),
        (RuntimeFunction::ElementDrop, "elem.drop"),
        (RuntimeFunction::IsSubtype, "is_subtype"),
    ];
}

/// How a block ends.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Terminator {
    /// It is not finished.
    Open,
    /// It goes on with its only edge.
    Jump,
    /// It goes on with its first edge if the 32-bit value is not zero, and otherwise with its second.
    Branch(Value),
    /// It goes on with the edge whose number, among those of the block, stands at the 32-bit value in this run of
    /// [`Function::tables`], or as the last one of the run if there are not so many.
    Switch(Value, List),
    /// It returns these values.
    Return(List),
    /// It traps.
    Trap(Trap),
    /// It calls a function in place of this one: `return_call`, with these values.
    TailCall(u32, List),
}

/// A block.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Block {
    /// Its parameters.
    pub(crate) parameters: List,
    /// How it ends.
    pub(crate) terminator: Terminator,
    /// Where in the module's bytes that stands.
    pub(crate) position: u32,
    /// The edges that leave it, in [`Function::edges`].
    pub(crate) first_edge: u32,
    /// How many they are.
    pub(crate) edge_count: u32,
    /// In how many loops it is.
    pub(crate) loop_depth: u16,
    /// The block behind the last one of the loop that it is the header of; 0 if it is none.
    pub(crate) loop_end: u32,
}

/// An edge from a block to another.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Edge {
    /// Where it goes.
    pub(crate) to: BlockId,
    /// The values of the parameters there.
    pub(crate) arguments: List,
}

/// In a position: it is the number of one in an inlined body. Modules are shorter.
pub(crate) const INLINED: u32 = 1 << 30;

/// A function.
#[derive(Default)]
pub(crate) struct Function {
    /// The nodes.
    pub(crate) nodes: Vec<Node>,
    /// In which block each node is.
    pub(crate) block_of: Vec<BlockId>,
    /// Where in the module's bytes each node comes from, or [`INLINED`] with a number in `inlined`.
    pub(crate) positions: Vec<u32>,
    /// Where in the module's bytes inlined operators come from, and the number of the site.
    pub(crate) inlined: Vec<(u32, u32)>,
    /// The calls that were inlined.
    pub(crate) sites: Vec<InlineSite>,
    /// The blocks; execution begins with the first.
    pub(crate) blocks: Vec<Block>,
    /// The edges, those of a block together.
    pub(crate) edges: Vec<Edge>,
    /// Values that blocks, edges and nodes refer to in runs.
    pub(crate) lists: Vec<Value>,
    /// The numbers of edges that switches choose from.
    pub(crate) tables: Vec<u32>,
    /// Where loads and stores go.
    pub(crate) accesses: Vec<Access>,
    /// The indirect calls.
    pub(crate) indirect_calls: Vec<IndirectCall>,
    /// Constant vectors.
    pub(crate) vectors: Vec<[u8; 16]>,
}

impl Function {
    /// Forgets everything and keeps the memory.
    pub(crate) fn clear(&mut self) {
        let Function {
            nodes,
            block_of,
            positions,
            inlined,
            sites,
            blocks,
            edges,
            lists,
            tables,
            accesses,
            indirect_calls,
            vectors,
        } = self;
        nodes.clear();
        block_of.clear();
        positions.clear();
        inlined.clear();
        sites.clear();
        blocks.clear();
        edges.clear();
        lists.clear();
        tables.clear();
        accesses.clear();
        indirect_calls.clear();
        vectors.clear();
    }

    /// A position in the module's bytes in a body that is inlined at a site.
    pub(crate) fn inlined_position(&mut self, position: u32, site: u32) -> u32 {
        self.inlined.push((position, site));
        INLINED | (self.inlined.len() as u32 - 1)
    }

    /// Where in the module's bytes a position of a node is.
    pub(crate) fn raw_position(&self, position: u32) -> u32 {
        self.place(position).0
    }

    /// Where in the module's bytes a position of a node is, and at which site if it is inlined.
    pub(crate) fn place(&self, position: u32) -> (u32, Option<u32>) {
        if position & INLINED == 0 {
            return (position, None);
        }
        let (position, site) = self.inlined[(position & !INLINED) as usize];
        (position, Some(site))
    }

    /// Where in the module's bytes a position of a node is, or the call in the function itself by which an inlined
    /// body is reached.
    pub(crate) fn outermost_position(&self, position: u32) -> u32 {
        let (mut position, mut site) = self.place(position);
        while let Some(InlineSite {
            position: call,
            parent,
            ..
        }) = site.and_then(|site| self.sites.get(site as usize))
        {
            (position, site) = (*call, Some(*parent));
        }
        position
    }

    /// Adds a site, and gives its number.
    pub(crate) fn add_site(&mut self, site: InlineSite) -> u32 {
        self.sites.push(site);
        self.sites.len() as u32 - 1
    }

    /// The node that makes a value.
    #[inline]
    pub(crate) fn node(&self, value: Value) -> &Node {
        &self.nodes[value.index()]
    }

    /// The type of a value.
    #[inline]
    pub(crate) fn ty(&self, value: Value) -> Type {
        self.nodes[value.index()].ty
    }

    /// The values of a list.
    #[inline]
    pub(crate) fn list(&self, list: List) -> &[Value] {
        &self.lists[list.range()]
    }

    /// The edges that leave a block.
    #[inline]
    pub(crate) fn edges_of(&self, block: BlockId) -> &[Edge] {
        let block = &self.blocks[block.index()];
        &self.edges[block.first_edge as usize..(block.first_edge + block.edge_count) as usize]
    }

    /// The bits of a constant of at most 64 bits.
    #[inline]
    pub(crate) fn constant(&self, value: Value) -> Option<u64> {
        let node = self.node(value);
        (node.op == Op::Constant).then_some(u64::from(node.a) | u64::from(node.b) << 32)
    }

    /// Adds a list.
    pub(crate) fn add_list(&mut self, values: &[Value]) -> List {
        let start = self.lists.len() as u32;
        self.lists.extend_from_slice(values);
        List {
            start,
            count: values.len() as u32,
        }
    }

    /// Calls `visit` with each value that a node uses.
    #[inline]
    pub(crate) fn for_each_operand(&self, node: &Node, mut visit: impl FnMut(Value)) {
        let values = node.op.row().values;
        if values > 0 {
            visit(Value(node.a));
        }
        if values > 1 {
            visit(Value(node.b));
        }
        if values > 2 {
            visit(Value(node.c));
        }
        if let Some(access) = self.access(node) {
            visit(access.base);
        }
        match node.op {
            Op::Call | Op::CallIndirect | Op::CallRuntime => {
                if node.op == Op::CallIndirect {
                    visit(self.indirect_calls[node.a as usize].callee);
                }
                self.call_arguments(node).iter().copied().for_each(visit);
            }
            _ => {}
        }
    }

    /// Where a load or store goes.
    #[inline]
    pub(crate) fn access(&self, node: &Node) -> Option<&Access> {
        let row = node.op.row();
        let is_access =
            row.effects & effect::TRAP != 0 && row.effects & (effect::READ | effect::WRITE) != 0;
        let is_other = matches!(
            node.op,
            Op::TableGet | Op::TableSet | Op::CopyBytes | Op::FillBytes
        );
        if !is_access || is_other {
            return None;
        }
        let number = if row.values == 1 { node.b } else { node.c };
        Some(&self.accesses[number as usize])
    }

    /// The values that a call passes.
    #[inline]
    pub(crate) fn call_arguments(&self, node: &Node) -> &[Value] {
        &self.lists[node.b as usize..(node.b + node.c) as usize]
    }
}
