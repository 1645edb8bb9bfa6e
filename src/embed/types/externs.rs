//! The types of what modules import and export.
//!
//! Input: the types of a module, or the embedder's. Output: type objects, and back.
//! Holds: sizes are in pages and elements, as in the text format.

use core::fmt;

use super::{FuncType, RefType, ValType};
use crate::embed::engine::Engine;
use crate::error::{Error, Result};
use crate::wasm::types as wasm;

/// Whether a global or field can be changed.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mutability {
    /// It keeps its value.
    Const,
    /// It can be changed.
    Var,
}

impl Mutability {
    pub(super) fn from_wasm(mutable: bool) -> Mutability {
        if mutable {
            Mutability::Var
        } else {
            Mutability::Const
        }
    }

    /// Whether it can be changed.
    pub fn is_var(self) -> bool {
        self == Mutability::Var
    }

    /// Whether it keeps its value.
    pub fn is_const(self) -> bool {
        self == Mutability::Const
    }
}

/// The type of a global (specification, section 2.3.17).
///
/// ```
/// use wazir::{GlobalType, Mutability, ValType};
/// let ty = GlobalType::new(ValType::I64, Mutability::Var);
/// assert!(ty.content().is_i64() && ty.mutability().is_var());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct GlobalType {
    content: ValType,
    mutability: Mutability,
}

impl GlobalType {
    /// Makes a global's type.
    pub fn new(content: ValType, mutability: Mutability) -> GlobalType {
        GlobalType {
            content,
            mutability,
        }
    }

    /// The type of the value.
    pub fn content(&self) -> &ValType {
        &self.content
    }

    /// Whether it can be changed.
    pub fn mutability(&self) -> Mutability {
        self.mutability
    }

    pub(in crate::embed) fn to_wasm(&self) -> wasm::GlobalType {
        wasm::GlobalType {
            content: self.content.to_wasm(),
            mutable: self.mutability.is_var(),
        }
    }

    pub(in crate::embed) fn from_wasm(engine: &Engine, ty: &wasm::GlobalType) -> GlobalType {
        GlobalType::new(
            ValType::from_wasm(engine, ty.content),
            Mutability::from_wasm(ty.mutable),
        )
    }
}

/// The type of a table (specification, section 2.3.16). Sizes are in elements.
///
/// ```
/// use wazir::{RefType, TableType};
/// let ty = TableType::new(RefType::FUNCREF, 10, Some(20));
/// assert_eq!((ty.minimum(), ty.maximum()), (10, Some(20)));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TableType {
    element: RefType,
    limits: wasm::Limits,
    is_64: bool,
}

impl TableType {
    /// Makes the type of a table with 32-bit indices.
    pub fn new(element: RefType, min: u32, max: Option<u32>) -> TableType {
        let limits = wasm::Limits {
            min: min.into(),
            max: max.map(u64::from),
        };
        TableType {
            element,
            limits,
            is_64: false,
        }
    }

    /// Makes the type of a table with 64-bit indices.
    pub fn new64(element: RefType, min: u64, max: Option<u64>) -> TableType {
        TableType {
            element,
            limits: wasm::Limits { min, max },
            is_64: true,
        }
    }

    /// The type of the elements.
    pub fn element(&self) -> &RefType {
        &self.element
    }

    /// The initial size.
    pub fn minimum(&self) -> u64 {
        self.limits.min
    }

    /// The size beyond which it cannot grow.
    pub fn maximum(&self) -> Option<u64> {
        self.limits.max
    }

    /// Whether indices are 64 bits wide.
    pub fn is_64(&self) -> bool {
        self.is_64
    }

    pub(in crate::embed) fn to_wasm(&self) -> wasm::TableType {
        wasm::TableType {
            element: self.element.to_wasm(),
            limits: self.limits,
            is_64: self.is_64,
        }
    }

    pub(in crate::embed) fn from_wasm(engine: &Engine, ty: &wasm::TableType) -> TableType {
        let element = RefType::from_wasm(engine, ty.element);
        TableType {
            element,
            limits: ty.limits,
            is_64: ty.is_64,
        }
    }
}

