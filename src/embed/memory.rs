//! Linear memories as the embedder sees them.
//!
//! Input: addresses and lengths, usually from a guest. Output: [`Memory`], a handle, and slices of
//! its bytes.
//! Holds: every access is checked against the present size; a slice borrows the store, so that the
//! memory cannot grow meanwhile.

use alloc::format;
use core::fmt;

use super::externs::{Extern, handle, with_core};
use super::func::or_panic;
use super::store::{AsContext, AsContextMut, StoreContext, StoreContextMut};
use super::types::MemoryType;
use crate::error::{Error, Result};
use crate::runtime::handle::MemoryId;

/// A linear memory in a store.
///
/// A handle: it is copied freely and means something only together with its store.
///
/// ```
/// use wazir::{Engine, Memory, MemoryType, Store};
/// let mut store = Store::new(&Engine::default(), ());
/// let memory = Memory::new(&mut store, MemoryType::new(1, Some(2)))?;
/// memory.write(&mut store, 16, b"hello")?;
/// assert_eq!(memory.str(&store, 16, 5)?, "hello");
/// assert!(memory.slice(&store, 65_530, 10).is_err());
/// assert_eq!(memory.grow(&mut store, 1)?, 1);
/// assert_eq!(memory.data_size(&store), 131_072);
/// # Ok::<(), wazir::Error>(())
/// ```
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Memory(MemoryId);

handle!(Memory MemoryId);

impl Memory {
    /// Makes a memory of the type's minimal size, filled with zeros.
    ///
    /// # Errors
    /// If the limits of the store or the implementation do not allow it, if there is no memory for
    /// it, or if its type is shared, which is not supported yet.
    pub fn new(store: impl AsContextMut, ty: MemoryType) -> Result<Memory> {
        let ty = ty.to_wasm();
        if ty.limits.max.is_some_and(|max| max < ty.limits.min) {
            return Err(Error::msg(
                "the maximum of the memory type is smaller than its minimum",
            ));
        }
        with_core(store, |core| core.inner_mut().new_memory(ty)).map(Memory)
    }

    /// The memory's type; its minimum is the present size.
    ///
    /// # Panics
    /// If the memory does not belong to the store, or its instance was removed. That holds for all
    /// methods that do not return a [`Result`].
    pub fn ty(&self, store: impl AsContext) -> MemoryType {
        or_panic(Extern::Memory(*self).try_ty(store.as_context().core()))
            .unwrap_memory()
            .clone()
    }

    /// Copies bytes out of the memory, from `offset` on.
    ///
    /// # Errors
    /// [`MemoryAccessError`] if the range is not within the memory; then nothing is copied.
    pub fn read(
        &self,
        store: impl AsContext,
        offset: usize,
        buffer: &mut [u8],
    ) -> Result<(), MemoryAccessError> {
        let bytes = self.bytes(store.as_context());
        buffer.copy_from_slice(bytes_at(bytes, offset as u64, buffer.len() as u64)?);
        Ok(())
    }

    /// Copies bytes into the memory, from `offset` on.
    ///
    /// # Errors
    /// [`MemoryAccessError`] if the range is not within the memory; then nothing is copied.
    pub fn write(
        &self,
        mut store: impl AsContextMut,
        offset: usize,
        buffer: &[u8],
    ) -> Result<(), MemoryAccessError> {
        let bytes = self.data_mut(&mut store);
        let range = range(bytes.len(), offset as u64, buffer.len() as u64)?;
        bytes[range].copy_from_slice(buffer);
        Ok(())
    }

    /// All bytes.
    pub fn data<'a, T: 'a>(&self, store: impl Into<StoreContext<'a, T>>) -> &'a [u8] {
        self.bytes(store.into())
    }

    /// All bytes, to be changed.
    pub fn data_mut<'a, T: 'a>(&self, store: impl Into<StoreContextMut<'a, T>>) -> &'a mut [u8] {
        self.data_and_store_mut(store).0
    }

    /// All bytes, to be changed, and the store's data, at once.
    pub fn data_and_store_mut<'a, T: 'a>(
        &self,
        store: impl Into<StoreContextMut<'a, T>>,
    ) -> (&'a mut [u8], &'a mut T) {
        let (data, core) = store.into().into_parts();
        match core.inner_mut().memory_mut(self.0) {
            Ok(memory) => (memory.bytes_mut(), data),
            Err(reason) => panic!("{reason}"),
        }
    }

    /// The `length` bytes at the address `pointer`. The numbers may come from a guest: `u32`, `u64`
    /// and `usize` are taken.
    ///
    /// # Errors
    /// [`MemoryAccessError`] if the range is not within the memory.
    pub fn slice<'a, T: 'a>(
        &self,
        store: impl Into<StoreContext<'a, T>>,
        pointer: impl Address,
        length: impl Address,
    ) -> Result<&'a [u8], MemoryAccessError> {
        bytes_at(self.data(store), pointer.to_u64(), length.to_u64())
    }

    /// The `length` bytes at the address `pointer`, to be changed.
    ///
    /// # Errors
    /// [`MemoryAccessError`] if the range is not within the memory.
    pub fn slice_mut<'a, T: 'a>(
        &self,
        store: impl Into<StoreContextMut<'a, T>>,
        pointer: impl Address,
        length: impl Address,
    ) -> Result<&'a mut [u8], MemoryAccessError> {
        let bytes = self.data_mut(store);
        let range = range(bytes.len(), pointer.to_u64(), length.to_u64())?;
        Ok(&mut bytes[range])
    }

