//! Runs what a test does to its process in a process of its own.
//!
//! Input: the name of the test that calls, and what is to be done. Output: how the process ended, and what it printed.
//! Holds: the process is this program again, started to run this one test alone, so nothing is shared with it.

use std::process::{Command, Output};

/// Set in processes that were started here.
const MARK: &str = "WAZIR_TEST_CHILD";

/// In the test's process, starts another one and waits for it. In that one, does `action`, and gives nothing: the test
/// shall end then.
pub(crate) fn run(test: &str, action: impl FnOnce()) -> Option<Output> {
    if std::env::var_os(MARK).is_some() {
        action();
        return None;
    }
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new(program);
    command.args([test, "--exact", "--nocapture", "--test-threads=1"]);
    Some(command.env(MARK, "1").output().expect("a process"))
}

/// Fails unless a test ran in the process, and passed.
#[track_caller]
pub(crate) fn expect_pass(child: Option<Output>) {
    let Some(child) = child else {
        return;
    };
    let output = String::from_utf8_lossy(&child.stdout);
    assert!(
        child.status.success() && output.contains("1 passed"),
        "{}\n{output}\n{}",
        child.status,
        String::from_utf8_lossy(&child.stderr)
    );
}
