//! Every row is encoded with many operands, and a disassembler says what the bytes are, what they need and what they
//! do.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use iced_x86::{
    CpuidFeature, Decoder, DecoderOptions, Formatter, Instruction, InstructionInfoFactory,
    IntelFormatter, MemorySizeOptions, OpAccess, Register,
};

use super::convention::{
    CONTEXT, R11, R12, R13, R15, RAX, RBP, RBX, RCX, RDI, RSI, RSP, VECTOR_ARGUMENTS, XMM15,
};
use super::encode::{Operands, Rm, Unencodable, encode};
use super::features::{CpuFeature, CpuFeatures};
use super::forms::{Class, Form, Immediate, Layout, Mode, Opcode, Part, Row, property};
use super::instructions::{ALL, ROWS, X64};
use super::operands::{Frame, allocated, append};
use super::print;
use crate::compile::machine::{
    Instruction as MachineInstruction, InstructionFlags, Location, PhysicalRegister, Place, Role,
    ValueKind, VirtualRegister,
};

const XMM0: PhysicalRegister = VECTOR_ARGUMENTS[0];
const XMM7: PhysicalRegister = PhysicalRegister(XMM0.0 + 7);
const XMM8: PhysicalRegister = PhysicalRegister(XMM0.0 + 8);
const GENERAL: [PhysicalRegister; 9] = [RAX, RCX, RSP, RBP, RSI, RDI, R12, R13, R15];
const VECTOR: [PhysicalRegister; 4] = [XMM0, XMM7, XMM8, XMM15];
const DISPLACEMENTS: [i32; 6] = [0, 8, -128, 127, 128, i32::MAX];

fn registers(class: Class) -> &'static [PhysicalRegister] {
    match class {
        Class::None => &[RAX],
        Class::X => &VECTOR,
        _ => &GENERAL,
    }
}

fn immediates(immediate: Immediate) -> &'static [i64] {
    match immediate {
        Immediate::None | Immediate::Label | Immediate::LabelCondition => &[0],
        Immediate::Byte => &[1, 0, 7, 0x7F, 0x80, 0xFF, -1, -128],
        Immediate::Word => &[1, 0, 0x7F, 0x80, 0x7FFF, 0xFFFF, -1, -0x8000],
        Immediate::Short | Immediate::Long => &[
            1,
            0,
            0x7F,
            0x80,
            -128,
            -129,
            i32::MAX as i64,
            i32::MIN as i64,
        ],
        Immediate::Constant => &[
            1,
            0,
            -1,
            0x7FFF_FFFF,
            0x8000_0000,
            0xFFFF_FFFF,
            0x1_0000_0000,
            -0x8000_0000,
            -0x8000_0001,
            i64::MAX,
            i64::MIN,
        ],
        Immediate::Condition => &[4, 0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
        Immediate::Fourth => &[32, 39, 40, 47],
    }
}

/// All ways to give the operand in `rm`.
fn rms(row: &Row) -> Vec<Rm> {
    let mut rms = Vec::new();
    if row.allows(Mode::Operand) {
        rms.extend(
            registers(row.rm.class)
                .iter()
                .map(|&register| Rm::Register(register)),
        );
    }
    if row.allows(Mode::Base) {
        for base in GENERAL {
            for displacement in DISPLACEMENTS {
                rms.push(Rm::Memory {
                    base,
                    index: None,
                    displacement,
                });
            }
            for (at, index) in GENERAL
                .into_iter()
                .filter(|&index| index != RSP)
                .enumerate()
            {
                let displacement = DISPLACEMENTS[(at + usize::from(base.0)) % DISPLACEMENTS.len()];
                rms.push(Rm::Memory {
                    base,
                    index: Some((index, at as u8 % 4)),
                    displacement,
                });
            }
        }
        rms.extend(DISPLACEMENTS.map(Rm::RipRelative));
    }
    rms
}

