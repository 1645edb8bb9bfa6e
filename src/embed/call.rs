//! Calls from the host into running code, and values on their way there and back.
//!
//! Input: a function's handle, and values. Output: slots, as running code takes and leaves them.
//! Holds: what is written into slots has been checked: a reference belongs to the store and has the
//! type that is expected.

use alloc::boxed::Box;
use alloc::format;
use core::any::Any;
use core::ptr::NonNull;

use super::engine::Engine;
use super::extern_ref::{ExternRef, Rooted};
use super::func::Func;
use super::host::HostFunc;
use super::store::StorePtr;
use super::val::{V128, Val};
use crate::error::{Error, Result};
use crate::interp;
#[cfg(feature = "compiler")]
use crate::native;
use crate::runtime::extern_ref::RootScopeMark;
use crate::runtime::layout::VmFunction;
use crate::wasm::types::{HeapType, RefType, TypeId, ValType};

impl StorePtr {
    /// [`StorePtr::call`] with the usual case of machine code on the spot: one call less is a twelfth of the time that
    /// getting into an empty function takes.
    #[inline(always)]
    pub(super) fn call_on_the_spot(
        self,
        func: Func,
        slots: &mut [u64],
        param_slots: usize,
        result_slots: usize,
    ) -> Result<()> {
        #[cfg(feature = "compiler")]
        {
            let core = self.core();
            if let (false, Ok(function)) = (core.has_epoch(), core.inner().function(func.id())) {
                // SAFETY: as in `call`.
                unsafe {
                    if !function.as_ref().machine.enter.is_null() {
                        let store = core.inner().vm_ptr();
                        return native::call(function, slots.as_mut_ptr(), store);
                    }
                }
            }
        }
        self.call(func, slots, param_slots, result_slots)
    }

    /// Calls a function, with the arguments in the slots, in which the results are afterwards.
    ///
    /// The slots are enough for both.
    pub(super) fn call(
        self,
        func: Func,
        slots: &mut [u64],
        param_slots: usize,
        result_slots: usize,
    ) -> Result<()> {
        debug_assert!(param_slots.max(result_slots) <= slots.len());
        let core = self.core();
        core.check_epoch()?;
        let function = core.inner().function(func.id())?;
        let store = core.inner().vm_ptr();
        let max_frames = core.inner().backtrace_frames();
        let slots = slots.as_mut_ptr();
        // SAFETY: the store has just found the function, and no reference to the store is used
        // after this. The slots are enough, as the function's types say, which were looked at when
        // the call was prepared.
        let outcome = unsafe {
            #[cfg(feature = "compiler")]
            if !function.as_ref().machine.enter.is_null() {
                return native::call(function, slots, store);
            }
            interp::call(
                function,
                slots,
                param_slots,
                result_slots,
                store,
                max_frames,
            )
        };
        outcome.map_err(|error| error.rethrow_panic().with_complete_backtrace())
    }

    /// Keeps why a host function failed until running code has stopped.
    #[cold]
    pub(super) fn set_pending_error(self, error: Error) {
        self.with(|core| core.inner_mut().vm().pending_error = Some(error));
    }

    #[inline]
    pub(super) fn open_root_scope(self) -> RootScopeMark {
        self.core().inner().extern_refs().enter_scope()
    }

    #[inline]
    pub(super) fn close_root_scope(self, mark: RootScopeMark) {
        self.with(|core| core.inner_mut().extern_refs_mut().leave_scope(mark));
    }

    /// Puts a host function into the store.
    pub(super) fn new_host_func(self, func: HostFunc) -> Result<Func> {
        let parts = func.into_parts()?;
        // SAFETY: the trampoline, the closure and what frees it were made together, and the cell is
        // for the type's slots.
        self.with(|core| unsafe { core.inner_mut().add_host_function(parts) })
            .map(Func::from_id)
    }

    /// The function in the store that stands for a host function of a linker.
    pub(super) fn shared_host_func(self, func: &HostFunc) -> Result<Func> {
        // The function in the store keeps the closure, and so its address.
        let key = func.address();
        if let Some(&known) = self.core().host_funcs().get(&key) {
            return Ok(known);
        }
        if !Engine::same(func.ty().engine(), self.core().engine()) {
            return Err(Error::link(
                "the linker belongs to another engine than the store",
            ));
        }
        let made = self.new_host_func(func.clone())?;
        self.with(|core| core.host_funcs_mut().insert(key, made));
        Ok(made)
    }

    pub(super) fn func_to_slot(self, func: Func) -> Result<u64> {
        Ok(VmFunction::to_word(
            self.core().inner().function(func.id())?.as_ptr(),
        ))
    }

    pub(super) fn func_from_slot(self, slot: u64) -> Result<Option<Func>> {
        let Some(function) = function_at(slot) else {
            return Ok(None);
        };
        // SAFETY: a slot of a function type holds null or the address of a function of the store.
        self.with(|core| unsafe { core.inner_mut().function_id(function) })
            .map(|id| Some(Func::from_id(id)))
    }

    pub(super) fn new_extern(self, value: Box<dyn Any + Send + Sync>) -> Result<Rooted<ExternRef>> {
        self.with(|core| {
            core.release_owned_roots();
            let handle = core.inner_mut().new_extern(value)?;
            let root = core.extern_refs_mut().root(handle)?;
            Ok(Rooted::new(core.inner().id(), root))
        })
    }

    pub(super) fn extern_to_slot(self, value: Rooted<ExternRef>) -> Result<u64> {
        let (store, root) = value.store_and_root();
        self.core().rooted_handle(store, root)
    }

    pub(super) fn extern_from_slot(self, slot: u64) -> Result<Option<Rooted<ExternRef>>> {
        if slot == 0 {
            return Ok(None);
        }
        self.with(|core| {
            let root = core.extern_refs_mut().root(slot)?;
            Ok(Some(Rooted::new(core.inner().id(), root)))
        })
    }

