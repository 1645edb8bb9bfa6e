//! The validated module: what decoding and validation leave, and every engine reads.
//!
//! Input: the decoder's sections. Output: [`Module`], immutable, shared by reference count.
//! Holds: all indices in it are within bounds, and all bodies that have facts are valid, so that
//! engines can trust the bytes.

pub(crate) mod executable;
pub(crate) mod facts;
#[cfg(feature = "compiler")]
pub(crate) mod fixed_tables;
pub(crate) mod names;
pub(crate) mod operand;
pub(crate) mod registry;

use crate::ordered_map::OrderedMap;
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::Range;
use core::sync::atomic::AtomicBool;

use crate::error::{Error, FrameInfo};
use crate::sys::map::Image;
use crate::sys::sync::Once;
use crate::wasm::features::Features;
use crate::wasm::types::{
    ExternType, FuncType, GlobalType, MemoryType, RefType, SubType, TableType, TypeId,
};

/// A module after decoding and validation.
pub(crate) struct Module {
    /// The whole binary.
    pub(crate) bytes: Box<[u8]>,
    /// The features that it was validated with.
    pub(crate) features: Features,
    /// The defined types by type index.
    pub(crate) types: Vec<DefinedType>,
    /// The imports in order.
    pub(crate) imports: Vec<Import>,
    /// The type index of each function; imported ones first.
    pub(crate) functions: Vec<u32>,
    /// How many of `functions` are imported.
    pub(crate) imported_functions: u32,
    /// The tables; imported ones first.
    pub(crate) tables: Vec<Table>,
    /// How many of `tables` are imported.
    pub(crate) imported_tables: u32,
    /// The memories; imported ones first.
    pub(crate) memories: Vec<MemoryType>,
    /// How many of `memories` are imported.
    pub(crate) imported_memories: u32,
    /// The globals; imported ones first.
    pub(crate) globals: Vec<Global>,
    /// How many of `globals` are imported.
    pub(crate) imported_globals: u32,
    /// The type index of each tag; imported ones first.
    pub(crate) tags: Vec<u32>,
    /// How many of `tags` are imported.
    pub(crate) imported_tags: u32,
    /// The exports in order.
    pub(crate) exports: Vec<Export>,
    /// Positions in `exports` by name.
    pub(crate) export_by_name: OrderedMap<Box<str>, u32>,
    /// The start function.
    pub(crate) start: Option<u32>,
    /// The element segments.
    pub(crate) elements: Vec<ElementSegment>,
    /// The data segments.
    pub(crate) data: Vec<DataSegment>,
    /// Whether it has been instantiated before.
    pub(crate) was_instantiated: AtomicBool,
    /// What the first memory begins with, once that is known and if it is worth having.
    pub(crate) image: Once<Option<Arc<Image>>>,
    /// By index the tables that never change, once the compiler has looked for them.
    #[cfg(feature = "compiler")]
    pub(crate) fixed_tables: Once<fixed_tables::FixedTables>,
    /// The bodies of the functions that are not imported.
    pub(crate) bodies: Vec<Body>,
    /// The name section.
    pub(crate) names: names::Names,
    /// The custom sections in order.
    pub(crate) custom_sections: Vec<CustomSection>,
    /// Taken branches as the branch-hint section gives them: per function index, pairs of the
    /// branch's offset from the start of the body and whether it is likely, by ascending offset.
    pub(crate) branch_hints: OrderedMap<u32, Vec<(u32, bool)>>,
    /// The defined types as validation uses them.
    pub(crate) type_table: operand::TypeTable,
    /// Whether there is a data count section, which the instructions on data segments need.
    pub(crate) has_data_count: bool,
    /// The functions that occur outside of bodies and the start section, as bits by index: only
    /// these can be named by `ref.func`.
    pub(crate) referenced_functions: Vec<u64>,
    /// The first thing that no engine executes yet, as far as the module was validated when it was
    /// made, and the index of the function in which it is, if it is in one.
    pub(crate) not_executable: Option<(executable::NotExecutable, Option<u32>)>,
}

/// A defined type.
pub(crate) struct DefinedType {
    /// Its identity in the engine.
    pub(crate) id: TypeId,
    /// The recursion group that it belongs to, which keeps the identity alive.
    pub(crate) group: Arc<registry::RecursionGroup>,
    /// Its position in the group.
    pub(crate) index_in_group: u32,
}

impl DefinedType {
    /// What it is.
    pub(crate) fn sub_type(&self) -> &SubType {
        &self.group.types()[self.index_in_group as usize]
    }
}

/// An import.
pub(crate) struct Import {
    /// The name of the module that it is imported from.
    pub(crate) module: Box<str>,
    /// The name in that module.
    pub(crate) name: Box<str>,
    /// What is expected.
    pub(crate) ty: ExternType,
}

/// A table.
pub(crate) struct Table {
    /// Its type.
    pub(crate) ty: TableType,
    /// The value of the elements, if it is not null.
    pub(crate) init: Option<ConstExpr>,
}

/// A global.
pub(crate) struct Global {
    /// Its type.
    pub(crate) ty: GlobalType,
    /// The initial value; none for imported globals.
    pub(crate) init: Option<ConstExpr>,
}

