//! Makes functions: by hand with [`Builder`], or at random.

use std::vec;
use std::vec::Vec;

use crate::compile::machine::{
    Block, Edge, Instruction, InstructionFlags, MachineFunction, Operand, PhysicalRegister, Place,
    RegisterFile, Role, ValueKind, VirtualRegister,
};

/// The same function again.
pub(super) fn copy_of(function: &MachineFunction) -> MachineFunction {
    MachineFunction {
        instructions: function.instructions.clone(),
        operands: function.operands.clone(),
        blocks: function.blocks.clone(),
        edges: function.edges.clone(),
        lists: function.lists.clone(),
        kinds: function.kinds.clone(),
    }
}

/// A use in any register.
pub(super) fn r(value: u32) -> Operand {
    Operand::new(VirtualRegister(value), Role::Use, Place::Register)
}

/// A use in any place.
pub(super) fn any(value: u32) -> Operand {
    Operand::new(VirtualRegister(value), Role::Use, Place::Any)
}

/// A use in a register.
pub(super) fn at(value: u32, register: u8) -> Operand {
    Operand::new(
        VirtualRegister(value),
        Role::Use,
        Place::Fixed(PhysicalRegister(register)),
    )
}

/// A definition.
pub(super) fn d(value: u32, place: Place) -> Operand {
    Operand::new(VirtualRegister(value), Role::Definition, place)
}

/// Where control can go that has not got its block yet.
pub(super) struct Label {
    parameters: Vec<u32>,
    edges: Vec<u32>,
}

/// Puts a function together.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) function: MachineFunction,
    depth: u16,
    pub(super) cold: bool,
    open: bool,
    predecessors: Vec<Vec<u32>>,
}

impl Builder {
    pub(super) fn value(&mut self, kind: ValueKind) -> u32 {
        self.function.kinds.push(kind);
        self.function.kinds.len() as u32 - 1
    }

    pub(super) fn label(&mut self, kinds: &[ValueKind]) -> Label {
        let parameters = kinds.iter().map(|&kind| self.value(kind)).collect();
        Label {
            parameters,
            edges: Vec::new(),
        }
    }

    /// Adds an instruction to the current block.
    pub(super) fn emit(&mut self, opcode: u16, flags: u8, operands: &[Operand]) {
        let f = &mut self.function;
        let first_operand = f.operands.len() as u32;
        f.operands.extend_from_slice(operands);
        f.instructions.push(Instruction {
            opcode,
            flags: InstructionFlags(flags),
            operand_count: operands.len() as u8,
            first_operand,
            a: f.instructions.len() as u32,
            b: 0,
        });
    }

    /// Begins a block; a label's parameters become its own.
    pub(super) fn begin(&mut self, label: &Label) -> (u32, Vec<u32>) {
        assert!(!self.open);
        self.open = true;
        let f = &mut self.function;
        let number = f.blocks.len() as u32;
        let first = f.lists.len() as u32;
        f.lists.extend_from_slice(&label.parameters);
        let start = f.instructions.len() as u32;
        f.blocks.push(Block {
            instructions: start..start,
            parameters: first..f.lists.len() as u32,
            loop_depth: self.depth,
            is_cold: self.cold,
            ..Block::default()
        });
        self.predecessors.push(Vec::new());
        for &edge in &label.edges {
            f.edges[edge as usize].to = number;
            self.predecessors[number as usize].push(edge);
        }
        (number, label.parameters.clone())
    }

    pub(super) fn begin_loop(&mut self, label: &Label) -> (u32, Vec<u32>) {
        self.depth += 1;
        self.begin(label)
    }

    /// Ends the loop; the next block is behind it.
    pub(super) fn end_loop(&mut self, header: u32) {
        self.depth -= 1;
        let end = self.function.blocks.len() as u32;
        self.function.blocks[header as usize].loop_end = end;
    }

    fn edge(&mut self, to: u32, arguments: &[u32]) -> u32 {
        let f = &mut self.function;
        let first = f.lists.len() as u32;
        f.lists.extend_from_slice(arguments);
        let from = f.blocks.len() as u32 - 1;
        f.edges.push(Edge {
            from,
            to,
            arguments: first..f.lists.len() as u32,
        });
        f.edges.len() as u32 - 1
    }

