//! The code between machine code and the rest: for each type of functions, how the host gets into compiled code and
//! compiled code gets out; and how it stops.
//!
//! Input: types of functions, and the address of the function of the runtime that is told of traps. Output: bytes.
//! Holds: values pass as slots, as the interpreter and host functions have them: one after the other, two slots for a
//! vector. All stubs that enter compiled code have the same frame, so that whatever stops it can leave by it; it
//! lies, downward from the frame pointer, as [`saved`] says.

mod bulk;

use alloc::vec::Vec;
use core::mem::offset_of;

use super::convention::{
    CONTEXT, FRAME_POINTER, MEMORY_BASE, R8, R9, R12, R13, R14, R15, RAX, RBX, RCX, RDI, RDX,
    REGISTERS, RSI, RUNTIME_ARGUMENTS, SCRATCH, SCRATCH_VECTOR, STACK_POINTER, VECTOR_RESULTS,
};
use super::encode::{Operands, Rm, Unencodable, encode};
use super::forms::Opcode;
use super::instructions::X64;
use super::select::control::Condition;
use super::select::{Places, kind_of};
use crate::compile::ir::Type;
use crate::compile::machine::PhysicalRegister;
use crate::error::Error;
use crate::runtime::layout::{
    HostStatus, MachineActivation, MachineContext, MachineEntry, VmContext, VmFunction,
    VmHostFunction, VmStore, has_register_trampoline,
};
use crate::wasm::types::{FuncType, ValType};

/// The frame of the stubs that enter compiled code: how far below the frame pointer each word is.
mod saved {
    use super::{MachineActivation, PhysicalRegister, R12, R13, R14, R15, RBX, offset_of};

    /// The registers that the host's compiler expects to find again.
    pub(super) const REGISTERS: [(PhysicalRegister, i32); 5] =
        [(RBX, -8), (R12, -16), (R13, -24), (R14, -32), (R15, -40)];
    /// The store.
    pub(super) const STORE: i32 = -48;
    /// The words of [`MachineActivation`].
    pub(super) const PREVIOUS_ENTRY: i32 =
        offset_of!(MachineActivation, previous_entry) as i32 - BYTES;
    pub(super) const EXIT_STACK: i32 = offset_of!(MachineActivation, exit_stack) as i32 - BYTES;
    pub(super) const KEPT_REGISTERS: i32 =
        offset_of!(MachineActivation, kept_registers) as i32 - BYTES;
    pub(super) const FRAMES_END: i32 = offset_of!(MachineActivation, frames_end) as i32 - BYTES;
    /// All of it, in bytes. Calls need a stack pointer that is a multiple of 16.
    pub(super) const BYTES: i32 = MachineActivation::BELOW_FRAME_BYTES as i32;
}

/// What kind of code a stub calls that compiled code calls.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outside {
    /// A function of the host.
    Host,
    /// The function at this address, which runs a function in the interpreter.
    Interpreter(usize),
}

/// Where the stubs begin that every engine has one of.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CommonStubs {
    /// What code calls that traps.
    pub(crate) trap: usize,
    /// Where a fault goes on, with the address of the instruction in the scratch register.
    pub(crate) fault: usize,
    /// What code calls where the interrupt flag is raised.
    pub(crate) poll: usize,
    /// What code calls that copies bytes in memory 0.
    pub(crate) copy: usize,
    /// What code calls that fills bytes in memory 0.
    pub(crate) fill: usize,
}

impl CommonStubs {
    /// The same stubs in code that is at an address.
    pub(crate) fn at(self, address: usize) -> CommonStubs {
        CommonStubs {
            trap: self.trap + address,
            fault: self.fault + address,
            poll: self.poll + address,
            copy: self.copy + address,
            fill: self.fill + address,
        }
    }
}

/// The addresses of functions of the runtime that these stubs call; all are `extern "sysv64"`, and all but `raise`
/// give [`HostStatus`].
#[derive(Copy, Clone, Debug)]
pub(crate) struct Callees {
    /// `fn(address, frame, stack, context)`, which is told the address of an instruction that traps, or of the last
    /// byte of a call that has failed.
    pub(crate) raise: usize,
    /// `fn(context)`, which says whether to go on.
    pub(crate) poll: usize,
    /// `fn(context, to, from, length)`, which copies bytes in memory 0.
    pub(crate) copy: usize,
    /// `fn(context, to, byte, length)`, which fills bytes in memory 0.
    pub(crate) fill: usize,
}

