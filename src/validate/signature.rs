//! The columns of the instruction table that validation needs, in a form that is quick to use.
//!
//! Input: the table of `wasm/opcodes.rs`. Output: [`Row`]s by opcode.

use crate::module::operand::Operand;
use crate::wasm::features::Features;
use crate::wasm::opcodes::{ALL, INFOS, Opcode, Shape};
use crate::wasm::types::ValType;

/// How an instruction is checked: those of the table's shapes, and the most frequent special ones.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    LocalGet,
    LocalSet,
    LocalTee,
    I32Const,
    I64Const,
    Block,
    Loop,
    End,
    Br,
    BrIf,
    Call,
    Unary,
    Binary,
    Ternary,
    Load,
    Store,
    LoadLane,
    StoreLane,
    ExtractLane,
    ReplaceLane,
    AtomicLoad,
    AtomicStore,
    AtomicReadModifyWrite,
    AtomicCompareExchange,
    Special,
}

/// What validation needs to know of an instruction.
#[derive(Copy, Clone)]
pub(super) struct Row {
    /// The feature that brings it; none in the rows of bytes that are not an opcode on their own.
    pub(super) feature_bit: u32,
    pub(super) opcode: Opcode,
    pub(super) kind: Kind,
    /// The greatest binary logarithm of an alignment, for accesses of memory.
    pub(super) align_log2: u8,
    /// Whether engines execute it.
    pub(super) is_executable: bool,
    /// How many lanes can be named.
    pub(super) lanes: u8,
    params: [u8; 3],
    value: u8,
}

impl Row {
    const EMPTY: Row = Row {
        feature_bit: 0,
        opcode: Opcode::Unreachable,
        kind: Kind::Special,
        align_log2: 0,
        is_executable: true,
        lanes: 0,
        params: [0; 3],
        value: 0,
    };

    /// The row of an instruction.
    #[inline]
    pub(super) fn of(opcode: Opcode) -> &'static Row {
        &ROWS[opcode as usize]
    }

    /// The row of the instruction of a single byte.
    #[inline(always)]
    pub(super) fn of_byte(byte: u8) -> &'static Row {
        &ROWS_BY_BYTE[byte as usize]
    }

    /// A parameter of an instruction whose operands the table fixes.
    #[inline(always)]
    pub(super) fn param(&self, position: usize) -> Operand {
        Operand::number(self.params[position])
    }

    /// The result, or for stores the value that is stored.
    #[inline(always)]
    pub(super) fn value(&self) -> Operand {
        Operand::number(self.value)
    }
}

static ROWS: [Row; INFOS.len()] = rows();

const fn rows() -> [Row; INFOS.len()] {
    let mut rows = [Row::EMPTY; INFOS.len()];
    let mut index = 0;
    while index < rows.len() {
        let opcode = ALL[index];
        let row = Row {
            opcode,
            feature_bit: Features::bit(INFOS[index].feature),
            is_executable: opcode.is_executable(),
            ..Row::EMPTY
        };
        rows[index] = with_shape(row, INFOS[index].shape);
        index += 1;
    }
    rows
}

static ROWS_BY_BYTE: [Row; 256] = {
    let rows = rows();
    let mut by_byte = [Row::EMPTY; 256];
    let mut index = 0;
    while index < rows.len() {
        if INFOS[index].prefix == 0 {
            by_byte[INFOS[index].code as usize] = rows[index];
        }
        index += 1;
    }
    by_byte
};

const fn with_shape(row: Row, shape: Shape) -> Row {
    const V128: ValType = ValType::V128;
    let (kind, width_bytes, lanes, value) = match shape {
        Shape::Special => {
            return Row {
                kind: special_kind(row.opcode),
                ..row
            };
        }
        Shape::Fixed { ref params, result } => {
            let params = params.as_slice();
            let kind = match params.len() {
                1 => Kind::Unary,
                2 => Kind::Binary,
                _ => Kind::Ternary,
            };
            let mut numbers = [0; 3];
            let mut position = 0;
            while position < params.len() {
                numbers[position] = Operand::plain(params[position]).as_number();
                position += 1;
            }
            return Row {
                kind,
                params: numbers,
                value: Operand::plain(result).as_number(),
                ..row
            };
        }
        Shape::Load {
            width_bytes,
            result,
        } => (Kind::Load, width_bytes, 0, result),
        Shape::Store { width_bytes, value } => (Kind::Store, width_bytes, 0, value),
        Shape::LoadLane { width_bytes } => (Kind::LoadLane, width_bytes, 16 / width_bytes, V128),
        Shape::StoreLane { width_bytes } => (Kind::StoreLane, width_bytes, 16 / width_bytes, V128),
        Shape::ExtractLane { lanes, result } => (Kind::ExtractLane, 1, lanes, result),
        Shape::ReplaceLane { lanes, value } => (Kind::ReplaceLane, 1, lanes, value),
        Shape::AtomicLoad { width_bytes, value } => (Kind::AtomicLoad, width_bytes, 0, value),
        Shape::AtomicStore { width_bytes, value } => (Kind::AtomicStore, width_bytes, 0, value),
        Shape::AtomicReadModifyWrite { width_bytes, value } => {
            (Kind::AtomicReadModifyWrite, width_bytes, 0, value)
        }
        Shape::AtomicCompareExchange { width_bytes, value } => {
            (Kind::AtomicCompareExchange, width_bytes, 0, value)
        }
    };
    let align_log2 = width_bytes.trailing_zeros() as u8;
    Row {
        kind,
        align_log2,
        lanes,
        value: Operand::plain(value).as_number(),
        ..row
    }
}

const fn special_kind(opcode: Opcode) -> Kind {
    match opcode {
        Opcode::LocalGet => Kind::LocalGet,
        Opcode::LocalSet => Kind::LocalSet,
        Opcode::LocalTee => Kind::LocalTee,
        Opcode::I32Const => Kind::I32Const,
        Opcode::I64Const => Kind::I64Const,
        Opcode::Block => Kind::Block,
        Opcode::Loop => Kind::Loop,
        Opcode::End => Kind::End,
        Opcode::Br => Kind::Br,
        Opcode::BrIf => Kind::BrIf,
        Opcode::Call => Kind::Call,
        _ => Kind::Special,
    }
}
