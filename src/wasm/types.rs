//! The type system of WebAssembly 3.0, as every engine holds it.
//!
//! Input: nothing. Output: value, reference, composite and external types.
//! Holds: a [`TypeId`] names a type canonically within an engine, so that two types of one engine
//! are equal exactly if their numbers are (iso-recursive equality, specification section 3.3.13).

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::fmt;

/// The identity of a defined type within an engine.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub(crate) struct TypeId(pub(crate) u32);

impl TypeId {
    /// Numbers from here on are positions within the recursion group that is being defined.
    pub(crate) const FIRST_RELATIVE: u32 = u32::MAX - (1 << 20);

    /// A reference to a type of the recursion group that is being defined, by its position.
    pub(crate) const fn relative(index_in_group: u32) -> TypeId {
        TypeId(TypeId::FIRST_RELATIVE + index_in_group)
    }

    /// The position in the recursion group that is being defined, for a reference within it.
    pub(crate) const fn as_relative(self) -> Option<u32> {
        self.0.checked_sub(TypeId::FIRST_RELATIVE)
    }
}

/// What a reference can refer to.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum HeapType {
    /// Any function.
    Func,
    /// No function: the type of the null function reference.
    NoFunc,
    /// Any value of the host.
    Extern,
    /// No value of the host.
    NoExtern,
    /// Any value of the guest's heap.
    Any,
    /// Any value of the guest's heap that can be compared.
    Eq,
    /// A 31-bit integer.
    I31,
    /// Any structure.
    Struct,
    /// Any array.
    Array,
    /// No value of the guest's heap.
    None,
    /// Any exception.
    Exn,
    /// No exception.
    NoExn,
    /// A value of one defined type.
    Concrete(TypeId),
}

impl HeapType {
    /// The abstract types, by their [index](HeapType::index).
    pub(crate) const ABSTRACT: [HeapType; 12] = {
        use HeapType::*;
        [
            Func, NoFunc, Extern, NoExtern, Any, Eq, I31, Struct, Array, None, Exn, NoExn,
        ]
    };

    /// A number for each abstract type, and the next one for all defined types.
    pub(crate) const fn index(self) -> u8 {
        match self {
            HeapType::Func => 0,
            HeapType::NoFunc => 1,
            HeapType::Extern => 2,
            HeapType::NoExtern => 3,
            HeapType::Any => 4,
            HeapType::Eq => 5,
            HeapType::I31 => 6,
            HeapType::Struct => 7,
            HeapType::Array => 8,
            HeapType::None => 9,
            HeapType::Exn => 10,
            HeapType::NoExn => 11,
            HeapType::Concrete(_) => 12,
        }
    }

    /// The type, if it is abstract, with all abstract types above it.
    const fn supertypes(self) -> &'static [HeapType] {
        use HeapType::*;
        match self {
            Func => &[Func],
            NoFunc => &[NoFunc, Func],
            Extern => &[Extern],
            NoExtern => &[NoExtern, Extern],
            Any => &[Any],
            Eq => &[Eq, Any],
            I31 => &[I31, Eq, Any],
            Struct => &[Struct, Eq, Any],
            Array => &[Array, Eq, Any],
            None => &[None, I31, Struct, Array, Eq, Any],
            Exn => &[Exn],
            NoExn => &[NoExn, Exn],
            Concrete(_) => &[],
        }
    }

    /// Whether every reference of this abstract type is one of the abstract type `other`.
    pub(crate) const fn is_abstract_subtype(self, other: HeapType) -> bool {
        match self {
            HeapType::Concrete(_) => false,
            _ => SUPERTYPES[self.index() as usize] & 1 << other.index() != 0,
        }
    }

    /// The type of the null reference in the same hierarchy as this abstract type.
    pub(crate) const fn bottom(self) -> HeapType {
        match self {
            HeapType::Func | HeapType::NoFunc => HeapType::NoFunc,
            HeapType::Extern | HeapType::NoExtern => HeapType::NoExtern,
            HeapType::Exn | HeapType::NoExn => HeapType::NoExn,
            _ => HeapType::None,
        }
    }

    /// The type above all types in the same hierarchy as this abstract type.
    pub(crate) const fn top(self) -> HeapType {
        match self.bottom() {
            HeapType::NoFunc => HeapType::Func,
            HeapType::NoExtern => HeapType::Extern,
            HeapType::NoExn => HeapType::Exn,
            _ => HeapType::Any,
        }
    }
}