/// Bytes that stubs are appended to.
struct Assembler<'a> {
    bytes: &'a mut Vec<u8>,
}

const ENTRY_IN_STORE: i32 = offset_of!(VmStore, machine_entry) as i32;
const TRAP_IN_CONTEXT: i32 =
    (offset_of!(VmContext, machine) + offset_of!(MachineContext, trap)) as i32;
const CALL_IN_FUNCTION: i32 =
    (offset_of!(VmFunction, machine) + offset_of!(MachineEntry, call)) as i32;

fn memory(base: PhysicalRegister, displacement: i32) -> Rm {
    Rm::Memory {
        base,
        index: None,
        displacement,
    }
}

/// How a value of a type is loaded from a slot or from the stack, with zeros above it, and stored as a whole.
fn moves(ty: Type) -> (X64, X64) {
    match ty {
        Type::I32 | Type::I64 | Type::None => (X64::Mov64, X64::Mov64Store),
        Type::F32 => (X64::MovssLoad, X64::MovsdStore),
        Type::F64 => (X64::MovsdLoad, X64::MovsdStore),
        Type::V128 => (X64::Movups, X64::MovupsStore),
    }
}

/// Appends the stub through which the host calls a function of a type: `extern "sysv64" fn(function, slots, store)`,
/// which gives [`HostStatus`]. The arguments are read from the slots, and the results written to them.
///
/// # Errors
/// What has no encoding, which would be a mistake.
pub(crate) fn enter(bytes: &mut Vec<u8>, ty: &FuncType) -> Result<(), Error> {
    let mut stub = Assembler { bytes };
    let (function, slots, store) = (RDI, RSI, RDX);
    stub.push(FRAME_POINTER)?;
    stub.copy(FRAME_POINTER, STACK_POINTER)?;
    let area = area_bytes(ty);
    stub.lower_stack(saved::BYTES)?;
    for (register, at) in saved::REGISTERS {
        stub.store(memory(FRAME_POINTER, at), register)?;
    }
    stub.store(memory(FRAME_POINTER, saved::STORE), store)?;
    stub.load(RAX, memory(store, ENTRY_IN_STORE))?;
    stub.store(memory(FRAME_POINTER, saved::PREVIOUS_ENTRY), RAX)?;
    stub.store(memory(store, ENTRY_IN_STORE), FRAME_POINTER)?;
    let own_stack = offset_of!(VmStore, machine_stack) as i32;
    stub.load(RAX, memory(store, own_stack))?;
    stub.plain(X64::Test64, RAX, Rm::Register(RAX), 0)?;
    stub.plain(
        X64::Cmov64,
        STACK_POINTER,
        Rm::Register(RAX),
        Condition::NotEqual as i64,
    )?;
    stub.store(memory(FRAME_POINTER, saved::FRAMES_END), STACK_POINTER)?;
    if area > 0 {
        stub.lower_stack(area)?;
    }
    stub.copy(SCRATCH, function)?;
    // Calls preserve it.
    stub.copy(RBX, slots)?;
    let mut places = Places::of_arguments();
    let mut slot = 0;
    let mut in_registers = Vec::new();
    for ty in types(ty.params()) {
        let from = memory(RBX, slot);
        match places.next(kind_of(ty)) {
            Ok(register) => in_registers.push((ty, register, from)),
            Err(at) => stub.copy_value(ty, from, memory(STACK_POINTER, at))?,
        }
        slot += 8 * kind_of(ty).words() as i32;
    }
    for (ty, register, from) in in_registers {
        stub.plain(moves(ty).0, register, from, 0)?;
    }
    stub.plain(X64::CallRm, RAX, memory(SCRATCH, CALL_IN_FUNCTION), 0)?;
    // The callee has taken its arguments away, so what is left begins with the further results.
    let mut places = Places::of_results();
    let mut slot = 0;
    for ty in types(ty.results()) {
        let to = (RBX, slot);
        match places.next(kind_of(ty)) {
            Ok(register) => stub.store_value(ty, register, to)?,
            Err(at) => stub.copy_value(ty, memory(STACK_POINTER, at), memory(to.0, to.1))?,
        }
        slot += 8 * kind_of(ty).words() as i32;
    }
    stub.constant(RAX, HostStatus::Done as i64)?;
    // The callee has preserved the others.
    stub.leave_entry(|register| [RBX, CONTEXT, MEMORY_BASE].contains(&register))
}

