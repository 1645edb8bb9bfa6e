//! The numeric operators of the instruction table as types, for instructions generic over them.
//!
//! Input: the table. Output: one type per row, named as the opcode.

use crate::wasm::opcodes::for_each_opcode;
use crate::wasm::simd::{self, V128};
use crate::wasm::{semantics, trap::Trap};

/// An operator with one operand.
pub(super) trait Unary {
    /// The operand.
    type Operand: Copy;
    /// The result.
    type Result: Copy;
    /// The operator's meaning.
    fn evaluate(operand: Self::Operand) -> Self::Result;
}

/// An operator with two operands.
pub(super) trait Binary {
    /// The operand pushed first.
    type Left: Copy;
    /// The operand pushed last.
    type Right: Copy;
    /// The result.
    type Result: Copy;
    /// The operator's meaning.
    fn evaluate(left: Self::Left, right: Self::Right) -> Self::Result;
}

/// An operator on three vectors.
pub(super) trait Ternary {
    /// The operator's meaning.
    fn evaluate(first: V128, second: V128, third: V128) -> V128;
}

/// An operator with one operand that can trap.
pub(super) trait TrappingUnary {
    /// The operand.
    type Operand: Copy;
    /// The result.
    type Result: Copy;
    /// The operator's meaning.
    fn evaluate(operand: Self::Operand) -> Result<Self::Result, Trap>;
}

/// An operator with two operands of one type that can trap.
pub(super) trait TrappingBinary {
    /// Operands and result.
    type Value: Copy;
    /// The operator's meaning.
    fn evaluate(left: Self::Value, right: Self::Value) -> Result<Self::Value, Trap>;
}

/// A read from memory with a conversion.
pub(super) trait Load {
    /// What is read, as little-endian bytes.
    type Memory: LittleEndian;
    /// The result.
    type Result: Copy;
    /// The conversion.
    fn convert(memory: Self::Memory) -> Self::Result;
}

/// A write to memory with a conversion.
pub(super) trait Store {
    /// The operand.
    type Operand: Copy;
    /// What is written, as little-endian bytes.
    type Memory: LittleEndian;
    /// The conversion.
    fn convert(operand: Self::Operand) -> Self::Memory;
}

/// A read of one lane from memory.
pub(super) trait LoadLane {
    /// What is read.
    type Memory: LittleEndian;
    /// The vector with the lane replaced.
    fn replace(vector: V128, memory: Self::Memory, lane: u8) -> V128;
}

/// A write of one lane to memory.
pub(super) trait StoreLane {
    /// What is written.
    type Memory: LittleEndian;
    /// The lane.
    fn extract(vector: V128, lane: u8) -> Self::Memory;
}

/// A read of one lane.
pub(super) trait ExtractLane {
    /// The result.
    type Result: Copy;
    /// The operator's meaning.
    fn evaluate(vector: V128, lane: u8) -> Self::Result;
}

/// A replacement of one lane.
pub(super) trait ReplaceLane {
    /// The new value.
    type Value: Copy;
    /// The operator's meaning.
    fn evaluate(vector: V128, value: Self::Value, lane: u8) -> V128;
}

/// An integer in the byte order of linear memories.
pub(super) trait LittleEndian: Copy {
    /// Reads it.
    unsafe fn read_memory(address: *const u8) -> Self;
    /// Writes it.
    unsafe fn write_memory(self, address: *mut u8);
}

macro_rules! little_endian {
    ($($ty:ident)*) => { $(
        impl LittleEndian for $ty {
            #[inline(always)]
            unsafe fn read_memory(address: *const u8) -> $ty {
                // SAFETY: the caller has checked that the bytes belong to a memory.
                $ty::from_le(unsafe { address.cast::<$ty>().read_unaligned() })
            }

            #[inline(always)]
            unsafe fn write_memory(self, address: *mut u8) {
                // SAFETY: the caller has checked that the bytes belong to a memory.
                unsafe { address.cast::<$ty>().write_unaligned(self.to_le()) }
            }
        }
    )* };
}
little_endian! { u8 u16 u32 u64 u128 i8 i16 i32 }

