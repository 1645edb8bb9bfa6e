//! Types in the form in which validation compares them: one word each.
//!
//! Input: the defined types of a module. Output: [`Operand`]s and the [`TypeTable`] that knows
//! how they match.
//! Holds: two operands of a module are equal exactly if their types are; the index in a concrete
//! reference is the lowest of those with the same identity.

use alloc::vec::Vec;
use core::fmt;

use super::DefinedType;
use crate::wasm::types::{
    CompositeType, FieldType, HeapType, RefType, StorageType, TypeId, ValType,
};

/// A value type, or what is known of a value in code that is not reached.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(crate) struct Operand(u64);

/// The lowest byte of an operand.
mod class {
    pub(super) const BOTTOM: u64 = 0;
    pub(super) const I32: u64 = 1;
    pub(super) const I64: u64 = 2;
    pub(super) const F32: u64 = 3;
    pub(super) const F64: u64 = 4;
    pub(super) const V128: u64 = 5;
    pub(super) const REF: u64 = 6;
}

/// Number types and the vector type.
const NUMBER_COUNT: u32 = 5;
/// Operands that are not references to defined types.
const PLAIN_COUNT: u32 = NUMBER_COUNT + 2 * HeapType::ABSTRACT.len() as u32;

const CLASS_MASK: u64 = 0xFF;
const NULLABLE: u64 = 1 << 8;
const UNSET: u64 = 1 << 9;
const MUTABLE: u64 = 1 << 10;
const PACKED: u64 = 1 << 11;
/// With [`PACKED`]: sixteen bits are stored instead of eight.
const PACKED_16: u64 = 1 << 12;
const HEAP_SHIFT: u32 = 16;
const HEAP_MASK: u64 = 0xFF << HEAP_SHIFT;
const INDEX_SHIFT: u32 = 32;
/// The heap type of a reference of which nothing is known.
const HEAP_BOTTOM: u64 = 0xFF << HEAP_SHIFT;
/// The heap type of a reference to a defined type, whose index is in the upper half.
const HEAP_CONCRETE: u64 = (HeapType::Concrete(TypeId(0)).index() as u64) << HEAP_SHIFT;

impl Operand {
    /// Any type.
    pub(crate) const BOTTOM: Operand = Operand(class::BOTTOM);
    /// Any reference type without null.
    pub(crate) const REF_BOTTOM: Operand = Operand(class::REF | HEAP_BOTTOM);
    pub(crate) const I32: Operand = Operand(class::I32);
    pub(crate) const I64: Operand = Operand(class::I64);
    pub(crate) const F32: Operand = Operand(class::F32);
    pub(crate) const F64: Operand = Operand(class::F64);
    pub(crate) const V128: Operand = Operand(class::V128);

    /// The operand for a type that is not a reference to a defined type.
    pub(crate) const fn plain(ty: ValType) -> Operand {
        match ty {
            ValType::I32 => Operand::I32,
            ValType::I64 => Operand::I64,
            ValType::F32 => Operand::F32,
            ValType::F64 => Operand::F64,
            ValType::V128 => Operand::V128,
            ValType::Ref(RefType { nullable, heap }) => {
                let nullable = if nullable { NULLABLE } else { 0 };
                Operand(class::REF | nullable | (heap.index() as u64) << HEAP_SHIFT)
            }
        }
    }

    /// The position of an operand that is not a reference to a defined type in [`Operand::all_plain`].
    const fn plain_position(self) -> u32 {
        match self.0 & CLASS_MASK {
            class::REF => {
                let heap = (self.heap() >> HEAP_SHIFT) as u32;
                NUMBER_COUNT + 2 * heap + self.is_nullable() as u32
            }
            number => number as u32 - class::I32 as u32,
        }
    }

    /// All operands that are not references to defined types, by their position.
    fn all_plain() -> impl Iterator<Item = Operand> {
        let numbers = [
            Operand::I32,
            Operand::I64,
            Operand::F32,
            Operand::F64,
            Operand::V128,
        ];
        let references = HeapType::ABSTRACT.into_iter().flat_map(|heap| {
            [false, true].map(|nullable| Operand::plain(ValType::Ref(RefType { nullable, heap })))
        });
        numbers.into_iter().chain(references)
    }

    /// A number or vector type by its [number](Operand::as_number).
    #[inline(always)]
    pub(crate) const fn number(number: u8) -> Operand {
        Operand(number as u64)
    }

    /// A byte that names a number or vector type.
    pub(crate) const fn as_number(self) -> u8 {
        self.0 as u8
    }

