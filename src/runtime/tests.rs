//! Tests of stores as a whole. No code runs here: what it would do is done by calling what it
//! calls.

mod bulk;
mod growing;
mod removing;

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicUsize, Ordering};

use super::handle::{BadHandle, Extern, FuncId, GlobalId, InstanceId, MemoryId, TableId};
use super::instance::ModuleCode;
use super::layout::{
    EntryCell, HostStatus, VmContext, VmFunction, VmGlobal, VmHostFunction, VmStore,
};
use super::limits::{ResourceLimiter, StoreLimits, StoreLimitsBuilder};
use super::operations;
use super::pool::{MemoryOptions, MemoryPool};
use super::stack::Activation;
use super::store::{HostFunction, StoreInner, StoreOptions, StoreOwner};
use crate::error::{Error, ErrorKind};
use crate::module::registry::TypeRegistry;
use crate::module::{DefinedType, Module};
use crate::validate;
use crate::wasm::features::Features;
use crate::wasm::trap::Trap;
use crate::wasm::types::{
    FuncType, GlobalType, HeapType, Limits, MemoryType, RefType, TableType, ValType,
};

struct Fixture {
    store: StoreOwner,
    types: Arc<TypeRegistry>,
}

fn fixture() -> Fixture {
    fixture_with(StoreLimits::default())
}

fn fixture_with(limits: StoreLimits) -> Fixture {
    let types = Arc::new(TypeRegistry::new());
    let options = StoreOptions {
        limits,
        ..StoreOptions::default()
    };
    Fixture {
        store: StoreInner::new(Arc::clone(&types), options),
        types,
    }
}

impl Fixture {
    fn address(&self) -> NonNull<StoreInner> {
        NonNull::new(StoreInner::from_vm(self.store.vm_ptr())).expect("a store has an address")
    }

    fn module(&self, text: &str) -> Arc<Module> {
        let bytes = wat::parse_str(text).expect("the test's module is well-formed");
        let module = validate::decode_module(
            bytes.into(),
            Features::WASM_3_0,
            &self.types,
            validate::Bodies::Eager,
        );
        Arc::new(module.expect("the test's module is valid"))
    }

    fn try_instantiate(&mut self, text: &str, imports: &[Extern]) -> Result<InstanceId, Error> {
        let module = self.module(text);
        let cells: Arc<Vec<EntryCell>> =
            Arc::new(module.bodies.iter().map(|_| EntryCell::default()).collect());
        let code = ModuleCode {
            address: core::ptr::null(),
            entries: cells.as_ptr(),
            table: cells,
            #[cfg(feature = "compiler")]
            machine: None,
        };
        // SAFETY: there is a cell for each function, and the table keeps them alive.
        unsafe { self.store.instantiate(&module, code, imports) }.map(|(id, _)| id)
    }

    fn instantiate(&mut self, text: &str, imports: &[Extern]) -> InstanceId {
        self.try_instantiate(text, imports)
            .expect("the test's module can be instantiated")
    }

    fn export(&mut self, instance: InstanceId, name: &str) -> Extern {
        let module = Arc::clone(self.store.module(instance).unwrap());
        let export = &module.exports[module.export_by_name.get(name).copied().unwrap() as usize];
        self.store
            .instance_item(instance, export.kind, export.index)
            .unwrap()
    }

    fn func(&mut self, instance: InstanceId, name: &str) -> FuncId {
        let Extern::Func(id) = self.export(instance, name) else {
            panic!("{name} is no function")
        };
        id
    }

    fn memory(&mut self, instance: InstanceId, name: &str) -> MemoryId {
        let Extern::Memory(id) = self.export(instance, name) else {
            panic!("{name} is no memory")
        };
        id
    }

    fn table(&mut self, instance: InstanceId, name: &str) -> TableId {
        let Extern::Table(id) = self.export(instance, name) else {
            panic!("{name} is no table")
        };
        id
    }

    fn global(&mut self, instance: InstanceId, name: &str) -> GlobalId {
        let Extern::Global(id) = self.export(instance, name) else {
            panic!("{name} is no global")
        };
        id
    }

    /// The instance that defines a function, and the function's index among those.
    fn origin(&self, function: FuncId) -> Option<(InstanceId, u32)> {
        let function = self.store.function(function).unwrap();
        // SAFETY: the store has just found the function, and no code runs.
        let function = unsafe { function.read() };
        let VmFunction {
            context,
            defined_index,
            ..
        } = function;
        // SAFETY: a function that is not the host's has the context of its instance.
        let owner = || unsafe { super::instance::Instance::from_context(context) }.id();
        (defined_index != u32::MAX).then(|| (owner(), defined_index))
    }

