//! What validation of a body found out about it, for the engines.
//!
//! Input: one pass of `validate/func.rs`. Output: [`FuncFacts`].
//! Holds: facts exist only for valid bodies; loops and blocks are in the order of their opcodes.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::executable::NotExecutable;
use crate::sys::sync::Once;
use crate::wasm::types::ValType;

/// Facts about one body.
#[derive(Debug)]
pub(crate) struct FuncFacts {
    /// The declared locals behind the parameters, as runs of one type.
    pub(crate) locals: Box<[(u32, ValType)]>,
    /// Where the operators begin in the module's bytes.
    pub(crate) operators_start: u32,
    /// How many operators there are.
    pub(crate) operator_count: u32,
    /// The greatest height of the operand stack, in 8-byte slots.
    pub(crate) max_operand_slots: u32,
    /// Whether the body calls nothing.
    pub(crate) is_leaf: bool,
    /// The callees and the assigned locals.
    pub(crate) lists: Lists,
    /// The blocks, loops, ifs and try tables in the order of their opcodes.
    pub(crate) constructs: Box<[ConstructFacts]>,
    /// The first instruction that can be reached and that no engine executes yet.
    pub(crate) not_executable: Option<NotExecutable>,
}

/// Two lists of numbers in one place: most bodies have few of either, and each allocation costs as much as
/// the validation of several instructions.
#[derive(Debug)]
pub(crate) struct Lists {
    numbers: Box<[u32]>,
    callee_count: u32,
}

impl Lists {
    /// Copies both lists.
    pub(crate) fn new(callees: &[u32], assigned_locals: &[u32]) -> Lists {
        let mut numbers = Vec::with_capacity(callees.len() + assigned_locals.len());
        numbers.extend_from_slice(callees);
        numbers.extend_from_slice(assigned_locals);
        Lists {
            numbers: numbers.into(),
            callee_count: callees.len() as u32,
        }
    }

    /// The functions that the body calls directly, ascending, each once.
    pub(crate) fn callees(&self) -> &[u32] {
        &self.numbers[..self.callee_count as usize]
    }

    /// The locals of all `local.set` and `local.tee` in the order of the operators, so that what a
    /// construct assigns, with all that is nested in it, is one range ([`ConstructFacts::assigned`]).
    /// A construct may name a local more than once.
    pub(crate) fn assigned_locals(&self) -> &[u32] {
        &self.numbers[self.callee_count as usize..]
    }
}

/// Facts about a block, loop, if or try table, with everything nested in it.
#[derive(Debug, Clone)]
pub(crate) struct ConstructFacts {
    /// The range of [`Lists::assigned_locals`] with the locals assigned in it.
    pub(crate) assigned: core::ops::Range<u32>,
    /// Whether it is a loop.
    pub(crate) is_loop: bool,
    /// Whether it contains a store or another change of a memory, table, global, structure or array.
    pub(crate) has_store: bool,
    /// Whether it contains a call.
    pub(crate) has_call: bool,
    /// Whether it contains `memory.grow`.
    pub(crate) grows_memory: bool,
}

/// The facts about a body, or nothing as long as it is not validated.
#[derive(Debug, Default)]
pub(crate) struct FactsCell {
    /// Behind a pointer, so that functions that are never called take little room.
    facts: Once<Box<FuncFacts>>,
}

impl FactsCell {
    /// The facts, if the body was validated.
    #[inline]
    pub(crate) fn get(&self) -> Option<&FuncFacts> {
        self.facts.get().map(|facts| &**facts)
    }

    /// The facts; calls `validate` if the body was not validated yet. Of several threads one
    /// validates, and the others wait. A failure is not kept: it would be the same again.
    pub(crate) fn get_or_validate<E>(
        &self,
        validate: impl FnOnce() -> Result<FuncFacts, E>,
    ) -> Result<&FuncFacts, E> {
        self.facts
            .get_or_try_init(|| validate().map(Box::new))
            .map(|facts| &**facts)
    }
}
