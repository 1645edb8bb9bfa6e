//! An interpreter of a stack machine runs a program with `size` rounds: one big switch in a loop.

use support::Checksum;

support::case!(work);

#[derive(Clone, Copy)]
enum Op {
    Push(i32),
    Load(u8),
    Store(u8),
    Add,
    Sub,
    Mul,
    Rem,
    And,
    Or,
    Xor,
    Shl,
    Shr,
    Less,
    Equal,
    Not,
    Dup,
    Swap,
    Drop,
    Jump(u16),
    JumpIfZero(u16),
    Read,
    Write,
    Halt,
}

const CELLS: usize = 64;

/// The Collatz steps of `locals[0]` numbers are added up, mixed, and kept in cells.
#[rustfmt::skip]
const PROGRAM: [Op; 51] = {
    use Op::*;
    [
        Load(0), JumpIfZero(50), // 0: until no round is left
        Load(0), Store(1), Push(0), Store(2), // 2: the number, and its steps
        Load(1), Push(1), Equal, Not, JumpIfZero(29), // 6: until the number is one
        Load(1), Dup, Push(1), And, JumpIfZero(21), // 11: odd or even
        Push(3), Mul, Push(1), Add, Jump(23), // 16: 3 n + 1
        Push(1), Shr, // 21: n / 2
        Store(1), Load(2), Push(1), Add, Store(2), Jump(6), // 23: one step more
        Load(2), Load(0), Push(63), And, Read, Add, Dup, // 29: added to a cell
        Load(0), Push(63), And, Write, // 36
        Load(3), Push(5), Shl, Xor, Store(3), // 40: mixed
        Load(0), Push(1), Sub, Store(0), Jump(0), // 45: the next round
        Halt,
    ]
};

/// Instructions that the program above does not use, run once a round of this one.
#[rustfmt::skip]
const SECOND_PROGRAM: [Op; 25] = {
    use Op::*;
    [
        Load(0), JumpIfZero(24), // 0: until no round is left
        Load(0), Load(3), Swap, Sub, Push(1021), Rem, // 2
        Dup, Push(512), Less, JumpIfZero(17), // 8: in the lower half
        Push(7), Or, Dup, Drop, Jump(18), // 12
        Not, // 17
        Load(3), Add, Store(3), // 18
        Load(0), Push(-1), Jump(24), // 21: ended by the host, which decides about the next round
        Halt,
    ]
};

struct Machine {
    locals: [i32; 4],
    cells: [i32; CELLS],
    executed: u64,
}

fn work(size: u32) -> u64 {
    let mut machine = Machine {
        locals: [size as i32, 0, 0, 0],
        cells: [0; CELLS],
        executed: 0,
    };
    machine.run(&PROGRAM);
    for round in 0..size {
        machine.locals[0] = round as i32 + 1;
        machine.run(&SECOND_PROGRAM);
    }
    let mut checksum = Checksum::new();
    for cell in machine.cells.into_iter().chain(machine.locals) {
        checksum.add(cell as u64);
    }
    checksum.add(machine.executed);
    checksum.get()
}

impl Machine {
    fn run(&mut self, program: &[Op]) {
        let mut stack = [0_i32; 16];
        let (mut top, mut at) = (0_usize, 0_usize);
        macro_rules! push {
            ($value:expr) => {{
                let value = $value;
                stack[top & 15] = value;
                top += 1;
            }};
        }
        macro_rules! pop {
            () => {{
                top -= 1;
                stack[top & 15]
            }};
        }
        macro_rules! binary {
            ($a:ident, $b:ident, $result:expr) => {{
                let $b = pop!();
                let $a = pop!();
                push!($result);
            }};
        }
        loop {
            let op = program[at];
            at += 1;
            self.executed += 1;
            match op {
                Op::Push(value) => push!(value),
                Op::Load(local) => push!(self.locals[usize::from(local) & 3]),
                Op::Store(local) => self.locals[usize::from(local) & 3] = pop!(),
                Op::Add => binary!(a, b, a.wrapping_add(b)),
                Op::Sub => binary!(a, b, a.wrapping_sub(b)),
                Op::Mul => binary!(a, b, a.wrapping_mul(b)),
                Op::Rem => binary!(a, b, a.checked_rem(b).unwrap_or(0)),
                Op::And => binary!(a, b, a & b),
                Op::Or => binary!(a, b, a | b),
                Op::Xor => binary!(a, b, a ^ b),
                Op::Shl => binary!(a, b, a.wrapping_shl(b as u32)),
                Op::Shr => binary!(a, b, a.wrapping_shr(b as u32)),
                Op::Less => binary!(a, b, i32::from(a < b)),
                Op::Equal => binary!(a, b, i32::from(a == b)),
                Op::Not => push!(i32::from(pop!() == 0)),
                Op::Dup => {
                    let value = pop!();
                    push!(value);
                    push!(value);
                }
                Op::Swap => {
                    let (b, a) = (pop!(), pop!());
                    push!(b);
                    push!(a);
                }
                Op::Drop => _ = pop!(),
                Op::Jump(to) => at = usize::from(to),
                Op::JumpIfZero(to) => {
                    if pop!() == 0 {
                        at = usize::from(to);
                    }
                }
                Op::Read => push!(self.cells[pop!() as usize % CELLS]),
                Op::Write => {
                    let (cell, value) = (pop!(), pop!());
                    self.cells[cell as usize % CELLS] = value;
                }
                Op::Halt => return,
            }
        }
    }
}
