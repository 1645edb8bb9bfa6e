//! Defined types: functions, structures and arrays.
//!
//! Input: an identity in an engine, or the embedder's parameters and results. Output: type objects.
//! Holds: an object keeps its recursion group alive, so its identity is valid as long as it exists.
//! A type that mentions itself is printed by its identity, so that printing ends.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::{HeapType, Mutability, ValType};
use crate::decode::limits;
use crate::embed::engine::Engine;
use crate::module::DefinedType;
use crate::wasm::types::{self as wasm, CompositeType, TypeId};

/// A defined type and its engine.
struct Registered {
    engine: Engine,
    ty: DefinedType,
}

impl Registered {
    fn composite(&self) -> &CompositeType {
        &self.ty.sub_type().composite
    }

    fn matches(&self, other: &Registered) -> bool {
        Engine::same(&self.engine, &other.engine)
            && self.engine.types().is_subtype(self.ty.id, other.ty.id)
    }
}

impl Clone for Registered {
    fn clone(&self) -> Registered {
        let ty = DefinedType {
            id: self.ty.id,
            group: self.ty.group.clone(),
            index_in_group: self.ty.index_in_group,
        };
        Registered {
            engine: self.engine.clone(),
            ty,
        }
    }
}

impl PartialEq for Registered {
    fn eq(&self, other: &Registered) -> bool {
        self.ty.id == other.ty.id && Engine::same(&self.engine, &other.engine)
    }
}

impl Eq for Registered {}

impl Hash for Registered {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.ty.id.hash(state);
    }
}

/// The heap type of a defined type that is alive.
pub(super) fn heap_type(engine: &Engine, id: TypeId) -> HeapType {
    let ty = engine
        .types()
        .find(id)
        .expect("whoever mentions a type keeps it alive");
    let registered = Registered {
        engine: engine.clone(),
        ty,
    };
    match registered.composite() {
        CompositeType::Func(_) => HeapType::ConcreteFunc(FuncType(registered)),
        CompositeType::Struct(_) => HeapType::ConcreteStruct(StructType(registered)),
        CompositeType::Array(_) => HeapType::ConcreteArray(ArrayType(registered)),
    }
}

