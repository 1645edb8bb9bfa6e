//! What the processor can do.
//!
//! Input: nothing. Output: [`x86_64_extensions`].
//! Holds: an extension counts only if the operating system keeps the registers that it needs.

/// Extensions of the instruction set of x86-64.
pub(crate) struct X86_64Extensions {
    pub(crate) sse3: bool,
    pub(crate) ssse3: bool,
    pub(crate) sse41: bool,
    pub(crate) sse42: bool,
    pub(crate) avx: bool,
    pub(crate) avx2: bool,
    pub(crate) bmi1: bool,
    pub(crate) bmi2: bool,
    pub(crate) lzcnt: bool,
    pub(crate) popcnt: bool,
}

/// The extensions of this processor, unless it is another kind.
#[cfg(target_arch = "x86_64")]
pub(crate) fn x86_64_extensions() -> Option<X86_64Extensions> {
    Some(X86_64Extensions {
        sse3: std::is_x86_feature_detected!("sse3"),
        ssse3: std::is_x86_feature_detected!("ssse3"),
        sse41: std::is_x86_feature_detected!("sse4.1"),
        sse42: std::is_x86_feature_detected!("sse4.2"),
        avx: std::is_x86_feature_detected!("avx"),
        avx2: std::is_x86_feature_detected!("avx2"),
        bmi1: std::is_x86_feature_detected!("bmi1"),
        bmi2: std::is_x86_feature_detected!("bmi2"),
        lzcnt: std::is_x86_feature_detected!("lzcnt"),
        popcnt: std::is_x86_feature_detected!("popcnt"),
    })
}

/// The extensions of this processor, unless it is another kind.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn x86_64_extensions() -> Option<X86_64Extensions> {
    None
}
