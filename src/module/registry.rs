//! Gives every type of an engine its identity.
//!
//! Input: recursion groups in their canonical form, in which references within the group are
//! relative. Output: [`RecursionGroup`]s with identities, one for all groups that are equal.
//! Holds: an identity is never given to two different types; a group lives as long as someone holds
//! it, and keeps the groups alive that it refers to; references lead from later identities to
//! earlier ones or stay within the group.

use crate::ordered_map::OrderedMap;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::sync::{Arc, Weak};
use alloc::vec::Vec;

use super::DefinedType;
use crate::error::Error;
use crate::sys::sync::Mutex;
use crate::wasm::types::{
    CompositeType, ExternType, FieldType, FuncType, HeapType, Limits, RefType, StorageType,
    SubType, TypeId, ValType,
};
use crate::weak_list::Sweep;

/// The types that were defined together.
#[derive(Debug)]
pub(crate) struct RecursionGroup {
    first: TypeId,
    types: Box<[SubType]>,
    /// The groups that the types refer to.
    references: Vec<Arc<RecursionGroup>>,
}

impl RecursionGroup {
    /// The types, by their position in the group.
    #[inline]
    pub(crate) fn types(&self) -> &[SubType] {
        &self.types
    }

    /// The identity of the type at a position.
    pub(crate) fn id(&self, index_in_group: u32) -> TypeId {
        TypeId(self.first.0 + index_in_group)
    }

    fn sub_type(&self, id: TypeId) -> Option<&SubType> {
        self.types.get(id.0.checked_sub(self.first.0)? as usize)
    }
}

impl Drop for RecursionGroup {
    /// Frees a chain of groups step by step: it may be as long as a module has types.
    fn drop(&mut self) {
        let mut released = core::mem::take(&mut self.references);
        while let Some(group) = released.pop() {
            if let Some(mut group) = Arc::into_inner(group) {
                released.append(&mut group.references);
            }
        }
    }
}

/// The types of an engine.
pub(crate) struct TypeRegistry {
    state: Mutex<State>,
}

struct State {
    /// The first identity of each group in `groups`, by the group's canonical form.
    identities: OrderedMap<Box<[u8]>, TypeId>,
    /// By the first identity. Those that died stay until they are swept, so that the same types get
    /// the same identities when a module is loaded again and again: there are no more than 2^32.
    groups: OrderedMap<TypeId, Weak<RecursionGroup>>,
    next: TypeId,
    sweep: Sweep,
    /// The canonical form of what is looked for.
    key: Vec<u8>,
}

/// So many groups are kept even if all are dead.
const LEAST_SWEPT: usize = 1024;

impl TypeRegistry {
    /// Makes a registry without types.
    pub(crate) fn new() -> TypeRegistry {
        let state = State {
            identities: OrderedMap::new(),
            groups: OrderedMap::new(),
            next: TypeId(0),
            sweep: Sweep::new(LEAST_SWEPT),
            key: Vec::new(),
        };
        TypeRegistry {
            state: Mutex::new(state),
        }
    }

    /// The group that is equal to `types`, in which references within the group are
    /// [relative](TypeId::relative). Whoever calls holds the other groups that are referred to.
    pub(crate) fn intern(&self, types: Vec<SubType>) -> Result<Arc<RecursionGroup>, Error> {
        let mut state = self.state.lock();
        state.key.clear();
        for ty in &types {
            push_sub_type(&mut state.key, ty);
        }
        match state.find() {
            Found::Group(group) => Ok(group),
            Found::Identity(first) => Ok(state.insert(first, types)),
            Found::Nothing => state.insert_new(types),
        }
    }

    /// The type of a function that stands alone.
    pub(crate) fn intern_function(&self, ty: FuncType) -> Result<DefinedType, Error> {
        let mut state = self.state.lock();
        state.key.clear();
        push_head(&mut state.key, true, None);
        push_func_type(&mut state.key, &ty);
        let types = |ty| {
            alloc::vec![SubType {
                is_final: true,
                supertype: None,
                composite: CompositeType::Func(Arc::new(ty)),
            }]
        };
        let group = match state.find() {
            Found::Group(group) => group,
            Found::Identity(first) => state.insert(first, types(ty)),
            Found::Nothing => state.insert_new(types(ty))?,
        };
        Ok(DefinedType {
            id: group.id(0),
            group,
            index_in_group: 0,
        })
    }

