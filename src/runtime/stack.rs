//! The stacks that code runs on: interpreted code has its own, machine code uses the
//! thread's, if that is large enough.
//!
//! Input: how many bytes a stack may have. Output: a [`StackPool`] per engine, [`GuestStack`]s, and
//! [`Activation`]s, which stand for calls from the host that have not returned.
//! Holds: every slot of a stack is initialized, but what is in it may be of an earlier guest: code
//! reads no slot that it has not written. The copies of the stack's end in all contexts are
//! those of the stack that the store runs on; what lies between a stack's base and its top belongs
//! to calls that have not ended.

use alloc::alloc::{alloc_zeroed, dealloc};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::alloc::Layout;
#[cfg(feature = "compiler")]
use core::ops::Range;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicPtr, Ordering};

#[cfg(feature = "compiler")]
use super::layout::{EnterMachineCode, HostStatus, MachineActivation, VmFunction};
use super::store::StoreInner;
use crate::error::Error;
use crate::sys::sync::Mutex;
#[cfg(feature = "compiler")]
use crate::sys::{
    map::{GRANULE_BYTES, Mapping, Reservation},
    thread_stack,
};
use crate::wasm::trap::Trap;

/// How deep calls from the host may be nested: host, guest, host, guest and so on. Each level takes
/// space on the thread's stack, which the guest must not exhaust.
pub(super) const MAX_DEPTH: u32 = 200;

/// The smallest stack, in bytes: enough for a call with many parameters.
const MIN_STACK_BYTES: usize = 16 << 10;

/// How much of the stack is left to functions of the host that machine code calls.
#[cfg(feature = "compiler")]
const HOST_STACK_BYTES: usize = 256 << 10;

/// How much more or less of the thread's stack a call may have than another, so that the limit need not be told anew.
#[cfg(feature = "compiler")]
const LIMIT_TOLERANCE_BYTES: usize = 32 << 10;

/// Stacks that wait to be used again, per store.
const MAX_SPARE: usize = 4;

/// How many bytes all stacks that wait in an engine for the next store may have.
const MAX_POOLED_BYTES: usize = 16 << 20;

/// The memory of stacks, which stores of an engine use one after the other: to allocate and clear it takes
/// longer than many a call.
#[derive(Debug)]
pub(crate) struct StackPool {
    slot_count: usize,
    spare: Mutex<Vec<Spare>>,
}

/// Memory that no stack has.
#[derive(Debug)]
struct Spare(NonNull<u64>);

// SAFETY: nobody else knows the memory.
unsafe impl Send for Spare {}

impl StackPool {
    /// A pool of stacks of `bytes`.
    pub(crate) fn new(bytes: usize) -> Arc<StackPool> {
        Arc::new(StackPool {
            slot_count: bytes.max(MIN_STACK_BYTES) / size_of::<u64>(),
            spare: Mutex::new(Vec::new()),
        })
    }

    fn bytes(&self) -> usize {
        self.slot_count * size_of::<u64>()
    }

    fn layout(&self) -> Option<Layout> {
        Layout::from_size_align(self.slot_count.checked_mul(size_of::<u64>())?, 16).ok()
    }

    /// Memory for one stack, all of it initialized.
    fn take(&self) -> Option<NonNull<u64>> {
        let spare = self.spare.lock().pop();
        if let Some(Spare(base)) = spare {
            return Some(base);
        }
        // SAFETY: the layout's size is at least `MIN_STACK_BYTES`.
        NonNull::new(unsafe { alloc_zeroed(self.layout()?) }.cast())
    }

    /// Takes back what [`StackPool::take`] gave.
    fn give_back(&self, base: NonNull<u64>) {
        let mut spare = self.spare.lock();
        if (spare.len() + 1) * self.bytes() <= MAX_POOLED_BYTES {
            spare.push(Spare(base));
            return;
        }
        drop(spare);
        self.free(&Spare(base));
    }

    fn free(&self, spare: &Spare) {
        if let Some(layout) = self.layout() {
            // SAFETY: `take` allocated it with this layout, and nobody knows it any more.
            unsafe { dealloc(spare.0.as_ptr().cast(), layout) };
        }
    }
}

impl Drop for StackPool {
    fn drop(&mut self) {
        let spare = core::mem::take(&mut *self.spare.lock());
        spare.iter().for_each(|spare| self.free(spare));
    }
}

