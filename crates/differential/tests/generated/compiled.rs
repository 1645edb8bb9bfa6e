//! Machine code against the interpreter, and where it is there against wasmtime.
//!
//! Holds: every function is machine code, but for those with wide arithmetic.

use wazir::{Engine, Strategy};

use crate::engines::wazir::{PLENTY, Way, Wazir};
use crate::engines::{Agreement, Seen, call_all, difference, observe};
use crate::run::{Comparison, marks, run};
use crate::{operators, shaped, smith};

/// The calls that WebAssembly 3.0 has added, as far as they are executed.
const THIRD: [&str; 2] = ["CallRef", "ReturnCall"];

/// What a module is made by.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Origin {
    Shaped,
    ShapedThird,
    SmithSecond,
    SmithThird,
}

fn origin(seed: u64) -> Origin {
    const ORIGINS: [Origin; 4] = [
        Origin::Shaped,
        Origin::SmithThird,
        Origin::ShapedThird,
        Origin::SmithSecond,
    ];
    ORIGINS[(seed % 4) as usize]
}

/// How code is interpreted that is compared with machine code: what it looks at on the way.
fn way(seed: u64) -> Way {
    let (fuel, interruptable) = match seed / 4 % 5 {
        0 | 1 => (None, false),
        2 => (Some(PLENTY), false),
        3 => (Some(3_000), seed.is_multiple_of(2)),
        _ => (None, true),
    };
    Way::interpreted(fuel, interruptable)
}

fn may_be_interpreted(seed: u64) -> bool {
    origin(seed) == Origin::SmithThird && smith::has_wide_arithmetic(seed / 4)
}

fn generate(seed: u64) -> Option<Vec<u8>> {
    let number = seed / 4;
    match origin(seed) {
        Origin::Shaped => Some(shaped::generate(number)),
        Origin::ShapedThird => Some(shaped::generate_third(number)),
        Origin::SmithSecond => smith::generate(number),
        Origin::SmithThird => smith::generate_third(number, way(seed).does_go_on()),
    }
}

fn compare(wasm: &[u8], seed: u64) -> Result<Option<Seen>, String> {
    let agreement = Agreement::Bits;
    let way = way(seed);
    let Some(mut expected) = observe(Wazir::start(wasm, way, agreement), seed, agreement) else {
        return Ok(None);
    };
    expected.functions = operators::functions(wasm);
    for way in way.compiled().into_iter().chain([way.tiered(seed)]) {
        let started = Wazir::start(wasm, way, agreement);
        if way.is_compiled() {
            expected.compiled = match &started {
                Ok(instance) => instance.compiled,
                Err(_) => expected.functions,
            };
            if expected.compiled < expected.functions && !may_be_interpreted(seed) {
                let Seen {
                    compiled,
                    functions,
                    ..
                } = expected;
                return Err(format!("{compiled} of {functions} functions compiled"));
            }
        }
        let Some(actual) = observe(started, seed, agreement) else {
            return Ok(None);
        };
        if let Some(difference) = difference(&actual, &expected) {
            return Err(format!("with {way:?}\n{difference}"));
        }
    }
    #[cfg(feature = "wasmtime")]
    compare_with_wasmtime(wasm, seed, way)?;
    Ok(Some(expected))
}

#[cfg(feature = "wasmtime")]
fn compare_with_wasmtime(wasm: &[u8], seed: u64, way: Way) -> Result<(), String> {
    use crate::engines::wasmtime::Wasmtime;
    if !way.does_go_on() {
        return Ok(());
    }
    let agreement = Agreement::Standard;
    let [way, ..] = way.compiled();
    let expected = observe(Wasmtime::start(wasm), seed, agreement);
    let actual = observe(Wazir::start(wasm, way, agreement), seed, agreement);
    let (Some(expected), Some(actual)) = (expected, actual) else {
        return Ok(());
    };
    match difference(&actual, &expected) {
        None => Ok(()),
        Some(difference) => Err(format!("with wasmtime\n{difference}")),
    }
}

/// The operators that are executed in modules all of whose functions are machine code.
fn executed(marked: &[u8], seed: u64, names: &[&'static str]) -> Vec<&'static str> {
    let agreement = Agreement::Bits;
    let [way, ..] = way(seed).compiled();
    match Wazir::start(marked, way, agreement) {
        Ok(mut instance) if instance.compiled == operators::functions(marked) => {
            let _ = call_all(&mut instance, seed, agreement, &mut Seen::default());
            marks(&mut instance, names)
        }
        _ => Vec::new(),
    }
}

#[test]
fn machine_code_does_the_same_as_the_interpreter() {
    let has_compiler = Engine::default().strategy() == Strategy::Auto;
    if !has_compiler && !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
        println!("there is no machine code for this processor and system");
        return;
    }
    let second = operators::operators().names.iter().copied();
    run(Comparison {
        name: "machine_code_does_the_same_as_the_interpreter",
        generate,
        compare,
        executed,
        operators: second.chain(THIRD).collect(),
    });
}
