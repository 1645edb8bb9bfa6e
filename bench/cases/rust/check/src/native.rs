//! Cases that were built for this machine.
//!
//! Input: shared libraries. Output: their export `run`. Holds: a library stays loaded as long as the program runs.

use crate::Run;
use std::ffi::{CString, c_char, c_int, c_void};
use std::path::Path;

const RTLD_NOW: c_int = 2;

unsafe extern "C" {
    fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

/// The function of `lib<name>.so`, if there is such a file.
pub fn load(folder: &Path, name: &str) -> Result<Option<Run>, String> {
    let path = folder.join(format!("lib{name}.so"));
    if !path.exists() {
        return Ok(None);
    }
    let text =
        CString::new(path.to_string_lossy().as_bytes()).map_err(|error| error.to_string())?;
    // SAFETY: both strings end with a zero; null is checked before use.
    let symbol = unsafe {
        let library = dlopen(text.as_ptr(), RTLD_NOW);
        if library.is_null() {
            return Err(format!("{} cannot be loaded", path.display()));
        }
        dlsym(library, c"run".as_ptr())
    };
    if symbol.is_null() {
        return Err(format!("{} has no function `run`", path.display()));
    }
    // SAFETY: the library was built from a case, whose `run` has this type.
    let run: extern "C" fn(i32) -> i64 = unsafe { std::mem::transmute(symbol) };
    Ok(Some(Box::new(move |size| Ok(run(size) as u64))))
}
