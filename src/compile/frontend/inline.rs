//! Inlining: the body of a small function in place of a call.
//!
//! Input: a call of a function of the module, and facts about that. Output: the operators of the callee, read as if
//! they stood in the caller. Holds: what is inlined depends on the module alone; all inlined bodies together are not
//! much longer than the function itself; every position in them says by which calls it is reached, so that backtraces
//! have all functions; fuel is charged where the callee would.

use alloc::vec::Vec;

use super::control::Kind;
use super::{Builder, NONE};
use crate::compile::ir::{List, Type, Value};
use crate::compile::object::InlineSite;
use crate::decode::locals::LocalRuns;
use crate::decode::reader::Reader;
use crate::error::Error;
use crate::module::facts::FuncFacts;
use crate::validate;

/// How many calls deep bodies are inlined.
const MOST_DEPTH: usize = 3;
/// How many operators a callee may have: about as many as the call and what is around it has instructions.
const MOST_OPERATORS: u32 = 10;
/// How many it may have where a loop calls it, so that it is probably executed often.
const MOST_OPERATORS_IN_LOOP: u32 = 24;
/// How many values the locals of a callee may be: each needs one, used or not.
const MOST_LOCALS: usize = 24;
/// All that is inlined in a function may have so many operators, and as many more as the function has.
const OPERATORS_AT_LEAST: u32 = 64;

/// A body that goes on where the one that it calls ends.
pub(super) struct Caller<'a> {
    reader: Reader<'a>,
    facts: &'a FuncFacts,
    function_index: u32,
    construct: u32,
    first_local: usize,
    function_frame: usize,
    charge: Value,
    site: u32,
}

/// A function that is worth being inlined.
struct Candidate<'a> {
    facts: &'a FuncFacts,
    /// At its first operator.
    reader: Reader<'a>,
    /// The types of its locals without parameters.
    locals: Vec<Type>,
}

impl<'a> Builder<'a> {
    /// Where the present operator stands, as nodes have it.
    pub(super) fn operator_position(&mut self) -> u32 {
        let position = self.reader.position() as u32;
        match self.site {
            NONE => position,
            site => self.function.inlined_position(position, site),
        }
    }

    /// Goes on in the body of a function, whose arguments are the topmost operands, if it is worth it.
    pub(super) fn inline(&mut self, index: u32) -> Result<bool, Error> {
        let Some(Candidate {
            facts,
            reader,
            locals,
        }) = self.inlinable(index)?
        else {
            return Ok(false);
        };
        self.inlined_operators += facts.operator_count();
        let ty = self.module.functions[index as usize];
        let params = self.module.func_type(ty).params().len();
        let work = &mut *self.work;
        let height = work.stack.len() - params;
        let caller = Caller {
            reader: core::mem::replace(&mut self.reader, reader),
            facts: core::mem::replace(&mut self.facts, facts),
            function_index: core::mem::replace(&mut self.function_index, index),
            construct: core::mem::take(&mut self.construct),
            first_local: core::mem::replace(&mut self.first_local, work.locals.len()),
            function_frame: core::mem::replace(&mut self.function_frame, work.frames.len()),
            charge: core::mem::replace(&mut self.charge, Value::NONE),
            site: self.site,
        };
        work.locals.extend_from_slice(&work.stack[height..]);
        work.stack.truncate(height);
        let params = self.module.func_type(ty).params();
        work.local_types
            .extend(params.iter().map(|&ty| Type::of(ty)));
        work.local_types.extend_from_slice(&locals);
        work.seen.resize(work.local_types.len(), NONE);
        self.site = self.function.add_site(InlineSite {
            function: index - self.module.imported_functions,
            position: self.function.raw_position(self.position),
            parent: caller.site,
        });
        self.callers.push(caller);
        self.zero_locals();
        self.enter_inlined(ty);
        Ok(true)
    }

    /// What is needed of a function if it is worth being inlined here.
    fn inlinable(&mut self, index: u32) -> Result<Option<Candidate<'a>>, Error> {
        let module = self.module;
        let most = match self.loops {
            0 => MOST_OPERATORS,
            _ => MOST_OPERATORS_IN_LOOP,
        };
        let Some(defined) = index.checked_sub(module.imported_functions) else {
            return Ok(None);
        };
        // Each operator has a byte.
        let body = module.bodies[defined as usize].range.clone();
        let is_active = |caller: &Caller<'_>| caller.function_index == index;
        if !self.inlines
            || body.len() > 8 * most as usize
            || self.callers.len() == MOST_DEPTH
            || self.function_index == index
            || self.callers.iter().any(is_active)
        {
            return Ok(None);
        }
        // A body that is not valid is an error of its first call.
        let Ok(facts) = validate::facts(module, defined, &mut self.work.scratch) else {
            return Ok(None);
        };
        let operators = facts.operator_count();
        if operators > most
            || self.inlined_operators + operators > self.most_inlined
            || facts.has_loop()
            || facts.not_executable().is_some()
            || facts.callees().binary_search(&index).is_ok()
        {
            return Ok(None);
        }
        let mut reader = Reader::new(&module.bytes, body.start as usize..body.end as usize);
        let params = module.function_type(index).params().len();
        let mut locals = Vec::new();
        let mut runs = LocalRuns::read(&mut reader, params as u32)?;
        while let Some(run) = runs.next_run(&mut reader, module)? {
            let count = locals.len() + run.count as usize;
            if params + count > MOST_LOCALS {
                return Ok(None);
            }
            locals.resize(count, Type::of(run.ty));
        }
        Ok(Some(Candidate {
            facts,
            reader,
            locals,
        }))
    }

    fn enter_inlined(&mut self, ty: u32) {
        let start = self.work.assigned.len() as u32;
        let height = self.work.stack.len();
        self.push_function_frame(Kind::Inlined, ty, height, List { start, count: 0 });
    }

    /// Goes on behind a call whose callee was inlined and has ended.
    pub(super) fn leave_inlined(&mut self) {
        let Some(caller) = self.callers.pop() else {
            return;
        };
        let work = &mut *self.work;
        work.locals.truncate(self.first_local);
        work.local_types.truncate(self.first_local);
        work.seen.truncate(self.first_local);
        self.reader = caller.reader;
        self.facts = caller.facts;
        self.function_index = caller.function_index;
        self.construct = caller.construct;
        self.first_local = caller.first_local;
        self.function_frame = caller.function_frame;
        self.charge = caller.charge;
        self.site = caller.site;
    }

    /// How many operators of other functions may be inlined in a function.
    pub(super) fn most_inlined(facts: &FuncFacts) -> u32 {
        OPERATORS_AT_LEAST + facts.operator_count()
    }

    /// Calls a function in place of the one that is inlined: for the caller of that, it is as if it called this one.
    pub(super) fn inlined_return_call(&mut self, index: u32) {
        if let Some(caller) = self.callers.last() {
            let site = self.function.sites[self.site as usize];
            self.position = match caller.site {
                NONE => site.position,
                parent => self.function.inlined_position(site.position, parent),
            };
        }
        self.add_call_of(index);
        self.return_();
    }
}
