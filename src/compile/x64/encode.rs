//! Encodes an instruction: one function for all rows of the table.
//!
//! Input: an [`Opcode`] and [`Operands`] with registers of the processor. Output: its bytes, behind those that are
//! there.
//! Holds: what does not fit its field or its row is an error and leaves the bytes as they were.

use alloc::vec::Vec;

use super::forms::{Class, Form, Immediate, Layout, Map, Opcode, Part, Prefix, Row, property};
use crate::compile::machine::{Bank, PhysicalRegister};

/// A register or a place in memory.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rm {
    /// A register.
    Register(PhysicalRegister),
    /// A place in memory.
    Memory {
        /// The register that its address begins with.
        base: PhysicalRegister,
        /// What is added: a register, and the binary logarithm of what it is multiplied by.
        index: Option<(PhysicalRegister, u8)>,
        /// What is added too.
        displacement: i32,
    },
    /// The place in memory this far behind the end of the instruction.
    RipRelative(i32),
}

/// The operands of an instruction. What its form does not have is ignored, as is a source that is tied.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Operands {
    /// The operand in `reg`.
    pub(crate) reg: PhysicalRegister,
    /// The operand in `vvvv`.
    pub(crate) vvvv: PhysicalRegister,
    /// The operand in `rm`, or in the opcode.
    pub(crate) rm: Rm,
    /// The constant; or for [`Immediate::Fourth`], the register's [`PhysicalRegister`].
    pub(crate) immediate: i64,
}

/// An instruction with these operands does not exist.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unencodable;

const REX: u8 = 0x40;
const REX_W: u8 = 8;
const REX_X: u8 = 2;
const REX_B: u8 = 1;

/// Up to 8 bytes.
#[derive(Copy, Clone, Default)]
struct Bytes {
    bits: u64,
    count: u32,
}

impl Bytes {
    #[inline(always)]
    fn push(&mut self, byte: u8) {
        self.bits |= u64::from(byte) << (self.count * 8);
        self.count += 1;
    }

    /// Copies all 8 and takes back those that are too many, since copies of a fixed size are quick.
    #[inline(always)]
    fn append_to(self, buffer: &mut Vec<u8>) {
        let end = buffer.len() + self.count as usize;
        buffer.extend_from_slice(&self.bits.to_le_bytes());
        buffer.truncate(end);
    }
}

/// The fields that stand for a register or memory operand.
struct Address {
    modrm: u8,
    sib: Option<u8>,
    /// [`REX_X`] and [`REX_B`].
    rex: u8,
    displacement: i32,
    displacement_bytes: u32,
}

/// The number of a register, if it is of this class.
#[inline(always)]
fn number(register: PhysicalRegister, class: Class) -> Result<u8, Unencodable> {
    let first = match class.bank() {
        Bank::Integer => 0,
        Bank::Vector => PhysicalRegister::FIRST_VECTOR,
    };
    let number = register.0 ^ first;
    if number < 16 {
        Ok(number)
    } else {
        Err(Unencodable)
    }
}

/// Appends an instruction. The result says how many of its bytes are behind its displacement: with that, who knows
/// where a place is later can write the displacement of [`Rm::RipRelative`].
pub(crate) fn encode(
    buffer: &mut Vec<u8>,
    opcode: Opcode,
    operands: &Operands,
) -> Result<u8, Unencodable> {
    let row = opcode.row().ok_or(Unencodable)?;
    let is_vex = opcode.is_in_avx() || row.has(property::only_vex);
    if opcode.is_in_avx() && !row.has(property::avx) {
        return Err(Unencodable);
    }
    let form = opcode.form(row);
    match form.info().layout {
        Layout::ModRm => {}
        Layout::Opcode => return encode_opcode(buffer, row, operands),
        Layout::Emission => return Err(Unencodable),
    }
    let (opcode, immediate) = immediate(row, operands.immediate)?;
    let address = address(row, operands.rm)?;
    let reg = match row.reg.class {
        Class::None => row.reg.digit,
        class => number(operands.reg, class)?,
    };
    let mut head = Bytes::default();
    if is_vex {
        let vvvv = match form {
            Form::RegRm | Form::RmReg | Form::RmRegDefinition | Form::Compare | Form::Rm => 0,
            _ => number(operands.vvvv, row.vvvv_class())?,
        };
        push_vex(&mut head, row, reg, vvvv, address.rex);
    } else {
        push_legacy(&mut head, row, reg, &address);
    }
    head.push(opcode);
    head.push(address.modrm | (reg & 7) << 3);
    if let Some(sib) = address.sib {
        head.push(sib);
    }
    let tail = Bytes {
        bits: u64::from(address.displacement as u32)
            & !(u64::MAX << (address.displacement_bytes * 8))
            | immediate.bits << (address.displacement_bytes * 8),
        count: address.displacement_bytes + immediate.count,
    };
    head.append_to(buffer);
    tail.append_to(buffer);
    Ok(immediate.count as u8)
}