/// Appends the stub through which compiled code calls a function of a type that is not compiled.
///
/// # Errors
/// What has no encoding, which would be a mistake.
pub(crate) fn outside(bytes: &mut Vec<u8>, ty: &FuncType, outside: Outside) -> Result<(), Error> {
    if outside == Outside::Host && passes_in_registers(ty) {
        return host_in_registers(bytes, ty);
    }
    let mut stub = Assembler { bytes };
    let (param_slots, result_slots) = ty.slots();
    let slots = param_slots.max(result_slots) as i32;
    stub.push(FRAME_POINTER)?;
    stub.copy(FRAME_POINTER, STACK_POINTER)?;
    stub.lower_stack((8 * slots + 15) & !15)?;
    let argument_bytes = stub.arguments_to_slots(ty)?;
    let exit = stub.exit()?;
    stub.copy(RSI, CONTEXT)?;
    stub.copy(RDX, STACK_POINTER)?;
    match outside {
        Outside::Host => {
            let context = offset_of!(VmFunction, context) as i32;
            stub.load(RDI, memory(SCRATCH, context))?;
            let trampoline = offset_of!(VmHostFunction, trampoline) as i32;
            stub.plain(X64::CallRm, RAX, memory(RDI, trampoline), 0)?;
        }
        Outside::Interpreter(function) => {
            stub.copy(RDI, SCRATCH)?;
            stub.constant(RAX, function as i64)?;
            stub.plain(X64::CallRm, RAX, Rm::Register(RAX), 0)?;
        }
    }
    stub.plain(X64::Test32, RAX, Rm::Register(RAX), 0)?;
    let failed = stub.jump_if(Condition::NotEqual);
    stub.results_from_slots(ty, argument_bytes)?;
    stub.copy(STACK_POINTER, FRAME_POINTER)?;
    stub.pop(FRAME_POINTER)?;
    match argument_bytes {
        0 => stub.plain(X64::Ret, RAX, Rm::Register(RAX), 0)?,
        bytes => stub.plain(X64::RetPop, RAX, Rm::Register(RAX), bytes.into())?,
    }
    stub.bind(failed);
    // As if the call that has led here trapped: its return address is what says where.
    stub.copy(STACK_POINTER, FRAME_POINTER)?;
    stub.pop(FRAME_POINTER)?;
    stub.plain(X64::JumpRm, RAX, memory(CONTEXT, TRAP_IN_CONTEXT), 0)?;
    stub.keep_registers(exit)
}

/// Whether functions of the host of a type are called through their [`VmHostFunction::register_trampoline`].
fn passes_in_registers(ty: &FuncType) -> bool {
    let (param_slots, result_slots) = ty.slots();
    let is_vector = |ty: &ValType| *ty == ValType::V128;
    has_register_trampoline(param_slots, result_slots)
        && !ty.params().iter().chain(ty.results()).any(is_vector)
}

/// Appends the stub through which compiled code calls a function of the host that [`passes_in_registers`].
///
/// It has no frame: what passes through memory between one call and the next is most of what such a call costs.
fn host_in_registers(bytes: &mut Vec<u8>, ty: &FuncType) -> Result<(), Error> {
    let mut stub = Assembler { bytes };
    let exit = stub.exit()?;
    stub.arguments_to_words(ty)?;
    stub.load(R8, memory(SCRATCH, offset_of!(VmFunction, context) as i32))?;
    stub.copy(R9, CONTEXT)?;
    // The return address is on the stack, and calls need a multiple of 16.
    stub.lower_stack(8)?;
    let trampoline = offset_of!(VmHostFunction, register_trampoline) as i32;
    stub.plain(X64::CallRm, RAX, memory(R8, trampoline), 0)?;
    let stack = Rm::Register(STACK_POINTER);
    stub.plain(X64::Add64Imm, STACK_POINTER, stack, 8)?;
    stub.plain(X64::Test32, RDX, Rm::Register(RDX), 0)?;
    let failed = stub.jump_if(Condition::NotEqual);
    stub.result_from_word(ty)?;
    stub.plain(X64::Ret, RAX, Rm::Register(RAX), 0)?;
    stub.bind(failed);
    // As above.
    stub.plain(X64::JumpRm, RAX, memory(CONTEXT, TRAP_IN_CONTEXT), 0)?;
    stub.keep_registers(exit)
}

