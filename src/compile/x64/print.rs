//! Instructions as text, in Intel's syntax: `add eax, dword ptr [rcx+rdx*4+0x10]`.
//!
//! Input: an instruction before or after the allocation of registers, or what is encoded. Output: its text.
//! Holds: what is encoded has the text that disassemblers print for its bytes. Before, a virtual register is `v12`,
//! a definition with the use that it is tied to is `v12=v3`, and operands that are always in the same register stand
//! in braces, the definitions first: `div v4 {v7@rax v8@rdx <- v1@rax v2@rdx}`. Words of the frame, arguments on the
//! stack and constants are `[frame 3]`, `[incoming+0x8]`, `[outgoing+0x8]` and `[constant 2]`.

use alloc::string::String;
use core::fmt::{self, Write};

use super::convention::{self, CONTEXT};
use super::encode::{Operands, Rm};
use super::forms::{Class, Form, Immediate, Mode, Opcode, Part, Row, immediate_of};
use super::operands::Numbers;
use crate::compile::machine::{Instruction, Location, Operand, PhysicalRegister, Place};

/// The names of conditions, by the number that opcodes have.
pub(super) const CONDITIONS: [&str; 16] = [
    "o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le", "g",
];

/// What stands for a register.
#[derive(Copy, Clone)]
enum Name {
    Register(PhysicalRegister),
    Virtual(u32),
    Word(u32),
    /// There should be an operand and there is none.
    Missing,
}

/// What stands for the register or memory operand.
enum Shown {
    Name(Name),
    Memory {
        base: Name,
        index: Option<(Name, u8)>,
        displacement: i32,
    },
    Place {
        what: &'static str,
        displacement: i32,
    },
    Constant(u32),
}

/// An instruction with what stands for each part.
struct View<'a> {
    row: &'a Row,
    form: Form,
    is_in_avx: bool,
    reg: Name,
    vvvv: Name,
    fourth: Name,
    /// What is tied to a definition, if it can be another register.
    tied: Option<Name>,
    rm: Shown,
    immediate: i64,
}

/// The text of what [`encode`](super::encode::encode) makes bytes of.
pub(crate) fn encoded(opcode: Opcode, operands: &Operands) -> String {
    let mut text = String::new();
    let Some(row) = opcode.row() else {
        return text;
    };
    let rm = match operands.rm {
        Rm::Register(register) => Shown::Name(Name::Register(register)),
        Rm::Memory {
            base,
            index,
            displacement,
        } => Shown::Memory {
            base: Name::Register(base),
            index: index.map(|(index, scale)| (Name::Register(index), scale)),
            displacement,
        },
        Rm::RipRelative(displacement) => Shown::Place {
            what: "rip",
            displacement,
        },
    };
    let view = View {
        row,
        form: opcode.form(row),
        is_in_avx: opcode.is_in_avx(),
        reg: Name::Register(operands.reg),
        vvvv: Name::Register(operands.vvvv),
        fourth: Name::Register(PhysicalRegister(operands.immediate as u8)),
        tied: None,
        rm,
        immediate: operands.immediate,
    };
    // Writing to a string does not fail.
    let _ = view.write(&mut text);
    text
}

/// The text of an instruction with these operands; with the places where they are, if they are known.
pub(crate) fn instruction(
    instruction: &Instruction,
    operands: &[Operand],
    locations: Option<&[Location]>,
) -> String {
    let mut text = String::new();
    let opcode = Opcode(instruction.opcode);
    let (Some(row), Some(mode)) = (opcode.row(), Mode::of(instruction.flags)) else {
        return text;
    };
    let name = |number: usize| match (operands.get(number), locations.map(|all| all.get(number))) {
        (Some(operand), None) => Name::Virtual(operand.register().0),
        (_, Some(Some(location))) => match (location.as_register(), location.as_word()) {
            (Some(register), _) => Name::Register(register),
            (None, Some(word)) => Name::Word(word),
            (None, None) => Name::Missing,
        },
        _ => Name::Missing,
    };
    let form = opcode.form(row);
    let numbers = Numbers::of(form, mode, operands);
    let reg = name(usize::from(numbers.reg));
    let rm = shown(instruction, mode, &numbers, &name);
    let view = View {
        row,
        form,
        is_in_avx: opcode.is_in_avx(),
        reg,
        vvvv: match (form, &rm) {
            (Form::RegRmMerge, Shown::Name(name @ (Name::Register(_) | Name::Virtual(_))))
                if row.rm.class == Class::X =>
            {
                *name
            }
            (Form::RegRmMerge, _) => reg,
            _ => name(usize::from(numbers.vvvv)),
        },
        fourth: name(usize::from(numbers.fourth)),
        tied: match operands.first().map(|operand| operand.place()) {
            Some(Place::Tied) if locations.is_none() => Some(name(1)),
            _ => None,
        },
        rm,
        immediate: immediate_of(instruction, row),
    };
    // Writing to a string does not fail.
    let _ = view.write(&mut text);
    if locations.is_none() {
        let _ = write_implied(&mut text, operands);
    }
    text
}

fn shown(
    instruction: &Instruction,
    mode: Mode,
    numbers: &Numbers,
    name: &dyn Fn(usize) -> Name,
) -> Shown {
    let displacement = instruction.a as i32;
    let rm = usize::from(numbers.rm);
    match mode {
        Mode::Operand => Shown::Name(name(rm)),
        Mode::Base => Shown::Memory {
            base: name(rm),
            index: None,
            displacement,
        },
        Mode::Index1 | Mode::Index2 | Mode::Index4 | Mode::Index8 => Shown::Memory {
            base: name(rm),
            index: Some((name(rm + 1), mode.scale())),
            displacement,
        },
        Mode::Context => Shown::Memory {
            base: Name::Register(CONTEXT),
            index: None,
            displacement,
        },
        Mode::Constant => Shown::Constant(instruction.a),
        Mode::Outgoing => Shown::Place {
            what: "outgoing",
            displacement,
        },
        Mode::Incoming => Shown::Place {
            what: "incoming",
            displacement,
        },
    }
}

