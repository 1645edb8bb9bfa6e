//! The text of a function of machine code, before and after allocation, for tests and tools.
//!
//! Input: a [`MachineFunction`] and perhaps its [`Allocation`]. Output: lines of text.

use alloc::string::String;
use core::fmt::{self, Write};

use crate::compile::machine::{
    Allocation, Instruction, Location, MachineFunction, Operand, Transfer,
};

/// The text of an instruction with its operands, and where these are if that is known.
type Text = fn(&Instruction, &[Operand], Option<&[Location]>) -> String;

/// Writes the function, one instruction per line.
pub(crate) fn print(
    function: &MachineFunction,
    allocation: Option<&Allocation>,
    text_of: Text,
) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write_function(&mut text, function, allocation, text_of);
    text
}

fn write_function(
    text: &mut String,
    function: &MachineFunction,
    allocation: Option<&Allocation>,
    text_of: Text,
) -> fmt::Result {
    let mut edits = allocation
        .map_or(&[][..], |a| &a.edits[..])
        .iter()
        .peekable();
    for (number, block) in function.blocks.iter().enumerate() {
        let cold = if block.is_cold { " cold" } else { "" };
        write!(text, "block{number} depth {}{cold} (", block.loop_depth)?;
        for index in block.parameters.clone() {
            write!(text, " v{}", function.lists[index as usize])?;
        }
        writeln!(text, " )")?;
        for number in block.instructions.clone() {
            while let Some(edit) = edits.next_if(|edit| edit.before == number) {
                write_transfer(text, &edit.what)?;
            }
            let instruction = &function.instructions[number as usize];
            write_instruction(text, number, instruction, function, allocation, text_of)?;
        }
        for number in block.successors.clone() {
            let edge = &function.edges[number as usize];
            write!(text, "  to block{} (", edge.to)?;
            for index in edge.arguments.clone() {
                write!(text, " v{}", function.lists[index as usize])?;
            }
            writeln!(text, " )")?;
            let Some(allocation) = allocation else {
                continue;
            };
            for split in allocation
                .splits
                .iter()
                .filter(|split| split.edge == number)
            {
                for index in split.transfers.clone() {
                    write_transfer(text, &allocation.split_transfers[index as usize])?;
                }
            }
        }
    }
    Ok(())
}

fn write_instruction(
    text: &mut String,
    number: u32,
    instruction: &Instruction,
    function: &MachineFunction,
    allocation: Option<&Allocation>,
    text_of: Text,
) -> fmt::Result {
    let operands = instruction.operands();
    let locations = allocation.map(|allocation| &allocation.locations[operands.clone()]);
    writeln!(
        text,
        "  {number}: {}",
        text_of(instruction, &function.operands[operands.clone()], locations)
    )
}

fn write_transfer(text: &mut String, transfer: &Transfer) -> fmt::Result {
    match *transfer {
        Transfer::Move { kind, from, to } => {
            write!(text, "      ")?;
            write_location(text, to)?;
            write!(text, " <- ")?;
            write_location(text, from)?;
            writeln!(text, " {kind:?}")
        }
        Transfer::Repeat { instruction, to } => {
            writeln!(text, "      r{} <- again {instruction}", to.0)
        }
    }
}

fn write_location(text: &mut String, location: Location) -> fmt::Result {
    match (location.as_register(), location.as_word()) {
        _ if location == Location::NONE => write!(text, "nowhere"),
        (Some(register), _) => write!(text, "r{}", register.0),
        (_, Some(word)) => write!(text, "word{word}"),
        _ => Ok(()),
    }
}
