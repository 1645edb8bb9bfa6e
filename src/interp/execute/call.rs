//! Calls and returns.
//!
//! A call's arguments stand where the callee's frame begins, in the caller's operand stack, and the results are left
//! at the same place. Behind the room for both, see [`value_slots`], the callee's frame has three slots in which a
//! call saves the return address, the caller's frame pointer and, if the call changes the context, the caller's
//! context. They are always at the same distance from the frame pointer: a return has to wait for the address that
//! it returns to, and need not wait for its own instruction to say where that is. Field 0 of a call is the distance
//! of the callee's frame pointer from the caller's; calls within the instance have it as the immediate half-word, in
//! bytes. The integer accumulator tells a callee that is not translated
//! yet who it is: see [`Callee`].
//!
//! A call that may leave the instance is followed by a [`RestoreContext`], which a call that stays in the instance
//! skips. A function that returns one `i32` or `i64` leaves it in the accumulator too.

use core::marker::PhantomData;
use core::sync::atomic::{AtomicUsize, Ordering};

use super::operators::Binary;
use super::value::{Both, Destination, Operand, Scalar, Value};
use super::{cold, record_failure};
use crate::error::Error;
use crate::interp::code::CodeTable;
use crate::interp::dispatch::{FRAME_BIAS, Instruction, Outcome, Registers, Step};
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

/// How many slots stand before the saved ones, in the frame of a function with so many slots of parameters and of
/// results. It depends on the type alone, so that a caller knows it, and the results of a host function do
/// not overwrite what is saved.
pub(in crate::interp) fn value_slots((params, results): (usize, usize)) -> usize {
    params.max(results)
}

/// The header before `code`.
#[inline(always)]
pub(in crate::interp) unsafe fn header(code: *const CodeWord) -> CodeHeader {
    // SAFETY: an entry cell holds the address of code, before which its header stands.
    unsafe { *code.cast::<CodeHeader>().sub(1) }
}

impl Registers {
    /// Goes to `code` with the frame at `fp`, to return to `return_ip`.
    #[inline(always)]
    unsafe fn enter(&mut self, code: *const CodeWord, fp: *mut u64, return_ip: *const CodeWord) {
        let caller = core::mem::replace(&mut self.fp, fp);
        self.ip = code;
        // SAFETY: the caller has checked that the frame lies within the stack.
        unsafe {
            (return_ip as usize as u64).write(self.saved());
            (caller as usize as u64).write(self.saved().add(1));
        }
    }

    /// Whether a frame with `header` at `fp` ends within the stack.
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
            let code = (*function).code;
            if !Registers::fits((*self.context).stack_limit, header(code), fp) {
                return self.fail(Trap::StackOverflow);
            }
            self.integer = function as usize as u64;
            let context = (*function).context;
            if context == self.context {
                let return_ip = self.ip.add(words + RESTORE_CONTEXT_WORDS);
                self.enter(code, fp, return_ip);
                return self.dispatch();
            }
            let caller = self.context as usize as u64;
            caller.write(context_slot);
            let return_ip = self.ip.add(words);
            self.enter(code, fp, return_ip);
            caller.write(self.saved().add(2));
            self.context = context;
            if (*function).defined_index != u32::MAX {
                self.reload_memory();
            }
            self.dispatch()
        }
    }
}

/// What a call does before it calls: it leaves the last argument where the callee expects it.
pub(super) trait Argument {
    /// Words that the argument takes behind word 1.
    const WORDS: usize;

    /// Leaves the argument in field 0.
    unsafe fn pass(registers: &Registers);
}

/// All arguments are where the callee expects them.
pub(super) struct Passed;
/// The last argument is a copy of field 1.
pub(super) struct CopyArgument;
/// The last argument is the constant in word 2.
pub(super) struct ConstantArgument;
/// The last argument is what an operator makes of field 1 and the constant in word 2.
pub(super) struct ComputedArgument<O>(PhantomData<O>);

impl Argument for Passed {
    const WORDS: usize = 0;

    #[inline(always)]
    unsafe fn pass(_: &Registers) {}
}

