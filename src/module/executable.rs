//! What is valid and cannot be executed yet.
//!
//! Input: what validation came across. Output: the error with which engines refuse the module. Holds: which
//! instructions these are is said by [`Opcode::is_executable`] alone.

use alloc::format;
use alloc::string::String;

use super::Module;
use crate::error::Error;
use crate::wasm::features::Feature;
use crate::wasm::opcodes::Opcode;

/// Something in a module that no engine executes yet.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotExecutable {
    /// What it is.
    pub(crate) what: Construct,
    /// Where it stands in the module's bytes.
    pub(crate) offset: u32,
}

/// What cannot be executed.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Construct {
    /// An instruction.
    Instruction(Opcode),
    /// A memory that threads share.
    SharedMemory,
}

impl NotExecutable {
    /// The error for it where it stands outside of functions.
    #[cold]
    pub(crate) fn error(self) -> Error {
        self.error_of("the module")
    }

    /// The error for it in a function.
    #[cold]
    pub(crate) fn error_in_function(self, module: &Module, function_index: u32) -> Error {
        self.error_of(&format!("{}", module.function_label(function_index)))
    }

    fn error_of(self, user: &str) -> Error {
        let (what, feature) = match self.what {
            Construct::Instruction(opcode) => {
                let info = opcode.info();
                let restriction = match opcode {
                    Opcode::ReturnCall => " of an imported function",
                    _ => "",
                };
                (format!("`{}`{restriction}", opcode.name()), info.feature)
            }
            Construct::SharedMemory => (String::from("a shared memory"), Feature::Threads),
        };
        let message = format!(
            "{user} uses {what}, which belongs to the feature {feature}: wazir validates it, but cannot execute it yet"
        );
        Error::unsupported(Some(self.offset as usize), message)
    }
}