/// A stack for interpreted code.
pub(crate) struct GuestStack {
    base: NonNull<u64>,
    slot_count: usize,
    pool: Arc<StackPool>,
    /// Where the next frame begins, while the store does not run on this stack.
    top: AtomicPtr<u64>,
}

// SAFETY: the slots are read and written only by whoever has the store exclusively.
unsafe impl Send for GuestStack {}
// SAFETY: as above; `top` is atomic.
unsafe impl Sync for GuestStack {}

impl GuestStack {
    fn new(pool: &Arc<StackPool>) -> Result<Arc<GuestStack>, Error> {
        let Some(base) = pool.take() else {
            return Err(Error::resource(alloc::format!(
                "no memory for a stack of {} bytes",
                pool.bytes()
            )));
        };
        Ok(Arc::new(GuestStack {
            base,
            slot_count: pool.slot_count,
            pool: Arc::clone(pool),
            top: AtomicPtr::new(base.as_ptr()),
        }))
    }

    fn limit(&self) -> *mut u64 {
        // SAFETY: the stack has `slot_count` slots.
        unsafe { self.base.as_ptr().add(self.slot_count) }
    }

    fn top(&self) -> *mut u64 {
        self.top.load(Ordering::Relaxed)
    }

    fn is_in_use(&self) -> bool {
        self.top() != self.base.as_ptr()
    }

    /// The slots from the base to `top`, which lies within the stack.
    ///
    /// # Safety
    /// The caller has the store that the stack belongs to, and nothing writes to the slots while
    /// the slice is used.
    unsafe fn slots_to(&self, top: *mut u64) -> &[u64] {
        let bytes = top.addr().saturating_sub(self.base.as_ptr().addr());
        let count = (bytes / size_of::<u64>()).min(self.slot_count);
        // SAFETY: the slots are within the stack and initialized; the caller keeps writers away.
        unsafe { core::slice::from_raw_parts(self.base.as_ptr(), count) }
    }
}

impl Drop for GuestStack {
    fn drop(&mut self) {
        self.pool.give_back(self.base);
    }
}

/// The stacks of a store.
pub(super) struct Stacks {
    pool: Arc<StackPool>,
    /// The stack that calls use unless they ask for another.
    main: Option<Arc<GuestStack>>,
    /// The stack that the store runs on, once it has run.
    current: Option<Arc<GuestStack>>,
    /// All stacks but the main one, as long as anyone else has them.
    others: Vec<Arc<GuestStack>>,
    /// Calls from the host that have not returned.
    pub(super) depth: u32,
    /// Calls from the host that have begun, or have been continued.
    pub(super) calls: u64,
    /// Below this the thread's stack must not be used by machine code. A copy is in every context.
    #[cfg(feature = "compiler")]
    pub(super) machine_limit: usize,
    /// For which calls the limit has been found.
    #[cfg(feature = "compiler")]
    machine_callers: MachineCallers,
    /// Stacks for machine code, for when a thread has too little. Those that calls run on come first.
    #[cfg(feature = "compiler")]
    machine: Vec<MachineStack>,
    /// How many of them calls run on.
    #[cfg(feature = "compiler")]
    machine_in_use: usize,
    /// The calls that run on another stack than the calls around them.
    #[cfg(feature = "compiler")]
    switches: Vec<Switch>,
    /// The depth outside of the last one of these; [`Switch::NONE`] if there is none.
    #[cfg(feature = "compiler")]
    switched_at: u32,
}

/// What machine code goes back to when a call of it has ended that ran on another stack.
#[cfg(feature = "compiler")]
struct Switch {
    /// [`Stacks::switched_at`] as it was before.
    outer: u32,
    /// [`Stacks::machine_limit`] as it was before.
    limit: usize,
    /// [`Stacks::machine_in_use`] as it was before.
    in_use: usize,
}

#[cfg(feature = "compiler")]
impl Switch {
    /// No depth of calls.
    const NONE: u32 = u32::MAX;
}

/// From where machine code can be called without a look at the thread's stack, as it was called from there before.
#[cfg(feature = "compiler")]
#[derive(Copy, Clone, Default)]
struct MachineCallers {
    /// Where the thread's stack begins.
    stack_start: usize,
    /// The lowest address that they call from, and how many more there are: none if nothing is known.
    start: usize,
    bytes: usize,
}

