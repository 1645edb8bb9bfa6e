//! One instruction of the forward walk: its uses are brought to where it wants them, its definitions get registers.
//!
//! Input: the state before the instruction. Output: the state behind it, locations of its operands, edits before it.
//! Holds: what has to be done at once (operands in fixed registers and what is in their way) is one group of moves;
//! what follows it only writes registers that were free by then.

use super::Error;
use super::values::{DEAD, NO_REGISTER, NONE, Value};
use super::walk::{Bits, Walk, bit};
use crate::compile::machine::{
    Instruction, InstructionFlags, Location, PhysicalRegister, Place, Role, Transfer,
};

/// Registers of one instruction, as bits.
#[derive(Copy, Clone, Default)]
struct Shape {
    /// Those of uses with fixed places.
    fixed_uses: u64,
    /// Those of definitions with fixed places, except early ones.
    fixed_definitions: u64,
    /// Those of early definitions with fixed places.
    fixed_early: u64,
    /// Those that do not keep their content.
    lost: u64,
    /// Those that have values which are used here in any register.
    plain: u64,
    /// Those that have values which are used here wherever they are.
    any: u64,
    /// Those of late uses.
    late: u64,
    /// Those of definitions, and copies that become definitions.
    taken: u64,
    /// Whether there are uses in any place, tied definitions, early definitions.
    has_any: bool,
    has_tied: bool,
    has_early: bool,
}

