//! What a module does in an engine.
//!
//! Input: a module, and an engine's way of running it. Output: facts as text, the same for all engines
//! that are right.

pub(crate) mod host;
pub(crate) mod peer;
#[cfg(feature = "wasmtime")]
pub(crate) mod wasmtime;
pub(crate) mod wazir;

use crate::random::Random;
use crate::value::{Type, Value};

/// How often each function is called: with other arguments, or in another state of the module.
const ROUNDS: u64 = 3;

/// What an export is, with the types of parameters of a function.
pub(crate) enum Kind {
    Function(Vec<Type>),
    Memory,
    Global,
    Table,
    Tag,
}

/// What engines have to agree on, each with what is before it.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// What the standard fixes.
    Standard,
    /// Why a module is not instantiated, fuel, and the bits of what is not a number: as wazir's own engines do.
    Bits,
}

/// How a call can end.
pub(crate) enum Failure {
    /// The stack is exhausted, which happens at other depths in other engines.
    Exhausted,
    /// By the name that both engines have for it.
    Trap(String),
}

/// An instance in an engine. Exports are named.
pub(crate) trait Running {
    fn exports(&mut self) -> Vec<(String, Kind)>;
    fn call(&mut self, name: &str, arguments: &[Value]) -> Result<Vec<Value>, Failure>;
    /// The bytes of a memory.
    fn memory(&mut self, name: &str) -> &[u8];
    fn global(&mut self, name: &str) -> Value;
    /// Whether each element of a table is null.
    fn table(&mut self, name: &str) -> Vec<bool>;
    /// What the host was called with since the last look.
    fn host_calls(&mut self) -> Vec<String> {
        Vec::new()
    }
    /// What is left of the fuel, where it is counted.
    fn fuel(&mut self) -> Option<u64> {
        None
    }
}

/// What was seen of a module.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) facts: Vec<String>,
    pub(crate) calls: u64,
    /// How many of the calls returned normally.
    pub(crate) returned: u64,
    /// How many functions the module defines.
    pub(crate) functions: u64,
    /// How many of them are machine code.
    pub(crate) compiled: u64,
}

/// Calls all functions and looks at everything. `None` if the stack was exhausted: what follows from that
/// is nothing that can be compared.
pub(crate) fn observe(
    instance: Result<impl Running, Failure>,
    seed: u64,
    agreement: Agreement,
) -> Option<Seen> {
    let mut seen = Seen::default();
    let mut instance = match instance {
        Ok(instance) => instance,
        Err(Failure::Exhausted) => return None,
        // What does not fit is an error of another kind in another engine.
        Err(Failure::Trap(trap)) => {
            let reason = match agreement {
                Agreement::Standard => "",
                _ => &trap,
            };
            seen.facts.push(format!("not instantiated {reason}"));
            return Some(seen);
        }
    };
    call_all(&mut instance, seed, agreement, &mut seen)?;
    for (name, kind) in &sorted_exports(&mut instance) {
        let fact = match kind {
            Kind::Function(_) | Kind::Tag => continue,
            Kind::Memory => memory(instance.memory(name)),
            Kind::Global => list(&[instance.global(name)], agreement),
            Kind::Table => format!("null elements {:?}", instance.table(name)),
        };
        seen.facts.push(format!("{name}: {fact}"));
    }
    Some(seen)
}

fn sorted_exports(instance: &mut impl Running) -> Vec<(String, Kind)> {
    let mut exports = instance.exports();
    exports.sort_by(|(left, _), (right, _)| left.cmp(right));
    exports
}

/// Calls all functions, with arguments that depend on the seed. `None` if the stack was exhausted.
pub(crate) fn call_all(
    instance: &mut impl Running,
    seed: u64,
    agreement: Agreement,
    seen: &mut Seen,
) -> Option<()> {
    let exports = sorted_exports(instance);
    let mut random = Random::new(seed);
    seen.facts.extend(instance.host_calls());
    for _ in 0..ROUNDS {
        for (name, kind) in &exports {
            let Kind::Function(params) = kind else {
                continue;
            };
            let arguments: Vec<_> = params
                .iter()
                .map(|ty| Value::interesting(&mut random, *ty))
                .collect();
            seen.calls += 1;
            let outcome = match instance.call(name, &arguments) {
                Ok(results) => {
                    seen.returned += 1;
                    list(&results, agreement)
                }
                Err(Failure::Exhausted) => return None,
                Err(Failure::Trap(trap)) => format!("trap {trap}"),
            };
            seen.facts.extend(instance.host_calls());
            let mut fact = format!("{name}({}): {outcome}", list(&arguments, Agreement::Bits));
            if let Some(fuel) = instance.fuel().filter(|_| agreement != Agreement::Standard) {
                fact.push_str(&format!(", {fuel} fuel left"));
            }
            seen.facts.push(fact);
        }
    }
    Some(())
}

/// Values as text.
pub(crate) fn list(values: &[Value], agreement: Agreement) -> String {
    let text = |value: &Value| match agreement {
        Agreement::Standard => format!("{value}"),
        Agreement::Bits => format!("{value:#}"),
    };
    let values: Vec<_> = values.iter().map(text).collect();
    values.join(", ")
}

/// The first difference.
pub(crate) fn difference(actual: &Seen, expected: &Seen) -> Option<String> {
    let missing = || "nothing more".to_owned();
    let count = actual.facts.len().max(expected.facts.len());
    (0..count).find_map(|index| {
        let [actual, expected] =
            [actual, expected].map(|seen| seen.facts.get(index).cloned().unwrap_or_else(missing));
        (actual != expected).then(|| format!("  found: {actual}\n  expected: {expected}"))
    })
}

/// The size of a memory, and a hash of each page of it.
fn memory(bytes: &[u8]) -> String {
    const PAGE_BYTES: usize = 1 << 16;
    let hashes: Vec<_> = bytes
        .chunks(PAGE_BYTES)
        .map(|page| format!("{:x}", hash(page)))
        .collect();
    format!(
        "{} bytes, hashes of pages {}",
        bytes.len(),
        hashes.join(" ")
    )
}

/// FNV-1a, eight bytes at a time.
fn hash(bytes: &[u8]) -> u64 {
    let words = bytes
        .chunks_exact(8)
        .map(|word| u64::from_le_bytes(word.try_into().expect("there are 8 bytes")));
    words.fold(0xCBF2_9CE4_8422_2325, |hash, word| {
        (hash ^ word).wrapping_mul(0x100_0000_01B3).rotate_left(29)
    })
}
