//! The locals of a body while it is translated.
//!
//! Input: the parameters and the beginning of the body. Output: slot, type and state of each local.
//! Holds: the work is in proportion to the parameters and the bytes of the body, however many locals it
//! declares. Locals have numbers: the first ones their indices, and those further behind, which a
//! reasonable body does not have, the next numbers in the order in which the operators name them.

use crate::ordered_map::OrderedMap;
use alloc::vec::Vec;
use core::ops::{Index, IndexMut};

use crate::decode::locals::{LocalRun, LocalRuns};
use crate::decode::reader::Reader;
use crate::error::Error;
use crate::interp::execute::select::Class;
use crate::module::Module;
use crate::wasm::types::ValType;

/// A local.
#[derive(Copy, Clone)]
pub(super) struct Local {
    pub(super) slot: u16,
    pub(super) class: Class,
    /// Whether it has been set wherever the code being translated is reached.
    pub(super) is_set: bool,
}

/// Locals of one type that are not numbered by their indices.
#[derive(Copy, Clone)]
struct Run {
    /// The index behind the last one.
    end: u32,
    /// The slot behind the last one's.
    end_slot: u16,
    ty: ValType,
}

/// The locals of a body.
#[derive(Default)]
pub(super) struct Locals {
    numbered: Vec<Local>,
    /// How many of the first locals are numbered by their indices.
    by_index: u32,
    runs: Vec<Run>,
    /// The numbers of locals behind those that are numbered by their indices.
    far: OrderedMap<u32, u32>,
}

impl Locals {
    /// Starts over with the parameters, which have slots from `first_param` on, and what the body, whose reader
    /// moves to the first operator, declares, which has slots from `first_declared` on. So many locals are numbered
    /// by their indices that the work stays in proportion to the body. Returns the slot behind the last one; if
    /// frames cannot have as many, the slots of the locals mean nothing.
    pub(super) fn reset(
        &mut self,
        module: &Module,
        params: &[ValType],
        first_param: usize,
        first_declared: usize,
        body: &mut Reader<'_>,
    ) -> Result<usize, Error> {
        self.numbered.clear();
        self.runs.clear();
        self.far.clear();
        let mut slots = first_param;
        for &ty in params {
            self.numbered.push(Local {
                slot: slots as u16,
                class: ty.into(),
                is_set: true,
            });
            slots += ty.slots();
        }
        slots = first_declared;
        let one_by_one = params.len().max(64 + 2 * body.remaining());
        let mut runs = LocalRuns::read(body, params.len() as u32)?;
        while let Some(LocalRun { start, count, ty }) = runs.next_run(body, module)? {
            let (start, count) = (start as usize, count as usize);
            let near = count.min(one_by_one.saturating_sub(start));
            self.numbered.extend((0..near).map(|index| Local {
                slot: (slots + index * ty.slots()) as u16,
                class: ty.into(),
                is_set: false,
            }));
            slots += count * ty.slots();
            if near < count {
                self.runs.push(Run {
                    end: (start + count) as u32,
                    end_slot: slots as u16,
                    ty,
                });
            }
        }
        self.by_index = self.numbered.len() as u32;
        Ok(slots)
    }

    /// How many locals have a number.
    pub(super) fn numbered(&self) -> usize {
        self.numbered.len()
    }

    /// The number of the local with an index, if it has one.
    #[inline]
    pub(super) fn number(&self, index: u32) -> Option<u32> {
        if index < self.by_index {
            Some(index)
        } else {
            self.far_number(index)
        }
    }

    #[cold]
    fn far_number(&self, index: u32) -> Option<u32> {
        self.far.get(&index).copied()
    }

    /// Gives the constant vector in `slot` the next number, as that of a local that is set everywhere.
    pub(super) fn add_constant(&mut self, slot: u16) -> u32 {
        let number = self.numbered.len() as u32;
        self.numbered.push(Local {
            slot,
            class: Class::Vector,
            is_set: true,
        });
        number
    }

    /// Gives the local with an index, which has none, the next number. A frame can have all locals.
    #[cold]
    pub(super) fn add(&mut self, index: u32) -> u32 {
        let run = self.runs.partition_point(|run| run.end <= index);
        let Run { end, end_slot, ty } = self.runs[run];
        let number = self.numbered.len() as u32;
        self.numbered.push(Local {
            slot: end_slot - (end - index) as u16 * ty.slots() as u16,
            class: ty.into(),
            is_set: false,
        });
        self.far.insert(index, number);
        number
    }
}

impl Index<u32> for Locals {
    type Output = Local;

    #[inline]
    fn index(&self, number: u32) -> &Local {
        &self.numbered[number as usize]
    }
}

impl IndexMut<u32> for Locals {
    #[inline]
    fn index_mut(&mut self, number: u32) -> &mut Local {
        &mut self.numbered[number as usize]
    }
}
