//! The reasons for which execution stops without a result.
//!
//! Holds: every reason has one message, which begins with the words that the specification's test
//! suite expects, and the numbers of the variants are stable.

use core::fmt;

/// Why WebAssembly execution stopped abnormally.
///
/// Obtained from an [`Error`](crate::Error) with [`Error::trap`](crate::Error::trap) or
/// [`Error::downcast_ref`](crate::Error::downcast_ref).
/// See the [specification, section 4.6](https://webassembly.github.io/spec/core/exec/instructions.html).
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Trap {
    /// The stack limit of the store was reached.
    StackOverflow = 0,
    /// A load, a store or a bulk operation outside a memory.
    MemoryOutOfBounds = 1,
    /// An atomic access at an address that is not a multiple of its width.
    HeapMisaligned = 2,
    /// An access outside a table.
    TableOutOfBounds = 3,
    /// An indirect call through a null table element.
    IndirectCallToNull = 4,
    /// An indirect call whose callee has another type than the call expects.
    BadSignature = 5,
    /// An integer division or conversion whose result does not fit.
    IntegerOverflow = 6,
    /// An integer division or remainder by zero.
    IntegerDivisionByZero = 7,
    /// A conversion of a not-a-number to an integer.
    BadConversionToInteger = 8,
    /// The `unreachable` instruction.
    UnreachableCodeReached = 9,
    /// The host asked for an interruption, or a deadline passed.
    Interrupt = 10,
    /// The store's fuel is used up.
    OutOfFuel = 11,
    /// `memory.atomic.wait` on a memory that is not shared.
    AtomicWaitNonSharedMemory = 12,
    /// An operation on a null reference that needs a non-null one.
    NullReference = 13,
    /// An access outside an array.
    ArrayOutOfBounds = 14,
    /// An allocation beyond what the implementation can provide.
    AllocationTooLarge = 15,
    /// A cast of a reference to a type that it does not have.
    CastFailure = 16,
    /// An exception that no handler caught.
    UnhandledException = 17,
}

impl Trap {
    /// Every trap, at the position of its number.
    pub(crate) const ALL: [Trap; 18] = [
        Trap::StackOverflow,
        Trap::MemoryOutOfBounds,
        Trap::HeapMisaligned,
        Trap::TableOutOfBounds,
        Trap::IndirectCallToNull,
        Trap::BadSignature,
        Trap::IntegerOverflow,
        Trap::IntegerDivisionByZero,
        Trap::BadConversionToInteger,
        Trap::UnreachableCodeReached,
        Trap::Interrupt,
        Trap::OutOfFuel,
        Trap::AtomicWaitNonSharedMemory,
        Trap::NullReference,
        Trap::ArrayOutOfBounds,
        Trap::AllocationTooLarge,
        Trap::CastFailure,
        Trap::UnhandledException,
    ];

    /// The trap's message, which begins with the words of the specification's test suite.
    pub const fn message(self) -> &'static str {
        match self {
            Trap::StackOverflow => "call stack exhausted",
            Trap::MemoryOutOfBounds => "out of bounds memory access",
            Trap::HeapMisaligned => "unaligned atomic",
            Trap::TableOutOfBounds => "out of bounds table access",
            Trap::IndirectCallToNull => "uninitialized element",
            Trap::BadSignature => "indirect call type mismatch",
            Trap::IntegerOverflow => "integer overflow",
            Trap::IntegerDivisionByZero => "integer divide by zero",
            Trap::BadConversionToInteger => "invalid conversion to integer",
            Trap::UnreachableCodeReached => "unreachable",
            Trap::Interrupt => "interrupted",
            Trap::OutOfFuel => "out of fuel",
            Trap::AtomicWaitNonSharedMemory => "expected shared memory",
            Trap::NullReference => "null reference",
            Trap::ArrayOutOfBounds => "out of bounds array access",
            Trap::AllocationTooLarge => "allocation size too large",
            Trap::CastFailure => "cast failure",
            Trap::UnhandledException => "unhandled exception",
        }
    }
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl core::error::Error for Trap {}

#[cfg(test)]
mod tests {
    use super::Trap;

    #[test]
    fn numbers_are_positions() {
        for (index, &trap) in Trap::ALL.iter().enumerate() {
            assert_eq!(trap as usize, index);
        }
    }
}