/// A stack for machine code, which grows downward. Whatever it calls runs on it, too.
#[cfg(feature = "compiler")]
struct MachineStack {
    mapping: Mapping,
}

#[cfg(feature = "compiler")]
impl MachineStack {
    /// A stack of which code may use `bytes`, and functions of the host that it calls some more.
    fn new(bytes: usize) -> Option<MachineStack> {
        let bytes = bytes
            .checked_add(HOST_STACK_BYTES)?
            .checked_next_multiple_of(GRANULE_BYTES)?;
        let mut mapping = Mapping::reserve(Reservation {
            bytes,
            before_bytes: GRANULE_BYTES,
            after_bytes: 0,
        })?;
        mapping.commit(bytes).then_some(MachineStack { mapping })
    }

    fn lowest(&self) -> *mut u8 {
        self.mapping.base().as_ptr()
    }

    fn top(&self) -> *mut u64 {
        self.lowest()
            .wrapping_add(self.mapping.usable_bytes())
            .cast()
    }

    fn addresses(&self) -> Range<usize> {
        self.lowest().addr()..self.top().addr()
    }
}

impl Stacks {
    /// How many calls have begun, if none is running.
    pub(super) fn calls_before(&self) -> Option<u64> {
        (self.depth == 0).then_some(self.calls)
    }

    pub(super) fn new(pool: Arc<StackPool>) -> Stacks {
        Stacks {
            pool,
            main: None,
            current: None,
            others: Vec::new(),
            depth: 0,
            calls: 0,
            #[cfg(feature = "compiler")]
            machine_limit: 0,
            #[cfg(feature = "compiler")]
            machine_callers: MachineCallers::default(),
            #[cfg(feature = "compiler")]
            machine: Vec::new(),
            #[cfg(feature = "compiler")]
            machine_in_use: 0,
            #[cfg(feature = "compiler")]
            switches: Vec::new(),
            #[cfg(feature = "compiler")]
            switched_at: Switch::NONE,
        }
    }

    /// Whether a call is suspended on a stack of its own.
    pub(super) fn has_suspended_call(&self) -> bool {
        self.others
            .iter()
            .any(|stack| Arc::strong_count(stack) > 1 && stack.is_in_use())
    }

    /// Calls `visit` for every word of all calls that have not ended. `top` is the top of the
    /// current stack.
    ///
    /// # Safety
    /// The caller has the store, and no guest code runs.
    pub(super) unsafe fn for_each_word(&self, top: *mut u64, mut visit: impl FnMut(u64)) {
        let current = self.current.as_ref().map(Arc::as_ptr);
        for stack in self.main.iter().chain(&self.others) {
            let is_current = current == Some(Arc::as_ptr(stack));
            let top = if is_current { top } else { stack.top() };
            // SAFETY: the caller has the store, and no guest code runs.
            unsafe { stack.slots_to(top) }
                .iter()
                .for_each(|&word| visit(word));
        }
    }

    /// The stack of the store for machine code that an address is in.
    #[cfg(feature = "compiler")]
    fn own_stack_at(&self, address: usize) -> Option<&MachineStack> {
        let mut stacks = self.machine.iter();
        stacks.find(|stack| stack.addresses().contains(&address))
    }

    /// Calls `visit` for every word of the frames of machine code, of which the innermost call has its entry frame at
    /// `entry`.
    ///
    /// # Safety
    /// The caller has the store, machine code has called out to it, and `entry` is the store's.
    #[cfg(feature = "compiler")]
    pub(super) unsafe fn for_each_machine_word(mut entry: *mut u64, mut visit: impl FnMut(u64)) {
        while !entry.is_null() {
            // SAFETY: the stub that has entered has the record in its frame, and code has called out since.
            let activation = unsafe { MachineActivation::of(entry) };
            activation.kept_registers.into_iter().for_each(&mut visit);
            let mut at = activation.exit_stack;
            while at < activation.frames_end {
                // SAFETY: between the place where machine code called out and the one where its frames begin are these,
                // which nothing writes to as long as it waits.
                unsafe {
                    visit(at.read_volatile());
                    at = at.add(1);
                }
            }
            entry = activation.previous_entry;
        }
    }

