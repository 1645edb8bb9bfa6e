//! Validates blocks, branches, calls and exceptions.
//!
//! Input: instructions of a body. Output: as in `func.rs`.

use alloc::format;

use super::stack::{FrameKind, Validator};
use crate::decode::operators::{LabelTable, read_cast_branch, read_catch, read_catch_count};
use crate::decode::types::{BlockType, read_block_type};
use crate::error::Error;
use crate::module::facts::effect;
use crate::module::operand::{Operand, Signature};
use crate::wasm::features::Feature;
use crate::wasm::opcodes::Opcode;
use crate::wasm::types::{HeapType, RefType, ValType};

const FUNCREF: Operand = Operand::plain(ValType::Ref(RefType::FUNCREF));
const EXNREF: Operand = Operand::plain(ValType::Ref(RefType::EXNREF));

impl Validator<'_, '_> {
    #[inline]
    fn block_signature(&mut self) -> Result<Signature, Error> {
        match read_block_type(&mut self.reader, self.module)? {
            BlockType::Empty => Ok(Signature::default()),
            BlockType::Value(ty) => Ok(self.types.single_result(self.types.operand(ty))),
            BlockType::Type(index) => self.function_signature(index),
        }
    }

    /// The signature of the function type with an index.
    fn function_signature(&self, type_index: u32) -> Result<Signature, Error> {
        self.types.function(type_index).ok_or_else(|| {
            self.invalid(format!(
                "unknown type {type_index}: a function type is expected, and it is none"
            ))
        })
    }

    pub(super) fn block(&mut self, kind: FrameKind) -> Result<(), Error> {
        let signature = self.block_signature()?;
        if kind == FrameKind::If {
            self.pop(Operand::I32)?;
        }
        if signature.param_count() > 0 {
            self.pop_all(self.types.params(signature))?;
        }
        self.push_frame(kind, signature)
    }

    pub(super) fn else_(&mut self) -> Result<(), Error> {
        if self.frame.kind != FrameKind::If {
            return Err(Error::malformed(
                self.offset,
                "unexpected `else`: no `if` is open here",
            ));
        }
        self.pop_all(self.types.results(self.frame.signature))?;
        self.check_empty()?;
        self.unset_locals();
        self.frame.kind = FrameKind::Else;
        self.frame.unreachable = false;
        self.push_all(self.types.params(self.frame.signature))
    }

    pub(super) fn end(&mut self) -> Result<(), Error> {
        let signature = self.frame.signature;
        if signature.result_count() > 0 {
            self.pop_all(self.types.results(signature))?;
        }
        self.check_empty()?;
        if self.frame.kind == FrameKind::If {
            self.check_missing_else(signature)?;
        }
        self.pop_frame()
    }

    /// Without an `else` the parameters are the results.
    fn check_missing_else(&self, signature: Signature) -> Result<(), Error> {
        let (params, results) = (self.types.params(signature), self.types.results(signature));
        let matches = params.len() == results.len()
            && params
                .iter()
                .zip(results)
                .all(|(&param, &result)| self.types.matches(param, result));
        if matches {
            return Ok(());
        }
        Err(self.invalid(
            "type mismatch: an `if` without `else` has results that are not its parameters",
        ))
    }

    pub(super) fn br(&mut self) -> Result<(), Error> {
        let label = self.reader.read_u32()?;
        let signature = self.label_signature(label)?;
        if signature.result_count() > 0 {
            self.pop_all(self.types.results(signature))?;
        }
        self.set_unreachable();
        Ok(())
    }

    pub(super) fn br_if(&mut self) -> Result<(), Error> {
        let label = self.reader.read_u32()?;
        let signature = self.label_signature(label)?;
        self.pop(Operand::I32)?;
        self.pass(signature)
    }

    /// Pops the results of `signature` and pushes them again with exactly these types.
    #[inline]
    fn pass(&mut self, signature: Signature) -> Result<(), Error> {
        if signature.result_count() == 0 {
            return Ok(());
        }
        let results = self.types.results(signature);
        self.pop_all(results)?;
        self.push_all(results)
    }

