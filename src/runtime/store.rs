//! The store: the owner of instances, functions, tables, memories, globals, tags and host values.
//!
//! Input: requests of the embedding API and of running code. Output: [`StoreInner`], which is not
//! generic over the embedder's data.
//! Holds: what a handle names is found only here, by slot and generation; what the store hands out
//! by address stays there until it is removed; all growth is asked of the limits first.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;
#[cfg(feature = "std")]
use core::time::Duration;

use super::extern_ref::{ExternRefs, HostValue};
use super::global::{Global, Place, holds_host_values};
use super::growth::LimiterHook;
use super::handle::{BadHandle, Extern, FuncId, GlobalId, InstanceId, Slab, StoreId, TagId, kind};
use super::instance::{FunctionRecord, Instance, host_context};
use super::interrupt::{Deadline, InterruptHandle, InterruptState};
use super::layout::{
    CodeWord, ExitState, HostTrampoline, VmFunction, VmGlobal, VmHostFunction, VmMemory, VmStore,
};
#[cfg(feature = "compiler")]
use super::layout::{MachineEntry, RegisterTrampoline};
use super::limits::StoreLimits;
use super::memory::{self, Memory};
use super::pool::{MemoryOptions, MemoryPool};
use super::stable::Stable;
use super::stack::{StackPool, Stacks};
use super::table::Table;
use crate::error::Error;
use crate::module::registry::TypeRegistry;
use crate::module::{ExternKind, Module};
#[cfg(feature = "compiler")]
use crate::wasm::types::CompositeType;
use crate::wasm::types::{ExternType, GlobalType, TypeId, ValType};

/// What the engine's configuration says about its stores.
#[derive(Clone, Debug)]
pub(crate) struct StoreOptions {
    /// The stacks that guests run on.
    pub(crate) stacks: Arc<StackPool>,
    /// The places of memories.
    pub(crate) memories: Arc<MemoryPool>,
    /// Limits that hold beside those of the store's own limiter.
    pub(crate) limits: StoreLimits,
    /// How many functions a backtrace lists at most.
    pub(crate) backtrace_frames: usize,
}

impl Default for StoreOptions {
    fn default() -> StoreOptions {
        StoreOptions {
            stacks: StackPool::new(1 << 20),
            memories: MemoryPool::new(MemoryOptions::default()),
            limits: StoreLimits::default(),
            backtrace_frames: 0,
        }
    }
}

/// A store without the embedder's data.
#[repr(C)]
pub(crate) struct StoreInner {
    /// What running code reads and writes; first, so that both have one address.
    pub(super) vm: VmStore,
    /// Its own address, which it hands out.
    this: NonNull<StoreInner>,
    id: StoreId,
    pub(super) options: StoreOptions,
    types: Arc<TypeRegistry>,
    /// The embedder's data, whose type the embedder knows.
    pub(super) data: *mut (),
    pub(super) limiter: Option<LimiterHook>,
    /// What memories, tables and the records of instances take, in bytes.
    pub(super) total_bytes: usize,
    interrupt: Arc<InterruptState>,
    deadline: Option<Deadline>,
    pub(super) stacks: Stacks,
    /// The memory of instances without one.
    pub(super) empty_memory: Stable<VmMemory>,
    pub(super) instances: Slab<kind::Instance, Stable<Instance>>,
    pub(super) functions: Slab<kind::Func, FunctionEntry>,
    pub(super) tables: Slab<kind::Table, Stable<Table>>,
    pub(super) memories: Slab<kind::Memory, Stable<Memory>>,
    pub(super) globals: Slab<kind::Global, Global>,
    pub(super) tags: Slab<kind::Tag, Tag>,
    /// Instances whose instantiation failed but whose functions others can call.
    pub(super) orphans: Vec<InstanceId>,
    /// How many of them the last search has left.
    pub(super) searched_orphans: usize,
    extern_refs: ExternRefs,
    /// Whether there are functions of which machine code does not know how to call them, since there was none in the
    /// engine when they were made.
    #[cfg(feature = "compiler")]
    pub(super) awaits_machine_code: bool,
}