/// Operands so that each value of each of them occurs, and each pair of registers.
fn cases(row: &Row, form: Form) -> Vec<Operands> {
    let mut cases = Vec::new();
    let regs = registers(row.reg.class);
    let vvvvs = registers(row.vvvv_class());
    let constants = immediates(row.immediate);
    if matches!(form, Form::Same | Form::SameThree) {
        return regs
            .iter()
            .map(|&reg| Operands {
                reg,
                vvvv: reg,
                rm: Rm::Register(reg),
                immediate: 0,
            })
            .collect();
    }
    let rms = rms(row);
    for (at, &rm) in rms.iter().enumerate() {
        cases.push(Operands {
            reg: regs[at % regs.len()],
            vvvv: vvvvs[at / 2 % vvvvs.len()],
            rm,
            immediate: constants[at % constants.len()],
        });
    }
    let few = [rms[0], rms[rms.len() / 2], rms[rms.len() - 1]];
    for rm in few {
        for &reg in regs {
            for &immediate in constants {
                cases.push(Operands {
                    reg,
                    vvvv: vvvvs[0],
                    rm,
                    immediate,
                });
            }
            for &vvvv in vvvvs {
                cases.push(Operands {
                    reg,
                    vvvv,
                    rm,
                    immediate: constants[0],
                });
            }
        }
    }
    cases
}

/// Every instruction in every encoding that it has.
fn opcodes() -> impl Iterator<Item = (X64, Opcode, &'static Row, Form)> {
    ALL.into_iter().zip(&ROWS).flat_map(|(instruction, row)| {
        let in_avx = row
            .has(property::avx)
            .then_some(Opcode::in_avx(instruction));
        [Some(Opcode::new(instruction)), in_avx]
            .into_iter()
            .flatten()
            .map(move |opcode| (instruction, opcode, row, opcode.form(row)))
    })
}

fn formatter() -> IntelFormatter {
    let mut formatter = IntelFormatter::new();
    let options = formatter.options_mut();
    options.set_memory_size_options(MemorySizeOptions::Always);
    options.set_hex_prefix("0x");
    options.set_hex_suffix("");
    options.set_uppercase_hex(false);
    options.set_small_hex_numbers_in_decimal(false);
    options.set_space_after_operand_separator(true);
    options.set_rip_relative_addresses(true);
    options.set_use_pseudo_ops(false);
    formatter
}

fn decode(bytes: &[u8]) -> Instruction {
    Decoder::new(64, bytes, DecoderOptions::NONE).decode()
}

#[test]
fn bytes_are_what_a_disassembler_reads() {
    let mut formatter = formatter();
    let mut buffer = Vec::new();
    let mut expected = String::new();
    for (instruction, opcode, row, form) in opcodes() {
        if form.info().layout == Layout::Emission {
            continue;
        }
        let is_signed = matches!(row.immediate, Immediate::Short | Immediate::Long);
        formatter
            .options_mut()
            .set_signed_immediate_operands(is_signed);
        for operands in cases(row, form) {
            buffer.clear();
            encode(&mut buffer, opcode, &operands)
                .unwrap_or_else(|_| panic!("{instruction:?} {operands:?}"));
            let decoded = decode(&buffer);
            expected.clear();
            formatter.format(&decoded, &mut expected);
            let text = print::encoded(opcode, &operands);
            assert!(
                expected == text,
                "{instruction:?}: {buffer:02x?} is {expected:?}, not {text:?}"
            );
            assert_eq!(decoded.len(), buffer.len(), "{text}");
            check_features(&decoded, opcode, row);
        }
    }
}

fn check_features(decoded: &Instruction, opcode: Opcode, row: &Row) {
    let expected = if opcode.is_in_avx() {
        CpuFeature::Avx
    } else {
        row.feature
    };
    for feature in decoded.cpuid_features() {
        let needs = match feature {
            CpuidFeature::AVX => CpuFeature::Avx,
            CpuidFeature::AVX2 => CpuFeature::Avx2,
            CpuidFeature::BMI1 => CpuFeature::Bmi1,
            CpuidFeature::BMI2 => CpuFeature::Bmi2,
            CpuidFeature::LZCNT => CpuFeature::Lzcnt,
            CpuidFeature::POPCNT => CpuFeature::Popcnt,
            CpuidFeature::SSE4_2 => CpuFeature::Sse42,
            _ => CpuFeature::Baseline,
        };
        assert_eq!(needs, expected, "{decoded:?} needs {feature:?}");
    }
}

