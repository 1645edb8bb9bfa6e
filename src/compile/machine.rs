//! Machine code whose registers are not chosen yet, and where they are once chosen: the same records for every
//! processor.
//!
//! Input: what selection emits. Output: [`MachineFunction`], which the allocation of registers reads, and
//! [`Allocation`], which it leaves for emission.
//! Holds: the function is in SSA form: each virtual register is defined once, by an instruction or as a parameter
//! of a block, and the definition dominates every use. Blocks are in reverse postorder, loops are contiguous:
//! an edge goes to a later block, or back to the header of a loop that contains its origin.

use alloc::vec::Vec;
use core::ops::Range;

use super::frameless::Frameless;

/// A virtual register.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct VirtualRegister(pub(crate) u32);

/// How many virtual registers a function can have: operands have this many bits for them.
pub(crate) const MAX_VIRTUAL_REGISTERS: u32 = 1 << 23;

/// What a virtual register holds, which says in which registers it can be and how it is stored.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum ValueKind {
    /// An integer of at most 64 bits, an address or a reference. A narrower integer is zero-extended.
    Integer = 0,
    /// A floating-point number of 32 or 64 bits, in the low part of a vector register.
    Float = 1,
    /// A vector of 128 bits.
    Vector = 2,
}

/// A bank of registers.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Bank {
    /// The general registers, numbered from 0.
    Integer = 0,
    /// The vector registers, numbered from [`PhysicalRegister::FIRST_VECTOR`].
    Vector = 1,
}

impl ValueKind {
    /// Where it can be.
    #[inline]
    pub(crate) fn bank(self) -> Bank {
        match self {
            ValueKind::Integer => Bank::Integer,
            ValueKind::Float | ValueKind::Vector => Bank::Vector,
        }
    }

    /// How many 8-byte words it takes in the frame.
    #[inline]
    pub(crate) fn words(self) -> u32 {
        match self {
            ValueKind::Integer | ValueKind::Float => 1,
            ValueKind::Vector => 2,
        }
    }
}

/// A register of the processor: below 32 a general one, below 64 a vector register.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PhysicalRegister(pub(crate) u8);

impl PhysicalRegister {
    /// The number of the first vector register.
    pub(crate) const FIRST_VECTOR: u8 = 32;
    /// How many numbers there are.
    pub(crate) const COUNT: usize = 64;

    /// The bank that it belongs to.
    #[inline]
    pub(crate) fn bank(self) -> Bank {
        if self.0 < PhysicalRegister::FIRST_VECTOR {
            Bank::Integer
        } else {
            Bank::Vector
        }
    }

    /// Its number within its bank, as encodings have it.
    #[inline]
    pub(crate) fn number(self) -> u8 {
        self.0 % PhysicalRegister::FIRST_VECTOR
    }
}

/// What an instruction does with an operand.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Role {
    /// It is read before any [`Role::Definition`] is written, so that both can share a register.
    Use = 0,
    /// It is read when definitions may be written already, so that it shares no register with them.
    LateUse = 1,
    /// It is written after every [`Role::Use`] was read.
    Definition = 2,
    /// It is written before the uses are read, so that it shares a register with none of them: a temporary, or a
    /// result that is made in several steps.
    EarlyDefinition = 3,
}

/// Where an operand has to be.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In any register of its bank.
    Register,
    /// In any register of its bank or in its place in the frame; only for uses.
    Any,
    /// Only for a [`Role::Definition`]: in the same register as the operand behind it, a [`Role::Use`] that has to
    /// be in any register. If the instruction is [`InstructionFlags::COMMUTATIVE`], the operand two behind it
    /// (which is [`Place::Register`] or [`Place::Any`]) may take the other one's part.
    Tied,
    /// In this register, which can be allocated.
    Fixed(PhysicalRegister),
}

/// An operand of an instruction: a virtual register, what happens to it and where it has to be, in 32 bits.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Operand(u32);

impl Operand {
    const ROLE_SHIFT: u32 = 23;
    const PLACE_SHIFT: u32 = 25;
    const ANY: u32 = 1;
    const TIED: u32 = 2;
    const FIXED: u32 = 64;

    /// Packs an operand. The register's number is below [`MAX_VIRTUAL_REGISTERS`], as selection checks.
    #[inline]
    pub(crate) fn new(register: VirtualRegister, role: Role, place: Place) -> Operand {
        let place = match place {
            Place::Register => 0,
            Place::Any => Operand::ANY,
            Place::Tied => Operand::TIED,
            Place::Fixed(register) => Operand::FIXED + u32::from(register.0),
        };
        Operand(register.0 | (role as u32) << Operand::ROLE_SHIFT | place << Operand::PLACE_SHIFT)
    }