    /// The group with a type that is alive, and its position in the group.
    pub(crate) fn find(&self, id: TypeId) -> Option<DefinedType> {
        let group = self.state.lock().group(id)?;
        let index_in_group = id.0 - group.first.0;
        Some(DefinedType {
            id,
            group,
            index_in_group,
        })
    }

    /// Whether the type `id` is `ancestor` or a declared subtype of it.
    pub(crate) fn is_subtype(&self, id: TypeId, ancestor: TypeId) -> bool {
        if id == ancestor {
            return true;
        }
        let state = self.state.lock();
        let mut current = id;
        // Supertypes precede their subtypes, so that this ends.
        while let Some(group) = state.group(current) {
            match group
                .sub_type(current)
                .and_then(|sub_type| sub_type.supertype)
            {
                Some(supertype) if supertype == ancestor => return true,
                Some(supertype) => current = supertype,
                None => return false,
            }
        }
        false
    }

    /// Whether every reference of the heap type `actual` is one of `expected`.
    pub(crate) fn matches_heap(&self, actual: HeapType, expected: HeapType) -> bool {
        if actual == expected {
            return true;
        }
        match (actual, expected) {
            (HeapType::Concrete(id), HeapType::Concrete(ancestor)) => self.is_subtype(id, ancestor),
            (HeapType::Concrete(id), _) => self.find(id).is_some_and(|ty| {
                ty.sub_type()
                    .composite
                    .abstract_heap_type()
                    .is_abstract_subtype(expected)
            }),
            (_, HeapType::Concrete(id)) => self
                .find(id)
                .is_some_and(|ty| actual == ty.sub_type().composite.abstract_heap_type().bottom()),
            _ => actual.is_abstract_subtype(expected),
        }
    }

    /// Whether every reference of type `actual` is one of `expected`.
    pub(crate) fn matches_ref(&self, actual: RefType, expected: RefType) -> bool {
        (expected.nullable || !actual.nullable) && self.matches_heap(actual.heap, expected.heap)
    }

    /// Whether every value of type `actual` is one of `expected`.
    pub(crate) fn matches_val(&self, actual: ValType, expected: ValType) -> bool {
        match (actual, expected) {
            (ValType::Ref(actual), ValType::Ref(expected)) => self.matches_ref(actual, expected),
            _ => actual == expected,
        }
    }

    /// Whether what has type `actual` can be imported as `expected`; the error says why not.
    /// The `actual` limits are those of the moment.
    pub(crate) fn matches_extern(
        &self,
        actual: &ExternType,
        expected: &ExternType,
    ) -> Result<(), String> {
        match (actual, expected) {
            (ExternType::Func(actual), ExternType::Func(expected)) => {
                if self.is_subtype(*actual, *expected) {
                    return Ok(());
                }
                Err(format!(
                    "expected a function of type {}, found one of type {}",
                    self.describe(*expected),
                    self.describe(*actual)
                ))
            }
            (ExternType::Tag(actual), ExternType::Tag(expected)) => {
                if actual == expected {
                    return Ok(());
                }
                Err(format!(
                    "expected a tag of type {}, found one of type {}",
                    self.describe(*expected),
                    self.describe(*actual)
                ))
            }
            (ExternType::Global(actual), ExternType::Global(expected)) => {
                let matches = if expected.mutable {
                    actual.content == expected.content
                } else {
                    self.matches_val(actual.content, expected.content)
                };
                if matches && actual.mutable == expected.mutable {
                    return Ok(());
                }
                Err(format!(
                    "expected a global of type {expected}, found one of type {actual}"
                ))
            }
            (ExternType::Table(actual), ExternType::Table(expected)) => {
                if actual.element != expected.element {
                    return Err(format!(
                        "expected a table of {}, found a table of {}",
                        expected.element, actual.element
                    ));
                }
                matches_address("table", actual.is_64, expected.is_64)?;
                matches_limits("table", "elements", actual.limits, expected.limits)
            }
            (ExternType::Memory(actual), ExternType::Memory(expected)) => {
                if actual.shared != expected.shared {
                    let text = |shared| {
                        if shared {
                            "a shared memory"
                        } else {
                            "a memory that is not shared"
                        }
                    };
                    return Err(format!(
                        "expected {}, found {}",
                        text(expected.shared),
                        text(actual.shared)
                    ));
                }
                matches_address("memory", actual.is_64, expected.is_64)?;
                matches_limits("memory", "pages", actual.limits, expected.limits)
            }
            _ => Err(format!(
                "expected a {}, found a {}",
                expected.kind(),
                actual.kind()
            )),
        }
    }

