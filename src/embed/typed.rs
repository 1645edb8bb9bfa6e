//! Rust types as WebAssembly values, and calls whose types are known when the program is compiled.
//!
//! Input: Rust values. Output: slots, and back.
//! Holds: what a type writes into slots is a valid value of its WebAssembly type, in the form that
//! running code expects (an `i32` is zero-extended, a reference belongs to the store), so nothing
//! behind it checks again.

use core::fmt;
use core::marker::PhantomData;

use super::extern_ref::{ExternRef, Rooted};
use super::func::Func;
use super::store::{AsContextMut, StorePtr};
use super::val::V128;
use crate::error::Result;
use crate::wasm::types::{FuncType, HeapType, RefType, ValType};

/// Slots for the arguments and results of any typed call: 16 values of two slots.
const MAX_SLOTS: usize = 32;

/// Most calls have so few slots.
const FEW_SLOTS: usize = 6;

/// A Rust type that is a WebAssembly value type, as a parameter or a result.
///
/// | Rust | WebAssembly |
/// |-|-|
/// | `i32`, `u32` | `i32` |
/// | `i64`, `u64` | `i64` |
/// | `f32` | `f32` |
/// | `f64` | `f64` |
/// | [`V128`] | `v128` |
/// | [`Func`], `Option<Func>` | `(ref func)`, `funcref` |
/// | [`Rooted<ExternRef>`](Rooted), `Option<Rooted<ExternRef>>` | `(ref extern)`, `externref` |
///
/// The trait cannot be implemented outside of this crate.
pub trait WasmTy: sealed::Value + Send {}

/// Parameters of a [`TypedFunc`]: one [`WasmTy`], or a tuple of up to 16.
pub trait WasmParams: sealed::List + Send {}

/// Results of a [`TypedFunc`] or of a host function: `()`, one [`WasmTy`], or a tuple of up to 16.
pub trait WasmResults: WasmParams {}

use sealed::SlotType;

pub(super) mod sealed {
    use super::{Result, StorePtr, ValType};

    /// A type, for traits that the crate's users can see.
    #[derive(Copy, Clone)]
    pub struct SlotType(pub(in crate::embed) ValType);

    /// A value in slots.
    pub trait Value: Sized {
        /// The type.
        const TYPE: SlotType;
        /// How many slots it takes.
        const SLOTS: usize = Self::TYPE.0.slots();

        /// Writes the value to its slots. Fails if it belongs to another store.
        fn store(self, store: StorePtr, slots: &mut [u64]) -> Result<()>;

        /// Reads a value of the type from its slots.
        fn load(store: StorePtr, slots: &[u64]) -> Result<Self>;
    }

    /// Several values in slots, one after the other.
    pub trait List: Sized {
        /// Their types.
        const TYPES: &'static [SlotType];
        /// How many slots they take.
        const SLOTS: usize;

        /// Writes the values to their slots. Fails if one belongs to another store.
        fn store(self, store: StorePtr, slots: &mut [u64]) -> Result<()>;

        /// Reads values of the types from their slots.
        fn load(store: StorePtr, slots: &[u64]) -> Result<Self>;
    }
}

macro_rules! numbers {
    ($($rust:ident $wasm:ident $to:expr, $from:expr;)*) => {$(
        impl WasmTy for $rust {}

        impl sealed::Value for $rust {
            const TYPE: SlotType = SlotType(ValType::$wasm);

            #[inline]
            fn store(self, _: StorePtr, slots: &mut [u64]) -> Result<()> {
                slots[0] = $to(self);
                Ok(())
            }

            #[inline]
            fn load(_: StorePtr, slots: &[u64]) -> Result<$rust> {
                Ok($from(slots[0]))
            }
        }
    )*};
}

numbers! {
    i32 I32 |value: i32| u64::from(value as u32), |slot: u64| slot as i32;
    u32 I32 u64::from, |slot: u64| slot as u32;
    i64 I64 |value: i64| value as u64, |slot: u64| slot as i64;
    u64 I64 |value: u64| value, |slot: u64| slot;
    f32 F32 |value: f32| u64::from(value.to_bits()), |slot: u64| f32::from_bits(slot as u32);
    f64 F64 f64::to_bits, f64::from_bits;
}

impl WasmTy for V128 {}

