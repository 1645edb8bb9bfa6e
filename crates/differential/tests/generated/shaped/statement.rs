//! Statements: assignments, loops, branches.

use wasm_encoder::{BlockType, Instruction, ValType};

use super::MAX_COST;
use super::body::{Body, Label, Role, encoded, is_division, menu};

/// How often a loop runs at most.
const MAX_TRIPS: u64 = 12;

/// How a loop counts.
#[derive(Copy, Clone)]
struct Count {
    local: u32,
    is_wide: bool,
    trips: i32,
}

impl Count {
    fn constant(self, value: i32) -> Instruction<'static> {
        if self.is_wide {
            Instruction::I64Const(i64::from(value))
        } else {
            Instruction::I32Const(value)
        }
    }

    /// The one for 64 bits or the one for 32.
    fn operator(
        self,
        wide: Instruction<'static>,
        narrow: Instruction<'static>,
    ) -> Instruction<'static> {
        if self.is_wide { wide } else { narrow }
    }

    fn add(self) -> Instruction<'static> {
        self.operator(Instruction::I64Add, Instruction::I32Add)
    }
}

impl Body<'_> {
    pub(super) fn statements(&mut self, depth: u32) {
        for _ in 0..1 + self.random().below(u64::from(depth) + 2) {
            self.statement(depth);
        }
    }

    pub(super) fn statement(&mut self, depth: u32) {
        if depth == 0 || self.is_full() {
            return self.emit(Instruction::Nop);
        }
        match self.random().below(32) {
            0..=5 => self.assign(depth),
            6..=8 => self.update(depth),
            9 | 10 => self.assign_global(depth),
            11..=14 => self.store(depth),
            15 | 16 => self.if_else(depth),
            17 | 18 => self.block(depth),
            19..=22 => self.loop_(depth),
            23 => self.leave(depth),
            24 => self.switch(depth),
            25 => self.bulk_memory(),
            26 => self.bulk_table(),
            27 | 28 => self.call_statement(depth),
            29 => self.assign_pointer(),
            30 => {
                let ty = self.plan.value_type();
                self.expression(ty, depth);
                self.emit(Instruction::Drop);
            }
            _ => self.swap(depth),
        }
    }

    /// `local = expression`
    fn assign(&mut self, depth: u32) {
        let ty = self.plan.value_type();
        self.expression(ty, depth);
        self.consume(ty);
    }

    /// `local = local operator something`
    fn update(&mut self, depth: u32) {
        let ty = self.plan.number();
        let Some(local) = self.local(ty, true) else {
            return self.assign(depth);
        };
        let operators = menu().operators.iter().find(|(other, _)| *other == ty);
        let is_update = |params: &[wasmparser::ValType]| {
            params.len() == 2 && params.iter().all(|param| encoded(*param) == ty)
        };
        let operators = operators.expect("each type has operators").1.iter();
        let operators: Vec<_> = operators.filter(|plain| is_update(&plain.params)).collect();
        let operator = **self.random().pick(&operators);
        if is_division(operator.name) || operator.name.contains("Copysign") || ty == ValType::V128 {
            self.apply(operator, depth);
        } else {
            self.emit(Instruction::LocalGet(local));
            if self.random().is_one_in(2) {
                self.constant(ty);
            } else {
                self.expression(ty, depth - 1);
            }
            self.emit_plain(operator, 0);
        }
        if self.random().is_one_in(4) {
            self.emit(Instruction::LocalTee(local));
            self.consume(ty);
        } else {
            self.emit(Instruction::LocalSet(local));
        }
    }

    fn assign_global(&mut self, depth: u32) {
        let ty = self.plan.value_type();
        self.expression(ty, depth);
        let globals = self.globals(ty, true);
        let global = *self.random().pick(&globals);
        self.emit(Instruction::GlobalSet(global));
    }

    /// Two locals of a type change places, by way of the stack.
    fn swap(&mut self, depth: u32) {
        let ty = self.plan.number();
        let (Some(first), Some(second)) = (self.local(ty, true), self.local(ty, true)) else {
            return self.assign(depth);
        };
        self.emit(Instruction::LocalGet(first));
        self.emit(Instruction::LocalGet(second));
        self.emit(Instruction::LocalSet(first));
        self.emit(Instruction::LocalSet(second));
    }

    fn if_else(&mut self, depth: u32) {
        self.condition(depth);
        self.emit(Instruction::If(BlockType::Empty));
        self.labels.push(Label::End(Vec::new()));
        self.statements(depth - 1);
        if self.random().is_one_in(2) {
            self.emit(Instruction::Else);
            self.statements(depth - 1);
        }
        self.labels.pop();
        self.emit(Instruction::End);
    }

    /// A block that is left early, perhaps.
    fn block(&mut self, depth: u32) {
        self.emit(Instruction::Block(BlockType::Empty));
        self.labels.push(Label::End(Vec::new()));
        self.statements(depth - 1);
        if self.random().is_one_in(2) {
            self.condition(depth);
            self.emit(Instruction::BrIf(0));
            self.statements(depth - 1);
        } else {
            self.leave(depth);
        }
        self.labels.pop();
        self.emit(Instruction::End);
    }

    /// Leaves a block, the function or everything on a condition.
    fn leave(&mut self, depth: u32) {
        self.condition(depth);
        let count = self.labels.len() as u64 + 1;
        let target = self.random().below(count) as usize;
        let index = self.labels.len() - target;
        let values = match index.checked_sub(1).map(|index| &self.labels[index]) {
            Some(Label::Loop) => return self.emit(Instruction::Drop),
            Some(Label::End(values)) => values.clone(),
            None => self.results().to_vec(),
        };
        if values.is_empty() && self.random().is_one_in(2) {
            return self.emit(Instruction::BrIf(target as u32));
        }
        self.emit(Instruction::If(BlockType::Empty));
        self.labels.push(Label::End(Vec::new()));
        if self.random().is_one_in(3) {
            self.statement(depth - 1);
        }
        if self.random().is_one_in(50) {
            self.emit(Instruction::Unreachable);
        } else if index != 0 || !self.tail_call(depth - 1) {
            self.expressions(&values, depth - 1);
            let is_return = index == 0 && self.random().is_one_in(2);
            self.emit(if is_return {
                Instruction::Return
            } else {
                Instruction::Br(target as u32 + 1)
            });
        }
        self.labels.pop();
        self.emit(Instruction::End);
    }

    /// Some cases behind each other, with a jump into them.
    fn switch(&mut self, depth: u32) {
        let cases = 1 + self.random().below(5) as u32;
        for _ in 0..cases {
            self.emit(Instruction::Block(BlockType::Empty));
            self.labels.push(Label::End(Vec::new()));
        }
        if self.random().is_one_in(4) {
            self.expression(ValType::I32, depth - 1);
        } else {
            self.bounded(7);
        }
        let count = self.random().below(9);
        let targets: Vec<u32> = (0..count)
            .map(|_| self.random().below(u64::from(cases)) as u32)
            .collect();
        let otherwise = self.random().below(u64::from(cases)) as u32;
        self.emit(Instruction::BrTable(targets.into(), otherwise));
        for case in (0..cases).rev() {
            self.labels.pop();
            self.emit(Instruction::End);
            self.statement(depth - 1);
            if case > 0 && self.random().is_one_in(2) {
                // The other cases are skipped.
                let target = self.random().below(u64::from(case)) as u32;
                self.emit(Instruction::Br(target));
            }
        }
    }

    fn call_statement(&mut self, depth: u32) {
        let index = self.random().next() as usize;
        let Some(callee) = self
            .plan
            .callees
            .get(index % self.plan.callees.len().max(1))
        else {
            return self.assign(depth);
        };
        let results = self.plan.types[callee.ty as usize].results.clone();
        if self.call(&results, depth - 1) {
            for ty in results.iter().rev() {
                self.consume(*ty);
            }
        }
    }

    fn loop_(&mut self, depth: u32) {
        let trips = 1 + self.random().below(MAX_TRIPS);
        if self.cost + self.weight * trips * 50 > MAX_COST {
            return self.assign(depth);
        }
        let is_wide = self.random().is_one_in(4);
        let ty = if is_wide { ValType::I64 } else { ValType::I32 };
        let count = Count {
            local: self.new_local(ty, Role::Counter),
            is_wide,
            trips: trips as i32,
        };
        let outer = self.weight;
        self.weight *= trips + 1;
        match self.random().below(4) {
            0 => self.loop_down(count, depth),
            1 => self.loop_while(count, depth),
            2 if !is_wide => self.loop_to_variable(count, depth),
            _ => self.loop_up(count, depth),
        }
        self.weight = outer;
    }

    fn loop_body(&mut self, depth: u32) {
        self.labels.push(Label::Loop);
        self.statements(depth - 1);
        self.labels.pop();
    }

    fn set_counter(&mut self, count: Count, value: i32) {
        self.emit(count.constant(value));
        self.emit(Instruction::LocalSet(count.local));
    }

    /// `do { } while (--count)`
    fn loop_down(&mut self, count: Count, depth: u32) {
        self.set_counter(count, count.trips);
        self.emit(Instruction::Loop(BlockType::Empty));
        self.loop_body(depth);
        self.emit(Instruction::LocalGet(count.local));
        if self.random().is_one_in(2) {
            self.emit(count.constant(-1));
            self.emit(count.add());
        } else {
            self.emit(count.constant(1));
            self.emit(count.operator(Instruction::I64Sub, Instruction::I32Sub));
        }
        self.emit(Instruction::LocalTee(count.local));
        if count.is_wide || self.random().is_one_in(3) {
            self.emit(count.constant(0));
            self.emit(count.operator(Instruction::I64Ne, Instruction::I32Ne));
        }
        self.emit(Instruction::BrIf(0));
        self.emit(Instruction::End);
    }

    /// `do { } while (++count < trips)`
    fn loop_up(&mut self, count: Count, depth: u32) {
        self.set_counter(count, 0);
        self.emit(Instruction::Loop(BlockType::Empty));
        self.loop_body(depth);
        self.advance(count, count.constant(count.trips));
        self.emit(Instruction::BrIf(0));
        self.emit(Instruction::End);
    }

    /// Adds one to the counter, and leaves on the stack whether it is below the limit.
    fn advance(&mut self, count: Count, limit: Instruction<'static>) {
        self.emit(Instruction::LocalGet(count.local));
        self.emit(count.constant(1));
        self.emit(count.add());
        let form = self.random().below(4);
        if form == 0 {
            self.emit(Instruction::LocalSet(count.local));
            self.emit(limit);
            self.emit(Instruction::LocalGet(count.local));
            return self.emit(count.operator(Instruction::I64GtS, Instruction::I32GtS));
        }
        if form == 1 {
            self.emit(Instruction::LocalSet(count.local));
            self.emit(Instruction::LocalGet(count.local));
        } else {
            self.emit(Instruction::LocalTee(count.local));
        }
        self.emit(limit);
        let comparisons = [
            count.operator(Instruction::I64LtS, Instruction::I32LtS),
            count.operator(Instruction::I64LtU, Instruction::I32LtU),
        ];
        let comparison = self.random().pick(&comparisons).clone();
        self.emit(comparison);
    }

    /// Up to a limit in a local.
    fn loop_to_variable(&mut self, count: Count, depth: u32) {
        let limit = self.new_local(ValType::I32, Role::Counter);
        self.expression(ValType::I32, 1);
        // The largest mask that leaves no more trips than were charged for.
        self.emit(Instruction::I32Const((1 << (count.trips + 1).ilog2()) - 1));
        self.emit(Instruction::I32And);
        self.emit(Instruction::LocalSet(limit));
        self.set_counter(count, 0);
        self.emit(Instruction::Loop(BlockType::Empty));
        self.loop_body(depth);
        self.advance(count, Instruction::LocalGet(limit));
        self.emit(Instruction::BrIf(0));
        self.emit(Instruction::End);
    }

    /// `while (count < trips) { }`
    fn loop_while(&mut self, count: Count, depth: u32) {
        self.set_counter(count, 0);
        self.emit(Instruction::Block(BlockType::Empty));
        self.labels.push(Label::End(Vec::new()));
        self.emit(Instruction::Loop(BlockType::Empty));
        self.emit(Instruction::LocalGet(count.local));
        self.emit(count.constant(count.trips));
        self.emit(count.operator(Instruction::I64GeU, Instruction::I32GeU));
        self.emit(Instruction::BrIf(1));
        self.loop_body(depth);
        self.emit(Instruction::LocalGet(count.local));
        self.emit(count.constant(1));
        self.emit(count.add());
        self.emit(Instruction::LocalSet(count.local));
        self.emit(Instruction::Br(0));
        self.emit(Instruction::End);
        self.labels.pop();
        self.emit(Instruction::End);
    }
}
