//! Frames are made where they are needed: whatever ways lead through a function, and wherever it is left.

use crate::{everywhere, partly_compiled};
use std::fmt::Write;
use wazir::*;

/// A value for which there is no register across a call is stored where it comes from, on both edges that lead to the
/// block that makes the frame.
#[test]
fn values_are_stored_on_the_way_to_a_call() {
    let text = r#"(module
        (import "" "h" (func $h (param i32) (result i32)))
        (func (export "f") (param i32 i32) (result i32) (local i32 i32 i32)
          (block $out
            (loop $loop
              (br_if $out (i32.ge_u (local.get 3) (i32.const 6)))
              (local.set 2 (i32.add (local.get 2) (i32.const 4)))
              (if (i32.eq (local.get 2) (local.get 0)) (then (return (i32.const 7))))
              (if (local.get 1)
                (then (br_if $out (i32.and (i32.add (local.get 2) (local.get 1)) (i32.const 1)))))
              (local.set 3 (i32.add (local.get 3) (i32.const 1)))
              (br $loop)))
          (local.set 4 (call $h (local.get 1)))
          (i32.add (i32.mul (local.get 2) (i32.const 1000))
            (i32.add (i32.mul (local.get 3) (i32.const 100)) (local.get 4)))))"#;
    let results = everywhere(|engine| {
        let mut store = Store::new(engine, ());
        let mut linker = Linker::new(engine);
        linker.func_wrap("", "h", |x: i32| x + 1).unwrap();
        let instance = linker
            .instantiate(&mut store, &partly_compiled(engine, text, 0, 1))
            .unwrap();
        let f = instance
            .get_typed_func::<(i32, i32), i32>(&mut store, "f")
            .unwrap();
        [(0, 0), (8, 0), (0, 1), (8, 1), (0, 2), (4, 2)].map(|args| f.call(&mut store, args).ok())
    });
    let expected = [24601, 7, 4002, 4002, 24603, 7].map(Some);
    assert_eq!(results, expected);
}

/// How many locals functions have; the first three are parameters.
const LOCALS: usize = 9;
/// How deep constructs are nested at most. Behind the locals there is a counter for each loop around a place.
const DEPTH: usize = 3;

/// A function with calls of the host and ways out of it anywhere.
struct Generator {
    state: u64,
    text: String,
    /// Whether the label of each construct around the place may be left for: those of loops may not.
    labels: Vec<bool>,
}

impl Generator {
    fn below(&mut self, limit: usize) -> usize {
        self.state = self
            .state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.state >> 33) as usize % limit
    }

    fn local(&mut self) -> String {
        format!("(local.get {})", self.below(LOCALS))
    }

    fn value(&mut self) -> String {
        let operator = ["add", "sub", "xor", "mul", "rotl"][self.below(5)];
        let right = match self.below(3) {
            0 => format!("(i32.const {})", self.below(9)),
            _ => self.local(),
        };
        format!("(i32.{operator} {} {right})", self.local())
    }

    fn condition(&mut self) -> String {
        match self.below(2) {
            0 => format!(
                "(i32.and {} (i32.const {}))",
                self.local(),
                1 + self.below(7)
            ),
            _ => format!("(i32.lt_s {} {})", self.local(), self.local()),
        }
    }

    fn add(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn statements(&mut self, count: usize) {
        for _ in 0..count {
            let depth = self.labels.len();
            let (to, value, condition) = (self.below(LOCALS), self.value(), self.condition());
            match self.below(if depth < DEPTH { 12 } else { 8 }) {
                0..4 => self.add(&format!("(local.set {to} {value})")),
                4 => {
                    // Most ways lead by none.
                    if self.below(4) == 0 {
                        self.add(&format!("(local.set {to} (call $h {value}))"));
                    }
                }
                5 => self.add(&format!("(if {condition} (then (return {value})))")),
                6 | 7 => {
                    let labels: Vec<usize> = (0..depth)
                        .filter(|&label| self.labels[depth - 1 - label])
                        .collect();
                    if !labels.is_empty() {
                        let label = labels[self.below(labels.len())];
                        self.add(&format!("(br_if {label} {condition})"));
                    }
                }
                8 => {
                    self.add(&format!("(if {condition} (then"));
                    self.nested(true);
                    self.add(") (else");
                    self.nested(true);
                    self.add("))");
                }
                9 => {
                    self.add("(block");
                    self.nested(true);
                    for _ in 0..2 {
                        let condition = self.condition();
                        self.add(&format!("(br_if 0 {condition})"));
                        self.nested(true);
                    }
                    self.add(")");
                }
                _ => {
                    let counter = LOCALS + depth;
                    self.add(&format!("(local.set {counter} (i32.const 5)) (loop"));
                    self.nested(false);
                    self.add(&format!(
                        "(br_if 0 (local.tee {counter} (i32.sub (local.get {counter}) (i32.const 1)))))"
                    ));
                }
            }
        }
    }

    fn nested(&mut self, can_be_left_for: bool) {
        self.labels.push(can_be_left_for);
        let count = 1 + self.below(3);
        self.statements(count);
        self.labels.pop();
    }

    fn function(seed: u64) -> String {
        let mut generator = Generator {
            state: seed,
            text: String::new(),
            labels: Vec::new(),
        };
        let count = 2 + generator.below(4);
        generator.statements(count);
        let sum = (1..LOCALS).fold(String::from("(local.get 0)"), |sum, local| {
            format!("(i32.add (i32.mul {sum} (i32.const 31)) (local.get {local}))")
        });
        generator.add(&sum);
        generator.text
    }
}

#[test]
fn functions_with_calls_and_many_ways_out() {
    const FUNCTIONS: u64 = 60;
    let modules = std::env::var("WAZIR_MODULES").map_or(10, |count| count.parse().unwrap());
    for number in 0..modules {
        let mut text =
            String::from("(module (import \"\" \"h\" (func $h (param i32) (result i32)))\n");
        let declared = LOCALS - 3 + DEPTH;
        for index in 0..FUNCTIONS {
            let locals = "i32 ".repeat(declared);
            let body = Generator::function(number * FUNCTIONS + index);
            writeln!(
                text,
                "(func (export \"{index}\") (param i32 i32 i32) (result i32) (local {locals}) {body})"
            )
            .unwrap();
        }
        text.push(')');
        everywhere(|engine| {
            let mut store = Store::new(engine, 0_u32);
            let mut linker = Linker::new(engine);
            let h = |mut caller: Caller<'_, u32>, x: i32| {
                *caller.data_mut() = caller.data().wrapping_mul(31).wrapping_add(x as u32);
                x.wrapping_mul(5) ^ *caller.data() as i32
            };
            linker.func_wrap("", "h", h).unwrap();
            let instance = linker
                .instantiate(
                    &mut store,
                    &partly_compiled(engine, &text, 0, FUNCTIONS as usize),
                )
                .unwrap();
            let mut seen = Vec::new();
            for index in 0..FUNCTIONS {
                let name = index.to_string();
                let f = instance
                    .get_typed_func::<(i32, i32, i32), i32>(&mut store, &name)
                    .unwrap();
                for arguments in [
                    (0, 0, 0),
                    (1, 2, 3),
                    (-1, 5, 1 << 30),
                    (6, -7, 12),
                    (9, 1, -1),
                ] {
                    seen.push((number, index, f.call(&mut store, arguments).unwrap()));
                }
            }
            (seen, *store.data())
        });
    }
}
