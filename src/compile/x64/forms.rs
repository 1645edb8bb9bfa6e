//! What the columns of the table of instructions mean: which operands an instruction has, in which order, and in which
//! part of the encoding each one is.
//!
//! Input: nothing. Output: [`Row`], [`Form`] and its slots, [`Mode`] and [`Opcode`].
//! Holds: the operands of a `machine::Instruction` are in the order of the slots of its form: definitions
//! first. If [`Mode`] says that the operand in [`Part::Rm`] is in memory, the base and then the index (as many of them
//! as [`Mode::registers`] says) stand in its place, each a [`Role::Use`] in [`Place::Register`].

use super::convention::{RAX, RCX, RDX};
use super::features::CpuFeature;
use super::instructions::{ALL, ROWS, X64};
use crate::compile::machine::{
    Bank, Instruction, InstructionFlags, PhysicalRegister, Place, Role, ValueKind,
};

/// A byte that stands before the opcode and is part of it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Prefix {
    /// There is none.
    None = 0,
    /// 0x66.
    P66 = 1,
    /// 0xF3.
    PF3 = 2,
    /// 0xF2.
    PF2 = 3,
}

/// The bytes between prefixes and opcode.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Map {
    /// There are none.
    Primary = 0,
    /// 0x0F.
    Escape0F = 1,
    /// 0x0F 0x38.
    Escape0F38 = 2,
    /// 0x0F 0x3A.
    Escape0F3A = 3,
}

/// Which part of which registers.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Class {
    /// No register.
    None,
    /// The low 8 bits of a general register.
    R8,
    /// The low 16 bits of a general register.
    R16,
    /// The low 32 bits of a general register; writing them clears the others.
    R32,
    /// A general register.
    R64,
    /// A vector register of 128 bits.
    X,
}

impl Class {
    /// The bank of the registers.
    #[inline]
    pub(crate) const fn bank(self) -> Bank {
        match self {
            Class::X => Bank::Vector,
            _ => Bank::Integer,
        }
    }
}

/// What stands in the column of an operand.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct OperandType {
    /// Which register it is, if it is one.
    pub(crate) class: Class,
    /// How many bytes it has in memory: 0 if it cannot be in memory.
    pub(crate) memory_bytes: u8,
    /// Whether it can be in memory although nothing is read or written there.
    pub(crate) is_address: bool,
    /// Whether it makes the operation one of 64 bits.
    pub(crate) is_wide: bool,
    /// For the field `reg`: what stands there instead of an operand.
    pub(crate) digit: u8,
}

/// The tokens that stand in the columns of operands.
pub(crate) mod operand {
    use super::{Class, OperandType};

    const fn either(class: Class, memory_bytes: u8) -> OperandType {
        OperandType {
            class,
            memory_bytes,
            is_address: false,
            is_wide: matches!(class, Class::R64),
            digit: 0,
        }
    }

    const fn digit(digit: u8) -> OperandType {
        OperandType {
            digit,
            ..either(Class::None, 0)
        }
    }

    const fn wide(operand: OperandType, is_wide: bool) -> OperandType {
        OperandType { is_wide, ..operand }
    }

