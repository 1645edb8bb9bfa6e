//! The instruction table: one row per instruction of WebAssembly 3.0, threads and wide arithmetic.
//!
//! Input: nothing. Output: [`for_each_opcode!`], which hands the table to a macro of the caller's,
//! and what this file derives from it: [`Opcode`], its [`Info`] and the look-up by bytes.
//! Holds: every other list of instructions in the crate is an expansion of this table.
//!
//! The rows are grouped by shape. A row begins with the name, the prefix byte (0x00 for none), the
//! code after it and the text name, and ends with the feature that brings it. Between them stand:
//!
//! - `special`: the immediates; operands are checked by hand in `validate/func.rs`.
//! - `load`: the Rust type read from memory, the type it becomes, the conversion, the value type.
//! - `store`: the Rust type of the operand, the type written, the conversion, the value type.
//! - `load_lane`, `store_lane`: the type in memory and the function for the lane.
//! - `extract_lane`, `replace_lane`: the function, the number of lanes, the scalar type.
//! - `atomic_*`: the type in memory and the value type.
//! - `test` to `vector_ternary`: the function that gives the operator its meaning, with its
//!   parameter and result types. `compare` and `test` yield `bool`; `trapping_*` yield a `Result`.
//!
//! Reference: [specification, section 5.4](https://webassembly.github.io/spec/core/binary/instructions.html).

use core::fmt;

use super::features::Feature;
use super::types::ValType;

