//! Reads the primitives of the binary format from a bounded part of a module.
//!
//! Input: the module's bytes. Output: integers, floating-point bits, names and byte ranges.
//! Holds: positions count from the start of the module; nothing is read beyond the end of the part;
//! LEB128 numbers have at most as many bytes and bits as their type.
//!
//! Reference: [specification, section 5.2](https://webassembly.github.io/spec/core/binary/values.html).

use core::ops::Range;

use super::limits;
use crate::error::Error;

/// A position in a part of a module.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    /// The module up to the end of the part.
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Reader<'a> {
    /// Reads the part `range` of `module`.
    pub(crate) fn new(module: &'a [u8], range: Range<usize>) -> Reader<'a> {
        let end = range.end.min(module.len());
        Reader {
            bytes: &module[..end],
            position: range.start.min(end),
        }
    }

    /// Where the next byte stands in the module.
    #[inline]
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// How many bytes are left.
    #[inline]
    pub(crate) fn remaining(&self) -> usize {
        self.bytes.len() - self.position
    }

    /// Whether no byte is left.
    #[inline]
    pub(crate) fn is_at_end(&self) -> bool {
        self.position == self.bytes.len()
    }

    /// The next byte, which stays unread.
    #[inline]
    pub(crate) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    /// The next bytes, which stay unread.
    #[inline]
    pub(crate) fn peek_array<const N: usize>(&self) -> Option<[u8; N]> {
        self.bytes.get(self.position..)?.first_chunk().copied()
    }

    /// Passes over the byte that was peeked at.
    #[inline]
    pub(crate) fn skip_peeked(&mut self) {
        debug_assert!(!self.is_at_end());
        self.position += 1;
    }

    /// Goes back to a position at which it has been.
    #[inline]
    pub(crate) fn skip_back_to(&mut self, position: usize) {
        debug_assert!(position <= self.position);
        self.position = position;
    }

    /// Reads a byte.
    #[inline]
    pub(crate) fn read_u8(&mut self) -> Result<u8, Error> {
        match self.bytes.get(self.position) {
            Some(&byte) => {
                self.position += 1;
                Ok(byte)
            }
            None => Err(self.unexpected_end()),
        }
    }

    /// Reads `count` bytes.
    pub(crate) fn read_bytes(&mut self, count: usize) -> Result<&'a [u8], Error> {
        if count > self.remaining() {
            return Err(self.unexpected_end());
        }
        let bytes = &self.bytes[self.position..self.position + count];
        self.position += count;
        Ok(bytes)
    }

    /// Reads a fixed number of bytes.
    #[inline]
    pub(crate) fn read_array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        match self.bytes[self.position..].first_chunk::<N>() {
            Some(&array) => {
                self.position += N;
                Ok(array)
            }
            None => Err(self.unexpected_end()),
        }
    }

    /// Reads the bits of an `f32`.
    #[inline]
    pub(crate) fn read_f32_bits(&mut self) -> Result<u32, Error> {
        self.read_array().map(u32::from_le_bytes)
    }

    /// Reads the bits of an `f64`.
    #[inline]
    pub(crate) fn read_f64_bits(&mut self) -> Result<u64, Error> {
        self.read_array().map(u64::from_le_bytes)
    }

    /// Reads an unsigned 32-bit number.
    #[inline(always)]
    pub(crate) fn read_u32(&mut self) -> Result<u32, Error> {
        match self.bytes.get(self.position) {
            Some(&byte) if byte < 0x80 => {
                self.position += 1;
                Ok(u32::from(byte))
            }
            _ => self.read_unsigned::<32>().map(|value| value as u32),
        }
    }

    /// Reads an unsigned 32-bit number, or leaves it unread if it is malformed, or not easy to read.
    #[inline(always)]
    pub(crate) fn read_short_u32(&mut self) -> Option<u32> {
        let byte = self.peek()?;
        if byte < 0x80 {
            self.position += 1;
            return Some(u32::from(byte));
        }
        self.read_short_unsigned::<32>().map(|value| value as u32)
    }

    /// Reads a signed 32-bit number, or leaves it unread if it is malformed, or not easy to read.
    #[inline(always)]
    pub(crate) fn read_short_i32(&mut self) -> Option<i32> {
        let byte = self.peek()?;
        if byte < 0x80 {
            self.position += 1;
            return Some(i32::from(byte as i8) << 25 >> 25);
        }
        self.read_short_signed::<32>().map(|value| value as i32)
    }

    /// Reads a signed 64-bit number, or leaves it unread if it is malformed, or not easy to read.
    #[inline(always)]
    pub(crate) fn read_short_i64(&mut self) -> Option<i64> {
        let byte = self.peek()?;
        if byte < 0x80 {
            self.position += 1;
            return Some(i64::from(byte as i8) << 57 >> 57);
        }
        self.read_short_signed::<64>()
    }

    /// Reads an unsigned 64-bit number.
    #[inline(always)]
    pub(crate) fn read_u64(&mut self) -> Result<u64, Error> {
        match self.bytes.get(self.position) {
            Some(&byte) if byte < 0x80 => {
                self.position += 1;
                Ok(u64::from(byte))
            }
            _ => self.read_unsigned::<64>(),
        }
    }

    /// Reads a signed 32-bit number.
    #[inline(always)]
    pub(crate) fn read_i32(&mut self) -> Result<i32, Error> {
        match self.bytes.get(self.position) {
            Some(&byte) if byte < 0x80 => {
                self.position += 1;
                Ok(i32::from(byte as i8) << 25 >> 25)
            }
            _ => self.read_signed::<32>().map(|value| value as i32),
        }
    }

    /// Reads a signed 64-bit number.
    #[inline(always)]
    pub(crate) fn read_i64(&mut self) -> Result<i64, Error> {
        match self.bytes.get(self.position) {
            Some(&byte) if byte < 0x80 => {
                self.position += 1;
                Ok(i64::from(byte as i8) << 57 >> 57)
            }
            _ => self.read_signed::<64>(),
        }
    }

    /// Reads a signed 33-bit number.
    #[inline]
    pub(crate) fn read_i33(&mut self) -> Result<i64, Error> {
        self.read_signed::<33>()
    }

    /// The bits of a number that ends within the next eight bytes, and how many bytes it has. It stays unread.
    /// Found without a branch for each byte, which would often be predicted wrong.
    #[inline(always)]
    fn peek_number(&self) -> Option<(u64, u32)> {
        let word = u64::from_le_bytes(self.peek_array()?);
        let ends = !word & 0x8080_8080_8080_8080;
        if ends == 0 {
            return None;
        }
        let count = ends.trailing_zeros() / 8 + 1;
        let word = word & (u64::MAX >> (64 - 8 * count));
        // Groups of 7 bits move together, two by two.
        let pairs = (word & 0x007F_007F_007F_007F) | ((word & 0x7F00_7F00_7F00_7F00) >> 1);
        let fours = (pairs & 0x0000_3FFF_0000_3FFF) | ((pairs & 0x3FFF_0000_3FFF_0000) >> 2);
        let value = (fours & 0x0FFF_FFFF) | ((fours & 0x0FFF_FFFF_0000_0000) >> 4);
        Some((value, count))
    }

    #[inline(always)]
    fn read_short_unsigned<const BITS: u32>(&mut self) -> Option<u64> {
        let (value, count) = self.peek_number()?;
        if count > BITS.div_ceil(7) || value & (u64::MAX >> (64 - BITS)) != value {
            return None;
        }
        self.position += count as usize;
        Some(value)
    }

    #[inline(always)]
    fn read_short_signed<const BITS: u32>(&mut self) -> Option<i64> {
        let (value, count) = self.peek_number()?;
        let (above, unused) = (64 - 7 * count, 64 - BITS);
        let value = (value as i64) << above >> above;
        if count > BITS.div_ceil(7) || value << unused >> unused != value {
            return None;
        }
        self.position += count as usize;
        Some(value)
    }

    #[inline(never)]
    fn read_unsigned<const BITS: u32>(&mut self) -> Result<u64, Error> {
        if let Some(value) = self.read_short_unsigned::<BITS>() {
            return Ok(value);
        }
        let mut value = 0;
        let mut shift = 0;
        loop {
            let byte = self.read_u8()?;
            let left = BITS - shift;
            if left < 7 {
                self.check_last_byte(byte, u32::from(byte & 0x7F) >> left == 0)?;
            }
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    #[inline(never)]
    fn read_signed<const BITS: u32>(&mut self) -> Result<i64, Error> {
        if let Some(value) = self.read_short_signed::<BITS>() {
            return Ok(value);
        }
        let mut value = 0;
        let mut shift = 0;
        loop {
            let byte = self.read_u8()?;
            let left = BITS - shift;
            if left < 7 {
                // The sign bit and the unused bits above it have to be equal.
                let above = (byte & 0x7F) >> (left - 1);
                self.check_last_byte(byte, above == 0 || above == 0x7F >> (left - 1))?;
            }
            value |= i64::from(byte & 0x7F) << shift;
            shift += 7;
            if byte < 0x80 {
                let unused = 64u32.saturating_sub(shift);
                return Ok(value << unused >> unused);
            }
        }
    }

    fn check_last_byte(&self, byte: u8, fits: bool) -> Result<(), Error> {
        if byte >= 0x80 {
            let message = "integer representation too long: a LEB128 number has more bytes than its type needs";
            return Err(Error::malformed(self.position - 1, message));
        }
        if !fits {
            let message = "integer too large: a LEB128 number has bits that its type does not have";
            return Err(Error::malformed(self.position - 1, message));
        }
        Ok(())
    }

    /// Reads the length of a vector whose elements take at least a byte each, so that the length
    /// bounds an allocation.
    pub(crate) fn read_count(&mut self, what: &'static str, limit: usize) -> Result<usize, Error> {
        let start = self.position;
        let count = self.read_u32()? as usize;
        if count > limit {
            let message = alloc::format!("too many {what}: {count}, the limit is {limit}");
            return Err(Error::malformed(start, message));
        }
        if count > self.remaining() {
            let message = alloc::format!(
                "unexpected end of section or function: {count} {what} do not fit into the {} bytes that are left",
                self.remaining()
            );
            return Err(Error::malformed(start, message));
        }
        Ok(count)
    }

    /// Reads a length in bytes and gives the range that it describes, which stays unread.
    pub(crate) fn read_size(&mut self, what: &'static str) -> Result<Range<usize>, Error> {
        let start = self.position;
        let size = self.read_u32()? as usize;
        if size > self.remaining() {
            let message = alloc::format!(
                "length out of bounds: {what} of {size} bytes does not fit into the {} bytes that are left",
                self.remaining()
            );
            return Err(Error::malformed(start, message));
        }
        Ok(self.position..self.position + size)
    }

    /// Passes over the bytes up to `position`.
    #[inline]
    pub(crate) fn skip_to(&mut self, position: usize) {
        debug_assert!((self.position..=self.bytes.len()).contains(&position));
        self.position = position.min(self.bytes.len());
    }

    /// Reads a name.
    pub(crate) fn read_name(&mut self) -> Result<&'a str, Error> {
        let start = self.position;
        let range = self.read_size("a name")?;
        if range.len() > limits::NAME_BYTES {
            let message = alloc::format!(
                "name too long: {} bytes, the limit is {}",
                range.len(),
                limits::NAME_BYTES
            );
            return Err(Error::malformed(start, message));
        }
        let bytes = self.read_bytes(range.len())?;
        core::str::from_utf8(bytes).map_err(|error| {
            Error::malformed(
                range.start + error.valid_up_to(),
                "malformed UTF-8 encoding in a name",
            )
        })
    }

    #[cold]
    #[inline(never)]
    fn unexpected_end(&self) -> Error {
        Error::malformed(self.bytes.len(), "unexpected end of section or function")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(bytes: &[u8]) -> Reader<'_> {
        Reader::new(bytes, 0..bytes.len())
    }

    #[test]
    fn numbers_end_where_their_type_ends() {
        assert_eq!(
            reader(&[0xFF, 0xFF, 0xFF, 0xFF, 0x0F]).read_u32().unwrap(),
            u32::MAX
        );
        assert!(reader(&[0xFF, 0xFF, 0xFF, 0xFF, 0x1F]).read_u32().is_err());
        assert!(
            reader(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x00])
                .read_u32()
                .is_err()
        );
        assert_eq!(
            reader(&[0x80, 0x80, 0x80, 0x80, 0x78]).read_i32().unwrap(),
            i32::MIN
        );
        assert!(reader(&[0x80, 0x80, 0x80, 0x80, 0x70]).read_i32().is_err());
        assert_eq!(reader(&[0x40]).read_i32().unwrap(), -64);
        assert_eq!(reader(&[0x40]).read_i64().unwrap(), -64);
        assert_eq!(reader(&[0x40]).read_i33().unwrap(), -64);
        assert_eq!(
            reader(&[0xFF, 0xFF, 0xFF, 0xFF, 0x0F]).read_i33().unwrap(),
            i64::from(u32::MAX)
        );
        assert!(reader(&[0xFF, 0xFF, 0xFF, 0xFF, 0x2F]).read_i33().is_err());
        let least = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7F];
        assert_eq!(reader(&least).read_i64().unwrap(), i64::MIN);
        let greatest = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01];
        assert_eq!(reader(&greatest).read_u64().unwrap(), u64::MAX);
        assert!(reader(&greatest).read_i64().is_err());
    }

    #[test]
    fn nothing_is_read_beyond_the_end() {
        let module = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        let mut part = Reader::new(&module, 2..5);
        assert!(part.read_f32_bits().is_err());
        assert_eq!(part.position(), 2);
        assert_eq!(part.read_bytes(3).unwrap(), [3, 4, 5]);
        assert!(part.is_at_end() && part.read_u8().is_err() && part.read_u32().is_err());
    }
}
