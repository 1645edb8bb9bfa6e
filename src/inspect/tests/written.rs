//! The functions that are compared.

use super::values::{Random, constant, name};
use super::{Case, compare};
use crate::wasm::opcodes::{ALL, Shape};
use crate::wasm::types::ValType;

const TYPES: [ValType; 5] = [
    ValType::I32,
    ValType::I64,
    ValType::F32,
    ValType::F64,
    ValType::V128,
];

/// The operators with operands and results of fixed types.
pub(super) fn operators() -> impl Iterator<Item = (&'static str, &'static [ValType], ValType)> {
    ALL.iter().filter_map(|opcode| match &opcode.info().shape {
        Shape::Fixed { params, result } => Some((opcode.name(), params.as_slice(), *result)),
        _ => None,
    })
}

/// A function with these parameters, which are its first locals.
pub(super) fn case(
    what: String,
    params: &[ValType],
    results: &[ValType],
    body: &str,
    calls: usize,
) -> Case {
    let list = |keyword: &str, types: &[ValType]| {
        types
            .iter()
            .map(|&ty| format!("({keyword} {}) ", name(ty)))
            .collect::<String>()
    };
    Case {
        name: what,
        text: format!("{}{}{body}", list("param", params), list("result", results)),
        params: params.to_vec(),
        results: results.to_vec(),
        calls,
        helper: None,
    }
}

fn get(count: usize) -> String {
    (0..count)
        .map(|index| format!("(local.get {index}) "))
        .collect()
}

/// Divisors of which multipliers are of every kind: small ones, those around powers of two, and such as need one bit
/// more than there are.
fn divisors() -> Vec<i64> {
    let mut divisors: Vec<i64> = (1..28).collect();
    for exponent in [5, 8, 15, 16, 30, 31, 32, 33, 47, 62, 63] {
        let power = 1_i64 << exponent;
        divisors.extend([power.wrapping_sub(1), power, power.wrapping_add(1)]);
    }
    divisors.extend([
        60,
        100,
        641,
        1000,
        3600,
        10_000,
        86_400,
        1_000_000,
        1_000_000_007,
    ]);
    divisors.extend([
        0x5555_5555,
        0x7FFF_FFED,
        6_700_417,
        274_177,
        0x5555_5555_5555_5555,
    ]);
    let negative: Vec<i64> = divisors.iter().map(|it| it.wrapping_neg()).collect();
    divisors.extend(negative);
    divisors
}

#[test]
fn divisions_by_constants() {
    let mut cases = Vec::new();
    for operator in ["div_s", "div_u", "rem_s", "rem_u"] {
        for divisor in divisors() {
            for (ty, name, divisor) in [
                (ValType::I32, "i32", i64::from(divisor as i32)),
                (ValType::I64, "i64", divisor),
            ] {
                if divisor == 0 {
                    continue;
                }
                let what = format!("{name}.{operator} by {divisor}");
                let body = format!("({name}.{operator} (local.get 0) ({name}.const {divisor}))");
                cases.push(case(what, &[ty], &[ty], &body, 60));
                // Multiples, and their neighbours.
                let what = format!("{name}.{operator} of about a multiple, by {divisor}");
                let body = format!(
                    "({name}.{operator} ({name}.add ({name}.mul (local.get 0) ({name}.const {divisor})) \
                     ({name}.sub ({name}.and (local.get 1) ({name}.const 3)) ({name}.const 1))) \
                     ({name}.const {divisor}))"
                );
                cases.push(case(what, &[ty, ty], &[ty], &body, 60));
            }
        }
    }
    compare(&cases, 11);
}

