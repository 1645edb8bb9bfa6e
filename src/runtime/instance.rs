//! Instances.
//!
//! Input: a module with its imports, from `instantiate.rs`. Output: [`Instance`], which owns the
//! [`VmContext`] that running code reads, with the instance's own globals and functions.
//! Holds: everything an instance hands out by address lies in memory that it frees only when it is
//! itself removed.

use alloc::alloc::{alloc_zeroed, dealloc, handle_alloc_error};
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::alloc::Layout;
use core::any::Any;
use core::ops::Range;
use core::ptr::NonNull;
use core::sync::atomic::Ordering;

use super::handle::{GlobalId, InstanceId, TagId};
use super::layout::{
    EntryCell, VmContext, VmFunction, VmGlobal, VmHostFunction, VmMemory, VmStore, VmTable,
};
#[cfg(feature = "compiler")]
use super::layout::{MachineContext, MachineEntry};
use super::stable::Stable;
#[cfg(feature = "compiler")]
use crate::error::Error;
use crate::module::{ElementItems, Module};
#[cfg(feature = "compiler")]
use crate::wasm::types::FuncType;

/// The register code of a module, as the interpreter hands it to the runtime.
#[derive(Clone)]
pub(crate) struct ModuleCode {
    /// Keeps the code alive.
    pub(crate) table: Arc<dyn Any + Send + Sync>,
    /// What [`VmContext::code_table`] is set to: the address of what `table` holds.
    pub(crate) address: *const (),
    /// One entry cell for each function that the module defines.
    pub(crate) entries: *const EntryCell,
    /// The machine code, if the engine makes any.
    #[cfg(feature = "compiler")]
    pub(crate) machine: Option<Arc<dyn MachineCode>>,
}

/// The machine code of a module, or who makes it, as the compiler's side hands it to the runtime.
#[cfg(feature = "compiler")]
pub(crate) trait MachineCode: Send + Sync {
    /// What the records of an instance say of it. None as long as the engine has made no machine code: then nothing is
    /// known that they could say. Once it is there, it is always the same.
    fn records(&self) -> Option<MachineRecords>;

    /// How machine code calls a function of the host, once there are records.
    ///
    /// # Errors
    /// A resource error if there is no memory for it.
    fn host_entry(&self, ty: &FuncType) -> Result<MachineEntry, Error>;
}

/// What the records of an instance say of machine code; valid as long as that is there.
#[cfg(feature = "compiler")]
#[derive(Copy, Clone)]
pub(crate) struct MachineRecords {
    /// One for each function that the module defines.
    pub(crate) entries: *const MachineEntry,
    /// What is the same in the contexts of all instances.
    pub(crate) context: MachineContext,
}

/// An instance.
pub(crate) struct Instance {
    pub(super) id: InstanceId,
    module: Arc<Module>,
    /// Keeps the register code alive, which the entry cells lead to.
    _code: Arc<dyn Any + Send + Sync>,
    /// Keeps the machine code alive.
    #[cfg(feature = "compiler")]
    pub(super) machine_code: Option<Arc<dyn MachineCode>>,
    context: ContextBlock,
    pub(super) own_functions: Stable<[FunctionRecord]>,
    /// The index spaces. What is imported comes first.
    pub(super) functions: Stable<[*mut VmFunction]>,
    pub(super) memories: Stable<[*mut VmMemory]>,
    pub(super) tables: Stable<[*mut VmTable]>,
    pub(super) globals: Stable<[*mut VmGlobal]>,
    /// The handles of the globals that have one; made when they are asked for.
    pub(super) global_ids: Vec<Option<GlobalId>>,
    pub(super) tags: Box<[TagId]>,
    /// The element segments, evaluated; empty when dropped.
    pub(super) elements: Vec<Box<[u64]>>,
    /// The data segments as ranges of the module's bytes; empty when dropped.
    pub(super) data: Vec<Range<u32>>,
    /// What of [`super::limits::ResourceLimiter::total_bytes`] its records take.
    pub(super) charged_bytes: usize,
}

// SAFETY: the addresses in it are those of its own records and of others in the same store, which
// moves to another thread only as a whole. `_code` is `Send` and `Sync`.
unsafe impl Send for Instance {}
// SAFETY: as above; running code writes through the addresses, which needs the store exclusively.
unsafe impl Sync for Instance {}

