//! What validation of a body found out about it, for the engines.
//!
//! Input: one pass of `validate/func.rs`. Output: [`FuncFacts`].
//! Holds: facts exist only for valid bodies; constructs are in the order of their opcodes.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ops::Range;

use super::executable::{Construct, NotExecutable};
use crate::wasm::opcodes;

/// Facts about one body, all in one run of words: there are as many of them as functions, and an allocation
/// costs as much as the validation of ten instructions.
///
/// The words are the fixed ones of [`mod@word`], the callees, the constructs as in [`ConstructWords`], and the
/// assigned locals.
#[derive(Debug)]
pub(crate) struct FuncFacts {
    words: Box<[u32]>,
}

/// The places of the fixed words.
mod word {
    pub(super) const OPERATOR_COUNT: usize = 0;
    pub(super) const MAX_OPERAND_SLOTS: usize = 1;
    pub(super) const EFFECTS: usize = 2;
    pub(super) const CALLEE_COUNT: usize = 3;
    pub(super) const CONSTRUCT_COUNT: usize = 4;
    /// The number of the first opcode that can be reached and that no engine executes yet.
    pub(super) const NOT_EXECUTABLE: usize = 5;
    /// Where that is in the module's bytes, or 0 if there is none.
    pub(super) const NOT_EXECUTABLE_OFFSET: usize = 6;
    pub(super) const COUNT: usize = 7;
}

/// A construct in words: the start and the end of its range of the assigned locals, and the bits of [`effect`].
pub(crate) type ConstructWords = [u32; 3];

/// What the instructions of a construct or body do, as bits.
pub(crate) mod effect {
    /// Changes a memory, table, structure or array.
    pub(crate) const STORE: u32 = 1;
    /// Calls.
    pub(crate) const CALL: u32 = 2;
    /// Grows a memory.
    pub(crate) const GROW: u32 = 4;
    /// Not an effect of instructions, but the construct's kind: it is a loop.
    pub(crate) const LOOP: u32 = 8;
    /// Has a constant vector.
    pub(crate) const VECTOR_CONSTANT: u32 = 16;
    /// Changes a table.
    pub(crate) const TABLE: u32 = 32;
    /// Sets a global.
    pub(crate) const GLOBAL: u32 = 64;
}

/// What validation of a body leaves for its [`FuncFacts`].
pub(crate) struct Findings<'a> {
    /// How many operators there are.
    pub(crate) operator_count: u32,
    /// The greatest height of the operand stack, in 8-byte slots.
    pub(crate) max_operand_slots: u32,
    /// What the body does, as bits of [`effect`].
    pub(crate) effects: u32,
    /// The functions that the body calls directly, ascending, each once.
    pub(crate) callees: &'a [u32],
    /// The blocks, loops, ifs and try tables.
    pub(crate) constructs: &'a [ConstructWords],
    /// The locals of all `local.set` and `local.tee`.
    pub(crate) assigned_locals: &'a [u32],
    /// The first instruction that can be reached and that no engine executes yet.
    pub(crate) not_executable: Option<NotExecutable>,
}

impl FuncFacts {
    /// Keeps what validation found.
    pub(crate) fn new(findings: &Findings<'_>) -> FuncFacts {
        let (callees, constructs) = (findings.callees, findings.constructs.as_flattened());
        let lists = callees.len() + constructs.len() + findings.assigned_locals.len();
        let mut fixed = [0; word::COUNT];
        fixed[word::OPERATOR_COUNT] = findings.operator_count;
        fixed[word::MAX_OPERAND_SLOTS] = findings.max_operand_slots;
        fixed[word::EFFECTS] = findings.effects;
        fixed[word::CALLEE_COUNT] = callees.len() as u32;
        fixed[word::CONSTRUCT_COUNT] = findings.constructs.len() as u32;
        if let Some(found) = findings.not_executable {
            if let Construct::Instruction(opcode) = found.what {
                fixed[word::NOT_EXECUTABLE] = opcode as u32;
                fixed[word::NOT_EXECUTABLE_OFFSET] = found.offset;
            }
        }
        let mut words = Vec::with_capacity(word::COUNT + lists);
        words.extend_from_slice(&fixed);
        words.extend_from_slice(callees);
        words.extend_from_slice(constructs);
        words.extend_from_slice(findings.assigned_locals);
        FuncFacts {
            words: words.into(),
        }
    }