/// Registers and immediates with which nothing is a special case, all different.
fn plain_case(row: &Row, form: Form) -> Operands {
    let pick = |class: Class, which: u8| match class {
        Class::X => PhysicalRegister(XMM0.0 + which),
        _ => PhysicalRegister(8 + which),
    };
    let reg = pick(row.reg.class, 0);
    let rm = match row.allows(Mode::Operand) {
        true if matches!(form, Form::Same | Form::SameThree) => Rm::Register(reg),
        true => Rm::Register(pick(row.rm.class, 2)),
        false => Rm::Memory {
            base: R11,
            index: Some((R12, 1)),
            displacement: 0,
        },
    };
    let immediate = match row.immediate {
        Immediate::Fourth => i64::from(XMM0.0) + 3,
        _ => 1,
    };
    let vvvv = if matches!(form, Form::Same | Form::SameThree) {
        reg
    } else {
        pick(row.vvvv_class(), 1)
    };
    Operands {
        reg,
        vvvv,
        rm,
        immediate,
    }
}

/// Which registers a form reads and writes with these operands.
fn accesses(row: &Row, form: Form, operands: &Operands) -> [Vec<PhysicalRegister>; 2] {
    let mut accesses = [vec![], vec![]];
    if let Rm::Memory { base, index, .. } = operands.rm {
        accesses[0].push(base);
        accesses[0].extend(index.map(|(index, _)| index));
    }
    let mut tied = None;
    for slot in form.info().slots {
        let register = match (slot.part, slot.place, operands.rm) {
            (_, Place::Fixed(register), _) => register,
            (Part::Reg, ..) => operands.reg,
            (Part::Vvvv, ..) => operands.vvvv,
            (Part::Rm, _, Rm::Register(register)) => register,
            (Part::Rm, ..) => continue,
            (Part::Fourth, ..) => PhysicalRegister(operands.immediate as u8),
            (Part::Tied, ..) => tied.expect("the definition is in front"),
            (Part::Implied, ..) => panic!("{} has an operand that is nowhere", row.mnemonic),
        };
        if slot.place == Place::Tied {
            tied = Some(register);
        }
        let is_definition = matches!(slot.role, Role::Definition | Role::EarlyDefinition);
        accesses[usize::from(is_definition)].push(register);
    }
    accesses
}

fn physical(register: Register) -> Option<PhysicalRegister> {
    let number = register.full_register().number() as u8;
    match register {
        _ if register.is_gpr() => Some(PhysicalRegister(number)),
        _ if register.is_vector_register() => Some(PhysicalRegister(XMM0.0 + number)),
        _ => None,
    }
}

#[test]
fn operands_are_read_and_written_as_the_form_says() {
    let mut factory = InstructionInfoFactory::new();
    let mut buffer = Vec::new();
    for (instruction, opcode, row, form) in opcodes() {
        let skipped = matches!(form, Form::Free | Form::Branch)
            || matches!(instruction, X64::Push | X64::Pop);
        if form.info().layout == Layout::Emission || skipped {
            continue;
        }
        let operands = plain_case(row, form);
        buffer.clear();
        encode(&mut buffer, opcode, &operands).expect("the operands are valid");
        let decoded = decode(&buffer);
        let mut expected = [vec![], vec![]];
        for used in factory.info(&decoded).used_registers() {
            let Some(register) = physical(used.register()) else {
                continue;
            };
            let (reads, writes) = match used.access() {
                OpAccess::Read | OpAccess::CondRead => (true, false),
                OpAccess::Write => (false, true),
                OpAccess::CondWrite | OpAccess::ReadWrite | OpAccess::ReadCondWrite => (true, true),
                OpAccess::None | OpAccess::NoMemAccess => (false, false),
            };
            if reads {
                expected[0].push(register);
            }
            if writes {
                expected[1].push(register);
            }
        }
        let mut accesses = accesses(row, form, &operands);
        if row.has(property::merges) || matches!(form, Form::Same | Form::SameThree) {
            for list in [&mut accesses[0], &mut expected[0]] {
                list.retain(|&register| register != operands.reg && register != operands.vvvv);
            }
        }
        for list in accesses.iter_mut().chain(&mut expected) {
            list.sort();
            list.dedup();
        }
        assert_eq!(
            accesses,
            expected,
            "{instruction:?}: {}",
            print::encoded(opcode, &operands)
        );
    }
}

