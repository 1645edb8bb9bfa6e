//! Runs a script of the language Rhai with `size` rounds: an interpreter that walks a tree.

use programs as _;
use rhai::{Engine, INT, Scope};
use support::Checksum;

support::case!(work);

const SCRIPT: &str = r#"
    fn fib(n) { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }

    fn sieve(limit) {
        let composite = [];
        composite.pad(limit, false);
        let primes = 0;
        for number in 2..limit {
            if composite[number] { continue; }
            primes += 1;
            for multiple in range(number * number, limit, number) { composite[multiple] = true; }
        }
        primes
    }

    let sum = 0;
    let words = #{};
    for round in 0..size {
        sum += fib(8 + round % 4) + sieve(50);
        let key = `word ${round % 7}`;
        if key in words { words[key] += round; } else { words[key] = round * 2; }
        let text = "";
        for letter in key { if letter != ' ' { text = letter + text; } }
        sum += text.len + words.values().map(|value| value % 10).reduce(|a, b| a + b, 0);
        sum %= 1000003;
    }
    sum
"#;

fn work(size: u32) -> u64 {
    let engine = Engine::new();
    let mut scope = Scope::new();
    scope.push("size", INT::from(size));
    let sum: INT = engine
        .eval_with_scope(&mut scope, SCRIPT)
        .expect("the script runs");
    let mut checksum = Checksum::new();
    checksum.add(sum as u64);
    checksum.get()
}
