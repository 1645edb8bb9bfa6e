//! Makes the intermediate representation better, and ready for the selection of instructions.

pub(crate) mod order;