/// The operands that have to be in a certain register.
fn write_implied(text: &mut String, operands: &[Operand]) -> fmt::Result {
    let mut separator = " {";
    let mut is_use = false;
    for operand in operands {
        let Place::Fixed(register) = operand.place() else {
            continue;
        };
        if !operand.is_definition() && !is_use {
            is_use = true;
            text.push_str(if separator == " {" { " {<- " } else { " <- " });
        } else {
            text.push_str(separator);
        }
        separator = " ";
        let class = if register.bank() == Class::X.bank() {
            Class::X
        } else {
            Class::R64
        };
        write!(
            text,
            "v{}@{}",
            operand.register().0,
            convention::name(register, class)
        )?;
    }
    if separator == " " {
        text.push('}');
    }
    Ok(())
}

impl View<'_> {
    fn write(&self, text: &mut String) -> fmt::Result {
        if self.is_in_avx {
            text.push('v');
        }
        text.push_str(self.row.mnemonic);
        if let Immediate::Condition | Immediate::LabelCondition = self.row.immediate {
            text.push_str(CONDITIONS[self.immediate as usize & 15]);
        }
        let mut separator = " ";
        for (at, &part) in self.form.info().text.iter().enumerate() {
            text.push_str(separator);
            separator = ", ";
            self.write_part(text, part)?;
            if let (0, Some(tied)) = (at, self.tied) {
                text.push('=');
                write_name(text, tied, self.row.reg.class)?;
            }
        }
        if self.form == Form::RmTiedCl {
            text.push_str(", cl");
        }
        self.write_immediate(text, separator)
    }

    fn write_part(&self, text: &mut String, part: Part) -> fmt::Result {
        match (part, &self.rm) {
            (Part::Reg, _) => write_name(text, self.reg, self.row.reg.class),
            (Part::Vvvv, _) => write_name(text, self.vvvv, self.row.vvvv_class()),
            (Part::Fourth, _) => write_name(text, self.fourth, Class::X),
            (Part::Rm, Shown::Name(Name::Word(word))) => {
                text.push_str(self.size());
                write!(text, "[frame {word}]")
            }
            (Part::Rm, Shown::Name(name)) => write_name(text, *name, self.rm_class()),
            (Part::Rm, memory) => {
                text.push_str(self.size());
                write_memory(text, memory)
            }
            (Part::Tied | Part::Implied, _) => Ok(()),
        }
    }

    /// A constant that needs only half a register is moved to half of it.
    fn rm_class(&self) -> Class {
        let is_half =
            self.row.immediate == Immediate::Constant && u32::try_from(self.immediate).is_ok();
        if is_half {
            Class::R32
        } else {
            self.row.rm.class
        }
    }

    fn size(&self) -> &'static str {
        match self.row.rm.memory_bytes {
            1 => "byte ptr ",
            2 => "word ptr ",
            4 => "dword ptr ",
            8 => "qword ptr ",
            16 => "xmmword ptr ",
            _ => "",
        }
    }

    fn write_immediate(&self, text: &mut String, separator: &str) -> fmt::Result {
        let value = self.immediate;
        match self.row.immediate {
            Immediate::None
            | Immediate::Condition
            | Immediate::Fourth
            | Immediate::Label
            | Immediate::LabelCondition => Ok(()),
            Immediate::Byte => write!(text, "{separator}{:#x}", value as u8),
            Immediate::Word => write!(text, "{separator}{:#x}", value as u16),
            Immediate::Constant => write!(text, "{separator}{value:#x}"),
            Immediate::Short | Immediate::Long => {
                text.push_str(separator);
                write_signed(text, value, "")
            }
        }
    }
}

fn write_memory(text: &mut String, memory: &Shown) -> fmt::Result {
    text.push('[');
    let mut displacement = 0;
    match *memory {
        Shown::Name(name) => write_name(text, name, Class::R64)?,
        Shown::Memory {
            base,
            index,
            displacement: added,
        } => {
            write_name(text, base, Class::R64)?;
            if let Some((index, scale)) = index {
                text.push('+');
                write_name(text, index, Class::R64)?;
                if scale != 0 {
                    write!(text, "*{}", 1 << scale)?;
                }
            }
            displacement = added;
        }
        Shown::Place {
            what,
            displacement: added,
        } => {
            text.push_str(what);
            displacement = added;
        }
        Shown::Constant(number) => write!(text, "constant {number}")?,
    }
    if displacement != 0 {
        write_signed(text, i64::from(displacement), "+")?;
    }
    text.push(']');
    Ok(())
}

fn write_signed(text: &mut String, value: i64, plus: &str) -> fmt::Result {
    text.push_str(if value < 0 { "-" } else { plus });
    write!(text, "{:#x}", value.unsigned_abs())
}

fn write_name(text: &mut String, name: Name, class: Class) -> fmt::Result {
    match name {
        Name::Register(register) => text.push_str(convention::name(register, class)),
        Name::Virtual(number) => write!(text, "v{number}")?,
        Name::Word(number) => write!(text, "[frame {number}]")?,
        Name::Missing => text.push('?'),
    }
    Ok(())
}