    /// The virtual register.
    #[inline]
    pub(crate) fn register(self) -> VirtualRegister {
        VirtualRegister(self.0 & (MAX_VIRTUAL_REGISTERS - 1))
    }

    /// The same operand with another virtual register.
    #[inline]
    pub(crate) fn with_register(self, register: VirtualRegister) -> Operand {
        Operand(self.0 & !(MAX_VIRTUAL_REGISTERS - 1) | register.0)
    }

    /// What happens to it.
    #[inline]
    pub(crate) fn role(self) -> Role {
        match self.0 >> Operand::ROLE_SHIFT & 3 {
            0 => Role::Use,
            1 => Role::LateUse,
            2 => Role::Definition,
            _ => Role::EarlyDefinition,
        }
    }

    /// Whether the instruction writes it.
    #[inline]
    pub(crate) fn is_definition(self) -> bool {
        self.0 >> Operand::ROLE_SHIFT & 2 != 0
    }

    /// Where it has to be.
    #[inline]
    pub(crate) fn place(self) -> Place {
        match self.0 >> Operand::PLACE_SHIFT {
            0 => Place::Register,
            Operand::ANY => Place::Any,
            Operand::TIED => Place::Tied,
            fixed => Place::Fixed(PhysicalRegister((fixed - Operand::FIXED) as u8)),
        }
    }
}

/// What the allocation of registers has to know of an instruction besides its operands; the upper four bits are for
/// the processor's own use.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct InstructionFlags(pub(crate) u8);

impl InstructionFlags {
    /// It calls: registers that are not [`RegisterFile::preserved`] lose their content, after the uses are read.
    pub(crate) const CALL: u8 = 1;
    /// The operand that a definition is tied to and the next one can change places.
    pub(crate) const COMMUTATIVE: u8 = 2;
    /// It has one definition and no use, and can be executed again anywhere, without effect on anything else (not
    /// even condition flags): cheaper than storing what it defines.
    pub(crate) const REPEATABLE: u8 = 4;
    /// Its first operand becomes equal to its second, a use in [`Place::Any`], and it does nothing else: if both are
    /// in one place, it is not emitted.
    pub(crate) const COPY: u8 = 8;

    /// Whether it has one of these.
    #[inline]
    pub(crate) fn has(self, flags: u8) -> bool {
        self.0 & flags != 0
    }
}

/// An instruction of the processor, in 16 bytes.
#[derive(Copy, Clone, Debug)]
#[repr(C)]
pub(crate) struct Instruction {
    /// Which one, as the processor's table numbers them.
    pub(crate) opcode: u16,
    /// What it is for the allocation, and the processor's bits.
    pub(crate) flags: InstructionFlags,
    /// How many operands it has.
    pub(crate) operand_count: u8,
    /// The first of them in [`MachineFunction::operands`].
    pub(crate) first_operand: u32,
    /// For the processor: a displacement, an immediate, or a number of something.
    pub(crate) a: u32,
    /// As `a`.
    pub(crate) b: u32,
}

impl Instruction {
    /// The range of its operands in [`MachineFunction::operands`] and [`Allocation::locations`].
    #[inline]
    pub(crate) fn operands(&self) -> Range<usize> {
        let first = self.first_operand as usize;
        first..first + usize::from(self.operand_count)
    }
}

/// A block.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    /// Its instructions. The last one ends the block: it branches, returns or traps. What it defines, nothing uses.
    pub(crate) instructions: Range<u32>,
    /// Its parameters, in [`MachineFunction::lists`]. The first block has none: what a function is given is defined
    /// by its first instruction.
    pub(crate) parameters: Range<u32>,
    /// The edges to its successors, in [`MachineFunction::edges`], in the order in which its last instruction counts
    /// them.
    pub(crate) successors: Range<u32>,
    /// The numbers of the edges from its predecessors, in [`MachineFunction::lists`].
    pub(crate) predecessors: Range<u32>,
    /// In how many loops it is.
    pub(crate) loop_depth: u16,
    /// If it is the header of a loop: the block behind the last one of the loop. Otherwise 0.
    pub(crate) loop_end: u32,
    /// Whether it is seldom executed.
    pub(crate) is_cold: bool,
}