    // No operand; and none, but an operation of 64 bits.
    pub(crate) const NO: OperandType = either(Class::None, 0);
    pub(crate) const WIDE: OperandType = wide(NO, true);
    // A digit.
    pub(crate) const D0: OperandType = digit(0);
    pub(crate) const D1: OperandType = digit(1);
    pub(crate) const D2: OperandType = digit(2);
    pub(crate) const D3: OperandType = digit(3);
    pub(crate) const D4: OperandType = digit(4);
    pub(crate) const D5: OperandType = digit(5);
    pub(crate) const D6: OperandType = digit(6);
    pub(crate) const D7: OperandType = digit(7);
    // A register; R64D where 64 bits are the default.
    pub(crate) const R8: OperandType = either(Class::R8, 0);
    pub(crate) const R16: OperandType = either(Class::R16, 0);
    pub(crate) const R32: OperandType = either(Class::R32, 0);
    pub(crate) const R64: OperandType = either(Class::R64, 0);
    pub(crate) const R64D: OperandType = wide(R64, false);
    pub(crate) const X: OperandType = either(Class::X, 0);
    // A register, or memory with this number of bits.
    pub(crate) const RM8: OperandType = either(Class::R8, 1);
    pub(crate) const RM16: OperandType = either(Class::R16, 2);
    pub(crate) const RM32: OperandType = either(Class::R32, 4);
    pub(crate) const RM64: OperandType = either(Class::R64, 8);
    pub(crate) const RM64D: OperandType = wide(RM64, false);
    pub(crate) const R32M8: OperandType = either(Class::R32, 1);
    pub(crate) const R32M16: OperandType = either(Class::R32, 2);
    pub(crate) const XM8: OperandType = either(Class::X, 1);
    pub(crate) const XM16: OperandType = either(Class::X, 2);
    pub(crate) const XM32: OperandType = either(Class::X, 4);
    pub(crate) const XM64: OperandType = either(Class::X, 8);
    pub(crate) const XM128: OperandType = either(Class::X, 16);
    // Memory with this number of bits; M64W where that does not follow from the other operand.
    pub(crate) const M8: OperandType = either(Class::None, 1);
    pub(crate) const M16: OperandType = either(Class::None, 2);
    pub(crate) const M32: OperandType = either(Class::None, 4);
    pub(crate) const M64: OperandType = either(Class::None, 8);
    pub(crate) const M64W: OperandType = wide(M64, true);
    pub(crate) const M128: OperandType = either(Class::None, 16);
    // The address of something in memory.
    pub(crate) const ADDRESS: OperandType = OperandType {
        is_address: true,
        ..either(Class::None, 0)
    };
}

/// What an instruction has as a constant. It stands in [`Instruction::b`], sign-extended, if nothing else is said.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Immediate {
    /// Nothing.
    None,
    /// 8 bits.
    Byte,
    /// 16 bits.
    Word,
    /// 32 bits that are sign-extended, or 8 that are.
    Short,
    /// 32 bits that are sign-extended.
    Long,
    /// 64 bits, in as few bytes as they need: the low half in [`Instruction::a`], the upper one in [`Instruction::b`].
    Constant,
    /// The number of a condition, which is part of the opcode.
    Condition,
    /// A fourth register operand: it is an operand of the instruction, not a constant.
    Fourth,
    /// Where to branch; emission encodes it.
    Label,
    /// The number of a condition, and where to branch; emission encodes it.
    LabelCondition,
}

/// Properties of a row, as bits.
#[expect(non_upper_case_globals, reason = "they are words of the table")]
pub(crate) mod property {
    /// The two sources can change places.
    pub(crate) const commutative: u16 = 1;
    /// It exists in AVX too, with the same opcode.
    pub(crate) const avx: u16 = 2;
    /// It exists only in the encoding that AVX brought.
    pub(crate) const only_vex: u16 = 4;
    /// It changes condition flags (or leaves them undefined).
    pub(crate) const writes_flags: u16 = 8;
    /// It reads condition flags.
    pub(crate) const reads_flags: u16 = 16;
    /// It waits for the former content of its destination, although only parts above the result, or nothing, are kept
    /// of it. In AVX, those parts are from another register.
    pub(crate) const merges: u16 = 32;
    /// It depends on nothing and changes nothing but its destination.
    pub(crate) const repeatable: u16 = 64;
    /// It calls.
    pub(crate) const calls: u16 = 256;
    /// Without AVX, its operand of 16 bytes in memory need not be aligned; that of all others must be.
    pub(crate) const unaligned: u16 = 128;
}

/// Where an operand is in the encoding.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The field `reg`.
    Reg,
    /// The field `vvvv`.
    Vvvv,
    /// The field `rm`, or the memory operand, or the low bits of the opcode.
    Rm,
    /// The upper half of the immediate.
    Fourth,
    /// Nowhere: it is in the register of the definition that is tied to it.
    Tied,
    /// Nowhere: it is always in the same register.
    Implied,
}

