//! Facts, and messages that the official suites do not fix.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::{Bodies, Scratch, decode_module, facts};
use crate::error::{Error, ErrorKind};
use crate::module::Module;
use crate::module::facts::effect;
use crate::module::registry::TypeRegistry;
use crate::wasm::features::{Feature, Features};

fn load(text: &str) -> Result<Module, Error> {
    let binary = wat::parse_str(text).expect("the test's text is well-formed");
    decode_module(
        binary.into(),
        Features::WASM_3_0,
        &TypeRegistry::new(),
        Bodies::Lazy,
    )
}

/// The facts about the only body of a module.
fn facts_of(text: &str) -> String {
    let module = load(text).expect("the module is valid");
    let facts = facts(&module, 0, &mut Scratch::default()).expect("the body is valid");
    let constructs: Vec<String> = facts
        .constructs()
        .map(|construct| {
            let mut text = format!("{:?}", construct.assigned);
            for (bit, name) in [
                (effect::LOOP, " loop"),
                (effect::STORE, " store"),
                (effect::GLOBAL, " global"),
                (effect::CALL, " call"),
                (effect::GROW, " grow"),
                (effect::VECTOR_CONSTANT, " vectors"),
            ] {
                let has = construct.effects & bit != 0;
                text.push_str(if has { name } else { "" });
            }
            text
        })
        .collect();
    format!(
        "{} operators, {} slots, leaf {}, calls {:?}, assigns {:?}, {constructs:?}",
        facts.operator_count(),
        facts.max_operand_slots(),
        facts.is_leaf(),
        facts.callees(),
        facts.assigned_locals()
    )
}

#[test]
fn constructs_know_what_is_in_them_and_in_what_is_nested() {
    let facts = facts_of(
        "(module (import \"\" \"f\" (func $f)) (import \"\" \"g\" (func $g)) (memory 1)
           (func (param i32) (local i64 i64)
             (block                                  ;; construct 0
               (local.set 1 (i64.const 1))
               (loop                                 ;; construct 1
                 (if (local.tee 0 (i32.const 0))     ;; construct 2
                   (then (i32.store (i32.const 0) (i32.const 0)))
                   (else (call $g) (local.set 2 (i64.const 1))))))
             (block (drop (memory.grow (i32.const 1)))) ;; construct 3
             (block (call $f) (call $g))))",
    );
    let constructs = [
        "0..3 store call",
        "1..3 loop store call",
        "2..3 store call",
        "3..3 store grow",
        "3..3 call",
    ];
    assert_eq!(
        facts,
        format!(
            "27 operators, 2 slots, leaf false, calls [0, 1], assigns [1, 0, 2], {constructs:?}"
        )
    );
}

#[test]
fn vectors_take_two_slots_and_dead_operands_none() {
    assert_eq!(
        facts_of("(module (func (v128.const i64x2 0 0) (v128.const i64x2 0 0) drop drop))"),
        "5 operators, 4 slots, leaf true, calls [], assigns [], []"
    );
    assert_eq!(
        facts_of("(module (func (i32.const 1) return (i32.const 1) (i32.const 1) drop drop))"),
        "7 operators, 2 slots, leaf true, calls [], assigns [], []"
    );
}

/// A module with one body of type [] -> [].
fn with_body(body: &[u8]) -> Vec<u8> {
    let mut binary = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a".to_vec();
    binary.extend([body.len() as u8 + 2, 1, body.len() as u8]);
    binary.extend(body);
    binary
}

fn error_of(binary: &[u8], features: Features) -> (ErrorKind, Option<usize>, String) {
    let Err(error) = decode_module(binary.into(), features, &TypeRegistry::new(), Bodies::Eager)
    else {
        panic!("the module is not valid");
    };
    (error.kind(), error.offset(), error.to_string())
}

#[test]
fn a_disabled_feature_is_named() {
    let binary = with_body(&[0, 0x12, 0, 0x0B]);
    let (kind, offset, message) = error_of(&binary, Features::WASM_2_0);
    assert_eq!((kind, offset), (ErrorKind::Unsupported, Some(23)));
    assert!(
        message.starts_with("tail-call: feature is disabled"),
        "{message}"
    );
    let mut features = Features::WASM_2_0;
    features.set(Feature::TailCall, true);
    assert!(decode_module(binary.into(), features, &TypeRegistry::new(), Bodies::Eager).is_ok());
}

