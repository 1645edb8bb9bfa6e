//! The groups of cases, one file each.
//!
//! Input: the programs, and small modules written here. Output: [`Group`]s. Holds: a group is one table.

mod calls;
mod execute;
mod footprint;

mod idle;
mod instantiate;
mod long;
mod memory;
mod startup;
mod translate;

use crate::measure::{Case, Column, engines, modes};

/// Cases with one unit and one set of columns.
pub struct Group {
    pub name: &'static str,
    pub columns: Vec<Column>,
    pub cases: Vec<Case>,
}

/// A line of the table of groups.
pub struct Definition {
    pub name: &'static str,
    pub about: &'static str,
    make: fn() -> Group,
}

impl Definition {
    pub fn group(&self) -> Group {
        (self.make)()
    }
}

fn group(name: &'static str, columns: Vec<Column>, cases: Vec<Case>) -> Group {
    Group {
        name,
        columns,
        cases,
    }
}

/// All groups, in the order in which they are measured.
pub const TABLE: &[Definition] = &[
    Definition {
        name: "execute",
        about: "a call of a long-running export",
        make: || group("execute", engines(), execute::cases()),
    },
    Definition {
        name: "translate",
        about: "bytes to a module, in each mode",
        make: || group("translate", engines(), translate::cases()),
    },
    Definition {
        name: "calls",
        about: "one call between host and guest, or guest and guest",
        make: || group("calls", engines(), calls::cases()),
    },
    Definition {
        name: "instantiate",
        about: "a store with an instance of a translated module, and its end",
        make: || group("instantiate", engines(), instantiate::cases()),
    },
    Definition {
        name: "startup",
        about: "a new process: bytes to an instance and to a result, and peak memory",
        make: || group("startup", modes(), startup::cases()),
    },
    Definition {
        name: "long",
        about: "a new process: bytes to an instance and to the result of a long run",
        make: || group("long", engines(), long::cases()),
    },
    Definition {
        name: "idle",
        about: "resident memory and mappings of an instance",
        make: || group("idle", engines(), idle::cases()),
    },
    Definition {
        name: "memory",
        about: "bytes of the heap of a module and of an instance",
        make: || group("memory", engines(), memory::cases()),
    },
    Definition {
        name: "footprint",
        about: "build time, crates, sizes, and hello world from the shell; builds every engine",
        make: || group("footprint", engines(), footprint::cases()),
    },
];