    fn context(&self, instance: InstanceId) -> *mut VmContext {
        self.store.instance(instance).unwrap().context()
    }

    fn word(&self, function: FuncId) -> u64 {
        VmFunction::to_word(self.store.function(function).unwrap().as_ptr())
    }

    fn host_function(&mut self, dropped: &Arc<AtomicUsize>) -> FuncId {
        /// Counts that it is dropped, and keeps the function's type.
        struct Closure {
            dropped: Arc<AtomicUsize>,
            _ty: DefinedType,
        }
        unsafe extern "C" fn trampoline(
            _: *mut VmHostFunction,
            _: *mut VmContext,
            _: *mut u64,
        ) -> HostStatus {
            HostStatus::Done
        }
        unsafe fn drop_closure(closure: *mut ()) {
            // SAFETY: the closure is the box below, which is dropped once.
            let closure = unsafe { Box::from_raw(closure.cast::<Closure>()) };
            closure.dropped.fetch_add(1, Ordering::Relaxed);
        }
        let ty = self
            .types
            .intern_function(FuncType::new([ValType::I32], []))
            .unwrap();
        let type_id = ty.id;
        let closure = Box::new(Closure {
            dropped: Arc::clone(dropped),
            _ty: ty,
        });
        let parts = HostFunction {
            type_id,
            param_slots: 1,
            result_slots: 0,
            code: core::ptr::null(),
            #[cfg(feature = "compiler")]
            machine: super::layout::MachineEntry::NONE,
            trampoline,
            #[cfg(feature = "compiler")]
            register_trampoline: None,
            closure: Box::into_raw(closure).cast(),
            drop_closure,
        };
        // SAFETY: `drop_closure` is for the closure, and nothing calls the function.
        unsafe { self.store.add_host_function(parts) }.unwrap()
    }
}

fn pages(min: u64, max: Option<u64>) -> MemoryType {
    MemoryType {
        limits: Limits { min, max },
        is_64: false,
        shared: false,
    }
}

fn elements(element: RefType, min: u64, max: Option<u64>) -> TableType {
    TableType {
        element,
        limits: Limits { min, max },
        is_64: false,
    }
}

fn kind_and_text<T>(result: Result<T, Error>) -> (ErrorKind, String) {
    match result {
        Ok(_) => panic!("an error was expected"),
        Err(error) => (error.kind(), error.to_string()),
    }
}

/// Compares the bytes at once: one by one takes an interpreter of tests too long.
fn is_filled(bytes: &[u8], value: u8) -> bool {
    bytes == alloc::vec![value; bytes.len()]
}

fn trap<T>(result: Result<T, Error>) -> Option<Trap> {
    result.err().and_then(|error| error.trap())
}

#[test]
fn stores_can_be_sent() {
    fn assert_send_and_sync<T: Send + Sync>() {}
    assert_send_and_sync::<StoreInner>();
    assert_send_and_sync::<StoreOwner>();
    assert_send_and_sync::<FuncId>();
    assert_send_and_sync::<super::interrupt::InterruptHandle>();
    assert_send_and_sync::<super::stack::GuestStack>();
}

#[test]
fn an_item_has_one_handle_however_it_is_reached() {
    let mut it = fixture();
    let first = it.instantiate(
        r#"(module (func (export "f")) (memory (export "m") 1) (table (export "t") 1 funcref)
            (global (export "g") (mut i32) (i32.const 7)) (tag (export "e")))"#,
        &[],
    );
    let names = ["f", "m", "t", "g", "e"];
    let exports = names.map(|name| it.export(first, name));
    let second = it.instantiate(
        r#"(module (func (export "f") (import "" "f")) (memory (export "m") (import "" "m") 1)
            (table (export "t") (import "" "t") 1 funcref)
            (global (export "g") (import "" "g") (mut i32)) (tag (export "e") (import "" "e")))"#,
        &exports,
    );
    assert_eq!(names.map(|name| it.export(second, name)), exports);
    assert_eq!(names.map(|name| it.export(first, name)), exports);
    let (f, g) = (it.func(second, "f"), it.global(second, "g"));
    assert_eq!(it.origin(f), Some((first, 0)));
    it.store.set_global(g, [8, 0]).unwrap();
    let context = it.context(first);
    // SAFETY: the first own global stands behind the context, and no code runs.
    let global = unsafe {
        *context
            .byte_add(VmContext::GLOBALS_OFFSET)
            .cast::<VmGlobal>()
    };
    assert_eq!(global.slots, [8, 0]);
    // SAFETY: the context is alive, and no code runs.
    let own = unsafe { (*(*context).memory0).size_bytes };
    assert_eq!(own, 65_536);
}