    /// An edge to a label, of the block that ends next. All edges of a block are made one after the other.
    pub(super) fn go(&mut self, label: &mut Label, arguments: &[u32]) {
        assert_eq!(label.parameters.len(), arguments.len());
        let edge = self.edge(0, arguments);
        label.edges.push(edge);
    }

    /// An edge to a block that is there.
    pub(super) fn back(&mut self, header: u32, arguments: &[u32]) {
        let edge = self.edge(header, arguments);
        self.predecessors[header as usize].push(edge);
    }

    /// Ends the block with an instruction; its edges have been made.
    pub(super) fn end(&mut self, opcode: u16, operands: &[Operand]) {
        self.emit(opcode, 0, operands);
        self.open = false;
        let f = &mut self.function;
        let from = f.blocks.len() as u32 - 1;
        let first = f
            .edges
            .iter()
            .rposition(|e| e.from != from)
            .map_or(0, |i| i as u32 + 1);
        let block = f.blocks.last_mut().unwrap();
        block.successors = first..f.edges.len() as u32;
        block.instructions.end = f.instructions.len() as u32;
    }

    /// The finished function.
    pub(super) fn finish(mut self) -> MachineFunction {
        for (number, list) in self.predecessors.iter().enumerate() {
            let first = self.function.lists.len() as u32;
            self.function.lists.extend_from_slice(list);
            let end = self.function.lists.len() as u32;
            self.function.blocks[number].predecessors = first..end;
        }
        self.function
    }
}

/// Numbers by chance.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        ((self.next() >> 16) % end as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

struct Generator<'a> {
    builder: Builder,
    random: Random,
    file: &'a RegisterFile,
    /// The values that can be used.
    scope: Vec<u32>,
    /// The labels behind the loops around.
    exits: Vec<Label>,
    broken: Vec<bool>,
    left: isize,
    reachable: bool,
    /// How many values ago a value that is used may have been defined.
    reach: usize,
}

const KINDS: [ValueKind; 5] = [
    ValueKind::Integer,
    ValueKind::Integer,
    ValueKind::Integer,
    ValueKind::Float,
    ValueKind::Vector,
];

/// A random function of about so many instructions.
pub(super) fn generate(
    seed: u64,
    size: usize,
    reach: usize,
    file: &RegisterFile,
) -> MachineFunction {
    let mut generator = Generator {
        builder: Builder::default(),
        random: Random::new(seed),
        file,
        scope: Vec::new(),
        exits: Vec::new(),
        broken: Vec::new(),
        left: size as isize,
        reachable: true,
        reach,
    };
    for _ in 0..10 {
        generator.random.next();
    }
    let label = generator.builder.label(&[]);
    generator.builder.begin(&label);
    generator.start();
    while generator.reachable && generator.left > 0 {
        generator.sequence(0);
    }
    if generator.reachable {
        generator.leave_function();
    }
    generator.builder.finish()
}

