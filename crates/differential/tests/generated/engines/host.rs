//! What the host does when generated code calls it: the same in all engines.
//!
//! Input: arguments. Output: results, or an error now and then; a record of the calls. Holds: what is done depends
//! only on how many calls there were before. Sometimes the host calls the guest in turn.

use super::{Agreement, Failure, list};
use crate::random::Random;
use crate::value::{Type, Value};

/// How many calls are recorded one by one between two looks.
const RECORDED: usize = 100;

/// The host's part of a store.
pub(crate) struct Host {
    random: Random,
    agreement: Agreement,
    calls: Vec<String>,
    /// Calls that are only counted.
    more: u64,
    /// How many calls of the host wait for the guest.
    depth: u32,
}

/// How deep the host calls the guest in turn.
const MAX_DEPTH: u32 = 3;

/// Why a call of the host failed.
#[derive(Debug)]
pub(crate) struct Refused;

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("refused by the host")
    }
}

impl std::error::Error for Refused {}

impl Host {
    pub(crate) fn new(seed: u64, agreement: Agreement) -> Host {
        Host {
            random: Random::new(seed),
            agreement,
            calls: Vec::new(),
            more: 0,
            depth: 0,
        }
    }

    /// A value for something that is imported, or that a call returns.
    pub(crate) fn value(&mut self, ty: Type) -> Value {
        Value::interesting(&mut self.random, ty)
    }

    /// Is called by the guest.
    pub(crate) fn call(
        &mut self,
        name: &str,
        arguments: &[Value],
        results: impl Iterator<Item = Type>,
    ) -> Result<Vec<Value>, Refused> {
        let arguments = list(arguments, self.agreement);
        self.record(format!("host {name}({arguments})"));
        let results = results.map(|ty| self.value(ty)).collect();
        match self.random.is_one_in(32) {
            true => Err(Refused),
            false => Ok(results),
        }
    }

    /// Whether the host is about to call the guest, which of so many functions.
    pub(crate) fn enter(&mut self, functions: usize) -> Option<usize> {
        if functions == 0 || self.depth == MAX_DEPTH || !self.random.is_one_in(4) {
            return None;
        }
        self.depth += 1;
        Some(self.random.below(functions as u64) as usize)
    }

    /// Is told how such a call has ended. If it has failed, this call of the host fails too, or goes on.
    pub(crate) fn leave(&mut self, outcome: Result<(), &Failure>) -> Result<(), Refused> {
        self.depth -= 1;
        let trap = match outcome {
            Ok(()) => "",
            Err(Failure::Exhausted) => return Err(Refused),
            Err(Failure::Trap(trap)) => trap,
        };
        self.record(format!("back in the host {trap}"));
        match outcome.is_err() && self.random.is_one_in(2) {
            true => Err(Refused),
            false => Ok(()),
        }
    }

    fn record(&mut self, what: String) {
        if self.calls.len() < RECORDED {
            self.calls.push(what);
        } else {
            self.more += 1;
        }
    }

    /// The calls since the last look.
    pub(crate) fn take_calls(&mut self) -> Vec<String> {
        let mut calls = std::mem::take(&mut self.calls);
        if self.more > 0 {
            calls.push(format!("host {} times more", self.more));
            self.more = 0;
        }
        calls
    }
}
