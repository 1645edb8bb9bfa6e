//! Globals and `select`.

use super::control::GLOBAL_GROUPS;
use super::{Builder, hash};
use crate::compile::ir::ops::Op;
use crate::compile::ir::{Node, Type};
use crate::decode::limits;
use crate::decode::types::read_val_type;
use crate::error::Error;
use crate::wasm::opcodes::Opcode;

impl Builder<'_> {
    pub(super) fn global_get(&mut self) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        let node = self.global_node(index);
        let nodes = &self.function.nodes;
        let found = self.work.numbering.find(hash(&node), |value| {
            let known = nodes[value.index()];
            known == node || sets(&known, &node)
        });
        let value = match found {
            Ok(value) if nodes[value.index()].op == Op::GlobalSet => {
                super::Value(nodes[value.index()].a)
            }
            Ok(value) => value,
            Err(slot) => {
                let value = self.add_node(node);
                self.work.numbering.enter(slot, value);
                value
            }
        };
        self.push(value);
        Ok(())
    }

    /// What gives the value that a global has here.
    fn global_node(&self, index: u32) -> Node {
        let ty = self.module.globals[index as usize].ty;
        Node {
            op: Op::GlobalGet,
            ty: Type::of(ty.content),
            lane: 0,
            a: index,
            b: if ty.mutable {
                self.state.globals[self.group(index)]
            } else {
                0
            },
            c: 0,
        }
    }

    /// The group of a global: one of those that are imported can be another one of them, and no other.
    fn group(&self, index: u32) -> usize {
        let own = index.checked_sub(self.module.imported_globals);
        own.map_or(0, |own| 1 + own as usize % (GLOBAL_GROUPS - 1))
    }

    pub(super) fn global_set(&mut self) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        let value = self.pop();
        self.states += 1;
        self.state.globals[self.group(index)] = self.states;
        let set = self.add(Op::GlobalSet, Type::None, [value.0, index, self.states]);
        let node = self.global_node(index);
        if let Err(slot) = self.work.numbering.find(hash(&node), |_| false) {
            self.work.numbering.enter(slot, set);
        }
        Ok(())
    }

    pub(super) fn select(&mut self, opcode: Opcode) -> Result<(), Error> {
        if opcode == Opcode::SelectTyped {
            let count = self
                .reader
                .read_count("types of select", limits::BODY_BYTES)?;
            for _ in 0..count {
                read_val_type(&mut self.reader, self.module)?;
            }
        }
        let (condition, second, first) = (self.pop(), self.pop(), self.pop());
        let value = self.simplified_select(first, second, condition);
        self.push(value);
        Ok(())
    }
}

/// Whether `known` sets a global to the value that `get` finds.
fn sets(known: &Node, get: &Node) -> bool {
    known.op == Op::GlobalSet && known.b == get.a && known.c == get.b
}
