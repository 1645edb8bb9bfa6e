//! From an allocated instruction to what is encoded: which operand is in which part.
//!
//! Input: an instruction, where its operands are, and where the words of the frame are. Output: [`Operands`].
//! Holds: an operand that is missing, or in the frame where a register is needed, is an error.

use alloc::vec::Vec;

use super::convention::{CONTEXT, STACK_POINTER};
use super::encode::{Operands, Rm, Unencodable};
use super::forms::{Class, Form, Immediate, Mode, Opcode, Part, Parts, Row, immediate_of};
use crate::compile::machine::{
    Instruction, Location, Operand, PhysicalRegister, Place, Role, ValueKind, VirtualRegister,
};

/// Where a function's frame is.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Frame {
    /// The register that words and incoming arguments are addressed by.
    pub(crate) base: PhysicalRegister,
    /// From that register to word 0 of the frame, in bytes. The others follow at higher addresses.
    pub(crate) words: i32,
    /// From that register to the first argument that the function was given on the stack, in bytes.
    pub(crate) incoming: i32,
    /// From the stack pointer to the first argument for a function that is called, in bytes.
    pub(crate) outgoing: i32,
}

/// The number of the operand in each part, of one instruction; [`Parts::NONE`] if none.
pub(crate) struct Numbers {
    pub(crate) reg: u8,
    pub(crate) vvvv: u8,
    /// The operand itself, or the base. The index is behind it.
    pub(crate) rm: u8,
    pub(crate) fourth: u8,
}

impl Numbers {
    /// The numbers for a form in a mode.
    #[inline]
    pub(crate) fn of(form: Form, mode: Mode, operands: &[Operand]) -> Numbers {
        let Parts {
            reg,
            vvvv,
            mut rm,
            fourth,
        } = form.info().parts;
        if form == Form::Branch {
            rm = operands
                .iter()
                .take_while(|operand| operand.is_definition())
                .count() as u8;
        }
        // What is behind it makes room for the base and the index, or fills the gap.
        let moved = |part: u8| match part {
            Parts::NONE => part,
            _ if part > rm && rm != Parts::NONE => part + mode.registers() - 1,
            _ => part,
        };
        if let Form::Same | Form::SameThree = form {
            return Numbers {
                reg,
                vvvv: reg,
                rm: reg,
                fourth,
            };
        }
        Numbers {
            reg: moved(reg),
            vvvv: moved(vvvv),
            rm,
            fourth: moved(fourth),
        }
    }
}

/// What is encoded for an instruction. In [`Mode::Constant`], the displacement is to be written when the place of the
/// constant is known.
#[inline]
pub(crate) fn allocated(
    instruction: &Instruction,
    operands: &[Operand],
    locations: &[Location],
    frame: &Frame,
) -> Result<(Opcode, Operands), Unencodable> {
    let opcode = Opcode(instruction.opcode);
    let row = opcode.row().ok_or(Unencodable)?;
    let mode = Mode::of(instruction.flags).ok_or(Unencodable)?;
    if !row.allows(mode) {
        return Err(Unencodable);
    }
    let form = opcode.form(row);
    let numbers = Numbers::of(form, mode, operands);
    let register = |number: u8| match number {
        // A register that the form does not have is ignored.
        Parts::NONE => Ok(PhysicalRegister(0)),
        _ => locations
            .get(usize::from(number))
            .and_then(|location| location.as_register())
            .ok_or(Unencodable),
    };
    let memory = |base, index, displacement| Rm::Memory {
        base,
        index,
        displacement,
    };
    let displacement = instruction.a as i32;
    let rm = match mode {
        Mode::Operand if numbers.rm == Parts::NONE => Rm::Register(PhysicalRegister(0)),
        Mode::Operand => at(locations, numbers.rm, frame)?,
        Mode::Base => memory(register(numbers.rm)?, None, displacement),
        Mode::Index1 | Mode::Index2 | Mode::Index4 | Mode::Index8 => {
            let index = (register(numbers.rm + 1)?, mode.scale());
            memory(register(numbers.rm)?, Some(index), displacement)
        }
        Mode::Context => memory(CONTEXT, None, displacement),
        Mode::Constant => Rm::RipRelative(0),
        Mode::Outgoing => memory(
            STACK_POINTER,
            None,
            displacement
                .checked_add(frame.outgoing)
                .ok_or(Unencodable)?,
        ),
        Mode::Incoming => memory(
            frame.base,
            None,
            displacement
                .checked_add(frame.incoming)
                .ok_or(Unencodable)?,
        ),
    };
    let reg = register(numbers.reg)?;
    let vvvv = match (form, rm) {
        (Form::RegRmMerge, Rm::Register(source)) if source.bank() == Class::X.bank() => source,
        (Form::RegRmMerge, _) => reg,
        _ => register(numbers.vvvv)?,
    };
    let immediate = match row.immediate {
        Immediate::Fourth => i64::from(register(numbers.fourth)?.0),
        _ => immediate_of(instruction, row),
    };
    Ok((
        opcode,
        Operands {
            reg,
            vvvv,
            rm,
            immediate,
        },
    ))
}

/// An operand, wherever it is.
#[inline]
fn at(locations: &[Location], number: u8, frame: &Frame) -> Result<Rm, Unencodable> {
    let location = locations.get(usize::from(number)).ok_or(Unencodable)?;
    if let Some(register) = location.as_register() {
        return Ok(Rm::Register(register));
    }
    let displacement = location
        .as_word()
        .and_then(|word| {
            i32::try_from(word)
                .ok()?
                .checked_mul(8)?
                .checked_add(frame.words)
        })
        .ok_or(Unencodable)?;
    Ok(Rm::Memory {
        base: frame.base,
        index: None,
        displacement,
    })
}

/// Appends the operands of an instruction to a function's: `registers` in the order of the form, and if the operand
/// in [`Part::Rm`] is in memory, instead of it the registers of its address. `kinds` says what virtual registers
/// hold. The result is false if the registers are not as many as the form has operands.
pub(crate) fn append(
    list: &mut Vec<Operand>,
    row: &Row,
    form: Form,
    address: Option<&[VirtualRegister]>,
    registers: &[VirtualRegister],
    kinds: &[ValueKind],
) -> bool {
    let mut registers = registers.iter();
    for slot in form.info().slots {
        if let (Part::Rm, Some(address)) = (slot.part, address) {
            for &register in address {
                list.push(Operand::new(register, Role::Use, Place::Register));
            }
            continue;
        }
        let Some(&register) = registers.next() else {
            return false;
        };
        let place = match slot.place {
            Place::Any => row.place(kinds[register.0 as usize]),
            place => place,
        };
        list.push(Operand::new(register, slot.role, place));
    }
    registers.next().is_none()
}
