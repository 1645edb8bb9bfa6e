//! The proposals that are switches, and the standards as sets of them.
//!
//! Input: nothing. Output: [`Feature`] and [`Features`], which the decoder and the validator ask.
//! Holds: a feature has one bit and one name, which `Config` and the command line share.

use core::fmt;

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident $text:literal $standard:ident)*) => {
        /// A part of WebAssembly that can be switched on and off.
        #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum Feature {
            $($(#[$doc])* $name,)*
        }

        impl Feature {
            /// Every feature, in the order in which the standards adopted them.
            pub const ALL: &'static [Feature] = &[$(Feature::$name),*];

            /// The feature's name, as on the command line and in messages: `"multi-value"`.
            pub const fn name(self) -> &'static str {
                match self { $(Feature::$name => $text,)* }
            }

            const fn standard(self) -> Standard {
                match self { $(Feature::$name => Standard::$standard,)* }
            }
        }
    };
}

/// The standard that adopted a feature.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Standard {
    Wasm1,
    Wasm2,
    Wasm3,
    Proposal,
}

features! {
    /// The first version of WebAssembly. Always on.
    Mvp "mvp" Wasm1
    /// Import and export of mutable globals.
    MutableGlobal "mutable-global" Wasm1
    /// Sign extension of 8, 16 and 32 bits.
    SignExtension "sign-extension" Wasm2
    /// Conversions from floating point to integers that saturate instead of trapping.
    SaturatingFloatToInt "saturating-float-to-int" Wasm2
    /// Several results of functions and blocks, parameters of blocks.
    MultiValue "multi-value" Wasm2
    /// Copying, filling and initializing ranges of memories and tables.
    BulkMemory "bulk-memory" Wasm2
    /// `externref`, table instructions, several tables.
    ReferenceTypes "reference-types" Wasm2
    /// 128-bit vectors.
    Simd "simd" Wasm2
    /// Arithmetic in constant expressions.
    ExtendedConst "extended-const" Wasm3
    /// Calls that replace the caller's frame.
    TailCall "tail-call" Wasm3
    /// Several memories in one module.
    MultiMemory "multi-memory" Wasm3
    /// Memories and tables with 64-bit indices.
    Memory64 "memory64" Wasm3
    /// Vector operations whose results may differ between machines; here they never do.
    RelaxedSimd "relaxed-simd" Wasm3
    /// Typed references to functions.
    FunctionReferences "function-references" Wasm3
    /// Structures, arrays, recursive types and casts.
    Gc "gc" Wasm3
    /// Exceptions with `try_table` and `exnref`.
    Exceptions "exceptions" Wasm3
    /// Shared memories and atomic operations.
    Threads "threads" Proposal
    /// 128-bit integer addition, subtraction and multiplication by parts.
    WideArithmetic "wide-arithmetic" Proposal
}

impl Feature {
    /// Whether engines execute the instructions that the feature brings. If not, they are validated
    /// all the same.
    pub(crate) const fn is_executable(self) -> bool {
        !matches!(self, Feature::Gc | Feature::Exceptions | Feature::Threads)
    }

    /// What to do where the feature is switched off, for a message.
    pub(crate) fn advice(self) -> impl fmt::Display {
        Advice(self)
    }
}

struct Advice(Feature);

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("enable it with Config::wasm_")?;
        for part in self.0.name().split_inclusive('-') {
            match part.strip_suffix('-') {
                Some(word) => write!(f, "{word}_")?,
                None => f.write_str(part)?,
            }
        }
        write!(f, "(true) or --wasm {}", self.0)?;
        if self.0.is_executable() {
            return Ok(());
        }
        f.write_str(" to validate the module; what belongs to the feature cannot be executed yet")
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl core::str::FromStr for Feature {
    type Err = UnknownFeature;

    fn from_str(name: &str) -> Result<Feature, UnknownFeature> {
        Feature::ALL
            .iter()
            .copied()
            .find(|feature| feature.name() == name)
            .ok_or(UnknownFeature)
    }
}

/// The error for a name that no feature has; see [`Feature::ALL`].
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct UnknownFeature;

impl fmt::Display for UnknownFeature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown feature; the features are")?;
        for (index, feature) in Feature::ALL.iter().enumerate() {
            write!(f, "{}{feature}", if index == 0 { " " } else { ", " })?;
        }
        Ok(())
    }
}

impl core::error::Error for UnknownFeature {}

/// A set of features.
///
/// ```
/// use wazir::{Feature, Features};
/// let mut features = Features::WASM_2_0;
/// assert!(features.contains(Feature::Simd) && !features.contains(Feature::TailCall));
/// features.set(Feature::TailCall, true);
/// assert!(features.contains(Feature::TailCall));
/// ```
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
pub struct Features(u32);

impl Features {
    /// WebAssembly 1.0, the W3C recommendation of 2019.
    pub const WASM_1_0: Features = Features::up_to(&[Standard::Wasm1]);
    /// WebAssembly 2.0.
    pub const WASM_2_0: Features = Features::up_to(&[Standard::Wasm1, Standard::Wasm2]);
    /// WebAssembly 3.0, the standard in force and the default.
    pub const WASM_3_0: Features =
        Features::up_to(&[Standard::Wasm1, Standard::Wasm2, Standard::Wasm3]);

    const fn up_to(standards: &[Standard]) -> Features {
        let mut bits = 0;
        let mut index = 0;
        while index < Feature::ALL.len() {
            let feature = Feature::ALL[index];
            let mut standard = 0;
            while standard < standards.len() {
                if feature.standard() as u8 == standards[standard] as u8 {
                    bits |= 1 << feature as u32;
                }
                standard += 1;
            }
            index += 1;
        }
        Features(bits)
    }

    /// Whether `feature` is in the set.
    #[inline]
    pub const fn contains(self, feature: Feature) -> bool {
        self.0 & 1 << feature as u32 != 0
    }

    /// The set as bits by the numbers of the features.
    #[cfg(feature = "compiler")]
    pub(crate) const fn bits(self) -> u32 {
        self.0
    }

    /// The set with these [`bits`](Features::bits).
    #[cfg(feature = "compiler")]
    pub(crate) const fn from_bits(bits: u32) -> Features {
        Features(bits)
    }

    /// The set with one feature only, as bits.
    pub(crate) const fn bit(feature: Feature) -> u32 {
        1 << feature as u32
    }

    /// Whether one of the features with these bits is in the set.
    #[inline(always)]
    pub(crate) const fn contains_bit(self, bit: u32) -> bool {
        self.0 & bit != 0
    }

    /// Puts `feature` into the set or takes it out. [`Feature::Mvp`] stays in.
    pub fn set(&mut self, feature: Feature, enabled: bool) {
        let bit = 1 << feature as u32;
        self.0 = if enabled { self.0 | bit } else { self.0 & !bit } | 1 << Feature::Mvp as u32;
    }
}

impl Default for Features {
    fn default() -> Features {
        Features::WASM_3_0
    }
}

impl fmt::Debug for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(
                Feature::ALL
                    .iter()
                    .filter(|&&feature| self.contains(feature)),
            )
            .finish()
    }
}