    /// A reference to the defined type with an index, which is the lowest with its identity.
    const fn concrete(nullable: bool, index: u32) -> Operand {
        let nullable = if nullable { NULLABLE } else { 0 };
        Operand(class::REF | nullable | HEAP_CONCRETE | (index as u64) << INDEX_SHIFT)
    }

    /// Whether nothing is known of it.
    #[inline]
    pub(crate) const fn is_bottom(self) -> bool {
        self.0 == class::BOTTOM
    }

    /// Whether it is a reference.
    #[inline]
    pub(crate) const fn is_ref(self) -> bool {
        self.0 & CLASS_MASK == class::REF
    }

    /// Whether it is a reference that can be null.
    pub(crate) const fn is_nullable(self) -> bool {
        self.0 & NULLABLE != 0
    }

    /// The same reference type without null.
    pub(crate) const fn non_null(self) -> Operand {
        Operand(self.0 & !NULLABLE)
    }

    /// The same reference type with null.
    pub(crate) const fn nullable(self) -> Operand {
        Operand(self.0 | NULLABLE)
    }

    /// Whether a local of this type has to be set before it is read.
    pub(crate) const fn is_defaultable(self) -> bool {
        !self.is_ref() || self.is_nullable()
    }

    /// A local that has to be set before it is read.
    pub(crate) const fn unset(self) -> Operand {
        Operand(self.0 | UNSET)
    }

    /// The type of a local, whether it has a value or not.
    #[inline(always)]
    pub(crate) const fn set(self) -> Operand {
        Operand(self.0 & !UNSET)
    }

    /// Whether it is a local that has to be set first.
    #[inline(always)]
    pub(crate) const fn is_unset(self) -> bool {
        self.0 & UNSET != 0
    }

    /// For a field: whether it can be changed.
    pub(crate) const fn is_mutable_field(self) -> bool {
        self.0 & MUTABLE != 0
    }

    /// For a field: whether only some bits of a number are stored.
    pub(crate) const fn is_packed_field(self) -> bool {
        self.0 & PACKED != 0
    }

    /// For a field: the type that its value has on the stack.
    pub(crate) const fn field_value(self) -> Operand {
        Operand(self.0 & !(MUTABLE | PACKED | PACKED_16))
    }

    /// For two fields: whether they are stored in the same way.
    pub(crate) const fn has_storage_of(self, other: Operand) -> bool {
        self.0 & !MUTABLE == other.0 & !MUTABLE
    }

    const fn heap(self) -> u64 {
        self.0 & HEAP_MASK
    }

    const fn index(self) -> u32 {
        (self.0 >> INDEX_SHIFT) as u32
    }
}

impl fmt::Debug for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heap = match self.0 & CLASS_MASK {
            class::I32 => return f.write_str("i32"),
            class::I64 => return f.write_str("i64"),
            class::F32 => return f.write_str("f32"),
            class::F64 => return f.write_str("f64"),
            class::V128 => return f.write_str("v128"),
            class::REF => self.heap(),
            _ => return f.write_str("a value of any type"),
        };
        let null = if self.is_nullable() { "null " } else { "" };
        match heap {
            HEAP_BOTTOM => f.write_str("a reference of any type"),
            HEAP_CONCRETE => write!(f, "(ref {null}{})", self.index()),
            _ => {
                let heap = HeapType::ABSTRACT[(heap >> HEAP_SHIFT) as usize];
                RefType {
                    nullable: self.is_nullable(),
                    heap,
                }
                .fmt(f)
            }
        }
    }
}

/// The defined types of a module as validation uses them.
#[derive(Default)]
pub(crate) struct TypeTable {
    rows: Vec<Row>,
    /// All plain operands; for each type the reference to it without and with null; then parameters
    /// and results of functions, fields of structures, elements of arrays.
    operands: Vec<Operand>,
    /// The indices of types by identity; of several the lowest.
    by_id: Vec<(TypeId, u32)>,
}

#[derive(Copy, Clone)]
struct Row {
    /// The lowest index of the same type.
    canonical: u32,
    /// The supertype in this form, or [`NO_SUPERTYPE`].
    supertype: u32,
    /// The abstract heap type above.
    kind: HeapType,
    /// The parameters and results of a function; for other types the fields, as results.
    signature: Signature,
}

/// Parameter and result types, which stand in a [`TypeTable`].
#[derive(Copy, Clone, Debug, Default)]
pub(crate) struct Signature {
    start: u32,
    param_count: u32,
    result_count: u32,
}

impl Signature {
    /// How many parameters there are.
    #[inline]
    pub(crate) const fn param_count(self) -> usize {
        self.param_count as usize
    }

