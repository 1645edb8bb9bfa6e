//! The table of operations of the intermediate representation.
//!
//! Input: the instruction table of `wasm/opcodes.rs`. Output: [`Op`] and what is known of each: its name, result and
//! effects. Holds: every numeric operator, load and store of the instruction table is an operation under the same
//! name; those that are not instructions are in the one list here.

use super::Type;
use crate::wasm::opcodes::{ALL, Opcode, Shape, for_each_opcode};

/// What an operation does besides computing its result, as bits.
pub(crate) mod effect {
    /// It can trap.
    pub(crate) const TRAP: u8 = 1;
    /// Its result depends on a memory, table or global.
    pub(crate) const READ: u8 = 2;
    /// It changes a memory, table or global.
    pub(crate) const WRITE: u8 = 4;
    /// It runs other code, which can do everything.
    pub(crate) const CALL: u8 = 8;
    /// It stays where it is even if nobody uses it.
    pub(crate) const KEPT: u8 = TRAP | WRITE | CALL;
}

/// What the table knows of an operation.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Row {
    /// The type of its result; none if it has no result, or if that depends on more.
    pub(crate) result: Option<Type>,
    /// How many of its fields, from the first on, are values.
    pub(crate) values: u8,
    /// What it does, as bits of [`effect`].
    pub(crate) effects: u8,
}