// SAFETY: the addresses in it are those of what it owns, and move with it. Host closures and
// limiters are `Send` and `Sync` (their constructors require it), and so are host values and code.
// The embedder's data is used only by the embedder's types, which are `Send` only if the data is.
unsafe impl Send for StoreInner {}
// SAFETY: a shared store gives out shared references only. What is written through addresses is
// written by running code or with `&mut StoreInner`, both of which need the store exclusively.
unsafe impl Sync for StoreInner {}

impl Drop for StoreInner {
    fn drop(&mut self) {
        self.free_memories();
    }
}

/// Owns a store at a fixed address.
pub(crate) struct StoreOwner(Stable<StoreInner>);

impl Deref for StoreOwner {
    type Target = StoreInner;

    fn deref(&self) -> &StoreInner {
        &self.0
    }
}

impl DerefMut for StoreOwner {
    fn deref_mut(&mut self) -> &mut StoreInner {
        &mut self.0
    }
}

/// A function that has a handle.
pub(super) struct FunctionEntry {
    pub(super) function: NonNull<VmFunction>,
    /// Keeps the record, if it is a function of the host.
    _host: Option<Stable<HostFunctionRecord>>,
}

/// What a function of the host is made of.
pub(crate) struct HostFunction {
    /// Its type, which the closure keeps alive.
    pub(crate) type_id: TypeId,
    /// Slots that the parameters take.
    pub(crate) param_slots: u32,
    /// Slots that the results take.
    pub(crate) result_slots: u32,
    /// The code that calls the trampoline.
    pub(crate) code: *const CodeWord,
    /// The machine code that does, if the engine makes any.
    #[cfg(feature = "compiler")]
    pub(crate) machine: MachineEntry,
    /// Calls the closure.
    pub(crate) trampoline: HostTrampoline,
    /// Does so for machine code.
    #[cfg(feature = "compiler")]
    pub(crate) register_trampoline: Option<RegisterTrampoline>,
    /// The closure, which is `Send` and `Sync`.
    pub(crate) closure: *mut (),
    /// Frees the closure.
    pub(crate) drop_closure: unsafe fn(*mut ()),
}

#[repr(C)]
struct HostFunctionRecord {
    function: FunctionRecord,
    host: VmHostFunction,
    drop_closure: unsafe fn(*mut ()),
}

impl Drop for HostFunctionRecord {
    fn drop(&mut self) {
        // SAFETY: `add_host_function` was given the two together, and the store that could call
        // the closure is giving the function up.
        unsafe { (self.drop_closure)(self.host.closure) };
    }
}

/// A tag: an identity with a type.
pub(super) struct Tag {
    pub(super) ty: TypeId,
    pub(super) owner: Option<InstanceId>,
}