    /// How many operators there are.
    pub(crate) fn operator_count(&self) -> u32 {
        self.words[word::OPERATOR_COUNT]
    }

    /// The greatest height of the operand stack, in 8-byte slots.
    pub(crate) fn max_operand_slots(&self) -> u32 {
        self.words[word::MAX_OPERAND_SLOTS]
    }

    /// Whether the body calls nothing.
    pub(crate) fn is_leaf(&self) -> bool {
        self.words[word::EFFECTS] & effect::CALL == 0
    }

    /// Whether the body has an instruction with an effect.
    #[cfg(feature = "compiler")]
    pub(crate) fn has_effect(&self, effect: u32) -> bool {
        self.words[word::EFFECTS] & effect != 0
    }

    /// Whether there are loops.
    #[cfg(feature = "compiler")]
    pub(crate) fn has_loop(&self) -> bool {
        self.constructs()
            .any(|construct| construct.effects & effect::LOOP != 0)
    }

    /// Whether there are constant vectors in loops.
    pub(crate) fn has_vector_constants_in_loops(&self) -> bool {
        let both = effect::LOOP | effect::VECTOR_CONSTANT;
        self.words[word::EFFECTS] & effect::VECTOR_CONSTANT != 0
            && self
                .constructs()
                .any(|construct| construct.effects & both == both)
    }

    /// The first instruction that can be reached and that no engine executes yet.
    pub(crate) fn not_executable(&self) -> Option<NotExecutable> {
        let offset = self.words[word::NOT_EXECUTABLE_OFFSET];
        (offset != 0).then(|| NotExecutable {
            what: Construct::Instruction(opcodes::ALL[self.words[word::NOT_EXECUTABLE] as usize]),
            offset,
        })
    }

    /// The functions that the body calls directly, ascending, each once.
    pub(crate) fn callees(&self) -> &[u32] {
        &self.words[word::COUNT..self.constructs_start()]
    }

    /// The blocks, loops, ifs and try tables in the order of their opcodes.
    pub(crate) fn constructs(&self) -> impl Iterator<Item = ConstructFacts> + '_ {
        let words = &self.words[self.constructs_start()..self.assigned_locals_start()];
        words.chunks_exact(3).map(|words| ConstructFacts {
            assigned: words[0]..words[1],
            effects: words[2],
        })
    }

    /// The construct that begins with the opcode which is the `number`th to begin one.
    #[cfg(feature = "compiler")]
    pub(crate) fn construct(&self, number: u32) -> ConstructFacts {
        let start = self.constructs_start() + 3 * number as usize;
        let words = &self.words[start..start + 3];
        ConstructFacts {
            assigned: words[0]..words[1],
            effects: words[2],
        }
    }

    /// The locals of all `local.set` and `local.tee` in the order of the operators, so that what a
    /// construct assigns, with all that is nested in it, is one range ([`ConstructFacts::assigned`]).
    /// A construct may name a local more than once.
    pub(crate) fn assigned_locals(&self) -> &[u32] {
        &self.words[self.assigned_locals_start()..]
    }

    fn constructs_start(&self) -> usize {
        word::COUNT + self.words[word::CALLEE_COUNT] as usize
    }

    fn assigned_locals_start(&self) -> usize {
        self.constructs_start() + 3 * self.words[word::CONSTRUCT_COUNT] as usize
    }
}

/// Facts about a block, loop, if or try table, with everything nested in it.
#[derive(Debug, Clone)]
pub(crate) struct ConstructFacts {
    /// The range of [`FuncFacts::assigned_locals`] with the locals assigned in it.
    pub(crate) assigned: Range<u32>,
    /// What it is and does, as bits of [`effect`].
    pub(crate) effects: u32,
}