#[test]
fn operators_on_registers() {
    let mut cases = Vec::new();
    for (text, params, result) in operators() {
        let operands = get(params.len());
        cases.push(case(
            text.into(),
            params,
            &[result],
            &format!("({text} {operands})"),
            2000,
        ));
        // The operands are needed behind it.
        let mut results = vec![result];
        results.extend(params);
        let body = format!("({text} {operands}) {operands}");
        cases.push(case(
            format!("{text} and operands"),
            params,
            &results,
            &body,
            200,
        ));
        if let [a, b] = params {
            if a == b {
                let body = format!("({text} (local.get 0) (local.get 0))");
                cases.push(case(format!("{text} of one"), &[*a], &[result], &body, 400));
            }
            let swapped = [*b, *a];
            let body = format!("({text} (local.get 1) (local.get 0))");
            cases.push(case(
                format!("{text} swapped"),
                &swapped,
                &[result],
                &body,
                200,
            ));
        }
    }
    compare(&cases, 1);
}

#[test]
fn operators_on_memory() {
    let mut cases = Vec::new();
    for (text, params, result) in operators() {
        for first in 0..params.len() {
            // Operands before `first` are parameters, the others are loaded from addresses that are not aligned.
            let mut body = format!("({text} ");
            for (index, &ty) in params.iter().enumerate() {
                if index < first {
                    body.push_str(&format!("(local.get {index})"));
                } else {
                    let at = 16 * index + 1;
                    body.push_str(&format!("({}.load offset={at} (i32.const 16))", name(ty)));
                }
            }
            body.push(')');
            cases.push(case(
                format!("{text} of loads from {first}"),
                &params[..first],
                &[result],
                &body,
                200,
            ));
        }
        if let [a, b] = params {
            let body = format!(
                "({text} ({}.load offset=17 (i32.const 0)) (local.get 0))",
                name(*a)
            );
            cases.push(case(
                format!("{text} of a load and"),
                &[*b],
                &[result],
                &body,
                100,
            ));
        }
    }
    compare(&cases, 2);
}

#[test]
fn operators_on_constants() {
    let mut random = Random::new(3);
    let mut cases = Vec::new();
    for (text, params, result) in operators() {
        for (at, &ty) in params.iter().enumerate() {
            for _ in 0..6 {
                let mut others = params.to_vec();
                others.remove(at);
                let constant = constant(ty, &mut random);
                let mut operands: Vec<String> = (0..others.len())
                    .map(|index| format!("(local.get {index})"))
                    .collect();
                operands.insert(at, constant.clone());
                let body = format!("({text} {})", operands.join(" "));
                cases.push(case(
                    format!("{text} with {constant} at {at}"),
                    &others,
                    &[result],
                    &body,
                    40,
                ));
            }
        }
    }
    compare(&cases, 4);
}

#[test]
fn operators_as_conditions() {
    let mut cases = Vec::new();
    for (text, params, result) in operators() {
        if result != ValType::I32 {
            continue;
        }
        let test = format!("({text} {})", get(params.len()));
        let mut with = |what: &str, result: ValType, body: String| {
            cases.push(case(
                format!("{text} {what}"),
                params,
                &[result],
                &body,
                200,
            ));
        };
        with(
            "branch",
            ValType::I32,
            format!("(if (result i32) {test} (then (i32.const 3)) (else (i32.const 4)))"),
        );
        with(
            "branch of its inverse",
            ValType::I32,
            format!("(if (result i32) (i32.eqz {test}) (then (i32.const 3)) (else (i32.const 4)))"),
        );
        with("inverse", ValType::I32, format!("(i32.eqz {test})"));
        with(
            "select i32",
            ValType::I32,
            format!("(select (i32.const 3) (i32.const 4) {test})"),
        );
        with(
            "select i64",
            ValType::I64,
            format!("(select (i64.const 3) (i64.const 4) (i32.eqz {test}))"),
        );
        with(
            "select f32",
            ValType::F32,
            format!("(select (f32.const 3) (f32.const 4) {test})"),
        );
        with(
            "select f64",
            ValType::F64,
            format!("(select (f64.const 3) (f64.const 4) (i32.eqz {test}))"),
        );
        let vectors = "(v128.const i64x2 1 2) (v128.const i64x2 3 4)";
        with(
            "select v128",
            ValType::V128,
            format!("(select {vectors} {test})"),
        );
        with(
            "as a number",
            ValType::I32,
            format!("(i32.add {test} {test})"),
        );
    }
    for ty in ["f32", "f64"] {
        let params = if ty == "f32" {
            [ValType::F32; 2]
        } else {
            [ValType::F64; 2]
        };
        for test in ["lt", "gt", "le", "ge", "eq", "ne"] {
            for (first, second) in [(0, 1), (1, 0), (0, 0)] {
                for (left, right) in [(0, 1), (1, 0)] {
                    let body = format!(
                        "(select (local.get {first}) (local.get {second})
                           ({ty}.{test} (local.get {left}) (local.get {right})))"
                    );
                    cases.push(case(
                        format!("{ty} select {first} {second} {test} {left} {right}"),
                        &params,
                        &params[..1],
                        &body,
                        400,
                    ));
                }
            }
        }
    }
    compare(&cases, 5);
}

