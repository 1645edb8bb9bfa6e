//! Loops that copy and fill: what becomes one operation does what the loop does, whatever its operands are.

use crate::{everywhere, module};
use std::hash::{DefaultHasher, Hash, Hasher};
use wazir::inspect::{Processor, Stage, compiled};
use wazir::*;

/// Loops on `$to`, `$from`, `$end`, the index `$i` and further locals `$p`, `$q` and `$v`.
///
/// All of them become an operation in machine code.
const LOOPS: [(&str, &str); 31] = [
    (
        "pointers and a count",
        "(loop $l (i32.store8 (local.get $to) (i32.load8_u (local.get $from))) {to+1} {from+1} (br_if $l {end-1}))",
    ),
    (
        "pointers that are stepped first",
        "(loop $l (local.set $p (local.get $to)) {to+1} (local.set $q (local.get $from)) {from+1}
          (i32.store8 (local.get $p) (i32.load8_s (local.get $q))) (br_if $l {end-1}))",
    ),
    (
        "an index that is not the end",
        "(loop $l (i32.store8 {to[i]} (i32.load8_u {from[i]})) (br_if $l (i32.ne {i+1} (local.get $end))))",
    ),
    (
        "an index below the end",
        "(loop $l (i32.store8 {to[i]} (i32.load8_u {from[i]})) (br_if $l (i32.lt_u {i+1} (local.get $end))))",
    ),
    (
        "an end above the index",
        "(loop $l (i32.store8 {to[i]} (i32.load8_u {from[i]})) (br_if $l (i32.gt_s (local.get $end) {i+1})))",
    ),
    (
        "an index up to the end",
        "(loop $l (i32.store8 {to[i]} (i32.load8_u {from[i]})) (br_if $l (i32.le_u {i+1} (local.get $end))))",
    ),
    (
        "the former index below the end",
        "(loop $l (i32.store8 {to[i]} (i32.load8_u {from[i]})) (local.set $p (local.get $i)) (drop {i+1})
          (br_if $l (i32.lt_s (local.get $p) (local.get $end))))",
    ),
    (
        "a condition that stands first",
        "(loop $l (if (i32.lt_u (local.get $i) (local.get $end))
          (then (i32.store8 {to[i]} (i32.load8_u {from[i]})) (drop {i+1}) (br $l))))",
    ),
    (
        "a way out that stands first",
        "(block $out (loop $l (br_if $out (i32.eqz (local.get $end))) (drop {end-1})
          (i32.store8 (local.get $to) (i32.load8_u (local.get $from))) {to+1} {from+1} (br $l)))",
    ),
    (
        "two conditions, and a sum that is kept",
        "(block $out (loop $l (br_if $out (i32.ge_u (local.get $i) (local.get $end)))
          (local.set $p {to[i]}) (i32.store8 (local.get $p) (i32.load8_u {from[i]}))
          (br_if $l (i32.lt_s {i+1} (i32.const 90)))))",
    ),
    (
        "a value that is kept",
        "(loop $l (i32.store8 (local.get $to) (local.tee $v (i32.load8_s (local.get $from)))) {to+1} {from+1}
          (br_if $l {end-1}))",
    ),
    (
        "an end that comes nearer",
        "(loop $l (i32.store8 {to[i]} (i32.load8_u {from[i]})) (drop {end-1})
          (br_if $l (i32.lt_s {i+1} (local.get $end))))",
    ),
    (
        "an index that is subtracted",
        "(loop $l (i32.store8 (i32.sub (local.get $to) (local.get $end)) (i32.load8_u
          (i32.sub (local.get $from) (local.get $end)))) (br_if $l {end-1}))",
    ),
    (
        "a count below the end, with offsets",
        "(loop $l (i32.store8 offset=7 {to[i]} (i32.load8_u offset=3 {from[i]}))
          (br_if $l (i32.ne {i+1} (local.get $end))))",
    ),
    (
        "downward by index",
        "(loop $l (drop {end-1}) (i32.store8 (i32.add (local.get $to) (local.get $end))
          (i32.load8_u (i32.add (local.get $from) (local.get $end)))) (br_if $l (local.get $end)))",
    ),
    (
        "downward by pointers, with offsets",
        "(loop $l {to-1} {from-1} (i32.store8 offset=2 (local.get $to) (i32.load8_u offset=1 (local.get $from)))
          (br_if $l {end-1}))",
    ),
    (
        "downward as long as the index is above",
        "(loop $l (drop {end-1}) (i32.store8 (i32.add (local.get $to) (local.get $end))
          (i32.load8_u (i32.add (local.get $from) (local.get $end))))
          (br_if $l (i32.gt_s (local.get $end) (local.get $i))))",
    ),
    (
        "downward as long as the index is not below",
        "(loop $l (i32.store8 (i32.add (local.get $to) (local.get $end))
          (i32.load8_u (i32.add (local.get $from) (local.get $end)))) (br_if $l (i32.ge_s {end-1} (local.get $i))))",
    ),
    (
        "two bytes",
        "(loop $l (i32.store16 (local.get $to) (i32.load16_s (local.get $from))) {to+2} {from+2} (br_if $l {end-1}))",
    ),
    (
        "four bytes by index",
        "(loop $l (i32.store (i32.add (local.get $to) (i32.shl (local.get $i) (i32.const 2)))
          (i32.load (i32.add (i32.mul (i32.const 4) (local.get $i)) (local.get $from))))
          (br_if $l (i32.lt_u {i+1} (local.get $end))))",
    ),
    (
        "four bytes downward, to a multiple",
        "(loop $l (f32.store (local.get $to) (f32.load (local.get $from))) {to-4} {from-4}
          (br_if $l (i32.ge_u (local.tee $end (i32.sub (local.get $end) (i32.const 3))) (i32.const 9))))",
    ),
    (
        "eight bytes until a multiple",
        "(loop $l (i64.store (local.get $to) (i64.load (local.get $from))) {to+8} {from+8}
          (br_if $l (local.tee $end (i32.sub (local.get $end) (i32.const 2)))))",
    ),
    (
        "vectors",
        "(loop $l (v128.store (local.get $to) (v128.load (local.get $from))) {to+16} {from+16} (br_if $l {end-1}))",
    ),
    (
        "four bytes in turn",
        "(loop $l
          (i32.store8 (local.get $to) (i32.load8_u (local.get $from)))
          (i32.store8 (i32.add (local.get $to) (i32.const 1)) (i32.load8_u (i32.add (local.get $from) (i32.const 1))))
          (i32.store8 offset=2 (local.get $to) (i32.load8_u offset=2 (local.get $from)))
          (i32.store8 offset=2 (i32.add (local.get $to) (i32.const 1)) (i32.load8_u offset=4 (i32.sub (local.get $from)
          (i32.const 1)))) {to+4} {from+4} (br_if $l {end-1}))",
    ),
    (
        "two bytes in turn, downward",
        "(loop $l (i32.store8 offset=1 (local.get $to) (i32.load8_u (i32.add (local.get $from) (i32.const 1))))
          (i32.store8 (local.get $to) (i32.load8_u (local.get $from))) {to-2} {from-2} (br_if $l {end-1}))",
    ),
    (
        "fill with a byte",
        "(loop $l (i32.store8 (local.get $to) (local.get $from)) {to+1} (br_if $l {end-1}))",
    ),
    (
        "fill with a sum, downward",
        "(loop $l (i32.store8 offset=9 (local.get $to) (i32.add (local.get $from) (i32.const 3))) {to-1}
          (br_if $l {end-1}))",
    ),
    (
        "fill up to an address",
        "(loop $l (i32.store8 (local.get $to) (i32.const 511)) {to+1}
          (br_if $l (i32.lt_u (local.get $to) (local.get $from))))",
    ),
    (
        "fill with halves",
        "(loop $l (i32.store16 (local.get $to) (i32.const 0x12343434)) {to+2} (br_if $l {end-1}))",
    ),
    (
        "fill with ones",
        "(loop $l (i64.store (local.get $to) (i64.const -1)) (i64.store offset=8 (local.get $to) (i64.const -1)) {to+16}
          (br_if $l {end-1}))",
    ),
    (
        "fill with zeros",
        "(loop $l (if (local.get $end) (then (f64.store offset=1 (i32.add (local.get $to) (i32.shl (local.get $i)
          (i32.const 3))) (f64.const 0)) (drop {i+1}) (drop {end-1}) (br $l))))",
    ),
];

