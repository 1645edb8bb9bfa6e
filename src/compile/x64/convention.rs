//! The registers of x86-64, and what compiled code uses them for.
//!
//! Input: nothing. Output: registers, their names, the [`RegisterFile`] for the allocation of registers, and the
//! places of arguments and results.
//! Holds: [`CONTEXT`], [`STACK_POINTER`], [`FRAME_POINTER`] and the scratch registers are never allocated.

use super::forms::Class;
use crate::compile::machine::{PhysicalRegister, RegisterFile};

const fn general(number: u8) -> PhysicalRegister {
    PhysicalRegister(number)
}

const fn vector(number: u8) -> PhysicalRegister {
    PhysicalRegister(PhysicalRegister::FIRST_VECTOR + number)
}

pub(crate) const RAX: PhysicalRegister = general(0);
pub(crate) const RCX: PhysicalRegister = general(1);
pub(crate) const RDX: PhysicalRegister = general(2);
pub(crate) const RBX: PhysicalRegister = general(3);
pub(crate) const RSP: PhysicalRegister = general(4);
pub(crate) const RBP: PhysicalRegister = general(5);
pub(crate) const RSI: PhysicalRegister = general(6);
pub(crate) const RDI: PhysicalRegister = general(7);
pub(crate) const R8: PhysicalRegister = general(8);
pub(crate) const R9: PhysicalRegister = general(9);
pub(crate) const R10: PhysicalRegister = general(10);
pub(crate) const R11: PhysicalRegister = general(11);
pub(crate) const R12: PhysicalRegister = general(12);
pub(crate) const R13: PhysicalRegister = general(13);
pub(crate) const R14: PhysicalRegister = general(14);
pub(crate) const R15: PhysicalRegister = general(15);
pub(crate) const XMM15: PhysicalRegister = vector(15);

/// The stack pointer.
pub(crate) const STACK_POINTER: PhysicalRegister = RSP;
/// The frame pointer.
pub(crate) const FRAME_POINTER: PhysicalRegister = RBP;
/// The context of the instance whose code is running.
pub(crate) const CONTEXT: PhysicalRegister = R14;
/// Where the base of memory 0 is at entry, at calls and at returns; elsewhere it is a value like any other.
pub(crate) const MEMORY_BASE: PhysicalRegister = R15;
/// The general register that only emission uses.
pub(crate) const SCRATCH: PhysicalRegister = R11;
/// The vector register that only emission uses.
pub(crate) const SCRATCH_VECTOR: PhysicalRegister = XMM15;

/// The registers for the allocation.
pub(crate) static REGISTERS: RegisterFile = RegisterFile {
    allocatable: [
        &[RAX, RCX, RDX, RSI, RDI, R8, R9, R10, RBX, R12, R13, R15],
        &[
            vector(0),
            vector(1),
            vector(2),
            vector(3),
            vector(4),
            vector(5),
            vector(6),
            vector(7),
            vector(8),
            vector(9),
            vector(10),
            vector(11),
            vector(12),
            vector(13),
            vector(14),
        ],
    ],
    preserved: 1 << RBX.0
        | 1 << R12.0
        | 1 << R13.0
        | 1 << R14.0
        | 1 << R15.0
        | 1 << RBP.0
        | 1 << RSP.0,
    scratch: [SCRATCH, SCRATCH_VECTOR],
};

/// Where the first arguments are that are integers or references.
pub(crate) const INTEGER_ARGUMENTS: [PhysicalRegister; 8] = [RDI, RSI, RDX, RCX, R8, R9, RAX, R10];
/// Where the first arguments are that are floating-point numbers or vectors.
pub(crate) const VECTOR_ARGUMENTS: [PhysicalRegister; 8] = [
    vector(0),
    vector(1),
    vector(2),
    vector(3),
    vector(4),
    vector(5),
    vector(6),
    vector(7),
];
/// Where functions of the runtime find the context and then their arguments.
pub(crate) const RUNTIME_ARGUMENTS: [PhysicalRegister; 6] = [RDI, RSI, RDX, RCX, R8, R9];
/// Where the stubs for bulk operations find the target, the source or the byte, and the length.
pub(crate) const BULK_ARGUMENTS: [PhysicalRegister; 3] = [RDI, RSI, RDX];
/// What the stub that copies bytes loses besides the scratch registers.
pub(crate) const LOST_BY_COPY: [PhysicalRegister; 5] = [RAX, RCX, vector(0), vector(1), vector(2)];
/// What the stub that fills bytes loses besides the scratch registers.
pub(crate) const LOST_BY_FILL: [PhysicalRegister; 2] = [RAX, RCX];
/// Where the first results are that are integers or references.
pub(crate) const INTEGER_RESULTS: [PhysicalRegister; 4] = [RAX, RDX, RCX, RSI];
/// Where the first results are that are floating-point numbers or vectors.
pub(crate) const VECTOR_RESULTS: [PhysicalRegister; 4] =
    [vector(0), vector(1), vector(2), vector(3)];

const NAMES_8: [&str; 16] = [
    "al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil", "r8b", "r9b", "r10b", "r11b", "r12b",
    "r13b", "r14b", "r15b",
];
const NAMES_16: [&str; 16] = [
    "ax", "cx", "dx", "bx", "sp", "bp", "si", "di", "r8w", "r9w", "r10w", "r11w", "r12w", "r13w",
    "r14w", "r15w",
];
const NAMES_32: [&str; 16] = [
    "eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi", "r8d", "r9d", "r10d", "r11d", "r12d",
    "r13d", "r14d", "r15d",
];
const NAMES_64: [&str; 16] = [
    "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13",
    "r14", "r15",
];
const NAMES_VECTOR: [&str; 16] = [
    "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
    "xmm11", "xmm12", "xmm13", "xmm14", "xmm15",
];

/// The name of a register, or of the part of it that an instruction uses.
pub(crate) fn name(register: PhysicalRegister, class: Class) -> &'static str {
    let names = match class {
        Class::R8 => &NAMES_8,
        Class::R16 => &NAMES_16,
        Class::R32 => &NAMES_32,
        Class::R64 | Class::None => &NAMES_64,
        Class::X => &NAMES_VECTOR,
    };
    names
        .get(usize::from(register.number()))
        .copied()
        .unwrap_or("?")
}