macro_rules! define_ops {
    (
        own { $($(#[$doc:meta])* $w:ident $wt:literal $wvalues:literal $weffects:expr;)* }
        special { $($s:ident $sp:literal $sc:literal $st:literal $simm:ident $sf:ident;)* }
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
        atomic_load { $($atomic_load:tt)* }
        atomic_store { $($atomic_store:tt)* }
        atomic_read_modify_write { $($atomic_rmw:tt)* }
        atomic_compare_exchange { $($atomic_cmpxchg:tt)* }
        $($group:ident { $($n:ident $np:literal $nc:literal $nt:literal
            $nmod:ident :: $nfn:ident ($($narg:ident),*) -> $nres:ident $nf:ident;)* })*
    ) => {
        /// An operation. The names of instructions mean what the instruction means.
        #[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub(crate) enum Op {
            $($(#[$doc])* $w,)*
            $(#[doc = $lt] $l,)* $(#[doc = $ot] $o,)* $(#[doc = $llt] $ll,)* $(#[doc = $slt] $sl,)*
            $(#[doc = $et] $e,)* $(#[doc = $rt] $r,)* $($(#[doc = $nt] $n,)*)*
        }

        /// The rows, in the order of [`Op`].
        static ROWS: &[Row] = &[
            $(Row { result: None, values: $wvalues, effects: $weffects },)*
            $(derived(Opcode::$l),)* $(derived(Opcode::$o),)* $(derived(Opcode::$ll),)* $(derived(Opcode::$sl),)*
            $(derived(Opcode::$e),)* $(derived(Opcode::$r),)* $($(derived(Opcode::$n),)*)*
        ];

        /// The names of the operations that are named after no instruction.
        static OWN_NAMES: [&str; [$($wvalues),*].len()] = [$($wt),*];

        /// The operations, in the order of their numbers.
        pub(crate) static OPS: &[Op] = &[
            $(Op::$w,)* $(Op::$l,)* $(Op::$o,)* $(Op::$ll,)* $(Op::$sl,)* $(Op::$e,)* $(Op::$r,)* $($(Op::$n,)*)*
        ];

        /// The instructions that operations are named after, in the order of [`Op`], behind those of the own list.
        const INSTRUCTIONS: &[Opcode] = &[
            $(Opcode::$l,)* $(Opcode::$o,)* $(Opcode::$ll,)* $(Opcode::$sl,)* $(Opcode::$e,)* $(Opcode::$r,)*
            $($(Opcode::$n,)*)*
        ];
    };
}

/// Hands the own operations and the table of instructions to a macro.
macro_rules! with_own_ops {
    (special $($table:tt)*) => {
        define_ops! {
            own {
                /// A parameter of a block: `a` is its number among those of the block.
                Parameter "param" 0 0;
                /// A parameter of the function: `a` is its number.
                Argument "argument" 0 0;
                /// A constant: `a` the low and `b` the high half of its bits.
                Constant "const" 0 0;
                /// A constant vector: `a` is its number in [`super::Function::vectors`].
                VectorConstant "v128.const" 0 0;
                /// `i8x16.shuffle` of `a` and `b` with the lanes that number `c` of [`super::Function::vectors`] has.
                Shuffle "i8x16.shuffle" 2 0;
                /// `a`, if the 32-bit `c` is not zero, and otherwise `b`.
                Select "select" 3 0;
                /// The address of the first byte of memory `a`; `b` counts what can have moved it.
                MemoryBase "memory.base" 0 0;
                /// The size of memory `a` in bytes; `b` counts what can have changed it.
                MemoryBytes "memory.bytes" 0 0;
                /// Traps unless the sum of the address `a` and the constant `c` is at most the size `b`.
                CheckBounds "check_bounds" 2 effect::TRAP;
                /// The value of global `a`; `b` counts what can have changed it.
                GlobalGet "global.get" 0 effect::READ;
                /// Sets global `b` to `a`; `c` is the count for [`Op::GlobalGet`] behind it.
                GlobalSet "global.set" 1 effect::WRITE;
                /// The element of table `b` at `a`.
                TableGet "table.get" 1 effect::TRAP | effect::READ;
                /// Sets the element of table `c` at `a` to `b`.
                TableSet "table.set" 2 effect::TRAP | effect::WRITE;
                /// How many elements table `a` has.
                TableSize "table.size" 0 effect::READ;
                /// A reference to function `a`.
                FunctionReference "ref.func" 0 0;
                /// Calls function `a` with the values in list `b`.
                Call "call" 0 effect::CALL;
                /// Calls through number `a` of [`super::Function::indirect_calls`], with the values in list `b`.
                CallIndirect "call_indirect" 0 effect::CALL;
                /// Calls the function of the runtime that number `a` names with the values in list `b`.
                CallRuntime "call_runtime" 0 effect::CALL;
                /// Copies as many bytes of memory 0 as `c` says from `b` to `a`.
                CopyBytes "copy_bytes" 3 effect::TRAP | effect::READ | effect::WRITE;
                /// Fills as many bytes of memory 0 as `c` says from `a` on with `b`.
                FillBytes "fill_bytes" 3 effect::TRAP | effect::WRITE;
                /// The upper 64 bits of the product of two signed 64-bit numbers.
                MulHighS "i64.mul_high_s" 2 0;
                /// The upper 64 bits of the product of two unsigned 64-bit numbers.
                MulHighU "i64.mul_high_u" 2 0;
                /// The bytes of `a` in the opposite order.
                SwapBytes "swap_bytes" 1 0;
                /// Looks whether anybody interrupts.
                Poll "poll" 0 effect::TRAP;
                /// Takes `a` units of fuel.
                ChargeFuel "charge_fuel" 0 effect::TRAP;
                /// Takes as many units of fuel as the 64-bit `a` says.
                ChargeFuelBy "charge_fuel" 1 effect::TRAP;
                /// The address of the interpreter's frame that the code takes over.
                LoopFrame "loop_frame" 0 effect::READ;
                /// What is `b` bytes behind the address `a` of the interpreter's frame.
                FrameLoad "frame.load" 1 effect::READ;
                /// A further result of the call `a`: number `b`.
                Result "result" 1 0;
            }
            special $($table)*
        }
    };
}

for_each_opcode!(with_own_ops);

/// The row of an operation that is named after an instruction.
const fn derived(opcode: Opcode) -> Row {
    let (result, values, effects) = match opcode.info().shape {
        Shape::Load { result, .. } => (Some(result), 1, effect::TRAP | effect::READ),
        Shape::Store { .. } => (None, 2, effect::TRAP | effect::WRITE),
        Shape::LoadLane { .. } => (
            Some(crate::wasm::types::ValType::V128),
            2,
            effect::TRAP | effect::READ,
        ),
        Shape::StoreLane { .. } => (None, 2, effect::TRAP | effect::WRITE),
        Shape::ExtractLane { result, .. } => (Some(result), 1, 0),
        Shape::ReplaceLane { .. } => (Some(crate::wasm::types::ValType::V128), 2, 0),
        Shape::Fixed { params, result } => (
            Some(result),
            params.as_slice().len() as u8,
            if can_trap(opcode) { effect::TRAP } else { 0 },
        ),
        _ => (None, 0, 0),
    };
    Row {
        result: match result {
            Some(ty) => Some(Type::of(ty)),
            None => None,
        },
        values,
        effects,
    }
}

/// Whether a numeric operator can trap.
const fn can_trap(opcode: Opcode) -> bool {
    use Opcode::{
        I32DivS, I32DivU, I32RemS, I32RemU, I32TruncF32S, I32TruncF32U, I32TruncF64S, I32TruncF64U,
        I64DivS, I64DivU, I64RemS, I64RemU, I64TruncF32S, I64TruncF32U, I64TruncF64S, I64TruncF64U,
    };
    matches!(
        opcode,
        I32DivS | I32DivU | I32RemS | I32RemU | I64DivS | I64DivU | I64RemS | I64RemU
    ) || matches!(
        opcode,
        I32TruncF32S | I32TruncF32U | I32TruncF64S | I32TruncF64U
    ) || matches!(
        opcode,
        I64TruncF32S | I64TruncF32U | I64TruncF64S | I64TruncF64U
    )
}

/// The operation named after each instruction, by the instruction's number; [`Op::Parameter`] for those that none is
/// named after.
static BY_OPCODE: [Op; ALL.len()] = {
    let mut table = [Op::Parameter; ALL.len()];
    let own = OPS.len() - INSTRUCTIONS.len();
    let mut index = 0;
    while index < INSTRUCTIONS.len() {
        table[INSTRUCTIONS[index] as usize] = OPS[own + index];
        index += 1;
    }
    table
};

impl Op {
    /// The operation named after an instruction, if there is one.
    #[inline]
    pub(crate) fn from_opcode(opcode: Opcode) -> Option<Op> {
        let op = BY_OPCODE[opcode as usize];
        (op != Op::Parameter).then_some(op)
    }

    /// The instruction that it is named after, if it is.
    #[inline]
    pub(crate) fn opcode(self) -> Option<Opcode> {
        let own = OPS.len() - INSTRUCTIONS.len();
        INSTRUCTIONS.get((self as usize).wrapping_sub(own)).copied()
    }

    /// Its name in the text of a function.
    pub(crate) fn name(self) -> &'static str {
        self.opcode()
            .map_or_else(|| OWN_NAMES[self as usize], Opcode::name)
    }

    /// What the table knows of it.
    #[inline]
    pub(crate) fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }
}