    /// The text of a type.
    pub(crate) fn describe(&self, id: TypeId) -> String {
        match self.find(id) {
            Some(ty) => format!("{}", ty.sub_type().composite),
            None => String::from("(unknown)"),
        }
    }
}

fn matches_address(kind: &str, actual: bool, expected: bool) -> Result<(), String> {
    if actual == expected {
        return Ok(());
    }
    let bits = |is_64| if is_64 { 64 } else { 32 };
    Err(format!(
        "expected a {}-bit {kind}, found a {}-bit one",
        bits(expected),
        bits(actual)
    ))
}

fn matches_limits(kind: &str, unit: &str, actual: Limits, expected: Limits) -> Result<(), String> {
    if actual.min < expected.min {
        return Err(format!(
            "expected a {kind} of at least {} {unit}, found one of {}",
            expected.min, actual.min
        ));
    }
    match (actual.max, expected.max) {
        (_, None) => Ok(()),
        (Some(actual), Some(expected)) if actual <= expected => Ok(()),
        (Some(actual), Some(expected)) => Err(format!(
            "expected a {kind} that grows to at most {expected} {unit}, found one that grows to {actual}"
        )),
        (None, Some(expected)) => Err(format!(
            "expected a {kind} that grows to at most {expected} {unit}, found one without a maximum"
        )),
    }
}

impl State {
    fn group(&self, id: TypeId) -> Option<Arc<RecursionGroup>> {
        let (_, group) = self.groups.last_up_to(&id)?;
        group.upgrade().filter(|group| group.sub_type(id).is_some())
    }

    /// What there is of the group whose canonical form is `key`.
    fn find(&self) -> Found {
        let Some(&first) = self.identities.get(&*self.key) else {
            return Found::Nothing;
        };
        match self.groups.get(&first).and_then(Weak::upgrade) {
            Some(group) => Found::Group(group),
            None => Found::Identity(first),
        }
    }

    /// Gives the types, whose canonical form is `key`, an identity.
    fn insert_new(&mut self, types: Vec<SubType>) -> Result<Arc<RecursionGroup>, Error> {
        let first = self.next;
        let end = u32::try_from(types.len())
            .ok()
            .and_then(|count| first.0.checked_add(count));
        let Some(end) = end.filter(|&end| end <= TypeId::FIRST_RELATIVE) else {
            return Err(Error::resource(
                "the engine has given all its type identities away; make a new engine",
            ));
        };
        if self.sweep.is_due(self.groups.len()) {
            self.groups.retain(|_, group| group.strong_count() > 0);
            self.identities
                .retain(|_, first| self.groups.contains_key(first));
            self.sweep.done(self.groups.len());
        }
        self.next = TypeId(end);
        self.identities.insert(self.key.as_slice().into(), first);
        Ok(self.insert(first, types))
    }

    fn insert(&mut self, first: TypeId, mut types: Vec<SubType>) -> Arc<RecursionGroup> {
        let mut references: OrderedMap<TypeId, Arc<RecursionGroup>> = OrderedMap::new();
        for ty in &mut types {
            ty.for_each_reference_mut(|id| match id.as_relative() {
                Some(index) => *id = TypeId(first.0 + index),
                None => {
                    if let Some(group) = self.group(*id) {
                        references.insert(group.first, group);
                    }
                }
            });
        }
        let references = references.into_values().collect();
        let group = Arc::new(RecursionGroup {
            first,
            types: types.into(),
            references,
        });
        self.groups.insert(first, Arc::downgrade(&group));
        group
    }
}

/// What is known of a group that is looked for.
enum Found {
    Group(Arc<RecursionGroup>),
    /// It died, and this was its first identity.
    Identity(TypeId),
    Nothing,
}

