//! Loops that copy or fill memory element by element: their first iterations become one operation.
//!
//! Input: a loop that begins, whose bytes are read ahead. Output: nothing, or blocks before the loop: if a guard holds,
//! `Op::CopyBytes` or `Op::FillBytes` does what a number of iterations would do, and the loop's locals become what
//! these would leave. Holds: the loop stays as it is and goes on from there, so whatever the guard excludes is as ever:
//! traps and what is stored before them, addresses that wrap, ranges that overlap so that a pattern repeats. Reading
//! ends at the first operator that does not fit, and it never goes into another loop: its time is linear.
//!
//! An iteration is read from the loop's beginning to a branch back to it, on one way; of branches that leave this way,
//! only the conditions count. All values are sums of what locals were at the beginning, as far as they matter. A local
//! that becomes a constant more in each iteration is known for any of them; so are addresses, and how often a
//! condition surely lets the iteration go on.

use alloc::vec::Vec;

use super::simplify::inverse;
use super::{Builder, NONE};
use crate::compile::ir::ops::Op;
use crate::compile::ir::{List, Type, Value};
use crate::decode::operators::{read_memarg, read_opcode};
use crate::decode::reader::Reader;
use crate::decode::types::{BlockType, read_block_type};
use crate::module::Module;
use crate::module::facts::effect;
use crate::wasm::opcodes::{Opcode, Shape};
use crate::wasm::types::ValType;

/// Fewer elements than these are stored by the loop itself as quickly as by a stub, whatever their width.
const LEAST_ELEMENTS: u32 = 16;
/// Iterations with more operators are not read to their end.
const MOST_OPERATORS: u32 = 96;
/// How many locals, with different factors, a sum can have.
const MOST_TERMS: usize = 3;
/// How many conditions an iteration can have.
const MOST_CONDITIONS: usize = 3;
/// How many locals a loop can assign, on any way: the edges of the guard carry them.
const MOST_ASSIGNED: u32 = 16;

/// A local as it is where an iteration begins, times a factor.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
struct Term {
    local: u32,
    factor: u32,
}

/// A sum of locals and a constant, modulo 2^32. The terms are in the order of their locals, and those that are not
/// there have factor 0.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
struct Sum {
    terms: [Term; MOST_TERMS],
    constant: u32,
}

impl Sum {
    const fn constant(constant: u32) -> Sum {
        let none = Term {
            local: NONE,
            factor: 0,
        };
        Sum {
            terms: [none; MOST_TERMS],
            constant,
        }
    }

    fn local(local: u32) -> Sum {
        let mut sum = Sum::constant(0);
        sum.terms[0] = Term { local, factor: 1 };
        sum
    }

    fn terms(&self) -> impl Iterator<Item = Term> + '_ {
        self.terms.iter().copied().filter(|term| term.factor != 0)
    }

    /// The value, if it has no locals.
    fn as_constant(&self) -> Option<u32> {
        (self.terms[0].factor == 0).then_some(self.constant)
    }

    /// This and `factor` times another one; none if that has too many terms.
    fn plus(mut self, other: &Sum, factor: u32) -> Option<Sum> {
        self.constant = self
            .constant
            .wrapping_add(other.constant.wrapping_mul(factor));
        for term in other.terms() {
            self.add_term(term.local, term.factor.wrapping_mul(factor))?;
        }
        Some(self)
    }

    fn minus(self, other: &Sum) -> Option<Sum> {
        self.plus(other, u32::MAX)
    }

    fn add_term(&mut self, local: u32, factor: u32) -> Option<()> {
        if factor == 0 {
            return Some(());
        }
        let at = self.terms.iter().position(|term| term.local >= local)?;
        if self.terms[at].local == local {
            let sum = self.terms[at].factor.wrapping_add(factor);
            self.terms[at].factor = sum;
            if sum == 0 {
                self.terms[at].local = NONE;
                self.terms[at..].rotate_left(1);
            }
            return Some(());
        }
        if self.terms[MOST_TERMS - 1].factor != 0 {
            return None;
        }
        self.terms[at..].rotate_right(1);
        self.terms[at] = Term { local, factor };
        Some(())
    }
}

/// What is known of a value in an iteration.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Known {
    Sum(Sum),
    /// The bits of a constant that is no `i32`.
    Bits(u64),
    /// What the load with this number gives.
    Loaded(u32),
    /// Whether the first stands to the second as a comparison wants.
    Comparison(Op, Sum, Sum),
    Nothing,
}

