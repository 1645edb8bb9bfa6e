//! Loads, stores, globals, and the bases of memories.

use super::control::Condition;
use super::{Error, Rm, Selected, Selector};
use crate::compile::ir::ops::{Op, effect};
use crate::compile::ir::{Node, Type, Value};
use crate::compile::machine::VirtualRegister;
use crate::compile::x64::instructions::X64;
use crate::runtime::layout::{VmContext, VmGlobal, VmMemory, VmStore};
use crate::wasm::trap::Trap;
use core::mem::offset_of;

impl Selector<'_> {
    /// The register of the base of memory 0, if it never moves. It is in its place at calls and returns, whether the
    /// function uses it or not.
    pub(super) fn memory_base_register(&mut self) -> Option<VirtualRegister> {
        if !self.target.is_guarded {
            return None;
        }
        if self.memory_base.is_none() {
            self.memory_base = Some(self.new_integer());
        }
        self.memory_base
    }

    /// Where a load or store goes.
    pub(super) fn place(&mut self, node: &Node) -> Rm {
        let Some(access) = self.function.access(node).copied() else {
            return Rm::Operand;
        };
        self.position |= Selected::FAULTS;
        let base = self.register(access.base);
        if let Some(address) = self.function.constant(Value(node.a)) {
            let sum = address.checked_add(access.offset.into());
            if let Some(displacement) = sum.and_then(|sum| i32::try_from(sum).ok()) {
                return Rm::Base(base, displacement);
            }
        }
        let address = self.register(Value(node.a));
        match i32::try_from(access.offset) {
            Ok(displacement) => Rm::Index(base, address, displacement),
            Err(_) => {
                let offset = self.integer_constant(access.offset.into());
                let sum = self.new_integer();
                self.emit(X64::Add64, Rm::Operand, &[sum, offset, address], 0);
                Rm::Index(base, sum, 0)
            }
        }
    }

    /// Where a load goes that becomes part of the instruction which needs it.
    pub(super) fn folded(&mut self, value: Value, node: &Node) -> Rm {
        self.folded = self.function.positions[value.index()];
        self.place(node)
    }

    /// An operand that can be in memory: a load becomes part of the instruction if it has exactly its width, nobody
    /// else needs it and nothing with effects is between the two. Otherwise it is in the register.
    pub(super) fn source(&mut self, value: Value, is_64: bool) -> (Rm, Option<VirtualRegister>) {
        let node = *self.function.node(value);
        let has_width = match node.op {
            Op::I32Load => !is_64,
            Op::I64Load => is_64,
            _ => false,
        };
        if has_width
            && self.is_only_here(value)
            && self.work.effects_before[value.index()] + 1 == self.effects
        {
            return (self.folded(value, &node), None);
        }
        let register = if is_64 {
            self.register(value)
        } else {
            self.low_register(value)
        };
        (Rm::Operand, Some(register))
    }

    pub(super) fn load(&mut self, value: Value, node: &Node) -> Result<(), Error> {
        let x64 = match node.op {
            Op::I32Load | Op::I64Load32U => X64::Mov32,
            Op::I64Load => X64::Mov64,
            Op::I32Load8U | Op::I64Load8U => X64::Movzx8,
            Op::I32Load16U | Op::I64Load16U => X64::Movzx16,
            Op::I32Load8S => X64::Movsx8To32,
            Op::I64Load8S => X64::Movsx8To64,
            Op::I32Load16S => X64::Movsx16To32,
            Op::I64Load16S => X64::Movsx16To64,
            Op::I64Load32S => X64::Movsx32To64,
            Op::F32Load => X64::MovssLoad,
            Op::F64Load => X64::MovsdLoad,
            Op::V128Load => X64::Movups,
            _ => return self.vector_load(value, node),
        };
        let place = self.place(node);
        let to = self.register_of(value);
        self.emit(x64, place, &[to], 0);
        Ok(())
    }

    pub(super) fn store(&mut self, node: &Node) -> Result<(), Error> {
        let constant = self.short_constant(Value(node.b));
        let (x64, immediate) = match node.op {
            Op::I32Store8 | Op::I64Store8 => (X64::Mov8Store, Some(X64::Mov8StoreImm)),
            Op::I32Store16 | Op::I64Store16 => (X64::Mov16Store, Some(X64::Mov16StoreImm)),
            Op::I32Store | Op::I64Store32 => (X64::Mov32Store, Some(X64::Mov32StoreImm)),
            Op::I64Store => (X64::Mov64Store, Some(X64::Mov64StoreImm)),
            Op::F32Store => (X64::MovssStore, Some(X64::Mov32StoreImm)),
            Op::F64Store => (X64::MovsdStore, Some(X64::Mov64StoreImm)),
            Op::V128Store => (X64::MovupsStore, None),
            _ => return self.store_lane(node),
        };
        let place = self.place(node);
        match (constant, immediate) {
            (Some(constant), Some(x64)) => {
                let constant = match node.op {
                    Op::I32Store8 | Op::I64Store8 => i32::from(constant as i8),
                    Op::I32Store16 | Op::I64Store16 => i32::from(constant as i16),
                    _ => constant,
                };
                self.emit(x64, place, &[], constant);
            }
            _ => {
                let value = match node.op {
                    Op::I64Store | Op::F32Store | Op::F64Store | Op::V128Store => {
                        self.register(Value(node.b))
                    }
                    _ => self.low_register(Value(node.b)),
                };
                self.emit(x64, place, &[value], 0);
            }
        }
        Ok(())
    }

    pub(super) fn memory_base(&mut self, value: Value, node: &Node) {
        let memory = self.memory(node.a);
        let to = self.register_of(value);
        let at = offset_of!(VmMemory, base) as i32;
        self.emit(X64::Mov64, Rm::Base(memory, at), &[to], 0);
    }

    pub(super) fn memory_bytes(&mut self, value: Value, node: &Node) {
        let memory = self.memory(node.a);
        let to = self.register_of(value);
        let at = offset_of!(VmMemory, size_bytes) as i32;
        self.emit(X64::Mov64, Rm::Base(memory, at), &[to], 0);
    }

    /// The address of a memory's record.
    fn memory(&mut self, index: u32) -> VirtualRegister {
        let memory = self.new_integer();
        if index == 0 {
            let at = offset_of!(VmContext, memory0) as i32;
            self.emit(X64::Mov64, Rm::Context(at), &[memory], 0);
        } else {
            let memories = self.new_integer();
            let at = offset_of!(VmContext, memories) as i32;
            self.emit(X64::Mov64, Rm::Context(at), &[memories], 0);
            // There are at most 100 memories.
            let at = index as i32 * size_of::<usize>() as i32;
            self.emit(X64::Mov64, Rm::Base(memories, at), &[memory], 0);
        }
        memory
    }

    /// Where the value of a global is.
    fn global(&mut self, index: u32) -> Rm {
        let imported = self.target.module.imported_globals;
        if index < imported {
            let globals = self.new_integer();
            let at = offset_of!(VmContext, globals) as i32;
            self.emit(X64::Mov64, Rm::Context(at), &[globals], 0);
            let global = self.new_integer();
            let at = index as i32 * size_of::<usize>() as i32;
            self.emit(X64::Mov64, Rm::Base(globals, at), &[global], 0);
            Rm::Base(global, 0)
        } else {
            let own = (index - imported) as usize;
            let at = VmContext::GLOBALS_OFFSET + own * size_of::<VmGlobal>();
            Rm::Context(at as i32)
        }
    }

    pub(super) fn global_get(&mut self, value: Value, node: &Node) {
        let place = self.global(node.a);
        self.load_whole(value, node.ty, place);
    }

    /// Loads a value that stands somewhere with its type.
    fn load_whole(&mut self, value: Value, ty: Type, place: Rm) {
        let to = self.register_of(value);
        let x64 = match ty {
            Type::I32 => X64::Mov32,
            Type::I64 | Type::None => X64::Mov64,
            Type::F32 => X64::MovssLoad,
            Type::F64 => X64::MovsdLoad,
            Type::V128 => X64::Movups,
        };
        self.emit(x64, place, &[to], 0);
    }

    /// The address of the interpreter's frame that the code takes over.
    pub(super) fn loop_frame(&mut self, value: Value) {
        let to = self.register_of(value);
        let store = self.new_integer();
        let at = offset_of!(VmContext, store) as i32;
        self.emit(X64::Mov64, Rm::Context(at), &[store], 0);
        let frame = Rm::Base(store, offset_of!(VmStore, loop_frame) as i32);
        self.emit(X64::Mov64, frame, &[to], 0);
    }

    /// What the interpreter's frame has.
    pub(super) fn frame_load(&mut self, value: Value, node: &Node) {
        let frame = self.register(Value(node.a));
        self.load_whole(value, node.ty, Rm::Base(frame, node.b as i32));
    }

    pub(super) fn global_set(&mut self, node: &Node) {
        let value = self.register(Value(node.a));
        let place = self.global(node.b);
        let x64 = match self.function.ty(Value(node.a)) {
            Type::I32 | Type::I64 | Type::None => X64::Mov64Store,
            Type::F32 => X64::MovssStore,
            Type::F64 => X64::MovsdStore,
            Type::V128 => X64::MovupsStore,
        };
        self.emit(x64, place, &[value], 0);
    }

    /// Takes fuel, and traps if there is none left.
    pub(super) fn charge_fuel(&mut self, node: &Node) {
        let units = (node.op == Op::ChargeFuelBy).then(|| self.register(Value(node.a)));
        let store = self.new_integer();
        let at = offset_of!(VmContext, store) as i32;
        self.emit(X64::Mov64, Rm::Context(at), &[store], 0);
        let fuel = Rm::Base(store, offset_of!(VmStore, fuel) as i32);
        match units {
            Some(units) => self.emit(X64::Sub64Store, fuel, &[units], 0),
            // A segment has fewer operators than a body has bytes.
            None => self.emit(X64::Sub64StoreImm, fuel, &[], node.a as i32),
        }
        self.trap_if(Condition::Negative, Trap::OutOfFuel);
    }

    /// Whether a node is a load or a store.
    pub(super) fn is_access(&self, node: &Node) -> bool {
        self.function.access(node).is_some() && node.op.row().effects & effect::TRAP != 0
    }
}
