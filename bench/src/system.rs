//! What the operating system knows of a process: Linux only.
//!
//! Input: `/proc`. Output: resident memory and mappings in KiB and in numbers; a command bound to one processor.
//! Holds: elsewhere there is an error, and the cell stays empty.

use crate::engines::{Result, reason};
use std::fs;
use std::process::Command;

/// The field of `/proc/<process>/status` in KiB: `VmRSS` is what is resident now, `VmHWM` the most that ever was.
pub fn memory_kib(process: &str, field: &str) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).map_err(reason)?;
    let line = text.lines().find(|line| line.starts_with(field));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .ok_or_else(|| format!("the system does not tell {field}"))
}

/// How many mappings this process has.
pub fn mapping_count() -> Result<f64> {
    let text = fs::read_to_string("/proc/self/maps").map_err(reason)?;
    Ok(text.lines().count() as f64)
}

/// Binds a process that `command` will start, with all its threads, to the first processor.
#[cfg(target_os = "linux")]
pub fn bind_to_one_processor(command: &mut Command) -> Result<()> {
    use std::ffi::c_int;
    use std::io::Error;
    use std::os::unix::process::CommandExt;

    unsafe extern "C" {
        fn sched_setaffinity(process: c_int, size: usize, mask: *const u64) -> c_int;
    }

    let bind = || {
        let mask = 1u64;
        // SAFETY: the mask is read for 8 bytes, which it has.
        match unsafe { sched_setaffinity(0, size_of::<u64>(), &mask) } {
            0 => Ok(()),
            _ => Err(Error::last_os_error()),
        }
    };
    // SAFETY: between fork and exec the closure only makes one system call, and allocates nothing.
    unsafe { command.pre_exec(bind) };
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub fn bind_to_one_processor(_: &mut Command) -> Result<()> {
    Err("binding to a processor is known for Linux only".into())
}