    pub(super) fn br_table(&mut self) -> Result<(), Error> {
        self.pop(Operand::I32)?;
        let mut reader = self.reader.clone();
        let mut labels = LabelTable::read(&mut reader)?;
        let mut arity = None;
        // Labels often repeat, and checking one again could not fail.
        let mut last = None;
        while let Some(label) = labels.next_label()? {
            if last == Some(label) {
                continue;
            }
            last = Some(label);
            let signature = self.label_signature(label)?;
            let count = signature.result_count();
            if *arity.get_or_insert(count) != count {
                let message =
                    "type mismatch: the labels of a `br_table` carry different numbers of values";
                return Err(self.invalid(message));
            }
            self.check_top(self.types.results(signature))?;
        }
        self.reader = reader;
        self.set_unreachable();
        Ok(())
    }

    pub(super) fn return_(&mut self) -> Result<(), Error> {
        self.pop_all(self.types.results(self.body_signature()))?;
        self.set_unreachable();
        Ok(())
    }

    /// The signature of the function.
    fn body_signature(&self) -> Signature {
        self.scratch.frames.first().unwrap_or(&self.frame).signature
    }

    pub(super) fn call(&mut self, is_tail: bool) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        let Some(&type_index) = self.module.functions.get(index as usize) else {
            return Err(self.invalid(format!("unknown function {index}")));
        };
        let signature = self.function_signature(type_index)?;
        if is_tail && index < self.module.imported_functions {
            self.note_not_executable(Opcode::ReturnCall);
        }
        self.scratch.callees.push(index);
        self.call_signature(signature, is_tail)
    }

    #[inline]
    fn call_signature(&mut self, signature: Signature, is_tail: bool) -> Result<(), Error> {
        self.effects |= effect::CALL;
        self.pop_all(self.types.params(signature))?;
        if is_tail {
            return self.tail_call_results(signature);
        }
        self.push_all(self.types.results(signature))
    }

    fn tail_call_results(&mut self, signature: Signature) -> Result<(), Error> {
        let (found, expected) = (
            self.types.results(signature),
            self.types.results(self.body_signature()),
        );
        let matches = found.len() == expected.len()
            && found
                .iter()
                .zip(expected)
                .all(|(&found, &expected)| self.types.matches(found, expected));
        if !matches {
            let message = format!(
                "type mismatch: a tail call has to give the function's results {expected:?}, and gives {found:?}"
            );
            return Err(self.invalid(message));
        }
        self.set_unreachable();
        Ok(())
    }

    pub(super) fn call_indirect(&mut self, is_tail: bool) -> Result<(), Error> {
        let type_index = self.reader.read_u32()?;
        let table_index = self.read_table_index_of_call()?;
        let Some(table) = self.module.tables.get(table_index as usize) else {
            return Err(self.invalid(format!("unknown table {table_index}")));
        };
        let element = self.types.operand(ValType::Ref(table.ty.element));
        if !self.types.matches(element, FUNCREF) {
            let message = format!(
                "type mismatch: table {table_index} holds {element}, which cannot be called"
            );
            return Err(self.invalid(message));
        }
        let signature = self.function_signature(type_index)?;
        self.pop(self.types.operand(table.ty.address_type()))?;
        self.call_signature(signature, is_tail)
    }

    /// In WebAssembly 1.0 a zero byte stands where later a table index stands.
    fn read_table_index_of_call(&mut self) -> Result<u32, Error> {
        let start = self.reader.position();
        if self.module.features.contains(Feature::ReferenceTypes) {
            return self.reader.read_u32();
        }
        match self.reader.read_u8()? {
            0 => Ok(0),
            _ => Err(Error::malformed(
                start,
                "zero byte expected: several tables need the feature reference-types",
            )),
        }
    }

    pub(super) fn call_ref(&mut self, is_tail: bool) -> Result<(), Error> {
        let type_index = self.reader.read_u32()?;
        let signature = self.function_signature(type_index)?;
        self.pop(self.types.reference(true, type_index))?;
        self.call_signature(signature, is_tail)
    }

    pub(super) fn br_on_null(&mut self) -> Result<(), Error> {
        let label = self.reader.read_u32()?;
        let signature = self.label_signature(label)?;
        let reference = self.pop_ref()?;
        self.pass(signature)?;
        self.push(reference.non_null());
        Ok(())
    }

    pub(super) fn br_on_non_null(&mut self) -> Result<(), Error> {
        let label = self.reader.read_u32()?;
        let signature = self.label_signature(label)?;
        let reference = self.pop_ref()?;
        self.check_carried(signature, reference.non_null())?;
        self.pass(signature.without_last_result())
    }

    /// Checks that the last value that a branch carries is a reference that `carried` matches.
    fn check_carried(&self, signature: Signature, carried: Operand) -> Result<(), Error> {
        match self.types.results(signature).last() {
            Some(&last) if !last.is_ref() => Err(self.mismatch(last, Some(carried))),
            Some(&last) if self.types.matches(carried, last) => Ok(()),
            Some(&last) => Err(self.mismatch(last, Some(carried))),
            None => Err(self.invalid(
                "type mismatch: the label takes no value, and the branch carries a reference",
            )),
        }
    }

    pub(super) fn br_on_cast(&mut self, on_failure: bool) -> Result<(), Error> {
        let cast = read_cast_branch(&mut self.reader, self.module)?;
        let signature = self.label_signature(cast.label)?;
        let from = self.types.operand(ValType::Ref(cast.from));
        let to = self.types.operand(ValType::Ref(cast.to));
        if !self.types.matches(to, from) {
            return Err(self.invalid(format!("type mismatch: {to} is not a subtype of {from}")));
        }
        // A null that the target takes is not left for the other side.
        let rest = if cast.to.nullable {
            from.non_null()
        } else {
            from
        };
        let (carried, left) = if on_failure { (rest, to) } else { (to, rest) };
        self.check_carried(signature, carried)?;
        self.pop(from)?;
        self.pass(signature.without_last_result())?;
        self.push(left);
        Ok(())
    }

    pub(super) fn throw(&mut self) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        let signature = self.tag_signature(index)?;
        self.pop_all(self.types.params(signature))?;
        self.set_unreachable();
        Ok(())
    }

    pub(super) fn throw_ref(&mut self) -> Result<(), Error> {
        self.pop(EXNREF)?;
        self.set_unreachable();
        Ok(())
    }

    fn tag_signature(&self, tag_index: u32) -> Result<Signature, Error> {
        match self.module.tags.get(tag_index as usize) {
            Some(&type_index) => self.function_signature(type_index),
            None => Err(self.invalid(format!("unknown tag {tag_index}"))),
        }
    }

    pub(super) fn try_table(&mut self) -> Result<(), Error> {
        let signature = self.block_signature()?;
        self.pop_all(self.types.params(signature))?;
        for _ in 0..read_catch_count(&mut self.reader)? {
            self.catch()?;
        }
        self.push_frame(FrameKind::TryTable, signature)
    }

    fn catch(&mut self) -> Result<(), Error> {
        const EXN: Operand = Operand::plain(ValType::Ref(RefType {
            nullable: false,
            heap: HeapType::Exn,
        }));
        let catch = read_catch(&mut self.reader)?;
        let values = match catch.tag {
            Some(tag) => self.tag_signature(tag)?.params_as_results(),
            None => Signature::default(),
        };
        let label = self.label_signature(catch.label)?;
        let carried = self
            .types
            .results(values)
            .iter()
            .copied()
            .chain(catch.with_reference.then_some(EXN));
        let expected = self.types.results(label);
        let count = values.result_count() + usize::from(catch.with_reference);
        let matches = expected.len() == count
            && carried
                .zip(expected)
                .all(|(carried, &expected)| self.types.matches(carried, expected));
        if matches {
            return Ok(());
        }
        let message = format!(
            "type mismatch: a catch clause carries {count} values that its label does not take: it takes {expected:?}"
        );
        Err(self.invalid(message))
    }
}