    /// Gives all stacks up but the main one: calls that are suspended cannot be continued.
    pub(super) fn forget_calls(&mut self) {
        self.others.clear();
    }

    /// A stack of which nobody outside of the store knows any more.
    fn take_spare(&mut self) -> Option<Arc<GuestStack>> {
        let index = self
            .others
            .iter()
            .position(|stack| Arc::strong_count(stack) == 1)?;
        let stack = self.others.swap_remove(index);
        stack.top.store(stack.base.as_ptr(), Ordering::Relaxed);
        Some(stack)
    }

    /// Drops stacks that nobody uses, except a few.
    fn prune(&mut self) {
        let mut spare = 0;
        self.others.retain(|stack| {
            let is_spare = Arc::strong_count(stack) == 1;
            spare += usize::from(is_spare);
            !is_spare || spare <= MAX_SPARE
        });
    }
}

/// A call from the host that has not returned. Dropping it takes its frames off the stack, and goes
/// back to the stack that the store ran on before.
#[must_use]
pub(crate) struct Activation {
    store: NonNull<StoreInner>,
    /// The top of its stack before the call.
    entry_top: *mut u64,
    /// The stack that the store ran on before, if it was another one.
    previous: Option<Arc<GuestStack>>,
}

impl Activation {
    /// Begins a call on the stack that the store runs on, or on its main stack if it does not run.
    ///
    /// # Errors
    /// [`Trap::StackOverflow`] if calls are nested too deeply, or a resource error if there is no
    /// memory for a stack.
    ///
    /// # Safety
    /// The store is alive until the activation is dropped, and activations end in reverse order.
    pub(crate) unsafe fn enter(store: NonNull<StoreInner>) -> Result<Activation, Error> {
        // SAFETY: the caller passes a store that is alive, and no other reference to it is in use.
        let inner = unsafe { &mut *store.as_ptr() };
        inner.deepen()?;
        Ok(Activation {
            store,
            entry_top: inner.vm.stack_top,
            previous: None,
        })
    }

    /// Begins or continues a call on a stack of its own, made by [`StoreInner::new_stack`].
    ///
    /// # Errors
    /// As [`Activation::enter`]; a link error if the stack is another store's.
    ///
    /// # Safety
    /// As [`Activation::enter`]. The store does not run on the stack already.
    pub(crate) unsafe fn enter_on(
        store: NonNull<StoreInner>,
        stack: &Arc<GuestStack>,
    ) -> Result<Activation, Error> {
        // SAFETY: the caller passes a store that is alive, and no other reference to it is in use.
        let inner = unsafe { &mut *store.as_ptr() };
        if !inner
            .stacks
            .others
            .iter()
            .any(|other| Arc::ptr_eq(other, stack))
        {
            return Err(Error::link("the suspended call belongs to another store"));
        }
        inner.deepen()?;
        let previous = inner.stacks.current.clone();
        inner.run_on(Arc::clone(stack));
        // The first frame of the call is at the base, whatever is suspended on the stack now.
        Ok(Activation {
            store,
            entry_top: stack.base.as_ptr(),
            previous,
        })
    }

    /// Ends the activation but leaves its frames on the stack, to be continued by
    /// [`Activation::enter_on`]. `vm.stack_top` is behind the frames.
    pub(crate) fn suspend(mut self) {
        // SAFETY: `enter` was promised that the store is alive, and activations end in reverse
        // order, so no other reference to it is in use.
        self.entry_top = unsafe { self.store.as_ref() }.vm.stack_top;
    }
}

impl Drop for Activation {
    fn drop(&mut self) {
        // SAFETY: as in `suspend`.
        let inner = unsafe { self.store.as_mut() };
        inner.vm.stack_top = self.entry_top;
        inner.stacks.depth -= 1;
        if let Some(previous) = self.previous.take() {
            inner.run_on(previous);
        }
    }
}

