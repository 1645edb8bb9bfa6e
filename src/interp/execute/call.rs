//! Calls and returns.
//!
//! A call's arguments stand where the callee's frame begins, in the caller's operand stack: field 0 of
//! a call names that slot. The results are left at the same place. Behind the locals the callee's frame
//! has three slots in which a call saves the return address, the caller's frame pointer and, if the
//! call changes the context, the caller's context; their index is in the header before the callee's
//! code. The integer accumulator carries the callee's index among the defined functions.
//!
//! A call that may leave the instance is followed by a [`RestoreContext`], which a call that stays in
//! the instance skips. A function that returns one `i32` or `i64` leaves it in the accumulator too.

use core::marker::PhantomData;
use core::sync::atomic::Ordering;

use super::value::{Operand, Scalar, Value};
use super::{cold, record_failure};
use crate::error::Error;
use crate::interp::code::CodeTable;
use crate::interp::dispatch::{Instruction, Outcome, Registers, Step};
use crate::runtime::layout::{
    CodeHeader, CodeWord, EntryCell, ExitState, HostStatus, VmContext, VmFunction, VmHostFunction,
    VmStore,
};
use crate::runtime::store::StoreInner;
use crate::wasm::trap::Trap;
use crate::wasm::types::TypeId;

/// Words that a [`RestoreContext`] takes.
pub(in crate::interp) const RESTORE_CONTEXT_WORDS: usize = 2;

/// How many slots a call saves in the callee's frame.
pub(in crate::interp) const SAVED_SLOTS: usize = 3;

/// The header before `code`.
#[inline(always)]
pub(in crate::interp) unsafe fn header(code: *const CodeWord) -> CodeHeader {
    // SAFETY: an entry cell holds the address of code, before which its header stands.
    unsafe { *code.cast::<CodeHeader>().sub(1) }
}

impl Registers {
    /// Goes to `code` with the frame at `fp`, to return to `return_ip`.
    #[inline(always)]
    unsafe fn enter(
        &mut self,
        code: *const CodeWord,
        header: CodeHeader,
        fp: *mut u64,
        return_ip: *const CodeWord,
    ) {
        // SAFETY: the caller has checked that the frame lies within the stack.
        unsafe {
            let saved = fp.add(header.save_slot as usize);
            (return_ip as usize as u64).write(saved);
            (self.fp as usize as u64).write(saved.add(1));
        }
        self.ip = code;
        self.fp = fp;
    }

    /// Whether a frame with `header` at `fp`, which lies within the stack, ends within it.
    #[inline(always)]
    unsafe fn fits(limit: *mut u64, header: CodeHeader, fp: *mut u64) -> bool {
        if cfg!(target_pointer_width = "64") {
            // No system puts anything so near the end of the address space that the sum wraps.
            return fp as usize + header.frame_bytes as usize <= limit as usize;
        }
        limit as usize - fp as usize >= header.frame_bytes as usize
    }

    /// Calls a function that may belong to another instance or to the host, with the frame at `fp`.
    /// The instruction takes `words`, and a [`RestoreContext`] with `context_slot` follows it.
    #[inline(always)]
    unsafe fn call_function(
        mut self,
        function: *const VmFunction,
        fp: *mut u64,
        words: usize,
        context_slot: *mut u64,
    ) -> Step {
        // SAFETY: references in tables, imports and slots are addresses of functions of the store, and
        // contexts live as long as functions that refer to them.
        unsafe {
            let code = (*(*function).entry).load(Ordering::Acquire).cast_const();
            let header = header(code);
            if !Registers::fits((*self.context).stack_limit, header, fp) {
                return self.fail(Trap::StackOverflow);
            }
            self.integer = (*function).defined_index as u64;
            let context = (*function).context;
            if context == self.context {
                let return_ip = self.ip.add(words + RESTORE_CONTEXT_WORDS);
                self.enter(code, header, fp, return_ip);
                return self.dispatch();
            }
            let caller = self.context as usize as u64;
            caller.write(context_slot);
            let return_ip = self.ip.add(words);
            self.enter(code, header, fp, return_ip);
            caller.write(fp.add(header.save_slot as usize + 2));
            self.context = context;
            if (*function).defined_index != u32::MAX {
                self.reload_memory();
            }
            self.dispatch()
        }
    }
}

/// Calls a function of the same instance: its index among the defined functions is the immediate.
pub(super) struct CallInternal;

impl Instruction for CallInternal {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the module defines the function, and its entry cell holds the address of code.
        unsafe {
            let index = registers.immediate() as usize;
            let cell: *const EntryCell = (*registers.context).entries.add(index);
            let code = (*cell).load(Ordering::Acquire).cast_const();
            let header = header(code);
            let fp = registers.slot(0);
            if !Registers::fits((*registers.context).stack_limit, header, fp) {
                return registers.fail(Trap::StackOverflow);
            }
            registers.integer = index as u64;
            let return_ip = registers.ip.add(2);
            registers.enter(code, header, fp, return_ip);
            registers.dispatch()
        }
    }
}

