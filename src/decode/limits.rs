//! How large the parts of a module may be.
//!
//! Input: nothing. Output: constants.
//! Holds: the values are those on which engines agreed (WebAssembly JavaScript interface, section
//! "Implementation-defined limits"), so that a module is accepted here exactly if it is elsewhere.

/// Bytes of a module: offsets in it fit into 32 bits.
pub(crate) const MODULE_BYTES: usize = 1 << 30;
/// Bytes of a name.
pub(crate) const NAME_BYTES: usize = 100_000;
/// Types of a module, and of a recursion group.
pub(crate) const TYPES: usize = 1_000_000;
/// Fields of a structure.
pub(crate) const STRUCT_FIELDS: usize = 10_000;
/// Supertypes above a type, one above the other.
pub(crate) const SUBTYPING_DEPTH: usize = 63;
/// Parameters of a function.
pub(crate) const PARAMS: usize = 1_000;
/// Results of a function.
pub(crate) const RESULTS: usize = 1_000;
/// Imports of a module.
pub(crate) const IMPORTS: usize = 1_000_000;
/// Exports of a module.
pub(crate) const EXPORTS: usize = 1_000_000;
/// Functions of a module, imported ones included.
pub(crate) const FUNCTIONS: usize = 1_000_000;
/// Tables of a module, imported ones included.
pub(crate) const TABLES: usize = 100_000;
/// Memories of a module, imported ones included.
pub(crate) const MEMORIES: usize = 100;
/// Globals of a module, imported ones included.
pub(crate) const GLOBALS: usize = 1_000_000;
/// Tags of a module, imported ones included.
pub(crate) const TAGS: usize = 1_000_000;
/// Element segments of a module.
pub(crate) const ELEMENT_SEGMENTS: usize = 100_000;
/// Data segments of a module.
pub(crate) const DATA_SEGMENTS: usize = 100_000;
/// Bytes of a function's body.
pub(crate) const BODY_BYTES: usize = 7_654_321;
/// Locals of a function, parameters included.
pub(crate) const LOCALS: u32 = 50_000;
/// Catch clauses of a `try_table`.
pub(crate) const CATCHES: usize = 10_000;
/// Elements of an element segment.
pub(crate) const ELEMENTS: usize = 10_000_000;
/// Operands on the stack at the same time. The only limit of our own: calls with many results
/// could otherwise make the stack much larger than the body.
pub(crate) const OPERANDS: usize = 1_000_000;
