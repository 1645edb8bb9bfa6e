//! Inlining: the body of a small function in place of a call.
//!
//! Input: a call of a function of the module, facts about that, and what is likely. Output: the operators of the
//! callee, read as if they stood in the caller; where it is only likely which function is called, a condition before
//! them, and a call for when it does not hold. Holds: what is inlined depends on the module and the profile alone; all
//! inlined bodies together are not much longer than the function itself; every position in them says by which calls it
//! is reached, so that backtraces have all functions; fuel is charged where the callee would.

use alloc::vec::Vec;

use super::control::Kind;
use super::numbering::Moment;
use super::{Builder, NONE};
use crate::compile::ir::ops::Op;
use crate::compile::ir::{BlockId, IndirectCall, List, Type, Value};
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
    otherwise: Option<Otherwise>,
}

/// What is done where another function is called than the one that is inlined.
struct Otherwise {
    /// The edge that leads there.
    edge: u32,
    call: IndirectCall,
    arguments: List,
    position: u32,
    known_until: Moment,
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
        let Some(candidate) = self.inlinable(index)? else {
            return Ok(false);
        };
        self.enter_body(index, candidate, None);
        Ok(true)
    }

    /// Goes on in the body of the function that a call most often calls, if it is worth it, and if `callee` is equal to
    /// `expected`; otherwise `call` is what is done. The arguments are the topmost operands.
    pub(super) fn inline_likely(
        &mut self,
        index: u32,
        [callee, expected]: [Value; 2],
        call: IndirectCall,
    ) -> Result<bool, Error> {
        let Some(candidate) = self.inlinable(index)? else {
            return Ok(false);
        };
        let op = match self.function.ty(callee) {
            Type::I32 => Op::I32Eq,
            _ => Op::I64Eq,
        };
        let is_it = self.simplified(op, [callee.0, expected.0, 0]);
        let position = self.position;
        let params = self.module.func_type(call.ty).params().len();
        let arguments = self.list_of_topmost(params);
        let known_until = self.work.numbering.moment();
        let edge = self.branch_or_else(is_it);
        self.enter_body(
            index,
            candidate,
            Some(Otherwise {
                edge,
                call,
                arguments,
                position,
                known_until,
            }),
        );
        Ok(true)
    }

    fn enter_body(
        &mut self,
        index: u32,
        Candidate {
            facts,
            reader,
            locals,
        }: Candidate<'a>,
        otherwise: Option<Otherwise>,
    ) {
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
            otherwise,
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
    }

    /// At the end of a body that was inlined because it was likely: calls what is called otherwise.
    pub(super) fn end_likely(&mut self, at: usize) {
        let last = self.callers.last_mut();
        let Some(otherwise) = last.and_then(|caller| caller.otherwise.take()) else {
            return;
        };
        if self.block != BlockId::NONE {
            self.jump_to(at);
        }
        let height = self.work.frames[at].height as usize;
        self.work.stack.truncate(height);
        self.work.numbering.undo(otherwise.known_until);
        self.block = self.new_block();
        self.function.edges[otherwise.edge as usize].to = self.block;
        self.position = otherwise.position;
        // Nothing that is known of memories and globals survives it.
        self.add_indirect_call(otherwise.call, otherwise.arguments);
        self.jump_to(at);
    }

    /// Finds out how often a function must have been called to be inlined, if not all that are small enough may be.
    pub(super) fn choose_inlined(&mut self) {
        if !self.inlines || !self.profile.knows_calls() {
            return;
        }
        let module = self.module;
        let mut callees = Vec::new();
        for &index in self.facts.callees() {
            let Some(defined) = index.checked_sub(module.imported_functions) else {
                continue;
            };
            let facts = module.bodies[defined as usize].facts.get();
            let operators = facts.map_or(0, FuncFacts::operator_count);
            if (1..=MOST_OPERATORS_IN_LOOP).contains(&operators) {
                callees.push((self.profile.calls(index), operators));
            }
        }
        callees.sort_unstable();
        let mut left = self.most_inlined;
        while let Some((calls, operators)) = callees.pop() {
            match left.checked_sub(operators) {
                Some(rest) => left = rest,
                None => {
                    self.least_calls = calls.saturating_add(1);
                    return;
                }
            }
        }
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
            || self.least_calls > 0 && self.profile.calls(index) < self.least_calls
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