/// Making a store, and what belongs to it as a whole.
impl StoreInner {
    /// Makes an empty store for modules whose types are in `types`.
    #[expect(
        clippy::new_ret_no_self,
        reason = "a store exists at a fixed address only"
    )]
    pub(crate) fn new(types: Arc<TypeRegistry>, options: StoreOptions) -> StoreOwner {
        let interrupt = InterruptState::new();
        let mut owner = Stable::new(StoreInner {
            vm: VmStore {
                fuel: 0,
                interrupt: interrupt.flag(),
                stack_top: core::ptr::null_mut(),
                stack_limit: core::ptr::null_mut(),
                pending_error: None,
                exit: ExitState::NONE,
                #[cfg(feature = "compiler")]
                machine_entry: core::ptr::null_mut(),
                #[cfg(feature = "compiler")]
                machine_stack: core::ptr::null_mut(),
                #[cfg(feature = "compiler")]
                loop_frame: core::ptr::null_mut(),
                #[cfg(feature = "compiler")]
                has_host_values: false,
            },
            this: NonNull::dangling(),
            id: StoreId::new(),
            types,
            data: core::ptr::null_mut(),
            limiter: None,
            total_bytes: 0,
            interrupt,
            deadline: None,
            stacks: Stacks::new(Arc::clone(&options.stacks)),
            options,
            empty_memory: Stable::new(memory::empty()),
            instances: Slab::new(),
            #[cfg(feature = "compiler")]
            awaits_machine_code: false,
            functions: Slab::new(),
            tables: Slab::new(),
            memories: Slab::new(),
            globals: Slab::new(),
            tags: Slab::new(),
            orphans: Vec::new(),
            searched_orphans: 0,
            extern_refs: ExternRefs::new(),
        });
        if let Some(this) = NonNull::new(owner.as_ptr()) {
            owner.this = this;
        }
        StoreOwner(owner)
    }

    /// Its identity, which handles carry.
    pub(crate) fn id(&self) -> StoreId {
        self.id
    }

    /// Gives the store the identity of a new one, so that all handles are foreign.
    pub(super) fn renew_id(&mut self) {
        self.id = StoreId::new();
    }

    /// The types of the engine.
    pub(crate) fn types(&self) -> &Arc<TypeRegistry> {
        &self.types
    }

    /// What running code reads and writes.
    pub(crate) fn vm(&mut self) -> &mut VmStore {
        &mut self.vm
    }

    /// The address that contexts carry.
    pub(crate) fn vm_ptr(&self) -> *mut VmStore {
        self.this.as_ptr().cast()
    }

    /// The store that a context or host function belongs to.
    pub(crate) fn from_vm(vm: *mut VmStore) -> *mut StoreInner {
        vm.cast()
    }

    /// Remembers where the embedder's data is. Its type is the embedder's to know.
    pub(crate) fn set_data(&mut self, data: *mut ()) {
        self.data = data;
    }

    /// Where the embedder's data is.
    pub(crate) fn data(&self) -> *mut () {
        self.data
    }

    /// How many functions a backtrace lists at most.
    pub(crate) fn backtrace_frames(&self) -> usize {
        self.options.backtrace_frames
    }

    /// How many calls from the host have not returned.
    pub(crate) fn depth(&self) -> u32 {
        self.stacks.depth
    }
}

/// Interruption.
impl StoreInner {
    /// A handle that interrupts what runs in the store.
    pub(crate) fn interrupt_handle(&self) -> InterruptHandle {
        InterruptHandle::new(&self.interrupt)
    }

    /// Lets every call end with [`Trap::Interrupt`](crate::Trap::Interrupt) from the moment on that
    /// is `after` from now; `None` takes that back. Tells whether the platform can.
    #[cfg(feature = "std")]
    pub(crate) fn set_deadline(&mut self, after: Option<Duration>) -> bool {
        self.deadline = None;
        let Some(after) = after else { return true };
        let moment = crate::sys::clock::monotonic().and_then(|now| now.checked_add(after));
        match moment {
            Some(moment) => self.deadline = Deadline::new(&self.interrupt, moment),
            // A moment beyond what the clock can show never comes.
            None => return crate::sys::clock::monotonic().is_some(),
        }
        self.deadline.is_some()
    }

    /// Looks whether anyone interrupts, as bulk operations and patient host functions do.
    #[inline]
    pub(crate) fn poll(&mut self) -> Result<(), Error> {
        if self.interrupt.is_raised() {
            self.answer_interrupt()
        } else {
            Ok(())
        }
    }

    /// To be called when the flag is raised: says whether there is a reason.
    #[cold]
    pub(super) fn answer_interrupt(&mut self) -> Result<(), Error> {
        self.interrupt
            .check(self.deadline.as_ref())
            .map_err(Error::from)
    }

    /// Makes earlier handles ineffective and takes the deadline back.
    pub(super) fn renew_interrupts(&mut self) {
        self.deadline = None;
        self.interrupt = InterruptState::new();
        self.vm.interrupt = self.interrupt.flag();
    }
}

/// Functions.
impl StoreInner {
    /// Makes room for so many more functions that have handles.
    pub(crate) fn reserve_functions(&mut self, count: usize) {
        self.functions.reserve(count);
    }