#[test]
fn condition_flags_are_read_and_written_as_the_row_says() {
    let mut buffer = Vec::new();
    for (instruction, opcode, row, form) in opcodes() {
        if form.info().layout == Layout::Emission {
            continue;
        }
        let operands = plain_case(row, form);
        buffer.clear();
        encode(&mut buffer, opcode, &operands).expect("the operands are valid");
        let decoded = decode(&buffer);
        assert_eq!(
            row.has(property::writes_flags),
            decoded.rflags_modified() != 0,
            "{instruction:?}"
        );
        let direction = iced_x86::RflagsBits::DF;
        assert_eq!(
            row.has(property::reads_flags),
            decoded.rflags_read() & !direction != 0,
            "{instruction:?}"
        );
    }
}

#[test]
fn what_does_not_fit_is_an_error_and_adds_no_byte() {
    let good = Operands {
        reg: RAX,
        vvvv: RAX,
        rm: Rm::Register(RCX),
        immediate: 1,
    };
    let memory = |base, index| Rm::Memory {
        base,
        index,
        displacement: 0,
    };
    let bad = [
        (Opcode::new(X64::Add32), Operands { reg: XMM0, ..good }),
        (
            Opcode::new(X64::Add32),
            Operands {
                reg: PhysicalRegister(16),
                ..good
            },
        ),
        (
            Opcode::new(X64::Add32),
            Operands {
                rm: Rm::Register(XMM0),
                ..good
            },
        ),
        (
            Opcode::new(X64::Add32),
            Operands {
                rm: memory(XMM0, None),
                ..good
            },
        ),
        (
            Opcode::new(X64::Add32),
            Operands {
                rm: memory(RAX, Some((RSP, 0))),
                ..good
            },
        ),
        (
            Opcode::new(X64::Add32),
            Operands {
                rm: memory(RAX, Some((RBX, 4))),
                ..good
            },
        ),
        (
            Opcode::new(X64::Add32),
            Operands {
                rm: memory(RAX, Some((XMM7, 1))),
                ..good
            },
        ),
        (Opcode::in_avx(X64::Add32), good),
        (Opcode::new(X64::Shlx32), Operands { vvvv: XMM0, ..good }),
        (
            Opcode::new(X64::Add32Imm),
            Operands {
                immediate: 1 << 31,
                ..good
            },
        ),
        (
            Opcode::new(X64::Add32Imm),
            Operands {
                rm: memory(RAX, None),
                ..good
            },
        ),
        (Opcode::new(X64::Mov32Store), good),
        (Opcode::new(X64::Lea64), good),
        (
            Opcode::new(X64::Shl32Imm),
            Operands {
                immediate: 256,
                ..good
            },
        ),
        (
            Opcode::new(X64::Mov16StoreImm),
            Operands {
                rm: memory(RAX, None),
                immediate: 1 << 16,
                ..good
            },
        ),
        (
            Opcode::new(X64::Cmov32),
            Operands {
                immediate: 16,
                ..good
            },
        ),
        (
            Opcode::new(X64::Cmov32),
            Operands {
                immediate: -1,
                ..good
            },
        ),
        (
            Opcode::new(X64::Push),
            Operands {
                rm: Rm::Register(XMM0),
                ..good
            },
        ),
        (
            Opcode::new(X64::Push),
            Operands {
                rm: memory(RAX, None),
                ..good
            },
        ),
        (
            Opcode::new(X64::MovImm),
            Operands {
                rm: Rm::RipRelative(0),
                ..good
            },
        ),
        (
            Opcode::new(X64::Vblendvps),
            Operands {
                reg: XMM0,
                vvvv: XMM0,
                rm: Rm::Register(XMM0),
                immediate: 31,
            },
        ),
        (
            Opcode::new(X64::Vblendvps),
            Operands {
                reg: XMM0,
                vvvv: XMM0,
                rm: Rm::Register(XMM0),
                immediate: 288,
            },
        ),
        (Opcode::new(X64::Jump), good),
        (Opcode(ROWS.len() as u16), good),
    ];
    for (opcode, operands) in bad {
        let mut buffer = vec![0x90];
        assert_eq!(
            encode(&mut buffer, opcode, &operands),
            Err(Unencodable),
            "{opcode:?} {operands:?}"
        );
        assert_eq!(buffer, [0x90]);
    }
}

