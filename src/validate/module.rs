//! Validates what stands around the bodies.
//!
//! Input: a decoded module. Output: an error if one of its parts breaks a rule.
//!
//! Reference: [specification, section 3.5](https://webassembly.github.io/spec/core/valid/modules.html).

use alloc::format;
use alloc::string::String;

use super::const_expr;
use super::stack::Scratch;
use crate::decode::{Offsets, limits};
use crate::error::Error;
use crate::module::executable::{Construct, NotExecutable};
use crate::module::operand::Signature;
use crate::module::{ConstExpr, ElementItems, ExternKind, Module, SegmentMode};
use crate::wasm::features::Feature;
use crate::wasm::types::{
    CompositeType, FieldType, GlobalType, Limits, MemoryType, StorageType, TableType, ValType,
};

/// Validates everything but the bodies, and gives the first thing that no engine executes yet.
pub(super) fn validate(module: &Module, offsets: &Offsets) -> Result<Option<NotExecutable>, Error> {
    let mut checker = Checker {
        module,
        offsets,
        scratch: Scratch::default(),
        not_executable: None,
    };
    checker.types()?;
    checker.index_spaces()?;
    checker.tables()?;
    checker.globals()?;
    checker.exports()?;
    checker.start()?;
    checker.elements()?;
    checker.data()?;
    Ok(checker.not_executable)
}

struct Checker<'m> {
    module: &'m Module,
    offsets: &'m Offsets,
    scratch: Scratch,
    not_executable: Option<NotExecutable>,
}

/// The error for a rule that the part of the module at `offset` breaks.
#[cold]
fn invalid(offset: u32, message: impl Into<String>) -> Error {
    Error::invalid(offset as usize, message)
}

/// The error for something that is valid only with a feature.
#[cold]
fn needs(offset: u32, what: &str, feature: Feature) -> Error {
    let advice = feature.advice();
    invalid(
        offset,
        format!("{what} needs the feature {feature}; {advice}"),
    )
}