/// A branch from one block to another.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    /// The block that it leaves.
    pub(crate) from: u32,
    /// The block that it enters.
    pub(crate) to: u32,
    /// The values of the parameters of `to`, in [`MachineFunction::lists`].
    pub(crate) arguments: Range<u32>,
}

/// A function in instructions of a processor.
#[derive(Default)]
pub(crate) struct MachineFunction {
    /// The instructions, block after block.
    pub(crate) instructions: Vec<Instruction>,
    /// The operands of all instructions.
    pub(crate) operands: Vec<Operand>,
    /// The blocks; execution begins with the first.
    pub(crate) blocks: Vec<Block>,
    /// The edges.
    pub(crate) edges: Vec<Edge>,
    /// Numbers of virtual registers and edges, to which blocks and edges refer.
    pub(crate) lists: Vec<u32>,
    /// What each virtual register holds.
    pub(crate) kinds: Vec<ValueKind>,
}

/// The registers of a processor.
pub(crate) struct RegisterFile {
    /// The general registers that can be allocated, and the vector registers, each in the order of preference. None
    /// of them is a scratch register.
    pub(crate) allocatable: [&'static [PhysicalRegister]; 2],
    /// Those that calls leave alone, as bits by number.
    pub(crate) preserved: u64,
    /// What no value lives in, by bank. Allocation breaks cycles of moves with them, and emission may use them
    /// within an instruction, or for a move from one place in the frame to another: the one of the bank of what is
    /// moved.
    pub(crate) scratch: [PhysicalRegister; 2],
}

/// Where a value is: in a register, or in words of the frame.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Location(u32);

impl Location {
    /// For the definition of an instruction that is not emitted: one that is repeated where its value is used.
    pub(crate) const NONE: Location = Location(u32::MAX);

    /// A register.
    #[inline]
    pub(crate) fn register(register: PhysicalRegister) -> Location {
        Location(u32::from(register.0))
    }

    /// The word of the frame with this number, and for a vector the one behind it: then the number is even.
    #[inline]
    pub(crate) fn word(number: u32) -> Location {
        Location(number + PhysicalRegister::COUNT as u32)
    }

    /// The register, if it is one.
    #[inline]
    pub(crate) fn as_register(self) -> Option<PhysicalRegister> {
        (self.0 < PhysicalRegister::COUNT as u32).then_some(PhysicalRegister(self.0 as u8))
    }

    /// The number of the word in the frame, if it is there.
    #[inline]
    pub(crate) fn as_word(self) -> Option<u32> {
        self.0.checked_sub(PhysicalRegister::COUNT as u32)
    }
}

/// Something to do between instructions.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// Before which instruction, by its number.
    pub(crate) before: u32,
    /// What.
    pub(crate) what: Transfer,
}

/// Brings a value to a place. Several in a row are done one after the other.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Transfer {
    /// Copies a value.
    Move {
        /// How it is copied. Words of the frame may be copied as what they are not: integers by way of a vector
        /// register, vectors as two integers.
        kind: ValueKind,
        /// Where it is.
        from: Location,
        /// Where it shall be too.
        to: Location,
    },
    /// Executes an instruction that is [`InstructionFlags::REPEATABLE`] again.
    Repeat {
        /// Its number.
        instruction: u32,
        /// The register for what it defines.
        to: PhysicalRegister,
    },
}

/// An edge that needs code of its own, between the branch and its target.
#[derive(Clone, Debug)]
pub(crate) struct SplitEdge {
    /// The number of the edge.
    pub(crate) edge: u32,
    /// What to do on it, in [`Allocation::split_transfers`].
    pub(crate) transfers: Range<u32>,
}

/// Where everything is.
#[derive(Default)]
pub(crate) struct Allocation {
    /// Where each operand is; parallel to [`MachineFunction::operands`]. Operands that have changed places stay so
    /// here and there.
    pub(crate) locations: Vec<Location>,
    /// What to do between instructions, in the order of the instructions. What is to be done before the last
    /// instruction of a block does not change condition flags.
    pub(crate) edits: Vec<Edit>,
    /// The edges that have code of their own.
    pub(crate) splits: Vec<SplitEdge>,
    /// What that code does.
    pub(crate) split_transfers: Vec<Transfer>,
    /// How many words of the frame are used.
    pub(crate) frame_words: u32,
    /// The registers that are written anywhere, as bits by number.
    pub(crate) written: u64,
    /// Blocks that come before all calls, if there is a way on which there is none: they have been kept from needing a
    /// frame as far as possible.
    pub(crate) frameless: Frameless,
}
