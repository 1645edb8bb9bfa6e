//! Sequences that most compiled code consists of, and that an interpreter may take for one instruction.
//!
//! Holds: an operand here is a local more often than not.

use wasm_encoder::{Instruction, ValType};

use super::body::{Body, encoded, menu};
use crate::operators::{Plain, operators};

/// What most operators of compiled code are.
const COMMON: &[&str] = &[
    "Add", "Sub", "Mul", "And", "Or", "Xor", "Shl", "ShrU", "ShrS",
];

/// What most loads are, of each type.
const COMMON_LOADS: &[&str] = &["Load", "Load8U", "Load16S"];

fn prefix(ty: ValType) -> &'static str {
    match ty {
        ValType::I32 => "I32",
        ValType::I64 => "I64",
        ValType::F32 => "F32",
        _ => "F64",
    }
}

fn find(ty: ValType, name: &str) -> Option<&'static Plain> {
    let name = format!("{}{name}", prefix(ty));
    operators().plain.iter().find(|plain| plain.name == name)
}

impl Body<'_> {
    fn common(&mut self, ty: ValType, names: &[&str]) -> &'static Plain {
        loop {
            let name = *self.random().pick(names);
            if let Some(plain) = find(ty, name) {
                return plain;
            }
        }
    }

    /// A common operator, with operands that are made by common instructions. The type is no vector.
    pub(super) fn arithmetic(&mut self, ty: ValType) {
        self.operand(ty);
        self.operand(ty);
        let operator = self.common(ty, COMMON);
        self.emit_plain(operator, 0);
    }

    /// A local, a constant, a load, or the result of an operator on locals.
    fn operand(&mut self, ty: ValType) {
        match self.random().below(8) {
            0 => self.constant(ty),
            1 => {
                let load = self.common(ty, COMMON_LOADS);
                let offset = self.address(1);
                self.emit_plain(load, offset);
            }
            2 | 3 => {
                self.local_or_constant(ty);
                self.local_or_constant(ty);
                let names: &[&str] = if self.random().is_one_in(2) {
                    &["Mul"]
                } else {
                    COMMON
                };
                let operator = self.common(ty, names);
                self.emit_plain(operator, 0);
            }
            _ => self.local_or_constant(ty),
        }
    }

    fn local_or_constant(&mut self, ty: ValType) {
        if self.random().is_one_in(6) && self.converted_local(ty) {
            return;
        }
        match self.local(ty, false) {
            Some(local) => self.emit(Instruction::LocalGet(local)),
            None => self.constant(ty),
        }
    }

    /// An integer that is a local of the other size, if there is one.
    fn converted_local(&mut self, ty: ValType) -> bool {
        let (other, conversion) = match ty {
            ValType::I32 => (ValType::I64, Instruction::I32WrapI64),
            ValType::I64 if self.random().is_one_in(3) => {
                (ValType::I32, Instruction::I64ExtendI32S)
            }
            ValType::I64 => (ValType::I32, Instruction::I64ExtendI32U),
            _ => return false,
        };
        let Some(local) = self.local(other, false) else {
            return false;
        };
        self.emit(Instruction::LocalGet(local));
        self.emit(conversion);
        true
    }

    /// A comparison of locals and constants, or its opposite.
    pub(super) fn comparison(&mut self) {
        if self.random().is_one_in(4) && self.comparison_of_counter() {
            return;
        }
        let comparison = *self.random().pick(&menu().comparisons);
        let ty = encoded(comparison.params[0]);
        self.operand(ty);
        self.operand(ty);
        self.compare(comparison);
    }

    /// Adds to a local and compares that, perhaps as a number of another size, if there is a local for it.
    fn comparison_of_counter(&mut self) -> bool {
        let ty = *self.random().pick(&[ValType::I32, ValType::I64]);
        let Some(counter) = self.local(ty, true) else {
            return false;
        };
        self.emit(Instruction::LocalGet(counter));
        self.constant(ty);
        self.emit(if ty == ValType::I32 {
            Instruction::I32Add
        } else {
            Instruction::I64Add
        });
        self.emit(Instruction::LocalSet(counter));
        let (compared, conversion) = match (ty, self.random().is_one_in(3)) {
            (ValType::I32, true) => (ValType::I64, Some(Instruction::I64ExtendI32U)),
            (ValType::I64, true) => (ValType::I32, Some(Instruction::I32WrapI64)),
            _ => (ty, None),
        };
        let is_left = self.random().is_one_in(2);
        if !is_left {
            self.local_or_constant(compared);
        }
        self.emit(Instruction::LocalGet(counter));
        self.code.extend(conversion);
        if is_left {
            self.local_or_constant(compared);
        }
        let comparisons = menu().comparisons.iter();
        let comparisons: Vec<_> = comparisons
            .filter(|comparison| encoded(comparison.params[0]) == compared)
            .collect();
        let comparison = **self.random().pick(&comparisons);
        self.compare(comparison);
        true
    }

    fn compare(&mut self, comparison: &Plain) {
        self.emit_plain(comparison, 0);
        if self.random().is_one_in(4) {
            self.emit(Instruction::I32Eqz);
        }
    }
}
