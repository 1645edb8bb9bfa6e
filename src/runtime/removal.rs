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
use crate::module::SegmentMode;
use crate::ordered_map::OrderedMap;
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
        let doomed = Search::new(self, Some(id))
            .unused()
            .map_err(|by| Error::link(alloc::format!("the instance cannot be removed: {by}")))?;
        self.free_all(&doomed);
        self.searched_orphans = self.orphans.len();
        Ok(())
    }

    /// Gives an instance up whose start function failed: it is freed now or when nothing refers to
    /// it any more.
    pub(crate) fn abandon(&mut self, id: InstanceId) {
        if self.instance(id).is_ok() {
            self.orphans.push(id);
            self.sweep_orphans();
        }
    }

    /// Gives an instance up whose code has never run.
    pub(super) fn discard(&mut self, id: InstanceId) {
        if self.is_in_imported_table(id) {
            self.orphans.push(id);
        } else {
            self.free_all(&[id]);
        }
    }

    /// Whether an active segment has put a function of an instance into a table that it imports: as long
    /// as no code of it has run, nothing else can refer to it.
    fn is_in_imported_table(&self, id: InstanceId) -> bool {
        let Ok(instance) = self.instance(id) else {
            return false;
        };
        let module = instance.module();
        let mut targets: Vec<u32> = module
            .elements
            .iter()
            .filter_map(|segment| match segment.mode {
                SegmentMode::Active { index, .. } => Some(index),
                _ => None,
            })
            .filter(|&index| index < module.imported_tables)
            .collect();
        targets.sort_unstable();
        targets.dedup();
        targets.iter().any(|&index| {
            let table = instance.tables[index as usize];
            // SAFETY: what an instance imports is alive as long as it; the address is null if making the
            // instance failed before.
            let table = (!table.is_null()).then(|| unsafe { &*Table::from_vm(table) });
            table.is_some_and(|table| {
                holds_functions(ValType::Ref(table.declared_type().element))
                    && table
                        .elements()
                        .iter()
                        .any(|&word| owner_of(word) == Some(id))
            })
        })
    }

    /// Frees the leftovers that nobody needs any more, if enough of them are new that whoever keeps
    /// making instances does not wait for a search of everything each time.
    pub(super) fn sweep_orphans(&mut self) {
        let new = self.orphans.len() - self.searched_orphans;
        if new <= self.searched_orphans / 8 || self.check_no_call("").is_err() {
            return;
        }
        // Without an instance that has to go, the search does not fail.
        let doomed = Search::new(self, None).unused().unwrap_or_default();
        self.free_all(&doomed);
        self.searched_orphans = self.orphans.len();
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
        self.free_memories();
        self.instances = Slab::new();
        self.tables = Slab::new();
        self.globals = Slab::new();
        self.tags = Slab::new();
        self.orphans.clear();
        self.searched_orphans = 0;
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
        self.vm.exit = ExitState::NONE;
        for &id in doomed {
            self.free(id);
        }
        let (store, instances) = (self.id(), &self.instances);
        self.orphans.retain(|&id| instances.get(store, id).is_ok());
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
            let pool = &self.options.memories;
            memory.into_inner().give_back(pool, self.stacks.calls);
        }
    }

    /// Frees all memories. Whatever refers to them goes next.
    pub(super) fn free_memories(&mut self) {
        let memories = core::mem::replace(&mut self.memories, Slab::new());
        for memory in memories.into_values() {
            let pool = &self.options.memories;
            memory.into_inner().give_back(pool, self.stacks.calls);
        }
    }
}

/// The instance that defines the function to which a word of function type refers, if one does.
fn owner_of(word: u64) -> Option<InstanceId> {
    let function = VmFunction::from_word(word);
    if function.is_null() {
        return None;
    }
    // SAFETY: tables, globals and segments of function types hold null or functions that are alive:
    // what this module checks keeps them so.
    let function = unsafe { &*function };
    if function.defined_index == u32::MAX {
        return None;
    }
    // SAFETY: the function is not the host's, so its context is that of an instance.
    Some(unsafe { Instance::from_context(function.context) }.id())
}

/// A search for what nothing uses among the leftovers and an instance that is to be removed. It looks at
/// everything once: leftovers that are found in use are searched in turn.
struct Search<'a> {
    store: &'a StoreInner,
    /// The instance that is to be removed.
    wanted: Option<InstanceId>,
    /// The leftovers, and the instance to be removed.
    candidates: Vec<InstanceId>,
    /// By the slot of an instance: whether it is a candidate, and whether no use of it was found.
    is_candidate: Vec<bool>,
    is_unused: Vec<bool>,
    /// The candidates by the addresses of their contexts, behind which their globals are.
    by_context: OrderedMap<usize, InstanceId>,
    /// Candidates that are used, whose own uses are still to be looked at.
    pending: Vec<InstanceId>,
}

