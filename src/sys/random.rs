//! Random bytes that nobody can predict.
//!
//! Input: a slice. Output: the slice filled by the operating system's generator.
//! Holds: it is either filled completely or an error is returned; there is no weaker substitute.

use std::io;

/// Fills `bytes`.
///
/// # Errors
/// The system's error, or [`io::ErrorKind::Unsupported`] where there is no generator.
pub(crate) fn fill(bytes: &mut [u8]) -> io::Result<()> {
    // Every system takes this much at once; some take no more.
    bytes.chunks_mut(256).try_for_each(system::fill_chunk)
}

#[cfg(any(target_os = "macos", target_os = "ios", target_os = "freebsd"))]
mod system {
    use core::ffi::{c_int, c_void};
    use std::io;

    unsafe extern "C" {
        fn getentropy(buffer: *mut c_void, length: usize) -> c_int;
    }

    pub(super) fn fill_chunk(bytes: &mut [u8]) -> io::Result<()> {
        // SAFETY: the buffer is valid for writes of its length.
        match unsafe { getentropy(bytes.as_mut_ptr().cast(), bytes.len()) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }
}

#[cfg(windows)]
mod system {
    use core::ffi::c_void;
    use std::io;

    const BCRYPT_USE_SYSTEM_PREFERRED_RNG: u32 = 2;

    #[link(name = "bcrypt")]
    unsafe extern "system" {
        fn BCryptGenRandom(algorithm: *mut c_void, buffer: *mut u8, length: u32, flags: u32)
        -> i32;
    }

    pub(super) fn fill_chunk(bytes: &mut [u8]) -> io::Result<()> {
        let (buffer, length) = (bytes.as_mut_ptr(), bytes.len() as u32);
        // SAFETY: the buffer is valid for writes of its length, which is at most 256, and with this
        // flag the algorithm must be null.
        let status = unsafe {
            BCryptGenRandom(
                core::ptr::null_mut(),
                buffer,
                length,
                BCRYPT_USE_SYSTEM_PREFERRED_RNG,
            )
        };
        if status >= 0 {
            Ok(())
        } else {
            Err(io::Error::from_raw_os_error(status))
        }
    }
}

#[cfg(target_os = "wasi")]
mod system {
    use std::io;

    #[link(wasm_import_module = "wasi_snapshot_preview1")]
    unsafe extern "C" {
        fn random_get(buffer: *mut u8, length: usize) -> i32;
    }

    pub(super) fn fill_chunk(bytes: &mut [u8]) -> io::Result<()> {
        // SAFETY: the buffer is valid for writes of its length.
        match unsafe { random_get(bytes.as_mut_ptr(), bytes.len()) } {
            0 => Ok(()),
            code => Err(io::Error::from_raw_os_error(code)),
        }
    }
}

/// Other Unixes: the device is older than every function for it, and is there on all of them.
#[cfg(all(
    unix,
    not(any(target_os = "macos", target_os = "ios", target_os = "freebsd"))
))]
mod system {
    use std::fs::File;
    use std::io::{self, Read};
    use std::sync::OnceLock;

    pub(super) fn fill_chunk(bytes: &mut [u8]) -> io::Result<()> {
        static DEVICE: OnceLock<File> = OnceLock::new();
        let device = match DEVICE.get() {
            Some(device) => device,
            None => {
                let opened = File::open("/dev/urandom")?;
                DEVICE.get_or_init(|| opened)
            }
        };
        let mut device: &File = device;
        device.read_exact(bytes)
    }
}

#[cfg(not(any(unix, windows, target_os = "wasi")))]
mod system {
    use std::io;

    pub(super) fn fill_chunk(_bytes: &mut [u8]) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(all(test, not(miri)))]
mod tests {
    use super::*;

    #[test]
    fn every_chunk_is_filled_and_no_two_are_the_same() {
        let mut bytes = [0; 1000];
        fill(&mut bytes).expect("hosts have a generator");
        let chunks: std::collections::BTreeSet<&[u8]> = bytes.chunks(100).collect();
        // The chance that this fails for a good generator is below 2^-700.
        assert_eq!(chunks.len(), 10);
        assert!(
            chunks
                .iter()
                .all(|chunk| chunk.iter().any(|&byte| byte != 0))
        );
        fill(&mut []).expect("nothing to fill");
    }
}
