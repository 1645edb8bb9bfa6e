//! The state that running code works on: stores and what they own.
//!
//! Input: validated modules and the embedder's requests. Output: records that running code reaches
//! by address ([`layout`]), handles by which the embedding API names them ([`handle`]), and the
//! operations that are not hot ([`operations`]).
//! Holds: a record stays at its address until its owner is removed or the store ends, and a handle
//! is looked up, never trusted.

mod const_expr;
pub(crate) mod extern_ref;
mod global;
mod growth;
pub(crate) mod handle;
mod image;
pub(crate) mod instance;
mod instantiate;
pub(crate) mod interrupt;
pub(crate) mod layout;
pub(crate) mod limits;
mod memory;
pub(crate) mod operations;
pub(crate) mod pool;
mod removal;
mod stable;
pub(crate) mod stack;
pub(crate) mod store;
mod table;

#[cfg(test)]
mod tests;

pub use interrupt::InterruptHandle;
pub use limits::{ResourceLimiter, StoreLimits, StoreLimitsBuilder};
pub use pool::MemoryMode;