/// An operand of a form.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Slot {
    /// What happens to it.
    pub(crate) role: Role,
    /// Where it has to be. [`Place::Any`] holds only if [`Row::place`] says so too.
    pub(crate) place: Place,
    /// Where it is encoded.
    pub(crate) part: Part,
}

/// How the bytes of an instruction are laid out.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// An opcode, with a register in its low bits if there is an operand.
    Opcode,
    /// An opcode and a byte for two operands, at least one of them a register.
    ModRm,
    /// By emission.
    Emission,
}

/// Which operand each part has, by its number; [`Parts::NONE`] if none.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Parts {
    /// [`Part::Reg`].
    pub(crate) reg: u8,
    /// [`Part::Vvvv`].
    pub(crate) vvvv: u8,
    /// [`Part::Rm`].
    pub(crate) rm: u8,
    /// [`Part::Fourth`].
    pub(crate) fourth: u8,
}

impl Parts {
    /// There is no such operand.
    pub(crate) const NONE: u8 = u8::MAX;
}

/// What a form is.
#[derive(Copy, Clone, Debug)]
pub(crate) struct FormInfo {
    /// Its operands.
    pub(crate) slots: &'static [Slot],
    /// Where they are.
    pub(crate) parts: Parts,
    /// The order in which they are written: of [`Part::Reg`], [`Part::Vvvv`], [`Part::Rm`] and [`Part::Fourth`].
    pub(crate) text: &'static [Part],
    /// How it is encoded.
    pub(crate) layout: Layout,
}

const fn slot(role: Role, place: Place, part: Part) -> Slot {
    Slot { role, place, part }
}
const fn defines(part: Part) -> Slot {
    slot(Role::Definition, Place::Register, part)
}
const fn defines_tied(part: Part) -> Slot {
    slot(Role::Definition, Place::Tied, part)
}
const fn defines_fixed(register: PhysicalRegister) -> Slot {
    slot(Role::Definition, Place::Fixed(register), Part::Implied)
}
const fn uses(part: Part) -> Slot {
    slot(Role::Use, Place::Register, part)
}
const fn uses_fixed(register: PhysicalRegister) -> Slot {
    slot(Role::Use, Place::Fixed(register), Part::Implied)
}
const USES_RM: Slot = slot(Role::Use, Place::Any, Part::Rm);

const fn info(layout: Layout, slots: &'static [Slot], text: &'static [Part]) -> FormInfo {
    let mut parts = Parts {
        reg: Parts::NONE,
        vvvv: Parts::NONE,
        rm: Parts::NONE,
        fourth: Parts::NONE,
    };
    let mut at = 0;
    while at < slots.len() {
        let part = match slots[at].part {
            Part::Reg => &mut parts.reg,
            Part::Vvvv => &mut parts.vvvv,
            Part::Rm => &mut parts.rm,
            Part::Fourth => &mut parts.fourth,
            Part::Tied | Part::Implied => {
                at += 1;
                continue;
            }
        };
        *part = at as u8;
        at += 1;
    }
    FormInfo {
        slots,
        parts,
        text,
        layout,
    }
}