#[inline(always)]
fn push_legacy(head: &mut Bytes, row: &Row, reg: u8, address: &Address) {
    let mut rex = address.rex | (reg & 8) >> 1;
    if row.reg.is_wide || row.rm.is_wide {
        rex |= REX_W;
    }
    // Without this prefix, the numbers 4 to 7 are the second bytes of rax to rbx.
    let is_low_byte = |class: Class, number: u8| class == Class::R8 && number >= 4;
    let rm_is_low_byte = address.modrm >= 0xC0 && is_low_byte(row.rm.class, address.modrm & 7);
    if rm_is_low_byte || is_low_byte(row.reg.class, reg) {
        rex |= REX;
    }
    push_prefixes(head, row, rex);
}

#[inline(always)]
fn push_prefixes(head: &mut Bytes, row: &Row, rex: u8) {
    match row.prefix {
        Prefix::None => {}
        Prefix::P66 => head.push(0x66),
        Prefix::PF3 => head.push(0xF3),
        Prefix::PF2 => head.push(0xF2),
    }
    if rex != 0 {
        head.push(REX | rex);
    }
    match row.map {
        Map::Primary => {}
        Map::Escape0F => head.push(0x0F),
        Map::Escape0F38 => {
            head.push(0x0F);
            head.push(0x38);
        }
        Map::Escape0F3A => {
            head.push(0x0F);
            head.push(0x3A);
        }
    }
}

#[inline(always)]
fn push_vex(head: &mut Bytes, row: &Row, reg: u8, vvvv: u8, rex: u8) {
    let rex = rex | (reg & 8) >> 1;
    let is_wide = row.reg.is_wide || row.rm.is_wide;
    let last = !vvvv << 3 & 0x78 | row.prefix as u8;
    if rex & (REX_X | REX_B) == 0 && !is_wide && row.map == Map::Escape0F {
        head.push(0xC5);
        head.push(!rex << 5 & 0x80 | last);
    } else {
        head.push(0xC4);
        head.push(!rex << 5 & 0xE0 | row.map as u8);
        head.push(u8::from(is_wide) << 7 | last);
    }
}

#[inline(always)]
fn address(row: &Row, rm: Rm) -> Result<Address, Unencodable> {
    let mut address = Address {
        modrm: 0,
        sib: None,
        rex: 0,
        displacement: 0,
        displacement_bytes: 0,
    };
    if let Rm::Register(register) = rm {
        let number = number(register, row.rm.class)?;
        if row.rm.class == Class::None {
            return Err(Unencodable);
        }
        address.modrm = 0xC0 | number & 7;
        address.rex = number >> 3;
        return Ok(address);
    }
    if row.rm.memory_bytes == 0 && !row.rm.is_address {
        return Err(Unencodable);
    }
    match rm {
        Rm::Memory {
            base,
            index,
            displacement,
        } => {
            let base = number(base, Class::R64)?;
            address.rex = base >> 3;
            if let Some((index, scale)) = index {
                let index = number(index, Class::R64)?;
                // What would be rsp here means that there is no index.
                if index == 4 || scale > 3 {
                    return Err(Unencodable);
                }
                address.modrm = 4;
                address.sib = Some(scale << 6 | (index & 7) << 3 | base & 7);
                address.rex |= index >> 3 << 1;
            } else if base & 7 == 4 {
                address.modrm = 4;
                address.sib = Some(0x24);
            } else {
                address.modrm = base & 7;
            }
            address.displacement = displacement;
            // What would be rbp or r13 without displacement means something else.
            let (bits, bytes) = match displacement {
                0 if base & 7 != 5 => (0, 0),
                -0x80..=0x7F => (0x40, 1),
                _ => (0x80, 4),
            };
            address.modrm |= bits;
            address.displacement_bytes = bytes;
        }
        Rm::RipRelative(displacement) => {
            address.modrm = 5;
            address.displacement = displacement;
            address.displacement_bytes = 4;
        }
        Rm::Register(_) => return Err(Unencodable),
    }
    Ok(address)
}