    /// Writes a value of the type `ty` to its slots.
    pub(super) fn val_to_slots(self, value: &Val, ty: ValType, slots: &mut [u64]) -> Result<()> {
        slots[0] = match (*value, ty) {
            (Val::I32(value), ValType::I32) => u64::from(value as u32),
            (Val::I64(value), ValType::I64) => value as u64,
            (Val::F32(bits), ValType::F32) => u64::from(bits),
            (Val::F64(bits), ValType::F64) => bits,
            (Val::V128(vector), ValType::V128) => {
                [slots[0], slots[1]] = vector.to_slots();
                return Ok(());
            }
            (Val::FuncRef(func), ValType::Ref(ty)) => {
                let slot = func.map_or(Ok(0), |func| self.func_to_slot(func))?;
                if !self.is_reference_of(slot, HeapType::NoFunc, ty) {
                    return Err(wrong_type(value, ValType::Ref(ty)));
                }
                slot
            }
            (Val::ExternRef(reference), ValType::Ref(ty)) => {
                let slot = reference.map_or(Ok(0), |reference| self.extern_to_slot(reference))?;
                if !self.is_reference_of(slot, HeapType::NoExtern, ty) {
                    return Err(wrong_type(value, ValType::Ref(ty)));
                }
                slot
            }
            (_, ty) => return Err(wrong_type(value, ty)),
        };
        Ok(())
    }

    /// Whether a reference in a slot has the type `ty`; `bottom` is the type of its null.
    fn is_reference_of(self, slot: u64, bottom: HeapType, ty: RefType) -> bool {
        let heap = match (function_at(slot), bottom) {
            (None, bottom) => bottom,
            (Some(function), HeapType::NoFunc) => {
                // SAFETY: the slot was made from a handle or left by running code, so the function
                // is alive.
                let type_id = unsafe { function.as_ref() }.type_id;
                HeapType::Concrete(TypeId(type_id))
            }
            (Some(_), bottom) => bottom.top(),
        };
        let actual = RefType {
            nullable: slot == 0,
            heap,
        };
        self.core().engine().types().matches_ref(actual, ty)
    }

    /// Checks references in the slots of a function's parameters against their types, where those
    /// are more special than what the slots were made for.
    #[cold]
    pub(super) fn check_arguments(self, func: Func, slots: &[u64]) -> Result<()> {
        let ty = self.core().func_type(func.id())?;
        let mut at = 0;
        for (number, &ty) in ty.params().iter().enumerate() {
            if let ValType::Ref(ty) = ty {
                if !self.is_reference_of(slots[at], bottom(self.core().engine(), ty), ty) {
                    return Err(Error::msg(format!(
                        "argument {}: expected a reference of type {ty}",
                        number + 1
                    )));
                }
            }
            at += ty.slots();
        }
        Ok(())
    }

    /// Writes values of the given types to their slots. If one has the wrong type, the message says
    /// `what` they are, and which it is, counted from 1.
    pub(super) fn vals_to_slots(
        self,
        what: &str,
        values: &[Val],
        types: &[ValType],
        slots: &mut [u64],
    ) -> Result<()> {
        let mut at = 0;
        for (number, (value, &ty)) in values.iter().zip(types).enumerate() {
            self.val_to_slots(value, ty, &mut slots[at..])
                .map_err(|error| {
                    error.map_message(|message| format!("{what} {}: {message}", number + 1))
                })?;
            at += ty.slots();
        }
        Ok(())
    }

    /// Reads values of the given types from their slots.
    pub(super) fn vals_from_slots(
        self,
        types: &[ValType],
        slots: &[u64],
        values: &mut [Val],
    ) -> Result<()> {
        let mut at = 0;
        for (value, &ty) in values.iter_mut().zip(types) {
            *value = self.val_from_slots(ty, &slots[at..])?;
            at += ty.slots();
        }
        Ok(())
    }

    /// Reads a value of the type `ty` from its slots.
    pub(super) fn val_from_slots(self, ty: ValType, slots: &[u64]) -> Result<Val> {
        Ok(match ty {
            ValType::I32 => Val::I32(slots[0] as i32),
            ValType::I64 => Val::I64(slots[0] as i64),
            ValType::F32 => Val::F32(slots[0] as u32),
            ValType::F64 => Val::F64(slots[0]),
            ValType::V128 => Val::V128(V128::from_slots([slots[0], slots[1]])),
            ValType::Ref(ty) => match bottom(self.core().engine(), ty) {
                HeapType::NoFunc => Val::FuncRef(self.func_from_slot(slots[0])?),
                HeapType::NoExtern => Val::ExternRef(self.extern_from_slot(slots[0])?),
                _ => {
                    return Err(Error::unsupported(
                        None,
                        format!(
                            "values of type {ty} can be used by guests but not yet by the host"
                        ),
                    ));
                }
            },
        })
    }
}

/// The type of the null of a reference type.
fn bottom(engine: &Engine, ty: RefType) -> HeapType {
    let abstract_type = match ty.heap {
        HeapType::Concrete(id) => engine
            .types()
            .find(id)
            .map(|ty| ty.sub_type().composite.abstract_heap_type()),
        heap => Some(heap),
    };
    abstract_type.map_or(HeapType::None, HeapType::bottom)
}

/// The function whose address is in a slot; none for null.
fn function_at(slot: u64) -> Option<NonNull<VmFunction>> {
    NonNull::new(VmFunction::from_word(slot))
}

#[cold]
fn wrong_type(value: &Val, ty: ValType) -> Error {
    Error::msg(format!("expected {ty}, found {}", value.kind()))
}
