//! Validates a body, instruction by instruction.
//!
//! Input: a body's bytes. Output: [`FuncFacts`], or what is wrong with it.
//! Holds: one pass; what the instruction table knows of an instruction is not repeated here.

use alloc::format;

use super::signature::{Kind, Row};
use super::stack::{Frame, FrameKind, Scratch, Validator};
use crate::decode::limits;
use crate::decode::locals::LocalRuns;
use crate::decode::operators::{read_opcode, skip_immediates};
use crate::decode::reader::Reader;
use crate::decode::types::{disabled, read_heap_type, read_val_type};
use crate::error::{Error, ErrorKind};
use crate::module::Module;
use crate::module::facts::{Findings, FuncFacts, effect};
use crate::module::operand::{Operand, Signature};
use crate::wasm::features::Features;
use crate::wasm::opcodes::Opcode;
use crate::wasm::types::{RefType, ValType};

/// Validates the body of the function that is the `defined_index`th of those not imported.
pub(super) fn validate(
    module: &Module,
    defined_index: u32,
    scratch: &mut Scratch,
) -> Result<FuncFacts, Error> {
    let range = &module.bodies[defined_index as usize].range;
    let reader = Reader::new(&module.bytes, range.start as usize..range.end as usize);
    let type_index = module.functions[(module.imported_functions + defined_index) as usize];
    let Some(signature) = module.type_table.function(type_index) else {
        return Err(Error::invalid(
            reader.position(),
            format!("unknown function type {type_index}"),
        ));
    };
    let mut validator = Validator::new(module, reader, signature, scratch);
    validator.locals(type_index)?;
    let operators = validator.reader.clone();
    if let Err(error) = validator.operators() {
        return Err(malformed_first(error, operators.clone(), module));
    }
    Ok(validator.facts())
}

/// A body that is malformed is not even invalid, so what is malformed behind the first invalid
/// instruction goes first.
#[cold]
fn malformed_first(error: Error, mut reader: Reader<'_>, module: &Module) -> Error {
    if error.kind() != ErrorKind::Invalid {
        return error;
    }
    let mut depth = 1u32;
    while depth > 0 {
        let opcode = match read_row(&mut reader, module.features) {
            Ok(row) => row.opcode,
            Err(malformed) => return malformed,
        };
        match opcode {
            Opcode::Block | Opcode::Loop | Opcode::If | Opcode::TryTable => depth += 1,
            Opcode::End => depth -= 1,
            _ => {}
        }
        if let Err(other) = skip_immediates(&mut reader, opcode, module) {
            return if other.kind() == ErrorKind::Malformed {
                other
            } else {
                error
            };
        }
    }
    if reader.is_at_end() {
        error
    } else {
        behind_end(&reader)
    }
}

#[cold]
fn behind_end(reader: &Reader<'_>) -> Error {
    let message = format!(
        "section size mismatch: {} bytes behind the end of a function",
        reader.remaining()
    );
    Error::malformed(reader.position(), message)
}

