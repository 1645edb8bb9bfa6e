//! Engines against each other, on generated modules.
//!
//! Input: modules of two generators, from fixed seeds: `wasm-smith`, and `shaped`, whose code has the
//! shapes that compilers emit. Compared: whether instantiation and each call trap and how, results, what the host is
//! called with, and at the end memories, globals and tables; between wazir's own engines all bits, and the fuel that is
//! left. It is shown that at least half of the calls return normally, and, if
//! the test runs for a time, that every operator of WebAssembly 2.0 is executed.
//!
//! `WAZIR_MODULES` is how many modules are made (300 unless set), or `WAZIR_SECONDS` how long; `WAZIR_SEED`
//! is the first seed. Should the process die, files `wazir-differential-running-*` among the temporary ones
//! have the seeds of the modules that were being run.

mod compiled;
mod engines;
mod interpreted;
mod operators;
mod random;
mod run;
mod shaped;
mod smith;
mod value;
