//! Which instruction does what: from opcodes and kinds of operands to the first words of instructions.
//!
//! Input: an opcode of the table and where its operands are. Output: opcode words.
//! Holds: this is the only place that names the generic instructions with their parameters.

use core::marker::PhantomData;
use core::num::NonZero;

use super::call::{
    CallImported, CallIndirect, CallInternal, CallRef, ComputedArgument, ConstantArgument,
    CopyArgument, Passed, RestoreContext, Return, ReturnBinary, ReturnCallInternal, ReturnRange,
    ReturnValue, Unnoted,
};
use super::control::{
    Branch, BranchCompare, BranchIf, BranchMask, BranchTable, BranchTest, ChargeFuel,
    ChargeFuelByLength, IncrementBranch, MoveBranch, MoveBranchCompare, Poll, Unreachable,
};
use super::helper::{
    DataDrop, ElemDrop, HelperInstruction, MemoryCopy, MemoryFill, MemoryGrow, MemoryGrow32,
    MemoryInit, TableCopy, TableFill, TableGet, TableGrow, TableGrow32, TableInit, TableSet,
    TableSize,
};
use super::memory::{
    BinaryLoad, Displaced, FarLoad, FarStore, Indexed, LoadInstruction, LoadLaneInstruction,
    LoadStore, MemorySize, NoAddress, StoreInstruction, StoreLaneInstruction, VectorLoad,
    VectorStore,
};
use super::numeric::{
    BinaryInstruction, Chain, Combine, CopySum, MultiplyAdd, ReversedInstruction, Select,
    SelectCompare, SumPair, TrappingBinaryInstruction, TrappingUnaryInstruction, UnaryInstruction,
    WideAdd, WideMultiply,
};
use super::operators::{self, Binary, Load, Store, TrappingBinary, TrappingUnary, Unary};
#[cfg(feature = "compiler")]
use super::tier::{CountCall, CountIteration, Noted};
use super::value::{Accumulator, Both, Constant, OnlyAccumulator, Operand, Scalar, Slot};
use super::variable::{
    Constant32, Constant64, ConstantVector, Copy, CopyRange, CopyVector, GlobalGet, GlobalSet,
    MovePair, OwnGlobalAdd, OwnGlobalGet, OwnGlobalSet, OwnGlobalSetSum, RefFunc, Zero,
};
use super::vector::{
    ExtractLaneInstruction, ReplaceLaneInstruction, Shuffle, VectorBinary, VectorTernary,
    VectorUnary,
};
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
use super::vector::{ShuffleSsse3, SwizzleSsse3};
use crate::interp::dispatch::{Handler, handler, handler_word, opcode_word};
use crate::runtime::layout::CodeWord;
use crate::wasm::opcodes::{Opcode, for_each_opcode};
use crate::wasm::simd::V128;
use crate::wasm::types::ValType;

/// Where an operand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::interp) enum Kind {
    /// In a slot.
    Slot,
    /// In the accumulator of its class.
    Accumulator,
    /// In the instruction.
    Constant,
}

/// The two forms of an instruction with a scalar result. There is an address in each word, so that it is not zero.
#[derive(Clone, Copy, Debug)]
pub(in crate::interp) struct Forms {
    both: NonZero<CodeWord>,
    only_accumulator: Option<NonZero<CodeWord>>,
}

impl Forms {
    /// An instruction that has the first form only.
    #[inline]
    pub(in crate::interp) fn only_both(both: CodeWord) -> Forms {
        Forms {
            both: NonZero::new(both).unwrap_or(NonZero::<CodeWord>::MAX),
            only_accumulator: None,
        }
    }

    fn new([both, only_accumulator]: Pair) -> Forms {
        Forms {
            only_accumulator: NonZero::new(handler_word(only_accumulator)),
            ..Forms::one(both)
        }
    }

    fn one(handler: Handler) -> Forms {
        Forms::only_both(handler_word(handler))
    }

    /// The result goes to its slot and to the accumulator.
    pub(in crate::interp) fn both(self) -> CodeWord {
        self.both.get()
    }

    /// The result goes to the accumulator alone.
    pub(in crate::interp) fn only_accumulator(self) -> Option<CodeWord> {
        self.only_accumulator.map(NonZero::get)
    }
}

/// Handlers that leave their result in its slot and in the accumulator, and in the accumulator alone.
type Pair = [Handler; 2];

/// The handlers of an operator by the kinds of its operands. They are constants, so that which one to take is looked
/// up: functions that choose, one for each operator, are code that is compiled and called to do no more.
struct Handlers<O>(PhantomData<O>);

/// The column of an operand that is no constant.
fn column_of_one(operand: Kind) -> Option<usize> {
    match operand {
        Kind::Slot => Some(0),
        Kind::Accumulator => Some(1),
        Kind::Constant => None,
    }
}

/// The column of two operands of which one at most is in an accumulator and the left one is no constant. Operators
/// whose operands can be swapped lack the last column.
fn column_of_two(left: Kind, right: Kind) -> Option<usize> {
    match (left, right) {
        (Kind::Slot, Kind::Slot) => Some(0),
        (Kind::Slot, Kind::Constant) => Some(1),
        (Kind::Accumulator, Kind::Slot) => Some(2),
        (Kind::Accumulator, Kind::Constant) => Some(3),
        (Kind::Slot, Kind::Accumulator) => Some(4),
        _ => None,
    }
}

/// The column of an address of memory 0; no kind if it is the offset alone.
fn column_of_address(address: Option<Kind>) -> Option<usize> {
    address.map_or(Some(2), column_of_one)
}

