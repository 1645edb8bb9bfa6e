//! Values whose types are known at run time.
//!
//! Input: Rust numbers and handles. Output: [`Val`], [`Ref`] and [`V128`].
//! Holds: floating-point values are kept as bits, so that no not-a-number changes on its way.

use core::fmt;

use super::extern_ref::{ExternRef, Rooted};
use super::func::Func;
use super::store::AsContext;
use super::types::{HeapType, RefType, ValType};
use crate::error::Result;
use crate::wasm::types as wasm;

/// A WebAssembly value.
///
/// ```
/// use wazir::Val;
/// let val = Val::from(1.5_f32);
/// assert_eq!(val.f32(), Some(1.5));
/// assert_eq!(val.i32(), None);
/// assert!(matches!(val, Val::F32(0x3fc0_0000)));
/// ```
#[derive(Copy, Clone, Debug)]
#[non_exhaustive]
pub enum Val {
    /// A 32-bit integer.
    I32(i32),
    /// A 64-bit integer.
    I64(i64),
    /// The bits of a 32-bit floating-point number.
    F32(u32),
    /// The bits of a 64-bit floating-point number.
    F64(u64),
    /// A 128-bit vector.
    V128(V128),
    /// A function or null.
    FuncRef(Option<Func>),
    /// A value of the host or null.
    ExternRef(Option<Rooted<ExternRef>>),
}

