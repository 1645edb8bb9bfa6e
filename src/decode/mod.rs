//! From bytes to sections.
//!
//! Input: a binary. Output: a [`Decoded`] module, whose structure is that of the binary format.
//! Holds: nothing in it is validated, except that every type index in a type names a type and that
//! types are known to the registry; `validate` does the rest. Time and memory are linear in the
//! input, counts are compared with the bytes that are left, and nothing recurses.
//!
//! Reference: [specification, section 5.5](https://webassembly.github.io/spec/core/binary/modules.html).

mod custom;
mod header;
pub(crate) mod limits;
pub(crate) mod locals;
pub(crate) mod operators;
pub(crate) mod reader;
mod sections;
mod type_section;
pub(crate) mod types;

use crate::ordered_map::OrderedMap;
use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;
use core::sync::atomic::AtomicBool;

use crate::error::Error;
use crate::module::registry::TypeRegistry;
use crate::module::{Module, names::Names, operand::TypeTable};
use crate::sys::sync::Once;
use crate::wasm::features::{Feature, Features};
use crate::wasm::types::TypeId;
pub(crate) use header::SAVED_MODULE_MAGIC;
use reader::Reader;
use types::TypeContext;

impl TypeContext for Module {
    fn features(&self) -> Features {
        self.features
    }

    fn type_id(&self, index: u32) -> Option<TypeId> {
        self.types.get(index as usize).map(|ty| ty.id)
    }
}

/// The sections by their numbers, with the place of each in the order in which they stand.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Type,
    Import,
    Function,
    Table,
    Memory,
    Tag,
    Global,
    Export,
    Start,
    Element,
    DataCount,
    Code,
    Data,
}

const CUSTOM_SECTION: u8 = 0;

impl Section {
    fn from_id(id: u8) -> Option<(Section, Feature)> {
        Some(match id {
            1 => (Section::Type, Feature::Mvp),
            2 => (Section::Import, Feature::Mvp),
            3 => (Section::Function, Feature::Mvp),
            4 => (Section::Table, Feature::Mvp),
            5 => (Section::Memory, Feature::Mvp),
            6 => (Section::Global, Feature::Mvp),
            7 => (Section::Export, Feature::Mvp),
            8 => (Section::Start, Feature::Mvp),
            9 => (Section::Element, Feature::Mvp),
            10 => (Section::Code, Feature::Mvp),
            11 => (Section::Data, Feature::Mvp),
            12 => (Section::DataCount, Feature::BulkMemory),
            13 => (Section::Tag, Feature::Exceptions),
            _ => return None,
        })
    }
}

/// A module that is decoded and not validated. `validate` makes a [`Module`] of it.
pub(crate) struct Decoded {
    pub(crate) module: Module,
    pub(crate) offsets: Offsets,
}

/// Where the parts of a module begin that `validate/module.rs` checks, by their index.
#[derive(Default)]
pub(crate) struct Offsets {
    pub(crate) types: Vec<u32>,
    pub(crate) functions: Vec<u32>,
    pub(crate) tables: Vec<u32>,
    pub(crate) memories: Vec<u32>,
    pub(crate) globals: Vec<u32>,
    pub(crate) tags: Vec<u32>,
    pub(crate) exports: Vec<u32>,
    pub(crate) start: u32,
    pub(crate) elements: Vec<u32>,
    pub(crate) data: Vec<u32>,
}

/// Decodes a module.
pub(crate) fn decode(
    bytes: Box<[u8]>,
    features: Features,
    registry: &TypeRegistry,
) -> Result<Decoded, Error> {
    header::check(&bytes)?;
    let mut module = empty_module(features);
    let mut offsets = Offsets::default();
    let mut decoder = Decoder {
        module: &mut module,
        offsets: &mut offsets,
        registry,
        referenced: Vec::new(),
        data_count: None,
    };
    decoder.sections(&bytes)?;
    decoder.finish(bytes.len())?;
    module.bytes = bytes;
    Ok(Decoded { module, offsets })
}