impl<O> Handlers<O>
where
    O: Unary<Operand: Scalar, Result: Scalar>,
{
    const UNARY: &[Pair] = &[
        [
            handler::<UnaryInstruction<O, Slot, Both>>,
            handler::<UnaryInstruction<O, Slot, OnlyAccumulator>>,
        ],
        [
            handler::<UnaryInstruction<O, Accumulator, Both>>,
            handler::<UnaryInstruction<O, Accumulator, OnlyAccumulator>>,
        ],
    ];
}

const fn binary_pair<O, A, B>() -> Pair
where
    O: Binary<Left: Scalar, Right: Scalar, Result: Scalar>,
    A: Operand<O::Left>,
    B: Operand<O::Right>,
{
    [
        handler::<BinaryInstruction<O, A, B, Both>>,
        handler::<BinaryInstruction<O, A, B, OnlyAccumulator>>,
    ]
}

impl<O> Handlers<O>
where
    O: Binary<Left: Scalar, Right: Scalar, Result: Scalar>,
{
    const COMMUTATIVE: &[Pair] = &[
        binary_pair::<O, Slot, Slot>(),
        binary_pair::<O, Slot, Constant>(),
        binary_pair::<O, Accumulator, Slot>(),
        binary_pair::<O, Accumulator, Constant>(),
    ];
    const BINARY: &[Pair] = &[
        binary_pair::<O, Slot, Slot>(),
        binary_pair::<O, Slot, Constant>(),
        binary_pair::<O, Accumulator, Slot>(),
        binary_pair::<O, Accumulator, Constant>(),
        binary_pair::<O, Slot, Accumulator>(),
    ];
    const REVERSED: &[Handler] = &[
        handler::<ReversedInstruction<O, Slot, Both>>,
        handler::<ReversedInstruction<O, Accumulator, Both>>,
    ];
}

impl<O> Handlers<O>
where
    O: Binary<Left: Scalar, Right: Scalar, Result = bool>,
{
    const COMPARE: &[Handler] = &[
        handler::<BinaryInstruction<O, Slot, Slot, Both>>,
        handler::<BinaryInstruction<O, Slot, Constant, Both>>,
        handler::<BinaryInstruction<O, Accumulator, Slot, Both>>,
        handler::<BinaryInstruction<O, Accumulator, Constant, Both>>,
    ];
    const BRANCH_IF: &[Handler] = &[
        handler::<BranchCompare<O, Slot, Slot, true>>,
        handler::<BranchCompare<O, Slot, Constant, true>>,
        handler::<BranchCompare<O, Accumulator, Slot, true>>,
        handler::<BranchCompare<O, Accumulator, Constant, true>>,
    ];
    /// None for integers, of which another comparison is the opposite.
    const BRANCH_IF_NOT: &[Handler] = if O::Left::IS_INTEGER {
        &[]
    } else {
        &[
            handler::<BranchCompare<O, Slot, Slot, false>>,
            handler::<BranchCompare<O, Slot, Constant, false>>,
            handler::<BranchCompare<O, Accumulator, Slot, false>>,
            handler::<BranchCompare<O, Accumulator, Constant, false>>,
        ]
    };
    /// By the right operand: in a slot, a constant.
    const SELECT: &[Handler] = &[
        handler::<SelectCompare<O, Slot>>,
        handler::<SelectCompare<O, Constant>>,
    ];
}

impl<O> Handlers<O>
where
    O: TrappingUnary<Operand: Scalar, Result: Scalar>,
{
    const TRAPPING_UNARY: &[Handler] = &[
        handler::<TrappingUnaryInstruction<O, Slot, Both>>,
        handler::<TrappingUnaryInstruction<O, Accumulator, Both>>,
    ];
}

impl<O> Handlers<O>
where
    O: TrappingBinary<Value: Scalar>,
{
    const TRAPPING_BINARY: &[Handler] = &[
        handler::<TrappingBinaryInstruction<O, Slot, Slot, Both>>,
        handler::<TrappingBinaryInstruction<O, Slot, Constant, Both>>,
        handler::<TrappingBinaryInstruction<O, Accumulator, Slot, Both>>,
        handler::<TrappingBinaryInstruction<O, Accumulator, Constant, Both>>,
        handler::<TrappingBinaryInstruction<O, Slot, Accumulator, Both>>,
    ];
}

impl<O> Handlers<O>
where
    O: Load<Result: Scalar>,
{
    const LOAD: &[Pair] = &[
        [
            handler::<LoadInstruction<O, Slot, Both>>,
            handler::<LoadInstruction<O, Slot, OnlyAccumulator>>,
        ],
        [
            handler::<LoadInstruction<O, Accumulator, Both>>,
            handler::<LoadInstruction<O, Accumulator, OnlyAccumulator>>,
        ],
        [
            handler::<LoadInstruction<O, NoAddress, Both>>,
            handler::<LoadInstruction<O, NoAddress, OnlyAccumulator>>,
        ],
    ];
    const LOAD_INDEXED: &Pair = &[
        handler::<LoadInstruction<O, Indexed, Both>>,
        handler::<LoadInstruction<O, Indexed, OnlyAccumulator>>,
    ];
}

const fn store_row<O: Store<Operand: Scalar>, A: Operand<u32>>() -> [Handler; 3] {
    [
        handler::<StoreInstruction<O, A, Slot>>,
        handler::<StoreInstruction<O, A, Accumulator>>,
        handler::<StoreInstruction<O, A, Constant>>,
    ]
}