/// A local that is assigned in the iteration.
struct Assigned {
    local: u32,
    value: Known,
    /// Whether this is before the first condition, so that whoever leaves the loop finds what that iteration assigns.
    is_early: bool,
}

/// Accesses of an iteration that follow one another in memory, in the order in which they are executed.
#[derive(Copy, Clone, Debug)]
struct Run {
    /// The address operand of the first access, and its offset.
    first: Sum,
    offset: u32,
    /// The distance of the last address operand from that of the first access, and its offset.
    last: (i64, u32),
    /// The least distance of any.
    least: i64,
    /// How far each access is behind the one before; 0 if there is only one.
    step: i64,
}

impl Run {
    fn new(first: Sum, offset: u32) -> Run {
        Run {
            first,
            offset,
            last: (0, offset),
            least: 0,
            step: 0,
        }
    }

    /// Adds an access; none if it is not as far from the last one as that is from the one before.
    fn push(&mut self, address: &Sum, offset: u32) -> Option<()> {
        let difference = address.minus(&self.first)?.as_constant()?;
        let distance = i64::from(difference as i32);
        let step = distance + i64::from(offset) - self.last.0 - i64::from(self.last.1);
        if step == 0 || self.step != 0 && self.step != step {
            return None;
        }
        self.step = step;
        self.last = (distance, offset);
        self.least = self.least.min(distance);
        Some(())
    }

    /// The least address operand, and what is added to that where the lowest access begins.
    fn lowest(&self, is_descending: bool) -> (Sum, u64) {
        let mut least = self.first;
        least.constant = least.constant.wrapping_add(self.least as u32);
        let (distance, offset) = if is_descending {
            self.last
        } else {
            (0, self.offset)
        };
        let behind = distance - self.least + i64::from(offset);
        (least, behind as u64)
    }
}

/// What is stored.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Stored {
    /// What was loaded.
    Copy,
    /// The same byte, which does not change.
    Byte(Sum),
}

/// How often a condition surely lets an iteration go on: it does as often as `step` is in `distance`, if the comparison
/// of `first` holds at the beginning.
struct Limit {
    distance: Sum,
    step: u32,
    first: Option<(Op, Sum, Sum)>,
}

/// What reading ahead has found so far.
#[derive(Default)]
pub(super) struct Iteration {
    stack: Vec<Known>,
    assigned: Vec<Assigned>,
    /// The comparisons that hold if the iteration goes on.
    conditions: Vec<(Op, Sum, Sum)>,
    limits: Vec<Limit>,
    source: Option<Run>,
    target: Option<Run>,
    stored: Option<Stored>,
    width: u32,
    loads: u32,
    stores: u32,
}

/// What an iteration comes to.
struct Found {
    target: Run,
    /// Where it copies from; or else the byte that it fills with.
    source: Result<Run, Sum>,
    /// How many elements and bytes an iteration stores, and in which direction.
    elements: u32,
    bytes: u32,
    is_descending: bool,
}

impl Iteration {
    fn clear(&mut self) {
        self.stack.clear();
        self.assigned.clear();
        self.conditions.clear();
        self.limits.clear();
        (self.source, self.target, self.stored) = (None, None, None);
        (self.width, self.loads, self.stores) = (0, 0, 0);
    }

