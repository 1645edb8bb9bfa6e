//! Owned values that do not move and may be reached by address while they are owned.
//!
//! Input: a value. Output: [`Stable`], which frees it.
//! Holds: unlike a `Box`, a [`Stable`] claims no exclusive access when it is itself moved, so
//! addresses handed out by [`Stable::as_ptr`] stay usable until it is dropped.

use alloc::boxed::Box;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

/// Owns a value at a fixed address.
pub(super) struct Stable<T: ?Sized>(NonNull<T>);

// SAFETY: it owns its value as a `Box` does.
unsafe impl<T: ?Sized + Send> Send for Stable<T> {}
// SAFETY: a shared `Stable` gives out shared references only.
unsafe impl<T: ?Sized + Sync> Sync for Stable<T> {}

impl<T> Stable<T> {
    /// Puts a value at an address of its own.
    pub(super) fn new(value: T) -> Stable<T> {
        Stable::from(Box::new(value))
    }

    /// Takes the value from its address, which is no longer valid.
    pub(super) fn into_inner(self) -> T {
        let this = core::mem::ManuallyDrop::new(self);
        // SAFETY: the address is that of a leaked box; `this` is not dropped, so nobody else frees
        // it.
        *unsafe { Box::from_raw(this.0.as_ptr()) }
    }
}

impl<T: ?Sized> Stable<T> {
    /// The address. It may be read and written through while no reference from `deref` is in use.
    pub(super) fn as_ptr(&self) -> *mut T {
        self.0.as_ptr()
    }
}

impl<T: ?Sized> From<Box<T>> for Stable<T> {
    fn from(value: Box<T>) -> Stable<T> {
        Stable(NonNull::from(Box::leak(value)))
    }
}

impl<T: ?Sized> Deref for Stable<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the address is that of a leaked box, which only `drop` frees.
        unsafe { self.0.as_ref() }
    }
}

impl<T: ?Sized> DerefMut for Stable<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as in `deref`, and `&mut self` is the only reference through it.
        unsafe { self.0.as_mut() }
    }
}

impl<T: ?Sized> Drop for Stable<T> {
    fn drop(&mut self) {
        // SAFETY: the address is that of a leaked box, and nobody uses it after this.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}