#[test]
fn lanes() {
    let mut cases = Vec::new();
    for opcode in &ALL {
        let text = opcode.name();
        match opcode.info().shape {
            Shape::ExtractLane { lanes, result } => {
                for lane in 0..lanes {
                    let body = format!("({text} {lane} (local.get 0)) (local.get 0)");
                    cases.push(case(
                        format!("{text} {lane}"),
                        &[ValType::V128],
                        &[result, ValType::V128],
                        &body,
                        100,
                    ));
                }
            }
            Shape::ReplaceLane { lanes, value } => {
                for lane in 0..lanes {
                    let body = format!("({text} {lane} (local.get 0) (local.get 1)) (local.get 0)");
                    cases.push(case(
                        format!("{text} {lane}"),
                        &[ValType::V128, value],
                        &[ValType::V128; 2],
                        &body,
                        100,
                    ));
                    let body = format!(
                        "({text} {lane} (local.get 0) ({}.load offset=17 (i32.const 0)))",
                        name(value)
                    );
                    cases.push(case(
                        format!("{text} {lane} of a load"),
                        &[ValType::V128],
                        &[ValType::V128],
                        &body,
                        100,
                    ));
                }
            }
            Shape::LoadLane { width_bytes } => {
                for lane in 0..16 / width_bytes {
                    let body = format!("({text} offset=17 {lane} (i32.const 1) (local.get 0))");
                    cases.push(case(
                        format!("{text} {lane}"),
                        &[ValType::V128],
                        &[ValType::V128],
                        &body,
                        100,
                    ));
                }
            }
            Shape::StoreLane { width_bytes } => {
                for lane in 0..16 / width_bytes {
                    let body = format!("({text} offset=17 {lane} (i32.const 1) (local.get 0))");
                    cases.push(case(
                        format!("{text} {lane}"),
                        &[ValType::V128],
                        &[],
                        &body,
                        100,
                    ));
                }
            }
            _ => {}
        }
    }
    compare(&cases, 6);
}