/// Calls an imported function: field 1 is the slot for the context, the immediate the index.
pub(super) struct CallImported;

impl Instruction for CallImported {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the module imports the function, and the context's array has an entry for each.
        unsafe {
            let function = *(*registers.context)
                .functions
                .add(registers.immediate() as usize);
            registers.call_function(function, registers.slot(0), 2, registers.slot(1))
        }
    }
}

/// Whether a function of type `actual` can be called where one of type `expected` is: only functions whose
/// types have declared supertypes get here and succeed.
#[cold]
#[inline(never)]
unsafe fn is_subtype(context: *mut VmContext, actual: u32, expected: u32) -> bool {
    // SAFETY: the context is that of a running instance, whose store is alive.
    let store = unsafe { &*StoreInner::from_vm((*context).store) };
    store.types().is_subtype(TypeId(actual), TypeId(expected))
}

/// The function that an indirect call calls, or the trap.
#[inline(always)]
unsafe fn indirect_callee(
    registers: &Registers,
    index: u64,
    type_id: u32,
    table: u32,
) -> Result<*const VmFunction, Trap> {
    // SAFETY: the module has the table, and the context's array has an entry for each. A table's
    // elements of function type are null or addresses of functions of the store.
    unsafe {
        let table = *(*registers.context).tables.add(table as usize);
        if index >= (*table).size as u64 {
            return Err(Trap::TableOutOfBounds);
        }
        let function = *(*table).elements.add(index as usize) as usize as *const VmFunction;
        if function.is_null() {
            return Err(Trap::IndirectCallToNull);
        }
        if (*function).type_id != type_id
            && !is_subtype(registers.context, (*function).type_id, type_id)
        {
            return Err(Trap::BadSignature);
        }
        Ok(function)
    }
}

/// `call_indirect`: field 1 is the index, field 2 the slot for the context; word 2 has the type's
/// identity and the table's index.
pub(super) struct CallIndirect<A>(PhantomData<A>);

impl<A: Operand<u64>> Instruction for CallIndirect<A> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let index = A::get(&registers, 1);
            let halves = registers.ip.cast::<u32>().add(4);
            match indirect_callee(&registers, index, *halves, *halves.add(1)) {
                Ok(function) => {
                    registers.call_function(function, registers.slot(0), 3, registers.slot(2))
                }
                Err(trap) => registers.fail(trap),
            }
        }
    }
}

/// `call_ref`: field 1 is the function, field 2 the slot for the context.
pub(super) struct CallRef;

impl Instruction for CallRef {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: a reference of function type is null or the address of a function of the store.
        unsafe {
            let function = u64::read(registers.slot(1)) as usize as *const VmFunction;
            if function.is_null() {
                return registers.fail(Trap::NullReference);
            }
            registers.call_function(function, registers.slot(0), 2, registers.slot(2))
        }
    }
}

/// Takes the caller's context from field 0 after a call that has left the instance.
pub(super) struct RestoreContext;

impl Instruction for RestoreContext {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the call before it has put the context into the slot.
        unsafe {
            registers.context = u64::read(registers.slot(0)) as usize as *mut _;
            registers.reload_memory();
            registers.next(2)
        }
    }
}

impl Registers {
    /// Returns to the caller, whose address and frame are saved from field 0 on.
    #[inline(always)]
    unsafe fn return_to_caller(mut self, saved: *const u64) -> Step {
        // SAFETY: the call has saved both.
        unsafe {
            self.ip = u64::read(saved) as usize as *const CodeWord;
            self.fp = u64::read(saved.add(1)) as usize as *mut u64;
            self.dispatch()
        }
    }
}

/// Returns nothing.
pub(super) struct Return;

impl Instruction for Return {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: field 0 is the first saved slot.
        unsafe { registers.return_to_caller(registers.slot(0)) }
    }
}

/// Returns one value: field 1, the accumulator, or the constant in word 2.
pub(super) struct ReturnValue<T, A>(PhantomData<(T, A)>);

impl<T: Scalar, A: Operand<T>> Instruction for ReturnValue<T, A> {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above. The saved slots are read before slot 0 is written, which may
        // be one of them.
        unsafe {
            let value = A::get_wide(&registers, 1);
            let saved = registers.slot(0);
            let ip = u64::read(saved) as usize as *const CodeWord;
            let fp = u64::read(saved.add(1)) as usize as *mut u64;
            value.write(registers.fp);
            value.accumulate(&mut registers);
            registers.ip = ip;
            registers.fp = fp;
            registers.dispatch()
        }
    }
}

/// Returns as many slots as field 2 says, from field 1 on.
pub(super) struct ReturnRange;

impl Instruction for ReturnRange {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above. The saved slots are read before they may be overwritten.
        unsafe {
            let saved = registers.slot(0);
            let ip = u64::read(saved) as usize as *const CodeWord;
            let fp = u64::read(saved.add(1)) as usize as *mut u64;
            core::ptr::copy(registers.slot(1), registers.fp, registers.field(2));
            registers.integer = u64::read(registers.fp);
            registers.ip = ip;
            registers.fp = fp;
            registers.dispatch()
        }
    }
}