    /// Reads the iteration that begins here; none if it is not one that copies or fills.
    fn read(&mut self, mut reader: Reader<'_>, module: &Module, types: &[Type]) -> Option<Found> {
        self.clear();
        let mut depth = 0;
        for _ in 0..MOST_OPERATORS {
            let opcode = read_opcode(&mut reader).ok()?;
            match opcode {
                Opcode::Br => {
                    let is_end = reader.read_u32().ok()? == depth;
                    return if is_end { self.finish() } else { None };
                }
                Opcode::BrIf => {
                    let is_end = reader.read_u32().ok()? == depth;
                    self.condition(is_end)?;
                    if is_end {
                        return self.finish();
                    }
                }
                Opcode::If => {
                    let ty = read_block_type(&mut reader, module).ok()?;
                    if ty != BlockType::Empty {
                        return None;
                    }
                    self.condition(true)?;
                    depth += 1;
                }
                Opcode::LocalGet => {
                    let local = reader.read_u32().ok()?;
                    let value = self.local(local, types);
                    self.stack.push(value);
                }
                Opcode::LocalSet => {
                    let value = self.stack.pop()?;
                    self.assign(reader.read_u32().ok()?, value);
                }
                Opcode::LocalTee => {
                    let value = *self.stack.last()?;
                    self.assign(reader.read_u32().ok()?, value);
                }
                Opcode::Drop => _ = self.stack.pop()?,
                Opcode::Nop => {}
                _ => match opcode.info().shape {
                    Shape::Load {
                        width_bytes,
                        result,
                    } => {
                        if result == ValType::V128 && opcode != Opcode::V128Load {
                            return None;
                        }
                        let offset = offset(&mut reader, module)?;
                        self.load(width_bytes.into(), offset)?;
                    }
                    Shape::Store { width_bytes, .. } => {
                        let offset = offset(&mut reader, module)?;
                        self.store(width_bytes.into(), offset)?;
                    }
                    _ => self.numeric(opcode, &mut reader)?,
                },
            }
        }
        None
    }

    fn local(&self, local: u32, types: &[Type]) -> Known {
        let known = self.assigned.iter().find(|known| known.local == local);
        match known {
            Some(known) => known.value,
            None if types[local as usize] == Type::I32 => Known::Sum(Sum::local(local)),
            None => Known::Nothing,
        }
    }

    fn assign(&mut self, local: u32, value: Known) {
        let is_early = self.conditions.is_empty();
        let known = self.assigned.iter_mut().find(|known| known.local == local);
        match known {
            Some(known) => known.value = value,
            None => self.assigned.push(Assigned {
                local,
                value,
                is_early,
            }),
        }
    }

    fn pop_sum(&mut self) -> Option<Sum> {
        match self.stack.pop()? {
            Known::Sum(sum) => Some(sum),
            _ => None,
        }
    }

    fn numeric(&mut self, opcode: Opcode, reader: &mut Reader<'_>) -> Option<()> {
        let value = match opcode {
            Opcode::I32Const => Known::Sum(Sum::constant(reader.read_i32().ok()? as u32)),
            Opcode::I64Const => Known::Bits(reader.read_i64().ok()? as u64),
            Opcode::F32Const => Known::Bits(reader.read_f32_bits().ok()?.into()),
            Opcode::F64Const => Known::Bits(reader.read_f64_bits().ok()?),
            Opcode::I32Add | Opcode::I32Sub | Opcode::I32Mul | Opcode::I32Shl => {
                let (right, left) = (self.pop_sum()?, self.pop_sum()?);
                Known::Sum(match opcode {
                    Opcode::I32Add => left.plus(&right, 1)?,
                    Opcode::I32Sub => left.minus(&right)?,
                    Opcode::I32Mul => match left.as_constant() {
                        Some(factor) => Sum::constant(0).plus(&right, factor)?,
                        None => Sum::constant(0).plus(&left, right.as_constant()?)?,
                    },
                    _ => Sum::constant(0).plus(&left, 1 << (right.as_constant()? & 31))?,
                })
            }
            Opcode::I32Eqz => match self.stack.pop()? {
                Known::Sum(sum) => Known::Comparison(Op::I32Eq, sum, Sum::constant(0)),
                Known::Comparison(op, left, right) => Known::Comparison(inverse(op)?, left, right),
                _ => return None,
            },
            _ => {
                let op = Op::from_opcode(opcode)?;
                if !(Op::I32Eq..=Op::I32GeU).contains(&op) {
                    return None;
                }
                let (right, left) = (self.pop_sum()?, self.pop_sum()?);
                Known::Comparison(op, left, right)
            }
        };
        self.stack.push(value);
        Some(())
    }

    /// Every load is followed by the store of what it gives, before any other load or store.
    fn load(&mut self, width: u32, offset: u32) -> Option<()> {
        let address = self.pop_sum()?;
        if self.loads != self.stores || self.stores != 0 && self.width != width {
            return None;
        }
        self.width = width;
        match &mut self.source {
            Some(run) => run.push(&address, offset)?,
            None => self.source = Some(Run::new(address, offset)),
        }
        self.stack.push(Known::Loaded(self.loads));
        self.loads += 1;
        Some(())
    }