/// Calls the macro `$callback` with the whole table, after the tokens given behind it.
macro_rules! for_each_opcode {
    ($callback:ident) => {
        $callback! {
    special {
        Unreachable                  0x00 0x00 "unreachable"               None                                                       Mvp;
        Nop                          0x00 0x01 "nop"                       None                                                       Mvp;
        Block                        0x00 0x02 "block"                     BlockType                                                  Mvp;
        Loop                         0x00 0x03 "loop"                      BlockType                                                  Mvp;
        If                           0x00 0x04 "if"                        BlockType                                                  Mvp;
        Else                         0x00 0x05 "else"                      None                                                       Mvp;
        Throw                        0x00 0x08 "throw"                     TagIndex                                                   Exceptions;
        ThrowRef                     0x00 0x0A "throw_ref"                 None                                                       Exceptions;
        End                          0x00 0x0B "end"                       None                                                       Mvp;
        Br                           0x00 0x0C "br"                        LabelIndex                                                 Mvp;
        BrIf                         0x00 0x0D "br_if"                     LabelIndex                                                 Mvp;
        BrTable                      0x00 0x0E "br_table"                  LabelTable                                                 Mvp;
        Return                       0x00 0x0F "return"                    None                                                       Mvp;
        Call                         0x00 0x10 "call"                      FunctionIndex                                              Mvp;
        CallIndirect                 0x00 0x11 "call_indirect"             TypeTable                                                  Mvp;
        ReturnCall                   0x00 0x12 "return_call"               FunctionIndex                                              TailCall;
        ReturnCallIndirect           0x00 0x13 "return_call_indirect"      TypeTable                                                  TailCall;
        CallRef                      0x00 0x14 "call_ref"                  TypeIndex                                                  FunctionReferences;
        ReturnCallRef                0x00 0x15 "return_call_ref"           TypeIndex                                                  FunctionReferences;
        Drop                         0x00 0x1A "drop"                      None                                                       Mvp;
        Select                       0x00 0x1B "select"                    None                                                       Mvp;
        SelectTyped                  0x00 0x1C "select"                    ValTypes                                                   ReferenceTypes;
        TryTable                     0x00 0x1F "try_table"                 TryTable                                                   Exceptions;
        LocalGet                     0x00 0x20 "local.get"                 LocalIndex                                                 Mvp;
        LocalSet                     0x00 0x21 "local.set"                 LocalIndex                                                 Mvp;
        LocalTee                     0x00 0x22 "local.tee"                 LocalIndex                                                 Mvp;
        GlobalGet                    0x00 0x23 "global.get"                GlobalIndex                                                Mvp;
        GlobalSet                    0x00 0x24 "global.set"                GlobalIndex                                                Mvp;
        TableGet                     0x00 0x25 "table.get"                 TableIndex                                                 ReferenceTypes;
        TableSet                     0x00 0x26 "table.set"                 TableIndex                                                 ReferenceTypes;
        MemorySize                   0x00 0x3F "memory.size"               MemoryIndex                                                Mvp;
        MemoryGrow                   0x00 0x40 "memory.grow"               MemoryIndex                                                Mvp;
        I32Const                     0x00 0x41 "i32.const"                 I32                                                        Mvp;
        I64Const                     0x00 0x42 "i64.const"                 I64                                                        Mvp;
        F32Const                     0x00 0x43 "f32.const"                 F32                                                        Mvp;
        F64Const                     0x00 0x44 "f64.const"                 F64                                                        Mvp;
        RefNull                      0x00 0xD0 "ref.null"                  HeapType                                                   ReferenceTypes;
        RefIsNull                    0x00 0xD1 "ref.is_null"               None                                                       ReferenceTypes;
        RefFunc                      0x00 0xD2 "ref.func"                  FunctionIndex                                              ReferenceTypes;
        RefEq                        0x00 0xD3 "ref.eq"                    None                                                       Gc;
        RefAsNonNull                 0x00 0xD4 "ref.as_non_null"           None                                                       FunctionReferences;
        BrOnNull                     0x00 0xD5 "br_on_null"                LabelIndex                                                 FunctionReferences;
        BrOnNonNull                  0x00 0xD6 "br_on_non_null"            LabelIndex                                                 FunctionReferences;
        StructNew                    0xFB 0x00 "struct.new"                TypeIndex                                                  Gc;
        StructNewDefault             0xFB 0x01 "struct.new_default"        TypeIndex                                                  Gc;
        StructGet                    0xFB 0x02 "struct.get"                TypeField                                                  Gc;
        StructGetS                   0xFB 0x03 "struct.get_s"              TypeField                                                  Gc;
        StructGetU                   0xFB 0x04 "struct.get_u"              TypeField                                                  Gc;
        StructSet                    0xFB 0x05 "struct.set"                TypeField                                                  Gc;
        ArrayNew                     0xFB 0x06 "array.new"                 TypeIndex                                                  Gc;
        ArrayNewDefault              0xFB 0x07 "array.new_default"         TypeIndex                                                  Gc;
        ArrayNewFixed                0xFB 0x08 "array.new_fixed"           TypeLength                                                 Gc;
        ArrayNewData                 0xFB 0x09 "array.new_data"            TypeData                                                   Gc;
        ArrayNewElem                 0xFB 0x0A "array.new_elem"            TypeElement                                                Gc;
        ArrayGet                     0xFB 0x0B "array.get"                 TypeIndex                                                  Gc;
        ArrayGetS                    0xFB 0x0C "array.get_s"               TypeIndex                                                  Gc;
        ArrayGetU                    0xFB 0x0D "array.get_u"               TypeIndex                                                  Gc;
        ArraySet                     0xFB 0x0E "array.set"                 TypeIndex                                                  Gc;
        ArrayLen                     0xFB 0x0F "array.len"                 None                                                       Gc;
        ArrayFill                    0xFB 0x10 "array.fill"                TypeIndex                                                  Gc;
        ArrayCopy                    0xFB 0x11 "array.copy"                TypeType                                                   Gc;
        ArrayInitData                0xFB 0x12 "array.init_data"           TypeData                                                   Gc;
        ArrayInitElem                0xFB 0x13 "array.init_elem"           TypeElement                                                Gc;
        RefTest                      0xFB 0x14 "ref.test"                  HeapType                                                   Gc;
        RefTestNull                  0xFB 0x15 "ref.test"                  HeapType                                                   Gc;
        RefCast                      0xFB 0x16 "ref.cast"                  HeapType                                                   Gc;
        RefCastNull                  0xFB 0x17 "ref.cast"                  HeapType                                                   Gc;
        BrOnCast                     0xFB 0x18 "br_on_cast"                CastBranch                                                 Gc;
        BrOnCastFail                 0xFB 0x19 "br_on_cast_fail"           CastBranch                                                 Gc;
        AnyConvertExtern             0xFB 0x1A "any.convert_extern"        None                                                       Gc;
        ExternConvertAny             0xFB 0x1B "extern.convert_any"        None                                                       Gc;
        RefI31                       0xFB 0x1C "ref.i31"                   None                                                       Gc;
        I31GetS                      0xFB 0x1D "i31.get_s"                 None                                                       Gc;
        I31GetU                      0xFB 0x1E "i31.get_u"                 None                                                       Gc;
        MemoryInit                   0xFC 0x08 "memory.init"               DataMemory                                                 BulkMemory;
        DataDrop                     0xFC 0x09 "data.drop"                 DataIndex                                                  BulkMemory;
        MemoryCopy                   0xFC 0x0A "memory.copy"               MemoryMemory                                               BulkMemory;
        MemoryFill                   0xFC 0x0B "memory.fill"               MemoryIndex                                                BulkMemory;
        TableInit                    0xFC 0x0C "table.init"                ElementTable                                               BulkMemory;
        ElemDrop                     0xFC 0x0D "elem.drop"                 ElementIndex                                               BulkMemory;
        TableCopy                    0xFC 0x0E "table.copy"                TableTable                                                 BulkMemory;
        TableGrow                    0xFC 0x0F "table.grow"                TableIndex                                                 ReferenceTypes;
        TableSize                    0xFC 0x10 "table.size"                TableIndex                                                 ReferenceTypes;
        TableFill                    0xFC 0x11 "table.fill"                TableIndex                                                 ReferenceTypes;
        I64Add128                    0xFC 0x13 "i64.add128"                None                                                       WideArithmetic;
        I64Sub128                    0xFC 0x14 "i64.sub128"                None                                                       WideArithmetic;
        I64MulWideS                  0xFC 0x15 "i64.mul_wide_s"            None                                                       WideArithmetic;
        I64MulWideU                  0xFC 0x16 "i64.mul_wide_u"            None                                                       WideArithmetic;
        V128Const                    0xFD 0x0C "v128.const"                V128                                                       Simd;
        I8x16Shuffle                 0xFD 0x0D "i8x16.shuffle"             Lanes                                                      Simd;
        MemoryAtomicNotify           0xFE 0x00 "memory.atomic.notify"      MemArg                                                     Threads;
        MemoryAtomicWait32           0xFE 0x01 "memory.atomic.wait32"      MemArg                                                     Threads;
        MemoryAtomicWait64           0xFE 0x02 "memory.atomic.wait64"      MemArg                                                     Threads;
        AtomicFence                  0xFE 0x03 "atomic.fence"              Zero                                                       Threads;
    }
    load {
        I32Load                      0x00 0x28 "i32.load"                  u32 => u32 [|x| x] I32                                     Mvp;
        I64Load                      0x00 0x29 "i64.load"                  u64 => u64 [|x| x] I64                                     Mvp;
        F32Load                      0x00 0x2A "f32.load"                  u32 => f32 [|x| f32::from_bits(x)] F32                     Mvp;
        F64Load                      0x00 0x2B "f64.load"                  u64 => f64 [|x| f64::from_bits(x)] F64                     Mvp;
        I32Load8S                    0x00 0x2C "i32.load8_s"               i8 => u32 [|x| x as i32 as u32] I32                        Mvp;
        I32Load8U                    0x00 0x2D "i32.load8_u"               u8 => u32 [|x| x as u32] I32                               Mvp;
        I32Load16S                   0x00 0x2E "i32.load16_s"              i16 => u32 [|x| x as i32 as u32] I32                       Mvp;
        I32Load16U                   0x00 0x2F "i32.load16_u"              u16 => u32 [|x| x as u32] I32                              Mvp;
        I64Load8S                    0x00 0x30 "i64.load8_s"               i8 => u64 [|x| x as i64 as u64] I64                        Mvp;
        I64Load8U                    0x00 0x31 "i64.load8_u"               u8 => u64 [|x| x as u64] I64                               Mvp;
        I64Load16S                   0x00 0x32 "i64.load16_s"              i16 => u64 [|x| x as i64 as u64] I64                       Mvp;
        I64Load16U                   0x00 0x33 "i64.load16_u"              u16 => u64 [|x| x as u64] I64                              Mvp;
        I64Load32S                   0x00 0x34 "i64.load32_s"              i32 => u64 [|x| x as i64 as u64] I64                       Mvp;
        I64Load32U                   0x00 0x35 "i64.load32_u"              u32 => u64 [|x| x as u64] I64                              Mvp;
        V128Load                     0xFD 0x00 "v128.load"                 u128 => V128 [V128::from_u128] V128                        Simd;
        V128Load8x8S                 0xFD 0x01 "v128.load8x8_s"            u64 => V128 [simd::v128_load8x8_s] V128                    Simd;
        V128Load8x8U                 0xFD 0x02 "v128.load8x8_u"            u64 => V128 [simd::v128_load8x8_u] V128                    Simd;
        V128Load16x4S                0xFD 0x03 "v128.load16x4_s"           u64 => V128 [simd::v128_load16x4_s] V128                   Simd;
        V128Load16x4U                0xFD 0x04 "v128.load16x4_u"           u64 => V128 [simd::v128_load16x4_u] V128                   Simd;
        V128Load32x2S                0xFD 0x05 "v128.load32x2_s"           u64 => V128 [simd::v128_load32x2_s] V128                   Simd;
        V128Load32x2U                0xFD 0x06 "v128.load32x2_u"           u64 => V128 [simd::v128_load32x2_u] V128                   Simd;
        V128Load8Splat               0xFD 0x07 "v128.load8_splat"          u8 => V128 [|x| simd::i8x16_splat(x as u32)] V128          Simd;
        V128Load16Splat              0xFD 0x08 "v128.load16_splat"         u16 => V128 [|x| simd::i16x8_splat(x as u32)] V128         Simd;
        V128Load32Splat              0xFD 0x09 "v128.load32_splat"         u32 => V128 [simd::i32x4_splat] V128                       Simd;
        V128Load64Splat              0xFD 0x0A "v128.load64_splat"         u64 => V128 [simd::i64x2_splat] V128                       Simd;
        V128Load32Zero               0xFD 0x5C "v128.load32_zero"          u32 => V128 [simd::v128_load32_zero] V128                   Simd;
        V128Load64Zero               0xFD 0x5D "v128.load64_zero"          u64 => V128 [simd::v128_load64_zero] V128                   Simd;
    }
    store {
        I32Store                     0x00 0x36 "i32.store"                 u32 => u32 [|x| x] I32                                     Mvp;
        I64Store                     0x00 0x37 "i64.store"                 u64 => u64 [|x| x] I64                                     Mvp;
        F32Store                     0x00 0x38 "f32.store"                 f32 => u32 [|x| x.to_bits()] F32                           Mvp;
        F64Store                     0x00 0x39 "f64.store"                 f64 => u64 [|x| x.to_bits()] F64                           Mvp;
        I32Store8                    0x00 0x3A "i32.store8"                u32 => u8 [|x| x as u8] I32                                Mvp;
        I32Store16                   0x00 0x3B "i32.store16"               u32 => u16 [|x| x as u16] I32                              Mvp;
        I64Store8                    0x00 0x3C "i64.store8"                u64 => u8 [|x| x as u8] I64                                Mvp;
        I64Store16                   0x00 0x3D "i64.store16"               u64 => u16 [|x| x as u16] I64                              Mvp;
        I64Store32                   0x00 0x3E "i64.store32"               u64 => u32 [|x| x as u32] I64                              Mvp;
        V128Store                    0xFD 0x0B "v128.store"                V128 => u128 [V128::to_u128] V128                          Simd;
    }
    load_lane {
        V128Load8Lane                0xFD 0x54 "v128.load8_lane"           u8 i8x16_replace_lane                                      Simd;
        V128Load16Lane               0xFD 0x55 "v128.load16_lane"          u16 i16x8_replace_lane                                     Simd;
        V128Load32Lane               0xFD 0x56 "v128.load32_lane"          u32 i32x4_replace_lane                                     Simd;
        V128Load64Lane               0xFD 0x57 "v128.load64_lane"          u64 i64x2_replace_lane                                     Simd;
    }
    store_lane {
        V128Store8Lane               0xFD 0x58 "v128.store8_lane"          u8 i8x16_extract_lane_u                                    Simd;
        V128Store16Lane              0xFD 0x59 "v128.store16_lane"         u16 i16x8_extract_lane_u                                   Simd;
        V128Store32Lane              0xFD 0x5A "v128.store32_lane"         u32 i32x4_extract_lane                                     Simd;
        V128Store64Lane              0xFD 0x5B "v128.store64_lane"         u64 i64x2_extract_lane                                     Simd;
    }
    extract_lane {
        I8x16ExtractLaneS            0xFD 0x15 "i8x16.extract_lane_s"      i8x16_extract_lane_s 16 -> u32                             Simd;
        I8x16ExtractLaneU            0xFD 0x16 "i8x16.extract_lane_u"      i8x16_extract_lane_u 16 -> u32                             Simd;
        I16x8ExtractLaneS            0xFD 0x18 "i16x8.extract_lane_s"      i16x8_extract_lane_s 8 -> u32                              Simd;
        I16x8ExtractLaneU            0xFD 0x19 "i16x8.extract_lane_u"      i16x8_extract_lane_u 8 -> u32                              Simd;
        I32x4ExtractLane             0xFD 0x1B "i32x4.extract_lane"        i32x4_extract_lane 4 -> u32                                Simd;
        I64x2ExtractLane             0xFD 0x1D "i64x2.extract_lane"        i64x2_extract_lane 2 -> u64                                Simd;
        F32x4ExtractLane             0xFD 0x1F "f32x4.extract_lane"        f32x4_extract_lane 4 -> f32                                Simd;
        F64x2ExtractLane             0xFD 0x21 "f64x2.extract_lane"        f64x2_extract_lane 2 -> f64                                Simd;
    }
    replace_lane {
        I8x16ReplaceLane             0xFD 0x17 "i8x16.replace_lane"        i8x16_replace_lane 16 <- u32                               Simd;
        I16x8ReplaceLane             0xFD 0x1A "i16x8.replace_lane"        i16x8_replace_lane 8 <- u32                                Simd;
        I32x4ReplaceLane             0xFD 0x1C "i32x4.replace_lane"        i32x4_replace_lane 4 <- u32                                Simd;
        I64x2ReplaceLane             0xFD 0x1E "i64x2.replace_lane"        i64x2_replace_lane 2 <- u64                                Simd;
        F32x4ReplaceLane             0xFD 0x20 "f32x4.replace_lane"        f32x4_replace_lane 4 <- f32                                Simd;
        F64x2ReplaceLane             0xFD 0x22 "f64x2.replace_lane"        f64x2_replace_lane 2 <- f64                                Simd;
    }
    atomic_load {
        I32AtomicLoad                0xFE 0x10 "i32.atomic.load"           u32 I32                                                    Threads;
        I64AtomicLoad                0xFE 0x11 "i64.atomic.load"           u64 I64                                                    Threads;
        I32AtomicLoad8U              0xFE 0x12 "i32.atomic.load8_u"        u8 I32                                                     Threads;
        I32AtomicLoad16U             0xFE 0x13 "i32.atomic.load16_u"       u16 I32                                                    Threads;
        I64AtomicLoad8U              0xFE 0x14 "i64.atomic.load8_u"        u8 I64                                                     Threads;
        I64AtomicLoad16U             0xFE 0x15 "i64.atomic.load16_u"       u16 I64                                                    Threads;
        I64AtomicLoad32U             0xFE 0x16 "i64.atomic.load32_u"       u32 I64                                                    Threads;
    }
    atomic_store {
        I32AtomicStore               0xFE 0x17 "i32.atomic.store"          u32 I32                                                    Threads;
        I64AtomicStore               0xFE 0x18 "i64.atomic.store"          u64 I64                                                    Threads;
        I32AtomicStore8              0xFE 0x19 "i32.atomic.store8"         u8 I32                                                     Threads;
        I32AtomicStore16             0xFE 0x1A "i32.atomic.store16"        u16 I32                                                    Threads;
        I64AtomicStore8              0xFE 0x1B "i64.atomic.store8"         u8 I64                                                     Threads;
        I64AtomicStore16             0xFE 0x1C "i64.atomic.store16"        u16 I64                                                    Threads;
        I64AtomicStore32             0xFE 0x1D "i64.atomic.store32"        u32 I64                                                    Threads;
    }
    atomic_read_modify_write {
        I32AtomicRmwAdd              0xFE 0x1E "i32.atomic.rmw.add"        u32 I32                                                    Threads;
        I64AtomicRmwAdd              0xFE 0x1F "i64.atomic.rmw.add"        u64 I64                                                    Threads;
        I32AtomicRmw8AddU            0xFE 0x20 "i32.atomic.rmw8.add_u"     u8 I32                                                     Threads;
        I32AtomicRmw16AddU           0xFE 0x21 "i32.atomic.rmw16.add_u"    u16 I32                                                    Threads;
        I64AtomicRmw8AddU            0xFE 0x22 "i64.atomic.rmw8.add_u"     u8 I64                                                     Threads;
        I64AtomicRmw16AddU           0xFE 0x23 "i64.atomic.rmw16.add_u"    u16 I64                                                    Threads;
        I64AtomicRmw32AddU           0xFE 0x24 "i64.atomic.rmw32.add_u"    u32 I64                                                    Threads;
        I32AtomicRmwSub              0xFE 0x25 "i32.atomic.rmw.sub"        u32 I32                                                    Threads;
        I64AtomicRmwSub              0xFE 0x26 "i64.atomic.rmw.sub"        u64 I64                                                    Threads;
        I32AtomicRmw8SubU            0xFE 0x27 "i32.atomic.rmw8.sub_u"     u8 I32                                                     Threads;
        I32AtomicRmw16SubU           0xFE 0x28 "i32.atomic.rmw16.sub_u"    u16 I32                                                    Threads;
        I64AtomicRmw8SubU            0xFE 0x29 "i64.atomic.rmw8.sub_u"     u8 I64                                                     Threads;
        I64AtomicRmw16SubU           0xFE 0x2A "i64.atomic.rmw16.sub_u"    u16 I64                                                    Threads;
        I64AtomicRmw32SubU           0xFE 0x2B "i64.atomic.rmw32.sub_u"    u32 I64                                                    Threads;
        I32AtomicRmwAnd              0xFE 0x2C "i32.atomic.rmw.and"        u32 I32                                                    Threads;
        I64AtomicRmwAnd              0xFE 0x2D "i64.atomic.rmw.and"        u64 I64                                                    Threads;
        I32AtomicRmw8AndU            0xFE 0x2E "i32.atomic.rmw8.and_u"     u8 I32                                                     Threads;
        I32AtomicRmw16AndU           0xFE 0x2F "i32.atomic.rmw16.and_u"    u16 I32                                                    Threads;
        I64AtomicRmw8AndU            0xFE 0x30 "i64.atomic.rmw8.and_u"     u8 I64                                                     Threads;
        I64AtomicRmw16AndU           0xFE 0x31 "i64.atomic.rmw16.and_u"    u16 I64                                                    Threads;
        I64AtomicRmw32AndU           0xFE 0x32 "i64.atomic.rmw32.and_u"    u32 I64                                                    Threads;
        I32AtomicRmwOr               0xFE 0x33 "i32.atomic.rmw.or"         u32 I32                                                    Threads;
        I64AtomicRmwOr               0xFE 0x34 "i64.atomic.rmw.or"         u64 I64                                                    Threads;
        I32AtomicRmw8OrU             0xFE 0x35 "i32.atomic.rmw8.or_u"      u8 I32                                                     Threads;
        I32AtomicRmw16OrU            0xFE 0x36 "i32.atomic.rmw16.or_u"     u16 I32                                                    Threads;
        I64AtomicRmw8OrU             0xFE 0x37 "i64.atomic.rmw8.or_u"      u8 I64                                                     Threads;
        I64AtomicRmw16OrU            0xFE 0x38 "i64.atomic.rmw16.or_u"     u16 I64                                                    Threads;
        I64AtomicRmw32OrU            0xFE 0x39 "i64.atomic.rmw32.or_u"     u32 I64                                                    Threads;
        I32AtomicRmwXor              0xFE 0x3A "i32.atomic.rmw.xor"        u32 I32                                                    Threads;
        I64AtomicRmwXor              0xFE 0x3B "i64.atomic.rmw.xor"        u64 I64                                                    Threads;
        I32AtomicRmw8XorU            0xFE 0x3C "i32.atomic.rmw8.xor_u"     u8 I32                                                     Threads;
        I32AtomicRmw16XorU           0xFE 0x3D "i32.atomic.rmw16.xor_u"    u16 I32                                                    Threads;
        I64AtomicRmw8XorU            0xFE 0x3E "i64.atomic.rmw8.xor_u"     u8 I64                                                     Threads;
        I64AtomicRmw16XorU           0xFE 0x3F "i64.atomic.rmw16.xor_u"    u16 I64                                                    Threads;
        I64AtomicRmw32XorU           0xFE 0x40 "i64.atomic.rmw32.xor_u"    u32 I64                                                    Threads;
        I32AtomicRmwXchg             0xFE 0x41 "i32.atomic.rmw.xchg"       u32 I32                                                    Threads;
        I64AtomicRmwXchg             0xFE 0x42 "i64.atomic.rmw.xchg"       u64 I64                                                    Threads;
        I32AtomicRmw8XchgU           0xFE 0x43 "i32.atomic.rmw8.xchg_u"    u8 I32                                                     Threads;
        I32AtomicRmw16XchgU          0xFE 0x44 "i32.atomic.rmw16.xchg_u"   u16 I32                                                    Threads;
        I64AtomicRmw8XchgU           0xFE 0x45 "i64.atomic.rmw8.xchg_u"    u8 I64                                                     Threads;
        I64AtomicRmw16XchgU          0xFE 0x46 "i64.atomic.rmw16.xchg_u"   u16 I64                                                    Threads;
        I64AtomicRmw32XchgU          0xFE 0x47 "i64.atomic.rmw32.xchg_u"   u32 I64                                                    Threads;
    }
    atomic_compare_exchange {
        I32AtomicRmwCmpxchg          0xFE 0x48 "i32.atomic.rmw.cmpxchg"    u32 I32                                                    Threads;
        I64AtomicRmwCmpxchg          0xFE 0x49 "i64.atomic.rmw.cmpxchg"    u64 I64                                                    Threads;
        I32AtomicRmw8CmpxchgU        0xFE 0x4A "i32.atomic.rmw8.cmpxchg_u" u8 I32                                                     Threads;
        I32AtomicRmw16CmpxchgU       0xFE 0x4B "i32.atomic.rmw16.cmpxchg_u" u16 I32                                                    Threads;
        I64AtomicRmw8CmpxchgU        0xFE 0x4C "i64.atomic.rmw8.cmpxchg_u" u8 I64                                                     Threads;
        I64AtomicRmw16CmpxchgU       0xFE 0x4D "i64.atomic.rmw16.cmpxchg_u" u16 I64                                                    Threads;
        I64AtomicRmw32CmpxchgU       0xFE 0x4E "i64.atomic.rmw32.cmpxchg_u" u32 I64                                                    Threads;
    }
    test {
        I32Eqz                       0x00 0x45 "i32.eqz"                   semantics::i32_eqz (u32) -> bool                           Mvp;
        I64Eqz                       0x00 0x50 "i64.eqz"                   semantics::i64_eqz (u64) -> bool                           Mvp;
    }
    compare {
        I32Eq                        0x00 0x46 "i32.eq"                    semantics::i32_eq (u32, u32) -> bool                       Mvp;
        I32Ne                        0x00 0x47 "i32.ne"                    semantics::i32_ne (u32, u32) -> bool                       Mvp;
        I32LtS                       0x00 0x48 "i32.lt_s"                  semantics::i32_lt_s (u32, u32) -> bool                     Mvp;
        I32LtU                       0x00 0x49 "i32.lt_u"                  semantics::i32_lt_u (u32, u32) -> bool                     Mvp;
        I32GtS                       0x00 0x4A "i32.gt_s"                  semantics::i32_gt_s (u32, u32) -> bool                     Mvp;
        I32GtU                       0x00 0x4B "i32.gt_u"                  semantics::i32_gt_u (u32, u32) -> bool                     Mvp;
        I32LeS                       0x00 0x4C "i32.le_s"                  semantics::i32_le_s (u32, u32) -> bool                     Mvp;
        I32LeU                       0x00 0x4D "i32.le_u"                  semantics::i32_le_u (u32, u32) -> bool                     Mvp;
        I32GeS                       0x00 0x4E "i32.ge_s"                  semantics::i32_ge_s (u32, u32) -> bool                     Mvp;
        I32GeU                       0x00 0x4F "i32.ge_u"                  semantics::i32_ge_u (u32, u32) -> bool                     Mvp;
        I64Eq                        0x00 0x51 "i64.eq"                    semantics::i64_eq (u64, u64) -> bool                       Mvp;
        I64Ne                        0x00 0x52 "i64.ne"                    semantics::i64_ne (u64, u64) -> bool                       Mvp;
        I64LtS                       0x00 0x53 "i64.lt_s"                  semantics::i64_lt_s (u64, u64) -> bool                     Mvp;
        I64LtU                       0x00 0x54 "i64.lt_u"                  semantics::i64_lt_u (u64, u64) -> bool                     Mvp;
        I64GtS                       0x00 0x55 "i64.gt_s"                  semantics::i64_gt_s (u64, u64) -> bool                     Mvp;
        I64GtU                       0x00 0x56 "i64.gt_u"                  semantics::i64_gt_u (u64, u64) -> bool                     Mvp;
        I64LeS                       0x00 0x57 "i64.le_s"                  semantics::i64_le_s (u64, u64) -> bool                     Mvp;
        I64LeU                       0x00 0x58 "i64.le_u"                  semantics::i64_le_u (u64, u64) -> bool                     Mvp;
        I64GeS                       0x00 0x59 "i64.ge_s"                  semantics::i64_ge_s (u64, u64) -> bool                     Mvp;
        I64GeU                       0x00 0x5A "i64.ge_u"                  semantics::i64_ge_u (u64, u64) -> bool                     Mvp;
        F32Eq                        0x00 0x5B "f32.eq"                    semantics::f32_eq (f32, f32) -> bool                       Mvp;
        F32Ne                        0x00 0x5C "f32.ne"                    semantics::f32_ne (f32, f32) -> bool                       Mvp;
        F32Lt                        0x00 0x5D "f32.lt"                    semantics::f32_lt (f32, f32) -> bool                       Mvp;
        F32Gt                        0x00 0x5E "f32.gt"                    semantics::f32_gt (f32, f32) -> bool                       Mvp;
        F32Le                        0x00 0x5F "f32.le"                    semantics::f32_le (f32, f32) -> bool                       Mvp;
        F32Ge                        0x00 0x60 "f32.ge"                    semantics::f32_ge (f32, f32) -> bool                       Mvp;
        F64Eq                        0x00 0x61 "f64.eq"                    semantics::f64_eq (f64, f64) -> bool                       Mvp;
        F64Ne                        0x00 0x62 "f64.ne"                    semantics::f64_ne (f64, f64) -> bool                       Mvp;
        F64Lt                        0x00 0x63 "f64.lt"                    semantics::f64_lt (f64, f64) -> bool                       Mvp;
        F64Gt                        0x00 0x64 "f64.gt"                    semantics::f64_gt (f64, f64) -> bool                       Mvp;
        F64Le                        0x00 0x65 "f64.le"                    semantics::f64_le (f64, f64) -> bool                       Mvp;
        F64Ge                        0x00 0x66 "f64.ge"                    semantics::f64_ge (f64, f64) -> bool                       Mvp;
    }
    unary {
        I32Clz                       0x00 0x67 "i32.clz"                   semantics::i32_clz (u32) -> u32                            Mvp;
        I32Ctz                       0x00 0x68 "i32.ctz"                   semantics::i32_ctz (u32) -> u32                            Mvp;
        I32Popcnt                    0x00 0x69 "i32.popcnt"                semantics::i32_popcnt (u32) -> u32                         Mvp;
        I64Clz                       0x00 0x79 "i64.clz"                   semantics::i64_clz (u64) -> u64                            Mvp;
        I64Ctz                       0x00 0x7A "i64.ctz"                   semantics::i64_ctz (u64) -> u64                            Mvp;
        I64Popcnt                    0x00 0x7B "i64.popcnt"                semantics::i64_popcnt (u64) -> u64                         Mvp;
        F32Abs                       0x00 0x8B "f32.abs"                   semantics::f32_abs (f32) -> f32                            Mvp;
        F32Neg                       0x00 0x8C "f32.neg"                   semantics::f32_neg (f32) -> f32                            Mvp;
        F32Ceil                      0x00 0x8D "f32.ceil"                  semantics::f32_ceil (f32) -> f32                           Mvp;
        F32Floor                     0x00 0x8E "f32.floor"                 semantics::f32_floor (f32) -> f32                          Mvp;
        F32Trunc                     0x00 0x8F "f32.trunc"                 semantics::f32_trunc (f32) -> f32                          Mvp;
        F32Nearest                   0x00 0x90 "f32.nearest"               semantics::f32_nearest (f32) -> f32                        Mvp;
        F32Sqrt                      0x00 0x91 "f32.sqrt"                  semantics::f32_sqrt (f32) -> f32                           Mvp;
        F64Abs                       0x00 0x99 "f64.abs"                   semantics::f64_abs (f64) -> f64                            Mvp;
        F64Neg                       0x00 0x9A "f64.neg"                   semantics::f64_neg (f64) -> f64                            Mvp;
        F64Ceil                      0x00 0x9B "f64.ceil"                  semantics::f64_ceil (f64) -> f64                           Mvp;
        F64Floor                     0x00 0x9C "f64.floor"                 semantics::f64_floor (f64) -> f64                          Mvp;
        F64Trunc                     0x00 0x9D "f64.trunc"                 semantics::f64_trunc (f64) -> f64                          Mvp;
        F64Nearest                   0x00 0x9E "f64.nearest"               semantics::f64_nearest (f64) -> f64                        Mvp;
        F64Sqrt                      0x00 0x9F "f64.sqrt"                  semantics::f64_sqrt (f64) -> f64                           Mvp;
        I32WrapI64                   0x00 0xA7 "i32.wrap_i64"              semantics::i32_wrap_i64 (u64) -> u32                       Mvp;
        I64ExtendI32S                0x00 0xAC "i64.extend_i32_s"          semantics::i64_extend_i32_s (u32) -> u64                   Mvp;
        I64ExtendI32U                0x00 0xAD "i64.extend_i32_u"          semantics::i64_extend_i32_u (u32) -> u64                   Mvp;
        F32ConvertI32S               0x00 0xB2 "f32.convert_i32_s"         semantics::f32_convert_i32_s (u32) -> f32                  Mvp;
        F32ConvertI32U               0x00 0xB3 "f32.convert_i32_u"         semantics::f32_convert_i32_u (u32) -> f32                  Mvp;
        F32ConvertI64S               0x00 0xB4 "f32.convert_i64_s"         semantics::f32_convert_i64_s (u64) -> f32                  Mvp;
        F32ConvertI64U               0x00 0xB5 "f32.convert_i64_u"         semantics::f32_convert_i64_u (u64) -> f32                  Mvp;
        F32DemoteF64                 0x00 0xB6 "f32.demote_f64"            semantics::f32_demote_f64 (f64) -> f32                     Mvp;
        F64ConvertI32S               0x00 0xB7 "f64.convert_i32_s"         semantics::f64_convert_i32_s (u32) -> f64                  Mvp;
        F64ConvertI32U               0x00 0xB8 "f64.convert_i32_u"         semantics::f64_convert_i32_u (u32) -> f64                  Mvp;
        F64ConvertI64S               0x00 0xB9 "f64.convert_i64_s"         semantics::f64_convert_i64_s (u64) -> f64                  Mvp;
        F64ConvertI64U               0x00 0xBA "f64.convert_i64_u"         semantics::f64_convert_i64_u (u64) -> f64                  Mvp;
        F64PromoteF32                0x00 0xBB "f64.promote_f32"           semantics::f64_promote_f32 (f32) -> f64                    Mvp;
        I32ReinterpretF32            0x00 0xBC "i32.reinterpret_f32"       semantics::i32_reinterpret_f32 (f32) -> u32                Mvp;
        I64ReinterpretF64            0x00 0xBD "i64.reinterpret_f64"       semantics::i64_reinterpret_f64 (f64) -> u64                Mvp;
        F32ReinterpretI32            0x00 0xBE "f32.reinterpret_i32"       semantics::f32_reinterpret_i32 (u32) -> f32                Mvp;
        F64ReinterpretI64            0x00 0xBF "f64.reinterpret_i64"       semantics::f64_reinterpret_i64 (u64) -> f64                Mvp;
        I32Extend8S                  0x00 0xC0 "i32.extend8_s"             semantics::i32_extend8_s (u32) -> u32                      SignExtension;
        I32Extend16S                 0x00 0xC1 "i32.extend16_s"            semantics::i32_extend16_s (u32) -> u32                     SignExtension;
        I64Extend8S                  0x00 0xC2 "i64.extend8_s"             semantics::i64_extend8_s (u64) -> u64                      SignExtension;
        I64Extend16S                 0x00 0xC3 "i64.extend16_s"            semantics::i64_extend16_s (u64) -> u64                     SignExtension;
        I64Extend32S                 0x00 0xC4 "i64.extend32_s"            semantics::i64_extend32_s (u64) -> u64                     SignExtension;
        I32TruncSatF32S              0xFC 0x00 "i32.trunc_sat_f32_s"       semantics::i32_trunc_sat_f32_s (f32) -> u32                SaturatingFloatToInt;
        I32TruncSatF32U              0xFC 0x01 "i32.trunc_sat_f32_u"       semantics::i32_trunc_sat_f32_u (f32) -> u32                SaturatingFloatToInt;
        I32TruncSatF64S              0xFC 0x02 "i32.trunc_sat_f64_s"       semantics::i32_trunc_sat_f64_s (f64) -> u32                SaturatingFloatToInt;
        I32TruncSatF64U              0xFC 0x03 "i32.trunc_sat_f64_u"       semantics::i32_trunc_sat_f64_u (f64) -> u32                SaturatingFloatToInt;
        I64TruncSatF32S              0xFC 0x04 "i64.trunc_sat_f32_s"       semantics::i64_trunc_sat_f32_s (f32) -> u64                SaturatingFloatToInt;
        I64TruncSatF32U              0xFC 0x05 "i64.trunc_sat_f32_u"       semantics::i64_trunc_sat_f32_u (f32) -> u64                SaturatingFloatToInt;
        I64TruncSatF64S              0xFC 0x06 "i64.trunc_sat_f64_s"       semantics::i64_trunc_sat_f64_s (f64) -> u64                SaturatingFloatToInt;
        I64TruncSatF64U              0xFC 0x07 "i64.trunc_sat_f64_u"       semantics::i64_trunc_sat_f64_u (f64) -> u64                SaturatingFloatToInt;
    }
    binary {
        I32Add                       0x00 0x6A "i32.add"                   semantics::i32_add (u32, u32) -> u32                       Mvp;
        I32Sub                       0x00 0x6B "i32.sub"                   semantics::i32_sub (u32, u32) -> u32                       Mvp;
        I32Mul                       0x00 0x6C "i32.mul"                   semantics::i32_mul (u32, u32) -> u32                       Mvp;
        I32And                       0x00 0x71 "i32.and"                   semantics::i32_and (u32, u32) -> u32                       Mvp;
        I32Or                        0x00 0x72 "i32.or"                    semantics::i32_or (u32, u32) -> u32                        Mvp;
        I32Xor                       0x00 0x73 "i32.xor"                   semantics::i32_xor (u32, u32) -> u32                       Mvp;
        I32Shl                       0x00 0x74 "i32.shl"                   semantics::i32_shl (u32, u32) -> u32                       Mvp;
        I32ShrS                      0x00 0x75 "i32.shr_s"                 semantics::i32_shr_s (u32, u32) -> u32                     Mvp;
        I32ShrU                      0x00 0x76 "i32.shr_u"                 semantics::i32_shr_u (u32, u32) -> u32                     Mvp;
        I32Rotl                      0x00 0x77 "i32.rotl"                  semantics::i32_rotl (u32, u32) -> u32                      Mvp;
        I32Rotr                      0x00 0x78 "i32.rotr"                  semantics::i32_rotr (u32, u32) -> u32                      Mvp;
        I64Add                       0x00 0x7C "i64.add"                   semantics::i64_add (u64, u64) -> u64                       Mvp;
        I64Sub                       0x00 0x7D "i64.sub"                   semantics::i64_sub (u64, u64) -> u64                       Mvp;
        I64Mul                       0x00 0x7E "i64.mul"                   semantics::i64_mul (u64, u64) -> u64                       Mvp;
        I64And                       0x00 0x83 "i64.and"                   semantics::i64_and (u64, u64) -> u64                       Mvp;
        I64Or                        0x00 0x84 "i64.or"                    semantics::i64_or (u64, u64) -> u64                        Mvp;
        I64Xor                       0x00 0x85 "i64.xor"                   semantics::i64_xor (u64, u64) -> u64                       Mvp;
        I64Shl                       0x00 0x86 "i64.shl"                   semantics::i64_shl (u64, u64) -> u64                       Mvp;
        I64ShrS                      0x00 0x87 "i64.shr_s"                 semantics::i64_shr_s (u64, u64) -> u64                     Mvp;
        I64ShrU                      0x00 0x88 "i64.shr_u"                 semantics::i64_shr_u (u64, u64) -> u64                     Mvp;
        I64Rotl                      0x00 0x89 "i64.rotl"                  semantics::i64_rotl (u64, u64) -> u64                      Mvp;
        I64Rotr                      0x00 0x8A "i64.rotr"                  semantics::i64_rotr (u64, u64) -> u64                      Mvp;
        F32Add                       0x00 0x92 "f32.add"                   semantics::f32_add (f32, f32) -> f32                       Mvp;
        F32Sub                       0x00 0x93 "f32.sub"                   semantics::f32_sub (f32, f32) -> f32                       Mvp;
        F32Mul                       0x00 0x94 "f32.mul"                   semantics::f32_mul (f32, f32) -> f32                       Mvp;
        F32Div                       0x00 0x95 "f32.div"                   semantics::f32_div (f32, f32) -> f32                       Mvp;
        F32Min                       0x00 0x96 "f32.min"                   semantics::f32_min (f32, f32) -> f32                       Mvp;
        F32Max                       0x00 0x97 "f32.max"                   semantics::f32_max (f32, f32) -> f32                       Mvp;
        F32Copysign                  0x00 0x98 "f32.copysign"              semantics::f32_copysign (f32, f32) -> f32                  Mvp;
        F64Add                       0x00 0xA0 "f64.add"                   semantics::f64_add (f64, f64) -> f64                       Mvp;
        F64Sub                       0x00 0xA1 "f64.sub"                   semantics::f64_sub (f64, f64) -> f64                       Mvp;
        F64Mul                       0x00 0xA2 "f64.mul"                   semantics::f64_mul (f64, f64) -> f64                       Mvp;
        F64Div                       0x00 0xA3 "f64.div"                   semantics::f64_div (f64, f64) -> f64                       Mvp;
        F64Min                       0x00 0xA4 "f64.min"                   semantics::f64_min (f64, f64) -> f64                       Mvp;
        F64Max                       0x00 0xA5 "f64.max"                   semantics::f64_max (f64, f64) -> f64                       Mvp;
        F64Copysign                  0x00 0xA6 "f64.copysign"              semantics::f64_copysign (f64, f64) -> f64                  Mvp;
    }
    trapping_unary {
        I32TruncF32S                 0x00 0xA8 "i32.trunc_f32_s"           semantics::i32_trunc_f32_s (f32) -> u32                    Mvp;
        I32TruncF32U                 0x00 0xA9 "i32.trunc_f32_u"           semantics::i32_trunc_f32_u (f32) -> u32                    Mvp;
        I32TruncF64S                 0x00 0xAA "i32.trunc_f64_s"           semantics::i32_trunc_f64_s (f64) -> u32                    Mvp;
        I32TruncF64U                 0x00 0xAB "i32.trunc_f64_u"           semantics::i32_trunc_f64_u (f64) -> u32                    Mvp;
        I64TruncF32S                 0x00 0xAE "i64.trunc_f32_s"           semantics::i64_trunc_f32_s (f32) -> u64                    Mvp;
        I64TruncF32U                 0x00 0xAF "i64.trunc_f32_u"           semantics::i64_trunc_f32_u (f32) -> u64                    Mvp;
        I64TruncF64S                 0x00 0xB0 "i64.trunc_f64_s"           semantics::i64_trunc_f64_s (f64) -> u64                    Mvp;
        I64TruncF64U                 0x00 0xB1 "i64.trunc_f64_u"           semantics::i64_trunc_f64_u (f64) -> u64                    Mvp;
    }
    trapping_binary {
        I32DivS                      0x00 0x6D "i32.div_s"                 semantics::i32_div_s (u32, u32) -> u32                     Mvp;
        I32DivU                      0x00 0x6E "i32.div_u"                 semantics::i32_div_u (u32, u32) -> u32                     Mvp;
        I32RemS                      0x00 0x6F "i32.rem_s"                 semantics::i32_rem_s (u32, u32) -> u32                     Mvp;
        I32RemU                      0x00 0x70 "i32.rem_u"                 semantics::i32_rem_u (u32, u32) -> u32                     Mvp;
        I64DivS                      0x00 0x7F "i64.div_s"                 semantics::i64_div_s (u64, u64) -> u64                     Mvp;
        I64DivU                      0x00 0x80 "i64.div_u"                 semantics::i64_div_u (u64, u64) -> u64                     Mvp;
        I64RemS                      0x00 0x81 "i64.rem_s"                 semantics::i64_rem_s (u64, u64) -> u64                     Mvp;
        I64RemU                      0x00 0x82 "i64.rem_u"                 semantics::i64_rem_u (u64, u64) -> u64                     Mvp;
    }
    vector_unary {
        I8x16Splat                   0xFD 0x0F "i8x16.splat"               simd::i8x16_splat (u32) -> V128                            Simd;
        I16x8Splat                   0xFD 0x10 "i16x8.splat"               simd::i16x8_splat (u32) -> V128                            Simd;
        I32x4Splat                   0xFD 0x11 "i32x4.splat"               simd::i32x4_splat (u32) -> V128                            Simd;
        I64x2Splat                   0xFD 0x12 "i64x2.splat"               simd::i64x2_splat (u64) -> V128                            Simd;
        F32x4Splat                   0xFD 0x13 "f32x4.splat"               simd::f32x4_splat (f32) -> V128                            Simd;
        F64x2Splat                   0xFD 0x14 "f64x2.splat"               simd::f64x2_splat (f64) -> V128                            Simd;
        V128Not                      0xFD 0x4D "v128.not"                  simd::v128_not (V128) -> V128                              Simd;
        V128AnyTrue                  0xFD 0x53 "v128.any_true"             simd::v128_any_true (V128) -> bool                         Simd;
        F32x4DemoteF64x2Zero         0xFD 0x5E "f32x4.demote_f64x2_zero"   simd::f32x4_demote_f64x2_zero (V128) -> V128               Simd;
        F64x2PromoteLowF32x4         0xFD 0x5F "f64x2.promote_low_f32x4"   simd::f64x2_promote_low_f32x4 (V128) -> V128               Simd;
        I8x16Abs                     0xFD 0x60 "i8x16.abs"                 simd::i8x16_abs (V128) -> V128                             Simd;
        I8x16Neg                     0xFD 0x61 "i8x16.neg"                 simd::i8x16_neg (V128) -> V128                             Simd;
        I8x16Popcnt                  0xFD 0x62 "i8x16.popcnt"              simd::i8x16_popcnt (V128) -> V128                          Simd;
        I8x16AllTrue                 0xFD 0x63 "i8x16.all_true"            simd::i8x16_all_true (V128) -> bool                        Simd;
        I8x16Bitmask                 0xFD 0x64 "i8x16.bitmask"             simd::i8x16_bitmask (V128) -> u32                          Simd;
        F32x4Ceil                    0xFD 0x67 "f32x4.ceil"                simd::f32x4_ceil (V128) -> V128                            Simd;
        F32x4Floor                   0xFD 0x68 "f32x4.floor"               simd::f32x4_floor (V128) -> V128                           Simd;
        F32x4Trunc                   0xFD 0x69 "f32x4.trunc"               simd::f32x4_trunc (V128) -> V128                           Simd;
        F32x4Nearest                 0xFD 0x6A "f32x4.nearest"             simd::f32x4_nearest (V128) -> V128                         Simd;
        F64x2Ceil                    0xFD 0x74 "f64x2.ceil"                simd::f64x2_ceil (V128) -> V128                            Simd;
        F64x2Floor                   0xFD 0x75 "f64x2.floor"               simd::f64x2_floor (V128) -> V128                           Simd;
        F64x2Trunc                   0xFD 0x7A "f64x2.trunc"               simd::f64x2_trunc (V128) -> V128                           Simd;
        I16x8ExtaddPairwiseI8x16S    0xFD 0x7C "i16x8.extadd_pairwise_i8x16_s" simd::i16x8_extadd_pairwise_i8x16_s (V128) -> V128         Simd;
        I16x8ExtaddPairwiseI8x16U    0xFD 0x7D "i16x8.extadd_pairwise_i8x16_u" simd::i16x8_extadd_pairwise_i8x16_u (V128) -> V128         Simd;
        I32x4ExtaddPairwiseI16x8S    0xFD 0x7E "i32x4.extadd_pairwise_i16x8_s" simd::i32x4_extadd_pairwise_i16x8_s (V128) -> V128         Simd;
        I32x4ExtaddPairwiseI16x8U    0xFD 0x7F "i32x4.extadd_pairwise_i16x8_u" simd::i32x4_extadd_pairwise_i16x8_u (V128) -> V128         Simd;
        I16x8Abs                     0xFD 0x80 "i16x8.abs"                 simd::i16x8_abs (V128) -> V128                             Simd;
        I16x8Neg                     0xFD 0x81 "i16x8.neg"                 simd::i16x8_neg (V128) -> V128                             Simd;
        I16x8AllTrue                 0xFD 0x83 "i16x8.all_true"            simd::i16x8_all_true (V128) -> bool                        Simd;
        I16x8Bitmask                 0xFD 0x84 "i16x8.bitmask"             simd::i16x8_bitmask (V128) -> u32                          Simd;
        I16x8ExtendLowI8x16S         0xFD 0x87 "i16x8.extend_low_i8x16_s"  simd::i16x8_extend_low_i8x16_s (V128) -> V128              Simd;
        I16x8ExtendHighI8x16S        0xFD 0x88 "i16x8.extend_high_i8x16_s" simd::i16x8_extend_high_i8x16_s (V128) -> V128             Simd;
        I16x8ExtendLowI8x16U         0xFD 0x89 "i16x8.extend_low_i8x16_u"  simd::i16x8_extend_low_i8x16_u (V128) -> V128              Simd;
        I16x8ExtendHighI8x16U        0xFD 0x8A "i16x8.extend_high_i8x16_u" simd::i16x8_extend_high_i8x16_u (V128) -> V128             Simd;
        F64x2Nearest                 0xFD 0x94 "f64x2.nearest"             simd::f64x2_nearest (V128) -> V128                         Simd;
        I32x4Abs                     0xFD 0xA0 "i32x4.abs"                 simd::i32x4_abs (V128) -> V128                             Simd;
        I32x4Neg                     0xFD 0xA1 "i32x4.neg"                 simd::i32x4_neg (V128) -> V128                             Simd;
        I32x4AllTrue                 0xFD 0xA3 "i32x4.all_true"            simd::i32x4_all_true (V128) -> bool                        Simd;
        I32x4Bitmask                 0xFD 0xA4 "i32x4.bitmask"             simd::i32x4_bitmask (V128) -> u32                          Simd;
        I32x4ExtendLowI16x8S         0xFD 0xA7 "i32x4.extend_low_i16x8_s"  simd::i32x4_extend_low_i16x8_s (V128) -> V128              Simd;
        I32x4ExtendHighI16x8S        0xFD 0xA8 "i32x4.extend_high_i16x8_s" simd::i32x4_extend_high_i16x8_s (V128) -> V128             Simd;
        I32x4ExtendLowI16x8U         0xFD 0xA9 "i32x4.extend_low_i16x8_u"  simd::i32x4_extend_low_i16x8_u (V128) -> V128              Simd;
        I32x4ExtendHighI16x8U        0xFD 0xAA "i32x4.extend_high_i16x8_u" simd::i32x4_extend_high_i16x8_u (V128) -> V128             Simd;
        I64x2Abs                     0xFD 0xC0 "i64x2.abs"                 simd::i64x2_abs (V128) -> V128                             Simd;
        I64x2Neg                     0xFD 0xC1 "i64x2.neg"                 simd::i64x2_neg (V128) -> V128                             Simd;
        I64x2AllTrue                 0xFD 0xC3 "i64x2.all_true"            simd::i64x2_all_true (V128) -> bool                        Simd;
        I64x2Bitmask                 0xFD 0xC4 "i64x2.bitmask"             simd::i64x2_bitmask (V128) -> u32                          Simd;
        I64x2ExtendLowI32x4S         0xFD 0xC7 "i64x2.extend_low_i32x4_s"  simd::i64x2_extend_low_i32x4_s (V128) -> V128              Simd;
        I64x2ExtendHighI32x4S        0xFD 0xC8 "i64x2.extend_high_i32x4_s" simd::i64x2_extend_high_i32x4_s (V128) -> V128             Simd;
        I64x2ExtendLowI32x4U         0xFD 0xC9 "i64x2.extend_low_i32x4_u"  simd::i64x2_extend_low_i32x4_u (V128) -> V128              Simd;
        I64x2ExtendHighI32x4U        0xFD 0xCA "i64x2.extend_high_i32x4_u" simd::i64x2_extend_high_i32x4_u (V128) -> V128             Simd;
        F32x4Abs                     0xFD 0xE0 "f32x4.abs"                 simd::f32x4_abs (V128) -> V128                             Simd;
        F32x4Neg                     0xFD 0xE1 "f32x4.neg"                 simd::f32x4_neg (V128) -> V128                             Simd;
        F32x4Sqrt                    0xFD 0xE3 "f32x4.sqrt"                simd::f32x4_sqrt (V128) -> V128                            Simd;
        F64x2Abs                     0xFD 0xEC "f64x2.abs"                 simd::f64x2_abs (V128) -> V128                             Simd;
        F64x2Neg                     0xFD 0xED "f64x2.neg"                 simd::f64x2_neg (V128) -> V128                             Simd;
        F64x2Sqrt                    0xFD 0xEF "f64x2.sqrt"                simd::f64x2_sqrt (V128) -> V128                            Simd;
        I32x4TruncSatF32x4S          0xFD 0xF8 "i32x4.trunc_sat_f32x4_s"   simd::i32x4_trunc_sat_f32x4_s (V128) -> V128               Simd;
        I32x4TruncSatF32x4U          0xFD 0xF9 "i32x4.trunc_sat_f32x4_u"   simd::i32x4_trunc_sat_f32x4_u (V128) -> V128               Simd;
        F32x4ConvertI32x4S           0xFD 0xFA "f32x4.convert_i32x4_s"     simd::f32x4_convert_i32x4_s (V128) -> V128                 Simd;
        F32x4ConvertI32x4U           0xFD 0xFB "f32x4.convert_i32x4_u"     simd::f32x4_convert_i32x4_u (V128) -> V128                 Simd;
        I32x4TruncSatF64x2SZero      0xFD 0xFC "i32x4.trunc_sat_f64x2_s_zero" simd::i32x4_trunc_sat_f64x2_s_zero (V128) -> V128          Simd;
        I32x4TruncSatF64x2UZero      0xFD 0xFD "i32x4.trunc_sat_f64x2_u_zero" simd::i32x4_trunc_sat_f64x2_u_zero (V128) -> V128          Simd;
        F64x2ConvertLowI32x4S        0xFD 0xFE "f64x2.convert_low_i32x4_s" simd::f64x2_convert_low_i32x4_s (V128) -> V128             Simd;
        F64x2ConvertLowI32x4U        0xFD 0xFF "f64x2.convert_low_i32x4_u" simd::f64x2_convert_low_i32x4_u (V128) -> V128             Simd;
        I32x4RelaxedTruncF32x4S      0xFD 0x101 "i32x4.relaxed_trunc_f32x4_s" simd::i32x4_relaxed_trunc_f32x4_s (V128) -> V128           RelaxedSimd;
        I32x4RelaxedTruncF32x4U      0xFD 0x102 "i32x4.relaxed_trunc_f32x4_u" simd::i32x4_relaxed_trunc_f32x4_u (V128) -> V128           RelaxedSimd;
        I32x4RelaxedTruncF64x2SZero  0xFD 0x103 "i32x4.relaxed_trunc_f64x2_s_zero" simd::i32x4_relaxed_trunc_f64x2_s_zero (V128) -> V128      RelaxedSimd;
        I32x4RelaxedTruncF64x2UZero  0xFD 0x104 "i32x4.relaxed_trunc_f64x2_u_zero" simd::i32x4_relaxed_trunc_f64x2_u_zero (V128) -> V128      RelaxedSimd;
    }
    vector_binary {
        I8x16Swizzle                 0xFD 0x0E "i8x16.swizzle"             simd::i8x16_swizzle (V128, V128) -> V128                   Simd;
        I8x16Eq                      0xFD 0x23 "i8x16.eq"                  simd::i8x16_eq (V128, V128) -> V128                        Simd;
        I8x16Ne                      0xFD 0x24 "i8x16.ne"                  simd::i8x16_ne (V128, V128) -> V128                        Simd;
        I8x16LtS                     0xFD 0x25 "i8x16.lt_s"                simd::i8x16_lt_s (V128, V128) -> V128                      Simd;
        I8x16LtU                     0xFD 0x26 "i8x16.lt_u"                simd::i8x16_lt_u (V128, V128) -> V128                      Simd;
        I8x16GtS                     0xFD 0x27 "i8x16.gt_s"                simd::i8x16_gt_s (V128, V128) -> V128                      Simd;
        I8x16GtU                     0xFD 0x28 "i8x16.gt_u"                simd::i8x16_gt_u (V128, V128) -> V128                      Simd;
        I8x16LeS                     0xFD 0x29 "i8x16.le_s"                simd::i8x16_le_s (V128, V128) -> V128                      Simd;
        I8x16LeU                     0xFD 0x2A "i8x16.le_u"                simd::i8x16_le_u (V128, V128) -> V128                      Simd;
        I8x16GeS                     0xFD 0x2B "i8x16.ge_s"                simd::i8x16_ge_s (V128, V128) -> V128                      Simd;
        I8x16GeU                     0xFD 0x2C "i8x16.ge_u"                simd::i8x16_ge_u (V128, V128) -> V128                      Simd;
        I16x8Eq                      0xFD 0x2D "i16x8.eq"                  simd::i16x8_eq (V128, V128) -> V128                        Simd;
        I16x8Ne                      0xFD 0x2E "i16x8.ne"                  simd::i16x8_ne (V128, V128) -> V128                        Simd;
        I16x8LtS                     0xFD 0x2F "i16x8.lt_s"                simd::i16x8_lt_s (V128, V128) -> V128                      Simd;
        I16x8LtU                     0xFD 0x30 "i16x8.lt_u"                simd::i16x8_lt_u (V128, V128) -> V128                      Simd;
        I16x8GtS                     0xFD 0x31 "i16x8.gt_s"                simd::i16x8_gt_s (V128, V128) -> V128                      Simd;
        I16x8GtU                     0xFD 0x32 "i16x8.gt_u"                simd::i16x8_gt_u (V128, V128) -> V128                      Simd;
        I16x8LeS                     0xFD 0x33 "i16x8.le_s"                simd::i16x8_le_s (V128, V128) -> V128                      Simd;
        I16x8LeU                     0xFD 0x34 "i16x8.le_u"                simd::i16x8_le_u (V128, V128) -> V128                      Simd;
        I16x8GeS                     0xFD 0x35 "i16x8.ge_s"                simd::i16x8_ge_s (V128, V128) -> V128                      Simd;
        I16x8GeU                     0xFD 0x36 "i16x8.ge_u"                simd::i16x8_ge_u (V128, V128) -> V128                      Simd;
        I32x4Eq                      0xFD 0x37 "i32x4.eq"                  simd::i32x4_eq (V128, V128) -> V128                        Simd;
        I32x4Ne                      0xFD 0x38 "i32x4.ne"                  simd::i32x4_ne (V128, V128) -> V128                        Simd;
        I32x4LtS                     0xFD 0x39 "i32x4.lt_s"                simd::i32x4_lt_s (V128, V128) -> V128                      Simd;
        I32x4LtU                     0xFD 0x3A "i32x4.lt_u"                simd::i32x4_lt_u (V128, V128) -> V128                      Simd;
        I32x4GtS                     0xFD 0x3B "i32x4.gt_s"                simd::i32x4_gt_s (V128, V128) -> V128                      Simd;
        I32x4GtU                     0xFD 0x3C "i32x4.gt_u"                simd::i32x4_gt_u (V128, V128) -> V128                      Simd;
        I32x4LeS                     0xFD 0x3D "i32x4.le_s"                simd::i32x4_le_s (V128, V128) -> V128                      Simd;
        I32x4LeU                     0xFD 0x3E "i32x4.le_u"                simd::i32x4_le_u (V128, V128) -> V128                      Simd;
        I32x4GeS                     0xFD 0x3F "i32x4.ge_s"                simd::i32x4_ge_s (V128, V128) -> V128                      Simd;
        I32x4GeU                     0xFD 0x40 "i32x4.ge_u"                simd::i32x4_ge_u (V128, V128) -> V128                      Simd;
        F32x4Eq                      0xFD 0x41 "f32x4.eq"                  simd::f32x4_eq (V128, V128) -> V128                        Simd;
        F32x4Ne                      0xFD 0x42 "f32x4.ne"                  simd::f32x4_ne (V128, V128) -> V128                        Simd;
        F32x4Lt                      0xFD 0x43 "f32x4.lt"                  simd::f32x4_lt (V128, V128) -> V128                        Simd;
        F32x4Gt                      0xFD 0x44 "f32x4.gt"                  simd::f32x4_gt (V128, V128) -> V128                        Simd;
        F32x4Le                      0xFD 0x45 "f32x4.le"                  simd::f32x4_le (V128, V128) -> V128                        Simd;
        F32x4Ge                      0xFD 0x46 "f32x4.ge"                  simd::f32x4_ge (V128, V128) -> V128                        Simd;
        F64x2Eq                      0xFD 0x47 "f64x2.eq"                  simd::f64x2_eq (V128, V128) -> V128                        Simd;
        F64x2Ne                      0xFD 0x48 "f64x2.ne"                  simd::f64x2_ne (V128, V128) -> V128                        Simd;
        F64x2Lt                      0xFD 0x49 "f64x2.lt"                  simd::f64x2_lt (V128, V128) -> V128                        Simd;
        F64x2Gt                      0xFD 0x4A "f64x2.gt"                  simd::f64x2_gt (V128, V128) -> V128                        Simd;
        F64x2Le                      0xFD 0x4B "f64x2.le"                  simd::f64x2_le (V128, V128) -> V128                        Simd;
        F64x2Ge                      0xFD 0x4C "f64x2.ge"                  simd::f64x2_ge (V128, V128) -> V128                        Simd;
        V128And                      0xFD 0x4E "v128.and"                  simd::v128_and (V128, V128) -> V128                        Simd;
        V128Andnot                   0xFD 0x4F "v128.andnot"               simd::v128_andnot (V128, V128) -> V128                     Simd;
        V128Or                       0xFD 0x50 "v128.or"                   simd::v128_or (V128, V128) -> V128                         Simd;
        V128Xor                      0xFD 0x51 "v128.xor"                  simd::v128_xor (V128, V128) -> V128                        Simd;
        I8x16NarrowI16x8S            0xFD 0x65 "i8x16.narrow_i16x8_s"      simd::i8x16_narrow_i16x8_s (V128, V128) -> V128            Simd;
        I8x16NarrowI16x8U            0xFD 0x66 "i8x16.narrow_i16x8_u"      simd::i8x16_narrow_i16x8_u (V128, V128) -> V128            Simd;
        I8x16Shl                     0xFD 0x6B "i8x16.shl"                 simd::i8x16_shl (V128, u32) -> V128                        Simd;
        I8x16ShrS                    0xFD 0x6C "i8x16.shr_s"               simd::i8x16_shr_s (V128, u32) -> V128                      Simd;
        I8x16ShrU                    0xFD 0x6D "i8x16.shr_u"               simd::i8x16_shr_u (V128, u32) -> V128                      Simd;
        I8x16Add                     0xFD 0x6E "i8x16.add"                 simd::i8x16_add (V128, V128) -> V128                       Simd;
        I8x16AddSatS                 0xFD 0x6F "i8x16.add_sat_s"           simd::i8x16_add_sat_s (V128, V128) -> V128                 Simd;
        I8x16AddSatU                 0xFD 0x70 "i8x16.add_sat_u"           simd::i8x16_add_sat_u (V128, V128) -> V128                 Simd;
        I8x16Sub                     0xFD 0x71 "i8x16.sub"                 simd::i8x16_sub (V128, V128) -> V128                       Simd;
        I8x16SubSatS                 0xFD 0x72 "i8x16.sub_sat_s"           simd::i8x16_sub_sat_s (V128, V128) -> V128                 Simd;
        I8x16SubSatU                 0xFD 0x73 "i8x16.sub_sat_u"           simd::i8x16_sub_sat_u (V128, V128) -> V128                 Simd;
        I8x16MinS                    0xFD 0x76 "i8x16.min_s"               simd::i8x16_min_s (V128, V128) -> V128                     Simd;
        I8x16MinU                    0xFD 0x77 "i8x16.min_u"               simd::i8x16_min_u (V128, V128) -> V128                     Simd;
        I8x16MaxS                    0xFD 0x78 "i8x16.max_s"               simd::i8x16_max_s (V128, V128) -> V128                     Simd;
        I8x16MaxU                    0xFD 0x79 "i8x16.max_u"               simd::i8x16_max_u (V128, V128) -> V128                     Simd;
        I8x16AvgrU                   0xFD 0x7B "i8x16.avgr_u"              simd::i8x16_avgr_u (V128, V128) -> V128                    Simd;
        I16x8Q15mulrSatS             0xFD 0x82 "i16x8.q15mulr_sat_s"       simd::i16x8_q15mulr_sat_s (V128, V128) -> V128             Simd;
        I16x8NarrowI32x4S            0xFD 0x85 "i16x8.narrow_i32x4_s"      simd::i16x8_narrow_i32x4_s (V128, V128) -> V128            Simd;
        I16x8NarrowI32x4U            0xFD 0x86 "i16x8.narrow_i32x4_u"      simd::i16x8_narrow_i32x4_u (V128, V128) -> V128            Simd;
        I16x8Shl                     0xFD 0x8B "i16x8.shl"                 simd::i16x8_shl (V128, u32) -> V128                        Simd;
        I16x8ShrS                    0xFD 0x8C "i16x8.shr_s"               simd::i16x8_shr_s (V128, u32) -> V128                      Simd;
        I16x8ShrU                    0xFD 0x8D "i16x8.shr_u"               simd::i16x8_shr_u (V128, u32) -> V128                      Simd;
        I16x8Add                     0xFD 0x8E "i16x8.add"                 simd::i16x8_add (V128, V128) -> V128                       Simd;
        I16x8AddSatS                 0xFD 0x8F "i16x8.add_sat_s"           simd::i16x8_add_sat_s (V128, V128) -> V128                 Simd;
        I16x8AddSatU                 0xFD 0x90 "i16x8.add_sat_u"           simd::i16x8_add_sat_u (V128, V128) -> V128                 Simd;
        I16x8Sub                     0xFD 0x91 "i16x8.sub"                 simd::i16x8_sub (V128, V128) -> V128                       Simd;
        I16x8SubSatS                 0xFD 0x92 "i16x8.sub_sat_s"           simd::i16x8_sub_sat_s (V128, V128) -> V128                 Simd;
        I16x8SubSatU                 0xFD 0x93 "i16x8.sub_sat_u"           simd::i16x8_sub_sat_u (V128, V128) -> V128                 Simd;
        I16x8Mul                     0xFD 0x95 "i16x8.mul"                 simd::i16x8_mul (V128, V128) -> V128                       Simd;
        I16x8MinS                    0xFD 0x96 "i16x8.min_s"               simd::i16x8_min_s (V128, V128) -> V128                     Simd;
        I16x8MinU                    0xFD 0x97 "i16x8.min_u"               simd::i16x8_min_u (V128, V128) -> V128                     Simd;
        I16x8MaxS                    0xFD 0x98 "i16x8.max_s"               simd::i16x8_max_s (V128, V128) -> V128                     Simd;
        I16x8MaxU                    0xFD 0x99 "i16x8.max_u"               simd::i16x8_max_u (V128, V128) -> V128                     Simd;
        I16x8AvgrU                   0xFD 0x9B "i16x8.avgr_u"              simd::i16x8_avgr_u (V128, V128) -> V128                    Simd;
        I16x8ExtmulLowI8x16S         0xFD 0x9C "i16x8.extmul_low_i8x16_s"  simd::i16x8_extmul_low_i8x16_s (V128, V128) -> V128        Simd;
        I16x8ExtmulHighI8x16S        0xFD 0x9D "i16x8.extmul_high_i8x16_s" simd::i16x8_extmul_high_i8x16_s (V128, V128) -> V128       Simd;
        I16x8ExtmulLowI8x16U         0xFD 0x9E "i16x8.extmul_low_i8x16_u"  simd::i16x8_extmul_low_i8x16_u (V128, V128) -> V128        Simd;
        I16x8ExtmulHighI8x16U        0xFD 0x9F "i16x8.extmul_high_i8x16_u" simd::i16x8_extmul_high_i8x16_u (V128, V128) -> V128       Simd;
        I32x4Shl                     0xFD 0xAB "i32x4.shl"                 simd::i32x4_shl (V128, u32) -> V128                        Simd;
        I32x4ShrS                    0xFD 0xAC "i32x4.shr_s"               simd::i32x4_shr_s (V128, u32) -> V128                      Simd;
        I32x4ShrU                    0xFD 0xAD "i32x4.shr_u"               simd::i32x4_shr_u (V128, u32) -> V128                      Simd;
        I32x4Add                     0xFD 0xAE "i32x4.add"                 simd::i32x4_add (V128, V128) -> V128                       Simd;
        I32x4Sub                     0xFD 0xB1 "i32x4.sub"                 simd::i32x4_sub (V128, V128) -> V128                       Simd;
        I32x4Mul                     0xFD 0xB5 "i32x4.mul"                 simd::i32x4_mul (V128, V128) -> V128                       Simd;
        I32x4MinS                    0xFD 0xB6 "i32x4.min_s"               simd::i32x4_min_s (V128, V128) -> V128                     Simd;
        I32x4MinU                    0xFD 0xB7 "i32x4.min_u"               simd::i32x4_min_u (V128, V128) -> V128                     Simd;
        I32x4MaxS                    0xFD 0xB8 "i32x4.max_s"               simd::i32x4_max_s (V128, V128) -> V128                     Simd;
        I32x4MaxU                    0xFD 0xB9 "i32x4.max_u"               simd::i32x4_max_u (V128, V128) -> V128                     Simd;
        I32x4DotI16x8S               0xFD 0xBA "i32x4.dot_i16x8_s"         simd::i32x4_dot_i16x8_s (V128, V128) -> V128               Simd;
        I32x4ExtmulLowI16x8S         0xFD 0xBC "i32x4.extmul_low_i16x8_s"  simd::i32x4_extmul_low_i16x8_s (V128, V128) -> V128        Simd;
        I32x4ExtmulHighI16x8S        0xFD 0xBD "i32x4.extmul_high_i16x8_s" simd::i32x4_extmul_high_i16x8_s (V128, V128) -> V128       Simd;
        I32x4ExtmulLowI16x8U         0xFD 0xBE "i32x4.extmul_low_i16x8_u"  simd::i32x4_extmul_low_i16x8_u (V128, V128) -> V128        Simd;
        I32x4ExtmulHighI16x8U        0xFD 0xBF "i32x4.extmul_high_i16x8_u" simd::i32x4_extmul_high_i16x8_u (V128, V128) -> V128       Simd;
        I64x2Shl                     0xFD 0xCB "i64x2.shl"                 simd::i64x2_shl (V128, u32) -> V128                        Simd;
        I64x2ShrS                    0xFD 0xCC "i64x2.shr_s"               simd::i64x2_shr_s (V128, u32) -> V128                      Simd;
        I64x2ShrU                    0xFD 0xCD "i64x2.shr_u"               simd::i64x2_shr_u (V128, u32) -> V128                      Simd;
        I64x2Add                     0xFD 0xCE "i64x2.add"                 simd::i64x2_add (V128, V128) -> V128                       Simd;
        I64x2Sub                     0xFD 0xD1 "i64x2.sub"                 simd::i64x2_sub (V128, V128) -> V128                       Simd;
        I64x2Mul                     0xFD 0xD5 "i64x2.mul"                 simd::i64x2_mul (V128, V128) -> V128                       Simd;
        I64x2Eq                      0xFD 0xD6 "i64x2.eq"                  simd::i64x2_eq (V128, V128) -> V128                        Simd;
        I64x2Ne                      0xFD 0xD7 "i64x2.ne"                  simd::i64x2_ne (V128, V128) -> V128                        Simd;
        I64x2LtS                     0xFD 0xD8 "i64x2.lt_s"                simd::i64x2_lt_s (V128, V128) -> V128                      Simd;
        I64x2GtS                     0xFD 0xD9 "i64x2.gt_s"                simd::i64x2_gt_s (V128, V128) -> V128                      Simd;
        I64x2LeS                     0xFD 0xDA "i64x2.le_s"                simd::i64x2_le_s (V128, V128) -> V128                      Simd;
        I64x2GeS                     0xFD 0xDB "i64x2.ge_s"                simd::i64x2_ge_s (V128, V128) -> V128                      Simd;
        I64x2ExtmulLowI32x4S         0xFD 0xDC "i64x2.extmul_low_i32x4_s"  simd::i64x2_extmul_low_i32x4_s (V128, V128) -> V128        Simd;
        I64x2ExtmulHighI32x4S        0xFD 0xDD "i64x2.extmul_high_i32x4_s" simd::i64x2_extmul_high_i32x4_s (V128, V128) -> V128       Simd;
        I64x2ExtmulLowI32x4U         0xFD 0xDE "i64x2.extmul_low_i32x4_u"  simd::i64x2_extmul_low_i32x4_u (V128, V128) -> V128        Simd;
        I64x2ExtmulHighI32x4U        0xFD 0xDF "i64x2.extmul_high_i32x4_u" simd::i64x2_extmul_high_i32x4_u (V128, V128) -> V128       Simd;
        F32x4Add                     0xFD 0xE4 "f32x4.add"                 simd::f32x4_add (V128, V128) -> V128                       Simd;
        F32x4Sub                     0xFD 0xE5 "f32x4.sub"                 simd::f32x4_sub (V128, V128) -> V128                       Simd;
        F32x4Mul                     0xFD 0xE6 "f32x4.mul"                 simd::f32x4_mul (V128, V128) -> V128                       Simd;
        F32x4Div                     0xFD 0xE7 "f32x4.div"                 simd::f32x4_div (V128, V128) -> V128                       Simd;
        F32x4Min                     0xFD 0xE8 "f32x4.min"                 simd::f32x4_min (V128, V128) -> V128                       Simd;
        F32x4Max                     0xFD 0xE9 "f32x4.max"                 simd::f32x4_max (V128, V128) -> V128                       Simd;
        F32x4Pmin                    0xFD 0xEA "f32x4.pmin"                simd::f32x4_pmin (V128, V128) -> V128                      Simd;
        F32x4Pmax                    0xFD 0xEB "f32x4.pmax"                simd::f32x4_pmax (V128, V128) -> V128                      Simd;
        F64x2Add                     0xFD 0xF0 "f64x2.add"                 simd::f64x2_add (V128, V128) -> V128                       Simd;
        F64x2Sub                     0xFD 0xF1 "f64x2.sub"                 simd::f64x2_sub (V128, V128) -> V128                       Simd;
        F64x2Mul                     0xFD 0xF2 "f64x2.mul"                 simd::f64x2_mul (V128, V128) -> V128                       Simd;
        F64x2Div                     0xFD 0xF3 "f64x2.div"                 simd::f64x2_div (V128, V128) -> V128                       Simd;
        F64x2Min                     0xFD 0xF4 "f64x2.min"                 simd::f64x2_min (V128, V128) -> V128                       Simd;
        F64x2Max                     0xFD 0xF5 "f64x2.max"                 simd::f64x2_max (V128, V128) -> V128                       Simd;
        F64x2Pmin                    0xFD 0xF6 "f64x2.pmin"                simd::f64x2_pmin (V128, V128) -> V128                      Simd;
        F64x2Pmax                    0xFD 0xF7 "f64x2.pmax"                simd::f64x2_pmax (V128, V128) -> V128                      Simd;
        I8x16RelaxedSwizzle          0xFD 0x100 "i8x16.relaxed_swizzle"    simd::i8x16_relaxed_swizzle (V128, V128) -> V128           RelaxedSimd;
        F32x4RelaxedMin              0xFD 0x10D "f32x4.relaxed_min"        simd::f32x4_relaxed_min (V128, V128) -> V128               RelaxedSimd;
        F32x4RelaxedMax              0xFD 0x10E "f32x4.relaxed_max"        simd::f32x4_relaxed_max (V128, V128) -> V128               RelaxedSimd;
        F64x2RelaxedMin              0xFD 0x10F "f64x2.relaxed_min"        simd::f64x2_relaxed_min (V128, V128) -> V128               RelaxedSimd;
        F64x2RelaxedMax              0xFD 0x110 "f64x2.relaxed_max"        simd::f64x2_relaxed_max (V128, V128) -> V128               RelaxedSimd;
        I16x8RelaxedQ15mulrS         0xFD 0x111 "i16x8.relaxed_q15mulr_s"  simd::i16x8_relaxed_q15mulr_s (V128, V128) -> V128         RelaxedSimd;
        I16x8RelaxedDotI8x16I7x16S   0xFD 0x112 "i16x8.relaxed_dot_i8x16_i7x16_s" simd::i16x8_relaxed_dot_i8x16_i7x16_s (V128, V128) -> V128 RelaxedSimd;
    }
    vector_ternary {
        V128Bitselect                0xFD 0x52 "v128.bitselect"            simd::v128_bitselect (V128, V128, V128) -> V128            Simd;
        F32x4RelaxedMadd             0xFD 0x105 "f32x4.relaxed_madd"       simd::f32x4_relaxed_madd (V128, V128, V128) -> V128        RelaxedSimd;
        F32x4RelaxedNmadd            0xFD 0x106 "f32x4.relaxed_nmadd"      simd::f32x4_relaxed_nmadd (V128, V128, V128) -> V128       RelaxedSimd;
        F64x2RelaxedMadd             0xFD 0x107 "f64x2.relaxed_madd"       simd::f64x2_relaxed_madd (V128, V128, V128) -> V128        RelaxedSimd;
        F64x2RelaxedNmadd            0xFD 0x108 "f64x2.relaxed_nmadd"      simd::f64x2_relaxed_nmadd (V128, V128, V128) -> V128       RelaxedSimd;
        I8x16RelaxedLaneselect       0xFD 0x109 "i8x16.relaxed_laneselect" simd::i8x16_relaxed_laneselect (V128, V128, V128) -> V128  RelaxedSimd;
        I16x8RelaxedLaneselect       0xFD 0x10A "i16x8.relaxed_laneselect" simd::i16x8_relaxed_laneselect (V128, V128, V128) -> V128  RelaxedSimd;
        I32x4RelaxedLaneselect       0xFD 0x10B "i32x4.relaxed_laneselect" simd::i32x4_relaxed_laneselect (V128, V128, V128) -> V128  RelaxedSimd;
        I64x2RelaxedLaneselect       0xFD 0x10C "i64x2.relaxed_laneselect" simd::i64x2_relaxed_laneselect (V128, V128, V128) -> V128  RelaxedSimd;
        I32x4RelaxedDotI8x16I7x16AddS 0xFD 0x113 "i32x4.relaxed_dot_i8x16_i7x16_add_s" simd::i32x4_relaxed_dot_i8x16_i7x16_add_s (V128, V128, V128) -> V128 RelaxedSimd;
    }
        }
    };
}
pub(crate) use for_each_opcode;