impl StoreInner {
    /// Calls a function that has machine code from the host, on the thread's stack, or on one of the store's. The
    /// arguments are read from `slots`, and the results are written to it.
    ///
    /// # Errors
    /// [`Trap::StackOverflow`] if calls are nested too deeply, or there is too little left of the stack; a resource
    /// error if there is no memory for a stack.
    ///
    /// # Safety
    /// As [`Activation::enter`]. `function` belongs to the store and has machine code, and `slots` has room for the
    /// arguments, which have the function's types, and for the results.
    #[cfg(feature = "compiler")]
    #[inline]
    pub(crate) unsafe fn call_machine_code(
        store: NonNull<StoreInner>,
        function: NonNull<VmFunction>,
        slots: *mut u64,
    ) -> Result<HostStatus, Error> {
        let mut call = (function, slots);
        let here = here();
        {
            // SAFETY: the caller passes a store that is alive, and no other reference to it is in use.
            let inner = unsafe { &mut *store.as_ptr() };
            let is_known = match inner.vm.machine_entry.is_null() {
                true => {
                    let callers = inner.stacks.machine_callers;
                    thread_stack::known_start() == callers.stack_start
                        && here.wrapping_sub(callers.start) < callers.bytes
                }
                false => inner.goes_on_at(here),
            };
            if inner.stacks.depth >= MAX_DEPTH || !is_known {
                // What the rare way has to keep it gives back, so that the usual one need not save registers for it.
                call = inner.switch_from_elsewhere(here, call)?;
            }
            inner.stacks.depth += 1;
            inner.stacks.calls += 1;
        }
        let (function, slots) = call;
        // SAFETY: the function has a stub that enters functions of its type.
        let status = unsafe {
            let enter = function.as_ref().machine.enter;
            let enter = core::mem::transmute::<*const u8, EnterMachineCode>(enter);
            enter(function.as_ptr(), slots, store.as_ptr().cast())
        };
        // SAFETY: as above.
        let inner = unsafe { &mut *store.as_ptr() };
        inner.stacks.depth -= 1;
        if inner.stacks.depth == inner.stacks.switched_at {
            return Ok(inner.switch_back(status));
        }
        Ok(status)
    }

    /// Lets machine code run on the stack that it has to run on if the host calls at `here`, until
    /// [`StoreInner::switch_back`]. Gives back what is to be called.
    ///
    /// # Errors
    /// As [`StoreInner::call_machine_code`].
    #[cfg(feature = "compiler")]
    #[cold]
    #[inline(never)]
    fn switch_from_elsewhere<C>(&mut self, here: usize, call: C) -> Result<C, Error> {
        if let Some((limit, in_use)) = self.enter_from_elsewhere(here)? {
            let stacks = &mut self.stacks;
            stacks.switches.push(Switch {
                outer: core::mem::replace(&mut stacks.switched_at, stacks.depth),
                limit,
                in_use,
            });
        }
        Ok(call)
    }

    /// At the end of the call that has switched last. Gives back its status.
    #[cfg(feature = "compiler")]
    #[cold]
    #[inline(never)]
    fn switch_back(&mut self, status: HostStatus) -> HostStatus {
        if let Some(switch) = self.stacks.switches.pop() {
            self.stacks.switched_at = switch.outer;
            self.stacks.machine_in_use = switch.in_use;
            self.set_machine_limit(switch.limit);
        }
        status
    }
}

impl StoreInner {
    /// Makes a stack for a call that may be suspended. When the caller drops it, the store reuses it.
    ///
    /// # Errors
    /// A resource error if there is no memory for it.
    pub(crate) fn new_stack(&mut self) -> Result<Arc<GuestStack>, Error> {
        let stack = match self.stacks.take_spare() {
            Some(stack) => stack,
            None => GuestStack::new(&self.stacks.pool)?,
        };
        self.stacks.prune();
        self.stacks.others.push(Arc::clone(&stack));
        Ok(stack)
    }

    /// Whether the interpreter may go over to machine code. It may not in a call that may be suspended, which has a
    /// stack of its own; and half of all nested calls are left to the host, however functions that are compiled and
    /// functions that are not call each other, or take each other's place. Lets machine code know all functions of the
    /// store, if it does not yet.
    #[cfg(feature = "compiler")]
    #[inline]
    pub(crate) fn may_go_over(&mut self) -> bool {
        let Stacks { current, main, .. } = &self.stacks;
        self.stacks.depth < MAX_DEPTH / 2
            && current.as_ref().map(Arc::as_ptr) == main.as_ref().map(Arc::as_ptr)
            && self.prepare_machine_code().is_ok()
    }