impl Walk<'_> {
    /// Allocates for an instruction.
    pub(super) fn instruction(&mut self, number: u32) -> Result<(), Error> {
        self.point = number;
        let instruction = self.function.instructions[number as usize];
        let shape = &mut self.shape(&instruction);
        if shape.fixed_uses | shape.lost != 0 {
            self.settle(number, &instruction, shape)?;
        }
        self.place_uses(number, &instruction, shape)?;
        if shape.has_any {
            self.place_any(number, &instruction, shape);
        }
        if shape.has_tied {
            self.place_tied(number, &instruction, shape)?;
        }
        if shape.has_early {
            self.place_early(number, &instruction, shape)?;
        }
        self.end_uses(&instruction);
        for register in Bits(self.occupied & shape.lost & !shape.taken) {
            self.evict(register);
        }
        self.place_definitions(number, &instruction, shape)
    }

    /// Looks at the operands, and moves on to the uses behind them.
    #[inline]
    fn shape(&mut self, instruction: &Instruction) -> Shape {
        let mut shape = Shape::default();
        for index in instruction.operands() {
            let operand = self.function.operands[index];
            let value = operand.register().0;
            let role = operand.role();
            let place = operand.place();
            let mut next = self.liveness.nexts[index];
            if operand.is_definition() {
                self.value(value).next = next;
                match (place, role) {
                    (Place::Fixed(r), Role::Definition) => shape.fixed_definitions |= bit(r.0),
                    (Place::Fixed(r), _) => shape.fixed_early |= bit(r.0),
                    (Place::Tied, _) => shape.has_tied = true,
                    _ => {}
                }
                shape.has_early |= role == Role::EarlyDefinition;
                continue;
            }
            if next == DEAD {
                next = self.next_through(value);
            }
            let known = self.value(value);
            known.next = next;
            let register = known.register;
            let home = if register == NO_REGISTER {
                0
            } else {
                bit(register)
            };
            match place {
                Place::Fixed(r) => shape.fixed_uses |= bit(r.0),
                Place::Any => {
                    shape.any |= home;
                    shape.has_any = true;
                }
                _ => {
                    shape.plain |= home;
                    shape.late |= if role == Role::LateUse { home } else { 0 };
                }
            }
        }
        shape.lost = shape.fixed_definitions | shape.fixed_early;
        if instruction.flags.has(InstructionFlags::CALL) {
            shape.lost |= (self.allocatable[0] | self.allocatable[1]) & !self.file.preserved;
        }
        shape
    }

    /// Brings uses to their fixed registers and other values out of the way.
    fn settle(
        &mut self,
        number: u32,
        instruction: &Instruction,
        shape: &mut Shape,
    ) -> Result<(), Error> {
        let mut comes = shape.fixed_uses;
        for index in instruction.operands() {
            let operand = self.function.operands[index];
            let Place::Fixed(register) = operand.place() else {
                continue;
            };
            if operand.is_definition() {
                continue;
            }
            let value = operand.register().0;
            self.out.locations[index] = Location::register(register);
            if operand.role() == Role::LateUse {
                shape.late |= bit(register.0);
            }
            if self.value(value).register == register.0 {
                comes &= !bit(register.0);
            }
            self.bring(value, register, number);
        }
        let keep_out = shape.fixed_uses | shape.fixed_early;
        let late_lost = shape.late & shape.fixed_definitions;
        let conflicts = comes | shape.fixed_early | late_lost;
        let others = self.occupied & (conflicts | shape.lost) & !(conflicts & shape.plain);
        // First those that need a register, so that they do not drive out what has just moved.
        for register in Bits(self.occupied & conflicts & shape.plain) {
            let value = self.holders[usize::from(register)];
            let clear = self.allocatable[self.bank(value)] & !(keep_out | shape.lost);
            let to = self.must_leave(number, value, shape, keep_out | late_lost, clear)?;
            self.leave_for(value, register, to, shape);
        }
        for register in Bits(self.occupied & others) {
            let value = self.holders[usize::from(register)];
            let in_conflict = conflicts & bit(register) != 0;
            let is_needed = in_conflict && shape.any & bit(register) != 0;
            if !is_needed && self.value(value).is_dead() {
                continue;
            }
            let clear = self.allocatable[self.bank(value)] & !(keep_out | shape.lost);
            match self.may_leave(value, clear) {
                Some(to) => self.leave_for(value, register, to, shape),
                None if in_conflict => self.evict(register),
                None => {}
            }
        }
        let (file, edits) = (self.file, &mut self.out.edits);
        self.memory.group.finish(file, |what| {
            edits.push(crate::compile::machine::Edit {
                before: number,
                what,
            });
        });
        self.adopt(instruction, shape);
        Ok(())
    }

    /// Adds to the group what brings a value to a register.
    fn bring(&mut self, value: u32, to: PhysicalRegister, number: u32) {
        let Value {
            register,
            flags,
            spill,
            definition,
            ..
        } = *self.value(value);
        let kind = self.kind(value);
        let to = Location::register(to);
        if register != NO_REGISTER {
            self.memory
                .group
                .add(kind, Location::register(PhysicalRegister(register)), to);
        } else if flags & Value::REPEATABLE != 0 {
            self.memory.group.add_repeat(definition, kind, to);
        } else {
            self.read_in_frame(value, number);
            self.memory.group.add(kind, Location::word(spill), to);
        }
    }

    /// Where a value goes that has to stay in a register.
    fn must_leave(
        &mut self,
        number: u32,
        value: u32,
        shape: &Shape,
        keep_out: u64,
        clear: u64,
    ) -> Result<u8, Error> {
        if let Some(register) = self.pick(value, clear) {
            return Ok(register);
        }
        let allowed = self.allocatable[self.bank(value)] & !keep_out;
        if let Some(register) = self.pick_or_evict(value, allowed, !(shape.plain | keep_out)) {
            return Ok(register);
        }
        // A value that is only used in a fixed register is copied there before this one comes.
        let movable = allowed & self.occupied & !shape.plain;
        let register = Bits(movable).next().ok_or(Error::OutOfRegisters(number))?;
        self.evict(register);
        Ok(register)
    }

    /// Where a value goes that could as well be in the frame.
    fn may_leave(&mut self, value: u32, clear: u64) -> Option<u8> {
        let known = *self.value(value);
        let is_cheap = self.weight == 0 && known.weight() != 0;
        if is_cheap || known.spill != NONE || known.has(Value::REPEATABLE) {
            return None;
        }
        self.pick(value, clear)
    }

    fn leave_for(&mut self, value: u32, from: u8, to: u8, shape: &mut Shape) {
        let kind = self.kind(value);
        let location = |r| Location::register(PhysicalRegister(r));
        self.memory.group.add(kind, location(from), location(to));
        for set in [&mut shape.plain, &mut shape.any] {
            if *set & bit(from) != 0 {
                *set = *set & !bit(from) | bit(to);
            }
        }
        if shape.late & bit(from) != 0 {
            shape.late |= bit(to);
        }
        self.release(value);
        self.hold(value, to);
    }

    /// Values that were in the frame stay in the fixed registers into which they were loaded.
    fn adopt(&mut self, instruction: &Instruction, shape: &mut Shape) {
        for index in instruction.operands() {
            let operand = self.function.operands[index];
            let Place::Fixed(register) = operand.place() else {
                continue;
            };
            let value = operand.register().0;
            let is_free = self.occupied & bit(register.0) == 0;
            if !operand.is_definition() && is_free && self.value(value).register == NO_REGISTER {
                self.hold(value, register.0);
                shape.plain |= bit(register.0);
            }
        }
    }

    /// Uses that have to be in a register.
    #[inline]
    fn place_uses(
        &mut self,
        number: u32,
        instruction: &Instruction,
        shape: &mut Shape,
    ) -> Result<(), Error> {
        for index in instruction.operands() {
            let operand = self.function.operands[index];
            if operand.is_definition() || operand.place() != Place::Register {
                continue;
            }
            let value = operand.register().0;
            let is_late = operand.role() == Role::LateUse;
            let mut register = self.value(value).register;
            if register == NO_REGISTER {
                let late = if is_late { shape.fixed_definitions } else { 0 };
                register = self.load_use(number, value, shape, late)?;
            }
            shape.plain |= bit(register);
            shape.late |= if is_late { bit(register) } else { 0 };
            self.out.locations[index] = Location::register(PhysicalRegister(register));
        }
        Ok(())
    }

    fn load_use(&mut self, number: u32, value: u32, shape: &Shape, late: u64) -> Result<u8, Error> {
        let keep_out = shape.fixed_uses | shape.fixed_early | late;
        if !self.value(value).is_dead() {
            if let Some(register) = self.pick(value, !(keep_out | shape.lost)) {
                self.reload(value, register, number);
                return Ok(register);
            }
        }
        let register = self
            .pick_or_evict(value, !keep_out, !shape.plain)
            .ok_or(Error::OutOfRegisters(number))?;
        self.reload(value, register, number);
        Ok(register)
    }

    /// Uses that can be in a register or in the frame.
    fn place_any(&mut self, number: u32, instruction: &Instruction, shape: &mut Shape) {
        for index in instruction.operands() {
            let operand = self.function.operands[index];
            if operand.is_definition() || operand.place() != Place::Any {
                continue;
            }
            let value = operand.register().0;
            let is_late = operand.role() == Role::LateUse;
            if self.value(value).register == NO_REGISTER {
                let Value { flags, .. } = *self.value(value);
                let keep_out = shape.fixed_uses | shape.lost | if is_late { shape.late } else { 0 };
                let wanted = flags & Value::REPEATABLE != 0 || self.is_near(value, number);
                let free = if wanted {
                    self.pick(value, !keep_out)
                } else {
                    None
                };
                if let Some(register) = free {
                    self.reload(value, register, number);
                }
            }
            let register = self.value(value).register;
            let clashes = is_late && shape.lost & bit(register) != 0;
            if register != NO_REGISTER && !clashes {
                shape.plain |= bit(register);
                shape.late |= if is_late { bit(register) } else { 0 };
                self.out.locations[index] = Location::register(PhysicalRegister(register));
                continue;
            }
            let spill = self.store_before(value, self.block);
            self.read_in_frame(value, number);
            self.out.locations[index] = Location::word(spill);
            self.memory.frame_operands.push(index as u32);
        }
    }

    /// Whether it is worth a register to load a value that could be read in the frame.
    fn is_near(&mut self, value: u32, number: u32) -> bool {
        let known = *self.value(value);
        !known.is_away() && known.next_use() - number < 16
    }

    /// Definitions that overwrite a use.
    fn place_tied(
        &mut self,
        number: u32,
        instruction: &Instruction,
        shape: &mut Shape,
    ) -> Result<(), Error> {
        for index in instruction.operands() {
            let operand = self.function.operands[index];
            if operand.place() != Place::Tied || !operand.is_definition() {
                continue;
            }
            let commutative = instruction.flags.has(InstructionFlags::COMMUTATIVE);
            if commutative && index + 2 < instruction.operands().end {
                self.consider_exchange(index, shape);
            }
            let register = match self.overwritten(index + 1, shape) {
                Some(register) => register,
                None => self.copy_for(number, index, shape)?,
            };
            shape.taken |= bit(register);
            self.out.locations[index] = Location::register(PhysicalRegister(register));
        }
        Ok(())
    }

    /// The register of a use, if its value is not needed any more.
    fn overwritten(&mut self, index: usize, shape: &Shape) -> Option<u8> {
        let operand = self.function.operands[index];
        let register = self.out.locations[index].as_register()?.0;
        let value = *self.value(operand.register().0);
        let busy = shape.late | shape.taken | shape.fixed_definitions | shape.fixed_early;
        let usable = operand.role() == Role::Use
            && value.is_dead()
            && value.register == register
            && busy & bit(register) == 0;
        usable.then_some(register)
    }

    /// Lets the operands behind a tied definition change places if that saves a copy.
    fn consider_exchange(&mut self, index: usize, shape: &Shape) {
        let (first, second) = (index + 1, index + 2);
        let Some(other) = self.overwritten(second, shape) else {
            return;
        };
        if matches!(self.function.operands[second].place(), Place::Fixed(_)) {
            return;
        }
        if let Some(register) = self.overwritten(first, shape) {
            let definition = self.function.operands[index].register().0;
            let Value { wish, link, .. } = *self.value(definition);
            let suited = if link != NONE {
                self.value(link).first
            } else {
                wish
            };
            if register == suited || other != suited {
                return;
            }
        }
        let operands = &mut self.function.operands;
        let (a, b) = (operands[first], operands[second]);
        operands[first] = a.with_register(b.register());
        operands[second] = b.with_register(a.register());
        self.out.locations.swap(first, second);
    }

    /// Copies a use that lives on to the register of the definition that overwrites it.
    fn copy_for(&mut self, number: u32, index: usize, shape: &mut Shape) -> Result<u8, Error> {
        let definition = self.function.operands[index].register().0;
        let value = self.function.operands[index + 1].register().0;
        let Some(from) = self.out.locations[index + 1].as_register() else {
            return Err(Error::OutOfRegisters(number));
        };
        let fixed = shape.fixed_uses | shape.fixed_definitions | shape.fixed_early;
        let allowed = !(fixed | shape.taken | shape.plain);
        if let Some(to) = self.pick(definition, allowed) {
            return Ok(self.copy(number, index + 1, value, to));
        }
        let bank = self.bank(definition);
        let home = bit(self.value(value).register);
        let can_leave =
            self.value(value).register == from.0 && (shape.late | shape.taken | fixed) & home == 0;
        let evictable = allowed | if can_leave { home } else { 0 };
        let to = self
            .farthest(evictable & self.allocatable[bank])
            .ok_or(Error::OutOfRegisters(number))?;
        self.evict(to);
        if to == from.0 {
            return Ok(to);
        }
        Ok(self.copy(number, index + 1, value, to))
    }

    fn copy(&mut self, number: u32, index: usize, value: u32, to: u8) -> u8 {
        let kind = self.kind(value);
        let from = self.out.locations[index];
        let location = Location::register(PhysicalRegister(to));
        self.edit(
            number,
            Transfer::Move {
                kind,
                from,
                to: location,
            },
        );
        self.out.locations[index] = location;
        to
    }

    /// Definitions that are written before uses are read.
    fn place_early(
        &mut self,
        number: u32,
        instruction: &Instruction,
        shape: &mut Shape,
    ) -> Result<(), Error> {
        shape.taken |= shape.fixed_early;
        for index in instruction.operands() {
            let operand = self.function.operands[index];
            if operand.role() != Role::EarlyDefinition {
                continue;
            }
            let value = operand.register().0;
            let register = if let Place::Fixed(register) = operand.place() {
                if self.occupied & bit(register.0) != 0 {
                    self.evict(register.0);
                }
                register.0
            } else {
                let fixed = shape.fixed_uses | shape.fixed_definitions;
                let allowed = !(fixed | shape.taken);
                self.pick_or_evict(value, allowed, !shape.plain)
                    .ok_or(Error::OutOfRegisters(number))?
            };
            shape.taken |= bit(register);
            self.define(number, instruction, index, register);
        }
        Ok(())
    }

    /// Frees the registers of values whose last use this is.
    #[inline]
    fn end_uses(&mut self, instruction: &Instruction) {
        for index in instruction.operands() {
            let operand = self.function.operands[index];
            let value = operand.register().0;
            if !operand.is_definition() && self.value(value).is_dead() {
                self.release(value);
            }
        }
    }

    #[inline]
    fn place_definitions(
        &mut self,
        number: u32,
        instruction: &Instruction,
        shape: &mut Shape,
    ) -> Result<(), Error> {
        for index in instruction.operands() {
            let operand = self.function.operands[index];
            if operand.role() != Role::Definition {
                continue;
            }
            let register = match operand.place() {
                Place::Fixed(register) => register.0,
                Place::Tied => match self.out.locations[index].as_register() {
                    Some(register) => register.0,
                    None => return Err(Error::OutOfRegisters(number)),
                },
                _ => {
                    let allowed = !(shape.late | shape.taken | shape.fixed_definitions);
                    let value = operand.register().0;
                    if instruction.flags.has(InstructionFlags::REPEATABLE)
                        && self.waits(number, value)
                    {
                        continue;
                    }
                    self.pick_or_evict(value, allowed, allowed)
                        .ok_or(Error::OutOfRegisters(number))?
                }
            };
            shape.taken |= bit(register);
            self.define(number, instruction, index, register);
        }
        Ok(())
    }

    /// Leaves the definition of a value that can be had by repetition to its only use, if that wants it in a register
    /// which is not free yet: to be defined elsewhere and moved would be one instruction more.
    fn waits(&mut self, number: u32, value: u32) -> bool {
        let (weight, occupied) = (self.weight, self.occupied);
        let Value { wish, .. } = *self.value(value);
        if wish == NO_REGISTER || occupied & bit(wish) == 0 || !self.is_only_fixed(value, wish) {
            return false;
        }
        let known = self.value(value);
        known.set_weight(weight);
        known.definition = number;
        known.flags |= Value::REPEATABLE;
        true
    }

    /// Whether a value that is defined here is used once, in this block and in this register.
    fn is_only_fixed(&mut self, value: u32, register: u8) -> bool {
        let next = self.value(value).next_use();
        let block = &self.function.blocks[self.block as usize];
        if next >= block.instructions.end {
            return false;
        }
        let mut uses = self.function.instructions[next as usize]
            .operands()
            .filter(|&index| self.function.operands[index].register().0 == value);
        let (Some(index), None) = (uses.next(), uses.next()) else {
            return false;
        };
        self.function.operands[index].place() == Place::Fixed(PhysicalRegister(register))
            && self.liveness.nexts[index] == DEAD
    }

    #[inline]
    fn define(&mut self, number: u32, instruction: &Instruction, index: usize, register: u8) {
        let value = self.function.operands[index].register().0;
        self.out.locations[index] = Location::register(PhysicalRegister(register));
        self.out.written |= bit(register);
        let weight = self.weight;
        let known = self.value(value);
        known.set_weight(weight);
        known.definition = number;
        known.first = register;
        if instruction.flags.has(InstructionFlags::REPEATABLE) {
            known.flags |= Value::REPEATABLE;
        }
        if !known.is_dead() {
            self.hold(value, register);
        }
    }
}