    fn store(&mut self, width: u32, offset: u32) -> Option<()> {
        let stored = match self.stack.pop()? {
            Known::Loaded(number) if number == self.stores && self.width == width => Stored::Copy,
            Known::Sum(sum) if self.loads == 0 => match sum.as_constant() {
                Some(bits) => repeated_byte(bits.into(), width)?,
                None if width == 1 => Stored::Byte(sum),
                None => return None,
            },
            Known::Bits(bits) if self.loads == 0 => repeated_byte(bits, width)?,
            _ => return None,
        };
        let address = self.pop_sum()?;
        if self.stores != 0 && (self.stored != Some(stored) || self.width != width) {
            return None;
        }
        (self.stored, self.width) = (Some(stored), width);
        match &mut self.target {
            Some(run) => run.push(&address, offset)?,
            None => self.target = Some(Run::new(address, offset)),
        }
        self.stores += 1;
        Some(())
    }

    /// Takes the topmost operand as a condition, which holds if the iteration goes on or does not hold then.
    fn condition(&mut self, holds: bool) -> Option<()> {
        let (op, left, right) = match self.stack.pop()? {
            Known::Sum(sum) => (Op::I32Ne, sum, Sum::constant(0)),
            Known::Comparison(op, left, right) => (op, left, right),
            _ => return None,
        };
        if self.conditions.len() == MOST_CONDITIONS {
            return None;
        }
        let op = if holds { op } else { inverse(op)? };
        self.conditions.push((op, left, right));
        Some(())
    }

    /// How much is added to a sum from iteration to iteration; none if that is not always the same.
    fn step(&self, sum: &Sum) -> Option<u32> {
        let mut step = 0_u32;
        for term in sum.terms() {
            let known = self.assigned.iter().find(|known| known.local == term.local);
            let Some(known) = known else { continue };
            let Known::Sum(value) = known.value else {
                return None;
            };
            let change = value.minus(&Sum::local(term.local))?.as_constant()?;
            step = step.wrapping_add(change.wrapping_mul(term.factor));
        }
        Some(step)
    }

    fn finish(&mut self) -> Option<Found> {
        let target = self.target?;
        let source = match self.stored? {
            Stored::Copy if self.loads == self.stores => Ok(self.source?),
            Stored::Byte(byte) if self.loads == 0 && self.step(&byte)? == 0 => Err(byte),
            _ => return None,
        };
        let bytes = self.width * self.stores;
        let step = self.step(&target.first)? as i32;
        let is_step =
            |run: &Run| run.step == 0 || run.step == i64::from(self.width as i32 * step.signum());
        if step.unsigned_abs() != bytes || !is_step(&target) {
            return None;
        }
        if let Ok(source) = source {
            if self.step(&source.first)? as i32 != step || !is_step(&source) {
                return None;
            }
        }
        if self.conditions.is_empty() {
            return None;
        }
        for at in 0..self.conditions.len() {
            let limit = self.limit(at)?;
            self.limits.push(limit);
        }
        // What a local is behind the iterations: as in any other, if it counts.
        for known in &self.assigned {
            match known.value {
                Known::Sum(sum) => _ = self.step(&sum)?,
                _ if known.is_early => {}
                _ => return None,
            }
        }
        Some(Found {
            target,
            source,
            elements: self.stores,
            bytes,
            is_descending: step < 0,
        })
    }

    fn limit(&self, at: usize) -> Option<Limit> {
        let (op, left, right) = self.conditions[at];
        if op == Op::I32Ne {
            let distance = left.minus(&right)?;
            let step = self.step(&distance)? as i32;
            let distance = if step < 0 {
                distance
            } else {
                right.minus(&left)?
            };
            return (step != 0).then_some(Limit {
                distance,
                step: step.unsigned_abs(),
                first: None,
            });
        }
        let (low, high) = match op {
            Op::I32LtS | Op::I32LtU | Op::I32LeS | Op::I32LeU => (left, right),
            Op::I32GtS | Op::I32GtU | Op::I32GeS | Op::I32GeU => (right, left),
            _ => return None,
        };
        // They come nearer to each other, so neither wraps before they meet.
        let (up, down) = (self.step(&low)? as i32, self.step(&high)? as i32);
        let step = up.checked_sub(down)?;
        if up < 0 || down > 0 || step == 0 {
            return None;
        }
        Some(Limit {
            distance: high.minus(&low)?,
            step: step.unsigned_abs(),
            first: Some((op, left, right)),
        })
    }
}