/// For each abstract heap type the set of those above it, as bits.
const SUPERTYPES: [u16; HeapType::ABSTRACT.len()] = {
    let mut sets = [0; HeapType::ABSTRACT.len()];
    let mut index = 0;
    while index < sets.len() {
        let supertypes = HeapType::ABSTRACT[index].supertypes();
        let mut above = 0;
        while above < supertypes.len() {
            sets[index] |= 1 << supertypes[above].index();
            above += 1;
        }
        index += 1;
    }
    sets
};

impl fmt::Display for HeapType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            HeapType::Func => "func",
            HeapType::NoFunc => "nofunc",
            HeapType::Extern => "extern",
            HeapType::NoExtern => "noextern",
            HeapType::Any => "any",
            HeapType::Eq => "eq",
            HeapType::I31 => "i31",
            HeapType::Struct => "struct",
            HeapType::Array => "array",
            HeapType::None => "none",
            HeapType::Exn => "exn",
            HeapType::NoExn => "noexn",
            HeapType::Concrete(id) => return write!(f, "$type{}", id.0),
        })
    }
}

/// The type of a reference.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RefType {
    /// Whether null belongs to the type.
    pub(crate) nullable: bool,
    /// What is referred to.
    pub(crate) heap: HeapType,
}

impl RefType {
    /// `funcref`.
    pub(crate) const FUNCREF: RefType = RefType {
        nullable: true,
        heap: HeapType::Func,
    };
    /// `externref`.
    pub(crate) const EXTERNREF: RefType = RefType {
        nullable: true,
        heap: HeapType::Extern,
    };
    /// `exnref`.
    pub(crate) const EXNREF: RefType = RefType {
        nullable: true,
        heap: HeapType::Exn,
    };
}

impl fmt::Display for RefType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.nullable, self.heap) {
            (true, HeapType::Func) => f.write_str("funcref"),
            (true, HeapType::Extern) => f.write_str("externref"),
            (true, HeapType::Exn) => f.write_str("exnref"),
            (true, heap) => write!(f, "(ref null {heap})"),
            (false, heap) => write!(f, "(ref {heap})"),
        }
    }
}

/// The type of a value.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ValType {
    /// A 32-bit integer.
    I32,
    /// A 64-bit integer.
    I64,
    /// A 32-bit floating-point number.
    F32,
    /// A 64-bit floating-point number.
    F64,
    /// A 128-bit vector.
    V128,
    /// A reference.
    Ref(RefType),
}

impl ValType {
    /// How many 8-byte slots a value of the type takes in the interpreter's frames and in the
    /// arrays by which values are passed: two for a vector, otherwise one.
    #[inline]
    pub(crate) const fn slots(self) -> usize {
        match self {
            ValType::V128 => 2,
            _ => 1,
        }
    }

    /// Whether a local of the type has a value before it is set.
    pub(crate) const fn is_defaultable(self) -> bool {
        !matches!(
            self,
            ValType::Ref(RefType {
                nullable: false,
                ..
            })
        )
    }
}

impl fmt::Display for ValType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ValType::I32 => "i32",
            ValType::I64 => "i64",
            ValType::F32 => "f32",
            ValType::F64 => "f64",
            ValType::V128 => "v128",
            ValType::Ref(ty) => return ty.fmt(f),
        })
    }
}

/// The type of a function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FuncType {
    /// Parameters, then results.
    types: Box<[ValType]>,
    param_count: u32,
    /// What [`FuncType::slots`] gives, which is asked wherever a type is used.
    param_slots: u32,
    result_slots: u32,
}