impl<O> Handlers<O>
where
    O: Store<Operand: Scalar>,
{
    /// By the address, and by the value: in a slot, in the accumulator, a constant.
    const STORE: &[[Handler; 3]] = &[
        store_row::<O, Slot>(),
        store_row::<O, Accumulator>(),
        store_row::<O, NoAddress>(),
    ];
}

/// The first of two expressions for operators whose operands can be swapped, which need fewer handlers.
macro_rules! if_commutative {
    (I32Add, $yes:expr, $no:expr) => {
        $yes
    };
    (I32Mul, $yes:expr, $no:expr) => {
        $yes
    };
    (I32And, $yes:expr, $no:expr) => {
        $yes
    };
    (I32Or, $yes:expr, $no:expr) => {
        $yes
    };
    (I32Xor, $yes:expr, $no:expr) => {
        $yes
    };
    (I64Add, $yes:expr, $no:expr) => {
        $yes
    };
    (I64Mul, $yes:expr, $no:expr) => {
        $yes
    };
    (I64And, $yes:expr, $no:expr) => {
        $yes
    };
    (I64Or, $yes:expr, $no:expr) => {
        $yes
    };
    (I64Xor, $yes:expr, $no:expr) => {
        $yes
    };
    ($other:ident, $yes:expr, $no:expr) => {
        $no
    };
}

/// Defines the functions that select by opcode, from the rows of one group each.
macro_rules! selections {
    (test $($n:ident)*) => {
        /// A test of one operand.
        pub(in crate::interp) fn test(opcode: Opcode, operand: Kind) -> Option<Forms> {
            let handlers: &[_] = match opcode {
                $(Opcode::$n => Handlers::<operators::$n>::UNARY,)*
                _ => return None,
            };
            Some(Forms::new(handlers[column_of_one(operand)?]))
        }

        /// A branch by a test of one operand.
        pub(in crate::interp) fn branch_test(opcode: Opcode, operand: Kind, taken: bool) -> Option<CodeWord> {
            Some(match (opcode, operand, taken) {
                $(
                    (Opcode::$n, Kind::Slot, true) => opcode_word::<BranchTest<operators::$n, Slot, true>>(),
                    (Opcode::$n, Kind::Slot, false) => opcode_word::<BranchTest<operators::$n, Slot, false>>(),
                    (Opcode::$n, Kind::Accumulator, true) => {
                        opcode_word::<BranchTest<operators::$n, Accumulator, true>>()
                    }
                    (Opcode::$n, Kind::Accumulator, false) => {
                        opcode_word::<BranchTest<operators::$n, Accumulator, false>>()
                    }
                )*
                _ => return None,
            })
        }
    };
    (compare $($n:ident)*) => {
        /// Whether it is a comparison.
        pub(in crate::interp) fn is_comparison(opcode: Opcode) -> bool {
            matches!(opcode, $(Opcode::$n)|*)
        }

        /// A comparison.
        pub(in crate::interp) fn compare(opcode: Opcode, left: Kind, right: Kind) -> Option<Forms> {
            let handlers: &[_] = match opcode {
                $(Opcode::$n => Handlers::<operators::$n>::COMPARE,)*
                _ => return None,
            };
            Some(Forms::one(*handlers.get(column_of_two(left, right)?)?))
        }

        /// A branch by a comparison, which is taken if that holds or, for floating-point numbers only, if it does not.
        pub(in crate::interp) fn branch_compare(
            opcode: Opcode,
            left: Kind,
            right: Kind,
            taken: bool,
        ) -> Option<CodeWord> {
            let handlers: &[_] = match (opcode, taken) {
                $(
                    (Opcode::$n, true) => Handlers::<operators::$n>::BRANCH_IF,
                    (Opcode::$n, false) => Handlers::<operators::$n>::BRANCH_IF_NOT,
                )*
                _ => return None,
            };
            Some(handler_word(*handlers.get(column_of_two(left, right)?)?))
        }

        /// A `select` of one-slot values by a comparison with its left operand in a slot.
        pub(in crate::interp) fn select_compare(opcode: Opcode, right: Kind) -> Option<CodeWord> {
            let handlers: &[_] = match opcode {
                $(Opcode::$n => Handlers::<operators::$n>::SELECT,)*
                _ => return None,
            };
            let column = if right == Kind::Slot { 0 } else { 1 };
            (right != Kind::Accumulator).then(|| handler_word(handlers[column]))
        }
    };
    (unary $($n:ident)*) => {
        /// An operator of one operand.
        pub(in crate::interp) fn unary(opcode: Opcode, operand: Kind) -> Option<Forms> {
            let handlers: &[_] = match opcode {
                $(Opcode::$n => Handlers::<operators::$n>::UNARY,)*
                _ => return None,
            };
            Some(Forms::new(handlers[column_of_one(operand)?]))
        }
    };
    (binary $($n:ident)*) => {
        /// An operator of two operands.
        pub(in crate::interp) fn binary(opcode: Opcode, left: Kind, right: Kind) -> Option<Forms> {
            let handlers: &[_] = match opcode {
                $(
                    Opcode::$n => if_commutative!(
                        $n,
                        Handlers::<operators::$n>::COMMUTATIVE,
                        Handlers::<operators::$n>::BINARY
                    ),
                )*
                _ => return None,
            };
            Some(Forms::new(*handlers.get(column_of_two(left, right)?)?))
        }

        /// An operator of two operands with a constant on the left.
        pub(in crate::interp) fn reversed(opcode: Opcode, right: Kind) -> Option<Forms> {
            let handlers: &[_] = match opcode {
                $(Opcode::$n => if_commutative!($n, &[], Handlers::<operators::$n>::REVERSED),)*
                _ => return None,
            };
            Some(Forms::one(*handlers.get(column_of_one(right)?)?))
        }
    };
    (trapping_unary $($n:ident)*) => {
        /// An operator of one operand that can trap.
        pub(in crate::interp) fn trapping_unary(opcode: Opcode, operand: Kind) -> Option<Forms> {
            let handlers: &[_] = match opcode {
                $(Opcode::$n => Handlers::<operators::$n>::TRAPPING_UNARY,)*
                _ => return None,
            };
            Some(Forms::one(handlers[column_of_one(operand)?]))
        }
    };
    (trapping_binary $($n:ident)*) => {
        /// An operator of two operands that can trap.
        pub(in crate::interp) fn trapping_binary(opcode: Opcode, left: Kind, right: Kind) -> Option<Forms> {
            let handlers: &[_] = match opcode {
                $(Opcode::$n => Handlers::<operators::$n>::TRAPPING_BINARY,)*
                _ => return None,
            };
            Some(Forms::one(handlers[column_of_two(left, right)?]))
        }
    };
    (vector_unary $($n:ident)*) => {
        /// A vector operator of one operand.
        pub(in crate::interp) fn vector_unary(opcode: Opcode) -> Option<CodeWord> {
            Some(match opcode {
                $(Opcode::$n => opcode_word::<VectorUnary<operators::$n>>(),)*
                _ => return None,
            })
        }
    };
    (vector_binary $($n:ident)*) => {
        /// A vector operator of two operands.
        pub(in crate::interp) fn vector_binary(opcode: Opcode) -> Option<CodeWord> {
            Some(match opcode {
                $(Opcode::$n => opcode_word::<VectorBinary<operators::$n>>(),)*
                _ => return None,
            })
        }
    };
    (vector_ternary $($n:ident)*) => {
        /// A vector operator of three operands.
        pub(in crate::interp) fn vector_ternary(opcode: Opcode) -> Option<CodeWord> {
            Some(match opcode {
                $(Opcode::$n => opcode_word::<VectorTernary<operators::$n>>(),)*
                _ => return None,
            })
        }
    };
}

