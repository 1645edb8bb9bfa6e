//! How functions are entered, call, and are left.
//!
//! Input: the size of the frame and what is saved in it. Output: code. Holds: where a function calls, the stack
//! pointer is aligned to 16 bytes; the return address and stack arguments are below it while the callee runs.

use core::mem::offset_of;

use super::{Emitter, LARGE_FRAME_BYTES, in_context};
use crate::compile::ir::RuntimeFunction;
use crate::compile::machine::{Location, PhysicalRegister};
use crate::compile::object::{CallSite, Object, Relocation, Target};
use crate::compile::x64::convention::{
    CONTEXT, FRAME_POINTER, MEMORY_BASE, SCRATCH, STACK_POINTER,
};
use crate::compile::x64::encode::{Rm, Unencodable};
use crate::compile::x64::instructions::X64;
use crate::compile::x64::select::control::Condition;
use crate::runtime::layout::{VmContext, VmFunction};
use crate::wasm::trap::Trap;

/// Where a function that calls others by reference has its context.
const SAVED_CONTEXT: Rm = at(FRAME_POINTER, -8);

/// A word in memory.
const fn at(base: PhysicalRegister, displacement: i32) -> Rm {
    Rm::Memory {
        base,
        index: None,
        displacement,
    }
}

impl Emitter<'_> {
    fn saved_registers(&self) -> impl Iterator<Item = (PhysicalRegister, Rm)> + use<> {
        let (preserved, base) = (self.preserved, self.frame.base);
        (0..64_u8)
            .filter(move |number| preserved >> number & 1 != 0)
            .zip(1 + i32::from(self.saves_context)..)
            .map(move |(number, at)| {
                let place = Rm::Memory {
                    base,
                    index: None,
                    displacement: -8 * at,
                };
                (PhysicalRegister(number), place)
            })
    }

    /// What callers from outside of the instance do before they enter as others do.
    pub(super) fn external_entry(&mut self) -> Result<(), Unencodable> {
        self.object
            .bytes
            .resize(Object::EXTERNAL_ENTRY as usize, 0xCC);
        let context = Rm::Memory {
            base: SCRATCH,
            index: None,
            displacement: offset_of!(VmFunction, context) as i32,
        };
        self.plain(X64::Mov64, CONTEXT, context, 0)?;
        if self.selected.has_memory_base {
            self.load_memory_base()?;
        } else {
            self.list(format_args!("nop"));
            self.object.bytes.extend([0x0F, 0x1F, 0x40, 0x00]);
        }
        if self.at() == Object::INTERNAL_ENTRY {
            Ok(())
        } else {
            Err(Unencodable)
        }
    }

    fn load_memory_base(&mut self) -> Result<(), Unencodable> {
        let base = in_context(offset_of!(VmContext, machine.memory_base));
        self.plain(X64::Mov64, MEMORY_BASE, base, 0)
    }

    pub(super) fn prologue(&mut self) -> Result<(), Unencodable> {
        if !self.has_frame {
            return Ok(());
        }
        self.position = self.start();
        self.in_frame = true;
        self.plain(X64::Push, FRAME_POINTER, Rm::Register(FRAME_POINTER), 0)?;
        self.plain(X64::Mov64, FRAME_POINTER, Rm::Register(STACK_POINTER), 0)?;
        let is_large = self.frame_bytes > LARGE_FRAME_BYTES;
        if is_large {
            // The code for traps needs what is left of the stack.
            let end = Rm::Memory {
                base: FRAME_POINTER,
                index: None,
                displacement: -self.frame_bytes,
            };
            self.plain(X64::Lea64, SCRATCH, end, 0)?;
            self.check_stack(SCRATCH)?;
        }
        if self.frame_bytes > 0 {
            let frame_bytes = self.frame_bytes.into();
            self.plain(
                X64::Sub64Imm,
                STACK_POINTER,
                Rm::Register(STACK_POINTER),
                frame_bytes,
            )?;
        }
        if self.has_calls && !is_large {
            self.check_stack(STACK_POINTER)?;
        }
        if self.saves_context {
            self.plain(X64::Mov64Store, CONTEXT, SAVED_CONTEXT, 0)?;
        }
        for (register, place) in self.saved_registers() {
            self.plain(X64::Mov64Store, register, place, 0)?;
        }
        Ok(())
    }

    /// Traps if an address on the stack is below its limit.
    fn check_stack(&mut self, address: PhysicalRegister) -> Result<(), Unencodable> {
        let limit = in_context(offset_of!(VmContext, machine.stack_limit));
        self.plain(X64::Cmp64, address, limit, 0)?;
        let label = self.trap_label(Some(Trap::StackOverflow), self.start());
        self.branch(Some(Condition::Below as u32), label, "trap");
        Ok(())
    }

    pub(super) fn epilogue(&mut self) -> Result<(), Unencodable> {
        if self.in_frame {
            self.restore_registers()?;
            if self.frame_bytes > 0 {
                self.plain(X64::Mov64, STACK_POINTER, Rm::Register(FRAME_POINTER), 0)?;
            }
            self.plain(X64::Pop, FRAME_POINTER, Rm::Register(FRAME_POINTER), 0)?;
        }
        let none = Rm::Register(PhysicalRegister(0));
        match self.selected.incoming_bytes {
            0 => self.plain(X64::Ret, PhysicalRegister(0), none, 0),
            bytes => self.plain(X64::RetPop, PhysicalRegister(0), none, bytes.into()),
        }
    }

    fn restore_registers(&mut self) -> Result<(), Unencodable> {
        for (register, place) in self.saved_registers() {
            self.plain(X64::Mov64, register, place, 0)?;
        }
        Ok(())
    }

    /// A call of a function of the instance.
    pub(super) fn call(
        &mut self,
        function: u32,
        stack_bytes: u32,
        position: u32,
    ) -> Result<(), Unencodable> {
        self.list(format_args!("call function {function}"));
        self.object.bytes.push(0xE8);
        self.relocation(Target::Function(function));
        self.called(stack_bytes, position)
    }

    /// Four bytes for the distance to something else.
    fn relocation(&mut self, to: Target) {
        let at = self.at();
        self.object.bytes.extend([0; 4]);
        self.object.relocations.push(Relocation { at, to });
    }

    /// The address of the entries of a table that never changes.
    pub(super) fn table_address(
        &mut self,
        table: u32,
        to: PhysicalRegister,
    ) -> Result<(), Unencodable> {
        self.plain(X64::Lea64, to, Rm::RipRelative(0), 0)?;
        let at = self.at() - 4;
        self.object.bytes.truncate(at as usize);
        self.relocation(Target::Table(table));
        Ok(())
    }

    /// A call of a function of the instance by the address of its code.
    pub(super) fn call_address(
        &mut self,
        code: Location,
        stack_bytes: u32,
        position: u32,
    ) -> Result<(), Unencodable> {
        let code = self.word(code)?;
        self.plain(X64::CallRm, PhysicalRegister(0), code, 0)?;
        self.called(stack_bytes, position)
    }

    /// Behind a call whose callee has taken its stack arguments away.
    fn called(&mut self, stack_bytes: u32, position: u32) -> Result<(), Unencodable> {
        let at = self.at();
        self.object.calls.push(CallSite { at, position });
        if stack_bytes == 0 {
            return Ok(());
        }
        self.plain(
            X64::Sub64Imm,
            STACK_POINTER,
            Rm::Register(STACK_POINTER),
            stack_bytes.into(),
        )
    }

    /// A call of a function by the address of its record: it may be another instance's.
    pub(super) fn call_reference(
        &mut self,
        function: Location,
        stack_bytes: u32,
        position: u32,
    ) -> Result<(), Unencodable> {
        let function = self.word(function)?;
        self.plain(X64::Mov64, SCRATCH, function, 0)?;
        let code = at(SCRATCH, offset_of!(VmFunction, machine.call) as i32);
        self.plain(X64::CallRm, PhysicalRegister(0), code, 0)?;
        self.called(stack_bytes, position)?;
        self.plain(X64::Mov64, CONTEXT, SAVED_CONTEXT, 0)?;
        if self.selected.has_memory_base {
            self.load_memory_base()?;
        }
        Ok(())
    }

    /// A call of the runtime, whose arguments are in their registers.
    pub(super) fn call_runtime(&mut self, number: u32, position: u32) -> Result<(), Unencodable> {
        let table = in_context(offset_of!(VmContext, machine.runtime_functions));
        self.plain(X64::Mov64, SCRATCH, table, 0)?;
        let (_, name) = RuntimeFunction::ALL[number as usize];
        self.list(format_args!("call runtime {name}"));
        let listing = self.listing.take();
        let code = at(SCRATCH, number as i32 * size_of::<usize>() as i32);
        let emitted = self.plain(X64::CallRm, PhysicalRegister(0), code, 0);
        self.listing = listing;
        emitted?;
        self.called(0, position)
    }

    /// Goes on in another function of the instance, whose stack arguments are in the lowest part of the frame behind
    /// two spare words. What the caller finds behind the arguments of this function stays where it is.
    pub(super) fn tail_call(&mut self, function: u32, stack_bytes: u32) -> Result<(), Unencodable> {
        let incoming_bytes = self.selected.incoming_bytes;
        if stack_bytes > 0 || incoming_bytes > 0 {
            // The caller's frame pointer and the return address move as arguments do.
            let words = 2 + stack_bytes as i32 / 8;
            for word in 0..2 {
                self.copy_word(at(FRAME_POINTER, 8 * word), at(STACK_POINTER, 8 * word))?;
            }
            self.restore_registers()?;
            let to = incoming_bytes as i32 - stack_bytes as i32;
            // They go to higher addresses.
            for word in (0..words).rev() {
                let from = at(STACK_POINTER, 8 * word);
                self.copy_word(from, at(FRAME_POINTER, to + 8 * word))?;
            }
            self.plain(X64::Lea64, STACK_POINTER, at(FRAME_POINTER, to), 0)?;
            self.plain(X64::Pop, FRAME_POINTER, Rm::Register(FRAME_POINTER), 0)?;
        } else if self.in_frame {
            self.restore_registers()?;
            if self.frame_bytes > 0 {
                self.plain(X64::Mov64, STACK_POINTER, Rm::Register(FRAME_POINTER), 0)?;
            }
            self.plain(X64::Pop, FRAME_POINTER, Rm::Register(FRAME_POINTER), 0)?;
        }
        self.list(format_args!("jmp function {function}"));
        self.object.bytes.push(0xE9);
        self.relocation(Target::Function(function));
        Ok(())
    }

    fn copy_word(&mut self, from: Rm, to: Rm) -> Result<(), Unencodable> {
        self.plain(X64::Mov64, SCRATCH, from, 0)?;
        self.plain(X64::Mov64Store, SCRATCH, to, 0)
    }
}