/// What follows an opcode in the binary format.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Immediates {
    /// Nothing.
    None,
    /// A block type: empty, a value type, or a type index.
    BlockType,
    /// A label index.
    LabelIndex,
    /// A vector of label indices and the default label.
    LabelTable,
    /// A function index.
    FunctionIndex,
    /// A type index and a table index.
    TypeTable,
    /// A type index.
    TypeIndex,
    /// A vector of value types.
    ValTypes,
    /// A block type and a vector of catch clauses.
    TryTable,
    /// A local index.
    LocalIndex,
    /// A global index.
    GlobalIndex,
    /// A table index.
    TableIndex,
    /// A memory index.
    MemoryIndex,
    /// A tag index.
    TagIndex,
    /// A data segment index.
    DataIndex,
    /// An element segment index.
    ElementIndex,
    /// A data segment index and a memory index.
    DataMemory,
    /// An element segment index and a table index.
    ElementTable,
    /// The destination and the source memory index.
    MemoryMemory,
    /// The destination and the source table index.
    TableTable,
    /// A signed 32-bit integer.
    I32,
    /// A signed 64-bit integer.
    I64,
    /// Four bytes.
    F32,
    /// Eight bytes.
    F64,
    /// Sixteen bytes.
    V128,
    /// Sixteen lane indices below 32.
    Lanes,
    /// A heap type.
    HeapType,
    /// A type index and a field index.
    TypeField,
    /// A type index and a number of elements.
    TypeLength,
    /// A type index and a data segment index.
    TypeData,
    /// A type index and an element segment index.
    TypeElement,
    /// Two type indices.
    TypeType,
    /// Cast flags, a label index and two heap types.
    CastBranch,
    /// An alignment and flags, optionally a memory index, and an offset.
    MemArg,
    /// The same and a lane index.
    MemArgLane,
    /// A lane index.
    Lane,
    /// A zero byte.
    Zero,
}

