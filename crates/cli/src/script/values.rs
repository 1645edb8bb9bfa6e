//! The values of scripts, and the module `spectest` that they import from.
//!
//! Input: constants and patterns of a script. Output: values for the engine, and whether a result matches a pattern.
//! Holds: floating-point numbers are compared by their bits, but for patterns of not-a-number.

use wast::WastArg;
use wast::core::{AbstractHeapType, HeapType, NanPattern, V128Pattern, WastArgCore, WastRetCore};
use wast::token::{F32, F64};
use wazir::{ErrorKind, ExternRef, Feature, Linker, Module, Store, Val};

/// What every script can import, and what needs a feature.
const SPECTEST: &[(Option<Feature>, &str)] = &[
    (
        None,
        r#"(module
             (func (export "print"))
             (func (export "print_i32") (param i32))
             (func (export "print_i64") (param i64))
             (func (export "print_f32") (param f32))
             (func (export "print_f64") (param f64))
             (func (export "print_i32_f32") (param i32 f32))
             (func (export "print_f64_f64") (param f64 f64))
             (global (export "global_i32") i32 (i32.const 666))
             (global (export "global_i64") i64 (i64.const 666))
             (global (export "global_f32") f32 (f32.const 666.6))
             (global (export "global_f64") f64 (f64.const 666.6))
             (table (export "table") 10 20 funcref)
             (memory (export "memory") 1 2))"#,
    ),
    (
        Some(Feature::Memory64),
        r#"(module (table (export "table64") i64 10 20 funcref))"#,
    ),
    (
        Some(Feature::Threads),
        r#"(module (memory (export "shared_memory") 1 2 shared))"#,
    ),
];

/// Defines the module `spectest`.
pub(super) fn define_spectest(linker: &mut Linker<()>, store: &mut Store<()>) -> wazir::Result<()> {
    let features = store.engine().config().get_features();
    for (feature, text) in SPECTEST {
        if feature.is_some_and(|feature| !features.contains(feature)) {
            continue;
        }
        let buffer = wast::parser::ParseBuffer::new(text).map_err(wazir::Error::new)?;
        let mut module =
            wast::parser::parse::<wast::Wat<'_>>(&buffer).map_err(wazir::Error::new)?;
        let bytes = module.encode().map_err(wazir::Error::new)?;
        let instance = Module::new(store.engine(), bytes)
            .and_then(|module| linker.instantiate(&mut *store, &module));
        match instance {
            Ok(instance) => linker.instance(&mut *store, "spectest", instance)?,
            // What the engine validates but does not execute yet is missing, and only scripts that import it fail.
            Err(error) if error.kind() == ErrorKind::Unsupported => continue,
            Err(error) => return Err(error),
        };
    }
    Ok(())
}

/// The value of an argument.
pub(super) fn argument(store: &mut Store<()>, argument: &WastArg<'_>) -> Result<Val, String> {
    let WastArg::Core(argument) = argument else {
        return Err("components are not supported".to_string());
    };
    Ok(match argument {
        WastArgCore::I32(value) => Val::I32(*value),
        WastArgCore::I64(value) => Val::I64(*value),
        WastArgCore::F32(value) => Val::F32(value.bits),
        WastArgCore::F64(value) => Val::F64(value.bits),
        WastArgCore::V128(value) => Val::V128(u128::from_le_bytes(value.to_le_bytes()).into()),
        WastArgCore::RefNull(HeapType::Abstract {
            shared: false,
            ty: AbstractHeapType::Func,
        }) => Val::FuncRef(None),
        WastArgCore::RefNull(HeapType::Abstract {
            shared: false,
            ty: AbstractHeapType::Extern,
        }) => Val::ExternRef(None),
        WastArgCore::RefExtern(number) => {
            let reference = ExternRef::new(store, *number).map_err(|error| error.to_string())?;
            Val::ExternRef(Some(reference))
        }
        other => return Err(format!("no such argument can be made: {other:?}")),
    })
}

