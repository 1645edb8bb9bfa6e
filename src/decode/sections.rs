//! Reads the sections behind the type section, one function per section.
//!
//! Input: a section's content. Output: the parts of the module that it describes.
//! Holds: indices are as they were read: `validate/module.rs` checks them.

use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;

use super::limits;
use super::operators::{read_opcode, skip_immediates};
use super::reader::Reader;
use super::types::{
    read_global_type, read_memory_type, read_ref_type, read_table_type, read_type_index, require,
};
use super::{Decoder, types::TypeContext};
use crate::error::Error;
use crate::module::{
    Body, ConstExpr, DataSegment, ElementItems, ElementSegment, Export, ExternKind, Global, Import,
    SegmentMode, Table,
};
use crate::sys::sync::Once;
use crate::wasm::features::Feature;
use crate::wasm::opcodes::Opcode;
use crate::wasm::types::{ExternType, HeapType, RefType, TypeId};

/// Fails if there are more than `limit` in an index space.
fn check_limit(what: &str, count: usize, limit: usize, offset: usize) -> Result<(), Error> {
    if count > limit {
        return Err(Error::malformed(
            offset,
            format!("too many {what}: {count}, the limit is {limit}"),
        ));
    }
    Ok(())
}

impl Decoder<'_, '_> {
    pub(super) fn import_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        for _ in 0..reader.read_count("imports", limits::IMPORTS)? {
            let module = Box::from(reader.read_name()?);
            let name = Box::from(reader.read_name()?);
            let ty = self.import_type(reader)?;
            self.module.imports.push(Import { module, name, ty });
        }
        let module = &mut *self.module;
        module.imported_functions = module.functions.len() as u32;
        module.imported_tables = module.tables.len() as u32;
        module.imported_memories = module.memories.len() as u32;
        module.imported_globals = module.globals.len() as u32;
        module.imported_tags = module.tags.len() as u32;
        Ok(())
    }

    /// Reads what is imported and adds it to its index space.
    fn import_type(&mut self, reader: &mut Reader<'_>) -> Result<ExternType, Error> {
        let start = reader.position();
        let kind = self.extern_kind(reader, "import")?;
        let module = &mut *self.module;
        let offset = start as u32;
        match kind {
            ExternKind::Func => {
                self.offsets.functions.push(offset);
                let index = read_type_index(reader, module)?;
                module.functions.push(index);
                check_limit(
                    "functions",
                    module.functions.len(),
                    limits::FUNCTIONS,
                    start,
                )?;
                Ok(ExternType::Func(type_id(module, index)))
            }
            ExternKind::Table => {
                self.offsets.tables.push(offset);
                let ty = read_table_type(reader, module)?;
                module.tables.push(Table { ty, init: None });
                check_limit("tables", module.tables.len(), limits::TABLES, start)?;
                Ok(ExternType::Table(ty))
            }
            ExternKind::Memory => {
                self.offsets.memories.push(offset);
                let ty = read_memory_type(reader, module.features)?;
                module.memories.push(ty);
                check_limit("memories", module.memories.len(), limits::MEMORIES, start)?;
                Ok(ExternType::Memory(ty))
            }
            ExternKind::Global => {
                self.offsets.globals.push(offset);
                let ty = read_global_type(reader, module)?;
                module.globals.push(Global { ty, init: None });
                check_limit("globals", module.globals.len(), limits::GLOBALS, start)?;
                Ok(ExternType::Global(ty))
            }
            ExternKind::Tag => {
                let index = self.tag(reader)?;
                Ok(ExternType::Tag(type_id(self.module, index)))
            }
        }
    }

    fn extern_kind(&self, reader: &mut Reader<'_>, what: &str) -> Result<ExternKind, Error> {
        let start = reader.position();
        match reader.read_u8()? {
            0 => Ok(ExternKind::Func),
            1 => Ok(ExternKind::Table),
            2 => Ok(ExternKind::Memory),
            3 => Ok(ExternKind::Global),
            4 => {
                require(self.module.features, Feature::Exceptions, "a tag", start)?;
                Ok(ExternKind::Tag)
            }
            byte => Err(Error::malformed(
                start,
                format!("malformed {what} kind {byte}"),
            )),
        }
    }

    pub(super) fn function_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let start = reader.position();
        let count = reader.read_count("functions", limits::FUNCTIONS)?;
        check_limit(
            "functions",
            self.module.functions.len() + count,
            limits::FUNCTIONS,
            start,
        )?;
        self.module.functions.reserve(count);
        for _ in 0..count {
            self.offsets.functions.push(reader.position() as u32);
            let index = read_type_index(reader, self.module)?;
            self.module.functions.push(index);
        }
        Ok(())
    }

    pub(super) fn table_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        /// Begins a table that has a value for its elements.
        const WITH_INIT: u8 = 0x40;
        let start = reader.position();
        let count = reader.read_count("tables", limits::TABLES)?;
        check_limit(
            "tables",
            self.module.tables.len() + count,
            limits::TABLES,
            start,
        )?;
        for _ in 0..count {
            let start = reader.position();
            self.offsets.tables.push(start as u32);
            let has_init = reader.peek() == Some(WITH_INIT);
            if has_init {
                let what = "a table with a value for its elements";
                require(
                    self.module.features,
                    Feature::FunctionReferences,
                    what,
                    start,
                )?;
                reader.skip_peeked();
                if reader.read_u8()? != 0 {
                    return Err(Error::malformed(
                        start + 1,
                        "malformed table: zero byte expected",
                    ));
                }
            }
            let ty = read_table_type(reader, self.module)?;
            let init = if has_init {
                Some(self.const_expr(reader)?)
            } else {
                None
            };
            self.module.tables.push(Table { ty, init });
        }
        Ok(())
    }

    pub(super) fn memory_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let start = reader.position();
        let count = reader.read_count("memories", limits::MEMORIES)?;
        check_limit(
            "memories",
            self.module.memories.len() + count,
            limits::MEMORIES,
            start,
        )?;
        for _ in 0..count {
            self.offsets.memories.push(reader.position() as u32);
            self.module
                .memories
                .push(read_memory_type(reader, self.module.features)?);
        }
        Ok(())
    }

    pub(super) fn tag_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        for _ in 0..reader.read_count("tags", limits::TAGS)? {
            self.tag(reader)?;
        }
        Ok(())
    }

    /// Reads a tag's type index and adds the tag.
    fn tag(&mut self, reader: &mut Reader<'_>) -> Result<u32, Error> {
        let start = reader.position();
        self.offsets.tags.push(start as u32);
        if reader.read_u8()? != 0 {
            return Err(Error::malformed(
                start,
                "malformed tag attribute: zero byte expected",
            ));
        }
        let index = read_type_index(reader, self.module)?;
        self.module.tags.push(index);
        check_limit("tags", self.module.tags.len(), limits::TAGS, start)?;
        Ok(index)
    }

    pub(super) fn global_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let start = reader.position();
        let count = reader.read_count("globals", limits::GLOBALS)?;
        check_limit(
            "globals",
            self.module.globals.len() + count,
            limits::GLOBALS,
            start,
        )?;
        for _ in 0..count {
            self.offsets.globals.push(reader.position() as u32);
            let ty = read_global_type(reader, self.module)?;
            let init = Some(self.const_expr(reader)?);
            self.module.globals.push(Global { ty, init });
        }
        Ok(())
    }

    pub(super) fn export_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        for position in 0..reader.read_count("exports", limits::EXPORTS)? {
            let start = reader.position();
            self.offsets.exports.push(start as u32);
            let name: Box<str> = Box::from(reader.read_name()?);
            let kind = self.extern_kind(reader, "export")?;
            let index = reader.read_u32()?;
            if kind == ExternKind::Func {
                self.referenced.push(index);
            }
            if self
                .module
                .export_by_name
                .insert(name.clone(), position as u32)
                .is_some()
            {
                return Err(Error::invalid(
                    start,
                    format!("duplicate export name {name:?}"),
                ));
            }
            self.module.exports.push(Export { name, kind, index });
        }
        Ok(())
    }

    pub(super) fn start_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        self.offsets.start = reader.position() as u32;
        self.module.start = Some(reader.read_u32()?);
        Ok(())
    }

    pub(super) fn element_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        for _ in 0..reader.read_count("element segments", limits::ELEMENT_SEGMENTS)? {
            self.offsets.elements.push(reader.position() as u32);
            let segment = self.element_segment(reader)?;
            self.module.elements.push(segment);
        }
        Ok(())
    }

    fn element_segment(&mut self, reader: &mut Reader<'_>) -> Result<ElementSegment, Error> {
        const NOT_ACTIVE: u32 = 1;
        const DECLARED_OR_WITH_TABLE: u32 = 2;
        const EXPRESSIONS: u32 = 4;
        let start = reader.position();
        let flags = reader.read_u32()?;
        if flags > 7 {
            return Err(Error::malformed(
                start,
                format!("malformed elements segment kind {flags}"),
            ));
        }
        if flags & NOT_ACTIVE != 0 {
            require(
                self.module.features,
                Feature::BulkMemory,
                "this kind of element segment",
                start,
            )?;
        }
        if flags & EXPRESSIONS != 0 {
            require(
                self.module.features,
                Feature::ReferenceTypes,
                "this kind of element segment",
                start,
            )?;
        }
        let explicit = flags & DECLARED_OR_WITH_TABLE != 0;
        let mode = match (flags & NOT_ACTIVE != 0, explicit) {
            (true, true) => SegmentMode::Declared,
            (true, false) => SegmentMode::Passive,
            (false, _) => {
                let index = if explicit { reader.read_u32()? } else { 0 };
                SegmentMode::Active {
                    index,
                    offset: self.const_expr(reader)?,
                }
            }
        };
        let with_type = flags & (NOT_ACTIVE | DECLARED_OR_WITH_TABLE) != 0;
        if flags & EXPRESSIONS != 0 {
            let ty = if with_type {
                read_ref_type(reader, self.module)?
            } else {
                RefType::FUNCREF
            };
            let items = ElementItems::Expressions(self.element_expressions(reader)?);
            return Ok(ElementSegment { ty, items, mode });
        }
        if with_type {
            let start = reader.position();
            let kind = reader.read_u8()?;
            if kind != 0 {
                return Err(Error::malformed(
                    start,
                    format!("malformed element kind {kind}"),
                ));
            }
        }
        let ty = RefType {
            nullable: false,
            heap: HeapType::Func,
        };
        Ok(ElementSegment {
            ty,
            items: ElementItems::Functions(self.element_functions(reader)?),
            mode,
        })
    }

    fn element_functions(&mut self, reader: &mut Reader<'_>) -> Result<Box<[u32]>, Error> {
        let count = reader.read_count("elements", limits::ELEMENTS)?;
        let functions: Result<Vec<u32>, Error> = (0..count).map(|_| reader.read_u32()).collect();
        let functions = functions?;
        self.referenced.extend(&functions);
        Ok(functions.into())
    }

    fn element_expressions(&mut self, reader: &mut Reader<'_>) -> Result<Box<[ConstExpr]>, Error> {
        let count = reader.read_count("elements", limits::ELEMENTS)?;
        (0..count).map(|_| self.const_expr(reader)).collect()
    }

    pub(super) fn data_count_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let start = reader.position();
        let count = reader.read_u32()?;
        check_limit(
            "data segments",
            count as usize,
            limits::DATA_SEGMENTS,
            start,
        )?;
        self.data_count = Some(count);
        Ok(())
    }

    pub(super) fn code_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let count = reader.read_count("function bodies", limits::FUNCTIONS)?;
        for _ in 0..count {
            let start = reader.position();
            let range = reader.read_size("a function body")?;
            check_limit(
                "bytes in a function body",
                range.len(),
                limits::BODY_BYTES,
                start,
            )?;
            reader.skip_to(range.end);
            let range = range.start as u32..range.end as u32;
            self.module.bodies.push(Body {
                range,
                facts: Once::new(),
            });
        }
        Ok(())
    }

    pub(super) fn data_section(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        for _ in 0..reader.read_count("data segments", limits::DATA_SEGMENTS)? {
            let start = reader.position();
            self.offsets.data.push(start as u32);
            let flags = reader.read_u32()?;
            if flags > 2 {
                return Err(Error::malformed(
                    start,
                    format!("malformed data segment kind {flags}"),
                ));
            }
            if flags == 1 {
                require(
                    self.module.features,
                    Feature::BulkMemory,
                    "this kind of data segment",
                    start,
                )?;
            }
            let mode = if flags == 1 {
                SegmentMode::Passive
            } else {
                let index = if flags == 2 { reader.read_u32()? } else { 0 };
                SegmentMode::Active {
                    index,
                    offset: self.const_expr(reader)?,
                }
            };
            let size = reader.read_u32()?;
            let start = reader.position();
            reader.read_bytes(size as usize)?;
            let range = start..reader.position();
            self.module.data.push(DataSegment {
                range: range.start as u32..range.end as u32,
                mode,
            });
        }
        Ok(())
    }

    /// Finds the end of a constant expression and notes the functions that it names.
    fn const_expr(&mut self, reader: &mut Reader<'_>) -> Result<ConstExpr, Error> {
        let start = reader.position();
        let mut depth = 0u32;
        loop {
            let opcode = read_opcode(reader)?;
            match opcode {
                Opcode::Block | Opcode::Loop | Opcode::If | Opcode::TryTable => depth += 1,
                Opcode::End if depth == 0 => {
                    return Ok(ConstExpr {
                        range: start as u32..reader.position() as u32,
                    });
                }
                Opcode::End => depth -= 1,
                Opcode::RefFunc => {
                    self.referenced.push(reader.clone().read_u32()?);
                }
                _ => {}
            }
            skip_immediates(reader, opcode, self.module)?;
        }
    }
}

fn type_id(context: &impl TypeContext, index: u32) -> TypeId {
    context.type_id(index).unwrap_or(TypeId(0))
}