#[test]
fn legacy_exceptions_components_and_text_are_recognized() {
    let legacy = with_body(&[0, 0x06, 0x40, 0x19, 0x0B, 0x0B]);
    let component = b"\0asm\x0d\0\x01\0".to_vec();
    let text = b" (module)".to_vec();
    for (binary, words) in [
        (legacy, "legacy exception"),
        (component, "component"),
        (text, "WebAssembly text"),
    ] {
        let (kind, _, message) = error_of(&binary, Features::WASM_3_0);
        assert_eq!(kind, ErrorKind::Unsupported);
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn what_is_malformed_goes_before_what_is_invalid() {
    let (kind, offset, _) = error_of(&with_body(&[0, 0x6A, 0x01, 0xFF, 0x0B]), Features::WASM_3_0);
    assert_eq!((kind, offset), (ErrorKind::Malformed, Some(25)));
    let (kind, offset, _) = error_of(&with_body(&[0, 0x6A, 0x01, 0x0B]), Features::WASM_3_0);
    assert_eq!((kind, offset), (ErrorKind::Invalid, Some(23)));
}

#[test]
fn a_value_of_any_type_is_no_address_of_a_memory_that_is_not_there() {
    for access in [
        "(i32.load8_u (select))",
        "(i32.store (select) (i32.const 0))",
    ] {
        let body = format!("(block unreachable {access} unreachable)");
        let error = load_bodies(&format!("(module (func {body}))")).unwrap_err();
        assert!(error.to_string().contains("unknown memory 0"), "{error}");
        assert!(load_bodies(&format!("(module (memory 1) (func {body}))")).is_ok());
    }
}

#[test]
fn locals_that_have_to_be_set_are_known_also_far_behind() {
    // Behind the locals that are kept one by one, so that `local_runs` is used.
    let text = |body: &str| {
        let before = vec!["i32"; 500].join(" ");
        format!("(module (func (param (ref func)) (local {before} (ref func)) {body}))")
    };
    assert!(
        load_bodies(&text(
            "(local.set 501 (local.get 0)) (drop (local.get 501))"
        ))
        .is_ok()
    );
    assert!(load_bodies(&text("(drop (local.get 501))")).is_err());
    let in_block = "(block (local.set 501 (local.get 0))) (drop (local.get 501))";
    assert!(load_bodies(&text(in_block)).is_err());
}

fn load_bodies(text: &str) -> Result<(), Error> {
    super::validate_bodies(&load(text)?, 1).map(drop)
}

/// Whichever worker finds what: the first body decides.
#[test]
fn findings_in_bodies_do_not_depend_on_the_number_of_threads() {
    // Functions take as long as they have instructions, so that later ones are done before.
    let text = |broken: &[usize], of_future: &[usize]| {
        let functions = (0..300).map(|index| {
            let length = 1 + index * 7919 % 200;
            let result = if broken.contains(&index) {
                "(result i64)"
            } else {
                ""
            };
            let future = if of_future.contains(&index) {
                "(throw 0)"
            } else {
                ""
            };
            format!(
                "(func {result} {} {future})",
                "(drop (i32.const 1))".repeat(length)
            )
        });
        format!("(module (tag) {})", functions.collect::<String>())
    };
    let findings = |text: &str| {
        let binary = wat::parse_str(text).unwrap();
        let registry = TypeRegistry::new();
        [1, 2, 3, 8].map(|workers| {
            let found = || {
                let module = decode_module(
                    binary.as_slice().into(),
                    Features::WASM_3_0,
                    &registry,
                    Bodies::Lazy,
                )
                .unwrap();
                match super::validate_bodies(&module, workers) {
                    Ok(found) => format!("{:?}", found.map(|(_, index)| index)),
                    Err(error) => error.to_string(),
                }
            };
            [(); 10].map(|()| found())
        })
    };
    for (text, expected) in [
        (text(&[], &[]), "None"),
        (text(&[], &[299, 111, 200]), "Some(111)"),
        (text(&[250, 249, 290, 299], &[3]), "in function 249,"),
        (text(&[0, 1, 2, 3, 4, 5, 6, 7], &[]), "in function 0,"),
    ] {
        let found = findings(&text);
        let first = &found[0][0];
        assert!(first.contains(expected), "{first}");
        assert!(
            found.iter().flatten().all(|other| other == first),
            "{found:?}"
        );
    }
}

#[test]
fn a_lazy_module_reports_a_body_when_it_is_asked_for() {
    let module = load("(module (func) (func (result i32)))").unwrap();
    let mut scratch = Scratch::default();
    assert!(facts(&module, 0, &mut scratch).is_ok());
    assert!(facts(&module, 1, &mut scratch).is_err());
    assert!(module.bodies[1].facts.get().is_none());
}