/// One implementation per row of the groups of operators.
macro_rules! implement {
    (unary $($n:ident $m:ident $f:ident ($a:ident) $r:ident)*) => { $(
        pub(in crate::interp) struct $n;
        impl Unary for $n {
            type Operand = $a;
            type Result = $r;
            #[inline(always)]
            fn evaluate(operand: $a) -> $r { $m::$f(operand) }
        }
    )* };
    (test $($rows:tt)*) => { implement! { unary $($rows)* } };
    (vector_unary $($rows:tt)*) => { implement! { unary $($rows)* } };
    (binary $($n:ident $m:ident $f:ident ($a:ident, $b:ident) $r:ident)*) => { $(
        pub(in crate::interp) struct $n;
        impl Binary for $n {
            type Left = $a;
            type Right = $b;
            type Result = $r;
            #[inline(always)]
            fn evaluate(left: $a, right: $b) -> $r { $m::$f(left, right) }
        }
    )* };
    (compare $($rows:tt)*) => { implement! { binary $($rows)* } };
    (vector_binary $($rows:tt)*) => { implement! { binary $($rows)* } };
    (trapping_unary $($n:ident $m:ident $f:ident ($a:ident) $r:ident)*) => { $(
        pub(in crate::interp) struct $n;
        impl TrappingUnary for $n {
            type Operand = $a;
            type Result = $r;
            #[inline(always)]
            fn evaluate(operand: $a) -> Result<$r, Trap> { $m::$f(operand) }
        }
    )* };
    (trapping_binary $($n:ident $m:ident $f:ident ($a:ident, $b:ident) $r:ident)*) => { $(
        pub(in crate::interp) struct $n;
        impl TrappingBinary for $n {
            type Value = $r;
            #[inline(always)]
            fn evaluate(left: $a, right: $b) -> Result<$r, Trap> { $m::$f(left, right) }
        }
    )* };
    (vector_ternary $($n:ident $m:ident $f:ident ($a:ident, $b:ident, $c:ident) $r:ident)*) => { $(
        pub(in crate::interp) struct $n;
        impl Ternary for $n {
            #[inline(always)]
            fn evaluate(first: V128, second: V128, third: V128) -> V128 { $m::$f(first, second, third) }
        }
    )* };
}

macro_rules! define_operators {
    (
        special { $($special:tt)* }
        load { $($l:ident $lp:literal $lc:literal $lt:literal
            $lmem:ident => $lout:ident [$($lconv:tt)*] $lty:ident $lf:ident;)* }
        store { $($o:ident $op:literal $oc:literal $ot:literal
            $oin:ident => $omem:ident [$($oconv:tt)*] $oty:ident $of:ident;)* }
        load_lane { $($ll:ident $llp:literal $llc:literal $llt:literal $llmem:ident $llfn:ident $llf:ident;)* }
        store_lane { $($sl:ident $slp:literal $slc:literal $slt:literal $slmem:ident $slfn:ident $slf:ident;)* }
        extract_lane { $($e:ident $ep:literal $ec:literal $et:literal
            $efn:ident $elanes:literal -> $ety:ident $ef:ident;)* }
        replace_lane { $($r:ident $rp:literal $rc:literal $rt:literal
            $rfn:ident $rlanes:literal <- $rty:ident $rf:ident;)* }
        atomic_load { $($al:tt)* }
        atomic_store { $($ao:tt)* }
        atomic_read_modify_write { $($ar:tt)* }
        atomic_compare_exchange { $($ac:tt)* }
        $($group:ident { $($n:ident $np:literal $nc:literal $nt:literal
            $nmod:ident :: $nfn:ident ($($narg:ident),*) -> $nres:ident $nf:ident;)* })*
    ) => {
        $(
            pub(in crate::interp) struct $l;
            impl Load for $l {
                type Memory = $lmem;
                type Result = $lout;
                #[inline(always)]
                fn convert(memory: $lmem) -> $lout {
                    let convert: fn($lmem) -> $lout = $($lconv)*;
                    convert(memory)
                }
            }
        )*
        $(
            pub(in crate::interp) struct $o;
            impl Store for $o {
                type Operand = $oin;
                type Memory = $omem;
                #[inline(always)]
                fn convert(operand: $oin) -> $omem {
                    let convert: fn($oin) -> $omem = $($oconv)*;
                    convert(operand)
                }
            }
        )*
        $(
            pub(in crate::interp) struct $ll;
            impl LoadLane for $ll {
                type Memory = $llmem;
                #[inline(always)]
                fn replace(vector: V128, memory: $llmem, lane: u8) -> V128 {
                    simd::$llfn(vector, memory.into(), lane)
                }
            }
        )*
        $(
            pub(in crate::interp) struct $sl;
            impl StoreLane for $sl {
                type Memory = $slmem;
                #[inline(always)]
                fn extract(vector: V128, lane: u8) -> $slmem { simd::$slfn(vector, lane) as $slmem }
            }
        )*
        $(
            pub(in crate::interp) struct $e;
            impl ExtractLane for $e {
                type Result = $ety;
                #[inline(always)]
                fn evaluate(vector: V128, lane: u8) -> $ety { simd::$efn(vector, lane) }
            }
        )*
        $(
            pub(in crate::interp) struct $r;
            impl ReplaceLane for $r {
                type Value = $rty;
                #[inline(always)]
                fn evaluate(vector: V128, value: $rty, lane: u8) -> V128 { simd::$rfn(vector, value, lane) }
            }
        )*
        $(implement! { $group $($n $nmod $nfn ($($narg),*) $nres)* })*
    };
}

for_each_opcode!(define_operators);
