//! Instantiation.
//!
//! Input: a module, its register code, and what it imports. Output: an instance whose segments have
//! been copied, and its start function, which has not run.
//! Holds: if something fails, nothing of the instance is left, unless an active segment had already
//! put one of its functions into a table of others: then the instance stays, without a handle.
//!
//! Reference: [specification, section 4.7.3](https://webassembly.github.io/spec/core/exec/modules.html).

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::const_expr::evaluate;
use super::handle::{Extern, FuncId, GlobalId, InstanceId, MemoryId, TableId};
use super::image::memory_image;
use super::instance::{Instance, ModuleCode};
use super::layout::{VmFunction, VmGlobal, VmMemory, VmTable};
use super::memory::Memory;
use super::store::{StoreInner, Tag};
use super::table::Table;
use crate::error::Error;
use crate::module::{ConstExpr, ElementItems, ElementSegment, ExternKind, Module, SegmentMode};
use crate::wasm::trap::Trap;

impl StoreInner {
    /// Makes an instance of `module`. The start function is for the caller to run; if that fails,
    /// the caller calls [`StoreInner::abandon`].
    ///
    /// # Errors
    /// A link error if `imports` are not what the module expects, a resource error if a limit is
    /// reached, an unsupported feature, or a trap of an active segment.
    ///
    /// # Safety
    /// `code` is the register code of `module`: `entries` has a cell for each function that the
    /// module defines, and `table` keeps them alive.
    pub(crate) unsafe fn instantiate(
        &mut self,
        module: &Arc<Module>,
        code: ModuleCode,
        imports: &[Extern],
    ) -> Result<(InstanceId, Option<FuncId>), Error> {
        self.check_imports(module, imports)?;
        self.sweep_orphans();
        let memories = module.memories.len() - module.imported_memories as usize;
        let tables = module.tables.len() - module.imported_tables as usize;
        self.check_counts(1, memories, tables)?;
        let record_bytes = Instance::record_bytes(module);
        self.charge(record_bytes)?;
        let id = self.instances.next_id(self.id())?;
        let (store, empty_memory) = (self.vm_ptr(), self.empty_memory.as_ptr());
        let mut instance = Instance::new(id, Arc::clone(module), code, store, empty_memory);
        instance.charged_bytes = record_bytes;
        #[cfg(feature = "compiler")]
        let is_ready = instance.define_machine_code();
        #[cfg(feature = "compiler")]
        {
            self.awaits_machine_code |= instance.machine_code.is_some() && !is_ready;
        }
        // SAFETY: the context was just made, and no code runs in it.
        unsafe {
            (*instance.context()).stack_limit = self.vm.stack_limit;
            #[cfg(feature = "compiler")]
            {
                (*instance.context()).machine.stack_limit = self.stacks.machine_limit as *const u8;
            }
        }
        self.instances.insert(self.id(), instance)?;
        // Machine code of this instance may be called at once, and calls what is imported.
        #[cfg(feature = "compiler")]
        let prepared = match is_ready {
            true => self.prepare_machine_code(),
            false => Ok(()),
        };
        #[cfg(not(feature = "compiler"))]
        let prepared = Ok(());
        let populated = prepared.and_then(|()| self.populate(id, module, imports));
        match populated {
            Ok(start) => Ok((id, start)),
            Err(error) => {
                self.discard(id);
                Err(error)
            }
        }
    }

    fn check_imports(&self, module: &Module, imports: &[Extern]) -> Result<(), Error> {
        if imports.len() != module.imports.len() {
            return Err(Error::link(alloc::format!(
                "the module has {} imports, but {} were given",
                module.imports.len(),
                imports.len()
            )));
        }
        for (import, item) in module.imports.iter().zip(imports) {
            let actual = self.extern_type(*item)?;
            self.types()
                .matches_extern(&actual, &import.ty)
                .map_err(|reason| {
                    Error::link(alloc::format!(
                        "incompatible import type for `{}::{}`: {reason}",
                        import.module,
                        import.name
                    ))
                })?;
        }
        Ok(())
    }

