//! Validates instructions on structures, arrays, 31-bit integers and casts.
//!
//! Input: instructions of a body. Output: as in `func.rs`.

use alloc::format;

use super::stack::Validator;
use crate::decode::types::read_heap_type;
use crate::error::Error;
use crate::module::facts::effect;
use crate::module::operand::Operand;
use crate::wasm::opcodes::Opcode;
use crate::wasm::types::{HeapType, RefType, ValType};

const fn reference(nullable: bool, heap: HeapType) -> Operand {
    Operand::plain(ValType::Ref(RefType { nullable, heap }))
}

/// How a field is read.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Read {
    Whole,
    Extended,
}

impl Validator<'_, '_> {
    /// Validates an instruction of the garbage collection proposal.
    pub(super) fn aggregate(&mut self, opcode: Opcode) -> Result<(), Error> {
        match opcode {
            Opcode::RefEq => {
                let eq = reference(true, HeapType::Eq);
                self.pop_all(&[eq, eq])?;
                self.push(Operand::I32);
                Ok(())
            }
            Opcode::RefTest => self.ref_test(false, true),
            Opcode::RefTestNull => self.ref_test(true, true),
            Opcode::RefCast => self.ref_test(false, false),
            Opcode::RefCastNull => self.ref_test(true, false),
            Opcode::AnyConvertExtern => self.convert(HeapType::Extern, HeapType::Any),
            Opcode::ExternConvertAny => self.convert(HeapType::Any, HeapType::Extern),
            Opcode::RefI31 => {
                self.pop(Operand::I32)?;
                self.push(reference(false, HeapType::I31));
                Ok(())
            }
            Opcode::I31GetS | Opcode::I31GetU => {
                self.pop(reference(true, HeapType::I31))?;
                self.push(Operand::I32);
                Ok(())
            }
            Opcode::ArrayLen => {
                self.pop(reference(true, HeapType::Array))?;
                self.push(Operand::I32);
                Ok(())
            }
            Opcode::StructNew
            | Opcode::StructNewDefault
            | Opcode::StructGet
            | Opcode::StructGetS
            | Opcode::StructGetU
            | Opcode::StructSet => self.on_struct(opcode),
            _ => self.on_array(opcode),
        }
    }

    fn ref_test(&mut self, nullable: bool, is_test: bool) -> Result<(), Error> {
        let heap = read_heap_type(&mut self.reader, self.module)?;
        let target = self.types.operand(ValType::Ref(RefType { nullable, heap }));
        self.pop(self.types.top(target))?;
        self.push(if is_test { Operand::I32 } else { target });
        Ok(())
    }

    fn convert(&mut self, from: HeapType, to: HeapType) -> Result<(), Error> {
        let operand = self.pop_matching(reference(true, from))?;
        self.push(reference(operand.is_nullable(), to));
        Ok(())
    }

    fn on_struct(&mut self, opcode: Opcode) -> Result<(), Error> {
        let type_index = self.reader.read_u32()?;
        let types = self.types;
        let Some(fields) = types.structure(type_index) else {
            let message =
                format!("unknown type {type_index}: a structure type is expected, and it is none");
            return Err(self.invalid(message));
        };
        match opcode {
            Opcode::StructNew => {
                for field in fields.iter().rev() {
                    self.pop(field.field_value())?;
                }
                self.push(types.reference(false, type_index));
            }
            Opcode::StructNewDefault => {
                if let Some(field) = fields
                    .iter()
                    .find(|field| !field.field_value().is_defaultable())
                {
                    return Err(self.not_defaultable(*field));
                }
                self.push(types.reference(false, type_index));
            }
            Opcode::StructSet => {
                let field = self.field(fields)?;
                self.check_mutable(field, "field")?;
                self.effects |= effect::STORE;
                self.pop_all(&[types.reference(true, type_index), field.field_value()])?;
            }
            _ => {
                let field = self.field(fields)?;
                let read = if opcode == Opcode::StructGet {
                    Read::Whole
                } else {
                    Read::Extended
                };
                self.check_read(field, read)?;
                self.pop(types.reference(true, type_index))?;
                self.push(field.field_value());
            }
        }
        Ok(())
    }

    /// Reads a field index.
    fn field(&mut self, fields: &[Operand]) -> Result<Operand, Error> {
        let index = self.reader.read_u32()?;
        match fields.get(index as usize) {
            Some(&field) => Ok(field),
            None => Err(self.invalid(format!(
                "unknown field {index}: the structure has {}",
                fields.len()
            ))),
        }
    }