impl FuncType {
    /// Makes a function type.
    pub(crate) fn new(
        params: impl IntoIterator<Item = ValType>,
        results: impl IntoIterator<Item = ValType>,
    ) -> FuncType {
        let (params, results) = (params.into_iter(), results.into_iter());
        let count = params.size_hint().0 + results.size_hint().0;
        let mut types = alloc::vec::Vec::with_capacity(count);
        types.extend(params);
        let param_count = types.len();
        types.extend(results);
        let slots = |types: &[ValType]| types.iter().map(|ty| ty.slots() as u32).sum();
        FuncType {
            param_count: param_count as u32,
            param_slots: slots(&types[..param_count]),
            result_slots: slots(&types[param_count..]),
            types: types.into(),
        }
    }

    /// The types of the parameters.
    #[inline]
    pub(crate) fn params(&self) -> &[ValType] {
        &self.types[..self.param_count as usize]
    }

    /// The types of the results.
    #[inline]
    pub(crate) fn results(&self) -> &[ValType] {
        &self.types[self.param_count as usize..]
    }

    /// Slots that the parameters take, and slots that the results take.
    #[inline]
    pub(crate) fn slots(&self) -> (usize, usize) {
        (self.param_slots as usize, self.result_slots as usize)
    }
}

impl fmt::Display for FuncType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        write_list(f, self.params())?;
        f.write_str("] -> [")?;
        write_list(f, self.results())?;
        f.write_str("]")
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, types: &[impl fmt::Display]) -> fmt::Result {
    for (index, ty) in types.iter().enumerate() {
        write!(f, "{}{ty}", if index == 0 { "" } else { " " })?;
    }
    Ok(())
}

/// The type of a field of a structure or of an array's elements.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FieldType {
    /// What is stored.
    pub(crate) storage: StorageType,
    /// Whether it can be changed.
    pub(crate) mutable: bool,
}

impl fmt::Display for FieldType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (open, close) = if self.mutable {
            ("(mut ", ")")
        } else {
            ("", "")
        };
        match self.storage {
            StorageType::I8 => write!(f, "{open}i8{close}"),
            StorageType::I16 => write!(f, "{open}i16{close}"),
            StorageType::Val(ty) => write!(f, "{open}{ty}{close}"),
        }
    }
}

/// How a field is stored.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum StorageType {
    /// Eight bits of an `i32`.
    I8,
    /// Sixteen bits of an `i32`.
    I16,
    /// A value.
    Val(ValType),
}

impl StorageType {
    fn val_type_mut(&mut self) -> Option<&mut ValType> {
        match self {
            StorageType::I8 | StorageType::I16 => None,
            StorageType::Val(ty) => Some(ty),
        }
    }
}

/// The structure of a defined type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum CompositeType {
    /// A function.
    Func(Arc<FuncType>),
    /// A structure.
    Struct(Box<[FieldType]>),
    /// An array.
    Array(FieldType),
}

impl CompositeType {
    /// The abstract heap type directly above.
    pub(crate) const fn abstract_heap_type(&self) -> HeapType {
        match self {
            CompositeType::Func(_) => HeapType::Func,
            CompositeType::Struct(_) => HeapType::Struct,
            CompositeType::Array(_) => HeapType::Array,
        }
    }
}

impl fmt::Display for CompositeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CompositeType::Func(ty) => ty.fmt(f),
            CompositeType::Struct(fields) => {
                f.write_str("(struct ")?;
                write_list(f, fields)?;
                f.write_str(")")
            }
            CompositeType::Array(field) => write!(f, "(array {field})"),
        }
    }
}

/// A defined type with its place among its supertypes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SubType {
    /// Whether it has no subtypes.
    pub(crate) is_final: bool,
    /// The declared supertype.
    pub(crate) supertype: Option<TypeId>,
    /// Its structure.
    pub(crate) composite: CompositeType,
}