/// The operands and results of an instruction, as far as the table knows them.
#[derive(Copy, Clone, Debug)]
pub(crate) enum Shape {
    /// Checked by hand.
    Special,
    /// Fixed operand and result types.
    Fixed { params: Params, result: ValType },
    /// An address is replaced by a value of `width_bytes` in memory.
    Load { width_bytes: u8, result: ValType },
    /// An address and a value are consumed.
    Store { width_bytes: u8, value: ValType },
    /// An address and a vector give a vector.
    LoadLane { width_bytes: u8 },
    /// An address and a vector are consumed.
    StoreLane { width_bytes: u8 },
    /// A vector gives one of its `lanes`.
    ExtractLane { lanes: u8, result: ValType },
    /// A vector and a value give a vector.
    ReplaceLane { lanes: u8, value: ValType },
    /// As [`Shape::Load`], with the alignment being exact.
    AtomicLoad { width_bytes: u8, value: ValType },
    /// As [`Shape::Store`], with the alignment being exact.
    AtomicStore { width_bytes: u8, value: ValType },
    /// An address and an operand give the value before.
    AtomicReadModifyWrite { width_bytes: u8, value: ValType },
    /// An address, the expected and the new value give the value before.
    AtomicCompareExchange { width_bytes: u8, value: ValType },
}