    /// How many results there are.
    #[inline]
    pub(crate) const fn result_count(self) -> usize {
        self.result_count as usize
    }

    /// The parameters as results.
    pub(crate) const fn params_as_results(self) -> Signature {
        Signature {
            start: self.start,
            param_count: 0,
            result_count: self.param_count,
        }
    }

    /// The results without the last one, which is not there if there are none.
    pub(crate) const fn without_last_result(self) -> Signature {
        Signature {
            result_count: self.result_count.saturating_sub(1),
            ..self
        }
    }
}

const NO_SUPERTYPE: u32 = u32::MAX;

impl TypeTable {
    /// Derives the table from the types by their index.
    pub(crate) fn new(types: &[DefinedType]) -> TypeTable {
        // As plain numbers, for which there is a sort in the library already.
        let mut keys: Vec<u64> = types
            .iter()
            .zip(0..)
            .map(|(ty, index): (_, u32)| u64::from(ty.id.0) << 32 | u64::from(index))
            .collect();
        keys.sort_unstable();
        let mut by_id: Vec<(TypeId, u32)> = keys
            .iter()
            .map(|&key| (TypeId((key >> 32) as u32), key as u32))
            .collect();
        by_id.dedup_by_key(|(id, _)| *id);
        let mut table = TypeTable {
            rows: Vec::with_capacity(types.len()),
            operands: Operand::all_plain().collect(),
            by_id,
        };
        for ty in types {
            let index = table.index_of(ty.id);
            table
                .operands
                .extend([false, true].map(|nullable| Operand::concrete(nullable, index)));
        }
        for ty in types {
            table.push(ty);
        }
        table
    }

    fn push(&mut self, ty: &DefinedType) {
        let canonical = self.index_of(ty.id);
        let sub_type = ty.sub_type();
        let start = self.operands.len() as u32;
        let mut param_count = 0;
        match &sub_type.composite {
            CompositeType::Func(ty) => {
                param_count = ty.params().len() as u32;
                for &ty in ty.params().iter().chain(ty.results()) {
                    self.operands.push(self.operand(ty));
                }
            }
            CompositeType::Struct(fields) => {
                for field in fields {
                    self.operands.push(self.field(field));
                }
            }
            CompositeType::Array(field) => self.operands.push(self.field(field)),
        }
        self.rows.push(Row {
            canonical,
            supertype: sub_type
                .supertype
                .map_or(NO_SUPERTYPE, |id| self.index_of(id)),
            kind: sub_type.composite.abstract_heap_type(),
            signature: Signature {
                start,
                param_count,
                result_count: self.operands.len() as u32 - start - param_count,
            },
        });
    }

    /// The lowest index of the type with an identity, which is one of the module.
    fn index_of(&self, id: TypeId) -> u32 {
        // In an engine's first module the identities are consecutive.
        let guess =
            (id.0 as usize).wrapping_sub(self.by_id.first().map_or(0, |(id, _)| id.0 as usize));
        match self.by_id.get(guess) {
            Some(&(found, index)) if found == id => index,
            _ => {
                let position = self.by_id.partition_point(|(other, _)| *other < id);
                self.by_id
                    .get(position)
                    .map_or(NO_SUPERTYPE, |&(_, index)| index)
            }
        }
    }

    fn field(&self, field: &FieldType) -> Operand {
        let mutable = if field.mutable { MUTABLE } else { 0 };
        match field.storage {
            StorageType::Val(ty) => Operand(self.operand(ty).0 | mutable),
            StorageType::I8 => Operand(Operand::I32.0 | PACKED | mutable),
            StorageType::I16 => Operand(Operand::I32.0 | PACKED | PACKED_16 | mutable),
        }
    }

    /// The operand of a type that refers only to types of the module.
    #[inline]
    pub(crate) fn operand(&self, ty: ValType) -> Operand {
        match ty {
            ValType::Ref(RefType {
                nullable,
                heap: HeapType::Concrete(id),
            }) => Operand::concrete(nullable, self.index_of(id)),
            _ => Operand::plain(ty),
        }
    }

    /// A reference to the type with an index.
    pub(crate) fn reference(&self, nullable: bool, type_index: u32) -> Operand {
        Operand::concrete(nullable, self.rows[type_index as usize].canonical)
    }

    /// The signature of a block that has one result.
    pub(crate) fn single_result(&self, result: Operand) -> Signature {
        let position = match (result.is_ref(), result.heap()) {
            (true, HEAP_CONCRETE) => {
                PLAIN_COUNT + 2 * result.index() + u32::from(result.is_nullable())
            }
            _ => result.plain_position(),
        };
        Signature {
            start: position,
            param_count: 0,
            result_count: 1,
        }
    }

