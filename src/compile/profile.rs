//! What was seen of a function while it was interpreted.
//!
//! Input: calls of the interpreter. Output: [`Profile`], which the front end asks. Holds: it says what is likely, never
//! what is sure: code made with it does the same as code made without.

use alloc::vec::Vec;

/// What calls in a function, and of what it calls, have led to so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    /// Where calls through tables lead most often, by where they are in the module's bytes.
    targets: Vec<(u32, u32)>,
    /// How often functions were called that it calls, by their indices.
    calls: Vec<(u32, u32)>,
}

impl Profile {
    /// Of calls through tables, where they are in the module's bytes and the index of the function that they most often
    /// call; and how often functions were called, by index.
    pub(crate) fn new(
        targets: impl IntoIterator<Item = (u32, u32)>,
        calls: impl IntoIterator<Item = (u32, u32)>,
    ) -> Profile {
        let sorted = |mut pairs: Vec<(u32, u32)>| {
            pairs.sort_unstable();
            pairs
        };
        Profile {
            targets: sorted(targets.into_iter().collect()),
            calls: sorted(calls.into_iter().collect()),
        }
    }

    /// The function that the call at an offset most often calls, if there is one.
    pub(super) fn target(&self, offset: u32) -> Option<u32> {
        find(&self.targets, offset)
    }

    /// How often a function was called; 0 if nothing is known of it.
    pub(super) fn calls(&self, function_index: u32) -> u32 {
        find(&self.calls, function_index).unwrap_or(0)
    }

    /// Whether it says how often functions were called.
    pub(super) fn knows_calls(&self) -> bool {
        !self.calls.is_empty()
    }
}

fn find(pairs: &[(u32, u32)], key: u32) -> Option<u32> {
    let found = pairs.binary_search_by_key(&key, |pair| pair.0);
    Some(pairs[found.ok()?].1)
}