/// An instruction of a row in a mode, with an allocation that fits, and what has to be encoded for it.
fn machine_instruction(
    opcode: Opcode,
    row: &Row,
    form: Form,
    mode: Mode,
) -> (
    MachineInstruction,
    Vec<crate::compile::machine::Operand>,
    Vec<Location>,
) {
    let count = form.info().slots.len() + usize::from(mode.registers()) - 1;
    let has_rm = form.info().parts.rm != u8::MAX;
    let count = if has_rm {
        count
    } else {
        form.info().slots.len()
    };
    let registers: Vec<_> = (0..count as u32).map(VirtualRegister).collect();
    let mut operands = Vec::new();
    let (address, registers) = match mode {
        Mode::Operand => (None, &registers[..]),
        _ => {
            let others = registers.len() - usize::from(mode.registers());
            let (registers, address) = registers.split_at(others);
            (Some(address), registers)
        }
    };
    let kinds = [ValueKind::Vector; 16];
    assert!(
        append(&mut operands, row, form, address, registers, &kinds),
        "{}",
        row.mnemonic
    );
    // Tied operands share a register, and others have the next one that is free.
    let plain = plain_case(row, form);
    let mut locations = Vec::new();
    let mut slots = form.info().slots.iter();
    while locations.len() < count {
        let slot = slots.next().expect("there is one for each operand");
        let register = match (slot.part, slot.place) {
            (_, Place::Fixed(register)) => register,
            (Part::Reg, _) => plain.reg,
            (Part::Vvvv, _) => plain.vvvv,
            (Part::Fourth, _) => PhysicalRegister(plain.immediate as u8),
            (Part::Tied | Part::Implied, _) => locations
                .last()
                .copied()
                .and_then(Location::as_register)
                .unwrap(),
            (Part::Rm, _) if mode == Mode::Operand => match plain.rm {
                Rm::Register(register) => register,
                _ => panic!("{} has no register here", row.mnemonic),
            },
            (Part::Rm, _) => {
                let registers = [R11, R12];
                let bases = registers.into_iter().take(usize::from(mode.registers()));
                locations.extend(bases.map(Location::register));
                continue;
            }
        };
        locations.push(Location::register(register));
    }
    let a = if mode == Mode::Operand { 1 } else { 0x10 };
    let instruction = MachineInstruction {
        opcode: opcode.0,
        flags: opcode.flags(row, mode),
        operand_count: count as u8,
        first_operand: 0,
        a,
        b: 1,
    };
    (instruction, operands, locations)
}

const FRAME: Frame = Frame {
    base: RBP,
    words: -0x40,
    incoming: 0x10,
    outgoing: 0x20,
};

#[test]
fn allocated_instructions_are_encoded_as_they_are_printed() {
    let mut formatter = formatter();
    let mut buffer = Vec::new();
    let modes = (0..16).filter_map(|bits| Mode::of(InstructionFlags(bits << Mode::SHIFT)));
    let modes: Vec<_> = modes.collect();
    for (_, opcode, row, form) in opcodes() {
        if matches!(form.info().layout, Layout::Emission) {
            continue;
        }
        let is_signed = matches!(row.immediate, Immediate::Short | Immediate::Long);
        formatter
            .options_mut()
            .set_signed_immediate_operands(is_signed);
        for &mode in modes.iter().filter(|&&mode| row.allows(mode)) {
            let (instruction, operands, locations) = machine_instruction(opcode, row, form, mode);
            let (opcode, encoded) =
                allocated(&instruction, &operands, &locations, &FRAME).expect("it is allocated");
            buffer.clear();
            encode(&mut buffer, opcode, &encoded).expect("the operands are valid");
            let mut expected = String::new();
            formatter.format(&decode(&buffer), &mut expected);
            let text = print::instruction(&instruction, &operands, Some(&locations));
            let text = text
                .replace("[constant 16]", "[rip]")
                .replace("[incoming+0x10]", "[rbp+0x20]")
                .replace("[outgoing+0x10]", "[rsp+0x30]");
            assert_eq!(text, expected, "{mode:?}");
        }
    }
}