/// Appends to the canonical form of a group: a unique encoding of its types.
fn push_sub_type(form: &mut Vec<u8>, ty: &SubType) {
    push_head(form, ty.is_final, ty.supertype);
    match &ty.composite {
        CompositeType::Func(ty) => push_func_type(form, ty),
        CompositeType::Struct(fields) => {
            form.push(1);
            form.extend((fields.len() as u32).to_le_bytes());
            for field in fields {
                push_field(form, field);
            }
        }
        CompositeType::Array(field) => {
            form.push(2);
            push_field(form, field);
        }
    }
}

fn push_head(form: &mut Vec<u8>, is_final: bool, supertype: Option<TypeId>) {
    form.push(u8::from(is_final));
    form.push(u8::from(supertype.is_some()));
    if let Some(supertype) = supertype {
        form.extend(supertype.0.to_le_bytes());
    }
}

fn push_func_type(form: &mut Vec<u8>, ty: &FuncType) {
    form.push(0);
    form.extend((ty.params().len() as u32).to_le_bytes());
    form.extend((ty.results().len() as u32).to_le_bytes());
    for &ty in ty.params().iter().chain(ty.results()) {
        push_val_type(form, ty);
    }
}

fn push_field(form: &mut Vec<u8>, field: &FieldType) {
    form.push(u8::from(field.mutable));
    match field.storage {
        StorageType::I8 => form.push(0),
        StorageType::I16 => form.push(1),
        StorageType::Val(ty) => push_val_type(form, ty),
    }
}