fn empty_module(features: Features) -> Module {
    Module {
        bytes: Box::default(),
        features,
        types: Vec::new(),
        imports: Vec::new(),
        functions: Vec::new(),
        imported_functions: 0,
        tables: Vec::new(),
        imported_tables: 0,
        memories: Vec::new(),
        imported_memories: 0,
        globals: Vec::new(),
        imported_globals: 0,
        tags: Vec::new(),
        imported_tags: 0,
        exports: Vec::new(),
        export_by_name: OrderedMap::new(),
        start: None,
        elements: Vec::new(),
        data: Vec::new(),
        bodies: Vec::new(),
        names: Names::default(),
        custom_sections: Vec::new(),
        branch_hints: OrderedMap::new(),
        type_table: TypeTable::default(),
        was_instantiated: AtomicBool::new(false),
        image: Once::new(),
        #[cfg(feature = "compiler")]
        fixed_tables: Once::new(),
        has_data_count: false,
        referenced_functions: Vec::new(),
        not_executable: None,
    }
}

/// A module while its sections are read.
struct Decoder<'m, 'r> {
    module: &'m mut Module,
    offsets: &'m mut Offsets,
    registry: &'r TypeRegistry,
    /// The functions that element segments, exports and constant expressions name.
    referenced: Vec<u32>,
    data_count: Option<u32>,
}

impl Decoder<'_, '_> {
    fn sections(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let mut reader = Reader::new(bytes, header::BYTES..bytes.len());
        let mut last = None;
        while !reader.is_at_end() {
            let start = reader.position();
            let id = reader.read_u8()?;
            if id > 0x7F {
                return Err(malformed_section_id(id, start));
            }
            let range = reader.read_size("a section")?;
            reader.skip_to(range.end);
            let mut content = Reader::new(bytes, range);
            if id == CUSTOM_SECTION {
                self.custom_section(bytes, &mut content)?;
                continue;
            }
            let Some((section, feature)) = Section::from_id(id) else {
                return Err(malformed_section_id(id, start));
            };
            types::require(
                self.module.features,
                feature,
                "a section of this kind",
                start,
            )?;
            if last >= Some(section) {
                let message = format!(
                    "unexpected content after last section: the {section:?} section is out of order or occurs twice"
                );
                return Err(Error::malformed(start, message));
            }
            last = Some(section);
            self.section(section, &mut content)?;
            if !content.is_at_end() {
                let message = format!(
                    "section size mismatch: {} bytes are left in the {section:?} section",
                    content.remaining()
                );
                return Err(Error::malformed(content.position(), message));
            }
        }
        Ok(())
    }

    fn section(&mut self, section: Section, content: &mut Reader<'_>) -> Result<(), Error> {
        match section {
            Section::Type => self.type_section(content),
            Section::Import => self.import_section(content),
            Section::Function => self.function_section(content),
            Section::Table => self.table_section(content),
            Section::Memory => self.memory_section(content),
            Section::Tag => self.tag_section(content),
            Section::Global => self.global_section(content),
            Section::Export => self.export_section(content),
            Section::Start => self.start_section(content),
            Section::Element => self.element_section(content),
            Section::DataCount => self.data_count_section(content),
            Section::Code => self.code_section(content),
            Section::Data => self.data_section(content),
        }
    }

    /// Checks what several sections have to agree on.
    fn finish(&mut self, end: usize) -> Result<(), Error> {
        let module = &mut *self.module;
        let declared = module.functions.len() - module.imported_functions as usize;
        if declared != module.bodies.len() {
            let message = format!(
                "function and code section have inconsistent lengths: {declared} functions, {} bodies",
                module.bodies.len()
            );
            return Err(Error::malformed(end, message));
        }
        if let Some(count) = self.data_count {
            if count as usize != module.data.len() {
                let message = format!(
                    "data count and data section have inconsistent lengths: {count} announced, {} found",
                    module.data.len()
                );
                return Err(Error::malformed(end, message));
            }
        }
        module.has_data_count = self.data_count.is_some();
        module.type_table = TypeTable::new(&module.types);
        module.referenced_functions = alloc::vec![0; module.functions.len().div_ceil(64)];
        for &index in &self.referenced {
            if let Some(word) = module.referenced_functions.get_mut(index as usize / 64) {
                *word |= 1 << (index % 64);
            }
        }
        Ok(())
    }
}

#[cold]
fn malformed_section_id(id: u8, offset: usize) -> Error {
    Error::malformed(offset, format!("malformed section id {id}"))
}