impl Registers {
    /// Moves what the caller saved, and the arguments, to where a tail-called function expects them.
    /// The arguments are `count` slots from `arguments` on. The frame is the running function's own.
    #[inline(always)]
    unsafe fn replace_frame(
        &mut self,
        header: CodeHeader,
        saved: *const u64,
        arguments: *const u64,
        count: usize,
    ) {
        // SAFETY: the saved slots are read before anything is written; the frame has been checked.
        unsafe {
            let (ip, fp, context) = (*saved, *saved.add(1), *saved.add(2));
            core::ptr::copy(arguments, self.fp, count);
            let saved = self.fp.add(header.save_slot as usize);
            ip.write(saved);
            fp.write(saved.add(1));
            context.write(saved.add(2));
        }
    }
}

/// `return_call` of a function of the same instance: field 0 is the first argument, field 1 the first
/// saved slot, the immediate the index among the defined functions; word 2 the number of slots.
pub(super) struct ReturnCallInternal;

impl Instruction for ReturnCallInternal {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: as in `CallInternal`.
        unsafe {
            let index = registers.immediate() as usize;
            let cell: *const EntryCell = (*registers.context).entries.add(index);
            let code = (*cell).load(Ordering::Acquire).cast_const();
            let header = header(code);
            if !Registers::fits((*registers.context).stack_limit, header, registers.fp) {
                return registers.fail(Trap::StackOverflow);
            }
            registers.integer = index as u64;
            let (saved, arguments) = (registers.slot(1), registers.slot(0));
            let count = registers.word(2) as usize;
            registers.replace_frame(header, saved, arguments, count);
            registers.ip = code;
            registers.dispatch()
        }
    }
}

/// The code of a function that has not been translated: translates it and goes on there.
pub(in crate::interp) struct Translate;

impl Instruction for Translate {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: passed on to the caller.
        unsafe {
            let code = translate(
                registers.ip,
                registers.fp,
                registers.context,
                registers.integer as u32,
            );
            if code.is_null() {
                return registers.stop(Outcome::Failed);
            }
            registers.ip = code;
            registers.dispatch()
        }
    }
}

/// Translates the defined function with an index and moves what the call saved to where its code expects
/// it. Leaves an error in the store and returns null if that fails.
#[inline(never)]
unsafe fn translate(
    stub: *const CodeWord,
    fp: *mut u64,
    context: *mut VmContext,
    index: u32,
) -> *const CodeWord {
    // SAFETY: `stub` is the code of a stub, from whose header the slots are known in which the call has
    // saved; the instance keeps its code table alive; the frame is checked before it is written to.
    unsafe {
        let table = (*context).code_table.cast::<CodeTable>();
        let translated = (*table).translate(index).and_then(|code| {
            let fits = Registers::fits((*context).stack_limit, header(code), fp);
            if fits {
                Ok(code)
            } else {
                Err(Error::from(Trap::StackOverflow))
            }
        });
        match translated {
            Ok(code) => {
                let saved = fp.add(header(stub).save_slot as usize);
                core::ptr::copy(saved, fp.add(header(code).save_slot as usize), SAVED_SLOTS);
                code
            }
            Err(error) => {
                record_failure(stub, fp, context, error);
                core::ptr::null()
            }
        }
    }
}

/// The code of a host function: calls its trampoline and returns.
pub(in crate::interp) struct CallHost;

impl Instruction for CallHost {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the context is the host function's record; the call has checked that the frame of
        // the header's size lies within the stack.
        unsafe {
            let saved = registers.fp.add(header(registers.ip).save_slot as usize);
            if call_host(
                registers.ip,
                registers.fp,
                registers.host_function().cast(),
                saved,
            ) {
                registers.integer = u64::read(registers.fp);
                registers.return_to_caller(saved)
            } else {
                registers.stop(Outcome::Failed)
            }
        }
    }
}

/// Calls the trampoline, with the stack in use up to behind the saved slots.
#[inline(always)]
unsafe fn call_host(
    ip: *const CodeWord,
    fp: *mut u64,
    host: *mut VmHostFunction,
    saved: *mut u64,
) -> bool {
    // SAFETY: as the instruction says; the store outlives the call.
    unsafe {
        let store: *mut VmStore = (*host).store;
        let caller = u64::read(saved.add(2)) as usize as *mut _;
        let exit = ExitState {
            ip,
            fp,
            context: host.cast(),
        };
        let stack_top = (*store).stack_top;
        (*store).stack_top = saved.add(SAVED_SLOTS);
        (*store).exit = exit;
        let status = ((*host).trampoline)(host, caller, fp);
        (*store).stack_top = stack_top;
        if status == HostStatus::Done {
            return true;
        }
        cold();
        (*store).exit = exit;
        false
    }
}

/// The end of running: the caller of the outermost frame.
pub(in crate::interp) struct Exit;

impl Instruction for Exit {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        registers.stop(Outcome::Done)
    }
}