/// Expands to `$scalar` for a load or store of a scalar, and to `$vector` for one of a vector.
macro_rules! by_type {
    (V128, $scalar:expr, $vector:expr) => {
        $vector
    };
    ($other:ident, $scalar:expr, $vector:expr) => {
        $scalar
    };
}

macro_rules! define_selections {
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
        /// A load of a scalar from memory 0; no kind of address if it is the offset alone.
        pub(in crate::interp) fn load(opcode: Opcode, address: Option<Kind>) -> Option<Forms> {
            let handlers = match opcode {
                $(Opcode::$l => by_type!($lty, Handlers::<operators::$l>::LOAD, return None),)*
                _ => return None,
            };
            Some(Forms::new(handlers[column_of_address(address)?]))
        }

        /// A load of a scalar from memory 0 at a base with a scaled index.
        pub(in crate::interp) fn load_indexed(opcode: Opcode) -> Option<Forms> {
            let handlers = match opcode {
                $(Opcode::$l => by_type!($lty, Handlers::<operators::$l>::LOAD_INDEXED, return None),)*
                _ => return None,
            };
            Some(Forms::new(*handlers))
        }

        /// A load of a vector from memory 0.
        pub(in crate::interp) fn vector_load(opcode: Opcode) -> Option<CodeWord> {
            match opcode {
                $(Opcode::$l => by_type!($lty, None, Some(opcode_word::<VectorLoad<operators::$l>>())),)*
                _ => None,
            }
        }

        /// A load from any memory.
        pub(in crate::interp) fn far_load(opcode: Opcode) -> Option<CodeWord> {
            Some(match opcode {
                $(Opcode::$l => opcode_word::<FarLoad<operators::$l>>(),)*
                _ => return None,
            })
        }

        /// A store of a scalar to memory 0; no kind of address if it is the offset alone.
        pub(in crate::interp) fn store(opcode: Opcode, address: Option<Kind>, value: Kind) -> Option<CodeWord> {
            let handlers = match opcode {
                $(Opcode::$o => by_type!($oty, Handlers::<operators::$o>::STORE, return None),)*
                _ => return None,
            };
            let row = &handlers[column_of_address(address)?];
            Some(handler_word(match value {
                Kind::Slot => row[0],
                Kind::Accumulator => row[1],
                Kind::Constant => row[2],
            }))
        }

        /// A store of a scalar to memory 0 at a base with a scaled index.
        pub(in crate::interp) fn store_indexed(opcode: Opcode) -> Option<CodeWord> {
            match opcode {
                $(Opcode::$o => by_type!(
                    $oty,
                    Some(opcode_word::<StoreInstruction<operators::$o, Indexed, Slot>>()),
                    None
                ),)*
                _ => None,
            }
        }

        /// A store of a vector to memory 0.
        pub(in crate::interp) fn vector_store(opcode: Opcode) -> Option<CodeWord> {
            match opcode {
                $(Opcode::$o => by_type!($oty, None, Some(opcode_word::<VectorStore<operators::$o>>())),)*
                _ => None,
            }
        }

        /// A store to any memory.
        pub(in crate::interp) fn far_store(opcode: Opcode) -> Option<CodeWord> {
            Some(match opcode {
                $(Opcode::$o => opcode_word::<FarStore<operators::$o>>(),)*
                _ => return None,
            })
        }

        /// A load or store of one lane, or an access to one.
        pub(in crate::interp) fn lane(opcode: Opcode) -> Option<CodeWord> {
            Some(match opcode {
                $(Opcode::$ll => opcode_word::<LoadLaneInstruction<operators::$ll>>(),)*
                $(Opcode::$sl => opcode_word::<StoreLaneInstruction<operators::$sl>>(),)*
                $(Opcode::$e => opcode_word::<ExtractLaneInstruction<operators::$e>>(),)*
                $(Opcode::$r => opcode_word::<ReplaceLaneInstruction<operators::$r>>(),)*
                _ => return None,
            })
        }

        $(selections! { $group $($n)* })*
    };
}