/// Where a stub goes on that has to keep registers first.
struct Exit {
    has_some: usize,
    goes_on: usize,
}

/// Where a stub that has a frame finds the first of the arguments that are on the stack: above the return address and
/// the frame pointer.
const INCOMING: i32 = 16;

/// Appends the stub through which functions of a module call one that is not compiled: [`call_by_reference`] leads to
/// it.
///
/// # Errors
/// What has no encoding, which would be a mistake.
pub(crate) fn by_reference(bytes: &mut Vec<u8>) -> Result<(), Error> {
    let mut stub = Assembler { bytes };
    let functions = offset_of!(VmContext, functions) as i32;
    stub.plain(X64::Add64, SCRATCH, memory(CONTEXT, functions), 0)?;
    stub.load(SCRATCH, memory(SCRATCH, 0))?;
    stub.plain(X64::JumpRm, RAX, memory(SCRATCH, CALL_IN_FUNCTION), 0)
}

/// Appends the stub that calls a function by its index, at the place `at` if [`by_reference`] is at `common`.
///
/// # Errors
/// What has no encoding, which would be a mistake.
pub(crate) fn call_by_reference(
    bytes: &mut Vec<u8>,
    at: u32,
    function_index: u32,
    common: u32,
) -> Result<(), Error> {
    let begin = bytes.len();
    let mut stub = Assembler { bytes };
    let offset = function_index as usize * size_of::<usize>();
    stub.constant(SCRATCH, offset as i64)?;
    stub.bytes.push(JUMP);
    let end = at + (stub.bytes.len() - begin + size_of::<u32>()) as u32;
    let distance = common.wrapping_sub(end);
    stub.bytes.extend(distance.to_le_bytes());
    Ok(())
}

/// Appends the stub that goes on at the address in the word at the place `word`, at the place `at`.
///
/// # Errors
/// What has no encoding, which would be a mistake.
pub(crate) fn through_word(bytes: &mut Vec<u8>, at: u32, word: u32) -> Result<(), Error> {
    let begin = bytes.len();
    let mut stub = Assembler { bytes };
    stub.plain(X64::JumpRm, RAX, Rm::RipRelative(0), 0)?;
    let end = at + (stub.bytes.len() - begin) as u32;
    let distance = word.wrapping_sub(end);
    let place = stub.bytes.len() - size_of::<u32>();
    stub.bytes[place..].copy_from_slice(&distance.to_le_bytes());
    Ok(())
}

/// A jump with a distance of four bytes.
const JUMP: u8 = 0xE9;

/// Appends the stubs that every engine has one of, and gives their places among the bytes.
///
/// # Errors
/// What has no encoding, which would be a mistake.
pub(crate) fn common(bytes: &mut Vec<u8>, callees: Callees) -> Result<CommonStubs, Error> {
    let mut stub = Assembler { bytes };
    let fault = stub.bytes.len();
    stub.copy(RDI, SCRATCH)?;
    stub.bytes.push(0xEB);
    let behind = stub.bytes.len();
    stub.bytes.push(0);
    let trap = stub.bytes.len();
    stub.pop(RDI)?;
    stub.plain(X64::Sub64Imm, RDI, Rm::Register(RDI), 1)?;
    stub.bind(behind);
    stub.copy(RSI, FRAME_POINTER)?;
    stub.copy(RDX, STACK_POINTER)?;
    stub.copy(RCX, CONTEXT)?;
    stub.load(RBX, memory(CONTEXT, offset_of!(VmContext, store) as i32))?;
    stub.plain(
        X64::And64Imm,
        STACK_POINTER,
        Rm::Register(STACK_POINTER),
        -16,
    )?;
    stub.constant(RAX, callees.raise as i64)?;
    stub.plain(X64::CallRm, RAX, Rm::Register(RAX), 0)?;
    stub.load(FRAME_POINTER, memory(RBX, ENTRY_IN_STORE))?;
    stub.constant(RAX, HostStatus::Failed as i64)?;
    stub.leave_entry(|_| true)?;
    let poll = stub.bytes.len();
    stub.call_keeping_all(callees.poll, &[])?;
    Ok(CommonStubs {
        trap,
        fault,
        poll,
        copy: stub.copy_bytes(callees.copy)?,
        fill: stub.fill_bytes(callees.fill)?,
    })
}

