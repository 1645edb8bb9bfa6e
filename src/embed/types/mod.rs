//! Type objects: what the embedder sees of types.
//!
//! Input: the types of [`crate::wasm::types`] with the engine that gives defined types their
//! identity, and the embedder's own. Output: [`ValType`], [`FuncType`], [`ExternType`] and their
//! parts, and back.
//! Holds: a type object keeps the defined types that it mentions alive, so that their identities
//! stay valid.

mod defined;
mod externs;

use alloc::string::ToString;
use core::fmt;

use super::engine::Engine;
use crate::wasm::types as wasm;

pub use defined::{ArrayType, FieldType, FuncType, StorageType, StructType};
pub use externs::{
    ExportType, ExternType, GlobalType, ImportType, MemoryType, MemoryTypeBuilder, Mutability,
    TableType, TagType,
};

/// The type of a value (specification, section 2.3.5).
///
/// ```
/// use wazir::{HeapType, RefType, ValType};
/// assert!(ValType::I32.is_num() && !ValType::V128.is_num());
/// assert_eq!(ValType::EXTERNREF.to_string(), "externref");
/// assert_eq!(ValType::from(RefType::new(false, HeapType::Func)).to_string(), "(ref func)");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum ValType {
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
    /// `funcref`: a function or null.
    pub const FUNCREF: ValType = ValType::Ref(RefType::FUNCREF);
    /// `externref`: a value of the host or null.
    pub const EXTERNREF: ValType = ValType::Ref(RefType::EXTERNREF);

    /// Whether it is `i32`, `i64`, `f32` or `f64`.
    pub fn is_num(&self) -> bool {
        matches!(
            self,
            ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64
        )
    }

    /// Whether it is `i32`.
    pub fn is_i32(&self) -> bool {
        matches!(self, ValType::I32)
    }

    /// Whether it is `i64`.
    pub fn is_i64(&self) -> bool {
        matches!(self, ValType::I64)
    }

    /// Whether it is `f32`.
    pub fn is_f32(&self) -> bool {
        matches!(self, ValType::F32)
    }

    /// Whether it is `f64`.
    pub fn is_f64(&self) -> bool {
        matches!(self, ValType::F64)
    }

    /// Whether it is `v128`.
    pub fn is_v128(&self) -> bool {
        matches!(self, ValType::V128)
    }

    /// Whether it is a reference type.
    pub fn is_ref(&self) -> bool {
        matches!(self, ValType::Ref(_))
    }

    /// Whether it is `funcref`.
    pub fn is_funcref(&self) -> bool {
        *self == ValType::FUNCREF
    }

    /// Whether it is `externref`.
    pub fn is_externref(&self) -> bool {
        *self == ValType::EXTERNREF
    }

    /// The reference type, if it is one.
    pub fn as_ref(&self) -> Option<&RefType> {
        match self {
            ValType::Ref(ty) => Some(ty),
            _ => None,
        }
    }

    /// The reference type.
    ///
    /// # Panics
    /// If it is not one.
    pub fn unwrap_ref(&self) -> &RefType {
        self.as_ref()
            .unwrap_or_else(|| panic!("{self} is not a reference type"))
    }

    /// Whether every value of this type is a value of `other`: whether this is a subtype
    /// (specification, section 3.3.4).
    pub fn matches(&self, other: &ValType) -> bool {
        match (self, other) {
            (ValType::Ref(this), ValType::Ref(other)) => this.matches(other),
            _ => self == other,
        }
    }

    /// The value that variables of the type begin with, if there is one.
    pub fn default_value(&self) -> Option<super::val::Val> {
        super::val::Val::default_for_ty(self)
    }

    pub(super) fn to_wasm(&self) -> wasm::ValType {
        match self {
            ValType::I32 => wasm::ValType::I32,
            ValType::I64 => wasm::ValType::I64,
            ValType::F32 => wasm::ValType::F32,
            ValType::F64 => wasm::ValType::F64,
            ValType::V128 => wasm::ValType::V128,
            ValType::Ref(ty) => wasm::ValType::Ref(ty.to_wasm()),
        }
    }

    pub(super) fn from_wasm(engine: &Engine, ty: wasm::ValType) -> ValType {
        match ty {
            wasm::ValType::I32 => ValType::I32,
            wasm::ValType::I64 => ValType::I64,
            wasm::ValType::F32 => ValType::F32,
            wasm::ValType::F64 => ValType::F64,
            wasm::ValType::V128 => ValType::V128,
            wasm::ValType::Ref(ty) => ValType::Ref(RefType::from_wasm(engine, ty)),
        }
    }

    /// Whether the defined type in it, if there is one, belongs to `engine`.
    pub(super) fn belongs_to(&self, engine: &Engine) -> bool {
        self.as_ref()
            .is_none_or(|ty| ty.heap_type.belongs_to(engine))
    }
}

