//! The records that handlers and machine code reach by address, with their layouts.
//!
//! Input: nothing. Output: `#[repr(C)]` records and constants for their offsets.
//! Holds: a record stays at its address as long as its store lives or until its owner is removed,
//! which the store allows only when nothing refers to it.

use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, AtomicPtr};

use crate::error::Error;
use crate::wasm::types::MemoryType;

/// A word of register code. The first word of an instruction is the handler's address.
pub(crate) type CodeWord = u64;

/// What stands directly before the first word of a function's register code: read by the
/// instruction that calls it. It occupies one [`CodeWord`].
#[repr(C)]
#[derive(Copy, Clone, Debug)]
pub(crate) struct CodeHeader {
    /// Bytes from the callee's frame pointer to the end of its frame, without its own callees.
    pub(crate) frame_bytes: u32,
    /// How many slots the frame has, for parameters and results, before the three in which the call saves the return
    /// address, the caller's frame pointer and, if the call changes the context, the caller's context.
    pub(crate) value_slots: u32,
}

/// The state of a store that running code reads and writes.
#[repr(C)]
pub(crate) struct VmStore {
    /// Fuel that is left; may be below zero, which counts as none.
    pub(crate) fuel: i64,
    /// Set from any thread to interrupt running code; points into the shared interrupt state.
    pub(crate) interrupt: NonNull<AtomicBool>,
    /// The lowest address of the interpreter's stack that is not in use; set while the host runs.
    pub(crate) stack_top: *mut u64,
    /// Where the stack ends. Copied into every context.
    pub(crate) stack_limit: *mut u64,
    /// Why the last run failed, until it is taken.
    pub(crate) pending_error: Option<Error>,
    /// Where running code stopped last: the instruction, the frame and the context.
    pub(crate) exit: ExitState,
    /// The innermost call from the host into machine code that has not returned: the frame pointer of the stub that
    /// entered, below which its [`MachineActivation`] is. Null if no machine code is running.
    #[cfg(feature = "compiler")]
    pub(crate) machine_entry: *mut u64,
    /// The stack that the next call of machine code runs on: its highest address, a multiple of 16, or null for the
    /// stack that the caller runs on.
    #[cfg(feature = "compiler")]
    pub(crate) machine_stack: *mut u64,
    /// The frame of the interpreter that machine code takes over which goes on at a loop.
    #[cfg(feature = "compiler")]
    pub(crate) loop_frame: *mut u64,
    /// Whether the store has ever had values of the host, which registers of machine code can refer to.
    #[cfg(feature = "compiler")]
    pub(crate) has_host_values: bool,
}

/// A call from the host into machine code that has not returned, as the stub that has entered has it in its frame.
#[cfg(feature = "compiler")]
#[repr(C)]
#[derive(Copy, Clone, Debug)]
pub(crate) struct MachineActivation {
    /// [`VmStore::machine_entry`] as it was before.
    pub(crate) previous_entry: *mut u64,
    /// The stack pointer where machine code last called out; what lies from here to `frames_end` are its frames.
    pub(crate) exit_stack: *mut u64,
    /// Where its frames begin, downward.
    pub(crate) frames_end: *mut u64,
    /// What was in the registers that calls preserve when it last called out, if the store had values of the host.
    /// Otherwise anything.
    pub(crate) kept_registers: [u64; 4],
}

#[cfg(feature = "compiler")]
impl MachineActivation {
    /// How many bytes below the frame pointer of the stub it is.
    pub(crate) const BELOW_FRAME_BYTES: usize = 112;

    /// The record of a call whose stub has its frame at `entry`.
    ///
    /// # Safety
    /// The call has not returned.
    pub(crate) unsafe fn of(entry: *mut u64) -> MachineActivation {
        // SAFETY: the stub has the record in its frame.
        unsafe {
            entry
                .byte_sub(MachineActivation::BELOW_FRAME_BYTES)
                .cast::<MachineActivation>()
                .read()
        }
    }
}

