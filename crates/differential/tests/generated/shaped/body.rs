//! The body of a function, and its expressions.
//!
//! Holds: an expression leaves one value of its type on the stack, a statement leaves nothing.

use std::sync::OnceLock;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{BlockType, HeapType, Instruction, ValType};

use super::{CALLEES, Callee, HOST_VALUES, MAX_COST, NUMBERS, Plan, SCRATCH, Signature};
use crate::operators::{Immediates, Plain, operators};
use crate::random::Random;
use crate::value::{Type, Value};

/// Beyond so many instructions a body is brought to its end.
const MAX_INSTRUCTIONS: usize = 700;

/// What may be done with a local.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Anything.
    Free,
    /// It is read: a loop or a recursion depends on its value, which is small.
    Counter,
    /// It holds an address within the first page.
    Pointer,
    /// Nothing: its bits may be those of a not-a-number that the standard leaves open.
    Hidden,
}

/// Where a branch can go.
pub(super) enum Label {
    /// Behind a block, with these values.
    End(Vec<ValType>),
    /// To the start of a loop, where only the loop itself goes.
    Loop,
}

pub(super) struct Body<'m> {
    pub(super) plan: &'m mut Plan,
    signature: Signature,
    pub(super) locals: Vec<(ValType, Role)>,
    pub(super) code: Vec<Instruction<'static>>,
    pub(super) labels: Vec<Label>,
    /// How often the current code is executed in one call.
    pub(super) weight: u64,
    pub(super) cost: u64,
}

pub(super) struct Finished {
    pub(super) declared: Vec<ValType>,
    pub(super) code: Vec<Instruction<'static>>,
    pub(super) cost: u64,
}

/// The plain operators, by what they are good for.
pub(super) struct Menu {
    pub(super) operators: Vec<(ValType, Vec<&'static Plain>)>,
    pub(super) loads: Vec<(ValType, Vec<&'static Plain>)>,
    pub(super) stores: Vec<&'static Plain>,
    pub(super) vector_stores: Vec<&'static Plain>,
    pub(super) comparisons: Vec<&'static Plain>,
}

pub(super) fn menu() -> &'static Menu {
    static MENU: OnceLock<Menu> = OnceLock::new();
    MENU.get_or_init(|| {
        let all = &operators().plain;
        let select = |is_wanted: &dyn Fn(&Plain) -> bool| -> Vec<&'static Plain> {
            all.iter().filter(|plain| is_wanted(plain)).collect()
        };
        let accesses = |plain: &Plain| plain.name.contains("Load") || plain.name.contains("Store");
        let vectors = |plain: &Plain| plain.params.contains(&wasmparser::ValType::V128);
        let of = |accesses_memory: bool| {
            NUMBERS.map(|ty| {
                let operators = select(&|plain| {
                    plain.result.map(encoded) == Some(ty) && accesses(plain) == accesses_memory
                });
                (ty, operators)
            })
        };
        Menu {
            operators: of(false).into(),
            loads: of(true).into(),
            stores: select(&|plain| plain.result.is_none() && !vectors(plain)),
            vector_stores: select(&|plain| plain.result.is_none() && vectors(plain)),
            comparisons: select(&|plain| is_comparison(plain) && !vectors(plain)),
        }
    })
}

pub(super) fn encoded(ty: wasmparser::ValType) -> ValType {
    RoundtripReencoder
        .val_type(ty)
        .expect("it is a type of 2.0")
}

fn is_comparison(plain: &Plain) -> bool {
    let name = plain.name.trim_end_matches(['S', 'U']);
    plain.params.len() == 2
        && ["Eq", "Ne", "Lt", "Gt", "Le", "Ge"]
            .iter()
            .any(|end| name.ends_with(end))
}

pub(super) fn is_division(name: &str) -> bool {
    name.contains("Div") || name.contains("Rem")
}

/// Whether the operator makes lanes that are not a number, whose bits the standard leaves open.
fn makes_vector_nan(plain: &Plain) -> bool {
    const EXACT: &[&str] = &[
        "Abs",
        "Neg",
        "Convert",
        "Splat",
        "ReplaceLane",
        "PMin",
        "PMax",
    ];
    let is_float = plain.name.starts_with("F32x4") || plain.name.starts_with("F64x2");
    let is_vector = plain.result == Some(wasmparser::ValType::V128);
    is_float
        && is_vector
        && !is_comparison(plain)
        && !EXACT.iter().any(|part| plain.name.contains(part))
}