/// The types of at most three operands. Held in place, since whatever points somewhere has to be
/// adjusted when a program is loaded, even if that program has use for three instructions.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Params {
    types: [ValType; 3],
    count: u8,
}

impl Params {
    const fn new(types: &[ValType]) -> Params {
        let mut params = Params {
            types: [ValType::I32; 3],
            count: types.len() as u8,
        };
        let mut index = 0;
        while index < types.len() {
            params.types[index] = types[index];
            index += 1;
        }
        params
    }

    pub(crate) const fn as_slice(&self) -> &[ValType] {
        self.types.split_at(self.count as usize).0
    }
}

/// A row of the table, without the name.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Info {
    /// The first byte if the opcode has two parts, otherwise 0.
    pub(crate) prefix: u8,
    /// The byte, or the LEB128 number behind the prefix.
    pub(crate) code: u32,
    /// What follows.
    pub(crate) immediates: Immediates,
    /// Operands and results.
    pub(crate) shape: Shape,
    /// The proposal that the instruction belongs to.
    pub(crate) feature: Feature,
}

/// The value type that stands for a Rust type in the table.
pub(crate) trait TableType {
    /// That value type.
    const TYPE: ValType;
}

macro_rules! table_types {
    ($($rust:ty => $wasm:ident)*) => { $(
        impl TableType for $rust {
            const TYPE: ValType = ValType::$wasm;
        }
    )* };
}
table_types! { bool => I32 u32 => I32 u64 => I64 f32 => F32 f64 => F64 super::simd::V128 => V128 }

