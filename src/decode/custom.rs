//! Reads custom sections: all are kept, and names and branch hints are understood.
//!
//! Input: a custom section. Output: names, branch hints, and the section itself.
//! Holds: content that cannot be understood is no error; what stands before it is used.
//!
//! Reference: [specification, appendix "Custom sections"](https://webassembly.github.io/spec/core/appendix/custom.html).

use alloc::vec::Vec;
use core::ops::Range;

use super::Decoder;
use super::reader::Reader;
use crate::error::Error;
use crate::module::CustomSection;

/// A range within a module, whose offsets fit into 32 bits.
fn range_u32(range: Range<usize>) -> Range<u32> {
    range.start as u32..range.end as u32
}

impl Decoder<'_, '_> {
    pub(super) fn custom_section(
        &mut self,
        bytes: &[u8],
        reader: &mut Reader<'_>,
    ) -> Result<(), Error> {
        let name = reader.read_name()?;
        let range = reader.position()..reader.position() + reader.remaining();
        // A failure ends the reading of what is optional, and of nothing else.
        let _ = match name {
            "name" => self.names(bytes, reader),
            "metadata.code.branch_hint" => self.branch_hints(reader),
            _ => Ok(()),
        };
        self.module.custom_sections.push(CustomSection {
            name: name.into(),
            range: range_u32(range),
        });
        Ok(())
    }

    fn names(&mut self, bytes: &[u8], reader: &mut Reader<'_>) -> Result<(), Error> {
        const MODULE: u8 = 0;
        const FUNCTIONS: u8 = 1;
        while !reader.is_at_end() {
            let kind = reader.read_u8()?;
            let range = reader.read_size("a subsection")?;
            reader.skip_to(range.end);
            let mut content = Reader::new(bytes, range);
            match kind {
                MODULE => self.module.names.module = Some(read_name_range(&mut content)?),
                FUNCTIONS => self.function_names(&mut content)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn function_names(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let functions = &mut self.module.names.functions;
        let count = reader.read_u32()?;
        for _ in 0..count {
            let index = reader.read_u32()?;
            let range = read_name_range(reader)?;
            // The indices are ascending, so that each has one name.
            if functions.last().is_some_and(|(last, _)| *last >= index) {
                break;
            }
            functions.push((index, range));
        }
        Ok(())
    }

    fn branch_hints(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        for _ in 0..reader.read_u32()? {
            let function = reader.read_u32()?;
            let mut hints: Vec<(u32, bool)> = Vec::new();
            for _ in 0..reader.read_u32()? {
                let offset = reader.read_u32()?;
                let size = reader.read_u32()?;
                let value = reader.read_u8()?;
                if size != 1 || value > 1 || hints.last().is_some_and(|(last, _)| *last >= offset) {
                    return Ok(());
                }
                hints.push((offset, value == 1));
            }
            self.module.branch_hints.insert(function, hints);
        }
        Ok(())
    }
}

fn read_name_range(reader: &mut Reader<'_>) -> Result<Range<u32>, Error> {
    let name = reader.read_name()?;
    let end = reader.position();
    Ok(range_u32(end - name.len()..end))
}