/// Loops that look like these, and are none.
const OTHERS: [&str; 8] = [
    // What is loaded was stored by the store before.
    "(loop $l (local.set $p (i32.load8_u (local.get $from))) (local.set $q (i32.load8_u offset=1 (local.get $from)))
      (i32.store8 (local.get $to) (local.get $p)) (i32.store8 offset=1 (local.get $to) (local.get $q)) {to+2} {from+2}
      (br_if $l {end-1}))",
    // The byte changes.
    "(loop $l (i32.store8 {to[i]} (local.get $i)) (br_if $l (i32.lt_u {i+1} (local.get $end))))",
    // The directions differ, or the widths, or the steps.
    "(loop $l (i32.store8 (local.get $to) (i32.load8_u (local.get $from))) {to+1} {from-1} (br_if $l {end-1}))",
    "(loop $l (i32.store8 (local.get $to) (i32.load16_u (local.get $from))) {to+1} {from+1} (br_if $l {end-1}))",
    "(loop $l (i32.store16 (local.get $to) (i32.load16_u (local.get $from))) {to+1} {from+1} (br_if $l {end-1}))",
    // Elements in the order against that of the iterations.
    "(loop $l (i32.store8 offset=1 (local.get $to) (i32.load8_u offset=1 (local.get $from)))
      (i32.store8 (local.get $to) (i32.load8_u (local.get $from))) {to+2} {from+2} (br_if $l {end-1}))",
    // The condition depends on what is loaded.
    "(loop $l (i32.store8 (local.get $to) (local.tee $v (i32.load8_u (local.get $from)))) {to+1} {from+1}
      (br_if $l (local.get $v)))",
    // The last value is seen behind the loop.
    "(block $out (loop $l (br_if $out (i32.eqz (local.get $end))) (drop {end-1})
      (i32.store8 (local.get $to) (local.tee $v (i32.load8_u (local.get $from)))) {to+1} {from+1} (br $l)))",
];

