//! Computes scalar operations whose operands are constants.
//!
//! Input: an operation and the bits of its operands. Output: the bits of its result. Holds: the meaning is that of
//! `wasm/semantics.rs`; nothing is folded that traps, and nothing that is not a number, because which bits it has is
//! up to the instructions that every engine uses.

use crate::wasm::opcodes::{Opcode, for_each_opcode};
use crate::wasm::semantics;

/// A scalar type of the table in 64 bits.
trait Bits: Copy {
    fn from_bits(bits: u64) -> Self;
    /// None for what is not a number.
    fn into_bits(self) -> Option<u64>;
}

impl Bits for bool {
    fn from_bits(bits: u64) -> bool {
        bits != 0
    }
    fn into_bits(self) -> Option<u64> {
        Some(u64::from(self))
    }
}

impl Bits for u32 {
    fn from_bits(bits: u64) -> u32 {
        bits as u32
    }
    fn into_bits(self) -> Option<u64> {
        Some(u64::from(self))
    }
}

impl Bits for u64 {
    fn from_bits(bits: u64) -> u64 {
        bits
    }
    fn into_bits(self) -> Option<u64> {
        Some(self)
    }
}

impl Bits for f32 {
    fn from_bits(bits: u64) -> f32 {
        f32::from_bits(bits as u32)
    }
    fn into_bits(self) -> Option<u64> {
        (!self.is_nan()).then_some(u64::from(self.to_bits()))
    }
}

impl Bits for f64 {
    fn from_bits(bits: u64) -> f64 {
        f64::from_bits(bits)
    }
    fn into_bits(self) -> Option<u64> {
        (!self.is_nan()).then_some(self.to_bits())
    }
}

macro_rules! define_fold {
    (
        special { $($special:tt)* } load { $($load:tt)* } store { $($store:tt)* } load_lane { $($load_lane:tt)* }
        store_lane { $($store_lane:tt)* } extract_lane { $($extract:tt)* } replace_lane { $($replace:tt)* }
        atomic_load { $($atomic_load:tt)* } atomic_store { $($atomic_store:tt)* }
        atomic_read_modify_write { $($atomic_rmw:tt)* } atomic_compare_exchange { $($atomic_cmpxchg:tt)* }
        test { $($t:ident $tp:literal $tc:literal $tt:literal semantics::$tfn:ident ($ta:ident) -> bool $tf:ident;)* }
        compare { $($c:ident $cp:literal $cc:literal $ct:literal
            semantics::$cfn:ident ($ca:ident, $cb:ident) -> bool $cf:ident;)* }
        unary { $($u:ident $up:literal $uc:literal $ut:literal
            semantics::$ufn:ident ($ua:ident) -> $ures:ident $uf:ident;)* }
        binary { $($b:ident $bp:literal $bc:literal $bt:literal
            semantics::$bfn:ident ($ba:ident, $bb:ident) -> $bres:ident $bf:ident;)* }
        trapping_unary { $($x:ident $xp:literal $xc:literal $xt:literal
            semantics::$xfn:ident ($xa:ident) -> $xres:ident $xf:ident;)* }
        trapping_binary { $($y:ident $yp:literal $yc:literal $yt:literal
            semantics::$yfn:ident ($ya:ident, $yb:ident) -> $yres:ident $yf:ident;)* }
        vector_unary { $($vector_unary:tt)* } vector_binary { $($vector_binary:tt)* }
        vector_ternary { $($vector_ternary:tt)* }
    ) => {
        /// The result of an operator on constants; `b` counts only if it has two operands.
        pub(super) fn fold(opcode: Opcode, a: u64, b: u64) -> Option<u64> {
            match opcode {
                $(Opcode::$t => semantics::$tfn(Bits::from_bits(a)).into_bits(),)*
                $(Opcode::$c => semantics::$cfn(Bits::from_bits(a), Bits::from_bits(b)).into_bits(),)*
                $(Opcode::$u => semantics::$ufn(Bits::from_bits(a)).into_bits(),)*
                $(Opcode::$b => semantics::$bfn(Bits::from_bits(a), Bits::from_bits(b)).into_bits(),)*
                $(Opcode::$x => semantics::$xfn(Bits::from_bits(a)).ok()?.into_bits(),)*
                $(Opcode::$y => semantics::$yfn(Bits::from_bits(a), Bits::from_bits(b)).ok()?.into_bits(),)*
                _ => None,
            }
        }
    };
}

for_each_opcode!(define_fold);