    /// The text in the `length` bytes at the address `pointer`.
    ///
    /// # Errors
    /// If the range is not within the memory, or the bytes are not UTF-8.
    pub fn str<'a, T: 'a>(
        &self,
        store: impl Into<StoreContext<'a, T>>,
        pointer: impl Address,
        length: impl Address,
    ) -> Result<&'a str> {
        let (pointer, length) = (pointer.to_u64(), length.to_u64());
        let bytes = bytes_at(self.data(store), pointer, length)?;
        core::str::from_utf8(bytes).map_err(|error| {
            Error::new(error).context(format!(
                "the {length} bytes at address {pointer} are not UTF-8"
            ))
        })
    }

    /// The size in bytes.
    pub fn data_size(&self, store: impl AsContext) -> usize {
        self.bytes(store.as_context()).len()
    }

    /// The address of the first byte. It is valid until the memory grows or is removed, and bytes
    /// may be accessed through it only while nothing else uses the store.
    pub fn data_ptr(&self, store: impl AsContext) -> *mut u8 {
        or_panic(
            store
                .as_context()
                .core()
                .inner()
                .memory(self.0)
                .map_err(Error::from),
        )
        .base()
    }

    /// The size in pages.
    pub fn size(&self, store: impl AsContext) -> u64 {
        or_panic(
            store
                .as_context()
                .core()
                .inner()
                .memory(self.0)
                .map_err(Error::from),
        )
        .pages()
    }

    /// The size of a page in bytes: 65,536.
    pub fn page_size(&self, store: impl AsContext) -> u64 {
        self.ty(store).page_size()
    }

    /// The binary logarithm of the size of a page in bytes: 16.
    pub fn page_size_log2(&self, store: impl AsContext) -> u8 {
        self.ty(store).page_size_log2()
    }

    /// Grows the memory by `delta` pages of zeros, and returns the old size in pages.
    ///
    /// # Errors
    /// If the type, the limits of the store or the implementation do not allow it, or if there is
    /// no memory for it.
    pub fn grow(&self, store: impl AsContextMut, delta: u64) -> Result<u64> {
        with_core(store, |core| {
            let inner = core.inner_mut();
            match inner.grow_memory(self.0, delta)? {
                Some(old_pages) => Ok(old_pages),
                None => Err(inner.memory_growth_error(self.0, delta)),
            }
        })
    }

    fn bytes<'a, T>(&self, store: StoreContext<'a, T>) -> &'a [u8] {
        or_panic(store.core().inner().memory(self.0).map_err(Error::from)).bytes()
    }
}

/// An address or length in a memory: `u32`, `u64` or `usize`, or an `i32` or `i64`, which counts as
/// the unsigned number with the same bits, as guests mean it.
///
/// The trait cannot be implemented outside of this crate.
pub trait Address: sealed::Number {}

mod sealed {
    /// A number that fits into 64 bits.
    pub trait Number {
        /// The number.
        fn to_u64(self) -> u64;
    }
}

macro_rules! addresses {
    ($($ty:ident as $unsigned:ident;)*) => {$(
        impl Address for $ty {}

        impl sealed::Number for $ty {
            #[inline]
            fn to_u64(self) -> u64 {
                self as $unsigned as u64
            }
        }
    )*};
}

addresses! {
    u32 as u32;
    i32 as u32;
    u64 as u64;
    i64 as u64;
    usize as usize;
}

fn range(
    size: usize,
    offset: u64,
    length: u64,
) -> Result<core::ops::Range<usize>, MemoryAccessError> {
    match offset.checked_add(length) {
        Some(end) if end <= size as u64 => Ok(offset as usize..end as usize),
        _ => Err(MemoryAccessError {
            offset,
            length,
            size,
        }),
    }
}

fn bytes_at(bytes: &[u8], offset: u64, length: u64) -> Result<&[u8], MemoryAccessError> {
    range(bytes.len(), offset, length).map(|range| &bytes[range])
}

/// The error for a range that is not within a memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryAccessError {
    offset: u64,
    length: u64,
    size: usize,
}

impl fmt::Display for MemoryAccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MemoryAccessError {
            offset,
            length,
            size,
        } = self;
        write!(
            f,
            "out of bounds memory access: {length} bytes at address {offset}, but the memory has {size} bytes"
        )
    }
}

impl core::error::Error for MemoryAccessError {}

impl From<MemoryAccessError> for Error {
    #[cold]
    fn from(error: MemoryAccessError) -> Error {
        Error::new(error)
    }
}
