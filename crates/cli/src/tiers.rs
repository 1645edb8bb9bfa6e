//! When machine code takes over from the interpreter, and where it is kept.
//!
//! Input: options. Output: settings.

use std::path::{Path, PathBuf};

use wazir::Config;

use crate::options::TierOptions;

/// How much the directory for machine code holds.
const MAX_CACHE_BYTES: u64 = 512 << 20;

/// The directory for machine code, if none is named: where the system has such things, for this user.
fn cache_directory(named: &Path) -> PathBuf {
    if !named.as_os_str().is_empty() {
        return named.into();
    }
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let home = || PathBuf::from(variable("HOME").unwrap_or_default());
    let base = variable("XDG_CACHE_HOME").map(PathBuf::from);
    let base = base.unwrap_or_else(|| match cfg!(target_os = "macos") {
        true => home().join("Library/Caches"),
        false => home().join(".cache"),
    });
    base.join("wazir")
}

/// Changes the settings that the options say something of.
pub(crate) fn configure(config: &mut Config, options: &TierOptions) {
    if let Some(calls) = options.tier_up_calls {
        config.tier_up_calls(calls);
    }
    if let Some(iterations) = options.tier_up_iterations {
        config.tier_up_iterations(iterations);
    }
    if let Some(threads) = options.compiler_threads {
        config.compiler_threads(threads);
    }
    if let Some(directory) = &options.cache {
        config.cache(cache_directory(directory), MAX_CACHE_BYTES);
    }
}
