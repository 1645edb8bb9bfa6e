//! The instructions of x86-64 that compiled code can contain: one row each.
//!
//! Input: nothing. Output: [`X64`], the numbers of the rows, and [`ROWS`].
//! Holds: every fact about an instruction stands in its row, and [`forms`](super::forms) says what the columns mean;
//! encoding, printing and the tests read nothing else.
//!
//! The columns: the name; the text name; the form (which operands there are and where they are encoded); the
//! mandatory prefix; the map of opcodes; the opcode; the operand in the field `reg`, or the digit that stands
//! there; the register or memory operand; the immediate; the extension that it needs; properties. A row with `avx`
//! exists in AVX too, where a tied form has three operands.
//!
//! Names: a number is the width in bits; `Imm` has an immediate; `Store` has its destination in memory (and for
//! arithmetic, also its first source); `Cl` takes its count from rcx; `Wide` has a result of twice the width.
//!
//! Reference: Intel's Software Developer's Manual, volume 2.

use super::features::CpuFeature;
use super::forms::operand::*;
use super::forms::{Form, Immediate, Map, Prefix, Row, property, row};

macro_rules! instructions {
    ($($name:ident $text:literal $form:ident $prefix:ident $map:ident $opcode:literal $reg:ident $rm:ident
        $immediate:ident $feature:ident [$($property:ident)*];)*) => {
        /// An instruction of the table.
        #[derive(Copy, Clone, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub(crate) enum X64 {
            $($name,)*
        }

        /// The rows, in the order of [`X64`].
        pub(crate) static ROWS: [Row; COUNT] = [
            $(row($text, Form::$form, Prefix::$prefix, Map::$map, $opcode, $reg, $rm, Immediate::$immediate,
                CpuFeature::$feature, 0 $(| property::$property)*),)*
        ];

        /// The instructions, in the order of their numbers.
        pub(crate) static ALL: [X64; COUNT] = [$(X64::$name,)*];

        /// How many rows there are.
        pub(crate) const COUNT: usize = [$($opcode),*].len();
    };
}