for_each_opcode!(define_selections);

/// A selection of bytes by the processor's own instruction, if it has that.
pub(in crate::interp) fn byte_selection(opcode: Opcode) -> Option<CodeWord> {
    #[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
    {
        let word = match opcode {
            Opcode::I8x16Shuffle => opcode_word::<ShuffleSsse3>(),
            Opcode::I8x16Swizzle | Opcode::I8x16RelaxedSwizzle => opcode_word::<SwizzleSsse3>(),
            _ => return None,
        };
        #[cfg(feature = "std")]
        let has_instruction = std::arch::is_x86_feature_detected!("ssse3");
        #[cfg(not(feature = "std"))]
        let has_instruction = cfg!(target_feature = "ssse3");
        has_instruction.then_some(word)
    }
    #[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
    {
        let _ = opcode;
        None
    }
}

/// The end of a counting loop: adds a constant and branches by a comparison of the sum. There is none for a sum that is
/// compared as another type than its own, of which a conversion without code may have made it.
pub(in crate::interp) fn increment_branch(
    add: Opcode,
    opcode: Opcode,
    right: Kind,
) -> Option<CodeWord> {
    fn word<P, O, T>(right: Kind) -> Option<CodeWord>
    where
        T: Scalar,
        P: Binary<Left = T, Right = T, Result = T>,
        O: Binary<Left = T, Right = T, Result = bool>,
    {
        Some(match right {
            Kind::Slot => opcode_word::<IncrementBranch<P, O, Slot>>(),
            Kind::Constant => opcode_word::<IncrementBranch<P, O, Constant>>(),
            Kind::Accumulator => return None,
        })
    }
    macro_rules! select {
        ($($add:ident: $($n:ident)*;)*) => {
            match (add, opcode) {
                $($(
                    (Opcode::$add, Opcode::$n) => word::<operators::$add, operators::$n, _>(right),
                )*)*
                _ => None,
            }
        };
    }
    select! {
        I32Add: I32Eq I32Ne I32LtS I32LtU I32GtS I32GtU I32LeS I32LeU I32GeS I32GeU;
        I64Add: I64Eq I64Ne I64LtS I64LtU I64GtS I64GtU I64LeS I64LeU I64GeS I64GeU;
    }
}

/// A branch by a comparison of 32-bit operands, the left one in a slot, that moves a value first.
pub(in crate::interp) fn move_branch_compare(
    moved: Kind,
    opcode: Opcode,
    right: Kind,
) -> Option<CodeWord> {
    macro_rules! select {
        ($($n:ident)*) => {
            Some(match (opcode, moved, right) {
                $(
                    (Opcode::$n, Kind::Constant, Kind::Constant) => {
                        opcode_word::<MoveBranchCompare<operators::$n, Constant, false>>()
                    }
                    (Opcode::$n, Kind::Constant, _) => {
                        opcode_word::<MoveBranchCompare<operators::$n, Slot, false>>()
                    }
                    (Opcode::$n, _, Kind::Constant) => {
                        opcode_word::<MoveBranchCompare<operators::$n, Constant, true>>()
                    }
                    (Opcode::$n, _, _) => {
                        opcode_word::<MoveBranchCompare<operators::$n, Slot, true>>()
                    }
                )*
                _ => return None,
            })
        };
    }
    select! { I32Eq I32Ne I32LtS I32LtU I32GtS I32GtU I32LeS I32LeU I32GeS I32GeU }
}

/// The sum of a product and a further operand.
pub(in crate::interp) fn multiply_add(multiply: Opcode, add: Opcode) -> Option<CodeWord> {
    Some(match (multiply, add) {
        (Opcode::I32Mul, Opcode::I32Add) => {
            opcode_word::<MultiplyAdd<operators::I32Mul, operators::I32Add>>()
        }
        (Opcode::I64Mul, Opcode::I64Add) => {
            opcode_word::<MultiplyAdd<operators::I64Mul, operators::I64Add>>()
        }
        (Opcode::F32Mul, Opcode::F32Add) => {
            opcode_word::<MultiplyAdd<operators::F32Mul, operators::F32Add>>()
        }
        (Opcode::F64Mul, Opcode::F64Add) => {
            opcode_word::<MultiplyAdd<operators::F64Mul, operators::F64Add>>()
        }
        _ => return None,
    })
}

/// What an operator makes of an operand in a slot and of what another one makes of `left` and a small constant.
pub(in crate::interp) fn combine(first: Opcode, operator: Opcode, left: Kind) -> Option<CodeWord> {
    fn word<F, O, T>(left: Kind) -> CodeWord
    where
        F: Binary<Left = T, Right = T, Result = T>,
        O: Binary<Left = T, Right = T, Result = T>,
        T: Scalar,
    {
        match left {
            Kind::Accumulator => opcode_word::<Combine<F, O, Accumulator>>(),
            _ => opcode_word::<Combine<F, O, Slot>>(),
        }
    }
    macro_rules! select {
        ($($first:ident: $($n:ident)*;)*) => {
            Some(match (first, operator) {
                $($((Opcode::$first, Opcode::$n) => word::<operators::$first, operators::$n, _>(left),)*)*
                _ => return None,
            })
        };
    }
    select! {
        I32Shl: I32Add I32Or I32Xor;
        I32ShrU: I32Add I32Or I32Xor;
        I32Rotl: I32Add I32Xor;
        I32Mul: I32Add;
        I32And: I32Add I32Or;
        I64Shl: I64Add I64Or I64Xor;
        I64ShrU: I64Add I64Or I64Xor;
        I64Rotl: I64Add I64Xor;
        I64Mul: I64Add;
        I64And: I64Add I64Or;
    }
}