/// All ways to swap bytes, and what only looks like them.
#[test]
fn reversed_bytes() {
    let narrow = [
        "(i32.or (i32.rotr (i32.and (local.get 0) (i32.const 0xff00ff)) (i32.const 8))
          (i32.and (i32.rotr (local.get 0) (i32.const 24)) (i32.const 0xff00ff)))",
        "(i32.or (i32.and (i32.rotl (local.get 0) (i32.const 8)) (i32.const 0xff00ff))
          (i32.and (i32.rotr (local.get 0) (i32.const 8)) (i32.const 0xff00ff00)))",
        "(i32.or (i32.or (i32.shl (local.get 0) (i32.const 24))
            (i32.and (i32.shl (local.get 0) (i32.const 8)) (i32.const 0xff0000)))
          (i32.or (i32.and (i32.shr_u (local.get 0) (i32.const 8)) (i32.const 0xff00))
            (i32.shr_u (local.get 0) (i32.const 24))))",
        "(i32.or (i32.or (i32.shl (local.get 0) (i32.const 24))
            (i32.and (i32.shl (local.get 0) (i32.const 8)) (i32.const 0xff00ff)))
          (i32.or (i32.and (i32.shr_u (local.get 0) (i32.const 8)) (i32.const 0xff00))
            (i32.shr_u (local.get 0) (i32.const 24))))",
        "(i32.or (i32.or (i32.shl (local.get 0) (i32.const 24))
            (i32.and (i32.shl (local.get 0) (i32.const 8)) (i32.const 0xff0000)))
          (i32.or (i32.and (i32.shr_s (local.get 0) (i32.const 8)) (i32.const 0xff00))
            (i32.shr_s (local.get 0) (i32.const 24))))",
        "(i32.or (i32.rotr (i32.and (local.get 0) (i32.const 0xff00ff)) (i32.const 8))
          (i32.and (i32.rotr (local.get 1) (i32.const 24)) (i32.const 0xff00ff)))",
    ];
    let shifted = |shift: &str, count: u32, mask: u64| {
        format!("(i64.and ({shift} (local.get 0) (i64.const {count})) (i64.const {mask:#x}))")
    };
    let terms: Vec<String> = (0..4)
        .flat_map(|at| {
            let count = 56 - 16 * at;
            [
                shifted("i64.shl", count, 0xFF << (56 - 8 * at)),
                shifted("i64.shr_u", count, 0xFF << (8 * at)),
            ]
        })
        .collect();
    let any = |terms: &[String]| {
        let rest = "i64.or ".repeat(terms.len() - 1);
        format!("{} {rest}", terms.concat())
    };
    let masked = "(i64.or (i64.or (i64.and (i64.shl (local.get 0) (i64.const 8)) (i64.const 0xff00ff00ff00ff00))
        (i64.and (i64.shr_u (local.get 0) (i64.const 8)) (i64.const 0xff00ff00ff00ff)))
        (i64.const 0))";
    let in_steps = format!(
        "(local.set 0 {masked})
        (local.set 0 (i64.or (i64.and (i64.shl (local.get 0) (i64.const 16)) (i64.const 0xffff0000ffff0000))
          (i64.and (i64.shr_u (local.get 0) (i64.const 16)) (i64.const 0xffff0000ffff))))
        (i64.rotl (local.get 0) (i64.const 32))
        (i64.or (i64.shl (local.get 0) (i64.const 32)) (i64.shr_u (local.get 0) (i64.const 32)))
        (i64.xor)
        (i64.or (i64.shl (local.get 0) (i64.const 32)) (i64.shr_u (local.get 0) (i64.const 32)))
        (i64.add)"
    );
    let wide = [any(&terms), any(&terms[1..]), in_steps];
    let mut cases: Vec<Case> = narrow
        .iter()
        .map(|body| {
            let params = [ValType::I32; 2];
            case(body.to_string(), &params, &[ValType::I32], body, 50)
        })
        .collect();
    cases.extend(wide.iter().map(|body| {
        let params = [ValType::I64];
        case(body.clone(), &params, &[ValType::I64], body, 50)
    }));
    compare(&cases, 17);
}

#[test]
fn choices_by_masks() {
    let choices = ["v128.bitselect", "i32x4.relaxed_laneselect"];
    let mut masks = vec![
        "(v128.not (i64x2.eq (local.get 0) (local.get 1)))".to_string(),
        "(v128.or (local.get 2) (i8x16.eq (local.get 0) (local.get 1)))".to_string(),
        "(v128.xor (f32x4.le (local.get 0) (local.get 1)) (i16x8.lt_s (local.get 1) (local.get 2)))"
            .to_string(),
    ];
    for (text, params, result) in operators() {
        if params == [ValType::V128; 2] && result == ValType::V128 {
            masks.push(format!("({text} (local.get 1) (local.get 2))"));
        }
    }
    let mut cases = Vec::new();
    for mask in &masks {
        for choice in choices {
            let body = format!("({choice} (local.get 0) (local.get 1) {mask})");
            let params = [ValType::V128; 3];
            cases.push(case(body.clone(), &params, &[ValType::V128], &body, 50));
        }
    }
    compare(&cases, 16);
}

