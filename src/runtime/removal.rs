//! Taking instances out of a store, and emptying it.
//!
//! Input: an instance's handle, or nothing. Output: what it owned is freed, or the reason why not.
//! Holds: nothing is freed that another instance imports, that a table, a global or an element
//! segment of others refers to, or that a call might return to.
//!
//! Instances whose instantiation failed may be left over because a table holds their functions.
//! They have no handle, so they are freed together with whoever alone kept them.

use alloc::string::String;
use alloc::vec::Vec;

use super::global::{Place, holds_functions};
use super::handle::{InstanceId, MemoryId, Slab};
use super::instance::Instance;
use super::layout::{ExitState, VmFunction};
use super::memory::Memory;
use super::store::StoreInner;
use super::table::Table;
use crate::error::Error;
use crate::wasm::types::ValType;

impl StoreInner {
    /// Frees an instance with its functions, memories, tables, globals and tags.
    ///
    /// # Errors
    /// A link error for a bad handle, or saying by what the instance is still used; then nothing
    /// has changed.
    pub(crate) fn remove(&mut self, id: InstanceId) -> Result<(), Error> {
        self.instance(id)?;
        self.check_no_call("the instance cannot be removed")?;
        let mut doomed: Vec<InstanceId> = self.orphans.clone();
        doomed.push(id);
        // Leftovers that others need stay, and with them what they need.
        while let Some((used, by)) = self.find_use(&doomed) {
            if used == id {
                let message = alloc::format!("the instance cannot be removed: {by}");
                return Err(Error::link(message));
            }
            doomed.retain(|&other| other != used);
        }
        self.free_all(&doomed);
        Ok(())
    }

    /// Gives an instance up whose start function failed: it is freed now or when nothing refers to
    /// it any more.
    pub(crate) fn abandon(&mut self, id: InstanceId) {
        if self.instance(id).is_ok() {
            self.orphans.push(id);
            self.has_new_orphan = true;
            self.sweep_orphans();
        }
    }

    /// Gives an instance up whose code has never run.
    pub(super) fn discard(&mut self, id: InstanceId) {
        match self.find_use(&[id]) {
            Some(_) => {
                self.orphans.push(id);
                self.has_new_orphan = true;
            }
            None => self.free_all(&[id]),
        }
    }

    /// Frees the leftovers that nobody needs any more, if there is a new one: whoever keeps making
    /// instances shall not wait for a search each time.
    pub(super) fn sweep_orphans(&mut self) {
        if !self.has_new_orphan || self.check_no_call("").is_err() {
            return;
        }
        self.has_new_orphan = false;
        let mut doomed = self.orphans.clone();
        while let Some((used, _)) = self.find_use(&doomed) {
            doomed.retain(|&other| other != used);
        }
        self.free_all(&doomed);
    }

    /// Empties the store. All handles become foreign; address space and the stack are kept for what
    /// comes next. Limits and the limiter stay.
    ///
    /// # Errors
    /// A link error if a call is running.
    pub(crate) fn reset(&mut self) -> Result<(), Error> {
        if self.depth() > 0 {
            return Err(Error::link("the store cannot be reset: a call is running"));
        }
        let values = self.take_extern_refs();
        let functions = core::mem::replace(&mut self.functions, Slab::new());
        let memories: Vec<_> = self.memories.iter().map(|memory| memory.id).collect();
        for id in memories {
            self.free_memory(id);
        }
        self.memories = Slab::new();
        self.instances = Slab::new();
        self.tables = Slab::new();
        self.globals = Slab::new();
        self.tags = Slab::new();
        self.orphans.clear();
        self.has_new_orphan = false;
        self.stacks.forget_calls();
        self.total_bytes = 0;
        self.vm.fuel = 0;
        self.vm.pending_error = None;
        self.vm.exit = ExitState::NONE;
        self.renew_interrupts();
        self.renew_id();
        // Last, because what the host wrote for its values and closures may do anything.
        drop(functions);
        drop(values);
        Ok(())
    }

    fn check_no_call(&self, what: &str) -> Result<(), Error> {
        let reason = if self.depth() > 0 {
            "a call is running"
        } else if self.stacks.has_suspended_call() {
            "a call is suspended; finish or drop it first"
        } else {
            return Ok(());
        };
        Err(Error::link(alloc::format!("{what}: {reason}")))
    }

    /// An instance of `doomed` that something else uses, and by what.
    fn find_use(&self, doomed: &[InstanceId]) -> Option<(InstanceId, String)> {
        let owner_of = |word: u64| {
            let function = VmFunction::from_word(word);
            if function.is_null() {
                return None;
            }
            // SAFETY: tables, globals and segments of function types hold null or functions that
            // are alive: what this module checks keeps them so.
            let function = unsafe { &*function };
            if function.defined_index == u32::MAX {
                return None;
            }
            // SAFETY: the function is not the host's, so its context is that of an instance.
            let owner = unsafe { Instance::from_context(function.context) }.id();
            doomed.contains(&owner).then_some(owner)
        };
        self.find_table_use(doomed, &owner_of)
            .or_else(|| self.find_host_global_use(&owner_of))
            .or_else(|| {
                let mut others = self
                    .instances
                    .iter()
                    .filter(|it| !doomed.contains(&it.id()));
                others.find_map(|other| self.find_instance_use(other, doomed, &owner_of))
            })
    }

    fn find_table_use(
        &self,
        doomed: &[InstanceId],
        owner_of: &impl Fn(u64) -> Option<InstanceId>,
    ) -> Option<(InstanceId, String)> {
        let is_other = |table: &&super::stable::Stable<Table>| {
            holds_functions(ValType::Ref(table.declared_type().element))
                && !table.owner.is_some_and(|owner| doomed.contains(&owner))
        };
        for table in self.tables.iter().filter(is_other) {
            for (index, &word) in table.elements().iter().enumerate() {
                if let Some(used) = owner_of(word) {
                    let owner = self.describe(table.owner);
                    let by =
                        alloc::format!("element {index} of a table of {owner} is its function");
                    return Some((used, by));
                }
            }
        }
        None
    }