impl Instance {
    /// Makes the records of an instance without content: no pointers in the index spaces, globals
    /// zero, segments dropped.
    pub(super) fn new(
        id: InstanceId,
        module: Arc<Module>,
        code: ModuleCode,
        store: *mut VmStore,
        empty_memory: *mut VmMemory,
    ) -> Stable<Instance> {
        let own_functions = module.functions.len() - module.imported_functions as usize;
        let own_globals = module.globals.len() - module.imported_globals as usize;
        let context = ContextBlock::new(own_globals);
        let mut instance = Stable::new(Instance {
            id,
            _code: code.table,
            #[cfg(feature = "compiler")]
            machine_code: code.machine,
            context,
            own_functions: Stable::from(Box::from_iter(
                (0..own_functions).map(|_| FunctionRecord::EMPTY),
            )),
            functions: nulls(module.functions.len()),
            memories: nulls(module.memories.len()),
            tables: nulls(module.tables.len()),
            globals: nulls(module.globals.len()),
            global_ids: Vec::new(),
            tags: Box::default(),
            elements: Vec::new(),
            data: Vec::new(),
            charged_bytes: 0,
            module,
        });
        let record = VmContext {
            stack_limit: core::ptr::null_mut(),
            #[cfg(feature = "compiler")]
            machine: MachineContext::NONE,
            memory0: empty_memory,
            functions: instance.functions.as_ptr().cast(),
            memories: instance.memories.as_ptr().cast(),
            tables: instance.tables.as_ptr().cast(),
            globals: instance.globals.as_ptr().cast(),
            store,
            code_table: code.address,
            instance: instance.as_ptr(),
        };
        // SAFETY: the block has room for the record, and nobody reads it yet.
        unsafe { instance.context().write(record) };
        instance.define_functions(code.entries);
        instance.define_globals();
        instance
    }

    /// Fills the records of the functions that the module defines.
    fn define_functions(&mut self, entries: *const EntryCell) {
        let context = self.context();
        let imported = self.module.imported_functions;
        let records = self.own_functions.as_ptr().cast::<FunctionRecord>();
        for defined_index in 0..self.own_functions.len() {
            let index = imported as usize + defined_index;
            let vm = VmFunction {
                // SAFETY: there is an entry cell for each function that the module defines.
                code: unsafe { (*entries.add(defined_index)).load(Ordering::Acquire) },
                context,
                type_id: self.module.function_type_id(index as u32).0,
                defined_index: defined_index as u32,
                #[cfg(feature = "compiler")]
                machine: MachineEntry::NONE,
            };
            // SAFETY: `own_functions` has a record for each of these functions.
            let record = unsafe { records.add(defined_index) };
            // SAFETY: as above; the record is initialized and nobody else refers to it yet.
            unsafe { (*record).vm = vm };
            self.functions[index] = record.cast();
        }
    }

    /// Tells its records what they say of machine code, if the engine has made any. Tells whether it has.
    #[cfg(feature = "compiler")]
    pub(super) fn define_machine_code(&mut self) -> bool {
        let context = self.context();
        let Some(code) = &self.machine_code else {
            return false;
        };
        let Some(MachineRecords {
            entries,
            context: known,
        }) = code.records()
        else {
            return false;
        };
        // SAFETY: the context lives as long as its instance, and no code runs that uses it.
        unsafe {
            let machine = &mut (*context).machine;
            *machine = MachineContext {
                stack_limit: machine.stack_limit,
                memory_base: machine.memory_base,
                ..known
            };
        }
        for (defined_index, record) in self.own_functions.iter_mut().enumerate() {
            // What is known of a function is kept.
            if record.vm.machine.call.is_null() {
                // SAFETY: there is an entry for each function that the module defines.
                record.vm.machine = unsafe { *entries.add(defined_index) };
            }
        }
        true
    }

    fn define_globals(&mut self) {
        let imported = self.module.imported_globals as usize;
        for own_index in 0..self.globals.len() - imported {
            self.globals[imported + own_index] = self.context.global(own_index);
        }
    }

    /// The record that running code reads.
    pub(super) fn context(&self) -> *mut VmContext {
        self.context.base.as_ptr().cast()
    }

    /// The instance that a context belongs to.
    ///
    /// # Safety
    /// `context` is that of an instance (not of a host function) that has not been removed, and no
    /// mutable reference to the instance is in use.
    pub(crate) unsafe fn from_context<'a>(context: *const VmContext) -> &'a Instance {
        // SAFETY: the caller knows that the context is alive, and with it its instance.
        unsafe { &*(*context).instance }
    }

    /// Its handle.
    pub(crate) fn id(&self) -> InstanceId {
        self.id
    }

    /// Its module.
    pub(crate) fn module(&self) -> &Arc<Module> {
        &self.module
    }

    /// The reference of a function.
    pub(crate) fn function(&self, function_index: u32) -> Option<NonNull<VmFunction>> {
        self.functions
            .get(function_index as usize)
            .and_then(|function| NonNull::new(*function))
    }