/// The value type of a Rust type named in the table.
macro_rules! ty {
    (V128) => {
        ValType::V128
    };
    ($rust:ident) => {
        <$rust as TableType>::TYPE
    };
}

macro_rules! define_opcodes {
    (
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
        atomic_load { $($al:ident $alp:literal $alc:literal $alt:literal $almem:ident $alty:ident $alf:ident;)* }
        atomic_store { $($ao:ident $aop:literal $aoc:literal $aot:literal $aomem:ident $aoty:ident $aof:ident;)* }
        atomic_read_modify_write { $($ar:ident $arp:literal $arc:literal $art:literal
            $armem:ident $arty:ident $arf:ident;)* }
        atomic_compare_exchange { $($ac:ident $acp:literal $acc:literal $act:literal
            $acmem:ident $acty:ident $acf:ident;)* }
        $($group:ident { $($n:ident $np:literal $nc:literal $nt:literal
            $nmod:ident :: $nfn:ident ($($narg:ident),*) -> $nres:ident $nf:ident;)* })*
    ) => {
        /// An instruction of the table, where its text name says what it is.
        #[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u16)]
        pub(crate) enum Opcode {
            $($s,)* $($l,)* $($o,)* $($ll,)* $($sl,)* $($e,)* $($r,)* $($al,)* $($ao,)* $($ar,)* $($ac,)* $($($n,)*)*
        }

        /// The rows, in the order of [`Opcode`].
        pub(crate) static INFOS: [Info; COUNT] = [
            $(row($sp, $sc, Immediates::$simm, Shape::Special, Feature::$sf),)*
            $(row($lp, $lc, Immediates::MemArg, Shape::Load {
                width_bytes: size_of::<$lmem>() as u8, result: ty!($lout) }, Feature::$lf),)*
            $(row($op, $oc, Immediates::MemArg, Shape::Store {
                width_bytes: size_of::<$omem>() as u8, value: ty!($oin) }, Feature::$of),)*
            $(row($llp, $llc, Immediates::MemArgLane, Shape::LoadLane {
                width_bytes: size_of::<$llmem>() as u8 }, Feature::$llf),)*
            $(row($slp, $slc, Immediates::MemArgLane, Shape::StoreLane {
                width_bytes: size_of::<$slmem>() as u8 }, Feature::$slf),)*
            $(row($ep, $ec, Immediates::Lane, Shape::ExtractLane {
                lanes: $elanes, result: ty!($ety) }, Feature::$ef),)*
            $(row($rp, $rc, Immediates::Lane, Shape::ReplaceLane {
                lanes: $rlanes, value: ty!($rty) }, Feature::$rf),)*
            $(row($alp, $alc, Immediates::MemArg, Shape::AtomicLoad {
                width_bytes: size_of::<$almem>() as u8, value: ValType::$alty }, Feature::$alf),)*
            $(row($aop, $aoc, Immediates::MemArg, Shape::AtomicStore {
                width_bytes: size_of::<$aomem>() as u8, value: ValType::$aoty }, Feature::$aof),)*
            $(row($arp, $arc, Immediates::MemArg, Shape::AtomicReadModifyWrite {
                width_bytes: size_of::<$armem>() as u8, value: ValType::$arty }, Feature::$arf),)*
            $(row($acp, $acc, Immediates::MemArg, Shape::AtomicCompareExchange {
                width_bytes: size_of::<$acmem>() as u8, value: ValType::$acty }, Feature::$acf),)*
            $($(row($np, $nc, Immediates::None, Shape::Fixed {
                params: Params::new(&[$(ty!($narg)),*]), result: ty!($nres) }, Feature::$nf),)*)*
        ];

        /// The names in the text format, in the order of [`Opcode`].
        static NAMES: [&str; COUNT] = [
            $($st,)* $($lt,)* $($ot,)* $($llt,)* $($slt,)* $($et,)* $($rt,)* $($alt,)* $($aot,)* $($art,)* $($act,)*
            $($($nt,)*)*
        ];

        /// How many instructions there are.
        const COUNT: usize = [
            $($sc,)* $($lc,)* $($oc,)* $($llc,)* $($slc,)* $($ec,)* $($rc,)* $($alc,)* $($aoc,)* $($arc,)* $($acc,)*
            $($($nc,)*)*
        ].len();

        /// The opcodes, in the order of their numbers.
        pub(crate) static ALL: [Opcode; COUNT] = [
            $(Opcode::$s,)* $(Opcode::$l,)* $(Opcode::$o,)* $(Opcode::$ll,)* $(Opcode::$sl,)* $(Opcode::$e,)*
            $(Opcode::$r,)* $(Opcode::$al,)* $(Opcode::$ao,)* $(Opcode::$ar,)* $(Opcode::$ac,)* $($(Opcode::$n,)*)*
        ];
    };
}