fn push_val_type(form: &mut Vec<u8>, ty: ValType) {
    match ty {
        ValType::I32 => form.push(2),
        ValType::I64 => form.push(3),
        ValType::F32 => form.push(4),
        ValType::F64 => form.push(5),
        ValType::V128 => form.push(6),
        ValType::Ref(RefType { nullable, heap }) => {
            form.push(8 + u8::from(nullable));
            form.push(heap.index());
            if let HeapType::Concrete(id) = heap {
                form.extend(id.0.to_le_bytes());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(params: &[ValType]) -> FuncType {
        FuncType::new(params.iter().copied(), [])
    }

    fn nullable(id: TypeId) -> ValType {
        ValType::Ref(RefType {
            nullable: true,
            heap: HeapType::Concrete(id),
        })
    }

    #[test]
    fn equal_groups_share_an_identity_that_no_other_gets() {
        let registry = TypeRegistry::new();
        let first = registry.intern_function(function(&[ValType::I32])).unwrap();
        let again = registry.intern_function(function(&[ValType::I32])).unwrap();
        let other = registry.intern_function(function(&[ValType::I64])).unwrap();
        assert_eq!(first.id, again.id);
        assert_ne!(first.id, other.id);
        let old = first.id;
        drop((first, again));
        assert!(registry.find(old).is_none());
        let third = registry.intern_function(function(&[ValType::F32])).unwrap();
        assert!(![old, other.id].contains(&third.id));
        let back = registry.intern_function(function(&[ValType::I32])).unwrap();
        assert_eq!(back.id, old);
        assert!(registry.find(old).is_some());
    }

    #[test]
    fn relative_references_make_recursive_types_equal() {
        let registry = TypeRegistry::new();
        let recursive = || {
            let composite =
                CompositeType::Func(Arc::new(function(&[nullable(TypeId::relative(0))])));
            alloc::vec![SubType {
                is_final: true,
                supertype: None,
                composite
            }]
        };
        let one = registry.intern(recursive()).unwrap();
        let two = registry.intern(recursive()).unwrap();
        assert!(Arc::ptr_eq(&one, &two));
        let CompositeType::Func(ty) = &one.types()[0].composite else {
            panic!("a function type")
        };
        assert_eq!(ty.params(), [nullable(one.id(0))]);
    }

    #[test]
    fn a_group_keeps_what_it_refers_to_and_long_chains_are_freed_without_recursion() {
        let registry = TypeRegistry::new();
        let mut last = registry.intern_function(function(&[])).unwrap();
        let first = last.id;
        for _ in 0..200_000 {
            last = registry
                .intern_function(function(&[nullable(last.id)]))
                .unwrap();
        }
        assert!(registry.find(first).is_some());
        drop(last);
        assert!(registry.find(first).is_none());
    }

    #[test]
    fn groups_that_died_are_removed_in_time() {
        let registry = TypeRegistry::new();
        let entries = || {
            let state = registry.state.lock();
            (state.identities.len(), state.groups.len())
        };
        // One type after the other, and one again and again between them.
        for count in 0..10_000 {
            let mut params = [ValType::F32; 13];
            for (digit, param) in params.iter_mut().enumerate() {
                if count & (1 << digit) != 0 {
                    *param = ValType::I64;
                }
            }
            drop(registry.intern_function(function(&params)));
            drop(registry.intern_function(function(&[])));
        }
        let (identities, groups) = entries();
        assert!(identities == groups && groups <= LEAST_SWEPT, "{groups}");
        let identities_given = registry.state.lock().next.0;
        assert!(identities_given < 2 * (1 << 13), "{identities_given}");
    }

    #[test]
    fn subtypes_are_found_along_the_chain() {
        let registry = TypeRegistry::new();
        let open = |supertype| {
            let composite = CompositeType::Struct(Box::new([]));
            registry
                .intern(alloc::vec![SubType {
                    is_final: false,
                    supertype,
                    composite
                }])
                .unwrap()
        };
        let top = open(None);
        let middle = open(Some(top.id(0)));
        let low = open(Some(middle.id(0)));
        assert!(registry.is_subtype(low.id(0), top.id(0)));
        assert!(!registry.is_subtype(top.id(0), low.id(0)));
        let of = |group: &RecursionGroup| HeapType::Concrete(group.id(0));
        assert!(registry.matches_heap(of(&low), HeapType::Struct));
        assert!(registry.matches_heap(HeapType::None, of(&low)));
        assert!(!registry.matches_heap(HeapType::NoFunc, of(&low)));
        assert!(!registry.matches_heap(of(&low), HeapType::Func));
    }

    #[test]
    fn imports_match_as_linking_requires_it() {
        use crate::wasm::types::{GlobalType, MemoryType, TableType};
        let registry = TypeRegistry::new();
        let matches = |actual, expected| registry.matches_extern(&actual, &expected);
        let memory = |min, max, is_64| {
            ExternType::Memory(MemoryType {
                limits: Limits { min, max },
                is_64,
                shared: false,
            })
        };
        assert!(matches(memory(3, Some(4), false), memory(2, Some(5), false)).is_ok());
        assert!(matches(memory(3, Some(4), false), memory(2, None, false)).is_ok());
        assert!(matches(memory(1, None, false), memory(2, None, false)).is_err());
        assert!(matches(memory(3, None, false), memory(2, Some(5), false)).is_err());
        assert!(matches(memory(3, Some(6), false), memory(2, Some(5), false)).is_err());
        assert!(matches(memory(3, None, true), memory(3, None, false)).is_err());

        let non_null = RefType {
            nullable: false,
            heap: HeapType::Func,
        };
        let global = |ty, mutable| {
            ExternType::Global(GlobalType {
                content: ValType::Ref(ty),
                mutable,
            })
        };
        assert!(matches(global(non_null, false), global(RefType::FUNCREF, false)).is_ok());
        assert!(matches(global(non_null, true), global(RefType::FUNCREF, true)).is_err());
        assert!(matches(global(non_null, true), global(non_null, false)).is_err());
        let table = |element| {
            let limits = Limits { min: 0, max: None };
            ExternType::Table(TableType {
                element,
                limits,
                is_64: false,
            })
        };
        assert!(matches(table(non_null), table(RefType::FUNCREF)).is_err());
        assert!(matches(table(non_null), table(non_null)).is_ok());

        let i32_to_nothing = registry.intern_function(function(&[ValType::I32])).unwrap();
        let nothing_to_nothing = registry.intern_function(function(&[])).unwrap();
        let func = |ty: &DefinedType| ExternType::Func(ty.id);
        assert!(matches(func(&i32_to_nothing), func(&i32_to_nothing)).is_ok());
        assert_eq!(
            matches(func(&i32_to_nothing), func(&nothing_to_nothing)).unwrap_err(),
            "expected a function of type [] -> [], found one of type [i32] -> []"
        );
        assert_eq!(
            matches(func(&i32_to_nothing), memory(0, None, false)).unwrap_err(),
            "expected a memory, found a function"
        );
    }
}
