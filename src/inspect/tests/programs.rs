//! Random functions: expressions of all operators, loads and stores between them, branches, and loops.

use super::compare;
use super::values::{Random, constant, name};
use super::written::{case, operators};
use crate::wasm::types::ValType;

const TYPES: [ValType; 5] = [
    ValType::I32,
    ValType::I64,
    ValType::F32,
    ValType::F64,
    ValType::V128,
];
/// How many locals there are of each type; the first one is a parameter.
const LOCALS: usize = 3;

struct Program {
    random: Random,
    text: String,
    /// How many operators may still be added.
    operators_left: usize,
}

impl Program {
    fn below(&mut self, limit: usize) -> usize {
        self.random.below(limit)
    }

    fn ty(&mut self) -> usize {
        self.below(TYPES.len())
    }

    fn local(&mut self, ty: usize) -> usize {
        match self.below(LOCALS) {
            0 => ty,
            other => TYPES.len() + ty * (LOCALS - 1) + other - 1,
        }
    }

    /// An address within the memory.
    fn address(&mut self) -> String {
        let offset = self.below(100);
        match self.below(3) {
            0 => format!("offset={offset} (i32.const {})", self.below(100)),
            _ => {
                let local = self.local(0);
                format!("offset={offset} (i32.and (local.get {local}) (i32.const 127))")
            }
        }
    }

    fn expression(&mut self, ty: usize, depth: usize) {
        let kind = self.below(12);
        if depth == 0 || self.operators_left == 0 || kind < 3 {
            let leaf = match self.below(4) {
                0 => constant(TYPES[ty], &mut self.random),
                1 => format!("({}.load {})", name(TYPES[ty]), self.address()),
                _ => format!("(local.get {})", self.local(ty)),
            };
            self.text.push_str(&leaf);
            return;
        }
        self.operators_left -= 1;
        match kind {
            3 => {
                self.text.push_str("(select ");
                self.expression(ty, depth - 1);
                self.expression(ty, depth - 1);
                self.expression(0, depth - 1);
            }
            4 => {
                let local = self.local(ty);
                self.text.push_str(&format!("(local.tee {local} "));
                self.expression(ty, depth - 1);
            }
            _ => {
                let found: Vec<_> = operators().filter(|row| row.2 == TYPES[ty]).collect();
                let (text, params, _) = found[self.below(found.len())];
                let traps =
                    text.contains(".div_") || text.contains(".rem_") || text.contains(".trunc_f");
                if traps && self.below(20) != 0 {
                    return self.expression(ty, depth - 1);
                }
                self.text.push_str(&format!("({text} "));
                for param in params {
                    let ty = TYPES.iter().position(|ty| ty == param).unwrap();
                    self.expression(ty, depth - 1);
                }
            }
        }
        self.text.push(')');
    }

    fn statements(&mut self, count: usize, depth: usize) {
        for _ in 0..count {
            let ty = self.ty();
            match self.below(8) {
                0 => {
                    let address = self.address();
                    self.text
                        .push_str(&format!("({}.store {address}", name(TYPES[ty])));
                    self.expression(ty, 3);
                    self.text.push(')');
                }
                1 if depth > 0 => {
                    self.text.push_str("(if ");
                    self.expression(0, 3);
                    self.text.push_str("(then ");
                    self.statements(2, depth - 1);
                    self.text.push_str(") (else ");
                    self.statements(2, depth - 1);
                    self.text.push_str("))");
                }
                2 if depth > 0 => {
                    // It ends at once, or when the first local of its depth has counted to zero.
                    let counter = TYPES.len() * LOCALS + depth;
                    self.text
                        .push_str(&format!("(local.set {counter} (i32.const 3)) (loop "));
                    self.statements(2, depth - 1);
                    self.text.push_str(&format!(
                        "(br_if 0 (local.tee {counter} (i32.sub (local.get {counter}) (i32.const 1)))))"
                    ));
                }
                _ => {
                    let local = self.local(ty);
                    self.text.push_str(&format!("(local.set {local} "));
                    self.expression(ty, 4);
                    self.text.push(')');
                }
            }
        }
    }
}

#[test]
fn random_programs() {
    let mut cases = Vec::new();
    let seeds = std::env::var("WAZIR_PROGRAMS").map_or(400, |count| count.parse().unwrap());
    for seed in 0..seeds {
        let mut program = Program {
            random: Random::new(seed + 1000),
            text: String::new(),
            operators_left: 60,
        };
        for ty in TYPES {
            program.text.push_str(&format!(
                "(local {})",
                format!("{} ", name(ty)).repeat(LOCALS - 1)
            ));
        }
        program.text.push_str("(local i32 i32 i32 i32)");
        let count = 4 + seed as usize % 16;
        program.statements(count, 2);
        for ty in 0..TYPES.len() {
            let local = program.local(ty);
            program.text.push_str(&format!("(local.get {local})"));
        }
        cases.push(case(
            format!("program {seed}"),
            &TYPES,
            &TYPES,
            &program.text,
            20,
        ));
    }
    for cases in cases.chunks(100) {
        compare(cases, 15);
    }
}