/// Makes a row; shorter than the literal in the expansion.
const fn row(
    prefix: u8,
    code: u32,
    immediates: Immediates,
    shape: Shape,
    feature: Feature,
) -> Info {
    Info {
        prefix,
        code,
        immediates,
        shape,
        feature,
    }
}

for_each_opcode!(define_opcodes);

/// The opcodes of one prefix by their code.
type Page<const SIZE: usize> = [Option<Opcode>; SIZE];

const fn page<const SIZE: usize>(prefix: u8) -> Page<SIZE> {
    let mut page = [None; SIZE];
    let mut index = 0;
    while index < ALL.len() {
        let info = &INFOS[index];
        if info.prefix == prefix {
            page[info.code as usize] = Some(ALL[index]);
        }
        index += 1;
    }
    page
}

static SINGLE: Page<256> = page(0);
static GC: Page<32> = page(Opcode::GC_PREFIX);
static MISCELLANEOUS: Page<32> = page(Opcode::MISCELLANEOUS_PREFIX);
static SIMD: Page<288> = page(Opcode::SIMD_PREFIX);
static THREADS: Page<96> = page(Opcode::THREADS_PREFIX);

impl Opcode {
    /// The prefix of the instructions on structures and arrays.
    pub(crate) const GC_PREFIX: u8 = 0xFB;
    /// The prefix of saturating conversions, bulk operations and wide arithmetic.
    pub(crate) const MISCELLANEOUS_PREFIX: u8 = 0xFC;
    /// The prefix of vector instructions.
    pub(crate) const SIMD_PREFIX: u8 = 0xFD;
    /// The prefix of atomic instructions.
    pub(crate) const THREADS_PREFIX: u8 = 0xFE;