/// The kind of an import or export.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum ExternKind {
    /// A function.
    Func,
    /// A table.
    Table,
    /// A memory.
    Memory,
    /// A global.
    Global,
    /// A tag.
    Tag,
}

/// An export.
pub(crate) struct Export {
    /// Its name.
    pub(crate) name: Box<str>,
    /// What it is.
    pub(crate) kind: ExternKind,
    /// The index in the index space of its kind.
    pub(crate) index: u32,
}

/// A constant expression: a range of [`Module::bytes`] that ends with its `end`. It is validated.
#[derive(Clone, Debug)]
pub(crate) struct ConstExpr {
    /// Where it stands.
    pub(crate) range: Range<u32>,
}

/// An element segment.
pub(crate) struct ElementSegment {
    /// The type of the elements.
    pub(crate) ty: RefType,
    /// The elements.
    pub(crate) items: ElementItems,
    /// What happens to them at instantiation.
    pub(crate) mode: SegmentMode,
}

/// How the elements of a segment are given.
pub(crate) enum ElementItems {
    /// Function indices.
    Functions(Box<[u32]>),
    /// Constant expressions.
    Expressions(Box<[ConstExpr]>),
}

/// A data segment.
pub(crate) struct DataSegment {
    /// The bytes, a range of [`Module::bytes`].
    pub(crate) range: Range<u32>,
    /// What happens to them at instantiation.
    pub(crate) mode: SegmentMode,
}

/// What happens to a segment at instantiation.
pub(crate) enum SegmentMode {
    /// It is kept for `memory.init` or `table.init`.
    Passive,
    /// It is copied to a memory or table, then dropped.
    Active {
        /// The memory or table.
        index: u32,
        /// Where it is copied to.
        offset: ConstExpr,
    },
    /// It is dropped: it only declares references to functions.
    Declared,
}

/// A function body.
pub(crate) struct Body {
    /// Where it stands in [`Module::bytes`]: from the vector of locals to the final `end`.
    pub(crate) range: Range<u32>,
    /// What validation found out, once the body is validated.
    pub(crate) facts: Once<facts::FuncFacts>,
}

/// A custom section.
pub(crate) struct CustomSection {
    /// Its name.
    pub(crate) name: Box<str>,
    /// Its content, a range of [`Module::bytes`].
    pub(crate) range: Range<u32>,
}

impl Module {
    /// The function type with a type index that is known to be one.
    pub(crate) fn func_type(&self, type_index: u32) -> &Arc<FuncType> {
        match &self.types[type_index as usize].sub_type().composite {
            crate::wasm::types::CompositeType::Func(ty) => ty,
            other => unreachable!("validated: type {type_index} is a function type, not {other:?}"),
        }
    }

    /// How many bytes all bodies have.
    pub(crate) fn body_bytes(&self) -> usize {
        self.bodies.iter().map(|body| body.range.len()).sum()
    }

    /// The type of a function.
    pub(crate) fn function_type(&self, function_index: u32) -> &Arc<FuncType> {
        self.func_type(self.functions[function_index as usize])
    }

    /// The identity of a function's type.
    pub(crate) fn function_type_id(&self, function_index: u32) -> TypeId {
        self.types[self.functions[function_index as usize] as usize].id
    }

    /// A function as messages name it: by its index, and its name if the name section gives one.
    pub(crate) fn function_label(&self, function_index: u32) -> names::FunctionLabel<'_> {
        names::FunctionLabel {
            index: function_index,
            name: self.names.function(&self.bytes, function_index),
        }
    }

    /// What a backtrace says of a function that the module defines, but for the place in it.
    pub(crate) fn frame_info(&self, defined_index: u32) -> FrameInfo {
        let func_index = defined_index + self.imported_functions;
        let is_export =
            |export: &&Export| export.kind == ExternKind::Func && export.index == func_index;
        let exported = || {
            self.exports
                .iter()
                .find(is_export)
                .map(|export| &*export.name)
        };
        FrameInfo {
            module_name: self.names.module(&self.bytes).map(Arc::from),
            func_index,
            func_name: self
                .names
                .function(&self.bytes, func_index)
                .or_else(exported)
                .map(Arc::from),
            func_start: self.bodies[defined_index as usize].range.start as usize,
            module_offset: None,
        }
    }

    /// Fails if engines do not execute all of the module, as far as it was validated when it was
    /// made.
    pub(crate) fn check_executable(&self) -> Result<(), Error> {
        match self.not_executable {
            Some((found, Some(function))) => Err(found.error_in_function(self, function)),
            Some((found, None)) => Err(found.error()),
            None => Ok(()),
        }
    }

    /// The bytes of a data segment.
    pub(crate) fn data_bytes(&self, segment: &DataSegment) -> &[u8] {
        &self.bytes[segment.range.start as usize..segment.range.end as usize]
    }

    /// Whether a function occurs outside of bodies and the start section.
    pub(crate) fn is_referenced(&self, function_index: u32) -> bool {
        let word = self.referenced_functions.get(function_index as usize / 64);
        word.is_some_and(|word| word & 1 << (function_index % 64) != 0)
    }
}