#[test]
fn a_word_of_the_frame_is_encoded_where_any_place_will_do() {
    let add = (Opcode::new(X64::Add32), ValueKind::Integer);
    let vaddpd = (Opcode::in_avx(X64::Addpd), ValueKind::Vector);
    let vaddsd = (Opcode::in_avx(X64::Addsd), ValueKind::Float);
    let texts = [
        (add, "add r8d, dword ptr [rbp-0x30]"),
        (vaddpd, "vaddpd xmm0, xmm1, xmmword ptr [rbp-0x30]"),
        (vaddsd, "vaddsd xmm0, xmm1, qword ptr [rbp-0x30]"),
    ];
    for ((opcode, kind), text) in texts {
        let row = opcode.row().expect("it is in the table");
        let (instruction, operands, mut locations) =
            machine_instruction(opcode, row, opcode.form(row), Mode::Operand);
        assert_eq!(row.place(kind), Place::Any);
        locations[2] = Location::word(2);
        let (opcode, encoded) =
            allocated(&instruction, &operands, &locations, &FRAME).expect("it is allocated");
        assert_eq!(print::encoded(opcode, &encoded), text);
        locations[1] = Location::word(4);
        locations[0] = Location::word(4);
        assert_eq!(
            allocated(&instruction, &operands, &locations, &FRAME).err(),
            Some(Unencodable)
        );
    }
    // More than a float has in the frame.
    let row = Opcode::new(X64::Andps).row().expect("it is in the table");
    assert_eq!(row.place(ValueKind::Float), Place::Register);
}

#[test]
fn virtual_registers_are_printed_with_their_roles() {
    let cases = [
        (Opcode::new(X64::Add32), Mode::Operand, "add v0=v1, v2"),
        (
            Opcode::in_avx(X64::Addsd),
            Mode::Index8,
            "vaddsd v0, v1, qword ptr [v2+v3*8+0x10]",
        ),
        (
            Opcode::new(X64::Mov64Store),
            Mode::Context,
            "mov qword ptr [r14+0x10], v0",
        ),
        (
            Opcode::new(X64::Shl64Cl),
            Mode::Operand,
            "shl v0=v1, cl {<- v2@rcx}",
        ),
        (
            Opcode::new(X64::Div32),
            Mode::Operand,
            "div v4 {v0@rax v1@rdx <- v2@rax v3@rdx}",
        ),
        (
            Opcode::new(X64::Cmov64),
            Mode::Incoming,
            "cmovno v0=v1, qword ptr [incoming+0x10]",
        ),
    ];
    for (opcode, mode, text) in cases {
        let row = opcode.row().expect("it is in the table");
        let (instruction, operands, _) = machine_instruction(opcode, row, opcode.form(row), mode);
        assert_eq!(print::instruction(&instruction, &operands, None), text);
    }
    assert_eq!(CONTEXT.0, 14);
}

#[test]
fn flags_say_what_the_allocation_has_to_know() {
    let flags = |opcode: Opcode, mode| {
        opcode
            .flags(opcode.row().expect("it is in the table"), mode)
            .0
            & 15
    };
    assert_eq!(
        flags(Opcode::new(X64::Add32), Mode::Operand),
        InstructionFlags::COMMUTATIVE
    );
    assert_eq!(flags(Opcode::new(X64::Add32), Mode::Base), 0);
    assert_eq!(flags(Opcode::new(X64::Sub32), Mode::Operand), 0);
    assert_eq!(flags(Opcode::in_avx(X64::Addsd), Mode::Operand), 0);
    assert_eq!(
        flags(Opcode::new(X64::MovImm), Mode::Operand),
        InstructionFlags::REPEATABLE
    );
    assert_eq!(
        flags(Opcode::new(X64::Movaps), Mode::Constant),
        InstructionFlags::REPEATABLE
    );
    assert_eq!(flags(Opcode::new(X64::Movaps), Mode::Context), 0);
    assert_eq!(
        flags(Opcode::new(X64::Copy), Mode::Operand),
        InstructionFlags::COPY
    );
    assert_eq!(
        flags(Opcode::new(X64::CallRm), Mode::Operand),
        InstructionFlags::CALL
    );
    assert_eq!(
        flags(Opcode::new(X64::Call), Mode::Operand),
        InstructionFlags::CALL
    );
}

#[test]
fn features_are_detected_and_set_by_hand() {
    let avx = CpuFeatures::BASELINE.with(CpuFeature::Avx);
    assert!(
        avx.has(CpuFeature::Baseline) && avx.has(CpuFeature::Avx) && !avx.has(CpuFeature::Avx2)
    );
    assert_eq!(avx.without(CpuFeature::Avx), CpuFeatures::BASELINE);
    let detected = CpuFeatures::detect();
    assert!(!detected.has(CpuFeature::Avx2) || detected.has(CpuFeature::Avx));
}