impl Argument for CopyArgument {
    const WORDS: usize = 0;

    #[inline(always)]
    unsafe fn pass(registers: &Registers) {
        // SAFETY: the layout is as above.
        unsafe { u64::read(registers.slot(1)).write(registers.slot(0)) }
    }
}

impl Argument for ConstantArgument {
    const WORDS: usize = 1;

    #[inline(always)]
    unsafe fn pass(registers: &Registers) {
        // SAFETY: the layout is as above.
        unsafe { registers.word(2).write(registers.slot(0)) }
    }
}

impl<O> Argument for ComputedArgument<O>
where
    O: Binary<Left: Scalar, Right: Scalar, Result: Scalar>,
{
    const WORDS: usize = 1;

    #[inline(always)]
    unsafe fn pass(registers: &Registers) {
        // SAFETY: the layout is as above.
        unsafe {
            let left = O::Left::read(registers.slot(1));
            let right = O::Right::from_bits(registers.word(2));
            O::evaluate(left, right).write(registers.slot(0));
        }
    }
}

/// Whether the words of a call have the address of the callee's code, which a call of what is not translated yet
/// writes once it is. Elsewhere calls look into the entry cell, which is one more load that they wait for.
const CALLS_KNOW_CODE: bool = cfg!(target_pointer_width = "64");

/// Words at the end of a call within the instance: the address of the callee's code as far as the call knows it, and
/// that of its entry cell, which the module's code table keeps alive.
pub(in crate::interp) const CALLEE_WORDS: usize = 2;

/// Where a call has the address of its callee's code. The translator writes a number there, and so a number is what
/// it is; where calls know the code, a word has its size.
#[inline(always)]
fn known_code(return_ip: *const CodeWord) -> *const AtomicUsize {
    return_ip.wrapping_sub(CALLEE_WORDS).cast()
}

/// The code of the callee of the call whose words end before `return_ip`.
#[inline(always)]
unsafe fn callee_code(return_ip: *const CodeWord, cell: *const EntryCell) -> *const CodeWord {
    // SAFETY: both hold the address of code.
    unsafe {
        if CALLS_KNOW_CODE {
            let code = (*known_code(return_ip)).load(Ordering::Acquire);
            core::ptr::with_exposed_provenance(code)
        } else {
            (*cell).load(Ordering::Acquire).cast_const()
        }
    }
}

/// Calls a function of the same instance.
pub(super) struct CallInternal<A>(PhantomData<A>);

impl<A: Argument> Instruction for CallInternal<A> {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            A::pass(&registers);
            let words = 2 + A::WORDS + CALLEE_WORDS;
            let return_ip = registers.ip.add(words);
            let cell = registers.word(words - 1) as usize;
            let code = callee_code(return_ip, cell as *const EntryCell);
            let fp = registers
                .fp
                .wrapping_byte_add(registers.immediate() as usize);
            if !Registers::fits((*registers.context).stack_limit, header(code), fp) {
                return registers.fail(Trap::StackOverflow);
            }
            registers.integer = (cell + Callee::OF_CALL) as u64;
            registers.enter(code, fp, return_ip);
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
/// identity and the table's index. Where that is known to be 0, the processor need not wait for the instruction to
/// find the table.
pub(super) struct CallIndirect<A, const IS_FIRST: bool, T>(PhantomData<(A, T)>);

/// What an indirect call notes.
pub(super) trait Note {
    /// Words that this takes behind word 2.
    const WORDS: usize;

    /// Notes that the instruction calls a function with an index.
    unsafe fn note(registers: &Registers, defined_index: u32);
}

/// Nothing.
pub(super) struct Unnoted;

impl Note for Unnoted {
    const WORDS: usize = 0;

