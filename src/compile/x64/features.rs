//! What a processor can do beyond what every instruction of the table may rely on.
//!
//! Input: the processor, or a choice. Output: [`CpuFeatures`].
//! Holds: code is made only for processors with [`CpuFeature::Baseline`].

use crate::sys::cpu;

/// An extension of the instruction set that some rows of the table need.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum CpuFeature {
    /// x86-64 with SSE3, SSSE3 and SSE4.1.
    Baseline,
    /// SSE4.2.
    Sse42,
    /// AVX, with an operating system that keeps its registers.
    Avx,
    /// AVX2.
    Avx2,
    /// BMI1.
    Bmi1,
    /// BMI2.
    Bmi2,
    /// LZCNT; without it the same bytes are another instruction.
    Lzcnt,
    /// POPCNT.
    Popcnt,
}

impl CpuFeature {
    /// All of them, with their names.
    pub(crate) const ALL: [(CpuFeature, &str); 8] = [
        (CpuFeature::Baseline, "SSE4.1"),
        (CpuFeature::Sse42, "SSE4.2"),
        (CpuFeature::Avx, "AVX"),
        (CpuFeature::Avx2, "AVX2"),
        (CpuFeature::Bmi1, "BMI1"),
        (CpuFeature::Bmi2, "BMI2"),
        (CpuFeature::Lzcnt, "LZCNT"),
        (CpuFeature::Popcnt, "POPCNT"),
    ];
}

/// A set of extensions.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct CpuFeatures(u8);

impl CpuFeatures {
    /// Only what every supported processor has.
    pub(crate) const BASELINE: CpuFeatures = CpuFeatures(1 << CpuFeature::Baseline as u8);

    /// All of them.
    pub(crate) const FULL: CpuFeatures = CpuFeatures(u8::MAX);

    /// What this processor has. Without [`CpuFeature::Baseline`] it cannot execute what is compiled.
    pub(crate) fn detect() -> CpuFeatures {
        let Some(has) = cpu::x86_64_extensions() else {
            return CpuFeatures::default();
        };
        let mut features = CpuFeatures::default();
        for (feature, is_there) in [
            (CpuFeature::Baseline, has.sse3 && has.ssse3 && has.sse41),
            (CpuFeature::Sse42, has.sse42),
            (CpuFeature::Avx, has.avx),
            (CpuFeature::Avx2, has.avx2),
            (CpuFeature::Bmi1, has.bmi1),
            (CpuFeature::Bmi2, has.bmi2),
            (CpuFeature::Lzcnt, has.lzcnt),
            (CpuFeature::Popcnt, has.popcnt),
        ] {
            if is_there {
                features = features.with(feature);
            }
        }
        features
    }

    /// The set as bits by the numbers of the extensions.
    pub(crate) const fn bits(self) -> u8 {
        self.0
    }

    /// The set with these [`bits`](CpuFeatures::bits).
    pub(crate) const fn from_bits(bits: u8) -> CpuFeatures {
        CpuFeatures(bits)
    }

    /// The same and this one.
    pub(crate) const fn with(self, feature: CpuFeature) -> CpuFeatures {
        CpuFeatures(self.0 | 1 << feature as u8)
    }

    /// The same without this one.
    pub(crate) const fn without(self, feature: CpuFeature) -> CpuFeatures {
        CpuFeatures(self.0 & !(1 << feature as u8))
    }

    /// Whether it is in the set.
    #[inline]
    pub(crate) const fn has(self, feature: CpuFeature) -> bool {
        self.0 & 1 << feature as u8 != 0
    }
}
