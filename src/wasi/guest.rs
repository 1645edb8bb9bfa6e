//! The guest as the functions see it: its memory, and the context that the embedder gave it.
//!
//! Input: pointers and lengths of the guest. Output: checked slices and numbers, or [`Errno::Fault`].
//! Holds: nothing outside of the memory is touched, and nothing is allocated, whatever the guest says.

use core::ops::Range;

use super::context::WasiP1Ctx;
use super::file_system::Errno;
use super::types::iovec;
use crate::error::Error;

/// The guest that calls.
pub(super) trait Guest {
    /// Its memory and its context.
    ///
    /// # Errors
    /// If it exports no memory.
    fn parts(&mut self) -> Result<(Memory<'_>, &mut WasiP1Ctx), Error>;

    /// Its context alone.
    fn context(&mut self) -> &mut WasiP1Ctx;

    /// Whether it may go on. What takes long asks now and then.
    ///
    /// # Errors
    /// If the guest was interrupted or its time is up.
    fn check(&mut self) -> Result<(), Error>;

    /// Whether it can be interrupted at all.
    fn is_interruptable(&self) -> bool;
}

/// How a function ends without success.
#[derive(Debug)]
pub(super) enum Failure {
    /// The guest is told.
    Errno(Errno),
    /// The guest's run ends.
    Error(Error),
}

impl From<Errno> for Failure {
    fn from(errno: Errno) -> Failure {
        Failure::Errno(errno)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Error(error)
    }
}

/// What a function gives.
pub(super) type Outcome = Result<(), Failure>;

/// The guest's memory.
pub(super) struct Memory<'a>(pub(super) &'a mut [u8]);

/// How many buffers one read or write looks at: the guest decides about their number, so it needs a limit. The others
/// are left for the guest's next call, as in any read or write that is cut short.
pub(super) const MAX_BUFFERS: u32 = 1024;

/// Buffers of a guest, which were checked.
#[derive(Copy, Clone)]
pub(super) struct Buffers {
    /// Where the first one's numbers are.
    start: u32,
    /// How many they are.
    pub(super) count: u32,
    /// Whether there is a byte in them.
    pub(super) have_room: bool,
}

impl Memory<'_> {
    /// The bytes at `start`.
    pub(super) fn bytes(&self, start: u32, length: u32) -> Result<&[u8], Errno> {
        self.0.get(range(start, length)?).ok_or(Errno::Fault)
    }

    /// The bytes at `start`.
    pub(super) fn bytes_mut(&mut self, start: u32, length: u32) -> Result<&mut [u8], Errno> {
        self.0.get_mut(range(start, length)?).ok_or(Errno::Fault)
    }

    /// Whether there are `count` items of `size` bytes at `start`.
    pub(super) fn check_array(&self, start: u32, count: u32, size: u32) -> Result<(), Errno> {
        let length = count.checked_mul(size).ok_or(Errno::Fault)?;
        self.bytes(start, length).map(drop)
    }

    /// Whether a number can be written at `at`. Nothing is written there before all arguments have been read, because
    /// a result may lie where they do.
    pub(super) fn check_u32(&self, at: u32) -> Result<(), Errno> {
        self.check_array(at, 1, 4)
    }

    /// A buffer: where it starts and how long it is.
    pub(super) fn buffer(&self, buffers: Buffers, index: u32) -> Result<(u32, u32), Errno> {
        let at = element(buffers.start, index, iovec::SIZE)?;
        let (start, length) = (
            self.read_u32(field(at, iovec::BUFFER)?)?,
            self.read_u32(field(at, iovec::LENGTH)?)?,
        );
        Ok((start, length))
    }

    /// The first of some buffers that has room, alone.
    pub(super) fn first_buffer(&self, buffers: Buffers) -> Result<Buffers, Errno> {
        for index in 0..buffers.count {
            if self.buffer(buffers, index)?.1 > 0 {
                return Ok(Buffers {
                    start: element(buffers.start, index, iovec::SIZE)?,
                    count: 1,
                    ..buffers
                });
            }
        }
        Ok(buffers)
    }

    /// Checks `count` buffers, where they lie, and the place of the result of moving their bytes. Gives those of them
    /// to take in one read or write.
    pub(super) fn check_buffers(
        &self,
        start: u32,
        count: u32,
        result: u32,
    ) -> Result<Buffers, Errno> {
        self.check_array(start, count, iovec::SIZE)?;
        let mut buffers = Buffers {
            start,
            count: count.min(MAX_BUFFERS),
            have_room: false,
        };
        for index in 0..buffers.count {
            let (start, length) = self.buffer(buffers, index)?;
            self.bytes(start, length)?;
            buffers.have_room |= length > 0;
        }
        self.check_u32(result)?;
        Ok(buffers)
    }
}

macro_rules! numbers {
    ($($read:ident $write:ident $number:ident)*) => {
        /// Numbers in memory, at any address.
        impl Memory<'_> {
            $(
                /// Reads a number.
                pub(super) fn $read(&self, at: u32) -> Result<$number, Errno> {
                    let mut bytes = [0; size_of::<$number>()];
                    bytes.copy_from_slice(self.bytes(at, size_of::<$number>() as u32)?);
                    Ok($number::from_le_bytes(bytes))
                }

                /// Writes a number.
                pub(super) fn $write(&mut self, at: u32, number: $number) -> Result<(), Errno> {
                    let bytes = self.bytes_mut(at, size_of::<$number>() as u32)?;
                    bytes.copy_from_slice(&number.to_le_bytes());
                    Ok(())
                }
            )*
        }
    };
}

numbers! {
    read_u8 write_u8 u8
    read_u16 write_u16 u16
    read_u32 write_u32 u32
    read_u64 write_u64 u64
}

fn range(start: u32, length: u32) -> Result<Range<usize>, Errno> {
    // On machines with 32-bit addresses the sum may be too large; a memory never is.
    let start = start as usize;
    let end = start.checked_add(length as usize).ok_or(Errno::Fault)?;
    Ok(start..end)
}

/// The address of a field of the structure at `at`.
pub(super) fn field(at: u32, offset: u32) -> Result<u32, Errno> {
    at.checked_add(offset).ok_or(Errno::Fault)
}

/// The address of an element of the array at `start`.
pub(super) fn element(start: u32, index: u32, size: u32) -> Result<u32, Errno> {
    let offset = index.checked_mul(size).ok_or(Errno::Fault)?;
    field(start, offset)
}