/// What machine code needs of its instance besides what the interpreter needs.
#[cfg(feature = "compiler")]
#[repr(C)]
#[derive(Copy, Clone, Debug)]
pub(crate) struct MachineContext {
    /// Below this the stack pointer must not get.
    pub(crate) stack_limit: *const u8,
    /// The first byte of memory 0, if that never moves.
    pub(crate) memory_base: *mut u8,
    /// The code that is called where code traps; it does not return.
    pub(crate) trap: *const u8,
    /// The code that is called where the interrupt flag is raised; it keeps all registers but the scratch registers.
    pub(crate) poll: *const u8,
    /// The code that copies bytes in memory 0.
    pub(crate) copy: *const u8,
    /// The code that fills bytes in memory 0.
    pub(crate) fill: *const u8,
    /// The addresses of the functions of the runtime, in the order of their numbers.
    pub(crate) runtime_functions: *const *const u8,
    /// The identities of the module's types in the engine, by index.
    pub(crate) type_ids: *const u32,
}

#[cfg(feature = "compiler")]
impl MachineContext {
    /// That of an instance without machine code.
    pub(crate) const NONE: MachineContext = MachineContext {
        stack_limit: core::ptr::null(),
        memory_base: core::ptr::null_mut(),
        trap: core::ptr::null(),
        poll: core::ptr::null(),
        copy: core::ptr::null(),
        fill: core::ptr::null(),
        runtime_functions: core::ptr::null(),
        type_ids: core::ptr::null(),
    };
}

/// Where machine code that goes on at a loop finds what the interpreter had, in bytes from [`VmStore::loop_frame`].
#[cfg(feature = "compiler")]
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct LoopFrame {
    /// The loop: where its opcode is in the module's bytes.
    pub(crate) offset: u32,
    /// The first parameter. The others follow; a vector takes 16 bytes, and everything else 8.
    pub(crate) parameters: u32,
    /// The first of the other locals.
    pub(crate) locals: u32,
    /// The first operand.
    pub(crate) operands: u32,
}

/// Where running code stopped, for backtraces and to go on from.
#[repr(C)]
#[derive(Copy, Clone)]
pub(crate) struct ExitState {
    /// The instruction that stopped.
    pub(crate) ip: *const CodeWord,
    /// Its frame.
    pub(crate) fp: *mut u64,
    /// Its context.
    pub(crate) context: *mut VmContext,
}

impl ExitState {
    /// The state before anything ran.
    pub(crate) const NONE: ExitState = ExitState {
        ip: core::ptr::null(),
        fp: core::ptr::null_mut(),
        context: core::ptr::null_mut(),
    };
}

/// The state of an instance (or of a host function, see [`VmHostFunction`]) that running code
/// reads. The context register of the interpreter and of machine code points to it.
///
/// The own globals follow the record as [`VmGlobal`]s, so that they are at a fixed distance.
#[repr(C)]
pub(crate) struct VmContext {
    /// A copy of [`VmStore::stack_limit`].
    pub(crate) stack_limit: *mut u64,
    /// For machine code.
    #[cfg(feature = "compiler")]
    pub(crate) machine: MachineContext,
    /// Memory 0, or an empty memory if the instance has none; never null.
    pub(crate) memory0: *mut VmMemory,
    /// The references of all functions in the index space, imported ones first. Imported entries
    /// are pointers to the exporter's references.
    pub(crate) functions: *const *mut VmFunction,
    /// All memories in the index space.
    pub(crate) memories: *const *mut VmMemory,
    /// All tables in the index space.
    pub(crate) tables: *const *mut VmTable,
    /// All globals in the index space (own ones point behind this record).
    pub(crate) globals: *const *mut VmGlobal,
    /// The store.
    pub(crate) store: *mut VmStore,
    /// The interpreter's code table of the instance's module, which the instance keeps alive.
    pub(crate) code_table: *const (),
    /// The instance's own record: what is not for running code.
    pub(crate) instance: *mut super::instance::Instance,
}