#[test]
fn imports_are_checked() {
    let mut it = fixture();
    let exporter = it.instantiate(
        r#"(module (func (export "f") (param i32)) (memory (export "m") 1 3))"#,
        &[],
    );
    let (f, m) = (it.export(exporter, "f"), it.export(exporter, "m"));
    let wants_func = r#"(module (import "a" "b" (func)))"#;
    let (kind, text) = kind_and_text(it.try_instantiate(wants_func, &[f]));
    assert_eq!(kind, ErrorKind::Link);
    assert!(
        text.starts_with("incompatible import type for `a::b`: expected a function"),
        "{text}"
    );
    for imports in [&[m][..], &[], &[f, f]] {
        assert_eq!(
            kind_and_text(it.try_instantiate(wants_func, imports)).0,
            ErrorKind::Link
        );
    }
    let wants_memory = r#"(module (import "a" "b" (memory 2 3)))"#;
    assert_eq!(
        kind_and_text(it.try_instantiate(wants_memory, &[m])).0,
        ErrorKind::Link
    );
    let memory = it.memory(exporter, "m");
    assert_eq!(it.store.grow_memory(memory, 1).unwrap(), Some(1));
    it.instantiate(wants_memory, &[m]);
    let mut other = fixture();
    let (_, text) = kind_and_text(other.try_instantiate(wants_func, &[f]));
    assert_eq!(text, BadHandle::Foreign.to_string());
}

#[test]
fn constant_expressions_have_their_values() {
    let mut it = fixture();
    let g = it.store.new_global(
        GlobalType {
            content: ValType::I64,
            mutable: false,
        },
        [10, 0],
    );
    let instance = it.instantiate(
        r#"(module (import "" "g" (global $g i64)) (func $f (export "f"))
            (global (export "0") i32 (i32.const -1))
            (global (export "1") i64 (i64.mul (i64.sub (global.get $g) (i64.const 3)) (i64.const -2)))
            (global (export "2") i32 (i32.add (i32.mul (i32.const 0x7fffffff) (i32.const 2)) (i32.const 5)))
            (global (export "3") f32 (f32.const -0)) (global (export "4") f64 (f64.const 1))
            (global (export "5") v128 (v128.const i64x2 1 2)) (global (export "6") externref (ref.null extern))
            (global $r (export "7") funcref (ref.func $f)) (global (export "8") funcref (global.get $r)))"#,
        &[Extern::Global(g.unwrap())],
    );
    let f = it.func(instance, "f");
    let function = it.word(f);
    let expected = [
        [0xFFFF_FFFF, 0],
        [(-14_i64) as u64, 0],
        [3, 0],
        [0x8000_0000, 0],
        [0x3FF0_0000_0000_0000, 0],
        [1, 2],
        [0, 0],
        [function, 0],
        [function, 0],
    ];
    for (index, expected) in expected.into_iter().enumerate() {
        let global = it.global(instance, &index.to_string());
        assert_eq!(
            it.store.global(global).unwrap().1,
            expected,
            "global {index}"
        );
    }
}

#[test]
fn what_cannot_be_executed_yet_is_named() {
    let mut it = fixture();
    let text = r#"(module (global (ref i31) (ref.i31 (i32.const 1))))"#;
    let (kind, text) = kind_and_text(it.try_instantiate(text, &[]));
    assert_eq!(kind, ErrorKind::Unsupported);
    assert!(
        text.contains("`ref.i31`") && text.contains("feature gc"),
        "{text}"
    );
    assert_eq!((it.store.instances.count(), it.store.total_bytes), (0, 0));
    let shared = MemoryType {
        shared: true,
        ..pages(1, Some(1))
    };
    let (kind, text) = kind_and_text(it.store.new_memory(shared));
    assert_eq!(kind, ErrorKind::Unsupported);
    assert!(text.contains("`threads`"), "{text}");
}