instructions! {
    // What becomes no machine code by this table: emission knows what they are.
    Arguments        "arguments"    Emission        None Primary    0x00 NO  NO      None           Baseline [];
    Copy             "copy"         Copy            None Primary    0x00 NO  NO      None           Baseline [];
    Jump             "jmp"          Emission        None Primary    0xE9 NO  NO      Label          Baseline [];
    JumpIf           "j"            Emission        None Escape0F   0x80 NO  NO      LabelCondition Baseline [reads_flags];
    Call             "call"         Emission        None Primary    0xE8 NO  NO      Label          Baseline [calls];
    CallReference    "call_reference" Emission      None Primary    0xFF NO  NO      Label          Baseline [calls];
    CallAddress      "call"         Emission        None Primary    0xFF NO  NO      Label          Baseline [calls];
    CallRuntime      "call_runtime" Emission        None Primary    0xFF NO  NO      Label          Baseline [calls];
    TailCall         "tail_call"    Emission        None Primary    0xE9 NO  NO      Label          Baseline [];
    TrapIf           "trap"         Emission        None Escape0F   0x80 NO  NO      LabelCondition Baseline [reads_flags];
    Trap             "trap"         Emission        None Primary    0xE8 NO  NO      Label          Baseline [];
    Poll             "poll"         Emission        None Primary    0xE8 NO  NO      Label          Baseline [writes_flags];
    CopyBytes        "copy_bytes"   Emission        None Primary    0xFF NO  NO      Label          Baseline [writes_flags];
    FillBytes        "fill_bytes"   Emission        None Primary    0xFF NO  NO      Label          Baseline [writes_flags];
    Switch           "switch"       Emission        None Primary    0xFF NO  NO      Label          Baseline [writes_flags];
    SwitchFew        "switch"       Emission        None Primary    0x81 NO  NO      Label          Baseline [writes_flags];
    Return           "return"       Emission        None Primary    0xC3 NO  NO      Label          Baseline [];
    SelectVector     "select"       Emission        None Primary    0x00 NO  NO      LabelCondition Baseline [reads_flags];
    TableAddress     "lea"          Emission        None Primary    0x8D NO  NO      Label          Baseline [];
    TrapType         "trap"         Emission        None Primary    0x00 NO  NO      LabelCondition Baseline [reads_flags writes_flags];
    TrapConversion   "trap"         Emission        None Primary    0x00 NO  NO      LabelCondition Baseline [reads_flags writes_flags];
    Extremum         "extremum"     Emission        None Primary    0x00 NO  NO      Label          Baseline [writes_flags];
    // Moves of integers.
    Mov32            "mov"          RegRm           None Primary    0x8B R32 RM32    None           Baseline [];
    Mov64            "mov"          RegRm           None Primary    0x8B R64 RM64    None           Baseline [];
    Movzx8           "movzx"        RegRm           None Escape0F   0xB6 R32 RM8     None           Baseline [];
    Movzx16          "movzx"        RegRm           None Escape0F   0xB7 R32 RM16    None           Baseline [];
    Movsx8To32       "movsx"        RegRm           None Escape0F   0xBE R32 RM8     None           Baseline [];
    Movsx8To64       "movsx"        RegRm           None Escape0F   0xBE R64 RM8     None           Baseline [];
    Movsx16To32      "movsx"        RegRm           None Escape0F   0xBF R32 RM16    None           Baseline [];
    Movsx16To64      "movsx"        RegRm           None Escape0F   0xBF R64 RM16    None           Baseline [];
    Movsx32To64      "movsxd"       RegRm           None Primary    0x63 R64 RM32    None           Baseline [];
    MovImm           "mov"          PlusDefinition  None Primary    0xB8 NO  R64     Constant       Baseline [repeatable];
    Lea32            "lea"          RegRm           None Primary    0x8D R32 ADDRESS None           Baseline [];
    Lea64            "lea"          RegRm           None Primary    0x8D R64 ADDRESS None           Baseline [];
    Mov8Store        "mov"          RmReg           None Primary    0x88 R8  M8      None           Baseline [];
    Mov16Store       "mov"          RmReg           P66  Primary    0x89 R16 M16     None           Baseline [];
    Mov32Store       "mov"          RmReg           None Primary    0x89 R32 M32     None           Baseline [];
    Mov64Store       "mov"          RmReg           None Primary    0x89 R64 M64     None           Baseline [];
    Mov8StoreImm     "mov"          Rm              None Primary    0xC6 D0  M8      Byte           Baseline [];
    Mov16StoreImm    "mov"          Rm              P66  Primary    0xC7 D0  M16     Word           Baseline [];
    Mov32StoreImm    "mov"          Rm              None Primary    0xC7 D0  M32     Long           Baseline [];
    Mov64StoreImm    "mov"          Rm              None Primary    0xC7 D0  M64W    Long           Baseline [];
    Push             "push"         PlusUse         None Primary    0x50 NO  R64D    None           Baseline [];
    Pop              "pop"          PlusDefinition  None Primary    0x58 NO  R64D    None           Baseline [];
    // Arithmetic of integers.
    Add32            "add"          RegRmTied       None Primary    0x03 R32 RM32    None           Baseline [writes_flags commutative];
    Add64            "add"          RegRmTied       None Primary    0x03 R64 RM64    None           Baseline [writes_flags commutative];
    Add32Imm         "add"          RmTied          None Primary    0x81 D0  R32     Short          Baseline [writes_flags];
    Add64Imm         "add"          RmTied          None Primary    0x81 D0  R64     Short          Baseline [writes_flags];
    Or32             "or"           RegRmTied       None Primary    0x0B R32 RM32    None           Baseline [writes_flags commutative];
    Or64             "or"           RegRmTied       None Primary    0x0B R64 RM64    None           Baseline [writes_flags commutative];
    Or32Imm          "or"           RmTied          None Primary    0x81 D1  R32     Short          Baseline [writes_flags];
    Or64Imm          "or"           RmTied          None Primary    0x81 D1  R64     Short          Baseline [writes_flags];
    And32            "and"          RegRmTied       None Primary    0x23 R32 RM32    None           Baseline [writes_flags commutative];
    And64            "and"          RegRmTied       None Primary    0x23 R64 RM64    None           Baseline [writes_flags commutative];
    And32Imm         "and"          RmTied          None Primary    0x81 D4  R32     Short          Baseline [writes_flags];
    And64Imm         "and"          RmTied          None Primary    0x81 D4  R64     Short          Baseline [writes_flags];
    Sub32            "sub"          RegRmTied       None Primary    0x2B R32 RM32    None           Baseline [writes_flags];
    Sub64            "sub"          RegRmTied       None Primary    0x2B R64 RM64    None           Baseline [writes_flags];
    Sub64Imm         "sub"          RmTied          None Primary    0x81 D5  R64     Short          Baseline [writes_flags];
    Sub64Store       "sub"          RmReg           None Primary    0x29 R64 M64     None           Baseline [writes_flags];
    Sub64StoreImm    "sub"          Rm              None Primary    0x81 D5  M64W    Short          Baseline [writes_flags];
    Xor32            "xor"          RegRmTied       None Primary    0x33 R32 RM32    None           Baseline [writes_flags commutative];
    Xor64            "xor"          RegRmTied       None Primary    0x33 R64 RM64    None           Baseline [writes_flags commutative];
    Xor32Imm         "xor"          RmTied          None Primary    0x81 D6  R32     Short          Baseline [writes_flags];
    Xor64Imm         "xor"          RmTied          None Primary    0x81 D6  R64     Short          Baseline [writes_flags];
    Cmp32            "cmp"          Compare         None Primary    0x3B R32 RM32    None           Baseline [writes_flags];
    Cmp64            "cmp"          Compare         None Primary    0x3B R64 RM64    None           Baseline [writes_flags];
    Cmp8Imm          "cmp"          Rm              None Primary    0x80 D7  RM8     Byte           Baseline [writes_flags];
    Cmp32Imm         "cmp"          Rm              None Primary    0x81 D7  RM32    Short          Baseline [writes_flags];
    Cmp64Imm         "cmp"          Rm              None Primary    0x81 D7  RM64    Short          Baseline [writes_flags];
    Test32           "test"         RmReg           None Primary    0x85 R32 RM32    None           Baseline [writes_flags commutative];
    Test64           "test"         RmReg           None Primary    0x85 R64 RM64    None           Baseline [writes_flags commutative];
    Test32Imm        "test"         Rm              None Primary    0xF7 D0  RM32    Long           Baseline [writes_flags];
    Test64Imm        "test"         Rm              None Primary    0xF7 D0  RM64    Long           Baseline [writes_flags];
    Imul32           "imul"         RegRmTied       None Escape0F   0xAF R32 RM32    None           Baseline [writes_flags commutative];
    Imul64           "imul"         RegRmTied       None Escape0F   0xAF R64 RM64    None           Baseline [writes_flags commutative];
    Imul32Imm        "imul"         RegRm           None Primary    0x69 R32 RM32    Short          Baseline [writes_flags];
    Imul64Imm        "imul"         RegRm           None Primary    0x69 R64 RM64    Short          Baseline [writes_flags];
    Not32            "not"          RmTied          None Primary    0xF7 D2  R32     None           Baseline [];
    Not64            "not"          RmTied          None Primary    0xF7 D2  R64     None           Baseline [];
    Neg32            "neg"          RmTied          None Primary    0xF7 D3  R32     None           Baseline [writes_flags];
    Neg64            "neg"          RmTied          None Primary    0xF7 D3  R64     None           Baseline [writes_flags];
    Mul64Wide        "mul"          MultiplyWide    None Primary    0xF7 D4  RM64    None           Baseline [writes_flags];
    Imul64Wide       "imul"         MultiplyWide    None Primary    0xF7 D5  RM64    None           Baseline [writes_flags];
    Div32            "div"          Divide          None Primary    0xF7 D6  RM32    None           Baseline [writes_flags];
    Div64            "div"          Divide          None Primary    0xF7 D6  RM64    None           Baseline [writes_flags];
    Idiv32           "idiv"         Divide          None Primary    0xF7 D7  RM32    None           Baseline [writes_flags];
    Idiv64           "idiv"         Divide          None Primary    0xF7 D7  RM64    None           Baseline [writes_flags];
    Cdq              "cdq"          SignToRdx       None Primary    0x99 NO  NO      None           Baseline [];
    Cqo              "cqo"          SignToRdx       None Primary    0x99 NO  WIDE    None           Baseline [];
    Rol32Imm         "rol"          RmTied          None Primary    0xC1 D0  R32     Byte           Baseline [writes_flags];
    Rol64Imm         "rol"          RmTied          None Primary    0xC1 D0  R64     Byte           Baseline [writes_flags];
    Rol32Cl          "rol"          RmTiedCl        None Primary    0xD3 D0  R32     None           Baseline [writes_flags];
    Rol64Cl          "rol"          RmTiedCl        None Primary    0xD3 D0  R64     None           Baseline [writes_flags];
    Ror32Imm         "ror"          RmTied          None Primary    0xC1 D1  R32     Byte           Baseline [writes_flags];
    Ror64Imm         "ror"          RmTied          None Primary    0xC1 D1  R64     Byte           Baseline [writes_flags];
    Ror32Cl          "ror"          RmTiedCl        None Primary    0xD3 D1  R32     None           Baseline [writes_flags];
    Ror64Cl          "ror"          RmTiedCl        None Primary    0xD3 D1  R64     None           Baseline [writes_flags];
    Shl32Imm         "shl"          RmTied          None Primary    0xC1 D4  R32     Byte           Baseline [writes_flags];
    Shl64Imm         "shl"          RmTied          None Primary    0xC1 D4  R64     Byte           Baseline [writes_flags];
    Shl32Cl          "shl"          RmTiedCl        None Primary    0xD3 D4  R32     None           Baseline [writes_flags];
    Shl64Cl          "shl"          RmTiedCl        None Primary    0xD3 D4  R64     None           Baseline [writes_flags];
    Shr32Imm         "shr"          RmTied          None Primary    0xC1 D5  R32     Byte           Baseline [writes_flags];
    Shr64Imm         "shr"          RmTied          None Primary    0xC1 D5  R64     Byte           Baseline [writes_flags];
    Shr32Cl          "shr"          RmTiedCl        None Primary    0xD3 D5  R32     None           Baseline [writes_flags];
    Shr64Cl          "shr"          RmTiedCl        None Primary    0xD3 D5  R64     None           Baseline [writes_flags];
    Sar32Imm         "sar"          RmTied          None Primary    0xC1 D7  R32     Byte           Baseline [writes_flags];
    Sar64Imm         "sar"          RmTied          None Primary    0xC1 D7  R64     Byte           Baseline [writes_flags];
    Sar32Cl          "sar"          RmTiedCl        None Primary    0xD3 D7  R32     None           Baseline [writes_flags];
    Sar64Cl          "sar"          RmTiedCl        None Primary    0xD3 D7  R64     None           Baseline [writes_flags];
    Bswap32          "bswap"        PlusTied        None Escape0F   0xC8 NO  R32     None           Baseline [];
    Bswap64          "bswap"        PlusTied        None Escape0F   0xC8 NO  R64     None           Baseline [];
    Shlx32           "shlx"         RegRmVvvv       P66  Escape0F38 0xF7 R32 RM32    None           Bmi2     [only_vex];
    Shlx64           "shlx"         RegRmVvvv       P66  Escape0F38 0xF7 R64 RM64    None           Bmi2     [only_vex];
    Sarx32           "sarx"         RegRmVvvv       PF3  Escape0F38 0xF7 R32 RM32    None           Bmi2     [only_vex];
    Sarx64           "sarx"         RegRmVvvv       PF3  Escape0F38 0xF7 R64 RM64    None           Bmi2     [only_vex];
    Shrx32           "shrx"         RegRmVvvv       PF2  Escape0F38 0xF7 R32 RM32    None           Bmi2     [only_vex];
    Shrx64           "shrx"         RegRmVvvv       PF2  Escape0F38 0xF7 R64 RM64    None           Bmi2     [only_vex];
    Rorx32           "rorx"         RegRm           PF2  Escape0F3A 0xF0 R32 RM32    Byte           Bmi2     [only_vex];
    Rorx64           "rorx"         RegRm           PF2  Escape0F3A 0xF0 R64 RM64    Byte           Bmi2     [only_vex];
    Bsf32            "bsf"          RegRm           None Escape0F   0xBC R32 RM32    None           Baseline [writes_flags merges];
    Bsf64            "bsf"          RegRm           None Escape0F   0xBC R64 RM64    None           Baseline [writes_flags merges];
    Bsr32            "bsr"          RegRm           None Escape0F   0xBD R32 RM32    None           Baseline [writes_flags merges];
    Bsr64            "bsr"          RegRm           None Escape0F   0xBD R64 RM64    None           Baseline [writes_flags merges];
    Tzcnt32          "tzcnt"        RegRm           PF3  Escape0F   0xBC R32 RM32    None           Bmi1     [writes_flags merges];
    Tzcnt64          "tzcnt"        RegRm           PF3  Escape0F   0xBC R64 RM64    None           Bmi1     [writes_flags merges];
    Lzcnt32          "lzcnt"        RegRm           PF3  Escape0F   0xBD R32 RM32    None           Lzcnt    [writes_flags merges];
    Lzcnt64          "lzcnt"        RegRm           PF3  Escape0F   0xBD R64 RM64    None           Lzcnt    [writes_flags merges];
    Popcnt32         "popcnt"       RegRm           PF3  Escape0F   0xB8 R32 RM32    None           Popcnt   [writes_flags merges];
    Popcnt64         "popcnt"       RegRm           PF3  Escape0F   0xB8 R64 RM64    None           Popcnt   [writes_flags merges];
    // Conditions.
    Set              "set"          RmDefinition    None Escape0F   0x90 D0  R8      Condition      Baseline [reads_flags];
    Cmov32           "cmov"         RegRmTied       None Escape0F   0x40 R32 RM32    Condition      Baseline [reads_flags];
    Cmov64           "cmov"         RegRmTied       None Escape0F   0x40 R64 RM64    Condition      Baseline [reads_flags];
    // Control, and strings of bytes.
    CallRm           "call"         Branch          None Primary    0xFF D2  RM64D   None           Baseline [calls];
    JumpRm           "jmp"          Branch          None Primary    0xFF D4  RM64D   None           Baseline [];
    Ret              "ret"          Free            None Primary    0xC3 NO  NO      None           Baseline [];
    RetPop           "ret"          Free            None Primary    0xC2 NO  NO      Word           Baseline [];
    // Moves of vectors and floating-point numbers.
    MovssLoad        "movss"        RegRm           PF3  Escape0F   0x10 X   M32     None           Baseline [avx];
    MovsdLoad        "movsd"        RegRm           PF2  Escape0F   0x10 X   M64     None           Baseline [avx];
    MovsdMerge       "movsd"        RegRmTied       PF2  Escape0F   0x10 X   X       None           Baseline [avx];
    MovssStore       "movss"        RmReg           PF3  Escape0F   0x11 X   M32     None           Baseline [avx];
    MovsdStore       "movsd"        RmReg           PF2  Escape0F   0x11 X   M64     None           Baseline [avx];
    Movaps           "movaps"       RegRm           None Escape0F   0x28 X   XM128   None           Baseline [avx];
    Movups           "movups"       RegRm           None Escape0F   0x10 X   XM128   None           Baseline [avx unaligned];
    MovupsStore      "movups"       RmReg           None Escape0F   0x11 X   M128    None           Baseline [avx unaligned];
    MovdToVector     "movd"         RegRm           P66  Escape0F   0x6E X   RM32    None           Baseline [avx];
    MovqToVector     "movq"         RegRm           P66  Escape0F   0x6E X   RM64    None           Baseline [avx];
    MovdFromVector   "movd"         RmRegDefinition P66  Escape0F   0x7E X   R32     None           Baseline [avx];
    MovqFromVector   "movq"         RmRegDefinition P66  Escape0F   0x7E X   R64     None           Baseline [avx];
    Movlhps          "movlhps"      RegRmTied       None Escape0F   0x16 X   X       None           Baseline [avx];
    MovhpsStore      "movhps"       RmReg           None Escape0F   0x17 X   M64     None           Baseline [avx];
    Movddup          "movddup"      RegRm           PF2  Escape0F   0x12 X   XM64    None           Baseline [avx];
    ZeroVector       "xorps"        Same            None Escape0F   0x57 X   X       None           Baseline [avx repeatable];
    OnesVector       "pcmpeqd"      Same            P66  Escape0F   0x76 X   X       None           Baseline [avx repeatable];
    // Arithmetic of floating-point numbers.
    Addss            "addss"        RegRmTied       PF3  Escape0F   0x58 X   XM32    None           Baseline [avx];
    Addsd            "addsd"        RegRmTied       PF2  Escape0F   0x58 X   XM64    None           Baseline [avx];
    Addps            "addps"        RegRmTied       None Escape0F   0x58 X   XM128   None           Baseline [avx];
    Addpd            "addpd"        RegRmTied       P66  Escape0F   0x58 X   XM128   None           Baseline [avx];
    Mulss            "mulss"        RegRmTied       PF3  Escape0F   0x59 X   XM32    None           Baseline [avx];
    Mulsd            "mulsd"        RegRmTied       PF2  Escape0F   0x59 X   XM64    None           Baseline [avx];
    Mulps            "mulps"        RegRmTied       None Escape0F   0x59 X   XM128   None           Baseline [avx];
    Mulpd            "mulpd"        RegRmTied       P66  Escape0F   0x59 X   XM128   None           Baseline [avx];
    Subss            "subss"        RegRmTied       PF3  Escape0F   0x5C X   XM32    None           Baseline [avx];
    Subsd            "subsd"        RegRmTied       PF2  Escape0F   0x5C X   XM64    None           Baseline [avx];
    Subps            "subps"        RegRmTied       None Escape0F   0x5C X   XM128   None           Baseline [avx];
    Subpd            "subpd"        RegRmTied       P66  Escape0F   0x5C X   XM128   None           Baseline [avx];
    Minss            "minss"        RegRmTied       PF3  Escape0F   0x5D X   XM32    None           Baseline [avx];
    Minsd            "minsd"        RegRmTied       PF2  Escape0F   0x5D X   XM64    None           Baseline [avx];
    Minps            "minps"        RegRmTied       None Escape0F   0x5D X   XM128   None           Baseline [avx];
    Minpd            "minpd"        RegRmTied       P66  Escape0F   0x5D X   XM128   None           Baseline [avx];
    Divss            "divss"        RegRmTied       PF3  Escape0F   0x5E X   XM32    None           Baseline [avx];
    Divsd            "divsd"        RegRmTied       PF2  Escape0F   0x5E X   XM64    None           Baseline [avx];
    Divps            "divps"        RegRmTied       None Escape0F   0x5E X   XM128   None           Baseline [avx];
    Divpd            "divpd"        RegRmTied       P66  Escape0F   0x5E X   XM128   None           Baseline [avx];
    Maxss            "maxss"        RegRmTied       PF3  Escape0F   0x5F X   XM32    None           Baseline [avx];
    Maxsd            "maxsd"        RegRmTied       PF2  Escape0F   0x5F X   XM64    None           Baseline [avx];
    Maxps            "maxps"        RegRmTied       None Escape0F   0x5F X   XM128   None           Baseline [avx];
    Maxpd            "maxpd"        RegRmTied       P66  Escape0F   0x5F X   XM128   None           Baseline [avx];
    Sqrtss           "sqrtss"       RegRm           PF3  Escape0F   0x51 X   XM32    None           Baseline [avx merges];
    Sqrtsd           "sqrtsd"       RegRm           PF2  Escape0F   0x51 X   XM64    None           Baseline [avx merges];
    Sqrtps           "sqrtps"       RegRm           None Escape0F   0x51 X   XM128   None           Baseline [avx];
    Sqrtpd           "sqrtpd"       RegRm           P66  Escape0F   0x51 X   XM128   None           Baseline [avx];
    Andps            "andps"        RegRmTied       None Escape0F   0x54 X   XM128   None           Baseline [avx commutative];
    Andnps           "andnps"       RegRmTied       None Escape0F   0x55 X   XM128   None           Baseline [];
    Orps             "orps"         RegRmTied       None Escape0F   0x56 X   XM128   None           Baseline [avx commutative];
    Xorps            "xorps"        RegRmTied       None Escape0F   0x57 X   XM128   None           Baseline [avx commutative];
    Unpcklps         "unpcklps"     RegRmTied       None Escape0F   0x14 X   XM128   None           Baseline [avx];
    Cmpps            "cmpps"        RegRmTied       None Escape0F   0xC2 X   XM128   Byte           Baseline [avx];
    Cmppd            "cmppd"        RegRmTied       P66  Escape0F   0xC2 X   XM128   Byte           Baseline [avx];
    Shufps           "shufps"       RegRmTied       None Escape0F   0xC6 X   XM128   Byte           Baseline [avx];
    Roundps          "roundps"      RegRm           P66  Escape0F3A 0x08 X   XM128   Byte           Baseline [avx];
    Roundpd          "roundpd"      RegRm           P66  Escape0F3A 0x09 X   XM128   Byte           Baseline [avx];
    Roundss          "roundss"      RegRm           P66  Escape0F3A 0x0A X   XM32    Byte           Baseline [avx merges];
    Roundsd          "roundsd"      RegRm           P66  Escape0F3A 0x0B X   XM64    Byte           Baseline [avx merges];
    Ucomiss          "ucomiss"      Compare         None Escape0F   0x2E X   XM32    None           Baseline [avx writes_flags];
    Ucomisd          "ucomisd"      Compare         P66  Escape0F   0x2E X   XM64    None           Baseline [avx writes_flags];
    Insertps         "insertps"     RegRmTied       P66  Escape0F3A 0x21 X   XM32    Byte           Baseline [avx];
    Vblendvps        "vblendvps"    RegVvvvRmFourth P66  Escape0F3A 0x4A X   XM128   Fourth         Avx      [only_vex];
    Vblendvpd        "vblendvpd"    RegVvvvRmFourth P66  Escape0F3A 0x4B X   XM128   Fourth         Avx      [only_vex];
    Vpblendvb        "vpblendvb"    RegVvvvRmFourth P66  Escape0F3A 0x4C X   XM128   Fourth         Avx      [only_vex];
    // Conversions.
    Cvtss2sd         "cvtss2sd"     RegRm           PF3  Escape0F   0x5A X   XM32    None           Baseline [avx merges];
    Cvtsd2ss         "cvtsd2ss"     RegRm           PF2  Escape0F   0x5A X   XM64    None           Baseline [avx merges];
    Cvtsi32ToSs      "cvtsi2ss"     RegRm           PF3  Escape0F   0x2A X   RM32    None           Baseline [avx merges];
    Cvtsi32ToSd      "cvtsi2sd"     RegRm           PF2  Escape0F   0x2A X   RM32    None           Baseline [avx merges];
    Cvttss2si32      "cvttss2si"    RegRm           PF3  Escape0F   0x2C R32 XM32    None           Baseline [avx];
    Cvttsd2si32      "cvttsd2si"    RegRm           PF2  Escape0F   0x2C R32 XM64    None           Baseline [avx];
    Cvtsi64ToSs      "cvtsi2ss"     RegRm           PF3  Escape0F   0x2A X   RM64    None           Baseline [avx merges];
    Cvtsi64ToSd      "cvtsi2sd"     RegRm           PF2  Escape0F   0x2A X   RM64    None           Baseline [avx merges];
    Cvttss2si64      "cvttss2si"    RegRm           PF3  Escape0F   0x2C R64 XM32    None           Baseline [avx];
    Cvttsd2si64      "cvttsd2si"    RegRm           PF2  Escape0F   0x2C R64 XM64    None           Baseline [avx];
    Cvtdq2ps         "cvtdq2ps"     RegRm           None Escape0F   0x5B X   XM128   None           Baseline [avx];
    Cvttps2dq        "cvttps2dq"    RegRm           PF3  Escape0F   0x5B X   XM128   None           Baseline [avx];
    Cvtdq2pd         "cvtdq2pd"     RegRm           PF3  Escape0F   0xE6 X   XM64    None           Baseline [avx];
    Cvttpd2dq        "cvttpd2dq"    RegRm           P66  Escape0F   0xE6 X   XM128   None           Baseline [avx];
    Cvtps2pd         "cvtps2pd"     RegRm           None Escape0F   0x5A X   XM64    None           Baseline [avx];
    Cvtpd2ps         "cvtpd2ps"     RegRm           P66  Escape0F   0x5A X   XM128   None           Baseline [avx];
    // Arithmetic of vectors of integers.
    Paddb            "paddb"        RegRmTied       P66  Escape0F   0xFC X   XM128   None           Baseline [avx commutative];
    Paddw            "paddw"        RegRmTied       P66  Escape0F   0xFD X   XM128   None           Baseline [avx commutative];
    Paddd            "paddd"        RegRmTied       P66  Escape0F   0xFE X   XM128   None           Baseline [avx commutative];
    Paddq            "paddq"        RegRmTied       P66  Escape0F   0xD4 X   XM128   None           Baseline [avx commutative];
    Psubb            "psubb"        RegRmTied       P66  Escape0F   0xF8 X   XM128   None           Baseline [avx];
    Psubw            "psubw"        RegRmTied       P66  Escape0F   0xF9 X   XM128   None           Baseline [avx];
    Psubd            "psubd"        RegRmTied       P66  Escape0F   0xFA X   XM128   None           Baseline [avx];
    Psubq            "psubq"        RegRmTied       P66  Escape0F   0xFB X   XM128   None           Baseline [avx];
    Paddsb           "paddsb"       RegRmTied       P66  Escape0F   0xEC X   XM128   None           Baseline [avx commutative];
    Paddsw           "paddsw"       RegRmTied       P66  Escape0F   0xED X   XM128   None           Baseline [avx commutative];
    Paddusb          "paddusb"      RegRmTied       P66  Escape0F   0xDC X   XM128   None           Baseline [avx commutative];
    Paddusw          "paddusw"      RegRmTied       P66  Escape0F   0xDD X   XM128   None           Baseline [avx commutative];
    Psubsb           "psubsb"       RegRmTied       P66  Escape0F   0xE8 X   XM128   None           Baseline [avx];
    Psubsw           "psubsw"       RegRmTied       P66  Escape0F   0xE9 X   XM128   None           Baseline [avx];
    Psubusb          "psubusb"      RegRmTied       P66  Escape0F   0xD8 X   XM128   None           Baseline [avx];
    Psubusw          "psubusw"      RegRmTied       P66  Escape0F   0xD9 X   XM128   None           Baseline [avx];
    Pmullw           "pmullw"       RegRmTied       P66  Escape0F   0xD5 X   XM128   None           Baseline [avx commutative];
    Pmulhw           "pmulhw"       RegRmTied       P66  Escape0F   0xE5 X   XM128   None           Baseline [avx commutative];
    Pmulhuw          "pmulhuw"      RegRmTied       P66  Escape0F   0xE4 X   XM128   None           Baseline [avx commutative];
    Pmulhrsw         "pmulhrsw"     RegRmTied       P66  Escape0F38 0x0B X   XM128   None           Baseline [avx commutative];
    Pmulld           "pmulld"       RegRmTied       P66  Escape0F38 0x40 X   XM128   None           Baseline [avx commutative];
    Pmuludq          "pmuludq"      RegRmTied       P66  Escape0F   0xF4 X   XM128   None           Baseline [avx commutative];
    Pmuldq           "pmuldq"       RegRmTied       P66  Escape0F38 0x28 X   XM128   None           Baseline [avx commutative];
    Pmaddwd          "pmaddwd"      RegRmTied       P66  Escape0F   0xF5 X   XM128   None           Baseline [avx commutative];
    Pmaddubsw        "pmaddubsw"    RegRmTied       P66  Escape0F38 0x04 X   XM128   None           Baseline [avx];
    Pavgb            "pavgb"        RegRmTied       P66  Escape0F   0xE0 X   XM128   None           Baseline [avx commutative];
    Pavgw            "pavgw"        RegRmTied       P66  Escape0F   0xE3 X   XM128   None           Baseline [avx commutative];
    Pminub           "pminub"       RegRmTied       P66  Escape0F   0xDA X   XM128   None           Baseline [avx commutative];
    Pmaxub           "pmaxub"       RegRmTied       P66  Escape0F   0xDE X   XM128   None           Baseline [avx commutative];
    Pminsw           "pminsw"       RegRmTied       P66  Escape0F   0xEA X   XM128   None           Baseline [avx commutative];
    Pmaxsw           "pmaxsw"       RegRmTied       P66  Escape0F   0xEE X   XM128   None           Baseline [avx commutative];
    Pminsb           "pminsb"       RegRmTied       P66  Escape0F38 0x38 X   XM128   None           Baseline [avx commutative];
    Pmaxsb           "pmaxsb"       RegRmTied       P66  Escape0F38 0x3C X   XM128   None           Baseline [avx commutative];
    Pminuw           "pminuw"       RegRmTied       P66  Escape0F38 0x3A X   XM128   None           Baseline [avx commutative];
    Pmaxuw           "pmaxuw"       RegRmTied       P66  Escape0F38 0x3E X   XM128   None           Baseline [avx commutative];
    Pminsd           "pminsd"       RegRmTied       P66  Escape0F38 0x39 X   XM128   None           Baseline [avx commutative];
    Pmaxsd           "pmaxsd"       RegRmTied       P66  Escape0F38 0x3D X   XM128   None           Baseline [avx commutative];
    Pminud           "pminud"       RegRmTied       P66  Escape0F38 0x3B X   XM128   None           Baseline [avx commutative];
    Pmaxud           "pmaxud"       RegRmTied       P66  Escape0F38 0x3F X   XM128   None           Baseline [avx commutative];
    Pand             "pand"         RegRmTied       P66  Escape0F   0xDB X   XM128   None           Baseline [avx commutative];
    Pandn            "pandn"        RegRmTied       P66  Escape0F   0xDF X   XM128   None           Baseline [avx];
    Por              "por"          RegRmTied       P66  Escape0F   0xEB X   XM128   None           Baseline [avx commutative];
    Pxor             "pxor"         RegRmTied       P66  Escape0F   0xEF X   XM128   None           Baseline [avx commutative];
    Pcmpeqb          "pcmpeqb"      RegRmTied       P66  Escape0F   0x74 X   XM128   None           Baseline [avx commutative];
    Pcmpeqw          "pcmpeqw"      RegRmTied       P66  Escape0F   0x75 X   XM128   None           Baseline [avx commutative];
    Pcmpeqd          "pcmpeqd"      RegRmTied       P66  Escape0F   0x76 X   XM128   None           Baseline [avx commutative];
    Pcmpeqq          "pcmpeqq"      RegRmTied       P66  Escape0F38 0x29 X   XM128   None           Baseline [avx commutative];
    Pcmpgtb          "pcmpgtb"      RegRmTied       P66  Escape0F   0x64 X   XM128   None           Baseline [avx];
    Pcmpgtw          "pcmpgtw"      RegRmTied       P66  Escape0F   0x65 X   XM128   None           Baseline [avx];
    Pcmpgtd          "pcmpgtd"      RegRmTied       P66  Escape0F   0x66 X   XM128   None           Baseline [avx];
    Pcmpgtq          "pcmpgtq"      RegRmTied       P66  Escape0F38 0x37 X   XM128   None           Sse42    [avx];
    Pabsb            "pabsb"        RegRm           P66  Escape0F38 0x1C X   XM128   None           Baseline [avx];
    Pabsw            "pabsw"        RegRm           P66  Escape0F38 0x1D X   XM128   None           Baseline [avx];
    Pabsd            "pabsd"        RegRm           P66  Escape0F38 0x1E X   XM128   None           Baseline [avx];
    Psllw            "psllw"        RegRmTied       P66  Escape0F   0xF1 X   XM128   None           Baseline [avx];
    PsllwImm         "psllw"        RmTied          P66  Escape0F   0x71 D6  X       Byte           Baseline [avx];
    Pslld            "pslld"        RegRmTied       P66  Escape0F   0xF2 X   XM128   None           Baseline [avx];
    PslldImm         "pslld"        RmTied          P66  Escape0F   0x72 D6  X       Byte           Baseline [avx];
    Psllq            "psllq"        RegRmTied       P66  Escape0F   0xF3 X   XM128   None           Baseline [avx];
    PsllqImm         "psllq"        RmTied          P66  Escape0F   0x73 D6  X       Byte           Baseline [avx];
    Psrlw            "psrlw"        RegRmTied       P66  Escape0F   0xD1 X   XM128   None           Baseline [avx];
    PsrlwImm         "psrlw"        RmTied          P66  Escape0F   0x71 D2  X       Byte           Baseline [avx];
    Psrld            "psrld"        RegRmTied       P66  Escape0F   0xD2 X   XM128   None           Baseline [avx];
    PsrldImm         "psrld"        RmTied          P66  Escape0F   0x72 D2  X       Byte           Baseline [avx];
    Psrlq            "psrlq"        RegRmTied       P66  Escape0F   0xD3 X   XM128   None           Baseline [avx];
    PsrlqImm         "psrlq"        RmTied          P66  Escape0F   0x73 D2  X       Byte           Baseline [avx];
    Psraw            "psraw"        RegRmTied       P66  Escape0F   0xE1 X   XM128   None           Baseline [avx];
    PsrawImm         "psraw"        RmTied          P66  Escape0F   0x71 D4  X       Byte           Baseline [avx];
    Psrad            "psrad"        RegRmTied       P66  Escape0F   0xE2 X   XM128   None           Baseline [avx];
    PsradImm         "psrad"        RmTied          P66  Escape0F   0x72 D4  X       Byte           Baseline [avx];
    Ptest            "ptest"        Compare         P66  Escape0F38 0x17 X   XM128   None           Baseline [avx writes_flags];
    // Lanes of vectors.
    Punpcklbw        "punpcklbw"    RegRmTied       P66  Escape0F   0x60 X   XM128   None           Baseline [avx];
    Punpcklwd        "punpcklwd"    RegRmTied       P66  Escape0F   0x61 X   XM128   None           Baseline [avx];
    Punpckldq        "punpckldq"    RegRmTied       P66  Escape0F   0x62 X   XM128   None           Baseline [avx];
    Punpcklqdq       "punpcklqdq"   RegRmTied       P66  Escape0F   0x6C X   XM128   None           Baseline [avx];
    Punpckhbw        "punpckhbw"    RegRmTied       P66  Escape0F   0x68 X   XM128   None           Baseline [avx];
    Punpckhwd        "punpckhwd"    RegRmTied       P66  Escape0F   0x69 X   XM128   None           Baseline [avx];
    Punpckhdq        "punpckhdq"    RegRmTied       P66  Escape0F   0x6A X   XM128   None           Baseline [avx];
    Punpckhqdq       "punpckhqdq"   RegRmTied       P66  Escape0F   0x6D X   XM128   None           Baseline [avx];
    Packsswb         "packsswb"     RegRmTied       P66  Escape0F   0x63 X   XM128   None           Baseline [avx];
    Packssdw         "packssdw"     RegRmTied       P66  Escape0F   0x6B X   XM128   None           Baseline [avx];
    Packuswb         "packuswb"     RegRmTied       P66  Escape0F   0x67 X   XM128   None           Baseline [avx];
    Packusdw         "packusdw"     RegRmTied       P66  Escape0F38 0x2B X   XM128   None           Baseline [avx];
    Pshufb           "pshufb"       RegRmTied       P66  Escape0F38 0x00 X   XM128   None           Baseline [avx];
    Pshufd           "pshufd"       RegRm           P66  Escape0F   0x70 X   XM128   Byte           Baseline [avx];
    Pshuflw          "pshuflw"      RegRm           PF2  Escape0F   0x70 X   XM128   Byte           Baseline [avx];
    Pshufhw          "pshufhw"      RegRm           PF3  Escape0F   0x70 X   XM128   Byte           Baseline [avx];
    Palignr          "palignr"      RegRmTied       P66  Escape0F3A 0x0F X   XM128   Byte           Baseline [avx];
    Pblendw          "pblendw"      RegRmTied       P66  Escape0F3A 0x0E X   XM128   Byte           Baseline [avx];
    Pmovsxbw         "pmovsxbw"     RegRm           P66  Escape0F38 0x20 X   XM64    None           Baseline [avx];
    Pmovsxwd         "pmovsxwd"     RegRm           P66  Escape0F38 0x23 X   XM64    None           Baseline [avx];
    Pmovsxdq         "pmovsxdq"     RegRm           P66  Escape0F38 0x25 X   XM64    None           Baseline [avx];
    Pmovzxbw         "pmovzxbw"     RegRm           P66  Escape0F38 0x30 X   XM64    None           Baseline [avx];
    Pmovzxwd         "pmovzxwd"     RegRm           P66  Escape0F38 0x33 X   XM64    None           Baseline [avx];
    Pmovzxdq         "pmovzxdq"     RegRm           P66  Escape0F38 0x35 X   XM64    None           Baseline [avx];
    Pmovmskb         "pmovmskb"     RegRm           P66  Escape0F   0xD7 R32 X       None           Baseline [avx];
    Movmskps         "movmskps"     RegRm           None Escape0F   0x50 R32 X       None           Baseline [avx];
    Movmskpd         "movmskpd"     RegRm           P66  Escape0F   0x50 R32 X       None           Baseline [avx];
    Pinsrb           "pinsrb"       RegRmTied       P66  Escape0F3A 0x20 X   R32M8   Byte           Baseline [avx];
    Pinsrw           "pinsrw"       RegRmTied       P66  Escape0F   0xC4 X   R32M16  Byte           Baseline [avx];
    Pinsrd           "pinsrd"       RegRmTied       P66  Escape0F3A 0x22 X   RM32    Byte           Baseline [avx];
    Pinsrq           "pinsrq"       RegRmTied       P66  Escape0F3A 0x22 X   RM64    Byte           Baseline [avx];
    Pextrb           "pextrb"       RmRegDefinition P66  Escape0F3A 0x14 X   R32     Byte           Baseline [avx];
    Pextrw           "pextrw"       RegRm           P66  Escape0F   0xC5 R32 X       Byte           Baseline [avx];
    Pextrd           "pextrd"       RmRegDefinition P66  Escape0F3A 0x16 X   R32     Byte           Baseline [avx];
    Pextrq           "pextrq"       RmRegDefinition P66  Escape0F3A 0x16 X   R64     Byte           Baseline [avx];
    PextrbStore      "pextrb"       RmReg           P66  Escape0F3A 0x14 X   M8      Byte           Baseline [avx];
    PextrwStore      "pextrw"       RmReg           P66  Escape0F3A 0x15 X   M16     Byte           Baseline [avx];
    PextrdStore      "pextrd"       RmReg           P66  Escape0F3A 0x16 X   M32     Byte           Baseline [avx];
    Vpbroadcastb     "vpbroadcastb" RegRm           P66  Escape0F38 0x78 X   XM8     None           Avx2     [only_vex];
    Vpbroadcastw     "vpbroadcastw" RegRm           P66  Escape0F38 0x79 X   XM16    None           Avx2     [only_vex];
    Vbroadcastss     "vbroadcastss" RegRm           P66  Escape0F38 0x18 X   X       None           Avx2     [only_vex];
    VbroadcastssLoad "vbroadcastss" RegRm           P66  Escape0F38 0x18 X   M32     None           Avx      [only_vex];
}