impl From<RefType> for ValType {
    fn from(ty: RefType) -> ValType {
        ValType::Ref(ty)
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

impl fmt::Debug for ValType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The type of a reference: what it refers to, and whether it may be null (specification, section
/// 2.3.4).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RefType {
    is_nullable: bool,
    heap_type: HeapType,
}

impl RefType {
    /// `funcref`: a function or null.
    pub const FUNCREF: RefType = RefType::new(true, HeapType::Func);
    /// `externref`: a value of the host or null.
    pub const EXTERNREF: RefType = RefType::new(true, HeapType::Extern);

    /// Makes a reference type.
    pub const fn new(is_nullable: bool, heap_type: HeapType) -> RefType {
        RefType {
            is_nullable,
            heap_type,
        }
    }

    /// Whether null belongs to it.
    pub fn is_nullable(&self) -> bool {
        self.is_nullable
    }

    /// What is referred to.
    pub fn heap_type(&self) -> &HeapType {
        &self.heap_type
    }

    /// Whether every reference of this type is one of `other`.
    pub fn matches(&self, other: &RefType) -> bool {
        (other.is_nullable || !self.is_nullable) && self.heap_type.matches(&other.heap_type)
    }

    pub(super) fn to_wasm(&self) -> wasm::RefType {
        wasm::RefType {
            nullable: self.is_nullable,
            heap: self.heap_type.to_wasm(),
        }
    }

    pub(super) fn from_wasm(engine: &Engine, ty: wasm::RefType) -> RefType {
        RefType::new(ty.nullable, HeapType::from_wasm(engine, ty.heap))
    }
}

impl fmt::Display for RefType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.is_nullable, &self.heap_type) {
            (
                true,
                HeapType::ConcreteFunc(_)
                | HeapType::ConcreteStruct(_)
                | HeapType::ConcreteArray(_),
            ) => {
                write!(f, "(ref null {})", self.heap_type)
            }
            (true, HeapType::None) => f.write_str("nullref"),
            (true, HeapType::NoFunc) => f.write_str("nullfuncref"),
            (true, HeapType::NoExtern) => f.write_str("nullexternref"),
            (true, HeapType::NoExn) => f.write_str("nullexnref"),
            (true, heap_type) => write!(f, "{heap_type}ref"),
            (false, heap_type) => write!(f, "(ref {heap_type})"),
        }
    }
}

impl fmt::Debug for RefType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a reference can refer to (specification, section 2.3.3).
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeapType {
    /// Any value of the host.
    Extern,
    /// No value of the host.
    NoExtern,
    /// Any function.
    Func,
    /// A function of one type.
    ConcreteFunc(FuncType),
    /// No function.
    NoFunc,
    /// Any value of the guest's heap.
    Any,
    /// Any value of the guest's heap that can be compared.
    Eq,
    /// A 31-bit integer.
    I31,
    /// Any array.
    Array,
    /// An array of one type.
    ConcreteArray(ArrayType),
    /// Any structure.
    Struct,
    /// A structure of one type.
    ConcreteStruct(StructType),
    /// No value of the guest's heap.
    None,
    /// Any exception.
    Exn,
    /// No exception.
    NoExn,
}

impl HeapType {
    /// Whether it is a defined type: a function, array or structure type.
    pub fn is_concrete(&self) -> bool {
        self.engine().is_some()
    }