    /// The instruction of a single byte.
    #[inline]
    pub(crate) fn from_byte(byte: u8) -> Option<Opcode> {
        SINGLE[byte as usize]
    }

    /// The instruction of a code behind a prefix.
    pub(crate) fn from_prefixed(prefix: u8, code: u32) -> Option<Opcode> {
        let page: &[Option<Opcode>] = match prefix {
            Opcode::GC_PREFIX => &GC,
            Opcode::MISCELLANEOUS_PREFIX => &MISCELLANEOUS,
            Opcode::SIMD_PREFIX => &SIMD,
            Opcode::THREADS_PREFIX => &THREADS,
            _ => return None,
        };
        *page.get(code as usize)?
    }

    /// Whether `byte` begins an opcode of two parts.
    #[inline]
    pub(crate) fn is_prefix(byte: u8) -> bool {
        (Opcode::GC_PREFIX..=Opcode::THREADS_PREFIX).contains(&byte)
    }

    /// Whether engines execute the instruction; of `return_call` they execute only some. What is not
    /// executed is validated all the same.
    pub(crate) const fn is_executable(self) -> bool {
        use Opcode::{BrOnNonNull, BrOnNull, RefAsNonNull, ReturnCallIndirect, ReturnCallRef};
        let is_listed = matches!(self, ReturnCallIndirect | ReturnCallRef)
            || matches!(self, BrOnNull | BrOnNonNull | RefAsNonNull);
        !is_listed && INFOS[self as usize].feature.is_executable()
    }

    /// The name in the text format.
    pub(crate) fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// The instruction's row.
    #[inline]
    pub(crate) const fn info(self) -> &'static Info {
        &INFOS[self as usize]
    }
}

impl fmt::Debug for Opcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_by_its_bytes() {
        for &opcode in &ALL {
            let info = opcode.info();
            let found = match info.prefix {
                0 => Opcode::from_byte(info.code as u8),
                prefix => Opcode::from_prefixed(prefix, info.code),
            };
            assert_eq!(found, Some(opcode), "{opcode:?}");
        }
    }
}