#[test]
fn loads_and_stores() {
    let mut random = Random::new(7);
    let mut cases = Vec::new();
    for opcode in &ALL {
        let text = opcode.name();
        match opcode.info().shape {
            Shape::Load { result, .. } => {
                for offset in [0, 17] {
                    let body =
                        format!("({text} offset={offset} (i32.and (local.get 0) (i32.const 127)))");
                    cases.push(case(
                        format!("{text} {offset}"),
                        &[ValType::I32],
                        &[result],
                        &body,
                        200,
                    ));
                }
            }
            Shape::Store { value, .. } => {
                let body = format!(
                    "({text} offset=17 (i32.and (local.get 0) (i32.const 127)) (local.get 1))"
                );
                cases.push(case(text.into(), &[ValType::I32, value], &[], &body, 200));
                for _ in 0..4 {
                    let constant = constant(value, &mut random);
                    let body = format!("({text} offset=17 (i32.const 3) {constant})");
                    cases.push(case(format!("{text} of {constant}"), &[], &[], &body, 4));
                }
            }
            _ => {}
        }
    }
    compare(&cases, 8);
}

fn shuffle(cases: &mut Vec<Case>, lanes: [u8; 16]) {
    let list = lanes.map(|lane| lane.to_string()).join(" ");
    for (what, operands) in [
        ("two", "(local.get 0) (local.get 1)"),
        ("one", "(local.get 0) (local.get 0)"),
        ("with zero", "(local.get 0) (v128.const i64x2 0 0)"),
        ("of zero with", "(v128.const i64x2 0 0) (local.get 1)"),
        (
            "of a load",
            "(local.get 0) (v128.load offset=17 (i32.const 0))",
        ),
    ] {
        let body = format!("(i8x16.shuffle {list} {operands})");
        cases.push(case(
            format!("shuffle of {what}: {list}"),
            &[ValType::V128; 2],
            &[ValType::V128],
            &body,
            8,
        ));
    }
}

#[test]
fn shuffles() {
    let mut random = Random::new(9);
    let mut cases = Vec::new();
    for first in 0..32 {
        shuffle(&mut cases, [first; 16]);
        shuffle(
            &mut cases,
            core::array::from_fn(|at| (first + at as u8) & 31),
        );
        shuffle(
            &mut cases,
            core::array::from_fn(|at| (first + at as u8) & 15),
        );
    }
    for width in [1, 2, 4, 8] {
        for start in [0, 8, 16, 24] {
            for other in [0, 8, 16, 24] {
                let lanes = core::array::from_fn(|at| {
                    let at = at as u8;
                    let start = if at / width % 2 == 0 { start } else { other };
                    start + at / width / 2 * width + at % width
                });
                shuffle(&mut cases, lanes);
            }
        }
        for round in 0..100 {
            // Lanes of this width anywhere, in their places but of any source, or two of each source.
            let mut wide = [0; 16];
            for (at, lane) in wide.iter_mut().enumerate() {
                let number = random.next() as u8 & 31;
                *lane = match round % 4 {
                    0 => number % (32 / width),
                    1 => at as u8 + number % 2 * (16 / width),
                    2 if at < 2 => number % (16 / width),
                    2 => number % (16 / width) + 16 / width,
                    _ => number % (16 / width),
                };
            }
            let lanes =
                core::array::from_fn(|at| wide[at / usize::from(width)] * width + at as u8 % width);
            shuffle(&mut cases, lanes.map(|lane| lane & 31));
        }
    }
    compare(&cases, 10);
}