    /// Whether it defines the global at an address.
    pub(super) fn owns_global(&self, global: *const VmGlobal) -> bool {
        self.context.contains(global)
    }

    /// The bytes of a data segment, none if it has been dropped.
    pub(super) fn data_segment(&self, index: u32) -> &[u8] {
        let range = self.data[index as usize].clone();
        &self.module.bytes[range.start as usize..range.end as usize]
    }

    /// The bytes that the records of an instance of a module take, about, with its element segments.
    pub(super) fn record_bytes(module: &Module) -> usize {
        let own_functions = module.functions.len() - module.imported_functions as usize;
        let pointers = module.functions.len()
            + module.memories.len()
            + module.tables.len()
            + 2 * module.globals.len();
        let elements = module.elements.iter().map(|segment| match &segment.items {
            ElementItems::Functions(items) => items.len(),
            ElementItems::Expressions(items) => items.len(),
        });
        let parts = [
            (1, size_of::<Instance>() + VmContext::GLOBALS_OFFSET),
            (module.globals.len(), size_of::<VmGlobal>()),
            (own_functions, size_of::<FunctionRecord>()),
            (pointers, size_of::<usize>()),
            (module.data.len(), size_of::<Range<u32>>()),
            (module.elements.len(), size_of::<Box<[u64]>>()),
            (elements.sum(), size_of::<u64>()),
        ];
        parts.iter().fold(0, |sum: usize, (count, bytes)| {
            sum.saturating_add(count.saturating_mul(*bytes))
        })
    }
}

fn nulls<T>(count: usize) -> Stable<[*mut T]> {
    Stable::from(alloc::vec![core::ptr::null_mut(); count].into_boxed_slice())
}

/// A context with the instance's own globals behind it.
struct ContextBlock {
    base: NonNull<u8>,
    own_globals: usize,
}

impl ContextBlock {
    fn new(own_globals: usize) -> ContextBlock {
        let layout = ContextBlock::layout(own_globals);
        // SAFETY: the layout's size is at least that of a context.
        let Some(base) = NonNull::new(unsafe { alloc_zeroed(layout) }) else {
            handle_alloc_error(layout)
        };
        ContextBlock { base, own_globals }
    }

    fn layout(own_globals: usize) -> Layout {
        let bytes = VmContext::GLOBALS_OFFSET + own_globals * size_of::<VmGlobal>();
        let align = align_of::<VmGlobal>().max(align_of::<VmContext>());
        match Layout::from_size_align(bytes, align) {
            Ok(layout) => layout,
            Err(_) => unreachable!("a module has at most a million globals, not {own_globals}"),
        }
    }

    /// Whether an address is that of one of the globals.
    fn contains(&self, global: *const VmGlobal) -> bool {
        let start = self.base.as_ptr().addr() + VmContext::GLOBALS_OFFSET;
        (start..start + self.own_globals * size_of::<VmGlobal>()).contains(&global.addr())
    }

    fn global(&self, own_index: usize) -> *mut VmGlobal {
        debug_assert!(own_index < self.own_globals);
        // SAFETY: the block has `own_globals` globals behind the context.
        unsafe {
            self.base
                .as_ptr()
                .add(VmContext::GLOBALS_OFFSET)
                .cast::<VmGlobal>()
                .add(own_index)
        }
    }
}

impl Drop for ContextBlock {
    fn drop(&mut self) {
        // SAFETY: `new` allocated it with this layout. The record has nothing to drop.
        unsafe { dealloc(self.base.as_ptr(), ContextBlock::layout(self.own_globals)) };
    }
}

/// A function with its handle's slot. The record's address is that of its [`VmFunction`].
#[repr(C)]
pub(super) struct FunctionRecord {
    pub(super) vm: VmFunction,
    /// The handle, if one has been asked for.
    pub(super) id: Option<super::handle::FuncId>,
}

impl FunctionRecord {
    const EMPTY: FunctionRecord = FunctionRecord {
        vm: VmFunction {
            code: core::ptr::null(),
            context: core::ptr::null_mut(),
            type_id: 0,
            defined_index: 0,
            #[cfg(feature = "compiler")]
            machine: MachineEntry::NONE,
        },
        id: None,
    };

    pub(super) fn new(vm: VmFunction) -> FunctionRecord {
        FunctionRecord { vm, id: None }
    }

    /// The record of a function.
    pub(super) fn from_vm(vm: *mut VmFunction) -> *mut FunctionRecord {
        vm.cast()
    }
}

/// The context by which functions of the host are told apart; see [`VmFunction::context`].
pub(super) fn host_context(host: *mut VmHostFunction) -> *mut VmContext {
    host.cast()
}