/// Whether bits of a floating-point operand can be seen in the result.
fn shows_bits(plain: &Plain) -> bool {
    match plain.result.map(encoded) {
        None | Some(ValType::V128) => true,
        _ => plain.name.contains("Reinterpret") || plain.name.contains("Copysign"),
    }
}

impl<'m> Body<'m> {
    pub(super) fn new(plan: &'m mut Plan, signature: Signature) -> Body<'m> {
        let mut locals: Vec<_> = signature
            .params
            .iter()
            .map(|ty| (*ty, Role::Free))
            .collect();
        locals.extend([(ValType::I32, Role::Pointer); 2]);
        for _ in 0..2 + plan.random.below(4) {
            locals.push((plan.value_type(), Role::Free));
        }
        Body {
            plan,
            signature,
            locals,
            code: Vec::new(),
            labels: Vec::new(),
            weight: 1,
            cost: 10,
        }
    }

    pub(super) fn finish(mut self) -> Finished {
        self.statements(3);
        let results = self.signature.results.clone();
        let is_tail_call = self.plan.has_third_calls && self.random().is_one_in(4);
        if !is_tail_call || !self.tail_call(3) {
            self.expressions(&results, 3);
        }
        self.emit(Instruction::End);
        self.finished()
    }

    fn finished(self) -> Finished {
        let declared = self.locals[self.signature.params.len()..]
            .iter()
            .map(|(ty, _)| *ty);
        Finished {
            declared: declared.collect(),
            code: self.code,
            cost: self.cost,
        }
    }

    /// A function that calls itself as often as its first parameter says, and returns what its second is.
    pub(super) fn finish_recursive(mut self) -> Finished {
        self.locals[0].1 = Role::Counter;
        let ty = self.signature.results[0];
        for instruction in [
            Instruction::LocalGet(0),
            Instruction::I32Const(0),
            Instruction::I32LeS,
            Instruction::If(BlockType::Empty),
            Instruction::LocalGet(1),
            Instruction::Return,
            Instruction::End,
        ] {
            self.emit(instruction);
        }
        // Up to three levels, with two calls each.
        self.weight = 8;
        self.statements(1);
        for step in 1..=1 + self.random().below(2) as i32 {
            self.emit(Instruction::LocalGet(0));
            self.emit(Instruction::I32Const(step));
            self.emit(Instruction::I32Sub);
            self.expression(ty, 2);
            self.emit(Instruction::Call(0));
            self.emit(Instruction::LocalSet(1));
        }
        self.expression(ty, 2);
        self.emit(Instruction::End);
        self.finished()
    }

    pub(super) fn random(&mut self) -> &mut Random {
        &mut self.plan.random
    }

    pub(super) fn emit(&mut self, instruction: Instruction<'static>) {
        self.cost += self.weight;
        self.code.push(instruction);
    }

    pub(super) fn is_full(&self) -> bool {
        self.code.len() > MAX_INSTRUCTIONS || self.cost > MAX_COST
    }

    pub(super) fn results(&self) -> &[ValType] {
        &self.signature.results
    }

    pub(super) fn new_local(&mut self, ty: ValType, role: Role) -> u32 {
        self.locals.push((ty, role));
        self.locals.len() as u32 - 1
    }

    /// A local of the type that may be read, or assigned.
    pub(super) fn local(&mut self, ty: ValType, is_assigned: bool) -> Option<u32> {
        let fits = |&(other, role): &(ValType, Role)| {
            other == ty && role != Role::Hidden && (!is_assigned || role == Role::Free)
        };
        let locals = (0..).zip(&self.locals).filter(|(_, local)| fits(local));
        let candidates: Vec<u32> = locals.map(|(index, _)| index).collect();
        (!candidates.is_empty()).then(|| *self.random().pick(&candidates))
    }

    pub(super) fn expressions(&mut self, types: &[ValType], depth: u32) {
        for ty in types {
            self.expression(*ty, depth);
        }
    }

    pub(super) fn expression(&mut self, ty: ValType, depth: u32) {
        if let ValType::Ref(_) = ty {
            return self.reference(ty);
        }
        if depth == 0 || self.is_full() {
            return self.leaf(ty);
        }
        match self.random().below(32) {
            0 => self.block_value(ty, depth),
            1 | 2 => self.if_value(ty, depth),
            3 => self.select(ty, depth),
            4 | 5 => self.call_value(ty, depth),
            6 => match self.local(ty, true) {
                Some(local) => {
                    self.expression(ty, depth - 1);
                    self.emit(Instruction::LocalTee(local));
                }
                None => self.leaf(ty),
            },
            7 if ty == ValType::I32 => self.query(),
            8..=12 => self.load(ty, depth),
            13..=15 => self.leaf(ty),
            16..=20 if ty != ValType::V128 => self.arithmetic(ty),
            _ => self.operator(ty, depth),
        }
    }

    /// A constant or a variable.
    fn leaf(&mut self, ty: ValType) {
        match self.random().below(8) {
            0..=3 => {
                if let Some(local) = self.local(ty, false) {
                    return self.emit(Instruction::LocalGet(local));
                }
            }
            4 => {
                let globals: Vec<u32> = self.globals(ty, false);
                let global = *self.random().pick(&globals);
                return self.emit(Instruction::GlobalGet(global));
            }
            _ => {}
        }
        self.constant(ty);
    }

    pub(super) fn globals(&self, ty: ValType, is_assigned: bool) -> Vec<u32> {
        let globals = (0..).zip(&self.plan.globals);
        let globals =
            globals.filter(|(_, (other, mutable))| *other == ty && (*mutable || !is_assigned));
        globals.map(|(index, _)| index).collect()
    }

    pub(super) fn constant(&mut self, ty: ValType) {
        let ty = match ty {
            ValType::I32 => Type::I32,
            ValType::I64 => Type::I64,
            ValType::F32 => Type::F32,
            ValType::F64 => Type::F64,
            _ => Type::V128,
        };
        let constant = match Value::interesting(self.random(), ty) {
            Value::I32(value) => Instruction::I32Const(value),
            Value::I64(value) => Instruction::I64Const(value),
            Value::F32(bits) => Instruction::F32Const(f32::from_bits(bits).into()),
            Value::F64(bits) => Instruction::F64Const(f64::from_bits(bits).into()),
            Value::V128(value) => Instruction::V128Const(value as i128),
            Value::Func(_) | Value::Extern(_) => unreachable!("the type is one of numbers"),
        };
        self.emit(constant);
    }

    fn reference(&mut self, ty: ValType) {
        let is_function = ty == ValType::FUNCREF;
        match self.random().below(6) {
            0 if is_function => {
                let count = self.plan.callees.len() as u64;
                if count > 0 {
                    let function = self.random().below(count) as u32;
                    return self.emit(Instruction::RefFunc(function));
                }
            }
            1 => {
                let table = if is_function {
                    *self.random().pick(&[CALLEES, SCRATCH])
                } else {
                    HOST_VALUES
                };
                self.bounded(15);
                return self.emit(Instruction::TableGet(table));
            }
            2 | 3 => {
                if let Some(local) = self.local(ty, false) {
                    return self.emit(Instruction::LocalGet(local));
                }
            }
            4 => {
                let global = self.globals(ty, false)[0];
                return self.emit(Instruction::GlobalGet(global));
            }
            _ => {}
        }
        self.emit(Instruction::RefNull(if is_function {
            HeapType::FUNC
        } else {
            HeapType::EXTERN
        }));
    }

    /// An i32 with no other bits than `mask`.
    pub(super) fn bounded(&mut self, mask: i32) {
        if self.random().is_one_in(2) {
            let value = self.random().next() as i32 & mask;
            return self.emit(Instruction::I32Const(value));
        }
        self.expression(ValType::I32, 1);
        self.emit(Instruction::I32Const(mask));
        self.emit(Instruction::I32And);
    }

    /// An i32 that tells about the state of the module.
    fn query(&mut self) {
        match self.random().below(5) {
            0 => self.emit(Instruction::MemorySize(0)),
            1 => {
                // Growing costs more than it looks.
                self.cost += self.weight * 100;
                self.bounded(1);
                self.emit(Instruction::MemoryGrow(0));
            }
            2 => {
                let table = self.random().below(3) as u32;
                self.emit(Instruction::TableSize(table));
            }
            3 => {
                let table = *self.random().pick(&[HOST_VALUES, SCRATCH]);
                let ty = if table == SCRATCH {
                    ValType::FUNCREF
                } else {
                    ValType::EXTERNREF
                };
                self.reference(ty);
                self.bounded(1);
                self.emit(Instruction::TableGrow(table));
            }
            _ => {
                let ty = *self.random().pick(&[ValType::FUNCREF, ValType::EXTERNREF]);
                self.reference(ty);
                self.emit(Instruction::RefIsNull);
            }
        }
    }

    fn operator(&mut self, ty: ValType, depth: u32) {
        let operators = menu().operators.iter().find(|(other, _)| *other == ty);
        let operators = &operators.expect("each type has operators").1;
        let mut plain = *self.random().pick(operators);
        // Vectors have most of the operators; code with them works with numbers too.
        for _ in 0..3 {
            if plain.name.contains('x')
                && ty != ValType::V128
                && !(self.plan.has_vectors && self.random().is_one_in(2))
            {
                plain = *self.random().pick(operators);
            }
        }
        self.apply(plain, depth);
    }

    /// An operator with its operands.
    pub(super) fn apply(&mut self, plain: &Plain, depth: u32) {
        let depth = depth.saturating_sub(1);
        let name = plain.name;
        let params: Vec<ValType> = plain.params.iter().copied().map(encoded).collect();
        if is_division(name)
            && let [ty @ (ValType::I32 | ValType::I64), _] = params[..]
        {
            self.expression(ty, depth);
            self.divisor(ty, depth);
            return self.emit_plain(plain, 0);
        }
        let is_trapping = name.contains("Trunc")
            && name.starts_with('I')
            && !name.contains("Sat")
            && params.len() == 1;
        if is_trapping && params[0] != ValType::V128 && !self.random().is_one_in(40) {
            self.small_float(params[0]);
            return self.emit_plain(plain, 0);
        }
        for (index, ty) in params.iter().enumerate() {
            let is_last = index > 0 && index + 1 == params.len();
            match self.random().below(8) {
                0 if !is_last => self.constant(*ty),
                0..=2 if is_last => self.constant(*ty),
                3 | 4 if is_last => self.leaf(*ty),
                _ => self.expression(*ty, depth),
            }
            if shows_bits(plain) {
                self.canonicalize(*ty);
            }
        }
        self.emit_plain(plain, 0);
        if makes_vector_nan(plain) {
            self.canonicalize_vector(name.starts_with("F32x4"));
        }
    }

    /// The operator itself, with random immediates.
    pub(super) fn emit_plain(&mut self, plain: &Plain, offset: u64) {
        let align = self.random().below(u64::from(plain.max_align) + 1) as u8;
        let lane = self.random().below(u64::from(plain.max_lane) + 1) as u8;
        let bits = u128::from(self.random().next()) << 64 | u128::from(self.random().next());
        let operator = (plain.make)(&Immediates {
            align,
            offset,
            lane,
            bits,
        });
        self.emit(operator.try_into().expect("the operator is one of 2.0"));
    }

    /// Hardly ever zero.
    fn divisor(&mut self, ty: ValType, depth: u32) {
        let value = 1 + self.random().below(100) as i32;
        let is_wide = ty == ValType::I64;
        let constant = move |value| {
            if is_wide {
                Instruction::I64Const(i64::from(value))
            } else {
                Instruction::I32Const(value)
            }
        };
        match self.random().below(40) {
            0..=20 => self.emit(constant(value)),
            21..=38 => {
                self.expression(ty, depth);
                self.emit(constant(1));
                self.emit(if is_wide {
                    Instruction::I64Or
                } else {
                    Instruction::I32Or
                });
            }
            _ => self.expression(ty, depth),
        }
    }

    /// A floating-point number of which it is known that it is a small one.
    pub(super) fn small_float(&mut self, ty: ValType) {
        let (convert, constant, operators) = if ty == ValType::F32 {
            let value = self.random().below(64) as f32 / 8.0;
            let constant = Instruction::F32Const(value.into());
            (
                Instruction::F32ConvertI32U,
                constant,
                [Instruction::F32Add, Instruction::F32Mul],
            )
        } else {
            let value = self.random().below(64) as f64 / 8.0;
            let constant = Instruction::F64Const(value.into());
            (
                Instruction::F64ConvertI32U,
                constant,
                [Instruction::F64Add, Instruction::F64Mul],
            )
        };
        self.bounded(0xFFFF);
        self.emit(convert);
        if self.random().is_one_in(2) {
            self.emit(constant);
            let operator = self.random().pick(&operators).clone();
            self.emit(operator);
        }
    }

    /// Makes a floating-point number that is none the canonical one.
    pub(super) fn canonicalize(&mut self, ty: ValType) {
        let (nan, compare) = match ty {
            ValType::F32 => (Instruction::F32Const(f32::NAN.into()), Instruction::F32Eq),
            ValType::F64 => (Instruction::F64Const(f64::NAN.into()), Instruction::F64Eq),
            _ => return,
        };
        if matches!(
            self.code.last(),
            Some(Instruction::F32Const(_) | Instruction::F64Const(_))
        ) {
            return;
        }
        let local = self.new_local(ty, Role::Hidden);
        self.emit(Instruction::LocalTee(local));
        for instruction in [
            nan,
            Instruction::LocalGet(local),
            Instruction::LocalGet(local),
            compare,
            Instruction::Select,
        ] {
            self.emit(instruction);
        }
    }

    fn canonicalize_vector(&mut self, is_single: bool) {
        let (nan, compare) = if is_single {
            (
                u128::from(0x7FC0_0000_u32) * 0x1_0000_0001_0000_0001_0000_0001,
                Instruction::F32x4Eq,
            )
        } else {
            (
                u128::from(0x7FF8_0000_0000_0000_u64) * 0x1_0000_0000_0000_0001,
                Instruction::F64x2Eq,
            )
        };
        let local = self.new_local(ValType::V128, Role::Hidden);
        self.emit(Instruction::LocalTee(local));
        self.emit(Instruction::V128Const(nan as i128));
        self.emit(Instruction::LocalGet(local));
        self.emit(Instruction::LocalGet(local));
        self.emit(compare);
        self.emit(Instruction::V128Bitselect);
    }

    pub(super) fn condition(&mut self, depth: u32) {
        match self.random().below(8) {
            0..=2 => self.comparison(),
            3 | 4 => {
                let comparison = *self.random().pick(&menu().comparisons);
                self.apply(comparison, depth);
            }
            5 => {
                self.expression(ValType::I32, depth.saturating_sub(1));
                self.emit(Instruction::I32Eqz);
            }
            6 => self.bounded(1),
            _ => self.expression(ValType::I32, depth.saturating_sub(1)),
        }
    }

    fn block_value(&mut self, ty: ValType, depth: u32) {
        // A block may take what is below it.
        let params = if self.random().is_one_in(3) {
            vec![self.plan.number()]
        } else {
            Vec::new()
        };
        self.expressions(&params, depth - 1);
        let block_type = if params.is_empty() {
            BlockType::Result(ty)
        } else {
            let signature = Signature {
                params: params.clone(),
                results: vec![ty],
            };
            BlockType::FunctionType(self.plan.type_index(signature))
        };
        self.emit(Instruction::Block(block_type));
        self.labels.push(Label::End(vec![ty]));
        for param in params.iter().rev() {
            self.consume(*param);
        }
        if self.random().is_one_in(2) {
            self.statement(depth - 1);
        }
        if self.random().is_one_in(2) {
            self.expression(ty, depth - 1);
            self.condition(depth - 1);
            self.emit(Instruction::BrIf(0));
            self.consume(ty);
        }
        self.expression(ty, depth - 1);
        self.labels.pop();
        self.emit(Instruction::End);
    }

    /// Takes a value from the stack.
    pub(super) fn consume(&mut self, ty: ValType) {
        match self.local(ty, true) {
            Some(local) => self.emit(Instruction::LocalSet(local)),
            None => self.emit(Instruction::Drop),
        }
    }

    fn if_value(&mut self, ty: ValType, depth: u32) {
        self.condition(depth - 1);
        self.emit(Instruction::If(BlockType::Result(ty)));
        self.labels.push(Label::End(vec![ty]));
        self.expression(ty, depth - 1);
        self.emit(Instruction::Else);
        if self.random().is_one_in(4) {
            self.statement(depth - 1);
        }
        self.expression(ty, depth - 1);
        self.labels.pop();
        self.emit(Instruction::End);
    }

    fn select(&mut self, ty: ValType, depth: u32) {
        self.expression(ty, depth - 1);
        self.expression(ty, depth - 1);
        self.condition(depth - 1);
        let is_typed = self.random().is_one_in(3);
        self.emit(if is_typed {
            Instruction::TypedSelect(ty)
        } else {
            Instruction::Select
        });
    }

    fn call_value(&mut self, ty: ValType, depth: u32) {
        if !self.call(&[ty], depth - 1) {
            self.operator(ty, depth);
        }
    }

    /// A call of a function with these results, if there is one that can be afforded.
    pub(super) fn call(&mut self, results: &[ValType], depth: u32) -> bool {
        let room = MAX_COST.saturating_sub(self.cost) / self.weight;
        let has_results = |ty: u32| self.plan.types[ty as usize].results == results;
        let groups = self
            .plan
            .groups
            .iter()
            .filter(|group| has_results(group.ty) && group.cost < room);
        let groups: Vec<_> = groups
            .map(|group| (group.ty, group.start, group.count, group.cost))
            .collect();
        // The functions that stand in a table make no calls themselves, but the recursive one.
        let callees = (0..).zip(&self.plan.callees);
        let affordable = |callee: &Callee| has_results(callee.ty) && callee.cost < room;
        let callees: Vec<u32> = callees
            .filter(|(_, callee)| affordable(callee))
            .map(|(index, _)| index)
            .collect();
        if !groups.is_empty() && self.random().is_one_in(2) {
            let (ty, start, count, cost) = *self.random().pick(&groups);
            self.arguments(ty, false, depth);
            self.table_index(start, count);
            self.cost += cost * self.weight;
            self.emit(Instruction::CallIndirect {
                type_index: ty,
                table_index: CALLEES,
            });
            return true;
        }
        if callees.is_empty() {
            return false;
        }
        let index = *self.random().pick(&callees);
        let Callee {
            ty,
            cost,
            is_recursive,
        } = self.plan.callees[index as usize];
        self.arguments(ty, is_recursive, depth);
        self.cost += cost * self.weight;
        if self.plan.has_third_calls && self.random().is_one_in(4) {
            let is_null = self.random().is_one_in(60);
            self.emit(match is_null {
                true => Instruction::RefNull(HeapType::Concrete(ty)),
                false => Instruction::RefFunc(index),
            });
            self.emit(Instruction::CallRef(ty));
        } else {
            self.emit(Instruction::Call(index));
        }
        true
    }

    /// Leaves the function by a tail call, if that is possible.
    pub(super) fn tail_call(&mut self, depth: u32) -> bool {
        let results = self.signature.results.clone();
        if !self.plan.has_third_calls || !self.call(&results, depth) {
            return false;
        }
        // Others are not executed yet.
        if let Some(Instruction::Call(index)) = self.code.last() {
            let tail_call = Instruction::ReturnCall(*index);
            self.code.pop();
            self.emit(tail_call);
        } else {
            self.emit(Instruction::Return);
        }
        true
    }

    fn arguments(&mut self, ty: u32, is_recursive: bool, depth: u32) {
        let mut params = self.plan.types[ty as usize].params.clone();
        if is_recursive {
            params.remove(0);
            self.bounded(3);
        }
        self.expressions(&params, depth);
    }

    /// The number of an element that has the right type, with rare exceptions.
    fn table_index(&mut self, start: u32, count: u32) {
        if self.random().is_one_in(60) {
            return self.bounded(63);
        }
        self.bounded(count as i32 - 1);
        if start > 0 {
            self.emit(Instruction::I32Const(start as i32));
            self.emit(Instruction::I32Add);
        }
    }
}
