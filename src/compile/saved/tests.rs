//! Bytes of saved modules that are changed, cut off, or made for something else.

use super::*;
use crate::error::ErrorKind;

fn target() -> Target {
    Target {
        cpu: CpuFeatures::BASELINE.with(CpuFeature::Avx),
        options: Options {
            guards: MemoryGuards {
                before_bytes: 1 << 16,
                behind_bytes: 1 << 20,
            },
            consume_fuel: false,
            interruptable: true,
        },
        features: Features::WASM_2_0,
    }
}

fn tables() -> Tables {
    let function = |defined_index, start, end| CompiledFunction {
        defined_index,
        start,
        end,
    };
    let trap = |at, is_fault, trap, position| TrapSite {
        at,
        is_fault,
        is_frameless: at == 17,
        trap,
        position,
    };
    Tables {
        functions: vec![function(0, 0, 40), function(2, 48, 80)],
        traps: vec![
            trap(17, true, Some(Trap::MemoryOutOfBounds), 12),
            trap(50, false, None, 30),
            trap(60, false, Some(Trap::UnhandledException), u32::MAX),
        ],
        calls: vec![CallSite {
            at: 70,
            position: 31,
        }],
        inlined: vec![
            InlinedCode { at: 60, site: 0 },
            InlinedCode { at: 69, site: 1 },
        ],
        sites: vec![
            InlineSite {
                function: 1,
                position: 25,
                parent: InlineSite::NONE,
            },
            InlineSite {
                function: 0,
                position: 18,
                parent: 0,
            },
        ],
    }
}

const WASM: &[u8] = b"\0asm\x01\0\0\0 and so on";
const CODE: [u8; 80] = [0x90; 80];

fn saved() -> Vec<u8> {
    write(WASM, &CODE, &tables(), target())
}

/// The bytes with the checksum that belongs to them.
fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    let content = bytes.len() - CHECKSUM_BYTES;
    let sum = checksum(&bytes[..content]);
    bytes[content..].copy_from_slice(&sum.to_le_bytes());
    bytes
}

fn refusal(bytes: &[u8], engine: &Target, kind: ErrorKind) -> String {
    let error = read(bytes, engine).expect_err("it does not fit");
    assert_eq!(error.kind(), kind, "{error}");
    error.to_string()
}

#[test]
fn what_was_written_is_read() {
    let bytes = saved();
    let saved = read(&bytes, &target()).unwrap();
    assert_eq!((saved.wasm, saved.code), (WASM, &CODE[..]));
    assert_eq!((saved.tables, saved.target), (tables(), target()));
    let none = write(&[], &[], &Tables::default(), target());
    assert_eq!(parse(&none).unwrap().tables, Tables::default());
}

