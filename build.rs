//! Decides what depends on the target in more ways than `cfg` in the code can say readably.
//!
//! Input: the target and the optimization level of this package, which a build script sees under
//! per-package overrides too. Output: `cfg(wazir_jump_dispatch)` where the code generator turns a
//! call in tail position into a jump (debug assertions are looked at in the code, where `cfg` knows),
//! and `cfg(wazir_unix_files)` where `sys/fs/unix` knows the system's numbers.

use std::env;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(wazir_jump_dispatch, wazir_unix_files)");
    println!("cargo::rerun-if-changed=build.rs");
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let (system, processor) = (
        variable("CARGO_CFG_TARGET_OS"),
        variable("CARGO_CFG_TARGET_ARCH"),
    );
    if jumps(&variable("OPT_LEVEL"), &processor) {
        println!("cargo::rustc-cfg=wazir_jump_dispatch");
    }
    if has_unix_files(&system, &variable("CARGO_CFG_TARGET_VENDOR"), &processor) {
        println!("cargo::rustc-cfg=wazir_unix_files");
    }
}

fn jumps(optimization: &str, processor: &str) -> bool {
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    let instrumented = flags.contains("instrument-coverage")
        || flags.contains("sanitizer")
        || flags.contains("profile-generate")
        || env::var_os("CARGO_CFG_MIRI").is_some();
    matches!(optimization, "2" | "3") && matches!(processor, "x86_64" | "aarch64") && !instrumented
}

fn has_unix_files(system: &str, vendor: &str, processor: &str) -> bool {
    // Processors on which Linux has the numbers that are usual, or ARM's.
    let usual = matches!(
        processor,
        "x86"
            | "x86_64"
            | "arm"
            | "aarch64"
            | "riscv32"
            | "riscv64"
            | "s390x"
            | "powerpc"
            | "powerpc64"
            | "loongarch64"
    );
    let is_64_bit = matches!(processor, "x86_64" | "aarch64" | "riscv64" | "powerpc64");
    match system {
        "linux" | "android" => usual,
        "freebsd" => is_64_bit,
        _ => vendor == "apple" && is_64_bit,
    }
}
