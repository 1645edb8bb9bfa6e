//! Machine code with the records of an instance, made by hand.
//!
//! The identity of a type is its index, and the type 1 is a subtype of the type 0. What the runtime is called for is
//! noted, and not done: memories and tables do not grow, and everything but filling a memory leaves an error.

use core::cell::RefCell;
use core::mem::offset_of;

use crate::compile::RuntimeFunction;
use crate::compile::object::Object;
use crate::runtime::layout::{VmContext, VmFunction, VmMemory, VmTable};
use crate::sys::machine_code::{Code, Registers, foreign_code, trap_code};

const CONTEXT_WORDS: usize = 64;
const FUNCTION_WORDS: usize = size_of::<VmFunction>() / 8;

/// What a function of the runtime gives back.
#[repr(C)]
struct Outcome {
    value: u64,
    failed: u64,
}

type Runtime = extern "sysv64" fn(u64, u64, u64, u64, u64, u64) -> Outcome;

thread_local! {
    /// The last call of the runtime: the context and the arguments.
    static LAST: RefCell<[u64; 6]> = const { RefCell::new([0; 6]) };
}

/// Defines functions of the runtime that note their arguments.
macro_rules! runtime {
    ($($name:ident($actual:ident $expected:ident) = $value:expr, $failed:literal;)*) => {
        $(extern "sysv64" fn $name(context: u64, $actual: u64, $expected: u64, c: u64, d: u64, e: u64) -> Outcome {
            LAST.set([context, $actual, $expected, c, d, e]);
            Outcome { value: $value, failed: $failed }
        })*
    };
}

runtime! {
    fails(a b) = 0, 1;
    does_not_grow(a b) = u32::MAX.into(), 0;
    fills(a b) = 0, 0;
    is_subtype(actual expected) = u64::from(actual == expected || (actual, expected) == (1, 0)), 0;
}

fn runtime_functions() -> Vec<Runtime> {
    let all = RuntimeFunction::ALL.iter();
    all.map(|(function, _)| match function {
        RuntimeFunction::MemoryGrow | RuntimeFunction::TableGrow => does_not_grow as Runtime,
        RuntimeFunction::MemoryFill => fills,
        RuntimeFunction::IsSubtype => is_subtype,
        _ => fails,
    })
    .collect()
}

/// Code, and what its instance has besides a memory.
pub(super) struct Compiled {
    pub(super) code: Code,
    /// Where each function begins in the code (none for one that the host has), and its type.
    pub(super) functions: Vec<(Option<usize>, u32)>,
    /// The function that each element of each table refers to.
    pub(super) tables: Vec<Vec<Option<usize>>>,
    /// Below this the stack pointer must not get.
    pub(super) stack_limit: u64,
}

impl Compiled {
    /// Calls the first function that is not the host's, with a memory.
    pub(super) fn call(&self, memory: &mut [u8], registers: Registers) -> Registers {
        let mut functions = self.functions.iter();
        let own = functions.position(|function| function.0.is_some());
        self.call_function(own.unwrap(), memory, registers)
    }

    /// Calls a function.
    pub(super) fn call_function(
        &self,
        index: usize,
        memory: &mut [u8],
        registers: Registers,
    ) -> Registers {
        let records = Records::new(self, memory);
        let function = &records.functions[index];
        let entry = function[offset_of!(VmFunction, machine.call) / 8];
        self.code.call(function, entry, memory, registers)
    }

    /// The trap that a call ends in.
    pub(super) fn trap(&self, memory: &mut [u8], registers: Registers) -> Option<u8> {
        self.code.trap(|| {
            self.call(memory, registers);
        })
    }

    /// The arguments of the last call of the runtime.
    pub(super) fn runtime_arguments() -> [u64; 5] {
        let [_, arguments @ ..] = LAST.take();
        arguments
    }
}

/// Records, which refer to each other.
struct Records {
    functions: Vec<[u64; FUNCTION_WORDS]>,
    /// What they refer to.
    _context: Box<[u64; CONTEXT_WORDS]>,
    _memory: Box<VmMemory>,
    _elements: Vec<Vec<u64>>,
    _tables: Vec<VmTable>,
    _addresses: [Vec<u64>; 2],
    _type_ids: Vec<u32>,
    _runtime: Vec<Runtime>,
}

impl Records {
    fn new(compiled: &Compiled, memory: &mut [u8]) -> Records {
        let mut context = Box::new([0; CONTEXT_WORDS]);
        let functions: Vec<_> = compiled
            .functions
            .iter()
            .map(|&(start, ty)| {
                let mut words = [0; FUNCTION_WORDS];
                words[offset_of!(VmFunction, context) / 8] = context.as_ptr() as u64;
                words[offset_of!(VmFunction, type_id) / 8] = ty.into();
                let entry = u64::from(Object::EXTERNAL_ENTRY);
                let start = start.map(|start| compiled.code.address() + start as u64 + entry);
                words[offset_of!(VmFunction, machine.call) / 8] =
                    start.unwrap_or_else(foreign_code);
                words
            })
            .collect();
        let references: Vec<_> = functions
            .iter()
            .map(|words| words.as_ptr() as u64)
            .collect();
        let reference = |function: &Option<usize>| function.map_or(0, |index| references[index]);
        let mut elements: Vec<Vec<u64>> = compiled
            .tables
            .iter()
            .map(|table| table.iter().map(reference).collect())
            .collect();
        let tables: Vec<_> = elements
            .iter_mut()
            .map(|elements| VmTable {
                elements: elements.as_mut_ptr(),
                size: elements.len(),
            })
            .collect();
        let table_addresses: Vec<_> = tables
            .iter()
            .map(|table| &raw const *table as u64)
            .collect();
        let memory = Box::new(VmMemory {
            base: memory.as_mut_ptr(),
            fast_limit: memory.len().saturating_sub(15),
            size_bytes: memory.len(),
        });
        let type_ids: Vec<u32> = (0..100).collect();
        let runtime = runtime_functions();
        for (at, word) in [
            (
                offset_of!(VmContext, machine.stack_limit),
                compiled.stack_limit,
            ),
            (offset_of!(VmContext, machine.trap), trap_code()),
            (
                offset_of!(VmContext, machine.memory_base),
                memory.base as u64,
            ),
            (
                offset_of!(VmContext, machine.runtime_functions),
                runtime.as_ptr() as u64,
            ),
            (
                offset_of!(VmContext, machine.type_ids),
                type_ids.as_ptr() as u64,
            ),
            (offset_of!(VmContext, memory0), &raw const *memory as u64),
            (offset_of!(VmContext, functions), references.as_ptr() as u64),
            (
                offset_of!(VmContext, tables),
                table_addresses.as_ptr() as u64,
            ),
        ] {
            context[at / 8] = word;
        }
        Records {
            functions,
            _context: context,
            _memory: memory,
            _elements: elements,
            _tables: tables,
            _addresses: [references, table_addresses],
            _type_ids: type_ids,
            _runtime: runtime,
        }
    }
}
