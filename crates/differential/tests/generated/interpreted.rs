//! The interpreter against an independent engine.

use crate::engines::peer::Peer;
use crate::engines::wazir::{Way, Wazir};
use crate::engines::{Agreement, Seen, call_all, difference, observe};
use crate::run::{Comparison, marks, run};
use crate::{operators, shaped, smith};

fn generate(seed: u64) -> Option<Vec<u8>> {
    if seed.is_multiple_of(2) {
        smith::generate(seed / 2)
    } else {
        Some(shaped::generate(seed / 2))
    }
}

fn compare(wasm: &[u8], seed: u64) -> Result<Option<Seen>, String> {
    let agreement = Agreement::Standard;
    let Some(expected) = observe(Peer::start(wasm), seed, agreement) else {
        return Ok(None);
    };
    for way in Way::pair(seed) {
        let Some(actual) = observe(Wazir::start(wasm, way, agreement), seed, agreement) else {
            return Ok(None);
        };
        if let Some(difference) = difference(&actual, &expected) {
            return Err(format!("with {way:?}\n{difference}"));
        }
    }
    Ok(Some(expected))
}

fn executed(marked: &[u8], seed: u64, names: &[&'static str]) -> Vec<&'static str> {
    let Ok(mut peer) = Peer::start(marked) else {
        return Vec::new();
    };
    // What is executed before the stack is exhausted counts too.
    let _ = call_all(&mut peer, seed, Agreement::Standard, &mut Seen::default());
    marks(&mut peer, names)
}

#[test]
fn generated_modules_do_the_same_as_in_an_independent_engine() {
    run(Comparison {
        name: "generated_modules_do_the_same_as_in_an_independent_engine",
        generate,
        compare,
        executed,
        operators: operators::operators().names.clone(),
    });
}