    /// The signature of the function type with an index; nothing if it is another type.
    #[inline]
    pub(crate) fn function(&self, type_index: u32) -> Option<Signature> {
        let row = self.rows.get(type_index as usize)?;
        (row.kind == HeapType::Func).then_some(row.signature)
    }

    /// The parameters of a signature.
    #[inline]
    pub(crate) fn params(&self, signature: Signature) -> &[Operand] {
        &self.operands[signature.start as usize..][..signature.param_count as usize]
    }

    /// The results of a signature.
    #[inline]
    pub(crate) fn results(&self, signature: Signature) -> &[Operand] {
        &self.operands[(signature.start + signature.param_count) as usize..]
            [..signature.result_count as usize]
    }

    /// The fields of the structure type with an index; nothing if it is another type.
    pub(crate) fn structure(&self, type_index: u32) -> Option<&[Operand]> {
        let row = self.rows.get(type_index as usize)?;
        (row.kind == HeapType::Struct).then(|| self.results(row.signature))
    }

    /// The elements of the array type with an index; nothing if it is another type.
    pub(crate) fn array(&self, type_index: u32) -> Option<Operand> {
        let row = self.rows.get(type_index as usize)?;
        if row.kind != HeapType::Array {
            return None;
        }
        self.results(row.signature).first().copied()
    }

    /// Whether the type with one index is that with the other or a declared subtype of it.
    pub(crate) fn is_subtype(&self, index: u32, ancestor: u32) -> bool {
        let ancestor = self.rows[ancestor as usize].canonical;
        let mut current = self.rows[index as usize].canonical;
        // Supertypes precede their subtypes, so that this ends.
        while current != ancestor {
            match self.rows[current as usize].supertype {
                NO_SUPERTYPE => return false,
                supertype => current = supertype,
            }
        }
        true
    }

    /// The lowest index of the declared supertype of a type.
    pub(crate) fn supertype(&self, index: u32) -> Option<u32> {
        Some(self.rows[index as usize].supertype).filter(|&supertype| supertype != NO_SUPERTYPE)
    }

    /// How many supertypes a type has, up to `limit` + 1.
    pub(crate) fn depth(&self, index: u32, limit: usize) -> usize {
        let mut current = index;
        let mut depth = 0;
        while depth <= limit && self.rows[current as usize].supertype != NO_SUPERTYPE {
            current = self.rows[current as usize].supertype;
            depth += 1;
        }
        depth
    }

    /// The reference type above all those in the same hierarchy as a reference type.
    pub(crate) fn top(&self, reference: Operand) -> Operand {
        let heap = match reference.heap() {
            HEAP_BOTTOM => return reference.nullable(),
            HEAP_CONCRETE => self.rows[reference.index() as usize].kind,
            heap => HeapType::ABSTRACT[(heap >> HEAP_SHIFT) as usize],
        };
        Operand::plain(ValType::Ref(RefType {
            nullable: true,
            heap: heap.top(),
        }))
    }

    /// Whether every value of type `actual` is one of `expected`.
    pub(crate) fn matches(&self, actual: Operand, expected: Operand) -> bool {
        if actual == expected || actual.is_bottom() {
            return true;
        }
        actual.is_ref()
            && expected.is_ref()
            && (expected.is_nullable() || !actual.is_nullable())
            && self.matches_heap(actual, expected)
    }

    fn matches_heap(&self, actual: Operand, expected: Operand) -> bool {
        let kind = |operand: Operand| self.rows[operand.index() as usize].kind;
        let abstract_heap = |heap: u64| HeapType::ABSTRACT[(heap >> HEAP_SHIFT) as usize];
        match (actual.heap(), expected.heap()) {
            (HEAP_BOTTOM, _) => true,
            (_, HEAP_BOTTOM) => false,
            (HEAP_CONCRETE, HEAP_CONCRETE) => self.is_subtype(actual.index(), expected.index()),
            (HEAP_CONCRETE, heap) => kind(actual).is_abstract_subtype(abstract_heap(heap)),
            (heap, HEAP_CONCRETE) => abstract_heap(heap) == kind(expected).bottom(),
            (heap, other) => abstract_heap(heap).is_abstract_subtype(abstract_heap(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_operands_stand_at_their_positions() {
        for (position, operand) in (0..).zip(Operand::all_plain()) {
            assert_eq!(operand.plain_position(), position);
        }
        assert_eq!(Operand::all_plain().count(), PLAIN_COUNT as usize);
    }
}