impl sealed::Value for V128 {
    const TYPE: SlotType = SlotType(ValType::V128);

    #[inline]
    fn store(self, _: StorePtr, slots: &mut [u64]) -> Result<()> {
        [slots[0], slots[1]] = self.to_slots();
        Ok(())
    }

    #[inline]
    fn load(_: StorePtr, slots: &[u64]) -> Result<V128> {
        Ok(V128::from_slots([slots[0], slots[1]]))
    }
}

const fn reference(nullable: bool, heap: HeapType) -> SlotType {
    SlotType(ValType::Ref(RefType { nullable, heap }))
}

macro_rules! references {
    ($($rust:ty, $heap:ident, $to:ident, $from:ident;)*) => {$(
        impl WasmTy for $rust {}
        impl WasmTy for Option<$rust> {}

        impl sealed::Value for $rust {
            const TYPE: SlotType = reference(false, HeapType::$heap);

            fn store(self, store: StorePtr, slots: &mut [u64]) -> Result<()> {
                slots[0] = store.$to(self)?;
                Ok(())
            }

            fn load(store: StorePtr, slots: &[u64]) -> Result<$rust> {
                store.$from(slots[0]).map(|it| it.expect("a reference of a type without null is not null"))
            }
        }

        impl sealed::Value for Option<$rust> {
            const TYPE: SlotType = reference(true, HeapType::$heap);

            fn store(self, store: StorePtr, slots: &mut [u64]) -> Result<()> {
                slots[0] = match self {
                    Some(reference) => store.$to(reference)?,
                    None => 0,
                };
                Ok(())
            }

            fn load(store: StorePtr, slots: &[u64]) -> Result<Option<$rust>> {
                store.$from(slots[0])
            }
        }
    )*};
}

references! {
    Func, Func, func_to_slot, func_from_slot;
    Rooted<ExternRef>, Extern, extern_to_slot, extern_from_slot;
}

impl<V: WasmTy> WasmParams for V {}
impl<V: WasmTy> WasmResults for V {}

impl<V: WasmTy> sealed::List for V {
    const TYPES: &'static [SlotType] = &[V::TYPE];
    const SLOTS: usize = <V as sealed::Value>::SLOTS;

    #[inline]
    fn store(self, store: StorePtr, slots: &mut [u64]) -> Result<()> {
        sealed::Value::store(self, store, slots)
    }

    #[inline]
    fn load(store: StorePtr, slots: &[u64]) -> Result<V> {
        sealed::Value::load(store, slots)
    }
}

/// Calls a macro with each number of type parameters that a tuple can have.
macro_rules! for_each_arity {
    ($macro:ident) => {
        $macro!();
        $macro!(A1);
        $macro!(A1 A2);
        $macro!(A1 A2 A3);
        $macro!(A1 A2 A3 A4);
        $macro!(A1 A2 A3 A4 A5);
        $macro!(A1 A2 A3 A4 A5 A6);
        $macro!(A1 A2 A3 A4 A5 A6 A7);
        $macro!(A1 A2 A3 A4 A5 A6 A7 A8);
        $macro!(A1 A2 A3 A4 A5 A6 A7 A8 A9);
        $macro!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10);
        $macro!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11);
        $macro!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12);
        $macro!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13);
        $macro!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14);
        $macro!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15);
        $macro!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15 A16);
    };
}
pub(super) use for_each_arity;

macro_rules! tuple {
    ($($name:ident)*) => {
        impl<$($name: WasmTy),*> WasmParams for ($($name,)*) {}
        impl<$($name: WasmTy),*> WasmResults for ($($name,)*) {}

        #[allow(non_snake_case, unused_variables, unused_mut, unused_assignments, clippy::unused_unit)]
        impl<$($name: WasmTy),*> sealed::List for ($($name,)*) {
            const TYPES: &'static [SlotType] = &[$($name::TYPE),*];
            const SLOTS: usize = 0 $(+ <$name as sealed::Value>::SLOTS)*;

            #[inline]
            fn store(self, store: StorePtr, slots: &mut [u64]) -> Result<()> {
                let ($($name,)*) = self;
                let mut at = 0;
                $(
                    sealed::Value::store($name, store, &mut slots[at..])?;
                    at += <$name as sealed::Value>::SLOTS;
                )*
                Ok(())
            }

            #[inline]
            fn load(store: StorePtr, slots: &[u64]) -> Result<Self> {
                let mut at = 0;
                $(
                    let $name = <$name as sealed::Value>::load(store, &slots[at..])?;
                    at += <$name as sealed::Value>::SLOTS;
                )*
                Ok(($($name,)*))
            }
        }
    };
}
for_each_arity!(tuple);

