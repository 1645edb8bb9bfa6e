//! Reads the locals that a body declares.
//!
//! Input: a reader at the beginning of a body. Output: [`LocalRun`]s, then the reader at the first operator.
//! Holds: the parameters and the locals of all runs together are within [`limits::LOCALS`].
//!
//! Reference: [specification, section 5.5.13](https://webassembly.github.io/spec/core/binary/modules.html#code-section).

use alloc::format;

use super::limits;
use super::reader::Reader;
use super::types::{TypeContext, read_val_type};
use crate::error::Error;
use crate::wasm::types::ValType;

/// Locals of one type that are declared together.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct LocalRun {
    /// The index of the first one.
    pub(crate) start: u32,
    /// How many they are.
    pub(crate) count: u32,
    /// Their type.
    pub(crate) ty: ValType,
}

/// The runs that are not read yet.
pub(crate) struct LocalRuns {
    left: usize,
    /// The index of the next local.
    next: u32,
}

impl LocalRuns {
    /// Reads how many runs follow. `params` is how many locals there are without them.
    pub(crate) fn read(reader: &mut Reader<'_>, params: u32) -> Result<LocalRuns, Error> {
        Ok(LocalRuns {
            left: reader.read_count("runs of locals", limits::BODY_BYTES)?,
            next: params,
        })
    }

    /// Reads the next run, if there is one.
    pub(crate) fn next_run(
        &mut self,
        reader: &mut Reader<'_>,
        context: &impl TypeContext,
    ) -> Result<Option<LocalRun>, Error> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        let offset = reader.position();
        let (start, count) = (self.next, reader.read_u32()?);
        let ty = read_val_type(reader, context)?;
        let end = start.checked_add(count);
        let Some(end) = end.filter(|&end| end <= limits::LOCALS) else {
            let message = format!("too many locals: the limit is {}", limits::LOCALS);
            return Err(Error::malformed(offset, message));
        };
        self.next = end;
        Ok(Some(LocalRun { start, count, ty }))
    }
}