    /// Counts a call that begins, and makes the main stack if there is none yet.
    fn deepen(&mut self) -> Result<(), Error> {
        if self.stacks.depth >= MAX_DEPTH {
            return Err(Error::from(Trap::StackOverflow));
        }
        #[cfg(feature = "compiler")]
        if !self.vm.machine_entry.is_null() {
            self.is_on_machine_stack(here())?;
        }
        if self.stacks.current.is_none() {
            self.make_main_stack()?;
        }
        self.stacks.depth += 1;
        self.stacks.calls += 1;
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn make_main_stack(&mut self) -> Result<(), Error> {
        let main = GuestStack::new(&self.stacks.pool)?;
        self.stacks.main = Some(Arc::clone(&main));
        self.run_on(main);
        Ok(())
    }

    /// Where on the stack the machine code that is running has last called out.
    #[cfg(feature = "compiler")]
    #[inline]
    fn called_at(&self) -> usize {
        // SAFETY: machine code is running, and the stub that has entered it has the record in its frame.
        let activation = unsafe { MachineActivation::of(self.vm.machine_entry) };
        activation.exit_stack.addr()
    }

    /// Lets machine code go on below `here`, if that is where machine code that is running has called out to, as it
    /// most often is. Tells whether it does.
    #[cfg(feature = "compiler")]
    #[inline]
    fn goes_on_at(&mut self, here: usize) -> bool {
        let is_near = (self.stacks.machine_limit..self.called_at()).contains(&here);
        if is_near {
            self.vm.machine_stack = core::ptr::null_mut();
        }
        is_near
    }

    /// Whether the host is on the stack that machine code has called it on, of which enough is left. It may not be: it
    /// can call from another thread, or from a function that machine code of another store has called on a stack of
    /// that.
    ///
    /// # Errors
    /// [`Trap::StackOverflow`] if it is, but too little is left.
    #[cfg(feature = "compiler")]
    #[inline]
    fn is_on_machine_stack(&self, here: usize) -> Result<bool, Error> {
        let called_at = self.called_at();
        match (self.stacks.machine_limit..called_at).contains(&here) {
            true => Ok(true),
            false => self.is_elsewhere_on_machine_stack(here, called_at),
        }
    }

    /// The same if it is not between the limit and where machine code has called out.
    #[cfg(feature = "compiler")]
    #[cold]
    #[inline(never)]
    fn is_elsewhere_on_machine_stack(&self, here: usize, called_at: usize) -> Result<bool, Error> {
        let stack = match self.stacks.own_stack_at(called_at) {
            Some(stack) => stack.addresses(),
            None => thread_stack::addresses(),
        };
        match stack.contains(&here) && stack.contains(&called_at) {
            true => Err(Error::from(Trap::StackOverflow)),
            false => Ok(false),
        }
    }

    /// Finds out on which stack machine code runs that is called from the host at `here`. Gives what
    /// [`Stacks::machine_limit`] and [`Stacks::machine_in_use`] shall be after the call, if it runs on another stack
    /// than the call before.
    ///
    /// # Errors
    /// As [`StoreInner::call_machine_code`].
    #[cfg(feature = "compiler")]
    #[cold]
    fn enter_from_elsewhere(&mut self, here: usize) -> Result<Option<(usize, usize)>, Error> {
        if self.stacks.depth >= MAX_DEPTH {
            return Err(Error::from(Trap::StackOverflow));
        }
        let (limit, in_use) = (self.stacks.machine_limit, self.stacks.machine_in_use);
        if self.vm.machine_entry.is_null() {
            // Nothing runs, or what runs is interpreted.
            let is_own = self.choose_machine_stack(here)?;
            return Ok(is_own.then_some((self.stacks.machine_limit, in_use)));
        }
        if self.is_on_machine_stack(here)? {
            self.vm.machine_stack = core::ptr::null_mut();
            return Ok(None);
        }
        self.choose_machine_stack(here)?;
        // The limit is not that of the outermost call.
        self.stacks.machine_callers = MachineCallers::default();
        Ok(Some((limit, in_use)))
    }

    /// Finds out how far machine code may use the thread's stack, or another one if that is too small, and tells all
    /// contexts if that is not what they know. Tells whether it is a stack of the store.
    ///
    /// # Errors
    /// A resource error if it needs a stack of its own, and there is no memory for it.
    #[cfg(feature = "compiler")]
    fn choose_machine_stack(&mut self, here: usize) -> Result<bool, Error> {
        let most_bytes = self.stacks.pool.bytes();
        self.stacks.machine_callers = MachineCallers::default();
        let thread = thread_stack::addresses();
        // Of any other stack than the one that the system has made for the thread nothing is known.
        let left = match thread.contains(&here) {
            true => here - thread.start,
            false => 0,
        };
        if left < most_bytes.saturating_add(HOST_STACK_BYTES) {
            self.choose_own_stack(most_bytes)?;
            return Ok(true);
        }
        self.vm.machine_stack = core::ptr::null_mut();
        // The next calls come from about the same place, most of the time.
        let tolerance = LIMIT_TOLERANCE_BYTES.min(most_bytes / 8);
        self.set_machine_limit(here - most_bytes + tolerance / 2);
        self.stacks.machine_callers = MachineCallers {
            stack_start: thread.start,
            start: here - tolerance / 2,
            bytes: tolerance,
        };
        Ok(false)
    }

    /// Lets machine code run on a stack of the store, as the thread's is too small.
    #[cfg(feature = "compiler")]
    fn choose_own_stack(&mut self, most_bytes: usize) -> Result<(), Error> {
        let number = self.stacks.machine_in_use;
        if self.stacks.machine.len() == number {
            let stack = MachineStack::new(most_bytes).ok_or_else(|| {
                Error::resource(alloc::format!(
                    "no memory for a stack of {most_bytes} bytes"
                ))
            })?;
            self.stacks.machine.push(stack);
        }
        self.stacks.machine_in_use += 1;
        let stack = &self.stacks.machine[number];
        self.vm.machine_stack = stack.top();
        let limit = stack.lowest().addr() + HOST_STACK_BYTES;
        self.set_machine_limit(limit);
        Ok(())
    }

    #[cfg(feature = "compiler")]
    fn set_machine_limit(&mut self, limit: usize) {
        if self.stacks.machine_limit == limit {
            return;
        }
        self.stacks.machine_limit = limit;
        for instance in self.instances.iter() {
            // SAFETY: the context lives as long as its instance, and no guest code runs now.
            unsafe { (*instance.context()).machine.stack_limit = limit as *const u8 };
        }
    }

    /// Makes `stack` the one that the store runs on, and tells all contexts.
    fn run_on(&mut self, stack: Arc<GuestStack>) {
        if let Some(current) = &self.stacks.current {
            current.top.store(self.vm.stack_top, Ordering::Relaxed);
        }
        self.vm.stack_top = stack.top();
        self.vm.stack_limit = stack.limit();
        self.stacks.current = Some(stack);
        for instance in self.instances.iter() {
            // SAFETY: the context lives as long as its instance, and no guest code runs now.
            unsafe { (*instance.context()).stack_limit = self.vm.stack_limit };
        }
    }
}

/// An address on the thread's stack, at its end.
#[cfg(feature = "compiler")]
#[inline(always)]
fn here() -> usize {
    let marker = 0_u8;
    core::ptr::from_ref(&marker).addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stack(pool: &Arc<StackPool>) -> Arc<GuestStack> {
        GuestStack::new(pool).expect("there is memory")
    }

    #[test]
    fn memory_of_a_stack_is_used_again_and_by_one_at_a_time() {
        let pool = StackPool::new(1 << 20);
        let (first, second) = (stack(&pool), stack(&pool));
        let base = first.base;
        assert_ne!(second.base, base);
        drop(first);
        let third = stack(&pool);
        assert_eq!(third.base, base);
        assert!(!third.is_in_use());
        assert_ne!(stack(&pool).base, base);
    }

    #[test]
    fn an_engine_keeps_only_so_much_memory_for_stacks() {
        for (bytes, kept) in [(MAX_POOLED_BYTES / 2, 2), (MAX_POOLED_BYTES + 8, 0)] {
            let pool = StackPool::new(bytes);
            let stacks: Vec<_> = (0..3).map(|_| stack(&pool)).collect();
            drop(stacks);
            assert_eq!(pool.spare.lock().len(), kept);
        }
    }
}
