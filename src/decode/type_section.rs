//! Reads the type section.
//!
//! Input: the section's content. Output: the module's defined types, known to the registry.
//! Holds: a type refers only to types before the end of its recursion group, and its supertype
//! comes before it. Whether a subtype matches its supertype is checked in `validate/module.rs`.

use alloc::format;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Decoder;
use super::limits;
use super::reader::Reader;
use super::types::{TypeContext, read_field_type, read_val_type, require, unknown_type};
use crate::error::Error;
use crate::module::DefinedType;
use crate::wasm::features::{Feature, Features};
use crate::wasm::types::{CompositeType, FuncType, SubType, TypeId, ValType};

mod code {
    pub(super) const FUNC: u8 = 0x60;
    pub(super) const STRUCT: u8 = 0x5F;
    pub(super) const ARRAY: u8 = 0x5E;
    pub(super) const SUB: u8 = 0x50;
    pub(super) const SUB_FINAL: u8 = 0x4F;
    pub(super) const REC: u8 = 0x4E;
}

/// The types that a recursion group can refer to.
struct GroupContext<'m> {
    features: Features,
    before: &'m [DefinedType],
    count: usize,
}

impl TypeContext for GroupContext<'_> {
    fn features(&self) -> Features {
        self.features
    }

    fn type_id(&self, index: u32) -> Option<TypeId> {
        match self.before.get(index as usize) {
            Some(ty) => Some(ty.id),
            None => {
                let index_in_group = index as usize - self.before.len();
                (index_in_group < self.count).then(|| TypeId::relative(index_in_group as u32))
            }
        }
    }
}

impl Decoder<'_, '_> {
    pub(super) fn type_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        for _ in 0..reader.read_count("types", limits::TYPES)? {
            self.recursion_group(reader)?;
        }
        Ok(())
    }

    fn recursion_group(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let start = reader.position();
        let mut count = 1;
        if reader.peek() == Some(code::REC) {
            require(
                self.module.features,
                Feature::Gc,
                "a recursion group",
                start,
            )?;
            reader.skip_peeked();
            count = reader.read_count("types of a recursion group", limits::TYPES)?;
        }
        let before = &self.module.types;
        if before.len() + count > limits::TYPES {
            return Err(Error::malformed(
                start,
                format!("too many types: the limit is {}", limits::TYPES),
            ));
        }
        if count == 0 {
            return Ok(());
        }
        let context = GroupContext {
            features: self.module.features,
            before,
            count,
        };
        let mut types = Vec::new();
        for index_in_group in 0..count {
            self.offsets.types.push(reader.position() as u32);
            types.push(read_sub_type(
                reader,
                &context,
                before.len() + index_in_group,
            )?);
        }
        let group = self.registry.intern(types)?;
        for index_in_group in 0..count as u32 {
            let id = group.id(index_in_group);
            self.module.types.push(DefinedType {
                id,
                group: Arc::clone(&group),
                index_in_group,
            });
        }
        Ok(())
    }
}

fn read_sub_type(
    reader: &mut Reader<'_>,
    context: &GroupContext<'_>,
    index: usize,
) -> Result<SubType, Error> {
    let start = reader.position();
    let is_final = match reader.peek() {
        Some(code::SUB) => false,
        Some(code::SUB_FINAL) => true,
        _ => {
            let composite = read_composite_type(reader, context)?;
            return Ok(SubType {
                is_final: true,
                supertype: None,
                composite,
            });
        }
    };
    require(context.features, Feature::Gc, "a subtype", start)?;
    reader.skip_peeked();
    let mut supertype = None;
    let count = reader.read_count("supertypes", limits::TYPES)?;
    if count > 1 {
        let message =
            format!("sub type mismatch: a type has at most one supertype, here are {count}");
        return Err(Error::invalid(start, message));
    }
    if count == 1 {
        let start = reader.position();
        let supertype_index = reader.read_u32()?;
        if supertype_index as usize >= index {
            return Err(unknown_type(supertype_index, start));
        }
        supertype = context.type_id(supertype_index);
    }
    Ok(SubType {
        is_final,
        supertype,
        composite: read_composite_type(reader, context)?,
    })
}

fn read_composite_type(
    reader: &mut Reader<'_>,
    context: &GroupContext<'_>,
) -> Result<CompositeType, Error> {
    let start = reader.position();
    match reader.read_u8()? {
        code::FUNC => Ok(CompositeType::Func(Arc::new(read_func_type(
            reader, context,
        )?))),
        code::STRUCT => {
            require(context.features, Feature::Gc, "a structure type", start)?;
            let count = reader.read_count("struct fields", limits::STRUCT_FIELDS)?;
            let fields: Result<Vec<_>, Error> = (0..count)
                .map(|_| read_field_type(reader, context))
                .collect();
            Ok(CompositeType::Struct(fields?.into()))
        }
        code::ARRAY => {
            require(context.features, Feature::Gc, "an array type", start)?;
            Ok(CompositeType::Array(read_field_type(reader, context)?))
        }
        0x80.. => Err(Error::malformed(
            start,
            "integer representation too long: the form of a type is one byte",
        )),
        byte => Err(Error::malformed(
            start,
            format!("malformed type: there is no form 0x{byte:02x}"),
        )),
    }
}

fn read_func_type(reader: &mut Reader<'_>, context: &GroupContext<'_>) -> Result<FuncType, Error> {
    let params = read_types(reader, context, "parameters", limits::PARAMS)?;
    let start = reader.position();
    let results = read_types(reader, context, "results", limits::RESULTS)?;
    if results.len() > 1 {
        require(
            context.features,
            Feature::MultiValue,
            "a function with several results",
            start,
        )?;
    }
    Ok(FuncType::new(params, results))
}

fn read_types(
    reader: &mut Reader<'_>,
    context: &GroupContext<'_>,
    what: &'static str,
    limit: usize,
) -> Result<Vec<ValType>, Error> {
    let count = reader.read_count(what, limit)?;
    (0..count).map(|_| read_val_type(reader, context)).collect()
}