    #[inline(always)]
    unsafe fn note(_: &Registers, _: u32) {}
}

impl<A: Operand<u64>, const IS_FIRST: bool, T: Note> Instruction for CallIndirect<A, IS_FIRST, T> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let index = A::get(&registers, 1);
            let halves = registers.ip.cast::<u32>().add(4);
            let table = if IS_FIRST { 0 } else { *halves.add(1) };
            match indirect_callee(&registers, index, *halves, table) {
                Ok(function) => {
                    T::note(&registers, (*function).defined_index);
                    let words = 3 + T::WORDS;
                    registers.call_function(function, registers.slot(0), words, registers.slot(2))
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
    /// Goes back to the caller.
    #[inline(always)]
    pub(super) unsafe fn return_to_caller(mut self) -> Step {
        // SAFETY: the call has saved both.
        unsafe {
            let saved = self.saved();
            self.ip = u64::read(saved) as usize as *const CodeWord;
            self.fp = u64::read(saved.add(1)) as usize as *mut u64;
            self.dispatch()
        }
    }

    /// Goes back to the caller with a value for field 0. What is saved is read first, since the value may
    /// overwrite it.
    #[inline(always)]
    unsafe fn return_with<T: Scalar>(mut self, value: T) -> Step {
        // SAFETY: the call has saved both.
        unsafe {
            let saved = self.saved();
            let ip = u64::read(saved) as usize as *const CodeWord;
            let fp = u64::read(saved.add(1)) as usize as *mut u64;
            Both::put(&mut self, value);
            self.ip = ip;
            self.fp = fp;
            self.dispatch()
        }
    }
}

/// Returns nothing.
pub(super) struct Return;

impl Instruction for Return {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: passed on to the caller.
        unsafe { registers.return_to_caller() }
    }
}

/// Returns one value in field 0: field 1, the accumulator, or the constant in word 2.
pub(super) struct ReturnValue<T, A>(PhantomData<(T, A)>);

impl<T: Scalar, A: Operand<T>> Instruction for ReturnValue<T, A> {
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe { registers.return_with(A::get_wide(&registers, 1)) }
    }
}

/// Returns in field 0 what an operator makes of fields 1 and 2, or of field 1 and the constant in word 2.
pub(super) struct ReturnBinary<O, A, B>(PhantomData<(O, A, B)>);

impl<O, A, B> Instruction for ReturnBinary<O, A, B>
where
    O: Binary<Left: Scalar, Right: Scalar, Result: Scalar>,
    A: Operand<O::Left>,
    B: Operand<O::Right>,
{
    #[inline(always)]
    unsafe fn execute(registers: Registers) -> Step {
        // SAFETY: the layout is as above.
        unsafe {
            let value = O::evaluate(A::get_wide(&registers, 1), B::get_wide(&registers, 2));
            registers.return_with(value)
        }
    }
}

/// Returns as many slots as field 2 says, from field 1 on, in field 0 and behind it.
pub(super) struct ReturnRange;

impl Instruction for ReturnRange {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above. The saved slots are read before they may be overwritten.
        unsafe {
            let saved = registers.saved();
            let ip = u64::read(saved) as usize as *const CodeWord;
            let fp = u64::read(saved.add(1)) as usize as *mut u64;
            let results = registers.slot(0);
            core::ptr::copy(registers.slot(1), results, registers.field(2));
            registers.integer = u64::read(results);
            registers.ip = ip;
            registers.fp = fp;
            registers.dispatch()
        }
    }
}

/// `return_call` of a function of the same instance: field 0 is the first argument, field 1 the frame's first slot,
/// field 2 the number of the arguments' slots, field 3 how much further than here the callee's saved slots are, which
/// may be negative; word 2 is the address of the callee's entry cell.
pub(super) struct ReturnCallInternal;