/// Reads an opcode, which has to belong to a feature that is enabled.
#[inline(always)]
pub(super) fn read_row(reader: &mut Reader<'_>, features: Features) -> Result<&'static Row, Error> {
    if let Some(byte) = reader.peek() {
        let row = Row::of_byte(byte);
        if features.contains_bit(row.feature_bit) {
            reader.skip_peeked();
            return Ok(row);
        }
    }
    read_long_row(reader, features)
}

#[inline(never)]
fn read_long_row(reader: &mut Reader<'_>, features: Features) -> Result<&'static Row, Error> {
    let offset = reader.position();
    match read_opcode(reader).map(Row::of) {
        Ok(row) if features.contains_bit(row.feature_bit) => Ok(row),
        Ok(row) => Err(disabled_opcode(row.opcode, offset)),
        Err(_) if reader.is_at_end() && reader.position() == offset => Err(Error::malformed(
            offset,
            "END opcode expected: a function or constant expression has no `end`",
        )),
        Err(error) => Err(error),
    }
}

#[cold]
fn disabled_opcode(opcode: Opcode, offset: usize) -> Error {
    let info = opcode.info();
    disabled(
        info.feature,
        &format!("the instruction `{}`", opcode.name()),
        offset,
    )
}

impl<'m, 's> Validator<'m, 's> {
    /// Begins with code that has the results of `signature`.
    pub(super) fn new(
        module: &'m Module,
        reader: Reader<'m>,
        signature: Signature,
        scratch: &'s mut Scratch,
    ) -> Validator<'m, 's> {
        scratch.clear();
        let frame = Frame {
            kind: FrameKind::Body,
            unreachable: false,
            outer_effects: 0,
            signature,
            height: 0,
            wide_operands: 0,
            set_locals: 0,
            construct: 0,
        };
        Validator {
            module,
            types: &module.type_table,
            offset: reader.position(),
            reader,
            operands: core::mem::take(&mut scratch.operands),
            height: 0,
            locals: core::mem::take(&mut scratch.locals),
            scratch,
            frame,
            is_done: false,
            wide_operands: 0,
            max_slots: 0,
            effects: 0,
            operator_count: 0,
            not_executable: None,
        }
    }

    /// Gives back what was taken, for the next validation.
    pub(super) fn release(&mut self) {
        self.scratch.operands = core::mem::take(&mut self.operands);
        self.scratch.locals = core::mem::take(&mut self.locals);
    }

    /// Reads the locals.
    fn locals(&mut self, type_index: u32) -> Result<(), Error> {
        // So many locals are kept one by one that the work stays in proportion to the bytes.
        let one_by_one = 64 + 2 * self.reader.remaining() as u32;
        let params = self.module.func_type(type_index).params();
        for (index, &ty) in (0..).zip(params) {
            self.add_locals(index, 1, ty, u32::MAX);
        }
        // Parameters have a value.
        for local in &mut self.locals {
            *local = local.set();
        }
        let params = params.len() as u32;
        let one_by_one = one_by_one.max(params);
        let mut runs = LocalRuns::read(&mut self.reader, params)?;
        while let Some(run) = runs.next_run(&mut self.reader, self.module)? {
            self.add_locals(run.start, run.count, run.ty, one_by_one);
        }
        Ok(())
    }

    /// Validates instructions up to the `end` of the outermost construct, which has to be the end.
    pub(super) fn operators(&mut self) -> Result<(), Error> {
        while !self.is_done {
            self.straight_line();
            self.offset = self.reader.position();
            let row = read_row(&mut self.reader, self.module.features)?;
            self.operator_count += 1;
            self.operator(row)?;
        }
        if !self.reader.is_at_end() {
            return Err(behind_end(&self.reader));
        }
        Ok(())
    }

    fn facts(&mut self) -> FuncFacts {
        self.release();
        let callees = &mut self.scratch.callees;
        callees.sort_unstable();
        callees.dedup();
        FuncFacts::new(&Findings {
            operator_count: self.operator_count,
            max_operand_slots: self.max_slots,
            effects: self.effects,
            callees,
            constructs: &self.scratch.constructs,
            assigned_locals: &self.scratch.assigned_locals,
            not_executable: self.not_executable,
        })
    }

    /// Validates one instruction, whose opcode was read with [`read_row`].
    #[inline(always)]
    pub(super) fn operator(&mut self, row: &Row) -> Result<(), Error> {
        match row.kind {
            Kind::LocalGet => self.local_get(),
            Kind::LocalSet => self.local_assignment(false),
            Kind::LocalTee => self.local_assignment(true),
            Kind::I32Const => {
                self.reader.read_i32()?;
                self.push(Operand::I32);
                Ok(())
            }
            Kind::I64Const => {
                self.reader.read_i64()?;
                self.push(Operand::I64);
                Ok(())
            }
            Kind::Block => self.block(FrameKind::Block),
            Kind::Loop => self.block(FrameKind::Loop),
            Kind::End => self.end(),
            Kind::Br => self.br(),
            Kind::BrIf => self.br_if(),
            Kind::Call => self.call(false),
            Kind::Unary => self.replace(row.param(0), row.value()),
            Kind::Binary => {
                self.pop(row.param(1))?;
                self.replace(row.param(0), row.value())
            }
            Kind::Ternary => {
                self.pop(row.param(2))?;
                self.pop(row.param(1))?;
                self.replace(row.param(0), row.value())
            }
            Kind::Load => self.load(row),
            Kind::Store => self.store(row),
            kind => {
                if !row.is_executable {
                    self.note_not_executable(row.opcode);
                }
                match kind {
                    Kind::Special => self.special(row.opcode),
                    _ => self.lane_or_atomic(row),
                }
            }
        }
    }

    fn special(&mut self, opcode: Opcode) -> Result<(), Error> {
        match opcode {
            Opcode::Nop => Ok(()),
            Opcode::Unreachable => {
                self.set_unreachable();
                Ok(())
            }
            Opcode::If => self.block(FrameKind::If),
            Opcode::Else => self.else_(),
            Opcode::TryTable => self.try_table(),
            Opcode::Throw => self.throw(),
            Opcode::ThrowRef => self.throw_ref(),
            Opcode::BrTable => self.br_table(),
            Opcode::Return => self.return_(),
            Opcode::ReturnCall => self.call(true),
            Opcode::CallIndirect => self.call_indirect(false),
            Opcode::ReturnCallIndirect => self.call_indirect(true),
            Opcode::CallRef => self.call_ref(false),
            Opcode::ReturnCallRef => self.call_ref(true),
            Opcode::BrOnNull => self.br_on_null(),
            Opcode::BrOnNonNull => self.br_on_non_null(),
            Opcode::BrOnCast => self.br_on_cast(false),
            Opcode::BrOnCastFail => self.br_on_cast(true),
            Opcode::Drop => self.pop_any().map(|_| ()),
            Opcode::Select => self.select(),
            Opcode::SelectTyped => self.select_typed(),
            Opcode::GlobalGet => self.global_get(),
            Opcode::GlobalSet => self.global_set(),
            Opcode::F32Const => {
                self.reader.read_f32_bits()?;
                self.push(Operand::F32);
                Ok(())
            }
            Opcode::F64Const => {
                self.reader.read_f64_bits()?;
                self.push(Operand::F64);
                Ok(())
            }
            Opcode::V128Const => {
                self.reader.read_array::<16>()?;
                self.effects |= effect::VECTOR_CONSTANT;
                self.push(Operand::V128);
                Ok(())
            }
            Opcode::I8x16Shuffle => self.shuffle(),
            Opcode::RefNull => {
                let heap = read_heap_type(&mut self.reader, self.module)?;
                self.push_val(ValType::Ref(RefType {
                    nullable: true,
                    heap,
                }));
                Ok(())
            }
            Opcode::RefIsNull => {
                self.pop_ref()?;
                self.push(Operand::I32);
                Ok(())
            }
            Opcode::RefAsNonNull => {
                let reference = self.pop_ref()?;
                self.push(reference.non_null());
                Ok(())
            }
            Opcode::RefFunc => self.ref_func(),
            Opcode::I64Add128 | Opcode::I64Sub128 => self.wide(4),
            Opcode::I64MulWideS | Opcode::I64MulWideU => self.wide(2),
            _ => self.special_on_state(opcode),
        }
    }

    /// Pushes an operand of a type that refers only to types of the module.
    #[inline]
    pub(super) fn push_val(&mut self, ty: ValType) {
        self.push(self.types.operand(ty));
    }

    #[inline(always)]
    fn local_get(&mut self) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        let local = self.local(index)?;
        if local.is_unset() {
            return Err(self.invalid(format!(
                "uninitialized local {index}: it is read before it is set"
            )));
        }
        self.push(local);
        Ok(())
    }

    #[inline(always)]
    fn local_assignment(&mut self, keep: bool) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        let local = self.local(index)?;
        self.pop(local.set())?;
        if local.is_unset() {
            self.set_local(index);
        }
        self.scratch.assigned_locals.push(index);
        if keep {
            self.push(local.set());
        }
        Ok(())
    }

    fn global_get(&mut self) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        match self.module.globals.get(index as usize) {
            Some(global) => {
                self.push_val(global.ty.content);
                Ok(())
            }
            None => Err(self.invalid(format!("unknown global {index}"))),
        }
    }

    fn global_set(&mut self) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        let Some(global) = self.module.globals.get(index as usize) else {
            return Err(self.invalid(format!("unknown global {index}")));
        };
        if !global.ty.mutable {
            return Err(self.invalid(format!("immutable global: global {index} cannot be set")));
        }
        self.effects |= effect::GLOBAL;
        self.pop(self.types.operand(global.ty.content))
    }

    fn select(&mut self) -> Result<(), Error> {
        self.pop(Operand::I32)?;
        let second = self.pop_any()?;
        let first = self.pop_any()?;
        if first.is_ref() || second.is_ref() {
            let message = "type mismatch: `select` on references has to name its type";
            return Err(self.invalid(message));
        }
        if first != second && !first.is_bottom() && !second.is_bottom() {
            return Err(self.mismatch(first, Some(second)));
        }
        self.push(if first.is_bottom() { second } else { first });
        Ok(())
    }

    fn select_typed(&mut self) -> Result<(), Error> {
        let count = self
            .reader
            .read_count("types of select", limits::BODY_BYTES)?;
        let mut ty = None;
        for _ in 0..count {
            ty = Some(read_val_type(&mut self.reader, self.module)?);
        }
        match ty {
            Some(ty) if count == 1 => {
                let operand = self.types.operand(ty);
                self.pop_all(&[operand, operand, Operand::I32])?;
                self.push(operand);
                Ok(())
            }
            _ => Err(self.invalid(format!(
                "invalid result arity: `select` has one result, here are {count}"
            ))),
        }
    }

    fn shuffle(&mut self) -> Result<(), Error> {
        let lanes = self.reader.read_array::<16>()?;
        if lanes.iter().any(|&lane| lane >= 32) {
            return Err(self.invalid("invalid lane index: `i8x16.shuffle` selects from 32 lanes"));
        }
        self.pop_all(&[Operand::V128, Operand::V128])?;
        self.push(Operand::V128);
        Ok(())
    }

    fn ref_func(&mut self) -> Result<(), Error> {
        let index = self.reader.read_u32()?;
        let Some(&type_index) = self.module.functions.get(index as usize) else {
            return Err(self.invalid(format!("unknown function {index}")));
        };
        if !self.module.is_referenced(index) {
            return Err(self.invalid(format!(
                "undeclared function reference: function {index} has to occur in an element segment, an export or a \
                 global"
            )));
        }
        self.push(self.types.reference(false, type_index));
        Ok(())
    }

    fn wide(&mut self, operands: usize) -> Result<(), Error> {
        self.pop_all(&[Operand::I64; 4][..operands])?;
        self.push(Operand::I64);
        self.push(Operand::I64);
        Ok(())
    }
}