    /// Gives a new instance its content, in the order of the specification.
    fn populate(
        &mut self,
        id: InstanceId,
        module: &Module,
        imports: &[Extern],
    ) -> Result<Option<FuncId>, Error> {
        self.import(id, imports)?;
        self.make_tags(id, module)?;
        self.make_memories(id, module)?;
        self.make_tables(id, module)?;
        self.set_globals(id, module)?;
        self.evaluate_elements(id, module)?;
        self.copy_active_elements(id, module)?;
        self.copy_active_data(id, module)?;
        let Some(start) = module.start else {
            return Ok(None);
        };
        match self.instance_item(id, ExternKind::Func, start)? {
            Extern::Func(start) => Ok(Some(start)),
            _ => Ok(None),
        }
    }

    /// Puts what is imported at the beginnings of the index spaces.
    fn import(&mut self, id: InstanceId, imports: &[Extern]) -> Result<(), Error> {
        let instance: *mut Instance = self.instance_mut(id)?;
        // SAFETY: the instance stays in the store during this function, and nothing below reaches
        // it in another way.
        let instance = unsafe { &mut *instance };
        let (mut functions, mut tables, mut memories, mut globals) = (0, 0, 0, 0);
        let mut tags = Vec::new();
        for item in imports {
            match *item {
                Extern::Func(function) => {
                    instance.functions[functions] = self.function(function)?.as_ptr();
                    functions += 1;
                }
                Extern::Table(table) => {
                    instance.tables[tables] = self.table_vm(table)?;
                    tables += 1;
                }
                Extern::Memory(memory) => {
                    instance.memories[memories] = self.memory_vm(memory)?;
                    memories += 1;
                }
                Extern::Global(global) => {
                    instance.globals[globals] = self.global_vm(global)?;
                    instance.global_ids.push(Some(global));
                    globals += 1;
                }
                Extern::Tag(tag) => tags.push(tag),
            }
        }
        instance.tags = tags.into_boxed_slice();
        Ok(())
    }

    fn make_tags(&mut self, id: InstanceId, module: &Module) -> Result<(), Error> {
        let own = &module.tags[module.imported_tags as usize..];
        if own.is_empty() {
            return Ok(());
        }
        let mut tags = core::mem::take(&mut self.instance_mut(id)?.tags).into_vec();
        for &type_index in own {
            let tag = Tag {
                ty: module.types[type_index as usize].id,
                owner: Some(id),
            };
            let store = self.id();
            tags.push(self.tags.insert(store, tag)?);
        }
        self.instance_mut(id)?.tags = tags.into_boxed_slice();
        Ok(())
    }

    fn make_memories(&mut self, id: InstanceId, module: &Module) -> Result<(), Error> {
        let imported = module.imported_memories as usize;
        for (index, ty) in module.memories.iter().enumerate().skip(imported) {
            let may_have_image = index == 0 && self.options.memories.options().uses_images;
            let image = if may_have_image {
                memory_image(module)
            } else {
                None
            };
            let memory = self.make_memory(*ty, Some(id), image)?;
            let vm = self.memory_vm(memory)?;
            self.instance_mut(id)?.memories[index] = vm;
        }
        let instance = self.instance(id)?;
        if let Some(&first) = instance.memories.first() {
            // SAFETY: the context lives as long as its instance, and no code runs in it yet.
            unsafe {
                (*instance.context()).memory0 = first;
                // Used by code for which it never moves; such memories have a place from the beginning.
                #[cfg(feature = "compiler")]
                {
                    (*instance.context()).machine.memory_base = (*first).base;
                }
            }
        }
        Ok(())
    }

    fn make_tables(&mut self, id: InstanceId, module: &Module) -> Result<(), Error> {
        let imported = module.imported_tables as usize;
        for (index, table) in module.tables.iter().enumerate().skip(imported) {
            let init = match &table.init {
                Some(init) => evaluate(self.instance(id)?, init)?[0],
                None => 0,
            };
            let table = self.make_table(table.ty, init, Some(id))?;
            let vm = self.table_vm(table)?;
            self.instance_mut(id)?.tables[index] = vm;
        }
        Ok(())
    }

    fn set_globals(&mut self, id: InstanceId, module: &Module) -> Result<(), Error> {
        let instance = self.instance(id)?;
        for (vm, global) in instance.globals.iter().zip(&module.globals) {
            if let Some(init) = &global.init {
                let slots = evaluate(instance, init)?;
                // SAFETY: the instance owns the global, and nobody else knows of it yet.
                unsafe { **vm = VmGlobal { slots } };
            }
        }
        Ok(())
    }