/// The bytes that calls of functions of a type need on the stack.
fn area_bytes(ty: &FuncType) -> i32 {
    let mut arguments = Places::of_arguments();
    let mut results = Places::of_results();
    types(ty.params()).for_each(|ty| _ = arguments.next(kind_of(ty)));
    types(ty.results()).for_each(|ty| _ = results.next(kind_of(ty)));
    (arguments.stack_bytes() + results.stack_bytes()) as i32
}

fn types(types: &[ValType]) -> impl Iterator<Item = Type> + '_ {
    types.iter().map(|&ty| Type::of(ty))
}

impl Assembler<'_> {
    fn plain(
        &mut self,
        x64: X64,
        reg: PhysicalRegister,
        rm: Rm,
        immediate: i64,
    ) -> Result<(), Error> {
        let operands = Operands {
            reg,
            vvvv: reg,
            rm,
            immediate,
        };
        match encode(self.bytes, Opcode::new(x64), &operands) {
            Ok(_) => Ok(()),
            Err(Unencodable) => Err(Error::resource(
                "a stub has no encoding, by a mistake of the compiler",
            )),
        }
    }

    /// Appends what calls a function of the runtime with the context and these arguments, and returns; all registers
    /// are as before. If the function has failed, the call that has led here traps.
    fn call_keeping_all(
        &mut self,
        function: usize,
        arguments: &[PhysicalRegister],
    ) -> Result<(), Error> {
        let allocatable = REGISTERS.allocatable;
        let kept = |register: &&PhysicalRegister| REGISTERS.preserved >> register.0 & 1 == 0;
        let general: Vec<_> = allocatable[0].iter().filter(kept).copied().collect();
        let bytes = (16 * allocatable[1].len() + 8 * general.len()).next_multiple_of(16);
        self.push(FRAME_POINTER)?;
        self.copy(FRAME_POINTER, STACK_POINTER)?;
        // Code without a frame calls with another alignment.
        let stack = Rm::Register(STACK_POINTER);
        self.plain(X64::And64Imm, STACK_POINTER, stack, -16)?;
        self.lower_stack(bytes as i32)?;
        let place = |at: i32| memory(STACK_POINTER, at);
        let generals_at = 16 * allocatable[1].len() as i32;
        for (&register, number) in allocatable[1].iter().zip(0..) {
            self.plain(X64::MovupsStore, register, place(16 * number), 0)?;
        }
        for (&register, number) in general.iter().zip(0..) {
            self.store(place(generals_at + 8 * number), register)?;
        }
        // From the last one, so that none is lost that stands one place before its own.
        let [context, places @ ..] = RUNTIME_ARGUMENTS;
        for (&argument, place) in arguments.iter().zip(places).rev() {
            self.copy(place, argument)?;
        }
        self.copy(context, CONTEXT)?;
        self.constant(RAX, function as i64)?;
        self.plain(X64::CallRm, RAX, Rm::Register(RAX), 0)?;
        self.plain(X64::Test32, RAX, Rm::Register(RAX), 0)?;
        let failed = self.jump_if(Condition::NotEqual);
        for (&register, number) in allocatable[1].iter().zip(0..) {
            self.plain(X64::Movups, register, place(16 * number), 0)?;
        }
        for (&register, number) in general.iter().zip(0..) {
            self.load(register, place(generals_at + 8 * number))?;
        }
        self.copy(STACK_POINTER, FRAME_POINTER)?;
        self.pop(FRAME_POINTER)?;
        self.plain(X64::Ret, RAX, Rm::Register(RAX), 0)?;
        self.bind(failed);
        self.copy(STACK_POINTER, FRAME_POINTER)?;
        self.pop(FRAME_POINTER)?;
        self.plain(X64::JumpRm, RAX, memory(CONTEXT, TRAP_IN_CONTEXT), 0)
    }

    fn push(&mut self, register: PhysicalRegister) -> Result<(), Error> {
        self.plain(X64::Push, register, Rm::Register(register), 0)
    }

    fn pop(&mut self, register: PhysicalRegister) -> Result<(), Error> {
        self.plain(X64::Pop, register, Rm::Register(register), 0)
    }

    fn copy(&mut self, to: PhysicalRegister, from: PhysicalRegister) -> Result<(), Error> {
        self.plain(X64::Mov64, to, Rm::Register(from), 0)
    }

    fn load(&mut self, to: PhysicalRegister, from: Rm) -> Result<(), Error> {
        self.plain(X64::Mov64, to, from, 0)
    }

    fn store(&mut self, to: Rm, from: PhysicalRegister) -> Result<(), Error> {
        self.plain(X64::Mov64Store, from, to, 0)
    }

    fn constant(&mut self, to: PhysicalRegister, bits: i64) -> Result<(), Error> {
        self.plain(X64::MovImm, to, Rm::Register(to), bits)
    }

    fn lower_stack(&mut self, bytes: i32) -> Result<(), Error> {
        self.plain(
            X64::Sub64Imm,
            STACK_POINTER,
            Rm::Register(STACK_POINTER),
            bytes.into(),
        )
    }

    /// Notes in the entry's frame that compiled code calls out with the stack as it is, which loses `rax`. The result
    /// is for [`Assembler::keep_registers`].
    fn exit(&mut self) -> Result<Exit, Error> {
        self.load(RAX, memory(CONTEXT, offset_of!(VmContext, store) as i32))?;
        let has_host_values = memory(RAX, offset_of!(VmStore, has_host_values) as i32);
        self.plain(X64::Cmp8Imm, RAX, has_host_values, 0)?;
        self.load(RAX, memory(RAX, ENTRY_IN_STORE))?;
        let has_some = self.jump_if(Condition::NotEqual);
        let goes_on = self.bytes.len();
        self.store(memory(RAX, saved::EXIT_STACK), STACK_POINTER)?;
        Ok(Exit { has_some, goes_on })
    }

    /// Appends, out of the way, what keeps the registers that calls preserve where the search for values of the host
    /// that are in use sees them, if there are any.
    fn keep_registers(&mut self, exit: Exit) -> Result<(), Error> {
        self.bind(exit.has_some);
        for (register, at) in [RBX, R12, R13, R15].into_iter().zip(0..) {
            self.store(memory(RAX, saved::KEPT_REGISTERS + 8 * at), register)?;
        }
        self.jump_back(exit.goes_on);
        Ok(())
    }

    /// Stores the arguments of a function of a type in the slots that the stack pointer points to. Gives the bytes that
    /// arguments take on the stack.
    fn arguments_to_slots(&mut self, ty: &FuncType) -> Result<i32, Error> {
        let mut places = Places::of_arguments();
        let mut slot = 0;
        for ty in types(ty.params()) {
            let to = (STACK_POINTER, slot);
            match places.next(kind_of(ty)) {
                Ok(register) => self.store_value(ty, register, to)?,
                Err(at) => {
                    self.copy_value(ty, memory(FRAME_POINTER, INCOMING + at), memory(to.0, to.1))?
                }
            }
            slot += 8 * kind_of(ty).words() as i32;
        }
        Ok(places.stack_bytes() as i32)
    }

    /// Loads the results of a function of a type from the slots that the stack pointer points to.
    fn results_from_slots(&mut self, ty: &FuncType, argument_bytes: i32) -> Result<(), Error> {
        let mut places = Places::of_results();
        let mut slot = 0;
        for ty in types(ty.results()) {
            let from = memory(STACK_POINTER, slot);
            match places.next(kind_of(ty)) {
                Ok(register) => self.plain(moves(ty).0, register, from, 0)?,
                Err(at) => {
                    let to = memory(FRAME_POINTER, INCOMING + argument_bytes + at);
                    self.copy_value(ty, from, to)?;
                }
            }
            slot += 8 * kind_of(ty).words() as i32;
        }
        Ok(())
    }

    /// Moves the arguments of a function of a type to the words that a `RegisterTrampoline` takes.
    fn arguments_to_words(&mut self, ty: &FuncType) -> Result<(), Error> {
        let mut places = Places::of_arguments();
        let from: Vec<_> = types(ty.params())
            .map(|ty| (ty, places.next(kind_of(ty))))
            .collect();
        // Integers are in the first of these registers, without gaps, so from the last one none is lost that moves up.
        for (&to, (ty, from)) in RUNTIME_ARGUMENTS.iter().zip(from).rev() {
            match (ty, from) {
                (Type::F32, Ok(from)) => {
                    self.plain(X64::MovdFromVector, from, Rm::Register(to), 0)?
                }
                (Type::F64, Ok(from)) => {
                    self.plain(X64::MovqFromVector, from, Rm::Register(to), 0)?
                }
                (_, Ok(from)) if from != to => self.copy(to, from)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Moves the result of a function of a type from the word that a `RegisterTrampoline` gives.
    fn result_from_word(&mut self, ty: &FuncType) -> Result<(), Error> {
        match types(ty.results()).next() {
            Some(Type::F32) => {
                self.plain(X64::MovdToVector, VECTOR_RESULTS[0], Rm::Register(RAX), 0)
            }
            Some(Type::F64) => {
                self.plain(X64::MovqToVector, VECTOR_RESULTS[0], Rm::Register(RAX), 0)
            }
            // It is where an integer result is expected.
            _ => Ok(()),
        }
    }

    /// Stores a value in a slot. Of an f32, the register says nothing of the slot's upper half, which is zero.
    fn store_value(
        &mut self,
        ty: Type,
        register: PhysicalRegister,
        to: (PhysicalRegister, i32),
    ) -> Result<(), Error> {
        let (base, displacement) = to;
        self.plain(moves(ty).1, register, memory(base, displacement), 0)?;
        if ty == Type::F32 {
            let upper = memory(base, displacement + 4);
            self.plain(X64::Mov32StoreImm, RAX, upper, 0)?;
        }
        Ok(())
    }

    /// Copies a value from memory to memory.
    fn copy_value(&mut self, ty: Type, from: Rm, to: Rm) -> Result<(), Error> {
        let (load, store) = match ty {
            Type::I32 | Type::I64 | Type::None => moves(Type::F64),
            ty => moves(ty),
        };
        self.plain(load, SCRATCH_VECTOR, from, 0)?;
        self.plain(store, SCRATCH_VECTOR, to, 0)
    }

    /// Jumps ahead, to where [`Assembler::bind`] is called with what this gives.
    fn jump_if(&mut self, condition: Condition) -> usize {
        self.bytes
            .extend([0x0F, 0x80 | condition as u8, 0, 0, 0, 0]);
        self.bytes.len() - 4
    }

    /// Jumps back to what begins at `start`.
    fn jump_back(&mut self, start: usize) {
        self.bytes.push(0xE9);
        let distance = (start as u32).wrapping_sub(self.bytes.len() as u32 + 4);
        self.bytes.extend(distance.to_le_bytes());
    }

    /// Jumps back to what begins at `start`, on a condition.
    fn jump_back_if(&mut self, condition: Condition, start: usize) {
        let at = self.jump_if(condition);
        let distance = (start as u32).wrapping_sub(self.bytes.len() as u32);
        self.bytes[at..].copy_from_slice(&distance.to_le_bytes());
    }

    /// Lets a jump of 8 or 32 bits lead here.
    fn bind(&mut self, at: usize) {
        let is_short = self.bytes[at - 1] == 0xEB;
        if is_short {
            self.bytes[at] = (self.bytes.len() - at - 1) as u8;
        } else {
            let distance = (self.bytes.len() - at - 4) as u32;
            self.bytes[at..at + 4].copy_from_slice(&distance.to_le_bytes());
        }
    }

    /// Returns to the host from within the frame of a stub that has entered compiled code, and restores the registers
    /// that are lost.
    fn leave_entry(&mut self, is_lost: impl Fn(PhysicalRegister) -> bool) -> Result<(), Error> {
        self.load(RDX, memory(FRAME_POINTER, saved::STORE))?;
        self.load(RCX, memory(FRAME_POINTER, saved::PREVIOUS_ENTRY))?;
        self.store(memory(RDX, ENTRY_IN_STORE), RCX)?;
        for (register, at) in saved::REGISTERS
            .into_iter()
            .filter(|&(register, _)| is_lost(register))
        {
            self.load(register, memory(FRAME_POINTER, at))?;
        }
        self.copy(STACK_POINTER, FRAME_POINTER)?;
        self.pop(FRAME_POINTER)?;
        self.plain(X64::Ret, RAX, Rm::Register(RAX), 0)
    }
}
