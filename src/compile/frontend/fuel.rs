//! Fuel and interruptions.
//!
//! Holds: fuel is charged as by register code, see `interp/translate`: each operator that does something is a unit; the
//! units of a segment, which is executed as a whole, are charged where its first such operator stands.

use super::Builder;
use crate::compile::ir::ops::Op;
use crate::compile::ir::{Type, Value};
use crate::wasm::opcodes::Opcode;

/// Whether a segment ends with an operator: whether the next one is executed may depend on it.
pub(super) fn ends_segment(opcode: Opcode) -> bool {
    matches!(
        opcode,
        Opcode::Unreachable
            | Opcode::Loop
            | Opcode::If
            | Opcode::Else
            | Opcode::End
            | Opcode::Br
            | Opcode::BrIf
            | Opcode::BrTable
            | Opcode::Return
            | Opcode::ReturnCall
    )
}

impl Builder<'_> {
    /// Charges a unit of fuel for an operator that does something.
    pub(super) fn charge(&mut self, opcode: Opcode) {
        if matches!(
            opcode,
            Opcode::Nop | Opcode::Block | Opcode::Loop | Opcode::Else | Opcode::End
        ) {
            return;
        }
        if self.charge == Value::NONE {
            self.charge = self.add(Op::ChargeFuel, Type::None, [0, 0, 0]);
        }
        self.function.nodes[self.charge.index()].a += 1;
    }

    /// Charges fuel for the length of an operation, its topmost operand: a unit for 64 bytes.
    pub(super) fn charge_length(&mut self, opcode: Opcode) {
        let unit_log2 = match opcode {
            Opcode::MemoryFill | Opcode::MemoryCopy | Opcode::MemoryInit => 6,
            Opcode::TableFill | Opcode::TableCopy | Opcode::TableInit => 3,
            _ => return,
        };
        if !self.options.consume_fuel {
            return;
        }
        let mut length = self.top();
        if self.function.ty(length) == Type::I32 {
            length = self.simplified(Op::I64ExtendI32U, [length.0, 0, 0]);
        }
        let shift = self.constant(Type::I64, unit_log2);
        let units = self.simplified(Op::I64ShrU, [length.0, shift.0, 0]);
        self.add(Op::ChargeFuelBy, Type::None, [units.0, 0, 0]);
    }

    /// Looks for an interruption here, if that is wanted.
    pub(super) fn poll(&mut self) {
        if self.options.interruptable {
            self.add(Op::Poll, Type::None, [0, 0, 0]);
        }
    }
}