impl Checker<'_> {
    fn types(&self) -> Result<(), Error> {
        let types = &self.module.type_table;
        for ((index, ty), &offset) in (0..).zip(&self.module.types).zip(&self.offsets.types) {
            let Some(supertype) = types.supertype(index) else {
                continue;
            };
            if types.depth(index, limits::SUBTYPING_DEPTH) > limits::SUBTYPING_DEPTH {
                let message = format!(
                    "sub type mismatch: type {index} has more than {} supertypes",
                    limits::SUBTYPING_DEPTH
                );
                return Err(invalid(offset, message));
            }
            let above = self.module.types[supertype as usize].sub_type();
            if above.is_final || !self.matches_composite(&ty.sub_type().composite, &above.composite)
            {
                let reason = if above.is_final {
                    "is final"
                } else {
                    "has another structure"
                };
                let message = format!(
                    "sub type {index} does not match super type: type {supertype} {reason}"
                );
                return Err(invalid(offset, message));
            }
        }
        Ok(())
    }

    fn matches_composite(&self, actual: &CompositeType, expected: &CompositeType) -> bool {
        match (actual, expected) {
            (CompositeType::Func(actual), CompositeType::Func(expected)) => {
                actual.params().len() == expected.params().len()
                    && actual.results().len() == expected.results().len()
                    && expected
                        .params()
                        .iter()
                        .zip(actual.params())
                        .all(|(&a, &b)| self.matches(a, b))
                    && actual
                        .results()
                        .iter()
                        .zip(expected.results())
                        .all(|(&a, &b)| self.matches(a, b))
            }
            (CompositeType::Struct(actual), CompositeType::Struct(expected)) => {
                actual.len() >= expected.len()
                    && actual
                        .iter()
                        .zip(expected)
                        .all(|(a, b)| self.matches_field(a, b))
            }
            (CompositeType::Array(actual), CompositeType::Array(expected)) => {
                self.matches_field(actual, expected)
            }
            _ => false,
        }
    }

    fn matches_field(&self, actual: &FieldType, expected: &FieldType) -> bool {
        if actual.mutable != expected.mutable {
            return false;
        }
        match (actual.storage, expected.storage) {
            (StorageType::Val(a), StorageType::Val(b)) if !actual.mutable => self.matches(a, b),
            (a, b) => a == b,
        }
    }

    fn matches(&self, actual: ValType, expected: ValType) -> bool {
        let types = &self.module.type_table;
        types.matches(types.operand(actual), types.operand(expected))
    }

    /// Checks the types of functions, tags, memories, tables and globals, imported or not.
    fn index_spaces(&mut self) -> Result<(), Error> {
        let (module, offsets) = (self.module, self.offsets);
        for (&type_index, &offset) in module.functions.iter().zip(&offsets.functions) {
            self.function_type(type_index, offset)?;
        }
        for (&type_index, &offset) in module.tags.iter().zip(&offsets.tags) {
            if self.function_type(type_index, offset)?.result_count() != 0 {
                return Err(invalid(
                    offset,
                    "non-empty tag result type: exceptions carry parameters only",
                ));
            }
        }
        for (index, (table, &offset)) in module.tables.iter().zip(&offsets.tables).enumerate() {
            if index > 0 && !module.features.contains(Feature::ReferenceTypes) {
                return Err(needs(
                    offset,
                    "multiple tables: a second one",
                    Feature::ReferenceTypes,
                ));
            }
            table_type(&table.ty, offset)?;
        }
        for (index, (memory, &offset)) in module.memories.iter().zip(&offsets.memories).enumerate()
        {
            if index > 0 && !module.features.contains(Feature::MultiMemory) {
                return Err(needs(
                    offset,
                    "multiple memories: a second one",
                    Feature::MultiMemory,
                ));
            }
            memory_type(memory, offset)?;
            if memory.shared {
                self.not_executable.get_or_insert(NotExecutable {
                    what: Construct::SharedMemory,
                    offset,
                });
            }
        }
        let imported_globals = &module.globals[..module.imported_globals as usize];
        for (global, &offset) in imported_globals.iter().zip(&offsets.globals) {
            self.visible_global_type(&global.ty, offset)?;
        }
        Ok(())
    }

    fn function_type(&self, type_index: u32, offset: u32) -> Result<Signature, Error> {
        self.module.type_table.function(type_index).ok_or_else(|| {
            invalid(
                offset,
                format!("unknown type {type_index}: a function type is expected, and it is none"),
            )
        })
    }

    /// Checks the type of a global that is imported or exported.
    fn visible_global_type(&self, ty: &GlobalType, offset: u32) -> Result<(), Error> {
        if ty.mutable && !self.module.features.contains(Feature::MutableGlobal) {
            return Err(needs(
                offset,
                "mutable globals cannot be imported or exported: this",
                Feature::MutableGlobal,
            ));
        }
        Ok(())
    }

    fn const_expr(
        &mut self,
        expression: &ConstExpr,
        expected: ValType,
        visible_globals: usize,
    ) -> Result<(), Error> {
        let expected = self.module.type_table.operand(expected);
        let found = const_expr::validate(
            self.module,
            expression,
            expected,
            visible_globals as u32,
            &mut self.scratch,
        )?;
        self.not_executable = self.not_executable.or(found);
        Ok(())
    }

    fn tables(&mut self) -> Result<(), Error> {
        let module = self.module;
        for (table, &offset) in module
            .tables
            .iter()
            .zip(&self.offsets.tables)
            .skip(module.imported_tables as usize)
        {
            let element = ValType::Ref(table.ty.element);
            match &table.init {
                Some(init) => self.const_expr(init, element, module.imported_globals as usize)?,
                None if element.is_defaultable() => {}
                None => {
                    let message = format!(
                        "type mismatch: a table of {element} needs a value for its elements, as null is none"
                    );
                    return Err(invalid(offset, message));
                }
            }
        }
        Ok(())
    }

    fn globals(&mut self) -> Result<(), Error> {
        let module = self.module;
        for (index, global) in module.globals.iter().enumerate() {
            if let Some(init) = &global.init {
                self.const_expr(init, global.ty.content, index)?;
            }
        }
        Ok(())
    }

    fn exports(&self) -> Result<(), Error> {
        let module = self.module;
        for (export, &offset) in module.exports.iter().zip(&self.offsets.exports) {
            let (what, count) = match export.kind {
                ExternKind::Func => ("function", module.functions.len()),
                ExternKind::Table => ("table", module.tables.len()),
                ExternKind::Memory => ("memory", module.memories.len()),
                ExternKind::Global => ("global", module.globals.len()),
                ExternKind::Tag => ("tag", module.tags.len()),
            };
            if export.index as usize >= count {
                let message = format!(
                    "unknown {what} {}: it is exported as {:?}",
                    export.index, export.name
                );
                return Err(invalid(offset, message));
            }
            if export.kind == ExternKind::Global {
                self.visible_global_type(&module.globals[export.index as usize].ty, offset)?;
            }
        }
        Ok(())
    }

    fn start(&self) -> Result<(), Error> {
        let module = self.module;
        let Some(index) = module.start else {
            return Ok(());
        };
        let Some(&type_index) = module.functions.get(index as usize) else {
            return Err(invalid(
                self.offsets.start,
                format!("unknown function {index}: it is the start function"),
            ));
        };
        let ty = module.func_type(type_index);
        if ty.params().is_empty() && ty.results().is_empty() {
            return Ok(());
        }
        Err(invalid(
            self.offsets.start,
            format!("start function: it has to have the type [] -> [], and has {ty}"),
        ))
    }

    fn elements(&mut self) -> Result<(), Error> {
        let module = self.module;
        for (segment, &offset) in module.elements.iter().zip(&self.offsets.elements) {
            let element = ValType::Ref(segment.ty);
            if let SegmentMode::Active {
                index,
                offset: start,
            } = &segment.mode
            {
                let Some(table) = module.tables.get(*index as usize) else {
                    return Err(invalid(
                        offset,
                        format!("unknown table {index}: an element segment is for it"),
                    ));
                };
                let expected = ValType::Ref(table.ty.element);
                if !self.matches(element, expected) {
                    let message = format!(
                        "type mismatch: elements of type {element} for a table of {expected}"
                    );
                    return Err(invalid(offset, message));
                }
                self.const_expr(start, table.ty.address_type(), module.globals.len())?;
            }
            self.element_items(&segment.items, element, offset)?;
        }
        Ok(())
    }

    fn element_items(
        &mut self,
        items: &ElementItems,
        element: ValType,
        offset: u32,
    ) -> Result<(), Error> {
        let module = self.module;
        match items {
            ElementItems::Functions(functions) => {
                match functions
                    .iter()
                    .find(|&&index| index as usize >= module.functions.len())
                {
                    Some(index) => Err(invalid(
                        offset,
                        format!("unknown function {index}: a segment names it"),
                    )),
                    None => Ok(()),
                }
            }
            ElementItems::Expressions(expressions) => {
                for expression in expressions {
                    self.const_expr(expression, element, module.globals.len())?;
                }
                Ok(())
            }
        }
    }

    fn data(&mut self) -> Result<(), Error> {
        let module = self.module;
        for (segment, &offset) in module.data.iter().zip(&self.offsets.data) {
            if let SegmentMode::Active {
                index,
                offset: start,
            } = &segment.mode
            {
                let Some(memory) = module.memories.get(*index as usize) else {
                    return Err(invalid(
                        offset,
                        format!("unknown memory {index}: a data segment is for it"),
                    ));
                };
                self.const_expr(start, memory.address_type(), module.globals.len())?;
            }
        }
        Ok(())
    }
}