impl<'a> Search<'a> {
    fn new(store: &'a StoreInner, wanted: Option<InstanceId>) -> Search<'a> {
        let mut candidates = store.orphans.clone();
        candidates.extend(wanted.filter(|id| !candidates.contains(id)));
        let last = store.instances.iter().map(|it| it.id().slot()).max();
        let mut is_candidate = alloc::vec![false; last.map_or(0, |last| last + 1)];
        let mut by_context = OrderedMap::new();
        for &id in &candidates {
            is_candidate[id.slot()] = true;
            if let Ok(instance) = store.instance(id) {
                by_context.insert(instance.context() as usize, id);
            }
        }
        Search {
            store,
            wanted,
            candidates,
            is_unused: is_candidate.clone(),
            is_candidate,
            by_context,
            pending: Vec::new(),
        }
    }

    /// The candidates that nothing else uses, or by what the instance to be removed is used.
    fn unused(mut self) -> Result<Vec<InstanceId>, String> {
        let store = self.store;
        for table in store.tables.iter() {
            if !table
                .owner
                .is_some_and(|owner| self.is_candidate[owner.slot()])
            {
                self.look_at_table(table)?;
            }
        }
        for global in store.globals.iter() {
            if let Place::Host(vm) = &global.place {
                if holds_functions(global.ty.content) {
                    self.found(owner_of(vm.slots[0]), || {
                        String::from("a global of the host holds its function")
                    })?;
                }
            }
        }
        for instance in store.instances.iter() {
            if !self.is_candidate[instance.id().slot()] {
                self.look_at_instance(instance)?;
            }
        }
        while let Some(id) = self.pending.pop() {
            let Ok(instance) = store.instance(id) else {
                continue;
            };
            self.look_at_instance(instance)?;
            let own = instance.module().imported_tables as usize..;
            for &table in instance.tables[own].iter().filter(|table| !table.is_null()) {
                // SAFETY: the tables of an instance are alive as long as it.
                self.look_at_table(unsafe { &*Table::from_vm(table) })?;
            }
        }
        let Search {
            mut candidates,
            is_unused,
            ..
        } = self;
        candidates.retain(|id| is_unused[id.slot()]);
        Ok(candidates)
    }

    /// Something uses an instance: if that is a candidate, it stays.
    fn found(
        &mut self,
        used: Option<InstanceId>,
        by: impl FnOnce() -> String,
    ) -> Result<(), String> {
        let Some(used) = used.filter(|used| self.is_unused[used.slot()]) else {
            return Ok(());
        };
        if Some(used) == self.wanted {
            return Err(by());
        }
        self.is_unused[used.slot()] = false;
        self.pending.push(used);
        Ok(())
    }

    fn look_at_table(&mut self, table: &Table) -> Result<(), String> {
        if !holds_functions(ValType::Ref(table.declared_type().element)) {
            return Ok(());
        }
        let store = self.store;
        for (index, &word) in table.elements().iter().enumerate() {
            self.found(owner_of(word), || {
                let owner = store.describe(table.owner);
                alloc::format!("element {index} of a table of {owner} is its function")
            })?;
        }
        Ok(())
    }

    /// What an instance uses, but for its tables.
    fn look_at_instance(&mut self, user: &Instance) -> Result<(), String> {
        let store = self.store;
        let module = user.module();
        let by = |what: &str| {
            let user = store.describe(Some(user.id()));
            alloc::format!("{user} {what}")
        };
        let imported = |count: u32| 0..count as usize;
        for &function in &user.functions[imported(module.imported_functions)] {
            let owner = owner_of(VmFunction::to_word(function));
            self.found(owner, || by("imports its function"))?;
        }
        // If making the instance failed half-way, some of these are not there.
        for &memory in user.memories[imported(module.imported_memories)].iter() {
            if !memory.is_null() {
                // SAFETY: what an instance imports is alive as long as it.
                let owner = unsafe { &*Memory::from_vm(memory) }.owner;
                self.found(owner, || by("imports its memory"))?;
            }
        }
        for &table in user.tables[imported(module.imported_tables)].iter() {
            if !table.is_null() {
                // SAFETY: as above.
                let owner = unsafe { &*Table::from_vm(table) }.owner;
                self.found(owner, || by("imports its table"))?;
            }
        }
        for &global in user.globals[imported(module.imported_globals)].iter() {
            let before = self.by_context.last_up_to(&(global as usize));
            let owner = before.map(|(_, &id)| id).filter(|&id| {
                let owner = store.instance(id);
                owner.is_ok_and(|owner| owner.owns_global(global))
            });
            self.found(owner, || by("imports its global"))?;
        }
        let imported_tags = module.imported_tags as usize;
        for &tag in user.tags.iter().take(imported_tags) {
            let tag = store.tags.get(store.id(), tag).ok();
            self.found(tag.and_then(|tag| tag.owner), || by("imports its tag"))?;
        }
        for (&vm, global) in user.globals.iter().zip(&module.globals) {
            if holds_functions(global.ty.content) && !vm.is_null() {
                // SAFETY: the globals of an instance are alive as long as it.
                let word = unsafe { (*vm).slots[0] };
                self.found(owner_of(word), || by("holds its function in a global"))?;
            }
        }
        for (values, segment) in user.elements.iter().zip(&module.elements) {
            if holds_functions(ValType::Ref(segment.ty)) {
                for &word in values.iter() {
                    let by = || by("holds its function in an element segment");
                    self.found(owner_of(word), by)?;
                }
            }
        }
        Ok(())
    }
}