/// The opcode with this constant, and the bytes of the constant.
#[inline(always)]
fn immediate(row: &Row, value: i64) -> Result<(u8, Bytes), Unencodable> {
    // Of these opcodes, the one with bit 1 set takes a byte.
    const SHORT: u8 = 2;
    let bytes = |count: u32| Bytes {
        bits: (value as u64) & !(u64::MAX << (count * 8)),
        count,
    };
    let is_byte = value == i64::from(value as i8);
    let (opcode, is_valid, bytes) = match row.immediate {
        Immediate::None => (row.opcode, true, Bytes::default()),
        Immediate::Byte => (row.opcode, (-0x80..=0xFF).contains(&value), bytes(1)),
        Immediate::Word => (row.opcode, (-0x8000..=0xFFFF).contains(&value), bytes(2)),
        Immediate::Short if is_byte => (row.opcode | SHORT, true, bytes(1)),
        Immediate::Short | Immediate::Long => {
            (row.opcode, value == i64::from(value as i32), bytes(4))
        }
        Immediate::Condition => (
            row.opcode | value as u8 & 15,
            (0..16).contains(&value),
            Bytes::default(),
        ),
        Immediate::Fourth => {
            let register = u8::try_from(value).map_err(|_| Unencodable)?;
            let number = number(PhysicalRegister(register), Class::X)?;
            (
                row.opcode,
                true,
                Bytes {
                    bits: u64::from(number) << 4,
                    count: 1,
                },
            )
        }
        Immediate::Constant | Immediate::Label | Immediate::LabelCondition => {
            return Err(Unencodable);
        }
    };
    if is_valid {
        Ok((opcode, bytes))
    } else {
        Err(Unencodable)
    }
}

/// Encodes what has no operand, or one whose number is in the opcode.
fn encode_opcode(buffer: &mut Vec<u8>, row: &Row, operands: &Operands) -> Result<u8, Unencodable> {
    let mut head = Bytes::default();
    let has_register = row.form.info().text.contains(&Part::Rm);
    let mut register = 0;
    if has_register {
        let Rm::Register(operand) = operands.rm else {
            return Err(Unencodable);
        };
        register = number(operand, row.rm.class)?;
    }
    if row.immediate == Immediate::Constant {
        return Ok(encode_constant(
            buffer,
            row.opcode,
            register,
            operands.immediate,
        ));
    }
    let (opcode, immediate) = immediate(row, operands.immediate)?;
    push_prefixes(
        &mut head,
        row,
        register >> 3 | if row.rm.is_wide { REX_W } else { 0 },
    );
    head.push(opcode | register & 7);
    head.append_to(buffer);
    immediate.append_to(buffer);
    Ok(immediate.count as u8)
}

/// Brings a number to a register.
fn encode_constant(buffer: &mut Vec<u8>, opcode: u8, register: u8, value: i64) -> u8 {
    let mut head = Bytes::default();
    let rex = register >> 3;
    let count = if value == i64::from(value as u32) {
        if rex != 0 {
            head.push(REX | rex);
        }
        head.push(opcode | register & 7);
        4
    } else if value == i64::from(value as i32) {
        // The opcode that extends the sign.
        head.push(REX | REX_W | rex);
        head.push(0xC7);
        head.push(0xC0 | register & 7);
        4
    } else {
        head.push(REX | REX_W | rex);
        head.push(opcode | register & 7);
        8
    };
    head.append_to(buffer);
    Bytes {
        bits: value as u64,
        count,
    }
    .append_to(buffer);
    count as u8
}