impl Generator<'_> {
    fn general(&self) -> &'static [PhysicalRegister] {
        self.file.allocatable[0]
    }

    /// Whether it is to be like real code, and to have its full size.
    fn is_typical(&self) -> bool {
        self.reach != usize::MAX
    }

    fn kind(&mut self) -> ValueKind {
        if self.is_typical() && self.random.chance(75) {
            return ValueKind::Integer;
        }
        KINDS[self.random.below(KINDS.len())]
    }

    fn define(&mut self, kind: ValueKind) -> u32 {
        let value = self.builder.value(kind);
        self.scope.push(value);
        value
    }

    /// A value to use, often a recent one.
    fn pick(&mut self, kind: ValueKind) -> u32 {
        for _ in 0..30 {
            let size = self.scope.len();
            let index = if self.random.chance(60) {
                size - 1 - self.random.below(size.min(8))
            } else {
                size - 1 - self.random.below(size.min(self.reach))
            };
            if self.builder.function.kinds[self.scope[index] as usize] == kind {
                return self.scope[index];
            }
        }
        let kinds = &self.builder.function.kinds;
        *self
            .scope
            .iter()
            .rev()
            .find(|v| kinds[**v as usize] == kind)
            .unwrap()
    }

    fn pick_all(&mut self, label: &Label) -> Vec<u32> {
        label
            .parameters
            .iter()
            .map(|&p| {
                let kind = self.builder.function.kinds[p as usize];
                self.pick(kind)
            })
            .collect()
    }

    fn start(&mut self) {
        let mut operands = Vec::new();
        for number in 0..1 + self.random.below(3) {
            let value = self.define(ValueKind::Integer);
            operands.push(d(value, Place::Fixed(self.general()[number])));
        }
        for (number, kind) in [ValueKind::Float, ValueKind::Vector]
            .into_iter()
            .enumerate()
        {
            let value = self.define(kind);
            operands.push(d(value, Place::Fixed(self.file.allocatable[1][number])));
        }
        self.builder.emit(1, 0, &operands);
    }

    fn leave_function(&mut self) {
        let value = self.pick(ValueKind::Integer);
        let fixed = self.general()[0].0;
        self.builder.end(2, &[at(value, fixed)]);
        self.reachable = false;
    }

    fn operand(&mut self, kind: ValueKind) -> Operand {
        let value = self.pick(kind);
        let place = if self.random.chance(25) {
            Place::Any
        } else {
            Place::Register
        };
        Operand::new(VirtualRegister(value), Role::Use, place)
    }

    fn instruction(&mut self) {
        self.left -= 1;
        if self.is_typical() && self.random.chance(85) {
            return if self.random.chance(60) {
                self.tied()
            } else {
                self.plain()
            };
        }
        match self.random.below(14) {
            0 => self.constant(),
            1 => self.copy(),
            2 => self.shift(),
            3 => self.division(),
            4 => self.call(),
            5..=8 => self.tied(),
            9 => self.early(),
            10 => self.late(),
            11 => self.permutation(),
            _ => self.plain(),
        }
    }

    fn constant(&mut self) {
        let kind = self.kind();
        let value = self.define(kind);
        self.builder.emit(
            10,
            InstructionFlags::REPEATABLE,
            &[d(value, Place::Register)],
        );
    }

    fn copy(&mut self) {
        let kind = self.kind();
        let from = self.pick(kind);
        let value = self.define(kind);
        self.builder.emit(
            11,
            InstructionFlags::COPY,
            &[d(value, Place::Register), any(from)],
        );
    }

    fn shift(&mut self) {
        let (a, b) = (self.pick(ValueKind::Integer), self.pick(ValueKind::Integer));
        let count = self.general()[1].0;
        let value = self.define(ValueKind::Integer);
        self.builder
            .emit(12, 0, &[d(value, Place::Tied), r(a), at(b, count)]);
    }

    fn division(&mut self) {
        let (a, b) = (
            self.pick(ValueKind::Integer),
            self.operand(ValueKind::Integer),
        );
        let (low, high) = (self.general()[0], self.general()[2]);
        let remainder = self.builder.value(ValueKind::Integer);
        let quotient = self.define(ValueKind::Integer);
        let high = Operand::new(
            VirtualRegister(remainder),
            if self.random.chance(50) {
                Role::EarlyDefinition
            } else {
                Role::Definition
            },
            Place::Fixed(high),
        );
        if self.random.chance(50) {
            self.scope.push(remainder);
        }
        self.builder.emit(
            13,
            0,
            &[d(quotient, Place::Fixed(low)), high, at(a, low.0), b],
        );
    }

    fn call(&mut self) {
        let mut operands = Vec::new();
        for number in 0..self.random.below(3) {
            let value = self.define(ValueKind::Integer);
            operands.push(d(value, Place::Fixed(self.general()[number])));
        }
        if self.random.chance(20) {
            let value = self.define(ValueKind::Float);
            operands.push(d(value, Place::Fixed(self.file.allocatable[1][0])));
        }
        let results = operands.len();
        for number in 0..self.random.below(4) {
            let value = self.pick_before(ValueKind::Integer, results);
            operands.push(at(value, self.general()[2 - number].0));
        }
        for number in 0..self.random.below(3) {
            let kind = if number == 0 {
                ValueKind::Vector
            } else {
                ValueKind::Float
            };
            let value = self.pick_before(kind, results);
            operands.push(at(value, self.file.allocatable[1][number].0));
        }
        for _ in 0..self.random.below(3) {
            let kind = self.kind();
            operands.push(any(self.pick_before(kind, results)));
        }
        self.builder.emit(14, InstructionFlags::CALL, &operands);
    }

    /// As `pick`, but not what was defined last.
    fn pick_before(&mut self, kind: ValueKind, count: usize) -> u32 {
        let last = self.scope.split_off(self.scope.len() - count);
        let value = self.pick(kind);
        self.scope.extend(last);
        value
    }

    fn tied(&mut self) {
        let kind = self.kind();
        let (a, b) = (self.pick(kind), self.operand(kind));
        let flags = if self.random.chance(60) {
            InstructionFlags::COMMUTATIVE
        } else {
            0
        };
        let value = self.define(kind);
        self.builder
            .emit(15, flags, &[d(value, Place::Tied), r(a), b]);
    }

    fn early(&mut self) {
        let kind = self.kind();
        let operand = self.operand(kind);
        let value = self.define(kind);
        let value = Operand::new(
            VirtualRegister(value),
            Role::EarlyDefinition,
            Place::Register,
        );
        self.builder.emit(16, 0, &[value, operand]);
    }

    fn late(&mut self) {
        let kind = self.kind();
        let (a, b) = (self.pick(kind), self.operand(kind));
        let place = if self.random.chance(30) {
            Place::Any
        } else {
            Place::Register
        };
        let a = Operand::new(VirtualRegister(a), Role::LateUse, place);
        let value = self.define(kind);
        if b.place() == Place::Register && self.random.chance(50) {
            self.builder.emit(17, 0, &[d(value, Place::Tied), b, a]);
        } else {
            self.builder.emit(17, 0, &[d(value, Place::Register), b, a]);
        }
    }

    /// Fixed uses and definitions that are in each other's way.
    fn permutation(&mut self) {
        let list = self.general();
        let (a, b) = (self.pick(ValueKind::Integer), self.pick(ValueKind::Integer));
        let any = self.operand(ValueKind::Integer);
        let (c, e) = (
            self.define(ValueKind::Integer),
            self.define(ValueKind::Integer),
        );
        self.builder.emit(
            18,
            0,
            &[
                at(a, list[1].0),
                at(b, list[0].0),
                any,
                d(c, Place::Fixed(list[2])),
                d(e, Place::Fixed(list[1])),
            ],
        );
    }

    fn plain(&mut self) {
        let count = 1 + self.random.below(2);
        let mut operands = Vec::new();
        for _ in 0..count {
            let kind = self.kind();
            operands.push(self.operand(kind));
        }
        if self.random.chance(70) {
            let kind = self.kind();
            let value = self.define(kind);
            operands.insert(0, d(value, Place::Register));
        }
        self.builder.emit(19, 0, &operands);
    }

    fn sequence(&mut self, nesting: usize) {
        for _ in 0..1 + self.random.below(8) {
            self.instruction();
        }
        if nesting > 6 || self.left <= 0 {
            return;
        }
        match self.random.below(10) {
            0..=2 => self.branch(nesting),
            3 => self.switch(nesting),
            4..=6 => self.cycle(nesting),
            7 if !self.is_typical() && !self.exits.is_empty() => self.break_loop(),
            8 if !self.is_typical() && nesting > 0 && self.random.chance(20) => {
                self.leave_function()
            }
            _ => {}
        }
    }

    fn kinds(&mut self) -> Vec<ValueKind> {
        let most = if self.is_typical() { 3 } else { 5 };
        (0..self.random.below(most)).map(|_| self.kind()).collect()
    }

    fn condition(&mut self) -> Vec<Operand> {
        let mut operands = vec![self.operand(ValueKind::Integer)];
        if self.random.chance(50) {
            operands.push(self.operand(ValueKind::Integer));
        }
        if self.random.chance(20) {
            let value = self.builder.value(ValueKind::Integer);
            let role = Role::EarlyDefinition;
            operands.push(Operand::new(VirtualRegister(value), role, Place::Register));
        }
        operands
    }

    fn jump(&mut self, label: &mut Label) {
        let arguments = self.pick_all(label);
        self.builder.go(label, &arguments);
        self.builder.end(3, &[]);
    }

    /// The code behind a branch; afterwards the scope is as before.
    fn arm(&mut self, label: Label, after: &mut Label, nesting: usize) {
        let size = self.scope.len();
        let (_, parameters) = self.builder.begin(&label);
        self.scope.extend(parameters);
        self.reachable = true;
        for _ in 0..self.random.below(3) {
            if self.reachable {
                self.sequence(nesting + 1);
            }
        }
        if self.reachable {
            self.jump(after);
        }
        self.scope.truncate(size);
    }

    fn go(&mut self, label: &mut Label) {
        let arguments = self.pick_all(label);
        self.builder.go(label, &arguments);
    }

    fn branch(&mut self, nesting: usize) {
        let kinds = self.kinds();
        let mut after = self.builder.label(&kinds);
        let kinds = self.kinds();
        let mut first = self.builder.label(&kinds);
        let mut second = self.builder.label(&[]);
        let shape = self.random.below(3);
        self.go(&mut first);
        if shape == 0 {
            self.go(&mut second);
        } else {
            self.go(&mut after);
        }
        let condition = self.condition();
        self.builder.end(4, &condition);
        let cold = self.builder.cold;
        self.builder.cold |= self.random.chance(20);
        self.arm(first, &mut after, nesting);
        self.builder.cold = cold;
        if shape == 0 {
            self.arm(second, &mut after, nesting);
        }
        self.join(&after);
    }

    fn join(&mut self, after: &Label) {
        self.reachable = !after.edges.is_empty();
        if self.reachable {
            let (_, parameters) = self.builder.begin(after);
            self.scope.extend(parameters);
        }
    }

    fn switch(&mut self, nesting: usize) {
        let kinds = self.kinds();
        let mut after = self.builder.label(&kinds);
        let count = 1 + self.random.below(4);
        let mut arms: Vec<Label> = (0..count).map(|_| self.builder.label(&[])).collect();
        for arm in &mut arms {
            self.go(arm);
            if self.random.chance(30) {
                self.go(arm);
            }
        }
        for _ in 0..self.random.below(3) {
            self.go(&mut after);
        }
        let condition = self.condition();
        self.builder.end(5, &condition);
        for arm in arms {
            self.arm(arm, &mut after, nesting);
        }
        self.join(&after);
    }

    fn cycle(&mut self, nesting: usize) {
        let kinds = self.kinds();
        let mut entry = self.builder.label(&kinds);
        self.jump(&mut entry);
        let size = self.scope.len();
        let (header, parameters) = self.builder.begin_loop(&entry);
        self.scope.extend(parameters);
        let exit_kinds = self.kinds();
        self.exits.push(Label {
            parameters: Vec::new(),
            edges: Vec::new(),
        });
        let exit = self.builder.label(&exit_kinds);
        *self.exits.last_mut().unwrap() = exit;
        self.broken.push(false);
        for _ in 0..self.random.below(3) {
            if self.reachable {
                self.sequence(nesting + 1);
            }
        }
        let mut exit = self.exits.pop().unwrap();
        let broken = self.broken.pop().unwrap();
        if self.reachable {
            self.latch(header, &entry, &mut exit);
        } else {
            self.scope.truncate(size);
        }
        self.builder.end_loop(header);
        if broken {
            self.scope.truncate(size);
        }
        self.join(&exit);
    }

    fn latch(&mut self, header: u32, entry: &Label, exit: &mut Label) {
        let mut arguments = self.pick_all(entry);
        if !self.is_typical() && self.random.chance(40) {
            // The parameters change places, as far as they are alike.
            let kinds = &self.builder.function.kinds;
            for (index, &parameter) in entry.parameters.iter().enumerate() {
                let kind = kinds[parameter as usize];
                let alike: Vec<u32> = entry
                    .parameters
                    .iter()
                    .copied()
                    .filter(|&p| kinds[p as usize] == kind)
                    .collect();
                let place = alike.iter().position(|&p| p == parameter).unwrap();
                arguments[index] = alike[(place + 1) % alike.len()];
            }
        }
        if !self.is_typical() && self.random.chance(10) {
            self.builder.back(header, &arguments);
            self.builder.end(3, &[]);
            self.reachable = false;
            return;
        }
        self.builder.back(header, &arguments);
        self.go(exit);
        if self.random.chance(15) {
            let others = self.pick_all(entry);
            self.builder.back(header, &others);
        }
        let condition = self.condition();
        self.builder.end(4, &condition);
    }

    /// Leaves a loop around, perhaps.
    fn break_loop(&mut self) {
        let index = self.random.below(self.exits.len());
        for broken in &mut self.broken[index..] {
            *broken = true;
        }
        let exit = Label {
            parameters: Vec::new(),
            edges: Vec::new(),
        };
        let mut exit = core::mem::replace(&mut self.exits[index], exit);
        if self.random.chance(50) {
            let mut on = self.builder.label(&[]);
            self.go(&mut exit);
            self.go(&mut on);
            let condition = self.condition();
            self.builder.end(4, &condition);
            self.builder.begin(&on);
        } else {
            self.jump(&mut exit);
            self.reachable = false;
        }
        self.exits[index] = exit;
    }
}
