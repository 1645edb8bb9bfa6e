//! The stacks that interpreted code runs on.
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
use core::ptr::NonNull;
use core::sync::atomic::{AtomicPtr, Ordering};

use super::store::StoreInner;
use crate::error::Error;
use crate::sys::sync::Mutex;
use crate::wasm::trap::Trap;

/// How deep calls from the host may be nested: host, guest, host, guest and so on. Each level takes
/// space on the thread's stack, which the guest must not exhaust.
pub(super) const MAX_DEPTH: u32 = 200;

/// The smallest stack, in bytes: enough for a call with many parameters.
const MIN_STACK_BYTES: usize = 16 << 10;

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

    /// Counts a call that begins, and makes the main stack if there is none yet.
    fn deepen(&mut self) -> Result<(), Error> {
        if self.stacks.depth >= MAX_DEPTH {
            return Err(Error::from(Trap::StackOverflow));
        }
        if self.stacks.current.is_none() {
            let main = GuestStack::new(&self.stacks.pool)?;
            self.stacks.main = Some(Arc::clone(&main));
            self.run_on(main);
        }
        self.stacks.depth += 1;
        self.stacks.calls += 1;
        Ok(())
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