impl VmContext {
    /// Where the own globals begin, in bytes from the record's start.
    pub(crate) const GLOBALS_OFFSET: usize =
        size_of::<VmContext>().next_multiple_of(align_of::<VmGlobal>());
}

/// A linear memory as running code sees it.
#[repr(C)]
pub(crate) struct VmMemory {
    /// The first byte; dangling if the memory has never had a page.
    pub(crate) base: *mut u8,
    /// `size_bytes - 15`, or zero if that is negative: an access of at most 16 bytes at an address
    /// below it is within bounds.
    pub(crate) fast_limit: usize,
    /// The size in bytes.
    pub(crate) size_bytes: usize,
}

/// What inaccessible address space lies around every memory with 32-bit addresses, in an engine whose memories are
/// guarded. An access that it covers needs no check: beyond the memory's size it faults.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct MemoryGuards {
    /// Directly before the first byte.
    pub(crate) before_bytes: u64,
    /// Behind the first 4 GiB.
    pub(crate) behind_bytes: u64,
}

impl MemoryGuards {
    /// Memories without guards.
    pub(crate) const NONE: MemoryGuards = MemoryGuards {
        before_bytes: 0,
        behind_bytes: 0,
    };

    /// Whether an access of `bytes` bytes to a memory of a type needs no check. Its address is that of the memory's
    /// first byte, plus any number of 32 bits, plus `offset`, all as 64-bit numbers.
    ///
    /// Whoever makes machine code or places memories asks this, and nothing else.
    pub(crate) fn cover(&self, ty: &MemoryType, offset: u64, bytes: u64) -> bool {
        let end = offset.checked_add(bytes);
        !ty.is_64 && !ty.shared && end.is_some_and(|end| end <= self.behind_bytes)
    }
}

/// A table as running code sees it. Elements are references in their one-slot form:
/// for functions the address of a [`VmFunction`], for host values a handle; null is 0.
#[repr(C)]
pub(crate) struct VmTable {
    /// The first element.
    pub(crate) elements: *mut u64,
    /// How many elements there are.
    pub(crate) size: usize,
}

/// A global's value: one slot, or two for a vector. 16 bytes.
#[repr(C, align(16))]
#[derive(Copy, Clone)]
pub(crate) struct VmGlobal {
    /// The low and the high slot.
    pub(crate) slots: [u64; 2],
}

/// The cell that holds where a function's register code begins. It changes when a function is
/// translated at its first call.
pub(crate) type EntryCell = AtomicPtr<CodeWord>;

/// A function of an instance or of the host, as references, tables and imports name it.
#[repr(C)]
pub(crate) struct VmFunction {
    /// The function's code. It changes when the function is translated at its first call.
    pub(crate) code: *const CodeWord,
    /// The context that the code runs in. For a host function the address of its
    /// [`VmHostFunction`].
    pub(crate) context: *mut VmContext,
    /// The identity of the function's type in its engine.
    pub(crate) type_id: u32,
    /// The index among the functions that the module defines; `u32::MAX` for a host function.
    pub(crate) defined_index: u32,
    /// The function's machine code.
    #[cfg(feature = "compiler")]
    pub(crate) machine: MachineEntry,
}

/// A stub that enters compiled code: reads the arguments from the slots and writes the results to them.
#[cfg(feature = "compiler")]
pub(crate) type EnterMachineCode = unsafe extern "C" fn(
    function: *const VmFunction,
    slots: *mut u64,
    store: *mut VmStore,
) -> HostStatus;

/// How machine code and the host get into a function by machine code.
#[cfg(feature = "compiler")]
#[repr(C)]
#[derive(Copy, Clone, Debug)]
pub(crate) struct MachineEntry {
    /// Where machine code calls it, with the address of its [`VmFunction`] in the scratch register and the caller's
    /// context in the context register: its code, or a stub that goes to the host or the interpreter. Null if the
    /// engine has no machine code.
    pub(crate) call: *const u8,
    /// The stub through which the host calls `call`, an [`EnterMachineCode`]. Null if the function has no machine code.
    pub(crate) enter: *const u8,
}