macro_rules! forms {
    ($($(#[$doc:meta])* $form:ident $layout:ident [$($slot:expr),*] [$($part:ident),*];)*) => {
        /// Which operands an instruction has. In the comments, `=` is a definition, `+` the use that a definition is
        /// tied to, brackets are a register that is always the same.
        #[derive(Copy, Clone, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Form {
            $($(#[$doc])* $form,)*
        }

        /// What they are, in the order of [`Form`].
        static FORMS: [FormInfo; [$(Form::$form),*].len()] =
            [$(info(Layout::$layout, const { &[$($slot),*] }, const { &[$(Part::$part),*] })),*];
    };
}

// The name, the layout, the operands, and those that are written.
forms! {
    /// =reg, rm.
    RegRm ModRm [defines(Part::Reg), USES_RM] [Reg, Rm];
    /// =reg, rm: as [`Form::RegRm`], but in AVX with the source of the upper part in vvvv. It is no operand of the
    /// instruction: it is the register in rm if that is a vector register, and otherwise the destination.
    RegRmMerge ModRm [defines(Part::Reg), USES_RM] [Reg, Vvvv, Rm];
    /// =reg, +reg, rm. In AVX [`Form::RegVvvvRm`].
    RegRmTied ModRm [defines_tied(Part::Reg), uses(Part::Tied), USES_RM] [Reg, Rm];
    /// =reg, vvvv, rm.
    RegVvvvRm ModRm [defines(Part::Reg), uses(Part::Vvvv), USES_RM] [Reg, Vvvv, Rm];
    /// =reg, vvvv, rm, fourth.
    RegVvvvRmFourth ModRm [defines(Part::Reg), uses(Part::Vvvv), USES_RM, uses(Part::Fourth)] [Reg, Vvvv, Rm, Fourth];
    /// =reg, rm, vvvv.
    RegRmVvvv ModRm [defines(Part::Reg), USES_RM, uses(Part::Vvvv)] [Reg, Rm, Vvvv];
    /// =vvvv, rm.
    VvvvRm ModRm [defines(Part::Vvvv), USES_RM] [Vvvv, Rm];
    /// rm, reg; also for stores of reg to memory.
    RmReg ModRm [USES_RM, uses(Part::Reg)] [Rm, Reg];
    /// =rm, reg: rm is a register.
    RmRegDefinition ModRm [defines(Part::Rm), uses(Part::Reg)] [Rm, Reg];
    /// reg, rm.
    Compare ModRm [uses(Part::Reg), USES_RM] [Reg, Rm];
    /// rm; also for what works on memory with an immediate.
    Rm ModRm [USES_RM] [Rm];
    /// =rm: a register.
    RmDefinition ModRm [defines(Part::Rm)] [Rm];
    /// =rm, +rm: a register. In AVX [`Form::VvvvRm`].
    RmTied ModRm [defines_tied(Part::Rm), uses(Part::Tied)] [Rm];
    /// =rm, +rm, \[rcx\].
    RmTiedCl ModRm [defines_tied(Part::Rm), uses(Part::Tied), uses_fixed(RCX)] [Rm];
    /// =\[rax\], =\[rdx\], \[rax\], rm: the low and the high half of a product.
    MultiplyWide ModRm [defines_fixed(RAX), defines_fixed(RDX), uses_fixed(RAX), USES_RM] [Rm];
    /// =\[rax\], =\[rdx\], \[rax\], \[rdx\], rm: quotient and remainder of a number in two halves.
    Divide ModRm [defines_fixed(RAX), defines_fixed(RDX), uses_fixed(RAX), uses_fixed(RDX), USES_RM] [Rm];
    /// =\[rdx\], \[rax\].
    SignToRdx Opcode [defines_fixed(RDX), uses_fixed(RAX)] [];
    /// =reg: the register is also the other source. In AVX [`Form::SameThree`].
    Same ModRm [defines(Part::Reg)] [Reg, Rm];
    /// =reg: the register is also both sources.
    SameThree ModRm [defines(Part::Reg)] [Reg, Vvvv, Rm];
    /// =rm, in the opcode.
    PlusDefinition Opcode [defines(Part::Rm)] [Rm];
    /// =rm, +rm, in the opcode.
    PlusTied Opcode [defines_tied(Part::Rm), uses(Part::Tied)] [Rm];
    /// rm, in the opcode.
    PlusUse Opcode [uses(Part::Rm)] [Rm];
    /// Definitions as selection wants, rm, uses as selection wants.
    Branch ModRm [USES_RM] [Rm];
    /// Operands as selection wants, none of which is encoded.
    Free Opcode [] [];
    /// Operands as selection wants; emission knows what to do.
    Emission Emission [] [];
    /// =reg, rm: what emission does for moves too.
    Copy Emission [defines(Part::Reg), USES_RM] [Reg, Rm];
}

impl Form {
    /// What it is.
    #[inline]
    pub(crate) fn info(self) -> &'static FormInfo {
        &FORMS[self as usize]
    }

    /// The form of an AVX instruction whose SSE form is this one.
    const fn in_avx(self, properties: u16) -> Form {
        match self {
            Form::RegRmTied => Form::RegVvvvRm,
            Form::RmTied => Form::VvvvRm,
            Form::Same => Form::SameThree,
            Form::RegRm if properties & property::merges != 0 => Form::RegRmMerge,
            other => other,
        }
    }
}

/// An instruction of the table.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Row {
    /// What it is called, without the condition and without the `v` of AVX.
    pub(crate) mnemonic: &'static str,
    /// Its operands.
    pub(crate) form: Form,
    /// Its operands in AVX.
    pub(crate) form_in_avx: Form,
    /// The mandatory prefix.
    pub(crate) prefix: Prefix,
    /// The map of opcodes.
    pub(crate) map: Map,
    /// The opcode.
    pub(crate) opcode: u8,
    /// What is in the field `reg`. Operands in `vvvv` are registers of the same class, or if there is none, of that
    /// in `rm`.
    pub(crate) reg: OperandType,
    /// What is in the field `rm`, or in the opcode.
    pub(crate) rm: OperandType,
    /// The constant.
    pub(crate) immediate: Immediate,
    /// What the processor must have. AVX forms of rows with [`property::avx`] need [`CpuFeature::Avx`].
    pub(crate) feature: CpuFeature,
    /// Bits of [`property`].
    pub(crate) properties: u16,
}

/// A row.
#[expect(
    clippy::too_many_arguments,
    reason = "they are the columns of the table"
)]
pub(crate) const fn row(
    mnemonic: &'static str,
    form: Form,
    prefix: Prefix,
    map: Map,
    opcode: u8,
    reg: OperandType,
    rm: OperandType,
    immediate: Immediate,
    feature: CpuFeature,
    properties: u16,
) -> Row {
    let form_in_avx = form.in_avx(properties);
    Row {
        mnemonic,
        form,
        form_in_avx,
        prefix,
        map,
        opcode,
        reg,
        rm,
        immediate,
        feature,
        properties,
    }
}