    fn check_mutable(&self, field: Operand, what: &str) -> Result<(), Error> {
        if field.is_mutable_field() {
            return Ok(());
        }
        Err(self.invalid(format!("immutable {what}: it cannot be changed")))
    }

    fn check_read(&self, field: Operand, read: Read) -> Result<(), Error> {
        match (field.is_packed_field(), read) {
            (true, Read::Whole) => Err(self.invalid(
                "type mismatch: the field is packed; it is read with sign or zero extension",
            )),
            (false, Read::Extended) => Err(self
                .invalid("type mismatch: the field is not packed; it is read without extension")),
            _ => Ok(()),
        }
    }

    fn not_defaultable(&self, field: Operand) -> Error {
        self.invalid(format!(
            "type mismatch: {} has no default value",
            field.field_value()
        ))
    }

    fn array(&mut self) -> Result<(u32, Operand), Error> {
        let type_index = self.reader.read_u32()?;
        match self.types.array(type_index) {
            Some(element) => Ok((type_index, element)),
            None => Err(self.invalid(format!(
                "unknown type {type_index}: an array type is expected, and it is none"
            ))),
        }
    }

    fn on_array(&mut self, opcode: Opcode) -> Result<(), Error> {
        let (type_index, element) = self.array()?;
        let value = element.field_value();
        let array = self.types.reference(true, type_index);
        match opcode {
            Opcode::ArrayNew => self.pop_all(&[value, Operand::I32])?,
            Opcode::ArrayNewDefault => {
                if !value.is_defaultable() {
                    return Err(self.not_defaultable(element));
                }
                self.pop(Operand::I32)?;
            }
            Opcode::ArrayNewFixed => self.array_new_fixed(value)?,
            Opcode::ArrayNewData | Opcode::ArrayNewElem => {
                self.array_segment(opcode == Opcode::ArrayNewData, element)?;
                self.pop_all(&[Operand::I32, Operand::I32])?;
            }
            Opcode::ArrayGet | Opcode::ArrayGetS | Opcode::ArrayGetU => {
                let read = if opcode == Opcode::ArrayGet {
                    Read::Whole
                } else {
                    Read::Extended
                };
                self.check_read(element, read)?;
                self.pop_all(&[array, Operand::I32])?;
                self.push(value);
                return Ok(());
            }
            _ => return self.array_change(opcode, array, element),
        }
        self.push(array.non_null());
        Ok(())
    }

    /// Validates instructions that change an array.
    fn array_change(
        &mut self,
        opcode: Opcode,
        array: Operand,
        element: Operand,
    ) -> Result<(), Error> {
        self.check_mutable(element, "array")?;
        self.effects |= effect::STORE;
        let value = element.field_value();
        match opcode {
            Opcode::ArraySet => self.pop_all(&[array, Operand::I32, value]),
            Opcode::ArrayFill => self.pop_all(&[array, Operand::I32, value, Operand::I32]),
            Opcode::ArrayCopy => {
                let (source_index, source) = self.array()?;
                let same = if element.is_packed_field() || source.is_packed_field() {
                    element.has_storage_of(source)
                } else {
                    self.types.matches(source.field_value(), value)
                };
                if !same {
                    return Err(self.invalid(
                        "array types do not match: the elements of the source do not fit",
                    ));
                }
                let source = self.types.reference(true, source_index);
                self.pop_all(&[array, Operand::I32, source, Operand::I32, Operand::I32])
            }
            Opcode::ArrayInitData | Opcode::ArrayInitElem => {
                self.array_segment(opcode == Opcode::ArrayInitData, element)?;
                self.pop_all(&[array, Operand::I32, Operand::I32, Operand::I32])
            }
            _ => unreachable!(
                "validate::aggregates knows all array instructions, not `{}`",
                opcode.name()
            ),
        }
    }

    fn array_new_fixed(&mut self, value: Operand) -> Result<(), Error> {
        let count = self.reader.read_u32()?;
        for _ in 0..count {
            if self.has_any_operands() {
                break;
            }
            self.pop(value)?;
        }
        Ok(())
    }

    /// Reads a segment index and checks that arrays of such elements can be made from the segment.
    fn array_segment(&mut self, is_data: bool, element: Operand) -> Result<(), Error> {
        if !is_data {
            let segment = self.element_segment()?;
            return self.check_elements(segment, element.field_value());
        }
        if element.field_value().is_ref() {
            return Err(self.invalid(
                "array type is not numeric or vector: data cannot initialize references",
            ));
        }
        self.data_segment()
    }
}