macro_rules! accessors {
    ($($(#[$doc:meta])* $get:ident $unwrap:ident $ty:ty, $pattern:pat => $value:expr;)*) => {
        impl Val {
            $(
                $(#[$doc])*
                pub fn $get(&self) -> Option<$ty> {
                    match *self {
                        $pattern => Some($value),
                        _ => None,
                    }
                }

                /// The same.
                ///
                /// # Panics
                /// If it is of another type.
                pub fn $unwrap(&self) -> $ty {
                    self.$get().unwrap_or_else(|| panic!("expected {}, found {self:?}", stringify!($get)))
                }
            )*
        }
    };
}

accessors! {
    /// The number, if it is an `i32`.
    i32 unwrap_i32 i32, Val::I32(value) => value;
    /// The number, if it is an `i64`.
    i64 unwrap_i64 i64, Val::I64(value) => value;
    /// The number, if it is an `f32`.
    f32 unwrap_f32 f32, Val::F32(bits) => f32::from_bits(bits);
    /// The number, if it is an `f64`.
    f64 unwrap_f64 f64, Val::F64(bits) => f64::from_bits(bits);
    /// The vector, if it is a `v128`.
    v128 unwrap_v128 V128, Val::V128(value) => value;
    /// The function or null, if it is a reference to a function.
    func_ref unwrap_func_ref Option<Func>, Val::FuncRef(func) => func;
    /// The host's value or null, if it is a reference to one.
    extern_ref unwrap_extern_ref Option<Rooted<ExternRef>>, Val::ExternRef(value) => value;
}

impl Val {
    /// The null function.
    pub const fn null_func_ref() -> Val {
        Val::FuncRef(None)
    }

    /// The null host value.
    pub const fn null_extern_ref() -> Val {
        Val::ExternRef(None)
    }

    /// The value that variables of a type begin with: zero or null. None for references that cannot
    /// be null, and for those that have no form as a [`Val`].
    pub fn default_for_ty(ty: &ValType) -> Option<Val> {
        Some(match ty {
            ValType::I32 => Val::I32(0),
            ValType::I64 => Val::I64(0),
            ValType::F32 => Val::F32(0),
            ValType::F64 => Val::F64(0),
            ValType::V128 => Val::V128(V128::from(0)),
            ValType::Ref(ty) if ty.is_nullable() => Val::from(Ref::try_null(ty.heap_type())?),
            ValType::Ref(_) => return None,
        })
    }

    /// The reference, if it is one.
    pub fn ref_(&self) -> Option<Ref> {
        match *self {
            Val::FuncRef(func) => Some(Ref::Func(func)),
            Val::ExternRef(value) => Some(Ref::Extern(value)),
            _ => None,
        }
    }

    /// The most special type of the value.
    ///
    /// # Errors
    /// If it is a reference that does not belong to the store.
    pub fn ty(&self, store: impl AsContext) -> Result<ValType> {
        Ok(match self {
            Val::I32(_) => ValType::I32,
            Val::I64(_) => ValType::I64,
            Val::F32(_) => ValType::F32,
            Val::F64(_) => ValType::F64,
            Val::V128(_) => ValType::V128,
            Val::FuncRef(func) => ValType::Ref(Ref::Func(*func).ty(store)?),
            Val::ExternRef(value) => ValType::Ref(Ref::Extern(*value).ty(store)?),
        })
    }

    /// Whether it is a value of the type `ty`.
    ///
    /// # Errors
    /// If it is a reference that does not belong to the store.
    pub fn matches_ty(&self, store: impl AsContext, ty: &ValType) -> Result<bool> {
        Ok(self.ty(store)?.matches(ty))
    }

    /// What it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Val::I32(_) => "i32",
            Val::I64(_) => "i64",
            Val::F32(_) => "f32",
            Val::F64(_) => "f64",
            Val::V128(_) => "v128",
            Val::FuncRef(Some(_)) => "a function",
            Val::FuncRef(None) => "a null function",
            Val::ExternRef(Some(_)) => "a value of the host",
            Val::ExternRef(None) => "a null value of the host",
        }
    }
}

macro_rules! conversions {
    ($($from:ty => $to:ident, |$value:ident| $result:expr;)*) => {$(
        impl From<$from> for $to {
            #[inline]
            fn from($value: $from) -> $to {
                $result
            }
        }
    )*};
}

conversions! {
    i32 => Val, |value| Val::I32(value);
    u32 => Val, |value| Val::I32(value as i32);
    i64 => Val, |value| Val::I64(value);
    u64 => Val, |value| Val::I64(value as i64);
    f32 => Val, |value| Val::F32(value.to_bits());
    f64 => Val, |value| Val::F64(value.to_bits());
    u128 => Val, |value| Val::V128(value.into());
    V128 => Val, |value| Val::V128(value);
    Func => Val, |value| Val::FuncRef(Some(value));
    Option<Func> => Val, |value| Val::FuncRef(value);
    Rooted<ExternRef> => Val, |value| Val::ExternRef(Some(value));
    Option<Rooted<ExternRef>> => Val, |value| Val::ExternRef(value);
    Ref => Val, |value| match value {
        Ref::Func(func) => Val::FuncRef(func),
        Ref::Extern(value) => Val::ExternRef(value),
    };
    Func => Ref, |value| Ref::Func(Some(value));
    Option<Func> => Ref, |value| Ref::Func(value);
    Rooted<ExternRef> => Ref, |value| Ref::Extern(Some(value));
    Option<Rooted<ExternRef>> => Ref, |value| Ref::Extern(value);
}

/// A reference, as tables hold them.
#[derive(Copy, Clone, Debug)]
#[non_exhaustive]
pub enum Ref {
    /// A function or null.
    Func(Option<Func>),
    /// A value of the host or null.
    Extern(Option<Rooted<ExternRef>>),
}

impl Ref {
    /// The null of a heap type.
    ///
    /// # Panics
    /// If it is a type of the guest's own heap or of exceptions, which have no form as a [`Ref`] yet.
    pub fn null(heap_type: &HeapType) -> Ref {
        match Ref::try_null(heap_type) {
            Some(null) => null,
            None => panic!("references of type {heap_type} have no form as a `Ref`"),
        }
    }

    pub(super) fn try_null(heap_type: &HeapType) -> Option<Ref> {
        match heap_type.to_wasm() {
            wasm::HeapType::Extern | wasm::HeapType::NoExtern => Some(Ref::Extern(None)),
            wasm::HeapType::Func | wasm::HeapType::NoFunc => Some(Ref::Func(None)),
            wasm::HeapType::Concrete(_) => heap_type.as_concrete_func().map(|_| Ref::Func(None)),
            _ => None,
        }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Ref::Func(None) | Ref::Extern(None))
    }

    /// The function or null, if it is a reference to a function.
    pub fn as_func(&self) -> Option<Option<&Func>> {
        match self {
            Ref::Func(func) => Some(func.as_ref()),
            Ref::Extern(_) => None,
        }
    }

    /// The function; none if it is null.
    ///
    /// # Panics
    /// If it is no reference to a function.
    pub fn unwrap_func(&self) -> Option<&Func> {
        self.as_func()
            .unwrap_or_else(|| panic!("expected a function, found {self:?}"))
    }

    /// The host's value or null, if it is a reference to one.
    pub fn as_extern(&self) -> Option<Option<&Rooted<ExternRef>>> {
        match self {
            Ref::Extern(value) => Some(value.as_ref()),
            Ref::Func(_) => None,
        }
    }

    /// The host's value; none if it is null.
    ///
    /// # Panics
    /// If it is no reference to a host's value.
    pub fn unwrap_extern(&self) -> Option<&Rooted<ExternRef>> {
        self.as_extern()
            .unwrap_or_else(|| panic!("expected a host's value, found {self:?}"))
    }

    /// The most special type of the reference.
    ///
    /// # Errors
    /// If it does not belong to the store.
    pub fn ty(&self, store: impl AsContext) -> Result<RefType> {
        Ok(match self {
            Ref::Func(None) => RefType::new(true, HeapType::NoFunc),
            Ref::Extern(None) => RefType::new(true, HeapType::NoExtern),
            Ref::Func(Some(func)) => RefType::new(
                false,
                HeapType::ConcreteFunc(func.try_ty(store.as_context().core())?),
            ),
            Ref::Extern(Some(value)) => {
                value.data(&store)?;
                RefType::new(false, HeapType::Extern)
            }
        })
    }

    /// Whether it is a reference of the type `ty`.
    ///
    /// # Errors
    /// If it does not belong to the store.
    pub fn matches_ty(&self, store: impl AsContext, ty: &RefType) -> Result<bool> {
        Ok(self.ty(store)?.matches(ty))
    }
}

/// A 128-bit vector. Lane 0 is in the lowest bits.
///
/// ```
/// use wazir::V128;
/// let vector = V128::from(1_u128 << 64);
/// assert_eq!(vector.as_u128(), 1 << 64);
/// ```
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct V128([u64; 2]);

impl V128 {
    /// The bits.
    pub const fn as_u128(self) -> u128 {
        self.0[0] as u128 | (self.0[1] as u128) << 64
    }

    /// The low and the high half.
    #[inline]
    pub(super) const fn to_slots(self) -> [u64; 2] {
        self.0
    }

    #[inline]
    pub(super) const fn from_slots(slots: [u64; 2]) -> V128 {
        V128(slots)
    }
}

impl From<u128> for V128 {
    fn from(bits: u128) -> V128 {
        V128([bits as u64, (bits >> 64) as u64])
    }
}

impl From<V128> for u128 {
    fn from(vector: V128) -> u128 {
        vector.as_u128()
    }
}

impl fmt::Debug for V128 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#034x}", self.as_u128())
    }
}