#[test]
fn every_change_of_a_byte_is_found() {
    let bytes = saved();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            assert!(parse(&changed).is_err(), "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn exchanged_words_are_found() {
    let bytes: Vec<u8> = (0..100).collect();
    let sum = checksum(&bytes);
    for first in 0..12 {
        for second in 0..first {
            let mut changed = bytes.clone();
            for byte in 0..8 {
                changed.swap(8 * first + byte, 8 * second + byte);
            }
            assert_ne!(checksum(&changed), sum, "{first} and {second}");
        }
    }
    let zeros = [0; 100];
    let sums: alloc::collections::BTreeSet<u64> =
        (0..100).map(|length| checksum(&zeros[..length])).collect();
    assert_eq!(sums.len(), 100);
}

#[test]
fn no_other_length_is_read() {
    let bytes = saved();
    for length in 0..bytes.len() {
        assert!(parse(&bytes[..length]).is_err(), "{length}");
    }
    for length in 0..bytes.len() - CHECKSUM_BYTES {
        let cut_off = [&bytes[..length], &[0; 8]].concat();
        assert!(parse(&with_checksum(cut_off)).is_err(), "{length}");
    }
    let message = refusal(&bytes[..100], &target(), ErrorKind::Malformed);
    assert!(message.contains("has 100 bytes instead of"), "{message}");
    let longer = [&bytes[..], &[0]].concat();
    assert!(parse(&longer).is_err());
}

/// Checksums can be right by accident, or because somebody has made them so: nothing is read beyond the end then, and
/// what is read can be relied on as far as it is looked for.
#[test]
fn what_contradicts_itself_is_refused() {
    let bytes = saved();
    let header = bytes.len() - CODE.len() - WASM.len();
    let mut refused = 0;
    for at in 20..header + WASM.len() {
        for value in [0, 1, 0x7E, 0x7F, 0x80, 0xFF] {
            let mut changed = bytes.clone();
            changed[at] = value;
            match parse(&with_checksum(changed)) {
                Ok(saved) => assert!(saved.tables.is_consistent(saved.code.len())),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 100, "{refused}");
    let inconsistent = |change: fn(&mut Tables)| {
        let mut tables = tables();
        change(&mut tables);
        let bytes = write(WASM, &CODE, &tables, target());
        let message = refusal(&bytes, &target(), ErrorKind::Malformed);
        assert!(message.contains("contradicts itself"), "{message}");
    };
    inconsistent(|tables| tables.functions.swap(0, 1));
    inconsistent(|tables| tables.functions[1].defined_index = 0);
    inconsistent(|tables| tables.functions[1].start = 39);
    inconsistent(|tables| tables.functions[1].end = 64);
    inconsistent(|tables| tables.functions[1].end = 81);
    inconsistent(|tables| tables.traps.swap(0, 1));
    inconsistent(|tables| tables.traps[2].at = 80);
    inconsistent(|tables| tables.calls[0].at = 81);
    inconsistent(|tables| tables.inlined.swap(0, 1));
    inconsistent(|tables| tables.inlined[1].site = 2);
    inconsistent(|tables| tables.inlined[0].site = InlineSite::NONE);
    inconsistent(|tables| tables.sites[0].parent = 0);
    inconsistent(|tables| tables.sites[1].parent = 1);
}

#[test]
fn other_versions_and_builds_are_refused() {
    let version_at = MAGIC.len() + 4 + 8;
    let build_at = version_at + 1 + VERSION.len();
    let changed = |at: usize, value: u8| {
        let mut bytes = saved();
        bytes[at] = value;
        refusal(&with_checksum(bytes), &target(), ErrorKind::Unsupported)
    };
    assert!(changed(MAGIC.len(), 7).contains("its format is 7, and that of this wazir is 1"));
    let message = changed(version_at + 1, b'9');
    let expected = format!(
        "it was made by wazir 9{}, and this is wazir {VERSION}",
        &VERSION[1..]
    );
    assert!(message.contains(&expected), "{message}");
    let build = saved()[build_at];
    assert!(changed(build_at, !build).contains("another build of wazir"));
    assert!(changed(build_at + 8, 2).contains("another kind of processor"));
    let message = refusal(WASM, &target(), ErrorKind::Malformed);
    assert!(message.contains("no compiled module"), "{message}");
}

#[test]
fn what_an_engine_does_not_have_is_named() {
    let refused = |change: fn(&mut Target)| {
        let mut engine = target();
        change(&mut engine);
        refusal(&saved(), &engine, ErrorKind::Unsupported)
    };
    let cases = [
        (
            refused(|engine| engine.cpu = CpuFeatures::BASELINE.with(CpuFeature::Avx2)),
            "this processor does not have: AVX",
        ),
        (
            refused(|engine| engine.options.guards = MemoryGuards::NONE),
            "relies on guards",
        ),
        (
            refused(|engine| engine.options.guards.behind_bytes -= 1),
            "relies on guards",
        ),
        (
            refused(|engine| engine.options.consume_fuel = true),
            "has no code that counts fuel, and this engine wants such code (Config::consume_fuel)",
        ),
        (
            refused(|engine| engine.options.interruptable = false),
            "has code that can be interrupted, and this engine wants no such code",
        ),
        (
            refused(|engine| engine.features.set(Feature::Simd, false)),
            "switched off: simd",
        ),
    ];
    for (message, expected) in cases {
        assert!(message.contains(expected), "{message}");
    }
    // More than is needed does no harm.
    let mut engine = target();
    engine.cpu = CpuFeatures::FULL;
    engine.options.guards.behind_bytes += 1;
    engine.features = Features::WASM_3_0;
    assert!(read(&saved(), &engine).is_ok());
}