/// The type of a function with the given parameters and results.
pub(super) fn func_type<Params: sealed::List, Results: sealed::List>() -> FuncType {
    let types = |types: &'static [SlotType]| types.iter().map(|ty| ty.0);
    FuncType::new(types(Params::TYPES), types(Results::TYPES))
}

/// A function whose parameters and results are known as Rust types: calls need no checks of types
/// and do not allocate.
///
/// Made by [`Func::typed`] and [`Instance::get_typed_func`](crate::Instance::get_typed_func).
///
/// ```
/// use wazir::{Engine, Instance, Module, Store};
/// let engine = Engine::default();
/// let wasm = wat::parse_str(
///     r#"(module (func (export "divide") (param i32 i32) (result i32 i32)
///          (i32.div_u (local.get 0) (local.get 1))
///          (i32.rem_u (local.get 0) (local.get 1))))"#,
/// )?;
/// let module = Module::new(&engine, wasm)?;
/// let mut store = Store::new(&engine, ());
/// let instance = Instance::new(&mut store, &module, &[])?;
/// let divide = instance.get_typed_func::<(u32, u32), (u32, u32)>(&mut store, "divide")?;
/// assert_eq!(divide.call(&mut store, (17, 5))?, (3, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct TypedFunc<Params, Results> {
    func: Func,
    /// Whether arguments must be checked against the function's own, more special reference types.
    checks_arguments: bool,
    types: PhantomData<fn(Params) -> Results>,
}

impl<Params: WasmParams, Results: WasmResults> TypedFunc<Params, Results> {
    pub(super) fn new(func: Func, checks_arguments: bool) -> TypedFunc<Params, Results> {
        TypedFunc {
            func,
            checks_arguments,
            types: PhantomData,
        }
    }

    /// The function without its types.
    pub fn func(&self) -> &Func {
        &self.func
    }

    /// Calls the function.
    ///
    /// # Errors
    /// The guest's trap or exit, or what a host function returned; an error if the function does
    /// not belong to the store or its instance was removed.
    ///
    /// # Panics
    /// If a host function that the guest called panicked, the panic goes on here.
    #[inline]
    pub fn call(&self, mut store: impl AsContextMut, params: Params) -> Result<Results> {
        let store = store.as_context_mut().ptr();
        // Less to clear.
        if Params::SLOTS == 0 && Results::SLOTS == 0 {
            self.call_with(store, params, &mut [])
        } else if Params::SLOTS <= FEW_SLOTS && Results::SLOTS <= FEW_SLOTS {
            self.call_with(store, params, &mut [0; FEW_SLOTS])
        } else {
            self.call_with(store, params, &mut [0; MAX_SLOTS])
        }
    }

    #[inline]
    fn call_with(&self, store: StorePtr, params: Params, slots: &mut [u64]) -> Result<Results> {
        self.store_arguments(store, params, slots)?;
        store.call_on_the_spot(self.func, slots, Params::SLOTS, Results::SLOTS)?;
        sealed::List::load(store, slots)
    }

    /// Writes the arguments to their slots.
    #[inline]
    pub(super) fn store_arguments(
        &self,
        store: StorePtr,
        params: Params,
        slots: &mut [u64],
    ) -> Result<()> {
        sealed::List::store(params, store, slots)?;
        if const { has_references(Params::TYPES) } && self.checks_arguments {
            store.check_arguments(self.func, slots)?;
        }
        Ok(())
    }
}

const fn has_references(types: &[sealed::SlotType]) -> bool {
    let mut rest = types;
    while let [first, others @ ..] = rest {
        if matches!(first.0, ValType::Ref(_)) {
            return true;
        }
        rest = others;
    }
    false
}

impl<Params, Results> Copy for TypedFunc<Params, Results> {}

impl<Params, Results> Clone for TypedFunc<Params, Results> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Params, Results> fmt::Debug for TypedFunc<Params, Results> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TypedFunc").field(&self.func).finish()
    }
}