/// Whether a result is what a script expects.
pub(super) fn matches(store: &Store<()>, actual: &Val, expected: &WastRetCore<'_>) -> bool {
    match (actual, expected) {
        (_, WastRetCore::Either(cases)) => cases.iter().any(|case| matches(store, actual, case)),
        (Val::I32(actual), WastRetCore::I32(expected)) => actual == expected,
        (Val::I64(actual), WastRetCore::I64(expected)) => actual == expected,
        (Val::F32(actual), WastRetCore::F32(expected)) => f32_matches(*actual, expected),
        (Val::F64(actual), WastRetCore::F64(expected)) => f64_matches(*actual, expected),
        (Val::V128(actual), WastRetCore::V128(expected)) => {
            v128_matches(actual.as_u128(), expected)
        }
        (Val::FuncRef(actual), WastRetCore::RefNull(ty)) => {
            actual.is_none()
                && ty.is_none_or(|ty| {
                    is_one_of(ty, &[AbstractHeapType::Func, AbstractHeapType::NoFunc])
                })
        }
        (Val::ExternRef(actual), WastRetCore::RefNull(ty)) => {
            let types = &[AbstractHeapType::Extern, AbstractHeapType::NoExtern];
            actual.is_none() && ty.is_none_or(|ty| is_one_of(ty, types))
        }
        (Val::FuncRef(actual), WastRetCore::RefFunc(None)) => actual.is_some(),
        (Val::ExternRef(Some(actual)), WastRetCore::RefExtern(expected)) => {
            let data = actual.data(store).ok().flatten();
            let number = data.and_then(|data| data.downcast_ref::<u32>());
            expected.is_none_or(|expected| number == Some(&expected))
        }
        _ => false,
    }
}

fn is_one_of(ty: HeapType<'_>, types: &[AbstractHeapType]) -> bool {
    matches!(ty, HeapType::Abstract { shared: false, ty } if types.contains(&ty))
}

fn f32_matches(actual: u32, expected: &NanPattern<F32>) -> bool {
    match expected {
        NanPattern::CanonicalNan => actual & 0x7fff_ffff == 0x7fc0_0000,
        NanPattern::ArithmeticNan => actual & 0x7fc0_0000 == 0x7fc0_0000,
        NanPattern::Value(expected) => actual == expected.bits,
    }
}

fn f64_matches(actual: u64, expected: &NanPattern<F64>) -> bool {
    match expected {
        NanPattern::CanonicalNan => actual & 0x7fff_ffff_ffff_ffff == 0x7ff8_0000_0000_0000,
        NanPattern::ArithmeticNan => actual & 0x7ff8_0000_0000_0000 == 0x7ff8_0000_0000_0000,
        NanPattern::Value(expected) => actual == expected.bits,
    }
}

fn v128_matches(actual: u128, expected: &V128Pattern) -> bool {
    /// The lanes of `bits` bits, lowest first.
    fn lanes(vector: u128, bits: u32) -> impl Iterator<Item = u64> {
        let mask = u128::MAX >> (128 - bits);
        (0..128 / bits).map(move |lane| (vector >> (lane * bits) & mask) as u64)
    }
    match expected {
        V128Pattern::I8x16(expected) => {
            lanes(actual, 8).eq(expected.iter().map(|lane| *lane as u8 as u64))
        }
        V128Pattern::I16x8(expected) => {
            lanes(actual, 16).eq(expected.iter().map(|lane| *lane as u16 as u64))
        }
        V128Pattern::I32x4(expected) => {
            lanes(actual, 32).eq(expected.iter().map(|lane| *lane as u32 as u64))
        }
        V128Pattern::I64x2(expected) => {
            lanes(actual, 64).eq(expected.iter().map(|lane| *lane as u64))
        }
        V128Pattern::F32x4(expected) => lanes(actual, 32)
            .zip(expected)
            .all(|(lane, expected)| f32_matches(lane as u32, expected)),
        V128Pattern::F64x2(expected) => lanes(actual, 64)
            .zip(expected)
            .all(|(lane, expected)| f64_matches(lane, expected)),
    }
}
