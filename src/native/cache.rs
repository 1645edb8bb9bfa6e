//! Machine code that is kept between runs.
//!
//! Input: what was compiled of modules. Output: what was compiled of the same modules before, by the same build, for
//! the same processor and settings. Holds: what is damaged or was made for anything else is not used, and is made
//! anew.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::engine::NativeEngine;
use crate::compile::cached::{self, Read};
use crate::compile::saved::Target;
use crate::compile::{Batch, CpuFeatures, Options};
use crate::module::Module;
use crate::sys::cache_directory::{self, CacheDirectory};
use crate::sys::sync::Mutex;

/// How many bytes of records a module may have for each byte of its bodies, and in any case.
const BYTES_A_BYTE: usize = 32;
const BYTES_AT_LEAST: usize = 1 << 20;

/// What is kept of a module.
pub(super) struct ModuleCache {
    directory: Arc<CacheDirectory>,
    key: u64,
    program: [u64; 2],
    state: Mutex<State>,
}

struct State {
    /// Whether there is a file to which records can be appended.
    is_begun: bool,
    /// How many bytes of records there are.
    bytes: usize,
}

impl ModuleCache {
    /// What there may be of a module whose code is made like this.
    pub(super) fn new(
        directory: &Arc<CacheDirectory>,
        module: &Module,
        options: Options,
    ) -> ModuleCache {
        // Finding out what the processor has would take longer than all else.
        let target = Target {
            cpu: CpuFeatures::from_bits(0),
            options,
            features: module.features,
        };
        // A program that was built again may make other code.
        let program = cache_directory::program();
        ModuleCache {
            directory: Arc::clone(directory),
            key: cached::key(&module.bytes, target, program),
            program,
            state: Mutex::new(State {
                is_begun: false,
                bytes: 0,
            }),
        }
    }

    /// Whether there may be something.
    pub(super) fn has_some(&self) -> bool {
        self.directory.has(self.key)
    }

    /// What there is.
    pub(super) fn read(&self, engine: &NativeEngine, module: &Module) -> Option<Read> {
        let bytes = self.directory.read(self.key)?;
        let header = self.header(engine, module);
        let records = bytes.strip_prefix(&*header)?;
        if records.len() > most_bytes(module) {
            return None;
        }
        let read = cached::read(records, module);
        let mut is_begun = true;
        if read.bytes < records.len() {
            // Behind damage nothing would be found.
            let whole = &bytes[..header.len() + read.bytes];
            is_begun = self.directory.replace(self.key, whole);
        }
        *self.state.lock() = State {
            is_begun,
            bytes: read.bytes,
        };
        Some(read)
    }

    fn header(&self, engine: &NativeEngine, module: &Module) -> Vec<u8> {
        let target = engine.target(module.features);
        cached::header(&module.bytes, target, self.program)
    }

    /// Keeps what was compiled.
    pub(super) fn keep(&self, engine: &NativeEngine, module: &Module, batch: &Batch) {
        let mut state = self.state.lock();
        let mut bytes = Vec::new();
        if !state.is_begun {
            bytes = self.header(engine, module);
        }
        let header_bytes = bytes.len();
        cached::write(&mut bytes, batch);
        let record_bytes = bytes.len() - header_bytes;
        if state.is_begun {
            if state.bytes + record_bytes <= most_bytes(module) {
                state.bytes += record_bytes;
                // Without the file, the next run makes another one.
                self.directory.append(self.key, &bytes);
            }
        } else if self.directory.replace(self.key, &bytes) {
            *state = State {
                is_begun: true,
                bytes: record_bytes,
            };
        }
    }
}

fn most_bytes(module: &Module) -> usize {
    let bytes = module.body_bytes().saturating_mul(BYTES_A_BYTE);
    bytes.max(BYTES_AT_LEAST)
}