// SAFETY: the addresses are those of code, which never changes.
#[cfg(feature = "compiler")]
unsafe impl Send for MachineEntry {}
// SAFETY: as above.
#[cfg(feature = "compiler")]
unsafe impl Sync for MachineEntry {}

#[cfg(feature = "compiler")]
impl MachineEntry {
    /// That of a function without machine code.
    pub(crate) const NONE: MachineEntry = MachineEntry {
        call: core::ptr::null(),
        enter: core::ptr::null(),
    };
}

impl VmFunction {
    /// The reference to a function as slots and table elements hold it.
    #[inline]
    pub(crate) fn to_word(function: *const VmFunction) -> u64 {
        function.expose_provenance() as u64
    }

    /// The function that a slot or table element refers to.
    #[inline]
    pub(crate) fn from_word(word: u64) -> *mut VmFunction {
        core::ptr::with_exposed_provenance_mut(word as usize)
    }
}

/// What a host function's trampoline answers.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
#[repr(u32)]
pub(crate) enum HostStatus {
    /// The results are in the slots.
    Done = 0,
    /// [`VmStore::pending_error`] says why not (a trap, an error of the host, or a caught panic).
    Failed = 1,
}

/// A trampoline: reads the arguments from `slots` and writes the results to it, first one first,
/// two slots for a vector. `caller` is the context of the calling instance, or null if the host
/// calls directly. It does not unwind.
///
/// # Safety
/// `host` is the record that the trampoline was stored in, and `slots` has room for the larger of
/// the parameters and the results.
pub(crate) type HostTrampoline = unsafe extern "C" fn(
    host: *mut VmHostFunction,
    caller: *mut VmContext,
    slots: *mut u64,
) -> HostStatus;

/// How many arguments a [`RegisterTrampoline`] takes at most.
#[cfg(feature = "compiler")]
pub(crate) const REGISTER_ARGUMENTS: usize = 4;

/// A trampoline for machine code, which passes words in registers: what would be in the slots of the arguments, and of
/// the result, of which there is at most one. Words that the function has no argument for are anything. Otherwise as
/// [`HostTrampoline`].
#[cfg(feature = "compiler")]
pub(crate) type RegisterTrampoline = unsafe extern "C" fn(
    u64,
    u64,
    u64,
    u64,
    host: *mut VmHostFunction,
    caller: *mut VmContext,
) -> RegisterOutcome;

/// Whether a host function has a [`RegisterTrampoline`], by the slots of its parameters and of its results.
#[cfg(feature = "compiler")]
pub(crate) const fn has_register_trampoline(param_slots: usize, result_slots: usize) -> bool {
    param_slots <= REGISTER_ARGUMENTS && result_slots <= 1
}

/// What a [`RegisterTrampoline`] answers.
#[cfg(feature = "compiler")]
#[repr(C)]
pub(crate) struct RegisterOutcome {
    /// The result. Anything if there is none, or if the function has failed.
    pub(crate) word: u64,
    /// Whether it has.
    pub(crate) status: HostStatus,
}

/// A host function's record. Functions refer to it in place of a context.
#[repr(C)]
pub(crate) struct VmHostFunction {
    /// What to call.
    pub(crate) trampoline: HostTrampoline,
    /// What machine code calls, unless there are vectors among the values, if [`has_register_trampoline`].
    #[cfg(feature = "compiler")]
    pub(crate) register_trampoline: Option<RegisterTrampoline>,
    /// The closure; the trampoline knows its type.
    pub(crate) closure: *mut (),
    /// The store.
    pub(crate) store: *mut VmStore,
    /// Slots that the parameters take.
    pub(crate) param_slots: u32,
    /// Slots that the results take.
    pub(crate) result_slots: u32,
}