#[test]
fn closures_of_host_functions_are_dropped_once() {
    let dropped = Arc::new(AtomicUsize::new(0));
    let mut it = fixture();
    let host = it.host_function(&dropped);
    let function = it.store.function(host).unwrap();
    // SAFETY: the function is alive, and so is the host's record that its context is.
    let (id, slots, store) = unsafe {
        let record = (*function.as_ptr()).context.cast::<VmHostFunction>();
        (
            it.store.function_id(function).unwrap(),
            (*record).param_slots,
            (*record).store,
        )
    };
    assert_eq!((id, slots), (host, 1));
    assert_eq!(store, it.store.vm_ptr());
    assert_eq!(dropped.load(Ordering::Relaxed), 0);
    drop(it);
    assert_eq!(
        (dropped.load(Ordering::Relaxed), Arc::strong_count(&dropped)),
        (1, 1)
    );
}

#[cfg(feature = "std")]
#[test]
fn a_deadline_can_be_taken_back() {
    use core::time::Duration;
    let mut it = fixture();
    assert!(it.store.set_deadline(Some(Duration::ZERO)));
    let vm: *mut VmStore = it.store.vm_ptr();
    for _ in 0..2 {
        // SAFETY: the store is alive, and nobody else uses it.
        let stopped = unsafe { operations::interrupted(vm) };
        assert_eq!(trap(stopped), Some(Trap::Interrupt));
    }
    assert!(it.store.set_deadline(None));
    assert!(it.store.poll().is_ok());
    assert!(it.store.set_deadline(Some(Duration::MAX)));
    assert!(it.store.poll().is_ok());
    assert!(it.store.set_deadline(Some(Duration::from_secs(1000))));
    assert!(it.store.poll().is_ok());
}

#[test]
fn host_values_live_as_long_as_something_reaches_them() {
    let mut it = fixture();
    let instance = it.instantiate(
        r#"(module (table (export "t") 1 externref) (global (export "g") (mut externref) (ref.null extern))
            (table funcref (elem)))"#,
        &[],
    );
    let (t, g) = (it.table(instance, "t"), it.global(instance, "g"));
    let handles: [u64; 5] =
        core::array::from_fn(|number| it.store.new_extern(Box::new(number)).unwrap());
    it.store.table_mut(t).unwrap().elements_mut()[0] = handles[0];
    it.store.set_global(g, [handles[1], 0]).unwrap();
    let host_global = GlobalType {
        content: ValType::Ref(RefType::EXTERNREF),
        mutable: true,
    };
    it.store.new_global(host_global, [handles[2], 0]).unwrap();
    // SAFETY: the store outlives the activation.
    let activation = unsafe { Activation::enter(it.address()) }.unwrap();
    let top = it.store.vm().stack_top;
    // SAFETY: the stack has more than one slot, and nobody else uses it.
    unsafe { *top = handles[3] };
    it.store.vm().stack_top = top.wrapping_add(1);
    it.store.collect_externs();
    let alive = |store: &StoreInner| handles.map(|it| store.extern_refs().get(it).is_some());
    assert_eq!(alive(&it.store), [true, true, true, true, false]);
    drop(activation);
    it.store.table_mut(t).unwrap().elements_mut()[0] = 0;
    it.store.set_global(g, [0, 0]).unwrap();
    it.store.collect_externs();
    assert_eq!(alive(&it.store), [false, false, true, false, false]);
}

#[test]
fn kept_element_segments_keep_host_values() {
    let mut it = fixture();
    let handle = it.store.new_extern(Box::new(1)).unwrap();
    let ty = GlobalType {
        content: ValType::Ref(RefType::EXTERNREF),
        mutable: false,
    };
    let global = it.store.new_global(ty, [handle, 0]).unwrap();
    let instance = it.instantiate(
        r#"(module (import "" "g" (global $g externref)) (elem externref (global.get $g)))"#,
        &[Extern::Global(global)],
    );
    it.store.set_global(global, [0, 0]).unwrap();
    it.store.collect_externs();
    assert!(it.store.extern_refs().get(handle).is_some());
    let context = it.context(instance);
    // SAFETY: the instance has the segment, and no code runs.
    unsafe { operations::elem_drop(context, 0) };
    it.store.collect_externs();
    assert!(it.store.extern_refs().get(handle).is_none());
}

#[test]
fn values_that_nothing_reaches_are_collected_now_and_then() {
    let mut it = fixture();
    for number in 0..5_000 {
        it.store.new_extern(Box::new(number)).unwrap();
        assert!(it.store.extern_refs().count <= 1024);
    }
}