impl Instruction for ReturnCallInternal {
    #[inline(always)]
    unsafe fn execute(mut registers: Registers) -> Step {
        // SAFETY: the layout is as above. What is saved is read before anything is written, and the frame is checked.
        unsafe {
            let cell = registers.word(2) as usize as *const EntryCell;
            let code = (*cell).load(Ordering::Acquire).cast_const();
            let distance = registers.field(3) as u16 as i16;
            let fp = registers.fp.wrapping_offset(distance.into());
            if !Registers::fits((*registers.context).stack_limit, header(code), fp) {
                return registers.fail(Trap::StackOverflow);
            }
            registers.integer = (cell as usize + Callee::IN_CELL) as u64;
            let saved = registers.saved();
            let (ip, caller, context) = (*saved, *saved.add(1), *saved.add(2));
            core::ptr::copy(registers.slot(0), registers.slot(1), registers.field(2));
            registers.ip = code;
            registers.fp = fp;
            let saved = registers.saved();
            ip.write(saved);
            caller.write(saved.add(1));
            context.write(saved.add(2));
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
            let callee = Callee::new(registers.integer as usize);
            let code = translate(registers.ip, registers.fp, registers.context, callee);
            if code.is_null() {
                return registers.stop(Outcome::Failed);
            }
            registers.ip = code;
            registers.dispatch()
        }
    }
}

/// How a function that is called knows which one it is. The accumulator has an address, whose lowest bits say of what.
#[derive(Copy, Clone)]
enum Callee {
    /// A function of a reference.
    Function(*mut VmFunction),
    /// An entry cell, which a call within the instance names beside what it knows of the code.
    OfCall(*const EntryCell),
    /// An entry cell.
    InCell(*const EntryCell),
}

impl Callee {
    const OF_CALL: usize = 1;
    const IN_CELL: usize = 2;

    fn new(word: usize) -> Callee {
        let address = word & !(Callee::OF_CALL | Callee::IN_CELL);
        match word - address {
            Callee::OF_CALL => Callee::OfCall(address as *const EntryCell),
            Callee::IN_CELL => Callee::InCell(address as *const EntryCell),
            _ => Callee::Function(address as *mut VmFunction),
        }
    }
}

/// Translates the function that has been called, unless somebody has since the call was made, and sees to it that who
/// called it calls its code the next time. Leaves an error in the store and returns null if that fails.
#[inline(never)]
unsafe fn translate(
    stub: *const CodeWord,
    fp: *mut u64,
    context: *mut VmContext,
    callee: Callee,
) -> *const CodeWord {
    // SAFETY: the instance keeps its code table alive, and the cell is one of that table's; functions stay where they
    // are. The frame is checked before the code writes to it.
    unsafe {
        let table = &*(*context).code_table.cast::<CodeTable>();
        let index = match callee {
            Callee::Function(function) => (*function).defined_index,
            Callee::OfCall(cell) | Callee::InCell(cell) => cell.offset_from(table.entries()) as u32,
        };
        let code = match table.code(index, stub) {
            Ok(code) if Registers::fits((*context).stack_limit, header(code), fp) => code,
            failed => {
                let error = failed.err().unwrap_or(Error::from(Trap::StackOverflow));
                record_failure(stub, fp, context, error);
                return core::ptr::null();
            }
        };
        match callee {
            Callee::Function(function) => (*function).code = code,
            Callee::OfCall(_) if CALLS_KNOW_CODE => {
                let return_ip = *fp.wrapping_add(FRAME_BIAS) as usize as *const CodeWord;
                (*known_code(return_ip)).store(code.expose_provenance(), Ordering::Release);
            }
            Callee::OfCall(_) | Callee::InCell(_) => {}
        }
        code
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
            let values = header(registers.ip).value_slots as usize;
            let slots = registers.saved().sub(values);
            let host = registers.host_function().cast();
            if call_host(registers.ip, registers.fp, host, slots) {
                registers.integer = u64::read(slots);
                registers.return_to_caller()
            } else {
                registers.stop(Outcome::Failed)
            }
        }
    }
}

/// Calls the trampoline with the arguments from `slots` on, where it leaves the results, and with the stack in use up
/// to behind the saved slots.
#[inline(always)]
unsafe fn call_host(
    ip: *const CodeWord,
    fp: *mut u64,
    host: *mut VmHostFunction,
    slots: *mut u64,
) -> bool {
    // SAFETY: as the instruction says; the store outlives the call.
    unsafe {
        let saved = fp.wrapping_add(FRAME_BIAS);
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
        let status = ((*host).trampoline)(host, caller, slots);
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
