//! Validates constant expressions.
//!
//! Input: a range of the module's bytes. Output: an error if it is not a constant of the expected
//! type.
//! Holds: the operands are checked as in a body; this file says only which instructions are constant.

use alloc::format;

use super::func::read_row;
use super::stack::{Scratch, Validator};
use crate::decode::reader::Reader;
use crate::error::Error;
use crate::module::executable::NotExecutable;
use crate::module::operand::Operand;
use crate::module::{ConstExpr, Module};
use crate::wasm::features::{Feature, Features};
use crate::wasm::opcodes::Opcode;

/// Checks that `expression` gives a value of type `expected` and uses only globals below
/// `visible_globals`. What engines do not execute of it is returned.
pub(super) fn validate(
    module: &Module,
    expression: &ConstExpr,
    expected: Operand,
    visible_globals: u32,
    scratch: &mut Scratch,
) -> Result<Option<NotExecutable>, Error> {
    let range = expression.range.start as usize..expression.range.end as usize;
    let signature = module.type_table.single_result(expected);
    let mut validator = Validator::new(
        module,
        Reader::new(&module.bytes, range),
        signature,
        scratch,
    );
    while !validator.is_done {
        validator.offset = validator.reader.position();
        let row = read_row(&mut validator.reader, module.features)?;
        match row.opcode {
            Opcode::GlobalGet => check_global(&validator, visible_globals)?,
            opcode if is_constant(opcode, module.features) => {}
            opcode => {
                let message = format!(
                    "constant expression required: `{}` is not constant",
                    opcode.name()
                );
                return Err(validator.invalid(message));
            }
        }
        validator.operator(row)?;
    }
    validator.release();
    Ok(validator.not_executable)
}

fn is_constant(opcode: Opcode, features: Features) -> bool {
    use Opcode::*;
    match opcode {
        I32Const | I64Const | F32Const | F64Const | V128Const | RefNull | RefFunc | End => true,
        I32Add | I32Sub | I32Mul | I64Add | I64Sub | I64Mul => {
            features.contains(Feature::ExtendedConst)
        }
        StructNew | StructNewDefault | ArrayNew | ArrayNewDefault | ArrayNewFixed | RefI31
        | AnyConvertExtern | ExternConvertAny => true,
        _ => false,
    }
}

fn check_global(validator: &Validator<'_, '_>, visible_globals: u32) -> Result<(), Error> {
    let module = validator.module;
    let index = validator.reader.clone().read_u32()?;
    let global = module
        .globals
        .get(index as usize)
        .filter(|_| index < visible_globals);
    let Some(global) = global else {
        return Err(validator.invalid(format!(
            "unknown global {index}: it is not defined before this expression"
        )));
    };
    if global.ty.mutable {
        let message = format!("constant expression required: global {index} is mutable");
        return Err(validator.invalid(message));
    }
    if index >= module.imported_globals && !module.features.contains(Feature::Gc) {
        let message = format!(
            "unknown global {index}: without the feature gc, constant expressions can use imported globals only"
        );
        return Err(validator.invalid(message));
    }
    Ok(())
}
