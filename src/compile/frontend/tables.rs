//! Finds tables that nothing ever changes.
//!
//! Input: a module. Output: [`FixedTables`]. Holds: such a table is the instance's own, and
//! nobody else can get at it; no instruction writes to it; it gets its elements from active segments at constant
//! places within it, before any function of the instance can be called from elsewhere.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::decode::locals::LocalRuns;
use crate::decode::operators::{read_opcode, skip_immediates};
use crate::decode::reader::Reader;
use crate::error::Error;
use crate::module::facts::effect;
use crate::module::fixed_tables::{FixedTable, FixedTables};
use crate::module::{ConstExpr, ElementItems, ElementSegment, ExternKind, Module, SegmentMode};
use crate::validate;
use crate::wasm::opcodes::Opcode;

/// Finds the tables of a module that never change, unless somebody has done so.
pub(crate) fn find_fixed_tables(module: &Module) {
    let find = || fixed_tables(module, &mut validate::Scratch::default());
    module.fixed_tables.get_or_init(find);
}

/// The tables that never change.
pub(super) fn fixed_tables(module: &Module, scratch: &mut validate::Scratch) -> FixedTables {
    let mut elements = own(module);
    // Segments come first: most modules have no table that has elements only by them.
    fill(module, &mut elements);
    if elements.iter().any(Option::is_some) {
        for index in 0..module.bodies.len() as u32 {
            // What is not valid never runs.
            let Ok(facts) = validate::facts(module, index, scratch) else {
                continue;
            };
            if facts.has_effect(effect::TABLE) && written(module, index, &mut elements).is_err() {
                return FixedTables::default();
            }
        }
    }
    FixedTables {
        tables: elements
            .into_iter()
            .map(|functions| functions.map(|functions| fixed(module, functions)))
            .collect(),
        equal_types: equal_types(module),
    }
}

/// By index of a type, the first one that is equal to it.
fn equal_types(module: &Module) -> Box<[u32]> {
    let mut by_id: Vec<_> = (0_u32..)
        .zip(&module.types)
        .map(|(index, ty)| (ty.id.0, index))
        .collect();
    by_id.sort_unstable();
    let mut equal = alloc::vec![0; by_id.len()];
    for types in by_id.chunk_by(|one, next| one.0 == next.0) {
        for &(_, index) in types {
            equal[index as usize] = types[0].1;
        }
    }
    equal.into()
}

/// By index the elements before segments are copied of tables that nobody else can get at.
fn own(module: &Module) -> Vec<Option<Vec<u32>>> {
    let mut left = FixedTables::MOST_ELEMENTS;
    let mut elements: Vec<_> = (0..)
        .zip(&module.tables)
        .map(|(index, table)| {
            let is_own = index >= module.imported_tables && table.init.is_none();
            let min = table.ty.limits.min;
            if !is_own || min > left {
                return None;
            }
            left -= min;
            Some(alloc::vec![FixedTable::NULL; min as usize])
        })
        .collect();
    for export in &module.exports {
        if export.kind == ExternKind::Table {
            elements[export.index as usize] = None;
        }
    }
    elements
}

/// Copies the active segments. What cannot be told about a table is none any more.
fn fill(module: &Module, elements: &mut [Option<Vec<u32>>]) {
    // From then on, functions may be called from elsewhere, even if a later segment fails.
    let mut is_reachable = false;
    for segment in &module.elements {
        let SegmentMode::Active { index, offset } = &segment.mode else {
            continue;
        };
        let table = &mut elements[*index as usize];
        let copied = table
            .as_mut()
            .filter(|_| !is_reachable)
            .and_then(|table| copy(module, segment, offset, table));
        if copied.is_none() {
            *table = None;
        }
        is_reachable |= *index < module.imported_tables;
    }
}

fn copy(
    module: &Module,
    segment: &ElementSegment,
    offset: &ConstExpr,
    table: &mut [u32],
) -> Option<()> {
    let start = match constant(module, offset)? {
        (Opcode::I32Const | Opcode::I64Const, offset) => usize::try_from(offset).ok()?,
        _ => return None,
    };
    let rest = table.get_mut(start..)?;
    match &segment.items {
        ElementItems::Functions(functions) => {
            rest.get_mut(..functions.len())?.copy_from_slice(functions);
        }
        ElementItems::Expressions(items) => {
            for (place, item) in rest.get_mut(..items.len())?.iter_mut().zip(items) {
                *place = match constant(module, item)? {
                    (Opcode::RefFunc, function) => u32::try_from(function).ok()?,
                    (Opcode::RefNull, _) => FixedTable::NULL,
                    _ => return None,
                };
            }
        }
    }
    Some(())
}

/// What a constant expression consists of, if it is one instruction: that, and its number.
fn constant(module: &Module, expression: &ConstExpr) -> Option<(Opcode, u64)> {
    let range = expression.range.start as usize..expression.range.end as usize;
    let mut reader = Reader::new(&module.bytes, range);
    let opcode = read_opcode(&mut reader).ok()?;
    let number = match opcode {
        Opcode::I32Const => u64::from(reader.read_i32().ok()? as u32),
        Opcode::I64Const => reader.read_i64().ok()? as u64,
        Opcode::RefFunc => u64::from(reader.read_u32().ok()?),
        Opcode::RefNull => {
            crate::decode::types::read_heap_type(&mut reader, module).ok()?;
            0
        }
        _ => return None,
    };
    matches!(read_opcode(&mut reader), Ok(Opcode::End)).then_some((opcode, number))
}

/// Takes away the tables that a function writes to.
fn written(module: &Module, index: u32, elements: &mut [Option<Vec<u32>>]) -> Result<(), Error> {
    let body = module.bodies[index as usize].range.clone();
    let mut reader = Reader::new(&module.bytes, body.start as usize..body.end as usize);
    let mut runs = LocalRuns::read(&mut reader, 0)?;
    while runs.next_run(&mut reader, module)?.is_some() {}
    while reader.position() < body.end as usize {
        let table = match read_opcode(&mut reader)? {
            Opcode::TableSet | Opcode::TableGrow | Opcode::TableFill => reader.read_u32()?,
            Opcode::TableCopy => {
                let table = reader.read_u32()?;
                reader.read_u32()?;
                table
            }
            Opcode::TableInit => {
                reader.read_u32()?;
                reader.read_u32()?
            }
            opcode => {
                skip_immediates(&mut reader, opcode, module)?;
                continue;
            }
        };
        elements[table as usize] = None;
    }
    Ok(())
}

fn fixed(module: &Module, functions: Vec<u32>) -> FixedTable {
    let named = || functions.iter().filter(|&&index| index != FixedTable::NULL);
    let type_id = |index: &u32| module.function_type_id(*index).0;
    let first = named().next().map(type_id);
    FixedTable {
        has_null: functions.contains(&FixedTable::NULL),
        is_defined: named().all(|&index| index >= module.imported_functions),
        type_id: first.filter(|id| named().all(|index| type_id(index) == *id)),
        functions: functions.into(),
    }
}