/// The type of a memory (specification, section 2.3.15). Sizes are in pages of 64 KiB.
///
/// ```
/// use wazir::MemoryType;
/// let ty = MemoryType::new(1, Some(16));
/// assert_eq!((ty.minimum(), ty.maximum(), ty.page_size()), (1, Some(16), 65_536));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct MemoryType(wasm::MemoryType);

impl MemoryType {
    /// Makes the type of a memory with 32-bit addresses.
    pub fn new(minimum: u32, maximum: Option<u32>) -> MemoryType {
        let limits = wasm::Limits {
            min: minimum.into(),
            max: maximum.map(u64::from),
        };
        MemoryType(wasm::MemoryType {
            limits,
            is_64: false,
            shared: false,
        })
    }

    /// Makes the type of a memory with 64-bit addresses.
    pub fn new64(minimum: u64, maximum: Option<u64>) -> MemoryType {
        let limits = wasm::Limits {
            min: minimum,
            max: maximum,
        };
        MemoryType(wasm::MemoryType {
            limits,
            is_64: true,
            shared: false,
        })
    }

    /// Makes the type of a memory with 32-bit addresses that threads share.
    pub fn shared(minimum: u32, maximum: u32) -> MemoryType {
        let limits = wasm::Limits {
            min: minimum.into(),
            max: Some(maximum.into()),
        };
        MemoryType(wasm::MemoryType {
            limits,
            is_64: false,
            shared: true,
        })
    }

    /// Whether addresses are 64 bits wide.
    pub fn is_64(&self) -> bool {
        self.0.is_64
    }

    /// Whether threads share it.
    pub fn is_shared(&self) -> bool {
        self.0.shared
    }

    /// The initial size, in pages.
    pub fn minimum(&self) -> u64 {
        self.0.limits.min
    }

    /// The size beyond which it cannot grow, in pages.
    pub fn maximum(&self) -> Option<u64> {
        self.0.limits.max
    }

    /// The size of a page, in bytes.
    pub fn page_size(&self) -> u64 {
        1 << self.page_size_log2()
    }

    /// The binary logarithm of the size of a page in bytes.
    pub fn page_size_log2(&self) -> u8 {
        16
    }

    pub(in crate::embed) fn to_wasm(&self) -> wasm::MemoryType {
        self.0
    }

    pub(in crate::embed) fn from_wasm(ty: &wasm::MemoryType) -> MemoryType {
        MemoryType(*ty)
    }
}

/// Makes a [`MemoryType`] step by step.
///
/// ```
/// use wazir::MemoryTypeBuilder;
/// let ty = MemoryTypeBuilder::new().min(1).max(Some(16)).memory64(true).build()?;
/// assert!(ty.is_64() && ty.maximum() == Some(16));
/// assert!(MemoryTypeBuilder::new().min(2).max(Some(1)).build().is_err());
/// # Ok::<(), wazir::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MemoryTypeBuilder {
    ty: MemoryType,
    page_size_log2: u8,
}

impl MemoryTypeBuilder {
    /// Begins with a memory that is empty, may grow without limit, has 32-bit addresses and is not
    /// shared.
    pub fn new() -> MemoryTypeBuilder {
        let ty = MemoryType::new(0, None);
        MemoryTypeBuilder {
            page_size_log2: ty.page_size_log2(),
            ty,
        }
    }

    /// The initial size, in pages.
    pub fn min(&mut self, minimum: u64) -> &mut MemoryTypeBuilder {
        self.ty.0.limits.min = minimum;
        self
    }

    /// The size beyond which it cannot grow, in pages.
    pub fn max(&mut self, maximum: Option<u64>) -> &mut MemoryTypeBuilder {
        self.ty.0.limits.max = maximum;
        self
    }

    /// Whether addresses are 64 bits wide.
    pub fn memory64(&mut self, memory64: bool) -> &mut MemoryTypeBuilder {
        self.ty.0.is_64 = memory64;
        self
    }

    /// Whether threads share it.
    pub fn shared(&mut self, shared: bool) -> &mut MemoryTypeBuilder {
        self.ty.0.shared = shared;
        self
    }