#[test]
fn calls_are_nested_to_a_limit() {
    let it = fixture();
    let mut activations = Vec::new();
    let error = loop {
        // SAFETY: the store outlives the activations, which end in reverse order.
        match unsafe { Activation::enter(it.address()) } {
            Ok(activation) => activations.push(activation),
            Err(error) => break error,
        }
    };
    assert_eq!(
        (error.trap(), activations.len()),
        (Some(Trap::StackOverflow), 200)
    );
    while let Some(activation) = activations.pop() {
        drop(activation);
    }
    assert_eq!(it.store.depth(), 0);
    // SAFETY: as above.
    drop(unsafe { Activation::enter(it.address()) }.unwrap());
}

#[test]
fn every_context_knows_the_end_of_the_stack_in_use() {
    let mut it = fixture();
    let early = it.instantiate("(module)", &[]);
    let limit = |it: &Fixture, instance| {
        // SAFETY: the context is alive, and no code runs.
        unsafe { (*it.context(instance)).stack_limit }
    };
    // SAFETY: the store outlives the activations, which end in reverse order.
    let outer = unsafe { Activation::enter(it.address()) }.unwrap();
    let late = it.instantiate("(module)", &[]);
    let (main_top, main_limit) = (it.store.vm().stack_top, it.store.vm().stack_limit);
    assert_eq!(main_limit.addr() - main_top.addr(), 1 << 20);
    assert_eq!([limit(&it, early), limit(&it, late)], [main_limit; 2]);
    it.store.vm().stack_top = main_top.wrapping_add(100);

    let stack = it.store.new_stack().unwrap();
    // SAFETY: as above.
    let inner = unsafe { Activation::enter_on(it.address(), &stack) }.unwrap();
    let (other_top, other_limit) = (it.store.vm().stack_top, it.store.vm().stack_limit);
    assert!(other_limit != main_limit);
    assert_eq!([limit(&it, early), limit(&it, late)], [other_limit; 2]);
    it.store.vm().stack_top = other_top.wrapping_add(10);
    inner.suspend();
    assert_eq!([limit(&it, early), limit(&it, late)], [main_limit; 2]);
    assert_eq!(it.store.vm().stack_top, main_top.wrapping_add(100));

    // SAFETY: as above.
    let inner = unsafe { Activation::enter_on(it.address(), &stack) }.unwrap();
    assert_eq!(it.store.vm().stack_top, other_top.wrapping_add(10));
    drop(inner);
    drop(outer);
    assert_eq!(it.store.vm().stack_top, main_top);
    let mut other = fixture();
    // SAFETY: as above.
    let foreign = unsafe { Activation::enter_on(other.address(), &stack) };
    assert_eq!(
        foreign.err().map(|error| error.kind()),
        Some(ErrorKind::Link)
    );
    assert_eq!(other.store.depth(), 0);
    other.instantiate("(module)", &[]);
}

#[test]
fn suspended_calls_keep_host_values_until_their_stack_is_dropped() {
    let mut it = fixture();
    let handle = it.store.new_extern(Box::new(1)).unwrap();
    let stack = it.store.new_stack().unwrap();
    // SAFETY: the store outlives the activation.
    let activation = unsafe { Activation::enter_on(it.address(), &stack) }.unwrap();
    let top = it.store.vm().stack_top;
    // SAFETY: the stack has more than one slot, and nobody else uses it.
    unsafe { *top = handle };
    it.store.vm().stack_top = top.wrapping_add(1);
    activation.suspend();
    it.store.collect_externs();
    assert!(it.store.extern_refs().get(handle).is_some());
    let address = Arc::as_ptr(&stack);
    drop(stack);
    let again = it.store.new_stack().unwrap();
    assert_eq!(Arc::as_ptr(&again), address, "the store uses it again");
    it.store.collect_externs();
    assert!(it.store.extern_refs().get(handle).is_none());
}

#[test]
fn tables_of_functions_are_not_searched_for_host_values() {
    let mut it = fixture();
    let handle = it.store.new_extern(Box::new(1)).unwrap();
    let none = RefType {
        nullable: true,
        heap: HeapType::NoFunc,
    };
    let table = it.store.new_table(elements(none, 1, None), 0).unwrap();
    it.store.table_mut(table).unwrap().elements_mut()[0] = handle;
    it.store.collect_externs();
    assert!(it.store.extern_refs().get(handle).is_none());
}
