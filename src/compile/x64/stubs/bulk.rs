//! The stubs that copy and fill bytes in memory 0.
//!
//! Input: addresses, a byte and a length, as code has them. Holds: all registers are as before but those that the
//! convention names, and nothing is stored unless everything is within bounds. Long ranges, and those out of bounds,
//! are left to the runtime.

use core::mem::offset_of;

use super::super::convention::{
    BULK_ARGUMENTS, CONTEXT, LOST_BY_COPY, RAX, RCX, SCRATCH, SCRATCH_VECTOR,
};
use super::super::encode::Rm;
use super::super::instructions::X64;
use super::super::select::control::Condition;
use super::{Assembler, memory};
use crate::compile::machine::PhysicalRegister;
use crate::error::Error;
use crate::runtime::layout::{VmContext, VmMemory};

const TARGET: PhysicalRegister = BULK_ARGUMENTS[0];
const SECOND: PhysicalRegister = BULK_ARGUMENTS[1];
const LENGTH: PhysicalRegister = BULK_ARGUMENTS[2];

/// For more bytes, what the runtime does for a call weighs little.
const MOST_BYTES: i64 = 256;

/// How so many bytes move at once through a general register.
struct Width {
    bytes: i32,
    load: X64,
    store: X64,
}

/// From the widest to the narrowest. Two of a width, from both ends, move all lengths from that width to twice as many
/// bytes.
const WIDTHS: [Width; 4] = [
    width(8, X64::Mov64, X64::Mov64Store),
    width(4, X64::Mov32, X64::Mov32Store),
    width(2, X64::Movzx16, X64::Mov16Store),
    width(1, X64::Movzx8, X64::Mov8Store),
];

const fn width(bytes: i32, load: X64, store: X64) -> Width {
    Width { bytes, load, store }
}

/// So many bytes behind an address.
fn from_start(address: PhysicalRegister, bytes: i32) -> Rm {
    memory(address, bytes)
}

/// So many bytes before the end of the range that begins at an address.
fn from_end(address: PhysicalRegister, bytes: i32) -> Rm {
    indexed(address, LENGTH, -bytes)
}

fn indexed(base: PhysicalRegister, index: PhysicalRegister, displacement: i32) -> Rm {
    Rm::Memory {
        base,
        index: Some((index, 0)),
        displacement,
    }
}

/// Where four vectors begin that together are the range at an address, after [`Assembler::quarters`].
fn quarters(address: PhysicalRegister) -> [Rm; 4] {
    [
        from_start(address, 0),
        indexed(address, RCX, 0),
        indexed(address, RAX, 0),
        from_end(address, 16),
    ]
}