impl SubType {
    /// Calls `change` with every reference to a defined type. A function type that is shared is
    /// copied first.
    pub(crate) fn for_each_reference_mut(&mut self, mut change: impl FnMut(&mut TypeId)) {
        if let Some(supertype) = &mut self.supertype {
            change(supertype);
        }
        let mut in_val_type = |ty: &mut ValType| {
            if let ValType::Ref(RefType {
                heap: HeapType::Concrete(id),
                ..
            }) = ty
            {
                change(id);
            }
        };
        match &mut self.composite {
            CompositeType::Func(ty) => Arc::make_mut(ty).types.iter_mut().for_each(in_val_type),
            CompositeType::Struct(fields) => {
                fields
                    .iter_mut()
                    .filter_map(|field| field.storage.val_type_mut())
                    .for_each(in_val_type);
            }
            CompositeType::Array(field) => {
                if let Some(ty) = field.storage.val_type_mut() {
                    in_val_type(ty);
                }
            }
        }
    }
}

/// The size limits of a memory or of a table, in pages or elements.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Limits {
    /// The initial size.
    pub(crate) min: u64,
    /// The size beyond which it cannot grow.
    pub(crate) max: Option<u64>,
}

/// The type of a memory.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct MemoryType {
    /// Sizes in pages of 64 KiB.
    pub(crate) limits: Limits,
    /// Whether addresses are `i64`.
    pub(crate) is_64: bool,
    /// Whether threads share it.
    pub(crate) shared: bool,
}

impl MemoryType {
    /// The type of addresses.
    pub(crate) const fn address_type(&self) -> ValType {
        if self.is_64 {
            ValType::I64
        } else {
            ValType::I32
        }
    }
}

/// The type of a table.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TableType {
    /// The type of the elements.
    pub(crate) element: RefType,
    /// Sizes in elements.
    pub(crate) limits: Limits,
    /// Whether indices are `i64`.
    pub(crate) is_64: bool,
}

impl TableType {
    /// The type of indices.
    pub(crate) const fn address_type(&self) -> ValType {
        if self.is_64 {
            ValType::I64
        } else {
            ValType::I32
        }
    }
}

/// The type of a global.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct GlobalType {
    /// The type of the value.
    pub(crate) content: ValType,
    /// Whether it can be changed.
    pub(crate) mutable: bool,
}

impl fmt::Display for GlobalType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.mutable {
            write!(f, "(mut {})", self.content)
        } else {
            self.content.fmt(f)
        }
    }
}

/// The type of an import or export. Function and tag types are named by their identity.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ExternType {
    /// A function.
    Func(TypeId),
    /// A table.
    Table(TableType),
    /// A memory.
    Memory(MemoryType),
    /// A global.
    Global(GlobalType),
    /// A tag, with the type of the exceptions' parameters.
    Tag(TypeId),
}

impl ExternType {
    /// The word for what it is.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            ExternType::Func(_) => "function",
            ExternType::Table(_) => "table",
            ExternType::Memory(_) => "memory",
            ExternType::Global(_) => "global",
            ExternType::Tag(_) => "tag",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abstract_heap_types_form_four_hierarchies() {
        assert!(HeapType::None.is_abstract_subtype(HeapType::I31));
        assert!(HeapType::I31.is_abstract_subtype(HeapType::Any));
        assert!(HeapType::NoFunc.is_abstract_subtype(HeapType::Func));
        assert!(!HeapType::None.is_abstract_subtype(HeapType::Func));
        assert!(!HeapType::Any.is_abstract_subtype(HeapType::Eq));
        assert!(!HeapType::Struct.is_abstract_subtype(HeapType::Array));
        for (index, heap) in HeapType::ABSTRACT.into_iter().enumerate() {
            assert_eq!(heap.index() as usize, index);
            assert!(heap.is_abstract_subtype(heap));
        }
        assert_eq!(HeapType::I31.bottom(), HeapType::None);
        assert_eq!(HeapType::NoExn.top(), HeapType::Exn);
    }
}