/// What an operator makes of a constant and of what another one makes of `left` and a constant.
pub(in crate::interp) fn chain(first: Opcode, operator: Opcode, left: Kind) -> Option<CodeWord> {
    macro_rules! select {
        ($($first:ident $n:ident;)*) => {
            Some(match (first, operator, left) {
                $(
                    (Opcode::$first, Opcode::$n, Kind::Accumulator) => {
                        opcode_word::<Chain<operators::$first, operators::$n, Accumulator>>()
                    }
                    (Opcode::$first, Opcode::$n, _) => {
                        opcode_word::<Chain<operators::$first, operators::$n, Slot>>()
                    }
                )*
                _ => return None,
            })
        };
    }
    select! {
        I32And I32ShrU;
        I32And I32Shl;
        I32ShrU I32And;
        I32Shl I32And;
        I32Add I32And;
    }
}

/// A copy and a sum with a constant, which the operator makes.
pub(in crate::interp) fn copy_sum(operator: Opcode) -> Option<CodeWord> {
    Some(match operator {
        Opcode::I32Add => opcode_word::<CopySum<operators::I32Add>>(),
        Opcode::I64Add => opcode_word::<CopySum<operators::I64Add>>(),
        _ => return None,
    })
}

/// A load at the sum of a base and a constant.
pub(in crate::interp) fn load_displaced(opcode: Opcode) -> Option<CodeWord> {
    macro_rules! select {
        ($($n:ident)*) => {
            Some(match opcode {
                $(Opcode::$n => opcode_word::<LoadInstruction<operators::$n, Displaced, Both>>(),)*
                _ => return None,
            })
        };
    }
    select! { I32Load I64Load F64Load I32Load8U I32Load8S I32Load16U }
}

/// A load whose value is stored at once, without a change.
pub(in crate::interp) fn load_store(load: Opcode, store: Opcode) -> Option<CodeWord> {
    Some(match (load, store) {
        (Opcode::I32Load8U | Opcode::I32Load8S, Opcode::I32Store8) => {
            opcode_word::<LoadStore<u8>>()
        }
        (Opcode::I32Load, Opcode::I32Store) => opcode_word::<LoadStore<u32>>(),
        (Opcode::I64Load, Opcode::I64Store) => opcode_word::<LoadStore<u64>>(),
        _ => return None,
    })
}

/// An operator whose right operand is loaded from memory 0.
pub(in crate::interp) fn binary_load(operator: Opcode, load: Opcode) -> Option<CodeWord> {
    macro_rules! select {
        ($($n:ident $load:ident)*) => {
            Some(match (operator, load) {
                $((Opcode::$n, Opcode::$load) => opcode_word::<BinaryLoad<operators::$n, operators::$load>>(),)*
                _ => return None,
            })
        };
    }
    select! {
        I32Add I32Load I32Sub I32Load I32Mul I32Load I32And I32Load I32Or I32Load I32Xor I32Load
        I32Add I32Load8U I32Xor I32Load8U I32Add I32Load16S I32Mul I32Load16S
        I64Add I64Load I64Sub I64Load I64Mul I64Load I64And I64Load I64Or I64Load I64Xor I64Load
        F32Add F32Load F32Sub F32Load F32Mul F32Load
        F64Add F64Load F64Sub F64Load F64Mul F64Load
    }
}

/// A branch by whether the 32-bit operand is zero.
pub(in crate::interp) fn branch_if(operand: Kind, taken: bool) -> CodeWord {
    match (operand, taken) {
        (Kind::Accumulator, true) => opcode_word::<BranchIf<Accumulator, true>>(),
        (Kind::Accumulator, false) => opcode_word::<BranchIf<Accumulator, false>>(),
        (_, true) => opcode_word::<BranchIf<Slot, true>>(),
        (_, false) => opcode_word::<BranchIf<Slot, false>>(),
    }
}

/// The class of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::interp) enum Class {
    /// Integers and references.
    Integer,
    /// 32-bit floating-point numbers.
    Float32,
    /// 64-bit floating-point numbers.
    Float64,
    /// Vectors, which take two slots and have no accumulator.
    Vector,
}

impl Class {
    /// How many slots a value takes.
    pub(in crate::interp) fn slots(self) -> usize {
        if self == Class::Vector { 2 } else { 1 }
    }
}

impl From<ValType> for Class {
    #[inline]
    fn from(ty: ValType) -> Class {
        match ty {
            ValType::F32 => Class::Float32,
            ValType::F64 => Class::Float64,
            ValType::V128 => Class::Vector,
            _ => Class::Integer,
        }
    }
}

/// What a call within the instance does with the last argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::interp) enum LastArgument {
    /// Nothing: it is where the callee expects it.
    Passed,
    /// It copies it.
    Copy,
    /// It writes a constant.
    Constant,
    /// It adds a constant of 32 bits.
    Sum32,
    /// It adds a constant of 64 bits.
    Sum64,
}

