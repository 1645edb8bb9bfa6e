//! What the process was started with: arguments and environment variables.
//!
//! Input: nothing. Output: strings as bytes.
//! Holds: on systems whose strings are bytes nothing is lost; elsewhere what is not Unicode is replaced.

use alloc::vec::Vec;
use std::ffi::OsString;

/// The arguments, the program's name first.
pub(crate) fn arguments() -> impl Iterator<Item = Vec<u8>> {
    std::env::args_os().map(bytes)
}

/// The environment variables: names and values. None where there is no system, whose standard library would panic.
pub(crate) fn variables() -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
    const HAS_ENVIRONMENT: bool = cfg!(not(all(target_family = "wasm", target_os = "unknown")));
    let variables = HAS_ENVIRONMENT
        .then(std::env::vars_os)
        .into_iter()
        .flatten();
    variables.map(|(name, value)| (bytes(name), bytes(value)))
}

#[cfg(unix)]
fn bytes(string: OsString) -> Vec<u8> {
    std::os::unix::ffi::OsStringExt::into_vec(string)
}

#[cfg(not(unix))]
fn bytes(string: OsString) -> Vec<u8> {
    string.to_string_lossy().into_owned().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_has_a_name() {
        assert!(arguments().next().is_some_and(|name| !name.is_empty()));
    }

    #[test]
    fn variables_are_those_of_the_process() {
        let here = variables().map(|(name, _)| name);
        let there = std::env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned());
        let here = here.map(|name| String::from_utf8_lossy(&name).into_owned());
        assert!(here.eq(there));
    }
}