/// More values than registers, of every kind, are alive at once.
#[test]
fn many_values() {
    let mut random = Random::new(11);
    let mut cases = Vec::new();
    for ty in TYPES {
        for count in [3, 9, 14, 17, 24, 41] {
            let (add, join) = match ty {
                ValType::V128 => ("i32x4.add", "i16x8.sub"),
                ValType::F32 => ("f32.copysign", "f32.sub"),
                ValType::F64 => ("f64.copysign", "f64.sub"),
                ValType::I32 => ("i32.add", "i32.sub"),
                _ => ("i64.add", "i64.sub"),
            };
            let mut body = format!("(local {})", format!("{} ", name(ty)).repeat(count));
            for index in 0..count {
                let constant = constant(ty, &mut random);
                let operand = index % 2;
                body.push_str(&format!(
                    "(local.set {} ({add} (local.get {operand}) {constant}))",
                    index + 2
                ));
            }
            body.push_str("(local.get 0)");
            for index in 0..count {
                body.push_str(&format!("(local.get {}) {join}", index + 2));
            }
            cases.push(case(
                format!("{count} of {}", name(ty)),
                &[ty; 2],
                &[ty],
                &body,
                100,
            ));
        }
    }
    compare(&cases, 12);
}

/// Calls with more arguments than registers, behind which all that was there before them is needed.
#[test]
fn calls() {
    let mut cases = Vec::new();
    let params = [ValType::F64, ValType::V128, ValType::I64, ValType::F32];
    let results = [ValType::F64, ValType::V128, ValType::I64, ValType::F32];
    for rounds in 1..5 {
        // The callee has every register overwritten by its own values.
        let types: String = (0..rounds * 3).map(|_| "f64 v128 i64 f32 ").collect();
        let count = rounds * 12;
        let mut callee = String::new();
        for (result, join) in JOINS.iter().enumerate() {
            callee.push_str(&get_at(result));
            for index in (result + 4..count).step_by(4) {
                callee.push_str(&get_at(index));
                callee.push_str(join);
            }
        }
        let helper = format!("(param {types}) (result f64 v128 i64 f32) {callee}");
        let mut body = String::new();
        let mut locals = String::new();
        for index in 4..count {
            let ty = index % 4;
            locals.push_str(&format!("(local {})", name(params[ty])));
            body.push_str(&format!(
                "(local.set {index} {} {} {})",
                get_at(index - 4),
                get_at(ty),
                JOINS[ty]
            ));
        }
        let all: String = (0..count).map(get_at).collect();
        body.push_str(&format!(
            "{all} (call $helper) (local.set 3) (local.set 2) (local.set 1) (local.set 0)"
        ));
        body.push_str(&callee);
        let mut case = case(
            format!("{rounds} rounds"),
            &params,
            &results,
            &format!("{locals}{body}"),
            100,
        );
        case.helper = Some(helper);
        cases.push(case);
    }
    for case in cases {
        compare(&[case], 14);
    }
}

const JOINS: [&str; 4] = ["f64.sub ", "i16x8.sub ", "i64.sub ", "f32.sub "];

fn get_at(index: usize) -> String {
    format!("(local.get {index}) ")
}

/// A loop whose variables have constants where it begins.
#[test]
fn loops() {
    let body = "(local i32 f64 v128 f32 i64)
        (local.set 2 (f64.const 1)) (local.set 3 (v128.const i32x4 1 2 3 4))
        (loop
          (local.set 2 (f64.add (f64.mul (local.get 2) (f64.const 1.5)) (f64.convert_i32_s (local.get 1))))
          (local.set 3 (i32x4.add (local.get 3) (i32x4.splat (local.get 1))))
          (local.set 4 (f32.sub (f32.const 3) (local.get 4)))
          (local.set 5 (i64.add (local.get 5) (i64.const 7)))
          (local.set 1 (i32.add (local.get 1) (i32.const 1)))
          (br_if 0 (i32.lt_u (local.get 1) (i32.and (local.get 0) (i32.const 15)))))
        (local.get 2) (local.get 3) (local.get 4) (local.get 5)";
    let results = [ValType::F64, ValType::V128, ValType::F32, ValType::I64];
    compare(
        &[case("loop".into(), &[ValType::I32], &results, body, 50)],
        13,
    );
}