macro_rules! defined_type {
    ($name:ident) => {
        impl $name {
            /// The engine that the type belongs to.
            pub fn engine(&self) -> &Engine {
                &self.0.engine
            }

            /// Whether this is `other` or a declared subtype of it.
            pub fn matches(&self, other: &$name) -> bool {
                self.0.matches(&other.0)
            }

            pub(in crate::embed) fn id(&self) -> TypeId {
                self.0.ty.id
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.composite().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    };
}

/// Collects types, of which there may be `limit`.
fn collect_at_most(
    limit: usize,
    what: &str,
    types: impl IntoIterator<Item = ValType>,
) -> Vec<ValType> {
    let types: Vec<ValType> = types.into_iter().take(limit + 1).collect();
    assert!(
        types.len() <= limit,
        "a function type with more than {limit} {what}, which is the limit"
    );
    types
}

/// The type of a function: its parameters and results (specification, section 2.3.8).
///
/// ```
/// use wazir::{Engine, FuncType, ValType};
/// let engine = Engine::default();
/// let ty = FuncType::new(&engine, [ValType::I32, ValType::I64], [ValType::F64]);
/// assert_eq!(ty.params().len(), 2);
/// assert_eq!(ty.result(0), Some(ValType::F64));
/// assert_eq!(ty, FuncType::new(&engine, [ValType::I32, ValType::I64], [ValType::F64]));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FuncType(Registered);

defined_type!(FuncType);

impl FuncType {
    /// Makes a function type.
    ///
    /// # Panics
    /// If there are more than 1,000 parameters or more than 1,000 results, which a module's functions
    /// cannot have either; if a reference type in it belongs to another engine; or if the engine has
    /// given away all of its four billion type identities.
    pub fn new(
        engine: &Engine,
        params: impl IntoIterator<Item = ValType>,
        results: impl IntoIterator<Item = ValType>,
    ) -> FuncType {
        let params = collect_at_most(limits::PARAMS, "parameters", params);
        let results = collect_at_most(limits::RESULTS, "results", results);
        for ty in params.iter().chain(&results) {
            assert!(
                ty.belongs_to(engine),
                "the type {ty} belongs to another engine"
            );
        }
        let to_wasm = |types: &[ValType]| types.iter().map(ValType::to_wasm).collect::<Vec<_>>();
        let ty = wasm::FuncType::new(to_wasm(&params), to_wasm(&results));
        match FuncType::from_wasm(engine, ty) {
            Ok(ty) => ty,
            Err(error) => panic!("{error}"),
        }
    }

    /// The types of the parameters.
    pub fn params(&self) -> impl ExactSizeIterator<Item = ValType> + '_ {
        self.wasm()
            .params()
            .iter()
            .map(|&ty| ValType::from_wasm(self.engine(), ty))
    }

    /// The types of the results.
    pub fn results(&self) -> impl ExactSizeIterator<Item = ValType> + '_ {
        self.wasm()
            .results()
            .iter()
            .map(|&ty| ValType::from_wasm(self.engine(), ty))
    }

    /// The type of one parameter, if there is such a parameter.
    pub fn param(&self, index: usize) -> Option<ValType> {
        self.params().nth(index)
    }

    /// The type of one result, if there is such a result.
    pub fn result(&self, index: usize) -> Option<ValType> {
        self.results().nth(index)
    }

    pub(in crate::embed) fn wasm(&self) -> &Arc<wasm::FuncType> {
        match self.0.composite() {
            CompositeType::Func(ty) => ty,
            _ => unreachable!("the object is made for function types only"),
        }
    }

    pub(in crate::embed) fn from_wasm(
        engine: &Engine,
        ty: wasm::FuncType,
    ) -> crate::error::Result<FuncType> {
        let ty = engine.types().intern_function(ty)?;
        Ok(FuncType(Registered {
            engine: engine.clone(),
            ty,
        }))
    }

    /// The function type with an identity that is alive and is that of a function type.
    pub(in crate::embed) fn from_id(engine: &Engine, id: TypeId) -> FuncType {
        match heap_type(engine, id) {
            HeapType::ConcreteFunc(ty) => ty,
            other => unreachable!("{other} stands where a function type does"),
        }
    }
}

/// The type of a structure in the guest's heap.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct StructType(Registered);

defined_type!(StructType);

impl StructType {
    /// The fields.
    pub fn fields(&self) -> impl ExactSizeIterator<Item = FieldType> + '_ {
        match self.0.composite() {
            CompositeType::Struct(fields) => fields
                .iter()
                .map(|field| FieldType::from_wasm(self.engine(), field)),
            _ => unreachable!("the object is made for structure types only"),
        }
    }
}

/// The type of an array in the guest's heap.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ArrayType(Registered);

defined_type!(ArrayType);

impl ArrayType {
    /// The type of the elements.
    pub fn field_type(&self) -> FieldType {
        match self.0.composite() {
            CompositeType::Array(field) => FieldType::from_wasm(self.engine(), field),
            _ => unreachable!("the object is made for array types only"),
        }
    }
}

/// The type of a structure's field or of an array's elements.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldType {
    mutability: Mutability,
    element_type: StorageType,
}

impl FieldType {
    /// Whether it can be changed.
    pub fn mutability(&self) -> Mutability {
        self.mutability
    }

    /// What it holds.
    pub fn element_type(&self) -> &StorageType {
        &self.element_type
    }

    fn from_wasm(engine: &Engine, field: &wasm::FieldType) -> FieldType {
        FieldType {
            mutability: Mutability::from_wasm(field.mutable),
            element_type: match field.storage {
                wasm::StorageType::I8 => StorageType::I8,
                wasm::StorageType::I16 => StorageType::I16,
                wasm::StorageType::Val(ty) => StorageType::ValType(ValType::from_wasm(engine, ty)),
            },
        }
    }
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum StorageType {
    /// Eight bits.
    I8,
    /// Sixteen bits.
    I16,
    /// A value.
    ValType(ValType),
}