    /// Tells all functions how machine code calls them. That has to be done before any runs.
    ///
    /// # Errors
    /// A resource error if there is no memory for what calls them.
    #[cfg(feature = "compiler")]
    #[inline]
    pub(crate) fn prepare_machine_code(&mut self) -> Result<(), Error> {
        match self.awaits_machine_code {
            true => self.prepare_awaited_machine_code(),
            false => Ok(()),
        }
    }

    #[cfg(feature = "compiler")]
    #[cold]
    fn prepare_awaited_machine_code(&mut self) -> Result<(), Error> {
        let mut code = None;
        for instance in self.instances.iter_mut() {
            let is_ready = instance.define_machine_code();
            let Some(of_instance) = &instance.machine_code else {
                continue;
            };
            if !is_ready {
                return Err(Error::resource("there is no memory for machine code"));
            }
            code.get_or_insert_with(|| Arc::clone(of_instance));
        }
        let Some(code) = code else {
            return Ok(());
        };
        for entry in self.functions.iter_mut() {
            let Some(host) = &mut entry._host else {
                continue;
            };
            let vm = &mut host.function.vm;
            // The closure keeps its type alive.
            let ty = self.types.find(TypeId(vm.type_id));
            let composite = ty.as_ref().map(|ty| &ty.sub_type().composite);
            if let (true, Some(CompositeType::Func(ty))) = (vm.machine.call.is_null(), composite) {
                vm.machine = code.host_entry(ty)?;
            }
        }
        self.awaits_machine_code = false;
        Ok(())
    }

    /// Adds a function of the host. It lives as long as the store, or until it is reset.
    ///
    /// # Errors
    /// A resource error if the store is full; the closure is freed.
    ///
    /// # Safety
    /// The trampolines and the closure belong together, `drop_closure` frees the closure once, the
    /// closure is `Send` and `Sync`, and the code calls the trampoline
    /// with as many slots as the type has.
    pub(crate) unsafe fn add_host_function(
        &mut self,
        parts: HostFunction,
    ) -> Result<FuncId, Error> {
        let vm = VmFunction {
            code: parts.code,
            context: core::ptr::null_mut(),
            type_id: parts.type_id.0,
            defined_index: u32::MAX,
            #[cfg(feature = "compiler")]
            machine: parts.machine,
        };
        let mut record = Stable::new(HostFunctionRecord {
            function: FunctionRecord::new(vm),
            host: VmHostFunction {
                trampoline: parts.trampoline,
                #[cfg(feature = "compiler")]
                register_trampoline: parts.register_trampoline,
                closure: parts.closure,
                store: self.vm_ptr(),
                param_slots: parts.param_slots,
                result_slots: parts.result_slots,
            },
            drop_closure: parts.drop_closure,
        });
        #[cfg(feature = "compiler")]
        {
            self.awaits_machine_code |= parts.machine.call.is_null();
        }
        let id = self.functions.next_id(self.id)?;
        let address = record.as_ptr();
        // SAFETY: the record is alive; the address of a part of it is taken, nothing is read.
        let host = unsafe { &raw mut (*address).host };
        record.function.vm.context = host_context(host);
        record.function.id = Some(id);
        // SAFETY: as above.
        let function = unsafe { NonNull::new_unchecked(&raw mut (*address).function.vm) };
        self.functions.insert(
            self.id,
            FunctionEntry {
                function,
                _host: Some(record),
            },
        )
    }

    /// The function that a handle names.
    #[inline]
    pub(crate) fn function(&self, id: FuncId) -> Result<NonNull<VmFunction>, BadHandle> {
        self.functions.get(self.id, id).map(|entry| entry.function)
    }

    /// The handle of a function.
    ///
    /// # Errors
    /// A resource error if the store is full.
    ///
    /// # Safety
    /// `function` is that of an instance or of the host in this store, and has not been removed:
    /// for example it comes from a slot of type `funcref` that running code has just left.
    pub(crate) unsafe fn function_id(
        &mut self,
        function: NonNull<VmFunction>,
    ) -> Result<FuncId, Error> {
        let record = FunctionRecord::from_vm(function.as_ptr());
        // SAFETY: the caller knows that the function is alive; every function is part of a record.
        if let Some(id) = unsafe { (*record).id } {
            return Ok(id);
        }
        let id = self.functions.insert(
            self.id,
            FunctionEntry {
                function,
                _host: None,
            },
        )?;
        // SAFETY: as above.
        unsafe { (*record).id = Some(id) };
        Ok(id)
    }
}

