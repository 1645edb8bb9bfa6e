//! Comparisons, and what they are with their operands swapped or their result negated.

use crate::wasm::opcodes::Opcode;

macro_rules! integer_comparisons {
    ($($eq:ident $ne:ident $lt_s:ident $lt_u:ident $gt_s:ident $gt_u:ident
        $le_s:ident $le_u:ident $ge_s:ident $ge_u:ident;)*) => {
        /// The comparison that holds exactly if `opcode` does not; integers only, since with a
        /// not-a-number neither an order nor its opposite holds.
        pub(super) fn negated(opcode: Opcode) -> Option<Opcode> {
            Some(match opcode {
                $(
                    Opcode::$eq => Opcode::$ne,
                    Opcode::$ne => Opcode::$eq,
                    Opcode::$lt_s => Opcode::$ge_s,
                    Opcode::$lt_u => Opcode::$ge_u,
                    Opcode::$gt_s => Opcode::$le_s,
                    Opcode::$gt_u => Opcode::$le_u,
                    Opcode::$le_s => Opcode::$gt_s,
                    Opcode::$le_u => Opcode::$gt_u,
                    Opcode::$ge_s => Opcode::$lt_s,
                    Opcode::$ge_u => Opcode::$lt_u,
                )*
                _ => return None,
            })
        }

        fn swapped_integers(opcode: Opcode) -> Option<Opcode> {
            Some(match opcode {
                $(
                    Opcode::$eq => Opcode::$eq,
                    Opcode::$ne => Opcode::$ne,
                    Opcode::$lt_s => Opcode::$gt_s,
                    Opcode::$lt_u => Opcode::$gt_u,
                    Opcode::$gt_s => Opcode::$lt_s,
                    Opcode::$gt_u => Opcode::$lt_u,
                    Opcode::$le_s => Opcode::$ge_s,
                    Opcode::$le_u => Opcode::$ge_u,
                    Opcode::$ge_s => Opcode::$le_s,
                    Opcode::$ge_u => Opcode::$le_u,
                )*
                _ => return None,
            })
        }
    };
}

integer_comparisons! {
    I32Eq I32Ne I32LtS I32LtU I32GtS I32GtU I32LeS I32LeU I32GeS I32GeU;
    I64Eq I64Ne I64LtS I64LtU I64GtS I64GtU I64LeS I64LeU I64GeS I64GeU;
}

/// The comparison that gives the same with the operands swapped.
pub(super) fn swapped(opcode: Opcode) -> Option<Opcode> {
    Some(match opcode {
        Opcode::F32Eq | Opcode::F32Ne | Opcode::F64Eq | Opcode::F64Ne => opcode,
        Opcode::F32Lt => Opcode::F32Gt,
        Opcode::F32Gt => Opcode::F32Lt,
        Opcode::F32Le => Opcode::F32Ge,
        Opcode::F32Ge => Opcode::F32Le,
        Opcode::F64Lt => Opcode::F64Gt,
        Opcode::F64Gt => Opcode::F64Lt,
        Opcode::F64Le => Opcode::F64Ge,
        Opcode::F64Ge => Opcode::F64Le,
        _ => return swapped_integers(opcode),
    })
}

/// Whether the operands of an operator that is no comparison can be swapped. Floating-point operators
/// are left as they are: which of two not-a-numbers a result comes from is for the machine to say.
pub(super) fn is_commutative(opcode: Opcode) -> bool {
    matches!(
        opcode,
        Opcode::I32Add
            | Opcode::I32Mul
            | Opcode::I32And
            | Opcode::I32Or
            | Opcode::I32Xor
            | Opcode::I64Add
            | Opcode::I64Mul
            | Opcode::I64And
            | Opcode::I64Or
            | Opcode::I64Xor
    )
}