/// A return of what an operator makes of two operands, if there is an instruction for it.
pub(in crate::interp) fn return_binary(
    opcode: Opcode,
    left: Kind,
    right: Kind,
) -> Option<CodeWord> {
    fn word<O>(left: Kind, right: Kind) -> Option<CodeWord>
    where
        O: Binary<Left: Scalar, Right: Scalar, Result: Scalar>,
    {
        Some(match (left, right) {
            (Kind::Slot, Kind::Slot) => opcode_word::<ReturnBinary<O, Slot, Slot>>(),
            (Kind::Slot, Kind::Constant) => opcode_word::<ReturnBinary<O, Slot, Constant>>(),
            (Kind::Slot, Kind::Accumulator) => opcode_word::<ReturnBinary<O, Slot, Accumulator>>(),
            (Kind::Accumulator, Kind::Slot) => opcode_word::<ReturnBinary<O, Accumulator, Slot>>(),
            _ => return None,
        })
    }
    match opcode {
        Opcode::I32Add => word::<operators::I32Add>(left, right),
        Opcode::I64Add => word::<operators::I64Add>(left, right),
        _ => None,
    }
}

/// A return of one slot.
pub(in crate::interp) fn return_value(class: Class, operand: Kind) -> CodeWord {
    match (operand, class) {
        (Kind::Accumulator, Class::Integer) => opcode_word::<ReturnValue<u64, Accumulator>>(),
        (Kind::Accumulator, Class::Float32) => opcode_word::<ReturnValue<f32, Accumulator>>(),
        (Kind::Accumulator, Class::Float64) => opcode_word::<ReturnValue<f64, Accumulator>>(),
        (Kind::Constant, _) => opcode_word::<ReturnValue<u64, Constant>>(),
        (Kind::Slot, _) | (_, Class::Vector) => opcode_word::<ReturnValue<u64, Slot>>(),
    }
}

/// A read of an own global of one slot.
pub(in crate::interp) fn own_global_get(class: Class) -> Option<CodeWord> {
    Some(match class {
        Class::Integer => opcode_word::<OwnGlobalGet<u64>>(),
        Class::Float32 => opcode_word::<OwnGlobalGet<f32>>(),
        Class::Float64 => opcode_word::<OwnGlobalGet<f64>>(),
        Class::Vector => return None,
    })
}

/// Defines a function for each instruction that has one form, or one per boolean or kind.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $(($argument:ident: $kind:ty))? => $word:expr;)*) => { $(
        $(#[$doc])*
        pub(in crate::interp) fn $name($($argument: $kind)?) -> CodeWord {
            $word
        }
    )* };
}

/// The first of two words if the operand is in the accumulator, otherwise the second.
macro_rules! by_kind {
    ($kind:ident, $instruction:ident) => {
        match $kind {
            Kind::Accumulator => opcode_word::<$instruction<Accumulator>>(),
            _ => opcode_word::<$instruction<Slot>>(),
        }
    };
}