impl Assembler<'_> {
    /// Appends the stub that copies, which calls `function` for what is long, and gives where it begins.
    pub(super) fn copy_bytes(&mut self, function: usize) -> Result<usize, Error> {
        const SOURCE: PhysicalRegister = SECOND;
        const VECTORS: [PhysicalRegister; 4] = [
            LOST_BY_COPY[2],
            LOST_BY_COPY[3],
            LOST_BY_COPY[4],
            SCRATCH_VECTOR,
        ];
        let start = self.bytes.len();
        let left = self.addresses_of(&[TARGET, SOURCE])?;
        self.compare(LENGTH, 16)?;
        let is_over_16 = self.jump_if(Condition::Above);
        for Width { bytes, load, store } in WIDTHS {
            self.compare(LENGTH, bytes.into())?;
            let is_shorter = self.jump_if(Condition::Below);
            self.plain(load, RAX, from_start(SOURCE, 0), 0)?;
            self.plain(load, RCX, from_end(SOURCE, bytes), 0)?;
            self.plain(store, RAX, from_start(TARGET, 0), 0)?;
            self.plain(store, RCX, from_end(TARGET, bytes), 0)?;
            self.leave_bulk(&[TARGET, SOURCE])?;
            self.bind(is_shorter);
        }
        self.leave_bulk(&[TARGET, SOURCE])?;

        self.bind(is_over_16);
        self.compare(LENGTH, 64)?;
        let is_over_64 = self.jump_if(Condition::Above);
        self.quarters()?;
        self.move_vectors(&VECTORS, &quarters(SOURCE), &quarters(TARGET))?;
        self.leave_bulk(&[TARGET, SOURCE])?;

        // From the end to which the target lies. What the other end has is loaded before anything is stored.
        self.bind(is_over_64);
        let first = |address| [from_start(address, 0), from_start(address, 16)];
        let last = |address| [from_end(address, 32), from_end(address, 16)];
        let [moving, kept] = [&VECTORS[..2], &VECTORS[2..]];
        let present = |address| [indexed(address, RCX, 0), indexed(address, RCX, 16)];
        self.copy(RAX, TARGET)?;
        self.plain(X64::Sub64, RAX, Rm::Register(SOURCE), 0)?;
        self.plain(X64::Cmp64, RAX, Rm::Register(LENGTH), 0)?;
        let is_backward = self.jump_if(Condition::Below);
        self.load_vectors(kept, &last(SOURCE))?;
        self.plain(X64::Lea64, RAX, memory(LENGTH, -32), 0)?;
        self.constant(RCX, 0)?;
        let again = self.bytes.len();
        self.move_vectors(moving, &present(SOURCE), &present(TARGET))?;
        self.plain(X64::Add64Imm, RCX, Rm::Register(RCX), 32)?;
        self.plain(X64::Cmp64, RCX, Rm::Register(RAX), 0)?;
        self.jump_back_if(Condition::Below, again);
        self.store_vectors(kept, &last(TARGET))?;
        self.leave_bulk(&[TARGET, SOURCE])?;

        self.bind(is_backward);
        self.load_vectors(kept, &first(SOURCE))?;
        self.copy(RCX, LENGTH)?;
        let again = self.bytes.len();
        self.plain(X64::Sub64Imm, RCX, Rm::Register(RCX), 32)?;
        self.move_vectors(moving, &present(SOURCE), &present(TARGET))?;
        self.compare(RCX, 32)?;
        self.jump_back_if(Condition::Above, again);
        self.store_vectors(kept, &first(TARGET))?;
        self.leave_bulk(&[TARGET, SOURCE])?;

        self.leave_to(function, left)?;
        Ok(start)
    }

    /// Appends the stub that fills, which calls `function` for what is long, and gives where it begins.
    pub(super) fn fill_bytes(&mut self, function: usize) -> Result<usize, Error> {
        const BYTE: PhysicalRegister = SECOND;
        let start = self.bytes.len();
        let left = self.addresses_of(&[TARGET])?;
        self.plain(X64::Movzx8, RCX, Rm::Register(BYTE), 0)?;
        self.constant(RAX, 0x0101_0101_0101_0101)?;
        self.plain(X64::Imul64, RAX, Rm::Register(RCX), 0)?;
        self.compare(LENGTH, 16)?;
        let is_over_16 = self.jump_if(Condition::Above);
        for Width { bytes, store, .. } in WIDTHS {
            self.compare(LENGTH, bytes.into())?;
            let is_shorter = self.jump_if(Condition::Below);
            self.plain(store, RAX, from_start(TARGET, 0), 0)?;
            self.plain(store, RAX, from_end(TARGET, bytes), 0)?;
            self.leave_bulk(&[TARGET])?;
            self.bind(is_shorter);
        }
        self.leave_bulk(&[TARGET])?;

        self.bind(is_over_16);
        self.plain(X64::MovqToVector, SCRATCH_VECTOR, Rm::Register(RAX), 0)?;
        let scratch = Rm::Register(SCRATCH_VECTOR);
        self.plain(X64::Movlhps, SCRATCH_VECTOR, scratch, 0)?;
        self.compare(LENGTH, 64)?;
        let is_over_64 = self.jump_if(Condition::Above);
        self.quarters()?;
        self.store_vectors(&[SCRATCH_VECTOR; 4], &quarters(TARGET))?;
        self.leave_bulk(&[TARGET])?;

        self.bind(is_over_64);
        let vector = &[SCRATCH_VECTOR];
        self.plain(X64::Lea64, RAX, memory(LENGTH, -16), 0)?;
        self.constant(RCX, 0)?;
        let again = self.bytes.len();
        self.store_vectors(vector, &[indexed(TARGET, RCX, 0)])?;
        self.plain(X64::Add64Imm, RCX, Rm::Register(RCX), 16)?;
        self.plain(X64::Cmp64, RCX, Rm::Register(RAX), 0)?;
        self.jump_back_if(Condition::Below, again);
        self.store_vectors(vector, &[from_end(TARGET, 16)])?;
        self.leave_bulk(&[TARGET])?;

        self.leave_to(function, left)?;
        Ok(start)
    }

    /// Makes addresses in memory of these addresses in the guest, if so many bytes there are within bounds and not too
    /// many. Gives the jumps that are taken otherwise. The memory's base is in the scratch register.
    fn addresses_of(&mut self, ranges: &[PhysicalRegister]) -> Result<[usize; 3], Error> {
        self.compare(LENGTH, MOST_BYTES)?;
        let mut left = [self.jump_if(Condition::Above); 3];
        self.load(RAX, memory(CONTEXT, offset_of!(VmContext, memory0) as i32))?;
        let size = memory(RAX, offset_of!(VmMemory, size_bytes) as i32);
        for (&range, left) in ranges.iter().zip(&mut left[1..]) {
            self.plain(X64::Lea64, SCRATCH, indexed(range, LENGTH, 0), 0)?;
            self.plain(X64::Cmp64, SCRATCH, size, 0)?;
            *left = self.jump_if(Condition::Above);
        }
        self.load(SCRATCH, memory(RAX, offset_of!(VmMemory, base) as i32))?;
        for &range in ranges {
            self.plain(X64::Add64, range, Rm::Register(SCRATCH), 0)?;
        }
        Ok(left)
    }

    /// Finds where the second and the third of four vectors begin that cover 17 to 64 bytes: both overlap the others
    /// if the range is short. Lengths are hard to predict, so that one branch less is worth two vectors.
    fn quarters(&mut self) -> Result<(), Error> {
        self.plain(X64::Lea64, RAX, memory(LENGTH, -16), 0)?;
        self.constant(RCX, 16)?;
        self.plain(X64::Cmp64, RAX, Rm::Register(RCX), 0)?;
        let is_short = Condition::Below as i64;
        self.plain(X64::Cmov64, RCX, Rm::Register(RAX), is_short)?;
        self.plain(X64::Sub64, RAX, Rm::Register(RCX), 0)
    }

    /// Restores the addresses in the guest, and returns.
    fn leave_bulk(&mut self, ranges: &[PhysicalRegister]) -> Result<(), Error> {
        for &range in ranges {
            self.plain(X64::Sub64, range, Rm::Register(SCRATCH), 0)?;
        }
        self.plain(X64::Ret, RAX, Rm::Register(RAX), 0)
    }

    /// Where these jumps lead: the runtime does it.
    fn leave_to(&mut self, function: usize, jumps: [usize; 3]) -> Result<(), Error> {
        for jump in jumps {
            self.bind(jump);
        }
        self.call_keeping_all(function, &BULK_ARGUMENTS)
    }

    fn compare(&mut self, register: PhysicalRegister, constant: i64) -> Result<(), Error> {
        self.plain(X64::Cmp64Imm, register, Rm::Register(register), constant)
    }

    /// Loads all vectors, then stores them.
    fn move_vectors(
        &mut self,
        vectors: &[PhysicalRegister],
        from: &[Rm],
        to: &[Rm],
    ) -> Result<(), Error> {
        self.load_vectors(vectors, from)?;
        self.store_vectors(vectors, to)
    }

    fn load_vectors(&mut self, vectors: &[PhysicalRegister], from: &[Rm]) -> Result<(), Error> {
        for (&vector, &place) in vectors.iter().zip(from) {
            self.plain(X64::Movups, vector, place, 0)?;
        }
        Ok(())
    }

    fn store_vectors(&mut self, vectors: &[PhysicalRegister], to: &[Rm]) -> Result<(), Error> {
        for (&vector, &place) in vectors.iter().zip(to) {
            self.plain(X64::MovupsStore, vector, place, 0)?;
        }
        Ok(())
    }
}