impl Row {
    /// Whether it has one of these properties.
    #[inline]
    pub(crate) const fn has(&self, properties: u16) -> bool {
        self.properties & properties != 0
    }

    /// The class of the operand in `vvvv`.
    #[inline]
    pub(crate) const fn vvvv_class(&self) -> Class {
        match self.reg.class {
            Class::None => self.rm.class,
            class => class,
        }
    }

    /// Whether the operand in `rm` can be given in this way.
    #[inline]
    pub(crate) const fn allows(&self, mode: Mode) -> bool {
        match mode {
            Mode::Operand => {
                !self.rm.is_address
                    && !matches!((self.rm.class, self.rm.memory_bytes), (Class::None, 1..))
            }
            _ => self.rm.is_address || self.rm.memory_bytes != 0,
        }
    }

    /// Where a value of this kind has to be if it is the operand in `rm`: anywhere only if the instruction reads no
    /// more of the frame than the value has there.
    #[inline]
    pub(crate) const fn place(&self, kind: ValueKind) -> Place {
        let bytes = match kind {
            ValueKind::Integer | ValueKind::Float => 8,
            ValueKind::Vector => 16,
        };
        if matches!(self.rm.memory_bytes, 1..) && self.rm.memory_bytes <= bytes {
            Place::Any
        } else {
            Place::Register
        }
    }
}

/// Which instruction it is, and whether in the encoding of AVX: what is in [`Instruction::opcode`].
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opcode(pub(crate) u16);

impl Opcode {
    const VEX: u16 = 1 << 15;

    /// The instruction as its row has it.
    #[inline]
    pub(crate) const fn new(instruction: X64) -> Opcode {
        Opcode(instruction as u16)
    }

    /// The instruction in the encoding of AVX; it has to have [`property::avx`].
    #[inline]
    pub(crate) const fn in_avx(instruction: X64) -> Opcode {
        Opcode(instruction as u16 | Opcode::VEX)
    }

