//! Random functions and typical ones: each allocation is checked, and executed beside the function with virtual
//! registers.

mod execute;
mod gauge;
mod generate;
mod moves;
mod shapes;
mod speed;

use std::println;

use super::checker::check;
use super::print::print;
use super::{Error, Scratch, allocate};
use crate::compile::machine::{
    Allocation, Instruction, InstructionFlags, Location, MachineFunction, Operand,
    PhysicalRegister, RegisterFile,
};

const fn registers<const N: usize>(numbers: [u8; N]) -> [PhysicalRegister; N] {
    let mut list = [PhysicalRegister(0); N];
    let mut index = 0;
    while index < N {
        list[index] = PhysicalRegister(numbers[index]);
        index += 1;
    }
    list
}

static GENERAL: [PhysicalRegister; 12] = registers([0, 1, 2, 6, 7, 8, 9, 10, 3, 12, 13, 15]);
static VECTORS: [PhysicalRegister; 15] =
    registers([32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46]);
static FEW_GENERAL: [PhysicalRegister; 4] = registers([0, 1, 2, 3]);
static FEW_VECTORS: [PhysicalRegister; 3] = registers([32, 33, 34]);

/// The registers of x86-64.
pub(super) static X64: RegisterFile = RegisterFile {
    allocatable: [&GENERAL, &VECTORS],
    preserved: 1 << 3 | 1 << 12 | 1 << 13 | 1 << 5 | 1 << 4 | 1 << 14,
    scratch: [PhysicalRegister(11), PhysicalRegister(47)],
};
/// So few registers that hardly anything fits.
static FEW: RegisterFile = RegisterFile {
    allocatable: [&FEW_GENERAL, &FEW_VECTORS],
    preserved: 1 << 3,
    scratch: [PhysicalRegister(11), PhysicalRegister(47)],
};

/// The text of an instruction of no processor.
fn text_of(
    instruction: &Instruction,
    operands: &[Operand],
    locations: Option<&[Location]>,
) -> String {
    std::format!("op{} {operands:?} {locations:?}", instruction.opcode)
}

/// Allocates, checks the result, and executes it.
fn allocate_and_check(
    function: &MachineFunction,
    file: &RegisterFile,
    scratch: &mut Scratch,
    name: &str,
) -> Allocation {
    let mut copy = generate::copy_of(function);
    let mut allocation = Allocation::default();
    let result = allocate(&mut copy, file, scratch, &mut allocation);
    result.unwrap_or_else(|error| panic!("{name}: {error:?}\n{}", print(function, None, text_of)));
    if let Err(error) = check(&copy, file, &allocation) {
        panic!(
            "{name}: {error}\n{}",
            print(&copy, Some(&allocation), text_of)
        );
    }
    for seed in 0..4 {
        let expected = execute::execute(function, seed);
        let found = execute::execute_allocated(&copy, file, &allocation, seed);
        if expected != found {
            let text = print(&copy, Some(&allocation), text_of);
            panic!("{name}: executes differently: {expected:?} {found:?}\n{text}");
        }
    }
    allocation
}

#[test]
fn random_functions() {
    let mut scratch = Scratch::default();
    let mut gauge = [gauge::Gauge::default(); 4];
    let (first, count) = match std::env::var("WAZIR_SEED") {
        Ok(seed) => (seed.parse().unwrap(), 1),
        Err(_) => (
            1,
            std::env::var("WAZIR_FUNCTIONS").map_or(150, |n| n.parse().unwrap()),
        ),
    };
    for seed in first..first + count {
        for (number, file) in [&X64, &FEW].into_iter().enumerate() {
            let size = 20 << (seed % 6);
            let typical = seed % 3 == 0;
            let reach = if typical { 12 } else { usize::MAX };
            let function = generate::generate(seed, size, reach, file);
            let name = std::format!("seed {seed}, file {number}");
            let allocation = allocate_and_check(&function, file, &mut scratch, &name);
            gauge[number + 2 * usize::from(typical)].add(&function, &allocation);
        }
    }
    let names = ["x64", "few", "x64, typical", "few, typical"];
    for (name, gauge) in names.iter().zip(gauge) {
        println!("{name}: {gauge}");
    }
}

/// Numbers of instructions are in fields of less than 32 bits.
#[test]
fn a_function_of_too_many_instructions_is_an_error() {
    let instruction = Instruction {
        opcode: 0,
        flags: InstructionFlags(0),
        operand_count: 0,
        first_operand: 0,
        a: 0,
        b: 0,
    };
    let mut function = MachineFunction::default();
    function.instructions.resize(1 << 24, instruction);
    let outcome = allocate(
        &mut function,
        &X64,
        &mut Scratch::default(),
        &mut Allocation::default(),
    );
    assert_eq!(outcome, Err(Error::TooLarge));
}