    /// Evaluates the segments that are kept. Those that are copied now are evaluated then.
    fn evaluate_elements(&mut self, id: InstanceId, module: &Module) -> Result<(), Error> {
        let instance = self.instance_mut(id)?;
        instance.data = Vec::from_iter(module.data.iter().map(|segment| match segment.mode {
            SegmentMode::Passive => segment.range.clone(),
            SegmentMode::Active { .. } | SegmentMode::Declared => 0..0,
        }));
        let mut elements = Vec::with_capacity(module.elements.len());
        for segment in &module.elements {
            let mut values = Vec::new();
            if matches!(segment.mode, SegmentMode::Passive) {
                values.reserve_exact(item_count(segment));
                for_each_item(instance, segment, |value| values.push(value))?;
            }
            elements.push(values.into_boxed_slice());
        }
        instance.elements = elements;
        Ok(())
    }

    fn copy_active_elements(&mut self, id: InstanceId, module: &Module) -> Result<(), Error> {
        for segment in &module.elements {
            let SegmentMode::Active { index, offset } = &segment.mode else {
                continue;
            };
            let instance = self.instance(id)?;
            let offset = segment_offset(instance, offset)?;
            // SAFETY: validated: the table exists, and its owner is alive as long as the instance.
            // The instance's own record is another object, and `&mut self` is the only use of both.
            let table = unsafe { &mut *Table::from_vm(instance.tables[*index as usize]) };
            let count = item_count(segment);
            let target = bounded(table.elements_mut(), offset, count)
                .ok_or_else(|| Error::from(Trap::TableOutOfBounds))?;
            let mut places = target.iter_mut();
            for_each_item(instance, segment, |value| {
                if let Some(place) = places.next() {
                    *place = value;
                }
            })?;
        }
        Ok(())
    }

    /// Copies the active segments, but for those of memory 0 if it began with their image.
    fn copy_active_data(&mut self, id: InstanceId, module: &Module) -> Result<(), Error> {
        for segment in &module.data {
            let SegmentMode::Active { index, offset } = &segment.mode else {
                continue;
            };
            let instance = self.instance(id)?;
            // SAFETY: as for tables.
            let memory = unsafe { &mut *Memory::from_vm(instance.memories[*index as usize]) };
            if *index == 0 && memory.owner == Some(id) && memory.has_image() {
                continue;
            }
            let offset = segment_offset(instance, offset)?;
            if !memory.initialize(offset, module.data_bytes(segment)) {
                return Err(Error::from(Trap::MemoryOutOfBounds));
            }
        }
        Ok(())
    }

    fn table_vm(&self, id: TableId) -> Result<*mut VmTable, Error> {
        Ok(self.tables.get(self.id(), id)?.as_ptr().cast())
    }

    fn memory_vm(&self, id: MemoryId) -> Result<*mut VmMemory, Error> {
        Ok(self.memories.get(self.id(), id)?.as_ptr().cast())
    }

    fn global_vm(&self, id: GlobalId) -> Result<*mut VmGlobal, Error> {
        Ok(self.globals.get(self.id(), id)?.vm())
    }
}

/// The offset of an active segment. Those of 32 bits are zero-extended in their slot.
fn segment_offset(instance: &Instance, offset: &ConstExpr) -> Result<u64, Error> {
    evaluate(instance, offset).map(|slots| slots[0])
}

/// The part of `whole` from `offset` on with `count` elements.
fn bounded<T>(whole: &mut [T], offset: u64, count: usize) -> Option<&mut [T]> {
    let start = usize::try_from(offset).ok()?;
    whole.get_mut(start..start.checked_add(count)?)
}

fn item_count(segment: &ElementSegment) -> usize {
    match &segment.items {
        ElementItems::Functions(items) => items.len(),
        ElementItems::Expressions(items) => items.len(),
    }
}

/// Evaluates the items of a segment, in order.
fn for_each_item(
    instance: &Instance,
    segment: &ElementSegment,
    mut take: impl FnMut(u64),
) -> Result<(), Error> {
    match &segment.items {
        ElementItems::Functions(items) => {
            let functions: &[*mut VmFunction] = &instance.functions;
            items
                .iter()
                .for_each(|&index| take(VmFunction::to_word(functions[index as usize])));
        }
        ElementItems::Expressions(items) => {
            for item in items {
                take(evaluate(instance, item)?[0]);
            }
        }
    }
    Ok(())
}
