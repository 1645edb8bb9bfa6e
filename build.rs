//! Decides how the interpreter's handlers pass control to each other.
//!
//! Input: the target and the optimization level of this package, which a build script sees under
//! per-package overrides too. Output: `cfg(wazir_jump_dispatch)` where the code generator turns a
//! call in tail position into a jump. Debug assertions are looked at in the code, where `cfg` knows.

use std::env;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(wazir_jump_dispatch)");
    println!("cargo::rerun-if-changed=build.rs");
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let optimized = matches!(variable("OPT_LEVEL").as_str(), "2" | "3");
    let target = matches!(
        variable("CARGO_CFG_TARGET_ARCH").as_str(),
        "x86_64" | "aarch64"
    );
    let flags = variable("CARGO_ENCODED_RUSTFLAGS");
    let instrumented = flags.contains("instrument-coverage")
        || flags.contains("sanitizer")
        || flags.contains("profile-generate")
        || env::var_os("CARGO_CFG_MIRI").is_some();
    if optimized && target && !instrumented {
        println!("cargo::rustc-cfg=wazir_jump_dispatch");
    }
}