/// Globals and tags.
impl StoreInner {
    /// Makes a global for the host; `slots` are a value of its type.
    ///
    /// # Errors
    /// A resource error if the store is full.
    pub(crate) fn new_global(
        &mut self,
        ty: GlobalType,
        slots: [u64; 2],
    ) -> Result<GlobalId, Error> {
        let place = Place::Host(Stable::new(VmGlobal { slots }));
        self.globals.insert(self.id, Global { ty, place })
    }

    /// The type and the value of a global.
    pub(crate) fn global(&self, id: GlobalId) -> Result<(GlobalType, [u64; 2]), BadHandle> {
        let global = self.globals.get(self.id, id)?;
        // SAFETY: an entry is there only as long as its value, and `&self` keeps writers away.
        Ok((global.ty, unsafe { (*global.vm()).slots }))
    }

    /// Sets a global; `slots` are a value of its type. Whoever calls has looked whether it can be
    /// changed.
    pub(crate) fn set_global(&mut self, id: GlobalId, slots: [u64; 2]) -> Result<(), BadHandle> {
        let global = self.globals.get(self.id, id)?;
        // SAFETY: an entry is there only as long as its value, and `&mut self` is the only use.
        unsafe { (*global.vm()).slots = slots };
        Ok(())
    }

    /// Makes a tag for the host, with a function type for the values of its exceptions.
    ///
    /// # Errors
    /// A resource error if the store is full.
    pub(crate) fn new_tag(&mut self, ty: TypeId) -> Result<TagId, Error> {
        self.tags.insert(self.id, Tag { ty, owner: None })
    }
}

/// Instances.
impl StoreInner {
    /// The instance that a handle names.
    pub(crate) fn instance(&self, id: InstanceId) -> Result<&Instance, BadHandle> {
        self.instances.get(self.id, id).map(|instance| &**instance)
    }

    pub(super) fn instance_mut(&mut self, id: InstanceId) -> Result<&mut Instance, BadHandle> {
        let instance = self.instances.get(self.id, id)?.as_ptr();
        // SAFETY: the store owns the instance, and `&mut self` is the only use of the store.
        Ok(unsafe { &mut *instance })
    }

    /// The handle of what an index of a kind names in an instance.
    ///
    /// # Errors
    /// A link error for a bad handle or an index that is out of bounds; a resource error if the
    /// store is full.
    pub(crate) fn instance_item(
        &mut self,
        id: InstanceId,
        kind: ExternKind,
        index: u32,
    ) -> Result<Extern, Error> {
        let instance = self.instance(id)?;
        let missing = || Error::link(alloc::format!("the instance has no such item: {index}"));
        let position = index as usize;
        Ok(match kind {
            ExternKind::Func => {
                let function = instance.function(index).ok_or_else(missing)?;
                // SAFETY: an instance's index space holds functions that are alive as long as it.
                Extern::Func(unsafe { self.function_id(function) }?)
            }
            ExternKind::Table => {
                let vm = *instance.tables.get(position).ok_or_else(missing)?;
                // SAFETY: as above, and the record of every table is part of a `Table`.
                Extern::Table(unsafe { (*Table::from_vm(vm)).id })
            }
            ExternKind::Memory => {
                let vm = *instance.memories.get(position).ok_or_else(missing)?;
                // SAFETY: as above, and the record of every memory is part of a `Memory`.
                Extern::Memory(unsafe { (*Memory::from_vm(vm)).id })
            }
            ExternKind::Global => {
                let vm = *instance.globals.get(position).ok_or_else(missing)?;
                if let Some(Some(known)) = instance.global_ids.get(position) {
                    return Ok(Extern::Global(*known));
                }
                let ty = instance.module().globals[position].ty;
                let place = Place::Instance(vm);
                let global = self.globals.insert(self.id, Global { ty, place })?;
                let instance = self.instance_mut(id)?;
                let count = instance.globals.len();
                instance.global_ids.resize(count, None);
                instance.global_ids[position] = Some(global);
                Extern::Global(global)
            }
            ExternKind::Tag => Extern::Tag(*instance.tags.get(position).ok_or_else(missing)?),
        })
    }