    /// The function type, if it is one.
    pub fn as_concrete_func(&self) -> Option<&FuncType> {
        match self {
            HeapType::ConcreteFunc(ty) => Some(ty),
            _ => None,
        }
    }

    /// Whether every reference to this is one to `other`.
    pub fn matches(&self, other: &HeapType) -> bool {
        match (self.engine(), other.engine()) {
            (Some(engine), Some(other_engine)) if !Engine::same(engine, other_engine) => false,
            (Some(engine), _) | (None, Some(engine)) => {
                engine.types().matches_heap(self.to_wasm(), other.to_wasm())
            }
            (None, None) => self.to_wasm().is_abstract_subtype(other.to_wasm()),
        }
    }

    /// The engine that a defined type belongs to.
    fn engine(&self) -> Option<&Engine> {
        match self {
            HeapType::ConcreteFunc(ty) => Some(ty.engine()),
            HeapType::ConcreteArray(ty) => Some(ty.engine()),
            HeapType::ConcreteStruct(ty) => Some(ty.engine()),
            _ => None,
        }
    }

    fn belongs_to(&self, engine: &Engine) -> bool {
        self.engine().is_none_or(|own| Engine::same(own, engine))
    }

    pub(super) fn to_wasm(&self) -> wasm::HeapType {
        match self {
            HeapType::Extern => wasm::HeapType::Extern,
            HeapType::NoExtern => wasm::HeapType::NoExtern,
            HeapType::Func => wasm::HeapType::Func,
            HeapType::ConcreteFunc(ty) => wasm::HeapType::Concrete(ty.id()),
            HeapType::NoFunc => wasm::HeapType::NoFunc,
            HeapType::Any => wasm::HeapType::Any,
            HeapType::Eq => wasm::HeapType::Eq,
            HeapType::I31 => wasm::HeapType::I31,
            HeapType::Array => wasm::HeapType::Array,
            HeapType::ConcreteArray(ty) => wasm::HeapType::Concrete(ty.id()),
            HeapType::Struct => wasm::HeapType::Struct,
            HeapType::ConcreteStruct(ty) => wasm::HeapType::Concrete(ty.id()),
            HeapType::None => wasm::HeapType::None,
            HeapType::Exn => wasm::HeapType::Exn,
            HeapType::NoExn => wasm::HeapType::NoExn,
        }
    }

    pub(super) fn from_wasm(engine: &Engine, ty: wasm::HeapType) -> HeapType {
        match ty {
            wasm::HeapType::Extern => HeapType::Extern,
            wasm::HeapType::NoExtern => HeapType::NoExtern,
            wasm::HeapType::Func => HeapType::Func,
            wasm::HeapType::NoFunc => HeapType::NoFunc,
            wasm::HeapType::Any => HeapType::Any,
            wasm::HeapType::Eq => HeapType::Eq,
            wasm::HeapType::I31 => HeapType::I31,
            wasm::HeapType::Array => HeapType::Array,
            wasm::HeapType::Struct => HeapType::Struct,
            wasm::HeapType::None => HeapType::None,
            wasm::HeapType::Exn => HeapType::Exn,
            wasm::HeapType::NoExn => HeapType::NoExn,
            wasm::HeapType::Concrete(id) => defined::heap_type(engine, id),
        }
    }
}

impl fmt::Display for HeapType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            HeapType::Extern => "extern",
            HeapType::NoExtern => "noextern",
            HeapType::Func => "func",
            HeapType::NoFunc => "nofunc",
            HeapType::Any => "any",
            HeapType::Eq => "eq",
            HeapType::I31 => "i31",
            HeapType::Array => "array",
            HeapType::Struct => "struct",
            HeapType::None => "none",
            HeapType::Exn => "exn",
            HeapType::NoExn => "noexn",
            HeapType::ConcreteFunc(ty) => return f.pad(&ty.to_string()),
            HeapType::ConcreteArray(ty) => return f.pad(&ty.to_string()),
            HeapType::ConcreteStruct(ty) => return f.pad(&ty.to_string()),
        })
    }
}

impl fmt::Debug for HeapType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