/// A module with a function for each loop that gives back all locals.
fn text(memory: &str, loops: &[&str]) -> String {
    let mut text = format!(r#"(module (memory (export "m") {memory})"#);
    for (number, body) in loops.iter().enumerate() {
        let mut body = body.replace("{to[i]}", "(i32.add (local.get $to) (local.get $i))");
        body = body.replace("{from[i]}", "(i32.add (local.get $i) (local.get $from))");
        for local in ["to", "from", "end", "i"] {
            for step in [1, 2, 4, 8, 16, -1, -2, -4] {
                // The index and the count give their value.
                let set = if local == "to" || local == "from" {
                    "set"
                } else {
                    "tee"
                };
                let name = format!("{{{local}{step:+}}}");
                let by = format!(
                    "(local.{set} ${local} (i32.add (local.get ${local}) (i32.const {step})))"
                );
                body = body.replace(&name, &by);
            }
        }
        text += &format!(
            r#"(func (export "f{number}") (param $to i32) (param $from i32) (param $end i32) (param $i i32)
                 (result i32 i32 i32 i32 i32 i32 i32) (local $p i32) (local $q i32) (local $v i32)
                 {body}
                 (local.get $to) (local.get $from) (local.get $end) (local.get $i)
                 (local.get $p) (local.get $q) (local.get $v))"#
        );
    }
    text + ")"
}