    /// The type of an import or export, with the present sizes of memories and tables.
    pub(crate) fn extern_type(&self, item: Extern) -> Result<ExternType, BadHandle> {
        Ok(match item {
            Extern::Func(id) => {
                // SAFETY: an entry is there only as long as its function.
                ExternType::Func(TypeId(unsafe { self.function(id)?.as_ref() }.type_id))
            }
            Extern::Table(id) => ExternType::Table(self.table(id)?.ty()),
            Extern::Memory(id) => ExternType::Memory(self.memory(id)?.ty()),
            Extern::Global(id) => ExternType::Global(self.globals.get(self.id, id)?.ty),
            Extern::Tag(id) => ExternType::Tag(self.tags.get(self.id, id)?.ty),
        })
    }
}

/// Host values.
impl StoreInner {
    /// Gives a value to the store and returns its handle, which the caller roots or stores before
    /// the next call of this. Now and then values that nothing reaches any more are dropped.
    ///
    /// # Errors
    /// A resource error if the store is full.
    pub(crate) fn new_extern(&mut self, value: HostValue) -> Result<u64, Error> {
        if self.extern_refs.wants_collection() {
            self.collect_externs();
        }
        #[cfg(feature = "compiler")]
        {
            self.vm.has_host_values = true;
        }
        self.extern_refs.insert(value)
    }

    /// The host values and their roots.
    pub(crate) fn extern_refs(&self) -> &ExternRefs {
        &self.extern_refs
    }

    /// The host values and their roots.
    pub(crate) fn extern_refs_mut(&mut self) -> &mut ExternRefs {
        &mut self.extern_refs
    }

    /// Drops the host values that neither roots nor tables, globals, element segments or running
    /// calls reach.
    pub(crate) fn collect_externs(&mut self) {
        let refs = &mut self.extern_refs;
        for table in self.tables.iter() {
            if holds_host_values(ValType::Ref(table.declared_type().element)) {
                table.elements().iter().for_each(|&word| refs.mark(word));
            }
        }
        for global in self
            .globals
            .iter()
            .filter(|global| holds_host_values(global.ty.content))
        {
            // SAFETY: an entry is there only as long as its value, and `&mut self` keeps writers
            // away.
            refs.mark(unsafe { (*global.vm()).slots[0] });
        }
        for instance in self.instances.iter() {
            for (vm, global) in instance.globals.iter().zip(&instance.module().globals) {
                if holds_host_values(global.ty.content) && !vm.is_null() {
                    // SAFETY: an instance's globals live as long as it, and nobody writes them now.
                    refs.mark(unsafe { (**vm).slots[0] });
                }
            }
            for (values, segment) in instance.elements.iter().zip(&instance.module().elements) {
                if holds_host_values(ValType::Ref(segment.ty)) {
                    values.iter().for_each(|&word| refs.mark(word));
                }
            }
        }
        // SAFETY: this is the store of these stacks, and no guest code runs while the host has it.
        unsafe {
            self.stacks
                .for_each_word(self.vm.stack_top, |word| refs.mark(word));
            #[cfg(feature = "compiler")]
            Stacks::for_each_machine_word(self.vm.machine_entry, |word| refs.mark(word));
        };
        let dead = refs.collect();
        drop(dead);
    }

    /// Forgets all host values and their roots. The caller drops them.
    pub(super) fn take_extern_refs(&mut self) -> ExternRefs {
        core::mem::replace(&mut self.extern_refs, ExternRefs::new())
    }
}

/// The engine's module that an instance runs.
impl StoreInner {
    /// The module of an instance.
    pub(crate) fn module(&self, id: InstanceId) -> Result<&Arc<Module>, BadHandle> {
        self.instance(id).map(Instance::module)
    }
}
