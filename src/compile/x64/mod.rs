//! Machine code for x86-64: what its instructions are, how they are encoded and printed, and the conventions of
//! compiled code.
//!
//! Input: the processor's manuals. Output: the table of instructions ([`instructions`]), what its columns mean
//! ([`forms`]), where the operands of an instruction are in its encoding ([`operands`]), its bytes ([`encode`]) and
//! its text ([`mod@print`], [`listing`]), the registers ([`convention`]), and what a processor can do ([`features`]).

pub(crate) mod convention;
pub(crate) mod emit;
pub(crate) mod encode;
pub(crate) mod features;
pub(crate) mod forms;
pub(super) mod instructions;
pub(crate) mod listing;
mod operands;
pub(crate) mod print;
pub(crate) mod select;
pub(crate) mod stubs;
#[cfg(all(test, target_arch = "x86_64"))]
mod tests;