/// What a call comes to, with all of the memory.
fn outcome(
    store: &mut Store<()>,
    instance: &Instance,
    number: usize,
    operands: [i32; 4],
    content: &[u8],
) -> (String, u64) {
    let memory = instance.get_memory(&mut *store, "m").unwrap();
    memory.write(&mut *store, 0, content).unwrap();
    let function = instance
        .get_func(&mut *store, &format!("f{number}"))
        .unwrap();
    let mut results = vec![Val::I32(0); 7];
    let called = function.call(&mut *store, &operands.map(Val::I32), &mut results);
    let result = match called {
        Ok(()) => format!("{results:?}"),
        Err(error) => format!("{:?}", error.trap()),
    };
    let mut hasher = DefaultHasher::new();
    memory.data(&*store).hash(&mut hasher);
    (result, hasher.finish())
}

/// The operands `[to, from, end, i]` of the calls of a loop. It goes to the nearer end of the memory, so that it is
/// not long on its way if nothing ends it before.
fn operands(is_downward: bool) -> Vec<[i32; 4]> {
    let inside = |distance: i32| match is_downward {
        true => distance,
        false => 65_536 - distance,
    };
    let mut all = Vec::new();
    // Ranges that overlap in both directions, more or less, with lengths on both sides of where it pays.
    for distance in [0, 1, 4, 15, 16, 17, 31, 100, 700] {
        for count in [0, 1, 16, 17, 18, 33, 100] {
            let from = inside(1800);
            let index = if count % 2 == 0 { 0 } else { -5 };
            all.push([from + distance, from, count, index]);
            all.push([from - distance, from, count, index]);
        }
    }
    // Both ends of the memory, and addresses that wrap.
    for end in [0, 1, 8, 16, 17, 18, 24, 25, 39, 40, 41, 64, 160, 640] {
        for count in [17, 40, -1] {
            for index in [0, -7] {
                all.push([inside(end), inside(1800), count, index]);
                all.push([inside(1800), inside(end), count, index]);
            }
            all.push([-end, inside(1800), count, end]);
            all.push([inside(1800), -end, count, end - 5]);
        }
    }
    // Ends that are not reached exactly, and never; lengths that are short in 32 bits.
    let long = [28, 29, 30, 31].map(|bit| (1_u32 << bit) as i32 + 40);
    for end in [i32::MAX, i32::MIN, i32::MIN + 20, -20]
        .into_iter()
        .chain(long)
    {
        for index in [0, 1, i32::MIN, i32::MAX - 20, -100] {
            all.push([inside(900), inside(1800), end, index]);
            let by_end = |distance| inside(distance).wrapping_sub(end);
            all.push([by_end(900), by_end(1800), end, index]);
        }
    }
    all
}

fn content() -> Vec<u8> {
    let mut seed = 1_u32;
    let next = |_| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    (0..65_536).map(next).collect()
}

#[test]
fn loops_that_copy_do_what_they_did() {
    let loops: Vec<&str> = LOOPS.iter().map(|(_, body)| *body).chain(OTHERS).collect();
    let text = text("1 1", &loops);
    let recognized = compiled(
        &module(&Engine::default(), &text),
        Stage::Ssa,
        Processor::Full,
    );
    let recognized = recognized.unwrap();
    for (number, function) in recognized.split("function ").skip(1).enumerate() {
        let is_one = function.contains("copy_bytes") || function.contains("fill_bytes");
        let name = LOOPS.get(number).map(|(name, _)| *name);
        assert_eq!(is_one, name.is_some(), "{name:?} {number}: {function}");
    }
    let content = content();
    everywhere(|engine| {
        let module = module(engine, &text);
        let mut store = Store::new(engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let mut outcomes = Vec::new();
        for number in 0..loops.len() {
            let name = LOOPS.get(number).map_or("", |(name, _)| name);
            for operands in operands(name.contains("downward")) {
                let outcome = outcome(&mut store, &instance, number, operands, &content);
                outcomes.push((number, operands, outcome));
            }
        }
        outcomes
    });
}