    fn find_host_global_use(
        &self,
        owner_of: &impl Fn(u64) -> Option<InstanceId>,
    ) -> Option<(InstanceId, String)> {
        self.globals.iter().find_map(|global| match &global.place {
            Place::Host(vm) if holds_functions(global.ty.content) => {
                let used = owner_of(vm.slots[0])?;
                Some((
                    used,
                    String::from("a global of the host holds its function"),
                ))
            }
            _ => None,
        })
    }

    /// How `other` uses one of `doomed`, to which it does not belong.
    fn find_instance_use(
        &self,
        other: &Instance,
        doomed: &[InstanceId],
        owner_of: &impl Fn(u64) -> Option<InstanceId>,
    ) -> Option<(InstanceId, String)> {
        let module = other.module();
        let used_by = |used: InstanceId, what: &str| {
            Some((
                used,
                alloc::format!("{} {what}", self.describe(Some(other.id()))),
            ))
        };
        let is_doomed = |owner: Option<InstanceId>| owner.filter(|owner| doomed.contains(owner));
        let imported = |count: u32| 0..count as usize;
        for &function in &other.functions[imported(module.imported_functions)] {
            if let Some(used) = owner_of(VmFunction::to_word(function)) {
                return used_by(used, "imports its function");
            }
        }
        for &memory in other.memories[imported(module.imported_memories)].iter() {
            // SAFETY: what an instance imports is alive as long as it.
            if let Some(used) = is_doomed(unsafe { &*Memory::from_vm(memory) }.owner) {
                return used_by(used, "imports its memory");
            }
        }
        for &table in other.tables[imported(module.imported_tables)].iter() {
            // SAFETY: as above.
            if let Some(used) = is_doomed(unsafe { &*Table::from_vm(table) }.owner) {
                return used_by(used, "imports its table");
            }
        }
        for &global in other.globals[imported(module.imported_globals)].iter() {
            let owner = doomed.iter().find(|&&id| {
                self.instance(id)
                    .is_ok_and(|instance| instance.owns_global(global))
            });
            if let Some(&used) = owner {
                return used_by(used, "imports its global");
            }
        }
        for &tag in other.tags[imported(module.imported_tags)].iter() {
            let owner = self.tags.get(self.id(), tag).ok().and_then(|tag| tag.owner);
            if let Some(used) = is_doomed(owner) {
                return used_by(used, "imports its tag");
            }
        }
        for (&vm, global) in other.globals.iter().zip(&module.globals) {
            if holds_functions(global.ty.content) && !vm.is_null() {
                // SAFETY: the globals of an instance are alive as long as it.
                if let Some(used) = owner_of(unsafe { (*vm).slots[0] }) {
                    return used_by(used, "holds its function in a global");
                }
            }
        }
        for (values, segment) in other.elements.iter().zip(&module.elements) {
            let values = if holds_functions(ValType::Ref(segment.ty)) {
                &**values
            } else {
                &[]
            };
            if let Some(used) = values.iter().find_map(|&word| owner_of(word)) {
                return used_by(used, "holds its function in an element segment");
            }
        }
        None
    }

    /// What messages call the owner of something.
    fn describe(&self, owner: Option<InstanceId>) -> String {
        let Some(id) = owner else {
            return String::from("the host");
        };
        let name = self.instance(id).ok().and_then(|instance| {
            let module = instance.module();
            module.names.module(&module.bytes).map(String::from)
        });
        match name {
            Some(name) => alloc::format!("the instance of `{name}`"),
            None => String::from("another instance"),
        }
    }

    /// Frees instances that nothing else uses.
    fn free_all(&mut self, doomed: &[InstanceId]) {
        if doomed.is_empty() {
            return;
        }
        self.orphans.retain(|id| !doomed.contains(id));
        self.vm.exit = ExitState::NONE;
        for &id in doomed {
            self.free(id);
        }
    }

    fn free(&mut self, id: InstanceId) {
        let Some(instance) = self.instances.remove(id) else {
            return;
        };
        let module = instance.module();
        for record in instance.own_functions.iter() {
            if let Some(function) = record.id {
                self.functions.remove(function);
            }
        }
        let own = |imported: u32| imported as usize..;
        // If making the instance failed half-way, some of these are not there.
        for &vm in instance.memories[own(module.imported_memories)].iter() {
            if !vm.is_null() {
                // SAFETY: the instance owns the memory, which is alive until it is freed here.
                let memory = unsafe { (*Memory::from_vm(vm)).id };
                self.free_memory(memory);
            }
        }
        for &vm in instance.tables[own(module.imported_tables)].iter() {
            if !vm.is_null() {
                // SAFETY: as for memories.
                let table = unsafe { (*Table::from_vm(vm)).id };
                if let Some(table) = self.tables.remove(table) {
                    self.total_bytes -= size_of_val(table.elements());
                }
            }
        }
        for &global in instance
            .global_ids
            .iter()
            .skip(module.imported_globals as usize)
            .flatten()
        {
            self.globals.remove(global);
        }
        for &tag in instance.tags.iter().skip(module.imported_tags as usize) {
            self.tags.remove(tag);
        }
        self.total_bytes -= instance.charged_bytes;
    }

    fn free_memory(&mut self, id: MemoryId) {
        if let Some(memory) = self.memories.remove(id) {
            self.total_bytes -= memory.bytes().len();
            self.memory_plan.recycle(memory.into_inner());
        }
    }
}