words! {
    /// `unreachable`.
    unreachable_trap => opcode_word::<Unreachable>();
    /// A branch that is always taken.
    branch => opcode_word::<Branch>();
    /// `br_table`.
    branch_table(operand: Kind) => by_kind!(operand, BranchTable);
    /// A look whether an interruption is asked for.
    poll => opcode_word::<Poll>();
    /// A count of a call.
    #[cfg(feature = "compiler")]
    count_call => opcode_word::<CountCall>();
    /// A count of an iteration.
    #[cfg(feature = "compiler")]
    count_iteration => opcode_word::<CountIteration>();
    /// A charge of fuel.
    charge_fuel => opcode_word::<ChargeFuel>();
    /// A charge of fuel by the length of an operation.
    charge_fuel_by_length => opcode_word::<ChargeFuelByLength>();
    /// `select` of one-slot values.
    select(condition: Kind) => match condition {
        Kind::Accumulator => opcode_word::<Select<u64, Accumulator>>(),
        _ => opcode_word::<Select<u64, Slot>>(),
    };
    /// `select` of vectors.
    select_vector => opcode_word::<Select<V128, Slot>>();
    /// A copy of as many slots to consecutive ones, 1 to 3.
    copy(count: usize) => match count {
        1 => opcode_word::<Copy<1>>(),
        2 => opcode_word::<Copy<2>>(),
        _ => opcode_word::<Copy<3>>(),
    };
    /// Two moves from slots or from constants of 32 bits, of which the second one is one if any is.
    move_pair(sources: (Kind, Kind)) => match sources {
        (Kind::Constant, _) => opcode_word::<MovePair<Constant, Constant>>(),
        (_, Kind::Constant) => opcode_word::<MovePair<Slot, Constant>>(),
        _ => opcode_word::<MovePair<Slot, Slot>>(),
    };
    /// A branch that is always taken, and moves a value.
    move_branch(source: Kind) => match source {
        Kind::Constant => opcode_word::<MoveBranch<Constant>>(),
        _ => opcode_word::<MoveBranch<Slot>>(),
    };
    /// A branch by whether a 32-bit operand has any of some bits.
    branch_mask(operand: (Kind, bool)) => match operand {
        (Kind::Accumulator, true) => opcode_word::<BranchMask<Accumulator, true>>(),
        (Kind::Accumulator, false) => opcode_word::<BranchMask<Accumulator, false>>(),
        (_, true) => opcode_word::<BranchMask<Slot, true>>(),
        (_, false) => opcode_word::<BranchMask<Slot, false>>(),
    };
    /// Two sums of 32 bits with constants.
    sum_pair => opcode_word::<SumPair>();
    /// A sum with a constant that replaces an own global.
    own_global_add => opcode_word::<OwnGlobalAdd>();
    /// A write of a sum with a constant to an own global.
    own_global_set_sum => opcode_word::<OwnGlobalSetSum>();
    /// A copy of a vector.
    copy_vector => opcode_word::<CopyVector>();
    /// A copy of a range of slots.
    copy_range => opcode_word::<CopyRange>();
    /// A constant of 32 bits.
    constant_32 => opcode_word::<Constant32>();
    /// A constant of 64 bits.
    constant_64 => opcode_word::<Constant64>();
    /// A constant vector.
    constant_vector => opcode_word::<ConstantVector>();
    /// Zeroes a range of slots.
    zero => opcode_word::<Zero>();
    /// A write of an own global of one slot.
    own_global_set(operand: Kind) => by_kind!(operand, OwnGlobalSet);
    /// A read of any global of one slot.
    global_get => opcode_word::<GlobalGet<u64>>();
    /// A write of any global of one slot.
    global_set => opcode_word::<GlobalSet<u64>>();
    /// A read of a vector global.
    global_get_vector => opcode_word::<GlobalGet<V128>>();
    /// A write of a vector global.
    global_set_vector => opcode_word::<GlobalSet<V128>>();
    /// `ref.func`.
    ref_func => opcode_word::<RefFunc>();
    /// A call within the instance.
    call_internal(argument: LastArgument) => match argument {
        LastArgument::Passed => opcode_word::<CallInternal<Passed>>(),
        LastArgument::Copy => opcode_word::<CallInternal<CopyArgument>>(),
        LastArgument::Constant => opcode_word::<CallInternal<ConstantArgument>>(),
        LastArgument::Sum32 => opcode_word::<CallInternal<ComputedArgument<operators::I32Add>>>(),
        LastArgument::Sum64 => opcode_word::<CallInternal<ComputedArgument<operators::I64Add>>>(),
    };
    /// A call of an import.
    call_imported => opcode_word::<CallImported>();
    /// `call_indirect` with the kind of the index and whether the table is the first one.
    call_indirect(index: (Kind, bool)) => match index {
        (Kind::Accumulator, true) => opcode_word::<CallIndirect<Accumulator, true, Unnoted>>(),
        (Kind::Accumulator, false) => opcode_word::<CallIndirect<Accumulator, false, Unnoted>>(),
        (_, true) => opcode_word::<CallIndirect<Slot, true, Unnoted>>(),
        (_, false) => opcode_word::<CallIndirect<Slot, false, Unnoted>>(),
    };
    /// The same if it notes where it leads.
    #[cfg(feature = "compiler")]
    noted_call_indirect(index: (Kind, bool)) => match index {
        (Kind::Accumulator, true) => opcode_word::<CallIndirect<Accumulator, true, Noted>>(),
        (Kind::Accumulator, false) => opcode_word::<CallIndirect<Accumulator, false, Noted>>(),
        (_, true) => opcode_word::<CallIndirect<Slot, true, Noted>>(),
        (_, false) => opcode_word::<CallIndirect<Slot, false, Noted>>(),
    };
    /// `call_ref`.
    call_ref => opcode_word::<CallRef>();
    /// What follows a call that may leave the instance.
    restore_context => opcode_word::<RestoreContext>();
    /// A return of nothing.
    return_nothing => opcode_word::<Return>();
    /// A return of a range of slots.
    return_range => opcode_word::<ReturnRange>();
    /// `return_call` within the instance.
    return_call_internal => opcode_word::<ReturnCallInternal>();
    /// `memory.size`.
    memory_size => opcode_word::<MemorySize>();
    /// `memory.grow`.
    memory_grow(is_64: bool) => if is_64 {
        opcode_word::<HelperInstruction<MemoryGrow>>()
    } else {
        opcode_word::<HelperInstruction<MemoryGrow32>>()
    };
    /// `memory.fill`.
    memory_fill => opcode_word::<HelperInstruction<MemoryFill>>();
    /// `memory.copy`.
    memory_copy => opcode_word::<HelperInstruction<MemoryCopy>>();
    /// `memory.init`.
    memory_init => opcode_word::<HelperInstruction<MemoryInit>>();
    /// `data.drop`.
    data_drop => opcode_word::<HelperInstruction<DataDrop>>();
    /// `table.get`.
    table_get => opcode_word::<HelperInstruction<TableGet>>();
    /// `table.set`.
    table_set => opcode_word::<HelperInstruction<TableSet>>();
    /// `table.size`.
    table_size => opcode_word::<HelperInstruction<TableSize>>();
    /// `table.grow`.
    table_grow(is_64: bool) => if is_64 {
        opcode_word::<HelperInstruction<TableGrow>>()
    } else {
        opcode_word::<HelperInstruction<TableGrow32>>()
    };
    /// `table.fill`.
    table_fill => opcode_word::<HelperInstruction<TableFill>>();
    /// `table.copy`.
    table_copy => opcode_word::<HelperInstruction<TableCopy>>();
    /// `table.init`.
    table_init => opcode_word::<HelperInstruction<TableInit>>();
    /// `elem.drop`.
    elem_drop => opcode_word::<HelperInstruction<ElemDrop>>();
    /// `i8x16.shuffle`.
    shuffle => opcode_word::<Shuffle>();
    /// `i64.add128` or `i64.sub128`.
    wide_add(subtract: bool) => if subtract {
        opcode_word::<WideAdd<true>>()
    } else {
        opcode_word::<WideAdd<false>>()
    };
    /// `i64.mul_wide_s` or `i64.mul_wide_u`.
    wide_multiply(signed: bool) => if signed {
        opcode_word::<WideMultiply<true>>()
    } else {
        opcode_word::<WideMultiply<false>>()
    };
}