/// Reads where an access of memory 0 goes.
fn offset(reader: &mut Reader<'_>, module: &Module) -> Option<u32> {
    let memarg = read_memarg(reader, module.features).ok()?;
    let offset = u32::try_from(memarg.offset).ok()?;
    (memarg.memory == 0).then_some(offset)
}

/// The byte that all of the lowest `width` bytes are.
fn repeated_byte(bits: u64, width: u32) -> Option<Stored> {
    let bytes = bits.to_le_bytes();
    let stored = bytes.get(..width as usize)?;
    let is_repeated = stored.iter().all(|byte| *byte == bytes[0]);
    is_repeated.then(|| Stored::Byte(Sum::constant(bytes[0].into())))
}

/// The nodes.
impl Builder<'_> {
    /// Lets one operation do the first iterations of the loop that begins here, if it copies or fills.
    pub(super) fn copy_ahead(&mut self, assigned: List, effects: u32) {
        let can_be = effects & (effect::STORE | effect::CALL | effect::GROW) == effect::STORE;
        if !can_be || assigned.count > MOST_ASSIGNED || self.options.consume_fuel {
            return;
        }
        match self.module.memories.first() {
            Some(memory) if !memory.is_64 => {}
            _ => return,
        }
        let mut iteration = core::mem::take(&mut self.work.iteration);
        let types = &self.work.local_types[self.first_local..];
        if let Some(found) = iteration.read(self.reader.clone(), self.module, types) {
            let at = self.begin_detour(assigned);
            self.bulk_iterations(&iteration, &found, at);
            self.end_detour(at);
        }
        self.work.iteration = iteration;
    }

    /// Adds the guard, which goes to the label of a frame unless it holds, the operation, and what becomes of locals.
    fn bulk_iterations(&mut self, iteration: &Iteration, found: &Found, at: usize) -> Option<()> {
        let mut count = Value::NONE;
        for limit in &iteration.limits {
            if let Some((op, left, right)) = &limit.first {
                let (left, right) = (self.sum(left), self.sum(right));
                let holds = self.simplified(*op, [left.0, right.0, 0]);
                self.branch_when(holds, false, at)?;
            }
            let distance = self.sum(&limit.distance);
            let step = self.constant(Type::I32, limit.step.into());
            let other = self.simplified(Op::I32DivU, [distance.0, step.0, 0]);
            count = match count {
                Value::NONE => other,
                count => {
                    let is_less = self.simplified(Op::I32LtU, [count.0, other.0, 0]);
                    self.simplified_select(count, other, is_less)
                }
            };
        }
        self.is_worth_it(count, found, at)?;
        let length = self.product(count, found.bytes);
        let target = self.range_in_memory(&found.target, length, found, at)?;
        match &found.source {
            Ok(source) => {
                let source = self.range_in_memory(source, length, found, at)?;
                // Nothing that is stored is loaded again.
                let (ahead, behind) = if found.is_descending {
                    (source, target)
                } else {
                    (target, source)
                };
                let distance = self.simplified(Op::I32Sub, [ahead.0, behind.0, 0]);
                let is_far = self.simplified(Op::I32GeU, [distance.0, length.0, 0]);
                self.branch_when(is_far, false, at)?;
                self.step_locals(iteration, count);
                self.add(Op::CopyBytes, Type::None, [target.0, source.0, length.0]);
            }
            Err(byte) => {
                let byte = self.sum(byte);
                self.step_locals(iteration, count);
                self.add(Op::FillBytes, Type::None, [target.0, byte.0, length.0]);
            }
        }
        self.states += 1;
        self.state.memory = self.states;
        Some(())
    }

    /// Goes on if `count` iterations store enough, and not so much that the length has more than 32 bits.
    fn is_worth_it(&mut self, count: Value, found: &Found, at: usize) -> Option<()> {
        let least = LEAST_ELEMENTS.div_ceil(found.elements);
        let holds = if found.bytes == 1 {
            let least = self.constant(Type::I32, least.into());
            self.simplified(Op::I32GeU, [count.0, least.0, 0])
        } else {
            let most = u32::MAX / found.bytes;
            let less = self.constant(Type::I32, least.wrapping_neg().into());
            let range = self.constant(Type::I32, (most - least).into());
            let above = self.simplified(Op::I32Add, [count.0, less.0, 0]);
            self.simplified(Op::I32LeU, [above.0, range.0, 0])
        };
        self.branch_when(holds, false, at)
    }

    /// Where the bytes begin that are accessed, if they are in the memory and no address operand wraps.
    ///
    /// The greatest address operand is below the end of the range, so it does not wrap if that is in the memory. The
    /// least one is known for loops that go up; for others it is that of the last iteration.
    fn range_in_memory(
        &mut self,
        run: &Run,
        length: Value,
        found: &Found,
        at: usize,
    ) -> Option<Value> {
        let (least, behind) = run.lowest(found.is_descending);
        let mut least = self.sum(&least);
        let wide = self.simplified(Op::I64ExtendI32U, [least.0, 0, 0]);
        let end = if found.is_descending {
            let bytes = self.constant(Type::I32, found.bytes.into());
            let back = self.simplified(Op::I32Sub, [length.0, bytes.0, 0]);
            let is_above = self.simplified(Op::I32GeU, [least.0, back.0, 0]);
            self.branch_when(is_above, false, at)?;
            least = self.simplified(Op::I32Sub, [least.0, back.0, 0]);
            let more = self.constant(Type::I64, behind + u64::from(found.bytes));
            self.simplified(Op::I64Add, [wide.0, more.0, 0])
        } else {
            let length = self.simplified(Op::I64ExtendI32U, [length.0, 0, 0]);
            let end = self.simplified(Op::I64Add, [wide.0, length.0, 0]);
            let more = self.constant(Type::I64, behind);
            self.simplified(Op::I64Add, [end.0, more.0, 0])
        };
        let fields = [0, self.state.sizes, 0];
        let size = self.pure(Op::MemoryBytes, Type::I64, 0, fields);
        let is_inside = self.simplified(Op::I64LeU, [end.0, size.0, 0]);
        self.branch_when(is_inside, false, at)?;
        let behind = self.constant(Type::I32, u64::from(behind as u32));
        Some(self.simplified(Op::I32Add, [least.0, behind.0, 0]))
    }

    /// Gives all locals the values that they have behind `count` iterations. These are computed before the operation,
    /// so that fewer values live across it.
    fn step_locals(&mut self, iteration: &Iteration, count: Value) {
        let one = self.constant(Type::I32, 1);
        let before_last = self.simplified(Op::I32Sub, [count.0, one.0, 0]);
        let mut values = Vec::with_capacity(iteration.assigned.len());
        for known in &iteration.assigned {
            // In the last iteration, each local of the sum has been stepped one time less.
            let Known::Sum(sum) = known.value else {
                continue;
            };
            let step = iteration.step(&sum).unwrap_or(0);
            let own = Sum::local(known.local);
            let is_own = sum.terms == own.terms;
            let (sum, count) = if is_own {
                (own, count)
            } else {
                (sum, before_last)
            };
            let first = self.sum(&sum);
            values.push((known.local, self.plus_product(first, count, step)));
        }
        for (local, value) in values {
            self.work.locals[self.first_local + local as usize] = value;
        }
    }

    /// The value of a sum where the loop begins.
    fn sum(&mut self, sum: &Sum) -> Value {
        let mut value = self.constant(Type::I32, 0);
        // What is subtracted comes last, so that there is something to subtract it from.
        for is_negative in [false, true] {
            for term in sum.terms() {
                if ((term.factor as i32) < 0) == is_negative {
                    let local = self.work.locals[self.first_local + term.local as usize];
                    value = self.plus_product(value, local, term.factor);
                }
            }
        }
        let constant = self.constant(Type::I32, sum.constant.into());
        self.simplified(Op::I32Add, [value.0, constant.0, 0])
    }

    fn plus_product(&mut self, value: Value, other: Value, factor: u32) -> Value {
        let (op, factor) = match factor as i32 {
            ..0 => (Op::I32Sub, factor.wrapping_neg()),
            _ => (Op::I32Add, factor),
        };
        let product = self.product(other, factor);
        self.simplified(op, [value.0, product.0, 0])
    }

    fn product(&mut self, value: Value, factor: u32) -> Value {
        let factor = self.constant(Type::I32, factor.into());
        self.simplified(Op::I32Mul, [value.0, factor.0, 0])
    }
}