    /// The binary logarithm of the size of a page in bytes. Only 16 is possible at present.
    pub fn page_size_log2(&mut self, page_size_log2: u8) -> &mut MemoryTypeBuilder {
        self.page_size_log2 = page_size_log2;
        self
    }

    /// The type.
    ///
    /// # Errors
    /// If the minimum is greater than the maximum, one of them is more than the addresses reach, a
    /// shared memory has no maximum, or pages have another size than 64 KiB.
    pub fn build(&self) -> Result<MemoryType> {
        let wasm::MemoryType {
            limits,
            is_64,
            shared,
        } = self.ty.0;
        let reach: u64 = if is_64 { 1 << 48 } else { 1 << 16 };
        let largest = limits.max.unwrap_or(limits.min).max(limits.min);
        let mistake = if self.page_size_log2 != self.ty.page_size_log2() {
            "pages have 64 KiB, so the binary logarithm of their size is 16"
        } else if limits.max.is_some_and(|max| max < limits.min) {
            "its minimum is greater than its maximum"
        } else if largest > reach {
            "it has more pages than its addresses reach"
        } else if shared && limits.max.is_none() {
            "a shared memory needs a maximum"
        } else {
            return Ok(self.ty.clone());
        };
        Err(Error::msg(format_args!(
            "there is no such memory type: {mistake}"
        )))
    }
}

impl Default for MemoryTypeBuilder {
    fn default() -> MemoryTypeBuilder {
        MemoryTypeBuilder::new()
    }
}

/// Writes limits as in the text format.
fn write_limits(f: &mut fmt::Formatter<'_>, limits: &wasm::Limits, is_64: bool) -> fmt::Result {
    let address = if is_64 { "i64 " } else { "" };
    write!(f, "{address}{}", limits.min)?;
    match limits.max {
        Some(max) => write!(f, " {max}"),
        None => Ok(()),
    }
}

/// In the words of the text format, as the other types.
impl fmt::Debug for MemoryType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryType(")?;
        write_limits(f, &self.0.limits, self.0.is_64)?;
        f.write_str(if self.0.shared { " shared)" } else { ")" })
    }
}

impl fmt::Debug for TableType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TableType(")?;
        write_limits(f, &self.limits, self.is_64)?;
        write!(f, " {})", self.element)
    }
}

impl fmt::Debug for GlobalType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.mutability {
            Mutability::Const => write!(f, "GlobalType({})", self.content),
            Mutability::Var => write!(f, "GlobalType(mut {})", self.content),
        }
    }
}

/// The type of a tag: that of the exceptions with it (specification, section 2.3.14).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TagType(FuncType);

impl TagType {
    /// Makes a tag's type from that of a function whose parameters are the exception's values.
    pub fn new(ty: FuncType) -> TagType {
        TagType(ty)
    }

    /// The function type whose parameters are the exception's values.
    pub fn ty(&self) -> &FuncType {
        &self.0
    }
}

/// The type of an import or export.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ExternType {
    /// A function.
    Func(FuncType),
    /// A global.
    Global(GlobalType),
    /// A table.
    Table(TableType),
    /// A memory.
    Memory(MemoryType),
    /// A tag.
    Tag(TagType),
}