fn memory_type(ty: &MemoryType, offset: u32) -> Result<(), Error> {
    const MAX_PAGES: u64 = 1 << 16;
    const MAX_PAGES_64: u64 = 1 << 48;
    let max = if ty.is_64 { MAX_PAGES_64 } else { MAX_PAGES };
    if ty.limits.min > max || ty.limits.max.is_some_and(|limit| limit > max) {
        let message = if ty.is_64 {
            "memory size must be at most 2**48 pages (2**64 bytes)"
        } else {
            "memory size must be at most 65536 pages (4GiB)"
        };
        return Err(invalid(offset, message));
    }
    check_limits(&ty.limits, offset)?;
    if ty.shared && ty.limits.max.is_none() {
        return Err(invalid(
            offset,
            "shared memory must have maximum: its size is limited from the start",
        ));
    }
    Ok(())
}

fn table_type(ty: &TableType, offset: u32) -> Result<(), Error> {
    let max = u64::from(u32::MAX);
    if !ty.is_64 && (ty.limits.min > max || ty.limits.max.is_some_and(|limit| limit > max)) {
        return Err(invalid(
            offset,
            "table size must be at most 2**32 - 1 elements",
        ));
    }
    check_limits(&ty.limits, offset)
}

fn check_limits(limits: &Limits, offset: u32) -> Result<(), Error> {
    match limits.max {
        Some(max) if limits.min > max => {
            let message = format!(
                "size minimum must not be greater than maximum: {} and {max}",
                limits.min
            );
            Err(invalid(offset, message))
        }
        _ => Ok(()),
    }
}