    /// Its row.
    #[inline]
    pub(crate) fn row(self) -> Option<&'static Row> {
        ROWS.get(usize::from(self.0 & !Opcode::VEX))
    }

    /// The instruction.
    #[inline]
    pub(crate) fn instruction(self) -> Option<X64> {
        ALL.get(usize::from(self.0 & !Opcode::VEX)).copied()
    }

    /// Whether AVX was chosen.
    #[inline]
    pub(crate) const fn is_in_avx(self) -> bool {
        self.0 & Opcode::VEX != 0
    }

    /// The form that its operands have, given its row.
    #[inline]
    pub(crate) const fn form(self, row: &Row) -> Form {
        if self.is_in_avx() {
            row.form_in_avx
        } else {
            row.form
        }
    }

    /// What [`Instruction::flags`] is for it in this mode.
    pub(crate) fn flags(self, row: &Row, mode: Mode) -> InstructionFlags {
        let mut flags = (mode as u8) << Mode::SHIFT;
        let is_operand = matches!(mode, Mode::Operand);
        if is_operand && row.has(property::commutative) && self.form(row) == Form::RegRmTied {
            flags |= InstructionFlags::COMMUTATIVE;
        }
        let loads_constant = matches!(mode, Mode::Constant)
            && matches!(self.form(row), Form::RegRm | Form::RegRmMerge)
            && !row.has(property::writes_flags);
        if row.has(property::repeatable) || loads_constant {
            flags |= InstructionFlags::REPEATABLE;
        }
        if row.has(property::calls) {
            flags |= InstructionFlags::CALL;
        }
        if row.form == Form::Copy {
            flags |= InstructionFlags::COPY;
        }
        InstructionFlags(flags)
    }
}

/// How the operand in [`Part::Rm`] is given: the upper four bits of [`Instruction::flags`]. In all modes but the first
/// it is in memory, and [`Instruction::a`] is a displacement, if nothing else is said.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Mode {
    /// As an operand: it is in a register, or if the allocation says so, in the frame.
    Operand = 0,
    /// base + a.
    Base = 1,
    /// base + index + a.
    Index1 = 2,
    /// base + index * 2 + a.
    Index2 = 3,
    /// base + index * 4 + a.
    Index4 = 4,
    /// base + index * 8 + a.
    Index8 = 5,
    /// The context's register + a.
    Context = 6,
    /// The constant with number a of the function's constants.
    Constant = 7,
    /// Where the function places arguments for functions that it calls: the first of them + a.
    Outgoing = 8,
    /// Where the function finds its arguments: the first of them + a.
    Incoming = 9,
}

impl Mode {
    /// Where it stands in [`InstructionFlags`].
    pub(crate) const SHIFT: u32 = 4;
    const ALL: [Mode; 10] = [
        Mode::Operand,
        Mode::Base,
        Mode::Index1,
        Mode::Index2,
        Mode::Index4,
        Mode::Index8,
        Mode::Context,
        Mode::Constant,
        Mode::Outgoing,
        Mode::Incoming,
    ];

    /// The mode of an instruction; `None` if these flags are no instruction's.
    #[inline]
    pub(crate) fn of(flags: InstructionFlags) -> Option<Mode> {
        Mode::ALL.get(usize::from(flags.0 >> Mode::SHIFT)).copied()
    }

    /// How many register operands stand in the place of the operand in [`Part::Rm`].
    #[inline]
    pub(crate) const fn registers(self) -> u8 {
        match self {
            Mode::Operand | Mode::Base => 1,
            Mode::Index1 | Mode::Index2 | Mode::Index4 | Mode::Index8 => 2,
            Mode::Context | Mode::Constant | Mode::Outgoing | Mode::Incoming => 0,
        }
    }

    /// The binary logarithm of what the index is multiplied by.
    #[inline]
    pub(crate) const fn scale(self) -> u8 {
        match self {
            Mode::Index2 => 1,
            Mode::Index4 => 2,
            Mode::Index8 => 3,
            _ => 0,
        }
    }
}

/// The constant of an instruction.
#[inline]
pub(crate) fn immediate_of(instruction: &Instruction, row: &Row) -> i64 {
    match row.immediate {
        Immediate::Constant => (u64::from(instruction.b) << 32 | u64::from(instruction.a)) as i64,
        _ => i64::from(instruction.b as i32),
    }
}