macro_rules! accessors {
    ($($(#[$doc:meta])* $method:ident $unwrap:ident $variant:ident $ty:ident;)*) => {
        impl ExternType {
            $(
                $(#[$doc])*
                pub fn $method(&self) -> Option<&$ty> {
                    match self {
                        ExternType::$variant(ty) => Some(ty),
                        _ => None,
                    }
                }

                /// The same.
                ///
                /// # Panics
                /// If it is of another kind.
                pub fn $unwrap(&self) -> &$ty {
                    self.$method().unwrap_or_else(|| panic!("expected a {}, found {self}", stringify!($method)))
                }
            )*
        }

        $(
            impl From<$ty> for ExternType {
                fn from(ty: $ty) -> ExternType {
                    ExternType::$variant(ty)
                }
            }
        )*
    };
}

accessors! {
    /// The type of the function, if it is one.
    func unwrap_func Func FuncType;
    /// The type of the global, if it is one.
    global unwrap_global Global GlobalType;
    /// The type of the table, if it is one.
    table unwrap_table Table TableType;
    /// The type of the memory, if it is one.
    memory unwrap_memory Memory MemoryType;
    /// The type of the tag, if it is one.
    tag unwrap_tag Tag TagType;
}

impl ExternType {
    pub(in crate::embed) fn from_wasm(engine: &Engine, ty: &wasm::ExternType) -> ExternType {
        match ty {
            wasm::ExternType::Func(id) => ExternType::Func(FuncType::from_id(engine, *id)),
            wasm::ExternType::Table(ty) => ExternType::Table(TableType::from_wasm(engine, ty)),
            wasm::ExternType::Memory(ty) => ExternType::Memory(MemoryType::from_wasm(ty)),
            wasm::ExternType::Global(ty) => ExternType::Global(GlobalType::from_wasm(engine, ty)),
            wasm::ExternType::Tag(id) => ExternType::Tag(TagType(FuncType::from_id(engine, *id))),
        }
    }
}

impl fmt::Display for ExternType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExternType::Func(ty) => write!(f, "a function {ty}"),
            ExternType::Global(ty) => match ty.mutability {
                Mutability::Const => write!(f, "a global of type {}", ty.content),
                Mutability::Var => write!(f, "a mutable global of type {}", ty.content),
            },
            ExternType::Table(ty) => write!(f, "a table of {}", ty.element),
            ExternType::Memory(_) => f.write_str("a memory"),
            ExternType::Tag(ty) => write!(f, "a tag {}", ty.0),
        }
    }
}

/// An import of a module: where it comes from and its type.
///
/// ```
/// use wazir::{Engine, Module};
/// let wasm = wat::parse_str(
///     r#"(module (import "env" "log" (func (param i32 i32))) (import "env" "memory" (memory 1)))"#,
/// )?;
/// let module = Module::new(&Engine::default(), wasm)?;
/// for import in module.imports() {
///     println!("{}::{} is {}", import.module(), import.name(), import.ty());
/// }
/// let log = module.imports().next().unwrap();
/// assert_eq!(log.ty().unwrap_func().params().len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ImportType<'module> {
    module: &'module str,
    name: &'module str,
    ty: ExternType,
}

impl<'module> ImportType<'module> {
    pub(in crate::embed) fn new(module: &'module str, name: &'module str, ty: ExternType) -> Self {
        ImportType { module, name, ty }
    }

    /// The name of the module that it is imported from.
    pub fn module(&self) -> &'module str {
        self.module
    }

    /// Its name in that module.
    pub fn name(&self) -> &'module str {
        self.name
    }

    /// Its type.
    pub fn ty(&self) -> ExternType {
        self.ty.clone()
    }
}

/// An export of a module: its name and type.
///
/// ```
/// use wazir::{Engine, ExternType, Module, ValType};
/// let wasm = wat::parse_str(
///     r#"(module (memory (export "memory") 1)
///          (func (export "half") (param f64) (result f64) (f64.div (local.get 0) (f64.const 2))))"#,
/// )?;
/// let module = Module::new(&Engine::default(), wasm)?;
/// let functions: Vec<_> = module
///     .exports()
///     .filter_map(|export| match export.ty() {
///         ExternType::Func(ty) => Some((export.name(), ty)),
///         _ => None,
///     })
///     .collect();
/// assert_eq!(functions[0].0, "half");
/// assert!(functions[0].1.params().eq([ValType::F64]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ExportType<'module> {
    name: &'module str,
    ty: ExternType,
}

impl<'module> ExportType<'module> {
    pub(in crate::embed) fn new(name: &'module str, ty: ExternType) -> Self {
        ExportType { name, ty }
    }

    /// Its name.
    pub fn name(&self) -> &'module str {
        self.name
    }

    /// Its type.
    pub fn ty(&self) -> ExternType {
        self.ty.clone()
    }
}
